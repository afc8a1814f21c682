/* Page -> article: which lines stay and as what, which go and why, and what the page says of
 * itself. The rules are data (data/rules/<language>.rules); the machinery knows no outlet. */
#ifndef INGEST_CLEAN_H
#define INGEST_CLEAN_H

#include "base/arena.h"
#include "base/status.h"
#include "model/article.h"

struct clean_rules;

/* Version of the cleaner: raised when its output changes, so that the store knows what is old. */
#define CLEAN_VERSION 10

/* Reads every *.rules file of the folder. All mistakes are collected as file:line: messages; the
 * first stands in *err. */
enum status clean_rules_open(const char *folder, struct clean_rules **rules,
                             struct error *err) MUST_CHECK;
void clean_rules_close(struct clean_rules *rules);

/* The reader's own decisions about single blocks, replayed on every cleaning: a block is known by
 * the hash of its text (str_hash of the trimmed line). */
struct clean_override {
    uint64_t block_hash;
    bool keep; /* true: restore, false: cut */
};

struct clean_overrides {
    const struct clean_override *items;
    size_t count;
};

/* Cleans a page into *article; everything lives in the arena or in the page's memory. Kept and
 * removed pieces together are the page's visible text. PAGE_TEXT is only split into blocks; its
 * text is not changed but by the reader's cuts. Linear in the page. */
void clean_page(struct arena *arena, const struct clean_rules *rules,
                const struct clean_overrides *overrides, const struct page *page,
                struct article *article);

/* A decision from outside about a piece of a cleaned article. */
struct clean_verdict {
    bool change;                /* a kept block is cut, a removed one restored as a paragraph */
    enum removal_reason reason; /* of a cut, */
    str rule;                   /* and its rule; must live as long as the article */
};

/* Carries out verdicts, one for each block and one for each removed piece; spans follow their
 * text. Kept and removed pieces together stay the same text in the same order. */
void clean_revise(struct arena *arena, struct article *article, const struct clean_verdict *blocks,
                  const struct clean_verdict *removed);

#endif
