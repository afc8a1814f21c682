/* What a search found: articles with the words in their context. The query is the target. */
#include "app/label.h"
#include "app/list_pane.h"

struct search {
    struct list_pane list;
    struct arena arena; /* the query shown */
    str text;
};

static const struct search_query *query(struct list_pane *list)
{
    const struct target *target = &list->session->target.target;
    return target->kind == TARGET_SEARCH ? target->search : NULL;
}

static enum status fetch(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *count, struct error *err)
{
    struct list_pane *list = context;
    const struct search_row *found = NULL;
    enum status status = STATUS_OK;
    *count = 0;
    if (query(list))
        status =
            store_search(list->session->store, arena, query(list), request, &found, count, err);
    *rows = found;
    return status;
}

static enum status count_all(struct list_pane *list, int64_t *total, struct error *err)
{
    *total = 0;
    return query(list) ? store_count_search(list->session->store, query(list), total, err)
                       : STATUS_OK;
}

static void init(struct session *session, void *state)
{
    struct search *search = state;
    list_pane_init(&search->list, session, sizeof(struct search_row), fetch);
    search->list.count = count_all;
}

static void done(struct session *session, void *state)
{
    struct search *search = state;
    arena_done(&search->arena);
    list_pane_done(session, state);
}

/* A query that the target has changed since is read anew; an older one becomes the target again. */
static bool show(struct session *session, void *state, const struct place *place)
{
    (void)place;
    struct search *search = state;
    const struct target *target = &session->target.target;
    if (target->kind == TARGET_SEARCH && !str_equal(target->label, search->text)) {
        arena_reset(&search->arena);
        search->text = arena_str(&search->arena, target->label);
        list_pane_load(&search->list, NULL);
        return true;
    }
    if (target->kind != TARGET_SEARCH && search->text.len)
        session_target_search(session, search->text);
    list_pane_reload(session, state);
    return true;
}

static void where(struct session *session, void *state, struct place *place)
{
    (void)session;
    struct search *search = state;
    const struct search_row *row = rows_selected(&search->list.rows);
    *place = (struct place){.pane = PANE_SEARCH, .article = row ? row->article : 0};
}

/* Draws a snippet; the words found stand between \x01 and \x02. */
static void draw_snippet(const struct canvas *row, int at, str snippet, style_id style)
{
    str rest = snippet, part;
    bool match = false;
    while (rest.len && at < row->columns) {
        size_t end = 0;
        while (end < rest.len && rest.ptr[end] != '\x01' && rest.ptr[end] != '\x02')
            end++;
        part = str_slice(rest, 0, end);
        at += canvas_text(row, 0, at, row->columns - at, part, match ? STYLE_MATCH : style);
        if (end < rest.len)
            match = rest.ptr[end++] == '\x01';
        rest = str_slice(rest, end, rest.len);
    }
}

static void draw_row(void *context, const struct canvas *row, const void *item, bool selected)
{
    (void)context;
    const struct search_row *found = item;
    style_id style = selected ? STYLE_ROW_SELECTED : STYLE_ROW;
    struct buf date = BUF_INIT;
    int title_columns = row->columns >= 110 ? 36 : row->columns >= 60 ? 22 : 0;
    list_pane_marker(row, selected);
    label_publication(&date, &found->published);
    canvas_field(row, 0, 2, 10, buf_str(&date), STYLE_ROW_DIM);
    buf_done(&date);
    if (title_columns)
        canvas_field(row, 0, 13, title_columns, label_title(found->title, found->site), style);
    draw_snippet(row, 14 + title_columns, found->snippet,
                 selected ? STYLE_ROW_SELECTED : STYLE_ROW_DIM);
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)session, (void)row, (void)column;
    struct search *search = state;
    list_pane_draw(&search->list, canvas, STR("  date       article"),
                   search->text.len
                       ? STR("Nothing found. / searches for other words.")
                       : STR("/ searches: words, \"a phrase\", begin*, -not, title:word"),
                   draw_row, NULL);
}

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    (void)session;
    struct search *search = state;
    buf_add(left, STR(" Search: "));
    label_count(left, search->list.total, true);
    buf_add(left, STR(" articles"));
    buf_add(right, STR("newest first "));
}

static enum outcome open_hit(struct session *session, void *state, str argument)
{
    (void)argument;
    struct search *search = state;
    const struct search_row *row = rows_selected(&search->list.rows);
    if (!row)
        return OUTCOME_DONE;
    if (!query(&search->list) && !session_target_search(session, search->text))
        return OUTCOME_REDRAW;
    /* Offset 0 with a search as the target: the reader goes to the first hit. */
    struct target_place here = {.article = row->article};
    struct place place = {.pane = PANE_READER, .article = row->article};
    session_target_here(session, &here);
    session_go(session, &place);
    return OUTCOME_REDRAW;
}

static const struct handler own_handlers[] = {
    {ACTION_OPEN, open_hit},
    {0, NULL},
};

static const struct handler *const handlers[] = {own_handlers, list_pane_handlers, NULL};

const struct pane_class pane_search = {
    .title = "Search",
    .state_len = sizeof(struct search),
    .init = init,
    .done = done,
    .show = show,
    .where = where,
    .reload = list_pane_reload,
    .draw = draw,
    .status = status,
    .handlers = handlers,
};
