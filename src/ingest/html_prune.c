/* What no reader sees is taken out of a page before it is parsed: half of the bytes of most pages
 * are scripts, styles, comments and drawings, and the parser looks at each of them many times. */
#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "ingest/html.h"

/* Elements whose content is no markup, or shows no text. The others with raw content are copied
 * whole, so that what looks like a tag in them is none. */
enum pruning { PRUNE_COPY, PRUNE_CONTENT };
static const struct {
    const char *name;
    enum pruning pruning;
} raw_elements[] = {{"script", PRUNE_CONTENT}, {"style", PRUNE_CONTENT}, {"svg", PRUNE_CONTENT},
                    {"title", PRUNE_COPY},     {"textarea", PRUNE_COPY}, {"xmp", PRUNE_COPY},
                    {"iframe", PRUNE_COPY},    {"noembed", PRUNE_COPY},  {"noframes", PRUNE_COPY},
                    {"noscript", PRUNE_COPY},  {"template", PRUNE_COPY}, {"math", PRUNE_COPY},
                    {"plaintext", PRUNE_COPY}, {"listing", PRUNE_COPY}};

/* After the > that ends the tag, or the end of the text; quoted values are passed over. */
static size_t tag_end(str html, size_t at)
{
    char last = ' ';
    while (at < html.len && html.ptr[at] != '>') {
        char byte = html.ptr[at];
        if ((byte == '"' || byte == '\'') && last == '=') {
            const char *end = memchr(html.ptr + at + 1, byte, html.len - at - 1);
            at = end ? (size_t)(end - html.ptr) : html.len - 1;
        }
        last = byte == ' ' || (byte >= '\t' && byte <= '\r') ? last : byte;
        at++;
    }
    return at < html.len ? at + 1 : at;
}

/* Where the closing tag of the element begins; STR_MISSING when nothing closes it. */
static size_t closing_tag(str html, size_t at, str name)
{
    for (;; at++) {
        const char *open = at < html.len ? memchr(html.ptr + at, '<', html.len - at) : NULL;
        if (!open) {
            return STR_MISSING;
        }
        at = (size_t)(open - html.ptr);
        if (at + 2 + name.len < html.len && html.ptr[at + 1] == '/' &&
            str_equal_ascii_fold(str_slice(html, at + 2, at + 2 + name.len), name)) {
            return at;
        }
    }
}

/* Line ends stay, so that the places of blocks do. */
static void add_line_ends(struct buf *out, str text)
{
    const char *at = text.ptr, *end = text.ptr + text.len;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
        buf_add_byte(out, '\n');
        at++;
    }
}

static str tag_name(str html, size_t at)
{
    size_t end = at;
    while (end < html.len && ascii_is_letter(html.ptr[end])) {
        end++;
    }
    return str_slice(html, at, end);
}

/* May the content go? What the page states of itself stays, and what could hold markup or end
 * elsewhere for the parser: it knows comments in scripts, and text that breaks out of drawings. */
static bool is_unseen(str name, str tag, str content)
{
    bool comment = str_find(content, STR("<!--"), 0) != STR_MISSING;
    if (str_equal_ascii_fold(name, STR("script"))) {
        return !comment && str_find(tag, STR("ld+json"), 0) == STR_MISSING;
    }
    if (str_equal_ascii_fold(name, STR("style"))) {
        return true;
    }
    for (size_t at = 0; (at = str_find_byte(content, '<', at)) != STR_MISSING; at++) {
        static const char *const shapes[] = {
            "path",    "g",    "use",  "circle", "rect",     "line", "polygon",       "polyline",
            "ellipse", "defs", "stop", "symbol", "clipPath", "mask", "linearGradient"};
        bool closing = at + 1 < content.len && content.ptr[at + 1] == '/', shape = false;
        str inner = tag_name(content, at + 1 + closing);
        for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
            shape = shape || str_equal_ascii_fold(inner, str_from(shapes[i]));
        }
        if (!shape) {
            return false;
        }
    }
    return true;
}

/* An element with raw content whose name ends at `at`: copies it without what is unseen and returns
 * the place behind it. */
static size_t add_raw(struct buf *out, str html, size_t open, str name, enum pruning pruning)
{
    size_t end = tag_end(html, open + 1 + name.len);
    if (pruning == PRUNE_CONTENT && str_ends(str_slice(html, open, end), STR("/>"))) {
        buf_add(out, str_slice(html, open, end));
        return end; /* ends itself in a drawing; elsewhere the parser looks for its end */
    }
    size_t close = closing_tag(html, end, name);
    if (close == STR_MISSING || html.ptr[end - 1] != '>') {
        buf_add(out, str_slice(html, open, html.len));
        return html.len;
    }
    str tag = str_slice(html, open, end), content = str_slice(html, end, close);
    buf_add(out, tag);
    if (pruning == PRUNE_CONTENT && is_unseen(name, tag, content)) {
        add_line_ends(out, content);
    } else {
        buf_add(out, content);
    }
    return close;
}

/* The place behind a comment that is one for every reading of the rules; `at` otherwise. */
static size_t comment_end(str html, size_t at)
{
    str rest = str_slice(html, at, html.len);
    if (!str_starts(rest, STR("<!--")) || str_starts(rest, STR("<!-->")) ||
        str_starts(rest, STR("<!--->"))) {
        return at;
    }
    size_t end = str_find(html, STR("--"), at + 4);
    return end != STR_MISSING && end + 2 < html.len && html.ptr[end + 2] == '>' ? end + 3 : at;
}

/* `last_end`: where the page's last comment ends. */
static size_t add_markup(struct buf *out, str html, size_t open, size_t last_end)
{
    bool endless = open >= last_end && str_starts(str_slice(html, open, html.len), STR("<!--"));
    const char *mark = endless ? memchr(html.ptr + open, '>', html.len - open) : NULL;
    size_t end = mark      ? (size_t)(mark - html.ptr) + 1
                 : endless ? html.len
                           : comment_end(html, open);
    if (end > open) {
        add_line_ends(out, str_slice(html, open, end));
        return end;
    }
    str name = tag_name(html, open + 1);
    for (size_t i = 0; name.len && i < sizeof raw_elements / sizeof *raw_elements; i++) {
        if (str_equal_ascii_fold(name, str_from(raw_elements[i].name))) {
            return add_raw(out, html, open, name, raw_elements[i].pruning);
        }
    }
    end = name.len || (open + 1 < html.len && html.ptr[open + 1] == '/') ? tag_end(html, open + 1)
                                                                         : open + 1;
    buf_add(out, str_slice(html, open, end));
    return end;
}

str html_prune(struct arena *arena, str html)
{
    struct buf out = BUF_INIT;
    size_t last_end = html_last_comment_end(html);
    buf_reserve(&out, html.len / 2);
    for (size_t at = 0; at < html.len;) {
        const char *open = memchr(html.ptr + at, '<', html.len - at);
        size_t next = open ? (size_t)(open - html.ptr) : html.len;
        buf_add(&out, str_slice(html, at, next));
        at = next < html.len ? add_markup(&out, html, next, last_end) : next;
    }
    str pruned = arena_str(arena, buf_str(&out));
    buf_done(&out);
    return pruned;
}
