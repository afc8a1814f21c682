/* The passes of this layer that have no header of their own. Each fills its part of struct analysis
 * from what the ones before it left there. */
#ifndef ANALYSE_PASSES_H
#define ANALYSE_PASSES_H

#include "analyse/analyse.h"

/* Text -> tokens and sentences (tokens.c). A block's end ends a sentence; every token belongs to
 * exactly one sentence. */
void tokens_pass(const struct analyser *analyser, struct arena *arena,
                 const struct article *article, struct analysis *analysis);

/* Of the tokens [low, high) the first that ends behind a byte of the text; `high` when none does.
 */
size_t token_behind(const struct analysis *analysis, size_t low, size_t high, uint32_t byte);

/* Tokens -> mentions, without entities (tag_trained.c): trained weights over words, context,
 * lexicons and what the rules (tag_names.c) say. */
void tag_names_pass(const struct analyser *analyser, struct arena *arena,
                    const struct article *article, struct analysis *analysis);

/* Mentions -> entities of this article (link_local.c); sets mention.entity. */
void link_local_pass(const struct analyser *analyser, struct arena *arena,
                     const struct article *article, struct analysis *analysis);

/* Moments -> moment.statement (statements.c): the words of sentences that tell of one day. */
void statements_pass(const struct analyser *analyser, struct arena *arena,
                     const struct article *article, struct analysis *analysis);
/* The last step of the tokens (case.c): sets TOKEN_IN_HEADLINE and TOKEN_RESTORED. */
void case_restore(const struct analyser *analyser, struct arena *arena, str text,
                  struct analysis *analysis);

struct acts;
const struct acts *analyser_acts(const struct analyser *analyser);

struct name_weights;
/* The weights of an analyser (the passes' way to them); NULL when it was opened untrained. */
const struct name_weights *analyser_name_weights(const struct analyser *analyser);

#endif
