/* Importing files and folders into a store. */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "app/pipeline.h"

struct import_totals {
    int64_t imported, changed, unchanged, failed; /* pages */
    int64_t files_seen, files_total;              /* total: 0 while still counting */
    int64_t bytes_seen, bytes_total; /* of the files; also within one where its format tells */
};

/* All pages that were looked at. */
static inline int64_t import_pages(const struct import_totals *totals)
{
    return totals->imported + totals->changed + totals->unchanged + totals->failed;
}

/* How an import tells what it does. `progress` is called at most ten times a second and at the
 * end; `failed` for every page or file that could not be read. Either may be NULL. */
struct import_listener {
    void (*progress)(void *context, const struct import_totals *totals, bool finished);
    void (*failed)(void *context, const struct error *err);
    bool (*cancelled)(void *context); /* asked between pages */
    void *context;
};

struct import_request {
    const char *const *paths;
    size_t path_count;
    day published; /* given for all of them, or DAY_UNKNOWN */
    uint32_t batch; /* pages per transaction */
    /* The time of a file (of a member of an archive, of a visit of a crawl) before this day bounds
     * the publication of a page that states none; DAY_UNKNOWN: file times do not count. */
    day file_times_before;
    size_t jobs;    /* pages that are read at the same time; what comes in is the same for any */
};

/* Imports files and folders in the order given, folders in byte order of their names; dossiers
 * among the articles are passed over.
 *
 * A page's identity is the real path of the root given plus the names below it (and, for files of
 * many pages, what the format adds: "crawl.jsonl:17"), so that a folder is the same folder from
 * wherever it is imported; messages show paths as they were given. A file whose path, size and
 * modification time are known is not read and counts as one unchanged page; when `published` is
 * given it is read.
 *
 * OK also when pages failed (see totals->failed). CANCELLED keeps every page finished before; any
 * other status is the store's (disk full, busy) and takes back the open batch. */
enum status import_run(const struct pipeline *pipeline, struct store *store,
                       const struct import_request *request, const struct import_listener *listener,
                       struct import_totals *totals, struct error *err) MUST_CHECK;

/* Derives the articles anew that an older version of the cleaner or of the analysis left behind;
 * the reader's own work stays. A page that cannot be read any more is told as failed and keeps
 * what it has.
 * totals: imported = derived anew, failed. OK, CANCELLED or the store's status, as above. */
enum status import_refresh(const struct pipeline *pipeline, struct store *store, uint32_t batch,
                           const struct import_listener *listener, struct import_totals *totals,
                           struct error *err) MUST_CHECK;

#endif
