#include "tui/canvas.h"

#include <string.h>
#include <wchar.h>

#include "text/gate.h"
#include "text/utf8.h"
#include "text/width.h"
#include "tui/terminal_inside.h"

enum { REPLACEMENT_WITHOUT_UNICODE = '?', FEW_BLANKS = 2, RUN_LIMIT = 128, NARROW_PAIR_LAST = 255 };

/* How a style looks here. */
struct look {
    attr_t attributes;
    short pair;
    wchar_t link; /* of terminal_link_mark */
};

struct canvas canvas_screen(struct terminal *terminal, const struct theme *theme)
{
    return (struct canvas){
        .terminal = terminal,
        .theme = theme,
        .rows = terminal_rows(terminal),
        .columns = terminal_columns(terminal),
    };
}

/* Cuts [*start, *start + *count) to [0, limit). */
static void cut(int *start, int *count, int limit)
{
    int64_t end = (int64_t)*start + (*count > 0 ? *count : 0);
    int64_t from = *start < 0 ? 0 : *start;
    if (end > limit)
        end = limit;
    *count = end > from ? (int)(end - from) : 0;
    *start = *count > 0 ? (int)from : 0;
}

struct canvas canvas_part(const struct canvas *canvas, int row, int column, int rows, int columns)
{
    struct canvas part = *canvas;
    cut(&row, &rows, canvas->rows);
    cut(&column, &columns, canvas->columns);
    part.row += row;
    part.column += column;
    part.rows = rows;
    part.columns = columns;
    return part;
}

static struct look look_of(const struct canvas *canvas, style_id style)
{
    struct look look = {0};
    if (style >= 0 && style < canvas->theme->style_count)
        terminal_cell_style(canvas->terminal, &canvas->theme->styles[style], &look.attributes,
                            &look.pair);
    return look;
}

/* Puts one group of cells; the caller has seen to it that it lies within the rectangle. */
static void put(const struct canvas *canvas, int row, int column, const wchar_t *characters,
                const struct look *look)
{
    cchar_t cell;
    if (setcchar(&cell, characters, look->attributes, look->pair, NULL) == OK)
        (void)mvwadd_wchnstr(stdscr, canvas->row + row, canvas->column + column, &cell, 1);
}

/* ASCII over what may be half of a wide character, and in pairs of colours that a chtype has no
 * room for. */
static void put_wide_run(int row, int column, str text, const struct look *look)
{
    cchar_t cells[RUN_LIMIT];
    for (size_t at = 0; at < text.len;) {
        int count = 0;
        size_t first = at;
        for (; at < text.len && count < RUN_LIMIT; at++, count++) {
            const wchar_t character[] = {(wchar_t)text.ptr[at], L'\0'};
            (void)setcchar(&cells[count], character, look->attributes, look->pair, NULL);
        }
        (void)mvwadd_wchnstr(stdscr, row, column + (int)first, cells, count);
    }
}

/* Puts characters of ASCII, one a cell, in one call of curses for many. Where nothing in the frame
 * is wide, the call is the one that looks neither at the width of what comes nor at what was there.
 */
static void put_run(const struct canvas *canvas, int row, int column, str text,
                    const struct look *look)
{
    row += canvas->row;
    column += canvas->column;
    if (canvas->terminal->has_wide || look->pair > NARROW_PAIR_LAST) {
        put_wide_run(row, column, text, look);
        return;
    }
    chtype cells[RUN_LIMIT], drawn = look->attributes | (chtype)COLOR_PAIR(look->pair);
    for (size_t at = 0; at < text.len;) {
        int count = 0;
        for (; at + (size_t)count < text.len && count < RUN_LIMIT; count++)
            cells[count] = drawn | (unsigned char)text.ptr[at + (size_t)count];
        (void)mvwaddchnstr(stdscr, row, column + (int)at, cells, count);
        at += (size_t)count;
    }
}

static void put_repeated(const struct canvas *canvas, int row, int column, int count, char with,
                         const struct look *look)
{
    char characters[RUN_LIMIT];
    memset(characters, with, sizeof characters);
    for (int at = 0; at < count; at += RUN_LIMIT)
        put_run(canvas, row, column + at,
                (str){characters, (size_t)(count - at < RUN_LIMIT ? count - at : RUN_LIMIT)}, look);
}

static void put_blanks(const struct canvas *canvas, int row, int column, int count,
                       const struct look *look)
{
    put_repeated(canvas, row, column, count, ' ', look);
}

/* A code point that takes `columns` cells as curses counts them, which asks the C library. */
static wchar_t base_character(uint32_t code_point, int columns)
{
    wchar_t character = (wchar_t)code_point;
    if (wcwidth(character) >= 1 && wcwidth(character) <= columns)
        return character;
    character = (wchar_t)UTF8_REPLACEMENT;
    return wcwidth(character) == 1 ? character : (wchar_t)REPLACEMENT_WITHOUT_UNICODE;
}

/* Puts a cluster of 1 or 2 columns: its base and as many marks as a cell of curses holds. */
static void put_cluster(const struct canvas *canvas, int row, int column, str cluster, int columns,
                        const struct look *look)
{
    wchar_t characters[CCHARW_MAX + 1];
    size_t at, count = 0;
    uint32_t code_point = gate_code_point(utf8_decode(cluster, 0, &at));
    characters[count++] = base_character(code_point, columns);
    int taken = wcwidth(characters[0]);
    canvas->terminal->has_wide |= taken > 1;
    if (look->link != 0)
        characters[count++] = look->link;
    while (at < cluster.len && count < CCHARW_MAX) {
        size_t len;
        code_point = gate_code_point(utf8_decode(cluster, at, &len));
        if (code_point != 0 && wcwidth((wchar_t)code_point) == 0)
            characters[count++] = (wchar_t)code_point;
        at += len;
    }
    characters[count] = L'\0';
    put(canvas, row, column, characters, look);
    put_blanks(canvas, row, column + taken, columns - taken, look);
}

/* The characters of ASCII from `at` on that no mark can follow, at most so many. */
static str ascii_run(str text, size_t at, int limit)
{
    size_t end = at;
    while (end < text.len && end - at < (size_t)limit && text.ptr[end] >= ' ' &&
           text.ptr[end] <= '~' && (end + 1 == text.len || (signed char)text.ptr[end + 1] >= 0))
        end++;
    return str_slice(text, at, end);
}

int canvas_text(const struct canvas *canvas, int row, int column, int columns, str text,
                style_id style)
{
    if (row < 0 || row >= canvas->rows || columns <= 0 || column >= canvas->columns)
        return 0;
    struct look look = look_of(canvas, style);
    look.link = canvas->link.len > 0 ? terminal_link_mark(canvas->terminal, canvas->link) : 0;
    int limit = columns < canvas->columns - column ? column + columns : canvas->columns;
    int to = column;
    for (size_t at = 0; at < text.len && to < limit;) {
        str run = look.link == 0 && to >= 0 ? ascii_run(text, at, limit - to) : STR_NONE;
        if (run.len > 0) {
            put_run(canvas, row, to, run, &look);
            to += (int)run.len;
            at += run.len;
            continue;
        }
        int cells;
        size_t len = width_cluster(text, at, &cells);
        int from = to < 0 ? 0 : to;
        int end = to + cells < limit ? to + cells : limit;
        if (cells > 0 && to >= 0 && to + cells <= limit)
            put_cluster(canvas, row, to, str_slice(text, at, at + len), cells, &look);
        else
            put_blanks(canvas, row, from, end - from, &look);
        to = end;
        at += len;
    }
    return to - column;
}

/* Cells that the text takes when cut to `columns`, and whether it is cut. */
static str fit(str text, int columns, int *used, bool *is_cut)
{
    str shown = width_clip(text, columns, used);
    *is_cut = shown.len < text.len;
    if (*is_cut)
        shown = width_clip(text, columns - 1, used);
    return shown;
}

/* Blanks that fill a field, as they are seen: without what shows only on a character. So they are
 * those of the screen before and are not sent again; a few are sent sooner than a change of
 * attributes. */
static void put_pad(const struct canvas *canvas, int row, int column, int count, style_id style)
{
    struct look look = look_of(canvas, style);
    bool is_seen = (look.attributes & (A_UNDERLINE | A_REVERSE | A_STANDOUT)) != 0;
    bool has_ground = style >= 0 && style < canvas->theme->style_count &&
                      canvas->theme->styles[style].background >= 0;
    if (!is_seen && !has_ground && count > FEW_BLANKS)
        look = (struct look){0};
    cut(&column, &count, canvas->columns);
    put_blanks(canvas, row, column, count, &look);
}

static void draw_field(const struct canvas *canvas, int row, int column, int columns, str text,
                       style_id style, bool right)
{
    /* A field that begins or ends outside keeps its place, so that only columns are cut. */
    if (row < 0 || row >= canvas->rows || columns <= 0)
        return;
    int used;
    bool is_cut;
    str shown = fit(text, columns, &used, &is_cut);
    int blanks = columns - used - is_cut;
    int at = right ? column + blanks : column;
    put_pad(canvas, row, right ? column : column + columns - blanks, blanks, style);
    (void)canvas_text(canvas, row, at, used, shown, style);
    if (is_cut)
        (void)canvas_text(canvas, row, at + used, 1, STR("…"), style);
}

void canvas_field(const struct canvas *canvas, int row, int column, int columns, str text,
                  style_id style)
{
    draw_field(canvas, row, column, columns, text, style, false);
}

void canvas_field_right(const struct canvas *canvas, int row, int column, int columns, str text,
                        style_id style)
{
    draw_field(canvas, row, column, columns, text, style, true);
}

void canvas_fill(const struct canvas *canvas, int row, int column, int columns, char with,
                 style_id style)
{
    cut(&column, &columns, canvas->columns);
    if (row < 0 || row >= canvas->rows || columns == 0)
        return;
    struct look look = look_of(canvas, style);
    put_repeated(canvas, row, column, columns, with >= ' ' && with <= '~' ? with : ' ', &look);
}
