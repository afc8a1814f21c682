/* layers: base text model ingest */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "ingest/clean.h"
#include "ingest/cleaner.h"
#include "ingest/format.h"
#include "ingest/html.h"
#include "support/parts.h"
#include "support/random.h"
#include "support/shipped_rules.h"
#include "text/fold.h"
#include "text/url.h"
#include "text/utf8.h"

#define CASES TESTS_DIR "/cases/ingest"
#define TEN_WORDS "one two three four five six seven eight nine ten "

static struct page page_of(str html)
{
    return (struct page){.path = STR("page.html"),
                         .raw = html,
                         .published = DAY_UNKNOWN,
                         .kind = PAGE_HTML,
                         .body = html};
}

/* Spans are in order, each within one block; links lead to the web. */
static void check_spans(const struct article *article)
{
    uint32_t at = 0;
    for (size_t i = 0; i < article->spans.count; i++) {
        const struct span *span = &article->spans.items[i];
        bool within = false;
        for (size_t k = 0; k < article->blocks.count && !within; k++) {
            within = span->start >= article->blocks.items[k].start &&
                     span->end <= article->blocks.items[k].end;
        }
        assert_true(within && span->start < span->end && span->start >= at);
        assert_true(utf8_is_valid(str_slice(article->text, span->start, span->end)));
        assert_int_equal(span->kind == SPAN_LINK, url_is_web(span->target));
        assert_true(utf8_is_valid(span->target));
        at = span->start;
    }
}

static void clean_checked(struct arena *arena, str html, struct article *article)
{
    struct html_document document;
    struct page page = page_of(utf8_repair(arena, html));
    assert_null(html_guard(page.body));
    assert_true(html_read(arena, page.body, &document));
    clean_page(arena, rules, NULL, &page, article);
    assert_true(parts_are_the_page(document.text, article, false));
    for (size_t i = 0; i < article->removed.count; i++) {
        assert_true(article->removed.items[i].rule.len > 0);
    }
    check_spans(article);
}

/* --- case files ------------------------------------------------------------------------------- */

static void describe(struct buf *out, const struct article *article)
{
    struct buf published = BUF_INIT, updated = BUF_INIT;
    day_add(&published, article->published.value);
    day_add(&updated, article->updated);
    buf_format(out,
               "title: %.*s\nsubtitle: %.*s\nsite: %.*s\nbyline: %.*s\nurl: %.*s\nlanguage: %.*s\n"
               "published: %s %s\nupdated: %s\ncanonical: %.*s\n\n",
               STR_ARG(article->title), STR_ARG(article->subtitle), STR_ARG(article->site),
               STR_ARG(article->byline), STR_ARG(article->url), STR_ARG(article->language),
               buf_c(&published), date_basis_name(article->published.basis), buf_c(&updated),
               STR_ARG(article->canonical));
    size_t removed = 0;
    for (size_t i = 0; i <= article->blocks.count; i++) {
        for (; removed < article->removed.count && article->removed.items[removed].before <= i;
             removed++) {
            const struct removed_block *cut = &article->removed.items[removed];
            buf_format(out, "  - %u %s %.*s\n", cut->line, removal_reason_name(cut->reason),
                       STR_ARG(cut->text));
        }
        if (i < article->blocks.count) {
            const struct block *block = &article->blocks.items[i];
            buf_format(out, "%u %s: %.*s\n", block->line, block_kind_name(block->kind),
                       STR_ARG(str_slice(article->text, block->start, block->end)));
        }
    }
    buf_done(&published);
    buf_done(&updated);
}

static enum status describe_page(void *context, const struct page *page)
{
    struct arena arena = {0};
    struct article article;
    assert_int_equal(page->kind, PAGE_HTML);
    clean_checked(&arena, page->body, &article);
    describe(context, &article);
    arena_done(&arena);
    return STATUS_OK;
}

static enum status describe_broken(void *context, str path, const struct error *err)
{
    (void)path;
    buf_format(context, "broken: %s\n", err->text);
    return STATUS_OK;
}

static void read_into(struct buf *shown, str path, str bytes)
{
    struct arena pages = {0};
    struct error err;
    struct page_sink sink = {.page = describe_page, .broken = describe_broken, .context = shown};
    struct input input = {.path = path, .bytes = bytes, .published = DAY_UNKNOWN};
    assert_int_equal(format_read(&pages, &input, &sink, &err), STATUS_OK);
    arena_done(&pages);
}

static void run_case(str path)
{
    struct arena files = {0};
    struct error err;
    struct buf shown = BUF_INIT;
    str bytes = STR_NONE, expected = STR_NONE;
    assert_int_equal(file_read(&files, path.ptr, INPUT_LIMIT_LEN, &bytes, &err), STATUS_OK);
    read_into(&shown, STR("page"), bytes);
    str wanted = arena_format(&files, "%.*s.expected", (int)path.len - 5, path.ptr);
    const char *update = getenv("UPDATE_EXPECTED");
    if (update && strcmp(update, "1") == 0) {
        assert_int_equal(file_replace(wanted.ptr, buf_str(&shown), &err), STATUS_OK);
    } else {
        assert_int_equal(file_read(&files, wanted.ptr, INPUT_LIMIT_LEN, &expected, &err),
                         STATUS_OK);
        assert_string_equal(buf_c(&shown), expected.ptr);
    }
    buf_done(&shown);
    arena_done(&files);
}

static void case_files_give_what_they_expect(void **state)
{
    (void)state;
    struct error err;
    struct file_walk *walk = NULL;
    struct file_found found;
    size_t count = 0;
    struct arena arena = {0};
    assert_int_equal(file_walk_open(CASES, &walk, &err), STATUS_OK);
    while (file_walk_next(walk, &found, &err) == STATUS_OK) {
        if (str_ends(found.path, STR(".html"))) {
            run_case(arena_str(&arena, found.path));
            count++;
        }
    }
    file_walk_close(walk);
    arena_done(&arena);
    assert_true(count >= 3);
}

/* --- spans ------------------------------------------------------------------------------------ */

#define SPAN_PAGE(head, body)                                                                      \
    "<!doctype html><head>" head "</head><body><article><h1>A harbour opens</h1><p>" body          \
    "</p><p>The mayor thanked all who had worked on it for so many years.</p></article>"

static void what_stands_out_keeps_its_place(void **state)
{
    static const struct {
        const char *page, *spans;
    } rows[] = {
        {SPAN_PAGE("", "The mayor opened the <em>new</em> harbour, <b>as   planned</b>, on "
                       "Monday: <code>x = 1</code>."),
         "emphasis new, strong as planned, code x = 1, "},
        /* one in the other, and one element over two lines */
        {SPAN_PAGE("", "<b>The mayor <i>herself</i> opened</b> the harbour on "
                       "<em>Monday<br>morning</em>, they said of it."),
         "strong The mayor herself opened, emphasis herself, emphasis Monday, emphasis morning, "},
        {SPAN_PAGE("<base href='https://example.org/a/b/'>",
                   "She <a href='../c?d=1&amp;e'>opened <b>it</b></a> on <a href='//x.org'>a "
                   "Monday</a> of <a href='#note'>the</a> <a href='javascript:x()'>year</a> and "
                   "<a href='mailto:a@b'>wrote</a><a href=' HTTP://y.org/z w '> home</a>."),
         "link opened it > https://example.org/a/c?d=1&e, strong it, "
         "link a Monday > https://x.org, link home > HTTP://y.org/z%20w, "},
        {SPAN_PAGE("<link rel=canonical href='https://c.org/p/q'><base href='r/'>",
                   "The mayor <a href=x>opened</a> the harbour on Monday, in the morning."),
         "link opened > https://c.org/p/r/x, "},
        /* no address of its own: relative links lead nowhere */
        {SPAN_PAGE("", "The mayor <a href=x>opened</a> the <a href='https://h.org/'>harbour</a> on "
                       "Monday, they said."),
         "link harbour > https://h.org/, "},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena = {0};
        struct article article;
        struct buf told = BUF_INIT;
        clean_checked(&arena, str_from(rows[i].page), &article);
        for (size_t k = 0; k < article.spans.count; k++) {
            const struct span *span = &article.spans.items[k];
            buf_format(&told, "%s %.*s%s%.*s, ", span_kind_name(span->kind),
                       STR_ARG(str_slice(article.text, span->start, span->end)),
                       span->target.len ? " > " : "", STR_ARG(span->target));
        }
        assert_string_equal(buf_c(&told), rows[i].spans);
        buf_done(&told);
        arena_done(&arena);
    }
}

/* --- lines -------------------------------------------------------------------------------------
 */

/* The visible text, one block a line. */
static void lines_are_what_readers_see(void **state)
{
    (void)state;
    static const struct {
        const char *html, *text;
    } pages[] = {
        /* a row of a table is one line */
        {"<table><tr><td>Oslo<br>Norway<td>5<br/>kr<tr><th>a<th>b<br></table>",
         "Oslo Norway | 5 kr\na | b\n"},
        {"<table><tr><td><b>Oslo<br></b><br>Norway</td><td><br>5</td></tr></table>",
         "Oslo Norway | 5\n"},
        /* a table that only places text on the page has paragraphs in its cells */
        {"<table><tr><td>" TEN_WORDS TEN_WORDS TEN_WORDS "<br>" TEN_WORDS TEN_WORDS "</table>",
         TEN_WORDS TEN_WORDS "one two three four five six seven eight nine ten\n" TEN_WORDS
                             "one two three four five six seven eight nine ten\n"},
        {"<table><tr><td>Oslo<br><table><tr><td>Norway<br>5<td>kr</table></table>",
         "Oslo\nNorway 5 | kr\n"},
        {"<p>Oslo<br>Norway", "Oslo\nNorway\n"},
        /* how it is read stands behind a word */
        {"<p>\xE6\xBC\xA2", "\xE6\xBC\xA2\n"},
        {"<p>x<ruby>漢字<rt>かんじ</rt></ruby>を", "x漢字(かんじ)を\n"},
        {"<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby>を",
         "漢字(かんじ)を\n"},
        {"<p><ruby>漢字<rp>（</rp><rt> かん <b>じ</b>\n</rt><rp>）</rp></ruby>を",
         "漢字(かん じ)を\n"},
        {"<p>The <ruby>WWW<rt>World Wide Web</ruby>, that is",
         "The WWW (World Wide Web), that is\n"},
        {"<p><ruby>漢字<rt></rt></ruby>を<ruby><rt>x</rt></ruby>", "漢字を(x)\n"},
        {"<p><ruby><ruby>東<rt>とう</rt></ruby>南<rt>なん</rt></ruby>の", "東(とう)南(なん)の\n"},
        {"<p><ruby>東<rt><ruby>と<rt>to</rt></ruby>う</rt></ruby>の", "東(とtoう)の\n"},
        {"<p>a <rt>b</rt> c", "a b c\n"},
        {"<ruby>東<rt>とう<p>x</ruby>y<p>z", "東(とう)\nxy\nz\n"},
        /* references that no character has */
        {"<p>a&#2222222222222;b &#4294967296; &#x110000; &#xD800; &#0; &#-1;",
         "a�b � � � � &#-1;\n"},
        {"<p>東<ruby hidden>南<rt>なん</rt></ruby>の", "東の\n"},
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct arena arena = {0};
        struct html_document document;
        assert_true(html_read(&arena, str_from(pages[i].html), &document));
        assert_string_equal(arena_str(&arena, document.text).ptr, pages[i].text);
        arena_done(&arena);
    }
}

/* --- properties ------------------------------------------------------------------------------- */

static const char *const fragments[] = {
    "<p>",
    "</p>",
    "<div class=\"story-body\">",
    "</div>",
    "<ul><li>",
    "</li>",
    "</ul>",
    "<br>",
    "<table><tr><td>",
    "</td><td>",
    "</tr></table>",
    "<h1>",
    "</h1>",
    "<h2>",
    "</h2>",
    "<b>",
    "</b>",
    "<a href=\"/x\">",
    "<a href=\"https://example.org/y z\">",
    "<em>",
    "</em>",
    "<code>",
    "</code>",
    "<base href=\"https://example.org/a/\">",
    "</a>",
    "<script>var a = \"<p>no</p>\";</script>",
    "<style>p {}</style>",
    "<div hidden>not seen</div>",
    "<span style=\"display: none\">nor this</span>",
    "<pre>a\n  b\n",
    "</pre>",
    "<blockquote>",
    "</blockquote>",
    "<nav>",
    "</nav>",
    "&amp; &nbsp;&#8212; &bogus;",
    "&#2222222222222;",
    "<a href=\"https://example.org/&#2222222222222;\">",
    "<template>never</template>",
    "<noscript>nor here</noscript>",
    "<figure><figcaption>",
    "</figcaption></figure>",
    "<svg><text>drawn</text></svg>",
    "<!-- remark -->",
    "<td>",
    "<ruby>",
    "<rp>(</rp><rt>",
    "</rt>",
    "</ruby>",
    "<li>",
    "The council met on Monday and did not agree about the old bridge over the river. ",
    "Subscribe to our newsletter",
    "Advertisement",
    "By Ann Lee",
    "March 4, 2024",
    "Read more: x",
    "<time datetime=\"2024-03-04\">March 4</time>",
    "<meta property=\"og:title\" content=\"A title\">",
    "<script type=\"application/ld+json\">{\"headline\": \"x\\u0041\", \"author\": "
    "[{\"name\":\"B\"}]}"
    "</script>"};

static void nothing_of_a_random_page_is_lost_or_doubled(void **state)
{
    (void)state;
    struct random random = {20240806};
    struct buf page = BUF_INIT, noise = BUF_INIT;
    struct arena arena = {0};
    for (int i = 0; i < 1500; i++) {
        struct article article;
        size_t count = random_below(&random, 90);
        buf_clear(&page);
        for (size_t k = 0; k < count; k++) {
            if (random_below(&random, 12) == 0) {
                random_text(&random, &noise, random_below(&random, 40));
                buf_add(&page, buf_str(&noise));
            } else {
                size_t which = random_below(&random, sizeof fragments / sizeof *fragments);
                buf_add(&page, str_from(fragments[which]));
            }
        }
        clean_checked(&arena, buf_str(&page), &article);
        arena_reset(&arena);
    }
    arena_done(&arena);
    buf_done(&page);
    buf_done(&noise);
}

/* Pages made of elements that hold numbered words. What is seen and what is not is known from how
 * the page was made, not from our reading of it. */
struct made {
    struct random random;
    struct buf html, seen; /* the words that must be there, in order */
    int words, hidden;
};

static void add_word(struct made *made, bool hidden)
{
    static const char *const joints[] = {" ", "\n", "&nbsp;", "<wbr> ", " <!-- no0 --> "};
    buf_format(&made->html, "%s%d%s", hidden ? "no" : "word", ++made->words,
               joints[random_below(&made->random, sizeof joints / sizeof *joints)]);
    if (!hidden)
        buf_format(&made->seen, "word%d ", made->words);
}

static void add_element(struct made *made, int depth, bool hidden)
{
    static const struct {
        const char *open, *close;
        bool hides, holds_blocks;
    } kinds[] = {
        {"<div>", "</div>", false, true},
        {"<section class='comments'>", "</section>", false, true},
        {"<ul><li>", "</li></ul>", false, true},
        {"<table><tr><td>", "</td></tr></table>", false, true},
        {"<blockquote>", "</blockquote>", false, true},
        {"<nav>", "</nav>", false, true},
        {"<figure><figcaption>", "</figcaption></figure>", false, true},
        {"<p>", "</p>", false, false},
        {"<h2>", "</h2>", false, false},
        {"<pre>", "</pre>", false, false},
        {"<a href='https://example.org/'>", "</a> ", false, false},
        {"<b>", "</b> ", false, false},
        {"<em>", "</em> ", false, false},
        {"<code>", "</code> ", false, false},
        {"<button>", "</button>", false, false},
        {"<br>", "", false, false},
        {"<ruby>", "</ruby> ", false, false},
        {"<rp>", "</rp> ", true, false},
        {"<script>", "</script> ", true, false},
        {"<style>", "</style> ", true, false},
        {"<template>", "</template> ", true, true},
        {"<div hidden>", "</div>", true, true},
        {"<svg><text>", "</text></svg> ", true, false},
        {"<span style='display:none'>", "</span> ", true, false},
    };
    bool flat = depth > 6;
    for (size_t i = random_below(&made->random, 6); i > 0; i--) {
        size_t which = random_below(&made->random, sizeof kinds / sizeof *kinds);
        add_word(made, hidden);
        if (flat || (kinds[which].hides && ++made->hidden > 20))
            continue;
        buf_add(&made->html, str_from(kinds[which].open));
        if (kinds[which].holds_blocks)
            add_element(made, depth + 1, hidden || kinds[which].hides);
        else if (*kinds[which].close)
            add_word(made, hidden || kinds[which].hides);
        buf_add(&made->html, str_from(kinds[which].close));
    }
}

/* The words of the article's parts, kept and removed, in the order of the page. */
static void add_words(struct buf *words, str text)
{
    size_t at = 0;
    str word;
    while (text_next_word(text, &at, &word)) {
        if (str_starts(word, STR("word")) || str_starts(word, STR("no"))) {
            buf_format(words, "%.*s ", STR_ARG(word));
        }
    }
}

static void every_word_that_is_seen_is_there_once(void **state)
{
    (void)state;
    struct made made = {.random = {20240917}};
    struct arena arena = {0};
    size_t all = 0;
    for (int i = 0; i < 400; i++) {
        struct article article;
        struct buf words = BUF_INIT;
        size_t removed = 0;
        buf_clear(&made.html);
        buf_clear(&made.seen);
        made.words = made.hidden = 0;
        buf_add(&made.html, STR("<!doctype html><title>no0</title><body>"));
        for (int k = 0; k < 40; k++) { /* so that most of the page is seen */
            add_word(&made, false);
        }
        add_element(&made, 0, false);
        clean_checked(&arena, buf_str(&made.html), &article);
        for (size_t k = 0; k <= article.blocks.count; k++) {
            for (; removed < article.removed.count && article.removed.items[removed].before <= k;
                 removed++) {
                add_words(&words, article.removed.items[removed].text);
            }
            if (k < article.blocks.count) {
                add_words(&words, str_slice(article.text, article.blocks.items[k].start,
                                            article.blocks.items[k].end));
            }
        }
        assert_string_equal(buf_c(&words), buf_c(&made.seen));
        all += (size_t)made.words;
        buf_done(&words);
        arena_reset(&arena);
    }
    assert_true(all > 20000);
    buf_done(&made.html);
    buf_done(&made.seen);
    arena_done(&arena);
}

/* --- hostile pages ---------------------------------------------------------------------------- */

static void add_times(struct buf *page, const char *unit, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buf_add(page, str_from(unit));
    }
}

static void hostile_pages_are_refused_before_the_parser(void **state)
{
    (void)state;
    static const struct {
        const char *start, *unit;
        size_t count;
        const char *told;
    } pages[] = {{"<!doctype html>", "<div>", 100000, "nests more than 512"},
                 {"<!doctype html>", "<table><tr><td>", 20000, "nests more than 512"},
                 {"<!doctype html>", "<span></span>", 500000, "more than 250000 tags"},
                 {"<!doctype html><p ", "a b=c ", 5000, "more than 1000 attributes"},
                 {"<!doctype html>", "<b id=x><p>y", 9000, "nests more than 512"},
                 {"<!doctype html><svg><style>", "<a>", 60000, "nests more than 512"},
                 {"<!doctype html>", "0123456789", 5300000, "larger than the limit"}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct buf page = BUF_INIT, shown = BUF_INIT;
        buf_add(&page, str_from(pages[i].start));
        add_times(&page, pages[i].unit, pages[i].count);
        read_into(&shown, STR("hostile.html"), buf_str(&page));
        if (!strstr(buf_c(&shown), pages[i].told) || !strstr(buf_c(&shown), "broken: ")) {
            fail_msg("%s: told %.200s", pages[i].unit, buf_c(&shown));
        }
        buf_done(&page);
        buf_done(&shown);
    }
}

static void open_formatting_does_not_multiply(void **state)
{
    (void)state;
    struct buf page = BUF_INIT, shown = BUF_INIT;
    buf_add(&page, STR("<!doctype html>"));
    for (int i = 0; i < 400; i++) {
        buf_format(&page, "<b id=x%d>", i);
    }
    add_times(&page, "<p>x", 20000);
    read_into(&shown, STR("hostile.html"), buf_str(&page));
    assert_non_null(strstr(buf_c(&shown), "formatting elements"));
    buf_done(&page);
    buf_done(&shown);
}

static void bylines_name_their_authors(void **state)
{
    (void)state;
    static const struct {
        const char *byline, *authors;
    } cases[] = {{"", ""},
                 {"Reuters", "Reuters;"},
                 {"Lena Brandt, Jan Petersen", "Lena Brandt;Jan Petersen;"},
                 {"By Lena Brandt, Jan Petersen, and Ola Moe", "Lena Brandt;Jan Petersen;Ola Moe;"},
                 {"Lena Brandt and Jan Petersen in Oslo | Reuters", "Lena Brandt;Jan Petersen;"},
                 {"Lena Brandt, PhD & Jan Petersen for The Example", "Lena Brandt;Jan Petersen;"},
                 {" and , | ", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf shown = BUF_INIT;
        str name;
        for (size_t at = 0; article_next_author(str_from(cases[i].byline), &at, &name);) {
            buf_format(&shown, "%.*s;", STR_ARG(name));
        }
        assert_string_equal(buf_c(&shown), cases[i].authors);
        buf_done(&shown);
    }
}

static void large_pages_hold(void **state)
{
    (void)state;
    static const struct {
        const char *start, *unit;
        size_t count;
    } pages[] = {{"<!doctype html><p>", "&amp;&nbsp;&CounterClockwiseContourIntegral;", 50000},
                 {"<!doctype html>", "<p>One line.", 60000},
                 {"<!doctype html><script>", "if (a <b) document.write('<div>');", 60000},
                 {"<!doctype html><!--", "<p>-- <!-- ", 60000},
                 {"<!doctype html><table>", "<tr><td>a<td>b", 30000},
                 {"<!doctype html><p>", "word <br>", 60000}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct buf page = BUF_INIT;
        struct arena arena = {0};
        struct article article;
        buf_add(&page, str_from(pages[i].start));
        add_times(&page, pages[i].unit, pages[i].count);
        clean_checked(&arena, buf_str(&page), &article);
        arena_done(&arena);
        buf_done(&page);
    }
}

static void what_follows_too_many_blocks_is_one(void **state)
{
    (void)state;
    static const struct {
        const char *start, *unit;
    } pages[] = {{"<pre>", "a b\n"}, {"<body>", "<p>a <i>b</i>"}, {"<body>", "a b<br>"}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct buf page = BUF_INIT;
        struct arena arena = {0};
        struct html_document document;
        buf_add(&page, str_from(pages[i].start));
        add_times(&page, pages[i].unit, HTML_BLOCK_LIMIT + 3);
        assert_true(html_read(&arena, buf_str(&page), &document));
        assert_int_equal(document.blocks.count, HTML_BLOCK_LIMIT + 1);
        assert_true(str_equal(document.blocks.items[HTML_BLOCK_LIMIT - 1].text, STR("a b")));
        assert_true(str_equal(document.blocks.items[HTML_BLOCK_LIMIT].text, STR("a b a b a b")));
        arena_done(&arena);
        buf_done(&page);
    }
}

static void a_lying_charset_does_no_harm(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        const char *text;
    } pages[] = {
        {"<!doctype html><meta charset=iso-8859-1><p>Caf\xC3\xA9 na\xC3\xAFve.", "Café naïve."},
        {"<!doctype html><meta charset=utf-8><p>Caf\xE9 noir.", "Café noir."},
        {"\xEF\xBB\xBF<!doctype html><meta charset=koi8-r><p>Caf\xC3\xA9.", "Café."},
        {"<!doctype html><meta charset=no-such-thing><p>Caf\xC3\xA9.", "Café."}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct buf shown = BUF_INIT;
        read_into(&shown, STR("page.html"), str_from(pages[i].bytes));
        assert_non_null(strstr(buf_c(&shown), pages[i].text));
        buf_done(&shown);
    }
}

/* --- metadata --------------------------------------------------------------------------------- */

/* Pruned or not, readers see the same. */
static void pruning_takes_nothing_that_is_seen(void **state)
{
    (void)state;
    static const struct {
        const char *html, *text;
    } pages[] = {
        {"<p>a<script>if (x<b) y='<p>no'</script>b", "ab\n"},
        {"<p>a<script>x='<!--<script>no</script>'</script>b-->c", "ab-->c\n"},
        {"<p>a<!-- no --><p>b<!--> <p>c <!--no", "a\nb\nc\n"},
        {"<p>a<!-- no --!> b <!-- -- no --> c", "a b c\n"},
        {"<p title='<script>'>a</p><p title=\"<!--\">b</p><script></script>c", "a\nb\nc\n"},
        {"<p>a<svg><path d='1'/><g></g></svg>b", "ab\n"},
        {"<p>a<svg><circle/><p>b</svg>c", "a\nbc\n"},
        {"<p>a<svg/>b<svg/>c<p>d</svg>e", "abc\nde\n"},
        {"<title><style></title><p>a</p><style>no</style><textarea><style></textarea>b", "a\nb\n"},
        {"<p>a < b <script", "a < b\n"},
        {"<p>a</p><script>no", "a\n"},
        {"<p>a</p><style>no</style\n>b<STYLE>no</Style>c", "a\nbc\n"}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct arena arena = {0};
        struct html_document document;
        assert_true(html_read(&arena, str_from(pages[i].html), &document));
        str shown = arena_str(&arena, document.text);
        assert_string_equal(shown.ptr, pages[i].text);
        arena_done(&arena);
    }
}

static void readers_see_the_day(void **state)
{
    (void)state;
#define TEXT                                                                                       \
    "<p>The ship of the line left the harbour in the morning and was not seen for a year.</p>"     \
    "<p>When she came back, the town had a new harbour and the old one was full of sand.</p>"
    static const struct {
        const char *head, *lines, *value;
    } pages[] = {
        /* glued to other text */
        {"", "<div><b>Jane Roe</b><i>Dec 05, 2023</i><u>2 Shares</u></div>", "2023-12-05"},
        /* a stamp in universal time, and the day where the page is read */
        {"<meta property='article:published_time' content='2024-02-24T04:13:00Z'>",
         "<p>February 23, 2024</p>", "2024-02-23"},
        /* two days: both are told, the first counts */
        {"<meta property='article:published_time' content='2024-02-20T04:13:00+01:00'>"
         "<meta property='article:modified_time' content='2024-02-24T04:13:00+01:00'>",
         "<p>Published February 20, 2024, updated February 24, 2024</p>", "2024-02-20"},
        {"<meta name='date' content='2024-02-24'>",
         "<p>Updated February 24, 2024, originally published February 20, 2024</p>", "2024-02-20"},
        /* only the day of a change is shown: soon after, and long after */
        {"<meta property='article:published_time' content='2024-02-20T04:13:00+01:00'>"
         "<meta property='article:modified_time' content='2024-02-24T04:13:00+01:00'>",
         "<p>Updated February 24, 2024</p>", "2024-02-24"},
        {"<meta property='article:published_time' content='2020-02-20T04:13:00+01:00'>"
         "<meta property='article:modified_time' content='2024-02-24T04:13:00+01:00'>",
         "<p>Updated February 24, 2024</p>", "2020-02-20"},
        /* old blogs hold the day in a title and show the time of day */
        {"",
         "<p>at <abbr itemprop='datePublished' title='2012-06-12T09:52:00-07:00'>9:52</abbr></p>",
         "2012-06-12"},
        {"<script type='application/ld+json'>{\"@type\": \"DiscussionForumPosting\", "
         "\"datePosted\": \"2023-11-02T08:00:00+01:00\"}</script>",
         "", "2023-11-02"},
        /* a date of no stated meaning, and the day that readers see */
        {"<meta name='dc.date' content='2020-03-03'>", "<p>April 7, 2020</p>", "2020-04-07"},
        /* the page states one day, and twice another one, where readers see it */
        {"<meta property='article:published_time' content='2020-03-03'>"
         "<meta name='date' content='April 7, 2022'>",
         "<p>April 7, 2022</p>", "2022-04-07"},
        {"<meta property='article:published_time' content='2020-03-03'>"
         "<meta name='date' content='May 7, 2022'>",
         "<p>April 7, 2022</p>", "2020-03-03"},
        /* of two readings the one of the time element */
        {"", "<p><time datetime='2017-03-01'>03/01/2017</time> by Jane Roe</p>", "2017-03-01"},
        /* a time element that contradicts itself: its value for programs counts, unless the page
         * states what readers see */
        {"", "<p><time datetime='2024-12-20'>August 28, 2024</time></p>", "2024-12-20"},
        {"<meta property='article:published_time' content='2024-08-28'>",
         "<p><time datetime='2024-12-20'>August 28, 2024</time></p>", "2024-08-28"},
        {"", "<p>August 28, 2024, updated <time datetime='2024-12-20'>in December</time></p>",
         "2024-08-28"},
        /* the stamp is of the evening before, in universal time */
        {"", "<p><time datetime='2024-08-27T23:30:00Z'>August 28, 2024</time></p>", "2024-08-28"}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct arena arena = {0};
        struct article article;
        struct buf value = BUF_INIT;
        str html = arena_format(
            &arena, "<title>The long way home</title>%s<h1>The long way home</h1>%s" TEXT,
            pages[i].head, pages[i].lines);
        struct page page = page_of(html);
        clean_page(&arena, rules, NULL, &page, &article);
        day_add(&value, article.published.value);
        assert_string_equal(buf_c(&value), pages[i].value);
        buf_done(&value);
        arena_done(&arena);
    }
#undef TEXT
}

/* Where the day stands by itself: above the headline, and below the text of a page that anyone may
 * edit. */
static void the_day_stands_elsewhere(void **state)
{
    (void)state;
    static const struct {
        const char *head, *above, *below, *value;
    } pages[] = {
        {"<meta name='dc.date' content='2020-03-03'>", "<p>Research 7 April 2020</p>", "",
         "2020-04-07"},
        {"<meta name='article:published_time' content='2020-03-03'>", "<p>7 April 2020</p>", "",
         "2020-03-03"},
        {"", "", "<p>Harbours (last edited 2019-11-10 13:28:18 by JaneRoe)</p>", "2019-11-10"},
        {"", "", "<p>In 2019 the harbour was dug again, and on November 10, 2019 it was open.</p>",
         "unknown"}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct arena arena = {0};
        struct article article;
        struct buf value = BUF_INIT;
        str html = arena_format(
            &arena,
            "<title>Harbours</title>%s%s<h1>Harbours of the north</h1>"
            "<p>The ship of the line left the harbour in the morning and was not seen again.</p>"
            "<p>When she came back, the town had a new harbour, and sand was in the old one.</p>%s",
            pages[i].head, pages[i].above, pages[i].below);
        struct page page = page_of(html);
        clean_page(&arena, rules, NULL, &page, &article);
        if (article.published.value != DAY_UNKNOWN) {
            day_add(&value, article.published.value);
        } else {
            buf_add(&value, STR("unknown"));
        }
        assert_string_equal(buf_c(&value), pages[i].value);
        buf_done(&value);
        arena_done(&arena);
    }
}

static void days_are_read(void **state)
{
    (void)state;
    day fifth = day_from_civil(2024, 8, 5);
    assert_int_equal(html_day(STR("2024-08-05T10:00:00Z")), fifth);
    assert_int_equal(html_day(STR(" 2024/8/5 ")), fifth);
    assert_int_equal(html_day(STR("20240805")), fifth);
    assert_int_equal(html_day(STR("1722859200")), fifth);
    assert_int_equal(html_day(STR("1722859200000")), fifth);
    assert_int_equal(html_day(STR("2024-13-05")), DAY_UNKNOWN);
    assert_int_equal(html_day(STR("")), DAY_UNKNOWN);
    assert_int_equal(html_day_of_url(STR("https://a.example/2024/08/05/story")), fifth);
    assert_int_equal(html_day_of_url(STR("https://a.example/x-2024-08-05")), DAY_UNKNOWN);
    assert_int_equal(html_day_of_url(STR("https://a.example/20240805/")), fifth);
    assert_int_equal(html_day_of_url(STR("https://a.example/12345678901")), DAY_UNKNOWN);
}

static void broken_json_still_tells_its_facts(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct html_document document = {.text = STR_NONE};
    const str script = STR("{\"@graph\": [{\"headline\": \"A \\\"b\\\" \\u00e9\", "
                           "\"video\": {\"datePublished\": \"2001-01-01\"}, \"datePublished\": "
                           "\"2024-08-05\",, \"author\": [{\"name\": \"X\"}, {\"name\": \"Y\"}], "
                           "\"publisher\": {\"name\": \"Z\"}");
    html_note_graphs(&arena, &script, 1, &document);
    assert_true(str_equal(document.facts[FACT_LD_TITLE], STR("A \"b\" é")));
    assert_true(str_equal(document.facts[FACT_LD_PUBLISHED], STR("2024-08-05")));
    assert_true(str_equal(document.facts[FACT_LD_AUTHOR], STR("X, Y")));
    assert_true(str_equal(document.facts[FACT_LD_SITE], STR("Z")));
    arena_done(&arena);
}

#define GRAPH(text) "<script type='application/ld+json'>" text "</script>"

/* Nodes of a page's graphs name each other by "@id". */
static void graphs_name_author_and_outlet(void **state)
{
    (void)state;
    static const struct {
        const char *head, *byline, *site;
    } pages[] = {
        {GRAPH("{'@graph': [{'@type': 'Article', 'author': {'@id': '#/person/1'},"
               "'publisher': {'@id': '#org'}},"
               "{'@type': 'Organization', '@id': '#org', 'name': 'The Harbour Post'},"
               "{'name': 'Jane Roe', '@type': 'Person', '@id': '#/person/1'}]}"),
         "Jane Roe", "The Harbour Post"},
        /* in the order of the article, beside names that stand there, and from another script */
        {GRAPH("{'@id': '#b', 'name': 'John Doe'}")
             GRAPH("{'@type': 'Article', 'author': [{'@id': '#a'}, {'name': 'Ann Lee'}, '#b']}")
                 GRAPH("[{'@id': '#a', 'name': 'Jane Roe'}]"),
         "Jane Roe, Ann Lee, John Doe", ""},
        /* its own name stands before that of the node */
        {GRAPH("[{'author': {'name': 'Jane Roe', '@id': '#a'}}, {'@id': '#a', 'name': 'J. R.'}]"),
         "Jane Roe", ""},
        /* the site has a name, where nobody is said to publish the article */
        {GRAPH("[{'@type': 'Article', 'isPartOf': {'@id': '#site'}},"
               "{'@id': '#site', '@type': ['WebSite', 'Thing'], 'name': 'Harbour Online'}]"),
         "", "Harbour Online"},
        {GRAPH("{'isPartOf': {'@type': 'WebSite', 'name': 'Harbour Online'}}"), "",
         "Harbour Online"},
        {GRAPH("[{'@type': 'WebSite', 'name': 'Harbour Online', 'publisher': {'@id': '#org'}},"
               "{'@id': '#org', 'name': 'The Harbour Post'}]"),
         "", "The Harbour Post"},
        /* who wrote a comment, and who made another work */
        {GRAPH("[{'comment': {'author': {'@id': '#a'}}, 'video': {'publisher': {'@id': '#a'}}},"
               "{'@id': '#a', 'name': 'Jane Roe'}]"),
         "", ""},
        /* nodes without a name, missing ones, and such as name themselves or each other */
        {GRAPH("[{'author': {'@id': '#a'}, 'publisher': {'@id': 'https://h.org/#none'}},"
               "{'@id': '#a', 'author': {'@id': '#b'}}, {'@id': '#b', 'author': {'@id': '#a'}},"
               "{'@id': '', 'name': 'Nobody'}, {'author': {'@id': ''}}]"),
         "", ""},
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct arena arena = {0};
        struct article article;
        str html = arena_format(&arena, "<title>Harbours</title>%s<h1>Harbours</h1><p>Sand.</p>",
                                pages[i].head);
        for (char *at = strchr(html.ptr, '{'); at && *at; at++) {
            *at = *at == '\'' ? '"' : *at;
        }
        struct page page = page_of(html);
        clean_page(&arena, rules, NULL, &page, &article);
        assert_string_equal(arena_str(&arena, article.byline).ptr, pages[i].byline);
        assert_string_equal(arena_str(&arena, article.site).ptr, pages[i].site);
        arena_done(&arena);
    }
}

/* As many nodes and references as fit into a script: each is looked at once. */
static void large_graphs_hold(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct html_document document = {.text = STR_NONE};
    struct buf json = BUF_INIT;
    buf_add(&json, STR("["));
    for (int i = 0; i < 30000; i++) {
        buf_format(&json, "{\"@id\": \"#%d\", \"author\": {\"@id\": \"#%d\"}},", i, i + 1);
    }
    add_times(&json, "{\"@id\": \"#x\", \"author\": {", 60);
    str script = buf_str(&json);
    html_note_graphs(&arena, &script, 1, &document);
    assert_int_equal(document.facts[FACT_LD_AUTHOR].len, 0);
    buf_done(&json);
    arena_done(&arena);
}

static void words_of_classes_are_known(void **state)
{
    (void)state;
    assert_int_equal(html_marks_of(STR("post-comments relatedLinks")),
                     1u << HTML_MARK_BODY | 1u << HTML_MARK_COMMENT | 1u << HTML_MARK_RELATED |
                         1u << HTML_MARK_LIST_WORD);
    assert_int_equal(html_marks_of(STR("xfooterx adx")), 0);
    assert_int_equal(html_marks_of(STR_NONE), 0);
}

/* --- weights ---------------------------------------------------------------------------------- */

static void damaged_weights_are_told(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct error err;
    struct score_model model;
    str bytes = STR_NONE;
    struct buf mistakes = BUF_INIT;
    assert_int_equal(file_read(&arena, DATA_DIR "/rules/html.weights", 1 << 22, &bytes, &err),
                     STATUS_OK);
    assert_true(score_read(&arena, STR("w"), bytes, &model, &mistakes));
    struct buf again = BUF_INIT;
    score_write(&again, &model);
    assert_true(str_equal(buf_str(&again), bytes));
    again.ptr[again.len / 2] ^= 1;
    assert_false(score_read(&arena, STR("w"), buf_str(&again), &model, &mistakes));
    assert_non_null(strstr(buf_c(&mistakes), "w:1: the numbers are damaged"));
    assert_false(score_read(&arena, STR("w"), STR("weights 9\n"), &model, &mistakes));
    assert_false(score_read(&arena, STR("w"), STR(""), &model, &mistakes));
    buf_done(&again);
    buf_done(&mistakes);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_files_give_what_they_expect),
        cmocka_unit_test(what_stands_out_keeps_its_place),
        cmocka_unit_test(nothing_of_a_random_page_is_lost_or_doubled),
        cmocka_unit_test(every_word_that_is_seen_is_there_once),
        cmocka_unit_test(hostile_pages_are_refused_before_the_parser),
        cmocka_unit_test(open_formatting_does_not_multiply),
        cmocka_unit_test(bylines_name_their_authors),
        cmocka_unit_test(large_pages_hold),
        cmocka_unit_test(what_follows_too_many_blocks_is_one),
        cmocka_unit_test(a_lying_charset_does_no_harm),
        cmocka_unit_test(days_are_read),
        cmocka_unit_test(pruning_takes_nothing_that_is_seen),
        cmocka_unit_test(readers_see_the_day),
        cmocka_unit_test(the_day_stands_elsewhere),
        cmocka_unit_test(broken_json_still_tells_its_facts),
        cmocka_unit_test(graphs_name_author_and_outlet),
        cmocka_unit_test(large_graphs_hold),
        cmocka_unit_test(lines_are_what_readers_see),
        cmocka_unit_test(words_of_classes_are_known),
        cmocka_unit_test(damaged_weights_are_told),
    };
    if (!html_supported()) {
        print_message("this build reads no HTML\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, open_rules, close_rules);
}
