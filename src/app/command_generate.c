/* dossier generate: the files under data/ that are made from the tables of commands, options and
 * actions. */
#include <string.h>

#include "app/action.h"
#include "app/output.h"
#include "app/report.h"
#include "base/ascii.h"

#define EVERYWHERE (OPTION_BIT(HELP) | OPTION_BIT(VERSION))

/* An option that a command shows. */
static bool has_option(const struct command *command, int option)
{
    return option_rows[option].help && (command->options | EVERYWHERE) & UINT64_C(1) << option;
}

static bool takes_files(const struct command *command)
{
    return strstr(command->words, "PATH") || strstr(command->words, ".dossier");
}

static bool takes_commands(const struct command *command)
{
    return strstr(command->words, "COMMAND") != NULL;
}

static bool is_argument(const struct option_row *row, const char *argument)
{
    return row->argument && strcmp(row->argument, argument) == 0;
}

/* Text between single quotes of a shell; `escaped`: what gets a backslash in front. */
static void add_quoted(struct buf *out, const char *text, const char *escaped)
{
    for (; *text; text++) {
        if (*text == '\'')
            buf_add(out, STR("'\\'"));
        else if (strchr(escaped, *text))
            buf_add_byte(out, '\\');
        buf_add_byte(out, *text);
    }
}

static void add_commands(struct buf *out)
{
    for (const struct command *command = commands + 1; command->name; command++)
        if (command->help)
            buf_format(out, "%s%s", command == commands + 1 ? "" : " ", command->name);
}

static void add_kinds(struct buf *out)
{
    for (int i = 0; i < ENTITY_KIND_COUNT; i++)
        buf_format(out, "%s%s", i ? " " : "", entity_kind_name((enum entity_kind)i));
}

/* ---- bash ---------------------------------------------------------------------------------- */

/* "-f|--file|--check": those whose argument is `argument`, or all that have one for NULL. */
static void add_option_pattern(struct buf *out, const char *argument)
{
    const char *between = "";
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *row = &option_rows[i];
        if (!row->help || !row->argument || (argument && !is_argument(row, argument)))
            continue;
        if (row->letter)
            buf_format(out, "%s-%c|--%s", between, row->letter, row->name);
        else
            buf_format(out, "%s--%s", between, row->name);
        between = "|";
    }
}

static void add_bash_command(struct buf *out, const struct command *command)
{
    buf_format(out, "    %s) options='", *command->name ? command->name : "''");
    const char *between = "";
    for (int i = 0; i < OPTION_COUNT; i++)
        if (has_option(command, i)) {
            buf_format(out, "%s--%s", between, option_rows[i].name);
            between = " ";
        }
    buf_format(out, "' files=%d words='", takes_files(command));
    if (!*command->name || takes_commands(command))
        add_commands(out);
    buf_add(out, STR("' ;;\n"));
}

static void generate_bash(struct buf *out)
{
    buf_add(out, STR("# Completion for bash. Made by `dossier generate bash`.\n"
                     "_dossier() {\n"
                     "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                     "    local command='' options='' words='' files=0 i\n"
                     "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                     "        case ${COMP_WORDS[i]} in\n        "));
    add_option_pattern(out, NULL);
    buf_add(out, STR(") ((i++)) ;;\n"
                     "        -*) ;;\n"
                     "        *) command=${COMP_WORDS[i]}; break ;;\n"
                     "        esac\n    done\n"
                     "    COMPREPLY=()\n"
                     "    case $before in\n    "));
    add_option_pattern(out, "FILE");
    buf_add(out, STR(") mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); return ;;\n    "));
    add_option_pattern(out, "KIND");
    buf_add(out, STR(") mapfile -t COMPREPLY < <(compgen -W '"));
    add_kinds(out);
    buf_add(out, STR("' -- \"$word\"); return ;;\n    "));
    add_option_pattern(out, NULL);
    buf_add(out, STR(") return ;;\n    esac\n    case $command in\n"));
    for (const struct command *command = commands; command->name; command++)
        if (command->help)
            add_bash_command(out, command);
    buf_add(out, STR("    *) files=1 ;;\n    esac\n"
                     "    if [[ $word == -* ]]; then\n"
                     "        mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
                     "        return\n    fi\n"
                     "    mapfile -t COMPREPLY < <(\n"
                     "        compgen -W \"$words\" -- \"$word\"\n"
                     "        ((files)) && compgen -f -- \"$word\"\n"
                     "    )\n}\n"
                     "complete -o filenames -F _dossier dossier\n"));
}

/* ---- zsh ----------------------------------------------------------------------------------- */

static void add_zsh_option(struct buf *out, const struct option_row *row)
{
    if (row->letter)
        buf_format(out, " \\\n            '(-%c --%s)'{-%c,--%s}'[", row->letter, row->name,
                   row->letter, row->name);
    else
        buf_format(out, " \\\n            '--%s[", row->name);
    add_quoted(out, row->help, "[]:\\");
    buf_add_byte(out, ']');
    if (is_argument(row, "KIND")) {
        buf_add(out, STR(":KIND:("));
        add_kinds(out);
        buf_add_byte(out, ')');
    } else if (row->argument) {
        buf_format(out, ":%s:%s", row->argument, is_argument(row, "FILE") ? "_files" : " ");
    }
    buf_add_byte(out, '\'');
}

static void add_zsh_command(struct buf *out, const struct command *command)
{
    buf_format(out, "        %s)\n            _arguments", command->name);
    for (int i = 0; i < OPTION_COUNT; i++)
        if (has_option(command, i))
            add_zsh_option(out, &option_rows[i]);
    if (takes_commands(command)) {
        buf_add(out, STR(" \\\n            '*: :("));
        add_commands(out);
        buf_add(out, STR(")'"));
    } else if (takes_files(command)) {
        buf_add(out, STR(" \\\n            '*: :_files'"));
    }
    buf_add(out, STR("\n            ;;\n"));
}

static void generate_zsh(struct buf *out)
{
    buf_add(out, STR("#compdef dossier\n# Made by `dossier generate zsh`.\n"
                     "_dossier() {\n    local state line\n    local -a commands\n"
                     "    commands=(\n"));
    for (const struct command *command = commands + 1; command->name; command++) {
        if (!command->help)
            continue;
        buf_format(out, "        '%s:", command->name);
        add_quoted(out, command->help, ":\\");
        buf_add(out, STR("'\n"));
    }
    buf_add(out, STR("    )\n    _arguments -C"));
    for (int i = 0; i < OPTION_COUNT; i++)
        if (has_option(commands, i))
            add_zsh_option(out, &option_rows[i]);
    buf_add(out, STR(" \\\n            '1: :->first' '*:: :->rest'\n"
                     "    case $state in\n"
                     "    first)\n        _describe command commands\n        _files\n        ;;\n"
                     "    rest)\n        case $words[1] in\n"));
    for (const struct command *command = commands + 1; command->name; command++)
        if (command->help)
            add_zsh_command(out, command);
    buf_add(out, STR("        *) _files ;;\n        esac\n        ;;\n    esac\n}\n"
                     "_dossier \"$@\"\n"));
}

/* ---- fish ---------------------------------------------------------------------------------- */

static void add_fish_option(struct buf *out, const struct command *command,
                            const struct option_row *row)
{
    buf_add(out, STR("complete -c dossier -n '"));
    if (*command->name)
        buf_format(out, "__fish_seen_subcommand_from %s'", command->name);
    else
        buf_add(out, STR("__fish_use_subcommand'"));
    if (row->letter)
        buf_format(out, " -s %c", row->letter);
    buf_format(out, " -l %s", row->name);
    if (is_argument(row, "KIND")) {
        buf_add(out, STR(" -xa '"));
        add_kinds(out);
        buf_add_byte(out, '\'');
    } else if (row->argument) {
        buf_add(out, is_argument(row, "FILE") ? STR(" -rF") : STR(" -x"));
    }
    buf_add(out, STR(" -d '"));
    add_quoted(out, row->help, "\\");
    buf_add(out, STR("'\n"));
}

static void generate_fish(struct buf *out)
{
    buf_add(out, STR("# Completion for fish. Made by `dossier generate fish`.\n"));
    for (const struct command *command = commands; command->name; command++) {
        if (!command->help)
            continue;
        if (*command->name) {
            buf_format(out, "complete -c dossier -n __fish_use_subcommand -a %s -d '",
                       command->name);
            add_quoted(out, command->help, "\\");
            buf_add(out, STR("'\n"));
            if (!takes_files(command))
                buf_format(out, "complete -c dossier -n '__fish_seen_subcommand_from %s' -f\n",
                           command->name);
        }
        if (takes_commands(command)) {
            buf_format(out, "complete -c dossier -n '__fish_seen_subcommand_from %s' -a '",
                       command->name);
            add_commands(out);
            buf_add(out, STR("'\n"));
        }
        for (int i = 0; i < OPTION_COUNT; i++)
            if (has_option(command, i))
                add_fish_option(out, command, &option_rows[i]);
    }
}

/* ---- the actions of dossier-keymap(5) ------------------------------------------------------ */

/* In mdoc(7) a full stop at a line's beginning is a request, and -, : and the like stand for
 * themselves where a letter comes before. */
static void generate_actions(struct buf *out)
{
    for (int i = 0; i < ACTION_COUNT; i++) {
        const struct action *action = &actions[i];
        buf_format(out, ".It Ic %s", action->name);
        if (action->argument)
            buf_format(out, " Ar \"%s\"", action->argument);
        buf_format(out, "\n%c%s.\n", ascii_upper(action->help[0]), action->help + 1);
    }
}

static const struct {
    const char *name;
    void (*generate)(struct buf *out);
} kinds[] = {{"bash", generate_bash},
             {"zsh", generate_zsh},
             {"fish", generate_fish},
             {"actions", generate_actions}};

int command_generate(const struct environment *environment, const struct arguments *arguments)
{
    struct error err = {0};
    struct buf out = BUF_INIT;
    enum status status = STATUS_USAGE;
    (void)environment;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(arguments->words[0], kinds[i].name) == 0) {
            kinds[i].generate(&out);
            status = output_text(buf_str(&out));
        }
    if (!out.len)
        status = error_set(&err, STATUS_USAGE, "generate: %s: give bash, zsh, fish or actions",
                           arguments->words[0]);
    int result = report_status(report_written(status, &err), &err);
    buf_done(&out);
    return result;
}
