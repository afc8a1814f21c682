/* The dates pass: block by block, word by word; where a word opens a date, the patterns are tried
 * and the first that matches becomes a moment. What was mentioned last is carried along. */
#include "analyse/date.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/date_scan.h"

enum {
    BRACKET_WINDOW = 16, /* words looked back at for a bracket */
    STORY_YEARS = 10     /* a year further away than this is an aside */
};

/* --- one expression --------------------------------------------------------------------- */

static size_t match_pattern(const struct date_scan *scan, const struct date_pattern *pattern,
                            size_t at, struct date_hit *hit)
{
    *hit = (struct date_hit){.first = at, .type = MOMENT_DATE, .certainty = CERTAINTY_EXPLICIT};
    *scan->cue = (struct date_cue){0, 0};
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
        if (reference->guess && hit->certainty > CERTAINTY_GUESSED)
            hit->certainty = CERTAINTY_GUESSED;
        return low_end;
    }
    return end;
}

/* "the" and "a" before a word that stands in no date: most of them. */
static bool opens_nothing(const struct date_scan *scan, size_t at, uint64_t triggers)
{
    const struct date_word *word = &scan->words.items[at];
    bool article = (word->classes & CLASS_BIT(ARTICLE)) ||
                   ((word->classes & CLASS_BIT(NUMBER)) && word->end - word->start <= 2 &&
                    (scan->text.ptr[word->start] | 32) == 'a');
    return article && !date_has(scan, at + 1, triggers | CLASS_BIT(DATE_NOUN));
}

static size_t match(struct date_scan *scan, const struct date_reference *reference, size_t at,
                    uint64_t triggers, struct date_hit *hit, const char **rule)
{
    uint64_t classes = scan->words.items[at].classes;
    if (opens_nothing(scan, at, triggers))
        return 0;
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

/* The publication in words. */
static str published_text(struct arena *arena, const struct date_reference *reference)
{
    struct buf text = BUF_INIT;
    buf_add(&text, STR("published "));
    if (reference->value != DAY_UNKNOWN) {
        day_add(&text, reference->value);
    } else {
        buf_add(&text, STR("between "));
        day_add(&text, reference->earliest);
        buf_add(&text, STR(" and "));
        day_add(&text, reference->latest);
        if (reference->guess)
            buf_add(&text, str_from(reference->guess));
    }
    str kept = arena_str(arena, buf_str(&text));
    buf_done(&text);
    return kept;
}

/* The publication and the word that gave the direction. By hand: most weekdays have one. */
static str cue_text(const struct date_scan *scan)
{
    const struct date_word *cue = date_at(scan, scan->cue->word);
    const str parts[] = {scan->published, STR("; \""), str_slice(scan->text, cue->start, cue->end),
                         scan->cue->direction < 0 ? STR("\" points back") : STR("\" points ahead")};
    size_t len = 0, count = sizeof parts / sizeof *parts;
    for (size_t i = 0; i < count; i++)
        len += parts[i].len;
    char *text = arena_alloc(scan->arena, len, 1), *to = text;
    for (size_t i = 0; i < count; i++) {
        memcpy(to, parts[i].ptr, parts[i].len);
        to += parts[i].len;
    }
    return (str){text, len};
}

/* The reference in words. */
static str anchor_text(const struct date_scan *scan, const struct date_hit *hit)
{
    if (hit->anchor == DATE_ANCHOR_PUBLICATION && scan->cue->direction)
        return cue_text(scan);
    if (hit->anchor == DATE_ANCHOR_PUBLICATION)
        return scan->published;
    if (hit->anchor == DATE_ANCHOR_NONE)
        return hit->certainty == CERTAINTY_UNRESOLVED ? STR("the day of publication is not known")
                                                      : STR("the text itself");
    struct buf text = BUF_INIT;
    if (hit->anchor == DATE_ANCHOR_MENTION) {
        buf_add(&text, STR("last date mentioned, "));
        day_add(&text, scan->mention.first);
        if (scan->mention.last != scan->mention.first) {
            buf_add(&text, STR(" to "));
            day_add(&text, scan->mention.last);
        }
    } else {
        buf_format(&text, "year of the paragraph, %d", scan->paragraph_year);
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
        (scan->today == DAY_UNKNOWN || span->last <= scan->today ||
         date_is(scan, after, "ended"))) {
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

static void keep(struct date_scan *scan, struct analysis *analysis, const struct date_hit *hit,
                 size_t end, const char *rule)
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
    moment.reference = anchor_text(scan, hit);
    struct date_span span;
    bool calendar = hit->type == MOMENT_DATE || hit->type == MOMENT_TIME;
    if (calendar && date_value_span(hit->value, &span)) {
        struct date_span narrow = date_span_narrow(span, hit->modifier, hit->edge);
        moment.first = narrow.first;
        moment.last = narrow.last;
        if (scan->evidence)
            date_evidence_note(scan, hit, &span, end);
        remember(scan, hit, &span, end);
    } else if (scan->evidence) {
        date_evidence_weekday(scan, hit, end);
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
            after = match(scan, reference, at, triggers, &hit, &rule);
        if (after > at && hit.value.ptr)
            keep(scan, analysis, &hit, after, rule);
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

static void scan_article(const struct analyser *analyser, struct arena *arena,
                         const struct article *article, struct analysis *analysis,
                         struct date_reference reference, struct date_evidence *evidence)
{
    struct date_cue cue = {0, 0};
    struct date_scan scan = {.lexicon = analyser_lexicon(analyser),
                             .arena = arena,
                             .analysis = analysis,
                             .text = article->text,
                             .none = {.thousandths = -1},
                             .today = reference.value,
                             .published = published_text(arena, &reference),
                             .evidence = evidence,
                             .cue = &cue};
    if (!analysis->tokens.count)
        return;
    date_survey(&scan);
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

void date_pass(const struct analyser *analyser, struct arena *arena, const struct article *article,
               struct analysis *analysis)
{
    const struct publication *published = &article->published;
    const struct date_reference reference = {
        usable_day(published->value), usable_day(published->earliest),
        usable_day(published->latest),
        published->similar_count > 0          ? ", as similar articles were"
        : published->basis == DATE_BASIS_FILE ? ", by the time of its file"
                                              : NULL};
    scan_article(analyser, arena, article, analysis, reference, NULL);
}

void date_collect(const struct analyser *analyser, struct arena *arena,
                  const struct article *article, struct analysis *analysis,
                  struct date_evidence *evidence)
{
    const struct date_reference nothing = {DAY_UNKNOWN, DAY_UNKNOWN, DAY_UNKNOWN, NULL};
    scan_article(analyser, arena, article, analysis, nothing, evidence);
}
