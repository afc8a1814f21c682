/* What the parts of the name tagger share: the rules of tag_names.c (which words belong together)
 * and of tag_evidence.c (what a group of words names). */
#ifndef ANALYSE_TAG_NAMES_H
#define ANALYSE_TAG_NAMES_H

#include "analyse/analyse.h"
#include "analyse/lexicon.h"
#include "base/map.h"

/* What a token is before its neighbours are looked at. */
enum mark {
    MARK_BREAK,    /* never in a name: small words, punctuation, numbers */
    MARK_NAME,     /* capitalised, may be a name */
    MARK_COMMON,   /* capitalised ordinary word */
    MARK_PARTICLE, /* small word that may stand inside a name */
    MARK_TITLE,    /* capitalised title or office */
    MARK_DEMONYM,
    MARK_PLACE,             /* place of the lexicon */
    MARK_ORGANISATION,      /* organisation of the lexicon */
    MARK_ORGANISATION_WORD, /* Council, Ministry */
    MARK_PLACE_WORD         /* River, Province */
};

struct tag_token {
    uint64_t classes; /* of the word alone */
    enum mark mark;
    uint8_t phrase_count; /* tokens of the phrase that begins here; 0 inside a phrase */
    bool initial;         /* one capital letter */
};

/* A group of tokens that may be a name. */
struct candidate {
    uint32_t first, end; /* tokens, half-open */
    uint32_t title;      /* token + 1 of a title before it; 0 = none */
    bool demonym_before; /* "Iranian", "Russian President" stand before it */
    bool fixed;          /* the kind is known from the lexicon or the form */
    bool headline;
    bool named; /* evidence_decide took it for a name */
    enum entity_kind kind;
    uint8_t confidence;
    int score[ENTITY_KIND_COUNT];
    str key; /* folded words */
    const char *rule;
    str evidence;
};

/* What the whole article says about a word or a group of words. */
struct name_votes {
    int score[ENTITY_KIND_COUNT];
    int surname;    /* it ends (or begins, family name first) the names of people */
    int given;      /* it stands first in the names of people */
    str full;       /* such a name, for the evidence */
    uint32_t small; /* times it is written small */
};

typedef VEC(struct candidate) candidate_vec;

struct tagger {
    const struct lexicon *lexicon;
    struct arena *arena;
    const struct article *article;
    struct analysis *analysis;
    struct tag_token *tokens;
    candidate_vec candidates;
    struct map votes; /* folded words -> struct name_votes * */
};

/* Fills tokens, votes and candidates (sorted by place) of a tagger whose lexicon, arena, article
 * and analysis are set: what rules and lexicons say, evidence for the trained tagger. */
void tag_by_rules(struct tagger *tagger);

/* Adds mentions of people in other scripts, where the text gives these names (tag_scripts.c). The
 * tagger's analysis has the other mentions, sorted. Linear. */
void tag_scripts(struct tagger *tagger);

/* What stands around the word at a token tells of a thing (above 0) or of a person (below 0). */
int tag_thing(const struct tagger *tagger, size_t token);

static inline const struct token *tag_token_at(const struct tagger *tagger, size_t token)
{
    return &tagger->analysis->tokens.items[token];
}
/* Is it a word with a capital first? */
static inline bool tag_is_capital(const struct tagger *tagger, size_t token)
{
    const struct token *it = tag_token_at(tagger, token);
    return it->kind == TOKEN_WORD && (it->flags & TOKEN_CAPITAL);
}
/* Text of a token, and its words folded with single spaces. */
str tag_text(const struct tagger *tagger, size_t token);
str tag_key(const struct tagger *tagger, size_t first, size_t end);
bool tag_has(const struct tagger *tagger, size_t token, uint64_t classes);
/* A single sign of ASCII punctuation. */
bool tag_is(const struct tagger *tagger, size_t token, char sign);
struct name_votes *tag_votes(struct tagger *tagger, str key, bool make);

/* Scores a candidate by its words and what stands around it. */
void evidence_own(struct tagger *tagger, struct candidate *candidate);
/* Adds what the candidate says to the votes of the article. */
void evidence_vote(struct tagger *tagger, const struct candidate *candidate);
/* Adds what the rest of the article says, and decides; false = no name. */
bool evidence_decide(struct tagger *tagger, struct candidate *candidate);

#endif
