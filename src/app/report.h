/* What the commands that print rows share: opening the dossier, reading a list page by page, and
 * the pieces of which their lines and JSON objects are made. */
#ifndef APP_REPORT_H
#define APP_REPORT_H

#include <stdbool.h>

#include "app/arguments.h"
#include "app/command.h"
#include "app/query.h"
#include "store/store.h"
#include "text/json.h"

/* The dossier that -f or the environment names. With `make` the default one's folder is made. */
enum status report_dossier(const struct environment *environment, const struct arguments *arguments,
                           bool make, const char **dossier, struct error *err) MUST_CHECK;

/* Tells on standard error when opening a dossier to write will take its time: true then. */
bool report_upgrade(const char *dossier);

/* Opens the dossier for a command that writes; with `make` it is made where there is none, else
 * that is an error. Where another session writes it waits as long as that does, and tells so once
 * (not with --quiet). READ_ONLY when it cannot be written; *store is to be closed then too. */
enum status report_open_to_write(const struct environment *environment,
                                 const struct arguments *arguments, bool make, struct store **store,
                                 struct error *err) MUST_CHECK;

/* One run of a command on an existing dossier. */
struct report {
    const struct environment *environment;
    const struct arguments *arguments;
    struct store *store;
    struct arena arena;  /* for the whole run */
    struct arena page;   /* for the current rows */
    struct buf line;     /* the row being written; empty between rows */
    enum option_id form; /* that was asked for, as OPTION_CSV; OPTION_COUNT: text for a person */
    bool json;           /* form is OPTION_JSON */
    int columns;         /* of the terminal; 0 when standard output is none */
    int64_t left;        /* rows that may still be printed */
    void *own;           /* the command's */
    str query;           /* a query that could not be read, and the byte where; shown at the end */
    size_t query_fault;
    struct error err;
};

/* Opens the dossier for reading. NOT_FOUND with what to do when there is none yet. The report is
 * given back by report_end whatever this returns. */
enum status report_begin(struct report *report, const struct environment *environment,
                         const struct arguments *arguments) MUST_CHECK;
/* Writes out, complains about `status`, gives everything back; the exit status. */
int report_end(struct report *report, enum status status);

/* Flushes standard output; the worse of both statuses. */
enum status report_written(enum status status, struct error *err);
/* The exit status of a command that ended with `status`, after telling err->text: a closed pipe is
 * no failure, a name that is not there is EXIT_SOME_FAILED. */
int report_status(enum status status, const struct error *err);
/* The same for an input that could not be read, whatever the reason: EXIT_SOME_FAILED. */
int report_input(enum status status, const struct error *err);

struct column;
struct listing_form;

/* A list that is read by page. Rows begin with their struct row_key. */
struct listing {
    size_t row_len; /* bytes of one row */
    enum status (*fetch)(struct report *report, const struct page_request *request,
                         const void **rows, size_t *count);
    /* Adds the row to report->line, for a person. */
    enum status (*add_text)(struct report *report, const void *row);
    /* Adds the members of the row's object. */
    enum status (*add_json)(struct report *report, struct json *json, const void *row);
    const struct column *columns;     /* for tables (report_table.h) */
    const struct listing_form *forms; /* further ones; NULL: none */
};

/* A form that one listing has alone. What it adds is safe for a terminal as it is. */
struct listing_form {
    enum option_id option; /* OPTION_COUNT ends the table */
    /* Adds what stands before, for each row (`index` from 0), and after all; `end` may print by
     * itself what is too much for one line. */
    void (*begin)(struct report *report);
    void (*add)(struct report *report, const void *row, size_t index);
    enum status (*end)(struct report *report);
};

/* Calls `visit` with each row; `index` counts them. Rows live in report->page until the next page
 * is read. */
enum status report_each(struct report *report, const struct listing *listing,
                        enum status (*visit)(struct report *report, const struct listing *listing,
                                             const void *row, size_t index)) MUST_CHECK;
/* Prints the rows in report->form. */
enum status report_list(struct report *report, const struct listing *listing) MUST_CHECK;

/* Reads a query; what is wrong with it is shown below the message by report_end, so `text` must
 * live until then. */
enum status report_query(struct report *report, str text, enum query_use use,
                         struct search_query *query) MUST_CHECK;

/* The entity that a typed name or id ("p3") means; NOT_FOUND with what to do. */
enum status report_find_entity(struct report *report, str name,
                               struct entity_row *entity) MUST_CHECK;

/* ---- pieces of a line ---------------------------------------------------------------------- */

/* Text on one line, made safe, cut or filled to `columns`, and a blank of two columns. */
void report_cell(struct buf *line, str text, int columns);
/* The same, set to the right; cut at its beginning. */
void report_cell_right(struct buf *line, str text, int columns);
void report_cell_number(struct buf *line, int64_t number, int columns);
/* The last cell: cut at the terminal's edge only, and the end of the line. */
void report_last_cell(struct report *report, str text);
/* Text that may have several lines, set in at most 76 columns on a terminal and as it is
 * elsewhere, each line after `indent` blanks. */
void report_text(struct report *report, str text, int indent);
/* A publication day in 11 columns: "2024-08-05", "2024-08-xx", "≤2024-08-06", "unknown". */
str report_publication(struct arena *arena, const struct publication *published);

/* ---- pieces of JSON ------------------------------------------------------------------------ */

/* null for DAY_UNKNOWN */
void report_json_day(struct json *json, const char *name, day number);
/* {"value": …, "basis": …, "earliest": …, "latest": …} */
void report_json_publication(struct json *json, const struct publication *published);
/* "p3", "l3", "o3": how an entity is named outside */
str report_entity_id(struct arena *arena, enum entity_kind kind, int64_t id);
/* The way back; false when text is no such id. */
bool report_parse_entity_id(str text, int64_t *id);

#endif
