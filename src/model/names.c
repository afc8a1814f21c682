#include "model/article.h"
#include "model/bookmark.h"
#include "model/mention.h"
#include "model/moment.h"

/* One row of a list as a case of a switch. */
#define NAME_CASE(prefix, name, text)                                                              \
    case prefix##_##name:                                                                          \
        return text;

const char *block_kind_name(enum block_kind kind)
{
    switch (kind) {
#define CASE(name, text) NAME_CASE(BLOCK, name, text)
        BLOCK_KIND_LIST(CASE)
#undef CASE
    case BLOCK_KIND_COUNT:
        break;
    }
    return "unknown";
}

const char *removal_reason_name(enum removal_reason reason)
{
    switch (reason) {
#define CASE(name, text) NAME_CASE(REMOVAL, name, text)
        REMOVAL_REASON_LIST(CASE)
#undef CASE
    case REMOVAL_REASON_COUNT:
        break;
    }
    return "unknown";
}

const char *span_kind_name(enum span_kind kind)
{
    switch (kind) {
#define CASE(name, text) NAME_CASE(SPAN, name, text)
        SPAN_KIND_LIST(CASE)
#undef CASE
    case SPAN_KIND_COUNT:
        break;
    }
    return "unknown";
}

const char *date_basis_name(enum date_basis basis)
{
    switch (basis) {
#define CASE(name, text) NAME_CASE(DATE_BASIS, name, text)
        DATE_BASIS_LIST(CASE)
#undef CASE
    case DATE_BASIS_COUNT:
        break;
    }
    return "unknown";
}

const char *entity_kind_name(enum entity_kind kind)
{
    switch (kind) {
#define CASE(name, text) NAME_CASE(ENTITY, name, text)
        ENTITY_KIND_LIST(CASE)
#undef CASE
    case ENTITY_KIND_COUNT:
        break;
    }
    return "unknown";
}

const char *moment_type_name(enum moment_type type)
{
    switch (type) {
#define CASE(name, text) NAME_CASE(MOMENT, name, text)
        MOMENT_TYPE_LIST(CASE)
#undef CASE
    case MOMENT_TYPE_COUNT:
        break;
    }
    return "unknown";
}

const char *certainty_name(enum certainty certainty)
{
    switch (certainty) {
#define CASE(name, text) NAME_CASE(CERTAINTY, name, text)
        CERTAINTY_LIST(CASE)
#undef CASE
    case CERTAINTY_COUNT:
        break;
    }
    return "unknown";
}

const char *anchor_state_name(enum anchor_state state)
{
    switch (state) {
#define CASE(name, text) NAME_CASE(ANCHOR, name, text)
        ANCHOR_STATE_LIST(CASE)
#undef CASE
    case ANCHOR_STATE_COUNT:
        break;
    }
    return "unknown";
}

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
