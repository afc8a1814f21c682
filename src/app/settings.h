/* What the user can set: one row a setting. The configuration file, `:set` and the man page come
 * from these rows. */
#ifndef APP_SETTINGS_H
#define APP_SETTINGS_H

#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

/* name in C, name for the user, values, default, help. Values are LOW..HIGH, words parted by |, or
 * the kind of text. */
#define SETTING_LIST(X)                                                                            \
    X(THEME, "theme", "NAME", "default",                                                           \
      "colours: default, dark, light, contrast, mono, or NAME.theme beside the file config")       \
    X(TEXT_WIDTH, "text-width", "20..500", "76", "columns that a line of text takes at most")      \
    X(SIDE_PANE, "side-pane", "off|wide|on", "off",                                                \
      "names beside the text: when asked for, from 120 columns on, always")                        \
    X(ESCAPE_DELAY, "escape-delay", "25..200", "50",                                               \
      "milliseconds that Esc may be the beginning of another key")                                 \
    X(PACING, "pacing", "off|on", "on", "paint no faster than the terminal answers")               \
    X(CITATION, "citation", "text|markdown|json", "text", "the form of a passage that is copied")  \
    X(CLIPBOARD, "clipboard", "off|on", "on", "copy to the terminal's clipboard; off: to a file")  \
    X(HYPERLINKS, "hyperlinks", "off|on", "on",                                                    \
      "text of links leads to its address in terminals that can follow it (OSC 8)")                \
    X(RESUME, "resume", "off|row|text", "row",                                                     \
      "begin in the list, at the article that was read last, or in its text")                      \
    X(HISTORY, "history", "off|on", "on",                                                          \
      "what was typed after : / and f is kept for other sessions")                                 \
    X(FULL_TEXT, "full-text", "off|on", "off",                                                     \
      "update: fetch the pages of feed items that hold a part only, of every feed")                \
    X(CONTACT, "contact", "TEXT", "",                                                              \
      "an address at which sites that are fetched from can reach you; sent with every request")    \
    X(FETCH_TIMEOUT, "fetch-timeout", "1..600", "60", "seconds for one address")                   \
    X(FETCH_LIMIT, "fetch-limit", "1..256", "64", "megabytes that one address may give")           \
    X(FETCH_DELAY, "fetch-delay", "0..60000", "500",                                               \
      "milliseconds between two requests to one host")                                             \
    X(FILE_TIME, "file-time", "off|on", "on",                                                      \
      "an article without a date is not younger than its file; off: files were copied")            \
    X(BROWSER, "browser", "PROGRAM", "", "opens addresses; else $BROWSER, else xdg-open")

enum setting_id {
#define SETTING_ENUM(id, name, values, initial, help) SETTING_##id,
    SETTING_LIST(SETTING_ENUM) SETTING_COUNT
#undef SETTING_ENUM
};

struct setting {
    const char *name, *values, *initial, *help;
};
extern const struct setting setting_table[SETTING_COUNT];

struct settings {
    struct arena arena;
    int numbers[SETTING_COUNT];       /* of LOW..HIGH; of words the place from 0 */
    const char *texts[SETTING_COUNT]; /* as it was set */
};

/* All as by default. */
void settings_init(struct settings *settings);
void settings_done(struct settings *settings);
/* Sets one by its name. BAD_INPUT with what it takes when the value is none of it, or when there is
 * no such setting; it stays as it was then. */
enum status settings_set(struct settings *settings, str name, str value,
                         struct error *err) MUST_CHECK;

#endif
