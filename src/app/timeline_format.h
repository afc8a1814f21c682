/* The timeline in the forms of other programs: spreadsheets, calendars, TimelineJS. What they print
 * is safe for a terminal as it is. */
#ifndef APP_TIMELINE_FORMAT_H
#define APP_TIMELINE_FORMAT_H

#include "app/arguments.h"
#include "store/store.h"

struct timeline_format {
    enum option_id option;
    /* Only statements that have a day or a period. */
    bool needs_days;
    /* Adds what stands before, for each, and after all. `today`: when it was made; `index`: from 0. */
    void (*begin)(struct buf *out, day today);
    void (*add)(struct buf *out, const struct moment_row *row, day today, size_t index);
    void (*end)(struct buf *out);
};
/* Ends with add == NULL. */
extern const struct timeline_format timeline_formats[];

/* What a calendar's line becomes: folded after 75 bytes, between code points (RFC 5545, 3.1). */
void timeline_add_folded(struct buf *out, str line);

#endif
