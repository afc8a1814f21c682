/* The rows of the table of formats: one pair of functions per format. */
#ifndef INGEST_FORMATS_H
#define INGEST_FORMATS_H

#include "ingest/format.h"

/* Share of NUL bytes above which a file that is no UTF-16 is not text: one in so many. */
#define BINARY_NUL_SHARE 50

bool text_recognises(str bytes);
enum status text_read(struct arena *page_arena, const struct input *input,
                      const struct page_sink *sink, struct error *err);

/* The message of a build without the parser. */
#define HTML_UNSUPPORTED "HTML is not supported by this build (it was made without gumbo)"

bool html_recognises(str bytes);
enum status html_read_file(struct arena *page_arena, const struct input *input,
                           const struct page_sink *sink, struct error *err);

bool jsonl_recognises(str bytes);
enum status jsonl_read(struct arena *page_arena, const struct input *input,
                       const struct page_sink *sink, struct error *err);

#endif
