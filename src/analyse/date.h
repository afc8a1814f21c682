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

/* Days covered by a TIMEX3 calendar value: "2024-08" -> 2024-08-01..2024-08-31. False for values that
 * name no days (durations, XXXX, references). */
bool date_value_interval(str value, str modifier, day *first, day *last);

#endif
