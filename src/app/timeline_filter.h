/* What the timeline shows, as typed: "who:shoigu outlet:bbc from:2024-08 to:2024-09 day: words". The
 * pane's filter and `dossier timeline` read the same fields, the rows of one table. */
#ifndef APP_TIMELINE_FILTER_H
#define APP_TIMELINE_FILTER_H

#include "store/store.h"

/* name as typed before the colon, argument or NULL, help */
#define TIMELINE_FIELD_LIST(X)                                                                     \
    X(WHO, "who", "NAME", "sentences that name this person, place or organisation")                \
    X(OUTLET, "outlet", "WORDS", "articles of this outlet")                                        \
    X(ARTICLE, "article", "NUMBER", "one article")                                                 \
    X(FROM, "from", "DATE", "from this day, month or year on")                                     \
    X(TO, "to", "DATE", "up to this day, month or year")                                           \
    X(DAY, "day", NULL, "only what is known to the day")

enum timeline_field {
#define TIMELINE_FIELD_ENUM(id, name, argument, help) TIMELINE_FIELD_##id,
    TIMELINE_FIELD_LIST(TIMELINE_FIELD_ENUM)
#undef TIMELINE_FIELD_ENUM
        TIMELINE_FIELD_COUNT
};

struct timeline_field_row {
    const char *name, *argument, *help;
};
extern const struct timeline_field_row timeline_fields[TIMELINE_FIELD_COUNT];

/* Adds what `text` asks for to *query; other words must all stand in the sentence, as they are but
 * for case and accents. A value with blanks stands in double quotes. What the query points to lives
 * in the arena. USAGE or NOT_FOUND with what to write instead. */
enum status timeline_filter_parse(struct store *store, struct arena *arena, str text,
                                  struct moment_query *query, struct error *err) MUST_CHECK;

#endif
