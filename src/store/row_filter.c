/* Which rows of a list a query lets through, where each row belongs to one article: what is asked
 * of the row itself is looked at in the row, the rest in its article, as a search would. */
#include "store/internal.h"

/* A part of the query that asks about the article alone, and what it said of the last one. */
struct article_part {
    const struct search_node *node;
    struct search_plan plan;
    int64_t date_key; /* 0: none yet */
    bool fits;
};

static bool asks_row(const struct row_filter *filter, const struct search_node *node)
{
    bool asks = !node->part_count && filter->way->asks(node);
    for (size_t i = 0; i < node->part_count && !asks; i++)
        asks = asks_row(filter, node->parts[i]);
    return asks;
}

/* The largest parts that ask nothing of the row. */
static enum status add_parts(struct row_filter *filter, const struct search_node *node,
                             struct error *err)
{
    enum status status = STATUS_OK;
    if (!asks_row(filter, node)) {
        struct search_query query = {.root = node, .words_fit = filter->search->words_fit};
        struct article_part *part = arena_new(&filter->arena, struct article_part);
        *part = (struct article_part){.node = node};
        vec_push(&filter->arena, &filter->parts, part);
        return plan_init(&part->plan, filter->store, &query, false, err);
    }
    for (size_t i = 0; i < node->part_count && status == STATUS_OK; i++)
        status = add_parts(filter, node->parts[i], err);
    return status;
}

enum status row_filter_init(struct row_filter *filter, struct store *store,
                            const struct search_query *search, const struct row_way *way,
                            struct error *err)
{
    *filter = (struct row_filter){.store = store, .search = search, .way = way};
    if (!search || !search->root)
        return STATUS_OK;
    enum status status = store_write_waiting(store, err);
    return status == STATUS_OK ? add_parts(filter, search->root, err) : status;
}

void row_filter_done(struct row_filter *filter)
{
    for (size_t i = 0; i < filter->parts.count; i++)
        plan_done(&filter->parts.items[i]->plan);
    arena_done(&filter->arena);
}

static enum status ask_article(struct article_part *part, int64_t date_key, bool *fits,
                               struct error *err)
{
    enum status status = STATUS_OK;
    if (date_key == 0)
        part->fits = false;
    else if (part->date_key != date_key)
        status = plan_fits(&part->plan, date_key, &part->fits, err);
    part->date_key = date_key;
    *fits = part->fits;
    return status;
}

static enum status look(struct row_filter *filter, const struct search_node *node, int64_t date_key,
                        const void *row, bool *fits, struct error *err)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < filter->parts.count; i++)
        if (filter->parts.items[i]->node == node)
            return ask_article(filter->parts.items[i], date_key, fits, err);
    if (!node->part_count) {
        *fits = filter->way->fits(filter->search, node, row);
        return status;
    }
    /* ANY is decided by the first part that fits, ALL by the first that does not. */
    bool decides = node->kind == SEARCH_ANY;
    for (size_t i = 0; i < node->part_count && status == STATUS_OK; i++) {
        status = look(filter, node->parts[i], date_key, row, fits, err);
        if (*fits == decides)
            break;
    }
    if (node->kind == SEARCH_NOT)
        *fits = !*fits;
    return status;
}

enum status row_filter_fits(struct row_filter *filter, int64_t date_key, const void *row,
                            bool *fits, struct error *err)
{
    *fits = true;
    if (!filter->search || !filter->search->root)
        return STATUS_OK;
    return look(filter, filter->search->root, date_key, row, fits, err);
}

static bool holds(str text, str word)
{
    for (size_t at = 0; at + word.len <= text.len; at++)
        if (str_equal_ascii_fold(str_slice(text, at, at + word.len), word))
            return true;
    return false;
}

bool row_has_words(const struct search_query *search, const struct search_node *words, str text)
{
    str rest = words->text, word;
    if (search->words_fit)
        return text.len > 0 && search->words_fit(words, text);
    while (rest.len && str_next(&rest, ' ', &word))
        if (!holds(text, word))
            return false;
    return true;
}

static void run_has_words(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    const struct search_query *asked = sqlite3_value_pointer(values[1], WORDS_VALUE);
    const char *text = (const char *)sqlite3_value_text(values[0]);
    size_t len = (size_t)sqlite3_value_bytes(values[0]);
    sqlite3_result_int(context,
                       asked && text && row_has_words(asked, asked->root, (str){text, len}));
}

int words_register(sqlite3 *db)
{
    return sqlite3_create_function_v2(db, "has_words", 2, SQLITE_UTF8, NULL, run_has_words, NULL,
                                      NULL, NULL);
}

bool row_has_tag(const struct search_node *tag, str tags)
{
    str one;
    while (tags.len && str_next(&tags, ' ', &one)) {
        str begin = tag->prefix ? str_slice(one, 0, tag->text.len) : one;
        if (str_equal_ascii_fold(begin, tag->text))
            return true;
    }
    return false;
}
