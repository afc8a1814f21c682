/* What the files of store/ share: the handle, statements, transactions, and the rows that several
 * of them write. Nothing outside of store/ (but its tests) includes this. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include <sqlite3.h>

#include "base/buf.h"
#include "base/vec.h"
#include "model/scale.h"
#include "store/store.h"

/* "Dosi": tells a dossier from any other SQLite file. */
#define STORE_APPLICATION_ID 0x446F7369
/* Prepared statements that a handle keeps. */
enum { STATEMENT_LIMIT = 256 };

typedef VEC(int64_t) number_vec;

struct cached_statement {
    char *sql;
    uint64_t hash;
    sqlite3_stmt *statement;
    bool in_use;
};

/* What becomes of a batch when a change in it fails. */
enum change_kind {
    CHANGE_PART,  /* the change alone is taken back: costs a savepoint */
    CHANGE_WHOLE, /* the whole batch is taken back: for what was checked before it writes */
    CHANGE_LOOSE, /* the batch stays with half of the change, which does no harm */
};

/* A change: its own transaction, or a part of the batch. */
struct change {
    struct store *store;
    enum change_kind kind;
    bool is_own;
    size_t articles_before, entities_before, counts_before; /* waiting rows to return to */
};

struct store {
    sqlite3 *db;
    char *path;
    bool read_only;
    bool in_batch;      /* between store_begin and its end */
    struct change part; /* between store_begin_part and its end */
    struct cached_statement cache[STATEMENT_LIMIT];
    size_t cache_count, cache_next; /* used places; the next to be reused */
    /* Search rows that wait for the end of the transaction: FTS5 writes its buffer out at each
     * row id smaller than the last, so they are written sorted. */
    number_vec waiting_articles; /* date keys */
    number_vec waiting_entities; /* ids whose search row changed, with repetitions */
    number_vec waiting_counts;   /* ids whose counts changed, with repetitions */
    int64_t change_counter, data_version;
    int64_t index_changes;    /* of the full-text tables of articles by this handle */
    uint64_t last_count_hash; /* what was counted last; 0: nothing (search_plan.c) */
    int64_t last_count;
    bool knows_visit;
    int64_t seen_page;     /* the last article that is not new: see seen_page_get */
    bool keeps_read_order; /* temp.kept_read has rows (read_order.c) */
    int64_t *step;         /* between store_begin_step and its end; see there */
    str step_label;
    bool (*watch)(void *context); /* asked during long calls; NULL = nobody */
    void *watch_context;
    bool (*waits)(void *context, int waited_ms); /* asked while another session writes, or NULL */
    void *waits_context;
    int waited_ms;
};

/* The last article that is not new to this store (store_get_visit): INT64_MAX before a first visit
 * (user.c). */
enum status seen_page_get(struct store *store, int64_t *page, struct error *err) MUST_CHECK;

/* What a row of the watch list is called: its query or tag, or its names; empty for days
 * (watch.c). */
str watch_words(struct arena *arena, int64_t kind, str value);

/* ---- statements (statement.c) -------------------------------------------------------------- */

/* One run of a statement. Failures are kept and reported by query_end, so that a run reads as
 * begin, bind, next, end. Bound text must live until query_end. */
struct query {
    struct store *store;
    struct error *err;
    sqlite3_stmt *statement;
    struct cached_statement *cached;
    int bound; /* parameters bound so far */
    int code;  /* the first SQLite code that tells of a failure, else SQLITE_OK */
};

void query_begin(struct query *query, struct store *store, const char *sql, struct error *err);
/* Values for the next parameter. STR_NONE and DAY_UNKNOWN become NULL. */
void query_int(struct query *query, int64_t value);
void query_double(struct query *query, double value);
void query_text(struct query *query, str text);
/* The leaf that is the root of `words`, for has_words. */
void query_words(struct query *query, const struct search_query *words);
#define WORDS_VALUE "words" /* the type of that value for SQLite */
void query_blob(struct query *query, str bytes);
void query_day(struct query *query, day value);
void query_null(struct query *query);
/* An id; 0, which is none, becomes NULL. */
void query_id(struct query *query, int64_t id);
/* True when there is a row; false at the end and after a failure. */
bool query_next(struct query *query);
/* Leaves the rows that are left and makes the statement ready for other values. */
void query_again(struct query *query);
/* Runs a statement without rows and makes it ready for other values. */
void query_step(struct query *query);
enum status query_end(struct query *query) MUST_CHECK;
/* query_next until no row, then query_end. */
enum status query_run(struct query *query) MUST_CHECK;
/* The first row's first column, or `missing`; then query_end. */
enum status query_number(struct query *query, int64_t missing, int64_t *value) MUST_CHECK;

int64_t column_int(const struct query *query, int column);
/* Kept within [low, high]: rows of a damaged file must not become wild indices. */
int64_t column_within(const struct query *query, int column, int64_t low, int64_t high);
uint32_t column_offset(const struct query *query, int column);
day column_day(const struct query *query, int column);
/* NULL and empty give STR_NONE. Copied into the arena, NUL after the end. */
str column_str(const struct query *query, int column, struct arena *arena);
/* Borrowed until the next step. */
str column_borrow(const struct query *query, int column);
bool column_is_null(const struct query *query, int column);

/* Status and message for an SQLite result code: "path: what is wrong; what to do". */
enum status store_fail(struct store *store, int code, struct error *err);
/* SQL that is a constant of the program, several statements at once. */
enum status store_exec(struct store *store, const char *sql, struct error *err) MUST_CHECK;
/* One such statement without values, which is kept prepared. */
enum status store_run(struct store *store, const char *sql, struct error *err) MUST_CHECK;
void statements_free(struct store *store);

/* ---- transactions (store.c) ---------------------------------------------------------------- */

enum status change_begin(struct change *change, struct store *store, enum change_kind kind,
                         struct error *err) MUST_CHECK;
/* Keeps the change when status is OK, else takes it back; returns the status to hand on. */
enum status change_end(struct change *change, enum status status, struct error *err) MUST_CHECK;

/* Several reads that must see one state of the file. */
enum status look_begin(struct store *store, struct error *err) MUST_CHECK;
enum status look_end(struct store *store, enum status status, struct error *err) MUST_CHECK;

/* ---- schema (schema.c) --------------------------------------------------------------------- */

int schema_version(void);
/* Brings the file to the program's version, a transaction for each step. */
enum status schema_migrate(struct store *store, struct error *err) MUST_CHECK;

/* ---- shared columns and keys --------------------------------------------------------------- */

/* Articles are numbered so that order of number is order of date: the day in the upper half
 * (undated first), the page in the lower. */
/* Added to a day, so that every dated article comes after the undated ones, which have 0. */
#define DAY_SHIFT 5000000
int64_t date_key_of(int64_t page, const struct publication *published);
int64_t date_key_page(int64_t date_key);
/* The smallest key of a day. */
int64_t date_key_of_day(day number);
/* The article's key; NOT_FOUND without a message of SQLite. */
enum status find_date_key(struct store *store, int64_t page, int64_t *date_key,
                          struct error *err) MUST_CHECK;

/* "SELECT count(*) FROM (SELECT 1 … LIMIT …)": what stands between begin and end is counted up to
 * STORE_COUNT_LIMIT + 1. */
void count_sql_begin(struct buf *sql);
void count_sql_end(struct buf *sql);

/* Places on the timeline as one number: first day, then coarse before fine. NEVER: lengths of
 * time, sets, "now": they have no day; and what stands in the line of the article's own date. NONE:
 * a day is meant but not known. */
#define PLACE_NEVER INT64_MIN
#define PLACE_NONE (INT64_MIN + 1)
int64_t moment_place(const struct article *article, const struct moment *moment);

/* "basis, published, earliest, latest" from four columns. */
struct publication column_publication(const struct query *query, int column);
/* How the column `basis` holds the basis and, above its lowest four bits, the number of similar
 * articles. */
int64_t publication_basis(const struct publication *published);

/* ---- articles that tell of the same (similar.c) -------------------------------------------- */

/* Replaces the keys of an article and what it says of its own day; lets the undated articles wait
 * that it may concern. published_before: DAY_UNKNOWN also for a new article. */
enum status similar_replace(struct store *store, int64_t page, day published_before,
                            const struct similar_keys *keys, const struct publication *own,
                            struct error *err) MUST_CHECK;

/* ---- near-duplicates (copies.c) ------------------------------------------------------------ */

/* Decides anew what the page is a copy of, and for those that it may concern. `sketch`: NULL or not
 * there, then it is a copy of nothing. */
enum status copies_replace(struct store *store, int64_t page, const struct publication *published,
                           const struct copy_sketch *sketch, struct error *err) MUST_CHECK;
/* The page's row goes and is about to come again: it is no copy until then. */
enum status copies_forget(struct store *store, int64_t page, struct error *err) MUST_CHECK;

/* Kept counters (counts.c). */
enum count {
    COUNT_ARTICLES,
    COUNT_UNREAD,
    COUNT_PEOPLE, /* + entity_kind */
    COUNT_PLACES,
    COUNT_ORGANISATIONS,
    COUNT_MOMENTS,
    COUNT_UNPLACED,
    COUNT_BOOKMARKS,
    COUNT_COPIES,
    COUNT_LAST
};
enum status count_add(struct store *store, enum count count, int64_t delta,
                      struct error *err) MUST_CHECK;
enum status count_get(struct store *store, enum count count, int64_t *value,
                      struct error *err) MUST_CHECK;

/* ---- text (slice.c) ------------------------------------------------------------------------ */

/* Reads parts of articles' texts without reading the whole: `blob` is opened at the first use. */
struct slicer {
    struct store *store;
    sqlite3_blob *blob;
    int64_t date_key;
};
void slicer_init(struct slicer *slicer, struct store *store);
void slicer_done(struct slicer *slicer);
/* Bytes [start, end) as far as the text goes, control characters below space as spaces, without
 * split code points at the ends; *start becomes the first byte kept. */
str slicer_read(struct slicer *slicer, struct arena *arena, int64_t date_key, int64_t *start,
                int64_t end);
/* Length of the article's text in bytes; 0 when it is gone. */
int64_t slicer_len(struct slicer *slicer, int64_t date_key);
/* `text` without a code point that is cut at its start or end. */
str whole_code_points(str text);

/* ---- the search index (index.c) ------------------------------------------------------------ */

/* What the indices hold of an article. */
struct index_row {
    int64_t date_key;
    str title, site, path, text, search_extra;
};
bool index_is_alike(const struct index_row *a, const struct index_row *b);
/* Writes the long columns; the index itself follows with the waiting rows. */
enum status index_add(struct store *store, const struct index_row *row,
                      struct error *err) MUST_CHECK;
enum status index_remove(struct store *store, const struct index_row *row,
                         struct error *err) MUST_CHECK;
/* Writes the waiting rows when there are many, or when this one, which is about to be replaced, is
 * among them. */
enum status index_settle(struct store *store, int64_t date_key, struct error *err) MUST_CHECK;
/* Writes the waiting rows. Called before a commit and before a search. */
enum status store_write_waiting(struct store *store, struct error *err) MUST_CHECK;

/* ---- entities (entities.c) ----------------------------------------------------------------- */

/* What one article adds to (sign 1) or takes from (sign -1) an entity. */
struct appearance {
    int64_t entity, form; /* form 0: none */
    uint32_t mention_count;
    bool doubtful, is_person;
    str role, reason;
};
typedef VEC(struct appearance) appearance_vec;

struct side;
enum status entity_appear(struct store *store, const struct appearance *appearance,
                          const struct side *side, int sign, struct error *err) MUST_CHECK;
enum status entity_count_variant(struct store *store, int64_t entity, str variant, int64_t delta,
                                 struct error *err) MUST_CHECK;
/* Forms of an entity that is deleted: those that are open stand alone again (forms.c). */
enum status forms_drop(struct store *store, int64_t entity, struct error *err) MUST_CHECK;
/* Deletes the entity when no mention is left. */
enum status entity_drop_unused(struct store *store, int64_t entity, struct error *err) MUST_CHECK;
/* The sorted columns and the name after the counts, and the search row after the forms. */
enum status entity_write_order(struct store *store, int64_t entity, struct error *err) MUST_CHECK;
enum status entity_write_search(struct store *store, int64_t entity, struct error *err) MUST_CHECK;

/* ---- beside the moments (statements.c) ------------------------------------------------------ */

/* What the histogram counts: takes away with sign -1. */
enum status bucket_count_moment(struct store *store, int64_t place, int sign,
                                struct error *err) MUST_CHECK;
enum status bucket_count_article(struct store *store, day published, int sign,
                                 struct error *err) MUST_CHECK;

/* Makes scale_bucket(scale, day) an SQL function; for schema.c. An SQLite code. */
int bucket_register(sqlite3 *db);
/* Makes has_words(text, words) one, where a VALUE_WORDS is bound; in row_filter.c. */
int words_register(sqlite3 *db);
/* Makes `folded` a tokenizer of FTS5 (tokenizer.c), and what snippet.c has a function of it. An
 * SQLite code. */
int tokenizer_register(sqlite3 *db);
/* Passes over up to so many words that are the same to any tokenizer; returns how many they are and
 * where the next one begins. */
int tokenizer_skip(const char *text, int len, int count, int *end);
int snippet_register(fts5_api *api);

/* A moment whose sentence tells of one day. */
struct dated_statement {
    int64_t date_key, number;
    day when;
    bool is_certain; /* only what is certain contradicts */
    struct statement statement;
    const int64_t *people; /* in its sentence, each once */
    size_t person_count;
};
/* Finds what it repeats and what it contradicts in other articles, and writes it down
 * for others. */
enum status statement_add(struct store *store, struct arena *arena,
                          const struct dated_statement *new, struct error *err) MUST_CHECK;
/* Takes out what was added for an article. */
enum status statements_remove(struct store *store, struct arena *arena, int64_t date_key,
                              struct error *err) MUST_CHECK;
/* After the names in an article changed: what it contradicts, by who is named now. */
enum status statements_rename(struct store *store, struct arena *arena, const struct side *side,
                              struct error *err) MUST_CHECK;

/* ---- the names of one article (derived.c, corrections.c) ------------------------------------ */

struct name_span {
    uint32_t start, end;
    int64_t entity;     /* whose it is */
    int64_t linked;     /* whom the linker named; 0: it saw no name here */
    int64_t correction; /* the last one that decided, or 0 */
    enum entity_kind kind;
    uint8_t confidence;
    str rule, evidence;
};
typedef VEC(struct name_span) name_span_vec;

struct placed_moment {
    int64_t number, place;
    uint32_t sentence_start, sentence_end;
};

/* One side of a replacement, in the same form for old and new, so that taking back and adding are
 * the same code with another sign. */
struct side {
    bool exists;
    int64_t page, version, read_state;
    struct publication published;
    struct index_row row;
    str stated;             /* the id that the page states of itself */
    name_span_vec mentions; /* by start */
    name_span_vec rejected; /* by start: what a correction says is no name */
    VEC(struct placed_moment) moments;
    appearance_vec appearances; /* by entity, each once */
    appearance_vec linked;      /* the same as the linker says it */
};

/* Sorts by entity and joins those of one. */
void join_appearances(appearance_vec *appearances);
/* The people that a moment's sentence names, each once. */
void side_find_people(struct arena *arena, const struct side *side,
                      const struct placed_moment *moment, number_vec *people);
/* Adds (1) or takes away (-1) what the side's names count: appearances, forms, who stands in the
 * sentences of moments. */
enum status side_count_names(struct store *store, struct arena *arena, const struct side *side,
                             int sign, struct error *err) MUST_CHECK;

/* Replays the reader's corrections on what the linker says (side->mentions with entity == linked,
 * side->linked): leaves mentions, rejected and appearances as they are to be stored, and notes
 * which corrections found no place. Makes entities that only a correction knows. */
enum status corrections_apply(struct store *store, struct arena *arena, struct side *side,
                              struct error *err) MUST_CHECK;
/* Brings the names of one table (derived_mention, or derived_rejected) from old to new. */
enum status corrections_write_spans(struct store *store, int64_t date_key, bool rejected,
                                    const name_span_vec *old, const name_span_vec *new,
                                    struct error *err) MUST_CHECK;
/* Keeps side->linked where a correction decided something. */
enum status corrections_write_linked(struct store *store, const struct side *side,
                                     struct error *err) MUST_CHECK;
/* A correction came (`added`) or went: its index row, and the names of all articles it concerns. */
enum status correction_follow(struct store *store, int64_t id, str verb, str payload, bool added,
                              struct error *err) MUST_CHECK;

/* ---- values ------------------------------------------------------------------------------ */

enum value_kind { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_WORDS };
struct value {
    enum value_kind kind;
    int64_t number;
    str text;
    const struct search_query *words; /* what has_words asks of a text; borrowed */
};
#define INT_VALUE(n) ((struct value){.kind = VALUE_INT, .number = (n)})
#define TEXT_VALUE(s) ((struct value){.kind = VALUE_TEXT, .text = (s)})

/* NULL for DAY_UNKNOWN. */
struct value day_value(day number);

/* ---- full-text expressions (match.c) ------------------------------------------------------- */

/* Terms of an expression, and the bytes of one that are used. */
enum { MATCH_TERM_LIMIT = 32, MATCH_TERM_LIMIT_LEN = 256 };

bool match_has_words(str words);
/* Adds the words of a typed filter, each a quoted prefix, all of them needed. */
void match_add_filter(struct buf *match, str words);

/* The full-text tables of articles. */
enum match_table { MATCH_SEARCH, MATCH_FILTER };
/* True when the table alone answers the node (the words that make it true, not those it lacks). */
bool match_fits(const struct search_node *node, enum match_table table);
/* Adds a node that fits. */
void match_add(struct buf *match, const struct search_node *node);
/* Adds a WORDS leaf that asks of names, for derived_entity_search. */
void match_add_form(struct buf *match, const struct search_node *words);
/* Adds the words of a NAME, all of them needed, for derived_entity_search. */
void match_add_name(struct buf *match, const struct search_node *node);

/* ---- searches (search_plan.c, search.c) ---------------------------------------------------- */

/* SQL and the values of its parameters, in order. */
struct clause {
    struct buf sql;
    VEC(struct value) values; /* in the plan's arena */
};

/* How a search is answered: candidates in order of date, each looked at. */
struct search_plan {
    struct store *store;
    struct arena arena;
    struct clause source; /* SELECTs of date_key with ?1 = first key, ?2 = last, joined by UNION */
    struct clause check;  /* a condition on the date key ?1; empty when all candidates fit */
    struct buf match;     /* the expression of derived_search that is the source; else empty */
    VEC(struct clause)
    places;            /* bytes of a text that fit, of the date key ?1, from its beginning */
    int64_t low, high; /* keys outside do not fit */
    bool is_distinct;  /* the source gives no key twice */
    bool (*words_fit)(const struct search_node *words, str text); /* of the search */
};
/* `search` NULL: all. Needs plan_done whatever it returns. */
enum status plan_init(struct search_plan *plan, struct store *store,
                      const struct search_query *search, bool unread_only,
                      struct error *err) MUST_CHECK;
void plan_done(struct search_plan *plan);
/* The keys of a page, from its first to its last in number. */
void plan_page_bounds(const struct search_plan *plan, const struct page_request *request,
                      bool falls, int64_t *low, int64_t *high);
/* Adds the keys of fitting articles, at most `limit`, in order of the page (newest first unless it
 * is backward). */
enum status plan_walk(struct search_plan *plan, const struct page_request *request, bool descending,
                      uint32_t limit, number_vec *keys, struct error *err) MUST_CHECK;
/* Whether a candidate of the source fits the other conditions too. */
enum status plan_fits_rest(struct search_plan *plan, int64_t date_key, bool *fits,
                           struct error *err) MUST_CHECK;
/* Whether one article fits. */
enum status plan_fits(struct search_plan *plan, int64_t date_key, bool *fits,
                      struct error *err) MUST_CHECK;
/* Puts plan->places for the names, days and passages that are asked for. */
enum status plan_find_places(struct search_plan *plan, const struct search_node *node,
                             struct error *err) MUST_CHECK;
/* How many fit, up to a limit. */
enum status plan_count(struct search_plan *plan, int64_t limit, int64_t *count,
                       struct error *err) MUST_CHECK;
void query_values(struct query *query, const struct clause *clause);

/* The places of a target in these articles (target.c). */
enum status target_count_in(struct store *store, const struct target *target,
                            const number_vec *date_keys, int64_t *count,
                            struct error *err) MUST_CHECK;

/* ---- queries about other rows than articles (row_filter.c, entity_set.c) -------------------- */

/* What a list's rows can be asked themselves. */
struct row_way {
    bool (*asks)(const struct search_node *leaf); /* else the leaf is asked of the article */
    bool (*fits)(const struct search_query *search, const struct search_node *leaf,
                 const void *row);
};
struct article_part;
struct row_filter {
    struct store *store;
    const struct search_query *search; /* NULL: every row fits */
    const struct row_way *way;
    struct arena arena;
    VEC(struct article_part *) parts;
};
/* `search` may be NULL. Needs row_filter_done whatever it returns. */
enum status row_filter_init(struct row_filter *filter, struct store *store,
                            const struct search_query *search, const struct row_way *way,
                            struct error *err) MUST_CHECK;
void row_filter_done(struct row_filter *filter);
/* date_key: of the row's article; 0: it has none. Rows of an article one after the other ask about
 * it once. */
enum status row_filter_fits(struct row_filter *filter, int64_t date_key, const void *row,
                            bool *fits, struct error *err) MUST_CHECK;
/* For row_way.fits: search->words_fit or what stands for it; a tag, or its beginning,
 * among tags. */
bool row_has_words(const struct search_query *search, const struct search_node *words, str text);
bool row_has_tag(const struct search_node *tag, str tags);

/* Entities are those of the newest articles that fit, at most so many. */
enum { ENTITY_ARTICLE_LIMIT = 2000 };
/* A SELECT of id; empty when the query asks nothing. */
struct entity_set {
    struct store *store;
    enum entity_kind kind;
    struct arena arena;
    struct clause clause;
    bool (*words_fit)(const struct search_node *words, str text); /* of the query */
};
enum status entity_set_init(struct entity_set *set, struct store *store,
                            const struct search_query *search, enum entity_kind kind,
                            struct error *err) MUST_CHECK;
void entity_set_done(struct entity_set *set);

/* ---- lists (lists.c) ----------------------------------------------------------------------- */

/* Matching rows that a filtered list which is not in order of date or number sorts at most: the
 * newest. */
enum { SORTED_MATCH_LIMIT = 20000 };
/* Rows that one call returns at most. */
enum { PAGE_LIMIT = 10000 };
uint32_t page_limit(const struct page_request *request);
/* Does the page go towards smaller keys? `descending`: the list does. */
bool page_falls(const struct page_request *request, bool descending);
/* ">", ">=", "<" or "<=": how the page's rows compare with request->from. */
const char *page_comparison(const struct page_request *request, bool descending);
/* " DESC" or "". */
const char *page_direction(const struct page_request *request, bool descending);

/* The column of derived_article a that an order of articles begins with; NULL: the date
 * key alone. */
const char *articles_sort_column(const struct store *store, const struct article_query *query);
/* Before its read state changes by reading: the article stays where it stands in lists by read
 * state, until store_sort_anew; and no longer (read_order.c). */
enum status read_order_keep(struct store *store, int64_t article, struct error *err) MUST_CHECK;
enum status read_order_let_go(struct store *store, int64_t article, struct error *err) MUST_CHECK;
/* Adds "[1,2,3]". */
void json_numbers(struct buf *json, const number_vec *numbers);

/* The moments of one article in order of place in its text (lists_moments.c). */
enum status read_article_moments(struct store *store, struct arena *arena, int64_t date_key,
                                 moment_vec *moments, struct error *err) MUST_CHECK;

/* ---- the user's rows and undo (journal.c) -------------------------------------------------- */

enum user_table_id {
    USER_READ,
    USER_BOOKMARK,
    USER_BLOCK,
    USER_MARK,
    USER_TAG,
    USER_OUTLET_RULE,
    USER_PUBLICATION,
    USER_CORRECTION,
    USER_SEARCH,
    USER_ADDRESS,
    USER_WATCH,
    USER_TABLE_COUNT
};
enum { USER_COLUMN_LIMIT = 12 };

/* One undoable change of one row. */
struct user_change {
    enum user_table_id table;
    struct value row[USER_COLUMN_LIMIT]; /* all columns; only the key ones for a deletion */
    bool deletes;
    bool is_trace; /* left by reading, no decision of the user: nothing to undo */
    const char *label;
    int64_t article; /* 0 = of no article */
    int64_t when;
};
/* Makes the change and its journal entry in one transaction; nothing when the row is like that
 * already. NOT_FOUND for the deletion of a row that is not there. */
enum status user_change(struct store *store, const struct user_change *change,
                        struct error *err) MUST_CHECK;

/* Finds a page's bookmarks (or the one with `id` when not 0) again in its text. */
enum status bookmarks_anchor(struct store *store, int64_t page, int64_t id, str text,
                             struct error *err) MUST_CHECK;

/* ---- outlets (outlet.c) -------------------------------------------------------------------- */

/* The outlet's newest articles are to be cleaned again. */
enum status outlet_make_stale(struct store *store, str site, struct error *err) MUST_CHECK;

/* ---- for tests ----------------------------------------------------------------------------- */

/* Calls `see` for every statement that the handle has used so far. */
void store_each_statement(struct store *store, void (*see)(void *context, const char *sql),
                          void *context);
/* The plan of a statement, a step a line. */
enum status store_explain(struct store *store, const char *sql, struct buf *plan,
                          struct error *err) MUST_CHECK;
/* The file may grow to this many pages and no further: a full disk. */
enum status store_limit_pages(struct store *store, int64_t pages, struct error *err) MUST_CHECK;

/* A condition on a moment t: its sentence names a further entity, bound in its place. */
#define MOMENT_NAMES_TOO                                                                           \
    " AND EXISTS(SELECT 1 FROM derived_moment_entity o WHERE o.entity = ?"                         \
    " AND o.place = t.place AND o.date_key = t.date_key AND o.number = t.number)"

#endif
