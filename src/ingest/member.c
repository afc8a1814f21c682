#include "ingest/member.h"

#include "ingest/formats.h"
#include "ingest/html.h"
#include "text/utf8.h"

#define RECORD_START "dossier-page 1\n"
enum { NAME_LIMIT_LEN = 1000, RECORD_LINE_COUNT = 32 };

/* ---- a record ------------------------------------------------------------------------------ */

/* The lines of a record that are texts. */
static const struct {
    const char *name;
    size_t offset; /* of a str in struct page */
} record_lines[] = {
    {"id", offsetof(struct page, id)},         {"url", offsetof(struct page, url)},
    {"title", offsetof(struct page, title)},   {"site", offsetof(struct page, site)},
    {"author", offsetof(struct page, byline)}, {"language", offsetof(struct page, language)},
};
#define LINE_COUNT (sizeof record_lines / sizeof *record_lines)

static str *fact_at(struct page *page, size_t line)
{
    return (str *)(void *)((char *)page + record_lines[line].offset);
}

static str fact_of(const struct page *page, size_t line)
{
    return *(const str *)(const void *)((const char *)page + record_lines[line].offset);
}

static bool says_something(const struct member *member)
{
    bool says = member->charset.len || member->facts.published != DAY_UNKNOWN;
    for (size_t i = 0; i < LINE_COUNT; i++) {
        says = says || fact_of(&member->facts, i).len;
    }
    return says;
}

static void add_line(struct buf *out, const char *name, str value)
{
    if (value.len) {
        buf_format(out, "%s: %.*s\n", name, STR_ARG(value));
    }
}

static void add_record(struct buf *out, const struct member *member)
{
    struct buf published = BUF_INIT;
    buf_add(out, STR(RECORD_START));
    add_line(out, "format", str_from(member->format->name));
    add_line(out, "charset", member->charset);
    for (size_t i = 0; i < LINE_COUNT; i++) {
        add_line(out, record_lines[i].name, fact_of(&member->facts, i));
    }
    if (member->facts.published != DAY_UNKNOWN) {
        day_add(&published, member->facts.published);
        add_line(out, "published", buf_str(&published));
    }
    buf_add_byte(out, '\n');
    buf_add(out, member->bytes);
    buf_done(&published);
}

bool record_recognises(str bytes)
{
    return str_starts(bytes, STR(RECORD_START));
}

static bool take_line(struct arena *arena, str line, struct member *member)
{
    size_t colon = str_find(line, STR(": "), 0);
    if (colon == STR_MISSING) {
        return false;
    }
    str name = str_slice(line, 0, colon);
    str value = arena_str(arena, utf8_repair(arena, str_slice(line, colon + 2, line.len)));
    for (size_t i = 0; i < LINE_COUNT; i++) {
        if (str_equal(name, str_from(record_lines[i].name))) {
            *fact_at(&member->facts, i) = value;
        }
    }
    if (str_equal(name, STR("format"))) {
        member->format = format_named(value);
    } else if (str_equal(name, STR("charset"))) {
        member->charset = value;
    } else if (str_equal(name, STR("published"))) {
        return day_parse(value, &member->facts.published);
    }
    return true;
}

bool record_open(struct arena *arena, str record, struct member *member)
{
    str rest = str_slice(record, sizeof RECORD_START - 1, record.len), line;
    *member = member_new(STR_NONE, NULL, STR_NONE);
    for (int count = 0; count < RECORD_LINE_COUNT && str_next_line(&rest, &line); count++) {
        if (!line.len) {
            member->bytes = rest.ptr ? rest : STR("");
            return member->format && !str_equal(str_from(member->format->name), STR("record"));
        }
        if (!take_line(arena, line, member)) {
            return false;
        }
    }
    return false;
}

enum status record_read(struct arena *page_arena, const struct input *input,
                        const struct page_sink *sink, struct error *err)
{
    struct arena arena = {0};
    struct member member;
    if (!record_open(&arena, input->bytes, &member)) {
        arena_done(&arena);
        return input_refuse(input, sink, STATUS_BAD_INPUT, "the kept page is damaged");
    }
    member.facts.path = input->path;
    enum status status = member_read(page_arena, input, &member, sink, err);
    arena_done(&arena);
    return status;
}

/* ---- a member ------------------------------------------------------------------------------ */

struct filling {
    const struct member *member;
    const struct page_sink *sink;
    str record; /* STR_NONE: nothing was said */
};

/* Where a page of a member lies, by what the member's own format knows of it. */
static size_t place_of(const struct member *member, size_t at)
{
    size_t len = member->bytes.len;
    double share = at > 0 && at < len ? (double)at / (double)len : 1;
    return member->from + (size_t)((double)(member->to - member->from) * share);
}

static enum status fill_page(void *context, const struct page *page)
{
    const struct filling *filling = context;
    const struct page *facts = &filling->member->facts;
    struct page filled = *page;
    filled.is_summary |= facts->is_summary;
    filled.was_read |= facts->was_read;
    filled.tags = facts->tags.len ? facts->tags : page->tags;
    for (size_t i = 0; i < LINE_COUNT; i++) {
        if (!fact_of(page, i).len) {
            *fact_at(&filled, i) = fact_of(facts, i);
        }
    }
    bool given = page->published == DAY_UNKNOWN || page->published_basis == DATE_BASIS_GIVEN;
    if (facts->published != DAY_UNKNOWN && given) {
        filled.published = facts->published;
        filled.published_basis = DATE_BASIS_METADATA;
    }
    if (!filled.seen) {
        filled.seen = facts->seen;
    }
    if (filling->member->to) {
        filled.at = place_of(filling->member, page->at);
    }
    if (filling->record.ptr) {
        filled.raw = filling->record;
        filled.format = STR("record");
        filled.path = facts->path;
    } else if (!page->format.ptr) {
        filled.format = str_from(filling->member->format->name);
    }
    return filling->sink->page(filling->sink->context, &filled);
}

static enum status fill_broken(void *context, str path, const struct error *err)
{
    const struct filling *filling = context;
    return filling->sink->broken(filling->sink->context, path, err);
}

static enum status fill_note(void *context, const struct error *note)
{
    const struct filling *filling = context;
    const struct page_sink *sink = filling->sink;
    return sink->note ? sink->note(sink->context, note) : STATUS_OK;
}

/* Trimmed, control bytes as spaces: they would end the line or mean something to a reader of it. */
static str one_line(struct arena *arena, str text)
{
    str line = text.len ? arena_str(arena, utf8_repair(arena, text)) : STR_NONE;
    char *bytes = (char *)(uintptr_t)line.ptr;
    for (size_t i = 0; i < line.len; i++) {
        bytes[i] = (unsigned char)bytes[i] < ' ' ? ' ' : bytes[i];
    }
    line = str_trim(line);
    return line.len ? line : STR_NONE;
}

static struct member tidy_member(struct arena *arena, const struct member *member)
{
    struct member tidy = *member;
    for (size_t i = 0; i < LINE_COUNT; i++) {
        *fact_at(&tidy.facts, i) = one_line(arena, fact_of(&member->facts, i));
    }
    tidy.charset = one_line(arena, member->charset);
    return tidy;
}

void record_write(struct buf *out, const struct member *member)
{
    struct arena arena = {0};
    const struct member tidy = tidy_member(&arena, member);
    add_record(out, &tidy);
    arena_done(&arena);
}

struct member member_new(str path, const struct format *format, str bytes)
{
    return (struct member){
        .format = format, .facts = {.path = path, .published = DAY_UNKNOWN}, .bytes = bytes};
}

enum status member_read(struct arena *page_arena, const struct input *container,
                        const struct member *member, const struct page_sink *sink,
                        struct error *err)
{
    struct arena arena = {0};
    struct buf record = BUF_INIT;
    const struct member tidy = tidy_member(&arena, member);
    const struct input input = {.path = tidy.facts.path,
                                .bytes = tidy.bytes,
                                .published = container->published,
                                .charset = tidy.charset,
                                .items = container->items,
                                .depth = container->depth + 1};
    if (says_something(&tidy)) {
        add_record(&record, &tidy);
    }
    struct filling filling = {&tidy, sink, record.len ? buf_str(&record) : STR_NONE};
    const struct page_sink through = {fill_page, fill_broken, fill_note, &filling};
    arena_reset(page_arena);
    enum status status = container->depth > DEPTH_LIMIT
                             ? input_refuse(&input, sink, STATUS_TOO_LARGE, TOO_DEEP)
                             : tidy.format->read(page_arena, &input, &through, err);
    buf_done(&record);
    arena_done(&arena);
    return status;
}

str member_path(struct arena *arena, str container, str name)
{
    str repaired = utf8_repair(arena, name);
    size_t len = repaired.len;
    if (len > NAME_LIMIT_LEN) {
        len = utf8_before(repaired, NAME_LIMIT_LEN);
    }
    return arena_format(arena, "%.*s#%.*s", STR_ARG(container),
                        STR_ARG(str_slice(repaired, 0, len)));
}

/* ---- what a container states ----------------------------------------------------------------- */

str stated_text(struct arena *arena, str text)
{
    struct html_document document;
    bool marked =
        str_find_byte(text, '<', 0) != STR_MISSING || str_find_byte(text, '&', 0) != STR_MISSING;
    if (!marked || html_guard(text) || !html_read(arena, text, &document)) {
        return text;
    }
    str plain = str_trim(document.text);
    return plain.len ? plain : text;
}

/* Bytes of plain text from which on a description is taken for the whole article. */
enum { SUMMARY_LIMIT_LEN = 2000 };

bool stated_summary(struct arena *arena, str text, bool is_description)
{
    static const char *const ends[] = {"…", "...", "[…]", "[...]", "(…)"};
    str plain = str_trim(stated_text(arena, text));
    bool breaks_off = false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        breaks_off = breaks_off || str_ends(plain, str_from(ends[i]));
    }
    return plain.len < SUMMARY_LIMIT_LEN && (is_description || breaks_off);
}

/* 1..12 for "Aug", "August"; 0. */
static int month_of(str word)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (int i = 0; word.len >= 3 && i < 12; i++) {
        str name = {names + (size_t)i * 3, 3};
        if (str_equal_ascii_fold(str_slice(word, 0, 3), name)) {
            return i + 1;
        }
    }
    return 0;
}

/* "Mon, 05 Aug 2024 10:00:00 GMT", also without the weekday and with a year of two digits. */
day stated_day(str text)
{
    day value = html_day(text);
    str rest = str_trim(text), word;
    int64_t number = 0, before = 0;
    int month = 0;
    while (value == DAY_UNKNOWN && str_next(&rest, ' ', &word)) {
        bool is_number = str_to_int(word, &number);
        if (is_number && month && before >= 1 && before <= 31) {
            number += number < 70 ? 2000 : number < 100 ? 1900 : 0;
            return number <= 9999 && day_exists((int)number, month, (int)before)
                       ? day_from_civil((int)number, month, (int)before)
                       : DAY_UNKNOWN;
        }
        if (is_number) {
            before = number;
        } else if (word.len) {
            month = before ? month_of(word) : 0;
        }
    }
    return value;
}
