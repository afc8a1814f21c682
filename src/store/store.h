/* The dossier file: everything SQLite. One handle is one connection; a program may have several.
 *
 * Tables are of three kinds (the kind is in the name): source_* and user_* are never lost,
 * derived_* can be rebuilt from them. Results live in the arena given to the call. Lists are read
 * by page: a row carries its key, and the next page is asked for from a key, so that the work of a
 * call depends on the rows it returns and not on the dossier. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "model/article.h"
#include "model/bookmark.h"
#include "model/copy.h"
#include "model/correction.h"
#include "model/mention.h"
#include "model/moment.h"
#include "model/scale.h"
#include "model/search.h"
#include "model/similar.h"

struct store;

/* ---- the file (store.c, schema.c) ---------------------------------------------------------- */

enum store_mode { STORE_READ_WRITE /* made when missing */, STORE_READ_ONLY };

/* Opens a dossier. Looks at application_id, user_version and quick_check through a read-only
 * connection first, so that a foreign file is never modified; migrates an older schema, each step
 * in its own transaction; NEWER for a newer one; BAD_INPUT for something that is no dossier. Falls
 * back to read-only (store_is_read_only) where the file or its folder cannot be written. ":memory:"
 * works. */
enum status store_open(const char *path, enum store_mode mode, struct store **store,
                       struct error *err) MUST_CHECK;
void store_close(struct store *store);
/* True when opening it to write begins with bringing it to the schema of this version, which is
 * done once and takes about half a second for every 1,000 articles. As far as the main file tells:
 * one that is not read, or is no dossier, is not older. */
bool store_is_older(const char *path);
/* Who is asked, some twenty times a second, whether to wait on while another session writes;
 * waited_ms counts from the beginning of the wait. false gives up: the call fails with BUSY. It
 * must not use the store. NULL, as after opening: five seconds. */
void store_on_busy(struct store *store, bool (*waits)(void *context, int waited_ms), void *context);
bool store_is_read_only(const struct store *store);
const char *store_path(const struct store *store);
/* Looks through the whole file for damage: OK, or BAD_INPUT. Costs the file's length; store_open
 * does it by itself for small files only. */
enum status store_check(struct store *store, struct error *err) MUST_CHECK;

/* Write transactions: begin waits for another writer up to the busy timeout (BUSY after that). A
 * write outside of one is its own transaction. After NO_SPACE, IO or CANCELLED within a batch the
 * whole batch may be gone: every write until store_rollback, and store_commit, then say so. What is
 * wrong with the arguments of a call (BAD_INPUT, NOT_FOUND, TOO_LARGE) is found before it writes
 * and leaves the batch as it was. */
enum status store_begin(struct store *store, struct error *err) MUST_CHECK;
enum status store_commit(struct store *store, struct error *err) MUST_CHECK;
void store_rollback(struct store *store);
/* A part of a batch that can be taken back alone: with any status but OK nothing of it stays, and
 * the batch goes on. end returns the status it was given, or that of keeping the part. */
enum status store_begin_part(struct store *store, struct error *err) MUST_CHECK;
enum status store_end_part(struct store *store, enum status status, struct error *err) MUST_CHECK;

/* Grows when another connection changed the file: panes reload when it differs. */
int64_t store_change_counter(struct store *store);
/* Another number after each change that this handle made or that store_change_counter has told of:
 * what was read at the same number need not be read again. */
int64_t store_state(const struct store *store);
/* Makes a running call of this handle return CANCELLED; may be called from a signal handler or
 * another thread. */
void store_interrupt(struct store *store);

/* Asks `stop` every few thousand steps of a long call, which returns CANCELLED when it says so.
 * NULL: nobody is asked. */
void store_set_watch(struct store *store, bool (*stop)(void *context), void *context);

/* ---- importing (import.c) ------------------------------------------------------------------ */

/* A page as imported. */
struct source_page {
    int64_t id;       /* page: stays the same over versions */
    int64_t version;  /* row of this content */
    str path;         /* where it came from; identity of the page */
    str format;       /* name of the format that read it */
    str raw;          /* the bytes as imported */
    day given;        /* publication date given by the user at import, or DAY_UNKNOWN */
    day seen;         /* by the time of its file it was there on that day; 0 = not known */
    int64_t imported; /* seconds since 1970 UTC */
    str packed;       /* `raw` by store_pack_source, or STR_NONE: it is packed when it is written */
};

/* The bytes as the file keeps them, in the arena. Needs no store: may run on any thread. */
str store_pack_source(struct arena *arena, str raw);

enum import_outcome { IMPORT_NEW, IMPORT_CHANGED, IMPORT_UNCHANGED };

/* Records a page's bytes (compressed). UNCHANGED when the same path holds the same bytes, or when a
 * new path brings bytes that stand under another path already (page->id is that page's then):
 * compared byte by byte, the hash only finds candidates. CHANGED too when a known day is given that
 * differs from the one of before. Sets page->id and page->version. At most 512 MiB. */
enum status store_put_source(struct store *store, struct source_page *page,
                             enum import_outcome *outcome, struct error *err) MUST_CHECK;
/* True when store_put_source would find the page under its path with the same bytes. */
enum status store_page_stands(struct store *store, str path, str raw, bool *stands,
                              struct error *err) MUST_CHECK;
/* True when a file of this path, size and modification time was imported: nothing to read. */
enum status store_file_is_known(struct store *store, str path, int64_t size, int64_t mtime,
                                bool *known, struct error *err) MUST_CHECK;
enum status store_note_file(struct store *store, str path, int64_t size, int64_t mtime,
                            struct error *err) MUST_CHECK;

/* What was derived from a page. Replaces what stood there for the same page. `entity_ids[i]` is
 * the dossier's id of entities->items[i]. `search_extra`: terms of scripts without spaces (see
 * text/unspaced.h) of the text and of the title, or STR_NONE. Mentions must be sorted by start and
 * apart. The page's bookmarks are found again when its text changed. */
struct derived {
    int64_t page, version;
    int clean_version, analyse_version;
    const struct article *article;
    const mention_vec *mentions;
    const entity_vec *entities;
    const int64_t *entity_ids;
    const int64_t *entity_forms; /* see store_add_form; NULL: none */
    const str *link_reasons;
    const moment_vec *moments;
    str search_extra;
    const struct similar_keys *similar; /* NULL = none */
    const struct copy_sketch *copy;     /* NULL = none */
    const struct publication *own; /* what the article itself says; NULL = article->published */
};
enum status store_put_derived(struct store *store, const struct derived *derived,
                              struct error *err) MUST_CHECK;

/* Pages whose derived rows are missing or older than the versions given, by id, after `after`. */
enum status store_next_stale(struct store *store, struct arena *arena, int clean_version,
                             int analyse_version, int64_t after, struct source_page *page,
                             struct error *err) MUST_CHECK; /* NOT_FOUND at the end */
/* How many pages wait to be derived again, whatever their versions. Work: of those. */
enum status store_count_stale(struct store *store, int64_t *count, struct error *err) MUST_CHECK;
/* The newest content of a page that is older than `version`: NOT_FOUND when there is none. */
enum status store_get_older_source(struct store *store, struct arena *arena, int64_t page,
                                   int64_t version, struct source_page *source,
                                   struct error *err) MUST_CHECK;
/* The raw page of an article. */
enum status store_get_source(struct store *store, struct arena *arena, int64_t page,
                             struct source_page *source, struct error *err) MUST_CHECK;

/* ---- articles that tell of the same (similar.c) -------------------------------------------- */

/* Dated articles other than `page` that share keys with it, by number. Keys that more than
 * SIMILAR_SPREAD_LIMIT others have do not count. */
enum status store_find_similar(struct store *store, struct arena *arena, int64_t page,
                               const struct similar_keys *keys,
                               const struct similar_article **found, size_t *count,
                               struct error *err) MUST_CHECK;

/* An undated article whose similar articles have changed since its bounds were made. */
struct waiting_article {
    int64_t page;
    struct publication own, shown; /* by its own text; as it stands in the lists */
    struct similar_keys keys;
};
/* The first that waits; NOT_FOUND when none does. It waits until store_put_derived or
 * store_end_waiting. */
enum status store_next_waiting(struct store *store, struct waiting_article *waiting,
                               struct error *err) MUST_CHECK;
enum status store_end_waiting(struct store *store, int64_t page, struct error *err) MUST_CHECK;

/* ---- entities and forms of names for the linker (entities.c, forms.c) ----------------------- */

/* At most this many forms of a key are offered, and at most this many articles of a form are marked
 * to be linked once more. */
enum { FORM_FIND_LIMIT = 512, FORM_MARK_LIMIT = 256 };

enum status store_add_entity(struct store *store, enum entity_kind kind, str name, int64_t *id,
                             struct error *err) MUST_CHECK;
enum status store_find_form(struct store *store, struct arena *arena, enum entity_kind kind,
                            str text, struct name_form *form, bool *known,
                            struct error *err) MUST_CHECK;
/* Forms that have a key, the oldest first. */
enum status store_find_forms(struct store *store, struct arena *arena, enum entity_kind kind,
                             str key, const struct name_form **forms, size_t *count,
                             struct error *err) MUST_CHECK;
/* Sets form->id. */
enum status store_add_form(struct store *store, struct name_form *form, const str *keys,
                           size_t key_count, struct error *err) MUST_CHECK;
/* State, head and entity. */
enum status store_set_form(struct store *store, const struct name_form *form,
                           struct error *err) MUST_CHECK;
/* What speaks for an entity in an article of the site and day that has `company`; looks at its
 * newest articles alone. */
enum status store_weigh_entity(struct store *store, struct arena *arena, int64_t entity,
                               const int64_t *company, size_t company_count, str site,
                               day published, struct link_evidence *evidence,
                               struct error *err) MUST_CHECK;
/* The newest articles that have the form become stale; all of them where `all` is set. */
enum status store_mark_form(struct store *store, int64_t form, bool all,
                            struct error *err) MUST_CHECK;
/* The newest articles that have an open form which shares a key with a form of the entity, where it
 * shares one with another entity too or is an entity of its own. */
enum status store_mark_rivals(struct store *store, int64_t entity, struct error *err) MUST_CHECK;

/* Matches of words (a filter, a search) are counted up to here: one more means "more". What is
 * kept as a counter is exact. */
enum { STORE_COUNT_LIMIT = 1000 };

/* ---- lists by page (lists.c) --------------------------------------------------------------- */

/* A place in a sorted list: opaque outside of store/; `text` is borrowed. */
struct row_key {
    int64_t number, second, third;
    str text;
};

struct page_request {
    const struct row_key *from; /* NULL = from the beginning (or the end, when backward) */
    bool inclusive;             /* the row of `from` itself is the first of the page */
    bool backward;              /* rows before `from`, given nearest first */
    uint32_t limit;
};

enum read_state { READ_UNREAD, READ_STARTED, READ_DONE };

enum article_sort {
    SORT_DATE,
    SORT_TITLE,
    SORT_SITE,
    SORT_PEOPLE,
    SORT_READ,
    SORT_LENGTH,
    SORT_COUNT
};

struct article_query {
    enum article_sort sort;
    bool descending;
    const struct search_query *search; /* NULL = all */
    bool unread_only;                  /* READ_UNREAD alone */
    bool folded;      /* near-duplicates under the earliest of them; with a search all are shown */
    bool copies_only; /* those that folding hides; by date, without a search */
};

struct article_row {
    struct row_key key;
    int64_t id; /* page id */
    str title, site, path, tags;
    struct publication published;
    uint32_t people_count, bookmark_count;
    enum read_state read;
    uint32_t text_len, position; /* bytes; where reading stopped */
    int64_t copy_of;             /* the article it is a later version of; 0 = of none */
    uint32_t copy_count;         /* of a leader: at most 1,000 */
};

enum status store_list_articles(struct store *store, struct arena *arena,
                                const struct article_query *query,
                                const struct page_request *request, const struct article_row **rows,
                                size_t *count, struct error *err) MUST_CHECK;
/* A filtered list that is not in order of date sorts the 20,000 newest matches at most. How many
 * rows the query has in all: from a kept counter when there is no filter. */
enum status store_count_articles(struct store *store, const struct article_query *query,
                                 int64_t *count, struct error *err) MUST_CHECK;
/* The row of one article, with its key for this query's sort, whether the filter lets it through or
 * not. */
enum status store_find_article_row(struct store *store, struct arena *arena,
                                   const struct article_query *query, int64_t article,
                                   struct article_row *row, struct error *err) MUST_CHECK;

/* Near-duplicates (copies.c): the first of the article's group, by date of publication; and the
 * others of a leader's group, at most 1,000. The article itself when it has no group. */
enum status store_find_leader(struct store *store, int64_t article, int64_t *leader,
                              struct error *err) MUST_CHECK;
enum status store_list_copies(struct store *store, struct arena *arena, int64_t leader,
                              const int64_t **articles, size_t *count,
                              struct error *err) MUST_CHECK;

enum entity_sort { ENTITY_BY_MENTIONS, ENTITY_BY_NAME, ENTITY_BY_ARTICLES };

struct entity_query {
    enum entity_kind kind;
    enum entity_sort sort;
    /* Words of the name or of a variant; what is asked of articles means those whom the newest
     * 2,000 that fit name. NULL = all. */
    const struct search_query *search;
};

struct entity_row {
    struct row_key key;
    int64_t id;
    enum entity_kind kind;
    str name;
    str variants; /* other forms found, most frequent first, parted by " · ", at most 8 */
    str role;     /* the latest description found beside the name, or STR_NONE */
    uint32_t mention_count, article_count;
    day first, last; /* of the articles that name it; DAY_UNKNOWN when none is dated */
    bool doubtful;
    uint32_t new_count; /* mentions in what was imported since the reader last looked at it */
    int64_t seen;       /* when that was, seconds since 1970 UTC; 0: never */
};

enum status store_list_entities(struct store *store, struct arena *arena,
                                const struct entity_query *query,
                                const struct page_request *request, const struct entity_row **rows,
                                size_t *count, struct error *err) MUST_CHECK;
enum status store_count_entities(struct store *store, const struct entity_query *query,
                                 int64_t *count, struct error *err) MUST_CHECK;
enum status store_get_entity(struct store *store, struct arena *arena, int64_t id,
                             struct entity_row *row, struct error *err) MUST_CHECK;
/* Where the row stands in a list that is sorted so. It points into the row. */
struct row_key store_entity_key(const struct entity_row *row, enum entity_sort sort);
/* The entity that a typed name means: exact name, else the most mentioned whose words all fit. */
enum status store_find_entity_by_name(struct store *store, struct arena *arena, str name,
                                      struct entity_row *row, struct error *err) MUST_CHECK;

/* The reader looks at the entity now: nothing of it is new. Not undoable. */
enum status store_note_seen(struct store *store, int64_t entity, int64_t when,
                            struct error *err) MUST_CHECK;
/* Where the mentions went that the linker gave to an entity which has none left; 0: nowhere. */
enum status store_find_heir(struct store *store, int64_t entity, int64_t *heir,
                            struct error *err) MUST_CHECK;
/* Those of a kind that stand in an article together with an entity. */
struct companion_row {
    int64_t entity;
    int64_t article_count; /* articles that name both */
};
/* Only those with a number above `after`, by number; `limit` at most. Work: the mentions in the
 * entity's articles. */
enum status store_list_companions(struct store *store, struct arena *arena, int64_t entity,
                                  enum entity_kind kind, int64_t after, uint32_t limit,
                                  const struct companion_row **rows, size_t *count,
                                  struct error *err) MUST_CHECK;

/* ---- what is known of one entity (cards.c) -------------------------------------------------- */

struct card_row {
    str text;
    int64_t count;         /* mentions of a form; articles of the rest */
    int64_t entity;        /* COMPANY */
    enum entity_kind kind; /* COMPANY */
    int64_t article;       /* ROLES: the latest that says so, and the first mention there */
    uint32_t start, end;
};
enum card_part { CARD_FORMS, CARD_ROLES, CARD_COMPANY, CARD_SITES, CARD_PART_COUNT };
/* Articles of an entity, the newest, in which roles, company and outlets are counted. */
enum { CARD_ARTICLE_LIMIT = 1000, CARD_ROW_LIMIT = 25 };

struct entity_card {
    const struct card_row *rows[CARD_PART_COUNT];
    size_t counts[CARD_PART_COUNT];
};
/* The most frequent of each part. */
enum status store_describe_entity(struct store *store, struct arena *arena, int64_t entity,
                                  struct entity_card *card, struct error *err) MUST_CHECK;

/* Dated articles, or mentions of an entity, by month. */
struct month_count {
    int64_t month; /* year * 12 + month - 1 */
    int64_t count;
};
/* entity 0: the articles. Of an entity its 10,000 latest articles. In order of time, without empty
 * months. */
enum status store_count_by_month(struct store *store, struct arena *arena, int64_t entity,
                                 const struct month_count **months, size_t *count,
                                 struct error *err) MUST_CHECK;

/* People who are doubtful somewhere, most mentioned first, and who they could be. */
struct doubt_row {
    int64_t entity;
    str name;
    uint32_t mention_count;
    /* Names that share a key with it, parted by " · ", at most 3: those with the same word, or
     * where there is none, those that sound alike. */
    str others;
};
enum status store_list_doubts(struct store *store, struct arena *arena, uint32_t limit,
                              const struct doubt_row **rows, size_t *count,
                              struct error *err) MUST_CHECK;
/* What waits for the reader: bookmarks without a sure place, articles without a day, new ones
 * (store_get_visit), corrections that no longer apply. */
struct store_pending {
    int64_t bookmarks_ambiguous, bookmarks_lost, undated, new_articles, conflicts;
};
enum status store_get_pending(struct store *store, struct store_pending *pending,
                              struct error *err) MUST_CHECK;

/* Mentions of one entity through all articles, in date order, then by place (from an article's
 * beginning on in both orders of date). */
struct mention_row {
    struct row_key key;
    int64_t article, entity;
    uint32_t start, end;     /* bytes in the article's text */
    str before, name, after; /* context on one line: up to 120 bytes a side, whole code points */
    str title, site;
    struct publication published;
};

struct mention_query {
    int64_t entity;
    int64_t article; /* 0 = all */
    bool descending; /* newest first */
    str form;        /* only mentions in exactly these words; STR_NONE = all */
    str site;        /* only in this outlet; STR_NONE = all */
    int64_t with;    /* only in articles that name this one too; 0 = all */
    bool near;       /* of those, mentions in whose context it stands */
    /* ROW words: of the context, the title, the outlet; FORM: of the mention. NULL = all. Of one
     * call at most 20,000 mentions are looked at. */
    const struct search_query *search;
};

enum status store_list_mentions(struct store *store, struct arena *arena,
                                const struct mention_query *query,
                                const struct page_request *request, const struct mention_row **rows,
                                size_t *count, struct error *err) MUST_CHECK;

/* Dated statements in order of time: coarse ones before the days of their period. */
struct moment_row {
    struct row_key key;
    int64_t article;
    struct moment moment;
    str sentence;                  /* the sentence around it */
    uint32_t date_start, date_end; /* the expression inside `sentence`, bytes */
    str title, site;
    uint32_t twin_count;          /* that say the same of the same day in other articles */
    uint32_t contradiction_count; /* that give another day for the same act */
};

enum { MOMENT_ENTITY_LIMIT = 8 };

struct moment_query {
    day from, to;                        /* those that begin within; DAY_UNKNOWN = open */
    int64_t entity;                      /* statements whose sentence names it; 0 = all */
    int64_t others[MOMENT_ENTITY_LIMIT]; /* and these as well, up to the first 0 */
    int64_t article;                     /* 0 = all */
    bool unplaced;   /* instead: those whose day is not known, in order of articles */
    bool whole_days; /* only those of one day */
    bool folded;     /* without the twins of a statement that the query lets through */
    str site;  /* words (prefixes) of the outlet: the 20,000 newest articles; STR_NONE = all */
    str words; /* words (prefixes) of an article's text: the same */
    /* What is asked besides: of the statement ROW words (in its sentence), SPEAKS_OF, BEGINS,
     * TO_THE_DAY and ARTICLE, else of its article. Asked of 5,000 statements a call. NULL =
     * nothing. */
    const struct search_query *search;
};

enum status store_list_moments(struct store *store, struct arena *arena,
                               const struct moment_query *query, const struct page_request *request,
                               const struct moment_row **rows, size_t *count,
                               struct error *err) MUST_CHECK;
/* The same one by one, so that only those are read that are wanted. The rows live in the arena;
 * NULL at the end, and after a failure, which closing reports to the `err` of opening. What is
 * bound to a query lives until then; a page of the same kind is not opened meanwhile. */
struct moment_cursor;
struct moment_cursor *store_open_moments(struct store *store, struct arena *arena,
                                         const struct moment_query *query,
                                         const struct page_request *request, struct error *err);
const struct moment_row *store_next_moment(struct moment_cursor *cursor);
enum status store_close_moments(struct moment_cursor *cursor) MUST_CHECK;
/* All of the dossier exactly, what a query lets through up to STORE_COUNT_LIMIT + 1; without regard
 * to `search`. */
enum status store_count_moments(struct store *store, const struct moment_query *query,
                                int64_t *count, struct error *err) MUST_CHECK;

/* Statements that give another day for the same act of the same people, by day; 64 at most. */
enum status store_list_contradictions(struct store *store, struct arena *arena,
                                      const struct row_key *moment, const struct moment_row **rows,
                                      size_t *count, struct error *err) MUST_CHECK;

/* A bar of the histogram over time. */
struct bucket_row {
    int32_t bucket; /* see model/scale.h */
    int64_t count;  /* of statements; of articles published */
};
/* Those from `first` to `last` that are not empty, from kept counters; with names in the query
 * (entity and others), the statements that name them all, counted among BUCKET_LOOK_LIMIT of the
 * first name in each bar and up to BUCKET_COUNT_LIMIT. The rest of the query is not looked at. */
enum { BUCKET_COUNT_LIMIT = 200, BUCKET_LOOK_LIMIT = 2000 };
enum status store_list_buckets(struct store *store, struct arena *arena, enum scale scale,
                               int32_t first, int32_t last, const struct moment_query *wanted,
                               const struct bucket_row **rows, size_t *count,
                               struct error *err) MUST_CHECK;

/* Days, months or years in which something was published, or of which something is told, that begin
 * within first..last, from kept counters: the newest first, 1,000 at most. No weeks. */
enum period_kind { PERIOD_PUBLISHED, PERIOD_TOLD };
enum { PERIOD_LIMIT = 1000 };
enum status store_list_periods(struct store *store, struct arena *arena, enum period_kind kind,
                               enum scale scale, day first, day last,
                               const struct bucket_row **rows, size_t *count,
                               struct error *err) MUST_CHECK;

/* Days on which articles were published, in order of time. key.number is the place of the day among
 * moments, which all of its moments follow. */
struct published_row {
    struct row_key key;
    day published;
    int64_t article_count, article; /* the first of them */
    str title, site;
};
/* One by one, as moments. */
struct published_cursor;
struct published_cursor *store_open_published(struct store *store, struct arena *arena,
                                              const struct moment_query *query,
                                              const struct page_request *request,
                                              struct error *err);
const struct published_row *store_next_published(struct published_cursor *cursor);
enum status store_close_published(struct published_cursor *cursor) MUST_CHECK;

/* ---- search (search.c) --------------------------------------------------------------------- */

/* What stands around a hit of a snippet. */
#define SNIPPET_HIT_START '\x01'
#define SNIPPET_HIT_END '\x02'

/* A search is answered by walking the articles of its dearest condition in order of date and
 * looking at each for the others: of one call at most 20,000 are looked at, so a rare combination
 * of common conditions may end early. Names are those of the 16 most mentioned that fit. */
struct search_row {
    struct row_key key;
    int64_t article;
    str title, site;
    struct publication published;
    str snippet; /* hits between SNIPPET_HIT_START and SNIPPET_HIT_END */
};

enum status store_search(struct store *store, struct arena *arena, const struct search_query *query,
                         const struct page_request *request, const struct search_row **rows,
                         size_t *count, struct error *err) MUST_CHECK;
enum status store_count_search(struct store *store, const struct search_query *query,
                               int64_t *count, struct error *err) MUST_CHECK;

/* ---- one article (article.c) --------------------------------------------------------------- */

/* What is stored of a mention, with the dossier's entity. */
struct stored_mention {
    struct mention mention; /* mention.entity is not used here */
    int64_t entity;
    str name;      /* of the entity */
    bool doubtful; /* it could be another */
};

struct stored_article {
    int64_t id, version;
    struct article article;
    const struct stored_mention *mentions;
    size_t mention_count;
    moment_vec moments;
    enum read_state read;
    struct bookmark place; /* where reading stopped: place.start, in the text as it is now */
};

enum status store_get_article(struct store *store, struct arena *arena, int64_t id,
                              struct stored_article *article, struct error *err) MUST_CHECK;
/* The same in two steps: what is read, and what was removed from the page, which is much more of
 * many. */
enum status store_get_text(struct store *store, struct arena *arena, int64_t id,
                           struct stored_article *article, struct error *err) MUST_CHECK;
enum status store_get_removed(struct store *store, struct arena *arena,
                              struct stored_article *article, struct error *err) MUST_CHECK;
/* Why the mentions of an entity in an article are its own; STR_NONE when nothing is known. */
enum status store_get_link_reason(struct store *store, struct arena *arena, int64_t article,
                                  int64_t entity, str *reason, struct error *err) MUST_CHECK;
/* The article before or after one in the order of a query; NOT_FOUND at the ends. */
enum status store_neighbour_article(struct store *store, const struct article_query *query,
                                    int64_t id, bool backward, int64_t *neighbour,
                                    struct error *err) MUST_CHECK;

/* ---- walking a target (target.c) ----------------------------------------------------------- */

/* What n and N walk. */
enum target_kind {
    TARGET_NONE,
    TARGET_ENTITY,
    TARGET_DAYS,
    TARGET_SEARCH,
    TARGET_BOOKMARKS,
    TARGET_TAG,
    TARGET_KIND_COUNT
};
enum { TARGET_ENTITY_LIMIT = 8 };

struct target {
    enum target_kind kind;
    int64_t entities[TARGET_ENTITY_LIMIT]; /* ENTITY: mentions of any of them */
    size_t entity_count;
    day first, last;                   /* DAYS: moments that lie within */
    const struct search_query *search; /* SEARCH: articles that fit; the places in them are found by
                                          the reader */
    str tag;                           /* TAG: of articles, which are the place, and of bookmarks */
    str label;
};
bool target_has_entity(const struct target *target, int64_t entity);

struct target_place {
    int64_t article;
    uint32_t start, end; /* bytes; 0, 0 for SEARCH: "somewhere in this article" */
};

struct target_position {
    int64_t index, count;                 /* this hit, from 1, of all; 0 when not on a hit */
    int64_t article_index, article_count; /* the same in articles */
    bool is_capped; /* there are more articles than are looked at: the counts are least ones */
};

/* The next (or previous) place after `from`: in order of the text within an article, then on in the
 * order of the list, through the articles that it lets through (copies too where it folds them).
 * `from` itself may lie in an article that it does not: then from where that would stand. *wrapped
 * when it began again at the other end. NOT_FOUND when the target has no place. Work: as for the
 * next row of the list with one more condition. */
enum status store_walk_target(struct store *store, const struct target *target,
                              const struct article_query *list, const struct target_place *from,
                              bool backward, struct target_place *to, bool *wrapped,
                              struct error *err) MUST_CHECK;
/* Where a place stands among all, in that order. Costs the target's own articles, of which no more
 * than STORE_COUNT_LIMIT are looked at, so it is asked for when idle. The counts of one name in all
 * articles are kept: they are exact, and in order of date the place is too, however many there are;
 * in another order it is not known beyond the limit. */
enum status store_target_position(struct store *store, const struct target *target,
                                  const struct article_query *list,
                                  const struct target_place *place,
                                  struct target_position *position, struct error *err) MUST_CHECK;

/* ---- the watch list (watch.c) --------------------------------------------------------------- */

enum { WATCH_LIMIT = 9 };

/* A target that is pinned under a number. */
struct watch_row {
    struct row_key key;
    int slot;                     /* 1 … WATCH_LIMIT */
    struct target target;         /* ENTITY: as corrections have it now; label: empty for DAYS */
    enum entity_kind entity_kind; /* ENTITY */
    str query;                    /* SEARCH: to be read by the caller, who sets target.search */
    int64_t seen_version;         /* what was imported after this one is new */
    int64_t seen;                 /* when the reader last looked, seconds since 1970 UTC */
    /* By store_count_watch: */
    int64_t place_count, article_count, new_count; /* new: places in what came since `seen` */
    bool more, more_new;                           /* there are more than these */
};
/* By slot. */
enum status store_list_watches(struct store *store, struct arena *arena,
                               const struct watch_row **rows, size_t *count,
                               struct error *err) MUST_CHECK;
/* Work: see store_target_position; the newest 1,000 articles for what is new. */
enum status store_count_watch(struct store *store, struct watch_row *row,
                              struct error *err) MUST_CHECK;
/* The slot of the same target; 0: it is not pinned. `query`: of a SEARCH. */
int watch_slot_of(const struct watch_row *rows, size_t count, const struct target *target,
                  str query);
/* Undoable. *slot 0: the first that is free. TOO_LARGE when none is, BAD_INPUT when the one asked
 * for is taken. Nothing of it is new yet. */
enum status store_put_watch(struct store *store, const struct target *target, str query, int *slot,
                            int64_t when, struct error *err) MUST_CHECK;
enum status store_delete_watch(struct store *store, int slot, int64_t when,
                               struct error *err) MUST_CHECK; /* undoable */
/* Nothing of it is new any more. Not undoable. One name is seen by store_note_seen as well. */
enum status store_note_watch_seen(struct store *store, int slot, int64_t when,
                                  struct error *err) MUST_CHECK;

/* ---- the user's own work (user.c, journal.c) ----------------------------------------------- */

/* Reading state is kept at each change; it is not part of undo. `when`: seconds since 1970 UTC. Of
 * the place: article, and what bookmark_take_place sets. */
enum status store_set_position(struct store *store, const struct bookmark *place, int64_t when,
                               struct error *err) MUST_CHECK;
enum status store_set_read(struct store *store, int64_t article, enum read_state state,
                           int64_t when, struct error *err) MUST_CHECK; /* undoable */
/* The same for what reading itself shows (begun, come to the end): no step of undo, and the article
 * keeps its place in this handle's lists by read state until store_sort_anew. */
enum status store_note_read(struct store *store, int64_t article, enum read_state state,
                            int64_t when, struct error *err) MUST_CHECK;
enum status store_sort_anew(struct store *store, struct error *err) MUST_CHECK;

/* NOT_FOUND: there is none of this number any more. */
enum status store_get_bookmark(struct store *store, struct arena *arena, int64_t id,
                               struct bookmark *bookmark, struct error *err) MUST_CHECK;
/* Undoable. Sets bookmark->id when it is 0 (new), else changes note and tags of that bookmark, or
 * brings it back as it is given when it is gone. */
enum status store_put_bookmark(struct store *store, struct bookmark *bookmark, int64_t when,
                               struct error *err) MUST_CHECK;
/* Gives a bookmark another passage: quote, prefix, suffix, start, end. Undoable. */
enum status store_attach_bookmark(struct store *store, const struct bookmark *bookmark,
                                  int64_t when, struct error *err) MUST_CHECK;
enum status store_delete_bookmark(struct store *store, int64_t id, int64_t when,
                                  struct error *err) MUST_CHECK;
/* Not undoable: the re-anchored place after the text changed. */
enum status store_move_bookmark(struct store *store, const struct bookmark *bookmark,
                                struct error *err) MUST_CHECK;

struct bookmark_row {
    struct row_key key;
    struct bookmark bookmark;
    str title, site, url, path;
    struct publication published;
};
/* The articles that come from an address or a path: their number, at most `limit` in pages. */
enum status store_find_pages(struct store *store, str source, int64_t *pages, size_t limit,
                             size_t *count, struct error *err) MUST_CHECK;
enum bookmark_sort {
    BOOKMARKS_BY_PUBLICATION, /* newest articles first, within one in order of place */
    BOOKMARKS_BY_MAKING,      /* newest first */
    BOOKMARKS_BY_ARTICLE,     /* by title, in order of place */
    BOOKMARKS_BY_TAG,         /* those without at the end */
    BOOKMARK_SORT_COUNT
};
struct bookmark_query {
    enum bookmark_sort sort;
    int64_t article; /* 0 = all */
    /* ROW words: of quote, note, tags, title, outlet; tags, notes, ANCHOR: its own. NULL = all. */
    const struct search_query *search;
};
enum status store_list_bookmarks(struct store *store, struct arena *arena,
                                 const struct bookmark_query *query,
                                 const struct page_request *request,
                                 const struct bookmark_row **rows, size_t *count,
                                 struct error *err) MUST_CHECK;
/* All of one article, in order of place, at most `limit`. */
enum status store_list_article_bookmarks(struct store *store, struct arena *arena, int64_t article,
                                         size_t limit, const struct bookmark **bookmarks,
                                         size_t *count, struct error *err) MUST_CHECK;
/* Those that fit; more than STORE_COUNT_LIMIT are not all counted. */
enum status store_count_bookmarks(struct store *store, const struct search_query *search,
                                  int64_t *total, struct error *err) MUST_CHECK;

/* Restored or cut blocks: undoable; followed by a new clean_page and store_put_derived. */
struct block_decision {
    uint64_t block_hash;
    bool keep;
};
enum status store_put_block_decision(struct store *store, int64_t article,
                                     const struct block_decision *decision, int64_t when,
                                     struct error *err) MUST_CHECK;
enum status store_list_block_decisions(struct store *store, struct arena *arena, int64_t article,
                                       const struct block_decision **decisions, size_t *count,
                                       struct error *err) MUST_CHECK;

/* ---- outlets (outlet.c) */

/* A line that stands on so many pages of an outlet is furniture. */
enum { OUTLET_FURNITURE_PAGES = 6 };
/* Lines of an outlet that are remembered: those of its last pages. */
enum { OUTLET_LINE_LIMIT = 8192 };
/* So many articles of an outlet, newest first, become stale at a time for a rule of
 * the reader's. */
enum { OUTLET_STALE_STEP = 500 };

/* Names of outlets that begin so, in order; then those with a word that does, of the newest so many
 * articles that fit. Nothing given: all, up to the limit. */
enum { OUTLET_NAME_ARTICLES = 2000 };
enum status store_list_outlets(struct store *store, struct arena *arena, str begin, size_t limit,
                               const str **outlets, size_t *count, struct error *err) MUST_CHECK;

struct outlet_line {
    uint64_t hash; /* str_hash of the trimmed line */
    bool furniture;
    bool has_rule, keep; /* the reader's */
};

/* Remembers the lines that cleaning kept of a page, in place of what was remembered of it. For a
 * line that becomes furniture the earlier pages with it become stale: they are cleaned again with
 * the next import or refresh. Within a batch. Work: the lines' own. */
enum status store_note_outlet_lines(struct store *store, int64_t article, str site,
                                    const uint64_t *hashes, size_t count,
                                    struct error *err) MUST_CHECK;
/* Fills in what is known of the lines by their hashes. */
enum status store_find_outlet_lines(struct store *store, str site, struct outlet_line *lines,
                                    size_t count, struct error *err) MUST_CHECK;
/* "This line of this outlet is always kept (or cut)"; `remove` takes the rule away. Undoable. The
 * outlet's newest articles become stale at once, the others by store_mark_waiting. */
enum status store_put_outlet_rule(struct store *store, int64_t article, str site, str line,
                                  bool keep, bool remove, int64_t when,
                                  struct error *err) MUST_CHECK;
/* The next articles become stale that a rule has not reached yet; *marked: were there any? Work: of
 * one step. */
enum status store_mark_waiting(struct store *store, bool *marked, struct error *err) MUST_CHECK;

/* What there was when a session of a reader was last at work here. */
struct visit {
    day last;          /* DAY_UNKNOWN: there was none yet */
    int64_t article;   /* the last one that was read; 0: none */
    int64_t new_count; /* articles that came since then; before a first visit none did */
};

/* Articles that came since that visit are what is new to this store (is:new, saved searches) from
 * then on, whatever visit is noted later; without such a call since the one before the first
 * question. */
enum status store_get_visit(struct store *store, struct visit *visit, struct error *err) MUST_CHECK;
/* All articles have been seen, today. Not undoable. */
enum status store_note_visit(struct store *store, day today, struct error *err) MUST_CHECK;

/* Marks mx 'x. Undoable. Of the passage: article, start, quote, prefix and suffix (those three
 * for bookmark_anchor, empty in marks of old). NOT_FOUND for a letter that was never set. */
enum status store_put_mark(struct store *store, char letter, const struct bookmark *passage,
                           int64_t when, struct error *err) MUST_CHECK;
enum status store_get_mark(struct store *store, struct arena *arena, char letter,
                           struct bookmark *passage, struct error *err) MUST_CHECK;

/* The publication date that the reader set: value where it is one day, else bounds; basis UNKNOWN
 * where none is set, and to take it away. Wins over what the page says. Undoable; followed, as its
 * undo is, by a new store_put_derived. */
enum status store_set_publication(struct store *store, int64_t article,
                                  const struct publication *published, int64_t when,
                                  struct error *err) MUST_CHECK;
enum status store_get_publication(struct store *store, int64_t article,
                                  struct publication *published, struct error *err) MUST_CHECK;

/* Tags of an article, words parted by single spaces. Undoable. */
enum status store_set_tags(struct store *store, int64_t article, str tags, int64_t when,
                           struct error *err) MUST_CHECK;
/* The same for tags that an article brings with it: no step of undo. */
enum status store_note_tags(struct store *store, int64_t article, str tags, int64_t when,
                            struct error *err) MUST_CHECK;
/* Tags of articles and of bookmarks that begin so, each once, the latest first: of the 5,000 latest
 * rows of tags. */
enum status store_list_tags(struct store *store, struct arena *arena, str begin, size_t limit,
                            const str **tags, size_t *count, struct error *err) MUST_CHECK;
enum status store_get_tags(struct store *store, struct arena *arena, int64_t article, str *tags,
                           struct error *err) MUST_CHECK;

/* Searches kept under a name. Undoable. NOT_FOUND for the deletion of one that is not there. */
struct saved_search_row {
    struct row_key key;
    str name, query;
    /* By store_count_saved: */
    int64_t article_count, new_count;
    bool more; /* than STORE_COUNT_LIMIT are found */
};
/* One of that name is replaced. */
enum status store_put_search(struct store *store, str name, str query, int64_t when,
                             struct error *err) MUST_CHECK;
/* One step of undo. BAD_INPUT when another one has the new name, NOT_FOUND when none has
 * the old. */
enum status store_rename_search(struct store *store, str name, str to, int64_t when,
                                struct error *err) MUST_CHECK;
/* The query of one; NOT_FOUND when there is none of that name. */
enum status store_get_search(struct store *store, struct arena *arena, str name, str *query,
                             struct error *err) MUST_CHECK;
/* What it finds, and what it finds of the new articles (store_get_visit; the newest
 * STORE_COUNT_LIMIT of them). `search`: its query, read by the caller. */
enum status store_count_saved(struct store *store, const struct search_query *search,
                              struct saved_search_row *row, struct error *err) MUST_CHECK;
enum status store_delete_search(struct store *store, str name, int64_t when,
                                struct error *err) MUST_CHECK;
/* By name. */
enum status store_list_searches(struct store *store, struct arena *arena,
                                const struct page_request *request,
                                const struct saved_search_row **rows, size_t *count,
                                struct error *err) MUST_CHECK;

/* The user's changes until store_end_step are one step of undo called `label` (kept by the caller
 * until then). *step is 0 at first and set with the first change; given again, later changes join
 * the same step: long work is one step over many transactions. */
void store_begin_step(struct store *store, int64_t *step, str label);
void store_end_step(struct store *store);

/* What was undone or done again. */
struct journal_step {
    str label;       /* what it was: "bookmark added" */
    str words;       /* which one, as it is now or was last: passage, tags, name; empty: several */
    int64_t article; /* 0: nowhere, or in several */
    bool has_place;  /* where it was is known: */
    struct bookmark passage; /* quote, prefix and suffix, or only start */
};
/* Takes back the newest step that is not undone yet / does the oldest undone one again, over
 * sessions: all of its rows in one transaction. NOT_FOUND when there is none. Rows that another
 * session changed meanwhile are left as they are and dropped from the step: its label tells how
 * many, BUSY when it was all of them. 1,000 steps are kept, of 1,000,000 rows at most. */
enum status store_undo(struct store *store, struct arena *arena, struct journal_step *step,
                       struct error *err) MUST_CHECK;
enum status store_redo(struct store *store, struct arena *arena, struct journal_step *step,
                       struct error *err) MUST_CHECK;

/* ---- corrections of names (corrections*.c) ------------------------------------------------- */

enum correction_state {
    CORRECTION_APPLIES,
    CORRECTION_WAITING,   /* its article is not in this dossier */
    CORRECTION_AMBIGUOUS, /* its words stand in the article more than once */
    CORRECTION_LOST,      /* its words, or its name, are no longer in the article */
    CORRECTION_NOBODY,    /* nobody of its name is left */
    CORRECTION_OVERRULED, /* an earlier one says something else of the name */
    CORRECTION_STATE_COUNT
};

/* Keeps a correction and applies it at once to all articles that it concerns, in one transaction;
 * undoable; replayed whenever one of them is derived anew. Work: the articles that name whom it
 * speaks of. Sets correction->id. *is_new (may be NULL) is false when the same stands there
 * already. */
enum status store_put_correction(struct store *store, struct correction *correction, int64_t when,
                                 bool *is_new, struct error *err) MUST_CHECK;
/* Undoable. What it decided goes back to what the others and the linker say. */
enum status store_drop_correction(struct store *store, int64_t id, int64_t when,
                                  struct error *err) MUST_CHECK;
/* Fills in where: the article's path and id, and, for a mention [start, end) when end > start, its
 * words with as much around them as tells the place from all others. */
enum status store_locate(struct store *store, struct arena *arena, int64_t article, uint32_t start,
                         uint32_t end, struct correction *correction, struct error *err) MUST_CHECK;

struct correction_row {
    struct row_key key;
    struct correction correction;
    enum correction_state state;
    int64_t article; /* its article, or 0 */
    int64_t changed; /* seconds since 1970 UTC */
};
/* In the order in which they were made; all, or only those that do not apply. */
enum status store_list_corrections(struct store *store, struct arena *arena, bool conflicts_only,
                                   const struct page_request *request,
                                   const struct correction_row **rows, size_t *count,
                                   struct error *err) MUST_CHECK;
/* Up to STORE_COUNT_LIMIT + 1. */
enum status store_count_corrections(struct store *store, bool conflicts_only, int64_t *count,
                                    struct error *err) MUST_CHECK;
/* The entity of a type that bears exactly this name (ASCII letters alike), most mentioned first; 0
 * when there is none. */
enum status store_find_named(struct store *store, enum entity_kind kind, str name, int64_t *id,
                             struct error *err) MUST_CHECK;

/* ---- addresses that are read again (addresses.c) -------------------------------------------- */

/* What is known of an address after asking for it. */
struct address_visit {
    str etag, modified;  /* as its server stated them, or STR_NONE */
    int64_t hash;        /* str_hash of its bytes; 0: none came yet */
    str title;           /* as a list of feeds names it, or STR_NONE */
    int64_t checked;     /* when it was asked last, seconds since 1970 UTC; 0: never */
    int64_t changed;     /* when it had something new last; 0: never */
    int64_t wait_until;  /* its server wants to be left alone until then; 0 */
    str fault;           /* what went wrong the last time, or STR_NONE */
    int64_t fault_count; /* how many times one after the other */
    str moved;           /* where it is asked for since it moved there for good, or STR_NONE */
};

struct address_row {
    struct row_key key;
    int64_t id;
    str url;        /* as it was added: the name that its articles keep */
    bool full_text; /* of a feed's items that hold a part only the pages are fetched */
    int64_t added;
    struct address_visit visit; /* title: where none is known that of its article or outlet */
    int64_t article_count;      /* up to STORE_COUNT_LIMIT + 1 */
};

/* Where it is asked for. */
static inline str address_now(const struct address_row *row)
{
    return row->visit.moved.len ? row->visit.moved : row->url;
}

/* Remembers a feed or page. One that is known stays, also by the address that it moved to, and
 * takes on full_text when that is set. No step of undo. */
enum status store_put_address(struct store *store, str url, bool full_text, int64_t when,
                              bool *is_new, struct error *err) MUST_CHECK;
/* Takes it away; its articles stay. Undoable. NOT_FOUND when there is none. */
enum status store_drop_address(struct store *store, int64_t id, int64_t when,
                               struct error *err) MUST_CHECK;
/* In the order in which they were added. */
enum status store_list_addresses(struct store *store, struct arena *arena,
                                 const struct page_request *request,
                                 const struct address_row **rows, size_t *count,
                                 struct error *err) MUST_CHECK;
/* By its url or where it moved to. NOT_FOUND when it is none. */
enum status store_find_address(struct store *store, struct arena *arena, str url,
                               struct address_row *row, struct error *err) MUST_CHECK;
/* How many there are, and how many of them failed the last time; both up to STORE_COUNT_LIMIT
 * + 1. */
enum status store_count_addresses(struct store *store, int64_t *count, int64_t *failed,
                                  struct error *err) MUST_CHECK;
/* Keeps what came of asking for it, in place of what was known. */
enum status store_note_visited(struct store *store, str url, const struct address_visit *visit,
                               struct error *err) MUST_CHECK;

/* Items of feeds, by the path of their page: whether the page of this one was fetched (or refused
 * for good) when the feed said the same of it. */
enum status store_item_is_known(struct store *store, str path, int64_t hash, bool *known,
                                struct error *err) MUST_CHECK;
enum status store_note_item(struct store *store, str path, int64_t hash,
                            struct error *err) MUST_CHECK;

/* ---- counts for the first screen ----------------------------------------------------------- */

struct store_totals {
    int64_t articles, unread, people, places, organisations, moments, bookmarks, copies;
};
/* From kept counters: no table is counted. */
enum status store_get_totals(struct store *store, struct store_totals *totals,
                             struct error *err) MUST_CHECK;

#endif
