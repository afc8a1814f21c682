/* The searches that were kept under a name: what each finds, and what of it is new. */
#include <string.h>

#include "app/label.h"
#include "app/list_pane.h"
#include "app/saved_search.h"

struct searches {
    struct list_pane list;
    struct arena arena; /* of what is counted */
    VEC(struct saved_search_row) counted;
    int64_t change_counter; /* of the dossier, then */
};

/* Counting looks through the dossier: what was counted since it changed last is not counted anew.
 */
static enum status count_row(struct searches *searches, struct saved_search_row *row,
                             struct error *err)
{
    struct session *session = searches->list.session;
    int64_t counter = store_change_counter(session->store);
    if (searches->change_counter != counter) {
        arena_reset(&searches->arena);
        searches->counted.items = NULL;
        searches->counted.count = searches->counted.capacity = 0;
        searches->change_counter = counter;
    }
    for (size_t i = 0; i < searches->counted.count; i++) {
        const struct saved_search_row *known = &searches->counted.items[i];
        if (!str_equal(known->query, row->query) || !str_equal(known->name, row->name))
            continue;
        row->article_count = known->article_count;
        row->new_count = known->new_count;
        row->more = known->more;
        return STATUS_OK;
    }
    enum status status = saved_search_count(session->store, row, err);
    if (status != STATUS_OK)
        return status;
    struct saved_search_row kept = {.name = arena_str(&searches->arena, row->name),
                                    .query = arena_str(&searches->arena, row->query),
                                    .article_count = row->article_count,
                                    .new_count = row->new_count,
                                    .more = row->more};
    vec_push(&searches->arena, &searches->counted, kept);
    return STATUS_OK;
}

static enum status fetch(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *total, struct error *err)
{
    struct list_pane *list = context;
    const struct saved_search_row *found = NULL;
    enum status status =
        store_list_searches(list->session->store, arena, request, &found, total, err);
    struct saved_search_row *counted = arena_array(arena, struct saved_search_row, *total + 1);
    if (*total)
        memcpy(counted, found, *total * sizeof *counted);
    for (size_t i = 0; i < *total && status == STATUS_OK; i++)
        status = count_row((struct searches *)list, &counted[i], err);
    *rows = counted;
    return status;
}

static void init(struct session *session, void *state)
{
    struct searches *searches = state;
    list_pane_init(&searches->list, session, sizeof(struct saved_search_row), fetch);
}

static void done(struct session *session, void *state)
{
    arena_done(&((struct searches *)state)->arena);
    list_pane_done(session, state);
}

static void where(struct session *session, void *state, struct place *place)
{
    (void)session, (void)state;
    *place = (struct place){.pane = PANE_SEARCHES};
}

enum { NUMBER_COLUMNS = 7, NEW_COLUMNS = 7 };

static void draw_row(void *context, const struct canvas *row, const void *item, bool selected)
{
    (void)context;
    const struct saved_search_row *saved = item;
    int name_columns = row->columns >= 60 ? 24 : row->columns / 3;
    int at = 2 + name_columns;
    style_id style = selected ? STYLE_ROW_SELECTED : STYLE_ROW;
    struct buf number = BUF_INIT;
    list_pane_marker(row, selected);
    canvas_field(row, 0, 2, name_columns, saved->name, style);
    label_count(&number, saved->article_count, true);
    canvas_field_right(row, 0, at, NUMBER_COLUMNS, buf_str(&number), style);
    buf_clear(&number);
    at += NUMBER_COLUMNS;
    if (saved->new_count)
        buf_format(&number, " %lld%s new", (long long)saved->new_count,
                   saved->new_count == STORE_COUNT_LIMIT ? "+" : "");
    canvas_field(row, 0, at, NEW_COLUMNS, buf_str(&number), STYLE_HEADING);
    at += NEW_COLUMNS + 1;
    buf_done(&number);
    if (at < row->columns)
        canvas_field(row, 0, at, row->columns - at, saved->query,
                     selected ? STYLE_ROW_SELECTED : STYLE_ROW_DIM);
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)session, (void)row, (void)column;
    struct searches *searches = state;
    list_pane_draw(
        &searches->list, canvas, STR("  saved search            articles       query"),
        STR("No saved search yet. {search} searches, then {save-search} keeps the search."),
        draw_row, NULL);
}

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    (void)session, (void)state;
    buf_add(left, STR(" Saved searches"));
    session_add_hint(session, right, STR("{open} opens, {filter} filters, {rename-name} renames "));
}

/* ---- what is done with the selected one ----------------------------------------------------- */

/* Its name, or its query, as a copy in the arena: the list may be read again meanwhile. */
static bool take_selected(struct session *session, struct arena *arena,
                          struct saved_search_row *copy)
{
    struct searches *searches = session_pane_state(session, PANE_SEARCHES);
    const struct saved_search_row *row = rows_selected(&searches->list.rows);
    if (!row)
        return false;
    *copy = *row;
    copy->name = arena_str(arena, row->name);
    copy->query = arena_str(arena, row->query);
    return true;
}

static enum outcome open_search(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    struct arena scratch = {0};
    struct saved_search_row row;
    if (take_selected(session, &scratch, &row))
        session_show_search(session, row.query);
    arena_done(&scratch);
    return OUTCOME_REDRAW;
}

static enum outcome make_target(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    struct arena scratch = {0};
    struct saved_search_row row;
    if (take_selected(session, &scratch, &row) && session_target_search(session, row.query))
        session_say(session, "target: %.*s; {next-hit} walks what it finds", STR_ARG(row.query));
    arena_done(&scratch);
    return OUTCOME_REDRAW;
}

/* The list of articles with what it finds alone. */
static enum outcome use_as_filter(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    struct arena scratch = {0};
    struct saved_search_row row;
    struct place place = {.pane = PANE_ARTICLES};
    if (take_selected(session, &scratch, &row) && session_go(session, &place))
        list_pane_set_filter(session_pane_state(session, place.pane),
                             arena_format(&scratch, "search:(%.*s)", STR_ARG(row.query)));
    arena_done(&scratch);
    return OUTCOME_REDRAW;
}

static void rename_accepted(struct session *session, str text)
{
    struct arena scratch = {0};
    struct saved_search_row row;
    struct error err = {0};
    text = str_trim(text);
    bool is_other =
        take_selected(session, &scratch, &row) && text.len && !str_equal(text, row.name);
    if (is_other &&
        session_check(session,
                      store_rename_search(session->store, row.name, text, session_now(), &err),
                      &err)) {
        const struct row_key key = {.text = text};
        session_changed(session);
        list_pane_load(session_pane_state(session, PANE_SEARCHES), &key);
        session_say(session, "renamed; {undo} takes it back");
    }
    arena_done(&scratch);
}

static enum outcome rename_search(struct session *session, void *state, str argument)
{
    static const struct question question = {.label = "new name: ", .accepted = rename_accepted};
    (void)state;
    struct arena scratch = {0};
    struct saved_search_row row;
    if (take_selected(session, &scratch, &row) && session_can_write(session)) {
        if (argument.len)
            rename_accepted(session, argument);
        else
            session_ask(session, &question, row.name);
    }
    arena_done(&scratch);
    return OUTCOME_REDRAW;
}

static enum outcome delete_search(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    struct arena scratch = {0};
    struct saved_search_row row;
    struct error err = {0};
    if (take_selected(session, &scratch, &row) && session_can_write(session) &&
        session_check(session, store_delete_search(session->store, row.name, session_now(), &err),
                      &err)) {
        session_changed(session);
        session_say(session, "search deleted; {undo} brings it back");
    }
    arena_done(&scratch);
    return OUTCOME_REDRAW;
}

static const struct handler own_handlers[] = {
    {ACTION_OPEN, open_search},     {ACTION_MAKE_TARGET, make_target},
    {ACTION_FILTER, use_as_filter}, {ACTION_RENAME_NAME, rename_search},
    {ACTION_DELETE, delete_search}, {0, NULL},
};

static const struct handler *const handlers[] = {own_handlers, NULL};

const struct pane_class pane_searches = {
    .title = "Saved searches",
    .state_len = sizeof(struct searches),
    .init = init,
    .done = done,
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
