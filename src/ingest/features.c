/* Features of the pieces of a page. Everything is prepared in a few passes, so that the row of one
 * piece costs the same on every page. */
#include <stddef.h>
#include <string.h>

#include "base/ascii.h"
#include "ingest/cleaner.h"
#include "ingest/score.h"
#include "text/fold.h"
#include "text/utf8.h"

#define WORD_SLOTS 65536u              /* counts of words by hash; some share a slot */
#define WORDS_LIMIT_LEN ((size_t)2000) /* of a piece, where words of the page are looked for */
#define TITLE_LIMIT_LEN 400            /* and words of the title */
#define FAR 60
#define LOOK_SLOTS 4096u
#define CHAIN 4 /* containers looked at from a block upwards */

/* Sums before a piece, so that windows are differences. */
struct sums {
    float words, good, stops, phrases, links, comments, kept, lexis, symbols, topic, topic_words;
    uint32_t good_count;
};

struct facts { /* of one piece */
    float word_len, digits, commas, separator, low_start, title_in, title_cover, topic, topic_rare,
        link_share, body_said, symbols, kept_topic;
    uint16_t run_short, to_prev_good, to_next_good, since_section, since_title, since_comment,
        since_related, since_byline;
    bool byline;
};

struct word {
    uint32_t hash;
    uint16_t len, from; /* from: where the word before it ends in the piece */
};

/* Lines of a dump between two empty ones, by their pieces; in a page of no empty lines all. */
struct group {
    size_t from, to;
};

/* Sums over a container and all in it, or over the blocks of one signature. */
struct area {
    float words, good, links, kept;
    uint32_t pieces;
    uint8_t main_up, main_near, main_kept; /* levels below the main containers; FAR: outside */
};

struct score_context {
    struct cleaner *c;
    size_t count, first_good, last_good;
    struct sums *sums; /* count + 1 */
    struct facts *facts;
    struct word *words;   /* of all pieces */
    uint32_t *words_from; /* of each piece, count + 1 */
    struct group *groups; /* of a dump */
    uint32_t *group_of;   /* by piece */
    size_t group_count;
    struct area *areas;      /* by container */
    struct area *signatures; /* by hash */
    size_t signature_mask;
    const float *lexis;     /* what the words of each piece say, or NULL */
    const float *first;     /* the first stage's probabilities, or NULL */
    uint8_t *since, *until; /* pieces since and until one that it keeps */
};

static float clip(float value, float limit)
{
    return value > limit ? limit : value < -limit ? -limit : value;
}

static float share_of(float part, float whole)
{
    return whole > 0 ? part / whole : 0;
}

static bool is_good(const struct piece *p)
{
    return p->flags & PIECE_GOOD;
}

/* --- words of the page and of its title ------------------------------------------------------- */

/* Reads the words of the page once: those at the start of each piece stay, and how often running
 * text says a word is counted. */
static void note_page_words(struct score_context *x, uint16_t *counts)
{
    VEC(struct word) words = {0};
    x->words_from = arena_array(&x->c->scratch, uint32_t, x->count + 1);
    for (size_t i = 0; i < x->count; i++) {
        const struct piece *p = &x->c->pieces.items[i];
        bool good = is_good(p);
        uint32_t hash;
        size_t len, from = 0;
        x->words_from[i] = (uint32_t)words.count;
        for (size_t at = 0; score_next_word(p->text, &at, &hash, &len); from = at) {
            if (from < WORDS_LIMIT_LEN) {
                struct word word = {hash, len < UINT16_MAX ? (uint16_t)len : UINT16_MAX,
                                    (uint16_t)from};
                vec_push(&x->c->scratch, &words, word);
            } else if (!good) {
                break;
            }
            uint16_t *count = &counts[hash % WORD_SLOTS];
            *count = (uint16_t)(*count + (good && len >= 4 && *count < 60000));
        }
    }
    x->words = words.items;
    x->words_from[x->count] = (uint32_t)words.count;
}

static void measure_topic(struct score_context *x, size_t i, const uint16_t *counts)
{
    struct facts *f = &x->facts[i];
    size_t words = 0, seen = 0, rare = 0, own = is_good(&x->c->pieces.items[i]) ? 1 : 0;
    for (size_t k = x->words_from[i]; k < x->words_from[i + 1]; k++) {
        if (x->words[k].len < 4) {
            continue;
        }
        uint16_t count = counts[x->words[k].hash % WORD_SLOTS];
        words++;
        seen += count > own;
        rare += count > own + 2;
    }
    f->topic = words ? (float)seen / (float)words : 0;
    f->topic_rare = words ? (float)rare / (float)words : 0;
}

/* The title as far as it is known before anything is decided. */
static str known_title(const struct cleaner *c)
{
    if (c->article->title.len) {
        return c->article->title;
    }
    for (size_t i = 0; i < c->pieces.count && i < 3; i++) {
        const struct piece *p = &c->pieces.items[i];
        if (p->state != PIECE_REMOVED || p->words > 6) {
            return p->text;
        }
    }
    return STR_NONE;
}

static void measure_title(struct score_context *x, size_t i, const uint8_t *in_title,
                          size_t title_words)
{
    struct facts *f = &x->facts[i];
    size_t words = 0, shared = 0;
    for (size_t k = x->words_from[i];
         k < x->words_from[i + 1] && x->words[k].from < TITLE_LIMIT_LEN; k++) {
        words++;
        shared += in_title[x->words[k].hash % WORD_SLOTS];
    }
    f->title_in = words ? (float)shared / (float)words : 0;
    f->title_cover = title_words ? (float)shared / (float)title_words : 0;
    f->title_cover = clip(f->title_cover, 2);
}

static void measure_words(struct score_context *x)
{
    struct cleaner *c = x->c;
    uint16_t *counts = arena_array(&c->scratch, uint16_t, WORD_SLOTS);
    uint8_t *in_title = arena_array(&c->scratch, uint8_t, WORD_SLOTS);
    size_t title_words = 0, len;
    uint32_t hash;
    str title = str_slice(known_title(c), 0, 400);
    for (size_t at = 0; score_next_word(title, &at, &hash, &len);) {
        in_title[hash % WORD_SLOTS] = 1;
        title_words++;
    }
    note_page_words(x, counts);
    for (size_t i = 0; i < x->count; i++) {
        measure_topic(x, i, counts);
        measure_title(x, i, in_title, title_words);
    }
}

/* --- the body that the page states
 * ------------------------------------------------------------ */

#define STATED_BODY_LEAST_LEN ((size_t)600) /* less is a summary */
#define STATED_BODY_LIMIT_LEN ((size_t)400000)
#define RUN_SLOTS ((size_t)1 << 17)

/* Hashes of runs of three words, one after the other. */
static bool next_run(str text, size_t *at, uint32_t run[3], uint32_t *hash)
{
    size_t len;
    run[0] = run[1];
    run[1] = run[2];
    if (!score_next_word(text, at, &run[2], &len)) {
        return false;
    }
    *hash = (run[0] * 31 + run[1]) * 31 + run[2];
    return true;
}

/* The share of each piece's runs of three words that the page's own article body has; -1 where it
 * states none. */
static void measure_stated_body(struct score_context *x)
{
    struct cleaner *c = x->c;
    str body = c->document ? c->document->facts[FACT_LD_BODY] : STR_NONE;
    if (body.len < STATED_BODY_LEAST_LEN) {
        for (size_t i = 0; i < x->count; i++) {
            x->facts[i].body_said = -1;
        }
        return;
    }
    body = str_slice(body, 0, STATED_BODY_LIMIT_LEN);
    uint8_t *seen = arena_array(&c->scratch, uint8_t, RUN_SLOTS);
    uint32_t run[3] = {0, 0, 0}, hash;
    for (size_t at = 0; next_run(body, &at, run, &hash);) {
        seen[hash % RUN_SLOTS] = 1;
    }
    for (size_t i = 0; i < x->count; i++) {
        str text = str_slice(c->pieces.items[i].text, 0, 3000);
        size_t count = 0, shared = 0, words = 0;
        for (size_t at = 0; next_run(text, &at, run, &hash);) {
            if (++words >= 3) {
                count++;
                shared += seen[hash % RUN_SLOTS];
            }
        }
        x->facts[i].body_said = count ? (float)shared / (float)count : -0.5f;
    }
}

/* --- lines
 * ---------------------------------------------------------------------------------------- */

static void measure_bytes(struct facts *f, const struct piece *p)
{
    size_t digits = 0, commas = 0, separators = 0, letters = 0, symbols = 0;
    str text = str_slice(p->text, 0, 3000);
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        digits += ascii_is_digit(byte);
        commas += byte == ',';
        separators += byte == '|' || byte == '/' || byte == '>' ||
                      (byte == '\xC2' && i + 1 < text.len &&
                       (text.ptr[i + 1] == '\xB7' || text.ptr[i + 1] == '\xBB'));
        letters += ascii_is_letter(byte);
        symbols += byte == ';' || byte == '{' || byte == '}' || byte == '=' || byte == '<' ||
                   byte == '>' || byte == '(' || byte == ')' || byte == '_' || byte == '[' ||
                   byte == ']' || byte == '#' || byte == '\\';
    }
    f->symbols = text.len ? (float)symbols / (float)text.len : 0;
    float words = p->words ? (float)p->words : 1;
    f->word_len = clip((float)letters / words, 20);
    f->digits = text.len ? (float)digits / (float)text.len : 0;
    f->commas = clip((float)commas / words, 1);
    f->separator = (float)(separators > 9 ? 9 : separators);
    size_t len = 0;
    f->low_start = text.len && code_point_is_lower(utf8_decode(text, 0, &len));
    f->link_share = p->html && p->text.len ? (float)p->html->link_len / (float)p->text.len : 0;
}

static bool is_short(const struct piece *p)
{
    return p->words < 10 && !(p->flags & PIECE_SENTENCE);
}

/* Does a rule take it, or what it opens, for this? */
static bool is_about(const struct piece *p, enum removal_reason reason)
{
    return (p->state == PIECE_REMOVED && p->reason == reason) ||
           (p->section && p->section->reason == reason);
}

static void measure_distances(struct score_context *x)
{
    const struct piece *items = x->c->pieces.items;
    size_t good = FAR, section = FAR, title = FAR, comment = FAR, related = FAR, byline = FAR;
    x->first_good = x->count;
    x->last_good = 0;
    for (size_t i = 0; i < x->count; i++) {
        struct facts *f = &x->facts[i];
        const struct piece *p = &items[i];
        section = p->section ? 0 : section + (section < FAR);
        bool is_title = f->title_cover >= 0.8f && f->title_in >= 0.6f && p->words >= 2;
        title = is_title ? 0 : title + (title < FAR);
        comment = is_about(p, REMOVAL_COMMENT_PROMPT) ? 0 : comment + (comment < FAR);
        related = is_about(p, REMOVAL_RELATED_LINKS) ? 0 : related + (related < FAR);
        f->byline = p->key.ptr && rules_match(x->c->rules, SCOPE_BYLINE, p->key, p->words);
        byline = f->byline ? 0 : byline + (byline < FAR);
        f->since_comment = (uint16_t)comment;
        f->since_related = (uint16_t)related;
        f->since_byline = (uint16_t)byline;
        f->since_section = (uint16_t)section;
        f->since_title = (uint16_t)title;
        f->to_prev_good = (uint16_t)good;
        good = is_good(p) ? 1 : good + (good < FAR);
        if (is_good(p)) {
            x->first_good = x->first_good == x->count ? i : x->first_good;
            x->last_good = i;
        }
    }
    good = FAR;
    for (size_t i = x->count, run = 0; i-- > 0;) {
        x->facts[i].to_next_good = (uint16_t)good;
        good = is_good(&items[i]) ? 1 : good + (good < FAR);
        run = is_short(&items[i]) ? run + (run < FAR) : 0;
        x->facts[i].run_short = (uint16_t)run;
    }
    for (size_t i = 1; i < x->count; i++) { /* a run has one length */
        if (x->facts[i].run_short && x->facts[i - 1].run_short) {
            x->facts[i].run_short = x->facts[i - 1].run_short;
        }
    }
}

static void measure_sums(struct score_context *x)
{
    for (size_t i = 0; i < x->count; i++) {
        const struct piece *p = &x->c->pieces.items[i];
        struct sums sums = x->sums[i];
        float words = clip((float)p->words, 300);
        sums.words += words;
        sums.good += is_good(p) ? words : 0;
        sums.stops += (float)p->stops;
        sums.comments += is_about(p, REMOVAL_COMMENT_PROMPT);
        sums.phrases += p->state == PIECE_REMOVED;
        sums.links += words * x->facts[i].link_share;
        sums.good_count += is_good(p);
        sums.symbols += x->facts[i].symbols;
        x->sums[i + 1] = sums;
    }
}

/* --- lines that stand together
 * ------------------------------------------------------------------------------------ */

/* Empty lines before a piece. */
static size_t gap_before(const struct score_context *x, size_t i)
{
    const struct piece *p = &x->c->pieces.items[i];
    return i == 0 ? 0 : p->line > p[-1].line ? p->line - p[-1].line - 1 : 0;
}

/* In a dump an empty line often stands where a paragraph of the page ended; items of lists and
 * menus stand together. */
static void measure_groups(struct score_context *x)
{
    x->groups = arena_array(&x->c->scratch, struct group, x->count + 1);
    x->group_of = arena_array(&x->c->scratch, uint32_t, x->count + 1);
    for (size_t i = 0; i < x->count; i++) {
        if (i == 0 || gap_before(x, i) > 0) {
            x->groups[x->group_count++].from = i;
        }
        x->groups[x->group_count - 1].to = i + 1;
        x->group_of[i] = (uint32_t)x->group_count - 1;
    }
}

/* --- containers
 * ----------------------------------------------------------------------------------- */

/* What a line looks like at a glance. */
static uint32_t look_of(const struct score_context *x, size_t i)
{
    const struct piece *p = &x->c->pieces.items[i];
    uint32_t size = p->words < 2 ? 0 : p->words < 5 ? 1 : p->words < 12 ? 2 : p->words < 25 ? 3 : 4;
    uint32_t flags = p->flags & (PIECE_SENTENCE | PIECE_COLON | PIECE_BULLET | PIECE_SHOUT |
                                 PIECE_TITLE_CASE | PIECE_CREDIT | PIECE_ELLIPSIS);
    uint32_t digits = x->facts[i].digits > 0, gap = gap_before(x, i) > 0;
    return ((flags * 5 + size) * 2 + digits) * 2 + gap;
}

/* In a dump lines are alike that look so and stand between lines that do. */
static uint32_t look_among(const struct score_context *x, size_t i)
{
    uint32_t sign = look_of(x, i) + 1;
    sign = sign * 31337 + (i > 0 ? look_of(x, i - 1) : 0);
    sign = sign * 31337 + (i + 1 < x->count ? look_of(x, i + 1) : 0);
    sign *= 0x9E3779B1u;
    return sign ^ sign >> 16;
}

static struct area *signature_of(const struct score_context *x, size_t i)
{
    const struct piece *p = &x->c->pieces.items[i];
    if (!p->html) {
        return &x->signatures[look_among(x, i) & x->signature_mask];
    }
    uint32_t sign = x->c->document->containers.items[p->html->container].signature;
    return &x->signatures[sign & x->signature_mask];
}

static void add_to_area(struct area *area, const struct score_context *x, size_t i)
{
    float words = x->sums[i + 1].words - x->sums[i].words;
    area->words += words;
    area->good += x->sums[i + 1].good - x->sums[i].good;
    area->links += words * x->facts[i].link_share;
    area->pieces++;
}

/* Levels of each container below the smallest one that holds this share of a sum over the page:
 * both are found at their place in an area. */
static void mark_main(struct score_context *x, size_t sum_at, size_t level_at, float share)
{
    size_t count = x->c->document->containers.count, best = 0;
    const struct html_container *containers = x->c->document->containers.items;
    const char *areas = (const char *)x->areas;
    float wanted = *(const float *)(areas + sum_at) * share;
    for (size_t i = 1; i < count; i++) {
        float sum = *(const float *)(areas + i * sizeof *x->areas + sum_at);
        if (sum >= wanted && containers[i].parent == best) {
            best = i;
        }
    }
    for (size_t i = 0; i < count; i++) {
        uint8_t *level = (uint8_t *)&x->areas[i] + level_at;
        uint8_t parent = *((uint8_t *)&x->areas[containers[i].parent] + level_at);
        *level = i == best                 ? 0
                 : i == 0 || parent == FAR ? FAR
                                           : (uint8_t)(parent + (parent < FAR - 1));
    }
}

static void measure_looks(struct score_context *x)
{
    x->signature_mask = LOOK_SLOTS - 1;
    x->signatures = arena_array(&x->c->scratch, struct area, LOOK_SLOTS);
    for (size_t i = 0; i < x->count; i++) {
        add_to_area(signature_of(x, i), x, i);
    }
}

static void measure_areas(struct score_context *x)
{
    struct cleaner *c = x->c;
    size_t count = c->document->containers.count, slots = 256;
    while (slots < count && slots < 65536) {
        slots *= 2;
    }
    x->signature_mask = slots - 1;
    x->areas = arena_array(&c->scratch, struct area, count + 1);
    x->signatures = arena_array(&c->scratch, struct area, slots);
    for (size_t i = 0; i < x->count; i++) {
        add_to_area(&x->areas[c->pieces.items[i].html->container], x, i);
        add_to_area(signature_of(x, i), x, i);
    }
    for (size_t i = count; i-- > 1;) {
        struct area *parent = &x->areas[c->document->containers.items[i].parent];
        parent->words += x->areas[i].words;
        parent->good += x->areas[i].good;
        parent->links += x->areas[i].links;
        parent->pieces += x->areas[i].pieces;
    }
    mark_main(x, offsetof(struct area, good), offsetof(struct area, main_up), 0.7f);
    mark_main(x, offsetof(struct area, good), offsetof(struct area, main_near), 0.4f);
}

struct score_context *score_open(struct cleaner *c)
{
    struct score_context *x = arena_new(&c->scratch, struct score_context);
    x->c = c;
    x->count = c->pieces.count;
    x->sums = arena_array(&c->scratch, struct sums, x->count + 1);
    x->facts = arena_array(&c->scratch, struct facts, x->count + 1);
    for (size_t i = 0; i < x->count; i++) {
        measure_bytes(&x->facts[i], &c->pieces.items[i]);
    }
    measure_words(x);
    measure_stated_body(x);
    measure_distances(x);
    measure_sums(x);
    if (c->document && c->document->containers.count) {
        measure_areas(x);
    }
    if (!c->document && x->count) {
        measure_groups(x);
        measure_looks(x);
    }
    return x;
}

void score_note_words(struct score_context *x, const float *log_odds)
{
    x->lexis = log_odds;
    for (size_t i = 0; i < x->count; i++) {
        x->sums[i + 1].lexis = x->sums[i].lexis + log_odds[i];
    }
}

/* --- what the first stage says
 * ---------------------------------------------------------------- */

static void spread_distances(struct score_context *x)
{
    x->since = arena_array(&x->c->scratch, uint8_t, x->count + 1);
    x->until = arena_array(&x->c->scratch, uint8_t, x->count + 1);
    for (size_t i = 0, far = FAR; i < x->count; i++) {
        x->since[i] = (uint8_t)far;
        far = x->first[i] >= 0.5f ? 1 : far + (far < FAR);
    }
    for (size_t i = x->count, far = FAR; i-- > 0;) {
        x->until[i] = (uint8_t)far;
        far = x->first[i] >= 0.5f ? 1 : far + (far < FAR);
    }
}

/* Of each piece's longer words the share that other text says which the first stage keeps. */
static void measure_kept_topic(struct score_context *x)
{
    float *kept = arena_array(&x->c->scratch, float, WORD_SLOTS), sum = 0;
    const struct piece *items = x->c->pieces.items;
    for (size_t i = 0; i < x->count; i++) {
        bool counts = x->first[i] >= 0.5f && items[i].words >= 10;
        for (size_t k = x->words_from[i]; counts && k < x->words_from[i + 1]; k++) {
            kept[x->words[k].hash % WORD_SLOTS] += x->words[k].len >= 5 ? x->first[i] : 0;
        }
    }
    for (size_t i = 0; i < x->count; i++) {
        float own = x->first[i] >= 0.5f && items[i].words >= 10 ? x->first[i] : 0, seen = 0;
        size_t words = 0;
        for (size_t k = x->words_from[i]; k < x->words_from[i + 1]; k++) {
            words += x->words[k].len >= 5;
            seen += x->words[k].len >= 5 && kept[x->words[k].hash % WORD_SLOTS] > own + 0.4f;
        }
        x->facts[i].kept_topic = words ? seen / (float)words : -0.1f;
        sum += seen;
        x->sums[i + 1].topic = sum;
        x->sums[i + 1].topic_words = x->sums[i].topic_words + (float)words;
    }
}

void score_spread(struct score_context *x, const float *probabilities)
{
    const struct cleaner *c = x->c;
    x->first = probabilities;
    for (size_t i = 0; i < x->count; i++) {
        float words = x->sums[i + 1].words - x->sums[i].words;
        x->sums[i + 1].kept = x->sums[i].kept + words * probabilities[i];
        if (x->areas) {
            x->areas[c->pieces.items[i].html->container].kept += words * probabilities[i];
        }
        signature_of(x, i)->kept += words * probabilities[i];
    }
    spread_distances(x);
    if (!x->areas) {
        measure_kept_topic(x);
        return;
    }
    for (size_t i = c->document->containers.count; i-- > 1;) {
        x->areas[c->document->containers.items[i].parent].kept += x->areas[i].kept;
    }
    mark_main(x, offsetof(struct area, kept), offsetof(struct area, main_kept), 0.8f);
}

/* --- rows
 * ------------------------------------------------------------------------------------------ */

#define PUT(name, value) row[SCORE_##name] = (float)(value)

static void fill_line(const struct score_context *x, size_t i, float *row)
{
    const struct piece *p = &x->c->pieces.items[i];
    const struct facts *f = &x->facts[i];
    float words = p->words ? (float)p->words : 1;
    PUT(words, clip((float)p->words, 300));
    PUT(word_len, f->word_len);
    PUT(capitals, (float)p->capitals / words);
    PUT(stops, (float)p->stops / words);
    PUT(sentence, (p->flags & PIECE_SENTENCE) != 0);
    PUT(colon, (p->flags & PIECE_COLON) != 0);
    PUT(bullet, (p->flags & PIECE_BULLET) != 0);
    PUT(title_case, (p->flags & PIECE_TITLE_CASE) != 0);
    PUT(shout, (p->flags & PIECE_SHOUT) != 0);
    PUT(ellipsis, (p->flags & PIECE_ELLIPSIS) != 0);
    PUT(good, is_good(p));
    PUT(credit, (p->flags & PIECE_CREDIT) != 0);
    PUT(digits, f->digits);
    PUT(commas, f->commas);
    PUT(separator, f->separator);
    PUT(low_start, f->low_start);
    PUT(copies, clip((float)p->copies, 20));
    PUT(phrase, p->state == PIECE_REMOVED ? 1 + p->reason : 0);
    PUT(section, p->section != NULL);
    PUT(byline, f->byline);
    PUT(title_in, f->title_in);
    PUT(title_cover, f->title_cover);
    PUT(topic, f->topic);
    PUT(topic_rare, f->topic_rare);
    PUT(body_said, f->body_said);
}

static void fill_place(const struct score_context *x, size_t i, float *row)
{
    const struct facts *f = &x->facts[i];
    const struct sums *all = &x->sums[x->count], *here = &x->sums[i];
    PUT(pos_piece, (float)i / (float)x->count);
    PUT(pos_word, all->words > 0 ? here->words / all->words : 0);
    PUT(pos_good, all->good > 0 ? here->good / all->good : 0);
    PUT(index, clip((float)i, 200));
    PUT(end, clip((float)(x->count - i), 200));
    PUT(before_first, i < x->first_good ? clip((float)(x->first_good - i), FAR) : 0);
    PUT(after_last, i > x->last_good ? clip((float)(i - x->last_good), FAR) : 0);
    PUT(to_prev_good, f->to_prev_good);
    PUT(to_next_good, f->to_next_good);
    PUT(run_short, f->run_short);
    PUT(since_section, f->since_section);
    PUT(since_title, f->since_title);
    PUT(since_comment, f->since_comment);
    PUT(since_related, f->since_related);
    PUT(since_byline, f->since_byline);
    PUT(comments_before, clip(here->comments, 20));
    PUT(comments_after, clip(all->comments - here->comments, 20));
    PUT(run_to_good, f->run_short ? clip((float)f->to_next_good, FAR) : -1);
    const struct area *sign = signature_of(x, i);
    PUT(sign_good, share_of(sign->good, all->good));
    PUT(sign_count, clip((float)sign->pieces, 200));
    PUT(page_pieces, clip((float)x->count, 2000));
    PUT(page_words, clip(all->words, 5000));
    PUT(page_good, all->words > 0 ? all->good / all->words : 0);
}

/* The piece `by` places away, or NULL. */
static const struct piece *at_distance(const struct score_context *x, size_t i, int by)
{
    size_t k = i + (size_t)by; /* wraps below 0 */
    return k < x->count ? &x->c->pieces.items[k] : NULL;
}

static float words_at(const struct score_context *x, size_t i, int by)
{
    const struct piece *p = at_distance(x, i, by);
    return p ? clip((float)p->words, 300) : -1;
}

static float flag_at(const struct score_context *x, size_t i, int by, uint16_t flag)
{
    const struct piece *p = at_distance(x, i, by);
    return p ? (p->flags & flag) != 0 : -1;
}

static float phrase_at(const struct score_context *x, size_t i, int by)
{
    const struct piece *p = at_distance(x, i, by);
    return !p ? -1 : p->state == PIECE_REMOVED ? 1 + p->reason : 0;
}

/* [*from, *to): so many pieces to both sides. */
static void window(const struct score_context *x, size_t i, size_t reach, size_t *from, size_t *to)
{
    *from = i > reach ? i - reach : 0;
    *to = i + reach + 1 < x->count ? i + reach + 1 : x->count;
}

static void fill_neighbours(const struct score_context *x, size_t i, float *row)
{
    PUT(prev1_words, words_at(x, i, -1));
    PUT(prev2_words, words_at(x, i, -2));
    PUT(prev3_words, words_at(x, i, -3));
    PUT(next1_words, words_at(x, i, 1));
    PUT(next2_words, words_at(x, i, 2));
    PUT(next3_words, words_at(x, i, 3));
    PUT(prev1_good, flag_at(x, i, -1, PIECE_GOOD));
    PUT(prev2_good, flag_at(x, i, -2, PIECE_GOOD));
    PUT(next1_good, flag_at(x, i, 1, PIECE_GOOD));
    PUT(next2_good, flag_at(x, i, 2, PIECE_GOOD));
    PUT(prev1_sentence, flag_at(x, i, -1, PIECE_SENTENCE));
    PUT(next1_sentence, flag_at(x, i, 1, PIECE_SENTENCE));
    PUT(prev1_phrase, phrase_at(x, i, -1));
    PUT(next1_phrase, phrase_at(x, i, 1));
    static const struct {
        size_t reach;
        enum score_feature words, good;
    } windows[] = {{3, SCORE_win3_words, SCORE_win3_good},
                   {6, SCORE_win6_words, SCORE_win6_good},
                   {12, SCORE_win12_words, SCORE_win12_good}};
    size_t from, to;
    for (size_t k = 0; k < 3; k++) {
        window(x, i, windows[k].reach, &from, &to);
        row[windows[k].words] = x->sums[to].words - x->sums[from].words;
        row[windows[k].good] = x->sums[to].good - x->sums[from].good;
    }
    window(x, i, 6, &from, &to);
    float words = x->sums[to].words - x->sums[from].words;
    words = words > 0 ? words : 1;
    PUT(win6_stops, (x->sums[to].stops - x->sums[from].stops) / words);
    PUT(win6_phrase, x->sums[to].phrases - x->sums[from].phrases);
    PUT(win6_links, (x->sums[to].links - x->sums[from].links) / words);
}

static float lexis_at(const struct score_context *x, size_t i, int by)
{
    size_t k = i + (size_t)by; /* wraps below 0 */
    return k < x->count ? x->lexis[k] : 0;
}

static float lexis_around(const struct score_context *x, size_t i, size_t reach)
{
    size_t from, to;
    window(x, i, reach, &from, &to);
    return (x->sums[to].lexis - x->sums[from].lexis) / (float)(to - from);
}

static void fill_lexis(const struct score_context *x, size_t i, float *row)
{
    PUT(lexis, x->lexis[i]);
    PUT(prev1_lexis, lexis_at(x, i, -1));
    PUT(next1_lexis, lexis_at(x, i, 1));
    PUT(win3_lexis, lexis_around(x, i, 3));
    PUT(win8_lexis, lexis_around(x, i, 8));
}

static float first_at(const struct score_context *x, size_t i, int by)
{
    size_t k = i + (size_t)by; /* wraps below 0 */
    return k < x->count ? x->first[k] : -1;
}

/* What the first stage keeps of the words so near. */
static float first_around(const struct score_context *x, size_t i, size_t reach)
{
    size_t from, to;
    window(x, i, reach, &from, &to);
    return share_of(x->sums[to].kept - x->sums[from].kept, x->sums[to].words - x->sums[from].words);
}

static void fill_stage_tree(const struct score_context *x, const struct piece *p, float *row)
{
    static const enum score_feature inside[CHAIN] = {SCORE_p_c0, SCORE_p_c1, SCORE_p_c2,
                                                     SCORE_p_c3},
                                    of_page[CHAIN] = {SCORE_FEATURE_COUNT, SCORE_p_kept_c1,
                                                      SCORE_p_kept_c2, SCORE_p_kept_c3};
    uint32_t container = p->html->container;
    float all = x->sums[x->count].kept;
    PUT(p_main, x->areas[container].main_kept);
    for (size_t k = 0; k < CHAIN; k++) {
        const struct area *area = &x->areas[container];
        row[inside[k]] = share_of(area->kept, area->words);
        if (k > 0) {
            row[of_page[k]] = share_of(area->kept, all);
        }
        container = x->c->document->containers.items[container].parent;
    }
}

static void fill_stage(const struct score_context *x, size_t i, float *row)
{
    const struct sums *all = &x->sums[x->count];
    PUT(p0, x->first[i]);
    PUT(p_prev1, first_at(x, i, -1));
    PUT(p_prev2, first_at(x, i, -2));
    PUT(p_prev3, first_at(x, i, -3));
    PUT(p_next1, first_at(x, i, 1));
    PUT(p_next2, first_at(x, i, 2));
    PUT(p_next3, first_at(x, i, 3));
    PUT(p_win3, first_around(x, i, 3));
    PUT(p_win8, first_around(x, i, 8));
    const struct area *sign = signature_of(x, i);
    PUT(p_sign, share_of(sign->kept, sign->words));
    PUT(p_page, share_of(all->kept, all->words));
    PUT(p_before, share_of(x->sums[i].kept, all->kept));
    PUT(p_since, x->since[i]);
    PUT(p_until, x->until[i]);
    if (x->areas) {
        fill_stage_tree(x, &x->c->pieces.items[i], row);
    }
}

/* The group so many groups away, or NULL. */
static const struct group *group_at(const struct score_context *x, size_t i, int by)
{
    size_t k = x->group_of[i] + (size_t)by; /* wraps below 0 */
    return k < x->group_count ? &x->groups[k] : NULL;
}

static float group_lines(const struct group *g)
{
    return g ? clip((float)(g->to - g->from), FAR) : -1;
}

static float group_words(const struct score_context *x, const struct group *g)
{
    return g ? clip(x->sums[g->to].words - x->sums[g->from].words, 1000) : -1;
}

static float group_kept(const struct score_context *x, const struct group *g)
{
    return g ? share_of(x->sums[g->to].kept - x->sums[g->from].kept,
                        x->sums[g->to].words - x->sums[g->from].words)
             : -1;
}

static void fill_groups(const struct score_context *x, size_t i, float *row)
{
    const struct group *own = group_at(x, i, 0), *prev = group_at(x, i, -1),
                       *next = group_at(x, i, 1);
    const struct sums *from = &x->sums[own->from], *to = &x->sums[own->to];
    size_t first, last;
    window(x, i, 6, &first, &last);
    PUT(gap_before, clip((float)gap_before(x, i), 3));
    PUT(gap_after, i + 1 < x->count ? clip((float)gap_before(x, i + 1), 3) : 0);
    PUT(group_lines, group_lines(own));
    PUT(group_at, clip((float)(i - own->from), FAR));
    PUT(group_words, group_words(x, own));
    PUT(group_good, share_of(to->good - from->good, to->words - from->words));
    PUT(group_lexis, x->lexis ? (to->lexis - from->lexis) / (float)(own->to - own->from) : 0);
    PUT(group_prev_lines, group_lines(prev));
    PUT(group_next_lines, group_lines(next));
    PUT(group_prev_words, group_words(x, prev));
    PUT(group_next_words, group_words(x, next));
    PUT(win6_gaps, (float)(x->group_of[last - 1] - x->group_of[first]) / (float)(last - first));
    PUT(page_gaps, (float)x->group_count / (float)x->count);
    if (x->first) {
        PUT(p_group, group_kept(x, own));
        PUT(p_group_prev, group_kept(x, prev));
        PUT(p_group_next, group_kept(x, next));
    }
}

/* What the tree tells better where there is one. */
static void fill_dump(const struct score_context *x, size_t i, float *row)
{
    size_t from, to;
    window(x, i, 3, &from, &to);
    PUT(symbols, x->facts[i].symbols);
    PUT(win3_symbols, (x->sums[to].symbols - x->sums[from].symbols) / (float)(to - from));
    PUT(prev1_credit, flag_at(x, i, -1, PIECE_CREDIT));
    PUT(next1_credit, flag_at(x, i, 1, PIECE_CREDIT));
    fill_groups(x, i, row);
    if (x->first) {
        window(x, i, 4, &from, &to);
        PUT(p_topic, x->facts[i].kept_topic);
        PUT(p_topic_near, share_of(x->sums[to].topic - x->sums[from].topic,
                                   x->sums[to].topic_words - x->sums[from].topic_words));
    }
}

static void fill_chain(const struct score_context *x, const struct html_block *block, float *row)
{
    static const enum score_feature links[CHAIN] = {SCORE_c0_links, SCORE_c1_links, SCORE_c2_links,
                                                    SCORE_c3_links},
                                    words[CHAIN] = {SCORE_c0_words, SCORE_c1_words, SCORE_c2_words,
                                                    SCORE_c3_words},
                                    good[CHAIN] = {SCORE_c0_good, SCORE_c1_good, SCORE_c2_good,
                                                   SCORE_c3_good};
    const struct sums *all = &x->sums[x->count];
    uint32_t container = block->container;
    for (size_t k = 0; k < CHAIN; k++) {
        const struct area *area = &x->areas[container];
        row[links[k]] = area->words > 0 ? area->links / area->words : 0;
        row[words[k]] = all->words > 0 ? area->words / all->words : 0;
        row[good[k]] = all->good > 0 ? area->good / all->good : 0;
        if (k == 1) {
            PUT(c1_pieces, clip((float)area->pieces, 100));
        } else if (k == 2) {
            PUT(c2_pieces, clip((float)area->pieces, 200));
        }
        container = x->c->document->containers.items[container].parent;
    }
}

static void fill_tree(const struct score_context *x, size_t i, float *row)
{
    const struct piece *p = &x->c->pieces.items[i];
    const struct html_block *block = p->html;
    const struct piece *prev = at_distance(x, i, -1), *next = at_distance(x, i, 1);
    const struct area *own = &x->areas[block->container];
    float text_len = p->text.len ? (float)p->text.len : 1;
    PUT(link_share, x->facts[i].link_share);
    PUT(links, clip((float)block->links, 20));
    PUT(bold_share, (float)block->bold_len / text_len);
    PUT(shape, block->shape);
    PUT(depth, clip((float)block->depth, 60));
    PUT(after_break, block->after_break);
    PUT(prev1_links, prev ? x->facts[i - 1].link_share : -1);
    PUT(next1_links, next ? x->facts[i + 1].link_share : -1);
    PUT(prev1_shape, prev ? prev->html->shape : -1);
    PUT(next1_shape, next ? next->html->shape : -1);
    PUT(prev1_level, prev ? clip((float)block->depth - (float)prev->html->depth, 20) : -30);
    PUT(next1_level, next ? clip((float)block->depth - (float)next->html->depth, 20) : -30);
    fill_chain(x, block, row);
    const struct area *sign = signature_of(x, i);
    PUT(sign_links, sign->words > 0 ? sign->links / sign->words : 0);
    PUT(main_up, own->main_up);
    PUT(main_near, own->main_near);
    PUT(main_share, own->words > 0 ? own->good / own->words : 0);
    for (size_t k = 0; k < HTML_MARK_COUNT; k++) {
        row[SCORE_near + k] = block->near[k];
    }
}

void score_features(const struct score_context *x, size_t i, float *row)
{
    fill_line(x, i, row);
    fill_place(x, i, row);
    fill_neighbours(x, i, row);
    if (x->lexis) {
        fill_lexis(x, i, row);
    }
    if (x->areas) {
        fill_tree(x, i, row);
    }
    if (x->first) {
        fill_stage(x, i, row);
    }
    if (x->group_count) {
        fill_dump(x, i, row);
    }
}
