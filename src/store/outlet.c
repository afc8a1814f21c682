/* What the pages of one outlet have in common. */
#include "base/ascii.h"
#include "store/internal.h"

/* Outlets are told apart without regard to case, as their column is. */
static int64_t outlet_of(str site)
{
    struct buf lower = BUF_INIT;
    for (size_t i = 0; i < site.len; i++) {
        char byte = site.ptr[i];
        buf_add_byte(&lower, ascii_lower(byte));
    }
    int64_t outlet = (int64_t)str_hash(buf_str(&lower));
    buf_done(&lower);
    return outlet;
}

static enum status run_for(struct store *store, const char *sql, int64_t first, int64_t second,
                           struct error *err)
{
    struct query query;
    query_begin(&query, store, sql, err);
    query_int(&query, first);
    query_int(&query, second);
    return query_run(&query);
}

/* ---- remembering --------------------------------------------------------------------------- */

static enum status add_count(struct store *store, int64_t outlet, int64_t delta, struct error *err)
{
    return run_for(
        store,
        "INSERT INTO derived_outlet(outlet, line_count) VALUES(?1, ?2)"
        " ON CONFLICT(outlet) DO UPDATE SET line_count = line_count + excluded.line_count",
        outlet, delta, err);
}

static enum status forget_page(struct store *store, int64_t outlet, int64_t page, struct error *err)
{
    enum status status =
        run_for(store, "DELETE FROM derived_outlet_line WHERE outlet = ?1 AND page = ?2", outlet,
                page, err);
    int64_t gone = sqlite3_changes(store->db);
    return status == STATUS_OK && gone ? add_count(store, outlet, -gone, err) : status;
}

/* What the page had when it was cleaned last, perhaps under another outlet. */
static enum status forget_old(struct store *store, int64_t page, struct error *err)
{
    struct arena arena = {0};
    struct query query;
    str site = STR_NONE;
    query_begin(&query, store, "SELECT site FROM derived_article WHERE page = ?1", err);
    query_int(&query, page);
    if (query_next(&query))
        site = column_str(&query, 0, &arena);
    enum status status = query_end(&query);
    if (status == STATUS_OK && site.len)
        status = forget_page(store, outlet_of(site), page, err);
    arena_done(&arena);
    return status;
}

/* The pages of the lowest numbers go until the outlet is within its limit. */
static enum status forget_oldest(struct store *store, int64_t outlet, struct error *err)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK) {
        struct query query;
        int64_t count, page = 0;
        query_begin(&query, store, "SELECT line_count FROM derived_outlet WHERE outlet = ?1", err);
        query_int(&query, outlet);
        status = query_number(&query, 0, &count);
        if (status != STATUS_OK || count <= OUTLET_LINE_LIMIT)
            return status;
        query_begin(&query, store, "SELECT min(page) FROM derived_outlet_line WHERE outlet = ?1",
                    err);
        query_int(&query, outlet);
        status = query_number(&query, 0, &page);
        if (status == STATUS_OK && page == 0) /* the count of a damaged file */
            return run_for(store, "UPDATE derived_outlet SET line_count = ?2 WHERE outlet = ?1",
                           outlet, 0, err);
        if (status == STATUS_OK)
            status = forget_page(store, outlet, page, err);
    }
    return status;
}

static enum status add_line(struct store *store, int64_t outlet, int64_t hash, int64_t page,
                            int64_t *added, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "INSERT INTO derived_outlet_line(outlet, line_hash, page)"
                " SELECT ?1, ?2, ?3 WHERE NOT EXISTS(SELECT 1 FROM derived_outlet_furniture"
                " WHERE outlet = ?1 AND line_hash = ?2) ON CONFLICT DO NOTHING",
                err);
    query_int(&query, outlet);
    query_int(&query, hash);
    query_int(&query, page);
    enum status status = query_run(&query);
    *added = status == STATUS_OK ? sqlite3_changes(store->db) : 0;
    return status;
}

/* A line that stands on enough pages now: those pages are stale. */
static enum status judge_line(struct store *store, int64_t outlet, int64_t hash, struct error *err)
{
    struct query query;
    int64_t pages;
    query_begin(&query, store,
                "SELECT count(*) FROM derived_outlet_line WHERE outlet = ?1 AND line_hash = ?2",
                err);
    query_int(&query, outlet);
    query_int(&query, hash);
    enum status status = query_number(&query, 0, &pages);
    if (status != STATUS_OK || pages < OUTLET_FURNITURE_PAGES)
        return status;
    status = run_for(store,
                     "UPDATE source_page SET is_stale = 1 WHERE id IN (SELECT page"
                     " FROM derived_outlet_line WHERE outlet = ?1 AND line_hash = ?2)",
                     outlet, hash, err);
    if (status == STATUS_OK)
        status = run_for(store,
                         "INSERT INTO derived_outlet_furniture(outlet, line_hash) VALUES(?1, ?2)"
                         " ON CONFLICT DO NOTHING",
                         outlet, hash, err);
    if (status == STATUS_OK)
        status =
            run_for(store, "DELETE FROM derived_outlet_line WHERE outlet = ?1 AND line_hash = ?2",
                    outlet, hash, err);
    return status == STATUS_OK ? add_count(store, outlet, -pages, err) : status;
}

static enum status note_lines(struct store *store, int64_t page, int64_t outlet,
                              const uint64_t *hashes, size_t count, struct error *err)
{
    int64_t all = 0;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        int64_t added;
        status = add_line(store, outlet, (int64_t)hashes[i], page, &added, err);
        all += added;
        if (status == STATUS_OK && added)
            status = judge_line(store, outlet, (int64_t)hashes[i], err);
    }
    if (status == STATUS_OK && all)
        status = add_count(store, outlet, all, err);
    return status == STATUS_OK ? forget_oldest(store, outlet, err) : status;
}

enum status store_note_outlet_lines(struct store *store, int64_t article, str site,
                                    const uint64_t *hashes, size_t count, struct error *err)
{
    struct change change;
    enum status status = change_begin(&change, store, CHANGE_WHOLE, err);
    if (status != STATUS_OK)
        return status;
    status = forget_old(store, article, err);
    if (status == STATUS_OK && site.len)
        status = note_lines(store, article, outlet_of(site), hashes, count, err);
    return change_end(&change, status, err);
}

/* ---- asking -------------------------------------------------------------------------------- */

enum status store_find_outlet_lines(struct store *store, str site, struct outlet_line *lines,
                                    size_t count, struct error *err)
{
    int64_t outlet = outlet_of(site);
    struct query furniture, rules;
    query_begin(&furniture, store,
                "SELECT 1 FROM derived_outlet_furniture WHERE outlet = ?1 AND line_hash = ?2", err);
    query_begin(&rules, store,
                "SELECT keep FROM user_outlet_rule WHERE site = ?1 AND block_hash = ?2", err);
    for (size_t i = 0; i < count; i++) {
        query_int(&furniture, outlet);
        query_int(&furniture, (int64_t)lines[i].hash);
        lines[i].furniture = query_next(&furniture);
        query_step(&furniture);
        query_text(&rules, site);
        query_int(&rules, (int64_t)lines[i].hash);
        lines[i].has_rule = query_next(&rules);
        lines[i].keep = lines[i].has_rule && column_int(&rules, 0) != 0;
        query_step(&rules);
    }
    enum status status = query_end(&furniture), other = query_end(&rules);
    return status == STATUS_OK ? other : status;
}

/* ---- the reader's rules -------------------------------------------------------------------- */

#define NEXT_ARTICLES                                                                              \
    " FROM derived_article WHERE site = ?1 AND date_key < ?2 ORDER BY date_key DESC LIMIT ?3"

/* Runs a statement over the next articles of the outlet before a key. */
static enum status ask_next(struct store *store, const char *sql, str site, int64_t before,
                            int64_t *number, struct error *err)
{
    struct query query;
    query_begin(&query, store, sql, err);
    query_text(&query, site);
    query_int(&query, before);
    query_int(&query, OUTLET_STALE_STEP);
    return number ? query_number(&query, 0, number) : query_run(&query);
}

static enum status set_waiting(struct store *store, str site, int64_t before, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "INSERT INTO derived_outlet_wait(site, before) VALUES(?1, ?2)"
                " ON CONFLICT(site) DO UPDATE SET before = excluded.before",
                err);
    query_text(&query, site);
    query_int(&query, before);
    return query_run(&query);
}

static enum status end_waiting(struct store *store, str site, struct error *err)
{
    struct query query;
    query_begin(&query, store, "DELETE FROM derived_outlet_wait WHERE site = ?1", err);
    query_text(&query, site);
    return query_run(&query);
}

static enum status mark_next(struct store *store, str site, int64_t before, struct error *err)
{
    int64_t count, last;
    enum status status = ask_next(store, "SELECT count(*) FROM (SELECT 1" NEXT_ARTICLES ")", site,
                                  before, &count, err);
    if (status == STATUS_OK)
        status = ask_next(store, "SELECT min(date_key) FROM (SELECT date_key" NEXT_ARTICLES ")",
                          site, before, &last, err);
    if (status == STATUS_OK)
        status = ask_next(
            store, "UPDATE source_page SET is_stale = 1 WHERE id IN (SELECT page" NEXT_ARTICLES ")",
            site, before, NULL, err);
    if (status != STATUS_OK)
        return status;
    return count < OUTLET_STALE_STEP ? end_waiting(store, site, err)
                                     : set_waiting(store, site, last, err);
}

enum status outlet_make_stale(struct store *store, str site, struct error *err)
{
    return mark_next(store, site, INT64_MAX, err);
}

enum status store_mark_waiting(struct store *store, bool *marked, struct error *err)
{
    struct arena arena = {0};
    struct query query;
    str site = STR_NONE;
    int64_t before = 0;
    query_begin(&query, store, "SELECT site, before FROM derived_outlet_wait LIMIT 1", err);
    *marked = query_next(&query);
    if (*marked) {
        site = column_str(&query, 0, &arena);
        before = column_int(&query, 1);
    }
    enum status status = query_end(&query);
    struct change change;
    if (status == STATUS_OK && *marked) {
        status = change_begin(&change, store, CHANGE_WHOLE, err);
        if (status == STATUS_OK)
            status = change_end(&change, mark_next(store, site, before, err), err);
    }
    arena_done(&arena);
    return status;
}

enum status store_put_outlet_rule(struct store *store, int64_t article, str site, str line,
                                  bool keep, bool remove, int64_t when, struct error *err)
{
    struct user_change change = {
        .table = USER_OUTLET_RULE,
        .row = {TEXT_VALUE(site), INT_VALUE((int64_t)str_hash(str_trim(line))), INT_VALUE(keep),
                TEXT_VALUE(line)},
        .deletes = remove,
        .label = remove ? "outlet rule removed"
                 : keep ? "outlet rule: kept"
                        : "outlet rule: cut",
        .article = article,
        .when = when,
    };
    return user_change(store, &change, err);
}

/* ---- their names --------------------------------------------------------------------------- */

typedef VEC(str) outlet_vec;

static void add_outlet(struct arena *arena, outlet_vec *found, str site, size_t limit)
{
    for (size_t i = 0; i < found->count; i++)
        if (str_equal_ascii_fold(found->items[i], site))
            return;
    if (site.len && found->count < limit)
        vec_push(arena, found, arena_str(arena, site));
}

/* From name to name by the index: as many steps as there are names that begin so. */
static enum status add_beginning(struct store *store, struct arena *arena, str begin, size_t limit,
                                 outlet_vec *found, struct error *err)
{
    bool more = true;
    enum status status = STATUS_OK;
    for (str last = begin; more && found->count < limit && status == STATUS_OK;) {
        struct query query;
        query_begin(&query, store,
                    found->count || !begin.len
                        ? "SELECT site FROM derived_article INDEXED BY derived_article_site"
                          " WHERE site > ?1 ORDER BY site LIMIT 1"
                        : "SELECT site FROM derived_article INDEXED BY derived_article_site"
                          " WHERE site >= ?1 ORDER BY site LIMIT 1",
                    err);
        query_text(&query, last.ptr ? last : STR(""));
        more = query_next(&query);
        str site = more ? column_str(&query, 0, arena) : STR_NONE;
        status = query_end(&query);
        more = more && str_equal_ascii_fold(str_slice(site, 0, begin.len), begin);
        if (more)
            add_outlet(arena, found, last = site, limit);
    }
    return status;
}

/* Those of which another word begins so, accents or not: of the newest articles. */
static enum status add_with_word(struct store *store, struct arena *arena, str begin, size_t limit,
                                 outlet_vec *found, struct error *err)
{
    struct search_node words = {
        .kind = SEARCH_WORDS, .text = begin, .column = SEARCH_OUTLET, .prefix = true};
    struct buf match = BUF_INIT;
    struct query query;
    if (!match_has_words(begin))
        return STATUS_OK;
    match_add(&match, &words);
    query_begin(&query, store,
                "SELECT a.site FROM (SELECT rowid AS date_key FROM derived_filter"
                " WHERE derived_filter MATCH ?1 ORDER BY rowid DESC LIMIT ?2) m"
                " CROSS JOIN derived_article a ON a.date_key = m.date_key",
                err);
    query_text(&query, buf_str(&match));
    query_int(&query, OUTLET_NAME_ARTICLES);
    while (found->count < limit && query_next(&query))
        add_outlet(arena, found, column_borrow(&query, 0), limit);
    buf_done(&match);
    return query_end(&query);
}

enum status store_list_outlets(struct store *store, struct arena *arena, str begin, size_t limit,
                               const str **outlets, size_t *count, struct error *err)
{
    outlet_vec found = {0};
    enum status status = add_beginning(store, arena, begin, limit, &found, err);
    if (status == STATUS_OK && found.count < limit)
        status = add_with_word(store, arena, begin, limit, &found, err);
    *outlets = found.items;
    *count = found.count;
    return status;
}
