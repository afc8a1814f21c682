#include "train/sounds.h"

#include <math.h>

#include "base/file.h"
#include "base/map.h"
#include "base/memory.h"
#include "text/fold.h"

enum { LIST_LIMIT_LEN = 16 << 20, ROUNDS = 5, SMALL_LEAST = 3 };

static const float RATE = 0.3f;

struct sounds {
    struct arena arena;
    struct map words; /* folded word -> bits of its sounds */
    float *weights;   /* SOUND_SLOTS * SOUND_COUNT */
    float *squares;   /* of their changes so far: what is rare learns fast (AdaGrad) */
};

static void add_word(struct sounds *sounds, str word, unsigned bits)
{
    str folded = fold_text(&sounds->arena, word);
    if (folded.len >= 2)
        *map_put(&sounds->words, arena_str(&sounds->arena, folded), 0) |= bits;
}

/* Each word of a line counts: "San Francisco". */
static enum status read_list(struct sounds *sounds, const char *folder, const char *name,
                             enum name_sound sound, struct error *err)
{
    str path = arena_format(&sounds->arena, "%s/%s.txt", folder, name), bytes, line, word;
    enum status status = file_read(&sounds->arena, path.ptr, LIST_LIMIT_LEN, &bytes, err);
    if (status)
        return status;
    while (str_next_line(&bytes, &line)) {
        while (str_next(&line, ' ', &word))
            add_word(sounds, word, 1u << sound);
    }
    return STATUS_OK;
}

static bool is_small(str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] < 'a' || word.ptr[i] > 'z')
            return false;
    }
    return word.len >= 3;
}

/* Words written small often are no names, unless a list has them. */
static void read_small(struct sounds *sounds, const labelled_documents *documents)
{
    struct map counts;
    map_init(&counts, &sounds->arena);
    for (size_t i = 0; i < documents->count; i++) {
        str rest = documents->items[i].text, word;
        while (str_next(&rest, ' ', &word)) {
            if (is_small(word) && ++*map_put(&counts, word, 0) == SMALL_LEAST)
                add_word(sounds, word, 0);
        }
    }
}

static void learn_word(struct sounds *sounds, str word, unsigned bits)
{
    uint32_t slots[SOUND_PIECE_LIMIT];
    size_t count = name_sound_pieces(word, slots);
    for (unsigned k = 0; k < SOUND_COUNT; k++) {
        float score = 0;
        for (size_t i = 0; i < count; i++)
            score += sounds->weights[(size_t)slots[i] * SOUND_COUNT + k];
        float wanted = bits >> k & 1 ? 1 : 0;
        float slope = wanted - 1 / (1 + expf(-score));
        for (size_t i = 0; i < count; i++) {
            size_t at = (size_t)slots[i] * SOUND_COUNT + k;
            sounds->squares[at] += slope * slope;
            sounds->weights[at] += RATE * slope / sqrtf(sounds->squares[at] + 1e-6f);
        }
    }
}

static void learn(struct sounds *sounds)
{
    uint64_t state = 7;
    size_t count = sounds->words.count;
    size_t *order = memory_new(count + 1, sizeof *order);
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = count; i > 1; i--) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            size_t other = (size_t)(state >> 33) % i, kept = order[i - 1];
            order[i - 1] = order[other];
            order[other] = kept;
        }
        for (size_t i = 0; i < count; i++) {
            const struct map_entry *entry = &sounds->words.entries[order[i]];
            learn_word(sounds, entry->key, (unsigned)entry->value);
        }
    }
    memory_free(order);
}

enum status sounds_learn(struct arena *arena, const char *folder,
                         const labelled_documents *documents, signed char **out, struct error *err)
{
    struct sounds sounds = {.weights = memory_new(SOUND_SLOTS * SOUND_COUNT, sizeof(float)),
                            .squares = memory_new(SOUND_SLOTS * SOUND_COUNT, sizeof(float))};
    map_init(&sounds.words, &sounds.arena);
    enum status status = read_list(&sounds, folder, "first", SOUND_GIVEN, err);
    if (!status)
        status = read_list(&sounds, folder, "last", SOUND_FAMILY, err);
    if (!status)
        status = read_list(&sounds, folder, "city", SOUND_PLACE, err);
    if (!status) {
        read_small(&sounds, documents);
        learn(&sounds);
        *out = arena_array(arena, signed char, SOUND_SLOTS *SOUND_COUNT);
        for (size_t i = 0; i < (size_t)SOUND_SLOTS * SOUND_COUNT; i++) {
            float scaled = sounds.weights[i] * SOUND_SCALE;
            (*out)[i] = (signed char)lroundf(scaled > 127 ? 127 : scaled < -127 ? -127 : scaled);
        }
    }
    memory_free(sounds.weights);
    memory_free(sounds.squares);
    arena_done(&sounds.arena);
    return status;
}
