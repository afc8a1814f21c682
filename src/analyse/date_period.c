/* Patterns of periods with a name: years, decades, centuries, quarters, seasons, holidays. */
#include "analyse/date_scan.h"

enum {
    NEAR_HOLIDAY = 30, /* days ahead that a word of the past does not reach over */
    FAR_HOLIDAY = 100  /* days ahead that need a word of the future */
};

/* "early", "the late", "mid-" and then an optional "the"; `at` when there is neither. */
static size_t skip_opening(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    size_t end = date_read_modifier(scan, at, hit);
    if (!end)
        end = at;
    return date_is(scan, end, "the") ? end + 1 : end;
}

/* --- years ------------------------------------------------------------------------------ */

/* What stands before a number says that it is no year. */
static bool counts_before(const struct date_scan *scan, size_t at)
{
    int end_year;
    if (date_is(scan, at - 1, "over") && date_flag(scan, at + 1, DATE_WORD_HYPHEN) &&
        date_read_year(scan, at + 2, &end_year))
        return false; /* "over 2000-2050" */
    if (date_glued(scan, at)) {
        if (date_any(scan, at - 1, "$ \xC2\xA3 \xE2\x82\xAC # . / : @ & _ = ,"))
            return true;
        int year;
        bool range = at >= 2 && (date_read_year(scan, at - 2, &year) ||
                                 date_any(scan, at - 2, "mid pre post"));
        if (date_flag(scan, at - 1, DATE_WORD_HYPHEN | DATE_WORD_LETTERS | DATE_WORD_NUMBER) &&
            !range)
            return true;
    }
    return date_any(scan, at - 1,
                    "some about nearly over than least around almost roughly "
                    "approximately no number room flight route highway model "
                    "building box interstate page");
}

/* What stands after it says so. */
static bool counts_after(const struct date_scan *scan, size_t at)
{
    size_t next = at + 1;
    if (date_has(scan, next, CLASS_BIT(COUNTED)))
        return true;
    if (!date_glued(scan, next))
        return false;
    if (date_any(scan, next, "% / _ @ \xC2\xB0"))
        return true;
    if (date_any(scan, next, ". ,") && date_glued(scan, next + 1) &&
        date_flag(scan, next + 1, DATE_WORD_NUMBER))
        return true;
    int year;
    bool range =
        date_read_year(scan, next + 1, &year) || date_digits(scan, next + 1, 2, 0, 99) >= 0;
    return date_flag(scan, next, DATE_WORD_LETTERS) ||
           (date_flag(scan, next, DATE_WORD_HYPHEN) && date_glued(scan, next + 1) &&
            date_flag(scan, next + 1, DATE_WORD_NUMBER) && !range);
}

/* "1119 Eighth St.", "1909 Jolinda Drive". */
static bool is_house_number(const struct date_scan *scan, size_t end)
{
    for (size_t i = end + 1; i < end + 4 && date_flag(scan, i - 1, DATE_WORD_CAPITAL); i++) {
        if (date_any(scan, i, "St Street Drive Road Rd Avenue Ave Lane Boulevard Blvd Court Way") &&
            date_flag(scan, i, DATE_WORD_CAPITAL))
            return true;
    }
    return false;
}

/* "rockets": a word of running text with a plural's end. */
static bool is_plural(const struct date_scan *scan, size_t at)
{
    const struct date_word *word = date_at(scan, at);
    return (word->flags & DATE_WORD_LETTERS) && !(word->flags & DATE_WORD_CAPITAL) &&
           word->end - word->start > 3 && scan->text.ptr[word->end - 1] == 's' &&
           (word->flags & DATE_WORD_SPACE);
}

/* "for 1000 contacts", "from 1100 to 1200 metres": these stand before numbers, too, and a year of
 * our time is likelier than so many of something ("for 2024 sales"). */
static bool counts_placed(const struct date_scan *scan, size_t word, size_t end, int year)
{
    if (year >= 1980 || !date_any(scan, word - 1, "for from to") || date_is(scan, end, "onwards"))
        return false;
    if (date_is(scan, end, "to") && date_flag(scan, end + 1, DATE_WORD_NUMBER))
        end += 2;
    return is_plural(scan, end) || date_has(scan, end, CLASS_BIT(COUNTED));
}

/* "in 2016", "early 2016", "fiscal 2016", "fiscal year 2016", "the 2016". */
size_t date_match_year(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    int year;
    size_t word = date_read_modifier(scan, at, hit);
    if (!word)
        word = at;
    if (date_is(scan, word, "fiscal"))
        word += date_is(scan, word + 1, "year") ? 2 : 1;
    size_t end = date_read_year(scan, word, &year);
    if (!end)
        return 0;
    bool placed = date_has(scan, word - 1, CLASS_BIT(TIME_PREPOSITION)) ||
                  date_is(scan, word - 1, "year") || word > at ||
                  (date_flag(scan, word - 1, DATE_WORD_HYPHEN) &&
                   date_any(scan, word - 2, "pre post")); /* "post-1959 politics" */
    if (date_read_era_year(scan, word, &year)) {
        hit->value = date_value_year(scan, year);
        return end;
    }
    if ((year < 1400 || year > 2050) && !placed)
        return 0;
    if (date_flag(scan, word, DATE_WORD_NUMBER) &&
        (counts_before(scan, word) || counts_after(scan, word)))
        return 0;
    if (date_has(scan, end, CLASS_BIT(COUNTED)) || is_house_number(scan, end) ||
        (!placed && date_has(scan, end, CLASS_BIT(CAR_MAKE)) &&
         date_flag(scan, end, DATE_WORD_CAPITAL)))
        return 0; /* "his 1987 Chevrolet" is a model */
    /* "1,500 rockets" is written without its comma often enough */
    if (is_plural(scan, end) && !placed && !date_any(scan, word - 1, "the and 's late early") &&
        !date_any(scan, end, "elections"))
        return 0;
    if (counts_placed(scan, word, end, year))
        return 0;
    hit->value = date_value_year(scan, year);
    return end;
}

/* "'96" after in, of, since, class. */
size_t date_match_short_year(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    int number = date_digits(scan, at + 1, 2, 0, 99);
    if (!date_flag(scan, at, DATE_WORD_APOSTROPHE) || date_glued(scan, at) || number < 0 ||
        date_at(scan, at + 1)->digit_count != 2 || !date_glued(scan, at + 1) ||
        (date_glued(scan, at + 2) && date_flag(scan, at + 2, DATE_WORD_LETTERS)))
        return 0;
    if (!date_has(scan, at - 1, CLASS_BIT(TIME_PREPOSITION)) && !date_is(scan, at - 1, "class"))
        return 0;
    hit->value = date_value_year(scan, number > 30 ? 1900 + number : 2000 + number);
    return at + 2;
}

/* --- decades and centuries -------------------------------------------------------------- */

/* The "s" of "1990s", "1990's"; 0 when there is none. */
static size_t read_decade_ending(const struct date_scan *scan, size_t at)
{
    return date_glued(scan, at) && (date_is(scan, at, "s") || date_is_possessive(scan, at)) ? at + 1
                                                                                            : 0;
}

/* "the 1990s", "mid-1990s", "the '80s", "the nineties", "the 1800s". */
size_t date_match_decade(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    size_t word = skip_opening(scan, at, hit), end;
    bool opened = word > at;
    if (opened && date_read_modifier(scan, word, hit))
        word = date_read_modifier(scan, word, hit);
    int number = date_digits(scan, word, 4, 10, 2190);
    end = number >= 0 && number % 10 == 0 ? read_decade_ending(scan, word + 1) : 0;
    bool before_christ;
    size_t era = end ? date_read_era(scan, end, &before_christ) : 0;
    if (era && before_christ) {
        hit->value = arena_format(scan->arena, "BC%03d", number / 10);
        return era;
    }
    number = date_digits(scan, word, 4, opened ? 1000 : 1400, 2190); /* "1040s" are tax forms */
    if (number >= 0 && number % 10 == 0 && (end = read_decade_ending(scan, word + 1)) != 0) {
        bool century = number % 100 == 0 && number != 2000;
        hit->value = arena_format(scan->arena, century ? "%02d" : "%03d",
                                  century ? number / 100 : number / 10);
        return end;
    }
    bool apostrophe = date_flag(scan, word, DATE_WORD_APOSTROPHE);
    size_t digits = apostrophe ? word + 1 : word;
    number = date_digits(scan, digits, 2, 20, 90);
    if (number >= 0 && number % 10 == 0 && (opened || apostrophe) &&
        (end = read_decade_ending(scan, digits + 1)) != 0) {
        hit->value = arena_format(scan->arena, "19%d", number / 10);
        return end;
    }
    /* "in the sixties" is as often somebody's age or a temperature */
    if (!date_has(scan, word, CLASS_BIT(DECADE)) || !opened)
        return 0;
    hit->value = arena_format(scan->arena, "%03d", (int)date_word_value(scan, word));
    return word + 1;
}

size_t date_match_century(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    int number;
    size_t word = skip_opening(scan, at, hit);
    if (word > at && date_read_modifier(scan, word, hit))
        word = date_read_modifier(scan, word, hit);
    size_t end = date_read_ordinal(scan, word, &number);
    if (!end || number < 1 || number > 22)
        return 0;
    if (date_flag(scan, end, DATE_WORD_HYPHEN))
        end++;
    if (!date_any(scan, end, "century centuries"))
        return 0;
    bool before_christ = false;
    size_t era = date_read_era(scan, end + 1, &before_christ);
    hit->value = arena_format(scan->arena, before_christ ? "BC%02d" : "%02d", number - 1);
    return era ? era : end + 1;
}

/* --- quarters --------------------------------------------------------------------------- */

/* "third quarter", "third-quarter", "first half", "Q3"; *kind is 'Q' or 'H'. */
static size_t read_quarter(const struct date_scan *scan, size_t at, char *kind, int *number)
{
    *kind = 'Q';
    if (date_is(scan, at, "q") && date_glued(scan, at + 1)) {
        *number = date_digits(scan, at + 1, 1, 1, 4);
        return *number > 0 ? at + 2 : 0;
    }
    size_t end = date_read_ordinal(scan, at, number);
    if (date_any(scan, at, "latter last") && date_is(scan, at + 1, "half")) {
        *number = 2;
        end = at + 1;
    }
    if (!end || *number < 1 || *number > 4)
        return 0;
    if (date_flag(scan, end, DATE_WORD_HYPHEN) || date_is(scan, end, "fiscal"))
        end++;
    if (date_is(scan, end, "half") && *number <= 2)
        *kind = 'H';
    else if (!date_is(scan, end, "quarter"))
        return 0;
    return end + 1;
}

static size_t named_quarter(const struct date_scan *scan, struct date_hit *hit, size_t end,
                            int year, char kind, int number)
{
    char suffix[3] = {kind, (char)('0' + number), 0};
    hit->value = date_value_part(scan, year, suffix);
    return end;
}

/* "the third quarter", "fiscal 1989 fourth quarter", "this year's first half", "Q3 2024". */
size_t date_match_quarter(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    int year = 0, number;
    char kind;
    size_t word = at;
    size_t after = date_read_relative_year(scan, at, &year);
    if (after && !date_is(scan, at, "of") && date_is_possessive(scan, after)) {
        date_base_publication(scan, hit);
        word = after + 1;
    } else {
        year = 0;
        if (date_any(scan, word, "latest current"))
            hit->first = ++word;
        else if (date_any(scan, word, "the this last next that") &&
                 !(date_is(scan, word, "last") && date_is(scan, word + 1, "half")))
            word++;
    }
    if (date_is(scan, word, "fiscal"))
        word++;
    after = year ? 0 : date_read_year(scan, word, &year);
    if (after)
        word = date_is_possessive(scan, after) ? after + 1 : after;
    if (date_is(scan, word, "fiscal"))
        word++;
    size_t end = read_quarter(scan, word, &kind, &number);
    if (!end)
        return 0;
    if (year)
        return named_quarter(scan, hit, end, year, kind, number);
    size_t of = date_is(scan, end, "of") ? end + 1 : end;
    if (date_is(scan, of, "fiscal"))
        of++;
    after = date_read_year(scan, of, &year);
    if (after)
        return named_quarter(scan, hit, after, year, kind, number);
    after = date_read_relative_year(scan, end, &year);
    if (after) {
        date_base_publication(scan, hit);
        return named_quarter(scan, hit, after, year, kind, number);
    }
    if (date_is(scan, end, "of") && date_is(scan, end + 1, "the") &&
        date_has(scan, end + 2, DATE_QUOTE | DATE_DIGITS))
        return 0; /* "the first half of the 1980s" */
    if (kind == 'H' && !scan->earnings && !date_has(scan, end, CLASS_BIT(TIME_PREPOSITION)))
        return date_is(scan, end, "of") ? 0 : end; /* of a game, or of something else */
    date_resolve_quarter(scan, hit, end, kind, number);
    return end;
}

/* "the 1988 quarter", "the 1988 period": the quarter that the report is about, in that year. */
size_t date_match_year_quarter(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    int year;
    size_t word = date_is(scan, at, "the") ? at + 1 : at;
    size_t end = date_read_year(scan, word, &year);
    if (!end || !scan->earnings || !scan->quarter || !date_any(scan, end, "quarter period"))
        return 0;
    hit->anchor = DATE_ANCHOR_MENTION;
    hit->certainty = CERTAINTY_RESOLVED;
    return named_quarter(scan, hit, end + 1, year, 'Q', scan->quarter);
}

/* "the year-ago quarter", "year-earlier period", "the year-earlier third quarter". */
size_t date_match_year_ago_quarter(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    size_t word = date_is(scan, at, "the") ? at + 1 : at;
    if (date_is(scan, word, "comparable"))
        word++;
    if (!date_is(scan, word, "year") || !date_flag(scan, word + 1, DATE_WORD_HYPHEN) ||
        !date_any(scan, word + 2, "ago earlier") || date_is(scan, word + 3, "fiscal"))
        return 0;
    size_t end = word + 3;
    int number = 0;
    char kind = 'Q';
    size_t after = read_quarter(scan, end, &kind, &number);
    if (after) {
        end = after;
    } else {
        number = 0;
        if (date_any(scan, end, "quarter period"))
            end++;
        else
            hit->first = word;
    }
    day today = date_base_publication(scan, hit);
    int year = scan->quarter          ? scan->quarter_year - 1
               : today == DAY_UNKNOWN ? 0
                                      : day_to_civil(today).year - 1;
    if (scan->quarter) {
        hit->anchor = DATE_ANCHOR_MENTION;
        hit->certainty = CERTAINTY_RESOLVED;
        number = number ? number : scan->quarter;
    }
    if (number)
        return named_quarter(scan, hit, end, year, kind, number);
    hit->value = date_value_year(scan, year);
    return end;
}

/* --- seasons ---------------------------------------------------------------------------- */

/* "autumn" in "the summer and autumn". */
static bool joined_season(const struct date_scan *scan, size_t at)
{
    return at >= 2 && date_has(scan, at - 2, CLASS_BIT(SEASON)) &&
           date_at(scan, at - 2)->end == scan->mention_end &&
           (date_any(scan, at - 1, "and or to") || date_flag(scan, at - 1, DATE_WORD_HYPHEN));
}

/* "summer 2022", "late summer", "in the fall", "last winter", "spring of 2020". */
size_t date_match_season(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    size_t word = skip_opening(scan, at, hit);
    int relation = DATE_NO_RELATION, year;
    if (date_any(scan, word, "last this next past coming that same previous following")) {
        relation = date_word_value(scan, word);
        word++;
    }
    if ((relation == 0 || relation == DATE_SAME) && date_any(scan, word, "past coming same")) {
        relation = date_word_value(scan, word);
        word++;
    }
    if (!date_has(scan, word, CLASS_BIT(SEASON)))
        return 0;
    int first_month = date_word_value(scan, word);
    size_t of = date_is(scan, word + 1, "of") ? word + 2 : word + 1;
    size_t end = date_read_year(scan, of, &year);
    if (!end && date_is(scan, of, "the") && date_read_year(scan, of + 1, &year))
        return 0;
    if (!end && date_any(scan, word, "fall spring")) { /* verbs, and the noun of a fall */
        if (relation == DATE_NO_RELATION &&
            !date_any(scan, word - 1, "the in by early late - since until"))
            return 0;
        if (date_is(scan, word, "fall") &&
            (date_is(scan, word + 1, "of") ||
             (relation == DATE_NO_RELATION && date_is(scan, word + 1, "in"))))
            return 0;
    }
    if (!end && word == at && !date_any(scan, word - 1, "in by since until during throughout") &&
        !joined_season(scan, word))
        return 0;
    date_resolve_season(scan, hit, word + 1, first_month, relation);
    if (!end)
        return word + 1;
    hit->certainty = CERTAINTY_EXPLICIT;
    hit->anchor = DATE_ANCHOR_NONE;
    str season = str_slice(hit->value, hit->value.len - 2, hit->value.len);
    hit->value = arena_format(scan->arena, "%.*s-%.*s", STR_ARG(date_value_year(scan, year)),
                              STR_ARG(season));
    return end;
}

/* --- holidays --------------------------------------------------------------------------- */

/* Easter Sunday. Method: the anonymous Gregorian computus (Nature, 1876). */
static day easter(int year)
{
    int golden = year % 19, century = year / 100, rest = year % 100;
    int moon =
        (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    int sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    int late = (golden + 11 * moon + 22 * sunday) / 451;
    int number = moon + sunday - 7 * late + 114;
    return day_from_civil(year, number / 31, number % 31 + 1);
}

/* The day of a holiday; its code is explained in the lexicon. */
static day holiday_day(int32_t code, int year)
{
    if (code > 900000)
        return easter(year) + (code - 1000000);
    if (code > 100000)
        return holiday_day(code / 10, year) + code % 10;
    if (code < 10000)
        return day_from_civil(year, code / 100, code % 100);
    int nth = code / 10000, month = code / 100 % 100, weekday = code % 10;
    if (nth == 9) {
        day last = day_from_civil(year, month, day_month_length(year, month));
        return last - (day_weekday(last) - weekday + 7) % 7;
    }
    day first = day_from_civil(year, month, 1);
    return first + (weekday - day_weekday(first) + 7) % 7 + 7 * (nth - 1);
}

/* The holiday of the years around today that is meant. */
static day holiday_near(const struct date_scan *scan, const struct date_hit *hit, size_t end,
                        int32_t code, int relation)
{
    int year = day_to_civil(scan->today).year;
    if (relation == 0)
        return holiday_day(code, year);
    day near[3];
    for (int i = 0; i < 3; i++)
        near[i] = holiday_day(code, year - 1 + i);
    int past = near[1] < scan->today ? 1 : 0;
    int future = near[1] >= scan->today ? 1 : 2;
    if (relation != DATE_NO_RELATION)
        return relation < 0 ? near[past] : near[future];
    bool back = scan->today - near[past] <= near[future] - scan->today;
    day closest = back ? near[past] : near[future];
    if (!back) {
        int direction = date_direction(scan, hit->first, end);
        if (closest - scan->today > (direction < 0 ? NEAR_HOLIDAY : FAR_HOLIDAY) && direction <= 0)
            return near[past];
    }
    return closest;
}

/* "Easter week", "Labor Day weekend": the week of the holiday, the weekend next to it. */
static size_t holiday_around(const struct date_scan *scan, size_t end, struct date_hit *hit)
{
    struct date_span span;
    bool week = date_is(scan, end, "week");
    if ((!week && !date_is(scan, end, "weekend")) || !date_value_span(hit->value, &span) ||
        span.precision != DATE_DAY)
        return end;
    /* a holiday from Monday to Wednesday ends the weekend, a later one opens it */
    day number = week || day_weekday(span.first) > 3 ? span.first : span.first - 7;
    hit->value = date_value_week(scan, number);
    if (!week)
        hit->value = arena_format(scan->arena, "%.*s-WE", STR_ARG(hit->value));
    return end + 1;
}

static size_t match_holiday_day(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    int relation = DATE_NO_RELATION, year;
    size_t word = at;
    if (date_any(scan, at, "last this next")) {
        relation = date_word_value(scan, at);
        word++;
    }
    const struct lexicon_entry *entry = NULL;
    size_t end = date_read_phrase(scan, word, CLASS_BIT(HOLIDAY), &entry);
    if (!end || !date_flag(scan, word, DATE_WORD_CAPITAL) || !entry->value)
        return 0;
    if (word == at && date_flag(scan, at - 1, DATE_WORD_CAPITAL) &&
        date_same_sentence(scan, at, at - 1) &&
        !date_has(scan, at - 1, CLASS_BIT(TIME_PREPOSITION)))
        return 0; /* "White Christmas" */
    size_t after = date_read_year(scan, end, &year);
    if (after) {
        hit->value = date_value_day(scan, holiday_day(entry->value, year));
        return after;
    }
    after = date_read_relative_year(scan, end, &year);
    if (after) { /* "Christmas Day last year" */
        (void)date_base_publication(scan, hit);
        hit->value = date_value_day(scan, holiday_day(entry->value, year));
        return after;
    }
    if (date_flag(scan, end, DATE_WORD_CAPITAL) && end == word + 1)
        return 0; /* "Christmas Island" */
    int month = day_to_civil(holiday_day(entry->value, 2000)).month;
    if (relation == DATE_NO_RELATION && scan->history) {
        day named = DAY_UNKNOWN;
        year = date_story_year(scan, hit, month);
        if (year > 0)
            named = holiday_day(entry->value, year);
        hit->value = date_value_day(scan, named);
        return end;
    }
    day today = date_base_publication(scan, hit);
    hit->value = date_value_day(
        scan, today == DAY_UNKNOWN ? today : holiday_near(scan, hit, end, entry->value, relation));
    return end;
}

size_t date_match_holiday(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    size_t end = match_holiday_day(scan, at, hit);
    return end ? holiday_around(scan, end, hit) : 0;
}
