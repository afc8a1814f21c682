/* The case of words, learnt from running text whose capitals follow the rules: logistic regression
 * with steps that shrink for each number (AdaGrad, Duchi, Hazan, Singer 2011). */
#ifndef TRAIN_CASE_LEARN_H
#define TRAIN_CASE_LEARN_H

#include "analyse/analyse.h"
#include "train/sets.h"

/* CASE_SLOTS numbers for the file of weights, in the arena. The analyser knows the classes of
 * words; documents of which skips[source] is set are left out. */
signed char *case_learn(struct arena *arena, const struct analyser *analyser,
                        const labelled_documents *documents, const bool *skips);

#endif
