/* What happened when: dated statements in order of time under the histogram of all, coarse dates
 * before the days of their period, doubtful ones marked as such. */
#include "app/label.h"
#include "app/list_pane.h"
#include "app/timeline_filter.h"
#include "app/timeline_pair.h"
#include "app/timeline_rows.h"
#include "app/timeline_strip.h"
#include "text/width.h"

enum { SOURCE_COLUMNS = 24, WIDE_COLUMNS = 110, STRIP_LEAST_ROWS = 10, PHRASE_COLUMNS = 24 };

struct timeline {
    struct list_pane list;
    struct moment_query query;
    struct arena filter_arena; /* what the query points to */
    struct timeline_strip strip;
    struct timeline_pair pair;
};

/* ---- loading -------------------------------------------------------------------------------- */

/* Days of publication are shown beside all statements only: a filter is about what texts say. */
static bool shows_published(const struct timeline *timeline)
{
    const struct moment_query *query = &timeline->query;
    return !query->unplaced && !query->entity && !query->article && !query->search;
}

static enum status fetch(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *count, struct error *err)
{
    struct timeline *timeline = context;
    const struct timeline_row *found = NULL;
    enum status status = timeline_list_rows(timeline->list.session->store, arena, &timeline->query,
                                            shows_published(timeline), request, &found, count, err);
    *rows = found;
    return status;
}

static enum status count_all(struct list_pane *list, int64_t *total, struct error *err)
{
    struct timeline *timeline = (struct timeline *)list;
    *total = -1;
    if (timeline->query.search)
        return STATUS_OK; /* it is not known which sentences fit before they were read */
    return store_count_moments(list->session->store, &timeline->query, total, err);
}

static bool is_heading(const void *item)
{
    return ((const struct timeline_row *)item)->kind == TIMELINE_HEADING;
}

static void init(struct session *session, void *state)
{
    struct timeline *timeline = state;
    list_pane_init(&timeline->list, session, sizeof(struct timeline_row), fetch);
    timeline->list.count = count_all;
    timeline->list.skips = is_heading;
    timeline->strip.scale = SCALE_MONTH;
    timeline->query = (struct moment_query){.from = DAY_UNKNOWN, .to = DAY_UNKNOWN, .folded = true};
}

static void done(struct session *session, void *state)
{
    struct timeline *timeline = state;
    timeline_strip_done(&timeline->strip);
    timeline_pair_close(&timeline->pair);
    arena_done(&timeline->filter_arena);
    list_pane_done(session, state);
}

static void load(struct timeline *timeline, const struct row_key *key)
{
    bool has_room = terminal_rows(timeline->list.session->terminal) >= STRIP_LEAST_ROWS;
    timeline->list.head_rows = has_room && !timeline->query.unplaced ? STRIP_ROWS : 0;
    timeline_strip_reset(&timeline->strip, &timeline->query);
    list_pane_load(&timeline->list, key);
}

static void reload(struct session *session, void *state)
{
    (void)session;
    struct timeline *timeline = state;
    load(timeline, rows_selected(&timeline->list.rows));
}

/* The first row of a day or of what follows it. */
static void load_day(struct timeline *timeline, day first)
{
    const struct row_key key = {(int64_t)first * (INT64_C(1) << 32), INT64_MIN, 0, STR_NONE};
    timeline->query.unplaced = false;
    timeline_pair_close(&timeline->pair);
    load(timeline, &key);
}

static bool show(struct session *session, void *state, const struct place *place)
{
    struct timeline *timeline = state;
    if (place->has_day)
        load_day(timeline, place->day);
    else if (!list_pane_is_current(&timeline->list))
        reload(session, state);
    return true;
}

/* The selected statement, or NULL on another row. */
static const struct moment_row *selected_moment(const struct timeline *timeline)
{
    const struct timeline_row *row = rows_selected(&timeline->list.rows);
    return row ? row->moment : NULL;
}

static void where(struct session *session, void *state, struct place *place)
{
    (void)session;
    struct timeline *timeline = state;
    const struct timeline_row *row = rows_selected(&timeline->list.rows);
    *place = (struct place){.pane = PANE_TIMELINE};
    if (row && row->moment)
        place->article = row->moment->article;
    else if (row && row->published)
        place->article = row->published->article;
}

/* ---- drawing -------------------------------------------------------------------------------- */

/* Told apart by a sign, whatever the terminal shows of colours. */
static const char *const certainty_signs[CERTAINTY_COUNT] = {
    [CERTAINTY_UNRESOLVED] = "?",
    [CERTAINTY_GUESSED] = "~",
    [CERTAINTY_RESOLVED] = "=",
    [CERTAINTY_EXPLICIT] = "•",
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

/* A day by its name; a period as such: something in it, nobody says which day. */
static void draw_heading(const struct canvas *row, const struct timeline_row *heading)
{
    struct buf label = BUF_INIT;
    bool is_day = heading->first == heading->last;
    if (heading->first == DAY_UNKNOWN)
        buf_add(&label, STR("day not known"));
    else if (is_day)
        label_day(&label, heading->first);
    else
        label_days(&label, heading->first, heading->last);
    int at = canvas_text(row, 0, 0, row->columns, buf_str(&label), STYLE_HEADING);
    if (!is_day && heading->first != DAY_UNKNOWN)
        canvas_text(row, 0, at, row->columns - at, STR("  some time in it"), STYLE_ROW_DIM);
    buf_done(&label);
}

static void draw_published(const struct canvas *row, const struct published_row *published,
                           bool selected)
{
    struct buf label = BUF_INIT;
    buf_format(&label, "published: %.*s", STR_ARG(published->title));
    if (published->site.len)
        buf_format(&label, " (%.*s)", STR_ARG(published->site));
    if (published->article_count > 1)
        buf_format(&label, " and %lld more", (long long)published->article_count - 1);
    list_pane_marker(row, selected);
    canvas_field(row, 0, 4, row->columns - 4, buf_str(&label), STYLE_ROW_DIM);
    buf_done(&label);
}

static void draw_statement(const struct canvas *row, const struct moment_row *moment, bool selected)
{
    struct buf times = BUF_INIT;
    int at = 4;
    list_pane_marker(row, selected);
    canvas_text(row, 0, 2, 1, str_from(certainty_signs[moment->moment.certainty]),
                STYLE_DATE_DOUBTFUL);
    if (moment->contradiction_count)
        canvas_text(row, 0, 3, 1, STR("≠"), STYLE_ERROR);
    if (row->columns >= WIDE_COLUMNS) {
        canvas_field(row, 0, at + 1, SOURCE_COLUMNS, label_title(moment->site, moment->title),
                     STYLE_ROW_DIM);
        at += SOURCE_COLUMNS + 2;
    }
    if (moment->twin_count)
        buf_format(&times, "×%lld ", (long long)moment->twin_count + 1);
    at += canvas_text(row, 0, at + 1, row->columns - at - 1, buf_str(&times), STYLE_ROW_SELECTED);
    draw_sentence(row, at + 1, moment, selected);
    buf_done(&times);
}

static void draw_row(void *context, const struct canvas *row, const void *item, bool selected)
{
    (void)context;
    const struct timeline_row *line = item;
    if (line->kind == TIMELINE_HEADING)
        draw_heading(row, line);
    else if (line->kind == TIMELINE_PUBLISHED)
        draw_published(row, line->published, selected);
    else
        draw_statement(row, line->moment, selected);
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)row, (void)column;
    struct timeline *timeline = state;
    if (timeline->pair.own) {
        timeline_pair_draw(session, &timeline->pair, canvas);
        return;
    }
    struct buf header = BUF_INIT;
    session_add_hint(
        session, &header,
        timeline->query.unplaced
            ? STR("  statements whose day is not known; {unplaced}: those with one")
            : STR("  • stated  = worked out  ~ guessed  ≠ contradicted  ×2 said twice; "
                  "{unplaced}: no day"));
    list_pane_draw(&timeline->list, canvas, buf_str(&header),
                   STR("No statement here carries a date."), draw_row, timeline);
    buf_done(&header);
    const struct timeline_row *selected = rows_selected(&timeline->list.rows);
    struct canvas strip = canvas_part(canvas, 1, 0, timeline->list.head_rows, canvas->columns);
    if (selected && timeline->list.head_rows)
        timeline_strip_draw(&timeline->strip, session, &strip, selected->first, selected->last);
}

/* "Monday" → 2024-08-05: what the words of the selected statement came to. */
static void add_resolution(struct buf *out, const struct moment_row *row)
{
    int columns = 0;
    str phrase = width_clip(str_slice(row->sentence, row->date_start, row->date_end),
                            PHRASE_COLUMNS, &columns);
    buf_format(out, "%.*s → ", STR_ARG(phrase));
    if (row->moment.first != DAY_UNKNOWN)
        label_days(out, row->moment.first, row->moment.last);
    else
        buf_add(out, row->moment.value);
    buf_add_byte(out, ' ');
}

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    (void)session;
    struct timeline *timeline = state;
    const struct moment_row *row = selected_moment(timeline);
    buf_add(left, STR(" Timeline: "));
    int64_t total = list_pane_total(&timeline->list);
    if (total >= 0) {
        label_count(left, total, timeline->query.whole_days || timeline->query.site.len);
        buf_add_byte(left, ' ');
    }
    buf_format(left, "statements%s by %s", timeline->query.unplaced ? " without a day" : "",
               scale_name(timeline->strip.scale));
    list_pane_filter_label(&timeline->list, left);
    if (row)
        add_resolution(right, row);
}

/* ---- statements ----------------------------------------------------------------------------- */

static void target_period(struct session *session, day first, day last)
{
    struct buf label = BUF_INIT;
    label_days(&label, first, last);
    session_target_days(session, first, last, buf_str(&label));
    buf_done(&label);
}

static void target_days(struct session *session, const struct moment_row *row)
{
    if (row->moment.first == DAY_UNKNOWN)
        return;
    target_period(session, row->moment.first, row->moment.last);
    struct target_place here = {row->article, row->moment.start, row->moment.end};
    session_target_here(session, &here);
}

/* The list is that of the person who is the target: to be walked on in the text. */
static bool is_about_target(const struct timeline *timeline)
{
    const struct target *target = &timeline->list.session->target.target;
    return timeline->query.entity && target_has_entity(target, timeline->query.entity);
}

static enum outcome open_statement(struct session *session, void *state, str argument)
{
    (void)argument;
    struct timeline *timeline = state;
    const struct timeline_row *row = rows_selected(&timeline->list.rows);
    const struct moment_row *moment = selected_moment(timeline);
    if (timeline->pair.own)
        moment = &timeline->pair.others[timeline->pair.at];
    if (!row)
        return OUTCOME_DONE;
    struct place place = {.pane = PANE_READER};
    if (moment) {
        place.article = moment->article;
        place.offset = moment->moment.start;
        if (!is_about_target(timeline))
            target_days(session, moment);
    } else {
        place.article = row->published->article;
    }
    session_go(session, &place);
    return OUTCOME_REDRAW;
}

static enum outcome make_target(struct session *session, void *state, str argument)
{
    (void)argument;
    struct timeline *timeline = state;
    const struct timeline_row *row = rows_selected(&timeline->list.rows);
    if (!row || row->first == DAY_UNKNOWN)
        return OUTCOME_REDRAW;
    if (row->moment)
        target_days(session, row->moment);
    else
        target_period(session, row->first, row->last);
    session_say(session, "target: statements of that time; {next-hit} walks them");
    return OUTCOME_REDRAW;
}

static enum outcome why(struct session *session, void *state, str argument)
{
    (void)argument;
    const struct moment_row *row = selected_moment(state);
    if (!row) {
        session_say(session, "this row tells when an article was published; {set-published} sets "
                             "another day");
        return OUTCOME_REDRAW;
    }
    str phrase = str_slice(row->sentence, row->date_start, row->date_end);
    struct buf days = BUF_INIT;
    label_days(&days, row->moment.first, row->moment.last);
    session_say(session, "\"%.*s\" → %s, %s: %s%s%.*s", STR_ARG(phrase), buf_c(&days),
                certainty_name(row->moment.certainty), row->moment.rule,
                row->moment.reference.len ? ", from " : "", STR_ARG(row->moment.reference));
    buf_done(&days);
    return OUTCOME_REDRAW;
}

static enum outcome contradictions(struct session *session, void *state, str argument)
{
    (void)argument;
    struct timeline *timeline = state;
    const struct moment_row *row = selected_moment(timeline);
    if (timeline->pair.own)
        timeline_pair_close(&timeline->pair);
    else if (row)
        timeline_pair_open(&timeline->pair, session, row);
    return OUTCOME_REDRAW;
}

static enum outcome step_pair(struct timeline *timeline, int by)
{
    if (!timeline->pair.own)
        return OUTCOME_UNHANDLED;
    timeline_pair_step(&timeline->pair, by);
    return OUTCOME_REDRAW;
}

static enum outcome down(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    return step_pair(state, 1);
}

static enum outcome up(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    return step_pair(state, -1);
}

/* ---- the target among the statements -------------------------------------------------------- */

enum { WALK_ROWS = 100 };

/* What is shown, as far as its sentences name an entity too; false for more names than there is
 * room for. */
static bool add_name(struct moment_query *query, int64_t entity)
{
    size_t at = 0;
    if (!query->entity)
        query->entity = entity;
    if (query->entity == entity)
        return true;
    while (at < MOMENT_ENTITY_LIMIT && query->others[at] && query->others[at] != entity)
        at++;
    if (at < MOMENT_ENTITY_LIMIT)
        query->others[at] = entity;
    return at < MOMENT_ENTITY_LIMIT;
}

/* What is shown, as far as it belongs to the target: of one of its people, by number, or of its
 * days. False for a target that is not in time, and after the last of the people. */
static bool query_of_target(const struct timeline *timeline, const struct target *target,
                            size_t number, struct moment_query *query)
{
    *query = timeline->query;
    query->unplaced = false;
    if (target->kind == TARGET_ENTITY)
        return number < target->entity_count && add_name(query, target->entities[number]);
    if (target->kind != TARGET_DAYS || number > 0)
        return false;
    query->from = target->first;
    query->to = target->last;
    return true;
}

/* The statement after (or before) a row that lies within the target; false when there is none. */
static bool find_statement(struct timeline *timeline, const struct moment_query *query,
                           const struct target *target, const struct row_key *from, bool backward,
                           struct row_key *found)
{
    struct session *session = timeline->list.session;
    struct arena arena = {0};
    struct error err = {0};
    const struct moment_row *rows = NULL;
    size_t count = 0, at = 0;
    const struct page_request request = {.from = from, .backward = backward, .limit = WALK_ROWS};
    (void)session_check(
        session, store_list_moments(session->store, &arena, query, &request, &rows, &count, &err),
        &err);
    while (at < count && target->kind == TARGET_DAYS && rows[at].moment.last > target->last)
        at++;
    if (at < count)
        *found = rows[at].key;
    arena_done(&arena);
    return at < count;
}

/* The list with this statement selected; unfolded where it is folded away. */
static void load_statement(struct timeline *timeline, const struct row_key *key)
{
    timeline->query.unplaced = false;
    load(timeline, key);
    const struct row_key *selected = rows_selected(&timeline->list.rows);
    bool shown = selected && selected->number == key->number && selected->second == key->second &&
                 selected->third == key->third;
    if (shown || !timeline->query.folded)
        return;
    timeline->query.folded = false;
    load(timeline, key);
}

/* The nearest statement of the target on that side of a row, or of all (from NULL). */
static bool find_nearest(struct timeline *timeline, const struct row_key *from, bool backward,
                         struct row_key *nearest)
{
    const struct target *target = &timeline->list.session->target.target;
    struct moment_query query;
    struct row_key found;
    bool any = false;
    for (size_t i = 0; query_of_target(timeline, target, i, &query); i++) {
        if (!find_statement(timeline, &query, target, from, backward, &found))
            continue;
        int order = any ? timeline_compare_keys(&found, nearest) : 0;
        if (!any || (backward ? order > 0 : order < 0))
            *nearest = found;
        any = true;
    }
    return any;
}

/* The places of people or of days are among the statements, in order of time; all others are in the
 * reader. */
static enum outcome walk_target(struct timeline *timeline, bool backward)
{
    struct session *session = timeline->list.session;
    const struct target *target = &session->target.target;
    const struct row_key *selected = rows_selected(&timeline->list.rows);
    struct row_key from, found;
    if (timeline->pair.own || !selected ||
        (target->kind != TARGET_ENTITY && target->kind != TARGET_DAYS))
        return OUTCOME_UNHANDLED;
    from = *selected;
    bool wrapped = !find_nearest(timeline, &from, backward, &found);
    if (wrapped && !find_nearest(timeline, NULL, backward, &found)) {
        session_say(session, "%.*s: no statement of it here; {go people} lists names",
                    STR_ARG(target->label));
        return OUTCOME_REDRAW;
    }
    bool is_only = wrapped && timeline_compare_keys(&found, &from) == 0;
    load_statement(timeline, &found);
    if (is_only)
        session_say(session, "%.*s: no other statement of it here", STR_ARG(target->label));
    else if (wrapped)
        session_say(session, "past the %s of the timeline: again from its %s",
                    backward ? "start" : "end", backward ? "end" : "start");
    return OUTCOME_REDRAW;
}

static enum outcome next_statement(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    return walk_target(state, false);
}

static enum outcome previous_statement(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    return walk_target(state, true);
}

/* ---- what is shown -------------------------------------------------------------------------- */

static enum outcome zoom(struct timeline *timeline, int by)
{
    int scale = (int)timeline->strip.scale + by;
    if (scale < 0 || scale >= SCALE_COUNT) {
        session_say(timeline->list.session, "a bar a %s: no further",
                    scale_name(timeline->strip.scale));
        return OUTCOME_REDRAW;
    }
    timeline->strip.scale = (enum scale)scale;
    timeline_strip_reset(&timeline->strip, &timeline->query);
    return OUTCOME_REDRAW;
}

static enum outcome zoom_in(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    return zoom(state, -1);
}

static enum outcome zoom_out(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    return zoom(state, 1);
}

static enum outcome unfold(struct session *session, void *state, str argument)
{
    (void)argument;
    struct timeline *timeline = state;
    timeline->query.folded = !timeline->query.folded;
    reload(session, state);
    session_say(session, timeline->query.folded ? "what is said several times is shown once"
                                                : "each statement is shown");
    return OUTCOME_REDRAW;
}

static enum outcome unplaced(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct timeline *timeline = state;
    timeline->query.unplaced = !timeline->query.unplaced;
    timeline_pair_close(&timeline->pair);
    load(timeline, NULL);
    return OUTCOME_REDRAW;
}

/* ---- the filter ----------------------------------------------------------------------------- */

/* A filter that cannot be read leaves the list as it is: false, pointed at. */
static bool set_filter(struct timeline *timeline, str text)
{
    struct session *session = timeline->list.session;
    struct arena arena = {0};
    struct error err = {0};
    size_t fault = 0;
    struct moment_query query = {.from = DAY_UNKNOWN,
                                 .to = DAY_UNKNOWN,
                                 .unplaced = timeline->query.unplaced,
                                 .folded = timeline->query.folded};
    str kept = arena_str(&arena, str_trim(text));
    if (timeline_filter_parse(session->store, &arena, kept, &query, &fault, &err) != STATUS_OK) {
        arena_done(&arena);
        session_hint(session, fault, &err);
        return false;
    }
    arena_done(&timeline->filter_arena);
    timeline->filter_arena = arena;
    timeline->query = query;
    timeline_pair_close(&timeline->pair);
    buf_clear(&timeline->list.filter);
    buf_add(&timeline->list.filter, kept);
    load(timeline, NULL);
    return true;
}

static void filter_accepted(struct session *session, str text);

static const struct question filter_question = {
    .label = "filter: ",
    .history = HISTORY_FILTER,
    .complete = session_complete_filter,
    .accepted = filter_accepted,
};

/* One that cannot be read is asked for again. */
static void filter_accepted(struct session *session, str text)
{
    if (!set_filter(session_pane_state(session, PANE_TIMELINE), text)) {
        session_ask(session, &filter_question, text);
        (void)set_filter(session_pane_state(session, PANE_TIMELINE), text);
    }
    session->redraw = true;
}

/* Begins with the filter there is, or with the person who is the target. */
static enum outcome filter(struct session *session, void *state, str argument)
{
    struct timeline *timeline = state;
    const struct target *target = &session->target.target;
    struct buf initial = BUF_INIT;
    if (argument.len) {
        filter_accepted(session, argument);
        return OUTCOME_REDRAW;
    }
    if (timeline->list.filter.len)
        buf_add(&initial, buf_str(&timeline->list.filter));
    else if (target->kind == TARGET_ENTITY && target->entity_count == 1)
        buf_format(&initial, "who:\"%.*s\" ", STR_ARG(target->label));
    session_ask(session, &filter_question, buf_str(&initial));
    buf_done(&initial);
    return OUTCOME_REDRAW;
}

static enum outcome cancel(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct timeline *timeline = state;
    if (timeline->pair.own)
        timeline_pair_close(&timeline->pair);
    else if (timeline->list.filter.len)
        (void)set_filter(timeline, STR_NONE);
    else
        return OUTCOME_UNHANDLED;
    return OUTCOME_REDRAW;
}

/* Out of the two statements first. */
static enum outcome close_pair(struct session *session, void *state, str argument)
{
    struct timeline *timeline = state;
    return timeline->pair.own ? cancel(session, state, argument) : OUTCOME_UNHANDLED;
}

static const struct handler own_handlers[] = {
    {ACTION_OPEN, open_statement},
    {ACTION_MAKE_TARGET, make_target},
    {ACTION_WHY, why},
    {ACTION_NEXT_HIT, next_statement},
    {ACTION_PREVIOUS_HIT, previous_statement},
    {ACTION_CONTRADICTIONS, contradictions},
    {ACTION_DOWN, down},
    {ACTION_UP, up},
    {ACTION_ZOOM_IN, zoom_in},
    {ACTION_ZOOM_OUT, zoom_out},
    {ACTION_UNFOLD, unfold},
    {ACTION_UNPLACED, unplaced},
    {ACTION_FILTER, filter},
    {ACTION_CANCEL, cancel},
    {ACTION_CLOSE, close_pair},
    {ACTION_BACK, close_pair},
    {0, NULL},
};

static const struct handler *const handlers[] = {own_handlers, NULL};

/* Those of the sentence, or of a title. */
static void names(struct session *session, void *state, struct name_choices *choices)
{
    struct timeline *timeline = state;
    const struct timeline_row *row = rows_selected(&timeline->list.rows);
    const struct moment_row *moment = selected_moment(timeline);
    if (moment)
        name_choice_add_range(session, choices, moment->article, moment->moment.sentence_start,
                              moment->moment.sentence_end);
    else if (row && row->published)
        name_choice_add_words(session, choices, row->published->article, row->published->title);
}

const struct pane_class pane_timeline = {
    .title = "Timeline",
    .state_len = sizeof(struct timeline),
    .init = init,
    .done = done,
    .show = show,
    .where = where,
    .reload = reload,
    .draw = draw,
    .status = status,
    .names = names,
    .move = list_pane_move,
    .rows_seen = list_pane_rows_seen,
    .filter_use = QUERY_MOMENTS,
    .handlers = handlers,
};
