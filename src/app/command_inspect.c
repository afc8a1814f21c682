/* dossier inspect: clean and analyse without a dossier. */
#include <string.h>
#include <unistd.h>

#include "app/article_json.h"
#include "app/crew.h"
#include "app/output.h"
#include "app/report.h"
#include "base/file.h"

enum { OUTPUT_PIECE_LEN = 1 << 16 };

/* Names are final only after the last article, so the output is kept with gaps: at `offset` the
 * name of `entity` is put in. */
struct gap {
    size_t offset;
    int64_t entity;
};

struct inspection {
    struct pipeline pipeline;
    struct link_memory *people;
    struct crew *crew;
    day published;
    bool failed;
    struct buf out;
    VEC(struct gap) gaps;
    struct error err;
};

/* ---- one article --------------------------------------------------------------------------- */

static void add_entities(struct inspection *inspection, struct json *json,
                         const struct crew_task *task, const int64_t *ids)
{
    const mention_vec *mentions = &task->analysis.mentions;
    struct point_counter counter = {.text = task->article.text};
    json_name(json, "entities");
    json_array_begin(json);
    for (size_t i = 0; i < mentions->count; i++) {
        int64_t entity = ids[mentions->items[i].entity];
        article_json_mention(json, &counter, &mentions->items[i], entity);
        json_name(json, "name");
        vec_push(NULL, &inspection->gaps, (struct gap){inspection->out.len, entity});
        json->comma = true; /* the name will stand here */
        json_object_end(json);
    }
    json_array_end(json);
}

static enum status add_article(struct inspection *inspection, struct crew_task *task)
{
    struct arena *arena = &task->arena;
    struct analysis *analysis = &task->analysis;
    int64_t *ids = arena_array(arena, int64_t, analysis->entities.count);
    str *reasons = arena_array(arena, str, analysis->entities.count);
    struct link_source known = link_memory_source(inspection->people);
    enum status status = link_article(inspection->pipeline.analyser, &known, arena, &task->article,
                                      analysis, ids, reasons, &inspection->err);
    if (status != STATUS_OK)
        return status;
    struct json json;
    json_init(&json, &inspection->out);
    json_object_begin(&json);
    article_json_head(&json, &task->article);
    add_entities(inspection, &json, task, ids);
    article_json_dates(&json, task->article.text, &analysis->moments);
    json_object_end(&json);
    buf_add_byte(&inspection->out, '\n');
    return STATUS_OK;
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
    if (!task->broken)
        return add_article(inspection, task);
    add_broken(inspection, task);
    return STATUS_OK;
}

/* ---- reading ------------------------------------------------------------------------------- */

static enum status on_page(void *context, const struct page *page)
{
    struct inspection *inspection = context;
    return crew_add_page(inspection->crew, page);
}

static enum status on_broken(void *context, str path, const struct error *err)
{
    struct inspection *inspection = context;
    return crew_add_broken(inspection->crew, path, err);
}

/* A file that could not be read becomes an object in its place; what the linker says is ours. */
static enum status tell_failure(struct inspection *inspection, str path, enum status status,
                                const struct error *fault)
{
    if (status == STATUS_OK || inspection->err.status != STATUS_OK)
        return status;
    return crew_add_broken(inspection->crew, path, fault);
}

static enum status inspect_file(struct inspection *inspection, str path)
{
    struct arena file = {0}, pages = {0};
    struct error fault = {0};
    const struct page_sink sink = {on_page, on_broken, inspection};
    str bytes;
    str name = arena_str(&file, path);
    enum status status = file_read(&file, name.ptr, INPUT_LIMIT_LEN, &bytes, &fault);
    if (status == STATUS_OK) {
        const struct input input = {name, bytes, inspection->published};
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
    const struct page_sink sink = {on_page, on_broken, inspection};
    str bytes;
    enum status status = file_read_descriptor(&file, STDIN_FILENO, "standard input",
                                              INPUT_LIMIT_LEN, &bytes, &fault);
    if (status == STATUS_OK) {
        const struct input input = {STR("-"), bytes, inspection->published};
        status = format_named(STR("jsonl"))->read(&pages, &input, &sink, &fault);
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
        return crew_add_broken(inspection->crew, str_from(path), &fault);
    enum status status = STATUS_OK;
    while (status == STATUS_OK) {
        enum status step = file_walk_next(walk, &found, &fault);
        if (step == STATUS_NOT_FOUND)
            break;
        if (step == STATUS_OK)
            status = inspect_file(inspection, found.path);
        else
            status = crew_add_broken(inspection->crew, str_from(path), &fault);
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
        json_init(&json, &piece);
        json_text(&json, link_memory_name(inspection->people, gap->entity));
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

static int64_t processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > 8 ? 8 : count;
}

static enum status run_inspect(struct inspection *inspection, const struct arguments *arguments,
                               size_t jobs)
{
    const struct crew_listener listener = {on_finished, inspection};
    inspection->crew = crew_new(&inspection->pipeline, jobs, &listener);
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < arguments->word_count; i++)
        status = inspect_path(inspection, arguments->words[i]);
    if (status == STATUS_OK)
        status = crew_finish(inspection->crew);
    crew_free(inspection->crew);
    return status == STATUS_OK ? print_all(inspection) : status;
}

int command_inspect(const struct environment *environment, const struct arguments *arguments)
{
    struct inspection inspection = {.published = DAY_UNKNOWN};
    int64_t jobs = processors();
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
    buf_done(&inspection.out);
    return result == EXIT_ALL_WELL && inspection.failed ? EXIT_SOME_FAILED : result;
}
