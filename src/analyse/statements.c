/* The content words of sentences that tell of one day, for comparing statements: stems of ordinary
 * words, acts as one word whatever verb names them, and the places. Names of people are left out:
 * the store knows them. */
#include <stdlib.h>
#include <string.h>

#include "analyse/acts.h"
#include "analyse/lexicon.h"
#include "analyse/passes.h"
#include "analyse/statement_person.h"
#include "text/fold.h"

enum { SHORTEST_STEM = 3 };

/* An ASCII word without the ending of a plural, a past tense or a present participle. */
static str stem_of(str word)
{
    static const char *const endings[] = {"ing", "ed", "es", "s", "e"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        str ending = str_from(endings[i]);
        if (str_ends(word, ending) && word.len >= ending.len + SHORTEST_STEM) {
            word.len -= ending.len;
            break;
        }
    }
    /* "stopping": stop */
    size_t len = word.len;
    if (len > SHORTEST_STEM && word.ptr[len - 1] == word.ptr[len - 2] &&
        !strchr("lsz", word.ptr[len - 1]))
        word.len--;
    return word;
}

/* 0 for a word that does not count. */
static uint32_t word_hash(const struct acts *acts, struct arena *scratch, str word)
{
    str folded = fold_text(scratch, word);
    if (folded.len < SHORTEST_STEM || acts_word(acts, folded, ACT_WORD_EMPTY))
        return 0;
    str stem = stem_of(folded);
    const struct act *act = acts_of_stem(acts, stem);
    if (!act)
        act = acts_of_stem(acts, folded);
    if (!act)
        return statement_word((uint32_t)str_hash(stem), STATEMENT_PLAIN);
    return statement_word((uint32_t)str_hash(act->name),
                          act->once_in_life ? STATEMENT_LIFETIME : STATEMENT_ACT);
}

/* ---- one sentence -------------------------------------------------------------------------- */

struct cursor {
    const struct acts *acts;
    const struct article *article;
    const struct analysis *analysis;
    struct arena *scratch;
    size_t mention; /* the first that does not end before the sentence */
};

static int by_hash(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* The words of a sentence whose moments are [first, last); `told`: what its only person did that
 * day, or NULL. */
static struct statement describe(struct arena *arena, struct cursor *cursor,
                                 const struct sentence *sentence, size_t first, size_t last,
                                 const struct act *told)
{
    const struct analysis *analysis = cursor->analysis;
    const mention_vec *mentions = &analysis->mentions;
    const moment_vec *moments = &analysis->moments;
    uint32_t *words = arena_array(arena, uint32_t, sentence->token_count + 1);
    uint32_t count = 0, kept = 0;
    size_t mention = cursor->mention;
    for (uint32_t i = 0; i < sentence->token_count; i++) {
        const struct token *token = &analysis->tokens.items[sentence->first_token + i];
        while (mention < mentions->count && mentions->items[mention].end <= token->start)
            mention++;
        while (first < last && moments->items[first].end <= token->start)
            first++;
        bool dated = first < last && moments->items[first].start < token->end;
        bool person = mention < mentions->count && mentions->items[mention].start < token->end &&
                      mentions->items[mention].kind == ENTITY_PERSON;
        if (token->kind != TOKEN_WORD || person || dated)
            continue;
        uint32_t hash = word_hash(cursor->acts, cursor->scratch,
                                  str_slice(cursor->article->text, token->start, token->end));
        if (hash)
            words[count++] = hash;
    }
    if (told)
        words[count++] = statement_word((uint32_t)str_hash(told->name), STATEMENT_TOLD);
    if (count > 1)
        qsort(words, count, sizeof *words, by_hash);
    for (uint32_t i = 0; i < count; i++)
        if (kept == 0 || words[kept - 1] != words[i])
            words[kept++] = words[i];
    if (kept > STATEMENT_WORD_LIMIT) {
        /* The largest are kept: acts are among them. */
        words += kept - STATEMENT_WORD_LIMIT;
        kept = STATEMENT_WORD_LIMIT;
    }
    return (struct statement){words, kept};
}

/* The only day that a sentence tells of; DAY_UNKNOWN when there are none or several, or
 * a period. */
static day only_day(const struct lexicon *lexicon, const struct article *article,
                    const struct analysis *analysis, const struct sentence *sentence, size_t first,
                    size_t last)
{
    day only = DAY_UNKNOWN;
    for (size_t i = first; i < last; i++) {
        const struct moment *moment = &analysis->moments.items[i];
        if (moment->first == DAY_UNKNOWN ||
            (last - first > 1 &&
             statement_is_of_words(lexicon, article, analysis, sentence, moment)))
            continue;
        if (moment->first != moment->last || (only != DAY_UNKNOWN && moment->first != only))
            return DAY_UNKNOWN;
        only = moment->first;
    }
    return only;
}

void statements_pass(const struct analyser *analyser, struct arena *arena,
                     const struct article *article, struct analysis *analysis)
{
    const struct lexicon *lexicon = analyser_lexicon(analyser);
    struct arena scratch = {0};
    struct cursor cursor = {analyser_acts(analyser), article, analysis, &scratch, 0};
    size_t at = 0, end;
    for (size_t i = 0; i < analysis->sentences.count && at < analysis->moments.count; i++) {
        const struct sentence *sentence = &analysis->sentences.items[i];
        while (cursor.mention < analysis->mentions.count &&
               analysis->mentions.items[cursor.mention].end <= sentence->start)
            cursor.mention++;
        for (end = at;
             end < analysis->moments.count && analysis->moments.items[end].start < sentence->end;)
            end++;
        day only = only_day(lexicon, article, analysis, sentence, at, end);
        if (only != DAY_UNKNOWN) {
            struct told_by by = {lexicon, cursor.acts, article, analysis, &scratch, sentence};
            const struct act *told = statement_person_act(&by, cursor.mention, only, at, end);
            struct statement statement = describe(arena, &cursor, sentence, at, end, told);
            for (size_t k = at; k < end; k++)
                if (analysis->moments.items[k].first == only)
                    analysis->moments.items[k].statement = statement;
        }
        at = end;
        arena_reset(&scratch);
    }
    arena_done(&scratch);
}
