/* layers: base text model ingest */
/* Any bytes as an HTML page: what the limits let through is read, and cleaning loses and doubles
 * nothing of its visible text. */
#include "clean_target.h"
#include "ingest/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct article article;
    struct html_document document;
    str bytes = {(const char *)data, size};
    str body = encoding_to_utf8(&arena, bytes, encoding_detect(bytes));
    struct page page = {.path = STR("page"),
                        .raw = bytes,
                        .published = DAY_UNKNOWN,
                        .kind = PAGE_HTML,
                        .body = body};
    (void)html_stated_charset(bytes);
    if (!html_guard(body) && html_read(&arena, body, &document)) {
        clean_page(&arena, shipped_rules(), NULL, &page, &article);
        check_parts(document.text, &article, false);
    }
    arena_done(&arena);
    return 0;
}
