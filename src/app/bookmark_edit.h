/* Note and tags of a bookmark are changed: from its list and from the text. */
#ifndef APP_BOOKMARK_EDIT_H
#define APP_BOOKMARK_EDIT_H

#include "app/session.h"

/* Somebody who saw *seen made `note` and `tags` of it. What another session made of it meanwhile
 * is kept beside that: of two notes both, of tags all that were given or taken; a bookmark that it
 * deleted comes back. Says so, or "`told`; u takes it back". */
void session_edit_bookmark(struct session *session, const struct bookmark *seen, str note, str tags,
                           const char *told);

#endif
