/* layers: base text model ingest analyse store tui app */
/* Queries as they are typed, answered by a real store: each field by itself against what is known
 * of the articles, then all pairs of conditions against the sets that each gives alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/query.h"
#include "store/internal.h"
#include "test_store.h"
#include "test_store_plans.h"

#define OK(call) assert_status((call), __LINE__)

enum { ARTICLE_COUNT = 60, FIRST_NEW = 47 };

static struct error err;

static void assert_status(enum status status, int line)
{
    if (status != STATUS_OK)
        fail_msg("line %d: %s", line, err.text);
}

struct dossier {
    struct store *store;
    struct arena arena;
    struct sample samples[ARTICLE_COUNT];
    int64_t pages[ARTICLE_COUNT];
};

static void bookmark(struct dossier *dossier, int number, const char *note, const char *tags)
{
    struct bookmark kept = {.article = dossier->pages[number],
                            .start = 0,
                            .end = 5,
                            .quote = STR("quote"),
                            .note = str_from(note),
                            .tags = str_from(tags)};
    OK(store_put_bookmark(dossier->store, &kept, 1, &err));
}

/* Every seventh article is read, every eleventh tagged, every thirteenth bookmarked; those from
 * FIRST_NEW on came after the last visit. */
static int make_dossier(void **state)
{
    struct dossier *dossier = calloc(1, sizeof *dossier);
    struct sample_people people = {0};
    struct random random = {7};
    *state = dossier;
    OK(store_open(":memory:", STORE_READ_WRITE, &dossier->store, &err));
    OK(store_begin(dossier->store, &err));
    for (uint32_t i = 0; i < ARTICLE_COUNT; i++) {
        sample_make(&dossier->arena, &dossier->samples[i], &random, i, 6);
        OK(sample_put(dossier->store, &people, &dossier->samples[i], &dossier->pages[i], &err));
        if (i % 7 == 0)
            OK(store_set_read(dossier->store, dossier->pages[i], READ_DONE, 1, &err));
        if (i % 11 == 0)
            OK(store_set_tags(dossier->store, dossier->pages[i], STR("Energy later"), 1, &err));
        if (i % 13 == 0)
            bookmark(dossier, (int)i, "see the 100% budget: 堤防工事", "later");
        if (i + 1 == FIRST_NEW)
            OK(store_note_visit(dossier->store, 20000, &err));
    }
    OK(store_commit(dossier->store, &err));
    struct visit visit;
    OK(store_get_visit(dossier->store, &visit, &err));
    assert_int_equal(visit.new_count, ARTICLE_COUNT - FIRST_NEW);
    OK(store_note_visit(dossier->store, 20001, &err)); /* is:new goes by what was got */
    statements_free(dossier->store);
    return 0;
}

static int end_dossier(void **state)
{
    struct dossier *dossier = *state;
    arena_done(&dossier->arena);
    store_close(dossier->store);
    free(dossier);
    return 0;
}

static int check_plans(void **state)
{
    struct dossier *dossier = *state;
    assert_plans(dossier->store);
    return 0;
}

/* ---- what a query gives -------------------------------------------------------------------- */

struct set {
    bool has[ARTICLE_COUNT];
    size_t count;
};

static int number_of(const struct dossier *dossier, int64_t page)
{
    for (int i = 0; i < ARTICLE_COUNT; i++)
        if (dossier->pages[i] == page)
            return i;
    fail_msg("no article has the number %lld", (long long)page);
    return -1;
}

static void parse(struct dossier *dossier, const char *text, struct search_query *query)
{
    if (query_parse(&dossier->arena, str_from(text), QUERY_SEARCH, query, NULL, &err) != STATUS_OK)
        fail_msg("%s: %s", text, err.text);
}

/* Read eleven rows at a time, newest first. */
static struct set found_by_pages(struct dossier *dossier, const struct search_query *query)
{
    struct set set = {0};
    struct row_key from = {.number = INT64_MAX};
    struct page_request request = {.limit = 11};
    for (;;) {
        const struct search_row *rows;
        size_t count;
        OK(store_search(dossier->store, &dossier->arena, query, &request, &rows, &count, &err));
        for (size_t i = 0; i < count; i++) {
            bool *has = &set.has[number_of(dossier, rows[i].article)];
            assert_true(rows[i].key.number < from.number);
            assert_false(*has);
            *has = true;
            from = rows[i].key;
        }
        set.count += count;
        if (count < request.limit)
            return set;
        request.from = &from;
    }
}

/* The same articles by every way of asking. */
static struct set found(struct dossier *dossier, const char *text)
{
    struct search_query query;
    parse(dossier, text, &query);
    struct set set = found_by_pages(dossier, &query);
    int64_t count;
    OK(store_count_search(dossier->store, &query, &count, &err));
    assert_int_equal(count, set.count);
    for (int sort = SORT_DATE; sort <= SORT_TITLE; sort++) {
        struct article_query listed = {.sort = (enum article_sort)sort, .search = &query};
        struct page_request request = {.limit = ARTICLE_COUNT};
        const struct article_row *rows;
        size_t row_count;
        OK(store_list_articles(dossier->store, &dossier->arena, &listed, &request, &rows,
                               &row_count, &err));
        assert_int_equal(row_count, set.count);
        for (size_t i = 0; i < row_count; i++)
            assert_true(set.has[number_of(dossier, rows[i].id)]);
    }
    return set;
}

/* ---- each field ---------------------------------------------------------------------------- */

static bool names(const struct sample *sample, const char *name)
{
    for (size_t i = 0; i < sample->entities.count; i++)
        if (str_equal(sample->entities.items[i].name, str_from(name)))
            return true;
    return false;
}

static bool is_before_2023(const struct sample *sample)
{
    const struct publication *day_of = &sample->article.published;
    day last = day_of->value != DAY_UNKNOWN ? day_of->value : day_of->latest;
    return last != DAY_UNKNOWN && last < day_from_civil(2023, 1, 1);
}

static bool is_of_march(const struct sample *sample)
{
    day value = sample->article.published.value;
    return value >= day_from_civil(2023, 3, 1) && value <= day_from_civil(2023, 3, 31);
}

static bool speaks_of_2021(const struct sample *sample)
{
    for (size_t i = 0; i < sample->moments.count; i++) {
        const struct moment *moment = &sample->moments.items[i];
        if (moment->first >= day_from_civil(2021, 1, 1) &&
            moment->last <= day_from_civil(2021, 12, 31) && moment->first != DAY_UNKNOWN)
            return true;
    }
    return false;
}

static bool is_undated(const struct sample *sample)
{
    return sample->article.published.value == DAY_UNKNOWN;
}

static bool names_ivanov(const struct sample *sample)
{
    return names(sample, "Пётр Иванов");
}

static bool names_kyiv(const struct sample *sample)
{
    return names(sample, "Kyiv");
}

static bool names_bank(const struct sample *sample)
{
    return names(sample, "World Bank");
}

static bool is_herald(const struct sample *sample)
{
    return str_equal(sample->article.site, STR("Herald"));
}

static bool is_new(const struct sample *sample)
{
    int64_t number;
    str path = sample->article.path; /* 00007.txt */
    return str_to_int(str_slice(path, path.len - 9, path.len - 4), &number) && number >= FIRST_NEW;
}

static bool is_7(const struct sample *sample)
{
    return str_ends(sample->article.path, STR("00007.txt"));
}

static const struct {
    const char *query;
    bool (*fits)(const struct sample *sample);
    int every; /* instead: the articles of make_dossier */
} fields[] = {
    {"who:\"ПЁТР иванов\"", names_ivanov, 0},
    {"who:иван*", names_ivanov, 0},
    {"place:kyiv", names_kyiv, 0},
    {"org:\"bank world\"", names_bank, 0},
    {"outlet:herald", is_herald, 0},
    {"path:00007", is_7, 0},
    {"before:2023", is_before_2023, 0},
    {"published:..2022", is_before_2023, 0},
    {"published:2023-03", is_of_march, 0},
    {"published:2023-03-01..2023-03-31", is_of_march, 0},
    {"on:2021", speaks_of_2021, 0},
    {"is:undated", is_undated, 0},
    {"is:new", is_new, 0},
    {"is:read", NULL, 7},
    {"tag:energy", NULL, 11},
    {"tag:ener*", NULL, 11},
    {"is:tagged", NULL, 11},
    {"is:bookmarked", NULL, 13},
    {"note:BUDGET", NULL, 13},
    {"note:\"100% budget\"", NULL, 13},
    {"note:\"the 100 bud\"*", NULL, 13},
    {"note:防工", NULL, 13},
};

static void fields_give_their_articles(void **state)
{
    struct dossier *dossier = *state;
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
        struct set set = found(dossier, fields[f].query);
        if (!set.count)
            fail_msg("%s: nothing", fields[f].query);
        for (int i = 0; i < ARTICLE_COUNT; i++) {
            bool fits =
                fields[f].fits ? fields[f].fits(&dossier->samples[i]) : i % fields[f].every == 0;
            if (set.has[i] != fits)
                fail_msg("%s: article %d", fields[f].query, i);
        }
    }
    assert_int_equal(found(dossier, "who:nobody").count, 0);
    assert_int_equal(found(dossier, "who:kyiv").count, 0);
    assert_int_equal(found(dossier, "tag:ener").count, 0);
    assert_int_equal(found(dossier, "note:bud").count, 0);
    assert_int_equal(found(dossier, "note:udget").count, 0);
    assert_int_equal(found(dossier, "note:\"budget 100\"").count, 0);
}

/* Not the beginning of the text, but why the article fits. */
static void snippets_show_names_days_and_passages(void **state)
{
    static const char *const asked[] = {"who:иван*",
                                        "place:kyiv",
                                        "org:\"bank world\"",
                                        "on:2021",
                                        "is:bookmarked",
                                        "note:budget",
                                        "is:bookmarked title:harbour OR note:budget"};
    struct dossier *dossier = *state;
    for (size_t q = 0; q < sizeof asked / sizeof *asked; q++) {
        const struct search_row *rows;
        struct page_request request = {.limit = 20};
        struct search_query query;
        size_t count;
        parse(dossier, asked[q], &query);
        OK(store_search(dossier->store, &dossier->arena, &query, &request, &rows, &count, &err));
        assert_true(count > 0);
        for (size_t i = 0; i < count; i++) {
            size_t start = str_find_byte(rows[i].snippet, '\x01', 0);
            size_t end = str_find_byte(rows[i].snippet, '\x02', 0);
            if (start == STR_MISSING || end == STR_MISSING || end < start + 2)
                fail_msg("%s: %.*s", asked[q], STR_ARG(rows[i].snippet));
            str hit = str_slice(rows[i].snippet, start + 1, end);
            if (q == 0 && str_find(hit, STR("Иванов"), 0) == STR_MISSING)
                fail_msg("%.*s", STR_ARG(hit));
            if (q == 1 && !str_equal(hit, STR("Kyiv")))
                fail_msg("%.*s", STR_ARG(hit));
        }
    }
}

/* ---- together ------------------------------------------------------------------------------ */

static const char *const conditions[] = {
    "grain",
    "title:harbour",
    "harb*",
    "\"the minister\"",
    "minister NEAR/3 vote",
    "who:shoigu",
    "place:kyiv",
    "outlet:herald",
    "path:0001*",
    "tag:later",
    "note:budget",
    "after:2023",
    "on:2022",
    "on:2021-03..2021-04",
    "is:unread",
    "is:bookmarked",
    "is:undated",
    "is:new",
    "-minister",
    "-who:shoigu",
};
enum { CONDITION_COUNT = sizeof conditions / sizeof *conditions };

static void assert_set(struct dossier *dossier, str query_text, const struct set *wanted)
{
    const char *query = query_text.ptr;
    struct set got = found(dossier, query);
    if (memcmp(got.has, wanted->has, sizeof got.has) != 0)
        fail_msg("%s", query);
    arena_reset(&dossier->arena);
}

static void conditions_combine_as_sets(void **state)
{
    struct dossier *dossier = *state;
    struct arena samples = dossier->arena; /* the samples are no more needed */
    struct set alone[CONDITION_COUNT];
    dossier->arena = (struct arena){0};
    for (size_t i = 0; i < CONDITION_COUNT; i++)
        alone[i] = found(dossier, conditions[i]);
    for (size_t i = 0; i < CONDITION_COUNT; i++)
        for (size_t j = 0; j < CONDITION_COUNT; j++) {
            struct set both = {0}, any = {0}, without = {0}, neither = {0};
            for (int k = 0; k < ARTICLE_COUNT; k++) {
                both.has[k] = alone[i].has[k] && alone[j].has[k];
                any.has[k] = alone[i].has[k] || alone[j].has[k];
                without.has[k] = alone[i].has[k] && !alone[j].has[k];
                neither.has[k] = !any.has[k];
            }
            if (i < j)
                assert_set(dossier,
                           arena_format(&dossier->arena, "%s %s", conditions[i], conditions[j]),
                           &both);
            if (i < j)
                assert_set(dossier,
                           arena_format(&dossier->arena, "%s OR %s", conditions[i], conditions[j]),
                           &any);
            assert_set(dossier,
                       arena_format(&dossier->arena, "(%s) -(%s)", conditions[i], conditions[j]),
                       &without);
            if ((i + j) % 5 == 0)
                assert_set(
                    dossier,
                    arena_format(&dossier->arena, "-((%s) OR %s)", conditions[i], conditions[j]),
                    &neither);
            if (j % 3 == 2 || j + 1 == CONDITION_COUNT)
                assert_plans(dossier->store);
        }
    arena_done(&dossier->arena);
    dossier->arena = samples;
}

/* n and N of a search walk the same articles, and know where they stand. */
static void a_target_walks_what_is_found(void **state)
{
    struct dossier *dossier = *state;
    struct search_query query;
    const char *text = "(who:shoigu OR harb*) -is:undated";
    parse(dossier, text, &query);
    struct set set = found(dossier, text);
    struct target target = {.kind = TARGET_SEARCH, .search = &query, .label = str_from(text)};
    struct article_query list = {.sort = SORT_DATE, .folded = true};
    struct target_place place = {0};
    bool wrapped = false;
    for (size_t i = 1; i <= set.count; i++) {
        struct target_position position;
        struct target_place from = place;
        OK(store_walk_target(dossier->store, &target, &list, i > 1 ? &from : NULL, false, &place,
                             &wrapped, &err));
        assert_false(wrapped);
        assert_true(set.has[number_of(dossier, place.article)]);
        OK(store_target_position(dossier->store, &target, &list, &place, &position, &err));
        assert_int_equal(position.article_index, i);
        assert_int_equal(position.article_count, set.count);
    }
    struct target_place last = place;
    OK(store_walk_target(dossier->store, &target, &list, &last, false, &place, &wrapped, &err));
    assert_true(wrapped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(fields_give_their_articles, check_plans),
        cmocka_unit_test_teardown(snippets_show_names_days_and_passages, check_plans),
        cmocka_unit_test(conditions_combine_as_sets),
        cmocka_unit_test_teardown(a_target_walks_what_is_found, check_plans),
    };
    return cmocka_run_group_tests(tests, make_dossier, end_dossier);
}
