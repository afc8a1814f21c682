#include "text/difference.h"

#include <stdint.h>

enum { TABLE_SIDE_LIMIT = 1500 };

/* The strings between what both sides begin and end with. */
struct middle {
    const str *left, *right;
    size_t left_count, right_count;
    size_t before;    /* strings that both begin with */
    uint16_t *common; /* [i][k]: of left from i and right from k; NULL: too long to tell */
};

static uint16_t *cell(const struct middle *middle, size_t i, size_t k)
{
    return &middle->common[i * (middle->right_count + 1) + k];
}

static void fill(struct middle *middle)
{
    for (size_t i = middle->left_count; i-- > 0;) {
        for (size_t k = middle->right_count; k-- > 0;) {
            uint16_t down = *cell(middle, i + 1, k), along = *cell(middle, i, k + 1);
            *cell(middle, i, k) = str_equal(middle->left[i], middle->right[k])
                                      ? (uint16_t)(*cell(middle, i + 1, k + 1) + 1)
                                  : down > along ? down
                                                 : along;
        }
    }
}

/* A run of strings without a counterpart: the first of one side beside the first of the other. */
static void add_run(struct arena *arena, const struct middle *middle, size_t i, size_t left_count,
                    size_t k, size_t right_count, difference_vec *differences)
{
    size_t count = left_count > right_count ? left_count : right_count;
    for (size_t n = 0; n < count; n++) {
        struct difference difference = {
            n < left_count ? middle->before + i + n : STR_MISSING,
            n < right_count ? middle->before + k + n : STR_MISSING,
        };
        vec_push(arena, differences, difference);
    }
}

static void walk(struct arena *arena, const struct middle *middle, difference_vec *differences)
{
    size_t i = 0, k = 0, from_i = 0, from_k = 0;
    while (i < middle->left_count && k < middle->right_count) {
        if (str_equal(middle->left[i], middle->right[k])) {
            add_run(arena, middle, from_i, i - from_i, from_k, k - from_k, differences);
            from_i = ++i;
            from_k = ++k;
        } else if (*cell(middle, i + 1, k) >= *cell(middle, i, k + 1)) {
            i++;
        } else {
            k++;
        }
    }
    add_run(arena, middle, from_i, middle->left_count - from_i, from_k,
            middle->right_count - from_k, differences);
}

void text_differences(struct arena *arena, const str *left, size_t left_count, const str *right,
                      size_t right_count, difference_vec *differences)
{
    struct arena scratch = {0};
    size_t before = 0, after = 0;
    while (before < left_count && before < right_count && str_equal(left[before], right[before]))
        before++;
    while (before + after < left_count && before + after < right_count &&
           str_equal(left[left_count - 1 - after], right[right_count - 1 - after]))
        after++;
    struct middle middle = {.left = left + before,
                            .right = right + before,
                            .left_count = left_count - before - after,
                            .right_count = right_count - before - after,
                            .before = before};
    if (middle.left_count > TABLE_SIDE_LIMIT || middle.right_count > TABLE_SIDE_LIMIT) {
        add_run(arena, &middle, 0, middle.left_count, 0, middle.right_count, differences);
    } else {
        size_t cells = (middle.left_count + 1) * (middle.right_count + 1);
        middle.common = arena_array(&scratch, uint16_t, cells);
        fill(&middle);
        walk(arena, &middle, differences);
    }
    arena_done(&scratch);
}
