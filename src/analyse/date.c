/* The dates pass: block by block, word by word; where a word opens a date, the patterns are tried
 * and the first that matches becomes a moment. What was mentioned last is carried along. */
#include "analyse/date.h"

#include <stdlib.h>

#include "analyse/date_scan.h"

enum {
    HISTORY_YEARS = 12,       /* so many years named make a history … */
    HISTORY_OLD_PERCENT = 70, /* … when so many of them lie well before the publication */
    HISTORY_AGE = 2,          /* years before it */
    HISTORY_DENSITY = 2500,   /* at least one in so many bytes */
    HISTORY_FEW_YEARS = 8,    /* fewer, or later ones, do where the words of news are missing: */
    HISTORY_NEWS_SHARE = 6,   /* at most one for so many years */
    BRACKET_WINDOW = 16,      /* words looked back at for a bracket */
    STORY_YEARS = 10,         /* a year further away than this is an aside */
    EARNINGS_WORDS = 4        /* a report of a company uses so many of its words */
};

/* --- what kind of text ------------------------------------------------------------------ */

/* The number at `at` when it is a year in four digits that stands for itself, else 0. */
static int year_at(str text, size_t at)
{
    int value = 0;
    for (size_t i = at; i < at + 4; i++) {
        if (i >= text.len || text.ptr[i] < '0' || text.ptr[i] > '9')
            return 0;
        value = value * 10 + (text.ptr[i] - '0');
    }
    char after = at + 4 < text.len ? text.ptr[at + 4] : ' ';
    char before = at ? text.ptr[at - 1] : ' ';
    bool code = (after >= '0' && after <= '9') || after == '%' || before == '$' || before == ',' ||
                before == '.';
    return !code && value >= 1400 && value < 2100 ? value : 0;
}

/* " BC", " B.C" */
static bool era_at(str text, size_t at)
{
    return text.ptr[at] == 'B' && at > 1 && text.ptr[at - 1] == ' ' && text.ptr[at - 2] >= '0' &&
           text.ptr[at - 2] <= '9' && at + 2 < text.len &&
           (text.ptr[at + 1] == 'C' || (text.ptr[at + 1] == '.' && text.ptr[at + 2] == 'C'));
}

/* Weekdays, "today", "yesterday", "said": what news has and a history has not. */
static int64_t count_news_words(const struct date_scan *scan)
{
    const struct analysis *analysis = scan->analysis;
    int64_t count = 0;
    for (size_t i = 0; i < analysis->tokens.count; i++) {
        const struct token *token = &analysis->tokens.items[i];
        const struct lexicon_entry *entry = lexicon_entry(scan->lexicon, token->word);
        if (!entry)
            continue;
        count += (entry->classes & CLASS_BIT(WEEKDAY)) != 0 && token->end - token->start > 5;
        count += (entry->classes & CLASS_BIT(DEICTIC)) != 0;
        count += (entry->classes & CLASS_BIT(REPORTING)) && entry->value == 1;
    }
    return count;
}

/* Does the text tell of long ago? Counted by the years that it names. */
static bool is_history(const struct date_scan *scan)
{
    int64_t count = 0, old = 0, past = 0;
    int now = scan->today == DAY_UNKNOWN ? 0 : day_to_civil(scan->today).year;
    str text = scan->text;
    for (size_t at = 0; at < text.len; at++) {
        bool era = era_at(text, at);
        count += era;
        old += era;
        if (text.ptr[at] < '0' || text.ptr[at] > '9')
            continue;
        int year = year_at(text, at);
        count += year != 0;
        old += year && year < now - HISTORY_AGE;
        past += year && year < now && year >= now - HISTORY_AGE;
        while (at + 1 < text.len && text.ptr[at + 1] >= '0' && text.ptr[at + 1] <= '9')
            at++;
    }
    if (!now || count * HISTORY_DENSITY <= (int64_t)text.len)
        return false;
    int64_t news = count_news_words(scan);
    if (count >= HISTORY_YEARS && old * 100 >= count * HISTORY_OLD_PERCENT && news <= count)
        return true;
    return count >= HISTORY_FEW_YEARS && (old + past) * 100 >= count * HISTORY_OLD_PERCENT &&
           news * HISTORY_NEWS_SHARE <= count;
}

static bool is_earnings(const struct date_scan *scan)
{
    const struct analysis *analysis = scan->analysis;
    size_t count = 0;
    for (size_t i = 0; i < analysis->tokens.count && count < EARNINGS_WORDS; i++) {
        const struct lexicon_entry *entry =
            lexicon_entry(scan->lexicon, analysis->tokens.items[i].word);
        count += entry && (entry->classes & CLASS_BIT(EARNINGS));
    }
    return count >= EARNINGS_WORDS;
}

/* --- one expression --------------------------------------------------------------------- */

static size_t match_pattern(const struct date_scan *scan, const struct date_pattern *pattern,
                            size_t at, struct date_hit *hit)
{
    *hit = (struct date_hit){.first = at, .type = MOMENT_DATE, .certainty = CERTAINTY_EXPLICIT};
    return pattern->match(scan, at, hit);
}

/* With bounds instead of a day: what both ends agree on is certain, anything else is not known.
 * Every value rises with the day that it is resolved against, so the ends speak for all days
 * between them. */
static size_t match_bounded(struct date_scan *scan, const struct date_pattern *pattern,
                            const struct date_reference *reference, size_t at, struct date_hit *hit)
{
    size_t end = match_pattern(scan, pattern, at, hit);
    if (!end || hit->certainty != CERTAINTY_UNRESOLVED || reference->value != DAY_UNKNOWN ||
        reference->earliest == DAY_UNKNOWN || reference->latest == DAY_UNKNOWN)
        return end;
    struct date_hit low, high;
    scan->today = reference->earliest;
    size_t low_end = match_pattern(scan, pattern, at, &low);
    scan->today = reference->latest;
    size_t high_end = match_pattern(scan, pattern, at, &high);
    scan->today = DAY_UNKNOWN;
    if (low_end == high_end && low_end && str_equal(low.value, high.value)) {
        *hit = low;
        return low_end;
    }
    return end;
}

static size_t match(struct date_scan *scan, const struct date_reference *reference, size_t at,
                    struct date_hit *hit, const char **rule)
{
    uint64_t classes = scan->words.items[at].classes;
    for (const struct date_pattern *pattern = date_patterns; pattern->name; pattern++) {
        if (!(pattern->triggers & classes))
            continue;
        size_t end = match_bounded(scan, pattern, reference, at, hit);
        if (end) {
            *rule = pattern->name;
            return end;
        }
    }
    return 0;
}

/* --- keeping what was found ------------------------------------------------------------- */

/* The reference in words. */
static str anchor_text(const struct date_scan *scan, const struct date_hit *hit,
                       const struct date_reference *reference)
{
    struct buf text = BUF_INIT;
    if (hit->anchor == DATE_ANCHOR_PUBLICATION) {
        buf_add(&text, STR("published "));
        if (reference->value != DAY_UNKNOWN) {
            day_add(&text, reference->value);
        } else {
            buf_add(&text, STR("between "));
            day_add(&text, reference->earliest);
            buf_add(&text, STR(" and "));
            day_add(&text, reference->latest);
        }
    } else if (hit->anchor == DATE_ANCHOR_MENTION) {
        buf_add(&text, STR("last date mentioned, "));
        day_add(&text, scan->mention.first);
        if (scan->mention.last != scan->mention.first) {
            buf_add(&text, STR(" to "));
            day_add(&text, scan->mention.last);
        }
    } else if (hit->anchor == DATE_ANCHOR_PARAGRAPH) {
        buf_format(&text, "year of the paragraph, %d", scan->paragraph_year);
    } else if (hit->certainty == CERTAINTY_UNRESOLVED) {
        buf_add(&text, STR("the day of publication is not known"));
    } else {
        buf_add(&text, STR("the text itself"));
    }
    str kept = arena_str(scan->arena, buf_str(&text));
    buf_done(&text);
    return kept;
}

/* Inside ( ) or [ ]. */
static bool in_brackets(const struct date_scan *scan, size_t at)
{
    for (size_t i = 1; i <= BRACKET_WINDOW && i <= at; i++) {
        if (date_any(scan, at - i, ") ]"))
            return false;
        if (date_any(scan, at - i, "( ["))
            return true;
    }
    return false;
}

/* Does a date of a history carry its story on? Not what is seen from the publication, nor what
 * stands in brackets, nor a look back, nor a year far away unless another one there follows. */
static bool carries_story(struct date_scan *scan, const struct date_hit *hit,
                          const struct date_span *span)
{
    bool begun = scan->mention.precision != DATE_NO_PRECISION;
    if (hit->anchor == DATE_ANCHOR_PUBLICATION || span->precision < DATE_YEAR ||
        (begun && in_brackets(scan, hit->first)))
        return false;
    if (!begun)
        return true;
    if (hit->counted && span->first < scan->mention.first)
        return false;
    int year = day_to_civil(span->first).year;
    if (abs(year - day_to_civil(scan->mention.first).year) > STORY_YEARS) {
        bool second = scan->aside.precision != DATE_NO_PRECISION &&
                      abs(year - day_to_civil(scan->aside.first).year) <= STORY_YEARS;
        scan->aside = *span;
        if (!second)
            return false;
    }
    scan->aside.precision = DATE_NO_PRECISION;
    return true;
}

/* Carries a calendar value along for what counts from it. */
static void remember(struct date_scan *scan, const struct date_hit *hit,
                     const struct date_span *span, size_t after)
{
    struct civil first = day_to_civil(span->first);
    scan->mention_end = date_at(scan, after - 1)->end;
    if (!scan->history || carries_story(scan, hit, span))
        scan->mention = *span;
    /* a quarter that is not over is an outlook, not what the report is about */
    if (span->precision == DATE_QUARTER &&
        (scan->today == DAY_UNKNOWN || span->last <= scan->today || date_is(scan, after, "ended"))) {
        int quarter = (first.month + 2) / 3;
        if (first.year * 4 + quarter >= scan->quarter_year * 4 + scan->quarter) {
            scan->quarter_year = first.year;
            scan->quarter = quarter;
        }
    }
    bool placed = span->precision != DATE_YEAR || date_is(scan, hit->first - 1, "in");
    if (hit->certainty == CERTAINTY_EXPLICIT && span->precision >= DATE_YEAR && placed)
        scan->paragraph_year = first.year;
}

static void keep(struct date_scan *scan, struct analysis *analysis,
                 const struct date_reference *reference, const struct date_hit *hit, size_t end,
                 const char *rule)
{
    const struct date_word *first = date_at(scan, hit->first), *last = date_at(scan, end - 1);
    struct moment moment = {.type = hit->type,
                            .certainty = hit->certainty,
                            .start = first->start,
                            .end = last->end,
                            .sentence_start = first->start,
                            .sentence_end = last->end,
                            .value = hit->value,
                            .modifier = hit->modifier,
                            .first = DAY_UNKNOWN,
                            .last = DAY_UNKNOWN,
                            .rule = rule};
    if (first->token < analysis->tokens.count) {
        uint32_t index = analysis->tokens.items[first->token].sentence;
        const struct sentence *sentence = &analysis->sentences.items[index];
        moment.sentence_start = sentence->start < moment.start ? sentence->start : moment.start;
        moment.sentence_end = sentence->end > moment.end ? sentence->end : moment.end;
    }
    moment.reference = anchor_text(scan, hit, reference);
    struct date_span span;
    bool calendar = hit->type == MOMENT_DATE || hit->type == MOMENT_TIME;
    if (calendar && date_value_span(hit->value, &span)) {
        struct date_span narrow = date_span_narrow(span, hit->modifier, hit->edge);
        moment.first = narrow.first;
        moment.last = narrow.last;
        remember(scan, hit, &span, end);
    }
    vec_push(scan->arena, &analysis->moments, moment);
}

/* --- the pass --------------------------------------------------------------------------- */

static void scan_block(struct date_scan *scan, struct analysis *analysis,
                       const struct date_reference *reference, size_t start, size_t end,
                       uint64_t triggers, size_t *token)
{
    date_words_read(scan, start, end, token);
    scan->paragraph_year = 0;
    for (size_t at = 0; at < scan->words.count;) {
        struct date_hit hit;
        const char *rule = NULL;
        size_t after = 0;
        if (scan->words.items[at].classes & triggers)
            after = match(scan, reference, at, &hit, &rule);
        if (after > at && hit.value.ptr)
            keep(scan, analysis, reference, &hit, after, rule);
        at = after > at ? after : at + 1;
    }
}

/* The day, or unknown where the grammar cannot count from it. */
static day usable_day(day number)
{
    bool usable = number != DAY_UNKNOWN && number >= day_from_civil(DATE_YEAR_MIN, 1, 1) &&
                  number <= day_from_civil(DATE_YEAR_MAX, 1, 1);
    return usable ? number : DAY_UNKNOWN;
}

void date_pass(const struct analyser *analyser, struct arena *arena, const struct article *article,
               struct analysis *analysis)
{
    const struct date_reference reference = {usable_day(article->published.value),
                                             usable_day(article->published.earliest),
                                             usable_day(article->published.latest)};
    struct date_scan scan = {.lexicon = analyser_lexicon(analyser),
                             .arena = arena,
                             .analysis = analysis,
                             .text = article->text,
                             .none = {.thousandths = -1},
                             .today = reference.value};
    if (!analysis->tokens.count)
        return;
    scan.history = is_history(&scan);
    scan.earnings = is_earnings(&scan);
    uint64_t triggers = 0;
    for (const struct date_pattern *pattern = date_patterns; pattern->name; pattern++)
        triggers |= pattern->triggers;
    size_t token = 0;
    if (!article->blocks.count)
        scan_block(&scan, analysis, &reference, 0, article->text.len, triggers, &token);
    for (size_t i = 0; i < article->blocks.count; i++)
        scan_block(&scan, analysis, &reference, article->blocks.items[i].start,
                   article->blocks.items[i].end, triggers, &token);
}
