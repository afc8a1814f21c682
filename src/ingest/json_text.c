/* An empty file where there is no parser. */
typedef int json_text_is_empty;

#ifdef HAVE_JANSSON

#include "ingest/json_text.h"

#include "text/utf8.h"

/* Limits before the parser (DESIGN 9.2). A line holds one page; escapes make it longer. */
#define JSON_LINE_LIMIT_LEN ((size_t)64 << 20)
#define JSON_DEPTH_LIMIT 64
#define JSON_VALUE_LIMIT 100000 /* commas outside of strings */

const char *json_check_shape(str line)
{
    size_t depth = 0, values = 0;
    bool text = false;
    if (line.len > JSON_LINE_LIMIT_LEN) {
        return "the line is larger than the limit of 64 MB";
    }
    for (size_t i = 0; i < line.len; i++) {
        char byte = line.ptr[i];
        if (text) {
            i += byte == '\\';
            text = byte != '"';
        } else if (byte == '"') {
            text = true;
        } else if (byte == '{' || byte == '[') {
            if (++depth > JSON_DEPTH_LIMIT) {
                return "nested too deeply";
            }
        } else if (byte == '}' || byte == ']') {
            depth -= depth > 0;
        } else if (byte == ',' && ++values > JSON_VALUE_LIMIT) {
            return "too many values";
        }
    }
    return NULL;
}

/* Hexadecimal value of \uXXXX at `at`, or 0 when there is none. */
static unsigned escape_at(str line, size_t at)
{
    unsigned value = 0;
    if (at + 6 > line.len || line.ptr[at] != '\\' || line.ptr[at + 1] != 'u') {
        return 0;
    }
    for (size_t i = at + 2; i < at + 6; i++) {
        char byte = line.ptr[i];
        unsigned digit = byte >= '0' && byte <= '9'   ? (unsigned)(byte - '0')
                         : byte >= 'a' && byte <= 'f' ? (unsigned)(byte - 'a' + 10)
                         : byte >= 'A' && byte <= 'F' ? (unsigned)(byte - 'A' + 10)
                                                      : 99;
        if (digit == 99) {
            return 0;
        }
        value = value * 16 + digit;
    }
    return value;
}

static bool is_high(unsigned value)
{
    return value >= 0xD800 && value < 0xDC00;
}

static bool is_low(unsigned value)
{
    return value >= 0xDC00 && value < 0xE000;
}

str json_repair_escapes(struct arena *arena, str line)
{
    char *copy = NULL;
    for (size_t at = str_find_byte(line, '\\', 0); at != STR_MISSING && at + 1 < line.len;
         at = str_find_byte(line, '\\', at)) {
        unsigned value = escape_at(line, at);
        if (is_high(value) && is_low(escape_at(line, at + 6))) {
            at += 12;
        } else if (is_high(value) || is_low(value)) {
            copy = copy ? copy : arena_array(arena, char, line.len + 1);
            if (line.ptr != copy) {
                for (size_t i = 0; i < line.len; i++) {
                    copy[i] = line.ptr[i];
                }
                line.ptr = copy;
            }
            copy[at + 2] = copy[at + 3] = copy[at + 4] = 'F';
            copy[at + 5] = 'D';
            at += 6;
        } else {
            at += 2;
        }
        if (at >= line.len) {
            break;
        }
    }
    return line;
}

str json_take_text(struct arena *arena, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (json_is_integer(value)) {
        return arena_format(arena, "%lld", (long long)json_integer_value(value));
    }
    if (!json_is_string(value)) {
        return STR_NONE;
    }
    str text = {json_string_value(value), json_string_length(value)};
    return arena_str(arena, utf8_repair(arena, text));
}

#endif
