/* What follows at once from a correction that came or went: the names of the articles concerned. */
#include "store/internal.h"

#include <stdlib.h>

#include "model/correction.h"

/* ---- one article --------------------------------------------------------------------------- */

static enum status read_article(struct store *store, struct arena *arena, int64_t date_key,
                                struct side *side, struct error *err)
{
    struct query query;
    *side = (struct side){.row = {.date_key = date_key}};
    query_begin(&query, store,
                "SELECT a.page, a.version, a.basis, a.published_day, a.earliest_day, a.latest_day,"
                " a.path, a.stated_id, t.text FROM derived_article a"
                " JOIN derived_text t ON t.date_key = a.date_key WHERE a.date_key = ?1",
                err);
    query_int(&query, date_key);
    if (query_next(&query)) {
        side->exists = true;
        side->page = column_int(&query, 0);
        side->version = column_int(&query, 1);
        side->published = column_publication(&query, 2);
        side->row.path = column_str(&query, 6, arena);
        side->stated = column_str(&query, 7, arena);
        side->row.text = column_str(&query, 8, arena);
    }
    enum status status = query_end(&query);
    if (status != STATUS_OK || !side->exists)
        return status;
    query_begin(&query, store,
                "SELECT number, place, sentence_start_byte, sentence_end_byte FROM derived_moment"
                " WHERE date_key = ?1 ORDER BY number",
                err);
    query_int(&query, date_key);
    while (query_next(&query)) {
        struct placed_moment placed = {column_int(&query, 0), column_int(&query, 1),
                                       column_offset(&query, 2), column_offset(&query, 3)};
        vec_push(arena, &side->moments, placed);
    }
    return query_end(&query);
}

static enum status read_spans(struct store *store, struct arena *arena, bool rejected,
                              int64_t date_key, name_span_vec *spans, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                rejected ? "SELECT start_byte, end_byte, entity, linked, correction, kind,"
                           " confidence, rule, evidence FROM derived_rejected WHERE date_key = ?1"
                           " ORDER BY start_byte"
                         : "SELECT start_byte, end_byte, entity, coalesce(linked, entity),"
                           " coalesce(correction, 0), kind, confidence, rule, evidence"
                           " FROM derived_mention WHERE date_key = ?1 ORDER BY start_byte",
                err);
    query_int(&query, date_key);
    while (query_next(&query)) {
        struct name_span span = {
            .start = column_offset(&query, 0),
            .end = column_offset(&query, 1),
            .entity = column_int(&query, 2),
            .linked = column_int(&query, 3),
            .correction = column_int(&query, 4),
            .kind = (enum entity_kind)column_within(&query, 5, 0, ENTITY_KIND_COUNT - 1),
            .confidence = (uint8_t)column_within(&query, 6, 0, 100),
            .rule = column_str(&query, 7, arena),
            .evidence = column_str(&query, 8, arena),
        };
        vec_push(arena, spans, span);
    }
    return query_end(&query);
}

static enum status read_appearances(struct store *store, struct arena *arena, struct side *side,
                                    struct error *err)
{
    struct query query;
    for (size_t i = 0; i < side->mentions.count; i++) {
        struct appearance appearance = {.entity = side->mentions.items[i].entity};
        vec_push(arena, &side->appearances, appearance);
    }
    join_appearances(&side->appearances);
    query_begin(&query, store,
                "SELECT p.mention_count, p.is_doubtful, p.role, p.reason, e.kind, p.form"
                " FROM derived_appearance p JOIN derived_entity e ON e.id = p.entity"
                " WHERE p.entity = ?1 AND p.date_key = ?2",
                err);
    for (size_t i = 0; i < side->appearances.count; i++) {
        struct appearance *appearance = &side->appearances.items[i];
        query_int(&query, appearance->entity);
        query_int(&query, side->row.date_key);
        if (query_next(&query)) {
            appearance->mention_count = column_offset(&query, 0);
            appearance->doubtful = column_int(&query, 1) != 0;
            appearance->role = column_str(&query, 2, arena);
            appearance->reason = column_str(&query, 3, arena);
            appearance->is_person = column_int(&query, 4) == ENTITY_PERSON;
            appearance->form = column_int(&query, 5);
        }
        query_step(&query);
    }
    return query_end(&query);
}

/* What the linker said: kept apart where something is corrected already, else what stands there. */
static enum status read_linked(struct store *store, struct arena *arena, struct side *side,
                               struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT entity, is_doubtful, role, reason, form FROM derived_linked"
                " WHERE date_key = ?1 ORDER BY entity",
                err);
    query_int(&query, side->row.date_key);
    while (query_next(&query)) {
        struct appearance appearance = {.entity = column_int(&query, 0),
                                        .doubtful = column_int(&query, 1) != 0,
                                        .role = column_str(&query, 2, arena),
                                        .reason = column_str(&query, 3, arena),
                                        .form = column_int(&query, 4)};
        vec_push(arena, &side->linked, appearance);
    }
    if (side->linked.count == 0)
        side->linked = side->appearances;
    return query_end(&query);
}

static enum status read_side(struct store *store, struct arena *arena, int64_t date_key,
                             struct side *side, struct error *err)
{
    enum status status = read_article(store, arena, date_key, side, err);
    if (status != STATUS_OK || !side->exists)
        return status;
    status = read_spans(store, arena, false, date_key, &side->mentions, err);
    if (status == STATUS_OK)
        status = read_spans(store, arena, true, date_key, &side->rejected, err);
    if (status == STATUS_OK)
        status = read_appearances(store, arena, side, err);
    return status == STATUS_OK ? read_linked(store, arena, side, err) : status;
}

static int by_start(const void *a, const void *b)
{
    const struct name_span *left = a, *right = b;
    return (left->start > right->start) - (left->start < right->start);
}

/* The article as the linker left it, to be replayed on. */
static enum status back_to_linker(struct store *store, struct arena *arena, const struct side *old,
                                  struct side *new, struct error *err)
{
    const name_span_vec *const parts[] = {&old->mentions, &old->rejected};
    struct query query;
    *new = *old;
    new->mentions = new->rejected = (name_span_vec){0};
    new->appearances = (appearance_vec){0};
    query_begin(&query, store, "SELECT kind FROM derived_entity WHERE id = ?1", err);
    for (size_t part = 0; part < 2; part++) {
        for (size_t i = 0; i < parts[part]->count; i++) {
            struct name_span span = parts[part]->items[i];
            if (!span.linked)
                continue;
            span.entity = span.linked;
            span.correction = 0;
            query_int(&query, span.linked);
            if (query_next(&query))
                span.kind = (enum entity_kind)column_within(&query, 0, 0, ENTITY_KIND_COUNT - 1);
            query_step(&query);
            vec_push(arena, &new->mentions, span);
        }
    }
    if (new->mentions.count > 1)
        qsort(new->mentions.items, new->mentions.count, sizeof *new->mentions.items, by_start);
    return query_end(&query);
}

/* ---- the difference ------------------------------------------------------------------------ */

static bool is_among(const number_vec *numbers, int64_t number)
{
    for (size_t i = 0; i < numbers->count; i++)
        if (numbers->items[i] == number)
            return true;
    return false;
}

static void add_once(struct arena *arena, number_vec *numbers, int64_t number)
{
    if (!is_among(numbers, number))
        vec_push(arena, numbers, number);
}

/* Entities whose mentions in `a` are not all in `b`. Both by start. */
static void add_moved(struct arena *arena, number_vec *changed, const name_span_vec *a,
                      const name_span_vec *b)
{
    for (size_t i = 0, k = 0; i < a->count; i++) {
        const struct name_span *span = &a->items[i];
        while (k < b->count && b->items[k].start < span->start)
            k++;
        if (k == b->count || b->items[k].start != span->start || b->items[k].end != span->end ||
            b->items[k].entity != span->entity)
            add_once(arena, changed, span->entity);
    }
}

static bool appearance_equal(const struct appearance *a, const struct appearance *b)
{
    return a->entity == b->entity && a->form == b->form && a->doubtful == b->doubtful &&
           str_equal(a->role, b->role) && str_equal(a->reason, b->reason);
}

/* Both by entity. */
static void add_redescribed(struct arena *arena, number_vec *changed, const appearance_vec *a,
                            const appearance_vec *b)
{
    for (size_t i = 0, k = 0; i < a->count; i++) {
        while (k < b->count && b->items[k].entity < a->items[i].entity)
            k++;
        if (k == b->count || !appearance_equal(&a->items[i], &b->items[k]))
            add_once(arena, changed, a->items[i].entity);
    }
}

/* The part of a side that tells of these entities. */
static struct side part_of(struct arena *arena, const struct side *side, const number_vec *entities)
{
    struct side part = *side;
    part.mentions = (name_span_vec){0};
    part.appearances = (appearance_vec){0};
    for (size_t i = 0; i < side->mentions.count; i++)
        if (is_among(entities, side->mentions.items[i].entity))
            vec_push(arena, &part.mentions, side->mentions.items[i]);
    for (size_t i = 0; i < side->appearances.count; i++)
        if (is_among(entities, side->appearances.items[i].entity))
            vec_push(arena, &part.appearances, side->appearances.items[i]);
    return part;
}

static enum status count_changed(struct store *store, struct arena *arena, const struct side *old,
                                 const struct side *new, const number_vec *changed,
                                 struct error *err)
{
    struct side before = part_of(arena, old, changed), after = part_of(arena, new, changed);
    struct query query;
    int64_t people = 0;
    enum status status = side_count_names(store, arena, &before, -1, err);
    if (status == STATUS_OK)
        status = side_count_names(store, arena, &after, 1, err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < new->appearances.count; i++)
        people += new->appearances.items[i].is_person;
    query_begin(&query, store,
                "UPDATE derived_article SET people_count = ?2 WHERE page = ?1"
                " AND people_count <> ?2",
                err);
    query_int(&query, old->page);
    query_int(&query, people);
    return query_run(&query);
}

static enum status write_names(struct store *store, const struct side *old, const struct side *new,
                               struct error *err)
{
    int64_t date_key = old->row.date_key;
    enum status status = corrections_write_linked(store, new, err);
    if (status == STATUS_OK)
        status =
            corrections_write_spans(store, date_key, false, &old->mentions, &new->mentions, err);
    if (status == STATUS_OK)
        status =
            corrections_write_spans(store, date_key, true, &old->rejected, &new->rejected, err);
    return status;
}

/* Replays all corrections on an article and brings every count after. */
static enum status replay_article(struct store *store, int64_t date_key, struct error *err)
{
    struct arena arena = {0};
    struct side old, new;
    number_vec changed = {0};
    enum status status = read_side(store, &arena, date_key, &old, err);
    if (status == STATUS_OK && old.exists)
        status = back_to_linker(store, &arena, &old, &new, err);
    if (status == STATUS_OK && old.exists)
        status = corrections_apply(store, &arena, &new, err);
    if (status == STATUS_OK && old.exists) {
        add_moved(&arena, &changed, &old.mentions, &new.mentions);
        add_moved(&arena, &changed, &new.mentions, &old.mentions);
        add_redescribed(&arena, &changed, &old.appearances, &new.appearances);
        status = write_names(store, &old, &new, err);
        if (status == STATUS_OK && changed.count > 0)
            status = count_changed(store, &arena, &old, &new, &changed, err);
        if (status == STATUS_OK && changed.count > 0)
            status = statements_rename(store, &arena, &new, err);
    }
    for (size_t i = 0; i < changed.count && status == STATUS_OK; i++)
        status = entity_drop_unused(store, changed.items[i], err);
    arena_done(&arena);
    return status;
}

/* ---- which articles ------------------------------------------------------------------------ */

static enum status add_numbers(struct query *query, number_vec *numbers)
{
    while (query_next(query))
        vec_push(NULL, numbers, column_int(query, 0));
    return query_end(query);
}

static enum status add_own_article(struct store *store, const struct correction *correction,
                                   number_vec *articles, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT a.date_key FROM source_page p JOIN derived_article a ON a.page = p.id"
                " WHERE p.path = ?1 UNION SELECT date_key FROM derived_article"
                " WHERE ?2 <> '' AND stated_id = ?2",
                err);
    query_text(&query, correction->article);
    query_text(&query, correction->stated.ptr ? correction->stated : STR(""));
    return add_numbers(&query, articles);
}

/* Those that name whom a new correction speaks of, or where the linker names them. */
static enum status add_named(struct store *store, const struct correction *correction,
                             number_vec *articles, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT p.date_key FROM derived_entity e INDEXED BY derived_entity_name"
                " CROSS JOIN derived_appearance p ON p.entity = e.id"
                " WHERE e.kind = ?1 AND e.name = ?2"
                " UNION SELECT m.date_key FROM derived_entity e INDEXED BY derived_entity_name"
                " CROSS JOIN derived_mention m INDEXED BY derived_mention_linked"
                " ON m.linked = e.id WHERE e.kind = ?1 AND e.name = ?2",
                err);
    query_int(&query, correction->kind);
    query_text(&query, correction->name);
    return add_numbers(&query, articles);
}

/* Where a correction, or one that built on its outcome, decided. */
static enum status add_decided(struct store *store, int64_t id, number_vec *articles,
                               struct error *err)
{
    number_vec chain = {0};
    struct query query;
    enum status status = STATUS_OK;
    vec_push(NULL, &chain, id);
    for (size_t i = 0; i < chain.count && status == STATUS_OK; i++) {
        int64_t later;
        query_begin(&query, store,
                    "SELECT date_key FROM derived_mention WHERE correction = ?1"
                    " UNION SELECT date_key FROM derived_rejected WHERE correction = ?1",
                    err);
        query_int(&query, chain.items[i]);
        status = add_numbers(&query, articles);
        if (status != STATUS_OK)
            break;
        query_begin(&query, store,
                    "SELECT later.id FROM derived_correction was JOIN derived_correction later"
                    " ON later.kind = was.to_kind AND later.name = was.to_name"
                    " AND later.article = '' AND later.id > was.id WHERE was.id = ?1",
                    err);
        query_int(&query, chain.items[i]);
        while (query_next(&query)) {
            later = column_int(&query, 0);
            if (!is_among(&chain, later))
                vec_push(NULL, &chain, later);
        }
        status = query_end(&query);
    }
    vec_done(&chain);
    return status;
}

static int by_number(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static enum status replay_articles(struct store *store, number_vec *articles, struct error *err)
{
    enum status status = STATUS_OK;
    if (articles->count > 1)
        qsort(articles->items, articles->count, sizeof *articles->items, by_number);
    for (size_t i = 0; i < articles->count && status == STATUS_OK; i++)
        if (i == 0 || articles->items[i] != articles->items[i - 1])
            status = replay_article(store, articles->items[i], err);
    return status;
}

/* ---- a correction comes or goes ------------------------------------------------------------ */

static enum status put_index_row(struct store *store, int64_t id,
                                 const struct correction *correction, bool is_waiting,
                                 struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "INSERT INTO derived_correction(id, verb, kind, name, to_kind, to_name, article,"
                " stated, state) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                err);
    query_int(&query, id);
    query_int(&query, correction->verb);
    query_int(&query, correction->kind);
    query_text(&query, correction->name);
    query_int(&query, correction->to_kind);
    query_text(&query, correction->to.ptr ? correction->to : STR(""));
    query_text(&query, correction->article.ptr ? correction->article : STR(""));
    query_text(&query, correction->stated.ptr ? correction->stated : STR(""));
    query_int(&query, is_waiting ? CORRECTION_WAITING : CORRECTION_APPLIES);
    return query_run(&query);
}

static enum status delete_index_row(struct store *store, int64_t id, struct error *err)
{
    struct query query;
    query_begin(&query, store, "DELETE FROM derived_correction WHERE id = ?1", err);
    query_int(&query, id);
    return query_run(&query);
}

/* A name that only was spelled otherwise is spelled as before. */
static enum status spell_back(struct store *store, const struct correction *correction,
                              struct error *err)
{
    struct query query;
    if (correction->verb != CORRECTION_RENAME ||
        !str_equal_ascii_fold(correction->name, correction->to))
        return STATUS_OK;
    query_begin(&query, store,
                "UPDATE derived_entity SET name = ?2 WHERE kind = ?1 AND name = ?2 RETURNING id",
                err);
    query_int(&query, correction->kind);
    query_text(&query, correction->name);
    while (query_next(&query)) {
        vec_push(NULL, &store->waiting_entities, column_int(&query, 0));
        vec_push(NULL, &store->waiting_counts, column_int(&query, 0));
    }
    return query_end(&query);
}

enum status correction_follow(struct store *store, int64_t id, str verb, str payload, bool added,
                              struct error *err)
{
    struct arena arena = {0};
    struct correction correction;
    number_vec articles = {0};
    str line = arena_format(&arena, "%.*s %.*s", STR_ARG(verb), STR_ARG(payload));
    enum status status = correction_read(&arena, line, &correction, err);
    if (status == STATUS_OK && correction.article.len > 0)
        status = add_own_article(store, &correction, &articles, err);
    else if (status == STATUS_OK && added)
        status = add_named(store, &correction, &articles, err);
    if (status == STATUS_OK && !added)
        status = add_decided(store, id, &articles, err);
    bool is_waiting = correction.article.len > 0 && articles.count == 0;
    if (status == STATUS_OK)
        status = added ? put_index_row(store, id, &correction, is_waiting, err)
                       : delete_index_row(store, id, err);
    if (status == STATUS_OK && !added)
        status = spell_back(store, &correction, err);
    if (status == STATUS_OK)
        status = replay_articles(store, &articles, err);
    vec_done(&articles);
    arena_done(&arena);
    return status;
}
