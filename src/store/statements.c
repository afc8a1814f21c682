/* What the timeline keeps beside the moments: the numbers of its histogram, statements that are
 * said twice, and statements that contradict each other. Each article is compared with what its
 * words lead to in an index; no other article is read. */
#include "store/internal.h"

#include "base/memory.h"

/* Statements that one word of an index leads to, the newest first. */
enum { CANDIDATE_LIMIT = 16 };
/* Words of a statement that stand in the index: the smallest hashes, and acts beside names. */
enum { TWIN_WORD_LIMIT = 3, ACT_LIMIT = 2, STATEMENT_PERSON_LIMIT = 3 };
/* Contradictions that one statement is written into. */
enum { CONTRADICTION_LIMIT = 8 };

/* ---- the histogram ------------------------------------------------------------------------- */

static day place_first(int64_t place)
{
    return (day)((place - (place & INT64_C(0xffffffff))) / (INT64_C(1) << 32));
}

static day place_last(int64_t place)
{
    return (day)(place_first(place) + (INT32_MAX - (place & INT64_C(0xffffffff))));
}

static enum status bucket_add(struct store *store, enum scale scale, int32_t bucket,
                              int64_t statements, int64_t articles, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "INSERT INTO derived_bucket(scale, bucket, statement_count, article_count)"
                " VALUES(?1, ?2, ?3, ?4) ON CONFLICT(scale, bucket) DO UPDATE SET"
                " statement_count = statement_count + excluded.statement_count,"
                " article_count = article_count + excluded.article_count",
                err);
    query_int(&query, scale);
    query_int(&query, bucket);
    query_int(&query, statements);
    query_int(&query, articles);
    return query_run(&query);
}

enum status bucket_count_moment(struct store *store, int64_t place, int sign, struct error *err)
{
    enum status status = STATUS_OK;
    if (place <= PLACE_NONE)
        return status;
    day first = place_first(place), last = place_last(place);
    if (first < DAY_MIN || last > DAY_MAX)
        return status;
    for (int scale = SCALE_DAY; scale < SCALE_COUNT && status == STATUS_OK; scale++) {
        int32_t bucket = scale_bucket((enum scale)scale, first);
        if (bucket == scale_bucket((enum scale)scale, last))
            status = bucket_add(store, (enum scale)scale, bucket, sign, 0, err);
    }
    return status;
}

enum status bucket_count_article(struct store *store, day published, int sign, struct error *err)
{
    if (published == DAY_UNKNOWN)
        return STATUS_OK;
    enum status status = bucket_add(store, SCALE_DAY, published, 0, sign, err);
    return status == STATUS_OK
               ? bucket_add(store, SCALE_MONTH, scale_bucket(SCALE_MONTH, published), 0, sign, err)
               : status;
}

static void run_bucket(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    int scale = sqlite3_value_int(values[0]);
    sqlite3_int64 number = sqlite3_value_int64(values[1]);
    if (scale < 0 || scale >= SCALE_COUNT || number < DAY_MIN || number > DAY_MAX)
        sqlite3_result_null(context);
    else
        sqlite3_result_int(context, scale_bucket((enum scale)scale, (day)number));
}

int bucket_register(sqlite3 *db)
{
    return sqlite3_create_function_v2(db, "scale_bucket", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                      NULL, run_bucket, NULL, NULL, NULL);
}

typedef VEC(struct bucket_row) bucket_vec;

/* The bars that are kept for all statements. */
static enum status list_kept(struct store *store, struct arena *arena, enum scale scale,
                             int32_t first, int32_t last, bucket_vec *found, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT bucket, statement_count FROM derived_bucket WHERE scale = ?1"
                " AND bucket >= ?2 AND bucket <= ?3 AND statement_count > 0 ORDER BY bucket",
                err);
    query_int(&query, scale);
    query_int(&query, first);
    query_int(&query, last);
    while (query_next(&query)) {
        struct bucket_row row = {(int32_t)column_int(&query, 0), column_int(&query, 1)};
        vec_push(arena, found, row);
    }
    return query_end(&query);
}

/* Where the statements of a bar begin. */
static int64_t bar_begins(enum scale scale, int32_t bucket, day otherwise)
{
    day begins = scale_first_day(scale, bucket);
    return (int64_t)(begins == DAY_UNKNOWN ? otherwise : begins) * (INT64_C(1) << 32);
}

static void bind_named(struct query *query, const struct moment_query *wanted, int64_t low,
                       int64_t high)
{
    for (size_t i = 0; i < MOMENT_ENTITY_LIMIT && wanted->others[i]; i++)
        query_int(query, wanted->others[i]);
    query_int(query, wanted->entity);
    query_int(query, low);
    query_int(query, high);
}

/* Counts the statements that name all of the query's names. Those of the first name are walked; of
 * a bar with too many of them the rest is passed over. */
static enum status list_named(struct store *store, struct arena *arena, enum scale scale,
                              int32_t first, int32_t last, const struct moment_query *wanted,
                              bucket_vec *found, struct error *err)
{
    int64_t high = bar_begins(scale, last + 1, DAY_MAX), looked = 0;
    struct bucket_row row = {0};
    struct buf sql = BUF_INIT;
    struct query query;
    buf_add(&sql, STR("SELECT t.place, (true"));
    for (size_t i = 0; i < MOMENT_ENTITY_LIMIT && wanted->others[i]; i++)
        buf_add(&sql, STR(MOMENT_NAMES_TOO));
    buf_add(&sql, STR(") FROM derived_moment_entity t WHERE t.entity = ? AND t.place >= ?"
                      " AND t.place < ? ORDER BY t.place"));
    query_begin(&query, store, buf_c(&sql), err);
    bind_named(&query, wanted, bar_begins(scale, first, DAY_MIN), high);
    while (query_next(&query)) {
        int32_t bucket = scale_bucket(scale, place_first(column_int(&query, 0)));
        if (row.count > 0 && row.bucket != bucket)
            vec_push(arena, found, row);
        if (!looked || row.bucket != bucket) {
            row = (struct bucket_row){bucket, 0};
            looked = 0;
        }
        row.count += column_int(&query, 1);
        if (++looked == BUCKET_LOOK_LIMIT || row.count == BUCKET_COUNT_LIMIT) {
            query_again(&query);
            bind_named(&query, wanted, bar_begins(scale, bucket + 1, DAY_MAX), high);
        }
    }
    if (row.count > 0)
        vec_push(arena, found, row);
    buf_done(&sql);
    return query_end(&query);
}

enum status store_list_buckets(struct store *store, struct arena *arena, enum scale scale,
                               int32_t first, int32_t last, const struct moment_query *wanted,
                               const struct bucket_row **rows, size_t *count, struct error *err)
{
    bucket_vec found = {0};
    enum status status = wanted->entity
                             ? list_named(store, arena, scale, first, last, wanted, &found, err)
                             : list_kept(store, arena, scale, first, last, &found, err);
    *rows = found.items;
    *count = found.count;
    return status;
}

/* Articles are not counted by year: its months are. */
enum status store_list_periods(struct store *store, struct arena *arena, enum period_kind kind,
                               enum scale scale, day first, day last,
                               const struct bucket_row **rows, size_t *count, struct error *err)
{
    static const char *const counters[] = {
        [PERIOD_PUBLISHED] = "article_count", [PERIOD_TOLD] = "statement_count"};
    bool by_months = kind == PERIOD_PUBLISHED && scale == SCALE_YEAR;
    enum scale counted = by_months ? SCALE_MONTH : scale;
    VEC(struct bucket_row) found = {0};
    struct buf sql = BUF_INIT;
    struct query query;
    buf_format(&sql,
               "SELECT bucket, %s FROM derived_bucket WHERE scale = ?1 AND bucket >= ?2"
               " AND bucket <= ?3 AND %s > 0 ORDER BY bucket DESC",
               counters[kind], counters[kind]);
    query_begin(&query, store, buf_c(&sql), err);
    query_int(&query, counted);
    query_int(&query, scale_bucket(counted, first));
    query_int(&query, scale_bucket(counted, last));
    while (found.count < PERIOD_LIMIT && query_next(&query)) {
        day begins = scale_first_day(counted, (int32_t)column_int(&query, 0));
        struct bucket_row row = {scale_bucket(scale, begins), column_int(&query, 1)};
        if (found.count && vec_last(&found)->bucket == row.bucket)
            vec_last(&found)->count += row.count;
        else
            vec_push(arena, &found, row);
    }
    buf_done(&sql);
    *rows = found.items;
    *count = found.count;
    return query_end(&query);
}

/* ---- days of publication ------------------------------------------------------------------- */

/* Rows of days stand before the statements of their day. */
#define PUBLISHED_SECOND (INT64_MIN + 1)

static int64_t place_of_day(day when)
{
    return (int64_t)when * (INT64_C(1) << 32) + INT32_MAX;
}

/* The first or last day whose row lies on the page's side of the key. */
static int64_t published_bound(const struct page_request *request)
{
    const struct row_key *from = request->from;
    int64_t when = place_first(from->number);
    bool is_own = from->number == place_of_day((day)when) && from->second == PUBLISHED_SECOND;
    bool is_before = from->number != place_of_day((day)when) || from->second < PUBLISHED_SECOND;
    if (is_own && request->inclusive)
        return when;
    if (request->backward)
        return is_own || is_before ? when - 1 : when;
    return is_before ? when : when + 1;
}

struct published_cursor {
    struct arena *arena;
    struct query query;
};

struct published_cursor *store_open_published(struct store *store, struct arena *arena,
                                              const struct moment_query *wanted,
                                              const struct page_request *request, struct error *err)
{
    struct published_cursor *cursor = memory_new(1, sizeof *cursor);
    struct query *query = &cursor->query;
    struct buf sql = BUF_INIT;
    int64_t low = wanted->from != DAY_UNKNOWN ? wanted->from : DAY_MIN;
    int64_t high = wanted->to != DAY_UNKNOWN ? wanted->to : DAY_MAX;
    int64_t bound = request->from ? published_bound(request) : 0;
    if (request->from && request->backward && bound < high)
        high = bound;
    if (request->from && !request->backward && bound > low)
        low = bound;
    buf_add(&sql, STR("SELECT b.bucket, b.article_count, a.page, a.title, a.site"
                      " FROM derived_bucket b INDEXED BY derived_bucket_published"
                      " CROSS JOIN derived_article a ON a.date_key = (SELECT i.date_key"
                      " FROM derived_article i WHERE i.date_key >= ((b.bucket + ?1) << 32)"
                      " AND i.date_key < ((b.bucket + ?1 + 1) << 32)"
                      " AND i.published_day = b.bucket ORDER BY i.date_key LIMIT 1)"
                      " WHERE b.scale = 0 AND b.article_count > 0 AND b.bucket >= ?2"
                      " AND b.bucket <= ?3 ORDER BY b.bucket"));
    buf_add(&sql, str_from(page_direction(request, false)));
    buf_add(&sql, STR(" LIMIT ?4"));
    query_begin(query, store, buf_c(&sql), err);
    query_int(query, DAY_SHIFT);
    query_int(query, low);
    query_int(query, high);
    query_int(query, page_limit(request));
    buf_done(&sql);
    cursor->arena = arena;
    return cursor;
}

const struct published_row *store_next_published(struct published_cursor *cursor)
{
    const struct query *query = &cursor->query;
    if (!query_next(&cursor->query))
        return NULL;
    struct published_row *row = arena_new(cursor->arena, struct published_row);
    day published = column_day(query, 0);
    *row = (struct published_row){
        .key = {place_of_day(published), PUBLISHED_SECOND, 0, STR_NONE},
        .published = published,
        .article_count = column_int(query, 1),
        .article = column_int(query, 2),
        .title = column_str(query, 3, cursor->arena),
        .site = column_str(query, 4, cursor->arena),
    };
    return row;
}

enum status store_close_published(struct published_cursor *cursor)
{
    enum status status = query_end(&cursor->query);
    memory_free(cursor);
    return status;
}

/* ---- numbers as bytes, the same on every machine ------------------------------------------- */

static void add_bytes(struct buf *bytes, uint64_t number, size_t len)
{
    for (size_t i = 0; i < len; i++)
        buf_add_byte(bytes, (char)(number >> (8 * i)));
}

static uint64_t get_bytes(str bytes, size_t at, size_t len)
{
    uint64_t number = 0;
    for (size_t i = 0; i < len; i++)
        number |= (uint64_t)(unsigned char)bytes.ptr[at + i] << (8 * i);
    return number;
}

/* ---- the index of words -------------------------------------------------------------------- */

/* person 0: none. `bucket`: of days or months. Different ones may meet in one key: what is found is
 * compared in full. */
static int64_t key_of(int64_t person, int32_t bucket, uint32_t word)
{
    uint64_t mixed = (uint64_t)person * UINT64_C(0x9e3779b97f4a7c15) ^
                     ((uint64_t)(uint32_t)bucket << 32 | word) * UINT64_C(0xc2b2ae3d27d4eb4f);
    return (int64_t)(mixed ^ mixed >> 29);
}

struct keys {
    int64_t twins[TWIN_WORD_LIMIT], acts[STATEMENT_PERSON_LIMIT * ACT_LIMIT];
    int64_t told; /* of what its only person did; 0: nothing */
    size_t twin_count, act_count;
};

/* The number of its words that are of a kind, and where they begin: kinds stand one
 * after another. */
static uint32_t words_of_kind(const struct statement *said, enum statement_word_kind least,
                              enum statement_word_kind most, uint32_t *first)
{
    uint32_t count = 0;
    *first = said->word_count;
    for (uint32_t i = said->word_count; i-- > 0;) {
        if (statement_word_kind(said->words[i]) > most)
            continue;
        if (statement_word_kind(said->words[i]) < least)
            break;
        *first = i;
        count++;
    }
    return count;
}

/* A statement is looked for by its day and words, by month, who is named, and what is done, and by
 * month and what its only person did. */
static void make_keys(const struct dated_statement *new, int32_t month, struct keys *keys)
{
    const struct statement *said = &new->statement;
    *keys = (struct keys){0};
    for (uint32_t i = 0; i < said->word_count && keys->twin_count < TWIN_WORD_LIMIT; i++)
        keys->twins[keys->twin_count++] = key_of(0, new->when, said->words[i]);
    uint32_t first, count = words_of_kind(said, STATEMENT_ACT, STATEMENT_LIFETIME, &first);
    uint32_t from = count > ACT_LIMIT ? first + count - ACT_LIMIT : first;
    for (size_t i = 0; i < STATEMENT_PERSON_LIMIT && i < new->person_count; i++)
        for (uint32_t k = from; k < first + count; k++)
            keys->acts[keys->act_count++] = key_of(new->people[i], month, said->words[k]);
    if (new->person_count == 1 && words_of_kind(said, STATEMENT_TOLD, STATEMENT_TOLD, &first))
        keys->told = key_of(new->people[0], month, said->words[first]);
}

static struct statement get_words(struct arena *arena, str bytes)
{
    uint32_t count = (uint32_t)(bytes.len / sizeof(uint32_t));
    uint32_t *words = arena_array(arena, uint32_t, count + 1);
    for (uint32_t i = 0; i < count; i++)
        words[i] = (uint32_t)get_bytes(bytes, i * sizeof *words, sizeof *words);
    return (struct statement){words, count};
}

struct candidate {
    int64_t date_key, number;
    day when;
    struct statement statement;
};
typedef VEC(struct candidate) candidate_vec;

static enum status find_candidates(struct store *store, struct arena *arena, int64_t key,
                                   int64_t own, candidate_vec *found, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT s.date_key, s.number, s.day, s.words FROM derived_statement_key k"
                " CROSS JOIN derived_statement s ON s.date_key = k.date_key"
                " AND s.number = k.number WHERE k.key = ?1 AND k.date_key <> ?2"
                " ORDER BY k.date_key DESC, k.number DESC LIMIT ?3",
                err);
    query_int(&query, key);
    query_int(&query, own);
    query_int(&query, CANDIDATE_LIMIT);
    while (query_next(&query)) {
        struct candidate candidate = {column_int(&query, 0), column_int(&query, 1),
                                      column_day(&query, 2),
                                      get_words(arena, column_borrow(&query, 3))};
        vec_push(arena, found, candidate);
    }
    return query_end(&query);
}

/* ---- twins --------------------------------------------------------------------------------- */

static enum status put_twin(struct store *store, const struct dated_statement *new,
                            const struct candidate *like, struct error *err)
{
    struct query query;
    /* The first of them leads. */
    query_begin(&query, store,
                "INSERT INTO derived_twin(date_key, number, leader_date_key, leader_number)"
                " SELECT ?1, ?2, coalesce(w.leader_date_key, ?3), coalesce(w.leader_number, ?4)"
                " FROM (SELECT 1) LEFT JOIN derived_twin w ON w.date_key = ?3 AND w.number = ?4"
                " WHERE true ON CONFLICT DO NOTHING",
                err);
    query_int(&query, new->date_key);
    query_int(&query, new->number);
    query_int(&query, like->date_key);
    query_int(&query, like->number);
    return query_run(&query);
}

static enum status find_twin(struct store *store, struct arena *arena,
                             const struct dated_statement *new, const struct keys *keys,
                             struct error *err)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < keys->twin_count && status == STATUS_OK; i++) {
        candidate_vec found = {0};
        status = find_candidates(store, arena, keys->twins[i], new->date_key, &found, err);
        for (size_t k = 0; k < found.count && status == STATUS_OK; k++)
            if (found.items[k].when == new->when &&
                statement_repeats(&new->statement, &found.items[k].statement))
                return put_twin(store, new, &found.items[k], err);
    }
    return status;
}

/* A leader that goes leaves its twins to the first of them. */
static enum status pass_lead(struct store *store, int64_t date_key, int64_t number,
                             struct error *err)
{
    struct query query;
    int64_t next_key = 0, next_number = 0;
    query_begin(&query, store,
                "SELECT date_key, number FROM derived_twin WHERE leader_date_key = ?1"
                " AND leader_number = ?2 ORDER BY date_key, number LIMIT 1",
                err);
    query_int(&query, date_key);
    query_int(&query, number);
    if (query_next(&query)) {
        next_key = column_int(&query, 0);
        next_number = column_int(&query, 1);
    }
    enum status status = query_end(&query);
    if (status != STATUS_OK || next_key == 0)
        return status;
    query_begin(&query, store, "DELETE FROM derived_twin WHERE date_key = ?1 AND number = ?2", err);
    query_int(&query, next_key);
    query_int(&query, next_number);
    status = query_run(&query);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "UPDATE derived_twin SET leader_date_key = ?3, leader_number = ?4"
                " WHERE leader_date_key = ?1 AND leader_number = ?2",
                err);
    query_int(&query, date_key);
    query_int(&query, number);
    query_int(&query, next_key);
    query_int(&query, next_number);
    return query_run(&query);
}

/* ---- contradictions ------------------------------------------------------------------------ */

static enum status put_contradiction(struct store *store, const struct dated_statement *new,
                                     const struct candidate *other, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "INSERT INTO derived_contradiction(date_key, number, other_date_key, other_number)"
                " VALUES(?1, ?2, ?3, ?4), (?3, ?4, ?1, ?2) ON CONFLICT DO NOTHING",
                err);
    query_int(&query, new->date_key);
    query_int(&query, new->number);
    query_int(&query, other->date_key);
    query_int(&query, other->number);
    return query_run(&query);
}

/* The candidates of one way to find them, as far as they contradict by its rule. */
static enum status put_contradictions(struct store *store, const struct dated_statement *new,
                                      const candidate_vec *found,
                                      bool (*contradicts)(const struct statement *, day,
                                                          const struct statement *, day),
                                      size_t *put, struct error *err)
{
    enum status status = STATUS_OK;
    for (size_t k = 0; k < found->count && *put < CONTRADICTION_LIMIT && status == STATUS_OK; k++) {
        const struct candidate *other = &found->items[k];
        if (!contradicts(&new->statement, new->when, &other->statement, other->when))
            continue;
        status = put_contradiction(store, new, other, err);
        ++*put;
    }
    return status;
}

/* In the month of the statement and in those beside it. */
static enum status find_contradictions(struct store *store, struct arena *arena,
                                       const struct dated_statement *new, int32_t month,
                                       struct error *err)
{
    enum status status = STATUS_OK;
    candidate_vec acts = {0}, told = {0};
    size_t put = 0;
    for (int32_t at = month - 1; at <= month + 1 && status == STATUS_OK; at++) {
        struct keys keys;
        make_keys(new, at, &keys);
        for (size_t i = 0; i < keys.act_count && status == STATUS_OK; i++)
            status = find_candidates(store, arena, keys.acts[i], new->date_key, &acts, err);
        if (keys.told && status == STATUS_OK)
            status = find_candidates(store, arena, keys.told, new->date_key, &told, err);
    }
    if (status == STATUS_OK)
        status = put_contradictions(store, new, &told, statement_redates, &put, err);
    return status == STATUS_OK
               ? put_contradictions(store, new, &acts, statement_contradicts, &put, err)
               : status;
}

/* ---- in and out ---------------------------------------------------------------------------- */

/* All keys of a statement as one list. */
struct key_list {
    int64_t items[TWIN_WORD_LIMIT + STATEMENT_PERSON_LIMIT * ACT_LIMIT + 1];
    size_t count;
};

static struct key_list all_keys(const struct keys *keys)
{
    struct key_list all = {.count = 0};
    for (size_t i = 0; i < keys->twin_count; i++)
        all.items[all.count++] = keys->twins[i];
    for (size_t i = 0; i < keys->act_count; i++)
        all.items[all.count++] = keys->acts[i];
    if (keys->told)
        all.items[all.count++] = keys->told;
    return all;
}

static enum status put_keys(struct store *store, const struct dated_statement *new,
                            const struct keys *keys, struct error *err)
{
    const struct key_list all = all_keys(keys);
    struct query query;
    query_begin(&query, store,
                "INSERT INTO derived_statement_key(key, date_key, number) VALUES(?1, ?2, ?3)"
                " ON CONFLICT DO NOTHING",
                err);
    for (size_t i = 0; i < all.count; i++) {
        query_int(&query, all.items[i]);
        query_int(&query, new->date_key);
        query_int(&query, new->number);
        query_step(&query);
    }
    return query_end(&query);
}

static void add_keys(struct buf *bytes, const struct keys *keys)
{
    const struct key_list all = all_keys(keys);
    for (size_t i = 0; i < all.count; i++)
        add_bytes(bytes, (uint64_t)all.items[i], sizeof(int64_t));
}

/* The keys are kept, so that they can be taken out again when nothing else of the statement is
 * known any more. */
static enum status put_statement(struct store *store, const struct dated_statement *new,
                                 const struct keys *keys, struct error *err)
{
    struct buf words = BUF_INIT, all = BUF_INIT;
    for (uint32_t i = 0; i < new->statement.word_count; i++)
        add_bytes(&words, new->statement.words[i], sizeof(uint32_t));
    add_keys(&all, keys);
    struct query query;
    query_begin(&query, store,
                "INSERT INTO derived_statement(date_key, number, day, words, keys)"
                " VALUES(?1, ?2, ?3, ?4, ?5)"
                " ON CONFLICT(date_key, number) DO UPDATE SET keys = excluded.keys",
                err);
    query_int(&query, new->date_key);
    query_int(&query, new->number);
    query_day(&query, new->when);
    query_blob(&query, buf_str(&words));
    query_blob(&query, buf_str(&all));
    enum status status = query_run(&query);
    buf_done(&words);
    buf_done(&all);
    return status;
}

/* The keys under which it stands in the index: only what is certain contradicts. */
static struct keys keys_of(const struct dated_statement *said)
{
    struct keys keys;
    make_keys(said, scale_bucket(SCALE_MONTH, said->when), &keys);
    if (!said->is_certain) {
        keys.act_count = 0;
        keys.told = 0;
    }
    return keys;
}

static enum status index_statement(struct store *store, struct arena *arena,
                                   const struct dated_statement *said, const struct keys *keys,
                                   struct error *err)
{
    enum status status = STATUS_OK;
    if (said->is_certain)
        status =
            find_contradictions(store, arena, said, scale_bucket(SCALE_MONTH, said->when), err);
    if (status == STATUS_OK)
        status = put_statement(store, said, keys, err);
    return status == STATUS_OK ? put_keys(store, said, keys, err) : status;
}

enum status statement_add(struct store *store, struct arena *arena,
                          const struct dated_statement *new, struct error *err)
{
    struct keys keys = keys_of(new);
    enum status status = find_twin(store, arena, new, &keys, err);
    return status == STATUS_OK ? index_statement(store, arena, new, &keys, err) : status;
}

struct kept_key {
    int64_t key, number;
};
typedef VEC(struct kept_key) kept_vec;

static void add_kept(struct arena *arena, kept_vec *kept, int64_t number, str bytes)
{
    for (size_t i = 0; i + sizeof(int64_t) <= bytes.len; i += sizeof(int64_t)) {
        struct kept_key one = {(int64_t)get_bytes(bytes, i, sizeof(int64_t)), number};
        vec_push(arena, kept, one);
    }
}

static enum status read_kept(struct store *store, struct arena *arena, int64_t date_key,
                             number_vec *numbers, kept_vec *kept, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT number, keys FROM derived_statement WHERE date_key = ?1 ORDER BY number",
                err);
    query_int(&query, date_key);
    while (query_next(&query)) {
        int64_t number = column_int(&query, 0);
        vec_push(arena, numbers, number);
        add_kept(arena, kept, number, column_borrow(&query, 1));
    }
    return query_end(&query);
}

static enum status delete_keys(struct store *store, int64_t date_key, const kept_vec *kept,
                               struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "DELETE FROM derived_statement_key WHERE key = ?1 AND date_key = ?2"
                " AND number = ?3",
                err);
    for (size_t i = 0; i < kept->count; i++) {
        query_int(&query, kept->items[i].key);
        query_int(&query, date_key);
        query_int(&query, kept->items[i].number);
        query_step(&query);
    }
    return query_end(&query);
}

/* Both directions of each pair, of the statements from the first number to the last. */
static enum status delete_contradictions(struct store *store, int64_t date_key, int64_t first,
                                         int64_t last, struct error *err)
{
    static const char *const deletions[] = {
        "DELETE FROM derived_contradiction WHERE (date_key, number, other_date_key, other_number)"
        " IN (SELECT other_date_key, other_number, date_key, number FROM derived_contradiction"
        " WHERE date_key = ?1 AND number BETWEEN ?2 AND ?3)",
        "DELETE FROM derived_contradiction WHERE date_key = ?1 AND number BETWEEN ?2 AND ?3"};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof deletions / sizeof *deletions && status == STATUS_OK; i++) {
        struct query query;
        query_begin(&query, store, deletions[i], err);
        query_int(&query, date_key);
        query_int(&query, first);
        query_int(&query, last);
        status = query_run(&query);
    }
    return status;
}

enum status statements_remove(struct store *store, struct arena *arena, int64_t date_key,
                              struct error *err)
{
    static const char *const deletions[] = {"DELETE FROM derived_twin WHERE date_key = ?1",
                                            "DELETE FROM derived_statement WHERE date_key = ?1"};
    number_vec numbers = {0};
    kept_vec kept = {0};
    enum status status = read_kept(store, arena, date_key, &numbers, &kept, err);
    if (status == STATUS_OK)
        status = delete_keys(store, date_key, &kept, err);
    if (status == STATUS_OK)
        status = delete_contradictions(store, date_key, 0, INT64_MAX, err);
    for (size_t i = 0; i < numbers.count && status == STATUS_OK; i++)
        status = pass_lead(store, date_key, numbers.items[i], err);
    for (size_t i = 0; i < sizeof deletions / sizeof *deletions && status == STATUS_OK; i++) {
        struct query query;
        query_begin(&query, store, deletions[i], err);
        query_int(&query, date_key);
        status = query_run(&query);
    }
    return status;
}

/* ---- other names --------------------------------------------------------------------------- */

struct named_statement {
    struct dated_statement said; /* with whom its sentence names now */
    str keys;                    /* under which it stands yet */
};
typedef VEC(struct named_statement) named_vec;

static enum status read_named(struct store *store, struct arena *arena, const struct side *side,
                              named_vec *statements, struct error *err)
{
    struct query query;
    query_begin(&query, store,
                "SELECT s.number, s.day, s.words, s.keys, m.certainty FROM derived_statement s"
                " CROSS JOIN derived_moment m ON m.date_key = s.date_key AND m.number = s.number"
                " WHERE s.date_key = ?1 ORDER BY s.number",
                err);
    query_int(&query, side->row.date_key);
    while (query_next(&query)) {
        number_vec people = {0};
        size_t number = (size_t)column_int(&query, 0);
        if (number < side->moments.count)
            side_find_people(arena, side, &side->moments.items[number], &people);
        struct named_statement statement = {
            .said = {.date_key = side->row.date_key,
                     .number = (int64_t)number,
                     .when = column_day(&query, 1),
                     .is_certain = column_int(&query, 4) >= CERTAINTY_RESOLVED,
                     .statement = get_words(arena, column_borrow(&query, 2)),
                     .people = people.items,
                     .person_count = people.count},
            .keys = column_str(&query, 3, arena),
        };
        vec_push(arena, statements, statement);
    }
    return query_end(&query);
}

static enum status rename_one(struct store *store, struct arena *arena,
                              const struct named_statement *statement, struct error *err)
{
    const struct dated_statement *said = &statement->said;
    struct keys keys = keys_of(said);
    kept_vec kept = {0};
    add_kept(arena, &kept, said->number, statement->keys);
    enum status status = delete_keys(store, said->date_key, &kept, err);
    if (status == STATUS_OK)
        status = delete_contradictions(store, said->date_key, said->number, said->number, err);
    return status == STATUS_OK ? index_statement(store, arena, said, &keys, err) : status;
}

enum status statements_rename(struct store *store, struct arena *arena, const struct side *side,
                              struct error *err)
{
    named_vec statements = {0};
    struct buf now = BUF_INIT;
    enum status status = read_named(store, arena, side, &statements, err);
    for (size_t i = 0; i < statements.count && status == STATUS_OK; i++) {
        struct keys keys = keys_of(&statements.items[i].said);
        buf_clear(&now);
        add_keys(&now, &keys);
        if (!str_equal(buf_str(&now), statements.items[i].keys))
            status = rename_one(store, arena, &statements.items[i], err);
    }
    buf_done(&now);
    return status;
}
