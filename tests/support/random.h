/* Random values for property tests: small, seeded, the same on every machine. */
#ifndef SUPPORT_RANDOM_H
#define SUPPORT_RANDOM_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "text/utf8.h"

struct random {
    uint64_t state; /* any seed will do */
};

/* SplitMix64 (Steele, Lea, Flood 2014). */
static inline uint64_t random_next(struct random *random)
{
    uint64_t value = random->state += 0x9e3779b97f4a7c15u;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

/* 0 .. limit - 1 */
static inline size_t random_below(struct random *random, size_t limit)
{
    return (size_t)(random_next(random) % limit);
}

/* Any bytes, with more of those that begin or continue UTF-8 sequences than chance gives. */
static inline void random_bytes(struct random *random, struct buf *buf, size_t len)
{
    static const unsigned char telling[] = {0x00, 0x0A, 0x0D, 0x1B, 0x7F, 0x80, 0x9B, 0xBF, 0xC2,
                                            0xE2, 0x80, 0xAE, 0xED, 0xA0, 0xF0, 0x9F, 0xF4, 0xFF};
    buf_clear(buf);
    for (size_t i = 0; i < len; i++) {
        uint64_t value = random_next(random);
        unsigned char byte = (unsigned char)(value >> 8);
        if (value % 3 == 0)
            byte = telling[(value >> 16) % sizeof telling];
        else if (value % 3 == 1)
            byte = (unsigned char)(0x20 + (value >> 16) % 0x5F);
        buf_add_byte(buf, (char)byte);
    }
}

static inline uint32_t random_code_point(struct random *random)
{
    static const uint32_t telling[] = {
        ' ',    '\n',   '\t',   '-',     '/',     0x00A0,  0x00AD, 0x00DF, 0x0130, 0x0301,
        0x0308, 0x0410, 0x061C, 0x0E01,  0x0E31,  0x1100,  0x1161, 0x11A8, 0x200B, 0x200D,
        0x2019, 0x2028, 0x202E, 0x2066,  0x3000,  0x3042,  0x4E2D, 0xAC00, 0xFB01, 0xFDFA,
        0xFE0F, 0xFF21, 0xFFFD, 0x1F1E6, 0x1F468, 0x1F600, 0xE0041};
    switch (random_below(random, 5)) {
    case 0:
    case 1:
        return (uint32_t)('!' + random_below(random, '~' - '!' + 1));
    case 2:
        return telling[random_below(random, sizeof telling / sizeof telling[0])];
    case 3:
        return ' ';
    default:
        return (uint32_t)random_below(random, 0x110000);
    }
}

/* Valid UTF-8 of `count` code points, without NUL. */
static inline void random_text(struct random *random, struct buf *buf, size_t count)
{
    buf_clear(buf);
    for (size_t i = 0; i < count; i++) {
        uint32_t code_point = random_code_point(random);
        utf8_add(buf, code_point != 0 ? code_point : 'x');
    }
}

#endif
