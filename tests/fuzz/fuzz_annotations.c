/* layers: base text model ingest */
/* Any bytes as a file of Web Annotations: what comes out is valid text with words to look for, or
 * has a reason; and any text can be looked through for them. */
#include <stdlib.h>
#include <string.h>

#include "ingest/annotations.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static enum status take(void *context, const struct annotation *annotation, size_t number,
                        const char *wrong)
{
    const struct bookmark *bookmark = &annotation->bookmark;
    str text = *(const str *)context;
    require(number > 0 && (!wrong || strlen(wrong) > 0));
    require(utf8_is_valid(bookmark->quote) && utf8_is_valid(bookmark->prefix) &&
            utf8_is_valid(bookmark->suffix) && utf8_is_valid(bookmark->note) &&
            utf8_is_valid(bookmark->tags) && utf8_is_valid(annotation->source) &&
            utf8_is_valid(annotation->path));
    if (wrong)
        return STATUS_OK;
    require(bookmark->quote.len > 0 || annotation->end_points >= 0);
    require(annotation->end_points < 0 ||
            (annotation->start_points >= 0 && annotation->end_points > annotation->start_points));
    struct bookmark tried = *bookmark;
    bookmark_anchor(&tried, text);
    require(!anchor_holds(tried.state) || (tried.start <= tried.end && tried.end <= text.len));
    return STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct error err = {STATUS_OK, ""};
    str bytes = {(const char *)data, size};
    str text = utf8_repair(&arena, bytes);
    struct annotation_sink sink = {take, &text};
    enum status status = annotations_read(&arena, STR("a.json"), bytes, &sink, &err);
    require(status == STATUS_OK || strlen(err.text) > 0);
    arena_done(&arena);
    return 0;
}
