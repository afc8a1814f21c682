/* The HTML5 tree as a row of blocks: the only place that knows the parser (gumbo). One walk without
 * recursion; each element and each byte of text is looked at once. */
#include "base/ascii.h"
#include "ingest/html.h"

#ifdef HAVE_GUMBO

#include <gumbo.h>
#include <string.h>

#include "base/buf.h"
#include "text/utf8.h"

#define CELL_LIMIT_LEN ((size_t)240) /* a longer cell of a table is a block of its own */
#define JSON_LIMIT_LEN ((size_t)2 << 20)
#define LINK_LIMIT_LEN ((size_t)2000)

/* What an element does to the text around it. */
enum element_role {
    ROLE_INLINE,
    ROLE_BLOCK,
    ROLE_CELL,
    ROLE_BREAK,
    ROLE_READING, /* says how the text before it in a ruby is read */
    ROLE_SKIP     /* its text is not shown */
};

struct element {
    GumboTag tag;
    uint8_t role, shape;
    int8_t mark; /* set by the tag itself, or -1 */
};

/* All tags not named here are inline. */
static const struct element elements[] = {
#define E(tag, role, shape, mark)                                                                  \
    {                                                                                              \
        GUMBO_TAG_##tag, ROLE_##role, HTML_##shape, mark                                           \
    }
    E(P, BLOCK, PARAGRAPH, -1),
    E(DIV, BLOCK, DIV, -1),
    E(SECTION, BLOCK, DIV, -1),
    E(ARTICLE, BLOCK, DIV, HTML_MARK_ARTICLE_TAG),
    E(MAIN, BLOCK, DIV, HTML_MARK_MAIN_TAG),
    E(HEADER, BLOCK, DIV, HTML_MARK_HEAD_TAG),
    E(HGROUP, BLOCK, DIV, -1),
    E(FOOTER, BLOCK, DIV, HTML_MARK_FOOT_TAG),
    E(NAV, BLOCK, DIV, HTML_MARK_NAV_TAG),
    E(ASIDE, BLOCK, DIV, HTML_MARK_ASIDE_TAG),
    E(H1, BLOCK, HEADING_1, -1),
    E(H2, BLOCK, HEADING_2, -1),
    E(H3, BLOCK, HEADING, -1),
    E(H4, BLOCK, HEADING, -1),
    E(H5, BLOCK, HEADING, -1),
    E(H6, BLOCK, HEADING, -1),
    E(UL, BLOCK, OTHER, HTML_MARK_LIST_TAG),
    E(OL, BLOCK, OTHER, HTML_MARK_LIST_TAG),
    E(MENU, BLOCK, OTHER, HTML_MARK_NAV_TAG),
    E(DL, BLOCK, OTHER, HTML_MARK_LIST_TAG),
    E(LI, BLOCK, ITEM, -1),
    E(DT, BLOCK, ITEM, -1),
    E(DD, BLOCK, ITEM, -1),
    E(TABLE, BLOCK, OTHER, HTML_MARK_TABLE_TAG),
    E(CAPTION, BLOCK, CAPTION, -1),
    E(THEAD, BLOCK, OTHER, -1),
    E(TBODY, BLOCK, OTHER, -1),
    E(TFOOT, BLOCK, OTHER, -1),
    E(TR, BLOCK, ROW, -1),
    E(TD, CELL, ROW, -1),
    E(TH, CELL, ROW, -1),
    E(BLOCKQUOTE, BLOCK, QUOTE, HTML_MARK_QUOTE_TAG),
    E(PRE, BLOCK, PRE, -1),
    E(LISTING, BLOCK, PRE, -1),
    E(XMP, BLOCK, PRE, -1),
    E(FIGURE, BLOCK, OTHER, HTML_MARK_FIGURE_TAG),
    E(FIGCAPTION, BLOCK, CAPTION, -1),
    E(FORM, BLOCK, OTHER, HTML_MARK_FORM_TAG),
    E(FIELDSET, BLOCK, OTHER, HTML_MARK_FORM_TAG),
    E(LEGEND, BLOCK, OTHER, -1),
    E(LABEL, INLINE, OTHER, HTML_MARK_FORM_TAG),
    E(ADDRESS, BLOCK, OTHER, -1),
    E(DETAILS, BLOCK, OTHER, -1),
    E(SUMMARY, BLOCK, OTHER, -1),
    E(CENTER, BLOCK, DIV, -1),
    E(BODY, BLOCK, DIV, -1),
    E(HTML, BLOCK, OTHER, -1),
    E(BUTTON, BLOCK, OTHER, HTML_MARK_BUTTON_TAG),
    E(HR, BREAK, OTHER, -1),
    E(BR, BREAK, OTHER, -1),
    E(A, INLINE, OTHER, HTML_MARK_LINK_TAG),
    E(RT, READING, OTHER, -1),
    E(RTC, READING, OTHER, -1),
    E(RP, SKIP, OTHER, -1),
    E(HEAD, SKIP, OTHER, -1),
    E(TITLE, SKIP, OTHER, -1),
    E(SCRIPT, SKIP, OTHER, -1),
    E(STYLE, SKIP, OTHER, -1),
    E(TEMPLATE, SKIP, OTHER, -1),
    E(NOSCRIPT, SKIP, OTHER, -1),
    E(NOEMBED, SKIP, OTHER, -1),
    E(NOFRAMES, SKIP, OTHER, -1),
    E(SELECT, SKIP, OTHER, -1),
    E(DATALIST, SKIP, OTHER, -1),
    E(TEXTAREA, SKIP, OTHER, -1),
    E(SVG, SKIP, OTHER, -1),
    E(IFRAME, SKIP, OTHER, -1),
    E(OBJECT, SKIP, OTHER, -1),
    E(VIDEO, SKIP, OTHER, -1),
    E(AUDIO, SKIP, OTHER, -1),
    E(CANVAS, SKIP, OTHER, -1),
#undef E
};

/* An element that is open. */
struct frame {
    const GumboNode *node;
    unsigned child; /* next one to visit */
    uint32_t container;
    uint8_t near[HTML_MARK_COUNT];
    const GumboNode *spans[SPAN_KIND_COUNT]; /* the elements that make its text stand out */
    uint8_t shape;
    bool skip, hidden, link, bold, pre;
    bool ruby, reading; /* inside of one */
    bool one_line;      /* breaks are spaces: headings, rows of data */
};

/* Inline elements whose text stands out. */
static const struct {
    GumboTag tag;
    enum span_kind kind;
} span_tags[] = {
    {GUMBO_TAG_A, SPAN_LINK},        {GUMBO_TAG_EM, SPAN_EMPHASIS},   {GUMBO_TAG_I, SPAN_EMPHASIS},
    {GUMBO_TAG_CITE, SPAN_EMPHASIS}, {GUMBO_TAG_STRONG, SPAN_STRONG}, {GUMBO_TAG_B, SPAN_STRONG},
    {GUMBO_TAG_CODE, SPAN_CODE},     {GUMBO_TAG_KBD, SPAN_CODE},      {GUMBO_TAG_SAMP, SPAN_CODE},
    {GUMBO_TAG_TT, SPAN_CODE},
};

/* The span that grows: of the same element, in the same block. */
struct live_span {
    const GumboNode *node;
    size_t index; /* in document->spans */
};

struct walk {
    struct arena *arena;
    struct html_document *document;
    const struct element *by_tag[GUMBO_TAG_LAST + 1];
    VEC(struct frame) open;
    struct buf out;
    size_t start; /* of the block that is being made, in out */
    struct html_block block;
    struct live_span live[SPAN_KIND_COUNT];
    VEC(str) scripts;   /* in JSON-LD */
    str time;           /* what the time element that is open states */
    struct buf reading; /* of the ruby that is open */
    str indent;         /* white space before the first text of a preformatted line */
    bool begun, space, cell, broken, show_hidden, link_ended;
    size_t hidden_len;
};

static str attribute_of(const GumboElement *element, const char *name)
{
    for (unsigned i = 0; i < element->attributes.length; i++) {
        const GumboAttribute *attribute = element->attributes.data[i];
        if (strcmp(attribute->name, name) == 0) {
            return str_from(attribute->value);
        }
    }
    return STR_NONE;
}

/* What lasts: the parser makes malformed text of character references that no character has. */
static str lasting(struct walk *w, str text)
{
    return arena_str(w->arena, utf8_repair(w->arena, text));
}

/* --- text ------------------------------------------------------------------------------------- */

static void take_block(struct walk *w)
{
    w->block.text = (str){NULL, w->out.len - w->start};
    vec_push(w->arena, &w->document->blocks, w->block);
    buf_add_byte(&w->out, '\n');
    w->start = w->out.len;
    w->begun = w->broken = false;
}

static void end_block(struct walk *w)
{
    bool full = w->document->blocks.count == HTML_BLOCK_LIMIT;
    w->space = w->begun && full;
    w->cell = w->link_ended = false;
    w->indent = STR_NONE;
    if (w->begun && !full) {
        take_block(w);
    }
}

static void begin_block(struct walk *w, const struct frame *f, unsigned line)
{
    w->begun = true;
    w->block = (struct html_block){.line = line,
                                   .container = f->container,
                                   .depth = (uint32_t)w->open.count,
                                   .shape = f->shape,
                                   .after_break = w->broken,
                                   .time = w->time};
    memcpy(w->block.near, f->near, sizeof f->near);
}

static void add_spans(struct walk *w, const struct frame *f, size_t start)
{
    for (size_t kind = 0; kind < SPAN_KIND_COUNT; kind++) {
        struct live_span *live = &w->live[kind];
        const GumboNode *node = f->spans[kind];
        if (!node) {
            continue;
        }
        bool same = live->node == node;
        if (same && w->document->spans.items[live->index].start >= w->start) {
            w->document->spans.items[live->index].end = (uint32_t)w->out.len;
            continue;
        }
        struct html_span span = {
            .start = (uint32_t)start, .end = (uint32_t)w->out.len, .kind = (uint8_t)kind};
        if (kind == SPAN_LINK && same) {
            span.target = w->document->spans.items[live->index].target;
        } else if (kind == SPAN_LINK) {
            str target = attribute_of(&node->v.element, "href");
            span.target = target.len <= LINK_LIMIT_LEN ? lasting(w, target) : STR_NONE;
        }
        *live = (struct live_span){node, w->document->spans.count};
        vec_push(w->arena, &w->document->spans, span);
    }
}

static void add_run(struct walk *w, const struct frame *f, str run, unsigned line)
{
    if (!w->begun) {
        begin_block(w, f, line);
    } else if (w->cell) {
        buf_add(&w->out, STR(" | "));
    } else if (w->space) {
        buf_add_byte(&w->out, ' ');
    }
    w->space = w->cell = w->link_ended = false;
    w->block.link_len += f->link ? (uint32_t)run.len : 0;
    w->block.bold_len += f->bold ? (uint32_t)run.len : 0;
    size_t start = w->out.len;
    buf_add(&w->out, run);
    add_spans(w, f, start);
}

static size_t white_at(str text, size_t at)
{
    unsigned char byte = (unsigned char)text.ptr[at];
    if (byte == ' ' || (byte >= '\t' && byte <= '\r')) {
        return 1;
    }
    return byte == 0xC2 && at + 1 < text.len && (unsigned char)text.ptr[at + 1] == 0xA0 ? 2 : 0;
}

static void add_flowing(struct walk *w, const struct frame *f, str text, unsigned line)
{
    size_t at = 0, white;
    while (at < text.len) {
        while (at < text.len && (white = white_at(text, at))) {
            at += white;
            w->space = w->begun;
        }
        size_t start = at;
        while (at < text.len && !white_at(text, at)) {
            at++;
        }
        if (at > start) {
            w->space = w->space || (w->link_ended && f->link);
            add_run(w, f, str_slice(text, start, at), line);
        }
    }
}

/* Lines of preformatted text are blocks; their spaces stay. */
static void add_preformatted(struct walk *w, const struct frame *f, str text, unsigned line)
{
    str part;
    bool first = true;
    w->space = false;
    while (str_next(&text, '\n', &part)) {
        if (!first) {
            end_block(w);
        }
        first = false;
        if (!part.len || (!w->begun && !str_trim(part).len)) {
            w->indent = part;
            continue;
        }
        if (!w->begun) {
            begin_block(w, f, line);
            buf_add(&w->out, w->indent);
        }
        add_run(w, f, part, line);
    }
}

static void add_text(struct walk *w, const GumboNode *node)
{
    const struct frame *f = vec_last(&w->open);
    str text = utf8_repair(w->arena, str_from(node->v.text.text));
    if (f->skip) {
        return;
    }
    if (f->hidden && !w->show_hidden) {
        w->hidden_len += str_trim(text).len;
        return;
    }
    if (f->reading) {
        buf_add(&w->reading, text);
        return;
    }
    (f->pre ? add_preformatted : add_flowing)(w, f, text, node->v.text.start_pos.line);
}

/* How the text of a ruby is read stands in brackets behind the whole of it: "漢字(かんじ)". */
static void end_ruby(struct walk *w, const struct frame *f)
{
    str reading = buf_str(&w->reading);
    unsigned line = f->node->v.element.start_pos.line;
    for (size_t white; reading.len && (white = white_at(reading, 0));) {
        reading = str_slice(reading, white, reading.len);
    }
    if (reading.len) {
        w->space = w->begun && ascii_is_alnum(w->out.ptr[w->out.len - 1]);
        add_flowing(w, f, STR("("), line);
        w->space = false;
        add_flowing(w, f, reading, line);
        w->space = false;
        add_flowing(w, f, STR(")"), line);
    }
    buf_clear(&w->reading);
}

/* --- facts ------------------------------------------------------------------------------------ */

static void note(struct walk *w, enum html_fact fact, str text)
{
    text = str_trim(text);
    if (text.len && text.len < 2000 && !w->document->facts[fact].len) {
        w->document->facts[fact] = lasting(w, text);
    }
}

static const struct {
    const char *name;
    enum html_fact fact;
} meta_names[] = {
    {"og:title", FACT_OG_TITLE},
    {"twitter:title", FACT_META_TITLE},
    {"title", FACT_META_TITLE},
    {"dc.title", FACT_META_TITLE},
    {"headline", FACT_META_TITLE},
    {"parsely-title", FACT_META_TITLE},
    {"sailthru.title", FACT_META_TITLE},
    {"citation_title", FACT_META_TITLE},
    {"og:site_name", FACT_OG_SITE},
    {"application-name", FACT_APP_NAME},
    {"author", FACT_META_AUTHOR},
    {"article:author", FACT_META_AUTHOR},
    {"dc.creator", FACT_META_AUTHOR},
    {"parsely-author", FACT_META_AUTHOR},
    {"sailthru.author", FACT_META_AUTHOR},
    {"article:published_time", FACT_META_PUBLISHED},
    {"og:article:published_time", FACT_META_PUBLISHED},
    {"og:published_time", FACT_META_PUBLISHED},
    {"datepublished", FACT_META_PUBLISHED},
    {"parsely-pub-date", FACT_META_PUBLISHED},
    {"sailthru.date", FACT_META_PUBLISHED},
    {"citation_publication_date", FACT_META_PUBLISHED},
    {"citation_date", FACT_META_PUBLISHED},
    {"dc.date.issued", FACT_META_PUBLISHED},
    {"dcterms.created", FACT_META_PUBLISHED},
    {"publication_date", FACT_META_PUBLISHED},
    {"publish_date", FACT_META_PUBLISHED},
    {"publish-date", FACT_META_PUBLISHED},
    {"pubdate", FACT_META_PUBLISHED},
    {"article:published", FACT_META_PUBLISHED},
    {"article.published", FACT_META_PUBLISHED},
    {"published-date", FACT_META_PUBLISHED},
    {"article_date_original", FACT_META_PUBLISHED},
    {"original-publish-date", FACT_META_PUBLISHED},
    {"cxenseparse:recs:publishtime", FACT_META_PUBLISHED},
    {"cxenseparse:publishtime", FACT_META_PUBLISHED},
    {"rnews:datepublished", FACT_META_PUBLISHED},
    {"dcterms.issued", FACT_META_PUBLISHED},
    {"dc.date.published", FACT_META_PUBLISHED},
    {"dc.issued", FACT_META_PUBLISHED},
    {"prism.publicationdate", FACT_META_PUBLISHED},
    {"publishdate", FACT_META_PUBLISHED},
    {"publication-date", FACT_META_PUBLISHED},
    {"publicationdate", FACT_META_PUBLISHED},
    {"published_date", FACT_META_PUBLISHED},
    {"publisheddate", FACT_META_PUBLISHED},
    {"published_at", FACT_META_PUBLISHED},
    {"published_time", FACT_META_PUBLISHED},
    {"article:publish_date", FACT_META_PUBLISHED},
    {"article.publish_date", FACT_META_PUBLISHED},
    {"shareaholic:article_published_time", FACT_META_PUBLISHED},
    {"article:created", FACT_META_PUBLISHED},
    {"article:post_date", FACT_META_PUBLISHED},
    {"og:article:published", FACT_META_PUBLISHED},
    {"og:datepublished", FACT_META_PUBLISHED},
    {"og:question:published_time", FACT_META_PUBLISHED},
    {"date_published", FACT_META_PUBLISHED},
    {"publish_time", FACT_META_PUBLISHED},
    {"originalpublicationdate", FACT_META_PUBLISHED},
    {"dc.date.publication", FACT_META_PUBLISHED},
    {"citation_online_date", FACT_META_PUBLISHED},
    {"bt:pubdate", FACT_META_PUBLISHED},
    {"date", FACT_META_DATE},
    {"dc.date", FACT_META_DATE},
    {"dcterms.date", FACT_META_DATE},
    {"dc.date.created", FACT_META_DATE},
    {"datecreated", FACT_META_DATE},
    {"date_created", FACT_META_DATE},
    {"dc:date", FACT_META_DATE},
    {"dc.created", FACT_META_DATE},
    {"dc:created", FACT_META_DATE},
    {"dateposted", FACT_META_DATE},
    {"displaydate", FACT_META_DATE},
    {"release_date", FACT_META_DATE},
    {"og:pubdate", FACT_META_DATE},
    {"article:modified_time", FACT_META_MODIFIED},
    {"og:updated_time", FACT_META_MODIFIED},
    {"last-modified", FACT_META_MODIFIED},
    {"datemodified", FACT_META_MODIFIED},
    {"date_modified", FACT_META_MODIFIED},
    {"article:modified", FACT_META_MODIFIED},
    {"og:modified_time", FACT_META_MODIFIED},
    {"dc.modified", FACT_META_MODIFIED},
    {"dcterms.modified", FACT_META_MODIFIED},
    {"dc.date.modified", FACT_META_MODIFIED},
    {"article.updated", FACT_META_MODIFIED},
    {"updated date", FACT_META_MODIFIED},
    {"revised", FACT_META_MODIFIED},
    {"shareaholic:article_modified_time", FACT_META_MODIFIED},
    {"og:url", FACT_OG_URL},
    {"dc.publisher", FACT_APP_NAME},
    {"content-language", FACT_LANGUAGE},
    {"dc.language", FACT_LANGUAGE},
    {"og:locale", FACT_LANGUAGE},
};

static void note_meta(struct walk *w, const GumboElement *element)
{
    static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
    str content = attribute_of(element, "content");
    if (!content.len) {
        return;
    }
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        str name = attribute_of(element, keys[k]);
        for (size_t i = 0; name.len && i < sizeof meta_names / sizeof *meta_names; i++) {
            if (str_equal_ascii_fold(name, str_from(meta_names[i].name))) {
                note(w, meta_names[i].fact, content);
            }
        }
    }
}

/* All text below a node that holds nothing but text. */
static str inner_text(const GumboElement *element)
{
    for (unsigned i = 0; i < element->children.length; i++) {
        const GumboNode *child = element->children.data[i];
        if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_CDATA) {
            return str_from(child->v.text.text);
        }
    }
    return STR_NONE;
}

static void note_time(struct walk *w, const GumboElement *element)
{
    str value = attribute_of(element, "datetime"), kind = attribute_of(element, "itemprop");
    if (!value.len) {
        value = inner_text(element);
    }
    str class = attribute_of(element, "class");
    if (html_day(value) != DAY_UNKNOWN) {
        w->time = lasting(w, value);
        w->block.time = w->begun && !w->block.time.len ? w->time : w->block.time;
    }
    if (str_equal_ascii_fold(kind, STR("datePublished")) || attribute_of(element, "pubdate").ptr) {
        note(w, FACT_TIME_PUBLISHED, value);
    } else if (str_find(class, STR("ublish"), 0) != STR_MISSING ||
               str_find(class, STR("entry-date"), 0) != STR_MISSING) {
        note(w, FACT_TIME_MARKED, value);
    } else if (str_equal_ascii_fold(kind, STR("dateModified")) ||
               str_find(class, STR("pdate"), 0) != STR_MISSING) {
        note(w, FACT_TIME_MODIFIED, value);
    } else if (html_day(value) != DAY_UNKNOWN) {
        note(w, FACT_TIME_FIRST, value);
    }
}

/* What an element says of a property: its attribute (old blogs hold the day in the title and show
 * the time only), or its text. */
static str value_of(const GumboElement *element)
{
    str content = attribute_of(element, "content"), title = attribute_of(element, "title");
    if (content.len) {
        return content;
    }
    return html_day(title) != DAY_UNKNOWN ? title : inner_text(element);
}

/* The property that microdata or RDFa give an element; STR_NONE. */
static str property_of(const GumboElement *element)
{
    str property = attribute_of(element, "itemprop");
    property = property.len ? property : attribute_of(element, "property");
    return str_starts(property, STR("schema:")) ? str_slice(property, 7, property.len) : property;
}

/* How deep and how far names are looked for below an element that stands for a person. */
#define NAME_DEPTH 4
#define NAME_CHILDREN 16u

/* The first text below an element, or that of the first name below it. */
static str text_below(const GumboElement *element, bool name, unsigned depth)
{
    str found = STR_NONE;
    for (unsigned i = 0; i < element->children.length && i < NAME_CHILDREN && !found.len; i++) {
        const GumboNode *child = element->children.data[i];
        if (child->type == GUMBO_NODE_TEXT && !name) {
            found = str_trim(str_from(child->v.text.text));
        } else if (child->type == GUMBO_NODE_ELEMENT && depth > 0) {
            bool here = name && str_equal(property_of(&child->v.element), STR("name"));
            str content = attribute_of(&child->v.element, "content");
            found = here && content.len ? content
                                        : text_below(&child->v.element, name && !here, depth - 1);
        }
    }
    return found;
}

static void note_property(struct walk *w, const GumboElement *element)
{
    str property = property_of(element);
    bool comment = vec_last(&w->open)->near[HTML_MARK_COMMENT] < HTML_FAR;
    if (str_equal(property, STR("datePublished"))) {
        note(w, FACT_TIME_PUBLISHED, value_of(element));
    } else if (!comment && (str_equal(property, STR("author")) ||
                            str_equal(attribute_of(element, "rel"), STR("author")))) {
        str name = text_below(element, true, NAME_DEPTH);
        note(w, FACT_MARKED_AUTHOR, name.len ? name : text_below(element, false, NAME_DEPTH));
    }
}

static void note_facts(struct walk *w, const GumboElement *element)
{
    switch (element->tag) {
    case GUMBO_TAG_META:
        note_meta(w, element);
        break;
    case GUMBO_TAG_TITLE:
        note(w, FACT_TITLE, inner_text(element));
        break;
    case GUMBO_TAG_HTML:
        note(w, FACT_LANGUAGE, attribute_of(element, "lang"));
        break;
    case GUMBO_TAG_LINK:
        if (str_equal_ascii_fold(attribute_of(element, "rel"), STR("canonical"))) {
            note(w, FACT_CANONICAL, attribute_of(element, "href"));
        }
        break;
    case GUMBO_TAG_BASE:
        note(w, FACT_BASE, attribute_of(element, "href"));
        break;
    case GUMBO_TAG_TIME:
        note_time(w, element);
        break;
    case GUMBO_TAG_SCRIPT: {
        str json = inner_text(element);
        if (json.len && json.len <= JSON_LIMIT_LEN &&
            str_equal_ascii_fold(attribute_of(element, "type"), STR("application/ld+json"))) {
            vec_push(NULL, &w->scripts, lasting(w, json));
        }
        break;
    }
    default:
        if (element->attributes.length) {
            note_property(w, element);
        }
        break;
    }
}

/* --- elements --------------------------------------------------------------------------------- */

/* Does the style declare the property with this value? */
static bool declares(str style, str property, str value)
{
    size_t at = str_find(style, property, 0);
    if (at == STR_MISSING || (at > 0 && style.ptr[at - 1] == '-')) {
        return false;
    }
    at += property.len;
    while (at < style.len && (style.ptr[at] == ' ' || style.ptr[at] == ':')) {
        at++;
    }
    return str_starts(str_slice(style, at, style.len), value);
}

static bool is_hidden(str name, str value)
{
    if (str_equal(name, STR("hidden"))) {
        return !str_equal(value, STR("until-found"));
    }
    return str_equal(name, STR("style")) && (declares(value, STR("display"), STR("none")) ||
                                             declares(value, STR("visibility"), STR("hidden")));
}

/* The marks of an element's attributes; hidden ones set *hidden. *class gets the class. */
static uint32_t read_attributes(const GumboElement *element, str *class, bool *hidden)
{
    uint32_t marks = 0;
    for (unsigned i = 0; i < element->attributes.length; i++) {
        const GumboAttribute *attribute = element->attributes.data[i];
        str name = str_from(attribute->name);
        if (str_equal(name, STR("class"))) {
            *class = str_from(attribute->value);
            marks |= html_marks_of(*class);
        } else if (str_equal(name, STR("id")) || str_equal(name, STR("role")) ||
                   str_equal(name, STR("itemprop"))) {
            marks |= html_marks_of(str_from(attribute->value));
        } else if (str_equal(name, STR("hidden")) || str_equal(name, STR("style"))) {
            *hidden = *hidden || is_hidden(name, str_from(attribute->value));
        }
    }
    return marks;
}

static uint32_t signature_of(uint32_t parent, GumboTag tag, str class)
{
    uint64_t hash = str_hash(class) ^ ((uint64_t)tag * 0x9E3779B97F4A7C15u);
    hash ^= (uint64_t)parent * 0xC2B2AE3D27D4EB4Fu;
    return (uint32_t)(hash >> 32) ^ (uint32_t)hash;
}

/* A signature holds tag and class of two levels. */
static uint32_t add_container(struct walk *w, uint32_t parent, GumboTag tag, str class)
{
    uint32_t above = 0;
    if (w->document->containers.count) {
        above = w->document->containers.items[parent].own;
    }
    struct html_container container = {.parent = parent,
                                       .own = signature_of(0, tag, class),
                                       .signature = signature_of(above, tag, class)};
    vec_push(w->arena, &w->document->containers, container);
    return (uint32_t)w->document->containers.count - 1;
}

static void set_marks(struct frame *f, uint32_t marks, bool deeper)
{
    for (size_t i = 0; deeper && i < HTML_MARK_COUNT; i++) {
        f->near[i] += f->near[i] < HTML_FAR;
    }
    for (size_t i = 0; marks; i++, marks >>= 1) {
        if (marks & 1) {
            f->near[i] = 0;
        }
    }
}

/* The node behind this one and what is in it, or its first child, in the order of the page; NULL at
 * the end of `root`. */
static const GumboNode *next_node(const GumboNode *node, const GumboNode *root)
{
    if (node->type == GUMBO_NODE_ELEMENT && node->v.element.children.length) {
        return node->v.element.children.data[0];
    }
    for (; node != root; node = node->parent) {
        const GumboVector *beside = &node->parent->v.element.children;
        if (node->index_within_parent + 1 < beside->length) {
            return beside->data[node->index_within_parent + 1];
        }
    }
    return NULL;
}

#define ROW_NODE_LIMIT 200

/* Cells with a few words each, in one line or some, and not parts of the page that a table puts in
 * their places. Looks at no more nodes than the limit. */
static bool is_data_row(const struct walk *w, const GumboNode *row)
{
    size_t len = 0, nodes = 0, cells = 0;
    for (const GumboNode *node = next_node(row, row); node; node = next_node(node, row)) {
        bool text = node->type == GUMBO_NODE_TEXT;
        const struct element *kind =
            node->type == GUMBO_NODE_ELEMENT ? w->by_tag[node->v.element.tag] : NULL;
        bool cell = kind && kind->role == ROLE_CELL;
        cells += cell;
        len = (cell ? 0 : len) + (text ? str_trim(str_from(node->v.text.text)).len : 0);
        if (++nodes > ROW_NODE_LIMIT || len > CELL_LIMIT_LEN ||
            (kind && kind->role == ROLE_BLOCK)) {
            return false;
        }
    }
    return cells > 1;
}

static void open_element(struct walk *w, const GumboNode *node)
{
    const GumboElement *element = &node->v.element;
    const struct element *kind = w->by_tag[element->tag];
    enum element_role role = kind ? (enum element_role)kind->role : ROLE_INLINE;
    struct frame f = *vec_last(&w->open);
    str class = STR_NONE;
    f.node = node;
    f.child = 0;
    note_facts(w, element);
    if (role == ROLE_BREAK && f.one_line && element->tag == GUMBO_TAG_BR) {
        w->space = w->begun;
    } else if (role == ROLE_BREAK) {
        end_block(w);
        w->broken = element->tag == GUMBO_TAG_BR;
    }
    uint32_t marks = read_attributes(element, &class, &f.hidden);
    if (element->tag == GUMBO_TAG_BODY || element->tag == GUMBO_TAG_HTML) {
        marks = 0;
        f.hidden = false;
    }
    if (kind && kind->mark >= 0) {
        marks |= (uint32_t)1 << kind->mark;
    }
    bool block = role == ROLE_BLOCK || role == ROLE_CELL;
    bool joins = w->begun && (f.one_line || !w->block.after_break) &&
                 w->out.len - w->start <= CELL_LIMIT_LEN;
    if (block && f.ruby) {
        end_ruby(w, vec_last(&w->open));
    }
    if (role == ROLE_CELL && joins) {
        w->cell = true;
    } else if (block) {
        end_block(w);
    }
    if (block) {
        f.container = add_container(w, f.container, element->tag, class);
        f.shape = kind->shape != HTML_OTHER ? kind->shape : f.shape;
        f.pre = f.pre || kind->shape == HTML_PRE;
        f.one_line = (f.shape >= HTML_HEADING_1 && f.shape <= HTML_HEADING) ||
                     (role == ROLE_CELL && f.one_line) ||
                     (element->tag == GUMBO_TAG_TR && is_data_row(w, node));
        f.ruby = f.reading = false;
    }
    f.ruby = f.ruby || element->tag == GUMBO_TAG_RUBY;
    f.reading = f.reading || (role == ROLE_READING && f.ruby);
    if (marks || block) {
        set_marks(&f, marks, block);
    }
    f.skip = f.skip || role == ROLE_SKIP;
    f.link = f.link || element->tag == GUMBO_TAG_A;
    w->block.links += w->begun && element->tag == GUMBO_TAG_A;
    for (size_t i = 0; i < sizeof span_tags / sizeof *span_tags; i++) {
        if (element->tag == span_tags[i].tag) {
            f.spans[span_tags[i].kind] = node;
        }
    }
    f.bold = f.bold || element->tag == GUMBO_TAG_B || element->tag == GUMBO_TAG_STRONG;
    vec_push(NULL, &w->open, f);
}

static void close_element(struct walk *w)
{
    const struct frame *f = vec_last(&w->open);
    const struct element *kind = w->by_tag[f->node->v.element.tag];
    if (kind && kind->role == ROLE_BLOCK) {
        end_block(w);
    }
    if (f->node->v.element.tag == GUMBO_TAG_RUBY && !f->reading) {
        end_ruby(w, f);
    }
    w->link_ended = f->node->v.element.tag == GUMBO_TAG_A;
    if (f->node->v.element.tag == GUMBO_TAG_TIME) {
        w->time = STR_NONE;
    }
    w->open.count--;
}

static void walk_tree(struct walk *w, const GumboNode *root)
{
    struct frame first = {.node = root};
    memset(first.near, HTML_FAR, sizeof first.near);
    vec_push(NULL, &w->open, first);
    add_container(w, 0, GUMBO_TAG_HTML, STR_NONE);
    open_element(w, root);
    while (w->open.count > 1) {
        struct frame *f = vec_last(&w->open);
        const GumboVector *children = &f->node->v.element.children;
        if (f->child == children->length) {
            close_element(w);
            continue;
        }
        const GumboNode *child = children->data[f->child++];
        if (child->type == GUMBO_NODE_ELEMENT || child->type == GUMBO_NODE_TEMPLATE) {
            open_element(w, child);
        } else if (child->type != GUMBO_NODE_COMMENT) {
            add_text(w, child);
        }
    }
    if (w->begun) {
        take_block(w);
    }
}

static void place_texts(struct walk *w)
{
    struct html_document *document = w->document;
    document->text = arena_str(w->arena, buf_str(&w->out));
    size_t at = 0;
    for (size_t i = 0; i < document->blocks.count; i++) {
        str *text = &document->blocks.items[i].text;
        text->ptr = document->text.ptr + at;
        at += text->len + 1;
    }
}

bool html_supported(void)
{
    return true;
}

bool html_read(struct arena *arena, str html, struct html_document *document)
{
    struct walk w = {.arena = arena, .document = document};
    *document = (struct html_document){.text = STR_NONE};
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        w.by_tag[elements[i].tag] = &elements[i];
    }
    html = html_prune(arena, html);
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    GumboOutput *output = gumbo_parse_with_options(&options, html.ptr ? html.ptr : "", html.len);
    walk_tree(&w, output->root);
    /* a page that hides all of its text shows it by a script */
    if (w.hidden_len > 4 * w.out.len) {
        *document = (struct html_document){.text = STR_NONE};
        w.show_hidden = true;
        w.scripts.count = 0;
        w.open.count = 0;
        w.start = 0;
        memset(w.live, 0, sizeof w.live);
        buf_clear(&w.out);
        buf_clear(&w.reading);
        walk_tree(&w, output->root);
    }
    html_note_graphs(arena, w.scripts.items, w.scripts.count, document);
    place_texts(&w);
    gumbo_destroy_output(&options, output);
    vec_done(&w.open);
    vec_done(&w.scripts);
    buf_done(&w.reading);
    buf_done(&w.out);
    return true;
}

#else

bool html_supported(void)
{
    return false;
}

bool html_read(struct arena *arena, str html, struct html_document *document)
{
    (void)arena;
    (void)html;
    *document = (struct html_document){.text = STR_NONE};
    return false;
}

#endif
