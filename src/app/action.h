/* What a person can do: one row an action. Keymaps, the command line (:), the help pane and the
 * man page come from these rows; what an action does is in the panes' and the session's handler
 * tables. */
#ifndef APP_ACTION_H
#define APP_ACTION_H

#include <stdbool.h>

#include "base/str.h"
#include "tui/keymap.h"

/* name in C, name for the user, argument (or NULL; in brackets it may be left out), help */
#define ACTION_LIST(X)                                                                             \
    X(DOWN, "down", NULL, "next row; in the text, a line down")                                    \
    X(UP, "up", NULL, "previous row; in the text, a line up")                                      \
    X(PAGE_DOWN, "page-down", NULL, "a page forward")                                              \
    X(PAGE_UP, "page-up", NULL, "a page back")                                                     \
    X(HALF_DOWN, "half-down", NULL, "half a page forward")                                         \
    X(HALF_UP, "half-up", NULL, "half a page back")                                                \
    X(TOP, "top", NULL, "to the beginning")                                                        \
    X(BOTTOM, "bottom", NULL, "to the end")                                                        \
    X(NEXT_ARTICLE, "next-article", NULL, "open the next article of the list")                     \
    X(PREVIOUS_ARTICLE, "previous-article", NULL, "open the previous article of the list")         \
    X(NEXT_UNREAD, "next-unread", NULL, "to the next unread article")                              \
    X(PREVIOUS_UNREAD, "previous-unread", NULL, "to the previous unread article")                  \
    X(OPEN, "open", NULL, "open what is selected; in the text, the name under the mark")           \
    X(BACK, "back", NULL, "back to the pane before")                                               \
    X(CLOSE, "close", NULL, "close this pane; on the first one, leave")                            \
    X(QUIT, "quit", NULL, "leave the program")                                                     \
    X(CANCEL, "cancel", NULL, "stop what is going on: selection, filter, import, update")          \
    X(GO, "go", "PANE", "to the pane")                                                             \
    X(HELP, "help", NULL, "all keys of this pane")                                                 \
    X(NEXT_HIT, "next-hit", NULL, "next place of the target, on into the next article")            \
    X(PREVIOUS_HIT, "previous-hit", NULL, "previous place of the target")                          \
    X(MAKE_TARGET, "make-target", NULL, "make what is selected or marked the target")              \
    X(MAKE_TARGET_BACK, "make-target-back", NULL, "the same, and to its place before this one")    \
    X(ADD_TARGET, "add-target", NULL, "walk the selected or marked name together with the target") \
    X(TARGET_TAG, "target-tag", "[TAG]", "make all that has a tag the target")                     \
    X(PIN, "pin", "[NUMBER]",                                                                      \
      "keep what is selected or marked in the watch list, or drop it there")                       \
    X(NEXT_WATCH, "next-watch", "NUMBER", "next place of what is pinned under a number")           \
    X(PREVIOUS_WATCH, "previous-watch", "NUMBER", "previous place of what is pinned under it")     \
    X(TARGET_BOOKMARKS, "target-bookmarks", NULL, "make all bookmarks the target")                 \
    X(SEARCH, "search", "[QUERY]",                                                                 \
      "search; the query becomes the target, in the text from here on")                            \
    X(SAVE_SEARCH, "save-search", "[NAME]", "keep the search under a name")                        \
    X(NEXT_MARK, "next-mark", "KIND", "next mark of a kind")                                       \
    X(PREVIOUS_MARK, "previous-mark", "KIND", "previous mark of a kind")                           \
    X(WHY, "why", NULL, "why is this marked, why was this removed")                                \
    X(CLEANING, "cleaning", NULL, "clean text, with the removed blocks, raw page")                 \
    X(RESTORE_BLOCK, "restore-block", NULL, "restore a removed block, or cut a kept one")          \
    X(OUTLET_RULE, "outlet-rule", NULL, "always keep (or cut) this piece for its outlet")          \
    X(SIDE_PANE, "side-pane", NULL, "people of this article beside the text, or not")              \
    X(SIDE_NAMES, "side-names", NULL, "to the names beside the text, to select one, and back")     \
    X(OPEN_ORIGINAL, "open-original", NULL, "open the page's address in the browser")              \
    X(OPEN_LINK, "open-link", NULL, "open the marked link: its article here, or the browser")      \
    X(SELECT, "select", NULL, "begin to select a passage")                                         \
    X(SELECT_BLOCKS, "select-blocks", NULL, "select whole paragraphs")                             \
    X(SELECT_LEFT, "select-left", NULL, "selection: a character to the left")                      \
    X(SELECT_RIGHT, "select-right", NULL, "selection: a character to the right")                   \
    X(SELECT_DOWN, "select-down", NULL, "selection: a line down")                                  \
    X(SELECT_UP, "select-up", NULL, "selection: a line up")                                        \
    X(SELECT_WORD, "select-word", NULL, "selection: to the end of the next word")                  \
    X(SELECT_WORD_BACK, "select-word-back", NULL, "selection: a word back")                        \
    X(SELECT_SENTENCE, "select-sentence", NULL, "selection: to the end of the sentence")           \
    X(SELECT_SENTENCE_BACK, "select-sentence-back", NULL,                                          \
      "selection: to the beginning of the sentence")                                               \
    X(SELECT_BLOCK, "select-block", NULL, "selection: a paragraph forward")                        \
    X(SELECT_BLOCK_BACK, "select-block-back", NULL, "selection: a paragraph back")                 \
    X(SELECT_SWAP, "select-swap", NULL, "selection: go to its other end")                          \
    X(BOOKMARK, "bookmark", NULL, "bookmark the selected passage, or the sentence")                \
    X(COPY, "copy", NULL, "copy the passage with its source to the terminal's clipboard")          \
    X(NOTE, "note", NULL, "change the note of a bookmark")                                         \
    X(EDIT_NOTE, "edit-note", NULL, "write the note of a bookmark in your editor")                 \
    X(LABEL, "label", NULL, "bookmark: next label, important, doubt, follow, done, none")          \
    X(REATTACH, "reattach", NULL, "bookmark: show where it may belong, to attach it by hand")      \
    X(ATTACH, "attach", NULL, "attach the bookmark to the selected passage")                       \
    X(DELETE, "delete", NULL, "delete the bookmark, drop the correction; undo restores")           \
    X(MERGE_NAME, "merge-name", "[NAME]", "the name is another's too: merge into that one")        \
    X(SPLIT_NAME, "split-name", "[WHERE]", "these mentions (here, article) are another's")         \
    X(RENAME_NAME, "rename-name", "[NAME]", "give the name's bearer another name")                 \
    X(RETYPE_NAME, "retype-name", "KIND", "the name is a person's, a place's, …")                  \
    X(REJECT_NAME, "reject-name", "WHERE", "not a name: here, article, everywhere")                \
    X(KEEP_NAME, "keep-name", NULL, "a doubtful person is somebody of their own")                  \
    X(ADD_NAME, "add-name", "KIND", "the selected words are the name of a person, place, …")       \
    X(JUMP_BACK, "jump-back", NULL, "to where you were before")                                    \
    X(JUMP_FORWARD, "jump-forward", NULL, "forward again")                                         \
    X(SET_MARK, "set-mark", "[LETTER]", "remember this place under a letter")                      \
    X(GO_MARK, "go-mark", "[LETTER]",                                                              \
      "to the place of a letter; '' the place before, '. where you left")                          \
    X(SORT, "sort", NULL, "sort by the next column; the same key again reverses")                  \
    X(FILTER, "filter", "[QUERY]", "show only rows that fit; cancel shows all again")              \
    X(BOTH, "both", NULL, "mentions in articles with both, near each other, all again")            \
    X(KIND, "kind", NULL, "people, places, organisations")                                         \
    X(UNPLACED, "unplaced", NULL, "statements with or without a day")                              \
    X(ZOOM_IN, "zoom-in", NULL, "timeline: finer bars, down to days")                              \
    X(ZOOM_OUT, "zoom-out", NULL, "timeline: coarser bars, up to years")                           \
    X(UNFOLD, "unfold", NULL, "show copies, or what is said several times, once or each time")     \
    X(COMPARE, "compare", NULL, "the sentences in which copies of an article differ")              \
    X(CONTRADICTIONS, "contradictions", NULL, "statements that give another day, side by side")    \
    X(GO_DAY, "go-day", NULL, "to the day of the date under the mark, in the timeline")            \
    X(TOGGLE_READ, "toggle-read", NULL, "mark as read, or as unread")                              \
    X(TAG, "tag", NULL, "change the tags of the article or bookmark; on a date, to its day")       \
    X(ALL_READ, "all-read", NULL, "mark all articles of the list as read, after a question")       \
    X(ALL_UNREAD, "all-unread", NULL, "mark all articles of the list unread, after a question")    \
    X(ALL_TAG, "all-tag", NULL, "give all articles of the list a tag")                             \
    X(ALL_UNTAG, "all-untag", NULL, "take a tag from all articles of the list")                    \
    X(SET_PUBLISHED, "set-published", "[DATE]",                                                    \
      "set the publication date; relative dates follow it")                                        \
    X(IMPORT, "import", "[PATH]", "import a file, a folder or an address, beside the reader")      \
    X(UPDATE, "update", "[SOURCE]", "read the sources again: feeds and pages of the network")      \
    X(UNDO, "undo", NULL, "take the last change back")                                             \
    X(REDO, "redo", NULL, "do it again")                                                           \
    X(SET, "set", "[SETTING VALUE]", "change a setting until the end; the file config keeps it")   \
    X(COMMAND, "command", NULL, "type the name of an action")                                      \
    X(REDRAW, "redraw", NULL, "paint the screen anew")                                             \
    X(SUSPEND, "suspend", NULL, "back to the shell for a while")

enum action_id {
#define ACTION_ENUM(id, name, argument, help) ACTION_##id,
    ACTION_LIST(ACTION_ENUM) ACTION_COUNT
#undef ACTION_ENUM
};

struct action {
    const char *name, *argument, *help;
};
extern const struct action actions[ACTION_COUNT];

/* The index of an action by name; -1 when there is none. */
int action_find(str name);
/* Actions and scopes for keymaps; scopes are "any" and then the panes in the order of enum
 * pane_id, see pane.h. */
extern const struct keymap_names action_keymap_names;

#endif
