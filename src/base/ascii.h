/* Classes of ASCII bytes and code points, whatever the locale. A byte of UTF-8's longer sequences
 * and a code point beyond ASCII are in none, with a char that has a sign and one that has not. */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>
#include <stdint.h>

static inline bool ascii_is(uint32_t point)
{
    return point < 0x80;
}

static inline bool ascii_is_digit(uint32_t point)
{
    return point - '0' < 10;
}

static inline bool ascii_is_lower(uint32_t point)
{
    return point - 'a' < 26;
}

static inline bool ascii_is_upper(uint32_t point)
{
    return point - 'A' < 26;
}

static inline bool ascii_is_letter(uint32_t point)
{
    return ascii_is_lower(point | 32);
}

static inline bool ascii_is_alnum(uint32_t point)
{
    return ascii_is_letter(point) || ascii_is_digit(point);
}

/* The small letter of a capital; other bytes as they are. */
static inline char ascii_lower(char byte)
{
    return ascii_is_upper((uint32_t)byte) ? (char)(byte | 32) : byte;
}

/* The capital of a small letter; other bytes as they are. */
static inline char ascii_upper(char byte)
{
    return ascii_is_lower((uint32_t)byte) ? (char)(byte - 32) : byte;
}

/* What a hexadecimal digit stands for; -1 for other bytes. */
static inline int ascii_hex_digit(char byte)
{
    char small = ascii_lower(byte);
    if (ascii_is_digit((uint32_t)byte))
        return byte - '0';
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

#endif
