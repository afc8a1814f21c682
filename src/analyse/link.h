/* Who is who across articles: entity of an article -> entity of the dossier.
 *
 * What is decided about is a form: a name as an article writes it at its fullest. The forms of a
 * dossier have one order, the fuller first. A form that fits no fuller head is a head, an entity of
 * its own; one that fits a single head is its member; one that fits several, or is a single word,
 * is open. So who is one person follows from the set of forms alone and not from the order in which
 * they came; a new form changes only forms that share a key with it and come after it. An open form
 * is decided in each article, by what stands beside it and by articles that name the candidates in
 * full. When something comes that may change such a decision, the articles concerned are marked, to
 * be linked once more.
 *
 * The linker asks through a table of functions, so that it does not know where the forms are kept
 * (a database for the reader, memory for `inspect`). Its work depends on the article's own names
 * and on how many forms share their keys, not on the dossier. */
#ifndef ANALYSE_LINK_H
#define ANALYSE_LINK_H

#include "analyse/analyse.h"
#include "base/arena.h"
#include "base/status.h"
#include "model/mention.h"

/* Where forms are kept. Results live in the arena. */
struct link_source {
    /* The form of just this text; *known tells whether there is one. */
    enum status (*find_form)(void *context, struct arena *arena, enum entity_kind kind, str text,
                             struct name_form *form, bool *known, struct error *err);
    /* All forms of a kind that have the key, bounded; those the dossier had first come first. */
    enum status (*find_forms)(void *context, struct arena *arena, enum entity_kind kind, str key,
                              const struct name_form **forms, size_t *count, struct error *err);
    /* Keeps a new form with its keys (see link_keys); gives its id. */
    enum status (*add_form)(void *context, struct name_form *form, const str *keys,
                            size_t key_count, struct error *err);
    /* State, head and entity of a known form. */
    enum status (*set_form)(void *context, const struct name_form *form, struct error *err);
    enum status (*add_entity)(void *context, enum entity_kind kind, str name, int64_t *id,
                              struct error *err);
    /* What speaks for an entity in an article of this site and day that names `company` in full. */
    enum status (*weigh)(void *context, struct arena *arena, int64_t entity, const int64_t *company,
                         size_t company_count, str site, day published,
                         struct link_evidence *evidence, struct error *err);
    /* The articles that have the form are to be linked once more: all of them, or a bounded number
     * of the newest. May be NULL, as may be the next one: for one who links everything once more
     * anyway. */
    enum status (*mark_form)(void *context, int64_t form, bool all, struct error *err);
    /* The same, bounded, for the open forms that share a key with one of the entity's, where it is
     * the key of another entity too or the open form was kept apart. */
    enum status (*mark_rivals)(void *context, int64_t entity, struct error *err);
    /* Says what the article just linked has, where the source does not learn that by itself. May
     * be NULL. */
    enum status (*appear)(void *context, const struct article *article,
                          const struct entity *entities, const int64_t *forms, size_t count,
                          struct error *err);
    void *context;
};

/* Under which keys a name is found: family name in one spelling, initials, …. At most
 * LINK_KEY_LIMIT. Keys live in the arena. */
enum { LINK_KEY_LIMIT = 8 };
size_t link_keys(const struct analyser *analyser, struct arena *arena, enum entity_kind kind,
                 str name, str keys[LINK_KEY_LIMIT]);

/* What became of an entity of the article. */
struct link_result {
    int64_t entity; /* of the dossier */
    int64_t form;
    str reason; /* why, in words; names the runner-up where there was one */
};

/* Links every entity of one article: results[i] is that of entities->items[i]. Fully named ones
 * first, then surnames alone. A name that fits several known people and that nothing decides
 * becomes an entity of its own and is marked doubtful. Of the article only site and publication
 * date are used. */
enum status link_article(const struct analyser *analyser, const struct link_source *source,
                         struct arena *arena, const struct article *article, entity_vec *entities,
                         struct link_result *results, struct error *err) MUST_CHECK;

/* An in-memory link_source for `inspect` and for tests. It marks nothing: link everything once
 * more at the end, with a source that has no `appear`. */
struct link_memory;
struct link_memory *link_memory_new(void);
void link_memory_free(struct link_memory *memory);
struct link_source link_memory_source(struct link_memory *memory);
/* The name of an entity: its usual form, of places and organisations the longest one; STR_NONE for
 * an unknown one. Valid until the next change. */
str link_memory_name(const struct link_memory *memory, int64_t id);

/* Do two person names fit one person? Pure name rules: full ~ surname ~ initials ~ middle names ~
 * family name first. */
bool link_names_fit(const struct analyser *analyser, struct arena *scratch, str a, str b);

#endif
