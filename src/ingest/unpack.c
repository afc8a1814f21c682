#include "ingest/unpack.h"

#include "ingest/gunzip.h"

bool unpack_recognises(str bytes)
{
    static const struct {
        size_t at;
        const char *mark;
    } marks[] = {{0, "PK\3\4"},
                 {0, "PK\5\6"},
                 {0, "BZh"},
                 {257, "ustar"},
                 {0, "\xFD"
                     "7zXZ"},
                 {0, "\x28\xB5\x2F\xFD"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (str_starts(str_slice(bytes, marks[i].at, bytes.len), str_from(marks[i].mark))) {
            return true;
        }
    }
    return gunzip_recognises(bytes);
}

#ifdef HAVE_ARCHIVE

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>

#include "base/buf.h"
#include "base/memory.h"

#define CUT_OFF "it is cut off; what is whole in it was read"

struct unpack {
    struct archive *archive; /* NULL for a gzip stream that holds no archive */
    struct gunzip *gunzip;   /* NULL where libarchive unpacks by itself */
    bool is_cut;             /* its end is missing, and that was not told yet */
    bool is_open;
    bool is_locked; /* the member is encrypted */
    size_t members, total_len;
    day changed; /* of the member, or 0 */
    char wrong[160];
};

static enum status tell_damage(struct unpack *unpack, const char *reason, const char **wrong)
{
    struct buf text = BUF_INIT;
    buf_format(&text, "the archive is damaged: %s", reason ? reason : "it cannot be read");
    size_t len = text.len < sizeof unpack->wrong - 1 ? text.len : sizeof unpack->wrong - 1;
    for (size_t i = 0; i < len; i++) {
        unpack->wrong[i] = text.ptr[i] == '\n' ? ' ' : text.ptr[i];
    }
    unpack->wrong[len] = '\0';
    buf_done(&text);
    unpack->is_cut = false;
    *wrong = unpack->wrong;
    return STATUS_BAD_INPUT;
}

/* Whether there is more after it depends on what went wrong. */
static enum status fail(struct unpack *unpack, int code, const char **wrong)
{
    unpack->is_open = unpack->is_open && code != ARCHIVE_FATAL;
    return tell_damage(
        unpack,
        unpack->is_cut && code == ARCHIVE_FATAL ? CUT_OFF : archive_error_string(unpack->archive),
        wrong);
}

static enum status refuse(struct unpack *unpack, const char *reason, const char **wrong)
{
    unpack->is_open = false;
    *wrong = reason;
    return STATUS_TOO_LARGE;
}

/* libarchive passes over an archive that ends too early, where that is between two members: a zip
 * ends with the list of its members, a tar with a block of zeros. */
static bool lacks_end(str bytes)
{
    enum { LIST_LEN = 65557, BLOCK_LEN = 512, MARK_AT = 257 };
    if (str_starts(bytes, STR("PK\3\4"))) {
        str end = str_slice(bytes, bytes.len > LIST_LEN ? bytes.len - LIST_LEN : 0, bytes.len);
        return str_find(end, STR("PK\5\6"), 0) == STR_MISSING;
    }
    if (!str_starts(str_slice(bytes, MARK_AT, bytes.len), STR("ustar"))) {
        return false;
    }
    str end = str_slice(bytes, bytes.len > BLOCK_LEN ? bytes.len - BLOCK_LEN : 0, bytes.len);
    size_t zeros = 0;
    while (zeros < end.len && end.ptr[zeros] == '\0') {
        zeros++;
    }
    return zeros < end.len;
}

static la_ssize_t give_piece(struct archive *archive, void *context, const void **bytes)
{
    struct unpack *unpack = context;
    const char *wrong = NULL;
    str piece;
    if (gunzip_piece(unpack->gunzip, &piece, &wrong) != STATUS_OK) {
        archive_set_error(archive, EIO, "%s", wrong);
        return -1;
    }
    *bytes = piece.ptr;
    return (la_ssize_t)piece.len;
}

struct unpack *unpack_open(str bytes)
{
    struct unpack *unpack = memory_new(1, sizeof *unpack);
    if (gunzip_recognises(bytes)) {
        unpack->gunzip = gunzip_new(bytes);
        unpack->changed = gunzip_day(bytes);
        unpack->is_open = true;
        if (!unpack_recognises(gunzip_start(unpack->gunzip))) {
            return unpack;
        }
    }
    unpack->is_cut = lacks_end(bytes);
    struct archive *archive = unpack->archive = archive_read_new();
    if (!archive) {
        return unpack;
    }
    /* Only what runs within this process: others would start programs. */
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_zip(archive);
    archive_read_support_format_raw(archive);
    archive_read_support_format_empty(archive);
    int code = unpack->gunzip ? archive_read_open(archive, unpack, NULL, give_piece, NULL)
                              : archive_read_open_memory(archive, bytes.ptr, bytes.len);
    unpack->is_open = code >= ARCHIVE_WARN;
    return unpack;
}

void unpack_close(struct unpack *unpack)
{
    archive_read_free(unpack->archive);
    gunzip_free(unpack->gunzip);
    memory_free(unpack);
}

static str name_of(struct unpack *unpack, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    if (archive_format(unpack->archive) == ARCHIVE_FORMAT_RAW) {
        return STR("");
    }
    return str_from(name ? name : archive_entry_pathname(entry));
}

static enum status count_bytes(struct unpack *unpack, size_t len, const char **wrong)
{
    unpack->total_len += len;
    if (unpack->total_len > UNPACK_TOTAL_LIMIT_LEN) {
        return refuse(unpack, "it unpacks to more than 2 GB; what came before was read", wrong);
    }
    return STATUS_OK;
}

/* What follows the last member of an archive is unpacked for its checksum. */
static enum status check_rest(struct unpack *unpack, const char **wrong)
{
    str piece = STR("");
    enum status status = STATUS_OK;
    while (status == STATUS_OK && piece.ptr) {
        if (gunzip_piece(unpack->gunzip, &piece, wrong) != STATUS_OK) {
            return tell_damage(unpack,
                               "a checksum does not fit, or its end is missing; look at what "
                               "was read from it",
                               wrong);
        }
        status = count_bytes(unpack, piece.len, wrong);
    }
    return status;
}

/* The end, or what is wrong with it. */
static enum status end_members(struct unpack *unpack, const char **wrong)
{
    unpack->is_open = false;
    enum status status = unpack->is_cut   ? tell_damage(unpack, CUT_OFF, wrong)
                         : unpack->gunzip ? check_rest(unpack, wrong)
                                          : STATUS_OK;
    return status == STATUS_OK ? STATUS_NOT_FOUND : status;
}

enum status unpack_next(struct unpack *unpack, str *name, const char **wrong)
{
    struct archive_entry *entry = NULL;
    if (unpack->gunzip && !unpack->archive) {
        *name = STR("");
        return unpack->members++ ? STATUS_NOT_FOUND : STATUS_OK;
    }
    if (!unpack->archive || !unpack->is_open) {
        return unpack->archive && !unpack->members ? fail(unpack, ARCHIVE_FATAL, wrong)
                                                   : STATUS_NOT_FOUND;
    }
    for (;;) {
        int code = archive_read_next_header(unpack->archive, &entry);
        if (code == ARCHIVE_EOF) {
            return end_members(unpack, wrong);
        }
        if (code < ARCHIVE_WARN) {
            return fail(unpack, code, wrong);
        }
        if (++unpack->members > UNPACK_MEMBER_LIMIT) {
            return refuse(unpack, "it has more than 200000 members; the first ones were read",
                          wrong);
        }
        bool raw = archive_format(unpack->archive) == ARCHIVE_FORMAT_RAW;
        if (raw && !unpack->gunzip && archive_filter_count(unpack->archive) < 2) {
            /* nothing was unpacked */
            return fail(unpack, ARCHIVE_FATAL, wrong);
        }
        unpack->is_locked = archive_entry_is_encrypted(entry) == 1;
        if (raw || archive_entry_filetype(entry) == AE_IFREG) {
            *name = name_of(unpack, entry);
            unpack->changed = archive_entry_mtime_is_set(entry)
                                  ? day_of_seconds((int64_t)archive_entry_mtime(entry))
                                  : 0;
            return STATUS_OK;
        }
    }
}

day unpack_day(const struct unpack *unpack)
{
    return unpack->changed;
}

static enum status stream_piece(struct unpack *unpack, str *piece, const char **wrong)
{
    *piece = STR_NONE;
    if (unpack->is_open && gunzip_piece(unpack->gunzip, piece, wrong) != STATUS_OK) {
        return tell_damage(unpack, *wrong, wrong);
    }
    return count_bytes(unpack, piece->len, wrong);
}

enum status unpack_piece(struct unpack *unpack, str *piece, const char **wrong)
{
    if (!unpack->archive && unpack->gunzip) {
        return stream_piece(unpack, piece, wrong);
    }
    const void *bytes = NULL;
    size_t len = 0;
    la_int64_t offset = 0;
    int code = unpack->is_open ? archive_read_data_block(unpack->archive, &bytes, &len, &offset)
                               : ARCHIVE_EOF;
    if (unpack->is_locked && code != ARCHIVE_EOF) {
        *piece = STR_NONE;
        *wrong = "it is encrypted; unpack it with its password and import that";
        return STATUS_UNSUPPORTED;
    }
    *piece = code == ARCHIVE_EOF ? STR_NONE : (str){bytes, len};
    if (code == ARCHIVE_EOF) {
        return STATUS_OK;
    }
    if (code != ARCHIVE_OK) { /* a checksum that does not fit is but a warning to libarchive */
        return fail(unpack, code, wrong);
    }
    return count_bytes(unpack, len, wrong);
}

bool unpack_goes_on(const struct unpack *unpack)
{
    return unpack->is_open && !unpack->archive && !gunzip_ended(unpack->gunzip);
}

size_t unpack_used_len(const struct unpack *unpack)
{
    if (unpack->gunzip) {
        return gunzip_used_len(unpack->gunzip);
    }
    la_int64_t used = unpack->archive ? archive_filter_bytes(unpack->archive, -1) : 0;
    return used > 0 ? (size_t)used : 0;
}

enum status unpack_take(struct unpack *unpack, struct arena *arena, size_t limit_len, str *bytes,
                        const char **wrong)
{
    struct buf all = BUF_INIT;
    str piece = STR_NONE;
    enum status status;
    while ((status = unpack_piece(unpack, &piece, wrong)) == STATUS_OK && piece.ptr) {
        if (piece.len > limit_len - all.len) {
            status = STATUS_TOO_LARGE;
            *wrong = "the member is larger than the limit";
            break;
        }
        buf_add(&all, piece);
    }
    *bytes = status == STATUS_OK ? arena_str(arena, buf_str(&all)) : STR_NONE;
    buf_done(&all);
    return status;
}

#endif
