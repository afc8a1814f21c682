#include "app/style.h"

const struct style_default style_defaults[STYLE_COUNT] = {
#define STYLE_ROW(id, name, definition) {name, definition},
    STYLE_LIST(STYLE_ROW)
#undef STYLE_ROW
};
