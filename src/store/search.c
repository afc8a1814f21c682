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
        buf_format(&condition->sql, " AND instr(title, ?) %s 0", term->negated ? "=" : ">");
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

/* Newest first: streams. */
static void add_by_date(struct buf *sql, const struct search_condition *condition,
                        const struct page_request *request)
{
    buf_format(sql, "SELECT rowid, 0.0 FROM derived_search WHERE %s", buf_c(&condition->sql));
    if (request->from)
        buf_format(sql, " AND rowid %s ?", page_comparison(request, true));
    buf_format(sql, " ORDER BY rowid%s LIMIT ?", page_direction(request, true));
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

static void bind_key(struct query *query, const struct search_query *search,
                     const struct row_key *from)
{
    if (!from)
        return;
    if (search->by_rank) {
        query_double(query, bits_score(from->second));
        query_double(query, bits_score(from->second));
    }
    query_int(query, from->number);
}

static enum status read_row(struct store *store, struct arena *arena,
                            const struct search_condition *condition, struct search_row *row,
                            struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    buf_format(&sql,
               "SELECT a.page, a.title, a.site, a.basis, a.published_day, a.earliest_day,"
               " a.latest_day, snippet(derived_search, 2, ?, ?, '…', %d)"
               " FROM derived_search CROSS JOIN derived_article a"
               " ON a.date_key = derived_search.rowid"
               " WHERE derived_search MATCH ? AND derived_search.rowid = ?",
               SNIPPET_WORD_COUNT);
    query_begin(&query, store, buf_c(&sql), err);
    query_text(&query, STR(RAW_HIT_START));
    query_text(&query, STR(RAW_HIT_END));
    query_text(&query, buf_str(&condition->match));
    query_int(&query, row->key.number);
    if (query_next(&query)) {
        row->article = column_int(&query, 0);
        row->title = column_str(&query, 1, arena);
        row->site = column_str(&query, 2, arena);
        row->published = column_publication(&query, 3);
        row->snippet = clean_snippet(arena, column_borrow(&query, 7));
    }
    enum status status = query_end(&query);
    buf_done(&sql);
    return status == STATUS_OK ? read_run_snippet(store, arena, condition, row, err) : status;
}

static enum status list_found(struct store *store, struct arena *arena,
                              const struct search_query *search,
                              const struct search_condition *condition,
                              const struct page_request *request, const struct search_row **rows,
                              size_t *count, struct error *err)
{
    VEC(struct search_row) found = {0};
    struct buf sql = BUF_INIT;
    struct query query;
    if (search->by_rank)
        add_by_rank(&sql, condition, request);
    else
        add_by_date(&sql, condition, request);
    query_begin(&query, store, buf_c(&sql), err);
    search_bind(&query, condition);
    bind_key(&query, search, request->from);
    query_int(&query, page_limit(request));
    while (query_next(&query)) {
        double score = sqlite3_column_double(query.statement, 1);
        struct search_row row = {
            .key = {.number = column_int(&query, 0), .second = score_bits(score)}};
        vec_push(arena, &found, row);
    }
    enum status status = query_end(&query);
    for (size_t i = 0; i < found.count && status == STATUS_OK; i++)
        status = read_row(store, arena, condition, &found.items[i], err);
    buf_done(&sql);
    *rows = found.items;
    *count = found.count;
    return status;
}

enum status store_search(struct store *store, struct arena *arena,
                         const struct search_query *search, const struct page_request *request,
                         const struct search_row **rows, size_t *count, struct error *err)
{
    struct search_condition condition;
    *rows = NULL;
    *count = 0;
    enum status status = store_write_waiting(store, err);
    if (status != STATUS_OK)
        return status;
    status = search_init(&condition, arena, search, err);
    if (status == STATUS_OK)
        status = look_begin(store, err);
    if (status == STATUS_OK)
        status = look_end(
            store, list_found(store, arena, search, &condition, request, rows, count, err), err);
    search_done(&condition);
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
        buf_format(&sql, "SELECT count(*) FROM derived_search WHERE %s", buf_c(&condition.sql));
        query_begin(&query, store, buf_c(&sql), err);
        search_bind(&query, &condition);
        status = query_number(&query, 0, count);
    }
    search_done(&condition);
    buf_done(&sql);
    arena_done(&arena);
    return status;
}
