#include "store/internal.h"

#include <string.h>

/* What FTS5 puts around hits: bytes that no UTF-8 text has, so that an article cannot fake them. */
#define RAW_HIT_START "\xfe"
#define RAW_HIT_END "\xff"
/* A snippet of 32 words between ?1 and ?2. */
#define SNIPPET "cutting(derived_search, 2, ?1, ?2, '…', 32)"
/* Bytes before and after the first hit where the words have no spaces. */
enum { SNIPPET_BEFORE_LEN = 60, SNIPPET_AFTER_LEN = 180 };

typedef VEC(struct search_row) row_vec;

/* ---- snippets ------------------------------------------------------------------------------ */

static str clean_snippet(struct arena *arena, str raw)
{
    char *clean = arena_alloc(arena, raw.len + 1, 1);
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        unsigned char byte = (unsigned char)raw.ptr[i];
        if (byte == SNIPPET_HIT_START || byte == SNIPPET_HIT_END)
            continue;
        clean[len++] = byte == 0xfe   ? SNIPPET_HIT_START
                       : byte == 0xff ? SNIPPET_HIT_END
                       : byte < 0x20  ? ' '
                                      : raw.ptr[i];
    }
    return (str){clean, len};
}

/* Of a column; STR_NONE where the words stand in the title or the outlet alone. */
static str word_snippet(const struct query *query, int column, struct arena *arena)
{
    str raw = column_borrow(query, column);
    bool shows = str_find(raw, STR(RAW_HIT_START), 0) != STR_MISSING;
    return shows ? clean_snippet(arena, raw) : STR_NONE;
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

/* What of a query can be shown in a text. */
struct shown {
    struct arena *arena;
    struct buf match; /* words of the full-text table, joined by OR */
    VEC(str) runs;    /* text of scripts without spaces */
};

static void add_shown(struct shown *shown, const struct search_node *node)
{
    if (!node || node->kind == SEARCH_NOT)
        return;
    bool is_words = node->kind == SEARCH_WORDS;
    if (is_words && node->unspaced)
        vec_push(shown->arena, &shown->runs, node->run);
    if ((is_words || node->kind == SEARCH_NEAR) && match_fits(node, MATCH_SEARCH)) {
        buf_add(&shown->match, shown->match.len ? STR(" OR ") : STR(""));
        match_add(&shown->match, node);
    }
    for (size_t i = 0; i < node->part_count && node->kind != SEARCH_NEAR; i++)
        add_shown(shown, node->parts[i]);
}

/* The keys of rows as JSON, and the smallest and largest of them. */
static void keys_of(const row_vec *rows, struct buf *json, int64_t *low, int64_t *high)
{
    *low = *high = rows->items[0].key.number;
    for (size_t i = 0; i < rows->count; i++) {
        int64_t key = rows->items[i].key.number;
        buf_add_byte(json, i ? ',' : '[');
        buf_add_number(json, key, 1);
        *low = key < *low ? key : *low;
        *high = key > *high ? key : *high;
    }
    buf_add_byte(json, ']');
}

/* In one pass over the words' places between the rows: to look each row up costs far more. */
static enum status read_word_snippets(struct store *store, struct arena *arena,
                                      const struct shown *shown, row_vec *rows, struct error *err)
{
    struct buf keys = BUF_INIT;
    struct query query;
    int64_t low, high;
    if (!shown->match.len || !rows->count)
        return STATUS_OK;
    keys_of(rows, &keys, &low, &high);
    query_begin(&query, store,
                "SELECT rowid, " SNIPPET " FROM derived_search"
                " WHERE derived_search MATCH ?3 AND rowid BETWEEN ?4 AND ?5"
                " AND +rowid IN (SELECT value FROM json_each(?6))",
                err);
    query_text(&query, STR(RAW_HIT_START));
    query_text(&query, STR(RAW_HIT_END));
    query_text(&query, buf_str(&shown->match));
    query_int(&query, low);
    query_int(&query, high);
    query_text(&query, buf_str(&keys));
    while (query_next(&query)) {
        int64_t key = column_int(&query, 0);
        for (size_t i = 0; i < rows->count; i++)
            if (rows->items[i].key.number == key)
                rows->items[i].snippet = word_snippet(&query, 1, arena);
    }
    buf_done(&keys);
    return query_end(&query);
}

static bool shows_hit(const struct search_row *row)
{
    return str_find_byte(row->snippet, SNIPPET_HIT_START, 0) != STR_MISSING;
}

static enum status read_run_snippet(struct store *store, struct arena *arena,
                                    const struct shown *shown, struct search_row *row,
                                    struct error *err)
{
    struct query query;
    if (shown->runs.count == 0 || shows_hit(row))
        return STATUS_OK;
    query_begin(&query, store, "SELECT text FROM derived_text WHERE date_key = ?1", err);
    query_int(&query, row->key.number);
    if (query_next(&query)) {
        str text = column_borrow(&query, 0), snippet = STR_NONE;
        for (size_t i = 0; i < shown->runs.count && !snippet.ptr; i++)
            snippet = cut_around(arena, text, shown->runs.items[i]);
        if (snippet.ptr)
            row->snippet = snippet;
    }
    return query_end(&query);
}

/* Bytes that the text begins with and that the row shows already. */
static int64_t title_len(struct slicer *slicer, struct arena *arena, const struct search_row *row)
{
    int64_t start = 0, len = (int64_t)row->title.len;
    str begin = slicer_read(slicer, arena, row->key.number, &start, len);
    return str_equal(begin, row->title) ? len : 0;
}

/* The first place of a clause in the text from a byte on, or before it where there is none; false
 * when there is none at all. */
static bool find_place(struct store *store, const struct clause *clause, int64_t date_key,
                       int64_t from, int64_t *start, int64_t *end)
{
    struct query query;
    if (!clause->sql.len)
        return false;
    query_begin(&query, store, buf_c(&clause->sql), NULL);
    query_int(&query, date_key);
    query_values(&query, clause);
    bool found = false;
    while ((!found || *start < from) && query_next(&query)) {
        int64_t at = column_offset(&query, 0);
        if (found && at < from)
            continue;
        *start = at;
        *end = column_offset(&query, 1);
        found = true;
    }
    return query_end(&query) == STATUS_OK && found && *start < *end;
}

/* The text around a place, which is marked. */
static str cut_around_place(struct slicer *slicer, struct arena *arena, int64_t date_key,
                            int64_t start, int64_t end)
{
    int64_t from = start > SNIPPET_BEFORE_LEN ? start - SNIPPET_BEFORE_LEN : 0;
    struct buf raw = BUF_INIT;
    bool whole = from == 0;
    str part = slicer_read(slicer, arena, date_key, &from, end + SNIPPET_AFTER_LEN);
    size_t blank = whole ? STR_MISSING : str_find_byte(part, ' ', 0);
    if (blank != STR_MISSING && from + (int64_t)blank < start) { /* from a word on */
        part = str_slice(part, blank + 1, part.len);
        from += (int64_t)blank + 1;
    }
    size_t at = (size_t)(start - from), to = (size_t)(end - from);
    bool goes_on = end + SNIPPET_AFTER_LEN < slicer_len(slicer, date_key);
    buf_format(&raw, "%s%.*s" RAW_HIT_START "%.*s" RAW_HIT_END "%.*s%s", whole ? "" : "…",
               STR_ARG(str_slice(part, 0, at)), STR_ARG(str_slice(part, at, to)),
               STR_ARG(str_slice(part, to, part.len)), goes_on ? "…" : "");
    str snippet = clean_snippet(arena, buf_str(&raw));
    buf_done(&raw);
    return snippet;
}

/* Where a name, a day or a passage that was asked for stands. */
static void read_place_snippet(struct search_plan *plan, struct arena *arena,
                               struct search_row *row)
{
    struct slicer slicer;
    int64_t start = 0, end = 0;
    slicer_init(&slicer, plan->store);
    int64_t title = plan->places.count ? title_len(&slicer, arena, row) : 0;
    for (size_t i = 0; i < plan->places.count && !shows_hit(row); i++)
        if (find_place(plan->store, &plan->places.items[i], row->key.number, title, &start, &end))
            row->snippet = cut_around_place(&slicer, arena, row->key.number, start, end);
    slicer_done(&slicer);
}

/* An article that fits for other reasons than its words shows how it begins, below the title, which
 * the row shows. */
static void read_beginning(struct store *store, struct arena *arena, struct search_row *row)
{
    struct slicer slicer;
    if (row->snippet.len)
        return;
    slicer_init(&slicer, store);
    int64_t start = title_len(&slicer, arena, row);
    int64_t end = start + SNIPPET_BEFORE_LEN + SNIPPET_AFTER_LEN;
    str begin = str_trim(slicer_read(&slicer, arena, row->key.number, &start, end));
    bool goes_on = end < slicer_len(&slicer, row->key.number);
    row->snippet =
        clean_snippet(arena, arena_format(arena, "%.*s%s", STR_ARG(begin), goes_on ? "…" : ""));
    slicer_done(&slicer);
}

/* ---- rows ---------------------------------------------------------------------------------- */

#define ROW_COLUMNS                                                                                \
    "a.date_key, a.page, a.title, a.site, a.basis, a.published_day, a.earliest_day, a.latest_day"
enum { ROW_COLUMN_COUNT = 8 };

static void take_article(const struct query *query, struct arena *arena, struct search_row *row)
{
    row->key.number = column_int(query, 0);
    row->article = column_int(query, 1);
    row->title = column_str(query, 2, arena);
    row->site = column_str(query, 3, arena);
    row->published = column_publication(query, 4);
}

static enum status read_articles(struct store *store, struct arena *arena, row_vec *rows,
                                 struct error *err)
{
    struct buf keys = BUF_INIT;
    struct query query;
    int64_t low, high;
    if (!rows->count)
        return STATUS_OK;
    keys_of(rows, &keys, &low, &high);
    query_begin(&query, store,
                "SELECT " ROW_COLUMNS ", k.key FROM json_each(?1) k"
                " CROSS JOIN derived_article a ON a.date_key = k.value",
                err);
    query_text(&query, buf_str(&keys));
    while (query_next(&query)) {
        int64_t at = column_within(&query, ROW_COLUMN_COUNT, 0, (int64_t)rows->count - 1);
        take_article(&query, arena, &rows->items[at]);
    }
    buf_done(&keys);
    return query_end(&query);
}

/* What a row shows that has none of the words in its text. */
static enum status read_other_snippets(struct search_plan *plan, struct arena *arena,
                                       const struct shown *shown, row_vec *rows, struct error *err)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < rows->count && status == STATUS_OK; i++) {
        status = read_run_snippet(plan->store, arena, shown, &rows->items[i], err);
        if (status == STATUS_OK)
            read_place_snippet(plan, arena, &rows->items[i]);
        if (status == STATUS_OK)
            read_beginning(plan->store, arena, &rows->items[i]);
    }
    return status;
}

/* True for words that must all be there, which one walk of the index finds and shows. */
static bool are_plain_words(const struct search_plan *plan, const struct search_node *node)
{
    if (!plan->match.len || plan->check.sql.len)
        return false;
    for (size_t i = 0; i < node->part_count && node->kind == SEARCH_ALL; i++)
        if (node->parts[i]->kind != SEARCH_WORDS && node->parts[i]->kind != SEARCH_NEAR)
            return false;
    return node->kind == SEARCH_ALL || node->kind == SEARCH_WORDS || node->kind == SEARCH_NEAR;
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

/* Best first (bm25: smallest), then newest: ranks every match. A title counts eight times. */
static void add_by_rank(struct buf *sql, const struct page_request *request)
{
    buf_add(sql, STR("WITH ranked AS MATERIALIZED (SELECT rowid AS date_key,"
                     " bm25(derived_search, 8.0, 2.0, 1.0, 1.0) AS score FROM derived_search"
                     " WHERE derived_search MATCH ?1 AND rowid BETWEEN ?2 AND ?3)"
                     " SELECT date_key, score FROM ranked"));
    if (request->from)
        buf_format(sql, " WHERE score %s ?4 OR (score = ?4 AND date_key %s ?5)",
                   page_falls(request, false) ? "<" : ">", page_comparison(request, true));
    buf_format(sql, " ORDER BY score%s, date_key%s", page_direction(request, false),
               page_direction(request, true));
}

static enum status list_by_rank(struct search_plan *plan, struct arena *arena,
                                const struct page_request *request, row_vec *rows,
                                struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    enum status status = STATUS_OK;
    add_by_rank(&sql, request);
    query_begin(&query, plan->store, buf_c(&sql), err);
    query_text(&query, buf_str(&plan->match));
    query_int(&query, plan->low);
    query_int(&query, plan->high);
    if (request->from) {
        query_double(&query, bits_score(request->from->second));
        query_int(&query, request->from->number);
    }
    for (int i = 0; i < SORTED_MATCH_LIMIT && rows->count < page_limit(request) &&
                    status == STATUS_OK && query_next(&query);
         i++) {
        bool fits;
        struct search_row row = {
            .key = {.number = column_int(&query, 0),
                    .second = score_bits(sqlite3_column_double(query.statement, 1))}};
        status = plan_fits_rest(plan, row.key.number, &fits, err);
        if (fits && status == STATUS_OK)
            vec_push(arena, rows, row);
    }
    enum status ended = query_end(&query);
    buf_done(&sql);
    return status == STATUS_OK ? ended : status;
}

static enum status list_by_date(struct search_plan *plan, struct arena *arena,
                                const struct page_request *request, row_vec *rows,
                                struct error *err)
{
    number_vec keys = {0};
    enum status status = plan_walk(plan, request, true, page_limit(request), &keys, err);
    for (size_t i = 0; i < keys.count; i++)
        vec_push(arena, rows, (struct search_row){.key = {.number = keys.items[i]}});
    vec_done(&keys);
    return status;
}

/* Words by date: their places are walked once, and each row is complete. */
static enum status list_plain_words(struct search_plan *plan, struct arena *arena,
                                    const struct page_request *request, row_vec *rows,
                                    struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    int64_t low, high;
    bool falls = page_falls(request, true);
    plan_page_bounds(plan, request, falls, &low, &high);
    buf_format(&sql,
               "SELECT " ROW_COLUMNS ", " SNIPPET " FROM derived_search s"
               " CROSS JOIN derived_article a ON a.date_key = s.rowid"
               " WHERE derived_search MATCH ?3 AND s.rowid BETWEEN ?4 AND ?5"
               " ORDER BY s.rowid%s LIMIT ?6",
               falls ? " DESC" : "");
    query_begin(&query, plan->store, buf_c(&sql), err);
    query_text(&query, STR(RAW_HIT_START));
    query_text(&query, STR(RAW_HIT_END));
    query_text(&query, buf_str(&plan->match));
    query_int(&query, low);
    query_int(&query, high);
    query_int(&query, page_limit(request));
    while (query_next(&query)) {
        struct search_row row = {.snippet = word_snippet(&query, ROW_COLUMN_COUNT, arena)};
        take_article(&query, arena, &row);
        vec_push(arena, rows, row);
    }
    buf_done(&sql);
    return query_end(&query);
}

static enum status list_found(struct search_plan *plan, struct arena *arena,
                              const struct search_query *search, const struct page_request *request,
                              row_vec *rows, struct error *err)
{
    struct shown shown = {.arena = arena};
    bool by_rank = search->by_rank && plan->match.len; /* without words there is no rank */
    bool is_plain = !by_rank && are_plain_words(plan, search->root);
    enum status status = (is_plain  ? list_plain_words
                          : by_rank ? list_by_rank
                                    : list_by_date)(plan, arena, request, rows, err);
    add_shown(&shown, search->root);
    if (status == STATUS_OK)
        status = plan_find_places(plan, search->root, err);
    if (status == STATUS_OK && !is_plain)
        status = read_word_snippets(plan->store, arena, &shown, rows, err);
    if (status == STATUS_OK && !is_plain)
        status = read_articles(plan->store, arena, rows, err);
    if (status == STATUS_OK)
        status = read_other_snippets(plan, arena, &shown, rows, err);
    buf_done(&shown.match);
    return status;
}

enum status store_search(struct store *store, struct arena *arena,
                         const struct search_query *search, const struct page_request *request,
                         const struct search_row **rows, size_t *count, struct error *err)
{
    struct search_plan plan = {0};
    row_vec found = {0};
    *rows = NULL;
    *count = 0;
    enum status status = store_write_waiting(store, err);
    if (status == STATUS_OK)
        status = look_begin(store, err);
    if (status != STATUS_OK)
        return status;
    status = plan_init(&plan, store, search, false, err);
    if (status == STATUS_OK)
        status = list_found(&plan, arena, search, request, &found, err);
    status = look_end(store, status, err);
    plan_done(&plan);
    *rows = found.items;
    *count = found.count;
    return status;
}

enum status store_count_search(struct store *store, const struct search_query *search,
                               int64_t *count, struct error *err)
{
    struct search_plan plan = {0};
    *count = 0;
    enum status status = store_write_waiting(store, err);
    if (status != STATUS_OK)
        return status;
    status = plan_init(&plan, store, search, false, err);
    if (status == STATUS_OK)
        status = plan_count(&plan, STORE_COUNT_LIMIT + 1, count, err);
    plan_done(&plan);
    return status;
}
