#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* First room for what does not tell its size. */
enum { UNKNOWN_SIZE_LEN = 1 << 16 };

static const int READ_FLAGS = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

/* For reading, a refusal by permission is a failed input, not a read-only target. */
static enum status fail_reading(struct error *err, const char *path, const char *verb)
{
    enum status status = error_errno(err, path, verb);
    if (status != STATUS_READ_ONLY && status != STATUS_NO_SPACE)
        return status;
    if (err != NULL)
        err->status = STATUS_IO;
    return STATUS_IO;
}

static const char *kind_refused(mode_t mode)
{
    if (S_ISDIR(mode))
        return "is a folder, not a file";
    if (S_ISFIFO(mode))
        return "is a pipe, not a file";
    if (S_ISSOCK(mode))
        return "is a socket, not a file";
    if (S_ISCHR(mode) || S_ISBLK(mode))
        return "is a device, not a file";
    return "is not a regular file";
}

/* ---- reading ---- */

/* read, waiting for descriptors that are set not to block. */
static ssize_t read_some(int descriptor, char *bytes, size_t len)
{
    for (;;) {
        ssize_t got = read(descriptor, bytes, len < SSIZE_MAX ? len : SSIZE_MAX);
        if (got >= 0)
            return got;
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            struct pollfd wait = {.fd = descriptor, .events = POLLIN};
            if (poll(&wait, 1, -1) < 0 && errno != EINTR)
                return -1;
        } else if (errno != EINTR) {
            return -1;
        }
    }
}

static enum status fail_too_large(struct error *err, const char *name, size_t limit_len)
{
    char what[80];
    bool whole = limit_len >> 20 << 20 == limit_len;
    (void)snprintf(what, sizeof what, "larger than the limit of %zu %s; split or shorten it",
                   whole ? limit_len >> 20 : limit_len, whole ? "MB" : "bytes");
    return error_path(err, STATUS_TOO_LARGE, name, what);
}

/* Reads to the end. `expected_len` is only a hint: the file may change while it is read. */
static enum status read_to_end(struct arena *arena, int descriptor, const char *name,
                               size_t expected_len, size_t limit_len, str *bytes, struct error *err)
{
    size_t most = limit_len < SIZE_MAX - 2 ? limit_len : SIZE_MAX - 2;
    /* One byte shows that there is more than the limit, one is for the NUL. */
    size_t capacity = (expected_len < most ? expected_len : most) + 2;
    char *text = arena_alloc(arena, capacity, 1);
    size_t len = 0;
    for (;;) {
        ssize_t got = read_some(descriptor, text + len, capacity - 1 - len);
        if (got < 0)
            return fail_reading(err, name, "read");
        if (got == 0)
            break;
        len += (size_t)got;
        if (len > most)
            return fail_too_large(err, name, limit_len);
        if (len < capacity - 1)
            continue;
        size_t grown = capacity > (most + 2) / 2 ? most + 2 : capacity * 2;
        text = arena_resize(arena, text, capacity, grown);
        capacity = grown;
    }
    text[len] = '\0';
    text = arena_resize(arena, text, capacity, len + 1);
    *bytes = (str){text, len};
    return STATUS_OK;
}

/* Opens a regular file of at most limit_len bytes. */
static enum status open_regular(const char *path, size_t limit_len, int *descriptor,
                                struct stat *info, struct error *err)
{
    /* Looked at before it is opened: opening alone can act on a pipe or a device. */
    if (stat(path, info) != 0)
        return fail_reading(err, path, "read");
    if (!S_ISREG(info->st_mode))
        return error_path(err, STATUS_BAD_INPUT, path, kind_refused(info->st_mode));
    *descriptor = open(path, READ_FLAGS);
    if (*descriptor < 0)
        return fail_reading(err, path, "open");
    enum status status = STATUS_OK;
    if (fstat(*descriptor, info) != 0)
        status = fail_reading(err, path, "read");
    else if (!S_ISREG(info->st_mode))
        status = error_path(err, STATUS_BAD_INPUT, path, kind_refused(info->st_mode));
    else if (info->st_size > 0 && (uintmax_t)info->st_size > limit_len)
        status = fail_too_large(err, path, limit_len);
    if (status)
        (void)close(*descriptor);
    return status;
}

enum status file_read(struct arena *arena, const char *path, size_t limit_len, str *bytes,
                      struct error *err)
{
    *bytes = STR_NONE;
    struct stat info;
    int descriptor = -1;
    enum status status = open_regular(path, limit_len, &descriptor, &info, err);
    if (status)
        return status;
    status = read_to_end(arena, descriptor, path,
                         info.st_size > 0 ? (size_t)info.st_size : UNKNOWN_SIZE_LEN, limit_len,
                         bytes, err);
    (void)close(descriptor);
    return status;
}

enum status file_map(const char *path, size_t limit_len, str *bytes, struct error *err)
{
    *bytes = STR_NONE;
    struct stat info;
    int descriptor = -1;
    enum status status = open_regular(path, limit_len, &descriptor, &info, err);
    if (status)
        return status;
    size_t len = info.st_size > 0 ? (size_t)info.st_size : 0;
    void *mapped = len ? mmap(NULL, len, PROT_READ, MAP_PRIVATE, descriptor, 0) : NULL;
    if (mapped == MAP_FAILED)
        status = fail_reading(err, path, "read");
    else
        *bytes = (str){mapped, len};
    (void)close(descriptor);
    return status;
}

void file_unmap(str bytes)
{
    if (bytes.len)
        (void)munmap((void *)(uintptr_t)bytes.ptr, bytes.len);
}

enum status file_read_descriptor(struct arena *arena, int descriptor, const char *shown_name,
                                 size_t limit_len, str *bytes, struct error *err)
{
    *bytes = STR_NONE;
    return read_to_end(arena, descriptor, shown_name, UNKNOWN_SIZE_LEN, limit_len, bytes, err);
}

/* ---- writing ---- */

static bool write_all(int descriptor, str bytes)
{
    for (size_t at = 0; at < bytes.len;) {
        ssize_t wrote = write(descriptor, bytes.ptr + at, bytes.len - at);
        if (wrote >= 0) {
            at += (size_t)wrote;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            struct pollfd wait = {.fd = descriptor, .events = POLLOUT};
            if (poll(&wait, 1, -1) < 0 && errno != EINTR)
                return false;
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

/* Makes a rename last through a power cut. A folder that cannot be opened or synced (network and
 * special file systems) is left to the system: the new file is complete in any case. */
static void sync_folder_of(const char *path)
{
    struct buf folder = BUF_INIT;
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        buf_add(&folder, STR("."));
    else
        buf_add(&folder, (str){path, slash == path ? 1 : (size_t)(slash - path)});
    int descriptor = open(buf_c(&folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        (void)fsync(descriptor);
        (void)close(descriptor);
    }
    buf_done(&folder);
}

enum status file_replace_begin(struct file_replacement *file, const char *path, struct error *err)
{
    struct stat info;
    *file = (struct file_replacement){.descriptor = -1};
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode))
        return error_path(err, STATUS_BAD_INPUT, path, kind_refused(info.st_mode));
    /* Through a link the file it names is replaced, and the link stays. */
    char *real = realpath(path, NULL);
    buf_add(&file->target, str_from(real != NULL ? real : path));
    free(real);
    buf_format(&file->temporary, "%s.XXXXXX", buf_c(&file->target));
    file->descriptor = mkstemp(file->temporary.ptr); /* mode 0600 */
    if (file->descriptor < 0) {
        enum status status = error_errno(err, path, "write");
        buf_done(&file->target);
        buf_done(&file->temporary);
        return status;
    }
    (void)fcntl(file->descriptor, F_SETFD, FD_CLOEXEC);
    return STATUS_OK;
}

enum status file_replace_add(struct file_replacement *file, str bytes, struct error *err)
{
    if (write_all(file->descriptor, bytes))
        return STATUS_OK;
    return error_errno(err, buf_c(&file->target), "write");
}

/* Closes the new file and moves it over the old one. */
static enum status keep_replacement(struct file_replacement *file, struct error *err)
{
    const char *target = buf_c(&file->target);
    bool is_synced = file->soon || fsync(file->descriptor) == 0;
    int reason = errno;
    bool is_closed = close(file->descriptor) == 0;
    if (is_synced)
        reason = errno;
    file->descriptor = -1;
    if (is_synced && is_closed) {
        if (rename(buf_c(&file->temporary), target) == 0) {
            if (!file->soon)
                sync_folder_of(target);
            return STATUS_OK;
        }
        reason = errno;
    }
    errno = reason;
    return error_errno(err, target, "write");
}

enum status file_replace_end(struct file_replacement *file, enum status status, struct error *err)
{
    if (file->temporary.len == 0)
        return status;
    if (status == STATUS_OK)
        status = keep_replacement(file, err);
    if (file->descriptor >= 0)
        (void)close(file->descriptor);
    if (status != STATUS_OK)
        (void)unlink(buf_c(&file->temporary));
    buf_done(&file->target);
    buf_done(&file->temporary);
    return status;
}

static enum status replace_whole(const char *path, str bytes, bool soon, struct error *err)
{
    struct file_replacement file;
    enum status status = file_replace_begin(&file, path, err);
    file.soon = soon;
    if (status == STATUS_OK)
        status = file_replace_add(&file, bytes, err);
    return file_replace_end(&file, status, err);
}

enum status file_replace(const char *path, str bytes, struct error *err)
{
    return replace_whole(path, bytes, false, err);
}

enum status file_replace_soon(const char *path, str bytes, struct error *err)
{
    return replace_whole(path, bytes, true, err);
}

static enum status make_one_folder(const char *path, struct error *err)
{
    if (mkdir(path, 0700) == 0)
        return STATUS_OK;
    int reason = errno;
    struct stat info;
    if (stat(path, &info) == 0) {
        if (S_ISDIR(info.st_mode))
            return STATUS_OK;
        return error_path(err, STATUS_BAD_INPUT, path, "is not a folder");
    }
    errno = reason;
    return error_errno(err, path, "make the folder");
}

enum status file_make_folder(const char *path, struct error *err)
{
    struct buf part = BUF_INIT;
    enum status status = STATUS_OK;
    size_t len = strlen(path);
    for (size_t end = 1; end <= len && status == STATUS_OK; end++) {
        if (end < len && path[end] != '/')
            continue;
        buf_clear(&part);
        buf_add(&part, (str){path, end});
        status = make_one_folder(buf_c(&part), err);
    }
    if (len == 0)
        status = error_set(err, STATUS_BAD_INPUT, "an empty path names no folder");
    buf_done(&part);
    return status;
}
