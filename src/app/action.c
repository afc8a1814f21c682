#include "app/action.h"

#include "app/pane.h"

const struct action actions[ACTION_COUNT] = {
#define ACTION_ROW(id, name, argument, help) {name, argument, help},
    ACTION_LIST(ACTION_ROW)
#undef ACTION_ROW
};

int action_find(str name)
{
    for (int i = 0; i < ACTION_COUNT; i++)
        if (str_equal(name, str_from(actions[i].name)))
            return i;
    return -1;
}

static const char *action_name(int action)
{
    return action >= 0 && action < ACTION_COUNT ? actions[action].name : NULL;
}

static bool action_takes_argument(int action)
{
    return actions[action].argument != NULL;
}

static const char *const scopes[] = {
    "any",
#define SCOPE_NAME(id, name) #name,
    PANE_LIST(SCOPE_NAME)
#undef SCOPE_NAME
        "select",
    "side",
    NULL,
};

const struct keymap_names action_keymap_names = {
    .scopes = scopes,
    .action_name = action_name,
    .action_takes_argument = action_takes_argument,
};
