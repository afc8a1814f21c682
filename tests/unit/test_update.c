/* layers: base text model ingest analyse store tui app */
/* Addresses over a real network of one machine: the program itself fetches from a server of the
 * test's own. */
#include "support/folder.h"
#include "support/web_server.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <zlib.h>

#include "base/file.h"
#include "ingest/fetch.h"
#include "store/store.h"

struct place {
    char path[FOLDER_PATH_LEN];
    struct web_server server;
    struct buf output; /* of the last run, standard output and error */
    struct arena arena;
};

static int enter(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    if (!place)
        return 1;
    *state = place;
    if (!folder_enter(place->path) || mkdir("config", 0700) != 0 ||
        mkdir("config/dossier", 0700) != 0)
        return 1;
    web_start(&place->server);
    return 0;
}

static int leave(void **state)
{
    struct place *place = *state;
    web_stop(&place->server);
    buf_done(&place->output);
    arena_done(&place->arena);
    bool failed = !folder_leave(place->path);
    free(place);
    return failed;
}

/* ---- the program --------------------------------------------------------------------------- */

static void write_config(const char *text)
{
    struct error err;
    assert_int_equal(file_replace("config/dossier/config", str_from(text), &err), STATUS_OK);
}

/* `dossier WORD -f d.dossier WORD…`; NULL after the last. `~` at the beginning of one
 * becomes the server's address. */
static pid_t start(struct place *place, int output, const char *const *words)
{
    const char *arguments[32] = {getenv("DOSSIER_BINARY"), words[0], "-f", "d.dossier"};
    size_t count = 4;
    for (size_t i = 1; words[i]; i++) {
        str word = str_from(words[i]);
        arguments[count++] = words[i][0] == '~'
                                 ? arena_format(&place->arena, "http://127.0.0.1:%d%s",
                                                place->server.port, words[i] + 1)
                                       .ptr
                                 : arena_str(&place->arena, word).ptr;
    }
    pid_t child = fork();
    assert_true(child >= 0);
    if (child > 0)
        return child;
    int input = open("/dev/null", O_RDONLY);
    (void)setenv("XDG_CONFIG_HOME", arena_format(&place->arena, "%s/config", place->path).ptr, 1);
    (void)setenv("HOME", place->path, 1);
    (void)setenv("DOSSIER_DATA", DATA_DIR, 1);
    (void)setenv("no_proxy", "*", 1);
    if (dup2(input, 0) == 0 && dup2(output, 1) == 1 && dup2(output, 2) == 2)
        execv(arguments[0], (char *const *)(uintptr_t)arguments);
    _exit(127);
}

static int status_of(pid_t child)
{
    int ending = 0;
    assert_int_equal(waitpid(child, &ending, 0), child);
    return WIFEXITED(ending) ? WEXITSTATUS(ending) : 128 + WTERMSIG(ending);
}

/* Runs it to the end; what it printed is in place->output, the server's address as ~. */
static int run(struct place *place, const char *const *words)
{
    char own[64];
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fcntl(ends[0], F_SETFD, FD_CLOEXEC), 0);
    pid_t child = start(place, ends[1], words);
    (void)close(ends[1]);
    struct buf raw = BUF_INIT;
    for (ssize_t len = 1; len > 0; raw.len += len > 0 ? (size_t)len : 0)
        len = read(ends[0], buf_reserve(&raw, 4096), 4096);
    (void)close(ends[0]);
    (void)snprintf(own, sizeof own, "http://127.0.0.1:%d", place->server.port);
    buf_clear(&place->output);
    str rest = buf_str(&raw);
    for (size_t at; (at = str_find(rest, str_from(own), 0)) != STR_MISSING;) {
        buf_add(&place->output, str_slice(rest, 0, at));
        buf_add_byte(&place->output, '~');
        rest = str_slice(rest, at + strlen(own), rest.len);
    }
    buf_add(&place->output, rest);
    buf_done(&raw);
    return status_of(child);
}
#define RUN(place, ...) run((place), (const char *const[]){__VA_ARGS__, NULL})

#define assert_status(expected, place, ...)                                                        \
    do {                                                                                           \
        int status_ = RUN((place), __VA_ARGS__);                                                   \
        if (status_ != (expected))                                                                 \
            fail_msg("status %d, not %d:\n%s", status_, (expected), buf_c(&(place)->output));      \
    } while (0)

static void assert_said(struct place *place, const char *text)
{
    if (!strstr(buf_c(&place->output), text))
        fail_msg("not said: %s\nbut:\n%s", text, buf_c(&place->output));
}

static void assert_unsaid(struct place *place, const char *text)
{
    if (strstr(buf_c(&place->output), text))
        fail_msg("said: %s\nin:\n%s", text, buf_c(&place->output));
}

static void assert_silent(struct place *place)
{
    assert_string_equal(buf_c(&place->output), "");
}

/* The address that an article was found under, without the server's. */
static void assert_address(struct place *place, int64_t number, const char *path)
{
    struct store *store = NULL;
    struct stored_article stored;
    struct error err = {0};
    if (store_open("d.dossier", STORE_READ_ONLY, &store, &err) != STATUS_OK ||
        store_get_article(store, &place->arena, number, &stored, &err) != STATUS_OK)
        fail_msg("%s", err.text);
    assert_string_equal(
        stored.article.url.ptr,
        arena_format(&place->arena, "http://127.0.0.1:%d%s", place->server.port, path).ptr);
    store_close(store);
}

static size_t line_count(const struct place *place)
{
    size_t count = 0;
    str rest = buf_str(&place->output), line;
    while (str_next_line(&rest, &line))
        count++;
    return count;
}

/* ---- pages --------------------------------------------------------------------------------- */

#define HTML "Content-Type: text/html; charset=utf-8\r\n"
#define RSS "Content-Type: application/rss+xml\r\n"
#define ARTICLE(title, words)                                                                      \
    "<!doctype html><html><head><title>" title "</title></head><body><article><h1>" title "</h1>"  \
    "<p>Lena Brandt said in Hamburg on March 4, 2024 that " words " was found in the harbour by "  \
    "the crew of a tug, and that the police would look into it with all the means they have.</p>"  \
    "<p>The mayor, Jan Petersen, thanked the crew and promised a report before the end of the "    \
    "month. It will be read out in the town hall, where everybody can ask questions about it.</p>" \
    "</article></body></html>"
/* Long enough to be taken for a whole article. */
#define LONG_TEXT "<p>It was a long day in the harbour of Hamburg, and nobody went home early.</p>"
#define FOUR(text) text text text text

static void put_page(struct place *place, const char *path, str body)
{
    web_put(&place->server, path, 200, HTML, body);
}

static void a_page_comes_by_its_address(void **state)
{
    struct place *place = *state;
    web_put(&place->server, "/short", 301, "Location: /moved\r\n", STR(""));
    web_put(&place->server, "/moved", 302, "Location: ~/news/boat.html?x=1\r\n", STR(""));
    web_put(&place->server, "/news/boat.html?x=1", 200, HTML "ETag: \"one\"\r\n",
            STR(ARTICLE("The boat", "a <a href='../crew.html'>blue boat</a>")));
    assert_status(0, place, "import", "~/short");
    assert_said(place, "1 imported, 0 unchanged, 0 failed");
    assert_status(0, place, "show", "1", "--json");
    assert_address(place, 1, "/news/boat.html?x=1");
    assert_said(place, "~/crew.html"); /* relative to where it was found */
    assert_said(place, "a blue boat was found");
    assert_status(0, place, "sources", "--tsv");
    assert_said(place, "1\t~/short\tThe boat\t1\t0\t");
    assert_non_null(strstr(place->server.pages[2].asked, "User-Agent: dossier/"));

    int bodies = place->server.pages[2].bodies;
    assert_status(0, place, "update", "-q");
    assert_silent(place);
    assert_int_equal(place->server.pages[2].bodies, bodies); /* 304 */
    assert_int_equal(place->server.pages[2].hits, 2);
    assert_status(0, place, "update");
    assert_said(place, "0 imported, 1 unchanged, 0 failed");
}

static void only_import_makes_a_dossier(void **state)
{
    struct place *place = *state;
    assert_status(2, place, "update", "-q");
    assert_said(place, "dossier: d.dossier: there is no dossier yet");
    assert_status(2, place, "sources", "remove", "1");
    assert_int_equal(access("d.dossier", F_OK), -1);
}

static void only_another_body_is_another_version(void **state)
{
    struct place *place = *state;
    put_page(place, "/page", STR(ARTICLE("The boat", "a blue boat")));
    assert_status(0, place, "import", "~/page");
    assert_status(0, place, "update");
    assert_said(place, "0 imported, 1 unchanged, 0 failed");
    put_page(place, "/page", STR(ARTICLE("The boat", "a green boat")));
    assert_status(0, place, "update");
    assert_said(place, "0 imported, 1 changed, 0 unchanged, 0 failed");
    assert_status(0, place, "search", "green boat");
    assert_status(0, place, "list");
    assert_int_equal(line_count(place), 1);
}

static void the_transports_charset_counts(void **state)
{
    struct place *place = *state;
    web_put(&place->server, "/latin", 200, "Content-Type: text/html; charset=\"iso-8859-1\"\r\n",
            STR("<title>Caf\xe9</title><p>Fran\xe7ois Hollande said in Orl\xe9"
                "ans that the caf\xe9 would be closed for the whole of the winter.</p>"));
    /* What the page says of itself is wrong, what the server says is right. */
    web_put(&place->server, "/liar", 200, "Content-Type: text/html; charset=utf-8\r\n",
            STR("<!doctype html><meta charset=iso-8859-1><title>Ort</title><p>Die Fähre nach "
                "Föhr fährt am Montag nicht, wie die Reederei in Wyk auf Föhr mitteilte.</p>"));
    assert_status(0, place, "import", "~/latin", "~/liar");
    assert_status(0, place, "show", "1");
    assert_said(place, "François Hollande said in Orléans");
    assert_status(0, place, "show", "2");
    assert_said(place, "Fähre nach Föhr");
}

static void add_gzip(struct buf *out, str text)
{
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = (Bytef *)(uintptr_t)text.ptr;
    stream.avail_in = (uInt)text.len;
    stream.next_out = (Bytef *)buf_reserve(out, text.len + 100);
    stream.avail_out = (uInt)text.len + 100;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out->len = stream.total_out;
    assert_int_equal(deflateEnd(&stream), Z_OK);
}

static void packed_answers_are_unpacked_and_counted(void **state)
{
    struct place *place = *state;
    struct buf packed = BUF_INIT, bomb = BUF_INIT, zeros = BUF_INIT;
    add_gzip(&packed, STR(ARTICLE("Packed", "a packed boat")));
    buf_add_repeat(&zeros, 'x', 5 << 20);
    add_gzip(&bomb, buf_str(&zeros));
    /* The server's own ~ may stand in packed bytes: they are put in as they are. */
    web_put(&place->server, "/packed", 200, HTML "Content-Encoding: gzip\r\n", STR(""));
    web_put(&place->server, "/bomb", 200, HTML "Content-Encoding: gzip\r\n", STR(""));
    web_put(&place->server, "/broken", 200, HTML "Content-Encoding: gzip\r\n",
            STR("no gzip at all"));
    buf_add(&place->server.pages[0].body, buf_str(&packed));
    buf_add(&place->server.pages[1].body, buf_str(&bomb));
    write_config("set fetch-limit 4\n");
    assert_status(1, place, "import", "~/packed", "~/bomb", "~/broken");
    assert_said(place, "1 imported, 0 unchanged, 2 failed");
    assert_said(place, "dossier: ~/bomb: it is larger than the limit of 4 MB");
    assert_said(place, "dossier: ~/broken: its compression is damaged");
    assert_status(0, place, "search", "packed boat");
    buf_done(&packed);
    buf_done(&bomb);
    buf_done(&zeros);
}

/* ---- what goes wrong ----------------------------------------------------------------------- */

/* Pages /way1 and so on, each of which leads to the next. */
static void put_way(struct place *place, int first, int count)
{
    for (int i = first; i < count; i++) {
        char path[16], headers[32];
        (void)snprintf(path, sizeof path, "/way%d", i);
        (void)snprintf(headers, sizeof headers, "Location: /way%d\r\n", i + 1);
        web_put(&place->server, path, 302, headers, STR(""));
    }
}

static void update_gets_what_can_be_had_and_names_the_rest(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *path, *headers, *said;
        int status;
        enum web_trick trick;
    } rows[] = {
        {"/missing", HTML, "there is no such page (404)", 404, WEB_PLAIN},
        {"/gone", HTML, "it is gone for good (410); remove the source", 410, WEB_PLAIN},
        {"/trouble", HTML, "the server has trouble of its own (500)", 500, WEB_PLAIN},
        {"/secret", HTML, "it wants a password (401)", 401, WEB_PLAIN},
        {"/round", "Location: /circle\r\n", "it leads back to where it came from", 302, WEB_PLAIN},
        {"/way0", "Location: /way1\r\n", "it leads on too many times", 302, WEB_PLAIN},
        {"/astray", "Location: /missing\r\n", "it leads to ~/missing: there is no such page (404)",
         302, WEB_PLAIN},
        {"/nowhere", "", "the server leads on without saying where (302)", 302, WEB_PLAIN},
        {"/ftp", "Location: ftp://127.0.0.1/a\r\n", "it leads to what is neither http nor https",
         301, WEB_PLAIN},
        {"/file", "Location: file:///etc/passwd\r\n", "it leads to what is neither http nor https",
         302, WEB_PLAIN},
        {"/cut", HTML, "the answer was cut off", 200, WEB_CUT},
        {"/endless", HTML, "it is larger than the limit of 1 MB", 200, WEB_ENDLESS},
        {"/slow", HTML, "no whole answer in time", 200, WEB_HELD},
        {"/picture", "Content-Type: image/png\r\n", "it holds no text that can be read", 200,
         WEB_PLAIN},
        {"/empty", HTML, "the file is empty", 200, WEB_PLAIN},
    };
    enum { ROW_COUNT = sizeof rows / sizeof *rows };
    char words[ROW_COUNT][32];
    const char *line[ROW_COUNT + 3] = {"import", "~/good"};
    write_config("set fetch-limit 1\nset fetch-timeout 2\nset fetch-delay 0\n");
    put_page(place, "/good", STR(ARTICLE("The good one", "a white boat")));
    web_put(&place->server, "/circle", 307, "Location: /round\r\n", STR(""));
    put_way(place, 1, 12);
    for (size_t i = 0; i < ROW_COUNT; i++) {
        str body = strcmp(rows[i].path, "/empty") == 0     ? STR("")
                   : strcmp(rows[i].path, "/picture") == 0 ? STR("\x89PNG\0\0\0\0\0\0\0")
                                                           : STR(ARTICLE("Bad", "a bad boat"));
        web_put(&place->server, rows[i].path, rows[i].status, rows[i].headers, body);
        web_trick(&place->server, rows[i].path, rows[i].trick);
        (void)snprintf(words[i], sizeof words[i], "~%s", rows[i].path);
        line[i + 2] = words[i];
    }
    assert_int_equal(run(place, line), 1);
    assert_said(place, "1 imported, 0 unchanged, 15 failed");
    assert_status(1, place, "update", "-q");
    for (size_t i = 0; i < ROW_COUNT; i++) {
        char wanted[256];
        (void)snprintf(wanted, sizeof wanted, "dossier: ~%s: %s", rows[i].path, rows[i].said);
        assert_said(place, wanted);
    }
    assert_int_equal(line_count(place), ROW_COUNT);
    assert_unsaid(place, "~/good:");
    assert_status(0, place, "list");
    assert_int_equal(line_count(place), 1);
    assert_unsaid(place, "root:"); /* of /etc/passwd */

    assert_status(0, place, "sources", "--json");
    assert_said(place, "\"error\":\"~/gone: it is gone for good (410); remove the source\","
                       "\"failures\":2}");
    assert_status(0, place, "sources");
    assert_said(place, "failed 2 times; the server has trouble");
    assert_status(0, place, "sources", "remove", "~/gone");
    assert_status(1, place, "update", "-q");
    assert_unsaid(place, "~/gone");
    assert_status(1, place, "sources", "remove", "~/gone");
    assert_said(place, "no source of this dossier");

    /* What is well again is no longer told. */
    put_page(place, "/trouble", STR(ARTICLE("Mended", "a mended boat")));
    assert_status(0, place, "update", "-q", "~/trouble");
    assert_silent(place);
    assert_status(0, place, "sources", "--tsv");
    assert_unsaid(place, "(500)");
}

static void a_host_that_wants_to_be_left_alone_is(void **state)
{
    struct place *place = *state;
    write_config("set fetch-delay 0\n");
    web_put(&place->server, "/busy", 503, "Retry-After: 3600\r\n", STR(""));
    assert_status(1, place, "import", "~/busy");
    assert_said(place, "the server is busy (503)");
    assert_status(0, place, "update", "-q");
    assert_silent(place);
    assert_int_equal(web_hits(&place->server, "/busy"), 1);
    assert_status(0, place, "sources");
    assert_said(place, "its server wants to be left alone until 20");
    assert_status(1, place, "update", "-q", "1"); /* named, it is asked all the same */
    assert_int_equal(web_hits(&place->server, "/busy"), 2);
}

static void a_host_that_does_not_answer_is_not_asked_again_and_again(void **state)
{
    struct place *place = *state;
    write_config("set fetch-delay 0\n");
    web_stop(&place->server); /* nobody listens there */
    assert_status(1, place, "import", "~/1", "~/2", "~/3", "~/4", "~/5", "~/6");
    assert_said(place, "the host takes no connection");
    assert_said(place, "its host did not answer before");
    assert_said(place, "0 imported, 0 unchanged, 6 failed");
    web_start(&place->server);
}

/* ---- feeds --------------------------------------------------------------------------------- */

#define ITEM(guid, title, link, body)                                                              \
    "<item><guid isPermaLink='false'>" guid "</guid><title>" title "</title><link>" link           \
    "</link><pubDate>Mon, 04 Mar 2024 10:00:00 GMT</pubDate><description><![CDATA[" body           \
    "]]></description></item>"
#define FEED(items)                                                                                \
    "<?xml version='1.0'?><rss version='2.0'><channel><title>Harbour News</title>"                 \
    "<link>/</link>" items "</channel></rss>"

static void a_feed_brings_its_items_once(void **state)
{
    struct place *place = *state;
    web_put(&place->server, "/feed", 200, RSS "Last-Modified: Mon, 04 Mar 2024 10:00:00 GMT\r\n",
            STR(FEED(ITEM("a", "First", "news/first.html", LONG_TEXT)
                         ITEM("b", "Second", "/second.html", LONG_TEXT "<p>Second.</p>"))));
    assert_status(0, place, "import", "~/feed");
    assert_said(place, "2 imported, 0 unchanged, 0 failed");
    assert_status(0, place, "show", "1", "--json");
    assert_address(place, 1, "/news/first.html"); /* relative to the feed */
    assert_said(place, "2024-03-04");
    int bodies = web_bodies(&place->server);
    assert_status(0, place, "update");
    assert_said(place, "0 imported, 1 unchanged, 0 failed");
    assert_int_equal(web_bodies(&place->server), bodies);
    assert_int_equal(web_hits(&place->server, "/feed"), 2);

    /* One item is new, one says something else, one is gone from the feed and stays here. */
    web_put(&place->server, "/feed", 200, RSS "Last-Modified: Mon, 05 Mar 2024 10:00:00 GMT\r\n",
            STR(FEED(ITEM("c", "Third", "/third.html", LONG_TEXT "<p>Third.</p>")
                         ITEM("b", "Second", "/second.html", LONG_TEXT "<p>No, third.</p>"))));
    assert_status(0, place, "update");
    assert_said(place, "1 imported, 1 changed, 0 unchanged, 0 failed");
    assert_status(0, place, "sources", "--tsv");
    assert_said(place, "1\t~/feed\tHarbour News\t3\t0\t");
    assert_int_equal(web_hits(&place->server, "/third.html"), 0); /* nobody asked for full texts */
}

static void put_summaries(struct place *place)
{
    web_put(&place->server, "/robots.txt", 200, "Content-Type: text/plain\r\n",
            STR("User-agent: *\nDisallow: /\n\nUser-Agent: Dossier\nDisallow: /closed/\n"));
    web_put(&place->server, "/feed", 200, RSS "ETag: \"1\"\r\n",
            STR(FEED(ITEM("a", "First", "/first.html", "A boat was found…") ITEM(
                "b", "Second", "/closed/second.html",
                "The second summary.") ITEM("c", "Third", "/third.html", "The third summary.")
                         ITEM("d", "Fourth", "/fourth.html", "")
                             ITEM("e", "Fifth", "/fifth.html", FOUR(FOUR(LONG_TEXT LONG_TEXT))))));
    put_page(place, "/first.html", STR(ARTICLE("First", "a red boat")));
    put_page(place, "/closed/second.html", STR(ARTICLE("Second", "a hidden boat")));
    web_put(&place->server, "/third.html", 500, HTML, STR(""));
    put_page(place, "/fourth.html", STR(ARTICLE("Fourth", "a yellow boat")));
    put_page(place, "/fifth.html", STR(ARTICLE("Fifth", "a needless boat")));
}

static void pages_of_summaries_are_fetched_where_robots_may(void **state)
{
    struct place *place = *state;
    write_config("set fetch-delay 0\n");
    put_summaries(place);
    assert_status(1, place, "import", "--full-text", "~/feed");
    /* The closed one and the one in trouble come as what the feed says. */
    assert_said(place, "dossier: ~/feed: 2 of its articles failed; the first: ");
    assert_said(place, "5 imported, 0 unchanged, 2 failed");
    assert_int_equal(web_hits(&place->server, "/robots.txt"), 1);
    assert_int_equal(web_hits(&place->server, "/closed/second.html"), 0);
    assert_int_equal(web_hits(&place->server, "/fifth.html"), 0); /* the feed has all of it */
    assert_status(0, place, "search", "red boat");
    assert_said(place, "First");
    assert_status(0, place, "search", "yellow boat");
    assert_status(0, place, "search", "third summary");
    assert_status(0, place, "search", "second summary");
    assert_status(0, place, "list", "--tsv");
    assert_said(place, "Harbour News");

    /* Only what was not to be had is asked for again; nothing comes twice. */
    int first = web_hits(&place->server, "/first.html");
    assert_status(1, place, "update", "-q");
    assert_said(place, "dossier: ~/third.html: the server has trouble of its own (500)");
    assert_int_equal(line_count(place), 1);
    put_page(place, "/third.html", STR(ARTICLE("Third", "a third boat")));
    assert_status(0, place, "update", "-q");
    assert_silent(place);
    assert_status(0, place, "search", "third boat");
    assert_status(0, place, "list");
    assert_int_equal(line_count(place), 5);
    assert_int_equal(web_hits(&place->server, "/first.html"), first);

    int bodies = web_bodies(&place->server);
    assert_status(0, place, "update", "-q");
    assert_int_equal(web_bodies(&place->server), bodies);
}

/* What a feed gives of its items is a part or the whole by one rule, whatever kind of feed
 * it is. */
static void every_kind_of_feed_leads_to_full_texts(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *path, *body;
    } feeds[] = {
        {"/rss",
         FEED(ITEM("a", "First", "/rss/teaser", "A teaser.") ITEM("b", "Second", "/rss/none", "")
                  ITEM("c", "Third", "/rss/missing", "Kept by rss."))},
        {"/atom", "<feed xmlns='http://www.w3.org/2005/Atom'><title>Atom</title>"
                  "<entry><id>a</id><title>First</title><link href='/atom/teaser'/><summary>A "
                  "teaser.</summary></entry>"
                  "<entry><id>b</id><title>Second</title><link href='/atom/none'/></entry>"
                  "<entry><id>c</id><title>Third</title><link href='/atom/missing'/>"
                  "<content type='html'>Kept by atom…</content></entry></feed>"},
        {"/json",
         "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Json\",\"items\":["
         "{\"id\":\"a\",\"url\":\"/json/teaser\",\"title\":\"First\",\"summary\":\"A teaser.\"},"
         "{\"id\":\"b\",\"url\":\"json/none\",\"title\":\"Second\"},"
         "{\"id\":\"c\",\"url\":\"/json/missing\",\"title\":\"Third\",\"content_text\":\"Kept by "
         "json…\"}]}"},
    };
    write_config("set fetch-delay 0\n");
    for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++) {
        static const char *const pages[] = {"teaser", "none"};
        char word[32], wanted[64];
        web_put(&place->server, feeds[i].path, 200, "", str_from(feeds[i].body));
        for (size_t k = 0; k < 2; k++) {
            str path = arena_format(&place->arena, "%s/%s", feeds[i].path, pages[k]);
            put_page(place, path.ptr,
                     arena_format(&place->arena, ARTICLE("Page", "the %s boat of %s"), pages[k],
                                  feeds[i].path + 1));
        }
        (void)snprintf(word, sizeof word, "~%s", feeds[i].path);
        assert_status(1, place, "import", "--full-text", word);
        assert_said(place, "3 imported, 0 unchanged, 1 failed");
        for (size_t k = 0; k < 2; k++) {
            (void)snprintf(wanted, sizeof wanted, "\"the %s boat of %s\"", pages[k],
                           feeds[i].path + 1);
            assert_status(0, place, "search", wanted);
            assert_said(place, pages[k]);
        }
        (void)snprintf(wanted, sizeof wanted, "\"kept by %s\"", feeds[i].path + 1);
        assert_status(0, place, "search", wanted);
        assert_said(place, "Third");
    }
    /* Without full texts the summary is what comes in. */
    web_put(
        &place->server, "/other", 200, "",
        STR("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"z\",\"url\":"
            "\"/json/teaser\",\"title\":\"Last\",\"summary\":\"The mayor sold the bridge.\"}]}"));
    assert_status(0, place, "import", "~/other");
    assert_said(place, "1 imported, 0 unchanged, 0 failed");
}

static void full_texts_are_turned_on_later(void **state)
{
    struct place *place = *state;
    write_config("set fetch-delay 0\n");
    put_summaries(place);
    assert_status(0, place, "import", "~/feed");
    assert_said(place, "4 imported, 0 unchanged, 0 failed");
    assert_status(1, place, "update", "--full-text");
    assert_said(place, "1 imported, 1 changed, 3 unchanged, 2 failed");
    assert_status(0, place, "search", "red boat");
    assert_status(0, place, "sources");
    assert_said(place, "(full text)");
}

static void without_robots_txt_at_hand_nothing_is_fetched(void **state)
{
    struct place *place = *state;
    write_config("set fetch-delay 0\nset full-text on\n");
    put_summaries(place);
    web_put(&place->server, "/robots.txt", 503, HTML, STR(""));
    assert_status(1, place, "import", "~/feed");
    assert_said(place, "robots.txt cannot be had");
    assert_int_equal(web_hits(&place->server, "/first.html"), 0);
    web_put(&place->server, "/robots.txt", 404, HTML, STR(""));
    assert_status(1, place, "update", "-q"); /* the third page is still in trouble */
    assert_int_equal(web_hits(&place->server, "/first.html"), 1);
    assert_int_equal(web_hits(&place->server, "/closed/second.html"), 1);
}

static void what_moved_for_good_is_asked_at_its_new_address(void **state)
{
    struct place *place = *state;
    write_config("set fetch-delay 0\n");
    web_put(&place->server, "/feed", 200, RSS "ETag: \"1\"\r\n",
            STR(FEED(ITEM("a", "First", "/first.html", LONG_TEXT))));
    assert_status(0, place, "import", "~/feed");
    web_put(&place->server, "/new", 200, RSS "ETag: \"1\"\r\n",
            STR(FEED(ITEM("a", "First", "/first.html", LONG_TEXT)
                         ITEM("b", "Second", "/second.html", LONG_TEXT "<p>Second.</p>"))));

    /* A way that is not for good as a whole changes nothing, nor one that ends in an error. */
    web_put(&place->server, "/feed", 301, "Location: /passing\r\n", STR(""));
    web_put(&place->server, "/passing", 302, "Location: /new\r\n", STR(""));
    assert_status(0, place, "update");
    assert_said(place, "0 imported, 1 unchanged, 0 failed");
    assert_int_equal(line_count(place), 1);
    web_put(&place->server, "/passing", 301, "Location: /missing\r\n", STR(""));
    assert_status(1, place, "update");
    assert_status(0, place, "sources", "--tsv");
    assert_said(place, "1\t~/feed\tHarbour News\t1\t");

    /* What its server said of it holds for the new address: nothing is sent once more. */
    web_put(&place->server, "/passing", 308, "Location: /new\r\n", STR(""));
    int bodies = place->server.pages[1].bodies;
    assert_status(0, place, "update");
    assert_int_equal(place->server.pages[1].bodies, bodies);
    assert_said(place, "~/feed: it has moved for good to ~/new and is asked there from now on");
    assert_said(place, "0 imported, 1 unchanged, 0 failed");
    int hits = web_hits(&place->server, "/feed");
    web_put(&place->server, "/new", 200, RSS "ETag: \"2\"\r\n",
            STR(FEED(ITEM("a", "First", "/first.html", LONG_TEXT)
                         ITEM("b", "Second", "/second.html", LONG_TEXT "<p>Second.</p>"))));
    assert_status(0, place, "update");
    assert_said(place, "1 imported, 1 unchanged, 0 failed"); /* the first is the one it was */
    assert_int_equal(line_count(place), 1);
    assert_int_equal(web_hits(&place->server, "/feed"), hits);
    assert_status(0, place, "sources", "--tsv");
    assert_said(place, "1\t~/new\tHarbour News\t2\t");
    assert_said(place, "\t0\t~/feed\n");
    assert_status(0, place, "sources");
    assert_said(place, "~/new  (moved from ~/feed)");

    /* Neither address makes a second source; the old one is asked where it is named. */
    assert_status(0, place, "import", "~/new");
    assert_int_equal(web_hits(&place->server, "/feed"), hits);
    web_put(&place->server, "/feed", 200, RSS,
            STR(FEED(ITEM("c", "Third", "/third.html", LONG_TEXT "<p>Third.</p>"))));
    assert_status(0, place, "import", "~/feed");
    assert_said(place, "1 imported, 0 unchanged, 0 failed");
    assert_status(0, place, "sources", "--tsv");
    assert_said(place, "1\t~/feed\tHarbour News\t3\t");
    assert_int_equal(line_count(place), 2);
}

static void what_moved_to_a_source_is_one_source(void **state)
{
    struct place *place = *state;
    write_config("set fetch-delay 0\n");
    put_page(place, "/one", STR(ARTICLE("One", "a first boat")));
    put_page(place, "/two", STR(ARTICLE("Two", "a second boat")));
    assert_status(0, place, "import", "--full-text", "~/one", "~/two");
    web_put(&place->server, "/one", 301, "Location: ~/two\r\n", STR(""));
    assert_status(0, place, "update");
    assert_said(place, "~/one: it has moved for good to ~/two, which is a source already");
    assert_status(0, place, "sources", "--tsv");
    assert_said(place, "2\t~/two\t");
    assert_unsaid(place, "~/one");
    assert_status(0, place, "list");
    assert_int_equal(line_count(place), 2); /* its articles stay */
    assert_status(0, place, "update", "-q");
    assert_silent(place);
}

/* Another host is another port. */
static void what_leads_to_another_host_asks_that_host(void **state)
{
    struct place *place = *state;
    static struct web_server other;
    web_start(&other);
    write_config("set fetch-delay 0\n");
    put_summaries(place);
    char first[64], fourth[64];
    (void)snprintf(first, sizeof first, "Location: http://127.0.0.1:%d/private/first\r\n",
                   other.port);
    (void)snprintf(fourth, sizeof fourth, "Location: http://127.0.0.1:%d/fourth\r\n", other.port);
    web_put(&place->server, "/first.html", 302, first, STR(""));
    web_put(&place->server, "/fourth.html", 302, fourth, STR(""));
    /* An open page leads to a closed one of the same host. */
    web_put(&place->server, "/third.html", 302, "Location: /closed/third\r\n", STR(""));
    web_put(&other, "/robots.txt", 301, "Location: /rules\r\n", STR(""));
    web_put(&other, "/rules", 200, "", STR("User-agent: *\nDisallow: /private/\n"));
    web_put(&other, "/private/first", 200, HTML, STR(ARTICLE("First", "a private boat")));
    web_put(&other, "/fourth", 200, HTML, STR(ARTICLE("Fourth", "a distant boat")));
    assert_status(1, place, "import", "--full-text", "~/feed");
    assert_said(place, "5 imported, 0 unchanged, 3 failed");
    assert_said(place, "robots.txt asks programs to leave it alone");
    assert_int_equal(web_hits(&other, "/robots.txt"), 1);
    assert_int_equal(web_hits(&other, "/rules"), 1);
    assert_int_equal(web_hits(&other, "/private/first"), 0);
    assert_int_equal(web_hits(&other, "/fourth"), 1);
    assert_int_equal(web_hits(&place->server, "/third.html"), 1);
    assert_int_equal(web_hits(&place->server, "/closed/third"), 0);
    assert_status(0, place, "search", "distant boat");
    assert_status(0, place, "search", "boat was found…"); /* what the feed says */
    web_stop(&other);
}

static void a_list_of_feeds_makes_them_sources(void **state)
{
    struct place *place = *state;
    struct error err;
    write_config("set fetch-delay 0\n");
    web_put(&place->server, "/list.opml", 200, "Content-Type: text/x-opml\r\n",
            STR("<opml version='2.0'><body><outline text='n' title='News' xmlUrl='one.xml'/>"
                "<outline text='m' xmlUrl='~/missing.xml'/></body></opml>"));
    web_put(&place->server, "/one.xml", 200, RSS,
            STR(FEED(ITEM("a", "First", "/first", LONG_TEXT))));
    assert_status(1, place, "import", "~/list.opml");
    assert_said(place, "dossier: ~/missing.xml: there is no such page (404)");
    assert_said(place, "1 imported, 0 unchanged, 1 failed");
    assert_status(0, place, "sources", "--tsv");
    assert_said(place, "2\t~/one.xml\tNews\t1\t0\t");
    assert_int_equal(line_count(place), 4);

    str list =
        arena_format(&place->arena,
                     "<opml version='2.0'><body><outline xmlUrl='http://127.0.0.1:%d/two.xml'/>"
                     "</body></opml>",
                     place->server.port);
    web_put(&place->server, "/two.xml", 200, RSS,
            STR(FEED(ITEM("x", "Other", "/other", LONG_TEXT "<p>Other.</p>"))));
    assert_int_equal(file_replace("mine.opml", list, &err), STATUS_OK);
    assert_status(0, place, "import", "mine.opml");
    assert_said(place, "1 imported, 0 unchanged, 0 failed");
    assert_status(0, place, "sources", "--tsv");
    assert_said(place, "~/two.xml\tHarbour News\t1");
}

static void a_file_address_is_read_where_the_user_names_it(void **state)
{
    struct place *place = *state;
    struct error err;
    assert_int_equal(file_replace("a page.html", STR(ARTICLE("On disk", "a disk boat")), &err),
                     STATUS_OK);
    str url = arena_format(&place->arena, "file://%s/a%%20page.html", place->path);
    str pipe_url = arena_format(&place->arena, "file://%s/pipe", place->path);
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_status(1, place, "import", url.ptr, pipe_url.ptr);
    assert_said(place, "1 imported, 0 unchanged, 1 failed");
    assert_status(1, place, "update");
    assert_said(place, "0 imported, 1 unchanged, 1 failed");
    /* What comes over the network leads to no file. */
    web_put(&place->server, "/feed", 200, RSS,
            STR(FEED(ITEM("a", "First", "file:///etc/passwd", "Short."))));
    assert_status(0, place, "import", "--full-text", "~/feed");
    assert_status(0, place, "search", "root");
    assert_silent(place);
}

/* ---- what is fetched at all ------------------------------------------------------------------ */

static enum fetch_outcome fetch_one(struct place *place, const struct fetch_request *asked,
                                    struct error *fault)
{
    const struct fetch_settings settings = {"dossier/test", 20, 1 << 20};
    struct fetch_answer answer;
    struct fetcher *fetcher = NULL;
    struct error err;
    assert_int_equal(fetcher_new(&settings, &fetcher, &err), STATUS_OK);
    fetcher_add(fetcher, asked);
    while (!fetcher_take(fetcher, &answer))
        fetcher_work(fetcher, 100);
    enum fetch_outcome outcome = answer.outcome;
    *fault = answer.fault;
    assert_true(answer.outcome == FETCH_DONE || answer.is_lasting);
    fetcher_free(fetcher);
    (void)place;
    return outcome;
}

static void a_public_page_leads_into_no_private_network(void **state)
{
    struct place *place = *state;
    struct error fault;
    put_page(place, "/inside", STR(ARTICLE("Inside", "a secret boat")));
    struct fetch_request asked = {
        .url = arena_format(&place->arena, "http://127.0.0.1:%d/inside", place->server.port)};
    assert_int_equal(fetch_one(place, &asked, &fault), FETCH_DONE);
    asked.from_public = true;
    assert_int_equal(fetch_one(place, &asked, &fault), FETCH_FAILED);
    assert_non_null(strstr(fault.text, "its host is in a private network"));
    assert_int_equal(web_hits(&place->server, "/inside"), 1); /* nothing was sent */
}

static void files_are_only_for_the_user(void **state)
{
    struct place *place = *state;
    struct error fault, err;
    assert_int_equal(file_replace("secret.txt", STR("A secret."), &err), STATUS_OK);
    struct fetch_request asked = {
        .url = arena_format(&place->arena, "file://%s/secret.txt", place->path), .is_given = true};
    assert_int_equal(fetch_one(place, &asked, &fault), FETCH_DONE);
    asked.is_given = false;
    assert_int_equal(fetch_one(place, &asked, &fault), FETCH_FAILED);
    assert_non_null(strstr(fault.text, "neither http nor https"));
}

/* The server's word decides where the bytes show nothing. */
static void a_page_without_a_beginning_is_still_a_page(void **state)
{
    struct place *place = *state;
    put_page(place, "/bare",
             STR("<script>var a = 1;</script><h1>Bare</h1><p>The mayor of Kiel said "
                 "on Monday that the harbour would open again before Tuesday.</p>"));
    web_put(
        &place->server, "/notes", 200, "Content-Type: text/markdown\r\n",
        STR("# Notes\n\nThe *mayor* of Kiel said on Monday that the harbour would open again.\n"));
    assert_status(0, place, "import", "~/bare", "~/notes");
    assert_status(0, place, "show", "1");
    assert_said(place, "The mayor of Kiel said");
    assert_unsaid(place, "var a");
    assert_status(0, place, "show", "2");
    assert_said(place, "The mayor of Kiel said");
}

/* ---- what comes between -------------------------------------------------------------------- */

static void wait_for_hit(struct place *place, const char *path)
{
    for (int tries = 0; web_hits(&place->server, path) == 0; tries++) {
        assert_true(tries < 2000);
        (void)poll(NULL, 0, 10);
    }
}

static void put_ten(struct place *place, const char **line)
{
    static char words[10][24];
    for (int i = 0; i < 10; i++) {
        char path[16];
        struct buf body = BUF_INIT;
        (void)snprintf(path, sizeof path, "/feed%d", i);
        (void)snprintf(words[i], sizeof words[i], "~%s", path);
        buf_format(&body, FEED(ITEM("a", "Number %d", "/a%d", LONG_TEXT "<p>Number %d</p>")), i, i,
                   i);
        web_put(&place->server, path, 200, RSS "ETag: \"1\"\r\n", buf_str(&body));
        buf_done(&body);
        line[i + 1] = words[i];
    }
}

static void a_killed_update_loses_nothing(void **state)
{
    struct place *place = *state;
    const char *line[12] = {"import"};
    int nowhere = open("/dev/null", O_WRONLY);
    write_config("set fetch-delay 0\n");
    put_ten(place, line);
    web_trick(&place->server, "/feed9", WEB_HELD);
    pid_t child = start(place, nowhere, line);
    wait_for_hit(place, "/feed9");
    wait_for_hit(place, "/feed8");
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(status_of(child), 128 + SIGKILL);
    web_release(&place->server);
    assert_status(0, place, "update", "-q");
    assert_silent(place);
    assert_status(0, place, "list");
    assert_int_equal(line_count(place), 10);
    int bodies = web_bodies(&place->server);
    assert_status(0, place, "update");
    assert_said(place, "0 imported, 10 unchanged, 0 failed");
    assert_int_equal(web_bodies(&place->server), bodies);
    (void)close(nowhere);
}

static void an_interrupted_update_keeps_what_it_has(void **state)
{
    struct place *place = *state;
    write_config("set fetch-delay 0\n");
    put_page(place, "/good", STR(ARTICLE("Good", "a good boat")));
    put_page(place, "/held", STR(ARTICLE("Held", "a held boat")));
    assert_status(0, place, "import", "~/good");
    web_trick(&place->server, "/held", WEB_HELD);
    int nowhere = open("/dev/null", O_WRONLY);
    const char *const line[] = {"import", "~/held", NULL};
    pid_t child = start(place, nowhere, line);
    wait_for_hit(place, "/held");
    assert_int_equal(kill(child, SIGTERM), 0);
    assert_int_equal(status_of(child), 1);
    web_release(&place->server);
    assert_status(0, place, "update");
    assert_said(place, "1 imported, 1 unchanged, 0 failed");
    (void)close(nowhere);
}

static void two_updates_at_once_do_the_work_of_one(void **state)
{
    struct place *place = *state;
    const char *line[12] = {"import"};
    const char *const update[] = {"update", "-q", NULL};
    int nowhere = open("/dev/null", O_WRONLY);
    write_config("set fetch-delay 0\n");
    put_ten(place, line);
    web_trick(&place->server, "/feed9", WEB_HELD);
    pid_t first = start(place, nowhere, line);
    wait_for_hit(place, "/feed9");
    pid_t second = start(place, nowhere, update);
    for (int tries = 0; web_hits(&place->server, "/feed9") < 2; tries++) {
        assert_true(tries < 2000);
        (void)poll(NULL, 0, 10);
    }
    web_release(&place->server);
    assert_int_equal(status_of(first), 0);
    assert_int_equal(status_of(second), 0);
    assert_status(0, place, "list");
    assert_int_equal(line_count(place), 10);
    assert_status(0, place, "update");
    assert_said(place, "0 imported, 10 unchanged, 0 failed");
    (void)close(nowhere);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_page_comes_by_its_address),
        IN_A_FOLDER(only_import_makes_a_dossier),
        IN_A_FOLDER(only_another_body_is_another_version),
        IN_A_FOLDER(the_transports_charset_counts),
        IN_A_FOLDER(packed_answers_are_unpacked_and_counted),
        IN_A_FOLDER(update_gets_what_can_be_had_and_names_the_rest),
        IN_A_FOLDER(a_host_that_wants_to_be_left_alone_is),
        IN_A_FOLDER(a_host_that_does_not_answer_is_not_asked_again_and_again),
        IN_A_FOLDER(a_feed_brings_its_items_once),
        IN_A_FOLDER(pages_of_summaries_are_fetched_where_robots_may),
        IN_A_FOLDER(every_kind_of_feed_leads_to_full_texts),
        IN_A_FOLDER(full_texts_are_turned_on_later),
        IN_A_FOLDER(without_robots_txt_at_hand_nothing_is_fetched),
        IN_A_FOLDER(what_moved_for_good_is_asked_at_its_new_address),
        IN_A_FOLDER(what_moved_to_a_source_is_one_source),
        IN_A_FOLDER(what_leads_to_another_host_asks_that_host),
        IN_A_FOLDER(a_list_of_feeds_makes_them_sources),
        IN_A_FOLDER(a_file_address_is_read_where_the_user_names_it),
        IN_A_FOLDER(a_public_page_leads_into_no_private_network),
        IN_A_FOLDER(files_are_only_for_the_user),
        IN_A_FOLDER(a_page_without_a_beginning_is_still_a_page),
        IN_A_FOLDER(a_killed_update_loses_nothing),
        IN_A_FOLDER(an_interrupted_update_keeps_what_it_has),
        IN_A_FOLDER(two_updates_at_once_do_the_work_of_one),
    };
    if (!fetch_supported())
        return 0;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
