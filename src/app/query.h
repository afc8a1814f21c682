/* The query language of search: words, "phrases", prefix*, -word or NOT word, title:word. All
 * terms must fit. One parser for the screen and the command line. */
#ifndef APP_QUERY_H
#define APP_QUERY_H

#include "base/arena.h"
#include "base/status.h"
#include "store/store.h"

/* BAD_INPUT with the column in the message: `search: column 7: the quote is not closed; add a "`.
 * An empty query gives BAD_INPUT too. Scripts without spaces become terms by text/unspaced.h. */
enum status query_parse(struct arena *arena, str text, struct search_query *query,
                        struct error *err) MUST_CHECK;
/* The places of a query's positive terms in a text, for highlighting and walking: sorted, without
 * overlaps, whole words also where only a beginning was asked for. Words stand at word boundaries
 * and compare folded. Terms for titles alone give no place. Lives in the arena. */
struct text_range {
    uint32_t start, end;
};
void query_find_all(struct arena *arena, const struct search_query *query, str text,
                    const struct text_range **ranges, size_t *count);

#endif
