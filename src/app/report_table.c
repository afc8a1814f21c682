#include "app/report_table.h"

#include <string.h>

#include "text/gate.h"

void report_add_csv(struct buf *out, str text)
{
    struct buf safe = BUF_INIT;
    gate_add(&safe, text, GATE_MANY_LINES);
    buf_add_byte(out, '"');
    if (safe.len && strchr("=+-@\t\n", safe.ptr[0]))
        buf_add_byte(out, '\'');
    for (size_t i = 0; i < safe.len; i++) {
        if (safe.ptr[i] == '"')
            buf_add_byte(out, '"');
        buf_add_byte(out, safe.ptr[i]);
    }
    buf_add_byte(out, '"');
    buf_done(&safe);
}

void report_add_tsv(struct buf *out, str text)
{
    static const char signs[] = "\t\n\\", letters[] = "tn\\";
    struct buf safe = BUF_INIT;
    gate_add(&safe, text, GATE_MANY_LINES);
    for (size_t i = 0; i < safe.len; i++) {
        const char *sign = memchr(signs, safe.ptr[i], sizeof signs - 1);
        if (sign)
            buf_add_byte(out, '\\');
        buf_add_byte(out, sign ? letters[sign - signs] : safe.ptr[i]);
    }
    buf_done(&safe);
}

void report_table_head(struct buf *out, enum option_id form, const struct column *columns)
{
    for (const struct column *column = columns; column->name; column++) {
        if (column != columns)
            buf_add_byte(out, form == OPTION_CSV ? ',' : '\t');
        buf_add(out, str_from(column->name));
    }
    buf_add(out, form == OPTION_CSV ? STR("\r\n") : STR("\n"));
}

/* The value where the row has it. */
static void add_value(struct buf *value, const struct column *column, const void *row)
{
    const void *place = (const char *)row + column->place;
    switch (column->kind) {
    case COLUMN_TEXT:
        buf_add(value, *(const str *)place);
        break;
    case COLUMN_NUMBER:
        buf_format(value, "%lld", (long long)*(const int64_t *)place);
        break;
    case COLUMN_COUNT:
        buf_format(value, "%u", (unsigned)*(const uint32_t *)place);
        break;
    case COLUMN_FLAG:
        buf_add_byte(value, *(const bool *)place ? '1' : '0');
        break;
    case COLUMN_BASIS:
        buf_add(value, str_from(date_basis_name(*(const enum date_basis *)place)));
        break;
    case COLUMN_DAY:
        if (*(const day *)place != DAY_UNKNOWN)
            day_add(value, *(const day *)place);
        break;
    }
}

enum status report_table_row(struct report *report, const struct column *columns, const void *row)
{
    struct buf value = BUF_INIT;
    bool csv = report->form == OPTION_CSV;
    enum status status = STATUS_OK;
    for (const struct column *column = columns; status == STATUS_OK && column->name; column++) {
        if (column != columns)
            buf_add_byte(&report->line, csv ? ',' : '\t');
        buf_clear(&value);
        if (column->make)
            status = column->make(report, row, &value);
        else
            add_value(&value, column, row);
        if (column->kind != COLUMN_TEXT)
            buf_add(&report->line, buf_str(&value));
        else
            (csv ? report_add_csv : report_add_tsv)(&report->line, buf_str(&value));
    }
    buf_add(&report->line, csv ? STR("\r\n") : STR("\n"));
    buf_done(&value);
    return status;
}
