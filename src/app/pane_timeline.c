/* What happened when: dated statements in order of time, coarse dates before the days of their
 * period, doubtful ones marked as such. */
#include "app/label.h"
#include "app/list_pane.h"
#include "text/width.h"

enum { SOURCE_COLUMNS = 30 };

struct timeline {
    struct list_pane list;
    struct moment_query query;
};

static enum status fetch(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *count, struct error *err)
{
    struct timeline *timeline = context;
    const struct moment_row *found = NULL;
    enum status status = store_list_moments(timeline->list.session->store, arena, &timeline->query,
                                            request, &found, count, err);
    *rows = found;
    return status;
}

static enum status count_all(struct list_pane *list, int64_t *total, struct error *err)
{
    struct timeline *timeline = (struct timeline *)list;
    return store_count_moments(list->session->store, &timeline->query, total, err);
}

static void init(struct session *session, void *state)
{
    struct timeline *timeline = state;
    list_pane_init(&timeline->list, session, sizeof(struct moment_row), fetch);
    timeline->list.count = count_all;
    timeline->query = (struct moment_query){.from = DAY_UNKNOWN, .to = DAY_UNKNOWN};
}

static void where(struct session *session, void *state, struct place *place)
{
    (void)session;
    struct timeline *timeline = state;
    const struct moment_row *row = rows_selected(&timeline->list.rows);
    *place = (struct place){.pane = PANE_TIMELINE, .article = row ? row->article : 0};
}

/* The signs stand beside the words of the status line's legend. */
static const char *const certainty_signs[CERTAINTY_COUNT] = {
    [CERTAINTY_UNRESOLVED] = "?",
    [CERTAINTY_GUESSED] = "~",
    [CERTAINTY_RESOLVED] = "=",
    [CERTAINTY_EXPLICIT] = " ",
};

/* The sentence on one line with the date phrase in sight: cut in front when it stands far in. */
static void draw_sentence(const struct canvas *row, int at, const struct moment_row *moment,
                          bool selected)
{
    style_id style = selected ? STYLE_ROW_SELECTED : STYLE_ROW;
    style_id date_style =
        moment->moment.certainty <= CERTAINTY_GUESSED ? STYLE_DATE_DOUBTFUL : STYLE_DATE;
    int room = row->columns - at;
    str before = str_slice(moment->sentence, 0, moment->date_start);
    str phrase = str_slice(moment->sentence, moment->date_start, moment->date_end);
    str after = str_slice(moment->sentence, moment->date_end, moment->sentence.len);
    int keep = room - width_columns(phrase) - room / 5;
    if (width_columns(before) > keep) {
        size_t cut = 0;
        int width = width_columns(before);
        while (cut < before.len && (width > keep || before.ptr[cut] != ' ')) {
            int columns = 0;
            cut += width_cluster(before, cut, &columns);
            width -= columns;
        }
        at += canvas_text(row, 0, at, room, STR("…"), STYLE_ROW_DIM);
        before = str_slice(before, cut, before.len);
    }
    at += canvas_text(row, 0, at, row->columns - at, before, style);
    at += canvas_text(row, 0, at, row->columns - at, phrase, date_style);
    canvas_field(row, 0, at, row->columns - at, after, style);
}

static bool same_period(const struct moment_row *a, const struct moment_row *b)
{
    return a->moment.first == b->moment.first && a->moment.last == b->moment.last;
}

/* The day is written where it begins and at the top of the screen. */
static void draw_row(void *context, const struct canvas *row, const void *item, bool selected)
{
    const struct timeline *timeline = context;
    const struct moment_row *moment = item;
    const struct rows *rows = &timeline->list.rows;
    bool first = true;
    for (size_t i = rows->top + 1; i < rows->count && i < rows->top + (size_t)rows->height + 1; i++)
        if (rows->items[i] == item)
            first = !same_period(rows->items[i - 1], moment);
    struct buf label = BUF_INIT;
    list_pane_marker(row, selected);
    int day_columns = 17;
    if (first && !timeline->query.unplaced) {
        if (moment->moment.first == moment->moment.last)
            label_day(&label, moment->moment.first);
        else
            label_days(&label, moment->moment.first, moment->moment.last);
    } else if (timeline->query.unplaced) {
        buf_add(&label, moment->moment.value);
    }
    canvas_field(row, 0, 2, day_columns, buf_str(&label), STYLE_HEADING);
    buf_done(&label);
    int at = 2 + day_columns + 1;
    canvas_text(row, 0, at, 1, str_from(certainty_signs[moment->moment.certainty]),
                STYLE_DATE_DOUBTFUL);
    at += 2;
    if (row->columns >= 110) {
        canvas_field(row, 0, at, 18, label_title(moment->site, moment->title), STYLE_ROW_DIM);
        at += 19;
    }
    draw_sentence(row, at, moment, selected);
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)session, (void)row, (void)column;
    struct timeline *timeline = state;
    list_pane_draw(
        &timeline->list, canvas,
        timeline->query.unplaced
            ? STR("  value               statements whose day is not known; Tab: those with one")
            : STR("  day or period       = worked out  ~ guessed; Tab: those without a day"),
        STR("No statement here carries a date."), draw_row, timeline);
}

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    (void)session;
    struct timeline *timeline = state;
    buf_format(left, " Timeline: %lld statements %s", (long long)timeline->list.total,
               timeline->query.unplaced ? "without a day" : "");
    const struct moment_row *row = rows_selected(&timeline->list.rows);
    if (row) {
        int columns = 0;
        str source = width_clip(label_title(row->site, row->title), SOURCE_COLUMNS, &columns);
        buf_format(right, "%.*s ", STR_ARG(source));
    }
}

static void target_days(struct session *session, const struct moment_row *row)
{
    if (row->moment.first == DAY_UNKNOWN)
        return;
    struct buf label = BUF_INIT;
    label_days(&label, row->moment.first, row->moment.last);
    session_target_days(session, row->moment.first, row->moment.last, buf_str(&label));
    struct target_place here = {row->article, row->moment.start, row->moment.end};
    session_target_here(session, &here);
    buf_done(&label);
}

static enum outcome open_statement(struct session *session, void *state, str argument)
{
    (void)argument;
    struct timeline *timeline = state;
    const struct moment_row *row = rows_selected(&timeline->list.rows);
    if (!row)
        return OUTCOME_DONE;
    struct place place = {
        .pane = PANE_READER, .article = row->article, .offset = row->moment.start};
    target_days(session, row);
    session_go(session, &place);
    return OUTCOME_REDRAW;
}

static enum outcome make_target(struct session *session, void *state, str argument)
{
    (void)argument;
    struct timeline *timeline = state;
    const struct moment_row *row = rows_selected(&timeline->list.rows);
    if (row && row->moment.first != DAY_UNKNOWN) {
        target_days(session, row);
        session_say(session, "target: statements of that time; n walks them");
    }
    return OUTCOME_REDRAW;
}

static enum outcome unplaced(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct timeline *timeline = state;
    timeline->query.unplaced = !timeline->query.unplaced;
    list_pane_load(&timeline->list, NULL);
    return OUTCOME_REDRAW;
}

/* Only statements about the target, or all again. */
static enum outcome filter(struct session *session, void *state, str argument)
{
    (void)argument;
    struct timeline *timeline = state;
    const struct target *target = &session->target.target;
    if (timeline->query.entity) {
        timeline->query.entity = 0;
        session_say(session, "all statements");
    } else if (target->kind == TARGET_ENTITY) {
        timeline->query.entity = target->entity;
        session_say(session, "only statements that name %.*s; f shows all", STR_ARG(target->label));
    } else {
        session_say(session, "make a person the target (*) first; f then shows only that person");
    }
    list_pane_load(&timeline->list, NULL);
    return OUTCOME_REDRAW;
}

static const struct handler own_handlers[] = {
    {ACTION_OPEN, open_statement},
    {ACTION_MAKE_TARGET, make_target},
    {ACTION_UNPLACED, unplaced},
    {ACTION_FILTER, filter},
    {0, NULL},
};

static const struct handler *const handlers[] = {own_handlers, list_pane_handlers, NULL};

const struct pane_class pane_timeline = {
    .title = "Timeline",
    .state_len = sizeof(struct timeline),
    .init = init,
    .done = list_pane_done,
    .show = list_pane_show,
    .where = where,
    .reload = list_pane_reload,
    .draw = draw,
    .status = status,
    .handlers = handlers,
};
