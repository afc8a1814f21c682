/* Search terms for scripts written without spaces: a word index cannot find the middle of a run
 * of Han characters, so each run becomes its overlapping pairs of characters. */
#ifndef TEXT_UNSPACED_H
#define TEXT_UNSPACED_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

bool unspaced_any(str text);
/* All runs of `text` as pairs parted by spaces ("普京總" -> "普京 京總 總"), each run ending in its
 * last character alone, so that a single character is found as the start of a pair. STR_NONE when
 * there is no such run. */
str unspaced_terms(struct arena *arena, str text);
/* The pairs that a searched run must hold, in order ("普京總" -> "普京 京總"); a single character
 * is given as it is and *prefix set. */
str unspaced_query(struct arena *arena, str run, bool *prefix);

#endif
