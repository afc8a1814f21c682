#include "tui/shorten.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "text/utf8.h"
#include "text/width.h"

enum { ESCAPE = 0x1B, SHIFT_OUT = 0x0E, SHIFT_IN = 0x0F, ATTRIBUTE_COUNT = 9, CODE_LIMIT = 32 };

void shorten_reset(struct shorten *shorten, bool late_regions, int rows, int columns)
{
    struct shown cells = shorten->cells;
    shown_reset(&cells, late_regions ? rows : 0, columns);
    *shorten = (struct shorten){.set = {-1, -1}, .late_regions = late_regions, .cells = cells};
}

void shorten_done(struct shorten *shorten)
{
    shown_done(&shorten->cells);
}

/* ---- attributes and colours ------------------------------------------------------------------ */

enum { COLOUR_KIND_SHIFT = 24, COLOUR_OF_256 = 5, COLOUR_OF_PARTS = 2 };

/* The numbers that set a colour, of the letters (3) or of the ground (4). */
static void add_colour(struct buf *codes, uint32_t colour, int place)
{
    uint32_t kind = colour >> COLOUR_KIND_SHIFT;
    buf_format(codes, "%s", codes->len > 0 ? ";" : "");
    if (colour == 0)
        buf_format(codes, "%d9", place);
    else if (kind == 0)
        buf_format(codes, "%u", colour);
    else if (kind == COLOUR_OF_256)
        buf_format(codes, "%d8;5;%u", place, colour & 0xFF);
    else
        buf_format(codes, "%d8;2;%u;%u;%u", place, colour >> 16 & 0xFF, colour >> 8 & 0xFF,
                   colour & 0xFF);
}

static void add_attributes(struct buf *codes, unsigned attributes)
{
    for (int number = 1; number <= ATTRIBUTE_COUNT; number++)
        if ((attributes >> number & 1) != 0)
            buf_format(codes, "%s%d", codes->len > 0 ? ";" : "", number);
}

/* The codes from nothing; none at all for the terminal's own look. */
static void add_whole(struct buf *codes, const struct shown_look *look)
{
    if (shown_same_look(look, &(struct shown_look){0}))
        return;
    buf_add_byte(codes, '0');
    add_attributes(codes, look->attributes);
    if (look->foreground != 0)
        add_colour(codes, look->foreground, 3);
    if (look->background != 0)
        add_colour(codes, look->background, 4);
}

static void add_difference(struct buf *codes, const struct shown_look *from,
                           const struct shown_look *to)
{
    add_attributes(codes, to->attributes & ~from->attributes);
    if (from->foreground != to->foreground)
        add_colour(codes, to->foreground, 3);
    if (from->background != to->background)
        add_colour(codes, to->background, 4);
}

/* Brings the terminal to the attributes that curses wants. */
static void show_look(struct shorten *shorten, struct buf *out)
{
    const struct shown_look *from = &shorten->shown, *to = &shorten->wanted;
    if (shorten->passes_looks || (shorten->look_known && shown_same_look(from, to)))
        return;
    struct buf whole = BUF_INIT, difference = BUF_INIT;
    add_whole(&whole, to);
    add_difference(&difference, from, to);
    /* Not every terminal can end one attribute and keep the others. */
    bool none_ends = shorten->look_known && (from->attributes & ~to->attributes) == 0;
    bool shorter = none_ends && difference.len < whole.len;
    buf_format(out, "\033[%sm", buf_c(shorter ? &difference : &whole));
    buf_done(&whole);
    buf_done(&difference);
    shorten->shown = *to;
    shorten->look_known = true;
}

/* One of 256 colours (38;5;9) or one by its parts (38;2;1;2;3). Returns how many numbers say it, 0
 * when they are none of this kind. */
static size_t read_wide_colour(const int *codes, size_t count, uint32_t *colour)
{
    int kind = count > 1 ? codes[1] : 0;
    size_t len = kind == COLOUR_OF_256 ? 3 : kind == COLOUR_OF_PARTS ? 5 : 0;
    if (len > count)
        return 0;
    uint32_t value = 0;
    for (size_t i = 2; i < len; i++)
        value = value << 8 | ((uint32_t)codes[i] & 0xFF);
    *colour = (uint32_t)kind << COLOUR_KIND_SHIFT | value;
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
        else if ((used = take_colour(&taken, codes + i, count - i)) == 0)
            return false;
        i += used;
    }
    *look = taken;
    return true;
}

/* ---- links ----------------------------------------------------------------------------------- */

static void show_link(struct shorten *shorten, size_t number, struct buf *out)
{
    if (shorten->link == number)
        return;
    buf_format(out, "\033]8;;%s\033\\", number > 0 ? buf_c(&shorten->links[number]) : "");
    shorten->link = number;
}

/* The number that a selector at `at` says; 0 when there is none. */
static size_t link_at(const struct shorten *shorten, str text, size_t at)
{
    size_t len;
    uint32_t code_point = at < text.len ? utf8_decode(text, at, &len) : 0;
    bool is_link =
        code_point > SHORTEN_LINK_FIRST && code_point <= SHORTEN_LINK_FIRST + SHORTEN_LINK_LIMIT;
    return is_link && shorten->links != NULL ? code_point - SHORTEN_LINK_FIRST : 0;
}

/* ---- the scrolling region -------------------------------------------------------------------- */

static bool same_region(struct shorten_region a, struct shorten_region b)
{
    return a.top == b.top && a.bottom == b.bottom;
}

/* Setting it moves the cursor home, which must not be seen. */
static void show_region(struct shorten *shorten, struct buf *out)
{
    struct shorten_region to = shorten->wanted_region;
    if (!shorten->late_regions || same_region(shorten->set, to))
        return;
    if (to.top == 0)
        buf_add(out, STR("\0337\033[r\0338"));
    else
        buf_format(out, "\0337\033[%d;%dr\0338", to.top, to.bottom);
    shorten->set = to;
}

/* The rows that scroll in the terminal now. */
static struct shorten_region scrolled_rows(const struct shorten *shorten)
{
    struct shorten_region whole = {1, shorten->cells.rows};
    return shorten->set.top > 0 ? shorten->set : whole;
}

/* ---- the cursor ------------------------------------------------------------------------------ */

static void lose_cursor(struct shorten *shorten)
{
    shorten->row = shorten->at = shorten->held_at = 0;
    shorten->position_len = 0;
}

static bool ends_in_position(const struct shorten *shorten, const struct buf *out)
{
    return shorten->position_len > 0 && shorten->position_at + shorten->position_len == out->len;
}

/* To a column of the row, from another one; 0: it is not known. */
static void add_column(int from, int to, struct buf *out)
{
    int by = from > 0 ? to - from : 0;
    if (by == 1)
        buf_add(out, STR("\033[C"));
    else if (to > 9 && by > 0 && by < 10)
        buf_format(out, "\033[%dC", by);
    else
        buf_format(out, to > 1 ? "\033[%dG" : "\r", to);
}

/* Adds a position to the end, for a cursor that is in the row `row_before`. */
static void put_position(struct shorten *shorten, int row, int column, struct buf *out)
{
    shorten->position_at = out->len;
    bool follows = row == shorten->row_below;
    if (row == shorten->row_before)
        add_column(shorten->column_before, column, out);
    else if (follows && (column == 1 || row > 9))
        buf_format(out, column > 1 ? "\r\n\033[%dG" : "\r\n", column);
    else if (column > 1)
        buf_format(out, "\033[%d;%dH", row, column);
    else
        buf_format(out, row > 1 ? "\033[%dH" : "\033[H", row);
    shorten->position_len = out->len - shorten->position_at;
    shorten->row = row;
    shorten->at = column;
    shorten->held_at = 0;
}

/* A position that nothing was written at is not needed: the next takes its place, before the
 * scrolls that followed it when these were in the same row. */
static void add_position(struct shorten *shorten, int row, int column, struct buf *out)
{
    size_t after = shorten->position_at + shorten->position_len;
    bool was_unused =
        ends_in_position(shorten, out) || (shorten->position_len > 0 && row == shorten->row);
    struct buf since = BUF_INIT;
    if (was_unused) {
        buf_add(&since, str_slice(buf_str(out), after, out->len));
        out->len = shorten->position_at;
    } else {
        bool can_follow = shorten->late_regions && shorten->row > 0 && shorten->held_at >= 0;
        int at = shorten->held_at > 0 ? shorten->held_at : shorten->at;
        shorten->row_before = shorten->held_at >= 0 ? shorten->row : 0;
        shorten->column_before = at <= shorten->cells.columns ? at : 0;
        shorten->row_below =
            can_follow && shorten->row != shorten->set.bottom ? shorten->row + 1 : 0;
    }
    put_position(shorten, row, column, out);
    buf_add(out, buf_str(&since));
    buf_done(&since);
}

/* Writes the cells from one column up to another again, as the terminal shows them. False when one
 * of them is not known. */
static bool rewrite(struct shorten *shorten, int from, int to, struct buf *out)
{
    for (int column = from; column < to; column++) {
        const struct shown_cell *cell = shown_at(&shorten->cells, shorten->row, column);
        if (cell == NULL || cell->text == 0)
            return false;
        shorten->wanted = cell->look;
        show_look(shorten, out);
        show_link(shorten, cell->link, out);
        buf_add(out, shown_text(cell));
    }
    return true;
}

/* The bytes that change the look to the one that is wanted. */
static size_t look_len(const struct shorten *shorten, const struct shown_look *wanted)
{
    struct shorten trial = *shorten;
    struct buf bytes = BUF_INIT;
    trial.wanted = *wanted;
    show_look(&trial, &bytes);
    size_t len = bytes.len;
    buf_done(&bytes);
    return len;
}

/* Over cells that were passed over to where curses believes the cursor to be: by a motion, or
 * through what they hold where that is shorter. After the last column curses gives a whole position
 * next. */
static void come_back(struct shorten *shorten, struct buf *out)
{
    enum { FEW_CELLS = 8 };
    int from = shorten->held_at, to = shorten->at;
    shorten->held_at = 0;
    if (from < 0 && shorten->row > 0 && to > 0 && to <= shorten->cells.columns)
        buf_format(out, "\033[%d;%dH", shorten->row, to);
    else if (from < 0)
        lose_cursor(shorten);
    if (from <= 0 || to > shorten->cells.columns)
        return;
    if (ends_in_position(shorten, out)) {
        out->len = shorten->position_at;
        put_position(shorten, shorten->row, to, out);
        return;
    }
    struct buf motion = BUF_INIT, cells = BUF_INIT;
    struct shorten trial = *shorten;
    add_column(from, to, &motion);
    bool is_written = to - from <= FEW_CELLS && rewrite(&trial, from, to, &cells) &&
                      cells.len + look_len(&trial, &shorten->wanted) <=
                          motion.len + look_len(shorten, &shorten->wanted);
    buf_add(out, buf_str(is_written ? &cells : &motion));
    if (is_written) {
        shorten->shown = trial.shown;
        shorten->link = trial.link;
    }
    shorten->position_len = 0;
    buf_done(&motion);
    buf_done(&cells);
}

/* Attributes as curses believes them to be, and no link: before what is not text. */
static void settle(struct shorten *shorten, struct buf *out)
{
    come_back(shorten, out);
    show_link(shorten, 0, out);
    show_look(shorten, out);
}

/* ---- text ------------------------------------------------------------------------------------ */

static void note_written(struct shorten *shorten, const struct shown_cell *cell, int width)
{
    struct shown *cells = &shorten->cells;
    if (shorten->row == 0)
        shown_forget(cells);
    else if (shorten->at == 0 || shorten->inserts || width < 1)
        shown_forget_row(cells, shorten->row);
    else
        shown_put(cells, shorten->row, shorten->at, cell, width);
    if (!shorten->late_regions)
        shorten->row = 0;
    if (shorten->at > 0)
        shorten->at = width < 1 ? 0 : shorten->at + width;
    if (shorten->at > cells->columns + 1)
        shorten->at = 0;
}

static bool is_shown(const struct shorten *shorten, const struct shown_cell *cell, int width)
{
    return shown_has(&shorten->cells, shorten->row, shorten->at, cell, width);
}

/* A character with its marks, of so many columns; they are unknown below 1. */
static void add_cluster(struct shorten *shorten, str text, size_t link, int width, struct buf *out)
{
    struct shown_cell cell = shown_make(text, &shorten->wanted, link);
    if (shorten->passes_looks || shorten->has_character_sets || shorten->inserts || width < 1)
        cell.text = 0;
    shorten->last = cell;
    shorten->last_width = width;
    if (is_shown(shorten, &cell, width)) {
        if (shorten->held_at == 0)
            shorten->held_at = shorten->at;
        shorten->at += width;
        return;
    }
    come_back(shorten, out);
    show_look(shorten, out);
    if (width > 0) /* marks belong to what they follow */
        show_link(shorten, link, out);
    buf_add(out, text);
    shorten->position_len = 0;
    note_written(shorten, &cell, width);
}

/* Text up to the next control; returns its length. Where regions come late it stays in its row. */
static size_t add_text(struct shorten *shorten, str text, struct buf *out)
{
    enum { SELECTOR_LEN = 4 };
    struct buf cluster = BUF_INIT;
    size_t at = 0;
    while (at < text.len && (unsigned char)text.ptr[at] >= ' ') {
        size_t len, mark_len;
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
        add_cluster(shorten, buf_str(&cluster), link, width, out);
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

/* The look that blanks come under. */
static const struct shown_look *ground(const struct shorten *shorten)
{
    return shorten->look_known && !shorten->passes_looks ? &shorten->shown : NULL;
}

/* A scroll at the edge of the region leaves the cursor where it is. */
static void add_scroll(struct shorten *shorten, str bytes, bool is_forward, struct buf *out)
{
    settle(shorten, out);
    show_region(shorten, out);
    struct shorten_region region = scrolled_rows(shorten);
    bool is_at_edge = shorten->row > 0 && shorten->row == (is_forward ? region.bottom : region.top);
    if (is_at_edge && shorten->cells.rows > 0)
        shown_roll(&shorten->cells, region.top, region.bottom, is_forward ? 1 : -1,
                   ground(shorten));
    else if (shorten->row == 0)
        shown_forget(&shorten->cells);
    if (!shorten->late_regions || !is_at_edge)
        lose_cursor(shorten);
    buf_add(out, bytes);
}

/* After a code that is not known here all pass as they are, until one begins anew. */
static void add_look(struct shorten *shorten, const struct sequence *sequence, struct buf *out)
{
    struct shown_look wanted = shorten->wanted;
    bool begins = sequence->codes[0] == 0;
    bool is_known = take_look(&wanted, sequence->codes, sequence->code_count);
    if (is_known && (begins || !shorten->passes_looks)) {
        shorten->look_known = shorten->look_known && !shorten->passes_looks;
        shorten->passes_looks = false;
        shorten->wanted = wanted;
        return;
    }
    come_back(shorten, out);
    show_look(shorten, out);
    shorten->passes_looks = true;
    buf_add(out, sequence->bytes);
}

static bool is_one_of(char byte, const char *set)
{
    return byte != '\0' && strchr(set, byte) != NULL;
}

/* ESC [ n K and ESC [ n J: to the end, from the beginning, all. */
static void erase_cells(struct shorten *shorten, bool is_screen, int part)
{
    struct shown *cells = &shorten->cells;
    int row = shorten->row, at = shorten->at;
    if (row == 0 || at == 0 || at > cells->columns) {
        if (row == 0 || is_screen)
            shown_forget(cells);
        else
            shown_forget_row(cells, row);
        return;
    }
    shown_erase(cells, row, part > 0 ? 1 : at, part == 1 ? at : cells->columns, ground(shorten));
    for (int other = 1; is_screen && other <= cells->rows; other++)
        if (part > 1 || (part == 0 ? other > row : other < row))
            shown_erase(cells, other, 1, cells->columns, ground(shorten));
}

/* What a sequence does to the cells; the cursor is where curses believes it to be. */
static void change_cells(struct shorten *shorten, const struct sequence *sequence)
{
    struct shown *cells = &shorten->cells;
    int count = sequence->codes[0] > 0 ? sequence->codes[0] : 1, row = shorten->row;
    struct shorten_region region = scrolled_rows(shorten);
    const struct shown_look *look = ground(shorten);
    bool is_inside = row >= region.top && row <= region.bottom;
    switch (sequence->final) {
    case 'K':
    case 'J':
        erase_cells(shorten, sequence->final == 'J', sequence->codes[0]);
        break;
    case 'X':
        if (row > 0 && shorten->at > 0)
            shown_erase(cells, row, shorten->at, shorten->at + count - 1, look);
        else
            shown_forget(cells);
        break;
    case '@':
    case 'P':
        if (row > 0 && shorten->at > 0)
            shown_shift(cells, row, shorten->at, sequence->final == '@' ? count : -count, look);
        else
            shown_forget(cells);
        break;
    case 'L':
    case 'M':
        if (is_inside)
            shown_roll(cells, row, region.bottom, sequence->final == 'M' ? count : -count, look);
        else if (row == 0)
            shown_forget(cells);
        break;
    case 'S':
    case 'T':
        shown_roll(cells, region.top, region.bottom, sequence->final == 'S' ? count : -count, look);
        break;
    default:
        shown_forget(cells);
    }
}

/* A step up or down; the region that is still set stops it at its edges. */
static void add_vertical_step(struct shorten *shorten, const struct sequence *sequence, int by,
                              struct buf *out)
{
    int to = shorten->row + by;
    struct shorten_region set = shorten->set;
    bool is_known = shorten->row > 0 && shorten->at > 0 && to > 0 && to <= shorten->cells.rows;
    bool is_stopped = set.top != 0 && (by < 0 ? shorten->row >= set.top && to < set.top
                                              : shorten->row <= set.bottom && to > set.bottom);
    if (is_known && (is_stopped || ends_in_position(shorten, out))) {
        add_position(shorten, to, shorten->at, out);
        return;
    }
    come_back(shorten, out);
    shorten->position_len = 0;
    buf_add(out, sequence->bytes);
    shorten->row = is_known ? to : 0;
    if (shorten->row == 0)
        lose_cursor(shorten);
}

/* Motions other than to a position; false when it is none of them. */
static bool add_motion(struct shorten *shorten, const struct sequence *sequence, struct buf *out)
{
    int count = sequence->codes[0] > 0 ? sequence->codes[0] : 1;
    switch (sequence->final) {
    case 'G':
    case '`':
        if (shorten->row > 0 && shorten->late_regions) {
            add_position(shorten, shorten->row, count, out);
            return true;
        }
        come_back(shorten, out);
        shorten->at = count;
        break;
    case 'C':
    case 'a':
    case 'D':
        come_back(shorten, out);
        if (shorten->at > 0)
            shorten->at += sequence->final == 'D' ? -count : count;
        if (shorten->at < 1 || shorten->at > shorten->cells.columns)
            shorten->at = 0;
        break;
    case 'd':
        if (ends_in_position(shorten, out)) {
            add_position(shorten, count, shorten->at, out);
            return true;
        }
        come_back(shorten, out);
        shorten->row = count;
        break;
    case 'A':
    case 'B':
        add_vertical_step(shorten, sequence, sequence->final == 'A' ? -count : count, out);
        return true;
    default:
        return false;
    }
    shorten->position_len = 0;
    buf_add(out, sequence->bytes);
    return true;
}

/* The last character once more, so many times. */
static void add_repetition(struct shorten *shorten, const struct sequence *sequence,
                           struct buf *out)
{
    int count = sequence->codes[0] > 0 ? sequence->codes[0] : 1;
    struct shown_cell cell = shorten->last;
    bool is_short = shorten->held_at == 0 && shorten->last_width == 1;
    for (int i = 0; i < count && is_short; i++)
        is_short = !shown_has(&shorten->cells, shorten->row, shorten->at + i, &cell, 1);
    if (is_short || cell.text == 0 || shorten->last_width < 1) {
        settle(shorten, out);
        buf_add(out, sequence->bytes);
        shorten->position_len = 0;
        for (int i = 0; i < count; i++)
            note_written(shorten, &cell, shorten->last_width);
        return;
    }
    for (int i = 0; i < count; i++)
        add_cluster(shorten, shown_text(&cell), cell.link, shorten->last_width, out);
}

/* Of a kind that is read no further; the cursor's look changes nothing else. */
static void add_other(struct shorten *shorten, const struct sequence *sequence, struct buf *out)
{
    bool is_cursor = str_starts(sequence->bytes, STR("\033[?25")) ||
                     str_starts(sequence->bytes, STR("\033[?12"));
    settle(shorten, out);
    buf_add(out, sequence->bytes);
    if (is_cursor)
        return;
    lose_cursor(shorten);
    shown_forget(&shorten->cells);
}

/* Erases to the beginning of the row (ESC [ 1 K) from a position that nothing was written at: where
 * few cells there hold something, blanks over them and a motion are shorter. False when they are
 * not. */
static bool blank_few(struct shorten *shorten, struct buf *out)
{
    enum { FEW_CELLS = 3 };
    int at = shorten->at, last = at;
    const struct shown_cell blank = shown_make(STR(" "), &shorten->wanted, 0);
    if (!ends_in_position(shorten, out) || shorten->passes_looks || shorten->inserts ||
        shorten->wanted.attributes != 0 || at > shorten->cells.columns)
        return false;
    while (last > 0 && shown_has(&shorten->cells, shorten->row, last, &blank, 1))
        last--;
    if (last == 0 || last == at || last > FEW_CELLS)
        return false;
    add_position(shorten, shorten->row, 1, out);
    for (int i = 0; i < last; i++)
        add_cluster(shorten, STR(" "), 0, 1, out);
    shorten->held_at = last + 1 < at ? last + 1 : 0;
    shorten->at = at;
    return true;
}

static void add_control(struct shorten *shorten, const struct sequence *sequence, struct buf *out)
{
    static const char erasing[] = "KJX", scrolls[] = "LMST@P", in_row[] = "KX@PJ";
    char final = sequence->final;
    int first = sequence->codes[0] > 0 ? sequence->codes[0] : 1;
    if (final == 'm') {
        add_look(shorten, sequence, out);
    } else if (final == 'r' && sequence->code_count == 2 && shorten->late_regions) {
        shorten->wanted_region = (struct shorten_region){sequence->codes[0], sequence->codes[1]};
    } else if (final == 'H') {
        bool has_column = sequence->code_count == 2 && sequence->codes[1] > 0;
        add_position(shorten, first, has_column ? sequence->codes[1] : 1, out);
    } else if (final == 'b') {
        add_repetition(shorten, sequence, out);
    } else if (final == 'K' && sequence->codes[0] == 1 && blank_few(shorten, out)) {
        return;
    } else if (is_one_of(final, erasing) || is_one_of(final, scrolls)) {
        settle(shorten, out);
        if (is_one_of(final, scrolls))
            show_region(shorten, out);
        change_cells(shorten, sequence);
        shorten->position_len = 0;
        if (!is_one_of(final, in_row))
            lose_cursor(shorten);
        buf_add(out, sequence->bytes);
    } else if (!add_motion(shorten, sequence, out)) {
        if (is_one_of(final, "hl"))
            shorten->inserts = final == 'h' && sequence->codes[0] == 4;
        add_other(shorten, sequence, out);
    }
}

/* The choice of a character set matters only after another one was chosen. */
static void add_character_set(struct shorten *shorten, str bytes, bool is_usual, struct buf *out)
{
    bool matters = shorten->has_character_sets || !is_usual;
    shorten->has_character_sets = !is_usual;
    if (!matters)
        return;
    come_back(shorten, out);
    shorten->position_len = 0;
    buf_add(out, bytes);
}

/* A region that is set with the cursor saved before and put back after it. Returns the length of
 * the three sequences; 0 when they are something else. */
static size_t take_region(struct shorten *shorten, str text)
{
    struct sequence sequence = read_control(str_slice(text, 2, text.len));
    str rest = str_slice(text, 2 + sequence.bytes.len, text.len);
    if (!shorten->late_regions || !str_starts(text, STR("\0337\033[")) || sequence.final != 'r' ||
        sequence.code_count != 2 || !str_starts(rest, STR("\0338")))
        return 0;
    shorten->wanted_region = (struct shorten_region){sequence.codes[0], sequence.codes[1]};
    return text.len - rest.len + 2;
}

/* ESC and a letter, or a string up to its end (ESC \ or BEL). */
static size_t add_other_escape(struct shorten *shorten, str text, char kind, struct buf *out)
{
    size_t len = text.len < 2 ? text.len : 2;
    if (is_one_of(kind, "]PX^_")) {
        size_t bell = str_find_byte(text, '\a', 0), end = str_find(text, STR("\033\\"), 2);
        len = bell < end ? bell + 1 : end == STR_MISSING ? text.len : end + 2;
    }
    settle(shorten, out);
    if (is_one_of(kind, "E"))
        show_region(shorten, out);
    if (!is_one_of(kind, "=>]78"))
        shown_forget(&shorten->cells);
    lose_cursor(shorten);
    buf_add(out, str_slice(text, 0, len));
    return len;
}

/* Adds the sequence at the beginning of `text`, which begins with ESC; returns its length. */
static size_t add_escape(struct shorten *shorten, str text, struct buf *out)
{
    char kind = text.len > 1 ? text.ptr[1] : '\0';
    if (kind == '[') {
        struct sequence sequence = read_control(text);
        add_control(shorten, &sequence, out);
        return sequence.bytes.len;
    }
    if (kind == '(' && text.len > 2) {
        add_character_set(shorten, str_slice(text, 0, 3), text.ptr[2] == 'B', out);
        return 3;
    }
    size_t region_len = take_region(shorten, text);
    if (region_len > 0)
        return region_len;
    if (!is_one_of(kind, "MD"))
        return add_other_escape(shorten, text, kind, out);
    add_scroll(shorten, str_slice(text, 0, 2), kind != 'M', out);
    return 2;
}

static void add_byte(struct shorten *shorten, str byte, struct buf *out)
{
    if (byte.ptr[0] == SHIFT_OUT || byte.ptr[0] == SHIFT_IN) {
        add_character_set(shorten, byte, byte.ptr[0] == SHIFT_IN, out);
        return;
    }
    if (is_one_of(byte.ptr[0], "\n\v\f")) {
        add_scroll(shorten, byte, true, out);
        return;
    }
    if (byte.ptr[0] == '\r' && shorten->row > 0) {
        add_position(shorten, shorten->row, 1, out);
        return;
    }
    come_back(shorten, out);
    shorten->position_len = 0;
    bool is_step = byte.ptr[0] == '\b' && shorten->at > 1 && shorten->at <= shorten->cells.columns;
    if (byte.ptr[0] != '\a')
        shorten->at = is_step ? shorten->at - 1 : byte.ptr[0] == '\r' ? 1 : 0;
    buf_add(out, byte);
}

str shorten_some(struct shorten *shorten, str bytes, size_t limit, struct buf *out)
{
    shorten->position_len = 0; /* it is not in `out` */
    if (shorten->set.top < 0)
        show_region(shorten, out);
    while (bytes.len > 0 && out->len < limit) {
        size_t used = 1;
        if (bytes.ptr[0] == ESCAPE)
            used = add_escape(shorten, bytes, out);
        else if ((unsigned char)bytes.ptr[0] >= ' ')
            used = add_text(shorten, bytes, out);
        else
            add_byte(shorten, str_slice(bytes, 0, 1), out);
        if ((unsigned char)bytes.ptr[0] < ' ')
            shorten->last_width = 0;
        bytes = str_slice(bytes, used, bytes.len);
    }
    if (bytes.len == 0)
        settle(shorten, out);
    return bytes;
}

void shorten_add(struct shorten *shorten, str bytes, struct buf *out)
{
    (void)shorten_some(shorten, bytes, SIZE_MAX, out);
}

void shorten_drop(struct shorten *shorten, str bytes, struct buf *out)
{
    struct buf unsent = BUF_INIT;
    struct shorten after = *shorten;
    after.cells.cells = NULL; /* nobody sees them */
    shorten_add(&after, bytes, &unsent);
    buf_done(&unsent);
    if (after.has_character_sets != shorten->has_character_sets ||
        after.passes_looks != shorten->passes_looks || after.inserts != shorten->inserts) {
        shorten_add(shorten, bytes, out);
        return;
    }
    size_t at = str_find(bytes, STR("\033[?"), 0);
    for (; at != STR_MISSING; at = str_find(bytes, STR("\033[?"), at + 1))
        buf_add(out, read_control(str_slice(bytes, at, bytes.len)).bytes);
    lose_cursor(shorten);
    shorten->wanted = after.wanted;
    shorten->wanted_region = after.wanted_region;
    shorten->row = after.row;
    shorten->at = after.at;
    shorten->held_at = -1;
    shorten->last_width = 0;
}

void shorten_end(struct shorten *shorten, struct buf *out)
{
    shorten->position_len = 0;
    settle(shorten, out);
    show_region(shorten, out);
}
