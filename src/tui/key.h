/* Keys by name: "j", "<Enter>", "<C-d>", "<M-x>", "<PageDown>", "<F5>", "<lt>". */
#ifndef TUI_KEY_H
#define TUI_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/* A Unicode code point, or one of the named keys below, with modifier bits. */
typedef uint32_t key_code;
#define KEY_CODE_CONTROL 0x40000000u
#define KEY_CODE_META 0x80000000u
#define KEY_CODE_NAMED 0x00200000u /* named keys are above Unicode */

/* clang-format off */
#define KEY_NAME_LIST(X)                                                                           \
    X(ENTER, "Enter") X(TAB, "Tab") X(BACKTAB, "S-Tab") X(ESCAPE, "Esc") X(BACKSPACE, "BS")        \
    X(SPACE, "Space") X(UP, "Up") X(DOWN, "Down") X(LEFT, "Left") X(RIGHT, "Right")                \
    X(HOME, "Home") X(END, "End") X(PAGE_UP, "PageUp") X(PAGE_DOWN, "PageDown")                    \
    X(INSERT, "Insert") X(DELETE, "Del") X(F1, "F1") X(F2, "F2") X(F3, "F3") X(F4, "F4")           \
    X(F5, "F5") X(F6, "F6") X(F7, "F7") X(F8, "F8") X(F9, "F9") X(F10, "F10") X(F11, "F11")        \
    X(F12, "F12")
/* clang-format on */

enum key_name {
    KEY_NAME_FIRST = KEY_CODE_NAMED,
#define KEY_ENUM(name, text) KEY_CODE_##name,
    KEY_NAME_LIST(KEY_ENUM) KEY_NAME_END
#undef KEY_ENUM
};

/* Reads one key off the front of *text ("<C-d>gg" -> ^D, then "gg"). Space itself is <Space>. False
 * with text unchanged when it is not a key. */
bool key_parse(str *text, key_code *key);
/* Adds the name by which key_parse reads it. */
void key_add_name(struct buf *buf, key_code key);

#endif
