/* Joins the layers: bytes -> page -> article -> names and dates -> store. */
#ifndef APP_PIPELINE_H
#define APP_PIPELINE_H

#include "analyse/analyse.h"
#include "analyse/link.h"
#include "app/environment.h"
#include "app/parser.h"
#include "ingest/clean.h"
#include "ingest/format.h"
#include "store/store.h"

/* The tools that every article passes through; opened once. */
struct pipeline {
    struct clean_rules *rules;
    struct analyser *analyser;
    const char *program;   /* for more parsers */
    struct parser *parser; /* of the thread that opened the pipeline */
    bool is_settling; /* articles are linked once more: nothing in them is new to the dossier */
};

enum status pipeline_open(const struct environment *environment, struct pipeline *pipeline,
                          struct error *err) MUST_CHECK;
void pipeline_close(struct pipeline *pipeline);

/* Cleans a page with the reader's decisions about its blocks and what is known of its outlet.
 * Within the caller's transaction. The arena is the article's. BAD_INPUT
 * or TOO_LARGE when the page cannot be read (parser.h). */
enum status pipeline_clean(const struct pipeline *pipeline, struct store *store,
                           struct arena *arena, const struct page *page, int64_t article_id,
                           struct article *article, struct error *err) MUST_CHECK;

/* Analyses, links and stores a cleaned article whose source is recorded already; the store finds
 * its bookmarks again in the new text. Within the caller's transaction. */
enum status pipeline_store_article(const struct pipeline *pipeline, struct store *store,
                                   struct arena *arena, struct article *article,
                                   const struct source_page *source, struct error *err) MUST_CHECK;

/* Both. */
enum status pipeline_store_page(const struct pipeline *pipeline, struct store *store,
                                struct arena *arena, const struct page *page,
                                const struct source_page *source, struct error *err) MUST_CHECK;

/* The article that a stored page holds, cleaned as above: text, title, site,
 * path, blocks and publication live in the arena. Within the caller's transaction, which is to be
 * rolled back when the page is not the current version. */
enum status pipeline_clean_source(const struct pipeline *pipeline, struct store *store,
                                  struct arena *arena, const struct source_page *source,
                                  struct article *article, struct error *err) MUST_CHECK;

/* Derives everything anew from a stored page. Within the caller's transaction. UNSUPPORTED when
 * this build cannot read the page's format. */
enum status pipeline_derive_source(const struct pipeline *pipeline, struct store *store,
                                   const struct source_page *source,
                                   struct error *err) MUST_CHECK;

/* Looks again at the day of one undated article whose similar articles have changed since, and
 * derives it anew where that moves its bounds. Within the caller's transaction. NOT_FOUND when no
 * article waits: called until then, the bounds do not depend on the order of imports. */
enum status pipeline_settle_next(const struct pipeline *pipeline, struct store *store,
                                 struct error *err) MUST_CHECK;

/* Reads the raw page of an article again and derives everything anew: after a block was restored
 * or cut, or a new version of the program. Its own transaction. */
enum status pipeline_rederive(const struct pipeline *pipeline, struct store *store,
                              int64_t article, struct error *err) MUST_CHECK;

#endif
