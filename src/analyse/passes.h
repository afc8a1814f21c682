/* The passes of this layer that have no header of their own. Each fills its part of struct analysis
 * from what the ones before it left there. */
#ifndef ANALYSE_PASSES_H
#define ANALYSE_PASSES_H

#include "analyse/analyse.h"

/* Text -> tokens and sentences (tokens.c). A block's end ends a sentence; every token belongs to
 * exactly one sentence. */
void tokens_pass(const struct analyser *analyser, struct arena *arena,
                 const struct article *article, struct analysis *analysis);

/* Tokens -> mentions, without entities (tag_names.c): rules over the lexicon and the context. */
void tag_names_pass(const struct analyser *analyser, struct arena *arena,
                    const struct article *article, struct analysis *analysis);

/* Mentions -> entities of this article (link_local.c); sets mention.entity. */
void link_local_pass(const struct analyser *analyser, struct arena *arena,
                     const struct article *article, struct analysis *analysis);

#endif
