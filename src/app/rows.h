/* A long list seen through a window: rows are fetched by key around the selection, so that moving
 * costs the same in 100 rows and in 100,000. The window is made of pieces: moving fetches the rows
 * that come into it alone. */
#ifndef APP_ROWS_H
#define APP_ROWS_H

#include "base/arena.h"
#include "base/buf.h"
#include "store/store.h"
#include "tui/canvas.h"

/* Where rows come from. Every row is a struct whose first member is its struct row_key. */
struct row_source {
    size_t row_len; /* bytes of one row */
    enum status (*fetch)(void *context, struct arena *arena, const struct page_request *request,
                         const void **rows, size_t *count, struct error *err);
    void *context;
};

enum { ROWS_PIECE_LIMIT = 8 };

/* Rows that were fetched together. */
struct rows_piece {
    struct arena arena;
    size_t count;
};

struct rows {
    struct rows_piece pieces[ROWS_PIECE_LIMIT]; /* of the window, in the order of the list */
    size_t piece_count;
    struct row_source source;
    const void **items; /* the window */
    size_t count;
    size_t selected, top;  /* indexes into the window */
    bool at_start, at_end; /* the window reaches the list's first / last row */
    int height;            /* rows on the screen */
};

void rows_init(struct rows *rows, const struct row_source *source);
void rows_done(struct rows *rows);

/* Fetches the window anew around the row of `key` (when it is gone, the nearest one after it, else
 * before it), or at the list's beginning for NULL. The selection keeps its place on the screen
 * where that is possible. When fetching fails, the window stays as it was. */
enum status rows_load(struct rows *rows, const struct row_key *key, struct error *err) MUST_CHECK;
/* The same around the selected row: after the dossier or the height changed. */
enum status rows_reload(struct rows *rows, struct error *err) MUST_CHECK;

/* Moves the selection by rows; stays in the list. */
enum status rows_move(struct rows *rows, int by, struct error *err) MUST_CHECK;
enum status rows_move_first(struct rows *rows, struct error *err) MUST_CHECK;
enum status rows_move_last(struct rows *rows, struct error *err) MUST_CHECK;

/* The selected row, or NULL in an empty list. */
const void *rows_selected(const struct rows *rows);

/* Draws the visible rows: `draw` gets each with a canvas of one row. */
void rows_draw(struct rows *rows, const struct canvas *canvas,
               void (*draw)(void *context, const struct canvas *row, const void *item,
                            bool selected),
               void *context);

#endif
