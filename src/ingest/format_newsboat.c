/* newsboat's cache.db: the articles of its feeds. The database is read by whoever calls, through
 * input->items; each article is a page. */
#include <string.h>

#include "base/ascii.h"
#include "ingest/formats.h"
#include "ingest/member.h"
#include "model/feed_item.h"

enum { FLAG_LIMIT = 52 };

/* Any database: which one it is, its reader tells. */
bool newsboat_recognises(str bytes)
{
    return bytes.len >= 16 && memcmp(bytes.ptr, "SQLite format 3", 16) == 0;
}

/* newsboat writes 0 where it knows none. */
static day day_of(int64_t seconds)
{
    return seconds > 0 ? day_of_seconds(seconds) : DAY_UNKNOWN;
}

static bool is_web(str address)
{
    return str_starts(address, STR("http://")) || str_starts(address, STR("https://"));
}

/* A tag for each flag, which is a letter: "flag-a flag-S". */
static str tags_of(struct arena *arena, str flags)
{
    struct buf tags = BUF_INIT;
    for (size_t i = 0; i < flags.len && i < FLAG_LIMIT; i++) {
        char flag = flags.ptr[i];
        if (ascii_is_letter(flag)) {
            buf_format(&tags, "%sflag-%c", tags.len ? " " : "", flag);
        }
    }
    str kept = tags.len ? arena_str(arena, buf_str(&tags)) : STR_NONE;
    buf_done(&tags);
    return kept;
}

static enum status read_item(struct arena *arena, struct arena *page_arena,
                             const struct input *input, const struct feed_item *item,
                             const struct page_sink *sink, struct error *err)
{
    bool plain = str_equal(item->type, STR("text/plain"));
    struct member member =
        member_new(STR_NONE, format_named(plain ? STR("text") : STR("html")), item->content);
    str name = item->id.len ? item->id : item->address;
    name = name.len ? name : arena_format(arena, "%lld", (long long)item->number);
    member.facts.path = member_path(arena, input->path, name);
    member.facts.id = item->id;
    member.facts.url = is_web(item->address) ? item->address : STR_NONE;
    member.facts.title = stated_text(arena, item->title);
    member.facts.byline = item->author;
    member.facts.site = item->feed.len               ? stated_text(arena, item->feed)
                        : is_web(item->feed_address) ? item->feed_address
                                                     : STR_NONE;
    member.facts.published = day_of(item->published);
    member.facts.was_read = item->is_read;
    member.facts.tags = tags_of(arena, item->flags);
    member.charset = STR("utf-8");
    return member_read(page_arena, input, &member, sink, err);
}

/* What did not come in, and why. */
static enum status tell_rest(const struct input *input, const struct page_sink *sink, size_t count,
                             size_t without_text)
{
    return count == 0 ? input_refuse(input, sink, STATUS_BAD_INPUT, "the feeds hold no articles")
           : count == without_text
               ? input_refuse(input, sink, STATUS_BAD_INPUT,
                              "its articles have a title only and no text; save the pages that "
                              "they link to")
               : STATUS_OK;
}

enum status newsboat_read(struct arena *page_arena, const struct input *input,
                          const struct page_sink *sink, struct error *err)
{
    const struct feed_item_reader *reader = input->items;
    struct arena arena = {0};
    struct feed_item item;
    const char *wrong = NULL;
    size_t count = 0, without_text = 0;
    enum status status = STATUS_OK, step = STATUS_OK;
    if (!input->bytes.len || !reader) {
        return input_refuse(input, sink, reader ? STATUS_BAD_INPUT : STATUS_UNSUPPORTED,
                            reader ? "the file is empty" : "databases are not read here");
    }
    struct feed_items *items = reader->open(input->bytes);
    while (status == STATUS_OK &&
           (step = reader->next(items, &arena, &item, &wrong)) == STATUS_OK) {
        bool has_text = str_trim(item.content).len > 0;
        count++;
        without_text += !has_text;
        status = has_text ? read_item(&arena, page_arena, input, &item, sink, err) : STATUS_OK;
        arena_reset(&arena);
    }
    if (status == STATUS_OK) {
        status = wrong ? input_refuse(input, sink, step, wrong)
                       : tell_rest(input, sink, count, without_text);
    }
    reader->close(items);
    arena_done(&arena);
    return status;
}
