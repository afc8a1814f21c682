/* layers: base text tui */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/random.h"
#include "tui/key.h"

#define C(key) ((key) | KEY_CODE_CONTROL)
#define M(key) ((key) | KEY_CODE_META)

static void assert_key(const char *name, key_code expected)
{
    str text = str_from(name);
    key_code key = 0;
    if (!key_parse(&text, &key) || text.len != 0)
        fail_msg("%s is not read as one key", name);
    if (key != expected)
        fail_msg("%s is read as %x, not %x", name, (unsigned)key, (unsigned)expected);
}

static void assert_no_key(const char *name)
{
    str text = str_from(name), before = text;
    key_code key = 0;
    if (key_parse(&text, &key))
        fail_msg("%s is read as the key %x", name, (unsigned)key);
    assert_ptr_equal(text.ptr, before.ptr);
    assert_int_equal(text.len, before.len);
}

static void assert_round_trip(key_code key)
{
    struct buf name = BUF_INIT;
    key_add_name(&name, key);
    str text = buf_str(&name);
    key_code read = 0;
    if (!key_parse(&text, &read) || text.len != 0 || read != key)
        fail_msg("%x is printed as %s and read as %x", (unsigned)key, buf_c(&name), (unsigned)read);
    buf_done(&name);
}

static void names_are_read(void **state)
{
    (void)state;
    assert_key("j", 'j');
    assert_key("J", 'J');
    assert_key("#", '#');
    assert_key(">", '>');
    assert_key("é", 0xE9);
    assert_key("中", 0x4E2D);
    assert_key("<lt>", '<');
    assert_key("<gt>", '>');
    assert_key("<Enter>", KEY_CODE_ENTER);
    assert_key("<cr>", KEY_CODE_ENTER);
    assert_key("<space>", KEY_CODE_SPACE);
    assert_key("<S-Tab>", KEY_CODE_BACKTAB);
    assert_key("<PgDn>", KEY_CODE_PAGE_DOWN);
    assert_key("<F12>", KEY_CODE_F12);
    assert_key("<C-d>", C('d'));
    assert_key("<C-D>", C('d'));
    assert_key("<c-]>", C(']'));
    assert_key("<M-x>", M('x'));
    assert_key("<M-X>", M('X'));
    assert_key("<M-lt>", M('<'));
    assert_key("<M-->", M('-'));
    assert_key("<M-é>", M(0xE9));
    assert_key("<C-M-x>", M(C('x')));
    assert_key("<M-C-x>", M(C('x')));
    assert_key("<C-Left>", C(KEY_CODE_LEFT));
    assert_key("<M-Enter>", M(KEY_CODE_ENTER));
}

/* What a terminal cannot tell apart is one key. */
static void control_names_of_other_keys_are_those_keys(void **state)
{
    (void)state;
    assert_key("<C-i>", KEY_CODE_TAB);
    assert_key("<C-m>", KEY_CODE_ENTER);
    assert_key("<C-M>", KEY_CODE_ENTER);
    assert_key("<C-[>", KEY_CODE_ESCAPE);
    assert_key("<C-h>", KEY_CODE_BACKSPACE);
    assert_key("<C-?>", KEY_CODE_BACKSPACE);
    assert_key("<C-@>", C(KEY_CODE_SPACE));
    assert_key("<C-Space>", C(KEY_CODE_SPACE));
    assert_key("<M-C-i>", M(KEY_CODE_TAB));
}

static void what_is_no_key_is_refused(void **state)
{
    (void)state;
    const char *const wrong[] = {"",        "<",        "<j",       "<>",    "<j>",  "<Foo>",
                                 "<C->",    "<C-Foo>",  "<C-1>",    "<C-é>", " ",    "\t",
                                 "\x1b",    "\x7f",     "\xc2\x9b", "\xff",  "\xc3", "<M-\xff>",
                                 "<C-C-x>", "<Enterx>", "<M-ab>"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_no_key(wrong[i]);
}

static void sequences_are_read_key_by_key(void **state)
{
    (void)state;
    str text = STR("<C-d>gg<lt>é");
    const key_code expected[] = {C('d'), 'g', 'g', '<', 0xE9};
    key_code key;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        assert_true(key_parse(&text, &key));
        assert_int_equal(key, expected[i]);
    }
    assert_false(key_parse(&text, &key));
}

static void every_key_is_read_as_it_is_printed(void **state)
{
    (void)state;
    for (key_code key = KEY_CODE_ENTER; key < KEY_NAME_END; key++) {
        assert_round_trip(key);
        assert_round_trip(M(key));
        assert_round_trip(C(key));
        assert_round_trip(M(C(key)));
    }
    for (key_code key = '!'; key < 0x3000; key++) {
        if (key >= 0x7F && key < 0xA0)
            continue;
        assert_round_trip(key);
        assert_round_trip(M(key));
    }
    for (key_code key = 'a'; key <= 'z'; key++)
        if (key != 'i' && key != 'm' && key != 'h')
            assert_round_trip(C(key));
    assert_round_trip(C('\\'));
    assert_round_trip(C(']'));
    assert_round_trip(C('^'));
    assert_round_trip(C('_'));
    assert_round_trip(0x1F600);
    assert_round_trip(0x10FFFF);
}

static void any_bytes_are_read_or_left_alone(void **state)
{
    (void)state;
    struct random random = {7};
    struct buf bytes = BUF_INIT;
    for (int i = 0; i < 20000; i++) {
        random_bytes(&random, &bytes, random_below(&random, 12));
        str text = buf_str(&bytes);
        size_t before = text.len;
        key_code key;
        if (!key_parse(&text, &key)) {
            assert_int_equal(text.len, before);
            continue;
        }
        assert_true(text.len < before);
        assert_round_trip(key);
    }
    buf_done(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_read),
        cmocka_unit_test(control_names_of_other_keys_are_those_keys),
        cmocka_unit_test(what_is_no_key_is_refused),
        cmocka_unit_test(sequences_are_read_key_by_key),
        cmocka_unit_test(every_key_is_read_as_it_is_printed),
        cmocka_unit_test(any_bytes_are_read_or_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
