/* Messages between this program and its parser processes, for parser.c and parser_serve.c. A kind,
 * a length, and that many bytes in the form of ingest/packed.h. */
#ifndef APP_PARSER_MESSAGE_H
#define APP_PARSER_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Exit status of a process that ran out of memory. */
enum { PARSER_EXIT_MEMORY = 3 };

enum parser_message {
    /* to the process */
    MESSAGE_CLEAN = 1, /* overrides, page -> ARTICLE */
    MESSAGE_READ, /* format, path, day, charset, address, follows, bytes -> any of PAGE, BROKEN and
                   * NOTE, then END */
    MESSAGE_NEXT, /* after PAGE, BROKEN or NOTE: go on */
    MESSAGE_STOP, /* after PAGE, BROKEN or NOTE: no more of them; END follows */
    /* from it */
    MESSAGE_READY, /* once, after the start */
    MESSAGE_ARTICLE,
    MESSAGE_PAGE,
    MESSAGE_BROKEN, /* path, status, text */
    MESSAGE_NOTE,   /* text */
    MESSAGE_END,    /* status, text */
    MESSAGE_KIND_COUNT
};

/* No page makes a longer one: 16 MB of it, all of which may be U+FFFD, and what was removed. */
#define MESSAGE_LIMIT_LEN ((size_t)512 << 20)

struct parser_header {
    uint32_t kind;
    uint64_t len; /* of the bytes after it */
};

/* Writes all of it, also on a descriptor that takes it in pieces; false when the other side is
 * gone. */
bool message_send(int descriptor, enum parser_message kind, str payload);
/* Reads exactly len bytes; false at the end, on errors, and when they are not there `milliseconds`
 * after the call; -1: waits without end. *late tells the last case. */
bool message_receive(int descriptor, void *to, size_t len, int milliseconds, bool *late);

#endif
