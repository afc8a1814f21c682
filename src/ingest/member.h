/* Pages inside of other things: the items of a feed, the parts of a mail, the members of an
 * archive. A page for which its container says something (its address, its title, its day) is kept
 * as a record: lines of what was said, an empty line, and the page's own bytes. A record is read
 * again like any other input. */
#ifndef INGEST_MEMBER_H
#define INGEST_MEMBER_H

#include "base/buf.h"
#include "ingest/format.h"

/* Containers within containers. */
#define DEPTH_LIMIT 3
#define TOO_DEEP "it lies in more than two containers; unpack it and import that"

/* All borrowed. */
struct member {
    const struct format *format; /* of `bytes` */
    struct page facts; /* path, seen and what the container says; the rest is not looked at */
    str charset;       /* stated encoding of the bytes, or STR_NONE */
    str bytes;
    size_t from, to; /* where it lies among the container's bytes; both 0: not known */
};

/* Empty facts, nothing published. */
struct member member_new(str path, const struct format *format, str bytes);

/* Reads the member's pages into the sink: where a page says nothing of itself, what the container
 * said stands. A member that lies too deep goes to the sink as broken. */
enum status member_read(struct arena *page_arena, const struct input *container,
                        const struct member *member, const struct page_sink *sink,
                        struct error *err) MUST_CHECK;

/* "container#name" for a member; the name becomes valid UTF-8 and is cut at 1,000 bytes. */
str member_path(struct arena *arena, str container, str name);

/* Adds the member as a record, whatever it says. Texts are put on one line. */
void record_write(struct buf *out, const struct member *member);
/* Reads a record; facts live in the arena, bytes in the record. False for what is none. */
bool record_open(struct arena *arena, str record, struct member *member);

/* Plain text of a title or name that may hold HTML, once or twice encoded. */
str stated_text(struct arena *arena, str text);
/* Whether an item's text, plain or HTML, is a part only of the page that it links to: a short
 * description, or a short text that breaks off. */
bool stated_summary(struct arena *arena, str text, bool is_description);
/* The day of RFC 822 and ISO time stamps, as feeds and mails state them; DAY_UNKNOWN. */
day stated_day(str text);

#endif
