/* Questions at the foot of the screen, with what Tab offers above them. */
#include "app/session.h"

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
    prompt_start(&session->prompt, initial);
    offer(session);
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
    session->redraw = true;
    if (choose(session, key))
        return;
    enum prompt_result result = prompt_key(&session->prompt, key);
    if (result == PROMPT_CHANGED) {
        offer(session);
        if (asked.changed)
            asked.changed(session, buf_str(&session->prompt.text));
    }
    if (result != PROMPT_ACCEPTED && result != PROMPT_CANCELLED)
        return;
    session->question = (struct question){0};
    if (result == PROMPT_CANCELLED) {
        if (asked.cancelled)
            asked.cancelled(session);
        return;
    }
    struct buf text = BUF_INIT; /* the prompt may be used again while the answer is handled */
    buf_add(&text, buf_str(&session->prompt.text));
    asked.accepted(session, buf_str(&text));
    buf_done(&text);
}

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

int session_draw_question(struct session *session, const struct canvas *screen)
{
    const struct completions *completions = &session->completions;
    struct canvas line = canvas_part(screen, screen->rows - 1, 0, 1, screen->columns);
    int count = (int)completions->count;
    for (int i = 0; i < count && screen->rows - 1 - count + i > 0; i++)
        draw_completion(screen, screen->rows - 1 - count + i, &completions->items[i],
                        completions->chosen == i);
    return prompt_draw(&session->prompt, &line, 0, str_from(session->question.label),
                       STYLE_PROMPT_LABEL, STYLE_PROMPT);
}
