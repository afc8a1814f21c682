/* A zip of members as they are, so that a fuzzer's bytes stand in it unpacked: PKWARE's APPNOTE,
 * 4.3. Check sums are left empty; the reader under test does not refuse a member for them. */
#ifndef FUZZ_ZIP_H
#define FUZZ_ZIP_H

#include "base/buf.h"

struct zip {
    struct buf out, directory;
    unsigned count;
};

static inline void zip_number(struct buf *out, unsigned number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_add_byte(out, (char)(number >> 8 * i & 0xFF));
}

/* What a local header and an entry of the directory share: version to method to sizes. */
static inline void zip_facts(struct buf *out, str name, str bytes)
{
    static const struct {
        unsigned number;
        int bytes;
    } head[] = {{20, 2}, {0x800, 2}, {0, 2}, {0, 2}, {0x21, 2}, {0, 4}};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        zip_number(out, head[i].number, head[i].bytes);
    zip_number(out, (unsigned)bytes.len, 4);
    zip_number(out, (unsigned)bytes.len, 4);
    zip_number(out, (unsigned)name.len, 2);
    zip_number(out, 0, 2);
}

static inline void zip_add(struct zip *zip, str name, str bytes)
{
    unsigned at = (unsigned)zip->out.len;
    buf_add(&zip->out, STR("PK\3\4"));
    zip_facts(&zip->out, name, bytes);
    buf_add(&zip->out, name);
    buf_add(&zip->out, bytes);
    buf_add(&zip->directory, STR("PK\1\2"));
    zip_number(&zip->directory, 20, 2);
    zip_facts(&zip->directory, name, bytes);
    zip_number(&zip->directory, 0, 2);
    zip_number(&zip->directory, 0, 4);
    zip_number(&zip->directory, 0, 4);
    zip_number(&zip->directory, at, 4);
    buf_add(&zip->directory, name);
    zip->count++;
}

/* The whole archive, borrowed until zip_done. */
static inline str zip_end(struct zip *zip)
{
    unsigned at = (unsigned)zip->out.len;
    buf_add(&zip->out, buf_str(&zip->directory));
    buf_add(&zip->out, STR("PK\5\6"));
    zip_number(&zip->out, 0, 4);
    zip_number(&zip->out, zip->count, 2);
    zip_number(&zip->out, zip->count, 2);
    zip_number(&zip->out, (unsigned)zip->directory.len, 4);
    zip_number(&zip->out, at, 4);
    zip_number(&zip->out, 0, 2);
    return buf_str(&zip->out);
}

static inline void zip_done(struct zip *zip)
{
    buf_done(&zip->out);
    buf_done(&zip->directory);
}

#endif
