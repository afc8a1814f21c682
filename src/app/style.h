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
    X(EMPHASIS, "emphasis", "italic")                                                              \
    X(STRONG, "strong", "bold italic")                                                             \
    X(CODE, "code", "dim")                                                                         \
    X(LINK, "link", "blue dim bold underline")                                                     \
    X(PERSON, "person", "cyan bold")                                                               \
    X(PLACE, "place", "green underline")                                                           \
    X(ORGANISATION, "organisation", "yellow bold underline")                                       \
    X(DATE, "date", "magenta dim underline")                                                       \
    X(DATE_DOUBTFUL, "date-doubtful", "magenta dim italic")                                        \
    X(TARGET, "target", "yellow reverse")                                                          \
    X(TARGET_HERE, "target-here", "bright-yellow reverse bold")                                    \
    X(MARK_HERE, "mark-here", "cyan reverse bold underline")                                       \
    X(SELECTION, "selection", "reverse dim")                                                       \
    X(BOOKMARK, "bookmark", "bright-blue italic underline")                                        \
    X(WATCH_1, "watch-1", "bright-red bold italic underline")                                      \
    X(WATCH_2, "watch-2", "bright-green bold italic underline")                                    \
    X(WATCH_3, "watch-3", "bright-yellow bold italic underline")                                   \
    X(WATCH_4, "watch-4", "bright-blue bold italic underline")                                     \
    X(WATCH_5, "watch-5", "bright-magenta bold italic underline")                                  \
    X(WATCH_6, "watch-6", "bright-cyan bold italic underline")                                     \
    X(WATCH_7, "watch-7", "red bold italic underline")                                             \
    X(WATCH_8, "watch-8", "green bold italic underline")                                           \
    X(WATCH_9, "watch-9", "blue bold italic underline")                                            \
    X(MATCH, "match", "green reverse underline")                                                   \
    X(REMOVED, "removed", "dim")                                                                   \
    X(REASON, "reason", "red dim italic")                                                          \
    X(ROW, "row", "")                                                                              \
    X(ROW_SELECTED, "row-selected", "bold")                                                        \
    X(ROW_UNREAD, "row-unread", "")                                                                \
    X(ROW_DIM, "row-dim", "dim")                                                                   \
    X(HEADER, "header", "dim")                                                                     \
    X(STATUS, "status", "reverse")                                                                 \
    X(STATUS_STRONG, "status-strong", "reverse bold")                                              \
    X(MESSAGE, "message", "bold")                                                                  \
    X(ERROR, "error", "red bold reverse")                                                          \
    X(PROMPT, "prompt", "")                                                                        \
    X(PROMPT_LABEL, "prompt-label", "cyan bold")                                                   \
    X(KEY, "key", "cyan bold")                                                                     \
    X(GUTTER, "gutter", "bright-blue bold")                                                        \
    X(LABEL_IMPORTANT, "label-important", "red bold")                                              \
    X(LABEL_DOUBT, "label-doubt", "yellow bold")                                                   \
    X(LABEL_FOLLOW, "label-follow", "magenta bold")                                                \
    X(LABEL_DONE, "label-done", "green")

enum {
#define STYLE_ENUM(id, name, definition) STYLE_##id,
    STYLE_LIST(STYLE_ENUM) STYLE_COUNT
#undef STYLE_ENUM
};

extern const struct style_default style_defaults[STYLE_COUNT];

/* What is pinned under a number (1 … 9): its style, and its sign beside the text, which tells it
 * without colour. */
style_id watch_style(int slot);
str watch_sign(int slot);

#endif
