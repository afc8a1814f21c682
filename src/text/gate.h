/* The one output gate (DESIGN 9.1): every string that leaves the process for a person to see
 * passes here. */
#ifndef TEXT_GATE_H
#define TEXT_GATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

enum gate_lines {
    GATE_ONE_LINE,  /* newline and tab are shown as symbols too: for rows, titles, messages */
    GATE_MANY_LINES /* newline and tab pass: for running text on stdout */
};

/* Adds `text` to `out` made safe: malformed bytes U+FFFD; C0 as U+2400.., DEL U+2421, C1 as
 * U+FFFD; bidirectional and deprecated format controls, U+2028/9, tag characters and interlinear
 * annotation marks as U+FFFD; at most 8 zero-width characters in a row. Idempotent. */
void gate_add(struct buf *out, str text, enum gate_lines lines);

/* What a code point is shown as in a screen cell: itself or its replacement; 0 for "not at all"
 * (soft hyphen, zero width space and joiner, variation selectors: invisible, and drawn
 * differently by each terminal; never used for what could join two halves). Beyond gate_add, code
 * points that this Unicode version does not know become U+FFFD: their width is not known either.
 * */
uint32_t gate_code_point(uint32_t code_point);

/* True for what gate_add never lets through: C0, DEL, C1, bidirectional controls, U+2028/9, tag
 * characters, interlinear annotation marks, surrogates, what is beyond U+10FFFF. */
bool gate_is_control(uint32_t code_point);

#endif
