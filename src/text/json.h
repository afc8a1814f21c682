/* Writes JSON, compact, one value after the other. Foreign text becomes safe for a terminal as
 * well: C0, DEL, C1, bidirectional controls, U+2028/9, and tag characters are written as \u
 * escapes, and bytes that are not UTF-8 as U+FFFD. */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct json {
    struct buf *out; /* borrowed */
    bool comma;      /* a value stands before this place */
};

void json_init(struct json *json, struct buf *out);
void json_object_begin(struct json *json);
void json_object_end(struct json *json);
void json_array_begin(struct json *json);
void json_array_end(struct json *json);
/* The name of the next value; a literal of ours. */
void json_name(struct json *json, const char *name);
void json_text(struct json *json, str text);
/* null for STR_NONE (ptr == NULL). */
void json_text_or_null(struct json *json, str text);
void json_number(struct json *json, int64_t number);
void json_bool(struct json *json, bool value);
void json_null(struct json *json);
/* name and value in one */
void json_field(struct json *json, const char *name, str text);
void json_field_or_null(struct json *json, const char *name, str text);
void json_field_number(struct json *json, const char *name, int64_t number);
void json_field_bool(struct json *json, const char *name, bool value);

#endif
