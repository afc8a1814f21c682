/* The word lists of every .lex file in data/lexicon: word or phrase -> classes and a value.
 *
 * Grammar of a file: "# comment"; "[class]" opens a section; each other line is an entry, a word
 * or a phrase of up to 6 words, optionally " = value" (a whole number, or words: the country of a
 * demonym, the usual name of a short form). Entries are compared with full case folding. The same
 * entry may stand in several classes; its value and its detail are the first ones given, in byte
 * order of the files.
 *
 * Words are kept as the tokens have them: a hyphen parts two words ("al-Qaeda" is "al qaeda"), the
 * full stop of an abbreviation is left out ("St." is "st") unless there are several ("u.s."). */
#ifndef ANALYSE_LEXICON_H
#define ANALYSE_LEXICON_H

#include <stdbool.h>

#include "analyse/analyse.h"
#include "analyse/spelling.h"
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

/* name in C, name in the files. At most 64. */
#define WORD_CLASS_LIST(X)                                                                         \
    X(GIVEN_NAME, "given-name")                                                                    \
    X(SURNAME, "surname")                                                                          \
    X(FAMILY_FIRST, "family-first") /* Chinese, Korean, Vietnamese family names written first */   \
    X(SYLLABLE, "syllable")         /* given-name syllables of those languages */                  \
    X(PARTICLE, "particle")         /* al, bin, von, de: inside person names */                    \
    X(PARTICLE_FIRST, "particle-first")   /* a name may begin with it: al, von */                  \
    X(PARTICLE_JOINED, "particle-joined") /* only before a hyphen: as-, ar- */                     \
    X(NAME_SUFFIX, "name-suffix")         /* Jr, III */                                            \
    X(TITLE, "title")                     /* Mr, Dr, President: before a name, not part of it */   \
    X(ROLE, "role")                       /* secretary, spokesman: a person is near */             \
    X(PERSON_VERB, "person-verb")         /* said, met, told: a person is the subject */           \
    X(COUNTRY, "country")                                                                          \
    X(CITY, "city")                                                                                \
    X(REGION, "region")                                                                            \
    X(PLACE_WORD, "place-word") /* River, Province, Strait: makes a place of a name */             \
    X(PLACE_PREPOSITION, "place-preposition")     /* in, at, near */                               \
    X(DEMONYM, "demonym")                         /* Russian, Iranian: not a place by itself */    \
    X(ORGANISATION, "organisation")               /* Hamas, Reuters, NATO */                       \
    X(ORGANISATION_WORD, "organisation-word")     /* Council, Ministry: makes an organisation */   \
    X(ORGANISATION_SUFFIX, "organisation-suffix") /* Inc, Ltd, GmbH */                             \
    X(NOT_NAME, "not-name") /* capitalised but never a name: Monday, The, However */               \
    X(COMMON, "common")     /* ordinary words that open sentences and fill headlines */            \
    X(MONTH, "month")                                                                              \
    X(WEEKDAY, "weekday")                                                                          \
    X(TIME_UNIT, "time-unit") /* value: 1 day, 7 week, 30 month, 91 quarter, 365 year, … */      \
    X(NUMBER, "number")                                                                            \
    X(ORDINAL, "ordinal")                                                                          \
    X(SEASON, "season")                                                                            \
    X(DAY_PART, "day-part")                                                                        \
    X(DEICTIC, "deictic")             /* today 0, yesterday -1, tomorrow 1 */                      \
    X(RELATIVE, "relative")           /* last -1, this 0, next 1, previous, coming, past */        \
    X(DATE_MODIFIER, "date-modifier") /* early, mid, late, end, beginning */                       \
    X(PRESENT, "present")             /* now, currently */                                         \
    X(VAGUE_PAST, "vague-past")                                                                    \
    X(VAGUE_FUTURE, "vague-future")                                                                \
    X(SET_WORD, "set-word") /* daily, weekly, annually */                                          \
    X(EVERY, "every")                                                                              \
    X(CUE_FUTURE, "cue-future") /* will, until, scheduled */                                       \
    X(CUE_PAST, "cue-past")     /* since, irregular preterites */                                  \
    X(REPORTING, "reporting")   /* said, told, announced */                                        \
    X(HOLIDAY, "holiday")                                                                          \
    X(DATE_EDGE, "date-edge")         /* beginning, end: of a month or a year */                   \
    X(DATE_OPENING, "date-opening")   /* fiscal, more (than): other words that open a date */      \
    X(DATE_NOUN, "date-noun")         /* time, full: dates have them after "the" and "a" */        \
    X(ARTICLE, "article")             /* the */                                                    \
    X(SHIFT, "shift")                 /* ago -1, later 1: after a length of time */                \
    X(APPROXIMATION, "approximation") /* about, more than */                                       \
    X(DECADE, "decade")               /* nineties: value 199 */                                    \
    X(TIME_PREPOSITION, "time-preposition") /* until 1, since -1, in 0 */                          \
    X(MODAL, "modal")                       /* would, may */                                       \
    X(CUE_STOP, "cue-stop")                 /* could, can: no direction */                         \
    X(CUE_PLAN, "cue-plan")                 /* expected, due: future before "to" */                \
    X(SCHEDULED, "scheduled")               /* election, hearing: has a day before it comes */     \
    X(OF_THE_AGE, "of-the-age")             /* world, youth: "today's …" names no day */         \
    X(COUNTED, "counted")                   /* people, miles: no year before them */               \
    X(EARNINGS, "earnings")                 /* words of company reports */                         \
    X(ABBREVIATION, "abbreviation") /* keeps its full stop: capitalised, or no ordinary word */    \
    X(ABBREVIATION_NUMBER, "abbreviation-number") /* only before a number */                       \
    X(NICKNAME, "nickname") /* short and foreign forms of given names; value: usual one */         \
    X(SPELLING, "spelling") /* of a family name that no rule brings together; the same */          \
    X(OFFICE_INITIALS, "office-initials") /* PM, VP: before a name, not part of it */              \
    X(CAR_MAKE, "car-make")               /* Toyota, Ford: the year before them is a model */      \
    X(WARE, "ware")                       /* app, brand: what bears a name, and is nobody */       \
    X(USE, "use")                         /* using, via: what follows is a thing */

enum word_class {
#define WORD_CLASS_ENUM(name, text) WORD_##name,
    WORD_CLASS_LIST(WORD_CLASS_ENUM) WORD_CLASS_COUNT
#undef WORD_CLASS_ENUM
};
#define CLASS_BIT(name) (UINT64_C(1) << WORD_##name)

struct lexicon_entry {
    str text;           /* folded; words parted by single spaces, hyphens as spaces */
    uint64_t classes;   /* CLASS_BIT(…) */
    int32_t value;      /* 0 when none was given */
    str detail;         /* value in words, or STR_NONE */
    bool starts_phrase; /* a longer entry begins with this word */
};

struct lexicon;

/* Reads all *.lex files of the folder in byte order, and its romanisation.rules. BAD_INPUT with
 * file:line: for a bad line. */
enum status lexicon_open(const char *folder, struct lexicon **lexicon,
                         struct error *err) MUST_CHECK;
void lexicon_close(struct lexicon *lexicon);

/* The entry of one folded word or phrase, or NULL; a word that only stands inside longer entries
 * has one without classes. Id 0 means none; ids are token.word. */
const struct lexicon_entry *lexicon_find(const struct lexicon *lexicon, str folded);
uint32_t lexicon_id(const struct lexicon *lexicon, str folded);
const struct lexicon_entry *lexicon_entry(const struct lexicon *lexicon, uint32_t id);

/* Is a folded word that is not there a form of an ordinary one? "arrives", "navigating" */
bool lexicon_is_form(const struct lexicon *lexicon, str folded);

/* Entries of several words have at most so many, and a possessive ending may go with each. */
enum { LEXICON_WORD_LIMIT = 6, LEXICON_PHRASE_LIMIT = 2 * LEXICON_WORD_LIMIT };

struct lexicon_phrase {
    const struct lexicon_entry *entry;
    size_t token_count;
};

/* The entries with any class in `classes` that begin at token `at` and end within its sentence, by
 * rising length (hyphens between the words are among the tokens); gives their number. */
size_t lexicon_phrases(const struct lexicon *lexicon, str text, const struct analysis *analysis,
                       size_t at, uint64_t classes,
                       struct lexicon_phrase phrases[LEXICON_PHRASE_LIMIT]);

/* The last, longest of them; *count = its tokens. NULL and 0 when there is none. */
const struct lexicon_entry *lexicon_match(const struct lexicon *lexicon, str text,
                                          const struct analysis *analysis, size_t at,
                                          uint64_t classes, size_t *count);

/* The one spelling of names: data/lexicon/romanisation.rules. */
const struct spelling *lexicon_spelling(const struct lexicon *lexicon);

/* The lexicon of an analyser (the passes' way to it). */
const struct lexicon *analyser_lexicon(const struct analyser *analyser);

#endif
