/* Brings a terminal from the cells that it shows to the cells that are wanted, in few bytes. It
 * knows where the cursor is, what the next character would look like and which rows scroll, and
 * takes the shortest way that ECMA-48 and DEC have for each step:
 * - cells that look alike are left alone; blanks look alike under all attributes that show only on
 *   a character, so attributes change where something is seen;
 * - over cells that stay the cursor moves, or they are written once more where that is shorter;
 * - rows that are wanted elsewhere scroll, and the region that does stays set;
 * - blanks up to the end of a row are erased, the same character many times is repeated. */
#ifndef TUI_PAINTER_H
#define TUI_PAINTER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "tui/shown.h"

struct painter_region {
    int top, bottom; /* rows from 1; 0, 0: the whole screen; -1, -1: not known */
};

/* What not every terminal can. */
struct painter_skills {
    bool erases_in_colour; /* with the ground of what is written (bce in terminfo) */
    bool repeats;          /* the last character: REP */
    bool goes_to_rows;     /* and stays in the column: VPA */
    bool goes_to_columns;  /* and stays in the row: CHA */
    bool scrolls;          /* wherever the cursor is: SU, SD */
    bool has_256;          /* colours, and these are the only way to set one */
};

struct painter {
    struct shown shown;      /* in the terminal */
    const struct buf *links; /* the addresses, by number; NULL: no character leads anywhere */
    size_t link;             /* that the terminal is at; 0: none */
    struct shown_look look;  /* of what is written next */
    bool look_known;
    int row, at; /* of the cursor, from 1; 0: not known, which the column is after the last one */
    struct painter_region region;
    struct painter_skills skills;
};

/* Nothing is known of the terminal's state. *painter is zeroed before the first time. */
void painter_reset(struct painter *painter, const struct painter_skills *skills, int rows,
                   int columns);
void painter_done(struct painter *painter);

/* Each adds to `out` what is missing, often nothing. */
/* The whole screen becomes blank. */
void painter_clear(struct painter *painter, struct buf *out);
void painter_go(struct painter *painter, int row, int column, struct buf *out);
void painter_set_look(struct painter *painter, const struct shown_look *look, struct buf *out);
void painter_set_link(struct painter *painter, size_t link, struct buf *out);
/* The cursor stays where it is. */
void painter_set_region(struct painter *painter, struct painter_region region, struct buf *out);
/* Scrolls the rows of a screen that are wanted elsewhere, where that leaves less to paint. */
void painter_scroll(struct painter *painter, const struct shown *wanted, struct buf *out);

/* Paints rows of a screen that has the size of the painter's, all of whose cells are known, up to
 * about `limit` bytes in `out`. False when something is left. */
bool painter_paint(struct painter *painter, const struct shown *wanted, size_t limit,
                   struct buf *out);
/* About as many bytes are missing; not counted further than `most`. */
size_t painter_left(const struct painter *painter, const struct shown *wanted, size_t most);

#endif
