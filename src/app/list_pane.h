/* What all panes with rows share: selection, paging, the live filter, drawing. A pane's state
 * begins with a struct list_pane; its class moves by list_pane_move. */
#ifndef APP_LIST_PANE_H
#define APP_LIST_PANE_H

#include "app/query.h"
#include "app/rows.h"
#include "app/session.h"

struct list_pane {
    struct session *session;
    struct rows rows;
    struct buf filter; /* as typed */
    struct buf before; /* that one, while another is typed */
    enum query_use filter_use;
    struct buf meant;   /* the last one that could be read */
    struct arena arena; /* and what it means */
    struct search_query search;
    bool loaded;   /* rows were fetched at least once */
    int64_t state; /* store_state when rows were fetched; -1: not as they are asked for */
    /* Counts what the list has in all, for list_pane_total; may be NULL. */
    enum status (*count)(struct list_pane *list, int64_t *total, struct error *err);
    bool counted;  /* since it was loaded */
    int64_t total; /* then */
    int head_rows; /* between the header and the rows, for the pane to draw */
    /* Rows that the selection passes over, as headings; NULL: none. */
    bool (*skips)(const void *item);
};

/* `fetch` gets the list itself as its context. */
void list_pane_init(struct list_pane *list, struct session *session, size_t row_len,
                    enum status (*fetch)(void *, struct arena *, const struct page_request *,
                                         const void **, size_t *, struct error *));
void list_pane_done(struct session *session, void *state);

/* What the list has in all; -1: not known. It is counted when that is first asked for: while a
 * query is typed, in the place of the status line, nobody sees it. */
int64_t list_pane_total(struct list_pane *list);

/* Fetches rows anew, around `key` or at the beginning; messages go to the session. */
void list_pane_load(struct list_pane *list, const struct row_key *key);
/* The same around the selection. */
void list_pane_reload(struct session *session, void *state);
/* True when the rows are as they would be fetched now: the dossier did not change since, nor was
 * list_pane_outdate called. */
bool list_pane_is_current(const struct list_pane *list);
/* What the list is asked for changed, and it is not loaded at once. */
void list_pane_outdate(struct list_pane *list);
/* Fetches what is not current, around the selection if there is one. */
void list_pane_renew(struct list_pane *list);
/* The same, for struct pane_class. */
bool list_pane_show(struct session *session, void *state, const struct place *place);

/* What the filter means, read by filter_use; NULL: nothing is filtered. One that cannot be read
 * leaves the list as it was and is pointed at. */
const struct search_query *list_pane_query(struct list_pane *list);

/* Header row, rows below; `empty` is what is shown instead when there are no rows, with the keys
 * that it names as `{action}` (app/key_hint.h). */
void list_pane_draw(struct list_pane *list, const struct canvas *canvas, str header, str empty,
                    void (*draw)(void *context, const struct canvas *row, const void *item,
                                 bool selected),
                    void *context);
/* Only such a text, below a header row; on as many lines as it needs. */
void list_pane_draw_empty(struct session *session, const struct canvas *body, str text);
/* Draws the two cells in front of every row that tell the selected one without colour. */
void list_pane_marker(const struct canvas *row, bool selected);
/* Filters as if it was typed; empty: all rows. */
void list_pane_set_filter(struct list_pane *list, str text);
/* "filter: words" when one is set. */
void list_pane_filter_label(const struct list_pane *list, struct buf *out);

/* For struct pane_class: meant (by the selected row's key), move and rows_seen. */
uint64_t list_pane_meant(struct session *session, void *state);
enum outcome list_pane_move(struct session *session, void *state, int by);
int list_pane_rows_seen(struct session *session, void *state);
/* A row on, or back, for actions beside the moving ones. */
enum outcome list_pane_down(struct session *session, void *state, str argument);
enum outcome list_pane_up(struct session *session, void *state, str argument);
/* For panes with a live filter. */
extern const struct handler list_pane_filter_handlers[];

#endif
