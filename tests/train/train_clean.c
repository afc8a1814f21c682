/* layers: base text model ingest */
/* Makes the numbers of the cleaner's model from labelled pages.
 *
 *     train_clean html|dump FOLDER OUT.weights [fold K] [NAME=VALUE …]
 *
 * FOLDER has gold/ID.json ({"body": …, "body_with_optional": …, "site": …}) and pages/ID.html (or
 * .html.gz), or for dumps lite/ID.txt. A piece of a page is to be kept when most of its words stand
 * in runs of three in the body. Pages of one site are in one of five folds. The second stage learns
 * from what first stages say of sites they have not seen. Each dump is learnt from a second time
 * without its empty lines. Without `fold`, the model of all pages is
 * written. With it, the model of the pages outside of fold K is written, what it scores on those in
 * it is printed, and their ids go to OUT.weights.ids, so that the whole cleaner can be measured on
 * them. Weights of an older version in data/rules must be taken away first. Same input, same bytes:
 * about a minute on one core. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <zlib.h>

#include "base/file.h"
#include "base/memory.h"
#include "ingest/cleaner.h"
#include "ingest/score.h"
#include "text/encoding.h"
#include "text/fold.h"

#define FOLDS 5
#define BINS 48
#define NO_SPLIT 50000.0f /* above all features */
#define FILE_LIMIT ((size_t)64 << 20)

/* Numbers of the training, chosen by the scores of held-out sites; NAME=VALUE after the arguments
 * changes one for an experiment. */
static struct number {
    const char *name;
    float value;
} numbers[] = {
    {"trees1", 90}, /* of the first stage, in each of its members */
    {"trees2", 60}, /* of the second */
    {"bag1", 2},    /* members: models of different samples, whose mean counts */
    {"bag2", 3},     {"rate", 0.07f},     {"pull", 10}, /* towards 0, as weight */
    {"columns", 25}, /* per cent of the features are looked at in a level */
    {"pages", 70},   /* per cent of the pages are in a tree's sample */
    {"leaf", 6},     /* least weight in a leaf */
    {"power", 0.5f}, /* of a piece's words in its weight */
    {"even", 0.5f},  /* share of the weight that all pages have alike */
    {"sites", 4},    /* a word or pair of the lexis stands on the pages of so many sites */
    {"epochs", 8},   /* of the lexis */
    {"step", 0.2f},  {"shrink", 0.0005f}, /* of its weights in each step */
    {"bare", 0.5f}, /* weight of the copies of dumps that have no empty lines; 0: no copies */
};

static float number_of(const char *name)
{
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (strcmp(numbers[i].name, name) == 0)
            return numbers[i].value;
    fprintf(stderr, "no number %s\n", name);
    exit(2);
}

static void set_number(const char *argument)
{
    const char *sign = strchr(argument, '=');
    for (size_t i = 0; sign && i < sizeof numbers / sizeof *numbers; i++)
        if (strlen(numbers[i].name) == (size_t)(sign - argument) &&
            strncmp(numbers[i].name, argument, (size_t)(sign - argument)) == 0) {
            numbers[i].value = strtof(sign + 1, NULL);
            return;
        }
    fprintf(stderr, "%s: not NAME=VALUE of the table of numbers\n", argument);
    exit(2);
}

struct row {
    float features[SCORE_FEATURE_COUNT];
};

struct sample {
    uint32_t page;
    float share, words, weight;
    size_t runs; /* where its words and pairs begin in the set's */
};

struct page_of_set {
    char id[96];
    unsigned fold;
    bool copy; /* of a page that is in the set: learnt from, but not judged by */
    uint32_t site;
    size_t from, to;
    float gold_words; /* of kept pieces */
    struct opened *opened;
};

/* A page stays open: the second stage asks for its features again. */
struct opened {
    struct arena arena;
    struct page page;
    struct article article;
    struct html_document document;
    struct cleaner cleaner;
    struct score_context *context;
};

struct set {
    VEC(struct row) rows;
    VEC(struct sample) samples;
    VEC(struct page_of_set) pages;
    VEC(uint32_t) runs;
    float *lexis;  /* what the words of each row say, learnt from other pages */
    uint8_t *bins; /* [feature][row] */
    float bounds[SCORE_FEATURE_COUNT][BINS]; /* right of the bin */
    unsigned bin_count[SCORE_FEATURE_COUNT];
};

static uint64_t random_state = 88172645463325252u;

static unsigned random_below(unsigned limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)((random_state >> 20) % limit);
}

/* ---- labels --------------------------------------------------------------------------------- */

typedef VEC(uint64_t) hash_vec;

static void tokens_of(struct arena *arena, str text, hash_vec *tokens)
{
    text = fold_text(arena, text);
    size_t at = 0;
    while (at < text.len) {
        size_t start = at;
        while (at < text.len && (((text.ptr[at] | 32) >= 'a' && (text.ptr[at] | 32) <= 'z') ||
                                 (text.ptr[at] >= '0' && text.ptr[at] <= '9') ||
                                 text.ptr[at] == '_' || (text.ptr[at] & 0x80)))
            at++;
        if (at > start)
            vec_push(arena, tokens, str_hash(str_slice(text, start, at)));
        at += at == start;
    }
}

static str key_of(struct arena *arena, const uint64_t *tokens, size_t count)
{
    uint64_t *copy = arena_array(arena, uint64_t, count);
    memcpy(copy, tokens, count * sizeof *copy);
    return (str){(const char *)copy, count * sizeof *copy};
}

/* Runs of three tokens, and whole lines of less. */
static void note_gold(struct arena *arena, str body, struct map *runs)
{
    str line;
    hash_vec all = {0};
    tokens_of(arena, body, &all);
    for (size_t i = 0; i + 3 <= all.count; i++)
        map_put(runs, key_of(arena, all.items + i, 3), 1);
    while (str_next_line(&body, &line)) {
        hash_vec tokens = {0};
        tokens_of(arena, line, &tokens);
        if (tokens.count > 0 && tokens.count < 3)
            map_put(runs, key_of(arena, tokens.items, tokens.count), 1);
    }
}

static float share_in(struct arena *arena, str text, const struct map *runs, size_t *count)
{
    hash_vec tokens = {0};
    tokens_of(arena, text, &tokens);
    *count = tokens.count;
    if (tokens.count == 0)
        return 0;
    if (tokens.count < 3)
        return map_find(runs, key_of(arena, tokens.items, tokens.count)) ? 1 : 0;
    size_t covered = 0, until = 0;
    for (size_t i = 0; i + 3 <= tokens.count; i++)
        if (map_find(runs, (str){(const char *)(tokens.items + i), 3 * sizeof(uint64_t)})) {
            covered += i + 3 - (until > i ? until : i);
            until = i + 3;
        }
    return (float)covered / (float)tokens.count;
}

/* ---- reading -------------------------------------------------------------------------------- */

static str read_packed(struct arena *arena, const char *path)
{
    struct buf out = BUF_INIT;
    gzFile file = gzopen(path, "rb");
    int got = 0;
    if (!file)
        return STR_NONE;
    do {
        char *place = buf_reserve(&out, 1 << 16);
        got = gzread(file, place, 1 << 16);
        out.len += got > 0 ? (size_t)got : 0;
    } while (got > 0 && out.len < FILE_LIMIT);
    gzclose(file);
    str text = arena_str(arena, buf_str(&out));
    buf_done(&out);
    return text;
}

static str read_page(struct arena *arena, const char *folder, const char *id, bool html)
{
    static const char *const ends[] = {".html", ".html.gz", ".txt"};
    for (size_t i = html ? 0 : 2; i < (html ? 2u : 3u); i++) {
        str path = arena_format(arena, "%s/%s/%s%s", folder, html ? "pages" : "lite", id, ends[i]);
        str bytes = read_packed(arena, path.ptr);
        if (bytes.len)
            return encoding_to_utf8(arena, bytes, encoding_detect(bytes));
    }
    return STR_NONE;
}

static str text_member(const json_t *gold, const char *name)
{
    const char *value = json_string_value(json_object_get(gold, name));
    return value ? str_from(value) : STR_NONE;
}

static void add_pieces(struct set *set, struct opened *o, const struct map *sure,
                       const struct map *optional)
{
    struct cleaner *c = &o->cleaner;
    struct arena *arena = &o->arena;
    uint32_t number = (uint32_t)set->pages.count - 1;
    for (size_t i = 0; i < c->pieces.count; i++) {
        struct row row = {{0}};
        size_t count = 0;
        score_features(o->context, i, row.features);
        struct sample sample = {.page = number, .runs = set->runs.count};
        uint32_t runs[LEXIS_RUNS_LIMIT];
        size_t run_count = lexis_runs(c->pieces.items[i].text, runs);
        for (size_t k = 0; k < run_count; k++)
            vec_push(NULL, &set->runs, runs[k]);
        sample.share = share_in(arena, c->pieces.items[i].text, sure, &count);
        sample.words = (float)count;
        float other = optional->count ? share_in(arena, c->pieces.items[i].text, optional, &count)
                                      : sample.share;
        sample.weight = fabsf(sample.share - 0.5f) * 2;
        if (other >= 0.5f && sample.share < 0.5f)
            sample.weight = 0;
        vec_push(NULL, &set->rows, row);
        vec_push(NULL, &set->samples, sample);
    }
}

/* A part of the weight is by the page, the rest by the piece; longer pieces count more. */
static void weigh_page(struct set *set, struct page_of_set *page, float factor)
{
    float sum = 0, power = number_of("power"), even = number_of("even");
    for (size_t i = page->from; i < page->to; i++)
        sum += powf(set->samples.items[i].words + 1, power);
    for (size_t i = page->from; i < page->to; i++) {
        struct sample *s = &set->samples.items[i];
        float own = powf(s->words + 1, power);
        s->weight *= factor * ((1 - even) * own / 3 + even * own * 150 / sum);
        page->gold_words += s->share * s->words;
    }
}

static void close_page(struct opened *o)
{
    cleaner_done(&o->cleaner);
    arena_done(&o->arena);
    memory_free(o);
}

/* `factor` of a copy: the weight beside that of the page itself, which has 0. */
static void add_copy(struct set *set, const struct clean_rules *rules, const json_t *gold,
                     const char *id, str body, bool html, float factor)
{
    struct opened *o = memory_new(1, sizeof *o);
    arena_init(&o->arena);
    struct map sure, optional;
    map_init(&sure, &o->arena);
    map_init(&optional, &o->arena);
    note_gold(&o->arena, text_member(gold, "body"), &sure);
    note_gold(&o->arena, text_member(gold, "body_with_optional"), &optional);
    body = arena_str(&o->arena, body);
    o->page = (struct page){.path = str_from(id),
                            .raw = body,
                            .url = arena_str(&o->arena, html ? text_member(gold, "url") : STR_NONE),
                            .published = DAY_UNKNOWN,
                            .kind = html ? PAGE_HTML : PAGE_DUMP,
                            .body = body};
    if (!cleaner_open(&o->cleaner, &o->arena, rules, &o->page, &o->article, &o->document)) {
        fprintf(stderr, "%s: not read\n", id);
        close_page(o);
        return;
    }
    cleaner_prepare(&o->cleaner);
    o->context = score_open(&o->cleaner);
    struct page_of_set entry = {.from = set->rows.count, .opened = o, .copy = factor > 0};
    snprintf(entry.id, sizeof entry.id, "%s", id);
    entry.site = (uint32_t)str_hash(text_member(gold, "site"));
    entry.fold = (unsigned)(str_hash(text_member(gold, "site")) % FOLDS);
    vec_push(NULL, &set->pages, entry);
    add_pieces(set, o, &sure, &optional);
    vec_last(&set->pages)->to = set->rows.count;
    weigh_page(set, vec_last(&set->pages), factor > 0 ? factor : 1);
}

/* Some dumps have no empty lines: what these tell must not be all that is learnt. */
static str without_empty_lines(struct arena *arena, str text)
{
    struct buf out = BUF_INIT;
    str line;
    while (str_next_line(&text, &line)) {
        if (!text_trim(line).len)
            continue;
        buf_add(&out, line);
        buf_add_byte(&out, '\n');
    }
    str result = arena_str(arena, buf_str(&out));
    buf_done(&out);
    return result;
}

static void add_page(struct set *set, const struct clean_rules *rules, const char *folder,
                     const char *id, bool html)
{
    struct arena arena;
    arena_init(&arena);
    str path = arena_format(&arena, "%s/gold/%s.json", folder, id);
    json_t *gold = json_load_file(path.ptr, 0, NULL);
    str body = read_page(&arena, folder, id, html);
    if (!gold || !body.len) {
        fprintf(stderr, "%s: no page or no gold\n", id);
    } else {
        add_copy(set, rules, gold, id, body, html, 0);
        if (!html && number_of("bare") > 0)
            add_copy(set, rules, gold, id, without_empty_lines(&arena, body), html,
                     number_of("bare"));
    }
    json_decref(gold);
    arena_done(&arena);
}

static void read_set(struct set *set, const struct clean_rules *rules, const char *folder,
                     bool html)
{
    struct file_walk *walk = NULL;
    struct file_found found;
    struct error err;
    char path[4096];
    snprintf(path, sizeof path, "%s/gold", folder);
    if (file_walk_open(path, &walk, &err) != STATUS_OK) {
        fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    while (file_walk_next(walk, &found, &err) == STATUS_OK) {
        size_t start = found.path.len;
        while (start > 0 && found.path.ptr[start - 1] != '/')
            start--;
        str name = str_slice(found.path, start, found.path.len);
        if (!str_ends(name, STR(".json")))
            continue;
        char id[96];
        snprintf(id, sizeof id, "%.*s", (int)(name.len - 5), name.ptr);
        add_page(set, rules, folder, id, html);
    }
    file_walk_close(walk);
}

/* ---- bins ----------------------------------------------------------------------------------- */

static int compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

static void bin_feature(struct set *set, size_t f, float *values)
{
    size_t count = set->rows.count, bins = 0;
    for (size_t i = 0; i < count; i++)
        values[i] = set->rows.items[i].features[f];
    qsort(values, count, sizeof *values, compare_floats);
    for (size_t b = 1; b < BINS && count; b++) {
        float bound = roundf(values[b * count / BINS] * SCORE_UNIT) / SCORE_UNIT;
        if (bound > values[0] && (bins == 0 || bound > set->bounds[f][bins - 1]))
            set->bounds[f][bins++] = bound;
    }
    set->bin_count[f] = (unsigned)bins + 1;
    for (size_t i = 0; i < count; i++) {
        float value = set->rows.items[i].features[f];
        size_t bin = 0;
        while (bin < bins && value >= set->bounds[f][bin])
            bin++;
        set->bins[f * count + i] = (uint8_t)bin;
    }
}

static void bin_features(struct set *set, size_t from, size_t to)
{
    float *values = memory_new(set->rows.count + 1, sizeof *values);
    for (size_t f = from; f < to; f++)
        bin_feature(set, f, values);
    memory_free(values);
}

/* ---- trees ---------------------------------------------------------------------------------- */

/* Of the rows that a tree is grown from; the lists have one entry a row, in the set's order. */
struct growing {
    const struct set *set;
    size_t count;
    uint32_t *rows;
    float *slope, *curve;
    uint8_t *node;   /* of the row in this level */
    float *log_odds; /* of all rows of the set */
    float rate, pull, leaf;
    unsigned columns;
};

struct split {
    float gain, bound;
    unsigned feature, bin;
};

static float gain_of(const struct growing *g, float slope, float curve)
{
    return slope * slope / (curve + g->pull);
}

static void find_split(const struct growing *g, unsigned f, float sums[BINS][2], struct split *best)
{
    unsigned bins = g->set->bin_count[f];
    float slope = 0, curve = 0, left_slope = 0, left_curve = 0;
    for (unsigned b = 0; b < bins; b++) {
        slope += sums[b][0];
        curve += sums[b][1];
    }
    for (unsigned b = 0; b + 1 < bins; b++) {
        left_slope += sums[b][0];
        left_curve += sums[b][1];
        if (left_curve < g->leaf || curve - left_curve < g->leaf)
            continue;
        float gain = gain_of(g, left_slope, left_curve) +
                     gain_of(g, slope - left_slope, curve - left_curve) - gain_of(g, slope, curve);
        if (gain > best->gain)
            *best = (struct split){gain, g->set->bounds[f][b], f, b};
    }
}

static void find_splits(const struct growing *g, size_t nodes, struct split *best)
{
    static float sums[SCORE_LEAF_COUNT][BINS][2];
    for (size_t n = 0; n < nodes; n++)
        best[n] = (struct split){.gain = 1e-3f, .bound = NO_SPLIT};
    for (unsigned f = 0; f < SCORE_FEATURE_COUNT; f++) {
        if (g->set->bin_count[f] < 2 || random_below(100) >= g->columns)
            continue;
        const uint8_t *bins = g->set->bins + f * g->set->rows.count;
        memset(sums, 0, nodes * sizeof *sums);
        for (size_t i = 0; i < g->count; i++) {
            float *sum = sums[g->node[i]][bins[g->rows[i]]];
            sum[0] += g->slope[i];
            sum[1] += g->curve[i];
        }
        for (size_t n = 0; n < nodes; n++)
            find_split(g, f, sums[n], &best[n]);
    }
}

static size_t leaf_of(const struct set *set, const struct score_tree *tree, size_t row)
{
    const float *features = set->rows.items[row].features;
    size_t node = 0;
    for (int level = 0; level < SCORE_DEPTH; level++)
        node = 2 * node + 1 + (features[tree->feature[node]] >= tree->bound[node]);
    return node - SCORE_NODE_COUNT;
}

static void grow_tree(struct growing *g, struct score_tree *tree)
{
    memset(g->node, 0, g->count);
    for (int level = 0; level < SCORE_DEPTH; level++) {
        struct split best[SCORE_LEAF_COUNT];
        size_t nodes = (size_t)1 << level;
        find_splits(g, nodes, best);
        for (size_t n = 0; n < nodes; n++) {
            tree->feature[nodes - 1 + n] = (uint16_t)best[n].feature;
            tree->bound[nodes - 1 + n] = best[n].bound;
        }
        for (size_t i = 0; i < g->count; i++) {
            const struct split *s = &best[g->node[i]];
            const uint8_t *bins = g->set->bins + s->feature * g->set->rows.count;
            bool right = s->bound < NO_SPLIT && bins[g->rows[i]] > s->bin;
            g->node[i] = (uint8_t)(g->node[i] * 2 + right);
        }
    }
    float slopes[SCORE_LEAF_COUNT] = {0}, curves[SCORE_LEAF_COUNT] = {0};
    for (size_t i = 0; i < g->count; i++) {
        slopes[g->node[i]] += g->slope[i];
        curves[g->node[i]] += g->curve[i];
    }
    for (size_t k = 0; k < SCORE_LEAF_COUNT; k++)
        tree->leaf[k] = -g->rate * slopes[k] / (curves[k] + g->pull);
    for (size_t i = 0; i < g->set->rows.count; i++)
        g->log_odds[i] += tree->leaf[leaf_of(g->set, tree, i)];
}

/* The pages of a tree, and where its rows stand. */
static void take_sample(struct growing *g, const bool *train)
{
    unsigned share = (unsigned)number_of("pages");
    g->count = 0;
    for (size_t p = 0; p < g->set->pages.count; p++) {
        const struct page_of_set *page = &g->set->pages.items[p];
        if (random_below(100) >= share)
            continue;
        for (size_t i = page->from; i < page->to; i++) {
            const struct sample *s = &g->set->samples.items[i];
            if (!train[i] || s->weight <= 0)
                continue;
            float chance = score_probability(g->log_odds[i]);
            g->rows[g->count] = (uint32_t)i;
            g->slope[g->count] = s->weight * (chance - (s->share >= 0.5f ? 1 : 0));
            g->curve[g->count++] = s->weight * chance * (1 - chance);
        }
    }
}

#define START_ODDS (-1.0f)

/* Grows `trees` trees on the rows in `train`; log_odds gets the sums of all rows. */
static void boost(const struct set *set, const bool *train, size_t trees, struct score_tree *out,
                  float *log_odds)
{
    size_t count = set->rows.count + 1;
    struct growing g = {.set = set,
                        .rows = memory_new(count, sizeof(uint32_t)),
                        .slope = memory_new(count, sizeof(float)),
                        .curve = memory_new(count, sizeof(float)),
                        .node = memory_new(count, 1),
                        .log_odds = log_odds,
                        .rate = number_of("rate"),
                        .pull = number_of("pull"),
                        .leaf = number_of("leaf"),
                        .columns = (unsigned)number_of("columns")};
    for (size_t i = 0; i < set->rows.count; i++)
        log_odds[i] = START_ODDS;
    for (size_t t = 0; t < trees; t++) {
        take_sample(&g, train);
        grow_tree(&g, &out[t]);
    }
    memory_free(g.rows);
    memory_free(g.slope);
    memory_free(g.curve);
    memory_free(g.node);
}

/* A stage: the mean of its members, as one row of trees. probability gets what it says. */
static void make_stage(const struct set *set, const bool *train, size_t trees, size_t members,
                       struct score_stage *stage, float *probability)
{
    size_t count = set->rows.count;
    float *log_odds = memory_new(count + 1, sizeof *log_odds);
    stage->base = START_ODDS;
    stage->count = trees * members;
    stage->trees = memory_new(stage->count + 1, sizeof *stage->trees);
    for (size_t m = 0; m < members; m++)
        boost(set, train, trees, stage->trees + m * trees, log_odds);
    for (size_t t = 0; t < stage->count; t++)
        for (size_t k = 0; k < SCORE_LEAF_COUNT; k++) {
            float *leaf = &stage->trees[t].leaf[k];
            *leaf = roundf(*leaf / (float)members * SCORE_UNIT) / SCORE_UNIT;
        }
    score_run(stage, set->rows.items[0].features, count, probability);
    for (size_t i = 0; i < count; i++)
        probability[i] = score_probability(probability[i]);
    memory_free(log_odds);
}

/* ---- the lexis ------------------------------------------------------------------------------ */

static size_t runs_end(const struct set *set, size_t i)
{
    return i + 1 < set->samples.count ? set->samples.items[i + 1].runs : set->runs.count;
}

static int compare_pairs(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* The words and pairs that stand on the pages of enough sites. */
static void choose_runs(const struct set *set, const bool *train, struct score_lexis *lexis)
{
    uint64_t *pairs = memory_new(set->runs.count + 1, sizeof *pairs);
    uint64_t *found = memory_new(set->runs.count + 1, sizeof *found);
    size_t count = 0, found_count = 0, chosen = 0;
    for (size_t i = 0; i < set->samples.count; i++)
        for (size_t k = set->samples.items[i].runs; train[i] && k < runs_end(set, i); k++)
            pairs[count++] = (uint64_t)set->runs.items[k] << 32 |
                             set->pages.items[set->samples.items[i].page].site;
    qsort(pairs, count, sizeof *pairs, compare_pairs);
    for (size_t i = 0, next; i < count; i = next) {
        size_t sites = 0;
        for (next = i; next < count && pairs[next] >> 32 == pairs[i] >> 32; next++)
            sites += next == i || pairs[next] != pairs[next - 1];
        if (sites >= (size_t)number_of("sites") && pairs[i] >> 32)
            found[found_count++] = (uint64_t)(UINT32_MAX - sites) << 32 | pairs[i] >> 32;
    }
    qsort(found, found_count, sizeof *found, compare_pairs);
    for (; chosen < found_count && chosen < LEXIS_LIMIT; chosen++)
        lexis_put(lexis, (uint32_t)found[chosen], 0);
    memory_free(pairs);
    memory_free(found);
}

/* Logistic regression with steps that shrink by what a weight has moved (Duchi, Hazan and Singer,
 * JMLR 12, 2011). */
static void learn_lexis(const struct set *set, const bool *train, struct score_lexis *lexis)
{
    float step = number_of("step"), shrink = number_of("shrink");
    float *moved = memory_new(LEXIS_SLOTS + 1, sizeof *moved), base_moved = 1;
    lexis->slots = memory_new(LEXIS_SLOTS, sizeof *lexis->slots);
    lexis->base = 0;
    choose_runs(set, train, lexis);
    for (size_t n = 0; n < set->samples.count * (size_t)number_of("epochs"); n++) {
        size_t i = random_below((unsigned)set->samples.count);
        const struct sample *s = &set->samples.items[i];
        size_t from = s->runs, to = runs_end(set, i);
        if (!train[i] || s->weight <= 0 || from == to)
            continue;
        float scale = 1 / sqrtf((float)(to - from)), sum = 0;
        for (size_t k = from; k < to; k++) {
            const struct lexis_slot *slot = lexis_find(lexis, set->runs.items[k]);
            sum += slot ? slot->weight : 0;
        }
        float weight = s->weight < 3 ? s->weight : 3;
        float slope =
            weight * (score_probability(lexis->base + sum * scale) - (s->share >= 0.5f ? 1 : 0));
        base_moved += slope * slope;
        lexis->base -= step * slope / sqrtf(base_moved);
        for (size_t k = from; k < to; k++) {
            struct lexis_slot *slot = lexis_find(lexis, set->runs.items[k]);
            if (!slot)
                continue;
            float own = slope * scale + shrink * slot->weight;
            float *m = &moved[slot - lexis->slots];
            *m += own * own;
            slot->weight -= step * own / sqrtf(*m + 1e-3f);
        }
    }
    for (size_t i = 0; i < LEXIS_SLOTS; i++)
        lexis->slots[i].weight = roundf(lexis->slots[i].weight * SCORE_UNIT) / SCORE_UNIT;
    lexis->base = roundf(lexis->base * SCORE_UNIT) / SCORE_UNIT;
    memory_free(moved);
}

static void mark_fold(const struct set *set, unsigned fold, unsigned other, bool *train)
{
    for (size_t p = 0; p < set->pages.count; p++)
        for (size_t i = set->pages.items[p].from; i < set->pages.items[p].to; i++)
            train[i] = set->pages.items[p].fold != fold && set->pages.items[p].fold != other;
}

static void apply_lexis(struct set *set, const struct score_lexis *lexis, unsigned fold)
{
    for (size_t p = 0; p < set->pages.count; p++) {
        const struct page_of_set *page = &set->pages.items[p];
        for (size_t i = page->from; page->fold == fold && i < page->to; i++)
            set->lexis[i] =
                lexis_score(lexis, page->opened->cleaner.pieces.items[i - page->from].text);
    }
}

static void tell_lexis(const struct set *set, unsigned fold)
{
    double loss = 0, all = 0, right = 0;
    for (size_t i = 0; i < set->samples.count; i++) {
        const struct sample *s = &set->samples.items[i];
        if (fold < FOLDS && set->pages.items[s->page].fold != fold)
            continue;
        bool keep = s->share >= 0.5f;
        loss += s->weight * log1pf(expf(keep ? -set->lexis[i] : set->lexis[i]));
        right += (set->lexis[i] >= 0) == keep ? s->weight : 0;
        all += s->weight;
    }
    printf("lexis: loss %.4f, right %.4f\n", loss / all, right / all);
}

/* What the words of each row say to a lexis of other folds; the lexis of all but `without`. */
static void make_lexis(struct set *set, unsigned without, struct score_lexis *lexis)
{
    bool *train = memory_new(set->rows.count + 1, sizeof *train);
    set->lexis = memory_new(set->rows.count + 1, sizeof *set->lexis);
    for (unsigned fold = 0; fold < FOLDS; fold++) {
        struct score_lexis part;
        if (fold == without)
            continue;
        mark_fold(set, fold, without, train);
        learn_lexis(set, train, &part);
        apply_lexis(set, &part, fold);
        memory_free(part.slots);
    }
    mark_fold(set, FOLDS, without, train);
    learn_lexis(set, train, lexis);
    apply_lexis(set, lexis, without);
    tell_lexis(set, without);
    for (size_t p = 0; p < set->pages.count; p++) {
        const struct page_of_set *page = &set->pages.items[p];
        score_note_words(page->opened->context, set->lexis + page->from);
        for (size_t i = page->from; i < page->to; i++)
            score_features(page->opened->context, i - page->from, set->rows.items[i].features);
    }
    memory_free(train);
}

/* ---- the model ---------------------------------------------------------------------------- */

/* Words kept and words to keep, averaged over pages as the scorer does. */
static void tell(const struct set *set, const float *probability, unsigned fold, const char *what)
{
    double precision = 0, recall = 0, pages = 0, with = 0;
    double hit = 0, wrong = 0, missed = 0;
    for (size_t p = 0; p < set->pages.count; p++) {
        double kept = 0, right = 0, gold = set->pages.items[p].gold_words;
        if ((fold < FOLDS && set->pages.items[p].fold != fold) || set->pages.items[p].copy)
            continue;
        for (size_t i = set->pages.items[p].from; i < set->pages.items[p].to; i++) {
            const struct sample *s = &set->samples.items[i];
            bool keep = probability[i] >= 0.5f;
            kept += keep ? s->words : 0;
            right += keep ? s->words * s->share : 0;
            hit += keep && s->share >= 0.5f;
            wrong += keep && s->share < 0.5f;
            missed += !keep && s->share >= 0.5f;
        }
        precision += kept > 0 ? right / kept : 0;
        with += kept > 0;
        recall += gold > 0 ? right / gold : 1;
        pages++;
    }
    precision /= with > 0 ? with : 1;
    recall /= pages > 0 ? pages : 1;
    printf("%s: words P %.4f R %.4f F1 %.4f, pieces F1 %.4f\n", what, precision, recall,
           2 * precision * recall / (precision + recall), 2 * hit / (2 * hit + wrong + missed));
    fflush(stdout);
}

/* What the first stage says of pages it has not seen. */
static void hold_out(const struct set *set, unsigned without, float *held_out)
{
    size_t count = set->rows.count;
    bool *train = memory_new(count + 1, sizeof *train);
    float *probability = memory_new(count + 1, sizeof *probability);
    for (unsigned fold = 0; fold < FOLDS; fold++) {
        struct score_stage part;
        if (fold == without)
            continue;
        mark_fold(set, fold, without, train);
        make_stage(set, train, (size_t)number_of("trees1"), 1, &part, probability);
        for (size_t p = 0; p < set->pages.count; p++)
            for (size_t i = set->pages.items[p].from; i < set->pages.items[p].to; i++)
                if (set->pages.items[p].fold == fold)
                    held_out[i] = probability[i];
        memory_free(part.trees);
    }
    memory_free(train);
    memory_free(probability);
}

/* The rows again, with what the first stage says of their pages. */
static void spread(struct set *set, const float *first)
{
    for (size_t p = 0; p < set->pages.count; p++) {
        const struct page_of_set *page = &set->pages.items[p];
        score_spread(page->opened->context, first + page->from);
        for (size_t i = page->from; i < page->to; i++)
            score_features(page->opened->context, i - page->from, set->rows.items[i].features);
    }
    bin_features(set, SCORE_p0, SCORE_near);
}

/* `without` is the fold left out of everything, or FOLDS: then what both stages say of held-out
 * pages is told. */
static void make_model(struct set *set, unsigned without, struct score_model *model)
{
    size_t count = set->rows.count;
    bool *train = memory_new(count + 1, sizeof *train);
    float *first = memory_new(count + 1, sizeof *first);
    float *second = memory_new(count + 1, sizeof *second);
    mark_fold(set, FOLDS, without, train);
    make_stage(set, train, (size_t)number_of("trees1"), (size_t)number_of("bag1"),
               &model->stages[0], first);
    tell(set, first, without, "first stage");
    hold_out(set, without, first);
    spread(set, first);
    make_stage(set, train, (size_t)number_of("trees2"), (size_t)number_of("bag2"),
               &model->stages[1], second);
    tell(set, second, without, "second stage");
    memory_free(train);
    memory_free(first);
    memory_free(second);
}

static int write_model(const char *path, const struct score_model *model, const struct set *set,
                       unsigned without)
{
    struct buf text = BUF_INIT;
    score_write(&text, model);
    FILE *file = fopen(path, "w");
    if (!file || fwrite(text.ptr, 1, text.len, file) != text.len || fclose(file) != 0) {
        fprintf(stderr, "%s: cannot be written\n", path);
        return 1;
    }
    buf_done(&text);
    if (without == FOLDS)
        return 0;
    char ids[4096];
    snprintf(ids, sizeof ids, "%s.ids", path);
    file = fopen(ids, "w");
    for (size_t p = 0; file && p < set->pages.count; p++)
        if (set->pages.items[p].fold == without && !set->pages.items[p].copy)
            fprintf(file, "%s\n", set->pages.items[p].id);
    return file ? fclose(file) : 1;
}

int main(int argc, char **argv)
{
    struct set set = {.bins = NULL};
    struct clean_rules *rules = NULL;
    struct error err = {STATUS_OK, ""};
    if (argc < 4) {
        fprintf(stderr,
                "usage: train_clean html|dump FOLDER OUT.weights [fold K] [NAME=VALUE …]\n");
        return 2;
    }
    bool html = strcmp(argv[1], "html") == 0;
    bool part = argc > 5 && strcmp(argv[4], "fold") == 0;
    unsigned without = part ? (unsigned)atoi(argv[5]) : FOLDS;
    for (int i = part ? 6 : 4; i < argc; i++)
        set_number(argv[i]);
    if (clean_rules_open(DATA_DIR "/rules", &rules, &err) != STATUS_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    read_set(&set, rules, argv[2], html);
    printf("%zu pages, %zu pieces\n", set.pages.count, set.rows.count);
    struct score_model model;
    make_lexis(&set, without, &model.lexis);
    set.bins = memory_new(set.rows.count * SCORE_FEATURE_COUNT + 1, 1);
    bin_features(&set, 0, SCORE_FEATURE_COUNT);
    make_model(&set, without, &model);
    for (size_t p = 0; p < set.pages.count; p++)
        close_page(set.pages.items[p].opened);
    return write_model(argv[3], &model, &set, without);
}
