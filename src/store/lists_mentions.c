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

static bool is_filtered(const struct mention_query *wanted)
{
    return wanted->form.len || wanted->site.len || wanted->filter.len;
}

/* Newest first still gives the places within an article from its beginning on: the articles are
 * walked by the appearances, and the mentions within each. */
static void add_query(struct buf *sql, const struct mention_query *wanted,
                      const struct page_request *request)
{
    const char *place = page_comparison(request, false);
    const char *article = page_falls(request, wanted->descending) ? "<" : ">";
    buf_add(sql,
            STR("SELECT p.date_key, m.start_byte, m.end_byte, a.page, p.entity, a.title, a.site,"
                " a.basis, a.published_day, a.earliest_day, a.latest_day"
                " FROM derived_appearance p CROSS JOIN derived_mention m"
                " INDEXED BY derived_mention_entity"
                " ON m.entity = p.entity AND m.date_key = +p.date_key"
                " CROSS JOIN derived_article a ON a.date_key = p.date_key"
                " WHERE p.entity = ?"));
    if (wanted->article)
        buf_add(sql, STR(" AND p.date_key = ?"));
    if (request->from)
        buf_format(sql, " AND p.date_key %s= ? AND (p.date_key %s ? OR m.start_byte %s ?)", article,
                   article, place);
    buf_format(sql, " ORDER BY p.date_key%s, m.start_byte%s",
               page_direction(request, wanted->descending), page_direction(request, false));
    if (!is_filtered(wanted))
        buf_add(sql, STR(" LIMIT ?"));
}

static bool holds_word(str text, str word)
{
    for (size_t at = 0; at + word.len <= text.len; at++)
        if (str_equal_ascii_fold(str_slice(text, at, at + word.len), word))
            return true;
    return false;
}

/* Does the row, whose context is read, fit? */
static bool fits(const struct mention_query *wanted, const struct mention_row *row)
{
    str rest = wanted->filter, word;
    if (wanted->form.len && !str_equal(wanted->form, row->name))
        return false;
    if (wanted->site.len && !str_equal_ascii_fold(wanted->site, row->site))
        return false;
    while (rest.len && str_next(&rest, ' ', &word))
        if (!holds_word(row->name, word) && !holds_word(row->site, word))
            return false;
    return true;
}

static enum status read_rows(struct store *store, struct arena *arena,
                             const struct mention_query *wanted, int64_t date_key,
                             const struct page_request *request, const struct mention_row **rows,
                             size_t *count, struct error *err)
{
    VEC(struct mention_row) found = {0};
    struct buf sql = BUF_INIT;
    struct slicer slicer;
    struct query query;
    add_query(&sql, wanted, request);
    query_begin(&query, store, buf_c(&sql), err);
    query_int(&query, wanted->entity);
    if (wanted->article)
        query_int(&query, date_key);
    if (request->from) {
        query_int(&query, request->from->number);
        query_int(&query, request->from->number);
        query_int(&query, request->from->second);
    }
    if (!is_filtered(wanted))
        query_int(&query, page_limit(request));
    slicer_init(&slicer, store);
    while (found.count < page_limit(request) && query_next(&query)) {
        struct mention_row row = read_row(&query, arena);
        read_context(&slicer, arena, &row);
        if (!is_filtered(wanted) || fits(wanted, &row))
            vec_push(arena, &found, row);
    }
    slicer_done(&slicer);
    enum status status = query_end(&query);
    buf_done(&sql);
    *rows = found.items;
    *count = found.count;
    return status;
}

enum status store_list_mentions(struct store *store, struct arena *arena,
                                const struct mention_query *wanted,
                                const struct page_request *request, const struct mention_row **rows,
                                size_t *count, struct error *err)
{
    int64_t date_key = 0;
    enum status status = STATUS_OK;
    *rows = NULL;
    *count = 0;
    if (wanted->article)
        status = find_date_key(store, wanted->article, &date_key, err);
    if (status != STATUS_OK)
        return status;
    return read_rows(store, arena, wanted, date_key, request, rows, count, err);
}
