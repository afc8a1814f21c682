/* layers: base text model ingest */
/* Lists of feeds. */
#include "format_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return read_by("opml", "a.opml", (str){(const char *)data, size});
}
