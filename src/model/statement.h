/* What a dated sentence says, as a set of its content words: to tell the same statement said twice
 * from one that gives another day for the same act. */
#ifndef MODEL_STATEMENT_H
#define MODEL_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/day.h"

/* Hashes of words, ascending, each once. A word that names an act ("arrive", "die") has the first
 * bit, and one that happens to a person only once ("die") the second as well. */
#define STATEMENT_ACT UINT32_C(0x80000000)
#define STATEMENT_ONCE UINT32_C(0x40000000)
/* Words that are kept of a sentence: the smallest hashes, which are as good as a random choice. */
enum { STATEMENT_WORD_LIMIT = 48 };

struct statement {
    const uint32_t *words;
    uint32_t word_count; /* 0: nothing to compare */
};

/* Do two sentences about the same day say the same? */
bool statement_repeats(const struct statement *a, const struct statement *b);
/* Do two sentences that name the same person tell of the same act, though on different days? Made
 * to be wrong seldom: the same act, more than three quarters of the shorter one's words in the other
 * (half of them, for what happens only once), at most a month apart. */
bool statement_contradicts(const struct statement *a, day when_a, const struct statement *b,
                           day when_b);

#endif
