/* An article as JSON: the machine-readable contract that `inspect` and `show --json` share. Offsets
 * are code points of "text". */
#ifndef APP_ARTICLE_JSON_H
#define APP_ARTICLE_JSON_H

#include "model/article.h"
#include "model/mention.h"
#include "model/moment.h"
#include "text/json.h"

/* Byte offsets of one text as code points; cheapest when they rise. */
struct point_counter {
    str text;
    size_t at, points;
};
int64_t point_count(struct point_counter *counter, size_t bytes);

/* The members from "path" to "removed", into an object that is open already. */
void article_json_head(struct json *json, const struct article *article);
/* An object of "entities" up to and with its "text"; the caller adds "id" and "name" and
 * closes it. */
void article_json_mention(struct json *json, struct point_counter *counter,
                          const struct mention *mention);
/* Its members "id" and "name". */
void article_json_entity(struct json *json, enum entity_kind kind, int64_t entity, str name);
/* The member "dates". */
void article_json_dates(struct json *json, str text, const moment_vec *moments);

#endif
