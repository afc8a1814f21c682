#include "app/name_choice.h"

#include "app/session.h"

void name_choice_add(struct name_choices *choices, str name, const struct name_place *place)
{
    for (size_t i = 0; i < choices->items.count; i++)
        if (choices->items.items[i].place.entity == place->entity)
            return;
    vec_push(&choices->arena, &choices->items,
             (struct name_choice){arena_str(&choices->arena, name), *place});
}

/* ---- of an article ------------------------------------------------------------------------- */

static void add_fitting(struct session *session, struct name_choices *choices, int64_t article,
                        uint32_t start, uint32_t end, str words)
{
    struct arena scratch = {0};
    struct stored_article read = {0};
    struct error err = {0};
    if (article &&
        session_check(session, store_get_article(session->store, &scratch, article, &read, &err),
                      &err))
        for (size_t i = 0; i < read.mention_count; i++) {
            const struct stored_mention *m = &read.mentions[i];
            const struct name_place place = {m->entity, article, m->mention.start, m->mention.end};
            str own = str_slice(read.article.text, place.start, place.end);
            if (place.start >= start && place.end <= end &&
                (!words.ptr || str_find(words, own, 0) != STR_MISSING))
                name_choice_add(choices, m->name, &place);
        }
    arena_done(&scratch);
}

void name_choice_add_range(struct session *session, struct name_choices *choices, int64_t article,
                           uint32_t start, uint32_t end)
{
    add_fitting(session, choices, article, start, end, STR_NONE);
}

void name_choice_add_words(struct session *session, struct name_choices *choices, int64_t article,
                           str words)
{
    if (words.len)
        add_fitting(session, choices, article, 0, UINT32_MAX, words);
}

/* ---- which of several ----------------------------------------------------------------------- */

/* The name, or a word of it, begins with the text. */
static bool begins(str name, str text)
{
    for (str rest = name, word; str_next_word(&rest, &word);) {
        size_t at = (size_t)(word.ptr - name.ptr);
        if (str_equal_ascii_fold(str_slice(name, at, at + text.len), text))
            return true;
    }
    return !text.len;
}

static void complete(struct session *session, str text, struct completions *completions)
{
    const struct name_choices *choices = &session->name_edit.choices;
    for (size_t i = 0; i < choices->items.count && completions->count < COMPLETION_LIMIT; i++)
        if (begins(choices->items.items[i].name, str_trim(text)))
            completions->items[completions->count++] =
                (struct completion){choices->items.items[i].name, STR_NONE};
}

/* The one of that name, else the first that begins so. */
static const struct name_choice *find(const struct name_choices *choices, str text)
{
    const struct name_choice *found = NULL;
    for (size_t i = choices->items.count; text.len && i-- > 0;) {
        const struct name_choice *choice = &choices->items.items[i];
        if (str_equal_ascii_fold(choice->name, text))
            return choice;
        if (begins(choice->name, text))
            found = choice;
    }
    return found;
}

static void accepted(struct session *session, str text)
{
    struct name_edit *edit = &session->name_edit;
    const struct name_choice *choice = find(&edit->choices, str_trim(text));
    if (!choice) {
        session_say(session, "no name of this row begins so; Tab goes through them");
        return;
    }
    struct buf line = BUF_INIT; /* the choices go when the action runs */
    buf_add(&line, edit->pending);
    edit->chosen = choice->place;
    session_run_line(session, buf_str(&line));
    edit->chosen = (struct name_place){0};
    buf_done(&line);
}

static void ask(struct session *session, enum action_id action, str argument)
{
    static const struct question question = {
        .label = "which name (Tab): ", .complete = complete, .accepted = accepted};
    struct name_edit *edit = &session->name_edit;
    edit->pending =
        arena_format(&edit->choices.arena, "%s %.*s", actions[action].name, STR_ARG(argument));
    session_ask(session, &question, STR_NONE);
}

bool name_choice_take(struct session *session, enum action_id action, str argument,
                      struct name_place *place)
{
    struct name_edit *edit = &session->name_edit;
    const struct pane_class *class = panes[session_pane(session)].class;
    void *state = session_pane_state(session, session_pane(session));
    *place = edit->chosen;
    if (place->entity || (class->name && class->name(session, state, place)))
        return true;
    arena_reset(&edit->choices.arena);
    edit->choices.items.items = NULL;
    edit->choices.items.count = edit->choices.items.capacity = 0;
    if (class->names)
        class->names(session, state, &edit->choices);
    if (edit->choices.items.count == 1)
        *place = edit->choices.items.items[0].place;
    else if (edit->choices.items.count > 1)
        ask(session, action, argument);
    else
        session_say(session,
                    "no name is selected here; in the text {next-mark person} goes to one");
    return edit->choices.items.count == 1;
}
