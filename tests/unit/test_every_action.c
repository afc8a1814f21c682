/* layers: base text model ingest analyse store tui app */
/* Every action of the table is pressed, by its default keys, in one of the scripted sessions: they
 * leave the names of what they pressed in a folder (pressed.h) and run before this. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/action.h"
#include "unit/pressed.h"

/* Takes the names out of a file; it goes, so that no later run counts what this one pressed. */
static void take_names(const char *path, bool pressed[ACTION_COUNT])
{
    char name[64];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fscanf(file, "%63s", name) == 1) {
        int action = action_find(str_from(name));
        assert_true(action >= 0);
        pressed[action] = true;
    }
    fclose(file);
    assert_int_equal(unlink(path), 0);
}

static void every_action_is_pressed_in_a_session(void **state)
{
    (void)state;
    bool pressed[ACTION_COUNT] = {false};
    char name[PRESSED_LEN];
    pressed_folder(name);
    DIR *folder = opendir(name);
    int missing = 0;
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[PRESSED_LEN + 256];
        snprintf(path, sizeof path, "%s/%.255s", name, entry->d_name);
        if (entry->d_name[0] != '.')
            take_names(path, pressed);
    }
    closedir(folder);
    assert_int_equal(rmdir(name), 0);
    for (int i = 0; i < ACTION_COUNT; i++)
        if (!pressed[i]) {
            printf("%s: no session presses it\n", actions[i].name);
            missing++;
        }
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_action_is_pressed_in_a_session)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
