#include <string.h>

#include "store/internal.h"

/* Forms of a name that a row shows. */
enum { SHOWN_VARIANT_LIMIT = 8 };

static const struct entity_order {
    const char *column; /* before the name; NULL: the name alone */
    const char *index;
} orders[] = {
    [ENTITY_BY_MENTIONS] = {"e.mention_order", "derived_entity_mentions"},
    [ENTITY_BY_NAME] = {NULL, "derived_entity_name"},
    [ENTITY_BY_ARTICLES] = {"e.article_order", "derived_entity_articles"},
};

static const char columns[] =
    "SELECT e.id, e.kind, e.name, e.mention_order, e.article_order, e.first_day, e.last_day,"
    " e.doubtful_count > 0,"
    " (SELECT p.role FROM derived_appearance p INDEXED BY derived_appearance_role WHERE p.entity = "
    "e.id AND p.role IS NOT NULL"
    " ORDER BY p.date_key DESC LIMIT 1)";

static const struct entity_order *order_of(enum entity_sort sort)
{
    bool is_known = (unsigned)sort < sizeof orders / sizeof *orders;
    return &orders[is_known ? sort : ENTITY_BY_MENTIONS];
}

struct row_key store_entity_key(const struct entity_row *row, enum entity_sort sort)
{
    const uint32_t counts[] = {[ENTITY_BY_MENTIONS] = row->mention_count,
                               [ENTITY_BY_NAME] = 0,
                               [ENTITY_BY_ARTICLES] = row->article_count};
    bool is_known = (unsigned)sort < sizeof counts / sizeof *counts;
    return (struct row_key){.number = -(int64_t)counts[is_known ? sort : ENTITY_BY_MENTIONS],
                            .second = row->id,
                            .text = row->name};
}

static struct entity_row read_row(const struct query *query, struct arena *arena,
                                  enum entity_sort sort)
{
    struct entity_row row = {
        .id = column_int(query, 0),
        .kind = (enum entity_kind)column_within(query, 1, 0, ENTITY_KIND_COUNT - 1),
        .name = column_str(query, 2, arena),
        .mention_count = (uint32_t)-column_within(query, 3, -(int64_t)UINT32_MAX, 0),
        .article_count = (uint32_t)-column_within(query, 4, -(int64_t)UINT32_MAX, 0),
        .first = column_day(query, 5),
        .last = column_day(query, 6),
        .doubtful = column_int(query, 7) != 0,
        .role = column_str(query, 8, arena),
    };
    row.key = store_entity_key(&row, sort);
    return row;
}

struct variant {
    int64_t count;
    str text;
};

/* Keeps the most frequent ones, of the same count those that came first. To sort them in SQL takes
 * a table of its own for every row. */
static void keep_variant(struct variant *kept, size_t *count, struct variant variant)
{
    size_t at = *count;
    while (at > 0 && kept[at - 1].count < variant.count)
        at--;
    if (at == SHOWN_VARIANT_LIMIT)
        return;
    *count += *count < SHOWN_VARIANT_LIMIT;
    memmove(kept + at + 1, kept + at, (*count - at - 1) * sizeof *kept);
    kept[at] = variant;
}

static enum status read_variants(struct store *store, struct arena *arena, struct entity_row *row,
                                 struct error *err)
{
    struct variant kept[SHOWN_VARIANT_LIMIT];
    size_t count = 0;
    struct arena scratch = {0};
    struct buf variants = BUF_INIT;
    struct query query;
    query_begin(&query, store,
                "SELECT variant, count FROM derived_entity_variant"
                " WHERE entity = ?1 AND variant <> ?2 ORDER BY variant",
                err);
    query_int(&query, row->id);
    query_text(&query, row->name.ptr ? row->name : STR(""));
    while (query_next(&query))
        keep_variant(kept, &count,
                     (struct variant){column_int(&query, 1), column_str(&query, 0, &scratch)});
    for (size_t i = 0; i < count; i++)
        buf_format(&variants, "%s%.*s", i > 0 ? " · " : "", STR_ARG(kept[i].text));
    row->variants = variants.len > 0 ? arena_str(arena, buf_str(&variants)) : STR_NONE;
    buf_done(&variants);
    arena_done(&scratch);
    return query_end(&query);
}

/* What came after the reader last looked at it. */
static enum status read_new(struct store *store, struct entity_row *row, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT s.changed, p.mention_count FROM user_seen s LEFT JOIN derived_appearance p"
                " INDEXED BY derived_appearance_version ON p.entity = ?1 AND p.version > s.version"
                " WHERE s.kind = ?2 AND s.name = ?3 LIMIT ?4",
                err);
    query_int(&query, row->id);
    query_int(&query, row->kind);
    query_text(&query, row->name.ptr ? row->name : STR(""));
    query_int(&query, STORE_COUNT_LIMIT);
    while (query_next(&query)) {
        row->seen = column_int(&query, 0);
        row->new_count += column_offset(&query, 1);
    }
    return query_end(&query);
}

static enum status read_more(struct store *store, struct arena *arena, struct entity_row *row,
                             struct error *err)
{
    enum status status = read_variants(store, arena, row, err);
    return status == STATUS_OK ? read_new(store, row, err) : status;
}

static void add_source(struct buf *sql, const struct entity_query *wanted,
                       const struct entity_set *set)
{
    if (set->clause.sql.len)
        buf_format(sql, " FROM (%s) m CROSS JOIN derived_entity e ON e.id = m.id WHERE e.kind = ?",
                   buf_c(&set->clause.sql));
    else
        buf_format(sql, " FROM derived_entity e INDEXED BY %s WHERE e.kind = ?",
                   order_of(wanted->sort)->index);
    /* One that the linker just made has no mention yet. */
    buf_add(sql, STR(" AND e.mention_order < 0"));
}

typedef VEC(struct entity_row) entity_row_vec;

static void add_page(struct buf *sql, const struct entity_query *wanted,
                     const struct page_request *request)
{
    const char *column = order_of(wanted->sort)->column;
    const char *direction = page_direction(request, false);
    if (request->from && column)
        buf_format(sql, " AND (%s, e.name, e.id) %s (?, ?, ?)", column,
                   page_comparison(request, false));
    else if (request->from)
        buf_format(sql, " AND (e.name, e.id) %s (?, ?)", page_comparison(request, false));
    buf_add(sql, STR(" ORDER BY "));
    if (column)
        buf_format(sql, "%s%s, ", column, direction);
    buf_format(sql, "e.name%s, e.id%s LIMIT ?", direction, direction);
}

static enum status list_entities(struct store *store, struct arena *arena,
                                 const struct entity_query *wanted, const struct entity_set *set,
                                 const struct page_request *request, entity_row_vec *found,
                                 struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    buf_add(&sql, str_from(columns));
    add_source(&sql, wanted, set);
    add_page(&sql, wanted, request);
    query_begin(&query, store, buf_c(&sql), err);
    query_values(&query, &set->clause);
    query_int(&query, wanted->kind);
    if (request->from) {
        if (order_of(wanted->sort)->column)
            query_int(&query, request->from->number);
        query_text(&query, request->from->text.ptr ? request->from->text : STR(""));
        query_int(&query, request->from->second);
    }
    query_int(&query, page_limit(request));
    while (query_next(&query))
        vec_push(arena, found, read_row(&query, arena, wanted->sort));
    enum status status = query_end(&query);
    for (size_t i = 0; i < found->count && status == STATUS_OK; i++)
        status = read_more(store, arena, &found->items[i], err);
    buf_done(&sql);
    return status;
}

enum status store_list_entities(struct store *store, struct arena *arena,
                                const struct entity_query *wanted,
                                const struct page_request *request, const struct entity_row **rows,
                                size_t *count, struct error *err)
{
    entity_row_vec found = {0};
    struct entity_set set;
    *rows = NULL;
    *count = 0;
    enum status status = store_write_waiting(store, err);
    if (status == STATUS_OK)
        status = look_begin(store, err);
    if (status != STATUS_OK)
        return status;
    status = entity_set_init(&set, store, wanted->search, wanted->kind, err);
    if (status == STATUS_OK)
        status = list_entities(store, arena, wanted, &set, request, &found, err);
    entity_set_done(&set);
    status = look_end(store, status, err);
    *rows = found.items;
    *count = found.count;
    return status;
}

enum status store_count_entities(struct store *store, const struct entity_query *wanted,
                                 int64_t *count, struct error *err)
{
    struct entity_set set;
    struct buf sql = BUF_INIT;
    struct query query;
    *count = 0;
    enum status status = store_write_waiting(store, err);
    if (status != STATUS_OK)
        return status;
    status = entity_set_init(&set, store, wanted->search, wanted->kind, err);
    if (status == STATUS_OK && !set.clause.sql.len) {
        status = count_get(store, (enum count)(COUNT_PEOPLE + wanted->kind), count, err);
    } else if (status == STATUS_OK) {
        count_sql_begin(&sql);
        add_source(&sql, wanted, &set);
        count_sql_end(&sql);
        query_begin(&query, store, buf_c(&sql), err);
        query_values(&query, &set.clause);
        query_int(&query, wanted->kind);
        status = query_number(&query, 0, count);
    }
    buf_done(&sql);
    entity_set_done(&set);
    return status;
}

enum status store_get_entity(struct store *store, struct arena *arena, int64_t id,
                             struct entity_row *row, struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    bool found = false;
    enum status status = store_write_waiting(store, err);
    if (status != STATUS_OK)
        return status;
    buf_format(&sql, "%s FROM derived_entity e WHERE e.id = ?", columns);
    query_begin(&query, store, buf_c(&sql), err);
    query_int(&query, id);
    if (query_next(&query)) {
        *row = read_row(&query, arena, ENTITY_BY_MENTIONS);
        found = true;
    }
    status = query_end(&query);
    buf_done(&sql);
    if (status == STATUS_OK && !found)
        return error_set(err, STATUS_NOT_FOUND, "%s: no entity has the number %lld", store->path,
                         (long long)id);
    return status == STATUS_OK ? read_more(store, arena, row, err) : status;
}

enum status store_find_entity_by_name(struct store *store, struct arena *arena, str name,
                                      struct entity_row *row, struct error *err)
{
    struct buf match = BUF_INIT;
    struct query query;
    int64_t id = 0;
    enum status status = store_write_waiting(store, err);
    if (status != STATUS_OK)
        return status;
    name = str_trim(name);
    query_begin(&query, store,
                "SELECT id FROM derived_entity WHERE kind IN (0, 1, 2) AND name = ?1"
                " AND mention_order < 0 ORDER BY mention_order, id LIMIT 1",
                err);
    query_text(&query, name.ptr ? name : STR(""));
    status = query_number(&query, 0, &id);
    if (status == STATUS_OK && id == 0 && match_has_words(name)) {
        match_add_filter(&match, name);
        query_begin(&query, store,
                    "SELECT e.id FROM (SELECT rowid AS id FROM derived_entity_search"
                    " WHERE derived_entity_search MATCH ?1 LIMIT ?2) m"
                    " CROSS JOIN derived_entity e ON e.id = m.id WHERE e.mention_order < 0"
                    " ORDER BY e.mention_order, e.id LIMIT 1",
                    err);
        query_text(&query, buf_str(&match));
        query_int(&query, SORTED_MATCH_LIMIT);
        status = query_number(&query, 0, &id);
        buf_done(&match);
    }
    if (status == STATUS_OK && id == 0)
        return error_set(err, STATUS_NOT_FOUND, "%.*s: nobody and nothing of that name",
                         STR_ARG(name));
    return status == STATUS_OK ? store_get_entity(store, arena, id, row, err) : status;
}

enum status store_list_companions(struct store *store, struct arena *arena, int64_t entity,
                                  enum entity_kind kind, int64_t after, uint32_t limit,
                                  const struct companion_row **rows, size_t *count,
                                  struct error *err)
{
    VEC(struct companion_row) found = {0};
    struct query query;
    query_begin(&query, store,
                "SELECT m.entity, count(DISTINCT m.date_key) FROM derived_appearance a"
                " CROSS JOIN derived_mention m ON m.date_key = a.date_key"
                " WHERE a.entity = ?1 AND m.kind = ?2 AND m.entity > ?3"
                " GROUP BY m.entity ORDER BY m.entity LIMIT ?4",
                err);
    query_int(&query, entity);
    query_int(&query, kind);
    query_int(&query, after);
    query_int(&query, limit);
    while (query_next(&query))
        vec_push(arena, &found,
                 (struct companion_row){column_int(&query, 0), column_int(&query, 1)});
    *rows = found.items;
    *count = found.count;
    return query_end(&query);
}
