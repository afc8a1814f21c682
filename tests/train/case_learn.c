#include "train/case_learn.h"

#include <math.h>

#include "analyse/case_features.h"
#include "analyse/passes.h"
#include "base/memory.h"

enum { ROUNDS = 3, LEFT_OUT = 30 /* percent of the words that are learnt without knowing them */ };

static const float RATE = 0.1f;

struct learner {
    const struct analyser *analyser;
    float *weights, *squares; /* CASE_SLOTS */
    uint64_t random;
};

static uint32_t next_random(struct learner *learner)
{
    learner->random = learner->random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(learner->random >> 33);
}

static float sum(const struct learner *learner, const struct case_features *features, size_t from)
{
    float total = 0;
    for (size_t i = from; i < features->count; i++)
        total += learner->weights[features->slots[i]];
    return total;
}

static void move(struct learner *learner, const struct case_features *features, size_t from,
                 float slope)
{
    for (size_t i = from; i < features->count; i++) {
        uint32_t slot = features->slots[i];
        learner->squares[slot] += slope * slope;
        learner->weights[slot] += RATE * slope / sqrtf(learner->squares[slot] + 1e-6f);
    }
}

static void learn_word(struct learner *learner, const struct case_line *line, size_t at,
                       enum case_before before, const struct token *token)
{
    struct case_features features, after;
    size_t from = 0;
    case_features_at(line, at, CASE_CAPITAL, &features);
    case_features_after(line, at, before, &after);
    if (next_random(learner) % 100 < LEFT_OUT)
        from = features.own_count;
    float odds = sum(learner, &features, from) + sum(learner, &after, 0);
    float slope = (token->flags & TOKEN_CAPITAL ? 1.0f : 0.0f) - 1 / (1 + expf(-odds));
    move(learner, &features, from, slope);
    move(learner, &after, 0, slope);
    if (!(token->flags & TOKEN_CAPITAL) || token->end - token->start < 2)
        return;
    case_features_at(line, at, CASE_ALL_CAPITALS, &features);
    odds = sum(learner, &features, from);
    slope = (token->flags & TOKEN_ALL_CAPS ? 1.0f : 0.0f) - 1 / (1 + expf(-odds));
    move(learner, &features, from, slope);
}

static void learn_sentence(struct learner *learner, struct arena *arena, str text,
                           const struct analysis *analysis, const struct sentence *sentence)
{
    size_t first = sentence->first_token, end = first + sentence->token_count;
    const struct token *tokens = analysis->tokens.items;
    if (!sentence->token_count || (tokens[first].flags & (TOKEN_RESTORED | TOKEN_IN_HEADLINE)))
        return;
    struct case_line line =
        case_line_read(analyser_lexicon(learner->analyser),
                       analyser_name_weights(learner->analyser), arena, text, analysis, first, end);
    enum case_before before = CASE_AFTER_FIRST;
    for (size_t at = first; at < end; at++) {
        if (line.words[at - first].joins)
            continue;
        if (at == first)
            continue;
        if (tokens[at].kind == TOKEN_WORD)
            learn_word(learner, &line, at - first, before, &tokens[at]);
        before = tokens[at].flags & TOKEN_CAPITAL ? CASE_AFTER_CAPITAL : CASE_AFTER_SMALL;
    }
}

static void learn_document(struct learner *learner, const struct labelled_document *document)
{
    struct arena arena = {0};
    struct article article = {.text = document->text};
    struct analysis analysis = {.tokens = {0}};
    tokens_pass(learner->analyser, &arena, &article, &analysis);
    for (size_t i = 0; i < analysis.sentences.count; i++)
        learn_sentence(learner, &arena, article.text, &analysis, &analysis.sentences.items[i]);
    arena_done(&arena);
}

signed char *case_learn(struct arena *arena, const struct analyser *analyser,
                        const labelled_documents *documents, const bool *skips)
{
    struct learner learner = {.analyser = analyser,
                              .weights = memory_new(CASE_SLOTS, sizeof(float)),
                              .squares = memory_new(CASE_SLOTS, sizeof(float)),
                              .random = 5};
    size_t count = documents->count, *order = memory_new(count + 1, sizeof *order);
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = count; i > 1; i--) {
            size_t other = next_random(&learner) % i, kept = order[i - 1];
            order[i - 1] = order[other];
            order[other] = kept;
        }
        for (size_t i = 0; i < count; i++) {
            const struct labelled_document *document = &documents->items[order[i]];
            if (!skips[document->source])
                learn_document(&learner, document);
        }
    }
    signed char *out = arena_array(arena, signed char, CASE_SLOTS);
    for (size_t i = 0; i < CASE_SLOTS; i++) {
        float scaled = learner.weights[i] * CASE_SCALE;
        out[i] = (signed char)lroundf(scaled > 127 ? 127 : scaled < -127 ? -127 : scaled);
    }
    memory_free(order);
    memory_free(learner.weights);
    memory_free(learner.squares);
    return out;
}
