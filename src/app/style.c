#include "app/style.h"

const struct style_default style_defaults[STYLE_COUNT] = {
#define STYLE_ROW(id, name, definition) {name, definition},
    STYLE_LIST(STYLE_ROW)
#undef STYLE_ROW
};

style_id watch_style(int slot)
{
    return STYLE_WATCH_1 + slot - 1;
}

str watch_sign(int slot)
{
    return str_slice(STR("123456789"), (size_t)slot - 1, (size_t)slot);
}
