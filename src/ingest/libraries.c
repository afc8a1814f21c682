#include "ingest/libraries.h"

#include <stddef.h>

const struct import_library missing_libraries[] = {
#ifndef HAVE_GUMBO
    {"gumbo", "HTML"},
#endif
#ifndef HAVE_JANSSON
    {"jansson", "JSON, bookmarks as annotations"},
#endif
#ifndef HAVE_XML
    {"libxml2", "feeds, EPUB"},
#endif
#ifndef HAVE_ARCHIVE
    {"libarchive", "archives, WARC, EPUB"},
#endif
#ifndef HAVE_GMIME
    {"GMime", "mail, MHTML"},
#endif
#ifndef HAVE_CMARK
    {"cmark", "Markdown"},
#endif
#ifndef HAVE_CURL
    {"libcurl", "addresses, update"},
#endif
    {NULL, NULL},
};
