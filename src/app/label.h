/* Short texts that several panes and commands show alike. */
#ifndef APP_LABEL_H
#define APP_LABEL_H

#include "base/buf.h"
#include "model/article.h"
#include "store/store.h"

/* "2024-08-05", "≈ 2024-08" (a guess by similar articles), "≤ 2024-08", "≥ 2024-05", "undated": at
 * most 10 columns. */
void label_publication(struct buf *out, const struct publication *published);
/* The same with its reason: "2024-08-05 stated", "≈ Aug 2024, from 2 similar articles", "not before
 * 2024-05-02, not after 2024-08-05", "unknown". */
void label_publication_long(struct buf *out, const struct publication *published);
/* "2024-08-05", or "2024-08", "2024", "2024-08-05..11", "2024-06..08": at most 17 columns. */
void label_days(struct buf *out, day first, day last);
/* "Mon 2024-08-05" */
void label_day(struct buf *out, day number);
/* "since Monday", "since yesterday", "since 2024-08-05", as one would say it today. */
void label_since_day(struct buf *out, day last, day today);
/* The same for a time in seconds since 1970 UTC. */
void label_since(struct buf *out, int64_t seen, day today);
/* Seconds since 1970 as ISO 8601 in UTC: "2024-08-05T10:00:00Z"; the beginning of 1970 for what
 * lies outside of the years 1 to 9999. */
void label_instant(struct buf *out, int64_t seconds);
/* "812", or "1000+" when a count stopped at STORE_COUNT_LIMIT. */
void label_count(struct buf *out, int64_t count, bool counts_matches);
/* An article's title, or its path where it has none. */
str label_title(str title, str path);

/* Why a correction does not apply; "" when it does. */
const char *label_correction_state(enum correction_state state);

#endif
