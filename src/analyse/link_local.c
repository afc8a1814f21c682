/* Which mentions of one article name one person, place or organisation. Full names are put
 * together first; then single words go to the full name they are part of. */
#include <string.h>

#include "analyse/passes.h"
#include "analyse/person_name.h"
#include "analyse/role.h"
#include "base/ascii.h"
#include "base/map.h"
#include "text/fold.h"

static const uint32_t NOBODY = UINT32_MAX;

enum {
    NAMESAKE_LIMIT = 64,   /* people of one article that share a word and are compared */
    FORM_LIMIT = 16,       /* full forms of one person that are counted */
    LOOK_BACK_LIMIT = 200, /* mentions looked back for the one named last */
    DOMINANT_LEAST = 3,    /* mentions of the one who dominates an article, … */
    DOMINANT_TIMES = 2     /* … and so many times those of the next one of the family */
};

struct form_count {
    str text;
    uint32_t count;
    size_t words;
};

/* A person of the article while it is put together. */
struct local_person {
    struct person_name name; /* the fullest one */
    uint32_t entity;
    uint32_t first_mention, last_mention;
    VEC(struct form_count) forms; /* full forms, how often each */
    uint32_t mention_count;
};

struct local_linker {
    const struct lexicon *lexicon;
    struct arena *arena;
    const struct article *article;
    struct analysis *analysis;
    VEC(struct local_person) people;
    struct map by_word;        /* sound of a name's word, or initials -> person_list */
    struct map by_key;         /* kind and folded text -> entity, for places and organisations */
    struct map by_name;        /* folded text of a person's mention -> entity + 1 (full names) */
    struct person_name *names; /* of each mention that is a person's */
    str *roles;                /* beside each mention */
};

struct person_list {
    VEC(uint32_t) people;
};

static str mention_text(const struct local_linker *linker, const struct mention *mention)
{
    return str_slice(linker->article->text, mention->start, mention->end);
}

static size_t token_from(const struct local_linker *linker, uint32_t byte)
{
    return token_behind(linker->analysis, 0, linker->analysis->tokens.count, byte);
}

static uint32_t add_entity(struct local_linker *linker, enum entity_kind kind, str name)
{
    struct entity entity = {.kind = kind, .name = name, .role = STR_NONE};
    vec_push(linker->arena, &linker->analysis->entities, entity);
    return (uint32_t)linker->analysis->entities.count - 1;
}

/* --- people ---------------------------------------------------------------------------------- */

static struct person_list *list_of(struct local_linker *linker, str sound, bool make)
{
    if (!make) {
        uint64_t *found = map_find(&linker->by_word, sound);
        return found ? (struct person_list *)(uintptr_t)*found : NULL;
    }
    uint64_t *place = map_put(&linker->by_word, sound, 0);
    if (!*place)
        *place = (uint64_t)(uintptr_t)arena_new(linker->arena, struct person_list);
    return (struct person_list *)(uintptr_t)*place;
}

/* The people whom a single word may mean. */
static const struct person_list *list_of_name(const struct local_linker *linker,
                                              const struct person_name *single)
{
    const uint64_t *found =
        map_find(&linker->by_word, single->initialism ? single->words[0] : single->sounds[0]);
    return found ? (const struct person_list *)(uintptr_t)*found : NULL;
}

static void index_under(struct local_linker *linker, uint32_t person, str key)
{
    struct person_list *list = list_of(linker, key, true);
    for (size_t i = 0; i < list->people.count; i++) {
        if (list->people.items[i] == person)
            return;
    }
    if (list->people.count < NAMESAKE_LIMIT)
        vec_push(linker->arena, &list->people, person);
}

static void index_person(struct local_linker *linker, uint32_t person,
                         const struct person_name *name)
{
    for (size_t i = 0; i < name->count; i++)
        index_under(linker, person, name->sounds[i]);
    if (name->initials.ptr)
        index_under(linker, person, name->initials);
}

static uint32_t add_person(struct local_linker *linker, uint32_t mention)
{
    const struct mention *it = &linker->analysis->mentions.items[mention];
    struct local_person person = {
        .name = linker->names[mention], .first_mention = mention, .last_mention = mention};
    person.entity = add_entity(linker, ENTITY_PERSON, mention_text(linker, it));
    linker->analysis->entities.items[person.entity].surname_only = person.name.count < 2;
    vec_push(linker->arena, &linker->people, person);
    uint32_t id = (uint32_t)linker->people.count - 1;
    index_person(linker, id, &person.name);
    return id;
}

/* Full words of a name; initials do not count. */
static size_t full_words(const struct person_name *name)
{
    size_t words = 0;
    for (size_t i = 0; i < name->count; i++)
        words += !name->initial[i];
    return words;
}

static void count_form(struct local_linker *linker, struct local_person *person, str text,
                       const struct person_name *name)
{
    if (full_words(name) < 2)
        return;
    for (size_t i = 0; i < person->forms.count; i++) {
        if (str_equal(person->forms.items[i].text, text)) {
            person->forms.items[i].count++;
            return;
        }
    }
    if (person->forms.count < FORM_LIMIT)
        vec_push(linker->arena, &person->forms, (struct form_count){text, 1, full_words(name)});
}

static bool is_patronymic(str word)
{
    static const char *const endings[] = {"ovich", "evich", "ovna", "evna"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (str_ends(word, str_from(endings[i])))
            return true;
    }
    return false;
}

/* Half of a name: "Bagheri Kani" where "Ali Bagheri Kani" stands too, "Sergei Viktorovich". */
static bool is_half(const struct local_linker *linker, const struct local_person *person,
                    const struct form_count *form)
{
    str rest = form->text, first, last = STR_NONE;
    if (!str_next(&rest, ' ', &first))
        return false;
    for (str word; str_next(&rest, ' ', &word);)
        last = word;
    const struct lexicon_entry *entry =
        lexicon_find(linker->lexicon, fold_text(linker->arena, first));
    bool given = entry && (entry->classes & CLASS_BIT(GIVEN_NAME));
    for (size_t i = 0; i < person->forms.count; i++) {
        str other = person->forms.items[i].text;
        if (other.len <= form->text.len)
            continue;
        size_t more = other.len - form->text.len;
        if ((!given && str_ends(other, form->text) && other.ptr[more - 1] == ' ') ||
            (is_patronymic(last) && str_starts(other, form->text)))
            return true;
    }
    return false;
}

/* The full form that is used most, of those alike the one of fewer words: without a patronymic. */
static str usual_form(const struct local_linker *linker, const struct local_person *person)
{
    const struct form_count *best = NULL;
    for (size_t i = 0; i < person->forms.count; i++) {
        const struct form_count *it = &person->forms.items[i];
        if (is_half(linker, person, it))
            continue;
        if (!best || it->count > best->count ||
            (it->count == best->count && it->words < best->words))
            best = it;
    }
    return best ? best->text : STR_NONE;
}

static void attach(struct local_linker *linker, uint32_t person, uint32_t mention)
{
    struct local_person *it = &linker->people.items[person];
    struct entity *entity = &linker->analysis->entities.items[it->entity];
    const struct person_name *name = &linker->names[mention];
    linker->analysis->mentions.items[mention].entity = it->entity;
    it->last_mention = mention;
    it->mention_count++;
    str text = mention_text(linker, &linker->analysis->mentions.items[mention]);
    bool latin = !person_name_other_script(text);
    if (latin)
        count_form(linker, it, text, name);
    if (name->count > 1)
        entity->surname_only = false;
    if (latin &&
        (person_name_is_fuller(name, &it->name) || person_name_other_script(entity->name))) {
        it->name = *name;
        entity->name = text;
        index_person(linker, person, name);
    }
    str role = linker->roles[mention];
    bool better =
        role.ptr && (!entity->role.ptr || (entity->role.len < 24 && role.len > entity->role.len));
    if (better && role.len <= 160)
        entity->role = role;
}

/* The person whose full name fits best: the same words, else the one named last. */
static uint32_t find_full(struct local_linker *linker, const struct person_name *name)
{
    uint32_t found = NOBODY;
    enum name_fit best = NAME_FIT_PART;
    for (size_t i = name->count; i-- > 0;) {
        const struct person_list *list = list_of(linker, name->sounds[i], false);
        for (size_t k = 0; list && k < list->people.count; k++) {
            uint32_t person = list->people.items[k];
            const struct local_person *it = &linker->people.items[person];
            if (it->name.count < 2)
                continue;
            enum name_fit fit = person_name_fit(linker->lexicon, name, &it->name);
            if (fit < NAME_FIT_FULL || fit < best)
                continue;
            if (fit > best || found == NOBODY ||
                it->last_mention > linker->people.items[found].last_mention)
                found = person;
            best = fit;
        }
    }
    return found;
}

/* What speaks for and against giving a single word to a person. */
struct single_choice {
    uint32_t person;
    enum name_fit fit;
    bool before; /* the person was named in full before this mention */
    bool role;   /* the descriptions agree */
};

/* Among several of one family the bare name is that of the one whom the article names first: the
 * others keep their given names. */
static bool is_better(const struct single_choice *a, const struct single_choice *b)
{
    if (a->fit != b->fit)
        return a->fit > b->fit;
    return a->role != b->role ? a->role : a->person < b->person;
}

static bool same_fit_choice(const struct single_choice *a, const struct single_choice *b)
{
    return a->fit == b->fit && a->role == b->role;
}

static uint32_t sentence_of(const struct local_linker *linker, uint32_t mention)
{
    size_t token = token_from(linker, linker->analysis->mentions.items[mention].start);
    return linker->analysis->tokens.items[token].sentence;
}

/* Does the article speak of one person rather than of another of the family? It names that one
 * often and so many times more, or sentences before and no less. */
static bool is_ahead(const struct local_linker *linker, const struct local_person *a,
                     const struct local_person *b)
{
    if (a->mention_count >= DOMINANT_LEAST && a->mention_count >= DOMINANT_TIMES * b->mention_count)
        return true;
    return a->mention_count >= b->mention_count &&
           sentence_of(linker, a->first_mention) < sentence_of(linker, b->first_mention);
}

/* Of several whom a headline's single word fits alike, the one of whom the article speaks: "Assad
 * flees", with Bashar al-Assad named ten times and his father once. */
static uint32_t find_subject(const struct local_linker *linker, const struct person_name *name,
                             enum name_fit fit)
{
    const struct person_list *list = list_of_name(linker, name);
    uint32_t fitting[NAMESAKE_LIMIT];
    size_t count = 0;
    for (size_t i = 0; list && i < list->people.count; i++) {
        const struct local_person *it = &linker->people.items[list->people.items[i]];
        if (it->name.count > 1 && person_name_fit(linker->lexicon, name, &it->name) == fit)
            fitting[count++] = list->people.items[i];
    }
    for (size_t i = 0; i < count; i++) {
        bool ahead = true;
        for (size_t k = 0; k < count && ahead; k++)
            ahead = k == i || is_ahead(linker, &linker->people.items[fitting[i]],
                                       &linker->people.items[fitting[k]]);
        if (ahead)
            return fitting[i];
    }
    return NOBODY;
}

/* Adds to the evidence of a mention why it is this one's and who came next. */
static void tell_choice(struct local_linker *linker, uint32_t mention, uint32_t person,
                        uint32_t second, const char *why)
{
    struct mention *it = &linker->analysis->mentions.items[mention];
    const struct entity *entities = linker->analysis->entities.items;
    str chosen = entities[linker->people.items[person].entity].name;
    str other = entities[linker->people.items[second].entity].name;
    it->evidence = arena_format(linker->arena, "%.*s; %s: %.*s, then %.*s", STR_ARG(it->evidence),
                                why, STR_ARG(chosen), STR_ARG(other));
}

/* A single word: the family name of someone, or an inner part, or a given name. */
static uint32_t find_single(struct local_linker *linker, uint32_t mention, bool *doubtful)
{
    const struct person_name *name = &linker->names[mention];
    const struct person_list *list = list_of_name(linker, name);
    struct single_choice best = {.person = NOBODY, .fit = NAME_FIT_NONE};
    uint32_t second = NOBODY;
    size_t rivals = 0;
    str role = linker->roles[mention];
    for (size_t i = 0; list && i < list->people.count; i++) {
        struct single_choice choice = {.person = list->people.items[i]};
        const struct local_person *person = &linker->people.items[choice.person];
        const struct entity *entity = &linker->analysis->entities.items[person->entity];
        choice.fit = person_name_fit(linker->lexicon, name, &person->name);
        if (choice.fit == NAME_FIT_SAME && person->name.count == 1)
            choice.fit = NAME_FIT_FAMILY;
        if (choice.fit == NAME_FIT_NONE)
            continue;
        bool described = role.ptr && entity->role.ptr;
        choice.role = described && role_agrees(linker->lexicon, linker->arena, role, entity->role);
        /* an inner part with a description of its own is someone else */
        if (choice.fit == NAME_FIT_PART && role.len > 12 && !choice.role) {
            *doubtful = true;
            continue;
        }
        choice.before = person->first_mention < mention;
        if (choice.fit == NAME_FIT_PART && !choice.before && sentence_of(linker, mention))
            continue; /* only a headline calls by an inner part whom the text names later */
        if (best.person != NOBODY && same_fit_choice(&choice, &best))
            rivals++;
        bool better = best.person == NOBODY || is_better(&choice, &best);
        if (best.person != NOBODY && choice.fit == best.fit && (better || second == NOBODY))
            second = better ? best.person : choice.person;
        if (better) {
            if (best.person != NOBODY && !same_fit_choice(&choice, &best))
                rivals = 0;
            best = choice;
        }
    }
    const char *why = best.role ? "described so" : "named first";
    if (rivals > 0 && !best.role && !best.before) {
        uint32_t subject = find_subject(linker, name, best.fit);
        second = subject == best.person ? second : best.person;
        best.person = subject;
        why = "the article's subject";
    }
    *doubtful &= best.person == NOBODY;
    *doubtful |= best.person == NOBODY && rivals > 0;
    if (best.person != NOBODY && second != NOBODY)
        tell_choice(linker, mention, best.person, second, why);
    return best.person;
}

/* "Putin (普京)", "普京 (Putin)": one of them in brackets after the other, in another script: the
 * same person, wherever the article has these signs. */
static void know_bracketed(struct local_linker *linker, uint32_t mention)
{
    const struct mention *mentions = linker->analysis->mentions.items, *it = &mentions[mention];
    for (int side = -1; side <= 1; side += 2) {
        bool ends = side < 0 ? !mention : mention + 1 == linker->analysis->mentions.count;
        const struct mention *beside = it + (ends ? 0 : side);
        if (ends || beside->kind != ENTITY_PERSON || beside->entity == NOBODY)
            continue;
        str between = side < 0 ? str_slice(linker->article->text, beside->end, it->start)
                               : str_slice(linker->article->text, it->end, beside->start);
        if (!str_equal(str_trim(between), STR("(")))
            continue;
        for (uint32_t i = 0; i < linker->people.count; i++) {
            if (linker->people.items[i].entity == beside->entity)
                *map_put(&linker->by_name, mention_text(linker, it), 0) = (uint64_t)i + 1;
        }
        return;
    }
}

static void link_full_names(struct local_linker *linker)
{
    mention_vec *mentions = &linker->analysis->mentions;
    for (uint32_t i = 0; i < mentions->count; i++) {
        if (mentions->items[i].kind != ENTITY_PERSON || linker->names[i].count < 2)
            continue;
        uint64_t *known = map_put(&linker->by_name, mention_text(linker, &mentions->items[i]), 0);
        uint32_t person = *known ? (uint32_t)*known - 1 : find_full(linker, &linker->names[i]);
        if (person == NOBODY)
            person = add_person(linker, i);
        *known = (uint64_t)person + 1;
        attach(linker, person, i);
    }
}

/* False: who is meant is open as yet, and `last` is not set. */
static bool link_single(struct local_linker *linker, uint32_t mention, bool last)
{
    bool doubtful = false;
    uint64_t *known = map_find(&linker->by_name,
                               mention_text(linker, &linker->analysis->mentions.items[mention]));
    uint32_t person = known && *known ? (uint32_t)*known - 1 : NOBODY;
    if (person == NOBODY && linker->names[mention].count)
        person = find_single(linker, mention, &doubtful);
    if (person == NOBODY && doubtful && !last)
        return false;
    if (person == NOBODY) {
        person = add_person(linker, mention);
        linker->analysis->entities.items[linker->people.items[person].entity].doubtful = doubtful;
    }
    attach(linker, person, mention);
    return true;
}

/* Single words after the full names: first those that stand after the one they mean, as they tell
 * whom the article speaks of; those of other scripts last, as they may stand beside one. */
static void link_people(struct local_linker *linker)
{
    mention_vec *mentions = &linker->analysis->mentions;
    size_t count = mentions->count;
    bool *other = arena_array(linker->arena, bool, count + 1);
    bool *open = arena_array(linker->arena, bool, count + 1);
    link_full_names(linker);
    for (uint32_t i = 0; i < count; i++) {
        bool single = mentions->items[i].kind == ENTITY_PERSON && linker->names[i].count < 2;
        other[i] = single && person_name_other_script(mention_text(linker, &mentions->items[i]));
        if (single && !other[i])
            open[i] = !link_single(linker, i, false);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (open[i])
            link_single(linker, i, true);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (other[i])
            know_bracketed(linker, i);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (other[i])
            link_single(linker, i, true);
    }
}

/* --- places and organisations ---------------------------------------------------------------- */

/* The folded usual name: alias of the lexicon, no "the". */
static str usual_name(struct local_linker *linker, enum entity_kind kind, str text)
{
    const uint64_t classes = kind == ENTITY_PLACE
                                 ? CLASS_BIT(COUNTRY) | CLASS_BIT(CITY) | CLASS_BIT(REGION)
                                 : CLASS_BIT(ORGANISATION);
    str folded = fold_text(linker->arena, text);
    if (str_starts(folded, STR("the ")))
        folded = str_slice(folded, 4, folded.len);
    const struct lexicon_entry *entry = lexicon_find(linker->lexicon, folded);
    bool alias = entry && (entry->classes & classes) && entry->detail.ptr;
    return alias ? fold_text(linker->arena, entry->detail) : folded;
}

static uint64_t *key_place(struct local_linker *linker, enum entity_kind kind, str name)
{
    str key = arena_format(linker->arena, "%d:%.*s", (int)kind, STR_ARG(name));
    return map_put(&linker->by_key, key, 0);
}

static bool word_has(const struct local_linker *linker, str folded, uint64_t classes)
{
    const struct lexicon_entry *entry = lexicon_find(linker->lexicon, folded);
    return entry && (entry->classes & classes);
}

/* Does every country have one? "Security Council", "Supreme Court": ordinary words and words for
 * organisations only. */
static bool is_general(struct local_linker *linker, str text)
{
    str rest = fold_text(linker->arena, text), word;
    bool organisation = false;
    size_t count = 0;
    while (str_next(&rest, ' ', &word)) {
        if (!word_has(linker, word, CLASS_BIT(COMMON) | CLASS_BIT(ORGANISATION_WORD)))
            return false;
        organisation |= word_has(linker, word, CLASS_BIT(ORGANISATION_WORD));
        count++;
    }
    return organisation && count > 1;
}

/* The country a token stands for: "Russia", "Russian"; STR_NONE where it is none. */
static str country_at(struct local_linker *linker, size_t token)
{
    const struct token *it = &linker->analysis->tokens.items[token];
    const struct lexicon_entry *entry = lexicon_entry(linker->lexicon, it->word);
    if (!entry || !(entry->classes & (CLASS_BIT(COUNTRY) | CLASS_BIT(DEMONYM))))
        return STR_NONE;
    bool is_alias = entry->detail.ptr != NULL;
    str name = is_alias ? fold_text(linker->arena, entry->detail) : entry->text;
    const struct lexicon_entry *usual = lexicon_find(linker->lexicon, name);
    bool again = usual && (usual->classes & CLASS_BIT(COUNTRY)) && usual->detail.ptr;
    return again ? fold_text(linker->arena, usual->detail) : name;
}

/* Whose it is: "Russia's Security Council", "the Russian Security Council", "the Security Council
 * of Russia". */
static str owner_of(struct local_linker *linker, const struct mention *mention)
{
    const struct token *tokens = linker->analysis->tokens.items;
    size_t first = token_from(linker, mention->start), end = token_from(linker, mention->end);
    str owner = STR_NONE;
    if (first > 0 && tokens[first - 1].sentence == tokens[first].sentence)
        owner = country_at(linker, first - 1);
    if (owner.ptr || end + 1 >= linker->analysis->tokens.count ||
        tokens[end + 1].sentence != tokens[first].sentence)
        return owner;
    str of = str_slice(linker->article->text, tokens[end].start, tokens[end].end);
    return str_equal(of, STR("of")) ? country_at(linker, end + 1) : STR_NONE;
}

/* "united states" -> "United States" */
static str with_capitals(struct arena *arena, str name)
{
    char *out = arena_array(arena, char, name.len + 1);
    for (size_t i = 0; i < name.len; i++) {
        bool begins = i == 0 || name.ptr[i - 1] == ' ';
        bool small = ascii_is_lower(name.ptr[i]);
        out[i] = begins && small ? (char)(name.ptr[i] - 'a' + 'A') : name.ptr[i];
    }
    return (str){out, name.len};
}

/* The owner that the article gives a general name at a mention: there, else where the name stood
 * last, else where it stands next. */
static str find_owner(struct local_linker *linker, uint32_t index)
{
    const struct mention *mentions = linker->analysis->mentions.items;
    size_t count = linker->analysis->mentions.count;
    str text = mention_text(linker, &mentions[index]);
    str usual = usual_name(linker, ENTITY_ORGANISATION, text);
    str owner = owner_of(linker, &mentions[index]);
    for (uint32_t i = index; !owner.ptr && i-- > 0 && index - i < LOOK_BACK_LIMIT;) {
        str other = mention_text(linker, &mentions[i]);
        if (mentions[i].kind != ENTITY_ORGANISATION || !str_ends(other, text))
            continue;
        if (other.len > text.len &&
            str_equal(usual_name(linker, ENTITY_ORGANISATION, other), usual))
            return STR_NONE; /* "UN Security Council": the one that the lexicon knows */
        if (other.len == text.len)
            owner = owner_of(linker, &mentions[i]);
    }
    for (uint32_t i = index + 1; !owner.ptr && i < count && i - index < LOOK_BACK_LIMIT; i++) {
        if (mentions[i].kind == ENTITY_ORGANISATION &&
            str_equal(mention_text(linker, &mentions[i]), text))
            owner = owner_of(linker, &mentions[i]);
    }
    return owner;
}

/* The entity of a general name that belongs to a country. False: to none in this article. */
static bool link_general(struct local_linker *linker, uint32_t index)
{
    struct mention *mention = &linker->analysis->mentions.items[index];
    str text = mention_text(linker, mention);
    if (mention->kind != ENTITY_ORGANISATION || !is_general(linker, text))
        return false;
    str owner = find_owner(linker, index);
    if (!owner.ptr)
        return false;
    str name = arena_format(linker->arena, "%.*s (%.*s)", STR_ARG(text),
                            STR_ARG(with_capitals(linker->arena, owner)));
    uint64_t *place = key_place(linker, ENTITY_ORGANISATION, fold_text(linker->arena, name));
    if (!*place)
        *place = (uint64_t)add_entity(linker, ENTITY_ORGANISATION, name) + 1;
    mention->entity = (uint32_t)*place - 1;
    return true;
}

/* The first letters of a name of several words: "Democratic Unionist Party" -> "DUP". */
static str initials_of(struct local_linker *linker, str text)
{
    char *out = arena_array(linker->arena, char, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool begins = i == 0 || text.ptr[i - 1] == ' ' || text.ptr[i - 1] == '-';
        if (begins && ascii_is_upper(text.ptr[i]))
            out[len++] = text.ptr[i];
    }
    return len >= 3 ? (str){out, len} : STR_NONE;
}

static void link_thing(struct local_linker *linker, uint32_t index)
{
    struct mention *mention = &linker->analysis->mentions.items[index];
    if (link_general(linker, index))
        return;
    str text = mention_text(linker, mention);
    uint64_t *place = key_place(linker, mention->kind, usual_name(linker, mention->kind, text));
    if (!*place) {
        uint32_t entity = add_entity(linker, mention->kind, text);
        str initials = initials_of(linker, text);
        *place = (uint64_t)entity + 1;
        if (initials.ptr) {
            uint64_t *shortened =
                key_place(linker, mention->kind, fold_text(linker->arena, initials));
            if (!*shortened)
                *shortened = (uint64_t)entity + 1;
        }
        mention->entity = entity;
        return;
    }
    mention->entity = (uint32_t)*place - 1;
    struct entity *entity = &linker->analysis->entities.items[mention->entity];
    if (text.len > entity->name.len)
        entity->name = text;
}

/* --- the pass -------------------------------------------------------------------------------- */

/* Names and descriptions of all people's mentions; one walk over tokens and mentions. */
static void read_mentions(struct local_linker *linker)
{
    const struct analysis *analysis = linker->analysis;
    size_t token = 0;
    for (size_t i = 0; i < analysis->mentions.count; i++) {
        const struct mention *mention = &analysis->mentions.items[i];
        if (mention->kind != ENTITY_PERSON)
            continue;
        while (token < analysis->tokens.count &&
               analysis->tokens.items[token].start < mention->start)
            token++;
        size_t end = token;
        while (end < analysis->tokens.count && analysis->tokens.items[end].start < mention->end)
            end++;
        linker->names[i] =
            person_name_parse(linker->lexicon, linker->arena, mention_text(linker, mention));
        str role = role_find(linker->lexicon, linker->article->text, analysis, token, end);
        linker->roles[i] = role_is_courtesy(role) ? STR_NONE : role;
    }
}

void link_local_pass(const struct analyser *analyser, struct arena *arena,
                     const struct article *article, struct analysis *analysis)
{
    struct local_linker linker = {.lexicon = analyser_lexicon(analyser),
                                  .arena = arena,
                                  .article = article,
                                  .analysis = analysis};
    map_init(&linker.by_word, arena);
    map_init(&linker.by_key, arena);
    map_init(&linker.by_name, arena);
    linker.names = arena_array(arena, struct person_name, analysis->mentions.count + 1);
    linker.roles = arena_array(arena, str, analysis->mentions.count + 1);
    for (uint32_t i = 0; i < analysis->mentions.count; i++)
        analysis->mentions.items[i].entity = NOBODY;
    read_mentions(&linker);
    link_people(&linker);
    for (uint32_t i = 0; i < analysis->mentions.count; i++) {
        if (analysis->mentions.items[i].kind != ENTITY_PERSON)
            link_thing(&linker, i);
    }
    for (size_t i = 0; i < analysis->mentions.count; i++)
        analysis->entities.items[analysis->mentions.items[i].entity].mention_count++;
    for (size_t i = 0; i < linker.people.count; i++)
        analysis->entities.items[linker.people.items[i].entity].usual =
            usual_form(&linker, &linker.people.items[i]);
}
