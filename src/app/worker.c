#include "app/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/str.h"

/* The descriptor on which the started program tells what it does. */
enum { WORKER_DESCRIPTOR = 3 };

/* In the child: only calls that are safe after fork. */
static _Noreturn void become_worker(int pipe_end, const char *program, char *const *arguments)
{
    int nowhere = open("/dev/null", O_RDWR);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setpgid(0, 0); /* keys typed at the terminal are not meant for the worker */
    if (nowhere >= 0 && dup2(nowhere, 0) >= 0 && dup2(nowhere, 1) >= 0 && dup2(nowhere, 2) >= 0 &&
        (pipe_end == WORKER_DESCRIPTOR ? fcntl(pipe_end, F_SETFD, 0)
                                       : dup2(pipe_end, WORKER_DESCRIPTOR)) >= 0) {
        execv(program, arguments);
        execv("/proc/self/exe", arguments); /* the file was replaced while it runs */
    }
    _exit(126);
}

/* `dossier import --worker-fd 3 -f FILE [--no-file-time] -- WORD…`, or update; heap, NULL at the
 * end. execv takes its strings as char * and leaves them as they are. */
static char **worker_arguments(const struct environment *environment, const char *dossier,
                               const struct worker_task *task)
{
    const char *const head[] = {environment->program,
                                task->updates ? "update" : "import",
                                "--worker-fd",
                                "3",
                                "-f",
                                dossier,
                                "--no-file-time"};
    size_t count = sizeof head / sizeof *head - (task->file_times || task->updates ? 1 : 0);
    const char **arguments = memory_new(count + 1 + task->word_count + 1, sizeof *arguments);
    memcpy(arguments, head, count * sizeof *head);
    arguments[count++] = "--";
    if (task->word_count > 0)
        memcpy(arguments + count, task->words, task->word_count * sizeof *task->words);
    return (char **)(void *)arguments;
}

static bool open_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return false;
    for (int i = 0; i < 2; i++)
        if (fcntl(ends[i], F_SETFD, FD_CLOEXEC) != 0)
            return false;
    return fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0;
}

enum status worker_start(struct worker *worker, const struct environment *environment,
                         const char *dossier, const struct worker_task *task, struct error *err)
{
    int ends[2];
    *worker = (struct worker){.descriptor = -1, .outcome = STATUS_IO, .updating = task->updates};
    if (!open_pipe(ends))
        return error_errno(err, "import", "start a worker");
    char **arguments = worker_arguments(environment, dossier, task);
    pid_t process = fork();
    if (process == 0)
        become_worker(ends[1], environment->program, arguments);
    int reason = errno;
    memory_free(arguments);
    close(ends[1]);
    if (process < 0) {
        close(ends[0]);
        errno = reason;
        return error_errno(err, "import", "start a worker");
    }
    worker->process = process;
    worker->descriptor = ends[0];
    return STATUS_OK;
}

int worker_descriptor(const struct worker *worker)
{
    return worker->process ? worker->descriptor : -1;
}

/* "seen total imported changed unchanged failed settled", the first two of files */
static void read_totals(struct worker *worker, str line)
{
    struct import_totals *totals = worker->refreshing ? &worker->refreshed : &worker->totals;
    int64_t *const fields[] = {&totals->files_seen, &totals->files_total, &totals->imported,
                               &totals->changed,    &totals->unchanged,   &totals->failed,
                               &totals->settled};
    str part;
    for (size_t i = 0; i < sizeof fields / sizeof *fields && str_next(&line, ' ', &part); i++)
        if (!str_to_int(part, fields[i]))
            return;
}

static void read_end(struct worker *worker, str outcome)
{
    if (str_equal(outcome, STR("ok")))
        worker->outcome = STATUS_OK;
    else if (str_equal(outcome, STR("cancelled")))
        worker->outcome = STATUS_CANCELLED;
}

static void read_line(struct worker *worker, str line)
{
    if (str_starts(line, STR("! ")))
        (void)error_set(&worker->last_failure, STATUS_BAD_INPUT, "%.*s",
                        STR_ARG(str_slice(line, 2, line.len)));
    else if (str_starts(line, STR("~ ")))
        (void)!error_set(&worker->last_note, STATUS_OK, "%.*s",
                         STR_ARG(str_slice(line, 2, line.len)));
    else if (str_starts(line, STR("done ")))
        read_end(worker, str_slice(line, 5, line.len));
    else if (str_equal(line, STR("refreshing")))
        worker->refreshing = true;
    else
        read_totals(worker, line);
}

/* Uses up the whole lines in worker->line. */
static void read_lines(struct worker *worker)
{
    size_t start = 0;
    for (;;) {
        str all = buf_str(&worker->line);
        size_t end = str_find_byte(all, '\n', start);
        if (end == STR_MISSING)
            break;
        read_line(worker, str_slice(all, start, end));
        start = end + 1;
    }
    if (start > 0) {
        worker->line.len -= start;
        memmove(worker->line.ptr, worker->line.ptr + start, worker->line.len);
    }
}

/* The pipe's end: every copy of the other side is closed, so the process is gone or going. */
static void reap(struct worker *worker)
{
    int ending = 0;
    while (waitpid(worker->process, &ending, 0) < 0 && errno == EINTR)
        continue;
    close(worker->descriptor);
    buf_done(&worker->line);
    worker->process = 0;
    worker->descriptor = -1;
    worker->finished = true;
    if (worker->outcome == STATUS_IO && worker->cancelled)
        worker->outcome = STATUS_CANCELLED;
    else if (worker->outcome == STATUS_IO && worker->last_failure.status == STATUS_OK)
        (void)error_set(&worker->last_failure, STATUS_IO, "import: it ended before it was done");
}

bool worker_read(struct worker *worker)
{
    if (!worker->process)
        return false;
    bool changed = false;
    for (;;) {
        char *room = buf_reserve(&worker->line, 4096);
        ssize_t len = read(worker->descriptor, room, 4096);
        if (len < 0 && errno == EINTR)
            continue;
        if (len < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return changed;
        if (len <= 0) {
            reap(worker);
            return true;
        }
        worker->line.len += (size_t)len;
        read_lines(worker);
        changed = true;
    }
}

void worker_cancel(struct worker *worker)
{
    if (!worker->process)
        return;
    worker->cancelled = true;
    kill(worker->process, SIGTERM);
}

void worker_done(struct worker *worker)
{
    if (!worker->process) {
        buf_done(&worker->line);
        return;
    }
    worker_cancel(worker);
    for (int tries = 0; worker->process && tries < 20; tries++) {
        struct pollfd waited = {.fd = worker->descriptor, .events = POLLIN};
        (void)poll(&waited, 1, 50);
        (void)worker_read(worker);
    }
    if (worker->process) {
        kill(worker->process, SIGKILL);
        reap(worker);
    }
}
