/* Keymaps as text, in the user's own grammar:
 *
 *     # comment
 *     include vi.keys
 *     bind   any     q        close
 *     bind   reader  ]p       next-mark person
 *     unbind any     <C-z>
 *     set    theme   light
 *
 * bind SCOPE KEYS ACTION [ARGUMENT…]: SCOPE is `any` or a pane; a pane's binding wins over `any`.
 * KEYS may be a sequence. All mistakes are reported, each as file:line: message, and reading goes
 * on. */
#ifndef TUI_KEYMAP_H
#define TUI_KEYMAP_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"
#include "base/vec.h"
#include "tui/key.h"

enum { KEYMAP_SEQUENCE_LIMIT = 8, KEYMAP_INCLUDE_LIMIT = 8 };

struct binding {
    int scope; /* index into the scopes given; 0 = any */
    key_code keys[KEYMAP_SEQUENCE_LIMIT];
    size_t key_count;
    int action;   /* index into the actions given */
    str argument; /* rest of the line, or STR_NONE */
    str file;     /* where it was bound */
    int line;
    size_t order; /* of all that were read */
};

/* What the program knows: names for scopes and actions, each list ending with NULL. */
struct keymap_names {
    const char *const *scopes;              /* scopes[0] is "any" */
    const char *(*action_name)(int action); /* NULL past the last */
    bool (*action_takes_argument)(int action);
};

struct keymap {
    struct arena arena;
    const struct keymap_names *names;
    VEC(struct binding) bindings;
    size_t read_count;   /* bindings, those that were replaced too */
    VEC(str) complaints; /* "file:line: …" */
    VEC(str) notes;      /* shadowed or unreachable bindings: told by `keys --check` */
};

void keymap_init(struct keymap *keymap, const struct keymap_names *names);
void keymap_done(struct keymap *keymap);

/* Reads keymap text. Later bindings replace earlier ones of the same scope and keys. `load` gets
 * the text of an included file (relative to the including one) or fails, `set` takes the value of a
 * setting; without them (NULL) includes and settings are mistakes. Mistakes go to complaints;
 * BAD_INPUT when there was one. */
struct keymap_loader {
    enum status (*load)(void *context, struct arena *arena, str including_file, str name, str *text,
                        str *file, struct error *err);
    enum status (*set)(void *context, str name, str value, struct error *err);
    void *context;
};
enum status keymap_read(struct keymap *keymap, str text, str file,
                        const struct keymap_loader *loader, struct error *err) MUST_CHECK;
/* Finds sequences that can never be typed because a shorter one is bound in the same scope, and
 * pane bindings that hide one of `any`: into notes. */
void keymap_check(struct keymap *keymap);

enum key_match { MATCH_NONE, MATCH_PREFIX /* more keys are needed */, MATCH_BINDING };
/* What the keys typed so far mean in a scope. */
enum key_match keymap_find(const struct keymap *keymap, int scope, const key_code *keys,
                           size_t key_count, const struct binding **binding);
/* Adds the keys of a binding by name. */
void keymap_add_keys(struct buf *buf, const struct binding *binding);

#endif
