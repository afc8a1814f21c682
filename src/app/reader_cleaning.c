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
    uint32_t place = reader_to_article(reader, reader->view.anchor);
    reader->mode = (enum reader_mode)((reader->mode + 1) % READER_MODE_COUNT);
    reader->text = STR_NONE; /* its offsets mean nothing in the new mode */
    reader_compose(reader);
    text_view_go(&reader->view, reader_to_view(reader, place));
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

static void decide_block(struct session *session, struct reader *reader, str block, bool keep)
{
    const struct pipeline *pipeline = session_pipeline(session);
    struct block_decision decision = {str_hash(str_trim(block)), keep};
    struct error err = {0};
    if (!pipeline)
        return;
    struct buf told = BUF_INIT; /* the article is loaded anew before the message */
    add_beginning(&told, block);
    enum status status = store_put_block_decision(session->store, reader->article.id, &decision,
                                                  session_now(), &err);
    if (status == STATUS_OK)
        status = pipeline_rederive(pipeline, session->store, reader->article.id, &err);
    if (session_check(session, status, &err)) {
        session_changed(session);
        session_say(session, "%s: %s; {undo} takes it back", keep ? "restored" : "cut",
                    buf_c(&told));
    }
    buf_done(&told);
}

/* The piece that is meant: the marked one, or the one at the top of the screen. *removed tells
 * which kind it is. STR_NONE with a message. */
static str meant_piece(struct session *session, struct reader *reader, bool *removed)
{
    *removed = false;
    if (reader->mode == READER_RAW || !reader->article.id) {
        session_say(session,
                    "{cleaning} goes to the clean text; there {restore-block} cuts and restores");
        return STR_NONE;
    }
    if (!session_can_write(session))
        return STR_NONE;
    const struct mark *mark = reader_current_mark(session, reader);
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
        session_say(session,
                    "this page names no outlet; {restore-block} decides for this article alone");
        return OUTCOME_REDRAW;
    }
    struct buf named = BUF_INIT; /* the article is loaded anew before the message */
    buf_format(&named, "%.*s: ", STR_ARG(site));
    add_beginning(&named, piece);
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
        session_say(session, "%s for %s; {undo} takes it back",
                    drops     ? "no rule any more"
                    : removed ? "always kept"
                              : "always cut",
                    buf_c(&named));
    }
    buf_done(&named);
    return OUTCOME_REDRAW;
}

const struct handler reader_cleaning_handlers[] = {
    {ACTION_CLEANING, cleaning},
    {ACTION_RESTORE_BLOCK, restore_block},
    {ACTION_OUTLET_RULE, outlet_rule},
    {0, NULL},
};
