/* The query language of search and of lists' filters: words, "phrases", begin*, -word, AND OR NOT,
 * parentheses, NEAR, and fields. One parser for the screen and the command line; dossier-query(7)
 * is its manual. */
#ifndef APP_QUERY_H
#define APP_QUERY_H

#include "base/arena.h"
#include "base/status.h"
#include "model/search.h"

/* Of what is asked, and what plain words mean there. name in C, name in messages */
#define QUERY_USE_LIST(X)                                                                          \
    X(SEARCH, "search")         /* whole words anywhere in the article */                          \
    X(LIST, "list of articles") /* beginnings of words of title, outlet or path; a phrase stands   \
                                   in the title */                                                 \
    X(PEOPLE, "list of people") /* beginnings of words of a name */                                \
    X(MENTIONS, "list of mentions")   /* of words around the name, of the title or the outlet */   \
    X(BOOKMARKS, "list of bookmarks") /* of passage, note, tags, title or outlet */                \
    X(MOMENTS, "timeline")            /* of words of the statement */

enum query_use {
#define QUERY_USE_ENUM(id, name) QUERY_##id,
    QUERY_USE_LIST(QUERY_USE_ENUM) QUERY_USE_COUNT
#undef QUERY_USE_ENUM
};

/* A field, as the manual and the help show it. */
struct query_field {
    const char *name, *value, *help; /* value: NULL = none */
    unsigned uses;                   /* bit 1 << use where it can be asked; 0: everywhere */
};
enum { QUERY_FIELD_COUNT = 21 };
extern const struct query_field query_fields[QUERY_FIELD_COUNT];
bool query_field_is_asked(const struct query_field *field, enum query_use use);

/* BAD_INPUT with the column in the message: `query: column 7: the quote is not closed; add a "`;
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

/* Whether a WORDS leaf of a parsed query stands in the text: search_query.words_fit. */
bool query_words_fit(const struct search_node *words, str text);

#endif
