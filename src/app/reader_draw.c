/* What the reader's pane looks like. */
#include "app/bookmark_label.h"
#include "app/label.h"
#include "app/reader.h"

/* The two columns beside a line of the text. */
struct gutter {
    struct canvas cells;
    int used;
};

static void add_sign(struct gutter *gutter, str sign, style_id style)
{
    if (gutter->used < gutter->cells.columns)
        canvas_text(&gutter->cells, 0, gutter->used++, 1, sign, style);
}

static bool meets(uint32_t start, uint32_t end, const struct line *line)
{
    return start < line->end && end > line->start;
}

/* A bar, or the sign of its label, where a kept passage is. */
static void add_bookmarks(struct gutter *gutter, const struct reader *reader,
                          const struct line *line)
{
    for (size_t k = 0; k < reader->marks.count; k++) {
        const struct mark *mark = &reader->marks.items[k];
        if (mark->kind != MARK_BOOKMARK || !meets(mark->start, mark->end, line))
            continue;
        const struct bookmark_label *label =
            bookmark_label_of(reader->bookmarks[mark->index].bookmark.tags);
        gutter->used = 0; /* one sign for all: that of the last */
        add_sign(gutter, label ? str_from(label->sign) : STR("▌"),
                 label ? label->style : STYLE_GUTTER);
    }
}

/* The numbers of what is pinned, as many as there is room for. */
static void add_watched(struct gutter *gutter, const struct reader *reader,
                        const struct line *line)
{
    int last = 0; /* they stand in order of number */
    for (size_t k = 0; k < reader->watched.count; k++) {
        const struct watched *watched = &reader->watched.items[k];
        if (watched->slot == last || !meets(watched->start, watched->end, line))
            continue;
        last = watched->slot;
        add_sign(gutter, watch_sign(last), watch_style(last));
    }
}

static void draw_gutter(const struct reader *reader, const struct canvas *canvas, int left)
{
    for (int i = 0; i < canvas->rows && reader->view.top + (size_t)i < reader->view.rows.count;
         i++) {
        const struct text_row *row = &reader->view.rows.items[reader->view.top + (size_t)i];
        struct gutter gutter = {.cells = canvas_part(canvas, i, left - 2, 1, 2)};
        if (row->blank)
            continue;
        add_bookmarks(&gutter, reader, &row->line);
        add_watched(&gutter, reader, &row->line);
    }
}

/* Each entity of the article once, in order of appearance, with its number of mentions. */
static void draw_side_pane(const struct reader *reader, const struct canvas *canvas)
{
    const struct stored_article *article = &reader->article;
    int row = 0;
    canvas_field(canvas, row++, 0, canvas->columns, STR("People of this article"), STYLE_HEADER);
    for (size_t i = 0; i < article->mention_count && row < canvas->rows; i++) {
        const struct stored_mention *m = &article->mentions[i];
        bool seen = m->mention.kind != ENTITY_PERSON;
        for (size_t k = 0; k < i && !seen; k++)
            seen = article->mentions[k].entity == m->entity;
        if (seen)
            continue;
        unsigned times = 0;
        for (size_t k = i; k < article->mention_count; k++)
            times += article->mentions[k].entity == m->entity;
        struct buf label = BUF_INIT;
        buf_format(&label, "%3u %.*s", times, STR_ARG(m->name));
        bool target = target_has_entity(&reader->session->target.target, m->entity);
        canvas_field(canvas, row++, 0, canvas->columns, buf_str(&label),
                     target ? STYLE_TARGET : STYLE_ROW);
        buf_done(&label);
    }
}

void reader_draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)session;
    struct reader *reader = state;
    if (!reader->text.len) {
        canvas_text(canvas, 1, 2, canvas->columns - 2,
                    STR("The cleaner kept nothing of this page; c shows what it removed."),
                    STYLE_ROW_DIM);
        return;
    }
    int left = 0, cursor_row = -1, cursor_column = -1;
    int width = reader_text_columns(reader, &left);
    text_view_draw(&reader->view, canvas, left, reader->spans.items, reader->spans.count,
                   &cursor_row, &cursor_column);
    draw_gutter(reader, canvas, left);
    if (reader_shows_side(reader)) {
        struct canvas side = canvas_part(canvas, 0, left + width + 2, canvas->rows,
                                         canvas->columns - left - width - 2);
        draw_side_pane(reader, &side);
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
