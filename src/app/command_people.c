/* dossier people, dossier mentions */
#include "app/article_json.h"
#include "app/output.h"
#include "app/people_graph.h"
#include "app/report_table.h"

/* ---- people, places, organisations --------------------------------------------------------- */

static enum status read_kind(const struct arguments *arguments, enum entity_kind *kind,
                             struct error *err)
{
    const char *wanted = arguments->values[OPTION_KIND];
    *kind = ENTITY_PERSON;
    if (!wanted)
        return STATUS_OK;
    for (int i = 0; i < ENTITY_KIND_COUNT; i++)
        if (str_equal(str_from(wanted), str_from(entity_kind_name((enum entity_kind)i)))) {
            *kind = (enum entity_kind)i;
            return STATUS_OK;
        }
    return error_set(err, STATUS_USAGE, "--kind %s: give person, place or organisation", wanted);
}

static enum status fetch_entities(struct report *report, const struct page_request *request,
                                  const void **rows, size_t *count)
{
    const struct people *people = report->own;
    const struct entity_row *found = NULL;
    enum status status = store_list_entities(report->store, &report->page, &people->query, request,
                                             &found, count, &report->err);
    *rows = found;
    return status;
}

static enum status entity_text(struct report *report, const void *row)
{
    const struct entity_row *entity = row;
    struct publication first = {
        .value = entity->first, .earliest = DAY_UNKNOWN, .latest = DAY_UNKNOWN};
    struct publication last = {
        .value = entity->last, .earliest = DAY_UNKNOWN, .latest = DAY_UNKNOWN};
    str id = report_entity_id(&report->page, entity->kind, entity->id);
    report_cell_right(&report->line, id, 6);
    report_cell_number(&report->line, entity->mention_count, 5);
    report_cell_number(&report->line, entity->article_count, 4);
    report_cell(&report->line, report_publication(&report->page, &first), 10);
    report_cell(&report->line, report_publication(&report->page, &last), 10);
    str name =
        arena_format(&report->page, "%.*s%s", STR_ARG(entity->name), entity->doubtful ? " ?" : "");
    report_cell(&report->line, name, 28);
    report_last_cell(report, entity->variants);
    return STATUS_OK;
}

static void add_variants(struct json *json, str variants)
{
    const str parted = STR(" · ");
    json_name(json, "variants");
    json_array_begin(json);
    for (size_t start = 0; start < variants.len;) {
        size_t end = str_find(variants, parted, start);
        end = end == STR_MISSING ? variants.len : end;
        json_text(json, str_slice(variants, start, end));
        start = end + parted.len;
    }
    json_array_end(json);
}

static enum status entity_json(struct report *report, struct json *json, const void *row)
{
    const struct entity_row *entity = row;
    json_field(json, "id", report_entity_id(&report->page, entity->kind, entity->id));
    json_field(json, "kind", str_from(entity_kind_name(entity->kind)));
    json_field(json, "name", entity->name);
    add_variants(json, entity->variants);
    json_field_or_null(json, "role", entity->role.len ? entity->role : STR_NONE);
    json_field_number(json, "mentions", entity->mention_count);
    json_field_number(json, "articles", entity->article_count);
    report_json_day(json, "first", entity->first);
    report_json_day(json, "last", entity->last);
    json_field_bool(json, "doubtful", entity->doubtful);
    return STATUS_OK;
}

static enum status id_column(struct report *report, const void *row, struct buf *value)
{
    const struct entity_row *entity = row;
    buf_add(value, report_entity_id(&report->page, entity->kind, entity->id));
    return STATUS_OK;
}

static enum status kind_column(struct report *report, const void *row, struct buf *value)
{
    const struct entity_row *entity = row;
    (void)report;
    buf_add(value, str_from(entity_kind_name(entity->kind)));
    return STATUS_OK;
}

#define AT(field) offsetof(struct entity_row, field)
static const struct column entity_columns[] = {
    {"id", COLUMN_TEXT, 0, id_column},
    {"kind", COLUMN_TEXT, 0, kind_column},
    {"name", COLUMN_TEXT, AT(name), NULL},
    {"variants", COLUMN_TEXT, AT(variants), NULL},
    {"role", COLUMN_TEXT, AT(role), NULL},
    {"mentions", COLUMN_COUNT, AT(mention_count), NULL},
    {"articles", COLUMN_COUNT, AT(article_count), NULL},
    {"first", COLUMN_DAY, AT(first), NULL},
    {"last", COLUMN_DAY, AT(last), NULL},
    {"doubtful", COLUMN_FLAG, AT(doubtful), NULL},
    COLUMNS_END,
};
#undef AT

int command_people(const struct environment *environment, const struct arguments *arguments)
{
    static const struct listing listing = {sizeof(struct entity_row),
                                           fetch_entities,
                                           entity_text,
                                           entity_json,
                                           entity_columns,
                                           people_graphs};
    struct report report;
    struct buf filter = BUF_INIT;
    struct people people = {.query = {.sort = ENTITY_BY_MENTIONS}};
    enum status status = report_begin(&report, environment, arguments);
    if (status == STATUS_OK)
        status = read_kind(arguments, &people.query.kind, &report.err);
    arguments_join(arguments, 0, &filter);
    struct search_query search = {0};
    report.own = &people;
    if (status == STATUS_OK && filter.len) {
        people.query.search = &search;
        status = report_query(&report, buf_str(&filter), QUERY_PEOPLE, &search);
    }
    if (status == STATUS_OK)
        status = report_list(&report, &listing);
    vec_done(&people.shown);
    int result = report_end(&report, status);
    buf_done(&filter);
    return result;
}

/* ---- mentions ------------------------------------------------------------------------------ */

enum { BEFORE_COLUMNS = 34 };

struct concordance {
    struct mention_query query;
    struct entity_row entity;
    struct arena arena; /* the text below */
    int64_t article;    /* whose text is at hand for code points */
    struct point_counter counter;
};

static enum status fetch_mentions(struct report *report, const struct page_request *request,
                                  const void **rows, size_t *count)
{
    const struct concordance *job = report->own;
    const struct mention_row *found = NULL;
    enum status status = store_list_mentions(report->store, &report->page, &job->query, request,
                                             &found, count, &report->err);
    *rows = found;
    return status;
}

static enum status mention_text(struct report *report, const void *row)
{
    const struct mention_row *mention = row;
    report_cell(&report->line, report_publication(&report->page, &mention->published), 11);
    report_cell_number(&report->line, mention->article, 5);
    report_cell_right(&report->line, mention->before, BEFORE_COLUMNS);
    report->line.len--; /* one blank before the name */
    report_last_cell(report, arena_format(&report->page, "%.*s%.*s", STR_ARG(mention->name),
                                          STR_ARG(mention->after)));
    return STATUS_OK;
}

/* Has the text of the mention's article at hand: rows come in the order of articles. */
static enum status mention_offsets(struct report *report, struct concordance *job,
                                   const struct mention_row *mention)
{
    if (job->article == mention->article)
        return STATUS_OK;
    struct stored_article article = {0};
    arena_reset(&job->arena);
    enum status status =
        store_get_article(report->store, &job->arena, mention->article, &article, &report->err);
    if (status != STATUS_OK)
        return status;
    job->article = mention->article;
    job->counter = (struct point_counter){.text = article.article.text};
    return STATUS_OK;
}

static enum status mention_json(struct report *report, struct json *json, const void *row)
{
    const struct mention_row *mention = row;
    struct concordance *job = report->own;
    enum status status = mention_offsets(report, job, mention);
    if (status != STATUS_OK)
        return status;
    json_field_number(json, "article", mention->article);
    json_field_or_null(json, "title", mention->title);
    json_field_or_null(json, "site", mention->site);
    report_json_publication(json, &mention->published);
    json_field(json, "id", report_entity_id(&report->page, job->entity.kind, mention->entity));
    json_field(json, "name", job->entity.name);
    json_field_number(json, "start", point_count(&job->counter, mention->start));
    json_field_number(json, "end", point_count(&job->counter, mention->end));
    json_field(json, "before", mention->before);
    json_field(json, "text", mention->name);
    json_field(json, "after", mention->after);
    return STATUS_OK;
}

/* A byte offset of the article's text in code points. */
static enum status add_points(struct report *report, const struct mention_row *mention,
                              uint32_t bytes, struct buf *value)
{
    struct concordance *job = report->own;
    enum status status = mention_offsets(report, job, mention);
    if (status == STATUS_OK)
        buf_format(value, "%lld", (long long)point_count(&job->counter, bytes));
    return status;
}

static enum status start_column(struct report *report, const void *row, struct buf *value)
{
    return add_points(report, row, ((const struct mention_row *)row)->start, value);
}

static enum status end_column(struct report *report, const void *row, struct buf *value)
{
    return add_points(report, row, ((const struct mention_row *)row)->end, value);
}

static enum status name_column(struct report *report, const void *row, struct buf *value)
{
    const struct concordance *job = report->own;
    (void)row;
    buf_add(value, job->entity.name);
    return STATUS_OK;
}

static enum status entity_column(struct report *report, const void *row, struct buf *value)
{
    const struct concordance *job = report->own;
    (void)row;
    return id_column(report, &job->entity, value);
}

#define AT(field) offsetof(struct mention_row, field)
static const struct column mention_columns[] = {
    {"article", COLUMN_NUMBER, AT(article), NULL}, {"title", COLUMN_TEXT, AT(title), NULL},
    {"outlet", COLUMN_TEXT, AT(site), NULL},       COLUMNS_PUBLISHED(AT(published)),
    {"id", COLUMN_TEXT, 0, entity_column},         {"name", COLUMN_TEXT, 0, name_column},
    {"start", COLUMN_NUMBER, 0, start_column},     {"end", COLUMN_NUMBER, 0, end_column},
    {"before", COLUMN_TEXT, AT(before), NULL},     {"text", COLUMN_TEXT, AT(name), NULL},
    {"after", COLUMN_TEXT, AT(after), NULL},       COLUMNS_END,
};
#undef AT

int command_mentions(const struct environment *environment, const struct arguments *arguments)
{
    static const struct listing listing = {sizeof(struct mention_row),
                                           fetch_mentions,
                                           mention_text,
                                           mention_json,
                                           mention_columns,
                                           NULL};
    struct report report;
    struct concordance job = {0};
    struct buf name = BUF_INIT;
    enum status status = report_begin(&report, environment, arguments);
    arguments_join(arguments, 0, &name);
    if (status == STATUS_OK)
        status = report_find_entity(&report, buf_str(&name), &job.entity);
    job.query.entity = job.entity.id;
    report.own = &job;
    struct search_query search = {0};
    const char *wanted = arguments->values[OPTION_WHERE];
    if (status == STATUS_OK && wanted) {
        job.query.search = &search;
        status = report_query(&report, str_from(wanted), QUERY_MENTIONS, &search);
    }
    if (status == STATUS_OK)
        status = report_list(&report, &listing);
    buf_done(&name);
    arena_done(&job.arena);
    return report_end(&report, status);
}
