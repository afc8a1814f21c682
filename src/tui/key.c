#include "tui/key.h"

#include "base/ascii.h"
#include "text/utf8.h"

enum { DELETE_CHARACTER = 0x7F, LAST_C1 = 0x9F };

static const struct {
    const char *name;
    key_code key;
} names[] = {
/* The names that are printed come first. */
#define KEY_ROW(name, text) {text, KEY_CODE_##name},
    KEY_NAME_LIST(KEY_ROW)
#undef KEY_ROW
        {"lt", '<'},
    {"gt", '>'},
    {"CR", KEY_CODE_ENTER},
    {"Return", KEY_CODE_ENTER},
    {"Escape", KEY_CODE_ESCAPE},
    {"Backspace", KEY_CODE_BACKSPACE},
    {"Delete", KEY_CODE_DELETE},
    {"PgUp", KEY_CODE_PAGE_UP},
    {"PgDn", KEY_CODE_PAGE_DOWN},
};

enum { NAME_COUNT = sizeof names / sizeof names[0] };

static const struct {
    const char *text;
    key_code bit;
} modifiers[] = {{"C-", KEY_CODE_CONTROL}, {"M-", KEY_CODE_META}};

enum { MODIFIER_COUNT = sizeof modifiers / sizeof modifiers[0] };

/* What a terminal sends for Control with a character is often another key's name. */
static const struct {
    key_code character, key;
} controls[] = {
    {'i', KEY_CODE_TAB},       {'m', KEY_CODE_ENTER},     {'[', KEY_CODE_ESCAPE},
    {'h', KEY_CODE_BACKSPACE}, {'?', KEY_CODE_BACKSPACE}, {'@', KEY_CODE_CONTROL | KEY_CODE_SPACE},
};

enum { CONTROL_COUNT = sizeof controls / sizeof controls[0] };

/* False when no terminal sends Control with this key. */
static bool add_control(key_code base, key_code *key)
{
    for (size_t i = 0; i < CONTROL_COUNT; i++)
        if (controls[i].character == (ascii_is_upper(base) ? base + ('a' - 'A') : base)) {
            *key = controls[i].key;
            return true;
        }
    if (ascii_is_upper(base))
        base += 'a' - 'A';
    bool letter = ascii_is_lower(base);
    bool sign = base == '\\' || base == ']' || base == '^' || base == '_';
    if (!letter && !sign && (base < KEY_NAME_FIRST || base >= KEY_NAME_END))
        return false;
    *key = base | KEY_CODE_CONTROL;
    return true;
}

static bool is_typed(uint32_t code_point)
{
    return code_point > ' ' && (code_point < DELETE_CHARACTER || code_point > LAST_C1);
}

/* One whole character, well formed; nothing after it. */
static bool parse_character(str text, key_code *key)
{
    size_t len;
    if (text.len == 0)
        return false;
    uint32_t code_point = utf8_decode(text, 0, &len);
    if (len != text.len || !utf8_is_valid(text) || !is_typed(code_point))
        return false;
    *key = code_point;
    return true;
}

static bool parse_name(str text, key_code *key)
{
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (str_equal_ascii_fold(text, str_from(names[i].name))) {
            *key = names[i].key;
            return true;
        }
    return parse_character(text, key);
}

/* What stands between < and >. */
static bool parse_bracketed(str text, key_code *key)
{
    key_code bits = 0;
    bool any = true;
    while (any) {
        any = false;
        for (size_t i = 0; i < MODIFIER_COUNT; i++)
            if (text.len > 2 && (bits & modifiers[i].bit) == 0 &&
                str_equal_ascii_fold(str_slice(text, 0, 2), str_from(modifiers[i].text))) {
                bits |= modifiers[i].bit;
                text = str_slice(text, 2, text.len);
                any = true;
            }
    }
    key_code base;
    if (!parse_name(text, &base))
        return false;
    if (bits == 0 && base < KEY_NAME_FIRST && base != '<' && base != '>')
        return false; /* "<x>" is three keys to some and one to others */
    if ((bits & KEY_CODE_CONTROL) != 0 && !add_control(base, &base))
        return false;
    *key = base | (bits & KEY_CODE_META);
    return true;
}

bool key_parse(str *text, key_code *key)
{
    if (text->len == 0)
        return false;
    if (text->ptr[0] == '<') {
        size_t end = str_find_byte(*text, '>', 1);
        if (end == STR_MISSING || !parse_bracketed(str_slice(*text, 1, end), key))
            return false;
        *text = str_slice(*text, end + 1, text->len);
        return true;
    }
    size_t len;
    (void)utf8_decode(*text, 0, &len);
    if (!parse_character(str_slice(*text, 0, len), key))
        return false;
    *text = str_slice(*text, len, text->len);
    return true;
}

void key_add_name(struct buf *buf, key_code key)
{
    key_code base = key & ~(KEY_CODE_CONTROL | KEY_CODE_META);
    const char *name = NULL;
    for (size_t i = 0; i < NAME_COUNT && name == NULL; i++)
        if (names[i].key == base && (base != '>' || key != base))
            name = names[i].name;
    if (name == NULL && key == base) {
        utf8_add(buf, base);
        return;
    }
    buf_add_byte(buf, '<');
    for (size_t i = 0; i < MODIFIER_COUNT; i++)
        if ((key & modifiers[i].bit) != 0)
            buf_add(buf, str_from(modifiers[i].text));
    if (name != NULL)
        buf_add(buf, str_from(name));
    else
        utf8_add(buf, base);
    buf_add_byte(buf, '>');
}
