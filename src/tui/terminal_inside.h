/* What the files of the terminal and the canvas share; nobody else includes it. Here alone is
 * curses seen. */
#ifndef TUI_TERMINAL_INSIDE_H
#define TUI_TERMINAL_INSIDE_H

#define NCURSES_NOMACROS 1 /* no macros named move, clear, timeout … */
#include <curses.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>

#include "tui/frame.h"
#include "tui/terminal.h"
#include "tui/terminal_type.h"
#include "tui/theme.h"

enum {
    KEY_QUEUE_LIMIT = 64,
    TYPE_LIMIT_LEN = 64,
    COLOUR_LIMIT = 16,
    SIGNAL_LIMIT = 8,
    ASKED_LIMIT = 32,
    LINK_LIMIT = 239 /* addresses on one screen */
};

struct terminal {
    SCREEN *screen;
    WINDOW *keys; /* a pad: reading keys through it paints nothing */
    struct terminal_options options;
    char type[TYPE_LIMIT_LEN]; /* "" when the name is longer */
    int rows, columns;
    bool ended; /* to be left: SIGHUP, SIGTERM or the end of input */
    bool dead;  /* nobody is at the other end: nothing is written any more */

    /* colours: 0 = attributes only; pairs of curses by foreground + 1 and background + 1, 0 = not
     * yet made */
    int colours;
    bool has_default_colours;
    attr_t attributes;  /* that it can show */
    int without_colour; /* those of them that it cannot show together with colours */
    short pairs[COLOUR_LIMIT + 1][COLOUR_LIMIT + 1];
    short pair_count; /* made so far; pair 0 is the terminal's own */

    /* input */
    key_code queue[KEY_QUEUE_LIMIT];
    size_t queue_at, queue_count;
    char partial[4]; /* of a UTF-8 sequence whose rest has not come yet */
    size_t partial_len;
    int empty_reads; /* times in a row that input was ready and gave nothing */

    /* signals, as told by the pipe */
    int signal_pipe[2];
    int file_flags[2]; /* of descriptors 0 and 1, as they were */
    struct sigaction signals_before[SIGNAL_LIMIT];
    bool stop_asked, continued;
    bool resizing;                  /* the size may have changed and has not settled */
    int64_t resize_at, resize_last; /* ms: when it has settled; when it counts as settled */

    /* frames */
    uint64_t frame_count; /* sent */
    uint64_t drawn_count; /* drawn from a blank screen on: what others show of it stays */
    bool unmarked;     /* something was done since the last frame mark */
    int idle_count;    /* EVENT_IDLE in a row */
    int64_t idle_from; /* ms: when something happened last */

    /* pace; moments in µs of terminal_clock_us */
    bool pacing;
    bool gives_way; /* what is left of the frame, to a newer one */
    uint64_t sent_len,
        arrived_len;    /* bytes since the start; what is known of those at the other end */
    int64_t arrived_at; /* when that became known */
    uint64_t asked_len; /* bytes up to the last question */
    struct asked {
        int64_t at;
        uint64_t len; /* bytes up to the question */
        int64_t arrived_at;
        uint64_t arrived_len; /* both when it was asked */
        bool is_last;         /* there was nothing more to send */
    } asked[ASKED_LIMIT];     /* not yet answered, the oldest first */
    size_t asked_count;
    int64_t busy_at; /* the first answer since nothing was under way, and how far it was; 0: owed */
    uint64_t busy_len;
    bool has_answered; /* the terminal, ever */
    int64_t quickest;  /* that an answer took: the way there and back */
    double rate;       /* of the line, bytes a µs; 0: not known */
    double fastest[2]; /* of the last answers, and of those before them */
    int rate_count;

    /* addresses that cells lead to, by number from 1 */
    struct buf links[LINK_LIMIT + 1];
    uint64_t link_frames[LINK_LIMIT + 1]; /* the drawing that each was last in, from 1 */

    /* what is shown */
    FILE *output; /* of curses */
    bool is_painted;
    struct painter_skills skills;
    char hide[TERMINAL_SEQUENCE_LEN], show[TERMINAL_SEQUENCE_LEN]; /* the cursor */
    struct frame frame;
};

/* Milliseconds of a clock that never jumps: for waiting only. */
int64_t terminal_clock(void);
int64_t terminal_clock_us(void);

/* ---- terminal_keys.c ---- */

/* Teaches curses the sequences of keys that the terminal's description leaves out. */
void terminal_learn_keys(void);
/* Takes all input that is there into the queue. False when there was none. */
bool terminal_read_keys(struct terminal *terminal);
void terminal_queue_key(struct terminal *terminal, key_code key);

/* ---- terminal_frame.c ---- */

/* Opens the stream that curses writes to; false when it cannot be. */
bool terminal_frames_open(struct terminal *terminal);
/* Enters the screen, of whose size the terminal is. */
void terminal_frames_begin(struct terminal *terminal);
/* Sends the cells that are drawn, at the line's pace. */
void terminal_frames_send(struct terminal *terminal, struct frame_cursor cursor);
/* What the terminal shows is not known any more. */
void terminal_frames_forget(struct terminal *terminal);
/* Before curses leaves the screen. */
void terminal_frames_end(struct terminal *terminal);
void terminal_frames_close(struct terminal *terminal);

/* ---- terminal_pace.c ---- */

/* Sends as much of what is missing on the screen as the line has room for. */
void terminal_pace_send(struct terminal *terminal);
void terminal_pace_answered(struct terminal *terminal);
bool terminal_pace_has_more(const struct terminal *terminal);
/* What was sent beside the frames fills the line, and no answer is awaited that would tell when it
 * has arrived: terminal_pace_send asks. */
bool terminal_pace_must_ask(const struct terminal *terminal);
/* True when the line has no room. */
bool terminal_pace_is_behind(const struct terminal *terminal);
/* When no answer is waited for any longer, ms; -1 when none is owed. */
int64_t terminal_pace_limit(const struct terminal *terminal);
/* Gives up what was not answered in time; true when the terminal was behind until now. */
bool terminal_pace_give_up(struct terminal *terminal, int64_t now);

/* ---- terminal_link.c ---- */

/* The number of an address for the cells of this frame; 0 when they cannot lead there. */
size_t terminal_link(struct terminal *terminal, str address);
void terminal_links_done(struct terminal *terminal);

/* ---- terminal_output.c ---- */

/* Writes bytes past curses, which has written all that it had to. */
void terminal_write(struct terminal *terminal, str bytes);
/* How a style looks here. */
struct shown_look terminal_look(const struct terminal *terminal, const struct style *style);

#endif
