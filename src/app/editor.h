/* The user's own editor for a piece of text. */
#ifndef APP_EDITOR_H
#define APP_EDITOR_H

#include "app/session.h"

/* Lets $VISUAL or $EDITOR (else vi) change the text in a file of its own (0600, in a new folder
 * 0700 that is gone afterwards; no shell). True when it was changed: *edited lives in the arena,
 * valid UTF-8, without white space at its ends. Else the session says why. */
bool editor_change(struct session *session, struct arena *arena, str text, str *edited);

#endif
