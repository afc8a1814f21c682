/* The parts of a person's name, and whether two names can be one person's. */
#ifndef ANALYSE_PERSON_NAME_H
#define ANALYSE_PERSON_NAME_H

#include "analyse/lexicon.h"
#include "base/arena.h"

enum { PERSON_WORD_LIMIT = 8 };

struct person_name {
    str words[PERSON_WORD_LIMIT];  /* folded, particles, hyphens and suffix left out */
    str sounds[PERSON_WORD_LIMIT]; /* the same words in one spelling; see spelling.h */
    bool initial[PERSON_WORD_LIMIT];
    size_t count;
    size_t family;     /* index of the family name's word */
    str initials;      /* folded first letters of all words, particles too; STR_NONE below three */
    bool initialism;   /* the only word is the first letters of several: "JFK", "MBS", "AMLO" */
    bool family_first; /* Chinese, Korean, Vietnamese order */
    str suffix;        /* "jr", "iii", or STR_NONE */
};

/* How well two names go together, from not at all to the same words. */
enum name_fit {
    NAME_FIT_NONE,
    NAME_FIT_GIVEN, /* a single word is the given name of the other */
    NAME_FIT_PART,  /* a single word is an inner part of the other: "Bagheri", "Ali Bagheri Kani" */
    NAME_FIT_FAMILY, /* a single word is the family name of the other, or its initials */
    NAME_FIT_FULL,   /* both full, and compatible: initials, middle names, spelling, nicknames */
    NAME_FIT_SAME    /* the same words */
};

struct person_name person_name_parse(const struct lexicon *lexicon, struct arena *arena, str text);
enum name_fit person_name_fit(const struct lexicon *lexicon, const struct person_name *a,
                              const struct person_name *b);
/* Does the name begin with a letter of another script than the Latin one? "Путин", "普京" */
bool person_name_other_script(str text);
/* True when `a` says more than `b`: more words, or words instead of initials. */
bool person_name_is_fuller(const struct person_name *a, const struct person_name *b);

#endif
