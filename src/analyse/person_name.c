#include "analyse/person_name.h"

#include <string.h>

#include "base/ascii.h"
#include "text/fold.h"
#include "text/utf8.h"

enum {
    INITIALISM_MIN = 3,
    INITIALISM_MAX = 4,
    FIRST_OTHER_SCRIPT = 0x370 /* Greek; all letters before it are Latin, or marks */
};

/* --- parts ----------------------------------------------------------------------------------- */

/* The usual form of a word that the lexicon lists under a class, or the word itself. */
static str usual_form(const struct lexicon *lexicon, str word, uint64_t classes)
{
    const struct lexicon_entry *entry = lexicon_find(lexicon, word);
    return entry && (entry->classes & classes) && entry->detail.ptr ? entry->detail : word;
}

/* The word in one spelling: Sergei, Sergey; Laden, Ladin; Raisi, Raeisi. */
static str sound_of(const struct lexicon *lexicon, struct arena *arena, str word)
{
    return spelling_key(lexicon_spelling(lexicon), arena,
                        usual_form(lexicon, word, CLASS_BIT(SPELLING)));
}

static bool word_has(const struct lexicon *lexicon, str word, uint64_t classes)
{
    const struct lexicon_entry *entry = lexicon_find(lexicon, word);
    return entry && (entry->classes & classes);
}

/* Cuts the next word off; spaces and hyphens part words. */
static bool next_word(str *rest, str *word)
{
    while (rest->len && strchr(" -,\t\n", rest->ptr[0]))
        *rest = str_slice(*rest, 1, rest->len);
    size_t end = 0;
    while (end < rest->len && !strchr(" -,\t\n", rest->ptr[end]))
        end++;
    *word = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end, rest->len);
    return end > 0;
}

static str without_possessive(str word)
{
    return word.len > 2 && str_ends(word, STR("'s")) ? str_slice(word, 0, word.len - 2) : word;
}

/* "j.d." counts as its first letter; "jr." as "jr". */
static str without_stop(str word, bool *initial)
{
    size_t letters = 0, stops = 0;
    for (size_t i = 0; i < word.len; i++) {
        stops += word.ptr[i] == '.';
        letters += word.ptr[i] != '.';
    }
    *initial = letters == 1 || (stops > 1 && letters == stops);
    while (word.len && word.ptr[word.len - 1] == '.')
        word.len--;
    return *initial ? str_slice(word, 0, 1) : word;
}

static void find_family(const struct lexicon *lexicon, struct person_name *name)
{
    name->family = name->count ? name->count - 1 : 0;
    if (name->count < 2 || name->count > 3)
        return;
    if (!word_has(lexicon, name->words[0], CLASS_BIT(FAMILY_FIRST)))
        return;
    for (size_t i = 1; i < name->count; i++) {
        if (name->initial[i] || !word_has(lexicon, name->words[i], CLASS_BIT(SYLLABLE)))
            return;
    }
    name->family_first = true;
    name->family = 0;
}

/* Is the first word of a name a particle? "Le Pen", "al-Assad", but "Le Duc Tho", "Al Gore". */
static bool opens_with_particle(const struct lexicon *lexicon, str text, str word, str rest)
{
    bool joined = rest.ptr[0] == '-' || (text.len && ascii_is_lower(text.ptr[0]));
    if (joined)
        return true;
    str copy = rest, next;
    bool east_asian = word_has(lexicon, word, CLASS_BIT(FAMILY_FIRST)) && next_word(&copy, &next) &&
                      word_has(lexicon, next, CLASS_BIT(SYLLABLE));
    return !east_asian && !word_has(lexicon, word, CLASS_BIT(GIVEN_NAME));
}

/* Is a name's only word written as the first letters of several? "JFK", "RFK Jr.", "AMLO" */
static bool is_initialism(str text, str word)
{
    if (word.len < INITIALISM_MIN || word.len > INITIALISM_MAX)
        return false;
    size_t capitals = 0;
    while (capitals < text.len && ascii_is_upper(text.ptr[capitals]))
        capitals++;
    return capitals == word.len;
}

/* The letters of an honour, office or degree after a name, which tell nobody apart; more of them
 * may follow: "Zaha Hadid DBE RA". */
static bool is_post_nominal(str word)
{
    static const char *const letters[] = {
        "bem",  "cbe", "cmg",  "cvo", "dbe", "dds",  "dphil", "dso", "esq",  "fba",
        "frcp", "frs", "frse", "gbe", "gcb", "gcmg", "kbe",   "kcb", "kcmg", "llb",
        "llm",  "mba", "mbe",  "mep", "mp",  "msc",  "obe",   "onz", "phd",  "qc"};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (str_equal(word, str_from(letters[i])))
            return true;
    }
    return false;
}

struct person_name person_name_parse(const struct lexicon *lexicon, struct arena *arena, str text)
{
    struct person_name name = {.suffix = STR_NONE, .initials = STR_NONE};
    str rest = fold_text(arena, text), word;
    char letters[INITIALISM_MAX];
    size_t letter_count = 0;
    while (name.count < PERSON_WORD_LIMIT && next_word(&rest, &word)) {
        bool initial;
        word = without_stop(without_possessive(word), &initial);
        if (!word.len)
            continue;
        const uint64_t names = CLASS_BIT(GIVEN_NAME) | CLASS_BIT(SURNAME) | CLASS_BIT(FAMILY_FIRST);
        const uint64_t titles = CLASS_BIT(TITLE) | CLASS_BIT(OFFICE_INITIALS);
        if (!name.count && rest.len && word_has(lexicon, word, titles) &&
            !word_has(lexicon, word, names))
            continue;
        if (name.count > 1 && is_post_nominal(word))
            break;
        if (name.count && !initial && word_has(lexicon, word, CLASS_BIT(NAME_SUFFIX))) {
            name.suffix = word;
            continue;
        }
        if (letter_count < INITIALISM_MAX)
            letters[letter_count] = word.ptr[0];
        letter_count++;
        if (rest.len && !initial && word_has(lexicon, word, CLASS_BIT(PARTICLE)) &&
            (name.count || opens_with_particle(lexicon, text, word, rest)))
            continue;
        name.words[name.count] = word;
        name.sounds[name.count] = sound_of(lexicon, arena, word);
        name.initial[name.count] = initial;
        name.count++;
    }
    find_family(lexicon, &name);
    if (letter_count >= INITIALISM_MIN && letter_count <= INITIALISM_MAX)
        name.initials = arena_str(arena, (str){letters, letter_count});
    name.initialism = name.count == 1 && is_initialism(text, name.words[0]);
    return name;
}

/* --- fit ------------------------------------------------------------------------------------- */

/* The full form of a nickname, or the word itself. */
static str formal_name(const struct lexicon *lexicon, str word)
{
    return usual_form(lexicon, word, CLASS_BIT(GIVEN_NAME) | CLASS_BIT(NICKNAME));
}

static bool words_fit(const struct lexicon *lexicon, const struct person_name *a, size_t i,
                      const struct person_name *b, size_t k)
{
    if (a->initial[i] || b->initial[k])
        return a->words[i].ptr[0] == b->words[k].ptr[0];
    return str_equal(a->words[i], b->words[k]) || str_equal(a->sounds[i], b->sounds[k]) ||
           str_equal(formal_name(lexicon, a->words[i]), formal_name(lexicon, b->words[k]));
}

static bool same_sound(const struct person_name *a, size_t i, const struct person_name *b, size_t k)
{
    return !a->initial[i] && !b->initial[k] && str_equal(a->sounds[i], b->sounds[k]);
}

static bool all_same(const struct person_name *a, const struct person_name *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!str_equal(a->words[i], b->words[i]))
            return false;
    }
    return true;
}

/* Are the words of `small` found in `large` in their order? */
static bool in_order(const struct lexicon *lexicon, const struct person_name *small,
                     const struct person_name *large, size_t *first)
{
    size_t k = 0;
    *first = large->count;
    for (size_t i = 0; i < small->count; i++, k++) {
        while (k < large->count && !words_fit(lexicon, small, i, large, k))
            k++;
        if (k == large->count)
            return false;
        if (i == 0)
            *first = k;
    }
    return true;
}

/* "RFK" and "Robert F. Kennedy" */
static bool fits_initialism(const struct person_name *single, const struct person_name *full)
{
    return single->initialism && full->initials.ptr && str_equal(single->suffix, full->suffix) &&
           str_equal(single->words[0], full->initials);
}

static enum name_fit fit_single(const struct lexicon *lexicon, const struct person_name *single,
                                const struct person_name *full)
{
    if (full->count == 1)
        return same_sound(single, 0, full, 0) ? NAME_FIT_SAME : NAME_FIT_NONE;
    if (same_sound(single, 0, full, full->family) || fits_initialism(single, full))
        return NAME_FIT_FAMILY;
    for (size_t i = 1; i < full->count; i++) {
        if (same_sound(single, 0, full, i))
            return full->family_first ? NAME_FIT_GIVEN : NAME_FIT_PART;
    }
    return !full->family_first && !full->initial[0] && words_fit(lexicon, single, 0, full, 0)
               ? NAME_FIT_GIVEN
               : NAME_FIT_NONE;
}

/* Both in the order family name, given names: the given names joined have to be equal. */
static bool given_joined_equal(const struct person_name *a, const struct person_name *b)
{
    size_t i = 1, k = 1, at = 0, to = 0;
    for (;;) {
        while (i < a->count && at == a->words[i].len) {
            i++;
            at = 0;
        }
        while (k < b->count && to == b->words[k].len) {
            k++;
            to = 0;
        }
        if (i == a->count || k == b->count)
            return i == a->count && k == b->count;
        if (a->words[i].ptr[at++] != b->words[k].ptr[to++])
            return false;
    }
}

/* The family names agree: then all given names have to. */
static bool fit_by_family(const struct lexicon *lexicon, const struct person_name *small,
                          const struct person_name *large)
{
    if (!same_sound(small, small->family, large, large->family) || small->family_first)
        return false;
    if (!words_fit(lexicon, small, 0, large, 0))
        return false;
    size_t k = 1;
    for (size_t i = 1; i < small->family; i++) { /* middle names, in their order */
        while (k < large->family && !words_fit(lexicon, small, i, large, k))
            k++;
        if (k++ >= large->family)
            return large->family < 2; /* the other has no middle name at all */
    }
    return true;
}

/* Both have a middle initial or name, one of them an initial, and the first ones differ: "George W.
 * Bush" and "George H. W. Bush". */
static bool middles_differ(const struct lexicon *lexicon, const struct person_name *a,
                           const struct person_name *b)
{
    if (a->count < 3 || b->count < 3 || !(a->initial[1] || b->initial[1]))
        return false;
    return !words_fit(lexicon, a, 1, b, 1);
}

static bool is_reversed(const struct person_name *a, const struct person_name *b)
{
    return a->count == 2 && b->count == 2 && !a->initial[0] && !b->initial[0] &&
           str_equal(a->words[0], b->words[1]) && str_equal(a->words[1], b->words[0]);
}

enum name_fit person_name_fit(const struct lexicon *lexicon, const struct person_name *a,
                              const struct person_name *b)
{
    if (!a->count || !b->count)
        return NAME_FIT_NONE;
    bool suffixes_differ = !str_equal(a->suffix, b->suffix);
    if (suffixes_differ && a->suffix.len && b->suffix.len)
        return NAME_FIT_NONE;
    if (all_same(a, b))
        return suffixes_differ && a->count > 1 ? NAME_FIT_NONE : NAME_FIT_SAME;
    const struct person_name *small = a->count <= b->count ? a : b;
    const struct person_name *large = small == a ? b : a;
    if (small->count == 1)
        return fit_single(lexicon, small, large);
    if (a->family_first && b->family_first)
        return same_sound(a, 0, b, 0) && given_joined_equal(a, b) ? NAME_FIT_FULL : NAME_FIT_NONE;
    if (is_reversed(a, b))
        return NAME_FIT_FULL;
    if (middles_differ(lexicon, a, b))
        return NAME_FIT_NONE;
    if (fit_by_family(lexicon, small, large))
        return NAME_FIT_FULL;
    size_t first;
    if (small->count == large->count || !in_order(lexicon, small, large, &first))
        return NAME_FIT_NONE;
    bool has_family = same_sound(small, small->count - 1, large, large->count - 1);
    bool has_given = first == 0 && !small->initial[small->count - 1];
    return has_family || has_given ? NAME_FIT_FULL : NAME_FIT_NONE;
}

bool person_name_other_script(str text)
{
    size_t len;
    return text.len && (unsigned char)text.ptr[0] >= 0x80 &&
           utf8_decode(text, 0, &len) >= FIRST_OTHER_SCRIPT;
}

bool person_name_is_fuller(const struct person_name *a, const struct person_name *b)
{
    size_t a_letters = 0, b_letters = 0, a_words = 0, b_words = 0;
    for (size_t i = 0; i < a->count; i++) {
        a_words += !a->initial[i];
        a_letters += a->words[i].len;
    }
    for (size_t i = 0; i < b->count; i++) {
        b_words += !b->initial[i];
        b_letters += b->words[i].len;
    }
    if (a_words != b_words)
        return a_words > b_words;
    return a->count != b->count ? a->count > b->count : a_letters > b_letters;
}
