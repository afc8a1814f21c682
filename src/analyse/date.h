/* Date expressions: find them, read them, resolve them. Pure: text + reference -> moments. */
#ifndef ANALYSE_DATE_H
#define ANALYSE_DATE_H

#include "analyse/analyse.h"

/* What relative expressions are resolved against: the publication's day where it is known, else
 * its bounds. With bounds wider than an expression can bear, it stays unresolved. */
struct date_reference {
    day value;            /* DAY_UNKNOWN when not known */
    day earliest, latest; /* DAY_UNKNOWN where not known */
};

/* The pass: fills analysis->moments from its tokens and sentences. */
void date_pass(const struct analyser *analyser, struct arena *arena, const struct article *article,
               struct analysis *analysis);

/* Bounds of the publication of an article without a day of it, from its own text: not before the
 * latest time that it tells in the past, not after what it announces, in accord with a weekday and
 * its date. The result lies inside the bounds already known (a file's time), has the basis
 * INFERRED where it is narrower, and never a day. Needs no pass before it; linear in the text. */
struct publication date_infer_publication(const struct analyser *analyser,
                                          const struct article *article);

/* Days covered by a TIMEX3 calendar value: "2024-08" -> 2024-08-01..2024-08-31. False for values
 * that name no days (durations, XXXX, references). */
bool date_value_interval(str value, str modifier, day *first, day *last);

#endif
