#include "store/internal.h"

/* How each sort is served: the column before the date key in its index. */
static const struct article_order {
    const char *column; /* NULL: the date key alone */
    const char *index, *unread_index;
    bool is_text;
} orders[SORT_COUNT] = {
    [SORT_DATE] = {NULL, "derived_article_date", "derived_article_read", false},
    [SORT_TITLE] = {"a.title", "derived_article_title", "derived_article_unread_title", true},
    [SORT_SITE] = {"a.site", "derived_article_site", "derived_article_unread_site", true},
    [SORT_PEOPLE] = {"a.people_count", "derived_article_people", "derived_article_unread_people",
                     false},
    [SORT_READ] = {"a.read_state", "derived_article_read", "derived_article_read", false},
};

static const char columns[] =
    "SELECT a.page, a.date_key, a.title, a.site, a.path, a.basis, a.published_day,"
    " a.earliest_day, a.latest_day, a.people_count, a.read_state,"
    " (SELECT count(*) FROM user_bookmark b WHERE b.page = a.page)";

static const struct article_order *order_of(const struct article_query *query)
{
    return &orders[(unsigned)query->sort < SORT_COUNT ? query->sort : SORT_DATE];
}

static struct article_row read_row(const struct query *query, struct arena *arena,
                                   const struct article_query *wanted)
{
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
    };
    switch (wanted->sort) {
    case SORT_TITLE:
        row.key.text = row.title;
        break;
    case SORT_SITE:
        row.key.text = row.site;
        break;
    case SORT_PEOPLE:
        row.key.second = column_int(query, 9);
        break;
    case SORT_READ:
        row.key.second = column_int(query, 10);
        break;
    case SORT_DATE:
    case SORT_COUNT:
        break;
    }
    return row;
}

/* FROM … up to the end of WHERE's fixed part. */
static void add_source(struct buf *sql, const struct article_query *query, bool filtered)
{
    const struct article_order *order = order_of(query);
    if (!filtered)
        buf_format(sql, " FROM derived_article a INDEXED BY %s WHERE true",
                   query->unread_only ? order->unread_index : order->index);
    else if (!order->column)
        buf_add(sql, STR(" FROM derived_filter CROSS JOIN derived_article a"
                         " ON a.date_key = derived_filter.rowid WHERE derived_filter MATCH ?"));
    else
        buf_format(
            sql,
            " FROM (SELECT rowid AS date_key FROM derived_filter WHERE derived_filter MATCH ?"
            " ORDER BY rowid DESC LIMIT %d) m"
            " CROSS JOIN derived_article a ON a.date_key = m.date_key WHERE true",
            SORTED_MATCH_LIMIT);
    if (query->unread_only)
        buf_add(sql, STR(" AND a.read_state = 0"));
}

static void add_page(struct buf *sql, const struct article_query *query, bool filtered,
                     const struct page_request *request)
{
    const struct article_order *order = order_of(query);
    const char *comparison = page_comparison(request, query->descending);
    const char *direction = page_direction(request, query->descending);
    const char *date_key = filtered && !order->column ? "derived_filter.rowid" : "a.date_key";
    if (request->from && order->column)
        buf_format(sql, " AND (%s, a.date_key) %s (?, ?)", order->column, comparison);
    else if (request->from)
        buf_format(sql, " AND %s %s ?", date_key, comparison);
    buf_add(sql, STR(" ORDER BY "));
    if (order->column)
        buf_format(sql, "%s%s, ", order->column, direction);
    buf_format(sql, "%s%s LIMIT ?", date_key, direction);
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

enum status store_list_articles(struct store *store, struct arena *arena,
                                const struct article_query *wanted,
                                const struct page_request *request, const struct article_row **rows,
                                size_t *count, struct error *err)
{
    VEC(struct article_row) found = {0};
    struct buf sql = BUF_INIT, match = BUF_INIT;
    struct query query;
    bool filtered = match_has_words(wanted->filter);
    *rows = NULL;
    *count = 0;
    enum status status = filtered ? store_write_waiting(store, err) : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    buf_add(&sql, str_from(columns));
    add_source(&sql, wanted, filtered);
    add_page(&sql, wanted, filtered, request);
    query_begin(&query, store, buf_c(&sql), err);
    if (filtered) {
        match_add_filter(&match, wanted->filter);
        query_text(&query, buf_str(&match));
    }
    bind_page(&query, order_of(wanted), request);
    while (query_next(&query))
        vec_push(arena, &found, read_row(&query, arena, wanted));
    status = query_end(&query);
    buf_done(&sql);
    buf_done(&match);
    *rows = found.items;
    *count = found.count;
    return status;
}

enum status store_count_articles(struct store *store, const struct article_query *wanted,
                                 int64_t *count, struct error *err)
{
    if (!match_has_words(wanted->filter))
        return count_get(store, wanted->unread_only ? COUNT_UNREAD : COUNT_ARTICLES, count, err);
    struct buf sql = BUF_INIT, match = BUF_INIT;
    struct query query;
    *count = 0;
    enum status status = store_write_waiting(store, err);
    if (status != STATUS_OK)
        return status;
    count_sql_begin(&sql);
    if (order_of(wanted)->column || wanted->unread_only)
        add_source(&sql, wanted, true);
    else /* the words alone tell; the rows need not be looked at */
        buf_add(&sql, STR(" FROM derived_filter WHERE derived_filter MATCH ?"));
    count_sql_end(&sql);
    match_add_filter(&match, wanted->filter);
    query_begin(&query, store, buf_c(&sql), err);
    query_text(&query, buf_str(&match));
    status = query_number(&query, 0, count);
    buf_done(&sql);
    buf_done(&match);
    return status;
}

enum status store_find_article_row(struct store *store, struct arena *arena,
                                   const struct article_query *wanted, int64_t article,
                                   struct article_row *row, struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    bool found = false;
    buf_format(&sql, "%s FROM derived_article a WHERE a.page = ?", columns);
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
