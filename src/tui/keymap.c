#include "tui/keymap.h"

#include <string.h>

#include "base/nearest.h"

enum { BINDING_LIMIT = 4096, WORD_SHOWN_LEN = 60 };

/* A file that is being read, and those that included it. */
struct reading {
    struct keymap *keymap;
    const struct keymap_loader *loader;
    const struct reading *outer;
    str file;
    int line;
    int depth;
    size_t first; /* of the bindings that it made, by their order */
};

typedef void read_command(struct reading *reading, str rest);

void keymap_init(struct keymap *keymap, const struct keymap_names *names)
{
    *keymap = (struct keymap){.names = names};
    arena_init(&keymap->arena);
}

void keymap_done(struct keymap *keymap)
{
    arena_done(&keymap->arena);
    *keymap = (struct keymap){.names = keymap->names};
}

/* ---- messages ---- */

static void complain(struct reading *reading, const char *what, str word, const char *nearest)
{
    struct keymap *keymap = reading->keymap;
    struct buf message = BUF_INIT;
    buf_format(&message, "%.*s:%d: %s", STR_ARG(reading->file), reading->line, what);
    if (word.len > 0)
        buf_format(&message, " '%.*s'", STR_ARG(str_slice(word, 0, WORD_SHOWN_LEN)));
    if (nearest != NULL)
        buf_format(&message, "; did you mean '%s'?", nearest);
    vec_push(&keymap->arena, &keymap->complaints, arena_str(&keymap->arena, buf_str(&message)));
    buf_done(&message);
}

static void add_note(struct keymap *keymap, const struct binding *about, const char *what,
                     const struct binding *other)
{
    struct buf note = BUF_INIT;
    buf_format(&note, "%.*s:%d: ", STR_ARG(about->file), about->line);
    keymap_add_keys(&note, about);
    buf_format(&note, " in %s %s ", keymap->names->scopes[about->scope], what);
    keymap_add_keys(&note, other);
    buf_format(&note, " in %s (%.*s:%d)", keymap->names->scopes[other->scope], STR_ARG(other->file),
               other->line);
    vec_push(&keymap->arena, &keymap->notes, arena_str(&keymap->arena, buf_str(&note)));
    buf_done(&note);
}

/* ---- words ---- */

static bool read_scope(struct reading *reading, str *rest, int *scope)
{
    const char *const *scopes = reading->keymap->names->scopes;
    str word;
    if (!str_next_word(rest, &word)) {
        complain(reading, "the scope is missing: any, or where the keys hold", STR_NONE, NULL);
        return false;
    }
    for (int i = 0; scopes[i] != NULL; i++)
        if (str_equal(word, str_from(scopes[i]))) {
            *scope = i;
            return true;
        }
    struct nearest nearest = nearest_begin(word);
    for (int i = 0; scopes[i] != NULL; i++)
        nearest_offer(&nearest, scopes[i]);
    complain(reading, "unknown scope", word, nearest.best);
    return false;
}

static bool read_keys(struct reading *reading, str *rest, struct binding *binding)
{
    str word;
    if (!str_next_word(rest, &word)) {
        complain(reading, "the keys are missing behind the scope", STR_NONE, NULL);
        return false;
    }
    str left = word;
    binding->key_count = 0;
    while (left.len > 0) {
        if (binding->key_count == KEYMAP_SEQUENCE_LIMIT) {
            complain(reading, "more than 8 keys in", word, NULL);
            return false;
        }
        if (!key_parse(&left, &binding->keys[binding->key_count])) {
            complain(reading, "no such key:", left, NULL);
            return false;
        }
        binding->key_count++;
    }
    return true;
}

static bool read_action(struct reading *reading, str *rest, int *action)
{
    const struct keymap_names *names = reading->keymap->names;
    str word;
    if (!str_next_word(rest, &word)) {
        complain(reading, "the action is missing", STR_NONE, NULL);
        return false;
    }
    for (int i = 0; names->action_name(i) != NULL; i++)
        if (str_equal(word, str_from(names->action_name(i)))) {
            *action = i;
            return true;
        }
    struct nearest nearest = nearest_begin(word);
    for (int i = 0; names->action_name(i) != NULL; i++)
        nearest_offer(&nearest, names->action_name(i));
    complain(reading, "unknown action", word, nearest.best);
    return false;
}

/* ---- commands ---- */

static bool same_keys(const struct binding *a, const struct binding *b, size_t count)
{
    return memcmp(a->keys, b->keys, count * sizeof a->keys[0]) == 0;
}

static struct binding *find_same(const struct keymap *keymap, const struct binding *binding)
{
    for (size_t i = 0; i < keymap->bindings.count; i++) {
        struct binding *other = &keymap->bindings.items[i];
        if (other->scope == binding->scope && other->key_count == binding->key_count &&
            same_keys(other, binding, binding->key_count))
            return other;
    }
    return NULL;
}

static void read_bind(struct reading *reading, str rest)
{
    struct keymap *keymap = reading->keymap;
    struct binding binding = {.argument = STR_NONE, .file = reading->file, .line = reading->line};
    if (!read_scope(reading, &rest, &binding.scope) || !read_keys(reading, &rest, &binding) ||
        !read_action(reading, &rest, &binding.action))
        return;
    if (rest.len > 0 && !keymap->names->action_takes_argument(binding.action)) {
        complain(reading,
                 rest.ptr[0] == '#' ? "a comment needs a line of its own:"
                                    : "the action takes no argument:",
                 rest, NULL);
        return;
    }
    if (rest.len > 0)
        binding.argument = arena_str(&keymap->arena, rest);
    binding.order = keymap->read_count++;
    struct binding *same = find_same(keymap, &binding);
    if (same != NULL && str_equal(same->file, binding.file) && same->order >= reading->first)
        add_note(keymap, &binding, "is bound twice in this file and replaces", same);
    if (same != NULL)
        *same = binding;
    else if (keymap->bindings.count == BINDING_LIMIT)
        complain(reading, "more than 4096 bindings", STR_NONE, NULL);
    else
        vec_push(&keymap->arena, &keymap->bindings, binding);
}

static void read_unbind(struct reading *reading, str rest)
{
    struct keymap *keymap = reading->keymap;
    struct binding binding = {0};
    if (!read_scope(reading, &rest, &binding.scope) || !read_keys(reading, &rest, &binding))
        return;
    if (rest.len > 0) {
        complain(reading, "nothing may follow the keys:", rest, NULL);
        return;
    }
    struct binding *same = find_same(keymap, &binding);
    if (same == NULL) {
        complain(reading, "nothing is bound to these keys in this scope", STR_NONE, NULL);
        return;
    }
    size_t after = (size_t)(keymap->bindings.items + keymap->bindings.count - (same + 1));
    memmove(same, same + 1, after * sizeof *same);
    keymap->bindings.count--;
}

static void read_text(struct reading *reading, str text);

static void read_include(struct reading *reading, str rest)
{
    struct keymap *keymap = reading->keymap;
    struct error err = {0};
    str text, file;
    if (rest.len == 0) {
        complain(reading, "the name of the file is missing", STR_NONE, NULL);
    } else if (reading->loader == NULL) {
        complain(reading, "include is not possible here:", rest, NULL);
    } else if (reading->depth == KEYMAP_INCLUDE_LIMIT) {
        complain(reading, "files include each other more than 8 deep:", rest, NULL);
    } else if (reading->loader->load(reading->loader->context, &keymap->arena, reading->file, rest,
                                     &text, &file, &err) != STATUS_OK) {
        complain(reading, err.text, STR_NONE, NULL);
    } else {
        for (const struct reading *outer = reading; outer != NULL; outer = outer->outer)
            if (str_equal(outer->file, file)) {
                complain(reading, "the file includes itself:", rest, NULL);
                return;
            }
        struct reading inner = {.keymap = keymap,
                                .loader = reading->loader,
                                .outer = reading,
                                .file = arena_str(&keymap->arena, file),
                                .depth = reading->depth + 1,
                                .first = keymap->read_count};
        read_text(&inner, text);
    }
}

static void read_set(struct reading *reading, str rest)
{
    const struct keymap_loader *loader = reading->loader;
    struct error err = {0};
    str name;
    if (!str_next_word(&rest, &name))
        complain(reading, "the name of the setting is missing", STR_NONE, NULL);
    else if (loader == NULL || loader->set == NULL)
        complain(reading, "settings have their place in the file config:", name, NULL);
    else if (loader->set(loader->context, name, rest, &err) != STATUS_OK)
        complain(reading, err.text, STR_NONE, NULL);
}

static const struct {
    const char *name;
    read_command *read;
} commands[] = {
    {"bind", read_bind}, {"unbind", read_unbind}, {"include", read_include}, {"set", read_set}};

static void read_line(struct reading *reading, str line)
{
    str word;
    if (!str_next_word(&line, &word) || word.ptr[0] == '#')
        return;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (str_equal(word, str_from(commands[i].name))) {
            commands[i].read(reading, line);
            return;
        }
    complain(reading, "expected bind, unbind, include or set, found", word, NULL);
}

static void read_text(struct reading *reading, str text)
{
    str line;
    while (str_next_line(&text, &line)) {
        reading->line++;
        read_line(reading, line);
    }
}

enum status keymap_read(struct keymap *keymap, str text, str file,
                        const struct keymap_loader *loader, struct error *err)
{
    size_t before = keymap->complaints.count;
    struct reading reading = {.keymap = keymap,
                              .loader = loader,
                              .file = arena_str(&keymap->arena, file),
                              .first = keymap->read_count};
    read_text(&reading, text);
    size_t mistakes = keymap->complaints.count - before;
    if (mistakes == 0)
        return STATUS_OK;
    str first = keymap->complaints.items[before];
    if (mistakes == 1)
        return error_set(err, STATUS_BAD_INPUT, "%.*s", STR_ARG(first));
    return error_set(err, STATUS_BAD_INPUT, "%.*s (and %zu more)",
                     STR_ARG(str_slice(first, 0, 400)), mistakes - 1);
}

/* ---- meaning ---- */

/* True when `a` begins with all keys of `b`, or is the same. */
static bool begins_with(const struct binding *a, const struct binding *b)
{
    return a->key_count >= b->key_count && same_keys(a, b, b->key_count);
}

/* What `other` does to `binding`, or NULL when both can be typed. */
static const char *what_hides(const struct binding *binding, const struct binding *other)
{
    bool longer = binding->key_count > other->key_count && begins_with(binding, other);
    if (binding->scope == other->scope)
        return longer ? "cannot be typed because of" : NULL;
    if (binding->scope != 0)
        return NULL;
    if (longer || (binding->key_count < other->key_count && begins_with(other, binding)))
        return "cannot be typed there because of";
    /* One for a pane that is bound later, or in the same file, is meant to. */
    bool is_meant = other->order > binding->order || str_equal(other->file, binding->file);
    return begins_with(binding, other) && !is_meant ? "does nothing there because of" : NULL;
}

void keymap_check(struct keymap *keymap)
{
    for (size_t i = 0; i < keymap->bindings.count; i++) {
        const struct binding *binding = &keymap->bindings.items[i];
        for (size_t j = 0; j < keymap->bindings.count; j++) {
            const struct binding *other = &keymap->bindings.items[j];
            const char *what = what_hides(binding, other);
            if (what == NULL)
                continue;
            add_note(keymap, binding, what, other);
            break;
        }
    }
}

static enum key_match find_in(const struct keymap *keymap, int scope, const key_code *keys,
                              size_t key_count, const struct binding **binding)
{
    enum key_match match = MATCH_NONE;
    for (size_t i = 0; i < keymap->bindings.count; i++) {
        const struct binding *item = &keymap->bindings.items[i];
        if (item->scope != scope || item->key_count < key_count ||
            (key_count > 0 && memcmp(item->keys, keys, key_count * sizeof keys[0]) != 0))
            continue;
        if (item->key_count == key_count) {
            *binding = item;
            return MATCH_BINDING;
        }
        match = MATCH_PREFIX;
    }
    return match;
}

enum key_match keymap_find(const struct keymap *keymap, int scope, const key_code *keys,
                           size_t key_count, const struct binding **binding)
{
    *binding = NULL;
    enum key_match match = find_in(keymap, scope, keys, key_count, binding);
    if (match != MATCH_NONE || scope == 0)
        return match;
    return find_in(keymap, 0, keys, key_count, binding);
}

void keymap_add_keys(struct buf *buf, const struct binding *binding)
{
    for (size_t i = 0; i < binding->key_count; i++)
        key_add_name(buf, binding->keys[i]);
}
