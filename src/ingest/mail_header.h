/* Texts in the headers of mail: RFC 5322 folding, RFC 2047 encoded words. The mail library would
 * convert them with tables that a parser process cannot open any more; ours are open. */
#ifndef INGEST_MAIL_HEADER_H
#define INGEST_MAIL_HEADER_H

#include "base/arena.h"

/* A header's value as it stands in the mail, as one line of UTF-8; in the arena. STR_NONE stays. */
str mail_header_text(struct arena *arena, str raw);
/* The name beside the first address of "Name <address>, …" or "address (Name)"; STR_NONE when only
 * the address is there. */
str mail_header_name(struct arena *arena, str raw);

#endif
