/* The snippets of search results, in which signs stand about what was found (store/store.h). */
#ifndef APP_SNIPPET_H
#define APP_SNIPPET_H

#include "base/buf.h"

/* Adds the snippet with these texts for the signs; STR_NONE leaves them out. */
void snippet_add(struct buf *out, str snippet, str before_hit, str after_hit);

#endif
