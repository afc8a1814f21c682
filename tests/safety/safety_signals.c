/* layers: */
/* SIGHUP, SIGTERM and a terminal that goes away end the program within a second, and the reading
 * position is there when the dossier is opened again. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "support/pty_program.h"

enum { END_LIMIT_MS = 1000, ROWS = 24, COLUMNS = 80 };

static const char *binary;

static void press(struct pty_program *program, const char *key)
{
    char bytes[16];
    size_t len = pty_key(key, bytes);
    if (!pty_send(program, bytes, len) || pty_next_frame(program, PTY_PATIENCE) != PTY_FRAME) {
        pty_print_screen(program);
        die("no frame after %s", key);
    }
}

/* Opens the dossier and its only article. */
static void open_article(struct pty_program *program, const struct world *world)
{
    const char *const arguments[] = {binary, "-f", "long.dossier", NULL};
    pty_start(program, world, ROWS, COLUMNS, arguments);
    if (pty_next_frame(program, PTY_PATIENCE) != PTY_FRAME)
        die("no first screen");
    press(program, "<Enter>");
}

/* The first row of text in the window: the place that is remembered. */
static void add_first_row(const struct pty_program *program, struct bytes *out)
{
    for (int row = 0; row < ROWS && out->len == 0; row++)
        pty_row_text(program, row, out);
    bytes_add(out, "", 0);
}

static void write_long_article(const struct world *world)
{
    struct bytes page = {0};
    char line[128];
    static const char title[] = "A very long report\n\n";
    bytes_add(&page, title, sizeof title - 1);
    for (int i = 1; i <= 400; i++) {
        int len = snprintf(line, sizeof line,
                           "Paragraph number %d says what the one before did not say.\n\n", i);
        bytes_add(&page, line, (size_t)len);
    }
    world_write(world, "long.txt", page.ptr, page.len);
    bytes_done(&page);

    struct bytes output = {0};
    const char *const arguments[] = {binary, "-f", "long.dossier", "import", "long.txt", NULL};
    if (world_run(world, arguments, &output) != 0)
        die("import failed: %s", output.ptr);
    bytes_done(&output);
}

/* number 0: the terminal goes away. */
static void check_end(const char *name, int number)
{
    struct world world;
    struct pty_program program;
    struct bytes before = {0}, after = {0};
    world_open(&world);
    write_long_article(&world);
    open_article(&program, &world);
    for (int i = 0; i < 5; i++)
        press(&program, "<Space>");
    press(&program, "j");
    add_first_row(&program, &before);
    if (!strstr(before.ptr, "Paragraph number ") || strstr(before.ptr, "number 1 ")) {
        pty_print_screen(&program);
        die("%s: the reader did not scroll", name);
    }

    long long start = now_ms();
    int status = 0;
    if (number)
        kill(program.pid, number);
    else
        pty_hang_up(&program);
    if (!pty_wait_end(&program, PTY_PATIENCE, &status))
        die("%s: does not end the program", name);
    long long took = now_ms() - start;
    printf("%s: ended after %lld ms\n", name, took);
    if (took > END_LIMIT_MS)
        die("%s: took longer than %d ms", name, END_LIMIT_MS);
    if (!WIFEXITED(status))
        die("%s: ended by signal %d instead of leaving in order", name, WTERMSIG(status));
    if (WEXITSTATUS(status) > 125)
        die("%s: exit status %d", name, WEXITSTATUS(status));
    pty_close(&program);

    open_article(&program, &world);
    add_first_row(&program, &after);
    if (strcmp(before.ptr, after.ptr) != 0) {
        printf("before: %s\nafter:  %s\n", before.ptr, after.ptr);
        die("%s: the position was not kept", name);
    }
    pty_close(&program);
    bytes_done(&before);
    bytes_done(&after);
    world_close(&world);
}

int main(void)
{
    binary = getenv("DOSSIER_BINARY");
    if (!binary)
        die("DOSSIER_BINARY is not set");
    check_end("SIGHUP", SIGHUP);
    check_end("SIGTERM", SIGTERM);
    check_end("closed terminal", 0);
    return 0;
}
