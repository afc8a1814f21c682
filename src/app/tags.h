/* Tags as they are typed and kept: words parted by blanks. */
#ifndef APP_TAGS_H
#define APP_TAGS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

/* Takes the next one off; empty at the end. */
str tags_next(str *rest);
bool tags_have(str tags, str wanted);
void tags_add(struct buf *tags, str tag);
/* What becomes of the tags as they are `now` when somebody saw `before` and made `after` of it: the
 * tags that others gave or took meanwhile stay so. */
void tags_merge(struct buf *out, str now, str before, str after);

#endif
