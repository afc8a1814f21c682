/* Two versions of one text: the sentences in which they differ. */
#ifndef APP_VERSIONS_H
#define APP_VERSIONS_H

#include "app/session.h"
#include "text/difference.h"

struct version_side {
    struct article article;
    int64_t imported; /* of an older version; else 0 */
    VEC(str) sentences;
};

/* An article and what is compared with it: a copy, or an older version of its own page. */
struct version_pair {
    int64_t before, after; /* articles; the same one for two versions of its page */
    int64_t version;       /* of `before`; 0 = the current one */
};

struct versions_view {
    struct arena arena; /* everything below */
    struct version_side sides[2];
    difference_vec differences;
    VEC(struct version_pair) pairs;
    int64_t article; /* that it was opened for */
    size_t at;       /* the pair shown */
    size_t top;      /* first difference shown */
    bool open;
};

void versions_close(struct versions_view *view);
/* The leader of the article's group beside the article, or beside its first copy; after those the
 * older versions of the article's page. False with a message when there is neither. */
bool versions_open(struct versions_view *view, struct session *session, int64_t article);
/* Another pair: forward or back, stays at the ends. */
void versions_step(struct versions_view *view, struct session *session, int by);
void versions_scroll(struct versions_view *view, int64_t by);
/* In two columns where there is room, else one below the other. */
void versions_draw(struct session *session, const struct versions_view *view,
                   const struct canvas *canvas);

#endif
