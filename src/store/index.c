/* The rows of the full-text indices that belong to an article. They are external to FTS5: the text
 * that is taken out must be the text that was put in. */
#include "store/internal.h"

#include <stdlib.h>

bool index_is_alike(const struct index_row *a, const struct index_row *b)
{
    return a->date_key == b->date_key && str_equal(a->title, b->title) &&
           str_equal(a->site, b->site) && str_equal(a->path, b->path) &&
           str_equal(a->text, b->text) && str_equal(a->search_extra, b->search_extra);
}

enum status index_remove(struct store *store, const struct index_row *row, struct error *err)
{
    struct query query;
    store->index_changes++;
    query_begin(&query, store,
                "INSERT INTO derived_search(derived_search, rowid, title, site, text, search_extra)"
                " VALUES('delete', ?1, ?2, ?3, ?4, ?5)",
                err);
    query_int(&query, row->date_key);
    query_text(&query, row->title);
    query_text(&query, row->site);
    query_text(&query, row->text);
    query_text(&query, row->search_extra);
    enum status status = query_run(&query);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "INSERT INTO derived_filter(derived_filter, rowid, title, site, path)"
                " VALUES('delete', ?1, ?2, ?3, ?4)",
                err);
    query_int(&query, row->date_key);
    query_text(&query, row->title);
    query_text(&query, row->site);
    query_text(&query, row->path);
    status = query_run(&query);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store, "DELETE FROM derived_text WHERE date_key = ?1", err);
    query_int(&query, row->date_key);
    return query_run(&query);
}

enum status index_add(struct store *store, const struct index_row *row, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "INSERT INTO derived_text(date_key, title, site, text, search_extra)"
                " VALUES(?1, ?2, ?3, ?4, ?5)",
                err);
    query_int(&query, row->date_key);
    query_text(&query, row->title);
    query_text(&query, row->site);
    query_text(&query, row->text);
    query_text(&query, row->search_extra);
    vec_push(NULL, &store->waiting_articles, row->date_key);
    store->index_changes++;
    return query_run(&query);
}

static int by_number(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* Calls `put` for each number once, in order, and empties the list. */
static enum status write_each(struct store *store, number_vec *numbers,
                              enum status (*put)(struct store *store, int64_t number,
                                                 struct error *err),
                              struct error *err)
{
    enum status status = STATUS_OK;
    if (numbers->count > 0)
        qsort(numbers->items, numbers->count, sizeof *numbers->items, by_number);
    for (size_t i = 0; i < numbers->count && status == STATUS_OK; i++) {
        if (i == 0 || numbers->items[i] != numbers->items[i - 1])
            status = put(store, numbers->items[i], err);
    }
    if (status == STATUS_OK)
        numbers->count = 0;
    return status;
}

/* Runs `insert` with the columns of the row that `select` gives. Not INSERT ... SELECT: before each
 * statement that may write several rows FTS5 writes out all that it holds, a segment an article. */
static enum status copy_row(struct store *store, int64_t date_key, const char *select,
                            int column_count, const char *insert, struct error *err)
{
    struct query row, copy;
    query_begin(&row, store, select, err);
    query_int(&row, date_key);
    enum status status = STATUS_OK;
    if (query_next(&row)) {
        query_begin(&copy, store, insert, err);
        query_int(&copy, date_key);
        for (int i = 0; i < column_count; i++)
            query_text(&copy, column_borrow(&row, i));
        status = query_run(&copy);
    }
    enum status ended = query_end(&row);
    return status == STATUS_OK ? ended : status;
}

static enum status write_search(struct store *store, int64_t date_key, struct error *err)
{
    return copy_row(store, date_key,
                    "SELECT title, site, text, search_extra FROM derived_text WHERE date_key = ?1",
                    4,
                    "INSERT INTO derived_search(rowid, title, site, text, search_extra)"
                    " VALUES(?1, ?2, ?3, ?4, ?5)",
                    err);
}

static enum status write_filter(struct store *store, int64_t date_key, struct error *err)
{
    return copy_row(
        store, date_key, "SELECT title, site, path FROM derived_article WHERE date_key = ?1", 3,
        "INSERT INTO derived_filter(rowid, title, site, path) VALUES(?1, ?2, ?3, ?4)", err);
}

enum status store_write_waiting(struct store *store, struct error *err)
{
    size_t article_count = store->waiting_articles.count;
    enum status status = write_each(store, &store->waiting_articles, write_search, err);
    if (status == STATUS_OK) {
        store->waiting_articles.count = article_count; /* the same rows, for the other index */
        status = write_each(store, &store->waiting_articles, write_filter, err);
    }
    if (status == STATUS_OK)
        status = write_each(store, &store->waiting_counts, entity_write_order, err);
    if (status == STATUS_OK)
        status = write_each(store, &store->waiting_entities, entity_write_search, err);
    return status;
}

enum status index_settle(struct store *store, int64_t date_key, struct error *err)
{
    enum { WAITING_LIMIT = 1000 };
    bool waits = store->waiting_articles.count >= WAITING_LIMIT;
    for (size_t i = 0; i < store->waiting_articles.count && !waits; i++)
        waits = store->waiting_articles.items[i] == date_key;
    return waits ? store_write_waiting(store, err) : STATUS_OK;
}
