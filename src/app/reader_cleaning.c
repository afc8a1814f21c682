/* What the cleaner removed: shown, restored, cut. */
#include "app/reader.h"
#include "text/width.h"

static enum outcome cleaning(struct session *session, void *state, str argument)
{
    (void)argument;
    static const char *const told[READER_MODE_COUNT] = {
        "clean text", "with what was removed, and why; {restore-block} on one restores it",
        "the page as it was imported"};
    struct reader *reader = state;
    if (!reader->article.id)
        return OUTCOME_UNHANDLED;
    struct arena scratch = {0};
    struct kept_eye eye;
    uint32_t place = reader_to_article(reader, reader->view.anchor);
    reader_keep_eye(reader, &scratch, &eye);
    reader->mode = (enum reader_mode)((reader->mode + 1) % READER_MODE_COUNT);
    reader->text = STR_NONE; /* its offsets mean nothing in the new mode */
    reader_compose(reader);
    text_view_go(&reader->view, reader_to_view(reader, place));
    reader_find_eye(reader, &eye);
    if (reader->mode == READER_WITH_REMOVED && reader->mark == NO_MARK)
        reader->eye = NO_EYE; /* it is what was removed that is looked for */
    arena_done(&scratch);
    struct buf text = BUF_INIT;
    session_add_hint(session, &text, str_from(told[reader->mode]));
    session_say(session, "%s", buf_c(&text));
    buf_done(&text);
    return OUTCOME_REDRAW;
}

/* The beginning of a piece in quotes, so that one sees which it was. */
static void add_beginning(struct buf *out, str piece)
{
    enum { BEGINNING_COLUMNS = 30 };
    int columns;
    str line, rest = str_trim(piece);
    (void)str_next_line(&rest, &line);
    str shown = width_clip(line, BEGINNING_COLUMNS, &columns);
    buf_format(out, "“%.*s%s”", STR_ARG(str_trim(shown)),
               shown.len < line.len || rest.len ? "…" : "");
}

/* A piece of the page: in the text, or removed from it. */
struct meant_piece {
    str words;   /* STR_NONE: none is meant */
    uint32_t at; /* where it begins in the view */
    bool is_removed;
};

/* What is decided about all pieces of a selection is one step of undo. */
static enum status put_decisions(struct session *session, int64_t article,
                                 const struct meant_piece *pieces, size_t count, struct error *err)
{
    bool keep = pieces->is_removed;
    int64_t step = 0;
    enum status status = store_begin(session->store, err);
    if (status != STATUS_OK)
        return status;
    store_begin_step(session->store, &step,
                     count > 1 ? (keep ? STR("blocks restored") : STR("blocks cut"))
                               : (keep ? STR("block restored") : STR("block cut")));
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct block_decision decision = {str_hash(str_trim(pieces[i].words)), keep};
        status = store_put_block_decision(session->store, article, &decision, session_now(), err);
    }
    store_end_step(session->store);
    if (status == STATUS_OK)
        status = store_commit(session->store, err);
    if (status != STATUS_OK)
        store_rollback(session->store);
    return status;
}

/* All of one kind. */
static void decide_blocks(struct session *session, struct reader *reader,
                          const struct meant_piece *pieces, size_t count)
{
    const struct pipeline *pipeline = session_pipeline(session);
    bool keep = pieces->is_removed;
    uint32_t at = pieces->at;
    int64_t article = reader->article.id;
    struct arena scratch = {0}; /* the article is loaded anew */
    struct error err = {0};
    if (!pipeline)
        return;
    struct buf told = BUF_INIT;
    add_beginning(&told, pieces->words);
    if (count > 1)
        buf_format(&told, " and %zu more", count - 1);
    str words = arena_str(&scratch, pieces->words);
    enum status status = put_decisions(session, article, pieces, count, &err);
    if (status == STATUS_OK)
        status = pipeline_rederive(pipeline, session->store, article, &err);
    reader->selecting = false;
    if (session_check(session, status, &err)) {
        session_changed(session);
        reader_look_at_piece(reader, words, at);
        session_say(session, "%s: %s; {undo} takes it back", keep ? "restored" : "cut",
                    buf_c(&told));
    }
    buf_done(&told);
    arena_done(&scratch);
}

/* The first removed piece on the screen that begins there. */
static const struct mark *first_removed(const struct reader *reader)
{
    for (size_t i = 0; i < reader->marks.count; i++)
        if (reader->marks.items[i].kind == MARK_REMOVED &&
            reader_is_visible(reader, reader->marks.items[i].start))
            return &reader->marks.items[i];
    return NULL;
}

/* Without a mark, or a place where one was: the first block that begins on the screen, or else the
 * one that fills it. */
static const struct text_block *first_block(const struct reader *reader)
{
    for (size_t i = 0; i < reader->blocks.count; i++)
        if (reader_is_visible(reader, reader->blocks.items[i].start))
            return &reader->blocks.items[i];
    return reader_piece_at(reader, text_view_first(&reader->view));
}

/* The piece that is meant: that of the mark, of what was decided about, of the place walked to;
 * else the first one on the screen, a removed one where they are shown. None, with a message. */
static struct meant_piece meant_piece(struct session *session, struct reader *reader)
{
    const struct meant_piece none = {0};
    if (reader->mode == READER_RAW || !reader->article.id) {
        session_say(session,
                    "{cleaning} goes to the clean text; there {restore-block} cuts and restores");
        return none;
    }
    if (!session_can_write(session))
        return none;
    const struct mark *mark = reader_mark_in_sight(reader);
    bool has_place = mark || reader_has_eye(reader) || reader_is_at_target(reader);
    if (!has_place)
        mark = first_removed(reader);
    if (mark && mark->kind == MARK_REMOVED)
        return (struct meant_piece){reader->article.article.removed.items[mark->index].text,
                                    mark->start, true};
    const struct text_block *block =
        has_place ? reader_piece_at(reader, reader_eye(reader)) : first_block(reader);
    if (!block)
        return none;
    return (struct meant_piece){str_slice(reader->text, block->start, block->end), block->start,
                                false};
}

/* The pieces that a selection touches: those that are kept, where there are such, else the removed
 * ones. In the arena. */
static const struct meant_piece *selected_pieces(const struct reader *reader, struct arena *arena,
                                                 size_t *count)
{
    VEC(struct meant_piece) kept = {0}, removed = {0};
    struct text_range passage;
    bool any = reader->mode != READER_RAW && reader_passage(reader, &passage);
    for (size_t i = 0; any && i < reader->blocks.count; i++) {
        const struct text_block *block = &reader->blocks.items[i];
        struct meant_piece piece = {str_slice(reader->text, block->start, block->end), block->start,
                                    false};
        if (block->end <= passage.start || block->start >= passage.end)
            continue;
        for (size_t m = 0; m < reader->marks.count && !piece.is_removed; m++) {
            const struct mark *mark = &reader->marks.items[m];
            if (mark->kind == MARK_REMOVED && mark->start == block->start) {
                piece.is_removed = true;
                piece.words = reader->article.article.removed.items[mark->index].text;
            }
        }
        if (piece.is_removed)
            vec_push(arena, &removed, piece);
        else
            vec_push(arena, &kept, piece);
    }
    *count = kept.count ? kept.count : removed.count;
    return kept.count ? kept.items : removed.items;
}

static enum outcome restore_block(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    struct arena scratch = {0};
    size_t count = 0;
    const struct meant_piece *pieces =
        reader->selecting ? selected_pieces(reader, &scratch, &count) : NULL;
    struct meant_piece piece = {0};
    if (count == 0) {
        piece = meant_piece(session, reader);
        pieces = &piece;
        count = piece.words.len > 0;
    }
    if (count > 0 && session_can_write(session))
        decide_blocks(session, reader, pieces, count);
    arena_done(&scratch);
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
    struct meant_piece piece = meant_piece(session, reader);
    bool removed = piece.is_removed;
    if (!piece.words.len || !pipeline)
        return OUTCOME_REDRAW;
    if (!site.len) {
        session_say(session,
                    "this page names no outlet; {restore-block} decides for this article alone");
        return OUTCOME_REDRAW;
    }
    struct arena scratch = {0}; /* the article is loaded anew */
    struct buf named = BUF_INIT;
    str words = arena_str(&scratch, piece.words);
    buf_format(&named, "%.*s: ", STR_ARG(site));
    add_beginning(&named, words);
    line.hash = str_hash(str_trim(words));
    enum status status = store_find_outlet_lines(session->store, site, &line, 1, &err);
    bool drops = line.has_rule && line.keep != removed;
    if (status == STATUS_OK)
        status = store_put_outlet_rule(session->store, reader->article.id, site, words, removed,
                                       drops, session_now(), &err);
    if (status == STATUS_OK)
        status = pipeline_rederive(pipeline, session->store, reader->article.id, &err);
    if (session_check(session, status, &err)) {
        session_refresh(session);
        session_changed(session);
        reader_look_at_piece(reader, words, piece.at);
        session_say(session, "%s for %s; {undo} takes it back",
                    drops     ? "no rule any more"
                    : removed ? "always kept"
                              : "always cut",
                    buf_c(&named));
    }
    buf_done(&named);
    arena_done(&scratch);
    return OUTCOME_REDRAW;
}

const struct handler reader_cleaning_handlers[] = {
    {ACTION_CLEANING, cleaning},
    {ACTION_RESTORE_BLOCK, restore_block},
    {ACTION_OUTLET_RULE, outlet_rule},
    {0, NULL},
};
