/* Walking the target within the article. */
#include "app/reader.h"
#include "app/snippet.h"

bool reader_go_to_hit(struct reader *reader, size_t index)
{
    if (index >= reader->hit_count)
        return false;
    const struct text_range *hit = &reader->hits[index];
    struct target_place here = {reader->article.id, hit->start, hit->end};
    session_target_here(reader->session, &here);
    reader->eye = NO_EYE;
    reader->mark = NO_MARK;
    reader_extend(reader, hit->start, hit->end);
    reader_show_range(reader, hit->start, hit->end);
    reader_paint(reader);
    return true;
}

/* In a snippet what parts lines is a blank. */
static bool has_at(str text, size_t at, str snippet)
{
    for (size_t i = 0; i < snippet.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[at + i];
        if (snippet.ptr[i] != (byte < 0x20 ? ' ' : (char)byte))
            return false;
    }
    return true;
}

/* A snippet without its signs and without the … where it was cut; *hit is its first hit. */
static void add_plain(struct buf *plain, str snippet, size_t *hit)
{
    const str cut = STR("…");
    size_t start = str_starts(snippet, cut) ? cut.len : 0,
           end = str_ends(snippet, cut) ? snippet.len - cut.len : snippet.len;
    snippet = str_slice(snippet, start, end);
    *hit = str_find_byte(snippet, SNIPPET_HIT_START, 0);
    snippet_add(plain, snippet, STR_NONE, STR_NONE);
}

void reader_go_to_snippet(struct reader *reader, str snippet)
{
    struct buf words = BUF_INIT;
    str text = reader->article.article.text;
    size_t hit, at = 0, index = 0;
    add_plain(&words, snippet, &hit);
    str plain = buf_str(&words);
    while (at + plain.len <= text.len && !has_at(text, at, plain))
        at++;
    if (hit != STR_MISSING && at + plain.len <= text.len) {
        while (index < reader->hit_count && reader->hits[index].end <= at + hit)
            index++;
        reader_go_to_hit(reader, index);
    }
    buf_done(&words);
}

/* A target that is walked for the first time begins with its first place on the screen or below. */
static bool begin_below(struct reader *reader)
{
    const struct target *target = &reader->session->target.target;
    uint32_t from = text_view_first(&reader->view);
    for (size_t i = 0; i < reader->marks.count && reader->mode != READER_RAW; i++) {
        const struct mark *mark = &reader->marks.items[i];
        if (mark->start < from || !reader_is_place_of(reader, target, mark))
            continue;
        struct target_place to = {reader->article.id, reader_to_article(reader, mark->start),
                                  reader_to_article(reader, mark->end)};
        session_target_here(reader->session, &to);
        reader->eye = NO_EYE;
        reader->mark = NO_MARK;
        reader_extend(reader, to.start, to.end);
        reader_show_range(reader, to.start, to.end);
        reader_paint(reader);
        return true;
    }
    return false;
}

/* A search walks the places in this article first; other targets are walked by the store. When one
 * has scrolled away from the last place, walking goes on from the screen. */
static enum outcome walk(struct session *session, struct reader *reader, bool backward)
{
    struct current_target *current = &session->target;
    reader->side.is_entered = false; /* it is the text that is walked */
    if (reader->attaching.id && reader->attaching.article == reader->article.id)
        return reader_attach_walk(reader, backward);
    if (current->target.kind == TARGET_NONE || !reader->article.id)
        return OUTCOME_UNHANDLED;
    bool here = current->place.article == reader->article.id &&
                reader_is_visible(reader, reader_to_view(reader, current->place.start));
    uint32_t from =
        here ? current->place.start : reader_to_article(reader, text_view_first(&reader->view));
    if (current->target.kind != TARGET_SEARCH) {
        if (!here && !backward && begin_below(reader))
            return OUTCOME_REDRAW;
        if (!here)
            current->place = (struct target_place){reader->article.id, from, from};
        return OUTCOME_UNHANDLED;
    }
    if (backward) {
        for (size_t i = reader->hit_count; i-- > 0;)
            if (reader->hits[i].start < from && reader_go_to_hit(reader, i))
                return OUTCOME_REDRAW;
    } else {
        for (size_t i = 0; i < reader->hit_count; i++)
            if ((reader->hits[i].start > from || (!here && reader->hits[i].start == from)) &&
                reader_go_to_hit(reader, i))
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
    uint32_t from = reader_to_article(reader, reader->selecting ? reader->view.cursor
                                                                : text_view_first(&reader->view));
    reader_find_hits(reader);
    reader_paint(reader);
    size_t index = 0;
    while (index < reader->hit_count && reader->hits[index].start < from)
        index++;
    if (reader_go_to_hit(reader, index) || reader_go_to_hit(reader, 0))
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

const struct handler reader_walk_handlers[] = {
    {ACTION_NEXT_HIT, next_hit},
    {ACTION_PREVIOUS_HIT, previous_hit},
    {ACTION_SEARCH, search},
    {0, NULL},
};
