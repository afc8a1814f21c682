/* The searches that were kept under a name. */
#include "app/list_pane.h"

struct searches {
    struct list_pane list;
};

static enum status fetch(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *count, struct error *err)
{
    struct list_pane *list = context;
    const struct saved_search_row *found = NULL;
    enum status status =
        store_list_searches(list->session->store, arena, request, &found, count, err);
    *rows = found;
    return status;
}

static void init(struct session *session, void *state)
{
    struct searches *searches = state;
    list_pane_init(&searches->list, session, sizeof(struct saved_search_row), fetch);
}

static void where(struct session *session, void *state, struct place *place)
{
    (void)session, (void)state;
    *place = (struct place){.pane = PANE_SEARCHES};
}

static void draw_row(void *context, const struct canvas *row, const void *item, bool selected)
{
    (void)context;
    const struct saved_search_row *saved = item;
    int name_columns = row->columns >= 60 ? 24 : row->columns / 3;
    list_pane_marker(row, selected);
    canvas_field(row, 0, 2, name_columns, saved->name, selected ? STYLE_ROW_SELECTED : STYLE_ROW);
    canvas_field(row, 0, name_columns + 3, row->columns - name_columns - 3, saved->query,
                 selected ? STYLE_ROW_SELECTED : STYLE_ROW_DIM);
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)session, (void)row, (void)column;
    struct searches *searches = state;
    list_pane_draw(&searches->list, canvas, STR("  saved search             query"),
                   STR("No saved search yet. / searches, then S keeps the search."), draw_row,
                   NULL);
}

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    (void)session, (void)state;
    buf_add(left, STR(" Saved searches"));
    buf_add(right, STR("by name "));
}

static enum outcome open_search(struct session *session, void *state, str argument)
{
    (void)argument;
    struct searches *searches = state;
    struct arena scratch = {0};
    const struct saved_search_row *row = rows_selected(&searches->list.rows);
    if (row)
        session_show_search(session, arena_str(&scratch, row->query));
    arena_done(&scratch);
    return OUTCOME_REDRAW;
}

static enum outcome delete_search(struct session *session, void *state, str argument)
{
    (void)argument;
    struct searches *searches = state;
    struct error err = {0};
    const struct saved_search_row *row = rows_selected(&searches->list.rows);
    if (row && session_can_write(session) &&
        session_check(session,
                      store_delete_search(session->store, row->name, session_now(), &err), &err)) {
        session_changed(session);
        session_say(session, "search deleted; u brings it back");
    }
    return OUTCOME_REDRAW;
}

static const struct handler own_handlers[] = {
    {ACTION_OPEN, open_search},
    {ACTION_DELETE, delete_search},
    {0, NULL},
};

static const struct handler *const handlers[] = {own_handlers, NULL};

const struct pane_class pane_searches = {
    .title = "Saved searches",
    .state_len = sizeof(struct searches),
    .init = init,
    .done = list_pane_done,
    .show = list_pane_show,
    .where = where,
    .reload = list_pane_reload,
    .draw = draw,
    .status = status,
    .move = list_pane_move,
    .rows_seen = list_pane_rows_seen,
    .handlers = handlers,
};
