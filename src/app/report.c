#include "app/report.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/label.h"
#include "app/output.h"
#include "app/report_table.h"
#include "base/file.h"
#include "text/gate.h"
#include "text/width.h"
#include "text/wrap.h"

enum { PAGE_ROWS = 256, TEXT_COLUMNS = 76 };

/* ---- begin and end ------------------------------------------------------------------------- */

static enum status make_folder_of(const char *path, struct error *err)
{
    struct buf folder = BUF_INIT;
    buf_add(&folder, (str){path, (size_t)(strrchr(path, '/') - path)});
    enum status status = file_make_folder(buf_c(&folder), err);
    buf_done(&folder);
    return status;
}

enum status report_dossier(const struct environment *environment, const struct arguments *arguments,
                           bool make, const char **dossier, struct error *err)
{
    *dossier = arguments->values[OPTION_FILE];
    if (*dossier)
        return **dossier ? STATUS_OK
                         : error_set(err, STATUS_USAGE, "-f: the name is empty; name a file");
    *dossier = environment->default_dossier;
    if (!*dossier)
        return error_set(err, STATUS_USAGE,
                         "there is no home folder; set HOME or name the dossier with -f FILE");
    return make ? make_folder_of(*dossier, err) : STATUS_OK;
}

/* Forms that exclude each other. */
static enum status read_form(const struct arguments *arguments, enum option_id *form,
                             struct error *err)
{
    static const enum option_id forms[] = {OPTION_JSON, OPTION_CSV,        OPTION_TSV,
                                           OPTION_ICS,  OPTION_TIMELINEJS, OPTION_GRAPHML,
                                           OPTION_GEXF, OPTION_MARKDOWN,   OPTION_ORG};
    *form = OPTION_COUNT;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!arguments_has(arguments, forms[i]))
            continue;
        if (*form != OPTION_COUNT)
            return error_set(err, STATUS_USAGE, "give --%s or --%s, not both",
                             option_rows[*form].name, option_rows[forms[i]].name);
        *form = forms[i];
    }
    return STATUS_OK;
}

static bool wait_silently(void *context, int waited_ms)
{
    (void)context, (void)waited_ms;
    return true;
}

static bool wait_for_writer(void *context, int waited_ms)
{
    enum { TELL_AFTER_MS = 1000, STEP_MS = 50 }; /* the longest between two questions */
    (void)context;
    if (waited_ms >= TELL_AFTER_MS && waited_ms < TELL_AFTER_MS + STEP_MS)
        output_note("another session is writing to this dossier; waiting");
    return true;
}

static enum status no_dossier(const struct arguments *arguments, const char *dossier,
                              struct error *err)
{
    bool is_named = arguments_has(arguments, OPTION_FILE);
    return error_path(err, STATUS_USAGE, dossier,
                      is_named
                          ? "there is no dossier yet; make it with `dossier import -f FILE PATH`"
                          : "there is no dossier yet; make it with `dossier import PATH`");
}

bool report_upgrade(const char *dossier)
{
    bool is_older = store_is_older(dossier);
    if (is_older)
        output_note("%s: made by an older version of dossier; bringing it up to date, once",
                    dossier);
    return is_older;
}

/* To read from it. */
static enum status open_to_read(const char *dossier, struct store **store, struct error *err)
{
    enum status status = STATUS_OK;
    if (report_upgrade(dossier)) {
        status = store_open(dossier, STORE_READ_WRITE, store, err);
        store_close(*store);
        *store = NULL;
    }
    return status == STATUS_OK ? store_open(dossier, STORE_READ_ONLY, store, err) : status;
}

enum status report_open_to_write(const struct environment *environment,
                                 const struct arguments *arguments, bool make, struct store **store,
                                 struct error *err)
{
    const char *dossier = NULL;
    enum status status = report_dossier(environment, arguments, make, &dossier, err);
    if (status == STATUS_OK && !make && access(dossier, F_OK) != 0)
        status = no_dossier(arguments, dossier, err);
    if (status != STATUS_OK)
        return status;
    if (!arguments_has(arguments, OPTION_QUIET))
        (void)report_upgrade(dossier);
    status = store_open(dossier, STORE_READ_WRITE, store, err);
    if (status != STATUS_OK)
        return status;
    store_on_busy(*store, arguments_has(arguments, OPTION_QUIET) ? wait_silently : wait_for_writer,
                  NULL);
    return store_is_read_only(*store)
               ? error_path(
                     err, STATUS_READ_ONLY, dossier,
                     "it cannot be written, nothing was changed; copy it to a folder of yours")
               : STATUS_OK;
}

enum status report_begin(struct report *report, const struct environment *environment,
                         const struct arguments *arguments)
{
    const char *dossier = NULL;
    *report = (struct report){.environment = environment,
                              .arguments = arguments,
                              .form = OPTION_COUNT,
                              .json = arguments_has(arguments, OPTION_JSON),
                              .columns = output_columns(),
                              .left = INT64_MAX};
    enum status status =
        arguments_number(arguments, OPTION_LIMIT, 0, INT64_MAX, &report->left, &report->err);
    if (status == STATUS_OK)
        status = read_form(arguments, &report->form, &report->err);
    if (status == STATUS_OK)
        status = report_dossier(environment, arguments, false, &dossier, &report->err);
    if (status == STATUS_OK && access(dossier, F_OK) != 0)
        return no_dossier(arguments, dossier, &report->err);
    if (status == STATUS_OK)
        status = open_to_read(dossier, &report->store, &report->err);
    if (status == STATUS_OK)
        report->err = (struct error){0};
    return status == STATUS_NOT_FOUND ? STATUS_IO : status;
}

enum status report_written(enum status status, struct error *err)
{
    struct error writing = {0};
    enum status written = output_flush(&writing);
    if (status == STATUS_OK && written != STATUS_OK)
        *err = writing;
    else if (status != STATUS_OK && !err->text[0])
        return error_set(err, status, "standard output: cannot write: %s", status_text(status));
    return status == STATUS_OK ? written : status;
}

static int complain(enum status status, const struct error *err, int exit_status)
{
    if (status == STATUS_OK || status == STATUS_CANCELLED)
        return EXIT_ALL_WELL;
    output_complain("%s", err->text[0] ? err->text : status_text(status));
    return exit_status;
}

int report_status(enum status status, const struct error *err)
{
    return complain(status, err, status == STATUS_NOT_FOUND ? EXIT_SOME_FAILED : EXIT_USAGE);
}

int report_input(enum status status, const struct error *err)
{
    return complain(status, err, EXIT_SOME_FAILED);
}

/* The query with a caret under the place. */
static void complain_of_query(const struct report *report)
{
    struct buf safe = BUF_INIT, blanks = BUF_INIT;
    gate_add(&safe, str_slice(report->query, 0, report->query_fault), GATE_ONE_LINE);
    buf_add_repeat(&blanks, ' ', (size_t)width_columns(buf_str(&safe)));
    output_note("    %.*s", STR_ARG(report->query));
    output_note("    %s^", buf_c(&blanks));
    buf_done(&safe);
    buf_done(&blanks);
}

enum status report_query(struct report *report, str text, enum query_use use,
                         struct search_query *query)
{
    enum status status =
        query_parse(&report->arena, text, use, query, &report->query_fault, &report->err);
    if (status != STATUS_OK)
        report->query = text;
    return status;
}

int report_end(struct report *report, enum status status)
{
    status = report_written(status, &report->err);
    int result = report_status(status, &report->err);
    if (report->query.len)
        complain_of_query(report);
    if (report->store)
        store_close(report->store);
    buf_done(&report->line);
    arena_done(&report->page);
    arena_done(&report->arena);
    return result;
}

/* ---- lists --------------------------------------------------------------------------------- */

static enum status add_object(struct report *report, const struct listing *listing, const void *row)
{
    struct json json;
    json_init(&json, &report->line);
    json_object_begin(&json);
    enum status status = listing->add_json(report, &json, row);
    json_object_end(&json);
    buf_add_byte(&report->line, '\n');
    return status;
}

static const struct listing_form *own_form(const struct report *report,
                                           const struct listing *listing)
{
    const struct listing_form *form = listing->forms;
    while (form && form->option != OPTION_COUNT && form->option != report->form)
        form++;
    return form && form->option != OPTION_COUNT ? form : NULL;
}

static enum status print_row(struct report *report, const struct listing *listing, const void *row,
                             size_t index)
{
    const struct listing_form *own = own_form(report, listing);
    enum status status = STATUS_OK;
    buf_clear(&report->line);
    if (own)
        own->add(report, row, index);
    else if (report->form == OPTION_JSON)
        status = add_object(report, listing, row);
    else if (report->form != OPTION_COUNT)
        status = report_table_row(report, listing->columns, row);
    else
        status = listing->add_text(report, row);
    if (status != STATUS_OK)
        return status;
    return (report->form == OPTION_COUNT ? output_text : output_raw)(buf_str(&report->line));
}

/* What stands before all rows, or after them. */
static enum status print_frame(struct report *report, const struct listing *listing, bool before)
{
    const struct listing_form *own = own_form(report, listing);
    buf_clear(&report->line);
    enum status status = STATUS_OK;
    if (own && before)
        own->begin(report);
    else if (own)
        status = own->end(report);
    else if (before && (report->form == OPTION_CSV || report->form == OPTION_TSV))
        report_table_head(&report->line, report->form, listing->columns);
    return status == STATUS_OK ? output_raw(buf_str(&report->line)) : status;
}

/* Keeps the key of the last row over the reset of the page's arena. */
static void keep_key(struct row_key *from, struct buf *text, const struct row_key *last)
{
    *from = *last;
    buf_clear(text);
    buf_add(text, last->text);
    if (last->text.ptr)
        from->text = buf_str(text);
}

enum status report_each(struct report *report, const struct listing *listing,
                        enum status (*visit)(struct report *report, const struct listing *listing,
                                             const void *row, size_t index))
{
    struct row_key from = {0};
    struct buf text = BUF_INIT;
    struct page_request request = {0};
    size_t index = 0;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && report->left > 0) {
        const void *rows = NULL;
        size_t count = 0;
        request.limit = report->left < PAGE_ROWS ? (uint32_t)report->left : PAGE_ROWS;
        arena_reset(&report->page);
        status = listing->fetch(report, &request, &rows, &count);
        for (size_t i = 0; status == STATUS_OK && i < count; i++)
            status = visit(report, listing, (const char *)rows + i * listing->row_len, index++);
        if (status != STATUS_OK || count < request.limit)
            break;
        report->left -= (int64_t)count;
        const char *last = (const char *)rows + (count - 1) * listing->row_len;
        keep_key(&from, &text, (const struct row_key *)(const void *)last);
        request.from = &from;
    }
    buf_done(&text);
    return status;
}

enum status report_list(struct report *report, const struct listing *listing)
{
    enum status status = print_frame(report, listing, true);
    if (status == STATUS_OK)
        status = report_each(report, listing, print_row);
    return status == STATUS_OK ? print_frame(report, listing, false) : status;
}

enum status report_find_entity(struct report *report, str name, struct entity_row *entity)
{
    int64_t id = 0;
    enum status status = STATUS_NOT_FOUND;
    if (report_parse_entity_id(name, &id))
        status = store_get_entity(report->store, &report->arena, id, entity, &report->err);
    if (status == STATUS_NOT_FOUND)
        status =
            store_find_entity_by_name(report->store, &report->arena, name, entity, &report->err);
    if (status == STATUS_NOT_FOUND)
        return error_set(&report->err, STATUS_NOT_FOUND,
                         "%.*s: nobody and nothing here has that name; `dossier people WORD` "
                         "finds names",
                         STR_ARG(name));
    return status;
}

/* ---- pieces of a line ---------------------------------------------------------------------- */

static struct buf one_line(str text)
{
    struct buf safe = BUF_INIT;
    gate_add(&safe, text, GATE_ONE_LINE);
    return safe;
}

void report_cell(struct buf *line, str text, int columns)
{
    struct buf safe = one_line(text);
    int used = 0;
    buf_add(line, width_clip(buf_str(&safe), columns, &used));
    buf_add_repeat(line, ' ', (size_t)(columns - used + 2));
    buf_done(&safe);
}

void report_cell_right(struct buf *line, str text, int columns)
{
    struct buf safe = one_line(text);
    str kept = buf_str(&safe);
    size_t start = kept.len;
    int used = 0;
    while (start > 0) {
        size_t before = width_cluster_before(kept, start);
        int wide = 0;
        (void)width_cluster(kept, before, &wide);
        if (used + wide > columns)
            break;
        used += wide;
        start = before;
    }
    buf_add_repeat(line, ' ', (size_t)(columns - used));
    buf_add(line, str_slice(kept, start, kept.len));
    buf_add_repeat(line, ' ', 2);
    buf_done(&safe);
}

void report_cell_number(struct buf *line, int64_t number, int columns)
{
    buf_format(line, "%*lld  ", columns, (long long)number);
}

void report_last_cell(struct report *report, str text)
{
    struct buf safe = one_line(text);
    str kept = buf_str(&safe);
    int before = width_columns(buf_str(&report->line)), used;
    if (report->columns > before)
        kept = width_clip(kept, report->columns - before, &used);
    buf_add(&report->line, kept);
    while (report->line.len > 0 && report->line.ptr[report->line.len - 1] == ' ')
        report->line.len--;
    buf_add_byte(&report->line, '\n');
    buf_done(&safe);
}

void report_text(struct report *report, str text, int indent)
{
    line_vec lines = {0};
    struct buf safe = BUF_INIT;
    gate_add(&safe, text, GATE_MANY_LINES);
    str kept = buf_str(&safe);
    int wide = report->columns && report->columns < TEXT_COLUMNS ? report->columns : TEXT_COLUMNS;
    wide = wide > indent + 1 ? wide - indent : 1;
    for (str paragraph; str_next_line(&kept, &paragraph);) {
        if (report->columns)
            wrap_text(NULL, &lines, paragraph, wide, 0);
        else
            vec_push(NULL, &lines, (struct line){0, (uint32_t)paragraph.len, 0});
        for (size_t i = 0; i < lines.count; i++) {
            buf_add_repeat(&report->line, ' ', (size_t)indent);
            buf_add(&report->line, str_slice(paragraph, lines.items[i].start, lines.items[i].end));
            buf_add_byte(&report->line, '\n');
        }
        lines.count = 0;
    }
    vec_done(&lines);
    buf_done(&safe);
}

str report_publication(struct arena *arena, const struct publication *published)
{
    struct buf first = BUF_INIT, last = BUF_INIT;
    day_add(&first, published->earliest);
    day_add(&last, published->latest);
    bool from = published->earliest != DAY_UNKNOWN, to = published->latest != DAY_UNKNOWN;
    str shown;
    if (published->value != DAY_UNKNOWN || published->similar_count > 0) {
        buf_clear(&first);
        label_publication(&first, published);
        shown = arena_str(arena, buf_str(&first));
    } else if (from && to && strncmp(buf_c(&first), buf_c(&last), 8) == 0) {
        shown = arena_format(arena, "%.7s-xx", buf_c(&first));
    } else if (from && to && strncmp(buf_c(&first), buf_c(&last), 5) == 0) {
        shown = arena_format(arena, "%.4s-xx-xx", buf_c(&first));
    } else if (to) {
        shown = arena_format(arena, "≤%s", buf_c(&last));
    } else if (from) {
        shown = arena_format(arena, "≥%s", buf_c(&first));
    } else {
        shown = STR("unknown");
    }
    buf_done(&first);
    buf_done(&last);
    return shown;
}

/* ---- pieces of JSON ------------------------------------------------------------------------ */

void report_json_day(struct json *json, const char *name, day number)
{
    struct buf text = BUF_INIT;
    day_add(&text, number);
    json_field_or_null(json, name, number == DAY_UNKNOWN ? STR_NONE : buf_str(&text));
    buf_done(&text);
}

void report_json_publication(struct json *json, const struct publication *published)
{
    json_name(json, "published");
    json_object_begin(json);
    report_json_day(json, "value", published->value);
    bool by_file = published->basis == DATE_BASIS_FILE;
    json_field(json, "basis",
               str_from(date_basis_name(by_file ? DATE_BASIS_INFERRED : published->basis)));
    report_json_day(json, "earliest", published->earliest);
    report_json_day(json, "latest", published->latest);
    if (published->similar_count > 0)
        json_field_number(json, "similar", published->similar_count);
    if (by_file)
        json_field(json, "latest_by", STR("file time"));
    json_object_end(json);
}

static const char id_letters[ENTITY_KIND_COUNT] = {
    [ENTITY_PERSON] = 'p', [ENTITY_PLACE] = 'l', [ENTITY_ORGANISATION] = 'o'};

str report_entity_id(struct arena *arena, enum entity_kind kind, int64_t id)
{
    return arena_format(arena, "%c%lld", id_letters[kind], (long long)id);
}

bool report_parse_entity_id(str text, int64_t *id)
{
    if (text.len < 2 || !memchr(id_letters, text.ptr[0], sizeof id_letters))
        return false;
    return str_to_int(str_slice(text, 1, text.len), id) && *id > 0;
}
