/* Addresses: of links in the text, and of the page itself. */
#include "app/reader.h"
#include "text/url.h"

str reader_link_target(const struct reader *reader, const struct mark *mark)
{
    return reader->article.article.spans.items[mark->index].target;
}

/* Only addresses of the web reach the browser, and only as one argument. */
static void browse(struct session *session, str url)
{
    struct arena scratch = {0};
    const char *chosen = session->settings.texts[SETTING_BROWSER];
    if (!chosen[0])
        chosen = session->environment->browser;
    str browser = arena_str(&scratch, str_from(chosen ? chosen : "xdg-open"));
    str address = arena_str(&scratch, url);
    char *arguments[] = {(char *)(uintptr_t)browser.ptr, (char *)(uintptr_t)address.ptr, NULL};
    int exit_status = 0;
    struct error err = {0};
    if (session_check(session,
                      terminal_run_program(session->terminal, arguments, &exit_status, &err), &err))
        session_say(session, exit_status
                                 ? "the browser ended with an error; set another with :set browser"
                                 : "opened");
    arena_done(&scratch);
}

/* The link that is the current mark, or the one under it. NO_MARK when there is none. */
static size_t current_link(const struct reader *reader)
{
    const struct mark *here = reader_mark_in_sight(reader);
    if (!here)
        return NO_MARK;
    for (size_t i = 0; i < reader->marks.count; i++) {
        const struct mark *mark = &reader->marks.items[i];
        if (mark->kind == MARK_LINK && (i == reader->mark || here->kind != MARK_LINK) &&
            mark->start <= here->start && here->start < mark->end)
            return i;
    }
    return NO_MARK;
}

enum outcome reader_open_link(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    size_t link = current_link(reader);
    str target =
        link == NO_MARK ? STR_NONE : reader_link_target(reader, &reader->marks.items[link]);
    if (link == NO_MARK)
        session_say(session, "no link is marked; {next-mark link} goes to the next one");
    else if (!url_is_web(target))
        session_say(session, "not an address of the web: %.*s", STR_ARG(target));
    else
        browse(session, target);
    return OUTCOME_REDRAW;
}

static enum outcome open_original(struct session *session, void *state, str argument)
{
    (void)argument;
    struct reader *reader = state;
    str url = reader->article.article.url;
    if (url_is_web(url))
        browse(session, url);
    else
        session_say(session, "this page gave no address; it came from %.*s",
                    STR_ARG(reader->article.article.path));
    return OUTCOME_REDRAW;
}

const struct handler reader_link_handlers[] = {
    {ACTION_OPEN_LINK, reader_open_link},
    {ACTION_OPEN_ORIGINAL, open_original},
    {0, NULL},
};
