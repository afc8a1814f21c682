/* layers: base text model ingest analyse store tui app */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include <cmocka.h>

#include "app/import.h"
#include "app/worker.h"
#include "base/file.h"
#include "support/folder.h"

/* Each test works in a new folder with an empty dossier in memory. */
struct place {
    char path[FOLDER_PATH_LEN];
    struct environment environment;
    struct pipeline pipeline;
    struct store *store;
    struct import_totals totals;
    struct error last_failure;
    int pages_left; /* until the listener says stop; negative = never */
};

static int enter_new_folder(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    if (place == NULL)
        return 1;
    *state = place;
    place->pages_left = -1;
    place->environment.data_folder = DATA_DIR;
    struct error err = {0};
    if (!folder_enter(place->path) ||
        pipeline_open(&place->environment, &place->pipeline, &err) != STATUS_OK ||
        store_open(":memory:", STORE_READ_WRITE, &place->store, &err) != STATUS_OK) {
        (void)fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    return 0;
}

static int leave_folder(void **state)
{
    struct place *place = *state;
    store_close(place->store);
    pipeline_close(&place->pipeline);
    bool failed = !folder_leave(place->path);
    free(place);
    return failed;
}

static void write_article(const char *path, int number)
{
    struct buf text = BUF_INIT;
    struct error err = {0};
    buf_format(&text,
               "Article number %d\n\nLena Brandt said in Hamburg on March 4, 2024 that boat %d "
               "was found.\n",
               number, number);
    assert_int_equal(file_replace(path, buf_str(&text), &err), STATUS_OK);
    buf_done(&text);
}

static void write_pile(int count)
{
    char path[64];
    assert_int_equal(mkdir("pile", 0700), 0);
    for (int i = 0; i < count; i++) {
        (void)snprintf(path, sizeof path, "pile/%03d.txt", i);
        write_article(path, i);
    }
}

static void on_failed(void *context, const struct error *err)
{
    struct place *place = context;
    place->last_failure = *err;
}

static bool asked_to_stop(void *context)
{
    struct place *place = context;
    return place->pages_left >= 0 && place->pages_left-- == 0;
}

static enum status import_path(struct place *place, const char *path, uint32_t batch)
{
    struct error err = {0};
    const struct import_request request = {
        .paths = &path, .path_count = 1, .published = DAY_UNKNOWN, .batch = batch};
    const struct import_listener listener = {
        .failed = on_failed, .cancelled = asked_to_stop, .context = place};
    return import_run(&place->pipeline, place->store, &request, &listener, &place->totals, &err);
}

static void assert_totals(const struct place *place, int imported, int changed, int unchanged,
                          int failed)
{
    assert_int_equal(place->totals.imported, imported);
    assert_int_equal(place->totals.changed, changed);
    assert_int_equal(place->totals.unchanged, unchanged);
    assert_int_equal(place->totals.failed, failed);
}

static int64_t article_count(struct place *place)
{
    int64_t count = -1;
    const struct article_query query = {.sort = SORT_DATE};
    struct error err = {0};
    assert_int_equal(store_count_articles(place->store, &query, &count, &err), STATUS_OK);
    return count;
}

static void a_folder_is_imported_once(void **state)
{
    struct place *place = *state;
    char whole[128];
    write_pile(7);
    assert_int_equal(import_path(place, "pile", 3), STATUS_OK);
    assert_totals(place, 7, 0, 0, 0);
    assert_int_equal(place->totals.files_total, 7);
    assert_int_equal(place->totals.files_seen, 7);
    assert_int_equal(import_path(place, "pile", 3), STATUS_OK);
    assert_totals(place, 0, 0, 7, 0);
    (void)snprintf(whole, sizeof whole, "%s/pile/", place->path);
    assert_int_equal(import_path(place, whole, 3), STATUS_OK);
    assert_totals(place, 0, 0, 7, 0);
    assert_int_equal(import_path(place, "pile/../pile/003.txt", 3), STATUS_OK);
    assert_totals(place, 0, 0, 1, 0);
    assert_int_equal(article_count(place), 7);
}

static void a_changed_file_is_a_new_version(void **state)
{
    struct place *place = *state;
    const struct utimbuf later = {2000000000, 2000000000};
    write_pile(3);
    assert_int_equal(import_path(place, "pile", 100), STATUS_OK);
    write_article("pile/001.txt", 41);
    assert_int_equal(utime("pile/001.txt", &later), 0);
    assert_int_equal(utime("pile/002.txt", &later), 0);
    assert_int_equal(import_path(place, "pile", 100), STATUS_OK);
    assert_totals(place, 0, 1, 2, 0);
    assert_int_equal(article_count(place), 3);
}

static void failures_do_not_stop_the_rest(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    write_pile(3);
    assert_int_equal(file_replace("pile/000a.txt", STR(""), &err), STATUS_OK);
    assert_int_equal(mkfifo("pile/001a.txt", 0600), 0);
    assert_int_equal(import_path(place, "pile", 2), STATUS_OK);
    assert_totals(place, 3, 0, 0, 2);
    assert_non_null(strstr(place->last_failure.text, "pile/001a.txt: "));
    /* A file that failed is tried again. */
    assert_int_equal(import_path(place, "pile", 2), STATUS_OK);
    assert_totals(place, 0, 0, 3, 2);
    assert_int_equal(import_path(place, "nowhere", 2), STATUS_OK);
    assert_totals(place, 0, 0, 0, 1);
}

static void a_dossier_among_the_articles_is_passed_over(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    write_pile(2);
    assert_int_equal(file_replace("pile/my.dossier", STR("SQLite format 3"), &err), STATUS_OK);
    assert_int_equal(file_replace("pile/my.dossier-wal", STR("x"), &err), STATUS_OK);
    assert_int_equal(import_path(place, "pile", 10), STATUS_OK);
    assert_totals(place, 2, 0, 0, 0);
    assert_int_equal(place->totals.files_total, 2);
}

static void stopping_keeps_what_was_finished(void **state)
{
    struct place *place = *state;
    write_pile(9);
    place->pages_left = 9; /* asked once a file and once a page */
    assert_int_equal(import_path(place, "pile", 100), STATUS_CANCELLED);
    assert_true(place->totals.imported > 0 && place->totals.imported < 9);
    assert_int_equal(article_count(place), place->totals.imported);
    int64_t first = place->totals.imported;
    place->pages_left = -1;
    assert_int_equal(import_path(place, "pile", 100), STATUS_OK);
    assert_int_equal(place->totals.imported + first, 9);
    assert_int_equal(article_count(place), 9);
}

static void nothing_is_stale_after_an_import(void **state)
{
    struct place *place = *state;
    struct import_totals totals;
    struct error err = {0};
    write_pile(2);
    assert_int_equal(import_path(place, "pile", 100), STATUS_OK);
    assert_int_equal(import_refresh(&place->pipeline, place->store, 10, NULL, &totals, &err),
                     STATUS_OK);
    assert_int_equal(totals.files_seen, 0);
}

static void write_text(const char *path, const char *text)
{
    struct error err = {0};
    assert_int_equal(file_replace(path, str_from(text), &err), STATUS_OK);
}

/* Half a name alone, and later the whole of it. */
static void what_came_later_is_counted(void **state)
{
    struct place *place = *state;
    write_text("1.txt", "A storm\n\nThe mayor met Talbot on Monday. Talbot said that the dam would"
                        " hold until the spring.\n");
    assert_int_equal(import_path(place, "1.txt", 100), STATUS_OK);
    assert_int_equal(place->totals.settled, 0);
    write_text("2.txt", "The dam\n\nGeorge Talbot, the engineer of the dam, said that it would"
                        " hold. George Talbot has built four of them.\n");
    assert_int_equal(import_path(place, "2.txt", 100), STATUS_OK);
    assert_int_equal(place->totals.settled, 1);
    assert_int_equal(place->totals.settled_total, 1);
}

/* ---- the same as a process of its own ------------------------------------------------------ */

/* The end must come within the time limit of the test; nothing is waited for without need. */
static void read_to_the_end(struct worker *worker)
{
    while (!worker->finished) {
        struct pollfd waited = {.fd = worker_descriptor(worker), .events = POLLIN};
        assert_true(poll(&waited, 1, 60000) > 0);
        (void)worker_read(worker);
    }
}

static void a_worker_tells_what_it_does(void **state)
{
    struct place *place = *state;
    struct worker worker = {0};
    struct error err = {0};
    const char *const paths[] = {"pile", "-nowhere"};
    struct environment environment = place->environment;
    environment.program = getenv("DOSSIER_BINARY");
    if (!environment.program)
        skip();
    write_pile(30);
    assert_int_equal(worker_descriptor(&worker), -1);
    const struct worker_task both = {.words = paths, .word_count = 2, .file_times = true},
                             one = {.words = paths, .word_count = 1, .file_times = true};
    assert_int_equal(worker_start(&worker, &environment, "some.dossier", &both, &err), STATUS_OK);
    read_to_the_end(&worker);
    assert_int_equal(worker.outcome, STATUS_OK);
    assert_int_equal(worker.totals.imported, 30);
    assert_int_equal(worker.totals.failed, 1);
    assert_int_equal(worker.totals.files_total, 30);
    assert_non_null(strstr(worker.last_failure.text, "-nowhere: "));
    assert_int_equal(worker_descriptor(&worker), -1);
    worker_done(&worker);

    assert_int_equal(worker_start(&worker, &environment, "some.dossier", &one, &err), STATUS_OK);
    worker_cancel(&worker);
    read_to_the_end(&worker);
    assert_true(worker.outcome == STATUS_CANCELLED || worker.outcome == STATUS_OK);
    worker_done(&worker);

    environment.program = "/nonexistent/dossier";
    assert_int_equal(worker_start(&worker, &environment, "x/some.dossier", &one, &err), STATUS_OK);
    worker_done(&worker);
    worker_done(&worker);
}

#define WITH_PLACE(test) cmocka_unit_test_setup_teardown(test, enter_new_folder, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PLACE(a_folder_is_imported_once),
        WITH_PLACE(a_changed_file_is_a_new_version),
        WITH_PLACE(failures_do_not_stop_the_rest),
        WITH_PLACE(a_dossier_among_the_articles_is_passed_over),
        WITH_PLACE(stopping_keeps_what_was_finished),
        WITH_PLACE(nothing_is_stale_after_an_import),
        WITH_PLACE(what_came_later_is_counted),
        WITH_PLACE(a_worker_tells_what_it_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
