/* The sketch of an article by its runs of words, see model/copy.h. */
#include "analyse/analyse.h"

#include <string.h>

enum { RUN_WORDS = 4, LEAST_RUNS = 24 };

/* The finalizer of MurmurHash3. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 33) * UINT64_C(0xff51afd7ed558ccd);
    x = (x ^ x >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return x ^ x >> 33;
}

void copy_sketch_make(const struct article *article, const struct analysis *analysis,
                      struct copy_sketch *sketch)
{
    uint64_t lowest[COPY_HASHES], last[RUN_WORDS] = {0};
    size_t words = 0;
    memset(lowest, 0xff, sizeof lowest);
    *sketch = (struct copy_sketch){.text_hash = (uint32_t)str_hash(article->text)};
    for (size_t i = 0; i < analysis->tokens.count; i++) {
        const struct token *token = &analysis->tokens.items[i];
        if (token->kind == TOKEN_PUNCTUATION)
            continue;
        last[words++ % RUN_WORDS] = str_hash(str_slice(article->text, token->start, token->end));
        uint64_t run = 0;
        for (size_t k = 0; k < RUN_WORDS; k++)
            run = run * UINT64_C(0x9e3779b97f4a7c15) + last[(words + k) % RUN_WORDS];
        for (uint64_t k = 0; k < COPY_HASHES && words >= RUN_WORDS; k++) {
            uint64_t hash = mix(run + k * UINT64_C(0xd6e8feb86659fd93));
            lowest[k] = hash < lowest[k] ? hash : lowest[k];
        }
    }
    sketch->exists = words >= RUN_WORDS + LEAST_RUNS;
    for (size_t k = 0; k < COPY_HASHES; k++)
        sketch->minima[k] = (uint16_t)lowest[k];
}
