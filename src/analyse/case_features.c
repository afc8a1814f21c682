/* Features of the case of words (Lita et al., tRuEcasIng, ACL 2003; here by logistic regression
 * over words, endings, classes and lexicons, hashed without a check). */
#include "analyse/case_features.h"

#include <string.h>

#include "text/fold.h"

enum {
    SOUND_STEP = 30,
    SOUND_MOST = 7,
    OTHER_QUESTION = 0x2A5A5, /* other slots for the second question */
    AFFIX_MOST = 4            /* letters of an ending */
};

/* Kinds of features; "like" are the classes of words that stand in like places. Those that depend
 * on what was chosen before have one kind for each such choice. */
enum kind {
    OWN_WORD,
    WORDS_BEFORE,
    WORDS_AFTER,
    BIAS,
    WORD_BEFORE,
    WORD_AFTER,
    WORDS_AROUND,
    CLASSES,
    CLASSES_BEFORE,
    CLASSES_AFTER,
    LIKE,
    LIKE_BEFORE,
    LIKE_AFTER,
    LIKE_AROUND,
    LIKE_AROUND_CLASSES,
    LIKE_TWO_AFTER,
    LIKE_TWO_BEFORE,
    SENSE,
    SENSE_ABOUT,
    SENSE_BEFORE,
    SENSE_AFTER,
    SENSE_CLASSES,
    SENSES_BEFORE,
    SENSES_AFTER,
    SENSES_AROUND,
    IN_PHRASE,
    WORD_BEFORE_CLASSES,
    WORD_AFTER_CLASSES,
    LENGTH,
    ENDING = LENGTH,        /* and 2 to 4 letters */
    BEGINNING = ENDING + 5, /* and 2 or 3 letters */
    LETTERS = BEGINNING + 4,
    SOUND,
    SOUND_ONE,
    SOUND_CLASSES = SOUND_ONE + SOUND_COUNT + 1,
    CLASS_ONE,
    AFTER = CLASS_ONE + 4,
    AFTER_CLASSES = AFTER + CASE_BEFORE_COUNT,
    AFTER_LIKE = AFTER_CLASSES + CASE_BEFORE_COUNT,
    AFTER_LAST_CLASSES = AFTER_LIKE + CASE_BEFORE_COUNT,
    AFTER_JOINED = AFTER_LAST_CLASSES + CASE_BEFORE_COUNT,
    AFTER_BOTH_CLASSES = AFTER_JOINED + CASE_BEFORE_COUNT,
    AFTER_LIKE_AFTER = AFTER_BOTH_CLASSES + CASE_BEFORE_COUNT,
    AFTER_SOUND = AFTER_LIKE_AFTER + CASE_BEFORE_COUNT
};

#define PHRASES                                                                                    \
    (CLASS_BIT(COUNTRY) | CLASS_BIT(CITY) | CLASS_BIT(REGION) | CLASS_BIT(ORGANISATION) |          \
     CLASS_BIT(DEMONYM))
#define CLASSES_SEEN                                                                               \
    (PHRASES | CLASS_BIT(GIVEN_NAME) | CLASS_BIT(SURNAME) | CLASS_BIT(FAMILY_FIRST) |              \
     CLASS_BIT(SYLLABLE) | CLASS_BIT(PARTICLE) | CLASS_BIT(NAME_SUFFIX) | CLASS_BIT(TITLE) |       \
     CLASS_BIT(ROLE) | CLASS_BIT(PERSON_VERB) | CLASS_BIT(PLACE_WORD) |                            \
     CLASS_BIT(PLACE_PREPOSITION) | CLASS_BIT(ORGANISATION_WORD) |                                 \
     CLASS_BIT(ORGANISATION_SUFFIX) | CLASS_BIT(NOT_NAME) | CLASS_BIT(COMMON) | CLASS_BIT(MONTH) | \
     CLASS_BIT(WEEKDAY) | CLASS_BIT(ARTICLE) | CLASS_BIT(MODAL))

/* "of", "and", a hyphen: what stands before them still counts for the word after them. */
static bool joins(str folded)
{
    static const char *const words[] = {"of", "and", "for", "the", "&", "-"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(folded, str_from(words[i])))
            return true;
    }
    return false;
}

static void listen(const struct name_weights *weights, struct case_word *word)
{
    int points[SOUND_COUNT];
    name_weights_sound(weights, word->folded, points);
    for (size_t i = 0; i < SOUND_COUNT; i++) {
        int level = 4 + (points[i] >= 0 ? points[i] / SOUND_STEP : points[i] / SOUND_STEP - 1);
        word->sounds[i] = (uint8_t)(level < 0 ? 0 : level > SOUND_MOST ? SOUND_MOST : level);
    }
}

struct case_line case_line_read(const struct lexicon *lexicon, const struct name_weights *weights,
                                struct arena *arena, str text, const struct analysis *analysis,
                                size_t first, size_t end)
{
    struct case_line line = {arena_array(arena, struct case_word, end - first + 1), end - first};
    size_t phrase_end = 0;
    for (size_t at = first; at < end; at++) {
        const struct token *token = &analysis->tokens.items[at];
        struct case_word *word = &line.words[at - first];
        const struct lexicon_entry *entry = lexicon_entry(lexicon, token->word);
        word->folded = fold_text(arena, str_slice(text, token->start, token->end));
        word->hash = str_hash(word->folded);
        word->classes = entry ? entry->classes & CLASSES_SEEN : 0;
        word->joins = joins(word->folded);
        if (token->kind != TOKEN_WORD)
            continue;
        word->known = name_weights_word(weights, word->hash);
        if (!word->classes && lexicon_is_form(lexicon, word->folded))
            word->classes = CLASS_BIT(COMMON);
        listen(weights, word);
        size_t count;
        lexicon_match(lexicon, text, analysis, at, PHRASES, &count);
        if (count > 1 && at + count > phrase_end)
            phrase_end = at + count;
        word->in_phrase = at < phrase_end;
    }
    return line;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
    uint64_t hash = (a ^ (b + 0x9E3779B97F4A7C15u + (a << 6))) * 0xFF51AFD7ED558CCDu;
    return hash ^ hash >> 32;
}

static void add(struct case_features *features, unsigned kind, uint64_t value)
{
    uint64_t hash = mix(value + 0x632BE59BD9B4E019u, (uint64_t)kind * 0xD6E8FEB86659FD93u);
    if (features->count < CASE_FEATURE_LIMIT)
        features->slots[features->count++] = (uint32_t)(hash >> (64 - CASE_SLOT_BITS));
}

static const struct case_word outside = {.hash = 1, .classes = 1};

static const struct case_word *word_at(const struct case_line *line, size_t at, int step)
{
    bool inside = step < 0 ? at >= (size_t)-step : at + (size_t)step < line->count;
    return inside ? &line->words[at + (size_t)step] : &outside;
}

static void add_letters(struct case_features *features, const struct case_word *word)
{
    str folded = word->folded;
    size_t len = folded.len < 9 ? folded.len : 9;
    add(features, LENGTH, len);
    for (size_t i = 2; i <= AFFIX_MOST && i < folded.len; i++)
        add(features, ENDING + (unsigned)i,
            str_hash(str_slice(folded, folded.len - i, folded.len)));
    for (size_t i = 2; i < AFFIX_MOST && i < folded.len; i++)
        add(features, BEGINNING + (unsigned)i, str_hash(str_slice(folded, 0, i)));
    bool vowel = false;
    for (size_t i = 0; i < folded.len; i++)
        vowel |= memchr("aeiouy", folded.ptr[i], 6) != NULL || (unsigned char)folded.ptr[i] >= 0x80;
    add(features, LETTERS, (len * 2 + vowel) * 2 + (memchr(folded.ptr, '.', folded.len) != NULL));
    uint64_t sound = (word->sounds[0] * 8u + word->sounds[1]) * 8u + word->sounds[2];
    add(features, SOUND, sound);
    for (unsigned i = 0; i < SOUND_COUNT; i++)
        add(features, SOUND_ONE + i, word->sounds[i]);
    add(features, SOUND_CLASSES, mix(sound, word->classes));
}

static void add_senses(struct case_features *features, const struct case_word *own,
                       const struct case_word *before, const struct case_word *after)
{
    uint32_t about = name_sense(own->known.sense, SENSE_MIDDLE);
    uint32_t about_before = name_sense(before->known.sense, SENSE_MIDDLE);
    uint32_t about_after = name_sense(after->known.sense, SENSE_MIDDLE);
    add(features, SENSE, name_sense(own->known.sense, SENSE_NARROW));
    add(features, SENSE_ABOUT, about);
    add(features, SENSE_BEFORE, about_before);
    add(features, SENSE_AFTER, about_after);
    add(features, SENSE_CLASSES, mix(about, own->classes));
    add(features, SENSES_BEFORE, mix(about_before, about));
    add(features, SENSES_AFTER, mix(about, about_after));
    add(features, SENSES_AROUND,
        (name_sense(before->known.sense, SENSE_WIDE) * 64 +
         name_sense(own->known.sense, SENSE_WIDE)) *
                64 +
            name_sense(after->known.sense, SENSE_WIDE));
}

void case_features_at(const struct case_line *line, size_t at, enum case_question question,
                      struct case_features *features)
{
    const struct case_word *own = word_at(line, at, 0);
    const struct case_word *before = word_at(line, at, -1), *after = word_at(line, at, 1);
    const struct case_word *before_2 = word_at(line, at, -2), *after_2 = word_at(line, at, 2);
    uint32_t wide = name_class_wide(own->known.class_id),
             wide_before = name_class_wide(before->known.class_id);
    uint32_t wide_after = name_class_wide(after->known.class_id);
    features->count = 0;
    add(features, OWN_WORD, own->hash);
    add(features, WORDS_BEFORE, mix(before->hash, own->hash));
    add(features, WORDS_AFTER, mix(own->hash, after->hash));
    features->own_count = features->count;
    add(features, BIAS, 0);
    add(features, WORD_BEFORE, before->hash);
    add(features, WORD_AFTER, after->hash);
    add(features, WORDS_AROUND, mix(before->hash, after->hash));
    add(features, CLASSES, own->classes);
    add(features, CLASSES_BEFORE, mix(before->classes, own->classes));
    add(features, CLASSES_AFTER, mix(own->classes, after->classes));
    add(features, LIKE, own->known.class_id);
    add(features, LIKE_BEFORE, before->known.class_id);
    add(features, LIKE_AFTER, after->known.class_id);
    add(features, LIKE_AROUND, (wide_before * 64 + wide) * 64 + wide_after);
    add(features, LIKE_AROUND_CLASSES, mix(wide_before * 64 + wide_after, own->classes));
    add(features, LIKE_TWO_AFTER,
        (wide * 64 + wide_after) * 64 + name_class_wide(after_2->known.class_id));
    add(features, LIKE_TWO_BEFORE,
        (wide * 64 + wide_before) * 64 + name_class_wide(before_2->known.class_id));
    add_senses(features, own, before, after);
    add(features, IN_PHRASE, own->in_phrase);
    add(features, WORD_BEFORE_CLASSES, mix(before->hash, own->classes));
    add(features, WORD_AFTER_CLASSES, mix(after->hash, own->classes));
    for (unsigned i = 0; i < WORD_CLASS_COUNT; i++) {
        if (own->classes >> i & 1)
            add(features, CLASS_ONE, i);
    }
    add_letters(features, own);
    for (size_t i = 0; i < features->count; i++)
        features->slots[i] ^= question == CASE_ALL_CAPITALS ? OTHER_QUESTION : 0;
}

void case_features_after(const struct case_line *line, size_t at, enum case_before before,
                         struct case_features *features)
{
    const struct case_word *own = word_at(line, at, 0), *after = word_at(line, at, 1);
    const struct case_word *last = word_at(line, at, -1);
    features->count = features->own_count = 0;
    add(features, AFTER + before, 0);
    add(features, AFTER_CLASSES + before, own->classes);
    add(features, AFTER_LIKE + before, own->known.class_id);
    add(features, AFTER_LAST_CLASSES + before, last->classes);
    add(features, AFTER_JOINED + before, last->joins ? last->hash : 2);
    add(features, AFTER_BOTH_CLASSES + before, mix(last->classes, own->classes));
    add(features, AFTER_LIKE_AFTER + before,
        name_class_wide(own->known.class_id) * 64 + name_class_wide(after->known.class_id));
    add(features, AFTER_SOUND + before,
        (own->sounds[0] / 2 * 4u + own->sounds[1] / 2) * 4u + own->sounds[2] / 2);
}
