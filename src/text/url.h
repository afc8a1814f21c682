/* Addresses as text: references resolved against a base (RFC 3986, section 5.2). Nothing is
 * fetched here. */
#ifndef TEXT_URL_H
#define TEXT_URL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/* Longer addresses are none. */
#define URL_LIMIT_LEN ((size_t)2000)

/* The reference as seen from `base`, in the arena; STR_NONE when it is relative and the base is
 * not absolute. */
str url_resolve(struct arena *arena, str base, str reference);
/* As a page writes it: white space around it and line ends in it do not count; what may not stand
 * in an address becomes %XX, so that the result is ASCII without space, quote or angle bracket. */
str url_tidy(struct arena *arena, str written);
/* http or https, with a host, of ASCII that url_tidy leaves as it is, not too long: what may be
 * given to a browser. */
bool url_is_web(str url);
/* A file of this machine: file:///path or file://localhost/path. */
bool url_is_file(str url);
/* "https://host:port" in small letters: who answers for the address. In the arena. */
str url_origin(struct arena *arena, str url);
/* What stands after the origin, without the fragment: "/path?query"; at least "/". Borrowed. */
str url_request(str url);
/* The path without query and fragment; borrowed. */
str url_path(str url);

#endif
