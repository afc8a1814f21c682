/* Labelled documents for training: JSON Lines, one object a line: {id, text, entities: [{start,
 * end, type}], types}; offsets are code points, end exclusive; types PER LOC ORG MISC. */
#ifndef TRAIN_SETS_H
#define TRAIN_SETS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"
#include "base/vec.h"

struct labelled_span {
    uint32_t start, end; /* bytes */
    unsigned kind;       /* as label_kind gives: 1 person, 2 place, 3 organisation, 4 other */
};

struct labelled_document {
    str id, text;
    VEC(struct labelled_span) spans;
    unsigned source;  /* which of the sets it is from */
    bool has_other;   /* the source labels names of other things too */
    unsigned repeats; /* times it is learnt from in a round */
};

typedef VEC(struct labelled_document) labelled_documents;

/* Adds the documents of folder/name.jsonl. Everything lives in the arena. */
enum status sets_read(struct arena *arena, const char *folder, const char *name,
                      labelled_documents *documents, struct error *err) MUST_CHECK;

enum damage { DAMAGE_NONE, DAMAGE_UPPER, DAMAGE_TITLE };

/* A copy in capitals, or with a capital at each word; letters whose capital has another length in
 * UTF-8, and those beyond Latin-1, stay as they are, so that the spans fit. */
struct labelled_document sets_damaged(struct arena *arena, const struct labelled_document *document,
                                      enum damage damage);

#endif
