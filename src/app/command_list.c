/* dossier list */
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

static const struct article_query *query_of(const struct report *report)
{
    return report->own;
}

static enum status article_text(struct report *report, const void *row)
{
    const struct article_row *article = row;
    str title = article->title.len ? article->title : article->path;
    report_cell_number(&report->line, article->id, 6);
    report_cell(&report->line, report_publication(&report->page, &article->published), 11);
    report_cell(&report->line, article->site, 20);
    report_last_cell(report, title);
    int64_t leader = article->id;
    enum status status = STATUS_OK;
    if (article->copy_of)
        status = store_find_leader(report->store, article->id, &leader, &report->err);
    if (status == STATUS_OK && article->copy_of && query_of(report)->copies_only)
        buf_format(&report->line, "        (copy of %lld)\n", (long long)leader);
    return status;
}

static enum status article_json(struct report *report, struct json *json, const void *row)
{
    const struct article_row *article = row;
    int64_t leader = article->id;
    enum status status = STATUS_OK;
    if (article->copy_of)
        status = store_find_leader(report->store, article->id, &leader, &report->err);
    json_field_number(json, "id", article->id);
    json_field_or_null(json, "title", article->title);
    json_field_or_null(json, "site", article->site);
    json_field(json, "path", article->path);
    report_json_publication(json, &article->published);
    json_field_number(json, "people", article->people_count);
    json_field_number(json, "bookmarks", article->bookmark_count);
    json_field(json, "state", str_from(read_names[article->read]));
    json_field(json, "tags", article->tags);
    if (article->copy_of)
        json_field_number(json, "copy_of", leader);
    else
        json_field_or_null(json, "copy_of", STR_NONE);
    json_field_number(json, "copies", article->copy_count);
    return status;
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
    static const struct listing listing = {sizeof(struct article_row),
                                           fetch_articles,
                                           article_text,
                                           article_json,
                                           article_columns,
                                           NULL};
    struct report report;
    struct buf filter = BUF_INIT;
    struct search_query search = {0};
    enum status status = report_begin(&report, environment, arguments);
    arguments_join(arguments, 0, &filter);
    struct article_query query = {.sort = SORT_DATE,
                                  .descending = true,
                                  .search = filter.len ? &search : NULL,
                                  .unread_only = arguments_has(arguments, OPTION_UNREAD),
                                  .copies_only = arguments_has(arguments, OPTION_COPIES)};
    report.own = &query;
    if (status == STATUS_OK && query.copies_only && (filter.len || query.unread_only))
        status = error_set(&report.err, STATUS_USAGE,
                           "list: --copies lists all copies; leave the query and --unread out");
    if (status == STATUS_OK && filter.len)
        status = report_query(&report, buf_str(&filter), QUERY_LIST, &search);
    if (status == STATUS_OK)
        status = report_list(&report, &listing);
    int result = report_end(&report, status);
    buf_done(&filter);
    return result;
}
