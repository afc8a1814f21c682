/* layers: base text tui */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "tui/theme.h"

/* clang-format off */
#define SHIPPED_STYLES(X)                                                                          \
    X("text") X("title") X("subtitle") X("byline") X("heading") X("caption") X("quote")            \
    X("emphasis") X("strong") X("code") X("link")                                                  \
    X("person") X("person-doubtful") X("place") X("organisation") X("date") X("date-doubtful") X("target")              \
    X("target-here") X("mark-here") X("selection") X("bookmark") X("match") X("removed")           \
    X("watch-1") X("watch-2") X("watch-3") X("watch-4") X("watch-5") X("watch-6") X("watch-7")     \
    X("watch-8") X("watch-9")                                                                      \
    X("reason") X("row") X("row-selected") X("row-unread") X("row-dim") X("header") X("status")    \
    X("status-strong") X("message") X("error") X("prompt") X("prompt-label") X("key")              \
    X("gutter") X("label-important") X("label-doubt") X("label-follow") X("label-done")
/* clang-format on */

/* A colour that no shipped theme uses shows what a theme left unset. */
#define ROW(name) {name, "black on black"},
static const struct style_default shipped[] = {SHIPPED_STYLES(ROW)};
#undef ROW

enum { SHIPPED_COUNT = sizeof shipped / sizeof shipped[0] };

static const char *const theme_files[] = {"dark", "light", "contrast", "mono"};

/* Marks that stand within a text and must be told apart without colour. */
static const char *const marks[] = {"text",         "person",      "person-doubtful", "place",
                                    "organisation", "date",        "date-doubtful",   "link",
                                    "target",       "target-here", "mark-here",       "selection",
                                    "bookmark",     "match",       "watch-1"};

static const struct style_default three[] = {
    {"plain-one", ""}, {"person", "cyan bold underline"}, {"row", "black on bright-yellow dim"}};

static void defaults_are_read(void **state)
{
    (void)state;
    struct theme theme;
    theme_init(&theme, three, 3);
    assert_int_equal(theme.style_count, 3);
    assert_int_equal(theme.styles[0].foreground, -1);
    assert_int_equal(theme.styles[0].background, -1);
    assert_int_equal(theme.styles[0].attributes, 0);
    assert_int_equal(theme.styles[1].foreground, 6);
    assert_int_equal(theme.styles[1].attributes, ATTRIBUTE_BOLD | ATTRIBUTE_UNDERLINE);
    assert_int_equal(theme.styles[2].foreground, 0);
    assert_int_equal(theme.styles[2].background, 11);
    assert_int_equal(theme.styles[2].attributes, ATTRIBUTE_DIM);
}

static void a_file_replaces_whole_styles(void **state)
{
    (void)state;
    struct theme theme;
    struct error err = {0};
    theme_init(&theme, three, 3);
    assert_int_equal(theme_read(&theme,
                                STR("# comment\n\n person =  italic reverse # away\r\n"
                                    "row=default on red\nrow = plain"),
                                STR("my.theme"), &err),
                     STATUS_OK);
    assert_int_equal(theme.styles[1].foreground, -1);
    assert_int_equal(theme.styles[1].attributes, ATTRIBUTE_ITALIC | ATTRIBUTE_REVERSE);
    assert_int_equal(theme.styles[2].background, -1);
}

static void all_mistakes_are_told(void **state)
{
    (void)state;
    struct theme theme;
    struct error err = {0};
    theme_init(&theme, three, 3);
    assert_int_equal(theme_read(&theme,
                                STR("persn = red\nperson red\nrow = rde\nrow = red on\nrow =\n"
                                    "person = green\n"),
                                STR("my.theme"), &err),
                     STATUS_BAD_INPUT);
    assert_string_equal(err.text, "my.theme:1: unknown style 'persn'; "
                                  "my.theme:2: expected \"name = words\", found 'person red'; "
                                  "my.theme:3: neither a colour nor an attribute: 'rde'; "
                                  "my.theme:4: a colour or an attribute is missing; "
                                  "my.theme:5: a colour or an attribute is missing");
    assert_int_equal(theme.styles[1].foreground, 2);
    assert_int_equal(theme.styles[2].background, 11);
}

static void many_mistakes_are_counted(void **state)
{
    (void)state;
    struct theme theme;
    struct error err = {0};
    struct buf text = BUF_INIT;
    for (int i = 0; i < 1000; i++)
        buf_add(&text, STR("nonsense\n"));
    theme_init(&theme, three, 3);
    assert_int_equal(theme_read(&theme, buf_str(&text), STR("my.theme"), &err), STATUS_BAD_INPUT);
    assert_true(str_ends(str_from(err.text), STR(" more")));
    buf_done(&text);
}

static void read_shipped(const char *name, struct theme *theme)
{
    struct arena arena = {0};
    struct error err = {0};
    str text;
    str path = arena_format(&arena, "%s/themes/%s.theme", DATA_DIR, name);
    theme_init(theme, shipped, SHIPPED_COUNT);
    if (file_read(&arena, path.ptr, 1 << 16, &text, &err) != STATUS_OK ||
        theme_read(theme, text, path, &err) != STATUS_OK)
        fail_msg("%s", err.text);
    arena_done(&arena);
}

static const struct style *style_named(const struct theme *theme, const char *name)
{
    for (int i = 0; i < SHIPPED_COUNT; i++)
        if (strcmp(shipped[i].name, name) == 0)
            return &theme->styles[i];
    fail_msg("no style %s", name);
    return NULL;
}

static void shipped_themes_set_every_style(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof theme_files / sizeof theme_files[0]; i++) {
        struct theme theme;
        read_shipped(theme_files[i], &theme);
        for (int k = 0; k < SHIPPED_COUNT; k++)
            if (theme.styles[k].background == 0)
                fail_msg("%s.theme leaves %s unset", theme_files[i], shipped[k].name);
    }
}

static void marks_differ_without_colour(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof theme_files / sizeof theme_files[0]; i++) {
        struct theme theme;
        read_shipped(theme_files[i], &theme);
        for (size_t a = 0; a < sizeof marks / sizeof marks[0]; a++)
            for (size_t b = 0; b < a; b++)
                if (style_named(&theme, marks[a])->attributes ==
                    style_named(&theme, marks[b])->attributes)
                    fail_msg("%s.theme: %s and %s differ by colour only", theme_files[i], marks[a],
                             marks[b]);
    }
}

/* What is pinned has nine colours, where there are any; the numbers beside the text tell
 * the same. */
static void what_is_pinned_has_nine_colours(void **state)
{
    (void)state;
    static const char numbers[] = "123456789";
    for (size_t i = 0; i < sizeof theme_files / sizeof theme_files[0]; i++) {
        struct theme theme;
        short colours[9];
        read_shipped(theme_files[i], &theme);
        for (int k = 0; numbers[k]; k++) {
            char name[] = "watch-1";
            name[6] = numbers[k];
            colours[k] = style_named(&theme, name)->foreground;
            for (int other = 0; other < k && strcmp(theme_files[i], "mono") != 0; other++)
                if (colours[k] == colours[other])
                    fail_msg("%s.theme: %d and %d are alike", theme_files[i], other + 1, k + 1);
        }
    }
}

static void the_mono_theme_has_no_colour(void **state)
{
    (void)state;
    struct theme theme;
    read_shipped("mono", &theme);
    for (int i = 0; i < SHIPPED_COUNT; i++) {
        assert_int_equal(theme.styles[i].foreground, -1);
        assert_int_equal(theme.styles[i].background, -1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_read),
        cmocka_unit_test(a_file_replaces_whole_styles),
        cmocka_unit_test(all_mistakes_are_told),
        cmocka_unit_test(many_mistakes_are_counted),
        cmocka_unit_test(shipped_themes_set_every_style),
        cmocka_unit_test(marks_differ_without_colour),
        cmocka_unit_test(what_is_pinned_has_nine_colours),
        cmocka_unit_test(the_mono_theme_has_no_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
