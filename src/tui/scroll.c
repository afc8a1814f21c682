#include "tui/scroll.h"

#include <stdint.h>
#include <string.h>

#include "base/memory.h"

/* What things cost in bytes, about. */
enum {
    MOTION_LEN = 4,
    LOOK_LEN = 5,
    ERASING_LEN = 3,
    SCROLL_LEN = 5,
    REGION_LEN = 13,
    GAP_LEN = 4 /* cells that are written once more rather than passed over */
};

#define NOT_KNOWN SIZE_MAX

enum { ROWS_WORTH_A_SCROLL = 5, SHIFT_LIMIT = 2 };

/* For each row of the screen, from 1. */
struct rows {
    const struct shown *shown, *wanted;
    uint64_t *hashes; /* of what is shown */
    size_t *left;     /* to paint over what is shown */
    size_t *shifted;  /* over what comes there by a scroll */
    size_t *blank;    /* over blanks; NOT_KNOWN until it is asked for */
    int *votes;       /* for going up by INDEX - rows */
    int count;
};

/* About the bytes that paint a row over another one, over blanks when that is NULL. */
static size_t row_len(const struct shown_cell *from, const struct shown_cell *to, int columns)
{
    static const struct shown_cell blank = {.text = " "};
    const struct shown_cell *last = NULL;
    size_t len = 0, gap = GAP_LEN + 1, blanks = 0;
    if (from != NULL && memcmp(from, to, (size_t)columns * sizeof *to) == 0)
        return 0;
    for (int i = 0; i < columns; i++) {
        const struct shown_cell *cell = &to[i];
        if (shown_same(from != NULL ? &from[i] : &blank, cell)) {
            gap++;
            continue;
        }
        if (shown_is_unseen(cell)) {
            blanks++; /* erased at the end, written before more text */
            gap++;
            continue;
        }
        len += gap <= GAP_LEN ? gap : MOTION_LEN + (blanks < gap ? blanks : 0);
        if (last == NULL || (!shown_is_blank(cell) && !shown_same_look(&cell->look, &last->look)))
            len += last != NULL || cell->look.attributes != 0 ? LOOK_LEN : 0;
        len += shown_is_blank(cell) ? 1 : shown_text(cell).len;
        last = cell;
        gap = blanks = 0;
    }
    return len + (blanks < ERASING_LEN ? blanks : ERASING_LEN);
}

/* Of the first half of a row: beside a text that scrolls something may stay. Of long clusters the
 * beginning says enough for a vote. */
static uint64_t hash_half(const struct shown *shown, int row)
{
    uint64_t hash = 0;
    const struct shown_cell *cell = shown_at(shown, row, 1);
    for (int i = 0; i < shown->columns && i <= shown->columns / 2; i++, cell++) {
        uint64_t text, look;
        memcpy(&text, cell->text, sizeof text);
        memcpy(&look, &cell->look, sizeof look);
        hash = (hash ^ text ^ look << 8) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
    }
    return hash;
}

static bool starts_blank(const struct shown *shown, int row)
{
    const struct shown_cell *cell = shown_at(shown, row, 1);
    for (int i = 0; i < shown->columns / 2; i++, cell++)
        if (!shown_is_unseen(cell))
            return false;
    return true;
}

static void rows_init(struct rows *rows, const struct shown *shown, const struct shown *wanted)
{
    size_t count = (size_t)shown->rows + 1;
    *rows = (struct rows){.shown = shown, .wanted = wanted, .count = shown->rows};
    rows->hashes = memory_new(count, sizeof *rows->hashes);
    rows->left = memory_new(3 * count, sizeof *rows->left);
    rows->shifted = rows->left + count;
    rows->blank = rows->shifted + count;
    for (size_t i = 0; i < count; i++)
        rows->blank[i] = NOT_KNOWN;
    rows->votes = memory_new(2 * count, sizeof *rows->votes);
}

static void rows_done(struct rows *rows)
{
    memory_free(rows->hashes);
    memory_free(rows->left);
    memory_free(rows->votes);
}

/* Rows that are wanted and shown elsewhere vote for the way between the two. */
static void vote(struct rows *rows, int row)
{
    enum { VOTES_OF_WHOLE = 4 };
    if (starts_blank(rows->wanted, row))
        return;
    uint64_t wanted = hash_half(rows->wanted, row);
    const struct shown_cell *cells = shown_at(rows->wanted, row, 1);
    size_t len = (size_t)rows->wanted->columns * sizeof *cells;
    for (int other = 1; other <= rows->count; other++) {
        if (other == row || rows->hashes[other] != wanted)
            continue;
        bool is_whole = memcmp(shown_at(rows->shown, other, 1), cells, len) == 0;
        rows->votes[other - row + rows->count] += is_whole ? VOTES_OF_WHOLE : 1;
    }
}

/* Takes the way that has most votes; 0 when there is none. */
static int take_vote(struct rows *rows)
{
    int best = 0, most = 0;
    for (int up = -rows->count + 1; up < rows->count; up++)
        if (rows->votes[up + rows->count] > most) {
            most = rows->votes[up + rows->count];
            best = up;
        }
    rows->votes[best + rows->count] = 0;
    return best;
}

static size_t blank_len(const struct rows *rows, int row)
{
    if (rows->blank[row] == NOT_KNOWN)
        rows->blank[row] = row_len(NULL, shown_at(rows->wanted, row, 1), rows->wanted->columns);
    return rows->blank[row];
}

static size_t scrolled_len(const struct rows *rows, struct scroll_rows region,
                           const struct scroll *scroll)
{
    bool is_set = region.top == scroll->rows.top && region.bottom == scroll->rows.bottom;
    size_t len = SCROLL_LEN + (is_set ? 0 : REGION_LEN);
    for (int row = 1; row <= rows->count; row++) {
        int from = row + scroll->up;
        bool is_inside = row >= scroll->rows.top && row <= scroll->rows.bottom;
        bool comes = from >= scroll->rows.top && from <= scroll->rows.bottom;
        len += !is_inside ? rows->left[row] : comes ? rows->shifted[row] : blank_len(rows, row);
    }
    return len;
}

/* The rows that had better go by `up`, with those where they come from. */
static struct scroll_rows rows_that_go(const struct rows *rows, int up)
{
    struct scroll_rows block = {rows->count + 1, 0};
    for (int row = 1; row <= rows->count; row++) {
        int from = row + up;
        if (from < 1 || from > rows->count || 2 * rows->shifted[row] >= rows->left[row])
            continue;
        int low = row < from ? row : from, high = row < from ? from : row;
        block.top = low < block.top ? low : block.top;
        block.bottom = high > block.bottom ? high : block.bottom;
    }
    return block;
}

static void try_shift(struct rows *rows, struct scroll_rows region, int up, size_t *best,
                      struct scroll *scroll)
{
    for (int row = 1; row <= rows->count; row++) {
        const struct shown_cell *from = shown_at(rows->shown, row + up, 1);
        if (from != NULL)
            rows->shifted[row] =
                row_len(from, shown_at(rows->wanted, row, 1), rows->wanted->columns);
    }
    struct scroll_rows block = rows_that_go(rows, up);
    const struct scroll_rows tried[] = {
        region, block, {block.top, block.bottom + 1}, {block.top - 1, block.bottom}};
    for (size_t i = 0; i < sizeof tried / sizeof tried[0]; i++) {
        struct scroll candidate = {tried[i], up};
        if (tried[i].top < 1 || tried[i].bottom > rows->count || tried[i].top >= tried[i].bottom)
            continue;
        size_t len = scrolled_len(rows, region, &candidate);
        if (len < *best) {
            *best = len;
            *scroll = candidate;
        }
    }
}

bool scroll_find(const struct shown *shown, const struct shown *wanted, struct scroll_rows region,
                 struct scroll *scroll)
{
    int differing = 0;
    for (int row = 1; row <= shown->rows; row++)
        differing += !shown_same_row(shown, wanted, row);
    *scroll = (struct scroll){.up = 0};
    if (differing < ROWS_WORTH_A_SCROLL)
        return false;
    struct rows rows;
    size_t best = 0;
    rows_init(&rows, shown, wanted);
    for (int row = 1; row <= shown->rows; row++)
        rows.hashes[row] = hash_half(shown, row);
    for (int row = 1; row <= shown->rows; row++)
        if (!shown_same_row(shown, wanted, row))
            vote(&rows, row);
    int up = take_vote(&rows);
    for (int row = 1; up != 0 && row <= shown->rows; row++) {
        rows.left[row] =
            row_len(shown_at(shown, row, 1), shown_at(wanted, row, 1), wanted->columns);
        best += rows.left[row];
    }
    size_t enough = best / 2;
    for (int i = 0; up != 0 && i < SHIFT_LIMIT && best > enough; i++, up = take_vote(&rows))
        try_shift(&rows, region, up, &best, scroll);
    rows_done(&rows);
    return scroll->up != 0;
}
