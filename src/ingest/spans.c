/* Emphasis and links: from places in the document to places in the article's text. */
#include "ingest/cleaner.h"
#include "text/url.h"

/* What relative links are relative to: <base>, seen from where the page says that it lives. */
static str base_of(struct cleaner *c)
{
    static const enum html_fact facts[] = {FACT_CANONICAL, FACT_OG_URL};
    const struct html_document *document = c->document;
    str address = c->page->url;
    for (size_t i = 0; !url_is_web(address) && i < sizeof facts / sizeof *facts; i++) {
        address = url_tidy(&c->scratch, document->facts[facts[i]]);
    }
    str stated = url_tidy(&c->scratch, document->facts[FACT_BASE]);
    str base = stated.len ? url_resolve(&c->scratch, address, stated) : address;
    return url_is_web(base) ? base : STR_NONE;
}

/* STR_NONE for what leads nowhere on the web, or to another place of the page itself. */
static str target_of(struct cleaner *c, str base, str written)
{
    str reference = url_tidy(&c->scratch, written);
    if (!reference.len || reference.ptr[0] == '#' || reference.len > URL_LIMIT_LEN) {
        return STR_NONE;
    }
    str target = url_resolve(c->arena, base, reference);
    return url_is_web(target) ? target : STR_NONE;
}

/* Where byte `at` of the piece's text stands in what is shown of it: mending drops marks and puts
 * spaces in. Continued from *from and *to. */
static size_t place_in_shown(const struct piece *piece, size_t at, size_t *from, size_t *to)
{
    str text = piece->text, shown = piece->shown.ptr ? piece->shown : text;
    while (*from < at && *to < shown.len) {
        if (text.ptr[*from] == shown.ptr[*to]) {
            ++*from;
            ++*to;
        } else if (shown.ptr[*to] == ' ') {
            ++*to;
        } else {
            ++*from;
        }
    }
    return *to;
}

/* The same for where a span starts: blanks that were put in before it do not stand out. */
static size_t start_in_shown(const struct piece *piece, size_t at, size_t *from, size_t *to)
{
    str shown = piece->shown.ptr ? piece->shown : piece->text;
    place_in_shown(piece, at, from, to);
    while (*to < shown.len && shown.ptr[*to] == ' ' && piece->text.ptr[*from] != ' ') {
        ++*to;
    }
    return *to;
}

static void add_span(struct cleaner *c, const struct piece *piece, size_t piece_start,
                     size_t block_start, const struct html_span *span, str base)
{
    size_t start = span->start > piece_start ? span->start - piece_start : 0;
    size_t end =
        span->end - piece_start < piece->text.len ? span->end - piece_start : piece->text.len;
    size_t from = 0, to = 0;
    struct span added = {.kind = (enum span_kind)span->kind, .target = STR_NONE};
    added.start = (uint32_t)(block_start + start_in_shown(piece, start, &from, &to));
    added.end = (uint32_t)(block_start + place_in_shown(piece, end, &from, &to));
    if (span->kind == SPAN_LINK) {
        added.target = target_of(c, base, span->target);
    }
    if (added.start < added.end && (span->kind != SPAN_LINK || added.target.len)) {
        vec_push(c->arena, &c->article->spans, added);
    }
}

/* Pieces are in the order of the document, and so are its spans. */
void article_add_spans(struct cleaner *c)
{
    const struct html_document *document = c->document;
    size_t next = 0, block = 0;
    if (!document || document->spans.count == 0) {
        return;
    }
    str base = base_of(c);
    for (size_t i = 0; i < c->pieces.count && block < c->article->blocks.count; i++) {
        const struct piece *piece = &c->pieces.items[i];
        if (piece->state != PIECE_KEPT) {
            continue;
        }
        size_t block_start = c->article->blocks.items[block++].start;
        size_t start = (size_t)(piece->text.ptr - document->text.ptr);
        size_t end = start + piece->text.len;
        while (next < document->spans.count && document->spans.items[next].end <= start) {
            next++;
        }
        for (size_t k = next; k < document->spans.count; k++) {
            const struct html_span *span = &document->spans.items[k];
            if (span->start >= end) {
                break;
            }
            if (span->end > start) {
                add_span(c, piece, start, block_start, span, base);
            }
        }
    }
}
