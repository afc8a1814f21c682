/* A function of the test run as a process of its own under a pseudo-terminal, which the test plays.
 * No sleeps: every wait is a poll with a deadline. */
#ifndef SUPPORT_PTY_CHILD_H
#define SUPPORT_PTY_CHILD_H

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"

enum { PTY_CHILD_PATIENCE_MS = 20000 };

struct pty_child {
    pid_t pid;
    int terminal;      /* master side */
    int report;        /* what the child says beside its terminal, line by line */
    struct buf output; /* all that it wrote to its terminal */
    struct buf said;   /* of the report, not yet taken */
};

static inline void pty_child_resize(const struct pty_child *child, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    assert_int_equal(ioctl(child->terminal, TIOCSWINSZ, &size), 0);
}

/* Runs body(report descriptor, argument) on a terminal of that size; its result is the status. */
static inline void pty_child_start(struct pty_child *child, int rows, int columns,
                                   int (*body)(int report, const void *argument),
                                   const void *argument)
{
    *child = (struct pty_child){.terminal = posix_openpt(O_RDWR | O_NOCTTY)};
    int report[2];
    assert_true(child->terminal >= 0);
    assert_int_equal(grantpt(child->terminal), 0);
    assert_int_equal(unlockpt(child->terminal), 0);
    assert_int_equal(pipe(report), 0);
    const char *name = ptsname(child->terminal);
    assert_non_null(name);
    pty_child_resize(child, rows, columns);
    child->report = report[0];
    child->pid = fork();
    assert_true(child->pid >= 0);
    if (child->pid > 0) {
        (void)close(report[1]);
        return;
    }
    (void)setsid();
    int terminal = open(name, O_RDWR);
    (void)close(child->terminal);
    (void)close(report[0]);
    for (int i = 0; i < 3; i++)
        (void)dup2(terminal, i);
    if (terminal > 2)
        (void)close(terminal);
    _exit(body(report[1], argument));
}

/* Waits for something from the child; false when both its ends are closed. */
static inline bool pty_child_read(struct pty_child *child)
{
    struct pollfd ends[2] = {{.fd = child->terminal, .events = POLLIN},
                             {.fd = child->report, .events = POLLIN}};
    if (child->terminal < 0 && child->report < 0)
        return false;
    if (poll(ends, 2, PTY_CHILD_PATIENCE_MS) <= 0)
        fail_msg("nothing comes from the child; it wrote: %s", buf_c(&child->output));
    bool any = false;
    for (int i = 0; i < 2; i++) {
        char bytes[4096];
        ssize_t count = ends[i].revents != 0 ? read(ends[i].fd, bytes, sizeof bytes) : 0;
        if (count > 0) {
            buf_add(i == 0 ? &child->output : &child->said, (str){bytes, (size_t)count});
            any = true;
        } else if (ends[i].revents != 0 && i == 0) {
            (void)close(child->terminal);
            child->terminal = -1;
        } else if (ends[i].revents != 0) {
            (void)close(child->report);
            child->report = -1;
        }
    }
    return any || child->terminal >= 0 || child->report >= 0;
}

static inline void pty_child_send(struct pty_child *child, const char *bytes)
{
    size_t len = strlen(bytes);
    assert_int_equal(write(child->terminal, bytes, len), (ssize_t)len);
}

/* The same with any bytes. */
static inline void pty_child_send_bytes(struct pty_child *child, str bytes)
{
    assert_int_equal(write(child->terminal, bytes.ptr, bytes.len), (ssize_t)bytes.len);
}

/* The next line that the child reports must be this one. */
static inline void pty_child_expect(struct pty_child *child, const char *line)
{
    str expected = str_from(line);
    size_t end;
    while ((end = str_find_byte(buf_str(&child->said), '\n', 0)) == STR_MISSING)
        if (!pty_child_read(child))
            fail_msg("the child ended before it said \"%s\"", line);
    str said = str_slice(buf_str(&child->said), 0, end);
    if (!str_equal(said, expected))
        fail_msg("the child said \"%.*s\", not \"%s\"", STR_ARG(said), line);
    size_t rest = child->said.len - (end + 1);
    memmove(child->said.ptr, child->said.ptr + end + 1, rest);
    child->said.len = rest;
}

/* Reads until the output from `from` on holds the bytes; returns the offset after them. */
static inline size_t pty_child_until(struct pty_child *child, const char *bytes, size_t from)
{
    size_t at;
    while ((at = str_find(buf_str(&child->output), str_from(bytes), from)) == STR_MISSING)
        if (!pty_child_read(child))
            fail_msg("the child ended before it wrote \"%s\"", bytes);
    return at + strlen(bytes);
}

/* How often the output from `from` on holds the bytes. */
static inline int pty_child_count(const struct pty_child *child, const char *bytes, size_t from)
{
    int count = 0;
    str needle = str_from(bytes);
    for (size_t at = from; (at = str_find(buf_str(&child->output), needle, at)) != STR_MISSING;
         at += needle.len)
        count++;
    return count;
}

/* Reads all, waits for the end and returns the status as from waitpid; frees everything. */
static inline int pty_child_end(struct pty_child *child)
{
    int status = -1;
    while (pty_child_read(child))
        continue;
    assert_int_equal(waitpid(child->pid, &status, 0), child->pid);
    return status;
}

static inline void pty_child_done(struct pty_child *child)
{
    buf_done(&child->output);
    buf_done(&child->said);
}

#endif
