/* The watch list as the program uses it: rows of the store with their queries read and their labels
 * made. */
#ifndef APP_WATCH_LIST_H
#define APP_WATCH_LIST_H

#include "base/arena.h"
#include "store/store.h"

struct watch_list {
    struct arena arena;
    struct watch_row rows[WATCH_LIMIT]; /* by slot; they point into the list itself */
    struct search_query searches[WATCH_LIMIT];
    size_t count;
};

/* Reads it anew, without the numbers (store_count_watch). The list must not move afterwards. */
enum status watch_list_read(struct watch_list *list, struct store *store,
                            struct error *err) MUST_CHECK;
void watch_list_done(struct watch_list *list);
/* The row of a slot; NULL when nothing is pinned there. */
const struct watch_row *watch_list_find(const struct watch_list *list, int64_t slot);
/* "person", "place", "organisation", "names" (several), "days", "search", "bookmarks", "tag". */
const char *watch_kind_name(const struct watch_row *row);

#endif
