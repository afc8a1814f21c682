/* Forms and entities in memory: for `inspect` and for tests. */
#include <stdlib.h>
#include <string.h>

#include "analyse/link.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/vec.h"

enum {
    APPEARANCE_LIMIT = 256, /* latest articles of a form that are looked at as evidence */
    ROLE_LIMIT = 8,         /* descriptions of an entity that are compared */
    FOUND_LIMIT = 512       /* forms of one key that are offered */
};

struct remembered_form {
    struct name_form form;
    uint32_t used_count; /* articles that mostly write it so */
    VEC(uint32_t) articles;
    VEC(str) roles;
};

struct remembered_entity {
    enum entity_kind kind;
    VEC(int64_t) forms; /* that stood for it once; see form.entity */
};

struct remembered_article {
    str site;
    day published;
};

struct id_list {
    VEC(int64_t) ids;
};

struct link_memory {
    struct arena arena;
    struct map keys;                        /* kind and key -> struct id_list * of forms */
    struct map texts;                       /* kind and text -> form */
    VEC(struct remembered_form) forms;      /* id - 1 */
    VEC(struct remembered_entity) entities; /* id - 1 */
    VEC(struct remembered_article) articles;
};

struct link_memory *link_memory_new(void)
{
    struct link_memory *memory = memory_new(1, sizeof *memory);
    arena_init(&memory->arena);
    map_init(&memory->keys, NULL);
    map_init(&memory->texts, NULL);
    return memory;
}

void link_memory_free(struct link_memory *memory)
{
    if (!memory)
        return;
    map_done(&memory->keys);
    map_done(&memory->texts);
    vec_done(&memory->forms);
    vec_done(&memory->entities);
    vec_done(&memory->articles);
    arena_done(&memory->arena);
    memory_free(memory);
}

static bool is_longer(str a, str b)
{
    return a.len != b.len ? a.len > b.len : str_compare(a, b) < 0;
}

/* Is `form` a better name for an entity than `best`? */
static bool names_better(enum entity_kind kind, const struct remembered_form *form,
                         const struct remembered_form *best)
{
    if (!best)
        return true;
    if (kind == ENTITY_PERSON && form->used_count != best->used_count)
        return form->used_count > best->used_count;
    return is_longer(form->form.text, best->form.text);
}

str link_memory_name(const struct link_memory *memory, int64_t id)
{
    if (id <= 0 || (uint64_t)id > memory->entities.count)
        return STR_NONE;
    const struct remembered_entity *entity = &memory->entities.items[id - 1];
    const struct remembered_form *best = NULL;
    for (size_t i = 0; i < entity->forms.count; i++) {
        const struct remembered_form *form = &memory->forms.items[entity->forms.items[i] - 1];
        if (form->form.entity == id && names_better(entity->kind, form, best))
            best = form;
    }
    return best ? best->form.text : STR_NONE;
}

static str stored_key(struct arena *arena, enum entity_kind kind, str key)
{
    return arena_format(arena, "%d%.*s", (int)kind, STR_ARG(key));
}

static enum status memory_find_form(void *context, struct arena *arena, enum entity_kind kind,
                                    str text, struct name_form *form, bool *known,
                                    struct error *err)
{
    (void)err;
    const struct link_memory *memory = context;
    const uint64_t *place = map_find(&memory->texts, stored_key(arena, kind, text));
    *known = place != NULL;
    if (place)
        *form = memory->forms.items[*place - 1].form;
    return STATUS_OK;
}

static enum status memory_find_forms(void *context, struct arena *arena, enum entity_kind kind,
                                     str key, const struct name_form **forms, size_t *count,
                                     struct error *err)
{
    (void)err;
    const struct link_memory *memory = context;
    *forms = NULL;
    *count = 0;
    const uint64_t *place = map_find(&memory->keys, stored_key(arena, kind, key));
    if (!place)
        return STATUS_OK;
    const struct id_list *list = (const struct id_list *)(uintptr_t)*place;
    *count = list->ids.count < FOUND_LIMIT ? list->ids.count : FOUND_LIMIT;
    struct name_form *found = arena_array(arena, struct name_form, *count);
    for (size_t i = 0; i < *count; i++)
        found[i] = memory->forms.items[list->ids.items[i] - 1].form;
    *forms = found;
    return STATUS_OK;
}

static void stand_for(struct link_memory *memory, int64_t entity, int64_t form)
{
    vec_push(&memory->arena, &memory->entities.items[entity - 1].forms, form);
}

static enum status memory_add_form(void *context, struct name_form *form, const str *keys,
                                   size_t key_count, struct error *err)
{
    (void)err;
    struct link_memory *memory = context;
    struct remembered_form made = {.form = *form};
    made.form.id = form->id = (int64_t)memory->forms.count + 1;
    made.form.text = arena_str(&memory->arena, form->text);
    vec_push(NULL, &memory->forms, made);
    if (form->entity)
        stand_for(memory, form->entity, form->id);
    *map_put(&memory->texts, stored_key(&memory->arena, form->kind, form->text), 0) =
        (uint64_t)form->id;
    for (size_t i = 0; i < key_count; i++) {
        uint64_t *place =
            map_put(&memory->keys, stored_key(&memory->arena, form->kind, keys[i]), 0);
        if (!*place)
            *place = (uint64_t)(uintptr_t)arena_new(&memory->arena, struct id_list);
        struct id_list *list = (struct id_list *)(uintptr_t)*place;
        vec_push(&memory->arena, &list->ids, form->id);
    }
    return STATUS_OK;
}

static enum status memory_set_form(void *context, const struct name_form *form, struct error *err)
{
    (void)err;
    struct link_memory *memory = context;
    struct remembered_form *known = &memory->forms.items[form->id - 1];
    if (form->entity && form->entity != known->form.entity)
        stand_for(memory, form->entity, form->id);
    known->form.state = form->state;
    known->form.head = form->head;
    known->form.entity = form->entity;
    return STATUS_OK;
}

static enum status memory_add_entity(void *context, enum entity_kind kind, str name, int64_t *id,
                                     struct error *err)
{
    (void)err;
    (void)name;
    struct link_memory *memory = context;
    vec_push(NULL, &memory->entities, (struct remembered_entity){.kind = kind});
    *id = (int64_t)memory->entities.count;
    return STATUS_OK;
}

/* ---- evidence ------------------------------------------------------------------------------ */

static bool share_an_article(const struct remembered_form *one, const struct remembered_form *other)
{
    size_t a = one->articles.count, b = other->articles.count;
    size_t a_low = a > APPEARANCE_LIMIT ? a - APPEARANCE_LIMIT : 0;
    size_t b_low = b > APPEARANCE_LIMIT ? b - APPEARANCE_LIMIT : 0;
    while (a > a_low && b > b_low) {
        uint32_t left = one->articles.items[a - 1], right = other->articles.items[b - 1];
        if (left == right)
            return true;
        a -= left > right;
        b -= right > left;
    }
    return false;
}

/* The i-th form that stands for an entity, not open; NULL when it is another's now. */
static const struct remembered_form *form_at(const struct link_memory *memory, int64_t entity,
                                             size_t i)
{
    const struct remembered_entity *it = &memory->entities.items[entity - 1];
    const struct remembered_form *form = &memory->forms.items[it->forms.items[i] - 1];
    return form->form.entity == entity && form->form.state != FORM_OPEN ? form : NULL;
}

static bool keeps_company(const struct link_memory *memory, int64_t entity, int64_t other)
{
    if (entity <= 0 || other <= 0 || entity == other)
        return false;
    for (size_t i = 0; i < memory->entities.items[entity - 1].forms.count; i++) {
        const struct remembered_form *own = form_at(memory, entity, i);
        for (size_t k = 0; own && k < memory->entities.items[other - 1].forms.count; k++) {
            const struct remembered_form *form = form_at(memory, other, k);
            if (form && share_an_article(own, form))
                return true;
        }
    }
    return false;
}

static bool is_near(const struct link_memory *memory, const struct remembered_form *form, str site,
                    day published)
{
    size_t count = form->articles.count;
    size_t low = count > APPEARANCE_LIMIT ? count - APPEARANCE_LIMIT : 0;
    for (size_t i = low; site.len && published != DAY_UNKNOWN && i < count; i++) {
        const struct remembered_article *it = &memory->articles.items[form->articles.items[i]];
        if (it->published != DAY_UNKNOWN && it->published - published <= LINK_NEAR_DAYS &&
            published - it->published <= LINK_NEAR_DAYS && str_equal(it->site, site))
            return true;
    }
    return false;
}

static enum status memory_weigh(void *context, struct arena *arena, int64_t entity,
                                const int64_t *company, size_t company_count, str site,
                                day published, struct link_evidence *evidence, struct error *err)
{
    (void)err;
    const struct link_memory *memory = context;
    *evidence = (struct link_evidence){.roles = STR_NONE};
    for (size_t i = 0; i < company_count; i++)
        evidence->shared_count += keeps_company(memory, entity, company[i]);
    for (size_t i = 0; i < memory->entities.items[entity - 1].forms.count; i++) {
        const struct remembered_form *form = form_at(memory, entity, i);
        if (!form)
            continue;
        evidence->is_near |= is_near(memory, form, site, published);
        for (size_t k = 0; k < form->roles.count; k++)
            evidence->roles = arena_format(arena, "%.*s%.*s\n", STR_ARG(evidence->roles),
                                           STR_ARG(form->roles.items[k]));
    }
    return STATUS_OK;
}

/* ---- what an article has ------------------------------------------------------------------- */

/* Keeps the descriptions that come first in byte order, so that the order of articles does not
 * matter. */
static void add_role(struct link_memory *memory, struct remembered_form *form, str role)
{
    size_t at = 0;
    while (at < form->roles.count && str_compare(form->roles.items[at], role) < 0)
        at++;
    if (!role.len || at == ROLE_LIMIT ||
        (at < form->roles.count && str_equal(form->roles.items[at], role)))
        return;
    if (form->roles.count < ROLE_LIMIT)
        vec_push(&memory->arena, &form->roles, STR_NONE);
    for (size_t i = form->roles.count - 1; i > at; i--)
        form->roles.items[i] = form->roles.items[i - 1];
    form->roles.items[at] = arena_str(&memory->arena, role);
}

static enum status memory_appear(void *context, const struct article *article,
                                 const struct entity *entities, const int64_t *forms, size_t count,
                                 struct error *err)
{
    (void)err;
    struct link_memory *memory = context;
    uint32_t number = (uint32_t)memory->articles.count;
    struct remembered_article it = {.published = article->published.value};
    it.site = article->site.ptr ? arena_str(&memory->arena, article->site) : STR_NONE;
    vec_push(NULL, &memory->articles, it);
    for (size_t i = 0; i < count; i++) {
        struct remembered_form *form = &memory->forms.items[forms[i] - 1];
        if (entities[i].kind != ENTITY_PERSON)
            continue;
        add_role(memory, form, entities[i].role);
        if (!form->articles.count || *vec_last(&form->articles) != number)
            vec_push(&memory->arena, &form->articles, number);
        str usual = entities[i].usual.ptr ? entities[i].usual : entities[i].name;
        const uint64_t *used =
            map_find(&memory->texts, stored_key(&memory->arena, ENTITY_PERSON, usual));
        if (used)
            memory->forms.items[*used - 1].used_count++;
    }
    return STATUS_OK;
}

struct link_source link_memory_source(struct link_memory *memory)
{
    return (struct link_source){.find_form = memory_find_form,
                                .find_forms = memory_find_forms,
                                .add_form = memory_add_form,
                                .set_form = memory_set_form,
                                .add_entity = memory_add_entity,
                                .weigh = memory_weigh,
                                .appear = memory_appear,
                                .context = memory};
}
