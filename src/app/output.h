/* The only place that prints: stdout and stderr through the output gate. */
#ifndef APP_OUTPUT_H
#define APP_OUTPUT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/status.h"
#include "base/str.h"

/* Text for a person on standard output, made safe; JSON is safe by itself and goes through
 * output_raw. Every write is checked: CANCELLED when the reader of a pipe went away (end quietly),
 * NO_SPACE or IO when standard output cannot be written. */
enum status output_text(str text) MUST_CHECK;
/* Text that is safe already (made by json.h or by literals of ours). */
enum status output_raw(str text) MUST_CHECK;
/* Writes out what is held back. Same statuses; *err (may be NULL) gets the message. */
enum status output_flush(struct error *err) MUST_CHECK;

/* Columns of the terminal that standard output is; 0 when it is none. */
int output_columns(void);

/* "dossier: message" on standard error, one line, made safe. */
void output_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same without the program's name: for summaries and progress. */
void output_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A line on standard error that the next one replaces, when standard error is a terminal
 * (output_can_replace); `before` columns of the last one are wiped. Returns its own columns. An
 * empty text only wipes. */
bool output_can_replace(void);
int output_replace(int before, str text);

/* One line, made safe, to a descriptor handed down by the program that started this one. */
enum status output_line_to(int descriptor, str text) MUST_CHECK;

#endif
