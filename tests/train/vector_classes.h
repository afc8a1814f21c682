/* Classes of words by their vectors, which tell in what texts a word stands and were learnt from
 * billions of words: spherical k-means (Dhillon and Modha, Concept Decompositions for Large Sparse
 * Text Data, Machine Learning 42, 2001), once for each level of name_weights.h. Classes of word
 * vectors as features: Guo, Che, Wang, Liu, Revisiting Embedding Features for Simple
 * Semi-supervised Learning (EMNLP 2014). All in whole numbers: every machine finds the same.
 *
 * The file of classes is text: a line "dossier word classes", version, words, checksum of the rest
 * (16 hexadecimal digits), then for each word a line: folded word, its class at each level, from
 * the narrowest; parted by tabs, the most frequent word first. */
#ifndef TRAIN_VECTOR_CLASSES_H
#define TRAIN_VECTOR_CLASSES_H

#include "analyse/name_weights.h"
#include "base/arena.h"
#include "base/status.h"

/* Reads a JSON file with a member "vectors": {"word": [numbers, ...], ...}, the most frequent word
 * first, no further than needed, and writes the file of classes. About two minutes. */
enum status vector_classes_make(const char *vectors_path, const char *out_path,
                                struct error *err) MUST_CHECK;

/* The senses of all words of the file of classes, class_id 0, in the order of the file. In the
 * arena. */
enum status vector_classes_read(struct arena *arena, const char *path,
                                struct name_word_class **words, size_t *count,
                                struct error *err) MUST_CHECK;

#endif
