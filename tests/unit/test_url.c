/* layers: base text */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/random.h"
#include "text/url.h"

static void assert_resolves(const char *base, const char *reference, const char *expected)
{
    struct arena arena = {0};
    str url = url_resolve(&arena, str_from(base), str_from(reference));
    if (!str_equal(url, str_from(expected)))
        fail_msg("%s + %s = %.*s, not %s", base, reference, STR_ARG(url), expected);
    arena_done(&arena);
}

/* RFC 3986, sections 5.4.1 and 5.4.2. */
static void references_resolve_as_the_standard_says(void **state)
{
    static const char *const rows[][2] = {
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {";x", "http://a/b/c/;x"},
        {"g;x", "http://a/b/c/g;x"},
        {"g;x?y#s", "http://a/b/c/g;x?y#s"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"../../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {".g", "http://a/b/c/.g"},
        {"g..", "http://a/b/c/g.."},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/./x", "http://a/b/c/g?y/./x"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
        {"g#s/./x", "http://a/b/c/g#s/./x"},
        {"g#s/../x", "http://a/b/c/g#s/../x"},
        {"http:g", "http:g"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_resolves("http://a/b/c/d;p?q", rows[i][0], rows[i][1]);
    assert_resolves("https://example.org", "x/y", "https://example.org/x/y");
    assert_resolves("https://example.org?q", "../x", "https://example.org/x");
    assert_resolves(NULL, "x", NULL);
    assert_resolves("folder/page.html", "x", NULL);
    assert_resolves(NULL, "https://example.org/./a", "https://example.org/a");
}

static void addresses_are_tidied(void **state)
{
    static const char *const rows[][2] = {
        {" https://a/b \n", "https://a/b"},
        {"https://a/\nb\tc", "https://a/bc"},
        {"/a b", "/a%20b"},
        {"/\"<x>\"", "/%22%3Cx%3E%22"},
        {"/%20", "/%20"},
        {"/caf\xC3\xA9", "/caf%C3%A9"},
        {"/a\x1b[31m", "/a%1B[31m"},
        {"", ""},
    };
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(str_equal(url_tidy(&arena, str_from(rows[i][0])), str_from(rows[i][1])));
    arena_done(&arena);
}

static void only_the_web_is_opened(void **state)
{
    static const char *const good[] = {"http://a", "https://a/b?c#d", "HTTPS://EXAMPLE.ORG/"};
    static const char *const bad[] = {"",
                                      "javascript:alert(1)",
                                      "file:///etc/passwd",
                                      "mailto:a@b",
                                      "//a/b",
                                      "http:a",
                                      "https:///x",
                                      "http://a b",
                                      "-http://a",
                                      "ftp://a",
                                      "https://a\x1b]8;;",
                                      "data:text/html,x",
                                      "https://\xC3\xA9"};
    struct buf url = BUF_INIT;
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(url_is_web(str_from(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(url_is_web(str_from(bad[i])));
    buf_add(&url, STR("https://a/"));
    buf_add_repeat(&url, 'x', URL_LIMIT_LEN - url.len);
    assert_true(url_is_web(buf_str(&url)));
    buf_add_byte(&url, 'x');
    assert_false(url_is_web(buf_str(&url)));
    buf_done(&url);
}

/* Whatever a page writes: no way above the root, and the same again when resolved again. */
static void any_reference_resolves_once_for_all(void **state)
{
    static const char letters[] = "./..a:?#//%";
    struct random random = {7};
    struct arena arena = {0};
    (void)state;
    for (int round = 0; round < 20000; round++) {
        char text[12];
        size_t len = random_below(&random, sizeof text);
        for (size_t i = 0; i < len; i++)
            text[i] = letters[random_below(&random, sizeof letters - 1)];
        str reference = {text, len};
        str url = url_resolve(&arena, STR("https://h/p/q?r"), reference);
        assert_non_null(url.ptr);
        if (str_starts(url, STR("https://h/"))) {
            size_t end = str_find_byte(url, '?', 0), mark = str_find_byte(url, '#', 0);
            end = end < mark ? end : mark;
            str path = str_slice(url, 9, end < url.len ? end : url.len);
            assert_int_equal(str_find(path, STR("/../"), 0), STR_MISSING);
            assert_false(str_ends(path, STR("/..")));
            assert_true(str_equal(url_resolve(&arena, STR("https://x/y"), url), url));
        }
        arena_reset(&arena);
    }
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(references_resolve_as_the_standard_says),
        cmocka_unit_test(addresses_are_tidied),
        cmocka_unit_test(only_the_web_is_opened),
        cmocka_unit_test(any_reference_resolves_once_for_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
