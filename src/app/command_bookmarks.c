/* dossier bookmarks */
#include "app/bookmark_format.h"
#include "app/label.h"
#include "app/output.h"
#include "app/report_table.h"
#include "base/file.h"
#include "ingest/annotations.h"
#include "text/utf8.h"

#include <string.h>

struct bookmark_list {
    struct bookmark_query query;
    const struct bookmark_format *format; /* the form asked for */
    int64_t article;                      /* of the row before */
};

static enum status fetch_bookmarks(struct report *report, const struct page_request *request,
                                   const void **rows, size_t *count)
{
    struct bookmark_list *job = report->own;
    const struct bookmark_row *found = NULL;
    enum status status = store_list_bookmarks(report->store, &report->page, &job->query, request,
                                              &found, count, &report->err);
    *rows = found;
    return status;
}

static enum status bookmark_text(struct report *report, const void *row)
{
    const struct bookmark_row *found = row;
    const struct bookmark *bookmark = &found->bookmark;
    report_cell_number(&report->line, bookmark->id, 6);
    report_cell(&report->line, report_publication(&report->page, &found->published), 11);
    report_cell(&report->line, found->site, 20);
    report_last_cell(report, found->title);
    report_text(report, bookmark->quote, 8);
    if (bookmark->state == ANCHOR_NEAR)
        buf_format(&report->line, "        (near: %d%% of the words)\n", bookmark->score);
    else if (bookmark->state != ANCHOR_EXACT)
        buf_format(&report->line, "        (%s)\n", anchor_state_name(bookmark->state));
    if (bookmark->note.len)
        report_text(report, arena_format(&report->page, "note: %.*s", STR_ARG(bookmark->note)), 8);
    if (bookmark->tags.len)
        report_text(report, arena_format(&report->page, "tags: %.*s", STR_ARG(bookmark->tags)), 8);
    return STATUS_OK;
}

static enum status annotation(struct report *report, struct json *json, const void *row)
{
    const struct bookmark_row *found = row;
    struct stored_article article = {0};
    enum status status = store_get_article(report->store, &report->page, found->bookmark.article,
                                           &article, &report->err);
    if (status == STATUS_OK)
        bookmark_add_annotation(json, found, article.article.text);
    return status;
}

/* ---- tables and forms ------------------------------------------------------------------------ */

static enum status address_column(struct report *report, const void *row, struct buf *value)
{
    (void)report;
    buf_add(value, bookmark_address(row));
    return STATUS_OK;
}

static enum status state_column(struct report *report, const void *row, struct buf *value)
{
    (void)report;
    buf_add(value, str_from(anchor_state_name(((const struct bookmark_row *)row)->bookmark.state)));
    return STATUS_OK;
}

static enum status score_column(struct report *report, const void *row, struct buf *value)
{
    (void)report;
    buf_format(value, "%d", ((const struct bookmark_row *)row)->bookmark.score);
    return STATUS_OK;
}

static enum status created_column(struct report *report, const void *row, struct buf *value)
{
    (void)report;
    label_instant(value, ((const struct bookmark_row *)row)->bookmark.created);
    return STATUS_OK;
}

#define AT(field) offsetof(struct bookmark_row, field)
static const struct column bookmark_columns[] = {
    {"number", COLUMN_NUMBER, AT(bookmark.id), NULL},
    {"article", COLUMN_NUMBER, AT(bookmark.article), NULL},
    {"title", COLUMN_TEXT, AT(title), NULL},
    {"outlet", COLUMN_TEXT, AT(site), NULL},
    COLUMNS_PUBLISHED(AT(published)),
    {"address", COLUMN_TEXT, 0, address_column},
    {"quote", COLUMN_TEXT, AT(bookmark.quote), NULL},
    {"note", COLUMN_TEXT, AT(bookmark.note), NULL},
    {"tags", COLUMN_TEXT, AT(bookmark.tags), NULL},
    {"state", COLUMN_TEXT, 0, state_column},
    {"score", COLUMN_TEXT, 0, score_column},
    {"created", COLUMN_TEXT, 0, created_column},
    COLUMNS_END,
};
#undef AT

static void begin_form(struct report *report)
{
    struct bookmark_list *job = report->own;
    job->format = bookmark_formats;
    while (job->format->option != report->form)
        job->format++;
    job->format->begin(&report->line);
}

static void add_form(struct report *report, const void *row, size_t index)
{
    struct bookmark_list *job = report->own;
    const struct bookmark_row *found = row;
    (void)index;
    job->format->add(&report->line, found, found->bookmark.article != job->article);
    job->article = found->bookmark.article;
}

static enum status end_form(struct report *report)
{
    (void)report;
    return STATUS_OK;
}

static const struct listing_form bookmark_forms[] = {
    {OPTION_MARKDOWN, begin_form, add_form, end_form},
    {OPTION_ORG, begin_form, add_form, end_form},
    {OPTION_COUNT, NULL, NULL, NULL},
};

static enum status print_bookmarks(struct report *report)
{
    static const struct listing listing = {sizeof(struct bookmark_row),
                                           fetch_bookmarks,
                                           bookmark_text,
                                           annotation,
                                           bookmark_columns,
                                           bookmark_forms};
    return report_list(report, &listing);
}

/* ---- bookmarks import FILE ------------------------------------------------------------------ */

enum { PAGES_LIMIT = 16, IMPORT_LIMIT_LEN = 64 << 20, SAME_LIMIT = 500 };

struct bookmark_import {
    struct store *store;
    const char *path;
    int64_t added, known, failed;
    struct error err;
};

static void complain(struct bookmark_import *import, size_t number, const char *wrong)
{
    import->failed++;
    output_complain("%s: annotation %zu: %s", import->path, number, wrong);
}

/* The same words in the same surroundings, made at the same time or with the same note and tags,
 * are one bookmark: its note may have been changed since. */
static bool is_same(const struct bookmark *a, const struct bookmark *b)
{
    return str_equal(a->quote, b->quote) && str_equal(a->prefix, b->prefix) &&
           str_equal(a->suffix, b->suffix) &&
           (a->created == b->created ||
            (str_equal(a->note, b->note) && str_equal(a->tags, b->tags)));
}

static enum status is_known(struct bookmark_import *import, struct arena *arena,
                            const struct bookmark *bookmark, bool *known)
{
    struct bookmark_query query = {.article = bookmark->article};
    struct page_request request = {.limit = SAME_LIMIT};
    struct row_key from;
    size_t count = SAME_LIMIT;
    enum status status = STATUS_OK;
    *known = false;
    while (status == STATUS_OK && !*known && count == request.limit) {
        const struct bookmark_row *rows = NULL;
        status = store_list_bookmarks(import->store, arena, &query, &request, &rows, &count,
                                      &import->err);
        for (size_t i = 0; status == STATUS_OK && i < count && !*known; i++)
            *known = is_same(&rows[i].bookmark, bookmark);
        if (status == STATUS_OK && count) {
            from = rows[count - 1].key;
            request.from = &from;
        }
    }
    return status;
}

/* Where a quote stands in a text. One that is told by its position alone is what stands there, LOST
 * where no words do. */
static void find_passage(const struct annotation *annotation, str text, struct bookmark *bookmark)
{
    if (annotation->start_points >= 0)
        bookmark->start = (uint32_t)utf8_offset(text, (size_t)annotation->start_points);
    bookmark->end = bookmark->start;
    if (bookmark->quote.len) {
        bookmark_anchor(bookmark, text);
        return;
    }
    size_t end = utf8_offset(text, (size_t)annotation->end_points);
    bool is_inside = annotation->end_points <= (int64_t)utf8_count(text);
    bookmark->state = ANCHOR_LOST;
    if (!is_inside || !str_trim(str_slice(text, bookmark->start, end)).len)
        return;
    bookmark->end = (uint32_t)end;
    bookmark_take(bookmark, text);
    bookmark->state = ANCHOR_EXACT;
    bookmark->score = 100;
}

/* Of the pages that it may come from, the one that has the passage; else the first. */
static enum status find_page(struct bookmark_import *import, struct arena *arena,
                             const struct annotation *annotation, struct bookmark *bookmark,
                             bool *found)
{
    int64_t pages[PAGES_LIMIT];
    size_t count = 0;
    enum status status = STATUS_OK;
    *found = false;
    if (annotation->path.len)
        status = store_find_pages(import->store, annotation->path, pages, PAGES_LIMIT, &count,
                                  &import->err);
    if (status == STATUS_OK && count == 0)
        status = store_find_pages(import->store, annotation->source, pages, PAGES_LIMIT, &count,
                                  &import->err);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct stored_article article = {0};
        struct bookmark tried = annotation->bookmark;
        status = store_get_article(import->store, arena, pages[i], &article, &import->err);
        if (status != STATUS_OK)
            continue;
        str text = article.article.text;
        tried.article = pages[i];
        find_passage(annotation, text, &tried);
        if (!*found || anchor_holds(tried.state))
            *bookmark = tried;
        *found = true;
        if (anchor_holds(tried.state))
            break;
    }
    return status;
}

static enum status take(void *context, const struct annotation *annotation, size_t number,
                        const char *wrong)
{
    struct bookmark_import *import = context;
    struct arena arena = {0};
    struct bookmark bookmark = {0};
    bool found = false, known = false;
    if (wrong) {
        complain(import, number, wrong);
        return STATUS_OK;
    }
    enum status status = find_page(import, &arena, annotation, &bookmark, &found);
    if (status == STATUS_OK && !found)
        complain(import, number, "its article is not in this dossier; import the page first");
    else if (status == STATUS_OK && !bookmark.quote.len)
        complain(import, number,
                 "no words stand at its position in the article's text; give a "
                 "TextQuoteSelector with the words (`exact`)");
    found = found && bookmark.quote.len;
    if (status == STATUS_OK && found)
        status = is_known(import, &arena, &bookmark, &known);
    import->known += known;
    if (status == STATUS_OK && found && !known) {
        int64_t now = environment_now();
        if (bookmark.created == 0)
            bookmark.created = now;
        status = store_put_bookmark(import->store, &bookmark, now, &import->err);
        if (status == STATUS_OK) /* how near it is, too */
            status = store_move_bookmark(import->store, &bookmark, &import->err);
        import->added += status == STATUS_OK;
    }
    arena_done(&arena);
    return status;
}

/* *malformed: it is the file that cannot be read, not the dossier that cannot be written. */
static enum status import_annotations(struct bookmark_import *import, struct arena *arena,
                                      str bytes, bool *malformed)
{
    struct annotation_sink sink = {take, import};
    enum status status = store_begin(import->store, &import->err);
    if (status != STATUS_OK)
        return status;
    status = annotations_read(arena, str_from(import->path), bytes, &sink, &import->err);
    *malformed = status == STATUS_BAD_INPUT || status == STATUS_UNSUPPORTED;
    if (status == STATUS_OK)
        status = store_commit(import->store, &import->err);
    else
        store_rollback(import->store);
    return status;
}

static int import_bookmarks(const struct environment *environment,
                            const struct arguments *arguments)
{
    struct bookmark_import import = {.path = arguments->words[1]};
    struct arena arena = {0};
    str bytes = STR_NONE;
    enum status status = file_read(&arena, import.path, IMPORT_LIMIT_LEN, &bytes, &import.err);
    bool malformed = status != STATUS_OK;
    if (status == STATUS_OK)
        status = report_open_to_write(environment, arguments, false, &import.store, &import.err);
    if (status == STATUS_OK)
        status = import_annotations(&import, &arena, bytes, &malformed);
    if (import.store)
        store_close(import.store);
    arena_done(&arena);
    if (status != STATUS_OK)
        return (malformed ? report_input : report_status)(status, &import.err);
    output_note("%lld added, %lld here already, %lld failed", (long long)import.added,
                (long long)import.known, (long long)import.failed);
    return import.failed ? EXIT_SOME_FAILED : EXIT_ALL_WELL;
}

int command_bookmarks(const struct environment *environment, const struct arguments *arguments)
{
    struct report report;
    struct buf filter = BUF_INIT;
    struct bookmark_list job = {0};
    if (arguments->word_count == 2 && strcmp(arguments->words[0], "import") == 0)
        return import_bookmarks(environment, arguments);
    enum status status = report_begin(&report, environment, arguments);
    arguments_join(arguments, 0, &filter);
    struct search_query search = {0};
    report.own = &job;
    if (status == STATUS_OK && filter.len) {
        job.query.search = &search;
        status = report_query(&report, buf_str(&filter), QUERY_BOOKMARKS, &search);
    }
    if (status == STATUS_OK)
        status = print_bookmarks(&report);
    int result = report_end(&report, status);
    buf_done(&filter);
    return result;
}
