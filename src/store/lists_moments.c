#include "store/internal.h"

/* A sentence that is longer is shown around its date: bytes before and after the date. */
enum { SENTENCE_SIDE_LEN = 1000 };

/* Columns of derived_moment as m, for read_moment. */
#define MOMENT_COLUMNS                                                                             \
    " m.type, m.certainty, m.start_byte, m.end_byte, m.sentence_start_byte, m.sentence_end_byte,"  \
    " m.value, m.modifier, m.first_day, m.last_day, m.rule, m.reference"

static struct moment read_moment(const struct query *query, int column, struct arena *arena)
{
    str rule = column_str(query, column + 10, arena);
    return (struct moment){
        .type = (enum moment_type)column_within(query, column, 0, MOMENT_TYPE_COUNT - 1),
        .certainty = (enum certainty)column_within(query, column + 1, 0, CERTAINTY_COUNT - 1),
        .start = column_offset(query, column + 2),
        .end = column_offset(query, column + 3),
        .sentence_start = column_offset(query, column + 4),
        .sentence_end = column_offset(query, column + 5),
        .value = column_str(query, column + 6, arena),
        .modifier = column_str(query, column + 7, arena),
        .first = column_day(query, column + 8),
        .last = column_day(query, column + 9),
        .rule = rule.ptr ? rule.ptr : "",
        .reference = column_str(query, column + 11, arena),
    };
}

enum status read_article_moments(struct store *store, struct arena *arena, int64_t date_key,
                                 moment_vec *moments, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT" MOMENT_COLUMNS " FROM derived_moment m WHERE m.date_key = ?1"
                " ORDER BY m.number",
                err);
    query_int(&query, date_key);
    while (query_next(&query))
        vec_push(arena, moments, read_moment(&query, 0, arena));
    return query_end(&query);
}

/* ---- which moments ------------------------------------------------------------------------- */

/* Where the rows are walked, as t: the first whose needs the query meets. */
static const struct {
    bool needs_article, needs_entity;
    const char *source, *condition;
} walks[] = {
    {true, true, " FROM derived_moment t INDEXED BY derived_moment_article",
     " WHERE t.date_key = ? AND EXISTS(SELECT 1 FROM derived_moment_entity x WHERE x.entity = ?"
     " AND x.place = t.place AND x.date_key = t.date_key AND x.number = t.number)"},
    {true, false, " FROM derived_moment t INDEXED BY derived_moment_article",
     " WHERE t.date_key = ?"},
    {false, true, " FROM derived_moment_entity t", " WHERE t.entity = ?"},
    {false, false, " FROM derived_moment t INDEXED BY derived_moment_time", " WHERE true"},
};

static size_t walk_of(const struct moment_query *wanted)
{
    size_t i = 0;
    while ((walks[i].needs_article && !wanted->article) ||
           (walks[i].needs_entity && !wanted->entity))
        i++;
    return i;
}

static void bounds_of(const struct moment_query *wanted, int64_t *low, int64_t *high)
{
    *low = PLACE_NONE + 1;
    *high = INT64_MAX;
    if (wanted->unplaced)
        *low = *high = PLACE_NONE;
    else if (wanted->from != DAY_UNKNOWN)
        *low = (int64_t)wanted->from * (INT64_C(1) << 32);
    if (!wanted->unplaced && wanted->to != DAY_UNKNOWN)
        *high = ((int64_t)wanted->to + 1) * (INT64_C(1) << 32) - 1;
}

static void bind_walk(struct query *query, const struct moment_query *wanted, int64_t date_key)
{
    if (wanted->article)
        query_int(query, date_key);
    if (wanted->entity)
        query_int(query, wanted->entity);
}

static enum status find_article(struct store *store, const struct moment_query *wanted,
                                int64_t *date_key, struct error *err)
{
    *date_key = 0;
    return wanted->article ? find_date_key(store, wanted->article, date_key, err) : STATUS_OK;
}

/* ---- the list ------------------------------------------------------------------------------ */

/* A bound that the page's key implies is left out: SQLite uses one bound a side for its index. */
static void add_page(struct buf *sql, const struct page_request *request, bool key_is_low,
                     bool key_is_high)
{
    const char *direction = page_direction(request, false);
    if (!key_is_low)
        buf_add(sql, STR(" AND t.place >= ?"));
    if (!key_is_high)
        buf_add(sql, STR(" AND t.place <= ?"));
    if (key_is_low || key_is_high)
        buf_format(sql, " AND (t.place, t.date_key, t.number) %s (?, ?, ?)",
                   page_comparison(request, false));
    buf_format(sql, " ORDER BY t.place%s, t.date_key%s, t.number%s LIMIT ?", direction, direction,
               direction);
}

static void bind_page(struct query *query, const struct page_request *request, int64_t low,
                      int64_t high, bool key_is_low, bool key_is_high)
{
    if (!key_is_low)
        query_int(query, low);
    if (!key_is_high)
        query_int(query, high);
    if (key_is_low || key_is_high) {
        query_int(query, request->from->number);
        query_int(query, request->from->second);
        query_int(query, request->from->third);
    }
    query_int(query, page_limit(request));
}

static void read_sentence(struct slicer *slicer, struct arena *arena, struct moment_row *row)
{
    const struct moment *moment = &row->moment;
    int64_t start = moment->sentence_start, end = moment->sentence_end;
    if (start < (int64_t)moment->start - SENTENCE_SIDE_LEN)
        start = (int64_t)moment->start - SENTENCE_SIDE_LEN;
    if (end > (int64_t)moment->end + SENTENCE_SIDE_LEN)
        end = (int64_t)moment->end + SENTENCE_SIDE_LEN;
    row->sentence = slicer_read(slicer, arena, row->key.second, &start, end);
    if (moment->start >= start && moment->end <= start + (int64_t)row->sentence.len &&
        moment->start <= moment->end) {
        row->date_start = (uint32_t)(moment->start - start);
        row->date_end = (uint32_t)(moment->end - start);
    }
}

static struct moment_row read_row(const struct query *query, struct arena *arena)
{
    return (struct moment_row){
        .key = {column_int(query, 0), column_int(query, 1), column_int(query, 2), STR_NONE},
        .article = column_int(query, 3),
        .title = column_str(query, 4, arena),
        .site = column_str(query, 5, arena),
        .moment = read_moment(query, 6, arena),
    };
}

enum status store_list_moments(struct store *store, struct arena *arena,
                               const struct moment_query *wanted,
                               const struct page_request *request, const struct moment_row **rows,
                               size_t *count, struct error *err)
{
    VEC(struct moment_row) found = {0};
    struct buf sql = BUF_INIT;
    struct slicer slicer;
    struct query query;
    int64_t low, high, date_key;
    size_t walk = walk_of(wanted);
    *rows = NULL;
    *count = 0;
    enum status status = find_article(store, wanted, &date_key, err);
    if (status != STATUS_OK)
        return status;
    bounds_of(wanted, &low, &high);
    bool falls = page_falls(request, false);
    bool key_is_low = request->from && !falls && request->from->number >= low;
    bool key_is_high = request->from && falls && request->from->number <= high;
    buf_format(&sql,
               "SELECT t.place, t.date_key, t.number, a.page, a.title, a.site,%s%s"
               " CROSS JOIN derived_moment m ON m.date_key = t.date_key AND m.number = t.number"
               " CROSS JOIN derived_article a ON a.date_key = t.date_key%s",
               MOMENT_COLUMNS, walks[walk].source, walks[walk].condition);
    add_page(&sql, request, key_is_low, key_is_high);
    query_begin(&query, store, buf_c(&sql), err);
    bind_walk(&query, wanted, date_key);
    bind_page(&query, request, low, high, key_is_low, key_is_high);
    slicer_init(&slicer, store);
    while (query_next(&query)) {
        struct moment_row row = read_row(&query, arena);
        read_sentence(&slicer, arena, &row);
        vec_push(arena, &found, row);
    }
    slicer_done(&slicer);
    status = query_end(&query);
    buf_done(&sql);
    *rows = found.items;
    *count = found.count;
    return status;
}

enum status store_count_moments(struct store *store, const struct moment_query *wanted,
                                int64_t *count, struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    int64_t low, high, date_key;
    size_t walk = walk_of(wanted);
    bool is_open = wanted->unplaced || (wanted->from == DAY_UNKNOWN && wanted->to == DAY_UNKNOWN);
    *count = 0;
    if (is_open && !wanted->article && !wanted->entity)
        return count_get(store, wanted->unplaced ? COUNT_UNPLACED : COUNT_MOMENTS, count, err);
    enum status status = find_article(store, wanted, &date_key, err);
    if (status != STATUS_OK)
        return status;
    bounds_of(wanted, &low, &high);
    buf_format(&sql, "SELECT count(*)%s%s AND t.place >= ? AND t.place <= ?", walks[walk].source,
               walks[walk].condition);
    query_begin(&query, store, buf_c(&sql), err);
    bind_walk(&query, wanted, date_key);
    query_int(&query, low);
    query_int(&query, high);
    status = query_number(&query, 0, count);
    buf_done(&sql);
    return status;
}
