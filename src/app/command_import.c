/* dossier import and dossier update: for a person, and as the worker of the reader. */
#include <fcntl.h>
#include <signal.h>

#include "app/crew.h"
#include "app/import.h"
#include "app/output.h"
#include "app/report.h"
#include "app/sources.h"
#include "base/vec.h"

enum {
    BATCH = 200,
    WORKER_BATCH = 25, /* shorter transactions: the reader writes, too */
    QUIET_MILLISECONDS = 1000,
    LINE_MILLISECONDS = 10000 /* between two lines when they cannot replace each other */
};

struct import_job {
    int64_t began, told; /* milliseconds */
    int wide;            /* columns of the progress line on the screen */
    bool replace;        /* standard error is a terminal */
    int worker;          /* descriptor to tell; -1 for a person */
    bool nobody;         /* the worker's reader went away */
    bool refreshing, told_refreshing;
    bool updating, quiet;
    struct arena arena;
    VEC(const char *) urls; /* to be fetched after the files */
};

/* ---- stopping ------------------------------------------------------------------------------ */

static const int stop_signals[] = {SIGINT, SIGTERM, SIGHUP};
enum { STOP_SIGNAL_COUNT = sizeof stop_signals / sizeof *stop_signals };

/* The signals that ask to stop stay pending and are looked at between pages, so that none arrives
 * in the middle of one. Those that are ignored (nohup) stay ignored. */
static void hold_signals(void)
{
    sigset_t held;
    sigemptyset(&held);
    for (size_t i = 0; i < STOP_SIGNAL_COUNT; i++) {
        struct sigaction now;
        if (sigaction(stop_signals[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaddset(&held, stop_signals[i]);
    }
    (void)sigprocmask(SIG_BLOCK, &held, NULL);
}

static bool asked_to_stop(void *context)
{
    const struct import_job *job = context;
    sigset_t pending;
    bool asked = job->nobody;
    if (sigpending(&pending) != 0)
        return asked;
    for (size_t i = 0; i < STOP_SIGNAL_COUNT; i++)
        asked = asked || sigismember(&pending, stop_signals[i]) == 1;
    return asked;
}

/* ---- telling a person ---------------------------------------------------------------------- */

static void add_seconds(struct buf *out, int64_t seconds)
{
    if (seconds >= 3600)
        buf_format(out, "%lld h %lld min", (long long)(seconds / 3600),
                   (long long)(seconds % 3600 / 60));
    else if (seconds >= 60)
        buf_format(out, "%lld min %lld s", (long long)(seconds / 60), (long long)(seconds % 60));
    else
        buf_format(out, "%lld s", (long long)seconds);
}

/* "names and days of 1200 of 9000 articles settled" */
static void add_settled(struct buf *out, const struct import_totals *totals)
{
    buf_format(out, "names and days of %lld", (long long)totals->settled);
    if (totals->settled_total > 0)
        buf_format(out, " of %lld", (long long)totals->settled_total);
    buf_add(out, STR(" articles settled"));
}

/* "1200 of 10000 files · 350 a second · 25 s left", "0 of 1 files, 1200 pages · …" */
static void add_progress(struct buf *out, const struct import_job *job,
                         const struct import_totals *totals, int64_t now)
{
    int64_t passed = now - job->began > 0 ? now - job->began : 1;
    int64_t pages = import_pages(totals), left = totals->bytes_total - totals->bytes_seen;
    if (totals->settled > 0) {
        add_settled(out, totals);
        return;
    }
    buf_format(out, "%lld", (long long)totals->files_seen);
    if (totals->files_total > 0)
        buf_format(out, " of %lld", (long long)totals->files_total);
    buf_add(out, job->refreshing ? STR(" articles refreshed")
                 : job->updating ? STR(" addresses")
                                 : STR(" files"));
    if (job->updating)
        return;
    if (!job->refreshing && pages > totals->files_seen + 1)
        buf_format(out, ", %lld page%s", (long long)pages, pages == 1 ? "" : "s");
    buf_format(out, " · %.0f a second", (double)pages * 1000.0 / (double)passed);
    if (left > 0 && totals->bytes_seen > 0) {
        double rest = (double)left / (double)totals->bytes_seen;
        buf_add(out, STR(" · "));
        add_seconds(out, (int64_t)(rest * (double)passed / 1000.0) + 1);
        buf_add(out, STR(" left"));
    }
}

static void wipe(struct import_job *job)
{
    if (job->wide > 0)
        job->wide = output_replace(job->wide, STR_NONE);
}

static void show_progress(struct import_job *job, const struct import_totals *totals, bool finished)
{
    int64_t now = environment_milliseconds();
    if (finished) {
        wipe(job);
        return;
    }
    if (now - job->began < QUIET_MILLISECONDS || job->quiet ||
        (!job->replace && now - job->told < LINE_MILLISECONDS))
        return;
    struct buf line = BUF_INIT;
    job->told = now;
    add_progress(&line, job, totals, now);
    if (job->replace)
        job->wide = output_replace(job->wide, buf_str(&line));
    else
        output_note("%s", buf_c(&line));
    buf_done(&line);
}

/* ---- telling the reader -------------------------------------------------------------------- */

static void tell_reader(struct import_job *job, const char *text)
{
    if (output_line_to(job->worker, str_from(text)) != STATUS_OK)
        job->nobody = true;
}

static void tell_totals(struct import_job *job, const struct import_totals *totals)
{
    struct buf line = BUF_INIT;
    if (job->refreshing && totals->files_seen == 0)
        return;
    if (job->refreshing && !job->told_refreshing)
        tell_reader(job, "refreshing");
    job->told_refreshing = job->refreshing;
    buf_format(&line, "%lld %lld %lld %lld %lld %lld %lld", (long long)totals->files_seen,
               (long long)totals->files_total, (long long)totals->imported,
               (long long)totals->changed, (long long)totals->unchanged, (long long)totals->failed,
               (long long)totals->settled);
    tell_reader(job, buf_c(&line));
    buf_done(&line);
}

static void on_progress(void *context, const struct import_totals *totals, bool finished)
{
    struct import_job *job = context;
    if (job->worker >= 0)
        tell_totals(job, totals);
    else
        show_progress(job, totals, finished);
}

static void on_failed(void *context, const struct error *err)
{
    struct import_job *job = context;
    if (job->worker < 0) {
        wipe(job);
        output_complain("%s", err->text);
        return;
    }
    struct buf line = BUF_INIT;
    buf_format(&line, "! %s", err->text);
    tell_reader(job, buf_c(&line));
    buf_done(&line);
}

static void on_noted(void *context, const struct error *note)
{
    struct import_job *job = context;
    if (job->quiet)
        return;
    if (job->worker < 0) {
        wipe(job);
        output_note("%s", note->text);
        return;
    }
    struct buf line = BUF_INIT;
    buf_format(&line, "~ %s", note->text);
    tell_reader(job, buf_c(&line));
    buf_done(&line);
}

/* ---- the command --------------------------------------------------------------------------- */

static void add_summary(const struct import_totals *totals, const struct import_totals *refreshed)
{
    struct buf line = BUF_INIT;
    buf_format(&line, "%lld imported", (long long)totals->imported);
    if (totals->changed > 0)
        buf_format(&line, ", %lld changed", (long long)totals->changed);
    buf_format(&line, ", %lld unchanged, %lld failed", (long long)totals->unchanged,
               (long long)(totals->failed + refreshed->failed));
    if (refreshed->imported > 0)
        buf_format(&line, ", %lld older ones cleaned again", (long long)refreshed->imported);
    output_note("%s", buf_c(&line));
    buf_done(&line);
}

static int finish(struct import_job *job, enum status status, const struct import_totals *totals,
                  const struct import_totals *refreshed, const struct error *err)
{
    bool cancelled = status == STATUS_CANCELLED;
    bool failed = status != STATUS_OK && !cancelled;
    if (job->worker >= 0) {
        if (failed)
            on_failed(job, err);
        tell_reader(job, failed ? "done failed" : cancelled ? "done cancelled" : "done ok");
    } else {
        if (status != STATUS_OK)
            output_complain("%s", err->text);
        if (!job->quiet && (import_pages(totals) > 0 || !failed))
            add_summary(totals, refreshed);
    }
    if (failed) /* a source that is not there is one that failed */
        return status == STATUS_NOT_FOUND ? EXIT_SOME_FAILED : EXIT_USAGE;
    return cancelled || totals->failed + refreshed->failed > 0 ? EXIT_SOME_FAILED : EXIT_ALL_WELL;
}

/* A list of feeds: they are fetched when the files are read. */
static bool on_found(void *context, const struct page *page)
{
    struct import_job *job = context;
    if (page->kind == PAGE_FEED)
        vec_push(&job->arena, &job->urls, arena_str(&job->arena, page->url).ptr);
    return page->kind == PAGE_FEED;
}

static enum status tell_no_sources(struct store *store, const struct import_job *job,
                                   struct error *err)
{
    int64_t count = 0, failed = 0;
    enum status status = store_count_addresses(store, &count, &failed, err);
    if (status == STATUS_OK && count == 0 && job->worker < 0 && !job->quiet)
        output_note("no source yet; `dossier import ADDRESS` of a feed or a page makes one");
    return status;
}

/* The sources that are named; they must be some already. */
static enum status find_sources(struct store *store, const struct arguments *arguments,
                                struct import_job *job, struct error *err)
{
    enum status status = arguments->word_count == 0 ? tell_no_sources(store, job, err) : STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < arguments->word_count; i++) {
        struct address_row row;
        status = source_find(store, &job->arena, arguments->words[i], &row, err);
        if (status == STATUS_OK)
            vec_push(&job->arena, &job->urls,
                     source_named(&job->arena, arguments->words[i], &row).ptr);
    }
    return status;
}

/* Files first, then addresses: those named and those that lists of feeds name, or all sources. */
static enum status run_parts(const struct environment *environment,
                             const struct arguments *arguments,
                             const struct import_request *request, struct import_job *job,
                             const struct pipeline *pipeline, struct store *store,
                             const struct import_listener *listener, struct import_totals *totals,
                             struct error *err)
{
    struct update_request update = {.full_text = arguments_has(arguments, OPTION_FULL_TEXT),
                                    .import = {.published = request->published,
                                               .batch = request->batch,
                                               .jobs = request->jobs}};
    enum status status = STATUS_OK;
    if (job->updating)
        status = find_sources(store, arguments, job, err);
    else
        status = import_run(pipeline, store, request, listener, totals, err);
    bool all = job->updating && job->urls.count == 0;
    if (status != STATUS_OK || (!all && job->urls.count == 0))
        return status;
    job->updating = true;
    job->began = environment_milliseconds();
    update.urls = all ? NULL : job->urls.items;
    update.url_count = job->urls.count;
    source_settings(environment, &job->arena, &update);
    return update_run(pipeline, store, &update, listener, totals, err);
}

static int run_job(const struct environment *environment, const struct arguments *arguments,
                   const struct import_request *request, struct import_job *job)
{
    struct error err = {0};
    struct store *store = NULL;
    struct pipeline pipeline = {0};
    struct import_totals totals = {0}, refreshed = {0};
    const struct import_listener listener = {
        on_progress, on_failed, on_noted, asked_to_stop, fetch_supported() ? on_found : NULL, job};
    enum status status = report_open_to_write(environment, arguments, !job->updating, &store, &err);
    if (status == STATUS_OK)
        status = pipeline_open(environment, &pipeline, &err);
    if (status == STATUS_OK)
        status = run_parts(environment, arguments, request, job, &pipeline, store, &listener,
                           &totals, &err);
    if (status == STATUS_OK) {
        job->refreshing = true;
        job->began = environment_milliseconds();
        status = import_refresh(&pipeline, store, request->batch, &listener, &refreshed, &err);
    }
    int result = finish(job, status, &totals, &refreshed, &err);
    pipeline_close(&pipeline);
    if (store)
        store_close(store);
    return result;
}

static enum status read_options(const struct arguments *arguments, struct import_request *request,
                                int64_t *worker, struct error *err)
{
    int64_t jobs = (int64_t)crew_usual_jobs();
    enum status status = arguments_number(arguments, OPTION_JOBS, 1, 64, &jobs, err);
    request->jobs = (size_t)jobs;
    if (status == STATUS_OK)
        status = arguments_number(arguments, OPTION_WORKER, 3, 1023, worker, err);
    if (status == STATUS_OK && *worker >= 0 && fcntl((int)*worker, F_SETFD, FD_CLOEXEC) != 0)
        status = error_set(err, STATUS_USAGE, "--worker-fd: that descriptor is not open");
    return status;
}

/* The words of import: paths and, apart from them, addresses. */
static void part_words(const struct arguments *arguments, struct import_job *job,
                       struct import_request *request)
{
    const char **paths = arena_array(&job->arena, const char *, arguments->word_count + 1);
    for (size_t i = 0; i < arguments->word_count; i++) {
        if (source_is_address(arguments->words[i]))
            vec_push(&job->arena, &job->urls, arguments->words[i]);
        else
            paths[request->path_count++] = arguments->words[i];
    }
    request->paths = paths;
}

static int run_with(const struct environment *environment, const struct arguments *arguments,
                    struct import_job *job, struct import_request *request, enum status status,
                    struct error *err)
{
    int64_t worker = -1;
    if (status == STATUS_OK)
        status = read_options(arguments, request, &worker, err);
    if (status == STATUS_OK && !job->updating && worker < 0 && arguments->word_count == 0)
        status = error_set(err, STATUS_USAGE,
                           "import: PATH… is missing; name the files, folders or addresses to add");
    if (status != STATUS_OK) {
        output_complain("%s", err->text);
        return EXIT_USAGE;
    }
    job->worker = (int)worker;
    job->began = job->told = environment_milliseconds();
    job->replace = output_can_replace();
    request->batch = worker >= 0 ? WORKER_BATCH : BATCH;
    hold_signals();
    return run_job(environment, arguments, request, job);
}

int command_import(const struct environment *environment, const struct arguments *arguments)
{
    struct error err = {0};
    struct import_job job = {0};
    struct import_request request = {.published = DAY_UNKNOWN, .file_times_before = DAY_UNKNOWN};
    /* the time of a file of yesterday says no more than the import does */
    if (!arguments_has(arguments, OPTION_NO_FILE_TIME))
        request.file_times_before = environment->today - 1;
    enum status status = arguments_whole_day(arguments, OPTION_PUBLISHED, &request.published, &err);
    part_words(arguments, &job, &request);
    int result = run_with(environment, arguments, &job, &request, status, &err);
    arena_done(&job.arena);
    return result;
}

int command_update(const struct environment *environment, const struct arguments *arguments)
{
    struct error err = {0};
    struct import_job job = {.updating = true, .quiet = arguments_has(arguments, OPTION_QUIET)};
    struct import_request request = {.published = DAY_UNKNOWN, .file_times_before = DAY_UNKNOWN};
    int result = run_with(environment, arguments, &job, &request, STATUS_OK, &err);
    arena_done(&job.arena);
    return result;
}
