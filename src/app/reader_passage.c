/* Passages in the reader: selecting, bookmarking, copying with the source. */
#include "app/label.h"
#include "app/reader.h"
#include "text/utf8.h"

enum { CONTEXT_POINTS = 32 };

/* ---- which passage ------------------------------------------------------------------------- */

static bool is_sentence_end(str text, size_t at)
{
    return (text.ptr[at] == '.' || text.ptr[at] == '!' || text.ptr[at] == '?') &&
           (at + 1 >= text.len || text.ptr[at + 1] == ' ' || text.ptr[at + 1] == '\n');
}

static const struct text_block *block_at(const struct reader *reader, uint32_t offset)
{
    for (size_t i = 0; i < reader->blocks.count; i++)
        if (offset >= reader->blocks.items[i].start && offset <= reader->blocks.items[i].end)
            return &reader->blocks.items[i];
    return NULL;
}

/* The sentence around an offset: the analysis' own where a date stands in it, else by its marks. */
static struct text_range sentence_at(const struct reader *reader, uint32_t offset)
{
    const struct text_block *block = block_at(reader, offset);
    struct text_range range = {offset, offset};
    if (!block)
        return range;
    range.start = offset;
    while (range.start > block->start &&
           !(range.start >= block->start + 2 && reader->text.ptr[range.start - 1] == ' ' &&
             is_sentence_end(reader->text, range.start - 2)))
        range.start--;
    range.end = offset;
    while (range.end < block->end && !is_sentence_end(reader->text, range.end))
        range.end++;
    if (range.end < block->end)
        range.end++;
    return range;
}

bool reader_passage(const struct reader *reader, struct text_range *passage)
{
    if (reader->selecting) {
        uint32_t cursor = reader->view.cursor, anchor = reader->anchor;
        passage->start = cursor < anchor ? cursor : anchor;
        uint32_t last = cursor < anchor ? anchor : cursor;
        /* The character under the far end belongs to it. */
        passage->end = (uint32_t)utf8_after(reader->text, last);
        if (passage->end > passage->start && reader->text.ptr[passage->end - 1] == '\n')
            passage->end--;
        return passage->end > passage->start;
    }
    uint32_t at = text_view_place(&reader->view);
    if (reader->mark != NO_MARK)
        at = reader->marks.items[reader->mark].start;
    *passage = sentence_at(reader, at);
    return passage->end > passage->start;
}

/* ---- selecting ----------------------------------------------------------------------------- */

static enum outcome moved(struct reader *reader)
{
    reader_paint(reader);
    return OUTCOME_REDRAW;
}

static enum outcome select_begin(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    if (!reader->article.id || !reader->text.len)
        return OUTCOME_DONE;
    if (reader->mode == READER_RAW) {
        session_say(session, "the raw page cannot be marked; c goes to the clean text");
        return OUTCOME_REDRAW;
    }
    uint32_t at = text_view_place(&reader->view);
    if (reader->mark != NO_MARK)
        at = reader->marks.items[reader->mark].start;
    reader->view.cursor = reader->anchor = at;
    reader->selecting = true;
    session_say(session, "select: h j k l w b ) }; B keeps it, y copies it, Esc stops");
    return moved(reader);
}

static enum outcome select_left(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    text_view_move_cluster(&reader->view, -1);
    return moved(reader);
}

static enum outcome select_right(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    text_view_move_cluster(&reader->view, 1);
    return moved(reader);
}

static enum outcome select_down(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    text_view_move_row(&reader->view, 1);
    return moved(reader);
}

static enum outcome select_up(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    text_view_move_row(&reader->view, -1);
    return moved(reader);
}

static enum outcome select_word(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    text_view_move_word(&reader->view, 1);
    return moved(reader);
}

static enum outcome select_word_back(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    text_view_move_word(&reader->view, -1);
    return moved(reader);
}

static enum outcome select_block(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    text_view_move_block(&reader->view, 1);
    return moved(reader);
}

static enum outcome select_block_back(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    text_view_move_block(&reader->view, -1);
    return moved(reader);
}

/* To the last character of this sentence, or of the next when it stands there already. */
static enum outcome select_sentence(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    uint32_t at = reader->view.cursor;
    struct text_range sentence = sentence_at(reader, at);
    if (sentence.end && sentence.end - 1 <= at && at + 1 < reader->text.len)
        sentence = sentence_at(reader, at + 2 < reader->text.len ? at + 2 : at + 1);
    if (sentence.end > sentence.start)
        reader->view.cursor = (uint32_t)utf8_before(reader->text, sentence.end);
    text_view_show(&reader->view, reader->view.cursor, reader->view.cursor, 1);
    return moved(reader);
}

static enum outcome select_swap(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    uint32_t anchor = reader->anchor;
    reader->anchor = reader->view.cursor;
    reader->view.cursor = anchor;
    text_view_show(&reader->view, anchor, anchor, 1);
    return moved(reader);
}

/* ---- bookmarking --------------------------------------------------------------------------- */

void passage_set_context(struct bookmark *bookmark, str text)
{
    size_t from = bookmark->start, to = bookmark->end;
    for (int i = 0; i < CONTEXT_POINTS && from > 0; i++)
        from = utf8_before(text, from);
    for (int i = 0; i < CONTEXT_POINTS && to < text.len; i++)
        to = utf8_after(text, to);
    bookmark->quote = str_slice(text, bookmark->start, bookmark->end);
    bookmark->prefix = str_slice(text, from, bookmark->start);
    bookmark->suffix = str_slice(text, bookmark->end, to);
}

static void note_accepted(struct session *session, str note)
{
    struct reader *reader = session_pane_state(session, PANE_READER);
    struct text_range passage;
    if (!reader_passage(reader, &passage))
        return;
    struct bookmark bookmark = {
        .article = reader->article.id,
        .start = reader_to_article(reader, passage.start),
        .end = reader_to_article(reader, passage.end),
        .state = ANCHOR_EXACT,
        .note = str_trim(note),
        .created = session_now(),
    };
    struct error err = {0};
    passage_set_context(&bookmark, reader->article.article.text);
    if (!bookmark.quote.len) {
        session_complain(session, "only text of the article can be kept; c goes to the clean text");
        return;
    }
    if (session_check(session, store_put_bookmark(session->store, &bookmark, session_now(), &err),
                      &err)) {
        reader->selecting = false;
        session_changed(session);
        session_say(session, "kept; gb lists the bookmarks, u takes it back");
    }
}

/* A passage that was shown only to ask about it is let go again. */
static void sentence_dropped(struct session *session)
{
    struct reader *reader = session_pane_state(session, PANE_READER);
    reader->selecting = false;
    reader_paint(reader);
}

static enum outcome bookmark(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    struct text_range passage;
    if (!reader->article.id || reader->mode == READER_RAW || !reader_passage(reader, &passage)) {
        session_say(session, "no passage here; v selects one in the clean text");
        return OUTCOME_REDRAW;
    }
    if (!session_can_write(session))
        return OUTCOME_REDRAW;
    struct question question = {.label = "note (Enter for none): ", .accepted = note_accepted};
    if (!reader->selecting) { /* show what is meant */
        question.cancelled = sentence_dropped;
        reader->selecting = true;
        reader->anchor = passage.start;
        reader->view.cursor = (uint32_t)utf8_before(reader->text, passage.end);
        reader_paint(reader);
    }
    session_ask(session, &question, STR_NONE);
    return OUTCOME_REDRAW;
}

/* ---- copying ------------------------------------------------------------------------------- */

static enum outcome copy(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    struct text_range passage;
    if (!reader->article.id || !reader_passage(reader, &passage))
        return OUTCOME_DONE;
    const struct article *article = &reader->article.article;
    struct buf text = BUF_INIT;
    str quote = str_slice(reader->text, passage.start, passage.end);
    buf_format(&text, "“%.*s”\n— %.*s", STR_ARG(quote),
               STR_ARG(label_title(article->title, article->path)));
    if (article->site.len)
        buf_format(&text, ", %.*s", STR_ARG(article->site));
    buf_add(&text, STR(", "));
    label_publication(&text, &article->published);
    buf_format(&text, "\n%.*s\n", STR_ARG(article->url.len ? article->url : article->path));
    struct error err = {0};
    if (session_check(session, terminal_copy(session->terminal, buf_str(&text), &err), &err))
        session_say(session, "sent to your terminal's clipboard, with the source (OSC 52)");
    buf_done(&text);
    reader->selecting = false;
    reader_paint(reader);
    return OUTCOME_REDRAW;
}

const struct handler reader_passage_handlers[] = {
    {ACTION_SELECT, select_begin},
    {ACTION_SELECT_LEFT, select_left},
    {ACTION_SELECT_RIGHT, select_right},
    {ACTION_SELECT_DOWN, select_down},
    {ACTION_SELECT_UP, select_up},
    {ACTION_SELECT_WORD, select_word},
    {ACTION_SELECT_WORD_BACK, select_word_back},
    {ACTION_SELECT_SENTENCE, select_sentence},
    {ACTION_SELECT_BLOCK, select_block},
    {ACTION_SELECT_BLOCK_BACK, select_block_back},
    {ACTION_SELECT_SWAP, select_swap},
    {ACTION_BOOKMARK, bookmark},
    {ACTION_COPY, copy},
    {0, NULL},
};
