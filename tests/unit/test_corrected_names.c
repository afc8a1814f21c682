/* layers: base text model ingest analyse store tui app */
/* Corrections of names and what the linker and the timeline make of them: articles go through the
 * real import into a real store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "app/import.h"
#include "base/file.h"

#define OK(call) assert_status((call), __LINE__)
#define FOLDER "corrected_names"

static struct error err;

static void assert_status(enum status status, int line)
{
    if (status != STATUS_OK)
        fail_msg("line %d: %s", line, err.text);
}

struct desk {
    struct pipeline pipeline;
    struct arena arena;
    struct store *store;
};

static int open_desk(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    const struct environment environment = {.data_folder = DATA_DIR};
    *state = desk;
    OK(pipeline_open(&environment, &desk->pipeline, &err));
    OK(store_open(":memory:", STORE_READ_WRITE, &desk->store, &err));
    return 0;
}

static int close_desk(void **state)
{
    struct desk *desk = *state;
    store_close(desk->store);
    pipeline_close(&desk->pipeline);
    arena_done(&desk->arena);
    free(desk);
    return 0;
}

static void import(struct desk *desk, const char *path, const char *text)
{
    struct import_totals totals;
    const struct import_request request = {
        .paths = &path, .path_count = 1, .published = DAY_UNKNOWN, .batch = 8};
    OK(file_make_folder(FOLDER, &err));
    OK(file_replace(path, str_from(text), &err));
    OK(import_run(&desk->pipeline, desk->store, &request, NULL, &totals, &err));
    assert_int_equal(totals.imported, 1);
}

static int64_t merge(struct desk *desk, const char *name, const char *to)
{
    struct correction correction = {.kind = ENTITY_PERSON,
                                    .name = str_from(name),
                                    .to_kind = ENTITY_PERSON,
                                    .to = str_from(to)};
    OK(store_put_correction(desk->store, &correction, 1, NULL, &err));
    return correction.id;
}

/* Mentions of whoever is shown by this name. */
static uint32_t times(struct desk *desk, const char *name)
{
    struct entity_row row = {0};
    enum status status =
        store_find_entity_by_name(desk->store, &desk->arena, str_from(name), &row, &err);
    assert_true(status == STATUS_OK || status == STATUS_NOT_FOUND);
    return status == STATUS_OK && str_equal(row.name, str_from(name)) ? row.mention_count : 0;
}

/* The first page that is to be linked once more when something of this form changes; 0: none. */
static int64_t marked_by_form(struct desk *desk, const char *text)
{
    struct name_form form;
    struct source_page page = {0};
    bool known;
    OK(store_find_form(desk->store, &desk->arena, ENTITY_PERSON, str_from(text), &form, &known,
                       &err));
    assert_true(known);
    OK(store_mark_form(desk->store, form.id, true, &err));
    enum status status = store_next_stale(desk->store, &desk->arena, 0, 0, 0, &page, &err);
    return status == STATUS_OK ? page.id : 0;
}

static uint32_t contradictions(struct desk *desk)
{
    const struct moment_query all = {.from = DAY_UNKNOWN, .to = DAY_UNKNOWN};
    const struct page_request request = {.limit = 100};
    const struct moment_row *rows;
    size_t count;
    uint32_t sum = 0;
    OK(store_list_moments(desk->store, &desk->arena, &all, &request, &rows, &count, &err));
    for (size_t i = 0; i < count; i++)
        sum += rows[i].contradiction_count;
    return sum;
}

static void what_contradicts_follows_the_names(void **state)
{
    struct desk *desk = *state;
    import(desk, FOLDER "/arrest.txt",
           "Court news\nMarch 20, 2024\n\nPresident George Bush met minister Ann Lee in Geneva."
           " Prosecutor Carl Smith was arrested in Vienna on 12 March 2024 after a long search.\n");
    import(desk, FOLDER "/search.txt",
           "Court report\nMarch 21, 2024\n\nMinister Ann Lee spoke. Prosecutor Karel Kovac was"
           " arrested in Vienna on 14 March 2024 after a long search.\n");
    assert_int_equal(contradictions(desk), 0);
    int64_t id = merge(desk, "Karel Kovac", "Carl Smith");
    assert_int_equal(contradictions(desk), 2);
    assert_int_equal(marked_by_form(desk, "Karel Kovac"), 2); /* the linker's form is kept */
    OK(store_drop_correction(desk->store, id, 1, &err));
    assert_int_equal(contradictions(desk), 0);
    assert_int_equal(times(desk, "Karel Kovac"), 1);
}

/* A person is shown by the form used most, which changes while articles come: what was said of a
 * name holds from the first article on. */
static void a_correction_holds_for_articles_that_came_before_the_name(void **state)
{
    struct desk *desk = *state;
    merge(desk, "Sergei Shoigu", "The General");
    import(desk, FOLDER "/full.txt",
           "Talks\nMarch 20, 2024\n\nPresident Sergei Kuzhugetovich Shoigu met minister Ann Lee in"
           " Geneva.\n");
    assert_int_equal(times(desk, "Sergei Kuzhugetovich Shoigu"), 1);
    import(desk, FOLDER "/usual.txt",
           "Report\nMarch 21, 2024\n\nMinister Ann Lee spoke with Sergei Shoigu. President Sergei"
           " Shoigu flew home. Sergei Shoigu was tired.\n");
    assert_int_equal(times(desk, "The General"), 4);
}

/* A name that was corrected stays the one that is shown, whatever form comes more often. */
static void a_corrected_name_is_kept(void **state)
{
    struct desk *desk = *state;
    import(desk, FOLDER "/full.txt",
           "Talks\nMarch 20, 2024\n\nPresident Sergei Kuzhugetovich Shoigu met minister Ann Lee in"
           " Geneva.\n");
    int64_t id = merge(desk, "Ann Lee", "Sergei Kuzhugetovich Shoigu");
    import(desk, FOLDER "/usual.txt",
           "Report\nMarch 21, 2024\n\nMinister Ann Lee spoke with Sergei Shoigu. President Sergei"
           " Shoigu flew home. Sergei Shoigu was tired.\n");
    assert_int_equal(times(desk, "Sergei Kuzhugetovich Shoigu"), 6);
    OK(store_drop_correction(desk->store, id, 1, &err));
    assert_int_equal(times(desk, "Sergei Shoigu"), 4);
    assert_int_equal(times(desk, "Ann Lee"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_contradicts_follows_the_names, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(a_correction_holds_for_articles_that_came_before_the_name,
                                        open_desk, close_desk),
        cmocka_unit_test_setup_teardown(a_corrected_name_is_kept, open_desk, close_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
