/* Hash map from text to a 64-bit value (number or pointer). Keys are borrowed: they must outlive
 * the map. Iteration is in order of insertion. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct map_entry {
    str key;
    uint64_t hash;
    uint64_t value;
};

struct map {
    struct arena *arena;       /* where the table lives; NULL = heap until map_done */
    struct map_entry *entries; /* in order of insertion */
    size_t count, entry_capacity;
    uint32_t *slots; /* 0 = free, else entry index + 1 */
    size_t slot_count;
};

void map_init(struct map *map, struct arena *arena);
/* Only for maps on the heap. */
void map_done(struct map *map);
/* The value's place, or NULL when the key is not there. Valid until the next map_put. */
uint64_t *map_find(const struct map *map, str key);
/* The value's place; a new key gets `initial`. */
uint64_t *map_put(struct map *map, str key, uint64_t initial);

#endif
