/* Rows as tables for other programs: comma-separated values for spreadsheets, tab-separated ones
 * for scripts. What is printed is safe for a terminal as it is. */
#ifndef APP_REPORT_TABLE_H
#define APP_REPORT_TABLE_H

#include <stddef.h>

#include "app/report.h"

enum column_kind {
    COLUMN_TEXT,   /* str */
    COLUMN_NUMBER, /* int64_t */
    COLUMN_COUNT,  /* uint32_t */
    COLUMN_DAY,    /* day; an empty cell for DAY_UNKNOWN */
    COLUMN_FLAG,   /* bool; 0 or 1 */
    COLUMN_BASIS   /* enum date_basis */
};

/* A column: where a row has its value or what makes it. */
struct column {
    const char *name; /* NULL ends the table */
    enum column_kind kind;
    size_t place; /* bytes from the row's beginning, of the type that the kind says */
    /* Adds the value as it is; NULL: it stands in the row. */
    enum status (*make)(struct report *report, const void *row, struct buf *value);
};

/* A day of publication: the day, or the days between which it lies, and how that is known. */
#define COLUMNS_PUBLISHED(place)                                                                   \
    {"published", COLUMN_DAY, (place) + offsetof(struct publication, value), NULL},                \
        {"earliest", COLUMN_DAY, (place) + offsetof(struct publication, earliest), NULL},          \
        {"latest", COLUMN_DAY, (place) + offsetof(struct publication, latest), NULL},              \
    {                                                                                              \
        "basis", COLUMN_BASIS, (place) + offsetof(struct publication, basis), NULL                 \
    }
#define COLUMNS_END                                                                                \
    {                                                                                              \
        NULL, COLUMN_TEXT, 0, NULL                                                                 \
    }

/* Adds the names of the columns, or a row, with the end of its line. `form`: OPTION_CSV or
 * OPTION_TSV. */
void report_table_head(struct buf *out, enum option_id form, const struct column *columns);
enum status report_table_row(struct report *report, const struct column *columns,
                             const void *row) MUST_CHECK;

/* One cell. CSV (RFC 4180): texts in quotes, quotes doubled; a beginning that spreadsheets take for
 * a formula gets an apostrophe in front, as they write it themselves. */
void report_add_csv(struct buf *out, str text);
/* TSV (IANA text/tab-separated-values): tab, end of line and backslash are written \t, \n, \\;
 * nothing else is changed. */
void report_add_tsv(struct buf *out, str text);

#endif
