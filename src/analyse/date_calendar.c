/* Patterns of dates with a month or a weekday: full dates, month and day, months, weekdays. */
#include "analyse/date_scan.h"

/* --- digits ----------------------------------------------------------------------------- */

/* Not part of a longer number, path or code on its left. */
static bool stands_free(const struct date_scan *scan, size_t at)
{
    return !date_glued(scan, at) || date_any(scan, at - 1, "( [ \" \xE2\x80\x9C \xE2\x80\x98");
}

/* The second part of "14 August-24 August", "12-14 July". */
static bool ends_range(const struct date_scan *scan, size_t at)
{
    return at >= 2 && date_flag(scan, at - 1, DATE_WORD_HYPHEN) &&
           (date_has(scan, at - 2, CLASS_BIT(MONTH)) || date_digits(scan, at - 2, 2, 1, 31) > 0);
}

/* Two-digit fields joined by the same sign without spaces. */
static bool joined(const struct date_scan *scan, size_t at, const char *sign)
{
    return date_glued(scan, at + 1) && date_glued(scan, at + 2) && date_is(scan, at + 1, sign);
}

static size_t exact_day(const struct date_scan *scan, struct date_hit *hit, size_t end, int year,
                        int month, int day_of_month)
{
    if (!day_exists(year, month, day_of_month))
        return 0;
    hit->value = date_value_month_day(scan, year, month, day_of_month);
    hit->certainty = CERTAINTY_EXPLICIT;
    hit->anchor = DATE_ANCHOR_NONE;
    return end;
}

size_t date_match_iso(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    int year, month = date_digits(scan, at + 2, 2, 1, 12),
              day_of_month = date_digits(scan, at + 4, 2, 1, 31);
    if (date_at(scan, at)->digit_count != 4 || date_at(scan, at + 2)->digit_count != 2 ||
        date_at(scan, at + 4)->digit_count != 2 || !date_read_year(scan, at, &year))
        return 0;
    if (!stands_free(scan, at) || !joined(scan, at, "-") || !joined(scan, at + 2, "-"))
        return 0;
    return month < 0 || day_of_month < 0 ? 0
                                         : exact_day(scan, hit, at + 5, year, month, day_of_month);
}

/* 13/08/2024, 8/13/2024. Where both readings are possible only the year is certain. */
size_t date_match_slashes(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    int first = date_digits(scan, at, 2, 1, 31), second = date_digits(scan, at + 2, 2, 1, 31);
    const struct date_word *last = date_at(scan, at + 4);
    int year = date_digits(scan, at + 4, 4, 0, 2199);
    /* the one day that goes by its digits alone */
    if (first == 9 && second == 11 && stands_free(scan, at) && joined(scan, at, "/") &&
        !(date_glued(scan, at + 3) && date_any(scan, at + 3, "/ . : -") &&
          date_flag(scan, at + 4, DATE_WORD_NUMBER)))
        return exact_day(scan, hit, at + 3, 2001, 9, 11);
    if (first < 0 || second < 0 || year < 0 || (last->digit_count != 4 && last->digit_count != 2))
        return 0;
    const char *sign = date_is(scan, at + 1, "/") ? "/" : "-";
    if (!stands_free(scan, at) || !joined(scan, at, sign) || !joined(scan, at + 2, sign))
        return 0;
    bool short_year = last->digit_count == 2;
    if (short_year)
        year += year > 50 ? 1900 : 2000;
    if (date_glued(scan, at + 5) && (date_is(scan, at + 5, sign) || date_is(scan, at + 5, "/")))
        return 0;
    if (first == second || second > 12)
        return exact_day(scan, hit, at + 5, year, first, second);
    if (first > 12)
        return exact_day(scan, hit, at + 5, year, second, first);
    if (short_year && sign[0] == '-')
        return 0;
    hit->value = arena_format(scan->arena, "%04d-XX-XX", year);
    hit->certainty = CERTAINTY_UNRESOLVED;
    return at + 5;
}

/* --- month and day ---------------------------------------------------------------------- */

/* "Friday, " before a date; `at` itself when there is none. */
static size_t skip_weekday(const struct date_scan *scan, size_t at)
{
    int weekday, month, day_of_month;
    size_t end = date_read_weekday(scan, at, &weekday);
    if (!end)
        return at;
    if (date_is(scan, end, ","))
        end++;
    size_t number = date_is(scan, end, "the") ? end + 1 : end;
    if (date_read_month(scan, end, &month))
        return end;
    size_t after = date_read_day(scan, number, &day_of_month);
    if (after && date_is(scan, after, "of"))
        after++;
    return after && date_read_month(scan, after, &month) ? end : at;
}

/* "[2023]", "(2023)": the year that somebody else put in. */
static size_t read_year_in_brackets(const struct date_scan *scan, size_t at, int *year)
{
    static const char *const pairs[][2] = {{"[", "]"}, {"(", ")"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t end = date_is(scan, at, pairs[i][0]) ? date_read_year(scan, at + 1, year) : 0;
        if (end && date_is(scan, end, pairs[i][1]))
            return end + 1;
    }
    return 0;
}

/* ", 2024", "2024", "[2024]", "of last year", "last year" after a month or day; 0 when there is
 * none. */
static size_t read_year_after(const struct date_scan *scan, size_t at, struct date_hit *hit,
                              int *year)
{
    size_t number = date_any(scan, at, ", of") ? at + 1 : at;
    size_t end = read_year_in_brackets(scan, at, year);
    if (end)
        return end;
    end = date_read_year(scan, number, year);
    if (end && !date_has(scan, end, CLASS_BIT(COUNTED)))
        return end;
    if (date_is(scan, at, "of") && scan->mention.precision >= DATE_YEAR) {
        size_t word = date_is(scan, number, "the") ? number + 1 : number;
        if (date_any(scan, word, "that same") && date_is(scan, word + 1, "year")) {
            *year = day_to_civil(date_base_mention(scan, hit, DATE_YEAR)).year;
            return word + 2;
        }
    }
    end = date_read_relative_year(scan, at, year);
    if (end)
        date_base_publication(scan, hit);
    return end;
}

/* The value of a day of a month, with the year where it follows at `at`. */
static size_t finish_month_day(const struct date_scan *scan, size_t at, struct date_hit *hit,
                               int month, int day_of_month, int relation)
{
    int year;
    size_t end = read_year_after(scan, at, hit, &year);
    if (end) {
        struct date_hit dated = *hit;
        if (!exact_day(scan, &dated, end, year, month, day_of_month))
            return 0;
        hit->value = dated.value;
        return end;
    }
    return date_resolve_month_day(scan, hit, at, month, day_of_month, relation) ? at : 0;
}

/* "5 August 2024", "the 5th of August", "Monday, 5 August". */
size_t date_match_day_month(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    int day_of_month, month;
    size_t number = skip_weekday(scan, at);
    if (number == at && date_flag(scan, at, DATE_WORD_NUMBER) && !stands_free(scan, at) &&
        !ends_range(scan, at))
        return 0;
    if (date_is(scan, number, "the"))
        number++;
    size_t end = date_read_day(scan, number, &day_of_month);
    if (!end)
        return 0;
    bool spelt = date_has(scan, number, CLASS_BIT(ORDINAL));
    bool joint = date_is(scan, end, "of");
    size_t after = date_read_month(scan, joint ? end + 1 : end, &month);
    if (!after || (spelt && !joint))
        return 0;
    if (ends_range(scan, number) && date_glued(scan, number) &&
        date_digits(scan, after, 2, 1, 31) > 0)
        return 0; /* "lost 1-2 May 5" */
    return finish_month_day(scan, after, hit, month, day_of_month, DATE_NO_RELATION);
}

/* The first day of "12-14 July", "24 and 25 April 2019", "from 15 to 22 February". */
static size_t first_of_range(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    int day_of_month, last_day, month;
    size_t end = date_read_day(scan, at, &day_of_month), joint = end;
    if (!end || (!stands_free(scan, at) && !ends_range(scan, at)) ||
        date_has(scan, at, CLASS_BIT(ORDINAL)))
        return 0;
    bool hyphen = date_flag(scan, joint, DATE_WORD_HYPHEN);
    if (!hyphen &&
        !(date_any(scan, joint, "to and or") &&
          (date_has(scan, at - 1, CLASS_BIT(TIME_PREPOSITION)) || date_any(scan, at - 1, "the ("))))
        return 0;
    size_t number = date_is(scan, joint + 1, "the") ? joint + 2 : joint + 1;
    size_t after = date_read_day(scan, number, &last_day);
    if (after && date_is(scan, after, "of"))
        after++;
    after = after && last_day > day_of_month ? date_read_month(scan, after, &month) : 0;
    if (!after || date_digits(scan, after, 2, 1, 31) > 0) /* "lost 1-2 May 5" */
        return 0;
    struct date_hit dated = *hit;
    if (!finish_month_day(scan, after, &dated, month, day_of_month, DATE_NO_RELATION))
        return 0;
    *hit = dated;
    return end;
}

/* The last day of "April 6-7", "May 6 and 7th", "March 5-9, 1918". */
static size_t last_of_range(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    int day_of_month, year;
    size_t end = date_read_day(scan, at, &day_of_month);
    if (!end || at < 3 || date_has(scan, at, CLASS_BIT(ORDINAL)) ||
        scan->mention.precision != DATE_DAY || date_at(scan, at - 2)->end != scan->mention_end ||
        date_digits(scan, at - 2, 2, 1, 31) < 0)
        return 0;
    struct civil civil = day_to_civil(scan->mention.first);
    bool hyphen = date_flag(scan, at - 1, DATE_WORD_HYPHEN) && date_glued(scan, at);
    bool open = date_flag(scan, end, DATE_WORD_LETTERS) &&
                !date_has(scan, end, CLASS_BIT(TIME_PREPOSITION) | CLASS_BIT(CUE_PAST)) &&
                !date_any(scan, end, "and when at as with while the");
    if ((!hyphen && (open || !date_any(scan, at - 1, "and to or through"))) ||
        date_any(scan, end, "% :") || civil.day_of_month >= day_of_month)
        return 0;
    size_t number = date_is(scan, end, ",") ? end + 1 : end;
    size_t after = date_read_year(scan, number, &year);
    if (after && after == number + 1 && !date_has(scan, after, CLASS_BIT(COUNTED)))
        return exact_day(scan, hit, after, year, civil.month, day_of_month);
    if (!exact_day(scan, hit, end, civil.year, civil.month, day_of_month))
        return 0;
    hit->anchor = DATE_ANCHOR_MENTION;
    hit->certainty = CERTAINTY_RESOLVED;
    return end;
}

size_t date_match_day_of_range(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    size_t end = first_of_range(scan, at, hit);
    return end ? end : last_of_range(scan, at, hit);
}

/* last, this, next, "this past", "this coming" before a month; `at` itself when there is none. */
static size_t read_relation(const struct date_scan *scan, size_t at, int *relation)
{
    *relation = DATE_NO_RELATION;
    size_t word =
        date_any(scan, at, "this that") && date_any(scan, at + 1, "past coming same") ? at + 1 : at;
    if (date_is(scan, at, "the") && date_any(scan, at + 1, "previous following same"))
        word = at + 1;
    int month;
    if (!date_any(scan, word, "last this next past coming that same previous following") ||
        (date_is(scan, word, "that") && date_any(scan, word + 1, "may march")) ||
        !date_read_month(scan, word + 1, &month))
        return at;
    *relation = date_word_value(scan, word);
    return word + 1;
}

/* The number after a month is a time, a share or a decimal and no day. */
static bool is_other_number(const struct date_scan *scan, size_t after)
{
    return date_is(scan, after, "%") ||
           (date_is(scan, after, ":") && date_flag(scan, after + 1, DATE_WORD_NUMBER));
}

/* "August 5, 2024", "Aug. 5", "Friday, July 21", "last March 3". */
size_t date_match_month_day(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    int month, day_of_month, relation;
    size_t word = skip_weekday(scan, at);
    if (word == at) {
        size_t after = date_read_modifier(scan, at, hit);
        word = after && !hit->edge ? after : at;
        hit->modifier = STR_NONE;
    }
    word = read_relation(scan, word, &relation);
    size_t number = date_read_month(scan, word, &month);
    size_t end = number ? date_read_day(scan, number, &day_of_month) : 0;
    if (!end || is_other_number(scan, end) || date_has(scan, number, CLASS_BIT(ORDINAL)))
        return 0;
    return finish_month_day(scan, end, hit, month, day_of_month, relation);
}

/* --- months ----------------------------------------------------------------------------- */

/* May, March, April, June, August and abbreviations may be something else. */
static bool is_month_alone(const struct date_scan *scan, size_t at, size_t end)
{
    size_t before = at - 1;
    bool preposition = at && date_has(scan, before, CLASS_BIT(TIME_PREPOSITION));
    bool other_word = date_any(scan, at, "may march");
    const struct date_word *word = date_at(scan, at);
    if (word->end - word->start == 3 && !other_word && end == at + 1)
        return false; /* "Jan", "Mar" without a full stop */
    if (other_word) {
        if (date_any(scan, before, "the") && date_flag(scan, end, DATE_WORD_LETTERS) &&
            date_flag(scan, end, DATE_WORD_SPACE) && !date_flag(scan, end, DATE_WORD_CAPITAL) &&
            !date_any(scan, end, "on of for to in against from by at and is was has"))
            return true; /* "the March session" */
        if (date_any(scan, before, "to and the a of for or"))
            return date_any(scan, end, ", . to and through until") ||
                   (date_any(scan, before, "of for to") &&
                    !date_flag(scan, end, DATE_WORD_CAPITAL));
        if (!preposition && !date_any(scan, before, "last this next early late mid -"))
            return date_is(scan, end, ",") && !date_glued(scan, at) && !preposition &&
                   !date_same_sentence(scan, at, before);
    }
    bool named = date_is(scan, before, "and") && date_flag(scan, end, DATE_WORD_CAPITAL) &&
                 date_flag(scan, end, DATE_WORD_SPACE); /* "and June Carver" */
    if (date_any(scan, at, "april june august may") && !preposition && named)
        return false;
    if (date_any(scan, at, "april june august may") && !preposition &&
        !date_any(scan, before, "last this next early late mid and the"))
        return !date_flag(scan, end, DATE_WORD_CAPITAL);
    return true;
}

/* "August 2024", "early August", "last August", "August of last year". */
size_t date_match_month(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    int month, year, relation;
    size_t word = date_read_modifier(scan, at, hit);
    if (!word)
        word = at;
    size_t name = read_relation(scan, word, &relation);
    size_t end = date_read_month(scan, name, &month);
    if (!end)
        return 0;
    size_t after = read_year_after(scan, end, hit, &year);
    if (after) {
        hit->value = date_value_month(scan, year, month);
        return after;
    }
    if (word == at && relation == DATE_NO_RELATION && !is_month_alone(scan, name, end))
        return 0;
    date_resolve_month(scan, hit, end, month, relation);
    return end;
}

/* --- weekdays --------------------------------------------------------------------------- */

/* "Tuesday nights", "Monday" of "Monday and Tuesday nights": each such day. */
static size_t weekly_day_part(const struct date_scan *scan, size_t end, struct date_hit *hit,
                              int weekday)
{
    int other;
    size_t second = date_any(scan, end, "and or") ? date_read_weekday(scan, end + 1, &other) : 0;
    size_t part = second ? second : end;
    if (!date_any(scan, part, "mornings afternoons evenings nights"))
        return 0;
    hit->type = MOMENT_SET;
    hit->value = arena_format(scan->arena, "XXXX-WXX-%dT%.*s", weekday,
                              STR_ARG(date_word_detail(scan, part)));
    return second ? end : part + 1;
}

/* "Monday", "early Monday", "Monday night", "Monday at noon". */
size_t date_match_weekday(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    int weekday;
    size_t word = at;
    if (date_any(scan, at, "early late") && date_has(scan, at + 1, CLASS_BIT(WEEKDAY))) {
        hit->modifier = date_word_detail(scan, at);
        word++;
    }
    size_t end = date_read_weekday(scan, word, &weekday);
    if (!end || !date_flag(scan, word, DATE_WORD_CAPITAL))
        return 0;
    size_t weekly = weekly_day_part(scan, end, hit, weekday);
    if (weekly)
        return weekly;
    date_resolve_weekday(scan, hit, end, weekday);
    size_t part = date_is(scan, end, "at") ? end + 1 : end;
    if (!date_any(scan, part, part > end ? "noon midnight" : "morning afternoon evening night"))
        return end;
    hit->type = MOMENT_TIME;
    hit->value = arena_format(scan->arena, "%.*sT%.*s", STR_ARG(hit->value),
                              STR_ARG(date_word_detail(scan, part)));
    return part + 1;
}
