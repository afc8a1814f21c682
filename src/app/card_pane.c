#include "app/card_pane.h"

#include "text/width.h"

/* ---- lines --------------------------------------------------------------------------------- */

static enum status fetch(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *count, struct error *err)
{
    struct card_pane *card = context;
    size_t total = card->lines.count, from = 0;
    (void)arena, (void)err;
    *count = 0;
    *rows = NULL;
    if (request->from)
        from = (size_t)request->from->number + (request->inclusive || request->backward ? 0 : 1);
    if (!request->backward) {
        if (from < total)
            *count = total - from < request->limit ? total - from : request->limit;
        *rows = card->lines.items + (from < total ? from : 0);
        return STATUS_OK;
    }
    /* Nearest first. */
    size_t end = request->from ? from + request->inclusive : total;
    end = end < total ? end : total;
    *count = end < request->limit ? end : request->limit;
    struct card_line *turned = arena_array(arena, struct card_line, *count);
    for (size_t i = 0; i < *count; i++)
        turned[i] = card->lines.items[end - 1 - i];
    *rows = turned;
    return STATUS_OK;
}

void card_pane_init(struct card_pane *card, struct session *session,
                    enum status (*make)(struct card_pane *card, struct error *err))
{
    card->make = make;
    list_pane_init(&card->list, session, sizeof(struct card_line), fetch);
}

void card_pane_done(struct session *session, void *state)
{
    struct card_pane *card = state;
    arena_done(&card->arena);
    list_pane_done(session, state);
}

/* The selection stays on its line number: the parts keep their order. */
void card_pane_reload(struct session *session, void *state)
{
    struct card_pane *card = state;
    struct error err = {0};
    const struct row_key *selected = rows_selected(&card->list.rows);
    struct row_key key = {.number = selected ? selected->number : 0};
    arena_reset(&card->arena);
    card->lines.items = NULL;
    card->lines.count = card->lines.capacity = 0;
    session_check(session, card->make(card, &err), &err);
    if (key.number >= (int64_t)card->lines.count)
        key.number = card->lines.count > 0 ? (int64_t)card->lines.count - 1 : 0;
    list_pane_load(&card->list, &key);
}

struct card_line *card_add(struct card_pane *card, int64_t count, str text, str remark)
{
    struct card_line line = {
        .key = {.number = (int64_t)card->lines.count}, .text = text, .remark = remark};
    if (count >= 0)
        line.count = arena_format(&card->arena, "%lld", (long long)count);
    vec_push(&card->arena, &card->lines, line);
    return vec_last(&card->lines);
}

void card_heading(struct card_pane *card, const char *text)
{
    struct buf with_keys = BUF_INIT;
    session_add_hint(card->list.session, &with_keys, str_from(text));
    card_add(card, -1, arena_str(&card->arena, buf_str(&with_keys)), STR_NONE)->is_heading = true;
    buf_done(&with_keys);
}

/* ---- the strip ----------------------------------------------------------------------------- */

static void add_month(struct buf *out, int64_t month, int64_t step)
{
    if (step >= 12)
        buf_format(out, "%04lld", (long long)(month / 12));
    else
        buf_format(out, "%04lld-%02lld", (long long)(month / 12), (long long)(month % 12) + 1);
}

str card_strip(struct arena *arena, const struct month_count *months, size_t count, int columns,
               bool ascii)
{
    static const char *const blocks[] = {"·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    static const char *const digits[] = {".", "1", "2", "3", "4", "5", "6", "7", "8"};
    static const int64_t steps[] = {1, 3, 12, 120, 1200};
    enum { ENDS = 2 * 8 };
    int64_t room = columns - ENDS, most = 1;
    size_t s = 0;
    if (count == 0 || room < 1)
        return STR_NONE;
    int64_t first = months[0].month, last = months[count - 1].month;
    while (s + 1 < sizeof steps / sizeof *steps && last / steps[s] - first / steps[s] >= room)
        s++;
    int64_t step = steps[s], cells = last / step - first / step + 1;
    if (cells > room) { /* longer than a strip of centuries can be: its end */
        cells = room;
        first = (last / step - cells + 1) * step;
    }
    int64_t *sums = arena_array(arena, int64_t, (size_t)cells);
    for (size_t i = 0; i < count; i++) {
        int64_t cell = months[i].month / step - first / step;
        if (cell >= 0 && cell < cells)
            sums[cell] += months[i].count;
    }
    for (int64_t i = 0; i < cells; i++)
        most = sums[i] > most ? sums[i] : most;
    struct buf strip = BUF_INIT;
    add_month(&strip, first, step);
    buf_add_byte(&strip, ' ');
    for (int64_t i = 0; i < cells; i++)
        buf_add(&strip, str_from((ascii ? digits : blocks)[(sums[i] * 8 + most - 1) / most]));
    buf_add_byte(&strip, ' ');
    add_month(&strip, last, step);
    str text = arena_str(arena, buf_str(&strip));
    buf_done(&strip);
    return text;
}

/* ---- drawing ------------------------------------------------------------------------------- */

static void draw_line(void *context, const struct canvas *row, const void *item, bool selected)
{
    const struct card_line *line = item;
    style_id style = selected ? STYLE_ROW_SELECTED : STYLE_ROW;
    (void)context;
    list_pane_marker(row, selected);
    if (line->is_heading) {
        canvas_field(row, 0, 2, row->columns - 2, line->text, STYLE_HEADING);
        return;
    }
    int at = 4;
    if (line->count.len) {
        canvas_field_right(row, 0, 2, 7, line->count, style);
        at = 11;
    }
    int columns = width_columns(line->text), room = row->columns - at;
    canvas_field(row, 0, at, columns < room ? columns : room, line->text, style);
    at += columns;
    if (line->remark.len && at + 2 < row->columns)
        canvas_field(row, 0, at + 2, row->columns - at - 2, line->remark, STYLE_ROW_DIM);
}

void card_pane_draw(struct card_pane *card, const struct canvas *canvas, str header)
{
    list_pane_draw(&card->list, canvas, header, STR("Nothing is here yet."), draw_line, NULL);
}

bool card_pane_name(struct session *session, void *state, struct name_place *place)
{
    struct card_pane *card = state;
    const struct card_line *line = rows_selected(&card->list.rows);
    (void)session;
    if (!line || !line->entity)
        return false;
    *place = (struct name_place){.entity = line->entity};
    return true;
}

/* Those in the title of an article. */
void card_pane_names(struct session *session, void *state, struct name_choices *choices)
{
    struct card_pane *card = state;
    const struct card_line *line = rows_selected(&card->list.rows);
    if (line && line->opens && line->place.pane == PANE_READER)
        name_choice_add_words(session, choices, line->place.article, line->text);
}

/* ---- actions ------------------------------------------------------------------------------- */

static enum outcome open_line(struct session *session, void *state, str argument)
{
    struct card_pane *card = state;
    const struct card_line *line = rows_selected(&card->list.rows);
    (void)argument;
    if (!line || !line->opens)
        return OUTCOME_DONE;
    struct place place = line->place;
    const char *query = line->query;
    struct arena kept = {0}; /* the pane that opens may make the card anew */
    struct mention_filter filter = {.form = arena_str(&kept, line->filter.form),
                                    .site = arena_str(&kept, line->filter.site)};
    session_go(session, &place);
    if (place.pane == PANE_PERSON)
        session_filter_person(session, &filter);
    if (query)
        list_pane_set_filter(session_pane_state(session, place.pane), str_from(query));
    arena_done(&kept);
    return OUTCOME_REDRAW;
}

static enum outcome make_target(struct session *session, void *state, str argument)
{
    struct card_pane *card = state;
    const struct card_line *line = rows_selected(&card->list.rows);
    (void)argument;
    if (!line || !line->entity)
        return OUTCOME_DONE;
    session_target_entity(session, line->entity, line->text);
    session_say(session, "target: %.*s; {next-hit} goes to the first mention", STR_ARG(line->text));
    return OUTCOME_REDRAW;
}

const struct handler card_pane_handlers[] = {
    {ACTION_OPEN, open_line},
    {ACTION_MAKE_TARGET, make_target},
    {0, NULL},
};
