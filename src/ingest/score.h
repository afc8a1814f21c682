/* How likely a piece of a page belongs to its article: features of the piece, of its neighbours,
 * and of the page, among them what a linear model of its words says, and a small model of boosted
 * trees in two stages. The numbers of the model are data
 * (data/rules/NAME.weights), made by tests/train/train_clean.c from labelled pages. One feature
 * list serves dumps and HTML; what only a tree can tell is 0 in a dump, and what empty lines and
 * the looks of lines tell is 0 in HTML. Methods: shallow text features (Kohlschütter, Fankhauser,
 * Nejdl, WSDM 2010); gradient boosting (Friedman, Annals of Statistics 29, 2001) with second-order
 * leaves (Chen and Guestrin, KDD 2016). */
#ifndef INGEST_SCORE_H
#define INGEST_SCORE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "ingest/html.h"

/* clang-format off */
#define SCORE_FEATURE_LIST(X)                                                                      \
    X(words) X(word_len) X(capitals) X(stops) X(sentence) X(colon) X(bullet) X(title_case)         \
    X(shout) X(ellipsis) X(good) X(credit) X(digits) X(commas) X(separator) X(low_start)           \
    X(copies) X(phrase) X(section) X(byline) X(title_in) X(title_cover) X(topic) X(topic_rare)     \
    X(pos_piece) X(pos_word) X(pos_good) X(index) X(end) X(before_first) X(after_last)             \
    X(to_prev_good) X(to_next_good) X(run_short) X(since_section) X(since_title)                   \
    X(since_comment) X(comments_before) X(comments_after) X(since_related) X(since_byline)         \
    X(run_to_good) X(page_pieces) X(page_words) X(page_good) X(prev1_words) X(prev2_words)         \
    X(prev3_words) X(next1_words) X(next2_words) X(next3_words) X(prev1_good) X(prev2_good)        \
    X(next1_good) X(next2_good) X(prev1_sentence) X(next1_sentence) X(prev1_phrase)                \
    X(next1_phrase) X(win3_words) X(win6_words) X(win12_words) X(win3_good) X(win6_good)           \
    X(win12_good) X(win6_stops) X(win6_phrase) X(link_share) X(links) X(bold_share) X(shape)       \
    X(depth) X(after_break) X(prev1_links) X(next1_links) X(win6_links) X(prev1_shape)             \
    X(next1_shape) X(prev1_level) X(next1_level) X(c0_links) X(c1_links) X(c2_links) X(c3_links)   \
    X(c0_words) X(c1_words) X(c2_words) X(c3_words) X(c0_good) X(c1_good) X(c2_good) X(c3_good)    \
    X(c1_pieces) X(c2_pieces) X(sign_good) X(sign_count) X(sign_links) X(main_up) X(main_near)     \
    X(main_share) X(body_said) X(lexis) X(prev1_lexis) X(next1_lexis) X(win3_lexis)           \
    X(win8_lexis) X(gap_before) X(gap_after) X(group_lines) X(group_at) X(group_words)             \
    X(group_good) X(group_lexis) X(group_prev_lines) X(group_next_lines) X(group_prev_words)       \
    X(group_next_words) X(win6_gaps) X(page_gaps) X(symbols) X(win3_symbols) X(prev1_credit)        \
    X(next1_credit)

/* What the first stage says of the piece, of its neighbours and of its containers. */
#define SCORE_STAGE_LIST(X)                                                                        \
    X(p0) X(p_prev1) X(p_prev2) X(p_prev3) X(p_next1) X(p_next2) X(p_next3) X(p_win3) X(p_win8)    \
    X(p_c0) X(p_c1) X(p_c2) X(p_c3) X(p_kept_c1) X(p_kept_c2) X(p_kept_c3) X(p_sign) X(p_page)     \
    X(p_before) X(p_since) X(p_until) X(p_main) X(p_group) X(p_group_prev) X(p_group_next)       \
    X(p_topic) X(p_topic_near)
/* clang-format on */

enum score_feature {
#define SCORE_ENUM(name) SCORE_##name,
    SCORE_FEATURE_LIST(SCORE_ENUM) SCORE_STAGE_LIST(SCORE_ENUM)
#undef SCORE_ENUM
        SCORE_near,
    SCORE_FEATURE_COUNT = SCORE_near + HTML_MARK_COUNT
};

#define SCORE_DEPTH 5
#define SCORE_NODE_COUNT ((1 << SCORE_DEPTH) - 1)
#define SCORE_LEAF_COUNT (1 << SCORE_DEPTH)
#define SCORE_UNIT 10000 /* numbers in the file are whole: value times this */

/* A complete tree: node i has the children 2i+1 and 2i+2; right when the feature is not below. */
struct score_tree {
    uint16_t feature[SCORE_NODE_COUNT];
    float bound[SCORE_NODE_COUNT];
    float leaf[SCORE_LEAF_COUNT];
};

struct score_stage {
    struct score_tree *trees;
    size_t count;
    float base;
};

/* The weights of words and of pairs of words, by hash: a table with open addressing. */
#define LEXIS_SLOT_BITS 14
#define LEXIS_SLOTS ((size_t)1 << LEXIS_SLOT_BITS)
#define LEXIS_LIMIT (LEXIS_SLOTS / 2) /* words and pairs with a weight */
#define LEXIS_RUNS_LIMIT 192          /* of one text */
struct lexis_slot {
    uint32_t run; /* 0: free */
    float weight;
};
struct score_lexis {
    struct lexis_slot *slots; /* LEXIS_SLOTS */
    float base;
};

/* The next word of letters and digits as the hash of its small letters. */
bool score_next_word(str text, size_t *at, uint32_t *hash, size_t *len);
/* lexis.c: the words and pairs of a text, in a long one of its beginning and its end; returns their
 * number. */
size_t lexis_runs(str text, uint32_t runs[LEXIS_RUNS_LIMIT]);
/* At most LEXIS_LIMIT may be put; no run is 0. */
void lexis_put(struct score_lexis *lexis, uint32_t run, float weight);
/* NULL when it has no weight. */
struct lexis_slot *lexis_find(const struct score_lexis *lexis, uint32_t run);
/* Log odds that a text belongs to an article, by its words alone. */
float lexis_score(const struct score_lexis *lexis, str text);

/* The second stage sees what the first one says of the whole page (stacking: Wolpert, Neural
 * Networks 5, 1992). */
#define SCORE_STAGES 2
struct score_model {
    struct score_lexis lexis;
    struct score_stage stages[SCORE_STAGES];
};

struct cleaner;
struct score_context;

/* What the features of all pieces are made of, in the cleaner's scratch memory. Linear in the page.
 * The cleaner's pieces are measured and their phrases are known. */
struct score_context *score_open(struct cleaner *c);
/* Tells the context what the words of each piece say. */
void score_note_words(struct score_context *context, const float *log_odds);
/* Tells the context the first stage's probability of each piece; rows have them from then on. */
void score_spread(struct score_context *context, const float *probabilities);
/* row[SCORE_FEATURE_COUNT], zeros when it comes for the first time. */
void score_features(const struct score_context *context, size_t piece, float *row);

/* The sums of the trees (log odds) of so many rows, which lie one after the other. A tree runs over
 * all of them while it is at hand. */
void score_run(const struct score_stage *stage, const float *rows, size_t count, float *log_odds);
float score_probability(float log_odds);

/* Writes and reads the numbers of a model. The file names its version, its size and the hash of
 * its numbers; a mistake is told as "name:line: what" and returns false. */
void score_write(struct buf *out, const struct score_model *model);
bool score_read(struct arena *arena, str name, str text, struct score_model *model,
                struct buf *mistakes);

#endif
