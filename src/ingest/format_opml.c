/* OPML: the subscriptions of a feed reader. It holds no article; its feeds are followed,
 * or told. */
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

struct feed_list {
    const struct input *input;
    const struct page_sink *sink;
    struct arena arena;
    size_t count;
};

static str short_text(str text)
{
    return str_slice(text, 0,
                     text.len > TEXT_LIMIT_LEN ? utf8_before(text, TEXT_LIMIT_LEN) : text.len);
}

/* "feed “The Post”: https://post.example/feed" */
static enum status tell_feed(struct feed_list *list, str title, str address)
{
    str what = title.len ? arena_format(&list->arena, "feed “%.*s”: %.*s",
                                        STR_ARG(short_text(title)), STR_ARG(short_text(address)))
                         : arena_format(&list->arena, "feed: %.*s", STR_ARG(short_text(address)));
    return input_note(list->input, list->sink, what.ptr);
}

static enum status take_feed(struct feed_list *list, const xmlNode *node)
{
    str address = url_tidy(&list->arena, xml_attribute(&list->arena, node, "xmlUrl"));
    if (list->input->url.len && address.len) {
        address = url_resolve(&list->arena, list->input->url, address);
    }
    if (!address.len) {
        return STATUS_OK;
    }
    str title = xml_attribute(&list->arena, node, "title");
    title = title.len ? title : xml_attribute(&list->arena, node, "text");
    list->count++;
    if (!list->input->follows || !url_is_web(address)) {
        return list->count > TOLD_LIMIT ? STATUS_OK : tell_feed(list, title, address);
    }
    struct page feed = {.path = list->input->path,
                        .url = address,
                        .title = title,
                        .published = DAY_UNKNOWN,
                        .kind = PAGE_FEED};
    return list->sink->page(list->sink->context, &feed);
}

/* What the list is where nobody follows it, and what is wrong with it. */
static enum status tell_rest(struct feed_list *list, const struct xml *xml)
{
    size_t count = list->count;
    const char *more = count == 1 ? "" : "s";
    if (xml->fault.len) {
        str what =
            arena_format(&list->arena, "the list is not well-formed XML (%.*s); %zu feed%s found",
                         STR_ARG(xml->fault), count, count == 1 ? " was" : "s were");
        return input_refuse(list->input, list->sink, STATUS_BAD_INPUT, what.ptr);
    }
    if (count == 0) {
        return input_refuse(list->input, list->sink, STATUS_BAD_INPUT,
                            "a list of feeds that names none");
    }
    str what = arena_format(&list->arena,
                            "a list of %zu feed%s and no articles; `dossier import` fetches them "
                            "where it may use the network",
                            count, more);
    return list->input->follows ? STATUS_OK : input_note(list->input, list->sink, what.ptr);
}

enum status opml_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err)
{
    struct feed_list list = {.input = input, .sink = sink};
    struct xml xml;
    const char *wrong = NULL;
    (void)page_arena, (void)err;
    enum status status = xml_open(&list.arena, input->bytes, input->charset, &xml, &wrong);
    if (status != STATUS_OK) {
        status = input_refuse(input, sink, status, wrong);
    } else {
        xmlNode *root = xmlDocGetRootElement(xml.doc);
        for (const xmlNode *node = root; status == STATUS_OK && node; node = xml_next(root, node)) {
            if (xml_is(node, XML_SPACE_PLAIN, "outline")) {
                status = take_feed(&list, node);
            }
        }
        if (status == STATUS_OK) {
            status = tell_rest(&list, &xml);
        }
        xml_close(&xml);
    }
    arena_done(&list.arena);
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
