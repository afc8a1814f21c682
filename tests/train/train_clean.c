/* layers: base text model ingest */
/* Makes the numbers of the cleaner's model from labelled pages.
 *
 *     train_clean html|dump FOLDER OUT.weights [fold K]
 *
 * FOLDER has gold/ID.json ({"body": …, "body_with_optional": …, "site": …}) and pages/ID.html (or
 * .html.gz), or for dumps lite/ID.txt. A piece of a page is to be kept when most of its words stand
 * in runs of three in the body. Pages of one site are in one of five folds. Without `fold`, the
 * number of trees is chosen on held-out folds, the scores of those are printed, and the model of
 * all pages is written. With it, the model of the pages outside of fold K is written, and the ids
 * of the pages in it go to OUT.weights.ids, so that the whole cleaner can be measured on them. */
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
#define TREES_MOST 120
#define RATE 0.07f
#define PULL 10.0f /* towards 0, as weight */
#define COLUMN_SHARE 25
#define LEAF_WEIGHT 6.0f
#define NO_SPLIT 50000.0f /* above all features */
#define FILE_LIMIT ((size_t)64 << 20)

struct row {
    float features[SCORE_FEATURE_COUNT];
};

struct sample {
    uint32_t page;
    float share, words, weight;
};

struct page_of_set {
    char id[96];
    unsigned fold;
    size_t from, to;
    float gold_words; /* of kept pieces */
};

struct set {
    VEC(struct row) rows;
    VEC(struct sample) samples;
    VEC(struct page_of_set) pages;
    uint8_t *bins;                           /* [feature][row] */
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

static void add_pieces(struct set *set, struct cleaner *c, struct arena *arena,
                       const struct map *sure, const struct map *optional)
{
    const struct score_context *context = score_open(c);
    uint32_t number = (uint32_t)set->pages.count - 1;
    for (size_t i = 0; i < c->pieces.count; i++) {
        struct row row = {{0}};
        size_t count = 0;
        score_features(context, i, row.features);
        struct sample sample = {.page = number};
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

/* Half of the weight is by the page, half by the piece; longer pieces count more. */
static void weigh_page(struct set *set, struct page_of_set *page)
{
    float sum = 0;
    for (size_t i = page->from; i < page->to; i++)
        sum += sqrtf(set->samples.items[i].words + 1);
    for (size_t i = page->from; i < page->to; i++) {
        struct sample *s = &set->samples.items[i];
        float own = sqrtf(s->words + 1);
        s->weight *= 0.5f * own / 3 + 0.5f * own * 150 / sum;
        page->gold_words += s->share * s->words;
    }
}

static void add_page(struct set *set, const struct clean_rules *rules, const char *folder,
                     const char *id, bool html)
{
    struct arena arena = {0};
    str path = arena_format(&arena, "%s/gold/%s.json", folder, id);
    json_t *gold = json_load_file(path.ptr, 0, NULL);
    str body = read_page(&arena, folder, id, html);
    if (!gold || !body.len) {
        fprintf(stderr, "%s: no page or no gold\n", id);
        json_decref(gold);
        arena_done(&arena);
        return;
    }
    struct map sure, optional;
    map_init(&sure, &arena);
    map_init(&optional, &arena);
    note_gold(&arena, text_member(gold, "body"), &sure);
    note_gold(&arena, text_member(gold, "body_with_optional"), &optional);
    struct page page = {.path = str_from(id),
                        .raw = body,
                        .url = html ? text_member(gold, "url") : STR_NONE,
                        .published = DAY_UNKNOWN,
                        .kind = html ? PAGE_HTML : PAGE_DUMP,
                        .body = body};
    struct article article;
    struct html_document document;
    struct cleaner c;
    if (cleaner_open(&c, &arena, rules, &page, &article, &document)) {
        cleaner_prepare(&c);
        struct page_of_set entry = {.from = set->rows.count};
        snprintf(entry.id, sizeof entry.id, "%s", id);
        entry.fold = (unsigned)(str_hash(text_member(gold, "site")) % FOLDS);
        vec_push(NULL, &set->pages, entry);
        add_pieces(set, &c, &arena, &sure, &optional);
        vec_last(&set->pages)->to = set->rows.count;
        weigh_page(set, vec_last(&set->pages));
    }
    cleaner_done(&c);
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

static void bin_features(struct set *set)
{
    float *values = memory_new(set->rows.count + 1, sizeof *values);
    set->bins = memory_new(set->rows.count * SCORE_FEATURE_COUNT + 1, 1);
    for (size_t f = 0; f < SCORE_FEATURE_COUNT; f++)
        bin_feature(set, f, values);
    memory_free(values);
}

/* ---- trees ---------------------------------------------------------------------------------- */

struct growing {
    const struct set *set;
    const bool *train; /* by row */
    float *log_odds, *slope, *curve;
    uint8_t *node; /* of the row in this level */
};

struct split {
    float gain, bound;
    unsigned feature, bin;
};

static float gain_of(float slope, float curve)
{
    return slope * slope / (curve + PULL);
}

static void find_splits(struct growing *g, size_t nodes, struct split *best)
{
    static float sums[SCORE_LEAF_COUNT][BINS][2];
    size_t count = g->set->rows.count;
    for (size_t n = 0; n < nodes; n++)
        best[n] = (struct split){.gain = 1e-3f, .bound = NO_SPLIT};
    for (unsigned f = 0; f < SCORE_FEATURE_COUNT; f++) {
        if (random_below(100) >= COLUMN_SHARE || g->set->bin_count[f] < 2)
            continue;
        const uint8_t *bins = g->set->bins + f * count;
        memset(sums, 0, sizeof sums);
        for (size_t i = 0; i < count; i++)
            if (g->train[i]) {
                float *sum = sums[g->node[i]][bins[i]];
                sum[0] += g->slope[i];
                sum[1] += g->curve[i];
            }
        for (size_t n = 0; n < nodes; n++) {
            float slope = 0, curve = 0, left_slope = 0, left_curve = 0;
            for (unsigned b = 0; b < g->set->bin_count[f]; b++) {
                slope += sums[n][b][0];
                curve += sums[n][b][1];
            }
            for (unsigned b = 0; b + 1 < g->set->bin_count[f]; b++) {
                left_slope += sums[n][b][0];
                left_curve += sums[n][b][1];
                if (left_curve < LEAF_WEIGHT || curve - left_curve < LEAF_WEIGHT)
                    continue;
                float gain = gain_of(left_slope, left_curve) +
                             gain_of(slope - left_slope, curve - left_curve) -
                             gain_of(slope, curve);
                if (gain > best[n].gain)
                    best[n] = (struct split){gain, g->set->bounds[f][b], f, b};
            }
        }
    }
}

static void grow_tree(struct growing *g, struct score_tree *tree)
{
    size_t count = g->set->rows.count;
    memset(g->node, 0, count);
    for (int level = 0; level < SCORE_DEPTH; level++) {
        struct split best[SCORE_LEAF_COUNT];
        size_t nodes = (size_t)1 << level;
        find_splits(g, nodes, best);
        for (size_t n = 0; n < nodes; n++) {
            tree->feature[nodes - 1 + n] = (uint16_t)best[n].feature;
            tree->bound[nodes - 1 + n] = best[n].bound;
        }
        for (size_t i = 0; i < count; i++) {
            const struct split *s = &best[g->node[i]];
            bool right = s->bound < NO_SPLIT && g->set->bins[s->feature * count + i] > s->bin;
            g->node[i] = (uint8_t)(g->node[i] * 2 + right);
        }
    }
    float slopes[SCORE_LEAF_COUNT] = {0}, curves[SCORE_LEAF_COUNT] = {0};
    for (size_t i = 0; i < count; i++)
        if (g->train[i]) {
            slopes[g->node[i]] += g->slope[i];
            curves[g->node[i]] += g->curve[i];
        }
    for (size_t k = 0; k < SCORE_LEAF_COUNT; k++) {
        float leaf = -RATE * slopes[k] / (curves[k] + PULL);
        tree->leaf[k] = roundf(leaf * SCORE_UNIT) / SCORE_UNIT;
    }
    for (size_t i = 0; i < count; i++)
        g->log_odds[i] += tree->leaf[g->node[i]];
}

static float loss_of(const struct set *set, const float *log_odds, const bool *train)
{
    double loss = 0, weight = 0;
    for (size_t i = 0; i < set->rows.count; i++)
        if (!train[i]) {
            const struct sample *s = &set->samples.items[i];
            double p = score_probability(log_odds[i]);
            p = p < 1e-6 ? 1e-6 : p > 1 - 1e-6 ? 1 - 1e-6 : p;
            loss -= s->weight * (s->share >= 0.5f ? log(p) : log(1 - p));
            weight += s->weight;
        }
    return weight > 0 ? (float)(loss / weight) : 0;
}

/* Boosts on the rows in `train`. losses[t] (or NULL) gets the loss on the others after each tree;
 * log_odds the sums of all rows. */
static void boost(const struct set *set, const bool *train, size_t trees, struct score_model *model,
                  float *log_odds, float *losses)
{
    size_t count = set->rows.count;
    struct growing g = {set,
                        train,
                        log_odds,
                        memory_new(count + 1, sizeof(float)),
                        memory_new(count + 1, sizeof(float)),
                        memory_new(count + 1, 1)};
    model->trees = memory_new(trees + 1, sizeof *model->trees);
    model->base = -1;
    for (size_t i = 0; i < count; i++)
        log_odds[i] = model->base;
    for (size_t t = 0; t < trees; t++) {
        for (size_t i = 0; i < count; i++) {
            const struct sample *s = &set->samples.items[i];
            float p = score_probability(log_odds[i]);
            g.slope[i] = s->weight * (p - (s->share >= 0.5f ? 1 : 0));
            g.curve[i] = s->weight * p * (1 - p);
        }
        grow_tree(&g, &model->trees[t]);
        if (losses)
            losses[t] += loss_of(set, log_odds, train) / FOLDS;
    }
    model->count = trees;
    memory_free(g.slope);
    memory_free(g.curve);
    memory_free(g.node);
}

/* ---- the model ---------------------------------------------------------------------------- */

static void mark_fold(const struct set *set, unsigned fold, unsigned other, bool *train)
{
    for (size_t p = 0; p < set->pages.count; p++)
        for (size_t i = set->pages.items[p].from; i < set->pages.items[p].to; i++)
            train[i] = set->pages.items[p].fold != fold && set->pages.items[p].fold != other;
}

/* Words kept and words to keep, averaged over pages as the scorer does. */
static void tell(const struct set *set, const float *probability, const char *what)
{
    double precision = 0, recall = 0, pages = 0, with = 0;
    double hit = 0, wrong = 0, missed = 0;
    for (size_t p = 0; p < set->pages.count; p++) {
        double kept = 0, right = 0, gold = set->pages.items[p].gold_words;
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

static size_t best_count(const float *losses)
{
    size_t best = 0;
    for (size_t t = 1; t < TREES_MOST; t++)
        if (losses[t] < losses[best])
            best = t;
    return best + 1;
}

/* Held-out probabilities by folds, the number of trees, the model of all training
 * rows. `without` is the fold left out of everything, or FOLDS. */
static void make_model(const struct set *set, unsigned without, struct score_model *model,
                       float *held_out)
{
    size_t count = set->rows.count;
    bool *train = memory_new(count + 1, sizeof *train);
    float *log_odds = memory_new(count + 1, sizeof *log_odds);
    float losses[TREES_MOST] = {0};
    struct score_model folds[FOLDS] = {{0}};
    for (unsigned fold = 0; fold < FOLDS; fold++)
        if (fold != without) {
            mark_fold(set, fold, without, train);
            boost(set, train, TREES_MOST, &folds[fold], log_odds, losses);
        }
    size_t trees = best_count(losses);
    mark_fold(set, FOLDS, without, train);
    boost(set, train, trees, model, log_odds, NULL);
    for (size_t p = 0; p < set->pages.count; p++) {
        unsigned fold = set->pages.items[p].fold;
        for (size_t i = set->pages.items[p].from; i < set->pages.items[p].to; i++) {
            struct score_model part = fold == without ? *model : folds[fold];
            part.count = trees;
            held_out[i] = score_probability(score_run(&part, set->rows.items[i].features));
        }
    }
    printf("%zu trees, loss %.4f\n", trees, losses[trees - 1]);
    tell(set, held_out, "held out");
    for (unsigned fold = 0; fold < FOLDS; fold++)
        memory_free(folds[fold].trees);
    memory_free(train);
    memory_free(log_odds);
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
        if (set->pages.items[p].fold == without)
            fprintf(file, "%s\n", set->pages.items[p].id);
    return file ? fclose(file) : 1;
}

int main(int argc, char **argv)
{
    struct set set = {.bins = NULL};
    struct clean_rules *rules = NULL;
    struct error err = {STATUS_OK, ""};
    if (argc < 4) {
        fprintf(stderr, "usage: train_clean html|dump FOLDER OUT.weights [fold K]\n");
        return 2;
    }
    bool html = strcmp(argv[1], "html") == 0;
    unsigned without = argc > 5 ? (unsigned)atoi(argv[5]) : FOLDS;
    if (clean_rules_open(DATA_DIR "/rules", &rules, &err) != STATUS_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    read_set(&set, rules, argv[2], html);
    printf("%zu pages, %zu pieces\n", set.pages.count, set.rows.count);
    float *held_out = memory_new(set.rows.count + 1, sizeof *held_out);
    struct score_model model;
    bin_features(&set);
    make_model(&set, without, &model, held_out);
    return write_model(argv[3], &model, &set, without);
}
