#include "analyse/description.h"

#include "text/fold.h"
#include "text/utf8.h"

enum { WORD_LIMIT = 24, NAMED_WORDS = 2 /* fewer do not tell of what office they are */ };

struct word {
    str folded;
    bool is_capital;
};

struct words {
    struct arena arena;
    struct word items[WORD_LIMIT];
    size_t count;
};

static bool is_among(str word, const char *const *list)
{
    for (; *list; list++)
        if (str_equal(word, str_from(*list)))
            return true;
    return false;
}

/* The next run of letters and digits; what follows an apostrophe at a word's end is left out. */
static bool next_word(str *rest, str *word)
{
    size_t at = 0, len = 0, start;
    while (at < rest->len && !code_point_is_letter(utf8_decode(*rest, at, &len)) &&
           !code_point_is_digit(utf8_decode(*rest, at, &len)))
        at += len;
    start = at;
    while (at < rest->len && (code_point_is_letter(utf8_decode(*rest, at, &len)) ||
                              code_point_is_digit(utf8_decode(*rest, at, &len))))
        at += len;
    *word = str_slice(*rest, start, at);
    *rest = str_slice(*rest, at, rest->len);
    return word->len > 0;
}

/* Those that say something, each once. */
static void read_words(struct words *words, str text)
{
    static const char *const joining[] = {"a",   "an",  "and",  "at",    "for", "from", "in",
                                          "of",  "on",  "s",    "to",    "the", "his",  "her",
                                          "its", "our", "with", "their", NULL};
    str word;
    size_t len;
    while (words->count < WORD_LIMIT && next_word(&text, &word)) {
        str folded = fold_text(&words->arena, word);
        bool known = is_among(folded, joining);
        for (size_t i = 0; i < words->count && !known; i++)
            known = str_equal(words->items[i].folded, folded);
        if (!known)
            words->items[words->count++] =
                (struct word){folded, code_point_is_upper(utf8_decode(word, 0, &len))};
    }
}

static bool has(const struct words *words, str folded)
{
    for (size_t i = 0; i < words->count; i++)
        if (str_equal(words->items[i].folded, folded))
            return true;
    return false;
}

/* All words of `a` are in `b`; what `b` has besides are names, none that makes another office. */
static bool is_within(const struct words *a, const struct words *b)
{
    static const char *const other[] = {"acting", "assistant", "associate", "deputy",   "designate",
                                        "elect",  "ex",        "former",    "honorary", "interim",
                                        "late",   "next",      "outgoing",  "previous", "shadow",
                                        "then",   "under",     "vice",      NULL};
    for (size_t i = 0; i < a->count; i++)
        if (!has(b, a->items[i].folded))
            return false;
    for (size_t i = 0; i < b->count; i++)
        if (!has(a, b->items[i].folded) &&
            (!b->items[i].is_capital || is_among(b->items[i].folded, other)))
            return false;
    return true;
}

enum description_fit description_fit(str a, str b)
{
    struct words left = {.count = 0}, right = {.count = 0};
    enum description_fit fit = DESCRIPTIONS_DIFFER;
    read_words(&left, a);
    read_words(&right, b);
    if (left.count && left.count == right.count && is_within(&left, &right))
        fit = DESCRIPTIONS_SAME;
    else if (left.count >= NAMED_WORDS && left.count < right.count && is_within(&left, &right))
        fit = DESCRIPTION_IS_SHORTER;
    arena_done(&left.arena);
    arena_done(&right.arena);
    return fit;
}
