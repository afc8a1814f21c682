/* The table of formats and how an input finds its row. */
#include "ingest/format.h"

#include "ingest/formats.h"
#include "ingest/html.h"
#include "ingest/member.h"

const struct format formats[] = {
    {"record", "", true, true, true, record_recognises, record_read},
    {"warc", ".warc", false, true, true, warc_recognises, warc_read},
    {"epub", ".epub", false, true, true, epub_recognises, epub_read},
    {"archive", ".zip .tar .tgz .gz .bz2 .xz .zst .wacz", false, true, true, archive_recognises,
     archive_read_pages},
    {"newsboat", ".db", false, true, true, newsboat_recognises, newsboat_read},
    {"jsonfeed", "", false, false, true, jsonfeed_recognises, jsonfeed_read},
    {"jsonl", ".jsonl .ndjson", false, false, true, jsonl_recognises, jsonl_read},
    {"object", "", false, false, true, object_recognises, object_read},
    {"json", ".json", false, false, true, json_recognises, json_read},
    {"feed", ".rss .atom .rdf", false, true, true, feed_recognises, feed_read},
    {"opml", ".opml", false, true, true, opml_recognises, opml_read},
    {"html", ".html .htm .xhtml", true, true, true, html_recognises, html_read_file},
    {"mail", ".eml .mbox .mht .mhtml", false, true, true, mail_recognises, mail_read},
    {"markdown", ".md .markdown", true, true, false, markdown_recognises, markdown_read},
    {"text", ".txt .text", true, false, false, text_recognises, text_read},
    {NULL, NULL, false, false, false, NULL, NULL},
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

bool format_is_page_part(str path)
{
    static const char extensions[] =
        ".css .js .mjs .map .png .jpg .jpeg .gif .webp .avif .ico .bmp .svg .woff .woff2 .ttf .otf"
        " .eot .mp3 .mp4 .webm .ogg .m4a .wav .mov";
    str rest = str_from(extensions), part, extension = extension_of(path);
    while (extension.len && str_next(&rest, ' ', &part))
        if (str_equal_ascii_fold(part, extension))
            return true;
    return false;
}

/* Files that are no pages, by how they begin; their few NUL bytes would let them pass as text. */
static const struct {
    str start;
    const char *what;
} others[] = {
    {{"%PDF-", 5}, "a PDF; pdftotext makes a text file of it"},
    {{"\x89PNG\r\n", 6}, "a picture, no page"},
    {{"\xFF\xD8\xFF", 3}, "a picture, no page"},
    {{"GIF8", 4}, "a picture, no page"},
    {{"{\\rtf", 5}, "an RTF file; save it as HTML or text"},
    {{"\xD0\xCF\x11\xE0", 4}, "an Office file; save it as HTML or text"},
    {{"wOFF", 4}, "a font, no page"},
    {{"wOF2", 4}, "a font, no page"},
};

/* NULL: it may be a page. */
static const char *what_else(str bytes)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_starts(bytes, others[i].start))
            return others[i].what;
    return NULL;
}

const struct format *format_find(str path, str bytes)
{
    str extension = extension_of(path);
    if (what_else(bytes))
        return NULL;
    for (const struct format *format = formats; format->name; format++) {
        if (format->is_decisive && format->recognises(bytes)) {
            return format;
        }
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

bool format_knows_extension(str path)
{
    for (const struct format *format = formats; format->name; format++) {
        if (has_extension(format, extension_of(path))) {
            return true;
        }
    }
    return false;
}

enum encoding page_encoding(str bytes, str charset)
{
    enum encoding named;
    bool states = !encoding_find(charset, &named) && html_recognises(bytes);
    return encoding_choose(bytes, states ? html_stated_charset(bytes) : charset);
}

str page_shown(struct arena *arena, str raw)
{
    struct member member;
    if (!record_recognises(raw) || !record_open(arena, raw, &member)) {
        return encoding_to_utf8(arena, raw, page_encoding(raw, STR_NONE));
    }
    return encoding_to_utf8(arena, member.bytes, page_encoding(member.bytes, member.charset));
}

enum status input_refuse(const struct input *input, const struct page_sink *sink,
                         enum status reason, const char *what)
{
    struct error broken = {STATUS_OK, ""};
    (void)!error_set(&broken, reason, "%.*s: %s", STR_ARG(input->path), what);
    return sink->broken(sink->context, input->path, &broken);
}

enum status input_note(const struct input *input, const struct page_sink *sink, const char *what)
{
    struct error note = {STATUS_OK, ""};
    enum status ok = error_set(&note, STATUS_OK, "%.*s: %s", STR_ARG(input->path), what);
    return sink->note ? sink->note(sink->context, &note) : ok;
}

static enum status no_format(str path, str bytes, struct error *err)
{
    struct buf known = BUF_INIT;
    const char *what = what_else(bytes);
    if (what)
        return error_set(err, STATUS_BAD_INPUT, "%.*s: %s", STR_ARG(path), what);
    for (const struct format *format = formats; format->name; format++) {
        if (*format->extensions) {
            buf_format(&known, "%s%s (%s)", known.len ? ", " : "", format->name,
                       format->extensions);
        }
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
    return format ? format->read(page_arena, input, sink, err)
                  : no_format(input->path, input->bytes, err);
}
