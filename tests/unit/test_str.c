/* layers: base text */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/ascii.h"
#include "base/nearest.h"
#include "base/str.h"
#include "support/random.h"

static void slices_are_cut_to_the_text(void **state)
{
    (void)state;
    assert_true(str_equal(str_slice(STR("abcdef"), 2, 4), STR("cd")));
    assert_true(str_equal(str_slice(STR("abc"), 1, 99), STR("bc")));
    assert_int_equal(str_slice(STR("abc"), 9, 12).len, 0);
    assert_int_equal(str_slice(STR("abc"), 2, 1).len, 0);
    assert_null(str_slice(STR_NONE, 0, 5).ptr);
    assert_null(str_from(NULL).ptr);
    assert_int_equal(str_from("four").len, 4);
}

static void comparing_is_by_bytes_with_the_shorter_first(void **state)
{
    (void)state;
    assert_true(str_compare(STR("a"), STR("b")) < 0);
    assert_true(str_compare(STR("ab"), STR("a")) > 0);
    assert_true(str_compare(STR("\xC3\xA4"), STR("z")) > 0);
    assert_int_equal(str_compare(STR_NONE, STR("")), 0);
    assert_true(str_equal(STR_NONE, STR("")));
    assert_true(str_starts(STR("abc"), STR("ab")) && !str_starts(STR("a"), STR("ab")));
    assert_true(str_ends(STR("abc"), STR("bc")) && !str_ends(STR("c"), STR("bc")));
    assert_true(str_starts(STR_NONE, STR_NONE) && str_ends(STR("x"), STR_NONE));
    assert_true(str_equal_ascii_fold(STR("Content-Type"), STR("content-TYPE")));
    assert_false(str_equal_ascii_fold(STR("\xC3\x84"), STR("\xC3\xA4")));
    assert_false(str_equal_ascii_fold(STR("@"), STR("`")));
}

static size_t find_slowly(str text, str needle, size_t from)
{
    for (size_t at = from; at + needle.len <= text.len; at++)
        if (needle.len == 0 || memcmp(text.ptr + at, needle.ptr, needle.len) == 0)
            return at;
    return STR_MISSING;
}

static void finding_agrees_with_looking_at_every_place(void **state)
{
    (void)state;
    struct random random = {20};
    struct buf text = BUF_INIT, needle = BUF_INIT;
    for (int round = 0; round < 20000; round++) {
        buf_clear(&text);
        buf_clear(&needle);
        size_t letters = 1 + random_below(&random, 3);
        for (size_t i = random_below(&random, 60); i > 0; i--)
            buf_add_byte(&text, (char)('a' + random_below(&random, letters)));
        for (size_t i = random_below(&random, 12); i > 0; i--)
            buf_add_byte(&needle, (char)('a' + random_below(&random, letters)));
        size_t from = random_below(&random, 70);
        assert_int_equal(str_find(buf_str(&text), buf_str(&needle), from),
                         find_slowly(buf_str(&text), buf_str(&needle), from));
    }
    buf_done(&text);
    buf_done(&needle);
}

static void finding_a_repeating_needle_takes_linear_time(void **state)
{
    (void)state;
    struct buf text = BUF_INIT, needle = BUF_INIT;
    buf_add_repeat(&text, 'a', 1000000);
    buf_add_repeat(&needle, 'a', 100000);
    buf_add_byte(&needle, 'b'); /* looked for place by place: 10^11 comparisons */
    assert_int_equal(str_find(buf_str(&text), buf_str(&needle), 0), STR_MISSING);
    buf_add_repeat(&needle, 'a', 100000);
    assert_int_equal(str_find(buf_str(&text), buf_str(&needle), 0), STR_MISSING);
    buf_done(&text);
    buf_done(&needle);
}

static void trimming_takes_white_space_from_both_ends(void **state)
{
    (void)state;
    assert_true(str_equal(str_trim(STR(" \t a b\r\n")), STR("a b")));
    assert_int_equal(str_trim(STR(" \n ")).len, 0);
    assert_int_equal(str_trim(STR_NONE).len, 0);
}

static void parts_come_one_by_one_and_empty_ones_count(void **state)
{
    (void)state;
    str rest = STR("a,,b"), part;
    assert_true(str_next(&rest, ',', &part) && str_equal(part, STR("a")));
    assert_true(str_next(&rest, ',', &part) && part.len == 0);
    assert_true(str_next(&rest, ',', &part) && str_equal(part, STR("b")));
    assert_null(rest.ptr);
    assert_false(str_next(&rest, ',', &part));
    rest = STR("");
    assert_true(str_next(&rest, ',', &part) && part.len == 0);
    assert_false(str_next(&rest, ',', &part));
    rest = STR("a,");
    assert_true(str_next(&rest, ',', &part));
    assert_true(str_next(&rest, ',', &part) && part.len == 0);
    assert_false(str_next(&rest, ',', &part));
}

static void words_end_at_white_space(void **state)
{
    (void)state;
    str rest = STR(" set\ttheme   light "), word;
    assert_true(str_next_word(&rest, &word) && str_equal(word, STR("set")));
    assert_string_equal(rest.ptr, "theme   light ");
    assert_true(str_next_word(&rest, &word) && str_equal(word, STR("theme")));
    assert_true(str_equal(rest, STR("light")));
    assert_true(str_next_word(&rest, &word) && str_equal(word, STR("light")));
    assert_false(str_next_word(&rest, &word));
}

static void lines_end_with_either_kind_of_newline(void **state)
{
    (void)state;
    str rest = STR("one\r\n\ntwo\rx\n"), line;
    assert_true(str_next_line(&rest, &line) && str_equal(line, STR("one")));
    assert_true(str_next_line(&rest, &line) && line.len == 0);
    assert_true(str_next_line(&rest, &line) && str_equal(line, STR("two\rx")));
    assert_false(str_next_line(&rest, &line));
    rest = STR("last");
    assert_true(str_next_line(&rest, &line) && str_equal(line, STR("last")));
    assert_false(str_next_line(&rest, &line));
    rest = STR_NONE;
    assert_false(str_next_line(&rest, &line));
}

static void digits_of_sixteen(void **state)
{
    (void)state;
    const str digits = STR("0123456789abcdef"), others = STR("/:@GgZ`\xC3 \x10");
    for (size_t i = 0; i < digits.len; i++) {
        assert_int_equal(ascii_hex_digit(digits.ptr[i]), (int)i);
    }
    assert_int_equal(ascii_hex_digit('A'), 10);
    assert_int_equal(ascii_hex_digit('F'), 15);
    for (size_t i = 0; i < others.len; i++) {
        assert_int_equal(ascii_hex_digit(others.ptr[i]), -1);
    }
}

static void two_digits_of_sixteen_are_a_byte(void **state)
{
    (void)state;
    assert_int_equal(str_hex_pair(STR("%2Fx"), 1), 0x2F);
    assert_int_equal(str_hex_pair(STR("fF"), 0), 0xFF);
    assert_int_equal(str_hex_pair(STR("%2"), 1), -1);
    assert_int_equal(str_hex_pair(STR("%2G"), 1), -1);
    assert_int_equal(str_hex_pair(STR("%G2"), 1), -1);
    assert_int_equal(str_hex_pair(STR("2F"), 5), -1);
    assert_int_equal(str_hex_pair(STR_NONE, 0), -1);
}

/* The classes are those that the C library has for its first locale. */
static void classes_of_ascii_are_those_of_the_c_locale(void **state)
{
    (void)state;
    for (int i = 0; i < 256; i++) {
        char byte = (char)i;
        bool ascii = i < 0x80;
        assert_int_equal(ascii_is(byte), ascii);
        assert_int_equal(ascii_is_digit(byte), ascii && isdigit(i));
        assert_int_equal(ascii_is_lower(byte), ascii && islower(i));
        assert_int_equal(ascii_is_upper(byte), ascii && isupper(i));
        assert_int_equal(ascii_is_letter(byte), ascii && isalpha(i));
        assert_int_equal(ascii_is_alnum(byte), ascii && isalnum(i));
        assert_int_equal(ascii_lower(byte), ascii ? (char)tolower(i) : byte);
        assert_int_equal(ascii_upper(byte), ascii ? (char)toupper(i) : byte);
    }
    assert_false(ascii_is_letter(0x10041));
    assert_false(ascii_is_digit(0x660));
}

static void only_whole_numbers_that_fit_are_numbers(void **state)
{
    (void)state;
    int64_t value = 0;
    assert_true(str_to_int(STR("-42"), &value) && value == -42);
    assert_true(str_to_int(STR("007"), &value) && value == 7);
    assert_true(str_to_int(STR("9223372036854775807"), &value) && value == INT64_MAX);
    assert_true(str_to_int(STR("-9223372036854775808"), &value) && value == INT64_MIN);
    static const char *const wrong[] = {"",
                                        "-",
                                        "+1",
                                        " 1",
                                        "1 ",
                                        "1.5",
                                        "0x",
                                        "--1",
                                        "9223372036854775808",
                                        "-9223372036854775809",
                                        "99999999999999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(str_to_int(str_from(wrong[i]), &value));
}

static void hashes_are_the_same_everywhere(void **state)
{
    (void)state;
    assert_true(str_hash(STR_NONE) == str_hash(STR("")));
    assert_true(str_hash(STR("")) == 0xefd01f60ba992926u);
    assert_true(str_hash(STR("a")) != str_hash(STR("b")));
}

static void the_nearest_word_is_offered(void **state)
{
    static const char *const words[] = {"outlet", "org", "on", "search", "searches"};
    static const struct {
        const char *word, *nearest;
    } mistypings[] = {
        {"outlit", "outlet"}, {"otulet", "outlet"}, {"outl", "outlet"},
        {"ogr", "org"},       {"sear", "search"},   {"seraches", "searches"},
        {"xyzzy", NULL},      {"o", "outlet"},      {"", NULL},
        {"n", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof mistypings / sizeof *mistypings; i++) {
        struct nearest nearest = nearest_begin(str_from(mistypings[i].word));
        for (size_t j = 0; j < sizeof words / sizeof *words; j++)
            nearest_offer(&nearest, words[j]);
        if (mistypings[i].nearest)
            assert_string_equal(nearest.best, mistypings[i].nearest);
        else
            assert_null(nearest.best);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_are_cut_to_the_text),
        cmocka_unit_test(comparing_is_by_bytes_with_the_shorter_first),
        cmocka_unit_test(finding_agrees_with_looking_at_every_place),
        cmocka_unit_test(finding_a_repeating_needle_takes_linear_time),
        cmocka_unit_test(trimming_takes_white_space_from_both_ends),
        cmocka_unit_test(parts_come_one_by_one_and_empty_ones_count),
        cmocka_unit_test(words_end_at_white_space),
        cmocka_unit_test(lines_end_with_either_kind_of_newline),
        cmocka_unit_test(digits_of_sixteen),
        cmocka_unit_test(two_digits_of_sixteen_are_a_byte),
        cmocka_unit_test(classes_of_ascii_are_those_of_the_c_locale),
        cmocka_unit_test(only_whole_numbers_that_fit_are_numbers),
        cmocka_unit_test(hashes_are_the_same_everywhere),
        cmocka_unit_test(the_nearest_word_is_offered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
