/* What is known of one entity, and of the dossier as a whole, on one screen. */
#include "store/internal.h"

enum { MONTH_ARTICLE_LIMIT = 10000, OTHER_LIMIT = 3, NEIGHBOUR_LIMIT = 32 };

/* ---- the parts of a card ------------------------------------------------------------------- */

/* The newest articles of the entity. */
#define OWN_ARTICLES                                                                               \
    "(SELECT date_key, role FROM derived_appearance WHERE entity = ?1"                             \
    " ORDER BY date_key DESC LIMIT ?2) own"

/* text, count, then what the part has besides. */
static const char *const part_sql[CARD_PART_COUNT] = {
    [CARD_FORMS] = "SELECT variant, count, 0, 0, 0, 0, 0 FROM derived_entity_variant"
                   " WHERE entity = ?1 AND ?2 ORDER BY count DESC, variant LIMIT ?3",
    [CARD_ROLES] = "SELECT r.role, r.articles, 0, 0, a.page,"
                   " (SELECT min(m.start_byte) FROM derived_mention m"
                   "  INDEXED BY derived_mention_entity"
                   "  WHERE m.entity = ?1 AND m.date_key = r.latest), 0"
                   " FROM (SELECT role, count(*) AS articles, max(date_key) AS latest"
                   "  FROM " OWN_ARTICLES " WHERE role IS NOT NULL GROUP BY role) r"
                   " CROSS JOIN derived_article a ON a.date_key = r.latest"
                   " ORDER BY r.articles DESC, r.latest DESC LIMIT ?3",
    [CARD_COMPANY] = "SELECT e.name, c.articles, e.id, e.kind, 0, 0, 0 FROM"
                     " (SELECT entity, count(DISTINCT date_key) AS articles FROM"
                     "  (SELECT m.entity, m.date_key FROM " OWN_ARTICLES
                     "   CROSS JOIN derived_mention m ON m.date_key = own.date_key"
                     "   WHERE m.kind = 0 AND m.entity <> ?1) GROUP BY entity) c"
                     " CROSS JOIN derived_entity e ON e.id = c.entity"
                     " ORDER BY c.articles DESC, e.mention_count DESC, e.name LIMIT ?3",
    [CARD_SITES] = "SELECT a.site, count(*), 0, 0, 0, 0, 0 FROM " OWN_ARTICLES
                   " CROSS JOIN derived_article a ON a.date_key = own.date_key"
                   " WHERE a.site <> '' GROUP BY a.site ORDER BY 2 DESC, a.site LIMIT ?3",
};

static enum status read_part(struct store *store, struct arena *arena, int64_t entity,
                             enum card_part part, struct entity_card *card, struct error *err)
{
    VEC(struct card_row) rows = {0};
    struct query query;
    query_begin(&query, store, part_sql[part], err);
    query_int(&query, entity);
    query_int(&query, CARD_ARTICLE_LIMIT);
    query_int(&query, CARD_ROW_LIMIT);
    while (query_next(&query)) {
        struct card_row row = {
            .text = column_str(&query, 0, arena),
            .count = column_int(&query, 1),
            .entity = column_int(&query, 2),
            .kind = (enum entity_kind)column_within(&query, 3, 0, ENTITY_KIND_COUNT - 1),
            .article = column_int(&query, 4),
            .start = column_offset(&query, 5),
        };
        vec_push(arena, &rows, row);
    }
    card->rows[part] = rows.items;
    card->counts[part] = rows.count;
    return query_end(&query);
}

enum status store_describe_entity(struct store *store, struct arena *arena, int64_t entity,
                                  struct entity_card *card, struct error *err)
{
    *card = (struct entity_card){0};
    enum status status = look_begin(store, err);
    if (status != STATUS_OK)
        return status;
    for (int part = 0; part < CARD_PART_COUNT && status == STATUS_OK; part++)
        status = read_part(store, arena, entity, (enum card_part)part, card, err);
    return look_end(store, status, err);
}

/* ---- over time ----------------------------------------------------------------------------- */

enum status store_count_by_month(struct store *store, struct arena *arena, int64_t entity,
                                 const struct month_count **months, size_t *count,
                                 struct error *err)
{
    VEC(struct month_count) found = {0};
    struct query query;
    query_begin(&query, store,
                entity ? "SELECT published_day, mention_count FROM derived_appearance"
                         " WHERE entity = ?1 AND published_day IS NOT NULL"
                         " ORDER BY date_key DESC LIMIT ?2"
                       : "SELECT bucket, article_count FROM derived_bucket"
                         " WHERE scale = 2 AND article_count > ?1"
                         " ORDER BY bucket DESC LIMIT ?2",
                err);
    query_int(&query, entity);
    query_int(&query, MONTH_ARTICLE_LIMIT);
    while (query_next(&query)) {
        int64_t first = column_int(&query, 0), times = column_int(&query, 1);
        int64_t month = entity ? scale_bucket(SCALE_MONTH, column_day(&query, 0)) : first;
        if (found.count > 0 && vec_last(&found)->month == month)
            vec_last(&found)->count += times;
        else
            vec_push(arena, &found, (struct month_count){month, times});
    }
    for (size_t i = 0; i < found.count / 2; i++) {
        struct month_count swapped = found.items[i];
        found.items[i] = found.items[found.count - 1 - i];
        found.items[found.count - 1 - i] = swapped;
    }
    *months = found.items;
    *count = found.count;
    return query_end(&query);
}

/* ---- what was looked at -------------------------------------------------------------------- */

enum status store_note_seen(struct store *store, int64_t entity, int64_t when, struct error *err)
{
    struct change change;
    struct query query;
    enum status status = change_begin(&change, store, CHANGE_PART, err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "INSERT INTO user_seen(kind, name, version, changed)"
                " SELECT kind, name, coalesce((SELECT max(id) FROM source_version), 0), ?2"
                " FROM derived_entity WHERE id = ?1 ON CONFLICT(kind, name)"
                " DO UPDATE SET version = excluded.version, changed = excluded.changed",
                err);
    query_int(&query, entity);
    query_int(&query, when);
    return change_end(&change, query_run(&query), err);
}

enum status store_find_heir(struct store *store, int64_t entity, int64_t *heir, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT entity FROM derived_mention INDEXED BY derived_mention_linked"
                " WHERE linked = ?1 LIMIT 1",
                err);
    query_int(&query, entity);
    return query_number(&query, 0, heir);
}

/* ---- what waits for a decision ------------------------------------------------------------- */

/* Whom a doubtful name could be. */
struct others {
    struct buf names;
    unsigned count;
    bool same; /* the names have the very word */
};

/* One more name; those that only sound alike give way to one that has the very word. */
static void add_other(struct others *others, str word, str name)
{
    bool same = str_find(name, word, 0) != STR_MISSING;
    if (same && !others->same)
        others->names.len = others->count = 0;
    others->same |= same;
    if (same != others->same || others->count++ >= OTHER_LIMIT)
        return;
    buf_format(&others->names, "%s%.*s", others->names.len ? " · " : "", STR_ARG(name));
}

static enum status read_others(struct store *store, struct arena *arena, struct doubt_row *row,
                               struct error *err)
{
    struct others others = {.names = BUF_INIT};
    struct query query;
    query_begin(&query, store,
                "SELECT DISTINCT e.id, e.name FROM derived_form f CROSS JOIN derived_form_key k"
                " ON k.form = f.id CROSS JOIN derived_form_key s ON s.kind = k.kind"
                " AND s.key = k.key CROSS JOIN derived_form o ON o.id = s.form"
                " CROSS JOIN derived_entity e ON e.id = o.entity WHERE f.entity = ?1"
                " AND o.state <> ?2 AND e.id <> ?1 AND e.mention_count > 0"
                " ORDER BY e.mention_count DESC, e.id LIMIT ?3",
                err);
    query_int(&query, row->entity);
    query_int(&query, FORM_OPEN);
    query_int(&query, NEIGHBOUR_LIMIT);
    while (query_next(&query))
        add_other(&others, row->name, column_borrow(&query, 1));
    row->others = others.names.len ? arena_str(arena, buf_str(&others.names)) : STR_NONE;
    buf_done(&others.names);
    return query_end(&query);
}

enum status store_list_doubts(struct store *store, struct arena *arena, uint32_t limit,
                              const struct doubt_row **rows, size_t *count, struct error *err)
{
    VEC(struct doubt_row) found = {0};
    struct query query;
    query_begin(&query, store,
                "SELECT id, name, mention_count FROM derived_entity"
                " INDEXED BY derived_entity_doubtful"
                " WHERE doubtful_count > 0 AND kind = 0 ORDER BY mention_order, id LIMIT ?1",
                err);
    query_int(&query, limit);
    while (query_next(&query)) {
        struct doubt_row row = {.entity = column_int(&query, 0),
                                .name = column_str(&query, 1, arena),
                                .mention_count = column_offset(&query, 2)};
        vec_push(arena, &found, row);
    }
    enum status status = query_end(&query);
    for (size_t i = 0; i < found.count && status == STATUS_OK; i++)
        status = read_others(store, arena, &found.items[i], err);
    *rows = found.items;
    *count = found.count;
    return status;
}

static enum status count_new(struct store *store, int64_t *count, struct error *err)
{
    struct query query;
    int64_t page;
    enum status status = seen_page_get(store, &page, err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store, "SELECT count(*) FROM derived_article WHERE page > ?1", err);
    query_int(&query, page);
    return query_number(&query, 0, count);
}

enum status store_get_pending(struct store *store, struct store_pending *pending, struct error *err)
{
    struct query query;
    *pending = (struct store_pending){0};
    query_begin(&query, store,
                "SELECT count(*) FILTER (WHERE state = 2), count(*) FILTER (WHERE state = 3)"
                " FROM user_bookmark",
                err);
    if (query_next(&query)) {
        pending->bookmarks_ambiguous = column_int(&query, 0);
        pending->bookmarks_lost = column_int(&query, 1);
    }
    enum status status = query_end(&query);
    int64_t articles = 0, dated = 0;
    if (status == STATUS_OK)
        status = count_get(store, COUNT_ARTICLES, &articles, err);
    if (status == STATUS_OK) {
        query_begin(&query, store,
                    "SELECT coalesce(sum(article_count), 0) FROM derived_bucket WHERE scale = 2",
                    err);
        status = query_number(&query, 0, &dated);
    }
    pending->undated = articles - dated;
    if (status == STATUS_OK)
        status = count_new(store, &pending->new_articles, err);
    return status == STATUS_OK ? store_count_corrections(store, true, &pending->conflicts, err)
                               : status;
}
