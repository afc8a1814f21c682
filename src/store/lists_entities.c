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
    " ORDER BY p.date_key DESC LIMIT 1), s.changed, s.version";
/* When the reader last looked at it. */
static const char seen[] = " LEFT JOIN user_seen s ON s.kind = e.kind AND s.name = e.name";

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
        .seen = column_int(query, 9),
    };
    row.key = store_entity_key(&row, sort);
    return row;
}

/* Forms of the name of one row, the most frequent ones first. */
struct variants {
    struct variant {
        int64_t count;
        str text;
    } kept[SHOWN_VARIANT_LIMIT];
    size_t count;
};

static bool comes_before(const struct variant *a, const struct variant *b)
{
    return a->count != b->count ? a->count > b->count : str_compare(a->text, b->text) < 0;
}

/* To sort them in SQL takes a table of its own. */
static void keep_variant(struct variants *variants, struct variant variant)
{
    size_t at = variants->count;
    while (at > 0 && comes_before(&variant, &variants->kept[at - 1]))
        at--;
    if (at == SHOWN_VARIANT_LIMIT)
        return;
    variants->count += variants->count < SHOWN_VARIANT_LIMIT;
    memmove(variants->kept + at + 1, variants->kept + at,
            (variants->count - at - 1) * sizeof *variants->kept);
    variants->kept[at] = variant;
}

static void join_variants(struct arena *arena, const struct variants *variants,
                          struct entity_row *row)
{
    struct buf joined = BUF_INIT;
    for (size_t i = 0; i < variants->count; i++)
        buf_format(&joined, "%s%.*s", i > 0 ? " · " : "", STR_ARG(variants->kept[i].text));
    row->variants = joined.len > 0 ? arena_str(arena, buf_str(&joined)) : STR_NONE;
    buf_done(&joined);
}

/* Of all rows at once: a statement for each would cost far more. */
static enum status read_variants(struct store *store, struct arena *arena, struct entity_row *rows,
                                 size_t count, struct error *err)
{
    struct arena scratch = {0};
    number_vec ids = {0};
    struct buf json = BUF_INIT;
    struct query query;
    if (!count)
        return STATUS_OK;
    struct variants *variants = arena_array(&scratch, struct variants, count);
    for (size_t i = 0; i < count; i++) {
        variants[i].count = 0;
        vec_push(&scratch, &ids, rows[i].id);
    }
    json_numbers(&json, &ids);
    query_begin(&query, store,
                "SELECT k.key, v.variant, v.count FROM json_each(?1) k"
                " CROSS JOIN derived_entity_variant v ON v.entity = k.value",
                err);
    query_text(&query, buf_str(&json));
    while (query_next(&query)) {
        size_t at = (size_t)column_within(&query, 0, 0, (int64_t)count - 1);
        struct variant variant = {column_int(&query, 2), column_borrow(&query, 1)};
        if (str_equal(variant.text, rows[at].name))
            continue;
        variant.text = arena_str(&scratch, variant.text);
        keep_variant(&variants[at], variant);
    }
    for (size_t i = 0; i < count; i++)
        join_variants(arena, &variants[i], &rows[i]);
    buf_done(&json);
    arena_done(&scratch);
    return query_end(&query);
}

/* What came after the version that was the newest when the reader last looked at it. */
static enum status read_new(struct store *store, struct entity_row *row, int64_t version,
                            struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT mention_count FROM derived_appearance INDEXED BY derived_appearance_version"
                " WHERE entity = ?1 AND version > ?2 LIMIT ?3",
                err);
    query_int(&query, row->id);
    query_int(&query, version);
    query_int(&query, STORE_COUNT_LIMIT);
    while (query_next(&query))
        row->new_count += column_offset(&query, 0);
    return query_end(&query);
}

typedef VEC(struct entity_row) entity_row_vec;

/* The rows of a statement, which it ends. */
static enum status read_rows(struct query *query, struct arena *arena, enum entity_sort sort,
                             entity_row_vec *found, struct error *err)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && query_next(query)) {
        struct entity_row row = read_row(query, arena, sort);
        if (!column_is_null(query, 10))
            status = read_new(query->store, &row, column_int(query, 10), err);
        vec_push(arena, found, row);
    }
    struct store *store = query->store;
    enum status ended = query_end(query);
    if (status == STATUS_OK)
        status = ended;
    return status == STATUS_OK ? read_variants(store, arena, found->items, found->count, err)
                               : status;
}

static void add_source(struct buf *sql, const struct entity_query *wanted,
                       const struct entity_set *set, const char *joined)
{
    if (set->clause.sql.len)
        buf_format(sql, " FROM (%s) m CROSS JOIN derived_entity e ON e.id = m.id",
                   buf_c(&set->clause.sql));
    else
        buf_format(sql, " FROM derived_entity e INDEXED BY %s", order_of(wanted->sort)->index);
    buf_format(sql, "%s WHERE e.kind = ?", joined);
    /* One that the linker just made has no mention yet. */
    buf_add(sql, STR(" AND e.mention_order < 0"));
}

static void add_order(struct buf *sql, const char *column, const char *direction)
{
    buf_add(sql, STR(" ORDER BY "));
    if (column)
        buf_format(sql, "%s%s, ", column, direction);
    buf_format(sql, "e.name%s, e.id%s", direction, direction);
}

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
    add_order(sql, column, direction);
    buf_add(sql, STR(" LIMIT ?"));
}

/* Of all that fit a query the rows of the page alone are read. */
static void add_list(struct buf *sql, const struct entity_query *wanted,
                     const struct entity_set *set, const struct page_request *request)
{
    bool is_sorted = set->clause.sql.len > 0;
    buf_add(sql, str_from(columns));
    if (is_sorted)
        buf_add(sql, STR(" FROM (SELECT e.id AS id"));
    add_source(sql, wanted, set, is_sorted ? "" : seen);
    add_page(sql, wanted, request);
    if (is_sorted) {
        buf_format(sql, ") f CROSS JOIN derived_entity e ON e.id = f.id%s", seen);
        add_order(sql, order_of(wanted->sort)->column, page_direction(request, false));
    }
}

static enum status list_entities(struct store *store, struct arena *arena,
                                 const struct entity_query *wanted, const struct entity_set *set,
                                 const struct page_request *request, entity_row_vec *found,
                                 struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    add_list(&sql, wanted, set, request);
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
    buf_done(&sql);
    return read_rows(&query, arena, wanted->sort, found, err);
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
        add_source(&sql, wanted, &set, "");
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
    entity_row_vec found = {0};
    enum status status = store_write_waiting(store, err);
    if (status != STATUS_OK)
        return status;
    buf_format(&sql, "%s FROM derived_entity e%s WHERE e.id = ?", columns, seen);
    query_begin(&query, store, buf_c(&sql), err);
    query_int(&query, id);
    status = read_rows(&query, arena, ENTITY_BY_MENTIONS, &found, err);
    buf_done(&sql);
    if (status != STATUS_OK)
        return status;
    if (!found.count)
        return error_set(err, STATUS_NOT_FOUND, "%s: no entity has the number %lld", store->path,
                         (long long)id);
    *row = found.items[0];
    return STATUS_OK;
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
                "SELECT id FROM derived_entity INDEXED BY derived_entity_name"
                " WHERE kind IN (0, 1, 2) AND name = ?1 AND mention_order < 0 ORDER BY "
                "mention_order, id LIMIT 1",
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
