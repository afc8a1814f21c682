/* Bookmarks in the forms of other programs: Markdown, Org, Web Annotations. What they
 * print is safe for a terminal as it is. */
#ifndef APP_BOOKMARK_FORMAT_H
#define APP_BOOKMARK_FORMAT_H

#include "app/arguments.h"
#include "store/store.h"
#include "text/json.h"

struct bookmark_format {
    enum option_id option;
    void (*begin)(struct buf *out);
    /* `new_article`: the row before was of another one. */
    void (*add)(struct buf *out, const struct bookmark_row *row, bool new_article);
};
/* Ends with add == NULL. */
extern const struct bookmark_format bookmark_formats[];

/* The members of a Web Annotation (W3C Recommendation of 2017-02-23): TextQuoteSelector, and where
 * the passage stands TextPositionSelector; note and tags are bodies. `text`: of its article. What
 * the standard does not name ("number", "state", …) follows its own members. */
void bookmark_add_annotation(struct json *json, const struct bookmark_row *row, str text);

/* Where its page came from: an address, else a path. */
str bookmark_address(const struct bookmark_row *row);

#endif
