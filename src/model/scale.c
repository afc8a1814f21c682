#include "model/scale.h"

enum { DAYS_PER_WEEK = 7, MONTHS_PER_YEAR = 12, MONDAY_SHIFT = 3 /* 1970-01-01 was a Thursday */ };

static int32_t floor_divide(int32_t number, int32_t by)
{
    return number / by - (number % by < 0);
}

const char *scale_name(enum scale scale)
{
    static const char *const names[] = {
#define SCALE_NAME(name, text) [SCALE_##name] = text,
        SCALE_LIST(SCALE_NAME)
#undef SCALE_NAME
    };
    return names[scale];
}

int32_t scale_bucket(enum scale scale, day number)
{
    struct civil civil = day_to_civil(number);
    switch (scale) {
    case SCALE_WEEK:
        return floor_divide(number + MONDAY_SHIFT, DAYS_PER_WEEK);
    case SCALE_MONTH:
        return civil.year * MONTHS_PER_YEAR + civil.month - 1;
    case SCALE_YEAR:
        return civil.year;
    default:
        return number;
    }
}

day scale_first_day(enum scale scale, int32_t bucket)
{
    int32_t year = floor_divide(bucket, MONTHS_PER_YEAR);
    switch (scale) {
    case SCALE_WEEK:
        return bucket > DAY_MIN / DAYS_PER_WEEK && bucket < DAY_MAX / DAYS_PER_WEEK
                   ? bucket * DAYS_PER_WEEK - MONDAY_SHIFT
                   : DAY_UNKNOWN;
    case SCALE_MONTH:
        return day_from_civil(year, bucket - year * MONTHS_PER_YEAR + 1, 1);
    case SCALE_YEAR:
        return day_from_civil(bucket, 1, 1);
    default:
        return bucket >= DAY_MIN && bucket <= DAY_MAX ? bucket : DAY_UNKNOWN;
    }
}
