#include "text/encoding.h"

#include <stdbool.h>
#include <unistr.h>

#include "text/utf8.h"

static const str BOM_UTF_8 = {"\xEF\xBB\xBF", 3};
static const str BOM_UTF_16LE = {"\xFF\xFE", 2};
static const str BOM_UTF_16BE = {"\xFE\xFF", 2};

/* 0x80..0x9F of Windows-1252; every other byte is its own code point. By hand, because iconv's
 * tables are modules that a small installation may lack. */
static const uint16_t windows_1252_high[32] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

const char *encoding_name(enum encoding encoding)
{
    switch (encoding) {
    case ENCODING_UTF_8:
        return "UTF-8";
    case ENCODING_UTF_16LE:
        return "UTF-16LE";
    case ENCODING_UTF_16BE:
        return "UTF-16BE";
    case ENCODING_WINDOWS_1252:
        return "Windows-1252";
    }
    return "unknown";
}

/* Text in UTF-16 has many code points below U+0100 (spaces, line ends, Latin letters), whose high
 * byte is NUL: on one side only. */
static bool looks_like_utf_16(str bytes, enum encoding *encoding)
{
    size_t zeros[2] = {0, 0};
    size_t pairs = bytes.len / 2;
    for (size_t i = 0; i < pairs * 2; i++)
        zeros[i & 1] += bytes.ptr[i] == '\0';
    *encoding = zeros[1] > zeros[0] ? ENCODING_UTF_16LE : ENCODING_UTF_16BE;
    size_t most = zeros[zeros[1] > zeros[0]], least = zeros[zeros[1] <= zeros[0]];
    return pairs > 0 && most > 0 && most * 10 >= pairs && least * 10 <= most;
}

/* Counts multi-byte sequences. */
static void count_sequences(str bytes, size_t *good, size_t *bad)
{
    *good = *bad = 0;
    for (size_t at = 0, len; at < bytes.len; at += len) {
        len = 1;
        if ((unsigned char)bytes.ptr[at] < 0x80)
            continue;
        uint32_t code_point = utf8_decode(bytes, at, &len);
        bool stated = str_equal(str_slice(bytes, at, at + len), STR("\xEF\xBF\xBD"));
        if (code_point == UTF8_REPLACEMENT && !stated)
            (*bad)++;
        else
            (*good)++;
    }
}

enum encoding encoding_detect(str bytes)
{
    if (str_starts(bytes, BOM_UTF_8))
        return ENCODING_UTF_8;
    if (str_starts(bytes, BOM_UTF_16LE))
        return ENCODING_UTF_16LE;
    if (str_starts(bytes, BOM_UTF_16BE))
        return ENCODING_UTF_16BE;
    enum encoding encoding;
    if (looks_like_utf_16(bytes, &encoding))
        return encoding;
    size_t good, bad;
    count_sequences(bytes, &good, &bad);
    return good >= bad * 4 ? ENCODING_UTF_8 : ENCODING_WINDOWS_1252;
}

static void add_utf_16(struct buf *out, str bytes, bool big_endian)
{
    size_t unit_count = (bytes.len + 1) / 2;
    struct buf units = BUF_INIT;
    uint16_t *unit = (uint16_t *)(void *)buf_reserve(&units, unit_count * sizeof *unit);
    for (size_t i = 0; i < unit_count; i++) {
        if (i * 2 + 1 >= bytes.len) {
            unit[i] = UTF8_REPLACEMENT; /* half a unit at the end */
            break;
        }
        unsigned first = (unsigned char)bytes.ptr[i * 2];
        unsigned second = (unsigned char)bytes.ptr[i * 2 + 1];
        unit[i] = (uint16_t)(big_endian ? first << 8 | second : second << 8 | first);
    }
    for (size_t i = 0; i < unit_count;) {
        ucs4_t code_point;
        i += (size_t)u16_mbtouc(&code_point, unit + i, unit_count - i);
        utf8_add(out, code_point);
    }
    buf_done(&units);
}

static void add_windows_1252(struct buf *out, str bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char byte = (unsigned char)bytes.ptr[i];
        if (byte < 0x80)
            buf_add_byte(out, (char)byte);
        else
            utf8_add(out, byte < 0xA0 ? windows_1252_high[byte - 0x80] : byte);
    }
}

/* \r\n and \r become \n. The text itself when it has neither. */
static str with_newlines(struct arena *arena, str text)
{
    if (str_find_byte(text, '\r', 0) == STR_MISSING)
        return text;
    char *lines = arena_alloc(arena, text.len + 1, 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\r')
            lines[len++] = text.ptr[i];
        else if (i + 1 == text.len || text.ptr[i + 1] != '\n')
            lines[len++] = '\n';
    }
    return (str){lines, len};
}

str encoding_to_utf8(struct arena *arena, str bytes, enum encoding encoding)
{
    struct buf decoded = BUF_INIT;
    str text = bytes;
    switch (encoding) {
    case ENCODING_UTF_8:
        if (str_starts(bytes, BOM_UTF_8))
            text = str_slice(bytes, BOM_UTF_8.len, bytes.len);
        break;
    case ENCODING_UTF_16LE:
    case ENCODING_UTF_16BE: {
        bool big_endian = encoding == ENCODING_UTF_16BE;
        str mark = big_endian ? BOM_UTF_16BE : BOM_UTF_16LE;
        size_t start = str_starts(bytes, mark) ? mark.len : 0;
        add_utf_16(&decoded, str_slice(bytes, start, bytes.len), big_endian);
        text = buf_str(&decoded);
        break;
    }
    case ENCODING_WINDOWS_1252:
        add_windows_1252(&decoded, bytes);
        text = buf_str(&decoded);
        break;
    }
    str repaired = with_newlines(arena, utf8_repair(arena, text));
    if (decoded.ptr != NULL && repaired.ptr == decoded.ptr)
        repaired = arena_str(arena, repaired);
    buf_done(&decoded);
    return repaired;
}
