/* How a search is answered. One condition is chosen as the source: an index gives its articles in
 * order of date. The others are looked up for each of these, by their own indices, until the page
 * is full or enough was looked at. */
#include "store/internal.h"

#include <assert.h>

/* Entities that a name in a query stands for, at most; moments of a time, and new articles, that
 * are collected. */
enum { NAME_ENTITY_LIMIT = 16, FEW_MOMENTS = 5000, FEW_NEW = 5000 };

/* The page of the article with the date key ?1. */
#define PAGE_OF_KEY "(?1 & 4294967295)"
#define KEY_WITHIN " BETWEEN ?1 AND ?2"

/* How good a source is: the better, the fewer candidates it is likely to give. */
enum rank { RANK_NONE, RANK_STATE, RANK_NAME, RANK_TEXT, RANK_FEW };

void query_values(struct query *query, const struct clause *clause)
{
    for (size_t i = 0; i < clause->values.count; i++) {
        const struct value *value = &clause->values.items[i];
        if (value->kind == VALUE_INT)
            query_int(query, value->number);
        else if (value->kind == VALUE_WORDS)
            query_words(query, value->words);
        else
            query_text(query, value->text);
    }
}

static void add_sql(struct clause *clause, const char *sql)
{
    buf_add(&clause->sql, str_from(sql));
}

static void add_number(struct search_plan *plan, struct clause *clause, int64_t number)
{
    vec_push(&plan->arena, &clause->values, INT_VALUE(number));
}

static void add_text(struct search_plan *plan, struct clause *clause, str text)
{
    vec_push(&plan->arena, &clause->values, TEXT_VALUE(arena_str(&plan->arena, text)));
}

/* What a text is asked that no index knows. */
static void add_words(struct search_plan *plan, struct clause *clause,
                      const struct search_node *leaf)
{
    struct search_query *words = arena_new(&plan->arena, struct search_query);
    *words = (struct search_query){.root = leaf, .words_fit = plan->words_fit};
    vec_push(&plan->arena, &clause->values, ((struct value){.kind = VALUE_WORDS, .words = words}));
}

static void begin_arm(struct clause *source)
{
    if (source->sql.len)
        add_sql(source, " UNION ");
}

/* ---- leaves -------------------------------------------------------------------------------- */

/* A leaf as source: SELECTs of date_key; as check: a condition; and its places in a text. */
struct leaf_way {
    enum rank (*rank)(struct search_plan *plan, const struct search_node *node);
    enum status (*source)(struct search_plan *plan, const struct search_node *node,
                          struct clause *source, struct error *err);
    enum status (*check)(struct search_plan *plan, const struct search_node *node,
                         struct clause *check, struct error *err);
    enum status (*places)(struct search_plan *plan, const struct search_node *node,
                          struct clause *places, struct error *err);
};

static const struct {
    const char *source, *check;
} match_sql[] = {
    [MATCH_SEARCH] = {"SELECT rowid AS date_key FROM derived_search"
                      " WHERE rowid" KEY_WITHIN " AND derived_search MATCH ?",
                      "EXISTS(SELECT 1 FROM derived_search"
                      " WHERE rowid = ?1 AND derived_search MATCH ?)"},
    [MATCH_FILTER] = {"SELECT rowid AS date_key FROM derived_filter"
                      " WHERE rowid" KEY_WITHIN " AND derived_filter MATCH ?",
                      "EXISTS(SELECT 1 FROM derived_filter"
                      " WHERE rowid = ?1 AND derived_filter MATCH ?)"},
};

static void add_match(struct search_plan *plan, const struct search_node *node, const char *sql,
                      struct clause *clause)
{
    struct buf match = BUF_INIT;
    match_add(&match, node);
    add_sql(clause, sql);
    add_text(plan, clause, buf_str(&match));
    buf_done(&match);
}

/* The only words that no table answers by itself: a run of a script without spaces in a title. */
static enum rank text_rank(struct search_plan *plan, const struct search_node *node)
{
    (void)plan, (void)node;
    return RANK_TEXT;
}

static enum status title_run_source(struct search_plan *plan, const struct search_node *node,
                                    struct clause *source, struct error *err)
{
    struct search_node anywhere = *node;
    (void)err;
    anywhere.column = SEARCH_EVERYWHERE;
    begin_arm(source);
    add_match(plan, &anywhere, match_sql[MATCH_SEARCH].source, source);
    return STATUS_OK;
}

static enum status title_run_check(struct search_plan *plan, const struct search_node *node,
                                   struct clause *check, struct error *err)
{
    (void)err;
    add_sql(check, "EXISTS(SELECT 1 FROM derived_article WHERE date_key = ?1"
                   " AND instr(title, ?) > 0)");
    add_text(plan, check, node->run);
    return STATUS_OK;
}

static enum status find_names(struct search_plan *plan, const struct search_node *node,
                              number_vec *ids, struct error *err)
{
    struct buf match = BUF_INIT;
    struct query query;
    match_add_name(&match, node);
    query_begin(&query, plan->store,
                "SELECT e.id FROM (SELECT rowid AS id FROM derived_entity_search WHERE"
                " derived_entity_search MATCH ?1 LIMIT 20000) m"
                " CROSS JOIN derived_entity e ON e.id = m.id"
                " WHERE e.kind = ?2 AND e.mention_order < 0 ORDER BY e.mention_order LIMIT ?3",
                err);
    query_text(&query, buf_str(&match));
    query_int(&query, node->entity_kind);
    query_int(&query, NAME_ENTITY_LIMIT);
    while (query_next(&query))
        vec_push(&plan->arena, ids, column_int(&query, 0));
    buf_done(&match);
    return query_end(&query);
}

static enum rank name_rank(struct search_plan *plan, const struct search_node *node)
{
    (void)plan, (void)node;
    return RANK_NAME;
}

static void add_entity_source(struct search_plan *plan, const int64_t *ids, size_t count,
                              struct clause *source)
{
    static const int64_t nobody[] = {-1};
    if (count == 0) { /* a name that nobody has: no article */
        ids = nobody;
        count = 1;
    }
    for (size_t i = 0; i < count; i++) {
        begin_arm(source);
        add_sql(source, "SELECT date_key FROM derived_appearance"
                        " WHERE date_key" KEY_WITHIN " AND entity = ?");
        add_number(plan, source, ids[i]);
    }
}

static void add_entity_check(struct search_plan *plan, const int64_t *ids, size_t count,
                             struct clause *check)
{
    add_sql(check, "EXISTS(SELECT 1 FROM derived_appearance WHERE date_key = ?1 AND entity IN (");
    for (size_t i = 0; i < count; i++) {
        add_sql(check, i ? ", ?" : "?");
        add_number(plan, check, ids[i]);
    }
    add_sql(check, "))");
}

static enum status name_source(struct search_plan *plan, const struct search_node *node,
                               struct clause *source, struct error *err)
{
    number_vec ids = {0};
    enum status status = find_names(plan, node, &ids, err);
    add_entity_source(plan, ids.items, ids.count, source);
    return status;
}

static enum status name_check(struct search_plan *plan, const struct search_node *node,
                              struct clause *check, struct error *err)
{
    number_vec ids = {0};
    enum status status = find_names(plan, node, &ids, err);
    add_entity_check(plan, ids.items, ids.count, check);
    return status;
}

static enum status entity_source(struct search_plan *plan, const struct search_node *node,
                                 struct clause *source, struct error *err)
{
    (void)err;
    add_entity_source(plan, node->ids, node->id_count, source);
    return STATUS_OK;
}

static enum status entity_check(struct search_plan *plan, const struct search_node *node,
                                struct clause *check, struct error *err)
{
    (void)err;
    add_entity_check(plan, node->ids, node->id_count, check);
    return STATUS_OK;
}

/* The plus keeps to the order of the text: a name of many mentions is found at its first. */
static void add_entity_places(struct search_plan *plan, const int64_t *ids, size_t count,
                              struct clause *places)
{
    add_sql(places, "SELECT start_byte, end_byte FROM derived_mention WHERE date_key = ?1"
                    " AND +entity IN (");
    for (size_t i = 0; i < count; i++) {
        add_sql(places, i ? ", ?" : "?");
        add_number(plan, places, ids[i]);
    }
    add_sql(places, ") ORDER BY start_byte");
}

static enum status name_places(struct search_plan *plan, const struct search_node *node,
                               struct clause *places, struct error *err)
{
    number_vec ids = {0};
    enum status status = find_names(plan, node, &ids, err);
    add_entity_places(plan, ids.items, ids.count, places);
    return status;
}

static enum status entity_places(struct search_plan *plan, const struct search_node *node,
                                 struct clause *places, struct error *err)
{
    (void)err;
    add_entity_places(plan, node->ids, node->id_count, places);
    return STATUS_OK;
}

/* Passages that stand in the text. */
#define PASSAGES                                                                                   \
    "SELECT start_byte, end_byte FROM user_bookmark WHERE page = " PAGE_OF_KEY                     \
    " AND state NOT IN (2, 3)"
static_assert(ANCHOR_AMBIGUOUS == 2 && ANCHOR_LOST == 3, "passages that do not stand in the text");
#define IN_ORDER " ORDER BY start_byte"

static enum rank few_rank(struct search_plan *plan, const struct search_node *node)
{
    (void)plan, (void)node;
    return RANK_FEW;
}

/* " energy " as it stands in a row of tags; the end is open for a prefix. */
#define HAS_TAG "instr(' ' || lower(tags) || ' ', lower(?)) > 0"

static void add_tag(struct search_plan *plan, const struct search_node *node, struct clause *clause)
{
    add_text(plan, clause,
             arena_format(&plan->arena, " %.*s%s", STR_ARG(node->text), node->prefix ? "" : " "));
}

static enum status tag_source(struct search_plan *plan, const struct search_node *node,
                              struct clause *source, struct error *err)
{
    static const char *const tables[] = {"user_tag", "user_bookmark"};
    (void)err;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        begin_arm(source);
        buf_format(&source->sql,
                   "SELECT a.date_key AS date_key FROM %s t"
                   " CROSS JOIN derived_article a ON a.page = t.page WHERE a.date_key" KEY_WITHIN
                   " AND " HAS_TAG,
                   tables[i]);
        add_tag(plan, node, source);
    }
    return STATUS_OK;
}

static enum status tag_check(struct search_plan *plan, const struct search_node *node,
                             struct clause *check, struct error *err)
{
    static const char *const tables[] = {"user_tag", "user_bookmark"};
    (void)err;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        buf_format(&check->sql,
                   "%sEXISTS(SELECT 1 FROM %s WHERE page = " PAGE_OF_KEY " AND " HAS_TAG ")",
                   i ? " OR " : "(", tables[i]);
        add_tag(plan, node, check);
    }
    add_sql(check, ")");
    return STATUS_OK;
}

static enum status tag_places(struct search_plan *plan, const struct search_node *node,
                              struct clause *places, struct error *err)
{
    (void)err;
    add_sql(places, PASSAGES " AND " HAS_TAG IN_ORDER);
    add_tag(plan, node, places);
    return STATUS_OK;
}

static enum status note_source(struct search_plan *plan, const struct search_node *node,
                               struct clause *source, struct error *err)
{
    (void)err;
    begin_arm(source);
    add_sql(source, "SELECT a.date_key AS date_key FROM user_bookmark t"
                    " CROSS JOIN derived_article a ON a.page = t.page WHERE a.date_key" KEY_WITHIN
                    " AND has_words(t.note, ?)");
    add_words(plan, source, node);
    return STATUS_OK;
}

static enum status note_check(struct search_plan *plan, const struct search_node *node,
                              struct clause *check, struct error *err)
{
    (void)err;
    add_sql(check, "EXISTS(SELECT 1 FROM user_bookmark WHERE page = " PAGE_OF_KEY
                   " AND has_words(note, ?))");
    add_words(plan, check, node);
    return STATUS_OK;
}

static enum status note_places(struct search_plan *plan, const struct search_node *node,
                               struct clause *places, struct error *err)
{
    (void)err;
    add_sql(places, PASSAGES " AND has_words(note, ?)" IN_ORDER);
    add_words(plan, places, node);
    return STATUS_OK;
}

/* An open end asks nothing of the bound on its side, which may be unknown. */
static enum status published_check(struct search_plan *plan, const struct search_node *node,
                                   struct clause *check, struct error *err)
{
    (void)err;
    add_sql(check, "EXISTS(SELECT 1 FROM derived_article WHERE date_key = ?1");
    if (node->first != DAY_UNKNOWN) {
        add_sql(check, " AND coalesce(published_day, earliest_day) >= ?");
        add_number(plan, check, node->first);
    }
    if (node->last != DAY_UNKNOWN) {
        add_sql(check, " AND coalesce(published_day, latest_day) <= ?");
        add_number(plan, check, node->last);
    }
    add_sql(check, ")");
    return STATUS_OK;
}

/* Places of moments that lie within the days. */
static void add_places(struct search_plan *plan, const struct search_node *node,
                       struct clause *clause)
{
    int64_t unit = INT64_C(1) << 32;
    day last = node->last == DAY_UNKNOWN ? DAY_MAX : node->last;
    add_number(plan, clause,
               node->first == DAY_UNKNOWN ? PLACE_NONE + 1 : (int64_t)node->first * unit);
    add_number(plan, clause, ((int64_t)last + 1) * unit - 1);
    add_number(plan, clause, last);
}

#define PLACES_WITHIN " place BETWEEN ? AND ? AND last_day <= ?"

/* Rare times are collected; for common ones, articles in order are as good. */
static enum rank speaks_rank(struct search_plan *plan, const struct search_node *node)
{
    struct clause count = {.sql = BUF_INIT};
    struct query query;
    int64_t found = FEW_MOMENTS;
    add_sql(&count, "SELECT count(*) FROM (SELECT 1 FROM derived_moment"
                    " INDEXED BY derived_moment_time WHERE" PLACES_WITHIN " LIMIT ?)");
    add_places(plan, node, &count);
    add_number(plan, &count, FEW_MOMENTS);
    query_begin(&query, plan->store, buf_c(&count.sql), NULL);
    query_values(&query, &count);
    if (query_number(&query, FEW_MOMENTS, &found) != STATUS_OK)
        found = FEW_MOMENTS;
    buf_done(&count.sql);
    return found < FEW_MOMENTS ? RANK_FEW : RANK_NONE;
}

static enum status speaks_source(struct search_plan *plan, const struct search_node *node,
                                 struct clause *source, struct error *err)
{
    (void)err;
    begin_arm(source);
    add_sql(source, "SELECT date_key FROM derived_moment INDEXED BY derived_moment_time"
                    " WHERE date_key" KEY_WITHIN " AND" PLACES_WITHIN);
    add_places(plan, node, source);
    return STATUS_OK;
}

static enum status speaks_check(struct search_plan *plan, const struct search_node *node,
                                struct clause *check, struct error *err)
{
    (void)err;
    add_sql(check, "EXISTS(SELECT 1 FROM derived_moment INDEXED BY derived_moment_article"
                   " WHERE date_key = ?1 AND" PLACES_WITHIN ")");
    add_places(plan, node, check);
    return STATUS_OK;
}

static enum status speaks_places(struct search_plan *plan, const struct search_node *node,
                                 struct clause *places, struct error *err)
{
    (void)err;
    add_sql(places, "SELECT start_byte, end_byte FROM derived_moment"
                    " INDEXED BY derived_moment_article WHERE date_key = ?1 AND" PLACES_WITHIN
                    " ORDER BY place");
    add_places(plan, node, places);
    return STATUS_OK;
}

#define READ_SOURCE(state)                                                                         \
    "SELECT date_key FROM derived_article INDEXED BY derived_article_read"                         \
    " WHERE date_key" KEY_WITHIN " AND read_state = " state
#define READ_CHECK(state)                                                                          \
    "EXISTS(SELECT 1 FROM derived_article WHERE date_key = ?1 AND read_state = " state ")"
#define USER_SOURCE(table)                                                                         \
    "SELECT a.date_key AS date_key FROM " table                                                    \
    " t CROSS JOIN derived_article a ON a.page = t.page WHERE a.date_key" KEY_WITHIN
#define USER_CHECK(table) "EXISTS(SELECT 1 FROM " table " WHERE page = " PAGE_OF_KEY ")"

static const struct {
    enum rank rank;
    const char *source, *check;
    bool asks_page; /* for the last one that is not new */
} states[] = {
    [SEARCH_IS_UNREAD] = {RANK_STATE, READ_SOURCE("0"), READ_CHECK("0"), false},
    [SEARCH_IS_STARTED] = {RANK_STATE, READ_SOURCE("1"), READ_CHECK("1"), false},
    [SEARCH_IS_READ] = {RANK_STATE, READ_SOURCE("2"), READ_CHECK("2"), false},
    [SEARCH_IS_BOOKMARKED] = {RANK_FEW, USER_SOURCE("user_bookmark"), USER_CHECK("user_bookmark"),
                              false},
    [SEARCH_IS_TAGGED] = {RANK_FEW, USER_SOURCE("user_tag"), USER_CHECK("user_tag"), false},
    [SEARCH_IS_UNDATED] = {RANK_STATE,
                           "SELECT date_key FROM derived_article INDEXED BY"
                           " derived_article_undated WHERE date_key" KEY_WITHIN
                           " AND published_day IS NULL",
                           "EXISTS(SELECT 1 FROM derived_article WHERE date_key = ?1"
                           " AND published_day IS NULL)",
                           false},
    [SEARCH_IS_NEW] = {.rank = RANK_FEW,
                       .source = "SELECT date_key FROM derived_article NOT INDEXED"
                                 " WHERE date_key" KEY_WITHIN
                                 " AND page > max(?, iif(?1 = ?2, " PAGE_OF_KEY " - 1, 0))"
                                 " AND page <= iif(?1 = ?2, " PAGE_OF_KEY ", 4294967295)",
                       .check = PAGE_OF_KEY " > ?",
                       .asks_page = true},
};

/* (One key is one page: is:new of one article is a single look.) New articles are collected where
 * they are few; where they are most, any order finds them. */
static enum rank state_rank(struct search_plan *plan, const struct search_node *node)
{
    struct query query;
    int64_t page, last = INT64_MAX;
    enum rank rank = states[node->state].rank;
    if (!states[node->state].asks_page)
        return rank;
    if (seen_page_get(plan->store, &page, NULL) != STATUS_OK)
        return RANK_NONE;
    query_begin(&query, plan->store, "SELECT coalesce(max(page), 0) FROM derived_article", NULL);
    if (query_number(&query, 0, &last) != STATUS_OK)
        return RANK_NONE;
    return last - page <= FEW_NEW ? rank : RANK_NONE;
}

static enum status add_seen_page(struct search_plan *plan, const struct search_node *node,
                                 struct clause *clause, struct error *err)
{
    int64_t page;
    if (!states[node->state].asks_page)
        return STATUS_OK;
    enum status status = seen_page_get(plan->store, &page, err);
    add_number(plan, clause, page);
    return status;
}

static enum status state_source(struct search_plan *plan, const struct search_node *node,
                                struct clause *source, struct error *err)
{
    begin_arm(source);
    add_sql(source, states[node->state].source);
    return add_seen_page(plan, node, source, err);
}

static enum status state_check(struct search_plan *plan, const struct search_node *node,
                               struct clause *check, struct error *err)
{
    add_sql(check, states[node->state].check);
    return add_seen_page(plan, node, check, err);
}

static enum status state_places(struct search_plan *plan, const struct search_node *node,
                                struct clause *places, struct error *err)
{
    (void)plan, (void)err;
    if (node->state == SEARCH_IS_BOOKMARKED)
        add_sql(places, PASSAGES IN_ORDER);
    return STATUS_OK;
}

static const struct leaf_way leaf_ways[] = {
    [SEARCH_WORDS] = {text_rank, title_run_source, title_run_check, NULL},
    [SEARCH_NEAR] = {NULL, NULL, NULL, NULL},
    [SEARCH_NAME] = {name_rank, name_source, name_check, name_places},
    [SEARCH_ENTITY] = {name_rank, entity_source, entity_check, entity_places},
    [SEARCH_TAG] = {few_rank, tag_source, tag_check, tag_places},
    [SEARCH_NOTE] = {few_rank, note_source, note_check, note_places},
    [SEARCH_PUBLISHED] = {NULL, NULL, published_check, NULL},
    [SEARCH_SPEAKS_OF] = {speaks_rank, speaks_source, speaks_check, speaks_places},
    [SEARCH_STATE] = {state_rank, state_source, state_check, state_places},
};

/* ---- checks -------------------------------------------------------------------------------- */

static bool fits_a_table(const struct search_node *node, enum match_table *table)
{
    for (*table = MATCH_SEARCH; *table <= MATCH_FILTER; (*table)++)
        if (match_fits(node, *table))
            return true;
    return false;
}

static enum status add_check(struct search_plan *plan, const struct search_node *node,
                             struct clause *check, struct error *err)
{
    enum match_table table;
    enum status status = STATUS_OK;
    if (fits_a_table(node, &table)) {
        add_match(plan, node, match_sql[table].check, check);
        return STATUS_OK;
    }
    if (!node->part_count)
        return leaf_ways[node->kind].check(plan, node, check, err);
    add_sql(check, node->kind == SEARCH_NOT ? "NOT (" : "(");
    for (size_t i = 0; i < node->part_count && status == STATUS_OK; i++) {
        if (i)
            add_sql(check, node->kind == SEARCH_ANY ? " OR " : " AND ");
        status = add_check(plan, node->parts[i], check, err);
    }
    add_sql(check, ")");
    return status;
}

/* ---- the source ---------------------------------------------------------------------------- */

static enum rank rank_of(struct search_plan *plan, const struct search_node *node)
{
    enum match_table table;
    if (fits_a_table(node, &table))
        return RANK_TEXT;
    if (node->kind == SEARCH_NOT)
        return RANK_NONE;
    if (!node->part_count)
        return leaf_ways[node->kind].rank ? leaf_ways[node->kind].rank(plan, node) : RANK_NONE;
    enum rank rank = node->kind == SEARCH_ANY ? RANK_FEW : RANK_NONE;
    for (size_t i = 0; i < node->part_count; i++) {
        enum rank part = rank_of(plan, node->parts[i]);
        if (node->kind == SEARCH_ANY ? part < rank : part > rank)
            rank = part;
    }
    return rank;
}

/* The parts of an ALL that one table answers together; NULL when nothing there is wanted. */
static const struct search_node *
parts_for_table(struct search_plan *plan, const struct search_node *all, enum match_table table)
{
    VEC(const struct search_node *) parts = {0};
    for (size_t i = 0; i < all->part_count; i++) {
        const struct search_node *part = all->parts[i];
        if (match_fits(part->kind == SEARCH_NOT ? part->parts[0] : part, table))
            vec_push(&plan->arena, &parts, part);
    }
    struct search_node *node = arena_array(&plan->arena, struct search_node, 1);
    *node =
        (struct search_node){.kind = SEARCH_ALL, .parts = parts.items, .part_count = parts.count};
    return match_fits(node, table) ? node : NULL;
}

/* What serves an ALL best: its words, or the part of the best rank. */
static const struct search_node *choose(struct search_plan *plan, const struct search_node *all)
{
    enum rank best = rank_of(plan, all);
    const struct search_node *chosen = NULL;
    if (best == RANK_TEXT)
        chosen = parts_for_table(plan, all, MATCH_SEARCH);
    if (best == RANK_TEXT && !chosen)
        chosen = parts_for_table(plan, all, MATCH_FILTER);
    for (size_t i = 0; i < all->part_count && !chosen; i++)
        if (rank_of(plan, all->parts[i]) == best)
            chosen = all->parts[i];
    return chosen;
}

/* *exact: all that the source gives fits the node. */
static enum status add_source(struct search_plan *plan, const struct search_node *node,
                              struct clause *source, bool *exact, struct error *err)
{
    enum match_table table;
    enum status status = STATUS_OK;
    *exact = true;
    if (fits_a_table(node, &table)) {
        begin_arm(source);
        add_match(plan, node, match_sql[table].source, source);
        return STATUS_OK;
    }
    if (!node->part_count) {
        *exact = node->kind != SEARCH_WORDS;
        return leaf_ways[node->kind].source(plan, node, source, err);
    }
    if (node->kind == SEARCH_ALL) {
        status = add_source(plan, choose(plan, node), source, exact, err);
        *exact = false;
        return status;
    }
    for (size_t i = 0; i < node->part_count && status == STATUS_OK; i++) {
        bool part_exact;
        status = add_source(plan, node->parts[i], source, &part_exact, err);
        *exact = *exact && part_exact;
    }
    return status;
}

/* True when the chosen node answers this part of the root. */
static bool is_answered(const struct search_node *chosen, const struct search_node *part)
{
    bool answered = chosen == part;
    for (size_t i = 0; chosen->kind == SEARCH_ALL && i < chosen->part_count; i++)
        answered = answered || chosen->parts[i] == part;
    return answered;
}

static enum status add_rest(struct search_plan *plan, const struct search_node *root,
                            const struct search_node *chosen, struct error *err)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < root->part_count && status == STATUS_OK; i++) {
        if (chosen && is_answered(chosen, root->parts[i]))
            continue;
        add_sql(&plan->check, plan->check.sql.len ? " AND " : "");
        status = add_check(plan, root->parts[i], &plan->check, err);
    }
    return status;
}

/* Days of publication that must hold bound the keys. */
static void narrow(struct search_plan *plan, const struct search_node *root)
{
    for (size_t i = 0; i < root->part_count; i++) {
        const struct search_node *part = root->parts[i];
        if (part->kind != SEARCH_PUBLISHED)
            continue;
        int64_t low = part->first == DAY_UNKNOWN ? plan->low : date_key_of_day(part->first);
        int64_t high = part->last == DAY_UNKNOWN ? plan->high : date_key_of_day(part->last + 1) - 1;
        plan->low = low > plan->low ? low : plan->low;
        plan->high = high < plan->high ? high : plan->high;
    }
}

static enum status make_plan(struct search_plan *plan, const struct search_node *root,
                             struct error *err)
{
    narrow(plan, root);
    const struct search_node *chosen = NULL;
    bool exact = false;
    enum status status = STATUS_OK;
    if (rank_of(plan, root) != RANK_NONE) {
        enum match_table table;
        chosen = choose(plan, root);
        plan->is_distinct = fits_a_table(chosen, &table);
        status = add_source(plan, chosen, &plan->source, &exact, err);
        if (match_fits(chosen, MATCH_SEARCH))
            match_add(&plan->match, chosen);
    } else {
        add_sql(&plan->source, "SELECT date_key FROM derived_article"
                               " INDEXED BY derived_article_date WHERE date_key" KEY_WITHIN);
    }
    return status == STATUS_OK ? add_rest(plan, root, exact ? chosen : NULL, err) : status;
}

enum status plan_init(struct search_plan *plan, struct store *store,
                      const struct search_query *search, bool unread_only, struct error *err)
{
    static const struct search_node unread = {.kind = SEARCH_STATE, .state = SEARCH_IS_UNREAD};
    const struct search_node *parts[2];
    struct search_node root = {.kind = SEARCH_ALL, .parts = parts};
    *plan = (struct search_plan){.store = store,
                                 .low = INT64_MIN,
                                 .high = INT64_MAX,
                                 .words_fit = search ? search->words_fit : NULL};
    const struct search_node *asked = search ? search->root : NULL;
    if (asked && asked->kind == SEARCH_WORDS && !match_has_words(asked->text))
        asked = NULL; /* a filter without words asks nothing */
    /* An ALL at the top is taken apart; whatever else is its own only part. */
    if (asked && asked->kind == SEARCH_ALL && !unread_only)
        return make_plan(plan, asked, err);
    if (asked)
        parts[root.part_count++] = asked;
    if (unread_only)
        parts[root.part_count++] = &unread;
    return make_plan(plan, &root, err);
}

void plan_done(struct search_plan *plan)
{
    buf_done(&plan->source.sql);
    buf_done(&plan->check.sql);
    for (size_t i = 0; i < plan->places.count; i++)
        buf_done(&plan->places.items[i].sql);
    buf_done(&plan->match);
    arena_done(&plan->arena);
}

enum status plan_find_places(struct search_plan *plan, const struct search_node *node,
                             struct error *err)
{
    enum status status = STATUS_OK;
    if (!node || node->kind == SEARCH_NOT)
        return STATUS_OK;
    if (!node->part_count && leaf_ways[node->kind].places) {
        struct clause places = {.sql = BUF_INIT};
        status = leaf_ways[node->kind].places(plan, node, &places, err);
        vec_push(&plan->arena, &plan->places, places);
    }
    for (size_t i = 0; i < node->part_count && status == STATUS_OK; i++)
        status = plan_find_places(plan, node->parts[i], err);
    return status;
}

/* ---- walking ------------------------------------------------------------------------------- */

enum status plan_fits_rest(struct search_plan *plan, int64_t date_key, bool *fits,
                           struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    *fits = true;
    if (!plan->check.sql.len)
        return STATUS_OK;
    buf_format(&sql, "SELECT 1 WHERE ?1 IS NOT NULL AND %s", buf_c(&plan->check.sql));
    query_begin(&query, plan->store, buf_c(&sql), err);
    query_int(&query, date_key);
    query_values(&query, &plan->check);
    *fits = query_next(&query);
    buf_done(&sql);
    return query_end(&query);
}

void plan_page_bounds(const struct search_plan *plan, const struct page_request *request,
                      bool falls, int64_t *low, int64_t *high)
{
    *low = plan->low;
    *high = plan->high;
    if (!request->from)
        return;
    int64_t from = request->from->number;
    int step = request->inclusive ? 0 : 1;
    if (falls && from - step < *high)
        *high = from - step;
    if (!falls && from + step > *low)
        *low = from + step;
}

enum status plan_walk(struct search_plan *plan, const struct page_request *request, bool descending,
                      uint32_t limit, number_vec *keys, struct error *err)
{
    bool falls = page_falls(request, descending);
    struct buf sql = BUF_INIT;
    struct query query;
    enum status status = STATUS_OK;
    int64_t low, high, seen = -1;
    size_t looked_at = 0, wanted = keys->count + limit;
    plan_page_bounds(plan, request, falls, &low, &high);
    buf_format(&sql, "%s ORDER BY date_key%s", buf_c(&plan->source.sql), falls ? " DESC" : "");
    query_begin(&query, plan->store, buf_c(&sql), err);
    query_int(&query, low);
    query_int(&query, high);
    query_values(&query, &plan->source);
    while (status == STATUS_OK && keys->count < wanted && looked_at < SORTED_MATCH_LIMIT &&
           query_next(&query)) {
        int64_t key = column_int(&query, 0);
        bool fits = key != seen;
        if (fits)
            status = plan_fits_rest(plan, key, &fits, err);
        if (fits && status == STATUS_OK)
            vec_push(NULL, keys, key);
        looked_at++;
        seen = key;
    }
    enum status ended = query_end(&query);
    buf_done(&sql);
    return status == STATUS_OK ? ended : status;
}

enum status plan_fits(struct search_plan *plan, int64_t date_key, bool *fits, struct error *err)
{
    struct search_plan one = *plan;
    struct page_request request = {0};
    number_vec keys = {0};
    one.low = one.low > date_key ? one.low : date_key;
    one.high = one.high < date_key ? one.high : date_key;
    enum status status = plan_walk(&one, &request, false, 1, &keys, err);
    *fits = keys.count > 0;
    vec_done(&keys);
    return status;
}

/* Tells a count from others: of which articles, up to which limit, in which state of the tables,
 * which what a reader does leaves as they are. */
static uint64_t hash_count(const struct search_plan *plan, int64_t limit)
{
    const int64_t state[] = {plan->low, plan->high, limit, store_change_counter(plan->store),
                             plan->store->index_changes};
    uint64_t hash =
        str_hash((str){(const char *)state, sizeof state}) ^ str_hash(buf_str(&plan->source.sql));
    for (size_t i = 0; i < plan->source.values.count; i++)
        hash = hash * UINT64_C(0x9E3779B97F4A7C15) + str_hash(plan->source.values.items[i].text);
    return hash;
}

/* Where all that the source gives fits, and nothing is given twice: by words alone. A list and a
 * target ask for the same one after the other. */
static enum status count_source(struct search_plan *plan, int64_t limit, int64_t *count,
                                struct error *err)
{
    struct store *store = plan->store;
    uint64_t hash = hash_count(plan, limit);
    struct buf sql = BUF_INIT;
    struct query query;
    *count = store->last_count;
    if (hash == store->last_count_hash)
        return STATUS_OK;
    buf_add(&sql, STR("SELECT count(*) FROM (SELECT 1 FROM ("));
    buf_add(&sql, buf_str(&plan->source.sql));
    buf_format(&sql, ") LIMIT %lld)", (long long)limit);
    query_begin(&query, store, buf_c(&sql), err);
    query_int(&query, plan->low);
    query_int(&query, plan->high);
    query_values(&query, &plan->source);
    buf_done(&sql);
    enum status status = query_number(&query, 0, count);
    store->last_count = *count;
    store->last_count_hash = status == STATUS_OK ? hash : 0;
    return status;
}

enum status plan_count(struct search_plan *plan, int64_t limit, int64_t *count, struct error *err)
{
    struct page_request request = {0};
    number_vec keys = {0};
    if (plan->is_distinct && !plan->check.sql.len)
        return count_source(plan, limit, count, err);
    enum status status = plan_walk(plan, &request, true, (uint32_t)limit, &keys, err);
    *count = (int64_t)keys.count;
    vec_done(&keys);
    return status;
}
