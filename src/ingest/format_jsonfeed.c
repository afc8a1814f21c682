/* JSON Feed, versions 1 and 1.1 (jsonfeed.org): one object with a list of items. */
#include "ingest/formats.h"
#include "ingest/json_input.h"
#include "ingest/member.h"
#include "text/url.h"

bool jsonfeed_recognises(str bytes)
{
    str start = str_trim(str_slice(bytes, 0, 4096));
    if (str_starts(start, STR("\xEF\xBB\xBF"))) {
        start = str_trim(str_slice(start, 3, start.len));
    }
    return str_starts(start, STR("{")) &&
           str_find(start, STR("jsonfeed.org/version"), 0) != STR_MISSING;
}

#ifdef HAVE_JANSSON

#include <stdlib.h>

struct json_feed {
    const struct input *input;
    const struct page_sink *sink;
    struct error *err;
    struct arena *page_arena;
    struct arena item;
    str site, language, author;
};

/* The item as a link alone: what it says of the page at its address. */
static struct page link_of(struct json_feed *feed, json_t *item, str path)
{
    struct arena *arena = &feed->item;
    str url = json_input_text(arena, item, "url");
    str whole = feed->input->url.len && url.len
                    ? url_resolve(arena, feed->input->url, url_tidy(arena, url))
                    : url;
    if (!str_equal(url, whole)) {
        (void)json_object_set_new(item, "url", json_stringn(whole.ptr, whole.len));
    }
    return (struct page){.path = path,
                         .id = json_input_text(arena, item, "id"),
                         .url = whole,
                         .title = json_input_text(arena, item, "title"),
                         .site = feed->site,
                         .byline = feed->author,
                         .language = feed->language,
                         .published = stated_day(json_input_text(arena, item, "date_published")),
                         .published_basis = DATE_BASIS_METADATA,
                         .kind = PAGE_LINK};
}

/* The item's text, and whether that is what it calls a summary. */
static str text_of(struct json_feed *feed, const json_t *item, bool *is_description)
{
    static const char *const names[] = {"content_html", "content_text", "summary"};
    enum { NAME_COUNT = sizeof names / sizeof *names };
    str text = STR_NONE;
    for (size_t i = 0; i < NAME_COUNT && !text.len; i++) {
        text = str_trim(json_input_text(&feed->item, item, names[i]));
        *is_description = i == NAME_COUNT - 1;
    }
    return text;
}

static enum status read_item(struct json_feed *feed, json_t *item, size_t number)
{
    struct arena *arena = &feed->item;
    bool is_description = false;
    arena_reset(arena);
    str id = json_input_text(arena, item, "id");
    str name = id.len ? id : json_input_text(arena, item, "url");
    str path =
        member_path(arena, feed->input->path, name.len ? name : arena_format(arena, "%zu", number));
    struct page link = link_of(feed, item, path);
    str text = text_of(feed, item, &is_description);
    bool follows = feed->input->follows && url_is_web(link.url);
    if (follows && !text.len) {
        return feed->sink->page(feed->sink->context, &link);
    }
    char *bytes = json_dumps(item, JSON_COMPACT | JSON_ENCODE_ANY);
    struct member member = member_new(path, format_named(STR("jsonl")), str_from(bytes));
    member.facts.site = feed->site;
    member.facts.language = feed->language;
    member.facts.byline = feed->author;
    member.facts.is_summary = follows && stated_summary(arena, text, is_description);
    enum status status = member_read(feed->page_arena, feed->input, &member, feed->sink, feed->err);
    free(bytes);
    return status;
}

static enum status read_items(struct json_feed *feed, struct arena *whole, const json_t *object)
{
    const json_t *items = json_object_get(object, "items");
    enum status status = STATUS_OK;
    if (!json_is_array(items) || json_array_size(items) == 0) {
        return input_refuse(feed->input, feed->sink, STATUS_BAD_INPUT, "the feed has no items");
    }
    feed->site = json_input_text(whole, object, "title");
    feed->language = json_input_text(whole, object, "language");
    feed->author = json_input_text(whole, object, "authors");
    if (!feed->author.len) {
        feed->author = json_input_text(whole, object, "author");
    }
    for (size_t i = 0; status == STATUS_OK && i < json_array_size(items); i++) {
        status = read_item(feed, json_array_get(items, i), i + 1);
    }
    return status;
}

enum status jsonfeed_read(struct arena *page_arena, const struct input *input,
                          const struct page_sink *sink, struct error *err)
{
    struct json_feed feed = {.input = input, .sink = sink, .err = err, .page_arena = page_arena};
    struct arena whole = {0};
    const char *wrong = NULL;
    bool marked = str_starts(input->bytes, STR("\xEF\xBB\xBF"));
    str bytes = marked ? str_slice(input->bytes, 3, input->bytes.len) : input->bytes;
    json_t *object = json_input_parse(&whole, bytes, NULL, &wrong);
    enum status status = object ? read_items(&feed, &whole, object)
                                : input_refuse(input, sink, STATUS_BAD_INPUT, wrong);
    json_decref(object);
    arena_done(&feed.item);
    arena_done(&whole);
    return status;
}

#else

enum status jsonfeed_read(struct arena *page_arena, const struct input *input,
                          const struct page_sink *sink, struct error *err)
{
    (void)page_arena;
    (void)err;
    return input_refuse(input, sink, STATUS_UNSUPPORTED, JSON_UNSUPPORTED);
}

#endif
