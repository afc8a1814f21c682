/* dossier watch: the watch list with its numbers */
#include "app/label.h"
#include "app/report_table.h"
#include "app/watch_list.h"

static enum status fetch_watches(struct report *report, const struct page_request *request,
                                 const void **rows, size_t *count)
{
    struct watch_list *list = report->own;
    enum status status = STATUS_OK;
    *rows = list->rows;
    *count = 0;
    if (!request->from) /* nine at most: one page */
        *count = list->count < request->limit ? list->count : request->limit;
    for (size_t i = 0; i < *count && status == STATUS_OK; i++)
        status = store_count_watch(report->store, &list->rows[i], &report->err);
    return status;
}

static day seen_day(const struct watch_row *row)
{
    return day_of_seconds(row->seen);
}

static enum status watch_text(struct report *report, const void *item)
{
    const struct watch_row *row = item;
    struct buf what = BUF_INIT;
    report_cell_number(&report->line, row->slot, 2);
    report_cell_number(&report->line, row->place_count, 6);
    report_cell_number(&report->line, row->article_count, 6);
    report_cell(&report->line, str_from(watch_kind_name(row)), 12);
    buf_add(&what, row->target.label);
    if (row->new_count) {
        buf_format(&what, " · %lld%s new ", (long long)row->new_count, row->more_new ? "+" : "");
        label_since(&what, row->seen, report->environment->today);
    }
    report_last_cell(report, buf_str(&what));
    buf_done(&what);
    return STATUS_OK;
}

static enum status watch_json(struct report *report, struct json *json, const void *item)
{
    const struct watch_row *row = item;
    json_field_number(json, "number", row->slot);
    json_field(json, "kind", str_from(watch_kind_name(row)));
    json_field(json, "what", row->target.label);
    json_name(json, "ids");
    json_array_begin(json);
    for (size_t i = 0; i < row->target.entity_count; i++)
        json_text(json, report_entity_id(&report->page, row->entity_kind, row->target.entities[i]));
    json_array_end(json);
    json_field_number(json, "times", row->place_count);
    json_field_number(json, "articles", row->article_count);
    json_field_number(json, "new", row->new_count);
    report_json_day(json, "seen", seen_day(row));
    return STATUS_OK;
}

static enum status kind_column(struct report *report, const void *row, struct buf *value)
{
    (void)report;
    buf_add(value, str_from(watch_kind_name(row)));
    return STATUS_OK;
}

static enum status seen_column(struct report *report, const void *row, struct buf *value)
{
    (void)report;
    day_add(value, seen_day(row));
    return STATUS_OK;
}

#define AT(field) offsetof(struct watch_row, field)
static const struct column watch_columns[] = {
    {"number", COLUMN_NUMBER, AT(key.number), NULL},
    {"kind", COLUMN_TEXT, 0, kind_column},
    {"what", COLUMN_TEXT, AT(target.label), NULL},
    {"times", COLUMN_NUMBER, AT(place_count), NULL},
    {"articles", COLUMN_NUMBER, AT(article_count), NULL},
    {"new", COLUMN_NUMBER, AT(new_count), NULL},
    {"seen", COLUMN_TEXT, 0, seen_column},
    COLUMNS_END,
};
#undef AT

int command_watch(const struct environment *environment, const struct arguments *arguments)
{
    static const struct listing listing = {
        sizeof(struct watch_row), fetch_watches, watch_text, watch_json, watch_columns, NULL};
    struct report report;
    struct watch_list list = {0};
    enum status status = report_begin(&report, environment, arguments);
    if (status == STATUS_OK)
        status = watch_list_read(&list, report.store, &report.err);
    report.own = &list;
    if (status == STATUS_OK)
        status = report_list(&report, &listing);
    watch_list_done(&list);
    return report_end(&report, status);
}
