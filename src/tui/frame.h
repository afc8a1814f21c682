/* A frame on its way to the terminal: the cells that are wanted, and the painter that brings the
 * terminal to them, piece by piece. As the cells tell what is missing, a frame that the line has
 * not taken yet gives way to a newer one by itself. */
#ifndef TUI_FRAME_H
#define TUI_FRAME_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "tui/painter.h"

/* Where the cursor shows, from 1; a row of 0: nowhere. */
struct frame_cursor {
    int row, column;
};

struct frame {
    struct painter painter;
    struct shown wanted; /* drawn on while nothing is missing or when it is to give way */
    struct frame_cursor cursor;
    const char *hide, *show; /* sequences for the cursor; NULL: it always shows */
    bool is_shown;           /* the cursor, in the terminal */
    bool is_missing;         /* something was not given yet */
    bool is_new;             /* nothing of it was */
    bool clears;             /* the screen, before all else */
};

/* Nothing is known of the terminal's state; the frame is blank when the size is another one.
 * *frame is zeroed before the first time; hide and show are the caller's. */
void frame_reset(struct frame *frame, const struct painter_skills *skills, int rows, int columns);
void frame_done(struct frame *frame);
/* The wanted cells are whole: they are what frame_give gives from now on. */
void frame_take(struct frame *frame, struct frame_cursor cursor);
/* Adds to `out`, up to about `limit` bytes of it, what brings the terminal nearer to the frame.
 * True when nothing is missing any more. */
bool frame_give(struct frame *frame, size_t limit, struct buf *out);
/* About as many bytes are still to be given; not counted further than `most`. */
size_t frame_left(const struct frame *frame, size_t most);
/* Gives up what is missing and sets what others who write to the terminal count on: no region that
 * scrolls, no link, no attributes. */
void frame_end(struct frame *frame, struct buf *out);

#endif
