/* Passages in the reader: selecting, bookmarking, copying with the source. */
#include <string.h>

#include "app/bookmark_edit.h"
#include "app/bookmark_label.h"
#include "app/citation.h"
#include "app/editor.h"
#include "app/reader.h"
#include "base/file.h"
#include "text/gate.h"
#include "text/sentence.h"
#include "text/utf8.h"
#include "text/width.h"

/* ---- which passage ------------------------------------------------------------------------- */

static struct text_range sentence_at(const struct reader *reader, uint32_t offset)
{
    const struct text_block *block = reader_piece_at(reader, offset);
    struct text_range range = {offset, offset};
    if (!block)
        return range;
    str text = str_slice(reader->text, block->start, block->end);
    range.start = block->start + (uint32_t)sentence_start(text, offset - block->start);
    range.end = block->start + (uint32_t)sentence_end(text, offset - block->start);
    return range;
}

static void grow_to_blocks(const struct reader *reader, struct text_range *passage)
{
    const struct text_block *first = reader_piece_at(reader, passage->start);
    const struct text_block *last = reader_piece_at(reader, passage->end);
    if (first)
        passage->start = first->start;
    if (last)
        passage->end = last->end;
}

bool reader_passage(const struct reader *reader, struct text_range *passage)
{
    if (reader->selecting) {
        uint32_t cursor = reader->view.cursor, anchor = reader->anchor;
        passage->start = cursor < anchor ? cursor : anchor;
        uint32_t last = cursor < anchor ? anchor : cursor;
        /* The character under the far end belongs to it, with its marks. */
        int columns = 0;
        passage->end =
            last +
            (uint32_t)(last < reader->text.len ? width_cluster(reader->text, last, &columns) : 0);
        if (passage->end > passage->start && reader->text.ptr[passage->end - 1] == '\n')
            passage->end--;
        if (reader->whole_blocks)
            grow_to_blocks(reader, passage);
        return passage->end > passage->start;
    }
    *passage = sentence_at(reader, reader_eye(reader));
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
        session_say(session, "the raw page cannot be marked; {cleaning} goes to the clean text");
        return OUTCOME_REDRAW;
    }
    reader->view.cursor = reader->anchor = reader_eye(reader);
    reader->selecting = true;
    reader->whole_blocks = false;
    session_say(session,
                "select: {select-left} {select-down} {select-up} {select-right} {select-word} "
                "{select-word-back} {select-sentence} {select-sentence-back} {select-block} "
                "{select-block-back} {search} {next-hit}, 3{select-word}; {bookmark} keeps it, "
                "{copy} copies it, {cancel} stops");
    return moved(reader);
}

/* In a selection: whole paragraphs, or to the character again. */
static enum outcome select_blocks(struct session *session, void *state, str argument)
{
    struct reader *reader = state;
    if (reader->selecting) {
        reader->whole_blocks = !reader->whole_blocks;
    } else {
        (void)select_begin(session, state, argument);
        reader->whole_blocks = reader->selecting;
    }
    if (reader->whole_blocks)
        session_say(
            session,
            "whole paragraphs: {select-down} {select-up} {select-block} {select-block-back}; "
            "{bookmark} keeps them, {copy} copies them, {restore-block} cuts them, {cancel} stops");
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

/* Of a block, and no white space: a sentence may lie there. */
static bool is_text(const struct reader *reader, uint32_t offset)
{
    return reader_piece_at(reader, offset) && !strchr(" \t\n", reader->text.ptr[offset]);
}

static void go_to(struct reader *reader, uint32_t offset)
{
    reader->view.cursor = offset;
    text_view_show(&reader->view, offset, offset, 1);
}

/* To the last character of this sentence, or of the next when it stands there already. */
static enum outcome select_sentence(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    struct text_range sentence = sentence_at(reader, reader->view.cursor);
    uint32_t next = (uint32_t)utf8_after(reader->text, reader->view.cursor);
    if (sentence.end <= next) {
        while (next < reader->text.len && !is_text(reader, next))
            next = (uint32_t)utf8_after(reader->text, next);
        if (next < reader->text.len)
            sentence = sentence_at(reader, next);
    }
    if (sentence.end > sentence.start)
        go_to(reader, (uint32_t)width_cluster_before(reader->text, sentence.end));
    return moved(reader);
}

/* To the first character of this sentence, or of the one before. */
static enum outcome select_sentence_back(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    uint32_t at = reader->view.cursor;
    if (sentence_at(reader, at).start >= at)
        do
            at = (uint32_t)utf8_before(reader->text, at);
        while (at > 0 && !is_text(reader, at));
    go_to(reader, sentence_at(reader, at).start);
    return moved(reader);
}

static enum outcome select_swap(struct session *session, void *state, str argument)
{
    (void)session, (void)argument;
    struct reader *reader = state;
    uint32_t anchor = reader->anchor;
    reader->anchor = reader->view.cursor;
    go_to(reader, anchor);
    return moved(reader);
}

void reader_extend(struct reader *reader, uint32_t start, uint32_t end)
{
    uint32_t first = reader_to_view(reader, start), last = reader_to_view(reader, end);
    if (!reader->selecting || last <= first)
        return;
    reader->view.cursor =
        first < reader->anchor ? first : (uint32_t)width_cluster_before(reader->text, last);
}

/* ---- bookmarking --------------------------------------------------------------------------- */

static void keep(struct session *session, str note)
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
        .score = 100,
        .note = str_trim(note),
        .created = session_now(),
    };
    struct error err = {0};
    bookmark_take(&bookmark, reader->article.article.text);
    if (!bookmark.quote.len) {
        session_complain(session,
                         "only text of the article can be kept; {cleaning} goes to the clean text");
        return;
    }
    if (session_check(session, store_put_bookmark(session->store, &bookmark, session_now(), &err),
                      &err)) {
        reader->selecting = false;
        session_changed(session);
        session_say(session, "kept; {go bookmarks} lists the bookmarks, {undo} takes it back");
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
        session_say(session, "no passage here; {select} selects one in the clean text");
        return OUTCOME_REDRAW;
    }
    if (!session_can_write(session))
        return OUTCOME_REDRAW;
    struct question question = {.label = "note (or Enter): ", .accepted = keep};
    if (!reader->selecting) { /* show what is meant */
        question.cancelled = sentence_dropped;
        reader->selecting = true;
        reader->anchor = passage.start;
        reader->view.cursor = (uint32_t)width_cluster_before(reader->text, passage.end);
        reader_paint(reader);
    }
    session_ask(session, &question, STR_NONE);
    return OUTCOME_REDRAW;
}

/* ---- a bookmark that is there -------------------------------------------------------------- */

const struct bookmark *reader_bookmark(struct session *session, const struct reader *reader)
{
    const struct mark *here = reader_mark_in_sight(reader);
    uint32_t top = text_view_first(&reader->view);
    size_t first = NO_MARK;
    for (size_t i = 0; i < reader->marks.count; i++) {
        const struct mark *mark = &reader->marks.items[i];
        if (mark->kind != MARK_BOOKMARK)
            continue;
        if (here && mark->start <= here->start && here->start < mark->end)
            return &reader->bookmarks[mark->index];
        if (first == NO_MARK && mark->end > top &&
            text_view_row_of(&reader->view, mark->start) <
                reader->view.top + (size_t)terminal_rows(session->terminal) - 1)
            first = mark->index;
    }
    if (first == NO_MARK)
        session_say(session, "no bookmark here; {bookmark} makes one");
    return first == NO_MARK ? NULL : &reader->bookmarks[first];
}

static enum outcome label(struct session *session, void *state, str argument)
{
    (void)argument;
    const struct bookmark *here = reader_bookmark(session, state);
    if (!here || !session_can_write(session))
        return OUTCOME_REDRAW;
    struct buf tags = BUF_INIT;
    bookmark_label_next(&tags, here->tags);
    const struct bookmark_label *now = bookmark_label_of(buf_str(&tags));
    session_edit_bookmark(session, here, here->note, buf_str(&tags), now ? now->name : "no label");
    buf_done(&tags);
    return OUTCOME_REDRAW;
}

/* The note of a new bookmark on the selection, or of the one that is there. */
static enum outcome edit_note(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    struct arena arena = {0};
    str edited = STR_NONE;
    if (!session_can_write(session))
        return OUTCOME_REDRAW;
    const struct bookmark *here = reader->selecting ? NULL : reader_bookmark(session, reader);
    bool changed = (here || reader->selecting) &&
                   editor_change(session, &arena, here ? here->note : STR_NONE, &edited);
    if (changed && here)
        session_edit_bookmark(session, here, edited, here->tags, "note changed");
    else if (changed)
        keep(session, edited);
    else if (reader->selecting && !session->message_is_error)
        session_say(session,
                    "no note was written: nothing is kept; {bookmark} keeps it without one");
    arena_done(&arena);
    return OUTCOME_REDRAW;
}

/* ---- copying ------------------------------------------------------------------------------- */

/* Where there is no clipboard: a file in the folder of states, else beside the dossier. */
static void copy_to_file(struct session *session, str text, const char *why)
{
    const char *folder = session->environment->state_folder;
    struct arena scratch = {0};
    struct buf safe = BUF_INIT;
    struct error err = {0};
    str dossier = str_from(store_path(session->store));
    enum status status = STATUS_OK;
    str path = STR_NONE;
    if (folder) {
        path = arena_format(&scratch, "%s/copied.txt", folder);
        status = file_make_folder(folder, &err);
    } else {
        path = arena_format(&scratch, "%.*s.copied.txt", STR_ARG(dossier));
    }
    gate_add(&safe, text, GATE_MANY_LINES);
    if (status == STATUS_OK)
        status = file_replace(path.ptr, buf_str(&safe), &err);
    if (status == STATUS_OK)
        session_say(session, "%s: written to %.*s", why, STR_ARG(path));
    else
        session_complain(session, "not copied: %s, and no file can be written (%s); %s", why,
                         err.text,
                         folder ? "set XDG_STATE_HOME to a folder of yours"
                                : "copy the dossier to a folder of yours");
    buf_done(&safe);
    arena_done(&scratch);
}

/* Nobody answers whether it arrived. */
static void tell_sent(struct session *session)
{
    const char *through = terminal_copies_through(session->terminal);
    if (through && *through == 't')
        session_say(session, "sent with the source, through tmux: it hands it on when its "
                             "set-clipboard is on");
    else
        session_say(session, "sent to your terminal's clipboard, with the source (OSC 52)%s%s",
                    through ? " through " : "", through ? through : "");
}

static enum outcome copy(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    struct text_range passage;
    if (!reader->article.id || !reader_passage(reader, &passage))
        return OUTCOME_DONE;
    const int *settings = session->settings.numbers;
    struct buf text = BUF_INIT;
    struct error err = {0};
    citation_add(&text, (enum citation_form)settings[SETTING_CITATION], &reader->article.article,
                 str_slice(reader->text, passage.start, passage.end));
    if (!settings[SETTING_CLIPBOARD])
        copy_to_file(session, buf_str(&text), "the clipboard is off");
    else if (!terminal_can_copy(session->terminal))
        copy_to_file(session, buf_str(&text), "this terminal has no clipboard");
    else if (terminal_copy(session->terminal, buf_str(&text), &err) == STATUS_OK)
        tell_sent(session);
    else
        copy_to_file(session, buf_str(&text), "too long for a terminal's clipboard");
    buf_done(&text);
    reader->selecting = false;
    reader_paint(reader);
    return OUTCOME_REDRAW;
}

const struct handler reader_passage_handlers[] = {
    {ACTION_SELECT, select_begin},
    {ACTION_SELECT_BLOCKS, select_blocks},
    {ACTION_SELECT_LEFT, select_left},
    {ACTION_SELECT_RIGHT, select_right},
    {ACTION_SELECT_DOWN, select_down},
    {ACTION_SELECT_UP, select_up},
    {ACTION_SELECT_WORD, select_word},
    {ACTION_SELECT_WORD_BACK, select_word_back},
    {ACTION_SELECT_SENTENCE, select_sentence},
    {ACTION_SELECT_SENTENCE_BACK, select_sentence_back},
    {ACTION_SELECT_BLOCK, select_block},
    {ACTION_SELECT_BLOCK_BACK, select_block_back},
    {ACTION_SELECT_SWAP, select_swap},
    {ACTION_BOOKMARK, bookmark},
    {ACTION_COPY, copy},
    {ACTION_LABEL, label},
    {ACTION_EDIT_NOTE, edit_note},
    {0, NULL},
};
