/* Days, weeks, months and years as numbers in a row: the buckets of a histogram over time. */
#ifndef MODEL_SCALE_H
#define MODEL_SCALE_H

#include "model/day.h"

/* name in C, name on the screen */
#define SCALE_LIST(X)                                                                              \
    X(DAY, "day")                                                                                  \
    X(WEEK, "week")                                                                                \
    X(MONTH, "month")                                                                              \
    X(YEAR, "year")

enum scale {
#define SCALE_ENUM(name, text) SCALE_##name,
    SCALE_LIST(SCALE_ENUM) SCALE_COUNT
#undef SCALE_ENUM
};

const char *scale_name(enum scale scale);
/* The number of the day, week (Monday to Sunday), month or year that holds a day. Neighbours differ
 * by one. The day must be known. */
int32_t scale_bucket(enum scale scale, day number);
/* The first day of a bucket; DAY_UNKNOWN beyond the calendar. */
day scale_first_day(enum scale scale, int32_t bucket);

#endif
