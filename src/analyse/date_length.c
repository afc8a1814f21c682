/* Patterns of lengths and repetition: "two years", "for decades", "daily", "every Monday". */
#include "analyse/date_scan.h"

/* --- durations -------------------------------------------------------------------------- */

/* "$3 a year", "700 seats a week": a rate, when a number or a measure stands before "a". */
static bool is_rate(const struct date_scan *scan, size_t at)
{
    const struct date_word *before = date_at(scan, at - 1);
    if (date_flag(scan, at - 2, DATE_WORD_NUMBER) && (before->flags & DATE_WORD_LETTERS) &&
        scan->text.ptr[before->end - 1] == 's')
        return true;
    return date_flag(scan, at - 1, DATE_WORD_NUMBER) ||
           date_any(scan, at - 1,
                    "million billion thousand times percent once twice cents "
                    "dollars euros barrels share %");
}

/* False for what looks like a length and is none. */
static bool is_length(const struct date_scan *scan, struct date_count count,
                      const struct date_unit *unit, size_t end, bool plural, bool hyphen)
{
    bool one = !count.unknown && count.thousandths == 1000;
    /* "60 Minutes", "the Six-Day War", "World Cup 2018 day five" */
    if (date_flag(scan, end - 1, DATE_WORD_CAPITAL) && !date_flag(scan, end - 1, DATE_WORD_UPPER) &&
        (hyphen || date_flag(scan, end - 2, DATE_WORD_NUMBER)))
        return false;
    if (!plural && !hyphen && !count.unknown && count.thousandths >= 1000000)
        return false;
    bool share = date_is(scan, end, "of") && !count.unknown && count.thousandths <= 3000;
    if (unit->value == 91 && (!plural || hyphen || share))
        return false; /* "three-quarters of" */
    if ((unit->value == 2 || unit->value == 8 || unit->value == 6) && one)
        return false;
    if (hyphen || plural || count.unknown || count.thousandths <= 1000 || unit->value == 36524)
        return true;
    /* "a five year low" */
    return (unit->value == 365 || unit->value == 1 || unit->value == -3600 || unit->value == 30 ||
            unit->value == 7) &&
           !date_any(scan, end, "end round");
}

/* "about", "more than", "the first": what may stand before the number; `at` when nothing does. */
static size_t read_opening(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    size_t word = date_read_approximation(scan, at, &hit->modifier);
    if (word)
        return word;
    struct date_count count;
    if (date_is(scan, at, "the") && date_any(scan, at + 1, "first final") &&
        date_read_count(scan, at + 2, &count))
        return at + 2;
    return at;
}

/* "20 years", "over a decade", "two and a half years", "three-month", "five to six weeks". */
size_t date_match_duration(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    struct date_count count;
    const struct date_unit *unit;
    bool plural;
    size_t word = read_opening(scan, at, hit);
    size_t end = date_read_count(scan, word, &count);
    if (!end)
        return 0;
    if (date_is(scan, at, "the"))
        hit->first = word;
    if (date_any(scan, end - 1, "a an") && date_read_unit(scan, end, &unit, &plural) && plural)
        return 0; /* "a years-old slump" begins with the unit */
    end = date_read_range(scan, end, &count);
    bool hyphen = date_flag(scan, end, DATE_WORD_HYPHEN);
    if (hyphen)
        end++;
    else if (date_any(scan, end,
                      "full more straight consecutive additional long short extra "
                      "other fiscal calendar whole trading business working"))
        end++;
    end = date_read_unit(scan, end, &unit, &plural);
    if (!end || !is_length(scan, count, unit, end, plural, hyphen))
        return 0;
    if (date_any(scan, word, "a an") && !count.unknown && count.thousandths == 1000) {
        if (date_flag(scan, end, DATE_WORD_HYPHEN) && date_any(scan, end + 1, "long ago earlier"))
            return 0; /* "a year-long strike", "a year-ago loss" begin with the unit */
        if (is_rate(scan, word))
            return unit->is_clock ? 0 : end;
        if ((unit->value == 2 || unit->value == -60) && !date_is(scan, end, "and"))
            return 0;
    }
    /* ages */
    if (date_is(scan, end, "old"))
        return end + 1;
    if (date_flag(scan, end, DATE_WORD_HYPHEN) && date_is(scan, end + 1, "old"))
        return end + 2;
    if (!hyphen && date_is(scan, end, "and") && date_is(scan, end + 1, "a") &&
        date_is(scan, end + 2, "half") && !count.unknown) {
        count.thousandths += 500;
        end += 3;
    }
    if (!hyphen)
        end = date_read_or_so(scan, end);
    /* "24 hours a day" */
    if (unit->is_clock && date_any(scan, end, "a per each") && date_any(scan, end + 1, "day week"))
        return end + 2;
    hit->type = MOMENT_DURATION;
    hit->value = date_value_length(scan, count, unit);
    return end;
}

/* "the weeks before", "the months ahead", "the years that followed". */
size_t date_match_units_around(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    const struct date_unit *unit;
    bool plural;
    size_t end = date_is(scan, at, "the") ? date_read_unit(scan, at + 1, &unit, &plural) : 0;
    if (!end || !plural || unit->is_clock || unit->value == 91)
        return 0;
    bool over = date_is(scan, at - 1, "over") && unit->value == 365;
    if (!over && !date_any(scan, end, "before after ahead following since leading preceding") &&
        !(date_is(scan, end, "that") && date_any(scan, end + 1, "followed follow")) &&
        !(date_is(scan, end, "to") && date_is(scan, end + 1, "come")))
        return 0;
    hit->type = MOMENT_DURATION;
    hit->value = date_value_length(scan, (struct date_count){1000, true}, unit);
    return end;
}

/* "for years", "weeks of", "months ago", "hours after", "year-long". */
size_t date_match_bare_units(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    const struct date_unit *unit;
    bool plural;
    size_t end = date_read_unit(scan, at, &unit, &plural);
    if (!end)
        return 0;
    hit->type = MOMENT_DURATION;
    if (date_flag(scan, end, DATE_WORD_HYPHEN) &&
        (date_is(scan, end + 1, "long") || (plural && date_is(scan, end + 1, "old")))) {
        hit->value = date_value_length(scan, (struct date_count){1000, plural}, unit);
        return end + 2;
    }
    if (!plural || unit->value == 2 || unit->value == 8 || unit->value == 6 || unit->value == 91)
        return 0;
    bool away = date_any(scan, end, "ago later earlier after") &&
                !date_flag(scan, at - 1, DATE_WORD_NUMBER | DATE_WORD_HYPHEN);
    if (!away &&
        !date_any(scan, at - 1,
                  "for in of after within over took takes take by despite through follows followed "
                  "spent lasted until waited face faces"))
        return 0;
    if (date_is(scan, at - 1, "in") && unit->value == -60)
        return 0;
    if (date_is(scan, at - 1, "of") && date_is(scan, at - 2, "matter"))
        return 0;
    if (date_is(scan, at - 1, "by") && !date_is(scan, end, "of"))
        return 0; /* "older by decades" measures */
    hit->value = date_value_length(scan, (struct date_count){1000, true}, unit);
    return away && !date_is(scan, end, "after") ? end + 1 : end;
}

/* --- sets ------------------------------------------------------------------------------- */

/* "10,000 units annually", "by 20% yearly": a rate. */
static bool is_counted_rate(const struct date_scan *scan, size_t at)
{
    return date_any(scan, at, "annually yearly monthly") &&
           (date_any(scan, at - 1, "% percent") || is_rate(scan, at) ||
            date_flag(scan, at - 2, DATE_WORD_NUMBER));
}

/* "daily", "annually", "Mondays". */
size_t date_match_set_word(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    if (!date_has(scan, at, CLASS_BIT(SET_WORD)))
        return 0;
    str value = date_word_detail(scan, at);
    bool weekday = str_starts(value, STR("XXXX"));
    bool capital = date_flag(scan, at, DATE_WORD_CAPITAL);
    /* "the Daily News" and "Daily News reporters" name a newspaper */
    bool named =
        capital &&
        ((at && date_same_sentence(scan, at, at - 1)) ||
         (date_flag(scan, at + 1, DATE_WORD_CAPITAL) && date_same_sentence(scan, at, at + 1)));
    if (weekday ? !capital : named)
        return 0;
    if (is_counted_rate(scan, at) || date_is(scan, at - 1, "average"))
        return 0;
    hit->type = MOMENT_SET;
    hit->value = value;
    return at + 1;
}

/* "every two weeks": the count and the unit after the opening. */
static size_t finish_set(const struct date_scan *scan, size_t at, struct date_hit *hit,
                         struct date_count count)
{
    const struct date_unit *unit;
    size_t end = date_read_unit(scan, at, &unit, NULL);
    if (!end || unit->value == 2)
        return 0;
    hit->type = MOMENT_SET;
    hit->value = date_value_length(scan, count, unit);
    return end;
}

/* "every Monday", "each year", "every other week", "every morning", "twice a year", "per day". */
size_t date_match_every(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    struct date_count count = {1000, false};
    if (date_is(scan, at, "per"))
        return finish_set(scan, at + 1, hit, count);
    if (date_any(scan, at, "once twice"))
        return date_any(scan, at + 1, "a an every each") ? finish_set(scan, at + 2, hit, count) : 0;
    if (!date_has(scan, at, CLASS_BIT(EVERY)))
        return 0;
    int weekday, month;
    size_t end = date_read_month(scan, at + 1, &month);
    hit->type = MOMENT_SET;
    if (end) {
        hit->value = date_value_month(scan, 0, month);
        return end;
    }
    end = date_read_weekday(scan, at + 1, &weekday);
    if (end) {
        hit->value = arena_format(scan->arena, "XXXX-WXX-%d", weekday);
        return end;
    }
    if (date_any(scan, at + 1, "morning afternoon evening night")) {
        hit->value =
            arena_format(scan->arena, "XXXX-XX-XXT%.*s", STR_ARG(date_word_detail(scan, at + 1)));
        return at + 2;
    }
    size_t word = at + 1;
    if (date_is(scan, word, "other")) {
        count.thousandths = 2000;
        word++;
    } else if (!date_any(scan, word, "a an") && (end = date_read_count(scan, word, &count)) != 0) {
        word = end;
    } else {
        count = (struct date_count){1000, false};
    }
    return finish_set(scan, word, hit, count);
}
