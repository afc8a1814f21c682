/* gzip (RFC 1952), member after member, from memory. The last bytes of a member are handed out only
 * when its checksum and length fit: what ends with them is whole then. */
#ifndef INGEST_GUNZIP_H
#define INGEST_GUNZIP_H

#include <stdbool.h>

#include "base/status.h"
#include "base/str.h"
#include "model/day.h"

struct gunzip;

bool gunzip_recognises(str bytes);
/* Of bytes that it recognises, which must live as long. Free with gunzip_free. */
struct gunzip *gunzip_new(str bytes);
void gunzip_free(struct gunzip *gunzip);

/* The first bytes that will come, if nothing is wrong with them; they are not taken. */
str gunzip_start(struct gunzip *gunzip);
/* The next piece, borrowed until the next call; empty at the end. BAD_INPUT with the reason in
 * *wrong: a checksum does not fit, and what was held back of that member is lost, or the bytes end
 * or cannot be unpacked. Calls after it give what further members hold. */
enum status gunzip_piece(struct gunzip *gunzip, str *piece, const char **wrong) MUST_CHECK;
/* No more comes. */
bool gunzip_ended(const struct gunzip *gunzip);
/* How many of the given bytes were used so far. */
size_t gunzip_used_len(const struct gunzip *gunzip);
/* The day (UTC) that the first member states for its file, or 0. */
day gunzip_day(str bytes);

#endif
