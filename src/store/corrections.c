/* Replaying the reader's corrections of names.
 *
 * What the linker says of a mention is where a chain begins: a name of a type. The corrections are
 * gone through in the order in which they were made; each that fits the present link of the chain
 * (its name, its article, its words) puts another in its place, or says that it is no name. The
 * mention belongs to whom the last link names. So the outcome depends on the corrections alone, not
 * on when an article came or how often it was analysed, and taking one away is replaying the rest.
 */
#include "store/internal.h"

#include <stdlib.h>
#include <string.h>

#include "model/correction.h"

/* ---- a correction in an article ------------------------------------------------------------ */

struct rule {
    struct correction correction;
    uint32_t start, end; /* of its words, when they were found */
    enum correction_state state, kept_state;
};

/* A link of the chain. */
struct link {
    enum entity_kind kind;
    str name;
    int64_t last;     /* id of the correction that made it, or the least one that may follow - 1 */
    int64_t decision; /* the correction that decided, or 0 */
    bool rejected, respelled;
};

struct known_name {
    int64_t id;
    enum entity_kind kind;
    str name;
};

struct replay {
    struct store *store;
    struct arena *arena;
    struct side *side;
    VEC(struct rule) rules; /* of this article, by id */
    VEC(struct known_name) known;
    bool any_wide; /* there are corrections that hold everywhere */
    struct error *err;
};

static bool overlap(uint32_t start, uint32_t end, const struct rule *rule)
{
    return start < rule->end && rule->start < end;
}

static bool is_placed(const struct rule *rule)
{
    return rule->correction.quote.len > 0;
}

static enum status read_rule(struct replay *replay, const struct query *query)
{
    struct rule rule = {.state = CORRECTION_LOST,
                        .kept_state = (enum correction_state)column_within(
                            query, 3, 0, CORRECTION_STATE_COUNT - 1)};
    struct error unread = {0};
    str line = arena_format(replay->arena, "%.*s %.*s", STR_ARG(column_borrow(query, 1)),
                            STR_ARG(column_borrow(query, 2)));
    if (correction_read(replay->arena, line, &rule.correction, &unread) != STATUS_OK)
        return STATUS_OK; /* of a newer program: it waits for that */
    rule.correction.id = column_int(query, 0);
    if (is_placed(&rule)) {
        struct bookmark words = {.quote = rule.correction.quote,
                                 .prefix = rule.correction.prefix,
                                 .suffix = rule.correction.suffix,
                                 .start = UINT32_MAX};
        bookmark_anchor(&words, replay->side->row.text);
        bool found = words.state == ANCHOR_EXACT || words.state == ANCHOR_MOVED;
        rule.state = found                             ? CORRECTION_APPLIES
                     : words.state == ANCHOR_AMBIGUOUS ? CORRECTION_AMBIGUOUS
                                                       : CORRECTION_LOST;
        rule.start = found ? words.start : UINT32_MAX;
        rule.end = found ? words.end : UINT32_MAX;
    }
    vec_push(replay->arena, &replay->rules, rule);
    return STATUS_OK;
}

static enum status read_rules(struct replay *replay)
{
    const struct side *side = replay->side;
    struct query query;
    query_begin(&query, replay->store,
                "SELECT c.id, c.kind, c.payload, d.state FROM (SELECT id, state"
                " FROM derived_correction WHERE article <> '' AND article = ?1 UNION"
                " SELECT id, state FROM derived_correction WHERE stated <> '' AND stated = ?2) d"
                " JOIN user_name_correction c ON c.id = d.id ORDER BY c.id",
                replay->err);
    query_text(&query, side->row.path);
    query_text(&query, side->stated.len ? side->stated : STR(""));
    while (query_next(&query))
        (void)read_rule(replay, &query);
    enum status status = query_end(&query);
    int64_t any = 0;
    if (status != STATUS_OK)
        return status;
    query_begin(&query, replay->store,
                "SELECT EXISTS(SELECT 1 FROM derived_correction WHERE article = '')", replay->err);
    status = query_number(&query, 0, &any);
    replay->any_wide = any != 0;
    return status;
}

/* ---- who is who ---------------------------------------------------------------------------- */

static enum status name_of(struct replay *replay, int64_t id, struct known_name *name)
{
    struct query query;
    for (size_t i = 0; i < replay->known.count; i++)
        if (replay->known.items[i].id == id) {
            *name = replay->known.items[i];
            return STATUS_OK;
        }
    *name = (struct known_name){.id = id};
    query_begin(&query, replay->store, "SELECT kind, name FROM derived_entity WHERE id = ?1",
                replay->err);
    query_int(&query, id);
    if (query_next(&query)) {
        name->kind = (enum entity_kind)column_within(&query, 0, 0, ENTITY_KIND_COUNT - 1);
        name->name = column_str(&query, 1, replay->arena);
    }
    vec_push(replay->arena, &replay->known, *name);
    return query_end(&query);
}

enum status store_find_named(struct store *store, enum entity_kind kind, str name, int64_t *id,
                             struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT id FROM derived_entity INDEXED BY derived_entity_name"
                " WHERE kind = ?1 AND name = ?2 ORDER BY mention_count DESC, id LIMIT 1",
                err);
    query_int(&query, kind);
    query_text(&query, name.ptr ? name : STR(""));
    return query_number(&query, 0, id);
}

/* The entity that the end of a chain names; made when there is none. */
static enum status resolve(struct replay *replay, const struct link *link, int64_t *id)
{
    struct store *store = replay->store;
    struct query query;
    enum status status = store_find_named(store, link->kind, link->name, id, replay->err);
    if (status == STATUS_OK && *id == 0) {
        query_begin(&query, store,
                    "INSERT INTO derived_entity(kind, name, is_made) VALUES(?1, ?2, 1)",
                    replay->err);
        query_int(&query, link->kind);
        query_text(&query, link->name);
        status = query_run(&query);
        *id = sqlite3_last_insert_rowid(store->db);
        vec_push(NULL, &store->waiting_entities, *id);
    } else if (status == STATUS_OK && link->respelled) {
        query_begin(&query, store, "UPDATE derived_entity SET name = ?2 WHERE id = ?1",
                    replay->err);
        query_int(&query, *id);
        query_text(&query, link->name);
        status = query_run(&query);
        vec_push(NULL, &store->waiting_entities, *id);
    }
    return status;
}

/* ---- the chain of one mention -------------------------------------------------------------- */

/* The next correction that holds everywhere and speaks of the link's name. */
static enum status next_wide(struct replay *replay, const struct link *link,
                             struct correction *found)
{
    struct query query;
    *found = (struct correction){0};
    if (!replay->any_wide || link->rejected)
        return STATUS_OK;
    query_begin(&query, replay->store,
                "SELECT id, verb, to_kind, to_name FROM derived_correction"
                " INDEXED BY derived_correction_name"
                " WHERE article = '' AND kind = ?1 AND name = ?2 AND id > ?3 ORDER BY id LIMIT 1",
                replay->err);
    query_int(&query, link->kind);
    query_text(&query, link->name.len ? link->name : STR(""));
    query_int(&query, link->last);
    if (query_next(&query))
        *found = (struct correction){
            .id = column_int(&query, 0),
            .verb = (enum correction_verb)column_within(&query, 1, 0, CORRECTION_VERB_COUNT - 1),
            .to_kind = (enum entity_kind)column_within(&query, 2, 0, ENTITY_KIND_COUNT - 1),
            .to = column_str(&query, 3, replay->arena),
        };
    return query_end(&query);
}

/* Does a correction of this article speak of the link? Its words decide where it gives some; else
 * the name, or, of what the linker named, the words themselves. */
static bool rule_fits(const struct replay *replay, const struct rule *rule,
                      const struct name_span *span, const struct link *link)
{
    const struct correction *correction = &rule->correction;
    if (is_placed(rule)) {
        bool reopens = correction->verb != CORRECTION_REJECT && correction->verb != CORRECTION_ADD;
        return overlap(span->start, span->end, rule) && (!link->rejected || reopens);
    }
    if (link->rejected || correction->kind != link->kind)
        return false;
    str words = str_slice(replay->side->row.text, span->start, span->end);
    return str_equal_ascii_fold(correction->name, link->name) ||
           (link->decision == 0 && str_equal_ascii_fold(correction->name, words));
}

static struct rule *next_rule(const struct replay *replay, const struct name_span *span,
                              const struct link *link)
{
    for (size_t i = 0; i < replay->rules.count; i++) {
        struct rule *rule = &replay->rules.items[i];
        if (rule->correction.id > link->last && rule_fits(replay, rule, span, link))
            return rule;
    }
    return NULL;
}

static void take(struct link *link, const struct correction *correction)
{
    link->last = link->decision = correction->id;
    switch (correction->verb) {
    case CORRECTION_REJECT:
    case CORRECTION_ADD: /* of a mention in its way */
        link->rejected = true;
        break;
    case CORRECTION_KEEP:
        break;
    default:
        link->respelled = correction->verb == CORRECTION_RENAME &&
                          str_equal_ascii_fold(link->name, correction->to);
        link->kind = correction->to_kind;
        link->name = correction->to;
        link->rejected = false;
    }
}

static enum status follow_chain(struct replay *replay, const struct name_span *span,
                                struct link *link)
{
    for (;;) {
        struct correction wide;
        struct rule *rule = next_rule(replay, span, link);
        enum status status = next_wide(replay, link, &wide);
        if (status != STATUS_OK || (!rule && !wide.id))
            return status;
        if (rule && (!wide.id || rule->correction.id < wide.id)) {
            rule->state = CORRECTION_APPLIES;
            take(link, &rule->correction);
        } else {
            take(link, &wide);
        }
    }
}

static enum status settle(struct replay *replay, struct name_span *span, struct link *link,
                          const struct known_name *linked)
{
    enum status status = follow_chain(replay, span, link);
    span->correction = link->decision;
    if (status != STATUS_OK || link->decision == 0)
        return status;
    span->kind = link->kind;
    span->entity = linked->id;
    bool is_same = linked->id && link->kind == linked->kind && !link->respelled &&
                   str_equal_ascii_fold(link->name, linked->name);
    if (!link->rejected && !is_same)
        status = resolve(replay, link, &span->entity);
    if (link->rejected)
        vec_push(replay->arena, &replay->side->rejected, *span);
    else
        vec_push(replay->arena, &replay->side->mentions, *span);
    return status;
}

/* ---- mentions that the linker did not see -------------------------------------------------- */

static bool any_overlaps(const name_span_vec *spans, const struct rule *rule)
{
    for (size_t i = 0; i < spans->count; i++)
        if (overlap(spans->items[i].start, spans->items[i].end, rule))
            return true;
    return false;
}

/* ADD makes a mention of its words; SPLIT too, where none is left there to be split off. */
static bool makes_mention(const struct rule *rule, const name_span_vec *spans)
{
    if (!is_placed(rule) || rule->start == UINT32_MAX)
        return false;
    return rule->correction.verb == CORRECTION_ADD ||
           (rule->correction.verb == CORRECTION_SPLIT && !any_overlaps(spans, rule));
}

static enum status add_mentions(struct replay *replay, const name_span_vec *linked)
{
    static const struct known_name nobody;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < replay->rules.count && status == STATUS_OK; i++) {
        struct rule *rule = &replay->rules.items[i];
        if (!makes_mention(rule, linked))
            continue;
        const struct correction *correction = &rule->correction;
        bool is_add = correction->verb == CORRECTION_ADD;
        struct name_span span = {.start = rule->start,
                                 .end = rule->end,
                                 .confidence = 100,
                                 .rule = STR("marked by you")};
        struct link link = {.kind = is_add ? correction->kind : correction->to_kind,
                            .name = is_add ? correction->name : correction->to,
                            .last = correction->id,
                            .decision = correction->id};
        status = settle(replay, &span, &link, &nobody);
    }
    return status;
}

/* ---- the outcome --------------------------------------------------------------------------- */

static int by_start(const void *a, const void *b)
{
    const struct name_span *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return (left->correction > right->correction) - (left->correction < right->correction);
}

/* Sorted; of two that overlap the one decided later stays. What the linker saw is never forgotten:
 * it goes to the rejected ones. */
static void tidy(struct arena *arena, name_span_vec *spans, name_span_vec *rejected)
{
    size_t kept = 0;
    if (spans->count > 1)
        qsort(spans->items, spans->count, sizeof *spans->items, by_start);
    for (size_t i = 0; i < spans->count; i++) {
        struct name_span next = spans->items[i];
        struct name_span *last = kept > 0 ? &spans->items[kept - 1] : NULL;
        if (!last || next.start >= last->end) {
            spans->items[kept++] = next;
            continue;
        }
        struct name_span dropped = next;
        if (next.correction > last->correction) {
            dropped = *last;
            *last = next;
        }
        dropped.entity = dropped.linked;
        vec_push(arena, rejected, dropped);
    }
    spans->count = kept;
}

/* Of the rejected ones, those that only a correction made leave nothing to keep. */
static void drop_made(name_span_vec *rejected)
{
    size_t kept = 0;
    if (rejected->count > 1)
        qsort(rejected->items, rejected->count, sizeof *rejected->items, by_start);
    for (size_t i = 0; i < rejected->count; i++)
        if (rejected->items[i].linked)
            rejected->items[kept++] = rejected->items[i];
    rejected->count = kept;
}

/* side->linked is in order of entity. */
static const struct appearance *linked_as(const struct side *side, int64_t linked)
{
    size_t low = 0, high = side->linked.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (side->linked.items[middle].entity < linked)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < side->linked.count && side->linked.items[low].entity == linked;
    return found ? &side->linked.items[low] : NULL;
}

static void count_appearances(struct replay *replay)
{
    struct side *side = replay->side;
    side->appearances = (appearance_vec){0};
    for (size_t i = 0; i < side->mentions.count; i++) {
        const struct name_span *span = &side->mentions.items[i];
        const struct appearance *linked = linked_as(side, span->linked);
        struct appearance appearance = {.entity = span->entity,
                                        .form = linked ? linked->form : 0,
                                        .mention_count = 1,
                                        .is_person = span->kind == ENTITY_PERSON,
                                        .doubtful = linked && linked->doubtful && !span->correction,
                                        .role = linked ? linked->role : STR_NONE,
                                        .reason = linked ? linked->reason : STR_NONE};
        if (span->correction)
            appearance.reason = STR("you decided so");
        vec_push(replay->arena, &side->appearances, appearance);
    }
    join_appearances(&side->appearances);
}

static enum status note_states(struct replay *replay)
{
    struct query query;
    query_begin(&query, replay->store, "UPDATE derived_correction SET state = ?2 WHERE id = ?1",
                replay->err);
    for (size_t i = 0; i < replay->rules.count; i++) {
        const struct rule *rule = &replay->rules.items[i];
        if (rule->state == rule->kept_state)
            continue;
        query_int(&query, rule->correction.id);
        query_int(&query, rule->state);
        query_step(&query);
    }
    return query_end(&query);
}

enum status corrections_apply(struct store *store, struct arena *arena, struct side *side,
                              struct error *err)
{
    struct replay replay = {.store = store, .arena = arena, .side = side, .err = err};
    const name_span_vec linked = side->mentions;
    enum status status = read_rules(&replay);
    if (status != STATUS_OK)
        return status;
    bool any = replay.any_wide || replay.rules.count > 0;
    if (any)
        side->mentions = side->rejected = (name_span_vec){0};
    for (size_t i = 0; any && i < linked.count && status == STATUS_OK; i++) {
        struct name_span span = linked.items[i];
        struct known_name name;
        status = name_of(&replay, span.linked, &name);
        struct link link = {.kind = name.kind, .name = name.name};
        if (status == STATUS_OK)
            status = settle(&replay, &span, &link, &name);
        if (status == STATUS_OK && span.correction == 0)
            vec_push(arena, &side->mentions, span);
    }
    if (status == STATUS_OK)
        status = add_mentions(&replay, &linked);
    tidy(arena, &side->mentions, &side->rejected);
    drop_made(&side->rejected);
    count_appearances(&replay);
    return status == STATUS_OK ? note_states(&replay) : status;
}

/* ---- the rows ------------------------------------------------------------------------------ */

static bool span_equal(const struct name_span *a, const struct name_span *b)
{
    return a->start == b->start && a->end == b->end && a->entity == b->entity &&
           a->linked == b->linked && a->correction == b->correction && a->kind == b->kind;
}

/* Sorted by start, each start once. */
static bool holds(const name_span_vec *spans, const struct name_span *wanted)
{
    size_t low = 0, high = spans->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spans->items[middle].start < wanted->start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < spans->count && span_equal(&spans->items[low], wanted);
}

static enum status delete_spans(struct store *store, int64_t date_key, bool rejected,
                                const name_span_vec *old, const name_span_vec *new,
                                struct error *err)
{
    struct query query;
    query_begin(&query, store,
                rejected ? "DELETE FROM derived_rejected WHERE date_key = ?1 AND start_byte = ?2"
                         : "DELETE FROM derived_mention WHERE date_key = ?1 AND start_byte = ?2",
                err);
    for (size_t i = 0; i < old->count; i++) {
        if (holds(new, &old->items[i]))
            continue;
        query_int(&query, date_key);
        query_int(&query, old->items[i].start);
        query_step(&query);
    }
    return query_end(&query);
}

enum status corrections_write_spans(struct store *store, int64_t date_key, bool rejected,
                                    const name_span_vec *old, const name_span_vec *new,
                                    struct error *err)
{
    struct query query;
    enum status status = delete_spans(store, date_key, rejected, old, new, err);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                rejected ? "INSERT INTO derived_rejected(date_key, start_byte, end_byte, entity,"
                           " kind, confidence, rule, evidence, linked, correction)"
                           " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
                         : "INSERT INTO derived_mention(date_key, start_byte, end_byte, entity,"
                           " kind, confidence, rule, evidence, linked, correction)"
                           " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                err);
    for (size_t i = 0; i < new->count; i++) {
        const struct name_span *span = &new->items[i];
        if (holds(old, span))
            continue;
        query_int(&query, date_key);
        query_int(&query, span->start);
        query_int(&query, span->end);
        query_int(&query, span->entity);
        query_int(&query, span->kind);
        query_int(&query, span->confidence);
        query_text(&query, span->rule);
        query_text(&query, span->evidence);
        if (span->linked == span->entity && !rejected)
            query_null(&query);
        else
            query_int(&query, span->linked);
        query_id(&query, span->correction);
        query_step(&query);
    }
    return query_end(&query);
}

static bool is_corrected(const struct side *side)
{
    bool found = side->rejected.count > 0;
    for (size_t i = 0; i < side->mentions.count && !found; i++)
        found = side->mentions.items[i].correction != 0;
    return found;
}

enum status corrections_write_linked(struct store *store, const struct side *side,
                                     struct error *err)
{
    struct query query;
    if (!is_corrected(side))
        return STATUS_OK;
    query_begin(&query, store,
                "INSERT INTO derived_linked(date_key, entity, is_doubtful, role, reason, form)"
                " VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
                err);
    for (size_t i = 0; i < side->linked.count; i++) {
        const struct appearance *linked = &side->linked.items[i];
        query_int(&query, side->row.date_key);
        query_int(&query, linked->entity);
        query_int(&query, linked->doubtful);
        query_text(&query, linked->role);
        query_text(&query, linked->reason);
        query_id(&query, linked->form);
        query_step(&query);
    }
    return query_end(&query);
}
