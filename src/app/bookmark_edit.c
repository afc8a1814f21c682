#include "app/bookmark_edit.h"

#include "app/tags.h"

/* What another session did to the bookmark since it was seen. */
enum met { MET_NOTHING, MET_NOTE, MET_DELETED };

/* Both notes, where both were changed and none was taken away. */
static void merge_notes(struct buf *out, str now, str before, str after, enum met *met)
{
    bool is_mine = !str_equal(after, before), is_theirs = !str_equal(now, before);
    bool is_both = is_mine && is_theirs && !str_equal(now, after);
    buf_add(out, is_theirs ? now : after);
    if (!is_both)
        return;
    *met = MET_NOTE;
    if (now.len && after.len)
        buf_add_byte(out, '\n');
    buf_add(out, after);
}

static enum status edit(struct session *session, const struct bookmark *seen, str note, str tags,
                        enum met *met, struct error *err)
{
    struct arena scratch = {0};
    struct buf merged_note = BUF_INIT, merged_tags = BUF_INIT;
    struct bookmark now;
    enum status status = store_get_bookmark(session->store, &scratch, seen->id, &now, err);
    if (status == STATUS_NOT_FOUND) {
        now = *seen;
        *met = MET_DELETED;
        status = STATUS_OK;
    }
    if (status == STATUS_OK) {
        merge_notes(&merged_note, now.note, seen->note, note, met);
        tags_merge(&merged_tags, now.tags, seen->tags, tags);
        now.note = buf_str(&merged_note);
        now.tags = buf_str(&merged_tags);
        status = store_put_bookmark(session->store, &now, session_now(), err);
    }
    buf_done(&merged_note);
    buf_done(&merged_tags);
    arena_done(&scratch);
    return status;
}

void session_edit_bookmark(struct session *session, const struct bookmark *seen, str note, str tags,
                           const char *told)
{
    struct error err = {0};
    enum met met = MET_NOTHING;
    enum status status = store_begin(session->store, &err);
    if (status == STATUS_OK)
        status = edit(session, seen, note, tags, &met, &err);
    if (status == STATUS_OK)
        status = store_commit(session->store, &err);
    if (status != STATUS_OK)
        store_rollback(session->store);
    if (!session_check(session, status, &err))
        return;
    session_changed(session);
    if (met == MET_NOTE)
        session_say(session, "another session changed the note too: what both wrote is kept; "
                             "{edit-note} shows it");
    else if (met == MET_DELETED)
        session_say(session, "%s; another session had deleted the bookmark, and it is back", told);
    else
        session_say(session, "%s; {undo} takes it back", told);
}
