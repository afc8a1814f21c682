/* dossier timeline */
#include "app/article_json.h"
#include "app/output.h"
#include "app/report_table.h"
#include "app/timeline_filter.h"
#include "app/timeline_format.h"

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
    json_field_number(json, "repeated", found->twin_count);
    json_field_bool(json, "contradicted", found->contradiction_count > 0);
    return STATUS_OK;
}

static enum status certainty_column(struct report *report, const void *row, struct buf *value)
{
    const struct moment_row *found = row;
    (void)report;
    buf_add(value, str_from(certainty_name(found->moment.certainty)));
    return STATUS_OK;
}

static enum status words_column(struct report *report, const void *row, struct buf *value)
{
    const struct moment_row *found = row;
    (void)report;
    buf_add(value, str_slice(found->sentence, found->date_start, found->date_end));
    return STATUS_OK;
}

#define AT(field) offsetof(struct moment_row, field)
static const struct column moment_columns[] = {
    {"earliest", COLUMN_DAY, AT(moment.first), NULL},
    {"latest", COLUMN_DAY, AT(moment.last), NULL},
    {"certainty", COLUMN_TEXT, 0, certainty_column},
    {"value", COLUMN_TEXT, AT(moment.value), NULL},
    {"words", COLUMN_TEXT, 0, words_column},
    {"sentence", COLUMN_TEXT, AT(sentence), NULL},
    {"article", COLUMN_NUMBER, AT(article), NULL},
    {"title", COLUMN_TEXT, AT(title), NULL},
    {"outlet", COLUMN_TEXT, AT(site), NULL},
    COLUMNS_END,
};
#undef AT

/* ---- the query ------------------------------------------------------------------------------ */

static enum status read_query(struct report *report, struct moment_query *query)
{
    const struct arguments *arguments = report->arguments;
    struct entity_row entity = {0};
    struct buf filter = BUF_INIT;
    *query = (struct moment_query){.from = DAY_UNKNOWN, .to = DAY_UNKNOWN};
    enum status status = arguments_day(arguments, OPTION_FROM, false, &query->from, &report->err);
    if (status == STATUS_OK)
        status = arguments_day(arguments, OPTION_TO, true, &query->to, &report->err);
    if (status == STATUS_OK && arguments_has(arguments, OPTION_PERSON))
        status = report_find_entity(report, str_from(arguments->values[OPTION_PERSON]), &entity);
    query->entity = entity.id;
    query->unplaced = arguments_has(arguments, OPTION_UNDATED);
    arguments_join(arguments, 0, &filter);
    str text = arena_str(&report->arena, buf_str(&filter));
    buf_done(&filter);
    if (status != STATUS_OK)
        return status;
    status = timeline_filter_parse(report->store, &report->arena, text, query, &report->query_fault,
                                   &report->err);
    if (status == STATUS_BAD_INPUT || status == STATUS_NOT_FOUND)
        report->query = text;
    return status;
}

/* A calendar and TimelineJS have no place for what has no day. */
static enum status check_form(struct report *report)
{
    const struct listing_form *form = timeline_forms;
    while (form->option != OPTION_COUNT && form->option != report->form)
        form++;
    if (form->option == OPTION_COUNT || !arguments_has(report->arguments, OPTION_UNDATED))
        return STATUS_OK;
    return error_set(&report->err, STATUS_USAGE,
                     "timeline: --%s has no place for what has no day; use --csv or --json",
                     option_rows[form->option].name);
}

int command_timeline(const struct environment *environment, const struct arguments *arguments)
{
    static const struct listing listing = {sizeof(struct moment_row),
                                           fetch_moments,
                                           moment_text,
                                           moment_json,
                                           moment_columns,
                                           timeline_forms};
    struct report report;
    struct timeline job = {0};
    enum status status = report_begin(&report, environment, arguments);
    if (status == STATUS_OK)
        status = check_form(&report);
    if (status == STATUS_OK)
        status = read_query(&report, &job.query);
    report.own = &job;
    if (status == STATUS_OK)
        status = report_list(&report, &listing);
    arena_done(&job.arena);
    return report_end(&report, status);
}
