/* layers: base text */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>
#include <unilbrk.h>

#include <cmocka.h>

#include "support/random.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "text/width.h"
#include "text/wrap.h"

/* The lines of a text joined by "|". */
static void assert_lines(const char *text, int columns, const char *expected)
{
    struct arena arena = {0};
    struct buf joined = BUF_INIT;
    line_vec lines = {0};
    str source = str_from(text);
    wrap_text(&arena, &lines, source, columns, 0);
    for (size_t i = 0; i < lines.count; i++) {
        if (i > 0)
            buf_add_byte(&joined, '|');
        buf_add(&joined, str_slice(source, lines.items[i].start, lines.items[i].end));
    }
    assert_string_equal(buf_c(&joined), expected);
    buf_done(&joined);
    arena_done(&arena);
}

static void words_are_set_in_lines(void **state)
{
    (void)state;
    assert_lines("the quick brown fox", 10, "the quick|brown fox");
    assert_lines("the quick brown fox", 9, "the quick|brown fox");
    assert_lines("the quick brown fox", 8, "the|quick|brown|fox");
    assert_lines("the quick brown fox", 80, "the quick brown fox");
    assert_lines("a   b    c", 4, "a|b|c");
    assert_lines("a   b    c", 5, "a   b|c");
    assert_lines("  indented text", 12, "  indented|text");
    assert_lines("well-known half-truths", 12, "well-known|half-truths");
    assert_lines("well-known half-truths", 6, "well-|known|half-|truths");
    assert_lines("ends in spaces    ", 10, "ends in|spaces");
}

static void newlines_end_lines(void **state)
{
    (void)state;
    assert_lines("", 10, "");
    assert_lines("a\nb", 10, "a|b");
    assert_lines("a\n", 10, "a");
    assert_lines("a\n\nb", 10, "a||b");
    assert_lines("\n", 10, "");
    assert_lines("\n\n", 10, "|");
    assert_lines("a \r\n b", 10, "a| b");
    assert_lines("one two\nthree", 5, "one|two|three");
}

static void long_words_are_broken_between_clusters(void **state)
{
    (void)state;
    assert_lines("abcdefghij", 4, "abcd|efgh|ij");
    assert_lines("x abcdefghij y", 4, "x|abcd|efgh|ij y");
    assert_lines("ee\xCC\x81"
                 "e",
                 1, "e|e\xCC\x81|e");
    assert_lines("\xE4\xB8\xAD\xE6\x96\x87\xE5\xAD\x97", 4,
                 "\xE4\xB8\xAD\xE6\x96\x87|\xE5\xAD\x97");
    assert_lines("\xE4\xB8\xAD\xE6\x96\x87", 3, "\xE4\xB8\xAD|\xE6\x96\x87");
    assert_lines("\xE4\xB8\xAD\xE6\x96\x87", 1, "\xE4\xB8\xAD|\xE6\x96\x87");
}

static void no_break_spaces_and_soft_hyphens_do_not_break(void **state)
{
    (void)state;
    assert_lines("aa 10\xC2\xA0km", 6, "aa|10\xC2\xA0km");
    assert_lines("aa Donau\xC2\xAD"
                 "dampf",
                 9,
                 "aa|Donau\xC2\xAD"
                 "damp|f");
    /* Punctuation stays with its word, opening quotes with the next. */
    assert_lines("\xE4\xB8\xAD\xE3\x80\x82\xE6\x96\x87", 2,
                 "\xE4\xB8\xAD|\xE3\x80\x82|\xE6\x96\x87");
    assert_lines("\xE4\xB8\xAD\xE6\x96\x87\xE3\x80\x82", 5,
                 "\xE4\xB8\xAD|\xE6\x96\x87\xE3\x80\x82");
}

static void offsets_are_counted_from_the_base_and_lines_are_added(void **state)
{
    (void)state;
    struct arena arena = {0};
    line_vec lines = {0};
    wrap_text(&arena, &lines, STR("ab cd"), 3, 0);
    wrap_text(&arena, &lines, STR("ef gh"), 3, 1000);
    assert_int_equal(lines.count, 4);
    assert_int_equal(lines.items[1].start, 3);
    assert_int_equal(lines.items[3].start, 1003);
    assert_int_equal(lines.items[3].end, 1005);
    assert_int_equal(lines.items[3].columns, 2);
    line_vec none = {0};
    wrap_text(&arena, &none, STR_NONE, 0, 0);
    assert_int_equal(none.count, 1);
    arena_done(&arena);
}

static bool is_boundary(str text, size_t at)
{
    return at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

/* Every byte is in a line or white space after one; columns are right and within the limit. */
static void assert_covers(str text, const line_vec *lines, int columns)
{
    size_t next = 0;
    assert_true(lines->count > 0);
    for (size_t i = 0; i < lines->count; i++) {
        struct line line = lines->items[i];
        size_t following = i + 1 < lines->count ? lines->items[i + 1].start : text.len;
        assert_true(line.start == next && line.end >= line.start && following >= line.end);
        assert_true(i == 0 || line.start > lines->items[i - 1].start);
        assert_true(is_boundary(text, line.start) && is_boundary(text, line.end));
        str words = str_slice(text, line.start, line.end);
        assert_int_equal(width_columns(words), line.columns);
        int first_columns = 0;
        bool single = words.len == 0 || width_cluster(words, 0, &first_columns) == words.len;
        assert_true((int)line.columns <= columns || (single && first_columns == 2));
        for (size_t at = line.end, len; at < following; at += len)
            assert_true(code_point_is_space(utf8_decode(text, at, &len)));
        next = following;
    }
    assert_int_equal(next, text.len);
}

static void lines_cover_any_text_and_split_no_character(void **state)
{
    (void)state;
    struct random random = {10};
    struct arena arena = {0};
    struct buf buf = BUF_INIT;
    for (int round = 0; round < 4000; round++) {
        random_text(&random, &buf, random_below(&random, round % 100 == 0 ? 3000 : 60));
        int columns = 1 + (int)random_below(&random, 30);
        line_vec lines = {0};
        wrap_text(&arena, &lines, buf_str(&buf), columns, 0);
        assert_covers(buf_str(&buf), &lines, columns);
        arena_reset(&arena);
    }
    buf_done(&buf);
    arena_done(&arena);
}

/* Words of all sorts, most of them simple ones, with one blank or several between. */
static void make_words(struct random *random, struct buf *words)
{
    static const char *const odd[] = {"(a)",
                                      "\"said",
                                      "end\"",
                                      "\xE2\x80\x9Cno\xE2\x80\x9D",
                                      "well-known",
                                      "don't",
                                      "$5",
                                      "10%",
                                      "-3",
                                      "3.5",
                                      "a.b",
                                      "b..",
                                      "x,y",
                                      "[",
                                      "]",
                                      "/",
                                      "and/or",
                                      "!",
                                      "?",
                                      "%",
                                      ",",
                                      ".",
                                      "'",
                                      "--",
                                      "\xE2\x80\x94",
                                      "\xC2\xA0",
                                      "10\xC2\xA0km",
                                      "\xCC\x81",
                                      "e\xCC\x81",
                                      "\xE4\xB8\xAD",
                                      "\xE3\x80\x82",
                                      "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA",
                                      "\xE2\x80\x8B",
                                      "\xE2\x80\x8D",
                                      "\xD7\x90-",
                                      "\n",
                                      "a\nb",
                                      "\r\n",
                                      "\t",
                                      "a\tb",
                                      "\x01",
                                      "x\xC2\xADx",
                                      "\xC3\xA9t\xC3\xA9"};
    static const char *const simple[] = {"a", "the", "word,", "end.", "2023", "1st", "B2b,", "0."};
    size_t count = random_below(random, 12);
    buf_clear(words);
    buf_add_repeat(words, ' ', random_below(random, 6) == 0);
    for (size_t i = 0; i < count; i++) {
        bool is_odd = random_below(random, 3) == 0;
        size_t blanks = random_below(random, 8);
        buf_add(words, str_from(is_odd ? odd[random_below(random, sizeof odd / sizeof *odd)]
                                       : simple[random_below(random, 8)]));
        buf_add_repeat(words, ' ', blanks < 2 ? blanks * 2 : 1);
    }
}

static void breaks_are_those_of_the_library(void **state)
{
    (void)state;
    struct random random = {11};
    struct buf words = BUF_INIT;
    char found[1024], expected[1024];
    for (int round = 0; round < 40000; round++) {
        if (round % 4 == 0)
            random_text(&random, &words, random_below(&random, 60));
        else
            make_words(&random, &words);
        wrap_find_breaks(buf_str(&words), found);
        if (words.len > 0)
            u8_possible_linebreaks((const uint8_t *)words.ptr, words.len, "UTF-8", expected);
        if (memcmp(found, expected, words.len) != 0)
            print_error("%.*s\n", (int)words.len, words.ptr);
        assert_memory_equal(found, expected, words.len);
    }
    buf_done(&words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_set_in_lines),
        cmocka_unit_test(newlines_end_lines),
        cmocka_unit_test(long_words_are_broken_between_clusters),
        cmocka_unit_test(no_break_spaces_and_soft_hyphens_do_not_break),
        cmocka_unit_test(offsets_are_counted_from_the_base_and_lines_are_added),
        cmocka_unit_test(lines_cover_any_text_and_split_no_character),
        cmocka_unit_test(breaks_are_those_of_the_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
