/* Lines of the configuration, typed after `:`; and the import of more articles from there. */
#include "app/keymaps.h"
#include "app/session.h"

const struct configuration_line session_configuration[] = {
    {"bind", "SCOPE KEYS ACTION: give keys an action"},
    {"unbind", "SCOPE KEYS: take it from them"},
    {"include", "NAME: read a keymap"},
};
const size_t session_configuration_count =
    sizeof session_configuration / sizeof *session_configuration;

bool session_configure(struct session *session, str line)
{
    struct error err = {0};
    str rest = line, word;
    bool is_one = false;
    if (!str_next_word(&rest, &word))
        return false;
    for (size_t i = 0; i < session_configuration_count; i++)
        is_one |= str_equal(word, str_from(session_configuration[i].name));
    if (!is_one)
        return false;
    enum status status =
        keymaps_read_line(&session->keymap, &session->settings, session->environment, line, &err);
    if (session_apply_settings(session) && session_check(session, status, &err))
        session_say(session, "%.*s: until the end of this session; the file config keeps it",
                    STR_ARG(line));
    session_reload_all(session);
    return true;
}

/* ---- import -------------------------------------------------------------------------------- */

static void import(struct session *session, str path)
{
    struct arena scratch = {0};
    struct error err = {0};
    const char *words[] = {arena_str(&scratch, str_trim(path)).ptr};
    const struct worker_task task = {.words = words,
                                     .word_count = 1,
                                     .file_times =
                                         session->settings.numbers[SETTING_FILE_TIME] != 0};
    if (worker_descriptor(&session->worker) >= 0)
        session_say(session, "an import or update runs already; {cancel} stops it");
    else if (words[0][0] && session_can_write(session) &&
             session_check(session,
                           worker_start(&session->worker, session->environment,
                                        store_path(session->store), &task, &err),
                           &err))
        session_say(session, "importing; {cancel} stops");
    arena_done(&scratch);
}

enum outcome session_import(struct session *session, void *state, str argument)
{
    struct question question = {.label = "import (file, folder, address): ",
                                .complete = session_complete_files,
                                .accepted = import};
    (void)state;
    if (argument.len)
        import(session, argument);
    else
        session_ask(session, &question, STR_NONE);
    return OUTCOME_REDRAW;
}
