#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

_Noreturn static void out_of_memory(void)
{
    (void)fputs("dossier: out of memory\n", stderr);
    abort();
}

static size_t product(size_t count, size_t unit)
{
    if (unit != 0 && count > SIZE_MAX / unit)
        out_of_memory();
    return count * unit;
}

void *memory_new(size_t count, size_t unit)
{
    size_t len = product(count, unit);
    void *ptr = calloc(len != 0 ? len : 1, 1);
    if (ptr == NULL)
        out_of_memory();
    return ptr;
}

void *memory_resize(void *ptr, size_t count, size_t unit)
{
    size_t len = product(count, unit);
    void *resized = realloc(ptr, len != 0 ? len : 1);
    if (resized == NULL)
        out_of_memory();
    return resized;
}

void memory_free(void *ptr)
{
    free(ptr);
}

size_t memory_grow(size_t capacity, size_t wanted)
{
    size_t grown = capacity < 8 ? 8 : capacity;
    while (grown < wanted) {
        if (grown > SIZE_MAX / 2)
            return wanted;
        grown *= 2;
    }
    return grown;
}
