/* Memory by lifetime: everything from one arena is given back at once. An `arena *` argument of a
 * function means "the result lives here". */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *chunks; /* newest first */
    char *at, *end;             /* free part of the newest chunk */
    size_t used_len;            /* bytes handed out since the last reset */
};

/* A zeroed struct arena is ready for use; arena_init only says so by name. */
void arena_init(struct arena *arena);
/* Gives everything back to the system. */
void arena_done(struct arena *arena);
/* Empties the arena but keeps one chunk for the next round. */
void arena_reset(struct arena *arena);

/* count * unit zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t count, size_t unit);
/* Grows an allocation; in place when it is the newest one. New bytes are zeroed. */
void *arena_resize(struct arena *arena, void *old, size_t old_len, size_t new_len);

#define arena_new(arena, type) ((type *)arena_alloc((arena), 1, sizeof(type)))
#define arena_array(arena, type, count) ((type *)arena_alloc((arena), (count), sizeof(type)))

/* Copies text into the arena; the copy is followed by a NUL that len does not count. */
str arena_str(struct arena *arena, str text);
/* Text made by a printf format, NUL-terminated as above. */
str arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
