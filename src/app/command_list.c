/* dossier list, dossier bookmarks */
#include "app/article_json.h"
#include "app/output.h"
#include "app/report_table.h"

static const char *const read_names[] = {
    [READ_UNREAD] = "unread", [READ_STARTED] = "started", [READ_DONE] = "read"};

/* ---- articles ------------------------------------------------------------------------------ */

static enum status fetch_articles(struct report *report, const struct page_request *request,
                                  const void **rows, size_t *count)
{
    const struct article_row *found = NULL;
    enum status status = store_list_articles(report->store, &report->page, report->own, request,
                                             &found, count, &report->err);
    *rows = found;
    return status;
}

static enum status article_text(struct report *report, const void *row)
{
    const struct article_row *article = row;
    str title = article->title.len ? article->title : article->path;
    report_cell_number(&report->line, article->id, 6);
    report_cell(&report->line, report_publication(&report->page, &article->published), 11);
    report_cell(&report->line, article->site, 20);
    report_last_cell(report, title);
    return STATUS_OK;
}

static enum status article_json(struct report *report, struct json *json, const void *row)
{
    const struct article_row *article = row;
    (void)report;
    json_field_number(json, "id", article->id);
    json_field_or_null(json, "title", article->title);
    json_field_or_null(json, "site", article->site);
    json_field(json, "path", article->path);
    report_json_publication(json, &article->published);
    json_field_number(json, "people", article->people_count);
    json_field_number(json, "bookmarks", article->bookmark_count);
    json_field(json, "state", str_from(read_names[article->read]));
    json_field(json, "tags", article->tags);
    return STATUS_OK;
}

static enum status read_column(struct report *report, const void *row, struct buf *value)
{
    const struct article_row *article = row;
    (void)report;
    buf_add(value, str_from(read_names[article->read]));
    return STATUS_OK;
}

#define AT(field) offsetof(struct article_row, field)
static const struct column article_columns[] = {
    {"id", COLUMN_NUMBER, AT(id), NULL},
    {"title", COLUMN_TEXT, AT(title), NULL},
    {"outlet", COLUMN_TEXT, AT(site), NULL},
    {"path", COLUMN_TEXT, AT(path), NULL},
    COLUMNS_PUBLISHED(AT(published)),
    {"people", COLUMN_COUNT, AT(people_count), NULL},
    {"bookmarks", COLUMN_COUNT, AT(bookmark_count), NULL},
    {"state", COLUMN_TEXT, 0, read_column},
    {"tags", COLUMN_TEXT, AT(tags), NULL},
    COLUMNS_END,
};
#undef AT

int command_list(const struct environment *environment, const struct arguments *arguments)
{
    static const struct listing listing = {sizeof(struct article_row), fetch_articles, article_text,
                                           article_json, article_columns, NULL};
    struct report report;
    struct buf filter = BUF_INIT;
    struct search_query search = {0};
    enum status status = report_begin(&report, environment, arguments);
    arguments_join(arguments, 0, &filter);
    struct article_query query = {.sort = SORT_DATE,
                                  .descending = true,
                                  .search = filter.len ? &search : NULL,
                                  .unread_only = arguments_has(arguments, OPTION_UNREAD)};
    report.own = &query;
    if (status == STATUS_OK && filter.len)
        status = report_query(&report, buf_str(&filter), QUERY_LIST, &search);
    if (status == STATUS_OK)
        status = report_list(&report, &listing);
    int result = report_end(&report, status);
    buf_done(&filter);
    return result;
}

/* ---- bookmarks ----------------------------------------------------------------------------- */

static enum status fetch_bookmarks(struct report *report, const struct page_request *request,
                                   const void **rows, size_t *count)
{
    const struct bookmark_row *found = NULL;
    enum status status = store_list_bookmarks(report->store, &report->page, report->own, request,
                                              &found, count, &report->err);
    *rows = found;
    return status;
}

static enum status bookmark_text(struct report *report, const void *row)
{
    const struct bookmark_row *found = row;
    const struct bookmark *bookmark = &found->bookmark;
    report_cell_number(&report->line, bookmark->id, 6);
    report_cell(&report->line, report_publication(&report->page, &found->published), 11);
    report_cell(&report->line, found->site, 20);
    report_last_cell(report, found->title);
    report_text(report, bookmark->quote, 8);
    if (bookmark->state != ANCHOR_EXACT)
        buf_format(&report->line, "        (%s)\n", anchor_state_name(bookmark->state));
    if (bookmark->note.len)
        report_text(report, arena_format(&report->page, "note: %.*s", STR_ARG(bookmark->note)), 8);
    if (bookmark->tags.len)
        report_text(report, arena_format(&report->page, "tags: %.*s", STR_ARG(bookmark->tags)), 8);
    return STATUS_OK;
}

/* Members of a bookmark's place: null when the passage was not found again. */
static enum status bookmark_place(struct report *report, struct json *json,
                                  const struct bookmark *bookmark)
{
    struct stored_article article = {0};
    enum status status =
        store_get_article(report->store, &report->page, bookmark->article, &article, &report->err);
    if (status != STATUS_OK)
        return status;
    struct point_counter counter = {.text = article.article.text};
    if (bookmark->state == ANCHOR_EXACT || bookmark->state == ANCHOR_MOVED) {
        json_field_number(json, "start", point_count(&counter, bookmark->start));
        json_field_number(json, "end", point_count(&counter, bookmark->end));
    } else {
        json_field_or_null(json, "start", STR_NONE);
        json_field_or_null(json, "end", STR_NONE);
    }
    return STATUS_OK;
}

static enum status bookmark_json(struct report *report, struct json *json, const void *row)
{
    const struct bookmark_row *found = row;
    const struct bookmark *bookmark = &found->bookmark;
    json_field_number(json, "id", bookmark->id);
    json_field_number(json, "article", bookmark->article);
    json_field_or_null(json, "title", found->title);
    json_field_or_null(json, "site", found->site);
    report_json_publication(json, &found->published);
    json_field(json, "quote", bookmark->quote);
    json_field(json, "prefix", bookmark->prefix);
    json_field(json, "suffix", bookmark->suffix);
    json_field(json, "state", str_from(anchor_state_name(bookmark->state)));
    enum status status = bookmark_place(report, json, bookmark);
    json_field(json, "note", bookmark->note);
    json_field(json, "tags", bookmark->tags);
    json_field_number(json, "created", bookmark->created);
    return status;
}

int command_bookmarks(const struct environment *environment, const struct arguments *arguments)
{
    static const struct listing listing = {sizeof(struct bookmark_row), fetch_bookmarks,
                                           bookmark_text, bookmark_json, NULL, NULL};
    struct report report;
    struct buf filter = BUF_INIT;
    enum status status = report_begin(&report, environment, arguments);
    arguments_join(arguments, 0, &filter);
    struct bookmark_query query = {.filter = filter.len ? buf_str(&filter) : STR_NONE};
    report.own = &query;
    if (status == STATUS_OK)
        status = report_list(&report, &listing);
    buf_done(&filter);
    return report_end(&report, status);
}
