/* Which day, month or year a partial date stands for.
 *
 * The direction is taken from words of the same sentence, without parts of speech: first to the
 * left of the expression, then to the right. Where they say nothing, the closest candidate is
 * taken; a month with a day always takes the closest unless that is far away. */
#include "analyse/date_scan.h"

#include <stdlib.h>

enum {
    CUE_WINDOW = 14,        /* words looked at on each side */
    CUE_NEAR = 10,          /* "scheduled" and the like without "to" */
    PLAN_WINDOW = 4,        /* words between "expected" and "to" */
    FAR_DAYS = 120,         /* a month and day further away than this needs a cue */
    WEEKDAY_BACK_LIMIT = 3, /* without a cue, so many days back still count as the past one */
    MONTHS_DOUBTFUL = 4,    /* a month that far away without a cue is a guess */
    MONTHS_JUST_PAST = 2,   /* a month just past is not meant a year ahead */
    STORY_MONTHS_BACK = 5,  /* how far a story goes back … */
    STORY_MONTHS_AHEAD = 8  /* … and ahead by a month without its year */
};

const struct date_unit date_units[] = {
    {1, "D", false, 0, 1, "XXXX-XX-XX", DATE_DAY},
    {6, "WE", false, 0, 7, "XXXX-WXX-WE", DATE_WEEKEND},
    {7, "W", false, 0, 7, "XXXX-WXX", DATE_WEEK},
    {8, "NI", false, 0, 1, "XXXX-XX-XXTNI", DATE_DAY},
    {14, "W", false, 0, 14, "XXXX-WXX", DATE_WEEK},
    {30, "M", false, 1, 0, "XXXX-XX", DATE_MONTH},
    {91, "Q", false, 3, 0, "XXXX-QX", DATE_QUARTER},
    {365, "Y", false, 12, 0, "XXXX", DATE_YEAR},
    {3652, "DE", false, 120, 0, "XXX", DATE_DECADE},
    {36524, "CE", false, 1200, 0, "XX", DATE_CENTURY},
    {365242, "ML", false, 0, 0, NULL, DATE_NO_PRECISION},
    {2, "S", true, 0, 0, NULL, DATE_NO_PRECISION},
    {-60, "M", true, 0, 0, NULL, DATE_NO_PRECISION},
    {-3600, "H", true, 0, 0, NULL, DATE_NO_PRECISION},
    {0, NULL, false, 0, 0, NULL, DATE_NO_PRECISION},
};

const struct date_unit *date_unit_find(int32_t value)
{
    for (const struct date_unit *unit = date_units; unit->letter; unit++) {
        if (unit->value == value)
            return unit;
    }
    return NULL;
}

/* --- direction -------------------------------------------------------------------------- */

enum { DIRECTION_PAST = -1, DIRECTION_NONE = 0, DIRECTION_FUTURE = 1, DIRECTION_GO_ON = 2 };

static bool is_preterite(const struct date_scan *scan, size_t at)
{
    if (date_is(scan, at - 1, "be"))
        return false; /* "will be held", "to be published" */
    if (date_has(scan, at, CLASS_BIT(CUE_PAST)))
        return true;
    const struct date_word *word = date_at(scan, at);
    if (!(word->flags & DATE_WORD_LETTERS) || word->end - word->start < 4)
        return false;
    if (date_any(scan, at - 1, "a an the still") ||
        ((word->flags & DATE_WORD_CAPITAL) && date_same_sentence(scan, at, at - 1)))
        return false; /* "an unspecified date", "the United Nations" */
    str text = str_slice(scan->text, word->start, word->end);
    return str_equal_ascii_fold(str_slice(text, text.len - 2, text.len), STR("ed")) &&
           !date_is(scan, at, "need");
}

/* "expected to", "is to": at is the place of "to". */
static bool is_planned(const struct date_scan *scan, size_t at)
{
    if (at && date_any(scan, at - 1, "is are was were not"))
        return true;
    for (size_t i = 1; i <= PLAN_WINDOW && i <= at; i++) {
        if (!date_same_sentence(scan, at, at - i))
            return false;
        if (date_has(scan, at - i, CLASS_BIT(CUE_PLAN)))
            return true;
    }
    return false;
}

/* What one word on the left says; distance 1 is right before the expression. */
static int cue_left(const struct date_scan *scan, size_t at, size_t distance)
{
    const uint64_t any = CLASS_BIT(REPORTING) | CLASS_BIT(CUE_FUTURE) | CLASS_BIT(MODAL) |
                         CLASS_BIT(CUE_STOP) | CLASS_BIT(CUE_PLAN);
    if (date_has(scan, at, any)) {
        if (date_has(scan, at, CLASS_BIT(REPORTING)))
            return DIRECTION_PAST;
        if (date_has(scan, at, CLASS_BIT(CUE_FUTURE)))
            return DIRECTION_FUTURE;
        bool is_month = date_has(scan, at, CLASS_BIT(MONTH)) &&
                        date_flag(scan, at, DATE_WORD_CAPITAL); /* "May" */
        if (date_has(scan, at, CLASS_BIT(MODAL)) && !is_month)
            return date_is(scan, at + 1, "have") || date_is(scan, at + 2, "have")
                       ? DIRECTION_PAST
                       : DIRECTION_FUTURE;
        if (date_has(scan, at, CLASS_BIT(CUE_STOP)))
            return DIRECTION_NONE;
        if (date_has(scan, at, CLASS_BIT(CUE_PLAN)) && date_word_value(scan, at) == 1 &&
            distance <= CUE_NEAR)
            return date_any(scan, at - 1, "was were had") && date_is(scan, at, "due")
                       ? DIRECTION_NONE /* "it was due in the spring" */
                       : DIRECTION_FUTURE;
    }
    if (date_is(scan, at, "to") && is_planned(scan, at))
        return date_any(scan, at - 2, "was were had been") ? DIRECTION_NONE : DIRECTION_FUTURE;
    if (date_is(scan, at, "be") && date_is(scan, at - 1, "to") &&
        !date_any(scan, at - 2, "was were had due expected scheduled"))
        return DIRECTION_FUTURE; /* "to be published" */
    if (distance == 1 && date_is(scan, at, "set"))
        return DIRECTION_NONE; /* "set Friday as the deadline": the day may have come */
    if (distance <= 2 && date_any(scan, at, "opens begins starts resumes premieres airs convenes"))
        return DIRECTION_FUTURE; /* "the film opens Friday" */
    return is_preterite(scan, at) ? DIRECTION_PAST : DIRECTION_GO_ON;
}

static int cue_right(const struct date_scan *scan, size_t at)
{
    if (date_has(scan, at, CLASS_BIT(CUE_FUTURE)))
        return DIRECTION_FUTURE;
    if (date_any(scan, at, "is are") && date_has(scan, at + 1, CLASS_BIT(CUE_PLAN)))
        return DIRECTION_FUTURE;
    return date_has(scan, at, CLASS_BIT(REPORTING)) || is_preterite(scan, at) ? DIRECTION_PAST
                                                                              : DIRECTION_GO_ON;
}

/* "had filed reports by Wednesday", "until Thursday they had not". */
static bool is_past_perfect(const struct date_scan *scan, size_t first, size_t end)
{
    for (size_t i = 1; i <= CUE_WINDOW && i <= first && date_same_sentence(scan, first, first - i);
         i++) {
        if (date_is(scan, first - i, "had"))
            return true;
    }
    for (size_t i = end; i < end + PLAN_WINDOW && date_same_sentence(scan, first, i); i++) {
        if (date_is(scan, i, "had"))
            return true;
    }
    return false;
}

/* The nearest cue on the left of an expression; GO_ON when there is none. */
static int direction_left(const struct date_scan *scan, size_t first, size_t *cue)
{
    for (size_t i = 1; i <= CUE_WINDOW && i <= first; i++) {
        if (!date_same_sentence(scan, first, first - i))
            break;
        *cue = first - i;
        int direction = cue_left(scan, first - i, i);
        if (direction != DIRECTION_GO_ON)
            return direction;
    }
    return DIRECTION_GO_ON;
}

static int direction_right(const struct date_scan *scan, size_t first, size_t end, size_t *cue)
{
    for (*cue = end; *cue < end + CUE_WINDOW; ++*cue) {
        if (!date_same_sentence(scan, first, *cue))
            break;
        int direction = cue_right(scan, *cue);
        if (direction != DIRECTION_GO_ON)
            return direction;
    }
    return DIRECTION_NONE;
}

/* What the words right before it say: "until", "as early as"; GO_ON when they say nothing. */
static int direction_before(const struct date_scan *scan, size_t first, size_t end, size_t *cue)
{
    if (!first || !date_same_sentence(scan, first, first - 1))
        return DIRECTION_GO_ON;
    *cue = first - 1;
    if (first >= 3 && date_is(scan, first - 1, "by") && date_any(scan, first - 3, "was were") &&
        !date_has(scan, first - 2, CLASS_BIT(CUE_PLAN)) && !is_preterite(scan, first - 2))
        return DIRECTION_PAST; /* "all were out by Wednesday" */
    int preposition = date_word_value(scan, first - 1);
    if (date_has(scan, first - 1, CLASS_BIT(TIME_PREPOSITION)) && preposition)
        return preposition > 0 && is_past_perfect(scan, first, end) ? DIRECTION_PAST : preposition;
    bool as_early_as =
        first >= 3 && date_is(scan, first - 1, "as") && date_is(scan, first - 3, "as");
    return as_early_as ? DIRECTION_FUTURE : DIRECTION_GO_ON;
}

static int find_direction(const struct date_scan *scan, size_t first, size_t end, size_t *cue)
{
    int direction = direction_before(scan, first, end, cue);
    if (direction != DIRECTION_GO_ON)
        return direction;
    direction = direction_left(scan, first, cue);
    if (direction == DIRECTION_FUTURE && date_any(scan, end, "was were"))
        return DIRECTION_NONE; /* "the vote planned for Saturday was put off" */
    return direction == DIRECTION_GO_ON ? direction_right(scan, first, end, cue) : direction;
}

int date_direction(const struct date_scan *scan, size_t first, size_t end)
{
    size_t cue = first;
    int direction = find_direction(scan, first, end, &cue);
    *scan->cue = (struct date_cue){cue, direction};
    return direction;
}

/* --- what to count from ----------------------------------------------------------------- */

static void mark(struct date_hit *hit, enum date_anchor anchor, enum certainty certainty)
{
    hit->anchor = anchor;
    hit->certainty = certainty;
}

static void mark_unresolved(struct date_hit *hit, str value)
{
    mark(hit, DATE_ANCHOR_NONE, CERTAINTY_UNRESOLVED);
    hit->value = value;
}

day date_base_publication(const struct date_scan *scan, struct date_hit *hit)
{
    if (scan->today == DAY_UNKNOWN)
        mark(hit, DATE_ANCHOR_NONE, CERTAINTY_UNRESOLVED);
    else
        mark(hit, DATE_ANCHOR_PUBLICATION, CERTAINTY_RESOLVED);
    return scan->today;
}

day date_base_mention(const struct date_scan *scan, struct date_hit *hit,
                      enum date_precision needed)
{
    if (scan->mention.precision == DATE_NO_PRECISION || scan->mention.precision < needed) {
        mark(hit, DATE_ANCHOR_NONE, CERTAINTY_UNRESOLVED);
        return DAY_UNKNOWN;
    }
    mark(hit, DATE_ANCHOR_MENTION, CERTAINTY_RESOLVED);
    return scan->mention.first;
}

day date_base_story(const struct date_scan *scan, struct date_hit *hit, enum date_precision needed)
{
    if (!scan->history || scan->mention.precision < needed)
        return date_base_publication(scan, hit);
    mark(hit, DATE_ANCHOR_MENTION, CERTAINTY_GUESSED);
    return scan->mention.first;
}

/* "In 2016 …. In October …": does the year named in the block hold for this date? Where the
 * publication is known, only for a date that opens its sentence, in the past of some years, with
 * nothing of another year between. */
static bool paragraph_holds(const struct date_scan *scan, const struct date_hit *hit)
{
    if (!scan->paragraph_year || scan->today == DAY_UNKNOWN)
        return scan->paragraph_year != 0;
    return scan->paragraph_year < day_to_civil(scan->today).year - 1 &&
           day_to_civil(scan->mention.first).year == scan->paragraph_year &&
           date_any(scan, hit->first - 1, "in on by") &&
           date_flag(scan, hit->first - 1, DATE_WORD_CAPITAL);
}

/* The year of a month in a story that has come to the last mention: rather ahead than back. */
static int year_from_mention(const struct date_scan *scan, int month)
{
    struct civil now = day_to_civil(scan->mention.first);
    if (scan->mention.precision < DATE_SEASON)
        return now.year;
    int ahead = month - now.month;
    return now.year + (ahead < -STORY_MONTHS_BACK) - (ahead > STORY_MONTHS_AHEAD);
}

int date_story_year(const struct date_scan *scan, struct date_hit *hit, int month)
{
    bool ancient = scan->mention.precision != DATE_NO_PRECISION && scan->mention.first < 0 &&
                   day_to_civil(scan->mention.first).year < 0;
    if ((scan->history || ancient) && scan->mention.precision >= DATE_YEAR) {
        mark(hit, DATE_ANCHOR_MENTION, CERTAINTY_GUESSED);
        return year_from_mention(scan, month);
    }
    if (paragraph_holds(scan, hit)) {
        mark(hit, DATE_ANCHOR_PARAGRAPH, CERTAINTY_GUESSED);
        return scan->paragraph_year;
    }
    return 0;
}

/* "-", "to", "and": what joins two dates. */
static bool is_joint(const struct date_scan *scan, size_t at)
{
    return date_flag(scan, at, DATE_WORD_HYPHEN) || date_any(scan, at, "to and or until through");
}

/* The year after the second of two joined dates: "26 June - 4 August 1952", "in January and
 * February 1937", "March 5-9, 1918", "summer and autumn 1918". 0 when there is none. */
static int year_ahead(const struct date_scan *scan, size_t end, int month)
{
    if (!is_joint(scan, end))
        return 0;
    int second_month = 0, day_of_month, year;
    size_t at = end + 1, word;
    if (date_is(scan, at, "the"))
        at++;
    if (date_has(scan, at, CLASS_BIT(DATE_MODIFIER)))
        at += date_flag(scan, at + 1, DATE_WORD_HYPHEN) ? 2 : 1;
    size_t first = at;
    if ((word = date_read_day(scan, at, &day_of_month)) != 0)
        at = date_is(scan, word, "of") ? word + 1 : word;
    if (date_has(scan, at, CLASS_BIT(SEASON))) {
        second_month = date_word_value(scan, at);
        at++;
    } else if ((word = date_read_month(scan, at, &second_month)) != 0) {
        bool before = at > first;
        at = word;
        if (!before && (word = date_read_day(scan, at, &day_of_month)) != 0)
            at = word;
    }
    if (at == first)
        return 0;
    if (date_any(scan, at, ", of"))
        at++;
    word = date_read_year(scan, at, &year);
    if (!word || date_has(scan, word, CLASS_BIT(COUNTED)))
        return 0;
    return second_month && second_month < month ? year - 1 : year;
}

/* The year of a date without one by another that is joined to it, by the story or the paragraph;
 * 0 when there is none. */
static int known_year(const struct date_scan *scan, struct date_hit *hit, size_t end, int month)
{
    int year = year_ahead(scan, end, month);
    if (!year)
        return date_story_year(scan, hit, month);
    mark(hit, DATE_ANCHOR_NONE, CERTAINTY_EXPLICIT);
    return year;
}

/* The year of "that summer", "the previous April", in a history of "next spring" too, by the last
 * date mentioned; 0 for a relation that counts from the publication. */
static int anaphoric_year(const struct date_scan *scan, struct date_hit *hit, int month,
                          int *relation)
{
    if (*relation == DATE_NO_RELATION)
        return 0;
    bool anaphoric = *relation >= DATE_PREVIOUS;
    int steps = anaphoric ? *relation - DATE_SAME : *relation;
    *relation = steps;
    if ((!anaphoric && !scan->history) || scan->mention.precision < DATE_YEAR)
        return 0;
    struct civil now = day_to_civil(scan->mention.first);
    mark(hit, DATE_ANCHOR_MENTION, CERTAINTY_RESOLVED);
    hit->counted = steps < 0;
    if (!steps)
        return year_from_mention(scan, month);
    if (scan->mention.precision < DATE_SEASON)
        return now.year + steps;
    return steps < 0 ? now.year - (month >= now.month) : now.year + (month <= now.month);
}

/* --- partial dates ---------------------------------------------------------------------- */

/* "Friday's statement will", "Friday's election": a word of the future, or what is set for a day,
 * shortly after. */
static bool leads_future(const struct date_scan *scan, size_t at)
{
    for (size_t i = at; i < at + PLAN_WINDOW && date_same_sentence(scan, at, i); i++) {
        if (date_has(scan, i, CLASS_BIT(CUE_FUTURE) | CLASS_BIT(SCHEDULED)))
            return true;
    }
    return false;
}

void date_resolve_weekday(const struct date_scan *scan, struct date_hit *hit, size_t end,
                          int weekday)
{
    if (scan->history && scan->mention.precision == DATE_DAY) {
        mark(hit, DATE_ANCHOR_MENTION, CERTAINTY_GUESSED);
        int ahead = (weekday - day_weekday(scan->mention.first) + 7) % 7;
        hit->value = date_value_day(scan, scan->mention.first + ahead);
        return;
    }
    day today = date_base_publication(scan, hit);
    if (today == DAY_UNKNOWN) {
        mark_unresolved(hit, arena_format(scan->arena, "XXXX-WXX-%d", weekday));
        return;
    }
    int back = (day_weekday(today) - weekday + 7) % 7, ahead = (7 - back) % 7;
    int direction = date_direction(scan, hit->first, end);
    if (direction >= 0 && date_is_possessive(scan, end) && !leads_future(scan, end + 1))
        direction = -1; /* "will appeal Wednesday's ruling" */
    bool past = direction < 0 || (direction == 0 && back <= WEEKDAY_BACK_LIMIT);
    if (!direction && !past)
        hit->certainty = CERTAINTY_GUESSED;
    hit->value = date_value_day(scan, past ? today - back : today + ahead);
}

/* The year of a month, seen from another month. */
static int month_year(const struct date_scan *scan, struct date_hit *hit, size_t end, int month,
                      struct civil now)
{
    int past = now.year - (month > now.month), future = now.year + (month < now.month);
    int direction = date_direction(scan, hit->first, end);
    int back = (now.year - past) * 12 + now.month - month;
    int ahead = (future - now.year) * 12 + month - now.month;
    bool deadline = date_any(scan, hit->first - 1, "by until till");
    if (direction > 0 && back <= MONTHS_JUST_PAST && ahead > 0 && !deadline)
        direction = 0; /* that far ahead it would be "next October" */
    if (direction < 0 && ahead == 1 && !date_has(scan, hit->first - 1, CLASS_BIT(CUE_PAST)) &&
        !date_any(scan, hit->first - 1, "since after in"))
        direction = 0;
    if (!direction && hit->first && date_any(scan, hit->first - 1, "in by since") &&
        date_flag(scan, hit->first - 1, DATE_WORD_CAPITAL))
        direction = DIRECTION_PAST; /* "In January, …" goes on with what happened */
    if (direction)
        return direction < 0 ? past : future;
    if ((back < ahead ? back : ahead) >= MONTHS_DOUBTFUL)
        hit->certainty = CERTAINTY_GUESSED;
    return back <= ahead ? past : future;
}

void date_resolve_month(const struct date_scan *scan, struct date_hit *hit, size_t end, int month,
                        int relation)
{
    int year = relation == DATE_NO_RELATION ? known_year(scan, hit, end, month)
                                            : anaphoric_year(scan, hit, month, &relation);
    if (!year) {
        day today = date_base_publication(scan, hit);
        if (today == DAY_UNKNOWN) {
            mark_unresolved(hit, date_value_month(scan, 0, month));
            return;
        }
        struct civil now = day_to_civil(today);
        year = relation == DATE_NO_RELATION ? month_year(scan, hit, end, month, now)
               : relation < 0               ? now.year - (month >= now.month)
               : relation > 0               ? now.year + (month <= now.month)
                                            : now.year;
    }
    hit->value = date_value_month(scan, year, month);
}

/* The day of the three years around today that is closest, or by relation; DAY_UNKNOWN when none
 * of them has such a day (February 29). */
static day closest_day(const struct date_scan *scan, int month, int day_of_month, int side)
{
    day best = DAY_UNKNOWN;
    int year = day_to_civil(scan->today).year;
    for (int i = year - 1; i <= year + 1; i++) {
        if (!day_exists(i, month, day_of_month))
            continue;
        day candidate = day_from_civil(i, month, day_of_month);
        if ((side < 0 && candidate > scan->today) || (side > 0 && candidate < scan->today))
            continue;
        if (best == DAY_UNKNOWN || abs(candidate - scan->today) < abs(best - scan->today))
            best = candidate;
    }
    return best;
}

/* Does a day fall on the weekday that is written before it? True where none is. */
static bool fits_weekday(const struct date_scan *scan, const struct date_hit *hit, day number)
{
    int weekday;
    return !date_read_weekday(scan, hit->first, &weekday) || day_weekday(number) == weekday;
}

/* "Friday, July 21" where the closest such day is no Friday but one of the next closest years is;
 * DAY_UNKNOWN otherwise. */
static day weekday_day(const struct date_scan *scan, const struct date_hit *hit, int month,
                       int day_of_month)
{
    int weekday, year = day_to_civil(scan->today).year;
    day closest = closest_day(scan, month, day_of_month, 0);
    if (!date_read_weekday(scan, hit->first, &weekday) || closest == DAY_UNKNOWN ||
        day_weekday(closest) == weekday)
        return DAY_UNKNOWN;
    for (int i = year - 1; i <= year + 1; i++) {
        day found = day_from_civil(i, month, day_of_month);
        if (found != DAY_UNKNOWN && day_weekday(found) == weekday)
            return found;
    }
    return DAY_UNKNOWN;
}

bool date_resolve_month_day(const struct date_scan *scan, struct date_hit *hit, size_t end,
                            int month, int day_of_month, int relation)
{
    if (!day_exists(2000, month, day_of_month))
        return false;
    int year = relation == DATE_NO_RELATION ? known_year(scan, hit, end, month)
                                            : anaphoric_year(scan, hit, month, &relation);
    if (year && day_exists(year, month, day_of_month) &&
        fits_weekday(scan, hit, day_from_civil(year, month, day_of_month))) {
        hit->value = date_value_month_day(scan, year, month, day_of_month);
        return true;
    }
    if (date_base_publication(scan, hit) == DAY_UNKNOWN) {
        mark_unresolved(hit, date_value_month_day(scan, 0, month, day_of_month));
        return true;
    }
    int side = relation == DATE_NO_RELATION ? 0 : relation;
    if (!side && date_is(scan, hit->first - 1, "ended"))
        side = -1; /* "the year ended Jan. 31" */
    day found = closest_day(scan, month, day_of_month, side);
    day named = weekday_day(scan, hit, month, day_of_month);
    if (named != DAY_UNKNOWN) {
        hit->value = date_value_day(scan, named);
        return true;
    }
    if (!side && found != DAY_UNKNOWN && abs(found - scan->today) > FAR_DAYS) {
        int direction = date_direction(scan, hit->first, end);
        day other = closest_day(scan, month, day_of_month, direction > 0 ? 1 : -1);
        found = other == DAY_UNKNOWN ? found : other;
        if (!direction)
            hit->certainty = CERTAINTY_GUESSED;
    }
    if (found == DAY_UNKNOWN)
        mark_unresolved(hit, date_value_month_day(scan, 0, month, day_of_month));
    else
        hit->value = date_value_day(scan, found);
    return true;
}

static const char *season_name(int first_month)
{
    static const char *const names[] = {"SP", "SU", "FA", "WI"};
    return names[(first_month / 3 - 1) % 4];
}

/* The year of "last summer", "next winter", or of a season by its cue. */
static int season_year(const struct date_scan *scan, struct date_hit *hit, size_t end,
                       int first_month, int relation)
{
    struct civil now = day_to_civil(scan->today);
    bool running = first_month <= now.month && now.month < first_month + 3;
    bool winter_runs = first_month == 12 && now.month <= 2;
    if (relation < 0)
        return now.year - (first_month > now.month || running || winter_runs);
    if (relation > 0 && relation != DATE_NO_RELATION)
        return now.year + (first_month <= now.month);
    if (relation == 0)
        return now.year - winter_runs;
    int past = now.year - (first_month > now.month);
    int future = now.year + (first_month + 2 < now.month);
    int direction = date_direction(scan, hit->first, end);
    if (direction)
        return direction < 0 ? past : future;
    int back = abs((past - now.year) * 12 + first_month + 1 - now.month);
    int ahead = abs((future - now.year) * 12 + first_month + 1 - now.month);
    return back <= ahead ? past : future;
}

void date_resolve_season(const struct date_scan *scan, struct date_hit *hit, size_t end,
                         int first_month, int relation)
{
    int year = relation == DATE_NO_RELATION ? known_year(scan, hit, end, first_month)
                                            : anaphoric_year(scan, hit, first_month, &relation);
    if (!year && date_base_publication(scan, hit) != DAY_UNKNOWN)
        year = season_year(scan, hit, end, first_month, relation);
    if (!year)
        mark(hit, DATE_ANCHOR_NONE, CERTAINTY_UNRESOLVED);
    hit->value = date_value_part(scan, year, season_name(first_month));
}

void date_resolve_quarter(const struct date_scan *scan, struct date_hit *hit, size_t end, char kind,
                          int number)
{
    int year = 0;
    day today = date_base_publication(scan, hit);
    if (today != DAY_UNKNOWN) {
        struct civil now = day_to_civil(today);
        int current = kind == 'H' ? (now.month + 5) / 6 : (now.month + 2) / 3;
        year = now.year;
        if (kind == 'Q')
            year += date_direction(scan, hit->first, end) > 0 ? number < current - 1
                                                              : -(number > current);
    }
    char suffix[3] = {kind, (char)('0' + number), 0};
    hit->value = date_value_part(scan, year, suffix);
}

/* --- counting units --------------------------------------------------------------------- */

/* A calendar value of months or longer, from months since year 0. */
static bool month_value(const struct date_scan *scan, const struct date_unit *unit, int64_t months,
                        str *value)
{
    int64_t year = months >= 0 ? months / 12 : -((11 - months) / 12);
    int month = (int)(months - year * 12) + 1;
    if (year < DATE_YEAR_MIN || year > DATE_YEAR_MAX || !year)
        return false;
    if (unit->precision == DATE_MONTH) {
        *value = date_value_month(scan, (int)year, month);
    } else if (unit->precision == DATE_QUARTER) {
        char suffix[3] = {'Q', (char)('1' + (month - 1) / 3), 0};
        *value = date_value_part(scan, (int)year, suffix);
    } else if (unit->precision == DATE_YEAR) {
        *value = date_value_year(scan, (int)year);
    } else {
        bool decade = unit->precision == DATE_DECADE;
        if (year < 0)
            return false;
        *value =
            arena_format(scan->arena, decade ? "%03d" : "%02d", (int)(year / (decade ? 10 : 100)));
    }
    return true;
}

bool date_resolve_shift(const struct date_scan *scan, struct date_hit *hit, day base,
                        const struct date_unit *unit, int64_t steps)
{
    if (unit->precision == DATE_NO_PRECISION)
        return false;
    hit->counted = steps != 0;
    if (base == DAY_UNKNOWN) {
        mark_unresolved(hit, str_from(unit->unresolved));
        return true;
    }
    if (unit->months) {
        struct civil civil = day_to_civil(base);
        return month_value(scan, unit, civil.year * 12 + civil.month - 1 + steps * unit->months,
                           &hit->value);
    }
    int64_t number = base + steps * unit->days;
    if (number < day_from_civil(DATE_YEAR_MIN, 1, 1) ||
        number > day_from_civil(DATE_YEAR_MAX, 1, 1))
        return false;
    if (unit->precision == DATE_DAY) {
        hit->value = date_value_day(scan, (day)number);
        return true;
    }
    hit->value = date_value_week(scan, (day)number);
    if (unit->precision == DATE_WEEKEND)
        hit->value = arena_format(scan->arena, "%.*s-WE", STR_ARG(hit->value));
    return true;
}
