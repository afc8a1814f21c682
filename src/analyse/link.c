/* Identity across articles. Rules over names decide who is possible; among several, the outlet's
 * other articles, descriptions and the company they keep. What cannot be decided stays an entity of
 * its own and is marked. */
#include "analyse/link.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/lexicon.h"
#include "analyse/person_name.h"
#include "analyse/role.h"
#include "base/ascii.h"
#include "text/fold.h"

enum {
    COMPANY_LIMIT = 64,    /* people of the article that are asked for */
    CANDIDATE_LIMIT = 64,  /* heads that are weighed for one name */
    NEIGHBOUR_LIMIT = 512, /* forms that are compared with a new one */
    RETHINK_LIMIT = 512,   /* forms that are decided once more because of a new one */
    ABBREVIATION_MIN = 3,  /* letters of an organisation's initials */
    ABBREVIATION_MAX = 7
};

/* What each piece of evidence is worth. */
enum { POINTS_NEAR = 3, POINTS_ROLE = 2, POINTS_SHARED_MAX = 3 };

struct linker {
    const struct analyser *analyser;
    const struct lexicon *lexicon;
    const struct link_source *source;
    struct arena *arena;
    const struct article *article;
    entity_vec *entities;
    struct link_result *results;
    int64_t company[COMPANY_LIMIT];
    size_t company_count;
    struct error *err;
};

/* A known form beside a name, and how well they go together. */
struct neighbour {
    struct name_form form;
    struct person_name name;
    enum name_fit fit;
};

typedef VEC(struct neighbour) neighbour_vec;

/* --- keys ------------------------------------------------------------------------------------ */

static void add_key(str keys[LINK_KEY_LIMIT], size_t *count, str key)
{
    for (size_t i = 0; i < *count; i++) {
        if (str_equal(keys[i], key))
            return;
    }
    if (*count < LINK_KEY_LIMIT)
        keys[(*count)++] = key;
}

/* "s:" the sounds of given and family name together, in either order; "w:" the sound of each word
 * that can be a family name, and the initials. */
static size_t person_keys(const struct lexicon *lexicon, struct arena *arena, str name,
                          str keys[LINK_KEY_LIMIT])
{
    struct person_name parsed = person_name_parse(lexicon, arena, name);
    size_t count = 0;
    if (!parsed.count) {
        add_key(keys, &count, arena_format(arena, "n:%.*s", STR_ARG(fold_text(arena, name))));
        return count;
    }
    str family = parsed.sounds[parsed.family];
    add_key(keys, &count, arena_format(arena, "w:%.*s", STR_ARG(family)));
    if (parsed.count > 1) {
        str given = parsed.sounds[parsed.family_first ? 1 : 0];
        bool swap = str_compare(given, family) > 0;
        add_key(keys, &count,
                arena_format(arena, "s:%.*s %.*s", STR_ARG(swap ? family : given),
                             STR_ARG(swap ? given : family)));
    }
    if (parsed.initials.ptr) /* as a single word: "JFK" */
        add_key(keys, &count, arena_format(arena, "w:%.*s", STR_ARG(parsed.initials)));
    if (parsed.initialism)
        add_key(keys, &count, arena_format(arena, "w:%.*s", STR_ARG(parsed.words[0])));
    for (size_t i = parsed.count; i-- > 1;) {
        if (!parsed.initial[i])
            add_key(keys, &count, arena_format(arena, "w:%.*s", STR_ARG(parsed.sounds[i])));
    }
    return count;
}

static bool is_abbreviation(str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_upper(text.ptr[i]))
            return false;
    }
    return text.len >= ABBREVIATION_MIN && text.len <= ABBREVIATION_MAX;
}

/* The first letters of the words that have a capital one; STR_NONE when too few or too many. */
static str initials_of(struct arena *arena, str text)
{
    char letters[ABBREVIATION_MAX];
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool begins = i == 0 || text.ptr[i - 1] == ' ' || text.ptr[i - 1] == '-';
        if (!begins || !ascii_is_upper(text.ptr[i]))
            continue;
        if (len == ABBREVIATION_MAX)
            return STR_NONE;
        letters[len++] = text.ptr[i];
    }
    return len >= ABBREVIATION_MIN ? arena_str(arena, (str){letters, len}) : STR_NONE;
}

/* "n:" the folded usual name; "i:" the initials of an organisation of several words, or what is
 * written as initials. */
static size_t thing_keys(const struct lexicon *lexicon, struct arena *arena, enum entity_kind kind,
                         str name, str keys[LINK_KEY_LIMIT])
{
    const uint64_t classes = kind == ENTITY_PLACE
                                 ? CLASS_BIT(COUNTRY) | CLASS_BIT(CITY) | CLASS_BIT(REGION)
                                 : CLASS_BIT(ORGANISATION);
    str folded = fold_text(arena, name);
    if (str_starts(folded, STR("the ")))
        folded = str_slice(folded, 4, folded.len);
    const struct lexicon_entry *entry = lexicon_find(lexicon, folded);
    if (entry && (entry->classes & classes) && entry->detail.ptr)
        folded = fold_text(arena, entry->detail);
    keys[0] = arena_format(arena, "n:%.*s", STR_ARG(folded));
    if (kind != ENTITY_ORGANISATION)
        return 1;
    str initials = is_abbreviation(name) ? name : initials_of(arena, name);
    if (initials.ptr)
        keys[1] = arena_format(arena, "i:%.*s", STR_ARG(initials));
    return initials.ptr ? 2 : 1;
}

size_t link_keys(const struct analyser *analyser, struct arena *arena, enum entity_kind kind,
                 str name, str keys[LINK_KEY_LIMIT])
{
    const struct lexicon *lexicon = analyser_lexicon(analyser);
    return kind == ENTITY_PERSON ? person_keys(lexicon, arena, name, keys)
                                 : thing_keys(lexicon, arena, kind, name, keys);
}

bool link_names_fit(const struct analyser *analyser, struct arena *scratch, str a, str b)
{
    const struct lexicon *lexicon = analyser_lexicon(analyser);
    struct person_name left = person_name_parse(lexicon, scratch, a);
    struct person_name right = person_name_parse(lexicon, scratch, b);
    return person_name_fit(lexicon, &left, &right) != NAME_FIT_NONE;
}

/* --- forms ----------------------------------------------------------------------------------- */

static bool is_full(const struct person_name *name)
{
    return name->count >= 2;
}

/* The one order of full forms: the fuller first, then by their letters. */
static bool comes_before(const struct person_name *a, str a_text, const struct person_name *b,
                         str b_text)
{
    if (person_name_is_fuller(a, b))
        return true;
    return !person_name_is_fuller(b, a) && str_compare(a_text, b_text) < 0;
}

/* Adds the forms of a key, each once, with their fit. */
static enum status add_neighbours(struct linker *linker, const struct person_name *name, str key,
                                  int64_t self, neighbour_vec *found)
{
    const struct name_form *forms;
    size_t count;
    enum status status = linker->source->find_forms(
        linker->source->context, linker->arena, ENTITY_PERSON, key, &forms, &count, linker->err);
    for (size_t i = 0; !status && i < count && found->count < NEIGHBOUR_LIMIT; i++) {
        bool there = forms[i].id == self;
        for (size_t k = 0; !there && k < found->count; k++)
            there = found->items[k].form.id == forms[i].id;
        if (there)
            continue;
        struct neighbour it = {.form = forms[i]};
        it.name = person_name_parse(linker->lexicon, linker->arena, forms[i].text);
        it.fit = person_name_fit(linker->lexicon, name, &it.name);
        if (it.fit != NAME_FIT_NONE)
            vec_push(linker->arena, found, it);
    }
    return status;
}

/* All forms that fit a name. */
static enum status find_neighbours(struct linker *linker, const struct person_name *name, str text,
                                   int64_t self, neighbour_vec *found)
{
    str keys[LINK_KEY_LIMIT];
    size_t count = person_keys(linker->lexicon, linker->arena, text, keys);
    enum status status = STATUS_OK;
    for (size_t i = 0; !status && i < count; i++)
        status = add_neighbours(linker, name, keys[i], self, found);
    return status;
}

/* What a full form is among its neighbours: a head, the member of one, or open. */
static void place_form(struct name_form *form, const struct person_name *name,
                       const neighbour_vec *neighbours)
{
    const struct neighbour *head = NULL, *same = NULL;
    size_t count = 0;
    for (size_t i = 0; i < neighbours->count; i++) {
        const struct neighbour *it = &neighbours->items[i];
        if (it->fit < NAME_FIT_FULL || it->form.state != FORM_HEAD || !is_full(&it->name) ||
            !comes_before(&it->name, it->form.text, name, form->text))
            continue;
        count++;
        head = it;
        if (it->fit == NAME_FIT_SAME &&
            (!same || comes_before(&it->name, it->form.text, &same->name, same->form.text)))
            same = it;
    }
    head = same ? same : head;
    form->state = !count ? FORM_HEAD : same || count == 1 ? FORM_MEMBER : FORM_OPEN;
    form->head = form->state == FORM_HEAD     ? form->id
                 : form->state == FORM_MEMBER ? head->form.id
                                              : 0;
    form->entity = form->state == FORM_MEMBER ? head->form.entity : 0;
}

static enum status set_form(struct linker *linker, const struct name_form *form)
{
    return linker->source->set_form(linker->source->context, form, linker->err);
}

/* A new entity for a form; the form is not kept yet. */
static enum status add_entity(struct linker *linker, struct name_form *form)
{
    return linker->source->add_entity(linker->source->context, form->kind, form->text,
                                      &form->entity, linker->err);
}

static enum status mark_form(struct linker *linker, const struct name_form *form, bool all)
{
    return linker->source->mark_form
               ? linker->source->mark_form(linker->source->context, form->id, all, linker->err)
               : STATUS_OK;
}

static int by_order(const void *a, const void *b)
{
    const struct neighbour *left = a, *right = b;
    if (left->form.id == right->form.id)
        return 0;
    return comes_before(&left->name, left->form.text, &right->name, right->form.text) ? -1 : 1;
}

/* Forms to be decided once more, in their order. */
struct rethinking {
    neighbour_vec waiting;
    size_t next;
};

static void rethink(struct linker *linker, struct rethinking *all, const neighbour_vec *neighbours,
                    const struct person_name *name, str text)
{
    for (size_t i = 0; i < neighbours->count && all->waiting.count < RETHINK_LIMIT; i++) {
        const struct neighbour *it = &neighbours->items[i];
        bool there = it->fit < NAME_FIT_FULL || !is_full(&it->name) ||
                     !comes_before(name, text, &it->name, it->form.text);
        for (size_t k = all->next; !there && k < all->waiting.count; k++)
            there = all->waiting.items[k].form.id == it->form.id;
        if (!there)
            vec_push(linker->arena, &all->waiting, *it);
    }
    if (all->waiting.count > all->next)
        qsort(all->waiting.items + all->next, all->waiting.count - all->next,
              sizeof *all->waiting.items, by_order);
}

/* Decides one form once more after `made` became a head. A head that becomes a member gives its
 * entity to a head that has none yet, so that ids stay. */
static enum status rethink_form(struct linker *linker, struct rethinking *all,
                                struct name_form *made)
{
    struct neighbour it = all->waiting.items[all->next++];
    struct name_form was;
    bool known;
    enum status status =
        linker->source->find_form(linker->source->context, linker->arena, ENTITY_PERSON,
                                  it.form.text, &was, &known, linker->err);
    if (status || !known)
        return status;
    neighbour_vec neighbours = {0};
    status = find_neighbours(linker, &it.name, was.text, was.id, &neighbours);
    if (status)
        return status;
    struct name_form now = was;
    place_form(&now, &it.name, &neighbours);
    if (now.state == FORM_MEMBER && now.head == made->id) {
        if (!made->entity && was.state == FORM_HEAD)
            made->entity = was.entity;
        else if (!made->entity)
            status = add_entity(linker, made);
        if (!status)
            status = set_form(linker, made);
        now.entity = made->entity;
    } else if (now.state != FORM_MEMBER && was.state == now.state) {
        return STATUS_OK;
    }
    if (now.state == was.state && now.head == was.head && now.entity == was.entity)
        return status;
    if (!status && now.state == FORM_HEAD)
        status = add_entity(linker, &now);
    if (!status)
        status = set_form(linker, &now);
    if (!status && (now.entity != was.entity || now.state == FORM_OPEN))
        status = mark_form(linker, &now, true);
    if (!status && (was.state == FORM_HEAD || now.state == FORM_HEAD || now.state == FORM_MEMBER))
        rethink(linker, all, &neighbours, &it.name, was.text);
    return status;
}

/* Single words that the new head is the only one to have as family name give it their entity; the
 * articles of the others are looked at once more. */
static enum status meet_singles(struct linker *linker, struct name_form *made,
                                const neighbour_vec *neighbours)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; !status && i < neighbours->count; i++) {
        const struct neighbour *it = &neighbours->items[i];
        if (is_full(&it->name) || it->form.state != FORM_OPEN)
            continue;
        size_t others = 0;
        for (size_t k = 0; k < neighbours->count; k++)
            others += neighbours->items[k].form.state != FORM_OPEN;
        struct name_form single = it->form;
        if (it->fit == NAME_FIT_FAMILY && !made->entity && single.entity && !others) {
            made->entity = single.entity;
            single.entity = 0;
            status = set_form(linker, &single);
        }
        if (!status)
            status = mark_form(linker, &single, false);
    }
    return status;
}

/* A full name that the dossier did not have. */
static enum status add_full_form(struct linker *linker, const struct person_name *name,
                                 struct name_form *form)
{
    str keys[LINK_KEY_LIMIT];
    size_t key_count = person_keys(linker->lexicon, linker->arena, form->text, keys);
    neighbour_vec neighbours = {0};
    enum status status = find_neighbours(linker, name, form->text, 0, &neighbours);
    if (status)
        return status;
    place_form(form, name, &neighbours);
    status = linker->source->add_form(linker->source->context, form, keys, key_count, linker->err);
    if (status || form->state == FORM_OPEN)
        return status;
    struct rethinking all = {.next = 0};
    if (form->state == FORM_HEAD) {
        form->head = form->id;
        status = set_form(linker, form);
        rethink(linker, &all, &neighbours, name, form->text);
    }
    while (!status && all.next < all.waiting.count)
        status = rethink_form(linker, &all, form);
    if (!status)
        status = meet_singles(linker, form, &neighbours);
    if (!status && !form->entity)
        status = add_entity(linker, form);
    return status ? status : set_form(linker, form);
}

/* The form of a name, made when it is new. */
static enum status form_of(struct linker *linker, enum entity_kind kind, str text,
                           const struct person_name *name, struct name_form *form)
{
    bool known;
    enum status status = linker->source->find_form(linker->source->context, linker->arena, kind,
                                                   text, form, &known, linker->err);
    if (status || known)
        return status;
    *form = (struct name_form){.kind = kind, .state = FORM_OPEN, .text = text};
    if (name && is_full(name))
        return add_full_form(linker, name, form);
    str keys[LINK_KEY_LIMIT];
    size_t count = link_keys(linker->analyser, linker->arena, kind, text, keys);
    return linker->source->add_form(linker->source->context, form, keys, count, linker->err);
}

/* --- one of several -------------------------------------------------------------------------- */

/* The heads of the dossier that a name of an article may mean. */
struct candidates {
    VEC(struct neighbour) items;
    bool taken;   /* the article names one of that family in full */
    bool inner;   /* the name is an inner part of somebody's name */
    bool spelled; /* somebody's family name has these letters */
};

static bool is_taken(const struct linker *linker, int64_t entity)
{
    for (size_t i = 0; i < linker->company_count; i++) {
        if (linker->company[i] == entity)
            return true;
    }
    return false;
}

/* Is the family name one that people are given too ("Joseph", "Kim")? */
static bool may_be_given(const struct linker *linker, const struct person_name *name)
{
    if (!name->count || name->initialism)
        return false;
    const struct lexicon_entry *entry = lexicon_find(linker->lexicon, name->words[name->family]);
    return entry && (entry->classes & CLASS_BIT(GIVEN_NAME));
}

/* A bare given name in another spelling than the family name is somebody's given name: "Hussein"
 * is not Nasser Hussain. */
static bool is_other_spelling(const struct linker *linker, const struct person_name *single,
                              const struct person_name *full)
{
    return may_be_given(linker, single) && !str_equal(single->words[0], full->words[full->family]);
}

/* Is the only one known who has this family name not enough? An outlet's bare name that may be a
 * given one, or that is spelled otherwise, is anybody's until something speaks for somebody. */
static bool needs_evidence(const struct linker *linker, const struct person_name *single,
                           const struct person_name *full)
{
    return linker->article->site.len && !is_full(single) && !single->initialism &&
           (may_be_given(linker, single) ||
            !str_equal(single->words[0], full->words[full->family]));
}

/* The people whom a name may mean. One person is one entity of an article. */
static void keep_candidates(struct linker *linker, const struct person_name *name,
                            const neighbour_vec *neighbours, struct candidates *kept)
{
    for (size_t i = 0; i < neighbours->count && kept->items.count < CANDIDATE_LIMIT; i++) {
        const struct neighbour *it = &neighbours->items[i];
        if (!is_full(&it->name) || it->form.state == FORM_OPEN ||
            (is_full(name) && it->form.state != FORM_HEAD))
            continue;
        kept->inner |= it->fit == NAME_FIT_PART;
        if (it->fit < (is_full(name) ? NAME_FIT_FULL : NAME_FIT_FAMILY) ||
            (!is_full(name) && is_other_spelling(linker, name, &it->name)))
            continue;
        bool there = false;
        for (size_t k = 0; k < kept->items.count; k++)
            there |= kept->items.items[k].form.entity == it->form.entity;
        kept->spelled |=
            is_full(name) || str_equal(name->words[0], it->name.words[it->name.family]);
        if (is_taken(linker, it->form.entity))
            kept->taken = true;
        else if (!there)
            vec_push(linker->arena, &kept->items, *it);
    }
}

static unsigned points_of(struct linker *linker, const struct link_evidence *evidence, str role,
                          const char **why)
{
    unsigned near = evidence->is_near ? POINTS_NEAR : 0, described = 0;
    unsigned shared =
        evidence->shared_count < POINTS_SHARED_MAX ? evidence->shared_count : POINTS_SHARED_MAX;
    str roles = evidence->roles, other;
    while (role.ptr && !described && str_next_line(&roles, &other))
        described = role_agrees(linker->lexicon, linker->arena, role, other) ? POINTS_ROLE : 0;
    *why = near        ? "the outlet names this one in these days"
           : described ? "the same description"
           : shared    ? "it appears with the same people"
                       : "nothing speaks for it";
    return near + described + shared;
}

/* The candidate that most speaks for; NULL when two are alike, or when nothing speaks for the only
 * one and that is not enough. */
static enum status choose(struct linker *linker, const struct entity *entity,
                          const struct person_name *name, const struct candidates *candidates,
                          const struct neighbour **chosen, str *reason)
{
    const struct neighbour *second = NULL;
    unsigned best = 0, next = 0;
    const char *best_why = "";
    const bool alone = candidates->items.count == 1 &&
                       !needs_evidence(linker, name, &candidates->items.items[0].name);
    *chosen = NULL;
    for (size_t i = 0; i < candidates->items.count; i++) {
        const struct neighbour *it = &candidates->items.items[i];
        struct link_evidence evidence = {0};
        enum status status = STATUS_OK;
        if (!alone)
            status =
                linker->source->weigh(linker->source->context, linker->arena, it->form.entity,
                                      linker->company, linker->company_count, linker->article->site,
                                      linker->article->published.value, &evidence, linker->err);
        if (status)
            return status;
        const char *why;
        unsigned points = points_of(linker, &evidence, entity->role, &why);
        bool better = !*chosen || points > best;
        if (better || !second || points > next) {
            second = better ? *chosen : it;
            next = better ? best : points;
        }
        if (better) {
            *chosen = it;
            best = points;
            best_why = why;
        }
    }
    if (second && best > next) {
        *reason = arena_format(linker->arena, "%.*s: several fit, but %s; then %.*s",
                               STR_ARG((*chosen)->form.text), best_why, STR_ARG(second->form.text));
    } else if (second) {
        *reason =
            arena_format(linker->arena, "fits several and nothing decides: %.*s, %.*s; kept apart",
                         STR_ARG((*chosen)->form.text), STR_ARG(second->form.text));
        *chosen = NULL;
    } else if (*chosen && !alone && !best) {
        *reason = arena_format(linker->arena, "may be %.*s, but nothing speaks for it: kept apart",
                               STR_ARG((*chosen)->form.text));
        *chosen = NULL;
    } else if (*chosen) {
        *reason = arena_format(linker->arena, "%.*s: the only one known that the name fits",
                               STR_ARG((*chosen)->form.text));
    }
    return STATUS_OK;
}

/* --- people ---------------------------------------------------------------------------------- */

/* The article's entity is undecided: the form's own entity, made when it has none. */
static enum status stay_apart(struct linker *linker, size_t entity, struct name_form *form,
                              str reason)
{
    enum status status = STATUS_OK;
    linker->results[entity].reason = reason;
    if (!form->entity) {
        status = linker->source->add_entity(linker->source->context, form->kind, form->text,
                                            &form->entity, linker->err);
        if (!status)
            status = set_form(linker, form);
    }
    linker->results[entity].entity = form->entity;
    return status;
}

static enum status link_open(struct linker *linker, size_t entity, struct name_form *form,
                             const struct person_name *name)
{
    struct entity *it = &linker->entities->items[entity];
    neighbour_vec neighbours = {0};
    struct candidates candidates = {.taken = false};
    enum status status = find_neighbours(linker, name, form->text, form->id, &neighbours);
    if (status)
        return status;
    keep_candidates(linker, name, &neighbours, &candidates);
    const struct neighbour *chosen = NULL;
    str reason = STR_NONE;
    if (!candidates.taken && candidates.items.count)
        status = choose(linker, it, name, &candidates, &chosen, &reason);
    if (status)
        return status;
    if (chosen) {
        it->doubtful = false;
        linker->results[entity].entity = chosen->form.entity;
        linker->results[entity].reason = reason;
        return STATUS_OK;
    }
    it->doubtful |= candidates.items.count > 1 || candidates.spelled || candidates.inner;
    if (candidates.taken)
        reason = STR("the article names others of that family in full: kept apart");
    else if (!reason.ptr && candidates.inner)
        reason = STR("part of a known person's name, but not the family name: kept apart");
    else if (!reason.ptr)
        reason = STR("nobody known has this family name");
    return stay_apart(linker, entity, form, reason);
}

/* Keeps the forms of everybody, so that all are there before anybody is decided. */
static enum status add_forms(struct linker *linker, const struct person_name *names)
{
    for (size_t i = 0; i < linker->entities->count; i++) {
        const struct entity *it = &linker->entities->items[i];
        if (it->kind != ENTITY_PERSON)
            continue;
        struct name_form form;
        enum status status = form_of(linker, ENTITY_PERSON, it->name, &names[i], &form);
        if (!status && it->usual.ptr && !str_equal(it->usual, it->name)) {
            struct person_name usual = person_name_parse(linker->lexicon, linker->arena, it->usual);
            status = form_of(linker, ENTITY_PERSON, it->usual, &usual, &form);
        }
        if (status)
            return status;
    }
    return STATUS_OK;
}

static enum status link_full(struct linker *linker, size_t entity, const struct name_form *form)
{
    struct link_result *result = &linker->results[entity];
    result->entity = form->entity;
    result->reason = form->state == FORM_HEAD ? STR("by the full name")
                                              : STR("the only one known that the full name fits");
    if (linker->company_count < COMPANY_LIMIT)
        linker->company[linker->company_count++] = form->entity;
    /* names of the family that were open may be decided now that this article is there */
    return linker->source->mark_rivals
               ? linker->source->mark_rivals(linker->source->context, form->entity, linker->err)
               : STATUS_OK;
}

static enum status link_person(struct linker *linker, size_t entity, const struct person_name *name,
                               bool open)
{
    struct name_form form;
    const struct entity *it = &linker->entities->items[entity];
    if (it->kind != ENTITY_PERSON)
        return STATUS_OK;
    enum status status = form_of(linker, ENTITY_PERSON, it->name, name, &form);
    linker->results[entity].form = status ? 0 : form.id;
    if (status || (form.state == FORM_OPEN) != open)
        return status;
    return open ? link_open(linker, entity, &form, name) : link_full(linker, entity, &form);
}

static enum status link_people(struct linker *linker)
{
    size_t count = linker->entities->count;
    struct person_name *names = arena_array(linker->arena, struct person_name, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (linker->entities->items[i].kind == ENTITY_PERSON)
            names[i] =
                person_name_parse(linker->lexicon, linker->arena, linker->entities->items[i].name);
    }
    enum status status = add_forms(linker, names);
    for (size_t i = 0; !status && i < count; i++)
        status = link_person(linker, i, &names[i], false);
    for (size_t i = 0; !status && i < count; i++)
        status = link_person(linker, i, &names[i], true);
    return status;
}

/* --- places and organisations ---------------------------------------------------------------- */

/* Another form that has a key; *entities counts the different entities of those that have one. */
static enum status find_thing(struct linker *linker, enum entity_kind kind, str key, int64_t self,
                              struct name_form *found, size_t *entities)
{
    const struct name_form *forms;
    size_t count;
    *entities = 0;
    enum status status = linker->source->find_forms(linker->source->context, linker->arena, kind,
                                                    key, &forms, &count, linker->err);
    for (size_t i = 0; !status && i < count; i++) {
        if (forms[i].id == self || forms[i].state == FORM_OPEN)
            continue;
        if (!*entities)
            *found = forms[i];
        *entities += !*entities || forms[i].entity != found->entity;
    }
    return status;
}

/* Short forms that were on their own may be those of a long one that is new. */
static enum status meet_abbreviations(struct linker *linker, enum entity_kind kind, str key)
{
    const struct name_form *forms;
    size_t count;
    enum status status = linker->source->find_forms(linker->source->context, linker->arena, kind,
                                                    key, &forms, &count, linker->err);
    for (size_t i = 0; !status && i < count; i++) {
        if (forms[i].state == FORM_OPEN)
            status = mark_form(linker, &forms[i], false);
    }
    return status;
}

/* "IAEA" is the one organisation known that has these initials. */
static enum status link_abbreviation(struct linker *linker, size_t entity, struct name_form *form,
                                     const str *keys, size_t key_count)
{
    struct link_result *result = &linker->results[entity];
    struct name_form found;
    size_t entities = 0;
    enum status status = STATUS_OK;
    for (size_t i = 0; !status && i < key_count && entities != 1; i++)
        status = find_thing(linker, form->kind, keys[i], form->id, &found, &entities);
    if (status || entities != 1)
        return status ? status : stay_apart(linker, entity, form, STR("the same name"));
    result->entity = found.entity;
    result->reason = arena_format(linker->arena, "initials of \"%.*s\"", STR_ARG(found.text));
    return STATUS_OK;
}

static enum status link_thing(struct linker *linker, size_t entity)
{
    const struct entity *it = &linker->entities->items[entity];
    struct link_result *result = &linker->results[entity];
    struct name_form form, found;
    size_t entities;
    enum status status = form_of(linker, it->kind, it->name, NULL, &form);
    if (status)
        return status;
    *result = (struct link_result){form.entity, form.id, STR("the same name")};
    str keys[LINK_KEY_LIMIT];
    size_t count = thing_keys(linker->lexicon, linker->arena, it->kind, it->name, keys);
    if (it->kind == ENTITY_ORGANISATION && is_abbreviation(it->name))
        return link_abbreviation(linker, entity, &form, keys, count);
    if (form.entity)
        return STATUS_OK;
    status = find_thing(linker, it->kind, keys[0], form.id, &found, &entities);
    if (status)
        return status;
    form.state = entities ? FORM_MEMBER : FORM_HEAD;
    form.head = entities ? found.id : form.id;
    form.entity = entities ? found.entity : 0;
    status = stay_apart(linker, entity, &form, result->reason);
    if (!status)
        status = set_form(linker, &form);
    return status || count < 2 ? status : meet_abbreviations(linker, it->kind, keys[1]);
}

/* --- an article ------------------------------------------------------------------------------ */

static enum status tell_appearance(struct linker *linker)
{
    size_t count = linker->entities->count;
    if (!linker->source->appear || !count)
        return STATUS_OK;
    int64_t *forms = arena_array(linker->arena, int64_t, count);
    for (size_t i = 0; i < count; i++)
        forms[i] = linker->results[i].form;
    return linker->source->appear(linker->source->context, linker->article, linker->entities->items,
                                  forms, count, linker->err);
}

enum status link_article(const struct analyser *analyser, const struct link_source *source,
                         struct arena *arena, const struct article *article, entity_vec *entities,
                         struct link_result *results, struct error *err)
{
    struct linker linker = {.analyser = analyser,
                            .lexicon = analyser_lexicon(analyser),
                            .source = source,
                            .arena = arena,
                            .article = article,
                            .entities = entities,
                            .results = results,
                            .err = err};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < entities->count; i++)
        results[i] = (struct link_result){.reason = STR_NONE};
    if (!status)
        status = link_people(&linker);
    for (size_t i = 0; !status && i < entities->count; i++) {
        if (entities->items[i].kind != ENTITY_PERSON)
            status = link_thing(&linker, i);
    }
    return status ? status : tell_appearance(&linker);
}
