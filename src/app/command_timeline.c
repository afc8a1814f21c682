/* dossier timeline */
#include "app/article_json.h"
#include "app/output.h"
#include "app/report.h"

struct timeline {
    struct moment_query query;
    struct arena arena; /* the text below */
    int64_t article;    /* whose text is at hand for code points */
    struct point_counter counter;
};

static enum status fetch_moments(struct report *report, const struct page_request *request,
                                 const void **rows, size_t *count)
{
    const struct timeline *job = report->own;
    const struct moment_row *found = NULL;
    enum status status = store_list_moments(report->store, &report->page, &job->query, request,
                                            &found, count, &report->err);
    *rows = found;
    return status;
}

/* How sure the day is: nothing for what the text says whole or what was worked out. */
static const char *const doubt_signs[CERTAINTY_COUNT] = {
    [CERTAINTY_UNRESOLVED] = "?",
    [CERTAINTY_GUESSED] = "~",
    [CERTAINTY_RESOLVED] = "",
    [CERTAINTY_EXPLICIT] = "",
};

/* "2024-08-05", or the first and the last day. */
static str days_shown(struct arena *arena, const struct moment *moment)
{
    struct buf text = BUF_INIT;
    if (moment->first == DAY_UNKNOWN && moment->last == DAY_UNKNOWN) {
        buf_add(&text, moment->value.len ? moment->value : STR("unknown"));
    } else {
        day_add(&text, moment->first);
        if (moment->last != moment->first) {
            buf_add(&text, STR(".."));
            day_add(&text, moment->last);
        }
    }
    str shown = arena_str(arena, buf_str(&text));
    buf_done(&text);
    return shown;
}

static enum status moment_text(struct report *report, const void *row)
{
    const struct moment_row *found = row;
    report_cell(&report->line, days_shown(&report->page, &found->moment), 22);
    report_cell(&report->line, str_from(doubt_signs[found->moment.certainty]), 1);
    report_cell_number(&report->line, found->article, 5);
    report_last_cell(report, found->sentence);
    return STATUS_OK;
}

static enum status text_at_hand(struct report *report, struct timeline *job, int64_t id)
{
    if (job->article == id)
        return STATUS_OK;
    struct stored_article article = {0};
    arena_reset(&job->arena);
    enum status status = store_get_article(report->store, &job->arena, id, &article, &report->err);
    if (status != STATUS_OK)
        return status;
    job->article = id;
    job->counter = (struct point_counter){.text = article.article.text};
    return STATUS_OK;
}

static enum status moment_json(struct report *report, struct json *json, const void *row)
{
    const struct moment_row *found = row;
    const struct moment *moment = &found->moment;
    struct timeline *job = report->own;
    enum status status = text_at_hand(report, job, found->article);
    if (status != STATUS_OK)
        return status;
    report_json_day(json, "earliest", moment->first);
    report_json_day(json, "latest", moment->last);
    json_field_or_null(json, "value", moment->value.len ? moment->value : STR_NONE);
    json_field(json, "type", str_from(moment_type_name(moment->type)));
    json_field(json, "certainty", str_from(certainty_name(moment->certainty)));
    json_field(json, "text", str_slice(found->sentence, found->date_start, found->date_end));
    json_field(json, "sentence", found->sentence);
    json_field_number(json, "article", found->article);
    json_field_or_null(json, "title", found->title);
    json_field_or_null(json, "site", found->site);
    json_field_number(json, "start", point_count(&job->counter, moment->start));
    json_field_number(json, "end", point_count(&job->counter, moment->end));
    return STATUS_OK;
}

static enum status read_query(struct report *report, struct moment_query *query)
{
    const struct arguments *arguments = report->arguments;
    struct entity_row entity = {0};
    *query = (struct moment_query){.from = DAY_UNKNOWN, .to = DAY_UNKNOWN};
    enum status status = arguments_day(arguments, OPTION_FROM, false, &query->from, &report->err);
    if (status == STATUS_OK)
        status = arguments_day(arguments, OPTION_TO, true, &query->to, &report->err);
    if (status == STATUS_OK && arguments_has(arguments, OPTION_PERSON))
        status = report_find_entity(report, str_from(arguments->values[OPTION_PERSON]), &entity);
    query->entity = entity.id;
    query->unplaced = arguments_has(arguments, OPTION_UNDATED);
    return status;
}

int command_timeline(const struct environment *environment, const struct arguments *arguments)
{
    static const struct listing listing = {sizeof(struct moment_row), fetch_moments, moment_text,
                                           moment_json};
    struct report report;
    struct timeline job = {0};
    enum status status = report_begin(&report, environment, arguments);
    if (status == STATUS_OK)
        status = read_query(&report, &job.query);
    report.own = &job;
    if (status == STATUS_OK)
        status = report_list(&report, &listing);
    arena_done(&job.arena);
    return report_end(&report, status);
}
