/* One change to all articles that a filter lets through, as one step of undo. The work goes on in
 * small parts while no key waits, so that the reader stays usable. */
#ifndef APP_ARTICLES_BULK_H
#define APP_ARTICLES_BULK_H

#include "base/arena.h"
#include "store/store.h"

struct session;

enum bulk_change { BULK_READ, BULK_UNREAD, BULK_TAG, BULK_UNTAG, BULK_COUNT };

struct bulk_job {
    bool runs;
    enum bulk_change change;
    struct arena arena; /* holds everything below */
    struct search_query search;
    struct article_query query; /* by date, whatever the list is sorted by: no change moves a row */
    str tag, label;
    int64_t when;
    int64_t total;     /* by label_count's rules when there is a filter */
    int64_t seen;      /* articles looked at */
    int64_t step;      /* see store_begin_step */
    struct row_key at; /* of the last article looked at */
};

/* Asks once, with the number of articles, and begins when the answer is yes. `filter`: as in the
 * list of articles, empty for all. */
void bulk_ask(struct session *session, enum bulk_change change, str filter);
/* The next part of what runs; nothing when nothing does. Tells of progress and of the end. */
void bulk_go_on(struct session *session);
/* Ends it: what is done stays and is one step. */
void bulk_stop(struct session *session);

#endif
