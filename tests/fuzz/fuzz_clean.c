/* layers: base text model ingest */
/* Any bytes as a page: cleaning loses and doubles nothing, blocks cover the text, spans split no
 * character, and clean text stays as it is. */
#include "clean_target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct article article;
    str bytes = {(const char *)data, size};
    str body = encoding_to_utf8(&arena, bytes, encoding_detect(bytes));
    struct page page = {.path = STR("page"),
                        .raw = bytes,
                        .published = DAY_UNKNOWN,
                        .kind = PAGE_DUMP,
                        .body = body};
    clean_page(&arena, shipped_rules(), NULL, &page, &article);
    check_parts(body, &article, true);
    page.kind = PAGE_TEXT;
    clean_page(&arena, shipped_rules(), NULL, &page, &article);
    require(str_equal(article.text, body) && article.removed.count == 0);
    arena_done(&arena);
    return 0;
}
