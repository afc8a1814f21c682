/* Importing files and folders into a store. */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "app/pipeline.h"

struct import_totals {
    int64_t imported, changed, unchanged, failed; /* pages */
    int64_t files_seen, files_total;              /* total: 0 while still counting */
    int64_t bytes_seen, bytes_total; /* of the files; also within one where its format tells */
    int64_t settled, settled_total;  /* articles whose names and days what came later decides; total
                                        while it is known, else 0 */
};

/* All pages that were looked at. */
static inline int64_t import_pages(const struct import_totals *totals)
{
    return totals->imported + totals->changed + totals->unchanged + totals->failed;
}

/* How an import tells what it does. `progress` is called at most ten times a second and at the
 * end; `failed` for every page or file that could not be read, `noted` for what an input says
 * beside its pages. Each may be NULL. */
struct import_listener {
    void (*progress)(void *context, const struct import_totals *totals, bool finished);
    void (*failed)(void *context, const struct error *err);
    void (*noted)(void *context, const struct error *note);
    bool (*cancelled)(void *context); /* asked between pages */
    /* Gets what leads to an address: a link, a feed of a list, an item that holds a part only. True
     * when it was taken over; an item that was not is imported as it is. NULL: nothing is followed.
     */
    bool (*found)(void *context, const struct page *page);
    void *context;
};

struct import_request {
    const char *const *paths;
    size_t path_count;
    day published;  /* given for all of them, or DAY_UNKNOWN */
    uint32_t batch; /* pages per transaction */
    /* The time of a file (of a member of an archive, of a visit of a crawl) before this day bounds
     * the publication of a page that states none; DAY_UNKNOWN: file times do not count. */
    day file_times_before;
    size_t jobs; /* pages that are read at the same time; what comes in is the same for any */
};

/* Imports files, folders and standard input ("-") in the order given, folders in byte order of
 * their names; dossiers among the articles are passed over.
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

/* ---- bytes that come one after the other ---------------------------------------------------- */

struct import;

/* Bytes from an address; all borrowed. */
struct import_bytes {
    str path; /* identity of the page, and how messages name it */
    str url;  /* where the bytes were found */
    str bytes;
    str media, charset;       /* as the server states them, or STR_NONE */
    const struct page *facts; /* what a feed said of the page, or NULL */
};

/* As import_run, for what the caller fetches; the request has no paths. Everything given must live
 * until import_end. Adds to `totals`. */
struct import *import_begin(const struct pipeline *pipeline, struct store *store,
                            const struct import_request *request,
                            const struct import_listener *listener, struct import_totals *totals,
                            struct error *err);
/* Reads all pages of the bytes, by the table of formats, within the open batch. *whole: every one
 * could be read. CANCELLED or the store's status, as above. */
enum status import_put(struct import *import, const struct import_bytes *given,
                       bool *whole) MUST_CHECK;
/* Opens the batch, for rows that belong to what was put; and keeps it. */
enum status import_open(struct import *import) MUST_CHECK;
enum status import_keep(struct import *import) MUST_CHECK;
/* Tells progress where that is due. */
void import_tell(struct import *import);
/* What came later decides on what came before, and the last batch is kept (or taken back, by
 * `status`); gives everything back. The status to hand on. */
enum status import_end(struct import *import, enum status status) MUST_CHECK;

#endif
