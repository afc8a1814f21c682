/* The whole dossier for other programs. Two languages, one walk: articles, people with their
 * mentions, days with their statements are read by page, so that no more than one article, one
 * person or one day is held at a time. */
#ifndef APP_EXPORT_H
#define APP_EXPORT_H

#include "app/report.h"

/* A run; begin with zeros. Report.own is the walk's. */
struct export {
    struct report *report;
    struct arena article_arena; /* the article at hand */
    struct stored_article article;
    int64_t article_count, person_count, day_count;
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

/* A name of a person or a date in a text. */
struct export_link {
    uint32_t start, end;
    int64_t entity;  /* a person, or 0: a date */
    str name;        /* of the person */
    day first, last; /* of the date */
};
/* Those of the article at hand, by start and apart; in its arena. */
size_t export_links(struct export *export, const struct export_link **links);

/* "2024-08-05", or "2024-08-01--2024-08-31" for a period: safe as a name of a file. */
void export_add_days(struct buf *out, day first, day last);
/* Adds a name for a file that is made of text: lower-case ASCII letters, digits and single hyphens,
 * 60 bytes at most, a hyphen and the number at its end, which keeps it apart from others. `other`
 * stands for a text that has nothing to offer. */
void export_add_file_name(struct buf *out, str text, const char *other, int64_t number);
/* BAD_INPUT when a file is there that does not begin with `mark`: it is not ours to replace. */
enum status export_check_ours(const char *path, str mark, struct error *err) MUST_CHECK;

/* The two languages. */
enum status export_markdown(struct export *export, const char *folder) MUST_CHECK;
enum status export_html(struct export *export, const char *path) MUST_CHECK;

#endif
