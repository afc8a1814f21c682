#include "store/internal.h"

#define BOOKMARK_COLUMNS                                                                           \
    " b.id, b.page, b.quote, b.prefix, b.suffix, b.start_byte, b.end_byte, b.state, b.note,"       \
    " b.tags, b.created, b.score"

static struct bookmark read_bookmark(const struct query *query, struct arena *arena)
{
    return (struct bookmark){
        .id = column_int(query, 0),
        .article = column_int(query, 1),
        .quote = column_str(query, 2, arena),
        .prefix = column_str(query, 3, arena),
        .suffix = column_str(query, 4, arena),
        .start = column_offset(query, 5),
        .end = column_offset(query, 6),
        .state = (enum anchor_state)column_within(query, 7, 0, ANCHOR_STATE_COUNT - 1),
        .note = column_str(query, 8, arena),
        .tags = column_str(query, 9, arena),
        .created = column_int(query, 10),
        .score = (int)column_within(query, 11, 0, 100),
    };
}

enum status store_get_bookmark(struct store *store, struct arena *arena, int64_t id,
                               struct bookmark *bookmark, struct error *err)
{
    struct query query;
    bool found = false;
    query_begin(&query, store, "SELECT" BOOKMARK_COLUMNS " FROM user_bookmark b WHERE b.id = ?1",
                err);
    query_int(&query, id);
    if (query_next(&query)) {
        *bookmark = read_bookmark(&query, arena);
        found = true;
    }
    enum status status = query_end(&query);
    if (status == STATUS_OK && !found)
        return error_set(err, STATUS_NOT_FOUND, "%s: no bookmark has the number %lld", store->path,
                         (long long)id);
    return status;
}

/* ---- changes ------------------------------------------------------------------------------- */

/* One that no bookmark ever had, so that undo never brings back another's. */
static enum status next_id(struct store *store, int64_t *id, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'user_bookmark'), 0)"
                " + 1",
                err);
    return query_number(&query, 1, id);
}

static enum status put_row(struct store *store, const struct bookmark *bookmark, const char *label,
                           int64_t when, struct error *err)
{
    struct user_change change = {
        .table = USER_BOOKMARK,
        .row = {INT_VALUE(bookmark->id), INT_VALUE(bookmark->article), TEXT_VALUE(bookmark->quote),
                TEXT_VALUE(bookmark->prefix), TEXT_VALUE(bookmark->suffix),
                TEXT_VALUE(bookmark->note), TEXT_VALUE(bookmark->tags),
                INT_VALUE(bookmark->created), INT_VALUE(bookmark->start), INT_VALUE(bookmark->end),
                INT_VALUE(bookmark->state)},
        .label = label,
        .article = bookmark->article,
        .when = when,
    };
    return user_change(store, &change, err);
}

enum status store_put_bookmark(struct store *store, struct bookmark *bookmark, int64_t when,
                               struct error *err)
{
    struct arena arena = {0};
    struct change change;
    struct bookmark changed = *bookmark;
    bool is_new = bookmark->id == 0, is_back = false;
    enum status status = change_begin(&change, store, CHANGE_PART, err);
    if (status != STATUS_OK)
        return status;
    if (is_new) {
        status = next_id(store, &changed.id, err);
    } else {
        status = store_get_bookmark(store, &arena, bookmark->id, &changed, err);
        is_back = status == STATUS_NOT_FOUND;
        changed = is_back ? *bookmark : changed;
        changed.note = bookmark->note;
        changed.tags = bookmark->tags;
    }
    if (status == STATUS_OK || is_back)
        status = put_row(store, &changed,
                         is_new    ? "bookmark added"
                         : is_back ? "bookmark brought back"
                                   : "bookmark changed",
                         when, err);
    if (status == STATUS_OK && is_back) /* the score is no part of what is undone */
        status = store_move_bookmark(store, &changed, err);
    status = change_end(&change, status, err);
    if (status == STATUS_OK)
        bookmark->id = changed.id;
    arena_done(&arena);
    return status;
}

enum status store_attach_bookmark(struct store *store, const struct bookmark *bookmark,
                                  int64_t when, struct error *err)
{
    struct arena arena = {0};
    struct change change;
    struct bookmark changed;
    enum status status = change_begin(&change, store, CHANGE_PART, err);
    if (status != STATUS_OK)
        return status;
    status = store_get_bookmark(store, &arena, bookmark->id, &changed, err);
    if (status == STATUS_OK) {
        changed.quote = bookmark->quote;
        changed.prefix = bookmark->prefix;
        changed.suffix = bookmark->suffix;
        changed.start = bookmark->start;
        changed.end = bookmark->end;
        changed.state = ANCHOR_EXACT;
        changed.score = 100;
        status = put_row(store, &changed, "bookmark attached", when, err);
    }
    if (status == STATUS_OK)
        status = store_move_bookmark(store, &changed, err);
    status = change_end(&change, status, err);
    arena_done(&arena);
    return status;
}

enum status store_delete_bookmark(struct store *store, int64_t id, int64_t when, struct error *err)
{
    struct arena arena = {0};
    struct bookmark bookmark;
    enum status status = store_get_bookmark(store, &arena, id, &bookmark, err);
    if (status == STATUS_OK) {
        struct user_change change = {
            .table = USER_BOOKMARK,
            .row = {INT_VALUE(id)},
            .deletes = true,
            .label = "bookmark deleted",
            .article = bookmark.article,
            .when = when,
        };
        status = user_change(store, &change, err);
    }
    arena_done(&arena);
    return status;
}

enum status store_move_bookmark(struct store *store, const struct bookmark *bookmark,
                                struct error *err)
{
    struct change change;
    struct query query;
    enum status status = change_begin(&change, store, CHANGE_PART, err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "UPDATE user_bookmark SET start_byte = ?2, end_byte = ?3, state = ?4, score = ?5"
                " WHERE id = ?1",
                err);
    query_int(&query, bookmark->id);
    query_int(&query, bookmark->start);
    query_int(&query, bookmark->end);
    query_int(&query, bookmark->state);
    query_int(&query, bookmark->score);
    return change_end(&change, query_run(&query), err);
}

typedef VEC(struct bookmark) bookmark_vec;

static enum status read_bookmarks(struct store *store, struct arena *arena, int64_t page,
                                  size_t limit, bookmark_vec *found, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT" BOOKMARK_COLUMNS " FROM user_bookmark b WHERE b.page = ?1"
                " ORDER BY b.start_byte, b.id",
                err);
    query_int(&query, page);
    while (found->count < limit && query_next(&query))
        vec_push(arena, found, read_bookmark(&query, arena));
    return query_end(&query);
}

enum status store_list_article_bookmarks(struct store *store, struct arena *arena, int64_t article,
                                         size_t limit, const struct bookmark **bookmarks,
                                         size_t *count, struct error *err)
{
    bookmark_vec found = {0};
    enum status status = read_bookmarks(store, arena, article, limit, &found, err);
    *bookmarks = found.items;
    *count = found.count;
    return status;
}

enum status bookmarks_anchor(struct store *store, int64_t page, int64_t id, str text,
                             struct error *err)
{
    bookmark_vec found = {0};
    struct arena arena = {0};
    enum status status = read_bookmarks(store, &arena, page, SIZE_MAX, &found, err);
    for (size_t i = 0; i < found.count && status == STATUS_OK; i++) {
        if (id != 0 && found.items[i].id != id)
            continue;
        bookmark_anchor(&found.items[i], text);
        status = store_move_bookmark(store, &found.items[i], err);
    }
    arena_done(&arena);
    return status;
}

/* ---- the list ------------------------------------------------------------------------------ */

/* All bookmarks that fit are sorted: they are as many as a person makes. Rows are ordered by a
 * number, a text, a second number and the bookmark's own. */
static const struct bookmark_order {
    const char *number, *text, *second;
    bool descending; /* the number */
} orders[BOOKMARK_SORT_COUNT] = {
    [BOOKMARKS_BY_PUBLICATION] = {"coalesce(a.date_key, b.page)", "''", "b.start_byte", true},
    [BOOKMARKS_BY_MAKING] = {"b.created", "''", "-b.id", true},
    [BOOKMARKS_BY_ARTICLE] = {"0 + 0", "coalesce(a.title, '') COLLATE NOCASE", "b.start_byte",
                              false},
    [BOOKMARKS_BY_TAG] = {"(coalesce(b.tags, '') = '')", "coalesce(b.tags, '') COLLATE NOCASE",
                          "b.start_byte", false},
};

static void add_page(struct buf *sql, const struct bookmark_order *order,
                     const struct page_request *request)
{
    bool falls = page_falls(request, false);
    if (request->from)
        buf_format(sql, " AND (%s %s ? OR (%s = ? AND (%s, %s, b.id) %s (?, ?, ?)))", order->number,
                   falls != order->descending ? "<" : ">", order->number, order->text,
                   order->second, page_comparison(request, false));
    buf_format(sql, " ORDER BY %s%s, %s%s, %s%s, b.id%s LIMIT ?", order->number,
               page_direction(request, order->descending), order->text,
               page_direction(request, false), order->second, page_direction(request, false),
               page_direction(request, false));
}

static bool asks_bookmark(const struct search_node *leaf)
{
    return (leaf->kind == SEARCH_WORDS &&
            (leaf->column == SEARCH_ROW || leaf->column == SEARCH_HEAD)) ||
           leaf->kind == SEARCH_TAG || leaf->kind == SEARCH_NOTE || leaf->kind == SEARCH_ANCHOR;
}

static bool bookmark_fits(const struct search_query *search, const struct search_node *leaf,
                          const void *item)
{
    const struct bookmark_row *row = item;
    const struct bookmark *own = &row->bookmark;
    const str texts[] = {own->quote, own->note, own->tags, row->title, row->site};
    struct buf joined = BUF_INIT;
    if (leaf->kind == SEARCH_ANCHOR)
        return own->state == (enum anchor_state)leaf->number;
    if (leaf->kind == SEARCH_TAG)
        return row_has_tag(leaf, own->tags);
    if (leaf->kind == SEARCH_NOTE)
        return row_has_words(search, leaf, own->note);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        buf_add(&joined, texts[i]);
        buf_add_byte(&joined, '\n');
    }
    bool fits = row_has_words(search, leaf, buf_str(&joined));
    buf_done(&joined);
    return fits;
}

static const struct row_way bookmark_way = {asks_bookmark, bookmark_fits};

typedef VEC(struct bookmark_row) bookmark_row_vec;

static enum status read_rows(struct query *query, struct arena *arena, uint32_t limit,
                             struct row_filter *filter, bookmark_row_vec *found, struct error *err)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && found->count < limit && query_next(query)) {
        struct bookmark_row row = {.bookmark = read_bookmark(query, arena),
                                   .title = column_str(query, 15, arena),
                                   .site = column_str(query, 16, arena),
                                   .published = column_publication(query, 17),
                                   .url = column_str(query, 21, arena),
                                   .path = column_str(query, 22, arena)};
        bool fits;
        row.key = (struct row_key){column_int(query, 12), column_int(query, 14), row.bookmark.id,
                                   column_str(query, 13, arena)};
        status = row_filter_fits(filter, column_int(query, 23), &row, &fits, err);
        if (fits)
            vec_push(arena, found, row);
    }
    enum status ended = query_end(query);
    return status == STATUS_OK ? ended : status;
}

enum status store_list_bookmarks(struct store *store, struct arena *arena,
                                 const struct bookmark_query *wanted,
                                 const struct page_request *request,
                                 const struct bookmark_row **rows, size_t *count, struct error *err)
{
    bookmark_row_vec found = {0};
    struct row_filter filter;
    struct buf sql = BUF_INIT;
    struct query query;
    const struct bookmark_order *order = &orders[wanted->sort];
    *rows = NULL;
    *count = 0;
    buf_format(&sql,
               "SELECT" BOOKMARK_COLUMNS ", %s, %s, %s, a.title, a.site, a.basis, a.published_day,"
               " a.earliest_day, a.latest_day, a.url, a.path, a.date_key FROM user_bookmark b"
               " LEFT JOIN derived_article a ON a.page = b.page WHERE true",
               order->number, order->text, order->second);
    if (wanted->article)
        buf_add(&sql, STR(" AND b.page = ?"));
    add_page(&sql, order, request);
    enum status status = row_filter_init(&filter, store, wanted->search, &bookmark_way, err);
    if (status == STATUS_OK) {
        query_begin(&query, store, buf_c(&sql), err);
        if (wanted->article)
            query_int(&query, wanted->article);
        if (request->from) {
            query_int(&query, request->from->number);
            query_int(&query, request->from->number);
            query_text(&query, request->from->text.ptr ? request->from->text : STR(""));
            query_int(&query, request->from->second);
            query_int(&query, request->from->third);
        }
        query_int(&query, wanted->search ? -1 : (int64_t)page_limit(request));
        status = read_rows(&query, arena, page_limit(request), &filter, &found, err);
    }
    row_filter_done(&filter);
    buf_done(&sql);
    *rows = found.items;
    *count = found.count;
    return status;
}

enum status store_count_bookmarks(struct store *store, const struct search_query *search,
                                  int64_t *total, struct error *err)
{
    struct bookmark_query wanted = {.search = search};
    struct page_request request = {.limit = STORE_COUNT_LIMIT + 1};
    const struct bookmark_row *rows = NULL;
    struct arena page = {0};
    size_t count = 0;
    enum status status = store_list_bookmarks(store, &page, &wanted, &request, &rows, &count, err);
    *total = (int64_t)count;
    arena_done(&page);
    return status;
}

enum status store_find_pages(struct store *store, str source, int64_t *pages, size_t limit,
                             size_t *count, struct error *err)
{
    struct query query;
    *count = 0;
    query_begin(&query, store,
                "SELECT id FROM source_page WHERE path = ?1"
                " UNION SELECT page FROM derived_article WHERE url = ?1",
                err);
    query_text(&query, source);
    while (query_next(&query))
        if (*count < limit)
            pages[(*count)++] = column_int(&query, 0);
    return query_end(&query);
}
