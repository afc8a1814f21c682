/* Which articles share what (model/similar.h): the index by keys, and the undated articles whose
 * bounds wait to be looked at again because what is like them has changed.
 *
 * A key that more than SIMILAR_SPREAD_LIMIT other articles have says nothing, so that the work of
 * one article is bounded; it is the same for every order in which articles come, because an
 * undated article waits whenever one that shares a key comes, goes or gets another day, and
 * whenever a key begins or ceases to say something. */
#include "store/internal.h"

#include <stdlib.h>

/* Rows of a key that are looked at: when one article comes or goes, a key with more of them said
 * nothing before and says nothing after. */
enum { SPREAD_LOOK = SIMILAR_SPREAD_LIMIT + 2 };

/* ---- the keys of one article --------------------------------------------------------------- */

static enum status read_keys(struct store *store, int64_t page, struct similar_keys *keys,
                             struct error *err)
{
    struct query query;
    keys->count = 0;
    query_begin(&query, store, "SELECT key FROM derived_similar WHERE page = ?1 ORDER BY key", err);
    query_int(&query, page);
    while (keys->count < SIMILAR_KEY_LIMIT && query_next(&query))
        keys->items[keys->count++] = column_int(&query, 0);
    return query_end(&query);
}

static bool same_keys(const struct similar_keys *a, const struct similar_keys *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = a->items[i] == b->items[i];
    return same;
}

/* Lets the undated articles that have one of the keys wait. */
static enum status let_wait(struct store *store, const struct similar_keys *keys, int64_t page,
                            struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "UPDATE derived_undated SET is_waiting = 1 WHERE is_waiting = 0 AND page <> ?2"
                " AND page IN (SELECT page FROM derived_similar WHERE key = ?1 LIMIT ?3)"
                " AND (SELECT count(*) FROM"
                "  (SELECT 1 FROM derived_similar WHERE key = ?1 LIMIT ?3 + 1)) <= ?3",
                err);
    for (size_t i = 0; i < keys->count; i++) {
        query_int(&query, keys->items[i]);
        query_int(&query, page);
        query_int(&query, SPREAD_LOOK);
        query_step(&query);
    }
    return query_end(&query);
}

static enum status put_keys(struct store *store, int64_t page, const struct similar_keys *keys,
                            struct error *err)
{
    struct query query;
    query_begin(&query, store, "DELETE FROM derived_similar WHERE page = ?1", err);
    query_int(&query, page);
    enum status status = query_run(&query);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store, "INSERT INTO derived_similar(key, page) VALUES(?1, ?2)", err);
    for (size_t i = 0; i < keys->count; i++) {
        query_int(&query, keys->items[i]);
        query_int(&query, page);
        query_step(&query);
    }
    return query_end(&query);
}

/* ---- undated articles ---------------------------------------------------------------------- */

/* What the text of an undated article says of its day, kept beside what is shown. */
static enum status put_own(struct store *store, int64_t page, const struct publication *own,
                           struct error *err)
{
    struct query query;
    bool dated = own->value != DAY_UNKNOWN;
    query_begin(&query, store,
                dated ? "DELETE FROM derived_undated WHERE page = ?1"
                      : "INSERT INTO derived_undated(page, basis, earliest_day, latest_day,"
                        " is_waiting) VALUES(?1, ?2, ?3, ?4, 0) ON CONFLICT(page) DO UPDATE SET"
                        " basis = excluded.basis, earliest_day = excluded.earliest_day,"
                        " latest_day = excluded.latest_day, is_waiting = 0",
                err);
    query_int(&query, page);
    if (!dated) {
        query_int(&query, own->basis);
        query_day(&query, own->earliest);
        query_day(&query, own->latest);
    }
    return query_run(&query);
}

enum status similar_replace(struct store *store, int64_t page, day published_before,
                            const struct similar_keys *keys, const struct publication *own,
                            struct error *err)
{
    struct similar_keys before;
    enum status status = read_keys(store, page, &before, err);
    bool same = same_keys(&before, keys);
    if (status == STATUS_OK && !same)
        status = let_wait(store, &before, page, err);
    if (status == STATUS_OK && !same)
        status = put_keys(store, page, keys, err);
    if (status == STATUS_OK && (!same || published_before != own->value))
        status = let_wait(store, keys, page, err);
    return status == STATUS_OK ? put_own(store, page, own, err) : status;
}

/* ---- who is like an article ---------------------------------------------------------------- */

struct sharing {
    int64_t page;
    day published;
    enum similar_kind kind;
};
typedef VEC(struct sharing) sharing_vec;

static int by_page(const void *a, const void *b)
{
    const struct sharing *left = a, *right = b;
    return (left->page > right->page) - (left->page < right->page);
}

/* Every other article that has a key, unless too many have it. */
static enum status find_sharing(struct store *store, struct arena *arena, int64_t page,
                                const struct similar_keys *keys, sharing_vec *found,
                                struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT s.page, a.published_day FROM derived_similar s"
                " CROSS JOIN derived_article a ON a.page = s.page"
                " WHERE s.key = ?1 AND s.page <> ?2 LIMIT ?3",
                err);
    for (size_t i = 0; i < keys->count; i++) {
        size_t before = found->count;
        query_int(&query, keys->items[i]);
        query_int(&query, page);
        query_int(&query, SIMILAR_SPREAD_LIMIT + 1);
        while (query_next(&query)) {
            struct sharing sharing = {column_int(&query, 0), column_day(&query, 1),
                                      similar_key_kind(keys->items[i])};
            vec_push(arena, found, sharing);
        }
        if (found->count - before > SIMILAR_SPREAD_LIMIT)
            found->count = before;
        query_step(&query);
    }
    return query_end(&query);
}

enum status store_find_similar(struct store *store, struct arena *arena, int64_t page,
                               const struct similar_keys *keys,
                               const struct similar_article **found, size_t *count,
                               struct error *err)
{
    sharing_vec sharing = {0};
    VEC(struct similar_article) articles = {0};
    enum status status = find_sharing(store, arena, page, keys, &sharing, err);
    if (sharing.count > 1)
        qsort(sharing.items, sharing.count, sizeof *sharing.items, by_page);
    for (size_t i = 0; i < sharing.count; i++) {
        const struct sharing *next = &sharing.items[i];
        if (next->published == DAY_UNKNOWN)
            continue;
        if (!articles.count || vec_last(&articles)->article != next->page) {
            struct similar_article article = {.article = next->page, .published = next->published};
            vec_push(arena, &articles, article);
        }
        vec_last(&articles)->shared[next->kind]++;
    }
    *found = articles.items;
    *count = articles.count;
    return status;
}

/* ---- those that wait ----------------------------------------------------------------------- */

enum status store_next_waiting(struct store *store, struct waiting_article *waiting,
                               struct error *err)
{
    struct query query;
    *waiting = (struct waiting_article){.page = 0};
    query_begin(&query, store,
                "SELECT u.page, u.basis, NULL, u.earliest_day, u.latest_day,"
                " a.basis, a.published_day, a.earliest_day, a.latest_day"
                " FROM derived_undated u INDEXED BY derived_undated_waiting"
                " CROSS JOIN derived_article a ON a.page = u.page"
                " WHERE u.is_waiting = 1 ORDER BY u.page LIMIT 1",
                err);
    if (query_next(&query)) {
        waiting->page = column_int(&query, 0);
        waiting->own = column_publication(&query, 1);
        waiting->shown = column_publication(&query, 5);
    }
    enum status status = query_end(&query);
    if (status == STATUS_OK && !waiting->page)
        return error_set(err, STATUS_NOT_FOUND, "%s: no article waits", store->path);
    return status == STATUS_OK ? read_keys(store, waiting->page, &waiting->keys, err) : status;
}

enum status store_end_waiting(struct store *store, int64_t page, struct error *err)
{
    struct change change;
    struct query query;
    enum status status = change_begin(&change, store, CHANGE_PART, err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store, "UPDATE derived_undated SET is_waiting = 0 WHERE page = ?1", err);
    query_int(&query, page);
    return change_end(&change, query_run(&query), err);
}
