/* layers: base text model ingest */
/* Any bytes as a file of any format: every page is valid text within its limits, every broken one
 * has a message, and nothing else comes out. The first byte chooses the name of the file. */
#include <stdlib.h>
#include <string.h>

#include "ingest/format.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static enum status take_page(void *context, const struct page *page)
{
    str input = *(const str *)context;
    require(utf8_is_valid(page->body) && utf8_is_valid(page->id) && utf8_is_valid(page->title) &&
            utf8_is_valid(page->url) && utf8_is_valid(page->site) && utf8_is_valid(page->byline) &&
            utf8_is_valid(page->language));
    require(page->body.len <= 3 * PAGE_LIMIT_LEN && page->path.len > 0);
    require(page->raw.ptr >= input.ptr && page->raw.ptr + page->raw.len <= input.ptr + input.len);
    require(page->published == DAY_UNKNOWN ||
            (page->published >= DAY_MIN && page->published <= DAY_MAX));
    return STATUS_OK;
}

static enum status take_broken(void *context, str path, const struct error *err)
{
    (void)context;
    require(path.len > 0 && err->status != STATUS_OK && strlen(err->text) > 0);
    return STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"a.jsonl", "a.txt", "a"};
    struct arena arena = {0};
    struct error err = {STATUS_OK, ""};
    if (size == 0)
        return 0;
    str bytes = {(const char *)data + 1, size - 1};
    struct page_sink sink = {.page = take_page, .broken = take_broken, .context = &bytes};
    struct input input = {
        .path = str_from(names[data[0] % 3]), .bytes = bytes, .published = DAY_UNKNOWN};
    enum status status = format_read(&arena, &input, &sink, &err);
    require(status == STATUS_OK || (status == STATUS_BAD_INPUT && strlen(err.text) > 0));
    arena_done(&arena);
    return 0;
}
