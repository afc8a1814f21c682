/* layers: base */
/* How fast the program imports the same pages as files, as one crawl (WARC) and as that crawl
 * packed record by record (.warc.gz): bench_import [COUNT]
 *
 * Makes COUNT pages (5,000 without one) in a folder of its own below the working folder, runs the
 * real program (DOSSIER_BINARY) over each form of them, and prints pages per second of the clock
 * and per second of computing, that of its parsers included, and both as shares of the rate of
 * files. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "base/buf.h"
#include "support/random.h"

enum { PAGE_COUNT = 5000, SITE_COUNT = 12, PARAGRAPH_COUNT = 9, PATH_LEN = 256 };

static const char *const given[] = {"Greta", "Tom",   "Anna", "Karim", "Leila",
                                    "Jonas", "Pedro", "Mira", "Omar",  "Ingrid"};
static const char *const family[] = {"Holm",   "Reyes", "Weir",  "Nasser", "Amin",
                                     "Ekman",  "Silva", "Kovac", "Haddad", "Solberg",
                                     "Brandt", "Ozols", "Diaz",  "Conti",  "Serra"};
static const char *const places[] = {"Kiel",  "Oslo",   "Cairo", "Riga",  "Lisbon",
                                     "Tunis", "Zagreb", "Turin", "Ghent", "Bergen"};
static const char *const days[] = {"on Monday",        "last Friday",           "on 4 March 2024",
                                   "two weeks before", "in the summer of 2019", "on Tuesday night"};
static const char *const nouns[] = {"harbour", "council",  "report", "bridge", "minister", "night",
                                    "letter",  "contract", "court",  "winter", "company",  "road",
                                    "tower",   "school",   "ferry",  "answer", "question", "mill"};
static const char *const verbs[] = {"was shown to", "had been kept from", "was built for",
                                    "came before",  "was paid by",        "stood beside",
                                    "belonged to",  "was promised to",    "cost more than"};

#define PICK(random, list) (list)[random_below((random), sizeof(list) / sizeof *(list))]

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "bench_import: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* ---- pages --------------------------------------------------------------------------------- */

static void add_sentence(struct buf *out, struct random *random)
{
    if (random_below(random, 3) == 0)
        buf_format(out, "%s %s said in %s %s that the %s %s the %s. ", PICK(random, given),
                   PICK(random, family), PICK(random, places), PICK(random, days),
                   PICK(random, nouns), PICK(random, verbs), PICK(random, nouns));
    else
        buf_format(out, "The %s of the %s %s the %s, and the %s %s the %s %zu of the %s. ",
                   PICK(random, nouns), PICK(random, nouns), PICK(random, verbs),
                   PICK(random, nouns), PICK(random, nouns), PICK(random, verbs),
                   PICK(random, nouns), random_below(random, 1000), PICK(random, nouns));
}

static void add_menu(struct buf *out, size_t site, const char *kind, size_t count)
{
    buf_format(out, "<%s><ul>", kind);
    for (size_t i = 0; i < count; i++)
        buf_format(out,
                   "<li class=\"item-%zu\"><a href=\"/section/%zu/%zu\">The %s page</a></li>\n", i,
                   site, i, nouns[(site + i) % (sizeof nouns / sizeof *nouns)]);
    buf_format(out, "</ul></%s>", kind);
}

/* A story among menus, scripts and teasers; no two are the same. */
static void make_page(struct buf *out, size_t number)
{
    struct random random = {.state = number};
    size_t site = number % SITE_COUNT;
    buf_clear(out);
    buf_format(
        out,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>The %s and the "
        "%s of %s, part %zu</title><meta property=\"og:site_name\" content=\"The %zu Post\">"
        "<meta property=\"article:published_time\" content=\"2024-%02zu-%02zuT08:00:00Z\">"
        "</head><body><script>",
        PICK(&random, nouns), PICK(&random, nouns), PICK(&random, places), number, site,
        1 + number % 12, 1 + number % 28);
    for (size_t i = 0; i < 60; i++)
        buf_format(out, "window.settings_%zu = {\"a\": [%zu, \"x < y\"]};\n", i, i * number);
    buf_add(out, STR("</script>"));
    add_menu(out, site, "nav", 30);
    buf_format(out, "<main><article class=\"story-body\"><h1>The story of %s, part %zu</h1>",
               PICK(&random, places), number);
    for (size_t i = 0; i < PARAGRAPH_COUNT; i++) {
        buf_add(out, STR("<p class=\"text\">"));
        for (size_t k = 0; k < 4; k++)
            add_sentence(out, &random);
        buf_add(out, STR("</p>\n"));
    }
    buf_add(out, STR("</article></main>"));
    add_menu(out, site, "footer", 40);
    buf_add(out, STR("</body></html>"));
}

static void make_record(struct buf *out, size_t number, str page)
{
    struct buf http = BUF_INIT;
    buf_format(&http, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n%.*s",
               STR_ARG(page));
    buf_clear(out);
    buf_format(
        out,
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post-%zu.example/%zu\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-%012zu>\r\n"
        "Content-Type: application/http; msgtype=response\r\nContent-Length: %zu\r\n\r\n",
        number % SITE_COUNT, number, number, http.len);
    buf_add(out, buf_str(&http));
    buf_add(out, STR("\r\n\r\n"));
    buf_done(&http);
}

static void write_file(const char *path, str bytes)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes.ptr, 1, bytes.len, file) != bytes.len || fclose(file) != 0)
        fail(path);
}

static void name_page(char path[PATH_LEN], size_t number)
{
    (void)snprintf(path, PATH_LEN, "pages/%06zu.html", number);
}

/* Every form of the pages, in the working folder, and none of an earlier, longer run. */
static void make_forms(size_t count)
{
    struct buf page = BUF_INIT, record = BUF_INIT;
    char path[PATH_LEN];
    FILE *crawl = fopen("pages.warc", "wb");
    gzFile packed = gzopen("pages.warc.gz", "wb");
    if (!crawl || !packed || (mkdir("pages", 0700) != 0 && errno != EEXIST))
        fail("pages");
    for (size_t i = 0; i < count; i++) {
        name_page(path, i);
        make_page(&page, i);
        write_file(path, buf_str(&page));
        make_record(&record, i, buf_str(&page));
        if (fwrite(record.ptr, 1, record.len, crawl) != record.len ||
            gzwrite(packed, record.ptr, (unsigned)record.len) != (int)record.len ||
            gzflush(packed, Z_FINISH) != Z_OK) /* a member for each record, as crawlers do */
            fail("pages.warc");
    }
    if (fclose(crawl) != 0 || gzclose(packed) != Z_OK)
        fail("pages.warc");
    size_t next = count;
    do
        name_page(path, next++);
    while (unlink(path) == 0);
    buf_done(&page);
    buf_done(&record);
}

/* ---- importing ----------------------------------------------------------------------------- */

struct rate {
    double wall, computing; /* seconds */
};

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double wall(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct rate import(const char *binary, const char *form)
{
    char dossier[PATH_LEN];
    struct rusage before, after;
    int ending = 0;
    (void)snprintf(dossier, sizeof dossier, "%s.dossier", form);
    (void)unlink(dossier);
    (void)getrusage(RUSAGE_CHILDREN, &before);
    double began = wall();
    pid_t child = fork();
    if (child == 0) {
        execl(binary, binary, "-f", dossier, "import", form, (char *)NULL);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &ending, 0) != child || ending != 0)
        fail(form);
    struct rate rate = {.wall = wall() - began};
    (void)getrusage(RUSAGE_CHILDREN, &after);
    rate.computing = seconds(after.ru_utime) + seconds(after.ru_stime) - seconds(before.ru_utime) -
                     seconds(before.ru_stime);
    return rate;
}

int main(int argc, char **argv)
{
    static const char *const forms[] = {"pages", "pages.warc", "pages.warc.gz"};
    const char *binary = getenv("DOSSIER_BINARY");
    size_t count = argc > 1 ? strtoul(argv[1], NULL, 10) : PAGE_COUNT;
    struct rate files = {0, 0};
    if (!binary || !count || (mkdir("bench_import", 0700) != 0 && errno != EEXIST) ||
        chdir("bench_import") != 0)
        fail("DOSSIER_BINARY=…/dossier bench_import [COUNT]");
    make_forms(count);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct rate rate = import(binary, forms[i]);
        files = i ? files : rate;
        printf("%-14s %6.0f pages a second (%3.0f %%), %6.0f a second of computing (%3.0f %%)\n",
               forms[i], (double)count / rate.wall, 100 * files.wall / rate.wall,
               (double)count / rate.computing, 100 * files.computing / rate.computing);
        (void)fflush(stdout);
    }
    return 0;
}
