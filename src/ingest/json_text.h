/* What the readers of JSON share, before and after the parser. Only where jansson is there. */
#ifndef INGEST_JSON_TEXT_H
#define INGEST_JSON_TEXT_H

#include <jansson.h>

#include "base/arena.h"
#include "base/str.h"

/* What is wrong with the shape of a line of JSON, or NULL: counted without building anything. */
const char *json_check_shape(str line);
/* Halves of surrogate pairs that stand alone become \uFFFD: some writers let them through and the
 * parser would refuse the line. Same length; a copy only when there is one. */
str json_repair_escapes(struct arena *arena, str line);
/* One text of the object, as valid UTF-8 in the arena; STR_NONE when it is missing or null. */
str json_take_text(struct arena *arena, const json_t *object, const char *name);

#endif
