/* Near-duplicates: which article is a later version of which.
 *
 * Articles that share a band (model/copy.h) stand together in the index, by day and then by what
 * the text is: never by when they were imported. The first COPY_LOOK of a band are compared, and
 * each one is a copy of the earliest that is like it. What comes or goes changes the rows around it
 * in its bands alone, so that the work of one article is bounded and the outcome is the same for
 * every order of import. A group is a tree; its root is the leader. */
#include "store/internal.h"

#include <string.h>

enum {
    COPY_LOOK = 16,
    COPY_GROUP_LIMIT = 1000 /* of a group that are counted */
};

struct copy_row {
    int64_t page, place;
    struct copy_sketch sketch;
};

typedef VEC(struct copy_row) copy_vec;

/* ---- rows ---------------------------------------------------------------------------------- */

static int64_t place_of(const struct publication *published, const struct copy_sketch *sketch)
{
    int64_t when = published->value == DAY_UNKNOWN ? INT32_MAX : published->value;
    return when * (INT64_C(1) << 32) + sketch->text_hash;
}

static bool is_before(const struct copy_row *a, const struct copy_row *b)
{
    return a->place != b->place ? a->place < b->place : a->page < b->page;
}

/* Page 0 when it has no sketch. */
static enum status read_row(struct store *store, int64_t page, struct copy_row *row,
                            struct error *err)
{
    struct query query;
    *row = (struct copy_row){0};
    query_begin(&query, store, "SELECT place, sketch FROM derived_copy WHERE page = ?1", err);
    query_int(&query, page);
    if (query_next(&query)) {
        str bytes = column_borrow(&query, 1);
        *row = (struct copy_row){.page = page, .place = column_int(&query, 0)};
        if (bytes.len == sizeof row->sketch.minima) {
            memcpy(row->sketch.minima, bytes.ptr, bytes.len);
            row->sketch.exists = true;
        }
    }
    return query_end(&query);
}

static enum status delete_row(struct store *store, const struct copy_row *row, struct error *err)
{
    struct query query;
    query_begin(&query, store, "DELETE FROM derived_copy WHERE page = ?1", err);
    query_int(&query, row->page);
    enum status status = query_run(&query);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "DELETE FROM derived_copy_band WHERE band = ?1 AND place = ?2 AND page = ?3", err);
    for (int i = 0; i < COPY_BANDS; i++) {
        query_int(&query, copy_band(&row->sketch, i));
        query_int(&query, row->place);
        query_int(&query, row->page);
        query_step(&query);
    }
    return query_end(&query);
}

static enum status insert_row(struct store *store, const struct copy_row *row, struct error *err)
{
    struct query query;
    query_begin(&query, store, "INSERT INTO derived_copy(page, place, sketch) VALUES(?1, ?2, ?3)",
                err);
    query_int(&query, row->page);
    query_int(&query, row->place);
    query_blob(&query, (str){(const char *)row->sketch.minima, sizeof row->sketch.minima});
    enum status status = query_run(&query);
    if (status != STATUS_OK)
        return status;
    query_begin(&query, store,
                "INSERT INTO derived_copy_band(band, place, page) VALUES(?1, ?2, ?3)", err);
    for (int i = 0; i < COPY_BANDS; i++) {
        query_int(&query, copy_band(&row->sketch, i));
        query_int(&query, row->place);
        query_int(&query, row->page);
        query_step(&query);
    }
    return query_end(&query);
}

/* ---- who is a copy of whom ----------------------------------------------------------------- */

/* The first COPY_LOOK of a band and the one after them, if `row` is among them. */
static enum status read_band(struct store *store, const struct copy_row *row, int band,
                             struct copy_row *members, size_t *count, struct error *err)
{
    struct query query;
    bool within = false;
    *count = 0;
    query_begin(&query, store,
                "SELECT page, place FROM derived_copy_band WHERE band = ?1"
                " ORDER BY place, page LIMIT ?2",
                err);
    query_int(&query, copy_band(&row->sketch, band));
    query_int(&query, COPY_LOOK + 1);
    while (query_next(&query)) {
        struct copy_row *member = &members[(*count)++];
        member->page = column_int(&query, 0);
        member->place = column_int(&query, 1);
        within |= member->page == row->page && *count <= COPY_LOOK;
    }
    if (!within)
        *count = 0;
    return query_end(&query);
}

static enum status put_parent(struct store *store, int64_t page, int64_t parent, struct error *err)
{
    struct query query;
    int64_t before;
    query_begin(&query, store, "SELECT coalesce(copy_of, 0) FROM derived_article WHERE page = ?1",
                err);
    query_int(&query, page);
    enum status status = query_number(&query, -1, &before);
    if (status != STATUS_OK || before < 0 || before == parent)
        return status;
    query_begin(&query, store, "UPDATE derived_article SET copy_of = ?2 WHERE page = ?1", err);
    query_int(&query, page);
    if (parent)
        query_int(&query, parent);
    else
        query_null(&query);
    status = query_run(&query);
    return status == STATUS_OK ? count_add(store, COUNT_COPIES, (parent != 0) - (before != 0), err)
                               : status;
}

enum status copies_forget(struct store *store, int64_t page, struct error *err)
{
    return put_parent(store, page, 0, err);
}

/* The earliest that is like the row, in all of its bands. */
static enum status find_parent(struct store *store, const struct copy_row *row, int64_t *parent,
                               struct error *err)
{
    struct copy_row members[COPY_LOOK + 1], best = {0};
    size_t count = 0;
    enum status status = STATUS_OK;
    for (int band = 0; band < COPY_BANDS && status == STATUS_OK; band++) {
        status = read_band(store, row, band, members, &count, err);
        for (size_t i = 0; i < count && status == STATUS_OK; i++) {
            struct copy_row *member = &members[i];
            if (!is_before(member, row) || (best.page && !is_before(member, &best)))
                break;
            status = read_row(store, member->page, member, err);
            if (status == STATUS_OK && copy_agreement(&member->sketch, &row->sketch) >= COPY_AGREE)
                best = *member;
        }
    }
    *parent = best.page;
    return status;
}

static enum status decide(struct store *store, int64_t page, struct error *err)
{
    struct copy_row row;
    int64_t parent = 0;
    enum status status = read_row(store, page, &row, err);
    if (status == STATUS_OK && row.page)
        status = find_parent(store, &row, &parent, err);
    return status == STATUS_OK ? put_parent(store, page, parent, err) : status;
}

/* Those that stand to be decided again when the row comes or goes: the ones behind it in its bands,
 * with the one that is pushed out of a band or comes in. */
static enum status note_later(struct store *store, const struct copy_row *row, number_vec *pages,
                              struct error *err)
{
    struct copy_row members[COPY_LOOK + 1];
    size_t count = 0;
    enum status status = STATUS_OK;
    for (int band = 0; band < COPY_BANDS && status == STATUS_OK; band++) {
        status = read_band(store, row, band, members, &count, err);
        for (size_t i = 0; i < count; i++) {
            bool known = !is_before(row, &members[i]);
            for (size_t k = 0; k < pages->count && !known; k++)
                known = pages->items[k] == members[i].page;
            if (!known)
                vec_push(NULL, pages, members[i].page);
        }
    }
    return status;
}

enum status copies_replace(struct store *store, int64_t page, const struct publication *published,
                           const struct copy_sketch *sketch, struct error *err)
{
    struct copy_row before;
    struct copy_row now = {.page = page};
    number_vec pages = {0};
    enum status status = read_row(store, page, &before, err);
    if (sketch && sketch->exists)
        now = (struct copy_row){page, place_of(published, sketch), *sketch};
    bool same = now.sketch.exists == before.sketch.exists && now.place == before.place &&
                copy_agreement(&now.sketch, &before.sketch) == COPY_HASHES;
    if (status == STATUS_OK && !same && before.page) {
        status = note_later(store, &before, &pages, err);
        if (status == STATUS_OK)
            status = delete_row(store, &before, err);
    }
    if (status == STATUS_OK && !same && now.sketch.exists) {
        status = insert_row(store, &now, err);
        if (status == STATUS_OK)
            status = note_later(store, &now, &pages, err);
    }
    if (status == STATUS_OK)
        status = decide(store, page, err);
    for (size_t i = 0; i < pages.count && status == STATUS_OK; i++)
        status = decide(store, pages.items[i], err);
    vec_done(&pages);
    return status;
}

/* ---- groups -------------------------------------------------------------------------------- */

enum status store_find_leader(struct store *store, int64_t page, int64_t *leader, struct error *err)
{
    enum status status = STATUS_OK;
    int64_t parent = page;
    *leader = page;
    for (int i = 0; i < COPY_GROUP_LIMIT && parent > 0 && status == STATUS_OK; i++) {
        struct query query;
        *leader = parent;
        query_begin(&query, store,
                    "SELECT coalesce(copy_of, 0) FROM derived_article WHERE page = ?1", err);
        query_int(&query, *leader);
        status = query_number(&query, 0, &parent);
    }
    return status;
}

enum status store_list_copies(struct store *store, struct arena *arena, int64_t leader,
                              const int64_t **pages, size_t *count, struct error *err)
{
    number_vec found = {0};
    enum status status = STATUS_OK;
    vec_push(arena, &found, leader);
    for (size_t i = 0; i < found.count && status == STATUS_OK; i++) {
        struct query query;
        query_begin(&query, store,
                    "SELECT page FROM derived_article WHERE copy_of = ?1 ORDER BY date_key", err);
        query_int(&query, found.items[i]);
        while (found.count <= COPY_GROUP_LIMIT && query_next(&query))
            vec_push(arena, &found, column_int(&query, 0));
        status = query_end(&query);
    }
    *pages = found.items + 1;
    *count = found.count - 1;
    return status;
}
