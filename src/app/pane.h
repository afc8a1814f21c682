/* A pane: one const table of functions and private state in one file. Panes are rows of panes[];
 * a new one is a file pane_<name>.c and a row in PANE_LIST. There is one of each; it keeps its
 * state while another pane is shown, so that going back finds the same row. */
#ifndef APP_PANE_H
#define APP_PANE_H

#include <limits.h>

#include "app/action.h"
#include "app/query.h"
#include "base/buf.h"
#include "store/store.h"
#include "tui/canvas.h"

struct session;

/* name in C, name for the user and for keymap scopes. SELECT and SIDE are scopes of the reader
 * only. */
#define PANE_LIST(X)                                                                               \
    X(ARTICLES, articles)                                                                          \
    X(READER, reader)                                                                              \
    X(PEOPLE, people)                                                                              \
    X(PERSON, person)                                                                              \
    X(CARD, card)                                                                                  \
    X(TIMELINE, timeline)                                                                          \
    X(BOOKMARKS, bookmarks)                                                                        \
    X(WATCH, watch)                                                                                \
    X(SEARCH, search)                                                                              \
    X(SEARCHES, searches)                                                                          \
    X(OUTLINE, outline)                                                                            \
    X(SOURCES, sources)                                                                            \
    X(OVERVIEW, overview)                                                                          \
    X(HELP, help)

enum pane_id {
#define PANE_ENUM(id, name) PANE_##id,
    PANE_LIST(PANE_ENUM) PANE_COUNT
#undef PANE_ENUM
};
/* Keymap scopes: 0 is any, pane id + 1 is the pane, the last two are the reader's: the selection,
 * and the names beside the text. */
enum { SCOPE_ANY = 0, SCOPE_SELECT = PANE_COUNT + 1, SCOPE_SIDE, SCOPE_COUNT };

/* A place to come back to: enough to show a pane as it was. */
struct place {
    enum pane_id pane;
    int64_t article; /* READER */
    uint32_t offset; /* READER: byte of the article's text */
    bool at_top;     /* READER: offset is the first line of the screen, not a thing to show */
    int64_t entity;  /* PERSON, CARD; PEOPLE: the row to select */
    bool has_day;    /* TIMELINE: `day` is the one to show */
    day day;
    bool has_kind; /* PEOPLE: `kind` is what to list */
    enum entity_kind kind;
    bool over; /* the first pane over the others, not home: back leads to the one before */
};

/* A name that is selected or marked, for corrections. */
struct name_place {
    int64_t entity;
    int64_t article;     /* 0: no mention is meant, the name as a whole */
    uint32_t start, end; /* bytes in the article's text */
};

struct name_choices; /* app/name_choice.h */

/* What must follow an action. */
enum outcome {
    OUTCOME_UNHANDLED = 0, /* the session gets the action next */
    OUTCOME_DONE,          /* nothing to draw */
    OUTCOME_REDRAW
};

#define MOVE_TO_END INT_MAX
/* The actions that move, in every pane by its function `move`. */
struct motion {
    enum action_id action;
    enum { MOVE_ROW, MOVE_HALF_PAGE, MOVE_PAGE, MOVE_END } unit;
    int sign;
};
/* NULL for an action that does not move. */
const struct motion *motion_find(enum action_id action);

struct handler {
    enum action_id action;
    enum outcome (*run)(struct session *session, void *state, str argument);
};

struct pane_class {
    const char *title;
    size_t state_len; /* bytes of private state, zeroed at start */
    void (*init)(struct session *session, void *state);
    void (*done)(struct session *session, void *state);
    /* Shows a place; false (with a message in the session) when it cannot. */
    bool (*show)(struct session *session, void *state, const struct place *place);
    /* Where the pane stands now; place->pane is set. */
    void (*where)(struct session *session, void *state, struct place *place);
    /* A number for what keys act on, another one for each thing; 0: nothing. NULL: the article and
     * the entity of `where`. */
    uint64_t (*meant)(struct session *session, void *state);
    /* The dossier changed, or the size did: read again what is shown. */
    void (*reload)(struct session *session, void *state);
    /* Draws into the canvas (all rows but the status line). *row, *column: the cursor,
     * -1 hidden. */
    void (*draw)(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column);
    /* What the status line says: left part, and right part (changes while moving; taken when
     * idle). */
    void (*status)(struct session *session, void *state, struct buf *left, struct buf *right);
    /* Moves by so many rows, or to an end with MOVE_TO_END or its negative; and how many rows are
     * seen at once. */
    enum outcome (*move)(struct session *session, void *state, int rows);
    int (*rows_seen)(struct session *session, void *state);
    /* Called when no key came for a moment, when the pane is left, and at the end: keeps what
     * changed. May be NULL. */
    void (*idle)(struct session *session, void *state);
    /* Keymap scope besides the pane's own, e.g. the selection; may be NULL. */
    int (*scope)(struct session *session, void *state);
    /* The name that is selected; false when none is. May be NULL. */
    bool (*name)(struct session *session, void *state, struct name_place *place);
    /* Where none is: the names that the selected row shows. May be NULL. */
    void (*names)(struct session *session, void *state, struct name_choices *choices);
    /* How its filter is read; QUERY_SEARCH: it has none. */
    enum query_use filter_use;
    /* Tables of handlers, searched in order; each ends with run == NULL, the list with NULL. */
    const struct handler *const *handlers;
};

#define PANE_CLASS(id, name) extern const struct pane_class pane_##name;
PANE_LIST(PANE_CLASS)
#undef PANE_CLASS

struct pane {
    const char *name;
    const struct pane_class *class;
};
extern const struct pane panes[PANE_COUNT];

/* The pane's id by name; -1 when there is none. */
int pane_find(str name);

#endif
