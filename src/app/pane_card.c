/* What is known of one person (or place, or organisation): forms of the name, roles and where they
 * are said, company, outlets, mentions over time. Each line leads on. */
#include "app/card_pane.h"
#include "app/entity_card.h"
#include "app/label.h"

struct card {
    struct card_pane card;
    int64_t entity;
    struct entity_row row; /* in the card's arena */
};

static void add_times(struct card *own, const struct month_count *months, size_t count)
{
    struct card_pane *card = &own->card;
    struct session *session = card->list.session;
    int columns = terminal_columns(session->terminal) - 6;
    str strip = card_strip(&card->arena, months, count, columns, session->environment->ascii);
    struct buf days = BUF_INIT;
    if (own->row.first == DAY_UNKNOWN)
        return;
    label_days(&days, own->row.first, own->row.first);
    if (own->row.last != own->row.first) {
        buf_add(&days, STR(" to "));
        label_days(&days, own->row.last, own->row.last);
    }
    card_heading(card, "Over time");
    card_add(card, -1, strip, STR_NONE);
    card_add(card, -1, arena_str(&card->arena, buf_str(&days)), STR("first and last article"));
    buf_done(&days);
}

static void add_part(struct card *own, enum card_part part, const struct entity_card *found)
{
    static const char *const headings[CARD_PART_COUNT] = {
        [CARD_FORMS] = "Names in the text ({open}: only these)",
        [CARD_ROLES] = "Described as ({open}: where)",
        [CARD_COMPANY] = "Appears with, in articles ({open}: that person; {both}: where both are)",
        [CARD_SITES] = "Outlets ({open}: only these)",
    };
    struct card_pane *card = &own->card;
    if (found->counts[part] == 0)
        return;
    card_heading(card, headings[part]);
    for (size_t i = 0; i < found->counts[part]; i++) {
        const struct card_row *row = &found->rows[part][i];
        struct card_line *line = card_add(card, row->count, row->text, STR_NONE);
        bool capped = part != CARD_FORMS && row->count >= CARD_ARTICLE_LIMIT;
        line->remark = capped ? STR("or more") : STR_NONE;
        line->opens = true;
        line->place = (struct place){.pane = PANE_PERSON, .entity = own->entity};
        if (part == CARD_ROLES)
            line->place =
                (struct place){.pane = PANE_READER, .article = row->article, .offset = row->start};
        line->is_role = part == CARD_ROLES;
        if (part == CARD_COMPANY)
            line->place.entity = line->entity = row->entity;
        line->filter.form = part == CARD_FORMS ? row->text : STR_NONE;
        line->filter.site = part == CARD_SITES ? row->text : STR_NONE;
    }
}

static enum status make(struct card_pane *pane, struct error *err)
{
    struct card *own = (struct card *)pane;
    struct store *store = pane->list.session->store;
    struct entity_card found = {0};
    const struct month_count *months = NULL;
    size_t count = 0;
    if (!own->entity)
        return STATUS_OK;
    enum status status = store_get_entity(store, &pane->arena, own->entity, &own->row, err);
    if (status == STATUS_OK)
        status = entity_card_read(store, &pane->arena, own->entity, &found, err);
    if (status == STATUS_OK)
        status = store_count_by_month(store, &pane->arena, own->entity, &months, &count, err);
    if (status != STATUS_OK)
        return status;
    add_times(own, months, count);
    for (int part = 0; part < CARD_PART_COUNT; part++)
        add_part(own, (enum card_part)part, &found);
    return STATUS_OK;
}

static void init(struct session *session, void *state)
{
    card_pane_init(state, session, make);
}

/* Without a name given: of whom the person pane tells. */
static bool show(struct session *session, void *state, const struct place *place)
{
    struct card *own = state;
    struct place person = {0};
    int64_t before = own->entity;
    panes[PANE_PERSON].class->where(session, session_pane_state(session, PANE_PERSON), &person);
    own->entity = place->entity ? place->entity : person.entity;
    if (!own->entity) {
        session_say(session, "open a person in the list of people ({go people}) first");
        return false;
    }
    if (own->entity != before && own->card.lines.count > 0) {
        struct error err = {0};
        session_check(session, rows_move_first(&own->card.list.rows, &err), &err);
    }
    card_pane_reload(session, state);
    return true;
}

static void where(struct session *session, void *state, struct place *place)
{
    struct card *own = state;
    (void)session;
    *place = (struct place){.pane = PANE_CARD, .entity = own->entity};
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    struct card *own = state;
    struct buf header = BUF_INIT;
    (void)session, (void)row, (void)column;
    buf_format(&header, "  %.*s", STR_ARG(own->row.name));
    if (own->row.role.len)
        buf_format(&header, " — %.*s", STR_ARG(own->row.role));
    card_pane_draw(&own->card, canvas, buf_str(&header));
    buf_done(&header);
}

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    struct card *own = state;
    (void)session;
    buf_format(left, " %.*s: %u mention%s in %u article%s", STR_ARG(own->row.name),
               own->row.mention_count, own->row.mention_count == 1 ? "" : "s",
               own->row.article_count, own->row.article_count == 1 ? "" : "s");
    buf_format(right, "%s ", entity_kind_name(own->row.kind));
}

/* On a line without a name, the one whose card it is. */
static bool name(struct session *session, void *state, struct name_place *place)
{
    struct card *own = state;
    if (!card_pane_name(session, state, place))
        *place = (struct name_place){.entity = own->entity};
    return place->entity != 0;
}

/* Where a description stands in a text: of several places the one nearest to a mention. */
static void find_role(const struct stored_article *stored, int64_t entity, str role,
                      uint32_t *start)
{
    str text = stored->article.text;
    uint32_t nearest = UINT32_MAX;
    for (size_t at = 0; (at = str_find(text, role, at)) != STR_MISSING; at++)
        for (size_t i = 0; i < stored->mention_count; i++) {
            const struct mention *mention = &stored->mentions[i].mention;
            uint32_t from = (uint32_t)at;
            uint32_t away = from > mention->start ? from - mention->start : mention->start - from;
            if (stored->mentions[i].entity != entity || away >= nearest)
                continue;
            nearest = away;
            *start = from;
        }
}

/* The line of a description leads to its words. */
static enum outcome open_role(struct session *session, void *state, str argument)
{
    struct card *own = state;
    const struct card_line *line = rows_selected(&own->card.list.rows);
    struct stored_article stored = {0};
    struct arena scratch = {0};
    struct error err = {0};
    (void)argument;
    if (!line || !line->is_role)
        return OUTCOME_UNHANDLED;
    struct place place = line->place;
    enum status status =
        store_get_article(session->store, &scratch, line->place.article, &stored, &err);
    if (status == STATUS_OK)
        find_role(&stored, own->entity, line->text, &place.offset);
    arena_done(&scratch);
    session_go(session, &place);
    return OUTCOME_REDRAW;
}

/* Mentions of the card's person where the selected other one is named too. */
static enum outcome both(struct session *session, void *state, str argument)
{
    struct card *own = state;
    const struct card_line *line = rows_selected(&own->card.list.rows);
    struct arena kept = {0};
    (void)argument;
    if (!line || !line->entity) {
        session_say(session, "select whom it appears with, for the articles with both");
        return OUTCOME_REDRAW;
    }
    struct mention_filter filter = {.with = line->entity,
                                    .with_name = arena_str(&kept, line->text)};
    struct place place = {.pane = PANE_PERSON, .entity = own->entity};
    session_go(session, &place);
    session_filter_person(session, &filter);
    arena_done(&kept);
    return OUTCOME_REDRAW;
}

static const struct handler own_handlers[] = {
    {ACTION_OPEN, open_role}, {ACTION_BOTH, both}, {0, NULL}};

static const struct handler *const handlers[] = {own_handlers, card_pane_handlers, NULL};

const struct pane_class pane_card = {
    .title = "Card",
    .state_len = sizeof(struct card),
    .init = init,
    .done = card_pane_done,
    .show = show,
    .where = where,
    .reload = card_pane_reload,
    .draw = draw,
    .status = status,
    .name = name,
    .move = list_pane_move,
    .rows_seen = list_pane_rows_seen,
    .handlers = handlers,
};
