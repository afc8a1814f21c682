#include "train/perceptron.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

enum {
    RUN_LIMIT = 512,
    CALM = 2,       /* times a run was right one after the other, after which it is looked at */
    CALM_ROUNDS = 3 /* only in each third round: most runs teach nothing any more */
};

static const float never = -1e9f;

struct trainer {
    const struct examples *examples;
    struct perceptron *result;
    double *sums; /* of weight * time, to be taken off for the average */
    double step_sums[LABEL_COUNT][LABEL_COUNT];
    double now;
    const struct perceptron_plan *plan;
    uint64_t random;
    uint8_t left_out[RUN_LIMIT]; /* bits of groups */
    uint32_t keys[RUN_LIMIT];    /* which of the single features are left out */
    float scores[RUN_LIMIT][LABEL_COUNT];
    float best[RUN_LIMIT][LABEL_COUNT];
    uint8_t from[RUN_LIMIT][LABEL_COUNT];
};

static int can_follow(unsigned before, unsigned label)
{
    return label == LABEL_NONE || label_begins(label) || label_kind(before) == label_kind(label);
}

static int is_left_out(const struct trainer *trainer, uint32_t place, uint32_t feature)
{
    if (trainer->left_out[place] >> FEATURE_GROUP(feature) & 1)
        return 1;
    uint32_t mixed = (FEATURE_NUMBER(feature) ^ trainer->keys[place]) * 0x9E3779B1u;
    mixed = (mixed ^ mixed >> 15) * 0x85EBCA77u;
    return (mixed >> 16) < (uint32_t)(trainer->plan->each_left_out * 65536);
}

/* The features that are left count for all, so that the steps weigh as much as later. */
static void score(struct trainer *trainer, const struct example_run *run)
{
    const struct examples *examples = trainer->examples;
    for (uint32_t i = 0; i < run->count; i++) {
        const struct example_token *token = &examples->tokens.items[run->first + i];
        float *scores = trainer->scores[i];
        memset(scores, 0, LABEL_COUNT * sizeof *scores);
        for (uint32_t f = 0; f < token->count; f++) {
            uint32_t feature = examples->features.items[token->first + f];
            if (is_left_out(trainer, i, feature))
                continue;
            const float *row =
                trainer->result->weights + (size_t)FEATURE_NUMBER(feature) * LABEL_COUNT;
            for (unsigned k = 0; k < LABEL_COUNT; k++)
                scores[k] += row[k];
        }
        for (unsigned k = 0; k < LABEL_COUNT; k++)
            scores[k] /= 1 - trainer->plan->each_left_out;
    }
}

/* The best labels; with `right` only allowed ones, else wrong ones get the cost. */
static void decode(struct trainer *trainer, const struct example_run *run, int right, float cost,
                   uint8_t *labels)
{
    for (uint32_t i = 0; i < run->count; i++) {
        uint32_t allowed = trainer->examples->tokens.items[run->first + i].allowed;
        for (unsigned label = 0; label < LABEL_COUNT; label++) {
            float best = 2 * never;
            unsigned from = LABEL_NONE;
            for (unsigned k = 0; k < LABEL_COUNT; k++) {
                if (!can_follow(k, label))
                    continue;
                float value = trainer->result->steps[k][label] + (i ? trainer->best[i - 1][k]
                                                                  : k == LABEL_NONE ? 0
                                                                                    : never);
                if (value > best) {
                    best = value;
                    from = k;
                }
            }
            int fits = allowed >> label & 1;
            trainer->best[i][label] =
                best + trainer->scores[i][label] + (right ? (fits ? 0 : never) : (fits ? 0 : cost));
            trainer->from[i][label] = (uint8_t)from;
        }
    }
    unsigned label = LABEL_NONE;
    for (unsigned k = 1; k < LABEL_COUNT; k++) {
        if (trainer->best[run->count - 1][k] > trainer->best[run->count - 1][label])
            label = k;
    }
    for (uint32_t i = run->count; i-- > 0;) {
        labels[i] = (uint8_t)label;
        label = trainer->from[i][label];
    }
}

static void add(struct trainer *trainer, const struct example_run *run, const uint8_t *labels,
                float sign)
{
    const struct examples *examples = trainer->examples;
    unsigned before = LABEL_NONE;
    for (uint32_t i = 0; i < run->count; i++) {
        const struct example_token *token = &examples->tokens.items[run->first + i];
        unsigned label = labels[i];
        for (uint32_t f = 0; f < token->count; f++) {
            uint32_t feature = examples->features.items[token->first + f];
            if (is_left_out(trainer, i, feature))
                continue;
            size_t at = (size_t)FEATURE_NUMBER(feature) * LABEL_COUNT + label;
            trainer->result->weights[at] += sign;
            trainer->sums[at] += sign * trainer->now;
        }
        trainer->result->steps[before][label] += sign;
        trainer->step_sums[before][label] += sign * trainer->now;
        before = label;
    }
}

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

static void leave_out(struct trainer *trainer, const struct example_run *run)
{
    for (uint32_t i = 0; i < run->count; i++) {
        trainer->left_out[i] = 0;
        trainer->keys[i] = (uint32_t)next_random(&trainer->random) * 0x9E3779B1u;
        for (unsigned group = 1; group < GROUP_COUNT; group++) {
            float chance = (float)(next_random(&trainer->random) % 10000) / 10000;
            if (chance < trainer->plan->left_out[group])
                trainer->left_out[i] |= (uint8_t)(1u << group);
        }
    }
}

static int learn(struct trainer *trainer, const struct example_run *run)
{
    uint8_t found[RUN_LIMIT], right[RUN_LIMIT];
    leave_out(trainer, run);
    score(trainer, run);
    decode(trainer, run, 0, trainer->plan->cost, found);
    trainer->now += 1;
    int wrong = 0;
    for (uint32_t i = 0; i < run->count; i++)
        wrong |= !(trainer->examples->tokens.items[run->first + i].allowed >> found[i] & 1);
    if (!wrong)
        return 0;
    decode(trainer, run, 1, 0, right);
    add(trainer, run, right, 1);
    add(trainer, run, found, -1);
    return 1;
}

static size_t *order_of(const struct examples *examples, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < examples->runs.count; i++)
        *count += examples->runs.items[i].repeats;
    size_t *order = memory_new(*count + 1, sizeof *order), at = 0;
    for (size_t i = 0; i < examples->runs.count; i++) {
        for (uint32_t k = 0; k < examples->runs.items[i].repeats; k++)
            order[at++] = i;
    }
    return order;
}

void perceptron_train(const struct examples *examples, const struct perceptron_plan *plan,
                      struct perceptron *result)
{
    size_t cells = examples->feature_count * LABEL_COUNT, count;
    *result = (struct perceptron){.weights = memory_new(cells + 1, sizeof(float))};
    struct trainer *trainer = memory_new(1, sizeof *trainer);
    trainer->examples = examples;
    trainer->result = result;
    trainer->sums = memory_new(cells + 1, sizeof(double));
    trainer->now = 1;
    trainer->plan = plan;
    trainer->random = plan->seed + 1;
    uint64_t seed = plan->seed;
    size_t *order = order_of(examples, &count);
    uint8_t *calm = memory_new(examples->runs.count + 1, 1);
    for (unsigned round = 0; round < plan->rounds; round++) {
        for (size_t i = count; i > 1; i--) {
            size_t other = next_random(&seed) % i, kept = order[i - 1];
            order[i - 1] = order[other];
            order[other] = kept;
        }
        result->mistakes = 0;
        for (size_t i = 0; i < count; i++) {
            size_t run = order[i];
            if (calm[run] >= CALM && (round + run) % CALM_ROUNDS)
                continue;
            int wrong = learn(trainer, &examples->runs.items[run]);
            calm[run] = (uint8_t)(wrong ? 0 : calm[run] + (calm[run] < CALM));
            result->mistakes += (size_t)wrong;
        }
    }
    for (size_t i = 0; i < cells; i++)
        result->weights[i] -= (float)(trainer->sums[i] / trainer->now);
    for (unsigned i = 0; i < LABEL_COUNT * LABEL_COUNT; i++)
        result->steps[i / LABEL_COUNT][i % LABEL_COUNT] -=
            (float)(trainer->step_sums[i / LABEL_COUNT][i % LABEL_COUNT] / trainer->now);
    memory_free(order);
    memory_free(calm);
    memory_free(trainer->sums);
    memory_free(trainer);
}

void perceptron_done(struct perceptron *result)
{
    memory_free(result->weights);
    result->weights = NULL;
}
