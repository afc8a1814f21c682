/* Bounds of an undated article from dated ones that tell of the same event.
 *
 * Every article has a few keys: who is named in full, which days are stated, and of its rare words
 * and of its phrases those with the smallest hashes (bottom-k sketches, after Broder 1997), so that
 * two articles share keys as often as they share text. Who shares enough was published about the
 * same time; how much that narrows the bounds is said here, and it stays a guess. */
#include <stdlib.h>

#include "analyse/date.h"
#include "text/fold.h"

enum {
    PERSON_KEYS = 8,
    DAY_KEYS = 6,
    WORD_KEYS = 12,
    PHRASE_KEYS = 8,
    PHRASE_WORDS = 4,
    RARE_WORD_MIN_LEN = 6, /* bytes; shorter words are names of units and the like */
    COPY_PHRASES = 3,      /* so many phrases shared make a version of the same text … */
    CERTAIN_COPY = 5,      /* … and so many one that can stand alone */
    AGREE_DAYS = 62,       /* articles further apart than this do not agree */
    MARGIN_DAYS = 31       /* published about when the others were */
};

/* The smallest hashes seen, each once, sorted. */
struct sketch {
    uint64_t items[WORD_KEYS];
    size_t count, limit;
};

static void sketch_add(struct sketch *sketch, uint64_t hash)
{
    size_t at = sketch->count;
    while (at > 0 && sketch->items[at - 1] > hash)
        at--;
    if (at == sketch->limit || (at > 0 && sketch->items[at - 1] == hash))
        return;
    if (sketch->count < sketch->limit)
        sketch->count++;
    for (size_t i = sketch->count - 1; i > at; i--)
        sketch->items[i] = sketch->items[i - 1];
    sketch->items[at] = hash;
}

static uint64_t folded_hash(struct arena *scratch, str text)
{
    arena_reset(scratch);
    return str_hash(fold_text(scratch, text));
}

static void add_keys(struct similar_keys *keys, enum similar_kind kind, const struct sketch *sketch)
{
    for (size_t i = 0; i < sketch->count; i++)
        keys->items[keys->count++] = similar_key(kind, sketch->items[i]);
}

/* --- the keys --------------------------------------------------------------------------- */

static void add_persons(struct similar_keys *keys, const struct analysis *analysis,
                        struct arena *scratch)
{
    struct sketch sketch = {.limit = PERSON_KEYS};
    for (size_t i = 0; i < analysis->entities.count; i++) {
        const struct entity *entity = &analysis->entities.items[i];
        if (entity->kind == ENTITY_PERSON && !entity->surname_only &&
            str_find_byte(entity->name, ' ', 0) != STR_MISSING)
            sketch_add(&sketch, folded_hash(scratch, entity->name));
    }
    add_keys(keys, SIMILAR_PERSON, &sketch);
}

static void add_days(struct similar_keys *keys, const struct analysis *analysis)
{
    struct sketch sketch = {.limit = DAY_KEYS};
    for (size_t i = 0; i < analysis->moments.count; i++) {
        const struct moment *moment = &analysis->moments.items[i];
        if (moment->certainty == CERTAINTY_EXPLICIT && moment->first != DAY_UNKNOWN &&
            moment->first == moment->last)
            sketch_add(&sketch,
                       str_hash((str){(const char *)&moment->first, sizeof moment->first}));
    }
    add_keys(keys, SIMILAR_DAY, &sketch);
}

/* Words of no lexicon outside of names, and phrases of any words. */
static void add_words(struct similar_keys *keys, const struct article *article,
                      const struct analysis *analysis, struct arena *scratch)
{
    struct sketch words = {.limit = WORD_KEYS}, phrases = {.limit = PHRASE_KEYS};
    uint64_t last[PHRASE_WORDS] = {0};
    size_t run = 0, name = 0;
    for (size_t i = 0; i < analysis->tokens.count; i++) {
        const struct token *token = &analysis->tokens.items[i];
        if (token->kind == TOKEN_PUNCTUATION)
            continue;
        uint64_t hash = folded_hash(scratch, str_slice(article->text, token->start, token->end));
        uint64_t phrase = hash;
        last[run++ % PHRASE_WORDS] = hash;
        for (size_t k = 1; k < PHRASE_WORDS && run >= PHRASE_WORDS; k++)
            phrase = phrase * UINT64_C(0x9e3779b97f4a7c15) + last[(run - 1 - k) % PHRASE_WORDS];
        if (run >= PHRASE_WORDS)
            sketch_add(&phrases, phrase ^ phrase >> 32);
        while (name < analysis->mentions.count &&
               analysis->mentions.items[name].end <= token->start)
            name++;
        bool named =
            name < analysis->mentions.count && analysis->mentions.items[name].start < token->end;
        if (token->kind == TOKEN_WORD && !token->word && !named &&
            token->end - token->start >= RARE_WORD_MIN_LEN)
            sketch_add(&words, hash);
    }
    add_keys(keys, SIMILAR_WORD, &words);
    add_keys(keys, SIMILAR_PHRASE, &phrases);
}

static int by_number(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

void date_similar_keys(const struct article *article, const struct analysis *analysis,
                       struct similar_keys *keys)
{
    struct arena scratch = {0};
    keys->count = 0;
    add_persons(keys, analysis, &scratch);
    add_days(keys, analysis);
    add_words(keys, article, analysis, &scratch);
    arena_done(&scratch);
    qsort(keys->items, keys->count, sizeof *keys->items, by_number);
    size_t kept = 0; /* two hashes may be one key */
    for (size_t i = 0; i < keys->count; i++) {
        if (!kept || keys->items[kept - 1] != keys->items[i])
            keys->items[kept++] = keys->items[i];
    }
    keys->count = kept;
}

/* --- the bounds ------------------------------------------------------------------------- */

static bool tells_the_same(const struct similar_article *other)
{
    uint32_t persons = other->shared[SIMILAR_PERSON], days = other->shared[SIMILAR_DAY];
    uint32_t words = other->shared[SIMILAR_WORD];
    return other->shared[SIMILAR_PHRASE] >= COPY_PHRASES || persons >= 3 ||
           (persons >= 2 && days + words >= 1) || (persons >= 1 && days + words >= 2);
}

struct publication date_infer_from_similar(const struct publication *own,
                                           const struct similar_article *found, size_t count)
{
    struct publication inferred = *own;
    if (own->basis == DATE_BASIS_SET)
        return inferred;
    day first = DAY_UNKNOWN, last = DAY_UNKNOWN;
    uint32_t like = 0;
    bool copy = false;
    for (size_t i = 0; i < count; i++) {
        if (found[i].published == DAY_UNKNOWN || !tells_the_same(&found[i]))
            continue;
        like++;
        copy |= found[i].shared[SIMILAR_PHRASE] >= CERTAIN_COPY;
        if (first == DAY_UNKNOWN || found[i].published < first)
            first = found[i].published;
        if (last == DAY_UNKNOWN || found[i].published > last)
            last = found[i].published;
    }
    if (own->value != DAY_UNKNOWN || like < (copy ? 1U : 2U) || last - first > AGREE_DAYS)
        return inferred;
    day earliest = first - MARGIN_DAYS, latest = last + MARGIN_DAYS;
    if (own->earliest != DAY_UNKNOWN && own->earliest > earliest)
        earliest = own->earliest;
    if (own->latest != DAY_UNKNOWN && own->latest < latest)
        latest = own->latest;
    if (earliest > latest || (earliest == own->earliest && latest == own->latest))
        return inferred;
    return (struct publication){.basis = DATE_BASIS_INFERRED,
                                .value = DAY_UNKNOWN,
                                .earliest = earliest,
                                .latest = latest,
                                .similar_count = like};
}
