/* Marks that last, and the place where the session before was left. */
#include "app/label.h"
#include "app/reader.h"
#include "base/ascii.h"

/* ---- marks --------------------------------------------------------------------------------- */

static bool is_mark_letter(key_code key)
{
    return ascii_is_letter(key);
}

static enum status put_mark(struct session *session, char letter, const struct place *here,
                            struct error *err)
{
    struct arena scratch = {0};
    struct stored_article stored = {0};
    struct bookmark passage = {.article = here->article};
    enum status status = store_get_article(session->store, &scratch, here->article, &stored, err);
    if (status == STATUS_OK) {
        bookmark_take_place(&passage, stored.article.text, here->offset);
        status = store_put_mark(session->store, letter, &passage, session_now(), err);
    }
    arena_done(&scratch);
    return status;
}

static void mark_set(struct session *session, key_code key)
{
    struct place here = session_here(session);
    struct error err = {0};
    if (!is_mark_letter(key) || !here.article)
        session_complain(session, "a mark is a letter, set in an article");
    else if (session_can_write(session) &&
             session_check(session, put_mark(session, (char)key, &here, &err), &err))
        session_say(session, "mark %c set; '%c comes back here", (int)key, (int)key);
}

/* Finds the place of a mark in the text as it is now; *sure: what stood there stands there. */
static enum status find_mark(struct session *session, char letter, struct place *place, bool *sure,
                             struct error *err)
{
    struct arena scratch = {0};
    struct bookmark passage;
    struct stored_article stored = {0};
    *sure = true;
    *place = (struct place){.pane = PANE_READER, .at_top = true}; /* as it was set */
    enum status status = store_get_mark(session->store, &scratch, letter, &passage, err);
    if (status == STATUS_OK && passage.quote.len) {
        status = store_get_article(session->store, &scratch, passage.article, &stored, err);
        if (status == STATUS_OK) {
            bookmark_anchor(&passage, stored.article.text);
            *sure = passage.state == ANCHOR_EXACT || passage.state == ANCHOR_MOVED;
        } else if (status == STATUS_NOT_FOUND) {
            status = STATUS_OK; /* the reader tells that the article is gone */
        }
    }
    place->article = passage.article;
    place->offset = passage.start;
    arena_done(&scratch);
    return status;
}

static void go_letter(struct session *session, key_code key)
{
    struct place place;
    struct error err = {0};
    bool sure;
    enum status status =
        is_mark_letter(key) ? find_mark(session, (char)key, &place, &sure, &err) : STATUS_NOT_FOUND;
    if (status == STATUS_NOT_FOUND)
        session_say(session, "no such mark; {set-mark} and a letter set one");
    else if (session_check(session, status, &err) && session_go(session, &place) && !sure)
        session_say(session, "the text at mark %c has changed; this is where it stood", (int)key);
}

/* The place before the last jump; from there, this one again. */
static void go_before(struct session *session)
{
    if (session->jump_at == 0) {
        session_say(session, "no earlier place");
        return;
    }
    struct place place = session->jumps[session->jump_at - 1];
    session_go(session, &place);
}

static void go_left(struct session *session)
{
    struct place place = {.pane = PANE_READER, .article = session->left_article};
    if (place.article)
        session_go(session, &place);
    else
        session_say(session, "no article was read in an earlier session");
}

static void mark_went(struct session *session, key_code key)
{
    if (key == '\'')
        go_before(session);
    else if (key == '.')
        go_left(session);
    else
        go_letter(session, key);
}

enum outcome session_set_mark(struct session *session, void *state, str argument)
{
    (void)state;
    if (argument.len)
        mark_set(session, (key_code)argument.ptr[0]);
    else
        session_want_key(session, mark_set);
    return OUTCOME_REDRAW;
}

enum outcome session_go_mark(struct session *session, void *state, str argument)
{
    (void)state;
    if (argument.len)
        mark_went(session, (key_code)argument.ptr[0]);
    else
        session_want_key(session, mark_went);
    return OUTCOME_REDRAW;
}

/* ---- the session before -------------------------------------------------------------------- */

static void say_news(struct session *session, const struct visit *visit)
{
    struct buf since = BUF_INIT, filter = BUF_INIT;
    if (visit->last == DAY_UNKNOWN || visit->last > session->environment->today)
        buf_add(&since, STR("since you were last here"));
    else
        label_since_day(&since, visit->last, session->environment->today);
    bool is_list = session_pane(session) == PANE_ARTICLES;
    session_add_hint(session, &filter, is_list ? STR("{filter}") : STR("{go articles} {filter}"));
    session_say(session, "%lld new article%s %s: %s is:new shows %s%s", (long long)visit->new_count,
                visit->new_count == 1 ? "" : "s", buf_c(&since), buf_c(&filter),
                visit->new_count == 1 ? "it" : "them", visit->article ? "; '. reads on" : "");
    buf_done(&since);
    buf_done(&filter);
}

void session_resume(struct session *session)
{
    enum { RESUME_OFF, RESUME_ROW, RESUME_TEXT }; /* in the order of the setting's words */
    int how = session->settings.numbers[SETTING_RESUME];
    struct visit visit;
    struct error err = {0};
    struct place list = {.pane = PANE_ARTICLES};
    if (!session_check(session, store_get_visit(session->store, &visit, &err), &err))
        visit = (struct visit){.last = DAY_UNKNOWN};
    session->left_article = visit.article;
    list.article = how == RESUME_OFF ? 0 : visit.article;
    session_go(session, &list);
    if (how == RESUME_TEXT && visit.article) {
        struct place text = {.pane = PANE_READER, .article = visit.article};
        session_go(session, &text);
    }
    if (visit.new_count && !session->message.len)
        say_news(session, &visit);
}

void session_note_visit(struct session *session)
{
    struct error err = {0};
    session->visit_noted = true;
    if (!store_is_read_only(session->store))
        session_check(session, store_note_visit(session->store, session->environment->today, &err),
                      &err);
}
