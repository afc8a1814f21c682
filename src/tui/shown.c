#include "tui/shown.h"

#include <string.h>

#include "base/memory.h"

static const struct shown_cell blank = {.text = " "};

void shown_done(struct shown *shown)
{
    memory_free(shown->cells);
    *shown = (struct shown){0};
}

void shown_reset(struct shown *shown, int rows, int columns)
{
    shown_done(shown);
    if (rows < 1 || columns < 1)
        return;
    *shown = (struct shown){memory_new((size_t)rows * (size_t)columns, sizeof *shown->cells), rows,
                            columns};
}

void shown_clear(struct shown *shown)
{
    size_t count = (size_t)shown->rows * (size_t)shown->columns;
    for (size_t i = 0; i < count; i++)
        shown->cells[i] = blank;
}

static struct shown_cell *cell_at(const struct shown *shown, int row, int column)
{
    const struct shown_cell *cell = shown_at(shown, row, column);
    return cell != NULL ? shown->cells + (cell - shown->cells) : NULL;
}

struct shown_cell shown_make(str text, const struct shown_look *look, size_t link)
{
    struct shown_cell cell = {.look = *look, .link = (uint16_t)link};
    memcpy(cell.text, text.ptr, text.len < sizeof cell.text ? text.len : sizeof cell.text);
    if (shown_is_unseen(&cell))
        cell.look = (struct shown_look){.background = look->background};
    return cell;
}

bool shown_same_row(const struct shown *a, const struct shown *b, int row)
{
    const struct shown_cell *first = cell_at(a, row, 1), *other = cell_at(b, row, 1);
    return first == other || (first != NULL && other != NULL &&
                              memcmp(first, other, (size_t)a->columns * sizeof *first) == 0);
}

/* Columns first to last are about to be written: half of a wide character that is left becomes
 * `rest`. */
static void split(struct shown *shown, int row, int first, int last, const struct shown_cell *rest)
{
    struct shown_cell *from = cell_at(shown, row, first), *to = cell_at(shown, row, last + 1);
    if (from != NULL && first > 1 && shown_is_half(from))
        from[-1] = *rest;
    if (to != NULL && shown_is_half(to))
        *to = *rest;
}

static void place(struct shown *shown, int row, int column, const struct shown_cell *cell,
                  int width, const struct shown_cell *rest)
{
    struct shown_cell *first = cell_at(shown, row, column);
    if (first == NULL || width < 1 || column + width - 1 > shown->columns)
        return;
    bool is_alone = width == 1 && column < shown->columns && !shown_is_half(&first[0]) &&
                    !shown_is_half(&first[1]);
    if (is_alone) { /* nearly always */
        *first = *cell;
        return;
    }
    split(shown, row, column, column + width - 1, rest);
    first[0] = *cell;
    for (int i = 1; i < width; i++)
        first[i] = (struct shown_cell){.text = {SHOWN_RIGHT_HALF}};
}

void shown_put(struct shown *shown, int row, int column, const struct shown_cell *cell, int width)
{
    static const struct shown_cell unknown;
    place(shown, row, column, cell, width, &unknown);
}

void shown_draw(struct shown *shown, int row, int column, const struct shown_cell *cell, int width)
{
    place(shown, row, column, cell, width, &blank);
}

void shown_draw_run(struct shown *shown, int row, int column, str ascii,
                    const struct shown_look *look, size_t link)
{
    struct shown_cell *there = cell_at(shown, row, column);
    int last = column + (int)ascii.len - 1;
    if (there == NULL || ascii.len == 0 || last > shown->columns)
        return;
    const struct shown_cell space = shown_make(STR(" "), look, link);
    struct shown_cell cell = {.look = *look, .link = (uint16_t)link};
    split(shown, row, column, last, &blank);
    for (size_t i = 0; i < ascii.len; i++) {
        cell.text[0] = ascii.ptr[i];
        there[i] = cell.text[0] == ' ' ? space : cell;
    }
}

/* Terminals do not agree on what else than the ground they erase with. */
static struct shown_cell erased(const struct shown_look *look)
{
    return shown_hides(look) ? shown_make(STR(" "), look, 0) : (struct shown_cell){0};
}

void shown_erase(struct shown *shown, int row, int first, int last, const struct shown_look *look)
{
    static const struct shown_cell unknown;
    const struct shown_cell empty = erased(look);
    if (first < 1)
        first = 1;
    if (last > shown->columns)
        last = shown->columns;
    split(shown, row, first, last, &unknown);
    for (int column = first; column <= last; column++) {
        struct shown_cell *there = cell_at(shown, row, column);
        if (there != NULL)
            *there = empty;
    }
}

void shown_roll(struct shown *shown, int top, int bottom, int up, const struct shown_look *look)
{
    struct shown_cell *first = cell_at(shown, top, 1);
    if (first == NULL || bottom > shown->rows || top > bottom)
        return;
    int rows = bottom - top + 1, by = up < 0 ? -up : up;
    if (by > rows)
        by = rows;
    size_t moved = (size_t)(rows - by) * (size_t)shown->columns;
    size_t offset = (size_t)by * (size_t)shown->columns;
    if (up > 0)
        memmove(first, first + offset, moved * sizeof *first);
    else
        memmove(first + offset, first, moved * sizeof *first);
    for (int i = 0; i < by; i++)
        shown_erase(shown, up > 0 ? bottom - i : top + i, 1, shown->columns, look);
}
