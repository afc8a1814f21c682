/* Keys shared by the tables, and parts of long texts. */
#include "store/internal.h"

#include "base/arena.h"

int64_t date_key_of(int64_t page, const struct publication *published)
{
    day when = published->value;
    if (when == DAY_UNKNOWN && published->basis != DATE_BASIS_FILE)
        when = published->latest;
    if (when == DAY_UNKNOWN)
        when = published->earliest;
    return (when == DAY_UNKNOWN ? 0 : date_key_of_day(when)) | page;
}

int64_t date_key_of_day(day number)
{
    return ((int64_t)number + DAY_SHIFT) << 32;
}

int64_t date_key_page(int64_t date_key)
{
    return date_key & INT64_C(0xffffffff);
}

enum status find_date_key(struct store *store, int64_t page, int64_t *date_key, struct error *err)
{
    struct query query;
    query_begin(&query, store, "SELECT date_key FROM derived_article WHERE page = ?1", err);
    query_int(&query, page);
    enum status status = query_number(&query, -1, date_key);
    if (status == STATUS_OK && *date_key < 0)
        return error_set(err, STATUS_NOT_FOUND, "%s: no article has the number %lld",
                         store_path(store), (long long)page);
    return status;
}

int64_t moment_place(const struct article *article, const struct moment *moment)
{
    if (article_is_head(article, moment->start))
        return PLACE_NEVER;
    if (moment->first == DAY_UNKNOWN || moment->last == DAY_UNKNOWN || moment->last < moment->first)
        return moment->certainty == CERTAINTY_UNRESOLVED ? PLACE_NONE : PLACE_NEVER;
    int64_t span = (int64_t)moment->last - moment->first;
    return (int64_t)moment->first * (INT64_C(1) << 32) + (INT32_MAX - span);
}

/* The column `basis`: the basis, and so many similar articles times the unit. */
enum { BASIS_UNIT = 16, SIMILAR_LIMIT = 1 << 16 };

int64_t publication_basis(const struct publication *published)
{
    uint32_t similar =
        published->similar_count < SIMILAR_LIMIT ? published->similar_count : SIMILAR_LIMIT - 1;
    return (int64_t)published->basis + BASIS_UNIT * (int64_t)similar;
}

struct publication column_publication(const struct query *query, int column)
{
    int64_t basis = column_within(query, column, 0, BASIS_UNIT * (int64_t)SIMILAR_LIMIT);
    int64_t name = basis % BASIS_UNIT;
    return (struct publication){
        .basis = name < DATE_BASIS_COUNT ? (enum date_basis)name : DATE_BASIS_UNKNOWN,
        .similar_count = (uint32_t)(basis / BASIS_UNIT),
        .value = column_day(query, column + 1),
        .earliest = column_day(query, column + 2),
        .latest = column_day(query, column + 3),
    };
}

/* ---- parts of texts ------------------------------------------------------------------------ */

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Bytes that the code point beginning with this byte takes. */
static size_t code_point_len(char first)
{
    unsigned char byte = (unsigned char)first;
    return byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

str whole_code_points(str text)
{
    size_t start = 0, end = text.len;
    while (start < end && start < 3 && is_continuation(text.ptr[start]))
        start++;
    size_t last = end;
    while (last > start && end - last < 4 && is_continuation(text.ptr[last - 1]))
        last--;
    if (last > start && last - 1 + code_point_len(text.ptr[last - 1]) > end)
        end = last - 1;
    return str_slice(text, start, end);
}

void slicer_init(struct slicer *slicer, struct store *store)
{
    *slicer = (struct slicer){.store = store, .date_key = -1};
}

void slicer_done(struct slicer *slicer)
{
    if (slicer->blob)
        sqlite3_blob_close(slicer->blob);
    slicer->blob = NULL;
}

static bool slicer_go(struct slicer *slicer, int64_t date_key)
{
    if (slicer->blob && slicer->date_key == date_key)
        return true;
    int code = slicer->blob ? sqlite3_blob_reopen(slicer->blob, date_key)
                            : sqlite3_blob_open(slicer->store->db, "main", "derived_text", "text",
                                                date_key, 0, &slicer->blob);
    if (code != SQLITE_OK) {
        /* A handle that failed once stays useless. */
        slicer_done(slicer);
        return false;
    }
    slicer->date_key = date_key;
    return true;
}

int64_t slicer_len(struct slicer *slicer, int64_t date_key)
{
    return slicer_go(slicer, date_key) ? sqlite3_blob_bytes(slicer->blob) : 0;
}

str slicer_read(struct slicer *slicer, struct arena *arena, int64_t date_key, int64_t *start,
                int64_t end)
{
    int64_t len = slicer_len(slicer, date_key);
    if (*start < 0)
        *start = 0;
    if (end > len)
        end = len;
    if (*start >= end)
        return STR_NONE;
    char *bytes = arena_alloc(arena, (size_t)(end - *start) + 1, 1);
    if (sqlite3_blob_read(slicer->blob, bytes, (int)(end - *start), (int)*start) != SQLITE_OK)
        return STR_NONE;
    str text = whole_code_points((str){bytes, (size_t)(end - *start)});
    *start += text.ptr - bytes;
    for (char *at = bytes; at < text.ptr + text.len; at++) {
        if ((unsigned char)*at < 0x20)
            *at = ' ';
    }
    return text;
}
