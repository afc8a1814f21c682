/* Addresses fetched by libcurl, several at a time: http and https, and files of this machine where
 * the user named them, nothing else. An answer that leads elsewhere is not followed here; who asked
 * decides on that. The bytes are not looked at here: they go to a parser process like those of a
 * file. Proxies are those that libcurl takes from the environment. */
#ifndef INGEST_FETCH_H
#define INGEST_FETCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

enum { FETCH_CONNECT_SECONDS = 20, FETCH_SLOW_SECONDS = 30 };

struct fetch_settings {
    const char *agent; /* how the program names itself: printable ASCII */
    int seconds;       /* for one request */
    size_t limit_len;  /* bytes of an answer, counted unpacked as they come */
};

/* All texts are copied. */
struct fetch_request {
    str url;
    str shown;          /* how messages name it; STR_NONE: by its address */
    str etag, modified; /* of what is known already (ETag, Last-Modified), or STR_NONE */
    bool is_given;      /* by the user: may be a file */
    bool from_public;   /* named by what a public host sent: nothing goes into a private network */
    void *context;
};

enum fetch_outcome {
    FETCH_DONE,
    FETCH_UNCHANGED, /* as known by etag or modified */
    FETCH_MOVED,     /* to url */
    FETCH_FAILED,
};

/* Borrowed from the fetcher until the next fetcher_take. */
struct fetch_answer {
    void *context;
    enum fetch_outcome outcome;
    struct error fault;   /* FAILED: "ADDRESS: what; what to do" */
    bool is_lasting;      /* FAILED: asking again soon will not help */
    int code;             /* of HTTP; 0 where it did not come to that */
    int64_t wait_seconds; /* FAILED: the server wants to be left alone for so long; 0 */
    str bytes;
    str url;            /* where it was found; MOVED: where it is said to be, of any scheme */
    bool for_good;      /* MOVED: that will stay so (301, 308; RFC 9110, section 15.4) */
    str media, charset; /* "text/html", "iso-8859-1" as the server states them, or STR_NONE */
    str etag, modified; /* for the next time, or STR_NONE */
    bool is_public;     /* it came from a public host */
};

struct fetcher;

bool fetch_supported(void);
/* UNSUPPORTED in a build without libcurl. `settings` are copied but for the agent's name. */
enum status fetcher_new(const struct fetch_settings *settings, struct fetcher **fetcher,
                        struct error *err) MUST_CHECK;
/* Ends what runs. NULL is nothing to do. */
void fetcher_free(struct fetcher *fetcher);
/* Begins at once; what goes wrong is told by an answer. */
void fetcher_add(struct fetcher *fetcher, const struct fetch_request *request);
/* Lets transfers go on; waits so many milliseconds at most for something to happen. */
void fetcher_work(struct fetcher *fetcher, int milliseconds);
/* False when none has ended since. */
bool fetcher_take(struct fetcher *fetcher, struct fetch_answer *answer);

/* The name under which the table of formats knows fetched bytes: "address.html" for text/html and
 * so on, else the path of the address. STR_NONE for media that hold no text (a film, a picture). */
str fetch_name(struct arena *arena, str url, str media);

#endif
