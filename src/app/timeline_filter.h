/* What the timeline shows, as typed: "who:shoigu outlet:bbc from:2024-08 to:2024-09 day: words".
 * The pane's filter and `dossier timeline` read the same language, that of app/query.h. */
#ifndef APP_TIMELINE_FILTER_H
#define APP_TIMELINE_FILTER_H

#include "app/query.h"
#include "store/store.h"

/* Adds what `text` asks for to *query. Plain words begin words of the sentence; who: is a person,
 * place or organisation that the sentence names; on: is the statement's own time; other fields
 * are about the article. What the query points to lives in the arena. BAD_INPUT or NOT_FOUND with
 * what to write instead, *fault (may be NULL) the byte of the place. Empty text asks nothing. */
enum status timeline_filter_parse(struct store *store, struct arena *arena, str text,
                                  struct moment_query *query, size_t *fault,
                                  struct error *err) MUST_CHECK;

#endif
