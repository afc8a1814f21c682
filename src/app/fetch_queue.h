/* Addresses that wait to be fetched, by host: few at a time, a pause between two, robots.txt obeyed
 * where that is asked for, and a host that wants to be left alone (Retry-After) or does not answer
 * is left alone. An answer that leads to another address is followed by the same rules: those of
 * the host it leads to, only to http and https, never from a public host into a private network. */
#ifndef APP_FETCH_QUEUE_H
#define APP_FETCH_QUEUE_H

#include "ingest/fetch.h"

enum {
    QUEUE_TOTAL_LIMIT = 8,
    QUEUE_HOST_LIMIT = 2,
    QUEUE_SILENCE_LIMIT = 3,
    QUEUE_REDIRECT_LIMIT = 10
};

struct fetch_queue_settings {
    struct fetch_settings fetch;
    str product;            /* the program's name in robots.txt */
    int delay_milliseconds; /* between two requests to one host */
};

struct fetch_queue;

/* UNSUPPORTED in a build without libcurl. */
enum status fetch_queue_new(const struct fetch_queue_settings *settings, struct fetch_queue **queue,
                            struct error *err) MUST_CHECK;
/* Ends what runs. NULL is nothing to do. */
void fetch_queue_free(struct fetch_queue *queue);

/* Texts are copied. `obeys`: only where the host's robots.txt allows it, which is fetched first,
 * once a host; where it cannot be had the page is not (RFC 9309, section 2.3.1). */
void fetch_queue_add(struct fetch_queue *queue, const struct fetch_request *request, bool obeys);
/* How many were added and not yet answered. */
size_t fetch_queue_count(const struct fetch_queue *queue);
/* Lets what runs go on, without waiting: to be called during long work. */
void fetch_queue_work(struct fetch_queue *queue);
/* The next answer, never FETCH_MOVED; waits for it so many milliseconds at most. False when there
 * is none yet. for_good: it led on to url, and every step of that will stay so. The answer is
 * borrowed until the next call. */
bool fetch_queue_next(struct fetch_queue *queue, int milliseconds, struct fetch_answer *answer);

#endif
