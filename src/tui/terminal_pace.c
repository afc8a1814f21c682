/* No faster than the line: within a large frame the terminal is asked for an answer (DSR 5), and
 * while answers are owed nothing is painted. How many may be owed depends on the line: where answers
 * take no longer than the quickest, several, so that a long way costs no speed; where they wait
 * behind bytes, one. That question stands in the middle of the frame: the next one is then painted
 * about when the line has carried this one, neither queueing behind it nor leaving the line idle. */
#include <string.h>

#include "tui/terminal_inside.h"

enum {
    FIRST_ANSWER_LIMIT_MS = 1000, /* no answer in that time: the terminal gives none */
    ANSWER_LIMIT_MS = 5000,       /* the same for one that has answered before: this one got lost */
    LATE_MS = 40,
    PACED_FRAME_LEN = 500 /* bytes: smaller frames are not worth a question */
};

bool terminal_pace_is_behind(const struct terminal *terminal)
{
    return terminal->frames_owed >= (terminal->is_late ? 1 : FRAMES_OWED_LIMIT);
}

/* Where the question goes: between two sequences. */
static size_t question_place(const struct terminal *terminal, str frame)
{
    size_t at = terminal->is_late ? str_find(frame, STR("\033["), frame.len / 2) : 0;
    return at == STR_MISSING ? frame.len : at;
}

void terminal_pace_send(struct terminal *terminal, str frame)
{
    if (!terminal->pacing || frame.len <= PACED_FRAME_LEN ||
        terminal->frames_owed == FRAMES_OWED_LIMIT) {
        terminal_write(terminal, frame);
        return;
    }
    struct buf bytes = BUF_INIT;
    size_t at = question_place(terminal, frame);
    buf_add(&bytes, str_slice(frame, 0, at));
    buf_add(&bytes, STR("\033[5n"));
    buf_add(&bytes, str_slice(frame, at, frame.len));
    terminal->asked_at[terminal->frames_owed++] = terminal_clock();
    terminal_write(terminal, buf_str(&bytes));
    buf_done(&bytes);
}

void terminal_pace_answered(struct terminal *terminal)
{
    if (terminal->frames_owed == 0)
        return;
    int64_t taken = terminal_clock() - terminal->asked_at[0];
    terminal->frames_owed--;
    memmove(terminal->asked_at, terminal->asked_at + 1,
            (size_t)terminal->frames_owed * sizeof terminal->asked_at[0]);
    if (!terminal->has_answered || taken < terminal->quickest)
        terminal->quickest = taken;
    terminal->has_answered = true;
    terminal->is_late = taken > terminal->quickest + LATE_MS;
    if (terminal->is_late)
        terminal->quickest++; /* the way may have become longer */
}

int64_t terminal_pace_limit(const struct terminal *terminal)
{
    if (terminal->frames_owed == 0)
        return -1;
    return terminal->asked_at[0] +
           (terminal->has_answered ? ANSWER_LIMIT_MS : FIRST_ANSWER_LIMIT_MS);
}

bool terminal_pace_give_up(struct terminal *terminal, int64_t now)
{
    if (terminal->frames_owed == 0 || now < terminal_pace_limit(terminal))
        return false;
    bool was_behind = terminal_pace_is_behind(terminal);
    terminal->pacing = terminal->has_answered;
    terminal->frames_owed = 0;
    return was_behind;
}
