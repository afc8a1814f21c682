/* Names that a row of a list shows within a piece of an article, or as one of several: which of
 * them a correction means is asked. */
#ifndef APP_NAME_CHOICE_H
#define APP_NAME_CHOICE_H

#include "app/pane.h"
#include "base/vec.h"

struct name_choice {
    str name;
    struct name_place place;
};

/* Zeroed at first. */
struct name_choices {
    struct arena arena;
    VEC(struct name_choice) items;
};

/* Each name once. The text is copied. */
void name_choice_add(struct name_choices *choices, str name, const struct name_place *place);
/* The names of an article between two bytes of its text. */
void name_choice_add_range(struct session *session, struct name_choices *choices, int64_t article,
                           uint32_t start, uint32_t end);
/* Those of an article that stand in these words, of which the row may show but a part. */
void name_choice_add_words(struct session *session, struct name_choices *choices, int64_t article,
                           str words);

/* The name that the pane on the screen means: the selected one, the only one that the selected row
 * shows, or the one that was chosen. False with a message, or with a question after whose answer
 * the action runs again. */
bool name_choice_take(struct session *session, enum action_id action, str argument,
                      struct name_place *place);

#endif
