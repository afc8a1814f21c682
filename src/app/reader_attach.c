/* A bookmark that was not found again is attached by hand. */
#include "app/reader.h"
#include "text/width.h"

enum { PLACE_LIMIT = 8 };

void reader_attach_places(struct reader *reader)
{
    struct anchor_place places[PLACE_LIMIT];
    reader->hit_count =
        bookmark_places(&reader->attaching, reader->article.article.text, places, PLACE_LIMIT);
    struct text_range *hits =
        arena_array(&reader->hit_arena, struct text_range, reader->hit_count + 1);
    for (size_t i = 0; i < reader->hit_count; i++)
        hits[i] = (struct text_range){places[i].start, places[i].end};
    reader->hits = hits;
}

static void choose(struct reader *reader, size_t index)
{
    const struct text_range *hit = &reader->hits[index];
    reader->selecting = true;
    reader->whole_blocks = false;
    reader->anchor = reader_to_view(reader, hit->start);
    reader->view.cursor =
        (uint32_t)width_cluster_before(reader->text, reader_to_view(reader, hit->end));
    text_view_show(&reader->view, reader->anchor, reader->view.cursor, 1);
    reader_paint(reader);
    session_say(
        reader->session,
        "place %zu of %zu; {next-hit} the next, {attach} attaches what is selected, {cancel} stops",
        index + 1, reader->hit_count);
}

enum outcome reader_attach_walk(struct reader *reader, bool backward)
{
    uint32_t from = reader_to_article(reader, reader->anchor);
    size_t index = 0;
    if (!reader->hit_count) {
        session_say(reader->session,
                    "nothing here reads like it; select its passage, {attach} attaches it");
        return OUTCOME_REDRAW;
    }
    while (index < reader->hit_count && reader->hits[index].start <= from)
        index++;
    if (backward) {
        index = 0;
        while (index < reader->hit_count && reader->hits[index].start < from)
            index++;
        index += reader->hit_count - 1;
    }
    choose(reader, index % reader->hit_count);
    return OUTCOME_REDRAW;
}

void reader_attach_begin(struct session *session, const struct bookmark *bookmark)
{
    struct reader *reader = session_pane_state(session, PANE_READER);
    struct place place = {
        .pane = PANE_READER, .article = bookmark->article, .offset = bookmark->start};
    struct arena arena = {0};
    struct bookmark wanted = *bookmark;
    wanted.quote = arena_str(&arena, bookmark->quote);
    if (!session_go(session, &place)) {
        arena_done(&arena);
        return;
    }
    arena_done(&reader->attach_arena);
    reader->attach_arena = arena;
    reader->attaching = wanted;
    reader_find_hits(reader);
    reader_paint(reader);
    if (reader->hit_count)
        choose(reader, 0);
    else
        (void)reader_attach_walk(reader, false);
}

static enum outcome attach(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    struct text_range passage;
    struct error err = {0};
    if (!reader->attaching.id || reader->attaching.article != reader->article.id) {
        session_say(session,
                    "no bookmark is being attached; {reattach} on one in the list begins it");
        return OUTCOME_REDRAW;
    }
    if (!session_can_write(session) || !reader->selecting || !reader_passage(reader, &passage))
        return OUTCOME_REDRAW;
    struct bookmark bookmark = reader->attaching;
    bookmark.start = reader_to_article(reader, passage.start);
    bookmark.end = reader_to_article(reader, passage.end);
    bookmark_take(&bookmark, reader->article.article.text);
    if (!bookmark.quote.len) {
        session_complain(session,
                         "only text of the article can be kept; {cleaning} goes to the clean text");
        return OUTCOME_REDRAW;
    }
    if (session_check(
            session, store_attach_bookmark(session->store, &bookmark, session_now(), &err), &err)) {
        reader->attaching.id = 0;
        reader->selecting = false;
        session_changed(session);
        session_say(session, "attached here; {undo} takes it back");
    }
    return OUTCOME_REDRAW;
}

const struct handler reader_attach_handlers[] = {
    {ACTION_ATTACH, attach},
    {0, NULL},
};
