/* What the reader's pane looks like. */
#include "app/bookmark_label.h"
#include "app/label.h"
#include "app/list_pane.h"
#include "app/reader.h"

/* What stands in the two columns beside the lines of a place: the sign of a bookmark, or that it is
 * not sure who is meant, or the number of what is pinned. */
struct sign {
    uint32_t start, end;
    str text;
    style_id style;
    bool is_added; /* beside that of a bookmark, and once a line */
};
typedef VEC(struct sign) sign_vec;

static bool meets(uint32_t start, uint32_t end, uint32_t from, uint32_t to)
{
    return start < to && end > from;
}

static void collect_doubts(const struct reader *reader, uint32_t from, uint32_t to, sign_vec *signs)
{
    for (size_t i = 0; i < reader->marks.count; i++) {
        const struct mark *mark = &reader->marks.items[i];
        if (mark->kind == MARK_PERSON && reader->article.mentions[mark->index].doubtful &&
            meets(mark->start, mark->end, from, to))
            vec_push(NULL, signs,
                     (struct sign){mark->start, mark->end, STR("?"), STYLE_PERSON_DOUBTFUL, true});
    }
}

/* Those on the screen: bookmarks, doubts, then pins in order of number. */
static void collect_signs(const struct reader *reader, uint32_t from, uint32_t to, sign_vec *signs)
{
    for (size_t i = 0; i < reader->marks.count; i++) {
        const struct mark *mark = &reader->marks.items[i];
        if (mark->kind != MARK_BOOKMARK || !meets(mark->start, mark->end, from, to))
            continue;
        const struct bookmark_label *label = bookmark_label_of(reader->bookmarks[mark->index].tags);
        vec_push(NULL, signs,
                 (struct sign){mark->start, mark->end, label ? str_from(label->sign) : STR("▌"),
                               label ? label->style : STYLE_GUTTER, false});
    }
    collect_doubts(reader, from, to, signs);
    for (size_t i = 0; i < reader->watched.count; i++) {
        const struct watched *watched = &reader->watched.items[i];
        if (meets(watched->start, watched->end, from, to))
            vec_push(NULL, signs,
                     (struct sign){watched->start, watched->end, watch_sign(watched->slot),
                                   watch_style(watched->slot), true});
    }
}

/* One sign for all bookmarks of a line, that of the last; then as many numbers as there is room
 * for, each once. */
static void draw_signs(const sign_vec *signs, const struct line *line, const struct canvas *cells)
{
    int used = 0;
    style_id last = -1;
    for (size_t i = 0; i < signs->count; i++) {
        const struct sign *sign = &signs->items[i];
        if (!meets(sign->start, sign->end, line->start, line->end) ||
            (sign->is_added && sign->style == last))
            continue;
        used = sign->is_added ? used : 0;
        if (used < cells->columns)
            canvas_text(cells, 0, used++, 1, sign->text, sign->style);
        last = sign->style;
    }
}

static void draw_gutter(const struct reader *reader, const struct canvas *canvas, int left)
{
    size_t first = reader->view.top, count = reader->view.rows.count;
    size_t end = first + (size_t)canvas->rows < count ? first + (size_t)canvas->rows : count;
    sign_vec signs = {0};
    if (first >= end)
        return;
    collect_signs(reader, reader->view.rows.items[first].line.start,
                  reader->view.rows.items[end - 1].line.end, &signs);
    for (size_t i = first; i < end && signs.count; i++) {
        const struct text_row *row = &reader->view.rows.items[i];
        struct canvas cells = canvas_part(canvas, (int)(i - first), left - 2, 1, 2);
        if (!row->blank)
            draw_signs(&signs, &row->line, &cells);
    }
    vec_done(&signs);
}

void reader_draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)session;
    struct reader *reader = state;
    if (!reader->text.len) {
        list_pane_draw_empty(session, canvas,
                             STR("The cleaner kept nothing of this page; {cleaning} shows what it "
                                 "removed."));
        return;
    }
    reader_paint_now(reader);
    int left = 0, cursor_row = -1, cursor_column = -1;
    int width = reader_text_columns(reader, &left);
    text_view_draw(&reader->view, canvas, left, reader->spans.items, reader->spans.count,
                   &cursor_row, &cursor_column);
    draw_gutter(reader, canvas, left);
    if (reader_shows_side(reader)) {
        struct canvas side = canvas_part(canvas, 0, left + width + 2, canvas->rows,
                                         canvas->columns - left - width - 2);
        reader_side_draw(reader, &side);
    }
    if (reader->selecting) {
        *row = cursor_row;
        *column = cursor_column;
    }
}

void reader_status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    static const char *const mode_names[READER_MODE_COUNT] = {[READER_CLEAN] = "",
                                                              [READER_WITH_REMOVED] =
                                                                  " [with what was removed]",
                                                              [READER_RAW] = " [raw page]"};
    struct reader *reader = state;
    const struct article *article = &reader->article.article;
    buf_add_byte(left, ' ');
    label_publication(left, &article->published);
    if (article->published.basis == DATE_BASIS_SET)
        buf_add(left, STR(" (set by you)"));
    if (article->updated != DAY_UNKNOWN && article->updated > article->published.value) {
        buf_add(left, STR(", updated "));
        day_add(left, article->updated);
    }
    if (article->site.len)
        buf_format(left, " %.*s", STR_ARG(article->site));
    buf_format(left, "%s %.*s", mode_names[reader->mode],
               STR_ARG(label_title(article->title, article->path)));
    const struct current_target *current = &session->target;
    if (current->target.kind == TARGET_SEARCH)
        for (size_t i = 0; i < reader->hit_count; i++)
            if (reader->hits[i].start == current->place.start)
                buf_format(right, "hit %zu/%zu ", i + 1, reader->hit_count);
    buf_format(right, "%d%% ", text_view_percent(&reader->view));
}
