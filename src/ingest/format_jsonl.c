/* JSON Lines as crawlers write them: one object a line (DESIGN section 5). */
#include "ingest/formats.h"
#include "ingest/html.h"
#include "text/encoding.h"
#include "text/utf8.h"

bool jsonl_recognises(str bytes)
{
    str rest = bytes, line;
    if (str_starts(rest, STR("\xEF\xBB\xBF"))) {
        rest = str_slice(rest, 3, rest.len);
    }
    while (str_next_line(&rest, &line)) {
        line = str_trim(line);
        if (line.len) {
            str inside = str_trim(str_slice(line, 1, line.len));
            return line.ptr[0] == '{' && line.ptr[line.len - 1] == '}' &&
                   str_starts(inside, STR("\"")) && str_find(line, STR("\":"), 0) != STR_MISSING;
        }
    }
    return false;
}

#ifdef HAVE_JANSSON

#include "ingest/json_text.h"

/* Bodies by the name of their member. */
static const struct {
    const char *name;
    enum page_body kind;
} bodies[] = {{"text", PAGE_TEXT}, {"raw", PAGE_DUMP}, {"html", PAGE_HTML}};
#define BODY_COUNT (sizeof bodies / sizeof *bodies)

static const char *fill_body(struct arena *arena, const json_t *object, struct page *page,
                             enum status *status)
{
    size_t found = BODY_COUNT;
    for (size_t i = 0; i < BODY_COUNT; i++) {
        const json_t *value = json_object_get(object, bodies[i].name);
        if (!value || json_is_null(value)) {
            continue;
        }
        if (!json_is_string(value)) {
            return "`text`, `raw` and `html` must be strings";
        }
        if (found != BODY_COUNT) {
            return "more than one of `text`, `raw` and `html`";
        }
        found = i;
    }
    if (found == BODY_COUNT) {
        return "none of `text`, `raw` and `html`";
    }
    page->kind = bodies[found].kind;
    if (page->kind == PAGE_HTML && !html_supported()) {
        *status = STATUS_UNSUPPORTED;
        return HTML_UNSUPPORTED;
    }
    page->body = json_take_text(arena, object, bodies[found].name);
    if (page->body.len > PAGE_LIMIT_LEN) {
        *status = STATUS_TOO_LARGE;
        return "a page is larger than the limit of 16 MB";
    }
    if (page->kind != PAGE_TEXT) {
        page->body = encoding_to_utf8(arena, page->body, ENCODING_UTF_8);
    }
    const char *wrong = page->kind == PAGE_HTML ? html_guard(page->body) : NULL;
    *status = wrong ? STATUS_TOO_LARGE : *status;
    return wrong;
}

/* YYYY-MM-DD, with or without a time behind it. */
static bool read_day(str text, day *value)
{
    text = str_trim(text);
    if (text.len > 10 && text.ptr[10] != 'T' && text.ptr[10] != ' ' && text.ptr[10] != 't') {
        return false;
    }
    return day_parse(str_slice(text, 0, 10), value);
}

static const char *fill_page(struct arena *arena, const json_t *object, day given,
                             struct page *page, enum status *status)
{
    if (!json_is_object(object)) {
        return "not a JSON object";
    }
    page->id = json_take_text(arena, object, "id");
    page->url = json_take_text(arena, object, "url");
    page->title = json_take_text(arena, object, "title");
    page->site = json_take_text(arena, object, "site");
    page->byline = json_take_text(arena, object, "author");
    page->language = json_take_text(arena, object, "language");
    page->published = given;
    page->published_basis = DATE_BASIS_GIVEN;
    str published = json_take_text(arena, object, "published");
    if (str_trim(published).len) {
        page->published_basis = DATE_BASIS_METADATA;
        if (!read_day(published, &page->published)) {
            return "`published` is not a date of the form YYYY-MM-DD";
        }
    }
    return fill_body(arena, object, page, status);
}

static enum status read_line(struct arena *arena, const struct input *input,
                             const struct page_sink *sink, str line, size_t number)
{
    struct page page = {.path = arena_format(arena, "%.*s:%zu", STR_ARG(input->path), number),
                        .raw = line};
    enum status reason = STATUS_BAD_INPUT;
    const char *wrong = json_check_shape(line);
    json_t *object = NULL;
    json_error_t fault = {.text = ""};
    if (!wrong) {
        str text = json_repair_escapes(arena, utf8_repair(arena, line));
        object = json_loadb(text.ptr, text.len, JSON_ALLOW_NUL, &fault);
        wrong = object ? fill_page(arena, object, input->published, &page, &reason) : fault.text;
    }
    enum status status = STATUS_OK;
    if (wrong) {
        struct error broken = {STATUS_OK, ""};
        reason = error_set(&broken, reason, "%.*s: %s%s", STR_ARG(page.path),
                           object || !*fault.text ? "" : "not JSON: ", wrong);
        status = sink->broken(sink->context, page.path, &broken);
    } else {
        status = sink->page(sink->context, &page);
    }
    json_decref(object);
    return status;
}

enum status jsonl_read(struct arena *page_arena, const struct input *input,
                       const struct page_sink *sink, struct error *err)
{
    (void)err;
    str rest = input->bytes, line;
    size_t number = 0, read = 0;
    if (str_starts(rest, STR("\xEF\xBB\xBF"))) {
        rest = str_slice(rest, 3, rest.len);
    }
    while (str_next_line(&rest, &line)) {
        number++;
        if (str_trim(line).len == 0) {
            continue;
        }
        arena_reset(page_arena);
        read++;
        enum status status = read_line(page_arena, input, sink, line, number);
        if (status) {
            return status;
        }
    }
    if (read == 0) {
        struct error broken = {STATUS_OK, ""};
        enum status empty =
            error_set(&broken, STATUS_BAD_INPUT, "%.*s: the file is empty", STR_ARG(input->path));
        (void)empty;
        return sink->broken(sink->context, input->path, &broken);
    }
    return STATUS_OK;
}

#else

enum status jsonl_read(struct arena *page_arena, const struct input *input,
                       const struct page_sink *sink, struct error *err)
{
    (void)page_arena;
    (void)err;
    struct error broken = {STATUS_OK, ""};
    enum status reason =
        error_set(&broken, STATUS_UNSUPPORTED,
                  "%.*s: JSON Lines are not supported by this build (it was made without jansson)",
                  STR_ARG(input->path));
    (void)reason;
    return sink->broken(sink->context, input->path, &broken);
}

#endif
