#include "app/rows.h"

#include <string.h>

void rows_init(struct rows *rows, const struct row_source *source)
{
    memset(rows, 0, sizeof *rows);
    arena_init(&rows->arena);
    rows->source = *source;
    rows->height = 1;
}

void rows_done(struct rows *rows)
{
    arena_done(&rows->arena);
}

static const void *row_at(const struct rows *rows, const void *first, size_t index)
{
    return (const char *)first + index * rows->source.row_len;
}

static size_t screen_height(const struct rows *rows)
{
    return rows->height > 0 ? (size_t)rows->height : 1;
}

/* Two screens on either side of the selection, so that a page moves in the window at hand. */
static size_t window_half(const struct rows *rows)
{
    return screen_height(rows) < 16 ? 32 : screen_height(rows) * 2;
}

/* One side of the window, nearest first. One row more than wanted is asked for: it tells whether
 * the list goes on behind. */
struct side {
    const void *first;
    size_t count;
    bool is_whole; /* the list ends here */
};

static enum status fetch(const struct rows *rows, struct arena *arena, struct page_request request,
                         struct side *side, struct error *err)
{
    size_t wanted = window_half(rows);
    request.limit = (uint32_t)wanted + 1;
    enum status status =
        rows->source.fetch(rows->source.context, arena, &request, &side->first, &side->count, err);
    side->is_whole = side->count <= wanted;
    if (!side->is_whole)
        side->count = wanted;
    return status;
}

/* Puts both sides into one window; the selection is the first row below, else the last one. */
static void join(struct rows *rows, const struct side *above, const struct side *below)
{
    rows->count = above->count + below->count;
    rows->items = arena_alloc(&rows->arena, rows->count + 1, sizeof *rows->items);
    for (size_t i = 0; i < above->count; i++)
        rows->items[i] = row_at(rows, above->first, above->count - 1 - i);
    for (size_t i = 0; i < below->count; i++)
        rows->items[above->count + i] = row_at(rows, below->first, i);
    rows->selected = below->count ? above->count : (above->count ? above->count - 1 : 0);
    rows->at_start = above->is_whole;
    rows->at_end = below->is_whole;
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

/* Where fetching fails, the window stays as it was. `key` may lie in it. */
static enum status load(struct rows *rows, const struct row_key *key, bool from_end,
                        struct error *err)
{
    size_t screen_row = rows->selected - rows->top;
    struct arena arena = {0};
    struct side above = {.is_whole = true}, below = {.is_whole = true};
    enum status status = STATUS_OK;
    if (key || from_end)
        status =
            fetch(rows, &arena, (struct page_request){.from = key, .backward = true}, &above, err);
    if (status == STATUS_OK && !from_end)
        status =
            fetch(rows, &arena, (struct page_request){.from = key, .inclusive = true}, &below, err);
    if (status != STATUS_OK) {
        arena_done(&arena);
        return status;
    }
    arena_done(&rows->arena);
    rows->arena = arena;
    join(rows, &above, &below);
    place_top(rows, from_end ? screen_height(rows) : screen_row);
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

/* True when the window ends before the rows that the next page needs. */
static bool runs_short(const struct rows *rows)
{
    size_t height = screen_height(rows);
    return (!rows->at_start && rows->top < height) ||
           (!rows->at_end && rows->top + 2 * height > rows->count);
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

enum status rows_move(struct rows *rows, int by, struct error *err)
{
    int64_t left = by, height = (int64_t)screen_height(rows);
    bool page = left + 1 >= height || left - 1 <= -height;
    while (left != 0 && rows->count) {
        size_t selected = rows->selected, top = rows->top;
        int64_t moved = move_inside(rows, left, page);
        left -= moved;
        if (runs_short(rows)) {
            enum status status = rows_reload(rows, err);
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
