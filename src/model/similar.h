/* What articles share that tell of the same event: keys for an index, not words to be shown. */
#ifndef MODEL_SIMILAR_H
#define MODEL_SIMILAR_H

#include <stddef.h>
#include <stdint.h>

#include "model/day.h"

enum similar_kind {
    SIMILAR_PERSON, /* somebody named in full */
    SIMILAR_DAY,    /* a day that the text states whole */
    SIMILAR_WORD,   /* a word of no lexicon */
    SIMILAR_PHRASE, /* words in a row: a copy shares many */
    SIMILAR_KIND_COUNT
};

enum {
    SIMILAR_KEY_LIMIT = 34,   /* of one article */
    SIMILAR_SPREAD_LIMIT = 24 /* a key of more other articles than this says nothing */
};

/* A key is never negative; its lowest two bits are its kind. */
static inline int64_t similar_key(enum similar_kind kind, uint64_t hash)
{
    return (int64_t)(hash >> 3 << 2 | (uint64_t)kind);
}

static inline enum similar_kind similar_key_kind(int64_t key)
{
    return (enum similar_kind)(key & 3);
}

/* Each once, sorted by number. */
struct similar_keys {
    int64_t items[SIMILAR_KEY_LIMIT];
    size_t count;
};

/* A dated article that shares keys with another one: how many of each kind. */
struct similar_article {
    int64_t article;
    day published;
    uint32_t shared[SIMILAR_KIND_COUNT];
};

#endif
