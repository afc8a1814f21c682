/* Where a sentence begins and ends, for moving in a text: by its marks alone, without a language.
 * The analysis has its own, better judgement (analyse/tokens.c), which needs its lexicons. */
#ifndef TEXT_SENTENCE_H
#define TEXT_SENTENCE_H

#include "base/str.h"

/* The end, in bytes, of the sentence that `at` lies in: behind its mark and what closes with it
 * (quotes, brackets), or the end of the text. A full stop ends none behind an initial, a title
 * ("Mr.") or before a small letter. */
size_t sentence_end(str text, size_t at);
/* Where that sentence begins. White space between two belongs to the one before. */
size_t sentence_start(str text, size_t at);

#endif
