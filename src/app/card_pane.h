/* Panes that show a few dozen lines of different kinds, made all at once: what is known of a
 * person, the overview of a dossier. A pane's state begins with a struct card_pane. */
#ifndef APP_CARD_PANE_H
#define APP_CARD_PANE_H

#include "app/list_pane.h"

struct card_line {
    struct row_key key; /* number: which line */
    bool is_heading;
    str count, text, remark;
    bool is_role; /* its text is how an article describes somebody */
    bool opens;   /* Enter shows place */
    struct place place;
    struct mention_filter filter; /* for PANE_PERSON: show only these mentions */
    const char *query;            /* the filter of the list that opens; NULL: as it is */
    int64_t entity;               /* the name on the line, for corrections; 0: none */
    int64_t correction;           /* one that does not apply; 0: none */
};

struct card_pane {
    struct list_pane list;
    struct arena arena; /* of the lines */
    VEC(struct card_line) lines;
    /* Makes the lines, with the calls below. */
    enum status (*make)(struct card_pane *card, struct error *err);
};

void card_pane_init(struct card_pane *card, struct session *session,
                    enum status (*make)(struct card_pane *card, struct error *err));
void card_pane_done(struct session *session, void *state);
void card_pane_reload(struct session *session, void *state);
void card_pane_draw(struct card_pane *card, const struct canvas *canvas, str header);
bool card_pane_name(struct session *session, void *state, struct name_place *place);
void card_pane_names(struct session *session, void *state, struct name_choices *choices);

void card_heading(struct card_pane *card, const char *text);
/* The line, to be filled in further; valid until the next one is added. */
struct card_line *card_add(struct card_pane *card, int64_t count, str text, str remark);
/* Counts by month as a strip of blocks (or of digits), "2024-04 ▁▃█ 2024-09", at most `columns`
 * wide: by month, by quarter or by year, whatever fits. */
str card_strip(struct arena *arena, const struct month_count *months, size_t count, int columns,
               bool ascii);

extern const struct handler card_pane_handlers[];

#endif
