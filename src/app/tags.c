#include "app/tags.h"

str tags_next(str *rest)
{
    *rest = str_trim(*rest);
    size_t end = str_find_byte(*rest, ' ', 0);
    str tag = str_slice(*rest, 0, end == STR_MISSING ? rest->len : end);
    *rest = str_slice(*rest, tag.len, rest->len);
    return tag;
}

bool tags_have(str tags, str wanted)
{
    for (str tag = tags_next(&tags); tag.len; tag = tags_next(&tags))
        if (str_equal(tag, wanted))
            return true;
    return false;
}

void tags_add(struct buf *tags, str tag)
{
    if (tags->len)
        buf_add_byte(tags, ' ');
    buf_add(tags, tag);
}

void tags_merge(struct buf *out, str now, str before, str after)
{
    str rest = now;
    for (str tag = tags_next(&rest); tag.len; tag = tags_next(&rest))
        if (tags_have(after, tag) || !tags_have(before, tag))
            tags_add(out, tag);
    rest = after;
    for (str tag = tags_next(&rest); tag.len; tag = tags_next(&rest))
        if (!tags_have(before, tag) && !tags_have(buf_str(out), tag))
            tags_add(out, tag);
}
