/* layers: base text model ingest */
/* Any bytes as the answer of a parser process: refused, or an article that holds what its reader
 * relies on and that is the same after it was written and read again. */
#include <stdlib.h>

#include "ingest/packed.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_article(const struct article *article)
{
    size_t at = 0, before = 0;
    require(utf8_is_valid(article->text) && utf8_is_valid(article->title));
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.items[i];
        require(block->kind < BLOCK_KIND_COUNT && block->start >= at &&
                block->end >= block->start && block->end <= article->text.len);
        require(utf8_is_valid(str_slice(article->text, block->start, block->end)));
        at = (size_t)block->end + 1;
    }
    for (size_t i = 0; i < article->removed.count; i++) {
        const struct removed_block *removed = &article->removed.items[i];
        require(removed->reason < REMOVAL_REASON_COUNT && removed->before >= before &&
                removed->before <= article->blocks.count && utf8_is_valid(removed->text));
        before = removed->before;
    }
    for (size_t i = 0; i < article->spans.count; i++) {
        const struct span *span = &article->spans.items[i];
        require(span->kind < SPAN_KIND_COUNT && span->start < span->end &&
                span->end <= article->text.len);
    }
}

static void check_again(struct arena *arena, const struct article *article)
{
    struct article again;
    struct buf first = BUF_INIT, second = BUF_INIT;
    packed_add_article(&first, article);
    struct packed packed = {buf_str(&first), false};
    require(packed_article(&packed, arena, &again));
    packed_add_article(&second, &again);
    require(str_equal(buf_str(&first), buf_str(&second)));
    buf_done(&first);
    buf_done(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct article article;
    struct page page;
    struct clean_overrides overrides;
    str bytes = {(const char *)data, size}, whole = STR("the whole input");
    struct packed packed = {bytes, false};
    if (packed_article(&packed, &arena, &article)) {
        check_article(&article);
        check_again(&arena, &article);
    }
    packed = (struct packed){bytes, false};
    if (packed_page(&packed, whole, &page)) {
        require(utf8_is_valid(page.body) && page.kind <= PAGE_FEED);
        if (page.raw.ptr >= whole.ptr && page.raw.ptr <= whole.ptr + whole.len)
            require(page.raw.ptr + page.raw.len <= whole.ptr + whole.len);
    }
    packed = (struct packed){bytes, false};
    if (packed_overrides(&packed, &arena, &overrides))
        require(overrides.count <= size);
    arena_done(&arena);
    return 0;
}
