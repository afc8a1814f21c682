/* Forms of names: what the linker asks and keeps, and which articles it looks at once more. */
#include "store/internal.h"

/* What is looked at as evidence: the work must not grow with how often somebody is named. */
enum { EVIDENCE_ARTICLE_LIMIT = 32, COMPANY_LIMIT = 32, ROLE_LIMIT = 8 };
enum { RIVAL_LIMIT = 64 };

static struct name_form read_form(const struct query *query, struct arena *arena)
{
    return (struct name_form){
        .id = column_int(query, 0),
        .kind = (enum entity_kind)column_within(query, 1, 0, ENTITY_KIND_COUNT - 1),
        .state = (enum form_state)column_within(query, 2, 0, FORM_OPEN),
        .head = column_int(query, 3),
        .entity = column_int(query, 4),
        .text = column_str(query, 5, arena),
    };
}

enum status store_find_form(struct store *store, struct arena *arena, enum entity_kind kind,
                            str text, struct name_form *form, bool *known, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT id, kind, state, head, entity, text FROM derived_form"
                " WHERE kind = ?1 AND text = ?2",
                err);
    query_int(&query, kind);
    query_text(&query, text.ptr ? text : STR(""));
    *known = query_next(&query);
    if (*known)
        *form = read_form(&query, arena);
    return query_end(&query);
}

enum status store_find_forms(struct store *store, struct arena *arena, enum entity_kind kind,
                             str key, const struct name_form **forms, size_t *count,
                             struct error *err)
{
    VEC(struct name_form) found = {0};
    struct query query;
    query_begin(&query, store,
                "SELECT f.id, f.kind, f.state, f.head, f.entity, f.text FROM derived_form_key k"
                " CROSS JOIN derived_form f ON f.id = k.form WHERE k.kind = ?1 AND k.key = ?2"
                " ORDER BY k.form LIMIT ?3",
                err);
    query_int(&query, kind);
    query_text(&query, key.ptr ? key : STR(""));
    query_int(&query, FORM_FIND_LIMIT);
    while (query_next(&query))
        vec_push(arena, &found, read_form(&query, arena));
    *forms = found.items;
    *count = found.count;
    return query_end(&query);
}

enum status store_add_form(struct store *store, struct name_form *form, const str *keys,
                           size_t key_count, struct error *err)
{
    struct change change;
    struct query query;
    enum status status = change_begin(&change, store, CHANGE_LOOSE, err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "INSERT INTO derived_form(kind, text, state, head, entity)"
                " VALUES(?1, ?2, ?3, ?4, ?5)",
                err);
    query_int(&query, form->kind);
    query_text(&query, form->text.ptr ? form->text : STR(""));
    query_int(&query, form->state);
    query_int(&query, form->head);
    query_int(&query, form->entity);
    status = query_run(&query);
    form->id = sqlite3_last_insert_rowid(store->db);
    if (status == STATUS_OK) {
        query_begin(&query, store,
                    "INSERT INTO derived_form_key(kind, key, form) VALUES(?1, ?2, ?3)"
                    " ON CONFLICT DO NOTHING",
                    err);
        for (size_t i = 0; i < key_count; i++) {
            query_int(&query, form->kind);
            query_text(&query, keys[i].ptr ? keys[i] : STR(""));
            query_int(&query, form->id);
            query_step(&query);
        }
        status = query_end(&query);
    }
    return change_end(&change, status, err);
}

enum status store_set_form(struct store *store, const struct name_form *form, struct error *err)
{
    struct change change;
    struct query query;
    enum status status = change_begin(&change, store, CHANGE_LOOSE, err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "UPDATE derived_form SET state = ?2, head = ?3, entity = ?4 WHERE id = ?1", err);
    query_int(&query, form->id);
    query_int(&query, form->state);
    query_int(&query, form->head);
    query_int(&query, form->entity);
    status = query_run(&query);
    if (form->entity)
        vec_push(NULL, &store->waiting_counts, form->entity);
    return change_end(&change, status, err);
}

enum status forms_drop(struct store *store, int64_t entity, struct error *err)
{
    static const char *const steps[] = {
        ("DELETE FROM derived_form_key WHERE form IN"
         " (SELECT id FROM derived_form WHERE entity = ?1 AND state <> ?2)"),
        "DELETE FROM derived_form WHERE entity = ?1 AND state <> ?2",
        "UPDATE derived_form SET entity = 0 WHERE entity = ?1 AND state = ?2",
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == STATUS_OK; i++) {
        struct query query;
        query_begin(&query, store, steps[i], err);
        query_int(&query, entity);
        query_int(&query, FORM_OPEN);
        status = query_run(&query);
    }
    return status;
}

/* ---- evidence ------------------------------------------------------------------------------ */

/* Newest articles in which a form that stands for the entity ?1 is, not open. */
#define OWN_ARTICLES                                                                               \
    "(SELECT a.date_key, a.role FROM derived_form f CROSS JOIN derived_appearance a"               \
    " ON a.form = f.id WHERE f.entity = ?1 AND f.state <> 2"                                       \
    " ORDER BY a.date_key DESC LIMIT ?2) own"

static enum status count_shared(struct store *store, int64_t entity, const int64_t *company,
                                size_t company_count, uint32_t *shared, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT EXISTS(SELECT 1 FROM derived_form g CROSS JOIN " OWN_ARTICLES
                " CROSS JOIN derived_appearance b ON b.form = g.id AND b.date_key = own.date_key"
                " WHERE g.entity = ?3 AND g.state <> 2)",
                err);
    for (size_t i = 0; i < company_count && i < COMPANY_LIMIT; i++) {
        if (company[i] == entity)
            continue;
        query_int(&query, entity);
        query_int(&query, EVIDENCE_ARTICLE_LIMIT);
        query_int(&query, company[i]);
        if (query_next(&query) && column_int(&query, 0))
            ++*shared;
        query_step(&query);
    }
    return query_end(&query);
}

/* The article's own days are a range of date_key. */
static enum status find_near(struct store *store, int64_t entity, str site, day published,
                             bool *is_near, struct error *err)
{
    int64_t found = 0;
    struct query query;
    if (!site.len || published == DAY_UNKNOWN)
        return STATUS_OK;
    struct publication first = {.value = published - LINK_NEAR_DAYS};
    struct publication last = {.value = published + LINK_NEAR_DAYS + 1};
    query_begin(&query, store,
                "SELECT 1 FROM derived_form f CROSS JOIN derived_appearance a ON a.form = f.id"
                " AND a.date_key >= ?3 AND a.date_key < ?4 CROSS JOIN derived_article d"
                " ON d.date_key = a.date_key WHERE f.entity = ?1 AND f.state <> 2"
                " AND d.published_day IS NOT NULL AND d.site = ?2 LIMIT 1",
                err);
    query_int(&query, entity);
    query_text(&query, site);
    query_int(&query, date_key_of(0, &first));
    query_int(&query, date_key_of(0, &last));
    enum status status = query_number(&query, 0, &found);
    *is_near = found != 0;
    return status;
}

static enum status read_roles(struct store *store, struct arena *arena, int64_t entity, str *roles,
                              struct error *err)
{
    struct buf lines = BUF_INIT;
    struct query query;
    query_begin(&query, store,
                "SELECT DISTINCT own.role FROM " OWN_ARTICLES
                " WHERE own.role IS NOT NULL ORDER BY own.role LIMIT ?3",
                err);
    query_int(&query, entity);
    query_int(&query, EVIDENCE_ARTICLE_LIMIT);
    query_int(&query, ROLE_LIMIT);
    while (query_next(&query)) {
        buf_add(&lines, column_borrow(&query, 0));
        buf_add_byte(&lines, '\n');
    }
    *roles = lines.len ? arena_str(arena, buf_str(&lines)) : STR_NONE;
    buf_done(&lines);
    return query_end(&query);
}

enum status store_weigh_entity(struct store *store, struct arena *arena, int64_t entity,
                               const int64_t *company, size_t company_count, str site,
                               day published, struct link_evidence *evidence, struct error *err)
{
    *evidence = (struct link_evidence){.roles = STR_NONE};
    enum status status =
        count_shared(store, entity, company, company_count, &evidence->shared_count, err);
    if (status == STATUS_OK)
        status = find_near(store, entity, site, published, &evidence->is_near, err);
    return status == STATUS_OK ? read_roles(store, arena, entity, &evidence->roles, err) : status;
}

/* ---- to be linked once more ---------------------------------------------------------------- */

enum status store_mark_form(struct store *store, int64_t form, bool all, struct error *err)
{
    struct change change;
    struct query query;
    enum status status = change_begin(&change, store, CHANGE_LOOSE, err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "UPDATE source_page SET is_stale = 1 WHERE is_stale = 0 AND id IN"
                " (SELECT d.page FROM derived_appearance a CROSS JOIN derived_article d"
                " ON d.date_key = a.date_key WHERE a.form = ?1 ORDER BY a.date_key DESC LIMIT ?2)",
                err);
    query_int(&query, form);
    query_int(&query, all ? -1 : FORM_MARK_LIMIT);
    status = query_run(&query);
    return change_end(&change, status, err);
}

enum status store_mark_rivals(struct store *store, int64_t entity, struct error *err)
{
    VEC(int64_t) open = {0};
    struct query query;
    query_begin(&query, store,
                "SELECT DISTINCT o.id FROM derived_form f CROSS JOIN derived_form_key k"
                " ON k.form = f.id CROSS JOIN derived_form_key s ON s.kind = k.kind"
                " AND s.key = k.key CROSS JOIN derived_form o ON o.id = s.form"
                " WHERE f.entity = ?1 AND f.state <> ?2 AND o.state = ?2"
                " AND (o.entity <> 0 OR EXISTS(SELECT 1 FROM derived_form_key t"
                " CROSS JOIN derived_form g ON g.id = t.form WHERE t.kind = k.kind"
                " AND t.key = k.key AND g.state <> ?2 AND g.entity <> ?1)) LIMIT ?3",
                err);
    query_int(&query, entity);
    query_int(&query, FORM_OPEN);
    query_int(&query, RIVAL_LIMIT);
    while (query_next(&query))
        vec_push(NULL, &open, column_int(&query, 0));
    enum status status = query_end(&query);
    for (size_t i = 0; i < open.count && status == STATUS_OK; i++)
        status = store_mark_form(store, open.items[i], false, err);
    vec_done(&open);
    return status;
}
