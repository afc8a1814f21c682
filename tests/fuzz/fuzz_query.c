/* layers: base text model ingest analyse store tui app */
/* Queries: the first line is the query, the rest a text in which its places are looked for. What
 * can be read keeps to its limits; the place of a fault lies in the query. */
#include <stdlib.h>

#include "app/query.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static size_t leaf_count(const struct search_node *node, int depth)
{
    size_t count = 0;
    require(node && depth < 64);
    if (!node->part_count) {
        require(node->text.len <= 256 && node->kind >= SEARCH_WORDS && node->kind != SEARCH_NEAR);
        return 1;
    }
    require(node->kind != SEARCH_NOT || node->part_count == 1);
    for (size_t i = 0; i < node->part_count; i++)
        count += leaf_count(node->parts[i], depth + 1);
    return count;
}

static void check(str line, str text, enum query_use use)
{
    struct arena arena = {0};
    struct search_query query;
    const struct text_range *ranges = NULL;
    size_t fault = 0, count = 0;
    str read = utf8_repair(&arena, line);
    struct query_unfinished end;
    if (query_find_unfinished(read, use, &end))
        require(end.start + end.typed.len + end.quoted <= read.len);
    if (query_parse(&arena, line, use, &query, &fault, NULL) != STATUS_OK) {
        require(fault <= read.len);
    } else {
        require(leaf_count(query.root, 0) <= 32);
        if (query.root->kind == SEARCH_WORDS)
            (void)query_words_fit(query.root, utf8_repair(&arena, text));
        query_find_all(&arena, &query, utf8_repair(&arena, text), &ranges, &count);
        for (size_t i = 0; i < count; i++)
            require(ranges[i].start < ranges[i].end &&
                    (i == 0 || ranges[i - 1].end <= ranges[i].start));
    }
    arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str rest = {(const char *)data, size}, line = STR_NONE;
    if (size > 1 << 14 || !str_next_line(&rest, &line))
        return 0;
    for (int use = 0; use < QUERY_USE_COUNT; use++)
        check(line, rest, (enum query_use)use);
    return 0;
}
