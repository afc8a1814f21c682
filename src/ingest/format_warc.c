/* WARC: the files of web archives and crawlers. Pages are HTML that came with status 200. */
#include <string.h>

#include "base/ascii.h"
#include "ingest/formats.h"
#include "ingest/member.h"
#include "ingest/warc.h"
#include "text/utf8.h"

bool warc_recognises(str bytes)
{
    return str_starts(bytes, STR("WARC/1.")) || str_starts(bytes, STR("WARC/0."));
}

#ifdef HAVE_ARCHIVE

enum { HEADER_LIMIT_LEN = 1 << 16, KEPT_LEN = 1 << 20 };

/* ---- bytes --------------------------------------------------------------------------------- */

static str available(const struct warc_source *source)
{
    str all = source->unpack ? buf_str(&source->held) : source->whole;
    return str_slice(all, source->at, all.len);
}

/* Takes bytes until so many are there or the end is. */
static str fill(struct warc_source *source, size_t len)
{
    while (source->unpack && !source->ended && !source->is_torn &&
           source->held.len - source->at < len) {
        str piece;
        if (source->at > KEPT_LEN) {
            source->held.len -= source->at;
            memmove(source->held.ptr, source->held.ptr + source->at, source->held.len);
            source->at = 0;
        }
        enum status status = unpack_piece(source->unpack, &piece, &source->wrong);
        source->is_torn = status != STATUS_OK && unpack_goes_on(source->unpack);
        source->ended = !source->is_torn && (status != STATUS_OK || !piece.ptr);
        if (status == STATUS_OK && piece.ptr) {
            buf_add(&source->held, piece);
        }
    }
    return available(source);
}

/* Where a part was lost: what is there of a record is passed over, and another one begins. False
 * when nothing was lost here. */
static bool pass_tear(struct warc_source *source)
{
    bool was_torn = source->is_torn;
    source->is_torn = false;
    if (was_torn) {
        source->at = source->held.len;
    }
    return was_torn;
}

/* Passes over so many bytes; false when there are fewer. */
static bool skip(struct warc_source *source, uint64_t len)
{
    while (len) {
        str there = fill(source, len < KEPT_LEN ? (size_t)len : KEPT_LEN);
        size_t step = there.len < len ? there.len : (size_t)len;
        if (!step) {
            return false;
        }
        source->at += step;
        len -= step;
    }
    return true;
}

bool warc_stands(struct warc_source *source)
{
    return warc_recognises(fill(source, 16));
}

enum status warc_take_rest(struct warc_source *source, size_t limit_len, str *bytes,
                           const char **wrong)
{
    *bytes = fill(source, limit_len + 1);
    *wrong = source->wrong;
    if (bytes->len > limit_len) {
        *wrong = "it unpacks to more than the limit of a file";
        return STATUS_TOO_LARGE;
    }
    return *wrong ? STATUS_BAD_INPUT : STATUS_OK;
}

void warc_source_done(struct warc_source *source)
{
    buf_done(&source->held);
}

/* ---- headers ------------------------------------------------------------------------------- */

/* Length of the lines up to and with the empty one, or 0. */
static size_t header_len(str text)
{
    size_t crlf = str_find(text, STR("\r\n\r\n"), 0), lf = str_find(text, STR("\n\n"), 0);
    if (crlf == STR_MISSING && lf == STR_MISSING) {
        return 0;
    }
    return crlf < lf ? crlf + 4 : lf + 2;
}

/* The value of a line "Name: value", trimmed; STR_NONE. */
static str header_value(str header, str name)
{
    str line;
    while (str_next_line(&header, &line)) {
        if (line.len > name.len && line.ptr[name.len] == ':' &&
            str_equal_ascii_fold(str_slice(line, 0, name.len), name)) {
            return str_trim(str_slice(line, name.len + 1, line.len));
        }
    }
    return STR_NONE;
}

static bool is_type(str content_type, str type)
{
    return str_equal_ascii_fold(str_slice(content_type, 0, type.len), type);
}

static bool is_html(str content_type)
{
    return is_type(content_type, STR("text/html")) ||
           is_type(content_type, STR("application/xhtml+xml"));
}

/* The charset of "text/html; charset=utf-8", or STR_NONE. */
static str charset_of(str content_type)
{
    str rest = content_type, part;
    while (str_next(&rest, ';', &part)) {
        part = str_trim(part);
        if (is_type(part, STR("charset="))) {
            part = str_trim(str_slice(part, 8, part.len));
            bool quoted = part.len > 1 && part.ptr[0] == '"';
            return quoted ? str_slice(part, 1, part.len - 1) : part;
        }
    }
    return STR_NONE;
}

/* ---- one record ---------------------------------------------------------------------------- */

struct crawl {
    const struct input *input;
    const struct page_sink *sink;
    struct error *err;
    struct arena *page_arena;
    struct arena record;
    struct warc_source *source;
    size_t records, pages;
};

/* The parts of a body that came in chunks (RFC 9112, 7.1), joined; what is no chunk ends it. */
static str join_chunks(struct arena *arena, str body)
{
    struct buf joined = BUF_INIT;
    str rest = body, line;
    while (str_next_line(&rest, &line)) {
        size_t len = 0, digits = 0;
        for (; digits < line.len && digits < 8; digits++) {
            int digit = ascii_hex_digit(line.ptr[digits]);
            if (digit < 0) {
                break;
            }
            len = len * 16 + (size_t)digit;
        }
        if (!digits || !len || !rest.ptr) {
            break;
        }
        buf_add(&joined, str_slice(rest, 0, len));
        rest = str_slice(rest, len, rest.len);
        (void)str_next_line(&rest, &line); /* the end of the chunk's line */
    }
    str text = arena_str(arena, buf_str(&joined));
    buf_done(&joined);
    return text;
}

/* The page itself out of what went over the wire. */
static str decode_body(struct crawl *crawl, str http, str body, const char **wrong)
{
    bool chunked = is_type(header_value(http, STR("Transfer-Encoding")), STR("chunked"));
    if (chunked) {
        body = join_chunks(&crawl->record, body);
    }
    str packing = header_value(http, STR("Content-Encoding"));
    bool is_packed = packing.len && bytes_are_binary(body, ENCODING_UTF_8); /* some only say so */
    if (!unpack_recognises(body)) {
        *wrong = is_packed ? arena_format(&crawl->record,
                                          "it is packed (%.*s) in a way that is not read; let the "
                                          "crawler ask for gzip",
                                          STR_ARG(str_slice(packing, 0, 20)))
                                 .ptr
                           : NULL;
        return body;
    }
    str name, plain = STR_NONE;
    struct unpack *unpack = unpack_open(body);
    enum status status = unpack_next(unpack, &name, wrong);
    if (status == STATUS_OK) {
        status = unpack_take(unpack, &crawl->record, PAGE_LIMIT_LEN, &plain, wrong);
    }
    if (*wrong) {
        *wrong = arena_str(&crawl->record, str_from(*wrong)).ptr; /* the other goes with unpack */
    }
    unpack_close(unpack);
    return status == STATUS_OK ? plain : STR_NONE;
}

static enum status refuse_page(struct crawl *crawl, str path, enum status reason, const char *what)
{
    const struct input at = {.path = path};
    crawl->pages++;
    return input_refuse(&at, crawl->sink, reason, what);
}

/* The address of a record stands for its name. */
static str record_path(struct crawl *crawl, str header)
{
    str address = header_value(header, STR("WARC-Target-URI"));
    if (str_starts(address, STR("<")) && str_ends(address, STR(">"))) {
        address = str_slice(address, 1, address.len - 1);
    }
    return member_path(&crawl->record, crawl->input->path, address);
}

/* `http`: the header that the server sent, or STR_NONE. */
static enum status read_page(struct crawl *crawl, str header, str http, str body, str type)
{
    const struct warc_source *source = crawl->source;
    size_t to = source->unpack ? unpack_used_len(source->unpack) : source->at + body.len;
    const char *wrong = NULL;
    str path = record_path(crawl, header);
    str name = str_slice(path, crawl->input->path.len + 1, path.len);
    body = decode_body(crawl, http, body, &wrong);
    if (wrong) {
        return refuse_page(crawl, path, STATUS_BAD_INPUT, wrong);
    }
    const char *format = is_html(type) ? "html" : "text";
    struct member member = member_new(path, format_named(str_from(format)), body);
    member.facts.url = str_starts(name, STR("http")) ? name : STR_NONE;
    member.facts.seen = stated_day(header_value(header, STR("WARC-Date")));
    member.charset = utf8_repair(&crawl->record, charset_of(type));
    member.to = to;
    crawl->pages++;
    return member_read(crawl->page_arena, crawl->input, &member, crawl->sink, crawl->err);
}

/* What the record holds is a page: its type, and where its bytes begin. */
struct content {
    str http, type;
    size_t start;
    bool is_page;
};

static struct content look_into(str header, str start)
{
    struct content content = {.type = header_value(header, STR("Content-Type"))};
    str kind = header_value(header, STR("WARC-Type"));
    if (str_equal(kind, STR("resource")) || str_equal(kind, STR("conversion"))) {
        content.is_page = is_html(content.type) || is_type(content.type, STR("text/plain"));
    } else if (str_equal(kind, STR("response")) && is_type(content.type, STR("application/http"))) {
        content.start = header_len(start);
        content.http = str_slice(start, 0, content.start);
        content.type = header_value(content.http, STR("Content-Type"));
        size_t space = str_find_byte(content.http, ' ', 0);
        str code = str_slice(content.http, space == STR_MISSING ? space : space + 1, space + 4);
        content.is_page = content.start && str_equal(code, STR("200")) && is_html(content.type);
    }
    return content;
}

/* The rest of a record is missing. A page is told by its address, all else with the whole crawl. */
static enum status lose_record(struct crawl *crawl, str header, bool is_page, bool *more)
{
    struct warc_source *source = crawl->source;
    const char *wrong = source->wrong ? source->wrong : "its last record is cut off";
    *more = pass_tear(source);
    source->wrong = is_page ? NULL : wrong;
    return is_page ? refuse_page(crawl, record_path(crawl, header), STATUS_BAD_INPUT, wrong)
                   : STATUS_OK;
}

/* One record that begins at the source's place; *more is false at the end. */
static enum status read_record(struct crawl *crawl, bool *more)
{
    struct warc_source *source = crawl->source;
    str there = fill(source, HEADER_LIMIT_LEN);
    while (there.len && (there.ptr[0] == '\r' || there.ptr[0] == '\n')) {
        source->at++;
        there = str_slice(there, 1, there.len);
    }
    arena_reset(&crawl->record);
    *more = there.len > 0;
    if (!*more) {
        *more = pass_tear(source);
        return STATUS_OK;
    }
    size_t len = header_len(str_slice(there, 0, HEADER_LIMIT_LEN));
    str header = arena_str(&crawl->record, str_slice(there, 0, len));
    int64_t body_len = -1;
    bool stands = len && warc_recognises(header);
    if (!stands || !str_to_int(header_value(header, STR("Content-Length")), &body_len) ||
        body_len < 0) {
        *more = pass_tear(source);
        if (*more) {
            return STATUS_OK;
        }
        source->wrong = stands ? "a record states no length" : "what follows is no WARC record";
        return STATUS_OK;
    }
    source->at += len;
    crawl->records++;
    there = fill(source, body_len < HEADER_LIMIT_LEN ? (size_t)body_len : HEADER_LIMIT_LEN);
    struct content content = look_into(header, str_slice(there, 0, (size_t)body_len));
    enum status status = STATUS_OK;
    if (content.is_page && body_len <= (int64_t)(PAGE_LIMIT_LEN + HEADER_LIMIT_LEN)) {
        there = str_slice(fill(source, (size_t)body_len), 0, (size_t)body_len);
        content = look_into(header, there); /* the bytes may have moved */
        if ((int64_t)there.len == body_len) {
            status = read_page(crawl, header, content.http,
                               str_slice(there, content.start, there.len), content.type);
        }
    } else if (content.is_page) {
        status = refuse_page(crawl, record_path(crawl, header), STATUS_TOO_LARGE,
                             "a page is larger than the limit of 16 MB");
    }
    return status == STATUS_OK && !skip(source, (uint64_t)body_len)
               ? lose_record(crawl, header, content.is_page, more)
               : status;
}

enum status warc_read_source(struct arena *page_arena, const struct input *input,
                             struct warc_source *source, const struct page_sink *sink,
                             struct error *err)
{
    struct crawl crawl = {
        .input = input, .sink = sink, .err = err, .page_arena = page_arena, .source = source};
    enum status status = STATUS_OK;
    for (bool more = true; status == STATUS_OK && more;) {
        status = read_record(&crawl, &more);
    }
    if (status == STATUS_OK && (source->wrong || !crawl.pages)) {
        str what = arena_format(&crawl.record, "%s; %zu record%s with %zu page%s were read",
                                source->wrong ? source->wrong : "the crawl holds no HTML page",
                                crawl.records, crawl.records == 1 ? "" : "s", crawl.pages,
                                crawl.pages == 1 ? "" : "s");
        status = input_refuse(input, sink, STATUS_BAD_INPUT, what.ptr);
    }
    arena_done(&crawl.record);
    return status;
}

enum status warc_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err)
{
    struct warc_source source = {.whole = input->bytes};
    return warc_read_source(page_arena, input, &source, sink, err);
}

#else

enum status warc_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err)
{
    (void)page_arena;
    (void)err;
    return input_refuse(input, sink, STATUS_UNSUPPORTED, ARCHIVE_UNSUPPORTED);
}

#endif
