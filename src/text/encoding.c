#include "text/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <unistr.h>

#include "base/memory.h"
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

static const struct {
    const char *name, *iconv_name, *labels;
} encodings[ENCODING_COUNT] = {
#define ENCODING_ROW(id, name, iconv_name, labels) [ENCODING_##id] = {name, iconv_name, labels},
    ENCODING_LIST(ENCODING_ROW)
#undef ENCODING_ROW
};

bool encoding_find(str label, enum encoding *encoding)
{
    label = str_trim(label);
    for (int i = 0; label.len && i < ENCODING_COUNT; i++) {
        str rest = str_from(encodings[i].labels), word;
        bool found = str_equal_ascii_fold(label, str_from(encodings[i].name));
        while (!found && str_next(&rest, ' ', &word))
            found = str_equal_ascii_fold(label, word);
        if (found) {
            *encoding = (enum encoding)i;
            return true;
        }
    }
    return false;
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

/* By its marks, or as UTF-8; false where only a label or a guess can help. */
static bool is_unicode(str bytes, enum encoding *encoding)
{
    static const enum encoding marked[] = {ENCODING_UTF_8, ENCODING_UTF_16LE, ENCODING_UTF_16BE};
    const str marks[] = {BOM_UTF_8, BOM_UTF_16LE, BOM_UTF_16BE};
    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++) {
        if (str_starts(bytes, marks[i])) {
            *encoding = marked[i];
            return true;
        }
    }
    if (looks_like_utf_16(bytes, encoding))
        return true;
    size_t good, bad;
    count_sequences(bytes, &good, &bad);
    *encoding = ENCODING_UTF_8;
    return good >= bad * 4;
}

enum encoding encoding_detect(str bytes)
{
    enum encoding encoding;
    return is_unicode(bytes, &encoding) ? encoding : encoding_guess(bytes);
}

/* Bytes on which a label is tried. */
#define TRIAL_LIMIT_LEN ((size_t)64 << 10)

/* At most one character in twenty that is not ASCII does not decode. */
static bool decodes(str bytes, enum encoding encoding)
{
    struct arena arena = {0};
    str text = encoding_to_utf8(&arena, str_slice(bytes, 0, TRIAL_LIMIT_LEN), encoding);
    size_t wrong = 0, all = 0;
    for (size_t at = 0, len; at < text.len; at += len) {
        uint32_t c = utf8_decode(text, at, &len);
        all += c >= 0x80;
        wrong += c == UTF8_REPLACEMENT;
    }
    arena_done(&arena);
    return wrong * 20 <= all;
}

enum encoding encoding_choose(str bytes, str label)
{
    enum encoding found, stated, guessed;
    bool is_stated = encoding_find(label, &stated);
    bool shifts = is_stated && stated == ENCODING_ISO_2022_JP && /* its bytes are all ASCII */
                  str_find_byte(bytes, '\x1B', 0) != STR_MISSING;
    if (!shifts && is_unicode(bytes, &found))
        return found;
    guessed = encoding_guess(bytes);
    if (!is_stated || stated == ENCODING_UTF_16LE || stated == ENCODING_UTF_16BE)
        return guessed;
    if (stated == ENCODING_UTF_8) {
        size_t good, bad;
        count_sequences(bytes, &good, &bad);
        return good > bad ? ENCODING_UTF_8 : guessed;
    }
    /* Servers say Latin 1 where nobody told them anything. */
    if (stated == ENCODING_WINDOWS_1252)
        return guessed;
    return decodes(bytes, stated) ? stated : guessed;
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

/* Systems differ in what they call the encodings' common extensions; some have only the plain ones.
 * (iconv_t)-1 when there is none. */
static iconv_t open_tables(enum encoding encoding)
{
    const char *name = encodings[encoding].iconv_name;
    if (!name)
        return (iconv_t)-1;
    iconv_t tables = iconv_open("UTF-8", name);
    return tables == (iconv_t)-1 ? iconv_open("UTF-8", encodings[encoding].name) : tables;
}

/* Decodes by the system's tables; false when it has none for the encoding. */
static bool add_by_iconv(struct buf *out, str bytes, enum encoding encoding)
{
    iconv_t tables = open_tables(encoding);
    if (tables == (iconv_t)-1)
        return false;
    char *from = (char *)(uintptr_t)bytes.ptr; /* iconv leaves it as it is */
    size_t left = bytes.len;
    for (bool ended = false; !ended;) {
        size_t room = left * 2 + 64, before = room;
        char *to = buf_reserve(out, room);
        ended = left == 0; /* then a last call gives out what waits for another accent */
        size_t result = iconv(tables, ended ? NULL : &from, &left, &to, &room);
        out->len += before - room;
        if (result == (size_t)-1 && errno == E2BIG) {
            ended = false;
        } else if (result == (size_t)-1 && left > 0) { /* malformed, or cut off at the end */
            utf8_add(out, UTF8_REPLACEMENT);
            from++;
            left--;
        }
    }
    *buf_reserve(out, 1) = '\0';
    iconv_close(tables);
    return true;
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
    if (encoding == ENCODING_UTF_8) {
        if (str_starts(bytes, BOM_UTF_8))
            text = str_slice(bytes, BOM_UTF_8.len, bytes.len);
    } else if (encoding == ENCODING_UTF_16LE || encoding == ENCODING_UTF_16BE) {
        bool big_endian = encoding == ENCODING_UTF_16BE;
        str mark = big_endian ? BOM_UTF_16BE : BOM_UTF_16LE;
        size_t start = str_starts(bytes, mark) ? mark.len : 0;
        add_utf_16(&decoded, str_slice(bytes, start, bytes.len), big_endian);
        text = buf_str(&decoded);
    } else {
        if (!add_by_iconv(&decoded, bytes, encoding))
            add_windows_1252(&decoded, bytes);
        text = buf_str(&decoded);
    }
    str repaired = with_newlines(arena, utf8_repair(arena, text));
    if (decoded.ptr != NULL && repaired.ptr == decoded.ptr)
        repaired = arena_str(arena, repaired);
    buf_done(&decoded);
    return repaired;
}

struct encoding_tables {
    iconv_t open[ENCODING_COUNT];
};

struct encoding_tables *encoding_tables_open(void)
{
    struct encoding_tables *tables = memory_new(1, sizeof *tables);
    for (int i = 0; i < ENCODING_COUNT; i++)
        tables->open[i] = open_tables((enum encoding)i);
    return tables;
}

void encoding_tables_close(struct encoding_tables *tables)
{
    for (int i = 0; i < ENCODING_COUNT; i++)
        if (tables->open[i] != (iconv_t)-1)
            iconv_close(tables->open[i]);
    memory_free(tables);
}
