/* Articles cleaned and analysed by several threads, handed back in the order in which their pages
 * came in. At most a few pages per thread are in work at a time, so memory does not grow with the
 * input. */
#ifndef APP_CREW_H
#define APP_CREW_H

#include "app/pipeline.h"

/* A page on its way, or the message about one that cannot be read. */
struct crew_task {
    struct arena arena; /* the page, the article and the analysis live here */
    struct page page;
    struct article article;
    struct analysis analysis;
    bool broken;
    str path;          /* of a broken one */
    struct error fault;
};

struct crew;

/* `finished` gets every task, in order, on the caller's thread; what it leaves in the task is
 * thrown away after it. A status other than OK ends the work. */
struct crew_listener {
    enum status (*finished)(void *context, struct crew_task *task);
    void *context;
};

/* With one job all is done on the caller's thread. Fewer threads than asked for are started when
 * the system gives no more. */
struct crew *crew_new(const struct pipeline *pipeline, size_t jobs,
                      const struct crew_listener *listener);
/* Ends the threads; tasks not handed back are dropped. */
void crew_free(struct crew *crew);

/* Copies the page and puts it to work; hands finished ones back while it waits for room. */
enum status crew_add_page(struct crew *crew, const struct page *page) MUST_CHECK;
enum status crew_add_broken(struct crew *crew, str path, const struct error *fault) MUST_CHECK;
/* Hands back everything that is still in work. */
enum status crew_finish(struct crew *crew) MUST_CHECK;

#endif
