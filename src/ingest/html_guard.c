/* What is counted before the parser sees a page: its tree takes a few hundred bytes an element,
 * and some pages make it take time or memory beyond their size. */
#include "base/ascii.h"
#include "ingest/html.h"

#include <string.h>

struct guard {
    str html;
    size_t tags, depth, formatting, reopened, foreign;
    size_t last_comment_end;
};

/* What an element is for the parser. */
enum {
    SHALLOW = 1,    /* holds nothing, or the next of its kind closes it */
    FORMATTING = 2, /* opened again after it was closed by something else */
    RAW_TEXT = 4,   /* its content is no markup */
    FOREIGN = 8
};
static const struct {
    const char *name;
    unsigned is;
} elements[] = {
    {"a", FORMATTING},      {"area", SHALLOW},       {"b", FORMATTING},      {"base", SHALLOW},
    {"big", FORMATTING},    {"body", SHALLOW},       {"br", SHALLOW},        {"circle", SHALLOW},
    {"code", FORMATTING},   {"col", SHALLOW},        {"colgroup", SHALLOW},  {"dd", SHALLOW},
    {"dt", SHALLOW},        {"ellipse", SHALLOW},    {"em", FORMATTING},     {"embed", SHALLOW},
    {"font", FORMATTING},   {"head", SHALLOW},       {"hr", SHALLOW},        {"html", SHALLOW},
    {"i", FORMATTING},      {"iframe", RAW_TEXT},    {"img", SHALLOW},       {"input", SHALLOW},
    {"li", SHALLOW},        {"line", SHALLOW},       {"link", SHALLOW},      {"math", FOREIGN},
    {"meta", SHALLOW},      {"nobr", FORMATTING},    {"noembed", RAW_TEXT},  {"noframes", RAW_TEXT},
    {"optgroup", SHALLOW},  {"option", SHALLOW},     {"p", SHALLOW},         {"param", SHALLOW},
    {"path", SHALLOW},      {"plaintext", RAW_TEXT}, {"polygon", SHALLOW},   {"polyline", SHALLOW},
    {"rect", SHALLOW},      {"s", FORMATTING},       {"script", RAW_TEXT},   {"small", FORMATTING},
    {"source", SHALLOW},    {"stop", SHALLOW},       {"strike", FORMATTING}, {"strong", FORMATTING},
    {"style", RAW_TEXT},    {"svg", FOREIGN},        {"tbody", SHALLOW},     {"td", SHALLOW},
    {"textarea", RAW_TEXT}, {"tfoot", SHALLOW},      {"th", SHALLOW},        {"thead", SHALLOW},
    {"title", RAW_TEXT},    {"tr", SHALLOW},         {"track", SHALLOW},     {"tt", FORMATTING},
    {"u", FORMATTING},      {"use", SHALLOW},        {"wbr", SHALLOW},       {"xmp", RAW_TEXT}};

static unsigned element_is(str name)
{
    char first = ascii_lower(name.ptr[0]);
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        if (elements[i].name[0] == first &&
            str_equal_ascii_fold(name, str_from(elements[i].name))) {
            return elements[i].is;
        }
    }
    return 0;
}

/* After the quote or > that ends the tag; counts the attributes. */
static size_t tag_end(str html, size_t at, size_t *attributes, bool *closed)
{
    bool gap = true, value = false;
    *attributes = 0;
    *closed = false;
    while (at < html.len && html.ptr[at] != '>') {
        char byte = html.ptr[at];
        if (value && (byte == '"' || byte == '\'')) {
            const char *end = memchr(html.ptr + at + 1, byte, html.len - at - 1);
            at = end ? (size_t)(end - html.ptr) : html.len - 1;
            value = false;
            gap = true;
        } else if (byte == ' ' || (byte >= '\t' && byte <= '\r') || byte == '/') {
            gap = true;
        } else if (byte == '=' && !value) {
            value = true;
            gap = false;
        } else {
            *attributes += gap && !value;
            gap = value = false;
        }
        *closed = byte == '/';
        at++;
    }
    return at < html.len ? at + 1 : at;
}

/* The start of the closing tag of a raw text element. */
static size_t raw_end(str html, size_t at, str name)
{
    while (at < html.len) {
        const char *open = memchr(html.ptr + at, '<', html.len - at);
        if (!open) {
            break;
        }
        at = (size_t)(open - html.ptr);
        if (at + 2 + name.len <= html.len && html.ptr[at + 1] == '/' &&
            str_equal_ascii_fold(str_slice(html, at + 2, at + 2 + name.len), name)) {
            return at;
        }
        at++;
    }
    return html.len;
}

size_t html_last_comment_end(str html)
{
    for (size_t at = html.len; at-- > 2;) {
        if (html.ptr[at] != '>') {
            continue;
        }
        str before = str_slice(html, 0, at);
        if (str_ends(before, STR("--")) || str_ends(before, STR("--!"))) {
            return at + 1;
        }
    }
    return 0;
}

static size_t comment_end(const struct guard *g, size_t at)
{
    str html = g->html;
    if (!str_starts(str_slice(html, at, html.len), STR("!--")) || at >= g->last_comment_end) {
        const char *end = memchr(html.ptr + at, '>', html.len - at);
        return end ? (size_t)(end - html.ptr) + 1 : html.len;
    }
    at += 3;
    str rest = str_slice(html, at, html.len);
    if (str_starts(rest, STR(">")) || str_starts(rest, STR("->"))) {
        return at + (rest.ptr[0] == '>' ? 1 : 2);
    }
    for (size_t end = str_find(html, STR("--"), at); end != STR_MISSING;
         end = str_find(html, STR("--"), end + 1)) {
        rest = str_slice(html, end + 2, html.len);
        if (str_starts(rest, STR(">")) || str_starts(rest, STR("!>"))) {
            return end + (rest.ptr[0] == '>' ? 3 : 4);
        }
    }
    return html.len;
}

static size_t open_tag(struct guard *g, size_t at, str name)
{
    size_t attributes = 0;
    bool closed = false;
    at = tag_end(g->html, at, &attributes, &closed);
    if (attributes > HTML_ATTRIBUTE_LIMIT) {
        g->tags = HTML_TAG_LIMIT * 2; /* told apart by html_guard */
        g->depth = attributes;
        return at;
    }
    g->tags++;
    g->reopened += g->formatting;
    unsigned is = element_is(name);
    bool root = is & FOREIGN;
    if ((closed && (root || g->foreign)) || is & SHALLOW) {
        return at;
    }
    g->depth++;
    if (!g->foreign && is & RAW_TEXT) {
        return raw_end(g->html, at, name);
    }
    g->foreign += root;
    g->formatting += (is & FORMATTING) != 0;
    return at;
}

static size_t close_tag(struct guard *g, size_t at, str name)
{
    const char *end = memchr(g->html.ptr + at, '>', g->html.len - at);
    unsigned is = element_is(name);
    if (!(is & SHALLOW) && g->depth) {
        g->depth--;
        g->formatting -= g->formatting && is & FORMATTING;
        g->foreign -= g->foreign && is & FOREIGN;
    }
    return end ? (size_t)(end - g->html.ptr) + 1 : g->html.len;
}

const char *html_guard(str html)
{
    struct guard g = {.html = html, .last_comment_end = html_last_comment_end(html)};
    for (size_t at = 0; at < html.len;) {
        const char *open = memchr(html.ptr + at, '<', html.len - at);
        if (!open || open + 1 == html.ptr + html.len) {
            break;
        }
        at = (size_t)(open - html.ptr) + 1;
        bool closing = html.ptr[at] == '/';
        size_t start = at + closing, end = start;
        while (end < html.len &&
               (ascii_is_letter(html.ptr[end]) || (end > start && ascii_is_digit(html.ptr[end])))) {
            end++;
        }
        str name = str_slice(html, start, end);
        if (name.len == 0) {
            at = html.ptr[at] == '!' || html.ptr[at] == '?' ? comment_end(&g, at) : at;
            continue;
        }
        at = closing ? close_tag(&g, end, name) : open_tag(&g, end, name);
        if (g.tags > HTML_TAG_LIMIT) {
            return g.tags == HTML_TAG_LIMIT * 2 ? "a tag has more than 1000 attributes"
                                                : "the page has more than 250000 tags";
        }
        if (g.depth > HTML_DEPTH_LIMIT) {
            return "the page nests more than 512 elements";
        }
        if (g.reopened > HTML_REOPEN_LIMIT) {
            return "the page leaves too many formatting elements open";
        }
    }
    return NULL;
}

/* The name after "charset" or "encoding" at byte `at`, past the sign and the quote between. */
static str charset_name(str bytes, size_t at)
{
    while (at < bytes.len && (bytes.ptr[at] == ' ' || bytes.ptr[at] == '=' ||
                              bytes.ptr[at] == '"' || bytes.ptr[at] == '\'')) {
        at++;
    }
    size_t end = at;
    while (end < bytes.len && (ascii_is_letter(bytes.ptr[end]) || bytes.ptr[end] == '-' ||
                               bytes.ptr[end] == '_' || ascii_is_digit(bytes.ptr[end]))) {
        end++;
    }
    return end > at + 2 ? str_slice(bytes, at, end) : STR_NONE;
}

/* What XHTML says in its first line (HTML, section 13.2.3.2, "get an XML encoding"). */
static str xml_charset(str bytes)
{
    str line = str_slice(bytes, 0, str_find_byte(bytes, '>', 0));
    size_t at = str_starts(line, STR("<?xml")) ? str_find(line, STR("encoding"), 0) : STR_MISSING;
    return at == STR_MISSING ? STR_NONE : charset_name(line, at + 8);
}

str html_stated_charset(str bytes)
{
    bytes = str_slice(bytes, 0, 4096);
    for (size_t at = str_find(bytes, STR("harset"), 0); at != STR_MISSING;
         at = str_find(bytes, STR("harset"), at)) {
        at += 6;
        str name = charset_name(bytes, at);
        if (name.len) {
            return name;
        }
    }
    return xml_charset(bytes);
}
