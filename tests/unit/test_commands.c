/* layers: base text model ingest analyse store tui app */
/* The commands as a person runs them: tests/commands/NAME.cmd, the argument, is a shell script that
 * runs in a new folder; what it prints must be tests/commands/NAME.expected (UPDATE_EXPECTED=1
 * rewrites it). Of everything printed, no control byte may be left and every line that begins with
 * { must be one JSON value. Without an argument: what is told about commands elsewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/command.h"
#include "app/query.h"
#include "base/file.h"
#include "store/store.h"
#include "support/folder.h"
#include "text/utf8.h"

enum { SCRIPT_SECONDS = 100, OUTPUT_LIMIT_LEN = 1 << 24 };

struct place {
    char path[FOLDER_PATH_LEN];
    struct arena arena;
};

static int enter_new_folder(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    if (place == NULL)
        return 1;
    *state = place;
    return !folder_enter(place->path);
}

static int leave_folder(void **state)
{
    struct place *place = *state;
    bool failed = !folder_leave(place->path);
    arena_done(&place->arena);
    free(place);
    return failed;
}

/* ---- what is true of all output ------------------------------------------------------------ */

static const char *skip_json(const char *at, int depth);

static const char *skip_json_text(const char *at)
{
    for (at++; *at && *at != '"'; at++) {
        if ((unsigned char)*at < 0x20)
            return NULL;
        if (*at != '\\')
            continue;
        at++;
        if (!*at || !strchr("\"\\/bfnrtu", *at))
            return NULL;
        for (int i = 0; *at == 'u' && i < 4; i++)
            if (!at[1 + i] || !strchr("0123456789abcdefABCDEF", at[1 + i]))
                return NULL;
    }
    return *at ? at + 1 : NULL;
}

/* Members or items up to the closing bracket. */
static const char *skip_json_list(const char *at, char close, int depth)
{
    bool named = close == '}';
    at++;
    if (*at == close)
        return at + 1;
    for (;;) {
        if (named) {
            at = *at == '"' ? skip_json_text(at) : NULL;
            if (!at || *at++ != ':')
                return NULL;
        }
        at = skip_json(at, depth + 1);
        if (!at)
            return NULL;
        if (*at == close)
            return at + 1;
        if (*at++ != ',')
            return NULL;
    }
}

/* The end of one compact JSON value (RFC 8259), or NULL. */
static const char *skip_json(const char *at, int depth)
{
    static const char *const words[] = {"null", "true", "false"};
    if (depth > 32)
        return NULL;
    if (*at == '"')
        return skip_json_text(at);
    if (*at == '{' || *at == '[')
        return skip_json_list(at, *at == '{' ? '}' : ']', depth);
    for (size_t i = 0; i < 3; i++)
        if (strncmp(at, words[i], strlen(words[i])) == 0)
            return at + strlen(words[i]);
    char *end;
    (void)strtod(at, &end);
    return end > at && strchr("-0123456789", *at) ? end : NULL;
}

static void check_json(struct arena *arena, str output, const char *script)
{
    for (str line; str_next_line(&output, &line);) {
        if (!str_starts(line, STR("{\"")))
            continue;
        const char *text = arena_str(arena, line).ptr;
        const char *end = skip_json(text, 0);
        if (!end || *end)
            fail_msg("%s: no JSON: %s", script, text);
    }
}

/* C0 and C1 controls, DEL, bidirectional controls, line separators, tags. */
static bool is_control(uint32_t point)
{
    return (point < 0x20 && point != '\n' && point != '\t') || (point >= 0x7F && point < 0xA0) ||
           (point >= 0x200E && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069) || (point >= 0xE0000 && point < 0xE0080);
}

static void check_controls(str output, const char *script)
{
    assert_true(utf8_is_valid(output));
    for (size_t at = 0, len; at < output.len; at += len) {
        uint32_t point = utf8_decode(output, at, &len);
        if (is_control(point))
            fail_msg("%s: U+%04X in the output at byte %zu, after: %.*s", script, (unsigned)point,
                     at, (int)(at < 60 ? at : 60), output.ptr + (at < 60 ? 0 : at - 60));
    }
}

/* ---- running a script ---------------------------------------------------------------------- */

static void set_place(const char *name, const char *place, const char *rest)
{
    char value[256];
    (void)snprintf(value, sizeof value, "%s%s", place, rest);
    assert_int_equal(setenv(name, value, 1), 0);
}

static void pin_world(const char *place)
{
    set_place("HOME", place, "");
    set_place("XDG_DATA_HOME", place, "/data");
    set_place("XDG_CONFIG_HOME", place, "/config");
    set_place("LC_ALL", "C.UTF-8", "");
    set_place("TZ", "UTC", "");
    set_place("DOSSIER_TODAY", "2024-12-31", "");
    set_place("TESTS_DIR", TESTS_DIR, "");
    set_place("DOSSIER_DATA", DATA_DIR, "");
    (void)unsetenv("NO_COLOR");
}

static _Noreturn void become_shell(int output, const char *script)
{
    static const char text[] = ". \"$TESTS_DIR/commands/prelude.sh\"; . \"$0\"";
    char shell[] = "/bin/sh", option[] = "-c", copied[sizeof text], name[512];
    memcpy(copied, text, sizeof text);
    (void)snprintf(name, sizeof name, "%s", script);
    char *const arguments[] = {shell, option, copied, name, NULL};
    int input = open("/dev/null", O_RDONLY);
    (void)alarm(SCRIPT_SECONDS);
    if (dup2(input, 0) == 0 && dup2(output, 1) == 1 && dup2(output, 2) == 2)
        execv(shell, arguments);
    _exit(127);
}

/* What the script printed, the folder's name replaced by $HOME and the tests' by $TESTS. */
static str run_script(struct arena *arena, const char *script)
{
    char name[] = "/tmp/dossier-test-output-XXXXXX";
    int output = mkstemp(name);
    assert_true(output >= 0 && fcntl(output, F_SETFD, FD_CLOEXEC) == 0);
    assert_int_equal(unlink(name), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        become_shell(output, script);
    int ending = 0;
    while (waitpid(child, &ending, 0) < 0)
        assert_int_equal(errno, EINTR);
    if (!WIFEXITED(ending))
        fail_msg("%s: ended by signal %d", script, WTERMSIG(ending));
    struct error err = {0};
    str printed = STR_NONE;
    assert_int_equal(lseek(output, 0, SEEK_SET), 0);
    if (file_read_descriptor(arena, output, script, OUTPUT_LIMIT_LEN, &printed, &err) != STATUS_OK)
        fail_msg("%s", err.text);
    (void)close(output);
    return printed;
}

static str replace_all(struct arena *arena, str text, str from, str to)
{
    struct buf out = BUF_INIT;
    size_t at = 0;
    for (size_t next; (next = str_find(text, from, at)) != STR_MISSING; at = next + from.len) {
        buf_add(&out, str_slice(text, at, next));
        buf_add(&out, to);
    }
    buf_add(&out, str_slice(text, at, text.len));
    str made = arena_str(arena, buf_str(&out));
    buf_done(&out);
    return made;
}

/* ---- expected files ------------------------------------------------------------------------ */

static void tell_difference(const char *script, str expected, str printed)
{
    str want = STR_NONE, got = STR_NONE;
    for (int line = 1;; line++) {
        bool more_wanted = str_next_line(&expected, &want);
        bool more_got = str_next_line(&printed, &got);
        if (more_wanted && more_got && str_equal(want, got))
            continue;
        fail_msg("%s: line %d of the output\n  is:        %.*s\n  should be: %.*s", script, line,
                 STR_ARG(more_got ? got : STR("(nothing)")),
                 STR_ARG(more_wanted ? want : STR("(nothing)")));
    }
}

static void compare(struct arena *arena, const char *script, str printed)
{
    struct error err = {0};
    str expected = STR_NONE;
    int name_len = (int)(strlen(script) - strlen(".cmd"));
    const char *path = arena_format(arena, "%.*s.expected", name_len, script).ptr;
    const char *update = getenv("UPDATE_EXPECTED");
    if (update && *update) {
        if (file_replace(path, printed, &err) != STATUS_OK)
            fail_msg("%s", err.text);
        return;
    }
    if (file_read(arena, path, OUTPUT_LIMIT_LEN, &expected, &err) != STATUS_OK)
        fail_msg("%s; UPDATE_EXPECTED=1 writes it", err.text);
    if (!str_equal(expected, printed))
        tell_difference(script, expected, printed);
}

static void check_script(struct place *place, const char *script)
{
    pin_world(place->path);
    str printed = run_script(&place->arena, script);
    printed = replace_all(&place->arena, printed, str_from(place->path), STR("$HOME"));
    printed = replace_all(&place->arena, printed, STR(TESTS_DIR), STR("$TESTS"));
    check_controls(printed, script);
    check_json(&place->arena, printed, script);
    compare(&place->arena, script, printed);
}

/* ---- bookmarks: made by the reader, so here by its store ----------------------------------- */

static void add_bookmark(struct store *store, struct arena *arena, int64_t id, const char *quote,
                         const char *note)
{
    struct error err = {0};
    struct stored_article article = {0};
    assert_int_equal(store_get_article(store, arena, id, &article, &err), STATUS_OK);
    str text = article.article.text;
    size_t start = str_find(text, str_from(quote), 0);
    assert_true(start != STR_MISSING);
    size_t end = start + strlen(quote);
    struct bookmark bookmark = {.article = id,
                                .quote = str_from(quote),
                                .prefix = str_slice(text, start < 20 ? 0 : start - 20, start),
                                .suffix = str_slice(text, end, end + 20),
                                .start = (uint32_t)start,
                                .end = (uint32_t)end,
                                .note = str_from(note),
                                .tags = STR("sea"),
                                .created = 1700000000};
    if (store_put_bookmark(store, &bookmark, 1700000000, &err) != STATUS_OK)
        fail_msg("%s", err.text);
}

static void bookmarks_are_printed(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct store *store = NULL;
    pin_world(place->path);
    (void)run_script(&place->arena, TESTS_DIR "/commands/bookmarks/import.sh");
    if (store_open("some.dossier", STORE_READ_WRITE, &store, &err) != STATUS_OK)
        fail_msg("%s", err.text);
    add_bookmark(store, &place->arena, 1, "the last boat", "which\x1b[31m one?");
    add_bookmark(store, &place->arena, 2, "build a sea wall", "");
    store_close(store);
    check_script(place, TESTS_DIR "/commands/bookmarks/bookmarks.cmd");
}

/* ---- the one that is asked for -------------------------------------------------------------- */

static const char *the_script;

static void script_prints_what_is_expected(void **state)
{
    check_script(*state, the_script);
}

/* ---- the manual ---------------------------------------------------------------------------- */

static void the_manual_names_every_command_and_option(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    str manual = STR_NONE;
    if (file_read(&place->arena, DATA_DIR "/man/dossier.1", 1 << 20, &manual, &err) != STATUS_OK)
        fail_msg("%s", err.text);
    for (const struct command *command = commands + 1; command->name; command++) {
        if (!command->help)
            continue;
        str heading = arena_format(&place->arena, "\n.It Cm %s", command->name);
        if (str_find(manual, heading, 0) == STR_MISSING)
            fail_msg("the manual lacks the command %s", command->name);
    }
    for (int i = 0; i < OPTION_COUNT; i++) {
        str option = arena_format(&place->arena, "Fl Fl %s", option_rows[i].name);
        if (option_rows[i].help && str_find(manual, option, 0) == STR_MISSING)
            fail_msg("the manual lacks the option --%s", option_rows[i].name);
    }
}

/* Every field with its help, as the program gives it: "The title has these words." */
static void the_manual_of_queries_tells_every_field(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    str manual = STR_NONE;
    if (file_read(&place->arena, DATA_DIR "/man/dossier-query.7", 1 << 20, &manual, &err) !=
        STATUS_OK)
        fail_msg("%s", err.text);
    for (int i = 0; i < QUERY_FIELD_COUNT; i++) {
        const struct query_field *field = &query_fields[i];
        str heading = arena_format(&place->arena, "\n.It Cm %s :", field->name);
        size_t at = str_find(manual, heading, 0);
        str line = STR_NONE, rest = str_slice(manual, at + 1, manual.len);
        assert_true(at != STR_MISSING && str_next_line(&rest, &line));
        assert_true(str_next_line(&rest, &line));
        if (!str_equal_ascii_fold(line, arena_format(&place->arena, "%s.", field->help)))
            fail_msg("the manual on %s: says %.*s", field->name, STR_ARG(line));
    }
}

int main(int argc, char **argv)
{
    if (!getenv("DOSSIER_BINARY")) {
        (void)fputs("set DOSSIER_BINARY to the program under test\n", stderr);
        return 77;
    }
    const struct CMUnitTest script[] = {cmocka_unit_test_setup_teardown(
        script_prints_what_is_expected, enter_new_folder, leave_folder)};
    const struct CMUnitTest rest[] = {
        cmocka_unit_test_setup_teardown(bookmarks_are_printed, enter_new_folder, leave_folder),
        cmocka_unit_test_setup_teardown(the_manual_names_every_command_and_option, enter_new_folder,
                                        leave_folder),
        cmocka_unit_test_setup_teardown(the_manual_of_queries_tells_every_field, enter_new_folder,
                                        leave_folder),
    };
    the_script = argv[argc - 1];
    return argc > 1 ? cmocka_run_group_tests_name(the_script, script, NULL, NULL)
                    : cmocka_run_group_tests(rest, NULL, NULL);
}
