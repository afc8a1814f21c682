#include "app/rows.h"

#include <string.h>

#include "base/memory.h"

void rows_init(struct rows *rows, const struct row_source *source)
{
    memset(rows, 0, sizeof *rows);
    rows->source = *source;
    rows->height = 1;
}

static void drop_pieces(struct rows *rows, size_t first, size_t count)
{
    for (size_t i = first; i < first + count; i++)
        arena_done(&rows->pieces[i].arena);
    rows->piece_count -= count;
    memmove(rows->pieces + first, rows->pieces + first + count,
            (rows->piece_count - first) * sizeof *rows->pieces);
}

void rows_done(struct rows *rows)
{
    drop_pieces(rows, 0, rows->piece_count);
    memory_free(rows->items);
}

static const void *row_at(const struct rows *rows, const void *first, size_t index)
{
    return (const char *)first + index * rows->source.row_len;
}

static size_t screen_height(const struct rows *rows)
{
    return rows->height > 0 ? (size_t)rows->height : 1;
}

/* Rows on one side of a place, nearest first. One row more than wanted is asked for: it tells
 * whether the list goes on behind. */
struct side {
    struct arena arena;
    const void *first;
    size_t count;
    bool is_whole; /* the list ends here */
};

static enum status fetch(const struct rows *rows, struct page_request request, size_t wanted,
                         struct side *side, struct error *err)
{
    request.limit = (uint32_t)wanted + 1;
    enum status status = rows->source.fetch(rows->source.context, &side->arena, &request,
                                            &side->first, &side->count, err);
    side->is_whole = side->count <= wanted;
    if (!side->is_whole)
        side->count = wanted;
    return status;
}

static void drop_sides(struct side *above, struct side *below)
{
    arena_done(&above->arena);
    arena_done(&below->arena);
}

/* Puts rows before the window; takes what they lie in. */
static void add_above(struct rows *rows, const struct side *side)
{
    rows->items = memory_resize(rows->items, side->count + rows->count + 1, sizeof *rows->items);
    memmove(rows->items + side->count, rows->items, rows->count * sizeof *rows->items);
    for (size_t i = 0; i < side->count; i++)
        rows->items[i] = row_at(rows, side->first, side->count - 1 - i);
    memmove(rows->pieces + 1, rows->pieces, rows->piece_count * sizeof *rows->pieces);
    rows->pieces[0] = (struct rows_piece){side->arena, side->count};
    rows->piece_count++;
    rows->count += side->count;
    rows->selected += side->count;
    rows->top += side->count;
    rows->at_start = side->is_whole;
}

/* The same behind the window. */
static void add_below(struct rows *rows, const struct side *side)
{
    rows->items = memory_resize(rows->items, rows->count + side->count + 1, sizeof *rows->items);
    for (size_t i = 0; i < side->count; i++)
        rows->items[rows->count + i] = row_at(rows, side->first, i);
    rows->pieces[rows->piece_count++] = (struct rows_piece){side->arena, side->count};
    rows->count += side->count;
    rows->at_end = side->is_whole;
}

/* No empty rows below the last one while there are rows above the screen. */
static void fill_screen(struct rows *rows)
{
    size_t height = screen_height(rows);
    if (rows->at_end && rows->top + height > rows->count)
        rows->top = rows->count > height ? rows->count - height : 0;
}

/* Scrolls so that the selection shows, `screen_row` rows below the top where possible. */
static void place_top(struct rows *rows, size_t screen_row)
{
    size_t height = screen_height(rows);
    if (screen_row >= height)
        screen_row = height - 1;
    rows->top = rows->selected > screen_row ? rows->selected - screen_row : 0;
    fill_screen(rows);
}

/* The rows on either side of a key, or from an end, that fill the screen with the selection
 * `screen_row` rows below its top, and one more on each side. Where the list began at the top,
 * what comes before the selection now is to be seen there. */
static enum status fetch_sides(const struct rows *rows, const struct row_key *key, bool from_end,
                               size_t screen_row, struct side *above, struct side *below,
                               struct error *err)
{
    struct page_request up = {.from = key, .backward = true};
    struct page_request down = {.from = key, .inclusive = true};
    size_t height = screen_height(rows);
    bool shows_start = rows->at_start && rows->top == 0;
    enum status status = STATUS_OK;
    if (key || from_end)
        status = fetch(rows, up, (from_end || shows_start ? height : screen_row) + 1, above, err);
    if (from_end || status != STATUS_OK)
        return status;
    size_t over = above->count < screen_row ? above->count : screen_row;
    status = fetch(rows, down, height - over + 1, below, err);
    bool is_short = below->is_whole && above->count + below->count <= height;
    if (status == STATUS_OK && is_short && !above->is_whole) {
        arena_done(&above->arena);
        *above = (struct side){.is_whole = true};
        status = fetch(rows, up, height + 1, above, err);
    }
    return status;
}

/* Where fetching fails, the window stays as it was. `key` may lie in it. The selection is the first
 * row below it, else the last one. */
static enum status load(struct rows *rows, const struct row_key *key, bool from_end,
                        struct error *err)
{
    size_t height = screen_height(rows), screen_row = rows->selected - rows->top;
    bool at_start = rows->at_start && rows->top == 0;
    struct side above = {.is_whole = true}, below = {.is_whole = true};
    screen_row = screen_row < height ? screen_row : height - 1;
    enum status status = fetch_sides(rows, key, from_end, screen_row, &above, &below, err);
    if (status != STATUS_OK) {
        drop_sides(&above, &below);
        return status;
    }
    drop_pieces(rows, 0, rows->piece_count);
    rows->count = rows->selected = rows->top = 0;
    add_above(rows, &above);
    add_below(rows, &below);
    if (!below.count && above.count)
        rows->selected--;
    place_top(rows, from_end ? height : screen_row);
    if (at_start && rows->at_start && rows->selected < height)
        rows->top = 0; /* what came before the selection is seen where the start was */
    return STATUS_OK;
}

enum status rows_load(struct rows *rows, const struct row_key *key, struct error *err)
{
    return load(rows, key, false, err);
}

enum status rows_reload(struct rows *rows, struct error *err)
{
    const struct row_key *key = rows_selected(rows);
    return load(rows, key, false, err);
}

/* The row before the screen, when it lies before the window; more are fetched when they are
 * needed, for a row that nobody looks at is a cost on the way to those that are looked at. */
static bool misses_above(const struct rows *rows)
{
    return !rows->at_start && rows->top == 0;
}

/* The one behind it, or rows of the screen itself. */
static size_t missing_below(const struct rows *rows)
{
    size_t needed = rows->top + screen_height(rows) + 1;
    return rows->at_end || needed <= rows->count ? 0 : needed - rows->count;
}

static void keep_visible(struct rows *rows)
{
    size_t height = screen_height(rows);
    if (rows->selected < rows->top)
        rows->top = rows->selected;
    if (rows->selected >= rows->top + height)
        rows->top = rows->selected - height + 1;
    fill_screen(rows);
}

/* Moves within the window; returns by how many rows. A whole page takes the screen along. */
static int64_t move_inside(struct rows *rows, int64_t by, bool page)
{
    int64_t from = (int64_t)rows->selected, last = (int64_t)rows->count - 1;
    int64_t to = by < -from ? 0 : by > last - from ? last : from + by;
    int64_t top = (int64_t)rows->top + to - from;
    rows->selected = (size_t)to;
    if (page)
        rows->top = top > 0 ? (size_t)top : 0;
    keep_visible(rows);
    return to - from;
}

/* Pieces that lie more than two screens away. */
static void drop_distant(struct rows *rows)
{
    size_t height = screen_height(rows);
    while (rows->piece_count > 1 && rows->pieces[0].count + 2 * height <= rows->top) {
        size_t count = rows->pieces[0].count;
        rows->count -= count;
        memmove(rows->items, rows->items + count, rows->count * sizeof *rows->items);
        rows->selected -= count;
        rows->top -= count;
        rows->at_start &= count == 0;
        drop_pieces(rows, 0, 1);
    }
    while (rows->piece_count > 1) {
        size_t count = rows->pieces[rows->piece_count - 1].count;
        if (rows->top + 3 * height > rows->count - count)
            break;
        rows->count -= count;
        rows->at_end &= count == 0;
        drop_pieces(rows, rows->piece_count - 1, 1);
    }
}

static bool same_row(const struct row_key *a, const struct row_key *b)
{
    return a->number == b->number && a->second == b->second && str_equal(a->text, b->text);
}

/* Fetches a screen at once, or what is missing on it. Where that fails, the window stays as it was.
 */
static enum status extend(struct rows *rows, struct error *err)
{
    size_t height = screen_height(rows);
    size_t under = missing_below(rows);
    bool over = misses_above(rows);
    struct side above = {0}, below = {0};
    enum status status = STATUS_OK;
    if (over) {
        struct page_request request = {.from = rows->items[0], .backward = true};
        status = fetch(rows, request, height, &above, err);
    }
    if (under && status == STATUS_OK) {
        const struct row_key *last = rows->items[rows->count - 1];
        struct page_request request = {.from = last, .inclusive = true};
        status = fetch(rows, request, 1 + (under > height ? under : height), &below, err);
        if (below.count && same_row(below.first, last)) {
            below.first = row_at(rows, below.first, 1);
            below.count--;
        }
    }
    if (status != STATUS_OK) {
        drop_sides(&above, &below);
        return status;
    }
    if (over)
        add_above(rows, &above);
    if (under)
        add_below(rows, &below);
    drop_distant(rows);
    fill_screen(rows);
    return STATUS_OK;
}

enum status rows_move(struct rows *rows, int by, struct error *err)
{
    int64_t left = by, height = (int64_t)screen_height(rows);
    bool page = left + 1 >= height || left - 1 <= -height;
    while (left != 0 && rows->count) {
        size_t selected = rows->selected, top = rows->top;
        int64_t moved = move_inside(rows, left, page);
        left -= moved;
        if (misses_above(rows) || missing_below(rows)) {
            bool has_room = rows->piece_count + 2 <= ROWS_PIECE_LIMIT;
            enum status status = has_room ? extend(rows, err) : rows_reload(rows, err);
            if (status != STATUS_OK) {
                rows->selected = selected;
                rows->top = top;
                return status;
            }
        } else if (moved == 0) {
            break;
        }
    }
    return STATUS_OK;
}

enum status rows_move_first(struct rows *rows, struct error *err)
{
    return load(rows, NULL, false, err);
}

enum status rows_move_last(struct rows *rows, struct error *err)
{
    return load(rows, NULL, true, err);
}

const void *rows_selected(const struct rows *rows)
{
    return rows->count ? rows->items[rows->selected] : NULL;
}

void rows_draw(struct rows *rows, const struct canvas *canvas,
               void (*draw)(void *context, const struct canvas *row, const void *item,
                            bool selected),
               void *context)
{
    for (int i = 0; i < canvas->rows; i++) {
        size_t index = rows->top + (size_t)i;
        if (index >= rows->count)
            return;
        struct canvas row = canvas_part(canvas, i, 0, 1, canvas->columns);
        draw(context, &row, rows->items[index], index == rows->selected);
    }
}
