/* Finds the scroll after which the least is left to paint. */
#ifndef TUI_SCROLL_H
#define TUI_SCROLL_H

#include <stdbool.h>

#include "tui/shown.h"

struct scroll_rows {
    int top, bottom; /* from 1 */
};

struct scroll {
    struct scroll_rows rows;
    int up; /* by so many rows; negative: down */
};

/* From the cells that are shown to those that are wanted, screens of the same size. `region`: rows
 * that scroll without further ado. What comes in is blank, without a ground. False when it is best
 * to paint alone; what is not known in `wanted` must stay where it is. Weighs about as many bytes
 * as are saved; at most a few passes over the cells. */
bool scroll_find(const struct shown *shown, const struct shown *wanted, struct scroll_rows region,
                 struct scroll *scroll);

#endif
