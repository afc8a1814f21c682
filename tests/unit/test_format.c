/* layers: base text model ingest */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "ingest/format.h"

/* What a sink heard, as text: "page path kind body" or "broken message" lines. */
struct heard {
    struct buf text;
    size_t page_count, broken_count;
    size_t stop_after; /* 0: never */
};

static enum status hear_page(void *context, const struct page *page)
{
    static const char *const kinds[] = {"text", "dump", "html"};
    struct heard *heard = context;
    buf_format(&heard->text, "page %.*s %s [%.*s]", STR_ARG(page->path), kinds[page->kind],
               STR_ARG(page->body));
    const struct {
        const char *name;
        str value;
    } fields[] = {{"id", page->id},     {"url", page->url},       {"title", page->title},
                  {"site", page->site}, {"author", page->byline}, {"language", page->language}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (fields[i].value.ptr) {
            buf_format(&heard->text, " %s=%.*s", fields[i].name, STR_ARG(fields[i].value));
        }
    }
    if (page->published != DAY_UNKNOWN) {
        buf_add(&heard->text, STR(" published="));
        day_add(&heard->text, page->published);
    }
    buf_add(&heard->text, STR("\n"));
    heard->page_count++;
    return heard->page_count == heard->stop_after ? STATUS_CANCELLED : STATUS_OK;
}

static enum status hear_broken(void *context, str path, const struct error *err)
{
    struct heard *heard = context;
    assert_true(err->status != STATUS_OK);
    assert_true(str_starts(str_from(err->text), path));
    buf_format(&heard->text, "broken %s\n", err->text);
    heard->broken_count++;
    return STATUS_OK;
}

static enum status listen(struct heard *heard, str path, str bytes)
{
    struct arena arena = {0};
    struct error err;
    struct page_sink sink = {.page = hear_page, .broken = hear_broken, .context = heard};
    struct input input = {.path = path, .bytes = bytes, .published = DAY_UNKNOWN};
    enum status status = format_read(&arena, &input, &sink, &err);
    arena_done(&arena);
    return status;
}

static void hears(const char *path, str bytes, const char *expected)
{
    struct heard heard = {BUF_INIT, 0, 0, 0};
    assert_int_equal(listen(&heard, str_from(path), bytes), STATUS_OK);
    assert_string_equal(buf_c(&heard.text), expected);
    buf_done(&heard.text);
}

static void text_files_are_pages(void **state)
{
    (void)state;
    hears("a.txt", STR("Title\n\nBody.\n"), "page a.txt dump [Title\n\nBody.\n]\n");
    hears("a.txt",
          STR("\xEF\xBB\xBF"
              "Title\r\nBody.\rEnd"),
          "page a.txt dump [Title\nBody.\nEnd]\n");
    hears("a.txt", STR("na\xEFve caf\xE9 \x93quoted\x94"),
          "page a.txt dump [na\xC3\xAFve caf\xC3\xA9 \xE2\x80\x9Cquoted\xE2\x80\x9D]\n");
    hears("a.txt", STR("\xFF\xFEH\0i\0"), "page a.txt dump [Hi]\n");
    hears("a.txt", STR("\xFE\xFF\0H\0i"), "page a.txt dump [Hi]\n");
    hears("noname", STR("Some text"), "page noname dump [Some text]\n");
}

static void broken_text_is_told(void **state)
{
    (void)state;
    hears("a.txt", STR(""), "broken a.txt: the file is empty\n");
    hears("a.txt", STR(" \n\n"), "broken a.txt: the file has no text\n");
    hears("a.txt",
          STR("\x7F"
              "ELF\1\0\0\0\0\0\0\0\0\0\0\2\0>\0\1"),
          "broken a.txt: not a text file: it holds many NUL bytes\n");
}

static void raw_is_the_source_itself(void **state)
{
    (void)state;
    str bytes = STR("\xEF\xBB\xBFTitle\r\n");
    struct arena arena = {0};
    struct error err;
    struct heard heard = {BUF_INIT, 0, 0, 0};
    struct page_sink sink = {.page = hear_page, .broken = hear_broken, .context = &heard};
    struct input input = {
        .path = STR("a.txt"), .bytes = bytes, .published = day_from_civil(2020, 1, 2)};
    assert_int_equal(format_read(&arena, &input, &sink, &err), STATUS_OK);
    assert_string_equal(buf_c(&heard.text), "page a.txt dump [Title\n] published=2020-01-02\n");
    buf_done(&heard.text);
    arena_done(&arena);
}

static void formats_are_found_by_content_and_name(void **state)
{
    (void)state;
    static const struct {
        const char *path, *bytes, *format;
    } cases[] = {
        {"a.txt", "text", "text"},
        {"a.TEXT", "text", "text"},
        {"a.jsonl", "text", "jsonl"},
        {"a.ndjson", "", "jsonl"},
        {"-", "{\"text\": \"a\"}\n", "jsonl"},
        {"a.txt", "{\"text\": \"a\"}\n", "jsonl"},
        {"a.txt", "{not json}\n", "text"},
        {"a.json", "text", "json"},
        {"-", "[\n {\"text\": \"a\"}]\n", "json"},
        {"a.jsonl", "{\n \"text\": \"a\"\n}\n", "json"},
        {"a.jsonl", "{\"text\": \"a\n{\"text\": \"b\"}\n", "jsonl"},
        {"folder.jsonl/name", "text", "text"},
        {"name", "", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct format *format =
            format_find(str_from(cases[i].path), str_from(cases[i].bytes));
        assert_true((format == NULL) == (cases[i].format == NULL));
        if (format) {
            assert_string_equal(format->name, cases[i].format);
        }
    }
    struct heard heard = {BUF_INIT, 0, 0, 0};
    assert_int_equal(listen(&heard, STR("name"), STR("\0\0\0\1\0\0\0\2")), STATUS_BAD_INPUT);
    assert_int_equal(heard.page_count + heard.broken_count, 0);
    assert_null(format_find(STR("name"), STR("\0\0\0\1\0\0\0\2")));
}

#define AT "a.jsonl"

static void jsonl_lines_are_pages(void **state)
{
    (void)state;
    const char *missing = "broken " AT ": JSON Lines are not supported by this build (it was made "
                          "without jansson)\n";
    struct heard probe = {BUF_INIT, 0, 0, 0};
    assert_int_equal(listen(&probe, STR(AT), STR("{\"text\": \"a\"}")), STATUS_OK);
    bool off = strcmp(buf_c(&probe.text), missing) == 0;
    buf_done(&probe.text);
    if (off) {
        skip();
    }
    hears(AT,
          STR("{\"id\": 7, \"url\": \"http://e.org/\", \"title\": \"T\", \"site\": \"S\", "
              "\"author\": \"A\", \"published\": \"2024-08-05T10:00:00Z\", \"language\": \"en\", "
              "\"text\": \" a\\r\\n\\u00e9 \", \"more\": [1, {}]}\n"
              "\n"
              "{\"raw\": \"a\\r\\nb\", \"title\": null}\r\n"),
          "page " AT ":1 text [ a\r\n\xC3\xA9 ] id=7 url=http://e.org/ title=T site=S author=A "
          "language=en published=2024-08-05\n"
          "page " AT ":3 dump [a\nb]\n");
    hears(AT, STR("{\"text\": \"x\\u0000y \\ud800 \\ud83d\\ude00\"}"),
          "page " AT ":1 text [x\xEF\xBF\xBDy \xEF\xBF\xBD \xF0\x9F\x98\x80]\n");
    hears(AT, STR("{\"text\": \"a\xFF\"}"), "page " AT ":1 text [a\xEF\xBF\xBD]\n");
    hears(AT, STR("\xEF\xBB\xBF{\"text\": \"\"}"), "page " AT ":1 text []\n");
    hears(AT, STR("{\"text\": \"a\\\\ud800\"}"), "page " AT ":1 text [a\\ud800]\n");
}

static void bad_lines_are_told_and_reading_goes_on(void **state)
{
    (void)state;
    static const struct {
        const char *line, *reason;
    } cases[] = {
        {"{}", "none of `text`, `raw` and `html`"},
        {"{\"text\": null}", "none of `text`, `raw` and `html`"},
        {"{\"text\": \"a\", \"raw\": \"b\"}", "more than one of `text`, `raw` and `html`"},
        {"{\"text\": 3}", "`text`, `raw` and `html` must be strings"},
        {"[1, 2]", "not a JSON object"},
        {"\"text\"", "not JSON: "},
        {"{\"text\": \"a\"", "not JSON: "},
        {"{\"text\": \"a\", \"published\": \"yesterday\"}",
         "`published` is not a date of the form YYYY-MM-DD"},
        {"{\"text\": \"a\", \"published\": \"2024-02-30\"}",
         "`published` is not a date of the form YYYY-MM-DD"},
        {"{\"text\": \"a\", \"published\": \"2024-02-03x\"}",
         "`published` is not a date of the form YYYY-MM-DD"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct heard heard = {BUF_INIT, 0, 0, 0};
        struct buf bytes = BUF_INIT;
        buf_format(&bytes, "%s\n{\"text\": \"next\"}\n", cases[i].line);
        assert_int_equal(listen(&heard, STR(AT), buf_str(&bytes)), STATUS_OK);
        if (heard.page_count == 1) {
            assert_int_equal(heard.broken_count, 1);
            assert_non_null(strstr(buf_c(&heard.text), AT ":1: "));
            assert_non_null(strstr(buf_c(&heard.text), cases[i].reason));
            assert_non_null(strstr(buf_c(&heard.text), "page " AT ":2 text [next]"));
        } else {
            assert_non_null(strstr(buf_c(&heard.text), "not supported by this build"));
        }
        buf_done(&heard.text);
        buf_done(&bytes);
    }
}

static void deep_and_wide_json_is_refused_before_the_parser(void **state)
{
    (void)state;
    static const struct {
        const char *unit, *reason;
        size_t count;
    } cases[] = {{"[", "nested too deeply", 100000},
                 {"{\"a\":", "nested too deeply", 100000},
                 {"1,", "too many values", 200000}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct heard heard = {BUF_INIT, 0, 0, 0};
        struct buf bytes = BUF_INIT;
        buf_add(&bytes, STR("{\"text\": "));
        for (size_t k = 0; k < cases[i].count; k++) {
            buf_add(&bytes, str_from(cases[i].unit));
        }
        assert_int_equal(listen(&heard, STR(AT), buf_str(&bytes)), STATUS_OK);
        assert_int_equal(heard.broken_count, 1);
        assert_true(strstr(buf_c(&heard.text), cases[i].reason) ||
                    strstr(buf_c(&heard.text), "not supported by this build"));
        buf_done(&heard.text);
        buf_done(&bytes);
    }
}

static void empty_jsonl_is_told(void **state)
{
    (void)state;
    struct heard heard = {BUF_INIT, 0, 0, 0};
    assert_int_equal(listen(&heard, STR(AT), STR("\n \n")), STATUS_OK);
    assert_int_equal(heard.broken_count, 1);
    buf_done(&heard.text);
}

static void the_sink_stops_the_reading(void **state)
{
    (void)state;
    struct heard heard = {BUF_INIT, 0, 0, 1};
    enum status status = listen(&heard, STR(AT), STR("{\"text\": \"a\"}\n{\"text\": \"b\"}\n"));
    assert_true(heard.page_count == 0 ? status == STATUS_OK : status == STATUS_CANCELLED);
    assert_true(heard.page_count <= 1);
    buf_done(&heard.text);
}

static void a_page_has_a_limit(void **state)
{
    (void)state;
    struct buf bytes = BUF_INIT;
    struct heard heard = {BUF_INIT, 0, 0, 0};
    buf_add_repeat(&bytes, 'a', PAGE_LIMIT_LEN + 1);
    assert_int_equal(listen(&heard, STR("a.txt"), buf_str(&bytes)), STATUS_OK);
    assert_string_equal(buf_c(&heard.text),
                        "broken a.txt: a page is larger than the limit of 16 MB\n");
    buf_done(&bytes);
    buf_done(&heard.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_files_are_pages),
        cmocka_unit_test(broken_text_is_told),
        cmocka_unit_test(raw_is_the_source_itself),
        cmocka_unit_test(formats_are_found_by_content_and_name),
        cmocka_unit_test(jsonl_lines_are_pages),
        cmocka_unit_test(bad_lines_are_told_and_reading_goes_on),
        cmocka_unit_test(deep_and_wide_json_is_refused_before_the_parser),
        cmocka_unit_test(empty_jsonl_is_told),
        cmocka_unit_test(the_sink_stops_the_reading),
        cmocka_unit_test(a_page_has_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
