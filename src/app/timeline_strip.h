/* The histogram over the timeline: a bar for each day, week, month or year, and where the selection
 * is. Two rows: bars, and names below them. */
#ifndef APP_TIMELINE_STRIP_H
#define APP_TIMELINE_STRIP_H

#include "app/session.h"

enum { STRIP_ROWS = 2 };

struct timeline_strip {
    enum scale scale;
    int32_t first, last;        /* buckets that were read */
    struct moment_query wanted; /* whose statements */
    bool loaded;
    struct arena arena;
    const struct bucket_row *bars;
    size_t bar_count;
};

void timeline_strip_done(struct timeline_strip *strip);
/* The dossier or what is counted changed: read again when drawn next. */
void timeline_strip_reset(struct timeline_strip *strip, const struct moment_query *wanted);
/* Draws STRIP_ROWS rows; [from, to]: the days of the selection, or DAY_UNKNOWN. A selection that is
 * coarser than a bar is marked under all bars of its time and counted in none. Reads as many bars
 * as there are columns, when they change. */
void timeline_strip_draw(struct timeline_strip *strip, struct session *session,
                         const struct canvas *canvas, day from, day to);

#endif
