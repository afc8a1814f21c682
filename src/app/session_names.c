/* Corrections of names, from every pane in which one can be selected. */
#include "app/reader.h"
#include "app/session.h"
#include "text/width.h"

/* ---- completing names ---------------------------------------------------------------------- */

static void list_names(struct session *session, enum entity_kind kind, str text, int64_t besides,
                       struct completions *completions)
{
    const struct entity_row *rows = NULL;
    size_t count = 0;
    struct error err = {0};
    struct entity_query query = {.kind = kind, .search = SEARCH_HEAD_WORDS(str_trim(text))};
    struct page_request request = {.limit = COMPLETION_LIMIT + 1};
    if (!str_trim(text).len)
        query.search = NULL;
    if (store_list_entities(session->store, &completions->arena, &query, &request, &rows, &count,
                            &err) != STATUS_OK)
        return;
    for (size_t i = 0; i < count && completions->count < COMPLETION_LIMIT; i++) {
        const struct entity_row *row = &rows[i];
        if (row->id == besides)
            continue;
        str remark = arena_format(&completions->arena, "%u mentions%s%.*s", row->mention_count,
                                  row->role.len ? ", " : "", STR_ARG(row->role));
        completions->items[completions->count++] = (struct completion){row->name, remark};
    }
}

void session_list_names(struct session *session, enum entity_kind kind, str text,
                        struct completions *completions)
{
    list_names(session, kind, text, 0, completions);
}

void session_complete_names(struct session *session, enum entity_kind kind, str text,
                            struct completions *completions)
{
    if (str_trim(text).len)
        list_names(session, kind, text, session->name_edit.place.entity, completions);
}

/* Before anything is typed: those that have the very words of the name. */
static void complete_same_kind(struct session *session, str text, struct completions *completions)
{
    const struct correction *correction = &session->name_edit.correction;
    session_complete_names(session, correction->kind, text.len ? text : correction->name,
                           completions);
}

/* ---- making one ---------------------------------------------------------------------------- */

/* Panes and the target go with the name that they show. */
static void follow_name(struct session *session, const struct correction *correction)
{
    int64_t now = 0;
    struct error err = {0};
    enum correction_verb verb = correction->verb;
    bool moves = verb == CORRECTION_MERGE || verb == CORRECTION_RENAME ||
                 (verb == CORRECTION_RETYPE && !correction->article.len);
    if (!moves || !session_check(session,
                                 store_find_named(session->store, correction->to_kind,
                                                  correction->to, &now, &err),
                                 &err))
        return;
    struct target *target = &session->target.target;
    if (now && target->kind == TARGET_ENTITY && target->entity_count == 1 &&
        target->entities[0] == session->name_edit.place.entity) {
        struct target_place place = session->target.place;
        session_target_entity(session, now, correction->to);
        session_target_here(session, &place);
    }
    struct place row = {.pane = PANE_PEOPLE, .entity = now};
    if (now && verb != CORRECTION_RETYPE && session_pane(session) == PANE_PEOPLE)
        session_show(session, &row);
}

void session_put_correction(struct session *session, struct correction *correction)
{
    static const char *const done[CORRECTION_VERB_COUNT] = {
        [CORRECTION_MERGE] = "merged",
        [CORRECTION_SPLIT] = "split off",
        [CORRECTION_RENAME] = "renamed",
        [CORRECTION_RETYPE] = "type changed",
        [CORRECTION_REJECT] = "no name any more",
        [CORRECTION_ADD] = "added",
        [CORRECTION_KEEP] = "kept as somebody of their own",
    };
    enum correction_verb verb = correction->verb;
    bool is_new = false;
    struct error err = {0};
    if (!session_check(
            session, store_put_correction(session->store, correction, session_now(), &is_new, &err),
            &err))
        return;
    follow_name(session, correction);
    session_changed(session);
    str to = verb == CORRECTION_RETYPE ? str_from(entity_kind_name(correction->to_kind))
                                       : correction->to;
    if (is_new)
        session_say(session, "%s: %.*s%s%.*s; {undo} takes it back", done[verb],
                    STR_ARG(correction->name), to.len ? " → " : "", STR_ARG(to));
    else
        session_say(session,
                    "that was said before; {go overview} shows corrections that do not apply");
}

/* ---- which name ---------------------------------------------------------------------------- */

enum scope { SCOPE_HERE, SCOPE_ARTICLE, SCOPE_EVERYWHERE, SCOPE_KIND_COUNT };

/* Begins a correction of the name that is meant; false with a message, or with a question. */
static bool begin(struct session *session, enum action_id action, str argument,
                  enum correction_verb verb)
{
    struct name_edit *edit = &session->name_edit;
    struct entity_row entity;
    struct error err = {0};
    arena_reset(&edit->arena);
    edit->place = (struct name_place){0};
    edit->correction = (struct correction){.verb = verb};
    if (!session_can_write(session) || !name_choice_take(session, action, argument, &edit->place) ||
        !session_check(
            session,
            store_get_entity(session->store, &edit->arena, edit->place.entity, &entity, &err),
            &err))
        return false;
    edit->correction.kind = edit->correction.to_kind = entity.kind;
    edit->correction.name = entity.name;
    return true;
}

/* Where the correction holds; false with a message when no mention is selected. */
static bool set_scope(struct session *session, enum scope scope)
{
    struct name_edit *edit = &session->name_edit;
    const struct name_place *place = &edit->place;
    struct error err = {0};
    if (scope == SCOPE_EVERYWHERE)
        return true;
    if (!place->article) {
        session_say(session, "which mention? {open} lists them: there, or in the text");
        return false;
    }
    bool here = scope == SCOPE_HERE;
    if (here && place->end <= place->start) {
        session_say(
            session,
            "which mention? {open} lists them, and {next-mark person} in the text goes to each");
        return false;
    }
    return session_check(session,
                         store_locate(session->store, &edit->arena, place->article,
                                      here ? place->start : 0, here ? place->end : 0,
                                      &edit->correction, &err),
                         &err);
}

static int scope_of(str word)
{
    static const char *const names[SCOPE_KIND_COUNT] = {"here", "article", "everywhere"};
    for (int i = 0; i < SCOPE_KIND_COUNT; i++)
        if (str_equal(word, str_from(names[i])))
            return i;
    return -1;
}

static int kind_of(str word)
{
    for (int i = 0; i < ENTITY_KIND_COUNT; i++)
        if (str_equal(word, str_from(entity_kind_name((enum entity_kind)i))))
            return i;
    return -1;
}

/* ---- merge, rename, split ------------------------------------------------------------------ */

/* The answer becomes the other name: that of the entity which bears it, where one does. */
static bool take_other(struct session *session, str text, int64_t *id)
{
    struct name_edit *edit = &session->name_edit;
    struct entity_row row;
    struct error err = {0};
    text = str_trim(text);
    *id = 0;
    if (!text.len ||
        !session_check(session,
                       store_find_named(session->store, edit->correction.to_kind, text, id, &err),
                       &err))
        return false;
    edit->correction.to = arena_str(&edit->arena, text);
    if (*id && session_check(session,
                             store_get_entity(session->store, &edit->arena, *id, &row, &err), &err))
        edit->correction.to = row.name;
    return true;
}

static void merge_accepted(struct session *session, str text)
{
    struct correction *correction = &session->name_edit.correction;
    int64_t other;
    if (!take_other(session, text, &other))
        return;
    if (!other)
        session_complain(session,
                         "nobody is called %.*s; Tab completes a name, {rename-name} renames",
                         STR_ARG(correction->to));
    else if (other == session->name_edit.place.entity)
        session_say(session, "that is the same one");
    else
        session_put_correction(session, correction);
}

static void rename_accepted(struct session *session, str text)
{
    struct name_edit *edit = &session->name_edit;
    int64_t other;
    if (!take_other(session, text, &other))
        return;
    if (other && other != edit->place.entity) {
        session_complain(session, "there is a %.*s already; {merge-name} merges into it",
                         STR_ARG(edit->correction.to));
        return;
    }
    edit->correction.to = arena_str(&edit->arena, str_trim(text));
    if (str_equal(edit->correction.to, edit->correction.name))
        session_say(session, "the name is that already");
    else
        session_put_correction(session, &edit->correction);
}

static void split_accepted(struct session *session, str text)
{
    struct name_edit *edit = &session->name_edit;
    int64_t other;
    if (!take_other(session, text, &other))
        return;
    if (other == edit->place.entity)
        session_say(session, "it is that one already; give another name");
    else
        session_put_correction(session, &edit->correction);
}

static enum outcome ask_name(struct session *session, const char *label, str initial, str argument,
                             void (*accepted)(struct session *, str))
{
    struct question question = {
        .label = label, .complete = complete_same_kind, .accepted = accepted};
    if (argument.len)
        accepted(session, argument);
    else
        session_ask(session, &question, initial);
    return OUTCOME_REDRAW;
}

/* "merge Marlow into: ", or where there is no room for a long name beside the answer `brief`. */
static const char *label_of(struct session *session, const char *before, const char *after,
                            const char *brief)
{
    enum { NAME_COLUMNS = 16 };
    str name = session->name_edit.correction.name;
    bool is_long = terminal_columns(session->terminal) < 4 * NAME_COLUMNS &&
                   width_columns(name) > NAME_COLUMNS / 2;
    return is_long
               ? brief
               : arena_format(&session->name_edit.arena, "%s %.*s %s", before, STR_ARG(name), after)
                     .ptr;
}

static enum outcome merge_name(struct session *session, void *state, str argument)
{
    (void)state;
    if (!begin(session, ACTION_MERGE_NAME, argument, CORRECTION_MERGE))
        return OUTCOME_REDRAW;
    return ask_name(session, label_of(session, "merge", "into: ", "merge into: "), STR_NONE,
                    argument, merge_accepted);
}

static enum outcome rename_name(struct session *session, void *state, str argument)
{
    (void)state;
    if (!begin(session, ACTION_RENAME_NAME, argument, CORRECTION_RENAME))
        return OUTCOME_REDRAW;
    return ask_name(session, "new name: ", session->name_edit.correction.name, argument,
                    rename_accepted);
}

static enum outcome split_name(struct session *session, void *state, str argument)
{
    (void)state;
    int scope = scope_of(argument.len ? argument : STR("here"));
    if (scope < 0 || scope == SCOPE_EVERYWHERE) {
        session_complain(session, "split-name: here or article");
        return OUTCOME_REDRAW;
    }
    if (!begin(session, ACTION_SPLIT_NAME, argument, CORRECTION_SPLIT) ||
        !set_scope(session, (enum scope)scope))
        return OUTCOME_REDRAW;
    const char *label = scope == SCOPE_HERE ? label_of(session, "here", "is: ", "this mention is: ")
                                            : label_of(session, "in this article",
                                                       "is: ", "in this article it is: ");
    return ask_name(session, label, STR_NONE, STR_NONE, split_accepted);
}

/* ---- retype, reject, keep ------------------------------------------------------------------ */

static enum outcome retype_name(struct session *session, void *state, str argument)
{
    (void)state;
    int kind = kind_of(argument);
    if (kind < 0) {
        session_complain(session, "retype-name: person, place or organisation");
        return OUTCOME_REDRAW;
    }
    if (!begin(session, ACTION_RETYPE_NAME, argument, CORRECTION_RETYPE))
        return OUTCOME_REDRAW;
    struct correction *correction = &session->name_edit.correction;
    correction->to_kind = (enum entity_kind)kind;
    correction->to = correction->name;
    if (correction->kind == correction->to_kind)
        session_say(session, "it is a%s %s already", kind == ENTITY_ORGANISATION ? "n" : "",
                    entity_kind_name(correction->kind));
    else
        session_put_correction(session, correction);
    return OUTCOME_REDRAW;
}

static enum outcome reject_name(struct session *session, void *state, str argument)
{
    (void)state;
    int scope = scope_of(argument);
    if (scope < 0)
        session_complain(session, "reject-name: here, article or everywhere");
    else if (begin(session, ACTION_REJECT_NAME, argument, CORRECTION_REJECT) &&
             set_scope(session, (enum scope)scope))
        session_put_correction(session, &session->name_edit.correction);
    return OUTCOME_REDRAW;
}

static enum outcome keep_name(struct session *session, void *state, str argument)
{
    (void)state;
    if (begin(session, ACTION_KEEP_NAME, argument, CORRECTION_KEEP))
        session_put_correction(session, &session->name_edit.correction);
    return OUTCOME_REDRAW;
}

/* ---- names that nothing marked ------------------------------------------------------------- */

static void add_accepted(struct session *session, str text)
{
    struct name_edit *edit = &session->name_edit;
    struct reader *reader = session_pane_state(session, PANE_READER);
    int64_t other;
    if (!take_other(session, text, &other))
        return;
    edit->correction.name = edit->correction.to;
    edit->correction.to = STR_NONE;
    edit->correction.to_kind = ENTITY_PERSON;
    reader->selecting = false;
    session_put_correction(session, &edit->correction);
}

static enum outcome add_name(struct session *session, void *state, str argument)
{
    (void)state;
    struct name_edit *edit = &session->name_edit;
    struct reader *reader = session_pane_state(session, PANE_READER);
    struct text_range passage;
    int kind = kind_of(argument);
    if (session_pane(session) != PANE_READER || !reader->selecting || kind < 0 ||
        !reader_passage(reader, &passage)) {
        session_say(session, "select the words first: {select} in the clean text, then {add-name "
                             "person}, {add-name place} or {add-name organisation}");
        return OUTCOME_REDRAW;
    }
    if (!session_can_write(session))
        return OUTCOME_REDRAW;
    arena_reset(&edit->arena);
    edit->place = (struct name_place){.article = reader->article.id,
                                      .start = reader_to_article(reader, passage.start),
                                      .end = reader_to_article(reader, passage.end)};
    edit->correction = (struct correction){
        .verb = CORRECTION_ADD, .kind = (enum entity_kind)kind, .to_kind = (enum entity_kind)kind};
    if (edit->place.end <= edit->place.start || !set_scope(session, SCOPE_HERE)) {
        session_say(session,
                    "only words of the article can be a name; {cleaning} goes to the clean text");
        return OUTCOME_REDRAW;
    }
    return ask_name(session, "these words name: ", edit->correction.quote, STR_NONE, add_accepted);
}

const struct handler session_name_handlers[] = {
    {ACTION_MERGE_NAME, merge_name},   {ACTION_SPLIT_NAME, split_name},
    {ACTION_RENAME_NAME, rename_name}, {ACTION_RETYPE_NAME, retype_name},
    {ACTION_REJECT_NAME, reject_name}, {ACTION_KEEP_NAME, keep_name},
    {ACTION_ADD_NAME, add_name},       {0, NULL},
};
