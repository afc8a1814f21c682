#include "app/parser_message.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/environment.h"

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 /* main() ignores SIGPIPE */
#endif

static bool send_bytes(int descriptor, str bytes)
{
    while (bytes.len) {
        ssize_t sent = send(descriptor, bytes.ptr, bytes.len, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        bytes = str_slice(bytes, (size_t)sent, bytes.len);
    }
    return true;
}

bool message_send(int descriptor, enum parser_message kind, str payload)
{
    struct parser_header header = {.kind = kind, .len = payload.len};
    return send_bytes(descriptor, (str){(const char *)&header, sizeof header}) &&
           send_bytes(descriptor, payload);
}

/* poll() takes no descriptor where none may be opened, so it is left out where nothing limits the
 * wait. */
static bool wait_for_bytes(int descriptor, int64_t until, bool *late)
{
    for (;;) {
        int64_t left = until - environment_milliseconds();
        struct pollfd waited = {.fd = descriptor, .events = POLLIN};
        int ready = poll(&waited, 1, left > 0 ? (int)left : 0);
        if (ready > 0)
            return true;
        if (ready < 0 && errno != EINTR)
            return false;
        if (ready == 0 && left <= 0) {
            *late = true;
            return false;
        }
    }
}

bool message_receive(int descriptor, void *to, size_t len, int milliseconds, bool *late)
{
    char *at = to;
    int64_t until = milliseconds < 0 ? 0 : environment_milliseconds() + milliseconds;
    while (len) {
        if (milliseconds >= 0 && !wait_for_bytes(descriptor, until, late))
            return false;
        ssize_t got = read(descriptor, at, len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        len -= (size_t)got;
    }
    return true;
}
