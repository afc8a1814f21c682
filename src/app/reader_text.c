/* What the reader shows: the text of a mode, its blocks, its marks, and their styles. */
#include <stdlib.h>
#include <string.h>

#include "app/reader.h"
#include "ingest/format.h"

enum { GUTTER_COLUMNS = 2, SIDE_COLUMNS = 30 };

/* How a kind of block is set. */
struct block_setting {
    style_id style;
    int space_before, indent;
    const char *marker;
    bool close; /* no space between two of the kind */
};

static const struct block_setting settings[BLOCK_KIND_COUNT] = {
    [BLOCK_TITLE] = {STYLE_TITLE, 1, 0, NULL, false},
    [BLOCK_SUBTITLE] = {STYLE_SUBTITLE, 1, 0, NULL, false},
    [BLOCK_BYLINE] = {STYLE_BYLINE, 1, 0, NULL, true},
    [BLOCK_DATELINE] = {STYLE_BYLINE, 0, 0, NULL, true},
    [BLOCK_HEADING] = {STYLE_HEADING, 2, 0, NULL, false},
    [BLOCK_PARAGRAPH] = {STYLE_TEXT, 1, 0, NULL, false},
    [BLOCK_CAPTION] = {STYLE_CAPTION, 1, 4, NULL, false},
    [BLOCK_LIST_ITEM] = {STYLE_TEXT, 1, 2, "• ", true},
    [BLOCK_QUOTE] = {STYLE_QUOTE, 1, 2, "> ", false},
    [BLOCK_TABLE_ROW] = {STYLE_TEXT, 1, 2, NULL, true},
    [BLOCK_PREFORMATTED] = {STYLE_TEXT, 1, 2, NULL, true},
};

bool reader_shows_side(const struct reader *reader)
{
    enum { LEAST_COLUMNS = 70, WIDE_COLUMNS = 120 };
    enum { NEVER, ON_WIDE_SCREENS, ALWAYS };
    int columns = terminal_columns(reader->session->terminal);
    int setting = reader->session->settings.numbers[SETTING_SIDE_PANE];
    bool usual = setting == ALWAYS || (setting == ON_WIDE_SCREENS && columns >= WIDE_COLUMNS);
    return usual != reader->side_changed && columns >= LEAST_COLUMNS;
}

int reader_text_columns(const struct reader *reader, int *left)
{
    int columns = terminal_columns(reader->session->terminal);
    int side = reader_shows_side(reader) ? SIDE_COLUMNS : 0;
    int width = columns - side - GUTTER_COLUMNS;
    int most = reader->session->settings.numbers[SETTING_TEXT_WIDTH];
    if (width > most)
        width = most;
    *left = GUTTER_COLUMNS;
    if (columns - side >= 100)
        *left = (columns - side - width) / 2;
    return width > 1 ? width : 1;
}

/* ---- text and blocks of a mode ------------------------------------------------------------- */

static void add_block(struct reader *reader, enum block_kind kind, uint32_t start, uint32_t end,
                      enum block_kind *previous)
{
    const struct block_setting *setting = &settings[kind];
    bool together = reader->blocks.count && *previous == kind && setting->close;
    struct text_block block = {
        .start = start,
        .end = end,
        .style = setting->style,
        .space_before = together || !reader->blocks.count ? 0 : setting->space_before,
        .indent = setting->indent,
        .marker = str_from(setting->marker),
    };
    *previous = kind;
    vec_push(&reader->view_arena, &reader->blocks, block);
}

static void compose_clean(struct reader *reader)
{
    const struct article *article = &reader->article.article;
    enum block_kind previous = BLOCK_KIND_COUNT;
    reader->text = article->text;
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *b = &article->blocks.items[i];
        str text = str_slice(article->text, b->start, b->end);
        uint32_t bullet = b->kind == BLOCK_LIST_ITEM ? (uint32_t)article_bullet_len(text) : 0;
        add_block(reader, b->kind, b->start + bullet, b->end, &previous);
    }
    vec_push(&reader->view_arena, &reader->pieces,
             (struct piece){.view_end = (uint32_t)article->text.len});
}

/* Adds a removed block as a paragraph: "[reason] text". */
static void add_removed(struct reader *reader, struct buf *text, size_t index)
{
    const struct removed_block *removed = &reader->article.article.removed.items[index];
    uint32_t start = (uint32_t)text->len;
    int space_before = reader->blocks.count ? 1 : 0;
    buf_format(text, "[%s] ", removal_reason_name(removed->reason));
    buf_add(text, removed->text);
    uint32_t end = (uint32_t)text->len;
    buf_add_byte(text, '\n');
    vec_push(&reader->view_arena, &reader->blocks,
             (struct text_block){.start = start,
                                 .end = end,
                                 .style = STYLE_REMOVED,
                                 .space_before = space_before,
                                 .marker = STR_NONE});
    vec_push(&reader->view_arena, &reader->pieces,
             (struct piece){
                 .view_start = start, .view_end = end, .removed = true, .removed_index = index});
    vec_push(&reader->view_arena, &reader->marks, (struct mark){MARK_REMOVED, start, end, index});
}

/* It is read when it is to be shown. */
static void load_removed(struct reader *reader)
{
    struct error err = {0};
    if (!reader->has_removed)
        session_check(reader->session,
                      store_get_removed(reader->session->store, &reader->article_arena,
                                        &reader->article, &err),
                      &err);
    reader->has_removed = true;
}

static void compose_with_removed(struct reader *reader)
{
    load_removed(reader);
    const struct article *article = &reader->article.article;
    enum block_kind previous = BLOCK_KIND_COUNT;
    struct buf text = BUF_INIT;
    size_t removed = 0;
    for (size_t i = 0; i <= article->blocks.count; i++) {
        while (removed < article->removed.count && article->removed.items[removed].before <= i)
            add_removed(reader, &text, removed++);
        if (i == article->blocks.count)
            break;
        const struct block *b = &article->blocks.items[i];
        uint32_t start = (uint32_t)text.len;
        buf_add(&text, str_slice(article->text, b->start, b->end));
        add_block(reader, b->kind, start, (uint32_t)text.len, &previous);
        vec_push(&reader->view_arena, &reader->pieces,
                 (struct piece){start, (uint32_t)text.len, b->start, false, 0});
        buf_add_byte(&text, '\n');
    }
    reader->text = arena_str(&reader->view_arena, buf_str(&text));
    buf_done(&text);
}

/* The page as it was imported, line by line. */
static void compose_raw(struct reader *reader)
{
    struct source_page source = {0};
    struct error err = {0};
    reader->text = STR_NONE;
    if (!session_check(reader->session,
                       store_get_source(reader->session->store, &reader->view_arena,
                                        reader->article.id, &source, &err),
                       &err))
        return;
    reader->text = page_shown(&reader->view_arena, source.raw);
    const struct article *article = &reader->article.article;
    enum block_kind previous = BLOCK_KIND_COUNT;
    str rest = reader->text, line;
    size_t block = 0;
    uint32_t number = 1, article_start = 0;
    while (str_next_line(&rest, &line)) {
        uint32_t start = (uint32_t)(line.ptr - reader->text.ptr);
        while (block < article->blocks.count && article->blocks.items[block].line <= number)
            article_start = article->blocks.items[block++].start;
        add_block(reader, BLOCK_PREFORMATTED, start, start + (uint32_t)line.len, &previous);
        reader->blocks.items[reader->blocks.count - 1].indent = 0;
        vec_push(&reader->view_arena, &reader->pieces,
                 (struct piece){start, start + (uint32_t)line.len, article_start, false, 0});
        number++;
    }
}

static void (*const composers[READER_MODE_COUNT])(struct reader *) = {
    [READER_CLEAN] = compose_clean,
    [READER_WITH_REMOVED] = compose_with_removed,
    [READER_RAW] = compose_raw,
};

/* ---- offsets ------------------------------------------------------------------------------- */

uint32_t reader_to_view(const struct reader *reader, uint32_t article_offset)
{
    uint32_t best = 0;
    for (size_t i = 0; i < reader->pieces.count; i++) {
        const struct piece *p = &reader->pieces.items[i];
        if (p->removed || p->article_start > article_offset)
            continue;
        uint32_t within = article_offset - p->article_start;
        if (reader->mode == READER_RAW)
            within = 0;
        if (within > p->view_end - p->view_start)
            within = p->view_end - p->view_start;
        best = p->view_start + within;
        if (reader->mode == READER_RAW && i + 1 < reader->pieces.count &&
            reader->pieces.items[i + 1].article_start == p->article_start)
            best = reader->pieces.items[i].view_start;
    }
    return best;
}

uint32_t reader_to_article(const struct reader *reader, uint32_t view_offset)
{
    uint32_t best = 0;
    for (size_t i = 0; i < reader->pieces.count; i++) {
        const struct piece *p = &reader->pieces.items[i];
        if (p->view_start > view_offset)
            break;
        if (p->removed)
            continue;
        uint32_t within = view_offset - p->view_start;
        if (reader->mode == READER_RAW)
            within = 0;
        if (within > p->view_end - p->view_start)
            within = p->view_end - p->view_start;
        best = p->article_start + within;
    }
    return best;
}

/* ---- marks --------------------------------------------------------------------------------- */

static void add_mark(struct reader *reader, enum mark_kind kind, uint32_t start, uint32_t end,
                     size_t index)
{
    struct mark mark = {kind, reader_to_view(reader, start), reader_to_view(reader, end), index};
    vec_push(&reader->view_arena, &reader->marks, mark);
}

static int compare_marks(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

static void collect_marks(struct reader *reader)
{
    static const enum mark_kind kinds[ENTITY_KIND_COUNT] = {MARK_PERSON, MARK_PLACE,
                                                            MARK_ORGANISATION};
    const struct stored_article *article = &reader->article;
    for (size_t i = 0; i < article->mention_count; i++) {
        const struct mention *m = &article->mentions[i].mention;
        add_mark(reader, kinds[m->kind], m->start, m->end, i);
    }
    for (size_t i = 0; i < article->moments.count; i++) {
        const struct moment *m = &article->moments.items[i];
        add_mark(reader, MARK_DATE, m->start, m->end, i);
    }
    for (size_t i = 0; i < article->article.spans.count; i++) {
        const struct span *span = &article->article.spans.items[i];
        if (span->kind == SPAN_LINK)
            add_mark(reader, MARK_LINK, span->start, span->end, i);
    }
    for (size_t i = 0; i < reader->bookmark_count; i++) {
        const struct bookmark *b = &reader->bookmarks[i];
        if (anchor_holds(b->state))
            add_mark(reader, MARK_BOOKMARK, b->start, b->end, i);
    }
    if (reader->marks.count)
        qsort(reader->marks.items, reader->marks.count, sizeof *reader->marks.items, compare_marks);
}

void reader_compose(struct reader *reader)
{
    /* Not what stands at the top: a text that fits the window would forget where one was. */
    uint32_t place = reader->text.ptr ? reader_to_article(reader, reader->view.anchor) : 0;
    size_t above = reader->text.ptr ? reader->view.above : 0;
    arena_reset(&reader->view_arena);
    memset(&reader->blocks, 0, sizeof reader->blocks);
    memset(&reader->pieces, 0, sizeof reader->pieces);
    memset(&reader->marks, 0, sizeof reader->marks);
    memset(&reader->spans, 0, sizeof reader->spans);
    reader->mark = NO_MARK;
    reader->selecting = false;
    composers[reader->mode](reader);
    if (reader->mode != READER_RAW)
        collect_marks(reader);
    int left = 0;
    int width = reader_text_columns(reader, &left);
    text_view_set(&reader->view, reader->text, reader->blocks.items, reader->blocks.count, width,
                  terminal_rows(reader->session->terminal) - 1);
    text_view_return(&reader->view, reader_to_view(reader, place), above);
    reader_find_hits(reader);
    reader_find_watched(reader);
    reader_paint(reader);
}

void reader_find_hits(struct reader *reader)
{
    const struct target *target = &reader->session->target.target;
    arena_reset(&reader->hit_arena);
    reader->hits = NULL;
    reader->hit_count = 0;
    if (reader->attaching.id && reader->attaching.article == reader->article.id)
        reader_attach_places(reader);
    else if (target->kind == TARGET_SEARCH && reader->article.id)
        query_find_all(&reader->hit_arena, target->search, reader->article.article.text,
                       &reader->hits, &reader->hit_count);
}

/* ---- spans --------------------------------------------------------------------------------- */

/* Spans in order of rising rank: the last one that covers a byte gives its style. */
struct layers {
    VEC(struct text_span) spans;
};

static void add_linked(struct layers *layers, uint32_t start, uint32_t end, style_id style,
                       str link)
{
    if (start < end)
        vec_push(NULL, &layers->spans, (struct text_span){start, end, style, link});
}

static void add_span(struct layers *layers, uint32_t start, uint32_t end, style_id style)
{
    add_linked(layers, start, end, style, STR_NONE);
}

static style_id mark_style(const struct reader *reader, const struct mark *mark)
{
    static const style_id styles[MARK_KIND_COUNT] = {
        [MARK_PERSON] = STYLE_PERSON,
        [MARK_PLACE] = STYLE_PLACE,
        [MARK_ORGANISATION] = STYLE_ORGANISATION,
        [MARK_DATE] = STYLE_DATE,
        [MARK_BOOKMARK] = STYLE_BOOKMARK,
        [MARK_REMOVED] = STYLE_REMOVED,
        [MARK_LINK] = STYLE_LINK,
    };
    if (mark->kind == MARK_DATE &&
        reader->article.moments.items[mark->index].certainty <= CERTAINTY_GUESSED)
        return STYLE_DATE_DOUBTFUL;
    if (mark->kind == MARK_PERSON && reader->article.mentions[mark->index].doubtful)
        return STYLE_PERSON_DOUBTFUL;
    return styles[mark->kind];
}

/* Tags are parted by single spaces; letters of ASCII are alike. */
static bool has_tag(str tags, str tag)
{
    for (size_t end; tags.len; tags = str_slice(tags, end + 1, tags.len)) {
        size_t space = str_find_byte(tags, ' ', 0);
        end = space == STR_MISSING ? tags.len : space;
        if (str_equal_ascii_fold(str_slice(tags, 0, end), tag))
            return true;
    }
    return false;
}

bool reader_is_place_of(const struct reader *reader, const struct target *target,
                        const struct mark *mark)
{
    if (target->kind == TARGET_ENTITY && mark->kind <= MARK_ORGANISATION)
        return target_has_entity(target, reader->article.mentions[mark->index].entity);
    if (target->kind == TARGET_DAYS && mark->kind == MARK_DATE) {
        const struct moment *m = &reader->article.moments.items[mark->index];
        return m->first != DAY_UNKNOWN && m->first >= target->first && m->last <= target->last;
    }
    if (target->kind == TARGET_TAG && mark->kind == MARK_BOOKMARK)
        return has_tag(reader->bookmarks[mark->index].tags, target->tag);
    return target->kind == TARGET_BOOKMARKS && mark->kind == MARK_BOOKMARK;
}

/* What the page itself sets off; the marks of names and dates win over it. */
static void collect_emphasis(const struct reader *reader, struct layers *layers)
{
    static const style_id styles[SPAN_KIND_COUNT] = {[SPAN_EMPHASIS] = STYLE_EMPHASIS,
                                                     [SPAN_STRONG] = STYLE_STRONG,
                                                     [SPAN_CODE] = STYLE_CODE,
                                                     [SPAN_LINK] = STYLE_LINK};
    const struct article *article = &reader->article.article;
    bool links = reader->session->settings.numbers[SETTING_HYPERLINKS] != 0;
    for (size_t i = 0; reader->mode != READER_RAW && i < article->spans.count; i++) {
        const struct span *span = &article->spans.items[i];
        add_linked(layers, reader_to_view(reader, span->start), reader_to_view(reader, span->end),
                   styles[span->kind], links ? span->target : STR_NONE);
    }
}

static void collect_spans(const struct reader *reader, struct layers *layers)
{
    collect_emphasis(reader, layers);
    for (size_t i = 0; i < reader->marks.count; i++) {
        const struct mark *mark = &reader->marks.items[i];
        if (mark->kind != MARK_BOOKMARK && mark->kind != MARK_REMOVED && mark->kind != MARK_LINK)
            add_span(layers, mark->start, mark->end, mark_style(reader, mark));
    }
    for (size_t i = 0; i < reader->marks.count; i++) {
        const struct mark *mark = &reader->marks.items[i];
        if (mark->kind == MARK_BOOKMARK)
            add_span(layers, mark->start, mark->end, STYLE_BOOKMARK);
        if (mark->kind == MARK_REMOVED)
            add_span(layers, mark->start,
                     (uint32_t)str_find_byte(reader->text, ']', mark->start) + 1, STYLE_REASON);
    }
    for (size_t i = reader->watched.count; i-- > 0;) /* the lowest number wins */
        add_span(layers, reader->watched.items[i].start, reader->watched.items[i].end,
                 watch_style(reader->watched.items[i].slot));
    for (size_t i = 0; i < reader->marks.count; i++)
        if (reader_is_place_of(reader, &reader->session->target.target, &reader->marks.items[i]))
            add_span(layers, reader->marks.items[i].start, reader->marks.items[i].end,
                     STYLE_TARGET);
    if (reader->mode != READER_RAW)
        for (size_t i = 0; i < reader->hit_count; i++)
            add_span(layers, reader_to_view(reader, reader->hits[i].start),
                     reader_to_view(reader, reader->hits[i].end), STYLE_MATCH);
    const struct current_target *current = &reader->session->target;
    if (current->target.kind != TARGET_NONE && current->place.article == reader->article.id &&
        reader->mode != READER_RAW)
        add_span(layers, reader_to_view(reader, current->place.start),
                 reader_to_view(reader, current->place.end), STYLE_TARGET_HERE);
    if (reader->mark != NO_MARK && !reader->selecting) /* the selection looks alike */
        add_span(layers, reader->marks.items[reader->mark].start,
                 reader->marks.items[reader->mark].end, STYLE_MARK_HERE);
    if (reader->selecting) {
        struct text_range range;
        if (reader_passage(reader, &range))
            add_span(layers, range.start, range.end, STYLE_SELECTION);
    }
}

static int compare_offsets(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static size_t edge_of(const uint32_t *edges, size_t count, uint32_t offset)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (edges[middle] < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Layers -> spans that do not overlap: cut at every edge, painted in order. */
static void flatten(struct reader *reader, const struct layers *layers)
{
    size_t edge_count = layers->spans.count * 2;
    uint32_t *edges = memory_new(edge_count + 1, sizeof *edges);
    style_id *styles = memory_new(edge_count + 1, sizeof *styles);
    str *links = memory_new(edge_count + 1, sizeof *links);
    for (size_t i = 0; i < layers->spans.count; i++) {
        edges[2 * i] = layers->spans.items[i].start;
        edges[2 * i + 1] = layers->spans.items[i].end;
    }
    qsort(edges, edge_count, sizeof *edges, compare_offsets);
    for (size_t i = 0; i < edge_count; i++)
        styles[i] = -1;
    for (size_t i = 0; i < layers->spans.count; i++) {
        const struct text_span *span = &layers->spans.items[i];
        for (size_t e = edge_of(edges, edge_count, span->start);
             e < edge_count && edges[e] < span->end; e++) {
            styles[e] = span->style;
            if (span->link.len > 0)
                links[e] = span->link; /* what lies over a link leads there, too */
        }
    }
    reader->spans.count = 0;
    for (size_t e = 0; e + 1 < edge_count; e++)
        if (styles[e] >= 0 && edges[e] < edges[e + 1])
            vec_push(&reader->view_arena, &reader->spans,
                     (struct text_span){edges[e], edges[e + 1], styles[e], links[e]});
    memory_free(edges);
    memory_free(styles);
    memory_free(links);
}

static void find_words(struct reader *reader, const struct watch_row *row)
{
    struct arena scratch = {0};
    const struct text_range *hits = NULL;
    size_t count = 0;
    query_find_all(&scratch, row->target.search, reader->article.article.text, &hits, &count);
    for (size_t i = 0; i < count; i++)
        vec_push(NULL, &reader->watched,
                 (struct watched){reader_to_view(reader, hits[i].start),
                                  reader_to_view(reader, hits[i].end), row->slot});
    arena_done(&scratch);
}

void reader_find_watched(struct reader *reader)
{
    const struct watch_list *list = &reader->session->watches;
    reader->watched.count = 0;
    for (size_t w = 0; w < list->count && reader->mode != READER_RAW; w++) {
        const struct watch_row *row = &list->rows[w];
        for (size_t i = 0; i < reader->marks.count; i++) {
            const struct mark *mark = &reader->marks.items[i];
            if (reader_is_place_of(reader, &row->target, mark))
                vec_push(NULL, &reader->watched,
                         (struct watched){mark->start, mark->end, row->slot});
        }
        if (row->target.search)
            find_words(reader, row);
    }
}

void reader_paint(struct reader *reader)
{
    reader->is_unpainted = true;
}

void reader_paint_now(struct reader *reader)
{
    struct layers layers = {0};
    if (!reader->is_unpainted)
        return;
    reader->is_unpainted = false;
    collect_spans(reader, &layers);
    flatten(reader, &layers);
    vec_done(&layers.spans);
}
