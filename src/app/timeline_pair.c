#include "app/timeline_pair.h"

#include "app/label.h"
#include "text/wrap.h"

enum { TWO_COLUMNS = 76, MARGIN = 2, LEAST_COLUMNS = 8 };

void timeline_pair_close(struct timeline_pair *pair)
{
    arena_done(&pair->arena);
    *pair = (struct timeline_pair){0};
}

/* The statement outlives the window of the list in the pair's own memory. */
static const struct moment_row *keep(struct arena *arena, const struct moment_row *row)
{
    struct moment_row *kept = arena_new(arena, struct moment_row);
    *kept = *row;
    kept->sentence = arena_str(arena, row->sentence);
    kept->title = arena_str(arena, row->title);
    kept->site = arena_str(arena, row->site);
    return kept;
}

bool timeline_pair_open(struct timeline_pair *pair, struct session *session,
                        const struct moment_row *own)
{
    struct error err = {0};
    timeline_pair_close(pair);
    bool read = session_check(session,
                              store_list_contradictions(session->store, &pair->arena, &own->key,
                                                        &pair->others, &pair->other_count, &err),
                              &err);
    if (read && pair->other_count == 0)
        session_say(session, "no statement here gives another day; ≠ marks those that do");
    if (!read || pair->other_count == 0) {
        timeline_pair_close(pair);
        return false;
    }
    pair->own = keep(&pair->arena, own);
    return true;
}

void timeline_pair_step(struct timeline_pair *pair, int by)
{
    if (by > 0 && pair->at + 1 < pair->other_count)
        pair->at++;
    if (by < 0 && pair->at > 0)
        pair->at--;
}

/* A line of the sentence, with the part of the date in it marked. */
static void draw_line(const struct canvas *canvas, int row, const struct moment_row *moment,
                      const struct line *line)
{
    uint32_t start = moment->date_start, end = moment->date_end;
    start = start < line->start ? line->start : start > line->end ? line->end : start;
    end = end < start ? start : end > line->end ? line->end : end;
    int at = canvas_text(canvas, row, 0, canvas->columns,
                         str_slice(moment->sentence, line->start, start), STYLE_ROW);
    at += canvas_text(canvas, row, at, canvas->columns - at,
                      str_slice(moment->sentence, start, end), STYLE_DATE);
    canvas_text(canvas, row, at, canvas->columns - at, str_slice(moment->sentence, end, line->end),
                STYLE_ROW);
}

/* Day, where it stands, the sentence; returns the rows used. */
static int draw_statement(const struct canvas *canvas, const struct moment_row *moment)
{
    struct arena scratch = {0};
    line_vec lines = {0};
    struct buf head = BUF_INIT;
    int row = 0;
    label_day(&head, moment->moment.first);
    canvas_field(canvas, row++, 0, canvas->columns, buf_str(&head), STYLE_HEADING);
    buf_clear(&head);
    buf_format(&head, "%.*s%s%.*s", STR_ARG(moment->site), moment->site.len ? ": " : "",
               STR_ARG(moment->title));
    canvas_field(canvas, row++, 0, canvas->columns, buf_str(&head), STYLE_ROW_DIM);
    wrap_text(&scratch, &lines, moment->sentence, canvas->columns, 0);
    for (size_t i = 0; i < lines.count; i++)
        draw_line(canvas, row++, moment, &lines.items[i]);
    buf_done(&head);
    arena_done(&scratch);
    return row;
}

void timeline_pair_draw(struct session *session, const struct timeline_pair *pair,
                        const struct canvas *canvas)
{
    const struct moment_row *other = &pair->others[pair->at];
    struct buf header = BUF_INIT;
    bool earlier = pair->own->moment.first <= other->moment.first;
    buf_format(&header, "  The same act on different days (%zu of %zu)", pair->at + 1,
               pair->other_count);
    session_add_hint(session, &header, STR("  {down} {up}: another  {open}: open"));
    canvas_field(canvas, 0, 0, canvas->columns, buf_str(&header), STYLE_HEADER);
    buf_done(&header);
    const struct moment_row *first = earlier ? pair->own : other;
    const struct moment_row *second = earlier ? other : pair->own;
    if (canvas->columns < MARGIN + LEAST_COLUMNS)
        return;
    bool beside = canvas->columns >= TWO_COLUMNS;
    int wide = beside ? (canvas->columns - 3 * MARGIN) / 2 : canvas->columns - MARGIN;
    struct canvas left = canvas_part(canvas, 2, MARGIN, canvas->rows - 2, wide);
    int used = draw_statement(&left, first);
    struct canvas right =
        beside ? canvas_part(canvas, 2, 3 * MARGIN + wide - 1, canvas->rows - 2, wide)
               : canvas_part(canvas, 3 + used, MARGIN, canvas->rows - 3 - used, wide);
    draw_statement(&right, second);
}
