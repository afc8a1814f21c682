/* :update, a process beside the reader like an import. */
#include "app/session.h"

#include "ingest/fetch.h"

enum { SOURCE_LIMIT = 16 };

/* The words of the argument, in the arena; how many. */
static size_t split_words(struct arena *arena, str argument, const char *words[SOURCE_LIMIT])
{
    size_t count = 0;
    str word;
    while (count < SOURCE_LIMIT && str_next(&argument, ' ', &word))
        if (word.len)
            words[count++] = arena_str(arena, word).ptr;
    return count;
}

static bool has_sources(struct session *session)
{
    struct error err = {0};
    int64_t count = 0, failed = 0;
    if (!session_check(session, store_count_addresses(session->store, &count, &failed, &err), &err))
        return false;
    if (count == 0)
        session_say(session,
                    "no source yet: press {import} and give the address of a feed or a page");
    return count > 0;
}

enum outcome session_update(struct session *session, void *state, str argument)
{
    struct arena scratch = {0};
    struct error err = {0};
    const char *words[SOURCE_LIMIT];
    (void)state;
    const struct worker_task task = {
        .updates = true, .words = words, .word_count = split_words(&scratch, argument, words)};
    if (worker_descriptor(&session->worker) >= 0)
        session_say(session, "an import or update runs already; {cancel} stops it");
    else if (!fetch_supported())
        session_complain(session, "this build cannot fetch (it was made without libcurl)");
    else if (session_can_write(session) && has_sources(session) &&
             session_check(session,
                           worker_start(&session->worker, session->environment,
                                        store_path(session->store), &task, &err),
                           &err))
        session_say(session, "updating; {cancel} stops");
    arena_done(&scratch);
    return OUTCOME_REDRAW;
}
