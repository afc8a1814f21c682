/* Bounds of the day of publication of an article that does not say it, from its own words.
 *
 * What is told in the past tense with its year was over or running when the article was written;
 * what "will" be was still to come. "Friday, July 21" without a year is said at most half a year
 * away from that day, in a year in which it was a Friday. Only such statements count: the result
 * is bounds, never a day. */
#include "analyse/date_scan.h"
#include "analyse/passes.h"
#include "base/ascii.h"

enum {
    SENTENCE_WINDOW = 60,    /* words of the sentence before the date that are looked at */
    HALF_YEAR = 183,         /* days: a day without its year is at most so far away */
    WEEKDAY_YEARS = 12,      /* a date falls on each weekday within so many years */
    EVIDENCE_YEAR_MIN = 1800 /* older texts are not what is published here */
};

/* A future or a doubt on the left of a date, in its sentence. */
static bool looks_ahead(const struct date_scan *scan, size_t at)
{
    const uint64_t ahead =
        CLASS_BIT(CUE_FUTURE) | CLASS_BIT(CUE_PLAN) | CLASS_BIT(MODAL) | CLASS_BIT(CUE_STOP);
    for (size_t i = 1; i <= SENTENCE_WINDOW && i <= at && date_same_sentence(scan, at, at - i);
         i++) {
        bool month =
            date_has(scan, at - i, CLASS_BIT(MONTH)) && date_flag(scan, at - i, DATE_WORD_CAPITAL);
        if (!month && date_has(scan, at - i, ahead))
            return true;
    }
    return date_any(scan, at - 1, "for by until till");
}

/* "will", "shall" on the left of a date, in its sentence. */
static bool is_announced(const struct date_scan *scan, size_t at)
{
    for (size_t i = 1; i <= SENTENCE_WINDOW && i <= at && date_same_sentence(scan, at, at - i);
         i++) {
        if (date_any(scan, at - i, "will shall 'll \xE2\x80\x99ll"))
            return true;
    }
    return false;
}

static day later(day a, day b)
{
    return a == DAY_UNKNOWN || (b != DAY_UNKNOWN && b > a) ? b : a;
}

static day earlier(day a, day b)
{
    return a == DAY_UNKNOWN || (b != DAY_UNKNOWN && b < a) ? b : a;
}

void date_evidence_note(struct date_scan *scan, const struct date_hit *hit,
                        const struct date_span *span, size_t end)
{
    struct date_evidence *evidence = scan->evidence;
    if (hit->certainty != CERTAINTY_EXPLICIT || hit->type == MOMENT_DURATION ||
        span->precision < DATE_YEAR || day_to_civil(span->first).year < EVIDENCE_YEAR_MIN)
        return;
    int direction = date_direction(scan, hit->first, end);
    if (direction < 0 && !looks_ahead(scan, hit->first))
        evidence->past = later(evidence->past, span->first);
    else if (direction > 0 && is_announced(scan, hit->first))
        evidence->future = earlier(evidence->future, span->last);
}

void date_evidence_weekday(struct date_scan *scan, const struct date_hit *hit, size_t end)
{
    struct date_evidence *evidence = scan->evidence;
    int weekday;
    size_t at = 5;
    str value = hit->value;
    if (evidence->weekday_count == DATE_WEEKDAY_LIMIT || value.len < 10 ||
        !str_starts(value, STR("XXXX-")) || !date_read_weekday(scan, hit->first, &weekday))
        return;
    for (size_t i = 0; i < 5; i++) {
        if (i != 2 && !ascii_is_digit(value.ptr[at + i]))
            return;
    }
    evidence->weekdays[evidence->weekday_count++] =
        (struct date_weekday){.weekday = weekday,
                              .month = (value.ptr[5] - '0') * 10 + value.ptr[6] - '0',
                              .day_of_month = (value.ptr[8] - '0') * 10 + value.ptr[9] - '0',
                              .direction = date_direction(scan, hit->first, end)};
}

/* The day nearest to `from` in one direction of time (1 or -1) on which such a date fell on its
 * weekday; DAY_UNKNOWN when there is none within twelve years. */
static day weekday_near(const struct date_weekday *date, day from, int step)
{
    int year = day_to_civil(from).year;
    for (int i = 0; i <= WEEKDAY_YEARS; i++, year += step) {
        day found = day_from_civil(year, date->month, date->day_of_month);
        if (found != DAY_UNKNOWN && day_weekday(found) == date->weekday &&
            (step > 0 ? found >= from : found <= from))
            return found;
    }
    return DAY_UNKNOWN;
}

/* Narrows the bounds by a weekday and its date. */
static void narrow(const struct date_weekday *date, day *earliest, day *latest)
{
    day first = *earliest, last = *latest;
    if (first != DAY_UNKNOWN) {
        day found = weekday_near(date, first - HALF_YEAR, 1);
        if (found != DAY_UNKNOWN)
            first = later(first, date->direction < 0 ? found : found - HALF_YEAR);
    }
    if (last != DAY_UNKNOWN) {
        day found = weekday_near(date, date->direction < 0 ? last : last + HALF_YEAR, -1);
        if (found != DAY_UNKNOWN)
            last = earlier(last, date->direction > 0 ? found : found + HALF_YEAR);
    }
    if (first != DAY_UNKNOWN && last != DAY_UNKNOWN && first > last)
        return; /* the weekday contradicts the rest */
    *earliest = first;
    *latest = last;
}

struct publication date_infer_publication(const struct analyser *analyser,
                                          const struct article *article)
{
    struct publication inferred = article->published;
    if (inferred.value != DAY_UNKNOWN)
        return inferred;
    struct arena arena = {0};
    struct analysis analysis = {.tokens = {0}};
    struct date_evidence evidence = {.past = DAY_UNKNOWN, .future = DAY_UNKNOWN};
    tokens_pass(analyser, &arena, article, &analysis);
    date_collect(analyser, &arena, article, &analysis, &evidence);
    arena_done(&arena);
    day earliest = inferred.earliest, latest = inferred.latest;
    if (inferred.basis == DATE_BASIS_FILE && evidence.past != DAY_UNKNOWN && evidence.past > latest)
        latest = DAY_UNKNOWN; /* it tells of what came after the time of its file: that is wrong */
    if (latest == DAY_UNKNOWN || evidence.past == DAY_UNKNOWN || evidence.past <= latest)
        earliest = later(earliest, evidence.past);
    if (earliest == DAY_UNKNOWN || evidence.future == DAY_UNKNOWN || evidence.future >= earliest)
        latest = earlier(latest, evidence.future);
    for (size_t i = 0; i < evidence.weekday_count; i++)
        narrow(&evidence.weekdays[i], &earliest, &latest);
    bool by_file = inferred.basis == DATE_BASIS_FILE && latest == inferred.latest;
    if (!by_file && (earliest != inferred.earliest || latest != inferred.latest))
        inferred.basis = DATE_BASIS_INFERRED;
    inferred.earliest = earliest;
    inferred.latest = latest;
    return inferred;
}
