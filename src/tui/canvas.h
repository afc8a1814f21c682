/* Drawing on the frame: a rectangle of cells. Every string passes the output gate here, cell by
 * cell; nothing is drawn outside of the rectangle; a wide character that would be cut is drawn as
 * a space. */
#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include "base/str.h"
#include "tui/theme.h"

struct terminal;

struct canvas {
    struct terminal *terminal;
    const struct theme *theme;
    int row, column, rows, columns; /* the rectangle, in screen cells; may be empty */
    str link; /* the address of the web that canvas_text leads to, where the terminal can; or none
               */
};

/* The whole screen. */
struct canvas canvas_screen(struct terminal *terminal, const struct theme *theme);
/* A part of it, cut to what is there; row and column relative to the canvas. */
struct canvas canvas_part(const struct canvas *canvas, int row, int column, int rows, int columns);

/* Draws text (one line) from a cell on, at most `columns` cells; returns the cells used. */
int canvas_text(const struct canvas *canvas, int row, int column, int columns, str text,
                style_id style);
/* The same, filled with blanks of that style up to `columns`; cut text ends in "…". */
void canvas_field(const struct canvas *canvas, int row, int column, int columns, str text,
                  style_id style);
/* The same, set to the right. */
void canvas_field_right(const struct canvas *canvas, int row, int column, int columns, str text,
                        style_id style);
void canvas_fill(const struct canvas *canvas, int row, int column, int columns, char with,
                 style_id style);

#endif
