/* layers: base text */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/random.h"
#include "text/gate.h"
#include "text/json.h"
#include "text/utf8.h"
#include "text/width.h"

static void assert_gated(str text, enum gate_lines lines, const char *expected)
{
    struct buf out = BUF_INIT;
    gate_add(&out, text, lines);
    assert_string_equal(buf_c(&out), expected);
    buf_done(&out);
}

static void control_characters_are_shown_as_symbols(void **state)
{
    (void)state;
    assert_gated(STR("a\x1B[31mb"), GATE_ONE_LINE, "a\xE2\x90\x9B[31mb");
    assert_gated(STR("a\nb\tc\r"), GATE_ONE_LINE,
                 "a\xE2\x90\x8A"
                 "b\xE2\x90\x89"
                 "c\xE2\x90\x8D");
    assert_gated(STR("a\nb\tc\r"), GATE_MANY_LINES, "a\nb\tc\xE2\x90\x8D");
    assert_gated(STR("\0\x7F"), GATE_MANY_LINES, "\xE2\x90\x80\xE2\x90\xA1");
    assert_gated(STR("\xC2\x9B"
                     "31m"),
                 GATE_MANY_LINES,
                 "\xEF\xBF\xBD"
                 "31m");
}

static void bad_bytes_and_hidden_controls_are_replaced(void **state)
{
    (void)state;
    assert_gated(STR("\x9B"
                     "31m"),
                 GATE_MANY_LINES,
                 "\xEF\xBF\xBD"
                 "31m");
    assert_gated(STR("a\xE2\x80\xAE"
                     "b\xE2\x81\xA6"
                     "c\xE2\x80\xA8"),
                 GATE_MANY_LINES,
                 "a\xEF\xBF\xBD"
                 "b\xEF\xBF\xBD"
                 "c\xEF\xBF\xBD");
    assert_gated(STR("\xF3\xA0\x81\x81\xEF\xBF\xBA"), GATE_ONE_LINE, "\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_gated(STR("Gr\xC3\xBC\xC3\x9F"
                     "e \xF0\x9F\x98\x80 \xE4\xB8\xAD"),
                 GATE_ONE_LINE,
                 "Gr\xC3\xBC\xC3\x9F"
                 "e \xF0\x9F\x98\x80 \xE4\xB8\xAD");
}

static void at_most_eight_marks_stand_on_one_letter(void **state)
{
    (void)state;
    struct buf text = BUF_INIT, expected = BUF_INIT;
    buf_add(&text, STR("e"));
    buf_add(&expected, STR("e"));
    for (int i = 0; i < 50; i++) {
        utf8_add(&text, 0x0301);
        if (i < 8)
            utf8_add(&expected, 0x0301);
    }
    buf_add(&text, STR("x"));
    buf_add(&expected, STR("x"));
    assert_gated(buf_str(&text), GATE_ONE_LINE, buf_c(&expected));
    buf_done(&text);
    buf_done(&expected);
}

static void assert_harmless(str text, enum gate_lines lines)
{
    assert_true(utf8_is_valid(text));
    int marks = 0;
    for (size_t at = 0, len; at < text.len; at += len) {
        uint32_t code_point = utf8_decode(text, at, &len);
        if (lines == GATE_MANY_LINES && (code_point == '\n' || code_point == '\t'))
            continue;
        if (code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) ||
            code_point == 0x061C || code_point == 0x200E || code_point == 0x200F ||
            (code_point >= 0x2028 && code_point <= 0x202E) ||
            (code_point >= 0x2066 && code_point <= 0x2069) ||
            (code_point >= 0xE0000 && code_point <= 0xE007F))
            fail_msg("U+%04X came through", (unsigned)code_point);
        marks = width_code_point(code_point) == 0 ? marks + 1 : 0;
        assert_true(marks <= 8);
    }
}

static void any_bytes_come_out_harmless_and_a_second_time_unchanged(void **state)
{
    (void)state;
    struct random random = {7};
    struct buf bytes = BUF_INIT, once = BUF_INIT, twice = BUF_INIT;
    for (int round = 0; round < 4000; round++) {
        if (round % 2 == 0)
            random_bytes(&random, &bytes, random_below(&random, 60));
        else
            random_text(&random, &bytes, random_below(&random, 60));
        enum gate_lines lines = round % 4 < 2 ? GATE_ONE_LINE : GATE_MANY_LINES;
        buf_clear(&once);
        buf_clear(&twice);
        gate_add(&once, buf_str(&bytes), lines);
        assert_harmless(buf_str(&once), lines);
        gate_add(&twice, buf_str(&once), lines);
        assert_true(str_equal(buf_str(&once), buf_str(&twice)));
    }
    buf_done(&bytes);
    buf_done(&once);
    buf_done(&twice);
}

static void cells_show_no_code_point_that_changes_again(void **state)
{
    (void)state;
    for (uint32_t code_point = 0; code_point <= 0x110005; code_point++) {
        uint32_t shown = gate_code_point(code_point);
        if (shown != 0 && (gate_code_point(shown) != shown || gate_is_control(shown)))
            fail_msg("U+%04X is shown as U+%04X", (unsigned)code_point, (unsigned)shown);
    }
    assert_int_equal(gate_code_point('\n'), 0x240A);
    assert_int_equal(gate_code_point(0x00AD), 0);
    assert_int_equal(gate_code_point(0x200D), 0);
    assert_int_equal(gate_code_point(0xFE0F), 0);
    assert_int_equal(gate_code_point(0x200C), 0x200C);
    assert_int_equal(gate_code_point(0x202E), UTF8_REPLACEMENT);
    assert_int_equal(gate_code_point(0x0378), UTF8_REPLACEMENT);
    assert_int_equal(gate_code_point(0x1F600), 0x1F600);
}

static void json_is_compact_and_commas_stand_between_values(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    struct json json;
    json_init(&json, &out);
    json_object_begin(&json);
    json_field(&json, "a", STR("x"));
    json_field_or_null(&json, "b", STR_NONE);
    json_field_or_null(&json, "c", STR(""));
    json_name(&json, "d");
    json_array_begin(&json);
    json_number(&json, INT64_MIN);
    json_array_begin(&json);
    json_array_end(&json);
    json_object_begin(&json);
    json_object_end(&json);
    json_null(&json);
    json_array_end(&json);
    json_field_bool(&json, "e", true);
    json_field_number(&json, "f", 0);
    json_object_end(&json);
    assert_string_equal(buf_c(&out), "{\"a\":\"x\",\"b\":null,\"c\":\"\",\"d\":"
                                     "[-9223372036854775808,[],{},null],\"e\":true,\"f\":0}");
    buf_done(&out);
}

static void json_text_is_escaped_for_readers_and_terminals(void **state)
{
    (void)state;
    static const struct {
        str text;
        const char *json;
    } cases[] = {
        {{"say \"hi\"\\\n\t\r", 12}, "\"say \\\"hi\\\"\\\\\\n\\t\\r\""},
        {{"\x1B[m\0\x7F", 5}, "\"\\u001b[m\\u0000\\u007f\""},
        {{"\xC2\x9B", 2}, "\"\\u009b\""},
        {{"\xE2\x80\xAE\xE2\x80\xA8\xE2\x81\xA6", 9}, "\"\\u202e\\u2028\\u2066\""},
        {{"\xF3\xA0\x81\x81", 4}, "\"\\udb40\\udc41\""},
        {{"\xFF\xC3\xA4", 3}, "\"\xEF\xBF\xBD\xC3\xA4\""},
        {{"\xF0\x9F\x98\x80", 4}, "\"\xF0\x9F\x98\x80\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = BUF_INIT;
        struct json json;
        json_init(&json, &out);
        json_text(&json, cases[i].text);
        assert_string_equal(buf_c(&out), cases[i].json);
        buf_done(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(control_characters_are_shown_as_symbols),
        cmocka_unit_test(bad_bytes_and_hidden_controls_are_replaced),
        cmocka_unit_test(at_most_eight_marks_stand_on_one_letter),
        cmocka_unit_test(any_bytes_come_out_harmless_and_a_second_time_unchanged),
        cmocka_unit_test(cells_show_no_code_point_that_changes_again),
        cmocka_unit_test(json_is_compact_and_commas_stand_between_values),
        cmocka_unit_test(json_text_is_escaped_for_readers_and_terminals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
