/* Identity across articles. Rules over names decide who is possible; among several, the company
 * they keep and how often they are named. What cannot be decided stays a person of its own and is
 * marked. */
#include "analyse/link.h"

#include <string.h>

#include "analyse/lexicon.h"
#include "analyse/person_name.h"
#include "text/fold.h"

enum {
    COMPANY_LIMIT = 64,   /* people of the article that are asked for */
    CANDIDATE_LIMIT = 64, /* known entities that are compared with one name */
    PROMINENT = 10        /* times more mentions that decide between namesakes */
};

struct linker {
    const struct analyser *analyser;
    const struct lexicon *lexicon;
    const struct link_source *source;
    struct arena *arena;
    const struct article *article;
    struct analysis *analysis;
    int64_t *ids;
    str *reasons;
    int64_t company[COMPANY_LIMIT];
    size_t company_count;
    struct error *err;
};

/* A known entity and how well it fits. */
struct choice {
    struct known_entity known;
    struct person_name name;
    enum name_fit fit;
};

typedef VEC(struct choice) choice_vec;

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

/* From the narrowest to the widest: "n:" the folded name, "s:" the sounds of given and family name
 * together, "w:" the sound of each word that can be a family name. */
static size_t person_keys(const struct lexicon *lexicon, struct arena *arena, str name,
                          str keys[LINK_KEY_LIMIT])
{
    struct person_name parsed = person_name_parse(lexicon, arena, name);
    size_t count = 0;
    add_key(keys, &count, arena_format(arena, "n:%.*s", STR_ARG(fold_text(arena, name))));
    if (!parsed.count)
        return count;
    if (parsed.count > 1) {
        size_t given = parsed.family_first ? 1 : 0;
        add_key(keys, &count,
                arena_format(arena, "s:%.*s %.*s", STR_ARG(parsed.sounds[given]),
                             STR_ARG(parsed.sounds[parsed.family])));
    }
    add_key(keys, &count, arena_format(arena, "w:%.*s", STR_ARG(parsed.sounds[parsed.family])));
    if (parsed.count == 3) /* as a single word: "JFK" */
        add_key(keys, &count,
                arena_format(arena, "w:%c%c%c", parsed.words[0].ptr[0], parsed.words[1].ptr[0],
                             parsed.words[2].ptr[0]));
    for (size_t i = parsed.count; i-- > 1;) {
        if (!parsed.initial[i])
            add_key(keys, &count, arena_format(arena, "w:%.*s", STR_ARG(parsed.sounds[i])));
    }
    return count;
}

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
    return 1;
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

/* --- asking and telling the source ----------------------------------------------------------- */

static enum status find_known(struct linker *linker, enum entity_kind kind, str key,
                              const struct known_entity **found, size_t *count)
{
    return linker->source->find(linker->source->context, linker->arena, kind, key, linker->company,
                                linker->company_count, found, count, linker->err);
}

static enum status add_known(struct linker *linker, size_t entity, const char *reason)
{
    const struct entity *it = &linker->analysis->entities.items[entity];
    str keys[LINK_KEY_LIMIT];
    size_t count = link_keys(linker->analyser, linker->arena, it->kind, it->name, keys);
    linker->reasons[entity] = str_from(reason);
    return linker->source->add(linker->source->context, it->kind, it->name, keys, count,
                               &linker->ids[entity], linker->err);
}

/* The article's entity is the known one; its name becomes the known one's when it is fuller. */
static enum status join_known(struct linker *linker, size_t entity,
                              const struct known_entity *known, bool fuller, str reason)
{
    linker->ids[entity] = known->id;
    linker->reasons[entity] = reason;
    if (!fuller)
        return STATUS_OK;
    const struct entity *it = &linker->analysis->entities.items[entity];
    str keys[LINK_KEY_LIMIT];
    size_t count = link_keys(linker->analyser, linker->arena, it->kind, it->name, keys);
    return linker->source->rename(linker->source->context, known->id, it->name, keys, count,
                                  linker->err);
}

/* --- people ---------------------------------------------------------------------------------- */

static bool is_taken(const struct linker *linker, int64_t id)
{
    for (size_t i = 0; i < linker->company_count; i++) {
        if (linker->company[i] == id)
            return true;
    }
    return false;
}

/* Adds the known people of a key that fit. One person is one entity of an article: those that the
 * article has already are left out, and *taken tells whether the name is one's family name. */
static enum status collect(struct linker *linker, const struct person_name *name, str key,
                           choice_vec *choices, bool *taken)
{
    const struct known_entity *found;
    size_t count;
    enum status status = find_known(linker, ENTITY_PERSON, key, &found, &count);
    for (size_t i = 0; !status && i < count && choices->count < CANDIDATE_LIMIT; i++) {
        bool there = false;
        for (size_t k = 0; k < choices->count; k++)
            there |= choices->items[k].known.id == found[i].id;
        if (there)
            continue;
        struct choice choice = {.known = found[i]};
        choice.name = person_name_parse(linker->lexicon, linker->arena, found[i].name);
        choice.fit = person_name_fit(linker->lexicon, name, &choice.name);
        if (is_taken(linker, found[i].id))
            *taken |= choice.fit == NAME_FIT_FAMILY;
        else if (choice.fit != NAME_FIT_NONE)
            vec_push(linker->arena, choices, choice);
    }
    return status;
}

/* Decides among choices[] of one fit; NULL when nothing does. */
static const struct choice *decide(const choice_vec *choices, enum name_fit fit, const char **why)
{
    const struct choice *best = NULL, *second = NULL;
    size_t count = 0;
    for (size_t i = 0; i < choices->count; i++) {
        const struct choice *it = &choices->items[i];
        if (it->fit != fit)
            continue;
        count++;
        if (!best || it->known.shared_count > best->known.shared_count ||
            (it->known.shared_count == best->known.shared_count &&
             it->known.mention_count > best->known.mention_count)) {
            second = best;
            best = it;
        } else if (!second || it->known.mention_count > second->known.mention_count) {
            second = it;
        }
    }
    *why = "the only one known that the name fits";
    if (count <= 1)
        return best;
    *why = "several fit; this one appears with the same people";
    if (best->known.shared_count > second->known.shared_count)
        return best;
    *why = "several fit; this one is named far more often";
    bool prominent = best->known.mention_count >= PROMINENT &&
                     best->known.mention_count / PROMINENT >= second->known.mention_count;
    return prominent ? best : NULL;
}

static str reason_for(struct linker *linker, const char *how, const struct choice *choice,
                      const char *why)
{
    return arena_format(linker->arena, "%s \"%.*s\": %s", how, STR_ARG(choice->known.name), why);
}

/* The only known bearer of the family name is known by it alone. */
static const struct choice *only_single(const choice_vec *choices)
{
    const struct choice *found = NULL;
    for (size_t i = 0; i < choices->count; i++) {
        if (choices->items[i].fit == NAME_FIT_GIVEN)
            continue;
        if (found || choices->items[i].fit != NAME_FIT_FAMILY || choices->items[i].name.count != 1)
            return NULL;
        found = &choices->items[i];
    }
    return found;
}

static enum status link_full(struct linker *linker, size_t entity, const struct person_name *name)
{
    struct entity *it = &linker->analysis->entities.items[entity];
    choice_vec choices = {0};
    str keys[LINK_KEY_LIMIT];
    size_t count = person_keys(linker->lexicon, linker->arena, it->name, keys);
    bool found = false, taken = false;
    for (size_t i = 0; i < count && !found; i++) { /* a wider key only where a narrower has none */
        enum status status = collect(linker, name, keys[i], &choices, &taken);
        if (status)
            return status;
        for (size_t k = 0; k < choices.count; k++)
            found |= choices.items[k].fit >= NAME_FIT_FULL;
    }
    const char *why;
    const struct choice *choice = decide(&choices, NAME_FIT_SAME, &why);
    if (choice)
        return join_known(linker, entity, &choice->known, false,
                          reason_for(linker, "same name as", choice, why));
    choice = decide(&choices, NAME_FIT_FULL, &why);
    if (choice)
        return join_known(linker, entity, &choice->known,
                          person_name_is_fuller(name, &choice->name),
                          reason_for(linker, "another form of", choice, why));
    bool undecided = false;
    for (size_t i = 0; i < choices.count; i++)
        undecided |= choices.items[i].fit >= NAME_FIT_FULL;
    if (undecided) {
        it->doubtful = true;
        return add_known(linker, entity,
                         "fits several known people and nothing decides: kept apart");
    }
    choice = only_single(&choices);
    if (choice)
        return join_known(linker, entity, &choice->known, true,
                          reason_for(linker, "the full name of", choice,
                                     "the only one known with this family name"));
    return add_known(linker, entity, "no known person has this name");
}

static enum status link_single(struct linker *linker, size_t entity, const struct person_name *name)
{
    struct entity *it = &linker->analysis->entities.items[entity];
    choice_vec choices = {0};
    str key = name->count ? arena_format(linker->arena, "w:%.*s", STR_ARG(name->sounds[0]))
                          : arena_format(linker->arena, "n:%.*s", STR_ARG(it->name));
    bool taken = false;
    enum status status = collect(linker, name, key, &choices, &taken);
    if (status)
        return status;
    const struct choice *alone = NULL;
    size_t family = 0, part = 0;
    for (size_t i = 0; i < choices.count; i++) {
        family += choices.items[i].fit == NAME_FIT_FAMILY;
        part += choices.items[i].fit == NAME_FIT_PART;
        if (choices.items[i].fit == NAME_FIT_SAME)
            alone = &choices.items[i];
    }
    const char *why;
    const struct choice *choice = decide(&choices, NAME_FIT_FAMILY, &why);
    if (choice && !taken) {
        it->doubtful = false;
        return join_known(linker, entity, &choice->known, false,
                          reason_for(linker, "family name of", choice, why));
    }
    if (alone) {
        it->doubtful |= family > 0;
        return join_known(linker, entity, &alone->known, false,
                          reason_for(linker, "same name as", alone,
                                     family ? "it fits several known people" : "known by it"));
    }
    if (family || part) {
        it->doubtful = true;
        return add_known(
            linker, entity,
            family ? "fits several known people and nothing decides: kept apart"
                   : "part of a known person's name, but not the family name: kept apart");
    }
    return add_known(linker, entity, "no known person has this name");
}

static enum status link_person(struct linker *linker, size_t entity, bool full)
{
    const struct entity *it = &linker->analysis->entities.items[entity];
    struct person_name name = person_name_parse(linker->lexicon, linker->arena, it->name);
    if (it->kind != ENTITY_PERSON || (name.count >= 2) != full)
        return STATUS_OK;
    enum status status =
        full ? link_full(linker, entity, &name) : link_single(linker, entity, &name);
    if (!status && linker->company_count < COMPANY_LIMIT)
        linker->company[linker->company_count++] = linker->ids[entity];
    return status;
}

/* --- places and organisations ---------------------------------------------------------------- */

static enum status link_thing(struct linker *linker, size_t entity)
{
    const struct entity *it = &linker->analysis->entities.items[entity];
    str keys[LINK_KEY_LIMIT];
    thing_keys(linker->lexicon, linker->arena, it->kind, it->name, keys);
    const struct known_entity *found;
    size_t count;
    enum status status = find_known(linker, it->kind, keys[0], &found, &count);
    if (status)
        return status;
    if (!count)
        return add_known(linker, entity, "not known before");
    const struct known_entity *best = &found[0];
    for (size_t i = 1; i < count; i++)
        best = found[i].mention_count > best->mention_count ? &found[i] : best;
    return join_known(linker, entity, best, it->name.len > best->name.len,
                      arena_format(linker->arena, "same name as \"%.*s\"", STR_ARG(best->name)));
}

/* --- an article ------------------------------------------------------------------------------ */

static enum status tell_appearance(struct linker *linker)
{
    size_t count = linker->analysis->entities.count;
    if (!linker->source->appear || !count)
        return STATUS_OK;
    uint32_t *mentions = arena_array(linker->arena, uint32_t, count);
    for (size_t i = 0; i < count; i++)
        mentions[i] = linker->analysis->entities.items[i].mention_count;
    return linker->source->appear(linker->source->context, linker->ids, mentions, count,
                                  linker->err);
}

enum status link_article(const struct analyser *analyser, const struct link_source *source,
                         struct arena *arena, const struct article *article,
                         struct analysis *analysis, int64_t *ids, str *reasons, struct error *err)
{
    struct linker linker = {.analyser = analyser,
                            .lexicon = analyser_lexicon(analyser),
                            .source = source,
                            .arena = arena,
                            .article = article,
                            .analysis = analysis,
                            .ids = ids,
                            .reasons = reasons,
                            .err = err};
    enum status status = STATUS_OK;
    for (size_t i = 0; !status && i < analysis->entities.count; i++)
        status = link_person(&linker, i, true);
    for (size_t i = 0; !status && i < analysis->entities.count; i++)
        status = link_person(&linker, i, false);
    for (size_t i = 0; !status && i < analysis->entities.count; i++) {
        if (analysis->entities.items[i].kind != ENTITY_PERSON)
            status = link_thing(&linker, i);
    }
    return status ? status : tell_appearance(&linker);
}
