/* Classes of words that stand in like places, from plain text: the exchange algorithm on class
 * bigrams (Kneser and Ney, Improved Clustering Techniques for Class-Based Statistical Language
 * Modelling, Eurospeech 1993; Martin, Liermann, Ney 1998). */
#ifndef TRAIN_WORD_CLASSES_H
#define TRAIN_WORD_CLASSES_H

#include "analyse/name_weights.h"
#include "base/arena.h"
#include "base/vec.h"

/* Words in order, by their hashes; 0 parts sentences. */
typedef VEC(uint64_t) word_stream;

/* For qsort: rising by hash, those without a sense first. */
int word_class_compare(const void *left, const void *right);

/* A class 1..class_count for every word that stands `least` times or more, sorted by hash. Lives
 * in the arena. Time: rounds * words * classes * neighbours' classes. */
size_t word_classes_make(struct arena *arena, const word_stream *stream, unsigned class_count,
                         unsigned least, unsigned rounds, struct name_word_class **words);

#endif
