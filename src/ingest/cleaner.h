/* Inside of the cleaner: a page is cut into pieces, and a table of steps decides on each of them.
 * Every visible character of the page is in exactly one piece. */
#ifndef INGEST_CLEANER_H
#define INGEST_CLEANER_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "ingest/clean.h"
#include "ingest/html.h"
#include "ingest/rules.h"
#include "ingest/score.h"

/* Lines after this one are not read (they go as one removed block). */
#define CLEAN_LINE_LIMIT 1000000u
/* Longer lines are running text: no line rule looks at them. Bytes. */
#define CLEAN_KEY_LIMIT_LEN ((size_t)1200)
/* How far the end of a paragraph is looked at for tails. Bytes. */
#define CLEAN_TAIL_LIMIT_LEN ((size_t)3000)

#define PIECE_NONE ((size_t)-1)

enum piece_flag {
    PIECE_SENTENCE = 1 << 0, /* ends as a sentence does */
    PIECE_COLON = 1 << 1,
    PIECE_BULLET = 1 << 2,
    PIECE_TABLE = 1 << 3,
    PIECE_GOOD = 1 << 4, /* running text */
    PIECE_TITLE_CASE = 1 << 5,
    PIECE_SHOUT = 1 << 6,   /* all in capitals */
    PIECE_CREDIT = 1 << 7,  /* ends with a credit or is called a caption by the rules */
    PIECE_ELLIPSIS = 1 << 8 /* breaks off */
};

enum piece_state { PIECE_OPEN, PIECE_KEPT, PIECE_REMOVED };

struct piece {
    str text;  /* trimmed; in the page's body */
    str shown; /* mended text, or STR_NONE when it is `text` */
    str key;   /* rules_key of it; STR_NONE for long lines */
    str rule;
    const struct phrase *section; /* what it opens, or NULL */
    uint32_t line;                /* of the raw page, from 1 */
    uint32_t words, capitals, stops;
    uint32_t copies;               /* pieces of the page with this key */
    const struct html_block *html; /* NULL in a dump */
    float score;                   /* probability that it belongs to the article; -1: no model */
    uint16_t flags;
    uint8_t state, kind, reason;
};

typedef VEC(struct piece) piece_vec;

/* How a page writes 5/8/2024. */
enum date_order { DATE_ORDER_UNKNOWN, DATE_ORDER_DAY_FIRST, DATE_ORDER_MONTH_FIRST };

struct cleaner {
    struct arena *arena;  /* of the result */
    struct arena scratch; /* until the page is done */
    const struct ruleset *rules;
    const struct clean_overrides *overrides;
    const struct page *page;
    struct article *article;
    const struct html_document *document; /* NULL for a dump */
    const struct score_model *model;      /* NULL: the rules decide alone */
    piece_vec pieces;                     /* on the heap */
    piece_vec cuts;                       /* pieces cut off others, to be put among them */
    size_t title;                         /* index of the headline or PIECE_NONE */
    enum date_order date_order;
    size_t body_start, body_end; /* pieces of the running text, half-open */
    str tail_of_page;            /* what lies after the line limit */
};

/* Steps, in the order of the table in clean.c. Each is linear in the page. */
void step_split(struct cleaner *c);
void step_facts(struct cleaner *c);
void step_voices(struct cleaner *c);
void step_next_articles(struct cleaner *c);
void step_copies(struct cleaner *c);
void step_score(struct cleaner *c);
void step_comments(struct cleaner *c);
void step_glued_heads(struct cleaner *c);
void step_phrases(struct cleaner *c);
void step_label_runs(struct cleaner *c);
void step_body(struct cleaner *c);
void step_title(struct cleaner *c);
void step_head(struct cleaner *c);
void step_signoff(struct cleaner *c);
void step_published(struct cleaner *c);
void step_author_box(struct cleaner *c);
void step_outside(struct cleaner *c);
void step_sections(struct cleaner *c);
void step_link_lists(struct cleaner *c);
void step_repeats(struct cleaner *c);
void step_neighbours(struct cleaner *c);
void step_tails(struct cleaner *c);
void step_kinds(struct cleaner *c);
void step_mend(struct cleaner *c);
void step_overrides(struct cleaner *c);

/* clean.c: begins the cleaning of a page that is not clean text; *document must live as long as the
 * cleaner. False when the page cannot be cut into pieces; it is then the tail of the page. */
bool cleaner_open(struct cleaner *c, struct arena *arena, const struct clean_rules *rules,
                  const struct page *page, struct article *article, struct html_document *document);
void cleaner_done(struct cleaner *c);
/* Takes the steps before the pieces are scored: for the trainer. */
void cleaner_prepare(struct cleaner *c);

/* lines.c: what a line looks like. */
void piece_measure(struct cleaner *c, struct piece *piece);
str text_trim(str text); /* as str_trim, for all white space of Unicode */
/* The next word between white space at or after *at; false at the end. */
bool text_next_word(str text, size_t *at, str *word);
/* The word without punctuation at its ends. */
str text_word_core(str word);

/* Decides on a piece that is open. */
void piece_remove(struct piece *piece, enum removal_reason reason, str rule);
void piece_keep(struct piece *piece, enum block_kind kind);
/* A line of preformatted text: a lone brace says something there. */
bool piece_is_code(const struct piece *piece);
/* Cuts text[from, to) off the piece, where it must be a start or an end of its text, as a removed
 * piece of its own. */
void piece_cut(struct cleaner *c, struct piece *piece, size_t from, size_t to,
               enum removal_reason reason, str rule);

/* tails.c: does running text that no rule for lines takes stand before a prompt in its last
 * sentence? The prompt goes then, not the line. */
bool piece_ends_in_tail(struct cleaner *c, const struct piece *p);

/* body.c: chooses the running text anew among the pieces from `from` on, unless most of it lies
 * before. */
void body_after(struct cleaner *c, size_t from);

/* head.c: is the line a day of publication or of a change, or a byline with a day? */
bool piece_is_date_line(struct cleaner *c, const struct piece *p);

/* dates.c: what the region of the language ("en-GB") or the country of the address tells. */
enum date_order date_order_of(str language, str url);
/* The first date that names its year in a line of metadata; DAY_UNKNOWN when there is
 * none or it can be read in two ways. [*start, *end) is where it stands. */
day date_find(const struct ruleset *rules, struct arena *scratch, str text, enum date_order order,
              size_t *start, size_t *end);

/* html_facts.c: chooses among the document's facts what the page states of itself, where its
 * source did not. */
void html_take_facts(struct cleaner *c);

/* What a page's metadata says of its days; each may be DAY_UNKNOWN. */
struct stated_days {
    day published, updated;
    day dated; /* a day of no stated meaning beside a stated day of publication */
    bool weak; /* the day of publication comes from the address, or from a date of no stated meaning
                */
    bool first_time; /* … which is that of the page's first time element */
};
struct stated_days html_stated_days(struct cleaner *c);

/* spans.c: gives the article what stands out in its blocks, once they are made of the
 * kept pieces. */
void article_add_spans(struct cleaner *c);

/* mend.c: words of the page, for the repair of lost spaces. */
str mend_text(struct arena *arena, const struct ruleset *rules, const struct map *names, str text);

#endif
