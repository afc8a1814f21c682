/* EPUB books (EPUB 3, OCF 3): a zip whose package names its chapters in reading order. Each chapter
 * is a page, the book its outlet. */
#include "ingest/formats.h"
#include "ingest/member.h"
#include "ingest/unpack.h"
#include "ingest/xml.h"

#define CONTAINER_NAME "META-INF/container.xml"
#define ENCRYPTION_NAME "META-INF/encryption.xml"

/* The mark that stands first by the book, or the name of what leads to its package. */
bool epub_recognises(str bytes)
{
    str end = str_slice(bytes, bytes.len > 65536 ? bytes.len - 65536 : 0, bytes.len);
    return str_starts(bytes, STR("PK\3\4")) &&
           (str_find(str_slice(bytes, 0, 256), STR("mimetypeapplication/epub+zip"), 0) !=
                STR_MISSING ||
            str_find(end, STR(CONTAINER_NAME), 0) != STR_MISSING);
}

#if defined(HAVE_ARCHIVE) && defined(HAVE_XML)

#include <string.h>

#include "base/buf.h"
#include "base/map.h"

enum { CHAPTER_LIMIT = 10000 };

struct book {
    const struct input *input;
    const struct page_sink *sink;
    struct error *err;
    struct arena *page_arena;
    struct arena whole, chapter; /* by lifetime */
    struct map files;            /* name -> const str * */
    size_t kept_len;
    const char *damage; /* why not all members were read, or NULL */
    struct page facts;  /* of the book */
    str folder;         /* of the package, with a slash at its end */
    size_t chapters;
};

/* ---- members ------------------------------------------------------------------------------- */

static bool is_wanted(str name)
{
    static const char *const endings[] = {".xml", ".opf", ".xhtml", ".html", ".htm"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t len = strlen(endings[i]);
        if (name.len > len &&
            str_equal_ascii_fold(str_slice(name, name.len - len, name.len), str_from(endings[i]))) {
            return true;
        }
    }
    return false;
}

static void take_members(struct book *book, struct unpack *unpack)
{
    str name;
    enum status status;
    while ((status = unpack_next(unpack, &name, &book->damage)) == STATUS_OK) {
        const char *wrong = NULL;
        str bytes;
        if (!is_wanted(name)) {
            continue;
        }
        str key = arena_str(&book->whole, name);
        status = unpack_take(unpack, &book->whole, PAGE_LIMIT_LEN, &bytes, &wrong);
        if (status != STATUS_OK) {
            book->damage = wrong;
            continue;
        }
        book->kept_len += bytes.len;
        if (book->kept_len > INPUT_LIMIT_LEN) {
            book->damage = "its chapters are larger than the limit of 256 MB";
            return;
        }
        str *kept = arena_new(&book->whole, str);
        *kept = bytes;
        *map_put(&book->files, key, 0) = (uint64_t)(uintptr_t)kept;
    }
}

static str file_of(const struct book *book, str name)
{
    const uint64_t *found = map_find(&book->files, name);
    return found ? *(const str *)(uintptr_t)*found : STR_NONE;
}

/* A reference in the package as a member's name: %XX decoded, "." and ".." taken, no fragment. */
static str member_name(struct book *book, str reference)
{
    struct buf out = BUF_INIT;
    str decoded, part, rest;
    size_t end = str_find_byte(reference, '#', 0);
    reference = str_slice(reference, 0, end);
    buf_add(&out, book->folder);
    for (size_t i = 0; i < reference.len; i++) {
        int code = reference.ptr[i] == '%' ? str_hex_pair(reference, i + 1) : -1;
        buf_add_byte(&out, code >= 0 ? (char)code : reference.ptr[i]);
        i += code >= 0 ? 2 : 0;
    }
    decoded = rest = arena_str(&book->whole, buf_str(&out));
    buf_clear(&out);
    while (decoded.len && str_next(&rest, '/', &part)) {
        if (str_equal(part, STR(".."))) {
            while (out.len && out.ptr[--out.len] != '/') {
                continue;
            }
        } else if (part.len && !str_equal(part, STR("."))) {
            buf_add(&out, out.len ? STR("/") : STR(""));
            buf_add(&out, part);
        }
    }
    str name = arena_str(&book->whole, buf_str(&out));
    buf_done(&out);
    return name;
}

/* ---- the package --------------------------------------------------------------------------- */

static const xmlNode *find_element(const xmlNode *top, const char *name)
{
    for (const xmlNode *node = top; node; node = xml_next(top, node)) {
        if (node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0) {
            return node;
        }
    }
    return NULL;
}

static void read_facts(struct book *book, const xmlNode *root)
{
    const struct {
        const char *name;
        str *fact;
    } rows[] = {{"title", &book->facts.site},
                {"creator", &book->facts.byline},
                {"language", &book->facts.language}};
    for (const xmlNode *node = root; node; node = xml_next(root, node)) {
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            if (!rows[i].fact->len && xml_is(node, XML_SPACE_DC, rows[i].name)) {
                *rows[i].fact = xml_text(&book->whole, node);
            }
        }
        if (book->facts.published == DAY_UNKNOWN && xml_is(node, XML_SPACE_DC, "date")) {
            book->facts.published = stated_day(xml_text(&book->whole, node));
        }
    }
}

/* What the parser knows of a chapter: its first heading; false when it has no words. */
static bool look_into(struct book *book, str bytes, str *title)
{
    static const char *const headings[] = {"h1", "h2", "h3"};
    struct xml xml;
    const char *wrong = NULL;
    *title = STR_NONE;
    if (xml_open(&book->chapter, bytes, STR_NONE, &xml, &wrong) != STATUS_OK) {
        return true;
    }
    const xmlNode *root = xmlDocGetRootElement(xml.doc), *found = NULL;
    for (size_t i = 0; !found && i < sizeof headings / sizeof *headings; i++) {
        found = find_element(root, headings[i]);
    }
    if (found) {
        *title = xml_text(&book->chapter, found);
    }
    const xmlNode *body = find_element(root, "body");
    bool has_words = xml_text(&book->chapter, body ? body : root).len > 0;
    xml_close(&xml);
    return has_words;
}

/* The book names what is encrypted in it, by its path in the archive. */
static bool is_locked(const struct book *book, str name)
{
    str encryption = file_of(book, STR(ENCRYPTION_NAME));
    for (size_t at = 0; (at = str_find(encryption, name, at)) != STR_MISSING; at += name.len) {
        str before = str_slice(encryption, 0, at),
            after = str_slice(encryption, at + name.len, encryption.len);
        if ((str_ends(before, STR("URI=\"")) && str_starts(after, STR("\""))) ||
            (str_ends(before, STR("URI='")) && str_starts(after, STR("'")))) {
            return name.len > 0;
        }
        if (!name.len) {
            break;
        }
    }
    return false;
}

static enum status read_chapter(struct book *book, str name)
{
    str bytes = file_of(book, name), title;
    arena_reset(&book->chapter);
    str path = member_path(&book->chapter, book->input->path, name);
    if (!bytes.ptr) {
        const struct input at = {.path = path};
        return input_refuse(&at, book->sink, STATUS_BAD_INPUT, "the book lacks this chapter");
    }
    if (is_locked(book, name)) {
        const struct input at = {.path = path};
        book->chapters++;
        return input_refuse(&at, book->sink, STATUS_UNSUPPORTED,
                            "the chapter is encrypted; save the book without its protection");
    }
    if (!look_into(book, bytes, &title)) {
        return STATUS_OK; /* a cover, a picture */
    }
    struct member member = member_new(path, format_named(STR("html")), bytes);
    member.facts = book->facts;
    member.facts.path = path;
    member.facts.title = title;
    book->chapters++;
    return member_read(book->page_arena, book->input, &member, book->sink, book->err);
}

/* The spine names items of the manifest by their ids. */
static enum status read_spine(struct book *book, const xmlNode *root)
{
    struct map items;
    enum status status = STATUS_OK;
    const xmlNode *manifest = find_element(root, "manifest"), *spine = find_element(root, "spine");
    map_init(&items, &book->whole);
    for (const xmlNode *node = manifest ? manifest->children : NULL; node; node = node->next) {
        str properties = xml_attribute(&book->whole, node, "properties");
        str id = xml_attribute(&book->whole, node, "id");
        if (id.len && str_find(properties, STR("nav"), 0) == STR_MISSING) {
            *map_put(&items, id, 0) = (uint64_t)(uintptr_t)node;
        }
    }
    size_t count = 0;
    for (const xmlNode *node = spine ? spine->children : NULL; node && status == STATUS_OK;
         node = node->next) {
        const uint64_t *found = map_find(&items, xml_attribute(&book->whole, node, "idref"));
        if (found && count++ < CHAPTER_LIMIT) {
            const xmlNode *item = (const xmlNode *)(uintptr_t)*found;
            str reference = xml_attribute(&book->whole, item, "href");
            status = read_chapter(book, member_name(book, reference));
        }
    }
    return status;
}

/* Opens a member as XML; false with the reason in *wrong. */
static bool open_file(struct book *book, str name, struct xml *xml, const char **wrong)
{
    str bytes = file_of(book, name);
    if (!bytes.ptr) {
        *wrong = book->damage
                     ? book->damage
                     : arena_format(&book->whole, "the book lacks %.*s", STR_ARG(name)).ptr;
        return false;
    }
    return xml_open(&book->whole, bytes, STR_NONE, xml, wrong) == STATUS_OK;
}

static enum status read_package(struct book *book, const char **wrong)
{
    struct xml xml;
    enum status status = STATUS_OK;
    if (!open_file(book, STR(CONTAINER_NAME), &xml, wrong)) {
        return STATUS_OK;
    }
    const xmlNode *file = find_element(xmlDocGetRootElement(xml.doc), "rootfile");
    str name = file ? xml_attribute(&book->whole, file, "full-path") : STR_NONE;
    xml_close(&xml);
    if (!open_file(book, name, &xml, wrong)) {
        return STATUS_OK;
    }
    size_t slash = name.len;
    while (slash > 0 && name.ptr[slash - 1] != '/') {
        slash--;
    }
    book->folder = str_slice(name, 0, slash);
    read_facts(book, xmlDocGetRootElement(xml.doc));
    status = read_spine(book, xmlDocGetRootElement(xml.doc));
    xml_close(&xml);
    *wrong = book->damage ? book->damage : book->chapters ? NULL : "the book has no chapters";
    return status;
}

enum status epub_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err)
{
    struct book book = {.input = input,
                        .sink = sink,
                        .err = err,
                        .page_arena = page_arena,
                        .facts = {.published = DAY_UNKNOWN}};
    const char *wrong = NULL;
    if (input->depth >= DEPTH_LIMIT) {
        return input_refuse(input, sink, STATUS_TOO_LARGE, TOO_DEEP);
    }
    struct unpack *unpack = unpack_open(input->bytes);
    map_init(&book.files, &book.whole);
    take_members(&book, unpack);
    enum status status = read_package(&book, &wrong);
    if (status == STATUS_OK && wrong) {
        status = input_refuse(input, sink, STATUS_BAD_INPUT, wrong);
    }
    unpack_close(unpack);
    arena_done(&book.chapter);
    arena_done(&book.whole);
    return status;
}

#else

enum status epub_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err)
{
    (void)page_arena;
    (void)err;
    return input_refuse(input, sink, STATUS_UNSUPPORTED,
                        "EPUB is not supported by this build (it was made without libarchive or "
                        "libxml2)");
}

#endif
