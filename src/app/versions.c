#include "app/versions.h"

#include "analyse/passes.h"
#include "app/label.h"
#include "text/wrap.h"

enum { TWO_COLUMNS = 76, LONG_HEADER = 60, MARGIN = 2, LEAST_COLUMNS = 8 };

static const char *const signs[2] = {"- ", "+ "};

void versions_close(struct versions_view *view)
{
    arena_done(&view->arena);
    *view = (struct versions_view){0};
}

/* ---- what there is to compare -------------------------------------------------------------- */

enum { OLDER_LIMIT = 20 };

static enum status find_copies(struct versions_view *view, struct session *session, int64_t article,
                               struct error *err)
{
    struct version_pair pair = {0};
    const int64_t *copies = NULL;
    size_t count = 0;
    enum status status = store_find_leader(session->store, article, &pair.before, err);
    if (status == STATUS_OK)
        status = store_list_copies(session->store, &view->arena, pair.before, &copies, &count, err);
    for (size_t i = 0; i < count; i++) {
        pair.after = copies[i];
        if (pair.after == article)
            view->at = view->pairs.count;
        vec_push(&view->arena, &view->pairs, pair);
    }
    return status;
}

static enum status find_older(struct versions_view *view, struct session *session, int64_t article,
                              struct error *err)
{
    struct version_pair pair = {.before = article, .after = article, .version = INT64_MAX};
    struct arena scratch = {0};
    struct source_page source;
    enum status status = store_get_source(session->store, &scratch, article, &source, err);
    for (int i = 0; i < OLDER_LIMIT && status == STATUS_OK; i++) {
        arena_reset(&scratch);
        status =
            store_get_older_source(session->store, &scratch, article, source.version, &source, err);
        pair.version = source.version;
        if (status == STATUS_OK)
            vec_push(&view->arena, &view->pairs, pair);
    }
    arena_done(&scratch);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* ---- reading ------------------------------------------------------------------------------- */

static enum status read_article(struct versions_view *view, struct session *session,
                                int64_t article, struct version_side *side, struct error *err)
{
    struct stored_article stored;
    enum status status = store_get_article(session->store, &view->arena, article, &stored, err);
    if (status == STATUS_OK)
        side->article = stored.article;
    return status;
}

/* Cleaning notes what it saw of the outlet: an old page must leave nothing behind. */
static enum status read_version(struct versions_view *view, struct session *session,
                                const struct pipeline *pipeline, const struct version_pair *pair,
                                struct version_side *side, struct error *err)
{
    struct source_page source;
    enum status status = store_get_older_source(session->store, &view->arena, pair->before,
                                                pair->version + 1, &source, err);
    if (status == STATUS_OK)
        status = store_begin(session->store, err);
    if (status != STATUS_OK)
        return status;
    status =
        pipeline_clean_source(pipeline, session->store, &view->arena, &source, &side->article, err);
    store_rollback(session->store);
    side->imported = source.imported;
    return status;
}

static void split(struct versions_view *view, const struct pipeline *pipeline,
                  struct version_side *side)
{
    struct analysis analysis = {0};
    tokens_pass(pipeline->analyser, &view->arena, &side->article, &analysis);
    for (size_t i = 0; i < analysis.sentences.count; i++) {
        const struct sentence *sentence = &analysis.sentences.items[i];
        vec_push(&view->arena, &side->sentences,
                 str_trim(str_slice(side->article.text, sentence->start, sentence->end)));
    }
}

static bool read_pair(struct versions_view *view, struct session *session)
{
    const struct version_pair *pair = &view->pairs.items[view->at];
    const struct pipeline *pipeline = session_pipeline(session);
    struct version_side *before = &view->sides[0], *after = &view->sides[1];
    struct error err = {0};
    if (!pipeline)
        return false;
    *before = *after = (struct version_side){0};
    enum status status = pair->version ? read_version(view, session, pipeline, pair, before, &err)
                                       : read_article(view, session, pair->before, before, &err);
    if (status == STATUS_OK)
        status = read_article(view, session, pair->after, after, &err);
    if (!session_check(session, status, &err))
        return false;
    split(view, pipeline, before);
    split(view, pipeline, after);
    view->differences = (difference_vec){0};
    view->top = 0;
    text_differences(&view->arena, before->sentences.items, before->sentences.count,
                     after->sentences.items, after->sentences.count, &view->differences);
    return true;
}

static bool open_at(struct versions_view *view, struct session *session, int64_t article, int by)
{
    struct error err = {0};
    size_t at = view->at;
    versions_close(view);
    enum status status = find_copies(view, session, article, &err);
    if (status == STATUS_OK)
        status = find_older(view, session, article, &err);
    bool read = session_check(session, status, &err);
    if (read && view->pairs.count == 0)
        session_say(session, "no other version of this article is here; × and ≈ mark copies");
    if (by && read && view->pairs.count) {
        size_t last = view->pairs.count - 1;
        view->at = by > 0 ? (at < last ? at + 1 : last) : at > 0 ? at - 1 : 0;
    }
    view->open = read && view->pairs.count && read_pair(view, session);
    if (!view->open)
        versions_close(view);
    view->article = article;
    return view->open;
}

bool versions_open(struct versions_view *view, struct session *session, int64_t article)
{
    return open_at(view, session, article, 0);
}

void versions_step(struct versions_view *view, struct session *session, int by)
{
    size_t before = view->at, count = view->pairs.count;
    if (!open_at(view, session, view->article, by) || view->at != before)
        return;
    if (count < 2)
        session_say(session, "no other version than these two; {compare} goes back to the list");
    else
        session_say(session, by > 0 ? "no version after this; {previous-article} goes back"
                                    : "no version before this; {next-article} goes on");
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
        struct canvas part =
            canvas_part(canvas, row, beside ? side * (wide + MARGIN) : 0, canvas->rows - row, wide);
        int rows = draw_sentence(&part, side, view->sides[side].sentences.items[which[side]]);
        used = beside ? (rows > used ? rows : used) : used + rows;
    }
    return used + 1;
}

/* "- 2024-08-05 Outlet: Title" */
static void draw_head(const struct canvas *canvas, int row, int at, int columns,
                      const struct versions_view *view, int side)
{
    const struct article *article = &view->sides[side].article;
    struct buf head = BUF_INIT;
    buf_add(&head, str_from(signs[side]));
    label_publication(&head, &article->published);
    if (view->sides[side].imported) {
        buf_add(&head, STR(" as imported "));
        day_add(&head, day_of_seconds(view->sides[side].imported));
    }
    buf_format(&head, " %.*s%s", STR_ARG(article->site), article->site.len ? ": " : "");
    buf_add(&head, label_title(article->title, article->path));
    canvas_field(canvas, row, at, columns, buf_str(&head), STYLE_HEADING);
    buf_done(&head);
}

/* How many sentences differ, of which versions, and the keys where there is room for them. */
static void add_header(struct session *session, const struct versions_view *view, int columns,
                       struct buf *out)
{
    size_t count = view->differences.count;
    const char *differ = count == 1 ? "sentence differs" : "sentences differ";
    buf_format(out, "  %zu %s · version %zu of %zu", count,
               columns < LONG_HEADER ? "differ" : differ, view->at + 1, view->pairs.count);
    if (columns >= LONG_HEADER)
        session_add_hint(session, out,
                         STR("  {down} {up}: on  {next-article} {previous-article}: another"));
}

void versions_draw(struct session *session, const struct versions_view *view,
                   const struct canvas *canvas)
{
    struct buf header = BUF_INIT;
    bool beside = canvas->columns >= TWO_COLUMNS;
    int wide = beside ? (canvas->columns - MARGIN) / 2 : canvas->columns;
    add_header(session, view, canvas->columns, &header);
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
