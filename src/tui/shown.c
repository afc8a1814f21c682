#include "tui/shown.h"

#include <string.h>

#include "base/memory.h"

/* Stands in the cell that the right half of a wide character takes; no text holds it. */
enum { RIGHT_HALF = 1 };

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

str shown_text(const struct shown_cell *cell)
{
    const char *bytes = (const char *)&cell->text;
    size_t len = 0;
    while (len < sizeof cell->text && (unsigned char)bytes[len] > RIGHT_HALF)
        len++;
    return (str){bytes, len};
}

static struct shown_cell *cell_at(const struct shown *shown, int row, int column)
{
    const struct shown_cell *cell = shown_at(shown, row, column);
    return cell != NULL ? shown->cells + (cell - shown->cells) : NULL;
}

static bool is_blank(const struct shown_cell *cell)
{
    static const char blank[sizeof cell->text] = " ";
    return memcmp(&cell->text, blank, sizeof blank) == 0;
}

bool shown_hides(const struct shown_look *look)
{
    enum { UNDERLINED = 1U << 4, REVERSED = 1U << 7, STRUCK = 1U << 9 };
    return (look->attributes & (UNDERLINED | REVERSED | STRUCK)) == 0;
}

bool shown_is_unseen(const struct shown_cell *cell)
{
    return is_blank(cell) && shown_hides(&cell->look);
}

struct shown_cell shown_make(str text, const struct shown_look *look, size_t link)
{
    struct shown_cell cell = {.look = *look, .link = (uint32_t)link};
    if (text.len > sizeof cell.text)
        return (struct shown_cell){0};
    memcpy(&cell.text, text.ptr, text.len);
    if (shown_is_unseen(&cell))
        cell.look = (struct shown_look){.background = look->background};
    return cell;
}

bool shown_is_half(const struct shown_cell *cell)
{
    return cell->text == RIGHT_HALF;
}

bool shown_same_row(const struct shown *a, const struct shown *b, int row)
{
    const struct shown_cell *first = cell_at(a, row, 1), *other = cell_at(b, row, 1);
    return first == other || (first != NULL && other != NULL &&
                              memcmp(first, other, (size_t)a->columns * sizeof *first) == 0);
}

/* Half of a wide character is left: what is shown of it depends on the terminal. */
static void forget_halves(struct shown *shown, int row, int first, int last)
{
    struct shown_cell *from = cell_at(shown, row, first), *to = cell_at(shown, row, last + 1);
    if (from != NULL && first > 1 && from->text == RIGHT_HALF)
        from[-1].text = 0;
    if (to != NULL && to->text == RIGHT_HALF)
        to->text = 0;
}

void shown_put(struct shown *shown, int row, int column, const struct shown_cell *cell, int width)
{
    struct shown_cell *first = cell_at(shown, row, column);
    if (width == 1 && first != NULL && column < shown->columns && first[0].text != RIGHT_HALF &&
        first[1].text != RIGHT_HALF) { /* nearly always */
        *first = *cell;
        return;
    }
    if (width > 0)
        forget_halves(shown, row, column, column + width - 1);
    for (int i = 0; i < width; i++) {
        struct shown_cell *there = cell_at(shown, row, column + i);
        if (there != NULL)
            *there = i == 0 ? *cell : (struct shown_cell){.text = RIGHT_HALF};
    }
}

/* Terminals do not agree on what else than the ground they erase with. */
static struct shown_cell erased(const struct shown_look *look)
{
    if (look == NULL || !shown_hides(look))
        return (struct shown_cell){0};
    return shown_make(STR(" "), look, 0);
}

void shown_erase(struct shown *shown, int row, int first, int last, const struct shown_look *look)
{
    const struct shown_cell blank = erased(look);
    if (first < 1)
        first = 1;
    if (last > shown->columns)
        last = shown->columns;
    forget_halves(shown, row, first, last);
    for (int column = first; column <= last; column++) {
        struct shown_cell *there = cell_at(shown, row, column);
        if (there != NULL)
            *there = blank;
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

void shown_shift(struct shown *shown, int row, int column, int right, const struct shown_look *look)
{
    struct shown_cell *from = cell_at(shown, row, column);
    if (from == NULL)
        return;
    int cells = shown->columns - column + 1, by = right < 0 ? -right : right;
    bool is_split = false;
    for (int i = 0; i < cells; i++)
        is_split |= from[i].text == RIGHT_HALF;
    if (is_split) {
        shown_forget_row(shown, row);
        return;
    }
    if (by > cells)
        by = cells;
    size_t moved = (size_t)(cells - by) * sizeof *from;
    memmove(right > 0 ? from + by : from, right > 0 ? from : from + by, moved);
    int blank = right > 0 ? column : shown->columns - by + 1;
    shown_erase(shown, row, blank, blank + by - 1, look);
}

bool shown_is_known(const struct shown *shown, int top, int bottom)
{
    const struct shown_cell *cell = shown_at(shown, top, 1);
    size_t count = (size_t)(bottom - top + 1) * (size_t)shown->columns;
    for (size_t i = 0; cell != NULL && i < count; i++)
        if (cell[i].text == 0)
            return false;
    return true;
}

void shown_forget_row(struct shown *shown, int row)
{
    struct shown_cell *first = cell_at(shown, row, 1);
    if (first != NULL)
        memset(first, 0, (size_t)shown->columns * sizeof *first);
}

void shown_forget(struct shown *shown)
{
    for (int row = 1; row <= shown->rows; row++)
        shown_forget_row(shown, row);
}
