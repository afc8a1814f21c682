/* What a dated sentence says, as a set of its content words: to tell the same statement said twice
 * from one that gives another day for the same act. */
#ifndef MODEL_STATEMENT_H
#define MODEL_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/day.h"

/* What a word is: its first two bits, so that acts are the largest. */
enum statement_word_kind {
    STATEMENT_PLAIN,
    STATEMENT_TOLD, /* the act that its only person does or suffers on its day, once in a while */
    STATEMENT_ACT,  /* a word that names an act ("arrive") */
    STATEMENT_LIFETIME /* one that happens to a person only once ("die") */
};
static inline uint32_t statement_word(uint32_t hash, enum statement_word_kind kind)
{
    return (hash & UINT32_C(0x3fffffff)) | (uint32_t)kind << 30;
}
static inline enum statement_word_kind statement_word_kind(uint32_t word)
{
    return (enum statement_word_kind)(word >> 30);
}

/* Hashes of words, ascending, each once. */
/* Words that are kept of a sentence: the smallest hashes, which are as good as a random choice. */
enum { STATEMENT_WORD_LIMIT = 48 };

struct statement {
    const uint32_t *words;
    uint32_t word_count; /* 0: nothing to compare */
};

/* Do two sentences about the same day say the same? */
bool statement_repeats(const struct statement *a, const struct statement *b);
/* Do two sentences that name the same person tell of the same act, though on different days? Made
 * to be wrong seldom: the same act, more than three quarters of the shorter one's words in the
 * other (half of them, for what happens only once), at most a month apart. */
bool statement_contradicts(const struct statement *a, day when_a, const struct statement *b,
                           day when_b);

/* Do two sentences about the same and only person tell of the same act, of those that happen once
 * in a while, on different days at most ten days apart? Nothing else of them is compared. */
bool statement_redates(const struct statement *a, day when_a, const struct statement *b,
                       day when_b);

#endif
