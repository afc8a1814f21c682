#include "store/internal.h"

/* Kept under these names in derived_count. */
static const char *const names[COUNT_LAST] = {
    [COUNT_ARTICLES] = "articles",
    [COUNT_UNREAD] = "unread",
    [COUNT_PEOPLE] = "people",
    [COUNT_PLACES] = "places",
    [COUNT_ORGANISATIONS] = "organisations",
    [COUNT_MOMENTS] = "moments",
    [COUNT_UNPLACED] = "unplaced moments",
    [COUNT_BOOKMARKS] = "bookmarks",
    [COUNT_COPIES] = "copies",
};

void count_sql_begin(struct buf *sql)
{
    buf_add(sql, STR("SELECT count(*) FROM (SELECT 1"));
}

void count_sql_end(struct buf *sql)
{
    buf_format(sql, " LIMIT %d)", STORE_COUNT_LIMIT + 1);
}

enum status count_add(struct store *store, enum count count, int64_t delta, struct error *err)
{
    if (delta == 0)
        return STATUS_OK;
    struct query query;
    query_begin(&query, store,
                "INSERT INTO derived_count(name, value) VALUES(?1, ?2)"
                " ON CONFLICT(name) DO UPDATE SET value = value + excluded.value",
                err);
    query_text(&query, str_from(names[count]));
    query_int(&query, delta);
    return query_run(&query);
}

enum status count_get(struct store *store, enum count count, int64_t *value, struct error *err)
{
    struct query query;
    query_begin(&query, store, "SELECT value FROM derived_count WHERE name = ?1", err);
    query_text(&query, str_from(names[count]));
    return query_number(&query, 0, value);
}

enum status store_get_totals(struct store *store, struct store_totals *totals, struct error *err)
{
    int64_t *const places[COUNT_LAST] = {
        [COUNT_ARTICLES] = &totals->articles,   [COUNT_UNREAD] = &totals->unread,
        [COUNT_PEOPLE] = &totals->people,       [COUNT_PLACES] = &totals->places,
        [COUNT_MOMENTS] = &totals->moments,     [COUNT_ORGANISATIONS] = &totals->organisations,
        [COUNT_BOOKMARKS] = &totals->bookmarks, [COUNT_COPIES] = &totals->copies,
    };
    struct query query;
    *totals = (struct store_totals){0};
    query_begin(&query, store, "SELECT name, value FROM derived_count", err);
    while (query_next(&query)) {
        str name = column_borrow(&query, 0);
        for (size_t i = 0; i < COUNT_LAST; i++) {
            if (places[i] && str_equal(name, str_from(names[i])))
                *places[i] = column_int(&query, 1);
        }
    }
    return query_end(&query);
}
