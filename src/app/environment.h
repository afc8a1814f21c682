/* What the process was given: environment, clock, places. Read once; handed down as a parameter,
 * so that nothing below app/ asks the system. */
#ifndef APP_ENVIRONMENT_H
#define APP_ENVIRONMENT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/status.h"
#include "model/day.h"

struct environment {
    const char *term;        /* $TERM or NULL */
    bool in_tmux;            /* $TMUX is set */
    bool colour;             /* false when NO_COLOR is set and not empty */
    bool ascii;              /* the locale's character set is known and not UTF-8 */
    bool frame_mark;         /* DOSSIER_FRAME_MARK: for the tests of the screen */
    const char *data_folder; /* lexicon, rules, themes: $DOSSIER_DATA, beside the program,
                                installed, source tree */
    const char *keymap_folder;
    const char *config_folder;    /* $XDG_CONFIG_HOME/dossier or ~/.config/dossier */
    const char *state_folder;     /* $XDG_STATE_HOME/dossier or ~/.local/state/dossier */
    const char *default_dossier;  /* $XDG_DATA_HOME/dossier/default.dossier */
    const char *program;          /* path of this executable, to start it again as a worker */
    day today;                    /* local date, or DOSSIER_TODAY */
    const char *browser, *editor; /* $BROWSER, $VISUAL or $EDITOR; or NULL */
    const char *temporary_folder; /* $TMPDIR, else /tmp */
};

/* Everything lives in the arena. NOT_FOUND with a message when the data folder is nowhere. */
enum status environment_read(struct arena *arena, struct environment *environment,
                             struct error *err) MUST_CHECK;
/* Seconds since 1970 UTC. */
int64_t environment_now(void);
/* Milliseconds of a clock that never goes back; 0 when there is none. For differences. */
int64_t environment_milliseconds(void);

#endif
