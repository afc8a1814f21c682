/* Sources as a person names and reads them. */
#ifndef APP_SOURCES_H
#define APP_SOURCES_H

#include "app/environment.h"
#include "app/update.h"
#include "store/store.h"

/* What is fetched and not read from the file system: http, https and file addresses. */
bool source_is_address(const char *word);
/* The source of a number (as listed) or address; NOT_FOUND with what to do. */
enum status source_find(struct store *store, struct arena *arena, const char *word,
                        struct address_row *row, struct error *err) MUST_CHECK;
/* The settings of the network from the user's configuration; mistakes in that are told elsewhere. */
void source_settings(const struct environment *environment, struct arena *arena,
                     struct update_request *request);
/* What is wrong: "failed 3 times; ADDRESS: …", or that it waits, or was not read yet; or nothing. */
void source_label(struct buf *out, const struct address_visit *visit, int64_t now);

/* "2024-08-05 12:30" by the clock on the wall, or "never" for 0. */
void source_time(struct buf *out, int64_t when);

#endif
