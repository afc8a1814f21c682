/* Markdown (CommonMark). */
#ifndef APP_MARKDOWN_H
#define APP_MARKDOWN_H

#include "base/buf.h"

/* Text that stays text, made safe: what would be a mark is escaped (2.4). Each line begins with
 * `before`; the last one is ended. */
void markdown_add(struct buf *out, str text, const char *before);

#endif
