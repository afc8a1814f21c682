#include "app/timeline_filter.h"

#include "base/vec.h"

struct parse {
    struct store *store;
    struct arena *arena;
    struct moment_query *query;
    struct error *err;
    VEC(const struct search_node *) rest; /* what the sentences and their articles are asked */
};

static enum status add_name(struct parse *parse, const struct search_node *leaf)
{
    struct entity_row found;
    struct moment_query *query = parse->query;
    enum status status =
        store_find_entity_by_name(parse->store, parse->arena, leaf->text, &found, parse->err);
    if (status == STATUS_NOT_FOUND)
        return error_set(parse->err, status, "nobody and nothing here is called %.*s",
                         STR_ARG(leaf->text));
    if (status != STATUS_OK)
        return status;
    if (!query->entity) {
        query->entity = found.id;
        return STATUS_OK;
    }
    for (size_t at = 0; at < MOMENT_ENTITY_LIMIT; at++) {
        if (query->others[at])
            continue;
        query->others[at] = found.id;
        return STATUS_OK;
    }
    return error_set(parse->err, STATUS_BAD_INPUT, "at most %d names together",
                     MOMENT_ENTITY_LIMIT + 1);
}

/* Bounds of the statements that are walked; the narrower one counts. */
static void narrow(struct moment_query *query, const struct search_node *leaf)
{
    if (leaf->first != DAY_UNKNOWN && (query->from == DAY_UNKNOWN || leaf->first > query->from))
        query->from = leaf->first;
    if (leaf->last != DAY_UNKNOWN && (query->to == DAY_UNKNOWN || leaf->last < query->to))
        query->to = leaf->last;
}

/* Words of a sentence lead to its articles, where an index knows them. */
static void add_words(struct parse *parse, const struct search_node *leaf)
{
    struct moment_query *query = parse->query;
    if (!leaf->unspaced)
        query->words = query->words.len ? arena_format(parse->arena, "%.*s %.*s",
                                                       STR_ARG(query->words), STR_ARG(leaf->text))
                                        : leaf->text;
    vec_push(parse->arena, &parse->rest, leaf);
}

/* A part that must hold, by the means that the list has for it. */
static enum status add_part(struct parse *parse, const struct search_node *part)
{
    switch (part->kind) {
    case SEARCH_NAME:
        return add_name(parse, part);
    case SEARCH_BEGINS:
        narrow(parse->query, part);
        return STATUS_OK;
    case SEARCH_TO_THE_DAY:
        parse->query->whole_days = true;
        return STATUS_OK;
    case SEARCH_ARTICLE:
        parse->query->article = part->number;
        return STATUS_OK;
    case SEARCH_SPEAKS_OF:
        narrow(parse->query, part);
        break;
    case SEARCH_WORDS:
        if (part->column == SEARCH_ROW) {
            add_words(parse, part);
            return STATUS_OK;
        }
        break;
    default:
        break;
    }
    vec_push(parse->arena, &parse->rest, part);
    return STATUS_OK;
}

static void add_rest(struct parse *parse, const struct search_query *search)
{
    if (!parse->rest.count)
        return;
    struct search_node *root = arena_new(parse->arena, struct search_node);
    struct search_query *rest = arena_new(parse->arena, struct search_query);
    *root = (struct search_node){
        .kind = SEARCH_ALL, .parts = parse->rest.items, .part_count = parse->rest.count};
    *rest = *search;
    rest->root = root;
    parse->query->search = rest;
}

enum status timeline_filter_parse(struct store *store, struct arena *arena, str text,
                                  struct moment_query *query, size_t *fault, struct error *err)
{
    struct parse parse = {.store = store, .arena = arena, .query = query, .err = err};
    struct search_query search;
    if (!str_trim(text).len)
        return STATUS_OK;
    enum status status = query_parse(arena, text, QUERY_MOMENTS, &search, fault, err);
    if (status != STATUS_OK)
        return status;
    const struct search_node *root = search.root;
    size_t count = root->kind == SEARCH_ALL ? root->part_count : 1;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        const struct search_node *part = root->kind == SEARCH_ALL ? root->parts[i] : root;
        status = add_part(&parse, part);
        if (status != STATUS_OK && fault)
            *fault = part->at;
    }
    add_rest(&parse, &search);
    return status;
}
