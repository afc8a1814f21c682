#include "train/word_classes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { ENTROPY_TABLE = 1 << 16 };

struct type { /* a word of the vocabulary */
    uint64_t hash;
    uint32_t count;
};

struct pair { /* a neighbour and how often */
    uint32_t first, second, count;
};

struct exchange {
    struct type *types; /* by falling count; [0] is the boundary, [1] all rare words */
    uint32_t type_count, class_count;
    uint32_t *class_of;
    struct pair *after, *before; /* sorted by first, by second */
    size_t pair_count;
    uint32_t *after_at, *before_at; /* where a word's pairs begin */
    int64_t *joint;                 /* class_count * class_count */
    int64_t *total;                 /* of a class */
    double *entropy;                /* n log n */
};

static double n_log_n(const struct exchange *it, int64_t n)
{
    if (n < ENTROPY_TABLE)
        return it->entropy[n];
    return (double)n * log((double)n);
}

static int by_hash(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static int by_count(const void *left, const void *right)
{
    const struct type *a = left, *b = right;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

static int type_by_hash(const void *left, const void *right)
{
    const struct type *a = left, *b = right;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

static int by_first(const void *left, const void *right)
{
    const struct pair *a = left, *b = right;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return (a->second > b->second) - (a->second < b->second);
}

static int by_second(const void *left, const void *right)
{
    const struct pair *a = left, *b = right;
    if (a->second != b->second)
        return a->second < b->second ? -1 : 1;
    return (a->first > b->first) - (a->first < b->first);
}

static void count_types(struct exchange *it, const word_stream *stream, unsigned least)
{
    uint64_t *sorted = memory_new(stream->count + 1, sizeof *sorted);
    memcpy(sorted, stream->items, stream->count * sizeof *sorted);
    qsort(sorted, stream->count, sizeof *sorted, by_hash);
    it->types = memory_new(stream->count / least + 3, sizeof *it->types);
    it->type_count = 2;
    for (size_t i = 0, k; i < stream->count; i = k) {
        for (k = i; k < stream->count && sorted[k] == sorted[i]; k++) {
        }
        if (sorted[i] && k - i >= least)
            it->types[it->type_count++] =
                (struct type){.hash = sorted[i], .count = (uint32_t)(k - i)};
    }
    qsort(it->types + 2, it->type_count - 2, sizeof *it->types, by_count);
    memory_free(sorted);
}

static uint32_t *indices(const struct exchange *it, const word_stream *stream)
{
    struct type *rows = memory_new(it->type_count, sizeof *rows);
    for (uint32_t i = 2; i < it->type_count; i++)
        rows[i - 2] = (struct type){.hash = it->types[i].hash, .count = i};
    qsort(rows, it->type_count - 2, sizeof *rows, type_by_hash);
    uint32_t *ids = memory_new(stream->count + 1, sizeof *ids);
    for (size_t i = 0; i < stream->count; i++) {
        struct type key = {.hash = stream->items[i]};
        const struct type *found =
            key.hash ? bsearch(&key, rows, it->type_count - 2, sizeof *rows, type_by_hash) : NULL;
        ids[i] = found ? found->count : key.hash != 0;
    }
    memory_free(rows);
    return ids;
}

static void count_pairs(struct exchange *it, const uint32_t *ids, size_t count)
{
    struct pair *pairs = memory_new(count + 1, sizeof *pairs);
    for (size_t i = 0; i + 1 < count; i++)
        pairs[i] = (struct pair){ids[i], ids[i + 1], 1};
    size_t used = count ? count - 1 : 0, kept = 0;
    qsort(pairs, used, sizeof *pairs, by_first);
    for (size_t i = 0; i < used; i++) {
        if (kept && pairs[kept - 1].first == pairs[i].first &&
            pairs[kept - 1].second == pairs[i].second)
            pairs[kept - 1].count++;
        else
            pairs[kept++] = pairs[i];
    }
    it->after = pairs;
    it->pair_count = kept;
    it->before = memory_new(kept + 1, sizeof *pairs);
    memcpy(it->before, pairs, kept * sizeof *pairs);
    qsort(it->before, kept, sizeof *pairs, by_second);
    it->after_at = memory_new(it->type_count + 2, sizeof *it->after_at);
    it->before_at = memory_new(it->type_count + 2, sizeof *it->before_at);
    for (size_t i = 0; i < kept; i++) {
        it->after_at[it->after[i].first + 1]++;
        it->before_at[it->before[i].second + 1]++;
    }
    for (uint32_t i = 0; i <= it->type_count; i++) {
        it->after_at[i + 1] += it->after_at[i];
        it->before_at[i + 1] += it->before_at[i];
    }
}

/* Neighbours of one word by class. */
struct neighbours {
    uint32_t *classes;
    int64_t *counts; /* by class */
    size_t count;
};

static void collect(struct neighbours *found, uint32_t class_id, int64_t count)
{
    if (!found->counts[class_id])
        found->classes[found->count++] = class_id;
    found->counts[class_id] += count;
}

static void forget(struct neighbours *found)
{
    for (size_t i = 0; i < found->count; i++)
        found->counts[found->classes[i]] = 0;
    found->count = 0;
}

/* Gain of the objective when the word's counts are added to class `to`. */
static double gain(const struct exchange *it, const struct neighbours *after,
                   const struct neighbours *before, uint32_t to, int64_t own)
{
    double value = 0;
    const int64_t *row = it->joint + (size_t)to * it->class_count;
    for (size_t i = 0; i < after->count; i++) {
        uint32_t k = after->classes[i];
        value += n_log_n(it, row[k] + after->counts[k]) - n_log_n(it, row[k]);
    }
    for (size_t i = 0; i < before->count; i++) {
        uint32_t k = before->classes[i];
        int64_t n = it->joint[(size_t)k * it->class_count + to];
        value += n_log_n(it, n + before->counts[k]) - n_log_n(it, n);
    }
    return value - 2 * (n_log_n(it, it->total[to] + own) - n_log_n(it, it->total[to]));
}

static void put(struct exchange *it, const struct neighbours *after,
                const struct neighbours *before, uint32_t to, int64_t own, int sign)
{
    for (size_t i = 0; i < after->count; i++)
        it->joint[(size_t)to * it->class_count + after->classes[i]] +=
            sign * after->counts[after->classes[i]];
    for (size_t i = 0; i < before->count; i++)
        it->joint[(size_t)before->classes[i] * it->class_count + to] +=
            sign * before->counts[before->classes[i]];
    it->total[to] += sign * own;
}

static size_t one_round(struct exchange *it, struct neighbours *after, struct neighbours *before)
{
    size_t moved = 0;
    for (uint32_t word = 2; word < it->type_count; word++) {
        for (uint32_t i = it->after_at[word]; i < it->after_at[word + 1]; i++) {
            if (it->after[i].second != word)
                collect(after, it->class_of[it->after[i].second], it->after[i].count);
        }
        for (uint32_t i = it->before_at[word]; i < it->before_at[word + 1]; i++) {
            if (it->before[i].first != word)
                collect(before, it->class_of[it->before[i].first], it->before[i].count);
        }
        int64_t own = it->types[word].count;
        uint32_t from = it->class_of[word], best = from;
        put(it, after, before, from, own, -1);
        double most = gain(it, after, before, from, own);
        for (uint32_t to = 2; to < it->class_count; to++) {
            double value = to == from ? most : gain(it, after, before, to, own);
            if (value > most + 1e-9) {
                most = value;
                best = to;
            }
        }
        put(it, after, before, best, own, 1);
        it->class_of[word] = best;
        moved += best != from;
        forget(after);
        forget(before);
    }
    return moved;
}

static void run(struct exchange *it, unsigned rounds)
{
    it->class_of = memory_new(it->type_count, sizeof *it->class_of);
    it->joint = memory_new((size_t)it->class_count * it->class_count, sizeof *it->joint);
    it->total = memory_new(it->class_count, sizeof *it->total);
    it->entropy = memory_new(ENTROPY_TABLE, sizeof *it->entropy);
    for (int i = 2; i < ENTROPY_TABLE; i++)
        it->entropy[i] = i * log(i);
    it->class_of[1] = 1;
    for (uint32_t i = 2; i < it->type_count; i++)
        it->class_of[i] = 2 + (i - 2) % (it->class_count - 2);
    for (size_t i = 0; i < it->pair_count; i++) {
        const struct pair *pair = &it->after[i];
        it->joint[(size_t)it->class_of[pair->first] * it->class_count +
                  it->class_of[pair->second]] += pair->count;
        it->total[it->class_of[pair->first]] += pair->count;
    }
    struct neighbours after = {memory_new(it->class_count, sizeof *after.classes),
                               memory_new(it->class_count, sizeof *after.counts), 0};
    struct neighbours before = {memory_new(it->class_count, sizeof *before.classes),
                                memory_new(it->class_count, sizeof *before.counts), 0};
    for (unsigned i = 0; i < rounds; i++) {
        if (one_round(it, &after, &before) * 200 < it->type_count)
            break;
    }
    memory_free(after.classes);
    memory_free(after.counts);
    memory_free(before.classes);
    memory_free(before.counts);
}

int word_class_compare(const void *left, const void *right)
{
    const struct name_word_class *a = left, *b = right;
    if (a->word != b->word)
        return (a->word > b->word) - (a->word < b->word);
    return (a->known.sense > b->known.sense) - (a->known.sense < b->known.sense);
}

size_t word_classes_make(struct arena *arena, const word_stream *stream, unsigned class_count,
                         unsigned least, unsigned rounds, struct name_word_class **words)
{
    struct exchange it = {.class_count = class_count + 2};
    count_types(&it, stream, least);
    uint32_t *ids = indices(&it, stream);
    count_pairs(&it, ids, stream->count);
    run(&it, rounds);
    *words = arena_array(arena, struct name_word_class, it.type_count);
    size_t count = 0;
    for (uint32_t i = 2; i < it.type_count; i++)
        (*words)[count++] = (struct name_word_class){.word = (uint32_t)(it.types[i].hash >> 32),
                                                     .known = {(uint16_t)(it.class_of[i] - 1), 0}};
    qsort(*words, count, sizeof **words, word_class_compare);
    memory_free(ids);
    memory_free(it.types);
    memory_free(it.after);
    memory_free(it.before);
    memory_free(it.after_at);
    memory_free(it.before_at);
    memory_free(it.class_of);
    memory_free(it.joint);
    memory_free(it.total);
    memory_free(it.entropy);
    return count;
}
