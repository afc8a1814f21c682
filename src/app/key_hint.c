#include "app/key_hint.h"

#include "app/pane.h"

/* Whether a pane's own binding takes the keys of one that holds everywhere. */
static bool is_hidden(const struct keymap *keymap, int scope, const struct binding *binding)
{
    const struct binding *found = NULL;
    return binding->scope == SCOPE_ANY &&
           (keymap_find(keymap, scope, binding->keys, binding->key_count, &found) !=
                MATCH_BINDING ||
            found != binding);
}

/* Those of the scope before those that hold everywhere, and these before those of other panes. */
static int rank(const struct keymap *keymap, int scope, const struct binding *binding)
{
    if (is_hidden(keymap, scope, binding))
        return 0;
    return binding->scope == scope ? 3 : binding->scope == SCOPE_ANY ? 2 : 1;
}

static void add_keys(struct buf *out, const struct keymap *keymap, int scope, str name,
                     str argument)
{
    int action = action_find(name), best = 0;
    const struct binding *chosen = NULL;
    for (size_t i = 0; i < keymap->bindings.count; i++) {
        const struct binding *binding = &keymap->bindings.items[i];
        if (binding->action != action || !str_equal(binding->argument, argument) ||
            rank(keymap, scope, binding) <= best)
            continue;
        best = rank(keymap, scope, binding);
        chosen = binding;
    }
    if (chosen)
        keymap_add_keys(out, chosen);
    else
        buf_format(out, ":%.*s%s%.*s", STR_ARG(name), argument.len ? " " : "", STR_ARG(argument));
}

void key_hint_add(struct buf *out, const struct keymap *keymap, int scope, str text)
{
    size_t open, at = 0;
    while ((open = str_find_byte(text, '{', at)) != STR_MISSING) {
        size_t close = str_find_byte(text, '}', open);
        close = close == STR_MISSING ? text.len : close;
        str argument = str_slice(text, open + 1, close), name;
        (void)str_next(&argument, ' ', &name);
        buf_add(out, str_slice(text, at, open));
        add_keys(out, keymap, scope, name, argument);
        at = close + 1;
    }
    buf_add(out, str_slice(text, at, text.len));
}
