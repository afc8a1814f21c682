/* Markdown by cmark: it becomes HTML and is read like a page. Lines between two "---" at the start
 * say what the page is (front matter). */
#include "ingest/formats.h"
#include "ingest/html.h"
#include "ingest/member.h"
#include "text/encoding.h"

/* The lines of the front matter and what comes after it; false when there is none. */
static bool split_front(str text, str *front, str *body)
{
    str rest = text, line;
    *front = STR_NONE;
    *body = text;
    if (!str_next_line(&rest, &line) || !str_equal(line, STR("---"))) {
        return false;
    }
    const char *start = rest.ptr;
    for (int count = 0; count < 100 && str_next_line(&rest, &line); count++) {
        if (str_equal(str_trim(line), STR("---")) || str_equal(str_trim(line), STR("..."))) {
            *front = (str){start, (size_t)(line.ptr - start)};
            *body = rest.ptr ? rest : STR("");
            return true;
        }
    }
    return false;
}

bool markdown_recognises(str bytes)
{
    str front, body;
    return split_front(str_slice(bytes, 0, 16384), &front, &body) &&
           str_find(front, STR("title:"), 0) != STR_MISSING;
}

bool markdown_supported(void)
{
#ifdef HAVE_CMARK
    return html_supported();
#else
    return false;
#endif
}

#ifdef HAVE_CMARK

#include <cmark.h>
#include <stdlib.h>

static str unquoted(str value)
{
    bool quoted = value.len > 1 && (value.ptr[0] == '"' || value.ptr[0] == '\'') &&
                  value.ptr[value.len - 1] == value.ptr[0];
    return quoted ? str_slice(value, 1, value.len - 1) : value;
}

static void read_front(str front, struct page *page)
{
    const struct {
        const char *name;
        str *fact;
    } rows[] = {{"title", &page->title},       {"url", &page->url},       {"source", &page->url},
                {"link", &page->url},          {"author", &page->byline}, {"by", &page->byline},
                {"site", &page->site},         {"outlet", &page->site},   {"lang", &page->language},
                {"language", &page->language}, {"id", &page->id}};
    str line;
    while (str_next_line(&front, &line)) {
        size_t colon = str_find_byte(line, ':', 0);
        str name = str_slice(line, 0, colon);
        str value = colon == STR_MISSING ? STR_NONE
                                         : unquoted(str_trim(str_slice(line, colon + 1, line.len)));
        for (size_t i = 0; value.len && i < sizeof rows / sizeof *rows; i++) {
            if (!rows[i].fact->len && str_equal_ascii_fold(name, str_from(rows[i].name))) {
                *rows[i].fact = value;
            }
        }
        bool dated =
            str_equal_ascii_fold(name, STR("date")) || str_equal_ascii_fold(name, STR("published"));
        day stated = dated ? stated_day(value) : DAY_UNKNOWN;
        if (stated != DAY_UNKNOWN) {
            page->published = stated;
            page->published_basis = DATE_BASIS_METADATA;
        }
    }
}

enum status markdown_read(struct arena *page_arena, const struct input *input,
                          const struct page_sink *sink, struct error *err)
{
    struct page page = {.path = input->path,
                        .raw = input->bytes,
                        .published = input->published,
                        .published_basis = DATE_BASIS_GIVEN,
                        .kind = PAGE_HTML};
    str front, body;
    (void)err;
    if (!html_supported()) {
        return input_refuse(input, sink, STATUS_UNSUPPORTED, HTML_UNSUPPORTED);
    }
    if (input->bytes.len > PAGE_LIMIT_LEN) {
        return input_refuse(input, sink, STATUS_TOO_LARGE,
                            "a page is larger than the limit of 16 MB");
    }
    str text =
        encoding_to_utf8(page_arena, input->bytes, encoding_choose(input->bytes, input->charset));
    if (split_front(text, &front, &body)) {
        read_front(front, &page);
    }
    if (!str_trim(body).len) {
        return input_refuse(input, sink, STATUS_BAD_INPUT, "the file has no text");
    }
    char *html =
        cmark_markdown_to_html(body.ptr, body.len, CMARK_OPT_UNSAFE | CMARK_OPT_VALIDATE_UTF8);
    page.body = arena_str(page_arena, str_from(html));
    free(html);
    const char *wrong = html_guard(page.body);
    return wrong ? input_refuse(input, sink, STATUS_TOO_LARGE, wrong)
                 : sink->page(sink->context, &page);
}

#else

enum status markdown_read(struct arena *page_arena, const struct input *input,
                          const struct page_sink *sink, struct error *err)
{
    (void)page_arena;
    (void)err;
    return input_refuse(input, sink, STATUS_UNSUPPORTED,
                        "Markdown is not supported by this build (it was made without cmark)");
}

#endif
