/* Growing arrays of any type:
 *     VEC(struct token) tokens = {0};
 *     vec_push(arena, &tokens, token);
 *     for (size_t i = 0; i < tokens.count; i++) use(tokens.items[i]);
 * With an arena the items live there; with NULL they live on the heap until vec_done. One vector
 * uses the same arena (or NULL) all its life. */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>

#include "base/arena.h"
#include "base/memory.h"

#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count, capacity;                                                                    \
    }

/* Makes room for `extra` more items. */
#define vec_reserve(arena, vec, extra)                                                             \
    ((vec)->items = vec_grow((arena), (vec)->items, (vec)->count, &(vec)->capacity,                \
                             (vec)->count + (extra), sizeof *(vec)->items))

#define vec_push(arena, vec, ...)                                                                  \
    ((vec)->count < (vec)->capacity ? (void)0 : (void)vec_reserve((arena), (vec), 1),              \
     (vec)->items[(vec)->count++] = (__VA_ARGS__))

#define vec_last(vec) (&(vec)->items[(vec)->count - 1])
/* Only for vectors on the heap. */
#define vec_done(vec)                                                                              \
    (memory_free((vec)->items), (vec)->items = NULL, (vec)->count = (vec)->capacity = 0)

/* For the macros above. */
void *vec_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t wanted,
               size_t unit);

#endif
