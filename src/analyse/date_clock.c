/* Patterns of times of day. */
#include "analyse/date_scan.h"

enum { NEAR_BYTES = 60 /* a day named this shortly before belongs to the time */ };

struct clock {
    int hour, minute;
    bool stated; /* a.m., a zone, "hours": surely a time */
};

/* "10", "10:30", "10.30", "10:30:15"; 0 when there is none. */
static size_t read_hour(const struct date_scan *scan, size_t at, struct clock *clock)
{
    const struct date_word *word = date_at(scan, at);
    if (word->flags & DATE_WORD_FRACTION) {
        clock->hour = (int)(word->thousandths / 1000);
        clock->minute = (int)(word->thousandths % 1000 / 10);
        str text = str_slice(scan->text, word->start, word->end);
        return text.len > 3 && text.len < 6 && text.ptr[text.len - 3] == '.' ? at + 1 : 0;
    }
    clock->hour = date_digits(scan, at, 2, 0, 24);
    clock->minute = -1;
    if (clock->hour < 0)
        return 0;
    size_t end = at + 1;
    if (date_is(scan, end, ":") && date_glued(scan, end) && date_glued(scan, end + 1) &&
        date_at(scan, end + 1)->digit_count == 2) {
        clock->minute = date_digits(scan, end + 1, 2, 0, 59);
        end += 2;
        if (date_is(scan, end, ":") && date_glued(scan, end + 1) &&
            date_at(scan, end + 1)->digit_count == 2)
            end += 2;
    }
    return end;
}

/* "p.m.", "pm": turns the hour; `at` when there is none, 0 when the hour cannot be. */
static size_t read_half_day(const struct date_scan *scan, size_t at, struct clock *clock)
{
    size_t end = at;
    if (date_is(scan, at, "in") && date_is(scan, at + 1, "the") &&
        date_any(scan, at + 2, "morning afternoon evening") && clock->hour <= 12) {
        /* "4 in the morning" */
        clock->hour = clock->hour % 12 + (date_is(scan, at + 2, "morning") ? 0 : 12);
        clock->stated = true;
        return at + 3;
    }
    bool after_noon = date_any(scan, at, "p pm");
    if (date_any(scan, at, "am pm"))
        end = at + 1;
    else if (date_any(scan, at, "a p") && date_is(scan, at + 1, ".") && date_is(scan, at + 2, "m"))
        end = date_is(scan, at + 3, ".") && date_glued(scan, at + 3) ? at + 4 : at + 3;
    if (end == at)
        return at;
    if (clock->hour < 1 || clock->hour > 12)
        return 0;
    clock->hour = clock->hour % 12 + (after_noon ? 12 : 0);
    clock->stated = true;
    return end;
}

static size_t read_zone(const struct date_scan *scan, size_t at, struct clock *clock)
{
    size_t word = date_is(scan, at, ",") ? at + 1 : at;
    bool bracket = date_is(scan, word, "(");
    size_t end = bracket ? word + 1 : word;
    if (bracket && date_digits(scan, end, 4, 0, 2359) >= 0) /* "10:35 a.m. (0735 GMT)" */
        end += date_is(scan, end + 1, ":") ? 3 : 1;
    if (date_any(scan, end, "ET EST EDT CT CST CDT PT PST PDT GMT BST CET CEST MSK UTC") &&
        date_flag(scan, end, DATE_WORD_UPPER))
        end++;
    else if (date_is(scan, end, "local") && date_is(scan, end + 1, "time"))
        end += 2;
    else
        return at;
    if (bracket && !date_is(scan, end, ")"))
        return at;
    clock->stated = true;
    return bracket ? end + 1 : end;
}

/* The day that follows a time: "on Friday", ", Aug. 5", "today". 0 when there is none. */
static size_t read_day_after(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    size_t word = date_any(scan, at, "on ,") ? at + 1 : at;
    struct date_hit found = {.first = word, .type = MOMENT_DATE, .certainty = CERTAINTY_EXPLICIT};
    size_t end = date_match_month_day(scan, word, &found);
    if (!end)
        end = date_match_day_month(scan, word, &found);
    if (!end && date_flag(scan, word, DATE_WORD_CAPITAL)) {
        found.first = hit->first; /* the cues stand around the whole */
        end = date_match_weekday(scan, word, &found);
    }
    if (!end && word == at)
        end = date_match_deictic(scan, word, &found);
    if (!end || found.type != MOMENT_DATE)
        return 0;
    hit->value = found.value;
    hit->certainty = found.certainty;
    hit->anchor = found.anchor;
    return end;
}

/* Hours after midnight in which nobody writes of what is still to come today. */
#define EARLY_HOURS 6

/* The day of a time that names none: one named just before, else today; "will leave at 4 in the
 * morning" is said on the day before. */
static void day_before(const struct date_scan *scan, size_t at, size_t end, int hour,
                       struct date_hit *hit)
{
    bool near = scan->mention.precision == DATE_DAY &&
                date_at(scan, at)->start - scan->mention_end < NEAR_BYTES;
    if (near || scan->history) {
        hit->value = date_value_day(scan, date_base_mention(scan, hit, DATE_DAY));
        return;
    }
    day base = date_base_publication(scan, hit);
    bool coming = base != DAY_UNKNOWN && hour < EARLY_HOURS && date_direction(scan, at, end) > 0;
    hit->value = date_value_day(scan, coming ? base + 1 : base);
}

/* "1430 GMT", "0900 hours": the hour and minute in four digits. */
static size_t read_military(const struct date_scan *scan, size_t at, struct clock *clock)
{
    int digits = date_digits(scan, at, 4, 0, 2359);
    if (digits < 0 || date_at(scan, at)->digit_count != 4 || digits % 100 > 59)
        return 0;
    *clock = (struct clock){digits / 100, digits % 100, false};
    size_t end = read_zone(scan, at + 1, clock);
    if (date_is(scan, end, "hours"))
        return end + 1;
    return clock->stated && !date_is(scan, at + 1, ",") ? end : 0;
}

size_t date_match_clock(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    struct clock clock = {0, -1, false};
    size_t word = date_any(scan, at, "about around") ? at + 1 : at;
    if (!date_flag(scan, word, DATE_WORD_NUMBER))
        return 0;
    if (date_glued(scan, word) && date_any(scan, word - 1, "$ \xC2\xA3 \xE2\x82\xAC . : / -"))
        return 0;
    size_t end = read_military(scan, word, &clock);
    if (!end) {
        end = read_hour(scan, word, &clock);
        size_t after = end ? read_half_day(scan, end, &clock) : 0;
        if (!after || clock.minute > 59 || (clock.minute < 0 && after == end))
            return 0;
        bool colon = !date_flag(scan, word, DATE_WORD_FRACTION);
        if (after == end && !colon)
            return 0;
        end = read_zone(scan, after, &clock);
        if (date_is(scan, end, "hours")) {
            clock.stated = true;
            end++;
        }
    }
    if (!clock.stated && !date_any(scan, at - 1, "at by until from before after around about"))
        return 0;
    hit->type = MOMENT_TIME;
    size_t after = read_day_after(scan, end, hit);
    if (!after)
        day_before(scan, word, end, clock.hour, hit);
    hit->value = arena_format(scan->arena, "%.*sT%02d:%02d", STR_ARG(hit->value), clock.hour,
                              clock.minute < 0 ? 0 : clock.minute);
    return after ? after : end;
}

/* "the morning of April 19", "the night of 20 June 1791", "the early morning hours of 30 April". */
size_t date_match_part_of_day(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    size_t word = date_is(scan, at, "the") ? at + 1 : at;
    if (date_any(scan, word, "early late"))
        word++;
    if (word == at || !date_any(scan, word, "morning afternoon evening night"))
        return 0;
    size_t of = date_is(scan, word + 1, "hours") ? word + 2 : word + 1;
    if (!date_is(scan, of, "of"))
        return 0;
    size_t end = read_day_after(scan, of + 1, hit);
    if (!end)
        return 0;
    hit->type = MOMENT_TIME;
    hit->value = arena_format(scan->arena, "%.*sT%.*s", STR_ARG(hit->value),
                              STR_ARG(date_word_detail(scan, word)));
    return end;
}

/* "at noon", "until midnight Friday", "in the morning". */
size_t date_match_day_part(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    hit->type = MOMENT_TIME;
    if (date_is(scan, at, "the")) {
        if (!date_any(scan, at + 1, "morning afternoon evening") ||
            !date_any(scan, at - 1, "in during"))
            return 0;
        day base = date_base_mention(scan, hit, DATE_DAY);
        str number = date_value_day(scan, base);
        hit->value = arena_format(scan->arena, "%.*sT%.*s", STR_ARG(number),
                                  STR_ARG(date_word_detail(scan, at + 1)));
        return at + 2;
    }
    if (!date_any(scan, at, "noon midnight midday") ||
        !date_any(scan, at - 1, "at by until before after since around about"))
        return 0;
    size_t end = read_day_after(scan, at + 1, hit);
    if (!end)
        day_before(scan, at, at + 1, EARLY_HOURS, hit);
    hit->value = arena_format(scan->arena, "%.*sT%.*s", STR_ARG(hit->value),
                              STR_ARG(date_word_detail(scan, at)));
    return end ? end : at + 1;
}
