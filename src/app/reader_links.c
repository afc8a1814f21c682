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

/* ---- pages that are in the dossier ----------------------------------------------------------- */

/* Without what only tells where a reader came from. */
static str without_traces(str url)
{
    static const char *const traces[] = {"utm_", "fbclid=", "gclid=", "mc_cid="};
    str shown = str_slice(url, 0, str_find_byte(url, '#', 0));
    size_t query = str_find_byte(shown, '?', 0);
    for (size_t i = 0; query != STR_MISSING && i < sizeof traces / sizeof *traces; i++)
        if (str_starts(str_slice(shown, query + 1, shown.len), str_from(traces[i])))
            return str_slice(shown, 0, query);
    return shown;
}

static int64_t page_named(struct session *session, str url)
{
    int64_t page = 0;
    size_t count = 0;
    struct error err = {0};
    (void)session_check(session, store_find_pages(session->store, url, &page, 1, &count, &err),
                        &err);
    return count > 0 ? page : 0;
}

int64_t reader_link_article(struct session *session, str target)
{
    static const str schemes[] = {{"https://", 8}, {"http://", 7}};
    struct arena scratch = {0};
    int64_t page = url_is_web(target) ? page_named(session, target) : 0;
    str url = without_traces(target);
    size_t scheme = str_find(url, STR("://"), 0);
    if (page || !url_is_web(target)) {
        arena_done(&scratch);
        return page;
    }
    str rest = str_slice(url, scheme + 3, url.len);
    if (str_ends(rest, STR("/")))
        rest = str_slice(rest, 0, rest.len - 1);
    for (size_t i = 0; i < 2 * sizeof schemes / sizeof *schemes && !page; i++)
        page = page_named(session, arena_format(&scratch, "%.*s%.*s%s", STR_ARG(schemes[i / 2]),
                                                STR_ARG(rest), i % 2 ? "/" : ""));
    arena_done(&scratch);
    return page;
}

/* ---- opening ----------------------------------------------------------------------------------
 */

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
    struct place place = {.pane = PANE_READER};
    size_t link = current_link(reader);
    str target =
        link == NO_MARK ? STR_NONE : reader_link_target(reader, &reader->marks.items[link]);
    if (link == NO_MARK)
        session_say(session, "no link is marked; {next-mark link} goes to the next one");
    else if ((place.article = reader_link_article(session, target)) != 0 &&
             place.article != reader->article.id)
        session_go(session, &place);
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
