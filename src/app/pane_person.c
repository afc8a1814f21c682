/* One person (or place, or organisation): every mention in its context, the name in one column,
 * by date. */
#include <string.h>

#include "app/label.h"
#include "app/list_pane.h"
#include "text/width.h"

struct person {
    struct list_pane list;
    struct mention_query query;
    struct arena arena; /* the entity's row */
    struct entity_row entity;
};

static enum status fetch(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *count, struct error *err)
{
    struct person *person = context;
    const struct mention_row *found = NULL;
    enum status status = store_list_mentions(person->list.session->store, arena, &person->query,
                                             request, &found, count, err);
    *rows = found;
    return status;
}

static void init(struct session *session, void *state)
{
    struct person *person = state;
    list_pane_init(&person->list, session, sizeof(struct mention_row), fetch);
}

static void done(struct session *session, void *state)
{
    struct person *person = state;
    arena_done(&person->arena);
    list_pane_done(session, state);
}

static bool load_entity(struct person *person, int64_t id)
{
    struct error err = {0};
    arena_reset(&person->arena);
    memset(&person->entity, 0, sizeof person->entity);
    enum status status =
        store_get_entity(person->list.session->store, &person->arena, id, &person->entity, &err);
    if (status == STATUS_NOT_FOUND)
        session_complain(person->list.session, "this name is no longer in the dossier");
    else
        session_check(person->list.session, status, &err);
    return status == STATUS_OK;
}

static bool show(struct session *session, void *state, const struct place *place)
{
    struct person *person = state;
    if (!place->entity && !person->query.entity) {
        session_say(session, "open a person in the list of people (gp) first");
        return false;
    }
    if (place->entity && place->entity != person->query.entity) {
        if (!load_entity(person, place->entity))
            return false;
        person->query = (struct mention_query){.entity = place->entity};
        list_pane_load(&person->list, NULL);
        return true;
    }
    if (!load_entity(person, person->query.entity))
        return false;
    list_pane_reload(session, state);
    return true;
}

static void reload(struct session *session, void *state)
{
    struct person *person = state;
    if (person->query.entity && load_entity(person, person->query.entity))
        list_pane_reload(session, state);
}

static void where(struct session *session, void *state, struct place *place)
{
    (void)session;
    struct person *person = state;
    *place = (struct place){.pane = PANE_PERSON, .entity = person->query.entity};
}

/* The end of `text` that fits the columns. */
static str clip_start(str text, int columns)
{
    int width = width_columns(text);
    size_t at = 0;
    while (width > columns && at < text.len) {
        int cluster = 0;
        at += width_cluster(text, at, &cluster);
        width -= cluster;
    }
    return str_slice(text, at, text.len);
}

/* date  outlet  …before NAME after… : the name begins in the same column in all rows. */
static void draw_row(void *context, const struct canvas *row, const void *item, bool selected)
{
    const struct person *person = context;
    const struct mention_row *mention = item;
    static const style_id kind_styles[ENTITY_KIND_COUNT] = {STYLE_PERSON, STYLE_PLACE,
                                                            STYLE_ORGANISATION};
    style_id style = selected ? STYLE_ROW_SELECTED : STYLE_ROW;
    struct buf date = BUF_INIT;
    list_pane_marker(row, selected);
    label_publication(&date, &mention->published);
    canvas_field(row, 0, 2, 10, buf_str(&date), STYLE_ROW_DIM);
    buf_done(&date);
    int at = 13;
    if (row->columns >= 110) {
        canvas_field(row, 0, at, 20, label_title(mention->site, mention->title), STYLE_ROW_DIM);
        at += 21;
    }
    int before_columns = (row->columns - at) * 2 / 5;
    str before = clip_start(mention->before, before_columns - 1);
    canvas_field_right(row, 0, at, before_columns - 1, before, style);
    at += before_columns;
    int used =
        canvas_text(row, 0, at, row->columns - at, mention->name, kind_styles[person->entity.kind]);
    at += used;
    canvas_field(row, 0, at, row->columns - at, mention->after, style);
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)session, (void)row, (void)column;
    struct person *person = state;
    struct buf header = BUF_INIT;
    buf_format(&header, "  %.*s", STR_ARG(person->entity.name));
    if (person->entity.doubtful)
        buf_add(&header, STR(" (not sure who)"));
    if (person->entity.role.len)
        buf_format(&header, " — %.*s", STR_ARG(person->entity.role));
    if (person->entity.variants.len)
        buf_format(&header, " · also: %.*s", STR_ARG(person->entity.variants));
    list_pane_draw(&person->list, canvas, buf_str(&header), STR("No mention is left."), draw_row,
                   person);
    buf_done(&header);
}

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    (void)session;
    struct person *person = state;
    buf_format(left, " %.*s: %u mentions in %u articles", STR_ARG(person->entity.name),
               person->entity.mention_count, person->entity.article_count);
    if (person->entity.first != DAY_UNKNOWN) {
        label_days(right, person->entity.first, person->entity.first);
        buf_add(right, STR(" to "));
        label_days(right, person->entity.last, person->entity.last);
        buf_add_byte(right, ' ');
    }
}

static bool name(struct session *session, void *state, struct name_place *place)
{
    (void)session;
    struct person *person = state;
    const struct mention_row *row = rows_selected(&person->list.rows);
    *place = (struct name_place){.entity = person->query.entity};
    if (row)
        *place = (struct name_place){person->query.entity, row->article, row->start, row->end};
    return person->query.entity != 0;
}

/* The person becomes the target, so that n goes on from the mention that was opened. */
static enum outcome open_mention(struct session *session, void *state, str argument)
{
    (void)argument;
    struct person *person = state;
    const struct mention_row *row = rows_selected(&person->list.rows);
    if (!row)
        return OUTCOME_DONE;
    struct target_place here = {row->article, row->start, row->end};
    struct place place = {.pane = PANE_READER, .article = row->article, .offset = row->start};
    session_target_entity(session, person->query.entity, person->entity.name);
    session_target_here(session, &here);
    session_go(session, &place);
    return OUTCOME_REDRAW;
}

static enum outcome make_target(struct session *session, void *state, str argument)
{
    (void)argument;
    struct person *person = state;
    session_target_entity(session, person->query.entity, person->entity.name);
    session_say(session, "target: %.*s", STR_ARG(person->entity.name));
    return OUTCOME_REDRAW;
}

static enum outcome sort(struct session *session, void *state, str argument)
{
    (void)argument;
    struct person *person = state;
    person->query.descending = !person->query.descending;
    list_pane_load(&person->list, NULL);
    session_say(session, person->query.descending ? "newest first" : "oldest first");
    return OUTCOME_REDRAW;
}

static const struct handler own_handlers[] = {
    {ACTION_OPEN, open_mention},
    {ACTION_MAKE_TARGET, make_target},
    {ACTION_SORT, sort},
    {0, NULL},
};

static const struct handler *const handlers[] = {own_handlers, list_pane_handlers, NULL};

const struct pane_class pane_person = {
    .title = "Person",
    .state_len = sizeof(struct person),
    .init = init,
    .done = done,
    .show = show,
    .where = where,
    .reload = reload,
    .draw = draw,
    .status = status,
    .name = name,
    .handlers = handlers,
};
