/* What holds for every page that is cleaned, for the targets that clean one. */
#ifndef FUZZ_CLEAN_TARGET_H
#define FUZZ_CLEAN_TARGET_H

#include <stdlib.h>
#include <string.h>

#include "ingest/clean.h"
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
static void add_visible(struct buf *out, str text, const char *marks)
{
    for (size_t i = 0, len = 0; i < text.len; i += len) {
        uint32_t c = utf8_decode(text, i, &len);
        bool is_mark = c && c < 0x80 && strchr(marks, (int)c);
        if (!is_mark && !code_point_is_space(c) && c != 0x200B && c != 0xFEFF)
            buf_add(out, str_slice(text, i, i + len));
    }
}

/* Nothing of the page is lost or doubled, and blocks cover the text. */
static void check_parts(str body, const struct article *article, const char *marks)
{
    struct buf page = BUF_INIT, parts = BUF_INIT;
    size_t removed = 0, at = 0;
    require(utf8_is_valid(article->text) && utf8_is_valid(article->title) &&
            utf8_is_valid(article->byline) && utf8_is_valid(article->site));
    add_visible(&page, body, marks);
    for (size_t i = 0; i <= article->blocks.count; i++) {
        for (; removed < article->removed.count && article->removed.items[removed].before <= i;
             removed++)
            add_visible(&parts, article->removed.items[removed].text, marks);
        if (i == article->blocks.count)
            break;
        const struct block *block = &article->blocks.items[i];
        require(block->start == at && block->end > block->start);
        at = block->end + 1;
        add_visible(&parts, str_slice(article->text, block->start, block->end), marks);
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

#endif
