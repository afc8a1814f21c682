#include "store/internal.h"

/* How each sort is served: the column before the date key in its index. */
static const struct article_order {
    const char *column; /* NULL: the date key alone */
    const char *index, *unread_index, *folded_index;
    bool is_text;
} orders[SORT_COUNT] = {
    [SORT_DATE] = {NULL, "derived_article_date", "derived_article_read", "derived_article_folded",
                   false},
    [SORT_TITLE] = {"a.title", "derived_article_title", "derived_article_unread_title",
                    "derived_article_folded_title", true},
    [SORT_SITE] = {"a.site", "derived_article_site", "derived_article_unread_site",
                   "derived_article_folded_site", true},
    [SORT_PEOPLE] = {"a.people_count", "derived_article_people", "derived_article_unread_people",
                     "derived_article_folded_people", false},
    [SORT_READ] = {"a.read_state", "derived_article_read", "derived_article_read",
                   "derived_article_folded_read", false},
    [SORT_LENGTH] = {"a.text_len", "derived_article_len", "derived_article_unread_len",
                     "derived_article_folded_len", false},
};

static const char columns[] =
    "SELECT a.page, a.date_key, a.title, a.site, a.path, a.basis, a.published_day,"
    " a.earliest_day, a.latest_day, a.people_count, a.read_state,"
    " (SELECT count(*) FROM user_bookmark b WHERE b.page = a.page),"
    " (SELECT t.tags FROM user_tag t WHERE t.page = a.page), coalesce(a.copy_of, 0),"
    " a.copy_of IS NULL AND EXISTS(SELECT 1 FROM derived_article c WHERE c.copy_of = a.page),"
    " a.text_len, coalesce((SELECT p.position_byte FROM user_position p WHERE p.page = a.page), 0)";

/* What stands in a.read_state's place while articles are kept where they stood (read_order.c). */
static const char kept_state[] = "coalesce((SELECT k.state FROM temp.kept_read k"
                                 " WHERE k.date_key = a.date_key), a.read_state)";

static const struct article_order *order_of(const struct article_query *query)
{
    return &orders[(unsigned)query->sort < SORT_COUNT ? query->sort : SORT_DATE];
}

const char *articles_sort_column(const struct store *store, const struct article_query *query)
{
    return query->sort == SORT_READ && store->keeps_read_order ? kept_state
                                                               : order_of(query)->column;
}

/* The columns, and behind them what the list is sorted by. */
static void add_columns(struct buf *sql, const struct store *store,
                        const struct article_query *wanted)
{
    const char *column = articles_sort_column(store, wanted);
    buf_format(sql, "%s, %s", columns, column ? column : "0");
}

static struct article_row read_row(const struct query *query, struct arena *arena,
                                   const struct article_query *wanted)
{
    enum { SORT_COLUMN = 17 };
    struct article_row row = {
        .key = {.number = column_int(query, 1)},
        .id = column_int(query, 0),
        .title = column_str(query, 2, arena),
        .site = column_str(query, 3, arena),
        .path = column_str(query, 4, arena),
        .published = column_publication(query, 5),
        .people_count = column_offset(query, 9),
        .read = (enum read_state)column_within(query, 10, READ_UNREAD, READ_DONE),
        .bookmark_count = column_offset(query, 11),
        .tags = column_str(query, 12, arena),
        .copy_of = column_int(query, 13),
        .copy_count = column_offset(query, 14), /* whether there are any: see count_copies */
        .text_len = column_offset(query, 15),
        .position = column_offset(query, 16),
    };
    if (order_of(wanted)->is_text)
        row.key.text = wanted->sort == SORT_TITLE ? row.title : row.site;
    else
        row.key.second = column_int(query, SORT_COLUMN);
    return row;
}

static void add_page(struct buf *sql, const struct article_query *query, const char *column,
                     const struct page_request *request)
{
    const char *comparison = page_comparison(request, query->descending);
    const char *direction = page_direction(request, query->descending);
    if (request->from && column)
        buf_format(sql, " AND (%s, a.date_key) %s (?, ?)", column, comparison);
    else if (request->from)
        buf_format(sql, " AND a.date_key %s ?", comparison);
    buf_add(sql, STR(" ORDER BY "));
    if (column)
        buf_format(sql, "%s%s, ", column, direction);
    buf_format(sql, "a.date_key%s LIMIT ?", direction);
}

static void bind_page(struct query *query, const struct article_order *order,
                      const struct page_request *request)
{
    const struct row_key *from = request->from;
    if (from && order->is_text)
        query_text(query, from->text.ptr ? from->text : STR(""));
    else if (from && order->column)
        query_int(query, from->second);
    if (from)
        query_int(query, from->number);
    query_int(query, page_limit(request));
}

typedef VEC(struct article_row) row_vec;

/* The rows of `sql` from its FROM on; `keys`, if not NULL, is the first parameter. */
static enum status read_rows(struct store *store, struct arena *arena,
                             const struct article_query *wanted, const struct page_request *request,
                             const char *from, const struct buf *keys, row_vec *found,
                             struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    add_columns(&sql, store, wanted);
    buf_add(&sql, str_from(from));
    add_page(&sql, wanted, articles_sort_column(store, wanted), request);
    query_begin(&query, store, buf_c(&sql), err);
    if (keys)
        query_text(&query, buf_str(keys));
    bind_page(&query, order_of(wanted), request);
    while (query_next(&query))
        vec_push(arena, found, read_row(&query, arena, wanted));
    buf_done(&sql);
    return query_end(&query);
}

static enum status list_all(struct store *store, struct arena *arena,
                            const struct article_query *wanted, const struct page_request *request,
                            row_vec *found, struct error *err)
{
    struct buf from = BUF_INIT;
    const struct article_order *order = order_of(wanted);
    buf_format(&from, " FROM derived_article a INDEXED BY %s WHERE %s%s",
               wanted->copies_only   ? "derived_article_copied"
               : wanted->unread_only ? order->unread_index
               : wanted->folded      ? order->folded_index
                                     : order->index,
               wanted->unread_only ? "a.read_state = 0" : "true",
               wanted->copies_only ? " AND a.copy_of IS NOT NULL"
               : wanted->folded    ? " AND a.copy_of IS NULL"
                                   : "");
    enum status status = read_rows(store, arena, wanted, request, buf_c(&from), NULL, found, err);
    buf_done(&from);
    return status;
}

/* By read state, with articles that are kept where they stood: both kinds in their own order, side
 * by side. */
static enum status list_kept(struct store *store, struct arena *arena,
                             const struct article_query *wanted, const struct page_request *request,
                             row_vec *found, struct error *err)
{
    const struct article_order *order = order_of(wanted);
    const char *direction = page_direction(request, wanted->descending);
    const char *folded = wanted->folded ? "a.copy_of IS NULL" : "true";
    const char *comparison = request->from ? page_comparison(request, wanted->descending) : NULL;
    struct buf sql = BUF_INIT;
    struct query query;
    add_columns(&sql, store, wanted);
    buf_format(
        &sql,
        " FROM (SELECT a.read_state AS state, a.date_key AS date_key FROM derived_article a"
        " INDEXED BY %s WHERE %s AND a.date_key NOT IN (SELECT date_key FROM temp.kept_read)",
        wanted->folded ? order->folded_index : order->index, folded);
    if (comparison)
        buf_format(&sql, " AND (a.read_state, a.date_key) %s (?1, ?2)", comparison);
    buf_format(&sql,
               " UNION ALL SELECT k.state, k.date_key FROM temp.kept_read k"
               " CROSS JOIN derived_article a ON a.date_key = k.date_key WHERE %s",
               folded);
    if (comparison)
        buf_format(&sql, " AND (k.state, k.date_key) %s (?1, ?2)", comparison);
    buf_format(&sql,
               " ORDER BY 1%s, 2%s LIMIT ?3) o CROSS JOIN derived_article a"
               " ON a.date_key = o.date_key ORDER BY o.state%s, o.date_key%s",
               direction, direction, direction, direction);
    query_begin(&query, store, buf_c(&sql), err);
    query_int(&query, request->from ? request->from->second : 0);
    query_int(&query, request->from ? request->from->number : 0);
    query_int(&query, page_limit(request));
    while (query_next(&query))
        vec_push(arena, found, read_row(&query, arena, wanted));
    buf_done(&sql);
    return query_end(&query);
}

void json_numbers(struct buf *json, const number_vec *keys)
{
    for (size_t i = 0; i < keys->count; i++) {
        buf_add_byte(json, i ? ',' : '[');
        buf_add_number(json, keys->items[i], 1);
    }
    buf_add(json, keys->count ? STR("]") : STR("[]"));
}

/* In order of date the fitting articles of the page alone are looked for; in any other order the
 * newest of them all are sorted. */
static enum status list_fitting(struct store *store, struct arena *arena,
                                const struct article_query *wanted,
                                const struct page_request *request, row_vec *found,
                                struct error *err)
{
    struct search_plan plan;
    struct page_request newest = {0};
    number_vec keys = {0};
    struct buf json = BUF_INIT;
    bool by_date = wanted->sort == SORT_DATE;
    enum status status = plan_init(&plan, store, wanted->search, wanted->unread_only, err);
    if (status == STATUS_OK && by_date)
        status = plan_walk(&plan, request, wanted->descending, page_limit(request), &keys, err);
    else if (status == STATUS_OK)
        status = plan_walk(&plan, &newest, true, SORTED_MATCH_LIMIT, &keys, err);
    json_numbers(&json, &keys);
    if (status == STATUS_OK)
        status = read_rows(store, arena, wanted, request,
                           " FROM json_each(?) m CROSS JOIN derived_article a"
                           " ON a.date_key = m.value WHERE true",
                           &json, found, err);
    buf_done(&json);
    vec_done(&keys);
    plan_done(&plan);
    return status;
}

static enum status count_copies(struct store *store, row_vec *rows, struct error *err)
{
    struct arena scratch = {0};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < rows->count && status == STATUS_OK; i++) {
        const int64_t *copies;
        size_t count = 0;
        if (!rows->items[i].copy_count)
            continue;
        status = store_list_copies(store, &scratch, rows->items[i].id, &copies, &count, err);
        rows->items[i].copy_count = (uint32_t)count;
        arena_reset(&scratch);
    }
    arena_done(&scratch);
    return status;
}

enum status store_list_articles(struct store *store, struct arena *arena,
                                const struct article_query *wanted,
                                const struct page_request *request, const struct article_row **rows,
                                size_t *count, struct error *err)
{
    row_vec found = {0};
    *rows = NULL;
    *count = 0;
    enum status status = wanted->search ? store_write_waiting(store, err) : STATUS_OK;
    if (status == STATUS_OK)
        status = look_begin(store, err);
    if (status != STATUS_OK)
        return status;
    bool kept = store->keeps_read_order && wanted->sort == SORT_READ && !wanted->unread_only &&
                !wanted->copies_only;
    status = (wanted->search ? list_fitting
              : kept         ? list_kept
                             : list_all)(store, arena, wanted, request, &found, err);
    if (status == STATUS_OK)
        status = count_copies(store, &found, err);
    status = look_end(store, status, err);
    *rows = found.items;
    *count = found.count;
    return status;
}

enum status store_count_articles(struct store *store, const struct article_query *wanted,
                                 int64_t *count, struct error *err)
{
    int64_t copies = 0;
    if (!wanted->search) {
        enum count kept = wanted->unread_only ? COUNT_UNREAD : COUNT_ARTICLES;
        enum status got = count_get(store, kept, count, err);
        if (got == STATUS_OK && wanted->folded && !wanted->unread_only)
            got = count_get(store, COUNT_COPIES, &copies, err);
        *count -= copies;
        return got;
    }
    struct search_plan plan;
    *count = 0;
    enum status status = store_write_waiting(store, err);
    if (status != STATUS_OK)
        return status;
    status = plan_init(&plan, store, wanted->search, wanted->unread_only, err);
    if (status == STATUS_OK)
        status = plan_count(&plan, STORE_COUNT_LIMIT + 1, count, err);
    plan_done(&plan);
    return status;
}

enum status store_find_article_row(struct store *store, struct arena *arena,
                                   const struct article_query *wanted, int64_t article,
                                   struct article_row *row, struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    bool found = false;
    add_columns(&sql, store, wanted);
    buf_add(&sql, STR(" FROM derived_article a WHERE a.page = ?"));
    query_begin(&query, store, buf_c(&sql), err);
    query_int(&query, article);
    if (query_next(&query)) {
        *row = read_row(&query, arena, wanted);
        found = true;
    }
    enum status status = query_end(&query);
    buf_done(&sql);
    if (status == STATUS_OK && !found)
        return error_set(err, STATUS_NOT_FOUND, "%s: no article has the number %lld", store->path,
                         (long long)article);
    return status;
}

enum status store_neighbour_article(struct store *store, const struct article_query *query,
                                    int64_t id, bool backward, int64_t *neighbour,
                                    struct error *err)
{
    struct arena arena = {0};
    struct article_row row;
    const struct article_row *next = NULL;
    size_t count = 0;
    enum status status = store_find_article_row(store, &arena, query, id, &row, err);
    if (status == STATUS_OK) {
        struct page_request request = {.from = &row.key, .backward = backward, .limit = 1};
        status = store_list_articles(store, &arena, query, &request, &next, &count, err);
    }
    if (status == STATUS_OK && count == 0)
        status = error_set(err, STATUS_NOT_FOUND, "no article %s this one",
                           backward ? "before" : "after");
    if (status == STATUS_OK)
        *neighbour = next[0].id;
    arena_done(&arena);
    return status;
}
