#include "ingest/gunzip.h"

bool gunzip_recognises(str bytes)
{
    return str_starts(bytes, STR("\x1F\x8B\x08"));
}

#ifdef HAVE_ARCHIVE

#include <limits.h>
#include <string.h>
#include <zlib.h>

#include "base/memory.h"

enum { PIECE_LEN = 1 << 16, HELD_LEN = 64, HEADER_LEN = 10, LENGTH_LEN = 4 };

struct gunzip {
    z_stream stream;
    str rest; /* what zlib was not given yet */
    size_t given_len;
    bool is_open;                  /* within a member */
    const char *wrong;             /* to be told when what came before it is handed out */
    size_t len, sure_len, out_len; /* in held: unpacked; of that to be handed out; handed out */
    unsigned char held[PIECE_LEN + HELD_LEN];
};

struct gunzip *gunzip_new(str bytes)
{
    struct gunzip *gunzip = memory_new(1, sizeof *gunzip);
    gunzip->rest = bytes;
    gunzip->given_len = bytes.len;
    gunzip->is_open = inflateInit2(&gunzip->stream, 16 + MAX_WBITS) == Z_OK;
    return gunzip;
}

void gunzip_free(struct gunzip *gunzip)
{
    if (gunzip) {
        (void)inflateEnd(&gunzip->stream);
        memory_free(gunzip);
    }
}

day gunzip_day(str bytes)
{
    int64_t seconds = 0;
    for (size_t i = 8; bytes.len >= HEADER_LEN && i > LENGTH_LEN; i--) {
        seconds = seconds * 256 + (unsigned char)bytes.ptr[i - 1];
    }
    return seconds ? day_of_seconds(seconds) : 0;
}

size_t gunzip_used_len(const struct gunzip *gunzip)
{
    return gunzip->given_len - gunzip->rest.len - gunzip->stream.avail_in;
}

bool gunzip_ended(const struct gunzip *gunzip)
{
    return !gunzip->is_open && !gunzip->wrong && gunzip->out_len == gunzip->len;
}

/* What zlib was given and did not use is what is left. */
static void take_back(struct gunzip *gunzip)
{
    gunzip->rest = (str){gunzip->rest.ptr - gunzip->stream.avail_in,
                         gunzip->rest.len + gunzip->stream.avail_in};
    gunzip->stream.avail_in = 0;
}

/* After a member: another may follow. What else follows is no gzip and does not count. */
static void next_member(struct gunzip *gunzip)
{
    take_back(gunzip);
    gunzip->is_open = gunzip_recognises(gunzip->rest) && inflateReset(&gunzip->stream) == Z_OK;
}

/* What zlib says when a member's bytes were all unpacked and are not what they were when it was
 * packed; the length stands behind the checksum. */
static const char wrong_checksum[] = "incorrect data check";
static const char wrong_length[] = "incorrect length check";

static bool says(const z_stream *stream, const char *message)
{
    return stream->msg && strcmp(stream->msg, message) == 0;
}

static void end_wrong(struct gunzip *gunzip, int code)
{
    bool before_length = says(&gunzip->stream, wrong_checksum);
    if (code == Z_DATA_ERROR && (before_length || says(&gunzip->stream, wrong_length))) {
        gunzip->wrong = "a checksum does not fit";
        size_t known_len = gunzip->len > HELD_LEN ? gunzip->len - HELD_LEN : 0;
        gunzip->len = known_len > gunzip->sure_len ? known_len : gunzip->sure_len;
        take_back(gunzip);
        if (before_length) {
            gunzip->rest = str_slice(gunzip->rest, LENGTH_LEN, gunzip->rest.len);
        }
        next_member(gunzip);
        return;
    }
    gunzip->wrong = code == Z_BUF_ERROR ? "it is cut off" : "it cannot be unpacked";
    gunzip->is_open = false;
}

/* Unpacks until the room is full, the member ends or something is wrong. All but the last bytes of
 * a member that goes on are sure. */
static void unpack_more(struct gunzip *gunzip)
{
    z_stream *stream = &gunzip->stream;
    int code = Z_OK;
    memmove(gunzip->held, gunzip->held + gunzip->out_len, gunzip->len - gunzip->out_len);
    gunzip->len -= gunzip->out_len;
    gunzip->sure_len -= gunzip->out_len;
    gunzip->out_len = 0;
    while (code == Z_OK && gunzip->len < sizeof gunzip->held) {
        if (!stream->avail_in) {
            size_t len = gunzip->rest.len < INT_MAX ? gunzip->rest.len : INT_MAX;
            stream->next_in = (Bytef *)(uintptr_t)gunzip->rest.ptr;
            stream->avail_in = (uInt)len;
            gunzip->rest = str_slice(gunzip->rest, len, gunzip->rest.len);
        }
        stream->next_out = gunzip->held + gunzip->len;
        stream->avail_out = (uInt)(sizeof gunzip->held - gunzip->len);
        code = inflate(stream, Z_NO_FLUSH);
        gunzip->len = sizeof gunzip->held - stream->avail_out;
    }
    if (code == Z_STREAM_END) {
        next_member(gunzip);
    } else if (code != Z_OK) {
        end_wrong(gunzip, code);
    }
    gunzip->sure_len = code == Z_OK ? gunzip->len - HELD_LEN : gunzip->len;
}

str gunzip_start(struct gunzip *gunzip)
{
    if (gunzip->is_open && !gunzip->len) {
        unpack_more(gunzip);
    }
    return (str){(const char *)gunzip->held, gunzip->len};
}

enum status gunzip_piece(struct gunzip *gunzip, str *piece, const char **wrong)
{
    while (gunzip->sure_len == gunzip->out_len && gunzip->is_open && !gunzip->wrong) {
        unpack_more(gunzip);
    }
    size_t from = gunzip->out_len;
    gunzip->out_len = gunzip->sure_len;
    *piece = gunzip->out_len > from
                 ? (str){(const char *)gunzip->held + from, gunzip->out_len - from}
                 : STR_NONE;
    if (piece->len || !gunzip->wrong) {
        return STATUS_OK;
    }
    *wrong = gunzip->wrong;
    gunzip->wrong = NULL;
    return STATUS_BAD_INPUT;
}

#endif
