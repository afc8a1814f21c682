/* Days as numbers: proleptic Gregorian civil arithmetic without time zone, locale or clock.
 * Method: Howard Hinnant, "chrono-compatible low-level date algorithms". */
#ifndef MODEL_DAY_H
#define MODEL_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/* Days since 1970-01-01; years -9999..9999. */
typedef int32_t day;
#define DAY_UNKNOWN INT32_MIN
#define DAY_MIN ((day)-4371587)
#define DAY_MAX ((day)2932896)

struct civil {
    int year, month, day_of_month; /* 1..12, 1..31 */
};

/* DAY_UNKNOWN for a date that does not exist; day_to_civil gives zeros for what is no day. */
day day_from_civil(int year, int month, int day_of_month);
struct civil day_to_civil(day number);
/* Monday = 1 … Sunday = 7; 0 for DAY_UNKNOWN. */
int day_weekday(day number);
/* The day in UTC of seconds since 1970; DAY_UNKNOWN outside the years 1 to 9999. */
day day_of_seconds(int64_t seconds);
/* ISO 8601 week and the year it belongs to. The way back gives DAY_UNKNOWN for a week that its
 * year does not have. */
int day_iso_week(day number, int *iso_year);
day day_from_iso_week(int iso_year, int week, int weekday);
int day_month_length(int year, int month);
/* True for a date that exists. */
bool day_exists(int year, int month, int day_of_month);
/* True when both are known and at most a day apart, as one moment is between time zones. */
bool day_is_near(day a, day b);
/* Reads exactly YYYY-MM-DD. */
bool day_parse(str text, day *number);
/* Reads YYYY, YYYY-MM or YYYY-MM-DD, or two of them parted by "..": from the first day of one to
 * the last of the other, which is not before it. */
bool day_parse_period(str text, day *first, day *last);
/* Adds YYYY-MM-DD; "unknown" for DAY_UNKNOWN. */
void day_add(struct buf *buf, day number);

#endif
