/* Borrowed text: bytes and their number, not terminated, not owned. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    const char *ptr;
    size_t len; /* bytes */
} str;

#define STR_NONE ((str){NULL, 0})
/* A string literal as str. */
#define STR(literal) ((str){"" literal, sizeof(literal) - 1})
/* For printf's "%.*s". */
#define STR_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

/* Borrows a terminated string; NULL gives STR_NONE. */
static inline str str_from(const char *terminated)
{
    return terminated == NULL ? STR_NONE : (str){terminated, strlen(terminated)};
}

/* Bytes [start, end); both are cut to the length. */
static inline str str_slice(str text, size_t start, size_t end)
{
    end = end > text.len ? text.len : end;
    start = start > end ? end : start;
    return text.ptr == NULL ? STR_NONE : (str){text.ptr + start, end - start};
}

bool str_equal(str a, str b);
/* Byte order, shorter first where one is the start of the other: <0, 0, >0. */
int str_compare(str a, str b);
bool str_starts(str text, str prefix);
bool str_ends(str text, str suffix);
/* ASCII letters alike, other bytes as they are. */
bool str_equal_ascii_fold(str a, str b);

/* Offset of the first occurrence at or after `from`, or STR_MISSING. An empty needle is found at
 * `from`. Linear. */
#define STR_MISSING ((size_t)-1)
size_t str_find(str text, str needle, size_t from);
size_t str_find_byte(str text, char byte, size_t from);

/* Without ASCII white space at both ends. */
str str_trim(str text);
/* Cuts the text before the next `separator` off *rest and returns true; false when *rest is used
 * up (rest->ptr is NULL then). "a,,b" gives "a", "", "b"; "" gives one "". */
bool str_next(str *rest, char separator, str *part);
/* Cuts the next line off *rest without its \n or \r\n; false at the end. A final newline does not
 * begin another line. */
bool str_next_line(str *rest, str *line);
/* The same for files of data: the next line that is neither empty nor a comment (#), trimmed.
 * *number, 0 at first, becomes its number in the file. */
bool str_next_entry(str *rest, str *line, size_t *number);
/* Cuts the next word, up to a space or tab, off *rest with the white space around it; false at the
 * end. */
bool str_next_word(str *rest, str *word);

/* What the two hexadecimal digits at `at` stand for, 0 to 255; -1 when they are not there. */
int str_hex_pair(str text, size_t at);
/* A whole decimal number, optional minus; false when text is anything else or does not fit. */
bool str_to_int(str text, int64_t *value);

/* 64-bit hash, the same on every machine (wyhash-like mixing over FNV-1a is not needed: FNV-1a
 * followed by a finaliser). Not for hostile keys that must not collide; maps compare the keys. */
uint64_t str_hash(str text);

#endif
