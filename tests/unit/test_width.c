/* layers: base text */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <locale.h>
#include <wchar.h>

#include <cmocka.h>

#include "support/random.h"
#include "text/gate.h"
#include "text/utf8.h"
#include "text/width.h"

static void code_points_take_no_one_or_two_columns(void **state)
{
    (void)state;
    static const struct {
        uint32_t code_point;
        int columns;
    } cases[] = {
        {'a', 1},     {' ', 1},     {'\n', 1},     {0x7F, 1},    {0x9B, 1},    {0xA0, 1},
        {0xE4, 1},    {0xAD, 0},    {0x0301, 0},   {0x0429, 1},  {0x0600, 1},  {0x0E31, 0},
        {0x1100, 2},  {0x1161, 0},  {0x200B, 0},   {0x200C, 0},  {0x200D, 0},  {0x202E, 1},
        {0x2764, 1},  {0xFE0F, 0},  {0x3000, 2},   {0x4E2D, 2},  {0x4DC0, 2},  {0xAC00, 2},
        {0xE000, 1},  {0xFF21, 2},  {0xFF71, 1},   {0x1F1E6, 1}, {0x1F600, 2}, {0x0378, 1},
        {0xE0041, 1}, {0x20000, 2}, {0x110000, 1}, {0, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (width_code_point(cases[i].code_point) != cases[i].columns)
            fail_msg("U+%04X is not %d wide", (unsigned)cases[i].code_point, cases[i].columns);
}

static void widths_are_those_of_the_c_library(void **state)
{
    (void)state;
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
        skip();
    int different_count = 0;
    for (uint32_t code_point = 0x20; code_point < 0x30000; code_point++) {
        if (gate_code_point(code_point) != code_point)
            continue;
        if (wcwidth((wchar_t)code_point) == width_code_point(code_point))
            continue;
        different_count++;
        /* What articles are written in must agree whatever the library's version. */
        if (code_point < 0x0300 || (code_point >= 0x0370 && code_point < 0x0600) ||
            (code_point >= 0x1E00 && code_point < 0x2028) ||
            (code_point >= 0x3041 && code_point < 0x3100) ||
            (code_point >= 0x4E00 && code_point < 0xA000) ||
            (code_point >= 0xAC00 && code_point < 0xD7A4) ||
            (code_point >= 0x1F600 && code_point < 0x1F650))
            fail_msg("U+%04X", (unsigned)code_point);
    }
    /* 0 with glibc 2.36; another version knows some code points more or less. */
    assert_true(different_count < 400);
}

static void clusters_are_a_base_and_its_marks(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t len;
        int columns;
    } cases[] = {
        {"ab", 1, 1},
        {"e\xCC\x81x", 3, 1},
        {"\xE4\xB8\xAD\xE4\xB8\xAD", 3, 2},
        {"\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8x", 9, 2},        /* Hangul syllable in parts */
        {"\xE2\x9D\xA4\xEF\xB8\x8F!", 6, 1},                    /* heart, variation selector */
        {"\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9", 7, 2}, /* cut after the joiner */
        {"\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA", 4, 1},             /* flag: letter by letter */
        {"\n\xCC\x81", 1, 1},                                   /* a control carries no mark */
        {"\xCC\x81x", 2, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int columns;
        size_t len = width_cluster(str_from(cases[i].text), 0, &columns);
        if (len != cases[i].len || columns != cases[i].columns)
            fail_msg("case %zu: %zu bytes, %d columns", i, len, columns);
    }
}

static void clusters_hold_at_most_eight_marks(void **state)
{
    (void)state;
    struct buf buf = BUF_INIT;
    buf_add(&buf, STR("e"));
    for (int i = 0; i < 20; i++)
        utf8_add(&buf, 0x0301);
    int columns;
    assert_int_equal(width_cluster(buf_str(&buf), 0, &columns), 17);
    assert_int_equal(columns, 1);
    assert_int_equal(width_cluster(buf_str(&buf), 17, &columns), 16);
    assert_int_equal(columns, 0);
    assert_int_equal(width_columns(buf_str(&buf)), 1);
    assert_int_equal(width_cluster_before(buf_str(&buf), 41), 33);
    buf_done(&buf);
}

static void steps_back_are_the_steps_forward(void **state)
{
    (void)state;
    struct random random = {8};
    struct buf buf = BUF_INIT;
    for (int round = 0; round < 2000; round++) {
        random_text(&random, &buf, random_below(&random, 40));
        str text = buf_str(&buf);
        int total = 0;
        for (size_t at = 0; at < text.len;) {
            int columns;
            size_t next = at + width_cluster(text, at, &columns);
            assert_true(next > at && next <= text.len && columns >= 0 && columns <= 2);
            assert_true(utf8_is_valid(str_slice(text, at, next)));
            assert_int_equal(width_cluster_before(text, next), at);
            total += columns;
            at = next;
        }
        assert_int_equal(width_columns(text), total);
    }
    assert_int_equal(width_cluster_before(STR("abc"), 0), 0);
    assert_int_equal(width_cluster_before(STR("abc"), 9), 2);
    buf_done(&buf);
}

static void clipped_text_is_the_longest_that_fits(void **state)
{
    (void)state;
    struct random random = {9};
    struct buf buf = BUF_INIT;
    for (int round = 0; round < 2000; round++) {
        random_text(&random, &buf, random_below(&random, 30));
        str text = buf_str(&buf);
        int columns = (int)random_below(&random, 25), used, next_columns;
        str clipped = width_clip(text, columns, &used);
        assert_true(used <= columns);
        assert_int_equal(width_columns(clipped), used);
        if (clipped.len == text.len)
            continue;
        (void)width_cluster(text, clipped.len, &next_columns);
        assert_true(used + next_columns > columns);
    }
    int used = 9;
    assert_int_equal(width_clip(STR("\xE4\xB8\xAD"), 1, &used).len, 0);
    assert_int_equal(used, 0);
    assert_int_equal(width_clip(STR("abc"), -3, &used).len, 0);
    buf_done(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_points_take_no_one_or_two_columns),
        cmocka_unit_test(widths_are_those_of_the_c_library),
        cmocka_unit_test(clusters_are_a_base_and_its_marks),
        cmocka_unit_test(clusters_hold_at_most_eight_marks),
        cmocka_unit_test(steps_back_are_the_steps_forward),
        cmocka_unit_test(clipped_text_is_the_longest_that_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
