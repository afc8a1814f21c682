/* layers: base text model ingest */
/* Archives, compressed files, WARC and EPUB. */
#include "format_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return read_as("a.zip", data, size);
}
