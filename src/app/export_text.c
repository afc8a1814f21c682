/* One pass over the places where something begins or ends. */
#include "app/export.h"

#include <stdlib.h>

enum edge_kind { EDGE_SPAN, EDGE_LINK, EDGE_PASSAGE };

struct export_edge {
    uint32_t at;
    bool begins;
    enum edge_kind kind;
    const void *item; /* span, link or bookmark */
};

typedef VEC(struct export_edge) edge_vec;

enum { PASSAGES_AT_ONCE = 500 };

static void add_edges(struct arena *arena, edge_vec *edges, enum edge_kind kind, const void *item,
                      uint32_t start, uint32_t end)
{
    if (start >= end)
        return;
    vec_push(arena, edges, (struct export_edge){start, true, kind, item});
    vec_push(arena, edges, (struct export_edge){end, false, kind, item});
}

/* ---- names and dates ----------------------------------------------------------------------- */

static int by_start(const void *a, const void *b)
{
    const struct export_link *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    return left->end < right->end ? 1 : left->end > right->end ? -1 : 0;
}

/* Those of the article by start, of those that overlap the first. */
static void add_links(struct export *export, edge_vec *edges)
{
    const struct stored_article *article = &export->article;
    VEC(struct export_link) found = {0};
    for (size_t i = 0; i < article->mention_count; i++) {
        const struct stored_mention *mention = &article->mentions[i];
        if (mention->mention.kind == ENTITY_PERSON)
            vec_push(&export->article_arena, &found,
                     (struct export_link){mention->mention.start, mention->mention.end,
                                          mention->entity, mention->name, DAY_UNKNOWN,
                                          DAY_UNKNOWN});
    }
    for (size_t i = 0; i < article->moments.count; i++) {
        const struct moment *moment = &article->moments.items[i];
        if (moment->first != DAY_UNKNOWN && moment->last != DAY_UNKNOWN &&
            !article_is_head(&article->article, moment->start))
            vec_push(&export->article_arena, &found,
                     (struct export_link){moment->start, moment->end, 0, STR_NONE, moment->first,
                                          moment->last});
    }
    if (found.count)
        qsort(found.items, found.count, sizeof *found.items, by_start);
    uint32_t end = 0;
    for (size_t i = 0; i < found.count; i++) {
        const struct export_link *link = &found.items[i];
        if (link->start < end)
            continue;
        add_edges(&export->article_arena, edges, EDGE_LINK, link, link->start, link->end);
        end = link->end;
    }
}

/* ---- passages ------------------------------------------------------------------------------ */

static enum status add_passages(struct export *export, edge_vec *edges)
{
    const struct bookmark_query query = {.sort = BOOKMARKS_BY_PUBLICATION,
                                         .article = export->article.id};
    struct page_request request = {.limit = PASSAGES_AT_ONCE};
    const struct bookmark_row *rows = NULL;
    size_t count = 0;
    do {
        enum status status =
            store_list_bookmarks(export->report->store, &export->article_arena, &query, &request,
                                 &rows, &count, &export->report->err);
        if (status != STATUS_OK)
            return status;
        for (size_t i = 0; i < count; i++) {
            const struct bookmark *bookmark = &rows[i].bookmark;
            if (anchor_holds(bookmark->state))
                add_edges(&export->article_arena, edges, EDGE_PASSAGE, bookmark, bookmark->start,
                          bookmark->end);
        }
        if (count)
            request.from = &rows[count - 1].key;
    } while (count == request.limit);
    return STATUS_OK;
}

/* ---- reading ------------------------------------------------------------------------------- */

/* What ends comes before what begins at the same place. */
static int by_place(const void *a, const void *b)
{
    const struct export_edge *left = a, *right = b;
    if (left->at != right->at)
        return left->at < right->at ? -1 : 1;
    return (int)left->begins - (int)right->begins;
}

enum status export_text_begin(struct export *export, unsigned styles, struct export_text *text)
{
    const struct article *article = &export->article.article;
    edge_vec edges = {0};
    *text = (struct export_text){0};
    add_links(export, &edges);
    for (size_t i = 0; i < article->spans.count; i++) {
        const struct span *span = &article->spans.items[i];
        if (styles & 1u << span->kind)
            add_edges(&export->article_arena, &edges, EDGE_SPAN, span, span->start, span->end);
    }
    enum status status = add_passages(export, &edges);
    if (edges.count)
        qsort(edges.items, edges.count, sizeof *edges.items, by_place);
    text->edges = edges.items;
    text->count = edges.count;
    return status;
}

bool export_is_web(str target)
{
    return str_starts(target, STR("https://")) || str_starts(target, STR("http://"));
}

static void pass_span(struct export_text *text, const struct span *span, bool begins)
{
    text->depth[span->kind] += begins ? 1u : -1u;
    if (text->depth[span->kind])
        text->now.styles |= 1u << span->kind;
    else
        text->now.styles &= ~(1u << span->kind);
    if (span->kind == SPAN_LINK)
        text->now.target = begins && export_is_web(span->target) ? span->target : STR_NONE;
}

static void pass(struct export_text *text, const struct export_edge *edge)
{
    switch (edge->kind) {
    case EDGE_SPAN:
        pass_span(text, edge->item, edge->begins);
        break;
    case EDGE_LINK:
        text->now.link = edge->begins ? edge->item : NULL;
        break;
    case EDGE_PASSAGE: {
        int64_t id = ((const struct bookmark *)edge->item)->id;
        if (edge->begins)
            text->now.passage = id;
        else if (text->now.passage == id)
            text->now.passage = 0;
        break;
    }
    }
}

void export_begin_block(struct export *export, struct export_text *text, const struct block *block)
{
    str own = str_slice(export->article.article.text, block->start, block->end);
    text->at = block->start;
    text->end = block->end;
    if (block->kind == BLOCK_LIST_ITEM)
        text->at += (uint32_t)article_bullet_len(own);
}

bool export_next_segment(struct export_text *text, struct export_segment *segment)
{
    if (text->at >= text->end)
        return false;
    while (text->next < text->count && text->edges[text->next].at <= text->at)
        pass(text, &text->edges[text->next++]);
    *segment = text->now;
    segment->start = text->at;
    segment->end = text->end;
    if (text->next < text->count && text->edges[text->next].at < text->end)
        segment->end = text->edges[text->next].at;
    text->at = segment->end;
    return true;
}
