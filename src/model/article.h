/* The article: what a page is after cleaning. Offsets are bytes of `text`. */
#ifndef MODEL_ARTICLE_H
#define MODEL_ARTICLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "model/day.h"

/* name in C, name in JSON and on the screen */
#define BLOCK_KIND_LIST(X)                                                                         \
    X(TITLE, "title")                                                                              \
    X(SUBTITLE, "subtitle")                                                                        \
    X(BYLINE, "byline")                                                                            \
    X(DATELINE, "dateline")                                                                        \
    X(HEADING, "heading")                                                                          \
    X(PARAGRAPH, "paragraph")                                                                      \
    X(CAPTION, "caption")                                                                          \
    X(LIST_ITEM, "list-item")                                                                      \
    X(QUOTE, "quote")                                                                              \
    X(TABLE_ROW, "table-row")                                                                      \
    X(PREFORMATTED, "preformatted")

enum block_kind {
#define BLOCK_ENUM(name, text) BLOCK_##name,
    BLOCK_KIND_LIST(BLOCK_ENUM) BLOCK_KIND_COUNT
#undef BLOCK_ENUM
};

#define REMOVAL_REASON_LIST(X)                                                                     \
    X(NAVIGATION, "navigation")                                                                    \
    X(BREADCRUMB, "breadcrumb")                                                                    \
    X(REPEATED, "repeated")                                                                        \
    X(COOKIE_NOTICE, "cookie-notice")                                                              \
    X(RELATED_LINKS, "related-links")                                                              \
    X(SHARE, "share")                                                                              \
    X(NEWSLETTER, "newsletter")                                                                    \
    X(COMMENT_PROMPT, "comment-prompt")                                                            \
    X(CREDIT, "credit")                                                                            \
    X(AUTHOR_BOX, "author-box")                                                                    \
    X(STOCK_PHOTOS, "stock-photos")                                                                \
    X(UI_CONTROL, "ui-control")                                                                    \
    X(READ_TIME, "read-time")                                                                      \
    X(SOURCE_LABEL, "source-label")                                                                \
    X(TOC, "toc")                                                                                  \
    X(ADVERTISEMENT, "advertisement")                                                              \
    X(OTHER, "other")

enum removal_reason {
#define REMOVAL_ENUM(name, text) REMOVAL_##name,
    REMOVAL_REASON_LIST(REMOVAL_ENUM) REMOVAL_REASON_COUNT
#undef REMOVAL_ENUM
};

/* A kept piece of the page. Blocks are in reading order and do not overlap; between two stands
 * one \n of `text`. */
struct block {
    enum block_kind kind;
    uint32_t start, end;
    uint32_t line; /* line of the raw page it came from, from 1 */
};

/* A piece of the page that was cut, and why. */
struct removed_block {
    str text;
    enum removal_reason reason;
    uint32_t line;   /* line of the raw page, from 1 */
    uint32_t before; /* index of the block before which it stood; block count = at the end */
    str rule;        /* which rule cut it, for "why?" */
};

/* What stands out within a block. */
#define SPAN_KIND_LIST(X)                                                                          \
    X(EMPHASIS, "emphasis")                                                                        \
    X(STRONG, "strong")                                                                            \
    X(CODE, "code")                                                                                \
    X(LINK, "link")

enum span_kind {
#define SPAN_ENUM(name, text) SPAN_##name,
    SPAN_KIND_LIST(SPAN_ENUM) SPAN_KIND_COUNT
#undef SPAN_ENUM
};

/* A stretch of `text` within one block, never empty. Spans are in order of their starts; those of
 * different kinds may overlap. */
struct span {
    enum span_kind kind;
    uint32_t start, end;
    str target; /* of a link: an absolute address; else STR_NONE */
};

#define DATE_BASIS_LIST(X)                                                                         \
    X(UNKNOWN, "unknown")                                                                          \
    X(STATED, "stated")                                                                            \
    X(METADATA, "metadata")                                                                        \
    X(GIVEN, "given")                                                                              \
    X(INFERRED, "inferred")                                                                        \
    X(SET, "set by you")                                                                           \
    X(FILE, "file time")

enum date_basis {
#define BASIS_ENUM(name, text) DATE_BASIS_##name,
    DATE_BASIS_LIST(BASIS_ENUM) DATE_BASIS_COUNT
#undef BASIS_ENUM
};

/* When the article was published. FILE: nothing but the time of its file bounds it from above, so
 * that `latest` says little of the day. `value` only for STATED, METADATA, GIVEN, and for SET where
 * the reader named one day; else DAY_UNKNOWN and the bounds say what is known (DAY_UNKNOWN = no
 * bound on that side). */
struct publication {
    enum date_basis basis;
    day value, earliest, latest;
    uint32_t
        similar_count; /* INFERRED: so many dated articles like it set the bounds; a guess then */
};
/* Nothing is known of the day. */
#define PUBLICATION_UNKNOWN                                                                        \
    ((struct publication){DATE_BASIS_UNKNOWN, DAY_UNKNOWN, DAY_UNKNOWN, DAY_UNKNOWN, 0})

/* A page as it came out of a format: not yet cleaned. Borrowed from the reader's arena. */
enum page_body {
    PAGE_TEXT, /* clean already */
    PAGE_DUMP, /* plain-text dump, a block a line */
    PAGE_HTML,
    /* No body, and only where the reader follows them (struct input): */
    PAGE_LINK, /* the page is at `url` */
    PAGE_FEED, /* a feed is at `url` */
};

struct page {
    str path;   /* where it came from, as shown: "folder/002.txt", "crawl.jsonl:17" */
    str raw;    /* the source bytes of this page, exactly */
    str format; /* name of the format that reads `raw` again; STR_NONE: the one of the file */
    str id;     /* stated by the source, or STR_NONE */
    str url, title, site, byline, language; /* stated by the source, or STR_NONE */
    day published;                          /* stated by the source, or DAY_UNKNOWN */
    enum date_basis published_basis; /* GIVEN: by the user for the whole input; else METADATA */
    day seen; /* by its container then (a member's own time, a visit), or 0 */
    enum page_body kind;
    bool is_summary; /* a part only of what is at `url` */
    bool was_read;   /* in the program it comes from, */
    str tags;        /* and the tags it had there, or STR_NONE; both no part of `raw` */
    str body;        /* repaired UTF-8, \n line ends */
    size_t at;       /* bytes of the input file that lie before its end; 0: not known */
};

struct article {
    str path, id, url, language;
    str title, subtitle, site, byline; /* STR_NONE where unknown */
    str canonical;                     /* the address the page gives for itself, or STR_NONE */
    struct publication published;
    day updated; /* of the last change, not before the day of publication; or DAY_UNKNOWN */
    str text;    /* kept blocks joined by one \n; valid UTF-8 */
    VEC(struct block) blocks;
    VEC(struct removed_block) removed;
    VEC(struct span) spans;
};

/* The next author of a byline ("Lena Brandt and Jan Petersen, Oslo") from byte *at (at first 0),
 * without what follows the name; false at the end. */
bool article_next_author(str byline, size_t *at, str *name);

/* Does the byte lie in the line of the article's date or authors? What stands there tells of
 * nothing but the article. */
bool article_is_head(const struct article *article, uint32_t offset);

/* Bytes of the bullet and blanks with which the text of a list item begins, as a dump has them: who
 * shows the item draws a mark of its own. */
size_t article_bullet_len(str item);

/* Is block `index` a line of preformatted text right below another one? No space parts them. */
bool article_code_goes_on(const struct article *article, size_t index);

const char *block_kind_name(enum block_kind kind);
const char *removal_reason_name(enum removal_reason reason);
const char *date_basis_name(enum date_basis basis);
const char *span_kind_name(enum span_kind kind);

#endif
