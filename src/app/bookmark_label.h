/* Labels of bookmarks: a few tags that have a colour and a sign. */
#ifndef APP_BOOKMARK_LABEL_H
#define APP_BOOKMARK_LABEL_H

#include "base/buf.h"
#include "tui/theme.h"

struct bookmark_label {
    const char *name, *sign; /* the tag; one column */
    style_id style;
};
/* In the order in which the key goes through them; ends with name == NULL. */
extern const struct bookmark_label bookmark_labels[];

/* The first label among the tags; NULL when there is none. */
const struct bookmark_label *bookmark_label_of(str tags);
/* The tags with the next label in place of this one, after the last without any. */
void bookmark_label_next(struct buf *out, str tags);

#endif
