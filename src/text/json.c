#include "text/json.h"

#include <inttypes.h>

#include "text/gate.h"
#include "text/utf8.h"

void json_init(struct json *json, struct buf *out)
{
    *json = (struct json){.out = out, .comma = false};
}

/* Before every value and name; the value itself asks for a comma after it. */
static void separate(struct json *json)
{
    if (json->comma)
        buf_add_byte(json->out, ',');
    json->comma = true;
}

static void begin(struct json *json, char bracket)
{
    separate(json);
    buf_add_byte(json->out, bracket);
    json->comma = false;
}

static void end(struct json *json, char bracket)
{
    buf_add_byte(json->out, bracket);
    json->comma = true;
}

void json_object_begin(struct json *json)
{
    begin(json, '{');
}

void json_object_end(struct json *json)
{
    end(json, '}');
}

void json_array_begin(struct json *json)
{
    begin(json, '[');
}

void json_array_end(struct json *json)
{
    end(json, ']');
}

static void add_escape(struct buf *out, uint32_t code_point)
{
    if (code_point > 0xFFFF) {
        uint32_t above = code_point - 0x10000;
        buf_format(out, "\\u%04" PRIx32 "\\u%04" PRIx32, 0xD800 + (above >> 10),
                   0xDC00 + (above & 0x3FF));
    } else {
        buf_format(out, "\\u%04" PRIx32, code_point);
    }
}

static void add_special(struct buf *out, uint32_t code_point)
{
    switch (code_point) {
    case '"':
        buf_add(out, STR("\\\""));
        break;
    case '\\':
        buf_add(out, STR("\\\\"));
        break;
    case '\n':
        buf_add(out, STR("\\n"));
        break;
    case '\r':
        buf_add(out, STR("\\r"));
        break;
    case '\t':
        buf_add(out, STR("\\t"));
        break;
    default:
        if (gate_is_control(code_point))
            add_escape(out, code_point);
        else
            utf8_add(out, code_point);
    }
}

static bool is_plain(char byte)
{
    return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
}

static void add_quoted(struct buf *out, str text)
{
    buf_add_byte(out, '"');
    size_t at = 0;
    while (at < text.len) {
        size_t start = at, len;
        while (at < text.len && is_plain(text.ptr[at]))
            at++;
        buf_add(out, str_slice(text, start, at));
        if (at == text.len)
            break;
        add_special(out, utf8_decode(text, at, &len));
        at += len;
    }
    buf_add_byte(out, '"');
}

void json_name(struct json *json, const char *name)
{
    separate(json);
    add_quoted(json->out, str_from(name));
    buf_add_byte(json->out, ':');
    json->comma = false;
}

void json_text(struct json *json, str text)
{
    separate(json);
    add_quoted(json->out, text);
}

void json_text_or_null(struct json *json, str text)
{
    if (text.ptr == NULL)
        json_null(json);
    else
        json_text(json, text);
}

void json_number(struct json *json, int64_t number)
{
    separate(json);
    buf_format(json->out, "%" PRId64, number);
}

void json_bool(struct json *json, bool value)
{
    separate(json);
    buf_add(json->out, value ? STR("true") : STR("false"));
}

void json_null(struct json *json)
{
    separate(json);
    buf_add(json->out, STR("null"));
}

void json_field(struct json *json, const char *name, str text)
{
    json_name(json, name);
    json_text(json, text);
}

void json_field_or_null(struct json *json, const char *name, str text)
{
    json_name(json, name);
    json_text_or_null(json, text);
}

void json_field_number(struct json *json, const char *name, int64_t number)
{
    json_name(json, name);
    json_number(json, number);
}

void json_field_bool(struct json *json, const char *name, bool value)
{
    json_name(json, name);
    json_bool(json, value);
}
