/* The table of formats: bytes -> pages. A new format is one file format_<name>.c and one row. */
#ifndef INGEST_FORMAT_H
#define INGEST_FORMAT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/status.h"
#include "model/article.h"
#include "text/encoding.h"

/* Limit for one input file, and for one page in it. Bytes. */
#define INPUT_LIMIT_LEN ((size_t)256 << 20)
#define PAGE_LIMIT_LEN ((size_t)16 << 20)

struct feed_item_reader;

/* What came from the outside; all borrowed. */
struct input {
    str path;      /* as shown to the user */
    str bytes;     /* the whole file */
    day published; /* given by the user for all of it, or DAY_UNKNOWN */
    str charset;   /* the encoding's name as the transport states it, or STR_NONE */
    str url;       /* where it was found: what addresses in it are relative to; or STR_NONE */
    bool follows;  /* items without text come as PAGE_LINK, feeds of a list as PAGE_FEED */
    int depth;     /* of containers around it: 0 for a file */
    const struct feed_item_reader *items; /* reads databases (model/feed_item.h); NULL: nobody */
};

/* Gets the pages one by one. The page and all it points to live in the arena given to
 * format_read, which the sink may reset after it has used the page: nothing of an earlier page is
 * needed for the next. A page that cannot be read comes with its path, its error, and page->raw
 * where known. Any status but OK stops the reading and is returned by format_read. */
struct page_sink {
    enum status (*page)(void *context, const struct page *page);
    enum status (*broken)(void *context, str path, const struct error *err);
    /* What the input says that is no page and no fault: note->text, one line, status OK. NULL:
     * nobody listens. */
    enum status (*note)(void *context, const struct error *note);
    void *context;
};

struct format {
    const char *name;       /* "text", "jsonl" */
    const char *extensions; /* ".txt .text" */
    bool page_per_file;     /* one file is one page: its change is a new version */
    bool is_foreign;  /* read by a library or by tables of the system: in a process of its own */
    bool is_decisive; /* what its content shows counts more than the name of the file */
    bool (*recognises)(str bytes); /* by content */
    enum status (*read)(struct arena *page_arena, const struct input *input,
                        const struct page_sink *sink, struct error *err);
};

/* In the order in which they are asked; terminated by an entry with name NULL. */
extern const struct format formats[];

/* The format of an input: content first where it is decisive, name second; NULL when no format
 * takes it. */
const struct format *format_find(str path, str bytes);
/* What browsers save beside a page: pictures, styles, scripts, fonts, sound. By the name's end. */
bool format_is_page_part(str path);
/* The row of that name, or NULL. */
const struct format *format_named(str name);

/* True when a row has this extension: what no row names and no content shows is no page. */
bool format_knows_extension(str path);

/* The encoding of a page's bytes; `charset` (or STR_NONE) counts, then what an HTML page states of
 * itself (encoding_choose). */
enum encoding page_encoding(str bytes, str charset);
/* A page's raw bytes to be looked at: UTF-8, without what was put before them to keep them. */
str page_shown(struct arena *arena, str raw);

/* Reads all pages of an input. `page_arena` is reset by format_read before each page. BAD_INPUT
 * when no format takes it, with the path and the known formats in the message. */
enum status format_read(struct arena *page_arena, const struct input *input,
                        const struct page_sink *sink, struct error *err) MUST_CHECK;

#endif
