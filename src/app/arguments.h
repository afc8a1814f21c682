/* Options and words of a command line, read by one table. A new option is a row here and a bit in
 * the commands that take it (command.c); help, usage and completions follow. */
#ifndef APP_ARGUMENTS_H
#define APP_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"
#include "model/day.h"

/* name in C, long name, letter or 0, argument or NULL, help (NULL: not shown) */
#define OPTION_LIST(X)                                                                             \
    X(FILE, "file", 'f', "FILE", "the dossier to use")                                             \
    X(PUBLISHED, "published", 0, "DATE", "publication day of pages that state none")               \
    X(NO_FILE_TIME, "no-file-time", 0, NULL, "files were copied: their times bound no date")       \
    X(KIND, "kind", 0, "KIND", "person (the default), place or organisation")                      \
    X(FROM, "from", 0, "DATE", "only from this day, month or year on")                             \
    X(TO, "to", 0, "DATE", "only up to this day, month or year")                                   \
    X(PERSON, "person", 0, "NAME", "only sentences that name this person")                         \
    X(WHERE, "where", 0, "QUERY", "only mentions that fit the query")                              \
    X(UNDATED, "undated", 0, NULL, "instead, the statements that have no place in time")           \
    X(UNREAD, "unread", 0, NULL, "only articles not read yet")                                     \
    X(COPIES, "copies", 0, NULL, "only copies of earlier articles, with what they are copies of")  \
    X(BEST_FIRST, "best-first", 0, NULL, "sort by how well they fit, not by date")                 \
    X(RAW, "raw", 0, NULL, "the page as it was imported")                                          \
    X(REMOVED, "removed", 0, NULL, "with the removed pieces and why they were removed")            \
    X(FULL_TEXT, "full-text", 0, NULL, "of feed items that hold a part only fetch the pages")      \
    X(QUIET, "quiet", 'q', NULL, "say nothing but what failed")                                    \
    X(JOBS, "jobs", 0, "N", "work on N articles at a time")                                        \
    X(CHECK, "check", 0, NULL, "tell what is wrong with the keys, or with those files")            \
    X(JSON, "json", 0, NULL, "print JSON, one object a line")                                      \
    X(CSV, "csv", 0, NULL, "print comma-separated values (RFC 4180)")                              \
    X(TSV, "tsv", 0, NULL, "print tab-separated values")                                           \
    X(GRAPHML, "graphml", 0, NULL, "print who appears with whom (GraphML)")                        \
    X(GEXF, "gexf", 0, NULL, "print who appears with whom (GEXF 1.3)")                             \
    X(MARKDOWN, "markdown", 0, NULL, "write Markdown; for export a folder of files with links")    \
    X(ORG, "org", 0, NULL, "print an outline for Org")                                             \
    X(HTML, "html", 0, NULL, "write one HTML page that needs no scripts")                          \
    X(ICS, "ics", 0, NULL, "print a calendar (iCalendar, RFC 5545)")                               \
    X(TIMELINEJS, "timelinejs", 0, NULL, "print JSON for TimelineJS")                              \
    X(LIMIT, "limit", 0, "N", "print at most N rows")                                              \
    X(WORKER, "worker-fd", 0, "N", NULL)                                                           \
    X(HELP, "help", 'h', NULL, "print this help")                                                  \
    X(VERSION, "version", 0, NULL, "print the version")

enum option_id {
#define OPTION_ENUM(id, name, letter, argument, help) OPTION_##id,
    OPTION_LIST(OPTION_ENUM) OPTION_COUNT
#undef OPTION_ENUM
};
#define OPTION_BIT(id) (UINT64_C(1) << OPTION_##id)

struct option_row {
    const char *name;
    int letter; /* 0 = none */
    const char *argument, *help;
};
extern const struct option_row option_rows[OPTION_COUNT];

struct arguments {
    const char *values[OPTION_COUNT]; /* NULL = not given; "" for an option without argument */
    char **words;                     /* what is not an option */
    size_t word_count;
    size_t used; /* places of the vector that were read */
};

/* Reads count places of vector, of which the first is the command's name; the words are moved to
 * its end. `options` are OPTION_BITs. With stop_at_word the first word ends the options. Values
 * already in *arguments stay unless given again. USAGE with a message for what does not belong. */
enum status arguments_read(struct arguments *arguments, const char *command, uint64_t options,
                           bool stop_at_word, int count, char **vector,
                           struct error *err) MUST_CHECK;

bool arguments_has(const struct arguments *arguments, enum option_id option);

/* Values by kind. An option that was not given leaves *value as it is. USAGE with a message. */
enum status arguments_number(const struct arguments *arguments, enum option_id option, int64_t low,
                             int64_t high, int64_t *value, struct error *err) MUST_CHECK;
/* A day, or the first (or last) day of a month "2024-08" or year "2024". */
enum status arguments_day(const struct arguments *arguments, enum option_id option, bool last_day,
                          day *value, struct error *err) MUST_CHECK;
/* Exactly YYYY-MM-DD. */
enum status arguments_whole_day(const struct arguments *arguments, enum option_id option,
                                day *value, struct error *err) MUST_CHECK;
/* All words from `first` on, parted by single spaces. */
void arguments_join(const struct arguments *arguments, size_t first, struct buf *joined);

#endif
