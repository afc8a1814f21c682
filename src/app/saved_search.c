#include "app/saved_search.h"

#include "app/query.h"

enum status saved_search_count(struct store *store, struct saved_search_row *row, struct error *err)
{
    struct arena scratch = {0};
    struct search_query search;
    struct error unread = {0};
    enum status status = STATUS_OK;
    if (query_parse(&scratch, row->query, QUERY_SEARCH, &search, NULL, &unread) == STATUS_OK)
        status = store_count_saved(store, &search, row, err);
    arena_done(&scratch);
    return status;
}
