/* dossier searches */
#include "app/report_table.h"

static enum status fetch_searches(struct report *report, const struct page_request *request,
                                  const void **rows, size_t *count)
{
    const struct saved_search_row *found = NULL;
    enum status status =
        store_list_searches(report->store, &report->page, request, &found, count, &report->err);
    *rows = found;
    return status;
}

static enum status search_text(struct report *report, const void *row)
{
    const struct saved_search_row *saved = row;
    report_cell(&report->line, saved->name, 24);
    report_last_cell(report, saved->query);
    return STATUS_OK;
}

static enum status search_json(struct report *report, struct json *json, const void *row)
{
    const struct saved_search_row *saved = row;
    (void)report;
    json_field(json, "name", saved->name);
    json_field(json, "query", saved->query);
    return STATUS_OK;
}

int command_searches(const struct environment *environment, const struct arguments *arguments)
{
    static const struct column columns[] = {
        {"name", COLUMN_TEXT, offsetof(struct saved_search_row, name), NULL},
        {"query", COLUMN_TEXT, offsetof(struct saved_search_row, query), NULL},
        COLUMNS_END,
    };
    static const struct listing listing = {sizeof(struct saved_search_row), fetch_searches,
                                           search_text, search_json, columns, NULL};
    struct report report;
    enum status status = report_begin(&report, environment, arguments);
    if (status == STATUS_OK)
        status = report_list(&report, &listing);
    return report_end(&report, status);
}
