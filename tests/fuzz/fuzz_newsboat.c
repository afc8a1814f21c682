/* layers: base text model ingest store */
/* Databases of newsboat, by the reader that the parser process uses. */
#include "format_target.h"
#include "store/newsboat.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct input input = {.path = STR("cache.db"),
                                .bytes = {(const char *)data, size},
                                .published = DAY_UNKNOWN,
                                .items = &newsboat_reader};
    return read_input("newsboat", &input);
}
