#include "app/key_hint.h"

#include <string.h>

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

/* A key that has a name stands without its brackets: Enter, not <Enter>. */
static void add_binding(struct buf *out, const struct binding *binding)
{
    size_t before = out->len;
    keymap_add_keys(out, binding);
    str keys = str_slice(buf_str(out), before, out->len);
    bool is_name = binding->key_count == 1 && keys.len > 2 && keys.ptr[0] == '<' &&
                   str_find_byte(keys, '-', 0) == STR_MISSING;
    if (!is_name)
        return;
    memmove(out->ptr + before, out->ptr + before + 1, keys.len - 2);
    out->len -= 2;
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
        add_binding(out, chosen);
    else
        buf_format(out, ":%.*s%s%.*s", STR_ARG(name), argument.len ? " " : "", STR_ARG(argument));
}

/* What is in the place of a hint goes in so as it is, or so that printf gives it back. */
static void expand(struct buf *out, const struct keymap *keymap, int scope, str text, bool escape)
{
    struct buf keys = BUF_INIT;
    size_t open, at = 0;
    while ((open = str_find_byte(text, '{', at)) != STR_MISSING) {
        size_t close = str_find_byte(text, '}', open);
        close = close == STR_MISSING ? text.len : close;
        str argument = str_slice(text, open + 1, close), name;
        (void)str_next(&argument, ' ', &name);
        buf_add(out, str_slice(text, at, open));
        buf_clear(&keys);
        add_keys(&keys, keymap, scope, name, argument);
        for (size_t i = 0; i < keys.len; i++) {
            if (escape && keys.ptr[i] == '%')
                buf_add_byte(out, '%');
            buf_add_byte(out, keys.ptr[i]);
        }
        at = close + 1;
    }
    buf_add(out, str_slice(text, at, text.len));
    buf_done(&keys);
}

void key_hint_add(struct buf *out, const struct keymap *keymap, int scope, str text)
{
    expand(out, keymap, scope, text, false);
}

const char *key_hint_format(struct buf *out, const struct keymap *keymap, int scope,
                            const char *format)
{
    if (!strchr(format, '{'))
        return format;
    expand(out, keymap, scope, str_from(format), true);
    return buf_c(out);
}
