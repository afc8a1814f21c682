/* The watch list: what is pinned, how often it stands in the dossier, what of it is new. */
#include "app/label.h"
#include "app/list_pane.h"
#include "text/width.h"

struct watch {
    struct list_pane list;
    struct watch_row counted[WATCH_LIMIT]; /* by slot */
    size_t count;
};

/* The numbers are taken when the pane is shown and when the dossier changed, not while moving. */
static void read_counts(struct session *session, struct watch *watch)
{
    struct error err = {0};
    watch->count = session->watches.count;
    for (size_t i = 0; i < watch->count; i++) {
        watch->counted[i] = session->watches.rows[i];
        session_check(session, store_count_watch(session->store, &watch->counted[i], &err), &err);
    }
}

static bool is_in_page(const struct watch_row *row, const struct page_request *request)
{
    if (!request->from)
        return true;
    int64_t from = request->from->number;
    if (row->key.number == from)
        return request->inclusive;
    return (row->key.number < from) == request->backward;
}

static enum status fetch(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *count, struct error *err)
{
    const struct watch *watch = context;
    struct watch_row *found = arena_array(arena, struct watch_row, WATCH_LIMIT);
    (void)err;
    *count = 0;
    *rows = found;
    for (size_t i = 0; i < watch->count && *count < request->limit; i++) {
        size_t at = request->backward ? watch->count - 1 - i : i;
        if (is_in_page(&watch->counted[at], request))
            found[(*count)++] = watch->counted[at];
    }
    return STATUS_OK;
}

static void init(struct session *session, void *state)
{
    struct watch *watch = state;
    list_pane_init(&watch->list, session, sizeof(struct watch_row), fetch);
}

static void reload(struct session *session, void *state)
{
    read_counts(session, state);
    list_pane_reload(session, state);
}

static bool show(struct session *session, void *state, const struct place *place)
{
    (void)place;
    reload(session, state);
    return true;
}

static void where(struct session *session, void *state, struct place *place)
{
    (void)session, (void)state;
    *place = (struct place){.pane = PANE_WATCH};
}

/* Another session may have pinned something else under the same number. */
static uint64_t meant(struct session *session, void *state)
{
    const struct watch *watch = state;
    const struct watch_row *row = rows_selected(&watch->list.rows);
    return row ? list_pane_meant(session, state) ^ str_hash(row->target.label) : 0;
}

/* ---- drawing ------------------------------------------------------------------------------- */

static void draw_number(const struct canvas *row, int column, int64_t number, bool more,
                        style_id style)
{
    struct buf text = BUF_INIT;
    buf_format(&text, "%lld%s", (long long)number, more ? "+" : "");
    canvas_field_right(row, 0, column, 6, buf_str(&text), style);
    buf_done(&text);
}

static void draw_row(void *context, const struct canvas *row, const void *item, bool selected)
{
    const struct session *session = context;
    const struct watch_row *watched = item;
    style_id style = selected ? STYLE_ROW_SELECTED : STYLE_ROW;
    int label_columns = row->columns >= 100 ? 40 : row->columns >= 70 ? 28 : row->columns - 17;
    int name_columns = width_columns(watched->target.label);
    if (row->columns < 70 && name_columns < label_columns) /* what is left is for the remark */
        label_columns = name_columns;
    list_pane_marker(row, selected);
    canvas_text(row, 0, 2, 1, watch_sign(watched->slot), watch_style(watched->slot));
    draw_number(row, 3, watched->place_count, watched->more, style);
    draw_number(row, 9, watched->article_count, watched->more, STYLE_ROW_DIM);
    canvas_field(row, 0, 17, label_columns, watched->target.label, style);
    int at = 17 + label_columns + 1;
    struct buf remark = BUF_INIT;
    if (watched->new_count) {
        buf_format(&remark, "%lld%s new ", (long long)watched->new_count,
                   watched->more_new ? "+" : "");
        label_since(&remark, watched->seen, session->environment->today);
        buf_add(&remark, STR(" · "));
    }
    buf_add(&remark, str_from(watch_kind_name(watched)));
    if (watched->target.kind == TARGET_SEARCH && !watched->target.search)
        buf_add(&remark, STR(" that this program cannot read"));
    if (at < row->columns)
        canvas_field(row, 0, at, row->columns - at, buf_str(&remark), STYLE_ROW_DIM);
    buf_done(&remark);
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)row, (void)column;
    struct watch *watch = state;
    list_pane_draw(
        &watch->list, canvas, STR("    times    in   what"),
        STR("Nothing is pinned. {pin} on a name, a date or a search pins it; {next-watch 1} "
            "walks it."),
        draw_row, session);
}

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    (void)session;
    const struct watch *watch = state;
    buf_format(left, " Watch list: %zu of %d", watch->count, WATCH_LIMIT);
    session_add_hint(session, right, STR("{next-watch 1} … {next-watch 9} walk "));
}

/* ---- actions ------------------------------------------------------------------------------- */

static const struct watch_row *selected_row(const struct watch *watch)
{
    return rows_selected(&watch->list.rows);
}

static void note_seen(struct session *session, const struct watch_row *row)
{
    struct error err = {0};
    if (!store_is_read_only(session->store))
        session_check(session,
                      store_note_watch_seen(session->store, row->slot, session_now(), &err), &err);
}

/* Tags and several names have no list of their places. */
static bool is_walked(const struct watch_row *row)
{
    const struct target *target = &row->target;
    return target->kind == TARGET_TAG ||
           (target->kind == TARGET_ENTITY && target->entity_count != 1);
}

/* Where its places are listed; what has no such list is walked. */
static enum outcome open_watch(struct session *session, void *state, str argument)
{
    (void)argument;
    const struct watch_row *row = selected_row(state);
    if (!row)
        return OUTCOME_DONE;
    struct arena scratch = {0}; /* the row goes when the list is read again */
    struct watch_row kept = *row;
    str query = arena_str(&scratch, row->query);
    struct place place = session_watch_place(row);
    if (is_walked(row))
        session_target_watch(session, row);
    note_seen(session, row);
    session_read_watches(session);
    if (is_walked(&kept))
        session_next_hit(session, false);
    else if (kept.target.kind == TARGET_SEARCH)
        session_show_search(session, query);
    else
        session_go(session, &place);
    arena_done(&scratch);
    return OUTCOME_REDRAW;
}

static enum outcome make_target(struct session *session, void *state, str argument)
{
    (void)argument;
    const struct watch_row *row = selected_row(state);
    if (!row)
        return OUTCOME_DONE;
    session_target_watch(session, row);
    session_say(session, "target: %.*s", STR_ARG(session->target.target.label));
    return OUTCOME_REDRAW;
}

/* W on what is pinned unpins it as well. */
static enum outcome delete_watch(struct session *session, void *state, str argument)
{
    (void)argument;
    return selected_row(state) ? session_pin(session, state, STR_NONE) : OUTCOME_DONE;
}

static bool name(struct session *session, void *state, struct name_place *place)
{
    (void)session;
    const struct watch_row *row = selected_row(state);
    if (!row || row->target.kind != TARGET_ENTITY || row->target.entity_count != 1)
        return false;
    *place = (struct name_place){.entity = row->target.entities[0]};
    return true;
}

static const struct handler own_handlers[] = {
    {ACTION_OPEN, open_watch},
    {ACTION_MAKE_TARGET, make_target},
    {ACTION_DELETE, delete_watch},
    {0, NULL},
};

static const struct handler *const handlers[] = {own_handlers, NULL};

/* Those that are pinned together. */
static void names(struct session *session, void *state, struct name_choices *choices)
{
    const struct watch_row *row = selected_row(state);
    struct arena scratch = {0};
    struct entity_row entity;
    struct error err = {0};
    for (size_t i = 0; row && row->target.kind == TARGET_ENTITY && i < row->target.entity_count;
         i++)
        if (session_check(
                session,
                store_get_entity(session->store, &scratch, row->target.entities[i], &entity, &err),
                &err)) {
            const struct name_place place = {.entity = entity.id};
            name_choice_add(choices, entity.name, &place);
        }
    arena_done(&scratch);
}

const struct pane_class pane_watch = {
    .title = "Watch list",
    .state_len = sizeof(struct watch),
    .init = init,
    .done = list_pane_done,
    .show = show,
    .where = where,
    .meant = meant,
    .reload = reload,
    .draw = draw,
    .status = status,
    .name = name,
    .names = names,
    .move = list_pane_move,
    .rows_seen = list_pane_rows_seen,
    .handlers = handlers,
};
