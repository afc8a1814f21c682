/* Who is who across articles: entity of an article -> entity of the dossier.
 *
 * The linker asks for candidates by name key through a table of functions, so that it does not
 * know where the dossier's people are kept (a database for the reader, memory for `inspect`). Its
 * work depends on the article's own names and on how many known entities share their keys, not on
 * the dossier. */
#ifndef ANALYSE_LINK_H
#define ANALYSE_LINK_H

#include "analyse/analyse.h"
#include "base/arena.h"
#include "base/status.h"
#include "model/mention.h"

/* An entity of the dossier as the linker sees it. */
struct known_entity {
    int64_t id; /* > 0 */
    enum entity_kind kind;
    str name;              /* fullest name so far */
    uint32_t mention_count;/* over all articles */
    uint32_t shared_count; /* how many of the people of `company` appear with it elsewhere */
};

/* Where known entities are kept. Results live in the arena. */
struct link_source {
    /* All entities of a kind that have the key. `company` are ids already linked in this article:
     * it fills shared_count. */
    enum status (*find)(void *context, struct arena *arena, enum entity_kind kind, str key,
                        const int64_t *company, size_t company_count,
                        const struct known_entity **found, size_t *count, struct error *err);
    /* Makes a new entity, with its keys (see link_keys); gives its id. */
    enum status (*add)(void *context, enum entity_kind kind, str name, const str *keys,
                       size_t key_count, int64_t *id, struct error *err);
    /* A fuller name for a known entity, and all keys of that name. */
    enum status (*rename)(void *context, int64_t id, str name, const str *keys, size_t key_count,
                          struct error *err);
    /* Says which entities the article just linked has, and how often, where the source does not
     * learn that by itself. May be NULL. */
    enum status (*appear)(void *context, const int64_t *ids, const uint32_t *mention_counts,
                          size_t count, struct error *err);
    void *context;
};

/* Under which keys a name is found: folded family name, folded full name, initials form, ….
 * At most LINK_KEY_LIMIT. Keys live in the arena. */
enum { LINK_KEY_LIMIT = 8 };
size_t link_keys(const struct analyser *analyser, struct arena *arena, enum entity_kind kind,
                 str name, str keys[LINK_KEY_LIMIT]);

/* Links every entity of one article: ids[i] is the dossier's id of analysis->entities.items[i].
 * Fully named entities first, then surnames alone. A bare surname that fits several known people
 * and that nothing decides becomes an entity of its own name and is marked doubtful in the
 * analysis. `reasons[i]` says in words why (for "why?"); lives in the arena. */
enum status link_article(const struct analyser *analyser, const struct link_source *source,
                         struct arena *arena, const struct article *article,
                         struct analysis *analysis, int64_t *ids, str *reasons,
                         struct error *err) MUST_CHECK;

/* An in-memory link_source for `inspect` and for tests. */
struct link_memory;
struct link_memory *link_memory_new(void);
void link_memory_free(struct link_memory *memory);
struct link_source link_memory_source(struct link_memory *memory);
/* The name of an id; STR_NONE for an unknown one. Valid until the next change. */
str link_memory_name(const struct link_memory *memory, int64_t id);

/* Do two person names fit one person? Pure name rules: full ~ surname ~ initials ~ middle names ~
 * family name first. */
bool link_names_fit(const struct analyser *analyser, struct arena *scratch, str a, str b);

#endif
