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
#include "support/parts.h"
#include "support/random.h"
#include "support/shipped_rules.h"
#include "text/fold.h"

#define CASES TESTS_DIR "/cases/ingest"

static struct page dump_of(str body)
{
    return (struct page){.path = STR("page.txt"),
                         .raw = body,
                         .published = DAY_UNKNOWN,
                         .kind = PAGE_DUMP,
                         .body = body};
}

/* --- the property: every visible character is kept or removed, once, in its place ------------- */

static void check_blocks(const struct article *article)
{
    size_t at = 0;
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.items[i];
        assert_true(block->start == at && block->end > block->start);
        at = block->end + 1;
        assert_true(block->end == article->text.len || article->text.ptr[block->end] == '\n');
    }
    assert_true(article->text.len == (at ? at - 1 : 0));
    assert_true(utf8_is_valid(article->text));
    for (size_t i = 0; i < article->removed.count; i++) {
        assert_true(article->removed.items[i].text.len > 0);
        assert_true(article->removed.items[i].rule.len > 0);
    }
}

static void clean_checked(struct arena *arena, str body, struct article *article)
{
    struct page page = dump_of(body);
    clean_page(arena, rules, NULL, &page, article);
    assert_true(parts_are_the_page(body, article, true));
    check_blocks(article);
}

/* --- case files ------------------------------------------------------------------------------- */

static void describe(struct buf *out, const struct article *article)
{
    struct buf published = BUF_INIT;
    day_add(&published, article->published.value);
    buf_format(out, "title: %.*s\nsubtitle: %.*s\nsite: %.*s\nbyline: %.*s\npublished: %s %s\n\n",
               STR_ARG(article->title), STR_ARG(article->subtitle), STR_ARG(article->site),
               STR_ARG(article->byline), buf_c(&published),
               date_basis_name(article->published.basis));
    size_t removed = 0;
    for (size_t i = 0; i <= article->blocks.count; i++) {
        for (; removed < article->removed.count && article->removed.items[removed].before <= i;
             removed++) {
            const struct removed_block *cut = &article->removed.items[removed];
            buf_format(out, "  - %u %s [%.*s] %.*s\n", cut->line, removal_reason_name(cut->reason),
                       STR_ARG(cut->rule), STR_ARG(cut->text));
        }
        if (i < article->blocks.count) {
            const struct block *block = &article->blocks.items[i];
            buf_format(out, "%u %s: %.*s\n", block->line, block_kind_name(block->kind),
                       STR_ARG(str_slice(article->text, block->start, block->end)));
        }
    }
    buf_done(&published);
}

struct case_run {
    struct buf shown;
};

static enum status describe_page(void *context, const struct page *page)
{
    struct case_run *run = context;
    struct arena arena = {0};
    struct article article;
    clean_page(&arena, rules, NULL, page, &article);
    assert_true(parts_are_the_page(page->body, &article, true));
    check_blocks(&article);
    describe(&run->shown, &article);
    arena_done(&arena);
    return STATUS_OK;
}

static enum status describe_broken(void *context, str path, const struct error *err)
{
    struct case_run *run = context;
    (void)path;
    buf_format(&run->shown, "broken: %s\n", err->text);
    return STATUS_OK;
}

static void run_case(str path)
{
    struct arena files = {0}, pages = {0};
    struct error err;
    str bytes = STR_NONE, expected = STR_NONE;
    struct case_run run = {BUF_INIT};
    struct page_sink sink = {.page = describe_page, .broken = describe_broken, .context = &run};
    assert_int_equal(file_read(&files, path.ptr, INPUT_LIMIT_LEN, &bytes, &err), STATUS_OK);
    struct input input = {.path = STR("page.txt"), .bytes = bytes, .published = DAY_UNKNOWN};
    assert_int_equal(format_read(&pages, &input, &sink, &err), STATUS_OK);
    str wanted = arena_format(&files, "%.*s.expected", (int)path.len - 3, path.ptr);
    const char *update = getenv("UPDATE_EXPECTED");
    if (update && strcmp(update, "1") == 0) {
        assert_int_equal(file_replace(wanted.ptr, buf_str(&run.shown), &err), STATUS_OK);
    } else {
        assert_int_equal(file_read(&files, wanted.ptr, INPUT_LIMIT_LEN, &expected, &err),
                         STATUS_OK);
        if (!str_equal(expected, buf_str(&run.shown))) {
            print_message("%.*s: got\n%s\nexpected\n%.*s\n", STR_ARG(path), buf_c(&run.shown),
                          STR_ARG(expected));
            fail();
        }
    }
    buf_done(&run.shown);
    arena_done(&files);
    arena_done(&pages);
}

static void case_files_give_what_they_expect(void **state)
{
    (void)state;
    struct error err;
    struct file_walk *walk = NULL;
    struct file_found found;
    struct arena arena = {0};
    size_t count = 0;
    assert_int_equal(file_walk_open(CASES, &walk, &err), STATUS_OK);
    while (file_walk_next(walk, &found, &err) == STATUS_OK) {
        if (str_ends(found.path, STR(".in"))) {
            run_case(arena_str(&arena, found.path));
            count++;
        }
    }
    file_walk_close(walk);
    arena_done(&arena);
    assert_true(count >= 10);
}

/* --- random pages ---------------------------------------------------------------------------- */

static const char *const fragments[] = {
    "Home",
    "Share",
    "DismissThe",
    "TranslateSkip to main content",
    "Home » The long way",
    "- Link One",
    "- Link Two",
    "- Link Three",
    "  • Name : Someone",
    "Table of Contents",
    "Related",
    "Comments",
    "Advertisement",
    "By Ann Lee May 2, 2019",
    "May 2, 2019",
    "| a | b |",
    "c | d |",
    "---|---|",
    "|",
    "**",
    "** **",
    "*",
    "\xEF\xBB\xBF",
    "\xE2\x80\x8B",
    "…",
    "© 2020 Someone",
    "The long way | Outlet",
    "The long way",
    "A subtitle that goes on. / Someone",
    "The ship of the line left the harbour in the morning and was not seen again for a year.",
    ("The ship of the line left the harbour in the morning and was not seen again for a year. "
     "What do you think? Share your thoughts in the comments below. The long way"),
    "Share your thoughts in the comments below.",
    "We use cookies.",
    "Sign up for our newsletter",
    "He met **Kim Jong Unin Pyongyang** and the others in the north of the land last week.",
    "\xE6\xB1\x89\xE5\xAD\x97\xE3\x80\x82",
    "x",
    "1 min",
    "Source",
    "Detail Author:",
    "Politics World Europe Business",
    "Ann Lee © NTK agency pictures"};

static void random_page(struct random *random, struct buf *page)
{
    struct buf noise = BUF_INIT;
    size_t count = random_below(random, 40);
    buf_clear(page);
    for (size_t i = 0; i < count; i++) {
        if (random_below(random, 8) == 0) {
            random_text(random, &noise, random_below(random, 60));
            buf_add(page, buf_str(&noise));
        } else {
            buf_add(
                page,
                str_from(fragments[random_below(random, sizeof fragments / sizeof *fragments)]));
        }
        buf_add(page, random_below(random, 5) ? STR("\n") : STR(" "));
    }
    buf_done(&noise);
}

static void nothing_of_a_random_page_is_lost_or_doubled(void **state)
{
    (void)state;
    struct random random = {20240805};
    struct buf page = BUF_INIT;
    struct arena arena = {0};
    for (int i = 0; i < 3000; i++) {
        struct article article;
        random_page(&random, &page);
        clean_checked(&arena, buf_str(&page), &article);
        arena_reset(&arena);
    }
    arena_done(&arena);
    buf_done(&page);
}

static void the_same_page_gives_the_same_article(void **state)
{
    (void)state;
    struct random random = {7};
    struct buf page = BUF_INIT, first = BUF_INIT, second = BUF_INIT;
    struct arena arena = {0};
    for (int i = 0; i < 50; i++) {
        struct article article;
        random_page(&random, &page);
        buf_clear(&first);
        buf_clear(&second);
        clean_checked(&arena, buf_str(&page), &article);
        describe(&first, &article);
        clean_checked(&arena, buf_str(&page), &article);
        describe(&second, &article);
        assert_true(str_equal(buf_str(&first), buf_str(&second)));
        arena_reset(&arena);
    }
    arena_done(&arena);
    buf_done(&page);
    buf_done(&first);
    buf_done(&second);
}

/* --- large pages ------------------------------------------------------------------------------ */

static void large_pages_hold(void **state)
{
    (void)state;
    static const struct {
        const char *unit;
        size_t count;
    } pages[] = {{"The word of the day is not here. ", 60000},
                 {"a\n", 1100000},
                 {"Related\n", 100000},
                 {"- One Two\n", 100000},
                 {"A. ", 300000},
                 {"**", 500000},
                 {"x | ", 300000},
                 {"The Name - ", 100000}};
    struct buf body = BUF_INIT;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct arena arena = {0};
        struct article article;
        buf_clear(&body);
        for (size_t k = 0; k < pages[i].count; k++) {
            buf_add(&body, str_from(pages[i].unit));
        }
        clean_checked(&arena, buf_str(&body), &article);
        arena_done(&arena);
    }
    buf_done(&body);
}

/* --- the reader's decisions ------------------------------------------------------------------- */

#define STORY                                                                                      \
    "The long way home\n"                                                                          \
    "The ship of the line left the harbour in the morning and was not seen for a year.\n"          \
    "Advertisement\n"                                                                              \
    "When she came back, the **town** had a new harbour and the old one was full of sand.\n"

static size_t find_block(const struct article *article, str text)
{
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.items[i];
        if (str_equal(str_slice(article->text, block->start, block->end), text)) {
            return i;
        }
    }
    return PIECE_NONE;
}

static void the_readers_decisions_win(void **state)
{
    (void)state;
    str mended = STR("When she came back, the town had a new harbour and the old one was full of "
                     "sand.");
    struct clean_override items[] = {{str_hash(STR("Advertisement")), true},
                                     {str_hash(mended), false},
                                     {str_hash(STR("nowhere")), true}};
    struct clean_overrides overrides = {items, 3};
    struct page page = dump_of(STR(STORY));
    struct arena arena = {0};
    struct article article;
    clean_page(&arena, rules, NULL, &page, &article);
    assert_int_equal(find_block(&article, STR("Advertisement")), PIECE_NONE);
    assert_int_equal(find_block(&article, mended), 2);
    clean_page(&arena, rules, &overrides, &page, &article);
    assert_true(parts_are_the_page(page.body, &article, true));
    assert_int_equal(find_block(&article, STR("Advertisement")), 2);
    assert_int_equal(find_block(&article, mended), PIECE_NONE);
    assert_int_equal(article.removed.count, 1);
    assert_int_equal(article.removed.items[0].line, 4);
    assert_int_equal(article.removed.items[0].before, 3);
    arena_done(&arena);
}

/* --- clean text is not touched ---------------------------------------------------------------- */

static void clean_text_stays_as_it_is(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "\n", "One line", "Home\n\n  Share **this**\n\nEnd.\n",
                                        "First sentence.\nSecond."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct arena arena = {0};
        struct article article;
        struct page page = dump_of(str_from(texts[i]));
        page.kind = PAGE_TEXT;
        clean_page(&arena, rules, NULL, &page, &article);
        assert_true(str_equal(article.text, page.body));
        assert_int_equal(article.removed.count, 0);
        arena_done(&arena);
    }
}

static void clean_text_has_a_block_a_line(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct article article;
    struct page page = dump_of(STR("A headline\n\n  It was so.\n"));
    page.kind = PAGE_TEXT;
    clean_page(&arena, rules, NULL, &page, &article);
    assert_int_equal(article.blocks.count, 2);
    assert_int_equal(article.blocks.items[0].kind, BLOCK_TITLE);
    assert_int_equal(article.blocks.items[1].kind, BLOCK_PARAGRAPH);
    assert_int_equal(article.blocks.items[1].start, 14);
    assert_int_equal(article.blocks.items[1].line, 3);
    assert_true(str_equal(article.title, STR("A headline")));
    page.title = STR("Stated");
    clean_page(&arena, rules, NULL, &page, &article);
    assert_int_equal(article.blocks.items[0].kind, BLOCK_PARAGRAPH);
    assert_true(str_equal(article.title, STR("Stated")));
    arena_done(&arena);
}

/* --- publication ------------------------------------------------------------------------------ */

static void the_basis_of_the_date_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *value;
        enum date_basis basis;
    } cases[] = {
        {"By Ann Lee May 2, 2019", "2019-05-02", DATE_BASIS_STATED},
        {"Published: 2019-05-02T10:00:00Z", "2019-05-02", DATE_BASIS_STATED},
        {"Thursday, 2 May 2019 10:43 GMT", "2019-05-02", DATE_BASIS_STATED},
        {"25/12/2019", "2019-12-25", DATE_BASIS_STATED},
        {"12.05.2019", "2019-05-12", DATE_BASIS_STATED},
        {"05/12/2019", "unknown", DATE_BASIS_UNKNOWN},
        {"February 30, 2019", "unknown", DATE_BASIS_UNKNOWN},
        {"May 2", "unknown", DATE_BASIS_UNKNOWN},
        {"On May 2, 2019, the ships of the north came home.", "unknown", DATE_BASIS_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct buf shown = BUF_INIT;
        str body = arena_format(&arena, "The long way home\n%s\n%s", cases[i].line,
                                strchr(STORY, '\n') + 1);
        struct page page = dump_of(body);
        struct article article;
        clean_page(&arena, rules, NULL, &page, &article);
        day_add(&shown, article.published.value);
        assert_string_equal(buf_c(&shown), cases[i].value);
        assert_int_equal(article.published.basis, cases[i].basis);
        assert_true(article.published.value == article.published.earliest &&
                    article.published.value == article.published.latest);
        page.published = 100;
        clean_page(&arena, rules, NULL, &page, &article);
        assert_int_equal(article.published.basis, DATE_BASIS_METADATA);
        assert_int_equal(article.published.value, 100);
        page.published_basis = DATE_BASIS_GIVEN;
        clean_page(&arena, rules, NULL, &page, &article);
        assert_int_equal(article.published.basis, cases[i].basis == DATE_BASIS_STATED
                                                      ? DATE_BASIS_STATED
                                                      : DATE_BASIS_GIVEN);
        buf_done(&shown);
        arena_done(&arena);
    }
}

/* --- mending ---------------------------------------------------------------------------------- */

static str mended(struct arena *arena, struct map *names, const char *text)
{
    return mend_text(arena, rules_for(rules, STR("en-GB"), STR_NONE), names, str_from(text));
}

static void lost_spaces_come_back(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct map names;
    map_init(&names, &arena);
    *map_put(&names, STR("Halden"), 0) = 3;
    assert_true(str_equal(mended(&arena, &names, "leader Kim Jong Unin Pyongyang."),
                          STR("leader Kim Jong Un in Pyongyang.")));
    assert_true(str_equal(mended(&arena, &names, "They met Haldenand Brandt"),
                          STR("They met Halden and Brandt")));
    static const char *const whole[] = {
        "Martin Boston met Benjamin Houston",
        "Stalin Putin Berlin Washington Houston Texas",
        "The Unin Pyongyang club",
        "met Haldenand others",
        "2**10 Pyongyang",
        "NATO Russia",
        "Kim Jong Unin.",
        "Robin Hood and Austin Powers of Boston Common in Poland Street"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        assert_true(str_equal(mended(&arena, &names, whole[i]), str_from(whole[i])));
    }
    arena_done(&arena);
}

static void bold_marks_are_dropped(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct map names;
    map_init(&names, &arena);
    assert_true(str_equal(mended(&arena, &names, "**So** it was, **he said.**"),
                          STR("So it was, he said.")));
    assert_true(str_equal(mended(&arena, &names, "**"), STR("**")));
    arena_done(&arena);
}

static void a_doubled_sentence_is_shown_once(void **state)
{
    (void)state;
#define STOOD "The old bridge over the river stood for a hundred years."
#define SOLD "It was sold to a museum in May of that year."
    static const struct {
        const char *line, *shown;
    } cases[] = {
        {STOOD " " STOOD, STOOD},
        {STOOD STOOD, STOOD},
        {STOOD " " STOOD " " SOLD, STOOD " " SOLD},
        {SOLD " " STOOD " " STOOD, SOLD " " STOOD},
        {SOLD "  " STOOD " " STOOD " " STOOD " " SOLD, SOLD "  " STOOD " " SOLD},
        {STOOD " " SOLD " " STOOD " " SOLD, STOOD " " SOLD},
        {"\xE2\x80\x9C" STOOD "\xE2\x80\x9D \xE2\x80\x9C" STOOD "\xE2\x80\x9D " SOLD,
         "\xE2\x80\x9C" STOOD "\xE2\x80\x9D " SOLD},
        /* said twice, or only alike */
        {"Never again. Never again. " STOOD, "Never again. Never again. " STOOD},
        {STOOD " " SOLD " " STOOD, STOOD " " SOLD " " STOOD},
        {STOOD " The old bridge over the river stood for a hundred years!",
         STOOD " The old bridge over the river stood for a hundred years!"},
        {"no no no no no no no no", "no no no no no no no no"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct article article;
        str body = arena_format(&arena, "The bridge\n%s\n" SOLD "\n", cases[i].line);
        clean_checked(&arena, body, &article);
        assert_string_equal(arena_str(&arena, str_slice(article.text, article.blocks.items[1].start,
                                                        article.blocks.items[1].end))
                                .ptr,
                            cases[i].shown);
    }
    arena_done(&arena);
#undef STOOD
#undef SOLD
}

/* --- rule files
 * ----------------------------------------------------------------------------------- */

static void mistakes_in_rules_name_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *mistake;
    } cases[] = {
        {"language: xx\n", ""},
        {"line-is: home\n", "a.rules:1: no `reason:` stands before: line-is\n"
                            "a.rules:1: `language:` is missing: a.rules\n"},
        {"language: xx\nreason: nonsense\n", "a.rules:2: no such reason: nonsense\n"},
        {"language: xx\n\nfoo: bar\n", "a.rules:3: no such statement: foo\n"},
        {"language: xx\nreason: share\nline-is (big 3): bar\n",
         "a.rules:3: no such option: big 3\n"},
        {"language: xx\nlabel\n", "a.rules:2: a statement needs a colon: label\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct ruleset set = {0};
        struct buf mistakes = BUF_INIT;
        rules_read(&arena, STR("a.rules"), str_from(cases[i].text), &set, &mistakes);
        assert_string_equal(buf_c(&mistakes), cases[i].mistake);
        buf_done(&mistakes);
        arena_done(&arena);
    }
}

static void phrases_keep_to_the_bounds_of_words(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct ruleset set = {0};
    struct buf mistakes = BUF_INIT;
    size_t count = rules_read(&arena, STR("a.rules"),
                              STR("language: xx\nreason: share\nline-starts (max 3): share it\n"
                                  "line-has: photo: | in the end\nline-ends: /afp\nline-is: Ok!\n"),
                              &set, &mistakes);
    assert_int_equal(count, 0);
    static const struct {
        const char *line;
        bool fits;
    } cases[] = {{"Share it now", true},
                 {"Share items", false},
                 {"Do share it", false},
                 {"share it a b c", false},
                 {"A photo: b", true},
                 {"A telephoto: b", false},
                 {"photographs", false},
                 {"So in the end", true},
                 {"in the ending", false},
                 {"Name/AFP", true},
                 {"Name/AFP b", false},
                 {"» OK", true},
                 {"OKs", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str key = rules_key(&arena, str_from(cases[i].line));
        uint32_t words = 1;
        for (size_t k = 0; k < key.len; k++) {
            words += key.ptr[k] == ' ';
        }
        if ((rules_match(&set, SCOPE_LINE, key, words) != NULL) != cases[i].fits) {
            fail_msg("%s", cases[i].line);
        }
    }
    buf_done(&mistakes);
    arena_done(&arena);
}

static void a_missing_folder_of_rules_is_told(void **state)
{
    (void)state;
    struct clean_rules *none = NULL;
    struct error err = {STATUS_OK, ""};
    assert_int_not_equal(clean_rules_open(TESTS_DIR "/cases/nowhere", &none, &err), STATUS_OK);
    assert_null(none);
    assert_true(strlen(err.text) > 0);
    assert_int_equal(clean_rules_open(CASES, &none, &err), STATUS_NOT_FOUND);
    clean_rules_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_files_give_what_they_expect),
        cmocka_unit_test(nothing_of_a_random_page_is_lost_or_doubled),
        cmocka_unit_test(the_same_page_gives_the_same_article),
        cmocka_unit_test(large_pages_hold),
        cmocka_unit_test(the_readers_decisions_win),
        cmocka_unit_test(clean_text_stays_as_it_is),
        cmocka_unit_test(clean_text_has_a_block_a_line),
        cmocka_unit_test(the_basis_of_the_date_is_told),
        cmocka_unit_test(lost_spaces_come_back),
        cmocka_unit_test(bold_marks_are_dropped),
        cmocka_unit_test(a_doubled_sentence_is_shown_once),
        cmocka_unit_test(mistakes_in_rules_name_file_and_line),
        cmocka_unit_test(phrases_keep_to_the_bounds_of_words),
        cmocka_unit_test(a_missing_folder_of_rules_is_told),
    };
    return cmocka_run_group_tests(tests, open_rules, close_rules);
}
