/* The loop of the reader: events in, actions out, one drawing per batch of input. */
#include "app/session.h"

#include <stdarg.h>
#include <string.h>

#include "app/default_keymap.h"
#include "app/key_hint.h"
#include "app/keymaps.h"
#include "app/output.h"
#include "app/report.h"
#include "base/ascii.h"
#include "base/file.h"
#include "base/nearest.h"
#include "text/width.h"
#include "text/wrap.h"

enum { IDLE_MS = 100, MESSAGE_ROWS = 4 };
/* After IDLE_MS and this the right of the status line follows small steps. */
enum { REST_MS = 100 };

void *session_pane_state(struct session *session, enum pane_id pane)
{
    return session->states[pane];
}

enum pane_id session_pane(const struct session *session)
{
    return session->stack[session->depth - 1];
}

static const struct pane_class *pane_class(const struct session *session)
{
    return panes[session_pane(session)].class;
}

static void *pane_state(const struct session *session)
{
    return session->states[session_pane(session)];
}

/* Where keys are looked up: the selection and the names beside the text have some of their own. */
static int key_scope(struct session *session)
{
    if (!session->depth)
        return SCOPE_ANY;
    const struct pane_class *class = pane_class(session);
    int scope = class->scope ? class->scope(session, pane_state(session)) : SCOPE_ANY;
    return scope == SCOPE_ANY ? (int)session_pane(session) + 1 : scope;
}

/* ---- messages ------------------------------------------------------------------------------ */

PRINTF_LIKE(3, 0)
static void say(struct session *session, bool is_error, const char *format, va_list args)
{
    struct buf with_keys = BUF_INIT;
    buf_clear(&session->message);
    buf_vformat(&session->message,
                key_hint_format(&with_keys, &session->keymap, key_scope(session), format), args);
    buf_done(&with_keys);
    session->message_is_error = is_error;
    session->redraw = true;
}

void session_add_hint(struct session *session, struct buf *out, str text)
{
    key_hint_add(out, &session->keymap, key_scope(session), text);
}

void session_say(struct session *session, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(session, false, format, args);
    va_end(args);
}

void session_complain(struct session *session, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(session, true, format, args);
    va_end(args);
}

bool session_check(struct session *session, enum status status, const struct error *err)
{
    if (status == STATUS_OK)
        return true;
    if (status == STATUS_CANCELLED && session->gives_way) {
        session->answer_stale = true;
        return false;
    }
    session_complain(session, "%s", err->text[0] ? err->text : status_text(status));
    return false;
}

/* ---- places -------------------------------------------------------------------------------- */

static void push_pane(struct session *session, enum pane_id pane, bool over)
{
    /* The first pane is home: going there closes what lies over it. Any other comes to the top, so
     * that `back` leads to where it was asked for. */
    bool is_home = session->depth && session->stack[0] == pane;
    if (is_home && (!over || session->depth == 1)) {
        session->depth = 1;
        return;
    }
    size_t kept = 0;
    for (size_t i = 0; i < session->depth; i++)
        if (i == 0 || session->stack[i] != pane)
            session->stack[kept++] = session->stack[i];
    session->stack[kept] = pane;
    session->depth = kept + 1;
}

void session_keep(struct session *session)
{
    if (session->depth && pane_class(session)->idle)
        pane_class(session)->idle(session, pane_state(session));
}

void session_renew(struct session *session, enum pane_id pane)
{
    if (session->outdated[pane])
        panes[pane].class->reload(session, session->states[pane]);
    session->outdated[pane] = false;
}

bool session_show(struct session *session, const struct place *place)
{
    session_keep(session);
    session_renew(session, place->pane);
    if (!panes[place->pane].class->show(session, session->states[place->pane], place))
        return false;
    push_pane(session, place->pane, place->over);
    session->status_stale = session->status_due = true;
    session->redraw = true;
    return true;
}

struct place session_here(struct session *session)
{
    struct place place = {0};
    if (session->depth)
        pane_class(session)->where(session, pane_state(session), &place);
    return place;
}

bool session_go(struct session *session, const struct place *place)
{
    bool had_pane = session->depth > 0;
    struct place from = session_here(session);
    if (!session_show(session, place))
        return false;
    if (had_pane) {
        if (session->jump_at == JUMP_LIMIT) {
            memmove(session->jumps, session->jumps + 1, (JUMP_LIMIT - 1) * sizeof *session->jumps);
            session->jump_at--;
        }
        session->jumps[session->jump_at++] = from;
        session->jump_count = session->jump_at;
    }
    return true;
}

/* ---- the dossier --------------------------------------------------------------------------- */

bool session_can_write(struct session *session)
{
    if (!store_is_read_only(session->store))
        return true;
    session_complain(session, "%s is open for reading only; copy it to a place you can write to",
                     store_path(session->store));
    return false;
}

void session_reload_all(struct session *session)
{
    for (int i = 0; i < PANE_COUNT; i++)
        session->outdated[i] = true;
    session_reload(session);
}

void session_reload(struct session *session)
{
    struct error err = {0};
    session_check(session, store_get_totals(session->store, &session->totals, &err), &err);
    session_read_watches(session);
    pane_class(session)->reload(session, pane_state(session));
    session->outdated[session_pane(session)] = false;
    session->status_stale = session->status_due = true;
    session->redraw = true;
}

void session_changed(struct session *session)
{
    session->change_counter = store_change_counter(session->store);
    session->target.position_known = false;
    session_reload_all(session);
}

int64_t session_now(void)
{
    return environment_now();
}

const struct pipeline *session_pipeline(struct session *session)
{
    struct error err = {0};
    if (!session->pipeline_is_open &&
        session_check(session, pipeline_open(session->environment, &session->pipeline, &err), &err))
        session->pipeline_is_open = true;
    return session->pipeline_is_open ? &session->pipeline : NULL;
}

/* ---- actions ------------------------------------------------------------------------------- */

static enum outcome run_handlers(struct session *session, const struct handler *handlers,
                                 void *state, enum action_id action, str argument)
{
    for (const struct handler *h = handlers; h && h->run; h++)
        if (h->action == action)
            return h->run(session, state, argument);
    return OUTCOME_UNHANDLED;
}

static enum outcome run_motion(struct session *session, enum action_id action)
{
    const struct pane_class *class = pane_class(session);
    const struct motion *motion = motion_find(action);
    if (!motion)
        return OUTCOME_UNHANDLED;
    int seen = class->rows_seen(session, pane_state(session));
    int rows[] = {[MOVE_ROW] = 1,
                  [MOVE_HALF_PAGE] = seen > 1 ? (seen + 1) / 2 : 1,
                  [MOVE_PAGE] = seen > 2 ? seen - 1 : 1,
                  [MOVE_END] = MOVE_TO_END};
    int times = session->times > 1 && motion->unit != MOVE_END ? session->times : 1;
    return class->move(session, pane_state(session), motion->sign * rows[motion->unit] * times);
}

/* A step of one line repeats while its key is held, and the place that the status line tells would
 * cost as much as a fifth of the line: it follows when the keys rest. */
static bool is_small_step(enum action_id action)
{
    return action == ACTION_DOWN || action == ACTION_UP;
}

static void run_action(struct session *session, enum action_id action, str argument)
{
    enum outcome outcome = OUTCOME_UNHANDLED;
    for (const struct handler *const *table = pane_class(session)->handlers;
         *table && outcome == OUTCOME_UNHANDLED; table++)
        outcome = run_handlers(session, *table, pane_state(session), action, argument);
    if (outcome == OUTCOME_UNHANDLED)
        outcome = run_motion(session, action);
    if (outcome == OUTCOME_UNHANDLED)
        outcome = run_handlers(session, session_handlers, session, action, argument);
    if (outcome == OUTCOME_UNHANDLED)
        outcome = run_handlers(session, session_name_handlers, session, action, argument);
    if (outcome == OUTCOME_UNHANDLED)
        session_say(session, "%s: not in the %s pane; {help} shows what is", actions[action].name,
                    panes[session_pane(session)].name);
    session->redraw |= outcome == OUTCOME_REDRAW;
    session->status_stale = session->unsettled = true;
    session->status_due |= !is_small_step(action);
    if (!is_small_step(action))
        terminal_give_way(session->terminal);
}

static void complain_unknown(struct session *session, str name)
{
    struct nearest nearest = nearest_begin(name);
    for (int i = 0; i < ACTION_COUNT; i++)
        nearest_offer(&nearest, actions[i].name);
    if (nearest.best)
        session_complain(session, "%.*s: no such action; did you mean %s?", STR_ARG(name),
                         nearest.best);
    else
        session_complain(session, "%.*s: no such action; {help} lists them", STR_ARG(name));
}

/* Asked for again, with what may stand behind it on offer. */
static void ask_argument(struct session *session, const struct action *action)
{
    struct buf begun = BUF_INIT;
    struct error missing = {0};
    buf_format(&begun, "%s ", action->name);
    (void)error_set(&missing, STATUS_USAGE, "%s needs its %s", action->name, action->argument);
    session_ask_command(session, buf_str(&begun));
    session_hint(session, begun.len, &missing);
    buf_done(&begun);
}

/* A command line: ACTION [ARGUMENT]. */
void session_run_line(struct session *session, str line)
{
    line = str_trim(line);
    if (!line.len)
        return;
    size_t space = str_find_byte(line, ' ', 0);
    str name = str_slice(line, 0, space);
    str argument = space == STR_MISSING ? STR_NONE : str_trim(str_slice(line, space, line.len));
    int action = action_find(name);
    if (action < 0 && session_configure(session, line))
        return;
    if (action < 0)
        complain_unknown(session, name);
    else if (argument.len && !actions[action].argument)
        session_complain(session, "%.*s takes nothing after it, not '%.*s'", STR_ARG(name),
                         STR_ARG(argument));
    else if (!argument.len && actions[action].argument && actions[action].argument[0] != '[')
        ask_argument(session, &actions[action]);
    else
        run_action(session, (enum action_id)action, argument);
}

/* ---- keys ---------------------------------------------------------------------------------- */

/* Digits that no binding begins with say how often the next action is meant. */
static bool take_digit(struct session *session, int scope, key_code key)
{
    enum { COUNT_LIMIT = 999 };
    const struct binding *binding = NULL;
    bool is_digit = ascii_is_digit(key) && (key != '0' || session->count > 0);
    if (session->key_count > 0 || !is_digit ||
        keymap_find(&session->keymap, scope, &key, 1, &binding) != MATCH_NONE)
        return false;
    session->count = session->count * 10 + (int)(key - '0');
    if (session->count > COUNT_LIMIT)
        session->count = COUNT_LIMIT;
    session_say(session, "%d", session->count);
    return true;
}

/* Steps that are done as often as was said; motions go so much farther. */
static bool is_step(enum action_id action)
{
    static const enum action_id steps[] = {ACTION_NEXT_HIT,        ACTION_PREVIOUS_HIT,
                                           ACTION_NEXT_MARK,       ACTION_PREVIOUS_MARK,
                                           ACTION_NEXT_WATCH,      ACTION_PREVIOUS_WATCH,
                                           ACTION_NEXT_ARTICLE,    ACTION_PREVIOUS_ARTICLE,
                                           ACTION_NEXT_UNREAD,     ACTION_PREVIOUS_UNREAD,
                                           ACTION_JUMP_BACK,       ACTION_JUMP_FORWARD,
                                           ACTION_SELECT_LEFT,     ACTION_SELECT_RIGHT,
                                           ACTION_SELECT_DOWN,     ACTION_SELECT_UP,
                                           ACTION_SELECT_WORD,     ACTION_SELECT_WORD_BACK,
                                           ACTION_SELECT_SENTENCE, ACTION_SELECT_SENTENCE_BACK,
                                           ACTION_SELECT_BLOCK,    ACTION_SELECT_BLOCK_BACK};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i] == action)
            return true;
    return false;
}

/* Ends early when a step has something to say: that it wrapped, that there is no other. */
static void run_counted(struct session *session, const struct binding *binding)
{
    enum action_id action = (enum action_id)binding->action;
    int count = session->count;
    session->count = 0;
    session->times = count;
    run_action(session, action, binding->argument);
    session->times = 0;
    for (int i = 1; i < count && is_step(action) && !session->message.len; i++)
        run_action(session, action, binding->argument);
}

static void take_key(struct session *session, key_code key)
{
    if (session->message.len) {
        buf_clear(&session->message);
        session->redraw = true;
    }
    if (session->question.label) {
        session_answer(session, key);
        return;
    }
    if (session->key_wanted) {
        void (*wanted)(struct session *, key_code) = session->key_wanted;
        session->key_wanted = NULL;
        wanted(session, key);
        return;
    }
    int scope = key_scope(session);
    if (take_digit(session, scope, key))
        return;
    session->keys[session->key_count++] = key;
    const struct binding *binding = NULL;
    enum key_match match =
        keymap_find(&session->keymap, scope, session->keys, session->key_count, &binding);
    if (match == MATCH_PREFIX && session->key_count < KEYMAP_SEQUENCE_LIMIT)
        return;
    session->key_count = 0;
    if (match == MATCH_BINDING)
        run_counted(session, binding);
    else if (key != KEY_CODE_ESCAPE)
        session_say(session, "this key does nothing here; {help} shows the keys");
    session->count = 0;
}

/* ---- drawing ------------------------------------------------------------------------------- */

static void draw_status(struct session *session, const struct canvas *line)
{
    struct buf left = BUF_INIT, right = BUF_INIT;
    pane_class(session)->status(session, pane_state(session), &left, &right);
    if (session->status_due && !terminal_input_pending(session->terminal)) {
        buf_clear(&session->status_right);
        buf_add(&session->status_right, buf_str(&right));
        session->status_stale = session->status_due = false;
    }
    struct buf tail = BUF_INIT;
    int tail_limit = line->columns * 2 / 3;
    int right_columns = width_columns(buf_str(&session->status_right));
    session_target_label(session, tail_limit - right_columns - 3, &tail);
    if (tail.len && session->status_right.len)
        buf_add(&tail, STR("  "));
    buf_add(&tail, buf_str(&session->status_right));
    int tail_columns = width_columns(buf_str(&tail)) + 1;
    if (tail_columns > tail_limit)
        tail_columns = tail_limit;
    canvas_field(line, 0, 0, line->columns - tail_columns, buf_str(&left), STYLE_STATUS);
    canvas_field_right(line, 0, line->columns - tail_columns, tail_columns, buf_str(&tail),
                       STYLE_STATUS);
    buf_done(&left);
    buf_done(&right);
    buf_done(&tail);
}

/* A message takes as many rows as it needs, over the foot of the pane. */
static void draw_message(struct session *session, const struct canvas *screen)
{
    struct arena scratch = {0};
    line_vec lines = {0};
    str text = buf_str(&session->message);
    wrap_text(&scratch, &lines, text, screen->columns > 1 ? screen->columns - 1 : 1, 0);
    int count = lines.count > MESSAGE_ROWS ? MESSAGE_ROWS : (int)lines.count;
    if (count > screen->rows)
        count = screen->rows;
    for (int i = 0; i < count; i++) {
        const struct line *line = &lines.items[i];
        bool cut = i + 1 == count && (size_t)count < lines.count;
        canvas_field(screen, screen->rows - count + i, 0, screen->columns,
                     str_slice(text, line->start, cut ? text.len : line->end),
                     session->message_is_error ? STYLE_ERROR : STYLE_MESSAGE);
    }
    arena_done(&scratch);
}

/* The pane, and what stands below it or over its foot; or the status line alone. */
static void draw(struct session *session)
{
    struct canvas screen = canvas_screen(session->terminal, &session->theme);
    struct canvas line = canvas_part(&screen, screen.rows - 1, 0, 1, screen.columns);
    int row = session->cursor_row, column = session->cursor_column;
    if (session->redraw) {
        struct canvas body = canvas_part(&screen, 0, 0, screen.rows - 1, screen.columns);
        row = column = -1;
        terminal_begin_frame(session->terminal);
        pane_class(session)->draw(session, pane_state(session), &body, &row, &column);
    }
    if (session->question.label) {
        session_draw_question(session, &screen, &row, &column);
    } else if (session->message.len) {
        draw_message(session, &screen);
    } else {
        draw_status(session, &line);
    }
    terminal_end_frame(session->terminal, row, column);
    session->cursor_row = row;
    session->cursor_column = column;
    session->redraw = session->status_redraw = false;
}

/* ---- the loop ------------------------------------------------------------------------------ */

static void read_worker(struct session *session)
{
    if (!worker_read(&session->worker))
        return;
    struct worker *worker = &session->worker;
    const struct import_totals *totals = &worker->totals;
    bool only_refreshed = totals->files_total == 0;
    if (worker->finished) {
        session_changed(session);
        if (worker->last_failure.status != STATUS_OK)
            session_complain(session, "%lld failed, last: %s", (long long)totals->failed,
                             worker->last_failure.text);
        else if (*worker->last_note.text)
            session_say(session, "%s", worker->last_note.text);
        else if (only_refreshed && worker->refreshed.imported)
            session_say(session, "%lld articles were cleaned again",
                        (long long)worker->refreshed.imported);
        else if (!only_refreshed)
            session_say(session, "%lld imported, %lld changed, %lld unchanged%s",
                        (long long)totals->imported, (long long)totals->changed,
                        (long long)totals->unchanged, worker->cancelled ? "; cancelled" : "");
        return;
    }
    if (only_refreshed)
        return;
    int64_t pages = import_pages(totals);
    if (totals->settled > 0)
        session_say(session, "settling names and days of %lld articles; {cancel} stops",
                    (long long)totals->settled);
    else if (worker->updating)
        session_say(session, "updating: %lld of %lld addresses; {cancel} stops",
                    (long long)totals->files_seen, (long long)totals->files_total);
    else if (pages > totals->files_seen + 1)
        session_say(session, "importing: %lld of %lld files, %lld pages; {cancel} stops",
                    (long long)totals->files_seen, (long long)totals->files_total,
                    (long long)pages);
    else
        session_say(session, "importing: %lld of %lld files; {cancel} stops",
                    (long long)totals->files_seen, (long long)totals->files_total);
}

void session_refresh(struct session *session)
{
    struct error err = {0};
    const struct worker_task nothing_new = {0};
    if (worker_descriptor(&session->worker) >= 0)
        return; /* an import runs: it does this at its end */
    session_check(session,
                  worker_start(&session->worker, session->environment, store_path(session->store),
                               &nothing_new, &err),
                  &err);
}

/* Another session, or the worker, may have written. While something is asked, the thing that it is
 * asked about stays as it is shown. */
static bool has_changed(struct session *session)
{
    bool is_asked = session->question.label || session->key_wanted;
    return !is_asked && store_change_counter(session->store) != session->change_counter;
}

static void follow_changes(struct session *session)
{
    if (has_changed(session))
        session_changed(session);
}

static uint64_t what_is_meant(struct session *session)
{
    const struct pane_class *class = pane_class(session);
    if (class->meant)
        return class->meant(session, pane_state(session));
    struct place here = session_here(session);
    const int64_t numbers[] = {here.article, here.entity};
    return here.article || here.entity ? str_hash((str){(const char *)numbers, sizeof numbers}) : 0;
}

/* A key is for what was on the screen when it was pressed: where another session took that away,
 * the key does nothing. */
static void follow_key(struct session *session, key_code key)
{
    bool is_gone = false;
    if (has_changed(session)) {
        uint64_t meant = what_is_meant(session);
        session_changed(session);
        is_gone = meant && meant != what_is_meant(session);
    }
    if (!is_gone) {
        take_key(session, key);
        return;
    }
    session->key_count = 0;
    session->count = 0;
    session_say(session, "what was selected here is gone meanwhile: nothing was done, press again");
}

static bool target_is_uncounted(const struct session *session)
{
    return session->target.target.kind != TARGET_NONE && !session->target.position_known;
}

static bool status_is_seen(const struct session *session)
{
    return !session->question.label && !session->message.len;
}

/* A stale status line behind a message or a question waits for the key that brings it back: else
 * the program would wake up for it again and again. */
static bool status_is_wanted(const struct session *session)
{
    return session->status_stale && status_is_seen(session);
}

/* What is left for when no key came for IDLE_MS. */
static bool has_idle_work(const struct session *session)
{
    return session->unsettled || target_is_uncounted(session) || session->redraw ||
           session->status_redraw;
}

static int idle_wait(const struct session *session)
{
    if (session->bulk.runs)
        return 0;
    if (has_idle_work(session))
        return IDLE_MS;
    return status_is_wanted(session) ? REST_MS : -1;
}

static void when_idle(struct session *session)
{
    bool rests = !has_idle_work(session) && status_is_wanted(session);
    session->unsettled = false;
    if (target_is_uncounted(session)) {
        session_target_count(session);
        rests = true;
    }
    session->status_due |= rests;
    session->status_redraw |= rests && status_is_seen(session);
    if (!session->visit_noted && worker_descriptor(&session->worker) < 0)
        session_note_visit(session);
    session_keep(session);
    bulk_go_on(session);
}

static void handle(struct session *session, const struct terminal_event *event)
{
    switch (event->kind) {
    case EVENT_KEY:
        follow_key(session, event->key);
        break;
    case EVENT_RESIZE:
    case EVENT_CONTINUE:
        terminal_repaint(session->terminal);
        session_reload_all(session);
        break;
    case EVENT_IDLE:
        when_idle(session);
        break;
    case EVENT_ROOM:
        break;
    case EVENT_WAKE:
        read_worker(session);
        follow_changes(session);
        break;
    case EVENT_HANGUP:
        session->leaving = true;
        break;
    }
}

static void loop(struct session *session)
{
    session->redraw = true;
    while (!session->leaving) {
        session_show_answer(session);
        if ((session->redraw || session->status_redraw) &&
            !terminal_input_pending(session->terminal) && !terminal_is_behind(session->terminal))
            draw(session);
        struct terminal_event event = terminal_wait(session->terminal, idle_wait(session),
                                                    worker_descriptor(&session->worker));
        handle(session, &event);
    }
    session_keep(session);
    session_note_visit(session);
}

/* ---- beginning and end --------------------------------------------------------------------- */

enum { THEME_LIMIT_LEN = 1 << 20 };

/* The theme that is set, by its name: beside the configuration or a shipped one. */
static enum status read_named_theme(struct session *session, struct arena *arena, struct error *err)
{
    const char *name = session->settings.texts[SETTING_THEME];
    const char *const folders[] = {session->environment->config_folder,
                                   session->environment->data_folder};
    static const char *const inside[] = {"", "/themes"};
    str text = STR_NONE, path = STR_NONE;
    enum status status = STATUS_NOT_FOUND;
    if (strcmp(name, setting_table[SETTING_THEME].initial) == 0)
        return STATUS_OK;
    if (strchr(name, '/') != NULL)
        return error_set(err, STATUS_BAD_INPUT, "a theme is a name without /, not '%s'", name);
    for (size_t i = 0; i < sizeof folders / sizeof *folders && status != STATUS_OK; i++) {
        if (!folders[i])
            continue;
        path = arena_format(arena, "%s%s/%s.theme", folders[i], inside[i], name);
        status = file_read(arena, path.ptr, THEME_LIMIT_LEN, &text, err);
    }
    if (status == STATUS_NOT_FOUND)
        return error_set(err, status,
                         "there is no theme '%s'; there are default, dark, light, contrast, mono, "
                         "and NAME.theme beside the file config",
                         name);
    return status == STATUS_OK ? theme_read(&session->theme, text, path, err) : status;
}

/* The file `theme` of the configuration changes single styles of any theme. */
static enum status read_own_styles(struct session *session, struct arena *arena, struct error *err)
{
    if (!session->environment->config_folder)
        return STATUS_OK;
    str path = arena_format(arena, "%s/theme", session->environment->config_folder);
    str text = STR_NONE;
    struct error missing = {0};
    if (file_read(arena, path.ptr, THEME_LIMIT_LEN, &text, &missing) != STATUS_OK)
        return STATUS_OK;
    return theme_read(&session->theme, text, path, err);
}

bool session_apply_settings(struct session *session)
{
    struct arena arena = {0};
    struct error err = {0};
    theme_init(&session->theme, style_defaults, STYLE_COUNT);
    enum status status = read_named_theme(session, &arena, &err);
    if (status == STATUS_OK)
        status = read_own_styles(session, &arena, &err);
    arena_done(&arena);
    return session_check(session, status, &err);
}

static bool is_cancel(void *context, key_code key)
{
    const struct session *session = context;
    const struct binding *binding = NULL;
    (void)keymap_find(&session->keymap, SCOPE_ANY, &key, 1, &binding);
    return binding && binding->action == ACTION_CANCEL;
}

/* Another session writes: the user is told, and may give up. */
static bool wait_for_writer(void *context, int waited_ms)
{
    enum { TELL_AFTER_MS = 300 };
    struct session *session = context;
    if (waited_ms < TELL_AFTER_MS) {
        session->wait_told = false;
        return true;
    }
    if (!session->wait_told) {
        struct buf notice = BUF_INIT;
        session_add_hint(
            session, &notice,
            STR("another session is writing to this dossier; waiting, {cancel} gives up"));
        terminal_notice(session->terminal, &session->theme, buf_str(&notice), STYLE_MESSAGE);
        buf_done(&notice);
        session->wait_told = session->redraw = true;
    }
    return !terminal_is_interrupted(session->terminal, is_cancel, session);
}

static enum status open_parts(struct session *session, const struct reader_request *request,
                              struct error *err)
{
    const struct environment *environment = session->environment;
    struct error complaint = {0};
    enum status reading =
        keymaps_read(&session->keymap, &session->settings, environment, &complaint);
    const int *settings = session->settings.numbers;
    struct terminal_options options = {
        .type = environment->term,
        .in_tmux = environment->in_tmux,
        .colour = environment->colour,
        .frame_mark = environment->frame_mark,
        .escape_ms = settings[SETTING_ESCAPE_DELAY],
        .pace = settings[SETTING_PACING] != 0 && !environment->frame_mark,
    };
    enum status status = terminal_open(&options, &session->terminal, err);
    if (status == STATUS_OK)
        status = store_open(request->dossier, STORE_READ_WRITE, &session->store, err);
    if (status == STATUS_OK)
        store_on_busy(session->store, wait_for_writer, session);
    const struct worker_task task = {.words = request->paths,
                                     .word_count = request->path_count,
                                     .file_times = settings[SETTING_FILE_TIME] != 0};
    if (status == STATUS_OK && request->path_count)
        status = worker_start(&session->worker, environment, request->dossier, &task, err);
    if (settings[SETTING_HISTORY])
        history_open(&session->history, environment->state_folder);
    if (session_apply_settings(session) && reading != STATUS_OK)
        session_complain(session, "%s; `dossier keys --check` tells more", complaint.text);
    return status;
}

static void open_panes(struct session *session, const struct reader_request *request)
{
    for (int i = 0; i < PANE_COUNT; i++) {
        session->states[i] = memory_new(1, panes[i].class->state_len);
        panes[i].class->init(session, session->states[i]);
    }
    session->list_query =
        (struct article_query){.sort = SORT_DATE, .descending = true, .folded = true};
    session->change_counter = store_change_counter(session->store);
    struct error err = {0};
    session_check(session, store_get_totals(session->store, &session->totals, &err), &err);
    session_read_watches(session);
    struct place wanted = {
        .pane = PANE_READER, .article = request->article, .offset = request->offset};
    session_resume(session);
    if (request->article)
        session_go(session, &wanted);
}

static void close_parts(struct session *session)
{
    for (int i = 0; i < PANE_COUNT; i++)
        if (session->states[i]) {
            panes[i].class->done(session, session->states[i]);
            memory_free(session->states[i]);
        }
    if (session->terminal)
        terminal_close(session->terminal);
    worker_done(&session->worker);
    if (session->pipeline_is_open)
        pipeline_close(&session->pipeline);
    if (session->store)
        store_close(session->store);
    keymap_done(&session->keymap);
    settings_done(&session->settings);
    prompt_done(&session->prompt);
    history_done(&session->history);
    arena_done(&session->target.arena);
    watch_list_done(&session->watches);
    arena_done(&session->completions.arena);
    arena_done(&session->name_edit.arena);
    arena_done(&session->name_edit.choices.arena);
    arena_done(&session->bulk.arena);
    buf_done(&session->message);
    buf_done(&session->hint);
    buf_done(&session->tags_before);
    buf_done(&session->status_right);
}

int session_run(const struct environment *environment, const struct reader_request *request)
{
    struct session session = {.environment = environment, .worker = {.descriptor = -1}};
    struct error err = {0};
    keymap_init(&session.keymap, &action_keymap_names);
    settings_init(&session.settings);
    prompt_init(&session.prompt);
    (void)report_upgrade(request->dossier); /* while there is no screen yet */
    enum status status = open_parts(&session, request, &err);
    if (status == STATUS_OK) {
        open_panes(&session, request);
        loop(&session);
    }
    close_parts(&session);
    if (status == STATUS_OK)
        return EXIT_ALL_WELL;
    output_complain("%s", err.text);
    return EXIT_USAGE;
}
