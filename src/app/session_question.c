/* Questions at the foot of the screen, with what Tab offers above them and what is wrong with the
 * answer below. */
#include "app/session.h"
#include "text/width.h"

static void offer(struct session *session)
{
    struct completions *completions = &session->completions;
    arena_reset(&completions->arena);
    completions->count = 0;
    completions->chosen = -1;
    if (session->question.complete)
        session->question.complete(session, buf_str(&session->prompt.text), completions);
}

void session_ask(struct session *session, const struct question *question, str initial)
{
    session->question = *question;
    prompt_use(&session->prompt, &session->history.kinds[question->history]);
    prompt_start(&session->prompt, initial);
    offer(session);
    session->redraw = true;
}

/* "search: column 7: what" -> "what": the place is pointed at. */
void session_hint(struct session *session, size_t at, const struct error *err)
{
    str text = str_from(err->text);
    size_t column = str_find(text, STR(": column "), 0);
    size_t colon = column == STR_MISSING ? column : str_find(text, STR(": "), column + 2);
    buf_clear(&session->hint);
    buf_add(&session->hint,
            colon == STR_MISSING ? text : str_slice(text, colon + 2, text.len));
    session->hint_at = at;
    session->redraw = true;
}

void session_want_key(struct session *session, void (*wanted)(struct session *, key_code))
{
    session->key_wanted = wanted;
}

/* Tab and Shift-Tab go through what is offered. */
static bool choose(struct session *session, key_code key)
{
    struct completions *completions = &session->completions;
    bool back = key == KEY_CODE_BACKTAB;
    int count = (int)completions->count;
    if ((key != KEY_CODE_TAB && !back) || count == 0)
        return false;
    if (completions->chosen < 0)
        completions->chosen = back ? count - 1 : 0;
    else
        completions->chosen = (completions->chosen + (back ? count - 1 : 1)) % count;
    prompt_start(&session->prompt, completions->items[completions->chosen].text);
    return true;
}

void session_answer(struct session *session, key_code key)
{
    struct question asked = session->question;
    buf_clear(&session->hint);
    session->redraw = true;
    if (choose(session, key))
        return;
    enum prompt_result result = prompt_key(&session->prompt, key);
    if (result == PROMPT_CHANGED) {
        offer(session);
        session->answer_stale = asked.changed != NULL;
    }
    if (result != PROMPT_ACCEPTED && result != PROMPT_CANCELLED)
        return;
    session->question = (struct question){0};
    session->answer_stale = false;
    if (result == PROMPT_CANCELLED) {
        if (asked.cancelled)
            asked.cancelled(session);
        return;
    }
    struct buf text = BUF_INIT; /* the prompt may be used again while the answer is handled */
    buf_add(&text, buf_str(&session->prompt.text));
    history_keep(&session->history, asked.history, buf_str(&text));
    asked.accepted(session, buf_str(&text));
    buf_done(&text);
}

static bool stops_for_key(void *context)
{
    struct session *session = context;
    return terminal_input_pending(session->terminal);
}

void session_show_answer(struct session *session)
{
    if (!session->answer_stale || terminal_input_pending(session->terminal))
        return;
    session->answer_stale = false;
    session->gives_way = true;
    store_set_watch(session->store, stops_for_key, session);
    session->question.changed(session, buf_str(&session->prompt.text));
    store_set_watch(session->store, NULL, NULL);
    session->gives_way = false;
}

/* ---- drawing -------------------------------------------------------------------------------- */

static void draw_completion(const struct canvas *screen, int row,
                            const struct completion *completion, bool chosen)
{
    style_id style = chosen ? STYLE_ROW_SELECTED : STYLE_MESSAGE;
    struct buf text = BUF_INIT;
    buf_format(&text, "%s%.*s", chosen ? "▸ " : "  ", STR_ARG(completion->text));
    if (completion->remark.len)
        buf_format(&text, "  (%.*s)", STR_ARG(completion->remark));
    canvas_field(screen, row, 0, screen->columns, buf_str(&text), style);
    buf_done(&text);
}

/* "^ what is wrong" under the place in the question, which stands a row higher then. */
static void draw_hint(const struct session *session, const struct canvas *line, int cursor)
{
    str answer = buf_str(&session->prompt.text), text = buf_str(&session->hint);
    size_t from = session->prompt.cursor, to = session->hint_at;
    int at = to < from ? cursor - width_columns(str_slice(answer, to, from))
                       : cursor + width_columns(str_slice(answer, from, to));
    at = at < 0 ? 0 : at >= line->columns ? line->columns - 1 : at;
    int wide = width_columns(text);
    canvas_field(line, 0, 0, line->columns, STR_NONE, STYLE_ERROR);
    canvas_text(line, 0, at, 1, STR("^"), STYLE_ERROR);
    if (at + 2 + wide <= line->columns || at < line->columns / 2)
        canvas_text(line, 0, at + 2, line->columns - at - 2, text, STYLE_ERROR);
    else
        canvas_field_right(line, 0, 0, at - 1, text, STYLE_ERROR);
}

void session_draw_question(struct session *session, const struct canvas *screen, int *row,
                           int *column)
{
    const struct completions *completions = &session->completions;
    bool has_hint = session->hint.len && screen->rows > 1;
    int count = (int)completions->count;
    *row = screen->rows - (has_hint ? 2 : 1);
    struct canvas line = canvas_part(screen, *row, 0, 1, screen->columns);
    struct canvas below = canvas_part(screen, screen->rows - 1, 0, 1, screen->columns);
    for (int i = 0; i < count && *row - count + i > 0; i++)
        draw_completion(screen, *row - count + i, &completions->items[i],
                        completions->chosen == i);
    *column = prompt_draw(&session->prompt, &line, 0, str_from(session->question.label),
                          STYLE_PROMPT_LABEL, STYLE_PROMPT);
    if (has_hint)
        draw_hint(session, &below, *column);
}
