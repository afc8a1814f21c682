/* layers: base text */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdlib.h>

#include <cmocka.h>

#include "text/difference.h"

enum { LENGTH_LIMIT = 12, ROUNDS = 3000 };

static uint64_t random_state = 3;

static uint32_t below(uint32_t limit)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(random_state >> 33) % limit;
}

static size_t fill(str *strings, size_t limit)
{
    static const char *const words[] = {"a", "b", "c", "d"};
    size_t count = below((uint32_t)limit + 1);
    for (size_t i = 0; i < count; i++)
        strings[i] = str_from(words[below(4)]);
    return count;
}

static size_t longest_common(const str *a, size_t a_count, const str *b, size_t b_count)
{
    if (!a_count || !b_count)
        return 0;
    if (str_equal(a[0], b[0]))
        return 1 + longest_common(a + 1, a_count - 1, b + 1, b_count - 1);
    size_t left = longest_common(a + 1, a_count - 1, b, b_count);
    size_t right = longest_common(a, a_count, b + 1, b_count - 1);
    return left > right ? left : right;
}

/* What is not told as different must be the same on both sides, and as long as can be. */
static void what_is_left_is_the_longest_in_common(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct arena arena = {0};
        str left[LENGTH_LIMIT], right[LENGTH_LIMIT];
        size_t left_count = fill(left, round % 2 ? 6 : 9), right_count = fill(right, 7);
        bool left_told[LENGTH_LIMIT] = {false}, right_told[LENGTH_LIMIT] = {false};
        difference_vec differences = {0};
        text_differences(&arena, left, left_count, right, right_count, &differences);
        for (size_t i = 0; i < differences.count; i++) {
            const struct difference *one = &differences.items[i];
            assert_true(one->left != STR_MISSING || one->right != STR_MISSING);
            if (one->left != STR_MISSING)
                left_told[one->left] = true;
            if (one->right != STR_MISSING)
                right_told[one->right] = true;
        }
        size_t common = 0, k = 0;
        for (size_t i = 0; i < left_count; i++) {
            if (left_told[i])
                continue;
            while (k < right_count && right_told[k])
                k++;
            assert_true(k < right_count && str_equal(left[i], right[k]));
            k++;
            common++;
        }
        while (k < right_count)
            assert_true(right_told[k++]);
        assert_int_equal(common, longest_common(left, left_count, right, right_count));
        arena_done(&arena);
    }
}

static void too_long_to_tell_is_all_different(void **state)
{
    (void)state;
    enum { COUNT = 4000 };
    struct arena arena = {0};
    str *left = calloc(COUNT, sizeof *left), *right = calloc(COUNT, sizeof *right);
    difference_vec differences = {0};
    for (size_t i = 0; i < COUNT; i++) {
        left[i] = i == 0 || i + 1 == COUNT ? STR("same") : STR("left");
        right[i] = i == 0 || i + 1 == COUNT ? STR("same") : STR("right");
    }
    text_differences(&arena, left, COUNT, right, COUNT, &differences);
    assert_int_equal(differences.count, COUNT - 2);
    arena_done(&arena);
    free(left);
    free(right);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_is_the_longest_in_common),
        cmocka_unit_test(too_long_to_tell_is_all_different),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
