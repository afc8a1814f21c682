/* What two series of sentences do not have in common. */
#ifndef TEXT_DIFFERENCE_H
#define TEXT_DIFFERENCE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

/* One that stands on one side only, or one beside what took its place: indexes, STR_MISSING for
 * none. */
struct difference {
    size_t left, right;
};
typedef VEC(struct difference) difference_vec;

/* In order, by a longest common subsequence of equal strings. Where the parts that differ are
 * longer than 1,500 strings on either side, all of them are told as different. Lives in the arena.
 */
void text_differences(struct arena *arena, const str *left, size_t left_count, const str *right,
                      size_t right_count, difference_vec *differences);

#endif
