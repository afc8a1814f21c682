#include "app/timeline_strip.h"

#include "app/label.h"
#include "text/width.h"

enum { MARGIN = 2 };

void timeline_strip_done(struct timeline_strip *strip)
{
    arena_done(&strip->arena);
}

void timeline_strip_reset(struct timeline_strip *strip, const struct moment_query *wanted)
{
    strip->wanted = *wanted;
    strip->loaded = false;
}

/* ---- which bars ----------------------------------------------------------------------------- */

static int32_t floor_to(int32_t number, int32_t by)
{
    int32_t rest = number % by;
    return number - (rest < 0 ? rest + by : rest);
}

/* The window moves by half of its width, so that few cells change while the selection moves. */
static void find_window(int32_t bucket, int32_t columns, int32_t *first, int32_t *last)
{
    int32_t half = columns / 2 > 0 ? columns / 2 : 1;
    *first = floor_to(bucket - columns / 4, half);
    *last = *first + columns - 1;
}

static void load(struct timeline_strip *strip, struct session *session, int32_t first, int32_t last)
{
    struct error err = {0};
    arena_reset(&strip->arena);
    strip->bars = NULL;
    strip->bar_count = 0;
    strip->first = first;
    strip->last = last;
    strip->loaded =
        session_check(session,
                      store_list_buckets(session->store, &strip->arena, strip->scale, first, last,
                                         &strip->wanted, &strip->bars, &strip->bar_count, &err),
                      &err);
}

/* ---- drawing -------------------------------------------------------------------------------- */

static void add_bucket(struct buf *label, enum scale scale, int32_t bucket)
{
    day first = scale_first_day(scale, bucket);
    struct civil civil = day_to_civil(first);
    if (first == DAY_UNKNOWN)
        return;
    if (scale == SCALE_YEAR)
        buf_format(label, "%04d", civil.year);
    else if (scale == SCALE_MONTH)
        buf_format(label, "%04d-%02d", civil.year, civil.month);
    else
        day_add(label, first);
}

/* The bars of the selection's days. */
struct selected_bars {
    day from, to;
    int32_t first, last;
};

static void draw_bars(const struct timeline_strip *strip, const struct canvas *canvas,
                      const struct selected_bars *selected)
{
    static const char *const heights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    enum { HEIGHT_COUNT = sizeof heights / sizeof *heights };
    int64_t most = 1;
    for (size_t i = 0; i < strip->bar_count; i++)
        if (strip->bars[i].count > most)
            most = strip->bars[i].count;
    for (size_t i = 0; i < strip->bar_count; i++) {
        const struct bucket_row *bar = &strip->bars[i];
        int64_t height = (bar->count * HEIGHT_COUNT + most - 1) / most;
        bool is_selected = bar->bucket >= selected->first && bar->bucket <= selected->last;
        canvas_text(canvas, 0, MARGIN + (int)(bar->bucket - strip->first), 1,
                    str_from(heights[height > 0 ? height - 1 : 0]),
                    is_selected ? STYLE_ROW_SELECTED : STYLE_GUTTER);
    }
}

static int32_t count_of(const struct timeline_strip *strip, int32_t bucket)
{
    for (size_t i = 0; i < strip->bar_count; i++)
        if (strip->bars[i].bucket == bucket)
            return (int32_t)strip->bars[i].count;
    return 0;
}

/* "2024-08: 12"; "2024: month not known" of what is coarser than a bar. */
static void add_selected(const struct timeline_strip *strip, const struct selected_bars *selected,
                         struct buf *label)
{
    if (selected->first == selected->last) {
        add_bucket(label, strip->scale, selected->first);
        buf_format(label, ": %d", (int)count_of(strip, selected->first));
        return;
    }
    label_days(label, selected->from, selected->to);
    buf_format(label, ": %s not known", scale_name(strip->scale));
}

/* "▲ 2024-08: 12", on the side of the mark where there is room; the ends of the window where they
 * are not in its way. */
static void draw_names(const struct timeline_strip *strip, const struct canvas *canvas,
                       const struct selected_bars *selected)
{
    struct buf here = BUF_INIT, first = BUF_INIT, last = BUF_INIT;
    add_bucket(&first, strip->scale, strip->first);
    add_bucket(&last, strip->scale, strip->last);
    add_selected(strip, selected, &here);
    int at = MARGIN + (int)(selected->first - strip->first);
    int until = selected->last < strip->last ? selected->last : strip->last;
    int ends = MARGIN + (until - strip->first);
    int wide = width_columns(buf_str(&here)), start = ends + 2, end = ends + 2 + wide;
    if (end > canvas->columns) {
        start = at - 1 - wide;
        end = ends + 1;
    }
    int low = start < at ? start : at;
    if (low > MARGIN + (int)first.len)
        canvas_text(canvas, 1, MARGIN, (int)first.len, buf_str(&first), STYLE_HEADER);
    if (end < canvas->columns - (int)last.len - 1)
        canvas_text(canvas, 1, canvas->columns - (int)last.len, (int)last.len, buf_str(&last),
                    STYLE_HEADER);
    for (int mark = at; mark <= ends; mark++)
        canvas_text(canvas, 1, mark, 1, STR("▲"), STYLE_ROW_SELECTED);
    if (start >= 0)
        canvas_text(canvas, 1, start, canvas->columns - start, buf_str(&here), STYLE_ROW_SELECTED);
    buf_done(&here);
    buf_done(&first);
    buf_done(&last);
}

void timeline_strip_draw(struct timeline_strip *strip, struct session *session,
                         const struct canvas *canvas, day from, day to)
{
    int32_t first, last, columns = canvas->columns - MARGIN;
    if (from == DAY_UNKNOWN || columns < 1)
        return;
    const struct selected_bars selected = {from, to, scale_bucket(strip->scale, from),
                                           scale_bucket(strip->scale, to)};
    find_window(selected.first, columns, &first, &last);
    if (!strip->loaded || first != strip->first || last != strip->last)
        load(strip, session, first, last);
    draw_bars(strip, canvas, &selected);
    draw_names(strip, canvas, &selected);
}
