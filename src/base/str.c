#include "base/str.h"

#include <string.h>

#include "base/ascii.h"

bool str_equal(str a, str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

int str_compare(str a, str b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared > 0 ? memcmp(a.ptr, b.ptr, shared) : 0;
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool str_starts(str text, str prefix)
{
    return text.len >= prefix.len && str_equal(str_slice(text, 0, prefix.len), prefix);
}

bool str_ends(str text, str suffix)
{
    return text.len >= suffix.len &&
           str_equal(str_slice(text, text.len - suffix.len, text.len), suffix);
}

bool str_equal_ascii_fold(str a, str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i]))
            return false;
    return true;
}

size_t str_find_byte(str text, char byte, size_t from)
{
    if (from >= text.len)
        return STR_MISSING;
    const char *found = memchr(text.ptr + from, byte, text.len - from);
    return found != NULL ? (size_t)(found - text.ptr) : STR_MISSING;
}

/* The start of the needle's maximal suffix, for bytes ordered up or down, and its period. */
static size_t maximal_suffix(str needle, bool down, size_t *period)
{
    /* `best` is one before the suffix, as in the paper: SIZE_MAX stands for -1. */
    size_t best = SIZE_MAX, candidate = 0, step = 1;
    *period = 1;
    while (candidate + step < needle.len) {
        unsigned char in_best = (unsigned char)needle.ptr[best + step];
        unsigned char in_candidate = (unsigned char)needle.ptr[candidate + step];
        if (in_best == in_candidate) {
            if (step == *period) {
                candidate += *period;
                step = 1;
            } else {
                step++;
            }
        } else if ((in_best > in_candidate) != down) {
            candidate += step;
            step = 1;
            *period = candidate - best;
        } else {
            best = candidate++;
            step = *period = 1;
        }
    }
    return best + 1;
}

/* Two-way string matching (Crochemore and Perrin 1991): linear time, constant space. */
static size_t find_two_way(str text, str needle, size_t from)
{
    size_t period, other_period;
    size_t middle = maximal_suffix(needle, false, &period);
    size_t other = maximal_suffix(needle, true, &other_period);
    if (other > middle) {
        middle = other;
        period = other_period;
    }
    size_t kept = 0; /* bytes known to match again after a shift by the period */
    if (middle + period <= needle.len && memcmp(needle.ptr, needle.ptr + period, middle) == 0)
        kept = needle.len - period;
    else
        period = (middle > needle.len - middle ? middle : needle.len - middle) + 1;

    size_t at = from, known = 0;
    while (text.len - at >= needle.len) {
        size_t i = middle > known ? middle : known;
        while (i < needle.len && needle.ptr[i] == text.ptr[at + i])
            i++;
        if (i < needle.len) {
            at += i - middle + 1;
            known = 0;
            continue;
        }
        i = middle;
        while (i > known && needle.ptr[i - 1] == text.ptr[at + i - 1])
            i--;
        if (i <= known)
            return at;
        at += period;
        known = kept;
        if (at > text.len)
            break;
    }
    return STR_MISSING;
}

size_t str_find(str text, str needle, size_t from)
{
    enum { TRY_COUNT = 256 };
    if (from > text.len || text.len - from < needle.len)
        return STR_MISSING;
    if (needle.len == 0)
        return from;
    if (needle.len == 1)
        return str_find_byte(text, needle.ptr[0], from);
    /* Comparing where the first byte stands is faster, but for texts that begin like it often. */
    for (int i = 0; i < TRY_COUNT; i++, from++) {
        from = str_find_byte(text, needle.ptr[0], from);
        if (from == STR_MISSING || text.len - from < needle.len)
            return STR_MISSING;
        if (memcmp(text.ptr + from, needle.ptr, needle.len) == 0)
            return from;
    }
    return text.len - from < needle.len ? STR_MISSING : find_two_way(text, needle, from);
}

static bool is_ascii_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

str str_trim(str text)
{
    size_t start = 0, end = text.len;
    while (start < end && is_ascii_space(text.ptr[start]))
        start++;
    while (end > start && is_ascii_space(text.ptr[end - 1]))
        end--;
    return str_slice(text, start, end);
}

bool str_next(str *rest, char separator, str *part)
{
    if (rest->ptr == NULL) {
        *part = STR_NONE;
        return false;
    }
    size_t at = str_find_byte(*rest, separator, 0);
    if (at == STR_MISSING) {
        *part = *rest;
        *rest = STR_NONE;
        return true;
    }
    *part = str_slice(*rest, 0, at);
    *rest = str_slice(*rest, at + 1, rest->len);
    return true;
}

bool str_next_line(str *rest, str *line)
{
    if (rest->len == 0) {
        *line = STR_NONE;
        return false;
    }
    size_t at = str_find_byte(*rest, '\n', 0);
    size_t end = at == STR_MISSING ? rest->len : at;
    size_t next = at == STR_MISSING ? rest->len : at + 1;
    if (at != STR_MISSING && end > 0 && rest->ptr[end - 1] == '\r')
        end--;
    *line = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, next, rest->len);
    return true;
}

bool str_next_entry(str *rest, str *line, size_t *number)
{
    while (str_next_line(rest, line)) {
        ++*number;
        *line = str_trim(*line);
        if (line->len && line->ptr[0] != '#')
            return true;
    }
    return false;
}

bool str_next_word(str *rest, str *word)
{
    *rest = str_trim(*rest);
    size_t len = 0;
    while (len < rest->len && rest->ptr[len] != ' ' && rest->ptr[len] != '\t')
        len++;
    *word = str_slice(*rest, 0, len);
    *rest = str_trim(str_slice(*rest, len, rest->len));
    return len > 0;
}

int str_hex_pair(str text, size_t at)
{
    str digits = str_slice(text, at, at + 2);
    int high = digits.len == 2 ? ascii_hex_digit(digits.ptr[0]) : -1;
    int low = high >= 0 ? ascii_hex_digit(digits.ptr[1]) : -1;
    return low >= 0 ? high * 16 + low : -1;
}

bool str_to_int(str text, int64_t *value)
{
    bool negative = text.len > 0 && text.ptr[0] == '-';
    size_t at = negative ? 1 : 0;
    if (at == text.len)
        return false;
    /* Gathered below zero, where the range is one larger. */
    int64_t total = 0;
    for (; at < text.len; at++) {
        char byte = text.ptr[at];
        if (!ascii_is_digit(byte))
            return false;
        int digit = byte - '0';
        if (total < (INT64_MIN + digit) / 10)
            return false;
        total = total * 10 - digit;
    }
    if (!negative && total == INT64_MIN)
        return false;
    *value = negative ? total : -total;
    return true;
}

uint64_t str_hash(str text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < text.len; i++) {
        hash ^= (unsigned char)text.ptr[i];
        hash *= 0x100000001b3u;
    }
    /* Finaliser of MurmurHash3: the low bits, which choose the slot, then depend on all bytes. */
    hash ^= hash >> 33;
    hash *= 0xff51afd7ed558ccdu;
    hash ^= hash >> 33;
    hash *= 0xc4ceb9fe1a85ec53u;
    hash ^= hash >> 33;
    return hash;
}
