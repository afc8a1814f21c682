/* WARC records (ISO 28500), whole or as they are unpacked: what a crawl got for each address. */
#ifndef INGEST_WARC_H
#define INGEST_WARC_H

#include "base/buf.h"
#include "ingest/format.h"
#include "ingest/unpack.h"

/* Where the bytes come from: all at once, or piece by piece from a member that is unpacked. */
struct warc_source {
    struct unpack *unpack; /* NULL: `whole` has them all */
    str whole;
    struct buf held; /* of what is unpacked: taken and not yet used */
    size_t at;       /* in it, or in `whole` */
    bool is_torn;    /* after what is held a part was lost, and more comes after that */
    bool ended;
    const char *wrong; /* why it ended too early, or NULL */
};

/* True when a WARC record stands at the start; takes the first bytes. */
bool warc_stands(struct warc_source *source);
/* Everything that is left, borrowed from the source; TOO_LARGE or BAD_INPUT with the reason. */
enum status warc_take_rest(struct warc_source *source, size_t limit_len, str *bytes,
                           const char **wrong) MUST_CHECK;
void warc_source_done(struct warc_source *source);

/* Every response, resource or conversion that is a page, to the sink. */
enum status warc_read_source(struct arena *page_arena, const struct input *input,
                             struct warc_source *source, const struct page_sink *sink,
                             struct error *err) MUST_CHECK;

#endif
