/* Text made alike for comparing and searching. libunistring does the Unicode work. */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/* NFKD, full case folding, marks (Mn) and invisible characters (soft hyphen, zero width space and
 * the like) removed, the Turkish dotless i and letters with a stroke (ł ø đ ħ) as plain ones,
 * typographic quotes and dashes as ASCII ones, no-break spaces as spaces. Each code point by
 * itself: fold(a + b) = fold(a) + fold(b), and fold(fold(x)) = fold(x). ASCII input takes a quick
 * way. */
str fold_text(struct arena *arena, str text);
/* Offset of the first place at or after `from` in `text` whose folded form starts with the folded
 * `needle`; *len = its bytes in the original text. STR_MISSING when there is none. */
size_t fold_find(struct arena *scratch, str text, str folded_needle, size_t from, size_t *len);

/* General properties by Unicode tables. */
bool code_point_is_letter(uint32_t code_point);
bool code_point_is_upper(uint32_t code_point); /* upper or title case letter */
bool code_point_is_lower(uint32_t code_point);
bool code_point_is_digit(uint32_t code_point); /* decimal digit of any script */
bool code_point_is_space(uint32_t code_point); /* White_Space, no-break spaces included */
bool code_point_is_mark(uint32_t code_point); /* Mn: stands over or under the letter before it */
/* Han, Hiragana, Katakana, Hangul, Thai, Lao, Khmer, Myanmar: scripts written without spaces or
 * indexed by character. */
bool code_point_is_unspaced(uint32_t code_point);

#endif
