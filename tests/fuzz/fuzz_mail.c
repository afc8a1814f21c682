/* layers: base text model ingest */
/* Mail, boxes of mail and MHTML. */
#include "format_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return read_as("a.eml", data, size);
}
