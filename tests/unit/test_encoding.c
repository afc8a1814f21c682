/* layers: base text */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/random.h"
#include "text/encoding.h"
#include "text/utf8.h"

static void the_encoding_is_told_by_mark_zeros_and_sequences(void **state)
{
    (void)state;
    assert_int_equal(encoding_detect(STR("\xEF\xBB\xBFplain")), ENCODING_UTF_8);
    assert_int_equal(encoding_detect(STR("\xFF\xFEx\0")), ENCODING_UTF_16LE);
    assert_int_equal(encoding_detect(STR("\xFE\xFF\0x")), ENCODING_UTF_16BE);
    assert_int_equal(encoding_detect(STR("h\0e\0l\0l\0o\0")), ENCODING_UTF_16LE);
    assert_int_equal(encoding_detect(STR("\0h\0e\0l\0l\0o")), ENCODING_UTF_16BE);
    assert_int_equal(encoding_detect(STR("plain")), ENCODING_UTF_8);
    assert_int_equal(encoding_detect(STR_NONE), ENCODING_UTF_8);
    assert_int_equal(encoding_detect(STR("Gr\xC3\xBC\xC3\x9F"
                                         "e")),
                     ENCODING_UTF_8);
    assert_int_equal(encoding_detect(STR("Gr\xFC\xDF"
                                         "e")),
                     ENCODING_WINDOWS_1252);
    assert_int_equal(encoding_detect(STR("it\x92s \x93quoted\x94")), ENCODING_WINDOWS_1252);
    /* Nearly valid: one cut sequence among good ones. */
    assert_int_equal(encoding_detect(STR("\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F\xC3\xA4\xC3")),
                     ENCODING_UTF_8);
    /* U+FFFD that is written in the text is no malformed byte. */
    assert_int_equal(encoding_detect(STR("\xEF\xBF\xBD")), ENCODING_UTF_8);
    /* One NUL in a long text is not UTF-16. */
    struct buf buf = BUF_INIT;
    buf_add_repeat(&buf, 'x', 1000);
    buf.ptr[501] = '\0';
    assert_int_equal(encoding_detect(buf_str(&buf)), ENCODING_UTF_8);
    buf_done(&buf);
}

static void assert_decodes(str bytes, enum encoding encoding, const char *expected)
{
    struct arena arena = {0};
    str text = encoding_to_utf8(&arena, bytes, encoding);
    if (!str_equal(text, str_from(expected)))
        fail_msg("encoding %d: \"%.*s\" is not \"%s\"", (int)encoding, STR_ARG(text), expected);
    arena_done(&arena);
}

static void every_encoding_comes_out_as_utf_8(void **state)
{
    (void)state;
    assert_decodes(STR("\xEF\xBB\xBF"
                       "a\xC3\xA4"),
                   ENCODING_UTF_8, "a\xC3\xA4");
    assert_decodes(STR("\xFF\xFE"
                       "a\0\xAC\x20\x3D\xD8\x00\xDE"),
                   ENCODING_UTF_16LE, "a\xE2\x82\xAC\xF0\x9F\x98\x80");
    assert_decodes(STR("\0a\x20\xAC\xD8\x3D\xDE\x00"), ENCODING_UTF_16BE,
                   "a\xE2\x82\xAC\xF0\x9F\x98\x80");
    assert_decodes(STR("\x80 \x93x\x94 \xFC"), ENCODING_WINDOWS_1252,
                   "\xE2\x82\xAC \xE2\x80\x9Cx\xE2\x80\x9D \xC3\xBC");
}

static void what_does_not_decode_becomes_the_replacement(void **state)
{
    (void)state;
    assert_decodes(STR("a\xFF"
                       "b\0"),
                   ENCODING_UTF_8,
                   "a\xEF\xBF\xBD"
                   "b\xEF\xBF\xBD");
    assert_decodes(STR("\x81\x8D\x8F\x90\x9D"), ENCODING_WINDOWS_1252,
                   "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    /* A lone surrogate, a NUL, and half a unit at the end. */
    assert_decodes(STR("\x3D\xD8x\0\0\0y"), ENCODING_UTF_16LE,
                   "\xEF\xBF\xBDx\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_decodes(STR("\xDE\x00\xD8\x3D"), ENCODING_UTF_16BE, "\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void line_ends_become_newlines(void **state)
{
    (void)state;
    assert_decodes(STR("a\r\nb\rc\n\r\n\r"), ENCODING_UTF_8, "a\nb\nc\n\n\n");
    assert_decodes(STR("a\0\r\0\n\0b\0"), ENCODING_UTF_16LE, "a\nb");
    assert_decodes(STR("\xE4\r\n\xE4\r"), ENCODING_WINDOWS_1252, "\xC3\xA4\n\xC3\xA4\n");
    assert_decodes(STR_NONE, ENCODING_UTF_8, "");
    assert_decodes(STR("\xFF\xFE"), ENCODING_UTF_16LE, "");
}

static void any_bytes_decode_to_valid_text_in_any_encoding(void **state)
{
    (void)state;
    struct random random = {4};
    struct arena arena = {0};
    struct buf bytes = BUF_INIT;
    for (int round = 0; round < 2000; round++) {
        random_bytes(&random, &bytes, random_below(&random, 60));
        (void)encoding_detect(buf_str(&bytes));
        for (int encoding = ENCODING_UTF_8; encoding < ENCODING_COUNT; encoding++) {
            str text = encoding_to_utf8(&arena, buf_str(&bytes), (enum encoding)encoding);
            assert_true(utf8_is_valid(text));
            assert_int_equal(str_find_byte(text, '\r', 0), STR_MISSING);
            assert_int_equal(str_find_byte(text, '\0', 0), STR_MISSING);
        }
        arena_reset(&arena);
    }
    buf_done(&bytes);
    arena_done(&arena);
}

static void labels_are_those_of_the_web(void **state)
{
    const struct {
        str label;
        enum encoding encoding;
    } rows[] = {
        {STR("utf-8"), ENCODING_UTF_8},
        {STR(" UTF8\n"), ENCODING_UTF_8},
        {STR("ISO-8859-1"), ENCODING_WINDOWS_1252}, /* as browsers take it */
        {STR("us-ascii"), ENCODING_WINDOWS_1252},
        {STR("iso-8859-9"), ENCODING_WINDOWS_1254},
        {STR("TIS-620"), ENCODING_WINDOWS_874},
        {STR("gb2312"), ENCODING_GB18030},
        {STR("x-sjis"), ENCODING_SHIFT_JIS},
        {STR("ks_c_5601-1987"), ENCODING_EUC_KR},
        {STR("big5-hkscs"), ENCODING_BIG5},
    };
    enum encoding found;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(encoding_find(rows[i].label, &found));
        assert_int_equal(found, rows[i].encoding);
    }
    assert_false(encoding_find(STR("utf"), &found));
    assert_false(encoding_find(STR("latin1 latin-1"), &found));
    assert_false(encoding_find(STR("  "), &found));
    assert_false(encoding_find(STR_NONE, &found));
}

static void the_system_has_every_table(void **state)
{
    struct arena arena = {0};
    (void)state;
    for (int i = 0; i < ENCODING_COUNT; i++) {
        enum encoding encoding = (enum encoding)i;
        bool wide = encoding == ENCODING_UTF_16LE || encoding == ENCODING_UTF_16BE;
        str text = encoding_to_utf8(&arena, wide ? STR("") : STR("plain"), encoding);
        if (!str_equal(text, wide ? STR("") : STR("plain")))
            fail_msg("encoding %d: \"%.*s\"", i, STR_ARG(text));
    }
    /* one letter that no other decoding gives */
    assert_decodes(STR("\xCF\xD2\xC8\xC2\xC5\xD2"), ENCODING_WINDOWS_1251, "ПТИВЕТ");
    assert_decodes(STR("\xF0\xF4"), ENCODING_KOI8_R, "ПТ");
    assert_decodes(STR("\x82\xA0"), ENCODING_SHIFT_JIS, "あ");
    assert_decodes(STR("\x82"), ENCODING_SHIFT_JIS, "\xEF\xBF\xBD"); /* cut off */
    assert_decodes(STR("a\xFF\xFFz"), ENCODING_EUC_KR, "a\xEF\xBF\xBD\xEF\xBF\xBDz");
    arena_done(&arena);
}

static void a_lying_label_is_not_believed(void **state)
{
    static const str russian = {"\xCC\xFD\xF0 \xE3\xEE\xF0\xEE\xE4\xE0 \xE8 \xEF\xEE\xF0\xF2", 17};
    (void)state;
    assert_int_equal(encoding_choose(STR("Gr\xC3\xBC\xC3\x9F"), STR("windows-1251")),
                     ENCODING_UTF_8);
    assert_int_equal(encoding_choose(russian, STR("windows-1251")), ENCODING_WINDOWS_1251);
    assert_int_equal(encoding_choose(russian, STR("iso-8859-1")), ENCODING_WINDOWS_1251);
    assert_int_equal(encoding_choose(russian, STR("utf-8")), ENCODING_WINDOWS_1251);
    assert_int_equal(encoding_choose(russian, STR("no such name")), ENCODING_WINDOWS_1251);
    assert_int_equal(encoding_choose(russian, STR("iso-8859-5")), ENCODING_ISO_8859_5);
    assert_int_equal(encoding_choose(STR("caf\xE9"), STR("shift_jis")), ENCODING_WINDOWS_1252);
    assert_int_equal(encoding_choose(STR("plain"), STR("utf-16le")), ENCODING_UTF_8);
    assert_int_equal(encoding_choose(STR("\x1B$B$\"\x1B(B"), STR("iso-2022-jp")),
                     ENCODING_ISO_2022_JP);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_encoding_is_told_by_mark_zeros_and_sequences),
        cmocka_unit_test(every_encoding_comes_out_as_utf_8),
        cmocka_unit_test(labels_are_those_of_the_web),
        cmocka_unit_test(the_system_has_every_table),
        cmocka_unit_test(a_lying_label_is_not_believed),
        cmocka_unit_test(what_does_not_decode_becomes_the_replacement),
        cmocka_unit_test(line_ends_become_newlines),
        cmocka_unit_test(any_bytes_decode_to_valid_text_in_any_encoding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
