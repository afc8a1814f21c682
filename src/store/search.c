#include "store/internal.h"

#include <string.h>

/* What FTS5 puts around hits: bytes that no UTF-8 text has, so that an article cannot fake them. */
#define RAW_HIT_START "\xfe"
#define RAW_HIT_END "\xff"
#define HIT_START '\x01'
#define HIT_END '\x02'
/* Words of a snippet; bytes before and after the first hit where the words have no spaces. */
enum { SNIPPET_WORD_COUNT = 32, SNIPPET_BEFORE_LEN = 60, SNIPPET_AFTER_LEN = 180 };

/* ---- conditions ---------------------------------------------------------------------------- */

static size_t last_code_point(str word)
{
    size_t at = word.len;
    while (at > 0 && ((unsigned char)word.ptr[at - 1] & 0xc0) == 0x80)
        at--;
    return at > 0 ? at - 1 : 0;
}

/* The run that pairs stand for: "ab bc cd" -> "abcd". */
static str run_of_pairs(struct arena *arena, str pairs)
{
    struct buf run = BUF_INIT;
    str pair;
    while (str_next(&pairs, ' ', &pair)) {
        if (pair.len > 0)
            buf_add(&run, run.len > 0 ? str_slice(pair, last_code_point(pair), pair.len) : pair);
    }
    str text = arena_str(arena, buf_str(&run));
    buf_done(&run);
    return text;
}

enum status search_init(struct search_condition *condition, struct arena *arena,
                        const struct search_query *search, struct error *err)
{
    *condition = (struct search_condition){.match = BUF_INIT, .sql = BUF_INIT};
    buf_add(&condition->sql, STR("derived_search MATCH ?"));
    for (size_t i = 0; i < search->term_count && i < MATCH_TERM_LIMIT; i++) {
        const struct search_term *term = &search->terms[i];
        if (!term->unspaced || term->text.len == 0)
            continue;
        str run = run_of_pairs(arena, term->text);
        if (!term->negated)
            vec_push(arena, &condition->runs, run);
        if (!term->title_only)
            continue;
        /* The pairs say that the run is somewhere; only the title itself says that it is there. */
        buf_format(&condition->sql, " AND instr(derived_search.title, ?) %s 0",
                   term->negated ? "=" : ">");
        vec_push(arena, &condition->title_runs, run);
    }
    return match_add_search(&condition->match, search, err);
}

void search_bind(struct query *query, const struct search_condition *condition)
{
    query_text(query, buf_str(&condition->match));
    for (size_t i = 0; i < condition->title_runs.count; i++)
        query_text(query, condition->title_runs.items[i]);
}

void search_done(struct search_condition *condition)
{
    buf_done(&condition->match);
    buf_done(&condition->sql);
}

/* ---- snippets ------------------------------------------------------------------------------ */

static str clean_snippet(struct arena *arena, str raw)
{
    char *clean = arena_alloc(arena, raw.len + 1, 1);
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        unsigned char byte = (unsigned char)raw.ptr[i];
        if (byte == HIT_START || byte == HIT_END)
            continue;
        clean[len++] = byte == 0xfe   ? HIT_START
                       : byte == 0xff ? HIT_END
                       : byte < 0x20  ? ' '
                                      : raw.ptr[i];
    }
    return (str){clean, len};
}

/* The text around the first place of a run, with every place in it marked. */
static str cut_around(struct arena *arena, str text, str run)
{
    size_t at = run.len > 0 ? str_find(text, run, 0) : STR_MISSING;
    if (at == STR_MISSING)
        return STR_NONE;
    size_t start = at > SNIPPET_BEFORE_LEN ? at - SNIPPET_BEFORE_LEN : 0;
    size_t end = at + run.len + SNIPPET_AFTER_LEN;
    str part = whole_code_points(str_slice(text, start, end));
    struct buf raw = BUF_INIT;
    if (start > 0)
        buf_add(&raw, STR("…"));
    for (size_t from = 0; from <= part.len;) {
        size_t hit = str_find(part, run, from);
        buf_add(&raw, str_slice(part, from, hit));
        if (hit == STR_MISSING)
            break;
        buf_add(&raw, STR(RAW_HIT_START));
        buf_add(&raw, run);
        buf_add(&raw, STR(RAW_HIT_END));
        from = hit + run.len;
    }
    if (end < text.len)
        buf_add(&raw, STR("…"));
    str snippet = clean_snippet(arena, buf_str(&raw));
    buf_done(&raw);
    return snippet;
}

static enum status read_run_snippet(struct store *store, struct arena *arena,
                                    const struct search_condition *condition,
                                    struct search_row *row, struct error *err)
{
    struct query query;
    if (condition->runs.count == 0 || str_find_byte(row->snippet, HIT_START, 0) != STR_MISSING)
        return STATUS_OK;
    query_begin(&query, store, "SELECT text FROM derived_text WHERE date_key = ?1", err);
    query_int(&query, row->key.number);
    if (query_next(&query)) {
        str text = column_borrow(&query, 0), snippet = STR_NONE;
        for (size_t i = 0; i < condition->runs.count && !snippet.ptr; i++)
            snippet = cut_around(arena, text, condition->runs.items[i]);
        if (snippet.ptr)
            row->snippet = snippet;
    }
    return query_end(&query);
}

/* ---- the list ------------------------------------------------------------------------------ */

/* A double as key, and back. */
static int64_t score_bits(double score)
{
    int64_t bits;
    memcpy(&bits, &score, sizeof bits);
    return bits;
}

static double bits_score(int64_t bits)
{
    double score;
    memcpy(&score, &bits, sizeof score);
    return score;
}

/* What a row shows. FTS5 must make the snippet while it stands on the row. */
static void add_row_columns(struct buf *sql)
{
    buf_format(sql,
               "SELECT derived_search.rowid, a.page, a.title, a.site, a.basis, a.published_day,"
               " a.earliest_day, a.latest_day, snippet(derived_search, 2, ?, ?, '…', %d)"
               " FROM derived_search CROSS JOIN derived_article a"
               " ON a.date_key = derived_search.rowid WHERE ",
               SNIPPET_WORD_COUNT);
}

static void bind_row_columns(struct query *query)
{
    query_text(query, STR(RAW_HIT_START));
    query_text(query, STR(RAW_HIT_END));
}

static void read_row_columns(const struct query *query, struct arena *arena, struct search_row *row)
{
    row->key.number = column_int(query, 0);
    row->article = column_int(query, 1);
    row->title = column_str(query, 2, arena);
    row->site = column_str(query, 3, arena);
    row->published = column_publication(query, 4);
    row->snippet = clean_snippet(arena, column_borrow(query, 8));
}

/* Best first (bm25: smallest), then newest: ranks every match. A title counts eight times. */
static void add_by_rank(struct buf *sql, const struct search_condition *condition,
                        const struct page_request *request)
{
    bool falls = page_falls(request, false);
    buf_format(sql,
               "WITH ranked AS MATERIALIZED (SELECT rowid AS date_key,"
               " bm25(derived_search, 8.0, 2.0, 1.0, 1.0) AS score FROM derived_search WHERE %s)"
               " SELECT date_key, score FROM ranked",
               buf_c(&condition->sql));
    if (request->from)
        buf_format(sql, " WHERE score %s ? OR (score = ? AND date_key %s ?)", falls ? "<" : ">",
                   page_comparison(request, true));
    buf_format(sql, " ORDER BY score%s, date_key%s LIMIT ?", page_direction(request, false),
               page_direction(request, true));
}

typedef VEC(struct search_row) row_vec;

/* Newest first: streams. */
static enum status list_by_date(struct store *store, struct arena *arena,
                                const struct search_condition *condition,
                                const struct page_request *request, row_vec *rows,
                                struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    add_row_columns(&sql);
    buf_add(&sql, buf_str(&condition->sql));
    if (request->from)
        buf_format(&sql, " AND derived_search.rowid %s ?", page_comparison(request, true));
    buf_format(&sql, " ORDER BY derived_search.rowid%s LIMIT ?", page_direction(request, true));
    query_begin(&query, store, buf_c(&sql), err);
    bind_row_columns(&query);
    search_bind(&query, condition);
    if (request->from)
        query_int(&query, request->from->number);
    query_int(&query, page_limit(request));
    while (query_next(&query)) {
        struct search_row row = {0};
        read_row_columns(&query, arena, &row);
        vec_push(arena, rows, row);
    }
    buf_done(&sql);
    return query_end(&query);
}

static enum status read_ranked_row(struct store *store, struct arena *arena,
                                   const struct search_condition *condition, struct search_row *row,
                                   struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    add_row_columns(&sql);
    buf_add(&sql, STR("derived_search MATCH ? AND derived_search.rowid = ?"));
    query_begin(&query, store, buf_c(&sql), err);
    bind_row_columns(&query);
    query_text(&query, buf_str(&condition->match));
    query_int(&query, row->key.number);
    if (query_next(&query))
        read_row_columns(&query, arena, row);
    buf_done(&sql);
    return query_end(&query);
}

static enum status list_by_rank(struct store *store, struct arena *arena,
                                const struct search_condition *condition,
                                const struct page_request *request, row_vec *rows,
                                struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    add_by_rank(&sql, condition, request);
    query_begin(&query, store, buf_c(&sql), err);
    search_bind(&query, condition);
    if (request->from) {
        query_double(&query, bits_score(request->from->second));
        query_double(&query, bits_score(request->from->second));
        query_int(&query, request->from->number);
    }
    query_int(&query, page_limit(request));
    while (query_next(&query)) {
        double score = sqlite3_column_double(query.statement, 1);
        struct search_row row = {
            .key = {.number = column_int(&query, 0), .second = score_bits(score)}};
        vec_push(arena, rows, row);
    }
    enum status status = query_end(&query);
    for (size_t i = 0; i < rows->count && status == STATUS_OK; i++)
        status = read_ranked_row(store, arena, condition, &rows->items[i], err);
    buf_done(&sql);
    return status;
}

static enum status list_found(struct store *store, struct arena *arena,
                              const struct search_query *search,
                              const struct search_condition *condition,
                              const struct page_request *request, row_vec *rows, struct error *err)
{
    enum status status = search->by_rank
                             ? list_by_rank(store, arena, condition, request, rows, err)
                             : list_by_date(store, arena, condition, request, rows, err);
    for (size_t i = 0; i < rows->count && status == STATUS_OK; i++)
        status = read_run_snippet(store, arena, condition, &rows->items[i], err);
    return status;
}

enum status store_search(struct store *store, struct arena *arena,
                         const struct search_query *search, const struct page_request *request,
                         const struct search_row **rows, size_t *count, struct error *err)
{
    struct search_condition condition;
    row_vec found = {0};
    *rows = NULL;
    *count = 0;
    enum status status = store_write_waiting(store, err);
    if (status != STATUS_OK)
        return status;
    status = search_init(&condition, arena, search, err);
    if (status == STATUS_OK)
        status = look_begin(store, err);
    if (status == STATUS_OK)
        status = look_end(store, list_found(store, arena, search, &condition, request, &found, err),
                          err);
    search_done(&condition);
    *rows = found.items;
    *count = found.count;
    return status;
}

enum status store_count_search(struct store *store, const struct search_query *search,
                               int64_t *count, struct error *err)
{
    struct search_condition condition;
    struct arena arena = {0};
    struct buf sql = BUF_INIT;
    struct query query;
    *count = 0;
    enum status status = store_write_waiting(store, err);
    if (status != STATUS_OK)
        return status;
    status = search_init(&condition, &arena, search, err);
    if (status == STATUS_OK) {
        count_sql_begin(&sql);
        buf_format(&sql, " FROM derived_search WHERE %s", buf_c(&condition.sql));
        count_sql_end(&sql);
        query_begin(&query, store, buf_c(&sql), err);
        search_bind(&query, &condition);
        status = query_number(&query, 0, count);
    }
    search_done(&condition);
    buf_done(&sql);
    arena_done(&arena);
    return status;
}
