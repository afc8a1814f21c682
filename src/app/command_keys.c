/* dossier keys */
#include "app/action.h"
#include "app/keymaps.h"
#include "app/output.h"
#include "app/report.h"

static void add_binding(struct buf *out, const struct binding *binding)
{
    struct buf keys = BUF_INIT;
    keymap_add_keys(&keys, binding);
    const struct action *action = &actions[binding->action];
    report_cell(out, str_from(action_keymap_names.scopes[binding->scope]), 10);
    report_cell(out, buf_str(&keys), 14);
    buf_format(out, "%s%s%.*s", action->name, binding->argument.len ? " " : "",
               STR_ARG(binding->argument));
    buf_format(out, "  (%s)\n", action->help);
    buf_done(&keys);
}

static void add_binding_json(struct buf *out, const struct binding *binding)
{
    struct json json;
    struct buf keys = BUF_INIT;
    keymap_add_keys(&keys, binding);
    json_init(&json, out);
    json_object_begin(&json);
    json_field(&json, "scope", str_from(action_keymap_names.scopes[binding->scope]));
    json_field(&json, "keys", buf_str(&keys));
    json_field(&json, "action", str_from(actions[binding->action].name));
    json_field_or_null(&json, "argument", binding->argument.len ? binding->argument : STR_NONE);
    json_field(&json, "help", str_from(actions[binding->action].help));
    json_field(&json, "file", binding->file);
    json_field_number(&json, "line", binding->line);
    json_object_end(&json);
    buf_add_byte(out, '\n');
    buf_done(&keys);
}

static enum status print_bindings(const struct keymap *keymap, bool as_json, struct error *err)
{
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < keymap->bindings.count; i++)
        (as_json ? add_binding_json : add_binding)(&out, &keymap->bindings.items[i]);
    enum status status = as_json ? output_raw(buf_str(&out)) : output_text(buf_str(&out));
    buf_done(&out);
    return report_written(status, err);
}

/* The actions that only `:` leads to. */
static void tell_unbound(const struct keymap *keymap)
{
    bool is_bound[ACTION_COUNT] = {false};
    struct buf names = BUF_INIT;
    for (size_t i = 0; i < keymap->bindings.count; i++)
        is_bound[keymap->bindings.items[i].action] = true;
    for (int i = 0; i < ACTION_COUNT; i++)
        if (!is_bound[i])
            buf_format(&names, "%s%s", names.len ? ", " : "", actions[i].name);
    if (names.len)
        output_note("note: no keys, only `:', lead to %s", buf_c(&names));
    buf_done(&names);
}

/* Tells all mistakes and notes, one a line; the exit status. */
static int tell_complaints(const struct keymap *keymap)
{
    for (size_t i = 0; i < keymap->complaints.count; i++)
        output_complain("%.*s", STR_ARG(keymap->complaints.items[i]));
    for (size_t i = 0; i < keymap->notes.count; i++)
        output_note("note: %.*s", STR_ARG(keymap->notes.items[i]));
    return keymap->complaints.count > 0 ? EXIT_SOME_FAILED : EXIT_ALL_WELL;
}

/* Reads one file, or for NULL what is in force, and tells what is wrong with it (`checks`) or
 * prints it; the exit status. */
static int read_and_tell(const struct environment *environment, const char *file, bool checks,
                         bool as_json)
{
    struct keymap keymap;
    struct settings settings;
    struct error err = {0};
    int result = EXIT_ALL_WELL;
    keymap_init(&keymap, &action_keymap_names);
    settings_init(&settings);
    enum status status = file ? keymaps_read_file(&keymap, &settings, environment, file, &err)
                              : keymaps_read(&keymap, &settings, environment, &err);
    if (status == STATUS_OK || keymap.complaints.count > 0) {
        if (checks)
            keymap_check(&keymap);
        result = tell_complaints(&keymap);
        if (checks && !file)
            tell_unbound(&keymap);
        err = (struct error){0};
        status = checks ? STATUS_OK : print_bindings(&keymap, as_json, &err);
    }
    int ending = (file && checks ? report_input : report_status)(status, &err);
    keymap_done(&keymap);
    settings_done(&settings);
    return ending != EXIT_ALL_WELL ? ending : result;
}

int command_keys(const struct environment *environment, const struct arguments *arguments)
{
    bool checks = arguments_has(arguments, OPTION_CHECK);
    int result = EXIT_ALL_WELL;
    if (!checks && arguments->word_count > 0) {
        output_complain("keys: a file is only read with --check; see `dossier keys --help`");
        return EXIT_USAGE;
    }
    if (arguments->word_count == 0)
        return read_and_tell(environment, NULL, checks, arguments_has(arguments, OPTION_JSON));
    for (size_t i = 0; i < arguments->word_count; i++) {
        int status = read_and_tell(environment, arguments->words[i], true, false);
        result = status > result ? status : result;
    }
    return result;
}
