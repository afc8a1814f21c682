/* What the text says someone is, beside the name. */
#ifndef ANALYSE_ROLE_H
#define ANALYSE_ROLE_H

#include "analyse/analyse.h"
#include "analyse/lexicon.h"

/* The description before or after the name at tokens [first, end): "Foreign Minister", "secretary
 * of Russia's Security Council". Borrows the text; STR_NONE where there is none. */
str role_find(const struct lexicon *lexicon, str text, const struct analysis *analysis,
              size_t first, size_t end);

/* "Mr.", "Sir": it tells of a person, and nothing of what the person is. */
bool role_is_courtesy(str role);

/* Do two descriptions share a word that says something (no "former", "of")? */
bool role_agrees(const struct lexicon *lexicon, struct arena *scratch, str a, str b);

#endif
