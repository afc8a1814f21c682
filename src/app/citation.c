#include "app/citation.h"

#include "app/label.h"
#include "app/markdown.h"
#include "app/report.h"

static str address_of(const struct article *article)
{
    return article->url.len ? article->url : article->path;
}

/* "Title, Outlet, 2024-08-05" */
static void add_source(struct buf *out, const struct article *article)
{
    buf_add(out, label_title(article->title, article->path));
    if (article->site.len)
        buf_format(out, ", %.*s", STR_ARG(article->site));
    buf_add(out, STR(", "));
    label_publication(out, &article->published);
}

static void add_text(struct buf *out, const struct article *article, str quote)
{
    buf_format(out, "“%.*s”\n— ", STR_ARG(quote));
    add_source(out, article);
    buf_format(out, "\n%.*s\n", STR_ARG(address_of(article)));
}

static void add_markdown(struct buf *out, const struct article *article, str quote)
{
    struct buf source = BUF_INIT;
    add_source(&source, article);
    buf_format(&source, ", %.*s", STR_ARG(address_of(article)));
    markdown_add(out, quote, "> ");
    buf_add_byte(out, '\n');
    markdown_add(out, buf_str(&source), "— ");
    buf_done(&source);
}

static void add_json(struct buf *out, const struct article *article, str quote)
{
    struct json json;
    json_init(&json, out);
    json_object_begin(&json);
    json_field(&json, "quote", quote);
    json_field(&json, "title", label_title(article->title, article->path));
    json_field_or_null(&json, "site", article->site.len ? article->site : STR_NONE);
    json_field_or_null(&json, "byline", article->byline.len ? article->byline : STR_NONE);
    report_json_publication(&json, &article->published);
    json_field_or_null(&json, "url", article->url.len ? article->url : STR_NONE);
    json_field(&json, "path", article->path);
    json_object_end(&json);
    buf_add_byte(out, '\n');
}

void citation_add(struct buf *out, enum citation_form form, const struct article *article,
                  str quote)
{
    static void (*const forms[CITATION_FORM_COUNT])(struct buf *, const struct article *, str) = {
        [CITATION_TEXT] = add_text,
        [CITATION_MARKDOWN] = add_markdown,
        [CITATION_JSON] = add_json,
    };
    forms[form](out, article, quote);
}
