#include "model/day.h"
#include "base/ascii.h"

enum { DAYS_PER_ERA = 146097, YEARS_PER_ERA = 400, EPOCH_FROM_ERA = 719468 };

static bool is_leap_year(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int day_month_length(int year, int month)
{
    static const signed char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return lengths[month - 1] + (month == 2 && is_leap_year(year) ? 1 : 0);
}

bool day_exists(int year, int month, int day_of_month)
{
    return year >= -9999 && year <= 9999 && day_of_month >= 1 &&
           day_of_month <= day_month_length(year, month);
}

/* Years begin in March, so that the leap day is the last of its year. Any year that fits. */
static day number_of(int year, int month, int day_of_month)
{
    if (month <= 2)
        year--;
    int era = (year >= 0 ? year : year - (YEARS_PER_ERA - 1)) / YEARS_PER_ERA;
    int year_of_era = year - era * YEARS_PER_ERA;
    int month_from_march = month > 2 ? month - 3 : month + 9;
    int day_of_year = (153 * month_from_march + 2) / 5 + day_of_month - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - EPOCH_FROM_ERA;
}

static bool in_range(day number)
{
    return number >= DAY_MIN && number <= DAY_MAX;
}

day day_from_civil(int year, int month, int day_of_month)
{
    if (!day_exists(year, month, day_of_month))
        return DAY_UNKNOWN;
    return number_of(year, month, day_of_month);
}

struct civil day_to_civil(day number)
{
    if (!in_range(number))
        return (struct civil){0, 0, 0};
    int shifted = number + EPOCH_FROM_ERA;
    int era = (shifted >= 0 ? shifted : shifted - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int day_of_era = shifted - era * DAYS_PER_ERA;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;
    struct civil civil;
    civil.day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    civil.month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    civil.year = year_of_era + era * YEARS_PER_ERA + (civil.month <= 2 ? 1 : 0);
    return civil;
}

day day_of_seconds(int64_t seconds)
{
    enum { DAY_SECONDS = 86400 };
    int64_t number = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
    bool exists = number >= day_from_civil(1, 1, 1) && number <= day_from_civil(9999, 12, 31);
    return exists ? (day)number : DAY_UNKNOWN;
}

int day_weekday(day number)
{
    if (!in_range(number))
        return 0;
    /* 1970-01-01 was a Thursday. */
    int from_monday = (number + 3) % 7;
    return (from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

/* The Monday of week 1: the week with 4 January in it. */
static day first_monday(int iso_year)
{
    day fourth = number_of(iso_year, 1, 4);
    int from_monday = (fourth + 3) % 7;
    return fourth - (from_monday < 0 ? from_monday + 7 : from_monday);
}

int day_iso_week(day number, int *iso_year)
{
    if (!in_range(number)) {
        *iso_year = 0;
        return 0;
    }
    int year = day_to_civil(number).year;
    if (number < first_monday(year))
        year--;
    else if (number >= first_monday(year + 1))
        year++;
    *iso_year = year;
    return (number - first_monday(year)) / 7 + 1;
}

day day_from_iso_week(int iso_year, int week, int weekday)
{
    if (iso_year < -10000 || iso_year > 10000 || week < 1 || week > 53 || weekday < 1 ||
        weekday > 7)
        return DAY_UNKNOWN;
    day monday = first_monday(iso_year) + (week - 1) * 7;
    day number = monday + weekday - 1;
    if (monday >= first_monday(iso_year + 1) || !in_range(number))
        return DAY_UNKNOWN;
    return number;
}

static bool read_digits(str text, size_t start, size_t end, int *value)
{
    *value = 0;
    for (size_t i = start; i < end; i++) {
        if (!ascii_is_digit(text.ptr[i]))
            return false;
        *value = *value * 10 + (text.ptr[i] - '0');
    }
    return true;
}

bool day_is_near(day a, day b)
{
    return a != DAY_UNKNOWN && b != DAY_UNKNOWN && a - b <= 1 && b - a <= 1;
}

bool day_parse(str text, day *number)
{
    int year, month, day_of_month;
    if (text.len != 10 || text.ptr[4] != '-' || text.ptr[7] != '-' ||
        !read_digits(text, 0, 4, &year) || !read_digits(text, 5, 7, &month) ||
        !read_digits(text, 8, 10, &day_of_month) || !day_exists(year, month, day_of_month))
        return false;
    *number = number_of(year, month, day_of_month);
    return true;
}

static bool parse_calendar(str text, day *first, day *last)
{
    int year, month;
    if (day_parse(text, first)) {
        *last = *first;
        return true;
    }
    if (text.len < 4 || !read_digits(text, 0, 4, &year))
        return false;
    if (text.len == 4) {
        *first = day_from_civil(year, 1, 1);
        *last = day_from_civil(year, 12, 31);
        return true;
    }
    if (text.len != 7 || text.ptr[4] != '-' || !read_digits(text, 5, 7, &month) || month < 1 ||
        month > 12)
        return false;
    *first = day_from_civil(year, month, 1);
    *last = day_from_civil(year, month, day_month_length(year, month));
    return true;
}

bool day_parse_period(str text, day *first, day *last)
{
    day unused, from, to;
    size_t dots = str_find(text, STR(".."), 0);
    if (dots == STR_MISSING)
        return parse_calendar(text, first, last);
    if (!parse_calendar(str_slice(text, 0, dots), &from, &unused) ||
        !parse_calendar(str_slice(text, dots + 2, text.len), &unused, &to) || to < from)
        return false;
    *first = from;
    *last = to;
    return true;
}

void day_add(struct buf *buf, day number)
{
    if (!in_range(number)) {
        buf_add(buf, STR("unknown"));
        return;
    }
    struct civil civil = day_to_civil(number);
    buf_add_number(buf, civil.year, 4);
    buf_add_byte(buf, '-');
    buf_add_number(buf, civil.month, 2);
    buf_add_byte(buf, '-');
    buf_add_number(buf, civil.day_of_month, 2);
}
