/* dossier search */
#include "app/output.h"
#include "app/report_table.h"
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

/* The snippet without its signs, or with [ ] for them. */
static str snippet_text(struct arena *arena, str snippet, bool bracketed)
{
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < snippet.len; i++) {
        char byte = snippet.ptr[i];
        if (byte != SNIPPET_HIT_START && byte != SNIPPET_HIT_END)
            buf_add_byte(&text, byte);
        else if (bracketed)
            buf_add_byte(&text, byte == SNIPPET_HIT_START ? '[' : ']');
    }
    str made = arena_str(arena, buf_str(&text));
    buf_done(&text);
    return made;
}

static enum status found_text(struct report *report, const void *row)
{
    const struct search_row *found = row;
    report_cell_number(&report->line, found->article, 6);
    report_cell(&report->line, report_publication(&report->page, &found->published), 11);
    report_cell(&report->line, found->site, 20);
    report_last_cell(report, found->title);
    struct buf line = report->line;
    report->line = BUF_INIT;
    buf_add_repeat(&report->line, ' ', 8);
    report_last_cell(report, snippet_text(&report->page, found->snippet, true));
    buf_add(&line, buf_str(&report->line));
    buf_done(&report->line);
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
        unsigned char byte = (unsigned char)snippet.ptr[i];
        if (byte == 1 && !open) {
            json_array_begin(json);
            json_number(json, points);
            open = true;
        } else if (byte == 2 && open) {
            json_number(json, points);
            json_array_end(json);
            open = false;
        } else if (byte > 2 && (byte & 0xC0) != 0x80) {
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
    json_field_number(json, "article", found->article);
    json_field_or_null(json, "title", found->title);
    json_field_or_null(json, "site", found->site);
    report_json_publication(json, &found->published);
    json_field(json, "snippet", snippet_text(&report->page, found->snippet, false));
    add_hits(json, found->snippet);
    return STATUS_OK;
}

static enum status snippet_column(struct report *report, const void *row, struct buf *value)
{
    buf_add(value, snippet_text(&report->page, ((const struct search_row *)row)->snippet, false));
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
