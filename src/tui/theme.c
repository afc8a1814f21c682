#include "tui/theme.h"

#include <string.h>

#include "base/buf.h"

enum { STYLE_LIMIT = 64, COLOUR_COUNT = 8 };

static const char *const colour_names[COLOUR_COUNT] = {"black", "red",     "green", "yellow",
                                                       "blue",  "magenta", "cyan",  "white"};

static const struct {
    const char *name;
    unsigned attribute;
} attributes[] = {
    {"bold", ATTRIBUTE_BOLD},           {"dim", ATTRIBUTE_DIM},
    {"underline", ATTRIBUTE_UNDERLINE}, {"reverse", ATTRIBUTE_REVERSE},
    {"italic", ATTRIBUTE_ITALIC},       {"plain", 0},
};

static const struct style plain_style = {-1, -1, 0};

static bool parse_colour(str word, short *colour)
{
    if (str_equal(word, STR("default"))) {
        *colour = -1;
        return true;
    }
    short bright = 0;
    if (str_starts(word, STR("bright-"))) {
        bright = COLOUR_COUNT;
        word = str_slice(word, strlen("bright-"), word.len);
    }
    for (short i = 0; i < COLOUR_COUNT; i++)
        if (str_equal(word, str_from(colour_names[i]))) {
            *colour = (short)(i + bright);
            return true;
        }
    return false;
}

static bool parse_attribute(str word, unsigned *bits)
{
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++)
        if (str_equal(word, str_from(attributes[i].name))) {
            *bits |= attributes[i].attribute;
            return true;
        }
    return false;
}

/* "cyan on black bold underline"; *bad is the word that is none of it. */
static bool parse_style(str text, struct style *style, str *bad)
{
    *style = plain_style;
    bool any = false;
    while (str_next_word(&text, bad)) {
        any = true;
        if (str_equal(*bad, STR("on"))) {
            if (!str_next_word(&text, bad) || !parse_colour(*bad, &style->background))
                return false;
        } else if (!parse_attribute(*bad, &style->attributes) &&
                   !parse_colour(*bad, &style->foreground)) {
            return false;
        }
    }
    return any;
}

void theme_init(struct theme *theme, const struct style_default *defaults, int style_count)
{
    theme->defaults = defaults;
    theme->style_count = style_count < STYLE_LIMIT ? style_count : STYLE_LIMIT;
    for (int i = 0; i < STYLE_LIMIT; i++) {
        str bad;
        theme->styles[i] = plain_style;
        if (i < theme->style_count &&
            !parse_style(str_from(defaults[i].definition), &theme->styles[i], &bad))
            theme->styles[i] = plain_style;
    }
}

static struct style *find_style(struct theme *theme, str name)
{
    for (int i = 0; i < theme->style_count; i++)
        if (str_equal(name, str_from(theme->defaults[i].name)))
            return &theme->styles[i];
    return NULL;
}

/* Returns what is wrong with the line, or NULL; *bad is the word that the message is about. */
static const char *read_line(struct theme *theme, str line, str *bad)
{
    line = str_trim(str_slice(line, 0, str_find_byte(line, '#', 0)));
    if (line.len == 0)
        return NULL;
    *bad = line;
    size_t equals = str_find_byte(line, '=', 0);
    if (equals == STR_MISSING)
        return "expected \"name = words\", found";
    *bad = str_trim(str_slice(line, 0, equals));
    struct style *style = find_style(theme, *bad);
    if (style == NULL)
        return "unknown style";
    struct style read;
    if (!parse_style(str_slice(line, equals + 1, line.len), &read, bad))
        return bad->len > 0 ? "neither a colour nor an attribute:"
                            : "a colour or an attribute is missing";
    *style = read;
    return NULL;
}

enum status theme_read(struct theme *theme, str text, str file, struct error *err)
{
    struct buf messages = BUF_INIT;
    int line_number = 0, mistakes = 0, told = 0;
    str line;
    while (str_next_line(&text, &line)) {
        line_number++;
        str bad = STR_NONE;
        const char *wrong = read_line(theme, line, &bad);
        if (wrong == NULL)
            continue;
        mistakes++;
        size_t before = messages.len;
        buf_format(&messages, "%s%.*s:%d: %s", before > 0 ? "; " : "", STR_ARG(file), line_number,
                   wrong);
        if (bad.len > 0)
            buf_format(&messages, " '%.*s'", STR_ARG(str_slice(bad, 0, 40)));
        enum { ROOM_LEN = sizeof err->text - 32 };
        if (messages.len > ROOM_LEN && told > 0)
            messages.len = before;
        else
            told++;
    }
    if (mistakes > told)
        buf_format(&messages, "; and %d more", mistakes - told);
    enum status status = STATUS_OK;
    if (mistakes > 0)
        status = error_set(err, STATUS_BAD_INPUT, "%s", buf_c(&messages));
    buf_done(&messages);
    return status;
}
