/* A date expression and what it stands for. Values follow TIMEX3 (ISO-TimeML 24617-1). */
#ifndef MODEL_MOMENT_H
#define MODEL_MOMENT_H

#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "model/day.h"
#include "model/statement.h"

#define MOMENT_TYPE_LIST(X)                                                                        \
    X(DATE, "DATE")                                                                                \
    X(TIME, "TIME")                                                                                \
    X(DURATION, "DURATION")                                                                        \
    X(SET, "SET")

enum moment_type {
#define MOMENT_ENUM(name, text) MOMENT_##name,
    MOMENT_TYPE_LIST(MOMENT_ENUM) MOMENT_TYPE_COUNT
#undef MOMENT_ENUM
};

#define CERTAINTY_LIST(X)                                                                          \
    X(UNRESOLVED, "unresolved") /* relative to a day that is not known */                          \
    X(GUESSED, "guessed")       /* direction or reference is a guess */                            \
    X(RESOLVED, "resolved")     /* worked out from a known reference */                            \
    X(EXPLICIT, "explicit")     /* the text says it whole */

enum certainty {
#define CERTAINTY_ENUM(name, text) CERTAINTY_##name,
    CERTAINTY_LIST(CERTAINTY_ENUM) CERTAINTY_COUNT
#undef CERTAINTY_ENUM
};

const char *moment_type_name(enum moment_type type);
const char *certainty_name(enum certainty certainty);

/* [start, end) bytes of the article's text. `first`..`last` is the closed interval of days in which
 * it lies, for the timeline; DAY_UNKNOWN when it has no place there (durations, sets, PRESENT_REF,
 * unresolved). first == last means a single day. */
struct moment {
    enum moment_type type;
    enum certainty certainty;
    uint32_t start, end;
    uint32_t sentence_start, sentence_end; /* bytes: the sentence around it */
    str value; /* "2024-08-05", "2024-W32", "XXXX-WXX-1", "P2Y", "PAST_REF", …; STR_NONE = null */
    str modifier; /* START MID END APPROX BEFORE AFTER …, or STR_NONE */
    day first, last;
    const char *rule;           /* static name of the pattern that made it */
    str reference;              /* what it was resolved against, in words; for "why?" */
    struct statement statement; /* of the sentence, where it tells of one day; else no words */
};

typedef VEC(struct moment) moment_vec;

#endif
