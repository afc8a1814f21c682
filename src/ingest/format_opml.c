/* OPML: the subscriptions of a feed reader. It holds no article; its feeds are told, or followed. */
#include "ingest/formats.h"
#include "ingest/xml.h"
#include "text/url.h"
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
                             const struct page_sink *sink, str title, str address)
{
    str what = title.len ? arena_format(arena, "feed “%.*s”: %.*s", STR_ARG(short_text(title)),
                                        STR_ARG(short_text(address)))
                         : arena_format(arena, "feed: %.*s", STR_ARG(short_text(address)));
    return input_note(input, sink, what.ptr);
}

static str feed_address(struct arena *arena, const struct input *input, const xmlNode *node)
{
    str address = url_tidy(arena, xml_attribute(arena, node, "xmlUrl"));
    return input->url.len && address.len ? url_resolve(arena, input->url, address) : address;
}

/* Where nobody follows the feeds they are told, the first of them. */
static enum status take_feed(struct arena *arena, const struct input *input,
                             const struct page_sink *sink, const xmlNode *node, size_t number)
{
    str address = feed_address(arena, input, node);
    str title = xml_attribute(arena, node, "title");
    title = title.len ? title : xml_attribute(arena, node, "text");
    if (!input->follows || !url_is_web(address))
        return number < TOLD_LIMIT ? tell_feed(arena, input, sink, title, address) : STATUS_OK;
    struct page feed = {.path = input->path,
                        .url = address,
                        .title = title,
                        .published = DAY_UNKNOWN,
                        .kind = PAGE_FEED};
    return sink->page(sink->context, &feed);
}

static enum status tell_list(struct arena *arena, const struct input *input,
                             const struct page_sink *sink, const struct xml *xml, size_t count)
{
    const char *plural = count == 1 ? "" : "s";
    if (xml->fault.len)
        return input_refuse(input, sink, STATUS_BAD_INPUT,
                            arena_format(arena,
                                         "the list is not well-formed XML (%.*s); %zu feed%s found",
                                         STR_ARG(xml->fault), count, count == 1 ? " was" : "s were")
                                .ptr);
    if (count == 0)
        return input_refuse(input, sink, STATUS_BAD_INPUT, "a list of feeds that names none");
    if (input->follows)
        return STATUS_OK;
    str what = arena_format(arena,
                            "a list of %zu feed%s and no articles; `dossier import ADDRESS` fetches "
                            "one%s",
                            count, plural, count > TOLD_LIMIT ? " (the first 1000 are named)" : "");
    return input_note(input, sink, what.ptr);
}

enum status opml_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err)
{
    struct arena arena = {0};
    struct xml xml;
    const char *wrong = NULL;
    size_t count = 0;
    (void)page_arena, (void)err;
    enum status status = xml_open(&arena, input->bytes, input->charset, &xml, &wrong);
    if (status != STATUS_OK) {
        status = input_refuse(input, sink, status, wrong);
    } else {
        const xmlNode *root = xmlDocGetRootElement(xml.doc);
        for (const xmlNode *node = root; status == STATUS_OK && node; node = xml_next(root, node))
            if (xml_is(node, XML_SPACE_PLAIN, "outline") && feed_address(&arena, input, node).len)
                status = take_feed(&arena, input, sink, node, count++);
        if (status == STATUS_OK)
            status = tell_list(&arena, input, sink, &xml, count);
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
