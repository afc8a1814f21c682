/* One page of HTML that is XML as well, without scripts and without anything from elsewhere: people,
 * timeline, articles, linked with each other. */
#include <string.h>

#include "app/export.h"
#include "app/label.h"
#include "base/file.h"
#include "text/markup.h"

/* How a file begins that is ours to replace. */
#define MARK "<!DOCTYPE html>\n<!-- made by dossier export -->\n"

enum { WRITE_LEN = 1 << 16 };

struct page_file {
    struct file_replacement file;
    struct buf out; /* written from time to time */
    int64_t last_article; /* of the person being written */
    day first, last;      /* of the day being written */
    bool has_day;
};

static const char style[] =
    "body{font:1rem/1.5 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#222;"
    "background:#fff}h1,h2,h3,h4,nav,.meta{font-family:system-ui,sans-serif;line-height:1.25}"
    ".meta{color:#555;font-size:.875rem}article{border-top:1px solid #ccc;margin-top:3rem}"
    "a{color:#0b4f8a}a.person{font-weight:bold;color:inherit;text-decoration:none}"
    "a.date{color:inherit;text-decoration:underline dotted}dt{font-weight:bold;margin-top:1rem}"
    "pre{overflow-x:auto;white-space:pre-wrap}:target{background:#fff3c4}"
    "@media print{body{max-width:none;margin:0;font-size:10.5pt}nav{display:none}"
    "a{color:inherit;text-decoration:none}article{break-before:page;border:0;margin:0}"
    "h2,h3,h4,dt{break-after:avoid}p,li{orphans:3;widows:3}}";

static enum status write_out(struct export *export, size_t at_least)
{
    struct page_file *page = export->own;
    if (page->out.len < at_least)
        return STATUS_OK;
    enum status status =
        file_replace_add(&page->file, buf_str(&page->out), &export->report->err);
    buf_clear(&page->out);
    return status;
}

static void add(struct export *export, const char *markup)
{
    buf_add(&((struct page_file *)export->own)->out, str_from(markup));
}

static void add_text(struct export *export, str text)
{
    markup_add(&((struct page_file *)export->own)->out, text);
}

/* A link to an article, or to the block with that byte. */
static enum status add_article_link(struct export *export, int64_t id, uint32_t at)
{
    struct page_file *page = export->own;
    enum status status = export_read_article(export, id);
    if (status != STATUS_OK)
        return status;
    const struct article *article = &export->article.article;
    buf_format(&page->out, "<a href=\"#a%lld-b%zu\">", (long long)id,
               export_block_of(export, at) + 1);
    add_text(export, label_title(article->title, article->path));
    add(export, "</a>");
    return STATUS_OK;
}

/* ---- people -------------------------------------------------------------------------------- */

/* The first mention in each article. */
static enum status add_appearance(struct export *export, const struct mention_row *row)
{
    struct page_file *page = export->own;
    if (page->last_article == row->article)
        return STATUS_OK;
    page->last_article = row->article;
    add(export, "<li>");
    label_publication(&page->out, &row->published);
    add(export, " ");
    enum status status = add_article_link(export, row->article, row->start);
    add(export, "</li>\n");
    return status == STATUS_OK ? write_out(export, WRITE_LEN) : status;
}

static enum status add_person(struct export *export, const struct entity_row *row)
{
    struct page_file *page = export->own;
    buf_format(&page->out, "<dt id=\"p%lld\">", (long long)row->id);
    add_text(export, row->name);
    add(export, "</dt><dd><div class=\"meta\">");
    if (row->role.len) {
        add_text(export, row->role);
        add(export, " · ");
    }
    if (row->variants.len) {
        add(export, "also: ");
        add_text(export, row->variants);
        add(export, " · ");
    }
    buf_format(&page->out, "mentions: %u, articles: %u</div>\n<ul>\n",
               (unsigned)row->mention_count, (unsigned)row->article_count);
    page->last_article = 0;
    export->person_count++;
    enum status status = export_mentions(export, row->id, add_appearance);
    add(export, "</ul></dd>\n");
    return status;
}

/* ---- the timeline -------------------------------------------------------------------------- */

static void end_day(struct export *export)
{
    if (((struct page_file *)export->own)->has_day)
        add(export, "</ul>\n");
}

static void begin_day(struct export *export, const struct moment *moment)
{
    struct page_file *page = export->own;
    end_day(export);
    page->has_day = true;
    page->first = moment->first;
    page->last = moment->last;
    add(export, "<h3 id=\"d");
    export_add_days(&page->out, moment->first, moment->last);
    add(export, "\">");
    label_days(&page->out, moment->first, moment->last);
    add(export, "</h3>\n<ul>\n");
    export->day_count++;
}

static enum status add_statement(struct export *export, const struct moment_row *row)
{
    struct page_file *page = export->own;
    const struct moment *moment = &row->moment;
    if (moment->first == DAY_UNKNOWN || moment->last == DAY_UNKNOWN)
        return STATUS_OK;
    if (!page->has_day || moment->first != page->first || moment->last != page->last)
        begin_day(export, moment);
    add(export, "<li>");
    add_text(export, row->sentence);
    buf_format(&page->out, " <span class=\"meta\">(%s) ", certainty_name(moment->certainty));
    enum status status = add_article_link(export, row->article, moment->start);
    add(export, "</span></li>\n");
    return status == STATUS_OK ? write_out(export, WRITE_LEN) : status;
}

/* ---- articles ------------------------------------------------------------------------------ */

static const struct {
    const char *name, *begin, *end; /* the element, and what else stands around the text */
} block_elements[BLOCK_KIND_COUNT] = {
    [BLOCK_TITLE] = {"h3", "", ""},
    [BLOCK_SUBTITLE] = {"p", "<em>", "</em>"},
    [BLOCK_BYLINE] = {"p", "", ""},
    [BLOCK_DATELINE] = {"p", "", ""},
    [BLOCK_HEADING] = {"h4", "", ""},
    [BLOCK_PARAGRAPH] = {"p", "", ""},
    [BLOCK_CAPTION] = {"p", "<small>", "</small>"},
    [BLOCK_LIST_ITEM] = {"p", "• ", ""},
    [BLOCK_QUOTE] = {"blockquote", "", ""},
    [BLOCK_TABLE_ROW] = {"pre", "", ""},
    [BLOCK_PREFORMATTED] = {"pre", "", ""},
};

static void add_linked(struct export *export, const struct block *block,
                       const struct export_link **link, const struct export_link *end)
{
    struct page_file *page = export->own;
    str text = export->article.article.text;
    uint32_t at = block->start;
    for (; *link < end && (*link)->start < block->end; (*link)++) {
        const struct export_link *here = *link;
        if (here->start < at || here->end > block->end)
            continue;
        add_text(export, str_slice(text, at, here->start));
        if (here->entity) {
            buf_format(&page->out, "<a class=\"person\" href=\"#p%lld\">",
                       (long long)here->entity);
        } else {
            add(export, "<a class=\"date\" href=\"#d");
            export_add_days(&page->out, here->first, here->last);
            add(export, "\">");
        }
        add_text(export, str_slice(text, here->start, here->end));
        add(export, "</a>");
        at = here->end;
    }
    add_text(export, str_slice(text, at, block->end));
}

static void add_head(struct export *export, const struct article *article, bool with_title)
{
    struct buf published = BUF_INIT;
    if (with_title) {
        add(export, "<h3>");
        add_text(export, label_title(article->title, article->path));
        add(export, "</h3>\n");
    }
    label_publication_long(&published, &article->published);
    add(export, "<p class=\"meta\">");
    if (article->site.len) {
        add_text(export, article->site);
        add(export, " · ");
    }
    add_text(export, buf_str(&published));
    if (str_starts(article->url, STR("https://")) || str_starts(article->url, STR("http://"))) {
        add(export, " · <a rel=\"noreferrer\" href=\"");
        add_text(export, article->url);
        add(export, "\">");
        add_text(export, article->url);
        add(export, "</a>");
    }
    add(export, "</p>\n");
    buf_done(&published);
}

static enum status add_article(struct export *export, const struct article_row *row)
{
    struct page_file *page = export->own;
    enum status status = export_read_article(export, row->id);
    if (status != STATUS_OK)
        return status;
    const struct article *article = &export->article.article;
    const struct export_link *link = NULL;
    size_t count = export_links(export, &link);
    const struct export_link *end = count ? link + count : link;
    bool begins_with_title =
        article->blocks.count && article->blocks.items[0].kind == BLOCK_TITLE;
    buf_format(&page->out, "<article id=\"a%lld\">\n", (long long)row->id);
    add_head(export, article, !begins_with_title);
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.items[i];
        const char *element = block_elements[block->kind].name;
        buf_format(&page->out, "<%s id=\"a%lld-b%zu\">%s", element, (long long)row->id, i + 1,
                   block_elements[block->kind].begin);
        add_linked(export, block, &link, end);
        buf_format(&page->out, "%s</%s>\n", block_elements[block->kind].end, element);
    }
    add(export, "</article>\n");
    export->article_count++;
    return write_out(export, WRITE_LEN);
}

/* ---- the page ------------------------------------------------------------------------------ */

static void begin_page(struct export *export)
{
    const char *path = store_path(export->report->store), *slash = strrchr(path, '/');
    str name = str_from(slash ? slash + 1 : path);
    add(export, MARK "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n"
                     "<meta charset=\"utf-8\"/>\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                     "style-src 'unsafe-inline'\"/>\n"
                     "<meta name=\"viewport\" content=\"width=device-width\"/>\n<title>");
    add_text(export, name);
    add(export, "</title>\n<style>");
    add(export, style);
    add(export, "</style>\n</head>\n<body>\n<header><h1>");
    add_text(export, name);
    add(export, "</h1>\n<nav><a href=\"#people\">People</a> · <a href=\"#timeline\">Timeline</a> · "
                "<a href=\"#articles\">Articles</a></nav></header>\n<main>\n");
}

static enum status write_page(struct export *export)
{
    begin_page(export);
    add(export, "<section id=\"people\"><h2>People</h2>\n<dl>\n");
    enum status status = export_people(export, add_person);
    if (export->person_count == 0)
        add(export, "<dt>nobody</dt><dd></dd>\n");
    add(export, "</dl></section>\n<section id=\"timeline\"><h2>Timeline</h2>\n");
    if (status == STATUS_OK)
        status = export_statements(export, add_statement);
    end_day(export);
    add(export, "</section>\n<section id=\"articles\"><h2>Articles</h2>\n");
    if (status == STATUS_OK)
        status = export_articles(export, add_article);
    add(export, "</section>\n</main>\n</body>\n</html>\n");
    return status == STATUS_OK ? write_out(export, 0) : status;
}

enum status export_html(struct export *export, const char *path)
{
    struct page_file page = {0};
    struct error *err = &export->report->err;
    export->own = &page;
    enum status status = export_check_ours(path, STR(MARK), err);
    if (status != STATUS_OK)
        return status;
    status = file_replace_begin(&page.file, path, err);
    if (status == STATUS_OK)
        status = write_page(export);
    buf_done(&page.out);
    return file_replace_end(&page.file, status, err);
}
