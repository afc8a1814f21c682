/* layers: base text model store */
/* What the timeline keeps beside the moments, after articles came, changed and went: histogram,
 * days of publication, statements said twice, contradictions; and the lists that read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/internal.h"
#include "test_store.h"
#include "test_store_plans.h"

#define OK(call) assert_status((call), __LINE__)

enum { ARTICLE_COUNT = 40, ROUND_COUNT = 4 };

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
    struct sample_people people;
};

/* One of a few statements, so that many are alike; days of three months. */
static void describe(struct dossier *dossier, struct sample *sample, struct random *random)
{
    for (size_t i = 0; i < sample->moments.count; i++) {
        struct moment *moment = &sample->moments.items[i];
        if (moment->first == DAY_UNKNOWN || moment->first != moment->last)
            continue;
        moment->first = moment->last = day_from_civil(2022, 1, 1) + (day)random_below(random, 80);
        uint32_t kind = random_below(random, 4);
        uint32_t *words = arena_array(&dossier->arena, uint32_t, 6);
        for (uint32_t k = 0; k < 4; k++)
            words[k] = kind * 100 + k + 1;
        words[4] = statement_word(1, STATEMENT_TOLD);
        words[5] = statement_word(kind + 1, STATEMENT_ACT);
        moment->statement = (struct statement){words, 6};
    }
}

static void put(struct dossier *dossier, struct random *random, uint32_t i)
{
    sample_make(&dossier->arena, &dossier->samples[i], random, i, random_below(random, 25));
    describe(dossier, &dossier->samples[i], random);
    OK(sample_put(dossier->store, &dossier->people, &dossier->samples[i], &dossier->pages[i],
                  &err));
}

static int make_dossier(void **state)
{
    struct dossier *dossier = calloc(1, sizeof *dossier);
    struct random random = {7};
    *state = dossier;
    OK(store_open(":memory:", STORE_READ_WRITE, &dossier->store, &err));
    for (int round = 0; round < ROUND_COUNT; round++)
        for (uint32_t i = 0; i < ARTICLE_COUNT; i++)
            put(dossier, &random, i);
    assert_plans(dossier->store); /* of what an import asks */
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

/* Past the handle's statements, whose plans are looked at. */
static int64_t number(struct dossier *dossier, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(dossier->store->db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

static void counts_are_those_of_the_rows(void **state)
{
    struct dossier *dossier = *state;
    assert_true(number(dossier, "SELECT count(*) FROM derived_bucket WHERE statement_count > 0") >
                50);
    assert_int_equal(
        number(dossier,
               "SELECT count(*) FROM (SELECT scale, bucket, statement_count FROM derived_bucket"
               " WHERE statement_count <> 0 EXCEPT SELECT s.scale, scale_bucket(s.scale,"
               " m.first_day), count(*) FROM derived_moment m, (SELECT 0 AS scale UNION ALL"
               " SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) s WHERE m.first_day IS NOT NULL"
               " AND scale_bucket(s.scale, m.first_day) = scale_bucket(s.scale, m.last_day)"
               " GROUP BY 1, 2)"),
        0);
    assert_int_equal(
        number(dossier,
               "SELECT count(*) FROM (SELECT scale, bucket, article_count FROM derived_bucket"
               " WHERE article_count <> 0 EXCEPT SELECT s.scale, scale_bucket(s.scale,"
               " a.published_day), count(*) FROM derived_article a, (SELECT 0 AS scale UNION ALL"
               " SELECT 2) s WHERE a.published_day IS NOT NULL GROUP BY 1, 2)"),
        0);
    for (int scale = 0; scale < 4; scale += 2) {
        char sql[80];
        snprintf(sql, sizeof sql, "SELECT sum(article_count) FROM derived_bucket WHERE scale = %d",
                 scale);
        assert_int_equal(number(dossier, sql),
                         number(dossier, "SELECT count(published_day) FROM derived_article"));
    }
    assert_int_equal(
        number(dossier, "SELECT sum(statement_count) FROM derived_bucket WHERE scale = 0"),
        number(dossier, "SELECT count(*) FROM derived_moment WHERE first_day = last_day"));
}

static void nothing_is_left_of_what_went(void **state)
{
    static const char *const wrong[] = {
        /* keys, statements without their moment */
        "SELECT count(*) FROM derived_statement_key k LEFT JOIN derived_statement s"
        " ON s.date_key = k.date_key AND s.number = k.number WHERE s.day IS NULL",
        "SELECT count(*) FROM derived_statement s LEFT JOIN derived_moment m"
        " ON m.date_key = s.date_key AND m.number = s.number"
        " WHERE m.first_day IS NULL OR m.first_day <> s.day",
        /* twins: of the same day, with a leader that follows nobody */
        "SELECT count(*) FROM derived_twin w LEFT JOIN derived_moment a ON a.date_key = w.date_key"
        " AND a.number = w.number LEFT JOIN derived_moment b ON b.date_key = w.leader_date_key"
        " AND b.number = w.leader_number WHERE a.first_day IS NULL OR b.first_day IS NULL"
        " OR a.first_day <> b.first_day",
        "SELECT count(*) FROM derived_twin w JOIN derived_twin v ON v.date_key = w.leader_date_key"
        " AND v.number = w.leader_number",
        /* contradictions: both ways, of different days */
        "SELECT count(*) FROM derived_contradiction c LEFT JOIN derived_contradiction d"
        " ON d.date_key = c.other_date_key AND d.number = c.other_number"
        " AND d.other_date_key = c.date_key AND d.other_number = c.number WHERE d.number IS NULL",
        "SELECT count(*) FROM derived_contradiction c LEFT JOIN derived_moment a"
        " ON a.date_key = c.date_key AND a.number = c.number LEFT JOIN derived_moment b"
        " ON b.date_key = c.other_date_key AND b.number = c.other_number"
        " WHERE a.first_day IS NULL OR b.first_day IS NULL OR a.first_day = b.first_day",
    };
    struct dossier *dossier = *state;
    assert_true(number(dossier, "SELECT count(*) FROM derived_twin") > 3);
    assert_true(number(dossier, "SELECT count(*) FROM derived_contradiction") > 3);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(number(dossier, wrong[i]), 0);
}

/* The list against the moments that a condition lets through. */
static size_t list_all(struct dossier *dossier, const struct moment_query *query, uint32_t limit)
{
    struct arena arena = {0};
    struct page_request request = {.limit = limit};
    struct row_key key;
    const struct moment_row *rows;
    size_t seen = 0, count = limit;
    int64_t before = INT64_MIN;
    while (count == limit) {
        OK(store_list_moments(dossier->store, &arena, query, &request, &rows, &count, &err));
        for (size_t i = 0; i < count; i++) {
            assert_true(rows[i].key.number >= before);
            before = rows[i].key.number;
        }
        seen += count;
        if (count) {
            key = rows[count - 1].key;
            request.from = &key;
        }
    }
    arena_done(&arena);
    return seen;
}

static bool is_even(const struct search_node *words, str text)
{
    (void)words;
    return text.len % 2 == 0;
}

static void queries_let_through_what_fits(void **state)
{
    struct dossier *dossier = *state;
    const struct {
        struct moment_query query;
        const char *count;
    } cases[] = {
        {{.whole_days = true}, "SELECT count(*) FROM derived_moment WHERE first_day = last_day"},
        {{.folded = true},
         "SELECT (SELECT count(*) FROM derived_moment WHERE first_day IS NOT NULL)"
         " - (SELECT count(*) FROM derived_twin)"},
        {{.site = STR("herald")},
         "SELECT count(*) FROM derived_moment m JOIN derived_article a USING(date_key)"
         " WHERE m.first_day IS NOT NULL AND a.site = 'Herald'"},
        {{.site = STR("herald"), .words = STR("harbour parliament"), .folded = true},
         "SELECT count(*) FROM derived_moment m JOIN derived_article a USING(date_key)"
         " JOIN derived_text t USING(date_key) WHERE m.first_day IS NOT NULL"
         " AND a.site = 'Herald' AND t.text LIKE '%harbour%' AND t.text LIKE '%parliament%'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct moment_query query = cases[i].query;
        query.from = query.to = DAY_UNKNOWN;
        size_t wanted = (size_t)number(dossier, cases[i].count);
        assert_true(wanted > 0);
        assert_int_equal(list_all(dossier, &query, 7), wanted);
        assert_int_equal(list_all(dossier, &query, 1000), wanted);
    }
    struct moment_query both = {.from = DAY_UNKNOWN, .to = DAY_UNKNOWN};
    size_t all = list_all(dossier, &both, 1000);
    const struct search_node row = {
        .kind = SEARCH_WORDS, .column = SEARCH_ROW, .text = STR("even")};
    const struct search_query search = {.root = &row, .words_fit = is_even};
    both.search = &search;
    size_t even = list_all(dossier, &both, 5);
    assert_true(even > 0 && even < all);
    both = (struct moment_query){.from = DAY_UNKNOWN, .to = DAY_UNKNOWN};
    size_t together = 0;
    for (int i = 0; i < 5; i++)
        for (int k = 0; k < i; k++) {
            both.entity = dossier->people.ids[i];
            both.others[0] = dossier->people.ids[k];
            size_t one_way = list_all(dossier, &both, 10);
            both.entity = dossier->people.ids[k];
            both.others[0] = dossier->people.ids[i];
            assert_int_equal(list_all(dossier, &both, 10), one_way);
            together += one_way;
        }
    assert_in_range(together, 0, all * 10);
}

static void days_of_publication_are_walked(void **state)
{
    struct dossier *dossier = *state;
    struct moment_query query = {.from = DAY_UNKNOWN, .to = DAY_UNKNOWN};
    int64_t days = number(dossier, "SELECT count(DISTINCT published_day) FROM derived_article");
    for (int backward = 0; backward < 2; backward++) {
        struct page_request request = {.limit = 3, .backward = backward};
        struct row_key key;
        const struct published_row *row;
        size_t count = 3;
        int64_t seen = 0;
        day before = DAY_UNKNOWN;
        while (count == 3) {
            struct published_cursor *cursor =
                store_open_published(dossier->store, &dossier->arena, &query, &request, &err);
            for (count = 0; (row = store_next_published(cursor)); count++, seen++) {
                assert_true(before == DAY_UNKNOWN ||
                            (backward ? row->published < before : row->published > before));
                before = row->published;
                key = row->key;
                assert_true(row->article_count > 0 && row->article > 0);
            }
            OK(store_close_published(cursor));
            request.from = &key;
        }
        assert_int_equal(seen, days);
    }
}

static void bars_of_a_person_are_counted(void **state)
{
    struct dossier *dossier = *state;
    const struct bucket_row *bars;
    size_t count;
    int64_t sum = 0;
    struct moment_query query = {
        .from = DAY_UNKNOWN, .to = DAY_UNKNOWN, .entity = dossier->people.ids[0]};
    struct moment_query all = {.from = DAY_UNKNOWN, .to = DAY_UNKNOWN};
    OK(store_list_buckets(dossier->store, &dossier->arena, SCALE_MONTH, 2018 * 12, 2026 * 12,
                          &query, &bars, &count, &err));
    for (size_t i = 0; i < count; i++)
        sum += bars[i].count;
    size_t of_one = list_all(dossier, &query, 100);
    assert_int_equal(sum, of_one);
    size_t of_both = 0;
    for (size_t i = 1; i < sizeof dossier->people.ids / sizeof *dossier->people.ids && !of_both;
         i++) {
        query.others[0] = dossier->people.ids[i];
        of_both = list_all(dossier, &query, 100);
    }
    sum = 0;
    OK(store_list_buckets(dossier->store, &dossier->arena, SCALE_MONTH, 2018 * 12, 2026 * 12,
                          &query, &bars, &count, &err));
    for (size_t i = 0; i < count; i++)
        sum += bars[i].count;
    assert_int_equal(sum, of_both);
    assert_true(of_both < of_one);
    OK(store_list_buckets(dossier->store, &dossier->arena, SCALE_YEAR, 2018, 2026, &all, &bars,
                          &count, &err));
    assert_true(count >= 2);
}

/* The newest first, and as many as are published or told of in them. */
static void periods_hold_what_is_published_and_told(void **state)
{
    static const char *const counters[] = {
        [PERIOD_PUBLISHED] = "SELECT sum(article_count) FROM derived_bucket WHERE scale = 0",
        [PERIOD_TOLD] = "SELECT sum(statement_count) FROM derived_bucket WHERE scale = 0"};
    static const enum scale scales[] = {SCALE_DAY, SCALE_MONTH, SCALE_YEAR};
    struct dossier *dossier = *state;
    for (int kind = PERIOD_PUBLISHED; kind <= PERIOD_TOLD; kind++)
        for (size_t s = 0; s < sizeof scales / sizeof *scales; s++) {
            const struct bucket_row *rows;
            int64_t sum = 0;
            size_t count;
            OK(store_list_periods(dossier->store, &dossier->arena, (enum period_kind)kind,
                                  scales[s], DAY_MIN, DAY_MAX, &rows, &count, &err));
            assert_true(count > 1);
            for (size_t i = 0; i < count; i++) {
                assert_true(rows[i].count > 0);
                assert_true(i == 0 || rows[i].bucket < rows[i - 1].bucket);
                sum += rows[i].count;
            }
            int64_t days = number(dossier, counters[kind]);
            assert_true(kind == PERIOD_PUBLISHED || s == 0 ? sum == days : sum >= days);
        }
}

static void periods_keep_within_their_bounds(void **state)
{
    struct dossier *dossier = *state;
    const struct bucket_row *all, *some;
    size_t all_count, some_count;
    OK(store_list_periods(dossier->store, &dossier->arena, PERIOD_PUBLISHED, SCALE_MONTH, DAY_MIN,
                          DAY_MAX, &all, &all_count, &err));
    assert_true(all_count > 2);
    day first = scale_first_day(SCALE_MONTH, all[all_count - 2].bucket);
    day last = scale_first_day(SCALE_MONTH, all[1].bucket);
    OK(store_list_periods(dossier->store, &dossier->arena, PERIOD_PUBLISHED, SCALE_MONTH, first,
                          last, &some, &some_count, &err));
    assert_int_equal(some_count, all_count - 2);
    assert_memory_equal(some, all + 1, some_count * sizeof *some);
}

static int check_plans(void **state)
{
    struct dossier *dossier = *state;
    assert_plans(dossier->store);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_those_of_the_rows),
        cmocka_unit_test(nothing_is_left_of_what_went),
        cmocka_unit_test_teardown(queries_let_through_what_fits, check_plans),
        cmocka_unit_test_teardown(days_of_publication_are_walked, check_plans),
        cmocka_unit_test_teardown(bars_of_a_person_are_counted, check_plans),
        cmocka_unit_test_teardown(periods_hold_what_is_published_and_told, check_plans),
        cmocka_unit_test_teardown(periods_keep_within_their_bounds, check_plans),
    };
    return cmocka_run_group_tests(tests, make_dossier, end_dossier);
}
