/* dossier sources: the feeds and pages that are read again. */
#include <string.h>

#include "app/label.h"
#include "app/output.h"
#include "app/report_table.h"
#include "app/sources.h"
#include "text/width.h"

enum { TIME_COLUMNS = 16, COUNT_COLUMNS = 5 };

/* ---- rows ---------------------------------------------------------------------------------- */

static enum status fetch(struct report *report, const struct page_request *request,
                         const void **rows, size_t *count)
{
    const struct address_row *found = NULL;
    enum status status =
        store_list_addresses(report->store, &report->page, request, &found, count, &report->err);
    *rows = found;
    return status;
}

/* A line each; what is wrong stands on a line of its own below. */
static enum status add_text(struct report *report, const void *item)
{
    const struct address_row *row = item;
    struct buf text = BUF_INIT;
    report_cell_number(&report->line, row->id, 4);
    report_cell_number(&report->line, row->article_count, COUNT_COLUMNS);
    source_time(&text, row->visit.checked);
    report_cell(&report->line, buf_str(&text), TIME_COLUMNS);
    buf_clear(&text);
    if (row->visit.title.len)
        buf_format(&text, "%.*s  ", STR_ARG(row->visit.title));
    buf_add(&text, address_now(row));
    if (row->full_text)
        buf_add(&text, STR("  (full text)"));
    if (row->visit.moved.len)
        buf_format(&text, "  (moved from %.*s)", STR_ARG(row->url));
    report_last_cell(report, buf_str(&text));
    buf_clear(&text);
    source_label(&text, row, environment_now());
    if (text.len)
        report_text(report, buf_str(&text), 6);
    buf_done(&text);
    return STATUS_OK;
}

/* Nothing for 0, which is never. */
static void add_moment(struct buf *out, int64_t when)
{
    if (when)
        label_instant(out, when);
}

static void json_moment(struct json *json, const char *name, int64_t when)
{
    struct buf text = BUF_INIT;
    add_moment(&text, when);
    json_field_or_null(json, name, text.len ? buf_str(&text) : STR_NONE);
    buf_done(&text);
}

static enum status add_json(struct report *report, struct json *json, const void *item)
{
    const struct address_row *row = item;
    (void)report;
    json_field_number(json, "number", row->id);
    json_field(json, "url", address_now(row));
    json_field_or_null(json, "moved_from", row->visit.moved.len ? row->url : STR_NONE);
    json_field_or_null(json, "title", row->visit.title);
    json_field_number(json, "articles", row->article_count);
    json_field_bool(json, "full_text", row->full_text);
    json_moment(json, "added", row->added);
    json_moment(json, "checked", row->visit.checked);
    json_moment(json, "changed", row->visit.changed);
    json_moment(json, "wait_until", row->visit.wait_until);
    json_field_or_null(json, "error", row->visit.fault);
    json_field_number(json, "failures", row->visit.fault_count);
    return STATUS_OK;
}

static enum status url_column(struct report *report, const void *row, struct buf *value)
{
    (void)report;
    buf_add(value, address_now(row));
    return STATUS_OK;
}

static enum status moved_from_column(struct report *report, const void *item, struct buf *value)
{
    const struct address_row *row = item;
    (void)report;
    if (row->visit.moved.len)
        buf_add(value, row->url);
    return STATUS_OK;
}

#define MOMENT_COLUMN(name, field)                                                                 \
    static enum status name(struct report *report, const void *row, struct buf *value)             \
    {                                                                                              \
        (void)report;                                                                              \
        add_moment(value, ((const struct address_row *)row)->field);                               \
        return STATUS_OK;                                                                          \
    }
MOMENT_COLUMN(added_column, added)
MOMENT_COLUMN(checked_column, visit.checked)
MOMENT_COLUMN(changed_column, visit.changed)
MOMENT_COLUMN(wait_column, visit.wait_until)
#undef MOMENT_COLUMN

#define AT(field) offsetof(struct address_row, field)
static const struct column address_columns[] = {
    {"number", COLUMN_NUMBER, AT(id), NULL},
    {"url", COLUMN_TEXT, 0, url_column},
    {"title", COLUMN_TEXT, AT(visit.title), NULL},
    {"articles", COLUMN_NUMBER, AT(article_count), NULL},
    {"full_text", COLUMN_FLAG, AT(full_text), NULL},
    {"added", COLUMN_TEXT, 0, added_column},
    {"checked", COLUMN_TEXT, 0, checked_column},
    {"changed", COLUMN_TEXT, 0, changed_column},
    {"wait_until", COLUMN_TEXT, 0, wait_column},
    {"error", COLUMN_TEXT, AT(visit.fault), NULL},
    {"failures", COLUMN_NUMBER, AT(visit.fault_count), NULL},
    {"moved_from", COLUMN_TEXT, 0, moved_from_column},
    COLUMNS_END,
};
#undef AT

static int list(const struct environment *environment, const struct arguments *arguments)
{
    static const struct listing listing = {
        sizeof(struct address_row), fetch, add_text, add_json, address_columns, NULL};
    struct report report;
    enum status status = report_begin(&report, environment, arguments);
    if (status == STATUS_OK)
        status = report_list(&report, &listing);
    return report_end(&report, status);
}

/* ---- changes ------------------------------------------------------------------------------- */

static int remove_source(const struct environment *environment, const struct arguments *arguments)
{
    struct store *store = NULL;
    struct arena arena = {0};
    struct error err = {0};
    struct address_row row = {0};
    enum status status = report_open_to_write(environment, arguments, false, &store, &err);
    if (status == STATUS_OK)
        status = source_find(store, &arena, arguments->words[1], &row, &err);
    if (status == STATUS_OK)
        status = store_drop_address(store, row.id, environment_now(), &err);
    if (status == STATUS_OK)
        output_note("%.*s is read no more; its articles stay", STR_ARG(address_now(&row)));
    if (store)
        store_close(store);
    arena_done(&arena);
    return status == STATUS_OK ? EXIT_ALL_WELL : report_status(status, &err);
}

int command_sources(const struct environment *environment, const struct arguments *arguments)
{
    if (arguments->word_count == 0)
        return list(environment, arguments);
    if (strcmp(arguments->words[0], "remove") == 0 && arguments->word_count == 2)
        return remove_source(environment, arguments);
    output_complain("sources: give remove SOURCE, or nothing");
    return EXIT_USAGE;
}
