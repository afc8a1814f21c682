/* The target: what n and N walk, and where one stands on it. */
#include "app/label.h"
#include "app/query.h"
#include "app/session.h"
#include "text/width.h"

/* The label of the target is cut to the first, and further, to the second, where the numbers need
 * the room. */
enum { LABEL_COLUMNS = 28, LABEL_LEAST_COLUMNS = 8 };

static struct current_target *begin(struct session *session, enum target_kind kind)
{
    struct current_target *current = &session->target;
    arena_reset(&current->arena);
    current->target = (struct target){.kind = kind};
    current->place = (struct target_place){0};
    current->position = (struct target_position){0};
    current->position_known = false;
    session->status_stale = session->status_due = true;
    return current;
}

void session_target_entity(struct session *session, int64_t entity, str name)
{
    struct arena scratch = {0};
    str kept = arena_str(&scratch, name); /* `name` may lie in the target's own arena */
    struct current_target *current = begin(session, TARGET_ENTITY);
    current->target.entity = entity;
    current->target.label = arena_str(&current->arena, kept);
    arena_done(&scratch);
}

void session_target_days(struct session *session, day first, day last, str label)
{
    struct current_target *current = begin(session, TARGET_DAYS);
    current->target.first = first;
    current->target.last = last;
    current->target.label = arena_str(&current->arena, label);
}

bool session_target_search(struct session *session, str text)
{
    struct arena scratch = {0};
    struct search_query tried;
    struct error err = {0};
    bool fits =
        session_check(session, query_parse(&scratch, text, QUERY_SEARCH, &tried, NULL, &err), &err);
    if (fits) {
        struct current_target *current = begin(session, TARGET_SEARCH);
        str kept = arena_str(&current->arena, text);
        /* It parsed a moment ago. */
        fits = query_parse(&current->arena, kept, QUERY_SEARCH, &current->search, NULL, &err) ==
               STATUS_OK;
        current->target.search = &current->search;
        current->target.label = kept;
    }
    arena_done(&scratch);
    return fits;
}

void session_target_bookmarks(struct session *session)
{
    begin(session, TARGET_BOOKMARKS)->target.label = STR("bookmarks");
}

void session_target_here(struct session *session, const struct target_place *place)
{
    struct current_target *current = &session->target;
    current->place = *place;
    /* A search is counted in articles: another place in the same one changes nothing. */
    if (current->target.kind != TARGET_SEARCH || place->article != current->counted.article)
        current->position_known = false;
}

/* True when the position known is that of a place from which a step leads to the next number. */
static bool is_counted(const struct current_target *current, const struct target_place *place)
{
    const struct target_place *counted = &current->counted;
    if (!current->position_known || !current->position.index || place->article != counted->article)
        return false;
    return current->target.kind == TARGET_SEARCH ||
           (current->target.kind == TARGET_ENTITY && place->start == counted->start &&
            place->end == counted->end);
}

/* After a step from a counted place: counting anew would cost all places of the target. */
static void step_position(struct current_target *current, const struct target_place *to,
                          bool backward, bool wrapped)
{
    struct target_position *position = &current->position;
    int by = backward ? -1 : 1;
    position->article_index += to->article != current->counted.article ? by : 0;
    position->index += by;
    if (wrapped) {
        position->index = backward ? position->count : 1;
        position->article_index = backward ? position->article_count : 1;
    }
    current->counted = *to;
    current->position_known = position->index >= 1 && position->index <= position->count &&
                              position->article_index >= 1 &&
                              position->article_index <= position->article_count;
}

enum outcome session_next_hit(struct session *session, bool backward)
{
    struct current_target *current = &session->target;
    if (current->target.kind == TARGET_NONE) {
        session_say(session, "no target yet: * on a name, or / to search");
        return OUTCOME_REDRAW;
    }
    struct place here = session_here(session);
    struct target_place from = current->place;
    if (here.pane == PANE_READER && from.article != here.article)
        from = (struct target_place){here.article, here.offset, here.offset};
    struct arena scratch = {0};
    struct target_place to = {0};
    bool wrapped = false;
    struct error err = {0};
    enum status status = store_walk_target(session->store, &scratch, &current->target, &from,
                                           backward, &to, &wrapped, &err);
    arena_done(&scratch);
    if (status == STATUS_NOT_FOUND) {
        session_say(session, "%.*s: nothing found", STR_ARG(current->target.label));
        return OUTCOME_REDRAW;
    }
    if (!session_check(session, status, &err))
        return OUTCOME_REDRAW;
    bool counted = is_counted(current, &from);
    session_target_here(session, &to);
    if (counted)
        step_position(current, &to, backward, wrapped);
    current->backward = backward;
    struct place place = {.pane = PANE_READER, .article = to.article, .offset = to.start};
    bool jump = here.pane != PANE_READER || here.article != to.article;
    if ((jump ? session_go : session_show)(session, &place) && wrapped)
        session_say(session, backward ? "began again at the end" : "began again at the start");
    return OUTCOME_REDRAW;
}

void session_target_count(struct session *session)
{
    struct current_target *current = &session->target;
    struct error err = {0};
    current->position_known = true;
    current->counted = current->place;
    if (store_target_position(session->store, &current->target, &current->place, &current->position,
                              &err) != STATUS_OK)
        current->position = (struct target_position){0};
}

static void add_position(const struct current_target *current, struct buf *out)
{
    const struct target_position *at = &current->position;
    bool matches = current->target.kind == TARGET_SEARCH;
    if (at->index)
        buf_format(out, " %lld/", (long long)at->index);
    else if (at->count)
        buf_add_byte(out, ' ');
    if (at->count)
        label_count(out, at->count, matches);
    if (at->article_index) {
        buf_format(out, " · article %lld/", (long long)at->article_index);
        label_count(out, at->article_count, matches);
    }
}

void session_target_label(const struct session *session, int columns, struct buf *out)
{
    const struct current_target *current = &session->target;
    if (current->target.kind == TARGET_NONE)
        return;
    struct buf position = BUF_INIT;
    add_position(current, &position);
    int room = columns - width_columns(buf_str(&position)) - 1;
    room = room > LABEL_COLUMNS ? LABEL_COLUMNS : room;
    room = room < LABEL_LEAST_COLUMNS ? LABEL_LEAST_COLUMNS : room;
    int used = 0;
    str label = width_clip(current->target.label, room, &used);
    buf_add(out, label);
    if (label.len < current->target.label.len)
        buf_add(out, STR("…"));
    buf_add(out, buf_str(&position));
    buf_done(&position);
}
