/* JSON Lines as crawlers write them: one object a line (DESIGN section 5). */
#include "ingest/formats.h"
#include "ingest/json_input.h"

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

static enum status read_line(struct arena *arena, const struct input *input,
                             const struct page_sink *sink, str line, size_t number)
{
    size_t at = (size_t)(line.ptr - input->bytes.ptr) + line.len;
    struct page page = {.path = arena_format(arena, "%.*s:%zu", STR_ARG(input->path), number),
                        .raw = line,
                        .published = input->published,
                        .published_basis = DATE_BASIS_GIVEN,
                        .at = at};
    enum status reason = STATUS_BAD_INPUT;
    const char *wrong = NULL;
    json_t *object = json_input_parse(arena, line, NULL, &wrong);
    if (object) {
        wrong = json_input_page(arena, object, &page, &reason);
    }
    enum status status = STATUS_OK;
    if (wrong) {
        struct error broken = {STATUS_OK, ""};
        (void)!error_set(&broken, reason, "%.*s: %s", STR_ARG(page.path), wrong);
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
    str rest = input->bytes, line;
    size_t number = 0, read = 0;
    if (json_wraps(input->bytes)) {
        return json_read(page_arena, input, sink, err);
    }
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
        return input_refuse(input, sink, STATUS_BAD_INPUT, "the file is empty");
    }
    return STATUS_OK;
}

#else

enum status jsonl_read(struct arena *page_arena, const struct input *input,
                       const struct page_sink *sink, struct error *err)
{
    (void)page_arena;
    (void)err;
    return input_refuse(input, sink, STATUS_UNSUPPORTED, JSON_UNSUPPORTED);
}

#endif
