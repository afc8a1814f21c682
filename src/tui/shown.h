/* A screen, cell by cell: what a terminal shows, as far as it is known, and what it is to show.
 * Rows and columns count from 1; what lies outside of the screen is nowhere. */
#ifndef TUI_SHOWN_H
#define TUI_SHOWN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"

/* Attributes by their SGR numbers 1 to 9 as bits. A colour: 0 is the terminal's own, else its
 * number from 1. */
struct shown_look {
    uint16_t foreground, background, attributes;
};

/* A character with as many marks as there is room for. */
enum { SHOWN_TEXT_LEN = 16 };
/* Stands in the cell that the right half of a wide character takes; no text holds it. */
enum { SHOWN_RIGHT_HALF = 1 };

struct shown_cell {
    char text[SHOWN_TEXT_LEN]; /* filled up with NUL; empty: not known */
    struct shown_look look;
    uint16_t link; /* number of the address that it leads to; 0: none */
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
/* All cells become blank, in the terminal's own look. */
void shown_clear(struct shown *shown);

static inline bool shown_same_look(const struct shown_look *a, const struct shown_look *b)
{
    return a->attributes == b->attributes && a->foreground == b->foreground &&
           a->background == b->background;
}

/* True when a blank shows nothing of the look but its ground. */
static inline bool shown_hides(const struct shown_look *look)
{
    enum { UNDERLINED = 1U << 4, REVERSED = 1U << 7, STRUCK = 1U << 9 };
    return (look->attributes & (UNDERLINED | REVERSED | STRUCK)) == 0;
}

/* A blank that shows nothing but its ground has no other look. The text has at most
 * SHOWN_TEXT_LEN bytes. */
struct shown_cell shown_make(str text, const struct shown_look *look, size_t link);
/* The bytes of a cell that is known; it stays where the cell does. */
static inline str shown_text(const struct shown_cell *cell)
{
    size_t len = 0;
    while (len < sizeof cell->text && (unsigned char)cell->text[len] > SHOWN_RIGHT_HALF)
        len++;
    return (str){cell->text, len};
}
/* NULL outside of the screen. */
static inline const struct shown_cell *shown_at(const struct shown *shown, int row, int column)
{
    bool is_inside = row >= 1 && row <= shown->rows && column >= 1 && column <= shown->columns;
    return !is_inside
               ? NULL
               : &shown->cells[(size_t)(row - 1) * (size_t)shown->columns + (size_t)(column - 1)];
}
static inline bool shown_is_blank(const struct shown_cell *cell)
{
    return cell->text[0] == ' ' && cell->text[1] == '\0';
}
/* A blank that shows nothing but its ground. */
static inline bool shown_is_unseen(const struct shown_cell *cell)
{
    return shown_is_blank(cell) && shown_hides(&cell->look);
}
/* The right half of the wide character before it. */
static inline bool shown_is_half(const struct shown_cell *cell)
{
    return cell->text[0] == SHOWN_RIGHT_HALF;
}
/* True when two cells cannot be told apart. */
static inline bool shown_same(const struct shown_cell *a, const struct shown_cell *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}
/* True when a row of two screens of the same size is the same. */
bool shown_same_row(const struct shown *a, const struct shown *b, int row);

/* Puts a cell of so many columns, where there is room for all of it. The terminal decides
 * what it shows of a wide character of which half is left: that cell is not known any more. */
void shown_put(struct shown *shown, int row, int column, const struct shown_cell *cell, int width);
/* The same on a screen to be shown: what is left becomes blank. */
void shown_draw(struct shown *shown, int row, int column, const struct shown_cell *cell, int width);
/* Draws ASCII, one character a cell. */
void shown_draw_run(struct shown *shown, int row, int column, str ascii,
                    const struct shown_look *look, size_t link);

/* Columns first to last of a row, under the look that the terminal has. Under a look that a blank
 * does not hide, what comes is not known. */
void shown_erase(struct shown *shown, int row, int first, int last, const struct shown_look *look);
/* Rows top to bottom go up by so many rows, or down. What comes in is blank, under that look. */
void shown_roll(struct shown *shown, int top, int bottom, int up, const struct shown_look *look);

#endif
