#include "store/internal.h"

/* Context on each side of a name, in bytes. */
enum { CONTEXT_LEN = 120 };

static struct mention_row read_row(const struct query *query, struct arena *arena)
{
    return (struct mention_row){
        .key = {.number = column_int(query, 0), .second = column_int(query, 1)},
        .article = column_int(query, 3),
        .entity = column_int(query, 4),
        .start = column_offset(query, 1),
        .end = column_offset(query, 2),
        .title = column_str(query, 5, arena),
        .site = column_str(query, 6, arena),
        .published = column_publication(query, 7),
    };
}

static void read_context(struct slicer *slicer, struct arena *arena, struct mention_row *row)
{
    int64_t date_key = row->key.number, at = (int64_t)row->start - CONTEXT_LEN;
    row->before = slicer_read(slicer, arena, date_key, &at, row->start);
    at = row->start;
    row->name = slicer_read(slicer, arena, date_key, &at, row->end);
    at = row->end;
    row->after = slicer_read(slicer, arena, date_key, &at, at + CONTEXT_LEN);
}

typedef VEC(struct mention_row) mention_row_vec;

static bool is_filtered(const struct mention_query *wanted)
{
    return wanted->form.len || wanted->site.len || wanted->search;
}

/* Newest first still gives the places within an article from its beginning on: the articles are
 * walked by the appearances, and the mentions within each. */
static void add_query(struct buf *sql, const struct mention_query *wanted,
                      const struct page_request *request)
{
    const char *place = page_comparison(request, false);
    const char *article = page_falls(request, wanted->descending) ? "<" : ">";
    buf_add(sql,
            STR("SELECT p.date_key, m.start_byte, m.end_byte, a.page, m.entity, a.title, a.site,"
                " a.basis, a.published_day, a.earliest_day, a.latest_day"
                " FROM derived_appearance p CROSS JOIN derived_mention m"
                " INDEXED BY derived_mention_entity"
                " ON m.entity = ? AND m.date_key = +p.date_key"
                " CROSS JOIN derived_article a ON a.date_key = p.date_key"
                " WHERE p.entity = ?"));
    if (wanted->with && wanted->near)
        buf_add(sql, STR(" AND EXISTS(SELECT 1 FROM derived_mention w"
                         " INDEXED BY derived_mention_entity WHERE w.entity = ?"
                         " AND w.date_key = p.date_key AND w.start_byte < m.end_byte + ?"
                         " AND w.start_byte > m.start_byte - ?)"));
    else if (wanted->with)
        buf_add(sql, STR(" AND EXISTS(SELECT 1 FROM derived_appearance w WHERE w.entity = ?"
                         " AND w.date_key = p.date_key)"));
    if (wanted->article)
        buf_add(sql, STR(" AND p.date_key = ?"));
    if (request->from)
        buf_format(sql, " AND p.date_key %s= ? AND (p.date_key %s ? OR m.start_byte %s ?)", article,
                   article, place);
    buf_format(sql, " ORDER BY p.date_key%s, m.start_byte%s",
               page_direction(request, wanted->descending), page_direction(request, false));
    buf_add(sql, STR(" LIMIT ?"));
}

static bool asks_mention(const struct search_node *leaf)
{
    return leaf->kind == SEARCH_WORDS &&
           (leaf->column == SEARCH_ROW || leaf->column == SEARCH_FORM);
}

/* A phrase may run over the name. */
static bool mention_fits(const struct search_query *search, const struct search_node *leaf,
                         const void *item)
{
    const struct mention_row *row = item;
    struct buf text = BUF_INIT;
    if (leaf->column == SEARCH_FORM)
        return row_has_words(search, leaf, row->name);
    if (row_has_words(search, leaf, row->site) || row_has_words(search, leaf, row->title))
        return true;
    buf_add(&text, row->before);
    buf_add(&text, row->name);
    buf_add(&text, row->after);
    bool fits = row_has_words(search, leaf, buf_str(&text));
    buf_done(&text);
    return fits;
}

static const struct row_way mention_way = {asks_mention, mention_fits};

/* Does the row, whose context is read, fit? */
static enum status look_at(struct row_filter *filter, const struct mention_query *wanted,
                           const struct mention_row *row, bool *fits, struct error *err)
{
    *fits = (!wanted->form.len || str_equal(wanted->form, row->name)) &&
            (!wanted->site.len || str_equal_ascii_fold(wanted->site, row->site));
    return *fits ? row_filter_fits(filter, row->key.number, row, fits, err) : STATUS_OK;
}

static void bind_rows(struct query *query, const struct mention_query *wanted, int64_t rarer,
                      int64_t date_key, const struct page_request *request)
{
    query_int(query, wanted->entity);
    query_int(query, rarer);
    for (int i = 0; wanted->with && i < (wanted->near ? 3 : 1); i++)
        query_int(query, i ? CONTEXT_LEN : wanted->with);
    if (wanted->article)
        query_int(query, date_key);
    if (request->from) {
        query_int(query, request->from->number);
        query_int(query, request->from->number);
        query_int(query, request->from->second);
    }
    query_int(query, is_filtered(wanted) ? SORTED_MATCH_LIMIT : page_limit(request));
}

/* Of the one whose mentions are wanted and the one they stand with: whoever is in
 * fewer articles. */
static enum status find_rarer(struct store *store, const struct mention_query *wanted,
                              int64_t *rarer, struct error *err)
{
    struct query query;
    *rarer = wanted->entity;
    if (!wanted->with)
        return STATUS_OK;
    query_begin(&query, store,
                "SELECT iif((SELECT article_count FROM derived_entity WHERE id = ?1)"
                " > (SELECT article_count FROM derived_entity WHERE id = ?2), ?2, ?1)",
                err);
    query_int(&query, wanted->entity);
    query_int(&query, wanted->with);
    return query_number(&query, wanted->entity, rarer);
}

static enum status read_rows(struct store *store, struct arena *arena,
                             const struct mention_query *wanted, int64_t rarer, int64_t date_key,
                             const struct page_request *request, struct row_filter *filter,
                             mention_row_vec *found, struct error *err)
{
    struct buf sql = BUF_INIT;
    struct slicer slicer;
    struct query query;
    enum status status = STATUS_OK;
    add_query(&sql, wanted, request);
    query_begin(&query, store, buf_c(&sql), err);
    bind_rows(&query, wanted, rarer, date_key, request);
    slicer_init(&slicer, store);
    while (status == STATUS_OK && found->count < page_limit(request) && query_next(&query)) {
        struct mention_row row = read_row(&query, arena);
        bool fits;
        read_context(&slicer, arena, &row);
        status = look_at(filter, wanted, &row, &fits, err);
        if (fits)
            vec_push(arena, found, row);
    }
    slicer_done(&slicer);
    enum status ended = query_end(&query);
    buf_done(&sql);
    return status == STATUS_OK ? ended : status;
}

enum status store_list_mentions(struct store *store, struct arena *arena,
                                const struct mention_query *wanted,
                                const struct page_request *request, const struct mention_row **rows,
                                size_t *count, struct error *err)
{
    int64_t date_key = 0, rarer = 0;
    mention_row_vec found = {0};
    struct row_filter filter;
    *rows = NULL;
    *count = 0;
    enum status status = row_filter_init(&filter, store, wanted->search, &mention_way, err);
    if (status == STATUS_OK && wanted->article)
        status = find_date_key(store, wanted->article, &date_key, err);
    if (status == STATUS_OK)
        status = find_rarer(store, wanted, &rarer, err);
    if (status == STATUS_OK)
        status = read_rows(store, arena, wanted, rarer, date_key, request, &filter, &found, err);
    row_filter_done(&filter);
    *rows = found.items;
    *count = found.count;
    return status;
}
