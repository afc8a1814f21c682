#include "base/status.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { PATH_SHOWN_LEN = 320 };

const char *status_text(enum status status)
{
    switch (status) {
#define STATUS_CASE(name, text)                                                                    \
    case STATUS_##name:                                                                            \
        return text;
        STATUS_LIST(STATUS_CASE)
#undef STATUS_CASE
    }
    return "unknown status";
}

enum status error_set(struct error *err, enum status status, const char *format, ...)
{
    if (err == NULL)
        return status;
    /* The arguments may point into err->text, so it is written last. */
    char text[sizeof err->text];
    va_list args;
    va_start(args, format);
    int written = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (written < 0)
        text[0] = '\0';
    memcpy(err->text, text, sizeof text);
    err->status = status;
    return status;
}

static enum status status_of_errno(int number)
{
    switch (number) {
    case ENOSPC:
    case EDQUOT:
        return STATUS_NO_SPACE;
    case EROFS:
    case EACCES:
    case EPERM:
        return STATUS_READ_ONLY;
    case ENOENT:
    case ENOTDIR:
        return STATUS_NOT_FOUND;
    default:
        return STATUS_IO;
    }
}

enum status error_errno(struct error *err, const char *path, const char *verb)
{
    int number = errno;
    char reason[128];
    if (strerror_r(number, reason, sizeof reason) != 0)
        (void)snprintf(reason, sizeof reason, "error %d", number);
    char what[192];
    (void)snprintf(what, sizeof what, "cannot %s: %s", verb, reason);
    return error_path(err, status_of_errno(number), path, what);
}

enum status error_path(struct error *err, enum status status, const char *path, const char *what)
{
    size_t len = strlen(path);
    bool cut = len > PATH_SHOWN_LEN;
    return error_set(err, status, "%s%s: %s", cut ? "..." : "",
                     cut ? path + (len - PATH_SHOWN_LEN) : path, what);
}
