/* The one status of every call that the outside world can make fail, and the message that goes
 * with it. The status says what to do, the error says what happened and where. */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include <stdarg.h>

/* name, what a user reads when no better message was written */
#define STATUS_LIST(X)                                                                             \
    X(OK, "no error")                                                                              \
    X(NOT_FOUND, "not found")                                                                      \
    X(BAD_INPUT, "the input is malformed")                                                         \
    X(UNSUPPORTED, "not supported by this build")                                                  \
    X(TOO_LARGE, "larger than the limit")                                                          \
    X(IO, "input or output failed")                                                                \
    X(NO_SPACE, "no space left on the device")                                                     \
    X(READ_ONLY, "the file or its folder cannot be written")                                       \
    X(BUSY, "another program is writing to the file")                                              \
    X(NEWER, "made by a newer version of dossier")                                                 \
    X(CANCELLED, "cancelled")                                                                      \
    X(USAGE, "wrong usage")

enum status {
#define STATUS_ENUM(name, text) STATUS_##name,
    STATUS_LIST(STATUS_ENUM)
#undef STATUS_ENUM
};

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(format_at, args_at) __attribute__((format(printf, format_at, args_at)))

/* Owned by the caller; text is always terminated, one line, without a final full stop. It may
 * hold foreign bytes (file names): it passes the output gate like any other text when shown. */
struct error {
    enum status status;
    char text[512];
};

/* The message of a status; static storage. */
const char *status_text(enum status status);

/* Fills *err (which may be NULL) and returns status, so that failing is one line:
 *     return error_set(err, STATUS_IO, "%s: cannot open: %s", path, strerror(errno)); */
enum status error_set(struct error *err, enum status status, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* "path: cannot <verb>: <reason of errno>"; chooses NO_SPACE, READ_ONLY, NOT_FOUND or IO by
 * errno. */
enum status error_errno(struct error *err, const char *path, const char *verb);

/* "path: what"; a very long path is shown by its end, so that `what` is never cut off. */
enum status error_path(struct error *err, enum status status, const char *path, const char *what);

#endif
