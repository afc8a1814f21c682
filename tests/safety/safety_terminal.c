/* layers: */
/* Terminals of all sizes and kinds: any size at any moment in every pane without a crash; a
 * terminal that cannot show the screen, or none at all, gets a message and exit status 2. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "support/pty_program.h"

static const char *binary;

static void frame(struct pty_program *program, const char *what, const char *pane)
{
    if (pty_next_frame(program, PTY_PATIENCE) == PTY_FRAME)
        return;
    int status = 0;
    bool ended = program->output_ended && pty_wait_end(program, PTY_PATIENCE, &status);
    pty_print_screen(program);
    die("no frame after %s in %s%s (status %#x)", what, pane, ended ? ": the program ended" : "",
        (unsigned)status);
}

static void press(struct pty_program *program, const char *keys)
{
    char copy[256];
    snprintf(copy, sizeof copy, "%s", keys);
    for (char *key = strtok(copy, " "); key; key = strtok(NULL, " ")) {
        char bytes[16];
        size_t len = pty_key(key, bytes);
        if (!len || !pty_send(program, bytes, len))
            die("cannot press %s", key);
        frame(program, key, keys);
    }
}

static void check_sizes(struct world *world)
{
    static const char *const panes[] = {
        "g a j",   "<Enter> <Space> ] p", "c <Space>", "c",       "c v j",
        "<Esc> w", "<Esc> g p j",         "<Enter> j", "g t j j", "g b",
        "g s",     "/ s a i d",           "<Enter> j", "?",       "q :",
    };
    static const int sizes[][2] = {{1, 1}, {5, 20}, {200, 500}, {1, 80}, {24, 1}, {2, 2}, {24, 80}};
    const char *const arguments[] = {binary, "-f", "x.dossier", NULL};
    struct pty_program program;
    pty_start(&program, world, 24, 80, arguments);
    frame(&program, "the start", "the first pane");
    for (size_t i = 0; i < sizeof panes / sizeof *panes; i++) {
        press(&program, panes[i]);
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            char what[64];
            snprintf(what, sizeof what, "%dx%d", sizes[k][1], sizes[k][0]);
            pty_resize(&program, sizes[k][0], sizes[k][1]);
            frame(&program, what, panes[i]);
            /* Keys must be harmless at any size, too. */
            if (k < 3 && i < 14)
                press(&program, "j k");
        }
    }
    press(&program, "<Esc>");
    int status = 0;
    pty_send(&program, "Q", 1);
    if (!pty_wait_end(&program, PTY_PATIENCE, &status) || status != 0) {
        pty_print_screen(&program);
        die("Q did not end the program in order (status %#x)", (unsigned)status);
    }
    pty_close(&program);
}

/* The message must say who speaks, in one line. */
static void check_refusal(const char *what, int status, const struct bytes *output)
{
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 2)
        die("%s: status %#x instead of exit status 2; output: %s", what, (unsigned)status,
            output->len ? output->ptr : "");
    if (!output->len || strncmp(output->ptr, "dossier: ", 9) != 0)
        die("%s: no message, but: %s", what, output->len ? output->ptr : "");
    const char *end = strchr(output->ptr, '\n');
    if (!end || end[1] != '\0')
        die("%s: not one line: %s", what, output->ptr);
    if (memchr(output->ptr, '\x1b', output->len))
        die("%s: an escape sequence was sent", what);
    printf("%s: %s", what, output->ptr);
}

static void check_bad_terminal(struct world *world, const char *variable)
{
    const char *const arguments[] = {binary, "-f", "x.dossier", NULL};
    struct pty_program program;
    int status = 0;
    world_set(world, variable);
    pty_start(&program, world, 24, 80, arguments);
    if (!pty_wait_end(&program, PTY_PATIENCE, &status))
        die("%s: does not end", variable);
    check_refusal(variable, status, &program.output);
    pty_close(&program);
    world_set(world, "TERM=xterm-256color");
}

int main(void)
{
    binary = getenv("DOSSIER_BINARY");
    if (!binary)
        die("DOSSIER_BINARY is not set");
    struct world world;
    struct bytes output = {0};
    world_open(&world);
    world_copy(&world, DATA_DIR "/articles", "in");
    const char *const import[] = {binary, "-f", "x.dossier", "import", "in", NULL};
    if (world_run(&world, import, &output) != 0)
        die("import failed: %s", output.ptr);
    check_sizes(&world);

    check_bad_terminal(&world, "TERM=dumb");
    check_bad_terminal(&world, "TERM=nonsense");
    check_bad_terminal(&world, "TERM=");
    check_bad_terminal(&world, "TERM");

    output.len = 0;
    const char *const open[] = {binary, "-f", "x.dossier", NULL};
    int status = world_run(&world, open, &output);
    check_refusal("no terminal", status, &output);
    bytes_done(&output);
    world_close(&world);
    return 0;
}
