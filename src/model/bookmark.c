#include "model/bookmark.h"

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t';
}

/* Equal, with one white space as good as another: a later cleaning may join lines. */
static bool alike(str a, str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (a.ptr[i] != b.ptr[i] && !(is_space(a.ptr[i]) && is_space(b.ptr[i])))
            return false;
    return true;
}

/* An empty prefix was taken at the start of the text and agrees only there; the same for an
 * empty suffix and the end. */
static bool prefix_agrees(const struct bookmark *bookmark, str text, size_t at)
{
    size_t len = bookmark->prefix.len;
    if (len == 0)
        return at == 0;
    return at >= len && alike(str_slice(text, at - len, at), bookmark->prefix);
}

static bool suffix_agrees(const struct bookmark *bookmark, str text, size_t at)
{
    size_t end = at + bookmark->quote.len;
    size_t len = bookmark->suffix.len;
    if (len == 0)
        return end == text.len;
    return text.len - end >= len && alike(str_slice(text, end, end + len), bookmark->suffix);
}

/* Sides of the passage that read as they did: 0, 1 or 2. */
static int sides_agreeing(const struct bookmark *bookmark, str text, size_t at)
{
    if (bookmark->prefix.len == 0 && bookmark->suffix.len == 0)
        return 1; /* nothing is known about the surroundings: nothing speaks against a place */
    return (prefix_agrees(bookmark, text, at) ? 1 : 0) +
           (suffix_agrees(bookmark, text, at) ? 1 : 0);
}

void bookmark_anchor(struct bookmark *bookmark, str text)
{
    size_t best_at = STR_MISSING;
    int best_sides = 0;
    bool several = false, found = false;
    for (size_t at = bookmark->quote.len > 0 ? str_find(text, bookmark->quote, 0) : STR_MISSING;
         at != STR_MISSING; at = str_find(text, bookmark->quote, at + 1)) {
        found = true;
        int sides = sides_agreeing(bookmark, text, at);
        if (sides == 0 || sides < best_sides)
            continue;
        bool equal = sides == best_sides;
        /* Among places that agree equally well, the old one is meant. */
        if (equal && best_at == bookmark->start)
            continue;
        several = equal && at != bookmark->start;
        best_at = at;
        best_sides = sides;
    }
    if (!found) {
        bookmark->state = ANCHOR_LOST;
    } else if (best_at == STR_MISSING || several) {
        bookmark->state = ANCHOR_AMBIGUOUS;
    } else {
        bookmark->state = best_at == bookmark->start ? ANCHOR_EXACT : ANCHOR_MOVED;
        bookmark->start = (uint32_t)best_at;
        bookmark->end = (uint32_t)(best_at + bookmark->quote.len);
    }
}
