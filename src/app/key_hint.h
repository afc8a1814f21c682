/* Sentences that tell which keys to press, in the keymap that holds. */
#ifndef APP_KEY_HINT_H
#define APP_KEY_HINT_H

#include "tui/keymap.h"

/* Adds the text with each `{action}` or `{action argument}` in it replaced by the keys that do it
 * in the scope; those of another scope when only there it has any, and `:action` when nowhere. */
void key_hint_add(struct buf *out, const struct keymap *keymap, int scope, str text);
/* The same for a format of printf, which stays one: what it takes is left alone. Valid as long as
 * `out`, which is used when the format has such a place, and as `format`. */
const char *key_hint_format(struct buf *out, const struct keymap *keymap, int scope,
                            const char *format) __attribute__((format_arg(4)));

#endif
