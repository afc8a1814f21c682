/* The dossier at a glance: counts, articles over time, who is named most, what waits for a
 * decision. */
#include <string.h>

#include "app/card_pane.h"
#include "app/label.h"

enum { TOP_PEOPLE = 10, DOUBT_LIMIT = 10, CONFLICT_LIMIT = 10, REMARK_TO_COLUMNS = 60 };

static struct card_line *add_link(struct card_pane *card, int64_t count, const char *text,
                                  enum pane_id pane)
{
    struct card_line *line = card_add(card, count, str_from(text), STR_NONE);
    line->opens = true;
    line->place = (struct place){.pane = pane};
    return line;
}

static void add_articles(struct card_pane *card, int64_t count, const char *text, const char *query)
{
    struct card_line *line = add_link(card, count, text, PANE_ARTICLES);
    line->place.over = true;
    line->query = query;
}

static void add_bookmarks(struct card_pane *card, int64_t count, const char *text,
                          const char *query)
{
    add_link(card, count, text, PANE_BOOKMARKS)->query = query;
}

static void add_kind(struct card_pane *card, int64_t count, const char *text, enum entity_kind kind)
{
    struct card_line *line = add_link(card, count, text, PANE_PEOPLE);
    line->place.has_kind = true;
    line->place.kind = kind;
    line->query = "";
}

static const char *noun(int64_t count, const char *one, const char *many)
{
    return count == 1 ? one : many;
}

static void add_counts(struct card_pane *card, const struct store_pending *pending)
{
    const struct store_totals *totals = &card->list.session->totals;
    card_heading(card, "In this dossier");
    add_articles(card, totals->articles, noun(totals->articles, "article", "articles"), "");
    if (pending->new_articles)
        add_articles(card, pending->new_articles, "of them new since your last visit", "is:new");
    add_articles(card, totals->unread, "of them unread", "is:unread");
    add_articles(card, pending->undated, "of them undated", "is:undated");
    add_kind(card, totals->people, noun(totals->people, "person", "people"), ENTITY_PERSON);
    add_kind(card, totals->places, noun(totals->places, "place", "places"), ENTITY_PLACE);
    add_kind(card, totals->organisations,
             noun(totals->organisations, "organisation", "organisations"), ENTITY_ORGANISATION);
    add_link(card, totals->moments, noun(totals->moments, "dated statement", "dated statements"),
             PANE_TIMELINE);
    add_bookmarks(card, totals->bookmarks, noun(totals->bookmarks, "bookmark", "bookmarks"), "");
}

/* Where there are any. */
static enum status add_sources(struct card_pane *card, struct error *err)
{
    int64_t count = 0, failed = 0;
    enum status status = store_count_addresses(card->list.session->store, &count, &failed, err);
    if (count > 0)
        add_link(card, count,
                 noun(count, "source that is read again", "sources that are read again"),
                 PANE_SOURCES);
    if (failed > 0)
        add_link(card, failed, "of them failed the last time", PANE_SOURCES);
    return status;
}

static enum status add_times(struct card_pane *card, struct error *err)
{
    struct session *session = card->list.session;
    const struct month_count *months = NULL;
    size_t count = 0;
    enum status status =
        store_count_by_month(session->store, &card->arena, 0, &months, &count, err);
    str strip = card_strip(&card->arena, months, count, terminal_columns(session->terminal) - 6,
                           session->environment->ascii);
    if (status != STATUS_OK || !strip.len)
        return status;
    card_heading(card, "Articles over time");
    add_link(card, -1, NULL, PANE_TIMELINE)->text = strip;
    return STATUS_OK;
}

static void add_entity(struct card_pane *card, int64_t entity, int64_t count, str name, str remark)
{
    struct card_line *line = card_add(card, count, name, remark);
    line->opens = true;
    line->place = (struct place){.pane = PANE_PERSON, .entity = entity};
    line->entity = entity;
}

static enum status add_people(struct card_pane *card, struct error *err)
{
    const struct entity_row *rows = NULL;
    size_t count = 0;
    struct entity_query query = {.kind = ENTITY_PERSON};
    struct page_request request = {.limit = TOP_PEOPLE};
    enum status status = store_list_entities(card->list.session->store, &card->arena, &query,
                                             &request, &rows, &count, err);
    if (status == STATUS_OK && count > 0)
        card_heading(card, "Named most");
    for (size_t i = 0; i < count; i++) {
        struct buf remark = BUF_INIT;
        if (rows[i].new_count) {
            buf_format(&remark, "%u new ", rows[i].new_count);
            label_since(&remark, rows[i].seen, card->list.session->environment->today);
            buf_add(&remark, rows[i].role.len ? STR(" · ") : STR(""));
        }
        buf_add(&remark, rows[i].role);
        add_entity(card, rows[i].id, rows[i].mention_count, rows[i].name,
                   arena_str(&card->arena, buf_str(&remark)));
        buf_done(&remark);
    }
    return status;
}

/* ---- what is watched ----------------------------------------------------------------------- */

static str watch_remark(struct card_pane *card, const struct watch_row *row)
{
    struct buf remark = BUF_INIT;
    if (row->new_count) {
        buf_format(&remark, "%lld%s new ", (long long)row->new_count, row->more_new ? "+" : "");
        label_since(&remark, row->seen, card->list.session->environment->today);
        buf_add(&remark, STR(" · "));
    }
    buf_format(&remark, "%s", watch_kind_name(row));
    str text = arena_str(&card->arena, buf_str(&remark));
    buf_done(&remark);
    return text;
}

static enum status add_watches(struct card_pane *card, struct error *err)
{
    const struct watch_list *list = &card->list.session->watches;
    enum status status = STATUS_OK;
    if (list->count)
        card_heading(card, "Watch list ({go watch}; {next-watch 1} {next-watch 2} … walk)");
    for (size_t i = 0; i < list->count && status == STATUS_OK; i++) {
        struct watch_row row = list->rows[i];
        status = store_count_watch(card->list.session->store, &row, err);
        str name = arena_format(&card->arena, "%d %.*s", row.slot, STR_ARG(row.target.label));
        struct card_line *line = card_add(card, row.place_count, name, watch_remark(card, &row));
        line->opens = true;
        line->place = session_watch_place(&row);
        line->entity = line->place.entity;
    }
    return status;
}

/* ---- what waits ---------------------------------------------------------------------------- */

static enum status add_doubts(struct card_pane *card, struct error *err)
{
    const struct doubt_row *rows = NULL;
    size_t count = 0;
    enum status status =
        store_list_doubts(card->list.session->store, &card->arena, DOUBT_LIMIT, &rows, &count, err);
    for (size_t i = 0; i < count; i++)
        add_entity(card, rows[i].entity, rows[i].mention_count, rows[i].name,
                   rows[i].others.len
                       ? arena_format(&card->arena, "could be %.*s", STR_ARG(rows[i].others))
                       : STR("not sure who"));
    return status;
}

static enum status add_conflicts(struct card_pane *card, struct error *err)
{
    const struct correction_row *rows = NULL;
    size_t count = 0;
    struct page_request request = {.limit = CONFLICT_LIMIT};
    enum status status = store_list_corrections(card->list.session->store, &card->arena, true,
                                                &request, &rows, &count, err);
    for (size_t i = 0; i < count; i++) {
        const struct correction *correction = &rows[i].correction;
        str text = arena_format(&card->arena, "%s %.*s%s%.*s",
                                correction_verb_name(correction->verb), STR_ARG(correction->name),
                                correction->to.len ? " → " : "", STR_ARG(correction->to));
        struct card_line *line =
            card_add(card, -1, text, str_from(label_correction_state(rows[i].state)));
        line->correction = correction->id;
        line->opens = rows[i].article != 0;
        line->place = (struct place){.pane = PANE_READER, .article = rows[i].article};
    }
    return status;
}

static enum status add_waiting(struct card_pane *card, const struct store_pending *pending,
                               struct error *err)
{
    card_heading(card, "To decide ({merge-name}: it is another; {keep-name}: somebody of their "
                       "own; {delete}: drop)");
    size_t before = card->lines.count;
    enum status status = add_doubts(card, err);
    if (pending->bookmarks_ambiguous)
        add_bookmarks(card, pending->bookmarks_ambiguous,
                      noun(pending->bookmarks_ambiguous, "bookmark whose place is not sure",
                           "bookmarks whose place is not sure"),
                      "is:ambiguous");
    if (pending->bookmarks_lost)
        add_bookmarks(card, pending->bookmarks_lost,
                      noun(pending->bookmarks_lost, "bookmark whose words are gone",
                           "bookmarks whose words are gone"),
                      "is:lost");
    if (status == STATUS_OK && pending->conflicts)
        status = add_conflicts(card, err);
    if (card->lines.count == before)
        card_add(card, -1, STR("nothing waits"), STR_NONE);
    return status;
}

static enum status make(struct card_pane *card, struct error *err)
{
    struct store_pending pending = {0};
    enum status status = store_get_pending(card->list.session->store, &pending, err);
    if (status != STATUS_OK)
        return status;
    add_counts(card, &pending);
    status = add_sources(card, err);
    if (status == STATUS_OK)
        status = add_watches(card, err);
    if (status == STATUS_OK)
        status = add_times(card, err);
    if (status == STATUS_OK)
        status = add_waiting(card, &pending, err);
    return status == STATUS_OK ? add_people(card, err) : status;
}

/* ---- the pane ------------------------------------------------------------------------------ */

static void init(struct session *session, void *state)
{
    card_pane_init(state, session, make);
}

static bool show(struct session *session, void *state, const struct place *place)
{
    (void)place;
    card_pane_reload(session, state);
    return true;
}

static void where(struct session *session, void *state, struct place *place)
{
    (void)session, (void)state;
    *place = (struct place){.pane = PANE_OVERVIEW};
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)session, (void)row, (void)column;
    card_pane_draw(state, canvas, STR("  Overview"));
}

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    (void)right;
    const struct card_pane *card = state;
    const struct card_line *line = rows_selected(&card->list.rows);
    const char *path = store_path(session->store), *slash = strrchr(path, '/');
    if (line && line->remark.len && terminal_columns(session->terminal) < REMARK_TO_COLUMNS)
        buf_format(left, " %.*s", STR_ARG(line->remark)); /* its row has no room for it */
    else
        buf_format(left, " Overview of %s", slash ? slash + 1 : path);
}

static enum outcome drop(struct session *session, void *state, str argument)
{
    struct card_pane *card = state;
    const struct card_line *line = rows_selected(&card->list.rows);
    struct error err = {0};
    (void)argument;
    if (!line || !line->correction) {
        session_say(session, "only a correction that does not apply is dropped here");
        return OUTCOME_REDRAW;
    }
    if (session_can_write(session) &&
        session_check(session,
                      store_drop_correction(session->store, line->correction, session_now(), &err),
                      &err)) {
        session_changed(session);
        session_say(session, "correction dropped; {undo} takes it back");
    }
    return OUTCOME_REDRAW;
}

static const struct handler own_handlers[] = {{ACTION_DELETE, drop}, {0, NULL}};

static const struct handler *const handlers[] = {own_handlers, card_pane_handlers, NULL};

const struct pane_class pane_overview = {
    .title = "Overview",
    .state_len = sizeof(struct card_pane),
    .init = init,
    .done = card_pane_done,
    .show = show,
    .where = where,
    .reload = card_pane_reload,
    .draw = draw,
    .status = status,
    .name = card_pane_name,
    .names = card_pane_names,
    .move = list_pane_move,
    .rows_seen = list_pane_rows_seen,
    .handlers = handlers,
};
