#include "app/arguments.h"

#include <getopt.h>
#include <string.h>

const struct option_row option_rows[OPTION_COUNT] = {
#define OPTION_ROW(id, name, letter, argument, help) {name, letter, argument, help},
    OPTION_LIST(OPTION_ROW)
#undef OPTION_ROW
};

/* What getopt_long returns for a row: above any character. */
enum { FIRST_VALUE = 256 };

struct parser {
    struct option rows[OPTION_COUNT + 1];
    char letters[2 * OPTION_COUNT + 3];
};

static void fill_parser(struct parser *parser, uint64_t options, bool stop_at_word)
{
    size_t rows = 0, letters = 0;
    if (stop_at_word)
        parser->letters[letters++] = '+';
    parser->letters[letters++] = ':';
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *row = &option_rows[i];
        if (!(options & UINT64_C(1) << i))
            continue;
        parser->rows[rows++] =
            (struct option){row->name, row->argument != NULL, NULL, FIRST_VALUE + i};
        if (row->letter)
            parser->letters[letters++] = (char)row->letter;
        if (row->letter && row->argument)
            parser->letters[letters++] = ':';
    }
    parser->rows[rows] = (struct option){0};
    parser->letters[letters] = '\0';
}

/* The option that getopt_long returned, or OPTION_COUNT. */
static int option_of(int returned)
{
    if (returned >= FIRST_VALUE)
        return returned - FIRST_VALUE;
    for (int i = 0; i < OPTION_COUNT; i++)
        if (option_rows[i].letter && option_rows[i].letter == returned)
            return i;
    return OPTION_COUNT;
}

static enum status complain(const char *command, int returned, const char *written,
                            struct error *err)
{
    const char *space = *command ? " " : "";
    int option = option_of(optopt);
    if (option < OPTION_COUNT && returned == ':')
        return error_set(err, STATUS_USAGE, "option --%s needs %s; see `dossier%s%s --help`",
                         option_rows[option].name, option_rows[option].argument, space, command);
    if (option < OPTION_COUNT && optopt >= FIRST_VALUE)
        return error_set(err, STATUS_USAGE, "option --%s takes no value; see `dossier%s%s --help`",
                         option_rows[option].name, space, command);
    if (optopt > 0 && optopt < FIRST_VALUE)
        return error_set(err, STATUS_USAGE, "there is no option -%c; see `dossier%s%s --help`",
                         optopt, space, command);
    return error_set(err, STATUS_USAGE, "there is no option %s; see `dossier%s%s --help`", written,
                     space, command);
}

enum status arguments_read(struct arguments *arguments, const char *command, uint64_t options,
                           bool stop_at_word, int count, char **vector, struct error *err)
{
    struct parser parser;
    fill_parser(&parser, options, stop_at_word);
    opterr = 0;
    optind = 0; /* begin anew */
    for (;;) {
        optopt = 0;
        int returned = getopt_long(count, vector, parser.letters, parser.rows, NULL);
        if (returned == -1)
            break;
        int option = returned == '?' || returned == ':' ? OPTION_COUNT : option_of(returned);
        if (option == OPTION_COUNT)
            return complain(command, returned, vector[optind - 1], err);
        arguments->values[option] = option_rows[option].argument ? optarg : "";
    }
    arguments->used = (size_t)optind;
    arguments->words = vector + optind;
    arguments->word_count = (size_t)(count - optind);
    return STATUS_OK;
}

bool arguments_has(const struct arguments *arguments, enum option_id option)
{
    return arguments->values[option] != NULL;
}

enum status arguments_number(const struct arguments *arguments, enum option_id option, int64_t low,
                             int64_t high, int64_t *value, struct error *err)
{
    const char *text = arguments->values[option];
    int64_t number;
    if (!text)
        return STATUS_OK;
    bool fits = str_to_int(str_from(text), &number) && number >= low && number <= high;
    if (!fits && high == INT64_MAX)
        return error_set(err, STATUS_USAGE, "--%s %s: give a whole number, %lld or more",
                         option_rows[option].name, text, (long long)low);
    if (!fits)
        return error_set(err, STATUS_USAGE, "--%s %s: give a whole number from %lld to %lld",
                         option_rows[option].name, text, (long long)low, (long long)high);
    *value = number;
    return STATUS_OK;
}

enum status arguments_day(const struct arguments *arguments, enum option_id option, bool last_day,
                          day *value, struct error *err)
{
    const char *text = arguments->values[option];
    day first, last;
    if (!text)
        return STATUS_OK;
    if (strstr(text, "..") || !day_parse_period(str_from(text), &first, &last))
        return error_set(err, STATUS_USAGE,
                         "--%s %s: give a date that exists, as 2024-08-05, 2024-08 or 2024",
                         option_rows[option].name, text);
    *value = last_day ? last : first;
    return STATUS_OK;
}

enum status arguments_whole_day(const struct arguments *arguments, enum option_id option,
                                day *value, struct error *err)
{
    const char *text = arguments->values[option];
    if (!text || day_parse(str_from(text), value))
        return STATUS_OK;
    return error_set(err, STATUS_USAGE, "--%s %s: give a day that exists, as 2024-08-05",
                     option_rows[option].name, text);
}

void arguments_join(const struct arguments *arguments, size_t first, struct buf *joined)
{
    for (size_t i = first; i < arguments->word_count; i++) {
        if (i > first)
            buf_add_byte(joined, ' ');
        buf_add(joined, str_from(arguments->words[i]));
    }
}
