/* The model: running it, and its numbers as a file. */
#include "ingest/score.h"

#include <math.h>
#include <string.h>

#include "base/ascii.h"
#include "ingest/cleaner.h"

#define SCORE_VERSION 4
#define SCORE_TREE_LIMIT 400
#define SCORE_PIECES_LEAST 30
#define SCORE_PIECES_MOST 20000
#define SCORE_WORDS_LEAST 200

void score_run(const struct score_stage *stage, const float *rows, size_t count, float *log_odds)
{
    for (size_t i = 0; i < count; i++) {
        log_odds[i] = stage->base;
    }
    for (size_t t = 0; t < stage->count; t++) {
        const struct score_tree *tree = &stage->trees[t];
        for (size_t i = 0; i < count; i++) {
            const float *row = rows + i * SCORE_FEATURE_COUNT;
            size_t node = 0;
            for (int level = 0; level < SCORE_DEPTH; level++) {
                node = 2 * node + 1 + (row[tree->feature[node]] >= tree->bound[node]);
            }
            log_odds[i] += tree->leaf[node - SCORE_NODE_COUNT];
        }
    }
}

float score_probability(float log_odds)
{
    return 1.0f / (1.0f + expf(-log_odds));
}

/* The labelled pages are whole pages with an article. On less than that, and on more than any page
 * that people read, the rules decide alone. */
static bool is_whole_page(const struct cleaner *c)
{
    size_t words = 0;
    if (c->pieces.count > SCORE_PIECES_MOST) {
        return false;
    }
    for (size_t i = 0; i < c->pieces.count && words < SCORE_WORDS_LEAST; i++) {
        words += c->pieces.items[i].flags & PIECE_GOOD ? c->pieces.items[i].words : 0;
    }
    return c->pieces.count >= SCORE_PIECES_LEAST || words >= SCORE_WORDS_LEAST;
}

/* Rows that are run together: they and a tree fit into the first level of memory. */
#define SCORE_BATCH 32

static void run_stage(const struct score_context *context, const struct score_stage *stage,
                      size_t count, float *probabilities)
{
    float rows[SCORE_BATCH * SCORE_FEATURE_COUNT] = {0}, log_odds[SCORE_BATCH];
    for (size_t from = 0; from < count; from += SCORE_BATCH) {
        size_t batch = count - from < SCORE_BATCH ? count - from : SCORE_BATCH;
        for (size_t i = 0; i < batch; i++) {
            score_features(context, from + i, rows + i * SCORE_FEATURE_COUNT);
        }
        score_run(stage, rows, batch, log_odds);
        for (size_t i = 0; i < batch; i++) {
            probabilities[from + i] = score_probability(log_odds[i]);
        }
    }
}

void step_score(struct cleaner *c)
{
    size_t count = c->pieces.count;
    if (!c->model || count == 0 || !is_whole_page(c)) {
        c->model = NULL;
        return;
    }
    struct score_context *context = score_open(c);
    float *first = arena_array(&c->scratch, float, count);
    float *second = arena_array(&c->scratch, float, count);
    float *lexis = arena_array(&c->scratch, float, count);
    for (size_t i = 0; i < count; i++) {
        lexis[i] = lexis_score(&c->model->lexis, c->pieces.items[i].text);
    }
    score_note_words(context, lexis);
    run_stage(context, &c->model->stages[0], count, first);
    score_spread(context, first);
    run_stage(context, &c->model->stages[1], count, second);
    for (size_t i = 0; i < count; i++) {
        c->pieces.items[i].score = second[i];
    }
}

/* --- the file ------------------------------------------------------------------------------------
 * weights 1 FEATURES DEPTH HASH
 * words BASE COUNT
 *        COUNT lines: the hash of a word or a pair, its weight
 * twice: stage BASE TREES
 *        tree: NODES times "feature bound", then LEAVES leaves, one tree a line
 */

static void add_number(struct buf *out, float value)
{
    buf_format(out, " %ld", lroundf(value * SCORE_UNIT));
}

static void write_stage(struct buf *body, const struct score_stage *stage)
{
    buf_format(body, "stage");
    add_number(body, stage->base);
    buf_format(body, " %zu\n", stage->count);
    for (size_t i = 0; i < stage->count; i++) {
        const struct score_tree *tree = &stage->trees[i];
        for (size_t k = 0; k < SCORE_NODE_COUNT; k++) {
            buf_format(body, "%s%u", k ? " " : "", tree->feature[k]);
            add_number(body, tree->bound[k]);
        }
        for (size_t k = 0; k < SCORE_LEAF_COUNT; k++) {
            add_number(body, tree->leaf[k]);
        }
        buf_add_byte(body, '\n');
    }
}

static void write_lexis(struct buf *body, const struct score_lexis *lexis)
{
    size_t count = 0;
    for (size_t i = 0; i < LEXIS_SLOTS; i++) {
        count += lexis->slots[i].run != 0;
    }
    buf_format(body, "words");
    add_number(body, lexis->base);
    buf_format(body, " %zu\n", count);
    for (size_t i = 0; i < LEXIS_SLOTS; i++) {
        if (lexis->slots[i].run) {
            buf_format(body, "%lu", (unsigned long)lexis->slots[i].run);
            add_number(body, lexis->slots[i].weight);
            buf_add_byte(body, '\n');
        }
    }
}

void score_write(struct buf *out, const struct score_model *model)
{
    struct buf body = BUF_INIT;
    write_lexis(&body, &model->lexis);
    for (size_t i = 0; i < SCORE_STAGES; i++) {
        write_stage(&body, &model->stages[i]);
    }
    buf_format(out, "weights %d %d %d %llx\n", SCORE_VERSION, SCORE_FEATURE_COUNT, SCORE_DEPTH,
               (unsigned long long)str_hash(buf_str(&body)));
    buf_add(out, buf_str(&body));
    buf_done(&body);
}

/* The next number of the line; false when there is none. */
static bool next_number(str *line, long *value)
{
    size_t at = 0;
    while (at < line->len && line->ptr[at] == ' ') {
        at++;
    }
    bool minus = at < line->len && line->ptr[at] == '-';
    size_t start = at += minus;
    *value = 0;
    while (at < line->len && at < start + 10 && ascii_is_digit(line->ptr[at])) {
        *value = *value * 10 + (line->ptr[at++] - '0');
    }
    bool found = at > start && (at == line->len || line->ptr[at] == ' ');
    *value = minus ? -*value : *value;
    *line = str_slice(*line, at, line->len);
    return found;
}

static bool read_tree(str line, struct score_tree *tree)
{
    long value = 0;
    for (size_t k = 0; k < SCORE_NODE_COUNT; k++) {
        if (!next_number(&line, &value) || value < 0 || value >= SCORE_FEATURE_COUNT) {
            return false;
        }
        tree->feature[k] = (uint16_t)value;
        if (!next_number(&line, &value)) {
            return false;
        }
        tree->bound[k] = (float)value / SCORE_UNIT;
    }
    for (size_t k = 0; k < SCORE_LEAF_COUNT; k++) {
        if (!next_number(&line, &value)) {
            return false;
        }
        tree->leaf[k] = (float)value / SCORE_UNIT;
    }
    return line.len == 0;
}

/* What is wrong with the numbers of a stage, or NULL; *number is the line. */
static const char *read_stage(struct arena *arena, str *rest, struct score_stage *stage,
                              uint32_t *number)
{
    str line;
    long base = 0, count = 0;
    ++*number;
    if (!str_next_line(rest, &line) || !str_starts(line, STR("stage "))) {
        return "no stage";
    }
    line = str_slice(line, 6, line.len);
    if (!next_number(&line, &base) || !next_number(&line, &count) || count < 0 ||
        count > SCORE_TREE_LIMIT) {
        return "no stage";
    }
    stage->base = (float)base / SCORE_UNIT;
    stage->count = (size_t)count;
    stage->trees = arena_array(arena, struct score_tree, stage->count);
    for (size_t i = 0; i < stage->count; i++) {
        ++*number;
        if (!str_next_line(rest, &line) || !read_tree(line, &stage->trees[i])) {
            return "not a tree";
        }
    }
    return NULL;
}

static const char *read_lexis(struct arena *arena, str *rest, struct score_lexis *lexis,
                              uint32_t *number)
{
    str line;
    long base = 0, count = 0, run = 0, weight = 0;
    ++*number;
    if (!str_next_line(rest, &line) || !str_starts(line, STR("words "))) {
        return "no words";
    }
    line = str_slice(line, 6, line.len);
    if (!next_number(&line, &base) || !next_number(&line, &count) || count < 0 ||
        (size_t)count > LEXIS_LIMIT) {
        return "no words";
    }
    lexis->base = (float)base / SCORE_UNIT;
    lexis->slots = arena_array(arena, struct lexis_slot, LEXIS_SLOTS);
    for (long i = 0; i < count; i++) {
        ++*number;
        if (!str_next_line(rest, &line) || !next_number(&line, &run) ||
            !next_number(&line, &weight) || run <= 0 || line.len) {
            return "not a word and its weight";
        }
        lexis_put(lexis, (uint32_t)run, (float)weight / SCORE_UNIT);
    }
    return NULL;
}

static const char *read_stages(struct arena *arena, str rest, struct score_model *model,
                               uint32_t *number)
{
    const char *wrong = read_lexis(arena, &rest, &model->lexis, number);
    for (size_t i = 0; i < SCORE_STAGES && !wrong; i++) {
        wrong = read_stage(arena, &rest, &model->stages[i], number);
    }
    return wrong;
}

bool score_read(struct arena *arena, str name, str text, struct score_model *model,
                struct buf *mistakes)
{
    str rest = text, line = STR_NONE;
    uint32_t number = 1;
    const char *wrong = "not a file of weights of this version";
    if (str_next_line(&rest, &line)) {
        struct buf head = BUF_INIT;
        buf_format(&head, "weights %d %d %d %llx", SCORE_VERSION, SCORE_FEATURE_COUNT, SCORE_DEPTH,
                   (unsigned long long)str_hash(rest));
        str wanted = buf_str(&head);
        size_t hash = wanted.len;
        while (hash > 0 && wanted.ptr[hash - 1] != ' ') {
            hash--;
        }
        if (str_equal(line, wanted)) {
            wrong = read_stages(arena, rest, model, &number);
        } else if (str_starts(line, str_slice(wanted, 0, hash))) {
            wrong = "the numbers are damaged: their hash differs";
        }
        buf_done(&head);
    }
    if (wrong) {
        buf_format(mistakes, "%.*s:%u: %s\n", STR_ARG(name), number, wrong);
    }
    return !wrong;
}
