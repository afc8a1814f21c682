/* XML by libxml2: nothing is fetched, no entity of the document's own is resolved, and what is not
 * well-formed is read as far as it can be. */
#ifndef INGEST_XML_H
#define INGEST_XML_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

#define XML_LIMIT_LEN ((size_t)32 << 20)

/* The name of the root element with its prefix ("rdf:RDF"), found without the parser, or
 * STR_NONE. */
str xml_root_name(str bytes);
/* XHTML that is well-formed, as HTML that means the same to a parser of HTML, which does not know
 * elements closed at once (<title/>). STR_NONE for all else. UTF-8 in and out. */
str xml_to_html(struct arena *arena, str text);
/* The encoding's name in the declaration, or STR_NONE. */
str xml_stated_charset(str bytes);

#ifdef HAVE_XML

#include <libxml/tree.h>

struct xml {
    xmlDoc *doc; /* NULL when nothing could be read */
    str fault;   /* what is not well-formed and where, or STR_NONE; in the arena */
};

/* `charset`: as the transport states it, which counts before what the bytes say, or STR_NONE.
 * TOO_LARGE or BAD_INPUT with the reason, which lives as long as the program, in *wrong. */
enum status xml_open(struct arena *arena, str bytes, str charset, struct xml *xml,
                     const char **wrong) MUST_CHECK;
void xml_close(struct xml *xml);

/* A name space by what it is for. */
enum xml_space {
    XML_SPACE_PLAIN,
    XML_SPACE_ATOM,
    XML_SPACE_CONTENT,
    XML_SPACE_DC,
    XML_SPACE_OTHER
};
enum xml_space xml_space_of(const xmlNode *node);
bool xml_is(const xmlNode *node, enum xml_space space, const char *name);

/* All text below the node, trimmed; in the arena. */
str xml_text(struct arena *arena, const xmlNode *node);
/* What stands in the node, as XML. */
str xml_inside(struct arena *arena, xmlDoc *doc, xmlNode *node);
/* STR_NONE when it is not there; `name` without its prefix. */
str xml_attribute(struct arena *arena, const xmlNode *node, const char *name);
/* The next node below `top` in document order, or NULL. */
xmlNode *xml_next(const xmlNode *top, const xmlNode *node);

#endif
#endif
