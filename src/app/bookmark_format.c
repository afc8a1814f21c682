#include "app/bookmark_format.h"

#include <string.h>

#include "app/article_json.h"
#include "app/label.h"
#include "app/markdown.h"
#include "app/report.h"
#include "text/gate.h"
#include "text/url.h"
#include "text/utf8.h"
#include "text/width.h"

enum { HEADING_COLUMNS = 60 };

str bookmark_address(const struct bookmark_row *row)
{
    return row->url.len ? row->url : row->path;
}

/* "Outlet, 2024-08-05" */
static void add_source(struct buf *out, const struct bookmark_row *row)
{
    if (row->site.len)
        buf_format(out, "%.*s, ", STR_ARG(row->site));
    label_publication(out, &row->published);
}

/* ---- Markdown (CommonMark) ------------------------------------------------------------------ */

static void begin_nothing(struct buf *out)
{
    (void)out;
}

static void add_markdown(struct buf *out, const struct bookmark_row *row, bool new_article)
{
    const struct bookmark *bookmark = &row->bookmark;
    if (new_article) {
        struct buf source = BUF_INIT;
        add_source(&source, row);
        markdown_add(out, label_title(row->title, row->path), "## ");
        buf_add_byte(out, '\n');
        markdown_add(out, buf_str(&source), "");
        markdown_add(out, bookmark_address(row), "");
        buf_add_byte(out, '\n');
        buf_done(&source);
    }
    markdown_add(out, bookmark->quote, "> ");
    buf_add_byte(out, '\n');
    if (bookmark->note.len) {
        markdown_add(out, bookmark->note, "");
        buf_add_byte(out, '\n');
    }
    if (bookmark->tags.len) {
        markdown_add(out, bookmark->tags, "Tags: ");
        buf_add_byte(out, '\n');
    }
}

/* ---- Org ------------------------------------------------------------------------------------ */

/* Lines of a block; those that Org would read as its own get a comma in front, as it does. */
static void add_block(struct buf *out, str text)
{
    struct buf safe = BUF_INIT;
    str line;
    gate_add(&safe, text, GATE_MANY_LINES);
    for (str rest = buf_str(&safe); str_next_line(&rest, &line);) {
        if (line.len && strchr("*#,", line.ptr[0]))
            buf_add_byte(out, ',');
        buf_format(out, "%.*s\n", STR_ARG(line));
    }
    buf_done(&safe);
}

/* One line after "** " or the like; marks of links and drawers have no meaning there. */
static void add_line(struct buf *out, str text, int columns)
{
    struct buf safe = BUF_INIT;
    int used = 0;
    gate_add(&safe, text, GATE_ONE_LINE);
    buf_add(out, columns ? width_clip(buf_str(&safe), columns, &used) : buf_str(&safe));
    buf_done(&safe);
}

/* ":one:two:"; what a tag of Org cannot have becomes _. */
static void add_org_tags(struct buf *out, str tags)
{
    str word;
    buf_add(out, STR(" :"));
    while (tags.ptr && str_next(&tags, ' ', &word)) {
        struct buf safe = BUF_INIT;
        gate_add(&safe, word, GATE_ONE_LINE);
        for (size_t i = 0; i < safe.len; i++)
            buf_add_byte(out,
                         strchr("!\"$&'()*+,-./:;<=>?[\\]^`{|}~", safe.ptr[i]) ? '_' : safe.ptr[i]);
        if (safe.len)
            buf_add_byte(out, ':');
        buf_done(&safe);
    }
}

static void add_org(struct buf *out, const struct bookmark_row *row, bool new_article)
{
    const struct bookmark *bookmark = &row->bookmark;
    if (new_article) {
        buf_add(out, STR("* "));
        add_line(out, label_title(row->title, row->path), 0);
        buf_add(out, STR("\n:PROPERTIES:\n:SOURCE: "));
        add_line(out, bookmark_address(row), 0);
        buf_add(out, STR("\n:FROM: "));
        struct buf source = BUF_INIT;
        add_source(&source, row);
        add_line(out, buf_str(&source), 0);
        buf_done(&source);
        buf_add(out, STR("\n:END:\n"));
    }
    buf_add(out, STR("** "));
    add_line(out, bookmark->quote, HEADING_COLUMNS);
    if (bookmark->tags.len)
        add_org_tags(out, bookmark->tags);
    buf_add(out, STR("\n:PROPERTIES:\n:CREATED: "));
    label_instant(out, bookmark->created);
    buf_format(out, "\n:STATE: %s\n:END:\n#+begin_quote\n", anchor_state_name(bookmark->state));
    add_block(out, bookmark->quote);
    buf_add(out, STR("#+end_quote\n"));
    if (bookmark->note.len)
        add_block(out, bookmark->note);
}

const struct bookmark_format bookmark_formats[] = {
    {OPTION_MARKDOWN, begin_nothing, add_markdown},
    {OPTION_ORG, begin_nothing, add_org},
    {OPTION_COUNT, NULL, NULL},
};

/* ---- Web Annotations ------------------------------------------------------------------------ */

static void add_body(struct json *json, str text, const char *purpose)
{
    json_object_begin(json);
    json_field(json, "type", STR("TextualBody"));
    json_field(json, "value", text);
    json_field(json, "format", STR("text/plain"));
    json_field(json, "purpose", str_from(purpose));
    json_object_end(json);
}

static void add_bodies(struct json *json, const struct bookmark *bookmark)
{
    str tags = bookmark->tags, tag;
    json_name(json, "body");
    json_array_begin(json);
    if (bookmark->note.len)
        add_body(json, bookmark->note, "commenting");
    while (tags.ptr && str_next(&tags, ' ', &tag))
        if (tag.len)
            add_body(json, tag, "tagging");
    json_array_end(json);
}

static void add_target(struct json *json, const struct bookmark_row *row, str text)
{
    const struct bookmark *bookmark = &row->bookmark;
    json_name(json, "target");
    json_object_begin(json);
    json_field(json, "source", bookmark_address(row));
    json_name(json, "selector");
    json_array_begin(json);
    json_object_begin(json);
    json_field(json, "type", STR("TextQuoteSelector"));
    json_field(json, "exact", bookmark->quote);
    json_field(json, "prefix", bookmark->prefix);
    json_field(json, "suffix", bookmark->suffix);
    json_object_end(json);
    if (anchor_holds(bookmark->state)) {
        struct point_counter counter = {.text = text};
        json_object_begin(json);
        json_field(json, "type", STR("TextPositionSelector"));
        json_field_number(json, "start", point_count(&counter, bookmark->start));
        json_field_number(json, "end", point_count(&counter, bookmark->end));
        json_object_end(json);
    }
    json_array_end(json);
    json_object_end(json);
}

void bookmark_add_annotation(struct json *json, const struct bookmark_row *row, str text)
{
    const struct bookmark *bookmark = &row->bookmark;
    struct buf created = BUF_INIT;
    label_instant(&created, bookmark->created);
    json_field(json, "@context", STR("http://www.w3.org/ns/anno.jsonld"));
    json_field(json, "type", STR("Annotation"));
    json_field(json, "motivation", STR("bookmarking"));
    json_field(json, "created", buf_str(&created));
    add_bodies(json, bookmark);
    add_target(json, row, text);
    json_field_number(json, "number", bookmark->id);
    json_field_number(json, "article", bookmark->article);
    json_field_or_null(json, "title", row->title);
    json_field_or_null(json, "site", row->site);
    json_field_or_null(json, "path", row->path);
    report_json_publication(json, &row->published);
    json_field(json, "state", str_from(anchor_state_name(bookmark->state)));
    json_field_number(json, "score", bookmark->score);
    buf_done(&created);
}
