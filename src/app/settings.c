#include "app/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/nearest.h"

const struct setting setting_table[SETTING_COUNT] = {
#define SETTING_ROW(id, name, values, initial, help) {name, values, initial, help},
    SETTING_LIST(SETTING_ROW)
#undef SETTING_ROW
};

/* ---- values ---------------------------------------------------------------------------------- */

enum { DIGITS_LIMIT = 6 };

static bool read_number(str text, int *number)
{
    *number = 0;
    if (text.len == 0 || text.len > DIGITS_LIMIT)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_digit(text.ptr[i]))
            return false;
        *number = *number * 10 + (text.ptr[i] - '0');
    }
    return true;
}

static bool read_in_range(str values, size_t dots, str text, int *number)
{
    int low, high;
    return read_number(str_slice(values, 0, dots), &low) &&
           read_number(str_slice(values, dots + 2, values.len), &high) &&
           read_number(text, number) && *number >= low && *number <= high;
}

static bool read_word(str words, str text, int *number)
{
    for (*number = 0; words.len > 0; ++*number) {
        size_t end = str_find_byte(words, '|', 0);
        if (str_equal(str_slice(words, 0, end), text))
            return true;
        words = str_slice(words, end == STR_MISSING ? words.len : end + 1, words.len);
    }
    return false;
}

/* False when the setting does not take this value. */
static bool read_value(const struct setting *setting, str text, int *number)
{
    str values = str_from(setting->values);
    size_t dots = str_find_byte(values, '.', 0);
    *number = 0;
    if (dots != STR_MISSING)
        return read_in_range(values, dots, text, number);
    if (str_find_byte(values, '|', 0) != STR_MISSING)
        return read_word(values, text, number);
    return true;
}

/* ---- settings -------------------------------------------------------------------------------- */

void settings_init(struct settings *settings)
{
    *settings = (struct settings){0};
    arena_init(&settings->arena);
    for (int i = 0; i < SETTING_COUNT; i++) {
        settings->texts[i] = setting_table[i].initial;
        (void)read_value(&setting_table[i], str_from(setting_table[i].initial),
                         &settings->numbers[i]);
    }
}

void settings_done(struct settings *settings)
{
    arena_done(&settings->arena);
}

enum status settings_set(struct settings *settings, str name, str value, struct error *err)
{
    struct nearest nearest = nearest_begin(name);
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting *setting = &setting_table[i];
        int number;
        nearest_offer(&nearest, setting->name);
        if (!str_equal(name, str_from(setting->name)))
            continue;
        if (!read_value(setting, value, &number))
            return error_set(err, STATUS_BAD_INPUT, "%s takes %s, not '%.*s'", setting->name,
                             setting->values, STR_ARG(str_slice(value, 0, 40)));
        settings->numbers[i] = number;
        settings->texts[i] = arena_str(&settings->arena, value).ptr;
        return STATUS_OK;
    }
    return nearest_fail(&nearest, STATUS_BAD_INPUT, "setting", "", "dossier-config(5)", err);
}
