/* The reader's state, shared by its files: pane_reader.c (the pane), reader_text.c (what is shown:
 * modes, blocks, marks, spans), reader_passage.c (selecting, bookmarking, copying).
 *
 * Two kinds of offsets: `article` ones are bytes of the article's cleaned text, as everything is
 * stored; `view` ones are bytes of what is on the screen, which differs when removed blocks or
 * the raw page are shown. */
#ifndef APP_READER_H
#define APP_READER_H

#include "app/query.h"
#include "app/session.h"
#include "tui/text_view.h"

enum reader_mode { READER_CLEAN, READER_WITH_REMOVED, READER_RAW, READER_MODE_COUNT };

enum mark_kind { MARK_PERSON, MARK_PLACE, MARK_ORGANISATION, MARK_DATE, MARK_BOOKMARK, MARK_REMOVED, MARK_LINK, MARK_KIND_COUNT };
#define NO_MARK ((size_t)-1)

/* A place that can be walked to and asked about. Offsets are of the view. */
struct mark {
    enum mark_kind kind;
    uint32_t start, end;
    size_t index; /* into mentions, moments, bookmarks, removed blocks or spans */
};

/* Which part of the view shows which part of the article. */
struct piece {
    uint32_t view_start, view_end;
    uint32_t article_start;
    bool removed;   /* not in the article's text */
    size_t removed_index;
};

struct reader {
    struct session *session;
    struct arena article_arena, view_arena, hit_arena;
    struct stored_article article; /* id 0: none is open */
    const struct bookmark_row *bookmarks;
    size_t bookmark_count;

    enum reader_mode mode;
    str text; /* what is shown */
    VEC(struct text_block) blocks;
    VEC(struct piece) pieces;
    VEC(struct mark) marks; /* sorted by start */
    VEC(struct text_span) spans;
    const struct text_range *hits; /* of a search that is the target; article offsets */
    size_t hit_count;
    struct text_view view;
    size_t mark; /* the current one, or NO_MARK */

    bool selecting;
    uint32_t anchor; /* where the selection began; its other end is view.cursor */
    bool side_changed; /* by its key: the other way than it is set */
    uint32_t kept_place; /* what was last written to the store */
    bool reached_end;
};

/* ---- reader_text.c ------------------------------------------------------------------------- */

/* Makes text, blocks, pieces and marks of the present mode, keeping the place; sets the view. */
void reader_compose(struct reader *reader);
/* Makes the spans anew: after the target, the mark or the selection changed. */
void reader_paint(struct reader *reader);
/* Finds the places of a search target in this article. */
void reader_find_hits(struct reader *reader);
uint32_t reader_to_view(const struct reader *reader, uint32_t article_offset);
uint32_t reader_to_article(const struct reader *reader, uint32_t view_offset);
/* Size of the text area for the screen as it is: its first column in *left. */
bool reader_shows_side(const struct reader *reader);
int reader_text_columns(const struct reader *reader, int *left);

/* ---- reader_passage.c ---------------------------------------------------------------------- */

/* The passage meant: the selection, else the sentence around the current mark, else the one at the
 * top of the screen. View offsets; false when there is none. */
bool reader_passage(const struct reader *reader, struct text_range *passage);
/* Sets quote, prefix and suffix from start and end, as slices of the article's text. */
void passage_set_context(struct bookmark *bookmark, str text);
extern const struct handler reader_passage_handlers[];

#endif
