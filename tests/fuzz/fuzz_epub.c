/* layers: base text model ingest */
/* The parts of an EPUB book: its package, a chapter and what it says of encryption, parted
 * by NUL. */
#include "format_target.h"
#include "zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"a.opf", "c1.xhtml", "META-INF/encryption.xml"};
    str rest = {(const char *)data, size}, part;
    struct zip zip = {0};
    zip_add(&zip, STR("mimetype"), STR("application/epub+zip"));
    zip_add(&zip, STR("META-INF/container.xml"),
            STR("<container><rootfiles><rootfile full-path=\"a.opf\"/></rootfiles></container>"));
    for (size_t i = 0; i < sizeof names / sizeof *names && str_next(&rest, '\0', &part); i++)
        zip_add(&zip, str_from(names[i]), part);
    (void)read_by("epub", "a.epub", zip_end(&zip));
    zip_done(&zip);
    return 0;
}
