/* layers: base text model ingest */
/* How fast pages are cleaned: bench_clean [PAGE.html…]
 *
 * Without arguments on pages it makes itself: a story among menus, teasers and scripts, as HTML and
 * as its plain-text dump. Prints pages and MB per second of one core, and for HTML the time beside
 * that of the parser alone. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "ingest/clean.h"
#include "ingest/cleaner.h"
#include "text/encoding.h"
#ifdef HAVE_GUMBO
#include <gumbo.h>
#endif

#define PAGE_COUNT 60

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static const char *const words[] = {
    "the",     "of",     "and",  "to",       "in",     "harbour", "council", "was",    "report",
    "that",    "bridge", "said", "minister", "for",    "it",      "on",      "night",  "workers",
    "between", "were",   "with", "before",   "letter", "answer",  "first",   "winter", "year"};

static void add_sentence(struct buf *out, unsigned seed)
{
    for (unsigned i = 0; i < 14 + seed % 9; i++) {
        const char *word = words[(seed * 7 + i * i * 3 + i) % (sizeof words / sizeof *words)];
        buf_format(out, "%s%c%s", i ? " " : "", i ? word[0] : word[0] - 32, word + 1);
    }
    buf_add(out, STR(". "));
}

static void add_items(struct buf *out, unsigned count, unsigned seed, bool html)
{
    for (unsigned i = 0; i < count; i++) {
        const char *word = words[(seed + i * 5) % (sizeof words / sizeof *words)];
        if (html)
            buf_format(out,
                       "<li class=\"menu-item level-%u\"><a href=\"/section/%s/%u?from=menu\" "
                       "data-track=\"nav-%u\"><span>The %s</span></a></li>\n",
                       i % 3, word, i, i, word);
        else
            buf_format(out, "The %s\n", word);
    }
}

static void make_page(struct buf *out, unsigned seed, bool html)
{
    buf_format(out,
               html ? "<!doctype html><html lang=\"en\"><head><title>Page %u of the harbour "
                      "story | The Example</title><meta charset=\"utf-8\"></head><body>"
                    : "Page %u of the harbour story | The Example\n",
               seed);
    for (unsigned i = 0; html && i < 600; i++)
        buf_format(out, "%swindow.settings_%u = {\"a\": [%u, \"x < y\"]};\n%s",
                   i % 100 ? "" : "<script>", i, i * seed, i % 100 == 99 ? "</script>" : "");
    buf_add(out, html ? STR("<nav class=\"main-menu\"><ul>\n") : STR(""));
    add_items(out, 90, seed, html);
    buf_format(out,
               html ? "</ul></nav><main><article class=\"story-body\"><h1>Page %u of the "
                      "harbour story</h1>\n"
                    : "Page %u of the harbour story\n",
               seed);
    for (unsigned i = 0; i < 30; i++) {
        buf_add(out, html ? STR("<div class=\"paragraph-wrapper\"><p class=\"text\">") : STR(""));
        for (unsigned k = 0; k < 4; k++)
            add_sentence(out, seed + i * 4 + k);
        buf_add(out,
                html ? STR("<em>It was late.</em> See <a href=\"/x\">the letter</a>.</p></div>\n")
                     : STR("It was late. See the letter.\n"));
    }
    buf_add(out, html ? STR("</article></main><aside class=\"related\"><ul>\n") : STR(""));
    add_items(out, 120, seed + 3, html);
    buf_add(out, html ? STR("</ul></aside><footer><p>Terms of use</p></footer></body></html>")
                      : STR("Terms of use\n"));
}

static double parse_only(str html)
{
#ifdef HAVE_GUMBO
    double start = now();
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    GumboOutput *output = gumbo_parse_with_options(&options, html.ptr, html.len);
    gumbo_destroy_output(&options, output);
    return now() - start;
#else
    (void)html;
    return 0;
#endif
}

struct totals {
    double cleaning, parsing, guarding, reading;
    size_t pages, bytes;
};

static void measure(const struct clean_rules *rules, str body, bool html, struct totals *totals)
{
    struct arena arena = {0};
    struct article article;
    struct html_document document;
    struct page page = {.path = STR("page"),
                        .raw = body,
                        .published = DAY_UNKNOWN,
                        .kind = html ? PAGE_HTML : PAGE_DUMP,
                        .body = body};
    double start = now();
    if (html && html_guard(body))
        return;
    totals->guarding += now() - start;
    if (html) {
        start = now();
        html_read(&arena, body, &document);
        totals->reading += now() - start;
        totals->parsing += parse_only(body);
    }
    start = now();
    clean_page(&arena, rules, NULL, &page, &article);
    totals->cleaning += now() - start;
    totals->pages++;
    totals->bytes += body.len;
    arena_done(&arena);
}

static void tell(const char *what, const struct totals *t)
{
    printf("%s: %zu pages, %.0f pages/s, %.1f MB/s", what, t->pages, (double)t->pages / t->cleaning,
           (double)t->bytes / 1e6 / t->cleaning);
    if (t->parsing > 0)
        printf("; %.2f times the parser's %.3f s (limits %.3f s, parser and blocks %.3f s)",
               t->cleaning / t->parsing, t->parsing, t->guarding, t->reading);
    printf("\n");
}

int main(int argc, char **argv)
{
    struct clean_rules *rules = NULL;
    struct error err;
    struct totals html = {0}, dump = {0};
    if (clean_rules_open(DATA_DIR "/rules", &rules, &err) != STATUS_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    for (int i = 1; i < argc; i++) {
        struct arena arena = {0};
        str bytes;
        if (file_read(&arena, argv[i], (size_t)64 << 20, &bytes, &err) == STATUS_OK)
            measure(rules, encoding_to_utf8(&arena, bytes, encoding_detect(bytes)), true, &html);
        arena_done(&arena);
    }
    for (unsigned i = 0; argc == 1 && i < PAGE_COUNT; i++) {
        struct buf page = BUF_INIT;
        make_page(&page, i, true);
        measure(rules, buf_str(&page), true, &html);
        buf_clear(&page);
        make_page(&page, i, false);
        measure(rules, buf_str(&page), false, &dump);
        buf_done(&page);
    }
    tell("HTML", &html);
    if (dump.pages)
        tell("dump", &dump);
    clean_rules_close(rules);
    return 0;
}
