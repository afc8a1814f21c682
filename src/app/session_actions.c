/* What the session does with actions that the pane on the screen left to it. */
#include <string.h>

#include "app/label.h"
#include "app/reader.h"
#include "app/session.h"
#include "app/tags.h"
#include "text/width.h"

static enum outcome quit(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    session->leaving = true;
    return OUTCOME_DONE;
}

/* The pane below is shown as it was: its state was kept. */
static enum outcome back(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    if (session->depth < 2) {
        session_say(session, "this is the first pane; {quit} leaves");
        return OUTCOME_REDRAW;
    }
    session_keep(session);
    struct place left = session_here(session);
    session->depth--;
    enum pane_id pane = session_pane(session);
    /* J and K may have gone on in the text: the list stands where the reader stood. */
    struct place place = {.pane = pane, .article = left.article};
    session_renew(session, pane);
    if (pane == PANE_ARTICLES && left.pane == PANE_READER && left.article)
        panes[pane].class->show(session, session_pane_state(session, pane), &place);
    else
        panes[pane].class->reload(session, session_pane_state(session, pane));
    return OUTCOME_REDRAW;
}

static enum outcome close_pane(struct session *session, void *state, str argument)
{
    return session->depth < 2 ? quit(session, state, argument) : back(session, state, argument);
}

static enum outcome cancel(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    if (session->bulk.runs) {
        bulk_stop(session);
    } else if (worker_descriptor(&session->worker) >= 0) {
        worker_cancel(&session->worker);
        session_say(session, "stopping the %s", session->worker.updating ? "update" : "import");
    } else if (session->target.target.kind != TARGET_NONE) {
        arena_reset(&session->target.arena);
        session->target.target = (struct target){0};
        session->target.position = (struct target_position){0};
        enum pane_id pane = session_pane(session);
        panes[pane].class->reload(session, session_pane_state(session, pane));
    }
    return OUTCOME_REDRAW;
}

/* Of whom a card or a list of mentions is wanted: of the name that is selected. From a card one
 * goes back to the mentions of the same person, whatever line is selected. */
static int64_t wanted_name(struct session *session, int pane)
{
    enum pane_id from = session_pane(session);
    const struct pane_class *class = panes[from].class;
    struct name_place name = {0};
    if (pane == PANE_PERSON && from == PANE_CARD)
        return session_here(session).entity;
    bool is_wanted = pane == PANE_CARD || pane == PANE_PERSON;
    if (!is_wanted || !class->name ||
        !class->name(session, session_pane_state(session, from), &name))
        return 0;
    return name.entity;
}

static enum outcome go(struct session *session, void *state, str argument)
{
    (void)state;
    int pane = pane_find(argument);
    if (pane < 0) {
        struct buf names = BUF_INIT;
        for (int i = 0; i < PANE_COUNT; i++)
            buf_format(&names, " %s", panes[i].name);
        session_complain(session, "go: no pane `%.*s'; there are%s", STR_ARG(argument),
                         buf_c(&names));
        buf_done(&names);
        return OUTCOME_REDRAW;
    }
    struct place place = {.pane = (enum pane_id)pane, .entity = wanted_name(session, pane)};
    session_go(session, &place);
    return OUTCOME_REDRAW;
}

static enum outcome help(struct session *session, void *state, str argument)
{
    (void)argument;
    return go(session, state, STR("help"));
}

static enum outcome next_hit(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    return session_next_hit(session, false);
}

static enum outcome previous_hit(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    return session_next_hit(session, true);
}

/* As * in the pane on the screen, then N. */
static enum outcome make_target_back(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    session_run_line(session, STR("make-target"));
    if (session->target.target.kind != TARGET_NONE)
        session_run_line(session, STR("previous-hit"));
    return OUTCOME_REDRAW;
}

static enum outcome target_bookmarks(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    session_target_bookmarks(session);
    return session_next_hit(session, false);
}

static void tag_accepted(struct session *session, str text)
{
    text = str_trim(text);
    if (!text.len) {
        session_say(session, "no tag given; {tag} on an article tags it");
        return;
    }
    session_target_tag(session, text);
    session_next_hit(session, false);
}

/* Begins with the first tag of the article that is selected or open. */
static enum outcome target_tag(struct session *session, void *state, str argument)
{
    struct place here = session_here(session);
    struct question question = {
        .label = "tag to walk: ", .complete = session_complete_tags, .accepted = tag_accepted};
    struct arena scratch = {0};
    struct error err = {0};
    str tags = STR_NONE;
    (void)state;
    if (argument.len) {
        tag_accepted(session, argument);
        return OUTCOME_REDRAW;
    }
    if (!here.article ||
        session_check(session, store_get_tags(session->store, &scratch, here.article, &tags, &err),
                      &err))
        session_ask(session, &question, str_slice(tags, 0, str_find_byte(tags, ' ', 0)));
    arena_done(&scratch);
    return OUTCOME_REDRAW;
}

static enum outcome add_target(struct session *session, void *state, str argument)
{
    struct name_place place = {0};
    struct arena scratch = {0};
    struct entity_row row;
    struct error err = {0};
    (void)state;
    if (!name_choice_take(session, ACTION_ADD_TARGET, argument, &place))
        return OUTCOME_REDRAW;
    if (session_check(session, store_get_entity(session->store, &scratch, place.entity, &row, &err),
                      &err)) {
        if (session_target_add_entity(session, row.id, row.name))
            session_say(session, "target: %.*s", STR_ARG(session->target.target.label));
        else
            session_say(session, "%.*s is in the target already, or it is full: %d names",
                        STR_ARG(row.name), TARGET_ENTITY_LIMIT);
        session_reload(session);
    }
    arena_done(&scratch);
    return OUTCOME_REDRAW;
}

/* ---- search -------------------------------------------------------------------------------- */

static enum outcome search(struct session *session, void *state, str argument)
{
    (void)state;
    return session_search(session, argument, session_show_search);
}

/* In a pane that has none of its own. */
static enum outcome no_filter(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    session_say(session,
                "the %s pane has no filter: {search} searches all articles; {filter} filters the "
                "lists of {go articles}, {go people}, "
                "{go timeline} and {go bookmarks}",
                panes[session_pane(session)].name);
    return OUTCOME_REDRAW;
}

/* ---- articles from anywhere ---------------------------------------------------------------- */

static void say_list_ends(struct session *session, bool backward, bool unread)
{
    const char *list = session->list_query.search ? "filtered list" : "list";
    if (unread)
        session_say(session,
                    backward ? "no unread article before this one in the %s; {next-unread} looks "
                               "after it"
                             : "no unread article after this one in the %s; {previous-unread} "
                               "looks before it",
                    list);
    else
        session_say(session,
                    backward ? "this is the first article of the %s; {next-article} goes on"
                             : "this is the last article of the %s; {previous-article} goes back",
                    list);
}

static enum outcome step_article(struct session *session, bool backward, bool unread)
{
    struct place here = session_here(session);
    struct article_query query = session->list_query;
    query.unread_only = unread;
    int64_t next = 0;
    struct error err = {0};
    enum status status =
        store_neighbour_article(session->store, &query, here.article, backward, &next, &err);
    if (status == STATUS_NOT_FOUND) {
        say_list_ends(session, backward, unread);
        return OUTCOME_REDRAW;
    }
    struct place place = {.pane = PANE_READER, .article = next};
    if (session_check(session, status, &err))
        session_go(session, &place);
    return OUTCOME_REDRAW;
}

static enum outcome next_article(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    return step_article(session, false, false);
}

static enum outcome previous_article(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    return step_article(session, true, false);
}

static enum outcome next_unread(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    return step_article(session, false, true);
}

static enum outcome previous_unread(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    return step_article(session, true, true);
}

/* ---- the jump list ------------------------------------------------------------------------- */

static enum outcome jump_back(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    if (session->jump_at == 0) {
        session_say(session, "no earlier place");
        return OUTCOME_REDRAW;
    }
    struct place here = session_here(session);
    struct place to = session->jumps[--session->jump_at];
    session->jumps[session->jump_at] = here; /* the way forward */
    session_show(session, &to);
    return OUTCOME_REDRAW;
}

static enum outcome jump_forward(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    if (session->jump_at >= session->jump_count) {
        session_say(session, "no later place");
        return OUTCOME_REDRAW;
    }
    struct place here = session_here(session);
    struct place to = session->jumps[session->jump_at];
    session->jumps[session->jump_at++] = here;
    session_show(session, &to);
    return OUTCOME_REDRAW;
}

/* ---- changes ------------------------------------------------------------------------------- */

/* Steps after which the article is not what it was. */
static bool must_derive(str label)
{
    static const char *const labels[] = {"block", "outlet", "publication date"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (str_starts(label, str_from(labels[i])))
            return true;
    return false;
}

/* ": words", clipped: where a row has no room for a few of them, the message takes another. */
static void add_words(struct buf *out, str words, int columns)
{
    enum { FEW_COLUMNS = 20, ROOM_COLUMNS = 40 };
    int shown;
    str clipped = width_clip(words, columns > FEW_COLUMNS ? columns : ROOM_COLUMNS, &shown);
    size_t start = out->len + 2;
    buf_format(out, ": %.*s%s", STR_ARG(clipped), clipped.len < words.len ? "…" : "");
    for (size_t i = start; i < out->len; i++)
        if (out->ptr[i] == '\n')
            out->ptr[i] = ' ';
}

/* With what it was about, and the title of its article where that is not the one on the screen. */
static void tell_step(struct session *session, bool redo, const struct journal_step *step)
{
    enum { TITLE_COLUMNS = 40 };
    struct arena scratch = {0};
    struct buf told = BUF_INIT, where = BUF_INIT;
    struct article_row row = {0};
    struct error err = {0};
    int columns;
    bool is_here = !step->article || session_here(session).article == step->article;
    bool known = !is_here && store_find_article_row(session->store, &scratch, &session->list_query,
                                                    step->article, &row, &err) == STATUS_OK;
    str title = known ? label_title(row.title, row.site) : STR_NONE;
    str shown = width_clip(title, step->words.len ? TITLE_COLUMNS / 2 : TITLE_COLUMNS, &columns);
    if (title.len)
        buf_format(&where, ", in “%.*s%s”", STR_ARG(shown), shown.len < title.len ? "…" : "");
    buf_format(&told, "%s: %.*s", redo ? "again" : "undone", STR_ARG(step->label));
    if (step->words.len)
        add_words(&told, step->words,
                  terminal_columns(session->terminal) - width_columns(buf_str(&told)) -
                      width_columns(buf_str(&where)) - 4);
    session_say(session, "%.*s%.*s", STR_ARG(buf_str(&told)), STR_ARG(buf_str(&where)));
    buf_done(&told);
    buf_done(&where);
    arena_done(&scratch);
}

/* In the text the place comes into sight. */
static void show_step(struct session *session, const struct journal_step *step, str before)
{
    struct reader *reader = session_pane_state(session, PANE_READER);
    if (session_pane(session) != PANE_READER)
        return;
    if (must_derive(step->label))
        reader_look_at_change(reader, before);
    else if (step->has_place && (!step->article || step->article == reader->article.id))
        reader_look_at_passage(reader, &step->passage);
}

static enum outcome step_journal(struct session *session, bool redo)
{
    if (!session_can_write(session))
        return OUTCOME_REDRAW;
    bulk_stop(session);
    struct arena scratch = {0};
    struct journal_step step;
    struct error err = {0};
    enum status status = (redo ? store_redo : store_undo)(session->store, &scratch, &step, &err);
    if (status == STATUS_NOT_FOUND) {
        session_say(session, redo ? "nothing to do again" : "nothing to undo");
    } else if (session_check(session, status, &err)) {
        const struct pipeline *pipeline = NULL;
        if (must_derive(step.label) && step.article &&
            (pipeline = session_pipeline(session)) != NULL)
            session_check(session, pipeline_rederive(pipeline, session->store, step.article, &err),
                          &err);
        if (str_starts(step.label, STR("outlet")))
            session_refresh(session);
        const struct reader *reader = session_pane_state(session, PANE_READER);
        str before = arena_str(&scratch, reader->article.article.text);
        session_changed(session);
        show_step(session, &step, before);
        tell_step(session, redo, &step);
    }
    arena_done(&scratch);
    return OUTCOME_REDRAW;
}

static enum outcome undo(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    return step_journal(session, false);
}

static enum outcome redo(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    return step_journal(session, true);
}

static enum outcome toggle_read(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    struct place here = session_here(session);
    if (!here.article)
        return OUTCOME_UNHANDLED;
    if (!session_can_write(session))
        return OUTCOME_REDRAW;
    struct arena scratch = {0};
    struct article_row row;
    struct error err = {0};
    enum status status = store_find_article_row(session->store, &scratch, &session->list_query,
                                                here.article, &row, &err);
    enum read_state next = row.read == READ_DONE ? READ_UNREAD : READ_DONE;
    if (status == STATUS_OK)
        status = store_set_read(session->store, here.article, next, session_now(), &err);
    arena_done(&scratch);
    if (session_check(session, status, &err)) {
        session_changed(session);
        session_say(session, next == READ_DONE ? "read" : "unread");
    }
    return OUTCOME_REDRAW;
}

static void tags_accepted(struct session *session, str text)
{
    struct place here = session_here(session);
    struct arena scratch = {0};
    struct buf tags = BUF_INIT;
    struct error err = {0};
    str now = STR_NONE; /* another session may have tagged it since the question */
    enum status status = store_get_tags(session->store, &scratch, here.article, &now, &err);
    tags_merge(&tags, now, buf_str(&session->tags_before), str_trim(text));
    if (status == STATUS_OK)
        status = store_set_tags(session->store, here.article, buf_str(&tags), session_now(), &err);
    if (session_check(session, status, &err)) {
        session_changed(session);
        session_say(session, "tagged");
    }
    buf_done(&tags);
    arena_done(&scratch);
}

static enum outcome tag(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    struct place here = session_here(session);
    if (!here.article)
        return OUTCOME_UNHANDLED;
    if (!session_can_write(session))
        return OUTCOME_REDRAW;
    struct arena scratch = {0};
    str tags = STR_NONE;
    struct error err = {0};
    struct question question = {
        .label = "tags: ", .complete = session_complete_tags, .accepted = tags_accepted};
    if (session_check(session, store_get_tags(session->store, &scratch, here.article, &tags, &err),
                      &err)) {
        buf_clear(&session->tags_before);
        buf_add(&session->tags_before, tags);
        session_ask(session, &question, tags);
    }
    arena_done(&scratch);
    return OUTCOME_REDRAW;
}

/* ---- the rest ------------------------------------------------------------------------------ */

void session_ask_command(struct session *session, str begun)
{
    static const struct question question = {.label = ":",
                                             .history = HISTORY_COMMAND,
                                             .complete = session_complete_line,
                                             .accepted = session_run_line};
    session_ask(session, &question, begun);
}

static enum outcome command(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    session_ask_command(session, STR_NONE);
    return OUTCOME_REDRAW;
}

static void setting_accepted(struct session *session, str line)
{
    const struct settings before = session->settings;
    struct error err = {0};
    str name, value = line;
    (void)str_next_word(&value, &name); /* without one there is no such setting */
    if (!session_check(session, settings_set(&session->settings, name, value, &err), &err))
        return;
    if (!session_apply_settings(session)) {
        memcpy(session->settings.texts, before.texts, sizeof before.texts);
        memcpy(session->settings.numbers, before.numbers, sizeof before.numbers);
        (void)session_apply_settings(session);
        return;
    }
    session_reload_all(session);
    session_say(session, "%.*s is %.*s until the end of this session", STR_ARG(name),
                STR_ARG(value));
}

static enum outcome set(struct session *session, void *state, str argument)
{
    (void)state;
    struct question question = {
        .label = "set: ", .complete = session_complete_setting, .accepted = setting_accepted};
    if (argument.len)
        setting_accepted(session, argument);
    else
        session_ask(session, &question, STR_NONE);
    return OUTCOME_REDRAW;
}

static enum outcome redraw(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    terminal_repaint(session->terminal);
    return OUTCOME_REDRAW;
}

static enum outcome suspend(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    terminal_suspend(session->terminal);
    return OUTCOME_REDRAW;
}

const struct handler session_handlers[] = {
    {ACTION_QUIT, quit},
    {ACTION_BACK, back},
    {ACTION_CLOSE, close_pane},
    {ACTION_CANCEL, cancel},
    {ACTION_GO, go},
    {ACTION_HELP, help},
    {ACTION_NEXT_HIT, next_hit},
    {ACTION_PREVIOUS_HIT, previous_hit},
    {ACTION_MAKE_TARGET_BACK, make_target_back},
    {ACTION_TARGET_BOOKMARKS, target_bookmarks},
    {ACTION_TARGET_TAG, target_tag},
    {ACTION_ADD_TARGET, add_target},
    {ACTION_PIN, session_pin},
    {ACTION_NEXT_WATCH, session_next_watch},
    {ACTION_PREVIOUS_WATCH, session_previous_watch},
    {ACTION_SEARCH, search},
    {ACTION_FILTER, no_filter},
    {ACTION_NEXT_ARTICLE, next_article},
    {ACTION_PREVIOUS_ARTICLE, previous_article},
    {ACTION_NEXT_UNREAD, next_unread},
    {ACTION_PREVIOUS_UNREAD, previous_unread},
    {ACTION_JUMP_BACK, jump_back},
    {ACTION_JUMP_FORWARD, jump_forward},
    {ACTION_SET_MARK, session_set_mark},
    {ACTION_GO_MARK, session_go_mark},
    {ACTION_IMPORT, session_import},
    {ACTION_UPDATE, session_update},
    {ACTION_UNDO, undo},
    {ACTION_REDO, redo},
    {ACTION_TOGGLE_READ, toggle_read},
    {ACTION_TAG, tag},
    {ACTION_SET_PUBLISHED, session_set_published},
    {ACTION_COMMAND, command},
    {ACTION_SET, set},
    {ACTION_REDRAW, redraw},
    {ACTION_SUSPEND, suspend},
    {0, NULL},
};
