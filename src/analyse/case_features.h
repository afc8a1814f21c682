/* What speaks for a capital on a word whose own case tells nothing: features, each a slot of the
 * weights. The trainer and the analyser share this file. */
#ifndef ANALYSE_CASE_FEATURES_H
#define ANALYSE_CASE_FEATURES_H

#include "analyse/lexicon.h"
#include "analyse/name_weights.h"

/* What is asked of a word. */
enum case_question { CASE_CAPITAL, CASE_ALL_CAPITALS };

/* How the word before it is written: words that join ("of", "and") are looked through. */
enum case_before { CASE_AFTER_SMALL, CASE_AFTER_CAPITAL, CASE_AFTER_FIRST, CASE_BEFORE_COUNT };

struct case_word {
    str folded;
    uint64_t hash, classes;
    struct name_word known;
    uint8_t sounds[SOUND_COUNT];
    bool in_phrase; /* inside a place or a body of the lexicon of several words */
    bool joins;
};

/* A sentence; its words live in the arena. */
struct case_line {
    struct case_word *words;
    size_t count;
};

enum { CASE_FEATURE_LIMIT = 64 };
struct case_features {
    size_t count;
    size_t own_count; /* the first ones know the word itself: learnt without at times */
    uint32_t slots[CASE_FEATURE_LIMIT];
};

struct case_line case_line_read(const struct lexicon *lexicon, const struct name_weights *weights,
                                struct arena *arena, str text, const struct analysis *analysis,
                                size_t first, size_t end);
/* The features that do not depend on what was chosen before, and those that do. */
void case_features_at(const struct case_line *line, size_t at, enum case_question question,
                      struct case_features *features);
void case_features_after(const struct case_line *line, size_t at, enum case_before before,
                         struct case_features *features);

#endif
