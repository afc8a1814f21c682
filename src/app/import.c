#include "app/import.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/crew.h"
#include "base/file.h"
#include "base/memory.h"
#include "ingest/fetch.h"
#include "ingest/member.h"
#include "text/url.h"

/* The least time between two calls of progress. */
enum { PROGRESS_MILLISECONDS = 100 };

struct import {
    const struct pipeline *pipeline;
    struct store *store;
    const struct import_listener *listener;
    struct import_totals *totals;
    struct error *err;

    uint32_t batch, open_pages; /* pages in the open transaction */
    struct import_totals kept;  /* with what was committed */
    bool open;
    int64_t told; /* milliseconds when progress was told last */

    struct crew *crew;
    struct arena files; /* bytes of the file that is read */
    struct arena pages; /* the format's */
    struct arena work;  /* of the page that is read */
    day published;

    /* the file that is read */
    const struct format *format;
    str shown, identity;            /* its path */
    day file_times_before, changed; /* as in the request; of the file */

    /* the file whose pages come back from the crew */
    bool whole;           /* every page of it was read */
    int64_t bytes_before; /* of the files before it */
};

static void tell_progress(struct import *import, bool finished)
{
    const struct import_listener *listener = import->listener;
    if (!listener || !listener->progress)
        return;
    int64_t now = environment_milliseconds();
    if (!finished && now - import->told < PROGRESS_MILLISECONDS)
        return;
    import->told = now;
    listener->progress(listener->context, import->totals, finished);
}

static void tell_failed(struct import *import, const struct error *err)
{
    import->totals->failed++;
    if (import->listener && import->listener->failed)
        import->listener->failed(import->listener->context, err);
}

static void tell_note(struct import *import, const struct error *note)
{
    if (import->listener && import->listener->noted)
        import->listener->noted(import->listener->context, note);
}

/* What is told is told again the next time: its file stays unknown. */
static void tell_page_note(struct import *import, const struct error *note)
{
    import->whole = false;
    tell_note(import, note);
}

static enum status ask_cancelled(struct import *import)
{
    const struct import_listener *listener = import->listener;
    if (listener && listener->cancelled && listener->cancelled(listener->context))
        return error_set(import->err, STATUS_CANCELLED, "import: stopped before the end");
    return STATUS_OK;
}

/* ---- transactions -------------------------------------------------------------------------- */

static enum status open_batch(struct import *import)
{
    if (import->open)
        return STATUS_OK;
    enum status status = store_begin(import->store, import->err);
    import->open = status == STATUS_OK;
    return status;
}

/* Nothing of the open transaction stays, nor is counted. */
static void give_up_batch(struct import *import)
{
    store_rollback(import->store);
    import->totals->imported = import->kept.imported;
    import->totals->changed = import->kept.changed;
    import->totals->unchanged = import->kept.unchanged;
    import->open = false;
}

static enum status commit_batch(struct import *import)
{
    if (!import->open)
        return STATUS_OK;
    enum status status = store_commit(import->store, import->err);
    if (status == STATUS_OK)
        import->kept = *import->totals;
    else
        give_up_batch(import);
    import->open = false;
    import->open_pages = 0;
    return status;
}

/* The pages finished so far stay when the import was only stopped. */
static enum status end_batch(struct import *import, enum status status)
{
    if (status == STATUS_OK)
        return commit_batch(import);
    if (!import->open)
        return status;
    if (status == STATUS_CANCELLED) {
        struct error reason = *import->err;
        enum status committed = commit_batch(import);
        if (committed != STATUS_OK)
            return committed;
        *import->err = reason;
        return status;
    }
    give_up_batch(import);
    return status;
}

static enum status count_page(struct import *import)
{
    if (++import->open_pages < import->batch)
        return STATUS_OK;
    return commit_batch(import);
}

static enum status count_settled(struct import *import)
{
    struct import_totals *totals = import->totals;
    if (++totals->settled > totals->settled_total)
        totals->settled_total = 0; /* more came to wait meanwhile */
    enum status status = count_page(import);
    tell_progress(import, false);
    return status;
}

/* ---- pages that are cleaned and analysed ---------------------------------------------------- */

enum { FILE_TIMES_FROM = 7305 /* 1990-01-01: what is older comes from tools that write no time */ };

/* The day on which the page was there: the nearest container's that can be one; 0 for none. */
static day seen_day(const struct import *import, const struct page *page)
{
    const day days[] = {page->seen, import->changed};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (days[i] >= FILE_TIMES_FROM && days[i] < import->file_times_before)
            return days[i];
    return 0;
}

/* Statuses that mean "this page failed": everything else concerns the whole import. */
static bool is_about_input(enum status status)
{
    return status == STATUS_BAD_INPUT || status == STATUS_UNSUPPORTED || status == STATUS_TOO_LARGE;
}

/* What the program that it comes from knows of its reading; only of what is new here, since after
 * that the reader decides. */
static enum status keep_reading(struct import *import, const struct page *page, int64_t article)
{
    enum status status = STATUS_OK;
    if (page->was_read)
        status = store_note_read(import->store, article, READ_DONE, environment_now(), import->err);
    if (status == STATUS_OK && page->tags.len)
        status =
            store_note_tags(import->store, article, page->tags, environment_now(), import->err);
    return status;
}

/* Records the source under its real path and derives what is new; of a page that cannot be read
 * nothing stays, and *failure says why. */
static enum status store_page(struct import *import, struct crew_task *task,
                              enum import_outcome *outcome, struct error *failure)
{
    struct store *store = import->store;
    struct prepared *prepared = &task->prepared;
    struct source_page source = {.path = task->origin.name,
                                 .format = task->page.format,
                                 .raw = task->page.raw,
                                 .packed = task->packed,
                                 .given = import->published,
                                 .seen = task->page.seen,
                                 .imported = environment_now()};
    enum status status = store_begin_part(store, import->err);
    if (status != STATUS_OK)
        return status;
    status = store_put_source(store, &source, outcome, import->err);
    if (status != STATUS_OK || *outcome == IMPORT_UNCHANGED)
        return store_end_part(store, status, import->err);
    status = pipeline_clean(import->pipeline, store, &task->arena, &task->page, source.id, prepared,
                            failure);
    prepared->article.path = source.path;
    if (status == STATUS_OK)
        status = pipeline_store_article(import->pipeline, store, &task->arena, prepared, &source,
                                        import->err);
    else if (!is_about_input(status))
        *import->err = *failure;
    if (status == STATUS_OK && *outcome == IMPORT_NEW)
        status = keep_reading(import, &task->page, source.id);
    return store_end_part(store, status, import->err);
}

static enum status finish_page(struct import *import, struct crew_task *task)
{
    enum import_outcome outcome = IMPORT_NEW;
    struct error failure = {0};
    enum status status = open_batch(import);
    if (status != STATUS_OK)
        return status;
    status = store_page(import, task, &outcome, &failure);
    if (status != STATUS_OK && import->err->status == STATUS_OK) {
        tell_failed(import, &failure);
        import->whole = false;
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    int64_t *const counters[] = {[IMPORT_NEW] = &import->totals->imported,
                                 [IMPORT_CHANGED] = &import->totals->changed,
                                 [IMPORT_UNCHANGED] = &import->totals->unchanged};
    ++*counters[outcome];
    import->totals->bytes_seen = import->bytes_before + task->origin.at;
    return count_page(import);
}

/* All pages of a file have come. */
static enum status finish_file(struct import *import, const struct crew_origin *file)
{
    bool whole = import->whole;
    import->whole = true;
    import->totals->files_seen++;
    import->bytes_before += file->size;
    import->totals->bytes_seen = import->bytes_before;
    if (!whole || file->is_known)
        return STATUS_OK;
    enum status status = open_batch(import);
    return status == STATUS_OK
               ? store_note_file(import->store, file->name, file->size, file->mtime, import->err)
               : status;
}

static enum status take_finished(void *context, struct crew_task *task)
{
    struct import *import = context;
    enum status status = ask_cancelled(import);
    if (status != STATUS_OK)
        return status;
    if (task->kind == CREW_BROKEN) {
        tell_failed(import, &task->fault);
        import->whole = import->whole && !task->origin.name.ptr;
    } else if (task->kind == CREW_NOTE) {
        tell_page_note(import, &task->fault);
    } else {
        status = task->kind == CREW_PAGE ? finish_page(import, task)
                                         : finish_file(import, &task->origin);
    }
    tell_progress(import, false);
    return status;
}

/* ---- one file ------------------------------------------------------------------------------ */

/* A page's path begins with its file's path as it was given: the real one takes its place. */
static str page_identity(struct import *import, str path)
{
    str added = str_slice(path, import->shown.len, path.len);
    return arena_format(&import->work, "%.*s%.*s", STR_ARG(import->identity), STR_ARG(added));
}

/* What cannot be read of the current file. */
static enum status add_broken(struct import *import, str path, const struct error *fault)
{
    const struct crew_origin origin = {.name = import->identity};
    return crew_add_broken(import->crew, path, fault, &origin);
}

/* What leads elsewhere goes to who follows it: true when nothing is left to do. */
static bool lead_on(const struct import *import, const struct page *page)
{
    const struct import_listener *listener = import->listener;
    bool is_empty = page->kind == PAGE_LINK || page->kind == PAGE_FEED;
    if (!is_empty && !page->is_summary)
        return false;
    return (listener && listener->found && listener->found(listener->context, page)) || is_empty;
}

static enum status take_page(void *context, const struct page *page)
{
    struct import *import = context;
    struct page named = *page;
    if (lead_on(import, page))
        return STATUS_OK;
    arena_reset(&import->work);
    struct crew_origin origin = {.name = page_identity(import, page->path),
                                 .at = (int64_t)page->at};
    named.seen = seen_day(import, page);
    if (!named.format.ptr)
        named.format = str_from(import->format->name);
    enum status status =
        store_page_stands(import->store, origin.name, page->raw, &origin.is_known, import->err);
    return status == STATUS_OK ? crew_add_page(import->crew, &named, &origin) : status;
}

static enum status take_broken(void *context, str path, const struct error *err)
{
    return add_broken(context, path, err);
}

static enum status take_note(void *context, const struct error *note)
{
    struct import *import = context;
    return crew_add_note(import->crew, note);
}

/* Hands the pages of an input to the crew. */
static enum status read_input(struct import *import, const struct input *input)
{
    struct error failure = {0};
    const struct page_sink sink = {take_page, take_broken, take_note, import};
    enum status status = parser_read(import->pipeline->parser, import->format, &import->pages,
                                     input, &sink, &failure);
    if (status == STATUS_OK || import->err->status != STATUS_OK)
        return status; /* read, or stopped by the store or the user */
    if (!is_about_input(status)) {
        *import->err = failure;
        return status;
    }
    return add_broken(import, import->shown, &failure);
}

/* Of files only a list of feeds is followed: a feed that was saved is what it is. */
static bool is_followed(const struct import *import)
{
    return import->listener && import->listener->found && import->format &&
           strcmp(import->format->name, "opml") == 0;
}

/* The same for the bytes of import->shown. */
static enum status read_bytes(struct import *import, str bytes)
{
    import->format = format_find(import->shown, bytes);
    const struct input input = {.path = import->shown,
                                .bytes = bytes,
                                .published = import->published,
                                .follows = is_followed(import)};
    return read_input(import, &input);
}

static enum status read_file(struct import *import, const struct file_found *found, str identity)
{
    struct error failure = {0};
    str bytes;
    arena_reset(&import->files);
    import->shown = arena_str(&import->files, found->path);
    import->identity = identity;
    import->changed = day_of_seconds(found->mtime);
    if (file_read(&import->files, import->shown.ptr, INPUT_LIMIT_LEN, &bytes, &failure) !=
        STATUS_OK)
        return add_broken(import, import->shown, &failure);
    return read_bytes(import, bytes);
}

/* What comes in this way has no path of its own: its bytes give it one, so that other bytes are
 * other pages. */
static enum status take_standard_input(struct import *import)
{
    struct crew_origin file = {.is_known = true}; /* there is no file to be noted */
    struct error failure = {0};
    str bytes;
    arena_reset(&import->files);
    import->shown = import->identity = STR("-");
    import->changed = 0;
    enum status status = file_read_descriptor(&import->files, STDIN_FILENO, "standard input",
                                              INPUT_LIMIT_LEN, &bytes, &failure);
    import->totals->files_total++;
    if (status != STATUS_OK)
        return add_broken(import, import->shown, &failure);
    import->identity =
        arena_format(&import->files, "standard-input-%016llx", (unsigned long long)str_hash(bytes));
    file.size = (int64_t)bytes.len;
    import->totals->bytes_total += file.size;
    status = read_bytes(import, bytes);
    return status == STATUS_OK ? crew_add_mark(import->crew, &file) : status;
}

static enum status take_file(struct import *import, const struct file_found *found, str identity)
{
    struct crew_origin file = {.name = identity, .size = found->size, .mtime = found->mtime};
    enum status status = ask_cancelled(import);
    if (status == STATUS_OK && import->published == DAY_UNKNOWN)
        status = store_file_is_known(import->store, identity, found->size, found->mtime,
                                     &file.is_known, import->err);
    if (status != STATUS_OK)
        return status;
    if (file.is_known)
        import->totals->unchanged++;
    else
        status = read_file(import, found, identity);
    return status == STATUS_OK ? crew_add_mark(import->crew, &file) : status;
}

/* ---- undated articles ---------------------------------------------------------------------- */

/* Those whose similar articles have come, gone or got another day. */
static enum status settle_undated(struct import *import)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK) {
        struct waiting_article waiting;
        status = ask_cancelled(import);
        if (status == STATUS_OK) /* nothing is written when none waits */
            status = store_next_waiting(import->store, &waiting, import->err);
        if (status == STATUS_OK)
            status = open_batch(import);
        if (status == STATUS_OK)
            status = pipeline_settle_next(import->pipeline, import->store, import->err);
        if (status == STATUS_OK)
            status = count_settled(import);
    }
    if (status != STATUS_NOT_FOUND)
        return status;
    *import->err = (struct error){0};
    return STATUS_OK;
}

/* ---- files and folders --------------------------------------------------------------------- */

/* The real path of the root, and how many bytes of a shown path it stands for. */
struct root {
    char *real; /* malloc */
    size_t shown_len;
};

static struct root root_of(const char *path)
{
    struct root root = {realpath(path, NULL), strlen(path)};
    while (root.shown_len > 1 && path[root.shown_len - 1] == '/')
        root.shown_len--;
    if (root.shown_len == 1 && *path == '/')
        root.shown_len = 0; /* names below "/" begin with it */
    if (root.real && strcmp(root.real, "/") == 0)
        *root.real = '\0';
    return root;
}

/* A dossier that is kept among the articles is none of them. */
static bool is_dossier_file(str path)
{
    static const char *const endings[] = {".dossier", ".dossier-wal", ".dossier-shm",
                                          ".dossier-journal"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends(path, str_from(endings[i])))
            return true;
    return false;
}

/* In a folder; a file that is named is read whatever it is. */
static bool is_passed_over(const char *root, str path)
{
    return is_dossier_file(path) || (format_is_page_part(path) && !str_equal(path, str_from(root)));
}

/* A folder in which nothing is read. */
static void note_without_pages(struct import *import, const char *path, int64_t passed_over)
{
    struct error note = {0};
    struct buf what = BUF_INIT;
    buf_add(&what, STR("no page is in this folder"));
    if (passed_over)
        buf_format(&what, ", %lld file%s of pictures, styles and the like", (long long)passed_over,
                   passed_over == 1 ? "" : "s");
    buf_add(&what, STR("; name one with files of"));
    for (const struct format *format = formats; format->name; format++) {
        str extensions = str_from(format->extensions), first;
        if (str_next(&extensions, ' ', &first) && first.len)
            buf_format(&what, " %.*s", STR_ARG(str_slice(first, 1, first.len)));
    }
    (void)error_path(&note, STATUS_NOT_FOUND, path, buf_c(&what));
    tell_note(import, &note);
    buf_done(&what);
}

static enum status walk_root(struct import *import, const char *path)
{
    struct error failure = {0};
    struct file_walk *walk = NULL;
    if (strcmp(path, "-") == 0)
        return take_standard_input(import);
    if (file_walk_open(path, &walk, &failure) != STATUS_OK)
        return crew_add_broken(import->crew, str_from(path), &failure, NULL);
    struct root root = root_of(path);
    struct buf identity = BUF_INIT;
    enum status status = STATUS_OK;
    int64_t taken = 0, passed_over = 0;
    bool failed = false;
    while (status == STATUS_OK) {
        struct file_found found;
        enum status step = file_walk_next(walk, &found, &failure);
        if (step == STATUS_NOT_FOUND)
            break;
        if (step != STATUS_OK) {
            failed = true;
            status = crew_add_broken(import->crew, str_from(path), &failure, NULL);
            continue;
        }
        if (is_passed_over(path, found.path)) {
            passed_over++;
            continue;
        }
        taken++;
        buf_clear(&identity);
        buf_add(&identity, str_from(root.real));
        buf_add(&identity, str_slice(found.path, root.shown_len, found.path.len));
        status = take_file(import, &found, buf_str(&identity));
    }
    if (status == STATUS_OK && !taken && !failed)
        note_without_pages(import, path, passed_over);
    buf_done(&identity);
    free(root.real);
    file_walk_close(walk);
    return status;
}

/* For the time left: how many files there are and how long they are. Only names are read. */
static void count_files(const char *path, struct import_totals *totals)
{
    struct file_walk *walk = NULL;
    struct file_found found;
    if (file_walk_open(path, &walk, NULL) != STATUS_OK)
        return;
    for (enum status step; (step = file_walk_next(walk, &found, NULL)) != STATUS_NOT_FOUND;) {
        if (step != STATUS_OK || is_passed_over(path, found.path))
            continue;
        totals->files_total++;
        totals->bytes_total += found.size;
    }
    file_walk_close(walk);
}

static void done(struct import *import)
{
    tell_progress(import, true);
    arena_done(&import->files);
    arena_done(&import->pages);
    arena_done(&import->work);
}

/* ---- what became stale ----------------------------------------------------------------------- */

/* The next page after *after that is older than the versions, or that a rule for its outlet has
 * not reached yet: those become stale step by step, so that the walk begins again for each. */
static enum status next_stale(struct import *import, int clean_version, int analyse_version,
                              int64_t *after, struct source_page *page)
{
    bool marked = true;
    arena_reset(&import->files);
    enum status status = ask_cancelled(import);
    while (status == STATUS_OK && marked) {
        status = store_next_stale(import->store, &import->files, clean_version, analyse_version,
                                  *after, page, import->err);
        if (status != STATUS_NOT_FOUND)
            break;
        status = store_mark_waiting(import->store, &marked, import->err);
        *after = 0;
        if (status == STATUS_OK && !marked)
            status = STATUS_NOT_FOUND;
    }
    if (status == STATUS_OK) {
        *after = page->id;
        status = open_batch(import);
    }
    return status;
}

/* ---- names that what came later decides ------------------------------------------------------ */

/* Derives the articles once more whose names the linker marked, so that it does not matter in which
 * order they came. What is left when this is stopped waits for the next import. */
static enum status settle(struct import *import, enum status status)
{
    struct pipeline settling = *import->pipeline;
    settling.is_settling = true;
    status = end_batch(import, status); /* what people are called is written at its end */
    if (status == STATUS_OK)
        status = store_count_stale(import->store, &import->totals->settled_total, import->err);
    for (int64_t after = 0; status == STATUS_OK;) {
        struct source_page source = {0};
        status = next_stale(import, 0, 0, &after, &source);
        if (status == STATUS_NOT_FOUND)
            return STATUS_OK;
        if (status != STATUS_OK)
            return status;
        status = pipeline_derive_source(&settling, import->store, &source, import->err);
        status = is_about_input(status) ? STATUS_OK : status;
        if (status == STATUS_OK)
            status = count_settled(import);
    }
    return status;
}

/* ---- an import ------------------------------------------------------------------------------ */

enum status import_run(const struct pipeline *pipeline, struct store *store,
                       const struct import_request *request, const struct import_listener *listener,
                       struct import_totals *totals, struct error *err)
{
    struct error own;
    err = err ? err : &own;
    *totals = (struct import_totals){0};
    for (size_t i = 0; i < request->path_count; i++)
        if (strcmp(request->paths[i], "-") != 0)
            count_files(request->paths[i], totals);
    struct import *import = import_begin(pipeline, store, request, listener, totals, err);
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < request->path_count; i++)
        status = walk_root(import, request->paths[i]);
    if (status == STATUS_OK)
        status = crew_finish(import->crew);
    return import_end(import, status);
}

/* ---- what the caller fetched ----------------------------------------------------------------- */

struct import *import_begin(const struct pipeline *pipeline, struct store *store,
                            const struct import_request *request,
                            const struct import_listener *listener, struct import_totals *totals,
                            struct error *err)
{
    struct import *import = memory_new(1, sizeof *import);
    const struct crew_listener crew = {take_finished, import, true};
    *err = (struct error){0};
    *import = (struct import){.pipeline = pipeline,
                              .store = store,
                              .listener = listener,
                              .totals = totals,
                              .kept = *totals,
                              .err = err,
                              .batch = request->batch ? request->batch : 1,
                              .published = request->published,
                              .file_times_before = request->file_times_before,
                              .whole = true};
    import->crew = crew_new(pipeline, request->jobs ? request->jobs : 1, &crew);
    return import;
}

/* The bytes decide first, then what the server calls them, then the address. */
static const struct format *fetched_format(struct import *import, const struct import_bytes *given)
{
    str name = fetch_name(&import->files, given->url, given->media);
    const struct format *format = format_find(name.ptr ? name : STR("address"), given->bytes);
    return name.ptr || (format && format->is_decisive) ? format : NULL;
}

/* A page is kept together with its address and what is known of it. */
static str page_record(const struct import *import, const struct import_bytes *given,
                       struct buf *record)
{
    struct member member = member_new(given->path, import->format, given->bytes);
    if (given->facts)
        member.facts = *given->facts;
    member.facts.url = url_is_web(given->url) ? given->url : STR_NONE;
    member.charset = given->charset;
    record_write(record, &member);
    return buf_str(record);
}

enum status import_put(struct import *import, const struct import_bytes *given, bool *whole)
{
    struct buf record = BUF_INIT;
    arena_reset(&import->files);
    import->shown = import->identity = arena_str(&import->files, given->path);
    import->changed = 0;
    import->format = fetched_format(import, given);
    struct input input = {.path = import->shown,
                          .bytes = given->bytes,
                          .published = import->published,
                          .charset = given->charset,
                          .url = given->url,
                          .follows = import->listener->found != NULL};
    enum status status = STATUS_OK;
    const struct format *kept = format_named(STR("record"));
    if (import->format && import->format->page_per_file && import->format != kept) {
        input.bytes = page_record(import, given, &record);
        import->format = kept;
    }
    if (import->format) {
        status = read_input(import, &input);
    } else {
        struct error failure = {0};
        (void)!error_set(&failure, STATUS_BAD_INPUT,
                         "%.*s: it holds no text that can be read (%.*s)", STR_ARG(given->path),
                         STR_ARG(given->media));
        status = add_broken(import, import->shown, &failure);
    }
    if (status == STATUS_OK)
        status = crew_finish(import->crew);
    buf_done(&record);
    *whole = import->whole;
    import->whole = true;
    return status;
}

enum status import_open(struct import *import)
{
    return open_batch(import);
}

enum status import_keep(struct import *import)
{
    return commit_batch(import);
}

void import_tell(struct import *import)
{
    tell_progress(import, false);
}

enum status import_end(struct import *import, enum status status)
{
    crew_free(import->crew);
    status = settle(import, status);
    if (status == STATUS_OK)
        status = settle_undated(import);
    status = end_batch(import, status);
    done(import);
    memory_free(import);
    return status;
}

/* ---- after a new version of the program ---------------------------------------------------- */

static enum status refresh_next(struct import *import, int64_t *after)
{
    struct source_page source = {0};
    enum status status = next_stale(import, CLEAN_VERSION, ANALYSE_VERSION, after, &source);
    if (status != STATUS_OK)
        return status;
    import->totals->files_seen++;
    status = pipeline_derive_source(import->pipeline, import->store, &source, import->err);
    if (is_about_input(status)) {
        tell_failed(import, import->err);
        status = STATUS_OK;
    } else if (status == STATUS_OK) {
        import->totals->imported++;
    }
    if (status == STATUS_OK)
        status = count_page(import);
    tell_progress(import, false);
    return status;
}

enum status import_refresh(const struct pipeline *pipeline, struct store *store, uint32_t batch,
                           const struct import_listener *listener, struct import_totals *totals,
                           struct error *err)
{
    struct error own;
    err = err ? err : &own;
    *err = (struct error){0};
    *totals = (struct import_totals){0};
    struct import import = {.pipeline = pipeline,
                            .store = store,
                            .listener = listener,
                            .totals = totals,
                            .kept = *totals,
                            .err = err,
                            .batch = batch ? batch : 1,
                            .published = DAY_UNKNOWN};
    enum status status = STATUS_OK;
    for (int64_t after = 0; status == STATUS_OK;)
        status = refresh_next(&import, &after);
    status = settle(&import, status == STATUS_NOT_FOUND ? STATUS_OK : status);
    if (status == STATUS_OK)
        status = settle_undated(&import);
    status = end_batch(&import, status);
    done(&import);
    return status;
}
