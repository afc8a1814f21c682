#include "store/internal.h"

#include "base/memory.h"

/* A sentence that is longer is shown around its date: bytes before and after the date. */
enum { SENTENCE_SIDE_LEN = 1000 };
enum { CONTRADICTION_ROW_LIMIT = 64 };

/* Columns of derived_moment as m, for read_moment. */
#define MOMENT_COLUMNS                                                                             \
    " m.type, m.certainty, m.start_byte, m.end_byte, m.sentence_start_byte, m.sentence_end_byte,"  \
    " m.value, m.modifier, m.first_day, m.last_day, m.rule, m.reference"
enum { MOMENT_COLUMN_COUNT = 12 };

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

/* Articles that words lead to: when there are no more, their moments are sorted; when there are,
 * the index of time is walked, where they come often enough. */
enum { FEW_ARTICLES = 200 };
/* Articles that a query's conditions lead to: when there are more, the statements are asked. */
enum { KNOWN_ARTICLES = 2000 };
/* Statements that a call asks query->search about. */
enum { FIT_LIMIT = 5000 };

/* Where the rows are walked, as t: the first whose needs the query meets. */
static const struct walk {
    bool needs_article, needs_entity, needs_few;
    const char *source, *condition;
} walks[] = {
    {true, true, false, " FROM derived_moment t INDEXED BY derived_moment_article",
     " WHERE t.date_key = ? AND EXISTS(SELECT 1 FROM derived_moment_entity x WHERE x.entity = ?"
     " AND x.place = t.place AND x.date_key = t.date_key AND x.number = t.number)"},
    {true, false, false, " FROM derived_moment t INDEXED BY derived_moment_article",
     " WHERE t.date_key = ?"},
    {false, true, false, " FROM derived_moment_entity t", " WHERE t.entity = ?"},
    {false, false, true, " FROM derived_moment t INDEXED BY derived_moment_article", " WHERE true"},
    {false, false, false, " FROM derived_moment t INDEXED BY derived_moment_time", " WHERE true"},
};

/* A query made ready: where it walks, and the expressions for its articles. */
struct moment_walk {
    const struct moment_query *wanted;
    const struct walk *walk;
    int64_t date_key; /* of the article */
    struct buf words, site, keys;
    struct row_filter filter;
};

/* Ways to the articles that a query lets through: the text that is bound, and the rows. */
static const struct subset {
    size_t text; /* of struct moment_walk */
    const char *sql;
} subsets[] = {
    {offsetof(struct moment_walk, words),
     "SELECT rowid FROM derived_search WHERE derived_search MATCH ? ORDER BY rowid DESC LIMIT "},
    {offsetof(struct moment_walk, site),
     "SELECT rowid FROM derived_filter WHERE derived_filter MATCH ? ORDER BY rowid DESC LIMIT "},
    {offsetof(struct moment_walk, keys), "SELECT value AS rowid FROM json_each(?) LIMIT "},
};
enum { SUBSET_COUNT = sizeof subsets / sizeof *subsets };

static const struct buf *subset_text(const struct moment_walk *walk, size_t index)
{
    return (const struct buf *)(const void *)((const char *)walk + subsets[index].text);
}

static bool has_subset(const struct moment_walk *walk)
{
    return walk->words.len > 0 || walk->site.len > 0 || walk->keys.len > 0;
}

/* The articles that are let through by every way that the query gives. */
static void add_subset(struct buf *sql, const struct moment_walk *walk)
{
    bool begun = false;
    for (size_t i = 0; i < SUBSET_COUNT; i++) {
        if (!subset_text(walk, i)->len)
            continue;
        buf_format(sql, "%sSELECT rowid FROM (%s%d)", begun ? " INTERSECT " : "", subsets[i].sql,
                   SORTED_MATCH_LIMIT);
        begun = true;
    }
}

static void bind_subset(struct query *query, const struct moment_walk *walk)
{
    for (size_t i = 0; i < SUBSET_COUNT; i++)
        if (subset_text(walk, i)->len)
            query_text(query, buf_str(subset_text(walk, i)));
}

static bool asks_statement(const struct search_node *node)
{
    bool asks = node->kind == SEARCH_SPEAKS_OF || node->kind == SEARCH_BEGINS ||
                node->kind == SEARCH_TO_THE_DAY || node->kind == SEARCH_ARTICLE ||
                (node->kind == SEARCH_WORDS && node->column == SEARCH_ROW);
    for (size_t i = 0; i < node->part_count && !asks; i++)
        asks = asks_statement(node->parts[i]);
    return asks;
}

static bool within(const struct search_node *leaf, day when)
{
    return when != DAY_UNKNOWN && (leaf->first == DAY_UNKNOWN || when >= leaf->first) &&
           (leaf->last == DAY_UNKNOWN || when <= leaf->last);
}

static bool statement_fits(const struct search_query *search, const struct search_node *leaf,
                           const void *item)
{
    const struct moment_row *row = item;
    switch (leaf->kind) {
    case SEARCH_SPEAKS_OF:
        return within(leaf, row->moment.first) && within(leaf, row->moment.last);
    case SEARCH_BEGINS:
        return within(leaf, row->moment.first);
    case SEARCH_TO_THE_DAY:
        return row->moment.first != DAY_UNKNOWN && row->moment.first == row->moment.last;
    case SEARCH_ARTICLE:
        return row->article == leaf->number;
    default:
        return row_has_words(search, leaf, row->sentence);
    }
}

static const struct row_way statement_way = {asks_statement, statement_fits};

/* What every statement's article must fit, when few articles do. */
static enum status find_articles(struct store *store, struct moment_walk *walk, struct error *err)
{
    const struct search_node *root = walk->wanted->search ? walk->wanted->search->root : NULL;
    const struct search_node *parts[64];
    struct search_node shared = {.kind = SEARCH_ALL, .parts = parts};
    struct search_query query = {.root = &shared,
                                 .words_fit = root ? walk->wanted->search->words_fit : NULL};
    struct page_request request = {0};
    struct search_plan plan = {0};
    number_vec keys = {0};
    for (size_t i = 0; root && root->kind == SEARCH_ALL && i < root->part_count; i++)
        if (shared.part_count < 64 && !asks_statement(root->parts[i]))
            parts[shared.part_count++] = root->parts[i];
    if (!shared.part_count)
        return STATUS_OK;
    enum status status = plan_init(&plan, store, &query, false, err);
    if (status == STATUS_OK)
        status = plan_walk(&plan, &request, true, KNOWN_ARTICLES + 1, &keys, err);
    if (keys.count <= KNOWN_ARTICLES)
        json_numbers(&walk->keys, &keys);
    vec_done(&keys);
    plan_done(&plan);
    return status;
}

/* Are there few articles? */
static enum status count_subset(struct store *store, const struct moment_walk *walk, bool *few,
                                struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    int64_t count;
    buf_add(&sql, STR("SELECT count(*) FROM (SELECT 1 FROM ("));
    add_subset(&sql, walk);
    buf_format(&sql, ") LIMIT %d)", FEW_ARTICLES + 1);
    query_begin(&query, store, buf_c(&sql), err);
    bind_subset(&query, walk);
    enum status status = query_number(&query, 0, &count);
    buf_done(&sql);
    *few = count <= FEW_ARTICLES;
    return status;
}

/* Needs walk_done whatever it returns. */
static enum status walk_init(struct store *store, const struct moment_query *wanted,
                             struct moment_walk *walk, struct error *err)
{
    bool few = false;
    enum status status = STATUS_OK;
    *walk = (struct moment_walk){.wanted = wanted, .walk = walks};
    if (match_has_words(wanted->words))
        match_add_filter(&walk->words, wanted->words);
    if (match_has_words(wanted->site)) {
        buf_add(&walk->site, STR("site : ("));
        match_add_filter(&walk->site, wanted->site);
        buf_add_byte(&walk->site, ')');
    }
    if (wanted->article)
        status = find_date_key(store, wanted->article, &walk->date_key, err);
    if (status == STATUS_OK && (has_subset(walk) || wanted->search))
        status = store_write_waiting(store, err);
    if (status == STATUS_OK)
        status = row_filter_init(&walk->filter, store, wanted->search, &statement_way, err);
    if (status == STATUS_OK)
        status = find_articles(store, walk, err);
    if (status == STATUS_OK && has_subset(walk) && !wanted->article && !wanted->entity)
        status = count_subset(store, walk, &few, err);
    while ((walk->walk->needs_article && !wanted->article) ||
           (walk->walk->needs_entity && !wanted->entity) || (walk->walk->needs_few && !few))
        walk->walk++;
    return status;
}

static void walk_done(struct moment_walk *walk)
{
    buf_done(&walk->words);
    buf_done(&walk->site);
    buf_done(&walk->keys);
    row_filter_done(&walk->filter);
}

/* Twins stay hidden where their leader shows. */
static const char *fold_of(const struct moment_walk *walk)
{
    const struct moment_query *wanted = walk->wanted;
    if (!wanted->folded || wanted->article || has_subset(walk) || wanted->others[0] ||
        wanted->search)
        return "";
    return wanted->entity
               ? " AND NOT EXISTS(SELECT 1 FROM derived_twin w JOIN derived_moment_entity y"
                 " ON y.entity = t.entity AND y.place = t.place AND y.date_key = w.leader_date_key"
                 " AND y.number = w.leader_number WHERE w.date_key = t.date_key"
                 " AND w.number = t.number)"
               : " AND NOT EXISTS(SELECT 1 FROM derived_twin w WHERE w.date_key = t.date_key"
                 " AND w.number = t.number)";
}

/* WHERE and what the query asks of a moment besides its time. */
static void add_conditions(struct buf *sql, const struct moment_walk *walk)
{
    const struct moment_query *wanted = walk->wanted;
    buf_add(sql, str_from(walk->walk->condition));
    if (wanted->whole_days && !wanted->unplaced)
        buf_format(sql, " AND t.place & 4294967295 = %d", INT32_MAX);
    for (size_t i = 0; i < MOMENT_ENTITY_LIMIT && wanted->others[i]; i++)
        buf_add(sql, STR(MOMENT_NAMES_TOO));
    if (has_subset(walk)) {
        buf_add(sql, STR(" AND t.date_key IN ("));
        add_subset(sql, walk);
        buf_add_byte(sql, ')');
    }
    buf_add(sql, str_from(fold_of(walk)));
}

static void bind_conditions(struct query *query, const struct moment_walk *walk)
{
    const struct moment_query *wanted = walk->wanted;
    if (wanted->article)
        query_int(query, walk->date_key);
    if (wanted->entity)
        query_int(query, wanted->entity);
    for (size_t i = 0; i < MOMENT_ENTITY_LIMIT && wanted->others[i]; i++)
        query_int(query, wanted->others[i]);
    bind_subset(query, walk);
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
                      int64_t high, bool key_is_low, bool key_is_high, uint32_t limit)
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
    query_int(query, limit);
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
        .twin_count = column_offset(query, 6 + MOMENT_COLUMN_COUNT),
        .contradiction_count = column_offset(query, 7 + MOMENT_COLUMN_COUNT),
    };
}

/* The rows of moments t, as read_row reads them, up to their source. */
#define ROW_COLUMNS                                                                                \
    "SELECT t.place, t.date_key, t.number, a.page, a.title, a.site," MOMENT_COLUMNS                \
    ", (SELECT count(*) FROM derived_twin v WHERE v.leader_date_key = t.date_key"                  \
    " AND v.leader_number = t.number), (SELECT count(*) FROM derived_contradiction d"              \
    " WHERE d.date_key = t.date_key AND d.number = t.number)"
#define ROW_JOINS                                                                                  \
    " CROSS JOIN derived_moment m ON m.date_key = t.date_key AND m.number = t.number"              \
    " CROSS JOIN derived_article a ON a.date_key = t.date_key"

struct moment_cursor {
    struct arena *arena;
    struct moment_walk walk;
    struct slicer slicer;
    struct query query;
    uint32_t left; /* rows of the page */
    enum status status;
};

static void cursor_begin(struct moment_cursor *cursor, struct store *store,
                         const struct page_request *request, struct error *err)
{
    const struct moment_query *wanted = cursor->walk.wanted;
    struct buf sql = BUF_INIT;
    int64_t low, high;
    bounds_of(wanted, &low, &high);
    bool falls = page_falls(request, false);
    bool key_is_low = request->from && !falls && request->from->number >= low;
    bool key_is_high = request->from && falls && request->from->number <= high;
    buf_add(&sql, STR(ROW_COLUMNS));
    buf_add(&sql, str_from(cursor->walk.walk->source));
    buf_add(&sql, STR(ROW_JOINS));
    add_conditions(&sql, &cursor->walk);
    add_page(&sql, request, key_is_low, key_is_high);
    query_begin(&cursor->query, store, buf_c(&sql), err);
    bind_conditions(&cursor->query, &cursor->walk);
    bind_page(&cursor->query, request, low, high, key_is_low, key_is_high,
              wanted->search ? FIT_LIMIT : cursor->left);
    buf_done(&sql);
}

struct moment_cursor *store_open_moments(struct store *store, struct arena *arena,
                                         const struct moment_query *wanted,
                                         const struct page_request *request, struct error *err)
{
    struct moment_cursor *cursor = memory_new(1, sizeof *cursor);
    cursor->arena = arena;
    cursor->left = page_limit(request);
    slicer_init(&cursor->slicer, store);
    cursor->status = walk_init(store, wanted, &cursor->walk, err);
    if (cursor->status == STATUS_OK)
        cursor_begin(cursor, store, request, err);
    return cursor;
}

/* The next row that fits; its sentence is asked for, too, so it is read for all. */
static bool read_next(struct moment_cursor *cursor, struct moment_row *row)
{
    bool fits = false;
    while (!fits && cursor->status == STATUS_OK && cursor->left > 0 && query_next(&cursor->query)) {
        *row = read_row(&cursor->query, cursor->arena);
        read_sentence(&cursor->slicer, cursor->arena, row);
        cursor->status =
            row_filter_fits(&cursor->walk.filter, row->key.second, row, &fits, cursor->query.err);
    }
    cursor->left -= fits;
    return fits;
}

const struct moment_row *store_next_moment(struct moment_cursor *cursor)
{
    struct moment_row *row = arena_new(cursor->arena, struct moment_row);
    return read_next(cursor, row) ? row : NULL;
}

enum status store_close_moments(struct moment_cursor *cursor)
{
    enum status status = cursor->status;
    slicer_done(&cursor->slicer);
    if (cursor->query.store) {
        enum status ended = query_end(&cursor->query);
        status = status == STATUS_OK ? ended : status;
    }
    walk_done(&cursor->walk);
    memory_free(cursor);
    return status;
}

enum status store_list_moments(struct store *store, struct arena *arena,
                               const struct moment_query *wanted,
                               const struct page_request *request, const struct moment_row **rows,
                               size_t *count, struct error *err)
{
    VEC(struct moment_row) found = {0};
    struct moment_row row;
    struct moment_cursor *cursor = store_open_moments(store, arena, wanted, request, err);
    while (read_next(cursor, &row))
        vec_push(arena, &found, row);
    *rows = found.items;
    *count = found.count;
    return store_close_moments(cursor);
}

/* Nothing but the dossier's counters is asked for. */
static bool is_whole(const struct moment_query *wanted)
{
    bool is_open = wanted->unplaced || (wanted->from == DAY_UNKNOWN && wanted->to == DAY_UNKNOWN);
    return is_open && !wanted->article && !wanted->entity && !wanted->whole_days &&
           !wanted->search && !match_has_words(wanted->words) && !match_has_words(wanted->site);
}

enum status store_count_moments(struct store *store, const struct moment_query *wanted,
                                int64_t *count, struct error *err)
{
    struct buf sql = BUF_INIT;
    struct moment_walk walk;
    struct query query;
    int64_t low, high;
    struct moment_query unfolded = *wanted;
    unfolded.folded = false;
    *count = 0;
    if (is_whole(wanted))
        return count_get(store, wanted->unplaced ? COUNT_UNPLACED : COUNT_MOMENTS, count, err);
    enum status status = walk_init(store, &unfolded, &walk, err);
    if (status == STATUS_OK) {
        bounds_of(wanted, &low, &high);
        count_sql_begin(&sql);
        buf_add(&sql, str_from(walk.walk->source));
        add_conditions(&sql, &walk);
        buf_add(&sql, STR(" AND t.place >= ? AND t.place <= ?"));
        count_sql_end(&sql);
        query_begin(&query, store, buf_c(&sql), err);
        bind_conditions(&query, &walk);
        query_int(&query, low);
        query_int(&query, high);
        status = query_number(&query, 0, count);
    }
    walk_done(&walk);
    buf_done(&sql);
    return status;
}

enum status store_list_contradictions(struct store *store, struct arena *arena,
                                      const struct row_key *moment, const struct moment_row **rows,
                                      size_t *count, struct error *err)
{
    VEC(struct moment_row) found = {0};
    struct slicer slicer;
    struct query query;
    query_begin(&query, store,
                ROW_COLUMNS
                " FROM derived_contradiction c CROSS JOIN derived_moment t"
                " ON t.date_key = c.other_date_key AND t.number = c.other_number" ROW_JOINS
                " WHERE c.date_key = ? AND c.number = ?"
                " ORDER BY t.place, t.date_key, t.number LIMIT ?",
                err);
    query_int(&query, moment->second);
    query_int(&query, moment->third);
    query_int(&query, CONTRADICTION_ROW_LIMIT);
    slicer_init(&slicer, store);
    while (query_next(&query)) {
        struct moment_row row = read_row(&query, arena);
        read_sentence(&slicer, arena, &row);
        vec_push(arena, &found, row);
    }
    slicer_done(&slicer);
    *rows = found.items;
    *count = found.count;
    return query_end(&query);
}
