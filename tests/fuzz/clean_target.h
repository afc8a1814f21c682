/* What holds for every page that is cleaned, for the targets that clean one. */
#ifndef FUZZ_CLEAN_TARGET_H
#define FUZZ_CLEAN_TARGET_H

#include <stdlib.h>
#include <string.h>

#include "ingest/clean.h"
#include "support/parts.h"
#include "text/encoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* Nothing of the page is lost or doubled, and blocks cover the text. */
static void check_parts(str body, const struct article *article, bool is_dump)
{
    size_t at = 0;
    require(utf8_is_valid(article->text) && utf8_is_valid(article->title) &&
            utf8_is_valid(article->byline) && utf8_is_valid(article->site));
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.items[i];
        require(block->start == at && block->end > block->start);
        at = block->end + 1;
    }
    require(article->text.len == (at ? at - 1 : 0));
    for (size_t i = 0; i < article->spans.count; i++)
        require(utf8_is_valid(article->spans.items[i].target));
    require(parts_are_the_page(body, article, is_dump));
}

static const struct clean_rules *shipped_rules(void)
{
    static struct clean_rules *rules;
    struct error err;
    if (!rules && clean_rules_open(DATA_DIR "/rules", &rules, &err) != STATUS_OK)
        abort();
    return rules;
}

#endif
