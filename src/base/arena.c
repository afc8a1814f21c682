#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct arena_chunk {
    struct arena_chunk *older;
    size_t len; /* bytes of data */
    alignas(max_align_t) char data[];
};

enum { FIRST_CHUNK_LEN = 4096, LARGEST_CHUNK_LEN = 1 << 20 };

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

static void free_from(struct arena_chunk *chunk)
{
    while (chunk != NULL) {
        struct arena_chunk *older = chunk->older;
        memory_free(chunk);
        chunk = older;
    }
}

void arena_done(struct arena *arena)
{
    free_from(arena->chunks);
    *arena = (struct arena){0};
}

void arena_reset(struct arena *arena)
{
    struct arena_chunk *kept = arena->chunks;
    if (kept == NULL)
        return;
    free_from(kept->older);
    kept->older = NULL;
    arena->at = kept->data;
    arena->end = kept->data + kept->len;
    arena->used_len = 0;
}

static struct arena_chunk *new_chunk(size_t len)
{
    if (len > SIZE_MAX - sizeof(struct arena_chunk))
        len = SIZE_MAX; /* memory_resize ends the program */
    else
        len += sizeof(struct arena_chunk);
    struct arena_chunk *chunk = memory_resize(NULL, len, 1);
    chunk->len = len - sizeof(struct arena_chunk);
    return chunk;
}

/* Space from a chunk of its own or from a new newest chunk. */
static char *take_from_new_chunk(struct arena *arena, size_t len)
{
    struct arena_chunk *newest = arena->chunks;
    size_t chunk_len = FIRST_CHUNK_LEN;
    if (newest != NULL)
        chunk_len = newest->len < LARGEST_CHUNK_LEN / 2 ? newest->len * 2 : LARGEST_CHUNK_LEN;
    if (newest != NULL && len > chunk_len / 4) {
        /* Large: placed behind the newest chunk, whose free part stays in use. */
        struct arena_chunk *own = new_chunk(len);
        own->older = newest->older;
        newest->older = own;
        return own->data;
    }
    struct arena_chunk *chunk = new_chunk(len > chunk_len ? len : chunk_len);
    chunk->older = newest;
    arena->chunks = chunk;
    arena->at = chunk->data + len;
    arena->end = chunk->data + chunk->len;
    return chunk->data;
}

/* len bytes with unknown content. */
static char *take(struct arena *arena, size_t len, size_t alignment)
{
    arena->used_len += len;
    if (arena->at != NULL) {
        size_t gap = (size_t)(-(uintptr_t)arena->at) & (alignment - 1);
        size_t room = (size_t)(arena->end - arena->at);
        if (gap <= room && len <= room - gap) {
            char *start = arena->at + gap;
            arena->at = start + len;
            return start;
        }
    }
    return take_from_new_chunk(arena, len);
}

void *arena_alloc(struct arena *arena, size_t count, size_t unit)
{
    size_t len = count;
    if (unit != 0 && count > SIZE_MAX / unit)
        len = SIZE_MAX;
    else
        len *= unit;
    char *start = take(arena, len, alignof(max_align_t));
    if (len > 0)
        memset(start, 0, len);
    return start;
}

void *arena_resize(struct arena *arena, void *old, size_t old_len, size_t new_len)
{
    if (old == NULL)
        return arena_alloc(arena, new_len, 1);
    char *start = old;
    if (start + old_len == arena->at &&
        (new_len <= old_len || new_len - old_len <= (size_t)(arena->end - arena->at))) {
        if (new_len > old_len)
            memset(start + old_len, 0, new_len - old_len);
        arena->at = start + new_len;
        arena->used_len += new_len - old_len;
        return old;
    }
    if (new_len <= old_len)
        return old;
    char *moved = take(arena, new_len, alignof(max_align_t));
    memcpy(moved, start, old_len);
    memset(moved + old_len, 0, new_len - old_len);
    return moved;
}

str arena_str(struct arena *arena, str text)
{
    char *copy = take(arena, text.len + 1, 1);
    if (text.len > 0)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return (str){copy, text.len};
}

str arena_format(struct arena *arena, const char *format, ...)
{
    char brief[128]; /* enough in most cases: formatted once */
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int needed = vsnprintf(brief, sizeof brief, format, args);
    va_end(args);
    size_t len = needed > 0 ? (size_t)needed : 0;
    char *text = take(arena, len + 1, 1);
    text[0] = '\0';
    if (len < sizeof brief)
        memcpy(text, brief, len);
    else
        (void)vsnprintf(text, len + 1, format, again);
    text[len] = '\0';
    va_end(again);
    return (str){text, len};
}
