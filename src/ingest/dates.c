/* Days of publication as pages print them. */
#include "ingest/cleaner.h"
#include "model/day.h"
#include "text/fold.h"

/* What a word of a date can be. */
struct date_word {
    int month;  /* 1..12 by name, or 0 */
    int number; /* -1: none */
    int digits;
    size_t start, end;
    bool whole; /* the word is a date by itself */
    day value;
};

#define FIRST_YEAR 1900
#define LAST_YEAR 2100

static bool is_year(const struct date_word *w)
{
    return w->digits == 4 && w->number >= FIRST_YEAR && w->number <= LAST_YEAR;
}

static bool is_month_day(const struct date_word *w)
{
    return w->digits >= 1 && w->digits <= 2 && w->number >= 1 && w->number <= 31;
}

static day make(int year, int month, int day_of_month)
{
    return year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 &&
                   day_exists(year, month, day_of_month)
               ? day_from_civil(year, month, day_of_month)
               : DAY_UNKNOWN;
}

/* Numbers parted by one kind of mark: 2024-08-05, 05.08.2024, 8/25/2024. Of two readings none. */
static day read_numbers(str core)
{
    int parts[3] = {0, 0, 0}, digits[3] = {0, 0, 0}, part = 0;
    char mark = 0;
    for (size_t i = 0; i < core.len; i++) {
        char byte = core.ptr[i];
        if (byte >= '0' && byte <= '9') {
            if (++digits[part] > 4) {
                return DAY_UNKNOWN;
            }
            parts[part] = parts[part] * 10 + (byte - '0');
        } else if (byte == 'T' && part == 2 && digits[2] > 0) {
            break; /* a time follows */
        } else if (digits[part] == 0 || ++part > 2 || (mark && byte != mark) ||
                   (byte != '-' && byte != '.' && byte != '/')) {
            return DAY_UNKNOWN;
        } else {
            mark = byte;
        }
    }
    if (part != 2 || digits[2] == 0) {
        return DAY_UNKNOWN;
    }
    if (digits[0] == 4 && digits[1] <= 2 && digits[2] <= 2) {
        return make(parts[0], parts[1], parts[2]);
    }
    if (digits[2] != 4 || digits[0] > 2 || digits[1] > 2) {
        return DAY_UNKNOWN;
    }
    if (mark == '.' || parts[0] > 12) {
        return make(parts[2], parts[1], parts[0]);
    }
    return parts[1] > 12 || parts[0] == parts[1] ? make(parts[2], parts[0], parts[1]) : DAY_UNKNOWN;
}

static struct date_word read_word(const struct ruleset *rules, struct arena *scratch, str text,
                                  str word)
{
    str core = text_word_core(word);
    struct date_word w = {.number = -1, .value = DAY_UNKNOWN};
    if (core.len == 0 || core.len > 24) {
        return w;
    }
    w.start = (size_t)(core.ptr - text.ptr);
    w.end = w.start + core.len;
    size_t digits = 0;
    int number = 0;
    while (digits < core.len && digits < 5 && core.ptr[digits] >= '0' && core.ptr[digits] <= '9') {
        number = number * 10 + (core.ptr[digits++] - '0');
    }
    str rest = str_slice(core, digits, core.len);
    if (digits && (rest.len == 0 || str_equal(rest, STR("st")) || str_equal(rest, STR("nd")) ||
                   str_equal(rest, STR("rd")) || str_equal(rest, STR("th")))) {
        w.number = number;
        w.digits = (int)digits;
    } else if (digits) {
        w.value = read_numbers(core);
        w.whole = w.value != DAY_UNKNOWN;
    } else {
        w.month = (int)rules_list(rules, LIST_MONTH, fold_text(scratch, core));
    }
    return w;
}

/* "August 5, 2024", "5 August 2024", "2024 August 5"; a weekday or "of" is passed over by the
 * caller. */
static day read_three(const struct date_word w[3])
{
    if (w[0].month && is_month_day(&w[1]) && is_year(&w[2])) {
        return make(w[2].number, w[0].month, w[1].number);
    }
    if (is_month_day(&w[0]) && w[1].month && is_year(&w[2])) {
        return make(w[2].number, w[1].month, w[0].number);
    }
    if (is_year(&w[0]) && w[1].month && is_month_day(&w[2])) {
        return make(w[0].number, w[1].month, w[2].number);
    }
    return DAY_UNKNOWN;
}

day date_find(const struct ruleset *rules, struct arena *scratch, str text, size_t *start,
              size_t *end)
{
    struct date_word last[3] = {{.number = -1}, {.number = -1}, {.number = -1}};
    str word;
    for (size_t at = 0; text_next_word(text, &at, &word);) {
        struct date_word w = read_word(rules, scratch, text, word);
        if (w.whole) {
            *start = w.start;
            *end = w.end;
            return w.value;
        }
        last[0] = last[1];
        last[1] = last[2];
        last[2] = w;
        day value = read_three(last);
        if (value != DAY_UNKNOWN) {
            *start = last[0].start;
            *end = last[2].end;
            return value;
        }
    }
    return DAY_UNKNOWN;
}
