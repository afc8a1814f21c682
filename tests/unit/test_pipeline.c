/* layers: base text model ingest analyse store tui app */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/crew.h"
#include "app/pipeline.h"
#include "app/query.h"
#include "bench.h"

static const char page_text[] =
    "Harbour reopens after the storm\n"
    "March 4, 2024\n"
    "\n"
    "Mayor Lena Brandt reopened the harbour of Hamburg on Monday, two days after the storm.\n"
    "\n"
    "Share this article\n"
    "\n"
    "Jan Petersen said that the last boat was found. Brandt thanked him.\n";

static int64_t store_page(struct bench *bench, const char *path, const char *text)
{
    struct page page = {.path = str_from(path),
                        .raw = str_from(text),
                        .published = DAY_UNKNOWN,
                        .kind = PAGE_DUMP,
                        .body = str_from(text)};
    struct source_page source = {.path = page.path,
                                 .format = STR("text"),
                                 .raw = page.raw,
                                 .given = DAY_UNKNOWN,
                                 .imported = 1700000000};
    enum import_outcome outcome;
    ASSERT_OK(bench, store_begin(bench->store, &bench->err));
    ASSERT_OK(bench, store_put_source(bench->store, &source, &outcome, &bench->err));
    ASSERT_OK(bench, pipeline_store_page(&bench->pipeline, bench->store, &bench->arena, &page,
                                         &source, &bench->err));
    ASSERT_OK(bench, store_commit(bench->store, &bench->err));
    return source.id;
}

static struct stored_article get_article(struct bench *bench, int64_t id)
{
    struct stored_article article = {0};
    ASSERT_OK(bench, store_get_article(bench->store, &bench->arena, id, &article, &bench->err));
    return article;
}

static bool has_name(const struct stored_article *article, const char *name)
{
    for (size_t i = 0; i < article->mention_count; i++)
        if (str_equal(article->mentions[i].name, str_from(name)))
            return true;
    return false;
}

static void a_page_becomes_rows(void **state)
{
    struct bench *bench = *state;
    int64_t id = store_page(bench, "pile/one.txt", page_text);
    struct stored_article article = get_article(bench, id);
    assert_true(has_name(&article, "Lena Brandt"));
    assert_true(has_name(&article, "Jan Petersen"));
    assert_true(article.moments.count > 0);
    assert_true(str_equal(article.article.path, STR("pile/one.txt")));
    assert_int_equal(article.article.published.value, day_from_civil(2024, 3, 4));
}

static void people_are_the_same_in_the_next_article(void **state)
{
    struct bench *bench = *state;
    (void)store_page(bench, "one.txt", page_text);
    (void)store_page(bench, "two.txt",
                     "The next day\nMarch 5, 2024\n\nLena Brandt came to Kiel on Tuesday.\n");
    struct entity_row row = {0};
    ASSERT_OK(bench, store_find_entity_by_name(bench->store, &bench->arena, STR("Lena Brandt"),
                                               &row, &bench->err));
    assert_int_equal(row.article_count, 2);
}

static void a_decision_of_the_reader_is_kept(void **state)
{
    struct bench *bench = *state;
    int64_t id = store_page(bench, "one.txt", page_text);
    struct stored_article before = get_article(bench, id);
    assert_true(str_find(before.article.text, STR("Share this"), 0) == STR_MISSING);
    const struct block_decision decision = {str_hash(STR("Share this article")), true};
    ASSERT_OK(bench, store_put_block_decision(bench->store, id, &decision, 1, &bench->err));
    ASSERT_OK(bench, pipeline_rederive(&bench->pipeline, bench->store, id, &bench->err));
    struct stored_article after = get_article(bench, id);
    assert_true(str_find(after.article.text, STR("Share this article"), 0) != STR_MISSING);
    /* and once more, as after a new version of the program */
    ASSERT_OK(bench, pipeline_rederive(&bench->pipeline, bench->store, id, &bench->err));
    struct stored_article again = get_article(bench, id);
    assert_true(str_equal(after.article.text, again.article.text));
    assert_int_equal(after.mention_count, again.mention_count);
}

static void a_bookmark_moves_with_its_words(void **state)
{
    struct bench *bench = *state;
    int64_t id = store_page(bench, "one.txt", page_text);
    struct stored_article before = get_article(bench, id);
    size_t start = str_find(before.article.text, STR("the last boat"), 0);
    struct bookmark bookmark = {.article = id,
                                .quote = STR("the last boat"),
                                .prefix = STR("said that "),
                                .suffix = STR(" was found"),
                                .start = (uint32_t)start,
                                .end = (uint32_t)start + 13};
    ASSERT_OK(bench, store_put_bookmark(bench->store, &bookmark, 1, &bench->err));
    const struct block_decision decision = {str_hash(STR("Share this article")), true};
    ASSERT_OK(bench, store_put_block_decision(bench->store, id, &decision, 1, &bench->err));
    ASSERT_OK(bench, pipeline_rederive(&bench->pipeline, bench->store, id, &bench->err));
    struct stored_article after = get_article(bench, id);
    const struct bookmark_query query = {.article = id};
    const struct page_request request = {.limit = 10};
    const struct bookmark_row *rows = NULL;
    size_t count = 0;
    ASSERT_OK(bench, store_list_bookmarks(bench->store, &bench->arena, &query, &request, &rows,
                                          &count, &bench->err));
    assert_int_equal(count, 1);
    assert_int_not_equal(rows[0].bookmark.start, start);
    assert_true(
        str_equal(str_slice(after.article.text, rows[0].bookmark.start, rows[0].bookmark.end),
                  STR("the last boat")));
}

static void scripts_without_spaces_are_searched(void **state)
{
    struct bench *bench = *state;
    struct search_query query;
    const struct search_row *rows = NULL;
    const struct page_request request = {.limit = 10};
    size_t count = 0;
    (void)store_page(bench, "one.txt", "汉堡港口重新开放\n\n汉堡市长在周一重新开放了港口。\n");
    ASSERT_OK(bench,
              query_parse(&bench->arena, STR("港口"), QUERY_SEARCH, &query, NULL, &bench->err));
    ASSERT_OK(bench, store_search(bench->store, &bench->arena, &query, &request, &rows, &count,
                                  &bench->err));
    assert_int_equal(count, 1);
}

static void what_cannot_be_derived_is_told(void **state)
{
    struct bench *bench = *state;
    const struct source_page source = {
        .id = 1, .path = STR("x"), .format = STR("stone"), .raw = STR("y"), .given = DAY_UNKNOWN};
    assert_int_equal(pipeline_derive_source(&bench->pipeline, bench->store, &source, &bench->err),
                     STATUS_UNSUPPORTED);
    assert_int_equal(pipeline_rederive(&bench->pipeline, bench->store, 4711, &bench->err),
                     STATUS_NOT_FOUND);
}

/* ---- several threads ----------------------------------------------------------------------- */

static enum status check_order(void *context, struct crew_task *task)
{
    int *next = context;
    int64_t number = 0;
    bool broken = task->kind == CREW_BROKEN;
    str id = broken ? task->path : task->prepared.article.id;
    assert_true(str_to_int(id, &number));
    assert_int_equal(number, *next);
    assert_true(broken == (number % 7 == 3));
    ++*next;
    return number == 90 ? STATUS_CANCELLED : STATUS_OK;
}

static void a_crew_keeps_the_order(void **state)
{
    struct bench *bench = *state;
    for (size_t jobs = 1; jobs <= 3; jobs++) {
        int next = 0;
        const struct crew_listener listener = {.finished = check_order, .context = &next};
        const struct error fault = {STATUS_IO, "broken"};
        struct crew *crew = crew_new(&bench->pipeline, jobs, &listener);
        enum status status = STATUS_OK;
        for (int i = 0; i < 100 && status == STATUS_OK; i++) {
            char id[16];
            struct page page = {.path = STR("x"),
                                .published = DAY_UNKNOWN,
                                .kind = PAGE_DUMP,
                                .body = str_from(page_text)};
            (void)snprintf(id, sizeof id, "%d", i);
            page.id = str_from(id);
            status = i % 7 == 3 ? crew_add_broken(crew, page.id, &fault, NULL)
                                : crew_add_page(crew, &page, NULL);
        }
        if (status == STATUS_OK)
            status = crew_finish(crew);
        assert_int_equal(status, STATUS_CANCELLED);
        assert_int_equal(next, 91);
        crew_free(crew);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_BENCH(a_page_becomes_rows),
        WITH_BENCH(people_are_the_same_in_the_next_article),
        WITH_BENCH(a_decision_of_the_reader_is_kept),
        WITH_BENCH(a_bookmark_moves_with_its_words),
        WITH_BENCH(scripts_without_spaces_are_searched),
        WITH_BENCH(what_cannot_be_derived_is_told),
        WITH_BENCH(a_crew_keeps_the_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
