/* The cleaner: a table of steps over the pieces of a page, and the article made of what they
 * decided. A new kind of rule is one step and one row. */
#include "ingest/clean.h"

#include <stdlib.h>

#include "base/buf.h"
#include "ingest/cleaner.h"
#include "text/fold.h"
#include "text/utf8.h"

static void (*const steps[])(struct cleaner *c) = {
    step_split,      step_facts,      step_glued_heads,   step_code,       step_phrases,
    step_label_runs, step_voices,     step_next_articles, step_copies,     step_score,
    step_comments,   step_body,       step_title,         step_head,       step_signoff,
    step_published,  step_author_box, step_sections,      step_neighbours, step_outside,
    step_repeats,    step_link_lists, step_tails,         step_kinds,      step_mend,
    step_overrides,
};

/* --- kinds ------------------------------------------------------------------------------------ */

/* What the element says of its text. */
static enum block_kind kind_of_element(const struct html_block *block)
{
    static const enum block_kind kinds[] = {
        [HTML_OTHER] = BLOCK_PARAGRAPH,     [HTML_DIV] = BLOCK_PARAGRAPH,
        [HTML_PARAGRAPH] = BLOCK_PARAGRAPH, [HTML_HEADING_1] = BLOCK_HEADING,
        [HTML_HEADING_2] = BLOCK_HEADING,   [HTML_HEADING] = BLOCK_HEADING,
        [HTML_ITEM] = BLOCK_LIST_ITEM,      [HTML_ROW] = BLOCK_TABLE_ROW,
        [HTML_CAPTION] = BLOCK_CAPTION,     [HTML_PRE] = BLOCK_PREFORMATTED,
        [HTML_QUOTE] = BLOCK_QUOTE};
    enum block_kind kind = kinds[block->shape];
    if (kind == BLOCK_PARAGRAPH && block->near[HTML_MARK_QUOTE_TAG] < HTML_FAR) {
        return BLOCK_QUOTE;
    }
    bool item = kind == BLOCK_PARAGRAPH && block->near[HTML_MARK_LIST_TAG] <= 3;
    return item ? BLOCK_LIST_ITEM : kind;
}

#define CREDIT_LIMIT_LEN ((size_t)60)
#define CAPTION_WORDS_LIMIT 40

/* "People gather in the square. (Example Agency)": names in brackets behind what ends as a sentence
 * does. */
static bool ends_with_credit(const struct piece *p)
{
    str text = p->text, word;
    size_t open = text.len, len = 0;
    if (!str_ends(text, STR(")")) || p->words > CAPTION_WORDS_LIMIT) {
        return false;
    }
    while (open > 0 && text.len - open < CREDIT_LIMIT_LEN && text.ptr[open - 1] != '(') {
        open--;
    }
    str before = text_trim(str_slice(text, 0, open ? open - 1 : 0));
    str inside = str_slice(text, open, text.len - 1);
    if (open == 0 || text.ptr[open - 1] != '(' || before.len < 20 ||
        !(str_ends(before, STR(".")) || str_ends(before, STR("!")) || str_ends(before, STR("?")) ||
          str_ends(before, STR("\"")) || str_ends(before, STR("”")))) {
        return false;
    }
    bool any = false;
    for (size_t at = 0; text_next_word(inside, &at, &word); any = true) {
        if (code_point_is_digit(utf8_decode(word, 0, &len)) ||
            (word.len > 3 && code_point_is_lower(utf8_decode(word, 0, &len)))) {
            return false;
        }
    }
    return any;
}

static enum block_kind kind_of(const struct piece *p, const struct piece *next)
{
    if (p->html) {
        return kind_of_element(p->html);
    }
    if (p->flags & PIECE_TABLE) {
        return BLOCK_TABLE_ROW;
    }
    if (piece_is_code(p)) {
        return BLOCK_PREFORMATTED;
    }
    if (p->flags & PIECE_CREDIT || ends_with_credit(p)) {
        return BLOCK_CAPTION;
    }
    if (p->flags & PIECE_BULLET) {
        return BLOCK_LIST_ITEM;
    }
    bool asks = p->flags & PIECE_TITLE_CASE && str_ends(p->text, STR("?"));
    bool heading = (!(p->flags & (PIECE_SENTENCE | PIECE_ELLIPSIS)) || asks) &&
                   !(p->flags & PIECE_GOOD) && p->words <= 16 && next &&
                   (next->flags & PIECE_GOOD || next->words > p->words);
    return heading ? BLOCK_HEADING : BLOCK_PARAGRAPH;
}

/* What no step has removed stays: here it gets its kind. */
void step_kinds(struct cleaner *c)
{
    for (size_t i = 0; i < c->pieces.count; i++) {
        struct piece *p = &c->pieces.items[i];
        if (p->state != PIECE_OPEN) {
            continue;
        }
        size_t next = i + 1;
        while (next < c->pieces.count && c->pieces.items[next].state == PIECE_REMOVED) {
            next++;
        }
        piece_keep(p, kind_of(p, next < c->pieces.count ? &c->pieces.items[next] : NULL));
    }
}

static int compare_places(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;
    return x->text.ptr < y->text.ptr ? -1 : x->text.ptr > y->text.ptr;
}

/* Puts the pieces that were cut off others back in their places. */
static void merge_cuts(struct cleaner *c)
{
    piece_vec merged = {0};
    if (c->cuts.count == 0) {
        return;
    }
    qsort(c->cuts.items, c->cuts.count, sizeof *c->cuts.items, compare_places);
    vec_reserve(NULL, &merged, c->pieces.count + c->cuts.count);
    for (size_t i = 0, k = 0; i < c->pieces.count || k < c->cuts.count;) {
        bool cut = i == c->pieces.count ||
                   (k < c->cuts.count && c->cuts.items[k].text.ptr < c->pieces.items[i].text.ptr);
        const struct piece *from = cut ? &c->cuts.items[k++] : &c->pieces.items[i++];
        vec_push(NULL, &merged, *from);
    }
    vec_done(&c->pieces);
    c->pieces = merged;
}

void step_facts(struct cleaner *c)
{
    if (c->document) {
        html_take_facts(c);
    }
}

/* --- the reader's decisions ------------------------------------------------------------------- */

static str hash_key(const uint64_t *hash)
{
    return (str){(const char *)hash, sizeof *hash};
}

static const char cut_by_reader[] = "cut by the reader";

static void read_decisions(const struct clean_overrides *overrides, struct map *decisions)
{
    map_init(decisions, NULL);
    for (size_t i = 0; i < overrides->count; i++) {
        *map_put(decisions, hash_key(&overrides->items[i].block_hash), 0) =
            overrides->items[i].keep;
    }
}

void step_overrides(struct cleaner *c)
{
    struct map decisions;
    merge_cuts(c);
    if (!c->overrides || c->overrides->count == 0) {
        return;
    }
    read_decisions(c->overrides, &decisions);
    for (size_t i = 0; i < c->pieces.count; i++) {
        struct piece *p = &c->pieces.items[i];
        uint64_t raw = str_hash(p->text), shown = str_hash(p->shown.ptr ? p->shown : p->text);
        const uint64_t *decision = map_find(&decisions, hash_key(&raw));
        decision = decision ? decision : map_find(&decisions, hash_key(&shown));
        if (decision && *decision && p->state == PIECE_REMOVED) {
            piece_measure(c, p);
            piece_keep(p, kind_of(p, NULL));
        } else if (decision && !*decision) {
            piece_remove(p, REMOVAL_OTHER, str_from(cut_by_reader));
        }
    }
    map_done(&decisions);
}

/* The same for text that came clean: nothing but the reader cuts there. */
static void cut_plain(struct arena *arena, const struct clean_overrides *overrides,
                      struct article *article)
{
    struct map decisions;
    struct clean_verdict *verdicts =
        arena_array(arena, struct clean_verdict, article->blocks.count);
    bool any = false;
    read_decisions(overrides, &decisions);
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.items[i];
        uint64_t hash = str_hash(str_trim(str_slice(article->text, block->start, block->end)));
        const uint64_t *decision = map_find(&decisions, hash_key(&hash));
        verdicts[i] =
            (struct clean_verdict){decision && !*decision, REMOVAL_OTHER, str_from(cut_by_reader)};
        any = any || verdicts[i].change;
    }
    map_done(&decisions);
    if (any) {
        clean_revise(arena, article, verdicts, NULL);
    }
}

/* --- the article ------------------------------------------------------------------------------ */

/* Text that lives in the result: rule names may come from the rules' memory. */
static str lasting(struct cleaner *c, struct map *known, str text)
{
    uint64_t *place = map_find(known, text);
    if (!place) {
        str copy = arena_str(c->arena, text);
        place = map_put(known, copy, (uint64_t)(uintptr_t)copy.ptr);
    }
    return (str){(const char *)(uintptr_t)*place, text.len};
}

static void add_block(struct cleaner *c, struct buf *text, const struct piece *p)
{
    str shown = p->shown.ptr ? p->shown : p->text;
    if (text->len) {
        buf_add_byte(text, '\n');
    }
    struct block block = {.kind = (enum block_kind)p->kind,
                          .start = (uint32_t)text->len,
                          .end = (uint32_t)(text->len + shown.len),
                          .line = p->line};
    buf_add(text, shown);
    vec_push(c->arena, &c->article->blocks, block);
}

static void make_article(struct cleaner *c)
{
    struct article *article = c->article;
    struct buf text = BUF_INIT;
    struct map names;
    map_init(&names, &c->scratch);
    for (size_t i = 0; i < c->pieces.count; i++) {
        const struct piece *p = &c->pieces.items[i];
        if (p->state == PIECE_KEPT) {
            add_block(c, &text, p);
            continue;
        }
        struct removed_block removed = {.text = p->text,
                                        .reason = (enum removal_reason)p->reason,
                                        .line = p->line,
                                        .before = (uint32_t)article->blocks.count,
                                        .rule = lasting(c, &names, p->rule)};
        vec_push(c->arena, &article->removed, removed);
    }
    if (c->tail_of_page.len) {
        struct removed_block removed = {.text = c->tail_of_page,
                                        .reason = REMOVAL_OTHER,
                                        .line = CLEAN_LINE_LIMIT + 1,
                                        .before = (uint32_t)article->blocks.count,
                                        .rule = STR("too many lines")};
        vec_push(c->arena, &article->removed, removed);
    }
    article->text = arena_str(c->arena, buf_str(&text));
    buf_done(&text);
}

/* The first block of a kind, as text of the article. */
static str first_of(const struct article *article, enum block_kind kind)
{
    for (size_t i = 0; i < article->blocks.count && i < 64; i++) {
        const struct block *block = &article->blocks.items[i];
        if (block->kind == kind) {
            return str_slice(article->text, block->start, block->end);
        }
    }
    return STR_NONE;
}

static void start_article(const struct page *page, struct article *article)
{
    *article = (struct article){.path = page->path,
                                .id = page->id,
                                .url = page->url,
                                .language = page->language,
                                .title = page->title,
                                .site = page->site,
                                .byline = page->byline,
                                .updated = DAY_UNKNOWN};
    article->published = PUBLICATION_UNKNOWN;
    if (page->published != DAY_UNKNOWN && page->published_basis != DATE_BASIS_GIVEN) {
        article->published = (struct publication){DATE_BASIS_METADATA, page->published,
                                                  page->published, page->published, 0};
    }
}

/* The user's date for a whole input stands where the page states none. */
static void take_given_day(const struct page *page, struct article *article)
{
    if (article->published.basis == DATE_BASIS_UNKNOWN && page->published != DAY_UNKNOWN) {
        article->published = (struct publication){DATE_BASIS_GIVEN, page->published,
                                                  page->published, page->published, 0};
    }
}

/* --- clean text ------------------------------------------------------------------------------- */

static void split_plain(struct arena *arena, const struct page *page, struct article *article)
{
    str rest = page->body, line;
    uint32_t number = 0;
    article->text = page->body;
    while (str_next_line(&rest, &line)) {
        number++;
        str text = text_trim(line);
        if (text.len == 0) {
            continue;
        }
        uint32_t start = (uint32_t)(text.ptr - page->body.ptr);
        struct block block = {.kind = BLOCK_PARAGRAPH,
                              .start = start,
                              .end = start + (uint32_t)text.len,
                              .line = number};
        vec_push(arena, &article->blocks, block);
    }
}

#define PLAIN_TITLE_LIMIT_LEN ((size_t)160)

/* The first line is the title where the page states none or this one; a headline is short, more
 * text follows, and no full stop ends it. */
static void name_plain(struct article *article)
{
    if (article->blocks.count == 0) {
        return;
    }
    struct block *first = &article->blocks.items[0];
    str line = str_slice(article->text, first->start, first->end);
    bool stated = article->title.len > 0;
    bool headline =
        line.len <= PLAIN_TITLE_LIMIT_LEN && !str_ends(line, STR(".")) && article->blocks.count > 1;
    if (stated ? str_equal(text_trim(article->title), line) : headline) {
        first->kind = BLOCK_TITLE;
    }
    if (!stated) {
        article->title = line;
    }
}

bool cleaner_open(struct cleaner *c, struct arena *arena, const struct clean_rules *rules,
                  const struct page *page, struct article *article, struct html_document *document)
{
    bool html = page->kind == PAGE_HTML;
    start_article(page, article);
    *c = (struct cleaner){.arena = arena,
                          .page = page,
                          .article = article,
                          .document = html ? document : NULL,
                          .model = html ? rules->html_model : rules->dump_model,
                          .title = PIECE_NONE};
    arena_init(&c->scratch);
    *document = (struct html_document){.text = STR_NONE};
    if (html && (html_guard(page->body) || !html_read(arena, page->body, document))) {
        c->tail_of_page = text_trim(page->body);
        return false;
    }
    str stated = page->language.len ? page->language : document->facts[FACT_LANGUAGE];
    c->rules = rules_for(rules, stated, html ? document->text : page->body);
    return true;
}

void cleaner_prepare(struct cleaner *c)
{
    for (size_t i = 0; steps[i] != step_score; i++) {
        steps[i](c);
    }
}

void cleaner_done(struct cleaner *c)
{
    vec_done(&c->pieces);
    vec_done(&c->cuts);
    arena_done(&c->scratch);
}

void clean_page(struct arena *arena, const struct clean_rules *rules,
                const struct clean_overrides *overrides, const struct page *page,
                struct article *article)
{
    start_article(page, article);
    if (page->kind == PAGE_TEXT) {
        split_plain(arena, page, article);
        name_plain(article);
        take_given_day(page, article);
        if (overrides && overrides->count > 0) {
            cut_plain(arena, overrides, article);
        }
        return;
    }
    struct cleaner c;
    struct html_document document;
    bool readable = cleaner_open(&c, arena, rules, page, article, &document);
    c.overrides = overrides;
    for (size_t i = 0; readable && i < sizeof steps / sizeof *steps; i++) {
        steps[i](&c);
    }
    make_article(&c);
    article_add_spans(&c);
    if (!article->title.len) {
        article->title = first_of(article, BLOCK_TITLE);
    }
    article->subtitle = first_of(article, BLOCK_SUBTITLE);
    take_given_day(page, article);
    cleaner_done(&c);
}
