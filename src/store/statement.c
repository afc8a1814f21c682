#include "store/internal.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/memory.h"

/* What a primary SQLite code means to the user; others are told in SQLite's own words. */
static const struct {
    int code;
    enum status status;
    const char *text;
} meanings[] = {
    {SQLITE_FULL, STATUS_NO_SPACE,
     "no space left on the disk; nothing of this step was kept: free some space and try again"},
    {SQLITE_BUSY, STATUS_BUSY, "another session is writing to it; try again in a moment"},
    {SQLITE_LOCKED, STATUS_BUSY, "another session is writing to it; try again in a moment"},
    {SQLITE_READONLY, STATUS_READ_ONLY,
     "it cannot be written here; copy it to a folder of your own to change it"},
    {SQLITE_INTERRUPT, STATUS_CANCELLED, "cancelled"},
    {SQLITE_CORRUPT, STATUS_BAD_INPUT,
     "the file is damaged; keep a copy of it, then try: sqlite3 FILE .recover"},
    {SQLITE_NOTADB, STATUS_BAD_INPUT, "not a dossier"},
    {SQLITE_TOOBIG, STATUS_TOO_LARGE, "a text is larger than SQLite can hold"},
    {SQLITE_CANTOPEN, STATUS_IO, "cannot be opened; look at its permissions and its folder's"},
    {SQLITE_IOERR, STATUS_IO,
     "cannot be read or written; nothing of this step was kept: look at the disk and its quota"},
    {SQLITE_NOMEM, STATUS_IO, "out of memory"},
};

enum status store_fail(struct store *store, int code, struct error *err)
{
    const char *path = store_path(store);
    if ((code & 0xff) == SQLITE_IOERR && store->db && sqlite3_system_errno(store->db) == ENOSPC)
        code = SQLITE_FULL;
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        if (meanings[i].code == (code & 0xff))
            return error_set(err, meanings[i].status, "%s: %s", path, meanings[i].text);
    }
    const char *reason = store->db && sqlite3_errcode(store->db) != SQLITE_OK
                             ? sqlite3_errmsg(store->db)
                             : sqlite3_errstr(code);
    /* The statements are the program's own: what they cannot do is the fault of the file. */
    bool is_content = (code & 0xff) == SQLITE_ERROR || (code & 0xff) == SQLITE_CONSTRAINT ||
                      (code & 0xff) == SQLITE_MISMATCH;
    return error_set(err, is_content ? STATUS_BAD_INPUT : STATUS_IO, "%s: %s", path, reason);
}

enum status store_exec(struct store *store, const char *sql, struct error *err)
{
    int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? STATUS_OK : store_fail(store, code, err);
}

/* ---- the cache ----------------------------------------------------------------------------- */

static struct cached_statement *cache_find(struct store *store, str sql, uint64_t hash)
{
    for (size_t i = 0; i < store->cache_count; i++) {
        struct cached_statement *cached = &store->cache[i];
        if (cached->hash == hash && str_equal(str_from(cached->sql), sql))
            return cached;
    }
    return NULL;
}

static void cache_drop(struct cached_statement *cached)
{
    sqlite3_finalize(cached->statement);
    memory_free(cached->sql);
    *cached = (struct cached_statement){0};
}

/* A free place, or the oldest one that is not in use. */
static struct cached_statement *cache_place(struct store *store)
{
    if (store->cache_count < STATEMENT_LIMIT)
        return &store->cache[store->cache_count++];
    for (size_t i = 0; i < STATEMENT_LIMIT; i++) {
        struct cached_statement *cached = &store->cache[store->cache_next];
        store->cache_next = (store->cache_next + 1) % STATEMENT_LIMIT;
        if (!cached->in_use) {
            cache_drop(cached);
            return cached;
        }
    }
    return NULL;
}

void statements_free(struct store *store)
{
    for (size_t i = 0; i < store->cache_count; i++)
        cache_drop(&store->cache[i]);
    store->cache_count = store->cache_next = 0;
}

void store_each_statement(struct store *store, void (*see)(void *context, const char *sql),
                          void *context)
{
    for (size_t i = 0; i < store->cache_count; i++)
        see(context, store->cache[i].sql);
}

/* ---- running ------------------------------------------------------------------------------- */

static int prepare(struct query *query, const char *sql)
{
    struct store *store = query->store;
    str text = str_from(sql);
    uint64_t hash = str_hash(text);
    struct cached_statement *cached = cache_find(store, text, hash);
    if (!cached) {
        sqlite3_stmt *statement = NULL;
        int code = sqlite3_prepare_v3(store->db, sql, (int)text.len + 1, SQLITE_PREPARE_PERSISTENT,
                                      &statement, NULL);
        if (code != SQLITE_OK)
            return code;
        cached = cache_place(store);
        if (!cached) {
            sqlite3_finalize(statement);
            return SQLITE_MISUSE;
        }
        cached->sql = memory_new(text.len + 1, 1);
        memcpy(cached->sql, sql, text.len);
        cached->hash = hash;
        cached->statement = statement;
    }
    if (cached->in_use)
        return SQLITE_MISUSE;
    cached->in_use = true;
    query->cached = cached;
    query->statement = cached->statement;
    return SQLITE_OK;
}

void query_begin(struct query *query, struct store *store, const char *sql, struct error *err)
{
    *query = (struct query){.store = store, .err = err};
    query->code = prepare(query, sql);
}

static void bound(struct query *query, int code)
{
    if (query->code == SQLITE_OK)
        query->code = code;
}

void query_int(struct query *query, int64_t value)
{
    if (query->code == SQLITE_OK)
        bound(query, sqlite3_bind_int64(query->statement, ++query->bound, value));
}

void query_double(struct query *query, double value)
{
    if (query->code == SQLITE_OK)
        bound(query, sqlite3_bind_double(query->statement, ++query->bound, value));
}

void query_text(struct query *query, str text)
{
    if (!text.ptr)
        query_null(query);
    else if (query->code == SQLITE_OK)
        bound(query, sqlite3_bind_text64(query->statement, ++query->bound, text.ptr, text.len,
                                         SQLITE_STATIC, SQLITE_UTF8));
}

void query_words(struct query *query, const struct search_query *words)
{
    const union {
        const struct search_query *lent;
        void *given; /* SQLite might free it, but is not told how */
    } pointer = {.lent = words};
    if (query->code == SQLITE_OK)
        bound(query, sqlite3_bind_pointer(query->statement, ++query->bound, pointer.given,
                                          WORDS_VALUE, NULL));
}

void query_blob(struct query *query, str bytes)
{
    if (query->code == SQLITE_OK)
        bound(query, sqlite3_bind_blob64(query->statement, ++query->bound,
                                         bytes.ptr ? bytes.ptr : "", bytes.len, SQLITE_STATIC));
}

void query_day(struct query *query, day value)
{
    if (value == DAY_UNKNOWN)
        query_null(query);
    else
        query_int(query, value);
}

void query_null(struct query *query)
{
    if (query->code == SQLITE_OK)
        bound(query, sqlite3_bind_null(query->statement, ++query->bound));
}

void query_id(struct query *query, int64_t id)
{
    if (id)
        query_int(query, id);
    else
        query_null(query);
}

enum status store_run(struct store *store, const char *sql, struct error *err)
{
    struct query query;
    query_begin(&query, store, sql, err);
    return query_run(&query);
}

bool query_next(struct query *query)
{
    if (query->code != SQLITE_OK)
        return false;
    int code = sqlite3_step(query->statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        query->code = code;
    return false;
}

void query_step(struct query *query)
{
    while (query_next(query))
        ;
    query_again(query);
}

void query_again(struct query *query)
{
    if (query->statement)
        sqlite3_reset(query->statement);
    query->bound = 0;
}

enum status query_end(struct query *query)
{
    enum status status = STATUS_OK;
    /* The message is read before the reset, which may replace it. */
    if (query->code != SQLITE_OK)
        status = store_fail(query->store, query->code, query->err);
    if (query->statement) {
        sqlite3_reset(query->statement);
        sqlite3_clear_bindings(query->statement);
        query->cached->in_use = false;
        query->statement = NULL;
    }
    return status;
}

enum status query_run(struct query *query)
{
    query_step(query);
    return query_end(query);
}

enum status query_number(struct query *query, int64_t missing, int64_t *value)
{
    *value = query_next(query) ? column_int(query, 0) : missing;
    return query_end(query);
}

/* ---- columns ------------------------------------------------------------------------------- */

int64_t column_int(const struct query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

int64_t column_within(const struct query *query, int column, int64_t low, int64_t high)
{
    int64_t value = column_int(query, column);
    return value < low ? low : value > high ? high : value;
}

uint32_t column_offset(const struct query *query, int column)
{
    return (uint32_t)column_within(query, column, 0, UINT32_MAX);
}

day column_day(const struct query *query, int column)
{
    if (column_is_null(query, column))
        return DAY_UNKNOWN;
    return (day)column_within(query, column, DAY_MIN, DAY_MAX);
}

bool column_is_null(const struct query *query, int column)
{
    return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

str column_borrow(const struct query *query, int column)
{
    const void *bytes = sqlite3_column_blob(query->statement, column);
    int len = sqlite3_column_bytes(query->statement, column);
    return bytes && len > 0 ? (str){bytes, (size_t)len} : STR_NONE;
}

str column_str(const struct query *query, int column, struct arena *arena)
{
    str text = column_borrow(query, column);
    return text.len > 0 ? arena_str(arena, text) : STR_NONE;
}

enum status store_explain(struct store *store, const char *sql, struct buf *plan, struct error *err)
{
    struct buf explained = BUF_INIT;
    struct query query = {.store = store, .err = err};
    struct cached_statement uncached = {.in_use = true};
    buf_format(&explained, "EXPLAIN QUERY PLAN %s", sql);
    query.code = sqlite3_prepare_v2(store->db, buf_c(&explained), -1, &query.statement, NULL);
    query.cached = &uncached;
    sqlite3_stmt *statement = query.statement;
    while (query_next(&query))
        buf_format(plan, "%.*s\n", STR_ARG(column_borrow(&query, 3)));
    buf_done(&explained);
    enum status status = query_end(&query);
    sqlite3_finalize(statement);
    return status;
}
