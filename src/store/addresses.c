/* Feeds and pages that are read again, and what came of it. */
#include "store/internal.h"

/* ---- the addresses ------------------------------------------------------------------------- */

static enum status next_id(struct store *store, int64_t *id, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT coalesce((SELECT seq FROM sqlite_sequence"
                " WHERE name = 'source_address'), 0) + 1",
                err);
    return query_number(&query, 1, id);
}

/* The url of the source of the address ?1: that very one, else one that has moved there. */
#define SOURCE_OF                                                                                  \
    "coalesce((SELECT url FROM source_address WHERE url = ?1), (SELECT o.url FROM source_visit o"  \
    " JOIN source_address m ON m.url = o.url WHERE o.moved = ?1 LIMIT 1))"

struct known_address {
    int64_t id, added;
    bool full_text;
    str url;
};

static enum status find_known(struct store *store, struct arena *arena, str url,
                              struct known_address *known, struct error *err)
{
    struct query query;
    *known = (struct known_address){.url = url};
    query_begin(&query, store,
                "SELECT id, added, full_text, url FROM source_address WHERE url = " SOURCE_OF, err);
    query_text(&query, url);
    if (query_next(&query))
        *known = (struct known_address){column_int(&query, 0), column_int(&query, 1),
                                        column_int(&query, 2) != 0, column_str(&query, 3, arena)};
    return query_end(&query);
}

/* All of it is to come once more. */
static enum status forget_content(struct store *store, str url, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "UPDATE source_visit SET etag = NULL, modified = NULL, hash = 0 WHERE url = ?1",
                err);
    query_text(&query, url);
    return query_run(&query);
}

static enum status put(struct store *store, struct arena *arena, str url, bool full_text,
                       int64_t when, bool *is_new, struct error *err)
{
    struct known_address known;
    enum status status = find_known(store, arena, url, &known, err);
    *is_new = known.id == 0;
    if (status != STATUS_OK || (!*is_new && (known.full_text || !full_text)))
        return status;
    if (*is_new) {
        known.added = when;
        status = next_id(store, &known.id, err);
    }
    if (status != STATUS_OK)
        return status;
    struct user_change change = {
        .table = USER_ADDRESS,
        .row = {INT_VALUE(known.id), TEXT_VALUE(known.url), INT_VALUE(full_text),
                INT_VALUE(known.added)},
        .is_trace = true,
        .label = "source added",
        .when = when,
    };
    status = user_change(store, &change, err);
    return status == STATUS_OK && !*is_new ? forget_content(store, known.url, err) : status;
}

enum status store_put_address(struct store *store, str url, bool full_text, int64_t when,
                              bool *is_new, struct error *err)
{
    struct change change;
    struct arena arena = {0};
    bool was_new = false;
    if (!url.len)
        return error_set(err, STATUS_BAD_INPUT, "an address is missing");
    enum status status = change_begin(&change, store, CHANGE_PART, err);
    if (status == STATUS_OK)
        status = change_end(&change, put(store, &arena, url, full_text, when, &was_new, err), err);
    arena_done(&arena);
    if (is_new)
        *is_new = was_new;
    return status;
}

enum status store_drop_address(struct store *store, int64_t id, int64_t when, struct error *err)
{
    struct user_change change = {
        .table = USER_ADDRESS,
        .row = {INT_VALUE(id)},
        .deletes = true,
        .label = "source removed",
        .when = when,
    };
    return user_change(store, &change, err);
}

/* ---- rows ---------------------------------------------------------------------------------- */

/* A page's own article has its address as path; the paths of a feed's articles begin with it
 * and #. */
#define ADDRESS_COLUMNS                                                                            \
    "SELECT s.id, s.url, s.full_text, s.added, v.etag, v.modified, v.hash,"                        \
    " coalesce(v.title, (SELECT a.title FROM source_page p JOIN derived_article a ON a.page = "    \
    "p.id"                                                                                         \
    " WHERE p.path = s.url), (SELECT a.site FROM source_page p JOIN derived_article a"             \
    " ON a.page = p.id WHERE p.path > s.url || '#' AND p.path < s.url || '$' LIMIT 1)),"           \
    " v.checked, v.changed, v.wait_until, v.fault, v.fault_count, v.moved,"                        \
    " (SELECT count(*) FROM source_page WHERE path = s.url)"                                       \
    " + (SELECT count(*) FROM (SELECT 1 FROM source_page WHERE path > s.url || '#'"                \
    " AND path < s.url || '$' LIMIT ?2))"                                                          \
    " FROM source_address s LEFT JOIN source_visit v ON v.url = s.url"

static struct address_row column_address(struct query *query, struct arena *arena)
{
    struct address_row row = {
        .id = column_int(query, 0),
        .url = column_str(query, 1, arena),
        .full_text = column_int(query, 2) != 0,
        .added = column_int(query, 3),
        .visit = {.etag = column_str(query, 4, arena),
                  .modified = column_str(query, 5, arena),
                  .hash = column_int(query, 6),
                  .title = column_str(query, 7, arena),
                  .checked = column_int(query, 8),
                  .changed = column_int(query, 9),
                  .wait_until = column_int(query, 10),
                  .fault = column_str(query, 11, arena),
                  .fault_count = column_int(query, 12),
                  .moved = column_str(query, 13, arena)},
        .article_count = column_int(query, 14),
    };
    row.key.number = row.id;
    return row;
}

enum status store_list_addresses(struct store *store, struct arena *arena,
                                 const struct page_request *request,
                                 const struct address_row **rows, size_t *count, struct error *err)
{
    VEC(struct address_row) found = {0};
    struct buf sql = BUF_INIT;
    struct query query;
    buf_add(&sql, STR(ADDRESS_COLUMNS));
    if (request->from)
        buf_format(&sql, " WHERE s.id %s ?3", page_comparison(request, false));
    buf_format(&sql, " ORDER BY s.id%s LIMIT ?1", page_direction(request, false));
    query_begin(&query, store, buf_c(&sql), err);
    query_int(&query, page_limit(request));
    query_int(&query, STORE_COUNT_LIMIT + 1);
    if (request->from)
        query_int(&query, request->from->number);
    while (query_next(&query)) {
        struct address_row row = column_address(&query, arena);
        vec_push(arena, &found, row);
    }
    buf_done(&sql);
    *rows = found.items;
    *count = found.count;
    return query_end(&query);
}

enum status store_find_address(struct store *store, struct arena *arena, str url,
                               struct address_row *row, struct error *err)
{
    struct query query;
    bool found = false;
    query_begin(&query, store, ADDRESS_COLUMNS " WHERE s.url = " SOURCE_OF, err);
    query_text(&query, url);
    query_int(&query, STORE_COUNT_LIMIT + 1);
    if (query_next(&query)) {
        *row = column_address(&query, arena);
        found = true;
    }
    enum status status = query_end(&query);
    if (status == STATUS_OK && !found)
        return error_set(err, STATUS_NOT_FOUND,
                         "%.*s: no source of this dossier; `dossier sources` lists them",
                         STR_ARG(url));
    return status;
}

enum status store_count_addresses(struct store *store, int64_t *count, int64_t *failed,
                                  struct error *err)
{
    struct query query;
    *count = *failed = 0;
    query_begin(&query, store,
                "SELECT count(*), total(failed) FROM (SELECT EXISTS(SELECT 1 FROM source_visit v"
                " WHERE v.url = s.url AND v.fault IS NOT NULL) AS failed FROM source_address s"
                " ORDER BY s.id LIMIT ?1)",
                err);
    query_int(&query, STORE_COUNT_LIMIT + 1);
    if (query_next(&query)) {
        *count = column_int(&query, 0);
        *failed = column_int(&query, 1);
    }
    return query_end(&query);
}

/* ---- what came of asking -------------------------------------------------------------------- */

static void query_text_or_null(struct query *query, str text)
{
    if (text.len)
        query_text(query, text);
    else
        query_null(query);
}

enum status store_note_visited(struct store *store, str url, const struct address_visit *visit,
                               struct error *err)
{
    struct change change;
    struct query query;
    enum status status = change_begin(&change, store, CHANGE_LOOSE, err);
    if (status != STATUS_OK)
        return status;
    query_begin(
        &query, store,
        "INSERT INTO source_visit(url, etag, modified, hash, title, checked, changed,"
        " wait_until, fault, fault_count, moved)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        " ON CONFLICT(url) DO UPDATE SET etag = excluded.etag, modified = excluded.modified,"
        " hash = excluded.hash, title = excluded.title, checked = excluded.checked,"
        " changed = excluded.changed, wait_until = excluded.wait_until,"
        " fault = excluded.fault, fault_count = excluded.fault_count, moved = excluded.moved",
        err);
    query_text(&query, url);
    query_text_or_null(&query, visit->etag);
    query_text_or_null(&query, visit->modified);
    query_int(&query, visit->hash);
    query_text_or_null(&query, visit->title);
    query_int(&query, visit->checked);
    query_int(&query, visit->changed);
    query_int(&query, visit->wait_until);
    query_text_or_null(&query, visit->fault);
    query_int(&query, visit->fault_count);
    query_text_or_null(&query, visit->moved);
    return change_end(&change, query_run(&query), err);
}

enum status store_item_is_known(struct store *store, str path, int64_t hash, bool *known,
                                struct error *err)
{
    struct query query;
    int64_t found;
    query_begin(&query, store, "SELECT 1 FROM source_item WHERE path = ?1 AND hash = ?2", err);
    query_text(&query, path);
    query_int(&query, hash);
    enum status status = query_number(&query, 0, &found);
    *known = found != 0;
    return status;
}

enum status store_note_item(struct store *store, str path, int64_t hash, struct error *err)
{
    struct change change;
    struct query query;
    enum status status = change_begin(&change, store, CHANGE_LOOSE, err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "INSERT INTO source_item(path, hash) VALUES(?1, ?2)"
                " ON CONFLICT(path) DO UPDATE SET hash = excluded.hash",
                err);
    query_text(&query, path);
    query_int(&query, hash);
    return change_end(&change, query_run(&query), err);
}
