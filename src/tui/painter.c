#include "tui/painter.h"

#include <stdint.h>
#include <string.h>

#include "tui/scroll.h"

void painter_reset(struct painter *painter, const struct painter_skills *skills, int rows,
                   int columns)
{
    const struct buf *links = painter->links;
    struct shown cells = painter->shown;
    shown_reset(&cells, rows, columns);
    *painter =
        (struct painter){.shown = cells, .links = links, .region = {-1, -1}, .skills = *skills};
}

void painter_done(struct painter *painter)
{
    shown_done(&painter->shown);
}

/* ---- short pieces of output ------------------------------------------------------------------ */

/* Made for comparing: nothing is allocated. The longest changes all of a look. */
struct piece {
    size_t len;
    char bytes[56];
};

static void add_byte(struct piece *piece, char byte)
{
    piece->bytes[piece->len++] = byte;
}

static void add_number(struct piece *piece, unsigned number)
{
    char digits[12];
    size_t count = 0;
    do
        digits[count++] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    while (count > 0)
        add_byte(piece, digits[--count]);
}

static void add_introducer(struct piece *piece)
{
    add_byte(piece, '\033');
    add_byte(piece, '[');
}

/* ESC [ number final; 1 goes without saying. */
static void add_control(struct piece *piece, int number, char final)
{
    add_introducer(piece);
    if (number > 1)
        add_number(piece, (unsigned)number);
    add_byte(piece, final);
}

static void add_piece(const struct piece *piece, struct buf *out)
{
    buf_add(out, (str){piece->bytes, piece->len});
}

/* ---- attributes and colours ------------------------------------------------------------------ */

static void add_code(struct piece *codes, unsigned code)
{
    if (codes->len > 0)
        add_byte(codes, ';');
    add_number(codes, code);
}

/* The numbers that set a colour, of the letters (3) or of the ground (4). */
static void add_colour(struct piece *codes, const struct painter_skills *skills, uint16_t colour,
                       unsigned place)
{
    enum { PLAIN_COUNT = 8, BRIGHT = 6 };
    unsigned number = colour - 1U;
    if (colour == 0) {
        add_code(codes, place * 10 + 9);
    } else if (skills->has_256) {
        add_code(codes, place * 10 + 8);
        add_code(codes, 5);
        add_code(codes, number);
    } else if (number < PLAIN_COUNT) {
        add_code(codes, place * 10 + number);
    } else {
        add_code(codes, (place + BRIGHT) * 10 + number - PLAIN_COUNT);
    }
}

static void add_attributes(struct piece *codes, unsigned attributes)
{
    for (unsigned number = 1; attributes >> number != 0; number++)
        if ((attributes >> number & 1) != 0)
            add_code(codes, number);
}

/* The codes from nothing; none at all for the terminal's own look. */
static void add_whole(struct piece *codes, const struct painter_skills *skills,
                      const struct shown_look *look)
{
    if (look->attributes == 0 && look->foreground == 0 && look->background == 0)
        return;
    add_byte(codes, '0');
    add_attributes(codes, look->attributes);
    if (look->foreground != 0)
        add_colour(codes, skills, look->foreground, 3);
    if (look->background != 0)
        add_colour(codes, skills, look->background, 4);
}

static void add_difference(struct piece *codes, const struct painter_skills *skills,
                           const struct shown_look *from, const struct shown_look *to)
{
    add_attributes(codes, to->attributes & ~(unsigned)from->attributes);
    if (from->foreground != to->foreground)
        add_colour(codes, skills, to->foreground, 3);
    if (from->background != to->background)
        add_colour(codes, skills, to->background, 4);
}

/* What changes a look; `from` NULL: it is not known. */
static struct piece look_change(const struct painter *painter, const struct shown_look *from,
                                const struct shown_look *to)
{
    const struct painter_skills *skills = &painter->skills;
    struct piece change = {.len = 0}, whole = {.len = 0}, difference = {.len = 0};
    if (from != NULL && shown_same_look(from, to))
        return change;
    add_whole(&whole, skills, to);
    const struct piece *codes = &whole;
    /* Not every terminal can end one attribute and keep the others. */
    if (from != NULL && (from->attributes & ~(unsigned)to->attributes) == 0) {
        add_difference(&difference, skills, from, to);
        if (difference.len < whole.len)
            codes = &difference;
    }
    add_introducer(&change);
    memcpy(change.bytes + change.len, codes->bytes, codes->len);
    change.len += codes->len;
    add_byte(&change, 'm');
    return change;
}

static const struct shown_look *known_look(const struct painter *painter)
{
    return painter->look_known ? &painter->look : NULL;
}

void painter_set_look(struct painter *painter, const struct shown_look *look, struct buf *out)
{
    if (painter->look_known && shown_same_look(&painter->look, look))
        return;
    struct piece change = look_change(painter, known_look(painter), look);
    add_piece(&change, out);
    painter->look = *look;
    painter->look_known = true;
}

/* True when a cell looks as it should without a change of the look. */
static bool looks_so(const struct shown_look *look, const struct shown_cell *cell)
{
    return look != NULL &&
           (shown_same_look(look, &cell->look) || (shown_is_unseen(cell) && shown_hides(look) &&
                                                   look->background == cell->look.background));
}

/* A look that blanks can come in under, that look so. */
static void set_ground(struct painter *painter, const struct shown_look *look, struct buf *out)
{
    const struct shown_cell blank = shown_make(STR(" "), look, 0);
    if (!looks_so(known_look(painter), &blank))
        painter_set_look(painter, look, out);
}

void painter_set_link(struct painter *painter, size_t link, struct buf *out)
{
    if (painter->link == link)
        return;
    buf_add(out, STR("\033]8;;"));
    buf_add(out, link > 0 ? buf_str(&painter->links[link]) : STR_NONE);
    buf_add(out, STR("\033\\"));
    painter->link = link;
}

/* ---- the cursor ------------------------------------------------------------------------------ */

void painter_set_region(struct painter *painter, struct painter_region region, struct buf *out)
{
    if (painter->region.top == region.top && painter->region.bottom == region.bottom)
        return;
    /* Setting it moves the cursor home, which must not be seen. */
    if (region.top == 0)
        buf_add(out, STR("\0337\033[r\0338"));
    else
        buf_format(out, "\0337\033[%d;%dr\0338", region.top, region.bottom);
    painter->region = region;
}

void painter_clear(struct painter *painter, struct buf *out)
{
    static const struct shown_look plain;
    painter_set_region(painter, (struct painter_region){0}, out);
    painter_set_link(painter, 0, out);
    painter_set_look(painter, &plain, out);
    buf_add(out, STR("\033[H\033[2J"));
    painter->row = painter->at = 1;
    shown_clear(&painter->shown);
}

static void take_shorter(struct piece *best, const struct piece *other)
{
    if (best->len == 0 || other->len < best->len)
        *best = *other;
}

/* Along the row from one column, which may not be known (0), to another: adds to `way`. */
static void go_along(const struct painter *painter, int from, int to, const struct piece *way,
                     struct piece *best)
{
    enum { BACK_LIMIT = 3 };
    struct piece other;
    if (to == 1 || from == to) {
        other = *way;
        if (from != to)
            add_byte(&other, '\r');
        take_shorter(best, &other);
        return;
    }
    if (painter->skills.goes_to_columns) {
        other = *way;
        add_control(&other, to, 'G');
        take_shorter(best, &other);
    }
    if (from == 0)
        return;
    other = *way;
    if (from < to)
        add_control(&other, to - from, 'C');
    else if (from - to <= BACK_LIMIT)
        for (int i = from; i > to; i--)
            add_byte(&other, '\b');
    else
        add_control(&other, from - to, 'D');
    take_shorter(best, &other);
}

/* Line feeds at the end of the region scroll. */
static bool is_line_feed_away(const struct painter *painter, int row)
{
    enum { LINE_FEED_LIMIT = 4 };
    int bottom = painter->region.top > 0 ? painter->region.bottom : painter->shown.rows;
    return painter->region.top >= 0 && row > painter->row &&
           row <= painter->row + LINE_FEED_LIMIT && !(painter->row <= bottom && row > bottom);
}

static bool is_reverse_feed_away(const struct painter *painter, int row)
{
    int top = painter->region.top > 0 ? painter->region.top : 1;
    return painter->region.top >= 0 && row == painter->row - 1 && painter->row != top;
}

/* The shortest motion; a column of 0: any. */
static struct piece motion(const struct painter *painter, int row, int column)
{
    struct piece best = {.len = 0}, way = {.len = 0};
    int to = column > 0 ? column : painter->at;
    if (painter->row == row && (column == 0 || painter->at == column))
        return best;
    add_introducer(&best);
    if (row > 1 || column > 1)
        add_number(&best, (unsigned)row);
    if (column > 1) {
        add_byte(&best, ';');
        add_number(&best, (unsigned)column);
    }
    add_byte(&best, 'H');
    if (painter->row == 0)
        return best;
    if (painter->row != row && painter->skills.goes_to_rows) {
        add_control(&way, row, 'd');
        go_along(painter, painter->at, to, &way, &best);
    }
    way.len = 0;
    if (is_line_feed_away(painter, row))
        for (int i = painter->row; i < row; i++)
            add_byte(&way, '\n');
    else if (is_reverse_feed_away(painter, row)) {
        add_byte(&way, '\033');
        add_byte(&way, 'M');
    }
    if (painter->row == row || way.len > 0)
        go_along(painter, painter->at, to, &way, &best);
    return best;
}

void painter_go(struct painter *painter, int row, int column, struct buf *out)
{
    struct piece way = motion(painter, row, column);
    add_piece(&way, out);
    painter->row = row;
    painter->at = column;
}

/* The rows of the region go up by so many, or down. A line feed at its edge is longer than to ask
 * for it, but text comes into that row next and the cursor had better be in it. */
static void roll(struct painter *painter, struct scroll_rows rows, int up, struct buf *out)
{
    enum { NEAR_LEN = 6 };
    int row = up > 0 ? rows.bottom : rows.top, count = up > 0 ? up : -up;
    struct piece kept = motion(painter, row, 0), first = motion(painter, row, 1);
    struct piece asked = {.len = 0};
    bool keeps = painter->row == row || kept.len < first.len;
    const struct piece *way = keeps ? &kept : &first;
    add_control(&asked, count, up > 0 ? 'S' : 'T');
    if (painter->skills.scrolls && (count > 1 || way->len > NEAR_LEN)) {
        add_piece(&asked, out);
    } else {
        add_piece(way, out);
        painter->at = keeps ? painter->at : 1;
        painter->row = row;
        for (int i = 0; i < count; i++)
            buf_add(out, up > 0 ? STR("\n") : STR("\033M"));
    }
    shown_roll(&painter->shown, rows.top, rows.bottom, up, &painter->look);
}

void painter_scroll(struct painter *painter, const struct shown *wanted, struct buf *out)
{
    static const struct shown_look plain;
    struct scroll_rows region = {1, painter->shown.rows};
    struct scroll scroll;
    if (painter->region.top > 0)
        region = (struct scroll_rows){painter->region.top, painter->region.bottom};
    if (!scroll_find(&painter->shown, wanted, region, &scroll))
        return;
    struct painter_region wide = {scroll.rows.top, scroll.rows.bottom};
    bool is_whole = wide.top == 1 && wide.bottom == painter->shown.rows;
    painter_set_region(painter, is_whole ? (struct painter_region){0} : wide, out);
    painter_set_link(painter, 0, out);
    set_ground(painter, &plain, out);
    roll(painter, scroll.rows, scroll.up, out);
}

/* ---- cells ----------------------------------------------------------------------------------- */

static void step(struct painter *painter, int columns)
{
    painter->at += columns;
    if (painter->at > painter->shown.columns)
        painter->at = 0;
}

/* Writes a cell at the cursor. */
static void put(struct painter *painter, const struct shown_cell *cell, int width, struct buf *out)
{
    if (!looks_so(known_look(painter), cell))
        painter_set_look(painter, &cell->look, out);
    painter_set_link(painter, cell->link, out);
    if (cell->text[1] == '\0')
        buf_add_byte(out, cell->text[0]);
    else
        buf_add(out, shown_text(cell));
    shown_put(&painter->shown, painter->row, painter->at, cell, width);
    step(painter, width);
}

static bool is_wanted(const struct painter *painter, const struct shown *wanted, int row,
                      int column)
{
    return !shown_same(shown_at(&painter->shown, row, column), shown_at(wanted, row, column));
}

/* The first column from `from` on of which something is wanted; after `last` when none is. */
static int next_wanted(const struct painter *painter, const struct shown *wanted, int row, int from,
                       int last)
{
    const struct shown_cell *there = shown_at(&painter->shown, row, 1);
    const struct shown_cell *to = shown_at(wanted, row, 1);
    while (from <= last && shown_same(&there[from - 1], &to[from - 1]))
        from++;
    return from;
}

/* The bytes that change the look for the first cell from a column on that needs one. */
static size_t next_look_len(const struct painter *painter, const struct shown *wanted, int row,
                            int column, const struct shown_look *look)
{
    for (; column <= wanted->columns; column++) {
        const struct shown_cell *cell = shown_at(wanted, row, column);
        if (!shown_is_unseen(cell) && !shown_is_half(cell))
            return look_change(painter, look, &cell->look).len;
    }
    return 0;
}

/* What it takes to come to a column by writing the cells before it from another one on, and to have
 * its look then. SIZE_MAX when they are too many. */
static size_t rewriting_len(const struct painter *painter, const struct shown *wanted, int row,
                            int from, int to)
{
    enum { FEW_CELLS = 12 };
    const struct shown_look *look = known_look(painter);
    size_t len = motion(painter, row, from).len;
    if (to - from > FEW_CELLS || shown_is_half(shown_at(wanted, row, from)))
        return SIZE_MAX;
    for (int column = from; column < to; column++) {
        const struct shown_cell *cell = shown_at(wanted, row, column);
        if (cell->link != painter->link)
            return SIZE_MAX;
        if (shown_is_half(cell))
            continue;
        if (!looks_so(look, cell)) {
            len += look_change(painter, look, &cell->look).len;
            look = &cell->look;
        }
        len += shown_text(cell).len;
    }
    return len + next_look_len(painter, wanted, row, to, look);
}

static int width_at(const struct shown *wanted, int row, int column)
{
    const struct shown_cell *after = shown_at(wanted, row, column + 1);
    return after != NULL && shown_is_half(after) ? 2 : 1;
}

/* True for so few cells before a column, which look as what is written now, that no motion is
 * shorter than to write them once more: most gaps in text. */
static bool is_small_gap(const struct painter *painter, const struct shown *wanted, int row,
                         int column)
{
    enum { SHORTEST_MOTION = 3 };
    int gap = column - painter->at;
    if (painter->row != row || painter->at == 0 || gap < 1 || gap > SHORTEST_MOTION ||
        !painter->look_known)
        return false;
    for (const struct shown_cell *cell = shown_at(wanted, row, painter->at); gap > 0; gap--, cell++)
        if (cell->text[1] != '\0' || shown_is_half(cell) || cell->link != painter->link ||
            !looks_so(&painter->look, cell))
            return false;
    return true;
}

/* The column from which to write, to come to another one in the fewest bytes. */
static int best_start(const struct painter *painter, const struct shown *wanted, int row,
                      int column)
{
    if (is_small_gap(painter, wanted, row, column))
        return painter->at;
    const int starts[] = {painter->at, 1};
    int from = column;
    size_t best = motion(painter, row, column).len +
                  next_look_len(painter, wanted, row, column, known_look(painter));
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        if (starts[i] < 1 || starts[i] >= column)
            continue;
        size_t len = rewriting_len(painter, wanted, row, starts[i], column);
        if (len < best || (len == best && painter->row == row && painter->at == starts[i])) {
            best = len;
            from = starts[i];
        }
    }
    return from;
}

/* Brings the cursor to a column, by a motion or over cells that are written once more. */
static void come_to(struct painter *painter, const struct shown *wanted, int row, int column,
                    struct buf *out)
{
    if (painter->row == row && painter->at == column)
        return;
    int from = best_start(painter, wanted, row, column);
    painter_go(painter, row, from, out);
    while (from < column) {
        int width = width_at(wanted, row, from);
        put(painter, shown_at(wanted, row, from), width, out);
        from += width;
    }
}

/* Writes a cell, and as many after it as are the same. Not all terminals agree on what a repetition
 * up to the last columns leaves behind. */
static void put_run(struct painter *painter, const struct shown *wanted, int row, int column,
                    int last, struct buf *out)
{
    enum { DOUBTFUL_COLUMNS = 2 };
    const struct shown_cell *cell = shown_at(wanted, row, column);
    int width = width_at(wanted, row, column), end = column + 1;
    if (last > wanted->columns - DOUBTFUL_COLUMNS)
        last = wanted->columns - DOUBTFUL_COLUMNS;
    put(painter, cell, width, out);
    if (!painter->skills.repeats || width > 1 || shown_text(cell).len > 1)
        return;
    for (int next = end; next <= last && shown_same(shown_at(wanted, row, next), cell); next++)
        if (is_wanted(painter, wanted, row, next))
            end = next + 1;
    int count = end - column - 1;
    struct piece repetition = {.len = 0};
    add_control(&repetition, count, 'b');
    if (count <= (int)repetition.len)
        return;
    add_piece(&repetition, out);
    for (int next = column + 1; next < end; next++)
        shown_put(&painter->shown, row, next, cell, 1);
    step(painter, count);
}

/* True for a character of ASCII that stands in one cell now or then, and has the look and the link
 * of what is written now. */
static bool is_next_plain(const struct painter *painter, const struct shown_cell *there,
                          const struct shown_cell *cell)
{
    return cell->text[0] >= ' ' && cell->text[1] == '\0' && cell->link == painter->link &&
           looks_so(known_look(painter), cell) && !shown_is_half(&there[0]) &&
           !shown_is_half(&there[1]);
}

/* Writes text at the cursor up to a column before the last one of the row: cells as above, each
 * wanted and unlike the next, which would be repeated. Most of what is painted is such. */
static void put_plain(struct painter *painter, const struct shown *wanted, int row, int end,
                      size_t limit, struct buf *out)
{
    size_t first = (size_t)(row - 1) * (size_t)wanted->columns + (size_t)(painter->at - 1);
    struct shown_cell *there = painter->shown.cells + first;
    const struct shown_cell *cell = wanted->cells + first;
    int room = end - painter->at, count = 0;
    if (room <= 0 || out->len >= limit)
        return;
    if ((size_t)room > limit - out->len)
        room = (int)(limit - out->len);
    char *place = buf_reserve(out, (size_t)room);
    while (count < room && is_next_plain(painter, there, cell) && !shown_same(there, cell) &&
           !shown_same(cell, &cell[1])) {
        place[count++] = cell->text[0];
        *there++ = *cell++;
    }
    out->len += (size_t)count;
    painter->at += count;
}

/* The first of the blanks at the end of a row that can be erased. */
static int blanks_from(const struct painter *painter, const struct shown *wanted, int row)
{
    int first = wanted->columns + 1;
    const struct shown_cell *end = shown_at(wanted, row, wanted->columns);
    if (end->look.background != 0 && !painter->skills.erases_in_colour)
        return first;
    while (first > 1) {
        const struct shown_cell *cell = shown_at(wanted, row, first - 1);
        if (!shown_is_unseen(cell) || cell->link != 0 ||
            cell->look.background != end->look.background)
            break;
        first--;
    }
    return first;
}

/* Erases to the end of the row, from one of these columns on: what is between them is blank. */
static void erase(struct painter *painter, const struct shown *wanted, int row, int first,
                  int column, struct buf *out)
{
    int at = painter->at, from = column;
    if (at < first && painter->row == row && at > 0)
        come_to(painter, wanted, row, from = first, out);
    else if (at >= first && at <= column)
        from = at;
    else if (motion(painter, row, first).len < motion(painter, row, column).len)
        from = first;
    painter_go(painter, row, from, out);
    painter_set_link(painter, 0, out);
    set_ground(painter, &shown_at(wanted, row, column)->look, out);
    buf_add(out, STR("\033[K"));
    shown_erase(&painter->shown, row, from, painter->shown.columns, &painter->look);
}

static bool paint_row(struct painter *painter, const struct shown *wanted, int row, size_t limit,
                      struct buf *out)
{
    enum { ERASING_LEN = 3 };
    int last = wanted->columns, blanks = blanks_from(painter, wanted, row);
    for (int column = next_wanted(painter, wanted, row, 1, last); column <= last;
         column = next_wanted(painter, wanted, row, column, last)) {
        if (out->len >= limit)
            return false;
        int end = last;
        while (column >= blanks && end > column && !is_wanted(painter, wanted, row, end))
            end--;
        if (column >= blanks && end - column >= ERASING_LEN) {
            erase(painter, wanted, row, blanks, column, out);
            return true;
        }
        come_to(painter, wanted, row, column, out);
        put_plain(painter, wanted, row, blanks < last ? blanks : last, limit, out);
        if (painter->at > column)
            column = painter->at;
        else
            put_run(painter, wanted, row, column++, last, out);
    }
    return true;
}

bool painter_paint(struct painter *painter, const struct shown *wanted, size_t limit,
                   struct buf *out)
{
    for (int row = 1; row <= wanted->rows; row++)
        if (!shown_same_row(&painter->shown, wanted, row) &&
            !paint_row(painter, wanted, row, limit, out))
            return false;
    return true;
}

size_t painter_left(const struct painter *painter, const struct shown *wanted, size_t most)
{
    size_t count = 0;
    for (int row = 1; row <= wanted->rows && count < most; row++) {
        if (shown_same_row(&painter->shown, wanted, row))
            continue;
        for (int column = 1; column <= wanted->columns; column++)
            count += is_wanted(painter, wanted, row, column);
    }
    return count;
}
