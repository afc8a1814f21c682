/* layers: */
/* Runs the reader by a script and compares what the screen shows.
 *
 *     screen_runner SCRIPT.screen
 *
 * DOSSIER_BINARY names the program. UPDATE_EXPECTED=1 rewrites the expected blocks of the script.
 *
 * A script is lines; # begins a comment; empty lines count for nothing.
 *
 *     size 80x24             columns and rows; before the program starts
 *     env NO_COLOR=1         sets a variable, `env TERM` takes one away
 *     copy DATA/articles in  copies a file or folder into the working folder; DATA is data/, HERE
 * is tests/screens/ file in/long.txt 500 A line of text.    a file made of a line repeated,
 * numbered many in 500 A line of text.             a folder of numbered files of one line each
 *     prepare import in      runs `dossier import in` to its end, without a terminal
 *     args in -f x.dossier   arguments of the program; it starts at the first line below
 *     mask [0-9]+ of [0-9]+  what fits is a ~ in the screens that are compared (extended regex)
 *
 *     keys j j <Enter> <C-d> one after the other, each after the frame that follows the one before
 *     type some words        the rest of the line as it is, one character at a time
 *     resize 40x12
 *     wait some text         until a row of the screen has the text
 *     expect                 the screen, each row behind a |, up to `end`
 *     attributes             rows with attributes, "row 3: 10-15 bold fg4", up to `end`
 *     freeze                 holds the processes that the program started (its import) where they
 * are thaw                   lets them go on exits 0                the program ends by itself with
 * this status
 *
 * A block is right when the screen comes to be as it says: frames drawn later (a counter that
 * moves when idle) are waited for, the first that fits ends the wait. */
#include <regex.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "support/pty_program.h"

enum {
    WORD_LIMIT = 64,
    SETTLE_MS = 6000,       /* how long a wrong screen may go on changing before it counts */
    UPDATE_SETTLE_MS = 1500 /* when rewriting: how long the screen must have stayed the same */
};

struct runner {
    const char *script;
    int line;
    struct world world;
    struct pty_program program;
    bool started;
    int rows, columns;
    char *arguments[WORD_LIMIT + 2];
    regex_t mask;
    bool has_mask;
    bool updating;
    struct bytes rewritten; /* the script with the blocks as they are now */
    int failures;
};

static void fail(struct runner *runner, const char *message, const char *detail)
{
    printf("%s:%d: %s%s\n", runner->script, runner->line, message, detail);
    if (runner->started)
        pty_print_screen(&runner->program);
    fflush(stdout);
    if (runner->started)
        pty_close(&runner->program);
    world_close(&runner->world);
    exit(1);
}

/* Cuts a line at its blanks; the words live in `line`. */
static size_t split(char *line, char *words[WORD_LIMIT])
{
    size_t count = 0;
    for (char *word = strtok(line, " "); word && count < WORD_LIMIT; word = strtok(NULL, " "))
        words[count++] = word;
    return count;
}

static void start(struct runner *runner)
{
    if (runner->started)
        return;
    runner->arguments[0] = getenv("DOSSIER_BINARY");
    if (!runner->arguments[0])
        fail(runner, "DOSSIER_BINARY is not set", "");
    union {
        char **given;
        const char *const *borrowed;
    } vector = {.given = runner->arguments};
    pty_start(&runner->program, &runner->world, runner->rows, runner->columns, vector.borrowed);
    runner->started = true;
    if (pty_next_frame(&runner->program, PTY_PATIENCE) != PTY_FRAME)
        fail(runner, "no first screen", "");
}

/* ---- preparing ----------------------------------------------------------------------------- */

static void read_size(struct runner *runner, const char *text, int *rows, int *columns)
{
    if (sscanf(text, "%dx%d", columns, rows) != 2 || *rows < 1 || *columns < 1)
        fail(runner, "a size is COLUMNSxROWS, not ", text);
}

static void copy(struct runner *runner, const char *from, const char *name)
{
    char path[1024];
    const char *rest = strchr(from, '/');
    if (rest && strncmp(from, "DATA/", 5) == 0)
        snprintf(path, sizeof path, "%s%s", DATA_DIR, rest);
    else if (rest && strncmp(from, "HERE/", 5) == 0)
        snprintf(path, sizeof path, "%s/screens%s", TESTS_DIR, rest);
    else
        fail(runner, "copy from DATA/ or HERE/, not ", from);
    world_copy(&runner->world, path, name);
}

static void make_file(struct runner *runner, const char *rest)
{
    char name[256];
    int count = 0, used = 0;
    if (sscanf(rest, "%255s %d %n", name, &count, &used) < 2)
        fail(runner, "usage: file NAME COUNT TEXT", "");
    struct bytes content = {0};
    for (int i = 1; i <= count; i++) {
        char number[32];
        snprintf(number, sizeof number, "%d. ", i);
        bytes_add(&content, number, strlen(number));
        bytes_add(&content, rest + used, strlen(rest + used));
        bytes_add(&content, "\n\n", 2);
    }
    world_write(&runner->world, name, content.ptr, content.len);
    bytes_done(&content);
}

static void make_folder(struct runner *runner, const char *rest)
{
    char name[256], path[1024];
    int count = 0, used = 0;
    if (sscanf(rest, "%255s %d %n", name, &count, &used) < 2)
        fail(runner, "usage: many NAME COUNT TEXT", "");
    snprintf(path, sizeof path, "%s/%s", runner->world.folder, name);
    if (mkdir(path, 0700) != 0)
        fail(runner, "cannot make ", path);
    for (int i = 1; i <= count; i++) {
        char file[512], line[2048];
        snprintf(file, sizeof file, "%s/%06d.txt", name, i);
        int len = snprintf(line, sizeof line, "%s %d\n", rest + used, i);
        world_write(&runner->world, file, line, (size_t)len);
    }
}

static void set_mask(struct runner *runner, const char *pattern)
{
    if (runner->has_mask)
        regfree(&runner->mask);
    runner->has_mask = regcomp(&runner->mask, pattern, REG_EXTENDED) == 0;
    if (!runner->has_mask)
        fail(runner, "no such mask: ", pattern);
}

static void prepare(struct runner *runner, char *rest)
{
    char *words[WORD_LIMIT];
    const char *arguments[WORD_LIMIT + 2] = {getenv("DOSSIER_BINARY")};
    size_t count = split(rest, words);
    for (size_t i = 0; i < count; i++)
        arguments[i + 1] = words[i];
    if (!arguments[0])
        fail(runner, "DOSSIER_BINARY is not set", "");
    struct bytes output = {0};
    int status = world_run(&runner->world, arguments, &output);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail(runner, "the preparation failed:\n", output.ptr ? output.ptr : "");
    bytes_done(&output);
}

/* ---- steps --------------------------------------------------------------------------------- */

static void press(struct runner *runner, const char *bytes, size_t len, const char *name)
{
    if (!pty_send(&runner->program, bytes, len))
        fail(runner, "the program is gone before ", name);
    enum pty_event event = pty_next_frame(&runner->program, PTY_PATIENCE);
    if (event == PTY_TIMEOUT)
        fail(runner, "no frame after ", name);
    /* An end is right when `exits` follows; any other step will complain. */
}

static void press_keys(struct runner *runner, char *rest)
{
    char *words[WORD_LIMIT];
    size_t count = split(rest, words);
    for (size_t i = 0; i < count; i++) {
        char bytes[16];
        size_t len = pty_key(words[i], bytes);
        if (!len)
            fail(runner, "no such key: ", words[i]);
        press(runner, bytes, len, words[i]);
    }
}

static void type_text(struct runner *runner, const char *text)
{
    while (*text) {
        size_t len = 1;
        while ((text[len] & 0xc0) == 0x80)
            len++;
        press(runner, text, len, text);
        text += len;
    }
}

static void wait_for(struct runner *runner, const char *text)
{
    long long deadline = now_ms() + PTY_PATIENCE;
    while (!pty_shows(&runner->program, text)) {
        long long left = deadline - now_ms();
        if (left <= 0 || pty_next_frame(&runner->program, (int)left) != PTY_FRAME)
            fail(runner, "the screen never showed: ", text);
    }
}

static void expect_exit(struct runner *runner, const char *text)
{
    int status = 0;
    if (!pty_wait_end(&runner->program, PTY_PATIENCE, &status))
        fail(runner, "the program does not end", "");
    char found[64];
    if (WIFEXITED(status))
        snprintf(found, sizeof found, "%d", WEXITSTATUS(status));
    else
        snprintf(found, sizeof found, "signal %d", WTERMSIG(status));
    if (strcmp(found, text) != 0)
        fail(runner, "exit status is ", found);
}

/* ---- blocks -------------------------------------------------------------------------------- */

static void add_screen(const struct pty_program *program, struct bytes *out)
{
    for (int row = 0; row < program->rows; row++) {
        bytes_add(out, "|", 1);
        pty_row_text(program, row, out);
        bytes_add(out, "\n", 1);
    }
}

static void add_attributes(const struct pty_program *program, struct bytes *out)
{
    struct bytes runs = {0};
    for (int row = 0; row < program->rows; row++) {
        runs.len = 0;
        pty_row_attributes(program, row, &runs);
        if (!runs.len)
            continue;
        char label[32];
        snprintf(label, sizeof label, "row %d: ", row + 1);
        bytes_add(out, label, strlen(label));
        bytes_add(out, runs.ptr, runs.len);
        bytes_add(out, "\n", 1);
    }
    bytes_done(&runs);
}

/* Puts a ~ for all that fits the mask. */
static void apply_mask(const struct runner *runner, struct bytes *text)
{
    regmatch_t match;
    struct bytes masked = {0};
    const char *at = text->ptr;
    while (*at && regexec(&runner->mask, at, 1, &match, 0) == 0 && match.rm_eo > match.rm_so) {
        bytes_add(&masked, at, (size_t)match.rm_so);
        bytes_add(&masked, "~", 1);
        at += match.rm_eo;
    }
    bytes_add(&masked, at, strlen(at));
    bytes_done(text);
    *text = masked;
}

typedef void add_block(const struct pty_program *program, struct bytes *out);

static size_t line_len(const char *text)
{
    const char *end = text ? strchr(text, '\n') : NULL;
    return end ? (size_t)(end - text) : text ? strlen(text) : 0;
}

/* Both texts line by line: what is alike once, what is not as - expected and + found. */
static void print_difference(const char *expected, const char *found)
{
    while ((expected && *expected) || (found && *found)) {
        size_t a = line_len(expected), b = line_len(found);
        bool same =
            expected && found && *expected && *found && a == b && memcmp(expected, found, a) == 0;
        if (same) {
            printf("  %.*s\n", (int)a, expected);
        } else {
            if (expected && *expected)
                printf("- %.*s\n", (int)a, expected);
            if (found && *found)
                printf("+ %.*s\n", (int)b, found);
        }
        if (expected && *expected)
            expected += a + (expected[a] == '\n');
        if (found && *found)
            found += b + (found[b] == '\n');
    }
}

/* Frames are taken until the block fits, or until none has come for a while. */
static void check_block(struct runner *runner, const char *what, add_block *add,
                        const struct bytes *expected)
{
    struct bytes found = {0};
    bool right = false;
    long long deadline = now_ms() + SETTLE_MS;
    do {
        found.len = 0;
        bytes_add(&found, "", 0);
        add(&runner->program, &found);
        if (runner->has_mask)
            apply_mask(runner, &found);
        right = !runner->updating && found.len == expected->len &&
                memcmp(found.ptr, expected->ptr, found.len) == 0;
    } while (!right && now_ms() < deadline &&
             pty_next_frame(&runner->program,
                            runner->updating ? UPDATE_SETTLE_MS : SETTLE_MS / 3) == PTY_FRAME);
    if (runner->updating) {
        bytes_add(&runner->rewritten, found.ptr, found.len);
    } else if (!right) {
        printf("%s:%d: the %s is not as expected (- expected, + found)\n", runner->script,
               runner->line, what);
        print_difference(expected->ptr, found.ptr);
        runner->failures++;
    }
    bytes_done(&found);
}

/* Reads the lines up to `end`, which are the block. */
static void read_block(struct runner *runner, FILE *file, struct bytes *block)
{
    char line[4096];
    bytes_add(block, "", 0);
    while (fgets(line, sizeof line, file)) {
        runner->line++;
        if (strcmp(line, "end\n") == 0)
            return;
        bytes_add(block, line, strlen(line));
    }
    fail(runner, "a block without end", "");
}

/* ---- the script ---------------------------------------------------------------------------- */

static bool run_preparation(struct runner *runner, const char *word, char *rest)
{
    if (strcmp(word, "size") == 0) {
        read_size(runner, rest, &runner->rows, &runner->columns);
    } else if (strcmp(word, "env") == 0) {
        world_set(&runner->world, rest);
    } else if (strcmp(word, "copy") == 0) {
        char *words[WORD_LIMIT];
        if (split(rest, words) != 2)
            fail(runner, "usage: copy FROM NAME", "");
        copy(runner, words[0], words[1]);
    } else if (strcmp(word, "file") == 0) {
        make_file(runner, rest);
    } else if (strcmp(word, "many") == 0) {
        make_folder(runner, rest);
    } else if (strcmp(word, "mask") == 0) {
        set_mask(runner, rest);
    } else if (strcmp(word, "prepare") == 0) {
        prepare(runner, rest);
    } else if (strcmp(word, "args") == 0) {
        static char kept[1024];
        snprintf(kept, sizeof kept, "%s", rest);
        split(kept, runner->arguments + 1);
    } else {
        return false;
    }
    return true;
}

static void run_step(struct runner *runner, const char *word, char *rest, FILE *file)
{
    struct bytes block = {0};
    start(runner);
    if (strcmp(word, "keys") == 0) {
        press_keys(runner, rest);
    } else if (strcmp(word, "type") == 0) {
        type_text(runner, rest);
    } else if (strcmp(word, "resize") == 0) {
        int rows, columns;
        read_size(runner, rest, &rows, &columns);
        pty_resize(&runner->program, rows, columns);
        if (pty_next_frame(&runner->program, PTY_PATIENCE) != PTY_FRAME)
            fail(runner, "no frame after resizing", "");
    } else if (strcmp(word, "wait") == 0) {
        wait_for(runner, rest);
    } else if (strcmp(word, "expect") == 0) {
        read_block(runner, file, &block);
        check_block(runner, "screen", add_screen, &block);
    } else if (strcmp(word, "attributes") == 0) {
        read_block(runner, file, &block);
        check_block(runner, "look of the screen", add_attributes, &block);
    } else if (strcmp(word, "freeze") == 0) {
        if (!pty_signal_children(&runner->program, SIGSTOP))
            fail(runner, "nothing to freeze: the program has started no other", "");
    } else if (strcmp(word, "thaw") == 0) {
        pty_signal_children(&runner->program, SIGCONT);
    } else if (strcmp(word, "exits") == 0) {
        expect_exit(runner, rest);
    } else {
        fail(runner, "unknown step: ", word);
    }
    bytes_done(&block);
}

static void run_script(struct runner *runner, FILE *file)
{
    char line[4096];
    while (fgets(line, sizeof line, file)) {
        runner->line++;
        bytes_add(&runner->rewritten, line, strlen(line));
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '\0' || line[0] == '#')
            continue;
        char *rest = strchr(line, ' ');
        if (rest)
            *rest++ = '\0';
        else
            rest = line + strlen(line);
        bool preparing = run_preparation(runner, line, rest);
        if (preparing && runner->started)
            fail(runner, "too late: the program runs already", "");
        if (!preparing)
            run_step(runner, line, rest, file);
        if (strcmp(line, "expect") == 0 || strcmp(line, "attributes") == 0)
            bytes_add(&runner->rewritten, "end\n", 4);
    }
}

int main(int count, char **arguments)
{
    if (count != 2)
        die("usage: screen_runner SCRIPT.screen");
    const char *update = getenv("UPDATE_EXPECTED");
    struct runner runner = {
        .script = arguments[1],
        .rows = 24,
        .columns = 80,
        .updating = update && strcmp(update, "1") == 0,
    };
    FILE *file = fopen(runner.script, "r");
    if (!file)
        die("%s: cannot be read", runner.script);
    world_open(&runner.world);
    run_script(&runner, file);
    fclose(file);
    if (runner.updating) {
        file = fopen(runner.script, "w");
        if (!file ||
            fwrite(runner.rewritten.ptr, 1, runner.rewritten.len, file) != runner.rewritten.len ||
            fclose(file) != 0)
            die("%s: cannot be written", runner.script);
    }
    if (runner.started)
        pty_close(&runner.program);
    world_close(&runner.world);
    bytes_done(&runner.rewritten);
    if (runner.has_mask)
        regfree(&runner.mask);
    return runner.failures ? 1 : 0;
}
