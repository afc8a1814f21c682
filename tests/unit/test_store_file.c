/* layers: base text model store */
/* The file itself: what is no dossier, what cannot be written, what breaks off, and old schemas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "store/internal.h"
#include "test_store.h"

#define OK(call) assert_status((call), __LINE__)

static struct error err;

static void assert_status(enum status status, int line)
{
    if (status != STATUS_OK)
        fail_msg("line %d: %s", line, err.text);
}

/* ---- a folder of its own ------------------------------------------------------------------- */

struct folder {
    char path[64], file[96];
    struct arena arena;
};

static int make_folder(void **state)
{
    struct folder *folder = calloc(1, sizeof *folder);
    *state = folder;
    /* Not in the build's folder: other users must be able to reach it. */
    strcpy(folder->path, "/tmp/test_store_file.XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    snprintf(folder->file, sizeof folder->file, "%s/d.dossier", folder->path);
    return 0;
}

static void remove_beside(struct folder *folder, const char *ending)
{
    char name[128];
    snprintf(name, sizeof name, "%s%s", folder->file, ending);
    remove(name);
}

static int end_folder(void **state)
{
    struct folder *folder = *state;
    chmod(folder->path, 0700);
    remove_beside(folder, "");
    remove_beside(folder, "-wal");
    remove_beside(folder, "-shm");
    remove_beside(folder, "-journal");
    if (rmdir(folder->path) != 0)
        fail_msg("%s: %s", folder->path, strerror(errno));
    arena_done(&folder->arena);
    free(folder);
    return 0;
}

static str bytes_of(struct folder *folder, const char *path)
{
    str bytes;
    OK(file_read(&folder->arena, path, 100000000, &bytes, &err));
    return bytes;
}

static void write_bytes(const char *path, str bytes)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

/* Fills a dossier with `count` samples, a batch each `batch` of them. */
static void fill(struct store *store, struct arena *arena, uint32_t count, uint32_t batch)
{
    struct sample_people people = {0};
    struct random random = {21};
    for (uint32_t i = 0; i < count; i++) {
        struct sample sample;
        int64_t page;
        sample_make(arena, &sample, &random, i, 10);
        if (i % batch == 0)
            OK(store_begin(store, &err));
        OK(sample_put(store, &people, &sample, &page, &err));
        if (i % batch == batch - 1 || i == count - 1)
            OK(store_commit(store, &err));
    }
}

static void make_file(struct folder *folder, uint32_t count)
{
    struct store *store;
    OK(store_open(folder->file, STORE_READ_WRITE, &store, &err));
    fill(store, &folder->arena, count, 10);
    store_close(store);
}

static int64_t article_count(struct store *store)
{
    struct store_totals totals;
    OK(store_get_totals(store, &totals, &err));
    return totals.articles;
}

/* Nothing was left beside the file. */
static void assert_alone(struct folder *folder)
{
    static const char *const endings[] = {"-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char name[128];
        snprintf(name, sizeof name, "%s%s", folder->file, endings[i]);
        assert_int_equal(access(name, F_OK), -1);
    }
}

/* Opening fails with this status and a piece of the message, and changes no byte. */
static void assert_refused(struct folder *folder, enum status wanted, const char *message)
{
    str before = bytes_of(folder, folder->file);
    for (int mode = 0; mode < 2; mode++) {
        struct store *store;
        enum status status =
            store_open(folder->file, mode ? STORE_READ_ONLY : STORE_READ_WRITE, &store, &err);
        if (status != wanted || !strstr(err.text, message) || !strstr(err.text, folder->file))
            fail_msg("status %d: %s", (int)status, err.text);
        assert_null(store);
    }
    assert_true(str_equal(bytes_of(folder, folder->file), before));
    assert_alone(folder);
}

/* ---- what is no dossier -------------------------------------------------------------------- */

static void a_new_file_is_private(void **state)
{
    struct folder *folder = *state;
    struct stat found;
    make_file(folder, 0);
    assert_int_equal(stat(folder->file, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0600);
}

static void an_empty_file_becomes_a_dossier(void **state)
{
    struct folder *folder = *state;
    struct store *store;
    write_bytes(folder->file, STR(""));
    assert_int_equal(store_open(folder->file, STORE_READ_ONLY, &store, &err), STATUS_BAD_INPUT);
    make_file(folder, 1);
    OK(store_open(folder->file, STORE_READ_ONLY, &store, &err));
    assert_true(store_is_read_only(store));
    assert_int_equal(article_count(store), 1);
    store_close(store);
}

static void a_missing_file_is_only_made_for_writing(void **state)
{
    struct folder *folder = *state;
    struct store *store;
    assert_int_equal(store_open(folder->file, STORE_READ_ONLY, &store, &err), STATUS_NOT_FOUND);
    assert_int_equal(access(folder->file, F_OK), -1);
    assert_int_equal(store_open("no/such/folder/x", STORE_READ_WRITE, &store, &err),
                     STATUS_NOT_FOUND);
}

static void a_text_file_is_refused(void **state)
{
    struct folder *folder = *state;
    write_bytes(folder->file, STR("Dear all,\nthis is a letter.\n"));
    assert_refused(folder, STATUS_BAD_INPUT, "not a dossier");
    struct buf text = BUF_INIT;
    buf_add_repeat(&text, 'x', 50000);
    write_bytes(folder->file, buf_str(&text));
    assert_refused(folder, STATUS_BAD_INPUT, "not a dossier");
    buf_done(&text);
}

static void a_folder_is_refused(void **state)
{
    struct folder *folder = *state;
    struct store *store;
    assert_int_equal(store_open(folder->path, STORE_READ_WRITE, &store, &err), STATUS_BAD_INPUT);
    assert_non_null(strstr(err.text, "a folder"));
    assert_int_equal(store_open("/dev/null", STORE_READ_WRITE, &store, &err), STATUS_BAD_INPUT);
}

static void run_sql(struct folder *folder, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(folder->file, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

static void a_foreign_database_is_refused(void **state)
{
    struct folder *folder = *state;
    run_sql(folder, "PRAGMA journal_mode = WAL; CREATE TABLE places(id, url)");
    assert_refused(folder, STATUS_BAD_INPUT, "another program");
    run_sql(folder, "PRAGMA journal_mode = DELETE; PRAGMA application_id = 7");
    assert_refused(folder, STATUS_BAD_INPUT, "another program");
}

static void a_newer_dossier_is_refused(void **state)
{
    struct folder *folder = *state;
    make_file(folder, 1);
    run_sql(folder, "PRAGMA user_version = 9999");
    assert_refused(folder, STATUS_NEWER, "newer version");
}

static void triggers_and_views_are_refused(void **state)
{
    struct folder *folder = *state;
    make_file(folder, 1);
    run_sql(folder, "CREATE TRIGGER bad AFTER UPDATE ON user_mark BEGIN"
                    " DELETE FROM source_version; END");
    assert_refused(folder, STATUS_BAD_INPUT, "triggers or views");
    run_sql(folder, "DROP TRIGGER bad; CREATE VIEW bad AS SELECT 1");
    assert_refused(folder, STATUS_BAD_INPUT, "triggers or views");
}

static void a_missing_table_is_an_error_and_no_crash(void **state)
{
    struct folder *folder = *state;
    struct store *store;
    struct stored_article stored;
    make_file(folder, 1);
    run_sql(folder, "DROP TABLE derived_block");
    OK(store_open(folder->file, STORE_READ_WRITE, &store, &err));
    assert_int_equal(store_get_article(store, &folder->arena, 1, &stored, &err), STATUS_BAD_INPUT);
    assert_non_null(strstr(err.text, "derived_block"));
    store_close(store);
}

static void wild_numbers_in_rows_stay_within_the_text(void **state)
{
    struct folder *folder = *state;
    struct store *store;
    struct stored_article stored;
    make_file(folder, 3);
    run_sql(folder,
            "UPDATE derived_mention SET end_byte = 4000000000, kind = 99, confidence = -5;"
            "UPDATE derived_block SET start_byte = -1, end_byte = 1e9, kind = 1000;"
            "UPDATE derived_moment SET sentence_end_byte = 99999999, type = -1, first_day = 1e18;"
            "UPDATE derived_removed SET reason = 12345, before_block = 777;"
            "UPDATE derived_article SET basis = 88, read_state = 77, published_day = -1e18;"
            "INSERT INTO user_position(page, position_byte, changed) VALUES(1, 1e12, 0);"
            "UPDATE derived_appearance SET mention_count = -4;"
            "UPDATE derived_entity SET kind = 50 WHERE id = 1");
    OK(store_open(folder->file, STORE_READ_WRITE, &store, &err));
    for (int64_t page = 1; page <= 3; page++) {
        OK(store_get_article(store, &folder->arena, page, &stored, &err));
        assert_int_equal(stored.mention_count, 0);
        assert_int_equal(stored.article.blocks.count, 0);
        assert_int_equal(stored.moments.count, 0);
        assert_true(stored.place.start <= stored.article.text.len);
        assert_true(stored.article.removed.items[0].reason < REMOVAL_REASON_COUNT);
        assert_true(stored.article.published.basis < DATE_BASIS_COUNT);
    }
    struct mention_query mentions = {.entity = 1};
    struct moment_query moments = {.from = DAY_UNKNOWN, .to = DAY_UNKNOWN};
    struct page_request request = {.limit = 100};
    const struct mention_row *mention_rows;
    const struct moment_row *moment_rows;
    size_t count;
    OK(store_list_mentions(store, &folder->arena, &mentions, &request, &mention_rows, &count,
                           &err));
    OK(store_list_moments(store, &folder->arena, &moments, &request, &moment_rows, &count, &err));
    store_close(store);
}

static void a_cut_file_is_refused(void **state)
{
    struct folder *folder = *state;
    make_file(folder, 30);
    str whole = bytes_of(folder, folder->file);
    for (size_t part = 1; part < 5; part++) {
        write_bytes(folder->file, str_slice(whole, 0, whole.len * part / 5));
        assert_refused(folder, STATUS_BAD_INPUT, "damaged");
    }
    write_bytes(folder->file, str_slice(whole, 0, 4096));
    assert_refused(folder, STATUS_BAD_INPUT, "damaged");
    write_bytes(folder->file, str_slice(whole, 0, 50));
    assert_refused(folder, STATUS_BAD_INPUT, "");
}

static void an_overwritten_file_is_refused(void **state)
{
    struct folder *folder = *state;
    struct random random = {4};
    make_file(folder, 30);
    str whole = bytes_of(folder, folder->file);
    for (int round = 0; round < 20; round++) {
        char *bytes = arena_alloc(&folder->arena, whole.len, 1);
        memcpy(bytes, whole.ptr, whole.len);
        size_t at = 4096 + random_below(&random, (uint32_t)whole.len - 8192);
        for (size_t i = 0; i < 4096; i++)
            bytes[at + i] = (char)random_below(&random, 256);
        write_bytes(folder->file, (str){bytes, whole.len});
        /* Free pages and texts hold anything: then it opens. What matters is that
         * nothing breaks. */
        struct store *store;
        if (store_open(folder->file, STORE_READ_WRITE, &store, &err) != STATUS_OK) {
            assert_int_equal(err.status, STATUS_BAD_INPUT);
            continue;
        }
        struct stored_article stored;
        for (int64_t page = 1; page <= 30; page++)
            (void)!store_get_article(store, &folder->arena, page, &stored, &err);
        store_close(store);
    }
}

static void odd_names_are_only_names(void **state)
{
    static const char *const names[] = {"a?mode=memory", "100%41#x", "file:b", "ü 'q\".dossier"};
    struct folder *folder = *state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct store *store;
        snprintf(folder->file, sizeof folder->file, "%s//%s", folder->path, names[i]);
        OK(store_open(folder->file, STORE_READ_WRITE, &store, &err));
        store_close(store);
        assert_int_equal(access(folder->file, F_OK), 0);
        OK(store_open(folder->file, STORE_READ_ONLY, &store, &err));
        store_close(store);
        assert_alone(folder);
        assert_int_equal(unlink(folder->file), 0);
    }
}

/* ---- what cannot be written ---------------------------------------------------------------- */

/* Runs `check` in a process that is not root; its failures become this test's. */
static void as_nobody(struct folder *folder, void (*check)(struct folder *folder))
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(99);
        check(folder);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void must(bool true_here, int code)
{
    if (!true_here)
        _exit(code);
}

static void read_without_writing(struct folder *folder)
{
    struct store *store;
    struct stored_article stored;
    struct error here = {0};
    enum status status = store_open(folder->file, STORE_READ_WRITE, &store, &here);
    if (status != STATUS_OK)
        fprintf(stderr, "%s\n", here.text);
    must(status == STATUS_OK, 2);
    must(store_is_read_only(store), 3);
    must(store_get_article(store, &folder->arena, 2, &stored, &here) == STATUS_OK, 4);
    must(store_set_read(store, 2, READ_DONE, 1, &here) == STATUS_READ_ONLY, 5);
    must(store_begin(store, &here) == STATUS_READ_ONLY, 6);
    must(strstr(here.text, "copy it") != NULL, 7);
    store_close(store);
    must(store_open(folder->file, STORE_READ_ONLY, &store, &here) == STATUS_OK, 8);
    store_close(store);
}

static void a_read_only_file_is_readable(void **state)
{
    struct folder *folder = *state;
    make_file(folder, 3);
    chmod(folder->file, 0444);
    chmod(folder->path, 0755);
    as_nobody(folder, read_without_writing);
}

static void a_read_only_folder_is_readable(void **state)
{
    struct folder *folder = *state;
    make_file(folder, 3);
    chmod(folder->file, 0444);
    chmod(folder->path, 0555);
    as_nobody(folder, read_without_writing);
    /* A file that could be written, in a folder that cannot. */
    chmod(folder->file, 0666);
    as_nobody(folder, read_without_writing);
}

static void a_log_that_cannot_be_opened_is_not_ignored(void **state)
{
    struct folder *folder = *state;
    struct store *store;
    make_file(folder, 1);
    /* A session that was killed leaves its log. */
    pid_t child = fork();
    if (child == 0) {
        must(store_open(folder->file, STORE_READ_WRITE, &store, &err) == STATUS_OK, 2);
        fill(store, &folder->arena, 3, 1);
        kill(getpid(), SIGKILL);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    remove_beside(folder, "-shm");
    char log[128];
    snprintf(log, sizeof log, "%s-wal", folder->file);
    assert_int_equal(access(log, F_OK), 0);
    chmod(log, 0666);
    chmod(folder->file, 0666);
    chmod(folder->path, 0555);
    as_nobody(folder, read_without_writing);
}

static void a_full_disk_says_so_and_stays_readable(void **state)
{
    struct folder *folder = *state;
    struct store *store;
    struct sample_people people = {0};
    struct random random = {8};
    int64_t page;
    make_file(folder, 5);
    OK(store_open(folder->file, STORE_READ_WRITE, &store, &err));
    OK(store_limit_pages(store, 10, &err));
    enum status status = STATUS_OK;
    int64_t before = article_count(store);
    OK(store_begin(store, &err));
    for (uint32_t i = 100; i < 300 && status == STATUS_OK; i++) {
        struct sample sample;
        sample_make(&folder->arena, &sample, &random, i, 30);
        status = sample_put(store, &people, &sample, &page, &err);
    }
    assert_int_equal(status, STATUS_NO_SPACE);
    assert_non_null(strstr(err.text, "free some space"));
    store_rollback(store);
    assert_int_equal(article_count(store), before);
    struct stored_article stored;
    OK(store_get_article(store, &folder->arena, 2, &stored, &err));
    OK(store_check(store, &err));
    OK(store_limit_pages(store, 1000000, &err));
    OK(store_set_read(store, 2, READ_DONE, 1, &err));
    store_close(store);
}

/* ---- what breaks off ----------------------------------------------------------------------- */

static void assert_consistent(struct store *store, struct arena *arena, int64_t count)
{
    struct article_query query = {.sort = SORT_DATE};
    struct page_request request = {.limit = 1000};
    const struct article_row *rows;
    size_t row_count;
    struct stored_article stored;
    int64_t found;
    OK(store_check(store, &err));
    assert_int_equal(article_count(store), count);
    OK(store_list_articles(store, arena, &query, &request, &rows, &row_count, &err));
    assert_int_equal(row_count, count);
    for (size_t i = 0; i < row_count; i++)
        OK(store_get_article(store, arena, rows[i].id, &stored, &err));
    query.search = SEARCH_HEAD_WORDS(STR("folder"));
    OK(store_count_articles(store, &query, &found, &err));
    assert_int_equal(found, count);
    OK(store_exec(store,
                  "INSERT INTO derived_search(derived_search, rank)"
                  " VALUES('integrity-check', 1);"
                  "INSERT INTO derived_filter(derived_filter, rank)"
                  " VALUES('integrity-check', 1);"
                  "INSERT INTO derived_entity_search(derived_entity_search)"
                  " VALUES('integrity-check')",
                  &err));
}

static void a_killed_batch_leaves_the_ones_before(void **state)
{
    struct folder *folder = *state;
    struct store *store;
    for (int round = 0; round < 3; round++) {
        remove_beside(folder, "");
        remove_beside(folder, "-wal");
        remove_beside(folder, "-shm");
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct sample_people people = {0};
            struct random random = {21};
            must(store_open(folder->file, STORE_READ_WRITE, &store, &err) == STATUS_OK, 2);
            fill(store, &folder->arena, 20, 10);
            must(store_begin(store, &err) == STATUS_OK, 3);
            for (uint32_t i = 20; i < 25; i++) {
                struct sample sample;
                int64_t page;
                sample_make(&folder->arena, &sample, &random, i, 200);
                must(sample_put(store, &people, &sample, &page, &err) == STATUS_OK, 4);
            }
            if (round == 1)
                must(store_write_waiting(store, &err) == STATUS_OK, 5);
            if (round == 2)
                _exit(0);
            kill(getpid(), SIGKILL);
        }
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(round == 2 ? WIFEXITED(status) && WEXITSTATUS(status) == 0
                               : WIFSIGNALED(status));
        OK(store_open(folder->file, STORE_READ_WRITE, &store, &err));
        assert_consistent(store, &folder->arena, 20);
        store_close(store);
    }
}

enum { A_LITTLE_MS = 10 };

static bool waits_a_little(void *context, int waited_ms)
{
    int *waited = context;
    *waited = waited_ms;
    return waited_ms < A_LITTLE_MS;
}

static void a_second_session_reads_while_one_writes(void **state)
{
    struct folder *folder = *state;
    struct store *writer, *reader;
    struct sample_people people = {0};
    struct random random = {2};
    struct sample sample;
    int64_t page;
    make_file(folder, 3);
    OK(store_open(folder->file, STORE_READ_WRITE, &writer, &err));
    OK(store_begin(writer, &err));
    sample_make(&folder->arena, &sample, &random, 50, 10);
    OK(sample_put(writer, &people, &sample, &page, &err));
    OK(store_open(folder->file, STORE_READ_WRITE, &reader, &err));
    assert_int_equal(article_count(reader), 3);
    int waited_ms = 0;
    store_on_busy(reader, waits_a_little, &waited_ms);
    assert_int_equal(store_set_read(reader, 1, READ_DONE, 1, &err), STATUS_BUSY);
    assert_true(waited_ms >= A_LITTLE_MS);
    assert_non_null(strstr(err.text, "another session"));
    OK(store_commit(writer, &err));
    assert_int_equal(article_count(reader), 4);
    OK(store_set_read(reader, 1, READ_DONE, 1, &err));
    store_close(reader);
    store_close(writer);
}

/* ---- old schemas --------------------------------------------------------------------------- */

/* tests/stores/v<N>.dossier: made by this test with UPDATE_EXPECTED=1 while the program had schema
 * N. A later program does not make it again; it only has to open it. */
static void make_stored(struct folder *folder, const char *stored_path)
{
    struct store *store;
    struct bookmark bookmark = {.article = 2, .quote = STR("news"), .note = STR("kept")};
    make_file(folder, 3);
    OK(store_open(folder->file, STORE_READ_WRITE, &store, &err));
    OK(store_put_bookmark(store, &bookmark, 5, &err));
    OK(store_set_read(store, 3, READ_DONE, 6, &err));
    OK(store_set_tags(store, 1, STR("first"), 7, &err));
    /* Small pages: a small file. */
    OK(store_exec(store, "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM", &err));
    store_close(store);
    write_bytes(stored_path, bytes_of(folder, folder->file));
}

static void assert_kept_rows(struct folder *folder, struct store *store)
{
    struct bookmark_query query = {.search = SEARCH_HEAD_WORDS(STR("kept"))};
    struct page_request request = {.limit = 10};
    const struct bookmark_row *rows;
    size_t count;
    OK(store_list_bookmarks(store, &folder->arena, &query, &request, &rows, &count, &err));
    assert_int_equal(count, 1);
    assert_int_equal(rows[0].bookmark.article, 2);
    struct journal_step step;
    str tags;
    OK(store_get_tags(store, &folder->arena, 1, &tags, &err));
    assert_true(str_equal(tags, STR("first")));
    OK(store_undo(store, &folder->arena, &step, &err));
    OK(store_undo(store, &folder->arena, &step, &err));
    assert_int_equal(step.article, 3);
    struct stored_article stored;
    OK(store_get_article(store, &folder->arena, 3, &stored, &err));
    assert_int_equal(stored.read, READ_UNREAD);
    assert_true(str_equal(stored.article.path, STR("folder/00002.txt")));
}

static void every_old_schema_opens_and_keeps_its_rows(void **state)
{
    struct folder *folder = *state;
    for (int version = 1; version <= schema_version(); version++) {
        struct store *store;
        char stored_path[sizeof TESTS_DIR + 32];
        (void)snprintf(stored_path, sizeof stored_path, "%s/stores/v%d.dossier", TESTS_DIR,
                       version);
        (void)unlink(folder->file); /* of the version before */
        if (getenv("UPDATE_EXPECTED") && schema_version() == version)
            make_stored(folder, stored_path);
        if (schema_version() == version && access(stored_path, F_OK) != 0)
            continue; /* its file is kept when the version is released */
        write_bytes(folder->file, bytes_of(folder, stored_path));
        assert_int_equal(store_is_older(folder->file), version < schema_version());
        OK(store_open(folder->file, STORE_READ_WRITE, &store, &err));
        assert_consistent(store, &folder->arena, 3);
        assert_kept_rows(folder, store);
        store_close(store);
        assert_false(store_is_older(folder->file));
    }
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, end_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_new_file_is_private),
        IN_A_FOLDER(an_empty_file_becomes_a_dossier),
        IN_A_FOLDER(a_missing_file_is_only_made_for_writing),
        IN_A_FOLDER(a_text_file_is_refused),
        IN_A_FOLDER(a_folder_is_refused),
        IN_A_FOLDER(a_foreign_database_is_refused),
        IN_A_FOLDER(a_newer_dossier_is_refused),
        IN_A_FOLDER(triggers_and_views_are_refused),
        IN_A_FOLDER(a_missing_table_is_an_error_and_no_crash),
        IN_A_FOLDER(wild_numbers_in_rows_stay_within_the_text),
        IN_A_FOLDER(a_cut_file_is_refused),
        IN_A_FOLDER(an_overwritten_file_is_refused),
        IN_A_FOLDER(odd_names_are_only_names),
        IN_A_FOLDER(a_read_only_file_is_readable),
        IN_A_FOLDER(a_read_only_folder_is_readable),
        IN_A_FOLDER(a_log_that_cannot_be_opened_is_not_ignored),
        IN_A_FOLDER(a_full_disk_says_so_and_stays_readable),
        IN_A_FOLDER(a_killed_batch_leaves_the_ones_before),
        IN_A_FOLDER(a_second_session_reads_while_one_writes),
        IN_A_FOLDER(every_old_schema_opens_and_keeps_its_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
