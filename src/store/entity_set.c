/* The entities that a query means, as SQL: words of names by their index, the rest by the articles
 * that fit, of which the newest count. Sets are joined as the query joins its parts. */
#include "store/internal.h"

static bool asks_name(const struct search_node *node)
{
    bool asks =
        node->kind == SEARCH_WORDS &&
        (node->column == SEARCH_HEAD || node->column == SEARCH_ROW || node->column == SEARCH_FORM);
    for (size_t i = 0; i < node->part_count && !asks; i++)
        asks = asks_name(node->parts[i]);
    return asks;
}

static void add_text(struct entity_set *set, str text)
{
    vec_push(&set->arena, &set->clause.values, TEXT_VALUE(arena_str(&set->arena, text)));
}

static void add_sql(struct entity_set *set, const char *sql)
{
    buf_add(&set->clause.sql, str_from(sql));
}

static void add_names(struct entity_set *set, const struct search_node *words)
{
    struct buf match = BUF_INIT;
    match_add_form(&match, words);
    buf_format(&set->clause.sql,
               "SELECT rowid AS id FROM derived_entity_search WHERE derived_entity_search MATCH ?"
               " LIMIT %d",
               SORTED_MATCH_LIMIT);
    add_text(set, buf_str(&match));
    buf_done(&match);
}

/* Everybody whom the articles name. */
static enum status add_named(struct entity_set *set, const struct search_node *node,
                             struct error *err)
{
    struct search_plan plan = {0};
    struct search_query query = {.root = node, .words_fit = set->words_fit};
    struct page_request request = {0};
    struct buf keys = BUF_INIT;
    number_vec found = {0};
    enum status status = plan_init(&plan, set->store, &query, false, err);
    if (status == STATUS_OK)
        status = plan_walk(&plan, &request, true, ENTITY_ARTICLE_LIMIT, &found, err);
    buf_add_byte(&keys, '[');
    for (size_t i = 0; i < found.count; i++)
        buf_format(&keys, "%s%lld", i ? "," : "", (long long)found.items[i]);
    buf_add_byte(&keys, ']');
    buf_format(&set->clause.sql,
               "SELECT DISTINCT n.entity AS id FROM json_each(?) k CROSS JOIN derived_mention n"
               " ON n.date_key = k.value WHERE n.kind = %d",
               (int)set->kind);
    add_text(set, buf_str(&keys));
    buf_done(&keys);
    vec_done(&found);
    plan_done(&plan);
    return status;
}

static enum status add_set(struct entity_set *set, const struct search_node *node,
                           struct error *err);

static enum status add_operand(struct entity_set *set, const struct search_node *node,
                               const char *operator, struct error * err)
{
    add_sql(set, operator);
    add_sql(set, "SELECT id FROM (");
    enum status status = add_set(set, node, err);
    add_sql(set, ")");
    return status;
}

/* The most mentioned, to take some of them away. */
static void add_all(struct entity_set *set)
{
    buf_format(&set->clause.sql,
               "SELECT id FROM (SELECT id FROM derived_entity INDEXED BY derived_entity_mentions"
               " WHERE kind = %d AND mention_order < 0 ORDER BY mention_order LIMIT %d)",
               (int)set->kind, SORTED_MATCH_LIMIT);
}

/* What an ALL asks of articles is asked of one article: its parts make one set. */
static enum status add_shared(struct entity_set *set, const struct search_node *all, bool *added,
                              struct error *err)
{
    VEC(const struct search_node *) parts = {0};
    for (size_t i = 0; i < all->part_count; i++)
        if (!asks_name(all->parts[i]))
            vec_push(&set->arena, &parts, all->parts[i]);
    *added = parts.count > 0;
    if (!*added)
        return STATUS_OK;
    struct search_node *shared = arena_new(&set->arena, struct search_node);
    *shared =
        (struct search_node){.kind = SEARCH_ALL, .parts = parts.items, .part_count = parts.count};
    return add_operand(set, shared, "", err);
}

static enum status add_joined(struct entity_set *set, const struct search_node *node,
                              struct error *err)
{
    bool begun = false, is_any = node->kind == SEARCH_ANY;
    enum status status = is_any ? STATUS_OK : add_shared(set, node, &begun, err);
    for (size_t i = 0; i < node->part_count && status == STATUS_OK; i++) {
        const struct search_node *part = node->parts[i];
        if (!is_any && (!asks_name(part) || part->kind == SEARCH_NOT))
            continue;
        status = add_operand(set, part, !begun ? "" : is_any ? " UNION " : " INTERSECT ", err);
        begun = true;
    }
    for (size_t i = 0; i < node->part_count && status == STATUS_OK && !is_any; i++) {
        const struct search_node *part = node->parts[i];
        if (!asks_name(part) || part->kind != SEARCH_NOT)
            continue;
        if (!begun)
            add_all(set);
        begun = true;
        status = add_operand(set, part->parts[0], " EXCEPT ", err);
    }
    return status;
}

static enum status add_set(struct entity_set *set, const struct search_node *node,
                           struct error *err)
{
    if (!asks_name(node))
        return add_named(set, node, err);
    if (node->kind == SEARCH_NOT) {
        add_all(set);
        return add_operand(set, node->parts[0], " EXCEPT ", err);
    }
    if (node->part_count)
        return add_joined(set, node, err);
    add_names(set, node);
    return STATUS_OK;
}

enum status entity_set_init(struct entity_set *set, struct store *store,
                            const struct search_query *search, enum entity_kind kind,
                            struct error *err)
{
    *set = (struct entity_set){.store = store,
                               .kind = kind,
                               .words_fit = search ? search->words_fit : NULL,
                               .clause = {.sql = BUF_INIT}};
    const struct search_node *root = search ? search->root : NULL;
    bool is_empty = !root || (root->kind == SEARCH_WORDS && !match_has_words(root->text));
    return is_empty ? STATUS_OK : add_set(set, root, err);
}

void entity_set_done(struct entity_set *set)
{
    buf_done(&set->clause.sql);
    arena_done(&set->arena);
}
