/* The property of cleaning: kept and removed parts are the page, in its order. */
#ifndef SUPPORT_PARTS_H
#define SUPPORT_PARTS_H

#include <string.h>

#include "base/buf.h"
#include "model/article.h"
#include "text/fold.h"
#include "text/utf8.h"

/* Adds the text without white space and without such marks. */
static inline void add_visible(struct buf *out, str text, const char *marks)
{
    for (size_t i = 0, len = 0; i < text.len; i += len) {
        uint32_t c = utf8_decode(text, i, &len);
        bool is_mark = c && c < 0x80 && strchr(marks, (int)c);
        if (!is_mark && !code_point_is_space(c) && c != 0x200B && c != 0xFEFF)
            buf_add(out, str_slice(text, i, i + len));
    }
}

#define DOUBLED_LEAST_LEN ((size_t)12) /* a sentence that is shown once where it stands twice */

/* The length of what stands twice in a row, the second time at `at`; if there is a choice, such
 * that the page then goes on as the parts do; 0. */
static inline size_t doubled_at(str page, size_t at, str parts_rest)
{
    size_t any = 0;
    for (size_t len = DOUBLED_LEAST_LEN; len <= at && at + len <= page.len; len++) {
        str next = str_slice(page, at + len, page.len);
        size_t seen = next.len < DOUBLED_LEAST_LEN ? next.len : DOUBLED_LEAST_LEN;
        seen = seen < parts_rest.len ? seen : parts_rest.len;
        if (memcmp(page.ptr + at - len, page.ptr + at, len) != 0)
            continue;
        if (seen == 0 || memcmp(next.ptr, parts_rest.ptr, seen) == 0)
            return len;
        any = any ? any : len;
    }
    return any;
}

/* The same but for sentences of the page that stand twice in a row. */
static inline bool is_mended(str page, str parts)
{
    size_t at = 0, part = 0;
    while (at < page.len || part < parts.len) {
        if (at < page.len && part < parts.len && page.ptr[at] == parts.ptr[part]) {
            at++;
            part++;
            continue;
        }
        size_t len = doubled_at(page, at, str_slice(parts, part, parts.len));
        if (!len)
            return false;
        at += len;
    }
    return true;
}

/* Nothing that is visible in a page's text (a dump, or the blocks of HTML, in which " | " parts the
 * cells of a row) is lost or doubled. */
static inline bool parts_are_the_page(str body, const struct article *article, bool is_dump)
{
    const char *marks = is_dump ? "*" : "*|";
    struct buf page = BUF_INIT, parts = BUF_INIT;
    size_t removed = 0;
    add_visible(&page, body, marks);
    for (size_t i = 0; i <= article->blocks.count; i++) {
        for (; removed < article->removed.count && article->removed.items[removed].before <= i;
             removed++)
            add_visible(&parts, article->removed.items[removed].text, marks);
        if (i < article->blocks.count) {
            const struct block *block = &article->blocks.items[i];
            add_visible(&parts, str_slice(article->text, block->start, block->end), marks);
        }
    }
    bool whole = is_dump ? is_mended(buf_str(&page), buf_str(&parts))
                         : str_equal(buf_str(&page), buf_str(&parts));
    buf_done(&page);
    buf_done(&parts);
    return whole && removed == article->removed.count;
}

#endif
