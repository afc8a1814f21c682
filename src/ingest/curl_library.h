/* libcurl, loaded when something is to be fetched: it brings two dozen libraries with it, whose
 * start would cost every command as much as all else. */
#ifndef INGEST_CURL_LIBRARY_H
#define INGEST_CURL_LIBRARY_H

#include "base/status.h"

#ifdef HAVE_CURL

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#define CURL_FUNCTIONS(X)                                                                          \
    X(global_init)                                                                                 \
    X(global_cleanup)                                                                              \
    X(version_info) X(free) X(easy_init) X(easy_cleanup) X(easy_setopt) X(easy_getinfo)            \
        X(easy_header) X(easy_strerror) X(multi_init) X(multi_cleanup) X(multi_add_handle)         \
            X(multi_remove_handle) X(multi_poll) X(multi_perform) X(multi_info_read)               \
                X(slist_append) X(slist_free_all) X(url) X(url_cleanup) X(url_set) X(url_get)

/* Its functions, by their names without curl_. */
struct curl_library {
    void *handle;
#define FIELD(name) __typeof__(curl_##name) *name;
    CURL_FUNCTIONS(FIELD)
#undef FIELD
};

/* Loads it and starts it; done with curl_library_close. UNSUPPORTED where it is missing or too
 * old. */
enum status curl_library_open(struct curl_library *curl, struct error *err) MUST_CHECK;
void curl_library_close(struct curl_library *curl);

#endif
#endif
