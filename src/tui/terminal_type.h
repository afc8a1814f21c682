/* What is known of a terminal by its name. By itself, because the header of terminfo defines names
 * such as `columns` as macros. */
#ifndef TUI_TERMINAL_TYPE_H
#define TUI_TERMINAL_TYPE_H

#include <stdbool.h>

#include "base/status.h"
#include "tui/painter.h"

enum { TERMINAL_SEQUENCE_LEN = 32 };

/* USAGE with advice when the type is NULL, empty, not known here, or cannot move its cursor.
 * Standard output must be a terminal. */
enum status terminal_check_type(const char *type, struct error *err) MUST_CHECK;
/* False for terminals that are known to do nothing with operating system commands (OSC), or to
 * print them: the console, the old hardware. */
bool terminal_type_takes_commands(const char *type);

/* Of the terminal that curses has set up: what the painter may use with so many colours. False
 * when its sequences are not those that the painter writes. */
bool terminal_type_skills(int colours, struct painter_skills *skills);
/* The sequence of a capability of terminfo, without delays. False when there is none so short. */
bool terminal_type_sequence(const char *capability, char bytes[TERMINAL_SEQUENCE_LEN]);
/* Attributes that cannot be shown together with colours: by ncv of terminfo. */
int terminal_type_without_colour(void);

#endif
