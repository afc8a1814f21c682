/* The rows of the table of formats: one pair of functions per format. */
#ifndef INGEST_FORMATS_H
#define INGEST_FORMATS_H

#include "ingest/format.h"

/* Shares of NUL bytes above which what is no UTF-16 is not text, and of control bytes that are no
 * space above which it is no page: one in so many. A dump may have come from a terminal. */
enum { BINARY_NUL_SHARE = 50, BINARY_CONTROL_SHARE = 20 };
bool bytes_are_binary(str bytes, enum encoding encoding);

/* Hands the sink "path: what" as the reason why nothing more comes from this input. */
enum status input_refuse(const struct input *input, const struct page_sink *sink,
                         enum status reason, const char *what);

/* Tells the sink "path: what", which is no fault. */
enum status input_note(const struct input *input, const struct page_sink *sink, const char *what);

/* A page kept with what the container around it said (member.h). */
bool record_recognises(str bytes);
enum status record_read(struct arena *page_arena, const struct input *input,
                        const struct page_sink *sink, struct error *err);

bool text_recognises(str bytes);
enum status text_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err);

/* The message of a build without the parser. */
#define HTML_UNSUPPORTED "HTML is not supported by this build (it was made without gumbo)"

bool html_recognises(str bytes);
enum status html_read_file(struct arena *page_arena, const struct input *input,
                           const struct page_sink *sink, struct error *err);

#define JSON_UNSUPPORTED "JSON is not supported by this build (it was made without jansson)"

bool jsonfeed_recognises(str bytes);
enum status jsonfeed_read(struct arena *page_arena, const struct input *input,
                          const struct page_sink *sink, struct error *err);

/* One article of a JSON file, as it is kept. */
bool object_recognises(str bytes);
enum status object_read(struct arena *page_arena, const struct input *input,
                        const struct page_sink *sink, struct error *err);
bool json_recognises(str bytes);
/* True for one object on one line that is no article but holds an array of them. */
bool json_wraps(str bytes);
enum status json_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err);

bool jsonl_recognises(str bytes);
enum status jsonl_read(struct arena *page_arena, const struct input *input,
                       const struct page_sink *sink, struct error *err);

#define ARCHIVE_UNSUPPORTED                                                                        \
    "archives are not supported by this build (it was made without libarchive)"

bool archive_recognises(str bytes);
enum status archive_read_pages(struct arena *page_arena, const struct input *input,
                               const struct page_sink *sink, struct error *err);

bool warc_recognises(str bytes);
enum status warc_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err);

bool epub_recognises(str bytes);
enum status epub_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err);

bool newsboat_recognises(str bytes);
enum status newsboat_read(struct arena *page_arena, const struct input *input,
                          const struct page_sink *sink, struct error *err);

bool mail_recognises(str bytes);
enum status mail_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err);

bool markdown_supported(void);
bool markdown_recognises(str bytes);
enum status markdown_read(struct arena *page_arena, const struct input *input,
                          const struct page_sink *sink, struct error *err);

/* RSS 0.9 to 2.0 and Atom. */
#define XML_UNSUPPORTED "XML is not supported by this build (it was made without libxml2)"

bool opml_recognises(str bytes);
enum status opml_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err);

bool feed_recognises(str bytes);
enum status feed_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err);

#endif
