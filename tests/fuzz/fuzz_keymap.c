/* layers: base text tui */
/* Keymap text: the parts between NUL bytes are files that include each other by number. Whatever is
 * read can be printed, and reads as itself. */
#include <stdlib.h>
#include <string.h>

#include "tui/keymap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FILE_LIMIT = 4, INCLUDES_LIMIT = 64 };

static const char *const scopes[] = {"any", "reader", "people", NULL};
static const char *const actions[] = {"close", "next-mark", "line-down", "quit", NULL};

static const char *name_of(int action)
{
    return actions[action];
}

static bool takes_argument(int action)
{
    return action == 1;
}

static const struct keymap_names names = {scopes, name_of, takes_argument};

struct files {
    str texts[FILE_LIMIT];
    size_t count, include_count;
};

static enum status load(void *context, struct arena *arena, str including_file, str name, str *text,
                        str *file, struct error *err)
{
    struct files *files = context;
    size_t number = name.len == 1 ? (size_t)(name.ptr[0] - '0') : FILE_LIMIT;
    /* Files that include others twice would be read 2^8 times. */
    if (number >= files->count || files->include_count++ == INCLUDES_LIMIT)
        return error_set(err, STATUS_NOT_FOUND, "%.*s: not found", STR_ARG(name));
    *text = files->texts[number];
    *file = arena_format(arena, "%.*sx", STR_ARG(including_file));
    return STATUS_OK;
}

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void print_keymap(const struct keymap *keymap, struct buf *out)
{
    for (size_t i = 0; i < keymap->bindings.count; i++) {
        const struct binding *binding = &keymap->bindings.items[i];
        buf_format(out, "bind %s ", scopes[binding->scope]);
        keymap_add_keys(out, binding);
        buf_format(out, " %s ", actions[binding->action]);
        buf_add(out, binding->argument);
        buf_add_byte(out, '\n');
    }
}

/* Every binding is found by its keys, and its start is the start of something. */
static void check_bindings(const struct keymap *keymap)
{
    const struct binding *found;
    for (size_t i = 0; i < keymap->bindings.count; i++) {
        const struct binding *binding = &keymap->bindings.items[i];
        require(binding->key_count >= 1 && binding->key_count <= KEYMAP_SEQUENCE_LIMIT);
        require(keymap_find(keymap, binding->scope, binding->keys, binding->key_count, &found) ==
                MATCH_BINDING);
        require(found == binding);
        require(keymap_find(keymap, binding->scope, binding->keys, binding->key_count - 1,
                            &found) != MATCH_NONE);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 1 << 16)
        return 0;
    struct files files = {.count = 0};
    str rest = {(const char *)data, size}, part;
    while (files.count < FILE_LIMIT && str_next(&rest, '\0', &part))
        files.texts[files.count++] = part;
    struct keymap keymap, again;
    struct keymap_loader loader = {.load = load, .context = &files};
    struct error err;
    struct buf first = BUF_INIT, second = BUF_INIT;
    keymap_init(&keymap, &names);
    keymap_init(&again, &names);
    enum status status = keymap_read(&keymap, files.texts[0], STR("a.keys"), &loader, &err);
    require((status == STATUS_OK) == (keymap.complaints.count == 0));
    check_bindings(&keymap);
    print_keymap(&keymap, &first);
    require(keymap_read(&again, buf_str(&first), STR("b.keys"), NULL, &err) == STATUS_OK);
    require(again.bindings.count == keymap.bindings.count);
    print_keymap(&again, &second);
    require(str_equal(buf_str(&first), buf_str(&second)));
    keymap_check(&keymap);
    buf_done(&first);
    buf_done(&second);
    keymap_done(&keymap);
    keymap_done(&again);
    return 0;
}
