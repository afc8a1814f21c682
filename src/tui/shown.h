/* What the terminal shows, cell by cell, as far as it is known: followed from what is sent to it,
 * so that nothing is sent that it shows already. Rows and columns count from 1; what lies outside
 * of the screen is nowhere. */
#ifndef TUI_SHOWN_H
#define TUI_SHOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Attributes by their SGR numbers 1 to 9 as bits. A colour: 0 is the terminal's own; below 256 the
 * SGR number that sets it; else its kind (5: of 256, 2: red, green, blue) above 24 bits. */
struct shown_look {
    uint32_t foreground, background;
    uint32_t attributes;
};

struct shown_cell {
    uint64_t text; /* the bytes of a character and its marks; 0: not known */
    struct shown_look look;
    uint16_t link; /* number of the address that it leads to; 0: none */
};

/* Zeroed: of no size, and nothing is known. */
struct shown {
    struct shown_cell *cells;
    int rows, columns;
};

/* Takes a size; nothing is known of any cell. */
void shown_reset(struct shown *shown, int rows, int columns);
void shown_done(struct shown *shown);

bool shown_same_look(const struct shown_look *a, const struct shown_look *b);

struct shown_cell shown_make(str text, const struct shown_look *look, size_t link);
/* The bytes of a cell that is known; it stays where the cell does. */
str shown_text(const struct shown_cell *cell);
/* NULL outside of the screen. */
const struct shown_cell *shown_at(const struct shown *shown, int row, int column);
/* True when a character of `width` columns stands there already. */
bool shown_has(const struct shown *shown, int row, int column, const struct shown_cell *cell,
               int width);
void shown_put(struct shown *shown, int row, int column, const struct shown_cell *cell, int width);

/* Columns first to last of a row, under the look that the terminal has; NULL: it is not known. */
void shown_erase(struct shown *shown, int row, int first, int last, const struct shown_look *look);
/* Rows top to bottom go up by so many rows, or down. What comes in is blank, under that look. */
void shown_roll(struct shown *shown, int top, int bottom, int up, const struct shown_look *look);
/* From a column on the cells of a row go to the right by so many columns, or to the left. */
void shown_shift(struct shown *shown, int row, int column, int right,
                 const struct shown_look *look);
void shown_forget_row(struct shown *shown, int row);
void shown_forget(struct shown *shown);

#endif
