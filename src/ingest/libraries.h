/* The libraries that read foreign formats, each of which a build may lack. */
#ifndef INGEST_LIBRARIES_H
#define INGEST_LIBRARIES_H

#include <stdbool.h>

struct import_library {
    const char *name;  /* NULL ends the table */
    const char *reads; /* "feeds, EPUB" */
    bool is_there;
};

extern const struct import_library import_libraries[];

#endif
