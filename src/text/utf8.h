/* UTF-8 as data: decode, count, step, repair. Everything above this layer may take text to be
 * valid UTF-8 once it went through utf8_repair. */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

#define UTF8_REPLACEMENT 0xFFFDu

/* The code point at `at` (< text.len) and the bytes it takes in *len (1..4). A malformed sequence
 * gives U+FFFD and its maximal bad prefix (Unicode 15, section 3.9, practice of W3C). */
uint32_t utf8_decode(str text, size_t at, size_t *len);
/* Writes 1..4 bytes to out and returns how many; surrogates and > 0x10FFFF become U+FFFD. */
size_t utf8_encode(uint32_t code_point, char out[4]);
void utf8_add(struct buf *buf, uint32_t code_point);

bool utf8_is_valid(str text);
/* Number of code points; valid text only. */
size_t utf8_count(str text);
/* Code points in the first `bytes` bytes, continued from a known pair so that a series of rising
 * offsets costs one pass: start with *at = *points = 0. */
size_t utf8_points_at(str text, size_t bytes, size_t *at, size_t *points);
/* Byte offset of a code point index; text.len when past the end. */
size_t utf8_offset(str text, size_t points);
/* Offset of the code point before / after `at`; stays in the text. */
size_t utf8_before(str text, size_t at);
size_t utf8_after(str text, size_t at);

/* Valid UTF-8 with every malformed sequence replaced by U+FFFD, NUL bytes too; the input itself
 * when it is valid already (no copy). Idempotent. */
str utf8_repair(struct arena *arena, str text);

#endif
