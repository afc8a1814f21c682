/* The styles of this program, by the names that theme files use. */
#ifndef APP_STYLE_H
#define APP_STYLE_H

#include "tui/theme.h"

/* Each kind of mark differs from the others without colour as well. */
#define STYLE_LIST(X)                                                                              \
    X(TEXT, "text", "")                                                                            \
    X(TITLE, "title", "bold")                                                                      \
    X(SUBTITLE, "subtitle", "italic")                                                              \
    X(BYLINE, "byline", "dim")                                                                     \
    X(HEADING, "heading", "bold")                                                                  \
    X(CAPTION, "caption", "dim")                                                                   \
    X(QUOTE, "quote", "italic")                                                                    \
    X(PERSON, "person", "cyan bold")                                                               \
    X(PLACE, "place", "green underline")                                                           \
    X(ORGANISATION, "organisation", "yellow")                                                      \
    X(DATE, "date", "magenta underline")                                                           \
    X(DATE_DOUBTFUL, "date-doubtful", "magenta dim")                                               \
    X(TARGET, "target", "bold underline reverse")                                                  \
    X(TARGET_HERE, "target-here", "yellow bold reverse")                                           \
    X(MARK_HERE, "mark-here", "reverse")                                                           \
    X(SELECTION, "selection", "reverse")                                                           \
    X(BOOKMARK, "bookmark", "blue underline")                                                      \
    X(MATCH, "match", "bold reverse")                                                              \
    X(REMOVED, "removed", "dim")                                                                   \
    X(REASON, "reason", "red dim")                                                                 \
    X(ROW, "row", "")                                                                              \
    X(ROW_SELECTED, "row-selected", "bold")                                                        \
    X(ROW_UNREAD, "row-unread", "")                                                                \
    X(ROW_DIM, "row-dim", "dim")                                                                   \
    X(HEADER, "header", "dim")                                                                     \
    X(STATUS, "status", "reverse")                                                                 \
    X(STATUS_STRONG, "status-strong", "reverse bold")                                              \
    X(MESSAGE, "message", "bold")                                                                  \
    X(ERROR, "error", "red bold")                                                                  \
    X(PROMPT, "prompt", "")                                                                        \
    X(PROMPT_LABEL, "prompt-label", "bold")                                                        \
    X(KEY, "key", "bold")                                                                          \
    X(GUTTER, "gutter", "bold")

enum {
#define STYLE_ENUM(id, name, definition) STYLE_##id,
    STYLE_LIST(STYLE_ENUM)
#undef STYLE_ENUM
        STYLE_COUNT
};

extern const struct style_default style_defaults[STYLE_COUNT];

#endif
