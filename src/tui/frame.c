#include "tui/frame.h"

void frame_reset(struct frame *frame, const struct painter_skills *skills, int rows, int columns)
{
    painter_reset(&frame->painter, skills, rows, columns);
    if (frame->wanted.rows != rows || frame->wanted.columns != columns) {
        shown_reset(&frame->wanted, rows, columns);
        shown_clear(&frame->wanted);
    }
    frame->is_missing = frame->is_new = false;
    frame->clears = true;
}

void frame_done(struct frame *frame)
{
    painter_done(&frame->painter);
    shown_done(&frame->wanted);
}

void frame_take(struct frame *frame, struct frame_cursor cursor)
{
    frame->cursor = cursor;
    frame->is_missing = frame->is_new = true;
}

/* What comes before the first cell. */
static void begin(struct frame *frame, struct buf *out)
{
    bool is_hidden = frame->clears || (frame->cursor.row == 0 && frame->is_shown);
    if (is_hidden && frame->hide != NULL) {
        buf_add(out, str_from(frame->hide));
        frame->is_shown = false;
    }
    if (frame->clears)
        painter_clear(&frame->painter, out);
    else
        painter_scroll(&frame->painter, &frame->wanted, out);
    frame->clears = frame->is_new = false;
}

bool frame_give(struct frame *frame, size_t limit, struct buf *out)
{
    struct painter *painter = &frame->painter;
    if (!frame->is_missing)
        return true;
    if (frame->is_new)
        begin(frame, out);
    if (!painter_paint(painter, &frame->wanted, limit, out))
        return false;
    painter_set_link(painter, 0, out);
    if (frame->cursor.row > 0) {
        painter_go(painter, frame->cursor.row, frame->cursor.column, out);
        if (!frame->is_shown && frame->show != NULL)
            buf_add(out, str_from(frame->show));
        frame->is_shown = true;
    }
    frame->is_missing = false;
    return true;
}

size_t frame_left(const struct frame *frame, size_t most)
{
    return frame->is_missing ? 1 + painter_left(&frame->painter, &frame->wanted, most) : 0;
}

void frame_end(struct frame *frame, struct buf *out)
{
    static const struct shown_look plain;
    frame->is_missing = false;
    painter_set_link(&frame->painter, 0, out);
    painter_set_look(&frame->painter, &plain, out);
    painter_set_region(&frame->painter, (struct painter_region){0}, out);
}
