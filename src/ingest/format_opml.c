/* OPML: the subscriptions of a feed reader. It holds no article; its feeds are told. */
#include "ingest/formats.h"
#include "ingest/xml.h"
#include "text/url.h"

bool opml_recognises(str bytes)
{
    return str_equal(xml_root_name(bytes), STR("opml"));
}

#ifdef HAVE_XML

enum { TOLD_COUNT = 3 };

struct feed_list {
    const struct input *input;
    const struct page_sink *sink;
    struct arena arena;
    struct buf told; /* the first addresses */
    size_t count;
};

static enum status take_feed(struct feed_list *list, const xmlNode *node)
{
    str address = url_tidy(&list->arena, xml_attribute(&list->arena, node, "xmlUrl"));
    if (list->input->url.len && address.len) {
        address = url_resolve(&list->arena, list->input->url, address);
    }
    if (!address.len) {
        return STATUS_OK;
    }
    if (list->count++ < TOLD_COUNT) {
        buf_format(&list->told, "%s%.*s", list->told.len ? ", " : "",
                   STR_ARG(str_slice(address, 0, 100)));
    }
    if (!list->input->follows || !url_is_web(address)) {
        return STATUS_OK;
    }
    struct page feed = {.path = list->input->path,
                        .url = address,
                        .title = xml_attribute(&list->arena, node, "title"),
                        .published = DAY_UNKNOWN,
                        .kind = PAGE_FEED};
    return list->sink->page(list->sink->context, &feed);
}

/* Nothing else than feeds comes from a list: where nobody follows them, that is told. */
static enum status tell_count(struct feed_list *list)
{
    size_t count = list->count;
    if (count && list->input->follows) {
        return STATUS_OK;
    }
    str what = count ? arena_format(&list->arena,
                                    "a list of %zu feed%s and no articles (%s%s); `dossier import` "
                                    "fetches them where it may use the network",
                                    count, count == 1 ? "" : "s", buf_c(&list->told),
                                    count > TOLD_COUNT ? ", …" : "")
                     : STR("a list of feeds that names none");
    return input_refuse(list->input, list->sink, count ? STATUS_UNSUPPORTED : STATUS_BAD_INPUT,
                        what.ptr);
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
        xml_close(&xml);
        if (status == STATUS_OK) {
            status = tell_count(&list);
        }
    }
    buf_done(&list.told);
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
