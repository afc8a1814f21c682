/* What curses sends for a frame, said in fewer bytes. How curses spells what it has to say costs
 * more than is needed, and in marked text that is a third of a line. So what it sends is followed
 * cell by cell without being sent, and the painter brings the terminal to the same cells. Only
 * where it pushes characters aside that leaves in its place, and what is not known here, after all
 * that came before it. As the cells tell what is missing, a frame that the line has not taken yet
 * gives way to a newer one by itself. Terminals whose sequences are not those of ECMA-48 and DEC
 * get what curses sent. */
#ifndef TUI_SHORTEN_H
#define TUI_SHORTEN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "tui/painter.h"

/* A character that stands right after another says that this one leads to the address of a number:
 * the variation selector FIRST + number, 1 to LIMIT. It is not sent; the address is (OSC 8). */
enum { SHORTEN_LINK_FIRST = 0xE0100, SHORTEN_LINK_LIMIT = 239 };

struct shorten {
    struct painter painter;
    /* As curses believes the terminal to be. */
    struct shown cells;
    struct shown_look look;
    struct painter_region region;
    int row, at;             /* of the cursor from 1, right of the screen after the last column;
                                0: not known */
    struct shown_cell last;  /* what was written last, for its repetition; text 0: not known */
    int last_width;          /* its columns; 0: not known */
    bool passes_looks;       /* attributes pass as they come */
    bool has_character_sets; /* curses has chosen another one: they pass, too */
    bool inserts;            /* characters push what follows them to the right */
    bool shows_cursor;       /* so it must be where curses believes it to be */
    bool is_missing;         /* something was not given yet */
    bool is_new;             /* nothing of it was */
    struct buf first;        /* leaves before anything is painted */
    struct buf after;        /* leaves when everything is painted: shows the cursor */
};

/* Nothing is known of the terminal's state. The cells of a screen of that size are followed; 0, 0:
 * all passes as it comes, as it must where text runs on from one row into the next (no xenl in
 * terminfo). *shorten is zeroed before the first time. */
void shorten_reset(struct shorten *shorten, const struct painter_skills *skills, int rows,
                   int columns);
void shorten_done(struct shorten *shorten);
/* Takes what curses has written: whole sequences (the position is given absolutely after a
 * scrolling region). */
void shorten_take(struct shorten *shorten, str bytes);
/* Adds to `out`, up to about `limit` bytes of it, what brings the terminal nearer to what curses
 * believes. True when nothing is missing any more. */
bool shorten_give(struct shorten *shorten, size_t limit, struct buf *out);
/* About as many bytes are still to be given; not counted further than `most`. */
size_t shorten_left(const struct shorten *shorten, size_t most);
/* Gives up what is missing, but for the modes of the terminal, and brings its cursor, look and
 * region to the state that curses believes them to be in. What it shows must be drawn anew. */
void shorten_end(struct shorten *shorten, struct buf *out);

#endif
