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
    return query_run(&query);
}

static int by_number(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static enum status write_waiting_articles(struct store *store, const char *sql, struct error *err)
{
    struct query query;
    query_begin(&query, store, sql, err);
    for (size_t i = 0; i < store->waiting_articles.count; i++) {
        query_int(&query, store->waiting_articles.items[i]);
        query_step(&query);
    }
    return query_end(&query);
}

enum status store_write_waiting(struct store *store, struct error *err)
{
    enum status status = STATUS_OK;
    if (store->waiting_articles.count > 0) {
        qsort(store->waiting_articles.items, store->waiting_articles.count, sizeof(int64_t),
              by_number);
        status = write_waiting_articles(
            store,
            "INSERT INTO derived_search(rowid, title, site, text, search_extra)"
            " SELECT date_key, title, site, text, search_extra FROM derived_text"
            " WHERE date_key = ?1",
            err);
        if (status == STATUS_OK)
            status = write_waiting_articles(
                store,
                "INSERT INTO derived_filter(rowid, title, site, path)"
                " SELECT date_key, title, site, path FROM derived_article WHERE date_key = ?1",
                err);
        if (status == STATUS_OK)
            store->waiting_articles.count = 0;
    }
    if (store->waiting_entities.count > 0)
        qsort(store->waiting_entities.items, store->waiting_entities.count, sizeof(int64_t),
              by_number);
    for (size_t i = 0; i < store->waiting_entities.count && status == STATUS_OK; i++) {
        if (i == 0 || store->waiting_entities.items[i] != store->waiting_entities.items[i - 1])
            status = entity_write_search(store, store->waiting_entities.items[i], err);
    }
    if (status == STATUS_OK)
        store->waiting_entities.count = 0;
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
