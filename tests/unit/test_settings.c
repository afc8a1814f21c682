/* layers: base text model ingest analyse store tui app */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/settings.h"
#include "base/file.h"

static void defaults_are_values_that_can_be_set(void **state)
{
    (void)state;
    struct settings settings;
    struct error err = {0};
    settings_init(&settings);
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting *row = &setting_table[i];
        int number = settings.numbers[i];
        assert_string_equal(settings.texts[i], row->initial);
        assert_int_equal(settings_set(&settings, str_from(row->name), str_from(row->initial), &err),
                         STATUS_OK);
        assert_int_equal(settings.numbers[i], number);
    }
    settings_done(&settings);
}

static void values_are_looked_at(void **state)
{
    (void)state;
    static const struct {
        const char *name, *value;
        const char *complaint; /* NULL: it is taken */
        enum setting_id id;
        int number;
    } cases[] = {
        {"text-width", "60", NULL, SETTING_TEXT_WIDTH, 60},
        {"text-width", "20", NULL, SETTING_TEXT_WIDTH, 20},
        {"text-width", "19", "text-width takes 20..500, not '19'", SETTING_TEXT_WIDTH, 20},
        {"text-width", "501", "text-width takes 20..500, not '501'", SETTING_TEXT_WIDTH, 20},
        {"text-width", "4x", "text-width takes 20..500, not '4x'", SETTING_TEXT_WIDTH, 20},
        {"text-width", "", "text-width takes 20..500, not ''", SETTING_TEXT_WIDTH, 20},
        {"text-width", "99999999999", "text-width takes 20..500, not '99999999999'",
         SETTING_TEXT_WIDTH, 20},
        {"side-pane", "wide", NULL, SETTING_SIDE_PANE, 1},
        {"side-pane", "on", NULL, SETTING_SIDE_PANE, 2},
        {"side-pane", "o", "side-pane takes off|wide|on, not 'o'", SETTING_SIDE_PANE, 2},
        {"side-pane", "off|wide", "side-pane takes off|wide|on, not 'off|wide'", SETTING_SIDE_PANE,
         2},
        {"pacing", "off", NULL, SETTING_PACING, 0},
        {"themes", "x", "there is no setting 'themes'; did you mean 'theme'?", SETTING_PACING, 0},
    };
    struct settings settings;
    settings_init(&settings);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error err = {0};
        enum status status =
            settings_set(&settings, str_from(cases[i].name), str_from(cases[i].value), &err);
        assert_int_equal(status, cases[i].complaint ? STATUS_BAD_INPUT : STATUS_OK);
        if (cases[i].complaint)
            assert_string_equal(err.text, cases[i].complaint);
        assert_int_equal(settings.numbers[cases[i].id], cases[i].number);
    }
    assert_int_equal(settings_set(&settings, STR("theme"), STR("light"), &(struct error){0}),
                     STATUS_OK);
    assert_string_equal(settings.texts[SETTING_THEME], "light");
    settings_done(&settings);
}

static void the_manual_has_every_setting(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct error err = {0};
    str manual = STR_NONE;
    if (file_read(&arena, DATA_DIR "/man/dossier-config.5", 1 << 20, &manual, &err) != STATUS_OK)
        fail_msg("%s", err.text);
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting *row = &setting_table[i];
        str entry = arena_format(&arena, "\n.It Cm %s Ar %s", row->name, row->values);
        if (str_find(manual, entry, 0) == STR_MISSING)
            fail_msg("the manual lacks %s with %s", row->name, row->values);
        str initial = arena_format(&arena, "%.*s Pq Li %s\n", STR_ARG(entry), row->initial);
        if (row->initial[0] && str_find(manual, initial, 0) == STR_MISSING)
            fail_msg("the manual has another default for %s", row->name);
    }
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_values_that_can_be_set),
        cmocka_unit_test(values_are_looked_at),
        cmocka_unit_test(the_manual_has_every_setting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
