/* Days of publication as pages print them. */
#include "base/ascii.h"
#include "ingest/cleaner.h"
#include "model/day.h"
#include "text/fold.h"
#include "text/utf8.h"

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

/* Numbers parted by one kind of mark: 2024-08-05, 05.08.2024, 8/25/2024. Of two readings none,
 * unless the order is known. */
static day read_numbers(str core, enum date_order order)
{
    int parts[3] = {0, 0, 0}, digits[3] = {0, 0, 0}, part = 0;
    char mark = 0;
    for (size_t i = 0; i < core.len; i++) {
        char byte = core.ptr[i];
        if (ascii_is_digit(byte)) {
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
    if (parts[1] > 12 || parts[0] == parts[1] || order == DATE_ORDER_MONTH_FIRST) {
        return make(parts[2], parts[0], parts[1]);
    }
    return order == DATE_ORDER_DAY_FIRST ? make(parts[2], parts[1], parts[0]) : DAY_UNKNOWN;
}

/* The bytes of the letter at `at`, or 0. */
static size_t letter_at(str text, size_t at)
{
    size_t len = 1;
    if (!(text.ptr[at] & 0x80)) {
        return ascii_is_letter(text.ptr[at]);
    }
    return code_point_is_letter(utf8_decode(text, at, &len)) ? len : 0;
}

/* Where the run of digits, with the marks of a date between them, ends. */
static size_t digits_end(str text, size_t i)
{
    for (size_t start = i; i < text.len; i++) {
        char byte = text.ptr[i];
        bool mark = i > start && (byte == '-' || byte == '/' || byte == '.') && i + 1 < text.len &&
                    ascii_is_digit(text.ptr[i + 1]) && ascii_is_digit(text.ptr[i - 1]);
        if (!ascii_is_digit(byte) && !mark) {
            break;
        }
    }
    return i;
}

/* Where the run of letters ends; a capital after a small letter begins another one. */
static size_t letters_end(str text, size_t i)
{
    bool small = false;
    for (size_t len; i < text.len && (len = letter_at(text, i)); i += len) {
        uint32_t letter = utf8_decode(text, i, &len);
        if (small && code_point_is_upper(letter)) {
            break;
        }
        small = code_point_is_lower(letter);
    }
    return i;
}

/* The next run of letters, or of digits with the marks of a date between them. Pages set dates
 * beside other text without a space ("Jane DoeDec 05, 2023"): a capital after a small letter begins
 * a run, and so does a change between letters and digits. */
static bool next_part(str text, size_t *at, str *part)
{
    size_t i = *at;
    while (i < text.len && !ascii_is_digit(text.ptr[i]) && !letter_at(text, i)) {
        i = text.ptr[i] & 0x80 ? utf8_after(text, i) : i + 1;
    }
    size_t start = i;
    if (i < text.len) {
        i = ascii_is_digit(text.ptr[i]) ? digits_end(text, i) : letters_end(text, i);
    }
    *part = str_slice(text, start, i);
    *at = i;
    return i > start;
}

/* A year with a count glued to it ("20232 shares"): the year of a date that has month and day. */
static bool cut_glued_year(struct date_word *w)
{
    int year = w->number;
    while (w->digits > 4) {
        year /= 10;
        w->digits--;
        w->end--;
    }
    w->number = year;
    return is_year(w);
}

static struct date_word read_part(const struct ruleset *rules, struct arena *scratch, str text,
                                  str part, enum date_order order)
{
    struct date_word w = {.number = -1, .value = DAY_UNKNOWN};
    w.start = (size_t)(part.ptr - text.ptr);
    w.end = w.start + part.len;
    if (part.len > 24) {
        return w;
    }
    if (!ascii_is_digit(part.ptr[0])) {
        w.month = (int)rules_list(rules, LIST_MONTH, fold_text(scratch, part));
        return w;
    }
    int number = 0;
    size_t digits = 0;
    while (digits < part.len && digits < 8 && ascii_is_digit(part.ptr[digits])) {
        number = number * 10 + (part.ptr[digits++] - '0');
    }
    if (digits == part.len) {
        w.number = number;
        w.digits = (int)digits;
    } else {
        w.value = read_numbers(part, order);
        w.whole = w.value != DAY_UNKNOWN;
    }
    return w;
}

/* Endings of ordinals, "of" and commas stand between the parts of a date. */
static bool is_filler(str part)
{
    static const char *const fillers[] = {"st", "nd", "rd", "th", "of"};
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++) {
        if (str_equal_ascii_fold(part, str_from(fillers[i]))) {
            return true;
        }
    }
    return false;
}

/* "August 5, 2024", "5 August 2024", "2024 August 5". */
static day read_three(struct date_word w[3])
{
    bool named = (w[0].month && is_month_day(&w[1])) || (is_month_day(&w[0]) && w[1].month);
    if (named && w[2].digits > 4) {
        cut_glued_year(&w[2]);
    }
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

day date_find(const struct ruleset *rules, struct arena *scratch, str text, enum date_order order,
              size_t *start, size_t *end)
{
    struct date_word last[3] = {{.number = -1}, {.number = -1}, {.number = -1}};
    str part;
    for (size_t at = 0; next_part(text, &at, &part);) {
        if (is_filler(part)) {
            continue;
        }
        struct date_word w = read_part(rules, scratch, text, part, order);
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

static const struct {
    const char *region;
    enum date_order order;
} regions[] = {{"us", DATE_ORDER_MONTH_FIRST},  {"gov", DATE_ORDER_MONTH_FIRST},
               {"edu", DATE_ORDER_MONTH_FIRST}, {"mil", DATE_ORDER_MONTH_FIRST},
               {"ph", DATE_ORDER_MONTH_FIRST},  {"gb", DATE_ORDER_DAY_FIRST},
               {"uk", DATE_ORDER_DAY_FIRST},    {"au", DATE_ORDER_DAY_FIRST},
               {"nz", DATE_ORDER_DAY_FIRST},    {"ie", DATE_ORDER_DAY_FIRST},
               {"in", DATE_ORDER_DAY_FIRST},    {"za", DATE_ORDER_DAY_FIRST},
               {"sg", DATE_ORDER_DAY_FIRST},    {"my", DATE_ORDER_DAY_FIRST},
               {"ng", DATE_ORDER_DAY_FIRST},    {"ke", DATE_ORDER_DAY_FIRST},
               {"pk", DATE_ORDER_DAY_FIRST},    {"hk", DATE_ORDER_DAY_FIRST},
               {"eu", DATE_ORDER_DAY_FIRST}};

static enum date_order order_of_region(str region)
{
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
        if (str_equal_ascii_fold(region, str_from(regions[i].region))) {
            return regions[i].order;
        }
    }
    return DATE_ORDER_UNKNOWN;
}

enum date_order date_order_of(str language, str url)
{
    bool tagged = language.len == 5 && (language.ptr[2] == '-' || language.ptr[2] == '_');
    size_t start = str_find(url, STR("://"), 0);
    enum date_order order = DATE_ORDER_UNKNOWN;
    if (start != STR_MISSING) {
        size_t end = str_find_byte(url, '/', start + 3);
        end = end == STR_MISSING ? url.len : end;
        size_t dot = end;
        while (dot > start && url.ptr[dot - 1] != '.') {
            dot--;
        }
        order = order_of_region(str_slice(url, dot, end));
    }
    /* the country of the address first: templates state en-US everywhere */
    return order != DATE_ORDER_UNKNOWN || !tagged ? order
                                                  : order_of_region(str_slice(language, 3, 5));
}
