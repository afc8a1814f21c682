/* The averaged structured perceptron (Collins, EMNLP 2002) over the labels of a run of tokens. */
#ifndef TRAIN_PERCEPTRON_H
#define TRAIN_PERCEPTRON_H

#include <stdint.h>

#include "analyse/name_weights.h"
#include "base/vec.h"

struct example_token {
    size_t first; /* into features */
    uint32_t count;
    uint32_t allowed; /* bits of the labels that are right; several where the source is silent */
    bool caseless;    /* of text without usable case */
};

/* Features of a group are left out at random while learning, for one token at a time, so that the
 * others learn to do without them: words seen in training tell nothing of new names (feature
 * under-training: Sutton, Sindelar, McCallum, NAACL 2006). Besides, every single feature is left
 * out with a chance of its own (dropout: Wager, Wang, Liang, NIPS 2013). */
enum feature_group {
    GROUP_OTHER,
    GROUP_WORD,
    GROUP_LEXICON,
    GROUP_RULES,
    GROUP_SOURCE,
    GROUP_COUNT
};
#define FEATURE_NUMBER(feature) ((feature)&0x1FFFFFFFu)
#define FEATURE_GROUP(feature) ((feature) >> 29)

struct example_run {
    size_t first; /* into tokens */
    uint32_t count;
    uint32_t repeats;
};

struct examples {
    VEC(uint32_t) features; /* number below feature_count, group in the three upper bits */
    VEC(struct example_token) tokens;
    VEC(struct example_run) runs;
    size_t feature_count;
};

struct perceptron {
    float *weights; /* feature_count * LABEL_COUNT */
    float steps[LABEL_COUNT][LABEL_COUNT];
    size_t mistakes; /* runs of the last round that were wrong */
};

struct perceptron_plan {
    unsigned rounds;
    float cost;
    float left_out[GROUP_COUNT]; /* chance of a group */
    float each_left_out;         /* chance of every single feature */
    uint64_t seed;
};

/* cost: points that a wrong label is given while learning, so that right ones win by as much
 * (loss-augmented decoding, Taskar et al. 2005). The order of runs comes from the seed: the same
 * examples give the same weights. */
void perceptron_train(const struct examples *examples, const struct perceptron_plan *plan,
                      struct perceptron *result);
void perceptron_done(struct perceptron *result);

#endif
