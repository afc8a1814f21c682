/* layers: base text model store */
/* Sources: kept, listed page by page, taken away and brought back, with what came of
 * asking them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/internal.h"
#include "test_store_plans.h"

#define OK(call) assert_status((call), __LINE__)

static struct error err;

static void assert_status(enum status status, int line)
{
    if (status != STATUS_OK)
        fail_msg("line %d: %s", line, err.text);
}

struct dossier {
    struct store *store;
    struct arena arena;
};

static int open_dossier(void **state)
{
    struct dossier *dossier = calloc(1, sizeof *dossier);
    *state = dossier;
    OK(store_open(":memory:", STORE_READ_WRITE, &dossier->store, &err));
    return 0;
}

static int close_dossier(void **state)
{
    struct dossier *dossier = *state;
    assert_plans(dossier->store);
    store_close(dossier->store);
    arena_done(&dossier->arena);
    free(dossier);
    return 0;
}

static str numbered(struct dossier *dossier, const char *before, int number)
{
    return arena_format(&dossier->arena, "%s%d", before, number);
}

static struct address_row find(struct dossier *dossier, const char *url)
{
    struct address_row row;
    OK(store_find_address(dossier->store, &dossier->arena, str_from(url), &row, &err));
    return row;
}

static void they_come_page_by_page(void **state)
{
    struct dossier *dossier = *state;
    struct row_key from = {0};
    struct page_request page = {.limit = 3};
    const struct address_row *rows;
    size_t count;
    bool is_new;
    for (int i = 0; i < 8; i++) {
        str url = numbered(dossier, "https://example.org/", 7 - i);
        OK(store_put_address(dossier->store, url, false, 100 + i, &is_new, &err));
        assert_true(is_new);
        OK(store_put_address(dossier->store, url, false, 200, &is_new, &err));
        assert_false(is_new);
    }
    int seen = 0;
    do {
        OK(store_list_addresses(dossier->store, &dossier->arena, &page, &rows, &count, &err));
        for (size_t i = 0; i < count; i++, seen++) {
            assert_true(
                str_equal(rows[i].url, numbered(dossier, "https://example.org/", 7 - seen)));
            assert_int_equal(rows[i].added, 100 + seen);
            from = rows[i].key;
        }
        page.from = &from;
    } while (count > 0);
    assert_int_equal(seen, 8);
    page.backward = true;
    OK(store_list_addresses(dossier->store, &dossier->arena, &page, &rows, &count, &err));
    assert_int_equal(count, 3);
    assert_int_equal(rows[0].id, from.number - 1);
}

static void a_removed_one_comes_back_as_it_was(void **state)
{
    struct dossier *dossier = *state;
    const struct address_visit visit = {.etag = STR("\"e\""),
                                        .hash = 7,
                                        .checked = 50,
                                        .fault = STR("it is gone"),
                                        .fault_count = 2};
    int64_t count, failed;
    struct journal_step step;
    OK(store_put_address(dossier->store, STR("https://a/"), true, 1, NULL, &err));
    OK(store_put_address(dossier->store, STR("https://b/"), false, 2, NULL, &err));
    OK(store_note_visited(dossier->store, STR("https://a/"), &visit, &err));
    OK(store_count_addresses(dossier->store, &count, &failed, &err));
    assert_int_equal(count, 2);
    assert_int_equal(failed, 1);
    int64_t id = find(dossier, "https://a/").id;
    OK(store_drop_address(dossier->store, id, 3, &err));
    assert_int_equal(store_drop_address(dossier->store, id, 3, &err), STATUS_NOT_FOUND);
    OK(store_count_addresses(dossier->store, &count, &failed, &err));
    assert_int_equal(count, 1);
    assert_int_equal(failed, 0);
    /* Adding is no step: the removal is the newest one. */
    OK(store_put_address(dossier->store, STR("https://c/"), false, 4, NULL, &err));
    OK(store_undo(dossier->store, &dossier->arena, &step, &err));
    assert_true(str_equal(step.label, STR("source removed")));
    struct address_row row = find(dossier, "https://a/");
    assert_int_equal(row.id, id);
    assert_true(row.full_text);
    assert_int_equal(row.visit.fault_count, 2);
    assert_true(str_equal(row.visit.fault, visit.fault));
    assert_int_not_equal(find(dossier, "https://c/").id, id);
    assert_int_equal(store_undo(dossier->store, &dossier->arena, &step, &err),
                     STATUS_NOT_FOUND);
}

/* What was read without the pages of its items is read once more for them. */
static void full_texts_are_taken_on(void **state)
{
    struct dossier *dossier = *state;
    const struct address_visit visit = {
        .etag = STR("\"e\""), .modified = STR("Mon"), .hash = 7, .checked = 50};
    bool is_new;
    OK(store_put_address(dossier->store, STR("https://a/"), false, 1, NULL, &err));
    OK(store_note_visited(dossier->store, STR("https://a/"), &visit, &err));
    OK(store_put_address(dossier->store, STR("https://a/"), true, 2, &is_new, &err));
    assert_false(is_new);
    struct address_row row = find(dossier, "https://a/");
    assert_true(row.full_text);
    assert_int_equal(row.visit.etag.len + row.visit.modified.len, 0);
    assert_int_equal(row.visit.hash, 0);
    OK(store_note_visited(dossier->store, STR("https://a/"), &visit, &err));
    OK(store_put_address(dossier->store, STR("https://a/"), false, 3, NULL, &err));
    row = find(dossier, "https://a/");
    assert_true(row.full_text); /* stays */
    assert_int_equal(row.visit.hash, 7);
}

static void what_moved_is_known_by_both_addresses(void **state)
{
    struct dossier *dossier = *state;
    struct address_visit visit = {.etag = STR("e"), .moved = STR("https://new/")};
    bool is_new;
    OK(store_put_address(dossier->store, STR("https://old/"), false, 1, NULL, &err));
    OK(store_note_visited(dossier->store, STR("https://old/"), &visit, &err));
    struct address_row row = find(dossier, "https://new/");
    assert_true(str_equal(row.url, STR("https://old/")));
    assert_true(str_equal(address_now(&row), STR("https://new/")));
    OK(store_put_address(dossier->store, STR("https://new/"), true, 2, &is_new, &err));
    assert_false(is_new);
    row = find(dossier, "https://old/");
    assert_true(row.full_text);
    assert_true(str_equal(row.visit.moved, STR("https://new/")));
    /* Once it is no source, neither address is one. */
    OK(store_drop_address(dossier->store, row.id, 3, &err));
    assert_int_equal(
        store_find_address(dossier->store, &dossier->arena, STR("https://new/"), &row, &err),
        STATUS_NOT_FOUND);
    OK(store_put_address(dossier->store, STR("https://new/"), false, 4, &is_new, &err));
    assert_true(is_new);
}

static void articles_are_counted_by_their_paths(void **state)
{
    struct dossier *dossier = *state;
    enum import_outcome outcome;
    static const char *const paths[] = {"https://a/", "https://a/#one", "https://a/#two",
                                        "https://a/b", "https://a/b#x"};
    OK(store_put_address(dossier->store, STR("https://a/"), false, 1, NULL, &err));
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct source_page page = {.path = str_from(paths[i]),
                                   .format = STR("text"),
                                   .raw = numbered(dossier, "page ", (int)i),
                                   .given = DAY_UNKNOWN};
        OK(store_put_source(dossier->store, &page, &outcome, &err));
    }
    assert_int_equal(find(dossier, "https://a/").article_count, 3);
}

static void items_are_known_by_what_was_said_of_them(void **state)
{
    struct dossier *dossier = *state;
    bool known;
    OK(store_item_is_known(dossier->store, STR("a#1"), 5, &known, &err));
    assert_false(known);
    OK(store_note_item(dossier->store, STR("a#1"), 5, &err));
    OK(store_item_is_known(dossier->store, STR("a#1"), 5, &known, &err));
    assert_true(known);
    OK(store_note_item(dossier->store, STR("a#1"), 6, &err));
    OK(store_item_is_known(dossier->store, STR("a#1"), 5, &known, &err));
    assert_false(known);
}

#define ON_A_DOSSIER(test) cmocka_unit_test_setup_teardown(test, open_dossier, close_dossier)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_A_DOSSIER(they_come_page_by_page),
        ON_A_DOSSIER(a_removed_one_comes_back_as_it_was),
        ON_A_DOSSIER(full_texts_are_taken_on),
        ON_A_DOSSIER(what_moved_is_known_by_both_addresses),
        ON_A_DOSSIER(articles_are_counted_by_their_paths),
        ON_A_DOSSIER(items_are_known_by_what_was_said_of_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
