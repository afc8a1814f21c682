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

const struct motion *motion_find(enum action_id action)
{
    static const struct motion motions[] = {
        {ACTION_DOWN, MOVE_ROW, 1},
        {ACTION_UP, MOVE_ROW, -1},
        {ACTION_PAGE_DOWN, MOVE_PAGE, 1},
        {ACTION_PAGE_UP, MOVE_PAGE, -1},
        {ACTION_HALF_DOWN, MOVE_HALF_PAGE, 1},
        {ACTION_HALF_UP, MOVE_HALF_PAGE, -1},
        {ACTION_TOP, MOVE_END, -1},
        {ACTION_BOTTOM, MOVE_END, 1},
    };
    for (size_t i = 0; i < sizeof motions / sizeof *motions; i++)
        if (motions[i].action == action)
            return &motions[i];
    return NULL;
}
