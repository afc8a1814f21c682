#include "train/common_words.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/lexicon.h"
#include "analyse/passes.h"
#include "base/map.h"
#include "text/fold.h"

enum {
    SMALL_LEAST = 12,  /* times a word is written small */
    SMALL_SHARE = 60,  /* in 100 of its places inside sentences */
    CAPITAL_SHIFT = 32 /* of a value in the map: times small below, times with a capital above */
};

static const char head[] =
    "# Ordinary English words: those that the labelled texts named in data/names/ATTRIBUTION "
    "write\n"
    "# small in 12 places or more and in most of their places. Made by tests/train/train_names\n"
    "# common; words that are missing there stand in common-more.en.lex.\n"
    "\n[common]\n";

static bool is_plain(str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] < 'a' || word.ptr[i] > 'z')
            return false;
    }
    return word.len > 1;
}

/* After this token a sentence can be going on. It does not ask where the sentences end: that
 * depends on the list made here. */
static bool goes_on(str text, const struct token *before)
{
    return before->kind == TOKEN_WORD && text.ptr[before->end - 1] != '.';
}

#define PARTS_OF_NAMES (CLASS_BIT(PARTICLE) | CLASS_BIT(SYLLABLE) | CLASS_BIT(FAMILY_FIRST))

static void count_words(const struct analyser *analyser, const struct labelled_document *document,
                        struct arena *kept, struct map *counts)
{
    struct arena arena = {0};
    struct article article = {.text = document->text};
    struct analysis analysis = {.tokens = {0}};
    tokens_pass(analyser, &arena, &article, &analysis);
    for (size_t i = 0; i < analysis.tokens.count; i++) {
        const struct token *token = &analysis.tokens.items[i];
        if (token->kind != TOKEN_WORD || i == 0 || !goes_on(document->text, &token[-1]))
            continue;
        str word = fold_text(&arena, str_slice(document->text, token->start, token->end));
        const struct lexicon_entry *entry = lexicon_entry(analyser_lexicon(analyser), token->word);
        if (!is_plain(word) || (entry && (entry->classes & PARTS_OF_NAMES)))
            continue;
        uint64_t one = token->flags & TOKEN_CAPITAL ? UINT64_C(1) << CAPITAL_SHIFT : 1;
        uint64_t *count = map_find(counts, word);
        if (!count)
            count = map_put(counts, arena_str(kept, word), 0);
        *count += one;
    }
    arena_done(&arena);
}

static int by_text(const void *left, const void *right)
{
    const struct map_entry *a = left, *b = right;
    return strcmp(a->key.ptr, b->key.ptr);
}

void common_words_write(const struct analyser *analyser, const labelled_documents *documents,
                        struct buf *out)
{
    struct arena kept = {0};
    struct map counts;
    map_init(&counts, &kept);
    for (size_t i = 0; i < documents->count; i++)
        count_words(analyser, &documents->items[i], &kept, &counts);
    buf_add(out, str_from(head));
    if (counts.count)
        qsort(counts.entries, counts.count, sizeof *counts.entries, by_text);
    for (size_t i = 0; i < counts.count; i++) {
        uint64_t small = counts.entries[i].value & UINT32_MAX;
        uint64_t capital = counts.entries[i].value >> CAPITAL_SHIFT;
        if (small >= SMALL_LEAST && small * 100 >= (small + capital) * SMALL_SHARE)
            buf_format(out, "%.*s\n", STR_ARG(counts.entries[i].key));
    }
    arena_done(&kept);
}
