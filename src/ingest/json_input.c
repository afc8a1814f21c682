#include "ingest/json_input.h"

#ifdef HAVE_JANSSON

#include "base/ascii.h"
#include "ingest/format.h"
#include "ingest/formats.h"
#include "ingest/html.h"
#include "ingest/member.h"
#include "text/encoding.h"
#include "text/utf8.h"

/* Limits before the parser (DESIGN 9.2). A line holds one page; escapes make it longer. */
#define JSON_LINE_LIMIT_LEN ((size_t)64 << 20)
#define JSON_DEPTH_LIMIT 64
#define JSON_VALUE_LIMIT 100000 /* commas outside of strings */

/* What is wrong with the line's shape, or NULL: counted without building anything. */
static const char *check_shape(str line)
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
        int digit = ascii_hex_digit(line.ptr[i]);
        if (digit < 0) {
            return 0;
        }
        value = value * 16 + (unsigned)digit;
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

/* Halves of surrogate pairs that stand alone become \uFFFD: some writers let them through and the
 * parser would refuse the line. Same length; a copy only when there is one. */
static str repair_escapes(struct arena *arena, str line)
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

json_t *json_input_parse(struct arena *arena, str text, int *line, const char **wrong)
{
    json_error_t fault = {.text = "", .line = 1};
    *wrong = check_shape(text);
    if (*wrong) {
        if (line) {
            *line = fault.line;
        }
        return NULL;
    }
    str mended = repair_escapes(arena, utf8_repair(arena, text));
    json_t *value = json_loadb(mended.ptr ? mended.ptr : "", mended.len, JSON_ALLOW_NUL, &fault);
    if (line) {
        *line = fault.line;
    }
    if (!value) {
        *wrong = arena_format(arena, "not JSON: %s", fault.text).ptr;
    }
    return value;
}

/* ---- texts --------------------------------------------------------------------------------- */

enum { NAMES_LIMIT = 20 }; /* of a list of authors */

/* What an object stands for: a person's name, the text that a site's own interface wraps. */
static const json_t *inside_of(const json_t *value)
{
    static const char *const names[] = {"name", "rendered", "content", "value"};
    const json_t *inside = value;
    for (size_t i = 0; json_is_object(inside) && i < sizeof names / sizeof *names; i++) {
        const json_t *found = json_object_get(value, names[i]);
        inside = json_is_string(found) ? found : value;
    }
    return inside;
}

static str text_of(struct arena *arena, const json_t *value)
{
    value = inside_of(value);
    if (json_is_integer(value)) {
        return arena_format(arena, "%lld", (long long)json_integer_value(value));
    }
    if (!json_is_string(value)) {
        return STR_NONE;
    }
    str text = {json_string_value(value), json_string_length(value)};
    return arena_str(arena, utf8_repair(arena, text));
}

str json_input_text(struct arena *arena, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_array(value)) {
        return text_of(arena, value);
    }
    struct buf joined = BUF_INIT;
    for (size_t i = 0; i < json_array_size(value) && i < NAMES_LIMIT; i++) {
        str text = text_of(arena, json_array_get(value, i));
        buf_add(&joined, text.len && joined.len ? STR(", ") : STR(""));
        buf_add(&joined, text);
    }
    str text = joined.len ? arena_str(arena, buf_str(&joined)) : STR_NONE;
    buf_done(&joined);
    return text;
}

/* ---- facts --------------------------------------------------------------------------------- */

enum web { ANY, WEB, NOT_WEB }; /* whether it must be an address */

/* The names by which a fact goes, our own first, then those of trafilatura, news-please, Scrapy's
 * usual spiders, schema.org and JSON Feed. Of several that are there the first counts. */
static const struct {
    size_t offset; /* of a str in struct page */
    const char *name;
    enum web web;
} fact_names[] = {
    {offsetof(struct page, id), "id", ANY},
    {offsetof(struct page, id), "fingerprint", ANY},
    {offsetof(struct page, url), "url", ANY},
    {offsetof(struct page, url), "canonicalUrl", WEB},
    {offsetof(struct page, url), "canonical_url", WEB},
    {offsetof(struct page, url), "source", WEB},
    {offsetof(struct page, url), "link", WEB},
    {offsetof(struct page, url), "external_url", WEB},
    {offsetof(struct page, title), "title", ANY},
    {offsetof(struct page, title), "headline", ANY},
    {offsetof(struct page, title), "title_page", ANY},
    {offsetof(struct page, site), "site", ANY},
    {offsetof(struct page, site), "sitename", ANY},
    {offsetof(struct page, site), "site_name", ANY},
    {offsetof(struct page, site), "publisher", NOT_WEB},
    {offsetof(struct page, site), "source", NOT_WEB},
    {offsetof(struct page, site), "source-hostname", ANY},
    {offsetof(struct page, site), "hostname", ANY},
    {offsetof(struct page, site), "source_domain", ANY},
    {offsetof(struct page, byline), "author", NOT_WEB},
    {offsetof(struct page, byline), "authors", NOT_WEB},
    {offsetof(struct page, byline), "byline", NOT_WEB},
    {offsetof(struct page, language), "language", ANY},
    {offsetof(struct page, language), "lang", ANY},
    {offsetof(struct page, language), "inLanguage", ANY},
};

static void fill_facts(struct arena *arena, const json_t *object, struct page *page)
{
    for (size_t i = 0; i < sizeof fact_names / sizeof *fact_names; i++) {
        str *fact = (str *)(void *)((char *)page + fact_names[i].offset);
        const json_t *value = json_object_get(object, fact_names[i].name);
        bool is_key = json_is_integer(value) && fact_names[i].web == NOT_WEB; /* of a person */
        str text =
            fact->len || is_key ? STR_NONE : json_input_text(arena, object, fact_names[i].name);
        text = json_is_object(value) ? stated_text(arena, text) : text;
        bool is_web = str_starts(text, STR("http://")) || str_starts(text, STR("https://"));
        if (text.ptr && (fact_names[i].web == ANY || is_web == (fact_names[i].web == WEB))) {
            *fact = text;
        }
    }
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

/* Other tools' dates come in many forms: one that cannot be read is none. */
static const char *fill_day(struct arena *arena, const json_t *object, struct page *page)
{
    static const char *const names[] = {
        "date_publish",  "date",           "datePublished",     "date_published",   "published_at",
        "publish_date",  "published_on",   "pubDate",           "publication_date", "publishedAt",
        "publishedDate", "published_date", "webPublicationDate"};
    str own = json_input_text(arena, object, "published");
    if (str_trim(own).len) {
        page->published_basis = DATE_BASIS_METADATA;
        return read_day(own, &page->published) ? NULL
                                               : "`published` is not a date of the form YYYY-MM-DD";
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        day value = stated_day(json_input_text(arena, object, names[i]));
        if (value != DAY_UNKNOWN) {
            page->published = value;
            page->published_basis = DATE_BASIS_METADATA;
            return NULL;
        }
    }
    return NULL;
}

/* ---- the body ------------------------------------------------------------------------------ */

enum { OWN_BODY_COUNT = 3 }; /* of these there must not be two */

/* In the order of preference. */
static const struct {
    const char *name;
    enum page_body kind;
    bool may_be_html; /* when it begins with a tag */
} bodies[] = {
    {"text", PAGE_TEXT, false},         {"raw", PAGE_DUMP, false},
    {"html", PAGE_HTML, false},         {"maintext", PAGE_TEXT, false},
    {"article_text", PAGE_TEXT, false}, {"articleBodyHtml", PAGE_HTML, false},
    {"articleBody", PAGE_TEXT, true},   {"content_html", PAGE_HTML, false},
    {"content_text", PAGE_TEXT, false}, {"raw_html", PAGE_HTML, false},
    {"content", PAGE_TEXT, true},       {"body", PAGE_TEXT, true},
    {"article", PAGE_TEXT, true},       {"raw_text", PAGE_TEXT, false},
    {"summary", PAGE_TEXT, true},
};
#define BODY_COUNT (sizeof bodies / sizeof *bodies)

/* Which row is the body, or BODY_COUNT with the reason in *wrong. */
static size_t find_body(const json_t *object, const char **wrong)
{
    size_t found = BODY_COUNT;
    for (size_t i = 0; i < BODY_COUNT; i++) {
        const json_t *value = json_object_get(object, bodies[i].name);
        if (!value || json_is_null(value)) {
            continue;
        }
        if (i < OWN_BODY_COUNT && !json_is_string(value)) {
            *wrong = "`text`, `raw` and `html` must be strings";
            return BODY_COUNT;
        }
        if (i < OWN_BODY_COUNT && found != BODY_COUNT) {
            *wrong = "more than one of `text`, `raw` and `html`";
            return BODY_COUNT;
        }
        const json_t *inside = inside_of(value);
        bool is_body = i < OWN_BODY_COUNT || (json_is_string(inside) && json_string_length(inside));
        found = found == BODY_COUNT && is_body ? i : found;
    }
    *wrong = found == BODY_COUNT ? "none of `text`, `raw` and `html`" : NULL;
    return found;
}

static const char *fill_body(struct arena *arena, const json_t *object, struct page *page,
                             enum status *status)
{
    const char *wrong = NULL;
    size_t found = find_body(object, &wrong);
    if (wrong) {
        return wrong;
    }
    page->kind = bodies[found].kind;
    page->body = json_input_text(arena, object, bodies[found].name);
    if (bodies[found].may_be_html && str_starts(str_trim(page->body), STR("<"))) {
        page->kind = PAGE_HTML;
    }
    if (page->kind == PAGE_HTML && !html_supported()) {
        *status = STATUS_UNSUPPORTED;
        return HTML_UNSUPPORTED;
    }
    if (page->body.len > PAGE_LIMIT_LEN) {
        *status = STATUS_TOO_LARGE;
        return "a page is larger than the limit of 16 MB";
    }
    if (page->kind != PAGE_TEXT) {
        page->body = encoding_to_utf8(arena, page->body, ENCODING_UTF_8);
    }
    wrong = page->kind == PAGE_HTML ? html_guard(page->body) : NULL;
    *status = wrong ? STATUS_TOO_LARGE : *status;
    return wrong;
}

const char *json_input_page(struct arena *arena, const json_t *object, struct page *page,
                            enum status *status)
{
    if (!json_is_object(object)) {
        return "not a JSON object";
    }
    fill_facts(arena, object, page);
    const char *wrong = fill_day(arena, object, page);
    return wrong ? wrong : fill_body(arena, object, page, status);
}

#endif
