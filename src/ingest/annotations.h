/* Web Annotations (W3C Recommendation of 2017-02-23) as bookmarks: one object, an array, a
 * collection or a page of them, or one object a line. */
#ifndef INGEST_ANNOTATIONS_H
#define INGEST_ANNOTATIONS_H

#include "base/arena.h"
#include "base/status.h"
#include "model/bookmark.h"

struct annotation {
    str source, path; /* IRI of the target's source; path of the page, or STR_NONE */
    /* Of a TextPositionSelector, in code points of the text; -1: not said. The end is past the
     * start. */
    int64_t start_points, end_points;
    struct bookmark bookmark; /* quote, prefix, suffix, note, tags, created (0: not said); without a
                                 quote there is an end */
};

struct annotation_sink {
    /* `number` counts from 1. `wrong`: why this one is no bookmark, else NULL. All text is valid
     * until the call returns. */
    enum status (*take)(void *context, const struct annotation *annotation, size_t number,
                        const char *wrong);
    void *context;
};

/* BAD_INPUT with "path:line: why" when the bytes are no JSON, or hold no annotation; UNSUPPORTED in
 * a build without the parser; else what the sink returns. */
enum status annotations_read(struct arena *arena, str path, str bytes,
                             const struct annotation_sink *sink, struct error *err) MUST_CHECK;

#endif
