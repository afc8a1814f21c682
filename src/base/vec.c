#include "base/vec.h"

#include <stdint.h>

void *vec_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t wanted,
               size_t unit)
{
    if (wanted < count)
        wanted = SIZE_MAX; /* count + extra overflowed: more than there is memory for */
    if (wanted <= *capacity && items != NULL)
        return items;
    size_t grown = memory_grow(*capacity, wanted);
    if (arena == NULL || grown > SIZE_MAX / unit)
        items = memory_resize(items, grown, unit);
    else
        items = arena_resize(arena, items, *capacity * unit, grown * unit);
    *capacity = grown;
    return items;
}
