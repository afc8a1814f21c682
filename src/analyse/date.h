/* Date expressions: find them, read them, resolve them. Pure: text + reference -> moments. */
#ifndef ANALYSE_DATE_H
#define ANALYSE_DATE_H

#include "analyse/analyse.h"
#include "model/similar.h"

/* What relative expressions are resolved against: the publication's day where it is known, else
 * its bounds. With bounds wider than an expression can bear, it stays unresolved. */
struct date_reference {
    day value;            /* DAY_UNKNOWN when not known */
    day earliest, latest; /* DAY_UNKNOWN where not known */
    const char *guess;    /* where doubtful bounds come from, in words; NULL: they are sure */
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

/* What the article may share with others that tell of the same (model/similar.h): its persons, its
 * exact days, the rarest words and phrases, each kind by the smallest hashes. Reads entities,
 * mentions and moments of the analysis; the same whatever is known of the publication. */
void date_similar_keys(const struct article *article, const struct analysis *analysis,
                       struct similar_keys *keys);

/* Bounds narrowed by dated articles that share enough: some weeks around those that agree within
 * two months, INFERRED, with their number. `own` is what the text itself says
 * (date_infer_publication) and is given back where the others are too few, do not agree, or
 * contradict it. The order of `found` does not matter. */
struct publication date_infer_from_similar(const struct publication *own,
                                           const struct similar_article *found, size_t count);

/* Days covered by a TIMEX3 calendar value: "2024-08" -> 2024-08-01..2024-08-31. False for values
 * that name no days (durations, XXXX, references). */
bool date_value_interval(str value, str modifier, day *first, day *last);

#endif
