#include "app/command.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/output.h"
#include "app/report.h"
#include "app/sources.h"
#include "base/ascii.h"
#include "base/file.h"
#include "base/nearest.h"
#include "ingest/libraries.h"

#define MANY ((size_t)-1)
#define TABLES (OPTION_BIT(JSON) | OPTION_BIT(CSV) | OPTION_BIT(TSV))
#define ROWS (OPTION_BIT(FILE) | OPTION_BIT(LIMIT) | TABLES)
#define EVERYWHERE (OPTION_BIT(HELP) | OPTION_BIT(VERSION))

static int command_read(const struct environment *environment, const struct arguments *arguments);
static int command_help(const struct environment *environment, const struct arguments *arguments);

const struct command commands[] = {
    {"", "[NAME.dossier] [PATH…]", "open the dossier; paths are imported while you read", NULL,
     OPTION_BIT(FILE), 0, MANY, command_read},
    {"import", "PATH…", "add pages from files, folders and addresses",
     "Known files are skipped, changed pages become a new version. Failures are told one a line.\n"
     "PATH may be an address (http, https, file) of a page or feed: it becomes a source.",
     OPTION_BIT(FILE) | OPTION_BIT(JOBS) | OPTION_BIT(PUBLISHED) | OPTION_BIT(FULL_TEXT) |
         OPTION_BIT(NO_FILE_TIME) | OPTION_BIT(WORKER),
     0, MANY, command_import},
    {"update", "[SOURCE…]", "read the sources again: feeds and pages that were imported by address",
     "SOURCE: its number or address; all of them when none is named. What failed is told one a "
     "line\n"
     "and stays in the list of `dossier sources`. In a crontab: dossier update -q -f FILE",
     OPTION_BIT(FILE) | OPTION_BIT(JOBS) | OPTION_BIT(FULL_TEXT) | OPTION_BIT(QUIET) |
         OPTION_BIT(WORKER),
     0, MANY, command_update},
    {"sources", "[remove SOURCE]", "the feeds and pages that update reads, and what failed",
     "remove: update reads it no more; its articles stay, and undo in the reader brings it back.",
     ROWS, 0, 2, command_sources},
    {"overview", "", "the dossier at a glance: counts, what waits for a decision, people, months",
     NULL, ROWS, 0, 0, command_overview},
    {"list", "[QUERY]", "the articles, newest first; only those that fit the query",
     "QUERY: words that begin words of title, outlet or path, and what `search` takes.",
     ROWS | OPTION_BIT(UNREAD) | OPTION_BIT(COPIES), 0, MANY, command_list},
    {"open", "[NAME.dossier] ARTICLE[@OFFSET]", "open the reader at a place of an article",
     "OFFSET: a character of its text, from 0, as --json gives them.", OPTION_BIT(FILE), 1, 2,
     command_open},
    {"show", "ARTICLE", "an article as clean text, by its number or words of its title", NULL,
     OPTION_BIT(FILE) | OPTION_BIT(JSON) | OPTION_BIT(RAW) | OPTION_BIT(REMOVED), 1, MANY,
     command_show},
    {"people", "[QUERY]", "people, places or organisations, the most mentioned first",
     "QUERY: words that begin words of a name; fields mean those whom articles name that fit.",
     ROWS | OPTION_BIT(KIND) | OPTION_BIT(GRAPHML) | OPTION_BIT(GEXF), 0, MANY, command_people},
    {"card", "NAME", "what is known of one name: forms, roles, company, outlets, months", NULL,
     ROWS, 1, MANY, command_card},
    {"mentions", "NAME", "every mention of a name in its context, by date",
     "--where QUERY: words around the name, of the title or the outlet, and fields.",
     ROWS | OPTION_BIT(WHERE), 1, MANY, command_mentions},
    {"names", "[conflicts | export | import FILE | drop NUMBER]",
     "the corrections of names that you made",
     "conflicts: those that do not apply. export: all as text, one a line. import: from such a\n"
     "file, or - for standard input; what is known already is left out. drop: take one away.",
     ROWS, 0, 2, command_names},
    {"timeline", "[QUERY]", "dated statements in order of time",
     "QUERY: words that begin words of the sentence, and fields.",
     ROWS | OPTION_BIT(FROM) | OPTION_BIT(TO) | OPTION_BIT(PERSON) | OPTION_BIT(UNDATED) |
         OPTION_BIT(ICS) | OPTION_BIT(TIMELINEJS),
     0, MANY, command_timeline},
    {"search", "QUERY", "full-text search",
     "QUERY: words, \"a phrase\", begin*, -without, OR, (…), word NEAR/5 word, field:value.",
     ROWS | OPTION_BIT(BEST_FIRST), 1, MANY, command_search},
    {"searches", "", "the saved searches", NULL, ROWS, 0, 0, command_searches},
    {"bookmarks", "[QUERY]",
     "the bookmarked passages; `bookmarks import FILE` adds those of a file",
     "QUERY: words that begin words of passage, note, tags, title or outlet, and fields.\n"
     "JSON is a Web Annotation (W3C) a line; `dossier bookmarks import FILE` reads the same.",
     ROWS | OPTION_BIT(MARKDOWN) | OPTION_BIT(ORG), 0, MANY, command_bookmarks},
    {"watch", "", "the watch list: how often each stands in the dossier, and what of it is new",
     NULL, ROWS, 0, 0, command_watch},
    {"export", "PATH", "the whole dossier as a folder of Markdown files or as one HTML page",
     "With --markdown PATH is a folder that is new, empty, or from an export before; with --html a "
     "file.",
     OPTION_BIT(FILE) | OPTION_BIT(MARKDOWN) | OPTION_BIT(HTML), 1, 1, command_export},
    {"inspect", "PATH…", "clean and analyse without a dossier; one JSON object an article",
     "PATH: a file, a folder, or - for standard input.",
     OPTION_BIT(JOBS) | OPTION_BIT(PUBLISHED) | OPTION_BIT(JSON), 1, MANY, command_inspect},
    {"keys", "[FILE…]", "the keys as they are bound now",
     "With --check: mistakes, clashes, keys that can never be typed because of others, and "
     "actions\n"
     "without keys, in what is in force or in keymap files.",
     OPTION_BIT(CHECK) | OPTION_BIT(JSON), 0, MANY, command_keys},
    {"parse", "", NULL, NULL, OPTION_BIT(WORKER), 0, 0, command_parse},
    {"generate", "bash|zsh|fish|actions", NULL, NULL, 0, 1, 1, command_generate},
    {"help", "[COMMAND]", "print help on a command", NULL, 0, 0, 1, command_help},
    {0},
};

/* ---- help ---------------------------------------------------------------------------------- */

/* How a row of option_rows is written: "-f, --file FILE". */
static void add_option(struct buf *out, const struct option_row *row)
{
    struct buf name = BUF_INIT;
    if (row->letter)
        buf_format(&name, "-%c, ", row->letter);
    buf_format(&name, "--%s", row->name);
    if (row->argument)
        buf_format(&name, " %s", row->argument);
    buf_format(out, "  %-20s %s\n", buf_c(&name), row->help);
    buf_done(&name);
}

static void add_usage(struct buf *out, const struct command *command)
{
    buf_format(out, "usage: dossier%s%s", *command->name ? " " : "", command->name);
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *row = &option_rows[i];
        if (!(command->options & UINT64_C(1) << i) || !row->help)
            continue;
        if (row->letter)
            buf_format(out, " [-%c", row->letter);
        else
            buf_format(out, " [--%s", row->name);
        buf_format(out, "%s%s]", row->argument ? " " : "", row->argument ? row->argument : "");
    }
    buf_format(out, "%s%s\n", *command->words ? " " : "", command->words);
}

/* What a command's QUERY is about; QUERY_USE_COUNT: it takes none. */
static enum query_use use_of(const struct command *command)
{
    static const struct {
        int (*run)(const struct environment *environment, const struct arguments *arguments);
        enum query_use use;
    } uses[] = {
        {command_search, QUERY_SEARCH},    {command_list, QUERY_LIST},
        {command_people, QUERY_PEOPLE},    {command_mentions, QUERY_MENTIONS},
        {command_timeline, QUERY_MOMENTS}, {command_bookmarks, QUERY_BOOKMARKS},
    };
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
        if (uses[i].run == command->run)
            return uses[i].use;
    return QUERY_USE_COUNT;
}

/* The fields of a query. */
static void add_fields(struct buf *out, enum query_use use)
{
    buf_add(out, STR("Fields:\n"));
    for (int i = 0; i < QUERY_FIELD_COUNT; i++) {
        const struct query_field *field = &query_fields[i];
        const char *value = field->value ? field->value : "";
        int used = (int)(strlen(field->name) + strlen(value));
        if (query_field_is_asked(field, use))
            buf_format(out, "  %s:%s%*s %s\n", field->name, value, used < 19 ? 19 - used : 0, "",
                       field->help);
    }
    buf_add(out, STR("dossier-query(7) tells all of it.\n\n"));
}

static void add_help(struct buf *out, const struct command *command)
{
    add_usage(out, command);
    if (!command->help) {
        buf_add(out, STR("\nFor dossier itself.\n"));
        return;
    }
    buf_format(out, "\n%c%s.\n", ascii_upper(command->help[0]), command->help + 1);
    if (command->details)
        buf_format(out, "%s\n", command->details);
    buf_add_byte(out, '\n');
    if (use_of(command) != QUERY_USE_COUNT)
        add_fields(out, use_of(command));
    for (int i = 0; i < OPTION_COUNT; i++)
        if ((command->options | EVERYWHERE) & UINT64_C(1) << i && option_rows[i].help)
            add_option(out, &option_rows[i]);
}

static void add_overview(struct buf *out)
{
    buf_add(out, STR("dossier - read a pile of web articles: who did what when\n\n"
                     "usage: dossier [-f FILE] [NAME.dossier] [PATH…]\n"
                     "       dossier [-f FILE] COMMAND [OPTION…] [WORD…]\n\n"));
    for (const struct command *command = commands + 1; command->name; command++)
        if (command->help)
            buf_format(out, "  %-10s %s\n", command->name, command->help);
    buf_add(out, STR("\nWithout a command the dossier is opened for reading; paths are imported "
                     "while you read.\n\n"));
    for (int i = 0; i < OPTION_COUNT; i++)
        if ((commands[0].options | EVERYWHERE) & UINT64_C(1) << i)
            add_option(out, &option_rows[i]);
    buf_add(out, STR("\nThe dossier is $XDG_DATA_HOME/dossier/default.dossier unless -f names "
                     "one.\n`dossier help COMMAND` says more; the manual is dossier(1).\n"));
}

static int print(const struct buf *out)
{
    struct error err = {0};
    enum status status = output_text(buf_str(out));
    return report_status(report_written(status, &err), &err);
}

static int print_help(const struct command *command)
{
    struct buf out = BUF_INIT;
    if (*command->name)
        add_help(&out, command);
    else
        add_overview(&out);
    int result = print(&out);
    buf_done(&out);
    return result;
}

static int print_version(void)
{
    struct buf out = BUF_INIT;
    buf_format(&out, "dossier %s\n", DOSSIER_VERSION);
    for (const struct import_library *library = missing_libraries; library->name; library++)
        buf_format(&out, "built without %s: no %s\n", library->name, library->reads);
    int result = print(&out);
    buf_done(&out);
    return result;
}

/* ---- finding the command ------------------------------------------------------------------- */

static const struct command *find_command(const char *name)
{
    for (const struct command *command = commands + 1; command->name; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}

static int unknown_word(const char *word, const char *what)
{
    struct nearest nearest = nearest_begin(str_from(word));
    for (const struct command *command = commands + 1; command->name; command++)
        if (command->help)
            nearest_offer(&nearest, command->name);
    if (nearest.best)
        output_complain("%s: %s; did you mean `dossier %s`?", word, what, nearest.best);
    else
        output_complain("%s: %s; `dossier --help` lists the commands", word, what);
    return EXIT_USAGE;
}

static int command_help(const struct environment *environment, const struct arguments *arguments)
{
    (void)environment;
    if (arguments->word_count == 0)
        return print_help(commands);
    const struct command *command = find_command(arguments->words[0]);
    if (command)
        return print_help(command);
    return unknown_word(arguments->words[0], "there is no such command");
}

/* ---- running it ---------------------------------------------------------------------------- */

/* A first path NAME.dossier is the dossier itself: `dossier case.dossier` opens it. */
static void take_dossier(struct arguments *arguments)
{
    if (arguments->word_count > 0 && !arguments_has(arguments, OPTION_FILE) &&
        str_ends(str_from(arguments->words[0]), STR(".dossier"))) {
        arguments->values[OPTION_FILE] = arguments->words[0];
        arguments->words++;
        arguments->word_count--;
    }
}

static int command_read(const struct environment *environment, const struct arguments *arguments)
{
    struct error err = {0};
    const char *dossier = NULL;
    struct arguments left = *arguments;
    for (size_t i = 0; i < left.word_count; i++)
        if (!source_is_address(left.words[i]) && access(left.words[i], F_OK) != 0) {
            if (i == 0 && !strchr(left.words[i], '/'))
                return unknown_word(left.words[i], "neither a command nor a file");
            output_complain("%s: there is no such file or folder; check the path", left.words[i]);
            return EXIT_USAGE;
        }
    take_dossier(&left);
    if (report_dossier(environment, &left, true, &dossier, &err) != STATUS_OK) {
        output_complain("%s", err.text);
        return EXIT_USAGE;
    }
    const struct reader_request request = {.dossier = dossier,
                                           .paths = (const char *const *)left.words,
                                           .path_count = left.word_count};
    return session_run(environment, &request);
}

/* `vector[0]` is the name under which the command was called. */
static int run_command(const struct command *command, struct arguments *arguments, int count,
                       char **vector)
{
    struct error err = {0};
    enum status status = arguments_read(arguments, command->name, command->options | EVERYWHERE,
                                        false, count, vector, &err);
    if (status == STATUS_OK && arguments_has(arguments, OPTION_HELP))
        return print_help(command);
    if (status == STATUS_OK && arguments_has(arguments, OPTION_VERSION))
        return print_version();
    if (status == STATUS_OK && arguments_has(arguments, OPTION_FILE) &&
        !(command->options & OPTION_BIT(FILE)))
        status =
            error_set(&err, STATUS_USAGE, "%s: it uses no dossier; leave -f out", command->name);
    if (status == STATUS_OK && arguments->word_count < command->fewest_words)
        status = error_set(&err, STATUS_USAGE, "%s: %s is missing; see `dossier %s --help`",
                           command->name, command->words, command->name);
    if (status == STATUS_OK && arguments->word_count > command->most_words)
        status = error_set(&err, STATUS_USAGE, "%s: `%s` is too much; see `dossier %s --help`",
                           command->name, arguments->words[command->most_words], command->name);
    struct arena arena = {0};
    struct environment environment = {0};
    if (status == STATUS_OK && command->run != command_help)
        status = environment_read(&arena, &environment, &err);
    int result = EXIT_USAGE;
    if (status == STATUS_OK)
        result = command->run(&environment, arguments);
    else
        output_complain("%s", err.text);
    arena_done(&arena);
    return result;
}

int command_main(int argument_count, char **arguments)
{
    struct error err = {0};
    struct arguments leading = {0};
    char name[] = "dossier", *no_arguments[] = {name, NULL};
    if (argument_count < 1) {
        argument_count = 1;
        arguments = no_arguments;
    }
    if (arguments_read(&leading, "", commands[0].options | EVERYWHERE, true, argument_count,
                       arguments, &err) != STATUS_OK) {
        output_complain("%s", err.text);
        return EXIT_USAGE;
    }
    if (arguments_has(&leading, OPTION_HELP))
        return print_help(commands);
    if (arguments_has(&leading, OPTION_VERSION))
        return print_version();
    struct arguments all = leading;
    const struct command *command = NULL;
    bool only_paths = leading.used > 1 && strcmp(arguments[leading.used - 1], "--") == 0;
    if (leading.word_count > 0 && !only_paths)
        command = find_command(leading.words[0]);
    if (command)
        return run_command(command, &all, (int)leading.word_count, leading.words);
    /* The place before the words stands for the name; a "--" stays in front of them. */
    size_t first = leading.used - (only_paths ? 2 : 1);
    return run_command(commands, &all, argument_count - (int)first, arguments + first);
}
