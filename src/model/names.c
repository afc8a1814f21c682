#include "model/article.h"
#include "model/bookmark.h"
#include "model/mention.h"
#include "model/moment.h"

/* The function that names the values of an enum, from its list. */
#define NAME_TEXT(name, text) text,
#define NAME_FUNCTION(type, list)                                                                  \
    const char *type##_name(enum type value)                                                       \
    {                                                                                              \
        static const char *const names[] = {list(NAME_TEXT)};                                      \
        return (size_t)value < sizeof names / sizeof *names ? names[value] : "unknown";            \
    }

NAME_FUNCTION(block_kind, BLOCK_KIND_LIST)
NAME_FUNCTION(removal_reason, REMOVAL_REASON_LIST)
NAME_FUNCTION(span_kind, SPAN_KIND_LIST)
NAME_FUNCTION(date_basis, DATE_BASIS_LIST)
NAME_FUNCTION(entity_kind, ENTITY_KIND_LIST)
NAME_FUNCTION(moment_type, MOMENT_TYPE_LIST)
NAME_FUNCTION(certainty, CERTAINTY_LIST)
NAME_FUNCTION(anchor_state, ANCHOR_STATE_LIST)

/* ---- authors ------------------------------------------------------------------------------- */

/* The part of a byline from *at to the next mark between names; *at moves behind the mark. */
static str author_part(str byline, size_t *at)
{
    static const char *const marks[] = {", ", " | ", "; ", " / ", " & ", " and "};
    size_t start = *at, end = byline.len, len = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t found = str_find(byline, str_from(marks[i]), start);
        if (found < end) {
            end = found;
            len = str_from(marks[i]).len;
        }
    }
    *at = end + len;
    return str_trim(str_slice(byline, start, end));
}

static str without_start(str text, str start)
{
    return str_starts(text, start) ? str_trim(str_slice(text, start.len, text.len)) : text;
}

bool article_next_author(str byline, size_t *at, str *name)
{
    static const char *const ends[] = {" in ", " for ", " at "};
    while (*at < byline.len) {
        bool first = *at == 0;
        str part = without_start(author_part(byline, at), STR("and "));
        part = without_start(without_start(part, STR("By ")), STR("by "));
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            part = str_slice(part, 0, str_find(part, str_from(ends[i]), 0));
        /* after the first, a single word is a place, an office or a degree */
        if (part.len && (first || str_find_byte(part, ' ', 0) != STR_MISSING)) {
            *name = part;
            return true;
        }
    }
    return false;
}

bool article_is_head(const struct article *article, uint32_t offset)
{
    size_t low = 0, high = article->blocks.count; /* the last block that begins before it */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (article->blocks.items[middle].start <= offset)
            low = middle;
        else
            high = middle;
    }
    if (low == high)
        return false;
    const struct block *block = &article->blocks.items[low];
    return offset >= block->start && offset < block->end &&
           (block->kind == BLOCK_DATELINE || block->kind == BLOCK_BYLINE);
}

size_t article_bullet_len(str item)
{
    static const char *const bullets[] = {"•", "‣", "◦", "▪", "■", "●", "·", "*", "-", "–"};
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
        str bullet = str_from(bullets[i]);
        size_t len = bullet.len;
        if (!str_starts(item, bullet))
            continue;
        while (len < item.len && (item.ptr[len] == ' ' || item.ptr[len] == '\t'))
            len++;
        return len > bullet.len && len < item.len ? len : 0;
    }
    return 0;
}

bool article_code_goes_on(const struct article *article, size_t index)
{
    const struct block *block = &article->blocks.items[index];
    return index > 0 && block->kind == BLOCK_PREFORMATTED && block[-1].kind == BLOCK_PREFORMATTED;
}
