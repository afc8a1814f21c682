/* Questions at the foot of the screen, with what Tab offers above them and what is wrong with the
 * answer below. */
#include "app/session.h"
#include "text/width.h"
#include "text/wrap.h"

static void offer(struct session *session)
{
    struct completions *completions = &session->completions;
    arena_reset(&completions->arena);
    completions->count = 0;
    completions->chosen = -1;
    session->offers_stale = false;
    str text = buf_str(&session->prompt.text);
    size_t cursor = session->prompt.cursor;
    completions->rest = arena_str(&completions->arena, str_slice(text, cursor, text.len));
    if (session->question.complete)
        session->question.complete(session, str_slice(text, 0, cursor), completions);
}

void session_ask(struct session *session, const struct question *question, str initial)
{
    session->question = *question;
    prompt_use(&session->prompt, &session->history.kinds[question->history]);
    prompt_start(&session->prompt, initial);
    offer(session);
    session->redraw = true;
}

/* "query: column 7: what" -> "what": the place is pointed at. */
void session_hint(struct session *session, size_t at, const struct error *err)
{
    str text = str_from(err->text);
    size_t column = str_find(text, STR(": column "), 0);
    size_t colon = column == STR_MISSING ? column : str_find(text, STR(": "), column + 2);
    buf_clear(&session->hint);
    buf_add(&session->hint, colon == STR_MISSING ? text : str_slice(text, colon + 2, text.len));
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
    if (key != KEY_CODE_TAB && !back)
        return false;
    if (session->offers_stale)
        offer(session);
    int count = (int)completions->count;
    if (count == 0)
        return false;
    if (completions->chosen < 0)
        completions->chosen = back ? count - 1 : 0;
    else
        completions->chosen = (completions->chosen + (back ? count - 1 : 1)) % count;
    prompt_set(&session->prompt, completions->items[completions->chosen].text, completions->rest);
    buf_clear(&session->hint);
    session->answer_stale = session->question.changed != NULL;
    return true;
}

void session_answer(struct session *session, key_code key)
{
    struct question asked = session->question;
    session->redraw = true;
    if (choose(session, key))
        return;
    size_t cursor = session->prompt.cursor;
    enum prompt_result result = prompt_key(&session->prompt, key);
    if (result == PROMPT_CHANGED || session->prompt.cursor != cursor)
        session->offers_stale = asked.complete != NULL;
    if (result == PROMPT_EDITING)
        return;
    buf_clear(&session->hint);
    session->answer_stale = result == PROMPT_CHANGED && asked.changed != NULL;
    if (result == PROMPT_CHANGED)
        return;
    session->question = (struct question){0};
    session->answer_stale = session->offers_stale = false;
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
    bool answer = session->answer_stale, offers = session->offers_stale;
    if (!(answer || offers) || terminal_input_pending(session->terminal))
        return;
    session->answer_stale = false;
    session->gives_way = true;
    store_set_watch(session->store, stops_for_key, session);
    if (offers)
        offer(session);
    if (answer)
        session->question.changed(session, buf_str(&session->prompt.text));
    store_set_watch(session->store, NULL, NULL);
    session->gives_way = false;
}

/* ---- drawing -------------------------------------------------------------------------------- */

static void draw_completion(const struct canvas *screen, int row,
                            const struct completion *completion, bool chosen, str more)
{
    style_id style = chosen ? STYLE_ROW_SELECTED : STYLE_MESSAGE;
    struct buf text = BUF_INIT;
    buf_format(&text, "%s%.*s", chosen ? "▸ " : "  ", STR_ARG(completion->text));
    if (completion->remark.len)
        buf_format(&text, "  (%.*s)", STR_ARG(completion->remark));
    int columns = screen->columns - width_columns(more);
    canvas_field(screen, row, 0, columns, buf_str(&text), style);
    if (more.len && columns > 0)
        canvas_text(screen, row, columns, screen->columns - columns, more, STYLE_MESSAGE);
    buf_done(&text);
}

/* As many as are shown, the chosen one among them, above the row; how many are left below, "…" when
 * there may be others still. */
static void draw_completions(const struct completions *completions, const struct canvas *screen,
                             int row)
{
    int count = (int)completions->count, first = 0;
    struct buf more = BUF_INIT;
    int shown = count < COMPLETIONS_SHOWN ? count : COMPLETIONS_SHOWN;
    shown = shown < row ? shown : row - 1;
    if (completions->chosen >= shown)
        first = completions->chosen - shown + 1;
    for (int i = 0; i < shown; i++) {
        int at = first + i, left = i + 1 == shown ? count - at - 1 : 0;
        if (left)
            buf_format(&more, " +%d%s ", left, count == COMPLETION_LIMIT ? "…" : "");
        draw_completion(screen, row - shown + i, &completions->items[at], completions->chosen == at,
                        buf_str(&more));
    }
    buf_done(&more);
}

/* Where the place stands that the hint points at, under the question whose cursor is
 * at `cursor`. */
static int hint_column(const struct session *session, int cursor, int columns)
{
    str answer = buf_str(&session->prompt.text);
    size_t from = session->prompt.cursor, to = session->hint_at;
    int at = to < from ? cursor - width_columns(str_slice(answer, to, from))
                       : cursor + width_columns(str_slice(answer, from, to));
    return at < 0 ? 0 : at >= columns ? columns - 1 : at;
}

/* "^ what is wrong", in one row, or with the words on as many rows below as they need. */
static void draw_hint(const struct session *session, const struct canvas *rows,
                      const line_vec *lines, int at)
{
    str text = buf_str(&session->hint);
    for (int i = 0; i < rows->rows; i++)
        canvas_field(rows, i, 0, rows->columns, STR_NONE, STYLE_ERROR);
    canvas_text(rows, 0, at, 1, STR("^"), STYLE_ERROR);
    if (rows->rows == 1 && at + 2 + width_columns(text) <= rows->columns)
        canvas_text(rows, 0, at + 2, rows->columns - at - 2, text, STYLE_ERROR);
    else if (rows->rows == 1)
        canvas_field_right(rows, 0, 0, at - 1, text, STYLE_ERROR);
    for (int i = 1; i < rows->rows; i++)
        canvas_text(rows, i, 1, rows->columns - 1,
                    str_slice(text, lines->items[i - 1].start, lines->items[i - 1].end),
                    STYLE_ERROR);
}

/* One, when the words fit beside the sign that points; on a small screen as many as there are. */
static int hint_rows(const struct session *session, const struct canvas *screen,
                     const line_vec *lines, int at)
{
    int wide = width_columns(buf_str(&session->hint));
    bool beside = at + 2 + wide <= screen->columns || wide < at;
    int wanted = beside ? 1 : 1 + (int)lines->count;
    return wanted < screen->rows - 1 ? wanted : screen->rows - 1;
}

static int draw_answer(struct session *session, const struct canvas *screen, int row)
{
    struct canvas line = canvas_part(screen, row, 0, 1, screen->columns);
    return prompt_draw(&session->prompt, &line, 0, str_from(session->question.label),
                       STYLE_PROMPT_LABEL, STYLE_PROMPT);
}

void session_draw_question(struct session *session, const struct canvas *screen, int *row,
                           int *column)
{
    struct arena scratch = {0};
    line_vec lines = {0};
    *row = screen->rows - 1;
    *column = draw_answer(session, screen, *row);
    if (session->hint.len && screen->rows > 1 && screen->columns > 2) {
        int at = hint_column(session, *column, screen->columns);
        wrap_text(&scratch, &lines, buf_str(&session->hint), screen->columns - 2, 0);
        int hints = hint_rows(session, screen, &lines, at);
        struct canvas below = canvas_part(screen, screen->rows - hints, 0, hints, screen->columns);
        *row -= hints;
        (void)draw_answer(session, screen, *row);
        draw_hint(session, &below, &lines, at);
    }
    draw_completions(&session->completions, screen, *row);
    arena_done(&scratch);
}
