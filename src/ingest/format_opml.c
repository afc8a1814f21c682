/* OPML: the subscriptions of a feed reader. It holds no article; its feeds are told. */
#include "ingest/formats.h"
#include "ingest/xml.h"

bool opml_recognises(str bytes)
{
    return str_equal(xml_root_name(bytes), STR("opml"));
}

#ifdef HAVE_XML

enum { TOLD_COUNT = 3 };

enum status opml_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err)
{
    struct xml xml;
    struct buf told = BUF_INIT;
    const char *wrong = NULL;
    size_t count = 0;
    (void)err;
    enum status status = xml_open(page_arena, input->bytes, &xml, &wrong);
    if (status != STATUS_OK) {
        return input_refuse(input, sink, status, wrong);
    }
    xmlNode *root = xmlDocGetRootElement(xml.doc);
    for (const xmlNode *node = root; node; node = xml_next(root, node)) {
        str address = xml_is(node, XML_SPACE_PLAIN, "outline")
                          ? xml_attribute(page_arena, node, "xmlUrl")
                          : STR_NONE;
        if (address.len && count++ < TOLD_COUNT) {
            buf_format(&told, "%s%.*s", told.len ? ", " : "", STR_ARG(str_slice(address, 0, 100)));
        }
    }
    xml_close(&xml);
    str what = count ? arena_format(page_arena,
                                    "a list of %zu feed%s and no articles (%s%s); save the feeds "
                                    "themselves and import those",
                                    count, count == 1 ? "" : "s", buf_c(&told),
                                    count > TOLD_COUNT ? ", …" : "")
                     : STR("a list of feeds that names none");
    buf_done(&told);
    return input_refuse(input, sink, count ? STATUS_UNSUPPORTED : STATUS_BAD_INPUT, what.ptr);
}

#else

enum status opml_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err)
{
    (void)page_arena;
    (void)err;
    return input_refuse(input, sink, STATUS_UNSUPPORTED, XML_UNSUPPORTED);
}

#endif
