/* No faster than the line. What is missing on the screen is sent in slices; between
 * them stand questions (DSR 5) whose answers tell how much has arrived, how long the way is and how
 * fast the line. Under way is what the line can carry until the answer comes, and little more: so
 * no queue builds up before it, it does not stand idle either, and what has not left yet can give
 * way to a newer frame. A terminal that does not answer gets everything at once. */
#include <string.h>

#include "tui/terminal_inside.h"

enum {
    FIRST_ANSWER_LIMIT_US = 2000000, /* no answer in that time: the terminal gives none */
    ANSWER_LIMIT_US = 5000000, /* the same for one that has answered before: this one got lost */
    QUEUE_US = 20000,          /* the line has work for so long beyond the way there and back */
    TOGETHER_US = 25000,       /* answers that were given apart may be read together */
    REST_US = 30000,           /* what the line carries so soon is sent before a newer frame */
    WINDOW_FIRST_LEN = 4096,   /* under way, as long as nothing is known of the line */
    WINDOW_LEAST_LEN = 256,
    WINDOW_MOST_LEN = 1 << 20,
    SLICES_IN_WINDOW = 6,
    SLICE_LEAST_LEN = 64,
    SLICE_MOST_LEN = 1024
};

static size_t under_way(const struct terminal *terminal)
{
    return (size_t)(terminal->sent_len - terminal->arrived_len);
}

/* Bytes that may be under way at once. */
static size_t window(const struct terminal *terminal)
{
    if (!terminal->has_answered || terminal->rate <= 0)
        return WINDOW_FIRST_LEN;
    double len = terminal->rate * (double)(terminal->quickest + QUEUE_US);
    return len < WINDOW_LEAST_LEN  ? WINDOW_LEAST_LEN
           : len > WINDOW_MOST_LEN ? WINDOW_MOST_LEN
                                   : (size_t)len;
}

static size_t slice(const struct terminal *terminal)
{
    size_t len = window(terminal) / SLICES_IN_WINDOW;
    return len < SLICE_LEAST_LEN ? SLICE_LEAST_LEN : len > SLICE_MOST_LEN ? SLICE_MOST_LEN : len;
}

static bool has_room(const struct terminal *terminal)
{
    return !terminal->pacing || under_way(terminal) + slice(terminal) <= window(terminal);
}

bool terminal_pace_is_behind(const struct terminal *terminal)
{
    if (!terminal->pacing || !terminal_pace_has_more(terminal))
        return terminal->pacing && !has_room(terminal);
    size_t rest = (size_t)(REST_US * terminal->rate);
    bool is_kept = !terminal->gives_way || frame_left(&terminal->frame, rest) < rest;
    return is_kept || !has_room(terminal);
}

bool terminal_pace_has_more(const struct terminal *terminal)
{
    return terminal->frame.is_missing;
}

bool terminal_pace_must_ask(const struct terminal *terminal)
{
    return terminal->asked_count == 0 && !has_room(terminal);
}

/* ---- questions and answers ------------------------------------------------------------------- */

/* Adds a question to what is being sent; some of that is there already. */
static void ask(struct terminal *terminal, struct buf *out)
{
    if (!terminal->pacing || terminal->asked_count == ASKED_LIMIT)
        return;
    if (terminal->asked_count == 0)
        terminal->busy_at = 0;
    buf_add(out, STR("\033[5n"));
    terminal->asked_len = terminal->sent_len + out->len;
    terminal->asked[terminal->asked_count++] = (struct asked){
        .at = terminal_clock_us(),
        .len = terminal->asked_len,
        .arrived_at = terminal->arrived_at,
        .arrived_len = terminal->arrived_len,
        .is_last = !terminal_pace_has_more(terminal),
    };
}

/* How fast the line carried what stood before a question. All that was asked before the first
 * answer arrived behind one another. Later there may have been gaps, at least where nothing more
 * was to be sent, and the line is faster than it seems: so the fastest of late counts. */
static void take_rate(struct terminal *terminal, const struct asked *asked, int64_t now)
{
    enum { LATE_COUNT = 16 };
    bool is_queued = asked->at <= terminal->busy_at;
    int64_t taken = now - (is_queued ? terminal->busy_at : asked->arrived_at);
    uint64_t len = asked->len - (is_queued ? terminal->busy_len : asked->arrived_len);
    double rate = (double)len / (double)(taken > TOGETHER_US ? taken : TOGETHER_US);
    double *fastest = terminal->fastest;
    if (!asked->is_last && ++terminal->rate_count > LATE_COUNT) {
        fastest[1] = fastest[0];
        fastest[0] = 0;
        terminal->rate_count = 0;
    }
    if (rate > fastest[0])
        fastest[0] = rate;
    terminal->rate = fastest[0] > fastest[1] ? fastest[0] : fastest[1];
}

/* The longer way is taken for true slowly: it may be a queue. */
static void take_way(struct terminal *terminal, int64_t taken)
{
    enum { SLOWNESS = 256 };
    if (terminal->quickest == 0 || taken < terminal->quickest)
        terminal->quickest = taken;
    else
        terminal->quickest += (taken - terminal->quickest) / SLOWNESS;
    terminal->has_answered = true;
}

void terminal_pace_answered(struct terminal *terminal)
{
    if (terminal->asked_count == 0) { /* it was given up: the terminal does answer */
        terminal->has_answered = terminal->pacing = terminal->options.pace;
        return;
    }
    int64_t now = terminal_clock_us();
    struct asked asked = terminal->asked[0];
    terminal->asked_count--;
    memmove(terminal->asked, terminal->asked + 1, terminal->asked_count * sizeof asked);
    take_way(terminal, now - asked.at);
    if (terminal->busy_at == 0) {
        terminal->busy_at = now;
        terminal->busy_len = asked.len;
    } else {
        take_rate(terminal, &asked, now);
    }
    terminal->arrived_len = asked.len;
    terminal->arrived_at = now;
}

int64_t terminal_pace_limit(const struct terminal *terminal)
{
    if (terminal->asked_count == 0)
        return -1;
    int64_t limit = terminal->has_answered ? ANSWER_LIMIT_US : FIRST_ANSWER_LIMIT_US;
    return (terminal->asked[0].at + limit) / 1000;
}

bool terminal_pace_give_up(struct terminal *terminal, int64_t now)
{
    if (terminal->asked_count == 0 || now <= terminal_pace_limit(terminal))
        return false;
    bool was_behind = terminal_pace_is_behind(terminal);
    terminal->pacing = terminal->has_answered;
    terminal->asked_count = 0;
    terminal->arrived_len = terminal->sent_len;
    return was_behind;
}

/* ---- sending --------------------------------------------------------------------------------- */

void terminal_pace_send(struct terminal *terminal)
{
    struct buf bytes = BUF_INIT;
    size_t room = window(terminal), step = slice(terminal);
    bool has_more = terminal_pace_has_more(terminal);
    /* With nothing before it, its answer tells the length of the way. */
    if (terminal->pacing && terminal->asked_count == 0 && frame_left(&terminal->frame, step) > step)
        ask(terminal, &bytes);
    while (has_more && (!terminal->pacing || under_way(terminal) + bytes.len + step <= room)) {
        has_more = !frame_give(&terminal->frame, bytes.len + step, &bytes);
        if (terminal->sent_len + bytes.len - terminal->asked_len >= step)
            ask(terminal, &bytes);
    }
    bool is_stuck = has_more || !has_room(terminal);
    if (is_stuck && terminal->asked_count == 0)
        ask(terminal, &bytes);
    terminal_write(terminal, buf_str(&bytes));
    buf_done(&bytes);
}
