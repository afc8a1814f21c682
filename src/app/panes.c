#include "app/pane.h"

const struct pane panes[PANE_COUNT] = {
#define PANE_ROW(id, name) [PANE_##id] = {#name, &pane_##name},
    PANE_LIST(PANE_ROW)
#undef PANE_ROW
};

int pane_find(str name)
{
    for (int i = 0; i < PANE_COUNT; i++)
        if (str_equal(name, str_from(panes[i].name)))
            return i;
    return -1;
}
