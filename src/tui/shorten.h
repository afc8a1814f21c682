/* What curses sends for a frame, said in fewer bytes. Curses chooses which cells to send; how it
 * spells a change of attributes and a scroll costs about twice what is needed, and in marked text
 * that is a third of a line:
 * - neighbouring changes of attributes become one sequence (ESC [ 1 ; 36 m), those that change
 *   nothing go, and so does the choice of a character set that is chosen already;
 * - a scrolling region is set when something scrolls in it, not before each scroll and back after
 *   it. So it stays set between frames: shorten_end gives it back;
 * - in the row where the cursor is, a column is enough; the row below is a line feed away; a
 * position that nothing is written at goes;
 * - what the terminal shows already is passed over. Curses sends such cells between others that
 *   change, and their changes of attributes with them.
 * Terminals whose sequences are not those of ECMA-48 and DEC get what curses sent. */
#ifndef TUI_SHORTEN_H
#define TUI_SHORTEN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "tui/shown.h"

/* A character that stands right after another says that this one leads to the address of a number:
 * the variation selector FIRST + number, 1 to LIMIT. It is not sent; the address is (OSC 8). */
enum { SHORTEN_LINK_FIRST = 0xE0100, SHORTEN_LINK_LIMIT = 239 };

struct shorten_region {
    int top, bottom; /* rows from 1; 0, 0: the whole screen; -1, -1: not known */
};

struct shorten {
    const struct buf *links; /* the addresses, by number; NULL: no character leads anywhere */
    size_t link;             /* that the terminal is at; 0: none */
    struct shown_look shown, wanted;
    struct shown cells;
    bool late_regions;
    bool look_known;                          /* shown is what the terminal has */
    bool passes_looks;                        /* attributes pass as they come */
    bool has_character_sets;                  /* curses has chosen another one: they are kept */
    bool inserts;                             /* characters push what follows them to the right */
    struct shorten_region set, wanted_region; /* in the terminal; as curses believes */
    int row;                                  /* of the cursor from 1; 0: not known */
    int at;      /* its column, right of the screen after the last one; 0: not known */
    int held_at; /* the column where it is instead, before cells that were passed over; 0: none
                    were; -1: it may be anywhere */
    struct shown_cell last; /* what was written last, for its repetition; text 0: not known */
    int last_width;
    /* The last position in what is being added, as long as only scrolls that leave the cursor where
     * it is have followed it: its bytes, and the row it stands in; len 0: there is none. */
    size_t position_at, position_len;
    int row_before;    /* the row where the cursor was before that position; 0: not known */
    int column_before; /* its column then; 0: not known */
    int row_below;     /* the row that a line feed would have led to then; 0: not known */
};

/* Nothing is known of the terminal's state. `late_regions`: scrolling regions may stay set, because
 * curses never lets text run on from one row into the next (xenl in terminfo). With them the cells
 * of a screen of that size are followed; 0, 0: they are not. *shorten is zeroed before the first
 * time. */
void shorten_reset(struct shorten *shorten, bool late_regions, int rows, int columns);
void shorten_done(struct shorten *shorten);
/* Adds to `out` what says the same as `bytes`, which are whole sequences as curses writes them (the
 * position is given absolutely after a scrolling region). All attributes are up to date at the
 * end. */
void shorten_add(struct shorten *shorten, str bytes, struct buf *out);
/* The same up to about `limit` bytes in `out`; returns what is left, which must be given next. */
str shorten_some(struct shorten *shorten, str bytes, size_t limit, struct buf *out);
/* Leaves out what is left of `bytes`, all but the modes of the terminal that they set: it goes on
 * from there without showing what curses believes it to show. */
void shorten_drop(struct shorten *shorten, str bytes, struct buf *out);
/* Adds what brings the terminal to the state that curses believes it to be in. */
void shorten_end(struct shorten *shorten, struct buf *out);

#endif
