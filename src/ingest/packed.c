#include "ingest/packed.h"

#include <string.h>

#include "ingest/format.h"
#include "text/utf8.h"

/* ---- writing ------------------------------------------------------------------------------- */

void packed_add_number(struct buf *out, int64_t number)
{
    buf_add(out, (str){(const char *)&number, sizeof number});
}

/* A text that is not there is told apart from an empty one. */
void packed_add_text(struct buf *out, str text)
{
    packed_add_number(out, text.ptr ? (int64_t)text.len : -1);
    buf_add(out, text);
}

static void add_texts(struct buf *out, const str *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        packed_add_text(out, *texts[i]);
}

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))
/* The same fields in the same order for both ways. */
#define PAGE_TEXTS(page)                                                                           \
    &(page)->path, &(page)->format, &(page)->id, &(page)->url, &(page)->title, &(page)->site,      \
        &(page)->byline, &(page)->language, &(page)->body, &(page)->tags
#define ARTICLE_TEXTS(article)                                                                     \
    &(article)->path, &(article)->id, &(article)->url, &(article)->language, &(article)->title,    \
        &(article)->subtitle, &(article)->site, &(article)->byline, &(article)->canonical,         \
        &(article)->text

void packed_add_page(struct buf *out, const struct page *page, str whole)
{
    const str *const texts[] = {PAGE_TEXTS(page)};
    uintptr_t start = (uintptr_t)whole.ptr, raw = (uintptr_t)page->raw.ptr;
    bool inside = whole.len && raw >= start && raw - start <= whole.len &&
                  page->raw.len <= whole.len - (raw - start);
    add_texts(out, texts, COUNT_OF(texts));
    packed_add_number(out, inside ? (int64_t)(raw - start) : -1);
    if (inside)
        packed_add_number(out, (int64_t)page->raw.len);
    else
        packed_add_text(out, page->raw);
    packed_add_number(out, page->published);
    packed_add_number(out, page->published_basis);
    packed_add_number(out, page->seen);
    packed_add_number(out, page->kind);
    packed_add_number(out, page->is_summary);
    packed_add_number(out, page->was_read);
    packed_add_number(out, (int64_t)page->at);
}

static void add_publication(struct buf *out, const struct publication *published)
{
    packed_add_number(out, published->basis);
    packed_add_number(out, published->value);
    packed_add_number(out, published->earliest);
    packed_add_number(out, published->latest);
}

void packed_add_article(struct buf *out, const struct article *article)
{
    const str *const texts[] = {ARTICLE_TEXTS(article)};
    add_texts(out, texts, COUNT_OF(texts));
    add_publication(out, &article->published);
    packed_add_number(out, article->updated);
    packed_add_number(out, (int64_t)article->blocks.count);
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.items[i];
        packed_add_number(out, block->kind);
        packed_add_number(out, block->start);
        packed_add_number(out, block->end);
        packed_add_number(out, block->line);
    }
    packed_add_number(out, (int64_t)article->removed.count);
    for (size_t i = 0; i < article->removed.count; i++) {
        const struct removed_block *removed = &article->removed.items[i];
        packed_add_number(out, removed->reason);
        packed_add_number(out, removed->line);
        packed_add_number(out, removed->before);
        packed_add_text(out, removed->text);
        packed_add_text(out, removed->rule);
    }
    packed_add_number(out, (int64_t)article->spans.count);
    for (size_t i = 0; i < article->spans.count; i++) {
        const struct span *span = &article->spans.items[i];
        packed_add_number(out, span->kind);
        packed_add_number(out, span->start);
        packed_add_number(out, span->end);
        packed_add_text(out, span->target);
    }
}

void packed_add_overrides(struct buf *out, const struct clean_overrides *overrides)
{
    packed_add_number(out, (int64_t)overrides->count);
    for (size_t i = 0; i < overrides->count; i++) {
        packed_add_number(out, (int64_t)overrides->items[i].block_hash);
        packed_add_number(out, overrides->items[i].keep);
    }
}

/* ---- reading ------------------------------------------------------------------------------- */

static void fail(struct packed *packed)
{
    packed->bad = true;
    packed->rest = STR_NONE;
}

int64_t packed_number(struct packed *packed, int64_t low, int64_t high)
{
    int64_t number = 0;
    if (packed->rest.len < sizeof number) {
        fail(packed);
        return low;
    }
    memcpy(&number, packed->rest.ptr, sizeof number);
    packed->rest = str_slice(packed->rest, sizeof number, packed->rest.len);
    if (number >= low && number <= high)
        return number;
    fail(packed);
    return low;
}

str packed_bytes(struct packed *packed)
{
    int64_t len = packed_number(packed, -1, INT64_MAX);
    if (packed->bad || len < 0)
        return STR_NONE;
    if ((uint64_t)len > packed->rest.len) {
        fail(packed);
        return STR_NONE;
    }
    str bytes = len ? str_slice(packed->rest, 0, (size_t)len) : STR("");
    packed->rest = str_slice(packed->rest, (size_t)len, packed->rest.len);
    return bytes;
}

str packed_text(struct packed *packed)
{
    str text = packed_bytes(packed);
    if (utf8_is_valid(text))
        return text;
    fail(packed);
    return STR_NONE;
}

static void read_texts(struct packed *packed, str *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        *texts[i] = packed_text(packed);
}

static day read_day(struct packed *packed)
{
    int64_t number = packed_number(packed, DAY_UNKNOWN, DAY_MAX);
    if (number != DAY_UNKNOWN && number < DAY_MIN)
        fail(packed);
    return (day)number;
}

bool packed_page(struct packed *packed, str whole, struct page *page)
{
    *page = (struct page){0};
    str *const texts[] = {PAGE_TEXTS(page)};
    read_texts(packed, texts, COUNT_OF(texts));
    int64_t start = packed_number(packed, -1, (int64_t)whole.len);
    if (start >= 0) {
        int64_t len = packed_number(packed, 0, (int64_t)whole.len - start);
        page->raw = str_slice(whole, (size_t)start, (size_t)(start + len));
    } else {
        page->raw = packed_bytes(packed);
    }
    page->published = read_day(packed);
    page->published_basis = (enum date_basis)packed_number(packed, 0, DATE_BASIS_COUNT - 1);
    page->seen = read_day(packed);
    page->kind = (enum page_body)packed_number(packed, PAGE_TEXT, PAGE_FEED);
    page->is_summary = packed_number(packed, 0, 1) != 0;
    page->was_read = packed_number(packed, 0, 1) != 0;
    page->at = (size_t)packed_number(packed, 0, INPUT_LIMIT_LEN);
    return !packed->bad;
}

/* How many entries follow, each of at least so many bytes: room is made for them at once. */
static size_t read_count(struct packed *packed, size_t least_len)
{
    return (size_t)packed_number(packed, 0, (int64_t)(packed->rest.len / least_len));
}

static bool is_boundary(str text, size_t at)
{
    return at >= text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

/* A stretch of the text, not before `from`, that splits no character. */
static void read_stretch(struct packed *packed, str text, size_t from, uint32_t *start,
                         uint32_t *end)
{
    int64_t len = text.len < UINT32_MAX ? (int64_t)text.len : UINT32_MAX;
    *start = (uint32_t)packed_number(packed, (int64_t)from, len);
    *end = (uint32_t)packed_number(packed, *start, len);
    if (!is_boundary(text, *start) || !is_boundary(text, *end))
        fail(packed);
}

static void read_blocks(struct packed *packed, struct arena *arena, struct article *article)
{
    size_t count = read_count(packed, 4 * sizeof(int64_t)), from = 0;
    if (count)
        vec_reserve(arena, &article->blocks, count);
    for (size_t i = 0; i < count && !packed->bad; i++) {
        struct block block = {0};
        block.kind = (enum block_kind)packed_number(packed, 0, BLOCK_KIND_COUNT - 1);
        read_stretch(packed, article->text, from, &block.start, &block.end);
        block.line = (uint32_t)packed_number(packed, 0, UINT32_MAX);
        from = (size_t)block.end + 1;
        vec_push(arena, &article->blocks, block);
    }
}

static void read_removed(struct packed *packed, struct arena *arena, struct article *article)
{
    size_t count = read_count(packed, 5 * sizeof(int64_t));
    int64_t before = 0, last = (int64_t)article->blocks.count;
    if (count)
        vec_reserve(arena, &article->removed, count);
    for (size_t i = 0; i < count && !packed->bad; i++) {
        struct removed_block removed = {0};
        removed.reason = (enum removal_reason)packed_number(packed, 0, REMOVAL_REASON_COUNT - 1);
        removed.line = (uint32_t)packed_number(packed, 0, UINT32_MAX);
        before = packed_number(packed, before, last);
        removed.before = (uint32_t)before;
        removed.text = packed_text(packed);
        removed.rule = packed_text(packed);
        vec_push(arena, &article->removed, removed);
    }
}

static void read_spans(struct packed *packed, struct arena *arena, struct article *article)
{
    size_t count = read_count(packed, 4 * sizeof(int64_t)), from = 0;
    if (count)
        vec_reserve(arena, &article->spans, count);
    for (size_t i = 0; i < count && !packed->bad; i++) {
        struct span span = {0};
        span.kind = (enum span_kind)packed_number(packed, 0, SPAN_KIND_COUNT - 1);
        read_stretch(packed, article->text, from, &span.start, &span.end);
        span.target = packed_text(packed);
        from = span.start;
        if (span.start == span.end)
            fail(packed);
        vec_push(arena, &article->spans, span);
    }
}

bool packed_article(struct packed *packed, struct arena *arena, struct article *article)
{
    *article = (struct article){0};
    str *const texts[] = {ARTICLE_TEXTS(article)};
    struct publication *published = &article->published;
    read_texts(packed, texts, COUNT_OF(texts));
    published->basis = (enum date_basis)packed_number(packed, 0, DATE_BASIS_COUNT - 1);
    published->value = read_day(packed);
    published->earliest = read_day(packed);
    published->latest = read_day(packed);
    article->updated = read_day(packed);
    read_blocks(packed, arena, article);
    read_removed(packed, arena, article);
    read_spans(packed, arena, article);
    if (packed->rest.len)
        fail(packed);
    if (packed->bad)
        *article = (struct article){0};
    return !packed->bad;
}

bool packed_overrides(struct packed *packed, struct arena *arena, struct clean_overrides *overrides)
{
    size_t count = read_count(packed, 2 * sizeof(int64_t));
    struct clean_override *items = arena_array(arena, struct clean_override, count);
    for (size_t i = 0; i < count; i++) {
        items[i].block_hash = (uint64_t)packed_number(packed, INT64_MIN, INT64_MAX);
        items[i].keep = packed_number(packed, 0, 1) != 0;
    }
    *overrides = (struct clean_overrides){items, packed->bad ? 0 : count};
    return !packed->bad;
}
