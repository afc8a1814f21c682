/* layers: base text model store */
/* The watch list: pinned targets, their numbers, what is new of them, undo and redo. */
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

enum { ARTICLE_COUNT = 12 };

struct dossier {
    struct store *store;
    struct arena arena;
    struct random random;
    struct sample_people people;
    int64_t pages[ARTICLE_COUNT];
    size_t count;
};

static void add_article(struct dossier *dossier)
{
    struct sample *sample = arena_array(&dossier->arena, struct sample, 1);
    size_t i = dossier->count++;
    sample_make(&dossier->arena, sample, &dossier->random, (uint32_t)i, 20);
    OK(sample_put(dossier->store, &dossier->people, sample, &dossier->pages[i], &err));
}

static int make_dossier(void **state)
{
    struct dossier *dossier = calloc(1, sizeof *dossier);
    *state = dossier;
    dossier->random = (struct random){41};
    OK(store_open(":memory:", STORE_READ_WRITE, &dossier->store, &err));
    for (size_t i = 0; i < ARTICLE_COUNT / 2; i++)
        add_article(dossier);
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

static int end_with_plans(void **state)
{
    assert_plans(((struct dossier *)*state)->store);
    return end_dossier(state);
}

static const struct watch_row *list(struct dossier *dossier, size_t wanted)
{
    const struct watch_row *rows;
    size_t count;
    OK(store_list_watches(dossier->store, &dossier->arena, &rows, &count, &err));
    assert_int_equal(count, wanted);
    return rows;
}

static int put(struct dossier *dossier, const struct target *target, str query)
{
    int slot = 0;
    OK(store_put_watch(dossier->store, target, query, &slot, 1000, &err));
    return slot;
}

static struct target entity(const struct dossier *dossier, uint32_t name)
{
    return (struct target){
        .kind = TARGET_ENTITY, .entities = {dossier->people.ids[name]}, .entity_count = 1};
}

static uint32_t mentions_of(struct dossier *dossier, int64_t id)
{
    struct entity_row row;
    OK(store_get_entity(dossier->store, &dossier->arena, id, &row, &err));
    return row.mention_count;
}

static void targets_of_every_kind_are_kept(void **state)
{
    struct dossier *dossier = *state;
    struct search_node word = {.kind = SEARCH_WORDS, .text = STR("harbour")};
    struct search_query search = {.root = &word};
    struct target both = entity(dossier, 0);
    both.entities[both.entity_count++] = dossier->people.ids[1];
    const struct target targets[] = {
        entity(dossier, 0),
        both,
        {.kind = TARGET_DAYS, .first = 18400, .last = 18900},
        {.kind = TARGET_SEARCH, .search = &search},
        {.kind = TARGET_BOOKMARKS},
        {.kind = TARGET_TAG, .tag = STR("grain")},
    };
    enum { COUNT = sizeof targets / sizeof *targets };
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(put(dossier, &targets[i], i == 3 ? STR("harbour") : STR_NONE), i + 1);
    const struct watch_row *rows = list(dossier, COUNT);
    for (int i = 0; i < COUNT; i++) {
        struct watch_row row = rows[i];
        str query = i == 3 ? STR("harbour") : STR_NONE;
        assert_int_equal(row.slot, i + 1);
        assert_int_equal(watch_slot_of(rows, COUNT, &targets[i], query), i + 1);
        if (row.target.kind == TARGET_SEARCH)
            row.target.search = &search;
        struct article_query all = {.sort = SORT_DATE};
        struct target_position position;
        OK(store_count_watch(dossier->store, &row, &err));
        OK(store_target_position(dossier->store, &targets[i], &all, NULL, &position, &err));
        assert_int_equal(row.place_count, position.count);
        assert_int_equal(row.article_count, position.article_count);
        assert_int_equal(row.new_count, 0); /* all of it was there */
    }
    assert_true(str_find(rows[1].target.label, STR(" + "), 0) != STR_MISSING);
    struct target other = {.kind = TARGET_TAG, .tag = STR("corn")};
    assert_int_equal(watch_slot_of(rows, COUNT, &other, STR_NONE), 0);
    other = (struct target){.kind = TARGET_DAYS, .first = 18400, .last = 18901};
    assert_int_equal(watch_slot_of(rows, COUNT, &other, STR_NONE), 0);
}

static void what_is_imported_later_is_new_until_it_is_seen(void **state)
{
    struct dossier *dossier = *state;
    struct search_node word = {.kind = SEARCH_WORDS, .text = STR("minister")};
    struct search_query search = {.root = &word};
    struct target person = entity(dossier, 0);
    struct target words = {.kind = TARGET_SEARCH, .search = &search};
    struct watch_row row, found;
    int64_t before = mentions_of(dossier, dossier->people.ids[0]), matches;
    OK(store_count_search(dossier->store, &search, &matches, &err));
    put(dossier, &person, STR_NONE);
    put(dossier, &words, STR("minister"));
    while (dossier->count < ARTICLE_COUNT)
        add_article(dossier);
    row = list(dossier, 2)[0];
    found = list(dossier, 2)[1];
    found.target.search = &search;
    OK(store_count_watch(dossier->store, &row, &err));
    OK(store_count_watch(dossier->store, &found, &err));
    int64_t now = mentions_of(dossier, dossier->people.ids[0]);
    assert_true(now > before && found.place_count > matches);
    assert_int_equal(row.place_count, now);
    assert_int_equal(row.new_count, now - before);
    assert_int_equal(found.new_count, found.place_count - matches);
    assert_int_equal(row.seen, 1000);
    OK(store_note_watch_seen(dossier->store, 2, 2000, &err));
    OK(store_note_seen(dossier->store, dossier->people.ids[0], 3000, &err));
    row = list(dossier, 2)[0]; /* one name is seen in its own pane too */
    OK(store_count_watch(dossier->store, &row, &err));
    assert_int_equal(row.new_count, 0);
    assert_int_equal(row.seen, 3000);
    found = list(dossier, 2)[1];
    found.target.search = &search;
    OK(store_count_watch(dossier->store, &found, &err));
    assert_int_equal(found.new_count, 0);
    assert_int_equal(found.seen, 2000);
}

static void pinning_is_undone_and_done_again(void **state)
{
    struct dossier *dossier = *state;
    struct target person = entity(dossier, 2);
    struct journal_step step;
    int slot = 4;
    put(dossier, &person, STR_NONE);
    struct target tag = {.kind = TARGET_TAG, .tag = STR("x")};
    OK(store_put_watch(dossier->store, &tag, STR_NONE, &slot, 1, &err));
    assert_int_equal(list(dossier, 2)[1].slot, 4);
    assert_int_equal(store_put_watch(dossier->store, &tag, STR_NONE, &slot, 1, &err),
                     STATUS_BAD_INPUT);
    OK(store_delete_watch(dossier->store, 1, 2, &err));
    list(dossier, 1);
    OK(store_undo(dossier->store, &dossier->arena, &step, &err));
    assert_true(str_equal(step.label, STR("unpinned")));
    assert_true(target_has_entity(&list(dossier, 2)[0].target, person.entities[0]));
    OK(store_note_watch_seen(dossier->store, 4, 9, &err)); /* looking is no change of the row */
    OK(store_undo(dossier->store, &dossier->arena, &step, &err));
    assert_true(str_equal(step.label, STR("pinned")));
    list(dossier, 1);
    OK(store_redo(dossier->store, &dossier->arena, &step, &err));
    list(dossier, 2);
    assert_int_equal(store_delete_watch(dossier->store, 7, 2, &err), STATUS_NOT_FOUND);
}

static void the_list_has_nine_places(void **state)
{
    struct dossier *dossier = *state;
    struct target tag = {.kind = TARGET_TAG};
    int slot = 0;
    for (int i = 1; i <= WATCH_LIMIT; i++) {
        tag.tag = arena_format(&dossier->arena, "t%d", i);
        assert_int_equal(put(dossier, &tag, STR_NONE), i);
    }
    assert_int_equal(store_put_watch(dossier->store, &tag, STR_NONE, &slot, 1, &err),
                     STATUS_TOO_LARGE);
    OK(store_delete_watch(dossier->store, 5, 2, &err));
    assert_int_equal(put(dossier, &tag, STR_NONE), 5);
    slot = 10;
    assert_int_equal(store_put_watch(dossier->store, &tag, STR_NONE, &slot, 1, &err),
                     STATUS_TOO_LARGE);
}

/* Who was merged into another is watched under that one's name; undone, under the own again. */
static void a_pin_follows_corrections(void **state)
{
    struct dossier *dossier = *state;
    const int64_t *ids = dossier->people.ids;
    struct entity_row from, to;
    struct target first = entity(dossier, 0);
    struct journal_step step;
    first.entities[first.entity_count++] = ids[1];
    OK(store_get_entity(dossier->store, &dossier->arena, ids[0], &from, &err));
    OK(store_get_entity(dossier->store, &dossier->arena, ids[1], &to, &err));
    assert_int_equal(from.kind, to.kind);
    put(dossier, &first, STR_NONE);
    struct target alone = entity(dossier, 0);
    put(dossier, &alone, STR_NONE);
    struct correction merge = {.verb = CORRECTION_MERGE,
                               .kind = from.kind,
                               .name = from.name,
                               .to_kind = to.kind,
                               .to = to.name};
    OK(store_put_correction(dossier->store, &merge, 1, NULL, &err));
    const struct watch_row *rows = list(dossier, 2);
    assert_int_equal(rows[0].target.entity_count, 1); /* both are one now */
    assert_int_equal(rows[0].target.entities[0], ids[1]);
    assert_int_equal(rows[1].target.entities[0], ids[1]);
    assert_true(str_equal(rows[1].target.label, to.name));
    OK(store_undo(dossier->store, &dossier->arena, &step, &err));
    rows = list(dossier, 2);
    assert_int_equal(rows[0].target.entity_count, 2);
    assert_int_equal(rows[1].target.entities[0], ids[0]);
}

static void a_damaged_row_harms_nothing(void **state)
{
    struct dossier *dossier = *state;
    OK(store_exec(dossier->store,
                  "INSERT INTO user_watch VALUES(1, 1, 'nonsense', NULL, NULL, 0, 0),"
                  " (2, 1, '0 99999999 Nobody', NULL, NULL, 0, 0), (3, 77, '', NULL, NULL, 0, 0),"
                  " (4, 1, '9 1 x' || char(10) || '0 x y', NULL, NULL, -5, -5),"
                  " (-3, 1, '', NULL, NULL, 0, 0), (12, 1, '', NULL, NULL, 0, 0);",
                  &err));
    const struct watch_row *rows = list(dossier, 4);
    for (size_t i = 0; i < 4; i++) {
        struct watch_row row = rows[i];
        OK(store_count_watch(dossier->store, &row, &err));
        assert_int_equal(row.place_count, 0);
    }
}

#define WITH_PLANS(test) cmocka_unit_test_setup_teardown(test, make_dossier, end_with_plans)
#define ON_A_DOSSIER(test) cmocka_unit_test_setup_teardown(test, make_dossier, end_dossier)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PLANS(targets_of_every_kind_are_kept),
        WITH_PLANS(what_is_imported_later_is_new_until_it_is_seen),
        WITH_PLANS(pinning_is_undone_and_done_again),
        WITH_PLANS(the_list_has_nine_places),
        ON_A_DOSSIER(a_pin_follows_corrections),
        ON_A_DOSSIER(a_damaged_row_harms_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
