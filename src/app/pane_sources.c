/* The feeds and pages that are read again, when they were, and what is wrong with them. */
#include "app/list_pane.h"
#include "app/sources.h"
#include "text/url.h"

struct sources {
    struct list_pane list;
};

enum {
    COUNT_COLUMN = 2,
    TIME_COLUMN = 9,
    TIME_COLUMNS = 16,
    NAME_COLUMN = 27,
    WIDE_FROM = 60 /* columns; below, no time and only a sign for what is wrong */
};

static enum status fetch(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *count, struct error *err)
{
    struct list_pane *list = context;
    const struct address_row *found = NULL;
    enum status status =
        store_list_addresses(list->session->store, arena, request, &found, count, err);
    *rows = found;
    return status;
}

static enum status count_sources(struct list_pane *list, int64_t *total, struct error *err)
{
    int64_t failed;
    return store_count_addresses(list->session->store, total, &failed, err);
}

static void init(struct session *session, void *state)
{
    struct sources *sources = state;
    list_pane_init(&sources->list, session, sizeof(struct address_row), fetch);
    sources->list.count = count_sources;
}

static void where(struct session *session, void *state, struct place *place)
{
    (void)session, (void)state;
    *place = (struct place){.pane = PANE_SOURCES};
}

static void draw_row(void *context, const struct canvas *row, const void *item, bool selected)
{
    (void)context;
    const struct address_row *source = item;
    struct buf text = BUF_INIT;
    int style = selected ? STYLE_ROW_SELECTED : STYLE_ROW;
    int dim = selected ? STYLE_ROW_SELECTED : STYLE_ROW_DIM;
    bool wide = row->columns >= WIDE_FROM;
    int name_at = wide ? NAME_COLUMN : TIME_COLUMN, left = row->columns - name_at;
    list_pane_marker(row, selected);
    buf_format(&text, "%lld", (long long)source->article_count);
    canvas_field_right(row, 0, COUNT_COLUMN, TIME_COLUMN - COUNT_COLUMN - 2, buf_str(&text), dim);
    buf_clear(&text);
    source_time(&text, source->visit.checked);
    if (wide)
        canvas_field(row, 0, TIME_COLUMN, TIME_COLUMNS, buf_str(&text), dim);
    buf_clear(&text);
    source_label(&text, source, session_now());
    int name_columns = text.len && wide ? left * 2 / 5 : left;
    canvas_field(row, 0, name_at, name_columns,
                 source->visit.title.len ? source->visit.title : address_now(source), style);
    if (text.len && !wide)
        canvas_text(row, 0, TIME_COLUMN - 2, 1, STR("!"), STYLE_ERROR);
    else if (text.len)
        canvas_field(row, 0, name_at + name_columns + 2, left - name_columns - 2, buf_str(&text),
                     selected ? STYLE_ROW_SELECTED : STYLE_ERROR);
    buf_done(&text);
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)row, (void)column;
    struct sources *sources = state;
    struct buf header = BUF_INIT;
    session_add_hint(session, &header,
                     canvas->columns >= WIDE_FROM
                         ? STR("  pages  last read         source")
                         : STR("  pages  source   ! {why}: what is wrong"));
    list_pane_draw(&sources->list, canvas, buf_str(&header),
                   STR("No source yet. Press {import} and give the address of a feed or a page."),
                   draw_row, NULL);
    buf_done(&header);
}

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    struct sources *sources = state;
    const struct address_row *source = rows_selected(&sources->list.rows);
    (void)session;
    buf_add(left, STR(" Sources"));
    if (source)
        buf_format(left, "  %.*s", STR_ARG(address_now(source)));
    int64_t total = list_pane_total(&sources->list);
    if (total > 0)
        buf_format(right, "%lld%s ", (long long)total,
                   source && source->full_text ? ", full text" : "");
}

/* What came from it. */
static enum outcome open_source(struct session *session, void *state, str argument)
{
    struct sources *sources = state;
    const struct address_row *source = rows_selected(&sources->list.rows);
    struct arena scratch = {0};
    (void)argument;
    if (source)
        session_show_search(session, arena_format(&scratch, "path:\"%.*s\"", STR_ARG(source->url)));
    arena_done(&scratch);
    return OUTCOME_REDRAW;
}

static enum outcome tell_why(struct session *session, void *state, str argument)
{
    struct sources *sources = state;
    const struct address_row *source = rows_selected(&sources->list.rows);
    struct buf text = BUF_INIT;
    (void)argument;
    if (source) {
        source_label(&text, source, session_now());
        session_say(session, "%.*s: %s", STR_ARG(address_now(source)),
                    text.len ? buf_c(&text) : "nothing is wrong with it");
    }
    buf_done(&text);
    return OUTCOME_REDRAW;
}

static enum outcome delete_source(struct session *session, void *state, str argument)
{
    struct sources *sources = state;
    const struct address_row *source = rows_selected(&sources->list.rows);
    struct error err = {0};
    (void)argument;
    if (source && session_can_write(session) &&
        session_check(session, store_drop_address(session->store, source->id, session_now(), &err),
                      &err)) {
        session_changed(session);
        session_say(session, "source removed, its articles stay; {undo} brings it back");
    }
    return OUTCOME_REDRAW;
}

static const struct handler own_handlers[] = {
    {ACTION_OPEN, open_source},
    {ACTION_WHY, tell_why},
    {ACTION_DELETE, delete_source},
    {0, NULL},
};

static const struct handler *const handlers[] = {own_handlers, NULL};

const struct pane_class pane_sources = {
    .title = "Sources",
    .state_len = sizeof(struct sources),
    .init = init,
    .done = list_pane_done,
    .show = list_pane_show,
    .where = where,
    .meant = list_pane_meant,
    .reload = list_pane_reload,
    .draw = draw,
    .status = status,
    .move = list_pane_move,
    .rows_seen = list_pane_rows_seen,
    .handlers = handlers,
};
