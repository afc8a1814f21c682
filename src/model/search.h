/* What a query asks for, as a tree: made by the parser (app/query.h), answered by the store. The
 * tree is borrowed and never changed. */
#ifndef MODEL_SEARCH_H
#define MODEL_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "model/day.h"
#include "model/mention.h"

enum search_kind {
    SEARCH_ALL,       /* every part fits */
    SEARCH_ANY,       /* one part fits, or several */
    SEARCH_NOT,       /* the one part does not fit */
    SEARCH_WORDS,     /* text, one after the other */
    SEARCH_NEAR,      /* parts are WORDS with at most `distance` words between them */
    SEARCH_NAME,      /* a name of entity_kind occurs whose words are those of text */
    SEARCH_ENTITY,    /* one of the entities `ids` is named */
    SEARCH_TAG,       /* the article, or a bookmark in it, has the tag `text` */
    SEARCH_NOTE,      /* the note of a bookmark holds `text` */
    SEARCH_PUBLISHED, /* published within first..last, as far as that is known */
    SEARCH_SPEAKS_OF, /* a date in the text lies within first..last */
    SEARCH_STATE,
    SEARCH_BEGINS,     /* the statement begins within first..last */
    SEARCH_TO_THE_DAY, /* the statement's time is one day */
    SEARCH_ARTICLE,    /* it is the article `number` */
    SEARCH_ANCHOR      /* the bookmark's enum anchor_state is `number` */
};

/* Where words are looked for. */
enum search_column {
    SEARCH_EVERYWHERE, /* title, outlet, text */
    SEARCH_TITLE,
    SEARCH_OUTLET,
    SEARCH_TEXT,
    SEARCH_HEAD, /* title, outlet and path, each word only a beginning: what a list's filter means
                  */
    SEARCH_PATH,
    SEARCH_ROW, /* what a row of the list says: plain words in the filter of a list of people,
                   mentions, bookmarks or statements */
    SEARCH_FORM /* the name as it is written: of a mention, of a person */
};

enum search_state {
    SEARCH_IS_UNREAD,
    SEARCH_IS_STARTED,
    SEARCH_IS_READ,
    SEARCH_IS_BOOKMARKED,
    SEARCH_IS_TAGGED,
    SEARCH_IS_UNDATED,
    SEARCH_IS_NEW /* came since the visit that the store knows: store_get_visit */
};

struct search_node {
    enum search_kind kind;
    const struct search_node *const *parts;
    size_t part_count;
    str text;      /* several words are a phrase */
    bool prefix;   /* the last word is only a beginning */
    bool unspaced; /* text is terms of text/unspaced.h; */
    str run;       /* and this is what they were made of */
    enum search_column column;
    int distance;                 /* NEAR: words */
    enum entity_kind entity_kind; /* NAME */
    const int64_t *ids;           /* ENTITY: of the dossier; the parser makes none */
    size_t id_count;
    day first, last; /* inclusive; DAY_UNKNOWN = open */
    enum search_state state;
    int64_t number; /* ARTICLE, ANCHOR */
    size_t at;      /* byte of the query where the leaf's value begins */
};

/* At most 32 leaves, 16 deep; words of at most 256 bytes. */
struct search_query {
    const struct search_node *root;
    bool by_rank; /* best first (bm25) instead of newest first; dearer on common words */
    /* Whether a WORDS leaf fits a text that no index knows, as the note of a bookmark; NULL: its
     * bytes somewhere in it, ASCII letters alike. */
    bool (*words_fit)(const struct search_node *words, str text);
};

/* The words of a filter as a query that lives as long as the block it is written in. */
#define SEARCH_HEAD_WORDS(words)                                                                   \
    (&(const struct search_query){.root = &(const struct search_node){.kind = SEARCH_WORDS,        \
                                                                      .text = (words),             \
                                                                      .column = SEARCH_HEAD}})

#endif
