/* Which files of the user's are read, and in what order: the embedded default keymap, then `config`
 * and `keys` in $XDG_CONFIG_HOME/dossier. All have the grammar of tui/keymap.h. */
#ifndef APP_KEYMAPS_H
#define APP_KEYMAPS_H

#include "app/environment.h"
#include "app/settings.h"
#include "tui/keymap.h"

/* The shipped keymaps, for include. */
#define KEYMAP_NAMES "default.keys|emacs.keys|less.keys|mutt.keys|newsboat.keys|vi.keys"

/* Reads those of the files that are there. BAD_INPUT with the first mistake; what is right stands
 * all the same, and all mistakes are in the keymap's complaints. */
enum status keymaps_read(struct keymap *keymap, struct settings *settings,
                         const struct environment *environment, struct error *err) MUST_CHECK;
/* Reads one file alone (for `keys --check`); includes are looked for beside it, then among the
 * shipped keymaps. */
enum status keymaps_read_file(struct keymap *keymap, struct settings *settings,
                              const struct environment *environment, const char *path,
                              struct error *err) MUST_CHECK;

/* Reads a line that was typed, as if it stood in the file config; the message names no file. */
enum status keymaps_read_line(struct keymap *keymap, struct settings *settings,
                              const struct environment *environment, str line,
                              struct error *err) MUST_CHECK;

#endif
