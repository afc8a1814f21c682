#include "app/pipeline.h"

#include <string.h>

#include "analyse/date.h"
#include "app/outlet.h"
#include "base/file.h"
#include "text/unspaced.h"

enum status pipeline_open(const struct environment *environment, struct pipeline *pipeline,
                          struct error *err)
{
    struct arena scratch = {0};
    *pipeline = (struct pipeline){0};
    str rules = arena_format(&scratch, "%s/rules", environment->data_folder);
    enum status status = clean_rules_open(rules.ptr, &pipeline->rules, err);
    if (status == STATUS_OK)
        status = analyser_open(environment->data_folder, &pipeline->analyser, err);
    pipeline->program = environment->program;
    pipeline->parser = parser_new(pipeline->program);
    if (status != STATUS_OK)
        pipeline_close(pipeline);
    else if (err)
        *err = (struct error){0};
    arena_done(&scratch);
    return status;
}

void pipeline_close(struct pipeline *pipeline)
{
    parser_free(pipeline->parser);
    if (pipeline->analyser)
        analyser_close(pipeline->analyser);
    if (pipeline->rules)
        clean_rules_close(pipeline->rules);
    *pipeline = (struct pipeline){0};
}

/* ---- the linker's way to the store --------------------------------------------------------- */

static enum status find_form(void *context, struct arena *arena, enum entity_kind kind, str text,
                             struct name_form *form, bool *known, struct error *err)
{
    return store_find_form(context, arena, kind, text, form, known, err);
}

static enum status find_forms(void *context, struct arena *arena, enum entity_kind kind, str key,
                              const struct name_form **forms, size_t *count, struct error *err)
{
    return store_find_forms(context, arena, kind, key, forms, count, err);
}

static enum status add_form(void *context, struct name_form *form, const str *keys,
                            size_t key_count, struct error *err)
{
    return store_add_form(context, form, keys, key_count, err);
}

static enum status set_form(void *context, const struct name_form *form, struct error *err)
{
    return store_set_form(context, form, err);
}

static enum status add_entity(void *context, enum entity_kind kind, str name, int64_t *id,
                              struct error *err)
{
    return store_add_entity(context, kind, name, id, err);
}

static enum status weigh(void *context, struct arena *arena, int64_t entity, const int64_t *company,
                         size_t company_count, str site, day published,
                         struct link_evidence *evidence, struct error *err)
{
    return store_weigh_entity(context, arena, entity, company, company_count, site, published,
                              evidence, err);
}

static enum status mark_form(void *context, int64_t form, bool all, struct error *err)
{
    return store_mark_form(context, form, all, err);
}

static enum status mark_rivals(void *context, int64_t entity, struct error *err)
{
    return store_mark_rivals(context, entity, err);
}

/* One that marks nothing is for the second time, when all forms are known. */
static struct link_source link_source_of(struct store *store, bool marks)
{
    return (struct link_source){.find_form = find_form,
                                .find_forms = find_forms,
                                .add_form = add_form,
                                .set_form = set_form,
                                .add_entity = add_entity,
                                .weigh = weigh,
                                .mark_form = mark_form,
                                .mark_rivals = marks ? mark_rivals : NULL,
                                .context = store};
}

/* ---- one page ------------------------------------------------------------------------------ */

static enum status read_overrides(struct store *store, struct arena *arena, int64_t article,
                                  struct clean_overrides *overrides, struct error *err)
{
    const struct block_decision *decisions = NULL;
    size_t count = 0;
    enum status status = store_list_block_decisions(store, arena, article, &decisions, &count, err);
    if (status != STATUS_OK)
        return status;
    struct clean_override *items = arena_array(arena, struct clean_override, count);
    for (size_t i = 0; i < count; i++)
        items[i] = (struct clean_override){decisions[i].block_hash, decisions[i].keep};
    *overrides = (struct clean_overrides){items, count};
    return STATUS_OK;
}

/* Terms of scripts without spaces, of the title and the text. */
static str search_terms(struct arena *arena, const struct article *article)
{
    if (!unspaced_any(article->title) && !unspaced_any(article->text))
        return STR_NONE;
    str both = arena_format(arena, "%.*s\n%.*s", STR_ARG(article->title), STR_ARG(article->text));
    return unspaced_terms(arena, both);
}

/* ---- the day of publication ---------------------------------------------------------------- */

static bool same_publication(const struct publication *a, const struct publication *b)
{
    return a->basis == b->basis && a->value == b->value && a->earliest == b->earliest &&
           a->latest == b->latest && a->similar_count == b->similar_count;
}

/* What articles like it add to what an undated article says of its day. */
static enum status infer_published(struct store *store, int64_t page,
                                   const struct similar_keys *keys, const struct publication *own,
                                   struct publication *published, struct error *err)
{
    struct arena arena = {0};
    const struct similar_article *found = NULL;
    size_t count = 0;
    enum status status = STATUS_OK;
    if (own->value == DAY_UNKNOWN)
        status = store_find_similar(store, &arena, page, keys, &found, &count, err);
    *published = date_infer_from_similar(own, found, count);
    arena_done(&arena);
    return status;
}

/* The page lay in its file on that day (UTC; it may be the day before elsewhere). */
static void bound_by_file(struct article *article, day seen)
{
    if (article->published.basis == DATE_BASIS_UNKNOWN && seen)
        article->published = (struct publication){
            .basis = DATE_BASIS_FILE, DAY_UNKNOWN, DAY_UNKNOWN, .latest = seen + 1};
}

/* What the user set wins over what the page says. */
static enum status find_publication(const struct pipeline *pipeline, struct store *store,
                                    int64_t page, const struct prepared *prepared,
                                    struct publication *published, struct error *err)
{
    enum status status = store_get_publication(store, page, published, err);
    if (status == STATUS_OK && published->basis != DATE_BASIS_SET)
        *published = prepared->is_analysed
                         ? prepared->article.published
                         : date_infer_publication(pipeline->analyser, &prepared->article);
    return status;
}

enum status pipeline_prepare(const struct pipeline *pipeline, struct parser *parser,
                             struct arena *arena, const struct page *page,
                             struct prepared *prepared, struct error *err)
{
    const struct clean_overrides none = {0};
    struct article *article = &prepared->article;
    enum status status = parser_clean(parser, arena, pipeline->rules, &none, page, article, err);
    if (status != STATUS_OK)
        return status;
    bound_by_file(article, page->seen);
    prepared->stated = article->published;
    article->published = date_infer_publication(pipeline->analyser, article);
    analyse_article(pipeline->analyser, arena, article, &prepared->analysis);
    prepared->is_clean = prepared->is_analysed = true;
    return STATUS_OK;
}

void pipeline_sketch(struct prepared *prepared)
{
    date_similar_keys(&prepared->article, &prepared->analysis, &prepared->keys);
    copy_sketch_make(&prepared->article, &prepared->analysis, &prepared->copy);
}

/* Names and dates of an article, the dates seen from the day that the dossier knows of. */
static enum status analyse_page(const struct pipeline *pipeline, struct store *store,
                                struct arena *arena, int64_t page, struct prepared *prepared,
                                struct publication *own, struct error *err)
{
    struct article *article = &prepared->article;
    struct analysis *analysis = &prepared->analysis;
    enum status status = find_publication(pipeline, store, page, prepared, own, err);
    if (status != STATUS_OK)
        return status;
    if (!prepared->is_analysed || !same_publication(own, &article->published)) {
        article->published = *own;
        *analysis = (struct analysis){0};
        analyse_article(pipeline->analyser, arena, article, analysis);
        pipeline_sketch(prepared);
        prepared->is_analysed = true;
    }
    status = infer_published(store, page, &prepared->keys, own, &article->published, err);
    if (status == STATUS_OK && !same_publication(own, &article->published)) {
        analysis->moments = (moment_vec){0};
        date_pass(pipeline->analyser, arena, article, analysis);
    }
    return status;
}

enum status pipeline_clean(const struct pipeline *pipeline, struct store *store,
                           struct arena *arena, const struct page *page, int64_t article_id,
                           struct prepared *prepared, struct error *err)
{
    struct clean_overrides overrides = {0};
    struct article *article = &prepared->article;
    enum status status = read_overrides(store, arena, article_id, &overrides, err);
    if (status != STATUS_OK)
        return status;
    if (!prepared->is_clean || overrides.count > 0) {
        status =
            parser_clean(pipeline->parser, arena, pipeline->rules, &overrides, page, article, err);
        prepared->is_clean = status == STATUS_OK;
        prepared->is_analysed = false;
        if (status == STATUS_OK)
            bound_by_file(article, page->seen);
    }
    if (status != STATUS_OK)
        return status;
    const char *before = article->text.ptr;
    status =
        outlet_apply(store, arena, article_id, &overrides, page->kind == PAGE_TEXT, article, err);
    if (prepared->is_analysed && article->text.ptr != before) { /* it was revised */
        article->published = prepared->stated;
        prepared->is_analysed = false;
    }
    return status;
}

enum status pipeline_store_article(const struct pipeline *pipeline, struct store *store,
                                   struct arena *arena, struct prepared *prepared,
                                   const struct source_page *source, struct error *err)
{
    const struct article *article = &prepared->article;
    struct analysis *analysis = &prepared->analysis;
    struct publication own;
    enum status status = analyse_page(pipeline, store, arena, source->id, prepared, &own, err);
    if (status != STATUS_OK)
        return status;

    size_t count = analysis->entities.count;
    struct link_result *results = arena_array(arena, struct link_result, count);
    struct link_source known = link_source_of(store, !pipeline->is_settling);
    status =
        link_article(pipeline->analyser, &known, arena, article, &analysis->entities, results, err);
    if (status != STATUS_OK)
        return status;
    int64_t *ids = arena_array(arena, int64_t, count);
    int64_t *forms = arena_array(arena, int64_t, count);
    str *reasons = arena_array(arena, str, count);
    for (size_t i = 0; i < count; i++) {
        ids[i] = results[i].entity;
        forms[i] = results[i].form;
        reasons[i] = results[i].reason;
    }
    const struct derived derived = {
        .page = source->id,
        .version = source->version,
        .clean_version = CLEAN_VERSION,
        .analyse_version = ANALYSE_VERSION,
        .article = article,
        .mentions = &analysis->mentions,
        .entities = &analysis->entities,
        .entity_ids = ids,
        .entity_forms = forms,
        .link_reasons = reasons,
        .moments = &analysis->moments,
        .search_extra = search_terms(arena, article),
        .similar = &prepared->keys,
        .copy = &prepared->copy,
        .own = &own,
    };
    return store_put_derived(store, &derived, err);
}

enum status pipeline_store_page(const struct pipeline *pipeline, struct store *store,
                                struct arena *arena, const struct page *page,
                                const struct source_page *source, struct error *err)
{
    struct prepared prepared = {0};
    enum status status = pipeline_clean(pipeline, store, arena, page, source->id, &prepared, err);
    if (status != STATUS_OK)
        return status;
    return pipeline_store_article(pipeline, store, arena, &prepared, source, err);
}

/* ---- once more from the source ------------------------------------------------------------- */

struct once_more {
    const struct pipeline *pipeline;
    struct store *store;
    struct arena *arena;
    const struct source_page *source;
    struct article *article; /* where it is wanted; NULL: it is stored */
    bool done;
    struct error *err;
};

/* The texts may be the page's own, which goes with it. */
static enum status clean_only(struct once_more *job, const struct page *page)
{
    struct article *article = job->article;
    struct prepared prepared = {0};
    str *const texts[] = {&article->text, &article->title, &article->site, &article->path};
    enum status status = pipeline_clean(job->pipeline, job->store, job->arena, page,
                                        job->source->id, &prepared, job->err);
    *article = prepared.article;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_str(job->arena, *texts[i]);
    return status;
}

static enum status derive_page(void *context, const struct page *page)
{
    struct once_more *job = context;
    if (job->done)
        return STATUS_OK;
    job->done = true;
    struct page named = *page;
    named.path = job->source->path;
    named.seen = job->source->seen;
    if (job->article)
        return clean_only(job, &named);
    return pipeline_store_page(job->pipeline, job->store, job->arena, &named, job->source,
                               job->err);
}

static enum status derive_broken(void *context, str path, const struct error *err)
{
    struct once_more *job = context;
    (void)path;
    if (job->err)
        *job->err = *err;
    return err->status;
}

static enum status read_once_more(struct once_more *job)
{
    const struct source_page *source = job->source;
    struct error *err = job->err;
    const struct format *format = format_named(source->format);
    if (!format)
        return error_set(err, STATUS_UNSUPPORTED, "%.*s: this build cannot read the format %.*s",
                         STR_ARG(source->path), STR_ARG(source->format));
    struct arena pages = {0};
    const struct page_sink sink = {.page = derive_page, .broken = derive_broken, .context = job};
    const struct input input = {
        .path = source->path, .bytes = source->raw, .published = source->given};
    enum status status = parser_read(job->pipeline->parser, format, &pages, &input, &sink, err);
    if (status == STATUS_OK && !job->done)
        status = error_set(err, STATUS_BAD_INPUT, "%.*s: the stored page holds no article",
                           STR_ARG(source->path));
    arena_done(&pages);
    return status;
}

enum status pipeline_derive_source(const struct pipeline *pipeline, struct store *store,
                                   const struct source_page *source, struct error *err)
{
    struct arena work = {0};
    struct once_more job = {
        .pipeline = pipeline, .store = store, .arena = &work, .source = source, .err = err};
    enum status status = read_once_more(&job);
    arena_done(&work);
    return status;
}

enum status pipeline_clean_source(const struct pipeline *pipeline, struct store *store,
                                  struct arena *arena, const struct source_page *source,
                                  struct article *article, struct error *err)
{
    struct once_more job = {.pipeline = pipeline,
                            .store = store,
                            .arena = arena,
                            .source = source,
                            .article = article,
                            .err = err};
    return read_once_more(&job);
}

/* ---- undated articles, when what is like them has changed ---------------------------------- */

static enum status settle_one(const struct pipeline *pipeline, struct store *store,
                              const struct waiting_article *waiting, struct error *err)
{
    struct publication published;
    struct source_page source = {0};
    struct arena arena = {0};
    enum status status =
        infer_published(store, waiting->page, &waiting->keys, &waiting->own, &published, err);
    if (status == STATUS_OK && same_publication(&published, &waiting->shown)) {
        status = store_end_waiting(store, waiting->page, err);
    } else if (status == STATUS_OK) {
        status = store_get_source(store, &arena, waiting->page, &source, err);
        if (status == STATUS_OK)
            status = pipeline_derive_source(pipeline, store, &source, err);
        if (status == STATUS_BAD_INPUT || status == STATUS_UNSUPPORTED ||
            status == STATUS_TOO_LARGE) /* it keeps what it has */
            status = store_end_waiting(store, waiting->page, err);
    }
    arena_done(&arena);
    return status;
}

enum status pipeline_settle_next(const struct pipeline *pipeline, struct store *store,
                                 struct error *err)
{
    struct waiting_article waiting;
    enum status status = store_next_waiting(store, &waiting, err);
    return status == STATUS_OK ? settle_one(pipeline, store, &waiting, err) : status;
}

enum status pipeline_rederive(const struct pipeline *pipeline, struct store *store, int64_t article,
                              struct error *err)
{
    struct arena arena = {0};
    struct source_page source = {0};
    enum status status = store_begin(store, err);
    if (status != STATUS_OK)
        return status;
    status = store_get_source(store, &arena, article, &source, err);
    if (status == STATUS_OK)
        status = pipeline_derive_source(pipeline, store, &source, err);
    while (status == STATUS_OK)
        status = pipeline_settle_next(pipeline, store, err);
    if (status == STATUS_NOT_FOUND && source.id)
        status = store_commit(store, err);
    if (status != STATUS_OK)
        store_rollback(store);
    arena_done(&arena);
    return status;
}
