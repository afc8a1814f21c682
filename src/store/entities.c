/* The dossier's people, places and organisations: what the linker asks, and their kept counts. */
#include "store/internal.h"

#include <string.h>

/* Forms of a name that the search of names knows, the most frequent ones. */
enum { FORM_LIMIT = 32 };

/* One of that name that only a correction knew so far, else 0. */
static enum status take_made(struct store *store, enum entity_kind kind, str name, int64_t *id,
                             struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT id FROM derived_entity INDEXED BY derived_entity_name"
                " WHERE kind = ?1 AND name = ?2 AND is_made = 1 ORDER BY id LIMIT 1",
                err);
    query_int(&query, kind);
    query_text(&query, name.ptr ? name : STR(""));
    return query_number(&query, 0, id);
}

enum status store_add_entity(struct store *store, enum entity_kind kind, str name, int64_t *id,
                             struct error *err)
{
    struct change change;
    struct query query;
    enum status status = change_begin(&change, store, CHANGE_LOOSE, err);
    if (status != STATUS_OK)
        return status;
    status = take_made(store, kind, name, id, err);
    if (status == STATUS_OK && *id == 0) {
        query_begin(&query, store, "INSERT INTO derived_entity(kind, name) VALUES(?1, ?2)", err);
        query_int(&query, kind);
        query_text(&query, name.ptr ? name : STR(""));
        status = query_run(&query);
        *id = sqlite3_last_insert_rowid(store->db);
    }
    if (status == STATUS_OK)
        vec_push(NULL, &store->waiting_entities, *id);
    return change_end(&change, status, err);
}

/* ---- kept counts --------------------------------------------------------------------------- */

static enum status put_appearance(struct store *store, const struct appearance *appearance,
                                  const struct side *side, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "INSERT INTO derived_appearance(entity, date_key, mention_count, is_doubtful,"
                " published_day, role, reason, version, form)"
                " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                err);
    query_int(&query, appearance->entity);
    query_int(&query, side->row.date_key);
    query_int(&query, appearance->mention_count);
    query_int(&query, appearance->doubtful);
    query_day(&query, side->published.value);
    query_text(&query, appearance->role);
    query_text(&query, appearance->reason);
    query_int(&query, side->version);
    query_id(&query, appearance->form);
    return query_run(&query);
}

static enum status delete_appearance(struct store *store, int64_t entity, int64_t date_key,
                                     struct error *err)
{
    struct query query;
    query_begin(&query, store, "DELETE FROM derived_appearance WHERE entity = ?1 AND date_key = ?2",
                err);
    query_int(&query, entity);
    query_int(&query, date_key);
    return query_run(&query);
}

/* After a dated article went that may have been the first or the last one. Keys of dated articles
 * are in order of day. */
static enum status refresh_days(struct store *store, int64_t entity, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "UPDATE derived_entity SET first_day = (SELECT published_day"
                " FROM derived_appearance WHERE entity = ?1 AND published_day IS NOT NULL"
                " ORDER BY date_key LIMIT 1), last_day = (SELECT published_day"
                " FROM derived_appearance WHERE entity = ?1 AND published_day IS NOT NULL"
                " ORDER BY date_key DESC LIMIT 1) WHERE id = ?1",
                err);
    query_int(&query, entity);
    return query_run(&query);
}

enum status entity_appear(struct store *store, const struct appearance *appearance,
                          const struct side *side, int sign, struct error *err)
{
    day published = side->published.value;
    enum status status =
        sign > 0 ? put_appearance(store, appearance, side, err)
                 : delete_appearance(store, appearance->entity, side->row.date_key, err);
    if (status != STATUS_OK)
        return status;
    int64_t mentions = sign * (int64_t)appearance->mention_count, left = 0, kind = -1;
    bool was_edge = false;
    struct query query;
    query_begin(&query, store,
                "UPDATE derived_entity SET mention_count = mention_count + ?2,"
                " article_count = article_count + ?3, doubtful_count = doubtful_count + ?4,"
                " first_day = coalesce(min(first_day, ?5), first_day, ?5),"
                " last_day = coalesce(max(last_day, ?5), last_day, ?5)"
                " WHERE id = ?1"
                " RETURNING kind, mention_count, ?5 IS NOT NULL AND ?5 IN (first_day, last_day)",
                err);
    query_int(&query, appearance->entity);
    query_int(&query, mentions);
    query_int(&query, sign);
    query_int(&query, appearance->doubtful ? sign : 0);
    query_day(&query, published);
    if (query_next(&query)) {
        kind = column_int(&query, 0);
        left = column_int(&query, 1);
        was_edge = column_int(&query, 2) != 0;
    }
    status = query_end(&query);
    if (status == STATUS_OK && (kind < 0 || kind >= ENTITY_KIND_COUNT))
        status = error_set(err, STATUS_BAD_INPUT, "%s: no entity has the number %lld", store->path,
                           (long long)appearance->entity);
    vec_push(NULL, &store->waiting_counts, appearance->entity);
    if (status == STATUS_OK && sign < 0 && was_edge)
        status = refresh_days(store, appearance->entity, err);
    bool begins = sign > 0 && left == mentions, ends = sign < 0 && left <= 0;
    if (status == STATUS_OK && (begins || ends))
        status = count_add(store, (enum count)(COUNT_PEOPLE + kind), sign, err);
    return status;
}

enum status entity_count_variant(struct store *store, int64_t entity, str variant, int64_t delta,
                                 struct error *err)
{
    struct query query;
    int64_t count;
    query_begin(&query, store,
                "INSERT INTO derived_entity_variant(entity, variant, count) VALUES(?1, ?2, ?3)"
                " ON CONFLICT(entity, variant) DO UPDATE SET count = count + excluded.count"
                " RETURNING count",
                err);
    query_int(&query, entity);
    query_text(&query, variant.ptr ? variant : STR(""));
    query_int(&query, delta);
    enum status status = query_number(&query, 0, &count);
    if (status == STATUS_OK && count <= 0) {
        query_begin(&query, store,
                    "DELETE FROM derived_entity_variant WHERE entity = ?1 AND variant = ?2", err);
        query_int(&query, entity);
        query_text(&query, variant.ptr ? variant : STR(""));
        status = query_run(&query);
    }
    if (status == STATUS_OK && (count <= 0 || count == delta))
        vec_push(NULL, &store->waiting_entities, entity);
    return status;
}

enum status entity_drop_unused(struct store *store, int64_t entity, struct error *err)
{
    struct query query;
    int64_t dropped;
    query_begin(&query, store,
                "DELETE FROM derived_entity WHERE id = ?1 AND mention_count <= 0"
                " AND NOT EXISTS(SELECT 1 FROM derived_mention WHERE linked = ?1)"
                " AND NOT EXISTS(SELECT 1 FROM derived_rejected WHERE linked = ?1) RETURNING 1",
                err);
    query_int(&query, entity);
    enum status status = query_number(&query, 0, &dropped);
    if (status != STATUS_OK || !dropped)
        return status;
    status = forms_drop(store, entity, err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store, "DELETE FROM derived_entity_variant WHERE entity = ?1", err);
    query_int(&query, entity);
    vec_push(NULL, &store->waiting_entities, entity);
    return query_run(&query);
}

/* Does a correction speak of the name of derived_entity? */
#define IS_CORRECTED                                                                               \
    "(EXISTS(SELECT 1 FROM derived_correction d WHERE d.article = ''"                              \
    " AND d.kind = derived_entity.kind AND d.name = derived_entity.name)"                          \
    " OR EXISTS(SELECT 1 FROM derived_correction d WHERE d.article <> ''"                          \
    " AND d.kind = derived_entity.kind AND d.name = derived_entity.name)"                          \
    " OR EXISTS(SELECT 1 FROM derived_correction d WHERE d.to_kind = derived_entity.kind"          \
    " AND d.to_name = derived_entity.name))"

/* Corrections that speak of the name that an entity just got: its articles are linked once more. */
static enum status mark_corrected(struct store *store, int64_t entity, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "UPDATE source_page SET is_stale = 1 WHERE is_stale = 0 AND id IN"
                " (SELECT a.page FROM derived_entity CROSS JOIN derived_appearance p"
                " ON p.entity = derived_entity.id CROSS JOIN derived_article a"
                " ON a.date_key = p.date_key WHERE derived_entity.id = ?1 AND " IS_CORRECTED ")",
                err);
    query_int(&query, entity);
    return query_run(&query);
}

/* Of a person: the full form used most; of others the longest one. Nothing changes where no article
 * has a form, nor a name that a correction speaks of. */
static enum status write_name(struct store *store, int64_t entity, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "UPDATE derived_entity SET name = found.text FROM"
                " (SELECT f.text FROM derived_form f JOIN derived_entity e ON e.id = f.entity"
                " LEFT JOIN derived_entity_variant v ON v.entity = e.id AND v.variant = f.text"
                " WHERE f.entity = ?1 ORDER BY CASE WHEN e.kind = 0 THEN coalesce(v.count, 0)"
                " ELSE 0 END DESC, length(f.text) DESC, f.text LIMIT 1) found"
                " WHERE id = ?1 AND name <> found.text COLLATE BINARY AND NOT " IS_CORRECTED,
                err);
    query_int(&query, entity);
    enum status status = query_run(&query);
    if (status != STATUS_OK || sqlite3_changes(store->db) == 0)
        return status;
    vec_push(NULL, &store->waiting_entities, entity);
    return mark_corrected(store, entity, err);
}

enum status entity_write_order(struct store *store, int64_t entity, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "UPDATE derived_entity SET mention_order = -mention_count,"
                " article_order = -article_count WHERE id = ?1",
                err);
    query_int(&query, entity);
    enum status status = query_run(&query);
    return status == STATUS_OK ? write_name(store, entity, err) : status;
}

/* ---- the search of names ------------------------------------------------------------------- */

static enum status read_forms(struct store *store, int64_t entity, struct buf *forms,
                              struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT variant FROM derived_entity_variant WHERE entity = ?1"
                " ORDER BY count DESC, variant LIMIT ?2",
                err);
    query_int(&query, entity);
    query_int(&query, FORM_LIMIT);
    while (query_next(&query)) {
        if (forms->len > 0)
            buf_add_byte(forms, '\n');
        buf_add(forms, column_borrow(&query, 0));
    }
    return query_end(&query);
}

static enum status put_search_row(struct store *store, int64_t entity, str name, str forms,
                                  struct error *err)
{
    struct query query;
    int64_t is_there;
    query_begin(&query, store, "SELECT 1 FROM derived_entity_search WHERE rowid = ?1", err);
    query_int(&query, entity);
    enum status status = query_number(&query, 0, &is_there);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                is_there
                    ? "UPDATE derived_entity_search SET name = ?2, forms = ?3 WHERE rowid = ?1"
                    : "INSERT INTO derived_entity_search(rowid, name, forms) VALUES(?1, ?2, ?3)",
                err);
    query_int(&query, entity);
    query_text(&query, name.ptr ? name : STR(""));
    query_text(&query, forms.ptr ? forms : STR(""));
    return query_run(&query);
}

enum status entity_write_search(struct store *store, int64_t entity, struct error *err)
{
    struct buf name = BUF_INIT, forms = BUF_INIT;
    struct query query;
    bool exists = false;
    query_begin(&query, store, "SELECT name FROM derived_entity WHERE id = ?1", err);
    query_int(&query, entity);
    if (query_next(&query)) {
        exists = true;
        buf_add(&name, column_borrow(&query, 0));
    }
    enum status status = query_end(&query);
    if (status == STATUS_OK && exists) {
        status = read_forms(store, entity, &forms, err);
        if (status == STATUS_OK)
            status = put_search_row(store, entity, buf_str(&name), buf_str(&forms), err);
    } else if (status == STATUS_OK) {
        query_begin(&query, store, "DELETE FROM derived_entity_search WHERE rowid = ?1", err);
        query_int(&query, entity);
        status = query_run(&query);
    }
    buf_done(&name);
    buf_done(&forms);
    return status;
}
