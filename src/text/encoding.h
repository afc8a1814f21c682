/* Bytes of a page -> UTF-8: by byte order mark, by what the bytes can be, by a stated name. */
#ifndef TEXT_ENCODING_H
#define TEXT_ENCODING_H

#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

enum encoding { ENCODING_UTF_8, ENCODING_UTF_16LE, ENCODING_UTF_16BE, ENCODING_WINDOWS_1252 };

/* BOM first; then UTF-16 by the share of NUL bytes in even or odd places; valid or nearly valid
 * UTF-8 (a few bad sequences among many good ones) is UTF-8; else Windows-1252. Looks at the
 * whole text, linear. */
enum encoding encoding_detect(str bytes);
/* Terminated name for messages: "UTF-8", … */
const char *encoding_name(enum encoding encoding);

/* Repaired UTF-8 without byte order mark, \r\n and lone \r as \n. Never fails: what does not
 * decode becomes U+FFFD. */
str encoding_to_utf8(struct arena *arena, str bytes, enum encoding encoding);

#endif
