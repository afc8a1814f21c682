/* What a terminal shows, cell by cell, as far as it is known: followed from what is sent to it, so
 * that nothing is sent that it shows already. Rows and columns count from 1; what lies outside
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
enum { SHOWN_KIND_SHIFT = 24, SHOWN_OF_256 = 5, SHOWN_OF_PARTS = 2 };

struct shown_cell {
    uint64_t text; /* the bytes of a character and its marks; 0: not known */
    struct shown_look look;
    uint32_t link; /* number of the address that it leads to; 0: none */
};
/* Cells are compared many at once. */
_Static_assert(sizeof(struct shown_cell) == 24, "no padding");

/* Zeroed: of no size, and nothing is known. */
struct shown {
    struct shown_cell *cells;
    int rows, columns;
};

/* Takes a size; nothing is known of any cell. */
void shown_reset(struct shown *shown, int rows, int columns);
void shown_done(struct shown *shown);

static inline bool shown_same_look(const struct shown_look *a, const struct shown_look *b)
{
    return a->attributes == b->attributes && a->foreground == b->foreground &&
           a->background == b->background;
}

/* True when a blank shows nothing of the look but its ground. */
bool shown_hides(const struct shown_look *look);

/* A blank that shows nothing but its ground has no other look. A text that a cell has no room for
 * is not known. */
struct shown_cell shown_make(str text, const struct shown_look *look, size_t link);
/* The bytes of a cell that is known; it stays where the cell does. */
str shown_text(const struct shown_cell *cell);
/* NULL outside of the screen. */
static inline const struct shown_cell *shown_at(const struct shown *shown, int row, int column)
{
    bool is_inside = row >= 1 && row <= shown->rows && column >= 1 && column <= shown->columns;
    return !is_inside
               ? NULL
               : &shown->cells[(size_t)(row - 1) * (size_t)shown->columns + (size_t)(column - 1)];
}
/* A blank that shows nothing but its ground. */
bool shown_is_unseen(const struct shown_cell *cell);
/* The right half of the wide character before it. */
bool shown_is_half(const struct shown_cell *cell);
/* True when both are known and cannot be told apart. */
static inline bool shown_same(const struct shown_cell *a, const struct shown_cell *b)
{
    return a->text != 0 && a->text == b->text && a->link == b->link &&
           shown_same_look(&a->look, &b->look);
}
/* True when a row of two screens of the same size is surely the same. */
bool shown_same_row(const struct shown *a, const struct shown *b, int row);
void shown_put(struct shown *shown, int row, int column, const struct shown_cell *cell, int width);

/* Columns first to last of a row, under the look that the terminal has; NULL: it is not known.
 * Under a look that a blank does not hide, what comes is not known. */
void shown_erase(struct shown *shown, int row, int first, int last, const struct shown_look *look);
/* Rows top to bottom go up by so many rows, or down. What comes in is blank, under that look. */
void shown_roll(struct shown *shown, int top, int bottom, int up, const struct shown_look *look);
/* From a column on the cells of a row go to the right by so many columns, or to the left. */
void shown_shift(struct shown *shown, int row, int column, int right,
                 const struct shown_look *look);
/* True when every cell of the rows is known. */
bool shown_is_known(const struct shown *shown, int top, int bottom);
void shown_forget_row(struct shown *shown, int row);
void shown_forget(struct shown *shown);

#endif
