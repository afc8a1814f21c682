/* The trained tagger: the best sequence of labels for each run of tokens that may hold names
 * (Viterbi; weights from tests/train/, learnt as in Collins, Discriminative Training Methods for
 * Hidden Markov Models, EMNLP 2002). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyse/name_features.h"
#include "analyse/passes.h"
#include "analyse/person_name.h"
#include "base/ascii.h"

enum {
    SYLLABLE_LEN_LIMIT = 5,
    LETTER_LIMIT = 4,       /* of the initials of a person */
    HEADLINE_SURE = 80,     /* confidence of a name that only the article's text knows */
    RUN_LIMIT = 256,        /* tokens decoded together */
    SHOWN_SCALE = 16,       /* points of the file that are one point in the evidence */
    FAMILY_POINTS = 600,    /* for a person: the last word of a longer name elsewhere */
    NAMESAKE_POINTS = 1500, /* the same once more, for one whose family name is a place's too */
    ELSEWHERE_POINTS = 500, /* for what the other places of the word were labelled */
    ACRONYM_POINTS = 1500,  /* for the kind of the name that an acronym stands for */
    ELSEWHERE_ENOUGH = 3,   /* places that give all these points */
    THING_POINTS = 1500,    /* against a person, for a word that names a thing in the article */
    THING_LIMIT = 30000,
    RULE_LEAST = 45,          /* confidence of the rules from which they are trusted */
    RULE_PERSON_POINTS = 380, /* for a person of whom the rules are sure */
    RULE_POINTS = 100,
    NO_NAME_POINTS = 3000,       /* against any name */
    COURTESY_POINTS = 700,       /* for a person after "Mr." */
    OTHER_POINTS = 72,           /* for a name of another kind: few sets label these */
    OTHER_RESTORED_POINTS = 85,  /* the same once more, where the case was restored */
    NO_NAME_DAMAGED_POINTS = 170 /* for no name, in an article without usable case */
};

/* A token inside a run. */
struct scored {
    int scores[LABEL_COUNT]; /* of its features, later with what the article says */
};

/* What the first round made of a word. */
struct word_votes {
    uint16_t kinds[ENTITY_KIND_COUNT + 2]; /* as label_kind */
    uint16_t family;                       /* times it is the family name in a longer name */
    uint16_t placed;                       /* times it is a place after "in", "at", "near" */
    int16_t thing;                         /* times that tell of a thing, less those of a person */
    uint8_t acronym_of;                    /* kind of the name that it stands for; 0: of none */
};

struct decoder {
    struct name_reader reader;
    struct scored *scored;    /* by token */
    uint8_t *labels;          /* by token */
    struct word_votes *votes; /* by place of the word in reader.words */
    struct name_features features;
    int best[RUN_LIMIT][LABEL_COUNT]; /* of the best way here */
    uint8_t from[RUN_LIMIT][LABEL_COUNT];
};

/* Names that the rules are sure of need more to be something else: the training texts are older
 * and narrower than what is read. */
static void trust_rules(const struct decoder *decoder, size_t at, int scores[LABEL_COUNT])
{
    uint32_t number = decoder->reader.tokens[at].candidate;
    if (!number)
        return;
    const struct candidate *it = &decoder->reader.tagger.candidates.items[number - 1];
    if (!it->named || it->confidence < RULE_LEAST)
        return;
    unsigned label = (unsigned)it->kind * 2 + 1 + (at > it->first);
    int points = it->kind == ENTITY_PERSON ? RULE_PERSON_POINTS : RULE_POINTS;
    scores[label] += points * (it->confidence - RULE_LEAST) / (95 - RULE_LEAST);
}

/* "Mr. Marlow": nothing but a person is spoken of so, whatever else the word may be. */
static void heed_courtesy(const struct decoder *decoder, size_t at, int scores[LABEL_COUNT])
{
    static const char *const words[] = {"Mr", "Mrs", "Ms"};
    const struct token *tokens = decoder->reader.tagger.analysis->tokens.items;
    if (!at || !(tokens[at].flags & TOKEN_CAPITAL) ||
        tokens[at - 1].sentence != tokens[at].sentence)
        return;
    str before = tag_text(&decoder->reader.tagger, at - 1);
    if (str_ends(before, STR(".")))
        before.len--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal_ascii_fold(before, str_from(words[i])))
            scores[LABEL_BEGIN_PERSON] += COURTESY_POINTS;
    }
}

static bool is_word_byte(str text, size_t at)
{
    unsigned char byte = at < text.len ? (unsigned char)text.ptr[at] : 0;
    return byte >= 0x80 || ascii_is_alnum(byte);
}

/* What is spelled like no name: the front of the name of a file or account, "Lisa_resume.doc", but
 * not "_The Times_"; "You'll"; a party in brackets, "(D., Ohio)"; "P.S. Tom will come". */
static bool is_no_name(const struct decoder *decoder, size_t at)
{
    static const char *const endings[] = {"'ll", "'re", "'ve", "n't"};
    const struct token *token = &decoder->reader.tagger.analysis->tokens.items[at];
    str text = decoder->reader.tagger.article->text, folded = decoder->reader.tokens[at].folded;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (str_ends(folded, str_from(endings[i])))
            return true;
    }
    if ((token->flags & TOKEN_SENTENCE_START) && str_equal(folded, STR("p.s.")))
        return true;
    char before = token->start ? text.ptr[token->start - 1] : ' ';
    char after = token->end < text.len ? text.ptr[token->end] : ' ';
    if (folded.len == 2 && folded.ptr[1] == '.' && before == '(' && after == ',')
        return true;
    return after == '_' && is_word_byte(text, token->end + 1);
}

/* What few sets label is favoured; and no name, in an article without usable case. */
static void favour(const struct decoder *decoder, size_t at, int scores[LABEL_COUNT])
{
    const struct token *token = &decoder->reader.tagger.analysis->tokens.items[at];
    bool restored = token->flags & TOKEN_RESTORED;
    int points = OTHER_POINTS + (restored ? OTHER_RESTORED_POINTS : 0);
    if (restored && !(token->flags & TOKEN_IN_HEADLINE))
        scores[LABEL_NONE] += NO_NAME_DAMAGED_POINTS;
    scores[LABEL_BEGIN_OTHER] += points;
    scores[LABEL_IN_OTHER] += points;
}

static void score_token(struct decoder *decoder, size_t at)
{
    const struct name_weights *weights = decoder->reader.weights;
    struct name_features *features = &decoder->features;
    name_features_at(&decoder->reader, at, features);
    int scores[LABEL_COUNT] = {0};
    for (size_t i = 0; i < features->count; i++)
        name_weights_expect(weights, features->hashes[i]);
    for (size_t i = 0; i < features->count; i++) {
        int times;
        const signed char *row = name_weights_row(weights, features->hashes[i], &times);
        for (size_t k = 0; row && k < LABEL_COUNT; k++)
            scores[k] += times * row[k];
    }
    trust_rules(decoder, at, scores);
    heed_courtesy(decoder, at, scores);
    if (is_no_name(decoder, at))
        scores[LABEL_NONE] += NO_NAME_POINTS;
    favour(decoder, at, scores);
    memcpy(decoder->scored[at].scores, scores, sizeof scores);
}

static void extend(struct decoder *decoder, size_t at, size_t place,
                   const int (*steps)[LABEL_COUNT])
{
    for (unsigned label = 0; label < LABEL_COUNT; label++) {
        int best = 2 * NAME_STEP_NEVER;
        unsigned from = LABEL_NONE;
        for (unsigned k = 0; k < LABEL_COUNT; k++) {
            int before = place ? decoder->best[place - 1][k] : k ? NAME_STEP_NEVER : 0;
            int value = steps[k][label] + before;
            if (value > best) {
                best = value;
                from = k;
            }
        }
        decoder->best[place][label] = best + decoder->scored[at].scores[label];
        decoder->from[place][label] = (uint8_t)from;
    }
}

/* Viterbi over one run. */
static void decode(struct decoder *decoder, size_t first, size_t end)
{
    const struct token *tokens = decoder->reader.tagger.analysis->tokens.items;
    bool caseless = tokens[first].flags & TOKEN_RESTORED;
    const int(*steps)[LABEL_COUNT] = name_weights_steps(decoder->reader.weights, caseless);
    for (size_t at = first; at < end; at++)
        extend(decoder, at, at - first, steps);
    unsigned label = LABEL_NONE;
    const int *last = decoder->best[end - first - 1];
    for (unsigned k = 1; k < LABEL_COUNT; k++) {
        if (last[k] > last[label])
            label = k;
    }
    for (size_t at = end; at-- > first;) {
        decoder->labels[at] = (uint8_t)label;
        label = decoder->from[at - first][label];
    }
}

/* Where the organisation before token `at` ends by the rules, and a person of the rules begins:
 * "General Staff Bagheri", or only a title stands before the person: "General Bagheri". */
static bool parts_at(const struct decoder *decoder, size_t at, bool *title)
{
    const struct tagger *tagger = &decoder->reader.tagger;
    uint32_t before = decoder->reader.tokens[at - 1].candidate;
    uint32_t number = decoder->reader.tokens[at].candidate;
    if (!number || number == before || decoder->labels[at] != LABEL_IN_ORGANISATION)
        return false;
    const struct candidate *it = &tagger->candidates.items[number - 1];
    if (!it->named || it->kind != ENTITY_PERSON || it->first != at)
        return false;
    *title = !before && tagger->tokens[at - 1].mark == MARK_TITLE &&
             decoder->labels[at - 1] == LABEL_BEGIN_ORGANISATION;
    if (*title || !before)
        return *title;
    const struct candidate *body = &tagger->candidates.items[before - 1];
    return body->kind == ENTITY_ORGANISATION && body->fixed;
}

static void part_names(struct decoder *decoder, size_t first, size_t end)
{
    for (size_t at = first + 1; at < end; at++) {
        bool title;
        if (!parts_at(decoder, at, &title))
            continue;
        uint32_t number = decoder->reader.tokens[at].candidate;
        size_t stop = decoder->reader.tagger.candidates.items[number - 1].end;
        for (size_t i = at; i < stop && i < end; i++)
            decoder->labels[i] = i == at ? LABEL_BEGIN_PERSON : LABEL_IN_PERSON;
        if (stop < end && decoder->labels[stop] == LABEL_IN_ORGANISATION)
            decoder->labels[stop] = LABEL_BEGIN_ORGANISATION;
        if (title)
            decoder->labels[at - 1] = LABEL_NONE;
    }
}

/* --- the second round: the same word is mostly the same thing in the whole article ------------ */

static struct word_votes *votes_of(const struct decoder *decoder, size_t at)
{
    return &decoder->votes[decoder->reader.tokens[at].word - decoder->reader.words];
}

static size_t name_end(const struct decoder *decoder, size_t at, size_t end)
{
    unsigned label = decoder->labels[at];
    size_t stop = at + 1;
    while (stop < end && label_begins(label) && decoder->labels[stop] == label + 1)
        stop++;
    return stop;
}

static bool is_family(const struct decoder *decoder, size_t at)
{
    const struct name_token *token = &decoder->reader.tokens[at];
    bool last = at + 1 == token->run_end || decoder->labels[at + 1] != LABEL_IN_PERSON;
    const struct tagger *tagger = &decoder->reader.tagger;
    if (decoder->labels[at] == LABEL_BEGIN_PERSON && !last) /* "Moon Jae-in" */
        return tag_has(tagger, at, CLASS_BIT(FAMILY_FIRST)) &&
               tag_has(tagger, at + 1, CLASS_BIT(SYLLABLE));
    return decoder->labels[at] == LABEL_IN_PERSON && last;
}

static bool votes_here(const struct decoder *decoder, size_t at)
{
    const struct token *token = &decoder->reader.tagger.analysis->tokens.items[at];
    return decoder->reader.tokens[at].run_end && token->kind == TOKEN_WORD &&
           (token->flags & TOKEN_CAPITAL);
}

/* "in Washington": what stands there is a place and nobody. */
static bool is_placed(const struct decoder *decoder, size_t at)
{
    static const char *const before[] = {"in", "at", "near", "outside", "around"};
    if (!at || label_kind(decoder->labels[at]) != label_kind(LABEL_BEGIN_PLACE))
        return false;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        if (str_equal(tag_text(&decoder->reader.tagger, at - 1), str_from(before[i])))
            return true;
    }
    return false;
}

/* "Lacerte, Moosend and Brevo": what stands in a list beside a thing is one. */
static void vote_lists(struct decoder *decoder)
{
    const struct tagger *tagger = &decoder->reader.tagger;
    const struct token *tokens = tagger->analysis->tokens.items;
    for (size_t at = 2; at < decoder->reader.count; at++) {
        str between = tag_text(tagger, at - 1);
        bool joined = str_equal(between, STR(",")) || str_equal(between, STR("and")) ||
                      str_equal(between, STR("or"));
        if (!joined || !votes_here(decoder, at) || !votes_here(decoder, at - 2) ||
            tokens[at - 2].sentence != tokens[at].sentence)
            continue;
        struct word_votes *one = votes_of(decoder, at - 2), *other = votes_of(decoder, at);
        if (one->thing > 0 && other->thing == 0)
            other->thing++;
        else if (other->thing > 0 && one->thing == 0)
            one->thing++;
    }
}

static void vote_things(struct decoder *decoder)
{
    for (size_t at = 0; at < decoder->reader.count; at++) {
        if (!votes_here(decoder, at))
            continue;
        struct word_votes *votes = votes_of(decoder, at);
        if (votes->thing > -THING_LIMIT && votes->thing < THING_LIMIT)
            votes->thing = (int16_t)(votes->thing + tag_thing(&decoder->reader.tagger, at));
    }
    vote_lists(decoder);
}

/* In the name of a thing, "Apache Kafka", or after an ordinary word, "Can Gemini", the last word is
 * no family's. */
static bool is_of_thing(const struct decoder *decoder, size_t at)
{
    while (at && decoder->labels[at] == LABEL_IN_PERSON)
        at--;
    const struct tagger *tagger = &decoder->reader.tagger;
    const uint64_t names = CLASS_BIT(GIVEN_NAME) | CLASS_BIT(SURNAME) | CLASS_BIT(FAMILY_FIRST);
    if (tag_has(tagger, at, CLASS_BIT(COMMON)) && !tag_has(tagger, at, names))
        return true;
    return votes_here(decoder, at) && votes_of(decoder, at)->thing > 0;
}

static void vote(struct decoder *decoder)
{
    for (size_t at = 0; at < decoder->reader.count; at++) {
        if (!votes_here(decoder, at))
            continue;
        struct word_votes *votes = votes_of(decoder, at);
        uint16_t *kind = &votes->kinds[label_kind(decoder->labels[at])];
        *kind += *kind < UINT16_MAX;
        votes->family +=
            is_family(decoder, at) && votes->family < UINT16_MAX && !is_of_thing(decoder, at);
        votes->placed += is_placed(decoder, at) && votes->placed < UINT16_MAX;
    }
}

/* Written in capitals; in shouted text all words are. */
static bool is_in_capitals(const struct tagger *tagger, size_t at)
{
    const struct token *token = &tagger->analysis->tokens.items[at];
    str text = tag_text(tagger, at);
    bool capitals = token->kind == TOKEN_WORD;
    for (size_t i = 0; i < text.len; i++)
        capitals &= ascii_is_upper(text.ptr[i]);
    return (token->flags & TOKEN_ALL_CAPS) || ((token->flags & TOKEN_RESTORED) && capitals);
}

/* "Grand Ethiopian Renaissance Dam (GERD)": a word in brackets made of the first letters of the
 * name before it is of its kind. */
static bool stands_for(const struct decoder *decoder, size_t at, size_t *name)
{
    const struct tagger *tagger = &decoder->reader.tagger;
    const struct token *tokens = tagger->analysis->tokens.items;
    str letters = tag_text(tagger, at);
    if (at < 2 || at + 1 >= decoder->reader.count || !tag_is(tagger, at - 1, '(') ||
        !tag_is(tagger, at + 1, ')') || !is_in_capitals(tagger, at) || letters.len < 2)
        return false;
    size_t letter = letters.len, first = at - 1;
    while (letter && first-- > 0 && tokens[first].sentence == tokens[at].sentence) {
        if (!(tokens[first].flags & TOKEN_CAPITAL))
            continue;
        if (tokens[first].kind != TOKEN_WORD ||
            tag_text(tagger, first).ptr[0] != letters.ptr[letter - 1])
            return false;
        letter--;
    }
    *name = first;
    return letter == 0 && label_kind(decoder->labels[first]);
}

/* The first letters of a person's name of several words, at most LETTER_LIMIT, without "Jr.". */
static str person_letters(const struct decoder *decoder, size_t at, char letters[LETTER_LIMIT])
{
    size_t end = name_end(decoder, at, decoder->reader.count), len = 0;
    const struct token *tokens = decoder->reader.tagger.analysis->tokens.items;
    for (; at < end && len < LETTER_LIMIT; at++) {
        bool suffix = tag_has(&decoder->reader.tagger, at, CLASS_BIT(NAME_SUFFIX));
        if (tokens[at].kind == TOKEN_WORD && !suffix)
            letters[len++] = tag_text(&decoder->reader.tagger, at).ptr[0];
    }
    return (str){letters, at == end && len > 2 ? len : 0};
}

/* "JFK" where the article has John F. Kennedy. */
static void vote_initials(struct decoder *decoder)
{
    const struct token *tokens = decoder->reader.tagger.analysis->tokens.items;
    struct map people;
    map_init(&people, decoder->reader.tagger.arena);
    for (size_t at = 0; at < decoder->reader.count; at++) {
        char letters[LETTER_LIMIT];
        if (decoder->labels[at] != LABEL_BEGIN_PERSON)
            continue;
        str found = person_letters(decoder, at, letters);
        if (found.len)
            map_put(&people, arena_str(decoder->reader.tagger.arena, found), 1);
    }
    for (size_t at = 0; people.count && at < decoder->reader.count; at++) {
        bool short_name = (tokens[at].flags & TOKEN_ALL_CAPS) && votes_here(decoder, at) &&
                          tokens[at].end - tokens[at].start <= LETTER_LIMIT;
        if (short_name && map_find(&people, tag_text(&decoder->reader.tagger, at)))
            votes_of(decoder, at)->acronym_of = (uint8_t)label_kind(LABEL_BEGIN_PERSON);
    }
}

static void vote_acronyms(struct decoder *decoder)
{
    vote_initials(decoder);
    for (size_t at = 0; at < decoder->reader.count; at++) {
        size_t name;
        if (!stands_for(decoder, at, &name))
            continue;
        votes_of(decoder, at)->acronym_of = (uint8_t)label_kind(decoder->labels[name]);
    }
}

/* The family name of somebody in the article that is a place's too, and nowhere stands as one:
 * "Washington, who won the first set". */
static bool bears_place(const struct decoder *decoder, size_t at)
{
    const struct word_votes *votes = votes_of(decoder, at);
    return votes->kinds[label_kind(LABEL_BEGIN_PLACE)] && !votes->placed &&
           tag_has(&decoder->reader.tagger, at, CLASS_BIT(SURNAME));
}

/* Adds what the other places say to the scores of a token; true when something changed. */
static bool hear_votes(struct decoder *decoder, size_t at)
{
    if (!votes_here(decoder, at))
        return false;
    const struct word_votes *votes = votes_of(decoder, at);
    unsigned own = label_kind(decoder->labels[at]);
    int total = -1, *scores = decoder->scored[at].scores;
    for (unsigned kind = 0; kind <= ENTITY_KIND_COUNT + 1; kind++)
        total += votes->kinds[kind];
    if (votes->acronym_of)
        scores[votes->acronym_of * 2 - 1] += ACRONYM_POINTS;
    bool thing = votes->thing > votes->family;
    if (thing) {
        scores[LABEL_BEGIN_PERSON] -= THING_POINTS;
        scores[LABEL_IN_PERSON] -= THING_POINTS;
    }
    if (total <= 0)
        return votes->acronym_of || thing;
    int sure = total < ELSEWHERE_ENOUGH ? total : ELSEWHERE_ENOUGH;
    const unsigned place = label_kind(LABEL_BEGIN_PLACE);
    for (unsigned label = 0; label < LABEL_COUNT; label++) {
        unsigned kind = label_kind(label);
        if (kind == place && is_family(decoder, at) &&
            tag_has(&decoder->reader.tagger, at, CLASS_BIT(SURNAME)))
            continue; /* "Denzel Washington", and the city elsewhere */
        int others = votes->kinds[kind] - (kind == own);
        scores[label] += ELSEWHERE_POINTS * sure * others / (total * ELSEWHERE_ENOUGH);
    }
    if (!thing && votes->family > is_family(decoder, at)) {
        int points = FAMILY_POINTS + (bears_place(decoder, at) ? NAMESAKE_POINTS : 0);
        scores[LABEL_BEGIN_PERSON] += points;
        scores[LABEL_IN_PERSON] += points;
    }
    return true;
}

/* --- mentions -------------------------------------------------------------------------------- */

static const char *const kind_names[] = {"no name", "person", "place", "organisation",
                                         "another kind of name"};

/* The feature of the token that spoke most for the kind found against the runner-up. */
static void explain(struct decoder *decoder, size_t at, unsigned other, struct mention *mention)
{
    const struct tagger *tagger = &decoder->reader.tagger;
    unsigned label = decoder->labels[at];
    unsigned rival = other ? other * 2 - (unsigned)label_begins(label) : LABEL_NONE;
    int best = 0;
    enum feature_kind kind = FEATURE_BIAS;
    name_features_at(&decoder->reader, at, &decoder->features);
    for (size_t k = 0; k < decoder->features.count; k++) {
        int times;
        const signed char *row =
            name_weights_row(decoder->reader.weights, decoder->features.hashes[k], &times);
        int points = row ? times * (row[label] - row[rival]) : 0;
        if (points > best) {
            best = points;
            kind = decoder->features.kinds[k];
        }
    }
    mention->rule = feature_help(kind);
    size_t shown = at;
    if (kind == FEATURE_WORD_BEFORE || kind == FEATURE_MARK_BEFORE)
        shown = at ? at - 1 : at;
    if (kind == FEATURE_WORD_AFTER || kind == FEATURE_MARK_AFTER)
        shown = at + 1 < decoder->reader.count ? at + 1 : at;
    const struct token *token = &tagger->analysis->tokens.items[shown];
    mention->evidence = str_slice(tagger->article->text, token->start, token->end);
    uint32_t candidate = decoder->reader.tokens[at].candidate;
    bool by_rule = kind >= FEATURE_RULE && kind <= FEATURE_SCORE_ORGANISATION && candidate;
    if (by_rule && tagger->candidates.items[candidate - 1].evidence.len) {
        mention->rule = tagger->candidates.items[candidate - 1].rule;
        mention->evidence = tagger->candidates.items[candidate - 1].evidence;
    }
}

/* Points of the name found less those of the best other reading of the same tokens. */
static int margin_of(const struct decoder *decoder, size_t first, size_t end, unsigned *other)
{
    int points[ENTITY_KIND_COUNT + 2] = {0};
    for (size_t i = first; i < end; i++) {
        const int *scores = decoder->scored[i].scores;
        points[0] += scores[LABEL_NONE];
        for (unsigned kind = 1; kind <= ENTITY_KIND_COUNT + 1; kind++)
            points[kind] += scores[kind * 2 - (i == first)];
    }
    unsigned own = label_kind(decoder->labels[first]);
    *other = own == 0;
    for (unsigned kind = 0; kind <= ENTITY_KIND_COUNT + 1; kind++) {
        if (kind != own && points[kind] > points[*other])
            *other = kind;
    }
    return points[own] - points[*other];
}

/* A mark, or a small word of everyday language: "Council of", but "Moon Jae-in". */
static bool ends_no_name(const struct tagger *tagger, size_t at)
{
    const struct token *token = &tagger->analysis->tokens.items[at];
    bool joined = !(token->flags & TOKEN_SPACE_BEFORE) && at && tag_is(tagger, at - 1, '-');
    return token->kind == TOKEN_PUNCTUATION ||
           (!(token->flags & TOKEN_CAPITAL) && !joined && tag_has(tagger, at, CLASS_BIT(COMMON)));
}

/* A word of a script without capitals after one with a capital: the same name once more. */
static bool changes_script(const struct tagger *tagger, size_t first, size_t at)
{
    const struct token *tokens = tagger->analysis->tokens.items;
    return (tokens[first].flags & TOKEN_CAPITAL) && tokens[at].kind == TOKEN_WORD &&
           !(tokens[at].flags & (TOKEN_CAPITAL | TOKEN_HAS_LOWER | TOKEN_RESTORED));
}

/* The outlet that brings the article, whole or by its first words: "Harbour" of "Harbour Post".
 * One that bears a person's name may be meant as that person. */
static bool is_outlet(const struct tagger *tagger, size_t first, size_t end)
{
    const struct token *tokens = tagger->analysis->tokens.items;
    str site = tagger->article->site;
    str name = str_slice(tagger->article->text, tokens[first].start, tokens[end - 1].end);
    if (str_starts(site, STR("The ")))
        site = str_slice(site, 4, site.len);
    return str_starts(site, name) && (site.len == name.len || site.ptr[name.len] == ' ') &&
           !tag_has(tagger, first, CLASS_BIT(GIVEN_NAME) | CLASS_BIT(SURNAME));
}

/* Tokens of "Jr." or ", Jr." at `at`, after a name. */
static size_t suffix_count(const struct decoder *decoder, size_t at)
{
    const struct tagger *tagger = &decoder->reader.tagger;
    size_t suffix = at + tag_is(tagger, at, ',');
    if (!at || suffix >= decoder->reader.count)
        return 0;
    const struct token *token = &tagger->analysis->tokens.items[suffix];
    bool alone =
        suffix + 1 == decoder->reader.count || decoder->labels[suffix + 1] != LABEL_IN_PERSON;
    bool is_open = suffix > at || decoder->labels[at] == LABEL_NONE ||
                   decoder->labels[at] == LABEL_BEGIN_PERSON;
    bool found = (token->flags & TOKEN_CAPITAL) && token->sentence == token[-1].sentence && alone &&
                 is_open && tag_has(tagger, suffix, CLASS_BIT(NAME_SUFFIX));
    return found ? suffix + 1 - at : 0;
}

/* Where a spaced dash ends a person's name: "Ann Lee - Analyst". */
static size_t dash_in(const struct tagger *tagger, size_t first, size_t end)
{
    for (size_t at = first + 1; at < end; at++) {
        const struct token *token = &tagger->analysis->tokens.items[at];
        if (token->kind == TOKEN_PUNCTUATION && (token->flags & TOKEN_SPACE_BEFORE) &&
            tag_is(tagger, at, '-'))
            return at;
    }
    return end;
}

/* The second half of a Korean given name, left out by the weights: "Moon Jae-in". */
static bool is_syllable(const struct tagger *tagger, size_t first, size_t end)
{
    if (end < first + 2 || end + 1 >= tagger->analysis->tokens.count || !tag_is(tagger, end, '-') ||
        !tag_has(tagger, first, CLASS_BIT(FAMILY_FIRST)) ||
        !tag_has(tagger, end - 1, CLASS_BIT(SYLLABLE)))
        return false;
    const struct token *token = &tagger->analysis->tokens.items[end + 1];
    return token->kind == TOKEN_WORD && !((token[-1].flags | token->flags) & TOKEN_SPACE_BEFORE) &&
           token->end - token->start <= SYLLABLE_LEN_LIMIT;
}

/* "The Hague": the lexicon knows the place with its article. */
static bool has_article(const struct tagger *tagger, size_t first, size_t end)
{
    if (!first || !tag_has(tagger, first - 1, CLASS_BIT(ARTICLE)))
        return false;
    size_t count;
    bool known = lexicon_match(tagger->lexicon, tagger->article->text, tagger->analysis, first - 1,
                               CLASS_BIT(CITY), &count);
    return known && first - 1 + count == end;
}

/* Tokens of the titles before a person's name: "Crown Prince". */
static size_t title_count(const struct tagger *tagger, size_t first, size_t end)
{
    size_t count;
    lexicon_match(tagger->lexicon, tagger->article->text, tagger->analysis, first, CLASS_BIT(TITLE),
                  &count);
    if (count < 2)
        count = name_is_title(tagger, first);
    return first + count < end ? count : 0;
}

static void add_mention(struct decoder *decoder, size_t first, size_t end)
{
    struct tagger *tagger = &decoder->reader.tagger;
    const struct token *tokens = tagger->analysis->tokens.items;
    unsigned other, kind = label_kind(decoder->labels[first]);
    int margin = margin_of(decoder, first, end, &other);
    struct mention mention = {.kind = (enum entity_kind)(kind - 1)};
    explain(decoder, first, other, &mention);
    mention.evidence =
        arena_format(tagger->arena, "%.*s (%+d against %s)", STR_ARG(mention.evidence),
                     margin / SHOWN_SCALE, kind_names[other]);
    double sure = 100 / (1 + exp(-margin / (4.0 * SHOWN_SCALE)));
    mention.confidence = (uint8_t)(sure < 1 ? 1 : sure);
    while (first + 1 < end && tokens[first].kind == TOKEN_PUNCTUATION)
        first++;
    if (mention.kind == ENTITY_PERSON)
        end = dash_in(tagger, first, end);
    while (end > first + 1 &&
           (ends_no_name(tagger, end - 1) || changes_script(tagger, first, end - 1)))
        end--;
    for (size_t count = 1; mention.kind == ENTITY_PERSON && count; first += count)
        count = title_count(tagger, first, end);
    if (mention.kind == ENTITY_PERSON && is_syllable(tagger, first, end))
        end += 2;
    if (mention.kind == ENTITY_PERSON)
        end += suffix_count(decoder, end);
    if (first + 1 < end && tag_has(tagger, first, CLASS_BIT(ARTICLE)))
        first++;
    if (mention.kind == ENTITY_PLACE && has_article(tagger, first, end))
        first--;
    if (mention.kind != ENTITY_ORGANISATION && is_outlet(tagger, first, end)) {
        mention.kind = ENTITY_ORGANISATION;
        mention.rule = "the outlet's own name";
    }
    const mention_vec *before = &tagger->analysis->mentions;
    if (before->count && before->items[before->count - 1].end > tokens[first].start)
        return; /* ", Jr." of the name before it */
    mention.start = tokens[first].start;
    mention.end = tokens[end - 1].end;
    vec_push(tagger->arena, &tagger->analysis->mentions, mention);
}

/* --- the pass -------------------------------------------------------------------------------- */

/* Words of a headline that running text would write small. */
static bool is_small(const struct decoder *decoder, size_t first, size_t end)
{
    const struct token *tokens = decoder->reader.tagger.analysis->tokens.items;
    for (size_t i = first; i < end; i++) {
        if ((tokens[i].flags & TOKEN_CAPITAL) || !(tokens[i].flags & TOKEN_RESTORED))
            return false;
    }
    return true;
}

/* "Shahed drones", "Abrams tanks": arms bear the names of people. */
static bool names_arms(const struct tagger *tagger, size_t at)
{
    static const char *const arms[] = {
        "drone",       "drones",   "missile", "missiles", "rocket",    "rockets",  "tank",
        "tanks",       "rifle",    "rifles",  "jet",      "jets",      "launcher", "helicopter",
        "helicopters", "howitzer", "warship", "frigate",  "submarine", "launchers"};
    if (at >= tagger->analysis->tokens.count)
        return false;
    for (size_t i = 0; i < sizeof arms / sizeof *arms; i++) {
        if (str_equal(tag_text(tagger, at), str_from(arms[i])))
            return true;
    }
    return false;
}

/* An ordinary word alone is no name unless the rules or the rest of the article say so: "Western",
 * "May"; one that is common, but not a people or a day, may still be a body: "Cabinet". */
static bool is_plain(const struct decoder *decoder, size_t first, size_t end)
{
    const struct tagger *tagger = &decoder->reader.tagger;
    const uint64_t never =
        CLASS_BIT(NOT_NAME) | CLASS_BIT(DEMONYM) | CLASS_BIT(MONTH) | CLASS_BIT(WEEKDAY);
    const struct name_token *token = &decoder->reader.tokens[first];
    const uint64_t known = CLASS_BIT(COUNTRY) | CLASS_BIT(CITY) | CLASS_BIT(REGION) |
                           CLASS_BIT(DEMONYM) | CLASS_BIT(ORGANISATION);
    bool person = decoder->labels[first] == LABEL_BEGIN_PERSON;
    if (!person && is_small(decoder, first, end))
        return true;
    unsigned by_rules = token->rule ? 1 + (token->rule - 1u) / 2 : 0;
    if (end > first + 1)
        return false;
    if (token->word->small && tag_has(tagger, first, CLASS_BIT(PLACE_WORD)))
        return true; /* "Harbour reopens", and the harbour elsewhere */
    if (!votes_of(decoder, first)->family && !tag_has(tagger, first, known) &&
        names_arms(tagger, end))
        return true;
    if (by_rules == label_kind(decoder->labels[first]))
        return false;
    bool plain = tagger->tokens[first].mark == MARK_DEMONYM || tag_has(tagger, first, never);
    const struct token *written = &tagger->analysis->tokens.items[first];
    if ((written->flags & TOKEN_SENTENCE_START) && token->word->small > token->word->capital)
        return true;
    if (!person)
        return plain && !by_rules;
    return (plain || tag_has(tagger, first, CLASS_BIT(COMMON))) &&
           !votes_of(decoder, first)->family;
}

static void first_round(struct decoder *decoder, size_t first, size_t end)
{
    for (size_t at = first; at < end; at++)
        score_token(decoder, at);
    decode(decoder, first, end);
}

/* A country that the rules took for a place here, and of which the weights say nothing: "Jordan's
 * minister" at the beginning of a sentence, "US-led"; and a family name that they took for a
 * person, when the weights see a name, but of nothing in particular: "the fall of Assad". */
static void hear_rules(struct decoder *decoder, size_t first, size_t end)
{
    const struct tagger *tagger = &decoder->reader.tagger;
    for (size_t at = first; at < end; at++) {
        unsigned rule = decoder->reader.tokens[at].rule, label = decoder->labels[at];
        bool goes_on = at > first && rule == LABEL_IN_PLACE &&
                       label_kind(decoder->labels[at - 1]) == label_kind(LABEL_BEGIN_PLACE);
        bool country = rule == LABEL_BEGIN_PLACE && tag_has(tagger, at, CLASS_BIT(COUNTRY));
        bool other = label == LABEL_BEGIN_OTHER && name_end(decoder, at, end) == at + 1;
        bool person = rule == LABEL_BEGIN_PERSON && tag_has(tagger, at, CLASS_BIT(SURNAME));
        if (((label == LABEL_NONE || other) && (country || goes_on)) || (other && person))
            decoder->labels[at] = (uint8_t)rule;
    }
}

/* A word after a hyphen that is a person wherever else it stands, or a family name that is nothing
 * in particular: "post-Assad", "pro-Assad". */
static void hear_persons(struct decoder *decoder, size_t first, size_t end)
{
    const struct tagger *tagger = &decoder->reader.tagger;
    for (size_t at = first; at < end; at++) {
        const struct token *token = &tagger->analysis->tokens.items[at];
        if (!at || decoder->labels[at] != LABEL_NONE || !votes_here(decoder, at) ||
            (token->flags & TOKEN_SPACE_BEFORE) || !tag_is(tagger, at - 1, '-'))
            continue;
        const struct word_votes *votes = votes_of(decoder, at);
        const uint16_t *kinds = votes->kinds;
        bool person = kinds[label_kind(LABEL_BEGIN_PERSON)];
        bool other = kinds[label_kind(LABEL_BEGIN_OTHER)];
        bool elsewise =
            kinds[label_kind(LABEL_BEGIN_PLACE)] || kinds[label_kind(LABEL_BEGIN_ORGANISATION)];
        bool family = other && tag_has(tagger, at, CLASS_BIT(SURNAME));
        if (!elsewise && (family || (person && !other)))
            decoder->labels[at] = LABEL_BEGIN_PERSON;
    }
}

/* Two bodies that the lexicon knows as one: "U.N. Security Council". */
static void join_bodies(struct decoder *decoder, size_t first, size_t end)
{
    const struct tagger *tagger = &decoder->reader.tagger;
    for (size_t at = first, stop; at < end; at = stop) {
        stop = name_end(decoder, at, end);
        if (decoder->labels[at] != LABEL_BEGIN_ORGANISATION || stop == end ||
            decoder->labels[stop] != LABEL_BEGIN_ORGANISATION)
            continue;
        size_t count;
        lexicon_match(tagger->lexicon, tagger->article->text, tagger->analysis, at,
                      CLASS_BIT(ORGANISATION), &count);
        if (at + count < name_end(decoder, stop, end))
            continue;
        decoder->labels[stop] = LABEL_IN_ORGANISATION;
        stop = at;
    }
}

/* "S." but not the end of "THE 1970’S." */
static bool is_initial(const struct tagger *tagger, size_t at)
{
    const struct token *token = &tagger->analysis->tokens.items[at];
    bool open = !at || (token->flags & TOKEN_SPACE_BEFORE) || tagger->tokens[at - 1].initial ||
                tag_is(tagger, at - 1, '(');
    return open && token->kind == TOKEN_WORD && (token->flags & TOKEN_CAPITAL) &&
           token->end - token->start == 2 && tagger->article->text.ptr[token->start + 1] == '.';
}

/* No name, or one of nothing in particular. */
static bool is_free(const struct decoder *decoder, size_t at)
{
    return decoder->labels[at] == LABEL_NONE || decoder->labels[at] == LABEL_BEGIN_OTHER ||
           decoder->labels[at] == LABEL_IN_OTHER;
}

/* Two words with capitals in another script, of which the weights know nothing, are most likely a
 * person: "Jan Petersen met Ελένη Παπαδοπούλου". */
static void hear_scripts(struct decoder *decoder, size_t first, size_t end)
{
    const struct tagger *tagger = &decoder->reader.tagger;
    for (size_t at = first; at + 1 < end; at++) {
        if (!is_free(decoder, at) || !is_free(decoder, at + 1) || !votes_here(decoder, at) ||
            !votes_here(decoder, at + 1) || !person_name_other_script(tag_text(tagger, at)) ||
            !person_name_other_script(tag_text(tagger, at + 1)))
            continue;
        decoder->labels[at] = LABEL_BEGIN_PERSON;
        decoder->labels[at + 1] = LABEL_IN_PERSON;
    }
}

/* An initial and a word that is no ordinary one are a person, whatever stands around them: "S.
 * Chanderpaul 55". */
static void hear_initials(struct decoder *decoder, size_t first, size_t end)
{
    const struct tagger *tagger = &decoder->reader.tagger;
    const uint64_t others = CLASS_BIT(COMMON) | CLASS_BIT(NOT_NAME) | CLASS_BIT(ORGANISATION_WORD) |
                            CLASS_BIT(ORGANISATION_SUFFIX) | CLASS_BIT(MONTH);
    for (size_t at = first; at + 1 < end; at++) {
        bool starts =
            decoder->labels[at] == LABEL_NONE || decoder->labels[at] == LABEL_BEGIN_PERSON;
        if (!starts || decoder->labels[at + 1] != LABEL_NONE || !is_initial(tagger, at) ||
            !votes_here(decoder, at + 1) || is_initial(tagger, at + 1) ||
            (tag_has(tagger, at + 1, others) && !tag_has(tagger, at + 1, CLASS_BIT(SURNAME)) &&
             !votes_of(decoder, at + 1)->family))
            continue;
        decoder->labels[at] = LABEL_BEGIN_PERSON;
        decoder->labels[at + 1] = LABEL_IN_PERSON;
    }
}

static void second_round(struct decoder *decoder, size_t first, size_t end)
{
    bool changed = false;
    for (size_t at = first; at < end; at++)
        changed |= hear_votes(decoder, at);
    if (changed)
        decode(decoder, first, end);
    hear_rules(decoder, first, end);
    hear_persons(decoder, first, end);
    hear_initials(decoder, first, end);
    hear_scripts(decoder, first, end);
    join_bodies(decoder, first, end);
    part_names(decoder, first, end);
    for (size_t at = first, stop; at < end; at = stop) {
        stop = name_end(decoder, at, end);
        unsigned kind = label_kind(decoder->labels[at]);
        if (kind && kind <= ENTITY_KIND_COUNT && !is_plain(decoder, at, stop))
            add_mention(decoder, at, stop);
    }
}

/* A word of a headline that seemed to be an ordinary one, and is always a person's family name in
 * the text: "The Shoigu Iran Meetings". */
static bool is_family_in_headline(const struct decoder *decoder, size_t at)
{
    const struct tagger *tagger = &decoder->reader.tagger;
    const struct token *token = &tagger->analysis->tokens.items[at];
    const uint32_t lowered = TOKEN_IN_HEADLINE | TOKEN_RESTORED | TOKEN_CAPITAL;
    char first = tagger->article->text.ptr[token->start];
    if ((token->flags & lowered) != (TOKEN_IN_HEADLINE | TOKEN_RESTORED) ||
        token->kind != TOKEN_WORD || !ascii_is_upper(first) || decoder->labels[at] != LABEL_NONE)
        return false;
    const struct word_votes *votes = votes_of(decoder, at);
    unsigned others = 0;
    for (unsigned kind = 0; kind <= ENTITY_KIND_COUNT + 1; kind++)
        others += kind == 1 + ENTITY_PERSON ? 0 : votes->kinds[kind];
    return votes->family && !others;
}

static int by_start(const void *left, const void *right)
{
    const struct mention *a = left, *b = right;
    return (a->start > b->start) - (a->start < b->start);
}

static void name_headlines(struct decoder *decoder)
{
    struct tagger *tagger = &decoder->reader.tagger;
    mention_vec *mentions = &tagger->analysis->mentions;
    size_t count = mentions->count;
    for (size_t at = 0; at < decoder->reader.count; at++) {
        if (!is_family_in_headline(decoder, at))
            continue;
        const struct token *token = &tagger->analysis->tokens.items[at];
        struct mention mention = {.kind = ENTITY_PERSON,
                                  .start = token->start,
                                  .end = token->end,
                                  .confidence = HEADLINE_SURE,
                                  .rule = feature_help(FEATURE_FAMILY_ELSEWHERE),
                                  .evidence = tag_text(tagger, at)};
        vec_push(tagger->arena, mentions, mention);
    }
    if (mentions->count > count)
        qsort(mentions->items, mentions->count, sizeof *mentions->items, by_start);
}

static void each_run(struct decoder *decoder, void (*work)(struct decoder *, size_t, size_t))
{
    for (size_t at = 0; at < decoder->reader.count;) {
        size_t end = decoder->reader.tokens[at].run_end;
        if (end)
            work(decoder, at, end);
        at = end ? end : at + 1;
    }
}

void tag_names_pass(const struct analyser *analyser, struct arena *arena,
                    const struct article *article, struct analysis *analysis)
{
    struct decoder decoder = {.reader = {.tagger = {.lexicon = analyser_lexicon(analyser),
                                                    .arena = arena,
                                                    .article = article,
                                                    .analysis = analysis},
                                         .weights = analyser_name_weights(analyser)}};
    name_reader_run(&decoder.reader);
    decoder.scored = arena_array(arena, struct scored, decoder.reader.count + 1);
    decoder.labels = arena_array(arena, uint8_t, decoder.reader.count + 1);
    decoder.votes = arena_array(arena, struct word_votes, decoder.reader.word_slots);
    each_run(&decoder, first_round);
    vote_things(&decoder);
    vote(&decoder);
    vote_acronyms(&decoder);
    each_run(&decoder, second_round);
    name_headlines(&decoder);
    tag_scripts(&decoder.reader.tagger);
}
