/* layers: base text */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/random.h"
#include "text/fold.h"
#include "text/unspaced.h"
#include "text/utf8.h"

static void text_is_folded_by_case_accents_width_and_signs(void **state)
{
    (void)state;
    static const struct {
        const char *text, *folded;
    } cases[] = {
        {"", ""},
        {"Shoigu's WAR-plan", "shoigu's war-plan"},
        {"Stra\xC3\x9F"
         "e \xC3\x84rger",
         "strasse arger"},
        {"STRASSE \xE1\xBA\x9E", "strasse ss"},
        {"\xD0\xA1\xD0\x95\xD0\xA0\xD0\x93\xD0\x95\xD0\x99",
         "\xD1\x81\xD0\xB5\xD1\x80\xD0\xB3\xD0\xB5\xD0\xB8"},
        {"e\xCC\x81\xCC\xA8 \xC3\xA9", "e e"},
        {"\xEF\xAC\x81ve \xEF\xBC\xA1\xEF\xBC\xA2", "five ab"},
        {"\xE2\x80\x9Cit\xE2\x80\x99s\xE2\x80\x9D \xC2\xABso\xC2\xBB", "\"it's\" \"so\""},
        {"1990\xE2\x80\x93"
         "95 \xE2\x80\x94 \xE2\x88\x92"
         "5\xE2\x80\x91"
         "a",
         "1990-95 - -5-a"},
        {"a\xC2\xA0"
         "b\xE2\x80\xAF"
         "c\xE3\x80\x80"
         "d",
         "a b c d"},
        {"Do\xC2\xADnau\xE2\x80\x8B!", "donau!"},
        {"\xC4\xB0stanbul", "istanbul"},
        {"\xCE\xA3\xCE\xAF\xCF\x83\xCF\x85\xCF\x86\xCE\xBF\xCF\x82",
         "\xCF\x83\xCE\xB9\xCF\x83\xCF\x85\xCF\x86\xCE\xBF\xCF\x83"},
        {"\xE6\x99\xAE\xE4\xBA\xAC", "\xE6\x99\xAE\xE4\xBA\xAC"},
        {"wait\xE2\x80\xA6", "wait..."},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(fold_text(&arena, str_from(cases[i].text)).ptr, cases[i].folded);
    assert_int_equal(fold_text(&arena, STR_NONE).len, 0);
    arena_done(&arena);
}

static void folding_again_changes_nothing_for_any_code_point(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (uint32_t code_point = 1; code_point <= 0x10FFFF; code_point++) {
        if (code_point == 0x4E00)
            code_point = 0x9FF0; /* ideographs: no case, no marks */
        if (code_point == 0x30000)
            code_point = 0xE0000; /* nothing is assigned there */
        char bytes[4];
        size_t len = utf8_encode(code_point, bytes);
        str once = fold_text(&arena, (str){bytes, len});
        if (!str_equal(fold_text(&arena, once), once))
            fail_msg("U+%04X is not stable", (unsigned)code_point);
        if (arena.used_len > 100000)
            arena_reset(&arena);
    }
    arena_done(&arena);
}

static void folding_works_code_point_by_code_point(void **state)
{
    (void)state;
    struct random random = {5};
    struct arena arena = {0};
    struct buf text = BUF_INIT, joined = BUF_INIT;
    for (int round = 0; round < 500; round++) {
        random_text(&random, &text, random_below(&random, 40));
        str whole = buf_str(&text);
        str folded = fold_text(&arena, whole);
        assert_true(utf8_is_valid(folded));
        assert_true(str_equal(fold_text(&arena, folded), folded));
        buf_clear(&joined);
        for (size_t at = 0, next; at < whole.len; at = next) {
            next = utf8_after(whole, at);
            buf_add(&joined, fold_text(&arena, str_slice(whole, at, next)));
        }
        assert_true(str_equal(buf_str(&joined), folded));
        arena_reset(&arena);
    }
    buf_done(&text);
    buf_done(&joined);
    arena_done(&arena);
}

static void folded_text_is_found_with_its_place_in_the_original(void **state)
{
    (void)state;
    static const struct {
        const char *text, *needle;
        size_t from, at, len;
    } cases[] = {
        {"The Kremlin", "kremlin", 0, 4, 7},
        {"na\xC3\xAFve", "naive", 0, 0, 6},
        {"cafe\xCC\x81!", "cafe", 0, 0, 6},  /* the mark belongs to the letter */
        {"Do\xC2\xADnau", "donau", 0, 0, 7}, /* through a soft hyphen */
        {"die Stra\xC3\x9F"
         "e",
         "strasse", 0, 4, 7},
        {"die Stra\xC3\x9F"
         "e",
         "stras", 0, 4, 6}, /* half of a letter takes all of it */
        {"\xC3\x9F", "s", 0, 0, 2},
        {"o\xEF\xAC\x83"
         "ce",
         "office", 0, 0, 6},
        {"it\xE2\x80\x99s", "it's", 0, 0, 6},
        {"aaa", "aa", 1, 1, 2},
        {"abc", "abcd", 0, STR_MISSING, 0},
        {"abc", "c", 3, STR_MISSING, 0},
        {"abc", "", 2, 2, 0},
        {"abc", "a", 9, STR_MISSING, 0},
        {"\xD0\x9F\xD1\x83\xD1\x82\xD0\xB8\xD0\xBD", "\xD1\x83\xD1\x82", 0, 2, 4},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t len = 99;
        size_t at = fold_find(&arena, str_from(cases[i].text), str_from(cases[i].needle),
                              cases[i].from, &len);
        if (at != cases[i].at || len != cases[i].len)
            fail_msg("\"%s\" in \"%s\": at %zu, %zu bytes", cases[i].needle, cases[i].text, at,
                     len);
    }
    arena_done(&arena);
}

static void a_piece_of_a_text_is_found_where_it_stands_or_before(void **state)
{
    (void)state;
    struct random random = {6};
    struct arena arena = {0};
    struct buf buf = BUF_INIT;
    for (int round = 0; round < 2000; round++) {
        random_text(&random, &buf, 1 + random_below(&random, 40));
        str text = buf_str(&buf);
        size_t count = utf8_count(text);
        size_t first = random_below(&random, count);
        size_t start = utf8_offset(text, first);
        size_t end = utf8_offset(text, first + 1 + random_below(&random, 4));
        str needle = fold_text(&arena, str_slice(text, start, end));
        size_t len, at = fold_find(&arena, text, needle, 0, &len);
        assert_true(at != STR_MISSING && at <= end);
        str found = fold_text(&arena, str_slice(text, at, at + len));
        assert_true(str_starts(found, needle));
        assert_true(utf8_is_valid(str_slice(text, at, at + len)));
        arena_reset(&arena);
    }
    buf_done(&buf);
    arena_done(&arena);
}

static void code_points_have_their_properties(void **state)
{
    (void)state;
    assert_true(code_point_is_letter('a') && code_point_is_letter(0x0429));
    assert_false(code_point_is_letter('1') || code_point_is_letter('@') ||
                 code_point_is_letter('[') || code_point_is_letter(0x0301));
    assert_true(code_point_is_upper('Z') && code_point_is_upper(0x0429) &&
                code_point_is_upper(0x01C5));
    assert_false(code_point_is_upper('z') || code_point_is_upper(0x4E2D));
    assert_true(code_point_is_lower('a') && code_point_is_lower(0x00DF));
    assert_true(code_point_is_digit('7') && code_point_is_digit(0x0667));
    assert_false(code_point_is_digit(0x00B2));
    assert_true(code_point_is_space(' ') && code_point_is_space('\n') &&
                code_point_is_space(0x00A0) && code_point_is_space(0x202F));
    assert_false(code_point_is_space(0x200B));
    static const uint32_t unspaced[] = {0x4E2D, 0x3042, 0x30AB, 0x30FC,  0xAC00, 0x0E01,
                                        0x0E81, 0x1780, 0x1000, 0x20000, 0x3005};
    for (size_t i = 0; i < sizeof unspaced / sizeof unspaced[0]; i++)
        assert_true(code_point_is_unspaced(unspaced[i]));
    assert_false(code_point_is_unspaced('a') || code_point_is_unspaced(0x3002) ||
                 code_point_is_unspaced(0x0429) || code_point_is_unspaced(0x2019));
}

static void unspaced_runs_become_pairs(void **state)
{
    (void)state;
    struct arena arena = {0};
    bool prefix = true;
    assert_false(unspaced_any(STR("plain \xE2\x80\x9Cwords\xE2\x80\x9D")));
    assert_true(unspaced_any(STR("a \xE6\x99\xAE")));
    assert_null(unspaced_terms(&arena, STR("plain")).ptr);
    assert_string_equal(unspaced_terms(&arena, STR("\xE6\x99\xAE\xE4\xBA\xAC\xE7\xB8\xBD")).ptr,
                        "\xE6\x99\xAE\xE4\xBA\xAC \xE4\xBA\xAC\xE7\xB8\xBD \xE7\xB8\xBD");
    assert_string_equal(unspaced_terms(&arena, STR("x\xE6\x99\xAE, \xE4\xBA\xAC\xE7\xB8\xBDy")).ptr,
                        "\xE6\x99\xAE \xE4\xBA\xAC\xE7\xB8\xBD \xE7\xB8\xBD");
    assert_string_equal(
        unspaced_query(&arena, STR("\xE6\x99\xAE\xE4\xBA\xAC\xE7\xB8\xBD"), &prefix).ptr,
        "\xE6\x99\xAE\xE4\xBA\xAC \xE4\xBA\xAC\xE7\xB8\xBD");
    assert_false(prefix);
    assert_string_equal(unspaced_query(&arena, STR("\xE6\x99\xAE"), &prefix).ptr, "\xE6\x99\xAE");
    assert_true(prefix);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_folded_by_case_accents_width_and_signs),
        cmocka_unit_test(folding_again_changes_nothing_for_any_code_point),
        cmocka_unit_test(folding_works_code_point_by_code_point),
        cmocka_unit_test(folded_text_is_found_with_its_place_in_the_original),
        cmocka_unit_test(a_piece_of_a_text_is_found_where_it_stands_or_before),
        cmocka_unit_test(code_points_have_their_properties),
        cmocka_unit_test(unspaced_runs_become_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
