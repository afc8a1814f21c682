/* Screen columns of text, by grapheme cluster. The rules are those of a C library's wcwidth (what
 * curses uses), so that program and terminal agree. */
#ifndef TEXT_WIDTH_H
#define TEXT_WIDTH_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* The grapheme cluster that begins at `at`: its bytes, and in *columns its cells (0, 1 or 2).
 * Clusters that terminals draw differently (ZWJ and flag sequences, variation selectors) are cut
 * into their base characters, each its own cell group. So a cluster is one code point and the
 * zero-width ones after it, at most 8; marks beyond the eighth, or without a base, are clusters
 * of 0 columns, which have no cell to be drawn in. */
size_t width_cluster(str text, size_t at, int *columns);
/* Start of the cluster before `at`. */
size_t width_cluster_before(str text, size_t at);
int width_columns(str text);
/* The longest start of text of at most `columns` columns; *used = its columns. */
str width_clip(str text, int columns, int *used);
/* Columns of one code point: 0, 1 or 2; what cannot be printed counts as its gate replacement. */
int width_code_point(uint32_t code_point);

#endif
