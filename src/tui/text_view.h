/* Text set in lines, scrolled, with styled spans and a cursor: what a reader needs and knows
 * nothing of articles. Lines are wrapped by block; the place is a byte offset, so that it survives
 * any change of width. */
#ifndef TUI_TEXT_VIEW_H
#define TUI_TEXT_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "text/wrap.h"
#include "tui/canvas.h"

/* A piece of text that is set by itself: a paragraph, a heading. Offsets are bytes of `text`. */
struct text_block {
    uint32_t start, end;
    style_id style;
    int space_before; /* empty lines above */
    int indent;       /* columns */
    str marker;       /* drawn in the indent of the first line ("• "), or STR_NONE */
};

/* Later spans win over earlier ones where they overlap; sorted by start. */
struct text_span {
    uint32_t start, end;
    style_id style;
    str link; /* an address of the web that it leads to, or STR_NONE */
};

/* A row of the view: a line of a block, or an empty one. */
struct text_row {
    uint32_t block; /* index */
    bool blank;
    bool first; /* first line of its block */
    struct line line;
};

struct text_view {
    struct arena arena;
    str text; /* borrowed */
    const struct text_block *blocks;
    size_t block_count;
    VEC(struct text_row) rows;
    int width, height; /* columns of text, rows of the window */
    size_t top;        /* first row shown */
    uint32_t cursor;   /* byte offset */
    uint32_t anchor;   /* byte that stays in the first row whatever the width, */
    size_t above;      /* below so many empty rows */
    int goal;          /* column that the cursor keeps to when it moves by rows; -1 = its own */
};

void text_view_init(struct text_view *view);
void text_view_done(struct text_view *view);
/* Sets the text in lines of at most `width` columns; keeps the text at the top of the window at the
 * top. Blocks and text are borrowed until the next call. */
void text_view_set(struct text_view *view, str text, const struct text_block *blocks,
                   size_t block_count, int width, int height);

size_t text_view_row_of(const struct text_view *view, uint32_t offset);
/* The place to remember: the byte that text_view_go was given, or the start of the first text row
 * that another move brought to the top. No series of widths and heights changes it, not even where
 * the end of the text keeps it below the first row. */
uint32_t text_view_place(const struct text_view *view);
/* The start of the first text row in the window. */
uint32_t text_view_first(const struct text_view *view);
/* Scrolls so that `offset` stands in the first row, or as near to it as the end of the text lets
 * it; the cursor goes there too. */
void text_view_go(struct text_view *view, uint32_t offset);
/* The same below `above` empty rows, as far as there are so many: view->anchor and view->above of
 * before give the window of before, whatever the text was set to since. */
void text_view_return(struct text_view *view, uint32_t offset, size_t above);
/* Scrolls as little as needed so that [start, end) shows with `margin` rows around it; far jumps
 * put it a third down. */
void text_view_show(struct text_view *view, uint32_t start, uint32_t end, int margin);
/* Moves by rows; returns how many it moved. The cursor stays in the window. */
int text_view_scroll(struct text_view *view, int rows);
bool text_view_at_end(const struct text_view *view);
/* 0..100, of the text that has been shown. */
int text_view_percent(const struct text_view *view);

/* Cursor by cluster, word, row, block; all stay in the text and in view. */
void text_view_move_cluster(struct text_view *view, int by);
/* On to the last character of a word, back to the first. */
void text_view_move_word(struct text_view *view, int by);
void text_view_move_row(struct text_view *view, int by);
void text_view_move_block(struct text_view *view, int by);

/* Draws the window into the canvas, text set from column `left`. Returns by *cursor_row,
 * *cursor_column where the cursor is (-1 when not shown). Costs as much as the rows shown, and one
 * look at each span before them. */
void text_view_draw(const struct text_view *view, const struct canvas *canvas, int left,
                    const struct text_span *spans, size_t span_count, int *cursor_row,
                    int *cursor_column);

#endif
