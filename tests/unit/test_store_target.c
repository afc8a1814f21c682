/* layers: base text model store */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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

enum { ARTICLE_COUNT = 40, PLACE_LIMIT = 2000 };

struct dossier {
    struct store *store;
    struct arena arena;
    struct sample samples[ARTICLE_COUNT];
    int64_t pages[ARTICLE_COUNT];
    size_t by_date[ARTICLE_COUNT];
    struct sample_people people;
};

static int make_dossier(void **state)
{
    struct dossier *dossier = calloc(1, sizeof *dossier);
    struct random random = {77};
    int64_t keys[ARTICLE_COUNT];
    *state = dossier;
    OK(store_open(":memory:", STORE_READ_WRITE, &dossier->store, &err));
    OK(store_begin(dossier->store, &err));
    for (uint32_t i = 0; i < ARTICLE_COUNT; i++) {
        struct sample *sample = &dossier->samples[i];
        sample_make(&dossier->arena, sample, &random, i, random_below(&random, 25));
        OK(sample_put(dossier->store, &dossier->people, sample, &dossier->pages[i], &err));
        keys[i] = date_key_of(dossier->pages[i], &sample->article.published);
        size_t at = i;
        for (; at > 0 && keys[dossier->by_date[at - 1]] > keys[i]; at--)
            dossier->by_date[at] = dossier->by_date[at - 1];
        dossier->by_date[at] = i;
    }
    OK(store_commit(dossier->store, &err));
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

/* ---- any target against its places --------------------------------------------------------- */

struct places {
    struct target_place items[PLACE_LIMIT];
    size_t count;
};

static void add_place(struct places *places, int64_t article, uint32_t start, uint32_t end)
{
    assert_true(places->count < PLACE_LIMIT);
    places->items[places->count++] = (struct target_place){article, start, end};
}

static void assert_step(struct dossier *dossier, const struct target *target,
                        const struct target_place *from, bool backward,
                        const struct target_place *wanted, bool wanted_wrap)
{
    struct target_place to;
    bool wrapped;
    OK(store_walk_target(dossier->store, &dossier->arena, target, from, backward, &to, &wrapped,
                         &err));
    assert_int_equal(to.article, wanted->article);
    assert_int_equal(to.start, wanted->start);
    assert_int_equal(to.end, wanted->end);
    assert_int_equal(wrapped, wanted_wrap);
}

static void assert_position(struct dossier *dossier, const struct target *target,
                            const struct places *places, size_t at)
{
    struct target_position position;
    OK(store_target_position(dossier->store, target, &places->items[at], &position, &err));
    int64_t article_index = 0, article_count = 0;
    for (size_t i = 0; i < places->count; i++) {
        if (i == 0 || places->items[i].article != places->items[i - 1].article)
            article_count++;
        if (i == at)
            article_index = article_count;
    }
    assert_int_equal(position.index, at + 1);
    assert_int_equal(position.count, places->count);
    assert_int_equal(position.article_index, article_index);
    assert_int_equal(position.article_count, article_count);
}

static void assert_target(struct dossier *dossier, const struct target *target,
                          const struct places *places)
{
    size_t count = places->count;
    assert_true(count > 1);
    assert_step(dossier, target, NULL, false, &places->items[0], false);
    assert_step(dossier, target, NULL, true, &places->items[count - 1], false);
    for (size_t i = 0; i < count; i++) {
        size_t next = (i + 1) % count;
        assert_step(dossier, target, &places->items[i], false, &places->items[next], next == 0);
        assert_step(dossier, target, &places->items[next], true, &places->items[i], next == 0);
        assert_position(dossier, target, places, i);
    }
}

static void an_entity_is_walked_through_all_articles(void **state)
{
    struct dossier *dossier = *state;
    for (uint32_t name = 0; name < 3; name++) {
        struct target target = {.kind = TARGET_ENTITY, .entity = dossier->people.ids[name]};
        struct places places = {.count = 0};
        for (size_t i = 0; i < ARTICLE_COUNT; i++) {
            const struct sample *sample = &dossier->samples[dossier->by_date[i]];
            for (size_t k = 0; k < sample->mentions.count; k++) {
                const struct mention *mention = &sample->mentions.items[k];
                if (sample->ids[mention->entity] == target.entity)
                    add_place(&places, dossier->pages[dossier->by_date[i]], mention->start,
                              mention->end);
            }
        }
        assert_target(dossier, &target, &places);
    }
}

static void days_are_walked_in_order_of_articles(void **state)
{
    struct dossier *dossier = *state;
    static const struct {
        day first, last;
    } spans[] = {{18300, 19800}, {18400, 18500}, {DAY_UNKNOWN, 18900}, {18900, DAY_UNKNOWN}};
    for (size_t s = 0; s < sizeof spans / sizeof *spans; s++) {
        struct target target = {
            .kind = TARGET_DAYS, .first = spans[s].first, .last = spans[s].last};
        struct places places = {.count = 0};
        for (size_t i = 0; i < ARTICLE_COUNT; i++) {
            const struct sample *sample = &dossier->samples[dossier->by_date[i]];
            for (size_t k = 0; k < sample->moments.count; k++) {
                const struct moment *moment = &sample->moments.items[k];
                if (moment->first != DAY_UNKNOWN &&
                    (target.first == DAY_UNKNOWN || moment->first >= target.first) &&
                    (target.last == DAY_UNKNOWN || moment->last <= target.last))
                    add_place(&places, dossier->pages[dossier->by_date[i]], moment->start,
                              moment->end);
            }
        }
        assert_target(dossier, &target, &places);
    }
}

static void a_search_is_walked_by_article(void **state)
{
    struct dossier *dossier = *state;
    struct search_node words = {.kind = SEARCH_WORDS, .text = STR("harbour")};
    struct search_query search = {&words, false};
    struct target target = {.kind = TARGET_SEARCH, .search = &search};
    struct places places = {.count = 0};
    for (size_t i = 0; i < ARTICLE_COUNT; i++) {
        str text = dossier->samples[dossier->by_date[i]].article.text;
        if (str_find(text, STR("harbour"), 0) != STR_MISSING)
            add_place(&places, dossier->pages[dossier->by_date[i]], 0, 0);
    }
    assert_target(dossier, &target, &places);
    struct target_place within = {places.items[0].article, 10, 17};
    assert_step(dossier, &target, &within, false, &places.items[1], false);
}

static void bookmarks_are_walked_in_order_of_articles(void **state)
{
    struct dossier *dossier = *state;
    struct target target = {.kind = TARGET_BOOKMARKS};
    struct places places = {.count = 0};
    for (size_t i = 0; i < ARTICLE_COUNT; i += 3) {
        for (uint32_t k = 1; k < 3; k++) {
            struct bookmark bookmark = {.article = dossier->pages[dossier->by_date[i]],
                                        .quote = STR("q"),
                                        .start = k,
                                        .end = k + 1};
            add_place(&places, bookmark.article, k, k + 1);
            OK(store_put_bookmark(dossier->store, &bookmark, 1, &err));
        }
    }
    assert_target(dossier, &target, &places);
}

static void a_place_between_hits_finds_its_neighbours(void **state)
{
    struct dossier *dossier = *state;
    struct target target = {.kind = TARGET_ENTITY, .entity = dossier->people.ids[0]};
    struct target_place first, second, between;
    struct target_position position;
    bool wrapped;
    OK(store_walk_target(dossier->store, &dossier->arena, &target, NULL, false, &first, &wrapped,
                         &err));
    between = first;
    between.start++;
    OK(store_walk_target(dossier->store, &dossier->arena, &target, &first, false, &second, &wrapped,
                         &err));
    assert_step(dossier, &target, &between, false, &second, false);
    assert_step(dossier, &target, &between, true, &first, false);
    OK(store_target_position(dossier->store, &target, &between, &position, &err));
    assert_int_equal(position.index, 0);
    assert_true(position.count > 1);
    assert_int_equal(position.article_index, 1);
    /* From an article that is gone: as from nowhere. */
    between.article = 9999;
    assert_step(dossier, &target, &between, false, &first, false);
}

static void a_target_without_places_says_so(void **state)
{
    struct dossier *dossier = *state;
    static const struct target targets[] = {
        {.kind = TARGET_NONE},
        {.kind = TARGET_ENTITY, .entity = 9999},
        {.kind = TARGET_DAYS, .first = 1, .last = 2},
    };
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct target_place to, from = {dossier->pages[0], 0, 0};
        struct target_position position;
        bool wrapped;
        assert_int_equal(store_walk_target(dossier->store, &dossier->arena, &targets[i], &from,
                                           false, &to, &wrapped, &err),
                         STATUS_NOT_FOUND);
        OK(store_target_position(dossier->store, &targets[i], &from, &position, &err));
        assert_int_equal(position.count, 0);
        assert_int_equal(position.index, 0);
    }
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
        cmocka_unit_test_teardown(an_entity_is_walked_through_all_articles, check_plans),
        cmocka_unit_test_teardown(days_are_walked_in_order_of_articles, check_plans),
        cmocka_unit_test_teardown(a_search_is_walked_by_article, check_plans),
        cmocka_unit_test_teardown(bookmarks_are_walked_in_order_of_articles, check_plans),
        cmocka_unit_test_teardown(a_place_between_hits_finds_its_neighbours, check_plans),
        cmocka_unit_test_teardown(a_target_without_places_says_so, check_plans),
    };
    return cmocka_run_group_tests(tests, make_dossier, end_dossier);
}
