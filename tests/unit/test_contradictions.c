/* layers: base text model ingest analyse store tui app */
/* Statements that contradict each other, on a labelled set of pairs: how many are found, and how
 * many false alarms there are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/pipeline.h"
#include "base/file.h"

/* Per cent. A false alarm costs the reader more than one that is missed. */
enum { PRECISION_FLOOR = 95, RECALL_FLOOR = 80 };

static struct pipeline pipeline;
static struct error err;

#define OK(call)                                                                                   \
    do {                                                                                           \
        if ((call) != STATUS_OK)                                                                   \
            fail_msg("%s", err.text);                                                              \
    } while (0)

static int open_tools(void **state)
{
    (void)state;
    const struct environment environment = {.data_folder = DATA_DIR};
    return pipeline_open(&environment, &pipeline, &err) != STATUS_OK;
}

static int close_tools(void **state)
{
    (void)state;
    pipeline_close(&pipeline);
    return 0;
}

static void put(struct store *store, struct arena *arena, const char *path, str sentence)
{
    str text = arena_format(arena, "News of the week\n\n%.*s\n", STR_ARG(sentence));
    struct page page = {.path = str_from(path),
                        .raw = text,
                        .published = DAY_UNKNOWN,
                        .kind = PAGE_TEXT,
                        .body = text};
    struct source_page source = {.path = page.path,
                                 .format = STR("text"),
                                 .raw = text,
                                 .given = DAY_UNKNOWN,
                                 .imported = 1700000000};
    enum import_outcome outcome;
    OK(store_put_source(store, &source, &outcome, &err));
    OK(pipeline_store_page(&pipeline, store, arena, &page, &source, &err));
}

/* Two articles in a dossier of their own: does each stand against the other? */
static bool contradict(str first, str second)
{
    struct arena arena = {0};
    struct store *store;
    struct moment_query query = {.from = DAY_UNKNOWN, .to = DAY_UNKNOWN};
    struct page_request request = {.limit = 100};
    const struct moment_row *rows, *others;
    size_t count, other_count, found = 0;
    OK(store_open(":memory:", STORE_READ_WRITE, &store, &err));
    put(store, &arena, "one.txt", first);
    put(store, &arena, "two.txt", second);
    OK(store_list_moments(store, &arena, &query, &request, &rows, &count, &err));
    for (size_t i = 0; i < count; i++) {
        OK(store_list_contradictions(store, &arena, &rows[i].key, &others, &other_count, &err));
        assert_int_equal(other_count, rows[i].contradiction_count);
        for (size_t k = 0; k < other_count; k++)
            assert_true(others[k].article != rows[i].article &&
                        others[k].moment.first != rows[i].moment.first);
        found += other_count > 0;
    }
    assert_true(found != 1); /* both or none */
    store_close(store);
    arena_done(&arena);
    return found > 0;
}

static void labelled_pairs_are_told_apart(void **state)
{
    (void)state;
    struct arena arena = {0};
    str text, line, label, first;
    int hits = 0, alarms = 0, missed = 0;
    OK(file_read(&arena, TESTS_DIR "/cases/analyse/contradictions.cases", 1 << 20, &text, &err));
    while (str_next_line(&text, &line)) {
        str rest = line;
        if (str_starts(line, STR("#")) || !str_next(&rest, '~', &label) ||
            !str_next(&rest, '~', &first))
            continue;
        bool wanted = str_equal(str_trim(label), STR("yes"));
        bool found = contradict(str_trim(first), str_trim(rest));
        if (wanted != found)
            printf("%s: %.*s\n", wanted ? "missed" : "false alarm", STR_ARG(line));
        hits += wanted && found;
        alarms += !wanted && found;
        missed += wanted && !found;
    }
    arena_done(&arena);
    int precision = hits ? 100 * hits / (hits + alarms) : 0;
    int recall = hits ? 100 * hits / (hits + missed) : 0;
    printf("precision %d %%, recall %d %% of %d\n", precision, recall, hits + missed);
    assert_true(hits + missed >= 15);
    assert_in_range(precision, PRECISION_FLOOR, 100);
    assert_in_range(recall, RECALL_FLOOR, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(labelled_pairs_are_told_apart)};
    return cmocka_run_group_tests(tests, open_tools, close_tools);
}
