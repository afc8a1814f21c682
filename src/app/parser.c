#include "app/parser.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/parser_message.h"
#include "base/memory.h"
#include "ingest/packed.h"

/* The descriptor on which the started program is asked. */
enum { PARSER_DESCRIPTOR = 3 };
/* Where a socket cannot be made so at once (not every system can), another thread's process may
 * get a copy of it: a death is then noticed late. */
#ifndef SOCK_CLOEXEC
#define SOCK_CLOEXEC 0
#endif

/* Until a process has read its rules; a loaded machine may take its time. */
enum { START_MILLISECONDS = 120000 };

struct process {
    pid_t id; /* 0: none runs */
    int descriptor;
};

/* Reading and cleaning go to two processes: a page that its cleaner dies of leaves the file that
 * holds it open for the next page. */
struct parser {
    const char *program;
    struct process reading, cleaning;
    struct buf out;
};

struct message {
    enum parser_message kind;
    struct packed packed;
};

/* ---- a process ----------------------------------------------------------------------------- */

/* In the child: only calls that are safe after fork. */
static _Noreturn void become_parser(int end, const char *program, char *const *arguments)
{
    int nowhere = open("/dev/null", O_RDWR);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setpgid(0, 0); /* keys typed at the terminal are not meant for it */
    if (nowhere >= 0 && dup2(nowhere, 0) >= 0 && dup2(nowhere, 1) >= 0 && dup2(nowhere, 2) >= 0 &&
        (end == PARSER_DESCRIPTOR ? fcntl(end, F_SETFD, 0) : dup2(end, PARSER_DESCRIPTOR)) >= 0) {
        execv(program, arguments);
        execv("/proc/self/exe", arguments); /* the file was replaced while it runs */
    }
    _exit(126);
}

/* Takes the process off; how it ended as wait() tells it. */
static int end_process(struct process *process)
{
    int ending = 0;
    if (!process->id)
        return 0;
    close(process->descriptor);
    kill(process->id, SIGKILL);
    while (waitpid(process->id, &ending, 0) < 0 && errno == EINTR)
        continue;
    *process = (struct process){0};
    return ending;
}

static bool receive(struct process *process, struct arena *arena, int milliseconds,
                    struct message *message, bool *late)
{
    struct parser_header header;
    if (!message_receive(process->descriptor, &header, sizeof header, milliseconds, late) ||
        header.kind >= MESSAGE_KIND_COUNT || header.len > MESSAGE_LIMIT_LEN)
        return false;
    char *payload = arena_alloc(arena, (size_t)header.len + 1, 1);
    if (!message_receive(process->descriptor, payload, (size_t)header.len, milliseconds, late))
        return false;
    message->kind = (enum parser_message)header.kind;
    message->packed = (struct packed){{payload, (size_t)header.len}, false};
    return true;
}

static enum status start_process(struct parser *parser, struct process *process, struct error *err)
{
    char name[] = "dossier", command[] = "parse", option[] = "--worker-fd", number[] = "3";
    char *const arguments[] = {name, command, option, number, NULL};
    int ends[2];
    if (!parser->program)
        return error_set(err, STATUS_IO, "dossier: its own program file is not known");
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return error_errno(err, "dossier", "start a parser");
    for (int i = 0; i < 2; i++)
        (void)fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    pid_t id = fork();
    if (id == 0)
        become_parser(ends[1], parser->program, arguments);
    int reason = errno;
    close(ends[1]);
    if (id < 0) {
        close(ends[0]);
        errno = reason;
        return error_errno(err, "dossier", "start a parser");
    }
    *process = (struct process){id, ends[0]};
    struct arena arena = {0};
    struct message message;
    bool late = false;
    bool ready = receive(process, &arena, START_MILLISECONDS, &message, &late) &&
                 message.kind == MESSAGE_READY;
    arena_done(&arena);
    if (ready)
        return STATUS_OK;
    (void)end_process(process);
    return error_set(err, STATUS_IO,
                     "%s: it cannot be started as a parser of foreign formats; install it again",
                     parser->program);
}

/* Sends what is in parser->out, to a new process where none runs or the one of before is gone. */
static enum status ask(struct parser *parser, struct process *process, enum parser_message kind,
                       struct error *err)
{
    if (process->id && message_send(process->descriptor, kind, buf_str(&parser->out)))
        return STATUS_OK;
    (void)end_process(process);
    enum status status = start_process(parser, process, err);
    if (status == STATUS_OK)
        (void)message_send(process->descriptor, kind,
                           buf_str(&parser->out)); /* told by the answer */
    return status;
}

/* What to tell of a page that its process did not answer. */
static enum status tell_death(struct process *process, str path, bool late, struct error *err)
{
    int ending = end_process(process);
    if (late)
        return error_set(err, STATUS_TOO_LARGE,
                         "%.*s: no end of it after %d seconds; it is left out: save the page again "
                         "or import its text",
                         STR_ARG(path), PARSER_WALL_SECONDS);
    if (WIFSIGNALED(ending) && WTERMSIG(ending) == SIGXCPU)
        return error_set(err, STATUS_TOO_LARGE,
                         "%.*s: it takes more than %d seconds of computing; it is left out: save "
                         "the page again or import its text",
                         STR_ARG(path), PARSER_CPU_SECONDS);
    if (WIFEXITED(ending) && WEXITSTATUS(ending) == PARSER_EXIT_MEMORY)
        return error_set(err, STATUS_TOO_LARGE,
                         "%.*s: it takes more than %zu MB of memory; it is left out: save the page "
                         "again or import its text",
                         STR_ARG(path), PARSER_MEMORY_LIMIT_LEN >> 20);
    return error_set(err, STATUS_BAD_INPUT,
                     "%.*s: the parser broke down on it; it is left out: save the page again or "
                     "import its text",
                     STR_ARG(path));
}

/* ---- the parser ---------------------------------------------------------------------------- */

struct parser *parser_new(const char *program)
{
    struct parser *parser = memory_new(1, sizeof *parser);
    parser->program = program;
    return parser;
}

void parser_free(struct parser *parser)
{
    if (!parser)
        return;
    (void)end_process(&parser->reading);
    (void)end_process(&parser->cleaning);
    buf_done(&parser->out);
    memory_free(parser);
}

enum status parser_clean(struct parser *parser, struct arena *arena,
                         const struct clean_rules *rules, const struct clean_overrides *overrides,
                         const struct page *page, struct article *article, struct error *err)
{
    struct page sent = *page;
    struct message message;
    bool late = false;
    if (page->kind != PAGE_HTML) {
        clean_page(arena, rules, overrides, page, article);
        return STATUS_OK;
    }
    sent.raw = STR_NONE;
    buf_clear(&parser->out);
    packed_add_overrides(&parser->out, overrides);
    packed_add_page(&parser->out, &sent, STR_NONE);
    enum status status = ask(parser, &parser->cleaning, MESSAGE_CLEAN, err);
    if (status != STATUS_OK)
        return status;
    if (receive(&parser->cleaning, arena, PARSER_WALL_SECONDS * 1000, &message, &late) &&
        message.kind == MESSAGE_ARTICLE && packed_article(&message.packed, arena, article))
        return STATUS_OK;
    return tell_death(&parser->cleaning, page->path, late, err);
}

static enum status hand_on_note(struct message *message, const struct page_sink *sink, bool *sound)
{
    struct error note = {0};
    str text = packed_bytes(&message->packed);
    enum status ok = error_set(&note, STATUS_OK, "%.*s", STR_ARG(text));
    *sound = !message->packed.bad;
    return *sound && sink->note ? sink->note(sink->context, &note) : ok;
}

/* One page, one that cannot be read, or a note on its way to the sink. */
static enum status hand_on(struct message *message, const struct input *input,
                           const struct page_sink *sink, bool *sound)
{
    struct page page;
    struct error broken = {0};
    if (message->kind == MESSAGE_PAGE) {
        *sound = packed_page(&message->packed, input->bytes, &page);
        return *sound ? sink->page(sink->context, &page) : STATUS_OK;
    }
    if (message->kind == MESSAGE_NOTE)
        return hand_on_note(message, sink, sound);
    str path = packed_text(&message->packed);
    enum status reason = (enum status)packed_number(&message->packed, STATUS_OK, STATUS_USAGE);
    str text = packed_bytes(&message->packed);
    *sound = message->kind == MESSAGE_BROKEN && !message->packed.bad;
    reason = error_set(&broken, reason, "%.*s", STR_ARG(text));
    (void)reason;
    return *sound ? sink->broken(sink->context, path, &broken) : STATUS_OK;
}

/* Takes in pages until the end of the input. `stopped` is the sink's own status. */
static enum status take_pages(struct parser *parser, struct arena *page_arena,
                              const struct input *input, const struct page_sink *sink,
                              struct error *err)
{
    struct process *process = &parser->reading;
    enum status stopped = STATUS_OK;
    for (;;) {
        struct message message;
        bool late = false, sound = true;
        arena_reset(page_arena);
        if (!receive(process, page_arena, PARSER_WALL_SECONDS * 1000, &message, &late))
            return tell_death(process, input->path, late, err);
        if (message.kind == MESSAGE_END) {
            enum status status =
                (enum status)packed_number(&message.packed, STATUS_OK, STATUS_USAGE);
            str text = packed_bytes(&message.packed);
            if (stopped != STATUS_OK || status == STATUS_OK)
                return stopped;
            return error_set(err, status, "%.*s", STR_ARG(text));
        }
        stopped = hand_on(&message, input, sink, &sound);
        if (!sound)
            return tell_death(process, input->path, false, err);
        (void)message_send(process->descriptor, stopped == STATUS_OK ? MESSAGE_NEXT : MESSAGE_STOP,
                           STR_NONE);
    }
}

enum status parser_read(struct parser *parser, const struct format *format,
                        struct arena *page_arena, const struct input *input,
                        const struct page_sink *sink, struct error *err)
{
    if (!format)
        return format_read(page_arena, input, sink, err);
    if (!format->is_foreign) {
        arena_reset(page_arena);
        return format->read(page_arena, input, sink, err);
    }
    buf_clear(&parser->out);
    packed_add_text(&parser->out, str_from(format->name));
    packed_add_text(&parser->out, input->path);
    packed_add_number(&parser->out, input->published);
    packed_add_text(&parser->out, input->charset);
    packed_add_text(&parser->out, input->url);
    packed_add_number(&parser->out, input->follows);
    packed_add_text(&parser->out, input->bytes);
    enum status status = ask(parser, &parser->reading, MESSAGE_READ, err);
    if (status != STATUS_OK)
        return status;
    return take_pages(parser, page_arena, input, sink, err);
}
