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

/* What is made of a page on its way to the dossier. A zeroed one is a page of which nothing is made
 * yet. The analysis, the keys and the sketch are those of the article as it stands while
 * `is_analysed`. */
struct prepared {
    struct article article;
    struct analysis analysis;
    struct similar_keys keys;
    struct copy_sketch copy;
    struct publication stated; /* by the page; article.published while it is not analysed */
    bool is_clean, is_analysed;
};

/* Does what needs no dossier: may run on several threads, each with a parser of its own. The arena
 * is the article's. Statuses of parser_clean. */
enum status pipeline_prepare(const struct pipeline *pipeline, struct parser *parser,
                             struct arena *arena, const struct page *page,
                             struct prepared *prepared, struct error *err) MUST_CHECK;
/* The keys and the sketch, for what goes to a dossier. */
void pipeline_sketch(struct prepared *prepared);

/* Cleans a page with the reader's decisions about its blocks and what is known of its outlet; what
 * is prepared already is used where the dossier knows nothing that changes it.
 * Within the caller's transaction. The arena is the article's. BAD_INPUT
 * or TOO_LARGE when the page cannot be read (parser.h). */
enum status pipeline_clean(const struct pipeline *pipeline, struct store *store,
                           struct arena *arena, const struct page *page, int64_t article_id,
                           struct prepared *prepared, struct error *err) MUST_CHECK;

/* Analyses (where that is not done), links and stores a cleaned article whose source is recorded
 * already; the store finds its bookmarks again in the new text. Within the caller's transaction. */
enum status pipeline_store_article(const struct pipeline *pipeline, struct store *store,
                                   struct arena *arena, struct prepared *prepared,
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
                                   const struct source_page *source, struct error *err) MUST_CHECK;

/* Looks again at the day of one undated article whose similar articles have changed since, and
 * derives it anew where that moves its bounds. Within the caller's transaction. NOT_FOUND when no
 * article waits: called until then, the bounds do not depend on the order of imports. */
enum status pipeline_settle_next(const struct pipeline *pipeline, struct store *store,
                                 struct error *err) MUST_CHECK;

/* Reads the raw page of an article again and derives everything anew: after a block was restored
 * or cut, or a new version of the program. Its own transaction. */
enum status pipeline_rederive(const struct pipeline *pipeline, struct store *store, int64_t article,
                              struct error *err) MUST_CHECK;

#endif
