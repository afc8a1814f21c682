/* Names by rules: which tokens belong together. A first round collects groups of capitalised words
 * and what each says about itself; a second one decides each with what the whole article says. */
#include "analyse/tag_names.h"

#include <stdlib.h>
#include <string.h>

#include "text/fold.h"

enum {
    NAME_TOKEN_LIMIT = 12, /* tokens of one name; longer runs are lists or headlines */
    NAME_WORD_LIMIT = 5    /* words of a person's name */
};

#define NAME_CLASSES (CLASS_BIT(GIVEN_NAME) | CLASS_BIT(SURNAME))
#define PLACE_CLASSES (CLASS_BIT(COUNTRY) | CLASS_BIT(CITY) | CLASS_BIT(REGION))

/* --- small helpers --------------------------------------------------------------------------- */

str tag_text(const struct tagger *tagger, size_t token)
{
    const struct token *it = &tagger->analysis->tokens.items[token];
    return str_slice(tagger->article->text, it->start, it->end);
}

str tag_key(const struct tagger *tagger, size_t first, size_t end)
{
    const struct token *tokens = tagger->analysis->tokens.items;
    return fold_text(tagger->arena,
                     str_slice(tagger->article->text, tokens[first].start, tokens[end - 1].end));
}

bool tag_has(const struct tagger *tagger, size_t token, uint64_t classes)
{
    return (tagger->tokens[token].classes & classes) != 0;
}

bool tag_is(const struct tagger *tagger, size_t token, char sign)
{
    if (token >= tagger->analysis->tokens.count)
        return false;
    const struct token *it = &tagger->analysis->tokens.items[token];
    return it->kind == TOKEN_PUNCTUATION && it->end - it->start == 1 &&
           tagger->article->text.ptr[it->start] == sign;
}

struct name_votes *tag_votes(struct tagger *tagger, str key, bool make)
{
    if (!make) {
        uint64_t *found = map_find(&tagger->votes, key);
        return found ? (struct name_votes *)(uintptr_t)*found : NULL;
    }
    uint64_t *place = map_put(&tagger->votes, key, 0);
    if (!*place)
        *place = (uint64_t)(uintptr_t)arena_new(tagger->arena, struct name_votes);
    return (struct name_votes *)(uintptr_t)*place;
}

static size_t sentence_end(const struct tagger *tagger, size_t at)
{
    const struct sentence *sentence =
        &tagger->analysis->sentences.items[tag_token_at(tagger, at)->sentence];
    return (size_t)sentence->first_token + sentence->token_count;
}

/* A hyphen between two words, without space on either side. */
static bool is_joint(const struct tagger *tagger, size_t at, size_t end)
{
    return at + 1 < end && tag_is(tagger, at, '-') &&
           !(tag_token_at(tagger, at)->flags & TOKEN_SPACE_BEFORE) &&
           !(tag_token_at(tagger, at + 1)->flags & TOKEN_SPACE_BEFORE);
}

/* --- marks ----------------------------------------------------------------------------------- */

/* Are all words of a phrase written as a name? Small words ("of") and particles may be small. */
static bool phrase_is_capital(const struct tagger *tagger, size_t at, size_t count)
{
    bool any = false;
    for (size_t i = at; i < at + count; i++) {
        const struct token *token = tag_token_at(tagger, i);
        if (token->kind == TOKEN_PUNCTUATION)
            continue;
        bool capital = token->kind == TOKEN_NUMBER || (token->flags & TOKEN_CAPITAL);
        any |= capital;
        bool joined = i > at && !(token->flags & TOKEN_SPACE_BEFORE);
        if (!capital && token->end - token->start > 3 && !joined)
            return false;
    }
    return any;
}

/* A short word, above all one that is a common word too, has to be in capitals: "US",
 * "WHO", "AP". */
static bool acronym_fits(const struct tagger *tagger, size_t at, enum mark mark)
{
    const struct token *token = tag_token_at(tagger, at);
    size_t len = token->end - token->start;
    if (len <= (mark == MARK_ORGANISATION ? 3u : 2u) && !(token->flags & TOKEN_ALL_CAPS))
        return false;
    if (!tag_has(tagger, at, CLASS_BIT(NOT_NAME) | CLASS_BIT(COMMON)))
        return true;
    if (token->end - token->start <= 4 && tag_has(tagger, at, CLASS_BIT(NOT_NAME)))
        return (token->flags & TOKEN_ALL_CAPS) && !(token->flags & TOKEN_IN_HEADLINE);
    return (token->flags & TOKEN_ALL_CAPS) ||
           !(token->flags & (TOKEN_SENTENCE_START | TOKEN_IN_HEADLINE));
}

struct mark_row {
    uint64_t classes;
    enum mark mark;
};

/* Longest phrase wins; of equal ones the first row. */
static const struct mark_row mark_rows[] = {
    {PLACE_CLASSES, MARK_PLACE},        {CLASS_BIT(ORGANISATION), MARK_ORGANISATION},
    {CLASS_BIT(DEMONYM), MARK_DEMONYM}, {CLASS_BIT(TITLE), MARK_TITLE},
    {CLASS_BIT(NOT_NAME), MARK_BREAK},
};

#define MARKED_CLASSES                                                                             \
    (PLACE_CLASSES | CLASS_BIT(ORGANISATION) | CLASS_BIT(DEMONYM) | CLASS_BIT(TITLE) |             \
     CLASS_BIT(NOT_NAME))

/* Is the name of a month or day a person's here? "Theresa May", "April Jones", "May said". */
static bool is_named_may(const struct tagger *tagger, size_t at)
{
    const struct sentence *sentence =
        &tagger->analysis->sentences.items[tag_token_at(tagger, at)->sentence];
    if (!tag_has(tagger, at, NAME_CLASSES))
        return false;
    bool first = at == sentence->first_token, last = at + 1 == sentence_end(tagger, at);
    if (!first && tag_is_capital(tagger, at - 1) &&
        tag_has(tagger, at - 1, CLASS_BIT(GIVEN_NAME) | CLASS_BIT(TITLE)))
        return true;
    if (!last && tag_is_capital(tagger, at + 1))
        return tag_has(tagger, at, CLASS_BIT(GIVEN_NAME)) &&
               tag_has(tagger, at + 1, CLASS_BIT(SURNAME)) &&
               !tag_has(tagger, at + 1, CLASS_BIT(COMMON));
    return !first && !last && tag_has(tagger, at, CLASS_BIT(SURNAME)) &&
           tag_has(tagger, at + 1, CLASS_BIT(PERSON_VERB)) &&
           !tag_has(tagger, at - 1,
                    CLASS_BIT(PLACE_PREPOSITION) | CLASS_BIT(RELATIVE) |
                        CLASS_BIT(TIME_PREPOSITION));
}

/* What the lists of wares alone know: in all else an unknown word, as when the weights were learnt.
 */
static bool is_only_ware(uint64_t classes)
{
    return classes && !(classes & ~(CLASS_BIT(WARE) | CLASS_BIT(USE)));
}

static enum mark mark_of_word(const struct tagger *tagger, size_t at)
{
    const struct token *token = tag_token_at(tagger, at);
    uint64_t classes = tagger->tokens[at].classes;
    if (token->kind != TOKEN_WORD)
        return MARK_BREAK;
    if (!(token->flags & TOKEN_CAPITAL))
        return (classes & CLASS_BIT(PARTICLE)) ? MARK_PARTICLE : MARK_BREAK;
    if (tagger->tokens[at].initial)
        return MARK_NAME;
    if ((classes & CLASS_BIT(NOT_NAME)) && !(classes & NAME_CLASSES))
        return MARK_BREAK;
    if ((classes & (CLASS_BIT(MONTH) | CLASS_BIT(WEEKDAY))) && !is_named_may(tagger, at))
        return MARK_BREAK;
    if (classes & CLASS_BIT(ORGANISATION_WORD))
        return MARK_ORGANISATION_WORD;
    if (classes & CLASS_BIT(PLACE_WORD))
        return MARK_PLACE_WORD;
    const uint64_t names = NAME_CLASSES | CLASS_BIT(FAMILY_FIRST);
    if ((classes & CLASS_BIT(ROLE)) && !(classes & names))
        return MARK_TITLE;
    if ((classes & CLASS_BIT(COMMON)) && !(classes & names))
        return MARK_COMMON;
    if ((!classes || is_only_ware(classes)) &&
        (token->flags & (TOKEN_SENTENCE_START | TOKEN_IN_HEADLINE)) &&
        lexicon_is_form(tagger->lexicon, tag_key(tagger, at, at + 1)))
        return MARK_COMMON;
    for (uint32_t i = token->start; i < token->end; i++) {
        if (strchr("@/:", tagger->article->text.ptr[i]))
            return MARK_BREAK; /* an address */
    }
    return MARK_NAME;
}

static bool begins_word(const struct tagger *tagger, size_t at)
{
    const struct token *token = tag_token_at(tagger, at);
    return token->kind != TOKEN_PUNCTUATION &&
           ((token->flags & TOKEN_CAPITAL) || token->kind == TOKEN_NUMBER ||
            tag_has(tagger, at, CLASS_BIT(PARTICLE)));
}

/* Marks the longest phrase at `at`; gives its tokens, or 0. */
static size_t mark_phrase(struct tagger *tagger, size_t at)
{
    struct lexicon_phrase phrases[LEXICON_PHRASE_LIMIT];
    size_t best = 0, found = lexicon_phrases(tagger->lexicon, tagger->article->text,
                                             tagger->analysis, at, MARKED_CLASSES, phrases);
    enum mark mark = MARK_BREAK;
    for (size_t i = 0; found && i < sizeof mark_rows / sizeof *mark_rows; i++) {
        size_t last = found;
        while (last && !(phrases[last - 1].entry->classes & mark_rows[i].classes))
            last--;
        size_t count = last ? phrases[last - 1].token_count : 0;
        if (count <= best || !phrase_is_capital(tagger, at, count))
            continue;
        bool named = mark_rows[i].mark == MARK_PLACE || mark_rows[i].mark == MARK_ORGANISATION;
        if (count == 1 && named && !acronym_fits(tagger, at, mark_rows[i].mark))
            continue;
        if (count == 1 && mark_rows[i].mark == MARK_BREAK)
            continue; /* mark_of_word knows more */
        if (count == 1 && !tag_is_capital(tagger, at) &&
            tag_token_at(tagger, at)->kind == TOKEN_WORD)
            continue;
        best = count;
        mark = mark_rows[i].mark;
    }
    if (!best)
        return 0;
    for (size_t i = at; i < at + best; i++) {
        tagger->tokens[i].mark = mark;
        tagger->tokens[i].phrase_count = 0;
    }
    tagger->tokens[at].phrase_count = (uint8_t)best;
    return best;
}

static void count_small(struct tagger *tagger, size_t at)
{
    const struct token *token = tag_token_at(tagger, at);
    bool known = token->word && !is_only_ware(tagger->tokens[at].classes);
    if (token->kind != TOKEN_WORD || (token->flags & TOKEN_CAPITAL) || known)
        return;
    tag_votes(tagger, tag_key(tagger, at, at + 1), true)->small++;
}

static void mark_tokens(struct tagger *tagger)
{
    size_t count = tagger->analysis->tokens.count;
    for (size_t i = 0; i < count; i++) {
        const struct token *token = tag_token_at(tagger, i);
        const struct lexicon_entry *entry = lexicon_entry(tagger->lexicon, token->word);
        struct tag_token *it = &tagger->tokens[i];
        it->classes = entry ? entry->classes : 0;
        size_t len = token->end - token->start;
        it->initial = (token->flags & TOKEN_CAPITAL) && !(token->flags & TOKEN_HAS_LOWER) &&
                      ((len == 1 && !strchr("AI", tagger->article->text.ptr[token->start])) ||
                       (len == 2 && tagger->article->text.ptr[token->end - 1] == '.'));
        it->phrase_count = 1;
        count_small(tagger, i);
    }
    for (size_t i = 0; i < count;) {
        size_t marked = begins_word(tagger, i) ? mark_phrase(tagger, i) : 0;
        if (!marked)
            tagger->tokens[i].mark = mark_of_word(tagger, i);
        i += marked ? marked : 1;
    }
}

/* --- groups ---------------------------------------------------------------------------------- */

struct parse {
    struct tagger *tagger;
    size_t at, end; /* of the run */
    uint32_t title;
    bool demonym;
};

static enum mark mark_at(const struct parse *parse, size_t at)
{
    return at < parse->end ? parse->tagger->tokens[at].mark : MARK_BREAK;
}

static size_t phrase_end(const struct parse *parse, size_t at)
{
    size_t count = parse->tagger->tokens[at].phrase_count;
    return at + (count ? count : 1);
}

static struct candidate *add_candidate(struct parse *parse, size_t first, size_t end)
{
    struct tagger *tagger = parse->tagger;
    struct candidate candidate = {.first = (uint32_t)first,
                                  .end = (uint32_t)end,
                                  .title = parse->title,
                                  .demonym_before = parse->demonym,
                                  .headline =
                                      tag_token_at(tagger, first)->flags & TOKEN_IN_HEADLINE,
                                  .key = tag_key(tagger, first, end),
                                  .evidence = STR_NONE};
    vec_push(tagger->arena, &tagger->candidates, candidate);
    parse->title = 0;
    parse->demonym = false;
    parse->at = end;
    return vec_last(&tagger->candidates);
}

static void add_fixed(struct parse *parse, size_t first, size_t end, enum entity_kind kind,
                      const char *rule)
{
    struct candidate *candidate = add_candidate(parse, first, end);
    candidate->fixed = true;
    candidate->kind = kind;
    candidate->rule = rule;
    candidate->confidence = 80;
    candidate->evidence = tag_text(parse->tagger, end - 1);
}

/* "of Foreign Affairs", "for Human Rights", "& Company" after an organisation's word: past it. */
static size_t organisation_tail(const struct parse *parse, size_t at)
{
    const struct tagger *tagger = parse->tagger;
    size_t sentence = sentence_end(tagger, at - 1);
    if (at >= sentence || (tag_token_at(tagger, at - 1)->flags & TOKEN_POSSESSIVE))
        return at;
    str word = tag_text(tagger, at);
    size_t next = at + 1;
    if (!str_equal(word, STR("of")) && !str_equal(word, STR("for")) && !str_equal(word, STR("&")) &&
        !str_equal(word, STR("on")))
        return at;
    if (next < sentence && str_equal(tag_text(tagger, next), STR("the")))
        next++;
    size_t end = next;
    while (end < sentence && end < at + NAME_TOKEN_LIMIT) {
        const struct tag_token *it = &tagger->tokens[end];
        bool and_word = end > next && str_equal(tag_text(tagger, end), STR("and")) &&
                        end + 1 < sentence && it[1].mark == MARK_ORGANISATION_WORD;
        if (!and_word && (it->mark == MARK_BREAK || it->mark == MARK_PARTICLE ||
                          it->mark == MARK_TITLE || !tag_is_capital(tagger, end)))
            break;
        end++;
        if (tag_token_at(tagger, end - 1)->flags & TOKEN_POSSESSIVE)
            break;
    }
    return end > next ? end : at;
}

/* The end of an organisation that begins at `first` and has one of the words that make one, or
 * `first`. */
static size_t organisation_end(const struct parse *parse, size_t first)
{
    const struct tagger *tagger = parse->tagger;
    bool headline = tag_token_at(tagger, first)->flags & TOKEN_IN_HEADLINE;
    size_t found = first, named = 0;
    for (size_t i = first; i < parse->end && i < first + NAME_TOKEN_LIMIT; i++) {
        enum mark mark = mark_at(parse, i);
        if (mark == MARK_TITLE || (mark == MARK_BREAK && !is_joint(tagger, i, parse->end)))
            break;
        if (headline && (mark == MARK_COMMON || mark == MARK_BREAK))
            break;
        named += mark == MARK_NAME || mark == MARK_PLACE || mark == MARK_ORGANISATION;
        bool end_word =
            mark == MARK_ORGANISATION_WORD || (tag_has(tagger, i, CLASS_BIT(ORGANISATION_SUFFIX)) &&
                                               mark != MARK_PARTICLE && i > first);
        if (end_word && (i > first || organisation_tail(parse, i + 1) > i + 1))
            found = !headline || named ? i + 1 : found;
    }
    return found == first ? first : organisation_tail(parse, found);
}

static bool is_surname_like(const struct tagger *tagger, size_t at)
{
    return tagger->tokens[at].mark == MARK_NAME ||
           (tag_is_capital(tagger, at) && tag_has(tagger, at, NAME_CLASSES) &&
            tagger->tokens[at].phrase_count == 1 && tagger->tokens[at].mark != MARK_TITLE);
}

/* Past the particles from `at` on when a name goes on after them, else `at`. */
static size_t skip_particles(const struct parse *parse, size_t at)
{
    const struct tagger *tagger = parse->tagger;
    size_t next = at;
    for (int i = 0; i < 3 && next < parse->end && tagger->tokens[next].mark == MARK_PARTICLE; i++) {
        bool joint = is_joint(tagger, next + 1, parse->end);
        if (tag_has(tagger, next, CLASS_BIT(PARTICLE_JOINED)) && !joint)
            return at;
        next += joint ? 2 : 1;
    }
    if (next > at && next < parse->end && is_surname_like(tagger, next))
        return next;
    return at;
}

/* In headlines, where every word is capitalised, only what is known as a name belongs to one. */
static bool fits_headline(const struct parse *parse, size_t at)
{
    struct tagger *tagger = parse->tagger;
    if (!(tag_token_at(tagger, at)->flags & TOKEN_IN_HEADLINE) || tagger->tokens[at].initial)
        return true;
    if (tag_has(tagger, at, NAME_CLASSES | CLASS_BIT(FAMILY_FIRST) | CLASS_BIT(SYLLABLE)))
        return true;
    const struct name_votes *votes = tag_votes(tagger, tag_key(tagger, at, at + 1), false);
    return votes && (votes->surname || votes->given);
}

/* Past one more part of a name that goes on at `at`, else `at`. */
static size_t name_part(const struct parse *parse, size_t first, size_t at)
{
    const struct tagger *tagger = parse->tagger;
    if (at >= parse->end || (tag_token_at(tagger, at - 1)->flags & TOKEN_POSSESSIVE))
        return at;
    if (is_joint(tagger, at, parse->end)) {
        if (is_surname_like(tagger, at + 1) || tag_has(tagger, at + 1, CLASS_BIT(PARTICLE)))
            return tag_is_capital(tagger, at + 1) ? at + 2 : at;
        bool syllable = tag_has(tagger, at + 1, CLASS_BIT(SYLLABLE)) && at > first + 1;
        return syllable && !tag_is_capital(tagger, at + 1) ? at + 2 : at;
    }
    size_t after = skip_particles(parse, at);
    if (after > at)
        return after + 1;
    bool spaced = tag_token_at(tagger, at)->flags & TOKEN_SPACE_BEFORE;
    if (!spaced || tag_has(tagger, at, CLASS_BIT(NOT_NAME)))
        return tagger->tokens[at].initial ? at + 1 : at;
    if (tagger->tokens[at].mark == MARK_NAME)
        return fits_headline(parse, at) ? at + 1 : at;
    if (tag_has(tagger, at, CLASS_BIT(NAME_SUFFIX)) && tag_is_capital(tagger, at))
        return at + 1;
    /* a place or common word that is a surname too ends a name: "Jack London" */
    bool name_before =
        tag_has(tagger, at - 1, CLASS_BIT(GIVEN_NAME)) || tagger->tokens[at - 1].initial;
    return name_before && tag_is_capital(tagger, at) && tag_has(tagger, at, CLASS_BIT(SURNAME)) &&
                   tagger->tokens[at].phrase_count == 1
               ? at + 1
               : at;
}

static size_t name_end(const struct parse *parse, size_t first)
{
    size_t at = first + 1, words = 1;
    while (words < NAME_WORD_LIMIT && at < first + NAME_TOKEN_LIMIT) {
        size_t next = name_part(parse, first, at);
        if (next == at)
            break;
        at = next;
        words++;
    }
    return at;
}

/* A word of the lexicon of places or organisations that is the first part of a person's name here:
 * "Chelsea Clinton", "Jordan Peele". */
static bool opens_person(const struct parse *parse, size_t at)
{
    const struct tagger *tagger = parse->tagger;
    if (tagger->tokens[at].phrase_count != 1 || !tag_has(tagger, at, NAME_CLASSES))
        return false;
    if (tag_has(tagger, at, CLASS_BIT(COUNTRY)) && !tag_has(tagger, at, CLASS_BIT(GIVEN_NAME)))
        return false;
    if (tag_token_at(tagger, at)->flags & TOKEN_POSSESSIVE)
        return false;
    size_t next = at + 1;
    if (next >= parse->end || !(tag_token_at(tagger, next)->flags & TOKEN_SPACE_BEFORE) ||
        !tag_is_capital(tagger, next))
        return false;
    return tagger->tokens[next].initial ||
           (tag_has(tagger, at, CLASS_BIT(GIVEN_NAME)) && is_surname_like(tagger, next) &&
            !tag_has(tagger, next, PLACE_CLASSES | CLASS_BIT(COMMON)));
}

static void parse_lexical(struct parse *parse, enum entity_kind kind)
{
    size_t end = phrase_end(parse, parse->at);
    bool possessive = tag_token_at(parse->tagger, end - 1)->flags & TOKEN_POSSESSIVE;
    if (!possessive && kind == ENTITY_PLACE && end < parse->end &&
        mark_at(parse, end) == MARK_PLACE_WORD)
        end++;
    size_t first = parse->at;
    bool ambiguous =
        end == first + 1 && tag_has(parse->tagger, first, NAME_CLASSES | CLASS_BIT(COMMON));
    bool title = parse->title > 0;
    const char *rule = kind == ENTITY_PLACE ? "place list" : "organisation list";
    if (!ambiguous ||
        (!title && kind == ENTITY_PLACE && tag_has(parse->tagger, first, CLASS_BIT(COUNTRY)))) {
        add_fixed(parse, first, end, kind, rule);
        return;
    }
    struct candidate *candidate = add_candidate(parse, first, end);
    candidate->score[kind] = 30;
    candidate->rule = rule;
}

static bool parse_organisation(struct parse *parse)
{
    const struct tagger *tagger = parse->tagger;
    size_t first = parse->at, end = organisation_end(parse, first);
    if (end == first)
        return false;
    /* a demonym before a known one is not part of it: "Iranian General Staff" */
    if (mark_at(parse, first) == MARK_DEMONYM && phrase_end(parse, first) < end &&
        mark_at(parse, phrase_end(parse, first)) == MARK_ORGANISATION)
        return false;
    /* a known one may be followed by a person: it ends where the list says */
    if (mark_at(parse, first) == MARK_ORGANISATION && phrase_end(parse, first) > first + 1 &&
        tagger->tokens[end - 1].mark != MARK_ORGANISATION_WORD)
        return false;
    if (mark_at(parse, first) == MARK_ORGANISATION && phrase_end(parse, first) == end)
        return false;
    add_fixed(parse, first, end, ENTITY_ORGANISATION, "organisation word");
    return true;
}

/* "Lake Chad", "Mount Kenya", "Port Harcourt": a word of places before a name. */
static bool parse_place_word(struct parse *parse)
{
    const struct tagger *tagger = parse->tagger;
    size_t first = parse->at, end = first + 1;
    bool possessive = tag_token_at(tagger, first)->flags & TOKEN_POSSESSIVE;
    if (!possessive && end < parse->end && tag_token_at(tagger, end)->flags & TOKEN_SPACE_BEFORE &&
        (mark_at(parse, end) == MARK_NAME || mark_at(parse, end) == MARK_PLACE)) {
        end = mark_at(parse, end) == MARK_PLACE ? phrase_end(parse, end) : end + 1;
        add_fixed(parse, first, end, ENTITY_PLACE, "place word");
        return true;
    }
    return false;
}

static void parse_name(struct parse *parse)
{
    const struct tagger *tagger = parse->tagger;
    size_t first = parse->at, end = name_end(parse, first);
    bool open = !(tag_token_at(tagger, end - 1)->flags & TOKEN_POSSESSIVE);
    if (open && mark_at(parse, end) == MARK_PLACE_WORD &&
        tag_token_at(tagger, end)->flags & TOKEN_SPACE_BEFORE &&
        !(tag_token_at(tagger, end)->flags & TOKEN_IN_HEADLINE)) {
        end++;
        if (mark_at(parse, end) == MARK_PLACE_WORD)
            end++;
        add_fixed(parse, first, end, ENTITY_PLACE, "place word");
        return;
    }
    if (end == first + 1 && tagger->tokens[first].initial) {
        parse->at = end;
        return;
    }
    add_candidate(parse, first, end);
}

static void parse_step(struct parse *parse)
{
    const struct tagger *tagger = parse->tagger;
    size_t at = parse->at;
    enum mark mark = mark_at(parse, at);
    if (mark == MARK_TITLE) {
        parse->title = (uint32_t)(phrase_end(parse, at));
        parse->at = phrase_end(parse, at);
        return;
    }
    bool named = mark == MARK_NAME || mark == MARK_PLACE || mark == MARK_ORGANISATION;
    if (!(named && opens_person(parse, at)) && mark != MARK_PARTICLE && parse_organisation(parse))
        return;
    if (mark == MARK_DEMONYM) {
        parse->demonym = true;
        parse->at = phrase_end(parse, at);
    } else if (named && (mark == MARK_NAME || opens_person(parse, at))) {
        parse_name(parse);
    } else if (mark == MARK_PLACE || mark == MARK_ORGANISATION) {
        parse_lexical(parse, mark == MARK_PLACE ? ENTITY_PLACE : ENTITY_ORGANISATION);
    } else if (mark == MARK_PARTICLE && skip_particles(parse, at) > at) {
        if (tag_has(tagger, at, CLASS_BIT(PARTICLE_FIRST)))
            parse_name(parse);
        else
            parse->at++;
    } else if (mark != MARK_PLACE_WORD || !parse_place_word(parse)) {
        parse->title = 0;
        parse->at++;
    }
}

/* Can a run of words go on with the token at `at`? */
static bool continues_run(const struct tagger *tagger, size_t at, size_t end)
{
    if (tag_token_at(tagger, at - 1)->flags & TOKEN_POSSESSIVE)
        return tagger->tokens[at].phrase_count == 0; /* inside a phrase: "People's Daily" */
    enum mark mark = tagger->tokens[at].mark;
    if (tagger->tokens[at].phrase_count == 0)
        return true;
    if (mark != MARK_BREAK)
        return true;
    if (is_joint(tagger, at, end))
        return true;
    /* after a joint: the small second half of "Jong-un" */
    return at >= 2 && is_joint(tagger, at - 1, end) && tag_has(tagger, at, CLASS_BIT(SYLLABLE));
}

static void parse_sentence(struct tagger *tagger, const struct sentence *sentence)
{
    size_t end = (size_t)sentence->first_token + sentence->token_count;
    for (size_t at = sentence->first_token; at < end;) {
        if (tagger->tokens[at].mark == MARK_BREAK) {
            at++;
            continue;
        }
        struct parse parse = {.tagger = tagger, .at = at};
        for (parse.end = at + 1; parse.end < end; parse.end++) {
            if (!continues_run(tagger, parse.end, end))
                break;
        }
        while (parse.at < parse.end)
            parse_step(&parse);
        at = parse.at;
    }
}

/* --- the pass -------------------------------------------------------------------------------- */

/* The candidates of running text, or those of headlines, and what they say. */
static void collect(struct tagger *tagger, bool headlines)
{
    const struct analysis *analysis = tagger->analysis;
    size_t known = tagger->candidates.count;
    for (size_t i = 0; i < analysis->sentences.count; i++) {
        const struct sentence *sentence = &analysis->sentences.items[i];
        bool headline = tag_token_at(tagger, sentence->first_token)->flags & TOKEN_IN_HEADLINE;
        if (headline == headlines)
            parse_sentence(tagger, sentence);
    }
    for (size_t i = known; i < tagger->candidates.count; i++)
        evidence_own(tagger, &tagger->candidates.items[i]);
    for (size_t i = known; i < tagger->candidates.count; i++)
        evidence_vote(tagger, &tagger->candidates.items[i]);
}

static int by_place(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    return (a->first > b->first) - (a->first < b->first);
}

static void sort_candidates(struct tagger *tagger)
{
    if (tagger->candidates.count)
        qsort(tagger->candidates.items, tagger->candidates.count, sizeof *tagger->candidates.items,
              by_place);
}

void tag_by_rules(struct tagger *tagger)
{
    tagger->tokens =
        arena_array(tagger->arena, struct tag_token, tagger->analysis->tokens.count + 1);
    map_init(&tagger->votes, tagger->arena);
    mark_tokens(tagger);
    collect(tagger, false);
    collect(tagger, true);
    sort_candidates(tagger);
    for (size_t i = 0; i < tagger->candidates.count; i++) {
        struct candidate *candidate = &tagger->candidates.items[i];
        candidate->named = evidence_decide(tagger, candidate);
    }
}
