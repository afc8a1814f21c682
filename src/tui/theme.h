/* Styles by name, as data: "person = cyan underline", "selected = reverse". The program names its
 * styles in a table; a theme file (data/themes/NAME.theme) sets them. Each carries something
 * besides colour. */
#ifndef TUI_THEME_H
#define TUI_THEME_H

#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

/* Index into the program's table of style names. */
typedef int style_id;

enum {
    ATTRIBUTE_BOLD = 1,
    ATTRIBUTE_DIM = 2,
    ATTRIBUTE_UNDERLINE = 4,
    ATTRIBUTE_REVERSE = 8,
    ATTRIBUTE_ITALIC = 16
};

struct style {
    short foreground, background; /* -1 = the terminal's own; 0..15 */
    unsigned attributes;          /* ATTRIBUTE_… */
};

/* A style as the program ships it: "cyan underline". */
struct style_default {
    const char *name;
    const char *definition;
};

struct theme {
    const struct style_default *defaults;
    int style_count;
    struct style styles[64];
};

/* The defaults; they must parse. */
void theme_init(struct theme *theme, const struct style_default *defaults, int style_count);
/* Reads lines "name = words"; all mistakes are collected in *err as file:line:, reading goes on. */
enum status theme_read(struct theme *theme, str text, str file, struct error *err) MUST_CHECK;

#endif
