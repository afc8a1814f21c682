/* The rows of the timeline: statements under headings of their day or period, and a row for what
 * was published on a day. */
#ifndef APP_TIMELINE_ROWS_H
#define APP_TIMELINE_ROWS_H

#include "store/store.h"

enum timeline_kind { TIMELINE_HEADING, TIMELINE_PUBLISHED, TIMELINE_STATEMENT };

struct timeline_row {
    struct row_key key;
    enum timeline_kind kind;
    day first, last;                       /* of the heading's period */
    const struct moment_row *moment;       /* STATEMENT */
    const struct published_row *published; /* PUBLISHED */
};

/* Below, at or above 0, in order of time. */
int timeline_compare_keys(const struct row_key *a, const struct row_key *b);

/* A page of rows, as the lists of the store are read. A heading stands before the first row of its
 * period. `with_published`: with rows for days of publication. */
enum status timeline_list_rows(struct store *store, struct arena *arena,
                               const struct moment_query *query, bool with_published,
                               const struct page_request *request, const struct timeline_row **rows,
                               size_t *count, struct error *err) MUST_CHECK;

#endif
