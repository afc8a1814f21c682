/* layers: base text */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/random.h"
#include "text/utf8.h"

static void every_code_point_goes_to_bytes_and_back(void **state)
{
    (void)state;
    for (uint32_t code_point = 0; code_point <= 0x10FFFF; code_point++) {
        char bytes[4];
        size_t len = utf8_encode(code_point, bytes), read_len;
        uint32_t read = utf8_decode((str){bytes, len}, 0, &read_len);
        bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
        if (read != (surrogate ? UTF8_REPLACEMENT : code_point) || read_len != len)
            fail_msg("U+%04X does not come back", (unsigned)code_point);
    }
    char bytes[4];
    assert_int_equal(utf8_encode(0x110000, bytes), 3);
    assert_int_equal(utf8_encode(0xFFFFFFFF, bytes), 3);
}

static void malformed_sequences_give_one_replacement_per_bad_prefix(void **state)
{
    (void)state;
    /* Table 3-8 to 3-11 of the Unicode standard, and some more. */
    static const struct {
        const char *bytes;
        const char *repaired;
    } cases[] = {
        {"\xC0\xAF\xE0\x80\xBF\xF0\x81\x82"
         "A",
         "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
         "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
         "A"},
        {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xF4\x91\x92\x93\xFF"
         "A",
         "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
         "A"},
        {"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF"
         "A",
         "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
         "A"},
        {"abc\xE4", "abc\xEF\xBF\xBD"},
        {"\x80", "\xEF\xBF\xBD"},
        {"ok \xF0\x9F\x98\x80", "ok \xF0\x9F\x98\x80"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(utf8_repair(&arena, str_from(cases[i].bytes)).ptr, cases[i].repaired);
    arena_done(&arena);
}

static void nul_bytes_are_replaced_and_good_text_is_not_copied(void **state)
{
    (void)state;
    struct arena arena = {0};
    str repaired = utf8_repair(&arena, STR("a\0b\0"));
    assert_string_equal(repaired.ptr, "a\xEF\xBF\xBD"
                                      "b\xEF\xBF\xBD");
    str good = STR("Gr\xC3\xBC\xC3\x9F"
                   "e");
    assert_ptr_equal(utf8_repair(&arena, good).ptr, good.ptr);
    assert_int_equal(utf8_repair(&arena, STR_NONE).len, 0);
    arena_done(&arena);
}

static void repair_is_idempotent_and_valid_for_any_bytes(void **state)
{
    (void)state;
    struct random random = {1};
    struct arena arena = {0};
    struct buf bytes = BUF_INIT;
    for (int round = 0; round < 3000; round++) {
        random_bytes(&random, &bytes, random_below(&random, 60));
        str once = utf8_repair(&arena, buf_str(&bytes));
        assert_true(utf8_is_valid(once));
        str twice = utf8_repair(&arena, once);
        assert_ptr_equal(twice.ptr, once.ptr);
        assert_int_equal(twice.len, once.len);
        assert_int_equal(str_find_byte(once, '\0', 0), STR_MISSING);
        arena_reset(&arena);
    }
    buf_done(&bytes);
    arena_done(&arena);
}

static void decoding_always_goes_on_within_the_text(void **state)
{
    (void)state;
    struct random random = {2};
    struct buf bytes = BUF_INIT;
    for (int round = 0; round < 3000; round++) {
        random_bytes(&random, &bytes, 1 + random_below(&random, 40));
        str text = buf_str(&bytes);
        size_t len;
        for (size_t at = 0; at < text.len; at += len) {
            uint32_t code_point = utf8_decode(text, at, &len);
            assert_true(code_point <= 0x10FFFF);
            assert_true(len >= 1 && len <= 4 && at + len <= text.len);
            assert_int_equal(utf8_after(text, at), at + len);
        }
    }
    buf_done(&bytes);
}

static void counting_stepping_and_offsets_agree(void **state)
{
    (void)state;
    struct random random = {3};
    struct buf buf = BUF_INIT;
    for (int round = 0; round < 500; round++) {
        size_t count = random_below(&random, 50);
        random_text(&random, &buf, count);
        str text = buf_str(&buf);
        assert_true(utf8_is_valid(text));
        assert_int_equal(utf8_count(text), count);
        size_t at = 0, points = 0, offset = 0;
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(utf8_offset(text, i), offset);
            assert_int_equal(utf8_points_at(text, offset, &at, &points), i);
            size_t next = utf8_after(text, offset);
            assert_int_equal(utf8_before(text, next), offset);
            offset = next;
        }
        assert_int_equal(offset, text.len);
        assert_int_equal(utf8_offset(text, count), text.len);
        assert_int_equal(utf8_offset(text, count + 9), text.len);
        assert_int_equal(utf8_points_at(text, text.len + 9, &at, &points), count);
        assert_int_equal(utf8_points_at(text, 0, &at, &points), 0);
        assert_int_equal(utf8_before(text, 0), 0);
        assert_int_equal(utf8_after(text, text.len), text.len);
    }
    buf_done(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_goes_to_bytes_and_back),
        cmocka_unit_test(malformed_sequences_give_one_replacement_per_bad_prefix),
        cmocka_unit_test(nul_bytes_are_replaced_and_good_text_is_not_copied),
        cmocka_unit_test(repair_is_idempotent_and_valid_for_any_bytes),
        cmocka_unit_test(decoding_always_goes_on_within_the_text),
        cmocka_unit_test(counting_stepping_and_offsets_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
