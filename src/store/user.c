#include "store/internal.h"

static enum status note_article(struct store *store, int64_t article, struct error *err);

/* ---- reading ------------------------------------------------------------------------------- */

enum status store_set_position(struct store *store, const struct bookmark *place, int64_t when,
                               struct error *err)
{
    struct change change;
    struct query query;
    enum status status = change_begin(&change, store, CHANGE_PART, err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "INSERT INTO user_position(page, position_byte, changed, quote, prefix, suffix)"
                " VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(page) DO UPDATE SET"
                " position_byte = excluded.position_byte, changed = excluded.changed,"
                " quote = excluded.quote, prefix = excluded.prefix, suffix = excluded.suffix",
                err);
    query_int(&query, place->article);
    query_int(&query, place->start);
    query_int(&query, when);
    query_text(&query, place->quote);
    query_text(&query, place->prefix);
    query_text(&query, place->suffix);
    status = query_run(&query);
    if (status == STATUS_OK)
        status = note_article(store, place->article, err);
    return change_end(&change, status, err);
}

static enum status set_read(struct store *store, int64_t article, enum read_state state,
                            int64_t when, bool is_trace, struct error *err)
{
    static const char *const labels[] = {
        [READ_UNREAD] = "marked unread",
        [READ_STARTED] = "marked as started",
        [READ_DONE] = "marked as read",
    };
    struct query query;
    int64_t now;
    if ((unsigned)state > READ_DONE)
        return error_set(err, STATUS_USAGE, "no such read state");
    query_begin(&query, store, "SELECT state FROM user_read WHERE page = ?1", err);
    query_int(&query, article);
    enum status status = query_number(&query, READ_UNREAD, &now);
    if (status != STATUS_OK || now == (int64_t)state)
        return status;
    status = (is_trace ? read_order_keep : read_order_let_go)(store, article, err);
    if (status != STATUS_OK)
        return status;
    struct user_change change = {
        .table = USER_READ,
        .row = {INT_VALUE(article), INT_VALUE(state), INT_VALUE(when)},
        .is_trace = is_trace,
        .label = labels[state],
        .article = article,
        .when = when,
    };
    return user_change(store, &change, err);
}

enum status store_set_read(struct store *store, int64_t article, enum read_state state,
                           int64_t when, struct error *err)
{
    return set_read(store, article, state, when, false, err);
}

enum status store_note_read(struct store *store, int64_t article, enum read_state state,
                            int64_t when, struct error *err)
{
    return set_read(store, article, state, when, true, err);
}

/* ---- blocks -------------------------------------------------------------------------------- */

enum status store_put_block_decision(struct store *store, int64_t article,
                                     const struct block_decision *decision, int64_t when,
                                     struct error *err)
{
    struct user_change change = {
        .table = USER_BLOCK,
        .row = {INT_VALUE(article), INT_VALUE((int64_t)decision->block_hash),
                INT_VALUE(decision->keep)},
        .label = decision->keep ? "block restored" : "block cut",
        .article = article,
        .when = when,
    };
    return user_change(store, &change, err);
}

enum status store_list_block_decisions(struct store *store, struct arena *arena, int64_t article,
                                       const struct block_decision **decisions, size_t *count,
                                       struct error *err)
{
    VEC(struct block_decision) found = {0};
    struct query query;
    query_begin(&query, store,
                "SELECT block_hash, keep FROM user_block WHERE page = ?1 ORDER BY block_hash", err);
    query_int(&query, article);
    while (query_next(&query)) {
        struct block_decision decision = {(uint64_t)column_int(&query, 0),
                                          column_int(&query, 1) != 0};
        vec_push(arena, &found, decision);
    }
    *decisions = found.items;
    *count = found.count;
    return query_end(&query);
}

/* ---- marks --------------------------------------------------------------------------------- */

static enum status put_mark_text(struct store *store, char letter, const struct bookmark *passage,
                                 struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "INSERT INTO user_mark_text(letter, page, position_byte, quote, prefix, suffix)"
                " VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(letter, page, position_byte) DO UPDATE"
                " SET quote = excluded.quote, prefix = excluded.prefix, suffix = excluded.suffix",
                err);
    query_int(&query, (unsigned char)letter);
    query_int(&query, passage->article);
    query_int(&query, passage->start);
    query_text(&query, passage->quote.len ? passage->quote : STR(""));
    query_text(&query, passage->prefix);
    query_text(&query, passage->suffix);
    return query_run(&query);
}

enum status store_put_mark(struct store *store, char letter, const struct bookmark *passage,
                           int64_t when, struct error *err)
{
    struct user_change mark = {
        .table = USER_MARK,
        .row = {INT_VALUE((unsigned char)letter), INT_VALUE(passage->article),
                INT_VALUE(passage->start)},
        .label = "mark set",
        .article = passage->article,
        .when = when,
    };
    struct change change;
    enum status status = change_begin(&change, store, CHANGE_PART, err);
    if (status != STATUS_OK)
        return status;
    status = user_change(store, &mark, err);
    if (status == STATUS_OK)
        status = put_mark_text(store, letter, passage, err);
    return change_end(&change, status, err);
}

enum status store_get_mark(struct store *store, struct arena *arena, char letter,
                           struct bookmark *passage, struct error *err)
{
    struct query query;
    bool found = false;
    *passage = (struct bookmark){0};
    query_begin(&query, store,
                "SELECT m.page, m.position_byte, t.quote, t.prefix, t.suffix FROM user_mark m"
                " LEFT JOIN user_mark_text t ON t.letter = m.letter AND t.page = m.page"
                " AND t.position_byte = m.position_byte WHERE m.letter = ?1",
                err);
    query_int(&query, (unsigned char)letter);
    if (query_next(&query)) {
        found = true;
        passage->article = column_int(&query, 0);
        passage->start = column_offset(&query, 1);
        passage->quote = column_str(&query, 2, arena);
        passage->prefix = column_str(&query, 3, arena);
        passage->suffix = column_str(&query, 4, arena);
        passage->end = passage->start + (uint32_t)passage->quote.len;
    }
    enum status status = query_end(&query);
    if (status == STATUS_OK && !found)
        return error_set(err, STATUS_NOT_FOUND, "the mark '%c' is not set", letter);
    return status;
}

/* ---- visits -------------------------------------------------------------------------------- */

#define LAST_PAGE "coalesce((SELECT max(page) FROM derived_article), 0)"

enum status store_get_visit(struct store *store, struct visit *visit, struct error *err)
{
    struct query query;
    *visit = (struct visit){.last = DAY_UNKNOWN};
    query_begin(&query, store,
                "SELECT visit_day, article, (SELECT count(*) FROM derived_article a WHERE"
                " a.page > v.page), page FROM user_visit v WHERE id = 1",
                err);
    store->seen_page = INT64_MAX;
    if (query_next(&query)) {
        visit->last = column_day(&query, 0);
        visit->article = column_int(&query, 1);
        visit->new_count = column_int(&query, 2);
        store->seen_page = column_int(&query, 3);
    }
    enum status status = query_end(&query);
    store->knows_visit = status == STATUS_OK;
    return status;
}

enum status seen_page_get(struct store *store, int64_t *page, struct error *err)
{
    struct visit visit;
    enum status status = store->knows_visit ? STATUS_OK : store_get_visit(store, &visit, err);
    *page = store->seen_page;
    return status;
}

enum status store_note_visit(struct store *store, day today, struct error *err)
{
    struct change change;
    struct query query;
    int64_t seen_page;
    enum status status = seen_page_get(store, &seen_page, err);
    if (status == STATUS_OK)
        status = change_begin(&change, store, CHANGE_PART, err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "INSERT INTO user_visit(id, visit_day, page) VALUES(1, ?1, " LAST_PAGE ")"
                " ON CONFLICT(id) DO UPDATE SET visit_day = excluded.visit_day,"
                " page = excluded.page WHERE visit_day IS NOT excluded.visit_day"
                " OR page <> excluded.page",
                err);
    query_day(&query, today);
    return change_end(&change, query_run(&query), err);
}

/* The article that is read now. */
static enum status note_article(struct store *store, int64_t article, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "INSERT INTO user_visit(id, page, article) VALUES(1, " LAST_PAGE ", ?1)"
                " ON CONFLICT(id) DO UPDATE SET article = excluded.article"
                " WHERE article IS NOT excluded.article",
                err);
    query_int(&query, article);
    return query_run(&query);
}

/* ---- tags ---------------------------------------------------------------------------------- */

static enum status set_tags(struct store *store, int64_t article, str tags, int64_t when,
                            bool is_trace, struct error *err)
{
    str old;
    struct arena arena = {0};
    enum status status = store_get_tags(store, &arena, article, &old, err);
    if (status == STATUS_OK && !str_equal(old, tags)) {
        struct user_change change = {
            .table = USER_TAG,
            .row = {INT_VALUE(article), TEXT_VALUE(tags)},
            .deletes = tags.len == 0,
            .is_trace = is_trace,
            .label = tags.len == 0 ? "tags removed" : "tags changed",
            .article = article,
            .when = when,
        };
        status = user_change(store, &change, err);
    }
    arena_done(&arena);
    return status;
}

enum status store_set_tags(struct store *store, int64_t article, str tags, int64_t when,
                           struct error *err)
{
    return set_tags(store, article, tags, when, false, err);
}

enum status store_note_tags(struct store *store, int64_t article, str tags, int64_t when,
                            struct error *err)
{
    return set_tags(store, article, tags, when, true, err);
}

enum status store_get_tags(struct store *store, struct arena *arena, int64_t article, str *tags,
                           struct error *err)
{
    struct query query;
    *tags = STR_NONE;
    query_begin(&query, store, "SELECT tags FROM user_tag WHERE page = ?1", err);
    query_int(&query, article);
    if (query_next(&query))
        *tags = column_str(&query, 0, arena);
    return query_end(&query);
}

typedef VEC(str) str_vec;

static bool is_listed(const str_vec *tags, str tag)
{
    for (size_t i = 0; i < tags->count; i++)
        if (str_equal(tags->items[i], tag))
            return true;
    return false;
}

enum status store_list_tags(struct store *store, struct arena *arena, str begin, size_t limit,
                            const str **tags, size_t *count, struct error *err)
{
    enum { ROW_LIMIT = 5000 };
    str_vec found = {0};
    struct query query;
    query_begin(&query, store,
                "SELECT tags FROM (SELECT t.tags AS tags FROM user_tag t"
                " ORDER BY t.rowid DESC LIMIT ?1) UNION ALL SELECT tags FROM"
                " (SELECT b.tags AS tags FROM user_bookmark b ORDER BY b.rowid DESC LIMIT ?1)",
                err);
    query_int(&query, ROW_LIMIT);
    while (found.count < limit && query_next(&query)) {
        str rest = column_borrow(&query, 0), tag;
        while (found.count < limit && rest.len && str_next(&rest, ' ', &tag))
            if (tag.len && str_starts(tag, begin) && !is_listed(&found, tag)) {
                str kept = arena_str(arena, tag);
                vec_push(arena, &found, kept);
            }
    }
    *tags = found.items;
    *count = found.count;
    return query_end(&query);
}

/* ---- saved searches ------------------------------------------------------------------------ */

enum status store_put_search(struct store *store, str name, str query, int64_t when,
                             struct error *err)
{
    if (!name.len)
        return error_set(err, STATUS_BAD_INPUT, "a search is kept under a name; give one");
    struct user_change change = {
        .table = USER_SEARCH,
        .row = {TEXT_VALUE(name), TEXT_VALUE(query)},
        .label = "search saved",
        .when = when,
    };
    return user_change(store, &change, err);
}

enum status store_delete_search(struct store *store, str name, int64_t when, struct error *err)
{
    struct user_change change = {
        .table = USER_SEARCH,
        .row = {TEXT_VALUE(name)},
        .deletes = true,
        .label = "search deleted",
        .when = when,
    };
    return user_change(store, &change, err);
}

enum status store_get_search(struct store *store, struct arena *arena, str name, str *text,
                             struct error *err)
{
    struct query query;
    bool found = false;
    query_begin(&query, store, "SELECT query FROM user_search WHERE name = ?1", err);
    query_text(&query, name);
    if (query_next(&query)) {
        found = true;
        *text = column_str(&query, 0, arena);
    }
    enum status status = query_end(&query);
    return status != STATUS_OK || found
               ? status
               : error_set(err, STATUS_NOT_FOUND, "no search is kept as %.*s", STR_ARG(name));
}

static enum status rename_search(struct store *store, str name, str to, int64_t when,
                                 struct error *err)
{
    struct arena scratch = {0};
    str query = STR_NONE, other = STR_NONE;
    enum status status = store_get_search(store, &scratch, name, &query, err);
    if (status == STATUS_OK) {
        status = store_get_search(store, &scratch, to, &other, err);
        if (status == STATUS_OK)
            status =
                error_set(err, STATUS_BAD_INPUT,
                          "another search is kept as %.*s; delete that one first", STR_ARG(to));
        else if (status == STATUS_NOT_FOUND)
            status = store_put_search(store, to, query, when, err);
    }
    if (status == STATUS_OK)
        status = store_delete_search(store, name, when, err);
    arena_done(&scratch);
    return status;
}

enum status store_rename_search(struct store *store, str name, str to, int64_t when,
                                struct error *err)
{
    struct change change;
    int64_t step = 0;
    enum status status = change_begin(&change, store, CHANGE_PART, err);
    if (status != STATUS_OK)
        return status;
    store_begin_step(store, &step, STR("search renamed"));
    status = rename_search(store, name, to, when, err);
    store_end_step(store);
    return change_end(&change, status, err);
}

static enum status find_new_keys(struct store *store, number_vec *keys, struct error *err)
{
    struct query query;
    int64_t page;
    enum status status = seen_page_get(store, &page, err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "SELECT date_key FROM derived_article WHERE page > ?1 ORDER BY page DESC LIMIT ?2",
                err);
    query_int(&query, page);
    query_int(&query, STORE_COUNT_LIMIT);
    while (query_next(&query))
        vec_push(NULL, keys, column_int(&query, 0));
    return query_end(&query);
}

enum status store_count_saved(struct store *store, const struct search_query *search,
                              struct saved_search_row *row, struct error *err)
{
    const struct target target = {.kind = TARGET_SEARCH, .search = search};
    number_vec keys = {0};
    enum status status = store_count_search(store, search, &row->article_count, err);
    row->more = row->article_count > STORE_COUNT_LIMIT;
    if (status == STATUS_OK)
        status = find_new_keys(store, &keys, err);
    if (status == STATUS_OK)
        status = target_count_in(store, &target, &keys, &row->new_count, err);
    vec_done(&keys);
    return status;
}

enum status store_list_searches(struct store *store, struct arena *arena,
                                const struct page_request *request,
                                const struct saved_search_row **rows, size_t *count,
                                struct error *err)
{
    VEC(struct saved_search_row) found = {0};
    struct buf sql = BUF_INIT;
    struct query query;
    buf_add(&sql, STR("SELECT name, query FROM user_search WHERE true"));
    if (request->from)
        buf_format(&sql, " AND name %s ?", page_comparison(request, false));
    buf_format(&sql, " ORDER BY name%s LIMIT ?", page_direction(request, false));
    query_begin(&query, store, buf_c(&sql), err);
    if (request->from)
        query_text(&query, request->from->text.ptr ? request->from->text : STR(""));
    query_int(&query, page_limit(request));
    while (query_next(&query)) {
        struct saved_search_row row = {.name = column_str(&query, 0, arena),
                                       .query = column_str(&query, 1, arena)};
        row.key.text = row.name;
        vec_push(arena, &found, row);
    }
    buf_done(&sql);
    *rows = found.items;
    *count = found.count;
    return query_end(&query);
}

/* ---- publication dates --------------------------------------------------------------------- */

struct value day_value(day number)
{
    return number == DAY_UNKNOWN ? (struct value){0} : INT_VALUE(number);
}

enum status store_set_publication(struct store *store, int64_t article,
                                  const struct publication *published, int64_t when,
                                  struct error *err)
{
    struct publication old;
    enum status status = store_get_publication(store, article, &old, err);
    bool is_set = published->basis != DATE_BASIS_UNKNOWN;
    if (status != STATUS_OK || (!is_set && old.basis == DATE_BASIS_UNKNOWN))
        return status;
    struct user_change change = {
        .table = USER_PUBLICATION,
        .row = {INT_VALUE(article), day_value(published->value), day_value(published->earliest),
                day_value(published->latest), INT_VALUE(when)},
        .deletes = !is_set,
        .label = is_set ? "publication date set" : "publication date taken away",
        .article = article,
        .when = when,
    };
    return user_change(store, &change, err);
}

enum status store_get_publication(struct store *store, int64_t article,
                                  struct publication *published, struct error *err)
{
    struct query query;
    *published = PUBLICATION_UNKNOWN;
    query_begin(&query, store,
                "SELECT published_day, earliest_day, latest_day FROM user_publication"
                " WHERE page = ?1",
                err);
    query_int(&query, article);
    if (query_next(&query))
        *published = (struct publication){DATE_BASIS_SET, column_day(&query, 0),
                                          column_day(&query, 1), column_day(&query, 2), 0};
    return query_end(&query);
}
