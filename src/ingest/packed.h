/* Pages and articles as bytes, to pass between this program and its parser process (app/parser.h):
 * the only file that writes and reads the form. It lives as long as one message, so it has no
 * version and the machine's own byte order.
 *
 * What is unpacked is not trusted: the process that wrote it has read foreign bytes. Every length
 * is checked against what is there, every number against its range, every text is UTF-8. */
#ifndef INGEST_PACKED_H
#define INGEST_PACKED_H

#include "base/arena.h"
#include "base/buf.h"
#include "ingest/clean.h"

void packed_add_number(struct buf *out, int64_t number);
void packed_add_text(struct buf *out, str text);
/* page->raw is written as a place in `whole` when it lies there. */
void packed_add_page(struct buf *out, const struct page *page, str whole);
void packed_add_article(struct buf *out, const struct article *article);
void packed_add_overrides(struct buf *out, const struct clean_overrides *overrides);

/* Reads in the order of writing. The first thing that does not fit sets `bad`, and what is read
 * from then on is empty. */
struct packed {
    str rest;
    bool bad;
};

int64_t packed_number(struct packed *packed, int64_t low, int64_t high);
/* Bytes as they are; borrowed from the message. */
str packed_bytes(struct packed *packed);
/* The same, where it must be UTF-8. */
str packed_text(struct packed *packed);
/* These are false when anything is wrong; texts are borrowed from the message, lists live in the
 * arena. */
bool packed_page(struct packed *packed, str whole, struct page *page);
bool packed_article(struct packed *packed, struct arena *arena, struct article *article);
bool packed_overrides(struct packed *packed, struct arena *arena,
                      struct clean_overrides *overrides);

#endif
