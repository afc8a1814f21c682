/* layers: base text ingest */
/* robots.txt from anywhere: an answer for every request, the same whatever the spelling of it, and
 * never a refusal of the file itself. The first line is the request. */
#include <stdlib.h>

#include "base/buf.h"
#include "ingest/robots.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static bool is_plain(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str rest = {(const char *)data, size}, request;
    struct buf coded = BUF_INIT;
    if (size > 1 << 16 || !str_next_line(&rest, &request))
        return 0;
    bool allowed = robots_allow(rest, STR("dossier"), request);
    for (size_t i = 0; i < request.len; i++) {
        if (is_plain(request.ptr[i]) && (i < 2 || request.ptr[i - 1] != '%') &&
            (i < 2 || request.ptr[i - 2] != '%') && (i < 1 || request.ptr[i - 1] != '%'))
            buf_format(&coded, "%%%02x", (unsigned)(unsigned char)request.ptr[i]);
        else
            buf_add_byte(&coded, request.ptr[i]);
    }
    bool is_itself = str_equal(request, STR("/robots.txt"));
    require(is_itself || robots_allow(rest, STR("dossier"), buf_str(&coded)) == allowed);
    require(robots_allow(rest, STR("DOSSIER"), request) == allowed);
    require(!is_itself || allowed);
    buf_done(&coded);
    return 0;
}
