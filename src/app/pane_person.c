/* One person (or place, or organisation): every mention in its context, the name in one column,
 * by date, in the direction in which n and N walk the list of articles. */
#include <string.h>

#include "app/card_pane.h"
#include "app/label.h"
#include "text/width.h"

/* The strip of mentions over time stands in the header from this width on; else in the card. */
enum { STRIP_FROM_COLUMNS = 110, DAYS_FROM_COLUMNS = 60 };

struct person {
    struct list_pane list;
    struct mention_query query;
    bool walked_descending;           /* the list of articles, when the order was taken from it */
    struct buf form, site, with_name; /* what the query points to, and whom it names */
    struct arena arena;               /* the entity's row, the strip */
    struct entity_row entity;
    uint32_t new_count; /* when the pane was opened; looking at it makes them old */
    int64_t seen;
    bool has_strip; /* was it read? */
    const struct month_count *months;
    size_t month_count;
    int64_t heirs_of; /* whose mentions a correction gave to this one: undo leads back; or 0 */
};

static enum status fetch(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *count, struct error *err)
{
    struct person *person = context;
    const struct mention_row *found = NULL;
    person->query.search = list_pane_query(&person->list);
    person->query.form = buf_str(&person->form);
    person->query.site = buf_str(&person->site);
    enum status status = store_list_mentions(person->list.session->store, arena, &person->query,
                                             request, &found, count, err);
    *rows = found;
    return status;
}

static void init(struct session *session, void *state)
{
    struct person *person = state;
    list_pane_init(&person->list, session, sizeof(struct mention_row), fetch);
    person->list.filter_use = pane_person.filter_use;
}

static void done(struct session *session, void *state)
{
    struct person *person = state;
    arena_done(&person->arena);
    buf_done(&person->form);
    buf_done(&person->site);
    buf_done(&person->with_name);
    list_pane_done(session, state);
}

static enum status read_entity(struct person *person, int64_t id, struct error *err)
{
    arena_reset(&person->arena);
    person->has_strip = false;
    person->months = NULL;
    person->month_count = 0;
    return store_get_entity(person->list.session->store, &person->arena, id, &person->entity, err);
}

/* The strip is for wide screens, and dear for those who are named in many articles: it comes when
 * there is time. */
static bool strip_is_due(const struct session *session, const struct person *person)
{
    return !person->has_strip && person->query.entity &&
           terminal_columns(session->terminal) >= STRIP_FROM_COLUMNS;
}

static void read_strip(struct session *session, void *state)
{
    struct person *person = state;
    struct error err = {0};
    if (!strip_is_due(session, person))
        return;
    person->has_strip = session->redraw = true;
    session_check(session,
                  store_count_by_month(session->store, &person->arena, person->query.entity,
                                       &person->months, &person->month_count, &err),
                  &err);
}

/* Where the mentions are now: a correction may have given them to another, or given them back. */
static int64_t bearer(struct person *person, int64_t id)
{
    struct store *store = person->list.session->store;
    struct entity_row row;
    struct error err = {0};
    struct arena scratch = {0};
    int64_t heir = 0;
    bool is_there = store_get_entity(store, &scratch, id, &row, &err) == STATUS_OK;
    arena_done(&scratch);
    if (is_there && row.mention_count > 0)
        return id;
    if (store_find_heir(store, id, &heir, &err) == STATUS_OK && heir) {
        person->heirs_of = id;
        return heir;
    }
    return is_there || !person->heirs_of ? id : person->heirs_of;
}

static bool load_entity(struct person *person, int64_t id)
{
    struct error err = {0};
    memset(&person->entity, 0, sizeof person->entity);
    person->query.entity = bearer(person, id);
    enum status status = read_entity(person, person->query.entity, &err);
    if (status == STATUS_NOT_FOUND)
        session_complain(person->list.session, "this name is no longer in the dossier");
    else
        session_check(person->list.session, status, &err);
    return status == STATUS_OK;
}

/* What was new when the pane was opened stays told until another is opened, or more came. */
static void note_seen(struct person *person)
{
    struct session *session = person->list.session;
    struct error err = {0};
    person->new_count = person->entity.new_count;
    person->seen = person->entity.seen;
    if (!store_is_read_only(session->store))
        session_check(session,
                      store_note_seen(session->store, person->query.entity, session_now(), &err),
                      &err);
}

/* A list of articles in another order than that of dates is walked in none of both directions. */
static bool walks_newest_first(const struct session *session)
{
    return session->list_query.sort != SORT_DATE || session->list_query.descending;
}

/* What `sort` says holds until the list of articles turns round. */
static bool follow_list(struct session *session, struct person *person)
{
    bool descending = walks_newest_first(session), turned = descending != person->walked_descending;
    if (turned)
        person->query.descending = person->walked_descending = descending;
    return turned;
}

static bool show(struct session *session, void *state, const struct place *place)
{
    struct person *person = state;
    int64_t wanted = place->entity ? place->entity : person->query.entity;
    bool is_other = wanted != person->query.entity;
    if (!wanted) {
        session_say(session, "open a person in the list of people ({go people}) first");
        return false;
    }
    int64_t before = person->query.entity;
    if (!load_entity(person, wanted)) {
        person->query.entity = before;
        return false;
    }
    if (!is_other) {
        if (person->entity.new_count)
            note_seen(person);
        if (follow_list(session, person))
            list_pane_load(&person->list, NULL);
        else
            list_pane_renew(&person->list);
        return true;
    }
    person->walked_descending = walks_newest_first(session);
    person->query = (struct mention_query){.entity = person->query.entity,
                                           .descending = person->walked_descending};
    person->heirs_of = 0;
    buf_clear(&person->form);
    buf_clear(&person->site);
    buf_clear(&person->with_name);
    buf_clear(&person->list.filter);
    note_seen(person);
    list_pane_load(&person->list, NULL);
    return true;
}

static void set_text(struct buf *buf, str text)
{
    buf_clear(buf);
    buf_add(buf, text);
}

void session_filter_person(struct session *session, const struct mention_filter *filter)
{
    struct person *person = session_pane_state(session, PANE_PERSON);
    set_text(&person->form, filter->form);
    set_text(&person->site, filter->site);
    set_text(&person->with_name, filter->with_name);
    person->query.with = filter->with;
    person->query.near = false;
    list_pane_load(&person->list, NULL);
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
    (void)row, (void)column;
    struct person *person = state;
    struct arena scratch = {0};
    struct buf header = BUF_INIT;
    session->unsettled |= strip_is_due(session, person);
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
    str strip = canvas->columns < STRIP_FROM_COLUMNS
                    ? STR_NONE
                    : card_strip(&scratch, person->months, person->month_count, canvas->columns / 3,
                                 session->environment->ascii);
    int columns = width_columns(strip);
    if (columns > 0)
        canvas_field(canvas, 0, canvas->columns - columns - 2, columns + 2, STR("  "),
                     STYLE_HEADER);
    canvas_field_right(canvas, 0, canvas->columns - columns, columns, strip, STYLE_HEADER);
    arena_done(&scratch);
}

static void label_filters(const struct person *person, struct buf *out)
{
    list_pane_filter_label(&person->list, out);
    if (person->form.len)
        buf_format(out, " · only “%.*s”", STR_ARG(buf_str(&person->form)));
    if (person->site.len)
        buf_format(out, " · only in %.*s", STR_ARG(buf_str(&person->site)));
    if (person->query.with)
        buf_format(out, " · %s %.*s", person->query.near ? "near" : "in articles with",
                   STR_ARG(buf_str(&person->with_name)));
}

static bool is_filtered(const struct person *person)
{
    return person->form.len || person->site.len || person->query.with || person->list.filter.len;
}

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    struct person *person = state;
    bool filtered = is_filtered(person);
    buf_format(left, " %.*s", STR_ARG(person->entity.name));
    label_filters(person, left);
    buf_format(left, "%s%u mention%s in %u article%s", filtered ? ", of " : ": ",
               person->entity.mention_count, person->entity.mention_count == 1 ? "" : "s",
               person->entity.article_count, person->entity.article_count == 1 ? "" : "s");
    if (person->new_count) {
        buf_format(left, ", %u new ", person->new_count);
        label_since(left, person->seen, session->environment->today);
    }
    if (filtered || person->new_count || session->target.target.kind != TARGET_NONE)
        return; /* what is new, and the target, are worth the room */
    if (terminal_columns(session->terminal) < DAYS_FROM_COLUMNS)
        return; /* and so are the counts */
    if (person->entity.first != DAY_UNKNOWN) {
        label_days(right, person->entity.first, person->entity.first);
        if (person->entity.last != person->entity.first) {
            buf_add(right, STR(" to "));
            label_days(right, person->entity.last, person->entity.last);
        }
        buf_add_byte(right, ' ');
    }
    if (person->entity.article_count > 1)
        buf_add(right, person->query.descending ? STR("↓ ") : STR("↑ "));
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
    session_say(session, "target: %.*s; {next-hit} goes to the first mention",
                STR_ARG(person->entity.name));
    return OUTCOME_REDRAW;
}

static enum outcome sort(struct session *session, void *state, str argument)
{
    (void)argument;
    struct person *person = state;
    person->query.descending = !person->query.descending;
    list_pane_load(&person->list, NULL);
    const struct article_query *walked = &session->list_query;
    bool agrees = walked->sort == SORT_DATE && walked->descending == person->query.descending;
    session_say(session,
                agrees ? "%s first"
                       : "%s first; {next-hit} walks the articles as their list ({go articles}) is "
                         "sorted",
                person->query.descending ? "newest" : "oldest");
    return OUTCOME_REDRAW;
}

/* Esc shows all mentions again. */
static enum outcome cancel(struct session *session, void *state, str argument)
{
    struct person *person = state;
    (void)argument;
    if (!is_filtered(person))
        return OUTCOME_UNHANDLED;
    buf_clear(&person->list.filter);
    session_filter_person(session, &(struct mention_filter){0});
    return OUTCOME_REDRAW;
}

/* In the articles with both; where they stand near each other; all again. */
static enum outcome both(struct session *session, void *state, str argument)
{
    struct person *person = state;
    (void)argument;
    if (!person->query.with) {
        session_say(session,
                    "on a name that it appears with, in the card ({go card}), this shows both");
        return OUTCOME_REDRAW;
    }
    if (person->query.near)
        session_filter_person(session, &(struct mention_filter){0});
    else
        person->query.near = true;
    list_pane_load(&person->list, NULL);
    return OUTCOME_REDRAW;
}

static const struct handler own_handlers[] = {
    {ACTION_CANCEL, cancel}, {ACTION_OPEN, open_mention}, {ACTION_MAKE_TARGET, make_target},
    {ACTION_SORT, sort},     {ACTION_BOTH, both},         {0, NULL},
};

static const struct handler *const handlers[] = {own_handlers, list_pane_filter_handlers, NULL};

const struct pane_class pane_person = {
    .title = "Person",
    .state_len = sizeof(struct person),
    .init = init,
    .done = done,
    .show = show,
    .where = where,
    .meant = list_pane_meant,
    .reload = reload,
    .draw = draw,
    .status = status,
    .name = name,
    .move = list_pane_move,
    .rows_seen = list_pane_rows_seen,
    .idle = read_strip,
    .filter_use = QUERY_MENTIONS,
    .handlers = handlers,
};
