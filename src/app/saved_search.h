/* What a saved search finds, for its list on the screen and on the command line. */
#ifndef APP_SAVED_SEARCH_H
#define APP_SAVED_SEARCH_H

#include "store/store.h"

/* Sets the counts of a row; one that this program cannot read finds nothing. */
enum status saved_search_count(struct store *store, struct saved_search_row *row,
                               struct error *err) MUST_CHECK;

#endif
