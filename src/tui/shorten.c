#include "tui/shorten.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "text/utf8.h"
#include "text/width.h"

enum { ESCAPE = 0x1B, SHIFT_OUT = 0x0E, SHIFT_IN = 0x0F, ATTRIBUTE_COUNT = 9, CODE_LIMIT = 32 };

void shorten_reset(struct shorten *shorten, const struct painter_skills *skills, int rows,
                   int columns)
{
    struct shorten kept = *shorten;
    painter_reset(&kept.painter, skills, rows, columns);
    shown_reset(&kept.cells, rows, columns);
    buf_clear(&kept.first);
    buf_clear(&kept.after);
    *shorten = (struct shorten){
        .painter = kept.painter,
        .cells = kept.cells,
        .shows_cursor = kept.shows_cursor,
        .first = kept.first,
        .after = kept.after,
    };
}

void shorten_done(struct shorten *shorten)
{
    painter_done(&shorten->painter);
    shown_done(&shorten->cells);
    buf_done(&shorten->first);
    buf_done(&shorten->after);
}

/* ---- attributes and colours ------------------------------------------------------------------ */

/* One of 256 colours (38;5;9) or one by its parts (38;2;1;2;3). Returns how many numbers say it, 0
 * when they are none of this kind. */
static size_t read_wide_colour(const int *codes, size_t count, uint32_t *colour)
{
    int kind = count > 1 ? codes[1] : 0;
    size_t len = kind == SHOWN_OF_256 ? 3 : kind == SHOWN_OF_PARTS ? 5 : 0;
    if (len > count)
        return 0;
    uint32_t value = 0;
    for (size_t i = 2; i < len; i++)
        value = value << 8 | ((uint32_t)codes[i] & 0xFF);
    *colour = (uint32_t)kind << SHOWN_KIND_SHIFT | value;
    return len;
}

/* The codes of one colour, the first of which is 31, 97, 38 and the like. */
static size_t take_colour(struct shown_look *look, const int *codes, size_t count)
{
    int code = codes[0];
    bool is_known = (code >= 30 && code <= 49) || (code >= 90 && code <= 107);
    bool is_background = (code >= 40 && code < 50) || code >= 100;
    uint32_t colour = code == 39 || code == 49 ? 0 : (uint32_t)code;
    size_t len = is_known ? 1 : 0;
    if (code == 38 || code == 48)
        len = read_wide_colour(codes, count, &colour);
    if (len > 0)
        *(is_background ? &look->background : &look->foreground) = colour;
    return len;
}

/* Takes ESC [ … m into what is wanted; false when it has a code that is not known here. */
static bool take_look(struct shown_look *look, const int *codes, size_t count)
{
    enum { USUAL_FONT = 10 }; /* the console says it with each change */
    struct shown_look taken = *look;
    for (size_t i = 0; i < count;) {
        size_t used = 1;
        if (codes[i] == 0)
            taken = (struct shown_look){0};
        else if (codes[i] > 0 && codes[i] <= ATTRIBUTE_COUNT)
            taken.attributes |= 1U << codes[i];
        else if (codes[i] > 22 && codes[i] <= 29)
            taken.attributes &= ~(1U << (codes[i] - 20));
        else if (codes[i] == 22)
            taken.attributes &= ~(1U << 1 | 1U << 2);
        else if (codes[i] != USUAL_FONT && (used = take_colour(&taken, codes + i, count - i)) == 0)
            return false;
        i += used;
    }
    *look = taken;
    return true;
}

/* ---- what passes as it is -------------------------------------------------------------------- */

static bool is_followed(const struct shorten *shorten)
{
    return shorten->cells.rows > 0;
}

static bool has_place(const struct shorten *shorten)
{
    return shorten->row > 0 && shorten->at > 0 && shorten->at <= shorten->cells.columns;
}

static void lose_cursor(struct shorten *shorten)
{
    shorten->row = shorten->at = shorten->painter.row = shorten->painter.at = 0;
}

static void forget_cells(struct shorten *shorten)
{
    shown_forget(&shorten->cells);
    shown_forget(&shorten->painter.shown);
}

static void forget_row(struct shorten *shorten)
{
    shown_forget_row(&shorten->cells, shorten->row);
    shown_forget_row(&shorten->painter.shown, shorten->row);
}

static void forget_cell(struct shorten *shorten, int column)
{
    static const struct shown_cell unknown;
    shown_put(&shorten->cells, shorten->row, column, &unknown, 1);
    shown_put(&shorten->painter.shown, shorten->row, column, &unknown, 1);
}

/* The cursor to where curses believes it to be. */
static void go_back(struct shorten *shorten, struct buf *out)
{
    struct painter *painter = &shorten->painter;
    if (shorten->row == 0 || shorten->at == 0)
        return;
    if (shorten->at <= shorten->cells.columns)
        painter_go(painter, shorten->row, shorten->at, out);
    else if (painter->row != shorten->row || painter->at != 0)
        painter_go(painter, shorten->row, shorten->cells.columns, out);
}

/* The cursor, its look and the link are as curses believes. */
static void come_back(struct shorten *shorten, struct buf *out)
{
    painter_set_link(&shorten->painter, 0, out);
    if (!shorten->passes_looks)
        painter_set_look(&shorten->painter, &shorten->look, out);
    go_back(shorten, out);
}

/* So is everything that is shown. */
static void settle(struct shorten *shorten, struct buf *out)
{
    if (!shorten->passes_looks)
        (void)painter_paint(&shorten->painter, &shorten->cells, SIZE_MAX, out);
    come_back(shorten, out);
}

static void pass(struct shorten *shorten, str bytes)
{
    if (is_followed(shorten))
        settle(shorten, &shorten->first);
    buf_add(&shorten->first, bytes);
}

/* A sequence of which it is not known what it does. */
static void pass_unknown(struct shorten *shorten, str bytes)
{
    pass(shorten, bytes);
    lose_cursor(shorten);
    forget_cells(shorten);
}

/* ---- text ------------------------------------------------------------------------------------ */

/* The number that a selector at `at` says; 0 when there is none. */
static size_t link_at(const struct shorten *shorten, str text, size_t at)
{
    size_t len;
    uint32_t code_point = at < text.len ? utf8_decode(text, at, &len) : 0;
    bool is_link =
        code_point > SHORTEN_LINK_FIRST && code_point <= SHORTEN_LINK_FIRST + SHORTEN_LINK_LIMIT;
    return is_link && shorten->painter.links != NULL ? code_point - SHORTEN_LINK_FIRST : 0;
}

/* Text that cells cannot hold, or that does more than to fill them. */
static void pass_text(struct shorten *shorten, str text, size_t link, int width)
{
    struct painter *painter = &shorten->painter;
    settle(shorten, &shorten->first);
    painter_set_link(painter, link, &shorten->first);
    buf_add(&shorten->first, text);
    if (shorten->row == 0)
        forget_cells(shorten);
    else if (width < 1 || shorten->inserts || !has_place(shorten))
        forget_row(shorten);
    else
        for (int i = 0; i < width; i++)
            forget_cell(shorten, shorten->at + i);
    shorten->at = width > 0 && shorten->at > 0 ? shorten->at + width : 0;
    if (shorten->at > shorten->cells.columns + 1)
        shorten->at = 0;
    painter->row = shorten->row;
    painter->at = shorten->at <= shorten->cells.columns ? shorten->at : 0;
}

/* A character with its marks, of so many columns; they are unknown below 1. */
static void take_cluster(struct shorten *shorten, str text, size_t link, int width)
{
    struct shown_cell cell = shown_make(text, &shorten->look, link);
    bool is_plain = !shorten->passes_looks && !shorten->has_character_sets && !shorten->inserts;
    bool fits = has_place(shorten) && shorten->at + width <= shorten->cells.columns + 1;
    if (!is_plain || width < 1)
        cell.text = 0;
    shorten->last = cell;
    shorten->last_width = width;
    if (cell.text == 0 || !fits) {
        pass_text(shorten, text, link, width);
        return;
    }
    shown_put(&shorten->cells, shorten->row, shorten->at, &cell, width);
    shorten->at += width;
}

/* Text up to the next control; returns its length. */
static size_t take_text(struct shorten *shorten, str text)
{
    enum { SELECTOR_LEN = 4 };
    struct buf cluster = BUF_INIT;
    size_t at = 0;
    while (at < text.len && (unsigned char)text.ptr[at] >= ' ') {
        size_t len, mark_len;
        bool is_alone = (signed char)text.ptr[at] >= 0 &&
                        (at + 1 == text.len || (signed char)text.ptr[at + 1] >= 0);
        if (is_alone) {
            take_cluster(shorten, str_slice(text, at, at + 1), 0, 1);
            at++;
            continue;
        }
        uint32_t code_point = utf8_decode(text, at, &len);
        size_t end = at + len, link = link_at(shorten, text, end);
        size_t rest = end + (link > 0 ? SELECTOR_LEN : 0), marks = rest;
        while (marks < text.len && (unsigned char)text.ptr[marks] >= 0x80 &&
               wcwidth((wchar_t)utf8_decode(text, marks, &mark_len)) == 0)
            marks += mark_len;
        int width = code_point < 0x80 ? 1 : wcwidth((wchar_t)code_point);
        buf_clear(&cluster);
        buf_add(&cluster, str_slice(text, at, end));
        buf_add(&cluster, str_slice(text, rest, marks));
        take_cluster(shorten, buf_str(&cluster), link, width);
        at = marks;
    }
    buf_done(&cluster);
    return at;
}

/* ---- sequences ------------------------------------------------------------------------------- */

struct sequence {
    str bytes;
    char final;            /* of ESC [ … final; NUL when it is of another kind */
    int codes[CODE_LIMIT]; /* an omitted one is 0 */
    size_t code_count;
};

static size_t span(str text, size_t at, char low, char high)
{
    while (at < text.len && text.ptr[at] >= low && text.ptr[at] <= high)
        at++;
    return at;
}

/* ESC [ digits and semicolons, final. Others, and what is cut off, have no final. */
static struct sequence read_control(str text)
{
    struct sequence sequence = {.code_count = 1};
    size_t at = 2;
    for (; at < text.len && sequence.code_count < CODE_LIMIT; at++) {
        char byte = text.ptr[at];
        int *code = &sequence.codes[sequence.code_count - 1];
        if (byte == ';')
            sequence.code_count++;
        else if (byte >= '0' && byte <= '9' && *code < 100000)
            *code = *code * 10 + (byte - '0');
        else
            break;
    }
    size_t end = span(text, span(text, at, '0', '?'), ' ', '/');
    if (end < text.len && end == at && text.ptr[at] >= '@' && text.ptr[at] <= '~')
        sequence.final = text.ptr[at];
    sequence.bytes = str_slice(text, 0, end + 1);
    return sequence;
}

/* After a code that is not known here all pass as they are, until one begins anew. */
static void add_look(struct shorten *shorten, const struct sequence *sequence)
{
    struct shown_look look = shorten->look;
    bool begins = sequence->codes[0] == 0;
    bool is_known = take_look(&look, sequence->codes, sequence->code_count);
    if (is_known && (begins || !shorten->passes_looks)) {
        shorten->painter.look_known &= !shorten->passes_looks;
        shorten->passes_looks = false;
        shorten->look = look;
        return;
    }
    pass(shorten, sequence->bytes);
    shorten->passes_looks = true;
    shorten->painter.look_known = false;
}

/* The look that curses believes blanks to come under; NULL: it is not known. */
static const struct shown_look *ground(const struct shorten *shorten)
{
    return shorten->passes_looks || !shown_hides(&shorten->look) ? NULL : &shorten->look;
}

/* Erasing within the row. */
static void take_erasure(struct shorten *shorten, const struct sequence *sequence)
{
    int code = sequence->codes[0], at = shorten->at, last = shorten->cells.columns;
    int first = at;
    if (sequence->final == 'X') {
        last = at + (code > 0 ? code : 1) - 1;
    } else {
        first = code > 0 ? 1 : at;
        last = code == 1 ? at : last;
    }
    if (!has_place(shorten) || ground(shorten) == NULL) {
        pass(shorten, sequence->bytes);
        if (shorten->row == 0)
            forget_cells(shorten);
        else
            forget_row(shorten);
        return;
    }
    shown_erase(&shorten->cells, shorten->row, first, last, ground(shorten));
}

/* ESC [ n J: to the end, from the beginning, all. */
static void take_screen_erasure(struct shorten *shorten, const struct sequence *sequence)
{
    int part = sequence->codes[0], at = shorten->at;
    struct shown *screens[] = {&shorten->cells, &shorten->painter.shown};
    pass(shorten, sequence->bytes);
    for (size_t i = 0; i < sizeof screens / sizeof screens[0]; i++) {
        struct shown *cells = screens[i];
        if (!has_place(shorten)) {
            shown_forget(cells);
            continue;
        }
        shown_erase(cells, shorten->row, part > 0 ? 1 : at, part == 1 ? at : cells->columns,
                    ground(shorten));
        for (int row = 1; row <= cells->rows; row++)
            if (part > 1 || (part == 0 ? row > shorten->row : row < shorten->row))
                shown_erase(cells, row, 1, cells->columns, ground(shorten));
    }
}

/* Characters pushed aside or pulled in. What is before them in the row is painted first, as curses
 * does; where more of the row is missing they are painted, too. */
static void take_shift(struct shorten *shorten, const struct sequence *sequence)
{
    struct painter *painter = &shorten->painter;
    struct buf *out = &shorten->first;
    int count = sequence->codes[0] > 0 ? sequence->codes[0] : 1;
    int right = sequence->final == '@' ? count : -count;
    if (!has_place(shorten) || ground(shorten) == NULL) {
        painter_set_region(painter, shorten->region, out);
        pass_unknown(shorten, sequence->bytes);
        return;
    }
    if (!shown_is_known(&shorten->cells, shorten->row, shorten->row))
        settle(shorten, out);
    if (painter_is_painted(painter, &shorten->cells, shorten->row, shorten->at)) {
        painter_set_region(painter, shorten->region, out); /* some need the cursor to be within */
        (void)painter_paint_row(painter, &shorten->cells, shorten->row, 1, shorten->at - 1,
                                SIZE_MAX, out);
        go_back(shorten, out);
        painter_set_link(painter, 0, out);
        painter_set_ground(painter, ground(shorten), out);
        buf_add(out, sequence->bytes);
        shown_shift(&painter->shown, shorten->row, shorten->at, right, &painter->look);
    }
    shown_shift(&shorten->cells, shorten->row, shorten->at, right, ground(shorten));
}

/* ---- scrolling ------------------------------------------------------------------------------- */

/* The rows that scroll, as curses believes. */
static struct painter_region scrolled_rows(const struct shorten *shorten)
{
    struct painter_region whole = {1, shorten->cells.rows};
    return shorten->region.top > 0 ? shorten->region : whole;
}

/* Rows of the cells go up or down. Where some are not known, or what comes in is not, the terminal
 * must do it itself. */
static void roll(struct shorten *shorten, int top, int up, str bytes)
{
    int bottom = scrolled_rows(shorten).bottom;
    if (ground(shorten) != NULL && shown_is_known(&shorten->cells, top, bottom)) {
        shown_roll(&shorten->cells, top, bottom, up, ground(shorten));
        return;
    }
    painter_set_region(&shorten->painter, shorten->region, &shorten->first);
    pass(shorten, bytes);
    shown_roll(&shorten->cells, top, bottom, up, ground(shorten));
    shown_roll(&shorten->painter.shown, top, bottom, up, ground(shorten));
}

/* A line up or down: at the edge of the region it scrolls, else it is a motion. */
static void take_line(struct shorten *shorten, str bytes, bool is_forward)
{
    struct painter_region region = scrolled_rows(shorten);
    int row = shorten->row + (is_forward ? 1 : -1);
    if (shorten->row == 0 || shorten->at == 0) {
        painter_set_region(&shorten->painter, shorten->region, &shorten->first);
        pass_unknown(shorten, bytes);
    } else if (shorten->row != (is_forward ? region.bottom : region.top)) {
        if (row >= 1 && row <= shorten->cells.rows)
            shorten->row = row;
    } else {
        roll(shorten, region.top, is_forward ? 1 : -1, bytes);
    }
}

/* Lines in and out, and scrolls that ask for no place of the cursor. */
static void take_roll(struct shorten *shorten, const struct sequence *sequence)
{
    struct painter_region region = scrolled_rows(shorten);
    char final = sequence->final;
    int count = sequence->codes[0] > 0 ? sequence->codes[0] : 1;
    bool is_here = final == 'L' || final == 'M'; /* terminals do not agree on the column then */
    int up = final == 'S' || final == 'M' ? count : -count;
    bool is_inside = shorten->row >= region.top && shorten->row <= region.bottom;
    if (is_here && (shorten->at != 1 || !is_inside)) {
        painter_set_region(&shorten->painter, shorten->region, &shorten->first);
        pass_unknown(shorten, sequence->bytes);
    } else {
        roll(shorten, is_here ? shorten->row : region.top, up, sequence->bytes);
    }
}

static void take_region(struct shorten *shorten, const struct sequence *sequence)
{
    bool is_whole = sequence->codes[0] == 1 && sequence->codes[1] == shorten->cells.rows;
    shorten->region = is_whole ? (struct painter_region){0}
                               : (struct painter_region){sequence->codes[0], sequence->codes[1]};
}

/* A region that is set with the cursor saved before and put back after it. Returns the length of
 * the three sequences; 0 when they are something else. */
static size_t take_quiet_region(struct shorten *shorten, str text)
{
    struct sequence sequence = read_control(str_slice(text, 2, text.len));
    str rest = str_slice(text, 2 + sequence.bytes.len, text.len);
    if (!str_starts(text, STR("\0337\033[")) || sequence.final != 'r' || sequence.code_count != 2 ||
        !str_starts(rest, STR("\0338")))
        return 0;
    take_region(shorten, &sequence);
    return text.len - rest.len + 2;
}

/* ---- motions and the rest -------------------------------------------------------------------- */

/* Where curses moves its cursor; false when it is no motion. */
static bool take_motion(struct shorten *shorten, const struct sequence *sequence)
{
    int row = shorten->row, at = shorten->at;
    int count = sequence->codes[0] > 0 ? sequence->codes[0] : 1;
    struct painter_region region = scrolled_rows(shorten);
    int top = row >= region.top ? region.top : 1;
    int bottom = row <= region.bottom ? region.bottom : shorten->cells.rows;
    switch (sequence->final) {
    case 'H':
        row = count;
        at = sequence->code_count > 1 && sequence->codes[1] > 0 ? sequence->codes[1] : 1;
        break;
    case 'G':
    case '`':
        at = count;
        break;
    case 'd':
        row = count;
        break;
    case 'A':
        row = row - count < top ? top : row - count;
        break;
    case 'B':
        row = row + count > bottom ? bottom : row + count;
        break;
    case 'C':
    case 'a':
        at += count;
        break;
    case 'D':
        at = at > shorten->cells.columns ? 0 : at - count;
        break;
    default:
        return false;
    }
    bool is_known = row > 0 && row <= shorten->cells.rows && at > 0 && at <= shorten->cells.columns;
    bool was_known = (shorten->row > 0 && shorten->at > 0) || sequence->final == 'H';
    if (!is_known || !was_known) {
        pass(shorten, sequence->bytes);
        shorten->painter.row = shorten->painter.at = row = at = 0;
    }
    shorten->row = row;
    shorten->at = at;
    return true;
}

/* The last character once more, so many times. */
static void take_repetition(struct shorten *shorten, const struct sequence *sequence)
{
    int count = sequence->codes[0] > 0 ? sequence->codes[0] : 1;
    struct shown_cell cell = shorten->last;
    if (cell.text == 0 || shorten->last_width < 1) {
        pass(shorten, sequence->bytes);
        if (shorten->row > 0)
            forget_row(shorten);
        else
            forget_cells(shorten);
        lose_cursor(shorten);
        return;
    }
    for (int i = 0; i < count; i++)
        take_cluster(shorten, shown_text(&cell), cell.link, shorten->last_width);
}

/* Curses leaves out the wrap at the last column for the last cell of the screen. Where text stays
 * in its row by itself nothing goes wrong there. */
static bool is_wrap_mode(str bytes)
{
    return str_equal(bytes, STR("\033[?7l")) || str_equal(bytes, STR("\033[?7h"));
}

/* The modes of the cursor itself: it is hidden before anything is painted and shown after it. */
static bool take_cursor_mode(struct shorten *shorten, str bytes)
{
    static const char *const modes[] = {"\033[?25l", "\033[?25h", "\033[?12l",
                                        "\033[?12h", "\033[34l",  "\033[34h",
                                        "\033[?0c",  "\033[?1c",  "\033[?8c"};
    enum { HIDES, SHOWS, COUNT = sizeof modes / sizeof modes[0] };
    size_t mode = 0;
    while (mode < COUNT && !str_equal(bytes, str_from(modes[mode])))
        mode++;
    if (mode == HIDES) {
        buf_clear(&shorten->after);
        buf_add(&shorten->first, bytes);
        shorten->shows_cursor = false;
    } else if (mode < COUNT) {
        buf_add(&shorten->after, bytes);
        shorten->shows_cursor |= mode == SHOWS;
    }
    return mode < COUNT;
}

static bool is_one_of(char byte, const char *set)
{
    return byte != '\0' && strchr(set, byte) != NULL;
}

static void take_control(struct shorten *shorten, const struct sequence *sequence)
{
    char final = sequence->final;
    if (final == 'm')
        add_look(shorten, sequence);
    else if (final == 'r' && sequence->code_count == 2)
        take_region(shorten, sequence);
    else if (final == 'b')
        take_repetition(shorten, sequence);
    else if (final == 'K' || final == 'X')
        take_erasure(shorten, sequence);
    else if (final == 'J')
        take_screen_erasure(shorten, sequence);
    else if (final == '@' || final == 'P')
        take_shift(shorten, sequence);
    else if (is_one_of(final, "LMST"))
        take_roll(shorten, sequence);
    else if (!take_motion(shorten, sequence) && !is_wrap_mode(sequence->bytes) &&
             !take_cursor_mode(shorten, sequence->bytes)) {
        pass_unknown(shorten, sequence->bytes);
        if (is_one_of(final, "hl"))
            shorten->inserts = final == 'h' && sequence->codes[0] == 4;
    }
}

/* The choice of a character set matters only after another one was chosen. */
static void take_character_set(struct shorten *shorten, str bytes, bool is_usual)
{
    bool matters = shorten->has_character_sets || !is_usual;
    if (matters)
        pass(shorten, bytes);
    shorten->has_character_sets = !is_usual;
}

/* ESC and a letter, or a string up to its end (ESC \ or BEL). */
static size_t take_other_escape(struct shorten *shorten, str text, char kind)
{
    size_t len = text.len < 2 ? text.len : 2;
    if (is_one_of(kind, "]PX^_")) {
        size_t bell = str_find_byte(text, '\a', 0), end = str_find(text, STR("\033\\"), 2);
        len = bell < end ? bell + 1 : end == STR_MISSING ? text.len : end + 2;
    }
    if (is_one_of(kind, "E"))
        painter_set_region(&shorten->painter, shorten->region, &shorten->first);
    if (is_one_of(kind, "=>]78"))
        pass(shorten, str_slice(text, 0, len));
    else
        pass_unknown(shorten, str_slice(text, 0, len));
    if (!is_one_of(kind, "=>]"))
        lose_cursor(shorten);
    return len;
}

/* Takes the sequence at the beginning of `text`, which begins with ESC; returns its length. */
static size_t take_escape(struct shorten *shorten, str text)
{
    char kind = text.len > 1 ? text.ptr[1] : '\0';
    if (kind == '[') {
        struct sequence sequence = read_control(text);
        take_control(shorten, &sequence);
        return sequence.bytes.len;
    }
    if (kind == '(' && text.len > 2) {
        take_character_set(shorten, str_slice(text, 0, 3), text.ptr[2] == 'B');
        return 3;
    }
    size_t region_len = take_quiet_region(shorten, text);
    if (region_len > 0)
        return region_len;
    if (!is_one_of(kind, "MD"))
        return take_other_escape(shorten, text, kind);
    take_line(shorten, str_slice(text, 0, 2), kind != 'M');
    return 2;
}

static void take_byte(struct shorten *shorten, str byte)
{
    char kind = byte.ptr[0];
    if (kind == SHIFT_OUT || kind == SHIFT_IN) {
        take_character_set(shorten, byte, kind == SHIFT_IN);
    } else if (is_one_of(kind, "\n\v\f")) {
        take_line(shorten, byte, true);
    } else if (kind == '\r' && shorten->row > 0 && shorten->at > 0) {
        shorten->at = 1;
    } else if (kind == '\b' && has_place(shorten)) {
        shorten->at -= shorten->at > 1;
    } else {
        pass(shorten, byte);
        if (kind != '\a')
            lose_cursor(shorten);
    }
}

void shorten_take(struct shorten *shorten, str bytes)
{
    if (bytes.len > 0)
        shorten->is_missing = shorten->is_new = true;
    if (!is_followed(shorten)) {
        buf_add(&shorten->first, bytes);
        return;
    }
    if (shorten->painter.region.top < 0)
        painter_set_region(&shorten->painter, shorten->region, &shorten->first);
    while (bytes.len > 0) {
        size_t used = 1;
        if (bytes.ptr[0] == ESCAPE)
            used = take_escape(shorten, bytes);
        else if ((unsigned char)bytes.ptr[0] >= ' ')
            used = take_text(shorten, bytes);
        else
            take_byte(shorten, str_slice(bytes, 0, 1));
        if ((unsigned char)bytes.ptr[0] < ' ')
            shorten->last_width = 0;
        bytes = str_slice(bytes, used, bytes.len);
    }
}

/* ---- giving ---------------------------------------------------------------------------------- */

bool shorten_give(struct shorten *shorten, size_t limit, struct buf *out)
{
    buf_add(out, buf_str(&shorten->first));
    buf_clear(&shorten->first);
    if (!shorten->is_missing)
        return true;
    if (!shorten->passes_looks && shorten->is_new)
        painter_scroll(&shorten->painter, &shorten->cells, out);
    shorten->is_new = false;
    if (!shorten->passes_looks && !painter_paint(&shorten->painter, &shorten->cells, limit, out))
        return false;
    painter_set_link(&shorten->painter, 0, out);
    if (shorten->shows_cursor)
        go_back(shorten, out);
    buf_add(out, buf_str(&shorten->after));
    buf_clear(&shorten->after);
    shorten->is_missing = false;
    return true;
}

size_t shorten_left(const struct shorten *shorten, size_t most)
{
    if (!shorten->is_missing)
        return 0;
    return 1 + shorten->first.len + painter_left(&shorten->painter, &shorten->cells, most);
}

void shorten_end(struct shorten *shorten, struct buf *out)
{
    buf_add(out, buf_str(&shorten->first));
    buf_clear(&shorten->first);
    shorten->is_missing = false;
    if (is_followed(shorten)) {
        come_back(shorten, out);
        painter_set_region(&shorten->painter, shorten->region, out);
    }
    buf_add(out, buf_str(&shorten->after));
    buf_clear(&shorten->after);
}
