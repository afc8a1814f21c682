
/* The reader: one article, its marks, the target in it. */
#include <string.h>

#include "app/reader.h"

enum { BOOKMARK_LIMIT = 500 };

int reader_height(const struct reader *reader)
{
    return terminal_rows(reader->session->terminal) - 1;
}

/* ---- loading ------------------------------------------------------------------------------- */

static void load_bookmarks(struct reader *reader)
{
    struct error err = {0};
    session_check(reader->session,
                  store_list_article_bookmarks(reader->session->store, &reader->article_arena,
                                               reader->article.id, BOOKMARK_LIMIT,
                                               &reader->bookmarks, &reader->bookmark_count, &err),
                  &err);
}

static bool load(struct reader *reader, int64_t id)
{
    struct error err = {0};
    struct stored_article article = {0};
    struct arena arena = {0};
    enum status status = store_get_text(reader->session->store, &arena, id, &article, &err);
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
    reader->has_removed = false;
    reader->text = STR_NONE;
    load_bookmarks(reader);
    reader_side_load(reader);
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

/* What is kept of the place, in one transaction. */
static void write_place(struct reader *reader, uint32_t offset, enum read_state seen)
{
    struct session *session = reader->session;
    struct bookmark place = {.article = reader->article.id};
    struct error err = {0};
    bool is_joined = offset != reader->kept_place && seen > reader->article.read;
    if (is_joined && !session_check(session, store_begin(session->store, &err), &err))
        return;
    if (offset != reader->kept_place) {
        reader->kept_place = offset;
        bookmark_take_place(&place, reader->article.article.text, offset);
        session_check(session, store_set_position(session->store, &place, session_now(), &err),
                      &err);
    }
    keep_read(reader, seen);
    if (is_joined)
        session_check(session, store_commit(session->store, &err), &err);
}

static void keep_place(struct session *session, void *state)
{
    struct reader *reader = state;
    if (!reader->article.id || store_is_read_only(session->store))
        return;
    uint32_t offset = reader_to_article(reader, reader->view.anchor);
    bool end = text_view_at_end(&reader->view) && reader->mode != READER_RAW;
    bool is_first = reader->kept_place == UINT32_MAX;
    write_place(reader, offset,
                end && !reader->reached_end ? READ_DONE
                : is_first                  ? READ_STARTED
                                            : READ_UNREAD);
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

void reader_show_range(struct reader *reader, uint32_t start, uint32_t end)
{
    text_view_show(&reader->view, reader_to_view(reader, start), reader_to_view(reader, end),
                   READER_SHOW_MARGIN);
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
        reader_go_to_hit(reader, reader->session->target.backward ? reader->hit_count - 1 : 0);
    else if (place->at_top)
        text_view_go(&reader->view, reader_to_view(reader, place->offset));
    else if (place->offset || (target->article == place->article && target->end)) {
        bool is_target = target->article == place->article && target->start == place->offset;
        reader_extend(reader, place->offset, is_target ? target->end : place->offset);
        reader_show_range(reader, place->offset, is_target ? target->end : place->offset);
    } else if (is_new)
        text_view_go(&reader->view, reader_to_view(reader, reader->article.place.start));
}

static bool show(struct session *session, void *state, const struct place *place)
{
    struct reader *reader = state;
    int64_t id = place->article ? place->article : reader->article.id;
    if (!id) {
        session_say(session, "no article is open; {go articles} lists them, {open} opens one");
        return false;
    }
    bool is_new = id != reader->article.id;
    reader->side.is_entered = false;
    if (is_new) {
        reader->mode = READER_CLEAN;
        if (!load(reader, id))
            return false;
        reader->eye = NO_EYE;
        reader->kept_place = UINT32_MAX; /* the first look at it is kept too */
        reader->reached_end = false;
    } else {
        reader->mark = NO_MARK;
        reader->eye = NO_EYE;
        reader_find_hits(reader);
        reader_find_watched(reader);
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
    struct arena scratch = {0};
    struct bookmark place = {0};
    str old_article = arena_str(&scratch, reader->article.article.text);
    bookmark_take_place(&place, old_article, reader_to_article(reader, reader->view.anchor));
    enum reader_mode mode = reader->mode;
    struct kept_eye eye;
    reader_keep_eye(reader, &scratch, &eye);
    bool selecting = reader->selecting;
    size_t above = reader->view.above;
    uint32_t anchor = reader->anchor, cursor = reader->view.cursor;
    str old_text = arena_str(&scratch, reader->text);
    bool same = load(reader, reader->article.id) && mode == reader->mode &&
                str_equal(old_text, reader->text);
    uint32_t offset = bookmark_find_place(&place, reader->article.article.text);
    reader->side.is_entered &= reader_shows_side(reader);
    text_view_return(&reader->view, reader_to_view(reader, offset), above);
    reader_find_eye(reader, &eye);
    if (same && selecting) {
        reader->selecting = true;
        reader->anchor = anchor;
        reader->view.cursor = cursor;
    }
    reader_paint(reader);
    arena_done(&scratch);
}

static void init(struct session *session, void *state)
{
    struct reader *reader = state;
    reader->session = session;
    reader->mark = NO_MARK;
    reader->eye = NO_EYE;
    text_view_init(&reader->view);
}

static void done(struct session *session, void *state)
{
    (void)session;
    struct reader *reader = state;
    text_view_done(&reader->view);
    vec_done(&reader->watched);
    arena_done(&reader->article_arena);
    arena_done(&reader->view_arena);
    arena_done(&reader->attach_arena);
    arena_done(&reader->hit_arena);
}

static int scope(struct session *session, void *state)
{
    (void)session;
    const struct reader *reader = state;
    return reader->selecting ? SCOPE_SELECT : reader->side.is_entered ? SCOPE_SIDE : SCOPE_ANY;
}

/* ---- the rest ------------------------------------------------------------------------------ */

static enum outcome cancel(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    reader->eye = NO_EYE;
    if (!reader->selecting && reader->mark == NO_MARK && !reader->attaching.id)
        return OUTCOME_UNHANDLED;
    if (reader->attaching.id) {
        reader->attaching.id = 0;
        reader_find_hits(reader);
    }
    reader->selecting = false;
    reader->mark = NO_MARK;
    reader_paint(reader);
    return OUTCOME_REDRAW;
}

/* ---- moving -------------------------------------------------------------------------------- */

static enum outcome move(struct session *session, void *state, int rows)
{
    (void)session;
    struct reader *reader = state;
    if (reader->side.is_entered) {
        reader_side_move(reader, rows);
        return OUTCOME_REDRAW;
    }
    int most = (int)reader->view.rows.count;
    text_view_scroll(&reader->view, rows > most ? most : rows < -most ? -most : rows);
    return OUTCOME_REDRAW;
}

static int rows_seen(struct session *session, void *state)
{
    (void)session;
    return reader_height(state);
}

static const struct handler own_handlers[] = {
    {ACTION_CANCEL, cancel},
    {0, NULL},
};

static const struct handler *const handlers[] = {
    reader_side_handlers,    own_handlers,           reader_mark_handlers,
    reader_walk_handlers,    reader_link_handlers,   reader_cleaning_handlers,
    reader_passage_handlers, reader_attach_handlers, NULL,
};

const struct pane_class pane_reader = {
    .title = "Reader",
    .state_len = sizeof(struct reader),
    .init = init,
    .done = done,
    .show = show,
    .where = where,
    .reload = reload,
    .draw = reader_draw,
    .status = reader_status,
    .move = move,
    .rows_seen = rows_seen,
    .scope = scope,
    .idle = keep_place,
    .name = reader_name,
    .handlers = handlers,
};
