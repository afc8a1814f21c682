/* The commands: rows of a table; usage, --help and the list of commands come from it. A new
 * command is a row in command.c and a function in a file command_<name>.c. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "app/arguments.h"
#include "app/environment.h"

/* Exit statuses of the program. */
enum { EXIT_ALL_WELL = 0, EXIT_SOME_FAILED = 1, EXIT_USAGE = 2 };

struct command {
    const char *name;    /* NULL ends the table; the first row (name "") is the reader itself */
    const char *words;   /* what follows the options: "NAME…" */
    const char *help;    /* what it does, in a few words; NULL: not for persons */
    const char *details; /* more lines for --help, or NULL */
    uint64_t options;    /* OPTION_BITs, besides --help and --version */
    size_t fewest_words, most_words;
    int (*run)(const struct environment *environment, const struct arguments *arguments);
};
extern const struct command commands[];

/* The whole program but for main(): finds the command and runs it; returns the exit status. */
int command_main(int argument_count, char **arguments);

/* The commands' functions; each returns an exit status. */
int command_import(const struct environment *environment, const struct arguments *arguments);
int command_update(const struct environment *environment, const struct arguments *arguments);
int command_sources(const struct environment *environment, const struct arguments *arguments);
int command_list(const struct environment *environment, const struct arguments *arguments);
int command_show(const struct environment *environment, const struct arguments *arguments);
int command_open(const struct environment *environment, const struct arguments *arguments);
int command_overview(const struct environment *environment, const struct arguments *arguments);
int command_card(const struct environment *environment, const struct arguments *arguments);
int command_searches(const struct environment *environment, const struct arguments *arguments);
int command_people(const struct environment *environment, const struct arguments *arguments);
int command_mentions(const struct environment *environment, const struct arguments *arguments);
int command_names(const struct environment *environment, const struct arguments *arguments);
int command_timeline(const struct environment *environment, const struct arguments *arguments);
int command_search(const struct environment *environment, const struct arguments *arguments);
int command_watch(const struct environment *environment, const struct arguments *arguments);
int command_bookmarks(const struct environment *environment, const struct arguments *arguments);
int command_export(const struct environment *environment, const struct arguments *arguments);
int command_inspect(const struct environment *environment, const struct arguments *arguments);
int command_parse(const struct environment *environment, const struct arguments *arguments);
int command_generate(const struct environment *environment, const struct arguments *arguments);
int command_keys(const struct environment *environment, const struct arguments *arguments);

/* The reader itself (session.c). `paths` are imported by a worker while it runs. */
struct reader_request {
    const char *dossier;
    const char *const *paths;
    size_t path_count;
    int64_t article; /* that is shown first; 0: the list of articles */
    uint32_t offset; /* byte of its text */
};
int session_run(const struct environment *environment, const struct reader_request *request);

#endif
