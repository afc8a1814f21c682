#include "store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

/* How long a writer waits for another one. */
enum { BUSY_TIMEOUT_MS = 5000, BUSY_STEP_MS = 50 };
/* Files up to this size are checked whole at every start. A larger one is not, because a start
 * must not grow with the dossier: SQLite reports damage there when it meets it, and store_check
 * looks on request. */
enum { CHECKED_AT_START_LEN = 1024 * 1024 };

/* ---- opening ------------------------------------------------------------------------------- */

/* Ways to open a file, tried in this order until one can read. */
struct way {
    const char *parameters;
    int flags;
    bool needs_no_log; /* reads the main file alone: only right when no log waits beside it */
    bool is_exclusive; /* keeps the log's index in memory, where none can be made on the disk */
};

static const struct way ways[] = {
    {"", SQLITE_OPEN_READWRITE, false, false},
    {"?mode=ro", SQLITE_OPEN_READONLY, false, false},
    {"?immutable=1", SQLITE_OPEN_READONLY, true, false},
    {"", SQLITE_OPEN_READWRITE, false, true},
};
enum { WAY_COUNT = sizeof ways / sizeof *ways, WAY_IMMUTABLE = 2 };

/* "file:" URI of a path: nothing in the path is taken for a parameter or an authority. */
static void add_uri(struct buf *uri, const char *path, const char *parameters)
{
    buf_add(uri, STR("file:"));
    if (path[0] == '/') {
        while (path[1] == '/')
            path++;
    }
    for (; *path; path++) {
        if (*path == '%' || *path == '?' || *path == '#')
            buf_format(uri, "%%%02X", (unsigned)(unsigned char)*path);
        else
            buf_add_byte(uri, *path);
    }
    buf_add(uri, str_from(parameters));
}

static void close_connection(struct store *store)
{
    statements_free(store);
    if (store->db)
        sqlite3_close(store->db);
    store->db = NULL;
}

static int wait_for_writer(void *context, int count)
{
    struct store *store = context;
    if (count == 0)
        store->waited_ms = 0;
    bool waits = store->waits ? store->waits(store->waits_context, store->waited_ms)
                              : store->waited_ms < BUSY_TIMEOUT_MS;
    if (waits)
        store->waited_ms += sqlite3_sleep(count < BUSY_STEP_MS ? count + 1 : BUSY_STEP_MS);
    return waits;
}

void store_on_busy(struct store *store, bool (*waits)(void *context, int waited_ms), void *context)
{
    store->waits = waits;
    store->waits_context = context;
}

/* Opens the connection without touching the file yet, and makes it distrust the file. */
static int open_connection(struct store *store, const char *parameters, int flags)
{
    struct buf uri = BUF_INIT;
    bool in_memory = strcmp(store->path, ":memory:") == 0;
    if (in_memory)
        buf_add(&uri, STR(":memory:"));
    else
        add_uri(&uri, store->path, parameters);
    flags |= SQLITE_OPEN_NOMUTEX | (in_memory ? 0 : SQLITE_OPEN_URI);
    int code = sqlite3_open_v2(buf_c(&uri), &store->db, flags, NULL);
    buf_done(&uri);
    if (code != SQLITE_OK)
        return code;
    static const struct {
        int option, value;
    } options[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        (void)sqlite3_db_config(store->db, options[i].option, options[i].value, (int *)NULL);
    (void)sqlite3_extended_result_codes(store->db, 1);
    (void)sqlite3_busy_handler(store->db, wait_for_writer, store);
    code = tokenizer_register(store->db);
    code = code == SQLITE_OK ? bucket_register(store->db) : code;
    return code == SQLITE_OK ? words_register(store->db) : code;
}

/* A number that a pragma or a query gives. */
static int read_number(struct store *store, const char *sql, int64_t *value)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);
    *value = 0;
    if (code == SQLITE_OK) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW)
            *value = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

static enum status check_newer(struct store *store, int64_t version, struct error *err)
{
    if (version <= schema_version())
        return STATUS_OK;
    return error_set(err, STATUS_NEWER,
                     "%s: made by a newer version of dossier (schema %lld, this one knows %d); "
                     "update the program",
                     store->path, (long long)version, schema_version());
}

/* Reads page 1 of the main file and nothing else, takes no lock and makes no file beside it. (A
 * look by read(2) would drop this process's locks on the file when closed.) An SQLite code; the
 * connection stays open. */
static int read_head(struct store *store, int64_t *application, int64_t *version)
{
    int code = open_connection(store, ways[WAY_IMMUTABLE].parameters, ways[WAY_IMMUTABLE].flags);
    if (code == SQLITE_OK)
        code = read_number(store, "PRAGMA application_id", application);
    return code == SQLITE_OK ? read_number(store, "PRAGMA user_version", version) : code;
}

/* The first look. */
static enum status look_first(struct store *store, struct error *err)
{
    int64_t application = 0, version = 0;
    int code = read_head(store, &application, &version);
    enum status status = STATUS_OK;
    if (code == SQLITE_NOTADB)
        status = error_set(err, STATUS_BAD_INPUT, "%s: not a dossier", store->path);
    else if (code != SQLITE_OK)
        status = store_fail(store, code, err);
    else if (application != STORE_APPLICATION_ID)
        status = error_set(err, STATUS_BAD_INPUT,
                           "%s: an SQLite file of another program, not a dossier", store->path);
    else
        status = check_newer(store, version, err);
    close_connection(store);
    return status;
}

/* Makes the file (mode 0600), or finds out what stands there. *is_new: nothing to look at. */
static enum status look_at_path(struct store *store, enum store_mode mode, bool *is_new,
                                struct error *err)
{
    struct stat found;
    const char *path = store->path;
    *is_new = false;
    if (stat(path, &found) != 0) {
        if (errno != ENOENT || mode == STORE_READ_ONLY)
            return error_errno(err, path, "open");
        int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0600);
        if (descriptor < 0 && errno != EEXIST)
            return error_errno(err, path, "create");
        if (descriptor >= 0)
            close(descriptor);
        *is_new = true;
        return STATUS_OK;
    }
    if (S_ISDIR(found.st_mode))
        return error_set(err, STATUS_BAD_INPUT, "%s: a folder, not a dossier", path);
    if (!S_ISREG(found.st_mode))
        return error_set(err, STATUS_BAD_INPUT, "%s: not a regular file", path);
    *is_new = found.st_size == 0;
    if (*is_new && mode == STORE_READ_ONLY)
        return error_set(err, STATUS_BAD_INPUT, "%s: empty, not a dossier", path);
    return STATUS_OK;
}

static bool log_waits(const struct store *store)
{
    struct buf log = BUF_INIT;
    struct stat found;
    buf_format(&log, "%s-wal", store->path);
    bool waits = stat(buf_c(&log), &found) == 0 && found.st_size > 0;
    buf_done(&log);
    return waits;
}

/* Could another way of opening get around this failure? */
static bool is_about_place(int code)
{
    int primary = code & 0xff;
    return primary == SQLITE_CANTOPEN || primary == SQLITE_READONLY || primary == SQLITE_FULL ||
           primary == SQLITE_IOERR || primary == SQLITE_PERM;
}

/* For reading only, a connection that could write is better still: it removes the log and its index
 * when it is the last to close, which a read-only one cannot. */
static int try_way(struct store *store, const struct way *way, enum store_mode mode)
{
    int64_t ignored;
    int code = open_connection(store, way->parameters, way->flags);
    if (code == SQLITE_OK && way->is_exclusive)
        code = sqlite3_exec(store->db, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL);
    if (code == SQLITE_OK && (way->is_exclusive || mode == STORE_READ_ONLY))
        code = sqlite3_exec(store->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = read_number(store, "SELECT count(*) FROM sqlite_schema", &ignored);
    store->read_only = mode == STORE_READ_ONLY || way->is_exclusive ||
                       way->flags == SQLITE_OPEN_READONLY ||
                       (store->db && sqlite3_db_readonly(store->db, "main") == 1);
    return code;
}

static enum status open_file(struct store *store, enum store_mode mode, struct error *err)
{
    enum status status = STATUS_OK;
    bool waits = log_waits(store);
    for (size_t i = 0; i < WAY_COUNT; i++) {
        if (ways[i].needs_no_log && waits)
            continue;
        int code = try_way(store, &ways[i], mode);
        if (code == SQLITE_OK)
            return STATUS_OK;
        /* The first failure tells most; the later ways are poorer. */
        if (status == STATUS_OK)
            status = store_fail(store, code, err);
        close_connection(store);
        if (!is_about_place(code))
            break;
    }
    return status;
}

/* The file is open: is it a dossier, whole, and free of code that is not ours? */
static enum status check_content(struct store *store, struct error *err)
{
    int64_t application, version, tables, code_count, page_count, page_len;
    int code = read_number(store, "PRAGMA application_id", &application);
    if (code == SQLITE_OK)
        code = read_number(store, "PRAGMA user_version", &version);
    if (code == SQLITE_OK)
        code = read_number(store, "SELECT count(*) FROM sqlite_schema", &tables);
    if (code == SQLITE_OK)
        code = read_number(store,
                           "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')",
                           &code_count);
    if (code == SQLITE_OK)
        code = read_number(store, "PRAGMA page_count", &page_count);
    if (code == SQLITE_OK)
        code = read_number(store, "PRAGMA page_size", &page_len);
    if (code != SQLITE_OK)
        return store_fail(store, code, err);
    bool is_empty = application == 0 && version == 0 && tables == 0;
    if (application != STORE_APPLICATION_ID && !is_empty)
        return error_set(err, STATUS_BAD_INPUT,
                         "%s: an SQLite file of another program, not a dossier", store->path);
    if (code_count > 0)
        return error_set(
            err, STATUS_BAD_INPUT,
            "%s: holds triggers or views, which no dossier has; it was made or changed "
            "by another program",
            store->path);
    enum status status = check_newer(store, version, err);
    if (status == STATUS_OK && !is_empty && page_count * page_len <= CHECKED_AT_START_LEN)
        status = store_check(store, err);
    return status;
}

/* What the connection needs to work, after the file was found good. */
static enum status configure(struct store *store, struct error *err)
{
    int64_t ignored;
    enum status status = store_exec(store,
                                    "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;"
                                    "PRAGMA cell_size_check = ON; PRAGMA encoding = 'UTF-8'",
                                    err);
    if (status == STATUS_OK && !store->read_only) {
        status = schema_migrate(store, err);
        /* Where the log cannot work (network homes, a full disk), the rollback journal stays. */
        if (status == STATUS_OK)
            (void)read_number(store, "PRAGMA journal_mode = WAL", &ignored);
        if (status == STATUS_OK)
            status = store_exec(store, "PRAGMA synchronous = NORMAL", err);
    }
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *statement = NULL;
    bool is_utf8 = true;
    int code = sqlite3_prepare_v2(store->db, "PRAGMA encoding", -1, &statement, NULL);
    if (code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        const void *name = sqlite3_column_text(statement, 0);
        is_utf8 = name && strcmp(name, "UTF-8") == 0;
    }
    sqlite3_finalize(statement);
    if (!is_utf8)
        return error_set(err, STATUS_BAD_INPUT, "%s: its text is not UTF-8; no dossier",
                         store->path);
    int64_t version;
    code = read_number(store, "PRAGMA user_version", &version);
    if (code != SQLITE_OK)
        return store_fail(store, code, err);
    if (version < schema_version())
        return error_set(err, STATUS_READ_ONLY,
                         "%s: made by an older version of dossier; open it once where it can be "
                         "written",
                         store->path);
    return STATUS_OK;
}

static struct store *new_store(const char *path)
{
    struct store *store = memory_new(1, sizeof *store);
    size_t path_len = strlen(path);
    store->path = memory_new(path_len + 1, 1);
    memcpy(store->path, path, path_len);
    return store;
}

bool store_is_older(const char *path)
{
    struct stat found;
    if (stat(path, &found) != 0 || !S_ISREG(found.st_mode) || found.st_size == 0)
        return false;
    struct store *store = new_store(path);
    int64_t application = 0, version = 0;
    bool is_read = read_head(store, &application, &version) == SQLITE_OK;
    store_close(store);
    return is_read && application == STORE_APPLICATION_ID && version < schema_version();
}

enum status store_open(const char *path, enum store_mode mode, struct store **opened,
                       struct error *err)
{
    struct store *store = new_store(path);
    bool is_new = false;
    *opened = NULL;
    enum status status = STATUS_OK;
    if (strcmp(path, ":memory:") == 0) {
        int code = open_connection(store, "", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        if (code != SQLITE_OK)
            status = store_fail(store, code, err);
    } else {
        status = look_at_path(store, mode, &is_new, err);
        if (status == STATUS_OK && !is_new)
            status = look_first(store, err);
        if (status == STATUS_OK)
            status = open_file(store, mode, err);
        if (status == STATUS_OK)
            status = check_content(store, err);
    }
    if (status == STATUS_OK)
        status = configure(store, err);
    if (status != STATUS_OK) {
        store_close(store);
        return status;
    }
    *opened = store;
    return STATUS_OK;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    store_rollback(store);
    close_connection(store);
    vec_done(&store->waiting_articles);
    vec_done(&store->waiting_entities);
    vec_done(&store->waiting_counts);
    memory_free(store->path);
    memory_free(store);
}

enum status store_check(struct store *store, struct error *err)
{
    sqlite3_stmt *statement = NULL;
    bool is_whole = false;
    int code = sqlite3_prepare_v2(store->db, "PRAGMA quick_check(1)", -1, &statement, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        const void *verdict = sqlite3_column_text(statement, 0);
        is_whole = verdict && strcmp(verdict, "ok") == 0;
    }
    sqlite3_finalize(statement);
    if (is_whole)
        return STATUS_OK;
    return store_fail(store, code == SQLITE_ROW ? SQLITE_CORRUPT : code, err);
}

bool store_is_read_only(const struct store *store)
{
    return store->read_only;
}

const char *store_path(const struct store *store)
{
    return store->path;
}

int64_t store_change_counter(struct store *store)
{
    struct query query;
    int64_t version = 0;
    query_begin(&query, store, "PRAGMA data_version", NULL);
    if (query_number(&query, 0, &version) == STATUS_OK && version != store->data_version) {
        store->data_version = version;
        store->change_counter++;
    }
    return store->change_counter;
}

int64_t store_state(const struct store *store)
{
    return store->change_counter + sqlite3_total_changes64(store->db);
}

static int ask_watch(void *context)
{
    struct store *store = context;
    return store->watch(store->watch_context);
}

void store_set_watch(struct store *store, bool (*stop)(void *context), void *context)
{
    enum { STEPS_BETWEEN = 4000 };
    store->watch = stop;
    store->watch_context = context;
    sqlite3_progress_handler(store->db, stop ? STEPS_BETWEEN : 0, stop ? ask_watch : NULL, store);
}

void store_interrupt(struct store *store)
{
    sqlite3_interrupt(store->db);
}

enum status store_limit_pages(struct store *store, int64_t pages, struct error *err)
{
    struct buf sql = BUF_INIT;
    buf_format(&sql, "PRAGMA max_page_count = %lld", (long long)pages);
    enum status status = store_exec(store, buf_c(&sql), err);
    buf_done(&sql);
    return status;
}

/* ---- transactions -------------------------------------------------------------------------- */

static void forget_waiting(struct store *store)
{
    store->waiting_articles.count = store->waiting_entities.count = 0;
    store->waiting_counts.count = 0;
}

static enum status refuse_read_only(struct store *store, struct error *err)
{
    return error_set(err, STATUS_READ_ONLY,
                     "%s: opened for reading only; copy it to a folder of your own to change it",
                     store->path);
}

enum status store_begin(struct store *store, struct error *err)
{
    if (store->read_only)
        return refuse_read_only(store, err);
    if (store->in_batch)
        return error_set(err, STATUS_USAGE, "%s: a batch is open already", store->path);
    enum status status = store_run(store, "BEGIN IMMEDIATE", err);
    store->in_batch = status == STATUS_OK;
    return status;
}

enum status store_commit(struct store *store, struct error *err)
{
    enum status status = STATUS_OK;
    if (!store->in_batch || sqlite3_get_autocommit(store->db))
        status =
            error_set(err, STATUS_IO, "%s: the batch was taken back after an error", store->path);
    if (status == STATUS_OK)
        status = store_write_waiting(store, err);
    if (status == STATUS_OK)
        status = store_run(store, "COMMIT", err);
    if (status != STATUS_OK)
        store_rollback(store);
    store->in_batch = false;
    return status;
}

void store_rollback(struct store *store)
{
    if (store->db && !sqlite3_get_autocommit(store->db))
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->in_batch = false;
    store->last_count_hash = 0;
    forget_waiting(store);
}

enum status change_begin(struct change *change, struct store *store, enum change_kind kind,
                         struct error *err)
{
    *change = (struct change){.store = store,
                              .kind = kind,
                              .is_own = sqlite3_get_autocommit(store->db) != 0,
                              .articles_before = store->waiting_articles.count,
                              .entities_before = store->waiting_entities.count,
                              .counts_before = store->waiting_counts.count};
    if (store->read_only)
        return refuse_read_only(store, err);
    if (store->in_batch && change->is_own)
        return error_set(err, STATUS_IO, "%s: the batch was taken back after an error",
                         store->path);
    if (change->is_own)
        return store_run(store, "BEGIN IMMEDIATE", err);
    return kind == CHANGE_PART ? store_run(store, "SAVEPOINT change", err) : STATUS_OK;
}

static void shorten(number_vec *numbers, size_t count)
{
    if (numbers->count > count)
        numbers->count = count;
}

static void take_back(struct change *change)
{
    struct store *store = change->store;
    store->last_count_hash = 0;
    /* SQLite may have taken everything back already. */
    bool is_whole = change->is_own || change->kind == CHANGE_WHOLE;
    if (is_whole || sqlite3_get_autocommit(store->db)) {
        if (!sqlite3_get_autocommit(store->db))
            (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
        forget_waiting(store);
        return;
    }
    if (change->kind == CHANGE_LOOSE)
        return;
    (void)sqlite3_exec(store->db, "ROLLBACK TO change; RELEASE change", NULL, NULL, NULL);
    shorten(&store->waiting_articles, change->articles_before);
    shorten(&store->waiting_entities, change->entities_before);
    shorten(&store->waiting_counts, change->counts_before);
}

enum status change_end(struct change *change, enum status status, struct error *err)
{
    struct store *store = change->store;
    if (status == STATUS_OK && change->is_own)
        status = store_write_waiting(store, err);
    if (status == STATUS_OK && change->is_own)
        status = store_run(store, "COMMIT", err);
    else if (status == STATUS_OK && change->kind == CHANGE_PART)
        status = store_run(store, "RELEASE change", err);
    if (status != STATUS_OK)
        take_back(change);
    return status;
}

enum status store_begin_part(struct store *store, struct error *err)
{
    return change_begin(&store->part, store, CHANGE_PART, err);
}

enum status store_end_part(struct store *store, enum status status, struct error *err)
{
    return change_end(&store->part, status, err);
}

enum status look_begin(struct store *store, struct error *err)
{
    return store_run(store, "SAVEPOINT look", err);
}

enum status look_end(struct store *store, enum status status, struct error *err)
{
    if (status == STATUS_OK)
        return store_run(store, "RELEASE look", err);
    (void)sqlite3_exec(store->db, "RELEASE look", NULL, NULL, NULL);
    return status;
}
