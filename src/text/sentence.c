#include "text/sentence.h"

#include "text/fold.h"
#include "text/utf8.h"

static bool is_among(uint32_t point, const uint32_t *points)
{
    while (*points && *points != point)
        points++;
    return *points != 0;
}

/* ! ? … and those of Arabic, Urdu, Devanagari, Armenian; full-width ones. */
static bool is_strong(uint32_t point)
{
    static const uint32_t marks[] = {'!',    '?',    0x2026, 0x203C, 0x2047, 0x061F, 0x06D4, 0x0964,
                                     0x0965, 0x0589, 0x3002, 0xFF01, 0xFF1F, 0xFF61, 0};
    return is_among(point, marks);
}

static bool is_closing(uint32_t point)
{
    static const uint32_t marks[] = {'"',    '\'',   ')',    ']',    0xBB,   0x2019, 0x201D, 0x203A,
                                     0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0xFF09, 0};
    return is_among(point, marks);
}

/* "J.", "Mr.": the word before the stop at `stop`. */
static bool is_shortened(str text, size_t stop)
{
    static const char *const titles[] = {"Mr",  "Mrs", "Ms", "Dr",  "St",  "Prof", "Gen", "Sen",
                                         "Gov", "Rep", "Lt", "Col", "Sgt", "Capt", "Maj", "Rev",
                                         "No",  "vs",  "Mt", "cf",  "e.g", "i.e",  "Adm", "Hon"};
    size_t start = stop, len;
    while (start > 0 && !code_point_is_space(utf8_decode(text, utf8_before(text, start), &len)) &&
           text.ptr[start - 1] != '(')
        start = utf8_before(text, start);
    str word = str_slice(text, start, stop);
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (str_equal(word, str_from(titles[i])))
            return true;
    size_t last = start < stop ? utf8_before(text, stop) : stop;
    bool alone = last == start || (last > start && text.ptr[last - 1] == '.'); /* "J.", "U.S." */
    return start < stop && alone && code_point_is_upper(utf8_decode(text, last, &len));
}

/* The first letter or digit behind white space is small. */
static bool goes_on_small(str text, size_t at)
{
    for (size_t len; at < text.len; at += len) {
        uint32_t point = utf8_decode(text, at, &len);
        if (code_point_is_letter(point) || code_point_is_digit(point))
            return code_point_is_lower(point);
        if (!code_point_is_space(point) && !is_closing(point))
            return false;
    }
    return false;
}

/* Behind the marks at `at` and what closes with them; `at` itself when no sentence ends there. */
static size_t behind_end(str text, size_t at)
{
    size_t len, end = at;
    bool strong = false, unspaced = false;
    for (uint32_t point; end < text.len; end += len) {
        point = utf8_decode(text, end, &len);
        if (point != '.' && !is_strong(point))
            break;
        strong |= is_strong(point);
        unspaced |= point > 0x2FFF;
    }
    if (end == at)
        return at;
    while (end < text.len && is_closing(utf8_decode(text, end, &len)))
        end += len;
    bool spaced = end == text.len || code_point_is_space(utf8_decode(text, end, &len));
    if (!spaced && !unspaced)
        return at;
    return spaced && end < text.len && !unspaced &&
                   (goes_on_small(text, end) || (!strong && is_shortened(text, at)))
               ? at
               : end;
}

static size_t next_end(str text, size_t at)
{
    for (size_t len; at < text.len; at += len) {
        size_t end = behind_end(text, at);
        if (end > at)
            return end;
        (void)utf8_decode(text, at, &len);
    }
    return text.len;
}

static size_t skip_space(str text, size_t at)
{
    for (size_t len; at < text.len && code_point_is_space(utf8_decode(text, at, &len)); at += len)
        continue;
    return at;
}

size_t sentence_start(str text, size_t at)
{
    size_t start = 0;
    for (size_t next; start < text.len; start = next) {
        next = skip_space(text, next_end(text, start));
        if (next > at || next >= text.len)
            break;
    }
    return start;
}

size_t sentence_end(str text, size_t at)
{
    return next_end(text, sentence_start(text, at));
}
