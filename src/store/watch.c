/* The watch list: targets that the reader keeps under a number. Names are kept as number and text:
 * the number holds as long as there is such an entity, whatever it is called by then; after it,
 * whoever has its mentions now; at last whoever bears the name. */
#include "store/internal.h"

/* ---- values -------------------------------------------------------------------------------- */

/* "KIND NUMBER NAME", a line each. */
static enum status add_name(struct store *store, struct buf *value, int64_t entity,
                            struct error *err)
{
    struct arena scratch = {0};
    struct entity_row row;
    enum status status = store_get_entity(store, &scratch, entity, &row, err);
    if (status == STATUS_OK)
        buf_format(value, "%s%d %lld %.*s", value->len ? "\n" : "", (int)row.kind,
                   (long long)entity, STR_ARG(row.name));
    arena_done(&scratch);
    return status;
}

static enum status make_value(struct store *store, const struct target *target, str query,
                              struct buf *value, struct error *err)
{
    enum status status = STATUS_OK;
    if (target->kind == TARGET_SEARCH)
        buf_add(value, query);
    if (target->kind == TARGET_TAG)
        buf_add(value, target->tag);
    for (size_t i = 0;
         target->kind == TARGET_ENTITY && i < target->entity_count && status == STATUS_OK; i++)
        status = add_name(store, value, target->entities[i], err);
    return status;
}

str watch_words(struct arena *arena, int64_t kind, str value)
{
    struct buf words = BUF_INIT;
    str line;
    if (kind != TARGET_ENTITY)
        return arena_str(arena, value);
    while (value.len && str_next(&value, '\n', &line)) {
        str number;
        (void)str_next(&line, ' ', &number); /* of its kind, of itself */
        (void)str_next(&line, ' ', &number);
        buf_format(&words, "%s%.*s", words.len ? " + " : "", STR_ARG(line));
    }
    str kept = arena_str(arena, buf_str(&words));
    buf_done(&words);
    return kept;
}

/* Who an entity of the list is now; *name in the arena. */
static enum status follow_entity(struct store *store, struct arena *arena, enum entity_kind kind,
                                 int64_t *entity, str *name, struct error *err)
{
    struct entity_row row = {0};
    int64_t heir = 0;
    enum status status = store_get_entity(store, arena, *entity, &row, err);
    if (status == STATUS_OK && row.mention_count > 0) {
        *name = row.name;
        return STATUS_OK;
    }
    status = store_find_heir(store, *entity, &heir, err);
    if (status == STATUS_OK && !heir)
        status = store_find_named(store, kind, *name, &heir, err);
    if (status == STATUS_OK && heir) {
        *entity = heir;
        status = store_get_entity(store, arena, heir, &row, err);
        *name = row.name;
    }
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* A line that is none (of a damaged file) names nobody. */
static enum status read_name(struct store *store, struct arena *arena, str line,
                             struct watch_row *row, struct error *err)
{
    int64_t kind = 0, entity = 0;
    str kind_text, entity_text;
    if (!str_next(&line, ' ', &kind_text) || !str_next(&line, ' ', &entity_text) ||
        !str_to_int(kind_text, &kind) || !str_to_int(entity_text, &entity) || kind < 0 ||
        kind >= ENTITY_KIND_COUNT || row->target.entity_count == TARGET_ENTITY_LIMIT)
        return STATUS_OK;
    str name = line;
    enum status status = follow_entity(store, arena, (enum entity_kind)kind, &entity, &name, err);
    if (status != STATUS_OK || target_has_entity(&row->target, entity))
        return status; /* two that were merged are one */
    row->entity_kind = (enum entity_kind)kind;
    row->target.entities[row->target.entity_count++] = entity;
    row->target.label =
        row->target.label.len
            ? arena_format(arena, "%.*s + %.*s", STR_ARG(row->target.label), STR_ARG(name))
            : name;
    return STATUS_OK;
}

static enum status read_value(struct store *store, struct arena *arena, str value,
                              struct watch_row *row, struct error *err)
{
    struct target *target = &row->target;
    enum status status = STATUS_OK;
    str line;
    switch (target->kind) {
    case TARGET_ENTITY:
        while (status == STATUS_OK && str_next_line(&value, &line))
            status = read_name(store, arena, line, row, err);
        break;
    case TARGET_SEARCH:
        target->label = row->query = value;
        break;
    case TARGET_TAG:
        target->tag = value;
        target->label = arena_format(arena, "tag %.*s", STR_ARG(value));
        break;
    case TARGET_BOOKMARKS:
        target->label = STR("bookmarks");
        break;
    case TARGET_DAYS: /* whoever shows days says how */
    case TARGET_NONE:
    case TARGET_KIND_COUNT:
        break;
    }
    return status;
}

/* ---- the list ------------------------------------------------------------------------------ */

struct raw_row {
    struct watch_row row;
    str value;
};

/* One name is seen when its pane was, whichever was later. */
static enum status read_seen(struct store *store, struct watch_row *row, struct error *err)
{
    struct query query;
    if (row->target.kind != TARGET_ENTITY || row->target.entity_count != 1)
        return STATUS_OK;
    query_begin(&query, store,
                "SELECT s.version, s.changed FROM derived_entity e JOIN user_seen s"
                " ON s.kind = e.kind AND s.name = e.name WHERE e.id = ?1",
                err);
    query_int(&query, row->target.entities[0]);
    if (query_next(&query) && column_int(&query, 0) > row->seen_version) {
        row->seen_version = column_int(&query, 0);
        row->seen = column_int(&query, 1);
    }
    return query_end(&query);
}

enum status store_list_watches(struct store *store, struct arena *arena,
                               const struct watch_row **rows, size_t *count, struct error *err)
{
    struct watch_row *found = arena_array(arena, struct watch_row, WATCH_LIMIT);
    str values[WATCH_LIMIT];
    struct query query;
    *rows = found;
    *count = 0;
    enum status status = look_begin(store, err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "SELECT slot, kind, value, first_day, last_day, version, changed FROM user_watch"
                " WHERE slot BETWEEN 1 AND ?1 ORDER BY slot",
                err);
    query_int(&query, WATCH_LIMIT);
    while (*count < WATCH_LIMIT && query_next(&query)) {
        found[*count] = (struct watch_row){
            .key = {.number = column_int(&query, 0)},
            .slot = (int)column_int(&query, 0),
            .target = {.kind = (enum target_kind)column_within(&query, 1, TARGET_NONE,
                                                               TARGET_KIND_COUNT - 1),
                       .first = column_day(&query, 3),
                       .last = column_day(&query, 4)},
            .seen_version = column_int(&query, 5),
            .seen = column_int(&query, 6),
        };
        values[(*count)++] = column_str(&query, 2, arena);
    }
    status = query_end(&query);
    for (size_t i = 0; i < *count && status == STATUS_OK; i++) {
        status = read_value(store, arena, values[i], &found[i], err);
        if (status == STATUS_OK)
            status = read_seen(store, &found[i], err);
    }
    return look_end(store, status, err);
}

/* ---- numbers ------------------------------------------------------------------------------- */

static enum status count_new(struct store *store, struct watch_row *row, struct error *err)
{
    struct query query;
    number_vec keys = {0};
    query_begin(&query, store,
                "SELECT date_key FROM derived_article INDEXED BY derived_article_version"
                " WHERE version > ?1 ORDER BY version DESC LIMIT ?2",
                err);
    query_int(&query, row->seen_version);
    query_int(&query, STORE_COUNT_LIMIT + 1);
    while (query_next(&query))
        vec_push(NULL, &keys, column_int(&query, 0));
    enum status status = query_end(&query);
    if (status == STATUS_OK)
        status = target_count_in(store, &row->target, &keys, &row->new_count, err);
    row->more_new = keys.count > STORE_COUNT_LIMIT;
    vec_done(&keys);
    return status;
}

enum status store_count_watch(struct store *store, struct watch_row *row, struct error *err)
{
    static const struct article_query all = {.sort = SORT_DATE};
    struct target_position position;
    if (row->target.kind == TARGET_SEARCH && !row->target.search)
        return STATUS_OK; /* a query that can no longer be read */
    enum status status = store_target_position(store, &row->target, &all, NULL, &position, err);
    row->place_count = position.count;
    row->article_count = position.article_count;
    row->more = position.is_capped;
    return status == STATUS_OK ? count_new(store, row, err) : status;
}

/* ---- changes ------------------------------------------------------------------------------- */

static bool same_target(const struct target *a, str query_a, const struct watch_row *row)
{
    const struct target *b = &row->target;
    bool same = a->kind == b->kind && a->entity_count == b->entity_count;
    for (size_t i = 0; a->kind == TARGET_ENTITY && i < a->entity_count && same; i++)
        same = target_has_entity(b, a->entities[i]);
    if (a->kind == TARGET_DAYS)
        same = same && a->first == b->first && a->last == b->last;
    if (a->kind == TARGET_TAG)
        same = same && str_equal_ascii_fold(a->tag, b->tag);
    if (a->kind == TARGET_SEARCH)
        same = same && str_equal(query_a, row->query);
    return same;
}

int watch_slot_of(const struct watch_row *rows, size_t count, const struct target *target,
                  str query)
{
    for (size_t i = 0; i < count; i++)
        if (same_target(target, query, &rows[i]))
            return rows[i].slot;
    return 0;
}

/* The first that is free; 0 when none is. */
static enum status find_slot(struct store *store, int *slot, struct error *err)
{
    struct query query;
    int64_t free_slot = 0, next = 1;
    query_begin(&query, store, "SELECT slot FROM user_watch WHERE slot > 0 ORDER BY slot", err);
    while (query_next(&query) && column_int(&query, 0) == next)
        next++;
    free_slot = next <= WATCH_LIMIT ? next : 0;
    *slot = (int)free_slot;
    return query_end(&query);
}

static enum status newest_version(struct store *store, int64_t *version, struct error *err)
{
    struct query query;
    query_begin(&query, store, "SELECT coalesce(max(id), 0) FROM source_version", err);
    return query_number(&query, 0, version);
}

static enum status is_taken(struct store *store, int slot, bool *taken, struct error *err)
{
    struct query query;
    int64_t found = 0;
    query_begin(&query, store, "SELECT 1 FROM user_watch WHERE slot = ?1", err);
    query_int(&query, slot);
    enum status status = query_number(&query, 0, &found);
    *taken = found != 0;
    return status;
}

static enum status put_watch(struct store *store, const struct target *target, str text, int *slot,
                             int64_t when, struct error *err)
{
    struct buf value = BUF_INIT;
    int64_t version = 0;
    bool taken = false;
    enum status status = *slot ? is_taken(store, *slot, &taken, err) : find_slot(store, slot, err);
    if (status == STATUS_OK && (*slot < 1 || *slot > WATCH_LIMIT))
        status =
            error_set(err, STATUS_TOO_LARGE,
                      "the watch list has %d places; unpin one in it (gw, then d)", WATCH_LIMIT);
    if (status == STATUS_OK && taken)
        status =
            error_set(err, STATUS_BAD_INPUT, "%d is taken; unpin it first (gw, then d)", *slot);
    if (status == STATUS_OK)
        status = make_value(store, target, text, &value, err);
    if (status == STATUS_OK)
        status = newest_version(store, &version, err);
    if (status == STATUS_OK) {
        struct user_change change = {
            .table = USER_WATCH,
            .row = {INT_VALUE(*slot), INT_VALUE(target->kind), TEXT_VALUE(buf_str(&value)),
                    day_value(target->first), day_value(target->last), INT_VALUE(version),
                    INT_VALUE(when)},
            .label = "pinned",
            .when = when,
        };
        status = user_change(store, &change, err);
    }
    buf_done(&value);
    return status;
}

/* The free slot is looked for in the transaction that takes it: another session pins as well. */
enum status store_put_watch(struct store *store, const struct target *target, str text, int *slot,
                            int64_t when, struct error *err)
{
    struct change change;
    enum status status = change_begin(&change, store, CHANGE_PART, err);
    return status != STATUS_OK
               ? status
               : change_end(&change, put_watch(store, target, text, slot, when, err), err);
}

enum status store_delete_watch(struct store *store, int slot, int64_t when, struct error *err)
{
    struct user_change change = {
        .table = USER_WATCH,
        .row = {INT_VALUE(slot)},
        .deletes = true,
        .label = "unpinned",
        .when = when,
    };
    return user_change(store, &change, err);
}

enum status store_note_watch_seen(struct store *store, int slot, int64_t when, struct error *err)
{
    struct change change;
    struct query query;
    enum status status = change_begin(&change, store, CHANGE_PART, err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "UPDATE user_watch SET version = (SELECT coalesce(max(id), 0) FROM source_version),"
                " changed = ?2 WHERE slot = ?1",
                err);
    query_int(&query, slot);
    query_int(&query, when);
    return change_end(&change, query_run(&query), err);
}
