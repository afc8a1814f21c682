/* The reader's state, shared by its files: pane_reader.c is the pane, the others are named below.
 *
 * Two kinds of offsets: `article` ones are bytes of the article's cleaned text, as everything is
 * stored; `view` ones are bytes of what is on the screen, which differs when removed blocks or
 * the raw page are shown. */
#ifndef APP_READER_H
#define APP_READER_H

#include "app/query.h"
#include "app/session.h"
#include "tui/text_view.h"

/* Lines that stay above and below what is brought into sight. */
enum { READER_SHOW_MARGIN = 2 };

enum reader_mode { READER_CLEAN, READER_WITH_REMOVED, READER_RAW, READER_MODE_COUNT };

enum mark_kind {
    MARK_PERSON,
    MARK_PLACE,
    MARK_ORGANISATION,
    MARK_DATE,
    MARK_BOOKMARK,
    MARK_REMOVED,
    MARK_LINK,
    MARK_KIND_COUNT
};
#define NO_MARK ((size_t)-1)
#define NO_EYE UINT32_MAX

/* A place that can be walked to and asked about. Offsets are of the view. */
struct mark {
    enum mark_kind kind;
    uint32_t start, end;
    size_t index; /* into mentions, moments, bookmarks, removed blocks or spans */
};

/* A place in the view of what is pinned in the watch list. */
struct watched {
    uint32_t start, end;
    int slot;
};

/* Which part of the view shows which part of the article. */
struct piece {
    uint32_t view_start, view_end;
    uint32_t article_start;
    bool removed; /* not in the article's text */
    size_t removed_index;
};

/* A name beside the text. */
struct side_name {
    int64_t entity;
    str name;
    unsigned times; /* in this article */
    bool doubtful;  /* it could be another */
};

/* The names beside the text: those of one kind, in order of appearance. */
struct side {
    enum entity_kind kind;
    VEC(struct side_name) names; /* in article_arena */
    size_t selected, top;
    int64_t entity;  /* of the selected one */
    bool is_entered; /* keys are for them */
};

struct reader {
    struct session *session;
    struct arena article_arena, view_arena, hit_arena;
    struct stored_article article; /* id 0: none is open */
    bool has_removed;              /* what was removed from it was read, too */
    const struct bookmark *bookmarks;
    size_t bookmark_count;

    enum reader_mode mode;
    str text; /* what is shown */
    VEC(struct text_block) blocks;
    VEC(struct piece) pieces;
    VEC(struct mark) marks; /* sorted by start */
    VEC(struct text_span) spans;
    bool is_unpainted;             /* the spans are those of before */
    VEC(struct watched) watched;   /* by slot */
    const struct text_range *hits; /* of a search that is the target; article offsets */
    size_t hit_count;
    struct text_view view;
    size_t mark;  /* the current one, or NO_MARK */
    uint32_t eye; /* where a mark was that is gone, or what was decided about; an article offset, or
                     NO_EYE */

    struct bookmark attaching; /* looked for by hand in this article; id 0: none */
    struct arena attach_arena;
    bool selecting, whole_blocks; /* the selection grows to whole paragraphs */
    uint32_t anchor;              /* where the selection began; its other end is view.cursor */
    struct side side;
    bool side_changed;   /* by its key: the other way than it is set */
    uint32_t kept_place; /* what was last written to the store */
    bool reached_end;
};

/* ---- pane_reader.c ------------------------------------------------------------------------- */

/* Rows of the text on the screen. */
int reader_height(const struct reader *reader);
/* Brings article offsets into sight. */
void reader_show_range(struct reader *reader, uint32_t start, uint32_t end);

/* ---- reader_draw.c ------------------------------------------------------------------------- */

void reader_draw(struct session *session, void *state, const struct canvas *canvas, int *row,
                 int *column);
void reader_status(struct session *session, void *state, struct buf *left, struct buf *right);

/* ---- reader_side.c ------------------------------------------------------------------------- */

/* Makes the names anew after the article or their kind changed; the same one stays selected. */
void reader_side_load(struct reader *reader);
void reader_side_draw(const struct reader *reader, const struct canvas *canvas);
void reader_side_move(struct reader *reader, int rows);
/* The one that is selected; NULL unless keys are for them. */
const struct side_name *reader_side_name(const struct reader *reader);
/* Before all others: they hand on what is not meant for the names. */
extern const struct handler reader_side_handlers[];

/* ---- reader_marks.c ------------------------------------------------------------------------ */

bool reader_is_visible(const struct reader *reader, uint32_t view_offset);
/* The current mark; without one, the first on the screen becomes it. NULL with a message. */
const struct mark *reader_current_mark(struct session *session, struct reader *reader);
/* For struct pane_class. */
bool reader_name(struct session *session, void *state, struct name_place *place);
extern const struct handler reader_mark_handlers[];

/* ---- reader_eye.c -------------------------------------------------------------------------- */

/* The current mark; NULL when there is none on the screen. */
const struct mark *reader_mark_in_sight(const struct reader *reader);
/* The place of the target that one walked to is on the screen. */
bool reader_is_at_target(const struct reader *reader);
/* reader->eye is on the screen. */
bool reader_has_eye(const struct reader *reader);
/* What is meant without a selection: the mark, where one was, the place walked to, as far as they
 * are on the screen; else where the screen begins. A view offset. */
uint32_t reader_eye(const struct reader *reader);

/* What is kept of mark and eye while the text is made anew. */
struct kept_eye {
    bool is_set, is_mark, in_sight;
    enum mark_kind kind;
    str words;
    struct bookmark place;
};
/* Strings go into the arena. */
void reader_keep_eye(const struct reader *reader, struct arena *arena, struct kept_eye *kept);
/* Finds them in the text as it is now; what was on the screen comes back to it. */
void reader_find_eye(struct reader *reader, const struct kept_eye *kept);
/* reader_compose for the same article in another mode or layout: mark and eye stay. */
void reader_recompose(struct reader *reader);
/* The block that a view offset lies in; NULL between blocks. */
const struct text_block *reader_piece_at(const struct reader *reader, uint32_t view_offset);
/* Looks at a piece that was restored or cut: it becomes the mark where it is shown as removed, else
 * the eye goes to it, or to what stands in its place. */
void reader_look_at_piece(struct reader *reader, str words, uint32_t view_offset);
/* Looks at the first block in which the article's text differs from what it was; ^O leads back from
 * one that was not on the screen. */
void reader_look_at_change(struct reader *reader, str before);
/* Brings a passage of the article into sight, where it still stands in the text; the same. */
void reader_look_at_passage(struct reader *reader, const struct bookmark *passage);

/* ---- reader_links.c ------------------------------------------------------------------------ */

/* The address of a mark that is a link. */
str reader_link_target(const struct reader *reader, const struct mark *mark);
/* The article of the dossier that an address leads to; the address may differ in its scheme, a last
 * slash, its fragment, and in what only tells where a reader came from. 0: none. */
int64_t reader_link_article(struct session *session, str target);
enum outcome reader_open_link(struct session *session, void *state, str argument);
extern const struct handler reader_link_handlers[];

/* ---- reader_walk.c ------------------------------------------------------------------------- */

/* Goes to a hit of the search that is the target; false when there are not so many. */
bool reader_go_to_hit(struct reader *reader, size_t index);
/* To the hit that a snippet of the article (struct search_row) shows first; stays where it is when
 * the text does not have it. */
void reader_go_to_snippet(struct reader *reader, str snippet);
extern const struct handler reader_walk_handlers[];

/* ---- reader_cleaning.c --------------------------------------------------------------------- */

extern const struct handler reader_cleaning_handlers[];

/* ---- reader_text.c ------------------------------------------------------------------------- */

/* Makes text, blocks, pieces and marks of the present mode, keeping the place; sets the view. */
void reader_compose(struct reader *reader);
/* The spans are to be made anew: after the target, the mark or the selection changed. Once before
 * the text is drawn that is done. */
void reader_paint(struct reader *reader);
void reader_paint_now(struct reader *reader);
/* Finds the places of a search target in this article. */
void reader_find_hits(struct reader *reader);
/* Whether a mark is one of a target's places. */
bool reader_is_place_of(const struct reader *reader, const struct target *target,
                        const struct mark *mark);
/* Finds the places of what is pinned, in what is shown. */
void reader_find_watched(struct reader *reader);
uint32_t reader_to_view(const struct reader *reader, uint32_t article_offset);
uint32_t reader_to_article(const struct reader *reader, uint32_t view_offset);
/* Size of the text area for the screen as it is: its first column in *left. */
bool reader_shows_side(const struct reader *reader);
int reader_text_columns(const struct reader *reader, int *left);

/* ---- reader_passage.c ---------------------------------------------------------------------- */

/* The passage meant: the selection, else the sentence around the current mark, else the one at the
 * top of the screen. View offsets; false when there is none. */
bool reader_passage(const struct reader *reader, struct text_range *passage);
extern const struct handler reader_passage_handlers[];
/* A selection grows to this place of the article, which was gone to. */
void reader_extend(struct reader *reader, uint32_t start, uint32_t end);
/* The bookmark meant: at the mark, else the first on the screen; NULL with a message. */
const struct bookmark *reader_bookmark(struct session *session, const struct reader *reader);

/* ---- reader_attach.c ----------------------------------------------------------------------- */

/* Opens the bookmark's article with the places that its words come nearest to; n walks them, what
 * is selected becomes its passage by `attach`. */
void reader_attach_begin(struct session *session, const struct bookmark *bookmark);
/* Those places, in order: article offsets, in reader->hit_arena. */
void reader_attach_places(struct reader *reader);
/* Selects the next one. */
enum outcome reader_attach_walk(struct reader *reader, bool backward);
extern const struct handler reader_attach_handlers[];

#endif
