/* What is known of a terminal by its name. By itself, because the header of terminfo defines names
 * such as `columns` as macros. */
#ifndef TUI_TERMINAL_TYPE_H
#define TUI_TERMINAL_TYPE_H

#include <stdbool.h>

#include "base/status.h"

/* USAGE with advice when the type is NULL, empty, not known here, or cannot move its cursor.
 * Standard output must be a terminal. */
enum status terminal_check_type(const char *type, struct error *err) MUST_CHECK;
/* False for terminals that are known to do nothing with operating system commands (OSC), or to
 * print them: the console, the old hardware. */
bool terminal_type_takes_commands(const char *type);

#endif
