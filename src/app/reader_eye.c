/* Where the reader's eye is: what keys mean that nothing was selected for, and how that place is
 * found again when the text was made anew. */
#include "app/reader.h"

/* ---- finding it ---------------------------------------------------------------------------- */

const struct mark *reader_mark_in_sight(const struct reader *reader)
{
    const struct mark *mark = reader->mark == NO_MARK ? NULL : &reader->marks.items[reader->mark];
    return mark && reader_is_visible(reader, mark->start) ? mark : NULL;
}

bool reader_is_at_target(const struct reader *reader)
{
    const struct current_target *current = &reader->session->target;
    return current->target.kind != TARGET_NONE && current->place.article == reader->article.id &&
           current->place.end &&
           reader_is_visible(reader, reader_to_view(reader, current->place.start));
}

bool reader_has_eye(const struct reader *reader)
{
    return reader->eye != NO_EYE && reader_is_visible(reader, reader_to_view(reader, reader->eye));
}

uint32_t reader_eye(const struct reader *reader)
{
    const struct mark *mark = reader_mark_in_sight(reader);
    if (mark)
        return mark->start;
    if (reader_has_eye(reader))
        return reader_to_view(reader, reader->eye);
    if (reader_is_at_target(reader))
        return reader_to_view(reader, reader->session->target.place.start);
    return text_view_first(&reader->view);
}

/* ---- keeping it ---------------------------------------------------------------------------- */

void reader_keep_eye(const struct reader *reader, struct arena *arena, struct kept_eye *kept)
{
    const struct mark *mark = reader->mark == NO_MARK ? NULL : &reader->marks.items[reader->mark];
    *kept = (struct kept_eye){.is_set = mark || reader->eye != NO_EYE};
    if (!kept->is_set)
        return;
    uint32_t place = mark ? reader_to_article(reader, mark->start) : reader->eye;
    kept->is_mark = mark != NULL;
    if (mark) {
        kept->kind = mark->kind;
        kept->words = arena_str(arena, str_slice(reader->text, mark->start, mark->end));
    }
    kept->in_sight = reader_is_visible(reader, mark ? mark->start : reader_to_view(reader, place));
    bookmark_take_place(&kept->place, arena_str(arena, reader->article.article.text), place);
}

/* A name stays the same mark when it became one of another kind. */
static bool is_kept_mark(const struct reader *reader, const struct mark *mark,
                         const struct kept_eye *kept, uint32_t place)
{
    bool names = mark->kind <= MARK_ORGANISATION && kept->kind <= MARK_ORGANISATION;
    return (names || mark->kind == kept->kind) &&
           (mark->kind == MARK_REMOVED || mark->start == place) &&
           str_equal(str_slice(reader->text, mark->start, mark->end), kept->words);
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a < b ? b - a : a - b;
}

void reader_find_eye(struct reader *reader, const struct kept_eye *kept)
{
    if (!kept->is_set)
        return;
    reader->eye = bookmark_find_place(&kept->place, reader->article.article.text);
    uint32_t place = reader_to_view(reader, reader->eye);
    for (size_t i = 0; kept->is_mark && i < reader->marks.count; i++) {
        const struct mark *mark = &reader->marks.items[i];
        if (is_kept_mark(reader, mark, kept, place) &&
            (reader->mark == NO_MARK ||
             distance(mark->start, place) <
                 distance(reader->marks.items[reader->mark].start, place)))
            reader->mark = i;
    }
    if (reader->mark != NO_MARK)
        place = reader->marks.items[reader->mark].start;
    if (kept->in_sight && !reader_is_visible(reader, place))
        text_view_show(&reader->view, place, place, READER_SHOW_MARGIN);
    reader_paint(reader);
}

void reader_recompose(struct reader *reader)
{
    struct arena scratch = {0};
    struct kept_eye kept;
    reader_keep_eye(reader, &scratch, &kept);
    reader_compose(reader);
    reader_find_eye(reader, &kept);
    arena_done(&scratch);
}

/* ---- going to a piece ---------------------------------------------------------------------- */

const struct text_block *reader_piece_at(const struct reader *reader, uint32_t view_offset)
{
    for (size_t i = 0; i < reader->blocks.count; i++)
        if (view_offset >= reader->blocks.items[i].start &&
            view_offset <= reader->blocks.items[i].end)
            return &reader->blocks.items[i];
    return NULL;
}

/* The removed piece with these words that is nearest to a place, else NO_MARK. */
static size_t find_removed(const struct reader *reader, str words, uint32_t place)
{
    size_t best = NO_MARK;
    for (size_t i = 0; i < reader->marks.count; i++) {
        const struct mark *mark = &reader->marks.items[i];
        if (mark->kind != MARK_REMOVED ||
            !str_equal(str_trim(reader->article.article.removed.items[mark->index].text), words))
            continue;
        if (best == NO_MARK ||
            distance(mark->start, place) < distance(reader->marks.items[best].start, place))
            best = i;
    }
    return best;
}

static const struct text_block *find_block(const struct reader *reader, str words, uint32_t place)
{
    const struct text_block *best = NULL;
    for (size_t i = 0; i < reader->blocks.count; i++) {
        const struct text_block *block = &reader->blocks.items[i];
        if (str_equal(str_trim(str_slice(reader->text, block->start, block->end)), words) &&
            (!best || distance(block->start, place) < distance(best->start, place)))
            best = block;
    }
    return best;
}

/* At a mark, else a block; with neither, nowhere. */
static void look_at(struct reader *reader, size_t mark, const struct text_block *block)
{
    uint32_t start = mark != NO_MARK ? reader->marks.items[mark].start : block ? block->start : 0;
    reader->mark = mark;
    reader->eye = mark == NO_MARK && block ? reader_to_article(reader, start) : NO_EYE;
    if (reader->view.rows.count > 0 && !reader_is_visible(reader, start))
        text_view_show(&reader->view, start, start, READER_SHOW_MARGIN);
    reader_paint(reader);
}

void reader_look_at_piece(struct reader *reader, str words, uint32_t view_offset)
{
    words = str_trim(words);
    size_t removed = find_removed(reader, words, view_offset);
    const struct text_block *block =
        removed == NO_MARK ? find_block(reader, words, view_offset) : NULL;
    if (removed == NO_MARK && !block) /* it is cut: what came after it stands there now */
        block = reader_piece_at(
            reader, view_offset < reader->text.len ? view_offset : (uint32_t)reader->text.len);
    look_at(reader, removed, block);
}

/* A jump, to what is not on the screen. Offsets of the article. */
static void bring_into_sight(struct reader *reader, uint32_t start, uint32_t end)
{
    struct place place = {.pane = PANE_READER, .article = reader->article.id, .offset = start};
    uint32_t first = reader_to_view(reader, start), last = reader_to_view(reader, end);
    if (reader->view.rows.count == 0 || reader_is_visible(reader, first) ||
        (last > first && reader_is_visible(reader, last)))
        return;
    (void)session_go(reader->session, &place);
    reader_show_range(reader, start, end);
    reader->mark = NO_MARK;
    reader->eye = start;
    reader_paint(reader);
}

void reader_look_at_change(struct reader *reader, str before)
{
    str now = reader->article.article.text;
    size_t at = 0, left = now.len, left_before = before.len;
    while (at < now.len && at < before.len && now.ptr[at] == before.ptr[at])
        at++;
    if (at == now.len && at == before.len)
        return;
    while (left > at && left_before > at && now.ptr[left - 1] == before.ptr[left_before - 1]) {
        left--;
        left_before--;
    }
    bring_into_sight(reader, (uint32_t)(at < now.len ? at : now.len), (uint32_t)left);
    uint32_t place = reader_to_view(reader, (uint32_t)(at < now.len ? at : now.len));
    const struct text_block *block = reader_piece_at(reader, place);
    if (block && reader_is_visible(reader, block->start))
        look_at(reader, NO_MARK, block);
}

void reader_look_at_passage(struct reader *reader, const struct bookmark *passage)
{
    struct bookmark found = *passage;
    if (!reader->article.id || reader->mode == READER_RAW)
        return;
    found.end = found.start + (uint32_t)found.quote.len;
    if (found.quote.len)
        bookmark_anchor(&found, reader->article.article.text);
    if (!found.quote.len || found.state == ANCHOR_EXACT || found.state == ANCHOR_MOVED)
        bring_into_sight(reader, found.start, found.end);
}
