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
/* The address by which a word named the row: its own one of several, else where it is asked for. In
 * the arena. */
str source_named(struct arena *arena, const char *word, const struct address_row *row);
/* The settings of the network from the user's configuration; mistakes in that are
 * told elsewhere. */
void source_settings(const struct environment *environment, struct arena *arena,
                     struct update_request *request);
/* What is wrong: "failed 3 times; there is no such page …", or that it waits, or was not read yet;
 * or nothing. */
void source_label(struct buf *out, const struct address_row *row, int64_t now);

/* "2024-08-05 12:30" by the clock on the wall, or "never" for 0. */
void source_time(struct buf *out, int64_t when);

#endif
