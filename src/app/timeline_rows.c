#include "app/timeline_rows.h"

#include "base/vec.h"

/* A heading's key: before everything of its period. */
#define HEADING_SECOND INT64_MIN

typedef VEC(struct timeline_row) row_vec;

struct composing {
    struct store *store;
    struct arena *arena;
    const struct moment_query *query;
    const struct page_request *request;
    row_vec items; /* statements and publications, in the page's order */
    row_vec rows;
    struct error *err;
};

/* ---- what stands under headings ------------------------------------------------------------- */

int timeline_compare_keys(const struct row_key *a, const struct row_key *b)
{
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    if (a->second != b->second)
        return a->second < b->second ? -1 : 1;
    return (a->third > b->third) - (a->third < b->third);
}

static struct timeline_row of_moment(const struct moment_row *moment)
{
    return (struct timeline_row){.key = moment->key,
                                 .kind = TIMELINE_STATEMENT,
                                 .first = moment->moment.first,
                                 .last = moment->moment.last,
                                 .moment = moment};
}

static struct timeline_row of_published(const struct published_row *published)
{
    return (struct timeline_row){.key = published->key,
                                 .kind = TIMELINE_PUBLISHED,
                                 .first = published->published,
                                 .last = published->published,
                                 .published = published};
}

/* Both lists in one order, each read as far as it is wanted: with their headings one row more than
 * the page has, where there are as many. */
static void merge(struct composing *composing, struct moment_cursor *moments,
                  struct published_cursor *published)
{
    int sign = composing->request->backward ? -1 : 1;
    row_vec *items = &composing->items;
    size_t count = 0;
    const struct moment_row *moment = store_next_moment(moments);
    const struct published_row *day_row = published ? store_next_published(published) : NULL;
    while ((moment || day_row) && count <= composing->request->limit) {
        bool is_moment =
            !day_row || (moment && sign * timeline_compare_keys(&moment->key, &day_row->key) < 0);
        struct timeline_row item = is_moment ? of_moment(moment) : of_published(day_row);
        count += items->count && vec_last(items)->key.number != item.key.number ? 2 : 1;
        vec_push(composing->arena, items, item);
        if (is_moment)
            moment = store_next_moment(moments);
        else
            day_row = store_next_published(published);
    }
}

static enum status collect(struct composing *composing, bool with_published)
{
    struct page_request wider = *composing->request;
    wider.limit++;
    struct moment_cursor *moments = store_open_moments(composing->store, composing->arena,
                                                       composing->query, &wider, composing->err);
    struct published_cursor *published =
        with_published ? store_open_published(composing->store, composing->arena, composing->query,
                                              &wider, composing->err)
                       : NULL;
    merge(composing, moments, published);
    enum status status = store_close_moments(moments);
    enum status ended = published ? store_close_published(published) : STATUS_OK;
    return status == STATUS_OK ? ended : status;
}

/* ---- headings ------------------------------------------------------------------------------- */

static void add_heading(struct composing *composing, const struct timeline_row *item)
{
    struct timeline_row row = {.key = {item->key.number, HEADING_SECOND, 0, STR_NONE},
                               .kind = TIMELINE_HEADING,
                               .first = item->first,
                               .last = item->last};
    vec_push(composing->arena, &composing->rows, row);
}

static void compose_forward(struct composing *composing)
{
    const struct page_request *request = composing->request;
    bool is_headed =
        request->from && !(request->from->second == HEADING_SECOND && request->inclusive);
    int64_t headed = is_headed ? request->from->number : 0;
    for (size_t i = 0; i < composing->items.count; i++) {
        const struct timeline_row *item = &composing->items.items[i];
        if (!is_headed || item->key.number != headed)
            add_heading(composing, item);
        is_headed = true;
        headed = item->key.number;
        vec_push(composing->arena, &composing->rows, *item);
    }
}

/* The row from which the page goes back, where it is the first of its period. */
static enum status find_first(struct composing *composing, bool with_published,
                              struct timeline_row *found, bool *is_first)
{
    const struct page_request *request = composing->request;
    const row_vec *items = &composing->items;
    *is_first = false;
    if (!request->from || request->from->second == HEADING_SECOND ||
        (items->count && items->items[0].key.number == request->from->number))
        return STATUS_OK;
    struct page_request itself = {.from = request->from, .inclusive = true, .limit = 1};
    struct composing own = {.store = composing->store,
                            .arena = composing->arena,
                            .query = composing->query,
                            .request = &itself,
                            .err = composing->err};
    enum status status = collect(&own, with_published);
    if (status == STATUS_OK && own.items.count &&
        own.items.items[0].key.number == request->from->number) {
        *found = own.items.items[0];
        *is_first = true;
    }
    return status;
}

static enum status compose_backward(struct composing *composing, bool with_published)
{
    const row_vec *items = &composing->items;
    struct timeline_row first;
    bool is_first;
    enum status status = find_first(composing, with_published, &first, &is_first);
    if (status == STATUS_OK && is_first)
        add_heading(composing, &first);
    for (size_t i = 0; i < items->count && status == STATUS_OK; i++) {
        vec_push(composing->arena, &composing->rows, items->items[i]);
        if (i + 1 == items->count || items->items[i + 1].key.number != items->items[i].key.number)
            add_heading(composing, &items->items[i]);
    }
    return status;
}

enum status timeline_list_rows(struct store *store, struct arena *arena,
                               const struct moment_query *query, bool with_published,
                               const struct page_request *request, const struct timeline_row **rows,
                               size_t *count, struct error *err)
{
    struct composing composing = {
        .store = store, .arena = arena, .query = query, .request = request, .err = err};
    enum status status = collect(&composing, with_published);
    if (status == STATUS_OK && request->backward)
        status = compose_backward(&composing, with_published);
    else if (status == STATUS_OK)
        compose_forward(&composing);
    *rows = composing.rows.items;
    *count = composing.rows.count < request->limit ? composing.rows.count : request->limit;
    return status;
}
