/* layers: base text model ingest */
/* What the words of a piece say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "ingest/score.h"

static void assert_same_runs(const char *a, const char *b, bool same)
{
    uint32_t first[LEXIS_RUNS_LIMIT], second[LEXIS_RUNS_LIMIT];
    size_t count = lexis_runs(str_from(a), first), other = lexis_runs(str_from(b), second);
    assert_true(count <= LEXIS_RUNS_LIMIT);
    assert_int_equal(count == other && memcmp(first, second, count * sizeof *first) == 0, same);
}

static void words_are_told_apart_by_letters_alone(void **state)
{
    (void)state;
    assert_same_runs("Don’t share — “this”", "don't SHARE this", true);
    assert_same_runs("12 May 2024", "31 may 1999", true); /* numbers of as many digits */
    assert_same_runs("12 May 2024", "3 May 2024", false);
    assert_same_runs("share this", "this share", false);
    assert_same_runs("", " … — ", true);
}

/* A long text, of many words or of none that end, has its first and its last words. */
static void long_texts_have_their_beginning_and_their_end(void **state)
{
    (void)state;
    struct buf text = BUF_INIT, other = BUF_INIT;
    for (int i = 0; i < 10000; i++) {
        buf_format(&text, "word%d ", i);
        buf_format(&other, i == 5000 ? "of the middle " : "word%d ", i);
    }
    assert_same_runs(buf_c(&text), buf_c(&other), true);
    buf_add(&other, STR("more"));
    assert_same_runs(buf_c(&text), buf_c(&other), false);
    buf_clear(&text);
    for (int i = 0; i < 100000; i++)
        buf_add(&text, STR("a."));
    assert_same_runs(buf_c(&text), buf_c(&text), true);
    buf_done(&text);
    buf_done(&other);
}

static void weights_of_words_make_the_odds(void **state)
{
    (void)state;
    struct lexis_slot slots[LEXIS_SLOTS] = {{0, 0}};
    struct score_lexis lexis = {slots, 0.25f};
    uint32_t runs[LEXIS_RUNS_LIMIT];
    size_t count = lexis_runs(STR("Sign up"), runs);
    assert_int_equal(count, 5); /* two words, their pair, and one with each end */
    assert_null(lexis_find(&lexis, runs[0]));
    for (size_t i = 0; i < count; i++)
        lexis_put(&lexis, runs[i], -1);
    assert_true(lexis_find(&lexis, runs[4])->weight == -1);
    assert_true(lexis_score(&lexis, STR("sign up")) < -1.9f);
    assert_true(lexis_score(&lexis, STR("Sign the letter now")) > -1);
    assert_true(lexis_score(&lexis, STR("They met again")) == 0.25f);
    assert_true(lexis_score(&lexis, STR("…")) == 0.25f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_told_apart_by_letters_alone),
        cmocka_unit_test(long_texts_have_their_beginning_and_their_end),
        cmocka_unit_test(weights_of_words_make_the_odds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
