/* dossier searches */
#include "app/report_table.h"
#include "app/saved_search.h"

static enum status fetch_searches(struct report *report, const struct page_request *request,
                                  const void **rows, size_t *count)
{
    const struct saved_search_row *found = NULL;
    enum status status =
        store_list_searches(report->store, &report->page, request, &found, count, &report->err);
    if (status != STATUS_OK)
        return status;
    struct saved_search_row *counted =
        arena_array(&report->page, struct saved_search_row, *count + 1);
    for (size_t i = 0; i < *count && status == STATUS_OK; i++) {
        counted[i] = found[i];
        status = saved_search_count(report->store, &counted[i], &report->err);
    }
    *rows = counted;
    return status;
}

static enum status search_text(struct report *report, const void *row)
{
    const struct saved_search_row *saved = row;
    report_cell(&report->line, saved->name, 24);
    report_cell_number(&report->line, saved->article_count, 8);
    report_cell_number(&report->line, saved->new_count, 6);
    report_last_cell(report, saved->query);
    return STATUS_OK;
}

static enum status search_json(struct report *report, struct json *json, const void *row)
{
    const struct saved_search_row *saved = row;
    (void)report;
    json_field(json, "name", saved->name);
    json_field(json, "query", saved->query);
    json_field_number(json, "articles", saved->article_count);
    json_field_number(json, "new", saved->new_count);
    return STATUS_OK;
}

int command_searches(const struct environment *environment, const struct arguments *arguments)
{
    static const struct column columns[] = {
        {"name", COLUMN_TEXT, offsetof(struct saved_search_row, name), NULL},
        {"query", COLUMN_TEXT, offsetof(struct saved_search_row, query), NULL},
        {"articles", COLUMN_NUMBER, offsetof(struct saved_search_row, article_count), NULL},
        {"new", COLUMN_NUMBER, offsetof(struct saved_search_row, new_count), NULL},
        COLUMNS_END,
    };
    static const struct listing listing = {
        sizeof(struct saved_search_row), fetch_searches, search_text, search_json, columns, NULL};
    struct report report;
    enum status status = report_begin(&report, environment, arguments);
    if (status == STATUS_OK)
        status = report_list(&report, &listing);
    return report_end(&report, status);
}
