#include "app/bookmark_label.h"

#include "app/style.h"

const struct bookmark_label bookmark_labels[] = {
    {"important", "★", STYLE_LABEL_IMPORTANT},
    {"doubt", "◇", STYLE_LABEL_DOUBT},
    {"follow", "»", STYLE_LABEL_FOLLOW},
    {"done", "✓", STYLE_LABEL_DONE},
    {NULL, NULL, 0},
};

static const struct bookmark_label *find(str tag)
{
    for (const struct bookmark_label *label = bookmark_labels; label->name; label++)
        if (str_equal(tag, str_from(label->name)))
            return label;
    return NULL;
}

const struct bookmark_label *bookmark_label_of(str tags)
{
    str tag;
    const struct bookmark_label *label = NULL;
    while (!label && tags.ptr && str_next(&tags, ' ', &tag))
        label = find(tag);
    return label;
}

void bookmark_label_next(struct buf *out, str tags)
{
    const struct bookmark_label *label = bookmark_label_of(tags);
    label = label ? label + 1 : bookmark_labels;
    if (label->name)
        buf_add(out, str_from(label->name));
    str tag;
    while (tags.ptr && str_next(&tags, ' ', &tag)) {
        if (!tag.len || find(tag))
            continue;
        if (out->len)
            buf_add_byte(out, ' ');
        buf_add(out, tag);
    }
}
