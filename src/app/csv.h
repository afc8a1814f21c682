/* Comma-separated values (RFC 4180). */
#ifndef APP_CSV_H
#define APP_CSV_H

#include "base/buf.h"
#include "text/gate.h"

/* Adds a cell, made safe and in quotes, and what follows it. A beginning that a spreadsheet takes
 * for a formula gets an apostrophe in front, as spreadsheets write it themselves. */
void csv_add_cell(struct buf *out, str text, enum gate_lines lines, bool is_last);

#endif
