/* The rules of one language as data, read from data/rules/<language>.rules. The grammar of the
 * file is described at the top of en.rules. */
#ifndef INGEST_RULES_H
#define INGEST_RULES_H

#include "base/arena.h"
#include "base/map.h"
#include "base/status.h"
#include "base/str.h"
#include "base/vec.h"
#include "model/article.h"

/* What a phrase is asked for. */
enum rule_scope {
    SCOPE_LINE,      /* the line goes */
    SCOPE_SECTION,   /* the line opens a section that goes with it */
    SCOPE_TAIL,      /* a sentence at the end of a paragraph goes */
    SCOPE_TAIL_LEAD, /* a sentence before such a one goes with it */
    SCOPE_CAPTION,   /* the line belongs to a picture */
    SCOPE_BYLINE,    /* the line says who wrote it */
    SCOPE_SIGNOFF,   /* the same below the text */
    SCOPE_COUNT
};

/* Where in the line (or sentence) the phrase stands; always at the bounds of words. */
enum rule_match { MATCH_IS, MATCH_STARTS, MATCH_ENDS, MATCH_HAS };

/* How far a section reaches. */
enum section_until {
    UNTIL_END,   /* to the end of the page, unless much running text follows */
    UNTIL_TEXT,  /* to the next full paragraph */
    UNTIL_ITEMS, /* as long as list items follow */
    UNTIL_LINE   /* the next line too */
};

enum word_list {
    LIST_LABEL,        /* names of departments and topics in menus */
    LIST_UI,           /* words of buttons */
    LIST_STOP,         /* function words: a sign of running text */
    LIST_DATE_LABEL,   /* words that stand before the day of publication */
    LIST_UPDATE_LABEL, /* words that stand before the day of a later change */
    LIST_DATE_WORD,    /* other words of a line that is only a date */
    LIST_MONTH,        /* value: 1..12 */
    LIST_ABBREVIATION, /* a full stop after it ends no sentence */
    LIST_DESK,         /* last words of a byline that names an office, not a person */
    LIST_GLUED,        /* function words that lose the space before them */
    LIST_SYLLABLE,     /* short parts of names to which they stick */
    LIST_WHOLE,        /* words that only look as if two were glued */
    LIST_COUNT
};

struct phrase {
    str text; /* folded, single spaces */
    str name; /* how "why?" calls it: line-is "home" */
    enum rule_scope scope;
    enum rule_match match;
    enum removal_reason reason;
    enum section_until until;
    uint32_t max_words; /* only in lines of at most so many words; 0: any */
    uint32_t skip;      /* bytes before the word under which it is filed */
    uint32_t next;      /* next phrase filed under the same word, + 1; 0: none */
};

/* A word whose bit is not set begins no phrase: most words are told so without a look at
 * the map. */
#define RULES_HINTS 1024u

struct ruleset {
    str language;
    VEC(struct phrase) phrases;
    struct map whole[SCOPE_COUNT];                 /* text -> phrase, for MATCH_IS */
    struct map by_word[SCOPE_COUNT];               /* first word -> chain, for the others */
    uint32_t odd[SCOPE_COUNT];                     /* chain of those without an ASCII word */
    struct map lists[LIST_COUNT];                  /* word -> value */
    size_t whole_len[SCOPE_COUNT];                 /* of the longest text in `whole` */
    uint64_t hints[SCOPE_COUNT][RULES_HINTS / 64]; /* bits of the words in `by_word` */
};

struct score_model;

struct clean_rules {
    struct arena arena;
    VEC(struct ruleset *) sets;
    struct score_model *dump_model, *html_model; /* NULL without a file of weights */
};

/* The rules for a language tag ("en", "en-GB"). Where none are named so, those whose function words
 * stand most often among the first words of the text, else those of the first file; NULL when there
 * are none at all. */
const struct ruleset *rules_for(const struct clean_rules *rules, str language, str text);

/* Reads one file's text into *set, whose memory is the arena. `mistakes` gets a line per mistake,
 * "name:line: what"; returns their number. */
size_t rules_read(struct arena *arena, str name, str text, struct ruleset *set,
                  struct buf *mistakes);

/* The first phrase of the file that fits the folded text of `words` words, or NULL. */
const struct phrase *rules_match(const struct ruleset *set, enum rule_scope scope, str key,
                                 uint32_t words);

/* The value of a word in a list (1 where the list has no values); 0: not in it. Folded text. */
uint32_t rules_list(const struct ruleset *set, enum word_list list, str folded);

/* Text for comparing: folded, runs of white space as one space, decoration and final punctuation
 * of labels cut off both ends. */
str rules_key(struct arena *arena, str text);

#endif
