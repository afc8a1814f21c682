/* Article -> names and dates. The passes are rows of a table (passes.c); each reads what the ones
 * before it left in struct analysis. Identity across articles is link.h's work. */
#ifndef ANALYSE_ANALYSE_H
#define ANALYSE_ANALYSE_H

#include "base/arena.h"
#include "base/status.h"
#include "model/article.h"
#include "model/copy.h"
#include "model/mention.h"
#include "model/moment.h"

/* Version of the passes: raised when their output changes, so that the store knows what is old. */
#define ANALYSE_VERSION 10

enum token_class { TOKEN_WORD, TOKEN_NUMBER, TOKEN_PUNCTUATION };

/* token flags */
enum {
    TOKEN_SENTENCE_START = 1 << 0,
    TOKEN_SPACE_BEFORE = 1 << 1,
    TOKEN_CAPITAL = 1 << 2,  /* first letter is upper case */
    TOKEN_ALL_CAPS = 1 << 3, /* more than one letter, all upper case */
    TOKEN_HAS_LOWER = 1 << 4,
    TOKEN_POSSESSIVE = 1 << 5,  /* the word ended in 's or ’s; [start, end) leaves it out */
    TOKEN_IN_HEADLINE = 1 << 6, /* the sentence is set in Title Case or in capitals */
    TOKEN_RESTORED = 1 << 7,    /* its case tells nothing there: the flags are those that the word
                                   would have in running text */
    TOKEN_CASE_SHIFT = 8,       /* of a restored word: how surely it has a capital, 0 to 7 */
    TOKEN_CASE_MOST = 7
};

/* Words keep apostrophes, the full stops of initials and abbreviations ("U.S.", "Mr."), web
 * addresses and host names; a hyphen is a token of its own without space around it. A number
 * begins with a digit and keeps 1,000 2.5 12.08.2024 7th 1990s 5pm whole; 10:30 and 2024-08-05
 * are parted. A run of one punctuation sign is one token. Where nothing is written between the
 * words (Han, Thai, …) each character is a word. */
struct token {
    uint32_t start, end; /* bytes of the article's text */
    enum token_class kind;
    uint32_t flags;
    uint32_t sentence; /* index */
    uint32_t word;     /* id of the lower-cased word in the lexicon, 0 = not there */
};

struct sentence {
    uint32_t start, end;               /* bytes */
    uint32_t first_token, token_count; /* into tokens */
    uint32_t block;                    /* index of the article's block */
};

/* Everything the passes found; lives in the arena given to analyse_article. */
struct analysis {
    VEC(struct token) tokens;
    VEC(struct sentence) sentences;
    mention_vec mentions;
    entity_vec entities;
    moment_vec moments;
};

struct analyser;

/* Loads the lexicons of data_folder/lexicon and the weights data_folder/names/en.weights. Mistakes
 * in them: BAD_INPUT, file:line: message or file: message. */
enum status analyser_open(const char *data_folder, struct analyser **analyser,
                          struct error *err) MUST_CHECK;
/* With the weights of another file, or none (NULL): for the trainer, which makes them.
 * analyse_article must not be called without. */
enum status analyser_open_with(const char *data_folder, const char *weights,
                               struct analyser **analyser, struct error *err) MUST_CHECK;
void analyser_close(struct analyser *analyser);

/* Runs all passes. Linear in the text. The result borrows the article's text. Thread-safe: the
 * analyser is not changed. */
void analyse_article(const struct analyser *analyser, struct arena *arena,
                     const struct article *article, struct analysis *analysis);

/* A pass: a row of passes[]. New passes (a trained tagger) are a file and a row. */
struct pass {
    const char *name;
    const char *help;
    void (*run)(const struct analyser *analyser, struct arena *arena, const struct article *article,
                struct analysis *analysis);
};
extern const struct pass passes[]; /* ends with name NULL */

/* By the tokens of the analysis. Not there for a text of less than about 30 words. */
void copy_sketch_make(const struct article *article, const struct analysis *analysis,
                      struct copy_sketch *sketch);

#endif
