/* Reading feeds and pages again over the network: what is new or has changed comes in, what is the
 * same costs next to nothing. */
#ifndef APP_UPDATE_H
#define APP_UPDATE_H

#include "app/fetch_queue.h"
#include "app/import.h"
#include "app/settings.h"

/* Pages of a feed's items that are fetched in one update; of more the summaries come in. */
enum { UPDATE_ITEM_LIMIT = 500 };

struct update_request {
    const char *const *urls; /* only these, which become sources when they are none; NULL: all */
    size_t url_count;
    bool full_text; /* of items that hold a part only the pages are fetched; remembered with the
                       sources that are read */
    bool full_text_anyway;        /* the same for this time */
    struct import_request import; /* without paths */
    struct fetch_queue_settings network;
};

/* What the settings say of the network. The agent's name lives in the arena. */
void update_settings(const struct settings *settings, struct arena *arena,
                     struct update_request *request);

/* Fetches the sources and imports what they hold: one transaction for each (or several, by
 * import.batch), in which their state is kept too, so that what an interrupted update did not
 * finish is fetched again. A source that failed is told once, with the first reason, and kept with
 * it; failed articles of it are told with it. totals (added to): files_seen and files_total count
 * sources and the pages of items.
 *
 * OK also when sources failed (see totals->failed). CANCELLED keeps what was finished; UNSUPPORTED
 * in a build without libcurl; any other status is the store's. */
enum status update_run(const struct pipeline *pipeline, struct store *store,
                       const struct update_request *request, const struct import_listener *listener,
                       struct import_totals *totals, struct error *err) MUST_CHECK;

#endif
