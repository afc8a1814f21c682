/* The reader: one article, its marks, the target in it. */
#include <string.h>

#include "app/label.h"
#include "app/reader.h"
#include "text/url.h"

enum { SHOW_MARGIN = 2, BOOKMARK_LIMIT = 500 };

static int height(const struct reader *reader)
{
    return terminal_rows(reader->session->terminal) - 1;
}

/* ---- loading ------------------------------------------------------------------------------- */

static void load_bookmarks(struct reader *reader)
{
    struct bookmark_query query = {.article = reader->article.id};
    struct page_request request = {.limit = BOOKMARK_LIMIT};
    struct error err = {0};
    reader->bookmark_count = 0;
    session_check(reader->session,
                  store_list_bookmarks(reader->session->store, &reader->article_arena, &query,
                                       &request, &reader->bookmarks, &reader->bookmark_count, &err),
                  &err);
}

static bool load(struct reader *reader, int64_t id)
{
    struct error err = {0};
    struct stored_article article = {0};
    struct arena arena = {0};
    enum status status = store_get_article(reader->session->store, &arena, id, &article, &err);
    if (status == STATUS_NOT_FOUND)
        session_complain(reader->session, "this article is no longer in the dossier");
    else
        session_check(reader->session, status, &err);
    if (status != STATUS_OK) {
        arena_done(&arena);
        return false;
    }
    arena_done(&reader->article_arena);
    reader->article_arena = arena;
    reader->article = article;
    reader->text = STR_NONE;
    load_bookmarks(reader);
    reader_compose(reader);
    return true;
}

/* ---- the place ----------------------------------------------------------------------------- */

/* Begun when first looked at, read when the end was seen. */
static void keep_read(struct reader *reader, enum read_state seen)
{
    struct session *session = reader->session;
    struct error err = {0};
    if (seen <= reader->article.read)
        return;
    reader->article.read = seen;
    enum status status =
        store_note_read(session->store, reader->article.id, seen, session_now(), &err);
    if (status == STATUS_OK)
        status = store_get_totals(session->store, &session->totals, &err);
    session_check(session, status, &err);
}

static void keep_place(struct session *session, void *state)
{
    struct reader *reader = state;
    if (!reader->article.id || store_is_read_only(session->store))
        return;
    uint32_t place = reader_to_article(reader, reader->view.anchor);
    bool end = text_view_at_end(&reader->view) && reader->mode != READER_RAW;
    bool is_first = reader->kept_place == UINT32_MAX;
    struct error err = {0};
    if (place != reader->kept_place) {
        reader->kept_place = place;
        session_check(
            session,
            store_set_position(session->store, reader->article.id, place, session_now(), &err),
            &err);
    }
    if (end && !reader->reached_end)
        keep_read(reader, READ_DONE);
    else if (is_first)
        keep_read(reader, READ_STARTED);
    reader->reached_end = end;
}

static void where(struct session *session, void *state, struct place *place)
{
    (void)session;
    struct reader *reader = state;
    *place = (struct place){.pane = PANE_READER, .article = reader->article.id, .at_top = true};
    if (reader->article.id)
        place->offset = reader_to_article(reader, reader->view.anchor);
}

static void show_range(struct reader *reader, uint32_t start, uint32_t end)
{
    text_view_show(&reader->view, reader_to_view(reader, start), reader_to_view(reader, end),
                   SHOW_MARGIN);
}

/* Goes to a hit of the search that is the target; false when there is none in that direction. */
static bool go_to_hit(struct reader *reader, size_t index)
{
    if (index >= reader->hit_count)
        return false;
    const struct text_range *hit = &reader->hits[index];
    struct target_place here = {reader->article.id, hit->start, hit->end};
    session_target_here(reader->session, &here);
    show_range(reader, hit->start, hit->end);
    reader_paint(reader);
    return true;
}

/* An article that was entered through a search begins at its first hit. */
static bool is_search_entry(const struct reader *reader)
{
    const struct current_target *current = &reader->session->target;
    return current->target.kind == TARGET_SEARCH && current->place.article == reader->article.id &&
           current->place.end == 0 && reader->hit_count;
}

static void go_to_place(struct reader *reader, const struct place *place, bool is_new)
{
    const struct target_place *target = &reader->session->target.place;
    if (is_search_entry(reader))
        go_to_hit(reader, reader->session->target.backward ? reader->hit_count - 1 : 0);
    else if (place->at_top)
        text_view_go(&reader->view, reader_to_view(reader, place->offset));
    else if (place->offset || (target->article == place->article && target->end))
        show_range(reader, place->offset,
                   target->article == place->article && target->start == place->offset
                       ? target->end
                       : place->offset);
    else if (is_new)
        text_view_go(&reader->view, reader_to_view(reader, reader->article.position));
}

static bool show(struct session *session, void *state, const struct place *place)
{
    struct reader *reader = state;
    int64_t id = place->article ? place->article : reader->article.id;
    if (!id) {
        session_say(session, "no article is open; ga lists them, Enter opens one");
        return false;
    }
    bool is_new = id != reader->article.id;
    if (is_new) {
        reader->mode = READER_CLEAN;
        if (!load(reader, id))
            return false;
        reader->kept_place = UINT32_MAX; /* the first look at it is kept too */
        reader->reached_end = false;
    } else {
        reader->mark = NO_MARK;
        reader_find_hits(reader);
        reader_paint(reader);
    }
    go_to_place(reader, place, is_new);
    reader_paint(reader);
    return true;
}

/* The article may have been derived anew, the window resized, the target dropped. */
static void reload(struct session *session, void *state)
{
    struct reader *reader = state;
    (void)session;
    if (!reader->article.id)
        return;
    struct place place;
    where(session, state, &place);
    enum reader_mode mode = reader->mode;
    size_t mark = reader->mark;
    bool selecting = reader->selecting;
    uint32_t anchor = reader->anchor, cursor = reader->view.cursor;
    struct arena scratch = {0};
    str old_text = arena_str(&scratch, reader->text);
    bool same = load(reader, reader->article.id) && mode == reader->mode &&
                str_equal(old_text, reader->text);
    arena_done(&scratch);
    text_view_go(&reader->view, reader_to_view(reader, place.offset));
    if (same && mark != NO_MARK && mark < reader->marks.count)
        reader->mark = mark;
    if (same && selecting) {
        reader->selecting = true;
        reader->anchor = anchor;
        reader->view.cursor = cursor;
    }
    reader_paint(reader);
}

static void init(struct session *session, void *state)
{
    struct reader *reader = state;
    reader->session = session;
    reader->mark = NO_MARK;
    text_view_init(&reader->view);
}

static void done(struct session *session, void *state)
{
    (void)session;
    struct reader *reader = state;
    text_view_done(&reader->view);
    arena_done(&reader->article_arena);
    arena_done(&reader->view_arena);
    arena_done(&reader->hit_arena);
}

/* ---- drawing ------------------------------------------------------------------------------- */

/* A bar beside every line that holds a kept passage. */
static void draw_gutter(const struct reader *reader, const struct canvas *canvas, int left)
{
    for (int i = 0; i < canvas->rows && reader->view.top + (size_t)i < reader->view.rows.count;
         i++) {
        const struct text_row *row = &reader->view.rows.items[reader->view.top + (size_t)i];
        for (size_t k = 0; !row->blank && k < reader->marks.count; k++) {
            const struct mark *mark = &reader->marks.items[k];
            if (mark->kind == MARK_BOOKMARK && mark->start < row->line.end &&
                mark->end > row->line.start)
                canvas_text(canvas, i, left - 2, 1, STR("▌"), STYLE_GUTTER);
        }
    }
}

/* Each entity of the article once, in order of appearance, with its number of mentions. */
static void draw_side_pane(const struct reader *reader, const struct canvas *canvas)
{
    const struct stored_article *article = &reader->article;
    int row = 0;
    canvas_field(canvas, row++, 0, canvas->columns, STR("People of this article"), STYLE_HEADER);
    for (size_t i = 0; i < article->mention_count && row < canvas->rows; i++) {
        const struct stored_mention *m = &article->mentions[i];
        bool seen = m->mention.kind != ENTITY_PERSON;
        for (size_t k = 0; k < i && !seen; k++)
            seen = article->mentions[k].entity == m->entity;
        if (seen)
            continue;
        unsigned times = 0;
        for (size_t k = i; k < article->mention_count; k++)
            times += article->mentions[k].entity == m->entity;
        struct buf label = BUF_INIT;
        buf_format(&label, "%3u %.*s", times, STR_ARG(m->name));
        bool target = reader->session->target.target.kind == TARGET_ENTITY &&
                      reader->session->target.target.entity == m->entity;
        canvas_field(canvas, row++, 0, canvas->columns, buf_str(&label),
                     target ? STYLE_TARGET : STYLE_ROW);
        buf_done(&label);
    }
}

static void draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column)
{
    (void)session;
    struct reader *reader = state;
    if (!reader->text.len) {
        canvas_text(canvas, 1, 2, canvas->columns - 2,
                    STR("The cleaner kept nothing of this page; c shows what it removed."),
                    STYLE_ROW_DIM);
        return;
    }
    int left = 0, cursor_row = -1, cursor_column = -1;
    int width = reader_text_columns(reader, &left);
    text_view_draw(&reader->view, canvas, left, reader->spans.items, reader->spans.count,
                   &cursor_row, &cursor_column);
    draw_gutter(reader, canvas, left);
    if (reader_shows_side(reader)) {
        struct canvas side = canvas_part(canvas, 0, left + width + 2, canvas->rows,
                                         canvas->columns - left - width - 2);
        draw_side_pane(reader, &side);
    }
    if (reader->selecting) {
        *row = cursor_row;
        *column = cursor_column;
    }
}

static void status(struct session *session, void *state, struct buf *left, struct buf *right)
{
    static const char *const mode_names[READER_MODE_COUNT] = {[READER_CLEAN] = "",
                                                              [READER_WITH_REMOVED] =
                                                                  " [with what was removed]",
                                                              [READER_RAW] = " [raw page]"};
    struct reader *reader = state;
    const struct article *article = &reader->article.article;
    buf_add_byte(left, ' ');
    label_publication(left, &article->published);
    if (article->published.basis == DATE_BASIS_SET)
        buf_add(left, STR(" (set by you)"));
    if (article->site.len)
        buf_format(left, " %.*s", STR_ARG(article->site));
    buf_format(left, "%s %.*s", mode_names[reader->mode],
               STR_ARG(label_title(article->title, article->path)));
    const struct current_target *current = &session->target;
    if (current->target.kind == TARGET_SEARCH)
        for (size_t i = 0; i < reader->hit_count; i++)
            if (reader->hits[i].start == current->place.start)
                buf_format(right, "hit %zu/%zu ", i + 1, reader->hit_count);
    buf_format(right, "%d%% ", text_view_percent(&reader->view));
}

static int scope(struct session *session, void *state)
{
    (void)session;
    return ((struct reader *)state)->selecting ? SCOPE_SELECT : SCOPE_ANY;
}

/* ---- moving -------------------------------------------------------------------------------- */

static enum outcome scroll(struct reader *reader, int rows)
{
    text_view_scroll(&reader->view, rows);
    return OUTCOME_REDRAW;
}

static enum outcome down(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    return scroll(state, 1);
}

static enum outcome up(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    return scroll(state, -1);
}

static enum outcome page_down(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    int page = height(state);
    return scroll(state, page > 2 ? page - 1 : 1);
}

static enum outcome page_up(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    int page = height(state);
    return scroll(state, page > 2 ? 1 - page : -1);
}

static enum outcome half_down(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    return scroll(state, (height(state) + 1) / 2);
}

static enum outcome half_up(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    return scroll(state, -(height(state) + 1) / 2);
}

static enum outcome top(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    return scroll(reader, -(int)reader->view.rows.count);
}

static enum outcome bottom(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    return scroll(reader, (int)reader->view.rows.count);
}

/* ---- marks --------------------------------------------------------------------------------- */

static bool is_visible(const struct reader *reader, uint32_t view_offset)
{
    size_t row = text_view_row_of(&reader->view, view_offset);
    return row >= reader->view.top && row < reader->view.top + (size_t)height(reader);
}

/* Names of kinds as the keymap writes them; NULL: every kind. */
static bool kind_of(str name, int *kind)
{
    static const char *const names[MARK_KIND_COUNT] = {"person", "place",    "organisation",
                                                       "date",   "bookmark", "removed",
                                                       "link"};
    *kind = -1;
    for (int i = 0; i < MARK_KIND_COUNT; i++)
        if (str_equal(name, str_from(names[i])))
            *kind = i;
    return *kind >= 0 || !name.len || str_equal(name, STR("any"));
}

/* Links are many and nobody asked for them: they are no marks of any kind. */
static bool is_of_kind(const struct mark *mark, int kind)
{
    return kind < 0 ? mark->kind != MARK_LINK : (int)mark->kind == kind;
}

/* The next mark of a kind after the current one, or after the top of the screen. */
static size_t find_mark(const struct reader *reader, int kind, bool backward)
{
    uint32_t from = text_view_place(&reader->view);
    bool has_mark =
        reader->mark != NO_MARK && is_visible(reader, reader->marks.items[reader->mark].start);
    if (has_mark)
        from = reader->marks.items[reader->mark].start;
    size_t best = NO_MARK;
    for (size_t i = 0; i < reader->marks.count; i++) {
        const struct mark *mark = &reader->marks.items[i];
        if (!is_of_kind(mark, kind))
            continue;
        if (backward && mark->start < from)
            best = i;
        if (!backward && (mark->start > from || (!has_mark && mark->start == from)))
            return i;
    }
    return best;
}

static str link_target(const struct reader *reader, const struct mark *mark)
{
    return reader->article.article.spans.items[mark->index].target;
}

static enum outcome step_mark(struct session *session, struct reader *reader, str argument,
                              bool backward)
{
    int kind = -1;
    if (!kind_of(argument, &kind)) {
        session_complain(session,
                         "no kind of mark `%.*s'; there are person place organisation date "
                         "bookmark removed link any",
                         STR_ARG(argument));
        return OUTCOME_REDRAW;
    }
    size_t found = find_mark(reader, kind, backward);
    if (found == NO_MARK) {
        session_say(session, backward ? "no such mark before" : "no such mark after");
        return OUTCOME_REDRAW;
    }
    reader->mark = found;
    text_view_show(&reader->view, reader->marks.items[found].start, reader->marks.items[found].end,
                   SHOW_MARGIN);
    reader_paint(reader);
    if (reader->marks.items[found].kind == MARK_LINK)
        session_say(session, "%.*s", STR_ARG(link_target(reader, &reader->marks.items[found])));
    return OUTCOME_REDRAW;
}

static enum outcome next_mark(struct session *session, void *state, str argument)
{
    return step_mark(session, state, argument, false);
}

static enum outcome previous_mark(struct session *session, void *state, str argument)
{
    return step_mark(session, state, argument, true);
}

/* The current mark; without one, the first on the screen becomes it. NULL with a message. */
static const struct mark *current_mark(struct session *session, struct reader *reader)
{
    if (reader->mark == NO_MARK || !is_visible(reader, reader->marks.items[reader->mark].start)) {
        reader->mark = NO_MARK;
        size_t found = find_mark(reader, -1, false);
        if (found != NO_MARK && is_visible(reader, reader->marks.items[found].start))
            reader->mark = found;
        reader_paint(reader);
    }
    if (reader->mark == NO_MARK)
        session_say(session, "nothing is marked here; ]m goes to the next mark");
    return reader->mark == NO_MARK ? NULL : &reader->marks.items[reader->mark];
}

/* The current mark where it is a date, else the first date on the screen after it. */
static const struct mark *current_date(struct reader *reader)
{
    bool has_mark = reader->mark != NO_MARK &&
                    is_visible(reader, reader->marks.items[reader->mark].start);
    if (!has_mark || reader->marks.items[reader->mark].kind != MARK_DATE) {
        size_t found = find_mark(reader, MARK_DATE, false);
        if (found == NO_MARK || !is_visible(reader, reader->marks.items[found].start))
            return NULL;
        reader->mark = found;
        reader_paint(reader);
    }
    return &reader->marks.items[reader->mark];
}

static bool is_name(const struct mark *mark)
{
    return mark->kind <= MARK_ORGANISATION;
}

static void target_mark(struct session *session, struct reader *reader, const struct mark *mark)
{
    struct target_place here = {reader->article.id, reader_to_article(reader, mark->start),
                                reader_to_article(reader, mark->end)};
    if (is_name(mark)) {
        const struct stored_mention *mention = &reader->article.mentions[mark->index];
        session_target_entity(session, mention->entity, mention->name);
    } else if (mark->kind == MARK_DATE) {
        const struct moment *moment = &reader->article.moments.items[mark->index];
        struct buf label = BUF_INIT;
        label_days(&label, moment->first, moment->last);
        if (moment->first != DAY_UNKNOWN)
            session_target_days(session, moment->first, moment->last, buf_str(&label));
        else
            session_say(session, "this date has no known day; w tells why");
        buf_done(&label);
    } else if (mark->kind == MARK_BOOKMARK) {
        session_target_bookmarks(session);
    }
    session_target_here(session, &here);
    reader_paint(reader);
}

static enum outcome make_target(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    const struct mark *mark = current_mark(session, reader);
    if (mark && mark->kind != MARK_REMOVED && mark->kind != MARK_LINK)
        target_mark(session, reader, mark);
    return OUTCOME_REDRAW;
}

/* Only addresses of the web reach the browser, and only as one argument. */
static void browse(struct session *session, str url)
{
    struct arena scratch = {0};
    const char *chosen = session->settings.texts[SETTING_BROWSER];
    if (!chosen[0])
        chosen = session->environment->browser;
    str browser = arena_str(&scratch, str_from(chosen ? chosen : "xdg-open"));
    str address = arena_str(&scratch, url);
    char *arguments[] = {(char *)(uintptr_t)browser.ptr, (char *)(uintptr_t)address.ptr, NULL};
    int exit_status = 0;
    struct error err = {0};
    if (session_check(session,
                      terminal_run_program(session->terminal, arguments, &exit_status, &err), &err))
        session_say(session,
                    exit_status ? "the browser ended with an error; set another with :set browser" : "opened");
    arena_done(&scratch);
}

/* The link that is the current mark, or the one under it. NO_MARK when there is none. */
static size_t current_link(const struct reader *reader)
{
    if (reader->mark == NO_MARK)
        return NO_MARK;
    const struct mark *here = &reader->marks.items[reader->mark];
    for (size_t i = 0; i < reader->marks.count; i++) {
        const struct mark *mark = &reader->marks.items[i];
        if (mark->kind == MARK_LINK && (i == reader->mark || here->kind != MARK_LINK) &&
            mark->start <= here->start && here->start < mark->end)
            return i;
    }
    return NO_MARK;
}

static enum outcome open_link(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    size_t link = current_link(reader);
    str target = link == NO_MARK ? STR_NONE : link_target(reader, &reader->marks.items[link]);
    if (link == NO_MARK)
        session_say(session, "no link is marked; ]a goes to the next one");
    else if (!url_is_web(target))
        session_say(session, "not an address of the web: %.*s", STR_ARG(target));
    else
        browse(session, target);
    return OUTCOME_REDRAW;
}

static enum outcome open_mark(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    const struct mark *mark = current_mark(session, reader);
    if (!mark)
        return OUTCOME_REDRAW;
    struct place place = {.pane = PANE_TIMELINE};
    if (is_name(mark))
        place = (struct place){.pane = PANE_PERSON,
                               .entity = reader->article.mentions[mark->index].entity};
    else if (mark->kind == MARK_BOOKMARK)
        place.pane = PANE_BOOKMARKS;
    else if (mark->kind == MARK_REMOVED)
        return OUTCOME_REDRAW;
    else if (mark->kind == MARK_LINK)
        return open_link(session, state, argument);
    if (mark->kind == MARK_DATE)
        target_mark(session, reader, mark);
    session_go(session, &place);
    return OUTCOME_REDRAW;
}

/* A search walks the places in this article first; other targets are walked by the store. When one
 * has scrolled away from the last place, walking goes on from the screen. */
static enum outcome walk(struct session *session, struct reader *reader, bool backward)
{
    struct current_target *current = &session->target;
    if (current->target.kind == TARGET_NONE || !reader->article.id)
        return OUTCOME_UNHANDLED;
    bool here = current->place.article == reader->article.id &&
                is_visible(reader, reader_to_view(reader, current->place.start));
    uint32_t from =
        here ? current->place.start : reader_to_article(reader, text_view_place(&reader->view));
    if (current->target.kind != TARGET_SEARCH) {
        if (!here)
            current->place = (struct target_place){reader->article.id, from, from};
        return OUTCOME_UNHANDLED;
    }
    if (backward) {
        for (size_t i = reader->hit_count; i-- > 0;)
            if (reader->hits[i].start < from && go_to_hit(reader, i))
                return OUTCOME_REDRAW;
    } else {
        for (size_t i = 0; i < reader->hit_count; i++)
            if ((reader->hits[i].start > from || (!here && reader->hits[i].start == from)) &&
                go_to_hit(reader, i))
                return OUTCOME_REDRAW;
    }
    current->place = (struct target_place){.article = reader->article.id};
    return OUTCOME_UNHANDLED;
}

static enum outcome next_hit(struct session *session, void *state, str argument)
{
    (void)argument;
    return walk(session, state, false);
}

/* A search from the text goes on in the text: to the first place from the screen's first line on,
 * else to the first one of the article, else into the next article. */
static void search_here(struct session *session, str text)
{
    struct reader *reader = session_pane_state(session, PANE_READER);
    if (!session_target_search(session, text))
        return;
    uint32_t from = reader_to_article(reader, text_view_place(&reader->view));
    reader_find_hits(reader);
    reader_paint(reader);
    size_t index = 0;
    while (index < reader->hit_count && reader->hits[index].start < from)
        index++;
    if (go_to_hit(reader, index) || go_to_hit(reader, 0))
        return;
    session->target.place = (struct target_place){.article = reader->article.id};
    session_next_hit(session, false);
}

static enum outcome search(struct session *session, void *state, str argument)
{
    struct reader *reader = state;
    if (!reader->article.id)
        return OUTCOME_UNHANDLED;
    return session_search(session, argument, search_here);
}

static enum outcome previous_hit(struct session *session, void *state, str argument)
{
    (void)argument;
    return walk(session, state, true);
}

/* ---- the day of a date ----------------------------------------------------------------------- */

static enum outcome go_day(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    const struct mark *mark = current_date(reader);
    if (!mark) {
        session_say(session, "no date is in sight; ]d goes to the next one");
        return OUTCOME_REDRAW;
    }
    const struct moment *moment = &reader->article.moments.items[mark->index];
    struct place place = {.pane = PANE_TIMELINE, .has_day = true, .day = moment->first};
    if (moment->first == DAY_UNKNOWN)
        session_say(session, "this date has no known day; w tells why, P sets what it hangs on");
    else
        session_go(session, &place);
    return OUTCOME_REDRAW;
}

/* ---- the name that is meant ------------------------------------------------------------------ */

/* Where no mark is chosen, the place of the target that one walked to is meant. */
static void choose_target_mark(struct session *session, struct reader *reader)
{
    const struct target_place *here = &session->target.place;
    uint32_t start = reader_to_view(reader, here->start);
    if (reader->mark != NO_MARK || here->article != reader->article.id || !here->end ||
        !is_visible(reader, start))
        return;
    for (size_t i = 0; i < reader->marks.count; i++)
        if (is_name(&reader->marks.items[i]) && reader->marks.items[i].start == start)
            reader->mark = i;
}

static bool name(struct session *session, void *state, struct name_place *place)
{
    struct reader *reader = state;
    if (reader->article.id)
        choose_target_mark(session, reader);
    const struct mark *mark = reader->article.id ? current_mark(session, reader) : NULL;
    if (!mark || !is_name(mark))
        return false;
    const struct stored_mention *mention = &reader->article.mentions[mark->index];
    *place = (struct name_place){.entity = mention->entity,
                                 .article = reader->article.id,
                                 .start = mention->mention.start,
                                 .end = mention->mention.end};
    return true;
}

/* ---- why ----------------------------------------------------------------------------------- */

static void why_name(struct session *session, const struct stored_mention *m)
{
    session_say(session, "%s %.*s: %s%s%.*s%s%.*s", entity_kind_name(m->mention.kind),
                STR_ARG(m->name), m->mention.rule ? m->mention.rule : "",
                m->mention.evidence.len ? ", " : "", STR_ARG(m->mention.evidence),
                m->link_reason.len ? "; " : "", STR_ARG(m->link_reason));
}

static void why_date(struct session *session, const struct moment *m)
{
    struct buf days = BUF_INIT;
    label_days(&days, m->first, m->last);
    session_say(session, "%s %.*s = %s, %s: %s%s%.*s", moment_type_name(m->type), STR_ARG(m->value),
                buf_c(&days), certainty_name(m->certainty), m->rule ? m->rule : "",
                m->reference.len ? ", from " : "", STR_ARG(m->reference));
    buf_done(&days);
}

static enum outcome why(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    const struct mark *mark = current_mark(session, reader);
    if (!mark)
        return OUTCOME_REDRAW;
    if (mark->kind == MARK_LINK) {
        session_say(session, "link to %.*s", STR_ARG(link_target(reader, mark)));
    } else if (is_name(mark)) {
        why_name(session, &reader->article.mentions[mark->index]);
    } else if (mark->kind == MARK_DATE) {
        why_date(session, &reader->article.moments.items[mark->index]);
    } else if (mark->kind == MARK_REMOVED) {
        const struct removed_block *removed = &reader->article.article.removed.items[mark->index];
        session_say(session, "removed as %s by %s%.*s; x restores it, X for the whole outlet",
                    removal_reason_name(removed->reason),
                    str_starts(removed->rule, STR("your rule")) ? "" : "the rule ",
                    STR_ARG(removed->rule));
    } else {
        const struct bookmark *bookmark = &reader->bookmarks[mark->index].bookmark;
        session_say(session, "bookmark%s%.*s%s%.*s", bookmark->note.len ? ": " : "",
                    STR_ARG(bookmark->note), bookmark->tags.len ? " · tags " : "",
                    STR_ARG(bookmark->tags));
    }
    return OUTCOME_REDRAW;
}

/* ---- cleaning ------------------------------------------------------------------------------ */

static enum outcome cleaning(struct session *session, void *state, str argument)
{
    (void)argument;
    static const char *const told[READER_MODE_COUNT] = {
        "clean text", "with what was removed, and why; x on one restores it",
        "the page as it was imported"};
    struct reader *reader = state;
    if (!reader->article.id)
        return OUTCOME_UNHANDLED;
    uint32_t place = reader_to_article(reader, reader->view.anchor);
    reader->mode = (enum reader_mode)((reader->mode + 1) % READER_MODE_COUNT);
    reader->text = STR_NONE; /* its offsets mean nothing in the new mode */
    reader_compose(reader);
    text_view_go(&reader->view, reader_to_view(reader, place));
    session_say(session, "%s", told[reader->mode]);
    return OUTCOME_REDRAW;
}

static void decide_block(struct session *session, struct reader *reader, str block, bool keep)
{
    const struct pipeline *pipeline = session_pipeline(session);
    struct block_decision decision = {str_hash(str_trim(block)), keep};
    struct error err = {0};
    if (!pipeline)
        return;
    enum status status = store_put_block_decision(session->store, reader->article.id, &decision,
                                                  session_now(), &err);
    if (status == STATUS_OK)
        status = pipeline_rederive(pipeline, session->store, reader->article.id, &err);
    if (session_check(session, status, &err)) {
        session_changed(session);
        session_say(session, keep ? "restored; u takes it back" : "cut; u takes it back");
    }
}

/* The piece that is meant: the marked one, or the one at the top of the screen. *removed tells
 * which kind it is. STR_NONE with a message. */
static str meant_piece(struct session *session, struct reader *reader, bool *removed)
{
    *removed = false;
    if (reader->mode == READER_RAW || !reader->article.id) {
        session_say(session, "c goes to the clean text; there x cuts and restores");
        return STR_NONE;
    }
    if (!session_can_write(session))
        return STR_NONE;
    const struct mark *mark = current_mark(session, reader);
    if (mark && mark->kind == MARK_REMOVED) {
        *removed = true;
        return reader->article.article.removed.items[mark->index].text;
    }
    uint32_t at = mark ? mark->start : text_view_place(&reader->view);
    for (size_t i = 0; i < reader->blocks.count; i++)
        if (at >= reader->blocks.items[i].start && at <= reader->blocks.items[i].end)
            return str_slice(reader->text, reader->blocks.items[i].start,
                             reader->blocks.items[i].end);
    return STR_NONE;
}

static enum outcome restore_block(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    bool removed;
    str piece = meant_piece(session, reader, &removed);
    if (piece.len)
        decide_block(session, reader, piece, removed);
    return OUTCOME_REDRAW;
}

/* The same for all articles of the outlet. A piece that is cut by such a rule loses it. */
static enum outcome outlet_rule(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    const struct pipeline *pipeline = session_pipeline(session);
    str site = reader->article.article.site;
    struct outlet_line line = {0};
    struct error err = {0};
    bool removed;
    str piece = meant_piece(session, reader, &removed);
    if (!piece.len || !pipeline)
        return OUTCOME_REDRAW;
    if (!site.len) {
        session_say(session, "this page names no outlet; x decides for this article alone");
        return OUTCOME_REDRAW;
    }
    struct buf named = BUF_INIT; /* the article is loaded anew before the message */
    buf_add(&named, site);
    line.hash = str_hash(str_trim(piece));
    enum status status = store_find_outlet_lines(session->store, site, &line, 1, &err);
    bool drops = line.has_rule && line.keep != removed;
    if (status == STATUS_OK)
        status = store_put_outlet_rule(session->store, reader->article.id, site, piece, removed,
                                       drops, session_now(), &err);
    if (status == STATUS_OK)
        status = pipeline_rederive(pipeline, session->store, reader->article.id, &err);
    if (session_check(session, status, &err)) {
        session_refresh(session);
        session_changed(session);
        session_say(session, "%s for %s; u takes it back",
                    drops     ? "no rule any more"
                    : removed ? "always kept"
                              : "always cut",
                    buf_c(&named));
    }
    buf_done(&named);
    return OUTCOME_REDRAW;
}

/* ---- the rest ------------------------------------------------------------------------------ */

static enum outcome cancel(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    if (!reader->selecting && reader->mark == NO_MARK)
        return OUTCOME_UNHANDLED;
    reader->selecting = false;
    reader->mark = NO_MARK;
    reader_paint(reader);
    return OUTCOME_REDRAW;
}

static enum outcome side_pane(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    bool before = reader_shows_side(reader);
    reader->side_changed = !reader->side_changed;
    if (reader_shows_side(reader) == before)
        session_say(session, "the side pane needs 70 columns");
    reader_compose(reader);
    return OUTCOME_REDRAW;
}

static enum outcome open_original(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    str url = reader->article.article.url;
    if (url_is_web(url))
        browse(session, url);
    else
        session_say(session, "this page gave no address; it came from %.*s",
                    STR_ARG(reader->article.article.path));
    return OUTCOME_REDRAW;
}

static const struct handler own_handlers[] = {
    {ACTION_DOWN, down},
    {ACTION_UP, up},
    {ACTION_PAGE_DOWN, page_down},
    {ACTION_PAGE_UP, page_up},
    {ACTION_HALF_DOWN, half_down},
    {ACTION_HALF_UP, half_up},
    {ACTION_TOP, top},
    {ACTION_BOTTOM, bottom},
    {ACTION_NEXT_MARK, next_mark},
    {ACTION_PREVIOUS_MARK, previous_mark},
    {ACTION_MAKE_TARGET, make_target},
    {ACTION_SEARCH, search},
    {ACTION_OPEN, open_mark},
    {ACTION_NEXT_HIT, next_hit},
    {ACTION_PREVIOUS_HIT, previous_hit},
    {ACTION_WHY, why},
    {ACTION_GO_DAY, go_day},
    {ACTION_CLEANING, cleaning},
    {ACTION_RESTORE_BLOCK, restore_block},
    {ACTION_OUTLET_RULE, outlet_rule},
    {ACTION_CANCEL, cancel},
    {ACTION_SIDE_PANE, side_pane},
    {ACTION_OPEN_ORIGINAL, open_original},
    {ACTION_OPEN_LINK, open_link},
    {0, NULL},
};

static const struct handler *const handlers[] = {own_handlers, reader_passage_handlers, NULL};

const struct pane_class pane_reader = {
    .title = "Reader",
    .state_len = sizeof(struct reader),
    .init = init,
    .done = done,
    .show = show,
    .where = where,
    .reload = reload,
    .draw = draw,
    .status = status,
    .scope = scope,
    .idle = keep_place,
    .name = name,
    .handlers = handlers,
};
