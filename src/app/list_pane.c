#include "app/list_pane.h"

#include "text/wrap.h"

void list_pane_init(struct list_pane *list, struct session *session, size_t row_len,
                    enum status (*fetch)(void *, struct arena *, const struct page_request *,
                                         const void **, size_t *, struct error *))
{
    struct row_source source = {.row_len = row_len, .fetch = fetch, .context = list};
    list->session = session;
    rows_init(&list->rows, &source);
}

void list_pane_done(struct session *session, void *state)
{
    (void)session;
    struct list_pane *list = state;
    rows_done(&list->rows);
    buf_done(&list->filter);
    buf_done(&list->before);
    buf_done(&list->meant);
    arena_done(&list->arena);
}

/* Off a row that is passed over, on in the same direction; at the list's end back. One that stands
 * before the selection stays in sight. */
static void skip(struct list_pane *list, int by)
{
    struct rows *rows = &list->rows;
    struct error err = {0};
    if (!list->skips)
        return;
    by = by < 0 ? -1 : 1;
    for (int tries = 0; tries < 2 && rows->count && list->skips(rows_selected(rows)); tries++) {
        session_check(list->session, rows_move(rows, by, &err), &err);
        by = -by;
    }
    bool at_top = rows->count && rows->top > 0 && rows->top == rows->selected && rows->height > 1;
    if (at_top && list->skips(rows->items[rows->top - 1]))
        rows->top--;
}

int64_t list_pane_total(struct list_pane *list)
{
    struct error err = {0};
    if (list->counted)
        return list->total;
    list->counted = true;
    list->total = -1;
    if (list->count && list->count(list, &list->total, &err) != STATUS_OK)
        list->total = -1;
    return list->total;
}

static int rows_height(const struct list_pane *list)
{
    return terminal_rows(list->session->terminal) - 2 - list->head_rows;
}

void list_pane_load(struct list_pane *list, const struct row_key *key)
{
    struct error err = {0};
    list->loaded = true;
    list->rows.height = rows_height(list);
    bool is_read = session_check(list->session, rows_load(&list->rows, key, &err), &err);
    list->state = is_read ? store_state(list->session->store) : -1;
    list->counted = false;
    skip(list, 1);
}

void list_pane_reload(struct session *session, void *state)
{
    (void)session;
    struct list_pane *list = state;
    list_pane_load(list, rows_selected(&list->rows));
}

bool list_pane_is_current(const struct list_pane *list)
{
    return list->loaded && list->state == store_state(list->session->store) &&
           list->rows.height == rows_height(list);
}

void list_pane_outdate(struct list_pane *list)
{
    list->state = -1;
}

void list_pane_renew(struct list_pane *list)
{
    if (!list_pane_is_current(list))
        list_pane_load(list, rows_selected(&list->rows));
}

bool list_pane_show(struct session *session, void *state, const struct place *place)
{
    (void)session, (void)place;
    list_pane_renew(state);
    return true;
}

void list_pane_draw_empty(struct session *session, const struct canvas *body, str text)
{
    if (session->hint.len) /* the query cannot be read: nothing was looked for */
        return;
    struct arena scratch = {0};
    struct buf with_keys = BUF_INIT;
    line_vec lines = {0};
    session_add_hint(session, &with_keys, text);
    str told = buf_str(&with_keys);
    if (body->columns > 2)
        wrap_text(&scratch, &lines, told, body->columns - 2, 0);
    for (size_t i = 0; i < lines.count && (int)i + 1 < body->rows; i++)
        canvas_text(body, (int)i + 1, 2, body->columns - 2,
                    str_slice(told, lines.items[i].start, lines.items[i].end), STYLE_ROW_DIM);
    buf_done(&with_keys);
    arena_done(&scratch);
}

void list_pane_draw(struct list_pane *list, const struct canvas *canvas, str header, str empty,
                    void (*draw)(void *context, const struct canvas *row, const void *item,
                                 bool selected),
                    void *context)
{
    canvas_field(canvas, 0, 0, canvas->columns, header, STYLE_HEADER);
    int head = 1 + list->head_rows;
    struct canvas body = canvas_part(canvas, head, 0, canvas->rows - head, canvas->columns);
    if (list->rows.count == 0) {
        list_pane_draw_empty(list->session, &body,
                             list->filter.len ? STR("nothing fits the filter; {cancel} shows all")
                                              : empty);
        return;
    }
    rows_draw(&list->rows, &body, draw, context);
}

void list_pane_marker(const struct canvas *row, bool selected)
{
    if (selected)
        canvas_text(row, 0, 0, 2, STR("▸ "), STYLE_ROW_SELECTED);
}

void list_pane_filter_label(const struct list_pane *list, struct buf *out)
{
    if (list->filter.len)
        buf_format(out, " · filter: %.*s", STR_ARG(buf_str(&list->filter)));
}

enum outcome list_pane_move(struct session *session, void *state, int by)
{
    struct list_pane *list = state;
    struct error err = {0};
    enum status status = by == MOVE_TO_END    ? rows_move_last(&list->rows, &err)
                         : by == -MOVE_TO_END ? rows_move_first(&list->rows, &err)
                                              : rows_move(&list->rows, by, &err);
    bool is_at_end = by == MOVE_TO_END || by == -MOVE_TO_END;
    skip(list, is_at_end ? (by > 0 ? -1 : 1) : by);
    session_check(session, status, &err);
    return OUTCOME_REDRAW;
}

uint64_t list_pane_meant(struct session *session, void *state)
{
    (void)session;
    const struct list_pane *list = state;
    const struct row_key *key = rows_selected(&list->rows);
    if (!key)
        return 0;
    const int64_t numbers[] = {key->number, key->second};
    return str_hash((str){(const char *)numbers, sizeof numbers}) ^ str_hash(key->text);
}

int list_pane_rows_seen(struct session *session, void *state)
{
    (void)session;
    struct list_pane *list = state;
    return list->rows.height;
}

enum outcome list_pane_down(struct session *session, void *state, str argument)
{
    (void)argument;
    return list_pane_move(session, state, 1);
}

enum outcome list_pane_up(struct session *session, void *state, str argument)
{
    (void)argument;
    return list_pane_move(session, state, -1);
}

/* ---- the live filter ----------------------------------------------------------------------- */

const struct search_query *list_pane_query(struct list_pane *list)
{
    str text = str_trim(buf_str(&list->filter));
    struct arena arena = {0};
    struct search_query read = {0};
    struct error err = {0};
    size_t fault = 0;
    str kept = arena_str(&arena, text);
    if (str_equal(text, buf_str(&list->meant))) {
        arena_done(&arena);
    } else if (text.len &&
               query_parse(&arena, kept, list->filter_use, &read, &fault, &err) != STATUS_OK) {
        arena_done(&arena);
        session_hint(list->session, fault, &err);
    } else {
        if (list->session->list_query.search == &list->search)
            list->session->target.position_known = false; /* it walks this list */
        arena_done(&list->arena);
        list->arena = arena;
        list->search = read;
        buf_clear(&list->meant);
        buf_add(&list->meant, text);
    }
    return list->search.root ? &list->search : NULL;
}

/* The list is shown as this filter leaves it, which was seen while it was typed. */
static bool is_filtered_by(const struct list_pane *list, str text)
{
    return str_equal(text, buf_str(&list->filter)) &&
           str_equal(str_trim(text), buf_str(&list->meant)) && list_pane_is_current(list);
}

void list_pane_set_filter(struct list_pane *list, str text)
{
    list->session->redraw = true;
    if (is_filtered_by(list, text))
        return;
    /* The selected row stays selected where the filter lets it. */
    struct arena scratch = {0};
    const struct row_key *selected = rows_selected(&list->rows);
    struct row_key key = selected ? *selected : (struct row_key){0};
    key.text = arena_str(&scratch, key.text);
    buf_clear(&list->filter);
    buf_add(&list->filter, text);
    list_pane_load(list, selected && !text.len ? &key : NULL);
    arena_done(&scratch);
}

static struct list_pane *on_screen(struct session *session)
{
    return session_pane_state(session, session_pane(session));
}

static void filter_changed(struct session *session, str text)
{
    list_pane_set_filter(on_screen(session), text);
}

static const struct question filter_question;

/* One that cannot be read is asked for again, with what is wrong. */
static void filter_accepted(struct session *session, str text)
{
    list_pane_set_filter(on_screen(session), text);
    if (session->hint.len)
        session_ask(session, &filter_question, text);
}

static void filter_cancelled(struct session *session)
{
    struct list_pane *list = on_screen(session);
    list_pane_set_filter(list, buf_str(&list->before));
}

static const struct question filter_question = {
    .label = "filter: ",
    .history = HISTORY_FILTER,
    .complete = session_complete_filter,
    .changed = filter_changed,
    .accepted = filter_accepted,
    .cancelled = filter_cancelled,
};

static enum outcome filter(struct session *session, void *state, str argument)
{
    struct list_pane *list = state;
    buf_clear(&list->before);
    buf_add(&list->before, buf_str(&list->filter));
    if (argument.len)
        filter_accepted(session, argument);
    else
        session_ask(session, &filter_question, buf_str(&list->filter));
    return OUTCOME_REDRAW;
}

static enum outcome cancel(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct list_pane *list = state;
    if (!list->filter.len)
        return OUTCOME_UNHANDLED;
    list_pane_set_filter(list, STR_NONE);
    return OUTCOME_REDRAW;
}

const struct handler list_pane_filter_handlers[] = {
    {ACTION_FILTER, filter},
    {ACTION_CANCEL, cancel},
    {0, NULL},
};
