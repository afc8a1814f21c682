/* dossier search */
#include "app/output.h"
#include "app/report_table.h"
#include "app/snippet.h"
#include "base/vec.h"

static enum status fetch_found(struct report *report, const struct page_request *request,
                               const void **rows, size_t *count)
{
    const struct search_row *found = NULL;
    enum status status = store_search(report->store, &report->page, report->own, request, &found,
                                      count, &report->err);
    *rows = found;
    return status;
}

static enum status found_text(struct report *report, const void *row)
{
    const struct search_row *found = row;
    struct buf snippet = BUF_INIT;
    report_cell_number(&report->line, found->article, 6);
    report_cell(&report->line, report_publication(&report->page, &found->published), 11);
    report_cell(&report->line, found->site, 20);
    report_last_cell(report, found->title);
    struct buf line = report->line;
    report->line = BUF_INIT;
    buf_add_repeat(&report->line, ' ', 8);
    snippet_add(&snippet, found->snippet, STR("["), STR("]"));
    report_last_cell(report, buf_str(&snippet));
    buf_add(&line, buf_str(&report->line));
    buf_done(&report->line);
    buf_done(&snippet);
    report->line = line;
    return STATUS_OK;
}

/* [[start, end], …] in code points of the snippet without its signs. */
static void add_hits(struct json *json, str snippet)
{
    int64_t points = 0;
    bool open = false;
    json_name(json, "hits");
    json_array_begin(json);
    for (size_t i = 0; i < snippet.len; i++) {
        char byte = snippet.ptr[i];
        if (byte == SNIPPET_HIT_START && !open) {
            json_array_begin(json);
            json_number(json, points);
            open = true;
        } else if (byte == SNIPPET_HIT_END && open) {
            json_number(json, points);
            json_array_end(json);
            open = false;
        } else if (byte != SNIPPET_HIT_START && byte != SNIPPET_HIT_END &&
                   ((unsigned char)byte & 0xC0) != 0x80) {
            points++;
        }
    }
    if (open) {
        json_number(json, points);
        json_array_end(json);
    }
    json_array_end(json);
}

static enum status found_json(struct report *report, struct json *json, const void *row)
{
    const struct search_row *found = row;
    struct buf snippet = BUF_INIT;
    (void)report;
    json_field_number(json, "article", found->article);
    json_field_or_null(json, "title", found->title);
    json_field_or_null(json, "site", found->site);
    report_json_publication(json, &found->published);
    snippet_add(&snippet, found->snippet, STR_NONE, STR_NONE);
    json_field(json, "snippet", buf_str(&snippet));
    add_hits(json, found->snippet);
    buf_done(&snippet);
    return STATUS_OK;
}

static enum status snippet_column(struct report *report, const void *row, struct buf *value)
{
    (void)report;
    snippet_add(value, ((const struct search_row *)row)->snippet, STR_NONE, STR_NONE);
    return STATUS_OK;
}

#define AT(field) offsetof(struct search_row, field)
static const struct column found_columns[] = {
    {"article", COLUMN_NUMBER, AT(article), NULL}, {"title", COLUMN_TEXT, AT(title), NULL},
    {"outlet", COLUMN_TEXT, AT(site), NULL},       COLUMNS_PUBLISHED(AT(published)),
    {"snippet", COLUMN_TEXT, 0, snippet_column},   COLUMNS_END,
};
#undef AT

int command_search(const struct environment *environment, const struct arguments *arguments)
{
    static const struct listing listing = {
        sizeof(struct search_row), fetch_found, found_text, found_json, found_columns, NULL};
    struct report report;
    struct search_query query = {0};
    struct buf text = BUF_INIT;
    enum status status = report_begin(&report, environment, arguments);
    arguments_join(arguments, 0, &text);
    if (status == STATUS_OK)
        status = report_query(&report, buf_str(&text), QUERY_SEARCH, &query);
    query.by_rank = arguments_has(arguments, OPTION_BEST_FIRST);
    report.own = &query;
    if (status == STATUS_OK)
        status = report_list(&report, &listing);
    int result = report_end(&report, status);
    buf_done(&text);
    return result;
}
