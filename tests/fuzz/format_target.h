/* Any bytes as an input of one format: it is read or refused with a message, every page's texts are
 * valid UTF-8, and what is kept of a page gives that page again. */
#ifndef FUZZ_FORMAT_TARGET_H
#define FUZZ_FORMAT_TARGET_H

#include <stdlib.h>
#include <string.h>

#include "ingest/format.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static enum status take_again(void *context, const struct page *again)
{
    const struct page *page = context;
    require(again->kind == page->kind && again->published == page->published);
    require(str_equal(again->body, page->body) && str_equal(again->url, page->url) &&
            str_equal(again->title, page->title) && str_equal(again->site, page->site));
    return STATUS_CANCELLED;
}

static enum status refuse_again(void *context, str path, const struct error *err)
{
    (void)context;
    (void)path;
    require(err->status == STATUS_UNSUPPORTED);
    return STATUS_OK;
}

static enum status take_page(void *context, const struct page *page)
{
    const str texts[] = {page->path, page->id,     page->url,      page->title,
                         page->site, page->byline, page->language, page->body};
    (void)context;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        require(utf8_is_valid(texts[i]));
    const struct format *format = format_named(page->format);
    if (!format)
        return STATUS_OK;
    struct arena arena = {0};
    struct page copy = *page;
    const struct page_sink sink = {.page = take_again, .broken = refuse_again, .context = &copy};
    const struct input input = {.path = STR("again"), .bytes = page->raw, .published = DAY_UNKNOWN};
    enum status status = format->read(&arena, &input, &sink, NULL);
    require(status == STATUS_CANCELLED || status == STATUS_OK);
    arena_done(&arena);
    return STATUS_OK;
}

static enum status take_broken(void *context, str path, const struct error *err)
{
    (void)context;
    (void)path;
    require(err->status != STATUS_OK && strlen(err->text) > 0);
    return STATUS_OK;
}

static enum status take_note(void *context, const struct error *note)
{
    (void)context;
    require(note->status == STATUS_OK && strlen(note->text) > 0);
    return STATUS_OK;
}

/* Read by the format of that name, or by the one that is found where there is none. */
static inline int read_input(const char *name, const struct input *input)
{
    struct arena arena = {0};
    struct error err = {STATUS_OK, ""};
    const struct format *format = name ? format_named(str_from(name)) : NULL;
    const struct page_sink sink = {take_page, take_broken, take_note, NULL};
    enum status status =
        format ? format->read(&arena, input, &sink, &err) : format_read(&arena, input, &sink, &err);
    require(status == STATUS_OK || strlen(err.text) > 0);
    arena_done(&arena);
    return 0;
}

static inline int read_by(const char *name, const char *path, str bytes)
{
    const struct input input = {.path = str_from(path), .bytes = bytes, .published = DAY_UNKNOWN};
    return read_input(name, &input);
}

static inline int read_as(const char *path, const uint8_t *data, size_t size)
{
    return read_by(NULL, path, (str){(const char *)data, size});
}

#endif
