/* Allocation that cannot fail: running out of memory ends the program here and nowhere else. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* count * unit bytes, zeroed; aborts when out of memory or when the product overflows. */
void *memory_new(size_t count, size_t unit);

/* Resizes to count * unit bytes; new bytes are not set. ptr may be NULL. */
void *memory_resize(void *ptr, size_t count, size_t unit);

/* Frees what memory_new and memory_resize gave; NULL is allowed. */
void memory_free(void *ptr);

/* A capacity >= wanted for an array that had `capacity` items: doubles, at least 8. */
size_t memory_grow(size_t capacity, size_t wanted);

#endif
