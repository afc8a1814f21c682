/* A reader's desk for tests of whole sessions: the real program under a pseudo-terminal on the
 * sample articles, keys pressed by name and by action, and what the screen then shows. */
#ifndef UNIT_DESK_H
#define UNIT_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "app/keymaps.h"
#include "app/session.h"
#include "support/pty_program.h"
#include "unit/pressed.h"

enum { ROWS = 24, COLUMNS = 80, TEXT_LEN = 2048, TITLE_COLUMN = 15, TITLE_LEN = 20 };

/* ---- the desk: a world with the sample dossier in it and a program on a terminal ------------ */

struct desk {
    struct world world;
    struct pty_program program;
    bool running;
};

static struct keymap keys_known;    /* the default keys */
static bool was_done[ACTION_COUNT]; /* by any test of this file */

static const char *binary(void)
{
    const char *path = getenv("DOSSIER_BINARY");
    if (!path)
        die("DOSSIER_BINARY is not set");
    return path;
}

static inline void import(const struct desk *desk, const char *what)
{
    const char *const arguments[] = {binary(), "import", "-f", "pile.dossier", what, NULL};
    struct bytes output = {0};
    int status = world_run(&desk->world, arguments, &output);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("the import failed: %s", output.ptr ? output.ptr : "");
    bytes_done(&output);
}

static inline void start(struct desk *desk, int rows, int columns)
{
    const char *const arguments[] = {binary(), "-f", "pile.dossier", NULL};
    pty_start(&desk->program, &desk->world, rows, columns, arguments);
    desk->running = true;
    if (pty_next_frame(&desk->program, PTY_PATIENCE) != PTY_FRAME)
        fail_msg("no first screen");
}

/* The sample articles are imported once; each desk has its own copy of the file. */
static struct desk imported;

static inline void import_once(void)
{
    if (imported.world.folder[0])
        return;
    world_open(&imported.world);
    world_copy(&imported.world, DATA_DIR "/articles", "articles");
    import(&imported, "articles");
}

/* For tests that import the articles again: they are known by their paths. */
static inline int set_own_desk(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    *state = desk;
    world_open(&desk->world);
    world_copy(&desk->world, DATA_DIR "/articles", "articles");
    import(desk, "articles");
    start(desk, ROWS, COLUMNS);
    return 0;
}

static inline int set_desk(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    char path[sizeof imported.world.folder + 32];
    *state = desk;
    import_once();
    world_open(&desk->world);
    snprintf(path, sizeof path, "%s/pile.dossier", imported.world.folder);
    world_copy(&desk->world, path, "pile.dossier");
    start(desk, ROWS, COLUMNS);
    return 0;
}

static inline int clear_desk(void **state)
{
    struct desk *desk = *state;
    if (desk->running)
        pty_close(&desk->program);
    world_close(&desk->world);
    free(desk);
    return 0;
}

/* The program ends by itself, without a complaint. */
static inline void ends(struct desk *desk)
{
    int status = 0;
    if (!pty_wait_end(&desk->program, PTY_PATIENCE, &status))
        fail_msg("the program does not end");
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    pty_close(&desk->program);
    desk->running = false;
}

/* ---- keys ---------------------------------------------------------------------------------- */

static inline void fail_with_screen(struct desk *desk, const char *message, const char *detail)
{
    pty_print_screen(&desk->program);
    fflush(stdout);
    fail_msg("%s %s", message, detail);
}

static inline void send_bytes(struct desk *desk, const char *bytes, size_t len, const char *name)
{
    if (!pty_send(&desk->program, bytes, len))
        fail_with_screen(desk, "the program is gone before", name);
    if (pty_next_frame(&desk->program, PTY_PATIENCE) != PTY_FRAME)
        fail_with_screen(desk, "no frame after", name);
}

/* Key names parted by blanks, one after the other. */
static inline void press(struct desk *desk, const char *keys)
{
    char copy[256];
    snprintf(copy, sizeof copy, "%s", keys);
    for (char *name = strtok(copy, " "); name; name = strtok(NULL, " ")) {
        char bytes[16];
        size_t len = pty_key(name, bytes);
        assert_true(len > 0);
        send_bytes(desk, bytes, len, name);
    }
}

static inline void type(struct desk *desk, const char *text)
{
    for (size_t len; *text; text += len) {
        for (len = 1; (text[len] & 0xc0) == 0x80;)
            len++;
        send_bytes(desk, text, len, text);
    }
}

/* Presses the keys that the default keymap gives an action. */
static inline void does(struct desk *desk, enum action_id action, const char *keys)
{
    char joined[64];
    size_t len = 0;
    bool bound = false;
    for (const char *at = keys; *at; at++)
        if (*at != ' ')
            joined[len++] = *at;
    for (size_t i = 0; i < keys_known.bindings.count && !bound; i++) {
        struct buf name = BUF_INIT;
        keymap_add_keys(&name, &keys_known.bindings.items[i]);
        bound = keys_known.bindings.items[i].action == (int)action &&
                str_equal(buf_str(&name), (str){joined, len});
        buf_done(&name);
    }
    if (!bound)
        fail_msg("%s is not on %s", actions[action].name, keys);
    press(desk, keys);
    was_done[action] = true;
}

/* `:` and a line. */
static inline void command(struct desk *desk, const char *line)
{
    does(desk, ACTION_COMMAND, ":");
    type(desk, line);
    press(desk, "<Enter>");
}

/* ---- what the screen shows ------------------------------------------------------------------ */

static inline void sees(struct desk *desk, const char *text)
{
    if (!pty_shows(&desk->program, text))
        fail_with_screen(desk, "the screen does not show:", text);
}

static inline void sees_not(struct desk *desk, const char *text)
{
    if (pty_shows(&desk->program, text))
        fail_with_screen(desk, "the screen shows:", text);
}

static inline void row_text(struct desk *desk, int row, char text[TEXT_LEN])
{
    struct bytes line = {0};
    bytes_add(&line, "", 0);
    pty_row_text(&desk->program, row, &line);
    snprintf(text, TEXT_LEN, "%s", line.ptr);
    bytes_done(&line);
}

static inline void row_is(struct desk *desk, int row, const char *wanted)
{
    char text[TEXT_LEN];
    row_text(desk, row, text);
    if (strcmp(text, wanted) != 0) {
        char said[TEXT_LEN * 2 + 64];
        snprintf(said, sizeof said, "%d is `%s', not `%s'", row, text, wanted);
        fail_with_screen(desk, "row", said);
    }
}

/* The status line, or a message, which takes up to four rows. */
static inline void last_row_has(struct desk *desk, const char *wanted)
{
    char text[TEXT_LEN * 4] = "";
    int first = desk->program.rows > 4 ? desk->program.rows - 4 : 0;
    for (int row = first; row < desk->program.rows; row++) {
        char line[TEXT_LEN];
        row_text(desk, row, line);
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", row > first ? " " : "",
                 line);
    }
    if (!strstr(text, wanted))
        fail_with_screen(desk, "the last row does not say:", wanted);
}

/* All rows but the last. */
static inline struct bytes body(struct desk *desk)
{
    struct bytes all = {0};
    for (int row = 0; row < desk->program.rows - 1; row++) {
        pty_row_text(&desk->program, row, &all);
        bytes_add(&all, "\n", 1);
    }
    return all;
}

static inline bool body_is(struct desk *desk, const struct bytes *before)
{
    struct bytes now = body(desk);
    bool same = now.len == before->len && memcmp(now.ptr, before->ptr, now.len) == 0;
    bytes_done(&now);
    return same;
}

static inline void body_is_again(struct desk *desk, struct bytes *before)
{
    if (!body_is(desk, before)) {
        printf("before:\n%s", before->ptr);
        fail_with_screen(desk, "the screen is not", "as it was");
    }
    bytes_done(before);
}

/* The row that the marker of lists stands in; -1 when there is none. */
static inline int selected_row(struct desk *desk)
{
    char text[TEXT_LEN];
    for (int row = 0; row < desk->program.rows; row++) {
        row_text(desk, row, text);
        if (strncmp(text, "▸", strlen("▸")) == 0)
            return row;
    }
    return -1;
}

static inline VTermScreenCell cell(struct desk *desk, int row, int column)
{
    VTermScreenCell found = {0};
    vterm_screen_get_cell(desk->program.screen, (VTermPos){.row = row, .col = column}, &found);
    return found;
}

/* The beginning of the title in a row of the list of articles. */
static inline void list_title(struct desk *desk, int row, char title[TITLE_LEN + 1])
{
    for (int i = 0; i < TITLE_LEN; i++) {
        VTermScreenCell found = cell(desk, row, TITLE_COLUMN + i);
        title[i] = found.chars[0] >= ' ' && found.chars[0] < 0x7f ? (char)found.chars[0] : '\0';
    }
    title[TITLE_LEN] = '\0';
}

/* What stands in reverse above the last row, lines joined by a blank, and where it begins. */
static inline void reversed(struct desk *desk, char text[TEXT_LEN], int *first_row,
                            int *first_column)
{
    size_t len = 0;
    int last_row = -1;
    *first_row = *first_column = -1;
    for (int row = 0; row < desk->program.rows - 1; row++)
        for (int column = 0; column < desk->program.columns; column++) {
            VTermScreenCell found = cell(desk, row, column);
            if (!found.attrs.reverse || len + 2 >= TEXT_LEN)
                continue;
            if (*first_row < 0) {
                *first_row = row;
                *first_column = column;
            } else if (last_row != row) {
                text[len++] = ' ';
            }
            last_row = row;
            text[len++] = found.chars[0] < 0x80 ? (char)found.chars[0] : '?';
        }
    text[len] = '\0';
}

static inline size_t reversed_len(struct desk *desk)
{
    char text[TEXT_LEN];
    int row, column;
    reversed(desk, text, &row, &column);
    return strlen(text);
}

static inline int article_count(void)
{
    int count = 0;
    DIR *folder = opendir(DATA_DIR "/articles");
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));)
        count += entry->d_name[0] != '.';
    closedir(folder);
    return count;
}

static inline void sees_count(struct desk *desk, const char *what, int count)
{
    char text[64];
    snprintf(text, sizeof text, "%s %d", what, count);
    sees(desk, text);
}

/* ---- ways to places ------------------------------------------------------------------------ */

/* Opens the only article that fits a filter. */
static inline void open_article(struct desk *desk, const char *filter)
{
    press(desk, "g a");
    does(desk, ACTION_FILTER, "f");
    press(desk, "<C-u>");
    type(desk, filter);
    press(desk, "<Enter>");
    sees_count(desk, "Articles", 1);
    does(desk, ACTION_OPEN, "<Enter>");
}

/* The people pane with the only person that fits a filter. */
static inline void choose_person(struct desk *desk, const char *filter)
{
    does(desk, ACTION_GO, "g p");
    press(desk, "f <C-u>");
    type(desk, filter);
    press(desk, "<Enter>");
    sees_count(desk, "People", 1);
}

static inline void resize(struct desk *desk, int rows, int columns)
{
    pty_resize(&desk->program, rows, columns);
    if (pty_next_frame(&desk->program, PTY_PATIENCE) != PTY_FRAME)
        fail_msg("no frame after the window became %dx%d", columns, rows);
}

/* " 3/17 · article 2/5" in the last row. */
static inline bool target_label(struct desk *desk, int numbers[4])
{
    char text[TEXT_LEN];
    row_text(desk, desk->program.rows - 1, text);
    char *middle = strstr(text, " · article ");
    if (!middle)
        return false;
    char *slash = middle;
    while (slash > text && *slash != '/')
        slash--;
    while (slash > text && slash[-1] >= '0' && slash[-1] <= '9')
        slash--;
    if (sscanf(middle, " · article %d/%d", &numbers[2], &numbers[3]) != 2)
        return false;
    if (slash[0] < '0' || slash[0] > '9') { /* a search is counted in articles */
        numbers[0] = numbers[2];
        numbers[1] = numbers[3];
        return true;
    }
    return sscanf(slash, "%d/%d", &numbers[0], &numbers[1]) == 2;
}

static inline void label_is(struct desk *desk, int index, int count)
{
    int numbers[4] = {0};
    if (!target_label(desk, numbers) || numbers[0] != index || numbers[1] != count) {
        char wanted[32];
        snprintf(wanted, sizeof wanted, "%d/%d", index, count);
        fail_with_screen(desk, "the label is not", wanted);
    }
}

/* ---- all actions --------------------------------------------------------------------------- */

/* The names of what this program pressed, for test_every_action.c, which runs after all. */
static inline int keep_pressed(void)
{
    char folder[PRESSED_LEN], path[PRESSED_LEN + 256];
    pressed_folder(folder);
    (void)mkdir("pressed", 0777);
    (void)mkdir(folder, 0777);
    const char *slash = strrchr(__BASE_FILE__, '/'); /* the file that includes this one */
    snprintf(path, sizeof path, "%s/%.255s", folder, slash ? slash + 1 : __BASE_FILE__);
    FILE *file = fopen(path, "w");
    if (!file)
        return 1;
    for (int i = 0; i < ACTION_COUNT; i++)
        if (was_done[i])
            fprintf(file, "%s\n", actions[i].name);
    return fclose(file);
}

static inline int read_keys(void **state)
{
    (void)state;
    const struct environment environment = {.data_folder = DATA_DIR};
    struct settings settings;
    struct error err = {0};
    settings_init(&settings);
    keymap_init(&keys_known, &action_keymap_names);
    enum status status = keymaps_read(&keys_known, &settings, &environment, &err);
    settings_done(&settings);
    return status != STATUS_OK;
}

static inline int forget_keys(void **state)
{
    (void)state;
    keymap_done(&keys_known);
    if (imported.world.folder[0])
        world_close(&imported.world);
    return keep_pressed();
}

#define SESSION(test) cmocka_unit_test_setup_teardown(test, set_desk, clear_desk)
#define SESSION_WITH_ARTICLES(test) cmocka_unit_test_setup_teardown(test, set_own_desk, clear_desk)

#endif
