/* layers: base text model ingest */
/* RSS, Atom, OPML and JSON Feed. */
#include "format_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return read_as("a.rss", data, size);
}
