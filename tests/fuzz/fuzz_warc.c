/* layers: base text model ingest */
/* WARC that is not packed, as a file and as the crawl in a WACZ. */
#include "format_target.h"
#include "zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str bytes = {(const char *)data, size};
    struct zip zip = {0};
    zip_add(&zip, STR("datapackage.json"), STR("{}"));
    zip_add(&zip, STR("archive/data.warc"), bytes);
    (void)read_by("archive", "a.wacz", zip_end(&zip));
    zip_done(&zip);
    return read_by("warc", "a.warc", bytes);
}
