/* The list of articles: date, title, outlet, people, read state, bookmarks. */
#include "app/label.h"
#include "app/list_pane.h"
#include "app/versions.h"
#include "text/width.h"

struct articles {
    struct list_pane list;
    struct versions_view versions;
};

/* The query of the session with this pane's filter: J and K in the reader follow it. */
static const struct article_query *query(struct list_pane *list)
{
    struct session *session = list->session;
    const struct search_query *search = list_pane_query(list);
    if (search != session->list_query.search)
        session->target.position_known = false; /* the target walks this list */
    session->list_query.search = search;
    return &session->list_query;
}

static enum status fetch(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *count, struct error *err)
{
    struct list_pane *list = context;
    const struct article_row *found = NULL;
    enum status status =
        store_list_articles(list->session->store, arena, query(list), request, &found, count, err);
    *rows = found;
    return status;
}

static enum status count_all(struct list_pane *list, int64_t *total, struct error *err)
{
    return store_count_articles(list->session->store, query(list), total, err);
}

static void init(struct session *session, void *state)
{
    struct articles *articles = state;
    list_pane_init(&articles->list, session, sizeof(struct article_row), fetch);
    articles->list.count = count_all;
    articles->list.filter_use = pane_articles.filter_use;
}

static void done(struct session *session, void *state)
{
    struct articles *articles = state;
    versions_close(&articles->versions);
    list_pane_done(session, state);
}

/* What was read on the way takes its place in a list by read state. */
static void sort_anew(struct session *session)
{
    struct error err = {0};
    session_check(session, store_sort_anew(session->store, &err), &err);
}

/* The list around an article, where it stands now; false when it is not in the list. */
static bool load_at(struct session *session, struct articles *articles, int64_t article)
{
    struct arena scratch = {0};
    struct article_row row;
    struct error err = {0};
    const struct article_query *shown = query(&articles->list);
    enum status status = STATUS_OK;
    if (shown->folded && !shown->search) /* a copy stands under its leader */
        status = store_find_leader(session->store, article, &article, &err);
    bool found = status == STATUS_OK && store_find_article_row(session->store, &scratch, shown,
                                                               article, &row, &err) == STATUS_OK;
    if (found)
        list_pane_load(&articles->list, &row.key);
    arena_done(&scratch);
    return found;
}

static bool show(struct session *session, void *state, const struct place *place)
{
    struct articles *articles = state;
    if (!place->article && session->depth && session_pane(session) == PANE_ARTICLES)
        sort_anew(session); /* the list was asked for where it is shown */
    return (place->article && load_at(session, articles, place->article)) ||
           list_pane_show(session, state, place);
}

/* The same article stays selected, wherever a change took it. */
static void reload(struct session *session, void *state)
{
    struct articles *articles = state;
    const struct article_row *selected = rows_selected(&articles->list.rows);
    if (!selected || !load_at(session, articles, selected->id))
        list_pane_reload(session, state);
}

static void where(struct session *session, void *state, struct place *place)
{
    (void)session;
    struct articles *articles = state;
    const struct article_row *row = rows_selected(&articles->list.rows);
    *place = (struct place){.pane = PANE_ARTICLES, .article = row ? row->id : 0};
}

/* How the columns share the width: date and signs always, people and outlet where there is room,
 * length and how far it was read on wide screens. */
struct columns {
    int title, site, people, words, progress;
};
enum { WORDS_FROM_COLUMNS = 130, WORD_LEN = 6 /* bytes of a word and its blank, about */ };

static struct columns share(int width)
{
    struct columns columns = {0};
    int left = width - 2 - 2 - 11; /* marker, signs, date */
    bool is_wide = width >= WORDS_FROM_COLUMNS;
    columns.people = width >= 60 ? 5 : 0;
    columns.site = width >= 60 ? (width >= 110 ? 30 : 20) : 0;
    columns.words = is_wide ? 8 : 0;
    columns.progress = is_wide ? 6 : 0;
    columns.title = left - columns.people - columns.words - columns.progress -
                    (columns.site ? columns.site + 1 : 0);
    return columns;
}

/* "×3 " before the title of a leader; a sign before that of a copy. */
static int draw_copies(const struct canvas *row, int at, const struct article_row *article,
                       bool folded)
{
    struct buf text = BUF_INIT;
    if (article->copy_of)
        buf_add(&text, STR("≈ "));
    else if (article->copy_count && folded)
        buf_format(&text, "×%u ", article->copy_count + 1);
    int columns = canvas_text(row, 0, at, row->columns - at, buf_str(&text), STYLE_ROW_SELECTED);
    buf_done(&text);
    return columns;
}

/* The title, and the tags at the right of its column, in at most a third of it. */
static void draw_title(const struct canvas *row, int at, int columns,
                       const struct article_row *article, style_id style)
{
    int wide = columns >= 24 ? width_columns(article->tags) : 0;
    wide = wide > columns / 3 - 2 ? columns / 3 - 2 : wide;
    canvas_field(row, 0, at, columns - (wide ? wide + 2 : 0),
                 label_title(article->title, article->path), style);
    if (wide) {
        canvas_text(row, 0, at + columns - wide - 1, 1, STR("#"), STYLE_BOOKMARK);
        canvas_field(row, 0, at + columns - wide, wide, article->tags, STYLE_ROW_DIM);
    }
}

/* About so many words: "1.2k", "340". */
static str words_shown(struct arena *arena, const struct article_row *article)
{
    unsigned words = (article->text_len / WORD_LEN + 5) / 10 * 10;
    return words < 1000 ? arena_format(arena, "%u", words)
                        : arena_format(arena, "%u.%uk", words / 1000, words % 1000 / 100);
}

/* "40%" of an article that was begun. */
static str progress_shown(struct arena *arena, const struct article_row *article)
{
    if (article->read != READ_STARTED || !article->text_len)
        return STR_NONE;
    uint64_t percent = (uint64_t)article->position * 100 / article->text_len;
    return arena_format(arena, "%u%%", (unsigned)(percent > 99 ? 99 : percent));
}

static void draw_numbers(const struct canvas *row, int at, const struct columns *columns,
                         const struct article_row *article)
{
    struct arena scratch = {0};
    if (columns->people)
        canvas_field_right(row, 0, at, columns->people,
                           arena_format(&scratch, "%u", article->people_count), STYLE_ROW_DIM);
    at += columns->people;
    if (columns->words)
        canvas_field_right(row, 0, at, columns->words, words_shown(&scratch, article),
                           STYLE_ROW_DIM);
    at += columns->words;
    if (columns->progress)
        canvas_field_right(row, 0, at, columns->progress, progress_shown(&scratch, article),
                           STYLE_ROW_DIM);
    arena_done(&scratch);
}

static void draw_row(void *context, const struct canvas *row, const void *item, bool selected)
{
    const struct articles *articles = context;
    const struct article_query *shown = &articles->list.session->list_query;
    static const char *const read_signs[] = {"●", "◐", " "};
    const struct article_row *article = item;
    struct columns columns = share(row->columns);
    struct buf text = BUF_INIT;
    style_id style = selected                       ? STYLE_ROW_SELECTED
                     : article->read == READ_UNREAD ? STYLE_ROW_UNREAD
                                                    : STYLE_ROW;
    list_pane_marker(row, selected);
    /* Blanks of the same style between the columns save the change of style. */
    canvas_fill(row, 0, 2, 13, ' ', style);
    canvas_text(row, 0, 2, 1, str_from(read_signs[article->read]), style);
    if (article->bookmark_count)
        canvas_text(row, 0, 3, 1, STR("+"), STYLE_BOOKMARK);
    label_publication(&text, &article->published);
    canvas_field(row, 0, 4, 10, buf_str(&text),
                 article->published.value == DAY_UNKNOWN ? STYLE_ROW_DIM : style);
    int at = 15;
    int sign = draw_copies(row, at, article, shown->folded && !shown->search);
    draw_title(row, at + sign, columns.title - sign, article, style);
    at += columns.title + 1;
    if (columns.site)
        canvas_field(row, 0, at, columns.site, article->site, STYLE_ROW_DIM);
    at += columns.site;
    draw_numbers(row, at, &columns, article);
    buf_done(&text);
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)session, (void)row, (void)column;
    struct articles *articles = state;
    if (articles->versions.open) {
        versions_draw(session, &articles->versions, canvas);
        return;
    }
    struct columns columns = share(canvas->columns);
    struct buf header = BUF_INIT;
    buf_add(&header, STR("    date       title"));
    buf_add_repeat(&header, ' ', columns.title > 5 ? (size_t)columns.title - 5 : 1);
    if (columns.site) {
        buf_add(&header, STR(" outlet"));
        buf_add_repeat(&header, ' ', (size_t)columns.site - 8);
        buf_add(&header, STR("people"));
    }
    if (columns.words)
        buf_add(&header, STR("   words  read"));
    list_pane_draw(&articles->list, canvas, buf_str(&header),
                   STR("No articles yet. Press {import} to import a file, a folder or an address; "
                       "{help} lists the keys."),
                   draw_row, articles);
    buf_done(&header);
}

static const char *const sort_names[SORT_COUNT] = {
    [SORT_DATE] = "date",     [SORT_TITLE] = "title", [SORT_SITE] = "outlet",
    [SORT_PEOPLE] = "people", [SORT_READ] = "unread", [SORT_LENGTH] = "length",
};

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    struct articles *articles = state;
    buf_add(left, STR(" Articles "));
    label_count(left, list_pane_total(&articles->list), articles->list.filter.len > 0);
    if (session->totals.copies && session->list_query.folded && !session->list_query.search)
        buf_format(left, session->totals.copies == 1 ? " and %lld copy" : " and %lld copies",
                   (long long)session->totals.copies);
    if (articles->list.filter.len)
        buf_format(left, " of %lld", (long long)session->totals.articles);
    else
        buf_format(left, ", %lld unread", (long long)session->totals.unread);
    list_pane_filter_label(&articles->list, left);
    buf_format(right, "by %s%s ", sort_names[session->list_query.sort],
               session->list_query.descending ? " ↓" : " ↑");
}

static enum outcome open_article(struct session *session, void *state, str argument)
{
    (void)argument;
    struct articles *articles = state;
    const struct article_row *row = rows_selected(&articles->list.rows);
    if (!row)
        return OUTCOME_DONE;
    struct place place = {.pane = PANE_READER, .article = row->id};
    session_go(session, &place);
    return OUTCOME_REDRAW;
}

/* After the order or the folding changed: the same article is selected, or its leader. */
static void show_again(struct session *session, struct articles *articles)
{
    sort_anew(session);
    versions_close(&articles->versions); /* it would hide the list */
    const struct article_row *selected = rows_selected(&articles->list.rows);
    struct place place = {.pane = PANE_ARTICLES, .article = selected ? selected->id : 0};
    list_pane_outdate(&articles->list);
    session->target.position_known = false; /* it counts in the order of the list */
    show(session, articles, &place);
}

static enum outcome unfold(struct session *session, void *state, str argument)
{
    (void)argument;
    session->list_query.folded = !session->list_query.folded;
    show_again(session, state);
    session_say(session, session->list_query.folded ? "copies are folded under the earliest of them"
                                                    : "every copy is shown, with a ≈");
    return OUTCOME_REDRAW;
}

/* Each sort first in its usual direction, then the other way, then the next. */
static enum outcome sort(struct session *session, void *state, str argument)
{
    (void)argument;
    static const bool usual_descending[SORT_COUNT] = {
        [SORT_DATE] = true, [SORT_PEOPLE] = true, [SORT_LENGTH] = true};
    struct article_query *by = &session->list_query;
    if (by->descending == usual_descending[by->sort]) {
        by->descending = !by->descending;
    } else {
        by->sort = (enum article_sort)((by->sort + 1) % SORT_COUNT);
        by->descending = usual_descending[by->sort];
    }
    show_again(session, state);
    session_say(session, "sorted by %s, %s", sort_names[by->sort],
                by->descending ? "descending" : "ascending");
    return OUTCOME_REDRAW;
}

/* ---- all articles of the list -------------------------------------------------------------- */

static enum outcome change_all(struct session *session, void *state, enum bulk_change change)
{
    struct articles *articles = state;
    (void)list_pane_query(&articles->list);
    bulk_ask(session, change, buf_str(&articles->list.meant));
    return OUTCOME_REDRAW;
}

static enum outcome all_read(struct session *session, void *state, str argument)
{
    (void)argument;
    return change_all(session, state, BULK_READ);
}

static enum outcome all_unread(struct session *session, void *state, str argument)
{
    (void)argument;
    return change_all(session, state, BULK_UNREAD);
}

static enum outcome all_tag(struct session *session, void *state, str argument)
{
    (void)argument;
    return change_all(session, state, BULK_TAG);
}

static enum outcome all_untag(struct session *session, void *state, str argument)
{
    (void)argument;
    return change_all(session, state, BULK_UNTAG);
}

/* ---- two versions side by side -------------------------------------------------------------- */

static enum outcome compare(struct session *session, void *state, str argument)
{
    (void)argument;
    struct articles *articles = state;
    const struct article_row *row = rows_selected(&articles->list.rows);
    if (articles->versions.open)
        versions_close(&articles->versions);
    else if (row)
        versions_open(&articles->versions, session, row->id);
    return OUTCOME_REDRAW;
}

static enum outcome close_versions(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct articles *articles = state;
    if (!articles->versions.open)
        return OUTCOME_UNHANDLED;
    versions_close(&articles->versions);
    return OUTCOME_REDRAW;
}

/* While two versions are shown, they move. */
static enum outcome move(struct session *session, void *state, int by)
{
    struct articles *articles = state;
    if (!articles->versions.open)
        return list_pane_move(session, state, by);
    versions_scroll(&articles->versions, by);
    return OUTCOME_REDRAW;
}

/* Differences are moved by one at a time. */
static int rows_seen(struct session *session, void *state)
{
    return ((struct articles *)state)->versions.open ? 1 : list_pane_rows_seen(session, state);
}

static enum outcome step(struct session *session, void *state, int by)
{
    struct articles *articles = state;
    if (!articles->versions.open)
        return OUTCOME_UNHANDLED;
    versions_step(&articles->versions, session, by);
    return OUTCOME_REDRAW;
}

static enum outcome next_copy(struct session *session, void *state, str argument)
{
    (void)argument;
    return step(session, state, 1);
}

static enum outcome previous_copy(struct session *session, void *state, str argument)
{
    (void)argument;
    return step(session, state, -1);
}

/* While two versions are shown. */
static const struct handler version_handlers[] = {
    {ACTION_NEXT_ARTICLE, next_copy}, {ACTION_PREVIOUS_ARTICLE, previous_copy},
    {ACTION_CANCEL, close_versions},  {ACTION_CLOSE, close_versions},
    {ACTION_BACK, close_versions},    {0, NULL},
};

/* In the list, J and K move as j and k do. */
static const struct handler own_handlers[] = {
    {ACTION_NEXT_ARTICLE, list_pane_down},
    {ACTION_PREVIOUS_ARTICLE, list_pane_up},
    {ACTION_OPEN, open_article},
    {ACTION_SORT, sort},
    {ACTION_UNFOLD, unfold},
    {ACTION_COMPARE, compare},
    {ACTION_ALL_READ, all_read},
    {ACTION_ALL_UNREAD, all_unread},
    {ACTION_ALL_TAG, all_tag},
    {ACTION_ALL_UNTAG, all_untag},
    {0, NULL},
};

static const struct handler *const handlers[] = {version_handlers, own_handlers,
                                                 list_pane_filter_handlers, NULL};

/* Those of the title. */
static void names(struct session *session, void *state, struct name_choices *choices)
{
    struct articles *articles = state;
    const struct article_row *row = rows_selected(&articles->list.rows);
    if (row)
        name_choice_add_words(session, choices, row->id, row->title);
}

const struct pane_class pane_articles = {
    .title = "Articles",
    .state_len = sizeof(struct articles),
    .init = init,
    .done = done,
    .show = show,
    .where = where,
    .reload = reload,
    .draw = draw,
    .status = status,
    .names = names,
    .move = move,
    .rows_seen = rows_seen,
    .filter_use = QUERY_LIST,
    .handlers = handlers,
};
