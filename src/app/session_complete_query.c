/* What Tab offers in queries: names of fields, and behind who:, place:, org:, outlet:, tag:, is:,
 * search: and the fields of dates what the dossier holds. */
#include <stdlib.h>
#include <string.h>

#include "app/query.h"
#include "app/session.h"
#include "text/fold.h"
#include "text/utf8.h"

/* A query that is being completed: `before` stays, what follows it is put in its place. */
struct unfinished_query {
    struct session *session;
    struct completions *completions;
    struct query_unfinished end;
    str before;
};

/* From so many letters on a plain word may become the name of a field. */
enum { FIELD_FROM_LEN = 2 };

static bool is_quote(uint32_t point)
{
    return point == '"' || (point >= 0x201C && point <= 0x201E);
}

/* Without quotes in it, in quotes where it would end otherwise. */
static void add_value(struct buf *out, str value)
{
    struct buf plain = BUF_INIT;
    bool quoted = false;
    for (size_t at = 0, len; at < value.len; at += len) {
        uint32_t point = utf8_decode(value, at, &len);
        quoted =
            quoted || point == '(' || point == ')' || point == '*' || code_point_is_space(point);
        buf_add(&plain, is_quote(point) ? STR(" ") : str_slice(value, at, at + len));
    }
    str words = str_trim(buf_str(&plain));
    quoted = quoted || str_find_byte(words, ' ', 0) != STR_MISSING;
    buf_format(out, quoted ? "\"%.*s\"" : "%.*s", STR_ARG(words));
    buf_done(&plain);
}

static void put(const struct unfinished_query *query, str text, str remark)
{
    struct completions *completions = query->completions;
    if (completions->count == COMPLETION_LIMIT)
        return;
    completions->items[completions->count++] = (struct completion){
        arena_format(&completions->arena, "%.*s%.*s", STR_ARG(query->before), STR_ARG(text)),
        remark};
}

static void put_value(const struct unfinished_query *query, str value, str remark)
{
    struct buf text = BUF_INIT;
    add_value(&text, value);
    put(query, buf_str(&text), remark);
    buf_done(&text);
}

/* ---- values -------------------------------------------------------------------------------- */

static void complete_names(const struct unfinished_query *query, enum entity_kind kind)
{
    struct completions *completions = query->completions;
    size_t first = completions->count;
    session_list_names(query->session, kind, query->end.typed, completions);
    size_t end = completions->count;
    completions->count = first;
    for (size_t i = first; i < end; i++)
        put_value(query, completions->items[i].text, completions->items[i].remark);
}

static void complete_people(const struct unfinished_query *query)
{
    complete_names(query, ENTITY_PERSON);
}

static void complete_places(const struct unfinished_query *query)
{
    complete_names(query, ENTITY_PLACE);
}

static void complete_organisations(const struct unfinished_query *query)
{
    complete_names(query, ENTITY_ORGANISATION);
}

typedef enum status list_values(struct store *store, struct arena *arena, str begin, size_t limit,
                                const str **values, size_t *count, struct error *err);

static void complete_listed(const struct unfinished_query *query, list_values *list)
{
    const str *values = NULL;
    struct error err = {0};
    size_t count = 0;
    if (list(query->session->store, &query->completions->arena, query->end.typed, COMPLETION_LIMIT,
             &values, &count, &err) != STATUS_OK)
        return; /* nothing is offered */
    for (size_t i = 0; i < count; i++)
        put_value(query, values[i], STR_NONE);
}

static void complete_outlets(const struct unfinished_query *query)
{
    complete_listed(query, store_list_outlets);
}

static void complete_tags(const struct unfinished_query *query)
{
    complete_listed(query, store_list_tags);
}

static void complete_states(const struct unfinished_query *query)
{
    const char *state;
    for (size_t i = 0; (state = query_state(i, query->end.use)) != NULL; i++)
        if (str_starts(str_from(state), query->end.typed))
            put(query, str_from(state), STR_NONE);
}

static void complete_searches(const struct unfinished_query *query)
{
    const struct saved_search_row *rows = NULL;
    struct arena *arena = &query->completions->arena;
    struct page_request request = {.limit = COMPLETION_LIMIT};
    struct error err = {0};
    size_t count = 0;
    if (store_list_searches(query->session->store, arena, &request, &rows, &count, &err) !=
        STATUS_OK)
        return;
    for (size_t i = 0; i < count; i++)
        if (str_starts(rows[i].name, query->end.typed))
            put(query, arena_format(arena, "(%.*s)", STR_ARG(rows[i].query)), rows[i].name);
}

/* Of two years the one that holds more, else the later. */
static int compare_buckets(const void *a, const void *b)
{
    const struct bucket_row *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return (x->bucket < y->bucket) - (x->bucket > y->bucket);
}

/* Years stand far apart in texts: those come first that hold most. */
static const struct bucket_row *fullest_first(struct arena *arena, const struct bucket_row *rows,
                                              size_t count)
{
    struct bucket_row *sorted = arena_array(arena, struct bucket_row, count);
    for (size_t i = 0; i < count; i++)
        sorted[i] = rows[i];
    if (count > 0)
        qsort(sorted, count, sizeof *sorted, compare_buckets);
    return sorted;
}

/* A date goes on with the years, months or days that hold something, months and days newest first:
 * "2024-0". */
static void complete_date(const struct unfinished_query *query, enum period_kind kind, str typed)
{
    static const struct {
        enum scale scale;
        size_t known_len, len; /* of what must have been typed, of what is offered */
    } steps[] = {{SCALE_DAY, 7, 10}, {SCALE_MONTH, 4, 7}, {SCALE_YEAR, 0, 4}};
    struct completions *completions = query->completions;
    const struct bucket_row *rows = NULL;
    day first = DAY_MIN, last = DAY_MAX;
    size_t step = 0, count = 0;
    struct error err = {0};
    while (typed.len < steps[step].known_len)
        step++;
    enum scale scale = steps[step].scale;
    if ((scale != SCALE_YEAR &&
         !day_parse_period(str_slice(typed, 0, steps[step].known_len), &first, &last)) ||
        store_list_periods(query->session->store, &completions->arena, kind, scale, first, last,
                           &rows, &count, &err) != STATUS_OK)
        return; /* nothing is offered */
    if (scale == SCALE_YEAR)
        rows = fullest_first(&completions->arena, rows, count);
    for (size_t i = 0; i < count; i++) {
        struct buf date = BUF_INIT;
        day_add(&date, scale_first_day(scale, rows[i].bucket));
        str text = str_slice(buf_str(&date), 0, steps[step].len);
        const char *noun = kind == PERIOD_PUBLISHED ? "article" : "statement";
        if (str_starts(text, typed) && !str_equal(text, typed))
            put(query, arena_str(&completions->arena, text),
                arena_format(&completions->arena, "%lld %s%s", (long long)rows[i].count, noun,
                             rows[i].count == 1 ? "" : "s"));
        buf_done(&date);
    }
}

/* Of "2024-03..2024-0" the second one. */
static void complete_days(const struct unfinished_query *query, enum period_kind kind)
{
    struct unfinished_query last = *query;
    str typed = query->end.typed;
    size_t dots = str_find(typed, STR(".."), 0);
    if (query->end.quoted)
        return;
    if (dots != STR_MISSING) {
        last.before = (str){query->before.ptr, query->before.len + dots + 2};
        typed = str_slice(typed, dots + 2, typed.len);
    }
    complete_date(&last, kind, typed);
}

static void complete_published(const struct unfinished_query *query)
{
    complete_days(query, PERIOD_PUBLISHED);
}

static void complete_told(const struct unfinished_query *query)
{
    complete_days(query, PERIOD_TOLD);
}

static const struct {
    const char *field;
    void (*complete)(const struct unfinished_query *query);
} ways[] = {
    {"who", complete_people},        {"place", complete_places},
    {"org", complete_organisations}, {"outlet", complete_outlets},
    {"tag", complete_tags},          {"is", complete_states},
    {"search", complete_searches},   {"before", complete_published},
    {"after", complete_published},   {"published", complete_published},
    {"on", complete_told},           {"from", complete_told},
    {"to", complete_told},
};

/* ---- fields -------------------------------------------------------------------------------- */

static void complete_fields(const struct unfinished_query *query)
{
    str typed = query->end.typed;
    for (size_t i = 0; i < QUERY_FIELD_COUNT && typed.len >= FIELD_FROM_LEN; i++) {
        const struct query_field *field = &query_fields[i];
        if (query_field_is_asked(field, query->end.use) && str_starts(str_from(field->name), typed))
            put(query, arena_format(&query->completions->arena, "%s:", field->name),
                str_from(field->help));
    }
}

void session_complete_query(struct session *session, enum query_use use, str text,
                            struct completions *completions)
{
    struct unfinished_query query = {.session = session, .completions = completions};
    if (!query_find_unfinished(text, use, &query.end))
        return;
    query.before = str_slice(text, 0, query.end.start);
    if (!query.end.field)
        complete_fields(&query);
    for (size_t i = 0; query.end.field && i < sizeof ways / sizeof *ways; i++)
        if (strcmp(ways[i].field, query.end.field->name) == 0)
            ways[i].complete(&query);
}

void session_complete_search(struct session *session, str text, struct completions *completions)
{
    session_complete_query(session, QUERY_SEARCH, text, completions);
}

void session_complete_filter(struct session *session, str text, struct completions *completions)
{
    enum query_use use = panes[session_pane(session)].class->filter_use;
    if (use != QUERY_SEARCH)
        session_complete_query(session, use, text, completions);
}
