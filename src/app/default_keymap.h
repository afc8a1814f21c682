/* keymaps/default.keys as text, put in by the build. */
#ifndef APP_DEFAULT_KEYMAP_H
#define APP_DEFAULT_KEYMAP_H

extern const char default_keymap[];

#endif
