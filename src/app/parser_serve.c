/* The parser process: takes pages in, gives articles back, and can do nothing else. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/parser.h"
#include "app/parser_message.h"
#include "ingest/packed.h"
#include "store/newsboat.h"
#include "text/encoding.h"

/* A sanitizer reserves terabytes of addresses and handles signals itself: its builds run without
 * the limit on memory. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

struct server {
    int descriptor;
    const struct clean_rules *rules;
    struct arena message; /* what was asked */
    struct arena work;    /* and what is made of it */
    struct buf out;
};

/* ---- limits -------------------------------------------------------------------------------- */

static void limit(int resource, size_t most)
{
    struct rlimit bounds = {(rlim_t)most, (rlim_t)most};
    (void)setrlimit(resource, &bounds);
}

/* Out of memory shows as a crash: as one of a process that had used much of it. */
static void on_crash(int number)
{
    struct rusage used;
    if (getrusage(RUSAGE_SELF, &used) == 0 &&
        (size_t)used.ru_maxrss > PARSER_MEMORY_LIMIT_LEN / 1024 / 2)
        _exit(PARSER_EXIT_MEMORY);
    signal(number, SIG_DFL);
    raise(number);
}

static void limit_memory(void)
{
    struct sigaction crash = {.sa_handler = on_crash, .sa_flags = SA_NODEFER};
    sigemptyset(&crash.sa_mask);
    (void)sigaction(SIGABRT, &crash, NULL);
    (void)sigaction(SIGSEGV, &crash, NULL);
    limit(RLIMIT_AS, PARSER_MEMORY_LIMIT_LEN);
}

/* No file can grow, none and no socket can be opened: what is open stays. */
static void limit_all(void)
{
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    if (!SANITIZED)
        limit_memory();
    limit(RLIMIT_NOFILE, 0);
}

/* The soft limit is raised from page to page. */
static void limit_computing(void)
{
    struct rusage used;
    struct rlimit bounds;
    if (getrusage(RUSAGE_SELF, &used) != 0 || getrlimit(RLIMIT_CPU, &bounds) != 0)
        return;
    bounds.rlim_cur =
        (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1 + PARSER_CPU_SECONDS);
    (void)setrlimit(RLIMIT_CPU, &bounds);
}

/* ---- faults for the tests ------------------------------------------------------------------ */

#if FAULT_HOOKS
/* The test need not wait for as long as a page may take. */
static void shorten_computing(void)
{
    struct rlimit bounds;
    if (getrlimit(RLIMIT_CPU, &bounds) != 0)
        _exit(EXIT_FAILURE);
    bounds.rlim_cur -= PARSER_CPU_SECONDS;
    (void)setrlimit(RLIMIT_CPU, &bounds);
}

/* DOSSIER_PARSER_FAULT="crash:NAME": the page whose path ends in NAME goes wrong in that way. */
static void meet_fault(str path)
{
    const char *stated = getenv("DOSSIER_PARSER_FAULT");
    str rest = str_from(stated), kind;
    if (!stated || !str_next(&rest, ':', &kind) || !rest.len || !str_ends(path, rest))
        return;
    if (str_equal(kind, STR("crash")))
        abort();
    if (str_equal(kind, STR("end")))
        _exit(0);
    if (str_equal(kind, STR("spin"))) {
        shorten_computing();
        for (volatile unsigned turn = 0;; turn++)
            continue;
    }
    for (size_t taken = 0; str_equal(kind, STR("memory")) && taken <= PARSER_MEMORY_LIMIT_LEN;) {
        taken += (size_t)16 << 20;
        memset(memory_new(1, (size_t)16 << 20), 1, (size_t)16 << 20);
    }
}
#else
static void meet_fault(str path)
{
    (void)path;
}
#endif

/* ---- answers ------------------------------------------------------------------------------- */

static bool receive(struct server *server, struct parser_header *header, struct packed *packed)
{
    bool late = false;
    arena_reset(&server->message);
    if (!message_receive(server->descriptor, header, sizeof *header, -1, &late) ||
        header->len > MESSAGE_LIMIT_LEN)
        return false;
    char *payload = arena_alloc(&server->message, (size_t)header->len + 1, 1);
    *packed = (struct packed){{payload, (size_t)header->len}, false};
    return message_receive(server->descriptor, payload, (size_t)header->len, -1, &late);
}

static bool answer(struct server *server, enum parser_message kind)
{
    bool sent = message_send(server->descriptor, kind, buf_str(&server->out));
    buf_clear(&server->out);
    return sent;
}

static bool clean(struct server *server, struct packed *packed)
{
    struct clean_overrides overrides;
    struct page page;
    struct article article;
    arena_reset(&server->work);
    if (!packed_overrides(packed, &server->work, &overrides) ||
        !packed_page(packed, STR_NONE, &page))
        return false;
    meet_fault(page.path);
    clean_page(&server->work, server->rules, &overrides, &page, &article);
    packed_add_article(&server->out, &article);
    return answer(server, MESSAGE_ARTICLE);
}

/* Asked after each page, while the bytes of the whole input stay in server->message. */
static enum status wait_for_next(struct server *server)
{
    struct parser_header header;
    bool late = false;
    if (!message_receive(server->descriptor, &header, sizeof header, -1, &late))
        _exit(EXIT_FAILURE);
    limit_computing();
    return header.kind == MESSAGE_NEXT ? STATUS_OK : STATUS_CANCELLED;
}

struct reading {
    struct server *server;
    str whole;
};

static enum status on_page(void *context, const struct page *page)
{
    struct reading *reading = context;
    packed_add_page(&reading->server->out, page, reading->whole);
    if (!answer(reading->server, MESSAGE_PAGE))
        return STATUS_CANCELLED;
    return wait_for_next(reading->server);
}

static enum status on_broken(void *context, str path, const struct error *err)
{
    struct reading *reading = context;
    packed_add_text(&reading->server->out, path);
    packed_add_number(&reading->server->out, err->status);
    packed_add_text(&reading->server->out, str_from(err->text));
    if (!answer(reading->server, MESSAGE_BROKEN))
        return STATUS_CANCELLED;
    return wait_for_next(reading->server);
}

static enum status on_note(void *context, const struct error *note)
{
    struct reading *reading = context;
    packed_add_text(&reading->server->out, str_from(note->text));
    if (!answer(reading->server, MESSAGE_NOTE))
        return STATUS_CANCELLED;
    return wait_for_next(reading->server);
}

static bool read_input(struct server *server, struct packed *packed)
{
    struct input input = {.items = &newsboat_reader};
    struct error err = {0};
    const struct format *format = format_named(packed_text(packed));
    input.path = packed_bytes(packed);
    input.published = (day)packed_number(packed, DAY_UNKNOWN, DAY_MAX);
    input.charset = packed_bytes(packed);
    input.url = packed_bytes(packed);
    input.follows = packed_number(packed, 0, 1) != 0;
    input.bytes = packed_bytes(packed);
    if (packed->bad || !format)
        return false;
    struct reading reading = {server, input.bytes};
    const struct page_sink sink = {on_page, on_broken, on_note, &reading};
    arena_reset(&server->work);
    enum status status = format->read(&server->work, &input, &sink, &err);
    packed_add_number(&server->out, status);
    packed_add_text(&server->out, str_from(err.text));
    return answer(server, MESSAGE_END);
}

void parser_serve(int descriptor, const struct clean_rules *rules)
{
    struct server server = {.descriptor = descriptor, .rules = rules};
    struct parser_header header;
    struct packed packed;
    bool more = true;
    limit_all();
    more = answer(&server, MESSAGE_READY);
    while (more && receive(&server, &header, &packed)) {
        limit_computing();
        more = header.kind == MESSAGE_CLEAN  ? clean(&server, &packed)
               : header.kind == MESSAGE_READ ? read_input(&server, &packed)
                                             : false;
    }
    buf_done(&server.out);
    arena_done(&server.message);
    arena_done(&server.work);
}
