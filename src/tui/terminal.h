/* The terminal: opened with newterm, left in order whatever happens, and the one wait of the
 * program: keys, resizes, signals, other descriptors, idleness. */
#ifndef TUI_TERMINAL_H
#define TUI_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/str.h"
#include "tui/key.h"
#include "tui/theme.h"

struct terminal;

struct terminal_options {
    const char *type; /* $TERM; NULL or unknown is refused with a message */
    bool in_tmux;     /* $TMUX is set: tmux may call itself a screen */
    bool colour;      /* false: NO_COLOR */
    bool frame_mark;  /* write OSC 7777 after each frame that no input follows: for tests */
    int escape_ms;    /* how long a lone Esc may be the start of a key; 25..200 */
    bool pace;        /* ask the terminal for its answer (DSR 5), to send no faster than the line */
};

enum terminal_event_kind {
    EVENT_KEY,
    EVENT_RESIZE, /* sizes settled; everything must be drawn again */
    EVENT_IDLE,   /* nothing came for idle_ms */
    EVENT_ROOM,   /* a terminal that was behind can take more: a newer frame, or what is left of the
                     last   one at the next wait */
    EVENT_WAKE,   /* the watched descriptor can be read */
    EVENT_CONTINUE, /* back from suspension: everything must be drawn again */
    EVENT_HANGUP    /* the terminal is gone, or SIGHUP, SIGTERM: save and leave */
};

struct terminal_event {
    enum terminal_event_kind kind;
    key_code key;
};

/* Takes over standard input and output. USAGE (exit status 2) with a message when one of them is
 * no terminal, when TERM is unset, unknown or cannot move the cursor. Installs handlers for
 * SIGHUP, SIGTERM, SIGINT (a key, ^C), SIGWINCH, SIGTSTP, SIGCONT; ignores SIGPIPE and SIGXFSZ. */
enum status terminal_open(const struct terminal_options *options, struct terminal **terminal,
                          struct error *err) MUST_CHECK;
/* Gives the terminal back as it was. After a hang-up nothing is written to it. */
void terminal_close(struct terminal *terminal);

int terminal_rows(const struct terminal *terminal);
int terminal_columns(const struct terminal *terminal);

/* Waits for the next event. idle_ms < 0: no wake-ups at all while nothing comes. `watch`: another
 * descriptor to wait for, or -1. With frame marks idleness comes at once, and the mark when all
 * that was to be done is done: ask for idleness only while there is work for it. */
struct terminal_event terminal_wait(struct terminal *terminal, int idle_ms, int watch);
/* True when a key is there already: the caller takes it before it draws. */
bool terminal_input_pending(struct terminal *terminal);
/* True when the line to the terminal has no room, or while its size is changing: take keys but do
 * not paint; an event follows when it is over. */
bool terminal_is_behind(const struct terminal *terminal);
/* The next frame will have little in common with the last one: what the line has not taken of that
 * gives way. Otherwise it is sent to its end, so that the next one can scroll on from there. */
void terminal_give_way(struct terminal *terminal);

/* True when what goes on should be given up: Esc, ^C or a key that `stops` (may be NULL) waits
 * among the keys (and stays there), or the program is told to end. */
bool terminal_is_interrupted(struct terminal *terminal, bool (*stops)(void *context, key_code key),
                             void *context);

/* Begins a frame: an empty screen of the present size to draw on with canvas.h. A frame that is
 * ended without it has what the one before has where nothing was drawn since. */
void terminal_begin_frame(struct terminal *terminal);
/* Sends the difference to the screen; what is left of the frame before gives way to it.
 * cursor_row < 0 hides the cursor. */
void terminal_end_frame(struct terminal *terminal, int cursor_row, int cursor_column);
/* Shows one line in the last row of what was drawn last, while something keeps the program from
 * drawing; the next frame takes it away. */
void terminal_notice(struct terminal *terminal, const struct theme *theme, str text,
                     style_id style);
/* Repaints everything at the next frame (^L). */
void terminal_repaint(struct terminal *terminal);

/* Stops the program like ^Z, terminal restored; returns when continued. */
void terminal_suspend(struct terminal *terminal);
/* Lets another program have the terminal: execvp, no shell, waits for its end; *exit_status as
 * from waitpid, -1 when it could not start. */
enum status terminal_run_program(struct terminal *terminal, char *const arguments[],
                                 int *exit_status, struct error *err) MUST_CHECK;
/* False for terminals that are known to have no clipboard: the console, the old hardware. */
bool terminal_can_copy(const struct terminal *terminal);
/* False for types of terminals that are known to have no links in their text. */
bool terminal_can_link(const char *type);
/* What stands between here and the terminal and must hand the clipboard on: "tmux", "screen";
 * NULL: nothing that is known. */
const char *terminal_copies_through(const struct terminal *terminal);
/* Puts text into the clipboard of the user's terminal by OSC 52 (base64; within tmux and screen
 * passed through). TOO_LARGE over 74,994 bytes. It cannot be known whether the terminal took it. */
enum status terminal_copy(struct terminal *terminal, str text, struct error *err) MUST_CHECK;

#endif
