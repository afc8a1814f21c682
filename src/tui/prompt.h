/* A line of input at the foot of the screen: edited by cluster, with history. */
#ifndef TUI_PROMPT_H
#define TUI_PROMPT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "tui/canvas.h"
#include "tui/key.h"

enum prompt_result {
    PROMPT_EDITING /* nothing changed in the text */,
    PROMPT_CHANGED,
    PROMPT_ACCEPTED,
    PROMPT_CANCELLED
};

/* Lines that were accepted, oldest first; on the heap. All zero is an empty one. */
struct prompt_history {
    VEC(struct buf) lines;
};

enum { PROMPT_HISTORY_LIMIT = 500 };

/* Adds a copy at the end, unless it is empty or the same as the last; the oldest goes beyond the
 * limit. */
void prompt_history_add(struct prompt_history *history, str line);
void prompt_history_done(struct prompt_history *history);

struct prompt {
    struct buf text;
    size_t cursor;                  /* bytes */
    struct prompt_history *history; /* borrowed; NULL: nothing is remembered */
    size_t history_at;
};

void prompt_init(struct prompt *prompt);
void prompt_done(struct prompt *prompt);
/* Begins with `initial` in the line, cursor at its end. */
void prompt_start(struct prompt *prompt, str initial);
/* The line is both, with the cursor between them. */
void prompt_set(struct prompt *prompt, str before, str after);
/* From the next prompt_start on, lines are remembered and recalled there. */
void prompt_use(struct prompt *prompt, struct prompt_history *history);
/* Enter accepts (and remembers), Esc and ^C cancel, ^U ^W ^A ^E ^K, arrows, Home, End, Del, Up and
 * Down through the history; a printable key is inserted. */
enum prompt_result prompt_key(struct prompt *prompt, key_code key);
/* Draws label and text in one row, scrolled so that the cursor shows; returns its column. */
int prompt_draw(const struct prompt *prompt, const struct canvas *canvas, int row, str label,
                style_id label_style, style_id text_style);

#endif
