/* JSON files of articles: an array of objects, one object, or one that holds the array under a name
 * of its own ("articles": […]). The fields are those of JSON Lines. Each object is parsed by
 * itself, so that a broken one, or many of them, cost no more than a line of JSON Lines. */
#include "ingest/formats.h"
#include "ingest/json_input.h"
#include "ingest/member.h"

static str after_mark(str bytes)
{
    return str_starts(bytes, STR("\xEF\xBB\xBF")) ? str_slice(bytes, 3, bytes.len) : bytes;
}

/* White space aside, it begins so. */
static bool begins(str *rest, const char *text)
{
    *rest = str_trim(*rest);
    bool found = str_starts(*rest, str_from(text));
    *rest = found ? str_slice(*rest, str_from(text).len, rest->len) : *rest;
    return found;
}

/* An array of objects or one object. Another line that begins as the first one does is one of JSON
 * Lines, the first of which may be broken. */
bool json_recognises(str bytes)
{
    str rest = after_mark(str_slice(bytes, 0, 65536));
    bool is_array = begins(&rest, "[");
    bool has_lines = !is_array && str_find(rest, STR("\n{"), 0) != STR_MISSING;
    if (has_lines || !begins(&rest, "{")) {
        return false;
    }
    size_t end = begins(&rest, "\"") ? str_find_byte(rest, '"', 0) : STR_MISSING;
    rest = end == STR_MISSING ? STR_NONE : str_slice(rest, end + 1, rest.len);
    return begins(&rest, ":");
}

/* It is never found out: what an article of a file was kept as, so that an array in it is not taken
 * for articles when it is read again. */
bool object_recognises(str bytes)
{
    (void)bytes;
    return false;
}

#ifdef HAVE_JANSSON

#define JSON_ARTICLE_LIMIT 1000000

struct json_file {
    const struct input *input;
    const struct page_sink *sink;
    struct error *err;
    struct arena *page_arena;
    struct arena item;
    size_t count;
    const char *wrong; /* why the reading ended too early, or NULL */
};

/* Bytes of the value at the start: up to its own end at no depth, or all there are. */
static size_t value_len(str text, bool *whole)
{
    size_t depth = 0, i = 0;
    bool quoted = false;
    for (; i < text.len; i++) {
        char byte = text.ptr[i];
        if (quoted) {
            i += byte == '\\';
            quoted = byte != '"';
            if (!quoted && !depth) {
                break;
            }
        } else if (byte == '"') {
            quoted = true;
        } else if (byte == '{' || byte == '[') {
            depth++;
        } else if ((byte == '}' || byte == ']') && depth && --depth == 0) {
            break;
        } else if (!depth && (byte == ',' || byte == '}' || byte == ']')) {
            *whole = true;
            return i; /* a number or a word ended before */
        }
    }
    *whole = i < text.len;
    return i < text.len ? i + 1 : text.len;
}

static str take_value(str *rest, bool *whole)
{
    *rest = str_trim(*rest);
    size_t len = value_len(*rest, whole);
    str value = str_slice(*rest, 0, len);
    *rest = str_slice(*rest, len, rest->len);
    return value;
}

static enum status refuse(struct json_file *file, str path, enum status reason, const char *what)
{
    const struct input at = {.path = path};
    return input_refuse(&at, file->sink, reason, what);
}

/* One object as an article; `path` lives in file->item. */
static enum status read_article(struct json_file *file, str path, str text)
{
    struct arena *arena = file->page_arena;
    struct page page = {.path = path,
                        .raw = text,
                        .format = STR("object"),
                        .published = file->input->published,
                        .published_basis = DATE_BASIS_GIVEN,
                        .at = (size_t)(text.ptr - file->input->bytes.ptr) + text.len};
    enum status reason = STATUS_BAD_INPUT;
    const char *wrong = NULL;
    arena_reset(arena);
    json_t *object = json_input_parse(arena, text, NULL, &wrong);
    if (object) {
        wrong = json_input_page(arena, object, &page, &reason);
    }
    enum status status =
        wrong ? refuse(file, path, reason, wrong) : file->sink->page(file->sink->context, &page);
    json_decref(object);
    return status;
}

/* The objects of an array whose "[" was taken. */
static enum status read_array(struct json_file *file, str *rest)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && !begins(rest, "]")) {
        bool whole = false;
        str value = take_value(rest, &whole);
        if (!whole || file->count == JSON_ARTICLE_LIMIT) {
            file->wrong = whole ? "it has more than 1000000 articles; the first ones were read"
                                : "it ends within an article or before its last bracket";
            return STATUS_OK;
        }
        arena_reset(&file->item);
        str path = arena_format(&file->item, "%.*s:%zu", STR_ARG(file->input->path), ++file->count);
        if (str_starts(value, STR("{"))) {
            status = read_article(file, path, value);
        } else {
            status = refuse(file, path, STATUS_BAD_INPUT, "not a JSON object");
        }
        if (!begins(rest, ",") && !str_starts(*rest, STR("]"))) {
            file->wrong = "a comma or the last bracket is missing after an article";
            return status;
        }
    }
    return status;
}

/* The first member that is an array of objects under a name that such answers have; false when
 * there is none. */
static bool find_array(str text, str *rest)
{
    static const char *const names[] = {"articles", "items",   "results", "data", "posts",
                                        "entries",  "stories", "docs",    "hits", "documents"};
    bool whole = begins(&text, "{");
    while (whole && !begins(&text, "}")) {
        str name = take_value(&text, &whole);
        if (!whole || !begins(&text, ":")) {
            return false;
        }
        str value = take_value(&text, &whole);
        name = name.len > 1 ? str_slice(name, 1, name.len - 1) : STR_NONE;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            str inside = value;
            if (str_equal(name, str_from(names[i])) && begins(&inside, "[") &&
                str_starts(str_trim(inside), STR("{"))) {
                *rest = inside;
                return true;
            }
        }
        (void)begins(&text, ",");
    }
    return false;
}

bool json_wraps(str bytes)
{
    str text = str_trim(after_mark(bytes)), rest;
    return str_find_byte(text, '\n', 0) == STR_MISSING && find_array(text, &rest);
}

static enum status tell_rest(struct json_file *file)
{
    if (!file->wrong && file->count == 0) {
        file->wrong = "it holds no articles";
    } else if (file->wrong) {
        file->wrong = arena_format(&file->item, "%s; %zu article%s found before", file->wrong,
                                   file->count, file->count == 1 ? " was" : "s were")
                          .ptr;
    }
    return file->wrong ? refuse(file, file->input->path, STATUS_BAD_INPUT, file->wrong) : STATUS_OK;
}

enum status object_read(struct arena *page_arena, const struct input *input,
                        const struct page_sink *sink, struct error *err)
{
    struct json_file file = {.input = input, .sink = sink, .err = err, .page_arena = page_arena};
    return read_article(&file, input->path, input->bytes);
}

enum status json_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err)
{
    struct json_file file = {.input = input, .sink = sink, .err = err, .page_arena = page_arena};
    str rest = after_mark(input->bytes), whole = str_trim(rest);
    enum status status = STATUS_OK;
    if (begins(&rest, "[") || find_array(whole, &rest)) {
        status = read_array(&file, &rest);
        status = status == STATUS_OK ? tell_rest(&file) : status;
    } else if (whole.len) {
        status = read_article(&file, input->path, whole);
    } else {
        status = input_refuse(input, sink, STATUS_BAD_INPUT, "the file is empty");
    }
    arena_done(&file.item);
    return status;
}

#else

enum status object_read(struct arena *page_arena, const struct input *input,
                        const struct page_sink *sink, struct error *err)
{
    (void)page_arena;
    (void)err;
    return input_refuse(input, sink, STATUS_UNSUPPORTED, JSON_UNSUPPORTED);
}

enum status json_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err)
{
    (void)page_arena;
    (void)err;
    return input_refuse(input, sink, STATUS_UNSUPPORTED, JSON_UNSUPPORTED);
}

#endif
