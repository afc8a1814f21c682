/* A list by read state stays as it is while it is read: an article that reading itself moves on is
 * kept where it stood, for this handle alone, until the list is sorted anew. */
#include "store/internal.h"

enum status read_order_keep(struct store *store, int64_t article, struct error *err)
{
    struct query query;
    enum status status = STATUS_OK;
    if (!store->keeps_read_order)
        status = store_exec(store,
                            "CREATE TEMP TABLE IF NOT EXISTS kept_read("
                            "date_key INTEGER PRIMARY KEY, state INTEGER NOT NULL)",
                            err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "INSERT OR IGNORE INTO temp.kept_read SELECT date_key, read_state"
                " FROM derived_article WHERE page = ?1",
                err);
    query_int(&query, article);
    status = query_run(&query);
    store->keeps_read_order = status == STATUS_OK;
    return status;
}

enum status read_order_let_go(struct store *store, int64_t article, struct error *err)
{
    struct query query;
    if (!store->keeps_read_order)
        return STATUS_OK;
    query_begin(&query, store,
                "DELETE FROM temp.kept_read"
                " WHERE date_key = (SELECT date_key FROM derived_article WHERE page = ?1)",
                err);
    query_int(&query, article);
    return query_run(&query);
}

enum status store_sort_anew(struct store *store, struct error *err)
{
    if (!store->keeps_read_order)
        return STATUS_OK;
    store->keeps_read_order = false;
    return store_exec(store, "DELETE FROM temp.kept_read", err);
}
