/* layers: base */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "support/folder.h"

enum { NO_LIMIT = 1 << 30 };

/* Each test works in a new folder, which is the working folder while it runs. */
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

static void write_file(const char *path, const char *text)
{
    struct error err;
    if (file_replace(path, str_from(text), &err) != STATUS_OK)
        fail_msg("%s", err.text);
}

static void make_folder(const char *path)
{
    struct error err;
    if (file_make_folder(path, &err) != STATUS_OK)
        fail_msg("%s", err.text);
}

/* What a walk gives, as one text: names, and "!" before messages. */
static const char *walk_all(struct arena *arena, const char *root)
{
    struct error err;
    struct file_walk *walk;
    enum status status = file_walk_open(root, &walk, &err);
    if (status != STATUS_OK)
        return arena_format(arena, "!%s\n", err.text).ptr;
    struct buf all = BUF_INIT;
    struct file_found found;
    for (int i = 0; i < 1000; i++) {
        status = file_walk_next(walk, &found, &err);
        if (status == STATUS_NOT_FOUND)
            break;
        if (status == STATUS_OK)
            buf_format(&all, "%.*s\n", STR_ARG(found.path));
        else
            buf_format(&all, "!%s\n", err.text);
    }
    assert_int_equal(file_walk_next(walk, &found, &err), STATUS_NOT_FOUND);
    file_walk_close(walk);
    const char *result = arena_str(arena, buf_str(&all)).ptr;
    buf_done(&all);
    return result;
}

static void a_file_is_read_whole_and_terminated(void **state)
{
    struct place *place = *state;
    struct error err;
    str bytes;
    write_file("a", "hello");
    assert_int_equal(file_read(&place->arena, "a", NO_LIMIT, &bytes, &err), STATUS_OK);
    assert_int_equal(bytes.len, 5);
    assert_string_equal(bytes.ptr, "hello");
    write_file("empty", "");
    assert_int_equal(file_read(&place->arena, "empty", 0, &bytes, &err), STATUS_OK);
    assert_int_equal(bytes.len, 0);
    assert_string_equal(bytes.ptr, "");
    /* Files that do not tell their size are read to the end as well. */
    assert_int_equal(file_read(&place->arena, "/proc/self/status", NO_LIMIT, &bytes, &err),
                     STATUS_OK);
    assert_true(bytes.len > 100);
}

static void a_file_is_mapped(void **state)
{
    (void)state;
    struct error err;
    str mapped;
    write_file("a", "hello");
    write_file("empty", "");
    assert_int_equal(file_map("a", NO_LIMIT, &mapped, &err), STATUS_OK);
    assert_true(str_equal(mapped, STR("hello")));
    file_unmap(mapped);
    assert_int_equal(file_map("empty", 0, &mapped, &err), STATUS_OK);
    assert_int_equal(mapped.len, 0);
    file_unmap(mapped);
    assert_int_equal(file_map("a", 4, &mapped, &err), STATUS_TOO_LARGE);
    assert_int_equal(file_map("none", 4, &mapped, &err), STATUS_NOT_FOUND);
}

static void a_file_over_the_limit_is_refused(void **state)
{
    struct place *place = *state;
    struct error err;
    str bytes;
    write_file("a", "hello");
    assert_int_equal(file_read(&place->arena, "a", 5, &bytes, &err), STATUS_OK);
    assert_int_equal(file_read(&place->arena, "a", 4, &bytes, &err), STATUS_TOO_LARGE);
    assert_string_equal(err.text, "a: larger than the limit of 4 bytes; split or shorten it");
    assert_int_equal(file_read(&place->arena, "/proc/self/status", 10, &bytes, &err),
                     STATUS_TOO_LARGE);
    assert_int_equal(file_read(&place->arena, "a", SIZE_MAX, &bytes, &err), STATUS_OK);
}

static void what_is_no_file_is_refused_without_hanging(void **state)
{
    struct place *place = *state;
    struct error err;
    str bytes;
    (void)alarm(10); /* a hang ends the test */
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_int_equal(file_read(&place->arena, "pipe", NO_LIMIT, &bytes, &err), STATUS_BAD_INPUT);
    assert_string_equal(err.text, "pipe: is a pipe, not a file");
    assert_int_equal(file_read(&place->arena, "/dev/zero", NO_LIMIT, &bytes, &err),
                     STATUS_BAD_INPUT);
    assert_string_equal(err.text, "/dev/zero: is a device, not a file");
    assert_int_equal(file_read(&place->arena, ".", NO_LIMIT, &bytes, &err), STATUS_BAD_INPUT);
    assert_string_equal(err.text, ".: is a folder, not a file");
    assert_int_equal(file_read(&place->arena, "none", NO_LIMIT, &bytes, &err), STATUS_NOT_FOUND);
    assert_null(bytes.ptr);
    assert_int_equal(file_replace("pipe", STR("x"), &err), STATUS_BAD_INPUT);
    assert_int_equal(file_replace("/dev/full", STR("x"), &err), STATUS_BAD_INPUT);
    (void)alarm(0);
}

static void a_descriptor_that_does_not_block_is_read_to_its_end(void **state)
{
    struct place *place = *state;
    struct error err;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    pid_t child = fork();
    if (child == 0) {
        char part[1000];
        memset(part, 'x', sizeof part);
        for (int i = 0; i < 200; i++)
            if (write(ends[1], part, sizeof part) < 0)
                _exit(1);
        _exit(0);
    }
    (void)close(ends[1]);
    str bytes;
    assert_int_equal(file_read_descriptor(&place->arena, ends[0], "stdin", NO_LIMIT, &bytes, &err),
                     STATUS_OK);
    assert_int_equal(bytes.len, 200000);
    assert_int_equal(bytes.ptr[200000], '\0');
    (void)close(ends[0]);
    assert_int_equal(file_read_descriptor(&place->arena, ends[0], "stdin", NO_LIMIT, &bytes, &err),
                     STATUS_IO);
    assert_int_equal(strncmp(err.text, "stdin: cannot read: ", 20), 0);
}

static void replacing_keeps_links_and_leaves_nothing_else_behind(void **state)
{
    struct place *place = *state;
    make_folder("folder");
    write_file("folder/a", "one");
    assert_int_equal(symlink("folder/a", "link"), 0);
    write_file("link", "two");
    struct stat info;
    assert_int_equal(lstat("link", &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(stat("folder/a", &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_string_equal(walk_all(&place->arena, "folder"), "folder/a\n");
    struct error err;
    str bytes;
    assert_int_equal(file_read(&place->arena, "folder/a", 10, &bytes, &err), STATUS_OK);
    assert_string_equal(bytes.ptr, "two");
    assert_int_equal(file_replace("none/a", STR("x"), &err), STATUS_NOT_FOUND);
}

static void a_write_that_fails_leaves_the_old_file_alone(void **state)
{
    struct place *place = *state;
    struct error err;
    make_folder("folder");
    write_file("folder/a", "old");
    struct rlimit before, small = {10, 10};
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum status status = file_replace("folder/a", STR("longer than ten bytes"), &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    (void)signal(SIGXFSZ, handler);
    assert_int_equal(status, STATUS_IO);
    assert_non_null(strstr(err.text, "folder/a: cannot write: "));
    assert_string_equal(walk_all(&place->arena, "folder"), "folder/a\n");
    str bytes;
    assert_int_equal(file_read(&place->arena, "folder/a", 10, &bytes, &err), STATUS_OK);
    assert_string_equal(bytes.ptr, "old");
}

static void folders_are_made_with_their_parents(void **state)
{
    struct place *place = *state;
    struct error err;
    make_folder("a/b//c/");
    make_folder("a/b/c");
    char whole[128];
    (void)snprintf(whole, sizeof whole, "%s/d/e", place->path);
    make_folder(whole);
    make_folder("/");
    struct stat info;
    assert_int_equal(stat("d/e", &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    write_file("a/file", "");
    assert_int_equal(file_make_folder("a/file", &err), STATUS_BAD_INPUT);
    assert_int_equal(file_make_folder("a/file/x", &err), STATUS_BAD_INPUT);
    assert_string_equal(err.text, "a/file: is not a folder");
    assert_int_equal(file_make_folder("", &err), STATUS_BAD_INPUT);
}

static void a_walk_gives_files_in_byte_order_without_hidden_ones(void **state)
{
    struct place *place = *state;
    make_folder("r/b/empty");
    make_folder("r/.git");
    make_folder("r/10");
    static const char *const names[] = {"r/b/2",    "r/b.txt", "r/B",    "r/\xC3\xA4", "r/.hidden",
                                        "r/.git/x", "r/z",     "r/10/a", "r/9",        "r/a b\nc"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        write_file(names[i], "text");
    const char *expected = "r/10/a\nr/9\nr/B\nr/a b\nc\nr/b/2\nr/b.txt\nr/z\nr/\xC3\xA4\n";
    assert_string_equal(walk_all(&place->arena, "r"), expected);
    assert_string_equal(walk_all(&place->arena, "r///"), expected);
    assert_string_equal(walk_all(&place->arena, "r/z"), "r/z\n");
    assert_string_equal(walk_all(&place->arena, "r/.git"), "r/.git/x\n");
    assert_string_equal(walk_all(&place->arena, "r/b/empty"), "");
    assert_int_equal(chdir("r/b"), 0);
    assert_string_equal(walk_all(&place->arena, "."), "./2\n");
}

static void a_walk_tells_size_and_time(void **state)
{
    (void)state;
    struct error err;
    write_file("a", "12345");
    struct file_walk *walk;
    struct file_found found;
    assert_int_equal(file_walk_open(".", &walk, &err), STATUS_OK);
    assert_int_equal(file_walk_next(walk, &found, &err), STATUS_OK);
    assert_int_equal(found.size, 5);
    struct stat info;
    assert_int_equal(stat("a", &info), 0);
    assert_int_equal(found.mtime, info.st_mtime);
    file_walk_close(walk);
    file_walk_close(NULL);
    assert_int_equal(file_walk_open("none", &walk, &err), STATUS_NOT_FOUND);
    assert_int_equal(file_walk_open("a/x", &walk, &err), STATUS_NOT_FOUND);
    assert_int_equal(file_walk_open("/dev/null", &walk, &err), STATUS_BAD_INPUT);
    assert_string_equal(err.text, "/dev/null: is a device; not read");
}

static void links_are_followed_only_inside_the_root(void **state)
{
    struct place *place = *state;
    make_folder("r/in");
    make_folder("r2");
    write_file("outside", "secret");
    write_file("r2/outside", "secret");
    write_file("r/in/x", "text");
    assert_int_equal(symlink("../outside", "r/escape"), 0);
    assert_int_equal(symlink("../r2", "r/escape2"), 0); /* a name that only begins alike */
    assert_int_equal(symlink("/etc", "r/etc"), 0);
    assert_int_equal(symlink("in/x", "r/good"), 0);
    assert_int_equal(symlink("in", "r/jn"), 0);
    assert_int_equal(symlink("nowhere", "r/none"), 0);
    assert_string_equal(walk_all(&place->arena, "r"),
                        "!r/escape: is a link that leaves the folder; not followed\n"
                        "!r/escape2: is a link that leaves the folder; not followed\n"
                        "!r/etc: is a link that leaves the folder; not followed\n"
                        "r/good\n"
                        "r/in/x\n"
                        "r/jn/x\n"
                        "!r/none: is a link to nothing; not followed\n");
    /* The root itself may be a link: it was named by the user. */
    assert_int_equal(symlink("r/in", "root"), 0);
    assert_string_equal(walk_all(&place->arena, "root"), "root/x\n");
}

static void loops_of_links_end(void **state)
{
    struct place *place = *state;
    make_folder("r/a");
    make_folder("r/b");
    write_file("r/a/x", "");
    write_file("r/b/y", "");
    assert_int_equal(symlink("..", "r/a/up"), 0);
    assert_int_equal(symlink("../b", "r/a/tob"), 0);
    assert_int_equal(symlink("../a", "r/b/toa"), 0);
    assert_int_equal(symlink(".", "r/self"), 0);
    assert_int_equal(symlink("one", "r/two"), 0);
    assert_int_equal(symlink("two", "r/one"), 0);
    assert_string_equal(walk_all(&place->arena, "r"), "r/a/tob/y\nr/a/x\nr/b/toa/x\nr/b/y\n");
}

static void folders_linked_crosswise_are_walked_once_per_link_target(void **state)
{
    struct place *place = *state;
    char path[64], target[64];
    for (int i = 0; i < 10; i++) {
        (void)snprintf(path, sizeof path, "r/%d", i);
        make_folder(path);
        for (int j = 0; j < 10; j++) {
            (void)snprintf(path, sizeof path, "r/%d/to%d", i, j);
            (void)snprintf(target, sizeof target, "../%d", j);
            assert_int_equal(symlink(target, path), 0);
        }
    }
    write_file("r/7/x", "");
    const char *all = walk_all(&place->arena, "r"); /* followed freely: 10! ways */
    size_t count = 0;
    for (const char *at = all; (at = strstr(at, "/x\n")) != NULL; at++)
        count++;
    assert_int_equal(count, 2);
}

static void special_files_are_reported_and_the_walk_goes_on(void **state)
{
    struct place *place = *state;
    (void)alarm(10);
    make_folder("r");
    assert_int_equal(mkfifo("r/1pipe", 0600), 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "r/2socket"};
    int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_true(descriptor >= 0);
    assert_int_equal(
        bind(descriptor, (const struct sockaddr *)(const void *)&address, sizeof address), 0);
    (void)close(descriptor);
    assert_int_equal(symlink("1pipe", "r/3link"), 0);
    make_folder("r/4closed");
    write_file("r/5file", "");
    assert_int_equal(chmod("r/4closed", 0), 0);
    const char *all = walk_all(&place->arena, "r");
    assert_int_equal(chmod("r/4closed", 0700), 0);
    bool is_root = geteuid() == 0; /* may open everything */
    assert_string_equal(all, is_root ? "!r/1pipe: is a pipe; not read\n"
                                       "!r/2socket: is a socket; not read\n"
                                       "!r/3link: is a pipe; not read\n"
                                       "r/5file\n"
                                     : "!r/1pipe: is a pipe; not read\n"
                                       "!r/2socket: is a socket; not read\n"
                                       "!r/3link: is a pipe; not read\n"
                                       "!r/4closed: cannot open the folder: Permission denied\n"
                                       "r/5file\n");
    (void)alarm(0);
}

static void deep_folders_are_walked_to_the_limit(void **state)
{
    struct place *place = *state;
    struct buf path = BUF_INIT;
    buf_add(&path, STR("r"));
    for (int i = 0; i < 70; i++)
        buf_add(&path, STR("/d"));
    make_folder(buf_c(&path));
    write_file("r/d/x", "");
    const char *all = walk_all(&place->arena, "r");
    assert_non_null(strstr(all, "d: is nested too deep; not read\nr/d/x\n"));
    buf_done(&path);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_new_folder, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_file_is_read_whole_and_terminated),
        IN_FOLDER(a_file_is_mapped),
        IN_FOLDER(a_file_over_the_limit_is_refused),
        IN_FOLDER(what_is_no_file_is_refused_without_hanging),
        IN_FOLDER(a_descriptor_that_does_not_block_is_read_to_its_end),
        IN_FOLDER(replacing_keeps_links_and_leaves_nothing_else_behind),
        IN_FOLDER(a_write_that_fails_leaves_the_old_file_alone),
        IN_FOLDER(folders_are_made_with_their_parents),
        IN_FOLDER(a_walk_gives_files_in_byte_order_without_hidden_ones),
        IN_FOLDER(a_walk_tells_size_and_time),
        IN_FOLDER(links_are_followed_only_inside_the_root),
        IN_FOLDER(loops_of_links_end),
        IN_FOLDER(folders_linked_crosswise_are_walked_once_per_link_target),
        IN_FOLDER(special_files_are_reported_and_the_walk_goes_on),
        IN_FOLDER(deep_folders_are_walked_to_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
