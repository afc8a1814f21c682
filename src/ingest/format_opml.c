/* OPML: the subscriptions of a feed reader. It holds no article; its feeds are told. */
#include "ingest/formats.h"
#include "ingest/xml.h"
#include "text/utf8.h"

bool opml_recognises(str bytes)
{
    return str_equal(xml_root_name(bytes), STR("opml"));
}

#ifdef HAVE_XML

enum { TOLD_LIMIT = 1000, TEXT_LIMIT_LEN = 200 };

static str short_text(str text)
{
    return str_slice(text, 0, text.len > TEXT_LIMIT_LEN ? utf8_before(text, TEXT_LIMIT_LEN) : text.len);
}

/* "feed “The Post”: https://post.example/feed" */
static enum status tell_feed(struct arena *arena, const struct input *input,
                             const struct page_sink *sink, const xmlNode *node, str address)
{
    str title = xml_attribute(arena, node, "title");
    title = title.len ? title : xml_attribute(arena, node, "text");
    str what = title.len ? arena_format(arena, "feed “%.*s”: %.*s", STR_ARG(short_text(title)),
                                        STR_ARG(short_text(address)))
                         : arena_format(arena, "feed: %.*s", STR_ARG(short_text(address)));
    return input_note(input, sink, what.ptr);
}

static enum status tell_feeds(struct arena *arena, const struct input *input,
                              const struct page_sink *sink, const struct xml *xml)
{
    const xmlNode *root = xmlDocGetRootElement(xml->doc);
    enum status status = STATUS_OK;
    size_t count = 0;
    for (const xmlNode *node = root; node && !status; node = xml_next(root, node)) {
        str address = xml_is(node, XML_SPACE_PLAIN, "outline")
                          ? str_trim(xml_attribute(arena, node, "xmlUrl"))
                          : STR_NONE;
        if (address.len && count++ < TOLD_LIMIT) {
            status = tell_feed(arena, input, sink, node, address);
        }
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (xml->fault.len) {
        str what = arena_format(arena, "the list is not well-formed XML (%.*s); %zu feed%s found",
                                STR_ARG(xml->fault), count, count == 1 ? " was" : "s were");
        return input_refuse(input, sink, STATUS_BAD_INPUT, what.ptr);
    }
    if (count == 0) {
        return input_refuse(input, sink, STATUS_BAD_INPUT, "a list of feeds that names none");
    }
    str what = arena_format(arena,
                            "a list of %zu feed%s and no articles; `dossier import ADDRESS` fetches "
                            "one%s",
                            count, count == 1 ? "" : "s",
                            count > TOLD_LIMIT ? " (the first 1000 are named)" : "");
    return input_note(input, sink, what.ptr);
}

enum status opml_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err)
{
    struct arena arena = {0};
    struct xml xml;
    const char *wrong = NULL;
    (void)page_arena;
    (void)err;
    enum status status = xml_open(&arena, input->bytes, &xml, &wrong);
    if (status != STATUS_OK) {
        status = input_refuse(input, sink, status, wrong);
    } else {
        status = tell_feeds(&arena, input, sink, &xml);
        xml_close(&xml);
    }
    arena_done(&arena);
    return status;
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
