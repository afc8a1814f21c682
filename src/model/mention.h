/* Names in text: the mention (a span), and the entity it names. */
#ifndef MODEL_MENTION_H
#define MODEL_MENTION_H

#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"

#define ENTITY_KIND_LIST(X)                                                                        \
    X(PERSON, "person")                                                                            \
    X(PLACE, "place")                                                                              \
    X(ORGANISATION, "organisation")

enum entity_kind {
#define ENTITY_ENUM(name, text) ENTITY_##name,
    ENTITY_KIND_LIST(ENTITY_ENUM) ENTITY_KIND_COUNT
#undef ENTITY_ENUM
};

const char *entity_kind_name(enum entity_kind kind);

/* One name in the text of one article; [start, end) bytes, without titles, possessive endings and
 * quotes. Mentions of an article are sorted by start and do not overlap. */
struct mention {
    enum entity_kind kind;
    uint32_t start, end;
    uint32_t entity;    /* index into the article's entities */
    uint8_t confidence; /* 0..100 */
    const char *rule;   /* what made it: a static name from the pass that tagged it */
    str evidence; /* the words that decided ("President", "lexicon: given name"); for "why?" */
};

/* Who or what is named in one article: the mentions that name the same one. Identity across
 * articles is the linker's (analyse/link.h). */
struct entity {
    enum entity_kind kind;
    str name;  /* fullest form in the article: "Sergei Kuzhugetovich Shoigu" */
    str usual; /* of a person: the full form it uses most, "Sergei Shoigu" */
    str role;  /* description beside the name: "secretary of …", or STR_NONE */
    uint32_t mention_count;
    bool surname_only; /* no mention in the article gives more than a family name */
    bool doubtful;     /* more than one reading stayed likely */
};

/* What the dossier knows of a name as articles write it; see analyse/link.h. */
enum form_state {
    FORM_HEAD,   /* stands for a person, place or organisation of its own */
    FORM_MEMBER, /* another way to write its head's name, and no other's */
    FORM_OPEN    /* a bare surname, or what fits several heads: decided in each article */
};

struct name_form {
    int64_t id; /* > 0 */
    enum entity_kind kind;
    enum form_state state;
    int64_t head;   /* form: itself, of a member another one, 0 when open */
    int64_t entity; /* that it stands for; when open: of the articles that stay undecided, or 0 */
    str text;
};

/* What speaks for an entity where an article's name fits several. Only articles count in which its
 * name is not open. */
struct link_evidence {
    uint32_t shared_count; /* how many of the article's people appear with it elsewhere */
    bool is_near;          /* the same outlet names it within LINK_NEAR_DAYS */
    str roles;             /* what it is called, one a line; or STR_NONE */
};
enum { LINK_NEAR_DAYS = 3 };

typedef VEC(struct mention) mention_vec;
typedef VEC(struct entity) entity_vec;

#endif
