#include "ingest/xml.h"

#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "text/encoding.h"

static str after_mark(str bytes)
{
    return str_starts(bytes, STR("\xEF\xBB\xBF")) ? str_slice(bytes, 3, bytes.len) : bytes;
}

/* The first bytes without what UTF-16 puts between ASCII. */
static str ascii_start(str bytes, char out[4096])
{
    size_t len = 0;
    for (size_t i = 0; i < bytes.len && i < 8192 && len < 4096; i++) {
        if (bytes.ptr[i] != '\0' && bytes.ptr[i] != '\xFE' && bytes.ptr[i] != '\xFF') {
            out[len++] = bytes.ptr[i];
        }
    }
    return (str){out, len};
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Length of the name at the start of `rest`. */
static size_t name_len(str rest)
{
    size_t len = 0;
    while (len < rest.len && !is_space(rest.ptr[len]) && rest.ptr[len] != '>' &&
           rest.ptr[len] != '/') {
        len++;
    }
    return len;
}

/* Borrowed from `bytes` when they are ASCII at the start, else one of the names that matter. */
str xml_root_name(str bytes)
{
    static const char *const known[] = {"rss",  "feed", "rdf:RDF",   "RDF",    "opml",
                                        "html", "HTML", "container", "package"};
    char start[4096];
    str rest = str_trim(ascii_start(after_mark(bytes), start));
    while (rest.len > 1 && rest.ptr[0] == '<' && (rest.ptr[1] == '?' || rest.ptr[1] == '!')) {
        bool comment = str_starts(rest, STR("<!--"));
        str close = comment ? STR("-->") : rest.ptr[1] == '?' ? STR("?>") : STR(">");
        size_t end = str_find(rest, close, 2);
        if (end == STR_MISSING) {
            return STR_NONE;
        }
        rest = str_trim(str_slice(rest, end + close.len, rest.len));
        if (str_starts(rest, STR("]"))) { /* the end of a DOCTYPE with declarations in it */
            end = str_find(rest, STR(">"), 0);
            rest = str_trim(str_slice(rest, end == STR_MISSING ? end : end + 1, rest.len));
        }
    }
    if (rest.len < 2 || rest.ptr[0] != '<') {
        return STR_NONE;
    }
    rest = str_slice(rest, 1, rest.len);
    str name = str_slice(rest, 0, name_len(rest));
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_equal(name, str_from(known[i]))) {
            return str_from(known[i]);
        }
    }
    return STR_NONE;
}

str xml_stated_charset(str bytes)
{
    str rest = str_trim(after_mark(bytes));
    size_t end = str_find(str_slice(rest, 0, 200), STR("?>"), 0);
    size_t at = end == STR_MISSING ? end : str_find(str_slice(rest, 0, end), STR("encoding"), 0);
    if (at == STR_MISSING || !str_starts(rest, STR("<?xml"))) {
        return STR_NONE;
    }
    at += 8;
    while (at < end && (is_space(rest.ptr[at]) || rest.ptr[at] == '=')) {
        at++;
    }
    char quote = rest.ptr[at];
    size_t close = str_find_byte(rest, quote, at + 1);
    return (quote == '"' || quote == '\'') && close < end ? str_slice(rest, at + 1, close)
                                                          : STR_NONE;
}

#ifdef HAVE_XML

#include <libxml/parser.h>
#include <libxml/xmlsave.h>

/* True where one of XML's own references begins: the others become text, because the parser
 * drops what it does not know and then all references after it. */
static bool is_reference(str rest)
{
    static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_starts(rest, str_from(names[i]))) {
            return true;
        }
    }
    size_t end = str_find_byte(str_slice(rest, 0, 12), ';', 0);
    return end != STR_MISSING && end > 2 && rest.ptr[1] == '#' &&
           (ascii_is_digit(rest.ptr[2]) || rest.ptr[2] == 'x');
}

static str mend_references(struct arena *arena, str text, str bare_mark)
{
    struct buf out = BUF_INIT;
    for (size_t at = 0; at < text.len;) {
        size_t mark = at;
        while (mark < text.len && text.ptr[mark] != '&' && text.ptr[mark] != '<') {
            mark++;
        }
        buf_add(&out, str_slice(text, at, mark));
        str rest = str_slice(text, mark, text.len);
        size_t len = 1;
        if (str_starts(rest, STR("<![CDATA["))) {
            size_t end = str_find(rest, STR("]]>"), 9);
            len = end == STR_MISSING ? rest.len : end;
        }
        bool bare = rest.len && rest.ptr[0] == '&' && !is_reference(rest);
        buf_add(&out, bare ? bare_mark : str_slice(rest, 0, len));
        at = mark + len;
    }
    str mended = arena_str(arena, buf_str(&out));
    buf_done(&out);
    return mended;
}

static str describe_fault(struct arena *arena, const xmlParserCtxt *context)
{
    const xmlError *last = &context->lastError;
    str message = str_from(last->message);
    size_t end = str_find_byte(message, '\n', 0);
    if (context->wellFormed) {
        return STR_NONE;
    }
    return arena_format(arena, "line %d: %.*s", last->line, STR_ARG(str_slice(message, 0, end)));
}

/* `text` is UTF-8; `bare_mark` stands for each & that begins none of XML's own references. */
static enum status parse(struct arena *arena, str text, str bare_mark, struct xml *xml,
                         const char **wrong)
{
    *xml = (struct xml){NULL, STR_NONE};
    if (text.len > XML_LIMIT_LEN) {
        *wrong = "an XML file is larger than the limit of 32 MB";
        return STATUS_TOO_LARGE;
    }
    if (str_find(text, STR("<!ENTITY"), 0) != STR_MISSING) {
        *wrong = "it defines entities of its own, which is not safe to read; save it without them";
        return STATUS_BAD_INPUT;
    }
    text = mend_references(arena, str_trim(text), bare_mark);
    xmlParserCtxt *context = xmlNewParserCtxt();
    if (context) {
        xml->doc =
            xmlCtxtReadMemory(context, text.ptr ? text.ptr : "", (int)text.len, NULL, "UTF-8",
                              XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                                  XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC);
        xml->fault = describe_fault(arena, context);
        xmlFreeParserCtxt(context);
    }
    if (xml->doc && xmlDocGetRootElement(xml->doc)) {
        return STATUS_OK;
    }
    xml_close(xml);
    *wrong = "it is no XML: no element can be read";
    return STATUS_BAD_INPUT;
}

enum status xml_open(struct arena *arena, str bytes, str charset, struct xml *xml,
                     const char **wrong)
{
    enum encoding named;
    bool stated = encoding_find(charset, &named);
    str text = encoding_to_utf8(
        arena, bytes, encoding_choose(bytes, stated ? charset : xml_stated_charset(bytes)));
    return parse(arena, text, STR("&amp;"), xml, wrong);
}

/* Stands for & while the parser works; no character, and so in no text. */
#define HELD_MARK "\xF4\x8F\xBF\xBD"

str xml_to_html(struct arena *arena, str text)
{
    struct xml xml;
    const char *wrong = NULL;
    str html = STR_NONE;
    if (!str_equal(xml_root_name(text), STR("html")) ||
        parse(arena, text, STR(HELD_MARK), &xml, &wrong) != STATUS_OK) {
        return STR_NONE;
    }
    xmlNode *root = xmlDocGetRootElement(xml.doc);
    for (xmlNode *node = root; node; node = xml_next(root, node)) {
        node->ns = NULL; /* HTML's writer knows plain names */
    }
    xmlBuffer *saved = xmlBufferCreate();
    xmlSaveCtxt *save =
        saved && !xml.fault.len ? xmlSaveToBuffer(saved, "UTF-8", XML_SAVE_AS_HTML) : NULL;
    if (save) {
        (void)xmlSaveDoc(save, xml.doc);
        (void)xmlSaveClose(save);
        str made = {(const char *)xmlBufferContent(saved), (size_t)xmlBufferLength(saved)};
        struct buf out = BUF_INIT;
        for (size_t at = 0, mark; at < made.len; at = mark + sizeof HELD_MARK - 1) {
            mark = str_find(made, STR(HELD_MARK), at);
            mark = mark == STR_MISSING ? made.len : mark;
            buf_add(&out, str_slice(made, at, mark));
            buf_add(&out, mark < made.len ? STR("&") : STR(""));
        }
        html = arena_str(arena, buf_str(&out));
        buf_done(&out);
    }
    if (saved) {
        xmlBufferFree(saved);
    }
    xml_close(&xml);
    return html;
}

void xml_close(struct xml *xml)
{
    if (xml->doc) {
        xmlFreeDoc(xml->doc);
    }
    xml->doc = NULL;
    xmlResetLastError();
}

enum xml_space xml_space_of(const xmlNode *node)
{
    static const struct {
        const char *address;
        enum xml_space space;
    } spaces[] = {{"http://purl.org/rss/1.0/modules/content/", XML_SPACE_CONTENT},
                  {"http://purl.org/dc/", XML_SPACE_DC},
                  {"http://www.w3.org/2005/Atom", XML_SPACE_ATOM},
                  {"http://purl.org/atom/", XML_SPACE_ATOM},
                  {"http://purl.org/rss/1.0/", XML_SPACE_PLAIN},
                  {"http://purl.org/net/rss", XML_SPACE_PLAIN},
                  {"http://backend.userland.com/", XML_SPACE_PLAIN},
                  {"http://my.netscape.com/", XML_SPACE_PLAIN},
                  {"http://channel.netscape.com/", XML_SPACE_PLAIN},
                  {"http://www.w3.org/1999/02/22-rdf-syntax-ns#", XML_SPACE_PLAIN}};
    const char *address = node->ns ? (const char *)node->ns->href : NULL;
    if (!address) {
        return XML_SPACE_PLAIN;
    }
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        if (strncmp(address, spaces[i].address, strlen(spaces[i].address)) == 0) {
            return spaces[i].space;
        }
    }
    return XML_SPACE_OTHER;
}

bool xml_is(const xmlNode *node, enum xml_space space, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0 &&
           xml_space_of(node) == space;
}

xmlNode *xml_next(const xmlNode *top, const xmlNode *node)
{
    if (node->type == XML_ELEMENT_NODE && node->children) {
        return node->children;
    }
    while (node != top && !node->next) {
        node = node->parent;
    }
    return node == top ? NULL : node->next;
}

str xml_text(struct arena *arena, const xmlNode *node)
{
    struct buf out = BUF_INIT;
    for (const xmlNode *at = node; at; at = xml_next(node, at)) {
        if (at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) {
            buf_add(&out, str_from((const char *)at->content));
        }
    }
    str text = arena_str(arena, str_trim(buf_str(&out)));
    buf_done(&out);
    return text;
}

str xml_inside(struct arena *arena, xmlDoc *doc, xmlNode *node)
{
    xmlBuffer *out = xmlBufferCreate();
    str text = STR_NONE;
    for (xmlNode *child = node->children; out && child; child = child->next) {
        (void)xmlNodeDump(out, doc, child, 0, 0);
    }
    if (out) {
        text = arena_str(arena,
                         (str){(const char *)xmlBufferContent(out), (size_t)xmlBufferLength(out)});
        xmlBufferFree(out);
    }
    return text;
}

str xml_attribute(struct arena *arena, const xmlNode *node, const char *name)
{
    for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
        if (strcmp((const char *)attribute->name, name) == 0 && attribute->children &&
            attribute->children->content) {
            return arena_str(arena, str_from((const char *)attribute->children->content));
        }
    }
    return STR_NONE;
}

#else

str xml_to_html(struct arena *arena, str text)
{
    (void)arena;
    (void)text;
    return STR_NONE;
}

#endif
