/* layers: base text model ingest analyse store tui app */
/* What the pages of one outlet have in common, through the real cleaner and a real store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/import.h"
#include "bench.h"

#define LINE "The paper of the harbour towns is printed every morning in the old hall."

/* A page that is added. */
struct added {
    struct bench *bench;
    struct source_page source;
};

static enum status store_it(void *context, const struct page *page)
{
    struct added *added = context;
    struct bench *bench = added->bench;
    enum import_outcome outcome;
    struct arena work = {0};
    added->source.raw = page->raw;
    ASSERT_OK(bench, store_begin(bench->store, &bench->err));
    ASSERT_OK(bench, store_put_source(bench->store, &added->source, &outcome, &bench->err));
    ASSERT_OK(bench, pipeline_store_page(&bench->pipeline, bench->store, &work, page,
                                         &added->source, &bench->err));
    ASSERT_OK(bench, store_commit(bench->store, &bench->err));
    arena_done(&work);
    return STATUS_OK;
}

static enum status broken(void *context, str path, const struct error *err)
{
    (void)context, (void)path;
    fail_msg("%s", err->text);
    return STATUS_OK;
}

/* A dump of an outlet's page, with paragraphs of its own and what is given at its end. */
static int64_t add_page(struct bench *bench, const char *site, int number, const char *end)
{
    struct arena pages = {0};
    str line = arena_format(
        &bench->arena,
        "{\"site\": \"%s\", \"title\": \"Harbour %d\", \"raw\": \"Harbour %d\\n\\nOn the %d. of "
        "May "
        "the mayor of Hamburg opened the harbour after %d years.\\n\\nShe said that %d people had "
        "worked on it and that nobody expected it.\\n\\n%s\\n\"}",
        site, number, number, number, number, number, end);
    struct added added = {bench,
                          {.path = arena_format(&bench->arena, "%s/%d.jsonl", site, number),
                           .format = STR("jsonl"),
                           .given = DAY_UNKNOWN,
                           .imported = 1700000000}};
    const struct page_sink sink = {.page = store_it, .broken = broken, .context = &added};
    const struct input input = {.path = added.source.path, .bytes = line, .published = DAY_UNKNOWN};
    ASSERT_OK(bench, format_named(STR("jsonl"))->read(&pages, &input, &sink, &bench->err));
    arena_done(&pages);
    return added.source.id;
}

/* The reason for which the line was cut, or "kept", or "gone". */
static const char *fate(struct bench *bench, int64_t id, const char *line)
{
    struct stored_article stored = {0};
    ASSERT_OK(bench, store_get_article(bench->store, &bench->arena, id, &stored, &bench->err));
    if (str_find(stored.article.text, str_from(line), 0) != STR_MISSING)
        return "kept";
    for (size_t i = 0; i < stored.article.removed.count; i++)
        if (str_equal(stored.article.removed.items[i].text, str_from(line)))
            return arena_format(&bench->arena, "%s: %.*s",
                                removal_reason_name(stored.article.removed.items[i].reason),
                                STR_ARG(stored.article.removed.items[i].rule))
                .ptr;
    return "gone";
}

static int64_t refresh(struct bench *bench)
{
    struct import_totals totals;
    ASSERT_OK(bench, import_refresh(&bench->pipeline, bench->store, 3, NULL, &totals, &bench->err));
    assert_int_equal(totals.failed, 0);
    return totals.imported;
}

#define REPEATED "repeated: stands on many pages of Daily"

static void a_line_of_many_pages_is_furniture(void **state)
{
    struct bench *bench = *state;
    int64_t pages[OUTLET_FURNITURE_PAGES + 2];
    int count = OUTLET_FURNITURE_PAGES;
    for (int i = 0; i < count - 1; i++)
        pages[i] = add_page(bench, "Daily", i + 1, LINE);
    (void)add_page(bench, "Weekly", 1, LINE); /* another outlet counts for itself */
    (void)add_page(bench, "", 1, LINE);
    assert_string_equal(fate(bench, pages[count - 2], LINE), "kept");
    assert_int_equal(refresh(bench), 0);
    pages[count - 1] = add_page(bench, "daily", count, LINE); /* the case of a name says nothing */
    assert_string_equal(fate(bench, pages[count - 1], LINE),
                        "repeated: stands on many pages of daily");
    assert_string_equal(fate(bench, pages[0], LINE), "kept"); /* not yet */
    assert_int_equal(refresh(bench), count - 1);
    for (int i = 0; i < count - 1; i++)
        assert_string_equal(fate(bench, pages[i], LINE), REPEATED);
    assert_int_equal(refresh(bench), 0);
    pages[count] = add_page(bench, "Daily", count + 1, LINE);
    assert_string_equal(fate(bench, pages[count], LINE), REPEATED);
    assert_string_equal(fate(bench, add_page(bench, "Weekly", 2, LINE), LINE), "kept");
    /* the reader wins, here and after the next cleaning */
    const struct block_decision decision = {str_hash(STR(LINE)), true};
    ASSERT_OK(bench, store_put_block_decision(bench->store, pages[0], &decision, 1, &bench->err));
    for (int i = 0; i < 2; i++) {
        ASSERT_OK(bench, pipeline_rederive(&bench->pipeline, bench->store, pages[0], &bench->err));
        assert_string_equal(fate(bench, pages[0], LINE), "kept");
    }
}

/* The same page again and again is one page. */
static void a_page_counts_once(void **state)
{
    struct bench *bench = *state;
    int64_t id = add_page(bench, "Daily", 1, LINE);
    for (int i = 0; i < 2 * OUTLET_FURNITURE_PAGES; i++)
        ASSERT_OK(bench, pipeline_rederive(&bench->pipeline, bench->store, id, &bench->err));
    assert_string_equal(fate(bench, id, LINE), "kept");
    for (int i = 2; i < OUTLET_FURNITURE_PAGES; i++)
        id = add_page(bench, "Daily", i, LINE);
    assert_string_equal(fate(bench, id, LINE), "kept");
}

/* What is remembered of an outlet does not grow without end: lines far apart are no furniture. */
static void only_the_last_pages_are_remembered(void **state)
{
    struct bench *bench = *state;
    enum { LINES = 1000 };
    uint64_t hashes[LINES];
    int64_t id = add_page(bench, "Daily", 1, LINE), last = 0;
    struct outlet_line line = {.hash = str_hash(STR("common"))};
    ASSERT_OK(bench, store_begin(bench->store, &bench->err));
    for (int round = 0; round < OUTLET_FURNITURE_PAGES * 3; round++) {
        for (int i = 0; i < LINES; i++)
            hashes[i] = (uint64_t)round * LINES + (uint64_t)i;
        if (round % 3 == 0) /* on every third page: more than the limit lies between six of them */
            hashes[0] = line.hash;
        ASSERT_OK(bench, store_note_outlet_lines(bench->store, id + round, STR("Daily"), hashes,
                                                 LINES, &bench->err));
        last = id + round;
    }
    ASSERT_OK(bench, store_find_outlet_lines(bench->store, STR("Daily"), &line, 1, &bench->err));
    assert_false(line.furniture);
    for (int i = 1; i <= OUTLET_FURNITURE_PAGES; i++)
        ASSERT_OK(bench, store_note_outlet_lines(bench->store, last + i, STR("Daily"), &line.hash,
                                                 1, &bench->err));
    ASSERT_OK(bench, store_find_outlet_lines(bench->store, STR("Daily"), &line, 1, &bench->err));
    assert_true(line.furniture);
    ASSERT_OK(bench, store_commit(bench->store, &bench->err));
}

static void a_copy_of_an_article_stays_whole(void **state)
{
    struct bench *bench = *state;
    int64_t id = 0;
    for (int i = 0; i < OUTLET_FURNITURE_PAGES + 2; i++) {
        id = add_page(bench, "Daily", 7,
                      arena_format(&bench->arena, "Copy number %d of the text.", i).ptr);
        /* other bytes at another path, the same article */
        (void)i;
    }
    assert_string_equal(fate(bench, id,
                             "She said that 7 people had worked on it and that nobody "
                             "expected it."),
                        "kept");
}

static void a_rule_holds_for_the_outlet(void **state)
{
    struct bench *bench = *state;
    struct journal_step step;
    int64_t first = add_page(bench, "Daily", 1, LINE), second = add_page(bench, "Daily", 2, LINE),
            other = add_page(bench, "Weekly", 1, LINE);
    ASSERT_OK(bench, store_put_outlet_rule(bench->store, first, STR("Daily"), STR(LINE), false,
                                           false, 1, &bench->err));
    assert_int_equal(refresh(bench), 2);
    assert_string_equal(fate(bench, first, LINE), "other: your rule for Daily");
    assert_string_equal(fate(bench, second, LINE), "other: your rule for Daily");
    assert_string_equal(fate(bench, other, LINE), "kept");
    assert_string_equal(fate(bench, add_page(bench, "DAILY", 3, LINE), LINE),
                        "other: your rule for DAILY");
    ASSERT_OK(bench, store_undo(bench->store, &bench->arena, &step, &bench->err));
    assert_true(str_starts(step.label, STR("outlet rule")));
    assert_int_equal(step.article, first);
    assert_int_equal(refresh(bench), 3);
    assert_string_equal(fate(bench, second, LINE), "kept");
    ASSERT_OK(bench, store_redo(bench->store, &bench->arena, &step, &bench->err));
    (void)refresh(bench);
    assert_string_equal(fate(bench, second, LINE), "other: your rule for Daily");
    /* the other way: what the cleaner cuts is kept */
    int64_t shares = add_page(bench, "Daily", 4, "Share this article");
    assert_string_not_equal(fate(bench, shares, "Share this article"), "kept");
    ASSERT_OK(bench, store_put_outlet_rule(bench->store, shares, STR("Daily"),
                                           STR("Share this article"), true, false, 1, &bench->err));
    (void)refresh(bench);
    assert_string_equal(fate(bench, shares, "Share this article"), "kept");
    /* a decision about one article wins over the rule */
    const struct block_decision decision = {str_hash(STR(LINE)), true};
    ASSERT_OK(bench, store_put_block_decision(bench->store, second, &decision, 1, &bench->err));
    ASSERT_OK(bench, pipeline_rederive(&bench->pipeline, bench->store, second, &bench->err));
    assert_string_equal(fate(bench, second, LINE), "kept");
}

/* More articles than one step marks. */
static void a_rule_reaches_every_article_of_the_outlet(void **state)
{
    enum { COUNT = OUTLET_STALE_STEP + 3 };
    struct bench *bench = *state;
    struct journal_step step;
    int64_t oldest = add_page(bench, "Daily", 0, LINE), newest = 0;
    for (int i = 1; i < COUNT; i++)
        newest = add_page(bench, "Daily", i, i < 3 || i == COUNT - 1 ? LINE : "Nothing more.");
    ASSERT_OK(bench, store_put_outlet_rule(bench->store, newest, STR("Daily"), STR(LINE), false,
                                           false, 1, &bench->err));
    assert_int_equal(refresh(bench), COUNT);
    assert_string_equal(fate(bench, newest, LINE), "other: your rule for Daily");
    assert_string_equal(fate(bench, oldest, LINE), "other: your rule for Daily");
    assert_int_equal(refresh(bench), 0);
    ASSERT_OK(bench, store_undo(bench->store, &bench->arena, &step, &bench->err));
    assert_int_equal(refresh(bench), COUNT);
    assert_string_equal(fate(bench, oldest, LINE), "kept");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_BENCH(a_line_of_many_pages_is_furniture),
        WITH_BENCH(a_page_counts_once),
        WITH_BENCH(only_the_last_pages_are_remembered),
        WITH_BENCH(a_copy_of_an_article_stays_whole),
        WITH_BENCH(a_rule_holds_for_the_outlet),
        WITH_BENCH(a_rule_reaches_every_article_of_the_outlet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
