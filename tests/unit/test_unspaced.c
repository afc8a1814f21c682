/* layers: base text */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/unspaced.h"

static struct arena arena;

static void assert_str(str got, str wanted)
{
    if (!str_equal(got, wanted))
        fail_msg("got \"%.*s\", wanted \"%.*s\"", STR_ARG(got), STR_ARG(wanted));
}

static void only_some_scripts_count(void **state)
{
    (void)state;
    assert_false(unspaced_any(STR("")));
    assert_false(unspaced_any(STR("Plain text, Путин, ٣, 123")));
    assert_true(unspaced_any(STR("met 普 there")));
    assert_true(unspaced_any(STR("カ")));
    assert_true(unspaced_any(STR("ไทย")));
    assert_null(unspaced_terms(&arena, STR("plain")).ptr);
    assert_null(unspaced_terms(&arena, STR_NONE).ptr);
}

static void a_run_becomes_its_pairs(void **state)
{
    (void)state;
    assert_str(unspaced_terms(&arena, STR("普京總")), STR("普京 京總 總"));
    assert_str(unspaced_terms(&arena, STR("普")), STR("普"));
    assert_str(unspaced_terms(&arena, STR("a普京, 總統2統")), STR("普京 京 總統 統 統"));
}

static void a_query_is_part_of_the_terms(void **state)
{
    (void)state;
    bool prefix;
    assert_str(unspaced_query(&arena, STR("普京總"), &prefix), STR("普京 京總"));
    assert_false(prefix);
    assert_str(unspaced_query(&arena, STR("普"), &prefix), STR("普"));
    assert_true(prefix);
    assert_str(unspaced_query(&arena, STR("普京 總統"), &prefix), STR("普京 京 總統"));
    assert_false(prefix);
    assert_str(unspaced_query(&arena, STR("普京 總"), &prefix), STR("普京 京 總"));
    assert_true(prefix);
    assert_null(unspaced_query(&arena, STR("word"), &prefix).ptr);
    assert_false(prefix);
}

/* Every part of a run that is searched for stands, term by term, in the terms of the run. */
static void every_substring_is_found(void **state)
{
    (void)state;
    static const char run[] = "俄羅斯總統普京週一會見媒體";
    size_t count = (sizeof run - 1) / 3;
    str terms = unspaced_terms(&arena, str_from(run));
    for (size_t start = 0; start < count; start++) {
        for (size_t end = start + 1; end <= count; end++) {
            bool prefix;
            str query = unspaced_query(&arena, (str){run + start * 3, (end - start) * 3}, &prefix);
            assert_int_equal(prefix, end - start == 1);
            assert_true(str_find(terms, query, 0) != STR_MISSING);
        }
    }
}

static int end_arena(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_some_scripts_count),
        cmocka_unit_test(a_run_becomes_its_pairs),
        cmocka_unit_test(a_query_is_part_of_the_terms),
        cmocka_unit_test(every_substring_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, end_arena);
}
