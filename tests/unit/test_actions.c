/* layers: base text model ingest analyse store tui app */
/* The tables of actions, panes and keymaps agree with each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/keymaps.h"
#include "app/session.h"

static const struct environment world = {
    .data_folder = DATA_DIR,
    .keymap_folder = DATA_DIR "/../keymaps",
};

/* ---- the table ----------------------------------------------------------------------------- */

static bool is_kebab_case(const char *name)
{
    bool after_letter = false;
    for (; *name; name++) {
        bool letter = *name >= 'a' && *name <= 'z';
        if (!letter && (*name != '-' || !after_letter))
            return false;
        after_letter = letter;
    }
    return after_letter;
}

static void names_are_kebab_case_and_unique(void **state)
{
    (void)state;
    for (int i = 0; i < ACTION_COUNT; i++) {
        if (!is_kebab_case(actions[i].name))
            fail_msg("%s: an action's name is small letters and single hyphens", actions[i].name);
        assert_int_equal(action_find(str_from(actions[i].name)), i);
    }
    assert_int_equal(action_find(STR("")), -1);
    assert_int_equal(action_find(STR("Down")), -1);
    assert_int_equal(action_find(STR("down ")), -1);
}

static void every_action_has_a_help_text_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < ACTION_COUNT; i++) {
        const char *help = actions[i].help;
        if (!help || strlen(help) < 5 || help[strlen(help) - 1] == '.')
            fail_msg("%s: the help is a phrase without a full stop", actions[i].name);
        for (int k = 0; k < i; k++)
            if (strcmp(help, actions[k].help) == 0)
                fail_msg("%s and %s have the same help", actions[i].name, actions[k].name);
    }
}

static void panes_are_found_by_name(void **state)
{
    (void)state;
    for (int i = 0; i < PANE_COUNT; i++) {
        assert_int_equal(pane_find(str_from(panes[i].name)), i);
        assert_string_equal(action_keymap_names.scopes[i + 1], panes[i].name);
        const struct pane_class *class = panes[i].class;
        assert_true(class->title && class->title[0]);
        assert_true(class->state_len > 0);
        assert_true(class->init && class->done && class->show && class->where && class->reload);
        assert_true(class->draw && class->status && class->handlers);
    }
    assert_int_equal(pane_find(STR("nowhere")), -1);
    assert_string_equal(action_keymap_names.scopes[SCOPE_ANY], "any");
    assert_string_equal(action_keymap_names.scopes[SCOPE_SELECT], "select");
    assert_string_equal(action_keymap_names.scopes[SCOPE_SIDE], "side");
    assert_null(action_keymap_names.scopes[SCOPE_COUNT]);
}

/* ---- handlers ------------------------------------------------------------------------------ */

static bool table_handles(const struct handler *table, int action)
{
    for (; table->run; table++)
        if ((int)table->action == action)
            return true;
    return false;
}

static bool session_handles(int action)
{
    return table_handles(session_handlers, action) || table_handles(session_name_handlers, action);
}

static bool pane_handles(int pane, int action)
{
    if (motion_find((enum action_id)action))
        return true; /* every pane moves: below */
    for (const struct handler *const *table = panes[pane].class->handlers; *table; table++)
        if (table_handles(*table, action))
            return true;
    return false;
}

static bool some_pane_handles(int action)
{
    for (int i = 0; i < PANE_COUNT; i++)
        if (pane_handles(i, action))
            return true;
    return false;
}

static void every_action_is_handled_somewhere(void **state)
{
    (void)state;
    for (int i = 0; i < ACTION_COUNT; i++)
        if (!some_pane_handles(i) && !session_handles(i))
            fail_msg("%s: nothing handles it", actions[i].name);
}

static void no_table_handles_an_action_twice(void **state)
{
    (void)state;
    for (int i = 0; i < PANE_COUNT; i++)
        for (const struct handler *const *table = panes[i].class->handlers; *table; table++)
            for (const struct handler *row = *table; row->run; row++)
                if (table_handles(row + 1, (int)row->action))
                    fail_msg("%s: %s twice", panes[i].name, actions[row->action].name);
    for (const struct handler *row = session_handlers; row->run; row++)
        if (table_handles(row + 1, (int)row->action) ||
            table_handles(session_name_handlers, (int)row->action))
            fail_msg("session: %s twice", actions[row->action].name);
}

static void every_pane_moves_and_is_left(void **state)
{
    (void)state;
    static const int leaving[] = {ACTION_BACK, ACTION_CLOSE, ACTION_QUIT, ACTION_CANCEL};
    for (int pane = 0; pane < PANE_COUNT; pane++)
        if (!panes[pane].class->move || !panes[pane].class->rows_seen)
            fail_msg("%s: nothing moves", panes[pane].name);
    for (size_t i = 0; i < sizeof leaving / sizeof *leaving; i++)
        assert_true(session_handles(leaving[i]));
}

/* ---- keymaps ------------------------------------------------------------------------------- */

/* As a line `include` of a user's file does: over the embedded keys. */
static void read_keymap(struct keymap *keymap, const char *path)
{
    struct error err = {0};
    struct settings settings;
    settings_init(&settings);
    keymap_init(keymap, &action_keymap_names);
    assert_int_equal(keymaps_read(keymap, &settings, &world, &err), STATUS_OK);
    enum status status = keymaps_read_file(keymap, &settings, &world, path, &err);
    if (status != STATUS_OK)
        fail_msg("%s: %s", path, err.text);
    for (size_t i = 0; i < keymap->complaints.count; i++)
        print_error("%.*s\n", STR_ARG(keymap->complaints.items[i]));
    assert_int_equal(keymap->complaints.count, 0);
    assert_true(keymap->bindings.count > 0);
    settings_done(&settings);
}

static bool is_mark_kind(str argument)
{
    static const char *const kinds[] = {"any",      "person",  "place", "organisation", "date",
                                        "bookmark", "removed", "link",  "watched"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_equal(argument, str_from(kinds[i])))
            return true;
    return false;
}

static void check_binding(const struct binding *binding)
{
    const struct action *action = &actions[binding->action];
    bool right = (action->argument != NULL) == (binding->argument.len > 0) ||
                 (action->argument != NULL && action->argument[0] == '[');
    if (binding->action == ACTION_GO)
        right = pane_find(binding->argument) >= 0;
    if (binding->action == ACTION_NEXT_MARK || binding->action == ACTION_PREVIOUS_MARK)
        right = is_mark_kind(binding->argument);
    if (!right)
        fail_msg("%.*s:%d: `%.*s' is no argument of %s", STR_ARG(binding->file), binding->line,
                 STR_ARG(binding->argument), action->name);
    /* Some scopes are parts of the reader; `any` may hold what only some panes can do. */
    bool handled = session_handles(binding->action);
    bool in_reader = binding->scope == SCOPE_SELECT || binding->scope == SCOPE_SIDE;
    if (binding->scope == SCOPE_ANY)
        handled |= some_pane_handles(binding->action);
    else
        handled |= pane_handles(in_reader ? PANE_READER : binding->scope - 1, binding->action);
    if (!handled)
        fail_msg("%.*s:%d: nothing handles %s there", STR_ARG(binding->file), binding->line,
                 action->name);
}

/* Nothing is bound twice, hidden or out of reach. */
static void check_notes(struct keymap *keymap)
{
    keymap_check(keymap);
    for (size_t i = 0; i < keymap->notes.count; i++)
        print_error("%.*s\n", STR_ARG(keymap->notes.items[i]));
    assert_int_equal(keymap->notes.count, 0);
}

/* The scope, the action and what it is told; scope `any` stands for all. */
static bool has_keys_for(const struct keymap *keymap, const struct binding *wanted)
{
    for (size_t i = 0; i < keymap->bindings.count; i++) {
        const struct binding *binding = &keymap->bindings.items[i];
        bool there = binding->scope == wanted->scope || binding->scope == SCOPE_ANY;
        if (there && binding->action == wanted->action &&
            str_equal(binding->argument, wanted->argument))
            return true;
    }
    return false;
}

/* In other keymaps: an action that has keys everywhere may have them where it does something. */
static void loses_nothing(const struct keymap *keymap, const struct keymap *usual, const char *path)
{
    for (size_t i = 0; i < usual->bindings.count; i++) {
        struct binding wanted = usual->bindings.items[i];
        bool found = has_keys_for(keymap, &wanted);
        for (int scope = 0; wanted.scope == SCOPE_ANY && scope < SCOPE_COUNT && !found; scope++) {
            struct binding there = wanted;
            there.scope = scope;
            found = has_keys_for(keymap, &there);
        }
        if (!found)
            fail_msg("%s: no keys for %s %.*s in %s", path, actions[wanted.action].name,
                     STR_ARG(wanted.argument), action_keymap_names.scopes[wanted.scope]);
    }
}

static void shipped_keymaps_are_right(void **state)
{
    (void)state;
    DIR *folder = opendir(world.keymap_folder);
    size_t count = 0;
    struct keymap usual;
    assert_non_null(folder);
    read_keymap(&usual, DATA_DIR "/../keymaps/default.keys");
    for (struct dirent *entry; (entry = readdir(folder));) {
        size_t len = strlen(entry->d_name);
        char path[1024];
        if (len < 5 || strcmp(entry->d_name + len - 5, ".keys") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", world.keymap_folder, entry->d_name);
        struct keymap keymap;
        read_keymap(&keymap, path);
        for (size_t i = 0; i < keymap.bindings.count; i++)
            check_binding(&keymap.bindings.items[i]);
        check_notes(&keymap);
        loses_nothing(&keymap, &usual, path);
        keymap_done(&keymap);
        count++;
    }
    closedir(folder);
    keymap_done(&usual);
    assert_true(count >= 3);
}

static bool is_bound(const struct keymap *keymap, int action)
{
    for (size_t i = 0; i < keymap->bindings.count; i++)
        if (keymap->bindings.items[i].action == action)
            return true;
    return false;
}

/* The default keys are part of the program: what it has is what the file says. */
static void every_action_has_a_default_key(void **state)
{
    (void)state;
    struct keymap keymap, embedded;
    struct settings settings;
    struct error err = {0};
    settings_init(&settings);
    read_keymap(&keymap, DATA_DIR "/../keymaps/default.keys");
    keymap_init(&embedded, &action_keymap_names);
    assert_int_equal(keymaps_read(&embedded, &settings, &world, &err), STATUS_OK);
    assert_int_equal(embedded.bindings.count, keymap.bindings.count);
    assert_true(is_bound(&keymap, ACTION_COMMAND)); /* `:` reaches all others by name */
    for (int i = 0; i < ACTION_COUNT; i++)
        if (!is_bound(&keymap, i) && !is_bound(&embedded, i))
            fail_msg("%s: on no key of default.keys", actions[i].name);
    keymap_done(&embedded);
    keymap_done(&keymap);
    settings_done(&settings);
}

/* Every pane but the one person, which is opened from a list, has a key that goes there. */
static void every_pane_has_a_default_key(void **state)
{
    (void)state;
    struct keymap keymap;
    read_keymap(&keymap, DATA_DIR "/../keymaps/default.keys");
    for (int pane = 0; pane < PANE_COUNT; pane++) {
        bool found = pane == PANE_PERSON || (pane == PANE_HELP && is_bound(&keymap, ACTION_HELP));
        for (size_t i = 0; i < keymap.bindings.count; i++)
            found |= keymap.bindings.items[i].action == ACTION_GO &&
                     str_equal(keymap.bindings.items[i].argument, str_from(panes[pane].name));
        if (!found)
            fail_msg("%s: no key goes there", panes[pane].name);
    }
    keymap_done(&keymap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_kebab_case_and_unique),
        cmocka_unit_test(every_action_has_a_help_text_of_its_own),
        cmocka_unit_test(panes_are_found_by_name),
        cmocka_unit_test(every_action_is_handled_somewhere),
        cmocka_unit_test(no_table_handles_an_action_twice),
        cmocka_unit_test(every_pane_moves_and_is_left),
        cmocka_unit_test(shipped_keymaps_are_right),
        cmocka_unit_test(every_action_has_a_default_key),
        cmocka_unit_test(every_pane_has_a_default_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
