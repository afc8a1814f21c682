/* layers: base text tui */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/random.h"
#include "text/width.h"
#include "tui/prompt.h"

#define C(key) ((key) | KEY_CODE_CONTROL)

/* Types keys by name; returns what the last one came to. */
static enum prompt_result type(struct prompt *prompt, const char *keys)
{
    str text = str_from(keys);
    key_code key = 0;
    enum prompt_result result = PROMPT_EDITING;
    while (text.len > 0) {
        assert_true(key_parse(&text, &key));
        result = prompt_key(prompt, key);
    }
    return result;
}

/* The line with | where the cursor is. */
static void assert_line(const struct prompt *prompt, const char *expected)
{
    struct buf shown = BUF_INIT;
    str text = buf_str(&prompt->text);
    buf_add(&shown, str_slice(text, 0, prompt->cursor));
    buf_add_byte(&shown, '|');
    buf_add(&shown, str_slice(text, prompt->cursor, text.len));
    assert_string_equal(buf_c(&shown), expected);
    buf_done(&shown);
}

static void text_is_edited_by_cluster(void **state)
{
    (void)state;
    struct prompt prompt;
    prompt_init(&prompt);
    prompt_start(&prompt, STR("ab"));
    assert_line(&prompt, "ab|");
    assert_int_equal(type(&prompt, "c<Space>中é"), PROMPT_CHANGED);
    assert_line(&prompt, "abc 中é|");
    assert_int_equal(type(&prompt, "<Left><Left>"), PROMPT_EDITING);
    assert_line(&prompt, "abc |中é");
    assert_int_equal(type(&prompt, "<Del>"), PROMPT_CHANGED);
    assert_line(&prompt, "abc |é");
    assert_int_equal(type(&prompt, "<BS><BS>"), PROMPT_CHANGED);
    assert_line(&prompt, "ab|é");
    assert_int_equal(type(&prompt, "<End><Right>"), PROMPT_EDITING);
    assert_line(&prompt, "abé|");
    /* A mark belongs to its letter. */
    prompt_start(&prompt, STR("xe\xcc\x81y"));
    type(&prompt, "<Left><Left>");
    assert_line(&prompt, "x|e\xcc\x81y");
    type(&prompt, "<Del>");
    assert_line(&prompt, "x|y");
    type(&prompt, "<Home>");
    assert_int_equal(prompt_key(&prompt, KEY_CODE_BACKSPACE), PROMPT_EDITING);
    assert_line(&prompt, "|xy");
    prompt_done(&prompt);
}

static void the_usual_keys_work(void **state)
{
    (void)state;
    struct prompt prompt;
    prompt_init(&prompt);
    prompt_start(&prompt, STR("one two  three"));
    assert_int_equal(type(&prompt, "<C-w>"), PROMPT_CHANGED);
    assert_line(&prompt, "one two  |");
    type(&prompt, "<C-w>");
    assert_line(&prompt, "one |");
    assert_int_equal(type(&prompt, "<C-a>"), PROMPT_EDITING);
    assert_line(&prompt, "|one ");
    type(&prompt, "<M-f>");
    assert_line(&prompt, "one| ");
    type(&prompt, "<C-k>");
    assert_line(&prompt, "one|");
    type(&prompt, "<M-b>x<C-e>y");
    assert_line(&prompt, "xoney|");
    type(&prompt, "<Left><C-u>");
    assert_line(&prompt, "|y");
    type(&prompt, "<C-d>");
    assert_line(&prompt, "|");
    assert_int_equal(type(&prompt, "<C-d><C-k><C-u><C-w><F5><M-x><PageUp>"), PROMPT_EDITING);
    assert_int_equal(prompt_key(&prompt, 0x9B), PROMPT_EDITING);
    assert_int_equal(prompt_key(&prompt, 0x202E), PROMPT_EDITING);
    assert_line(&prompt, "|");
    assert_int_equal(type(&prompt, "<Esc>"), PROMPT_CANCELLED);
    assert_int_equal(type(&prompt, "<C-c>"), PROMPT_CANCELLED);
    assert_int_equal(type(&prompt, "<Enter>"), PROMPT_ACCEPTED);
    prompt_done(&prompt);
}

static void accepted_lines_come_back(void **state)
{
    (void)state;
    struct prompt prompt;
    struct prompt_history history = {0};
    prompt_init(&prompt);
    prompt_use(&prompt, &history);
    const char *const lines[] = {"first", "second", "second", ""};
    for (size_t i = 0; i < 4; i++) {
        prompt_start(&prompt, str_from(lines[i]));
        assert_int_equal(type(&prompt, "<Enter>"), PROMPT_ACCEPTED);
    }
    assert_int_equal(history.lines.count, 2);
    prompt_start(&prompt, STR("new"));
    assert_int_equal(type(&prompt, "<Up>"), PROMPT_CHANGED);
    assert_line(&prompt, "second|");
    type(&prompt, "<Up>");
    assert_line(&prompt, "first|");
    assert_int_equal(type(&prompt, "<Up>"), PROMPT_EDITING);
    assert_line(&prompt, "first|");
    type(&prompt, "<Down>");
    assert_line(&prompt, "second|");
    type(&prompt, "<Down>");
    assert_line(&prompt, "|");
    assert_int_equal(type(&prompt, "<Down>"), PROMPT_EDITING);
    for (int i = 0; i < 550; i++) {
        struct buf line = BUF_INIT;
        buf_format(&line, "line %d", i);
        prompt_start(&prompt, buf_str(&line));
        type(&prompt, "<Enter>");
        buf_done(&line);
    }
    assert_int_equal(history.lines.count, 500);
    prompt_start(&prompt, STR(""));
    type(&prompt, "<Up>");
    assert_line(&prompt, "line 549|");
    prompt_use(&prompt, NULL); /* nothing is remembered now */
    prompt_start(&prompt, STR("once"));
    type(&prompt, "<Enter>");
    prompt_start(&prompt, STR(""));
    assert_int_equal(type(&prompt, "<Up>"), PROMPT_EDITING);
    assert_line(&prompt, "|");
    assert_int_equal(history.lines.count, 500);
    prompt_done(&prompt);
    prompt_history_done(&history);
}

static void random_keys_keep_the_line_whole(void **state)
{
    (void)state;
    static const key_code keys[] = {
        'x',     ' ',    KEY_CODE_SPACE,     0x301,  0x4E2D,          0x1F600,
        0x200D,  0xFE0F, KEY_CODE_BACKSPACE, C('w'), KEY_CODE_DELETE, KEY_CODE_LEFT,
        C('u'),  C('k'), KEY_CODE_RIGHT,     C('a'), KEY_CODE_UP,     KEY_CODE_DOWN,
        0x1F1E6, C('e'), KEY_CODE_ENTER,     0x9B,   KEY_CODE_LEFT,   KEY_CODE_LEFT};
    struct random random = {3};
    struct prompt prompt;
    struct prompt_history history = {0};
    prompt_init(&prompt);
    prompt_use(&prompt, &history);
    prompt_start(&prompt, STR(""));
    for (int i = 0; i < 50000; i++) {
        size_t len_before = prompt.text.len;
        key_code key = keys[random_below(&random, sizeof keys / sizeof keys[0])];
        enum prompt_result result = prompt_key(&prompt, key);
        str text = buf_str(&prompt.text);
        assert_true(prompt.cursor <= text.len);
        assert_true(utf8_is_valid(text));
        assert_true(utf8_is_valid(str_slice(text, 0, prompt.cursor)));
        if (result == PROMPT_EDITING)
            assert_int_equal(text.len, len_before);
        if (result == PROMPT_ACCEPTED || text.len > 200)
            prompt_start(&prompt, STR(""));
    }
    prompt_done(&prompt);
    prompt_history_done(&history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_edited_by_cluster),
        cmocka_unit_test(the_usual_keys_work),
        cmocka_unit_test(accepted_lines_come_back),
        cmocka_unit_test(random_keys_keep_the_line_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
