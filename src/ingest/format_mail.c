/* Mail by GMime: one message (eml), a box of them (mbox), a saved page with its pictures (MHTML).
 * Of a message the HTML is read, or its plain text where it has none. */
#include "ingest/formats.h"
#include "ingest/mail_header.h"
#include "ingest/member.h"

static bool is_header_name(str name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] <= ' ' || name.ptr[i] >= 127) {
            return false;
        }
    }
    return name.len > 0 && name.len < 80;
}

/* A header that only a mail or MHTML has stands among the first lines, and nothing else before. */
bool mail_recognises(str bytes)
{
    static const char *const names[] = {"Message-ID",  "MIME-Version", "Received",
                                        "Return-Path", "Delivered-To", "Snapshot-Content-Location"};
    str rest = str_slice(bytes, 0, 16384), line;
    bool found = false, first = true;
    while (str_next_line(&rest, &line) && line.len) {
        size_t colon = str_find_byte(line, ':', 0);
        bool envelope = first && str_starts(line, STR("From "));
        bool continued = !first && (line.ptr[0] == ' ' || line.ptr[0] == '\t');
        str name = str_slice(line, 0, colon);
        first = false;
        if (envelope || continued) {
            continue;
        }
        if (colon == STR_MISSING || !is_header_name(name)) {
            return found && !rest.ptr; /* the header goes on where the look at it ends */
        }
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            found = found || str_equal_ascii_fold(name, str_from(names[i]));
        }
    }
    return found;
}

#ifdef HAVE_GMIME

#include <gmime/gmime.h>

#include "base/buf.h"
#include "text/utf8.h"

enum { PART_LIMIT = 1000 };

struct box {
    const struct input *input;
    const struct page_sink *sink;
    struct error *err;
    struct arena *page_arena;
    struct arena message;
    bool is_box; /* more than one message may be in it */
    size_t messages, pages;
};

static str text_of(struct arena *arena, const char *text)
{
    return text ? arena_str(arena, str_trim(utf8_repair(arena, str_from(text)))) : STR_NONE;
}

/* A header as it stands in the mail, or STR_NONE. */
static str raw_header(GMimeMessage *message, const char *name)
{
    GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(message));
    GMimeHeader *header = g_mime_header_list_get_header(list, name);
    const char *raw = header ? g_mime_header_get_raw_value(header) : NULL;
    return raw ? str_from(raw) : STR_NONE;
}

static str header_of(struct arena *arena, GMimeMessage *message, const char *name)
{
    return mail_header_text(arena, raw_header(message, name));
}

/* The first part that is HTML, else the first that is plain text; attachments aside. */
static GMimePart *find_body(GMimeMessage *message)
{
    GMimePartIter *iter = g_mime_part_iter_new(GMIME_OBJECT(message));
    GMimePart *plain = NULL, *html = NULL;
    for (int i = 0; i < PART_LIMIT && !html && g_mime_part_iter_is_valid(iter); i++) {
        GMimeObject *object = g_mime_part_iter_get_current(iter);
        GMimeContentType *type = g_mime_object_get_content_type(object);
        if (GMIME_IS_PART(object) && !g_mime_part_is_attachment(GMIME_PART(object))) {
            html = g_mime_content_type_is_type(type, "text", "html") ||
                           g_mime_content_type_is_type(type, "application", "xhtml+xml")
                       ? GMIME_PART(object)
                       : NULL;
            if (!plain && g_mime_content_type_is_type(type, "text", "plain")) {
                plain = GMIME_PART(object);
            }
        }
        if (!g_mime_part_iter_next(iter)) {
            break;
        }
    }
    g_mime_part_iter_free(iter);
    return html ? html : plain;
}

/* The part without its transfer encoding. */
static str content_of(struct arena *arena, GMimePart *part)
{
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    GMimeStream *out = g_mime_stream_mem_new();
    str bytes = STR_NONE;
    if (content && g_mime_data_wrapper_write_to_stream(content, out) >= 0) {
        const GByteArray *array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out));
        bytes = arena_str(arena, (str){(const char *)array->data, array->len});
    }
    g_object_unref(out);
    return bytes;
}

/* In a box lines that begin with "From " were written with a > before them. */
static str without_from_marks(struct arena *arena, str bytes)
{
    struct buf out = BUF_INIT;
    for (size_t at = 0; at < bytes.len;) {
        size_t mark = str_find(bytes, STR("\n>From "), at);
        mark = mark == STR_MISSING ? bytes.len : mark + 1;
        buf_add(&out, str_slice(bytes, at, mark));
        at = mark + 1;
    }
    str text = arena_str(arena, buf_str(&out));
    buf_done(&out);
    return text;
}

static str without_angles(str text)
{
    bool angles = str_starts(text, STR("<")) && str_ends(text, STR(">"));
    return angles ? str_slice(text, 1, text.len - 1) : text;
}

/* What the header says. A page that a browser saved was not sent by anybody, nor on its date; what
 * comes through a list or as a newsletter has its sender as outlet. */
static void fill_facts(struct arena *arena, GMimeMessage *message, GMimePart *part,
                       struct page *facts)
{
    str place = text_of(arena, g_mime_part_get_content_location(part));
    str saved = header_of(arena, message, "Snapshot-Content-Location");
    str archived = without_angles(header_of(arena, message, "Archived-At"));
    str address = saved.len ? saved : place.len ? place : archived;
    facts->title = header_of(arena, message, "Subject");
    facts->url = str_starts(address, STR("http")) ? address : STR_NONE;
    if (saved.len || place.len) {
        return;
    }
    bool list = header_of(arena, message, "List-Id").len ||
                header_of(arena, message, "List-Unsubscribe").len;
    facts->id = text_of(arena, g_mime_message_get_message_id(message));
    *(list ? &facts->site : &facts->byline) = mail_header_name(arena, raw_header(message, "From"));
    facts->published = stated_day(header_of(arena, message, "Date"));
}

static enum status read_message(struct box *box, GMimeMessage *message, gint64 at)
{
    struct arena *arena = &box->message;
    GMimePart *part = find_body(message);
    arena_reset(arena);
    box->messages++;
    if (!part) {
        return STATUS_OK;
    }
    GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    bool html = !g_mime_content_type_is_type(type, "text", "plain");
    const char *plain = markdown_supported() ? "markdown" : "text"; /* lines are joined by it */
    str bytes = content_of(arena, part);
    if (!str_trim(bytes).len) {
        return STATUS_OK;
    }
    if (box->is_box && !html) {
        bytes = without_from_marks(arena, bytes);
    }
    struct member member =
        member_new(STR_NONE, format_named(str_from(html ? "html" : plain)), bytes);
    fill_facts(arena, message, part, &member.facts);
    str name = member.facts.id.len ? member.facts.id : arena_format(arena, "%zu", box->messages);
    member.facts.path = box->is_box ? member_path(arena, box->input->path, name) : box->input->path;
    member.charset = text_of(arena, g_mime_content_type_get_parameter(type, "charset"));
    member.to = box->is_box && at > 0 ? (size_t)at : 0;
    box->pages++;
    return member_read(box->page_arena, box->input, &member, box->sink, box->err);
}

static enum status read_messages(struct box *box, GMimeParser *parser)
{
    enum status status = STATUS_OK;
    do {
        GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
        if (!message) {
            break;
        }
        status = read_message(box, message, g_mime_parser_tell(parser));
        g_object_unref(message);
    } while (status == STATUS_OK && box->is_box && !g_mime_parser_eos(parser));
    if (status == STATUS_OK && !box->pages) {
        return input_refuse(box->input, box->sink, STATUS_BAD_INPUT,
                            box->messages ? "the mail has no text" : "no mail can be read in it");
    }
    return status;
}

enum status mail_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err)
{
    struct box box = {.input = input,
                      .sink = sink,
                      .err = err,
                      .page_arena = page_arena,
                      .is_box = str_starts(input->bytes, STR("From "))};
    if (!input->bytes.len) {
        return input_refuse(input, sink, STATUS_BAD_INPUT, "the file is empty");
    }
    g_mime_init(); /* once for the process: GMime cannot be started again after its end */
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(input->bytes.ptr, input->bytes.len);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    g_mime_parser_set_format(parser, box.is_box ? GMIME_FORMAT_MBOX : GMIME_FORMAT_MESSAGE);
    g_mime_parser_set_persist_stream(parser, FALSE);
    enum status status = read_messages(&box, parser);
    g_object_unref(parser);
    g_object_unref(stream);
    arena_done(&box.message);
    return status;
}

#else

enum status mail_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err)
{
    (void)page_arena;
    (void)err;
    return input_refuse(input, sink, STATUS_UNSUPPORTED,
                        "mail is not supported by this build (it was made without GMime)");
}

#endif
