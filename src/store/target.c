/* Walking a target: every kind is a set of places (article, start, end) in order of date, then of
 * place. */
#include "store/internal.h"

/* Moments that are looked through from where the reader is, before the days' own index is asked:
 * near hits of a busy stretch of time are found here, the rare ones there. */
enum { MOMENT_LOOK_COUNT = 2000 };

struct spot {
    int64_t date_key, start, end;
};

/* What a step asks for: the first spot after (or last before) `from`, or at all. */
struct step {
    const struct target *target;
    const struct spot *from; /* NULL: from the end of the world */
    bool backward;
};

/* ---- steps, by kind: OK, or NOT_FOUND without a message ------------------------------------ */

static enum status read_spot(struct query *query, struct spot *spot)
{
    bool found = query_next(query);
    if (found)
        *spot = (struct spot){column_int(query, 0), column_int(query, 1), column_int(query, 2)};
    enum status status = query_end(query);
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

static enum status step_entity(struct store *store, const struct step *step, struct spot *spot,
                               struct error *err)
{
    const char *direction = step->backward ? " DESC" : "";
    struct buf sql = BUF_INIT;
    struct query query;
    buf_add(&sql, STR("SELECT date_key, start_byte, end_byte FROM derived_mention"
                      " INDEXED BY derived_mention_entity WHERE entity = ?"));
    if (step->from)
        buf_format(&sql, " AND (date_key, start_byte) %s (?, ?)", step->backward ? "<" : ">");
    buf_format(&sql, " ORDER BY date_key%s, start_byte%s LIMIT 1", direction, direction);
    query_begin(&query, store, buf_c(&sql), err);
    query_int(&query, step->target->entity);
    if (step->from) {
        query_int(&query, step->from->date_key);
        query_int(&query, step->from->start);
    }
    enum status status = read_spot(&query, spot);
    buf_done(&sql);
    return status;
}

/* Days as bounds of places. */
static void place_bounds(const struct target *target, int64_t *low, int64_t *high)
{
    *low =
        target->first == DAY_UNKNOWN ? PLACE_NONE + 1 : (int64_t)target->first * (INT64_C(1) << 32);
    *high = target->last == DAY_UNKNOWN ? INT64_MAX
                                        : ((int64_t)target->last + 1) * (INT64_C(1) << 32) - 1;
}

static bool lies_within(const struct query *query, const struct target *target)
{
    day first = column_day(query, 3), last = column_day(query, 4);
    return first != DAY_UNKNOWN && last != DAY_UNKNOWN &&
           (target->first == DAY_UNKNOWN || first >= target->first) &&
           (target->last == DAY_UNKNOWN || last <= target->last);
}

/* The next moments of the articles around, whatever their day. */
static enum status step_days_near(struct store *store, const struct step *step, struct spot *spot,
                                  struct error *err)
{
    const char *direction = step->backward ? " DESC" : "";
    char sign = step->backward ? '<' : '>';
    struct buf sql = BUF_INIT;
    struct query query;
    bool found = false;
    buf_format(&sql,
               "SELECT date_key, start_byte, end_byte, iif(place > %lld, first_day, NULL), last_day"
               " FROM derived_moment",
               (long long)PLACE_NONE);
    if (step->from)
        buf_format(&sql, " WHERE date_key %c= ? AND (date_key %c ? OR start_byte %c ?)", sign, sign,
                   sign);
    buf_format(&sql, " ORDER BY date_key%s, number%s LIMIT ?", direction, direction);
    query_begin(&query, store, buf_c(&sql), err);
    if (step->from) {
        query_int(&query, step->from->date_key);
        query_int(&query, step->from->date_key);
        query_int(&query, step->from->start);
    }
    query_int(&query, MOMENT_LOOK_COUNT);
    while (!found && query_next(&query)) {
        found = lies_within(&query, step->target);
        if (found)
            *spot =
                (struct spot){column_int(&query, 0), column_int(&query, 1), column_int(&query, 2)};
    }
    enum status status = query_end(&query);
    buf_done(&sql);
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

static enum status step_days_far(struct store *store, const struct step *step, struct spot *spot,
                                 struct error *err)
{
    const char *direction = step->backward ? " DESC" : "";
    char sign = step->backward ? '<' : '>';
    struct buf sql = BUF_INIT;
    struct query query;
    int64_t low, high;
    place_bounds(step->target, &low, &high);
    buf_add(&sql, STR("SELECT date_key, start_byte, end_byte FROM derived_moment"
                      " INDEXED BY derived_moment_time"
                      " WHERE place >= ? AND place <= ? AND (? IS NULL OR last_day <= ?)"));
    if (step->from)
        buf_format(&sql, " AND (date_key %c ? OR (date_key = ? AND start_byte %c ?))", sign, sign);
    buf_format(&sql, " ORDER BY date_key%s, number%s LIMIT 1", direction, direction);
    query_begin(&query, store, buf_c(&sql), err);
    query_int(&query, low);
    query_int(&query, high);
    query_day(&query, step->target->last);
    query_day(&query, step->target->last);
    if (step->from) {
        query_int(&query, step->from->date_key);
        query_int(&query, step->from->date_key);
        query_int(&query, step->from->start);
    }
    enum status status = read_spot(&query, spot);
    buf_done(&sql);
    return status;
}

static enum status step_days(struct store *store, const struct step *step, struct spot *spot,
                             struct error *err)
{
    enum status status = step_days_near(store, step, spot, err);
    return status == STATUS_NOT_FOUND ? step_days_far(store, step, spot, err) : status;
}

static enum status step_search(struct store *store, const struct step *step, struct spot *spot,
                               struct error *err)
{
    struct search_plan plan;
    struct row_key from = {.number = step->from ? step->from->date_key : 0};
    struct page_request request = {.from = step->from ? &from : NULL, .backward = step->backward};
    number_vec keys = {0};
    enum status status = plan_init(&plan, store, step->target->search, false, err);
    if (status == STATUS_OK)
        status = plan_walk(&plan, &request, false, 1, &keys, err);
    if (status == STATUS_OK && keys.count == 0)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        *spot = (struct spot){keys.items[0], 0, 0};
    vec_done(&keys);
    plan_done(&plan);
    return status;
}

/* A bookmark that was lost stands for its article. */
#define BOOKMARK_SPOTS                                                                             \
    "(SELECT coalesce(a.date_key, b.page) AS date_key,"                                            \
    " iif(b.state <= 1, b.start_byte, 0) AS start_byte, iif(b.state <= 1, b.end_byte, 0)"          \
    " AS end_byte FROM user_bookmark b LEFT JOIN derived_article a ON a.page = b.page)"

static enum status step_bookmarks(struct store *store, const struct step *step, struct spot *spot,
                                  struct error *err)
{
    const char *direction = step->backward ? " DESC" : "";
    struct buf sql = BUF_INIT;
    struct query query;
    buf_add(&sql, STR("SELECT date_key, start_byte, end_byte FROM " BOOKMARK_SPOTS));
    if (step->from)
        buf_format(&sql, " WHERE (date_key, start_byte) %s (?, ?)", step->backward ? "<" : ">");
    buf_format(&sql, " ORDER BY date_key%s, start_byte%s LIMIT 1", direction, direction);
    query_begin(&query, store, buf_c(&sql), err);
    if (step->from) {
        query_int(&query, step->from->date_key);
        query_int(&query, step->from->start);
    }
    enum status status = read_spot(&query, spot);
    buf_done(&sql);
    return status;
}

/* ---- positions, by kind -------------------------------------------------------------------- */

/* One row: hits, hits up to the spot, whether it is one, articles, articles up to it, whether its
 * article is one. */
static enum status read_position(struct query *query, struct target_position *position)
{
    *position = (struct target_position){0};
    if (query_next(query)) {
        position->count = column_int(query, 0);
        position->index = column_int(query, 2) ? column_int(query, 1) : 0;
        position->article_count = column_int(query, 3);
        position->article_index = column_int(query, 5) ? column_int(query, 4) : 0;
    }
    return query_end(query);
}

static enum status position_entity(struct store *store, const struct target *target,
                                   const struct spot *spot, struct target_position *position,
                                   struct error *err)
{
    struct query query;
    query_begin(
        &query, store,
        "SELECT e.mention_count,"
        " (SELECT count(*) FROM derived_mention m INDEXED BY derived_mention_entity"
        "  WHERE m.entity = e.id AND (m.date_key, m.start_byte) <= (?2, ?3)),"
        " EXISTS(SELECT 1 FROM derived_mention m INDEXED BY derived_mention_entity"
        "  WHERE m.entity = e.id AND m.date_key = ?2 AND m.start_byte = ?3),"
        " e.article_count,"
        " (SELECT count(*) FROM derived_appearance p WHERE p.entity = e.id AND p.date_key <= ?2),"
        " EXISTS(SELECT 1 FROM derived_appearance p WHERE p.entity = e.id AND p.date_key = ?2)"
        " FROM derived_entity e WHERE e.id = ?1",
        err);
    query_int(&query, target->entity);
    query_int(&query, spot->date_key);
    query_int(&query, spot->start);
    return read_position(&query, position);
}

/* Columns of read_position over rows of (date_key, start_byte). */
#define POSITION_COLUMNS                                                                           \
    "SELECT count(*), total((date_key, start_byte) <= (?1, ?2)),"                                  \
    " total(date_key = ?1 AND start_byte = ?2), count(DISTINCT date_key),"                         \
    " count(DISTINCT iif(date_key <= ?1, date_key, NULL)), total(date_key = ?1)"

static enum status position_days(struct store *store, const struct target *target,
                                 const struct spot *spot, struct target_position *position,
                                 struct error *err)
{
    struct query query;
    int64_t low, high;
    place_bounds(target, &low, &high);
    query_begin(&query, store,
                POSITION_COLUMNS " FROM derived_moment INDEXED BY derived_moment_time"
                                 " WHERE place >= ?3 AND place <= ?4"
                                 " AND (?5 IS NULL OR last_day <= ?5)",
                err);
    query_int(&query, spot->date_key);
    query_int(&query, spot->start);
    query_int(&query, low);
    query_int(&query, high);
    query_day(&query, target->last);
    return read_position(&query, position);
}

static enum status position_bookmarks(struct store *store, const struct target *target,
                                      const struct spot *spot, struct target_position *position,
                                      struct error *err)
{
    struct query query;
    (void)target;
    query_begin(&query, store, POSITION_COLUMNS " FROM " BOOKMARK_SPOTS, err);
    query_int(&query, spot->date_key);
    query_int(&query, spot->start);
    return read_position(&query, position);
}

static enum status position_search(struct store *store, const struct target *target,
                                   const struct spot *spot, struct target_position *position,
                                   struct error *err)
{
    struct search_plan plan;
    int64_t all = 0, up_to = 0;
    bool here = false;
    enum status status = plan_init(&plan, store, target->search, false, err);
    if (status == STATUS_OK)
        status = plan_count(&plan, &all, err);
    if (status == STATUS_OK)
        status = plan_fits(&plan, spot->date_key, &here, err);
    plan.high = plan.high < spot->date_key ? plan.high : spot->date_key;
    if (status == STATUS_OK && here)
        status = plan_count(&plan, &up_to, err);
    if (up_to > STORE_COUNT_LIMIT)
        up_to = 0; /* somewhere behind the ones that were counted */
    *position = (struct target_position){up_to, all, up_to, all};
    plan_done(&plan);
    return status;
}

/* ---- the table ----------------------------------------------------------------------------- */

static const struct target_way {
    enum status (*step)(struct store *store, const struct step *step, struct spot *spot,
                        struct error *err);
    enum status (*position)(struct store *store, const struct target *target,
                            const struct spot *spot, struct target_position *position,
                            struct error *err);
} ways[] = {
    [TARGET_NONE] = {NULL, NULL},
    [TARGET_ENTITY] = {step_entity, position_entity},
    [TARGET_DAYS] = {step_days, position_days},
    [TARGET_SEARCH] = {step_search, position_search},
    [TARGET_BOOKMARKS] = {step_bookmarks, position_bookmarks},
};

static const struct target_way *way_of(const struct target *target)
{
    bool is_known = (unsigned)target->kind < sizeof ways / sizeof *ways;
    return &ways[is_known ? target->kind : TARGET_NONE];
}

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

static enum status walk(struct store *store, const struct target *target,
                        const struct target_place *from, bool backward, struct spot *spot,
                        bool *wrapped, struct error *err)
{
    const struct target_way *way = way_of(target);
    struct spot origin;
    bool known;
    enum status status = find_spot(store, from, &origin, &known, err);
    if (status != STATUS_OK)
        return status;
    struct step step = {target, known ? &origin : NULL, backward};
    status = way->step(store, &step, spot, err);
    if (status == STATUS_NOT_FOUND && known) {
        step.from = NULL;
        *wrapped = true;
        status = way->step(store, &step, spot, err);
    }
    if (status == STATUS_NOT_FOUND)
        return error_set(err, status, "%.*s: no place in the dossier", STR_ARG(target->label));
    return status;
}

enum status store_walk_target(struct store *store, struct arena *arena, const struct target *target,
                              const struct target_place *from, bool backward,
                              struct target_place *to, bool *wrapped, struct error *err)
{
    struct spot spot = {0};
    (void)arena;
    *wrapped = false;
    *to = (struct target_place){0};
    if (!way_of(target)->step)
        return error_set(err, STATUS_NOT_FOUND, "no target is set");
    enum status status = store_write_waiting(store, err);
    if (status == STATUS_OK)
        status = look_begin(store, err);
    if (status != STATUS_OK)
        return status;
    status = look_end(store, walk(store, target, from, backward, &spot, wrapped, err), err);
    if (status == STATUS_OK)
        *to = (struct target_place){date_key_page(spot.date_key), (uint32_t)spot.start,
                                    (uint32_t)spot.end};
    return status;
}

enum status store_target_position(struct store *store, const struct target *target,
                                  const struct target_place *place,
                                  struct target_position *position, struct error *err)
{
    struct spot spot;
    bool known;
    *position = (struct target_position){0};
    if (!way_of(target)->position)
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
        status = way_of(target)->position(store, target, &spot, position, err);
    return look_end(store, status, err);
}
