/* dossier inspect: clean and analyse without a dossier. */
#include <string.h>
#include <unistd.h>

#include "app/article_json.h"
#include "app/crew.h"
#include "app/output.h"
#include "app/report.h"
#include "base/file.h"

enum { OUTPUT_PIECE_LEN = 1 << 16 };

/* Who is who is final only after the last article, so the output is kept with gaps: at `offset`
 * the id and the name of the linked article's entity are put in. */
struct gap {
    size_t offset;
    uint32_t article, entity;
};

/* What is needed to link an article once more. */
struct linked {
    struct article article; /* site and publication alone */
    entity_vec entities;
    int64_t *ids; /* of the dossier, of each entity */
};

struct inspection {
    struct pipeline pipeline;
    struct link_memory *people;
    struct crew *crew;
    day published;
    bool failed;
    struct buf out;
    VEC(struct gap) gaps;
    VEC(struct linked) linked;
    struct arena arena; /* of linked */
    struct error err;
};

/* ---- one article --------------------------------------------------------------------------- */

static void add_entities(struct inspection *inspection, struct json *json,
                         const struct crew_task *task)
{
    const mention_vec *mentions = &task->prepared.analysis.mentions;
    struct point_counter counter = {.text = task->prepared.article.text};
    json_name(json, "entities");
    json_array_begin(json);
    for (size_t i = 0; i < mentions->count; i++) {
        article_json_mention(json, &counter, &mentions->items[i]);
        struct gap gap = {inspection->out.len, (uint32_t)inspection->linked.count,
                          mentions->items[i].entity};
        vec_push(NULL, &inspection->gaps, gap);
        json_object_end(json);
    }
    json_array_end(json);
}

static str keep(struct arena *arena, str text)
{
    return text.ptr ? arena_str(arena, text) : STR_NONE;
}

/* Links the article for the first time, so that its names are known, and keeps what the second
 * time needs. */
static enum status learn_article(struct inspection *inspection, struct crew_task *task)
{
    struct arena *arena = &inspection->arena;
    const entity_vec *entities = &task->prepared.analysis.entities;
    struct linked linked = {.ids = arena_array(arena, int64_t, entities->count)};
    linked.article.site = keep(arena, task->prepared.article.site);
    linked.article.published = task->prepared.article.published;
    for (size_t i = 0; i < entities->count; i++) {
        struct entity entity = entities->items[i];
        entity.name = keep(arena, entity.name);
        entity.usual = keep(arena, entity.usual);
        entity.role = keep(arena, entity.role);
        vec_push(arena, &linked.entities, entity);
    }
    struct link_result *results = arena_array(&task->arena, struct link_result, entities->count);
    struct link_source known = link_memory_source(inspection->people);
    vec_push(NULL, &inspection->linked, linked);
    return link_article(inspection->pipeline.analyser, &known, &task->arena, &linked.article,
                        &vec_last(&inspection->linked)->entities, results, &inspection->err);
}

/* Everything once more, now that every name is known. */
static enum status link_all(struct inspection *inspection)
{
    struct arena scratch = {0};
    struct link_source known = link_memory_source(inspection->people);
    enum status status = STATUS_OK;
    known.appear = NULL;
    for (size_t i = 0; !status && i < inspection->linked.count; i++) {
        struct linked *linked = &inspection->linked.items[i];
        size_t count = linked->entities.count;
        struct link_result *results = arena_array(&scratch, struct link_result, count);
        status = link_article(inspection->pipeline.analyser, &known, &scratch, &linked->article,
                              &linked->entities, results, &inspection->err);
        for (size_t k = 0; k < count; k++)
            linked->ids[k] = results[k].entity;
        arena_reset(&scratch);
    }
    arena_done(&scratch);
    return status;
}

static enum status add_article(struct inspection *inspection, struct crew_task *task)
{
    struct json json;
    json_init(&json, &inspection->out);
    json_object_begin(&json);
    article_json_head(&json, &task->prepared.article);
    add_entities(inspection, &json, task);
    article_json_dates(&json, task->prepared.article.text, &task->prepared.analysis.moments);
    json_object_end(&json);
    buf_add_byte(&inspection->out, '\n');
    return learn_article(inspection, task);
}

static void add_broken(struct inspection *inspection, const struct crew_task *task)
{
    struct json json;
    inspection->failed = true;
    json_init(&json, &inspection->out);
    json_object_begin(&json);
    json_field(&json, "path", task->path);
    json_field(&json, "error", str_from(task->fault.text));
    json_object_end(&json);
    buf_add_byte(&inspection->out, '\n');
}

static enum status on_finished(void *context, struct crew_task *task)
{
    struct inspection *inspection = context;
    if (task->kind == CREW_PAGE)
        return add_article(inspection, task);
    if (task->kind == CREW_NOTE)
        output_note("%s", task->fault.text);
    else
        add_broken(inspection, task);
    return STATUS_OK;
}

/* ---- reading ------------------------------------------------------------------------------- */

static enum status on_page(void *context, const struct page *page)
{
    struct inspection *inspection = context;
    struct page timeless = *page; /* the output is that of the words alone */
    timeless.seen = 0;
    return crew_add_page(inspection->crew, &timeless, NULL);
}

static enum status on_broken(void *context, str path, const struct error *err)
{
    struct inspection *inspection = context;
    return crew_add_broken(inspection->crew, path, err, NULL);
}

static enum status on_note(void *context, const struct error *note)
{
    struct inspection *inspection = context;
    return crew_add_note(inspection->crew, note);
}

/* A file that could not be read becomes an object in its place; what the linker says is ours. */
static enum status tell_failure(struct inspection *inspection, str path, enum status status,
                                const struct error *fault)
{
    if (status == STATUS_OK || inspection->err.status != STATUS_OK)
        return status;
    return crew_add_broken(inspection->crew, path, fault, NULL);
}

static enum status inspect_file(struct inspection *inspection, str path)
{
    struct arena file = {0}, pages = {0};
    struct error fault = {0};
    const struct page_sink sink = {on_page, on_broken, on_note, inspection};
    str bytes;
    str name = arena_str(&file, path);
    enum status status = file_read(&file, name.ptr, INPUT_LIMIT_LEN, &bytes, &fault);
    if (status == STATUS_OK) {
        const struct input input = {
            .path = name, .bytes = bytes, .published = inspection->published};
        status = parser_read(inspection->pipeline.parser, format_find(name, bytes), &pages, &input,
                             &sink, &fault);
    }
    status = tell_failure(inspection, path, status, &fault);
    arena_done(&pages);
    arena_done(&file);
    return status;
}

static enum status inspect_standard_input(struct inspection *inspection)
{
    struct arena file = {0}, pages = {0};
    struct error fault = {0};
    const struct page_sink sink = {on_page, on_broken, on_note, inspection};
    str bytes;
    enum status status = file_read_descriptor(&file, STDIN_FILENO, "standard input",
                                              INPUT_LIMIT_LEN, &bytes, &fault);
    if (status == STATUS_OK) {
        const struct input input = {
            .path = STR("-"), .bytes = bytes, .published = inspection->published};
        status = parser_read(inspection->pipeline.parser, format_find(STR("-"), bytes), &pages,
                             &input, &sink, &fault);
    }
    status = tell_failure(inspection, STR("-"), status, &fault);
    arena_done(&pages);
    arena_done(&file);
    return status;
}

static enum status inspect_path(struct inspection *inspection, const char *path)
{
    struct file_walk *walk = NULL;
    struct file_found found;
    struct error fault = {0};
    if (strcmp(path, "-") == 0)
        return inspect_standard_input(inspection);
    if (file_walk_open(path, &walk, &fault) != STATUS_OK)
        return crew_add_broken(inspection->crew, str_from(path), &fault, NULL);
    enum status status = STATUS_OK;
    while (status == STATUS_OK) {
        enum status step = file_walk_next(walk, &found, &fault);
        if (step == STATUS_NOT_FOUND)
            break;
        if (step == STATUS_OK)
            status = inspect_file(inspection, found.path);
        else
            status = crew_add_broken(inspection->crew, str_from(path), &fault, NULL);
    }
    file_walk_close(walk);
    return status;
}

/* ---- printing ------------------------------------------------------------------------------ */

static enum status print_all(struct inspection *inspection)
{
    str out = buf_str(&inspection->out);
    struct buf piece = BUF_INIT;
    struct json json;
    size_t at = 0;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < inspection->gaps.count; i++) {
        const struct gap *gap = &inspection->gaps.items[i];
        buf_add(&piece, str_slice(out, at, gap->offset));
        const struct linked *linked = &inspection->linked.items[gap->article];
        int64_t entity = linked->ids[gap->entity];
        json_init(&json, &piece);
        json.comma = true;
        article_json_entity(&json, linked->entities.items[gap->entity].kind, entity,
                            link_memory_name(inspection->people, entity));
        at = gap->offset;
        if (piece.len >= OUTPUT_PIECE_LEN) {
            status = output_raw(buf_str(&piece));
            buf_clear(&piece);
        }
    }
    buf_add(&piece, str_slice(out, at, out.len));
    if (status == STATUS_OK)
        status = output_raw(buf_str(&piece));
    buf_done(&piece);
    return report_written(status, &inspection->err);
}

/* ---- the command --------------------------------------------------------------------------- */

static enum status run_inspect(struct inspection *inspection, const struct arguments *arguments,
                               size_t jobs)
{
    const struct crew_listener listener = {.finished = on_finished, .context = inspection};
    inspection->crew = crew_new(&inspection->pipeline, jobs, &listener);
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < arguments->word_count; i++)
        status = inspect_path(inspection, arguments->words[i]);
    if (status == STATUS_OK)
        status = crew_finish(inspection->crew);
    crew_free(inspection->crew);
    if (status == STATUS_OK)
        status = link_all(inspection);
    return status == STATUS_OK ? print_all(inspection) : status;
}

int command_inspect(const struct environment *environment, const struct arguments *arguments)
{
    struct inspection inspection = {.published = DAY_UNKNOWN};
    int64_t jobs = (int64_t)crew_usual_jobs();
    enum status status =
        arguments_whole_day(arguments, OPTION_PUBLISHED, &inspection.published, &inspection.err);
    if (status == STATUS_OK)
        status = arguments_number(arguments, OPTION_JOBS, 1, 64, &jobs, &inspection.err);
    if (status == STATUS_OK)
        status = pipeline_open(environment, &inspection.pipeline, &inspection.err);
    if (status == STATUS_OK) {
        inspection.people = link_memory_new();
        status = run_inspect(&inspection, arguments, (size_t)jobs);
        link_memory_free(inspection.people);
        pipeline_close(&inspection.pipeline);
    }
    int result = report_status(status, &inspection.err);
    vec_done(&inspection.gaps);
    vec_done(&inspection.linked);
    arena_done(&inspection.arena);
    buf_done(&inspection.out);
    return result == EXIT_ALL_WELL && inspection.failed ? EXIT_SOME_FAILED : result;
}
