/* The case of words in headlines and in shouted text, where capitals tell nothing: each word gets
 * the flags that it would have in running text, so that what comes later need not know (Lita et
 * al., tRuEcasIng, ACL 2003: the best sequence of cases, by the word and the case before it). */
#include <math.h>

#include "analyse/case_features.h"
#include "analyse/passes.h"

enum {
    HEADLINE_WORD_MINIMUM = 3,
    DAMAGED_SHARE = 7,  /* tenths of an article in headlines that make all of it one */
    CAPITAL_POINTS = 32 /* for a capital: the tagger can still find no name there */
};

static const float NEVER = -1000;

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

/* Log of the chance of a capital, and of none, by the points of the features. */
struct chance {
    float capital, small;
};

static int points_of(const struct restorer *restorer, const struct case_features *features)
{
    int points = 0;
    for (size_t i = 0; i < features->count; i++)
        points += name_weights_case(restorer->weights, features->slots[i]);
    return points;
}

static struct chance chance_of(int points)
{
    float odds = (float)points / CASE_SCALE;
    float both = log1pf(expf(-fabsf(odds)));
    return (struct chance){odds > 0 ? -both : odds - both, odds > 0 ? -odds - both : -both};
}

/* The best way to a word written small or with a capital. */
struct way {
    float small, capital;
    bool small_from, capital_from; /* a capital stood before it */
};

static struct way go_on(const struct way *before, const struct chance *after_small,
                        const struct chance *after_capital)
{
    struct way way;
    float from_small = before->small + after_small->small;
    float from_capital = before->capital + after_capital->small;
    way.small_from = from_capital > from_small;
    way.small = way.small_from ? from_capital : from_small;
    from_small = before->small + after_small->capital;
    from_capital = before->capital + after_capital->capital;
    way.capital_from = from_capital > from_small;
    way.capital = way.capital_from ? from_capital : from_small;
    return way;
}

static struct way way_at(const struct restorer *restorer, const struct case_line *words, size_t at,
                         bool first, const struct way *before)
{
    struct case_features features;
    case_features_at(words, at, CASE_CAPITAL, &features);
    int points = points_of(restorer, &features) + CAPITAL_POINTS;
    if (first) {
        case_features_after(words, at, CASE_AFTER_FIRST, &features);
        struct chance chance = chance_of(points + points_of(restorer, &features));
        return go_on(before, &chance, &chance);
    }
    case_features_after(words, at, CASE_AFTER_SMALL, &features);
    struct chance after_small = chance_of(points + points_of(restorer, &features));
    case_features_after(words, at, CASE_AFTER_CAPITAL, &features);
    struct chance after_capital = chance_of(points + points_of(restorer, &features));
    return go_on(before, &after_small, &after_capital);
}

/* Viterbi over the words with a capital; the others stay as they are. */
static void choose(const struct restorer *restorer, const struct line *line,
                   const struct case_line *words, struct way *ways)
{
    struct way before = {.small = 0, .capital = NEVER};
    bool open = true; /* nothing was chosen yet */
    for (size_t at = line->first; at < line->end; at++) {
        const struct token *token = &restorer->tokens[at];
        struct way *way = &ways[at - line->first];
        *way = (struct way){before.small, before.capital, false, true};
        if (words->words[at - line->first].joins)
            continue;
        if (token->kind == TOKEN_WORD && (token->flags & TOKEN_CAPITAL) && at > line->first) {
            *way = way_at(restorer, words, at - line->first, open, &before);
        } else {
            const struct chance none = {NEVER, 0};
            *way = go_on(&before, &none, &none);
        }
        open &= at == line->first;
        before = *way;
    }
}

/* In shouted text only the letters and what stands around it tell an acronym. */
static void shout(const struct restorer *restorer, const struct case_line *words, size_t place,
                  struct token *token)
{
    struct case_features features;
    case_features_at(words, place, CASE_ALL_CAPITALS, &features);
    if ((token->flags & TOKEN_ALL_CAPS) && points_of(restorer, &features) < 0) {
        token->flags &= ~(uint32_t)TOKEN_ALL_CAPS;
        token->flags |= TOKEN_HAS_LOWER;
    }
}

/* The first word of a line always has a capital, and its own features tell if it had one later. */
static uint32_t sureness(const struct restorer *restorer, const struct case_line *words,
                         size_t place, const struct way *way)
{
    float odds = way->capital - way->small;
    if (!place) {
        struct case_features features;
        case_features_at(words, place, CASE_CAPITAL, &features);
        odds = (float)(points_of(restorer, &features) + CAPITAL_POINTS) / CASE_SCALE;
    }
    float level = floorf(odds) + 4;
    return level < 0 ? 0 : level > TOKEN_CASE_MOST ? TOKEN_CASE_MOST : (uint32_t)level;
}

/* "J. Root": whatever follows the first letter of a given name is a name. */
static bool follows_initial(const struct restorer *restorer, const struct line *line, size_t at)
{
    if (at == line->first)
        return false;
    const struct token *before = &restorer->tokens[at - 1];
    return before->kind == TOKEN_WORD && (before->flags & TOKEN_CAPITAL) &&
           before->end - before->start == 2 && restorer->text.ptr[before->start + 1] == '.';
}

static void restore(const struct restorer *restorer, const struct line *line)
{
    size_t count = line->end - line->first;
    struct way *ways = arena_array(restorer->arena, struct way, count);
    struct case_line words =
        case_line_read(restorer->lexicon, restorer->weights, restorer->arena, restorer->text,
                       restorer->analysis, line->first, line->end);
    choose(restorer, line, &words, ways);
    bool capital = ways[count - 1].capital > ways[count - 1].small;
    for (size_t at = line->end; at-- > line->first;) {
        struct token *token = &restorer->tokens[at];
        size_t place = at - line->first;
        token->flags |= TOKEN_RESTORED;
        if (line->shouted)
            shout(restorer, &words, place, token);
        bool keeps = at == line->first || follows_initial(restorer, line, at) ||
                     (capital && !words.words[place].joins);
        if (!keeps)
            token->flags &= ~(uint32_t)(TOKEN_CAPITAL | TOKEN_ALL_CAPS);
        token->flags |= sureness(restorer, &words, place, &ways[place]) << TOKEN_CASE_SHIFT;
        capital = capital ? ways[place].capital_from : ways[place].small_from;
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
