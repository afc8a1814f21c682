/* A passage that the reader wants to find again, anchored by what it says and by where it stood
 * (W3C Web Annotation: TextQuoteSelector + TextPositionSelector). */
#ifndef MODEL_BOOKMARK_H
#define MODEL_BOOKMARK_H

#include <stdint.h>

#include "base/str.h"

#define ANCHOR_STATE_LIST(X)                                                                       \
    X(EXACT, "exact")         /* the same words at the same place */                               \
    X(MOVED, "moved")         /* the same words, found elsewhere */                                \
    X(AMBIGUOUS, "ambiguous") /* the words are there, the place is not sure: attached to none */   \
    X(LOST, "lost")           /* the words are no longer there */

enum anchor_state {
#define ANCHOR_ENUM(name, text) ANCHOR_##name,
    ANCHOR_STATE_LIST(ANCHOR_ENUM)
#undef ANCHOR_ENUM
        ANCHOR_STATE_COUNT
};

const char *anchor_state_name(enum anchor_state state);

struct bookmark {
    int64_t id;
    int64_t article;          /* store id */
    str quote, prefix, suffix; /* prefix and suffix: up to 32 code points around the quote */
    uint32_t start, end;      /* bytes in the article's text when made or last found */
    enum anchor_state state;
    str note;
    str tags;                 /* words parted by single spaces */
    int64_t created;          /* seconds since 1970 UTC, given by the caller */
};

/* Finds a bookmark's passage in `text`. A place is taken only when the quote stands there and the
 * prefix or the suffix agrees (an empty one agrees at the start or end of the text; when both are
 * empty every place agrees). Of several the one with more sides agreeing wins, then the old place,
 * else AMBIGUOUS. So a look-alike elsewhere is never taken for the passage, even when it is the
 * only one left. Sets start, end, state; AMBIGUOUS and LOST leave the offsets as they were. Linear
 * in the text. */
void bookmark_anchor(struct bookmark *bookmark, str text);

#endif
