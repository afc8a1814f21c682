/* Acts and the words that tell of them: data/lexicon/acts.en.rules, whose head describes its
 * grammar. For comparing statements. */
#ifndef ANALYSE_ACTS_H
#define ANALYSE_ACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/str.h"

struct acts;
struct act {
    str name;
    bool once_in_life;
};

/* How a word tells of what happens to a person once in a while. */
enum act_voice { ACT_DOES = 1, ACT_SUFFERS = 2, ACT_CALLED = 4 };

/* Words around an act; a word may be of several kinds. */
enum act_word {
    ACT_WORD_EMPTY = 1,
    ACT_WORD_CLAUSE = 2,
    ACT_WORD_UNREAL = 4,
    ACT_WORD_HELPER = 8,
    ACT_WORD_BELONGING = 16
};

/* Reads the file. BAD_INPUT with file:line: for a bad line. */
enum status acts_open(const char *path, struct acts **acts, struct error *err) MUST_CHECK;
void acts_close(struct acts *acts);

/* The act that a word without its ending names; NULL for other words. */
const struct act *acts_of_stem(const struct acts *acts, str stem);
/* The act that a folded word names as it is written, with its voices in *voices; NULL
 * for others. */
const struct act *acts_of_form(const struct acts *acts, str folded, unsigned *voices);
/* Is the folded word of that kind? */
bool acts_word(const struct acts *acts, str folded, enum act_word kind);

#endif
