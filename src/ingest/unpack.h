/* Archives and compressed files by libarchive, gzip by zlib (whose checksums libarchive does not
 * look at), from memory to memory: nothing is written to disk, members are counted, and bytes are
 * counted as they come. */
#ifndef INGEST_UNPACK_H
#define INGEST_UNPACK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"
#include "model/day.h"

#define UNPACK_MEMBER_LIMIT ((size_t)200000)     /* in one archive */
#define UNPACK_TOTAL_LIMIT_LEN ((size_t)2 << 30) /* bytes of all its members */

/* By their first bytes: zip, tar, gzip, bzip2, xz, zstd. */
bool unpack_recognises(str bytes);

#ifdef HAVE_ARCHIVE

struct unpack;

/* Never fails for what unpack_recognises: faults come with the members. */
struct unpack *unpack_open(str bytes);
void unpack_close(struct unpack *unpack);

/* The next member that is a file; `name` is borrowed until the next call. NOT_FOUND at the end;
 * BAD_INPUT or TOO_LARGE with the reason in *wrong, which lives as long as the archive. A
 * compressed file that is no archive is one member whose name is empty. */
enum status unpack_next(struct unpack *unpack, str *name, const char **wrong) MUST_CHECK;
/* The day (UTC) on which the member was last changed, as the archive has it; 0 when it has none. */
day unpack_day(const struct unpack *unpack);
/* All bytes of the member; TOO_LARGE when there are more than limit_len; other statuses as
 * above. Other members may be read after it. `bytes` lives in the arena. */
enum status unpack_take(struct unpack *unpack, struct arena *arena, size_t limit_len, str *bytes,
                        const char **wrong) MUST_CHECK;
/* How many of the bytes given to unpack_open were used so far. */
size_t unpack_used_len(const struct unpack *unpack);
/* A piece of the member, borrowed until the next call; empty at its end. */
enum status unpack_piece(struct unpack *unpack, str *piece, const char **wrong) MUST_CHECK;
/* After a failed unpack_piece: a part of the member is lost and more of it may come (what was
 * packed in several pieces, one after the other, as crawls are). */
bool unpack_goes_on(const struct unpack *unpack);

#endif
#endif
