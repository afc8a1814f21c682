/* A passage that the reader wants to find again, anchored by what it says and by where it stood
 * (W3C Web Annotation: TextQuoteSelector + TextPositionSelector). */
#ifndef MODEL_BOOKMARK_H
#define MODEL_BOOKMARK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define ANCHOR_STATE_LIST(X)                                                                       \
    X(EXACT, "exact")         /* the same words at the same place */                               \
    X(MOVED, "moved")         /* the same words, found elsewhere */                                \
    X(AMBIGUOUS, "ambiguous") /* the words are there, the place is not sure: attached to none */   \
    X(LOST, "lost")           /* the words are no longer there */                                  \
    X(NEAR, "near")           /* some words changed, between the same surroundings */

enum anchor_state {
#define ANCHOR_ENUM(name, text) ANCHOR_##name,
    ANCHOR_STATE_LIST(ANCHOR_ENUM) ANCHOR_STATE_COUNT
#undef ANCHOR_ENUM
};

const char *anchor_state_name(enum anchor_state state);
/* True for a passage that stands in the text. */
bool anchor_holds(enum anchor_state state);

struct bookmark {
    int64_t id;
    int64_t article;           /* store id */
    str quote, prefix, suffix; /* prefix and suffix: see bookmark_take */
    uint32_t start, end;       /* bytes in the article's text when made or last found */
    enum anchor_state state;
    int score; /* percent of the words that agree where it stands; 0: nowhere */
    str note;
    str tags;        /* words parted by single spaces */
    int64_t created; /* seconds since 1970 UTC, given by the caller */
};

enum {
    ANCHOR_SCORE_FLOOR = 70, /* a passage with fewer words in agreement is not the same */
    ANCHOR_SCORE_GAP = 20    /* nor is one when another place comes so near to it */
};

/* Finds a bookmark's passage in `text`. A place is taken only when the quote stands there and the
 * prefix or the suffix agrees (an empty one agrees at the start or end of the text; when both are
 * empty every place agrees). Of several the one with more sides agreeing wins, then the old place,
 * else AMBIGUOUS. So a look-alike elsewhere is never taken for the passage, even when it is the
 * only one left.
 * Where the quote stands nowhere, what is between prefix and suffix is NEAR when both agree, its
 * score reaches the floor and no place outside of it comes within the gap; else it is AMBIGUOUS
 * when any place reaches the floor. The score is 100 less the steps of one word from the quote to
 * the place (Levenshtein), in percent of the longer of both.
 * Sets start, end, state, score; AMBIGUOUS and LOST leave the offsets as they were. Time: linear in
 * the text, times the words of the quote when it stands nowhere. */
void bookmark_anchor(struct bookmark *bookmark, str text);

struct anchor_place {
    uint32_t start, end; /* bytes */
    int score;
};
/* Places whose words come nearest to the quote, at most `limit` and none below 40 percent, in order
 * of place; they do not overlap. For a person to choose from. */
size_t bookmark_places(const struct bookmark *bookmark, str text, struct anchor_place *places,
                       size_t limit);

/* Sets quote, prefix and suffix to slices of `text` from the bookmark's start and end: 32 code
 * points around it, or as many, up to 1,024, as it takes until no other place of the same words
 * reads alike before or behind them. */
void bookmark_take(struct bookmark *bookmark, str text);

/* A place instead of a passage: what stands from `offset` on is its quote. */
void bookmark_take_place(struct bookmark *place, str text, uint32_t offset);
/* Where such a place is in a text that may have changed: as bookmark_anchor, but one that is not
 * sure is taken behind what stood before it, else where its words come nearest, else before what
 * followed, else at the same offset. For a reader who would be worse off at the beginning. */
uint32_t bookmark_find_place(const struct bookmark *place, str text);

#endif
