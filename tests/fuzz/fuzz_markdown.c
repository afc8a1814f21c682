/* layers: base text model ingest */
/* Markdown. */
#include "format_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return read_as("a.md", data, size);
}
