/* The reader's corrections as rows: kept, dropped, listed. */
#include "store/internal.h"

#include "model/correction.h"

/* ---- keeping ------------------------------------------------------------------------------- */

/* The line without its verb, which is the row's kind. */
static str payload_of(struct buf *line, const struct correction *correction)
{
    correction_write(line, correction);
    str text = buf_str(line);
    return str_slice(text, str_find_byte(text, ' ', 0) + 1, text.len);
}

static const char *label_of(const struct correction *correction)
{
    static const char *const labels[CORRECTION_VERB_COUNT] = {
        [CORRECTION_MERGE] = "names merged",     [CORRECTION_SPLIT] = "mentions split off",
        [CORRECTION_RENAME] = "name changed",    [CORRECTION_RETYPE] = "type of a name changed",
        [CORRECTION_REJECT] = "name taken away", [CORRECTION_ADD] = "name added",
        [CORRECTION_KEEP] = "name confirmed",
    };
    return labels[correction->verb];
}

static enum status find_same(struct store *store, str verb, str payload, int64_t *id,
                             struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT id FROM user_name_correction WHERE payload = ?2 AND kind = ?1", err);
    query_text(&query, verb);
    query_text(&query, payload);
    return query_number(&query, 0, id);
}

/* One that no correction ever had, so that undo never brings back another's. */
static enum status next_id(struct store *store, int64_t *id, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT coalesce((SELECT seq FROM sqlite_sequence"
                " WHERE name = 'user_name_correction'), 0) + 1",
                err);
    return query_number(&query, 1, id);
}

static enum status put(struct store *store, struct correction *correction, str payload,
                       int64_t when, bool *is_new, struct error *err)
{
    str verb = str_from(correction_verb_name(correction->verb));
    enum status status = find_same(store, verb, payload, &correction->id, err);
    *is_new = correction->id == 0;
    if (status != STATUS_OK || !*is_new)
        return status;
    status = next_id(store, &correction->id, err);
    if (status != STATUS_OK)
        return status;
    struct user_change change = {
        .table = USER_CORRECTION,
        .row = {INT_VALUE(correction->id), TEXT_VALUE(verb), TEXT_VALUE(payload), INT_VALUE(when)},
        .label = label_of(correction),
        .when = when,
    };
    return user_change(store, &change, err);
}

enum status store_put_correction(struct store *store, struct correction *correction, int64_t when,
                                 bool *is_new, struct error *err)
{
    struct buf line = BUF_INIT;
    struct change change;
    bool was_new = false;
    str payload = payload_of(&line, correction);
    enum status status = change_begin(&change, store, CHANGE_PART, err);
    if (status == STATUS_OK)
        status = change_end(&change, put(store, correction, payload, when, &was_new, err), err);
    if (is_new)
        *is_new = was_new;
    buf_done(&line);
    return status;
}

enum status store_drop_correction(struct store *store, int64_t id, int64_t when, struct error *err)
{
    struct user_change change = {
        .table = USER_CORRECTION,
        .row = {INT_VALUE(id)},
        .deletes = true,
        .label = "correction dropped",
        .when = when,
    };
    return user_change(store, &change, err);
}

/* ---- where a mention stands ---------------------------------------------------------------- */

static void set_words(struct correction *correction, str text, uint32_t start, uint32_t end)
{
    struct bookmark words = {.start = start, .end = end};
    bookmark_take(&words, text);
    correction->quote = words.quote;
    correction->prefix = words.prefix;
    correction->suffix = words.suffix;
}

enum status store_locate(struct store *store, struct arena *arena, int64_t article, uint32_t start,
                         uint32_t end, struct correction *correction, struct error *err)
{
    struct query query;
    str text = STR_NONE;
    bool found = false;
    query_begin(&query, store,
                "SELECT a.path, a.stated_id, t.text FROM derived_article a"
                " JOIN derived_text t ON t.date_key = a.date_key WHERE a.page = ?1",
                err);
    query_int(&query, article);
    if (query_next(&query)) {
        found = true;
        correction->article = column_str(&query, 0, arena);
        correction->stated = column_str(&query, 1, arena);
        text = column_str(&query, 2, arena);
    }
    enum status status = query_end(&query);
    if (status == STATUS_OK && (!found || start > end || end > text.len))
        return error_set(err, STATUS_NOT_FOUND, "%s: that place is no longer there", store->path);
    if (status == STATUS_OK && end > start)
        set_words(correction, text, start, end);
    return status;
}

/* ---- the list ------------------------------------------------------------------------------ */

/* What is wrong with a correction that holds everywhere shows only when it is asked for: the names
 * that it speaks of come and go with the articles. */
#define LIVE_STATE                                                                                 \
    " CASE WHEN d.state <> 0 OR d.article <> '' THEN d.state"                                      \
    " WHEN EXISTS(SELECT 1 FROM derived_correction o INDEXED BY derived_correction_name"           \
    "  WHERE o.article = '' AND o.kind = d.kind AND o.name = d.name AND o.id < d.id"               \
    "  AND o.verb IN (0, 2, 3, 4) AND NOT EXISTS(SELECT 1 FROM derived_correction b"               \
    "   WHERE b.to_kind = d.kind AND b.to_name = d.name AND b.id > o.id AND b.id < d.id)) THEN 5"  \
    " WHEN EXISTS(SELECT 1 FROM derived_entity e INDEXED BY derived_entity_name"                   \
    "  WHERE e.kind = d.kind AND e.name = d.name) OR EXISTS(SELECT 1 FROM derived_correction o"    \
    "  WHERE o.to_kind = d.kind AND o.to_name = d.name AND o.id <> d.id) OR EXISTS(SELECT 1"       \
    "  FROM derived_entity t INDEXED BY derived_entity_name JOIN derived_entity_variant v"         \
    "  ON v.entity = t.id AND v.variant = d.name WHERE t.kind = d.to_kind"                         \
    "  AND t.name = d.to_name) THEN 0 ELSE 4 END"

static enum status read_row(const struct query *query, struct arena *arena,
                            struct correction_row *row)
{
    struct error unread = {0};
    str line = arena_format(arena, "%.*s %.*s", STR_ARG(column_borrow(query, 1)),
                            STR_ARG(column_borrow(query, 2)));
    *row = (struct correction_row){0};
    enum status status = correction_read(arena, line, &row->correction, &unread);
    row->correction.id = column_int(query, 0);
    row->key.number = row->correction.id;
    row->changed = column_int(query, 3);
    row->state = (enum correction_state)column_within(query, 4, 0, CORRECTION_STATE_COUNT - 1);
    row->article = column_int(query, 5);
    return status;
}

enum status store_list_corrections(struct store *store, struct arena *arena, bool conflicts_only,
                                   const struct page_request *request,
                                   const struct correction_row **rows, size_t *count,
                                   struct error *err)
{
    VEC(struct correction_row) found = {0};
    struct buf sql = BUF_INIT;
    struct query query;
    buf_add(&sql, STR("SELECT * FROM (SELECT c.id AS id, c.kind, c.payload, c.changed," LIVE_STATE
                      " AS state,"
                      " (SELECT id FROM source_page p WHERE p.path = d.article)"
                      " FROM user_name_correction c JOIN derived_correction d ON d.id = c.id)"
                      " WHERE true"));
    if (conflicts_only)
        buf_add(&sql, STR(" AND state <> 0"));
    if (request->from)
        buf_format(&sql, " AND id %s ?", page_comparison(request, false));
    buf_format(&sql, " ORDER BY id%s LIMIT ?", page_direction(request, false));
    query_begin(&query, store, buf_c(&sql), err);
    if (request->from)
        query_int(&query, request->from->number);
    query_int(&query, page_limit(request));
    while (query_next(&query)) {
        struct correction_row row;
        if (read_row(&query, arena, &row) == STATUS_OK)
            vec_push(arena, &found, row);
    }
    enum status status = query_end(&query);
    buf_done(&sql);
    *rows = found.items;
    *count = found.count;
    return status;
}

enum status store_count_corrections(struct store *store, bool conflicts_only, int64_t *count,
                                    struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    count_sql_begin(&sql);
    buf_add(&sql, STR(" FROM derived_correction d"));
    if (conflicts_only)
        buf_add(&sql, STR(" WHERE" LIVE_STATE " <> 0"));
    count_sql_end(&sql);
    query_begin(&query, store, buf_c(&sql), err);
    enum status status = query_number(&query, 0, count);
    buf_done(&sql);
    return status;
}
