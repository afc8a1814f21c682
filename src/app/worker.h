/* An import that runs as a process of its own beside the reader: this program started again as
 * `dossier import --worker-fd N …`, telling what it does through a pipe. The reader waits for the
 * pipe together with the keyboard and never for the worker. */
#ifndef APP_WORKER_H
#define APP_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "app/environment.h"
#include "app/import.h"
#include "base/buf.h"
#include "base/status.h"

/* A zeroed struct worker is one that does not run. The fields below `state` are for reading. */
struct worker {
    pid_t process;   /* 0 when none runs */
    int descriptor;  /* read end of the pipe; -1 (or any value with process 0) when closed */
    struct buf line; /* an unfinished line */

    /* state */
    struct import_totals totals;    /* of the paths */
    struct import_totals refreshed; /* of older articles derived anew; imported = how many */
    struct error last_failure;      /* status OK when nothing failed so far */
    struct error last_note;         /* text empty when nothing was noted */
    bool updating;                  /* as in the task */
    bool refreshing;                /* the files are read; older articles are derived anew */
    bool finished;                  /* it ended by itself or was ended; reaped */
    bool cancelled;                 /* worker_cancel was called */
    enum status outcome; /* once finished: OK (also when pages failed), CANCELLED or IO */
};

/* What it does; with no word an import only derives the articles anew that an older version
 * derived, and an update reads all sources. */
struct worker_task {
    bool updates;             /* reads sources again, by number or address; else imports paths */
    const char *const *words; /* the paths, or the sources */
    size_t word_count;
    bool file_times; /* the times of the files bound the dates of what states none */
};

/* Starts environment->program on the task (fork, execv). Standard input and output of the worker
 * are /dev/null, so that it can never touch the terminal. */
enum status worker_start(struct worker *worker, const struct environment *environment,
                         const char *dossier, const struct worker_task *task,
                         struct error *err) MUST_CHECK;
/* For poll(): readable when worker_read has something to do. -1 when no worker runs. */
int worker_descriptor(const struct worker *worker);
/* Takes in what the worker wrote so far, without waiting; reaps it at its end. True when the state
 * changed. */
bool worker_read(struct worker *worker);
/* Asks it to stop (SIGTERM): it finishes or takes back its batch, and worker_read tells the end. */
void worker_cancel(struct worker *worker);
/* Ends it (asks, waits up to a second, then kills) and gives everything back. For leaving the
 * program; harmless on a zeroed struct. */
void worker_done(struct worker *worker);

#endif
