/* Undo by images of rows. An entry of the journal names a table and a row and holds the row before
 * and after; no SQL stands in the file. An image is a series of values: "n;", "i<number>;" or
 * "t<bytes>:<text>;". Entries with one number in `step` are undone and done again together. */
#include "store/internal.h"

#include <string.h>

#include "model/correction.h"

/* Steps that are kept, and entries: the oldest steps go, but never the last one. */
enum { JOURNAL_STEP_LIMIT = 1000, JOURNAL_ENTRY_LIMIT = 1000000 };

/* ---- the tables that have undo ------------------------------------------------------------- */

struct image {
    bool exists;
    struct value values[USER_COLUMN_LIMIT];
};

/* What else follows from a changed row. `is_replay`: by undo or redo. */
struct row_change {
    const struct image *before, *after;
    bool is_replay;
};
static enum status follow_read(struct store *store, const struct row_change *change,
                               struct error *err);
static enum status follow_bookmark(struct store *store, const struct row_change *change,
                                   struct error *err);
static enum status follow_outlet_rule(struct store *store, const struct row_change *change,
                                      struct error *err);
static enum status follow_correction(struct store *store, const struct row_change *change,
                                     struct error *err);

/* What the row is called, and where in its article it is. */
static void tell_bookmark(struct arena *arena, const struct image *row, struct journal_step *step);
static void tell_mark(struct arena *arena, const struct image *row, struct journal_step *step);
static void tell_first(struct arena *arena, const struct image *row, struct journal_step *step);
static void tell_second(struct arena *arena, const struct image *row, struct journal_step *step);
static void tell_rule(struct arena *arena, const struct image *row, struct journal_step *step);
static void tell_correction(struct arena *arena, const struct image *row,
                            struct journal_step *step);
static void tell_watch(struct arena *arena, const struct image *row, struct journal_step *step);

static const struct user_table {
    const char *name;
    const char *columns[USER_COLUMN_LIMIT];
    int key_count, column_count;
    int moving_from; /* columns from here on change without a step: not compared, not put back */
    enum status (*follow)(struct store *store, const struct row_change *change, struct error *err);
    void (*tell)(struct arena *arena, const struct image *row, struct journal_step *step);
} tables[USER_TABLE_COUNT] = {
    [USER_READ] = {"user_read", {"page", "state", "changed"}, 1, 3, 2, follow_read, NULL},
    [USER_BOOKMARK] = {"user_bookmark",
                       {"id", "page", "quote", "prefix", "suffix", "note", "tags", "created",
                        "start_byte", "end_byte", "state"},
                       1,
                       11,
                       8,
                       follow_bookmark,
                       tell_bookmark},
    [USER_BLOCK] = {"user_block", {"page", "block_hash", "keep"}, 2, 3, 3, NULL, NULL},
    [USER_MARK] = {"user_mark", {"letter", "page", "position_byte"}, 1, 3, 3, NULL, tell_mark},
    [USER_TAG] = {"user_tag", {"page", "tags"}, 1, 2, 2, NULL, tell_second},
    [USER_OUTLET_RULE] = {"user_outlet_rule",
                          {"site", "block_hash", "keep", "text"},
                          2,
                          4,
                          4,
                          follow_outlet_rule,
                          tell_rule},
    [USER_PUBLICATION] = {"user_publication",
                          {"page", "published_day", "earliest_day", "latest_day", "changed"},
                          1,
                          5,
                          4,
                          NULL,
                          NULL},
    [USER_CORRECTION] = {"user_name_correction",
                         {"id", "kind", "payload", "changed"},
                         1,
                         4,
                         3,
                         follow_correction,
                         tell_correction},
    [USER_SEARCH] = {"user_search", {"name", "query"}, 1, 2, 2, NULL, tell_first},
    [USER_ADDRESS] =
        {"source_address", {"id", "url", "full_text", "added"}, 1, 4, 3, NULL, tell_second},
    [USER_WATCH] = {"user_watch",
                    {"slot", "kind", "value", "first_day", "last_day", "version", "changed"},
                    1,
                    7,
                    5,
                    NULL,
                    tell_watch},
};

/* ---- values and images as text ------------------------------------------------------------- */

static void add_values(struct buf *text, const struct value *values, int count)
{
    for (int i = 0; i < count; i++) {
        if (values[i].kind == VALUE_NULL)
            buf_add(text, STR("n"));
        else if (values[i].kind == VALUE_INT)
            buf_format(text, "i%lld", (long long)values[i].number);
        else {
            buf_format(text, "t%zu:", values[i].text.len);
            buf_add(text, values[i].text);
        }
        buf_add_byte(text, ';');
    }
}

static bool take_until(str *rest, char end, str *part)
{
    size_t at = str_find_byte(*rest, end, 0);
    if (at == STR_MISSING)
        return false;
    *part = str_slice(*rest, 0, at);
    *rest = str_slice(*rest, at + 1, rest->len);
    return true;
}

static bool read_value(str *rest, struct value *value)
{
    str part;
    int64_t len;
    if (rest->len == 0)
        return false;
    char kind = rest->ptr[0];
    *rest = str_slice(*rest, 1, rest->len);
    if (kind == 'n') {
        *value = (struct value){0};
        return take_until(rest, ';', &part) && part.len == 0;
    }
    if (kind == 'i') {
        *value = INT_VALUE(0);
        return take_until(rest, ';', &part) && str_to_int(part, &value->number);
    }
    if (kind != 't' || !take_until(rest, ':', &part) || !str_to_int(part, &len) || len < 0 ||
        (uint64_t)len >= rest->len || rest->ptr[len] != ';')
        return false;
    *value = TEXT_VALUE(str_slice(*rest, 0, (size_t)len));
    *rest = str_slice(*rest, (size_t)len + 1, rest->len);
    return true;
}

static bool read_values(str text, struct value *values, int count)
{
    for (int i = 0; i < count; i++) {
        if (!read_value(&text, &values[i]))
            return false;
    }
    return text.len == 0;
}

static bool value_equal(const struct value *a, const struct value *b)
{
    if (a->kind != b->kind)
        return false;
    return a->kind == VALUE_TEXT ? str_equal(a->text, b->text) : a->number == b->number;
}

static bool image_equal(const struct user_table *table, const struct image *a,
                        const struct image *b)
{
    if (a->exists != b->exists)
        return false;
    for (int i = 0; a->exists && i < table->moving_from; i++) {
        if (!value_equal(&a->values[i], &b->values[i]))
            return false;
    }
    return true;
}

/* ---- rows ---------------------------------------------------------------------------------- */

static void bind_values(struct query *query, const struct value *values, int count)
{
    for (int i = 0; i < count; i++) {
        if (values[i].kind == VALUE_INT)
            query_int(query, values[i].number);
        else if (values[i].kind == VALUE_TEXT)
            query_text(query, values[i].text.ptr ? values[i].text : STR(""));
        else
            query_null(query);
    }
}

static void add_where_key(struct buf *sql, const struct user_table *table)
{
    for (int i = 0; i < table->key_count; i++)
        buf_format(sql, "%s%s = ?", i == 0 ? " WHERE " : " AND ", table->columns[i]);
}

static struct value column_value(const struct query *query, int column, struct arena *arena)
{
    int type = sqlite3_column_type(query->statement, column);
    if (type == SQLITE_NULL)
        return (struct value){0};
    if (type == SQLITE_INTEGER)
        return INT_VALUE(column_int(query, column));
    str text = column_str(query, column, arena);
    return TEXT_VALUE(text.ptr ? text : STR(""));
}

static enum status read_image(struct store *store, struct arena *arena,
                              const struct user_table *table, const struct value *key,
                              struct image *image, struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    *image = (struct image){0};
    buf_add(&sql, STR("SELECT "));
    for (int i = 0; i < table->column_count; i++)
        buf_format(&sql, "%s%s", i == 0 ? "" : ", ", table->columns[i]);
    buf_format(&sql, " FROM %s", table->name);
    add_where_key(&sql, table);
    query_begin(&query, store, buf_c(&sql), err);
    bind_values(&query, key, table->key_count);
    if (query_next(&query)) {
        image->exists = true;
        for (int i = 0; i < table->column_count; i++)
            image->values[i] = column_value(&query, i, arena);
    }
    buf_done(&sql);
    return query_end(&query);
}

static enum status delete_row(struct store *store, const struct user_table *table,
                              const struct value *key, struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    buf_format(&sql, "DELETE FROM %s", table->name);
    add_where_key(&sql, table);
    query_begin(&query, store, buf_c(&sql), err);
    bind_values(&query, key, table->key_count);
    enum status status = query_run(&query);
    buf_done(&sql);
    return status;
}

static enum status insert_row(struct store *store, const struct user_table *table,
                              const struct image *image, struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    buf_format(&sql, "INSERT INTO %s(", table->name);
    for (int i = 0; i < table->column_count; i++)
        buf_format(&sql, "%s%s", i == 0 ? "" : ", ", table->columns[i]);
    buf_add(&sql, STR(") VALUES("));
    for (int i = 0; i < table->column_count; i++)
        buf_add(&sql, i == 0 ? STR("?") : STR(", ?"));
    buf_add(&sql, STR(")"));
    query_begin(&query, store, buf_c(&sql), err);
    bind_values(&query, image->values, table->column_count);
    enum status status = query_run(&query);
    buf_done(&sql);
    return status;
}

static enum status update_row(struct store *store, const struct user_table *table,
                              const struct image *image, struct error *err)
{
    struct buf sql = BUF_INIT;
    struct query query;
    buf_format(&sql, "UPDATE %s SET ", table->name);
    for (int i = table->key_count; i < table->moving_from; i++)
        buf_format(&sql, "%s%s = ?", i == table->key_count ? "" : ", ", table->columns[i]);
    add_where_key(&sql, table);
    query_begin(&query, store, buf_c(&sql), err);
    bind_values(&query, image->values + table->key_count, table->moving_from - table->key_count);
    bind_values(&query, image->values, table->key_count);
    enum status status = query_run(&query);
    buf_done(&sql);
    return status;
}

/* Makes the row that is `before` into `after`. */
static enum status apply(struct store *store, const struct user_table *table,
                         const struct value *key, const struct row_change *change,
                         struct error *err)
{
    enum status status;
    if (!change->after->exists)
        status = delete_row(store, table, key, err);
    else if (change->before->exists)
        status = update_row(store, table, change->after, err);
    else
        status = insert_row(store, table, change->after, err);
    if (status == STATUS_OK && table->follow)
        status = table->follow(store, change, err);
    return status;
}

/* ---- what follows -------------------------------------------------------------------------- */

/* Lists sort and count by the read state: they keep their own copy. */
static enum status follow_read(struct store *store, const struct row_change *change,
                               struct error *err)
{
    int64_t page = (change->after->exists ? change->after : change->before)->values[0].number;
    int64_t state = change->after->exists ? change->after->values[1].number : READ_UNREAD;
    int64_t old;
    struct query query;
    query_begin(&query, store, "SELECT read_state FROM derived_article WHERE page = ?1", err);
    query_int(&query, page);
    enum status status = query_number(&query, -1, &old);
    if (status != STATUS_OK || old < 0 || old == state)
        return status;
    query_begin(&query, store, "UPDATE derived_article SET read_state = ?2 WHERE page = ?1", err);
    query_int(&query, page);
    query_int(&query, state);
    status = query_run(&query);
    int64_t delta = (state == READ_UNREAD) - (old == READ_UNREAD);
    return status == STATUS_OK ? count_add(store, COUNT_UNREAD, delta, err) : status;
}

static enum status follow_bookmark(struct store *store, const struct row_change *change,
                                   struct error *err)
{
    struct arena arena = {0};
    struct query query;
    enum status status = count_add(store, COUNT_BOOKMARKS,
                                   (int)change->after->exists - (int)change->before->exists, err);
    /* One that comes back may find another text than it left; one with other words has another
     * place. */
    bool same_words = change->after->exists && change->before->exists &&
                      str_equal(change->after->values[2].text, change->before->values[2].text);
    if (status != STATUS_OK || !change->is_replay || !change->after->exists || same_words)
        return status;
    int64_t page = change->after->values[1].number;
    bool has_text = false;
    str text = STR_NONE;
    query_begin(&query, store,
                "SELECT t.text FROM derived_article a JOIN derived_text t"
                " ON t.date_key = a.date_key WHERE a.page = ?1",
                err);
    query_int(&query, page);
    if (query_next(&query)) {
        has_text = true;
        text = column_str(&query, 0, &arena);
    }
    status = query_end(&query);
    if (status == STATUS_OK && has_text)
        status = bookmarks_anchor(store, page, change->after->values[0].number, text, err);
    arena_done(&arena);
    return status;
}

static enum status follow_outlet_rule(struct store *store, const struct row_change *change,
                                      struct error *err)
{
    return outlet_make_stale(
        store, (change->after->exists ? change->after : change->before)->values[0].text, err);
}

/* The names of the articles concerned follow at once. */
static enum status follow_correction(struct store *store, const struct row_change *change,
                                     struct error *err)
{
    const struct image *row = change->after->exists ? change->after : change->before;
    return correction_follow(store, row->values[0].number, row->values[1].text, row->values[2].text,
                             change->after->exists, err);
}

/* ---- steps --------------------------------------------------------------------------------- */

static void query_image(struct query *query, const struct user_table *table,
                        const struct image *image, struct buf *text)
{
    if (!image->exists) {
        query_null(query);
        return;
    }
    add_values(text, image->values, table->column_count);
    query_text(query, buf_str(text));
}

/* The step that a new entry belongs to: the one that was begun, else a new one. */
static enum status current_step(struct store *store, int64_t *step, struct error *err)
{
    struct query query;
    *step = store->step ? *store->step : 0;
    if (*step)
        return STATUS_OK;
    query_begin(&query, store,
                "SELECT step + 1 FROM user_journal WHERE is_undone = 0 ORDER BY step DESC LIMIT 1",
                err);
    enum status status = query_number(&query, 1, step);
    if (status == STATUS_OK && store->step)
        *store->step = *step;
    return status;
}

static enum status drop_old_steps(struct store *store, int64_t last_id, int64_t step,
                                  struct error *err)
{
    struct query query;
    query_begin(&query, store, "DELETE FROM user_journal WHERE is_undone = 0 AND step <= ?1", err);
    query_int(&query, step - JOURNAL_STEP_LIMIT);
    enum status status = query_run(&query);
    if (status != STATUS_OK || last_id <= JOURNAL_ENTRY_LIMIT)
        return status;
    query_begin(&query, store,
                "DELETE FROM user_journal WHERE is_undone = 0 AND step < ?2 AND step <="
                " (SELECT step FROM user_journal WHERE id <= ?1 ORDER BY id DESC LIMIT 1)",
                err);
    query_int(&query, last_id - JOURNAL_ENTRY_LIMIT);
    query_int(&query, step);
    return query_run(&query);
}

static enum status add_entry(struct store *store, const struct user_change *change,
                             const struct user_table *table, const struct row_change *row,
                             struct error *err)
{
    struct buf key = BUF_INIT, before = BUF_INIT, after = BUF_INIT;
    struct query query;
    int64_t step = 0;
    enum status status = store_exec(store, "DELETE FROM user_journal WHERE is_undone = 1", err);
    if (status == STATUS_OK)
        status = current_step(store, &step, err);
    if (status != STATUS_OK)
        return status;
    add_values(&key, change->row, table->key_count);
    query_begin(&query, store,
                "INSERT INTO user_journal(changed, label, page, table_name, row_key, row_before,"
                " row_after, step) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                err);
    query_int(&query, change->when);
    query_text(&query, store->step ? store->step_label : str_from(change->label));
    query_int(&query, change->article);
    query_text(&query, str_from(table->name));
    query_text(&query, buf_str(&key));
    query_image(&query, table, row->before, &before);
    query_image(&query, table, row->after, &after);
    query_int(&query, step);
    status = query_run(&query);
    buf_done(&key);
    buf_done(&before);
    buf_done(&after);
    return status == STATUS_OK
               ? drop_old_steps(store, sqlite3_last_insert_rowid(store->db), step, err)
               : status;
}

void store_begin_step(struct store *store, int64_t *step, str label)
{
    store->step = step;
    store->step_label = label;
}

void store_end_step(struct store *store)
{
    store->step = NULL;
    store->step_label = STR_NONE;
}

static enum status check_page(struct store *store, int64_t page, struct error *err)
{
    struct query query;
    int64_t found;
    query_begin(&query, store, "SELECT 1 FROM source_page WHERE id = ?1", err);
    query_int(&query, page);
    enum status status = query_number(&query, 0, &found);
    if (status == STATUS_OK && !found)
        return error_set(err, STATUS_NOT_FOUND, "%s: no article has the number %lld", store->path,
                         (long long)page);
    return status;
}

static enum status make_change(struct store *store, struct arena *arena,
                               const struct user_change *change, struct error *err)
{
    const struct user_table *table = &tables[change->table];
    struct image before, after = {.exists = !change->deletes};
    enum status status = change->article ? check_page(store, change->article, err) : STATUS_OK;
    if (status == STATUS_OK)
        status = read_image(store, arena, table, change->row, &before, err);
    if (status != STATUS_OK)
        return status;
    if (change->deletes && !before.exists)
        return error_set(err, STATUS_NOT_FOUND, "%s: it is gone already", store->path);
    for (int i = 0; after.exists && i < table->column_count; i++)
        after.values[i] = change->row[i];
    if (image_equal(table, &before, &after))
        return STATUS_OK;
    struct row_change row = {&before, &after, false};
    status = apply(store, table, change->row, &row, err);
    if (status != STATUS_OK || change->is_trace)
        return status;
    return add_entry(store, change, table, &row, err);
}

enum status user_change(struct store *store, const struct user_change *wanted, struct error *err)
{
    struct arena arena = {0};
    struct change change;
    enum status status = change_begin(&change, store, CHANGE_PART, err);
    if (status == STATUS_OK)
        status = change_end(&change, make_change(store, &arena, wanted, err), err);
    arena_done(&arena);
    return status;
}

/* ---- what is told -------------------------------------------------------------------------- */

static void tell_bookmark(struct arena *arena, const struct image *row, struct journal_step *step)
{
    step->words = arena_str(arena, row->values[2].text);
    step->has_place = true;
    step->passage = (struct bookmark){.quote = step->words,
                                      .prefix = arena_str(arena, row->values[3].text),
                                      .suffix = arena_str(arena, row->values[4].text),
                                      .start = (uint32_t)row->values[8].number};
}

static void tell_mark(struct arena *arena, const struct image *row, struct journal_step *step)
{
    step->words = arena_format(arena, "%c", (char)row->values[0].number);
    step->has_place = true;
    step->passage.start = (uint32_t)row->values[2].number;
}

static void tell_first(struct arena *arena, const struct image *row, struct journal_step *step)
{
    step->words = arena_str(arena, row->values[0].text);
}

static void tell_second(struct arena *arena, const struct image *row, struct journal_step *step)
{
    step->words = arena_str(arena, row->values[1].text);
}

static void tell_rule(struct arena *arena, const struct image *row, struct journal_step *step)
{
    step->words = arena_str(arena, row->values[3].text);
}

/* "John Doe", or "Doe -> John Doe". */
static void tell_correction(struct arena *arena, const struct image *row, struct journal_step *step)
{
    struct correction correction;
    struct error unread = {0};
    str line = arena_format(arena, "%.*s %.*s", STR_ARG(row->values[1].text),
                            STR_ARG(row->values[2].text));
    if (correction_read(arena, line, &correction, &unread) != STATUS_OK)
        return;
    bool two = correction.to.len && !str_equal(correction.to, correction.name);
    step->words =
        two ? arena_format(arena, "%.*s → %.*s", STR_ARG(correction.name), STR_ARG(correction.to))
            : correction.name;
    step->has_place = correction.quote.len > 0;
    step->passage = (struct bookmark){
        .quote = correction.quote, .prefix = correction.prefix, .suffix = correction.suffix};
}

static void tell_watch(struct arena *arena, const struct image *row, struct journal_step *step)
{
    step->words = watch_words(arena, row->values[1].number, row->values[2].text);
}

/* ---- undo and redo ------------------------------------------------------------------------- */

struct journal_entry {
    int64_t id, step;
    const struct user_table *table;
    struct value key[USER_COLUMN_LIMIT];
    struct image before, after;
    str label;
    int64_t article;
};

static bool read_image_text(const struct user_table *table, const struct query *query, int column,
                            struct arena *arena, struct image *image)
{
    *image = (struct image){.exists = !column_is_null(query, column)};
    return !image->exists ||
           read_values(column_str(query, column, arena), image->values, table->column_count);
}

/* The next entry to undo (or to do again); id 0 when there is none. *is_sound: it names a known
 * table and holds whole images. */
static enum status read_entry(struct store *store, struct arena *arena, bool undo,
                              struct journal_entry *entry, bool *is_sound, struct error *err)
{
    struct query query;
    *entry = (struct journal_entry){0};
    *is_sound = false;
    query_begin(&query, store,
                undo ? "SELECT id, label, page, table_name, row_key, row_before, row_after, step"
                       " FROM user_journal WHERE is_undone = 0 ORDER BY step DESC, id DESC LIMIT 1"
                     : "SELECT id, label, page, table_name, row_key, row_before, row_after, step"
                       " FROM user_journal WHERE is_undone = 1 ORDER BY step, id LIMIT 1",
                err);
    if (query_next(&query)) {
        entry->id = column_int(&query, 0);
        entry->label = column_str(&query, 1, arena);
        entry->article = column_int(&query, 2);
        entry->step = column_int(&query, 7);
        str name = column_borrow(&query, 3);
        for (size_t i = 0; i < USER_TABLE_COUNT; i++) {
            if (str_equal(name, str_from(tables[i].name)))
                entry->table = &tables[i];
        }
        *is_sound =
            entry->table &&
            read_values(column_str(&query, 4, arena), entry->key, entry->table->key_count) &&
            read_image_text(entry->table, &query, 5, arena, &entry->before) &&
            read_image_text(entry->table, &query, 6, arena, &entry->after);
    }
    return query_end(&query);
}

static enum status drop_entry(struct store *store, int64_t id, struct error *err)
{
    struct query query;
    query_begin(&query, store, "DELETE FROM user_journal WHERE id = ?1", err);
    query_int(&query, id);
    return query_run(&query);
}

static enum status turn_entry(struct store *store, int64_t id, bool undone, struct error *err)
{
    struct query query;
    query_begin(&query, store, "UPDATE user_journal SET is_undone = ?2 WHERE id = ?1", err);
    query_int(&query, id);
    query_int(&query, undone);
    return query_run(&query);
}

/* *refused: the entry did not fit the row any more and is dropped. */
static enum status replay_entry(struct store *store, struct arena *arena, bool undo,
                                const struct journal_entry *entry, bool is_sound, bool *refused,
                                struct error *err)
{
    struct image now;
    *refused = !is_sound;
    if (is_sound) {
        enum status status = read_image(store, arena, entry->table, entry->key, &now, err);
        if (status != STATUS_OK)
            return status;
        *refused = !image_equal(entry->table, &now, undo ? &entry->after : &entry->before);
    }
    if (*refused)
        return drop_entry(store, entry->id, err);
    struct row_change row = {&now, undo ? &entry->before : &entry->after, true};
    enum status status = apply(store, entry->table, entry->key, &row, err);
    return status == STATUS_OK ? turn_entry(store, entry->id, undo, err) : status;
}

/* What became of the entries of a step. */
struct replayed {
    size_t done_count, refused_count;
};

/* The row as it is now, or where it is gone, as it was. */
static void tell(struct arena *arena, const struct journal_entry *entry, bool undo,
                 struct journal_step *step)
{
    const struct image *now = undo ? &entry->before : &entry->after;
    const struct image *was = undo ? &entry->after : &entry->before;
    if (entry->table && entry->table->tell)
        entry->table->tell(arena, now->exists ? now : was, step);
}

/* Another row of the step: what is not the same of all is not told. */
static void tell_another(struct arena *arena, const struct journal_entry *entry, bool undo,
                         struct journal_step *step)
{
    struct journal_step other = {0};
    tell(arena, entry, undo, &other);
    if (!str_equal(other.words, step->words))
        step->words = STR_NONE;
    if (entry->article != step->article) {
        step->article = 0; /* of several */
        step->has_place = false;
    }
}

static enum status replay_step(struct store *store, struct arena *arena, bool undo,
                               struct journal_step *told, struct replayed *replayed,
                               struct error *err)
{
    struct arena scratch = {0};
    struct journal_entry entry;
    bool is_sound, refused;
    int64_t step = 0;
    enum status status = read_entry(store, &scratch, undo, &entry, &is_sound, err);
    if (status == STATUS_OK && entry.id == 0)
        status = error_set(err, STATUS_NOT_FOUND, "nothing to %s", undo ? "undo" : "redo");
    if (status == STATUS_OK) {
        step = entry.step;
        told->label = arena_str(arena, entry.label);
        told->article = entry.article;
        if (is_sound)
            tell(arena, &entry, undo, told);
    }
    while (status == STATUS_OK && entry.id && entry.step == step) {
        status = replay_entry(store, &scratch, undo, &entry, is_sound, &refused, err);
        *(refused ? &replayed->refused_count : &replayed->done_count) += 1;
        if (is_sound)
            tell_another(&scratch, &entry, undo, told);
        arena_reset(&scratch);
        if (status == STATUS_OK)
            status = read_entry(store, &scratch, undo, &entry, &is_sound, err);
    }
    arena_done(&scratch);
    return status;
}

static enum status go(struct store *store, struct arena *arena, bool undo,
                      struct journal_step *step, struct error *err)
{
    struct replayed replayed = {0};
    struct change change;
    *step = (struct journal_step){0};
    enum status status = change_begin(&change, store, CHANGE_PART, err);
    if (status != STATUS_OK)
        return status;
    status = change_end(&change, replay_step(store, arena, undo, step, &replayed, err), err);
    if (status != STATUS_OK)
        return status;
    if (replayed.refused_count && !replayed.done_count)
        return error_set(err, STATUS_BUSY,
                         "%.*s: changed meanwhile by another session, so it is left as it is",
                         STR_ARG(step->label));
    if (replayed.refused_count)
        step->label =
            arena_format(arena, "%.*s; %zu of them changed meanwhile and are left as they are",
                         STR_ARG(step->label), replayed.refused_count);
    return STATUS_OK;
}

enum status store_undo(struct store *store, struct arena *arena, struct journal_step *step,
                       struct error *err)
{
    return go(store, arena, true, step, err);
}

enum status store_redo(struct store *store, struct arena *arena, struct journal_step *step,
                       struct error *err)
{
    return go(store, arena, false, step, err);
}
