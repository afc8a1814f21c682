/* JSON as it comes from elsewhere, by jansson: what is counted before it is parsed, what is mended,
 * and by which names the tools that write articles call their fields. */
#ifndef INGEST_JSON_INPUT_H
#define INGEST_JSON_INPUT_H

#include "base/arena.h"
#include "model/article.h"

#ifdef HAVE_JANSSON

#include <jansson.h>

#include "base/status.h"

/* The value, to be given back with json_decref; NULL with the reason in *wrong, which lives in the
 * arena, and its line (from 1) in *line, which may be NULL. Text in it is valid UTF-8 but may hold
 * NUL bytes. */
json_t *json_input_parse(struct arena *arena, str text, int *line, const char **wrong);

/* An article as an object: facts and body of *page, both in the arena, by the names that crawlers
 * and feeds use. `page->published` stands where the object states no day. NULL, or what is wrong,
 * with the status in *status. */
const char *json_input_page(struct arena *arena, const json_t *object, struct page *page,
                            enum status *status);

/* Text of a member: of a string, a number, an object's "name", or several of these. STR_NONE when
 * there is none. */
str json_input_text(struct arena *arena, const json_t *object, const char *name);

#endif
#endif
