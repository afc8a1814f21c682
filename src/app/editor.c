#include "app/editor.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "text/utf8.h"

enum { WORD_LIMIT = 16, TEXT_LIMIT_LEN = 1 << 20 };

/* "code --wait" is a program and an argument. */
static enum status run(struct session *session, struct arena *arena, const char *path,
                       int *exit_status, struct error *err)
{
    const char *editor = session->environment->editor;
    char *arguments[WORD_LIMIT + 2] = {NULL};
    size_t count = 0;
    str rest = str_from(editor ? editor : "vi"), word;
    while (count < WORD_LIMIT && rest.ptr && str_next(&rest, ' ', &word))
        if (word.len)
            arguments[count++] = (char *)(uintptr_t)arena_str(arena, word).ptr;
    if (count == 0)
        return error_set(err, STATUS_USAGE, "EDITOR names no program; set it to your editor");
    arguments[count] = (char *)(uintptr_t)path;
    return terminal_run_program(session->terminal, arguments, exit_status, err);
}

static enum status edit_file(struct session *session, struct arena *arena, const char *path,
                             str text, str *edited, struct error *err)
{
    int exit_status = 0;
    enum status status = file_replace(path, text, err);
    if (status == STATUS_OK)
        status = run(session, arena, path, &exit_status, err);
    if (status == STATUS_OK && exit_status != 0)
        status = error_set(err, STATUS_IO, "the editor ended with an error: kept as it was");
    if (status == STATUS_OK)
        status = file_read(arena, path, TEXT_LIMIT_LEN, edited, err);
    return status;
}

/* A NUL ends texts in too many other programs to be kept. */
static str without_nul(struct arena *arena, str text)
{
    char *kept = arena_alloc(arena, text.len + 1, 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != '\0')
            kept[len++] = text.ptr[i];
    return (str){kept, len};
}

bool editor_change(struct session *session, struct arena *arena, str text, str *edited)
{
    struct error err = {0};
    str folder = arena_format(arena, "%s/dossier-XXXXXX", session->environment->temporary_folder);
    char *made = mkdtemp((char *)(uintptr_t)folder.ptr);
    if (!made) {
        session_complain(session, "no folder for the note can be made in %s; set TMPDIR",
                         session->environment->temporary_folder);
        return false;
    }
    str path = arena_format(arena, "%s/note.txt", made);
    enum status status = edit_file(session, arena, path.ptr, text, edited, &err);
    (void)unlink(path.ptr);
    (void)rmdir(made); /* an editor's own copies stay, only for the user to see */
    if (!session_check(session, status, &err))
        return false;
    *edited = str_trim(utf8_repair(arena, without_nul(arena, *edited)));
    if (str_equal(*edited, str_trim(text))) {
        session_say(session, "unchanged: kept as it was");
        return false;
    }
    return true;
}
