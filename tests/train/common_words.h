/* The list of ordinary words, data/lexicon/common.en.lex: those that the labelled texts write small
 * where a name would have a capital. */
#ifndef TRAIN_COMMON_WORDS_H
#define TRAIN_COMMON_WORDS_H

#include "analyse/analyse.h"
#include "base/buf.h"
#include "train/sets.h"

/* Writes the file in byte order of the words. */
void common_words_write(const struct analyser *analyser, const labelled_documents *documents,
                        struct buf *out);

#endif
