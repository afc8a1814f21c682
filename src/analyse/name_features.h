/* What the trained tagger sees of a token: features, each a 32-bit hash. The trainer and the
 * analyser share this file. */
#ifndef ANALYSE_NAME_FEATURES_H
#define ANALYSE_NAME_FEATURES_H

#include "analyse/name_weights.h"
#include "analyse/tag_names.h"

/* name, what `w` shows when it decided, are the words shown the ones before or after */
#define FEATURE_LIST(X)                                                                            \
    X(BIAS, "usual for a word here")                                                               \
    X(WORD, "the word")                                                                            \
    X(EXACT, "the word as written")                                                                \
    X(WORD_BEFORE, "the word before it")                                                           \
    X(WORD_AFTER, "the word after it")                                                             \
    X(WORD_BEFORE_2, "two words before it")                                                        \
    X(WORD_AFTER_2, "two words after it")                                                          \
    X(PAIR_BEFORE, "the word with the one before it")                                              \
    X(PAIR_AFTER, "the word with the one after it")                                                \
    X(PAIR_AROUND, "the words around it")                                                          \
    X(SHAPE, "how it is written")                                                                  \
    X(SHAPE_BEFORE, "how the word before it is written")                                           \
    X(SHAPE_AFTER, "how the word after it is written")                                             \
    X(SHAPES_BEFORE, "how it and the word before it are written")                                  \
    X(SHAPES_AFTER, "how it and the word after it are written")                                    \
    X(SHAPES, "how it and the words around it are written")                                        \
    X(CASE, "its place in the sentence")                                                           \
    X(PREFIX_2, "its beginning")                                                                   \
    X(PREFIX_3, "its beginning")                                                                   \
    X(PREFIX_4, "its beginning")                                                                   \
    X(SUFFIX_1, "its ending")                                                                      \
    X(SUFFIX_2, "its ending")                                                                      \
    X(SUFFIX_3, "its ending")                                                                      \
    X(SUFFIX_4, "its ending")                                                                      \
    X(MARK, "the lexicon")                                                                         \
    X(MARK_BEFORE, "the lexicon on the word before it")                                            \
    X(MARK_AFTER, "the lexicon on the word after it")                                              \
    X(MARK_BEFORE_2, "the lexicon two words before it")                                            \
    X(MARK_AFTER_2, "the lexicon two words after it")                                              \
    X(MARKS_BEFORE, "the lexicon on it and the word before it")                                    \
    X(MARKS_AFTER, "the lexicon on it and the word after it")                                      \
    X(MARKS, "the lexicon on it and the words around it")                                          \
    X(MARK_SUFFIX, "the lexicon and its ending")                                                   \
    X(CLASSES, "the lexicon's classes")                                                            \
    X(CLASSES_BEFORE, "the classes of the word before it")                                         \
    X(CLASSES_AFTER, "the classes of the word after it")                                           \
    X(CLASSES_SHAPE, "the lexicon's classes and how it is written")                                \
    X(CLASS, "a class of the lexicon")                                                             \
    X(RULE, "the rules")                                                                           \
    X(RULE_BEFORE, "the rules on the word before it")                                              \
    X(RULE_AFTER, "the rules on the word after it")                                                \
    X(RULES, "the rules on it and the words around it")                                            \
    X(RULE_REASON, "the rules' reason")                                                            \
    X(RULE_SHAPE, "the rules and how it is written")                                               \
    X(RULE_MARK, "the rules and the lexicon")                                                      \
    X(SCORE_PERSON, "the rules' points for a person")                                              \
    X(SCORE_PLACE, "the rules' points for a place")                                                \
    X(SCORE_ORGANISATION, "the rules' points for an organisation")                                 \
    X(RUN_BEFORE, "the word before the name")                                                      \
    X(RUN_AFTER, "the word after the name")                                                        \
    X(RUN_BEFORE_MARK, "the word before the name, and the lexicon")                                \
    X(RUN_AFTER_MARK, "the word after the name, and the lexicon")                                  \
    X(RUN_PLACE, "its place in a run of capitals")                                                 \
    X(SMALL, "written small elsewhere")                                                            \
    X(CAPITAL, "written as a name elsewhere")                                                      \
    X(ELSEWHERE, "what stands around it elsewhere")                                                \
    X(ELSEWHERE_ONE, "what stands around it elsewhere")                                            \
    X(RULE_ELSEWHERE, "the rules elsewhere in the article")                                        \
    X(RULE_ELSEWHERE_MARK, "the rules elsewhere and the lexicon")                                  \
    X(FAMILY_ELSEWHERE, "part of a full name elsewhere")                                           \
    X(WORD_CLASS, "words used like it")                                                            \
    X(WORD_CLASS_BEFORE, "words like the one before it")                                           \
    X(WORD_CLASS_AFTER, "words like the one after it")                                             \
    X(WORD_CLASS_SHAPE, "words used like it and how it is written")                                \
    X(WORD_CLASSES_BEFORE, "words used like it after such words")                                  \
    X(WORD_CLASSES_AFTER, "words used like it before such words")                                  \
    X(WORD_CLASS_BEFORE_2, "words like the one two before it")                                     \
    X(WORD_CLASS_AFTER_2, "words like the one two after it")                                       \
    X(WIDE_CLASS, "words used much like it")                                                       \
    X(WIDE_CLASSES_BEFORE, "words much like it and the two before it")                             \
    X(WIDE_CLASSES, "words much like it and those around it")                                      \
    X(WIDE_CLASSES_AFTER, "words much like it and the two after it")                               \
    X(WIDE_CLASSES_MARK, "words much like those around it, and the lexicon")                       \
    X(RUN_BEFORE_CLASS, "words like the one before the name")                                      \
    X(RUN_AFTER_CLASS, "words like the one after the name")                                        \
    X(RUN_FIRST, "the lexicon on the first word of the capitals")                                  \
    X(RUN_LAST, "the lexicon on the last word of the capitals")                                    \
    X(RUN_LAST_CLASS, "words like the last one of the capitals")                                   \
    X(SOUND, "the sound of the word")                                                              \
    X(SOUND_BEFORE, "the sound of it and the word before it")                                      \
    X(SOUND_AFTER, "the sound of it and the word after it")                                        \
    X(SOUND_MARK, "the sound of the word and the lexicon")                                         \
    X(SOUND_GIVEN_ONE, "it sounds like a given name")                                              \
    X(SOUND_FAMILY_ONE, "it sounds like a family name")                                            \
    X(SOUND_PLACE_ONE, "it sounds like a place")                                                   \
    X(HEADLINE_MARK, "the lexicon in a headline")                                                  \
    X(HEADLINE_RULE, "the rules in a headline")                                                    \
    X(CASE_SURE, "whether it would have a capital")                                                \
    X(CASES_SURE, "whether it and the words around it would have a capital")                       \
    X(CASE_SURE_MARK, "whether it would have a capital, and the lexicon")                          \
    X(CASE_SURE_CLASS, "whether words used like it would have a capital")

enum feature_kind {
#define FEATURE_ENUM(name, help) FEATURE_##name,
    FEATURE_LIST(FEATURE_ENUM) FEATURE_KIND_COUNT
#undef FEATURE_ENUM
};

/* Shown by "why": static text. */
const char *feature_help(enum feature_kind kind);

enum { NAME_FEATURE_LIMIT = 160 };

struct name_features {
    uint64_t block; /* where the case was restored, all features are others: their own weights */
    size_t count;
    uint32_t hashes[NAME_FEATURE_LIMIT];
    uint8_t kinds[NAME_FEATURE_LIMIT];
};

/* A word in this article. */
struct article_word {
    uint64_t hash;               /* 0 = free slot */
    uint32_t small, capital;     /* times written so inside sentences that are no headlines */
    uint32_t around;             /* AROUND_… bits of its occurrences */
    uint32_t class_id;           /* name_weights_class */
    uint8_t sounds[SOUND_COUNT]; /* 0 not asked yet, else 1..SOUND_LEVELS */
    uint16_t rules[ENTITY_KIND_COUNT + 1]; /* times the rules labelled it so; [kind + 1], 0 none */
    uint8_t first, last; /* times first or last of a person's name of several words */
};

struct name_token {
    uint64_t hash;               /* of the folded word */
    uint64_t exact;              /* of the word as written */
    uint32_t shape;              /* folded shape: "Xx", "X.X.", "x-d" */
    uint32_t candidate;          /* of the rules, + 1; 0 = none */
    uint32_t run_first, run_end; /* the run of tokens that may hold a name; empty: none */
    str folded;
    struct article_word *word;
    uint8_t rule; /* what the rules say: 0 nothing, else 1 + kind * 2 + inside */
};

/* An article prepared for the tagger. */
struct name_reader {
    struct tagger tagger;               /* after tag_by_rules */
    const struct name_weights *weights; /* NULL while training classes of words */
    struct name_token *tokens;
    size_t count;
    struct article_word *words;
    size_t word_slots;
};

/* Changes with FEATURE_LIST and the labels: weights of another version do not fit. */
uint32_t name_features_version(void);

/* Prepares all tokens. The tagger in it has lexicon, arena, article and analysis set. Linear. */
void name_reader_run(struct name_reader *reader);

/* Is the token a title or an office, which stands before a name and is no part of it? */
bool name_is_title(const struct tagger *tagger, size_t token);

/* The features of a token inside a run. */
void name_features_at(const struct name_reader *reader, size_t at, struct name_features *features);

#endif
