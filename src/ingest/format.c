/* The table of formats and how an input finds its row. */
#include "ingest/format.h"

#include "ingest/formats.h"
#include "ingest/html.h"

const struct format formats[] = {
    {"jsonl", ".jsonl .ndjson", false, false, jsonl_recognises, jsonl_read},
    {"html", ".html .htm .xhtml", true, true, html_recognises, html_read_file},
    {"text", ".txt .text", true, false, text_recognises, text_read},
    {NULL, NULL, false, false, NULL, NULL},
};

/* The last ".name" of the path, or STR_NONE. */
static str extension_of(str path)
{
    for (size_t i = path.len; i-- > 0 && path.ptr[i] != '/';) {
        if (path.ptr[i] == '.') {
            return str_slice(path, i, path.len);
        }
    }
    return STR_NONE;
}

static bool has_extension(const struct format *format, str extension)
{
    str rest = str_from(format->extensions), part;
    while (extension.len && str_next(&rest, ' ', &part)) {
        if (str_equal_ascii_fold(part, extension)) {
            return true;
        }
    }
    return false;
}

const struct format *format_find(str path, str bytes)
{
    str extension = extension_of(path);
    if (jsonl_recognises(bytes)) {
        return &formats[0]; /* decisive, whatever the name says */
    }
    if (html_recognises(bytes)) {
        return &formats[1];
    }
    for (const struct format *format = formats; format->name; format++) {
        if (has_extension(format, extension)) {
            return format;
        }
    }
    for (const struct format *format = formats; format->name; format++) {
        if (format->recognises(bytes)) {
            return format;
        }
    }
    return NULL;
}

const struct format *format_named(str name)
{
    for (const struct format *format = formats; format->name; format++) {
        if (str_equal(name, str_from(format->name))) {
            return format;
        }
    }
    return NULL;
}

enum encoding page_encoding(str bytes)
{
    return encoding_choose(bytes, html_recognises(bytes) ? html_stated_charset(bytes) : STR_NONE);
}

static enum status no_format(str path, struct error *err)
{
    struct buf known = BUF_INIT;
    for (const struct format *format = formats; format->name; format++) {
        buf_format(&known, "%s%s (%s)", known.len ? ", " : "", format->name, format->extensions);
    }
    enum status status = error_set(err, STATUS_BAD_INPUT, "%.*s: no known format; known are %s",
                                   STR_ARG(path), buf_c(&known));
    buf_done(&known);
    return status;
}

enum status format_read(struct arena *page_arena, const struct input *input,
                        const struct page_sink *sink, struct error *err)
{
    const struct format *format = format_find(input->path, input->bytes);
    arena_reset(page_arena);
    return format ? format->read(page_arena, input, sink, err) : no_format(input->path, err);
}
