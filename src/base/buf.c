#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

void buf_done(struct buf *buf)
{
    memory_free(buf->ptr);
    *buf = BUF_INIT;
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    if (buf->ptr != NULL)
        buf->ptr[0] = '\0';
}

char *buf_reserve(struct buf *buf, size_t extra)
{
    /* One byte more for the NUL. A sum that overflows asks for all memory, which ends there. */
    size_t wanted = extra < SIZE_MAX - buf->len ? buf->len + extra + 1 : SIZE_MAX;
    if (wanted > buf->capacity) {
        buf->capacity = memory_grow(buf->capacity, wanted);
        buf->ptr = memory_resize(buf->ptr, buf->capacity, 1);
        buf->ptr[buf->len] = '\0';
    }
    return buf->ptr + buf->len;
}

void buf_add(struct buf *buf, str text)
{
    char *place = buf_reserve(buf, text.len);
    if (text.len > 0)
        memcpy(place, text.ptr, text.len);
    buf->len += text.len;
    buf->ptr[buf->len] = '\0';
}

void buf_add_byte(struct buf *buf, char byte)
{
    *buf_reserve(buf, 1) = byte;
    buf->len++;
    buf->ptr[buf->len] = '\0';
}

void buf_add_repeat(struct buf *buf, char byte, size_t count)
{
    char *place = buf_reserve(buf, count);
    memset(place, byte, count);
    buf->len += count;
    buf->ptr[buf->len] = '\0';
}

void buf_add_number(struct buf *buf, int64_t number, int least)
{
    char digits[20];
    int count = 0;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do
        digits[count++] = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (number < 0)
        buf_add_byte(buf, '-');
    if (count < least)
        buf_add_repeat(buf, '0', (size_t)(least - count));
    while (count > 0)
        buf_add_byte(buf, digits[--count]);
}

void buf_vformat(struct buf *buf, const char *format, va_list args)
{
    enum { FORMAT_ROOM = 64 };
    va_list again;
    va_copy(again, args);
    char *place = buf_reserve(buf, FORMAT_ROOM); /* enough in most cases: formatted once */
    size_t room = buf->capacity - buf->len;
    int needed = vsnprintf(place, room, format, args);
    if (needed > 0 && (size_t)needed >= room) {
        place = buf_reserve(buf, (size_t)needed);
        needed = vsnprintf(place, (size_t)needed + 1, format, again);
    }
    va_end(again);
    if (needed > 0)
        buf->len += (size_t)needed;
    buf->ptr[buf->len] = '\0';
}

void buf_format(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vformat(buf, format, args);
    va_end(args);
}

str buf_str(const struct buf *buf)
{
    return (str){buf->ptr != NULL ? buf->ptr : "", buf->len};
}

const char *buf_c(const struct buf *buf)
{
    if (buf->ptr == NULL)
        return "";
    /* Text written through buf_reserve has no end yet; the room for it is there. */
    buf->ptr[buf->len] = '\0';
    return buf->ptr;
}
