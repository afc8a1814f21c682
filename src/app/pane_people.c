/* Who and what is named in the dossier: people, or places, or organisations, by mentions. */
#include "app/label.h"
#include "app/list_pane.h"

struct people {
    struct list_pane list;
    struct entity_query query;
};

static enum status fetch(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *count, struct error *err)
{
    struct people *people = context;
    const struct entity_row *found = NULL;
    people->query.search = list_pane_query(&people->list);
    enum status status = store_list_entities(people->list.session->store, arena, &people->query,
                                             request, &found, count, err);
    *rows = found;
    return status;
}

static enum status count_all(struct list_pane *list, int64_t *total, struct error *err)
{
    struct people *people = (struct people *)list;
    return store_count_entities(list->session->store, &people->query, total, err);
}

static void init(struct session *session, void *state)
{
    struct people *people = state;
    list_pane_init(&people->list, session, sizeof(struct entity_row), fetch);
    people->list.count = count_all;
    people->list.filter_use = pane_people.filter_use;
}

static bool show(struct session *session, void *state, const struct place *place)
{
    struct people *people = state;
    struct arena scratch = {0};
    struct entity_row row;
    struct error err = {0};
    if (place->entity &&
        session_check(
            session, store_get_entity(session->store, &scratch, place->entity, &row, &err), &err)) {
        people->query.kind = row.kind;
        const struct row_key key = store_entity_key(&row, people->query.sort);
        list_pane_load(&people->list, &key);
    } else if (place->has_kind && place->kind != people->query.kind) {
        people->query.kind = place->kind;
        list_pane_load(&people->list, NULL);
    } else {
        list_pane_show(session, state, place);
    }
    arena_done(&scratch);
    return true;
}

static void where(struct session *session, void *state, struct place *place)
{
    (void)session;
    const struct people *people = state;
    *place = (struct place){.pane = PANE_PEOPLE, .has_kind = true, .kind = people->query.kind};
}

/* By the entity: counts, which the key holds, change with every import. */
static uint64_t meant(struct session *session, void *state)
{
    (void)session;
    const struct people *people = state;
    const struct entity_row *row = rows_selected(&people->list.rows);
    return row ? (uint64_t)row->id : 0;
}

static void draw_row(void *context, const struct canvas *row, const void *item, bool selected)
{
    (void)context;
    const struct entity_row *entity = item;
    style_id style = selected ? STYLE_ROW_SELECTED : STYLE_ROW;
    struct buf text = BUF_INIT;
    int name_columns = row->columns >= 100 ? 34 : row->columns >= 60 ? 26 : row->columns - 12;
    list_pane_marker(row, selected);
    buf_format(&text, "%u", entity->mention_count);
    canvas_field_right(row, 0, 2, 5, buf_str(&text), style);
    buf_clear(&text);
    buf_format(&text, "%u", entity->article_count);
    canvas_field_right(row, 0, 7, 5, buf_str(&text), STYLE_ROW_DIM);
    buf_clear(&text);
    buf_add(&text, entity->name);
    if (entity->doubtful)
        buf_add(&text, STR(" ?"));
    canvas_field(row, 0, 14, name_columns - 2, buf_str(&text), style);
    buf_clear(&text);
    if (entity->new_count)
        buf_format(&text, "%u new · ", entity->new_count);
    if (entity->role.len)
        buf_format(&text, "%.*s", STR_ARG(entity->role));
    if (entity->variants.len)
        buf_format(&text, "%s%.*s", entity->role.len ? " · " : "", STR_ARG(entity->variants));
    int at = 14 + name_columns;
    if (row->columns > at)
        canvas_field(row, 0, at, row->columns - at, buf_str(&text), STYLE_ROW_DIM);
    buf_done(&text);
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)session, (void)row, (void)column;
    struct people *people = state;
    list_pane_draw(&people->list, canvas, STR("  times  in   name"),
                   STR("Nobody is named in these articles."), draw_row, NULL);
}

static const char *const kind_titles[ENTITY_KIND_COUNT] = {
    [ENTITY_PERSON] = "People",
    [ENTITY_PLACE] = "Places",
    [ENTITY_ORGANISATION] = "Organisations",
};
static const char *const sort_names[] = {
    [ENTITY_BY_MENTIONS] = "mentions",
    [ENTITY_BY_NAME] = "name",
    [ENTITY_BY_ARTICLES] = "articles",
};

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    (void)session;
    struct people *people = state;
    buf_format(left, " %s ", kind_titles[people->query.kind]);
    label_count(left, list_pane_total(&people->list), people->list.filter.len > 0);
    list_pane_filter_label(&people->list, left);
    buf_format(right, "by %s ", sort_names[people->query.sort]);
}

static enum outcome open_person(struct session *session, void *state, str argument)
{
    (void)argument;
    struct people *people = state;
    const struct entity_row *row = rows_selected(&people->list.rows);
    if (!row)
        return OUTCOME_DONE;
    struct place place = {.pane = PANE_PERSON, .entity = row->id};
    session_go(session, &place);
    return OUTCOME_REDRAW;
}

static bool name(struct session *session, void *state, struct name_place *place)
{
    (void)session;
    struct people *people = state;
    const struct entity_row *row = rows_selected(&people->list.rows);
    if (row)
        *place = (struct name_place){.entity = row->id};
    return row != NULL;
}

static enum outcome make_target(struct session *session, void *state, str argument)
{
    (void)argument;
    struct people *people = state;
    const struct entity_row *row = rows_selected(&people->list.rows);
    if (!row)
        return OUTCOME_DONE;
    session_target_entity(session, row->id, row->name);
    session_say(session, "target: %.*s; {next-hit} goes to the first mention", STR_ARG(row->name));
    return OUTCOME_REDRAW;
}

static enum outcome kind(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct people *people = state;
    people->query.kind = (enum entity_kind)((people->query.kind + 1) % ENTITY_KIND_COUNT);
    list_pane_load(&people->list, NULL);
    return OUTCOME_REDRAW;
}

static enum outcome sort(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct people *people = state;
    people->query.sort = (enum entity_sort)((people->query.sort + 1) % 3);
    list_pane_load(&people->list, NULL);
    return OUTCOME_REDRAW;
}

static const struct handler own_handlers[] = {
    {ACTION_OPEN, open_person},
    {ACTION_MAKE_TARGET, make_target},
    {ACTION_KIND, kind},
    {ACTION_SORT, sort},
    {0, NULL},
};

static const struct handler *const handlers[] = {own_handlers, list_pane_filter_handlers, NULL};

const struct pane_class pane_people = {
    .title = "People",
    .state_len = sizeof(struct people),
    .init = init,
    .done = list_pane_done,
    .show = show,
    .where = where,
    .meant = meant,
    .reload = list_pane_reload,
    .draw = draw,
    .status = status,
    .name = name,
    .move = list_pane_move,
    .rows_seen = list_pane_rows_seen,
    .filter_use = QUERY_PEOPLE,
    .handlers = handlers,
};
