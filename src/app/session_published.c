/* The publication date that the reader sets: all that is relative in the article follows it. */
#include "app/label.h"
#include "app/session.h"

/* One day, or the bounds of a period; nothing: what the program finds itself. */
static bool read_date(str text, struct publication *published)
{
    day first, last;
    *published = PUBLICATION_UNKNOWN;
    if (!text.len)
        return true;
    if (!day_parse_period(text, &first, &last))
        return false;
    *published =
        (struct publication){DATE_BASIS_SET, first == last ? first : DAY_UNKNOWN, first, last, 0};
    return true;
}

static void tell(struct session *session, const struct publication *published)
{
    struct buf days = BUF_INIT;
    if (published->basis == DATE_BASIS_SET) {
        label_days(&days, published->earliest, published->latest);
        session_say(session, "published %s, set by you; {undo} takes it back", buf_c(&days));
    } else {
        session_say(session, "published: what the page and its text say; {undo} takes it back");
    }
    buf_done(&days);
}

static void accepted(struct session *session, str text)
{
    struct place here = session_here(session);
    struct publication published;
    struct error err = {0};
    text = str_trim(text);
    if (!read_date(text, &published)) {
        session_complain(session,
                         "%.*s: give a day, month or year that exists, or two of them, as "
                         "2024-08-05, 2024-08, 2024-08-01..2024-08-10; nothing takes it away",
                         STR_ARG(text));
        return;
    }
    const struct pipeline *pipeline = session_pipeline(session);
    if (!pipeline || !here.article)
        return;
    enum status status =
        store_set_publication(session->store, here.article, &published, session_now(), &err);
    if (status == STATUS_OK)
        status = pipeline_rederive(pipeline, session->store, here.article, &err);
    if (session_check(session, status, &err)) {
        session_changed(session);
        tell(session, &published);
    }
}

static void add_date(struct buf *text, const struct publication *published)
{
    if (published->basis != DATE_BASIS_SET)
        return;
    day_add(text, published->earliest);
    if (published->latest != published->earliest) {
        buf_add(text, STR(".."));
        day_add(text, published->latest);
    }
}

enum outcome session_set_published(struct session *session, void *state, str argument)
{
    (void)state;
    struct place here = session_here(session);
    struct question question = {.label = "published: ", .accepted = accepted};
    struct publication published;
    struct error err = {0};
    if (!here.article)
        return OUTCOME_UNHANDLED;
    if (!session_can_write(session))
        return OUTCOME_REDRAW;
    if (argument.len) {
        accepted(session, argument);
    } else if (session_check(session,
                             store_get_publication(session->store, here.article, &published, &err),
                             &err)) {
        struct buf text = BUF_INIT;
        add_date(&text, &published);
        session_ask(session, &question, buf_str(&text));
        buf_done(&text);
    }
    return OUTCOME_REDRAW;
}
