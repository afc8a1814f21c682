/* A cleaned article with some pieces moved between kept and removed. */
#include "base/buf.h"
#include "ingest/clean.h"

struct revision {
    struct arena *arena;
    const struct article *old;
    struct article new; /* only its lists are made here */
    struct buf text;
    size_t span; /* next of the old ones */
};

static void keep(struct revision *r, str text, struct block block)
{
    if (r->new.blocks.count) {
        buf_add_byte(&r->text, '\n');
    }
    block.start = (uint32_t)r->text.len;
    buf_add(&r->text, text);
    block.end = (uint32_t)r->text.len;
    vec_push(r->arena, &r->new.blocks, block);
}

static void cut(struct revision *r, struct removed_block removed)
{
    removed.before = (uint32_t)r->new.blocks.count;
    vec_push(r->arena, &r->new.removed, removed);
}

/* The spans of an old block: on to its new place, or gone with it. */
static void move_spans(struct revision *r, const struct block *from, bool kept)
{
    for (; r->span < r->old->spans.count; r->span++) {
        struct span span = r->old->spans.items[r->span];
        if (span.start >= from->end) {
            break;
        }
        if (kept && span.start >= from->start) {
            uint32_t start = vec_last(&r->new.blocks)->start;
            span.start = span.start - from->start + start;
            span.end = span.end - from->start + start;
            vec_push(r->arena, &r->new.spans, span);
        }
    }
}

static void revise_block(struct revision *r, size_t index, const struct clean_verdict *verdict)
{
    const struct block *block = &r->old->blocks.items[index];
    str text = str_slice(r->old->text, block->start, block->end);
    if (verdict->change) {
        cut(r, (struct removed_block){.text = text,
                                      .reason = verdict->reason,
                                      .line = block->line,
                                      .rule = verdict->rule});
    } else {
        keep(r, text, *block);
    }
    move_spans(r, block, !verdict->change);
}

void clean_revise(struct arena *arena, struct article *article, const struct clean_verdict *blocks,
                  const struct clean_verdict *removed)
{
    struct revision r = {.arena = arena, .old = article};
    size_t next = 0;
    for (size_t i = 0; i <= article->blocks.count; i++) {
        for (; next < article->removed.count && article->removed.items[next].before <= i; next++) {
            const struct removed_block *piece = &article->removed.items[next];
            if (removed[next].change) {
                keep(&r, piece->text, (struct block){.kind = BLOCK_PARAGRAPH, .line = piece->line});
            } else {
                cut(&r, *piece);
            }
        }
        if (i < article->blocks.count) {
            revise_block(&r, i, &blocks[i]);
        }
    }
    article->text = arena_str(arena, buf_str(&r.text));
    article->blocks.items = r.new.blocks.items;
    article->blocks.count = r.new.blocks.count;
    article->blocks.capacity = r.new.blocks.capacity;
    article->removed.items = r.new.removed.items;
    article->removed.count = r.new.removed.count;
    article->removed.capacity = r.new.removed.capacity;
    article->spans.items = r.new.spans.items;
    article->spans.count = r.new.spans.count;
    article->spans.capacity = r.new.spans.capacity;
    buf_done(&r.text);
}
