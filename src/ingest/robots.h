/* robots.txt: what a site asks programs to leave alone (RFC 9309). */
#ifndef INGEST_ROBOTS_H
#define INGEST_ROBOTS_H

#include <stdbool.h>

#include "base/str.h"

/* More than this of a file is not looked at; RFC 9309, section 2.5, asks for at least 500 KiB. */
#define ROBOTS_LIMIT_LEN ((size_t)512 << 10)

/* Whether the file's `bytes` let a program fetch `request` (url_request: path and query). `product`
 * is the program's name of letters, - and _. All groups that name it count together, else those for
 * *; of the rules that fit the longest wins, Allow before Disallow. What cannot be read as a rule
 * is passed over. Work: the length of the file plus that of the request for each rule. */
bool robots_allow(str bytes, str product, str request);

#endif
