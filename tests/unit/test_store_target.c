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
    for (size_t i = 0; i < ARTICLE_COUNT; i++) {
        int64_t page = dossier->pages[i];
        for (uint32_t k = 1; k < 3 && page % 3 == 0; k++) {
            struct bookmark bookmark = {.article = page,
                                        .quote = STR("q"),
                                        .tags = k == 1 ? STR("x grain") : STR("grains"),
                                        .start = k,
                                        .end = k + 1};
            OK(store_put_bookmark(dossier->store, &bookmark, 1, &err));
        }
        if (page % 5 == 0)
            OK(store_set_tags(dossier->store, page, STR("grain y"), 1, &err));
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

/* A list in which the walk goes: every order, all articles or some. */
struct list {
    struct article_query query;
    int64_t articles[ARTICLE_COUNT];
    size_t count;
};

static const struct article_query by_date = {.sort = SORT_DATE};

static void list_read(struct dossier *dossier, const struct article_query *query, struct list *list)
{
    struct page_request request = {.limit = ARTICLE_COUNT};
    const struct article_row *rows;
    *list = (struct list){.query = *query};
    OK(store_list_articles(dossier->store, &dossier->arena, query, &request, &rows, &list->count,
                           &err));
    for (size_t i = 0; i < list->count; i++)
        list->articles[i] = rows[i].id;
}

static const struct sample *sample_of(const struct dossier *dossier, int64_t page)
{
    for (size_t i = 0; i < ARTICLE_COUNT; i++)
        if (dossier->pages[i] == page)
            return &dossier->samples[i];
    fail_msg("no such page");
    return NULL;
}

/* What the places of a target in one article are, found in the samples themselves. */
typedef void place_finder(const struct dossier *dossier, const struct target *target,
                          int64_t article, struct places *places);

static void find_mentions(const struct dossier *dossier, const struct target *target,
                          int64_t article, struct places *places)
{
    const struct sample *sample = sample_of(dossier, article);
    for (size_t k = 0; k < sample->mentions.count; k++) {
        const struct mention *mention = &sample->mentions.items[k];
        if (target_has_entity(target, sample->ids[mention->entity]))
            add_place(places, article, mention->start, mention->end);
    }
}

static void find_moments(const struct dossier *dossier, const struct target *target,
                         int64_t article, struct places *places)
{
    const struct sample *sample = sample_of(dossier, article);
    for (size_t k = 0; k < sample->moments.count; k++) {
        const struct moment *moment = &sample->moments.items[k];
        if (moment->first != DAY_UNKNOWN &&
            (target->first == DAY_UNKNOWN || moment->first >= target->first) &&
            (target->last == DAY_UNKNOWN || moment->last <= target->last))
            add_place(places, article, moment->start, moment->end);
    }
}

static void find_word(const struct dossier *dossier, const struct target *target, int64_t article,
                      struct places *places)
{
    str text = sample_of(dossier, article)->article.text;
    if (str_find(text, target->search->root->text, 0) != STR_MISSING)
        add_place(places, article, 0, 0);
}

/* make_dossier gives every third article two bookmarks, the first of them tagged, and tags every
 * fifth article. */
static bool is_bookmarked(int64_t article)
{
    return article % 3 == 0;
}

static void find_bookmarks(const struct dossier *dossier, const struct target *target,
                           int64_t article, struct places *places)
{
    (void)dossier, (void)target;
    for (uint32_t k = 1; k < 3 && is_bookmarked(article); k++)
        add_place(places, article, k, k + 1);
}

static void find_tagged(const struct dossier *dossier, const struct target *target, int64_t article,
                        struct places *places)
{
    (void)dossier, (void)target;
    if (article % 5 == 0)
        add_place(places, article, 0, 0);
    if (is_bookmarked(article))
        add_place(places, article, 1, 2);
}

static void assert_step(struct dossier *dossier, const struct target *target,
                        const struct article_query *list, const struct target_place *from,
                        bool backward, const struct target_place *wanted, bool wanted_wrap)
{
    struct target_place to;
    bool wrapped;
    OK(store_walk_target(dossier->store, target, list, from, backward, &to, &wrapped, &err));
    assert_int_equal(to.article, wanted->article);
    assert_int_equal(to.start, wanted->start);
    assert_int_equal(to.end, wanted->end);
    assert_int_equal(wrapped, wanted_wrap);
}

static void assert_position(struct dossier *dossier, const struct target *target,
                            const struct article_query *list, const struct places *places,
                            size_t at)
{
    struct target_position position;
    OK(store_target_position(dossier->store, target, list, &places->items[at], &position, &err));
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
    assert_false(position.is_capped);
}

static void assert_walk(struct dossier *dossier, const struct target *target,
                        const struct list *list, place_finder *find)
{
    struct places places = {.count = 0};
    for (size_t i = 0; i < list->count; i++)
        find(dossier, target, list->articles[i], &places);
    size_t count = places.count;
    assert_true(count > 1);
    const struct article_query *query = &list->query;
    assert_step(dossier, target, query, NULL, false, &places.items[0], false);
    assert_step(dossier, target, query, NULL, true, &places.items[count - 1], false);
    for (size_t i = 0; i < count; i++) {
        size_t next = (i + 1) % count;
        assert_step(dossier, target, query, &places.items[i], false, &places.items[next],
                    next == 0);
        assert_step(dossier, target, query, &places.items[next], true, &places.items[i], next == 0);
        if (i % 7 == 0 || next == 0)
            assert_position(dossier, target, query, &places, i);
    }
}

/* In every order, both ways, through all articles and through those with a word. */
static void assert_target(struct dossier *dossier, const struct target *target, place_finder *find)
{
    struct search_node word = {.kind = SEARCH_WORDS, .text = STR("minister")};
    struct search_query filter = {.root = &word};
    for (int sort = 0; sort < SORT_COUNT; sort++)
        for (int variant = 0; variant < (sort <= SORT_TITLE ? 4 : 2); variant++) {
            struct article_query query = {.sort = (enum article_sort)sort,
                                          .descending = variant & 1,
                                          .search = variant & 2 ? &filter : NULL};
            struct list list;
            list_read(dossier, &query, &list);
            assert_int_equal(query.search != NULL, list.count < ARTICLE_COUNT);
            assert_walk(dossier, target, &list, find);
        }
}

static void an_entity_is_walked_through_all_articles(void **state)
{
    struct dossier *dossier = *state;
    struct target target = {
        .kind = TARGET_ENTITY, .entities = {dossier->people.ids[1]}, .entity_count = 1};
    assert_target(dossier, &target, find_mentions);
}

static void several_names_are_walked_as_one(void **state)
{
    struct dossier *dossier = *state;
    struct target target = {.kind = TARGET_ENTITY, .entity_count = 3};
    for (size_t i = 0; i < target.entity_count; i++)
        target.entities[i] = dossier->people.ids[i];
    assert_target(dossier, &target, find_mentions);
}

static void days_are_walked_in_order_of_articles(void **state)
{
    struct dossier *dossier = *state;
    static const struct {
        day first, last;
    } spans[] = {{18400, 18800}, {DAY_UNKNOWN, 18900}, {18900, DAY_UNKNOWN}};
    for (size_t s = 0; s < sizeof spans / sizeof *spans; s++) {
        struct target target = {
            .kind = TARGET_DAYS, .first = spans[s].first, .last = spans[s].last};
        assert_target(dossier, &target, find_moments);
    }
}

static void a_search_is_walked_by_article(void **state)
{
    struct dossier *dossier = *state;
    struct search_node words = {.kind = SEARCH_WORDS, .text = STR("harbour")};
    struct search_query search = {.root = &words};
    struct target target = {.kind = TARGET_SEARCH, .search = &search};
    assert_target(dossier, &target, find_word);
    /* From within an article: on to the next. */
    struct target_place first, within, wanted;
    bool wrapped;
    OK(store_walk_target(dossier->store, &target, &by_date, NULL, false, &first, &wrapped, &err));
    OK(store_walk_target(dossier->store, &target, &by_date, &first, false, &wanted, &wrapped,
                         &err));
    within = (struct target_place){first.article, 10, 17};
    assert_step(dossier, &target, &by_date, &within, false, &wanted, false);
}

static void bookmarks_and_tags_are_walked(void **state)
{
    struct dossier *dossier = *state;
    struct target bookmarks = {.kind = TARGET_BOOKMARKS};
    struct target tag = {.kind = TARGET_TAG, .tag = STR("Grain")};
    assert_target(dossier, &bookmarks, find_bookmarks);
    assert_target(dossier, &tag, find_tagged);
}

/* The article that is open need not be one of the list: its own places come first, then those of
 * the list from where it would stand. */
static void from_outside_of_the_filter_the_walk_goes_on_in_the_list(void **state)
{
    struct dossier *dossier = *state;
    struct search_node site = {
        .kind = SEARCH_WORDS, .text = STR("Herald"), .column = SEARCH_OUTLET};
    struct search_query filter = {.root = &site};
    struct article_query query = {.sort = SORT_DATE, .descending = true, .search = &filter};
    struct target target = {.kind = TARGET_ENTITY, .entity_count = 4};
    for (size_t i = 0; i < target.entity_count; i++)
        target.entities[i] = dossier->people.ids[i];
    struct list inside, all;
    list_read(dossier, &query, &inside);
    struct article_query whole = {.sort = SORT_DATE, .descending = true};
    list_read(dossier, &whole, &all);
    size_t tried = 0, listed = 0;
    for (size_t i = 0; i < all.count; i++) {
        struct places own = {.count = 0}, rest = {.count = 0};
        find_mentions(dossier, &target, all.articles[i], &own);
        if (listed < inside.count && all.articles[i] == inside.articles[listed]) {
            listed++;
            continue;
        }
        for (size_t k = listed; k < inside.count; k++)
            find_mentions(dossier, &target, inside.articles[k], &rest);
        struct target_place from = {all.articles[i], 0, 0};
        struct target_position position;
        if (own.count) {
            assert_step(dossier, &target, &query, &from, false, &own.items[0], false);
            from = own.items[own.count - 1];
        }
        if (rest.count)
            assert_step(dossier, &target, &query, &from, false, &rest.items[0], false);
        OK(store_target_position(dossier->store, &target, &query, &from, &position, &err));
        assert_int_equal(position.index, 0);
        assert_int_equal(position.article_index, 0);
        tried += own.count && rest.count;
    }
    assert_true(tried > 1);
}

static void a_place_between_hits_finds_its_neighbours(void **state)
{
    struct dossier *dossier = *state;
    struct target target = {
        .kind = TARGET_ENTITY, .entities = {dossier->people.ids[0]}, .entity_count = 1};
    struct target_place first, second, between;
    struct target_position position;
    bool wrapped;
    OK(store_walk_target(dossier->store, &target, &by_date, NULL, false, &first, &wrapped, &err));
    between = first;
    between.start++;
    OK(store_walk_target(dossier->store, &target, &by_date, &first, false, &second, &wrapped,
                         &err));
    assert_step(dossier, &target, &by_date, &between, false, &second, false);
    assert_step(dossier, &target, &by_date, &between, true, &first, false);
    OK(store_target_position(dossier->store, &target, &by_date, &between, &position, &err));
    assert_int_equal(position.index, 0);
    assert_true(position.count > 1);
    assert_int_equal(position.article_index, 1);
    /* From an article that is gone: as from nowhere. */
    between.article = 9999;
    assert_step(dossier, &target, &by_date, &between, false, &first, false);
}

static void a_target_without_places_says_so(void **state)
{
    struct dossier *dossier = *state;
    static const struct target targets[] = {
        {.kind = TARGET_NONE},
        {.kind = TARGET_ENTITY, .entities = {9999}, .entity_count = 1},
        {.kind = TARGET_DAYS, .first = 1, .last = 2},
    };
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct target_place to, from = {dossier->pages[0], 0, 0};
        struct target_position position;
        bool wrapped;
        assert_int_equal(store_walk_target(dossier->store, &targets[i], &by_date, &from, false, &to,
                                           &wrapped, &err),
                         STATUS_NOT_FOUND);
        OK(store_target_position(dossier->store, &targets[i], &by_date, &from, &position, &err));
        assert_int_equal(position.count, 0);
        assert_int_equal(position.index, 0);
    }
}

/* Its counts are kept and exact; where it stands is looked for in order of date alone. */
static void a_name_in_very_many_articles_is_counted_in_any_order(void **state)
{
    struct dossier *dossier = *state;
    int64_t id = dossier->people.ids[1];
    struct target target = {.kind = TARGET_ENTITY, .entities = {id}, .entity_count = 1};
    struct target_place to;
    struct target_position by_title, position;
    struct article_query list = {.sort = SORT_TITLE};
    bool wrapped;
    OK(store_walk_target(dossier->store, &target, &list, NULL, false, &to, &wrapped, &err));
    struct buf sql = BUF_INIT;
    buf_format(&sql, "UPDATE derived_entity SET article_count = %d WHERE id = %lld",
               STORE_COUNT_LIMIT + 1, (long long)id);
    OK(store_begin(dossier->store, &err));
    OK(store_exec(dossier->store, buf_c(&sql), &err));
    OK(store_target_position(dossier->store, &target, &list, &to, &by_title, &err));
    OK(store_target_position(dossier->store, &target, &by_date, &to, &position, &err));
    store_rollback(dossier->store);
    assert_int_equal(by_title.index, 0);
    assert_int_equal(by_title.article_index, 0);
    assert_int_equal(by_title.count, position.count);
    assert_int_equal(by_title.article_count, STORE_COUNT_LIMIT + 1);
    assert_false(by_title.is_capped);
    assert_true(position.index > 0 && position.article_index > 0);
    buf_done(&sql);
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
        cmocka_unit_test_teardown(several_names_are_walked_as_one, check_plans),
        cmocka_unit_test_teardown(bookmarks_and_tags_are_walked, check_plans),
        cmocka_unit_test_teardown(from_outside_of_the_filter_the_walk_goes_on_in_the_list,
                                  check_plans),
        cmocka_unit_test_teardown(a_place_between_hits_finds_its_neighbours, check_plans),
        cmocka_unit_test_teardown(a_target_without_places_says_so, check_plans),
        cmocka_unit_test_teardown(a_name_in_very_many_articles_is_counted_in_any_order,
                                  check_plans),
    };
    return cmocka_run_group_tests(tests, make_dossier, end_dossier);
}
