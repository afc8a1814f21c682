/* The case of words in headlines and in shouted text, where capitals tell nothing: each word gets
 * the flags that it would have in running text, so that what comes later need not know (Lita et
 * al., tRuEcasIng, ACL 2003: the best sequence of cases, by the word and the case before it). */
#include <limits.h>
#include <string.h>

#include "analyse/lexicon.h"
#include "analyse/name_weights.h"
#include "analyse/passes.h"
#include "text/fold.h"

enum {
    HEADLINE_WORD_MINIMUM = 3,
    DAMAGED_SHARE = 7, /* tenths of an article in headlines that make all of it one */
    ACRONYM_LIMIT = 5,
    /* points of NAME_CASE_STEP in log-odds for a capital */
    AFTER_CAPITAL = 3,
    AFTER_SMALL = -1,
    IN_PHRASE = 6,     /* inside a place or a body of the lexicon of several words */
    AT_END = 4,        /* after a capital, a word that makes a place or a body of it */
    UNKNOWN = 3,       /* in neither the training texts nor the lexicon, */
    UNKNOWN_STEP = 10, /* and one more for so many points of its sound */
    UNKNOWN_LEAST = -1,
    UNKNOWN_MOST = 4,
    KNOWN_NAME = 4,  /* only in the lexicon */
    KNOWN_SMALL = -5 /* only in the lexicon, as an ordinary word, or a form of one */
};

struct restorer {
    const struct lexicon *lexicon;
    const struct name_weights *weights;
    const struct analysis *analysis;
    struct arena *arena;
    str text;
    struct token *tokens;
};

struct line {
    size_t first, end; /* tokens */
    bool headline;
    bool shouted; /* in capitals */
    bool raised;  /* every longer word has a capital */
};

static uint64_t classes_of(const struct restorer *restorer, size_t at)
{
    const struct lexicon_entry *entry = lexicon_entry(restorer->lexicon, restorer->tokens[at].word);
    return entry ? entry->classes : 0;
}

/* Title Case or capitals: decides from the words after the first. Names, titles and offices alone
 * do not make a headline: one capitalised ordinary word has to be among them, or no small word. A
 * full stop at the end makes a sentence. */
static void judge(const struct restorer *restorer, struct line *line)
{
    size_t words = 0, capitals = 0, upper = 0, ordinary = 0, all = 0;
    for (size_t i = line->first; i < line->end; i++) {
        const struct token *token = &restorer->tokens[i];
        if (token->kind != TOKEN_WORD)
            continue;
        all++;
        upper += (token->flags & TOKEN_ALL_CAPS) != 0;
        bool capital = token->flags & TOKEN_CAPITAL;
        if (i == line->first || token->end - token->start < 4)
            continue;
        words++;
        uint64_t classes = classes_of(restorer, i);
        capitals += capital;
        const uint64_t offices = CLASS_BIT(TITLE) | CLASS_BIT(ROLE) | CLASS_BIT(ORGANISATION_WORD);
        ordinary += capital && (classes & CLASS_BIT(COMMON)) && !(classes & offices);
    }
    line->raised = capitals == words && all > 0;
    line->shouted = all > 0 && upper * 10 >= all * 8;
    if (line->shouted && all >= HEADLINE_WORD_MINIMUM) {
        line->headline = true;
        return;
    }
    bool stopped = restorer->text.ptr[restorer->tokens[line->end - 1].start] == '.';
    if (words < 2 || capitals * 4 < words * 3 || (stopped && capitals < words))
        return;
    line->headline = ordinary > 0 || (capitals == words && words >= HEADLINE_WORD_MINIMUM + 1);
}

/* A word known nowhere: the more it sounds like a name, the more it asks for a capital. */
static int guess_by_sound(const struct restorer *restorer, str folded)
{
    int sounds[SOUND_COUNT], most = INT_MIN;
    name_weights_sound(restorer->weights, folded, sounds);
    for (size_t i = 0; i < SOUND_COUNT; i++)
        most = sounds[i] > most ? sounds[i] : most;
    int points = UNKNOWN + most / UNKNOWN_STEP;
    return points < UNKNOWN_LEAST ? UNKNOWN_LEAST : points > UNKNOWN_MOST ? UNKNOWN_MOST : points;
}

/* How much a word of the lexicon, or one that is nowhere, asks for a capital. */
static int guess(const struct restorer *restorer, size_t at, str folded)
{
    const uint64_t ordinary = CLASS_BIT(COMMON) | CLASS_BIT(NOT_NAME);
    uint64_t classes = classes_of(restorer, at);
    if (classes & ordinary)
        return KNOWN_SMALL;
    if (classes)
        return KNOWN_NAME;
    return lexicon_is_form(restorer->lexicon, folded) ? KNOWN_SMALL
                                                      : guess_by_sound(restorer, folded);
}

static int case_points(const struct restorer *restorer, size_t at)
{
    const struct token *token = &restorer->tokens[at];
    str word = str_slice(restorer->text, token->start, token->end);
    str folded = fold_text(restorer->arena, word);
    int points = name_weights_case(restorer->weights, str_hash(folded));
    return points ? points : guess(restorer, at, folded);
}

static size_t phrase_at(const struct restorer *restorer, size_t at)
{
    const uint64_t classes = CLASS_BIT(COUNTRY) | CLASS_BIT(CITY) | CLASS_BIT(REGION) |
                             CLASS_BIT(ORGANISATION) | CLASS_BIT(DEMONYM);
    size_t count;
    lexicon_match(restorer->lexicon, restorer->text, restorer->analysis, at, classes, &count);
    return count > 1 ? count : 0;
}

/* "of", "and", a hyphen: what stands before them still counts for the word after them. */
static bool carries(const struct restorer *restorer, const struct token *token)
{
    static const char *const words[] = {"of", "and", "for", "the", "&", "-"};
    str word = str_slice(restorer->text, token->start, token->end);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal_ascii_fold(word, str_from(words[i])))
            return true;
    }
    return false;
}

struct way {
    int small, capital;            /* points of the best ways here */
    bool small_from, capital_from; /* a capital stood before it */
};

/* "Dubai Police", "Helmand River" */
#define ENDS_OF_NAMES                                                                              \
    (CLASS_BIT(ORGANISATION_WORD) | CLASS_BIT(ORGANISATION_SUFFIX) | CLASS_BIT(PLACE_WORD))

/* Viterbi over the words with a capital; the others stay as they are. */
static void choose(const struct restorer *restorer, const struct line *line, struct way *ways)
{
    struct way before = {.small = 0, .capital = -2};
    size_t phrase_end = 0;
    for (size_t at = line->first; at < line->end; at++) {
        const struct token *token = &restorer->tokens[at];
        size_t phrase = phrase_at(restorer, at);
        phrase_end = phrase && at + phrase > phrase_end ? at + phrase : phrase_end;
        struct way *way = &ways[at - line->first];
        *way = (struct way){before.small, before.capital, false, true};
        if (carries(restorer, token))
            continue;
        int from_small = before.small, from_capital = before.capital;
        way->small_from = from_capital > from_small;
        way->small = way->small_from ? from_capital : from_small;
        way->capital_from = from_capital + AFTER_CAPITAL > from_small + AFTER_SMALL;
        way->capital = way->capital_from ? from_capital + AFTER_CAPITAL : from_small + AFTER_SMALL;
        if (token->kind != TOKEN_WORD || !(token->flags & TOKEN_CAPITAL))
            way->capital = way->small - 100;
        else
            way->capital += case_points(restorer, at) + (at < phrase_end ? IN_PHRASE : 0);
        if (way->capital_from && (classes_of(restorer, at) & ENDS_OF_NAMES))
            way->capital += AT_END;
        before = *way;
    }
}

/* In shouted text only a short name of the lexicon is known to be an acronym. */
static void shout(const struct restorer *restorer, size_t at)
{
    struct token *token = &restorer->tokens[at];
    uint64_t classes = classes_of(restorer, at);
    size_t len = token->end - token->start;
    bool acronym = ((classes & CLASS_BIT(ORGANISATION)) && len <= ACRONYM_LIMIT) ||
                   ((classes & CLASS_BIT(COUNTRY)) && len <= 3);
    if ((token->flags & TOKEN_ALL_CAPS) && !acronym) {
        token->flags &= ~(uint32_t)TOKEN_ALL_CAPS;
        token->flags |= TOKEN_HAS_LOWER;
    }
}

static void restore(const struct restorer *restorer, const struct line *line)
{
    size_t count = line->end - line->first;
    struct way *ways = arena_array(restorer->arena, struct way, count);
    choose(restorer, line, ways);
    bool capital = ways[count - 1].capital > ways[count - 1].small;
    for (size_t at = line->end; at-- > line->first;) {
        struct token *token = &restorer->tokens[at];
        token->flags |= TOKEN_RESTORED;
        if (line->shouted)
            shout(restorer, at);
        bool keeps = at == line->first || (capital && !carries(restorer, token));
        if (!keeps)
            token->flags &= ~(uint32_t)(TOKEN_CAPITAL | TOKEN_ALL_CAPS);
        const struct way *way = &ways[at - line->first];
        capital = capital ? way->capital_from : way->small_from;
    }
}

void case_restore(const struct analyser *analyser, struct arena *arena, str text,
                  struct analysis *analysis)
{
    struct restorer restorer = {.lexicon = analyser_lexicon(analyser),
                                .weights = analyser_name_weights(analyser),
                                .analysis = analysis,
                                .arena = arena,
                                .text = text,
                                .tokens = analysis->tokens.items};
    size_t count = analysis->sentences.count, inside = 0;
    struct line *lines = arena_array(arena, struct line, count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct sentence *sentence = &analysis->sentences.items[i];
        lines[i].first = sentence->first_token;
        lines[i].end = lines[i].first + sentence->token_count;
        judge(&restorer, &lines[i]);
        inside += lines[i].headline ? sentence->token_count : 0;
    }
    bool damaged = inside * 10 >= analysis->tokens.count * DAMAGED_SHARE;
    for (size_t i = 0; i < count; i++) {
        if (!lines[i].headline && !(damaged && lines[i].raised))
            continue;
        if (restorer.weights)
            restore(&restorer, &lines[i]);
        for (size_t k = lines[i].first; !damaged && k < lines[i].end; k++)
            restorer.tokens[k].flags |= TOKEN_IN_HEADLINE;
    }
}
