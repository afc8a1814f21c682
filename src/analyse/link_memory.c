/* Known entities in memory: for `inspect` and for tests. */
#include <stdlib.h>

#include "analyse/link.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/vec.h"

enum {
    APPEARANCE_LIMIT = 256, /* latest articles of an entity that count for its company */
    FOUND_LIMIT = 128       /* entities of one key that are offered */
};

struct remembered {
    enum entity_kind kind;
    str name;
    uint32_t mention_count;
    VEC(uint32_t) articles; /* rising numbers of the articles it appears in */
};

struct id_list {
    VEC(int64_t) ids;
};

struct link_memory {
    struct arena arena;
    struct map keys;                 /* kind and key -> struct id_list * */
    VEC(struct remembered) entities; /* id - 1 */
    uint32_t article_count;
};

struct link_memory *link_memory_new(void)
{
    struct link_memory *memory = memory_new(1, sizeof *memory);
    arena_init(&memory->arena);
    map_init(&memory->keys, NULL);
    return memory;
}

void link_memory_free(struct link_memory *memory)
{
    if (!memory)
        return;
    map_done(&memory->keys);
    vec_done(&memory->entities);
    arena_done(&memory->arena);
    memory_free(memory);
}

str link_memory_name(const struct link_memory *memory, int64_t id)
{
    return id > 0 && (uint64_t)id <= memory->entities.count ? memory->entities.items[id - 1].name
                                                            : STR_NONE;
}

/* Number of `company` that share an article with the entity. */
static uint32_t count_shared(const struct link_memory *memory, const struct remembered *entity,
                             const int64_t *company, size_t company_count)
{
    uint32_t shared = 0;
    size_t low =
        entity->articles.count > APPEARANCE_LIMIT ? entity->articles.count - APPEARANCE_LIMIT : 0;
    for (size_t i = 0; i < company_count; i++) {
        if (company[i] <= 0 || (uint64_t)company[i] > memory->entities.count)
            continue;
        const struct remembered *other = &memory->entities.items[company[i] - 1];
        size_t a = entity->articles.count, b = other->articles.count;
        size_t b_low = b > APPEARANCE_LIMIT ? b - APPEARANCE_LIMIT : 0;
        while (a > low && b > b_low &&
               entity->articles.items[a - 1] != other->articles.items[b - 1]) {
            if (entity->articles.items[a - 1] > other->articles.items[b - 1])
                a--;
            else
                b--;
        }
        shared += a > low && b > b_low;
    }
    return shared;
}

static str stored_key(struct arena *arena, enum entity_kind kind, str key)
{
    return arena_format(arena, "%d%.*s", (int)kind, STR_ARG(key));
}

static enum status memory_find(void *context, struct arena *arena, enum entity_kind kind, str key,
                               const int64_t *company, size_t company_count,
                               const struct known_entity **found, size_t *count, struct error *err)
{
    (void)err;
    const struct link_memory *memory = context;
    *found = NULL;
    *count = 0;
    const uint64_t *place = map_find(&memory->keys, stored_key(arena, kind, key));
    if (!place)
        return STATUS_OK;
    const struct id_list *list = (const struct id_list *)(uintptr_t)*place;
    *count = list->ids.count < FOUND_LIMIT ? list->ids.count : FOUND_LIMIT;
    struct known_entity *known = arena_array(arena, struct known_entity, *count);
    for (size_t i = 0; i < *count; i++) {
        const struct remembered *entity = &memory->entities.items[list->ids.items[i] - 1];
        known[i] = (struct known_entity){.id = list->ids.items[i],
                                         .kind = entity->kind,
                                         .name = entity->name,
                                         .mention_count = entity->mention_count,
                                         .shared_count =
                                             count_shared(memory, entity, company, company_count)};
    }
    *found = known;
    return STATUS_OK;
}

static void add_keys(struct link_memory *memory, int64_t id, const str *keys, size_t key_count)
{
    enum entity_kind kind = memory->entities.items[id - 1].kind;
    for (size_t i = 0; i < key_count; i++) {
        uint64_t *place = map_put(&memory->keys, stored_key(&memory->arena, kind, keys[i]), 0);
        if (!*place)
            *place = (uint64_t)(uintptr_t)arena_new(&memory->arena, struct id_list);
        struct id_list *list = (struct id_list *)(uintptr_t)*place;
        bool there = list->ids.count && *vec_last(&list->ids) == id;
        /* a new number is greater than all others */
        for (size_t k = 0; !there && k<list->ids.count && * vec_last(&list->ids)> id; k++)
            there = list->ids.items[k] == id;
        if (!there)
            vec_push(&memory->arena, &list->ids, id);
    }
}

static enum status memory_add(void *context, enum entity_kind kind, str name, const str *keys,
                              size_t key_count, int64_t *id, struct error *err)
{
    (void)err;
    struct link_memory *memory = context;
    struct remembered entity = {.kind = kind, .name = arena_str(&memory->arena, name)};
    vec_push(NULL, &memory->entities, entity);
    *id = (int64_t)memory->entities.count;
    add_keys(memory, *id, keys, key_count);
    return STATUS_OK;
}

static enum status memory_rename(void *context, int64_t id, str name, const str *keys,
                                 size_t key_count, struct error *err)
{
    struct link_memory *memory = context;
    if (id <= 0 || (uint64_t)id > memory->entities.count)
        return error_set(err, STATUS_NOT_FOUND, "no entity has the number %lld", (long long)id);
    memory->entities.items[id - 1].name = arena_str(&memory->arena, name);
    add_keys(memory, id, keys, key_count);
    return STATUS_OK;
}

static enum status memory_appear(void *context, const int64_t *ids, const uint32_t *mention_counts,
                                 size_t count, struct error *err)
{
    (void)err;
    struct link_memory *memory = context;
    uint32_t article = memory->article_count++;
    for (size_t i = 0; i < count; i++) {
        struct remembered *entity = &memory->entities.items[ids[i] - 1];
        entity->mention_count += mention_counts[i];
        if (entity->kind == ENTITY_PERSON &&
            (!entity->articles.count || *vec_last(&entity->articles) != article))
            vec_push(&memory->arena, &entity->articles, article);
    }
    return STATUS_OK;
}

struct link_source link_memory_source(struct link_memory *memory)
{
    return (struct link_source){.find = memory_find,
                                .add = memory_add,
                                .rename = memory_rename,
                                .appear = memory_appear,
                                .context = memory};
}
