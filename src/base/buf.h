/* Owned text that grows. ptr[len] is always NUL once anything was added. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct buf {
    char *ptr;
    size_t len, capacity; /* bytes */
};

#define BUF_INIT ((struct buf){NULL, 0, 0})

void buf_done(struct buf *buf);
/* Length 0, memory kept. */
void buf_clear(struct buf *buf);
/* Room for `extra` more bytes; returns where they go. */
char *buf_reserve(struct buf *buf, size_t extra);
void buf_add(struct buf *buf, str text);
void buf_add_byte(struct buf *buf, char byte);
void buf_add_repeat(struct buf *buf, char byte, size_t count);
/* In digits, filled up with zeros to at least so many: quicker than to format it. */
void buf_add_number(struct buf *buf, int64_t number, int least);
void buf_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vformat(struct buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/* Borrows what is in the buffer; valid until the next change. */
str buf_str(const struct buf *buf);
/* Terminated text; "" when empty. */
const char *buf_c(const struct buf *buf);

#endif
