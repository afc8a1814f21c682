/* The watch list: pinning what could be the target, and going to the places of what is pinned. */
#include "app/label.h"
#include "app/session.h"

void session_read_watches(struct session *session)
{
    struct error err = {0};
    session_check(session, watch_list_read(&session->watches, session->store, &err), &err);
}

/* ---- pinning ------------------------------------------------------------------------------- */

static str query_of(const struct target *target)
{
    return target->kind == TARGET_SEARCH ? target->label : STR_NONE;
}

/* Sets the target aside, so that the pane on the screen makes another. */
static struct current_target put_aside(struct session *session)
{
    struct current_target kept = session->target;
    session->target = (struct current_target){0};
    return kept;
}

/* The search of a target lies beside it and moves with it. */
static void take_back(struct session *session, struct current_target *kept)
{
    arena_done(&session->target.arena);
    session->target = *kept;
    if (session->target.target.kind == TARGET_SEARCH)
        session->target.target.search = &session->target.search;
}

static void pin(struct session *session, const struct target *target, int slot)
{
    struct arena scratch = {0};
    struct error err = {0};
    str label = arena_str(&scratch, target->label);
    if (session_check(
            session,
            store_put_watch(session->store, target, query_of(target), &slot, session_now(), &err),
            &err)) {
        session_changed(session);
        str walk = arena_format(&scratch, "{next-watch %d} and {previous-watch %d}", slot, slot);
        struct buf keys = BUF_INIT;
        session_add_hint(session, &keys, walk);
        session_say(session,
                    "pinned as %d: %.*s; %s walk it, {go watch} lists, {undo} takes it back", slot,
                    STR_ARG(label), buf_c(&keys));
        buf_done(&keys);
    } else {
        session_reload(session); /* the pane showed the target that was to be pinned */
    }
    arena_done(&scratch);
}

static void unpin(struct session *session, int slot)
{
    const struct watch_row *row = watch_list_find(&session->watches, slot);
    struct arena scratch = {0};
    struct error err = {0};
    str label = arena_str(&scratch, row ? row->target.label : STR_NONE);
    if (session_check(session, store_delete_watch(session->store, slot, session_now(), &err),
                      &err)) {
        session_changed(session);
        session_say(session, "unpinned: %.*s; {undo} pins it again", STR_ARG(label));
    }
    arena_done(&scratch);
}

static void toggle(struct session *session, const struct target *target, int slot)
{
    const struct watch_list *list = &session->watches;
    int taken = watch_slot_of(list->rows, list->count, target, query_of(target));
    if (taken)
        unpin(session, taken);
    else
        pin(session, target, slot);
}

/* The slot that is asked for, 0 for the next free one; false with a message. */
static bool read_slot(struct session *session, str argument, int *slot)
{
    int64_t number = 0;
    if (argument.len && (!str_to_int(argument, &number) || number < 1 || number > WATCH_LIMIT)) {
        session_complain(session, "pin: a number from 1 to %d, or none for the next free one",
                         WATCH_LIMIT);
        return false;
    }
    *slot = (int)number;
    return session_can_write(session);
}

enum outcome session_pin_target(struct session *session, str argument)
{
    const struct target *target = &session->target.target;
    int slot;
    if (!read_slot(session, argument, &slot))
        return OUTCOME_REDRAW;
    if (target->kind == TARGET_NONE)
        session_say(
            session,
            "nothing to pin here: go to a name or a date with {next-mark any}, or {search} first");
    else
        toggle(session, target, slot);
    return OUTCOME_REDRAW;
}

/* What * would make the target here; where that is nothing, the target there is. */
enum outcome session_pin(struct session *session, void *state, str argument)
{
    int slot;
    (void)state;
    if (!read_slot(session, argument, &slot))
        return OUTCOME_REDRAW;
    struct current_target kept = put_aside(session);
    session_run_line(session, STR("make-target"));
    struct current_target made = put_aside(session);
    take_back(session, &kept);
    if (made.target.kind == TARGET_NONE)
        return session_pin_target(session, argument);
    if (made.target.kind == TARGET_SEARCH)
        made.target.search = &made.search;
    toggle(session, &made.target, slot);
    arena_done(&made.arena);
    return OUTCOME_REDRAW;
}

/* ---- walking ------------------------------------------------------------------------------- */

void session_target_watch(struct session *session, const struct watch_row *row)
{
    const struct target *target = &row->target;
    switch (target->kind) {
    case TARGET_ENTITY:
        session_target_entity(session, target->entities[0], target->label);
        session->target.target.entity_count = target->entity_count;
        for (size_t i = 0; i < target->entity_count; i++)
            session->target.target.entities[i] = target->entities[i];
        break;
    case TARGET_DAYS:
        session_target_days(session, target->first, target->last, target->label);
        break;
    case TARGET_SEARCH:
        session_target_search(session, row->query);
        break;
    case TARGET_BOOKMARKS:
        session_target_bookmarks(session);
        break;
    case TARGET_TAG:
        session_target_tag(session, target->tag);
        break;
    case TARGET_NONE:
    case TARGET_KIND_COUNT:
        break;
    }
}

struct place session_watch_place(const struct watch_row *row)
{
    const struct target *target = &row->target;
    if (target->kind == TARGET_ENTITY && target->entity_count == 1)
        return (struct place){.pane = PANE_PERSON, .entity = target->entities[0]};
    if (target->kind == TARGET_DAYS && target->first != DAY_UNKNOWN)
        return (struct place){.pane = PANE_TIMELINE, .has_day = true, .day = target->first};
    return (struct place){.pane = target->kind == TARGET_BOOKMARKS ? PANE_BOOKMARKS : PANE_WATCH};
}

/* It becomes the target, unless it is already; then as n or N. */
static enum outcome walk(struct session *session, str argument, const char *step)
{
    int64_t slot = 0;
    const struct watch_row *row =
        str_to_int(argument, &slot) ? watch_list_find(&session->watches, slot) : NULL;
    if (!row) {
        session_say(session, "nothing is pinned as %.*s; {pin} pins what is selected or marked",
                    STR_ARG(argument));
        return OUTCOME_REDRAW;
    }
    const struct target *current = &session->target.target;
    if (watch_slot_of(row, 1, current, query_of(current)) != row->slot) {
        struct target_place from = session->target.place; /* on from where one is */
        session_target_watch(session, row);
        if (from.end)
            session_target_here(session, &from);
    }
    session_run_line(session, str_from(step));
    return OUTCOME_REDRAW;
}

enum outcome session_next_watch(struct session *session, void *state, str argument)
{
    (void)state;
    return walk(session, argument, "next-hit");
}

enum outcome session_previous_watch(struct session *session, void *state, str argument)
{
    (void)state;
    return walk(session, argument, "previous-hit");
}
