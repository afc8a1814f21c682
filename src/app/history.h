/* What was typed after `:`, `/` and `f`, kept over sessions in $XDG_STATE_HOME/dossier/history: a
 * line each, ": go people", of all sessions in the order in which they were typed. */
#ifndef APP_HISTORY_H
#define APP_HISTORY_H

#include "base/arena.h"
#include "base/str.h"
#include "tui/prompt.h"

/* HISTORY_OTHER: tags, notes and the like; for this session only. */
enum history_kind {
    HISTORY_OTHER,
    HISTORY_COMMAND,
    HISTORY_SEARCH,
    HISTORY_FILTER,
    HISTORY_KIND_COUNT
};

struct history {
    struct prompt_history kinds[HISTORY_KIND_COUNT];
    struct arena arena;
    str path; /* none: nothing is kept */
};

/* Reads what earlier sessions left in the folder (NULL: nothing is read or kept). What cannot be
 * read is as if it were not there: it is a convenience. */
void history_open(struct history *history, const char *folder);
/* Writes a line down, after those that other sessions wrote meanwhile; a file that grew
 * long keeps the last PROMPT_HISTORY_LIMIT / 2 of each kind. Mode 0600. */
void history_keep(struct history *history, enum history_kind kind, str line);
void history_done(struct history *history);

#endif
