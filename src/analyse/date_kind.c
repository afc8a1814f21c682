/* What kind of text it is: news, a history that tells of long ago, a report of a company. Dates
 * without a year count from other days in each. */
#include "analyse/date_scan.h"
#include "base/ascii.h"

enum {
    HISTORY_YEARS = 12,       /* so many years named make a history … */
    HISTORY_OLD_PERCENT = 70, /* … when so many of them lie well before the publication */
    HISTORY_AGE = 2,          /* years before it */
    HISTORY_DENSITY = 2500,   /* at least one in so many bytes */
    HISTORY_FEW_YEARS = 8,    /* fewer, or later ones, do where the words of news are missing: */
    HISTORY_NEWS_SHARE = 6,   /* at most one for so many years */
    EARNINGS_WORDS = 4        /* a report of a company uses so many of its words */
};

/* What one reading of the tokens counts. */
struct survey {
    int64_t years;    /* named in four digits or with "BC" */
    int64_t old;      /* of them well before the publication */
    int64_t past;     /* of them shortly before it */
    int64_t news;     /* weekdays, "today", "yesterday", "said" */
    int64_t earnings; /* quarter, share, income */
};

/* The number at `at` when it is a year in four digits that stands for itself, else 0. */
static int year_at(str text, size_t at)
{
    int value = 0;
    for (size_t i = at; i < at + 4; i++) {
        if (i >= text.len || !ascii_is_digit(text.ptr[i]))
            return 0;
        value = value * 10 + (text.ptr[i] - '0');
    }
    char after = at + 4 < text.len ? text.ptr[at + 4] : ' ';
    char before = at ? text.ptr[at - 1] : ' ';
    bool code =
        ascii_is_digit(after) || after == '%' || before == '$' || before == ',' || before == '.';
    return !code && value >= 1400 && value < 2100 ? value : 0;
}

/* " BC", " B.C" */
static bool era_at(str text, size_t at)
{
    return at + 3 < text.len && text.ptr[at] == ' ' && text.ptr[at + 1] == 'B' &&
           (text.ptr[at + 2] == 'C' || (text.ptr[at + 2] == '.' && text.ptr[at + 3] == 'C'));
}

static void count_number(struct survey *survey, str text, const struct token *token, int now)
{
    int year = year_at(text, token->start);
    bool era = era_at(text, token->end);
    survey->years += year != 0 || era;
    survey->old += (year && year < now - HISTORY_AGE) || era;
    survey->past += year && year < now && year >= now - HISTORY_AGE;
}

static void count_word(struct survey *survey, const struct lexicon_entry *entry,
                       const struct token *token)
{
    const uint64_t any =
        CLASS_BIT(WEEKDAY) | CLASS_BIT(DEICTIC) | CLASS_BIT(REPORTING) | CLASS_BIT(EARNINGS);
    if (!(entry->classes & any))
        return;
    bool weekday = (entry->classes & CLASS_BIT(WEEKDAY)) && token->end - token->start > 5;
    bool said = (entry->classes & CLASS_BIT(REPORTING)) && entry->value == 1;
    survey->news += weekday || said || (entry->classes & CLASS_BIT(DEICTIC));
    survey->earnings += (entry->classes & CLASS_BIT(EARNINGS)) != 0;
}

static bool is_history(const struct survey *survey, size_t text_len, bool dated)
{
    if (survey->years < HISTORY_FEW_YEARS || survey->years * HISTORY_DENSITY <= (int64_t)text_len)
        return false;
    if (dated && survey->years >= HISTORY_YEARS && survey->news <= survey->years &&
        survey->old * 100 >= survey->years * HISTORY_OLD_PERCENT)
        return true;
    return (survey->old + survey->past) * 100 >= survey->years * HISTORY_OLD_PERCENT &&
           survey->news * HISTORY_NEWS_SHARE <= survey->years;
}

void date_survey(struct date_scan *scan)
{
    struct survey survey = {0};
    bool dated = scan->today != DAY_UNKNOWN;
    int now = dated ? day_to_civil(scan->today).year : DATE_YEAR_MAX;
    for (size_t i = 0; i < scan->analysis->tokens.count; i++) {
        const struct token *token = &scan->analysis->tokens.items[i];
        if (token->kind == TOKEN_NUMBER) {
            count_number(&survey, scan->text, token, now);
        } else if (token->word) {
            const struct lexicon_entry *entry = lexicon_entry(scan->lexicon, token->word);
            if (entry)
                count_word(&survey, entry, token);
        }
    }
    scan->history = is_history(&survey, scan->text.len, dated);
    scan->earnings = survey.earnings >= EARNINGS_WORDS;
}
