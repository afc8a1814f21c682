/* TIMEX3 values (ISO-TimeML, ISO 24617-1): writing them, and the days that they cover. */
#include <string.h>

#include "analyse/date_scan.h"
#include "base/ascii.h"

enum { YEAR_MAX = 9999 };

str date_value_day(const struct date_scan *scan, day number)
{
    if (number == DAY_UNKNOWN)
        return STR("XXXX-XX-XX");
    struct civil civil = day_to_civil(number);
    return date_value_month_day(scan, civil.year, civil.month, civil.day_of_month);
}

/* Writes a number of so many digits; the place after it. */
static char *put_number(char *at, int number, size_t digits)
{
    for (size_t i = digits; i > 0; i--, number /= 10)
        at[i - 1] = (char)('0' + number % 10);
    return at + digits;
}

/* "2024", "BC0264", "XXXX" */
static char *put_year(char *at, int year)
{
    if (!year) {
        memcpy(at, "XXXX", 4);
        return at + 4;
    }
    if (year < 0) {
        memcpy(at, "BC", 2);
        at += 2;
        year = 1 - year;
    }
    return put_number(at, year, 4);
}

str date_value_month_day(const struct date_scan *scan, int year, int month, int day_of_month)
{
    char text[sizeof "BC0000-00-00"], *end = put_year(text, year);
    *end = '-';
    end = put_number(end + 1, month, 2);
    *end = '-';
    end = put_number(end + 1, day_of_month, 2);
    return arena_str(scan->arena, (str){text, (size_t)(end - text)});
}

str date_value_month(const struct date_scan *scan, int year, int month)
{
    char text[sizeof "BC0000-00"], *end = put_year(text, year);
    *end = '-';
    end = put_number(end + 1, month, 2);
    return arena_str(scan->arena, (str){text, (size_t)(end - text)});
}

str date_value_year(const struct date_scan *scan, int year)
{
    char text[sizeof "BC0000"];
    return arena_str(scan->arena, (str){text, (size_t)(put_year(text, year) - text)});
}

str date_value_week(const struct date_scan *scan, day number)
{
    int year, week = day_iso_week(number, &year);
    return arena_format(scan->arena, "%.*s-W%02d", STR_ARG(date_value_year(scan, year)), week);
}

str date_value_part(const struct date_scan *scan, int year, const char *suffix)
{
    return arena_format(scan->arena, "%.*s-%s", STR_ARG(date_value_year(scan, year)), suffix);
}

/* --- lengths ---------------------------------------------------------------------------- */

/* "2" or "2.5" */
static str thousandths_text(const struct date_scan *scan, int64_t thousandths)
{
    int rest = (int)(thousandths % 1000);
    long long whole = (long long)(thousandths / 1000);
    if (!rest)
        return arena_format(scan->arena, "%lld", whole);
    str text = arena_format(scan->arena, "%lld.%03d", whole, rest);
    while (text.ptr[text.len - 1] == '0')
        text.len--;
    return text;
}

/* Units that TIMEX3 writes as a number of a smaller one. */
static const struct {
    int32_t unit;
    int times;
    const char *letter;
} multiples[] = {{3652, 10, "Y"}, {36524, 100, "Y"}, {365242, 1000, "Y"}, {14, 2, "W"}};

/* What half a unit adds. */
static const struct {
    int32_t unit;
    const char *half;
} halves[] = {{365, "6M"}, {1, "T12H"}, {-3600, "30M"}, {-60, "30S"}};

str date_value_length(const struct date_scan *scan, struct date_count count,
                      const struct date_unit *unit)
{
    const char *clock = unit->is_clock ? "T" : "";
    if (count.unknown)
        return arena_format(scan->arena, "P%sX%s", clock, unit->letter);
    for (size_t i = 0; i < sizeof multiples / sizeof *multiples; i++) {
        if (multiples[i].unit != unit->value)
            continue;
        str number = thousandths_text(scan, count.thousandths * multiples[i].times);
        return arena_format(scan->arena, "P%.*s%s", STR_ARG(number), multiples[i].letter);
    }
    bool half = count.thousandths % 1000 == 500 && count.thousandths > 1000;
    for (size_t i = 0; half && i < sizeof halves / sizeof *halves; i++) {
        if (halves[i].unit == unit->value)
            return arena_format(scan->arena, "P%s%lld%s%s", clock,
                                (long long)(count.thousandths / 1000), unit->letter,
                                halves[i].half);
    }
    str number = thousandths_text(scan, count.thousandths);
    return arena_format(scan->arena, "P%s%.*s%s", clock, STR_ARG(number), unit->letter);
}

/* --- intervals -------------------------------------------------------------------------- */

/* Reads exactly `digits` digits at *at. */
static bool read_number(str value, size_t *at, size_t digits, int *number)
{
    if (value.len - *at < digits)
        return false;
    *number = 0;
    for (size_t end = *at + digits; *at < end; *at += 1) {
        char sign = value.ptr[*at];
        if (!ascii_is_digit(sign))
            return false;
        *number = *number * 10 + (sign - '0');
    }
    return true;
}

static struct date_span months_span(enum date_precision precision, int year, int first_month,
                                    int count)
{
    int last = first_month + count - 1;
    int last_year = year + (last - 1) / 12, last_month = (last - 1) % 12 + 1;
    if (last_year > YEAR_MAX)
        return (struct date_span){DATE_NO_PRECISION, DAY_UNKNOWN, DAY_UNKNOWN};
    return (struct date_span){
        precision, day_from_civil(year, first_month, 1),
        day_from_civil(last_year, last_month, day_month_length(last_year, last_month))};
}

/* What stands after "2024-" in letters, and the months that it means. */
static const struct {
    const char *text;
    enum date_precision precision;
    int first_month, month_count;
} year_parts[] = {
    {"Q1", DATE_QUARTER, 1, 3},  {"Q2", DATE_QUARTER, 4, 3}, {"Q3", DATE_QUARTER, 7, 3},
    {"Q4", DATE_QUARTER, 10, 3}, {"H1", DATE_HALF, 1, 6},    {"H2", DATE_HALF, 7, 6},
    {"SP", DATE_SEASON, 3, 3},   {"SU", DATE_SEASON, 6, 3},  {"FA", DATE_SEASON, 9, 3},
    {"AU", DATE_SEASON, 9, 3},   {"WI", DATE_SEASON, 12, 3},
};

/* "W32", "W32-3", "W32-WE" of a year. */
static bool week_span(str rest, int year, struct date_span *span)
{
    size_t at = 1;
    int week, weekday;
    if (!read_number(rest, &at, 2, &week) || week < 1 || week > 53 || !year)
        return false;
    day monday = day_from_iso_week(year, week, 1);
    int found_year;
    if (day_iso_week(monday, &found_year) != week || found_year != year)
        return false;
    *span = (struct date_span){DATE_WEEK, monday, monday + 6};
    if (at == rest.len)
        return true;
    if (str_equal(str_slice(rest, at, rest.len), STR("-WE"))) {
        *span = (struct date_span){DATE_WEEKEND, monday + 5, monday + 6};
        return true;
    }
    at++;
    if (rest.ptr[at - 1] != '-' || !read_number(rest, &at, 1, &weekday) || at != rest.len ||
        weekday < 1 || weekday > 7)
        return false;
    *span = (struct date_span){DATE_DAY, monday + weekday - 1, monday + weekday - 1};
    return true;
}

/* What follows "YYYY-". */
static bool year_part_span(str rest, int year, struct date_span *span)
{
    if (rest.len && rest.ptr[0] == 'W' && !str_equal(rest, STR("WI")))
        return week_span(rest, year, span);
    for (size_t i = 0; i < sizeof year_parts / sizeof *year_parts; i++) {
        if (str_equal(rest, str_from(year_parts[i].text))) {
            *span = months_span(year_parts[i].precision, year, year_parts[i].first_month,
                                year_parts[i].month_count);
            return span->precision != DATE_NO_PRECISION;
        }
    }
    size_t at = 0;
    int month, day_of_month;
    if (!read_number(rest, &at, 2, &month) || month < 1 || month > 12)
        return false;
    if (at == rest.len) {
        *span = months_span(DATE_MONTH, year, month, 1);
        return true;
    }
    if (str_equal(str_slice(rest, at, rest.len), STR("-XX"))) {
        *span = months_span(DATE_MONTH, year, month, 1); /* a day of it */
        return true;
    }
    at++;
    if (rest.ptr[at - 1] != '-' || !read_number(rest, &at, 2, &day_of_month) || at != rest.len ||
        !day_exists(year, month, day_of_month))
        return false;
    day number = day_from_civil(year, month, day_of_month);
    *span = (struct date_span){DATE_DAY, number, number};
    return true;
}

bool date_value_span(str value, struct date_span *span)
{
    *span = (struct date_span){DATE_NO_PRECISION, DAY_UNKNOWN, DAY_UNKNOWN};
    size_t clock = str_find_byte(value, 'T', 0);
    value = str_slice(value, 0, clock == STR_MISSING ? value.len : clock);
    bool before_christ = str_starts(value, STR("BC"));
    if (before_christ)
        value = str_slice(value, 2, value.len);
    size_t at = 0;
    int number;
    if (value.len == 2 && read_number(value, &at, 2, &number)) {
        number = before_christ ? -100 * number - 99 : 100 * number;
        *span = months_span(DATE_CENTURY, number, 1, 1200);
    } else if (value.len == 3 && read_number(value, &at, 3, &number)) {
        number = before_christ ? -10 * number - 8 : 10 * number;
        *span = months_span(DATE_DECADE, number, 1, 120);
    } else if (read_number(value, &at, 4, &number)) {
        if (before_christ)
            number = 1 - number;
        if (at == value.len)
            *span = months_span(DATE_YEAR, number, 1, 12);
        else if (value.ptr[at] == '-' &&
                 !year_part_span(str_slice(value, at + 1, value.len), number, span))
            return false;
    }
    return span->precision != DATE_NO_PRECISION;
}

/* Days [first + from/parts, first + to/parts) of a span. */
static struct date_span span_cut(struct date_span span, int64_t from, int64_t to, int64_t parts)
{
    int64_t count = (int64_t)span.last - span.first + 1;
    struct date_span cut = span;
    cut.first = (day)(span.first + count * from / parts);
    cut.last = (day)(span.first + count * to / parts - 1);
    if (cut.last < cut.first)
        cut.last = cut.first;
    return cut;
}

/* Thirds of a year by months and of a month by days; halves of what is longer. */
struct date_span date_span_narrow(struct date_span span, str modifier, bool edge)
{
    static const char *const names[] = {"START", "MID", "END"};
    int third = -1;
    for (int i = 0; i < 3; i++) {
        if (str_equal(modifier, str_from(names[i])))
            third = i;
    }
    if (third < 0 || span.precision == DATE_DAY || span.precision == DATE_NO_PRECISION)
        return span;
    if (edge && third != 1)
        return third == 0 ? span_cut(span, 0, 1, 10) : span_cut(span, 9, 10, 10);
    struct civil first = day_to_civil(span.first);
    if (span.precision == DATE_YEAR)
        return months_span(DATE_YEAR, first.year, 1 + 4 * third, 4);
    if (span.precision == DATE_MONTH) {
        struct date_span cut = {DATE_MONTH, span.first + 10 * third, span.first + 10 * third + 9};
        if (third == 2)
            cut.last = span.last;
        return cut;
    }
    if (span.precision <= DATE_DECADE && third != 1) {
        int years = span.precision == DATE_DECADE ? 5 : 50;
        return months_span(span.precision, first.year + (third ? years : 0), 1, years * 12);
    }
    return span_cut(span, third, third + 1, 3);
}

bool date_value_interval(str value, str modifier, day *first, day *last)
{
    struct date_span span;
    if (!date_value_span(value, &span))
        return false;
    span = date_span_narrow(span, modifier, false);
    *first = span.first;
    *last = span.last;
    return true;
}
