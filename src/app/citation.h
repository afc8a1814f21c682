/* A passage with its source, as it is copied. */
#ifndef APP_CITATION_H
#define APP_CITATION_H

#include "base/buf.h"
#include "model/article.h"

/* In the order of the setting `citation`. */
enum citation_form { CITATION_TEXT, CITATION_MARKDOWN, CITATION_JSON, CITATION_FORM_COUNT };

void citation_add(struct buf *out, enum citation_form form, const struct article *article,
                  str quote);

#endif
