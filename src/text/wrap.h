/* Text set in lines by the Unicode line breaking rules (UAX 14, by libunistring). */
#ifndef TEXT_WRAP_H
#define TEXT_WRAP_H

#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

struct line {
    uint32_t start, end; /* bytes; white space at the end of a line lies past `end` */
    uint32_t columns;    /* width of [start, end) */
};

typedef VEC(struct line) line_vec;

/* Adds the lines of `text` (one paragraph: a \n in it ends a line) at most `columns` (>= 1) wide.
 * A word wider than the line is broken between grapheme clusters; a cluster of two columns is
 * alone on its line where `columns` is 1. Empty text gives one empty line; a \n at the very end
 * does not begin another. Every byte belongs to exactly one line or to the white space after it:
 * starts rise, and [start of line, start of next) joined give the source. `base` is added to all
 * offsets. */
void wrap_text(struct arena *arena, line_vec *lines, str text, int columns, uint32_t base);

/* For each byte whether a line may be broken before it: the values of u8_possible_linebreaks, the
 * library being asked only where a word is more than letters and digits of ASCII. `breaks` has room
 * for the text. */
void wrap_find_breaks(str text, char *breaks);

#endif
