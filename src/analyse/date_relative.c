/* Patterns that count from a day: today, last week, two months ago, the previous year, now. */
#include "analyse/date_scan.h"

/* Values of the class "relative" that count from the last date mentioned are 9, 10, 11. */
enum { RELATIVE_SAME = 10, RELATIVE_FIRST_ANAPHORIC = 9 };

enum { REPORT_WINDOW = 40 /* words of a sentence looked at for what its figures are of */ };

/* --- last, this, next ------------------------------------------------------------------- */

/* What the opening of a relative expression says. */
struct relation {
    size_t word;    /* the relative word itself */
    size_t after;   /* what follows it and "fiscal", "calendar" */
    int steps;      /* -1, 0, 1 */
    bool anaphoric; /* counts from the last date mentioned */
    bool article;   /* "the" stands before */
};

/* "the previous", "this", "this past", "that same", "last"; false when it is not there. */
static bool read_relation(const struct date_scan *scan, size_t at, struct relation *relation)
{
    *relation = (struct relation){.article = date_is(scan, at, "the")};
    size_t word = relation->article ? at + 1 : at;
    if (!date_has(scan, word, CLASS_BIT(RELATIVE)))
        return false;
    if (date_any(scan, word, "this that") && date_has(scan, word + 1, CLASS_BIT(RELATIVE)) &&
        date_any(scan, word + 1, "past coming same"))
        word++;
    int32_t value = date_word_value(scan, word);
    relation->word = word;
    relation->anaphoric = value >= RELATIVE_FIRST_ANAPHORIC;
    relation->steps = relation->anaphoric ? value - RELATIVE_SAME : value;
    if (relation->article && date_is(scan, word, "next"))
        relation->anaphoric = true;
    relation->after = word + 1;
    if (date_any(scan, relation->after, "fiscal calendar"))
        relation->after++;
    return true;
}

/* "the past two years", "the next few days": a length, not a place. */
size_t date_match_relative_count(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    struct relation relation;
    if (!read_relation(scan, at, &relation) || !relation.steps ||
        date_any(scan, relation.word, "latest upcoming ensuing subsequent"))
        return 0;
    str modifier = STR_NONE;
    size_t word = date_read_approximation(scan, relation.after, &modifier);
    word = word ? word : relation.after;
    struct date_count count;
    const struct date_unit *unit;
    size_t end = date_read_count(scan, word, &count);
    if (!end || (date_any(scan, word, "a an") && !date_any(scan, word + 1, "few couple")))
        return 0;
    end = date_read_range(scan, end, &count);
    if (date_is(scan, end, "full"))
        end++;
    bool plural;
    end = date_read_unit(scan, end, &unit, &plural);
    if (!end || (count.thousandths == 1000 && plural))
        return 0;
    hit->type = MOMENT_DURATION;
    hit->value = date_value_length(scan, count, unit);
    return date_read_or_so(scan, end);
}

/* The day that a relation counts from, for units as fine as `needed`. */
static day relation_base(const struct date_scan *scan, struct date_hit *hit,
                         const struct relation *relation, enum date_precision needed)
{
    if (relation->anaphoric || scan->history)
        return date_base_mention(scan, hit, needed <= DATE_YEAR ? DATE_CENTURY : needed);
    return date_base_publication(scan, hit);
}

/* "last Friday", "next Tuesday night". */
static size_t relative_weekday(const struct date_scan *scan, struct date_hit *hit,
                               const struct relation *relation)
{
    int weekday;
    size_t end = date_read_weekday(scan, relation->after, &weekday);
    if (!end)
        return 0;
    day base = date_base_story(scan, hit, DATE_YEAR);
    if (!relation->steps) {
        date_resolve_weekday(scan, hit, end, weekday);
    } else if (base == DAY_UNKNOWN) {
        hit->value = arena_format(scan->arena, "XXXX-WXX-%d", weekday);
    } else {
        int back = (day_weekday(base) - weekday + 6) % 7 + 1;
        int ahead = (weekday - day_weekday(base) + 6) % 7 + 1;
        hit->value = date_value_day(scan, relation->steps < 0 ? base - back : base + ahead);
    }
    if (!date_any(scan, end, "morning afternoon evening night"))
        return end;
    hit->type = MOMENT_TIME;
    hit->value = arena_format(scan->arena, "%.*sT%.*s", STR_ARG(hit->value),
                              STR_ARG(date_word_detail(scan, end)));
    return end + 1;
}

/* "last night", "this morning", "the next evening". */
static size_t relative_day_part(const struct date_scan *scan, struct date_hit *hit,
                                const struct relation *relation)
{
    size_t at = relation->after;
    if (!date_any(scan, at, "morning afternoon evening night"))
        return 0;
    day base = relation_base(scan, hit, relation, DATE_DAY);
    str number = date_value_day(scan, base == DAY_UNKNOWN ? base : base + relation->steps);
    hit->type = MOMENT_TIME;
    hit->value = arena_format(scan->arena, "%.*sT%.*s", STR_ARG(number),
                              STR_ARG(date_word_detail(scan, at)));
    return at + 1;
}

/* A weekend written of in the first half of the week is the one just past. */
static size_t relative_weekend(const struct date_scan *scan, struct date_hit *hit,
                               const struct relation *relation, const struct date_unit *unit,
                               size_t end)
{
    day base = relation_base(scan, hit, relation, DATE_DAY);
    int steps = relation->steps;
    int direction = !steps && base != DAY_UNKNOWN ? date_direction(scan, hit->first, end) : 1;
    if ((direction <= 0 && day_weekday(base) <= 2) || (direction < 0 && day_weekday(base) == 3))
        steps = -1;
    return date_resolve_shift(scan, hit, base, unit, steps) ? end : 0;
}

/* "the past year" and "the last week" are lengths; "recent years" too. 0 = neither. */
static size_t relative_length(const struct date_scan *scan, struct date_hit *hit,
                              const struct relation *relation, const struct date_unit *unit,
                              bool plural, size_t end)
{
    bool past = date_any(scan, relation->word, "past last");
    bool single =
        relation->article && past && !unit->is_clock && unit->value != 6 && unit->value != 8;
    bool many = date_any(scan, relation->word, "recent coming past following upcoming ensuing");
    if (plural ? !many : !single)
        return 0;
    hit->type = MOMENT_DURATION;
    hit->value = date_value_length(scan, (struct date_count){1000, plural}, unit);
    return end;
}

/* "earlier in the year", "later in the month", "late in the year". */
size_t date_match_within(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    const struct date_unit *unit;
    bool plural;
    if (!date_is(scan, at + 1, "in") || !date_is(scan, at + 2, "the"))
        return 0;
    size_t end = date_read_unit(scan, at + 3, &unit, &plural);
    if (!end || plural || unit->is_clock || unit->precision == DATE_DAY ||
        !date_has(scan, at, CLASS_BIT(DATE_MODIFIER)))
        return 0;
    hit->modifier = date_word_detail(scan, at);
    day base = date_base_story(scan, hit, DATE_YEAR);
    return date_resolve_shift(scan, hit, base, unit, 0) ? end : 0;
}

/* "that same day" after a month: a day of it, not known which. 0 when it is something else. */
static size_t day_of_month(const struct date_scan *scan, struct date_hit *hit,
                           const struct relation *relation, const struct date_unit *unit,
                           size_t end)
{
    if (!relation->anaphoric || relation->steps || unit->value != 1 ||
        scan->mention.precision != DATE_MONTH)
        return 0;
    struct civil month = day_to_civil(date_base_mention(scan, hit, DATE_MONTH));
    hit->value = arena_format(scan->arena, "%.*s-XX",
                              STR_ARG(date_value_month(scan, month.year, month.month)));
    return end;
}

/* "last week", "this month", "the previous year", "that day", "the same night". */
size_t date_match_relative(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    struct relation relation;
    size_t word = date_read_modifier(scan, at, hit);
    if (!read_relation(scan, word ? word : at, &relation))
        return 0;
    size_t end = relative_weekday(scan, hit, &relation);
    if (!end)
        end = relative_day_part(scan, hit, &relation);
    if (end)
        return end;
    const struct date_unit *unit;
    bool plural;
    end = date_read_unit(scan, relation.after, &unit, &plural);
    if (!end)
        return 0;
    size_t length = relative_length(scan, hit, &relation, unit, plural, end);
    if (length || plural || date_any(scan, relation.word, "recent latest"))
        return length;
    if (date_is(scan, relation.word, "past") && relation.word == at && unit->value != 6)
        return 0;
    bool this_one = date_any(scan, relation.word, "this current");
    if (this_one && (unit->value == 1 || unit->value == 8))
        return 0;
    if (this_one && date_flag(scan, relation.word, DATE_WORD_CAPITAL) &&
        date_flag(scan, relation.after, DATE_WORD_CAPITAL))
        return 0; /* "This Week" is a name */
    if (unit->value == 6)
        return relative_weekend(scan, hit, &relation, unit, end);
    size_t inside = day_of_month(scan, hit, &relation, unit, end);
    if (inside)
        return inside;
    day base = relation_base(scan, hit, &relation, unit->precision);
    return date_resolve_shift(scan, hit, base, unit, relation.steps) ? end : 0;
}

/* --- the end of the year ---------------------------------------------------------------- */

/* "the end of the year", "mid-week"; "year-end", "year's end". */
size_t date_match_edge(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    const struct date_unit *unit;
    bool plural;
    size_t word = date_read_modifier(scan, at, hit), end;
    if (word && hit->edge) {
        if (!date_is(scan, word, "the"))
            return 0;
        word++;
        if (date_any(scan, word, "fiscal calendar"))
            word++;
        end = date_read_unit(scan, word, &unit, &plural);
    } else {
        end = date_read_unit(scan, at, &unit, &plural);
        if (!end)
            return 0;
        bool joined = date_flag(scan, end, DATE_WORD_HYPHEN) || date_is_possessive(scan, end);
        if (!date_is(scan, joined ? end + 1 : end, "end") || (!joined && unit->value != 365))
            return 0;
        hit->modifier = STR("END");
        hit->edge = true;
        end += joined ? 2 : 1;
    }
    if (!end || plural || unit->precision == DATE_DAY)
        return 0;
    day base = date_base_story(scan, hit, DATE_YEAR);
    return date_resolve_shift(scan, hit, base, unit, 0) ? end : 0;
}

/* "the week of March 6". */
size_t date_match_week_of(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    if (!date_is(scan, at, "the") || !date_is(scan, at + 1, "week") || !date_is(scan, at + 2, "of"))
        return 0;
    struct date_hit found = *hit;
    size_t end = date_match_month_day(scan, at + 3, &found);
    if (!end)
        end = date_match_day_month(scan, at + 3, &found);
    struct date_span span;
    if (!end || !date_value_span(found.value, &span) || span.precision != DATE_DAY)
        return 0;
    *hit = found;
    hit->first = at;
    hit->value = date_value_week(scan, span.first);
    return end;
}

/* "the day before", "the year after", "the day following" where nothing of the same phrase
 * follows. */
size_t date_match_neighbour(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    const struct date_unit *unit;
    size_t end = date_is(scan, at, "the") ? date_read_unit(scan, at + 1, &unit, NULL) : 0;
    if (!end || unit->is_clock || unit->precision < DATE_YEAR ||
        scan->mention.precision < (unit->value == 365 ? DATE_YEAR : unit->precision))
        return 0;
    bool back = date_any(scan, end, "before earlier"),
         ahead = date_any(scan, end, "after following");
    if ((!back && !ahead) || date_flag(scan, end + 1, DATE_WORD_LETTERS | DATE_WORD_NUMBER))
        return 0;
    day base = date_base_mention(scan, hit, unit->precision);
    return date_resolve_shift(scan, hit, base, unit, back ? -1 : 1) ? end + 1 : 0;
}

/* "the day before last Tuesday", "the day after Christmas", "the night before August 5". */
size_t date_match_beside_day(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    if (!date_is(scan, at, "the") || !date_any(scan, at + 1, "day night") ||
        !date_any(scan, at + 2, "before after"))
        return 0;
    static size_t (*const days[])(const struct date_scan *, size_t, struct date_hit *) = {
        date_match_day_month, date_match_month_day, date_match_holiday,
        date_match_relative,  date_match_weekday,
    };
    struct date_hit found = *hit;
    size_t end = 0;
    for (size_t i = 0; i < sizeof days / sizeof *days && !end; i++) {
        found = *hit;
        found.first = at + 3;
        end = days[i](scan, at + 3, &found);
    }
    struct date_span span;
    if (!end || found.type != MOMENT_DATE || !date_value_span(found.value, &span) ||
        span.precision != DATE_DAY)
        return 0;
    *hit = found;
    hit->first = at;
    bool back = date_is(scan, at + 2, "before");
    hit->value = date_value_day(scan, span.first + (back ? -1 : 1));
    if (date_is(scan, at + 1, "night")) {
        hit->type = MOMENT_TIME;
        hit->value = arena_format(scan->arena, "%.*sTNI", STR_ARG(hit->value));
    }
    return end;
}

/* "at the time", "during this period", "by that time": the last date mentioned, or only some
 * time in the past. */
size_t date_match_that_time(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    if (!date_any(scan, at - 1, "at by during until throughout since around before after"))
        return 0;
    bool the = date_is(scan, at, "the"), at_it = date_is(scan, at - 1, "at");
    if (!date_any(scan, at + 1, the ? "time" : "time period") ||
        (the && (!at_it || date_flag(scan, at + 2, DATE_WORD_CAPITAL) ||
                 date_any(scan, at + 2, "of when that he she they it we the"))) ||
        (!the && !date_any(scan, at, "this that")) ||
        date_any(scan, at + 2, "next last of around") ||
        (date_any(scan, at - 1, "at by until around before after") && date_is(scan, at, "this") &&
         !scan->history) ||
        date_direction(scan, at, at + 2) > 0)
        return 0;
    hit->value = STR("PAST_REF");
    hit->certainty = CERTAINTY_UNRESOLVED;
    return at + 2;
}

/* --- today and now ---------------------------------------------------------------------- */

/* "the day before yesterday", "the day after tomorrow". */
static size_t match_second_day(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    if (!date_is(scan, at, "the") || !date_is(scan, at + 1, "day"))
        return 0;
    bool back = date_is(scan, at + 2, "before") && date_is(scan, at + 3, "yesterday");
    bool ahead = date_is(scan, at + 2, "after") && date_is(scan, at + 3, "tomorrow");
    if (!back && !ahead)
        return 0;
    day base = date_base_publication(scan, hit);
    hit->value = date_value_day(scan, base == DAY_UNKNOWN ? base : base + (back ? -2 : 2));
    return at + 4;
}

/* "today", "yesterday morning", "tonight". */
size_t date_match_deictic(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    size_t end = match_second_day(scan, at, hit);
    if (end || !date_has(scan, at, CLASS_BIT(DEICTIC)))
        return end;
    if (date_is(scan, at, "today") && date_is_possessive(scan, at + 1) &&
        date_has(scan, at + 2, CLASS_BIT(OF_THE_AGE)))
        return 0; /* "today's world" is these years' */
    if (date_flag(scan, at, DATE_WORD_CAPITAL) && date_flag(scan, at - 1, DATE_WORD_CAPITAL) &&
        date_same_sentence(scan, at, at - 1))
        return 0; /* "Science Today" is a name */
    day base = date_base_publication(scan, hit);
    hit->value =
        date_value_day(scan, base == DAY_UNKNOWN ? base : base + date_word_value(scan, at));
    size_t part = date_has(scan, at, CLASS_BIT(DAY_PART)) ? at : at + 1;
    if (!date_has(scan, part, CLASS_BIT(DAY_PART)) || date_any(scan, part, "tonight overnight"))
        part = date_has(scan, at, CLASS_BIT(DAY_PART)) ? at : 0;
    else if (part == at + 1 && date_any(scan, part, "noon midnight midday"))
        part = 0;
    if (!part && !date_has(scan, at, CLASS_BIT(DAY_PART)))
        return at + 1;
    if (date_is(scan, at, "overnight") && date_any(scan, at + 1, "bag bags delivery flight stay"))
        return 0;
    hit->type = MOMENT_TIME;
    hit->value = arena_format(scan->arena, "%.*sT%.*s", STR_ARG(hit->value),
                              STR_ARG(date_word_detail(scan, part)));
    return part + 1;
}

static size_t reference_value(const struct date_scan *scan, struct date_hit *hit, size_t end,
                              const char *value)
{
    date_base_publication(scan, hit);
    hit->value = str_from(value);
    return end;
}

/* "will one day be": some time to come, no length. */
size_t date_match_one_day(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    if (!date_is(scan, at, "one") || !date_is(scan, at + 1, "day") ||
        !date_has(scan, at - 1, CLASS_BIT(CUE_FUTURE) | CLASS_BIT(MODAL) | CLASS_BIT(CUE_STOP)))
        return 0;
    return reference_value(scan, hit, at + 2, "FUTURE_REF");
}

/* "in the past", "for the future" as nouns of their own. */
static size_t match_the_past(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    if (!date_is(scan, at, "the") || !date_any(scan, at + 1, "past future") ||
        !date_any(scan, at - 1, "in of for from into about and"))
        return 0;
    if (date_flag(scan, at + 2, DATE_WORD_LETTERS) &&
        !date_any(scan, at + 2,
                  "and is was as or with but to by for has have of that at in on the "
                  "when because will if it he she they we you who which after before"))
        return 0;
    return reference_value(scan, hit, at + 2,
                           date_is(scan, at + 1, "past") ? "PAST_REF" : "FUTURE_REF");
}

/* A "now" that says no time: "Now, he says, …", "Now for the weather", "Now imagine …" only open
 * what is said; "can now", "would now" tell what follows from the rest. */
static bool is_consequence(const struct date_scan *scan, size_t at, size_t end)
{
    if (!date_is(scan, at, "now"))
        return false;
    bool opens = date_flag(scan, at, DATE_WORD_CAPITAL) &&
                 date_any(scan, end, ", for consider imagine let look picture suppose think");
    return opens || date_has(scan, at - 1, CLASS_BIT(MODAL)) || date_any(scan, at - 1, "can could");
}

/* Words that begin a date of their own. */
#define DATED (CLASS_BIT(RELATIVE) | CLASS_BIT(DEICTIC) | CLASS_BIT(WEEKDAY) | CLASS_BIT(MONTH))

/* "now", "currently", "recently", "soon", "the near future". */
size_t date_match_vague(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    const struct lexicon_entry *entry = NULL;
    size_t end = match_the_past(scan, at, hit);
    if (end)
        return end;
    if (date_is(scan, at, "the") && date_is(scan, at + 1, "moment") && date_is(scan, at - 1, "at"))
        return reference_value(scan, hit, at + 2, "PRESENT_REF");
    size_t word = date_is(scan, at, "the") ? at + 1 : at;
    end = date_read_phrase(scan, word, CLASS_BIT(VAGUE_FUTURE), &entry);
    if (end && date_is(scan, word, "soon") &&
        (date_any(scan, word - 1, "as was were") || date_any(scan, end, "after as became")))
        return 0;
    if (end && date_is(scan, word, "soon") && date_direction(scan, word, end) <= 0)
        return 0; /* "he soon left" */
    if (end && (word > at) == (end > word + 1))
        return reference_value(scan, hit, end, "FUTURE_REF");
    end = date_read_phrase(scan, at, CLASS_BIT(VAGUE_PAST), &entry);
    if (end && (date_is(scan, end, "as") || date_has(scan, end, DATED)))
        return 0; /* "most recently last May", "as recently as 2009" */
    if (end)
        return reference_value(scan, hit, end, "PAST_REF");
    end = date_read_phrase(scan, at, CLASS_BIT(PRESENT), &entry);
    return end && !is_consequence(scan, at, end) ? reference_value(scan, hit, end, "PRESENT_REF")
                                                 : 0;
}

/* --- the weekend, the quarter, the year -------------------------------------------------- */

static size_t the_weekend(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    day base = date_base_publication(scan, hit);
    int steps =
        base != DAY_UNKNOWN && day_weekday(base) < 6 && date_direction(scan, at, at + 2) <= 0 ? -1
                                                                                              : 0;
    return date_resolve_shift(scan, hit, base, date_unit_find(6), steps) ? at + 2 : 0;
}

/* "the quarter" of "the quarter ended Sept. 30": the quarter of a year that ends about then. */
static size_t quarter_ended(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    if (!date_is(scan, at + 1, "quarter") || !date_any(scan, at + 2, "ended ending"))
        return 0;
    struct date_hit found = {.first = at + 3, .type = MOMENT_DATE, .certainty = CERTAINTY_EXPLICIT};
    size_t end = date_match_month_day(scan, at + 3, &found);
    struct date_span span;
    if (!end || !date_value_span(found.value, &span) || span.precision != DATE_DAY)
        return 0;
    struct civil last = day_to_civil(span.first);
    int ended = last.year * 4 + last.month / 3 - 1; /* quarters since year 0 */
    char suffix[3] = {'Q', (char)('1' + ended % 4), 0};
    hit->anchor = found.anchor;
    hit->certainty = found.certainty;
    hit->value = date_value_part(scan, ended / 4, suffix);
    return at + 2;
}

/* Periods with nothing but an article: they stand for what the text is about. */
size_t date_match_the_period(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    if (!date_is(scan, at, "the"))
        return 0;
    if (date_is(scan, at + 1, "weekend"))
        return the_weekend(scan, at, hit);
    size_t quarter = scan->quarter ? 0 : quarter_ended(scan, at, hit);
    if (quarter)
        return quarter;
    bool placed = date_any(scan, at - 1, "in for of during throughout");
    bool latest = date_is(scan, at + 1, "latest") && date_any(scan, at + 2, "quarter period");
    if (scan->quarter && placed && date_is(scan, at + 1, "quarter") && date_is(scan, at + 2, "a") &&
        date_is(scan, at + 3, "year") && date_any(scan, at + 4, "ago earlier")) {
        char suffix[3] = {'Q', (char)('0' + scan->quarter), 0};
        hit->anchor = DATE_ANCHOR_MENTION;
        hit->certainty = CERTAINTY_RESOLVED;
        hit->value = date_value_part(scan, scan->quarter_year - 1, suffix);
        return at + 5;
    }
    if (scan->quarter && (latest || (placed && date_is(scan, at + 1, "quarter")))) {
        char suffix[3] = {'Q', (char)('0' + scan->quarter), 0};
        hit->anchor = DATE_ANCHOR_MENTION;
        hit->certainty = CERTAINTY_RESOLVED;
        hit->value = date_value_part(scan, scan->quarter_year, suffix);
        return latest ? at + 3 : at + 2;
    }
    bool full = date_any(scan, at + 1, "full fiscal") && date_is(scan, at + 2, "year");
    bool plain =
        date_is(scan, at + 1, "year") && date_any(scan, at + 2, ". , ; to earlier as ended ending");
    if (!placed || (!full && !plain))
        return 0;
    if (date_any(scan, full ? at + 3 : at + 2, "ended ending")) {
        hit->type = MOMENT_DURATION;
        hit->value = STR("P1Y");
        return full ? at + 3 : at + 2;
    }
    if (full && scan->quarter) { /* the year that the report's quarter belongs to */
        hit->anchor = DATE_ANCHOR_MENTION;
        hit->certainty = CERTAINTY_RESOLVED;
        hit->value = date_value_year(scan, scan->quarter_year);
        return at + 3;
    }
    day base = date_base_story(scan, hit, DATE_CENTURY);
    if (!date_resolve_shift(scan, hit, base, date_unit_find(365), 0))
        return 0;
    return full ? at + 3 : at + 2;
}

/* --- ago, earlier, later ---------------------------------------------------------------- */

/* What "earlier" and "later" count from: later from the last date mentioned, earlier from today
 * except in a history. */
static day shift_base(const struct date_scan *scan, struct date_hit *hit, size_t shift)
{
    if (date_is(scan, shift, "later"))
        return date_base_mention(scan, hit, DATE_CENTURY);
    if (date_any(scan, shift, "earlier before ago"))
        return date_base_story(scan, hit, DATE_YEAR);
    return date_base_publication(scan, hit);
}

/* In a report: the figures of the sentence are those of months or of a year, not of a quarter. */
static bool of_longer_time(const struct date_scan *scan, size_t at)
{
    for (size_t i = 1; i <= REPORT_WINDOW && i <= at && date_same_sentence(scan, at, at - i); i++) {
        if (date_any(scan, at - i, "quarter period"))
            return false;
        if (date_any(scan, at - i, "months half year"))
            return true;
    }
    return false;
}

/* The value of a number of units away. 0 when there is none. */
static size_t shift_value(const struct date_scan *scan, struct date_hit *hit, size_t end,
                          struct date_count count, const struct date_unit *unit, int sign,
                          size_t shift)
{
    if (unit->is_clock) {
        hit->type = MOMENT_DURATION;
        hit->value = date_value_length(scan, count, unit);
        return end;
    }
    day base = shift_base(scan, hit, shift);
    if (count.unknown) {
        hit->value = sign < 0 ? STR("PAST_REF") : STR("FUTURE_REF");
        return end;
    }
    if (unit->value == 365 && count.thousandths == 1000 && sign < 0 && scan->earnings &&
        scan->quarter && date_any(scan, shift, "ago earlier") &&
        !of_longer_time(scan, hit->first)) {
        char suffix[3] = {'Q', (char)('0' + scan->quarter), 0};
        hit->anchor = DATE_ANCHOR_MENTION;
        hit->certainty = CERTAINTY_RESOLVED;
        hit->value = date_value_part(scan, scan->quarter_year - 1, suffix);
        return end;
    }
    if (unit->value == 3652) { /* decades ago: a year, not a decade */
        unit = date_unit_find(365);
        count.thousandths *= 10;
    }
    int64_t steps = sign * count.thousandths / 1000;
    if (count.thousandths % 1000 && unit->months && base != DAY_UNKNOWN) {
        /* two and a half years: the year in which the day 30 months away lies */
        struct date_hit moved = *hit;
        struct date_span span;
        if (!date_resolve_shift(scan, &moved, base, date_unit_find(30),
                                sign * count.thousandths * unit->months / 1000) ||
            !date_value_span(moved.value, &span))
            return 0;
        base = span.first;
        steps = 0;
    }
    if (date_resolve_shift(scan, hit, base, unit, steps))
        return end;
    if (unit->precision == DATE_NO_PRECISION || sign > 0)
        return 0;
    hit->value = STR("PAST_REF");
    return end;
}

/* "two months ago", "about a year earlier", "three days later", "a week from now". */
size_t date_match_shift(const struct date_scan *scan, size_t at, struct date_hit *hit)
{
    struct date_count count;
    const struct date_unit *unit;
    size_t word = date_read_approximation(scan, at, &hit->modifier);
    if (!word)
        word = at;
    size_t end = date_read_count(scan, word, &count);
    if (!end || date_flag(scan, end, DATE_WORD_HYPHEN))
        return 0;
    if (date_any(scan, end, "full more short long"))
        end++;
    if (date_any(scan, end, "and") && date_is(scan, end + 2, "half")) {
        count.thousandths += 500;
        end += 3;
    }
    end = date_read_unit(scan, end, &unit, NULL);
    if (!end)
        return 0;
    const struct lexicon_entry *entry = NULL;
    size_t shift = end = date_read_or_so(scan, end);
    end = date_read_phrase(scan, shift, CLASS_BIT(SHIFT), &entry);
    if (!end || (date_is(scan, shift, "before") && !date_any(scan, end, ". , ;")))
        return 0;
    return shift_value(scan, hit, end, count, unit, entry->value < 0 ? -1 : 1, shift);
}
