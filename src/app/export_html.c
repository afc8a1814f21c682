/* One page of HTML that is XML as well, without scripts and without anything from elsewhere: the
 * reader's passages, people, timeline, articles, linked with each other. */
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
    struct buf out;       /* written from time to time */
    int64_t last_article; /* of the person being written */
    day first, last;      /* of the day being written */
    bool has_day;
};

static const char style[] =
    ":root{color-scheme:light dark}"
    "body{font:1rem/1.5 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;"
    "overflow-wrap:anywhere}"
    "h1,h2,h3,h4,nav,.meta,dt,table{font-family:system-ui,sans-serif;line-height:1.25}"
    "h2{border-bottom:2px solid;padding-bottom:.25rem;margin-top:3rem}"
    ".meta{font-size:.875rem;opacity:.75}dt{font-weight:bold;margin-top:1rem}dd{margin-left:1rem}"
    "ul,ol{padding-left:1.25rem}blockquote{border-left:3px solid;margin:1rem 0;padding-left:1rem}"
    "article{border-top:1px solid;margin-top:3rem}pre{overflow-x:auto;white-space:pre-wrap}"
    "table{border-collapse:collapse;margin:1rem 0}td{border:1px solid;padding:.2rem .5rem;"
    "vertical-align:top}.caption{font-size:.875rem;font-style:italic}"
    "a.person{font-weight:bold;color:inherit;text-decoration:none}"
    "a.date{color:inherit;text-decoration:underline dotted}"
    "mark{background:#fff3a0;color:#000}:target{outline:2px solid;outline-offset:.2rem}"
    "@page{margin:2cm;@bottom-center{content:counter(page)}}"
    "@media print{:root{color-scheme:light}body{max-width:none;margin:0;padding:0;font-size:10.5pt}"
    "nav{display:none}a{color:inherit;text-decoration:none}h1,h2,h3,h4,dt{break-after:avoid}"
    "h2{break-before:page}section:first-of-type h2{break-before:auto}"
    "p,li{orphans:3;widows:3}tr,blockquote{break-inside:avoid}}";

static enum status write_out(struct export *export, size_t at_least)
{
    struct page_file *page = export->own;
    if (page->out.len < at_least)
        return STATUS_OK;
    enum status status = file_replace_add(&page->file, buf_str(&page->out), &export->report->err);
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
    buf_format(&page->out, "mentions: %u, articles: %u</div>\n<ul>\n", (unsigned)row->mention_count,
               (unsigned)row->article_count);
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

/* ---- passages ------------------------------------------------------------------------------ */

static enum status add_passage(struct export *export, const struct bookmark_row *row)
{
    struct page_file *page = export->own;
    const struct bookmark *bookmark = &row->bookmark;
    bool holds = anchor_holds(bookmark->state);
    if (export->passage_count++ == 0)
        add(export, "<section id=\"passages\"><h2>Passages</h2>\n");
    buf_format(&page->out, "<div id=\"k%lld\"><blockquote>", (long long)bookmark->id);
    add_text(export, bookmark->quote);
    add(export, "</blockquote>\n");
    if (bookmark->note.len) {
        add(export, "<p>");
        add_text(export, bookmark->note);
        add(export, "</p>\n");
    }
    add(export, "<p class=\"meta\">");
    if (bookmark->tags.len) {
        add_text(export, bookmark->tags);
        add(export, " · ");
    }
    label_publication(&page->out, &row->published);
    buf_format(&page->out, " <a href=\"#%c%lld\">", holds ? 'm' : 'a',
               (long long)(holds ? bookmark->id : bookmark->article));
    add_text(export, label_title(row->title, row->path));
    add(export, "</a>");
    if (!holds)
        buf_format(&page->out, " · %s", anchor_state_name(bookmark->state));
    add(export, "</p></div>\n");
    return write_out(export, WRITE_LEN);
}

static enum status add_passages(struct export *export)
{
    enum status status = export_passages(export, add_passage);
    if (export->passage_count)
        add(export, "</section>\n");
    return status;
}

/* ---- articles ------------------------------------------------------------------------------ */

static const struct {
    const char *name, *attributes;
    const char *around; /* the element of several in a row, or NULL */
} block_elements[BLOCK_KIND_COUNT] = {
    [BLOCK_TITLE] = {"h3", "", NULL},
    [BLOCK_SUBTITLE] = {"p", " class=\"subtitle\"", NULL},
    [BLOCK_BYLINE] = {"p", " class=\"meta\"", NULL},
    [BLOCK_DATELINE] = {"p", " class=\"meta\"", NULL},
    [BLOCK_HEADING] = {"h4", "", NULL},
    [BLOCK_PARAGRAPH] = {"p", "", NULL},
    [BLOCK_CAPTION] = {"p", " class=\"caption\"", NULL},
    [BLOCK_LIST_ITEM] = {"li", "", "ul"},
    [BLOCK_QUOTE] = {"blockquote", "", NULL},
    [BLOCK_TABLE_ROW] = {"tr", "", "table"},
    [BLOCK_PREFORMATTED] = {"span", "", "pre"},
};

static const char *const style_elements[SPAN_KIND_COUNT] = {
    [SPAN_EMPHASIS] = "em", [SPAN_STRONG] = "strong", [SPAN_CODE] = "code"};

/* What parts the cells of a row in the text. */
#define CELL_SEPARATOR STR(" | ")

/* Elements of a segment, outermost first; `passage` has begun already where it says so. */
static void begin_segment(struct export *export, const struct export_segment *segment,
                          int64_t passage_before)
{
    struct buf *out = &((struct page_file *)export->own)->out;
    if (segment->passage && segment->passage != passage_before)
        buf_format(out, "<mark id=\"m%lld\">", (long long)segment->passage);
    else if (segment->passage)
        buf_add(out, STR("<mark>"));
    if (segment->link && segment->link->entity) {
        buf_format(out, "<a class=\"person\" href=\"#p%lld\">", (long long)segment->link->entity);
    } else if (segment->link) {
        buf_add(out, STR("<a class=\"date\" href=\"#d"));
        export_add_days(out, segment->link->first, segment->link->last);
        buf_add(out, STR("\">"));
    } else if (segment->target.len) {
        buf_add(out, STR("<a rel=\"noreferrer\" href=\""));
        markup_add(out, segment->target);
        buf_add(out, STR("\">"));
    }
    for (int kind = 0; kind < SPAN_KIND_COUNT; kind++)
        if (style_elements[kind] && segment->styles & 1u << kind)
            buf_format(out, "<%s>", style_elements[kind]);
}

static void end_segment(struct export *export, const struct export_segment *segment)
{
    struct buf *out = &((struct page_file *)export->own)->out;
    for (int kind = SPAN_KIND_COUNT; kind-- > 0;)
        if (style_elements[kind] && segment->styles & 1u << kind)
            buf_format(out, "</%s>", style_elements[kind]);
    if (segment->link || segment->target.len)
        buf_add(out, STR("</a>"));
    if (segment->passage)
        buf_add(out, STR("</mark>"));
}

/* The text of a block; `cells`: of a row. The passage that its end belongs to. */
static int64_t add_block_text(struct export *export, struct export_text *text,
                              const struct block *block, int64_t passage, bool cells)
{
    struct export_segment segment;
    export_begin_block(export, text, block);
    while (export_next_segment(text, &segment)) {
        str rest = str_slice(export->article.article.text, segment.start, segment.end);
        for (;;) {
            size_t cut = cells ? str_find(rest, CELL_SEPARATOR, 0) : STR_MISSING;
            str piece = cut == STR_MISSING ? rest : str_slice(rest, 0, cut);
            begin_segment(export, &segment, passage);
            add_text(export, piece);
            end_segment(export, &segment);
            passage = segment.passage;
            if (cut == STR_MISSING)
                break;
            add(export, "</td><td>");
            rest = str_slice(rest, cut + CELL_SEPARATOR.len, rest.len);
        }
    }
    return passage;
}

static void change_around(struct export *export, const char **around, const char *wanted)
{
    struct buf *out = &((struct page_file *)export->own)->out;
    if (*around == wanted)
        return;
    if (*around)
        buf_format(out, "</%s>\n", *around);
    if (wanted)
        buf_format(out, "<%s>\n", wanted);
    *around = wanted;
}

static enum status add_blocks(struct export *export)
{
    struct buf *out = &((struct page_file *)export->own)->out;
    const struct article *article = &export->article.article;
    const char *around = NULL;
    int64_t passage = 0;
    struct export_text text;
    enum status status = export_text_begin(export, ~0u, &text);
    for (size_t i = 0; status == STATUS_OK && i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.items[i];
        const char *element = block_elements[block->kind].name;
        bool cells = block->kind == BLOCK_TABLE_ROW;
        change_around(export, &around, block_elements[block->kind].around);
        buf_format(out, "<%s id=\"a%lld-b%zu\"%s>%s", element, (long long)export->article.id, i + 1,
                   block_elements[block->kind].attributes, cells ? "<td>" : "");
        passage = add_block_text(export, &text, block, passage, cells);
        buf_format(out, "%s</%s>\n", cells ? "</td>" : "", element);
    }
    change_around(export, &around, NULL);
    return status;
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
    add(export, "published: ");
    add_text(export, buf_str(&published));
    if (export_is_web(article->url)) {
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
    bool begins_with_title = article->blocks.count && article->blocks.items[0].kind == BLOCK_TITLE;
    buf_format(&page->out, "<article id=\"a%lld\">\n", (long long)row->id);
    add_head(export, article, !begins_with_title);
    status = add_blocks(export);
    add(export, "</article>\n");
    export->article_count++;
    return status == STATUS_OK ? write_out(export, WRITE_LEN) : status;
}

static enum status add_to_contents(struct export *export, const struct article_row *row)
{
    struct page_file *page = export->own;
    add(export, "<li>");
    label_publication(&page->out, &row->published);
    buf_format(&page->out, " <a href=\"#a%lld\">", (long long)row->id);
    add_text(export, label_title(row->title, row->path));
    add(export, "</a>");
    if (row->site.len) {
        add(export, " <span class=\"meta\">");
        add_text(export, row->site);
        add(export, "</span>");
    }
    add(export, "</li>\n");
    return write_out(export, WRITE_LEN);
}

static enum status add_articles(struct export *export)
{
    add(export, "<section id=\"articles\"><h2>Articles</h2>\n<ul>\n");
    enum status status = export_articles(export, add_to_contents);
    add(export, "</ul>\n");
    if (status == STATUS_OK)
        status = export_articles(export, add_article);
    add(export, "</section>\n");
    return status;
}

/* ---- the page ------------------------------------------------------------------------------ */

static enum status has_passages(struct export *export, bool *any)
{
    const struct bookmark_query query = {.sort = BOOKMARKS_BY_PUBLICATION};
    const struct page_request request = {.limit = 1};
    const struct bookmark_row *rows = NULL;
    size_t count = 0;
    enum status status = store_list_bookmarks(export->report->store, &export->report->arena, &query,
                                              &request, &rows, &count, &export->report->err);
    *any = count > 0;
    return status;
}

static void begin_page(struct export *export, bool with_passages)
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
    add(export, "</h1>\n<nav>");
    add(export, with_passages ? "<a href=\"#passages\">Passages</a> · " : "");
    add(export, "<a href=\"#people\">People</a> · <a href=\"#timeline\">Timeline</a> · "
                "<a href=\"#articles\">Articles</a></nav></header>\n<main>\n");
}

static enum status write_page(struct export *export)
{
    bool with_passages = false;
    enum status status = has_passages(export, &with_passages);
    begin_page(export, with_passages);
    if (status == STATUS_OK)
        status = add_passages(export);
    add(export, "<section id=\"people\"><h2>People</h2>\n<dl>\n");
    if (status == STATUS_OK)
        status = export_people(export, add_person);
    if (export->person_count == 0)
        add(export, "<dt>nobody</dt><dd></dd>\n");
    add(export, "</dl></section>\n<section id=\"timeline\"><h2>Timeline</h2>\n");
    if (status == STATUS_OK)
        status = export_statements(export, add_statement);
    end_day(export);
    add(export, "</section>\n");
    if (status == STATUS_OK)
        status = add_articles(export);
    add(export, "</main>\n</body>\n</html>\n");
    return status == STATUS_OK ? write_out(export, 0) : status;
}

enum status export_html(struct export *export, const char *path)
{
    struct page_file page = {0};
    struct error *err = &export->report->err;
    bool is_same = false;
    export->own = &page;
    enum status status = export_check_ours(path, STR(MARK), STR_NONE, &is_same, err);
    if (status != STATUS_OK)
        return status;
    status = file_replace_begin(&page.file, path, err);
    if (status == STATUS_OK)
        status = write_page(export);
    buf_done(&page.out);
    return file_replace_end(&page.file, status, err);
}
