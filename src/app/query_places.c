/* Where the words of a query stand in a text. */
#include <stdlib.h>

#include "app/query.h"
#include "base/vec.h"
#include "text/fold.h"
#include "text/utf8.h"

static bool is_word_point(uint32_t point)
{
    return code_point_is_letter(point) || code_point_is_digit(point);
}

typedef VEC(struct text_range) range_vec;

struct finder {
    struct arena *arena;
    str text;
    range_vec ranges;
};

/* What a character is in a word: none; of a script with spaces; of one without. A mark over the
 * letter before it belongs to that. */
enum word_part { PART_NONE, PART_MARK, PART_SPACED, PART_UNSPACED };

static enum word_part part_of(uint32_t point)
{
    return code_point_is_unspaced(point) ? PART_UNSPACED
           : is_word_point(point)        ? PART_SPACED
           : code_point_is_mark(point)   ? PART_MARK
                                         : PART_NONE;
}

static bool begins_word(str text, size_t at)
{
    size_t len;
    if (at == 0)
        return true;
    enum word_part before = part_of(utf8_decode(text, utf8_before(text, at), &len));
    return before == PART_NONE ||
           (before != PART_MARK && before != part_of(utf8_decode(text, at, &len)));
}

/* A word ends where scripts with and without spaces meet, as it does in the index. */
static size_t end_of_word(str text, size_t at)
{
    enum word_part first = PART_NONE;
    for (size_t len; at < text.len; at += len) {
        enum word_part part = part_of(utf8_decode(text, at, &len));
        if (part == PART_NONE || (first != PART_NONE && part != PART_MARK && part != first))
            break;
        first = part == PART_MARK ? first : part;
    }
    return at;
}

/* The next letter or digit at or after `at`; text.len when there is none. */
static size_t next_word(str text, size_t at)
{
    for (size_t len; at < text.len; at += len)
        if (is_word_point(utf8_decode(text, at, &len)))
            break;
    return at;
}

typedef VEC(str) word_vec;

/* The words of a term, folded: a word index parts them at everything that is no letter or digit. */
static word_vec term_words(struct arena *arena, str term)
{
    word_vec words = {0};
    str folded = fold_text(arena, term);
    for (size_t at = next_word(folded, 0); at < folded.len;) {
        size_t end = end_of_word(folded, at);
        vec_push(arena, &words, str_slice(folded, at, end));
        at = next_word(folded, end);
    }
    return words;
}

/* The end of the word that begins at `at` when it is this one, or 0. */
static size_t match_word(struct finder *finder, str word, bool prefix, size_t at)
{
    size_t end = end_of_word(finder->text, at), len = 0;
    str here = str_slice(finder->text, at, end);
    if (fold_find(finder->arena, here, word, 0, &len) != 0)
        return 0;
    return len == here.len || prefix ? end : 0;
}

/* The end of the whole phrase whose first word ends at `at`, or 0. */
static size_t match_rest(struct finder *finder, const word_vec *words, bool prefix, size_t at)
{
    for (size_t i = 1; i < words->count && at > 0; i++) {
        size_t start = next_word(finder->text, at);
        bool open = prefix && i + 1 == words->count;
        at = start < finder->text.len ? match_word(finder, words->items[i], open, start) : 0;
    }
    return at;
}

static void add_range(struct finder *finder, size_t start, size_t end)
{
    vec_push(finder->arena, &finder->ranges, (struct text_range){(uint32_t)start, (uint32_t)end});
}

static void find_words(struct finder *finder, const struct search_node *term)
{
    word_vec words = term_words(finder->arena, term->text);
    if (words.count == 0)
        return;
    bool open = term->prefix && words.count == 1;
    for (size_t from = 0, len; from < finder->text.len;) {
        size_t at = fold_find(finder->arena, finder->text, words.items[0], from, &len);
        if (at == STR_MISSING)
            return;
        size_t end = 0;
        if (begins_word(finder->text, at))
            end = match_word(finder, words.items[0], open, at);
        if (end > 0)
            end = match_rest(finder, &words, term->prefix, end);
        if (end > 0)
            add_range(finder, at, end);
        from = end > 0 ? end : utf8_after(finder->text, at);
    }
}

static void find_run(struct finder *finder, const struct search_node *term)
{
    str run = fold_text(finder->arena, term->run);
    for (size_t from = 0, len; run.len > 0 && from < finder->text.len;) {
        size_t at = fold_find(finder->arena, finder->text, run, from, &len);
        if (at == STR_MISSING)
            return;
        add_range(finder, at, at + len);
        from = at + (len ? len : 1);
    }
}

static int compare_ranges(const void *a, const void *b)
{
    const struct text_range *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return left->end == right->end ? 0 : left->end > right->end ? -1 : 1;
}

/* Of places that overlap the first stays, the longest of those that begin together. */
static size_t drop_overlaps(struct text_range *ranges, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || ranges[i].start >= ranges[kept - 1].end)
            ranges[kept++] = ranges[i];
    return kept;
}

/* What a name is in a text: the words of the query, one after the other. */
static bool is_shown(const struct search_node *node)
{
    return node->kind == SEARCH_NAME ||
           (node->kind == SEARCH_WORDS &&
            (node->column == SEARCH_EVERYWHERE || node->column == SEARCH_TEXT));
}

static void find_node(struct finder *finder, const struct search_node *node)
{
    if (!node || node->kind == SEARCH_NOT)
        return;
    if (is_shown(node) && node->unspaced)
        find_run(finder, node);
    else if (is_shown(node))
        find_words(finder, node);
    for (size_t i = 0; i < node->part_count; i++)
        find_node(finder, node->parts[i]);
}

void query_find_all(struct arena *arena, const struct search_query *query, str text,
                    const struct text_range **ranges, size_t *count)
{
    struct finder finder = {.arena = arena, .text = text};
    find_node(&finder, query->root);
    if (finder.ranges.count > 1)
        qsort(finder.ranges.items, finder.ranges.count, sizeof *finder.ranges.items,
              compare_ranges);
    *count = drop_overlaps(finder.ranges.items, finder.ranges.count);
    *ranges = finder.ranges.items;
}

bool query_words_fit(const struct search_node *words, str text)
{
    struct arena scratch = {0};
    struct finder finder = {.arena = &scratch, .text = text};
    if (words->unspaced)
        find_run(&finder, words);
    else
        find_words(&finder, words);
    bool fits = finder.ranges.count > 0;
    arena_done(&scratch);
    return fits;
}
