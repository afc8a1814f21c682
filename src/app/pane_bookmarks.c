/* The passages that were kept: quote, note, tags, where from, and whether they are still there. */
#include "app/bookmark_edit.h"
#include "app/bookmark_label.h"
#include "app/editor.h"
#include "app/label.h"
#include "app/list_pane.h"
#include "app/reader.h"

struct bookmarks {
    struct list_pane list;
    enum bookmark_sort sort;
    struct bookmark asked; /* the one that a question is about, as it was seen then */
    struct arena asked_arena;
};

static enum status fetch(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *count, struct error *err)
{
    struct bookmarks *bookmarks = context;
    struct bookmark_query query = {.sort = bookmarks->sort,
                                   .search = list_pane_query(&bookmarks->list)};
    const struct bookmark_row *found = NULL;
    enum status status = store_list_bookmarks(bookmarks->list.session->store, arena, &query,
                                              request, &found, count, err);
    *rows = found;
    return status;
}

static enum status count_all(struct list_pane *list, int64_t *total, struct error *err)
{
    *total = list->session->totals.bookmarks;
    const struct search_query *search = list_pane_query(list);
    return search ? store_count_bookmarks(list->session->store, search, total, err) : STATUS_OK;
}

static void init(struct session *session, void *state)
{
    struct bookmarks *bookmarks = state;
    list_pane_init(&bookmarks->list, session, sizeof(struct bookmark_row), fetch);
    bookmarks->list.count = count_all;
    bookmarks->list.filter_use = pane_bookmarks.filter_use;
}

static void done(struct session *session, void *state)
{
    struct bookmarks *bookmarks = state;
    arena_done(&bookmarks->asked_arena);
    list_pane_done(session, state);
}

static void where(struct session *session, void *state, struct place *place)
{
    (void)session, (void)state;
    *place = (struct place){.pane = PANE_BOOKMARKS};
}

/* On one line: a passage may run over paragraphs, and so may a note. */
static void flatten(struct buf *text)
{
    for (size_t i = 0; i < text->len; i++)
        if (text->ptr[i] == '\n')
            text->ptr[i] = ' ';
}

static void draw_row(void *context, const struct canvas *row, const void *item, bool selected)
{
    (void)context;
    static const char *const state_signs[ANCHOR_STATE_COUNT] = {[ANCHOR_EXACT] = " ",
                                                                [ANCHOR_MOVED] = "→",
                                                                [ANCHOR_AMBIGUOUS] = "?",
                                                                [ANCHOR_LOST] = "!",
                                                                [ANCHOR_NEAR] = "≈"};
    const struct bookmark_row *bookmark = item;
    style_id style = selected ? STYLE_ROW_SELECTED : STYLE_ROW;
    struct buf text = BUF_INIT;
    list_pane_marker(row, selected);
    canvas_text(row, 0, 2, 1, str_from(state_signs[bookmark->bookmark.state]), STYLE_ERROR);
    const struct bookmark_label *label = bookmark_label_of(bookmark->bookmark.tags);
    if (label)
        canvas_text(row, 0, 3, 1, str_from(label->sign), label->style);
    label_publication(&text, &bookmark->published);
    canvas_field(row, 0, 4, 10, buf_str(&text), STYLE_ROW_DIM);
    buf_clear(&text);
    int at = 15;
    if (bookmark->bookmark.note.len) {
        buf_add(&text, bookmark->bookmark.note);
        flatten(&text);
        at += canvas_text(row, 0, at, (row->columns - at) / 2, buf_str(&text), STYLE_HEADING);
        buf_clear(&text);
        at += canvas_text(row, 0, at, row->columns - at, STR(" "), style);
    }
    if (bookmark->bookmark.tags.len) {
        buf_format(&text, "[%.*s] ", STR_ARG(bookmark->bookmark.tags));
        at += canvas_text(row, 0, at, row->columns - at, buf_str(&text), STYLE_KEY);
        buf_clear(&text);
    }
    buf_format(&text, "“%.*s” — %.*s", STR_ARG(bookmark->bookmark.quote),
               STR_ARG(label_title(bookmark->site, bookmark->title)));
    flatten(&text);
    canvas_field(row, 0, at, row->columns - at, buf_str(&text), style);
    buf_done(&text);
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)session, (void)row, (void)column;
    struct bookmarks *bookmarks = state;
    str header =
        canvas->columns >= 90
            ? STR("    date       note [tags] “passage” — outlet     → moved  ≈ near  "
                  "? ambiguous  ! lost")
        : canvas->columns >= 70
            ? STR("    date       note [tags] “passage”   → moved ≈ near ? ambiguous ! lost")
            : STR("    date       note [tags] “passage”");
    list_pane_draw(
        &bookmarks->list, canvas, header,
        STR("No passage is kept yet: {select} selects one in the text, {bookmark} keeps it."),
        draw_row, NULL);
}

static const char *const sort_names[BOOKMARK_SORT_COUNT] = {
    [BOOKMARKS_BY_PUBLICATION] = "date",
    [BOOKMARKS_BY_MAKING] = "when made",
    [BOOKMARKS_BY_ARTICLE] = "article",
    [BOOKMARKS_BY_TAG] = "tag",
};

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    (void)session;
    struct bookmarks *bookmarks = state;
    buf_add(left, STR(" Bookmarks "));
    label_count(left, list_pane_total(&bookmarks->list), bookmarks->list.filter.len > 0);
    buf_format(left, " by %s", sort_names[bookmarks->sort]);
    list_pane_filter_label(&bookmarks->list, left);
    const struct bookmark_row *row = rows_selected(&bookmarks->list.rows);
    if (row)
        buf_add(right, str_from(anchor_state_name(row->bookmark.state)));
    if (row && row->bookmark.state == ANCHOR_NEAR)
        buf_format(right, " %d%%", row->bookmark.score);
    buf_add(right, STR(" "));
}

static enum outcome open_passage(struct session *session, void *state, str argument)
{
    (void)argument;
    struct bookmarks *bookmarks = state;
    const struct bookmark_row *row = rows_selected(&bookmarks->list.rows);
    if (!row)
        return OUTCOME_DONE;
    struct target_place here = {row->bookmark.article, row->bookmark.start, row->bookmark.end};
    struct place place = {
        .pane = PANE_READER, .article = row->bookmark.article, .offset = row->bookmark.start};
    enum anchor_state anchor = row->bookmark.state;
    int score = row->bookmark.score;
    session_target_bookmarks(session);
    session_target_here(session, &here);
    session_go(session, &place);
    if (anchor == ANCHOR_NEAR)
        session_say(session, "near: %d%% of the passage's words stand here", score);
    else if (!anchor_holds(anchor))
        session_complain(
            session, "the passage is %s in this text; {reattach} in the list attaches it by hand",
            anchor_state_name(anchor));
    return OUTCOME_REDRAW;
}

/* ---- note, tags, delete: on the selected bookmark ------------------------------------------ */

static struct bookmark *selected_copy(struct session *session, struct bookmark *copy)
{
    struct bookmarks *bookmarks = session_pane_state(session, PANE_BOOKMARKS);
    const struct bookmark_row *row = rows_selected(&bookmarks->list.rows);
    if (!row)
        return NULL;
    *copy = row->bookmark;
    return copy;
}

static struct bookmark keep_asked(struct bookmarks *bookmarks, const struct bookmark *bookmark)
{
    struct arena *arena = &bookmarks->asked_arena;
    arena_reset(arena);
    bookmarks->asked = *bookmark;
    str *const texts[] = {&bookmarks->asked.quote, &bookmarks->asked.prefix,
                          &bookmarks->asked.suffix, &bookmarks->asked.note, &bookmarks->asked.tags};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_str(arena, *texts[i]);
    return bookmarks->asked;
}

static void note_accepted(struct session *session, str text)
{
    const struct bookmarks *bookmarks = session_pane_state(session, PANE_BOOKMARKS);
    session_edit_bookmark(session, &bookmarks->asked, str_trim(text), bookmarks->asked.tags,
                          "note changed");
}

static void tags_accepted(struct session *session, str text)
{
    const struct bookmarks *bookmarks = session_pane_state(session, PANE_BOOKMARKS);
    session_edit_bookmark(session, &bookmarks->asked, bookmarks->asked.note, str_trim(text),
                          "tags changed");
}

static enum outcome ask(struct session *session, const struct question *question, bool tags)
{
    struct bookmark bookmark;
    if (selected_copy(session, &bookmark) && session_can_write(session)) {
        bookmark = keep_asked(session_pane_state(session, PANE_BOOKMARKS), &bookmark);
        session_ask(session, question, tags ? bookmark.tags : bookmark.note);
    }
    return OUTCOME_REDRAW;
}

static enum outcome sort(struct session *session, void *state, str argument)
{
    (void)argument;
    struct bookmarks *bookmarks = state;
    bookmarks->sort = (enum bookmark_sort)((bookmarks->sort + 1) % BOOKMARK_SORT_COUNT);
    list_pane_load(&bookmarks->list, NULL);
    session_say(session, "sorted by %s", sort_names[bookmarks->sort]);
    return OUTCOME_REDRAW;
}

static enum outcome label(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    struct bookmark bookmark;
    struct buf tags = BUF_INIT;
    if (!selected_copy(session, &bookmark) || !session_can_write(session))
        return OUTCOME_REDRAW;
    bookmark_label_next(&tags, bookmark.tags);
    const struct bookmark_label *now = bookmark_label_of(buf_str(&tags));
    session_edit_bookmark(session, &bookmark, bookmark.note, buf_str(&tags),
                          now ? now->name : "no label");
    buf_done(&tags);
    return OUTCOME_REDRAW;
}

static enum outcome edit_note(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    struct bookmark bookmark;
    struct arena arena = {0};
    str edited = STR_NONE;
    if (selected_copy(session, &bookmark) && session_can_write(session) &&
        editor_change(session, &arena, bookmark.note, &edited))
        session_edit_bookmark(session, &bookmark, edited, bookmark.tags, "note changed");
    arena_done(&arena);
    return OUTCOME_REDRAW;
}

static enum outcome reattach(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    struct bookmark bookmark;
    if (selected_copy(session, &bookmark) && session_can_write(session))
        reader_attach_begin(session, &bookmark);
    return OUTCOME_REDRAW;
}

static enum outcome note(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    struct question question = {.label = "note: ", .accepted = note_accepted};
    struct bookmark bookmark;
    if (selected_copy(session, &bookmark) && str_find_byte(bookmark.note, '\n', 0) != STR_MISSING) {
        session_say(session, "this note has several lines; {edit-note} opens it in your editor");
        return OUTCOME_REDRAW;
    }
    return ask(session, &question, false);
}

static enum outcome tag(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    struct question question = {.label = "tags: ", .accepted = tags_accepted};
    return ask(session, &question, true);
}

static enum outcome delete (struct session *session, void *state, str argument) {
    (void)state, (void)argument; struct bookmark bookmark; struct error err = {0};
    if (!selected_copy(session, &bookmark) || !session_can_write(session)) return OUTCOME_REDRAW;
    if (session_check(session,
                      store_delete_bookmark(session->store, bookmark.id, session_now(), &err),
                      &err)){session_changed(session);
                             session_say(session, "bookmark deleted; {undo} brings it back");}
return OUTCOME_REDRAW;
}

static enum outcome make_target(struct session *session, void *state, str argument)
{
    (void)state, (void)argument;
    session_target_bookmarks(session);
    session_say(session, "target: all bookmarks; {next-hit} walks them");
    return OUTCOME_REDRAW;
}

static const struct handler own_handlers[] = {
    {ACTION_OPEN, open_passage},
    {ACTION_SORT, sort},
    {ACTION_LABEL, label},
    {ACTION_EDIT_NOTE, edit_note},
    {ACTION_REATTACH, reattach},
    {ACTION_NOTE, note},
    {ACTION_TAG, tag},
    {ACTION_DELETE, delete},
    {ACTION_MAKE_TARGET, make_target},
    {0, NULL},
};

static const struct handler *const handlers[] = {own_handlers, list_pane_filter_handlers, NULL};

/* Those of the passage. */
static void names(struct session *session, void *state, struct name_choices *choices)
{
    struct bookmarks *bookmarks = state;
    const struct bookmark_row *row = rows_selected(&bookmarks->list.rows);
    if (row && anchor_holds(row->bookmark.state))
        name_choice_add_range(session, choices, row->bookmark.article, row->bookmark.start,
                              row->bookmark.end);
    else if (row)
        name_choice_add_words(session, choices, row->bookmark.article, row->bookmark.quote);
}

const struct pane_class pane_bookmarks = {
    .title = "Bookmarks",
    .state_len = sizeof(struct bookmarks),
    .init = init,
    .done = done,
    .show = list_pane_show,
    .where = where,
    .meant = list_pane_meant,
    .reload = list_pane_reload,
    .draw = draw,
    .status = status,
    .names = names,
    .move = list_pane_move,
    .rows_seen = list_pane_rows_seen,
    .filter_use = QUERY_BOOKMARKS,
    .handlers = handlers,
};
