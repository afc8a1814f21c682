/* Foreign formats are read in processes of their own: this program started again as `dossier parse
 * --worker-fd N`, with no access to files or network, a limit on memory, and one on computing time
 * for each page. When such a process dies, the page that it was given has failed, and the next one
 * goes to a new process. Plain text is read here.
 *
 * The processes start when they are first needed and live until parser_free. A parser belongs to
 * one thread. */
#ifndef APP_PARSER_H
#define APP_PARSER_H

#include "ingest/clean.h"
#include "ingest/format.h"

/* For one page: seconds of computing, seconds until its answer is there, bytes of memory. */
enum { PARSER_CPU_SECONDS = 10, PARSER_WALL_SECONDS = 60 };
#define PARSER_MEMORY_LIMIT_LEN ((size_t)1 << 30)

struct parser;

/* `program` (environment->program) must live as long as the parser. Nothing is started yet. */
struct parser *parser_new(const char *program);
/* Ends the processes. NULL is nothing to do. */
void parser_free(struct parser *parser);

/* As format_read, for a format that was found already; NULL gives format_read's message. The sink
 * may use the parser to clean. BAD_INPUT or TOO_LARGE when the reading died: pages that came before
 * stay read. IO when no process can be started. */
enum status parser_read(struct parser *parser, const struct format *format,
                        struct arena *page_arena, const struct input *input,
                        const struct page_sink *sink, struct error *err) MUST_CHECK;

/* As clean_page. BAD_INPUT or TOO_LARGE, with the page's path and what to do in the message, when
 * the cleaning died of the page; IO when no process can be started. */
enum status parser_clean(struct parser *parser, struct arena *arena,
                         const struct clean_rules *rules, const struct clean_overrides *overrides,
                         const struct page *page, struct article *article,
                         struct error *err) MUST_CHECK;

/* The other side: answers on the descriptor until it is closed. */
void parser_serve(int descriptor, const struct clean_rules *rules);

#endif
