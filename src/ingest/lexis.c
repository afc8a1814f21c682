/* What the words of a piece say, whatever stands around it: a linear model of words and of pairs
 * of words (logistic regression), whose weights are a part of the model's file. */
#include <math.h>

#include "base/ascii.h"
#include "ingest/score.h"

/* Of a long piece the beginning and the end are read: there it says what it is. Words. */
#define LEXIS_HEAD 40
#define LEXIS_END 24

#define START_OF_PIECE 0x9E3779B9u
#define END_OF_PIECE 0x85EBCA6Bu

static bool is_letter_or_digit(unsigned char byte)
{
    return byte >= 0x80 || ascii_is_alnum(byte);
}

/* Typographic punctuation (U+2000 to U+203F) parts words as ASCII's does. Its length, or 0. */
static size_t mark_at(str text, size_t at)
{
    return (unsigned char)text.ptr[at] == 0xE2 && at + 2 < text.len &&
                   (unsigned char)text.ptr[at + 1] == 0x80
               ? 3
               : 0;
}

bool score_next_word(str text, size_t *at, uint32_t *hash, size_t *len)
{
    size_t i = *at, mark;
    while (i < text.len && ((mark = mark_at(text, i)) ||
                            (mark = !is_letter_or_digit((unsigned char)text.ptr[i])))) {
        i += mark;
    }
    size_t start = i;
    uint32_t h = 2166136261u;
    while (i < text.len && is_letter_or_digit((unsigned char)text.ptr[i]) && !mark_at(text, i)) {
        unsigned char byte = (unsigned char)text.ptr[i++];
        h = (h ^ (unsigned char)ascii_lower((char)byte)) * 16777619u;
    }
    *at = i;
    *hash = h ^ (h >> 16);
    *len = i - start;
    return i > start;
}

/* Numbers of as many digits are one word. */
static uint32_t number_or(str text, size_t end, size_t len, uint32_t hash)
{
    for (size_t i = end - len; i < end; i++) {
        if (!ascii_is_digit(text.ptr[i])) {
            return hash;
        }
    }
    return (uint32_t)(len < 6 ? len : 6) * 0xC2B2AE35u;
}

static size_t add_runs(str text, size_t words, uint32_t before, uint32_t *runs)
{
    size_t count = 0, len;
    uint32_t hash;
    for (size_t at = 0; words > 0 && score_next_word(text, &at, &hash, &len); words--) {
        hash = number_or(text, at, len, hash);
        runs[count++] = hash;
        if (before) {
            runs[count++] = (before * 31 + hash) * 0x9E3779B1u;
        }
        before = hash;
    }
    if (words > 0 && before) {
        runs[count++] = (before * 31 + END_OF_PIECE) * 0x9E3779B1u;
    }
    return count;
}

size_t lexis_runs(str text, uint32_t runs[LEXIS_RUNS_LIMIT])
{
    size_t end = text.len, spaces = 0;
    if (text.len < (LEXIS_HEAD + LEXIS_END) * 8) {
        return add_runs(text, LEXIS_HEAD + LEXIS_END + 20, START_OF_PIECE, runs);
    }
    while (end > 0 && text.len - end < 600 && spaces < LEXIS_END) {
        spaces += text.ptr[--end] == ' ';
    }
    size_t count = add_runs(str_slice(text, 0, end), LEXIS_HEAD, START_OF_PIECE, runs);
    return count + add_runs(str_slice(text, end, text.len), LEXIS_END + 1, 0, runs + count);
}

/* Where the word or pair stands, or the free place where it would. */
static struct lexis_slot *slot_for(const struct score_lexis *lexis, uint32_t run)
{
    size_t slot = run >> (32 - LEXIS_SLOT_BITS);
    while (lexis->slots[slot].run && lexis->slots[slot].run != run) {
        slot = (slot + 1) & (LEXIS_SLOTS - 1);
    }
    return &lexis->slots[slot];
}

struct lexis_slot *lexis_find(const struct score_lexis *lexis, uint32_t run)
{
    struct lexis_slot *slot = slot_for(lexis, run);
    return slot->run ? slot : NULL;
}

void lexis_put(struct score_lexis *lexis, uint32_t run, float weight)
{
    *slot_for(lexis, run) = (struct lexis_slot){run, weight};
}

float lexis_score(const struct score_lexis *lexis, str text)
{
    uint32_t runs[LEXIS_RUNS_LIMIT];
    size_t count = lexis_runs(text, runs);
    float sum = 0;
    for (size_t i = 0; i < count; i++) {
        const struct lexis_slot *slot = slot_for(lexis, runs[i]);
        sum += slot->run ? slot->weight : 0;
    }
    return lexis->base + sum / sqrtf((float)count);
}
