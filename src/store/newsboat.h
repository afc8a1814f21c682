/* The articles that the feed reader newsboat keeps in its cache.db. */
#ifndef STORE_NEWSBOAT_H
#define STORE_NEWSBOAT_H

#include "model/feed_item.h"

/* Works on bytes in memory and never on a file: nothing of the database is changed, no log beside
 * it is played back, and no file is made. Views, triggers and functions of the database do not run.
 */
extern const struct feed_item_reader newsboat_reader;

#endif
