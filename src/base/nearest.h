/* "Did you mean …?": the nearest of some words to one that is none of them. */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include "base/status.h"
#include "base/str.h"

struct nearest {
    str word;
    const char *best; /* NULL: none is near */
    size_t distance;
};

/* Up to half the word's letters may be wrong, and three. The word is borrowed. */
struct nearest nearest_begin(str word);
/* Keeps `name` when it is nearer than those before; one that begins with the word is nearest.
 * Letters left out, added, changed or swapped with their neighbour count (optimal string alignment,
 * Damerau 1964). */
void nearest_offer(struct nearest *nearest, const char *name);
/* Returns `status` with "there is no WHAT 'word'WHERE; did you mean 'best'?", or where none is near
 * "…; see PAGE". */
enum status nearest_fail(const struct nearest *nearest, enum status status, const char *what,
                         const char *where, const char *page, struct error *err) MUST_CHECK;

#endif
