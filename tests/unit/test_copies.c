/* layers: base text model ingest analyse store tui app */
/* Near-duplicates: what is a copy of what must not depend on the order of import. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/import.h"
#include "store/internal.h"
#include "test_store.h"
#include "test_store_plans.h"

#define OK(call) assert_status((call), __LINE__)

static struct error err;

static void assert_status(enum status status, int line)
{
    if (status != STATUS_OK)
        fail_msg("line %d: %s", line, err.text);
}

enum { FAMILY_COUNT = 6, VERSION_COUNT = 10, CROWD = 30, TEXT_COUNT = 90, ORDER_COUNT = 6 };

/* ---- sketches ------------------------------------------------------------------------------ */

struct text {
    struct article article;
    struct copy_sketch sketch;
};

struct pile {
    struct arena arena;
    struct text texts[TEXT_COUNT];
};

static void change(struct copy_sketch *sketch, struct random *random, uint32_t hashes)
{
    for (uint32_t i = 0; i < hashes; i++)
        sketch->minima[random_below(random, COPY_HASHES)] = (uint16_t)random_below(random, 65536);
}

/* Families whose versions change bit by bit, so that the last is no longer like the first, and a
 * crowd of one text that no band holds as a whole; on few days, some on none. */
static int make_pile(void **state)
{
    struct pile *pile = calloc(1, sizeof *pile);
    struct random random = {11};
    *state = pile;
    for (uint32_t i = 0; i < TEXT_COUNT; i++) {
        struct text *text = &pile->texts[i];
        bool in_crowd = i >= FAMILY_COUNT * VERSION_COUNT;
        bool is_first = in_crowd ? i == FAMILY_COUNT * VERSION_COUNT : i % VERSION_COUNT == 0;
        day when = random_below(&random, 5) == 0
                       ? DAY_UNKNOWN
                       : day_from_civil(2024, 5, 1) + (day)random_below(&random, 4);
        if (!is_first)
            text->sketch = text[-1].sketch;
        change(&text->sketch, &random, is_first ? 1000 : in_crowd ? 1 : 14);
        text->sketch.exists = true;
        text->sketch.text_hash = random_below(&random, 1U << 31);
        text->article = (struct article){
            .path = arena_format(&pile->arena, "%u.txt", i),
            .text = arena_format(&pile->arena, "text %u", i),
            .published = {DATE_BASIS_STATED, when, when, when, 0},
        };
    }
    return 0;
}

static int end_pile(void **state)
{
    struct pile *pile = *state;
    arena_done(&pile->arena);
    free(pile);
    return 0;
}

static int64_t put(struct store *store, const struct text *text, const struct copy_sketch *sketch)
{
    static const mention_vec mentions;
    static const entity_vec entities;
    static const moment_vec moments;
    struct source_page source = {.path = text->article.path,
                                 .format = STR("text"),
                                 .raw = text->article.path,
                                 .given = DAY_UNKNOWN};
    enum import_outcome outcome;
    OK(store_put_source(store, &source, &outcome, &err));
    struct derived derived = {.page = source.id,
                              .version = source.version,
                              .article = &text->article,
                              .mentions = &mentions,
                              .entities = &entities,
                              .moments = &moments,
                              .copy = sketch};
    OK(store_put_derived(store, &derived, &err));
    return source.id;
}

/* leaders[i]: the index of the leader of text i. */
static void import_in_order(struct pile *pile, uint64_t seed, bool with_others_before,
                            uint32_t leaders[TEXT_COUNT])
{
    struct store *store;
    struct random random = {seed};
    uint32_t order[TEXT_COUNT];
    int64_t pages[TEXT_COUNT], leader, copies = 0;
    struct store_totals totals;
    OK(store_open(":memory:", STORE_READ_WRITE, &store, &err));
    for (uint32_t i = 0; i < TEXT_COUNT; i++) {
        uint32_t k = random_below(&random, i + 1);
        order[i] = order[k];
        order[k] = i;
    }
    /* First with the sketch of another text, or none: what came so must leave nothing behind. */
    for (uint32_t i = 0; i < TEXT_COUNT && with_others_before; i++)
        put(store, &pile->texts[order[i]],
            i % 7 == 0 ? NULL : &pile->texts[random_below(&random, TEXT_COUNT)].sketch);
    for (uint32_t i = 0; i < TEXT_COUNT; i++)
        pages[order[i]] = put(store, &pile->texts[order[i]], &pile->texts[order[i]].sketch);
    for (uint32_t i = 0; i < TEXT_COUNT; i++) {
        OK(store_find_leader(store, pages[i], &leader, &err));
        for (uint32_t k = 0; k < TEXT_COUNT; k++)
            if (pages[k] == leader)
                leaders[i] = k;
        copies += leaders[i] != i;
    }
    OK(store_get_totals(store, &totals, &err));
    assert_int_equal(totals.copies, copies);
    assert_plans(store);
    store_close(store);
}

static void the_order_of_import_does_not_matter(void **state)
{
    struct pile *pile = *state;
    uint32_t wanted[TEXT_COUNT], got[TEXT_COUNT], alone = 0;
    import_in_order(pile, 1, false, wanted);
    for (uint32_t i = 0; i < TEXT_COUNT; i++) {
        day own = pile->texts[i].article.published.value;
        day first = pile->texts[wanted[i]].article.published.value;
        assert_true(own == DAY_UNKNOWN || (first != DAY_UNKNOWN && first <= own));
        alone += wanted[i] == i;
    }
    assert_in_range(alone, FAMILY_COUNT + 1, TEXT_COUNT / 2);
    for (uint64_t seed = 2; seed < 2 + ORDER_COUNT; seed++) {
        import_in_order(pile, seed, seed % 2 == 0, got);
        for (uint32_t i = 0; i < TEXT_COUNT; i++)
            if (got[i] != wanted[i])
                fail_msg("order %d: text %u stands under %u, not %u", (int)seed, i, got[i],
                         wanted[i]);
    }
}

static void a_folded_list_has_the_leaders(void **state)
{
    struct pile *pile = *state;
    struct store *store;
    OK(store_open(":memory:", STORE_READ_WRITE, &store, &err));
    for (uint32_t i = 0; i < TEXT_COUNT; i++)
        put(store, &pile->texts[i], &pile->texts[i].sketch);
    for (int sort = 0; sort < SORT_COUNT; sort++) {
        struct article_query query = {.sort = (enum article_sort)sort, .folded = true};
        struct page_request request = {.limit = TEXT_COUNT};
        const struct article_row *rows;
        size_t count;
        int64_t total, together = 0;
        OK(store_list_articles(store, &pile->arena, &query, &request, &rows, &count, &err));
        OK(store_count_articles(store, &query, &total, &err));
        assert_int_equal(count, total);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(rows[i].copy_of, 0);
            together += 1 + rows[i].copy_count;
        }
        assert_int_equal(together, TEXT_COUNT);
    }
    assert_plans(store);
    store_close(store);
}

/* ---- texts --------------------------------------------------------------------------------- */

static void add_sentences(struct buf *text, uint32_t seed, uint32_t count)
{
    struct random random = {seed};
    for (uint32_t i = 0; i < count; i++) {
        buf_format(text, "The council of town %u", random_below(&random, 5000));
        for (uint32_t k = 0; k < 8; k++)
            buf_format(text, " word%u", random_below(&random, 3000));
        buf_add(text, STR(" on the day.\n"));
    }
}

static struct copy_sketch sketch_of(struct analyser *analyser, str text)
{
    struct arena arena = {0};
    struct analysis analysis = {0};
    struct copy_sketch sketch;
    struct article article = {.text = text};
    struct block block = {BLOCK_PARAGRAPH, 0, (uint32_t)text.len, 1};
    vec_push(&arena, &article.blocks, block);
    analyse_article(analyser, &arena, &article, &analysis);
    copy_sketch_make(&article, &analysis, &sketch);
    arena_done(&arena);
    return sketch;
}

static void versions_of_a_text_agree_and_others_do_not(void **state)
{
    (void)state;
    struct pipeline pipeline;
    const struct environment environment = {.data_folder = DATA_DIR};
    struct buf first = BUF_INIT, longer = BUF_INIT, other = BUF_INIT;
    OK(pipeline_open(&environment, &pipeline, &err));
    add_sentences(&first, 1, 40);
    buf_add(&longer, buf_str(&first));
    add_sentences(&longer, 2, 4);
    add_sentences(&other, 3, 40);
    struct copy_sketch a = sketch_of(pipeline.analyser, buf_str(&first));
    struct copy_sketch b = sketch_of(pipeline.analyser, buf_str(&longer));
    struct copy_sketch c = sketch_of(pipeline.analyser, buf_str(&other));
    assert_true(a.exists && b.exists && c.exists);
    assert_in_range(copy_agreement(&a, &b), COPY_AGREE, COPY_HASHES - 1);
    assert_in_range(copy_agreement(&a, &c), 0, COPY_AGREE / 2);
    assert_false(sketch_of(pipeline.analyser, STR("Too short to say anything.")).exists);
    buf_done(&first);
    buf_done(&longer);
    buf_done(&other);
    pipeline_close(&pipeline);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_order_of_import_does_not_matter, make_pile, end_pile),
        cmocka_unit_test_setup_teardown(a_folded_list_has_the_leaders, make_pile, end_pile),
        cmocka_unit_test(versions_of_a_text_agree_and_others_do_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
