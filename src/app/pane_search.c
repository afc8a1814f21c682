/* What a search found: articles with the words in their context. The query is the target. */
#include <string.h>

#include "app/label.h"
#include "app/list_pane.h"
#include "app/query.h"
#include "app/reader.h"
#include "app/snippet.h"
#include "text/width.h"

struct search {
    struct list_pane list;
    struct arena arena; /* the query shown */
    struct search_query query;
    str text;
    /* What was on the screen when a query was asked for. */
    void (*accepted)(struct session *session, str text);
    enum pane_id stack[PANE_COUNT];
    size_t depth;
    struct buf before;
    bool asking;
};

static const struct search_query *query(struct list_pane *list)
{
    struct search *search = (struct search *)list;
    return search->text.len ? &search->query : NULL;
}

/* Makes a query that can be read the one that is shown. */
static bool set_query(struct search *search, str text, size_t *fault, struct error *err)
{
    struct arena arena = {0};
    struct search_query read;
    str kept = arena_str(&arena, text);
    if (query_parse(&arena, kept, QUERY_SEARCH, &read, fault, err) != STATUS_OK) {
        arena_done(&arena);
        return false;
    }
    arena_done(&search->arena);
    search->arena = arena;
    search->query = read;
    search->text = kept;
    list_pane_outdate(&search->list);
    return true;
}

static enum status fetch(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *count, struct error *err)
{
    struct list_pane *list = context;
    const struct search_row *found = NULL;
    enum status status = STATUS_OK;
    *count = 0;
    if (query(list))
        status =
            store_search(list->session->store, arena, query(list), request, &found, count, err);
    *rows = found;
    return status;
}

static enum status count_all(struct list_pane *list, int64_t *total, struct error *err)
{
    *total = 0;
    return query(list) ? store_count_search(list->session->store, query(list), total, err)
                       : STATUS_OK;
}

static void init(struct session *session, void *state)
{
    struct search *search = state;
    list_pane_init(&search->list, session, sizeof(struct search_row), fetch);
    search->list.count = count_all;
}

static void done(struct session *session, void *state)
{
    struct search *search = state;
    arena_done(&search->arena);
    buf_done(&search->before);
    list_pane_done(session, state);
}

/* A query that the target has changed since is read anew; an older one becomes the target again. */
static bool show(struct session *session, void *state, const struct place *place)
{
    (void)place;
    struct search *search = state;
    const struct target *target = &session->target.target;
    struct error err = {0};
    if (!search->asking && target->kind == TARGET_SEARCH &&
        !str_equal(target->label, search->text) && set_query(search, target->label, NULL, &err)) {
        list_pane_load(&search->list, NULL);
        return true;
    }
    if (!search->asking && target->kind != TARGET_SEARCH && search->text.len)
        session_target_search(session, search->text);
    if (search->asking) /* another search: from its beginning */
        list_pane_load(&search->list, NULL);
    else
        list_pane_renew(&search->list);
    return true;
}

static void where(struct session *session, void *state, struct place *place)
{
    (void)session;
    struct search *search = state;
    const struct search_row *row = rows_selected(&search->list.rows);
    *place = (struct place){.pane = PANE_SEARCH, .article = row ? row->article : 0};
}

/* A snippet whose first hit would stand beyond the edge begins nearer to it, at a word if one
 * begins there: *cut. */
static str snippet_in_sight(str snippet, int columns, bool *cut)
{
    size_t hit = str_find_byte(snippet, SNIPPET_HIT_START, 0),
           end = str_find_byte(snippet, SNIPPET_HIT_END, 0), at = hit;
    *cut = false;
    if (hit == STR_MISSING || end == STR_MISSING ||
        width_columns(str_slice(snippet, 0, end)) <= columns)
        return snippet;
    while (at > 0 && width_columns(str_slice(snippet, at, hit)) < columns / 4)
        at = width_cluster_before(snippet, at);
    *cut = at > 0;
    size_t blank = *cut ? str_find_byte(snippet, ' ', at) : STR_MISSING;
    return str_slice(snippet, blank < hit ? blank + 1 : at, snippet.len);
}

/* Draws a snippet; the words found stand between \x01 and \x02. */
static void draw_snippet(const struct canvas *row, int at, str snippet, style_id style)
{
    bool match = false, cut;
    str rest = snippet_in_sight(snippet, row->columns - at - 1, &cut), part;
    if (cut)
        at += canvas_text(row, 0, at, row->columns - at, STR("…"), style);
    while (rest.len && at < row->columns) {
        size_t end = 0;
        while (end < rest.len && rest.ptr[end] != SNIPPET_HIT_START &&
               rest.ptr[end] != SNIPPET_HIT_END)
            end++;
        part = str_slice(rest, 0, end);
        at += canvas_text(row, 0, at, row->columns - at, part, match ? STYLE_MATCH : style);
        if (end < rest.len)
            match = rest.ptr[end++] == SNIPPET_HIT_START;
        rest = str_slice(rest, end, rest.len);
    }
}

static int title_width(int columns)
{
    enum { TITLE_FROM = 60, WIDE_FROM = 110, MOST = 70 };
    int wide = columns * 3 / 10;
    return columns < TITLE_FROM ? 0 : columns < WIDE_FROM ? 22 : wide < MOST ? wide : MOST;
}

static void draw_row(void *context, const struct canvas *row, const void *item, bool selected)
{
    (void)context;
    const struct search_row *found = item;
    style_id style = selected ? STYLE_ROW_SELECTED : STYLE_ROW;
    struct buf date = BUF_INIT;
    int title_columns = title_width(row->columns);
    list_pane_marker(row, selected);
    label_publication(&date, &found->published);
    canvas_field(row, 0, 2, 10, buf_str(&date), STYLE_ROW_DIM);
    buf_done(&date);
    if (title_columns)
        canvas_field(row, 0, 13, title_columns, label_title(found->title, found->site), style);
    draw_snippet(row, 14 + title_columns, found->snippet,
                 selected ? STYLE_ROW_SELECTED : STYLE_ROW_DIM);
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)session, (void)row, (void)column;
    struct search *search = state;
    list_pane_draw(
        &search->list, canvas, STR("  date       article"),
        search->text.len
            ? STR("Nothing found. {search} searches for other words.")
            : STR("{search} searches: words, \"a phrase\", begin*, -not, who:name, after:2024; "
                  "{go searches} lists saved searches"),
        draw_row, NULL);
}

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    (void)session;
    struct search *search = state;
    buf_add(left, STR(" Search: "));
    int64_t total = list_pane_total(&search->list);
    label_count(left, total, true);
    buf_add(left, total == 1 ? STR(" article") : STR(" articles"));
    buf_add(right, STR("newest first "));
}

static enum outcome open_hit(struct session *session, void *state, str argument)
{
    (void)argument;
    struct search *search = state;
    const struct search_row *row = rows_selected(&search->list.rows);
    if (!row)
        return OUTCOME_DONE;
    const struct target *target = &session->target.target;
    if ((target->kind != TARGET_SEARCH || !str_equal(target->label, search->text)) &&
        !session_target_search(session, search->text))
        return OUTCOME_REDRAW;
    /* Offset 0 with a search as the target: the reader goes to the first hit, and from there to
     * the one that was seen here. */
    struct arena scratch = {0};
    struct target_place here = {.article = row->article};
    struct place place = {.pane = PANE_READER, .article = row->article};
    str snippet = arena_str(&scratch, row->snippet);
    session_target_here(session, &here);
    if (session_go(session, &place))
        reader_go_to_snippet(session_pane_state(session, PANE_READER), snippet);
    arena_done(&scratch);
    return OUTCOME_REDRAW;
}

/* ---- asking for a query -------------------------------------------------------------------- */

static struct search *own(struct session *session)
{
    return session_pane_state(session, PANE_SEARCH);
}

static void changed(struct session *session, str text)
{
    struct search *search = own(session);
    struct place place = {.pane = PANE_SEARCH};
    struct error err = {0};
    size_t fault = 0;
    if (!str_trim(text).len)
        return;
    if (!set_query(search, text, &fault, &err))
        session_hint(session, fault, &err);
    else if (session_pane(session) != PANE_SEARCH)
        session_show(session, &place);
    else
        list_pane_load(&search->list, NULL);
}

/* The panes as they were when the query was asked for. */
static void put_back(struct session *session)
{
    struct search *search = own(session);
    memcpy(session->stack, search->stack, sizeof session->stack);
    session->depth = search->depth;
    search->asking = false;
}

static void cancelled(struct session *session)
{
    struct search *search = own(session);
    struct error err = {0};
    put_back(session);
    search->text = STR_NONE;
    list_pane_outdate(&search->list);
    if (search->before.len)
        (void)set_query(search, buf_str(&search->before), NULL, &err);
    enum pane_id pane = session_pane(session);
    panes[pane].class->reload(session, session_pane_state(session, pane));
    session->redraw = true;
}

static const struct question query_question;

static void accepted(struct session *session, str text)
{
    struct search *search = own(session);
    struct arena scratch = {0};
    struct search_query tried;
    struct error err = {0};
    size_t fault = 0;
    if (!str_trim(text).len) {
        cancelled(session);
    } else if (query_parse(&scratch, text, QUERY_SEARCH, &tried, &fault, &err) != STATUS_OK) {
        session_ask(session, &query_question, text);
        session_hint(session, fault, &err);
    } else {
        put_back(session);
        search->accepted(session, text);
    }
    arena_done(&scratch);
}

/* The text stays on the screen when one searches in it. */
static const struct question query_question = {.label = "search: ",
                                               .history = HISTORY_SEARCH,
                                               .complete = session_complete_search,
                                               .changed = changed,
                                               .accepted = accepted,
                                               .cancelled = cancelled};

enum outcome session_search(struct session *session, str argument,
                            void (*use)(struct session *session, str text))
{
    struct search *search = own(session);
    search->accepted = use;
    search->asking = true;
    memcpy(search->stack, session->stack, sizeof search->stack);
    search->depth = session->depth;
    buf_clear(&search->before);
    buf_add(&search->before, search->text);
    if (argument.len)
        accepted(session, argument);
    else
        session_ask(session, &query_question, STR_NONE);
    return OUTCOME_REDRAW;
}

void session_show_search(struct session *session, str text)
{
    struct place place = {.pane = PANE_SEARCH};
    if (session_target_search(session, text))
        session_go(session, &place);
}

/* ---- keeping it ---------------------------------------------------------------------------- */

static void name_accepted(struct session *session, str text)
{
    struct arena scratch = {0};
    struct error err = {0}, none = {0};
    str name = str_trim(text), before = STR_NONE;
    bool replaces = store_get_search(session->store, &scratch, name, &before, &none) == STATUS_OK;
    if (session_check(
            session,
            store_put_search(session->store, name, own(session)->text, session_now(), &err), &err))
        session_say(session, replaces ? "saved in its place; {go searches} lists saved searches, "
                                        "{undo} brings the old one back"
                                      : "saved; {go searches} lists saved searches");
    arena_done(&scratch);
}

static enum outcome save(struct session *session, void *state, str argument)
{
    struct search *search = state;
    static const struct question question = {.label = "save as: ", .accepted = name_accepted};
    if (!search->text.len)
        session_say(session, "nothing was searched yet; {search} searches");
    else if (session_can_write(session) && argument.len)
        name_accepted(session, argument);
    else if (session_can_write(session))
        session_ask(session, &question, search->text);
    return OUTCOME_REDRAW;
}

static const struct handler own_handlers[] = {
    {ACTION_OPEN, open_hit},
    {ACTION_SAVE_SEARCH, save},
    {0, NULL},
};

static const struct handler *const handlers[] = {own_handlers, NULL};

/* Those of title and snippet. */
static void names(struct session *session, void *state, struct name_choices *choices)
{
    struct search *search = state;
    const struct search_row *row = rows_selected(&search->list.rows);
    struct buf words = BUF_INIT;
    if (!row)
        return;
    buf_format(&words, "%.*s\n", STR_ARG(row->title));
    snippet_add(&words, row->snippet, STR_NONE, STR_NONE);
    name_choice_add_words(session, choices, row->article, buf_str(&words));
    buf_done(&words);
}

const struct pane_class pane_search = {
    .title = "Search",
    .state_len = sizeof(struct search),
    .init = init,
    .done = done,
    .show = show,
    .where = where,
    .reload = list_pane_reload,
    .draw = draw,
    .status = status,
    .names = names,
    .move = list_pane_move,
    .rows_seen = list_pane_rows_seen,
    .handlers = handlers,
};
