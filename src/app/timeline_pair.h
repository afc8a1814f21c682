/* A statement beside those that contradict it. */
#ifndef APP_TIMELINE_PAIR_H
#define APP_TIMELINE_PAIR_H

#include "app/session.h"

struct timeline_pair {
    struct arena arena;
    const struct moment_row *own, *others; /* own NULL: it is not shown */
    size_t other_count, at;
};

void timeline_pair_close(struct timeline_pair *pair);
/* Reads what contradicts a statement; false with a message when nothing does. */
bool timeline_pair_open(struct timeline_pair *pair, struct session *session,
                        const struct moment_row *own);
/* The other one beside it: forward or back, stays at the ends. */
void timeline_pair_step(struct timeline_pair *pair, int by);
/* In two columns where there is room, else one below the other. */
void timeline_pair_draw(struct session *session, const struct timeline_pair *pair,
                        const struct canvas *canvas);

#endif
