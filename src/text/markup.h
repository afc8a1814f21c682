/* Text within XML and HTML. */
#ifndef TEXT_MARKUP_H
#define TEXT_MARKUP_H

#include "base/buf.h"

/* Adds text as character data or as the value of a quoted attribute, for XML 1.0 and HTML alike:
 * & < > " ' become references; bytes that are no UTF-8 and characters that neither may hold
 * (controls, U+FFFE, U+FFFF) become symbols as text/gate.h has them. Line ends and tabs stay. */
void markup_add(struct buf *out, str text);

#endif
