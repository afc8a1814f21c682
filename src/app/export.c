#include "app/export.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/file.h"
#include "text/fold.h"

enum { FILE_NAME_LIMIT_LEN = 60 };
#define OURS_LIMIT_LEN ((size_t)1 << 40)

/* ---- walking ------------------------------------------------------------------------------- */

/* One list that is walked; other lists may be walked while its rows are visited. */
struct walk {
    struct export *export;
    const void *query;
    union {
        enum status (*article)(struct export *, const struct article_row *);
        enum status (*person)(struct export *, const struct entity_row *);
        enum status (*mention)(struct export *, const struct mention_row *);
        enum status (*moment)(struct export *, const struct moment_row *);
        enum status (*passage)(struct export *, const struct bookmark_row *);
    } visit;
};

/* fetch_… and visit_… of a list. */
#define WALKED(name, row_type, query_type, list, member)                                           \
    static enum status fetch_##name(struct report *report, const struct page_request *request,     \
                                    const void **rows, size_t *count)                              \
    {                                                                                              \
        const struct walk *walk = report->own;                                                     \
        const struct query_type *query = walk->query;                                              \
        const struct row_type *found = NULL;                                                       \
        enum status status =                                                                       \
            list(report->store, &report->page, query, request, &found, count, &report->err);       \
        *rows = found;                                                                             \
        return status;                                                                             \
    }                                                                                              \
    static enum status visit_##name(struct report *report, const struct listing *listing,          \
                                    const void *row, size_t index)                                 \
    {                                                                                              \
        const struct walk *walk = report->own;                                                     \
        (void)listing, (void)index;                                                                \
        return walk->visit.member(walk->export, row);                                              \
    }                                                                                              \
    static const struct listing listing_##name = {                                                 \
        sizeof(struct row_type), fetch_##name, NULL, NULL, NULL, NULL};

WALKED(articles, article_row, article_query, store_list_articles, article)
WALKED(people, entity_row, entity_query, store_list_entities, person)
WALKED(mentions, mention_row, mention_query, store_list_mentions, mention)
WALKED(moments, moment_row, moment_query, store_list_moments, moment)
WALKED(passages, bookmark_row, bookmark_query, store_list_bookmarks, passage)
#undef WALKED

static enum status walk_list(struct walk *walk, const struct listing *listing,
                             enum status (*visit)(struct report *, const struct listing *,
                                                  const void *, size_t))
{
    struct report *report = walk->export->report;
    struct report inner = {.environment = report->environment,
                           .arguments = report->arguments,
                           .store = report->store,
                           .left = INT64_MAX,
                           .own = walk};
    enum status status = report_each(&inner, listing, visit);
    if (status != STATUS_OK && !report->err.text[0])
        report->err = inner.err;
    arena_done(&inner.page);
    return status;
}

enum status export_articles(struct export *export,
                            enum status (*visit)(struct export *, const struct article_row *))
{
    const struct article_query query = {.sort = SORT_DATE, .descending = true};
    struct walk walk = {export, &query, {.article = visit}};
    return walk_list(&walk, &listing_articles, visit_articles);
}

enum status export_people(struct export *export,
                          enum status (*visit)(struct export *, const struct entity_row *))
{
    const struct entity_query query = {.kind = ENTITY_PERSON, .sort = ENTITY_BY_MENTIONS};
    struct walk walk = {export, &query, {.person = visit}};
    return walk_list(&walk, &listing_people, visit_people);
}

enum status export_mentions(struct export *export, int64_t entity,
                            enum status (*visit)(struct export *, const struct mention_row *))
{
    const struct mention_query query = {.entity = entity};
    struct walk walk = {export, &query, {.mention = visit}};
    return walk_list(&walk, &listing_mentions, visit_mentions);
}

enum status export_statements(struct export *export,
                              enum status (*visit)(struct export *, const struct moment_row *))
{
    const struct moment_query query = {.from = DAY_UNKNOWN, .to = DAY_UNKNOWN};
    struct walk walk = {export, &query, {.moment = visit}};
    return walk_list(&walk, &listing_moments, visit_moments);
}

enum status export_passages(struct export *export,
                            enum status (*visit)(struct export *, const struct bookmark_row *))
{
    const struct bookmark_query query = {.sort = BOOKMARKS_BY_PUBLICATION};
    struct walk walk = {export, &query, {.passage = visit}};
    return walk_list(&walk, &listing_passages, visit_passages);
}

/* ---- the article at hand ------------------------------------------------------------------- */

enum status export_read_article(struct export *export, int64_t id)
{
    struct report *report = export->report;
    if (export->article.id == id)
        return STATUS_OK;
    arena_reset(&export->article_arena);
    export->article = (struct stored_article){0};
    return store_get_article(report->store, &export->article_arena, id, &export->article,
                             &report->err);
}

size_t export_block_of(const struct export *export, uint32_t at)
{
    size_t low = 0, high = export->article.article.blocks.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (export->article.article.blocks.items[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- names of files ------------------------------------------------------------------------ */

void export_add_days(struct buf *out, day first, day last)
{
    day_add(out, first);
    if (last != first) {
        buf_add(out, STR("--"));
        day_add(out, last);
    }
}

void export_add_file_name(struct buf *out, str text, const char *other, int64_t number)
{
    struct arena scratch = {0};
    str folded = fold_text(&scratch, text);
    size_t start = out->len;
    for (size_t i = 0; i < folded.len && out->len - start < FILE_NAME_LIMIT_LEN; i++) {
        char byte = folded.ptr[i];
        if (ascii_is_lower(byte) || ascii_is_digit(byte))
            buf_add_byte(out, byte);
        else if (byte != '\'' && out->len > start && out->ptr[out->len - 1] != '-')
            buf_add_byte(out, '-');
    }
    while (out->len > start && out->ptr[out->len - 1] == '-')
        out->len--;
    if (out->len == start)
        buf_add(out, str_from(other));
    buf_format(out, "-%lld", (long long)number);
    arena_done(&scratch);
}

bool export_is_ours(const char *path, str mark)
{
    struct error ignored = {0};
    str there = STR_NONE;
    bool is_ours =
        file_map(path, OURS_LIMIT_LEN, &there, &ignored) == STATUS_OK && str_starts(there, mark);
    file_unmap(there);
    return is_ours;
}

enum status export_check_ours(const char *path, str mark, str bytes, bool *is_same,
                              struct error *err)
{
    str there = STR_NONE;
    enum status status = file_map(path, OURS_LIMIT_LEN, &there, err);
    *is_same = status == STATUS_OK && str_equal(there, bytes);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status == STATUS_OK && !str_starts(there, mark))
        status = error_path(err, STATUS_BAD_INPUT, path,
                            "is there already and not from an export; give another name");
    file_unmap(there);
    return status;
}
