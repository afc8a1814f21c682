/* The names beside the text: those of the article, one of which can be selected. */
#include "app/list_pane.h"
#include "app/reader.h"

static const char *const kind_names[ENTITY_KIND_COUNT] = {
    [ENTITY_PERSON] = "People",
    [ENTITY_PLACE] = "Places",
    [ENTITY_ORGANISATION] = "Organisations",
};

/* ---- which names --------------------------------------------------------------------------- */

static struct side_name *find(struct side *side, int64_t entity)
{
    for (size_t i = 0; i < side->names.count; i++)
        if (side->names.items[i].entity == entity)
            return &side->names.items[i];
    return NULL;
}

void reader_side_load(struct reader *reader)
{
    const struct stored_article *article = &reader->article;
    struct side *side = &reader->side;
    side->names.items = NULL; /* in the arena of the article before */
    side->names.count = side->names.capacity = 0;
    for (size_t i = 0; i < article->mention_count; i++) {
        const struct stored_mention *m = &article->mentions[i];
        struct side_name *name = m->mention.kind == side->kind ? find(side, m->entity) : NULL;
        if (name)
            name->times++;
        else if (m->mention.kind == side->kind)
            vec_push(&reader->article_arena, &side->names,
                     (struct side_name){m->entity, m->name, 1, m->doubtful});
    }
    const struct side_name *same = find(side, side->entity);
    if (same)
        side->selected = (size_t)(same - side->names.items);
    reader_side_move(reader, 0);
}

const struct side_name *reader_side_name(const struct reader *reader)
{
    const struct side *side = &reader->side;
    return side->is_entered && side->selected < side->names.count
               ? &side->names.items[side->selected]
               : NULL;
}

/* ---- moving -------------------------------------------------------------------------------- */

/* Below the line that says what they are. */
static size_t rows_of_names(const struct reader *reader)
{
    int rows = reader_height(reader) - 1;
    return rows > 1 ? (size_t)rows : 1;
}

void reader_side_move(struct reader *reader, int rows)
{
    struct side *side = &reader->side;
    size_t last = side->names.count > 0 ? side->names.count - 1 : 0, seen = rows_of_names(reader);
    int64_t to = (int64_t)side->selected + rows;
    side->selected = to < 0 ? 0 : to > (int64_t)last ? last : (size_t)to;
    if (side->top > side->selected)
        side->top = side->selected;
    if (side->top + seen <= side->selected)
        side->top = side->selected - seen + 1;
    side->entity = side->names.count > 0 ? side->names.items[side->selected].entity : 0;
}

/* ---- drawing ------------------------------------------------------------------------------- */

static void draw_name(const struct reader *reader, const struct canvas *canvas, int row,
                      const struct side_name *name, bool selected)
{
    struct buf label = BUF_INIT;
    bool target = target_has_entity(&reader->session->target.target, name->entity);
    buf_format(&label, "%s%2u %.*s%s",
               selected            ? "▸"
               : name->times < 100 ? " "
                                   : "",
               name->times, STR_ARG(name->name), name->doubtful ? " ?" : "");
    canvas_field(canvas, row, 0, canvas->columns, buf_str(&label),
                 selected ? STYLE_ROW_SELECTED
                 : target ? STYLE_TARGET
                          : STYLE_ROW);
    buf_done(&label);
}

void reader_side_draw(const struct reader *reader, const struct canvas *canvas)
{
    const struct side *side = &reader->side;
    struct buf head = BUF_INIT;
    buf_format(&head, "%s of this article", kind_names[side->kind]);
    canvas_field(canvas, 0, 0, canvas->columns, buf_str(&head), STYLE_HEADER);
    buf_done(&head);
    if (side->is_entered && side->names.count == 0)
        list_pane_draw_empty(reader->session, canvas, STR("none; {kind} shows other kinds"));
    for (size_t i = side->top; i < side->names.count && (int)(i - side->top) + 1 < canvas->rows;
         i++)
        draw_name(reader, canvas, (int)(i - side->top) + 1, &side->names.items[i],
                  side->is_entered && i == side->selected);
}

/* ---- actions ------------------------------------------------------------------------------- */

static enum outcome side_pane(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    bool before = reader_shows_side(reader);
    reader->side_changed = !reader->side_changed;
    if (reader_shows_side(reader) == before)
        session_say(session, "the side pane needs 70 columns; {go people} lists all people");
    reader->side.is_entered &= reader_shows_side(reader);
    reader_recompose(reader);
    return OUTCOME_REDRAW;
}

static enum outcome side_names(struct session *session, void *state, str argument)
{
    struct reader *reader = state;
    if (reader->side.is_entered) {
        reader->side.is_entered = false;
        return OUTCOME_REDRAW;
    }
    if (!reader_shows_side(reader))
        side_pane(session, state, argument);
    reader->side.is_entered = reader_shows_side(reader) && reader->article.id;
    reader->selecting = false;
    reader_paint(reader);
    if (reader->side.is_entered)
        session_say(session, "names: {open} mentions, {make-target} target, {merge-name} merges, "
                             "{kind} kind, {side-names} back");
    return OUTCOME_REDRAW;
}

static enum outcome leave(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    if (!reader->side.is_entered)
        return OUTCOME_UNHANDLED;
    reader->side.is_entered = false;
    return OUTCOME_REDRAW;
}

static enum outcome kind(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    struct side *side = &reader->side;
    if (!side->is_entered)
        return OUTCOME_UNHANDLED;
    side->kind = (enum entity_kind)((side->kind + 1) % ENTITY_KIND_COUNT);
    side->selected = side->top = 0;
    reader_side_load(reader);
    return OUTCOME_REDRAW;
}

static enum outcome open_name(struct session *session, void *state, str argument)
{
    (void)argument;
    const struct reader *reader = state;
    const struct side_name *name = reader_side_name(reader);
    if (name) {
        struct place place = {.pane = PANE_PERSON, .entity = name->entity};
        session_go(session, &place);
    }
    return reader->side.is_entered ? OUTCOME_REDRAW : OUTCOME_UNHANDLED;
}

static enum outcome make_target(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    const struct side_name *name = reader_side_name(reader);
    if (name) {
        session_target_entity(session, name->entity, name->name);
        session_say(session, "target: %.*s; {next-hit} goes to its next mention",
                    STR_ARG(name->name));
        reader_paint(reader);
    }
    return reader->side.is_entered ? OUTCOME_REDRAW : OUTCOME_UNHANDLED;
}

const struct handler reader_side_handlers[] = {
    {ACTION_SIDE_PANE, side_pane},
    {ACTION_SIDE_NAMES, side_names},
    {ACTION_CANCEL, leave},
    {ACTION_KIND, kind},
    {ACTION_OPEN, open_name},
    {ACTION_MAKE_TARGET, make_target},
    {0, NULL},
};
