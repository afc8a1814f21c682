#include "app/keymaps.h"

#include "app/default_keymap.h"
#include "base/file.h"
#include "base/nearest.h"

enum { KEYMAP_LIMIT_LEN = 1 << 20 };

static str folder_of(str file)
{
    size_t end = file.len;
    while (end && file.ptr[end - 1] != '/')
        end--;
    return str_slice(file, 0, end);
}

struct reading_context {
    const struct environment *environment;
    struct settings *settings;
};

static enum status take_setting(void *context, str name, str value, struct error *err)
{
    const struct reading_context *reading = context;
    return settings_set(reading->settings, name, value, err);
}

static enum status fail_unknown(struct arena *arena, str name, struct error *err)
{
    struct nearest nearest = nearest_begin(name);
    str rest = STR(KEYMAP_NAMES), shipped;
    while (str_next(&rest, '|', &shipped))
        nearest_offer(&nearest, arena_str(arena, shipped).ptr);
    return nearest_fail(&nearest, STATUS_NOT_FOUND, "keymap",
                        " beside this file or among the shipped ones", "dossier-keymap(5)", err);
}

/* A name with a slash could lead anywhere; includes are names beside the file or shipped ones. */
static enum status load_include(void *context, struct arena *arena, str including_file, str name,
                                str *text, str *file, struct error *err)
{
    const struct environment *environment = ((const struct reading_context *)context)->environment;
    if (str_find_byte(name, '/', 0) != STR_MISSING)
        return error_set(err, STATUS_BAD_INPUT,
                         "%.*s: an include is the name of a keymap, without /", STR_ARG(name));
    if (str_equal(name, STR("default.keys"))) {
        *text = str_from(default_keymap);
        *file = STR("default.keys");
        return STATUS_OK;
    }
    str beside = folder_of(including_file);
    *file = arena_format(arena, "%.*s%.*s", STR_ARG(beside), STR_ARG(name));
    struct error missing = {0};
    if (beside.len && file_read(arena, file->ptr, KEYMAP_LIMIT_LEN, text, &missing) == STATUS_OK)
        return STATUS_OK;
    *file = arena_format(arena, "%s/%.*s", environment->keymap_folder, STR_ARG(name));
    enum status status = file_read(arena, file->ptr, KEYMAP_LIMIT_LEN, text, err);
    return status == STATUS_NOT_FOUND ? fail_unknown(arena, name, err) : status;
}

enum status keymaps_read_file(struct keymap *keymap, struct settings *settings,
                              const struct environment *environment, const char *path,
                              struct error *err)
{
    str text = STR_NONE;
    enum status status = file_read(&keymap->arena, path, KEYMAP_LIMIT_LEN, &text, err);
    if (status != STATUS_OK)
        return status;
    struct reading_context context = {environment, settings};
    struct keymap_loader loader = {.load = load_include, .set = take_setting, .context = &context};
    return keymap_read(keymap, text, str_from(path), &loader, err);
}

enum status keymaps_read_line(struct keymap *keymap, struct settings *settings,
                              const struct environment *environment, str line, struct error *err)
{
    struct reading_context context = {environment, settings};
    struct keymap_loader loader = {.load = load_include, .set = take_setting, .context = &context};
    struct error own = {0};
    const char *folder = environment->config_folder; /* includes beside the file config */
    str file = arena_format(&keymap->arena, "%s%s:", folder ? folder : "", folder ? "/" : "");
    str kept = arena_str(&keymap->arena, line);
    str place = arena_format(&keymap->arena, "%.*s:1: ", STR_ARG(file));
    enum status status = keymap_read(keymap, kept, file, &loader, &own);
    str text = str_from(own.text);
    if (status == STATUS_OK)
        return status;
    if (str_starts(text, place))
        text = str_slice(text, place.len, text.len);
    return error_set(err, status, "%.*s", STR_ARG(text));
}

enum status keymaps_read(struct keymap *keymap, struct settings *settings,
                         const struct environment *environment, struct error *err)
{
    static const char *const names[] = {"config", "keys"};
    enum status status =
        keymap_read(keymap, str_from(default_keymap), STR("default.keys"), NULL, err);
    for (size_t i = 0; i < sizeof names / sizeof *names && environment->config_folder; i++) {
        str path = arena_format(&keymap->arena, "%s/%s", environment->config_folder, names[i]);
        struct error own = {0};
        enum status read = keymaps_read_file(keymap, settings, environment, path.ptr, &own);
        if (read == STATUS_OK || read == STATUS_NOT_FOUND || status != STATUS_OK)
            continue;
        status = read;
        if (err)
            *err = own;
    }
    return status;
}
