/* The libraries that read foreign formats and that this build lacks. */
#ifndef INGEST_LIBRARIES_H
#define INGEST_LIBRARIES_H

struct import_library {
    const char *name;  /* NULL ends the table */
    const char *reads; /* "feeds, EPUB" */
};

extern const struct import_library missing_libraries[];

#endif
