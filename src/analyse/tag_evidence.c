/* What a group of capitalised words names: points from its words, from what stands around it, and
 * from the rest of the article. The weights were set by hand. */
#include "analyse/role.h"
#include "analyse/tag_names.h"

#include <string.h>

enum {
    THRESHOLD = 15, /* points that make a name */
    STRONG = 28,    /* points that speak for the rest of the article too */
    VOTE_LIMIT = 40 /* most points that the article can add */
};

#define PLACE_CLASSES (CLASS_BIT(COUNTRY) | CLASS_BIT(CITY) | CLASS_BIT(REGION))
#define NAME_CLASSES (CLASS_BIT(GIVEN_NAME) | CLASS_BIT(SURNAME))

/* Points for a kind, remembering the strongest reason in words. */
struct weigher {
    struct tagger *tagger;
    struct candidate *candidate;
    int best[ENTITY_KIND_COUNT];
};

static void weigh(struct weigher *weigher, enum entity_kind kind, int points, const char *rule,
                  str evidence)
{
    struct candidate *candidate = weigher->candidate;
    candidate->score[kind] += points;
    if (points <= weigher->best[kind])
        return;
    weigher->best[kind] = points;
    bool leads = true;
    for (int i = 0; i < ENTITY_KIND_COUNT; i++)
        leads &= i == (int)kind || candidate->score[i] <= candidate->score[kind];
    if (leads) {
        candidate->rule = rule;
        candidate->evidence = evidence;
    }
}

/* Ends of family names in many languages, and of place names. */
struct ending {
    const char *text;
    unsigned char len;
};
#define END(text)                                                                                  \
    {                                                                                              \
        text, sizeof(text) - 1                                                                     \
    }
static const struct ending surname_ends[] = {
    END("ov"),    END("ev"),      END("ova"),   END("eva"),    END("sky"),   END("ski"),
    END("ska"),   END("skiy"),    END("skyy"),  END("enko"),   END("vich"),  END("vic"),
    END("yuk"),   END("chuk"),    END("dze"),   END("shvili"), END("yan"),   END("oglu"),
    END("zadeh"), END("nejad"),   END("pour"),  END("zai"),    END("sson"),  END("sen"),
    END("ez"),    END("opoulos"), END("akis"),  END("idis"),   END("escu"),  END("ini"),
    END("elli"),  END("etti"),    END("wala"),  END("singhe"), END("ullah"), END("uddin"),
    END("mann"),  END("stein"),   END("berg"),  END("feld"),   END("smith"), END("moto"),
    END("mura"),  END("shima"),   END("zawa"),  END("wicz"),   END("czyk"),  END("nen"),
    END("aitis"), END("auskas"),  END("bekov"), END("baev"),   END("iyev"),  END("nezhad"),
};
static const struct ending place_ends[] = {
    END("stan"),  END("burg"),  END("burgh"), END("ville"), END("grad"),  END("abad"),
    END("pur"),   END("pore"),  END("polis"), END("shire"), END("ford"),  END("borough"),
    END("istan"), END("dorf"),  END("heim"),  END("stadt"), END("wick"),  END("landia"),
    END("nagar"), END("town"),  END("port"),  END("haven"), END("gorod"), END("pura"),
    END("ganj"),  END("mouth"), END("field"), END("ia"),
};
#undef END

static bool ends_with_any(str key, const struct ending *ends, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t len = ends[i].len;
        if (key.len > len + 2 && key.ptr[key.len - 1] == ends[i].text[len - 1] &&
            !memcmp(key.ptr + key.len - len, ends[i].text, len))
            return true;
    }
    return false;
}

#define ENDS_WITH_ANY(key, ends) ends_with_any((key), (ends), sizeof(ends) / sizeof *(ends))

/* --- the words of the name ------------------------------------------------------------------- */

struct shape {
    size_t words, given, surname, unknown, particles, initials, syllables, common;
    size_t first, last; /* tokens of the first and the last word */
    bool suffix, joined;
};

static struct shape shape_of(const struct tagger *tagger, const struct candidate *candidate)
{
    struct shape shape = {.first = candidate->first, .last = candidate->first};
    for (size_t i = candidate->first; i < candidate->end; i++) {
        const struct token *token = tag_token_at(tagger, i);
        const struct tag_token *it = &tagger->tokens[i];
        if (token->kind != TOKEN_WORD) {
            shape.joined = true;
            continue;
        }
        bool capital = token->flags & TOKEN_CAPITAL;
        if (!capital && (it->classes & CLASS_BIT(PARTICLE)) && i + 1 < candidate->end) {
            shape.particles++;
            continue;
        }
        if ((it->classes & CLASS_BIT(NAME_SUFFIX)) && i > candidate->first) {
            shape.suffix = true;
            continue;
        }
        if (!shape.words)
            shape.first = i;
        shape.words++;
        shape.last = i;
        shape.initials += it->initial;
        shape.given += (it->classes & CLASS_BIT(GIVEN_NAME)) != 0;
        shape.surname += (it->classes & CLASS_BIT(SURNAME)) != 0;
        shape.syllables += (it->classes & CLASS_BIT(SYLLABLE)) != 0;
        shape.common += (it->classes & (CLASS_BIT(COMMON) | CLASS_BIT(NOT_NAME))) != 0;
        shape.unknown +=
            !it->initial &&
            !(it->classes & (NAME_CLASSES | CLASS_BIT(FAMILY_FIRST) | CLASS_BIT(SYLLABLE)));
    }
    return shape;
}

/* Family name first, then one or two syllables. */
static bool is_family_first(const struct tagger *tagger, const struct shape *shape)
{
    return shape->words >= 2 && shape->words <= 3 &&
           tag_has(tagger, shape->first, CLASS_BIT(FAMILY_FIRST)) &&
           shape->syllables + 1 >= shape->words && shape->unknown == 0 &&
           tag_has(tagger, shape->last, CLASS_BIT(SYLLABLE));
}

static void weigh_words(struct weigher *weigher, const struct shape *shape)
{
    const struct tagger *tagger = weigher->tagger;
    str first = tag_text(tagger, shape->first), last = tag_text(tagger, shape->last);
    bool first_given = tag_has(tagger, shape->first, CLASS_BIT(GIVEN_NAME));
    bool first_common = tag_has(tagger, shape->first, CLASS_BIT(COMMON) | CLASS_BIT(NOT_NAME));
    bool last_surname = tag_has(tagger, shape->last, CLASS_BIT(SURNAME));
    if (is_family_first(tagger, shape))
        weigh(weigher, ENTITY_PERSON, first_common ? 20 : 35, "family name first", first);
    if (shape->words >= 2) {
        if (first_given)
            weigh(weigher, ENTITY_PERSON, first_common ? 18 : 30, "given name", first);
        if (last_surname)
            weigh(weigher, ENTITY_PERSON, 14, "family name", last);
        else if (!first_given && shape->given > 0)
            weigh(weigher, ENTITY_PERSON, 8, "given name", last);
        if (shape->initials)
            weigh(weigher, ENTITY_PERSON, 18, "initial", tag_text(tagger, shape->first));
        if (!first_given && !last_surname && shape->unknown >= 2 && shape->words <= 3)
            weigh(weigher, ENTITY_PERSON, 6, "two unknown words", last);
    } else if (first_given && !first_common) {
        weigh(weigher, ENTITY_PERSON, 16, "given name", first);
    } else if (last_surname && !first_common) {
        weigh(weigher, ENTITY_PERSON, 11, "family name", last);
    } else if (first_given || last_surname) {
        weigh(weigher, ENTITY_PERSON, 4, "name that is a word too", last);
    }
    if (shape->particles && shape->words >= 1)
        weigh(weigher, ENTITY_PERSON, shape->words > 1 ? 14 : 8, "name particle", last);
    if (shape->suffix)
        weigh(weigher, ENTITY_PERSON, 25, "name suffix", last);
    str key = weigher->candidate->key;
    bool known = last_surname || tag_has(tagger, shape->last, PLACE_CLASSES);
    if (!known && ENDS_WITH_ANY(key, surname_ends))
        weigh(weigher, ENTITY_PERSON, shape->words > 1 ? 12 : 8, "ending of family names", last);
    if (!known && !first_given && ENDS_WITH_ANY(key, place_ends))
        weigh(weigher, ENTITY_PLACE, shape->words > 1 ? 5 : 8, "ending of place names", last);
    const struct token *token = tag_token_at(tagger, shape->first);
    size_t len = token->end - token->start;
    bool acronym = (token->flags & TOKEN_ALL_CAPS) && !last_surname && !first_given;
    if (shape->words == 1 && acronym && !(token->flags & TOKEN_IN_HEADLINE) && len >= 2 &&
        len <= 7) {
        weigh(weigher, ENTITY_ORGANISATION, 18, "acronym", first);
        weigh(weigher, ENTITY_PERSON, -14, "acronym", first);
    }
}

/* --- what stands around it ------------------------------------------------------------------- */

/* The bounds of the sentence around the candidate. */
struct context {
    const struct tagger *tagger;
    size_t begin, end;   /* of the sentence */
    size_t first, after; /* of the candidate */
};

static bool context_has(const struct context *context, size_t at, uint64_t classes)
{
    return at >= context->begin && at < context->end && tag_has(context->tagger, at, classes);
}

static bool context_is(const struct context *context, size_t at, str word)
{
    return at >= context->begin && at < context->end &&
           str_equal_ascii_fold(tag_text(context->tagger, at), word);
}

static bool is_small(const struct context *context, size_t at)
{
    return at >= context->begin && at < context->end &&
           tag_token_at(context->tagger, at)->kind == TOKEN_WORD &&
           !(tag_token_at(context->tagger, at)->flags & TOKEN_CAPITAL);
}

static bool is_quote(const struct context *context, size_t at)
{
    if (at < context->begin || at >= context->end)
        return false;
    str text = tag_text(context->tagger, at);
    return str_equal(text, STR("\"")) || str_equal(text, STR("\xE2\x80\x9C")) ||
           str_equal(text, STR("\xE2\x80\x9D")) || str_equal(text, STR("\xE2\x80\x98")) ||
           str_equal(text, STR("'")) || str_equal(text, STR("\xC2\xAB"));
}

static void weigh_before(struct weigher *weigher, const struct context *context,
                         const struct shape *shape)
{
    const struct tagger *tagger = context->tagger;
    struct candidate *candidate = weigher->candidate;
    size_t before = context->first - 1; /* wraps at 0: then outside of the sentence */
    if (candidate->title)
        weigh(weigher, ENTITY_PERSON, 30, "title before it",
              tag_text(tagger, candidate->title - 1));
    if (context->first == context->begin || before >= context->end)
        return;
    str word = tag_text(tagger, before);
    bool possessive = tag_token_at(tagger, before)->flags & TOKEN_POSSESSIVE;
    if (!candidate->title && is_small(context, before) && !possessive) {
        if (context_has(context, before, CLASS_BIT(TITLE)))
            weigh(weigher, ENTITY_PERSON, 22, "title before it", word);
        else if (context_has(context, before, CLASS_BIT(ROLE)))
            weigh(weigher, ENTITY_PERSON, 18, "role before it", word);
    }
    if (candidate->demonym_before && shape->words >= 2 && !shape->common)
        weigh(weigher, ENTITY_PERSON, 4, "people before it", word);
    str role = role_find(tagger->lexicon, tagger->article->text, tagger->analysis, context->first,
                         context->after);
    bool of = is_small(context, before) && context_has(context, before, CLASS_BIT(NOT_NAME));
    if (role.ptr && !of && !candidate->title && tag_token_at(tagger, before)->kind == TOKEN_WORD)
        weigh(weigher, ENTITY_PERSON, 8, "role beside it", role);
    bool strong_place = str_equal_ascii_fold(word, STR("in")) ||
                        str_equal_ascii_fold(word, STR("at")) ||
                        str_equal_ascii_fold(word, STR("near"));
    if (context_has(context, before, CLASS_BIT(PLACE_PREPOSITION)))
        weigh(weigher, ENTITY_PLACE,
              strong_place && !shape->given ? 16
              : strong_place                ? 10
                                            : 5,
              "place word before it", word);
    if (strong_place)
        weigh(weigher, ENTITY_PERSON, -6, "place word before it", word);
    if (str_equal_ascii_fold(word, STR("of")) &&
        context_has(context, before - 1, CLASS_BIT(PLACE_WORD)))
        weigh(weigher, ENTITY_PLACE, 22, "place word before it", tag_text(tagger, before - 1));
    if (str_equal_ascii_fold(word, STR("the"))) {
        weigh(weigher, ENTITY_PERSON, -14, "article before it", word);
        weigh(weigher, ENTITY_ORGANISATION, 7, "article before it", word);
    }
    if (str_equal_ascii_fold(word, STR("by")) && shape->words >= 2)
        weigh(weigher, ENTITY_PERSON, 6, "by", word);
    if (is_small(context, before) && context_has(context, before, CLASS_BIT(ORGANISATION_WORD)))
        weigh(weigher, ENTITY_ORGANISATION, 8, "organisation word before it", word);
    if (tagger->tokens[before].mark == MARK_COMMON && !candidate->title)
        weigh(weigher, ENTITY_PERSON, -8, "part of a phrase", word);
}

/* A comma, and within three words a role: "Fatemeh Mohajerani, the spokeswoman". */
static size_t apposition(const struct context *context)
{
    if (!tag_is(context->tagger, context->after, ','))
        return 0;
    for (size_t i = context->after + 1; i < context->after + 6 && i < context->end; i++) {
        if (tag_token_at(context->tagger, i)->kind == TOKEN_PUNCTUATION)
            return 0;
        if (context_has(context, i, CLASS_BIT(ROLE) | CLASS_BIT(TITLE)))
            return i;
    }
    return 0;
}

/* "the Biden administration", "the Assad regime" hold a person; "the Damascus regime" does not. */
static bool is_reign(const struct context *context, const struct shape *shape)
{
    static const char *const words[] = {"administration", "regime",   "presidency", "era",
                                        "doctrine",       "campaign", "family",     "government",
                                        "cabinet",        "camp",     "loyalists",  "supporters"};
    if (shape->words != 1 ||
        tag_has(context->tagger, shape->first, PLACE_CLASSES | CLASS_BIT(ORGANISATION)))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (context_is(context, context->after, str_from(words[i])))
            return true;
    }
    return false;
}

static void weigh_after(struct weigher *weigher, const struct context *context,
                        const struct shape *shape)
{
    const struct tagger *tagger = context->tagger;
    size_t after = context->after;
    if (after >= context->end)
        return;
    bool possessive = tag_token_at(tagger, after - 1)->flags & TOKEN_POSSESSIVE;
    str word = tag_text(tagger, after);
    if (!possessive && is_small(context, after)) {
        if (tag_has(tagger, after, CLASS_BIT(PERSON_VERB)))
            weigh(weigher, ENTITY_PERSON, 12, "verb after it", word);
        if (context_is(context, after, STR("who")))
            weigh(weigher, ENTITY_PERSON, 15, "who after it", word);
        if (tag_has(tagger, after, CLASS_BIT(PLACE_WORD)) && shape->words < 3)
            weigh(weigher, ENTITY_PLACE, 18, "place word after it", word);
        bool reign = is_reign(context, shape);
        bool group = tag_has(tagger, after, CLASS_BIT(ORGANISATION_WORD)) &&
                     !tag_has(tagger, after, CLASS_BIT(PERSON_VERB));
        if (reign) /* outweighs the article that stands before it */
            weigh(weigher, ENTITY_PERSON, 30, "time of a ruler after it", word);
        else if (group)
            weigh(weigher, ENTITY_ORGANISATION, 16, "organisation word after it", word);
    }
    if (!possessive && tag_is(tagger, after, ',')) {
        if (context_is(context, after + 1, STR("who")))
            weigh(weigher, ENTITY_PERSON, 15, "who after it", STR("who"));
        size_t number = after + 1;
        if (number + 1 < context->end && tag_token_at(tagger, number)->kind == TOKEN_NUMBER &&
            tag_token_at(tagger, number)->end - tag_token_at(tagger, number)->start == 2 &&
            (tag_is(tagger, number + 1, ',') || tag_is(tagger, number + 1, '.')))
            weigh(weigher, ENTITY_PERSON, 25, "age after it", tag_text(tagger, number));
        size_t role = apposition(context);
        if (role)
            weigh(weigher, ENTITY_PERSON, 12, "role after it", tag_text(tagger, role));
        if (number < context->end && tagger->tokens[number].mark == MARK_PLACE)
            weigh(weigher, ENTITY_PLACE, shape->words < 3 && !shape->given ? 14 : 3,
                  "place after it", tag_text(tagger, number));
    }
    if (tag_is(tagger, after, '(') && after + 2 < context->end &&
        (tag_token_at(tagger, after + 1)->flags & TOKEN_ALL_CAPS) && tag_is(tagger, after + 2, ')'))
        weigh(weigher, ENTITY_ORGANISATION, 22, "acronym after it", tag_text(tagger, after + 1));
    /* photo credit: (Name/Agency) */
    if (tag_is(tagger, after, '/') && tag_is(tagger, context->first - 1, '(') && shape->words == 2)
        weigh(weigher, ENTITY_PERSON, 22, "credit", word);
}

static void weigh_place_of(struct weigher *weigher, const struct context *context,
                           const struct shape *shape)
{
    const struct tagger *tagger = context->tagger;
    const struct candidate *candidate = weigher->candidate;
    bool quoted = context->first > context->begin && is_quote(context, context->first - 1) &&
                  is_quote(context, context->after);
    if (quoted) {
        weigh(weigher, ENTITY_PERSON, -25, "in quotes", candidate->key);
        weigh(weigher, ENTITY_ORGANISATION, -8, "in quotes", candidate->key);
    }
    const struct token *first = tag_token_at(tagger, candidate->first);
    const struct tag_token *it = &tagger->tokens[candidate->first];
    bool sure = it->classes & (NAME_CLASSES | CLASS_BIT(FAMILY_FIRST));
    if ((first->flags & TOKEN_SENTENCE_START) && !candidate->title && shape->words == 1 &&
        (shape->common || !sure)) {
        for (int i = 0; i < ENTITY_KIND_COUNT; i++)
            weigh(weigher, (enum entity_kind)i, -6, "begins a sentence", candidate->key);
    }
    const struct sentence *sentence = &tagger->analysis->sentences.items[first->sentence];
    if (tagger->article->blocks.count &&
        tagger->article->blocks.items[sentence->block].kind == BLOCK_BYLINE && shape->words >= 2)
        weigh(weigher, ENTITY_PERSON, 18, "byline", candidate->key);
}

void evidence_own(struct tagger *tagger, struct candidate *candidate)
{
    if (candidate->fixed) {
        candidate->score[candidate->kind] = 60;
        return;
    }
    struct weigher weigher = {.tagger = tagger, .candidate = candidate};
    for (int i = 0; i < ENTITY_KIND_COUNT; i++)
        weigher.best[i] = candidate->score[i];
    struct shape shape = shape_of(tagger, candidate);
    const struct sentence *sentence =
        &tagger->analysis->sentences.items[tag_token_at(tagger, candidate->first)->sentence];
    struct context context = {.tagger = tagger,
                              .begin = sentence->first_token,
                              .end = (size_t)sentence->first_token + sentence->token_count,
                              .first = candidate->first,
                              .after = candidate->end};
    weigh_words(&weigher, &shape);
    if (!candidate->headline) {
        weigh_before(&weigher, &context, &shape);
        weigh_after(&weigher, &context, &shape);
    } else if (shape.common || !shape.given || shape.words < 2) {
        for (int i = 0; i < ENTITY_KIND_COUNT; i++)
            candidate->score[i] = candidate->score[i] > 0 ? candidate->score[i] / 2 : 0;
    }
    weigh_place_of(&weigher, &context, &shape);
}

/* --- the rest of the article ----------------------------------------------------------------- */

static str word_key(struct tagger *tagger, size_t token)
{
    return tag_key(tagger, token, token + 1);
}

static void vote_person(struct tagger *tagger, const struct candidate *candidate)
{
    struct shape shape = shape_of(tagger, candidate);
    if (shape.words < 2)
        return;
    bool family_first =
        is_family_first(tagger, &shape) && !tag_has(tagger, shape.first, CLASS_BIT(GIVEN_NAME));
    size_t points = (size_t)candidate->score[ENTITY_PERSON];
    for (size_t i = candidate->first; i < candidate->end; i++) {
        const struct token *token = tag_token_at(tagger, i);
        if (token->kind != TOKEN_WORD || !(token->flags & TOKEN_CAPITAL) ||
            tagger->tokens[i].initial)
            continue;
        struct name_votes *votes = tag_votes(tagger, word_key(tagger, i), true);
        bool is_surname = family_first ? i == shape.first : i != shape.first;
        int *place = is_surname ? &votes->surname : &votes->given;
        if (*place < (int)points) {
            *place = (int)points;
            votes->full = candidate->key;
        }
    }
}

void evidence_vote(struct tagger *tagger, const struct candidate *candidate)
{
    if (candidate->headline)
        return;
    struct name_votes *votes = tag_votes(tagger, candidate->key, true);
    for (int i = 0; i < ENTITY_KIND_COUNT; i++)
        votes->score[i] += candidate->score[i];
    if (!candidate->fixed && candidate->score[ENTITY_PERSON] >= STRONG &&
        candidate->score[ENTITY_PERSON] > candidate->score[ENTITY_PLACE] &&
        candidate->score[ENTITY_PERSON] > candidate->score[ENTITY_ORGANISATION])
        vote_person(tagger, candidate);
}

static int limited(int points)
{
    return points > VOTE_LIMIT ? VOTE_LIMIT : points < -VOTE_LIMIT ? -VOTE_LIMIT : points;
}

/* Points from other places of the article where the same words, or a longer name with
 * them, stand. */
static void weigh_article(struct weigher *weigher, const struct shape *shape)
{
    struct tagger *tagger = weigher->tagger;
    struct candidate *candidate = weigher->candidate;
    const struct name_votes *votes = tag_votes(tagger, candidate->key, false);
    for (int i = 0; votes && i < ENTITY_KIND_COUNT; i++) {
        int others = votes->score[i] - (candidate->headline ? 0 : candidate->score[i]);
        if (others)
            weigh(weigher, (enum entity_kind)i, limited(others / 2), "elsewhere in the article",
                  candidate->key);
    }
    votes = tag_votes(tagger, word_key(tagger, shape->last), false);
    if (votes && votes->surname)
        weigh(weigher, ENTITY_PERSON, shape->words == 1 ? 40 : 15, "part of a full name",
              votes->full);
    else if (votes && votes->given && shape->words == 1)
        weigh(weigher, ENTITY_PERSON, 14, "part of a full name", votes->full);
    if (shape->words == 1) {
        if (votes && votes->small && !votes->surname)
            weigh(weigher, ENTITY_PERSON, -20, "written small elsewhere", candidate->key);
    }
}

bool evidence_decide(struct tagger *tagger, struct candidate *candidate)
{
    if (candidate->fixed)
        return true;
    struct weigher weigher = {.tagger = tagger, .candidate = candidate};
    for (int i = 0; i < ENTITY_KIND_COUNT; i++)
        weigher.best[i] = candidate->score[i];
    struct shape shape = shape_of(tagger, candidate);
    weigh_article(&weigher, &shape);
    int best = 0;
    for (int i = 1; i < ENTITY_KIND_COUNT; i++)
        best = candidate->score[i] > candidate->score[best] ? i : best;
    if (candidate->score[best] < THRESHOLD)
        return false;
    candidate->kind = (enum entity_kind)best;
    int confidence = 30 + candidate->score[best];
    candidate->confidence = (uint8_t)(confidence > 95 ? 95 : confidence);
    if (!candidate->rule)
        candidate->rule = "words and context";
    if (!candidate->evidence.ptr)
        candidate->evidence = candidate->key;
    return true;
}
