#include "tui/canvas.h"

#include <string.h>
#include <wchar.h>

#include "text/gate.h"
#include "text/utf8.h"
#include "text/width.h"
#include "tui/terminal_inside.h"

enum { REPLACEMENT_WITHOUT_UNICODE = '?', FEW_BLANKS = 2, RUN_LIMIT = 128, UTF8_LEN = 4 };

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

static struct shown_look look_of(const struct canvas *canvas, style_id style)
{
    if (style < 0 || style >= canvas->theme->style_count)
        return (struct shown_look){0};
    return terminal_look(canvas->terminal, &canvas->theme->styles[style]);
}

/* Puts characters of ASCII, one a cell; the caller has seen to it that they lie within the
 * rectangle. */
static void put_run(const struct canvas *canvas, int row, int column, str text,
                    const struct shown_look *look, size_t link)
{
    shown_draw_run(&canvas->terminal->frame.wanted, canvas->row + row + 1,
                   canvas->column + column + 1, text, look, link);
}

static void put_repeated(const struct canvas *canvas, int row, int column, int count, char with,
                         const struct shown_look *look)
{
    char characters[RUN_LIMIT];
    memset(characters, with, sizeof characters);
    for (int at = 0; at < count; at += RUN_LIMIT)
        put_run(canvas, row, column + at,
                (str){characters, (size_t)(count - at < RUN_LIMIT ? count - at : RUN_LIMIT)}, look,
                0);
}

static void put_blanks(const struct canvas *canvas, int row, int column, int count,
                       const struct shown_look *look)
{
    put_repeated(canvas, row, column, count, ' ', look);
}

/* A code point that takes `columns` cells as the C library counts them, and so do terminals. */
static uint32_t base_character(uint32_t code_point, int *columns)
{
    int taken = wcwidth((wchar_t)code_point);
    if (taken < 1 || taken > *columns) {
        taken = 1;
        code_point = wcwidth((wchar_t)UTF8_REPLACEMENT) == 1
                         ? UTF8_REPLACEMENT
                         : (uint32_t)REPLACEMENT_WITHOUT_UNICODE;
    }
    *columns = taken;
    return code_point;
}

/* Puts a cluster of 1 or 2 columns: its base and as many marks as a cell holds. */
static void put_cluster(const struct canvas *canvas, int row, int column, str cluster, int columns,
                        const struct shown_look *look, size_t link)
{
    char text[SHOWN_TEXT_LEN];
    size_t at, len;
    int taken = columns;
    uint32_t code_point = gate_code_point(utf8_decode(cluster, 0, &at));
    size_t used = utf8_encode(base_character(code_point, &taken), text);
    for (; at < cluster.len && used + UTF8_LEN <= sizeof text; at += len) {
        code_point = gate_code_point(utf8_decode(cluster, at, &len));
        if (code_point != 0 && wcwidth((wchar_t)code_point) == 0)
            used += utf8_encode(code_point, text + used);
    }
    struct shown_cell cell = shown_make((str){text, used}, look, link);
    shown_draw(&canvas->terminal->frame.wanted, canvas->row + row + 1, canvas->column + column + 1,
               &cell, taken);
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
    struct shown_look look = look_of(canvas, style);
    size_t link = canvas->link.len > 0 ? terminal_link(canvas->terminal, canvas->link) : 0;
    int limit = columns < canvas->columns - column ? column + columns : canvas->columns;
    int to = column;
    for (size_t at = 0; at < text.len && to < limit;) {
        str run = to >= 0 ? ascii_run(text, at, limit - to) : STR_NONE;
        if (run.len > 0) {
            put_run(canvas, row, to, run, &look, link);
            to += (int)run.len;
            at += run.len;
            continue;
        }
        int cells;
        size_t len = width_cluster(text, at, &cells);
        int from = to < 0 ? 0 : to;
        int end = to + cells < limit ? to + cells : limit;
        if (cells > 0 && to >= 0 && to + cells <= limit)
            put_cluster(canvas, row, to, str_slice(text, at, at + len), cells, &look, link);
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
    struct shown_look look = look_of(canvas, style);
    bool has_ground = style >= 0 && style < canvas->theme->style_count &&
                      canvas->theme->styles[style].background >= 0;
    if (shown_hides(&look) && !has_ground && count > FEW_BLANKS)
        look = (struct shown_look){0};
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
    struct shown_look look = look_of(canvas, style);
    put_repeated(canvas, row, column, columns, with >= ' ' && with <= '~' ? with : ' ', &look);
}
