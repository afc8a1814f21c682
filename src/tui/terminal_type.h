/* What is known of a terminal by its name. By itself, because the header of terminfo defines names
 * such as `columns` as macros. */
#ifndef TUI_TERMINAL_TYPE_H
#define TUI_TERMINAL_TYPE_H

#include "base/status.h"

/* USAGE with advice when the type is NULL, empty, not known here, or cannot move its cursor.
 * Standard output must be a terminal. */
enum status terminal_check_type(const char *type, struct error *err) MUST_CHECK;

#endif
