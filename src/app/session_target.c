/* The target: what n and N walk, and where one stands on it. */
#include "app/label.h"
#include "app/query.h"
#include "app/reader.h"
#include "app/session.h"
#include "text/width.h"

/* The label of the target is cut to the first, and further, to the second, where the numbers need
 * the room. */
enum { LABEL_COLUMNS = 28, LABEL_LEAST_COLUMNS = 8, LABEL_BRIEF_COLUMNS = 4 };

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
    current->target.entities[0] = entity;
    current->target.entity_count = 1;
    current->target.label = arena_str(&current->arena, kept);
    arena_done(&scratch);
}

bool session_target_add_entity(struct session *session, int64_t entity, str name)
{
    struct current_target *current = &session->target;
    struct target *target = &current->target;
    if (target->kind != TARGET_ENTITY) {
        session_target_entity(session, entity, name);
        return true;
    }
    if (target->entity_count == TARGET_ENTITY_LIMIT || target_has_entity(target, entity))
        return false;
    target->entities[target->entity_count++] = entity;
    target->label =
        arena_format(&current->arena, "%.*s + %.*s", STR_ARG(target->label), STR_ARG(name));
    current->position_known = false;
    session->status_stale = session->status_due = true;
    return true;
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

void session_target_tag(struct session *session, str tag)
{
    struct arena scratch = {0};
    str kept = arena_str(&scratch, tag);
    struct current_target *current = begin(session, TARGET_TAG);
    current->target.tag = arena_str(&current->arena, kept);
    current->target.label = arena_format(&current->arena, "tag %.*s", STR_ARG(kept));
    arena_done(&scratch);
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

/* Names where the walk began again: the reader shows it by now. */
static void say_wrapped(struct session *session, bool is_other, bool backward)
{
    const struct reader *reader = session_pane_state(session, PANE_READER);
    const struct article *article = &reader->article.article;
    const char *list = session->list_query.search ? "filtered list" : "list";
    str title = label_title(article->title, article->path);
    if (!is_other)
        session_say(session, "again from the %s of this article: no other one in the %s has it",
                    backward ? "end" : "top", list);
    else
        session_say(session, "past the %s of the %s: again from its %s, %.*s",
                    backward ? "top" : "end", list, backward ? "end" : "top", STR_ARG(title));
}

/* Only in the text the rest of an article is walked that the list does not let through. */
static void leave_unlisted(struct session *session, struct target_place *from, bool backward)
{
    const struct target_position *position = &session->target.position;
    if (!session->target.position_known)
        session_target_count(session);
    if (from->article && !position->article_index && !position->is_capped)
        from->start = from->end = backward ? 0 : UINT32_MAX;
}

static void say_nothing_found(struct session *session)
{
    const struct target *target = &session->target.target;
    const char *list = session->list_query.search ? "the filtered list" : "the dossier";
    if (target->kind == TARGET_BOOKMARKS)
        session_say(session,
                    "no bookmark in %s; {select} selects a passage in a text, {bookmark} keeps it",
                    list);
    else
        session_say(session, "%.*s: nowhere in %s; {search} searches for something else",
                    STR_ARG(target->label), list);
}

enum outcome session_next_hit(struct session *session, bool backward)
{
    struct current_target *current = &session->target;
    if (current->target.kind == TARGET_NONE) {
        session_say(session, "no target yet: {make-target} on a name, or {search} to search");
        return OUTCOME_REDRAW;
    }
    struct place here = session_here(session);
    struct target_place from = current->place;
    if (here.pane == PANE_READER && from.article != here.article)
        from = (struct target_place){here.article, here.offset, here.offset};
    if (here.pane != PANE_READER)
        leave_unlisted(session, &from, backward);
    struct target_place to = {0};
    bool wrapped = false;
    struct error err = {0};
    enum status status = store_walk_target(session->store, &current->target, &session->list_query,
                                           &from, backward, &to, &wrapped, &err);
    if (status == STATUS_NOT_FOUND) {
        say_nothing_found(session);
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
        say_wrapped(session, jump, backward);
    return OUTCOME_REDRAW;
}

void session_target_count(struct session *session)
{
    struct current_target *current = &session->target;
    struct error err = {0};
    current->position_known = true;
    current->counted = current->place;
    if (store_target_position(session->store, &current->target, &session->list_query,
                              &current->place, &current->position, &err) != STATUS_OK)
        current->position = (struct target_position){0};
}

/* " 7/62 · article 2/5", or where there is little room " 7/62 · 2/5". A search is counted in
 * articles alone: " · article 2/5". */
static void add_position(const struct current_target *current, bool brief, struct buf *out)
{
    const struct target_position *at = &current->position;
    const char *more = at->is_capped ? "+" : "", *noun = brief ? "" : "article ";
    bool in_articles = current->target.kind == TARGET_SEARCH;
    if (at->index && !in_articles)
        buf_format(out, " %lld/%lld%s", (long long)at->index, (long long)at->count, more);
    else if (at->count && !at->index)
        buf_format(out, " %lld%s", (long long)at->count, more);
    if (at->article_index)
        buf_format(out, " · %s%lld/%lld", noun, (long long)at->article_index,
                   (long long)at->article_count);
}

void session_target_label(const struct session *session, int columns, struct buf *out)
{
    const struct current_target *current = &session->target;
    if (current->target.kind == TARGET_NONE)
        return;
    struct buf position = BUF_INIT;
    add_position(current, false, &position);
    int room = columns - width_columns(buf_str(&position)) - 1, least = LABEL_LEAST_COLUMNS;
    if (room < LABEL_LEAST_COLUMNS) {
        buf_clear(&position);
        add_position(current, true, &position);
        room = columns - width_columns(buf_str(&position)) - 1;
        least = LABEL_BRIEF_COLUMNS;
    }
    room = room > LABEL_COLUMNS ? LABEL_COLUMNS : room;
    room = room < least ? least : room;
    int used = 0;
    str label = width_clip(current->target.label, room, &used);
    buf_add(out, label);
    if (label.len < current->target.label.len)
        buf_add(out, STR("…"));
    buf_add(out, buf_str(&position));
    buf_done(&position);
}
