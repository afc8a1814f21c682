/* dossier overview, dossier card: a few dozen facts of different kinds, made all at once, as the
 * panes of these names show them. */
#include "app/entity_card.h"
#include "app/label.h"
#include "app/output.h"
#include "app/report_table.h"

enum { TOP_PEOPLE = 10, WAITING_LIMIT = 100 };

struct fact_row {
    struct row_key key; /* number: which, from 1 */
    str part;           /* "counts", "roles" */
    str text;
    int64_t count; /* -1: none */
    str remark;
    str id;          /* "p3": the entity that it is about, or STR_NONE */
    int64_t article; /* that says so, or 0 */
};

struct facts {
    VEC(struct fact_row) rows; /* in the report's arena */
};

static void add_fact(struct report *report, struct fact_row row)
{
    struct facts *facts = report->own;
    row.key.number = (int64_t)facts->rows.count + 1;
    vec_push(&report->arena, &facts->rows, row);
}

/* ---- the listing --------------------------------------------------------------------------- */

static enum status fetch_facts(struct report *report, const struct page_request *request,
                               const void **rows, size_t *count)
{
    const struct facts *facts = report->own;
    size_t from = request->from ? (size_t)request->from->number : 0;
    size_t left = facts->rows.count - from;
    *rows = left ? facts->rows.items + from : NULL;
    *count = left < request->limit ? left : request->limit;
    return STATUS_OK;
}

static enum status fact_text(struct report *report, const void *row)
{
    const struct fact_row *fact = row;
    report_cell(&report->line, fact->part, 10);
    if (fact->count >= 0)
        report_cell_number(&report->line, fact->count, 6);
    else
        report_cell(&report->line, STR_NONE, 6);
    if (fact->remark.len)
        report_last_cell(report, arena_format(&report->page, "%.*s · %.*s", STR_ARG(fact->text),
                                              STR_ARG(fact->remark)));
    else
        report_last_cell(report, fact->text);
    return STATUS_OK;
}

static enum status fact_json(struct report *report, struct json *json, const void *row)
{
    const struct fact_row *fact = row;
    (void)report;
    json_field(json, "part", fact->part);
    json_field(json, "text", fact->text);
    if (fact->count >= 0)
        json_field_number(json, "count", fact->count);
    else
        json_field_or_null(json, "count", STR_NONE);
    json_field_or_null(json, "remark", fact->remark.len ? fact->remark : STR_NONE);
    json_field_or_null(json, "id", fact->id);
    if (fact->article)
        json_field_number(json, "article", fact->article);
    else
        json_field_or_null(json, "article", STR_NONE);
    return STATUS_OK;
}

static enum status count_column(struct report *report, const void *row, struct buf *value)
{
    const struct fact_row *fact = row;
    (void)report;
    if (fact->count >= 0)
        buf_format(value, "%lld", (long long)fact->count);
    return STATUS_OK;
}

static enum status article_column(struct report *report, const void *row, struct buf *value)
{
    const struct fact_row *fact = row;
    (void)report;
    if (fact->article)
        buf_format(value, "%lld", (long long)fact->article);
    return STATUS_OK;
}

#define AT(field) offsetof(struct fact_row, field)
static const struct column fact_columns[] = {
    {"part", COLUMN_TEXT, AT(part), NULL},
    {"text", COLUMN_TEXT, AT(text), NULL},
    {"count", COLUMN_TEXT, 0, count_column},
    {"remark", COLUMN_TEXT, AT(remark), NULL},
    {"id", COLUMN_TEXT, AT(id), NULL},
    {"article", COLUMN_TEXT, 0, article_column},
    COLUMNS_END,
};
#undef AT

static const struct listing listing = {
    sizeof(struct fact_row), fetch_facts, fact_text, fact_json, fact_columns, NULL};

/* "2024-08": articles or mentions, month by month. */
static enum status add_months(struct report *report, int64_t entity)
{
    const struct month_count *months = NULL;
    size_t count = 0;
    enum status status =
        store_count_by_month(report->store, &report->arena, entity, &months, &count, &report->err);
    for (size_t i = 0; i < count; i++)
        add_fact(report, (struct fact_row){.part = STR("month"),
                                           .text = arena_format(&report->arena, "%04d-%02d",
                                                                (int)(months[i].month / 12),
                                                                (int)(months[i].month % 12 + 1)),
                                           .count = months[i].count});
    return status;
}

/* ---- overview ------------------------------------------------------------------------------ */

static enum status add_counts(struct report *report)
{
    struct store_totals totals = {0};
    struct store_pending pending = {0};
    enum status status = store_get_totals(report->store, &totals, &report->err);
    if (status == STATUS_OK)
        status = store_get_pending(report->store, &pending, &report->err);
    const struct {
        const char *part, *text;
        int64_t count;
    } counts[] = {
        {"count", "articles", totals.articles},
        {"count", "new", pending.new_articles},
        {"count", "unread", totals.unread},
        {"count", "undated", pending.undated},
        {"count", "people", totals.people},
        {"count", "places", totals.places},
        {"count", "organisations", totals.organisations},
        {"count", "dated statements", totals.moments},
        {"count", "bookmarks", totals.bookmarks},
        {"decide", "bookmarks whose place is not sure", pending.bookmarks_ambiguous},
        {"decide", "bookmarks whose words are gone", pending.bookmarks_lost},
        {"decide", "corrections of names that do not apply", pending.conflicts},
    };
    for (size_t i = 0; status == STATUS_OK && i < sizeof counts / sizeof *counts; i++)
        add_fact(report, (struct fact_row){.part = str_from(counts[i].part),
                                           .text = str_from(counts[i].text),
                                           .count = counts[i].count});
    return status;
}

static enum status add_doubts(struct report *report)
{
    const struct doubt_row *rows = NULL;
    size_t count = 0;
    enum status status = store_list_doubts(report->store, &report->arena, WAITING_LIMIT, &rows,
                                           &count, &report->err);
    for (size_t i = 0; i < count; i++)
        add_fact(report,
                 (struct fact_row){
                     .part = STR("decide"),
                     .text = rows[i].name,
                     .count = rows[i].mention_count,
                     .remark = rows[i].others.len ? arena_format(&report->arena, "could be %.*s",
                                                                 STR_ARG(rows[i].others))
                                                  : STR("not sure who"),
                     .id = report_entity_id(&report->arena, ENTITY_PERSON, rows[i].entity)});
    return status;
}

static enum status add_people(struct report *report)
{
    const struct entity_query query = {.kind = ENTITY_PERSON};
    const struct page_request request = {.limit = TOP_PEOPLE};
    const struct entity_row *rows = NULL;
    size_t count = 0;
    enum status status = store_list_entities(report->store, &report->arena, &query, &request, &rows,
                                             &count, &report->err);
    for (size_t i = 0; i < count; i++)
        add_fact(report, (struct fact_row){
                             .part = STR("person"),
                             .text = rows[i].name,
                             .count = rows[i].mention_count,
                             .remark = rows[i].role,
                             .id = report_entity_id(&report->arena, ENTITY_PERSON, rows[i].id)});
    return status;
}

int command_overview(const struct environment *environment, const struct arguments *arguments)
{
    struct report report;
    struct facts facts = {{0}};
    enum status status = report_begin(&report, environment, arguments);
    report.own = &facts;
    if (status == STATUS_OK)
        status = add_counts(&report);
    if (status == STATUS_OK)
        status = add_doubts(&report);
    if (status == STATUS_OK)
        status = add_people(&report);
    if (status == STATUS_OK)
        status = add_months(&report, 0);
    if (status == STATUS_OK)
        status = report_list(&report, &listing);
    return report_end(&report, status);
}

/* ---- card ---------------------------------------------------------------------------------- */

static void add_entity(struct report *report, const struct entity_row *entity)
{
    struct buf days = BUF_INIT;
    if (entity->first != DAY_UNKNOWN) {
        label_days(&days, entity->first, entity->first);
        buf_add(&days, STR(" to "));
        label_days(&days, entity->last, entity->last);
    }
    add_fact(report,
             (struct fact_row){.part = str_from(entity_kind_name(entity->kind)),
                               .text = arena_str(&report->arena, entity->name),
                               .count = entity->mention_count,
                               .remark = arena_str(&report->arena, buf_str(&days)),
                               .id = report_entity_id(&report->arena, entity->kind, entity->id)});
    buf_done(&days);
}

static void add_part(struct report *report, const struct entity_card *card, enum card_part part)
{
    static const char *const names[CARD_PART_COUNT] = {[CARD_FORMS] = "form",
                                                       [CARD_ROLES] = "role",
                                                       [CARD_COMPANY] = "with",
                                                       [CARD_SITES] = "outlet"};
    for (size_t i = 0; i < card->counts[part]; i++) {
        const struct card_row *row = &card->rows[part][i];
        add_fact(report,
                 (struct fact_row){
                     .part = str_from(names[part]),
                     .text = row->text,
                     .count = row->count,
                     .id = row->entity ? report_entity_id(&report->arena, row->kind, row->entity)
                                       : STR_NONE,
                     .article = row->article});
    }
}

int command_card(const struct environment *environment, const struct arguments *arguments)
{
    struct report report;
    struct facts facts = {{0}};
    struct entity_row entity = {0};
    struct entity_card card = {0};
    struct buf name = BUF_INIT;
    enum status status = report_begin(&report, environment, arguments);
    report.own = &facts;
    arguments_join(arguments, 0, &name);
    if (status == STATUS_OK)
        status = report_find_entity(&report, buf_str(&name), &entity);
    if (status == STATUS_OK)
        status = entity_card_read(report.store, &report.arena, entity.id, &card, &report.err);
    if (status == STATUS_OK)
        add_entity(&report, &entity);
    for (int part = 0; status == STATUS_OK && part < CARD_PART_COUNT; part++)
        add_part(&report, &card, (enum card_part)part);
    if (status == STATUS_OK)
        status = add_months(&report, entity.id);
    if (status == STATUS_OK)
        status = report_list(&report, &listing);
    buf_done(&name);
    return report_end(&report, status);
}
