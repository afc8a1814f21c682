#include "ingest/libraries.h"

#include <stddef.h>

#ifdef HAVE_GUMBO
#define GUMBO true
#else
#define GUMBO false
#endif
#ifdef HAVE_JANSSON
#define JANSSON true
#else
#define JANSSON false
#endif
#ifdef HAVE_XML
#define XML true
#else
#define XML false
#endif
#ifdef HAVE_ARCHIVE
#define ARCHIVE true
#else
#define ARCHIVE false
#endif
#ifdef HAVE_GMIME
#define GMIME true
#else
#define GMIME false
#endif
#ifdef HAVE_CMARK
#define CMARK true
#else
#define CMARK false
#endif
#ifdef HAVE_CURL
#define CURL true
#else
#define CURL false
#endif
#ifdef HAVE_CURL
#define CURL true
#else
#define CURL false
#endif

const struct import_library import_libraries[] = {
    {"gumbo", "HTML", GUMBO},
    {"jansson", "JSON, bookmarks as annotations", JANSSON},
    {"libxml2", "feeds, EPUB", XML},
    {"libarchive", "archives, WARC, EPUB", ARCHIVE},
    {"GMime", "mail, MHTML", GMIME},
    {"cmark", "Markdown", CMARK},
    {"libcurl", "addresses, updates", CURL},
    {"libcurl", "addresses, update", CURL},
    {NULL, NULL, false},
};
