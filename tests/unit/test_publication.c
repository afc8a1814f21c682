/* layers: base text model ingest analyse store tui app */
/* Bounds of undated articles from dated ones that tell of the same: what they are, that they stay a
 * guess, and that they do not depend on the order in which articles come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/label.h"
#include "app/pipeline.h"
#include "bench.h"
#include "test_store_plans.h"

enum { ROUNDS = 24, SPREAD_PAGES = SIMILAR_SPREAD_LIMIT + 4 };

/* The same event in four papers' words, a copy, and two that have nothing to do with it. */
static const struct {
    const char *path, *text;
} pages[] = {
    {"dated-one.txt",
     "Ferry company admits faulty bulkheads\nAugust 5, 2024\n\n"
     "The ferry operator Nordfjell admitted on Monday that bulkheads of the Astrild had rusted "
     "through long before it foundered on July 30, 2024, with the loss of four crew.\n\n"
     "Marta Helling, who chairs the board, said the shipyard had been warned. Tobias Krane, the "
     "chief surveyor, called the welding slipshod.\n"},
    {"dated-two.txt",
     "Surveyor: Astrild should not have sailed\nAugust 8, 2024\n\n"
     "Tobias Krane told the inquiry that the Astrild, which foundered on July 30, 2024, was "
     "unseaworthy. The bulkheads were rusted, and Nordfjell had known, he said.\n\n"
     "Marta Helling rejected that. The shipyard has not replied to questions.\n"},
    {"undated.txt",
     "Families of the Astrild's crew want answers\n\n"
     "Relatives of the four who died when the Astrild foundered on July 30, 2024, have asked Marta "
     "Helling to step down. They say the bulkheads were slipshod.\n\n"
     "Tobias Krane met them last week. The shipyard had lost its licence last year, and Nordfjell "
     "changed its surveyors in the spring.\n"},
    {"undated-copy.txt",
     "Ferry company admits faulty bulkheads\n\n"
     "The ferry operator Nordfjell admitted on Monday that bulkheads of the Astrild had rusted "
     "through long before it foundered on July 30, 2024, with the loss of four crew.\n\n"
     "Marta Helling, who chairs the board, said the shipyard had been warned. Tobias Krane, the "
     "chief surveyor, called the welding slipshod.\n"},
    {"elsewhere.txt",
     "Orchard growers fear the frost\n\n"
     "Growers along the river lit fires between the trees last week. Agnes Trell, who has four "
     "hundred cherry trees, slept in her lorry.\n"},
    {"dated-elsewhere.txt",
     "A chess club turns a hundred\nMarch 2, 2019\n\n"
     "Marta Helling, who chairs the club, opened the evening. The oldest member is ninety.\n"},
};
enum { PAGE_COUNT = sizeof pages / sizeof *pages, UNDATED = 2, COPY = 3, ELSEWHERE = 4 };

static void empty_store(struct bench *bench)
{
    store_close(bench->store);
    arena_reset(&bench->arena);
    ASSERT_OK(bench, store_open(":memory:", STORE_READ_WRITE, &bench->store, &bench->err));
}

static int64_t import_text(struct bench *bench, str path, str text, day given)
{
    enum import_outcome outcome;
    struct source_page source = {
        .path = path, .format = STR("text"), .raw = text, .given = given, .imported = 17};
    ASSERT_OK(bench, store_begin(bench->store, &bench->err));
    ASSERT_OK(bench, store_put_source(bench->store, &source, &outcome, &bench->err));
    ASSERT_OK(bench, pipeline_derive_source(&bench->pipeline, bench->store, &source, &bench->err));
    ASSERT_OK(bench, store_commit(bench->store, &bench->err));
    return source.id;
}

static int64_t import_page(struct bench *bench, size_t i)
{
    return import_text(bench, str_from(pages[i].path), str_from(pages[i].text), DAY_UNKNOWN);
}

static void settle(struct bench *bench)
{
    enum status status = store_begin(bench->store, &bench->err);
    while (status == STATUS_OK)
        status = pipeline_settle_next(&bench->pipeline, bench->store, &bench->err);
    assert_int_equal(status, STATUS_NOT_FOUND);
    ASSERT_OK(bench, store_commit(bench->store, &bench->err));
}

static struct stored_article get_article(struct bench *bench, int64_t id)
{
    struct stored_article article = {0};
    ASSERT_OK(bench, store_get_article(bench->store, &bench->arena, id, &article, &bench->err));
    return article;
}

static const struct moment *moment_named(const struct stored_article *article, const char *words)
{
    for (size_t i = 0; i < article->moments.count; i++) {
        const struct moment *moment = &article->moments.items[i];
        if (str_equal(str_slice(article->article.text, moment->start, moment->end),
                      str_from(words)))
            return moment;
    }
    fail_msg("\"%s\" is not marked", words);
    return NULL;
}

static void assert_label(const struct stored_article *article, const char *wanted)
{
    struct buf text = BUF_INIT;
    label_publication_long(&text, &article->article.published);
    assert_string_equal(buf_c(&text), wanted);
    buf_done(&text);
}

/* Everything that the day of publication touches, in words. */
static void describe(struct bench *bench, int64_t id, struct buf *out)
{
    struct stored_article article = get_article(bench, id);
    const struct publication *published = &article.article.published;
    buf_format(out, "%.*s: %s %u ", STR_ARG(article.article.path),
               date_basis_name(published->basis), (unsigned)published->similar_count);
    day_add(out, published->value);
    buf_add_byte(out, ' ');
    day_add(out, published->earliest);
    buf_add_byte(out, ' ');
    day_add(out, published->latest);
    for (size_t i = 0; i < article.moments.count; i++) {
        const struct moment *moment = &article.moments.items[i];
        buf_format(out, "; %.*s %s (%.*s)", STR_ARG(moment->value),
                   certainty_name(moment->certainty), STR_ARG(moment->reference));
    }
    buf_add_byte(out, '\n');
}

/* ---- what they are ------------------------------------------------------------------------- */

static void two_similar_articles_give_bounds(void **state)
{
    struct bench *bench = *state;
    int64_t ids[PAGE_COUNT];
    for (size_t i = 0; i < PAGE_COUNT; i++)
        ids[i] = import_page(bench, i);
    settle(bench);
    struct stored_article undated = get_article(bench, ids[UNDATED]);
    const struct publication *published = &undated.article.published;
    assert_int_equal(published->basis, DATE_BASIS_INFERRED);
    assert_int_equal(published->value, DAY_UNKNOWN);
    assert_int_equal(published->similar_count, 2);
    /* not before the day that it tells of in the past, not long after the others */
    assert_int_equal(published->earliest, day_from_civil(2024, 7, 30));
    assert_int_equal(published->latest, day_from_civil(2024, 9, 8));
    assert_label(&undated, "≈ Aug 2024, from 2 similar articles");
    struct stored_article elsewhere = get_article(bench, ids[ELSEWHERE]);
    assert_int_equal(elsewhere.article.published.basis, DATE_BASIS_UNKNOWN);
    assert_label(&elsewhere, "unknown");
    struct stored_article dated = get_article(bench, ids[0]);
    assert_int_equal(dated.article.published.similar_count, 0);
    assert_label(&dated, "2024-08-05 stated");
}

/* The look-ups go by indexes. */
static void looking_for_similar_articles_reads_no_table(void **state)
{
    struct bench *bench = *state;
    const struct similar_article *found = NULL;
    struct similar_keys keys = {.items = {1, 2, 3}, .count = 3};
    struct waiting_article waiting;
    size_t count = 0;
    (void)import_page(bench, UNDATED);
    (void)import_page(bench, 0);
    statements_free(bench->store);
    ASSERT_OK(bench, store_find_similar(bench->store, &bench->arena, 1, &keys, &found, &count,
                                        &bench->err));
    ASSERT_OK(bench, store_next_waiting(bench->store, &waiting, &bench->err));
    assert_true(waiting.keys.count > 4);
    assert_plans(bench->store);
}

static void what_bounds_allow_is_a_guess_and_the_rest_stays_open(void **state)
{
    struct bench *bench = *state;
    int64_t id = import_page(bench, UNDATED);
    struct stored_article before = get_article(bench, id);
    assert_int_equal(moment_named(&before, "last year")->certainty, CERTAINTY_UNRESOLVED);
    (void)import_page(bench, 0);
    (void)import_page(bench, 1);
    settle(bench);
    struct stored_article after = get_article(bench, id);
    const struct moment *year = moment_named(&after, "last year");
    assert_true(str_equal(year->value, STR("2023")));
    assert_int_equal(year->certainty, CERTAINTY_GUESSED);
    assert_true(str_find(year->reference, STR("similar"), 0) != STR_MISSING);
    const struct moment *week = moment_named(&after, "last week");
    assert_true(str_equal(week->value, STR("XXXX-WXX")));
    assert_int_equal(week->certainty, CERTAINTY_UNRESOLVED);
    assert_int_equal(moment_named(&after, "July 30, 2024")->certainty, CERTAINTY_EXPLICIT);
}

static void one_copy_is_enough_and_one_like_it_is_not(void **state)
{
    struct bench *bench = *state;
    int64_t copy = import_page(bench, COPY), undated = import_page(bench, UNDATED);
    (void)import_page(bench, 0);
    settle(bench);
    struct stored_article article = get_article(bench, copy);
    assert_int_equal(article.article.published.similar_count, 1);
    assert_label(&article, "≈ Aug 2024, from 1 similar article");
    article = get_article(bench, undated);
    assert_int_equal(article.article.published.similar_count, 0);
    assert_label(&article, "not before 2024-07-30");
}

/* Another day for one of the two: they do not agree any more. */
static void bounds_follow_the_articles_that_made_them(void **state)
{
    struct bench *bench = *state;
    int64_t id = import_page(bench, UNDATED);
    (void)import_page(bench, 0);
    (void)import_page(bench, 1);
    settle(bench);
    assert_int_equal(get_article(bench, id).article.published.similar_count, 2);
    const char *rest = strchr(strchr(pages[1].text, '\n') + 1, '\n');
    str later =
        arena_format(&bench->arena, "Surveyor: no ferry should sail\nFebruary 1, 2025%s", rest);
    (void)import_text(bench, str_from(pages[1].path), later, DAY_UNKNOWN);
    settle(bench);
    struct stored_article article = get_article(bench, id);
    assert_int_equal(article.article.published.similar_count, 0);
    assert_int_equal(article.article.published.latest, DAY_UNKNOWN);
    assert_int_equal(moment_named(&article, "last year")->certainty, CERTAINTY_UNRESOLVED);
}

/* ---- the order ----------------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

static void shuffle(size_t *order, size_t count, uint32_t *random)
{
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (size_t i = count; i > 1; i--) {
        size_t other = next_random(random) % i, kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
}

static void the_order_of_import_does_not_matter(void **state)
{
    struct bench *bench = *state;
    struct buf first = BUF_INIT;
    uint32_t random = 7;
    for (int round = 0; round < ROUNDS; round++) {
        struct buf now = BUF_INIT;
        size_t order[PAGE_COUNT];
        int64_t ids[PAGE_COUNT];
        empty_store(bench);
        shuffle(order, PAGE_COUNT, &random);
        for (size_t i = 0; i < PAGE_COUNT; i++) {
            ids[order[i]] = import_page(bench, order[i]);
            if (next_random(&random) % 3 == 0)
                settle(bench);
        }
        settle(bench);
        for (size_t i = 0; i < PAGE_COUNT; i++)
            describe(bench, ids[i], &now);
        if (round == 0)
            buf_add(&first, buf_str(&now));
        else
            assert_string_equal(buf_c(&now), buf_c(&first));
        buf_done(&now);
    }
    assert_non_null(strstr(buf_c(&first), "inferred 2"));
    buf_done(&first);
}

/* A name that everybody has says nothing, whether the undated article comes first, last or in the
 * middle of the flood. */
static void a_flood_silences_a_key_in_every_order(void **state)
{
    struct bench *bench = *state;
    struct buf first = BUF_INIT;
    for (size_t place = 0; place < SPREAD_PAGES; place += SPREAD_PAGES / 3) {
        struct buf now = BUF_INIT;
        int64_t id = 0;
        empty_store(bench);
        for (size_t i = 0; i < SPREAD_PAGES; i++) {
            str path = arena_format(&bench->arena, "%zu.txt", i);
            str text = arena_format(
                &bench->arena,
                "Report %zu\nAugust 5, 2024\n\nMarta Helling and Tobias Krane spoke on July 30, "
                "2024, "
                "of the unseaworthy bulkheads, as witness number %zu recalled in a letter.\n",
                i, i * 7919);
            if (i == place)
                id = import_page(bench, UNDATED);
            (void)import_text(bench, path, text, DAY_UNKNOWN);
            if (i % 5 == 0)
                settle(bench);
        }
        settle(bench);
        describe(bench, id, &now);
        if (place == 0)
            buf_add(&first, buf_str(&now));
        else
            assert_string_equal(buf_c(&now), buf_c(&first));
        buf_done(&now);
    }
    assert_null(strstr(buf_c(&first), "similar"));
    buf_done(&first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_BENCH(two_similar_articles_give_bounds),
        WITH_BENCH(looking_for_similar_articles_reads_no_table),
        WITH_BENCH(what_bounds_allow_is_a_guess_and_the_rest_stays_open),
        WITH_BENCH(one_copy_is_enough_and_one_like_it_is_not),
        WITH_BENCH(bounds_follow_the_articles_that_made_them),
        WITH_BENCH(the_order_of_import_does_not_matter),
        WITH_BENCH(a_flood_silences_a_key_in_every_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
