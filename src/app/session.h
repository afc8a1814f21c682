/* The running reader: one dossier, one terminal, the panes, the target, the jump list. Panes get
 * it as their first parameter and use the functions below; the loop is in session.c. */
#ifndef APP_SESSION_H
#define APP_SESSION_H

#include "app/articles_bulk.h"
#include "app/command.h"
#include "app/history.h"
#include "app/name_choice.h"
#include "app/pane.h"
#include "app/pipeline.h"
#include "app/settings.h"
#include "app/style.h"
#include "app/watch_list.h"
#include "app/worker.h"
#include "store/store.h"
#include "tui/keymap.h"
#include "tui/prompt.h"
#include "tui/terminal.h"
#include "tui/theme.h"

enum { JUMP_LIMIT = 100 };

enum { COMPLETION_LIMIT = 12, COMPLETIONS_SHOWN = 5 };

/* What a question offers for what stands before the cursor; some of it is shown above it. */
struct completions {
    struct arena arena;
    str rest; /* behind the cursor: it stays */
    struct completion {
        str text, remark;
    } items[COMPLETION_LIMIT];
    size_t count;
    int chosen; /* by Tab; -1: none */
};

/* The correction of a name that is being asked about. */
struct name_edit {
    struct arena arena;
    struct name_place place;
    struct correction correction;
    struct name_choices choices; /* of the row that is selected */
    str pending;                 /* the line that runs when one is chosen; in their arena */
    struct name_place chosen;    /* while it runs */
};

/* A question at the foot of the screen. `changed` may be NULL: it gets the text when no more keys
 * wait, and what it asks of the store is given up at the next key; `accepted` and `cancelled` end
 * it. The pane's state finds itself through session_pane_state. */
struct question {
    const char *label;
    enum history_kind history; /* Up and Down go through these */
    /* Adds what Tab may put in place of the text before the cursor, the likeliest first; may be
     * NULL. */
    void (*complete)(struct session *session, str text, struct completions *completions);
    void (*changed)(struct session *session, str text);
    void (*accepted)(struct session *session, str text);
    void (*cancelled)(struct session *session);
};

/* What n and N walk, with everything it points to. */
struct current_target {
    struct target target;
    struct search_query search; /* for TARGET_SEARCH */
    struct arena arena;
    struct target_position position; /* of the last place walked to; counted when idle */
    struct target_place counted;     /* the place that position tells of, when it is known */
    struct target_place place;
    bool position_known;
    bool backward; /* it was last walked backward: a new article is entered at its last hit */
};

struct session {
    const struct environment *environment;
    struct terminal *terminal;
    struct theme theme;
    struct keymap keymap;
    struct settings settings;
    struct store *store;
    struct pipeline pipeline;
    bool pipeline_is_open;
    struct worker worker;
    int64_t change_counter;
    struct store_totals totals;

    enum pane_id stack[PANE_COUNT + 1]; /* the panes that `back` goes through, each once; the first
                                           may lie over others as well */
    size_t depth;
    void *states[PANE_COUNT];
    bool outdated[PANE_COUNT]; /* the dossier, the size or a setting changed while another pane was
                                  shown */

    struct place jumps[JUMP_LIMIT];
    size_t jump_count, jump_at;

    int64_t left_article; /* where the session before was left; 0: nowhere */
    bool visit_noted;

    struct current_target target;
    struct watch_list watches;
    struct article_query list_query; /* of the articles pane: n and N, J and K, ]u follow it */

    struct bulk_job bulk;

    struct prompt prompt;
    struct history history;   /* of what was typed there */
    struct question question; /* label NULL: none is asked */
    struct completions completions;
    struct name_edit name_edit;
    struct buf tags_before; /* of the article whose tags are being asked for */
    struct buf hint;        /* what is wrong with the answer so far; shown below it */
    size_t hint_at;         /* the byte of the answer that it points at */
    void (*key_wanted)(struct session *session, key_code key); /* the next key goes here */
    key_code keys[KEYMAP_SEQUENCE_LIMIT];
    size_t key_count;
    int count; /* typed before the keys: how often they are meant; 0: not said */
    int times; /* a motion goes so far, 0 like 1 */

    struct buf message; /* shown in the last row until the next key */
    bool message_is_error;
    struct buf status_right;       /* taken when idle, so that moving changes few cells */
    bool status_stale, status_due; /* it is behind; it is to be taken at the next drawing */
    bool status_redraw;            /* the status line is to be drawn, if nothing else is */
    int cursor_row, cursor_column; /* as last drawn; -1: hidden */
    bool unsettled;                /* an action ran since the last idle moment */
    bool answer_stale;             /* the question's `changed` has not seen the last keys yet */
    bool offers_stale;             /* nor has its `complete` */
    bool gives_way;                /* what runs now is given up at the next key */
    bool wait_told;                /* that another session writes and is waited for */
    bool redraw, leaving;
};

/* ---- for panes ----------------------------------------------------------------------------- */

void *session_pane_state(struct session *session, enum pane_id pane);
enum pane_id session_pane(const struct session *session);
/* Shows a place in its pane, on top of the others; remembers where it was in the jump list. */
bool session_go(struct session *session, const struct place *place);
/* The same without a jump: for stepping through articles. */
bool session_show(struct session *session, const struct place *place);

/* `{action}` in a format stands for the keys that do it (app/key_hint.h). */
void session_say(struct session *session, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void session_complain(struct session *session, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Adds a text in which `{action}` stands for the keys that do it in the pane that is shown. */
void session_add_hint(struct session *session, struct buf *out, str text);
/* Shows err when status is not OK; true when it is. What gave way to a key is no error. */
bool session_check(struct session *session, enum status status, const struct error *err);

void session_ask(struct session *session, const struct question *question, str initial);
/* Points at a byte of the answer that is being typed, until the next key. */
void session_hint(struct session *session, size_t at, const struct error *err);
/* The next key is not a command but an answer. */
void session_want_key(struct session *session, void (*wanted)(struct session *, key_code));

/* Every change of the user's data goes through here: false with a message in a dossier that is
 * read-only. */
bool session_can_write(struct session *session);
/* Cleans the articles that became stale again, in a process beside the reader; the message line
 * tells the end. */
void session_refresh(struct session *session);
/* After a change: totals and lists are read again, those of other panes when they are shown. */
void session_changed(struct session *session);
/* Reads the shown pane again. */
void session_reload(struct session *session);
/* The same, and the other panes when they are shown next: the size or a setting has changed. */
void session_reload_all(struct session *session);
/* Reads a pane again when it must be, before it is shown. */
void session_renew(struct session *session, enum pane_id pane);
/* Makes the settings hold that hold from now on; false, with a message, when one cannot. */
bool session_apply_settings(struct session *session);
int64_t session_now(void);
/* The tools for deriving an article anew, opened when first needed; NULL with a message. */
const struct pipeline *session_pipeline(struct session *session);

/* ---- searching (pane_search.c) ------------------------------------------------------------- */

/* Asks for a query and shows what it finds while it is typed; with an argument, that is the
 * query. `accepted` gets one that can be read, the pane before is on the screen again. */
enum outcome session_search(struct session *session, str argument,
                            void (*accepted)(struct session *session, str text));
/* Makes the query the target and shows what it finds. */
void session_show_search(struct session *session, str text);

/* ---- the target (session_target.c) --------------------------------------------------------- */

void session_target_entity(struct session *session, int64_t entity, str name);
void session_target_days(struct session *session, day first, day last, str label);
/* False with a message when the query is wrong. */
bool session_target_search(struct session *session, str text);
/* One more name in the target, where it is one of names; else the name alone. False when it has no
 * room, or the name already. */
bool session_target_add_entity(struct session *session, int64_t entity, str name);
void session_target_bookmarks(struct session *session);
void session_target_tag(struct session *session, str tag);
/* The reader tells which hit it stands on, so that n goes on from there. */
void session_target_here(struct session *session, const struct target_place *place);
enum outcome session_next_hit(struct session *session, bool backward);
/* Counts where the target stands; when idle. */
void session_target_count(struct session *session);
/* "Shoigu 7/62 · article 2/5", in so many columns if the name can be cut to that. */
void session_target_label(const struct session *session, int columns, struct buf *out);

/* ---- the watch list (session_watch.c) ------------------------------------------------------- */

/* Reads it anew: at the start and when the dossier changed. */
void session_read_watches(struct session *session);
void session_target_watch(struct session *session, const struct watch_row *row);
/* Where its places are listed: of what has no such list, and of searches, the watch list itself. */
struct place session_watch_place(const struct watch_row *row);
/* pin, next-watch, previous-watch */
enum outcome session_pin(struct session *session, void *state, str argument);
/* Pins or unpins the target itself. */
enum outcome session_pin_target(struct session *session, str argument);
enum outcome session_next_watch(struct session *session, void *state, str argument);
enum outcome session_previous_watch(struct session *session, void *state, str argument);

/* Runs "ACTION [ARGUMENT]" as typed after `:`. */
void session_run_line(struct session *session, str line);
/* Asks for one that begins with these words. */
void session_ask_command(struct session *session, str begun);
/* Where the pane on the screen stands. */
struct place session_here(struct session *session);
/* The pane on the screen writes down what must not be lost: before another one is shown. */
void session_keep(struct session *session);

/* ---- questions (session_question.c) --------------------------------------------------------- */

/* A key for the question that is asked. */
void session_answer(struct session *session, key_code key);
/* Tells the question of its text when all keys were taken. */
void session_show_answer(struct session *session);
/* What may follow in a line after `:`, and after `set` (session_complete.c). */
void session_complete_line(struct session *session, str text, struct completions *completions);
void session_complete_setting(struct session *session, str text, struct completions *completions);
void session_complete_tags(struct session *session, str text, struct completions *completions);
void session_complete_files(struct session *session, str text, struct completions *completions);
/* The same in queries (session_complete_query.c): of a search, of the filter of the pane on the
 * screen, of another use. */
void session_complete_search(struct session *session, str text, struct completions *completions);
void session_complete_filter(struct session *session, str text, struct completions *completions);
void session_complete_query(struct session *session, enum query_use use, str text,
                            struct completions *completions);
/* The question at the foot, what it offers above, what is wrong below; gives the cursor's place. */
void session_draw_question(struct session *session, const struct canvas *screen, int *row,
                           int *column);

/* ---- corrections of names (session_names.c) ------------------------------------------------- */

/* Keeps a correction and shows what follows; what it took over stays the target. */
void session_put_correction(struct session *session, struct correction *correction);
/* People, places or organisations whose names have words that begin like those of the text, the
 * most mentioned first; all of them when it is empty. */
void session_list_names(struct session *session, enum entity_kind kind, str text,
                        struct completions *completions);
/* Those that the selected name could be merged into. */
void session_complete_names(struct session *session, enum entity_kind kind, str text,
                            struct completions *completions);
/* Which mentions the person pane shows: in exactly these words, in this outlet, in the articles
 * that name another one too. Empty: all (pane_person.c). */
struct mention_filter {
    str form, site, with_name;
    int64_t with;
};
void session_filter_person(struct session *session, const struct mention_filter *filter);
extern const struct handler session_name_handlers[];

/* ---- what the session does with actions that no pane took (session_actions.c) -------------- */

extern const struct handler session_handlers[];
/* set-mark and go-mark; what is said and shown at the start (session_places.c) */
enum outcome session_set_mark(struct session *session, void *state, str argument);
enum outcome session_go_mark(struct session *session, void *state, str argument);
void session_resume(struct session *session);
/* What there is now is no longer new. */
void session_note_visit(struct session *session);
/* Lines of the configuration that hold after `:` too, besides `set` (session_configure.c). */
struct configuration_line {
    const char *name, *help;
};
extern const struct configuration_line session_configuration[];
extern const size_t session_configuration_count;
/* Does what such a line says; false when it is none. */
bool session_configure(struct session *session, str line);
/* import (session_configure.c) */
enum outcome session_import(struct session *session, void *state, str argument);
/* update (session_update.c) */
enum outcome session_update(struct session *session, void *state, str argument);
/* set-published (session_published.c) */
enum outcome session_set_published(struct session *session, void *state, str argument);

#endif
