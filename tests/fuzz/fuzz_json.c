/* layers: base text model ingest */
/* JSON files of articles. */
#include "format_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return read_by("json", "a.json", (str){(const char *)data, size});
}
