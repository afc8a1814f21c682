/* An HTML page as a row of blocks of visible text with what the tree says of each, and as
 * metadata. Only html_tree.c knows the parser. */
#ifndef INGEST_HTML_H
#define INGEST_HTML_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "model/article.h"

/* Limits, counted over the bytes before the parser sees them (DESIGN 9.2). */
#define HTML_TAG_LIMIT ((size_t)250000)
#define HTML_ATTRIBUTE_LIMIT ((size_t)1000) /* in one tag */
#define HTML_DEPTH_LIMIT ((size_t)512)      /* elements open at once */
#define HTML_REOPEN_LIMIT ((size_t)1000000) /* formatting elements opened again by the parser */
#define HTML_BLOCK_LIMIT ((size_t)100000)   /* what follows them is one block */

/* What an ancestor of a block is, by its tag, its role, and the words of its class and id. The
 * near_* features are distances to the nearest such ancestor. */
#define HTML_MARK_LIST(X)                                                                          \
    X(COMMENT, comment)                                                                            \
    X(NAV, nav)                                                                                    \
    X(SHARE, share)                                                                                \
    X(RELATED, related) X(AD, ad) X(NEWSLETTER, newsletter) X(FOOT, foot) X(SIDE, side)            \
        X(META, meta) X(CAPTION, caption) X(TITLE, title) X(DEK, dek) X(BODY, body)                \
            X(POPUP, popup) X(TAGS, tags) X(BIO, bio) X(HEAD, head) X(LIST_WORD, list_word)        \
                X(NAV_TAG, nav_tag) X(FOOT_TAG, foot_tag) X(HEAD_TAG, head_tag)                    \
                    X(ASIDE_TAG, aside_tag) X(FORM_TAG, form_tag) X(FIGURE_TAG, figure_tag)        \
                        X(ARTICLE_TAG, article_tag) X(MAIN_TAG, main_tag) X(LIST_TAG, list_tag)    \
                            X(TABLE_TAG, table_tag) X(QUOTE_TAG, quote_tag) X(LINK_TAG, link_tag)  \
                                X(BUTTON_TAG, button_tag) X(HIDDEN, hidden)

enum html_mark {
#define HTML_MARK_ENUM(name, word) HTML_MARK_##name,
    HTML_MARK_LIST(HTML_MARK_ENUM)
#undef HTML_MARK_ENUM
        HTML_MARK_COUNT
};
#define HTML_FAR 20 /* distance where there is none */

/* What element a block is. */
enum html_shape {
    HTML_OTHER,
    HTML_DIV,
    HTML_PARAGRAPH,
    HTML_HEADING_1,
    HTML_HEADING_2,
    HTML_HEADING, /* h3 to h6 */
    HTML_ITEM,
    HTML_ROW,
    HTML_CAPTION,
    HTML_PRE,
    HTML_QUOTE
};

/* An element that can hold blocks. A parent stands before its children. */
struct html_container {
    uint32_t parent;    /* itself for the first */
    uint32_t own;       /* hash of its tag and class */
    uint32_t signature; /* and of those of its parent */
};

struct html_block {
    str text; /* in the document's text */
    uint32_t line;
    uint32_t link_len; /* bytes of it inside of links */
    uint32_t bold_len;
    uint32_t links;
    uint32_t container;
    uint32_t depth; /* of elements */
    uint8_t shape;
    uint8_t near[HTML_MARK_COUNT];
    bool after_break; /* begins after a <br> */
    str time;         /* what the first <time> in it states; STR_NONE */
};

/* What the page says of itself; raw, the first of each. STR_NONE where missing. */
enum html_fact {
    FACT_TITLE,
    FACT_OG_TITLE,
    FACT_META_TITLE,
    FACT_LD_TITLE,
    FACT_LD_BODY, /* the text of the article, or a part of it */
    FACT_OG_SITE,
    FACT_APP_NAME,
    FACT_LD_SITE,     /* who publishes it */
    FACT_LD_WEB_SITE, /* where it stands */
    FACT_META_AUTHOR,
    FACT_LD_AUTHOR,
    FACT_MARKED_AUTHOR, /* by microdata, RDFa or the link's relation */
    FACT_LD_PUBLISHED,
    FACT_META_PUBLISHED,
    FACT_META_DATE,
    FACT_TIME_PUBLISHED,
    FACT_TIME_MARKED,
    FACT_TIME_FIRST,
    FACT_LD_CREATED,
    FACT_LD_MODIFIED,
    FACT_META_MODIFIED,
    FACT_TIME_MODIFIED,
    FACT_CANONICAL,
    FACT_OG_URL,
    FACT_LANGUAGE,
    FACT_BASE, /* the address of <base> */
    FACT_COUNT
};

/* A stretch of the document's text within one block; in order of their starts. */
struct html_span {
    uint32_t start, end; /* bytes of the text */
    uint8_t kind;        /* enum span_kind */
    str target;          /* of a link, as written */
};

struct html_document {
    str text; /* one block a line */
    VEC(struct html_span) spans;
    VEC(struct html_block) blocks;
    VEC(struct html_container) containers;
    str facts[FACT_COUNT];
};

/* html_guard.c: why the page must not be given to the parser, or NULL. Linear, nothing built. */
const char *html_guard(str html);
/* The place behind the last mark that ends a comment, or 0. A comment that begins later ends, as in
 * browsers before HTML5, at the first >: such pages are cut short or glued together. */
size_t html_last_comment_end(str html);
/* The name of the encoding that a <meta> or the XML declaration in the first bytes states, or
 * STR_NONE. */
str html_stated_charset(str bytes);

/* html_prune.c: the page without the content of scripts, styles, comments and drawings, for the
 * parser; its tree has the same text, elements and lines; a comment that nothing
 * ends hides no text. Linear. */
str html_prune(struct arena *arena, str html);

/* html_marks.c: sets bit i for each mark i that a word of the class, id, role, … stands for. */
uint32_t html_marks_of(str words);

/* html_tree.c: false when this build has no parser. Everything lives in the arena. The page must
 * have passed html_guard. */
bool html_supported(void);
bool html_read(struct arena *arena, str html, struct html_document *document);

/* json_ld.c: notes what the page's JSON-LD scripts, valid UTF-8 that lives as long as the document,
 * say; tolerant of broken JSON. Linear. */
void html_note_graphs(struct arena *arena, const str *scripts, size_t count,
                      struct html_document *document);
/* html_facts.c. */
/* The day of an ISO time stamp, of another form that names its year first, or of a Unix time;
 * DAY_UNKNOWN. */
day html_day(str text);
/* The day in a path as /2024/08/05/, or DAY_UNKNOWN. */
day html_day_of_url(str url);

#endif
