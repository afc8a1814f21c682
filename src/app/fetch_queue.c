#include "app/fetch_queue.h"

#include "app/environment.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/vec.h"
#include "ingest/robots.h"
#include "text/url.h"

/* Where a request was led on from. */
struct hop {
    const struct hop *before;
    str url;
};

/* A request that waits. */
struct ticket {
    struct ticket *next;
    struct arena arena;
    struct fetch_request request;
    struct host *host;
    struct host *rules_of; /* it asks for that host's robots.txt; NULL */
    bool obeys;
    str given;              /* the address at first */
    const struct hop *hops; /* the last first; NULL */
    int hop_count;
    bool passing;         /* one of the hops is not for good */
    struct error refusal; /* status not OK: it was not sent */
    bool is_lasting;
    int64_t wait_seconds;
};

struct ticket_list {
    struct ticket *first, **end;
};

enum rules_state { RULES_UNKNOWN, RULES_ASKED, RULES_KNOWN, RULES_MISSING };

struct host {
    str origin;
    struct ticket_list waiting, obeying; /* obeying: those that wait for the rules, too */
    int running;
    int64_t next_at;      /* milliseconds: not before */
    int silences;         /* requests without any answer, one after the other */
    int64_t wait_seconds; /* it wants to be left alone; 0 */
    enum rules_state state;
    struct buf rules; /* robots.txt */
};

struct fetch_queue {
    struct fetch_queue_settings settings;
    struct fetcher *fetcher;
    struct arena arena;
    struct map by_origin; /* index in hosts */
    VEC(struct host *) hosts;
    struct ticket_list refused;
    struct ticket *answered;                /* its answer is borrowed */
    struct ticket *sent[QUEUE_TOTAL_LIMIT]; /* the first `running` */
    size_t count, running;
};

/* ---- lists --------------------------------------------------------------------------------- */

static void push(struct ticket_list *list, struct ticket *ticket)
{
    if (!list->first)
        list->end = &list->first;
    ticket->next = NULL;
    *list->end = ticket;
    list->end = &ticket->next;
}

static struct ticket *pop(struct ticket_list *list)
{
    struct ticket *ticket = list->first;
    if (ticket)
        list->first = ticket->next;
    return ticket;
}

static void ticket_free(struct ticket *ticket)
{
    if (!ticket)
        return;
    arena_done(&ticket->arena);
    memory_free(ticket);
}

static void drop_all(struct ticket_list *list)
{
    for (struct ticket *ticket; (ticket = pop(list)) != NULL;)
        ticket_free(ticket);
}

/* ---- the queue ----------------------------------------------------------------------------- */

enum status fetch_queue_new(const struct fetch_queue_settings *settings, struct fetch_queue **queue,
                            struct error *err)
{
    struct fetcher *fetcher;
    enum status status = fetcher_new(&settings->fetch, &fetcher, err);
    *queue = NULL;
    if (status != STATUS_OK)
        return status;
    *queue = memory_new(1, sizeof **queue);
    (*queue)->settings = *settings;
    (*queue)->fetcher = fetcher;
    map_init(&(*queue)->by_origin, &(*queue)->arena);
    return STATUS_OK;
}

void fetch_queue_free(struct fetch_queue *queue)
{
    if (!queue)
        return;
    fetcher_free(queue->fetcher);
    for (size_t i = 0; i < queue->hosts.count; i++) {
        drop_all(&queue->hosts.items[i]->waiting);
        drop_all(&queue->hosts.items[i]->obeying);
        buf_done(&queue->hosts.items[i]->rules);
    }
    drop_all(&queue->refused);
    ticket_free(queue->answered);
    for (size_t i = 0; i < queue->running; i++)
        ticket_free(queue->sent[i]);
    arena_done(&queue->arena);
    memory_free(queue);
}

static struct host *host_of(struct fetch_queue *queue, str url)
{
    struct arena scratch = {0};
    str origin = url_origin(&scratch, url);
    uint64_t *known = map_find(&queue->by_origin, origin);
    if (!known) {
        struct host *host = arena_new(&queue->arena, struct host);
        host->origin = arena_str(&queue->arena, origin);
        known = map_put(&queue->by_origin, host->origin, queue->hosts.count);
        vec_push(&queue->arena, &queue->hosts, host);
    }
    arena_done(&scratch);
    return queue->hosts.items[*known];
}

static struct ticket *ticket_new(struct fetch_queue *queue, const struct fetch_request *request)
{
    struct ticket *ticket = memory_new(1, sizeof *ticket);
    ticket->request = *request;
    ticket->given = arena_str(&ticket->arena, request->url);
    ticket->request.url = ticket->request.shown = ticket->given;
    ticket->request.etag = arena_str(&ticket->arena, request->etag);
    ticket->request.modified = arena_str(&ticket->arena, request->modified);
    ticket->host = host_of(queue, request->url);
    return ticket;
}

static void wait_for_host(struct ticket *ticket)
{
    push(ticket->obeys ? &ticket->host->obeying : &ticket->host->waiting, ticket);
}

void fetch_queue_add(struct fetch_queue *queue, const struct fetch_request *request, bool obeys)
{
    struct ticket *ticket = ticket_new(queue, request);
    ticket->obeys = obeys;
    wait_for_host(ticket);
    queue->count++;
}

size_t fetch_queue_count(const struct fetch_queue *queue)
{
    return queue->count;
}

/* ---- what is not sent ------------------------------------------------------------------------ */

static void refuse(struct fetch_queue *queue, struct ticket *ticket, bool is_lasting,
                   int64_t wait_seconds, const char *why)
{
    ticket->is_lasting = is_lasting;
    ticket->wait_seconds = wait_seconds;
    (void)!error_path(&ticket->refusal, STATUS_IO, ticket->request.shown.ptr, why);
    push(&queue->refused, ticket);
}

static void refuse_all(struct fetch_queue *queue, struct ticket_list *list, int64_t wait_seconds,
                       const char *why)
{
    for (struct ticket *ticket; (ticket = pop(list)) != NULL;)
        refuse(queue, ticket, false, wait_seconds, why);
}

/* Whether the host is left alone for the rest; what waits for it is refused then. */
static bool is_left_alone(struct fetch_queue *queue, struct host *host)
{
    const char *why = host->wait_seconds ? "its host wants to be left alone for a while"
                      : host->silences >= QUEUE_SILENCE_LIMIT
                          ? "its host did not answer before; try again later"
                          : NULL;
    if (!why)
        return false;
    refuse_all(queue, &host->waiting, host->wait_seconds, why);
    refuse_all(queue, &host->obeying, host->wait_seconds, why);
    return true;
}

/* ---- sending --------------------------------------------------------------------------------- */

static void ask_rules(struct fetch_queue *queue, struct host *host)
{
    struct arena scratch = {0};
    const struct fetch_request request = {
        .url = arena_format(&scratch, "%.*s/robots.txt", STR_ARG(host->origin)),
        .from_public = host->obeying.first->request.from_public};
    struct ticket *ticket = ticket_new(queue, &request);
    ticket->rules_of = host;
    host->state = RULES_ASKED;
    push(&host->waiting, ticket);
    arena_done(&scratch);
}

/* What waits for the rules, once they are known: the next that may be fetched. */
static struct ticket *next_obeying(struct fetch_queue *queue, struct host *host)
{
    if (host->state == RULES_UNKNOWN && host->obeying.first)
        ask_rules(queue, host);
    if (host->state == RULES_MISSING)
        refuse_all(queue, &host->obeying, 0,
                   "its host's robots.txt cannot be had, so it is left alone; try again later");
    while (host->state == RULES_KNOWN && host->obeying.first) {
        struct ticket *ticket = pop(&host->obeying);
        if (robots_allow(buf_str(&host->rules), queue->settings.product,
                         url_request(ticket->request.url)))
            return ticket;
        refuse(queue, ticket, true, 0, "its host's robots.txt asks programs to leave it alone");
    }
    return NULL;
}

static struct ticket *next_ticket(struct fetch_queue *queue, struct host *host)
{
    struct ticket *ticket = pop(&host->waiting);
    if (ticket)
        return ticket;
    ticket = next_obeying(queue, host);
    return ticket ? ticket : pop(&host->waiting); /* the rules themselves */
}

/* Sends what may be sent now; milliseconds until more may be, or -1. */
static int64_t send_due(struct fetch_queue *queue)
{
    int64_t now = environment_milliseconds(), soonest = -1;
    for (size_t i = 0; i < queue->hosts.count; i++) {
        struct host *host = queue->hosts.items[i];
        if ((!host->waiting.first && !host->obeying.first) || is_left_alone(queue, host) ||
            host->running >= QUEUE_HOST_LIMIT || queue->running >= QUEUE_TOTAL_LIMIT)
            continue;
        struct ticket *ticket = host->next_at <= now ? next_ticket(queue, host) : NULL;
        if (ticket) {
            struct fetch_request request = ticket->request;
            request.context = ticket;
            host->running++;
            queue->sent[queue->running++] = ticket;
            if (url_is_web(request.url))
                host->next_at = now + queue->settings.delay_milliseconds;
            fetcher_add(queue->fetcher, &request);
        }
        int64_t left = host->next_at - now;
        soonest = soonest < 0 || left < soonest ? left : soonest;
    }
    return soonest;
}

/* ---- answers --------------------------------------------------------------------------------- */

/* A missing file allows everything; one that cannot be had now allows nothing. */
static void take_rules(struct host *host, const struct fetch_answer *answer)
{
    bool absent = answer->outcome == FETCH_FAILED && answer->code >= 400 && answer->code < 500 &&
                  answer->code != 429;
    host->state = answer->outcome == FETCH_DONE || absent ? RULES_KNOWN : RULES_MISSING;
    if (answer->outcome == FETCH_DONE)
        buf_add(&host->rules, str_slice(answer->bytes, 0, ROBOTS_LIMIT_LEN));
}

/* False when the answer is not for the caller, but rules. */
static bool hand_over(struct fetch_queue *queue, struct ticket *ticket, struct fetch_answer *answer)
{
    if (ticket->rules_of) {
        take_rules(ticket->rules_of, answer);
        ticket_free(ticket);
        return false;
    }
    queue->answered = ticket;
    answer->context = ticket->request.context;
    answer->for_good = ticket->hops && !ticket->passing;
    return true;
}

static bool take_refused(struct fetch_queue *queue, struct fetch_answer *answer)
{
    for (struct ticket *ticket; (ticket = pop(&queue->refused)) != NULL;) {
        *answer = (struct fetch_answer){.outcome = FETCH_FAILED,
                                        .fault = ticket->refusal,
                                        .is_lasting = ticket->is_lasting,
                                        .wait_seconds = ticket->wait_seconds,
                                        .url = ticket->request.url};
        if (hand_over(queue, ticket, answer))
            return true;
    }
    return false;
}

/* ---- answers that lead on -------------------------------------------------------------------- */

static bool came_from(const struct ticket *ticket, str url)
{
    bool found = str_equal(ticket->request.url, url);
    for (const struct hop *hop = ticket->hops; hop && !found; hop = hop->before)
        found = str_equal(hop->url, url);
    return found;
}

/* The ticket waits for the host that it was led to, by the rules of that host. False when it is not
 * followed: the answer then says why. */
static bool lead_on(struct fetch_queue *queue, struct ticket *ticket, struct fetch_answer *answer)
{
    struct fetch_request *request = &ticket->request;
    const char *why = !url_is_web(answer->url)
                          ? "it leads to what is neither http nor https, which is not followed"
                      : came_from(ticket, answer->url)
                          ? "it leads back to where it came from; check the address"
                      : ticket->hop_count == QUEUE_REDIRECT_LIMIT
                          ? "it leads on too many times; check the address"
                          : NULL;
    if (why) {
        answer->outcome = FETCH_FAILED;
        answer->is_lasting = true;
        (void)!error_path(&answer->fault, STATUS_IO, ticket->given.ptr, why);
        return false;
    }
    struct hop *hop = arena_new(&ticket->arena, struct hop);
    *hop = (struct hop){ticket->hops, request->url};
    ticket->hops = hop;
    ticket->hop_count++;
    ticket->passing |= !answer->for_good;
    request->url = arena_str(&ticket->arena, answer->url);
    request->shown = arena_format(&ticket->arena, "%.*s: it leads to %.*s", STR_ARG(ticket->given),
                                  STR_ARG(request->url));
    request->is_given = false;
    request->from_public |= answer->is_public;
    ticket->host = host_of(queue, request->url);
    wait_for_host(ticket);
    return true;
}

/* ---- answers of the network ------------------------------------------------------------------ */

static void forget_sent(struct fetch_queue *queue, const struct ticket *ticket)
{
    size_t at = 0;
    while (at + 1 < queue->running && queue->sent[at] != ticket)
        at++;
    queue->sent[at] = queue->sent[--queue->running];
    ticket->host->running--;
}

static bool take_fetched(struct fetch_queue *queue, struct fetch_answer *answer)
{
    while (fetcher_take(queue->fetcher, answer)) {
        struct ticket *ticket = answer->context;
        struct host *host = ticket->host;
        forget_sent(queue, ticket);
        host->silences = answer->outcome == FETCH_FAILED && !answer->code && !answer->is_lasting
                             ? host->silences + 1
                             : 0;
        host->wait_seconds = answer->wait_seconds;
        bool led_on = answer->outcome == FETCH_MOVED && lead_on(queue, ticket, answer);
        if (!led_on && hand_over(queue, ticket, answer))
            return true;
    }
    return false;
}

void fetch_queue_work(struct fetch_queue *queue)
{
    fetcher_work(queue->fetcher, 0);
}

bool fetch_queue_next(struct fetch_queue *queue, int milliseconds, struct fetch_answer *answer)
{
    ticket_free(queue->answered);
    queue->answered = NULL;
    int64_t soonest = send_due(queue);
    bool taken = take_refused(queue, answer) || take_fetched(queue, answer);
    if (!taken) {
        bool soon = soonest > 0 && soonest < milliseconds;
        fetcher_work(queue->fetcher, soon ? (int)soonest : milliseconds);
        taken = take_fetched(queue, answer);
    }
    queue->count -= taken;
    return taken;
}
