/* What names sound like: from lists of given names, family names and cities, and ordinary words,
 * which pieces of a word speak for each (logistic regression on hashed pieces of 2 to 5 bytes). The
 * lists themselves are not kept: only SOUND_SLOTS numbers for each sound. */
#ifndef TRAIN_SOUNDS_H
#define TRAIN_SOUNDS_H

#include "analyse/name_weights.h"
#include "train/sets.h"

enum { SOUND_SCALE = 20 }; /* points for 1 in log-odds */

/* Learns from folder/first.txt, last.txt, city.txt, one name a line, and from the words of the
 * documents that are written small. *sounds lives in the arena. */
enum status sounds_learn(struct arena *arena, const char *folder,
                         const labelled_documents *documents, signed char **sounds,
                         struct error *err) MUST_CHECK;

#endif
