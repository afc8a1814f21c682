/* Plain-text dumps of pages: one file is one page, a block a line. */
#include "ingest/formats.h"
#include "text/encoding.h"

/* ISO-2022 switches its sets by it. */
enum { ESCAPE = 0x1B };

static bool is_wide(enum encoding encoding)
{
    return encoding == ENCODING_UTF_16LE || encoding == ENCODING_UTF_16BE;
}

static bool has_many_nuls(str bytes, enum encoding encoding)
{
    size_t count = 0;
    for (size_t at = str_find_byte(bytes, '\0', 0); at != STR_MISSING;
         at = str_find_byte(bytes, '\0', at + 1)) {
        count++;
    }
    return !is_wide(encoding) && count * BINARY_NUL_SHARE > bytes.len;
}

bool bytes_are_binary(str bytes, enum encoding encoding)
{
    size_t count = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char byte = (unsigned char)bytes.ptr[i];
        count += byte < ' ' && byte != ESCAPE && (byte < '\t' || byte > '\r');
    }
    return has_many_nuls(bytes, encoding) ||
           (!is_wide(encoding) && count * BINARY_CONTROL_SHARE > bytes.len);
}

bool text_recognises(str bytes)
{
    str start = str_slice(bytes, 0, 65536);
    return start.len > 0 && !has_many_nuls(start, encoding_detect(start));
}

enum status text_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err)
{
    (void)err;
    if (input->bytes.len == 0) {
        return input_refuse(input, sink, STATUS_BAD_INPUT, "the file is empty");
    }
    if (input->bytes.len > PAGE_LIMIT_LEN) {
        return input_refuse(input, sink, STATUS_TOO_LARGE,
                            "a page is larger than the limit of 16 MB");
    }
    enum encoding encoding = encoding_choose(input->bytes, input->charset);
    if (has_many_nuls(input->bytes, encoding)) {
        return input_refuse(input, sink, STATUS_BAD_INPUT,
                            "not a text file: it holds many NUL bytes");
    }
    str body = encoding_to_utf8(page_arena, input->bytes, encoding);
    if (str_trim(body).len == 0) {
        return input_refuse(input, sink, STATUS_BAD_INPUT, "the file has no text");
    }
    struct page page = {.path = input->path,
                        .raw = input->bytes,
                        .published = input->published,
                        .published_basis = DATE_BASIS_GIVEN,
                        .kind = PAGE_DUMP,
                        .body = body};
    return sink->page(sink->context, &page);
}
