#include "tui/text_view.h"

#include "text/fold.h"
#include "text/utf8.h"
#include "text/width.h"

void text_view_init(struct text_view *view)
{
    *view = (struct text_view){.width = 1, .height = 1, .goal = -1};
    arena_init(&view->arena);
}

void text_view_done(struct text_view *view)
{
    arena_done(&view->arena);
    *view = (struct text_view){.width = 1, .height = 1, .goal = -1};
}

/* ---- rows ---- */

static size_t window_height(const struct text_view *view)
{
    return view->height < 1 ? 1 : (size_t)view->height;
}

static size_t last_top(const struct text_view *view)
{
    size_t height = window_height(view);
    return view->rows.count > height ? view->rows.count - height : 0;
}

/* Last row of the window. */
static size_t bottom(const struct text_view *view)
{
    size_t end = view->top + window_height(view);
    return (end < view->rows.count ? end : view->rows.count) - 1;
}

/* A narrow view has little room for indents. */
static int indent_of(const struct text_view *view, const struct text_block *block)
{
    int most = view->width / 3;
    return block->indent < 0 ? 0 : block->indent < most ? block->indent : most;
}

static void add_rows(struct text_view *view, struct arena *scratch, uint32_t index)
{
    const struct text_block *block = &view->blocks[index];
    line_vec lines = {0};
    str text = str_slice(view->text, block->start, block->end);
    wrap_text(scratch, &lines, text, view->width - indent_of(view, block), block->start);
    struct text_row row = {.block = index, .blank = true, .line = {block->start, block->start, 0}};
    for (int i = 0; i < block->space_before; i++)
        vec_push(&view->arena, &view->rows, row);
    row.blank = false;
    for (size_t i = 0; i < lines.count; i++) {
        row.first = i == 0;
        row.line = lines.items[i];
        vec_push(&view->arena, &view->rows, row);
    }
}

/* The last row that begins at or before the offset. */
size_t text_view_row_of(const struct text_view *view, uint32_t offset)
{
    size_t low = 0, high = view->rows.count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (view->rows.items[middle].line.start <= offset)
            low = middle;
        else
            high = middle;
    }
    /* Before the first text row there may be empty ones. */
    while (low < view->rows.count && view->rows.items[low].blank)
        low++;
    return low;
}

/* The nearest row with text, in that direction first; false when there is none at all. */
static bool find_text_row(const struct text_view *view, size_t *row, bool backward)
{
    if (view->rows.count == 0)
        return false;
    size_t at = *row < view->rows.count ? *row : view->rows.count - 1;
    while (backward && at > 0 && view->rows.items[at].blank)
        at--;
    /* Empty rows stand above a block, so there is always a text row below. */
    while (view->rows.items[at].blank)
        at++;
    *row = at;
    return true;
}

static void set_top(struct text_view *view, size_t top)
{
    view->top = top < last_top(view) ? top : last_top(view);
}

/* Rows are set as they are wanted: what stands in the first one is to stay there. */
static void anchor_here(struct text_view *view)
{
    size_t row = view->top;
    bool is_start = view->top == 0 || !find_text_row(view, &row, false);
    view->anchor = is_start ? 0 : view->rows.items[row].line.start;
    view->above = is_start ? 0 : row - view->top;
}

/* Column of an offset in a row, from the row's first character. */
static int column_of(const struct text_view *view, const struct text_row *row, uint32_t offset)
{
    uint32_t end = offset < row->line.end ? offset : row->line.end;
    return width_columns(str_slice(view->text, row->line.start, end));
}

/* The offset of the cluster that covers a column of a row, or of the row's last one. */
static uint32_t offset_at(const struct text_view *view, const struct text_row *row, int column)
{
    str line = str_slice(view->text, row->line.start, row->line.end);
    int used;
    size_t len = width_clip(line, column, &used).len;
    if (len == line.len && len > 0)
        len = width_cluster_before(line, len);
    return row->line.start + (uint32_t)len;
}

/* Where the cursor may stand: on a cluster that is drawn, or at the start of an empty row. In the
 * white space between two rows it goes on in the direction of the move. */
static void settle_cursor(struct text_view *view, uint32_t offset, bool forward)
{
    size_t row = text_view_row_of(view, offset);
    if (row >= view->rows.count)
        return;
    const struct text_row *item = &view->rows.items[row];
    view->cursor = offset;
    if (offset < item->line.start) {
        view->cursor = item->line.start;
    } else if (offset >= item->line.end && offset > item->line.start) {
        size_t next = row + 1;
        if (forward && next < view->rows.count && find_text_row(view, &next, false))
            view->cursor = view->rows.items[next].line.start;
        else
            view->cursor = offset_at(
                view, item, item->line.columns > INT32_MAX ? INT32_MAX : (int)item->line.columns);
    }
}

/* The offset, or the start of the character that it lies in; not past the end. */
static uint32_t at_character(const struct text_view *view, uint32_t offset)
{
    size_t at = offset < view->text.len ? offset : view->text.len;
    while (at > 0 && at < view->text.len && ((unsigned char)view->text.ptr[at] & 0xC0) == 0x80)
        at--;
    return (uint32_t)at;
}

static void go_to_anchor(struct text_view *view)
{
    size_t row = text_view_row_of(view, view->anchor);
    size_t first = 0;
    /* What belongs to the beginning is shown with the empty rows above it. */
    if (find_text_row(view, &first, false) && row == first)
        row = 0;
    for (size_t i = 0; i < view->above && row > 0 && view->rows.items[row - 1].blank; i++)
        row--;
    set_top(view, row);
}

void text_view_set(struct text_view *view, str text, const struct text_block *blocks,
                   size_t block_count, int width, int height)
{
    struct arena scratch = {0};
    arena_reset(&view->arena);
    view->rows.items = NULL;
    view->rows.count = view->rows.capacity = 0;
    view->text = text;
    view->blocks = blocks;
    view->block_count = block_count;
    view->width = width < 1 ? 1 : width;
    view->height = height;
    view->goal = -1;
    for (size_t i = 0; i < block_count; i++) {
        add_rows(view, &scratch, (uint32_t)i);
        arena_reset(&scratch);
    }
    arena_done(&scratch);
    view->cursor = at_character(view, view->cursor);
    go_to_anchor(view);
}

/* ---- the window ---- */

uint32_t text_view_place(const struct text_view *view)
{
    return view->anchor;
}

uint32_t text_view_first(const struct text_view *view)
{
    size_t row = view->top;
    return find_text_row(view, &row, false) ? view->rows.items[row].line.start : 0;
}

/* Puts the cursor into the window, in its own column, when it stands outside. */
static void keep_cursor(struct text_view *view)
{
    if (view->rows.count == 0)
        return;
    size_t row = text_view_row_of(view, view->cursor);
    size_t to = row < view->top ? view->top : row > bottom(view) ? bottom(view) : row;
    if (to == row)
        return;
    const struct text_row *from = &view->rows.items[row];
    int column = view->goal >= 0 ? view->goal : column_of(view, from, view->cursor);
    (void)find_text_row(view, &to, to != view->top);
    view->goal = column;
    view->cursor = offset_at(view, &view->rows.items[to], column);
}

void text_view_go(struct text_view *view, uint32_t offset)
{
    text_view_return(view, offset, 0);
}

void text_view_return(struct text_view *view, uint32_t offset, size_t above)
{
    view->above = above;
    view->anchor = view->cursor = at_character(view, offset);
    view->goal = -1;
    settle_cursor(view, view->cursor, true);
    go_to_anchor(view);
}

void text_view_show(struct text_view *view, uint32_t start, uint32_t end, int margin)
{
    if (view->rows.count == 0)
        return;
    size_t height = window_height(view);
    size_t first = text_view_row_of(view, start);
    size_t last = text_view_row_of(view, end > start ? end - 1 : start);
    /* A range higher than the window shows its beginning. */
    if (last - first >= height)
        last = first + height - 1;
    size_t spare = (height - (last - first + 1)) / 2;
    size_t around = margin < 0 ? 0 : (size_t)margin < spare ? (size_t)margin : spare;
    size_t above = first > around ? first - around : 0;
    size_t below = last + around;
    size_t top = view->top;
    if (above < top)
        top = top - above <= height ? above : first > height / 3 ? first - height / 3 : 0;
    else if (below >= top + height)
        top = below - (top + height) < height ? below + 1 - height
                                              : first - (first < height / 3 ? first : height / 3);
    /* A third down must not push the range's end out. */
    if (top + height <= last)
        top = last + 1 - height;
    if (top == view->top)
        return;
    set_top(view, top);
    anchor_here(view);
}

int text_view_scroll(struct text_view *view, int rows)
{
    size_t before = view->top;
    size_t by = rows < 0 ? 0 - (size_t)rows : (size_t)rows;
    if (rows < 0)
        view->top = view->top > by ? view->top - by : 0;
    else
        set_top(view, view->top + by);
    if (view->top != before)
        anchor_here(view);
    keep_cursor(view);
    return (int)((int64_t)view->top - (int64_t)before);
}

bool text_view_at_end(const struct text_view *view)
{
    return view->top >= last_top(view);
}

int text_view_percent(const struct text_view *view)
{
    if (text_view_at_end(view))
        return 100;
    return (int)((view->top + window_height(view)) * 100 / view->rows.count);
}

/* ---- the cursor ---- */

static void show_cursor(struct text_view *view)
{
    text_view_show(view, view->cursor, view->cursor + 1, 0);
}

/* One step of the cursor by cluster; false when there is nowhere to go. */
static bool step_cluster(struct text_view *view, bool forward)
{
    uint32_t before = view->cursor;
    int columns;
    if (forward && before < view->text.len)
        settle_cursor(view, before + (uint32_t)width_cluster(view->text, before, &columns), true);
    else if (!forward)
        settle_cursor(view, (uint32_t)width_cluster_before(view->text, before), false);
    return view->cursor != before;
}

enum word_part { BETWEEN_WORDS, IN_WORD, WORD_OF_ITS_OWN };

static enum word_part word_part_at(const struct text_view *view, size_t at)
{
    size_t len;
    uint32_t code_point = utf8_decode(view->text, at, &len);
    if (code_point_is_unspaced(code_point))
        return WORD_OF_ITS_OWN;
    return code_point_is_letter(code_point) || code_point_is_digit(code_point) ? IN_WORD
                                                                               : BETWEEN_WORDS;
}

/* A word begins where letters follow something else; scripts without spaces count by character. */
static bool is_word_start(const struct text_view *view, size_t at)
{
    enum word_part part = word_part_at(view, at);
    if (part != IN_WORD || at == 0)
        return part != BETWEEN_WORDS;
    return word_part_at(view, width_cluster_before(view->text, at)) != IN_WORD;
}

/* The last character of the word at or after `at`, or of the next one when it stands there. */
static uint32_t word_end(const struct text_view *view, uint32_t at)
{
    int columns;
    size_t to = at;
    while (to < view->text.len) {
        to += width_cluster(view->text, to, &columns);
        size_t next = to < view->text.len ? to + width_cluster(view->text, to, &columns) : to;
        enum word_part part = to < view->text.len ? word_part_at(view, to) : BETWEEN_WORDS;
        bool goes_on = next < view->text.len && word_part_at(view, next) == IN_WORD;
        if (part == WORD_OF_ITS_OWN || (part == IN_WORD && !goes_on))
            return (uint32_t)to;
    }
    return (uint32_t)view->text.len;
}

static uint32_t word_before(const struct text_view *view, uint32_t at)
{
    size_t to = at;
    while (to > 0) {
        to = width_cluster_before(view->text, to);
        if (is_word_start(view, to))
            return (uint32_t)to;
    }
    return 0;
}

static bool step_word(struct text_view *view, bool forward)
{
    uint32_t before = view->cursor;
    uint32_t to = forward ? word_end(view, before) : word_before(view, before);
    settle_cursor(view, to, forward);
    return view->cursor != before;
}

static bool step_row(struct text_view *view, bool forward)
{
    size_t row = text_view_row_of(view, view->cursor), before = row;
    if (row >= view->rows.count || (forward ? row + 1 == view->rows.count : row == 0))
        return false;
    if (view->goal < 0)
        view->goal = column_of(view, &view->rows.items[row], view->cursor);
    row = forward ? row + 1 : row - 1;
    (void)find_text_row(view, &row, !forward);
    view->cursor = offset_at(view, &view->rows.items[row], view->goal);
    return row != before;
}

static void step(struct text_view *view, int by, bool (*one)(struct text_view *, bool))
{
    for (; by > 0 && one(view, true); by--)
        continue;
    for (; by < 0 && one(view, false); by++)
        continue;
    show_cursor(view);
}

void text_view_move_cluster(struct text_view *view, int by)
{
    view->goal = -1;
    step(view, by, step_cluster);
}

void text_view_move_word(struct text_view *view, int by)
{
    view->goal = -1;
    step(view, by, step_word);
}

void text_view_move_row(struct text_view *view, int by)
{
    step(view, by, step_row);
}

void text_view_move_block(struct text_view *view, int by)
{
    if (view->rows.count == 0)
        return;
    view->goal = -1;
    const struct text_row *row = &view->rows.items[text_view_row_of(view, view->cursor)];
    int64_t block = row->block;
    if (by < 0 && view->cursor > view->blocks[block].start)
        by++; /* the start of its own block is the first step back */
    block += by;
    bool past_end = block >= (int64_t)view->block_count;
    if (block < 0)
        block = 0;
    uint32_t to = past_end ? (uint32_t)view->text.len : view->blocks[block].start;
    settle_cursor(view, to, false);
    show_cursor(view);
}

/* ---- drawing ---- */

/* Spans [first, end) may touch what is being drawn. */
struct span_range {
    const struct text_span *spans;
    size_t first, end;
};

static struct span_range spans_between(const struct text_span *spans, size_t span_count,
                                       uint32_t start, uint32_t end)
{
    struct span_range range = {spans, 0, 0};
    size_t low = 0, high = span_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spans[middle].start < end)
            low = middle + 1;
        else
            high = middle;
    }
    range.end = low;
    /* A span may be long, so the ends are in no order. */
    while (range.first < range.end && spans[range.first].end <= start)
        range.first++;
    return range;
}

/* The style at an offset, where it leads, and up to where both hold at least. */
static style_id style_at(const struct span_range *range, uint32_t at, style_id plain, str *link,
                         uint32_t *until)
{
    style_id style = plain;
    *link = STR_NONE;
    for (size_t i = range->first; i < range->end; i++) {
        const struct text_span *span = &range->spans[i];
        if (span->start <= at && at < span->end) {
            style = span->style;
            *link = span->link;
        }
        if (span->start > at && span->start < *until)
            *until = span->start;
        if (span->end > at && span->end < *until)
            *until = span->end;
    }
    return style;
}

static bool is_plain(char byte)
{
    return byte >= ' ' && byte <= '~';
}

static void draw_line(const struct text_view *view, const struct canvas *canvas, int screen_row,
                      int left, const struct text_row *row, const struct span_range *all)
{
    const struct text_block *block = &view->blocks[row->block];
    const struct line *line = &row->line;
    struct span_range range =
        spans_between(all->spans + all->first, all->end - all->first, line->start, line->end);
    struct canvas linked = *canvas;
    int column = left;
    for (uint32_t at = line->start; at < line->end;) {
        uint32_t until = line->end, to = at;
        style_id style = style_at(&range, at, block->style, &linked.link, &until);
        int cells;
        /* No style changes within a cluster; none goes on with a letter of ASCII. */
        if (until == line->end || is_plain(view->text.ptr[until]))
            to = until;
        while (to < until)
            to += (uint32_t)width_cluster(view->text, to, &cells);
        if (to > line->end)
            to = line->end;
        column += canvas_text(&linked, screen_row, column, canvas->columns - column,
                              str_slice(view->text, at, to), style);
        at = to;
    }
}

static void draw_marker(const struct canvas *canvas, int screen_row, int left, int indent,
                        const struct text_block *block)
{
    int columns = width_columns(block->marker);
    int shown = columns < indent ? columns : indent;
    (void)canvas_text(canvas, screen_row, left + indent - shown, shown, block->marker,
                      block->style);
}

void text_view_draw(const struct text_view *view, const struct canvas *canvas, int left,
                    const struct text_span *spans, size_t span_count, int *cursor_row,
                    int *cursor_column)
{
    *cursor_row = *cursor_column = -1;
    if (view->rows.count == 0 || view->height < 1)
        return;
    size_t last = bottom(view);
    const struct text_row *first_row = &view->rows.items[view->top];
    struct span_range range =
        spans_between(spans, span_count, first_row->line.start, view->rows.items[last].line.end);
    size_t cursor_at = text_view_row_of(view, view->cursor);
    for (size_t i = view->top; i <= last; i++) {
        const struct text_row *row = &view->rows.items[i];
        if (row->blank)
            continue;
        const struct text_block *block = &view->blocks[row->block];
        int screen_row = (int)(i - view->top), indent = indent_of(view, block);
        if (row->first && block->marker.len > 0)
            draw_marker(canvas, screen_row, left, indent, block);
        draw_line(view, canvas, screen_row, left + indent, row, &range);
        if (i == cursor_at) {
            *cursor_row = screen_row;
            *cursor_column = left + indent + column_of(view, row, view->cursor);
        }
    }
}
