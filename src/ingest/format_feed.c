/* Feeds: RSS 0.9 to 2.0 and Atom. Each item is a page; what it says of itself is a table. */
#include "ingest/formats.h"
#include "ingest/member.h"
#include "ingest/xml.h"
#include "text/url.h"

bool feed_recognises(str bytes)
{
    static const char *const roots[] = {"rss", "feed", "rdf:RDF", "RDF"};
    str root = xml_root_name(bytes);
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        if (str_equal(root, str_from(roots[i]))) {
            return true;
        }
    }
    return false;
}

#ifdef HAVE_XML

#define FEED_ITEM_LIMIT 100000

enum feed_fact {
    FEED_ID,
    FEED_LINK,
    FEED_TITLE,
    FEED_AUTHOR,
    FEED_DATE,
    FEED_BODY,
    FEED_LANGUAGE,
    FEED_FACT_COUNT
};

/* Which element says what; of several the first row. A prefix that is not declared is a part of
 * the name. */
static const struct {
    enum feed_fact fact;
    enum xml_space space;
    const char *name;
} feed_rows[] = {
    {FEED_ID, XML_SPACE_PLAIN, "guid"},
    {FEED_ID, XML_SPACE_ATOM, "id"},
    {FEED_LINK, XML_SPACE_PLAIN, "link"},
    {FEED_LINK, XML_SPACE_ATOM, "link"},
    {FEED_TITLE, XML_SPACE_PLAIN, "title"},
    {FEED_TITLE, XML_SPACE_ATOM, "title"},
    {FEED_TITLE, XML_SPACE_DC, "title"},
    {FEED_AUTHOR, XML_SPACE_DC, "creator"},
    {FEED_AUTHOR, XML_SPACE_PLAIN, "dc:creator"},
    {FEED_AUTHOR, XML_SPACE_ATOM, "author"},
    {FEED_AUTHOR, XML_SPACE_PLAIN, "author"},
    {FEED_DATE, XML_SPACE_PLAIN, "pubDate"},
    {FEED_DATE, XML_SPACE_ATOM, "published"},
    {FEED_DATE, XML_SPACE_ATOM, "issued"},
    {FEED_DATE, XML_SPACE_DC, "date"},
    {FEED_DATE, XML_SPACE_PLAIN, "dc:date"},
    {FEED_DATE, XML_SPACE_ATOM, "updated"},
    {FEED_DATE, XML_SPACE_ATOM, "modified"},
    {FEED_BODY, XML_SPACE_CONTENT, "encoded"},
    {FEED_BODY, XML_SPACE_PLAIN, "content:encoded"},
    {FEED_BODY, XML_SPACE_ATOM, "content"},
    {FEED_BODY, XML_SPACE_PLAIN, "description"},
    {FEED_BODY, XML_SPACE_ATOM, "summary"},
    {FEED_LANGUAGE, XML_SPACE_PLAIN, "language"},
    {FEED_LANGUAGE, XML_SPACE_DC, "language"},
};
#define FEED_ROW_COUNT (sizeof feed_rows / sizeof *feed_rows)

struct feed {
    const struct input *input;
    const struct page_sink *sink;
    struct error *err;
    struct arena *page_arena;
    struct arena whole, item; /* by lifetime */
    struct xml xml;
    str site, language;
    size_t count, without_text;
};

static bool is_item(const xmlNode *node)
{
    return xml_is(node, XML_SPACE_PLAIN, "item") || xml_is(node, XML_SPACE_ATOM, "entry");
}

/* A link that leads elsewhere than to the page: its own address, the comments, a sound. */
static bool is_other_link(struct arena *arena, const xmlNode *node)
{
    str relation = xml_attribute(arena, node, "rel");
    return relation.len && !str_equal(relation, STR("alternate"));
}

/* The person of an Atom author: its name, not its address. */
static const xmlNode *name_of_person(const xmlNode *node)
{
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (xml_is(child, XML_SPACE_ATOM, "name")) {
            return child;
        }
    }
    return node;
}

/* "mail@example.org (A. Writer)" is A. Writer. */
static str writer_of(str text)
{
    size_t open = str_find_byte(text, '(', 0), close = str_find_byte(text, ')', 0);
    bool mail = str_find_byte(text, '@', 0) != STR_MISSING;
    if (mail && open != STR_MISSING && close != STR_MISSING && close > open) {
        return str_trim(str_slice(text, open + 1, close));
    }
    return mail && str_find_byte(text, ' ', 0) == STR_MISSING ? STR_NONE : text;
}

static str value_of(struct arena *arena, enum feed_fact fact, const xmlNode *node)
{
    str text = xml_text(arena, fact == FEED_AUTHOR ? name_of_person(node) : node);
    if (fact == FEED_LINK && !text.len) {
        return str_trim(xml_attribute(arena, node, "href"));
    }
    if (fact == FEED_AUTHOR) {
        return writer_of(stated_text(arena, text));
    }
    return fact == FEED_TITLE ? stated_text(arena, text) : text;
}

/* The element for each fact of an item or of the feed itself, or NULL. */
static void find_elements(struct arena *arena, const xmlNode *top,
                          const xmlNode *found[FEED_FACT_COUNT])
{
    size_t best[FEED_FACT_COUNT];
    for (size_t i = 0; i < FEED_FACT_COUNT; i++) {
        best[i] = FEED_ROW_COUNT;
        found[i] = NULL;
    }
    for (const xmlNode *node = top->children; node; node = node->next) {
        for (size_t i = 0; i < FEED_ROW_COUNT; i++) {
            enum feed_fact fact = feed_rows[i].fact;
            if (i >= best[fact] || !xml_is(node, feed_rows[i].space, feed_rows[i].name) ||
                (fact == FEED_LINK && is_other_link(arena, node)) ||
                (fact == FEED_BODY && !node->children)) {
                continue;
            }
            best[fact] = i;
            found[fact] = node;
        }
    }
}

/* The bytes of an item and the format they have. */
static struct member body_of(struct feed *feed, const xmlNode *node)
{
    struct arena *arena = &feed->item;
    str type = xml_attribute(arena, node, "type");
    bool atom = xml_space_of(node) == XML_SPACE_ATOM;
    bool inside = str_equal(type, STR("xhtml")) || str_equal(type, STR("application/xhtml+xml"));
    bool plain =
        atom && (!type.len || str_equal(type, STR("text")) || str_equal(type, STR("text/plain")));
    str text = inside ? xml_inside(arena, feed->xml.doc, (xmlNode *)(uintptr_t)node)
                      : xml_text(arena, node);
    return member_new(STR_NONE, format_named(plain ? STR("text") : STR("html")), text);
}

/* Whether the feed calls it a description of what the item links to. */
static bool is_description(const xmlNode *node)
{
    return xml_is(node, XML_SPACE_PLAIN, "description") || xml_is(node, XML_SPACE_ATOM, "summary");
}

/* An item that is a link alone. */
static enum status hand_link(struct feed *feed, const struct page *facts)
{
    struct page link = *facts;
    link.kind = PAGE_LINK;
    link.published_basis = DATE_BASIS_METADATA;
    return feed->sink->page(feed->sink->context, &link);
}

static enum status read_item(struct feed *feed, const xmlNode *item)
{
    const xmlNode *found[FEED_FACT_COUNT];
    str facts[FEED_FACT_COUNT] = {{NULL, 0}};
    struct arena *arena = &feed->item;
    arena_reset(arena);
    find_elements(arena, item, found);
    for (size_t i = 0; i < FEED_FACT_COUNT; i++) {
        facts[i] =
            found[i] && i != FEED_BODY ? value_of(arena, (enum feed_fact)i, found[i]) : STR_NONE;
    }
    feed->count++;
    struct member member =
        found[FEED_BODY] ? body_of(feed, found[FEED_BODY]) : member_new(STR_NONE, NULL, STR_NONE);
    bool empty = !str_trim(member.bytes).len;
    str id = facts[FEED_ID].len ? facts[FEED_ID] : xml_attribute(arena, item, "about");
    str link = facts[FEED_LINK].len ? facts[FEED_LINK] : id;
    str name = id.len ? id : facts[FEED_LINK];
    link = feed->input->url.len && facts[FEED_LINK].len
               ? url_resolve(arena, feed->input->url, url_tidy(arena, link))
               : link;
    member.facts.url = str_starts(link, STR("http")) ? link : STR_NONE;
    member.facts.id = id;
    member.facts.path = member_path(arena, feed->input->path,
                                    name.len ? name : arena_format(arena, "%zu", feed->count));
    member.facts.title = facts[FEED_TITLE];
    member.facts.byline = facts[FEED_AUTHOR];
    member.facts.site = feed->site;
    member.facts.language = facts[FEED_LANGUAGE].len ? facts[FEED_LANGUAGE] : feed->language;
    member.facts.published = stated_day(facts[FEED_DATE]);
    member.charset = STR("utf-8");
    if (empty && feed->input->follows && url_is_web(member.facts.url)) {
        return hand_link(feed, &member.facts);
    }
    if (empty) {
        feed->without_text++;
        return STATUS_OK;
    }
    member.facts.is_summary = feed->input->follows &&
                              stated_summary(arena, member.bytes, is_description(found[FEED_BODY]));
    return member_read(feed->page_arena, feed->input, &member, feed->sink, feed->err);
}

/* The channel stands around the items, or beside them (RSS 1.0), or is the root (Atom). */
static void read_channel(struct feed *feed, const xmlNode *root)
{
    const xmlNode *channel = root, *found[FEED_FACT_COUNT];
    for (const xmlNode *node = root->children; node; node = node->next) {
        channel = xml_is(node, XML_SPACE_PLAIN, "channel") ? node : channel;
    }
    find_elements(&feed->whole, channel, found);
    if (found[FEED_TITLE]) {
        feed->site = value_of(&feed->whole, FEED_TITLE, found[FEED_TITLE]);
    }
    feed->language = found[FEED_LANGUAGE] ? xml_text(&feed->whole, found[FEED_LANGUAGE])
                                          : xml_attribute(&feed->whole, root, "lang");
}

static enum status read_items(struct feed *feed)
{
    xmlNode *root = xmlDocGetRootElement(feed->xml.doc);
    enum status status = STATUS_OK;
    read_channel(feed, root);
    for (const xmlNode *node = root; status == STATUS_OK && node; node = xml_next(root, node)) {
        if (is_item(node) && feed->count < FEED_ITEM_LIMIT) {
            status = read_item(feed, node);
        }
    }
    return status;
}

/* What did not come in, and why. */
static enum status tell_rest(struct feed *feed)
{
    const char *what = NULL;
    if (feed->xml.fault.len) {
        what = arena_format(&feed->whole,
                            "the feed is not well-formed XML (%.*s); %zu items were found",
                            STR_ARG(feed->xml.fault), feed->count)
                   .ptr;
    } else if (feed->count == 0) {
        what = "the feed has no items";
    } else if (feed->without_text == feed->count) {
        what = "its items have a title only and no text; import its address with --full-text, or "
               "save the pages "
               "that they link to";
    }
    return what ? input_refuse(feed->input, feed->sink, STATUS_BAD_INPUT, what) : STATUS_OK;
}

enum status feed_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err)
{
    struct feed feed = {.input = input, .sink = sink, .err = err, .page_arena = page_arena};
    const char *wrong = NULL;
    enum status status = xml_open(&feed.whole, input->bytes, input->charset, &feed.xml, &wrong);
    if (status != STATUS_OK) {
        status = input_refuse(input, sink, status, wrong);
    } else {
        status = read_items(&feed);
        if (status == STATUS_OK) {
            status = tell_rest(&feed);
        }
    }
    xml_close(&feed.xml);
    arena_done(&feed.item);
    arena_done(&feed.whole);
    return status;
}

#else

enum status feed_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err)
{
    (void)page_arena;
    (void)err;
    return input_refuse(input, sink, STATUS_UNSUPPORTED, XML_UNSUPPORTED);
}

#endif
