/* The dossier's people, places and organisations: what the linker asks, and their kept counts. */
#include "store/internal.h"

#include <string.h>

/* Newest articles of a candidate in which its company is looked for: the work of a look-up must not
 * grow with how often somebody is named. */
enum { COMPANY_ARTICLE_LIMIT = 32, COMPANY_LIMIT = 32 };
/* Forms of a name that the search of names knows, the most frequent ones. */
enum { FORM_LIMIT = 32 };

/* ---- the linker's questions ---------------------------------------------------------------- */

static enum status count_shared(struct store *store, int64_t candidate, const int64_t *company,
                                size_t company_count, uint32_t *shared, struct error *err)
{
    struct query query;
    enum status status = STATUS_OK;
    query_begin(&query, store,
                "SELECT EXISTS(SELECT 1 FROM (SELECT date_key FROM derived_appearance"
                " WHERE entity = ?1 ORDER BY date_key DESC LIMIT ?3) own"
                " CROSS JOIN derived_appearance other"
                " ON other.entity = ?2 AND other.date_key = own.date_key)",
                err);
    *shared = 0;
    for (size_t i = 0; i < company_count && i < COMPANY_LIMIT; i++) {
        if (company[i] == candidate)
            continue;
        query_int(&query, candidate);
        query_int(&query, company[i]);
        query_int(&query, COMPANY_ARTICLE_LIMIT);
        if (query_next(&query) && column_int(&query, 0))
            ++*shared;
        query_step(&query);
    }
    status = query_end(&query);
    return status;
}

enum status store_find_candidates(struct store *store, struct arena *arena, enum entity_kind kind,
                                  str key, const int64_t *company, size_t company_count,
                                  const struct entity_candidate **found, size_t *count,
                                  struct error *err)
{
    VEC(struct entity_candidate) candidates = {0};
    struct query query;
    query_begin(&query, store,
                "SELECT e.id, e.kind, e.name, e.mention_count FROM derived_entity_key k"
                " CROSS JOIN derived_entity e ON e.id = k.entity WHERE k.kind = ?1 AND k.key = ?2"
                " ORDER BY e.mention_count DESC, e.id LIMIT ?3",
                err);
    query_int(&query, kind);
    query_text(&query, key.ptr ? key : STR(""));
    query_int(&query, ENTITY_CANDIDATE_LIMIT);
    while (query_next(&query)) {
        struct entity_candidate candidate = {
            .id = column_int(&query, 0),
            .kind = (enum entity_kind)column_within(&query, 1, 0, ENTITY_KIND_COUNT - 1),
            .name = column_str(&query, 2, arena),
            .mention_count = column_offset(&query, 3),
        };
        vec_push(arena, &candidates, candidate);
    }
    enum status status = query_end(&query);
    for (size_t i = 0; i < candidates.count && status == STATUS_OK; i++)
        status = count_shared(store, candidates.items[i].id, company, company_count,
                              &candidates.items[i].shared_count, err);
    *found = candidates.items;
    *count = candidates.count;
    return status;
}

static enum status add_keys(struct store *store, int64_t entity, enum entity_kind kind,
                            const str *keys, size_t key_count, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "INSERT INTO derived_entity_key(kind, key, entity) VALUES(?1, ?2, ?3)"
                " ON CONFLICT DO NOTHING",
                err);
    for (size_t i = 0; i < key_count; i++) {
        query_int(&query, kind);
        query_text(&query, keys[i].ptr ? keys[i] : STR(""));
        query_int(&query, entity);
        query_step(&query);
    }
    return query_end(&query);
}

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

enum status store_add_entity(struct store *store, enum entity_kind kind, str name, const str *keys,
                             size_t key_count, int64_t *id, struct error *err)
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
        status = add_keys(store, *id, kind, keys, key_count, err);
    if (status == STATUS_OK)
        vec_push(NULL, &store->waiting_entities, *id);
    return change_end(&change, status, err);
}

enum status store_rename_entity(struct store *store, int64_t id, str name, const str *keys,
                                size_t key_count, struct error *err)
{
    struct change change;
    struct query query;
    int64_t kind = -1;
    bool is_pinned = false;
    enum status status = change_begin(&change, store, CHANGE_LOOSE, err);
    if (status != STATUS_OK)
        return status;
    status = correction_pins(store, id, &is_pinned, err);
    if (status == STATUS_OK) {
        query_begin(&query, store,
                    is_pinned
                        ? "SELECT kind FROM derived_entity WHERE id = ?1"
                        : "UPDATE derived_entity SET name = ?2 WHERE id = ?1 RETURNING kind",
                    err);
        query_int(&query, id);
        if (!is_pinned)
            query_text(&query, name.ptr ? name : STR(""));
        status = query_number(&query, -1, &kind);
    }
    if (status == STATUS_OK && (kind < 0 || kind >= ENTITY_KIND_COUNT))
        status = error_set(err, STATUS_NOT_FOUND, "%s: no entity has the number %lld", store->path,
                           (long long)id);
    if (status == STATUS_OK)
        status = add_keys(store, id, (enum entity_kind)kind, keys, key_count, err);
    if (status == STATUS_OK)
        vec_push(NULL, &store->waiting_entities, id);
    return change_end(&change, status, err);
}

/* ---- kept counts --------------------------------------------------------------------------- */

static enum status put_appearance(struct store *store, const struct appearance *appearance,
                                  const struct side *side, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "INSERT INTO derived_appearance(entity, date_key, mention_count, is_doubtful,"
                " published_day, role, reason, version) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                err);
    query_int(&query, appearance->entity);
    query_int(&query, side->row.date_key);
    query_int(&query, appearance->mention_count);
    query_int(&query, appearance->doubtful);
    query_day(&query, side->published.value);
    query_text(&query, appearance->role);
    query_text(&query, appearance->reason);
    query_int(&query, side->version);
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
    query_begin(&query, store, "DELETE FROM derived_entity_key WHERE entity = ?1", err);
    query_int(&query, entity);
    status = query_run(&query);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store, "DELETE FROM derived_entity_variant WHERE entity = ?1", err);
    query_int(&query, entity);
    vec_push(NULL, &store->waiting_entities, entity);
    return query_run(&query);
}

enum status entity_write_order(struct store *store, int64_t entity, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "UPDATE derived_entity SET mention_order = -mention_count,"
                " article_order = -article_count WHERE id = ?1",
                err);
    query_int(&query, entity);
    return query_run(&query);
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
