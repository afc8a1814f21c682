/* Articles cleaned and analysed by several threads, each with parser processes of its own, handed
 * back in the order in which their pages came in. At most a few pages per thread, and at most so
 * many bytes of them, are in work at a time: memory does not grow with the input. */
#ifndef APP_CREW_H
#define APP_CREW_H

#include "app/pipeline.h"

enum crew_kind { CREW_PAGE, CREW_BROKEN, CREW_NOTE, CREW_MARK };

/* What the caller knows of a task; handed back as it is. */
struct crew_origin {
    str name;
    int64_t size, mtime, at;
    bool is_known; /* the page is handed back without anything being made of it */
};

/* A page on its way, the message about one that cannot be read, what an input says beside its
 * pages, or a mark that the caller set between them. */
struct crew_task {
    struct arena arena; /* the page, the article and the analysis live here */
    enum crew_kind kind;
    struct crew_origin origin;
    struct page page;
    struct prepared prepared;
    str packed;         /* the page's raw bytes as the store keeps them */
    str path;           /* of a broken one */
    struct error fault; /* of a broken one; a note's text */
};

struct crew;

/* `finished` gets every task, in order, on the caller's thread; what it leaves in the task is
 * thrown away after it. A status other than OK ends the work. */
struct crew_listener {
    enum status (*finished)(void *context, struct crew_task *task);
    void *context;
    bool stores; /* the raw bytes, the keys and the sketch of a page are wanted */
};

/* So many jobs as there are processors, at most 8. */
size_t crew_usual_jobs(void);

/* With one job all is done on the caller's thread. Fewer threads than asked for are started when
 * the system gives no more. */
struct crew *crew_new(const struct pipeline *pipeline, size_t jobs,
                      const struct crew_listener *listener);
/* Ends the threads; tasks not handed back are dropped. */
void crew_free(struct crew *crew);

/* Copies the page and the origin (NULL: nothing is known) and puts it to work; hands finished ones
 * back while it waits for room. */
enum status crew_add_page(struct crew *crew, const struct page *page,
                          const struct crew_origin *origin) MUST_CHECK;
enum status crew_add_broken(struct crew *crew, str path, const struct error *fault,
                            const struct crew_origin *origin) MUST_CHECK;
enum status crew_add_note(struct crew *crew, const struct error *note) MUST_CHECK;
enum status crew_add_mark(struct crew *crew, const struct crew_origin *origin) MUST_CHECK;
/* Hands back everything that is still in work. */
enum status crew_finish(struct crew *crew) MUST_CHECK;

#endif
