/* The inside of the dates pass: the words of one block as the grammar reads them, the state that
 * runs through an article, and what a pattern hands back. Nothing outside date*.c includes it.
 *
 * A pattern is a row of date_patterns[]: its trigger classes and a function that looks at the
 * words from `at` on. Readers (date_read_…) take one part of an expression each and return the
 * word after it, 0 when it is not there. */
#ifndef ANALYSE_DATE_SCAN_H
#define ANALYSE_DATE_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "analyse/analyse.h"
#include "analyse/date.h"
#include "analyse/lexicon.h"
#include "base/arena.h"
#include "base/vec.h"

/* Triggers that are no word class: a number in digits, an apostrophe. They stand where the lexicon
 * has its two last classes, of which no date is made. */
#define DATE_DIGITS (UINT64_C(1) << 63)
#define DATE_QUOTE (UINT64_C(1) << 62)
_Static_assert(WORD_WARE >= 62, "the highest bits are used by the dates pass");

/* Years that the grammar counts with; the calendar's ends stay out of reach of a few steps. */
enum { DATE_YEAR_MIN = -4999, DATE_YEAR_MAX = 9900 };

enum {
    DATE_WORD_SPACE = 1 << 0,   /* white space before */
    DATE_WORD_CAPITAL = 1 << 1, /* the first letter is A-Z */
    DATE_WORD_UPPER = 1 << 2,   /* more than one letter, none lower case */
    DATE_WORD_LETTERS = 1 << 3,
    DATE_WORD_NUMBER = 1 << 4,   /* digits, with groups (1,000) and decimals (2.5) */
    DATE_WORD_FRACTION = 1 << 5, /* a number with decimals */
    DATE_WORD_HYPHEN = 1 << 6,   /* any of the hyphens and dashes */
    DATE_WORD_APOSTROPHE = 1 << 7,
    DATE_WORD_STOP = 1 << 8 /* . ! ? ; */
};

/* A run of letters, a number, an ending ('s, 'll) or one sign. Finer than the tokens: "1990s" and
 * "mid-1990s" are cut at every change of kind. */
struct date_word {
    uint32_t start, end; /* bytes of the article's text */
    uint32_t token;      /* the token it is or lies in */
    uint32_t flags;
    uint64_t classes;                  /* of the lexicon; DATE_DIGITS, DATE_QUOTE */
    const struct lexicon_entry *entry; /* NULL when not in the lexicon */
    int64_t thousandths;               /* of a number; -1 when it is too large */
    uint32_t digit_count;              /* 0 unless all are digits */
};

/* How fine a calendar value is; the higher, the finer. */
enum date_precision {
    DATE_NO_PRECISION,
    DATE_CENTURY,
    DATE_DECADE,
    DATE_YEAR,
    DATE_HALF,
    DATE_QUARTER,
    DATE_SEASON,
    DATE_MONTH,
    DATE_WEEK,
    DATE_WEEKEND,
    DATE_DAY
};

/* A calendar value as days. */
struct date_span {
    enum date_precision precision; /* DATE_NO_PRECISION = nothing there */
    day first, last;
};

/* What an expression was resolved against. */
enum date_anchor {
    DATE_ANCHOR_NONE,        /* nothing was needed */
    DATE_ANCHOR_PUBLICATION, /* the day of publication */
    DATE_ANCHOR_MENTION,     /* the last calendar value mentioned */
    DATE_ANCHOR_PARAGRAPH    /* a year named earlier in the same block */
};

/* "Friday, July 21" without its year. */
struct date_weekday {
    int weekday, month, day_of_month;
    int direction; /* as date_direction gives it */
};

enum { DATE_WEEKDAY_LIMIT = 16 /* so many are kept of an article */ };

/* What the text says of the day on which it was published. */
struct date_evidence {
    day past;   /* begin of the latest time told in the past; DAY_UNKNOWN = none */
    day future; /* end of the earliest time announced; DAY_UNKNOWN = none */
    struct date_weekday weekdays[DATE_WEEKDAY_LIMIT];
    size_t weekday_count;
};

/* The word that gave a partial date its direction; direction 0 = none was used. */
struct date_cue {
    size_t word;
    int direction;
};

struct date_scan {
    const struct lexicon *lexicon;
    struct arena *arena;
    const struct analysis *analysis;
    str text;
    VEC(struct date_word) words;    /* of the current block */
    struct date_word none;          /* stands for every place outside the block */
    day today;                      /* DAY_UNKNOWN = not known */
    str published;                  /* the publication in words */
    bool history;                   /* tells of long ago: anchored on what was mentioned last */
    bool earnings;                  /* a company report: "a year earlier" means a quarter */
    struct date_span mention;       /* last calendar value mentioned, at any place before; in a
                                       history the last one of the story itself */
    struct date_span aside;         /* in a history: a year far from the story, named once */
    uint32_t mention_end;           /* bytes: where that expression ended */
    int quarter_year, quarter;      /* latest fiscal quarter named; 0 = none */
    int paragraph_year;             /* last year named in this block; 0 = none */
    struct date_evidence *evidence; /* NULL unless it is asked for */
    struct date_cue *cue;           /* of the expression in work, for "why?" */
};

/* What a pattern found. The caller has set first = at, type = DATE, certainty = EXPLICIT. A
 * pattern that returns an end without a value says "skip this: it is no date". */
struct date_hit {
    size_t first; /* word; the end is what the function returns */
    enum moment_type type;
    enum certainty certainty;
    enum date_anchor anchor;
    str value, modifier;
    bool counted; /* by steps from another date: "a year earlier", "the previous month" */
    bool edge;    /* "the end of", "the beginning of": narrower than late and early */
};

struct date_pattern {
    const char *name;
    uint64_t triggers;
    size_t (*match)(const struct date_scan *scan, size_t at, struct date_hit *hit);
};
extern const struct date_pattern date_patterns[]; /* longest first; ends with name NULL */

/* A number of units; `unknown` for "several". */
struct date_count {
    int64_t thousandths;
    bool unknown;
};

/* Time units by the number that the lexicon gives them. */
struct date_unit {
    int32_t value;
    const char *letter; /* as TIMEX3 writes it: "D", "M", … */
    bool is_clock;      /* hours and smaller: after the T */
    int months, days;   /* length in one of the two; 0, 0 for the others */
    const char *unresolved;
    enum date_precision precision;
};

/* --- the bounds of the publication (date_bounds.c) ----------------------------------------- */

/* Keeps what a calendar value, or a date with its weekday, says of the publication. */
void date_evidence_note(struct date_scan *scan, const struct date_hit *hit,
                        const struct date_span *span, size_t end);
void date_evidence_weekday(struct date_scan *scan, const struct date_hit *hit, size_t end);
/* The dates pass for the evidence alone: as if nothing were known of the publication. */
void date_collect(const struct analyser *analyser, struct arena *arena,
                  const struct article *article, struct analysis *analysis,
                  struct date_evidence *evidence);

/* --- the kind of text (date_kind.c) -------------------------------------------------------- */

/* Sets history and earnings by the years and words of the whole text. */
void date_survey(struct date_scan *scan);

/* --- words (date_words.c) --------------------------------------------------------------- */

/* Fills scan->words with the words of bytes [start, end). *token runs along and rises. */
void date_words_read(struct date_scan *scan, size_t start, size_t end, size_t *token);
/* The word at an index; scan->none for an index outside. */
const struct date_word *date_at(const struct date_scan *scan, size_t at);
/* The word's text is this, whatever its case. */
bool date_is(const struct date_scan *scan, size_t at, const char *word);
/* The word's text is one of these, parted by single spaces. */
bool date_any(const struct date_scan *scan, size_t at, const char *words);
bool date_has(const struct date_scan *scan, size_t at, uint64_t classes);
bool date_flag(const struct date_scan *scan, size_t at, uint32_t flags);
/* The word follows the one before it without space. */
bool date_glued(const struct date_scan *scan, size_t at);
int32_t date_word_value(const struct date_scan *scan, size_t at);
/* The word's value in words; STR_NONE when it has none. */
str date_word_detail(const struct date_scan *scan, size_t at);
/* A whole number of at most `digits` digits between low and high; -1 otherwise. */
int date_digits(const struct date_scan *scan, size_t at, size_t digits, int low, int high);
bool date_is_possessive(const struct date_scan *scan, size_t at);
/* Same sentence; false for a place outside the block. */
bool date_same_sentence(const struct date_scan *scan, size_t a, size_t b);
/* The word after the longest phrase of one of the classes that begins at `at`, or 0. */
size_t date_read_phrase(const struct date_scan *scan, size_t at, uint64_t classes,
                        const struct lexicon_entry **entry);

/* --- readers (date_read.c) -------------------------------------------------------------- */

size_t date_read_count(const struct date_scan *scan, size_t at, struct date_count *count);
/* The end of "to six" in "five to six years", when a unit follows: *count becomes the larger
 * number. `at` when there is no range. */
size_t date_read_range(const struct date_scan *scan, size_t at, struct date_count *count);
/* The end of "or so" after a unit; `at` when it is not there. */
size_t date_read_or_so(const struct date_scan *scan, size_t at);
/* *plural may be NULL. */
size_t date_read_unit(const struct date_scan *scan, size_t at, const struct date_unit **unit,
                      bool *plural);
size_t date_read_month(const struct date_scan *scan, size_t at, int *month);
/* Full names in any place; abbreviations only before a full stop, a comma or a number. */
size_t date_read_weekday(const struct date_scan *scan, size_t at, int *weekday);
/* "BC", "B.C.E.", "AD". */
size_t date_read_era(const struct date_scan *scan, size_t at, bool *before_christ);
/* A year with its era: "264 BC", the first of "264 to 241 BC", the number of "AD 79". Years
 * before Christ are counted as astronomers do: 264 BC is -263. */
size_t date_read_era_year(const struct date_scan *scan, size_t at, int *year);
/* A year in four digits, with an era, or spelt out ("nineteen ninety-six"). */
size_t date_read_year(const struct date_scan *scan, size_t at, int *year);
/* A day of a month: 5, 5th, fifth. */
size_t date_read_day(const struct date_scan *scan, size_t at, int *day_of_month);
/* 1st … 4th, first … twenty-first. */
size_t date_read_ordinal(const struct date_scan *scan, size_t at, int *ordinal);
/* "early", "mid-", "the late", "the end of"; sets modifier and edge. 0 when there is none. */
size_t date_read_modifier(const struct date_scan *scan, size_t at, struct date_hit *hit);
/* "about", "more than", "at least": the modifier in *modifier. 0 when there is none. */
size_t date_read_approximation(const struct date_scan *scan, size_t at, str *modifier);
/* "last year", "of this year" after a month or quarter: the year; needs today. */
size_t date_read_relative_year(const struct date_scan *scan, size_t at, int *year);

/* --- values (date_value.c) -------------------------------------------------------------- */

/* Value texts; year 0 = unknown (XXXX). They live in the arena. */
str date_value_day(const struct date_scan *scan, day number);
str date_value_month_day(const struct date_scan *scan, int year, int month, int day_of_month);
str date_value_month(const struct date_scan *scan, int year, int month);
str date_value_year(const struct date_scan *scan, int year);
str date_value_week(const struct date_scan *scan, day number);
/* year, '-', suffix: "2024-Q3", "XXXX-SU" */
str date_value_part(const struct date_scan *scan, int year, const char *suffix);
/* DURATION of count units: "P2Y", "PT3H", "PXD", "P2Y6M". */
str date_value_length(const struct date_scan *scan, struct date_count count,
                      const struct date_unit *unit);
/* A calendar value as days and precision; the modifier is left out. */
bool date_value_span(str value, struct date_span *span);
/* The same narrowed by a modifier. */
struct date_span date_span_narrow(struct date_span span, str modifier, bool edge);

/* --- resolution (date_resolve.c) -------------------------------------------------------- */

extern const struct date_unit date_units[]; /* ends with letter NULL */
const struct date_unit *date_unit_find(int32_t value);

/* Which way an expression [first, end) points by the cue words around it: -1 past, 1 future, 0 no
 * cue. The word is left in scan->cue. */
int date_direction(const struct date_scan *scan, size_t first, size_t end);
/* The day, year or XXXX that a partial date stands for. They set value, certainty and anchor. */
void date_resolve_weekday(const struct date_scan *scan, struct date_hit *hit, size_t end,
                          int weekday);
/* relation: -1 last, 1 next, 0 this; 9 previous, 10 that and same, 11 following, which count from
 * the last date mentioned; NONE for no such word. */
enum { DATE_PREVIOUS = 9, DATE_SAME = 10, DATE_FOLLOWING = 11, DATE_NO_RELATION = 99 };
void date_resolve_month(const struct date_scan *scan, struct date_hit *hit, size_t end, int month,
                        int relation);
/* False for a day that does not exist in any year. */
bool date_resolve_month_day(const struct date_scan *scan, struct date_hit *hit, size_t end,
                            int month, int day_of_month, int relation);
void date_resolve_season(const struct date_scan *scan, struct date_hit *hit, size_t end,
                         int first_month, int relation);
/* kind 'Q' or 'H' */
void date_resolve_quarter(const struct date_scan *scan, struct date_hit *hit, size_t end, char kind,
                          int number);
/* `steps` units from a base day; the unknown value where base is DAY_UNKNOWN. False when the unit
 * has no calendar value or the result leaves the calendar. */
bool date_resolve_shift(const struct date_scan *scan, struct date_hit *hit, day base,
                        const struct date_unit *unit, int64_t steps);
/* The year of a history or of the paragraph for a date without one; 0 when there is none. */
int date_story_year(const struct date_scan *scan, struct date_hit *hit, int month);
/* The publication's day, with the hit marked as resolved against it. */
day date_base_publication(const struct date_scan *scan, struct date_hit *hit);
/* The last mention where it is at least `needed` fine; nothing else can stand for it. */
day date_base_mention(const struct date_scan *scan, struct date_hit *hit,
                      enum date_precision needed);
/* What "last year" counts from: the publication, or in a history the last mention. */
day date_base_story(const struct date_scan *scan, struct date_hit *hit, enum date_precision needed);

/* --- patterns by family ----------------------------------------------------------------- */

size_t date_match_iso(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_slashes(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_clock(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_day_month(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_part_of_day(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_day_of_range(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_month_day(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_month(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_year_ago_quarter(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_quarter(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_decade(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_century(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_relative_count(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_relative(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_within(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_deictic(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_shift(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_weekday(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_edge(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_season(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_duration(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_units_around(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_week_of(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_neighbour(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_beside_day(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_one_day(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_that_time(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_year_quarter(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_bare_units(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_set_word(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_every(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_year(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_short_year(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_the_period(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_vague(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_holiday(const struct date_scan *scan, size_t at, struct date_hit *hit);
size_t date_match_day_part(const struct date_scan *scan, size_t at, struct date_hit *hit);

#endif
