/* The timeline in the forms of other programs: calendars, TimelineJS. What they print
 * is safe for a terminal as it is. */
#ifndef APP_TIMELINE_FORMAT_H
#define APP_TIMELINE_FORMAT_H

#include "app/report.h"

/* A calendar (RFC 5545) and JSON for TimelineJS, of struct moment_row that have a day or
 * a period. */
extern const struct listing_form timeline_forms[];

/* What a calendar's line becomes: folded after 75 bytes, between code points (RFC 5545, 3.1). */
void timeline_add_folded(struct buf *out, str line);

#endif
