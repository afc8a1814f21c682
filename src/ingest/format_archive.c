/* Archives of pages: zip, tar and compressed files. Each member that a format takes is read as if
 * it were a file; pictures, scripts and whatever else lies beside the pages is passed over. */
#include "ingest/formats.h"
#include "ingest/member.h"
#include "ingest/unpack.h"
#include "ingest/warc.h"

bool archive_recognises(str bytes)
{
    return unpack_recognises(bytes);
}

#ifdef HAVE_ARCHIVE

#define MEMBER_LIMIT_LEN (INPUT_LIMIT_LEN / 4)

struct box {
    const struct input *input;
    const struct page_sink *sink;
    struct error *err;
    struct arena *page_arena;
    struct arena member;
    bool is_crawl; /* WACZ: only its WARC files hold pages */
    size_t read;   /* members that a format took */
};

static enum status tell(struct box *box, str path, enum status reason, const char *what)
{
    const struct input at = {.path = path};
    return input_refuse(&at, box->sink, reason, what);
}

/* The name of what was compressed: "a.html" of "a.html.gz", "a.tar" of "a.tgz" is never needed. */
static str without_extension(str path)
{
    size_t dot = path.len;
    while (dot > 0 && path.ptr[dot - 1] != '.' && path.ptr[dot - 1] != '/') {
        dot--;
    }
    return dot > 1 && path.ptr[dot - 1] == '.' ? str_slice(path, 0, dot - 1) : path;
}

/* What a member is: text only by its name, or a style sheet would be an article. */
static const struct format *format_of(str name, str bytes)
{
    const struct format *format = format_find(name, bytes);
    bool text = format && str_equal(str_from(format->name), STR("text"));
    return text && !format_knows_extension(name) ? NULL : format;
}

/* A name of the path begins with a dot, or is one that a system adds. */
static bool is_hidden(str name)
{
    str rest = name, part;
    while (str_next(&rest, '/', &part)) {
        bool up = str_equal(part, STR(".")) || str_equal(part, STR(".."));
        if ((str_starts(part, STR(".")) && !up) || str_equal(part, STR("__MACOSX"))) {
            return true;
        }
    }
    return false;
}

static enum status take_whole(struct box *box, str name, str path, day changed, str bytes,
                              size_t from, size_t to)
{
    const struct format *format = format_of(name, bytes);
    if (!format || !bytes.len) {
        return STATUS_OK;
    }
    struct member member = member_new(path, format, bytes);
    member.facts.seen = changed;
    member.from = from;
    member.to = to > from ? to : from;
    box->read++;
    return member_read(box->page_arena, box->input, &member, box->sink, box->err);
}

static enum status take_member(struct box *box, struct unpack *unpack, str name)
{
    str bytes, path = box->input->path, named = without_extension(path);
    const char *wrong = NULL;
    size_t from = unpack_used_len(unpack);
    arena_reset(&box->member);
    if (name.len) {
        path = named = member_path(&box->member, path, name);
    }
    enum status status = unpack_take(unpack, &box->member, MEMBER_LIMIT_LEN, &bytes, &wrong);
    if (status != STATUS_OK) {
        box->read++; /* told already */
        return tell(box, path, status, wrong);
    }
    return take_whole(box, named, path, unpack_day(unpack), bytes, from, unpack_used_len(unpack));
}

/* A compressed file that is no archive: a crawl is read as it comes, all else at once. */
static enum status take_stream(struct box *box, struct unpack *unpack)
{
    struct warc_source source = {.unpack = unpack};
    const char *wrong = NULL;
    str bytes;
    enum status status;
    if (warc_stands(&source)) {
        box->read++;
        status = warc_read_source(box->page_arena, box->input, &source, box->sink, box->err);
    } else {
        status = warc_take_rest(&source, MEMBER_LIMIT_LEN, &bytes, &wrong);
        status = status == STATUS_OK
                     ? take_whole(box, without_extension(box->input->path), box->input->path,
                                  unpack_day(unpack), bytes, 0, unpack_used_len(unpack))
                     : tell(box, box->input->path, status, wrong);
        box->read += wrong != NULL;
    }
    warc_source_done(&source);
    return status;
}

static enum status take_members(struct box *box, struct unpack *unpack)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK) {
        str name;
        const char *wrong = NULL;
        enum status step = unpack_next(unpack, &name, &wrong);
        if (step == STATUS_NOT_FOUND) {
            break;
        }
        if (step != STATUS_OK) {
            box->read++; /* told already */
            return tell(box, box->input->path, step, wrong);
        }
        bool crawl = str_ends(name, STR(".warc.gz")) || str_ends(name, STR(".warc"));
        if (!name.len) {
            status = take_stream(box, unpack);
        } else if (!is_hidden(name) && (!box->is_crawl || crawl)) {
            status = take_member(box, unpack, name);
        }
    }
    return status;
}

enum status archive_read_pages(struct arena *page_arena, const struct input *input,
                               const struct page_sink *sink, struct error *err)
{
    struct box box = {.input = input, .sink = sink, .err = err, .page_arena = page_arena};
    if (input->depth >= DEPTH_LIMIT) {
        return input_refuse(input, sink, STATUS_TOO_LARGE, TOO_DEEP);
    }
    box.is_crawl = str_ends(input->path, STR(".wacz"));
    struct unpack *unpack = unpack_open(input->bytes);
    enum status status = take_members(&box, unpack);
    if (status == STATUS_OK && !box.read) {
        status = input_refuse(input, sink, STATUS_BAD_INPUT,
                              "no member of it is a page that can be read");
    }
    unpack_close(unpack);
    arena_done(&box.member);
    return status;
}

#else

enum status archive_read_pages(struct arena *page_arena, const struct input *input,
                               const struct page_sink *sink, struct error *err)
{
    (void)page_arena;
    (void)err;
    return input_refuse(input, sink, STATUS_UNSUPPORTED, ARCHIVE_UNSUPPORTED);
}

#endif
