/* layers: base text model ingest analyse store tui app */
/* The language of queries in the lists of people, mentions, bookmarks and statements: what asks
 * about articles gives the rows of the articles that a search gives; what asks about rows is
 * looked at in the rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/query.h"
#include "app/timeline_filter.h"
#include "store/internal.h"
#include "test_store.h"
#include "test_store_plans.h"
#include "text/fold.h"

#define OK(call) assert_status((call), __LINE__)

enum { ARTICLE_COUNT = 60, PAGE_ROWS = 7 };

static struct error err;

static void assert_status(enum status status, int line)
{
    if (status != STATUS_OK)
        fail_msg("line %d: %s", line, err.text);
}

struct dossier {
    struct store *store;
    struct arena arena;
    int64_t pages[ARTICLE_COUNT];
    struct sample_people people;
};

static int make_dossier(void **state)
{
    struct dossier *dossier = calloc(1, sizeof *dossier);
    struct random random = {7};
    *state = dossier;
    OK(store_open(":memory:", STORE_READ_WRITE, &dossier->store, &err));
    OK(store_begin(dossier->store, &err));
    for (uint32_t i = 0; i < ARTICLE_COUNT; i++) {
        struct sample sample;
        sample_make(&dossier->arena, &sample, &random, i, 6);
        OK(sample_put(dossier->store, &dossier->people, &sample, &dossier->pages[i], &err));
        if (i == ARTICLE_COUNT - 9)
            OK(store_note_visit(dossier->store, 20000, &err));
        if (i % 7 == 0)
            OK(store_set_read(dossier->store, dossier->pages[i], READ_DONE, 1, &err));
        if (i % 11 == 0)
            OK(store_set_tags(dossier->store, dossier->pages[i], STR("Energy"), 1, &err));
        struct bookmark kept = {.article = dossier->pages[i],
                                .quote = i % 2 ? STR("Der große Straßenbau") : STR("a quote"),
                                .note = i % 3 ? STR_NONE : STR("Ask Élodie again"),
                                .tags = i % 5 ? STR("later") : STR("urgent later")};
        if (i % 4 == 0 || i % 9 == 0)
            OK(store_put_bookmark(dossier->store, &kept, 1, &err));
    }
    OK(store_commit(dossier->store, &err));
    struct visit visit;
    OK(store_get_visit(dossier->store, &visit, &err));
    assert_int_equal(visit.new_count, 8);
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

static const struct search_query *parse(struct dossier *dossier, const char *text,
                                        enum query_use use)
{
    struct search_query *query = arena_new(&dossier->arena, struct search_query);
    if (!text)
        return NULL;
    if (query_parse(&dossier->arena, str_from(text), use, query, NULL, &err) != STATUS_OK)
        fail_msg("%s: %s", text, err.text);
    return query;
}

static const char *const questions[] = {
    "text:grain",
    "title:harbour",
    "who:shoigu",
    "place:kyiv",
    "outlet:herald",
    "path:0001*",
    "tag:energy",
    "after:2023",
    "on:2022",
    "is:unread",
    "is:undated",
    "is:new",
    "-text:minister",
    "outlet:herald after:2022",
    "outlet:herald OR is:read",
    "-(outlet:herald OR text:grain)",
    "is:read -outlet:herald",
    "near:\"minister vote\"~4",
};
enum { QUESTION_COUNT = sizeof questions / sizeof *questions };

/* ---- which articles: as the search says ------------------------------------------------------ */

static bool is_found(struct dossier *dossier, const char *text, int64_t article)
{
    struct page_request request = {.limit = ARTICLE_COUNT};
    const struct search_row *rows;
    size_t count;
    OK(store_search(dossier->store, &dossier->arena, parse(dossier, text, QUERY_SEARCH), &request,
                    &rows, &count, &err));
    for (size_t i = 0; i < count; i++)
        if (rows[i].article == article)
            return true;
    return false;
}

/* ---- the lists, by pages: a set of rows by what tells them apart ----------------------------- */

struct listed {
    int64_t article, number;
};
typedef VEC(struct listed) listed_vec;

static void add(struct dossier *dossier, listed_vec *rows, int64_t article, int64_t number)
{
    vec_push(&dossier->arena, rows, (struct listed){article, number});
}

static size_t page_of_mentions(struct dossier *dossier, const struct search_query *search,
                               const struct page_request *request, listed_vec *out,
                               struct row_key *last)
{
    struct mention_query query = {.entity = dossier->people.ids[0], .search = search};
    const struct mention_row *rows;
    size_t count;
    OK(store_list_mentions(dossier->store, &dossier->arena, &query, request, &rows, &count, &err));
    for (size_t i = 0; i < count; i++) {
        add(dossier, out, rows[i].article, rows[i].start);
        *last = rows[i].key;
    }
    return count;
}

static size_t page_of_bookmarks(struct dossier *dossier, const struct search_query *search,
                                const struct page_request *request, listed_vec *out,
                                struct row_key *last)
{
    struct bookmark_query query = {.search = search};
    const struct bookmark_row *rows;
    size_t count;
    OK(store_list_bookmarks(dossier->store, &dossier->arena, &query, request, &rows, &count, &err));
    for (size_t i = 0; i < count; i++) {
        add(dossier, out, rows[i].bookmark.article, rows[i].bookmark.id);
        *last = rows[i].key;
    }
    return count;
}

static size_t page_of_moments(struct dossier *dossier, const struct search_query *search,
                              const struct page_request *request, listed_vec *out,
                              struct row_key *last)
{
    struct moment_query query = {.from = DAY_UNKNOWN, .to = DAY_UNKNOWN, .search = search};
    const struct moment_row *rows;
    size_t count;
    OK(store_list_moments(dossier->store, &dossier->arena, &query, request, &rows, &count, &err));
    for (size_t i = 0; i < count; i++) {
        add(dossier, out, rows[i].article, rows[i].moment.start);
        *last = rows[i].key;
    }
    return count;
}

static const struct list {
    enum query_use use;
    size_t (*page)(struct dossier *, const struct search_query *, const struct page_request *,
                   listed_vec *, struct row_key *);
} lists[] = {
    {QUERY_MENTIONS, page_of_mentions},
    {QUERY_BOOKMARKS, page_of_bookmarks},
    {QUERY_MOMENTS, page_of_moments},
};
enum { LIST_COUNT = sizeof lists / sizeof *lists };

static listed_vec rows_of(struct dossier *dossier, const struct list *list, const char *text)
{
    const struct search_query *search = parse(dossier, text, list->use);
    struct row_key last;
    struct page_request request = {.limit = PAGE_ROWS};
    listed_vec rows = {0};
    while (list->page(dossier, search, &request, &rows, &last) == PAGE_ROWS)
        request.from = &last;
    return rows;
}

/* The timeline's own "on:" is about the statement. */
static bool is_of_article(const struct list *list, const char *question)
{
    bool of_row = (list->use == QUERY_MOMENTS && strncmp(question, "on:", 3) == 0) ||
                  (list->use == QUERY_BOOKMARKS && strncmp(question, "tag:", 4) == 0);
    return !of_row;
}

static void articles_decide_their_rows(void **state)
{
    struct dossier *dossier = *state;
    for (size_t l = 0; l < LIST_COUNT; l++) {
        struct arena kept = dossier->arena;
        dossier->arena = (struct arena){0};
        listed_vec all = rows_of(dossier, &lists[l], NULL);
        assert_true(all.count > PAGE_ROWS);
        for (size_t q = 0; q < QUESTION_COUNT; q++) {
            if (!is_of_article(&lists[l], questions[q]))
                continue;
            listed_vec some = rows_of(dossier, &lists[l], questions[q]);
            size_t at = 0;
            for (size_t i = 0; i < all.count; i++) {
                if (!is_found(dossier, questions[q], all.items[i].article))
                    continue;
                if (at >= some.count || some.items[at].article != all.items[i].article ||
                    some.items[at].number != all.items[i].number)
                    fail_msg("list %zu, %s: row %zu", l, questions[q], i);
                at++;
            }
            assert_int_equal(at, some.count);
        }
        arena_done(&dossier->arena);
        dossier->arena = kept;
    }
}

/* ---- people --------------------------------------------------------------------------------- */

static bool is_named(struct dossier *dossier, int64_t entity, const char *text)
{
    struct mention_query query = {.entity = entity};
    struct page_request request = {.limit = 1000};
    const struct mention_row *rows;
    size_t count;
    OK(store_list_mentions(dossier->store, &dossier->arena, &query, &request, &rows, &count, &err));
    for (size_t i = 0; i < count; i++)
        if (is_found(dossier, text, rows[i].article))
            return true;
    return false;
}

static size_t entities_of(struct dossier *dossier, enum entity_kind kind, enum entity_sort sort,
                          const char *text, bool *has)
{
    struct entity_query query = {kind, sort, parse(dossier, text, QUERY_PEOPLE)};
    struct row_key last;
    struct page_request request = {.limit = 2};
    const struct entity_row *rows;
    size_t count, total = 0;
    int64_t counted;
    memset(has, 0, SAMPLE_NAME_COUNT * sizeof *has);
    do {
        OK(store_list_entities(dossier->store, &dossier->arena, &query, &request, &rows, &count,
                               &err));
        for (size_t i = 0; i < count; i++) {
            for (size_t k = 0; k < SAMPLE_NAME_COUNT; k++)
                has[k] = has[k] || dossier->people.ids[k] == rows[i].id;
            last = rows[i].key;
        }
        request.from = &last;
        total += count;
    } while (count == request.limit);
    OK(store_count_entities(dossier->store, &query, &counted, &err));
    assert_int_equal(counted, total);
    return total;
}

static void articles_decide_who_is_listed(void **state)
{
    struct dossier *dossier = *state;
    bool all[SAMPLE_NAME_COUNT], some[SAMPLE_NAME_COUNT];
    for (int sort = ENTITY_BY_MENTIONS; sort <= ENTITY_BY_ARTICLES; sort++)
        for (size_t q = 0; q < QUESTION_COUNT; q++) {
            entities_of(dossier, ENTITY_PERSON, (enum entity_sort)sort, NULL, all);
            entities_of(dossier, ENTITY_PERSON, (enum entity_sort)sort, questions[q], some);
            for (size_t k = 0; k < SAMPLE_NAME_COUNT; k++)
                if (some[k] != (all[k] && is_named(dossier, dossier->people.ids[k], questions[q])))
                    fail_msg("%s: %s", questions[q], sample_names[k].name);
        }
}

static void names_are_found_by_their_words(void **state)
{
    struct dossier *dossier = *state;
    static const struct {
        const char *text;
        size_t count;
    } cases[] = {
        {"shoi", 1},
        {"ИВАН пёт", 1},
        {"shoi OR иван", 2},
        {"nobody", 0},
        {"\"shoi\"", 0},
        {"name:\"Sergei Shoigu\"", 1},
        {"name:\"Shoigu Sergei\"", 0},
        {"shoi outlet:nowhere", 0},
        {"shoi outlet:herald", 1},
        {"nobody OR (shoi outlet:herald)", 1},
    };
    bool has[SAMPLE_NAME_COUNT];
    size_t all = entities_of(dossier, ENTITY_PERSON, ENTITY_BY_NAME, NULL, has);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t count = entities_of(dossier, ENTITY_PERSON, ENTITY_BY_NAME, cases[i].text, has);
        if (count != cases[i].count)
            fail_msg("%s: %zu", cases[i].text, count);
    }
    assert_int_equal(entities_of(dossier, ENTITY_PERSON, ENTITY_BY_NAME, "-shoi", has), all - 1);
    assert_int_equal(entities_of(dossier, ENTITY_PERSON, ENTITY_BY_NAME, "-(shoi OR иван)", has),
                     all - 2);
}

/* ---- rows of their own ----------------------------------------------------------------------- */

static void bookmarks_are_asked_themselves(void **state)
{
    struct dossier *dossier = *state;
    static const struct {
        const char *text;
        int every; /* kept articles whose number this divides; odd: -1; none: 0 */
    } cases[] = {
        {"note:elodie", 3}, {"note:\"ASK élodie\"", 3},
        {"elod", 3},        {"tag:urgent", 5},
        {"tag:urg*", 5},    {"tag:urg", 0},
        {"strassenb", -1},  {"\"grosse straßenbau\"", -1},
        {"GROSSE", -1},     {"tag:energy", 0},
        {"odie", 0},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        listed_vec rows = rows_of(dossier, &lists[1], cases[c].text);
        size_t wanted = 0;
        for (int i = 0; i < ARTICLE_COUNT; i++)
            if (i % 4 == 0 || i % 9 == 0)
                wanted +=
                    cases[c].every > 0 ? i % cases[c].every == 0 : cases[c].every < 0 && i % 2;
        if (rows.count != wanted)
            fail_msg("%s: %zu, not %zu", cases[c].text, rows.count, wanted);
    }
}

static void mentions_are_asked_for_form_and_context(void **state)
{
    struct dossier *dossier = *state;
    size_t all = rows_of(dossier, &lists[0], NULL).count;
    size_t full = rows_of(dossier, &lists[0], "name:\"Sergei Shoigu\"").count;
    size_t rest = rows_of(dossier, &lists[0], "-name:sergei").count;
    assert_true(full > 0 && rest > 0);
    assert_int_equal(full + rest, all);
    size_t cafe = rows_of(dossier, &lists[0], "CAFE").count;
    assert_true(cafe > 0 && cafe < all);
    assert_int_equal(rows_of(dossier, &lists[0], "afe").count, 0);
}

static size_t statements(struct dossier *dossier, const char *text)
{
    struct moment_query query = {.from = DAY_UNKNOWN, .to = DAY_UNKNOWN};
    struct page_request request = {.limit = 1000};
    const struct moment_row *rows;
    size_t count;
    if (timeline_filter_parse(dossier->store, &dossier->arena, str_from(text), &query, NULL,
                              &err) != STATUS_OK)
        fail_msg("%s: %s", text, err.text);
    OK(store_list_moments(dossier->store, &dossier->arena, &query, &request, &rows, &count, &err));
    return count;
}

static void statements_are_asked_themselves(void **state)
{
    struct dossier *dossier = *state;
    size_t all = statements(dossier, ""), early = statements(dossier, "to:2021"),
           late = statements(dossier, "from:2022"), days = statements(dossier, "day:");
    assert_true(early > 0 && late > 0 && days > 0 && days < all);
    assert_int_equal(early + late, all);
    assert_int_equal(statements(dossier, "to:2021 OR from:2022"), all);
    assert_int_equal(statements(dossier, "from:2021 to:2021"), statements(dossier, "on:2021"));
    assert_int_equal(statements(dossier, "-day:"), all - days);
    size_t ministers = statements(dossier, "minist");
    assert_true(ministers > 0 && ministers < all);
    assert_int_equal(statements(dossier, "-minist"), all - ministers);
    assert_int_equal(statements(dossier, "inist"), 0);
    size_t named = statements(dossier, "who:shoigu");
    assert_true(named > 0 && named < all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(articles_decide_their_rows, check_plans),
        cmocka_unit_test_teardown(articles_decide_who_is_listed, check_plans),
        cmocka_unit_test_teardown(names_are_found_by_their_words, check_plans),
        cmocka_unit_test_teardown(bookmarks_are_asked_themselves, check_plans),
        cmocka_unit_test_teardown(mentions_are_asked_for_form_and_context, check_plans),
        cmocka_unit_test_teardown(statements_are_asked_themselves, check_plans),
    };
    return cmocka_run_group_tests(tests, make_dossier, end_dossier);
}
