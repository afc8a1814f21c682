/* Saved web pages: one file is one page. */
#include "ingest/formats.h"
#include "ingest/html.h"
#include "ingest/xml.h"
#include "text/encoding.h"

/* Elements with which a page begins, white space and comments left aside. */
bool html_recognises(str bytes)
{
    static const char *const starts[] = {"<!doctype html", "<html", "<head", "<body", "<?xml"};
    str rest = str_slice(bytes, 0, 4096);
    if (str_starts(rest, STR("\xEF\xBB\xBF"))) {
        rest = str_slice(rest, 3, rest.len);
    }
    for (rest = str_trim(rest); str_starts(rest, STR("<!--")); rest = str_trim(rest)) {
        size_t end = str_find(rest, STR("-->"), 4);
        if (end == STR_MISSING) {
            return false;
        }
        rest = str_slice(rest, end + 3, rest.len);
    }
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        str start = str_from(starts[i]);
        if (str_equal_ascii_fold(str_slice(rest, 0, start.len), start)) {
            return start.ptr[1] != '?' || str_find(rest, STR("<html"), 0) != STR_MISSING;
        }
    }
    return false;
}

enum status html_read_file(struct arena *page_arena, const struct input *input,
                           const struct page_sink *sink, struct error *err)
{
    (void)err;
    if (!html_supported()) {
        return input_refuse(input, sink, STATUS_UNSUPPORTED, HTML_UNSUPPORTED);
    }
    if (str_trim(input->bytes).len == 0) {
        return input_refuse(input, sink, STATUS_BAD_INPUT, "the file is empty");
    }
    if (input->bytes.len > PAGE_LIMIT_LEN) {
        return input_refuse(input, sink, STATUS_TOO_LARGE,
                            "a page is larger than the limit of 16 MB");
    }
    enum encoding encoding = page_encoding(input->bytes, input->charset);
    if (bytes_are_binary(input->bytes, encoding)) {
        return input_refuse(input, sink, STATUS_BAD_INPUT,
                            "not a page: it holds many control bytes; it is damaged, packed or "
                            "encrypted");
    }
    str body = encoding_to_utf8(page_arena, input->bytes, encoding);
    str mended =
        str_starts(str_trim(body), STR("<?xml")) ? xml_to_html(page_arena, body) : STR_NONE;
    body = mended.len ? mended : body;
    const char *wrong = html_guard(body);
    if (wrong) {
        return input_refuse(input, sink, STATUS_TOO_LARGE, wrong);
    }
    struct page page = {.path = input->path,
                        .raw = input->bytes,
                        .published = input->published,
                        .published_basis = DATE_BASIS_GIVEN,
                        .kind = PAGE_HTML,
                        .body = body};
    return sink->page(sink->context, &page);
}
