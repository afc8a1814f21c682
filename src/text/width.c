#include "text/width.h"

#include <uniwidth.h>

#include "text/gate.h"
#include "text/utf8.h"

enum { MARKS_PER_CELL = 8 };

/* Where the C library's wcwidth (measured: glibc 2.36) differs from libunistring 1.0. */
static const struct {
    uint32_t first, last;
    int columns;
} width_differences[] = {
    {0x00600, 0x00605, 1}, /* Arabic number signs, as all prepended marks below */
    {0x006DD, 0x006DD, 1}, {0x0070F, 0x0070F, 1}, {0x00890, 0x00891, 1}, {0x008E2, 0x008E2, 1},
    {0x00CBF, 0x00CBF, 0},                        /* Kannada vowel signs */
    {0x00CC6, 0x00CC6, 0}, {0x03248, 0x0324F, 2}, /* circled numbers on black squares */
    {0x04DC0, 0x04DFF, 2},                        /* hexagrams */
    {0x110BD, 0x110BD, 1}, {0x110CD, 0x110CD, 1}, {0x11A07, 0x11A08, 0}, {0x11C3F, 0x11C3F, 0},
};

static bool is_printable_ascii(uint32_t code_point)
{
    return code_point >= 0x20 && code_point < 0x7F;
}

/* The quick way for the letters of most articles: ranges without marks, gaps, or exceptions. */
static int width_of_common(uint32_t code_point)
{
    if (is_printable_ascii(code_point) || (code_point >= 0x0400 && code_point < 0x0483) ||
        (code_point >= 0x2010 && code_point < 0x2028))
        return 1;
    if ((code_point >= 0x3041 && code_point < 0x3097) ||
        (code_point >= 0x30A0 && code_point < 0x3100) ||
        (code_point >= 0x4E00 && code_point < 0xA000) ||
        (code_point >= 0xAC00 && code_point < 0xD7A4))
        return 2;
    return -1;
}

int width_code_point(uint32_t code_point)
{
    int common = width_of_common(code_point);
    if (common >= 0)
        return common;
    code_point = gate_code_point(code_point);
    if (code_point == 0)
        return 0;
    if (code_point < 0x0300)
        return 1; /* Latin: no mark, nothing wide */
    for (size_t i = 0; i < sizeof width_differences / sizeof width_differences[0]; i++)
        if (code_point <= width_differences[i].last) {
            if (code_point >= width_differences[i].first)
                return width_differences[i].columns;
            break;
        }
    int columns = uc_width(code_point, "UTF-8");
    return columns < 0 ? 1 : columns;
}

size_t width_cluster(str text, size_t at, int *columns)
{
    size_t len;
    uint32_t code_point = utf8_decode(text, at, &len);
    size_t next = at + len;
    *columns = width_code_point(code_point);
    if (next >= text.len || is_printable_ascii((unsigned char)text.ptr[next]))
        return len;
    /* A control character carries no marks (UAX 29, rule GB4). */
    if (gate_is_control(code_point))
        return len;
    int mark_count = *columns == 0 ? 1 : 0;
    while (next < text.len && mark_count < MARKS_PER_CELL) {
        code_point = utf8_decode(text, next, &len);
        if (width_code_point(code_point) != 0)
            break;
        next += len;
        mark_count++;
    }
    return next - at;
}

size_t width_cluster_before(str text, size_t at)
{
    if (at > text.len)
        at = text.len;
    /* Back to a character that has a cell, then on to the last cluster before `at`. */
    size_t start = at, len;
    while (start > 0) {
        start = utf8_before(text, start);
        if (width_code_point(utf8_decode(text, start, &len)) != 0)
            break;
    }
    int columns;
    for (size_t next = start; next < at; next += width_cluster(text, next, &columns))
        start = next;
    return start;
}

int width_columns(str text)
{
    int total = 0, columns;
    for (size_t at = 0; at < text.len; at += width_cluster(text, at, &columns), total += columns) {
        size_t start = at;
        while (at < text.len && is_printable_ascii((unsigned char)text.ptr[at]))
            at++;
        total += (int)(at - start);
        if (at == text.len)
            break;
    }
    return total;
}

/* One of ASCII that no mark follows. */
static bool stands_alone(str text, size_t at)
{
    return is_printable_ascii((unsigned char)text.ptr[at]) &&
           (at + 1 == text.len || (unsigned char)text.ptr[at + 1] < 0x80);
}

str width_clip(str text, int columns, int *used)
{
    size_t at = 0;
    *used = 0;
    while (at < text.len) {
        if (stands_alone(text, at)) {
            if (*used >= columns)
                break;
            *used += 1;
            at++;
            continue;
        }
        int cells;
        size_t len = width_cluster(text, at, &cells);
        if (cells > columns - *used)
            break;
        *used += cells;
        at += len;
    }
    return str_slice(text, 0, at);
}
