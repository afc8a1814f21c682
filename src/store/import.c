#include "store/internal.h"

#include <string.h>
#include <zlib.h>

#include "base/memory.h"

/* A page's bytes: more is refused, and a row that claims more is damaged. */
#define RAW_LIMIT_LEN ((int64_t)512 * 1024 * 1024)
/* zlib cannot make more than this many bytes of one. */
#define ZLIB_LARGEST_RATIO 1032

/* ---- bytes --------------------------------------------------------------------------------- */

/* Compressed, or as it is where that does not make it shorter. */
str store_pack_source(struct arena *arena, str raw)
{
    uLongf len = compressBound((uLong)raw.len);
    char *to = arena_alloc(arena, len, 1);
    int code =
        compress2((Bytef *)to, &len, (const Bytef *)(raw.len ? raw.ptr : ""), (uLong)raw.len, 4);
    return code == Z_OK && len < raw.len ? (str){to, len} : raw;
}

static enum status unpack(struct store *store, struct arena *arena, str packed, int64_t len,
                          str *raw, struct error *err)
{
    if ((int64_t)packed.len == len) {
        *raw = len == 0 ? STR("") : arena_str(arena, packed);
        return STATUS_OK;
    }
    if (len < 0 || len > RAW_LIMIT_LEN || len / ZLIB_LARGEST_RATIO > (int64_t)packed.len)
        return error_set(err, STATUS_BAD_INPUT, "%s: an imported page is damaged", store->path);
    uLongf made = (uLongf)len;
    char *to = arena_alloc(arena, (size_t)len + 1, 1);
    int code = uncompress((Bytef *)to, &made, (const Bytef *)packed.ptr, (uLong)packed.len);
    if (code != Z_OK || (int64_t)made != len)
        return error_set(err, STATUS_BAD_INPUT, "%s: an imported page is damaged", store->path);
    *raw = (str){to, (size_t)len};
    return STATUS_OK;
}

/* ---- finding what is there ----------------------------------------------------------------- */

struct known_page {
    int64_t id, version;
    day given;
};

static enum status find_path(struct store *store, str path, struct known_page *known,
                             struct error *err)
{
    struct query query;
    *known = (struct known_page){0};
    query_begin(&query, store,
                "SELECT p.id, p.current_version, v.given_day FROM source_page p"
                " LEFT JOIN source_version v ON v.id = p.current_version WHERE p.path = ?1",
                err);
    query_text(&query, path);
    if (query_next(&query))
        *known = (struct known_page){column_int(&query, 0), column_int(&query, 1),
                                     column_day(&query, 2)};
    return query_end(&query);
}

struct version_match {
    int64_t page, version;
    day given;
    bool is_current;
};

/* The version that holds the same bytes: one of `page` before one of another page, where only the
 * current ones count. version 0 when there is none. */
static enum status find_bytes(struct store *store, int64_t page, str raw,
                              struct version_match *match, struct error *err)
{
    struct arena arena = {0};
    struct query query;
    enum status status = STATUS_OK;
    *match = (struct version_match){0};
    query_begin(&query, store,
                "SELECT v.id, v.page, v.given_day, v.id = p.current_version, v.len, v.raw"
                " FROM source_version v JOIN source_page p ON p.id = v.page"
                " WHERE v.hash = ?1 AND v.len = ?2"
                " AND (v.page = ?3 OR v.id = p.current_version)",
                err);
    query_int(&query, (int64_t)str_hash(raw));
    query_int(&query, (int64_t)raw.len);
    query_int(&query, page);
    while (status == STATUS_OK && query_next(&query)) {
        str bytes;
        arena_reset(&arena);
        status =
            unpack(store, &arena, column_borrow(&query, 5), column_int(&query, 4), &bytes, err);
        if (status != STATUS_OK || !str_equal(bytes, raw))
            continue;
        bool is_own = column_int(&query, 1) == page;
        if (match->version && !is_own)
            continue;
        *match = (struct version_match){column_int(&query, 1), column_int(&query, 0),
                                        column_day(&query, 2), column_int(&query, 3) != 0};
        if (is_own && match->is_current)
            break;
    }
    enum status ended = query_end(&query);
    arena_done(&arena);
    return status == STATUS_OK ? ended : status;
}

enum status store_page_stands(struct store *store, str path, str raw, bool *stands,
                              struct error *err)
{
    struct known_page known;
    struct version_match match = {0};
    enum status status = find_path(store, path, &known, err);
    if (status == STATUS_OK && known.id)
        status = find_bytes(store, known.id, raw, &match, err);
    *stands = match.version && match.page == known.id && match.is_current;
    return status;
}

/* ---- writing ------------------------------------------------------------------------------- */

static enum status add_page(struct store *store, str path, int64_t *id, struct error *err)
{
    struct query query;
    query_begin(&query, store, "INSERT INTO source_page(path) VALUES(?1)", err);
    query_text(&query, path.ptr ? path : STR(""));
    enum status status = query_run(&query);
    *id = sqlite3_last_insert_rowid(store->db);
    if (status == STATUS_OK && *id > UINT32_MAX)
        status = error_set(err, STATUS_TOO_LARGE, "%s: too many pages", store->path);
    return status;
}

static enum status add_version(struct store *store, struct source_page *page, struct error *err)
{
    struct arena arena = {0};
    struct query query;
    str packed = page->packed.ptr ? page->packed : store_pack_source(&arena, page->raw);
    query_begin(&query, store,
                "INSERT INTO source_version(page, hash, len, format, given_day, imported, raw,"
                " seen_day) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                err);
    query_int(&query, page->id);
    query_int(&query, (int64_t)str_hash(page->raw));
    query_int(&query, (int64_t)page->raw.len);
    query_text(&query, page->format.ptr ? page->format : STR(""));
    query_day(&query, page->given);
    query_int(&query, page->imported);
    query_blob(&query, packed);
    query_day(&query, page->seen ? page->seen : DAY_UNKNOWN);
    enum status status = query_run(&query);
    page->version = sqlite3_last_insert_rowid(store->db);
    arena_done(&arena);
    return status;
}

static enum status set_current(struct store *store, const struct source_page *page,
                               struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "UPDATE source_page SET current_version = ?2, is_stale = 1 WHERE id = ?1", err);
    query_int(&query, page->id);
    query_int(&query, page->version);
    return query_run(&query);
}

static enum status set_given(struct store *store, const struct source_page *page, struct error *err)
{
    struct query query;
    query_begin(&query, store, "UPDATE source_version SET given_day = ?2 WHERE id = ?1", err);
    query_int(&query, page->version);
    query_day(&query, page->given);
    return query_run(&query);
}

/* The bytes are known: under this path or another one, as current ones or as old ones. */
static enum status reuse(struct store *store, struct source_page *page,
                         const struct version_match *match, enum import_outcome *outcome,
                         struct error *err)
{
    bool has_other_day = page->given != DAY_UNKNOWN && page->given != match->given;
    enum status status = STATUS_OK;
    page->id = match->page;
    page->version = match->version;
    *outcome = IMPORT_UNCHANGED;
    if (has_other_day)
        status = set_given(store, page, err);
    if (status == STATUS_OK && (has_other_day || !match->is_current)) {
        *outcome = IMPORT_CHANGED;
        status = set_current(store, page, err);
    }
    return status;
}

static enum status put_source(struct store *store, struct source_page *page,
                              enum import_outcome *outcome, struct error *err)
{
    struct known_page known;
    struct version_match match;
    enum status status = find_path(store, page->path, &known, err);
    if (status == STATUS_OK)
        status = find_bytes(store, known.id, page->raw, &match, err);
    if (status != STATUS_OK)
        return status;
    /* Bytes of another path do not take a page away from its own path. */
    if (match.version && (match.page == known.id || !known.id))
        return reuse(store, page, &match, outcome, err);
    *outcome = known.id ? IMPORT_CHANGED : IMPORT_NEW;
    page->id = known.id;
    if (!known.id)
        status = add_page(store, page->path, &page->id, err);
    if (status == STATUS_OK)
        status = add_version(store, page, err);
    if (status == STATUS_OK)
        status = set_current(store, page, err);
    return status;
}

enum status store_put_source(struct store *store, struct source_page *page,
                             enum import_outcome *outcome, struct error *err)
{
    struct change change;
    *outcome = IMPORT_UNCHANGED;
    if ((int64_t)page->raw.len > RAW_LIMIT_LEN)
        return error_set(err, STATUS_TOO_LARGE, "%.*s: larger than %lld bytes", STR_ARG(page->path),
                         (long long)RAW_LIMIT_LEN);
    enum status status = change_begin(&change, store, CHANGE_WHOLE, err);
    if (status != STATUS_OK)
        return status;
    return change_end(&change, put_source(store, page, outcome, err), err);
}

enum status store_file_is_known(struct store *store, str path, int64_t size, int64_t mtime,
                                bool *known, struct error *err)
{
    struct query query;
    int64_t found;
    query_begin(&query, store,
                "SELECT 1 FROM source_file WHERE path = ?1 AND size = ?2 AND mtime = ?3", err);
    query_text(&query, path);
    query_int(&query, size);
    query_int(&query, mtime);
    enum status status = query_number(&query, 0, &found);
    *known = found != 0;
    return status;
}

enum status store_note_file(struct store *store, str path, int64_t size, int64_t mtime,
                            struct error *err)
{
    struct change change;
    struct query query;
    enum status status = change_begin(&change, store, CHANGE_LOOSE, err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "INSERT INTO source_file(path, size, mtime) VALUES(?1, ?2, ?3)"
                " ON CONFLICT(path) DO UPDATE SET size = excluded.size, mtime = excluded.mtime",
                err);
    query_text(&query, path);
    query_int(&query, size);
    query_int(&query, mtime);
    return change_end(&change, query_run(&query), err);
}

/* ---- reading ------------------------------------------------------------------------------- */

/* The row of a query for id, version, path, format, given day, time of import, length, bytes and
 * day seen; NOT_FOUND without a message when there is none. */
static enum status read_source(struct query *query, struct store *store, struct arena *arena,
                               struct source_page *source, struct error *err)
{
    enum status status = STATUS_NOT_FOUND;
    *source = (struct source_page){.given = DAY_UNKNOWN};
    if (query_next(query)) {
        source->id = column_int(query, 0);
        source->version = column_int(query, 1);
        source->path = column_str(query, 2, arena);
        source->format = column_str(query, 3, arena);
        source->given = column_day(query, 4);
        source->imported = column_int(query, 5);
        source->seen = column_day(query, 8) == DAY_UNKNOWN ? 0 : column_day(query, 8);
        status =
            unpack(store, arena, column_borrow(query, 7), column_int(query, 6), &source->raw, err);
    }
    enum status ended = query_end(query);
    return ended == STATUS_OK ? status : ended;
}

enum status store_get_older_source(struct store *store, struct arena *arena, int64_t page,
                                   int64_t version, struct source_page *source, struct error *err)
{
    struct query query;
    query_begin(
        &query, store,
        "SELECT p.id, v.id, p.path, v.format, v.given_day, v.imported, v.len, v.raw, v.seen_day"
        " FROM source_version v JOIN source_page p ON p.id = v.page"
        " WHERE v.page = ?1 AND v.id < ?2 ORDER BY v.id DESC LIMIT 1",
        err);
    query_int(&query, page);
    query_int(&query, version);
    enum status status = read_source(&query, store, arena, source, err);
    if (status == STATUS_NOT_FOUND)
        return error_set(err, status, "%s: no older version of this page", store->path);
    return status;
}

enum status store_get_source(struct store *store, struct arena *arena, int64_t page,
                             struct source_page *source, struct error *err)
{
    struct query query;
    query_begin(
        &query, store,
        "SELECT p.id, v.id, p.path, v.format, v.given_day, v.imported, v.len, v.raw, v.seen_day"
        " FROM source_page p JOIN source_version v ON v.id = p.current_version"
        " WHERE p.id = ?1",
        err);
    query_int(&query, page);
    enum status status = read_source(&query, store, arena, source, err);
    if (status == STATUS_NOT_FOUND)
        return error_set(err, status, "%s: no page has the number %lld", store->path,
                         (long long)page);
    return status;
}

/* Is any article older than the versions? Two index look-ups. */
static enum status any_older(struct store *store, int clean_version, int analyse_version,
                             bool *older, struct error *err)
{
    struct query query;
    int64_t found;
    query_begin(&query, store,
                "SELECT EXISTS(SELECT 1 FROM derived_article WHERE clean_version < ?1)"
                " OR EXISTS(SELECT 1 FROM derived_article WHERE analyse_version < ?2)",
                err);
    query_int(&query, clean_version);
    query_int(&query, analyse_version);
    enum status status = query_number(&query, 0, &found);
    *older = found != 0;
    return status;
}

enum status store_count_stale(struct store *store, int64_t *count, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT count(*) FROM source_page INDEXED BY source_page_stale WHERE is_stale = 1",
                err);
    return query_number(&query, 0, count);
}

enum status store_next_stale(struct store *store, struct arena *arena, int clean_version,
                             int analyse_version, int64_t after, struct source_page *page,
                             struct error *err)
{
    struct query query;
    bool older;
    int64_t id;
    enum status status = any_older(store, clean_version, analyse_version, &older, err);
    if (status != STATUS_OK)
        return status;
    /* Nothing older: the short index of pages that wait. Else the pages one after the other, so
     * that a whole walk reads each once. */
    query_begin(&query, store,
                older ? "SELECT p.id FROM source_page p"
                        " LEFT JOIN derived_article a ON a.page = p.id"
                        " WHERE p.id > ?1 AND p.current_version IS NOT NULL AND (p.is_stale = 1"
                        " OR a.clean_version < ?2 OR a.analyse_version < ?3)"
                        " ORDER BY p.id LIMIT 1"
                      : "SELECT id FROM source_page INDEXED BY source_page_stale"
                        " WHERE is_stale = 1 AND current_version IS NOT NULL AND id > ?1"
                        " ORDER BY id LIMIT 1",
                err);
    query_int(&query, after);
    if (older) {
        query_int(&query, clean_version);
        query_int(&query, analyse_version);
    }
    status = query_number(&query, 0, &id);
    if (status != STATUS_OK)
        return status;
    if (id == 0)
        return error_set(err, STATUS_NOT_FOUND, "%s: every page is up to date", store->path);
    return store_get_source(store, arena, id, page, err);
}
