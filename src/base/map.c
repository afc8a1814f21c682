#include "base/map.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/vec.h"

enum { FIRST_SLOT_COUNT = 16 };

void map_init(struct map *map, struct arena *arena)
{
    *map = (struct map){.arena = arena};
}

void map_done(struct map *map)
{
    if (map->arena == NULL) {
        memory_free(map->entries);
        memory_free(map->slots);
    }
    *map = (struct map){.arena = map->arena};
}

/* The slot of the key, or the free slot where it belongs. slot_count is a power of two and some
 * slot is always free. */
static size_t find_slot(const struct map *map, str key, uint64_t hash)
{
    size_t mask = map->slot_count - 1;
    size_t slot = (size_t)hash & mask;
    while (map->slots[slot] != 0) {
        const struct map_entry *entry = &map->entries[map->slots[slot] - 1];
        if (entry->hash == hash && str_equal(entry->key, key))
            return slot;
        slot = (slot + 1) & mask;
    }
    return slot;
}

static void grow_slots(struct map *map)
{
    size_t grown = map->slot_count == 0 ? FIRST_SLOT_COUNT : map->slot_count * 2;
    if (map->arena == NULL)
        memory_free(map->slots);
    map->slots = map->arena != NULL ? arena_array(map->arena, uint32_t, grown)
                                    : memory_new(grown, sizeof *map->slots);
    map->slot_count = grown;
    for (size_t i = 0; i < map->count; i++) {
        size_t slot = (size_t)map->entries[i].hash & (grown - 1);
        while (map->slots[slot] != 0)
            slot = (slot + 1) & (grown - 1);
        map->slots[slot] = (uint32_t)(i + 1);
    }
}

uint64_t *map_find(const struct map *map, str key)
{
    if (map->count == 0)
        return NULL;
    size_t slot = find_slot(map, key, str_hash(key));
    return map->slots[slot] != 0 ? &map->entries[map->slots[slot] - 1].value : NULL;
}

uint64_t *map_put(struct map *map, str key, uint64_t initial)
{
    if ((map->count + 1) * 4 > map->slot_count * 3)
        grow_slots(map);
    uint64_t hash = str_hash(key);
    size_t slot = find_slot(map, key, hash);
    if (map->slots[slot] != 0)
        return &map->entries[map->slots[slot] - 1].value;
    if (map->count >= UINT32_MAX - 1)
        abort(); /* 2^32 keys: out of memory long before */
    map->entries = vec_grow(map->arena, map->entries, map->count, &map->entry_capacity,
                            map->count + 1, sizeof *map->entries);
    map->entries[map->count] = (struct map_entry){.key = key, .hash = hash, .value = initial};
    map->slots[slot] = (uint32_t)(map->count + 1);
    return &map->entries[map->count++].value;
}
