#include "app/crew.h"

#include <pthread.h>
#include <unistd.h>

#include "base/memory.h"

enum { TASKS_PER_JOB = 4, JOB_LIMIT = 64, USUAL_JOB_LIMIT = 8 };
/* Bytes of pages that wait for each other; a single page may be larger. */
#define HELD_LIMIT_LEN ((size_t)64 << 20)

enum slot_state { SLOT_FREE, SLOT_WAITING, SLOT_IN_WORK, SLOT_DONE };

struct slot {
    struct crew_task task;
    enum slot_state state; /* guarded by crew->mutex */
};

/* A ring of slots: `first` is the oldest task, `count` are taken. Threads take the oldest that
 * waits; only the caller's thread adds and hands back. */
struct crew {
    const struct pipeline *pipeline;
    struct crew_listener listener;
    struct slot *slots;
    size_t slot_count, first, count;
    size_t held_len; /* of the pages that are in the ring */

    pthread_mutex_t mutex;
    pthread_cond_t waiting, done;
    bool ending; /* guarded by mutex */
    pthread_t threads[JOB_LIMIT];
    size_t thread_count;
};

size_t crew_usual_jobs(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > USUAL_JOB_LIMIT ? USUAL_JOB_LIMIT : (size_t)count;
}

static void do_task(const struct crew *crew, struct parser *parser, struct crew_task *task)
{
    if (task->kind != CREW_PAGE || task->origin.is_known)
        return;
    if (pipeline_prepare(crew->pipeline, parser, &task->arena, &task->page, &task->prepared,
                         &task->fault) != STATUS_OK) {
        task->kind = CREW_BROKEN;
        task->path = task->page.path;
    } else if (crew->listener.stores) {
        pipeline_sketch(&task->prepared);
        task->packed = store_pack_source(&task->arena, task->page.raw);
    }
}

/* The oldest waiting slot; NULL when there is none. The mutex is held. */
static struct slot *oldest_waiting(struct crew *crew)
{
    for (size_t i = 0; i < crew->slot_count; i++) {
        struct slot *slot = &crew->slots[(crew->first + i) % crew->slot_count];
        if (slot->state == SLOT_WAITING)
            return slot;
    }
    return NULL;
}

static void *work(void *argument)
{
    struct crew *crew = argument;
    struct parser *parser = parser_new(crew->pipeline->program);
    (void)pthread_mutex_lock(&crew->mutex);
    for (;;) {
        struct slot *slot = oldest_waiting(crew);
        if (crew->ending)
            break;
        if (!slot) {
            (void)pthread_cond_wait(&crew->waiting, &crew->mutex);
            continue;
        }
        slot->state = SLOT_IN_WORK;
        (void)pthread_mutex_unlock(&crew->mutex);
        do_task(crew, parser, &slot->task);
        (void)pthread_mutex_lock(&crew->mutex);
        slot->state = SLOT_DONE;
        (void)pthread_cond_signal(&crew->done);
    }
    (void)pthread_mutex_unlock(&crew->mutex);
    parser_free(parser);
    return NULL;
}

struct crew *crew_new(const struct pipeline *pipeline, size_t jobs,
                      const struct crew_listener *listener)
{
    struct crew *crew = memory_new(1, sizeof *crew);
    jobs = jobs < JOB_LIMIT ? jobs : JOB_LIMIT;
    crew->pipeline = pipeline;
    crew->listener = *listener;
    crew->slot_count = jobs > 1 ? jobs * TASKS_PER_JOB : 1;
    crew->slots = memory_new(crew->slot_count, sizeof *crew->slots);
    if (pthread_mutex_init(&crew->mutex, NULL) != 0 ||
        pthread_cond_init(&crew->waiting, NULL) != 0 || pthread_cond_init(&crew->done, NULL) != 0)
        jobs = 1;
    while (jobs > 1 && crew->thread_count < jobs &&
           pthread_create(&crew->threads[crew->thread_count], NULL, work, crew) == 0)
        crew->thread_count++;
    return crew;
}

void crew_free(struct crew *crew)
{
    if (!crew)
        return;
    (void)pthread_mutex_lock(&crew->mutex);
    crew->ending = true;
    (void)pthread_cond_broadcast(&crew->waiting);
    (void)pthread_mutex_unlock(&crew->mutex);
    for (size_t i = 0; i < crew->thread_count; i++)
        (void)pthread_join(crew->threads[i], NULL);
    for (size_t i = 0; i < crew->slot_count; i++)
        arena_done(&crew->slots[i].task.arena);
    (void)pthread_cond_destroy(&crew->waiting);
    (void)pthread_cond_destroy(&crew->done);
    (void)pthread_mutex_destroy(&crew->mutex);
    memory_free(crew->slots);
    memory_free(crew);
}

static size_t task_len(const struct crew_task *task)
{
    return task->page.body.len + task->page.raw.len;
}

/* Waits for the oldest task and hands it back. */
static enum status hand_back(struct crew *crew)
{
    struct slot *slot = &crew->slots[crew->first];
    (void)pthread_mutex_lock(&crew->mutex);
    while (slot->state != SLOT_DONE)
        (void)pthread_cond_wait(&crew->done, &crew->mutex);
    (void)pthread_mutex_unlock(&crew->mutex);
    enum status status = crew->listener.finished(crew->listener.context, &slot->task);
    crew->held_len -= task_len(&slot->task);
    (void)pthread_mutex_lock(&crew->mutex);
    slot->state = SLOT_FREE;
    crew->first = (crew->first + 1) % crew->slot_count;
    crew->count--;
    (void)pthread_mutex_unlock(&crew->mutex);
    return status;
}

static bool oldest_is_done(struct crew *crew)
{
    (void)pthread_mutex_lock(&crew->mutex);
    bool done = crew->count > 0 && crew->slots[crew->first].state == SLOT_DONE;
    (void)pthread_mutex_unlock(&crew->mutex);
    return done;
}

static bool is_full(const struct crew *crew)
{
    return crew->count == crew->slot_count || crew->held_len > HELD_LIMIT_LEN;
}

/* Room for one more task, emptied. */
static enum status make_room(struct crew *crew, enum crew_kind kind,
                             const struct crew_origin *origin, struct crew_task **task)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && (is_full(crew) || oldest_is_done(crew)))
        status = hand_back(crew);
    if (status != STATUS_OK)
        return status;
    struct slot *slot = &crew->slots[(crew->first + crew->count) % crew->slot_count];
    struct arena arena = slot->task.arena;
    arena_reset(&arena);
    slot->task = (struct crew_task){.arena = arena, .kind = kind};
    *task = &slot->task;
    if (origin) {
        slot->task.origin = *origin;
        slot->task.origin.name = arena_str(&slot->task.arena, origin->name);
    }
    return STATUS_OK;
}

/* Lets the task that make_room gave go to work. */
static void submit(struct crew *crew, struct crew_task *task)
{
    struct slot *slot = &crew->slots[(crew->first + crew->count) % crew->slot_count];
    if (crew->thread_count == 0)
        do_task(crew, crew->pipeline->parser, task);
    crew->held_len += task_len(task);
    (void)pthread_mutex_lock(&crew->mutex);
    slot->state = crew->thread_count == 0 ? SLOT_DONE : SLOT_WAITING;
    crew->count++;
    (void)pthread_cond_signal(&crew->waiting);
    (void)pthread_mutex_unlock(&crew->mutex);
}

enum status crew_add_page(struct crew *crew, const struct page *page,
                          const struct crew_origin *origin)
{
    struct crew_task *task;
    enum status status = make_room(crew, CREW_PAGE, origin, &task);
    if (status != STATUS_OK)
        return status;
    task->page = *page;
    if (!crew->listener.stores)
        task->page.raw = STR_NONE;
    str *const texts[] = {&task->page.path, &task->page.raw,    &task->page.format,
                          &task->page.id,   &task->page.url,    &task->page.title,
                          &task->page.site, &task->page.byline, &task->page.language,
                          &task->page.body, &task->page.tags};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i]->ptr)
            *texts[i] = arena_str(&task->arena, *texts[i]);
    submit(crew, task);
    return STATUS_OK;
}

enum status crew_add_broken(struct crew *crew, str path, const struct error *fault,
                            const struct crew_origin *origin)
{
    struct crew_task *task;
    enum status status = make_room(crew, CREW_BROKEN, origin, &task);
    if (status != STATUS_OK)
        return status;
    task->path = arena_str(&task->arena, path);
    task->fault = *fault;
    submit(crew, task);
    return STATUS_OK;
}

enum status crew_add_note(struct crew *crew, const struct error *note)
{
    struct crew_task *task;
    enum status status = make_room(crew, CREW_NOTE, NULL, &task);
    if (status != STATUS_OK)
        return status;
    task->fault = *note;
    submit(crew, task);
    return STATUS_OK;
}

enum status crew_add_mark(struct crew *crew, const struct crew_origin *origin)
{
    struct crew_task *task;
    enum status status = make_room(crew, CREW_MARK, origin, &task);
    if (status == STATUS_OK)
        submit(crew, task);
    return status;
}

enum status crew_finish(struct crew *crew)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && crew->count > 0)
        status = hand_back(crew);
    return status;
}
