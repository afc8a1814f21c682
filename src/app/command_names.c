/* dossier names: the corrections of names as rows, as a text file, from a text file. */
#include <inttypes.h>
#include <string.h>

#include "app/label.h"
#include "app/output.h"
#include "app/report_table.h"
#include "base/file.h"
#include "text/utf8.h"

#include <unistd.h>

enum { FILE_LIMIT_LEN = 64 << 20 };

/* ---- rows ---------------------------------------------------------------------------------- */

struct names_job {
    bool conflicts_only;
};

static enum status fetch(struct report *report, const struct page_request *request,
                         const void **rows, size_t *count)
{
    const struct names_job *job = report->own;
    const struct correction_row *found = NULL;
    enum status status = store_list_corrections(report->store, &report->page, job->conflicts_only,
                                                request, &found, count, &report->err);
    *rows = found;
    return status;
}

static enum status add_text(struct report *report, const void *item)
{
    const struct correction_row *row = item;
    struct buf text = BUF_INIT;
    report_cell_number(&report->line, row->correction.id, 5);
    if (row->state != CORRECTION_APPLIES)
        buf_format(&text, "[%s] ", label_correction_state(row->state));
    correction_write(&text, &row->correction);
    report_last_cell(report, buf_str(&text));
    buf_done(&text);
    return STATUS_OK;
}

static enum status add_json(struct report *report, struct json *json, const void *item)
{
    const struct correction_row *row = item;
    const struct correction *correction = &row->correction;
    struct buf line = BUF_INIT;
    (void)report;
    correction_write(&line, correction);
    json_field_number(json, "number", correction->id);
    json_field(json, "verb", str_from(correction_verb_name(correction->verb)));
    json_field(json, "type", str_from(entity_kind_name(correction->kind)));
    json_field(json, "name", correction->name);
    json_field(json, "to_type", str_from(entity_kind_name(correction->to_kind)));
    json_field_or_null(json, "to", correction->to.len ? correction->to : STR_NONE);
    json_field_or_null(json, "article", correction->article.len ? correction->article : STR_NONE);
    json_field_or_null(json, "words", correction->quote.len ? correction->quote : STR_NONE);
    json_field_or_null(json, "conflict",
                       row->state ? str_from(label_correction_state(row->state)) : STR_NONE);
    json_field(json, "line", buf_str(&line));
    buf_done(&line);
    return STATUS_OK;
}

static enum status verb_column(struct report *report, const void *row, struct buf *value)
{
    (void)report;
    const struct correction_row *found = row;
    buf_add(value, str_from(correction_verb_name(found->correction.verb)));
    return STATUS_OK;
}

static enum status conflict_column(struct report *report, const void *row, struct buf *value)
{
    (void)report;
    const struct correction_row *found = row;
    if (found->state != CORRECTION_APPLIES)
        buf_add(value, str_from(label_correction_state(found->state)));
    return STATUS_OK;
}

static enum status line_column(struct report *report, const void *row, struct buf *value)
{
    (void)report;
    correction_write(value, &((const struct correction_row *)row)->correction);
    return STATUS_OK;
}

#define AT(field) offsetof(struct correction_row, field)
static const struct column correction_columns[] = {
    {"number", COLUMN_NUMBER, AT(correction.id), NULL},
    {"verb", COLUMN_TEXT, 0, verb_column},
    {"name", COLUMN_TEXT, AT(correction.name), NULL},
    {"to", COLUMN_TEXT, AT(correction.to), NULL},
    {"article", COLUMN_TEXT, AT(correction.article), NULL},
    {"words", COLUMN_TEXT, AT(correction.quote), NULL},
    {"conflict", COLUMN_TEXT, 0, conflict_column},
    {"line", COLUMN_TEXT, 0, line_column},
    COLUMNS_END,
};
#undef AT

static int list(const struct environment *environment, const struct arguments *arguments,
                bool conflicts_only)
{
    static const struct listing listing = {
        sizeof(struct correction_row), fetch, add_text, add_json, correction_columns, NULL};
    struct report report;
    struct names_job job = {conflicts_only};
    enum status status = report_begin(&report, environment, arguments);
    report.own = &job;
    if (status == STATUS_OK)
        status = report_list(&report, &listing);
    return report_end(&report, status);
}

/* ---- export -------------------------------------------------------------------------------- */

/* What the lines hold is escaped, so it needs no gate: changing it would change the names. */
static enum status print_page(struct report *report, const struct page_request *request,
                              struct row_key *last, size_t *count)
{
    const struct correction_row *rows = NULL;
    struct buf lines = BUF_INIT;
    enum status status = store_list_corrections(report->store, &report->page, false, request, &rows,
                                                count, &report->err);
    for (size_t i = 0; i < *count && status == STATUS_OK; i++) {
        correction_write(&lines, &rows[i].correction);
        buf_add_byte(&lines, '\n');
        *last = rows[i].key;
    }
    if (status == STATUS_OK)
        status = output_raw(buf_str(&lines));
    buf_done(&lines);
    arena_reset(&report->page);
    return status;
}

static int export_all(const struct environment *environment, const struct arguments *arguments)
{
    struct report report;
    struct row_key last = {0};
    struct page_request request = {.limit = 500};
    size_t count = 1;
    enum status status = report_begin(&report, environment, arguments);
    if (status == STATUS_OK)
        status = output_raw(STR("# Corrections of names; `dossier names import FILE` reads them. "
                                "The manual dossier(1) tells the form.\n"));
    while (status == STATUS_OK && count > 0) {
        status = print_page(&report, &request, &last, &count);
        request.from = &last;
    }
    return report_end(&report, status);
}

/* ---- changes ------------------------------------------------------------------------------- */

struct import {
    struct store *store;
    struct arena arena; /* for one line */
    const char *path;
    int64_t line, added, known, wrong;
};

static bool is_readable(const struct correction *correction)
{
    return utf8_is_valid(correction->name) && utf8_is_valid(correction->to) &&
           utf8_is_valid(correction->quote) && utf8_is_valid(correction->prefix) &&
           utf8_is_valid(correction->suffix);
}

static enum status import_line(struct import *import, str line, struct error *err)
{
    struct correction correction;
    struct error wrong = {0};
    bool is_new = false;
    arena_reset(&import->arena);
    enum status status = correction_read(&import->arena, line, &correction, &wrong);
    if (status == STATUS_OK && !is_readable(&correction))
        status = error_set(&wrong, STATUS_BAD_INPUT, "a name is not in UTF-8");
    if (status != STATUS_OK) {
        import->wrong++;
        output_complain("%s:%" PRId64 ": %s", import->path, import->line, wrong.text);
        return STATUS_OK;
    }
    status = store_put_correction(import->store, &correction, environment_now(), &is_new, err);
    import->added += is_new;
    import->known += status == STATUS_OK && !is_new;
    return status;
}

static enum status import_lines(struct import *import, str text, struct error *err)
{
    str line;
    enum status status = store_begin(import->store, err);
    if (status != STATUS_OK)
        return status;
    while (status == STATUS_OK && str_next_line(&text, &line)) {
        import->line++;
        if (!correction_is_blank(line))
            status = import_line(import, str_trim(line), err);
    }
    if (status == STATUS_OK)
        status = store_commit(import->store, err);
    if (status != STATUS_OK)
        store_rollback(import->store);
    return status;
}

static enum status read_file(const char *path, struct arena *arena, str *text, struct error *err)
{
    if (strcmp(path, "-") == 0)
        return file_read_descriptor(arena, STDIN_FILENO, "standard input", FILE_LIMIT_LEN, text,
                                    err);
    return file_read(arena, path, FILE_LIMIT_LEN, text, err);
}

static int import_file(const struct environment *environment, const struct arguments *arguments)
{
    struct import import = {.path = arguments->words[1]};
    struct arena arena = {0};
    struct error err = {0};
    str text = STR_NONE;
    enum status status = read_file(import.path, &arena, &text, &err);
    bool was_read = status == STATUS_OK;
    if (status == STATUS_OK)
        status = report_open_to_write(environment, arguments, true, &import.store, &err);
    if (status == STATUS_OK)
        status = import_lines(&import, text, &err);
    if (status == STATUS_OK)
        output_note("%" PRId64 " new, %" PRId64 " known already, %" PRId64 " wrong", import.added,
                    import.known, import.wrong);
    if (import.store)
        store_close(import.store);
    arena_done(&import.arena);
    arena_done(&arena);
    if (status == STATUS_OK)
        return import.wrong ? EXIT_SOME_FAILED : EXIT_ALL_WELL;
    return (was_read ? report_status : report_input)(status, &err);
}

static int drop(const struct environment *environment, const struct arguments *arguments)
{
    struct store *store = NULL;
    struct error err = {0};
    int64_t number = 0;
    enum status status = STATUS_OK;
    if (!str_to_int(str_from(arguments->words[1]), &number))
        status = error_set(&err, STATUS_USAGE, "%s: give the number that `dossier names` shows",
                           arguments->words[1]);
    if (status == STATUS_OK)
        status = report_open_to_write(environment, arguments, false, &store, &err);
    if (status == STATUS_OK)
        status = store_drop_correction(store, number, environment_now(), &err);
    if (status == STATUS_NOT_FOUND)
        status =
            error_set(&err, status, "%s: no correction has this number; `dossier names` lists them",
                      arguments->words[1]);
    if (store)
        store_close(store);
    return status == STATUS_OK ? EXIT_ALL_WELL : report_status(status, &err);
}

/* ---- the command --------------------------------------------------------------------------- */

int command_names(const struct environment *environment, const struct arguments *arguments)
{
    const char *word = arguments->word_count > 0 ? arguments->words[0] : "";
    bool has_more = arguments->word_count > 1;
    if (!*word)
        return list(environment, arguments, false);
    if (strcmp(word, "conflicts") == 0 && !has_more)
        return list(environment, arguments, true);
    if (strcmp(word, "export") == 0 && !has_more)
        return export_all(environment, arguments);
    if (strcmp(word, "import") == 0 && has_more)
        return import_file(environment, arguments);
    if (strcmp(word, "drop") == 0 && has_more)
        return drop(environment, arguments);
    output_complain("names: give conflicts, export, import FILE, drop NUMBER, or nothing");
    return EXIT_USAGE;
}
