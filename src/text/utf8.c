#include "text/utf8.h"

#include <string.h>

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Length by the first byte and the range of the second one: table 3-7 of the Unicode standard. A
 * length of 0 is a byte that begins no sequence. */
static size_t sequence_len(unsigned char first, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (first < 0xC2)
        return first < 0x80 ? 1 : 0;
    if (first < 0xE0)
        return 2;
    if (first < 0xF0) {
        if (first == 0xE0)
            *low = 0xA0;
        else if (first == 0xED)
            *high = 0x9F;
        return 3;
    }
    if (first == 0xF0)
        *low = 0x90;
    else if (first == 0xF4)
        *high = 0x8F;
    return first <= 0xF4 ? 4 : 0;
}

/* As utf8_decode, and tells whether the sequence is well formed. */
static bool decode(str text, size_t at, uint32_t *code_point, size_t *len)
{
    static const unsigned char first_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    unsigned char low, high;
    unsigned char first = (unsigned char)text.ptr[at];
    size_t wanted = sequence_len(first, &low, &high);
    *code_point = UTF8_REPLACEMENT;
    *len = 1;
    if (wanted == 0)
        return false;
    uint32_t value = first & first_bits[wanted];
    for (size_t i = 1; i < wanted; i++) {
        if (at + i >= text.len)
            return false;
        unsigned char byte = (unsigned char)text.ptr[at + i];
        if (byte < low || byte > high)
            return false;
        low = 0x80;
        high = 0xBF;
        value = value << 6 | (byte & 0x3F);
        *len = i + 1;
    }
    *code_point = value;
    return true;
}

uint32_t utf8_decode(str text, size_t at, size_t *len)
{
    unsigned char first = (unsigned char)text.ptr[at];
    if (first < 0x80) {
        *len = 1;
        return first;
    }
    uint32_t code_point;
    (void)decode(text, at, &code_point, len);
    return code_point;
}

size_t utf8_encode(uint32_t code_point, char out[4])
{
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
        code_point = UTF8_REPLACEMENT;
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    size_t len = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    static const unsigned char marks[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = len - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    out[0] = (char)(marks[len] | code_point);
    return len;
}

void utf8_add(struct buf *buf, uint32_t code_point)
{
    char bytes[4];
    size_t len = utf8_encode(code_point, bytes);
    buf_add(buf, (str){bytes, len});
}

/* End of the run of ASCII bytes at `at`. */
static size_t ascii_end(str text, size_t at)
{
    while (text.len - at >= sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, text.ptr + at, sizeof word);
        if ((word & 0x8080808080808080u) != 0)
            break;
        at += sizeof word;
    }
    while (at < text.len && (unsigned char)text.ptr[at] < 0x80)
        at++;
    return at;
}

/* Offset of the first malformed sequence, text.len when there is none. */
static size_t first_bad(str text)
{
    size_t at = 0, len;
    uint32_t code_point;
    while ((at = ascii_end(text, at)) < text.len) {
        if (!decode(text, at, &code_point, &len))
            break;
        at += len;
    }
    return at;
}

bool utf8_is_valid(str text)
{
    return first_bad(text) == text.len;
}

size_t utf8_count(str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += !is_continuation(text.ptr[i]);
    return count;
}

size_t utf8_points_at(str text, size_t bytes, size_t *at, size_t *points)
{
    if (bytes > text.len)
        bytes = text.len;
    if (bytes < *at)
        *at = *points = 0;
    *points += utf8_count(str_slice(text, *at, bytes));
    *at = bytes;
    return *points;
}

size_t utf8_offset(str text, size_t points)
{
    for (size_t i = 0; i < text.len; i++) {
        if (is_continuation(text.ptr[i]))
            continue;
        if (points == 0)
            return i;
        points--;
    }
    return text.len;
}

size_t utf8_before(str text, size_t at)
{
    if (at > text.len)
        return text.len;
    if (at == 0)
        return 0;
    at--;
    for (int i = 0; i < 3 && at > 0 && is_continuation(text.ptr[at]); i++)
        at--;
    return at;
}

size_t utf8_after(str text, size_t at)
{
    if (at >= text.len)
        return text.len;
    size_t len;
    (void)utf8_decode(text, at, &len);
    return at + len;
}

str utf8_repair(struct arena *arena, str text)
{
    if (text.len == 0)
        return text;
    size_t good = first_bad(text);
    const char *nul = memchr(text.ptr, '\0', good);
    if (nul != NULL)
        good = (size_t)(nul - text.ptr);
    if (good == text.len)
        return text;
    struct buf repaired = BUF_INIT;
    (void)buf_reserve(&repaired, text.len + text.len / 8);
    size_t at = 0;
    while (at < text.len) {
        size_t start = at, len;
        uint32_t code_point = 0;
        while (at < text.len && text.ptr[at] != '\0' && decode(text, at, &code_point, &len))
            at += len;
        buf_add(&repaired, str_slice(text, start, at));
        if (at == text.len)
            break;
        (void)decode(text, at, &code_point, &len); /* the NUL, or the bytes to be replaced */
        utf8_add(&repaired, UTF8_REPLACEMENT);
        at += len;
    }
    str result = arena_str(arena, buf_str(&repaired));
    buf_done(&repaired);
    return result;
}
