/* Makes the weights of the name tagger, and the list of ordinary words among its lexicons:
 *     train_names weights DATA_FOLDER SETS_FOLDER LISTS_FOLDER OUT
 *     train_names common DATA_FOLDER SETS_FOLDER OUT
 * DATA_FOLDER is the project's data/ (its lexicons are read), SETS_FOLDER has the labelled sets,
 * LISTS_FOLDER lists of names (first.txt last.txt city.txt) that teach what names sound like. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyse/name_features.h"
#include "analyse/passes.h"
#include "base/file.h"
#include "base/memory.h"
#include "text/fold.h"
#include "train/case_learn.h"
#include "train/common_words.h"
#include "train/perceptron.h"
#include "train/sets.h"
#include "train/sounds.h"
#include "train/vector_classes.h"
#include "train/word_classes.h"

enum {
    ROW_MAXIMUM = 300000, /* features of both kinds of text, of which those of one are kept */
    ROW_CASELESS_MAXIMUM = 156000,
    CLASS_COUNT = 300,     /* below 1 << NAME_CLASS_BITS */
    WIDE_CLASS_COUNT = 62, /* below 1 << (16 - NAME_CLASS_BITS) */
    CLASS_LEAST = 5,
    CLASS_ROUNDS = 8
};

static const struct source {
    const char *name;
    bool edited; /* its capitals follow the rules */
    bool silver; /* its labels were made by programs and only in part seen by people */
} sources[] = {{"btc", false, false}, {"crossner", true, false}, {"ewt", true, false},
               {"gmb", true, true},   {"gum", true, false},      {"wikigold", true, false}};

/* Why a feature is not written. */
enum side {
    SIDE_SOURCE = 1, /* it speaks of one set only */
    SIDE_OTHER = 2   /* it is of the other kind of text */
};

/* Texts of other kinds, novels and posts: a tagger of text with usable case labels them itself, and
 * what it found is learnt from without the case (self-training; Hinton, Vinyals, Dean, Distilling
 * the Knowledge in a Neural Network, 2015). Their own labels, of other habits, are not read. */
static const char *const unlabelled[] = {"litbank", "wnut17"};
enum { SOURCE_COUNT = sizeof sources / sizeof *sources, SOURCE_UNLABELLED = SOURCE_COUNT };

/* The examples of one round. */
struct collection {
    struct examples examples;
    VEC(uint8_t) groups; /* of the features while they are hashes */
    uint8_t *sides;      /* by feature: bits of enum side */
    bool caseless;       /* text without usable case is what is learnt about */
    uint32_t *hashes;    /* of the features by number; those that stand most come first */
};

typedef VEC(struct name_row) name_rows;

/* What was learnt for text with usable case, and for other text. */
struct lesson {
    name_rows rows, others; /* for the text that is learnt about; for what stood beside it */
    int steps[LABEL_COUNT][LABEL_COUNT];
};

struct training {
    const char *data_folder, *sets_folder, *lists_folder, *out;
    struct analyser *analyser;
    struct arena arena; /* documents */
    labelled_documents documents;
    signed char *sounds, *cases;
    struct name_word_class *words;
    size_t word_count;
    struct collection collection;
    struct lesson lessons[2];
};

/* Numbers for experiments: NAME=VALUE after the fixed arguments. */
struct setting {
    const char *name;
    double value;
};
static double setting(const struct setting *settings, const char *name)
{
    while (strcmp(settings->name, name) != 0)
        settings++;
    return settings->value;
}

/* --- labels ---------------------------------------------------------------------------------- */

/* Labels of a silver set that the lexicons know better: "West Bank" is no organisation, "Western"
 * no person. */
static void correct_labels(const struct lexicon *lexicon, struct labelled_document *document)
{
    const uint64_t places = CLASS_BIT(COUNTRY) | CLASS_BIT(CITY) | CLASS_BIT(REGION);
    const uint64_t persons = CLASS_BIT(GIVEN_NAME) | CLASS_BIT(SURNAME) | CLASS_BIT(FAMILY_FIRST);
    const uint64_t others = CLASS_BIT(DEMONYM) | CLASS_BIT(NOT_NAME);
    struct arena arena = {0};
    for (size_t i = 0; i < document->spans.count; i++) {
        struct labelled_span *span = &document->spans.items[i];
        str name = fold_text(&arena, str_slice(document->text, span->start, span->end));
        const struct lexicon_entry *entry = lexicon_find(lexicon, name);
        if (!entry || (entry->classes & CLASS_BIT(ORGANISATION)))
            continue;
        if (span->kind == label_kind(LABEL_BEGIN_ORGANISATION) && (entry->classes & places))
            span->kind = label_kind(LABEL_BEGIN_PLACE);
        else if ((entry->classes & others) && !(entry->classes & (places | persons)))
            span->kind = label_kind(LABEL_BEGIN_OTHER);
    }
    arena_done(&arena);
}

/* --- words ----------------------------------------------------------------------------------- */

static void add_stream(struct training *training, const struct labelled_document *document,
                       word_stream *stream)
{
    struct arena arena = {0};
    struct article article = {.text = document->text};
    struct analysis analysis = {.tokens = {0}};
    tokens_pass(training->analyser, &arena, &article, &analysis);
    struct name_reader reader = {.tagger = {.lexicon = analyser_lexicon(training->analyser),
                                            .arena = &arena,
                                            .article = &article,
                                            .analysis = &analysis}};
    name_reader_run(&reader);
    for (size_t i = 0; i < reader.count; i++) {
        if (analysis.tokens.items[i].flags & TOKEN_SENTENCE_START || !i)
            vec_push(NULL, stream, 0);
        uint64_t hash = reader.tokens[i].hash;
        vec_push(NULL, stream, hash);
    }
    arena_done(&arena);
}

/* Writes what is known so far, and opens the analyser with it. */
static enum status reopen(struct training *training, struct error *err)
{
    struct name_weights_source source = {.sounds = training->sounds,
                                         .cases = training->cases,
                                         .words = training->words,
                                         .word_count = training->word_count};
    struct buf bytes = BUF_INIT;
    name_weights_write(&source, &bytes);
    enum status status = file_replace(training->out, buf_str(&bytes), err);
    buf_done(&bytes);
    analyser_close(training->analyser);
    training->analyser = NULL;
    if (!status)
        status = analyser_open_with(training->data_folder, training->out, &training->analyser, err);
    return status;
}

/* Adds the senses of the file of classes to the classes that were learnt here. */
static enum status add_senses(struct training *training, struct error *err)
{
    struct name_word_class *senses;
    size_t sense_count, count = 0;
    str path = arena_format(&training->arena, "%s/names/en.classes", training->data_folder);
    enum status status =
        vector_classes_read(&training->arena, path.ptr, &senses, &sense_count, err);
    if (status)
        return status;
    size_t all = training->word_count + sense_count;
    struct name_word_class *words = arena_array(&training->arena, struct name_word_class, all + 1);
    memcpy(words, training->words, training->word_count * sizeof *words);
    memcpy(words + training->word_count, senses, sense_count * sizeof *words);
    qsort(words, all, sizeof *words, word_class_compare);
    for (size_t i = 0; i < all; i++) {
        struct name_word_class *last = count ? &words[count - 1] : NULL;
        if (last && last->word == words[i].word && !last->known.sense)
            last->known.sense = words[i].known.sense;
        else if (!last || last->word != words[i].word)
            words[count++] = words[i];
    }
    training->words = words;
    training->word_count = count;
    return STATUS_OK;
}

static enum status make_classes(struct training *training, const struct setting *settings,
                                struct error *err)
{
    word_stream stream = {0};
    for (size_t i = 0; i < training->documents.count; i++)
        add_stream(training, &training->documents.items[i], &stream);
    vec_push(NULL, &stream, 0);
    training->word_count =
        word_classes_make(&training->arena, &stream, (unsigned)setting(settings, "classes"),
                          CLASS_LEAST, CLASS_ROUNDS, &training->words);
    struct name_word_class *wide; /* the same words */
    word_classes_make(&training->arena, &stream, (unsigned)setting(settings, "wide"), CLASS_LEAST,
                      CLASS_ROUNDS, &wide);
    for (size_t i = 0; i < training->word_count; i++)
        training->words[i].known.class_id |= (uint16_t)(wide[i].known.class_id << NAME_CLASS_BITS);
    vec_done(&stream);
    fprintf(stderr, "%zu words in classes\n", training->word_count);
    enum status status = add_senses(training, err);
    return status ? status : reopen(training, err);
}

static enum status make_cases(struct training *training, struct error *err)
{
    bool skips[SOURCE_COUNT];
    for (size_t i = 0; i < SOURCE_COUNT; i++)
        skips[i] = !sources[i].edited;
    training->cases = case_learn(&training->arena, training->analyser, &training->documents, skips);
    return reopen(training, err);
}

/* --- examples -------------------------------------------------------------------------------- */

/* Labels of the tokens by the document's spans, as bits of allowed ones. */
static void label_tokens(const struct labelled_document *document, const struct name_reader *reader,
                         uint32_t *allowed)
{
    const struct token *tokens = reader->tagger.analysis->tokens.items;
    const uint32_t none = document->has_other
                              ? 1u << LABEL_NONE
                              : 1u << LABEL_NONE | 1u << LABEL_BEGIN_OTHER | 1u << LABEL_IN_OTHER;
    size_t span = 0;
    for (size_t i = 0; i < reader->count; i++) {
        while (span < document->spans.count && document->spans.items[span].end <= tokens[i].start)
            span++;
        allowed[i] = none;
        if (span == document->spans.count || document->spans.items[span].start >= tokens[i].end)
            continue;
        const struct labelled_span *it = &document->spans.items[span];
        bool title = it->kind == 1 + ENTITY_PERSON && name_is_title(&reader->tagger, i) &&
                     tokens[i].end < it->end &&
                     (i == 0 || tokens[i - 1].end <= it->start || allowed[i - 1] == none);
        if (title)
            continue;
        bool first = i == 0 || tokens[i - 1].end <= it->start || allowed[i - 1] == none ||
                     (reader->tokens[i].run_end && reader->tokens[i].run_first == i);
        unsigned label = it->kind * 2 - first;
        /* I cannot follow what was not labelled so */
        if (!first && !(allowed[i - 1] >> label & 1) && !(allowed[i - 1] >> (label - 1) & 1))
            label = it->kind * 2 - 1;
        allowed[i] = 1u << label;
    }
}

static uint8_t group_of(unsigned kind)
{
    if ((kind >= FEATURE_WORD && kind <= FEATURE_EXACT) || kind == FEATURE_PAIR_BEFORE ||
        kind == FEATURE_PAIR_AFTER || kind == FEATURE_PREFIX_4 || kind == FEATURE_SUFFIX_4 ||
        (kind >= FEATURE_WORD_CLASS && kind <= FEATURE_WORD_CLASSES_AFTER &&
         kind != FEATURE_WORD_CLASS_BEFORE && kind != FEATURE_WORD_CLASS_AFTER) ||
        kind == FEATURE_SENSE_NARROW)
        return GROUP_WORD;
    if (kind >= FEATURE_MARK && kind <= FEATURE_CLASS)
        return GROUP_LEXICON;
    if ((kind >= FEATURE_RULE && kind <= FEATURE_SCORE_ORGANISATION) ||
        kind == FEATURE_RULE_ELSEWHERE || kind == FEATURE_RULE_ELSEWHERE_MARK)
        return GROUP_RULES;
    return GROUP_OTHER;
}

/* The sets do not agree on what is a name and of which kind ("Congress", "U.S. troops"). Features
 * of these kinds are learnt from once more for each set, by themselves: they take up what is
 * peculiar to it and are thrown away, so that the others learn what the sets share (Daumé,
 * Frustratingly Easy Domain Adaptation, ACL 2007). */
static bool is_of_source(unsigned kind)
{
    static const uint8_t kinds[] = {
        FEATURE_BIAS,        FEATURE_WORD,         FEATURE_RULE,        FEATURE_MARK,
        FEATURE_WORD_CLASS,  FEATURE_RULE_MARK,    FEATURE_SHAPE,       FEATURE_CASE,
        FEATURE_CLASSES,     FEATURE_RULE_REASON,  FEATURE_RULE_BEFORE, FEATURE_RULE_AFTER,
        FEATURE_WORD_BEFORE, FEATURE_WORD_AFTER,   FEATURE_RUN_BEFORE,  FEATURE_RUN_AFTER,
        FEATURE_SUFFIX_3,    FEATURE_MARKS_BEFORE, FEATURE_MARKS_AFTER};
    return memchr(kinds, (int)kind, sizeof kinds);
}

static uint32_t source_hash(uint32_t feature, unsigned source)
{
    uint64_t hash = (feature ^ UINT64_C(0x5BD1E995)) + source + 1;
    return (uint32_t)(hash * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

/* A document as the tagger sees it; everything lives in the arena. */
struct seen {
    struct arena arena;
    struct article article;
    struct analysis analysis;
    struct name_reader reader;
};

static void see(const struct training *training, const struct labelled_document *document,
                struct seen *seen)
{
    *seen = (struct seen){.article = {.text = document->text}};
    tokens_pass(training->analyser, &seen->arena, &seen->article, &seen->analysis);
    seen->reader = (struct name_reader){.tagger = {.lexicon = analyser_lexicon(training->analyser),
                                                   .arena = &seen->arena,
                                                   .article = &seen->article,
                                                   .analysis = &seen->analysis},
                                        .weights = analyser_name_weights(training->analyser)};
    name_reader_run(&seen->reader);
}

static void add_feature(struct collection *to, uint32_t hash, unsigned group)
{
    vec_push(NULL, &to->examples.features, hash);
    vec_push(NULL, &to->groups, (uint8_t)group);
    vec_last(&to->examples.tokens)->count++;
}

/* A token of a document, in a run of its own at the run's first. */
static void add_token(struct collection *to, const struct labelled_document *document,
                      const struct name_token *token, bool first, uint32_t allowed, bool caseless)
{
    struct examples *examples = &to->examples;
    if (first) {
        struct example_run run = {.first = examples->tokens.count,
                                  .count = token->run_end - token->run_first,
                                  .repeats = document->repeats};
        vec_push(NULL, &examples->runs, run);
    }
    struct example_token example = {
        .first = examples->features.count, .allowed = allowed, .caseless = caseless};
    vec_push(NULL, &examples->tokens, example);
}

static void add_examples(struct training *training, const struct labelled_document *document)
{
    struct seen seen;
    see(training, document, &seen);
    const struct name_reader *reader = &seen.reader;
    uint32_t *allowed = arena_array(&seen.arena, uint32_t, reader->count + 1);
    label_tokens(document, reader, allowed);
    struct name_features features;
    for (size_t i = 0; i < reader->count; i++) {
        const struct name_token *token = &reader->tokens[i];
        if (!token->run_end)
            continue;
        add_token(&training->collection, document, token, token->run_first == i, allowed[i],
                  reader->tagger.analysis->tokens.items[i].flags & TOKEN_RESTORED);
        name_features_at(reader, i, &features);
        for (size_t k = 0; k < features.count; k++)
            add_feature(&training->collection, features.hashes[k], group_of(features.kinds[k]));
        for (size_t k = 0; k < features.count; k++) {
            if (is_of_source(features.kinds[k]))
                add_feature(&training->collection,
                            source_hash(features.hashes[k], document->source), GROUP_SOURCE);
        }
    }
    arena_done(&seen.arena);
}

/* The hashes of all features, rising: sorted by their bytes, the lowest first. */
static uint32_t *sorted_hashes(const uint32_t *from, size_t count)
{
    uint32_t *now = memory_new(count + 1, sizeof *now), *next = memory_new(count + 1, sizeof *next);
    memcpy(now, from, count * sizeof *now);
    for (unsigned shift = 0; shift < 32; shift += 8) {
        size_t starts[257] = {0};
        for (size_t i = 0; i < count; i++)
            starts[(now[i] >> shift & 0xFF) + 1]++;
        for (unsigned i = 0; i < 256; i++)
            starts[i + 1] += starts[i];
        for (size_t i = 0; i < count; i++)
            next[starts[now[i] >> shift & 0xFF]++] = now[i];
        uint32_t *kept = now;
        now = next;
        next = kept;
    }
    memory_free(next);
    return now;
}

struct counted {
    uint32_t hash, count;
};

/* What stands often lies together, so that it is found in the cache. */
static int by_count(const void *left, const void *right)
{
    const struct counted *a = left, *b = right;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

/* The features that stand `least` times or more, in the order of their numbers. */
static void choose_features(struct collection *it, size_t least)
{
    size_t count = it->examples.features.count, kept = 0;
    uint32_t *sorted = sorted_hashes(it->examples.features.items, count);
    VEC(struct counted) counts = {0};
    for (size_t i = 0, k; i < count; i = k) {
        for (k = i; k < count && sorted[k] == sorted[i]; k++) {
        }
        if (k - i >= least)
            vec_push(NULL, &counts, ((struct counted){sorted[i], (uint32_t)(k - i)}));
    }
    qsort(counts.items, counts.count, sizeof *counts.items, by_count);
    for (; kept < counts.count; kept++)
        sorted[kept] = counts.items[kept].hash;
    vec_done(&counts);
    it->hashes = sorted;
    it->sides = memory_new(kept + 1, 1);
    it->examples.feature_count = kept;
}

/* Numbers for the features that are kept; the others are taken out. */
static void number_features(struct collection *it)
{
    struct examples *examples = &it->examples;
    size_t kept = examples->feature_count, slots = 1, at = 0;
    while (slots < kept * 2)
        slots *= 2;
    uint32_t *table = memory_new(slots, sizeof *table);
    for (size_t i = 0; i < kept; i++) {
        size_t slot = it->hashes[i] & (slots - 1);
        while (table[slot])
            slot = (slot + 1) & (slots - 1);
        table[slot] = (uint32_t)i + 1;
    }
    for (size_t i = 0; i < examples->tokens.count; i++) {
        struct example_token *token = &examples->tokens.items[i];
        size_t first = at;
        for (size_t k = token->first; k < token->first + token->count; k++) {
            uint32_t hash = examples->features.items[k];
            size_t slot = hash & (slots - 1);
            while (table[slot] && it->hashes[table[slot] - 1] != hash)
                slot = (slot + 1) & (slots - 1);
            if (!table[slot])
                continue;
            it->sides[table[slot] - 1] |=
                (uint8_t)((it->groups.items[k] == GROUP_SOURCE ? SIDE_SOURCE : 0) |
                          (token->caseless != it->caseless ? SIDE_OTHER : 0));
            examples->features.items[at++] = (table[slot] - 1) | (uint32_t)it->groups.items[k]
                                                                     << 29;
        }
        token->first = first;
        token->count = (uint32_t)(at - first);
    }
    memory_free(table);
}

/* --- out ------------------------------------------------------------------------------------- */

struct ranked {
    float range;
    uint32_t feature;
};

static int by_range(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->range != b->range)
        return a->range < b->range ? 1 : -1;
    return (a->feature > b->feature) - (a->feature < b->feature);
}

static int rounded(float value, float scale, int limit)
{
    float scaled = value * scale;
    int number = (int)(scaled < 0 ? scaled - 0.5f : scaled + 0.5f);
    return number > limit ? limit : number < -limit ? -limit : number;
}

static struct name_row make_row(uint32_t feature, const float *weights, float scale)
{
    struct name_row row = {.feature = feature};
    for (unsigned k = 0; k < LABEL_COUNT; k++)
        row.large |= weights[k] * scale > 127 || weights[k] * scale < -127;
    float times = row.large ? scale / NAME_ROW_TIMES : scale;
    for (unsigned k = 0; k < LABEL_COUNT; k++)
        row.weights[k] = (signed char)rounded(weights[k], times, 127);
    return row;
}

static void take_steps(const struct perceptron *perceptron, float scale,
                       int steps[LABEL_COUNT][LABEL_COUNT])
{
    for (unsigned i = 0; i < LABEL_COUNT; i++) {
        for (unsigned k = 0; k < LABEL_COUNT; k++) {
            bool can = k == LABEL_NONE || label_begins(k) || label_kind(i) == label_kind(k);
            steps[i][k] = can ? rounded(perceptron->steps[i][k], scale, 20000) : NAME_STEP_NEVER;
        }
    }
}

/* Of the rows that tell most those of the text that is learnt about; and the steps. */
static void take_rows(const struct collection *from, const struct perceptron *perceptron,
                      size_t row_maximum, struct lesson *lesson)
{
    size_t count = from->examples.feature_count, usable = 0;
    struct ranked *ranks = memory_new(count + 1, sizeof *ranks);
    for (size_t i = 0; i < count; i++) {
        const float *row = perceptron->weights + i * LABEL_COUNT;
        float low = row[0], high = row[0];
        for (unsigned k = 1; k < LABEL_COUNT; k++) {
            low = row[k] < low ? row[k] : low;
            high = row[k] > high ? row[k] : high;
        }
        if (!(from->sides[i] & SIDE_SOURCE))
            ranks[usable++] = (struct ranked){high - low, (uint32_t)i};
    }
    qsort(ranks, usable, sizeof *ranks, by_range);
    size_t kept = usable < row_maximum ? usable : row_maximum;
    float scale = kept ? 127 / ranks[kept / 100].range : 1;
    for (size_t i = 0; i < kept; i++) {
        struct name_row row =
            make_row(from->hashes[ranks[i].feature],
                     perceptron->weights + ranks[i].feature * (size_t)LABEL_COUNT, scale);
        bool other = from->sides[ranks[i].feature] & SIDE_OTHER;
        vec_push(NULL, other ? &lesson->others : &lesson->rows, row);
    }
    take_steps(perceptron, scale, lesson->steps);
    fprintf(stderr, "%zu of %zu features, %zu rows, scale %.2f, least range %.4f\n", kept, usable,
            lesson->rows.count, (double)scale, kept ? (double)ranks[kept - 1].range : 0.0);
    memory_free(ranks);
}

/* Weights of text with usable case, and those of other text from the same lesson or from its own.
 */
static enum status write_weights(const struct training *training, bool own, struct error *err)
{
    const struct lesson *first = &training->lessons[0], *second = &training->lessons[own];
    const name_rows *parts[] = {&first->rows, own ? &second->rows : &first->others};
    name_rows rows = {0};
    for (size_t part = 0; part < 2; part++) {
        for (size_t i = 0; i < parts[part]->count; i++)
            vec_push(NULL, &rows, parts[part]->items[i]);
    }
    struct name_weights_source source = {.rows = rows.items,
                                         .row_count = rows.count,
                                         .sounds = training->sounds,
                                         .cases = training->cases,
                                         .words = training->words,
                                         .word_count = training->word_count};
    memcpy(source.steps[0], first->steps, sizeof source.steps[0]);
    memcpy(source.steps[1], second->steps, sizeof source.steps[1]);
    struct buf bytes = BUF_INIT;
    name_weights_write(&source, &bytes);
    enum status status = file_replace(training->out, buf_str(&bytes), err);
    fprintf(stderr, "%zu rows, %zu bytes\n", rows.count, bytes.len);
    buf_done(&bytes);
    vec_done(&rows);
    return status;
}

/* --- the whole ------------------------------------------------------------------------------- */

static void add_damaged(struct training *training, const struct labelled_document *document,
                        enum damage damage)
{
    struct arena arena = {0};
    struct labelled_document copy = sets_damaged(&arena, document, damage);
    add_examples(training, &copy);
    arena_done(&arena);
}

/* Every document is seen as it is, and once more in capitals or in Title Case. Text with usable
 * case is learnt from both, of which its own features are kept; other text from the copies alone,
 * and from both copies of the texts that the tagger labelled. */
static void add_all_examples(struct training *training, const struct setting *settings,
                             bool caseless)
{
    double upper = setting(settings, "upper"), title = setting(settings, "title");
    training->collection = (struct collection){.caseless = caseless};
    for (size_t i = 0; i < training->documents.count; i++) {
        const struct labelled_document *document = &training->documents.items[i];
        double chance = (double)(str_hash(document->id) % 1000) / 10;
        bool both = document->source == SOURCE_UNLABELLED;
        if (!caseless)
            add_examples(training, document);
        if (both || chance < upper)
            add_damaged(training, document, DAMAGE_UPPER);
        if (both || (chance >= upper && chance < upper + title))
            add_damaged(training, document, DAMAGE_TITLE);
    }
}

/* The mean of several perceptrons that saw the examples in other orders: as these are linear, it is
 * one perceptron, and a steadier one. */
static void train_several(const struct examples *examples, const struct setting *settings,
                          bool caseless, struct perceptron *mean)
{
    struct perceptron_plan plan = {
        .rounds = (unsigned)setting(settings, "rounds"),
        .cost = (float)setting(settings, "cost"),
        .left_out = {0, (float)setting(settings, "drop-words"),
                     (float)setting(settings, "drop-lexicon"),
                     (float)setting(settings, "drop-rules"), 0},
        .each_left_out = (float)setting(settings, caseless ? "drop-each-caseless" : "drop-each"),
        .seed = 1};
    size_t cells = examples->feature_count * LABEL_COUNT;
    perceptron_train(examples, &plan, mean);
    for (plan.seed = 2; plan.seed <= (uint64_t)setting(settings, "members"); plan.seed++) {
        struct perceptron other;
        perceptron_train(examples, &plan, &other);
        for (size_t i = 0; i < cells; i++)
            mean->weights[i] += other.weights[i];
        for (unsigned i = 0; i < LABEL_COUNT * LABEL_COUNT; i++)
            mean->steps[i / LABEL_COUNT][i % LABEL_COUNT] +=
                other.steps[i / LABEL_COUNT][i % LABEL_COUNT];
        perceptron_done(&other);
    }
}

static void collection_done(struct collection *it)
{
    vec_done(&it->examples.features);
    vec_done(&it->examples.tokens);
    vec_done(&it->examples.runs);
    vec_done(&it->groups);
    memory_free(it->hashes);
    memory_free(it->sides);
}

/* Weights of text with usable case, or of other text. */
static void learn(struct training *training, const struct setting *settings, bool caseless)
{
    add_all_examples(training, settings, caseless);
    choose_features(&training->collection, (size_t)setting(settings, "least"));
    number_features(&training->collection);
    const struct examples *examples = &training->collection.examples;
    fprintf(stderr, "%zu runs, %zu tokens, %zu features\n", examples->runs.count,
            examples->tokens.count, examples->feature_count);
    struct perceptron perceptron;
    train_several(examples, settings, caseless, &perceptron);
    take_rows(&training->collection, &perceptron,
              (size_t)setting(settings, caseless ? "rows-caseless" : "rows"),
              &training->lessons[caseless]);
    perceptron_done(&perceptron);
    collection_done(&training->collection);
}

/* The names that the tagger finds are the document's labels. */
static void label_self(struct training *training, struct labelled_document *document)
{
    struct arena arena = {0};
    struct article article = {.text = document->text};
    struct analysis analysis = {.tokens = {0}};
    tokens_pass(training->analyser, &arena, &article, &analysis);
    tag_names_pass(training->analyser, &arena, &article, &analysis);
    document->spans.count = 0;
    for (size_t i = 0; i < analysis.mentions.count; i++) {
        const struct mention *it = &analysis.mentions.items[i];
        struct labelled_span span = {
            .start = it->start, .end = it->end, .kind = 1 + (unsigned)it->kind};
        vec_push(&training->arena, &document->spans, span);
    }
    document->has_other = false;
    arena_done(&arena);
}

/* Adds the texts that are labelled by what was learnt so far. */
static enum status add_unlabelled(struct training *training, struct error *err)
{
    enum status status = write_weights(training, false, err);
    analyser_close(training->analyser);
    training->analyser = NULL;
    if (!status)
        status = analyser_open_with(training->data_folder, training->out, &training->analyser, err);
    for (size_t i = 0; !status && i < sizeof unlabelled / sizeof *unlabelled; i++) {
        size_t first = training->documents.count;
        status = sets_read(&training->arena, training->sets_folder, unlabelled[i],
                           &training->documents, err);
        for (size_t k = first; k < training->documents.count; k++) {
            struct labelled_document *document = &training->documents.items[k];
            document->source = SOURCE_UNLABELLED;
            label_self(training, document);
        }
    }
    return status;
}

static enum status train(struct training *training, const struct setting *settings,
                         struct error *err)
{
    enum status status = analyser_open_with(training->data_folder, NULL, &training->analyser, err);
    for (size_t i = 0; !status && i < SOURCE_COUNT; i++) {
        size_t first = training->documents.count;
        unsigned repeats = (unsigned)setting(settings, sources[i].name);
        if (!repeats)
            continue;
        status = sets_read(&training->arena, training->sets_folder, sources[i].name,
                           &training->documents, err);
        for (size_t k = first; k < training->documents.count; k++) {
            struct labelled_document *document = &training->documents.items[k];
            document->repeats = repeats;
            document->source = (unsigned)i;
            if (sources[i].silver)
                correct_labels(analyser_lexicon(training->analyser), document);
        }
    }
    if (!status)
        status = sounds_learn(&training->arena, training->lists_folder, &training->documents,
                              &training->sounds, err);
    if (!status)
        status = make_classes(training, settings, err);
    if (!status)
        status = make_cases(training, err);
    if (status)
        return status;
    learn(training, settings, false);
    status = add_unlabelled(training, err);
    if (status)
        return status;
    learn(training, settings, true);
    return write_weights(training, true, err);
}

static void read_settings(int count, char **arguments, struct setting *settings)
{
    for (int i = 0; i < count; i++) {
        char *sign = strchr(arguments[i], '=');
        for (struct setting *it = settings; sign && it->name; it++) {
            if (strlen(it->name) == (size_t)(sign - arguments[i]) &&
                !strncmp(it->name, arguments[i], strlen(it->name)))
                it->value = strtod(sign + 1, NULL);
        }
    }
}

static enum status make_weights(char **arguments, int count, struct error *err)
{
    struct setting settings[] = {{"rounds", 3},
                                 {"drop-each", 0.2},
                                 {"drop-each-caseless", 0.3},
                                 {"drop-words", 0.5},
                                 {"drop-lexicon", 0},
                                 {"drop-rules", 0},
                                 {"cost", 0},
                                 {"members", 10},
                                 {"least", 2},
                                 {"rows", ROW_MAXIMUM},
                                 {"rows-caseless", ROW_CASELESS_MAXIMUM},
                                 {"classes", CLASS_COUNT},
                                 {"wide", WIDE_CLASS_COUNT},
                                 {"upper", 50},
                                 {"title", 50},
                                 {"btc", 1},
                                 {"crossner", 3},
                                 {"ewt", 3},
                                 {"gmb", 1},
                                 {"gum", 3},
                                 {"wikigold", 3},
                                 {NULL, 0}};
    read_settings(count - 4, arguments + 4, settings);
    struct training training = {.data_folder = arguments[0],
                                .sets_folder = arguments[1],
                                .lists_folder = arguments[2],
                                .out = arguments[3]};
    enum status status = train(&training, settings, err);
    analyser_close(training.analyser);
    for (size_t i = 0; i < 2; i++) {
        vec_done(&training.lessons[i].rows);
        vec_done(&training.lessons[i].others);
    }
    arena_done(&training.arena);
    return status;
}

/* The list of ordinary words. */
static enum status make_common(char **arguments, int count, struct error *err)
{
    (void)count;
    struct arena arena = {0};
    labelled_documents documents = {0};
    struct analyser *analyser;
    enum status status = analyser_open_with(arguments[0], NULL, &analyser, err);
    for (size_t i = 0; !status && i < SOURCE_COUNT; i++)
        status = sets_read(&arena, arguments[1], sources[i].name, &documents, err);
    struct buf bytes = BUF_INIT;
    if (!status) {
        common_words_write(analyser, &documents, &bytes);
        status = file_replace(arguments[2], buf_str(&bytes), err);
    }
    buf_done(&bytes);
    analyser_close(analyser);
    arena_done(&arena);
    return status;
}

static enum status make_senses(char **arguments, int count, struct error *err)
{
    (void)count;
    return vector_classes_make(arguments[0], arguments[1], err);
}

static const struct command {
    const char *name, *arguments;
    int count;
    enum status (*run)(char **arguments, int count, struct error *err);
} commands[] = {
    {"weights", "DATA_FOLDER SETS_FOLDER LISTS_FOLDER OUT [NAME=VALUE ...]", 4, make_weights},
    {"classes", "VECTORS OUT", 2, make_senses},
    {"common", "DATA_FOLDER SETS_FOLDER OUT", 3, make_common},
};

int main(int count, char **arguments)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (count < 2 + commands[i].count || strcmp(arguments[1], commands[i].name) != 0)
            continue;
        struct error err;
        enum status status = commands[i].run(arguments + 2, count - 2, &err);
        if (status)
            fprintf(stderr, "train_names: %s\n", err.text);
        return status ? 1 : 0;
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        fprintf(stderr, "usage: train_names %s %s\n", commands[i].name, commands[i].arguments);
    return 2;
}
