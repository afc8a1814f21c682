/* Walking a target: every kind is a set of places (article, start, end). To a search it is one more
 * condition, so that it goes through the articles of any list in the list's own order; within an
 * article its places stand in order of the text. */
#include "store/internal.h"

/* Rows of a list in which the next article of a frequent target is looked for before all articles
 * of the target are sorted. */
enum { NEAR_ROW_COUNT = 100, PART_LIMIT = 40 };

struct spot {
    int64_t date_key, start, end;
};

bool target_has_entity(const struct target *target, int64_t entity)
{
    for (size_t i = 0; target->kind == TARGET_ENTITY && i < target->entity_count; i++)
        if (target->entities[i] == entity)
            return true;
    return false;
}

/* ---- kinds --------------------------------------------------------------------------------- */

static struct search_node entity_condition(const struct target *target)
{
    return (struct search_node){
        .kind = SEARCH_ENTITY, .ids = target->entities, .id_count = target->entity_count};
}

static struct search_node days_condition(const struct target *target)
{
    return (struct search_node){
        .kind = SEARCH_SPEAKS_OF, .first = target->first, .last = target->last};
}

static struct search_node search_condition(const struct target *target)
{
    return *target->search->root;
}

static struct search_node bookmark_condition(const struct target *target)
{
    (void)target;
    return (struct search_node){.kind = SEARCH_STATE, .state = SEARCH_IS_BOOKMARKED};
}

static struct search_node tag_condition(const struct target *target)
{
    return (struct search_node){.kind = SEARCH_TAG, .text = target->tag};
}

_Static_assert(TARGET_ENTITY_LIMIT == 8, "the join of entities has eight parameters");

static void bind_entities(struct query *query, const struct target *target)
{
    for (size_t i = 0; i < TARGET_ENTITY_LIMIT; i++)
        query_id(query, i < target->entity_count ? target->entities[i] : 0);
}

static void bind_days(struct query *query, const struct target *target)
{
    int64_t unit = INT64_C(1) << 32;
    day last = target->last == DAY_UNKNOWN ? DAY_MAX : target->last;
    query_int(query, target->first == DAY_UNKNOWN ? PLACE_NONE + 1 : (int64_t)target->first * unit);
    query_int(query, ((int64_t)last + 1) * unit - 1);
    query_int(query, last);
}

static void bind_nothing(struct query *query, const struct target *target)
{
    (void)query, (void)target;
}

static void bind_tag(struct query *query, const struct target *target)
{
    query_text(query, target->tag);
    query_text(query, target->tag);
}

#define PAGE_OF_KEY "(k.date_key & 4294967295)"
/* A bookmark that was lost stands for its article. */
#define STARTS_AT(column) "iif(m.state IN (0, 1, 4), m." column ", 0)"
#define HAS_TAG "instr(' ' || lower(tags) || ' ', ' ' || lower(?) || ' ') > 0"

#define IS_ENTITY "entity IN (?, ?, ?, ?, ?, ?, ?, ?)"

/* A kind of target: which articles have places, and the rows of places of the articles k. */
static const struct target_way {
    struct search_node (*condition)(const struct target *target);
    const char *join; /* NULL: an article that fits is itself the place */
    const char *start, *end;
    void (*bind)(struct query *query, const struct target *target);
    const char *kept_count; /* of places in one of k, with the same parameters; NULL: none is */
} ways[] = {
    [TARGET_NONE] = {0},
    [TARGET_ENTITY] = {entity_condition,
                       " CROSS JOIN derived_mention m INDEXED BY derived_mention_entity"
                       " ON m.date_key = k.date_key AND m." IS_ENTITY,
                       "m.start_byte", "m.end_byte", bind_entities,
                       "SELECT total(p.mention_count) FROM derived_appearance p"
                       " WHERE p.date_key = k.date_key AND p." IS_ENTITY},
    [TARGET_DAYS] = {days_condition,
                     " CROSS JOIN derived_moment m INDEXED BY derived_moment_article"
                     " ON m.date_key = k.date_key AND m.place BETWEEN ? AND ? AND m.last_day <= ?",
                     "m.start_byte", "m.end_byte", bind_days, NULL},
    [TARGET_SEARCH] = {search_condition, NULL, NULL, NULL, bind_nothing, "1"},
    [TARGET_BOOKMARKS] = {bookmark_condition,
                          " CROSS JOIN user_bookmark m ON m.page = " PAGE_OF_KEY,
                          STARTS_AT("start_byte"), STARTS_AT("end_byte"), bind_nothing, NULL},
    [TARGET_TAG] = {tag_condition,
                    " CROSS JOIN (SELECT page, 0 AS state, 0 AS start_byte, 0 AS end_byte"
                    " FROM user_tag WHERE " HAS_TAG " UNION ALL SELECT page, state, start_byte,"
                    " end_byte FROM user_bookmark WHERE " HAS_TAG ") m ON m.page = " PAGE_OF_KEY,
                    STARTS_AT("start_byte"), STARTS_AT("end_byte"), bind_tag, NULL},
};

static const struct target_way *way_of(const struct target *target)
{
    bool is_known = (unsigned)target->kind < sizeof ways / sizeof *ways;
    return &ways[is_known ? target->kind : TARGET_NONE];
}

/* ---- the articles -------------------------------------------------------------------------- */

/* The list's own conditions and the target. */
struct road {
    struct article_query query;
    struct search_query search;
    struct search_node root, condition;
    const struct search_node *parts[PART_LIMIT];
};

/* An ALL is added by its parts: a search is asked then as the list of what it found asks it. */
static void add_condition(struct road *road, const struct search_node *node)
{
    size_t room = PART_LIMIT - road->root.part_count;
    bool is_joined = node->kind == SEARCH_ALL && node->part_count < room;
    for (size_t i = 0; is_joined && i < node->part_count; i++)
        road->parts[road->root.part_count++] = node->parts[i];
    if (!is_joined)
        road->parts[road->root.part_count++] = node;
}

static void road_init(struct road *road, const struct target *target,
                      const struct article_query *list)
{
    const struct search_node *asked = list->search ? list->search->root : NULL;
    bool is_empty = asked && asked->kind == SEARCH_WORDS && !match_has_words(asked->text);
    *road = (struct road){.query = *list, .condition = way_of(target)->condition(target)};
    road->root = (struct search_node){.kind = SEARCH_ALL, .parts = road->parts};
    add_condition(road, &road->condition);
    if (asked && !is_empty)
        add_condition(road, asked);
    road->search.root = &road->root;
    road->query.search = &road->search;
    road->query.folded = road->query.copies_only = false; /* a copy's places are places too */
}

/* Orders of a list that are not that of dates: the next rows may hold a frequent target. */
static enum status find_near(struct store *store, const struct road *road,
                             const struct article_query *list, const struct page_request *request,
                             int64_t *date_key, struct error *err)
{
    struct article_query all = *list;
    struct page_request near = *request;
    struct arena arena = {0};
    struct search_plan plan;
    const struct article_row *rows = NULL;
    size_t count = 0;
    bool found = false;
    all.folded = all.copies_only = false;
    near.limit = NEAR_ROW_COUNT;
    enum status status = plan_init(&plan, store, &road->search, false, err);
    if (status == STATUS_OK)
        status = store_list_articles(store, &arena, &all, &near, &rows, &count, err);
    for (size_t i = 0; i < count && status == STATUS_OK && !found; i++) {
        status = plan_fits(&plan, rows[i].key.number, &found, err);
        *date_key = rows[i].key.number;
    }
    plan_done(&plan);
    arena_done(&arena);
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

/* The next article of the road after one that need not be on it itself; from its end where `from`
 * is NULL. NOT_FOUND without a message. */
static enum status next_article(struct store *store, const struct road *road,
                                const struct article_query *list, const struct spot *from,
                                bool backward, int64_t *date_key, struct error *err)
{
    struct arena arena = {0};
    struct article_row here;
    const struct article_row *rows = NULL;
    size_t count = 0;
    struct page_request request = {.backward = backward, .limit = 1};
    enum status status = STATUS_OK;
    if (from) {
        status = store_find_article_row(store, &arena, &road->query, date_key_page(from->date_key),
                                        &here, err);
        request.from = &here.key;
    }
    bool may_be_near = list->sort != SORT_DATE && !list->search;
    if (status == STATUS_OK)
        status =
            may_be_near ? find_near(store, road, list, &request, date_key, err) : STATUS_NOT_FOUND;
    if (status == STATUS_NOT_FOUND) {
        status = store_list_articles(store, &arena, &road->query, &request, &rows, &count, err);
        if (status == STATUS_OK && count == 0)
            status = STATUS_NOT_FOUND;
        else if (status == STATUS_OK)
            *date_key = rows[0].key.number;
    }
    arena_done(&arena);
    return status;
}

/* ---- the places of an article -------------------------------------------------------------- */

/* The first place of an article after `start` (or the last before it), or at all where it is NULL.
 * NOT_FOUND without a message. */
static enum status step_within(struct store *store, const struct target *target, int64_t date_key,
                               const int64_t *start, bool backward, struct spot *spot,
                               struct error *err)
{
    const struct target_way *way = way_of(target);
    struct buf sql = BUF_INIT;
    struct query query;
    *spot = (struct spot){date_key, 0, 0};
    if (!way->join)
        return start ? STATUS_NOT_FOUND : STATUS_OK;
    buf_format(&sql, "SELECT %s, %s FROM (SELECT ? AS date_key) k%s", way->start, way->end,
               way->join);
    if (start)
        buf_format(&sql, " WHERE %s %c ?", way->start, backward ? '<' : '>');
    buf_format(&sql, " ORDER BY 1%s LIMIT 1", backward ? " DESC" : "");
    query_begin(&query, store, buf_c(&sql), err);
    query_int(&query, date_key);
    way->bind(&query, target);
    if (start)
        query_int(&query, *start);
    bool found = query_next(&query);
    if (found) {
        spot->start = column_int(&query, 0);
        spot->end = column_int(&query, 1);
    }
    enum status status = query_end(&query);
    buf_done(&sql);
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

/* ---- walking ------------------------------------------------------------------------------- */

/* A place in an article that is gone is no place. */
static enum status find_spot(struct store *store, const struct target_place *place,
                             struct spot *spot, bool *known, struct error *err)
{
    *known = false;
    if (!place)
        return STATUS_OK;
    *spot = (struct spot){0, place->start, place->end};
    enum status status = find_date_key(store, place->article, &spot->date_key, err);
    *known = status == STATUS_OK;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* An article that fits may have no place left in it, when another session is at work. */
static enum status step_across(struct store *store, const struct target *target,
                               const struct article_query *list, const struct spot *from,
                               bool backward, struct spot *spot, struct error *err)
{
    struct road road;
    int64_t date_key = 0;
    road_init(&road, target, list);
    enum status status = next_article(store, &road, list, from, backward, &date_key, err);
    if (status == STATUS_OK)
        status = step_within(store, target, date_key, NULL, backward, spot, err);
    return status;
}

static enum status walk(struct store *store, const struct target *target,
                        const struct article_query *list, const struct target_place *from,
                        bool backward, struct spot *spot, bool *wrapped, struct error *err)
{
    struct spot origin;
    bool known;
    enum status status = find_spot(store, from, &origin, &known, err);
    if (status != STATUS_OK)
        return status;
    status = STATUS_NOT_FOUND;
    if (known)
        status = step_within(store, target, origin.date_key, &origin.start, backward, spot, err);
    if (status == STATUS_NOT_FOUND)
        status = step_across(store, target, list, known ? &origin : NULL, backward, spot, err);
    if (status == STATUS_NOT_FOUND && known) {
        *wrapped = true;
        status = step_across(store, target, list, NULL, backward, spot, err);
    }
    if (status == STATUS_NOT_FOUND)
        return error_set(err, status, "%.*s: no place in the dossier", STR_ARG(target->label));
    return status;
}

enum status store_walk_target(struct store *store, const struct target *target,
                              const struct article_query *list, const struct target_place *from,
                              bool backward, struct target_place *to, bool *wrapped,
                              struct error *err)
{
    struct spot spot = {0};
    *wrapped = false;
    *to = (struct target_place){0};
    if (!way_of(target)->condition)
        return error_set(err, STATUS_NOT_FOUND, "no target is set");
    enum status status = store_write_waiting(store, err);
    if (status == STATUS_OK)
        status = walk(store, target, list, from, backward, &spot, wrapped, err);
    if (status == STATUS_OK)
        *to = (struct target_place){date_key_page(spot.date_key), (uint32_t)spot.start,
                                    (uint32_t)spot.end};
    return status;
}

/* ---- positions ----------------------------------------------------------------------------- */

/* Places and articles: in all, on the articles before the spot's, on its own up to the spot. */
struct tally {
    int64_t places, places_before, places_here, articles, articles_before;
    bool is_place, is_article; /* the spot is a place; its article is on the road */
};

/* Whether the spot lies nearer to the last article of an entity than to its first, and whether it
 * has more articles than are looked at. */
static enum status look_at_entity(struct store *store, int64_t entity, const struct spot *spot,
                                  bool *is_near_last, bool *is_frequent, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT (SELECT min(date_key) FROM derived_appearance WHERE entity = ?1) / 2"
                " + (SELECT max(date_key) FROM derived_appearance WHERE entity = ?1) / 2 < ?2,"
                " article_count FROM derived_entity WHERE id = ?1",
                err);
    query_int(&query, entity);
    query_int(&query, spot->date_key);
    bool is_there = query_next(&query);
    *is_near_last = is_there && column_int(&query, 0) > 0;
    *is_frequent = is_there && column_int(&query, 1) > STORE_COUNT_LIMIT;
    return query_end(&query);
}

/* The condition on articles a to stand before the spot ?2 in an order that is not that of dates. */
static void add_before(struct buf *sql, const char *column, const struct article_query *list)
{
    buf_format(sql,
               "(%s, a.date_key) %c (SELECT %s, a.date_key FROM derived_article a"
               " WHERE a.date_key = ?2)",
               column, list->descending ? '>' : '<', column);
}

/* Which of the entity's articles are counted: in order of date those that are later (or earlier)
 * than the spot, else those before it. */
static void add_counted(struct buf *sql, const char *column, const struct article_query *list,
                        bool is_later)
{
    if (column) {
        buf_add(sql, STR("CROSS JOIN derived_article a ON a.date_key = p.date_key WHERE "));
        add_before(sql, column, list);
    } else {
        buf_format(sql, "WHERE p.date_key %c ?2", is_later ? '>' : '<');
    }
}

/* One name in all articles has its counts kept; those before come from its own index: in order of
 * date, or those after, whichever are nearer to an end; in any other order, unless they are too
 * many, by looking where each article stands. */
static enum status tally_entity(struct store *store, const struct target *target,
                                const struct article_query *list, const struct spot *spot,
                                struct tally *tally, struct error *err)
{
    const char *column = articles_sort_column(store, list);
    struct buf sql = BUF_INIT;
    struct query query;
    bool is_later, is_frequent;
    enum status status =
        look_at_entity(store, target->entities[0], spot, &is_later, &is_frequent, err);
    if (status != STATUS_OK)
        return status;
    bool is_ranked = !column || !is_frequent;
    bool counts_after = !column && is_later != list->descending;
    buf_add(&sql, STR("SELECT e.mention_count, e.article_count, places, articles,"
                      " (SELECT count(*) FROM derived_mention m INDEXED BY derived_mention_entity"
                      "  WHERE m.entity = e.id AND m.date_key = ?2 AND m.start_byte <= ?3),"
                      " EXISTS(SELECT 1 FROM derived_mention m INDEXED BY derived_mention_entity"
                      "  WHERE m.entity = e.id AND m.date_key = ?2 AND m.start_byte = ?3),"
                      " (SELECT p.mention_count FROM derived_appearance p"
                      "  WHERE p.entity = e.id AND p.date_key = ?2)"
                      " FROM derived_entity e, (SELECT ifnull(sum(p.mention_count), 0) AS places,"
                      "  count(*) AS articles FROM derived_appearance p "));
    add_counted(&sql, column, list, is_later);
    buf_format(&sql, " AND p.entity = %s) WHERE e.id = ?1", is_ranked ? "?1" : "0");
    query_begin(&query, store, buf_c(&sql), err);
    query_int(&query, target->entities[0]);
    query_int(&query, spot->date_key);
    query_int(&query, spot->start);
    if (query_next(&query)) {
        *tally = (struct tally){.places = column_int(&query, 0),
                                .articles = column_int(&query, 1),
                                .places_before = column_int(&query, 2),
                                .articles_before = column_int(&query, 3),
                                .places_here = column_int(&query, 4),
                                .is_place = is_ranked && column_int(&query, 5) > 0,
                                .is_article = is_ranked && column_int(&query, 6) > 0};
        if (counts_after) {
            tally->places_before = tally->places - tally->places_before - column_int(&query, 6);
            tally->articles_before = tally->articles - tally->articles_before - tally->is_article;
        }
    }
    buf_done(&sql);
    return query_end(&query);
}

/* The places of the spot's article up to the spot. */
static enum status tally_here(struct store *store, const struct target *target,
                              const struct spot *spot, struct tally *tally, struct error *err)
{
    const struct target_way *way = way_of(target);
    struct buf sql = BUF_INIT;
    struct query query;
    tally->places_here = tally->is_place = tally->is_article;
    if (!way->join || !tally->is_article)
        return STATUS_OK;
    buf_format(&sql, "SELECT count(*), total(%s = ?) FROM (SELECT ? AS date_key) k%s WHERE %s <= ?",
               way->start, way->join, way->start);
    query_begin(&query, store, buf_c(&sql), err);
    query_int(&query, spot->start);
    query_int(&query, spot->date_key);
    way->bind(&query, target);
    query_int(&query, spot->start);
    if (query_next(&query)) {
        tally->places_here = column_int(&query, 0);
        tally->is_place = column_int(&query, 1) > 0;
    }
    buf_done(&sql);
    return query_end(&query);
}

/* Rows of these articles: how many places they have, and whether they stand before the spot's
 * article (-1), are it (0), or stand after (1). */
static void add_sides(struct buf *sql, const struct store *store, const struct article_query *list,
                      const struct target_way *way)
{
    const char *column = articles_sort_column(store, list);
    buf_add(sql, STR("SELECT CASE WHEN k.date_key = ?2 THEN 0 WHEN "));
    if (column)
        add_before(sql, column, list);
    else
        buf_format(sql, "k.date_key %c ?2", list->descending ? '>' : '<');
    buf_add(sql, STR(" THEN -1 ELSE 1 END AS side, ("));
    if (way->kept_count)
        buf_add(sql, str_from(way->kept_count));
    else
        buf_format(sql, "SELECT count(*) FROM (SELECT 1)%s", way->join);
    buf_add(sql, STR(") AS places FROM (SELECT value AS date_key FROM json_each(?1)) k"));
    if (column)
        buf_add(sql, STR(" CROSS JOIN derived_article a ON a.date_key = k.date_key"));
}

static enum status tally_keys(struct store *store, const struct target *target,
                              const struct article_query *list, const number_vec *keys,
                              const struct spot *spot, struct tally *tally, struct error *err)
{
    const struct target_way *way = way_of(target);
    struct buf sql = BUF_INIT, json = BUF_INIT;
    struct query query;
    buf_add(&sql, STR("WITH t AS MATERIALIZED ("));
    add_sides(&sql, store, list, way);
    buf_add(&sql, STR(") SELECT total(places), total(iif(side < 0, places, 0)), count(*),"
                      " total(side < 0), total(side = 0) FROM t"));
    json_numbers(&json, keys);
    query_begin(&query, store, buf_c(&sql), err);
    query_text(&query, buf_str(&json));
    query_int(&query, spot->date_key);
    way->bind(&query, target);
    if (query_next(&query))
        *tally = (struct tally){.places = column_int(&query, 0),
                                .places_before = column_int(&query, 1),
                                .articles = column_int(&query, 2),
                                .articles_before = column_int(&query, 3),
                                .is_article = column_int(&query, 4) > 0};
    buf_done(&sql);
    buf_done(&json);
    enum status status = query_end(&query);
    return status == STATUS_OK ? tally_here(store, target, spot, tally, err) : status;
}

/* The articles of a search in order of date: what stands before is counted like the whole. */
static enum status tally_search(struct search_plan *plan, bool descending, const struct spot *spot,
                                struct tally *tally, struct error *err)
{
    struct search_plan before = *plan;
    if (spot->date_key < 0)
        return STATUS_OK;
    if (descending && before.low <= spot->date_key)
        before.low = spot->date_key + 1;
    if (!descending && before.high >= spot->date_key)
        before.high = spot->date_key - 1;
    enum status status = plan_count(&before, STORE_COUNT_LIMIT, &tally->articles_before, err);
    if (status == STATUS_OK)
        status = plan_fits(plan, spot->date_key, &tally->is_article, err);
    tally->places_before = tally->articles_before;
    tally->places_here = tally->is_place = tally->is_article;
    return status;
}

static enum status tally_plan(struct search_plan *plan, const struct target *target,
                              const struct article_query *list, const struct spot *spot,
                              struct tally *tally, bool *is_capped, struct error *err)
{
    struct page_request newest = {0};
    number_vec keys = {0};
    bool is_search = target->kind == TARGET_SEARCH;
    enum status status = STATUS_OK;
    if (is_search) { /* the list of what was found was counted like that */
        status = plan_count(plan, STORE_COUNT_LIMIT + 1, &tally->articles, err);
        tally->places = tally->articles;
        *is_capped = tally->articles > STORE_COUNT_LIMIT;
    }
    if (status != STATUS_OK || *is_capped)
        return status;
    if (is_search && list->sort == SORT_DATE)
        return tally_search(plan, list->descending, spot, tally, err);
    status = plan_walk(plan, &newest, true, STORE_COUNT_LIMIT + 1, &keys, err);
    *is_capped = keys.count > STORE_COUNT_LIMIT;
    if (status == STATUS_OK && !*is_capped)
        status = tally_keys(plan->store, target, list, &keys, spot, tally, err);
    vec_done(&keys);
    return status;
}

static enum status tally_road(struct store *store, const struct target *target,
                              const struct article_query *list, const struct spot *spot,
                              struct tally *tally, bool *is_capped, struct error *err)
{
    struct road road;
    struct search_plan plan;
    road_init(&road, target, list);
    enum status status = plan_init(&plan, store, &road.search, list->unread_only, err);
    if (status == STATUS_OK)
        status = tally_plan(&plan, target, list, spot, tally, is_capped, err);
    plan_done(&plan);
    return status;
}

static enum status count_fitting(struct store *store, const struct target *target,
                                 const number_vec *date_keys, int64_t *count, struct error *err)
{
    struct search_plan plan;
    enum status status = plan_init(&plan, store, target->search, false, err);
    for (size_t i = 0; i < date_keys->count && status == STATUS_OK; i++) {
        bool fits = false;
        status = plan_fits(&plan, date_keys->items[i], &fits, err);
        *count += fits;
    }
    plan_done(&plan);
    return status;
}

enum status target_count_in(struct store *store, const struct target *target,
                            const number_vec *date_keys, int64_t *count, struct error *err)
{
    const struct target_way *way = way_of(target);
    struct buf sql = BUF_INIT, json = BUF_INIT;
    struct query query;
    *count = 0;
    if (!way->condition || !date_keys->count)
        return STATUS_OK;
    if (!way->join)
        return count_fitting(store, target, date_keys, count, err);
    buf_format(&sql, "SELECT count(*) FROM (SELECT value AS date_key FROM json_each(?)) k%s",
               way->join);
    json_numbers(&json, date_keys);
    query_begin(&query, store, buf_c(&sql), err);
    query_text(&query, buf_str(&json));
    way->bind(&query, target);
    enum status status = query_number(&query, 0, count);
    buf_done(&sql);
    buf_done(&json);
    return status;
}

enum status store_target_position(struct store *store, const struct target *target,
                                  const struct article_query *list,
                                  const struct target_place *place,
                                  struct target_position *position, struct error *err)
{
    struct spot spot;
    struct tally tally = {0};
    bool known, is_capped = false;
    bool is_kept = target->kind == TARGET_ENTITY && target->entity_count == 1 && !list->search &&
                   !list->unread_only;
    *position = (struct target_position){0};
    if (!way_of(target)->condition)
        return STATUS_OK;
    enum status status = store_write_waiting(store, err);
    if (status == STATUS_OK)
        status = look_begin(store, err);
    if (status != STATUS_OK)
        return status;
    status = find_spot(store, place, &spot, &known, err);
    if (!known)
        spot = (struct spot){-1, 0, 0};
    if (status == STATUS_OK)
        status = is_kept ? tally_entity(store, target, list, &spot, &tally, err)
                         : tally_road(store, target, list, &spot, &tally, &is_capped, err);
    if (is_capped)
        *position = (struct target_position){
            .count = STORE_COUNT_LIMIT, .article_count = STORE_COUNT_LIMIT, .is_capped = true};
    else
        *position = (struct target_position){
            .index = tally.is_place ? tally.places_before + tally.places_here : 0,
            .count = tally.places,
            .article_index = tally.is_article ? tally.articles_before + 1 : 0,
            .article_count = tally.articles,
        };
    return look_end(store, status, err);
}
