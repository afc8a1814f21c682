/* Articles that lie in another program's database: store/ reads the rows, ingest/ makes pages of
 * them, and app/ brings the two together. */
#ifndef MODEL_FEED_ITEM_H
#define MODEL_FEED_ITEM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

/* As it stands in the row: foreign bytes. */
struct feed_item {
    int64_t number; /* of the row */
    str feed, feed_address;
    str id, address, title, author;
    str content, type; /* and its MIME type; empty: HTML */
    str flags;         /* letters that its reader gave it */
    int64_t published; /* seconds since 1970; 0: not known */
    bool is_read;
};

struct feed_items;

/* The way to the rows of a database that is given as bytes. Reasons of a failure live as long as
 * the items. */
struct feed_item_reader {
    /* Never NULL: what is wrong with the bytes is told by `next`. */
    struct feed_items *(*open)(str bytes);
    /* The next item, its texts in the arena; NOT_FOUND at the end; BAD_INPUT or TOO_LARGE with the
     * reason in *wrong: nothing more comes then. */
    enum status (*next)(struct feed_items *items, struct arena *arena, struct feed_item *item,
                        const char **wrong);
    void (*close)(struct feed_items *items);
};

#endif
