/* Readers: one part of a date expression each. */
#include "analyse/date_scan.h"
#include "base/ascii.h"

enum { MODERN_YEAR = 1900 /* years from then on stand without BC and AD */ };

/* "hundred" and "thousand" multiply what stands before them. */
static size_t read_multiplier(const struct date_scan *scan, size_t at, struct date_count *count)
{
    while (date_any(scan, at, "hundred thousand") && count->thousandths < 1000000000) {
        count->thousandths *= date_word_value(scan, at);
        at++;
    }
    return at;
}

/* "1/2" as it stands after a number or alone; 0 when it is not there. */
static size_t read_fraction(const struct date_scan *scan, size_t at, struct date_count *count)
{
    int above = date_digits(scan, at, 2, 1, 99), below = date_digits(scan, at + 2, 2, 1, 99);
    if (above < 0 || below <= above || !date_is(scan, at + 1, "/"))
        return 0;
    count->thousandths += above * 1000 / below;
    return at + 3;
}

static size_t read_digits(const struct date_scan *scan, size_t at, struct date_count *count)
{
    const struct date_word *word = date_at(scan, at);
    if (word->thousandths < 0)
        return 0;
    size_t end = read_fraction(scan, at, count);
    if (end)
        return end;
    count->thousandths = word->thousandths;
    size_t next = at + 1;
    end = read_fraction(scan, date_flag(scan, next, DATE_WORD_HYPHEN) ? next + 1 : next, count);
    return end ? end : read_multiplier(scan, next, count);
}

/* "and a half", also with hyphens between the words. */
static size_t read_half(const struct date_scan *scan, size_t at, struct date_count *count)
{
    static const char *const words[] = {"and", "a", "half"};
    size_t end = at;
    for (size_t i = 0; i < 3; i++) {
        if (date_flag(scan, end, DATE_WORD_HYPHEN))
            end++;
        if (!date_is(scan, end, words[i]))
            return at;
        end++;
    }
    count->thousandths += 500;
    return end;
}

/* After "a": few, couple (of), dozen, hundred, thousand. */
static size_t read_after_article(const struct date_scan *scan, size_t at, struct date_count *count)
{
    count->thousandths = 1000;
    int32_t value = date_word_value(scan, at);
    if (!date_any(scan, at, "few couple dozen hundred thousand"))
        return date_any(scan, at, "half quarter") ? 0 : at;
    count->unknown = value < 0;
    count->thousandths = value * INT64_C(1000);
    return date_is(scan, at + 1, "of") ? at + 2 : at + 1;
}

static size_t read_number_words(const struct date_scan *scan, size_t at, struct date_count *count)
{
    int32_t value = date_word_value(scan, at);
    size_t end = at + 1;
    if (value >= 20 && value < 100) {
        size_t next = date_flag(scan, end, DATE_WORD_HYPHEN) ? end + 1 : end;
        int32_t ones = date_has(scan, next, CLASS_BIT(NUMBER)) ? date_word_value(scan, next) : 0;
        if (ones > 0 && ones < 10 && !date_any(scan, next, "a an")) {
            value += ones;
            end = next + 1;
        }
    }
    count->thousandths = value * INT64_C(1000);
    if (date_any(scan, at, "couple dozen") && date_is(scan, end, "of"))
        end++;
    end = read_multiplier(scan, end, count);
    return read_half(scan, end, count);
}

size_t date_read_count(const struct date_scan *scan, size_t at, struct date_count *count)
{
    *count = (struct date_count){0, false};
    if (date_flag(scan, at, DATE_WORD_NUMBER))
        return read_digits(scan, at, count);
    if (!date_has(scan, at, CLASS_BIT(NUMBER)))
        return 0;
    int32_t value = date_word_value(scan, at);
    if (date_any(scan, at, "a an"))
        return read_after_article(scan, at + 1, count);
    if (date_is(scan, at, "half")) {
        count->thousandths = 500;
        return date_any(scan, at + 1, "a an") ? at + 2 : 0;
    }
    if (value >= 0)
        return read_number_words(scan, at, count);
    count->unknown = true;
    if (value == -1)
        return at + 1;
    return date_is(scan, at + 1, "of") ? at + 2 : 0;
}

size_t date_read_unit(const struct date_scan *scan, size_t at, const struct date_unit **unit,
                      bool *plural)
{
    if (!date_has(scan, at, CLASS_BIT(TIME_UNIT)))
        return 0;
    *unit = date_unit_find(date_word_value(scan, at));
    const struct date_word *word = date_at(scan, at);
    if (plural)
        *plural = scan->text.ptr[word->end - 1] == 's' || date_is(scan, at, "millennia");
    return *unit ? at + 1 : 0;
}

size_t date_read_or_so(const struct date_scan *scan, size_t at)
{
    return date_is(scan, at, "or") && date_is(scan, at + 1, "so") ? at + 2 : at;
}

size_t date_read_range(const struct date_scan *scan, size_t at, struct date_count *count)
{
    struct date_count upper;
    const struct date_unit *unit;
    if (count->unknown || !(date_any(scan, at, "to or") || date_flag(scan, at, DATE_WORD_HYPHEN)))
        return at;
    size_t end = date_read_count(scan, at + 1, &upper);
    if (!end || upper.unknown)
        return at;
    size_t unit_at = date_flag(scan, end, DATE_WORD_HYPHEN) ? end + 1 : end;
    if (!date_read_unit(scan, unit_at, &unit, NULL))
        return at;
    *count = upper;
    return end;
}

/* The number after the last hyphen of a value such as XXXX-08 or XXXX-WXX-1. */
static int detail_number(str detail)
{
    int value = 0;
    for (size_t i = detail.len; i > 0 && detail.ptr[i - 1] != '-'; i--) {
        if (!ascii_is_digit(detail.ptr[i - 1]) || detail.len - i > 1)
            return 0;
        value += (detail.ptr[i - 1] - '0') * (i == detail.len ? 1 : 10);
    }
    return value;
}

/* The full stop of an abbreviation belongs to the date where something of it follows. */
static size_t read_abbreviation_stop(const struct date_scan *scan, size_t at)
{
    if (!date_is(scan, at, ".") || !date_glued(scan, at))
        return at;
    bool goes_on = date_flag(scan, at + 1, DATE_WORD_NUMBER) || date_is(scan, at + 1, ",") ||
                   (date_flag(scan, at + 1, DATE_WORD_LETTERS) &&
                    !date_flag(scan, at + 1, DATE_WORD_CAPITAL)) ||
                   date_has(scan, at + 1, CLASS_BIT(MONTH));
    return goes_on ? at + 1 : at;
}

size_t date_read_month(const struct date_scan *scan, size_t at, int *month)
{
    if (!date_has(scan, at, CLASS_BIT(MONTH)) || !date_flag(scan, at, DATE_WORD_CAPITAL))
        return 0;
    *month = detail_number(date_word_detail(scan, at));
    if (*month < 1 || *month > 12)
        return 0;
    const struct date_word *word = date_at(scan, at);
    bool full = word->end - word->start > 4 || date_any(scan, at, "may june july");
    return full ? at + 1 : read_abbreviation_stop(scan, at + 1);
}

size_t date_read_weekday(const struct date_scan *scan, size_t at, int *weekday)
{
    if (!date_has(scan, at, CLASS_BIT(WEEKDAY)))
        return 0;
    *weekday = detail_number(date_word_detail(scan, at));
    if (*weekday < 1 || *weekday > 7)
        return 0;
    const struct date_word *word = date_at(scan, at);
    if (word->end - word->start > 5)
        return at + 1;
    if (!date_flag(scan, at, DATE_WORD_CAPITAL))
        return 0;
    size_t end = read_abbreviation_stop(scan, at + 1), next = end;
    int month;
    if (date_is(scan, next, ","))
        next++;
    bool dated = date_read_month(scan, next, &month) ||
                 (date_digits(scan, next, 2, 1, 31) > 0 && date_read_month(scan, next + 1, &month));
    return dated || (end > at + 1 && !date_any(scan, at, "sun sat")) ? end : 0;
}

/* "nineteen ninety-six"; "two thousand" after "year". */
static size_t read_year_words(const struct date_scan *scan, size_t at, int *year)
{
    struct date_count rest;
    if (date_is(scan, at, "two") && date_is(scan, at + 1, "thousand") &&
        date_is(scan, at - 1, "year")) {
        *year = 2000;
        return at + 2;
    }
    if (!date_any(scan, at, "eighteen nineteen twenty") ||
        !date_has(scan, at + 1, CLASS_BIT(NUMBER)) || date_any(scan, at + 1, "a an"))
        return 0;
    int32_t first = date_word_value(scan, at + 1);
    size_t end = first >= 10 && first < 100 ? date_read_count(scan, at + 1, &rest) : 0;
    if (!end || rest.thousandths % 1000 || rest.thousandths >= 100000)
        return 0;
    *year = date_word_value(scan, at) * 100 + (int)(rest.thousandths / 1000);
    return end;
}

size_t date_read_era(const struct date_scan *scan, size_t at, bool *before_christ)
{
    if (!date_flag(scan, at, DATE_WORD_CAPITAL))
        return 0;
    *before_christ = date_any(scan, at, "BC BCE B");
    if (date_any(scan, at, "BC BCE AD CE"))
        return at + 1;
    if (!date_any(scan, at, "B A") || !date_is(scan, at + 1, ".") ||
        !date_is(scan, at + 2, *before_christ ? "C" : "D") || !date_glued(scan, at + 2))
        return 0;
    size_t end = at + 3;
    if (date_is(scan, end, ".") && date_is(scan, end + 1, "E") && date_glued(scan, end + 1))
        end += 2;
    return date_is(scan, end, ".") && date_glued(scan, end) ? end + 1 : end;
}

size_t date_read_era_year(const struct date_scan *scan, size_t at, int *year)
{
    int number = date_digits(scan, at, 4, 2, 4999);
    bool before_christ;
    if (number < 0)
        return 0;
    size_t end = date_read_era(scan, at + 1, &before_christ), range = at + 1;
    if (end == at + 2 && number >= MODERN_YEAR && number < 2100)
        return 0; /* "in 2016 BC Ferries" */
    if (!end && (date_flag(scan, range, DATE_WORD_HYPHEN) || date_any(scan, range, "to and or"))) {
        /* "264 to 241 BC": the era of the second holds for the first */
        int second = date_digits(scan, range + 1, 4, 2, 4999);
        bool era = second > 0 && date_read_era(scan, range + 2, &before_christ);
        end = era && (before_christ ? second < number : second > number) ? range : 0;
    }
    if (!end && at && date_is(scan, at - 1, "AD") && date_flag(scan, at - 1, DATE_WORD_UPPER)) {
        before_christ = false;
        end = at + 1;
    }
    if (end)
        *year = before_christ ? 1 - number : number;
    return end;
}

size_t date_read_year(const struct date_scan *scan, size_t at, int *year)
{
    size_t era = date_read_era_year(scan, at, year);
    if (era)
        return era;
    if (date_has(scan, at, CLASS_BIT(NUMBER)))
        return read_year_words(scan, at, year);
    int value = date_at(scan, at)->digit_count == 4 ? date_digits(scan, at, 4, 1000, 2199) : -1;
    if (value < 0)
        return 0;
    *year = value;
    return at + 1;
}

static size_t read_suffix(const struct date_scan *scan, size_t at)
{
    return date_glued(scan, at) && date_any(scan, at, "st nd rd th") ? at + 1 : at;
}

size_t date_read_ordinal(const struct date_scan *scan, size_t at, int *ordinal)
{
    if (date_has(scan, at, CLASS_BIT(ORDINAL))) {
        *ordinal = date_word_value(scan, at);
        return at + 1;
    }
    if (date_any(scan, at, "twenty thirty") && date_flag(scan, at + 1, DATE_WORD_HYPHEN) &&
        date_has(scan, at + 2, CLASS_BIT(ORDINAL)) && date_word_value(scan, at + 2) < 10) {
        *ordinal = date_word_value(scan, at) + date_word_value(scan, at + 2);
        return at + 3;
    }
    int value = date_digits(scan, at, 2, 1, 99);
    size_t end = read_suffix(scan, at + 1);
    if (value < 0 || end == at + 1)
        return 0;
    *ordinal = value;
    return end;
}

size_t date_read_day(const struct date_scan *scan, size_t at, int *day_of_month)
{
    size_t end = date_read_ordinal(scan, at, day_of_month);
    if (!end) {
        *day_of_month = date_digits(scan, at, 2, 1, 31);
        end = at + 1;
    }
    return *day_of_month >= 1 && *day_of_month <= 31 ? end : 0;
}

size_t date_read_modifier(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    size_t word = date_is(scan, at, "the") ? at + 1 : at;
    if (date_has(scan, word, CLASS_BIT(DATE_EDGE)) && date_is(scan, word + 1, "of")) {
        hit->modifier = date_word_detail(scan, word);
        hit->edge = true;
        return word + 2;
    }
    if (!date_has(scan, word, CLASS_BIT(DATE_MODIFIER)))
        return 0;
    if (word > at && !date_any(scan, word, "early mid late"))
        return 0;
    hit->modifier = date_word_detail(scan, word);
    size_t end = word + 1;
    if (date_flag(scan, end, DATE_WORD_HYPHEN))
        end++;
    return end;
}

size_t date_read_approximation(const struct date_scan *scan, size_t at, str *modifier)
{
    const struct lexicon_entry *entry = NULL;
    size_t end = date_read_phrase(scan, at, CLASS_BIT(APPROXIMATION), &entry);
    if (end)
        *modifier = entry->detail;
    return end;
}

size_t date_read_relative_year(const struct date_scan *scan, size_t at, int *year)
{
    if (date_is(scan, at, "of"))
        at++;
    if (scan->today == DAY_UNKNOWN || !date_any(scan, at, "last this next") ||
        !date_is(scan, at + 1, "year"))
        return 0;
    *year = day_to_civil(scan->today).year + date_word_value(scan, at);
    return at + 2;
}
