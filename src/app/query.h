/* The query language of search and of lists' filters: words, "phrases", begin*, -word, AND OR NOT,
 * parentheses, NEAR, and fields. One parser for the screen and the command line; dossier-query(7)
 * is its manual. */
#ifndef APP_QUERY_H
#define APP_QUERY_H

#include "base/arena.h"
#include "base/status.h"
#include "model/search.h"

/* What plain words mean. */
enum query_use {
    QUERY_SEARCH, /* whole words anywhere in the article */
    QUERY_LIST    /* beginnings of words of title, outlet or path; a phrase stands in the title */
};

/* A field, as the manual and the help show it. */
struct query_field {
    const char *name, *value, *help;
};
enum { QUERY_FIELD_COUNT = 15 };
extern const struct query_field query_fields[QUERY_FIELD_COUNT];

/* BAD_INPUT with the column in the message: `search: column 7: the quote is not closed; add a "`;
 * *fault (may be NULL) is the byte of that place. An empty query gives BAD_INPUT too. Scripts
 * without spaces become terms by text/unspaced.h. The tree lives in the arena. */
enum status query_parse(struct arena *arena, str text, enum query_use use,
                        struct search_query *query, size_t *fault, struct error *err) MUST_CHECK;

/* The places of a query's positive words and names in a text, for highlighting and walking:
 * sorted, without overlaps, whole words also where only a beginning was asked for. Words stand at
 * word boundaries and compare folded. Words for titles alone give no place. Lives in the arena. */
struct text_range {
    uint32_t start, end;
};
void query_find_all(struct arena *arena, const struct search_query *query, str text,
                    const struct text_range **ranges, size_t *count);

#endif
