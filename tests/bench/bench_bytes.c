/* layers: base text */
/* What a key costs on the line to the terminal, and what it would cost at the least.
 *
 *     bench_bytes [COUNT|FILE.dossier]       a dossier of 400 articles when none is said
 *
 * Makes a dossier of synthetic articles, or copies the one that is named, runs the real program
 * (DOSSIER_BINARY, or the one of the same build) under a pseudo-terminal of 80x24 and presses each
 * key many times in each pane. Bytes are exact: two runs give the same table. They hold all that a
 * key leads to, also what the program leaves for idle moments (the counter in the status line), but
 * not the marks of the frames.
 *
 * The bound is what a careful painter needs to make the change of the screen that was seen, which
 * libvterm keeps: the cheaper of painting what differs, and of scrolling a block of rows before
 * that. It counts
 *   - a motion at its shortest: to a row and column (CUP), along the row (CR, CHA, CUF, CUB), and
 *     line feeds down to the next rows;
 *   - characters as UTF-8, also over gaps of up to GAP_LIMIT cells that stay as they are;
 *   - a change of attributes as the shortest SGR that makes it; blanks need none that they do not
 *     show;
 *   - 3 bytes to erase to the end of a row (EL);
 *   - a scroll as CSI n S, or as the motion to the edge and line feeds; its region is free, because
 *     a painter may leave it set.
 * It does not know repetition (REP) and characters that are pushed aside (ICH, DCH): with them less
 * than 1.00 is possible. */
#include "bench/synthetic.h"
#include "support/pty_program.h"

enum {
    ROWS = 24,
    COLUMNS = 80,
    ARTICLE_COUNT = 400,
    SAMPLE_LIMIT = 64,
    GAP_LIMIT = 4,
    CODES_LIMIT = 64
};

/* ---- what is seen --------------------------------------------------------------------------- */

enum { BOLD = 1, DIM = 2, ITALIC = 4, UNDERLINE = 8, REVERSE = 16, STRIKE = 32, ATTRIBUTES = 6 };

struct look {
    unsigned attributes;
    long foreground, background; /* -1: the terminal's own; below 256 an index; else a colour */
};

struct cell {
    uint32_t characters[VTERM_MAX_CHARS_PER_CELL];
    struct look look;
};

struct seen {
    struct cell cells[ROWS][COLUMNS];
    int row, column; /* of the cursor, from 0 */
};

static long colour_of(const VTermColor *colour, bool is_default)
{
    return is_default                       ? -1
           : VTERM_COLOR_IS_INDEXED(colour) ? colour->indexed.idx
                                            : 1L << 24 | (long)colour->rgb.red << 16 |
                                                  (long)colour->rgb.green << 8 | colour->rgb.blue;
}

static bool is_blank(const struct cell *cell)
{
    return cell->characters[0] == ' ' && cell->characters[1] == 0;
}

static bool hides(const struct look *look)
{
    return (look->attributes & (UNDERLINE | REVERSE | STRIKE)) == 0;
}

static struct cell cell_of(const struct pty_program *program, int row, int column)
{
    VTermScreenCell shown = {0};
    struct cell cell = {0};
    (void)vterm_screen_get_cell(program->screen, (VTermPos){row, column}, &shown);
    if (shown.chars[0] == UINT32_MAX) /* the right half of a wide character */
        return (struct cell){.characters = {UINT32_MAX}};
    memcpy(cell.characters, shown.chars, sizeof cell.characters);
    if (cell.characters[0] == 0)
        cell.characters[0] = ' ';
    cell.look = (struct look){
        (shown.attrs.bold ? BOLD : 0) | (shown.attrs.blink ? DIM : 0) | /* see pty_program.c */
            (shown.attrs.italic ? ITALIC : 0) | (shown.attrs.underline ? UNDERLINE : 0) |
            (shown.attrs.reverse ? REVERSE : 0) | (shown.attrs.strike ? STRIKE : 0),
        colour_of(&shown.fg, VTERM_COLOR_IS_DEFAULT_FG(&shown.fg)),
        colour_of(&shown.bg, VTERM_COLOR_IS_DEFAULT_BG(&shown.bg))};
    if (is_blank(&cell) && hides(&cell.look))
        cell.look = (struct look){0, -1, cell.look.background};
    return cell;
}

static void look_at(const struct pty_program *program, struct seen *seen)
{
    VTermPos at;
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++)
            seen->cells[row][column] = cell_of(program, row, column);
    vterm_state_get_cursorpos(vterm_obtain_state(program->vterm), &at);
    seen->row = at.row;
    seen->column = at.col;
}

static bool same_look(const struct look *a, const struct look *b)
{
    return a->attributes == b->attributes && a->foreground == b->foreground &&
           a->background == b->background;
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
    return memcmp(a->characters, b->characters, sizeof a->characters) == 0 &&
           same_look(&a->look, &b->look);
}

/* ---- the bound ------------------------------------------------------------------------------- */

static size_t shorter(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t digits(int number)
{
    return number > 99 ? 3 : number > 9 ? 2 : 1;
}

/* The cursor and the look of what comes next. */
struct pen {
    int row, column;
    struct look look;
};

static size_t motion_len(const struct pen *pen, int row, int column)
{
    int by = column - pen->column, down = row - pen->row;
    size_t whole =
        column > 0 ? 4 + digits(row + 1) + digits(column + 1) : 3 + (row > 0 ? digits(row + 1) : 0);
    size_t along = column == 0 ? 1 : 3 + digits(column + 1), rows = 3 + digits(row + 1);
    if (by == 0)
        along = 0;
    else if (by < 0)
        along = shorter(along, shorter((size_t)-by, by == -1 ? 3 : 3 + digits(-by)));
    else
        along = shorter(along, by == 1 ? 3 : 3 + digits(by));
    if (down == 0)
        rows = 0;
    else if (down > 0)
        rows = shorter(rows, (size_t)down);
    else
        rows = shorter(rows, 2 * (size_t)-down);
    return shorter(whole, rows + along);
}

static size_t colour_len(long colour, bool is_background)
{
    if (colour < 16)
        return is_background && colour >= 8 ? 3 : 2;
    if (colour < 256)
        return 5 + digits((int)colour);
    return 5 + digits((int)(colour >> 16 & 0xFF)) + 1 + digits((int)(colour >> 8 & 0xFF)) + 1 +
           digits((int)(colour & 0xFF));
}

/* The codes are parted by semicolons. */
static size_t join(size_t len, size_t code_len)
{
    return len + (len > 0 ? 1 : 0) + code_len;
}

/* Whole begins with an empty code, which ends all that was. */
static size_t look_len(const struct look *from, const struct look *to)
{
    enum { ON_LEN = 1, OFF_LEN = 2, FRAME_LEN = 3 };
    static const struct look plain = {0, -1, -1};
    size_t change = 0, whole = 0;
    if (same_look(from, to))
        return 0;
    if (same_look(to, &plain))
        return FRAME_LEN;
    for (unsigned bit = 1; bit < 1U << ATTRIBUTES; bit <<= 1) {
        if ((to->attributes & bit) != 0)
            whole += 1 + ON_LEN;
        if ((to->attributes & ~from->attributes & bit) != 0)
            change = join(change, ON_LEN);
        if ((from->attributes & ~to->attributes & bit) != 0)
            change = join(change, OFF_LEN);
    }
    for (int is_background = 0; is_background < 2; is_background++) {
        long old = is_background ? from->background : from->foreground;
        long new = is_background ? to->background : to->foreground;
        whole += new >= 0 ? 1 + colour_len(new, is_background) : 0;
        if (new != old)
            change = join(change, colour_len(new, is_background));
    }
    return FRAME_LEN + shorter(change, whole);
}

static size_t cell_len(struct pen *pen, const struct cell *cell)
{
    size_t len = 0;
    if (cell->characters[0] == UINT32_MAX)
        return 0;
    bool is_hidden = is_blank(cell) && hides(&cell->look) && hides(&pen->look) &&
                     cell->look.background == pen->look.background;
    if (!is_hidden) {
        len += look_len(&pen->look, &cell->look);
        pen->look = cell->look;
    }
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->characters[i] != 0; i++) {
        uint32_t character = cell->characters[i];
        len += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }
    return len;
}

/* The first of the blanks at the end of a row that can be erased. */
static int blanks_from(const struct cell *cells)
{
    int first = COLUMNS;
    while (first > 0 && is_blank(&cells[first - 1]) && hides(&cells[first - 1].look) &&
           cells[first - 1].look.background == cells[COLUMNS - 1].look.background)
        first--;
    return first;
}

static size_t erasing_len(struct pen *pen, const struct cell *cells, int row, int first, int column)
{
    enum { ERASING_LEN = 3 };
    int from =
        pen->row == row && pen->column >= first && pen->column <= column ? pen->column : first;
    size_t len = motion_len(pen, row, from) + ERASING_LEN;
    const struct look *look = &cells[column].look;
    if (!hides(&pen->look) || pen->look.background != look->background) {
        len += look_len(&pen->look, look);
        pen->look = *look;
    }
    pen->row = row;
    pen->column = from;
    return len;
}

static size_t row_len(struct pen *pen, const struct cell *from, const struct cell *to, int row)
{
    enum { FEW_BLANKS = 3 };
    size_t len = 0;
    int blanks = blanks_from(to);
    for (int column = 0; column < COLUMNS; column++) {
        if (same_cell(&from[column], &to[column]))
            continue;
        int last = COLUMNS - 1;
        while (same_cell(&from[last], &to[last]))
            last--;
        if (column >= blanks && last - column >= FEW_BLANKS)
            return len + erasing_len(pen, to, row, blanks, column);
        if (pen->row == row && column > pen->column && column - pen->column <= GAP_LIMIT)
            for (int i = pen->column; i < column; i++)
                len += cell_len(pen, &to[i]);
        else
            len += motion_len(pen, row, column);
        len += cell_len(pen, &to[column]);
        pen->row = row;
        pen->column = column + 1;
    }
    return len;
}

static size_t painting_len(const struct seen *from, const struct seen *to, struct pen pen)
{
    static const struct look plain = {0, -1, -1};
    size_t len = 0;
    for (int row = 0; row < ROWS; row++)
        len += row_len(&pen, from->cells[row], to->cells[row], row);
    return len + look_len(&pen.look, &plain);
}

/* The rows top to bottom of what was seen go up. */
static void scroll(struct seen *seen, int top, int bottom, int up)
{
    static const struct cell blank = {{' '}, {0, -1, -1}};
    struct seen before = *seen;
    for (int row = top; row <= bottom; row++)
        for (int column = 0; column < COLUMNS; column++) {
            int from = row + up;
            seen->cells[row][column] =
                from >= top && from <= bottom ? before.cells[from][column] : blank;
        }
}

static bool same_row(const struct seen *from, int from_row, const struct seen *to, int row)
{
    for (int column = 0; column < COLUMNS; column++)
        if (!same_cell(&from->cells[from_row][column], &to->cells[row][column]))
            return false;
    return true;
}

static size_t scrolling_len(const struct seen *from, const struct seen *to, int top, int bottom,
                            int up)
{
    struct seen scrolled = *from;
    struct pen pen = {from->row, from->column, {0, -1, -1}}, at_edge = pen;
    int count = up > 0 ? up : -up, edge = up > 0 ? bottom : top;
    scroll(&scrolled, top, bottom, up);
    size_t feeds = motion_len(&pen, edge, pen.column) + (size_t)(up > 0 ? count : 2 * count);
    at_edge.row = edge;
    return shorter((count > 1 ? 3 + digits(count) : 3) + painting_len(&scrolled, to, pen),
                   feeds + painting_len(&scrolled, to, at_edge));
}

/* Rows that are seen elsewhere afterwards make the block, or it and a row more. */
static size_t bound(const struct seen *from, const struct seen *to)
{
    size_t best = painting_len(from, to, (struct pen){from->row, from->column, {0, -1, -1}});
    for (int up = -ROWS + 1; up < ROWS; up++) {
        int top = ROWS, bottom = -1;
        for (int row = 0; row < ROWS; row++) {
            int source = row + up;
            if (up == 0 || source < 0 || source >= ROWS || blanks_from(to->cells[row]) == 0 ||
                same_row(from, row, to, row) || !same_row(from, source, to, row))
                continue;
            int low = row < source ? row : source, high = row < source ? source : row;
            top = low < top ? low : top;
            bottom = high > bottom ? high : bottom;
        }
        for (int more = 0; more < 4 && bottom >= 0; more++) {
            int above = top - (more & 1), below = bottom + (more >> 1);
            if (above >= 0 && below < ROWS)
                best = shorter(best, scrolling_len(from, to, above, below, up));
        }
    }
    return best;
}

/* ---- measuring ------------------------------------------------------------------------------- */

static size_t sent_len(const struct pty_program *program)
{
    static const char mark[] = "\033]7777;";
    size_t len = program->output.len;
    for (const char *at = program->output.ptr; at && (at = strstr(at, mark)) != NULL; at++)
        len -= strcspn(at, "\a") + 1;
    return len;
}

static void press(struct pty_program *program, const char *name)
{
    char bytes[16];
    if (!pty_send(program, bytes, pty_key(name, bytes)) ||
        pty_next_frame(program, PTY_PATIENCE) != PTY_FRAME)
        die("no frame after %s", name);
}

static const struct pane {
    const char *name, *enter;
} panes[] = {
    {"articles", "g a"},
    {"people", "g p"},
    {"places", "g p <Tab>"},
    {"organisations", "g p <Tab> <Tab>"},
    {"person", "g p <Home> <Enter>"},
    {"card", "g p <Home> <Enter> <Tab>"},
    {"timeline", "g t"},
    {"dates without a day", "g t <Tab>"},
    {"search results", "/ s h o i g u <Enter>"},
    {"overview", "g h"},
    {"text", "g a <Home> <Enter>"},
    {"text and side pane", "g a <Home> <Enter> |"},
    {"help", "?"},
};

static const struct row {
    const char *name, *key;
    int times;
} rows[] = {{"row down", "j", 40}, {"row up", "k", 40},       {"page down", "<Space>", 6},
            {"page up", "b", 6},   {"half down", "<C-d>", 6}, {"half up", "<C-u>", 6}};

static int compare_sizes(const void *a, const void *b)
{
    const size_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Presses at the end of what there is, which change nothing, do not count. */
static void measure(struct pty_program *program, const struct pane *pane, const struct row *row)
{
    static struct seen before, after;
    size_t samples[SAMPLE_LIMIT], count = 0, sent = 0, least = 0;
    for (int i = 0; i < row->times; i++) {
        look_at(program, &before);
        size_t from = sent_len(program);
        press(program, row->key);
        size_t len = sent_len(program) - from;
        look_at(program, &after);
        size_t bytes = bound(&before, &after);
        if (len == 0 || bytes == 0)
            continue;
        samples[count++] = len;
        sent += len;
        least += bytes;
    }
    if (count == 0)
        return;
    qsort(samples, count, sizeof *samples, compare_sizes);
    printf("%-20s %-10s %4zu | %6zu %6zu %8.0f %6.2f\n", pane->name, row->name, count,
           samples[count / 2], samples[count - 1], (double)least / (double)count,
           (double)sent / (double)least);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    struct world world;
    struct pty_program program;
    char *end = NULL;
    unsigned long count = argc > 1 ? strtoul(argv[1], &end, 10) : ARTICLE_COUNT;
    if (argc > 2)
        die("usage: bench_bytes [COUNT|FILE.dossier]");
    world_open(&world);
    if (end != NULL && *end != '\0')
        world_copy(&world, argv[1], "big.dossier");
    else
        make_dossier(&world, count);
    printf("%-36s | %6s %6s %8s %6s\n", "", "p50", "most", "bound", "x");
    for (size_t p = 0; p < sizeof panes / sizeof *panes; p++) {
        const char *const arguments[] = {binary(), "-f", "big.dossier", NULL};
        char keys[256];
        pty_start(&program, &world, ROWS, COLUMNS, arguments);
        if (pty_next_frame(&program, PTY_PATIENCE) != PTY_FRAME)
            die("no first screen");
        snprintf(keys, sizeof keys, "%s <Home>", panes[p].enter);
        for (char *name = strtok(keys, " "); name; name = strtok(NULL, " "))
            press(&program, name);
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
            measure(&program, &panes[p], &rows[i]);
        pty_close(&program);
    }
    world_close(&world);
    return 0;
}
