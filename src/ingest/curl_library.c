#include "ingest/curl_library.h"

#ifdef HAVE_CURL

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define SONAME "libcurl.so.4"
#define VERSION_NEEDED 0x075500 /* 7.85.0: CURLOPT_PROTOCOLS_STR */

static const struct {
    const char *name;
    size_t at;
} symbols[] = {
#define SYMBOL(name) {"curl_" #name, offsetof(struct curl_library, name)},
    CURL_FUNCTIONS(SYMBOL)
#undef SYMBOL
};

static bool find_symbols(struct curl_library *curl)
{
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        void *symbol = dlsym(curl->handle, symbols[i].name);
        if (!symbol) {
            return false;
        }
        memcpy((char *)curl + symbols[i].at, &symbol, sizeof symbol);
    }
    return curl->version_info(CURLVERSION_NOW)->version_num >= VERSION_NEEDED;
}

enum status curl_library_open(struct curl_library *curl, struct error *err)
{
    *curl = (struct curl_library){.handle = dlopen(SONAME, RTLD_NOW | RTLD_LOCAL)};
    if (!curl->handle) {
        return error_set(err, STATUS_UNSUPPORTED,
                         "addresses cannot be fetched: " SONAME " is missing; install libcurl");
    }
    if (!find_symbols(curl)) {
        return error_set(err, STATUS_UNSUPPORTED,
                         "addresses cannot be fetched: " SONAME
                         " is older than 7.85; update libcurl");
    }
    return curl->global_init(CURL_GLOBAL_DEFAULT) == 0
               ? STATUS_OK
               : error_set(err, STATUS_IO, "libcurl cannot be started; install it again");
}

/* It stays loaded: what it brought with it may have begun things that end with the program. */
void curl_library_close(struct curl_library *curl)
{
    curl->global_cleanup();
}

#endif
