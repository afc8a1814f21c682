/* What is counted before the parser sees a page: its tree takes a few hundred bytes an element,
 * and some pages make it take time or memory beyond their size. */
#include "ingest/html.h"

#include <string.h>

struct guard {
    str html;
    size_t tags, depth, formatting, reopened, foreign;
    size_t last_comment_end;
};

static bool is_name_byte(char byte)
{
    return (byte | 32) >= 'a' && (byte | 32) <= 'z';
}

static bool listed(const char *const *names, str name)
{
    for (; *names; names++) {
        if (str_equal_ascii_fold(name, str_from(*names))) {
            return true;
        }
    }
    return false;
}

/* Elements that hold nothing, or that the next of their kind closes. */
static const char *const shallow[] = {
    "area",  "base",  "br",       "col",      "embed",    "hr",      "img",  "input",
    "link",  "meta",  "param",    "source",   "track",    "wbr",     "p",    "li",
    "dt",    "dd",    "option",   "optgroup", "tr",       "td",      "th",   "tbody",
    "thead", "tfoot", "colgroup", "html",     "head",     "body",    "path", "circle",
    "rect",  "use",   "line",     "polygon",  "polyline", "ellipse", "stop", NULL};
static const char *const formatting[] = {"a",      "b",      "big",  "code", "em",
                                         "font",   "i",      "nobr", "s",    "small",
                                         "strike", "strong", "tt",   "u",    NULL};
/* Their content is no markup. */
static const char *const raw_text[] = {"script",  "style",    "textarea", "title",     "xmp",
                                       "noembed", "noframes", "iframe",   "plaintext", NULL};
static const char *const foreign_roots[] = {"svg", "math", NULL};

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
        str before = str_slice(html, 0, at);
        if (html.ptr[at] == '>' && (str_ends(before, STR("--")) || str_ends(before, STR("--!")))) {
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
    bool root = listed(foreign_roots, name);
    if ((closed && (root || g->foreign)) || listed(shallow, name)) {
        return at;
    }
    g->depth++;
    if (!g->foreign && listed(raw_text, name)) {
        return raw_end(g->html, at, name);
    }
    g->foreign += root;
    g->formatting += listed(formatting, name);
    return at;
}

static size_t close_tag(struct guard *g, size_t at, str name)
{
    const char *end = memchr(g->html.ptr + at, '>', g->html.len - at);
    if (!listed(shallow, name) && g->depth) {
        g->depth--;
        g->formatting -= g->formatting && listed(formatting, name);
        g->foreign -= g->foreign && listed(foreign_roots, name);
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
        while (end < html.len && (is_name_byte(html.ptr[end]) ||
                                  (end > start && html.ptr[end] >= '0' && html.ptr[end] <= '9'))) {
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

/* charset=… of a <meta> in the first bytes, as browsers look for it. */
/* The name after "charset" or "encoding" at byte `at`, past the sign and the quote between. */
static str charset_name(str bytes, size_t at)
{
    while (at < bytes.len && (bytes.ptr[at] == ' ' || bytes.ptr[at] == '=' ||
                              bytes.ptr[at] == '"' || bytes.ptr[at] == '\'')) {
        at++;
    }
    size_t end = at;
    while (end < bytes.len &&
           (is_name_byte(bytes.ptr[end]) || bytes.ptr[end] == '-' || bytes.ptr[end] == '_' ||
            (bytes.ptr[end] >= '0' && bytes.ptr[end] <= '9'))) {
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
