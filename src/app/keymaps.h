/* Which keymap files are read, and in what order: the embedded default, then the user's own. */
#ifndef APP_KEYMAPS_H
#define APP_KEYMAPS_H

#include "app/environment.h"
#include "tui/keymap.h"

/* Reads the embedded default keymap and then $XDG_CONFIG_HOME/dossier/keys where there is one. BAD_INPUT with the first
 * mistake; the bindings that are right stand all the same, and all mistakes are in complaints. */
enum status keymaps_read(struct keymap *keymap, const struct environment *environment,
                         struct error *err) MUST_CHECK;
/* Reads one file alone (for `keys --check`); includes are looked for beside it, then among the
 * shipped keymaps. */
enum status keymaps_read_file(struct keymap *keymap, const struct environment *environment,
                              const char *path, struct error *err) MUST_CHECK;

#endif
