/* Two versions of one text: the sentences in which they differ. */
#ifndef APP_VERSIONS_H
#define APP_VERSIONS_H

#include "app/session.h"
#include "text/difference.h"

struct version_side {
    struct stored_article stored;
    VEC(str) sentences;
};

struct versions_view {
    struct arena arena; /* everything below */
    struct version_side sides[2]; /* the leader, and a copy */
    difference_vec differences;
    int64_t leader;
    const int64_t *copies;
    size_t copy_count, copy; /* how many, and which is shown */
    size_t top;              /* first difference shown */
    bool open;
};

void versions_close(struct versions_view *view);
/* The leader of the article's group beside the article, or beside its first copy; false with a
 * message when the article has no copy. */
bool versions_open(struct versions_view *view, struct session *session, int64_t article);
/* Another copy beside the leader: forward or back, stays at the ends. */
void versions_step(struct versions_view *view, struct session *session, int by);
void versions_scroll(struct versions_view *view, int64_t by);
/* In two columns where there is room, else one below the other. */
void versions_draw(const struct versions_view *view, const struct canvas *canvas);

#endif
