/* layers: base text model ingest */
/* Any bytes as an HTML page: what the limits let through is read, and cleaning loses and doubles
 * nothing of its visible text. */
#include <stdlib.h>

#include "ingest/clean.h"
#include "ingest/html.h"
#include "text/encoding.h"
#include "text/fold.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* Without white space and the marks that mending drops. */
static void add_visible(struct buf *out, str text)
{
    for (size_t i = 0, len = 0; i < text.len; i += len) {
        uint32_t c = utf8_decode(text, i, &len);
        if (c != '*' && c != '|' && !code_point_is_space(c) && c != 0x200B && c != 0xFEFF)
            buf_add(out, str_slice(text, i, i + len));
    }
}

static void check_parts(str body, const struct article *article)
{
    struct buf page = BUF_INIT, parts = BUF_INIT;
    size_t removed = 0, at = 0;
    add_visible(&page, body);
    for (size_t i = 0; i <= article->blocks.count; i++) {
        for (; removed < article->removed.count && article->removed.items[removed].before <= i;
             removed++)
            add_visible(&parts, article->removed.items[removed].text);
        if (i == article->blocks.count)
            break;
        const struct block *block = &article->blocks.items[i];
        require(block->start == at && block->end > block->start);
        at = block->end + 1;
        add_visible(&parts, str_slice(article->text, block->start, block->end));
    }
    require(removed == article->removed.count);
    require(article->text.len == (at ? at - 1 : 0));
    require(str_equal(buf_str(&page), buf_str(&parts)));
    buf_done(&page);
    buf_done(&parts);
}

static const struct clean_rules *shipped_rules(void)
{
    static struct clean_rules *rules;
    struct error err;
    if (!rules && clean_rules_open(DATA_DIR "/rules", &rules, &err) != STATUS_OK)
        abort();
    return rules;
}

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
        require(utf8_is_valid(article.text) && utf8_is_valid(article.title) &&
                utf8_is_valid(article.byline) && utf8_is_valid(article.site));
        check_parts(document.text, &article);
    }
    arena_done(&arena);
    return 0;
}
