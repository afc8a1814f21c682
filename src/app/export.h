/* The whole dossier for other programs. Two languages, one walk: articles, people with their
 * mentions, days with their statements are read by page, so that no more than one article, one
 * person or one day is held at a time. */
#ifndef APP_EXPORT_H
#define APP_EXPORT_H

#include "app/report.h"

/* A run; begin with zeros. Report.own is the walk's. */
struct export
{
    struct report *report;
    struct arena article_arena; /* the article at hand */
    struct stored_article article;
    int64_t article_count, person_count, day_count, passage_count;
    void *own; /* the language's */
};

/* What each language does with what is read; `export` is the run. */
enum status export_articles(struct export *export,
                            enum status (*visit)(struct export *export,
                                                 const struct article_row *row)) MUST_CHECK;
enum status export_people(struct export *export,
                          enum status (*visit)(struct export *export,
                                               const struct entity_row *row)) MUST_CHECK;
/* The mentions of a person in order of date. */
enum status export_mentions(struct export *export, int64_t entity,
                            enum status (*visit)(struct export *export,
                                                 const struct mention_row *row)) MUST_CHECK;
/* Statements that have a day or a period, in order of time: those of the same days in a row. */
enum status export_statements(struct export *export,
                              enum status (*visit)(struct export *export,
                                                   const struct moment_row *row)) MUST_CHECK;
/* Has an article at hand: export->article. */
enum status export_read_article(struct export *export, int64_t id) MUST_CHECK;
/* The index of the block with that byte, of the article at hand. */
size_t export_block_of(const struct export *export, uint32_t at);

/* The reader's passages: all of them by article, or those that stand in the article at hand (in its
 * arena, in order of place). */
enum status export_passages(struct export *export,
                            enum status (*visit)(struct export *export,
                                                 const struct bookmark_row *row)) MUST_CHECK;

/* ---- a text with what is marked in it (export_text.c) --------------------------------------- */

/* A name of a person or a date in a text. */
struct export_link {
    uint32_t start, end;
    int64_t entity;  /* a person, or 0: a date */
    str name;        /* of the person */
    day first, last; /* of the date */
};

/* A stretch of the text in which nothing begins or ends. */
struct export_segment {
    uint32_t start, end;
    const struct export_link *link; /* NULL: none */
    str target;                     /* of a link of the page's own to http or https; STR_NONE */
    unsigned styles;                /* bit of each enum span_kind */
    int64_t passage;                /* a bookmark that covers it, or 0 */
};

/* An http or https address: what a page may lead to. */
bool export_is_web(str target);

struct export_edge;
/* The text of the article at hand, read from its beginning; in its arena. */
struct export_text {
    const struct export_edge *edges;
    size_t count, next;
    uint32_t at, end; /* where the next segment begins, where the block ends */
    unsigned depth[SPAN_KIND_COUNT];
    struct export_segment now;
};

/* `styles`: the bits of the enum span_kind that matter. Work: the article's own. */
enum status export_text_begin(struct export *export, unsigned styles,
                              struct export_text *text) MUST_CHECK;
/* The segments of a block that comes after those read before; without the bullet of a list item. */
void export_begin_block(struct export *export, struct export_text *text, const struct block *block);
/* false at the end. */
bool export_next_segment(struct export_text *text, struct export_segment *segment);

/* "2024-08-05", or "2024-08-01--2024-08-31" for a period: safe as a name of a file. */
void export_add_days(struct buf *out, day first, day last);
/* Adds a name for a file that is made of text: lower-case ASCII letters, digits and single hyphens,
 * 60 bytes at most, a hyphen and the number at its end, which keeps it apart from others. `other`
 * stands for a text that has nothing to offer. */
void export_add_file_name(struct buf *out, str text, const char *other, int64_t number);
/* The file begins with `mark`. */
bool export_is_ours(const char *path, str mark);
/* BAD_INPUT when a file is there that does not begin with `mark`: it is not ours to replace.
 * *is_same: it is there and holds `bytes` already. */
enum status export_check_ours(const char *path, str mark, str bytes, bool *is_same,
                              struct error *err) MUST_CHECK;

/* The two languages. */
enum status export_markdown(struct export *export, const char *folder) MUST_CHECK;
enum status export_html(struct export *export, const char *path) MUST_CHECK;

#endif
