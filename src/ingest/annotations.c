#include "ingest/annotations.h"

#ifdef HAVE_JANSSON

#include "base/ascii.h"
#include "base/buf.h"
#include "ingest/json_input.h"
#include "model/day.h"
#include "text/utf8.h"

/* One text or a list of texts or objects: the count, and each. */
static size_t many_count(const json_t *value)
{
    return !value ? 0 : json_is_array(value) ? json_array_size(value) : 1;
}

static const json_t *many_at(const json_t *value, size_t index)
{
    return json_is_array(value) ? json_array_get(value, index) : value;
}

/* True when a member is this word, or a list that has it. */
static bool says(const json_t *object, const char *name, const char *word)
{
    const json_t *value = json_object_get(object, name);
    for (size_t i = 0; i < many_count(value); i++) {
        const json_t *item = many_at(value, i);
        if (json_is_string(item) && str_equal(str_from(json_string_value(item)), str_from(word)))
            return true;
    }
    return false;
}

/* ---- the bodies: note and tags -------------------------------------------------------------- */

/* Tags are words: white space within one becomes a hyphen. */
static void add_tag(struct buf *tags, str tag)
{
    tag = str_trim(tag);
    if (tag.len && tags->len)
        buf_add_byte(tags, ' ');
    for (size_t i = 0; i < tag.len; i++)
        buf_add_byte(tags, (unsigned char)tag.ptr[i] <= ' ' ? '-' : tag.ptr[i]);
}

static void add_note(struct buf *note, str text)
{
    text = str_trim(text);
    if (text.len && note->len)
        buf_add_byte(note, '\n');
    buf_add(note, text);
}

static void read_bodies(struct arena *arena, const json_t *object, struct bookmark *bookmark)
{
    const json_t *bodies = json_object_get(object, "body");
    struct buf note = BUF_INIT, tags = BUF_INIT;
    add_note(&note, json_input_text(arena, object, "bodyValue"));
    for (size_t i = 0; i < many_count(bodies); i++) {
        const json_t *body = many_at(bodies, i);
        str value = json_is_object(body) ? json_input_text(arena, body, "value") : STR_NONE;
        if (says(body, "purpose", "tagging"))
            add_tag(&tags, value);
        else
            add_note(&note, value);
    }
    bookmark->note = arena_str(arena, buf_str(&note));
    bookmark->tags = arena_str(arena, buf_str(&tags));
    buf_done(&note);
    buf_done(&tags);
}

/* ---- the target ----------------------------------------------------------------------------- */

static void read_position(const json_t *selector, struct annotation *annotation)
{
    const json_t *start = json_object_get(selector, "start");
    const json_t *end = json_object_get(selector, "end");
    if (!json_is_integer(start) || json_integer_value(start) < 0)
        return;
    annotation->start_points = (int64_t)json_integer_value(start);
    if (json_is_integer(end) && json_integer_value(end) > json_integer_value(start))
        annotation->end_points = (int64_t)json_integer_value(end);
}

static void read_selectors(struct arena *arena, const json_t *target, struct annotation *annotation)
{
    const json_t *selectors = json_object_get(target, "selector");
    for (size_t i = 0; i < many_count(selectors); i++) {
        const json_t *selector = many_at(selectors, i);
        if (says(selector, "type", "TextQuoteSelector") && !annotation->bookmark.quote.len) {
            annotation->bookmark.quote = json_input_text(arena, selector, "exact");
            annotation->bookmark.prefix = json_input_text(arena, selector, "prefix");
            annotation->bookmark.suffix = json_input_text(arena, selector, "suffix");
        } else if (says(selector, "type", "TextPositionSelector")) {
            read_position(selector, annotation);
        }
    }
}

static bool has_passage(const struct annotation *annotation)
{
    return annotation->bookmark.quote.len || annotation->end_points >= 0;
}

static const char *read_target(struct arena *arena, const json_t *object,
                               struct annotation *annotation)
{
    const json_t *targets = json_object_get(object, "target");
    for (size_t i = 0; i < many_count(targets) && !has_passage(annotation); i++) {
        const json_t *target = many_at(targets, i);
        const json_t *source = json_object_get(target, "source");
        annotation->source = json_is_object(source) ? json_input_text(arena, source, "id")
                                                    : json_input_text(arena, target, "source");
        annotation->start_points = annotation->end_points = -1;
        read_selectors(arena, target, annotation);
    }
    if (!has_passage(annotation))
        return "it has no TextQuoteSelector with the words (`exact`)";
    if (!annotation->source.len && !annotation->path.len)
        return "its target has no `source`";
    return NULL;
}

/* ---- when ----------------------------------------------------------------------------------- */

static bool read_two(str text, size_t at, int limit, int *value)
{
    if (at + 2 > text.len || !ascii_is_digit(text.ptr[at]) || !ascii_is_digit(text.ptr[at + 1]))
        return false;
    *value = (text.ptr[at] - '0') * 10 + (text.ptr[at + 1] - '0');
    return *value < limit;
}

/* xsd:dateTime in UTC, to the second; 0 for anything else. */
static int64_t read_time(str text)
{
    day date;
    int hour, minute, second;
    if (text.len < 20 || text.ptr[10] != 'T' || text.ptr[text.len - 1] != 'Z' ||
        !day_parse(str_slice(text, 0, 10), &date) || !read_two(text, 11, 24, &hour) ||
        !read_two(text, 14, 60, &minute) || !read_two(text, 17, 60, &second))
        return 0;
    return (int64_t)date * 86400 + hour * 3600 + minute * 60 + second;
}

/* ---- the file ------------------------------------------------------------------------------- */

struct reading {
    struct arena *arena;
    const struct annotation_sink *sink;
    size_t number;
};

static enum status take_one(struct reading *reading, const json_t *object)
{
    struct annotation annotation = {.start_points = -1, .end_points = -1};
    const char *wrong = "it is no object";
    if (json_is_object(object)) {
        annotation.path = json_input_text(reading->arena, object, "path");
        annotation.bookmark.created = read_time(json_input_text(reading->arena, object, "created"));
        read_bodies(reading->arena, object, &annotation.bookmark);
        wrong = read_target(reading->arena, object, &annotation);
    }
    return reading->sink->take(reading->sink->context, &annotation, ++reading->number, wrong);
}

/* An annotation, or what holds several. */
static enum status take_value(struct reading *reading, const json_t *value)
{
    const json_t *items = json_is_array(value) ? value : json_object_get(value, "items");
    const json_t *first = json_object_get(value, "first");
    if (!items && json_is_object(first))
        items = json_object_get(first, "items");
    if (!items)
        return take_one(reading, value);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < many_count(items) && status == STATUS_OK; i++)
        status = take_one(reading, many_at(items, i));
    return status;
}

/* One annotation a line, as `dossier bookmarks --json` prints them. */
static enum status read_lines(struct reading *reading, str path, str bytes, struct error *err)
{
    str line;
    enum status status = STATUS_OK;
    for (size_t number = 1; status == STATUS_OK && str_next_line(&bytes, &line); number++) {
        const char *wrong;
        if (!str_trim(line).len)
            continue;
        json_t *value = json_input_parse(reading->arena, line, NULL, &wrong);
        if (!value)
            return error_set(err, STATUS_BAD_INPUT, "%.*s:%zu: %s", STR_ARG(path), number, wrong);
        status = take_value(reading, value);
        json_decref(value);
    }
    return status;
}

enum status annotations_read(struct arena *arena, str path, str bytes,
                             const struct annotation_sink *sink, struct error *err)
{
    struct reading reading = {arena, sink, 0};
    const char *wrong;
    int line;
    if (str_starts(bytes, STR("\xEF\xBB\xBF")))
        bytes = str_slice(bytes, 3, bytes.len);
    if (!str_trim(bytes).len)
        return error_set(err, STATUS_BAD_INPUT, "%.*s: the file is empty", STR_ARG(path));
    json_t *whole = json_input_parse(arena, bytes, &line, &wrong);
    if (!whole) {
        enum status lines = read_lines(&reading, path, bytes, err);
        if (lines == STATUS_BAD_INPUT && reading.number == 0) /* nor is its first line */
            return error_set(err, lines, "%.*s:%d: %s", STR_ARG(path), line, wrong);
        return lines;
    }
    enum status status = take_value(&reading, whole);
    json_decref(whole);
    return status;
}

#else

enum status annotations_read(struct arena *arena, str path, str bytes,
                             const struct annotation_sink *sink, struct error *err)
{
    (void)arena, (void)bytes, (void)sink;
    return error_set(err, STATUS_UNSUPPORTED,
                     "%.*s: JSON cannot be read by this build (it was made without jansson)",
                     STR_ARG(path));
}

#endif
