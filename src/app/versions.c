#include "app/versions.h"

#include "analyse/passes.h"
#include "app/label.h"
#include "text/wrap.h"

enum { TWO_COLUMNS = 76, MARGIN = 2, LEAST_COLUMNS = 8 };

static const char *const signs[2] = {"- ", "+ "};

void versions_close(struct versions_view *view)
{
    arena_done(&view->arena);
    *view = (struct versions_view){0};
}

/* ---- reading ------------------------------------------------------------------------------- */

static enum status read_side(struct versions_view *view, struct session *session,
                             const struct pipeline *pipeline, int64_t article,
                             struct version_side *side, struct error *err)
{
    struct analysis analysis = {0};
    *side = (struct version_side){0};
    enum status status =
        store_get_article(session->store, &view->arena, article, &side->stored, err);
    if (status != STATUS_OK)
        return status;
    tokens_pass(pipeline->analyser, &view->arena, &side->stored.article, &analysis);
    for (size_t i = 0; i < analysis.sentences.count; i++) {
        const struct sentence *sentence = &analysis.sentences.items[i];
        vec_push(&view->arena, &side->sentences,
                 str_trim(str_slice(side->stored.article.text, sentence->start, sentence->end)));
    }
    return STATUS_OK;
}

static bool read_pair(struct versions_view *view, struct session *session)
{
    const struct pipeline *pipeline = session_pipeline(session);
    struct error err = {0};
    if (!pipeline)
        return false;
    enum status status =
        read_side(view, session, pipeline, view->leader, &view->sides[0], &err);
    if (status == STATUS_OK)
        status = read_side(view, session, pipeline, view->copies[view->copy], &view->sides[1], &err);
    if (!session_check(session, status, &err))
        return false;
    view->differences = (difference_vec){0};
    view->top = 0;
    text_differences(&view->arena, view->sides[0].sentences.items, view->sides[0].sentences.count,
                     view->sides[1].sentences.items, view->sides[1].sentences.count,
                     &view->differences);
    return true;
}

bool versions_open(struct versions_view *view, struct session *session, int64_t article)
{
    struct error err = {0};
    versions_close(view);
    enum status status = store_find_leader(session->store, article, &view->leader, &err);
    if (status == STATUS_OK)
        status = store_list_copies(session->store, &view->arena, view->leader, &view->copies,
                                   &view->copy_count, &err);
    bool read = session_check(session, status, &err);
    if (read && view->copy_count == 0)
        session_say(session, "no other version of this article is here; × and ≈ mark those");
    for (size_t i = 0; i < view->copy_count; i++)
        if (view->copies[i] == article)
            view->copy = i;
    view->open = read && view->copy_count && read_pair(view, session);
    if (!view->open)
        versions_close(view);
    return view->open;
}

void versions_step(struct versions_view *view, struct session *session, int by)
{
    size_t last = view->copy_count - 1;
    int64_t article = 0;
    if (by > 0 && view->copy < last)
        article = view->copies[view->copy + 1];
    if (by < 0 && view->copy > 0)
        article = view->copies[view->copy - 1];
    if (article)
        versions_open(view, session, article);
}

void versions_scroll(struct versions_view *view, int64_t by)
{
    int64_t last = view->differences.count ? (int64_t)view->differences.count - 1 : 0;
    int64_t top = (int64_t)view->top;
    top = by < -top ? 0 : by > last - top ? last : top + by;
    view->top = (size_t)top;
}

/* ---- drawing ------------------------------------------------------------------------------- */

/* Returns the rows used, at most those of the canvas. */
static int draw_sentence(const struct canvas *canvas, int side, str text)
{
    struct arena scratch = {0};
    line_vec lines = {0};
    int row = 0;
    wrap_text(&scratch, &lines, text, canvas->columns - MARGIN, 0);
    canvas_text(canvas, 0, 0, MARGIN, str_from(signs[side]), STYLE_GUTTER);
    for (size_t i = 0; i < lines.count && row < canvas->rows; i++)
        canvas_text(canvas, row++, MARGIN, canvas->columns - MARGIN,
                    str_slice(text, lines.items[i].start, lines.items[i].end), STYLE_ROW);
    arena_done(&scratch);
    return row;
}

static int draw_difference(const struct versions_view *view, const struct difference *difference,
                           const struct canvas *canvas, int at, bool beside)
{
    const size_t which[2] = {difference->left, difference->right};
    int wide = beside ? (canvas->columns - MARGIN) / 2 : canvas->columns, used = 0;
    for (int side = 0; side < 2; side++) {
        int row = beside ? at : at + used;
        if (which[side] == STR_MISSING || row >= canvas->rows)
            continue;
        struct canvas part = canvas_part(canvas, row, beside ? side * (wide + MARGIN) : 0,
                                         canvas->rows - row, wide);
        int rows = draw_sentence(&part, side, view->sides[side].sentences.items[which[side]]);
        used = beside ? (rows > used ? rows : used) : used + rows;
    }
    return used + 1;
}

/* "- 2024-08-05 Outlet: Title" */
static void draw_head(const struct canvas *canvas, int row, int at, int columns,
                      const struct versions_view *view, int side)
{
    const struct article *article = &view->sides[side].stored.article;
    struct buf head = BUF_INIT;
    buf_add(&head, str_from(signs[side]));
    label_publication(&head, &article->published);
    buf_format(&head, " %.*s%s", STR_ARG(article->site), article->site.len ? ": " : "");
    buf_add(&head, label_title(article->title, article->path));
    canvas_field(canvas, row, at, columns, buf_str(&head), STYLE_HEADING);
    buf_done(&head);
}

void versions_draw(const struct versions_view *view, const struct canvas *canvas)
{
    struct buf header = BUF_INIT;
    bool beside = canvas->columns >= TWO_COLUMNS;
    int wide = beside ? (canvas->columns - MARGIN) / 2 : canvas->columns;
    buf_format(&header, "  %zu sentences differ (copy %zu of %zu)  j k: on  J K: another copy",
               view->differences.count, view->copy + 1, view->copy_count);
    canvas_field(canvas, 0, 0, canvas->columns, buf_str(&header), STYLE_HEADER);
    buf_done(&header);
    if (canvas->columns < LEAST_COLUMNS)
        return;
    for (int side = 0; side < 2; side++)
        draw_head(canvas, beside ? 1 : 1 + side, beside ? side * (wide + MARGIN) : 0, wide, view,
                  side);
    int row = beside ? 3 : 4;
    if (!view->differences.count)
        canvas_text(canvas, row, MARGIN, canvas->columns - MARGIN,
                    STR("Their sentences are the same."), STYLE_ROW_DIM);
    for (size_t i = view->top; i < view->differences.count && row < canvas->rows; i++)
        row += draw_difference(view, &view->differences.items[i], canvas, row, beside);
}
