/* layers: base text model analyse */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analyse/analyse.h"
#include "base/buf.h"
#include "base/file.h"
#include "support/random.h"
#include "support/shipped_analyser.h"
#include "text/utf8.h"

enum { FILE_LIMIT = 1 << 20 };

/* An article read from a case file: its text without marks, and the marks. */
struct tag_case {
    struct arena arena;
    struct article article;
    struct buf text;
    struct buf expected; /* "kind at name" lines */
    size_t line;
    bool fails;
};

/* Adds a line with its marks taken out. */
static void add_line(struct tag_case *it, str line)
{
    struct block block = {.kind = BLOCK_PARAGRAPH};
    if (str_starts(line, STR("= heading: "))) {
        block.kind = BLOCK_HEADING;
        line = str_slice(line, 11, line.len);
    }
    if (it->text.len)
        buf_add_byte(&it->text, '\n');
    block.start = (uint32_t)it->text.len;
    while (line.len) {
        size_t open = str_find_byte(line, '[', 0);
        size_t bar = str_find_byte(line, '|', 0), close = str_find_byte(line, ']', 0);
        if (open == STR_MISSING || bar == STR_MISSING || close == STR_MISSING)
            open = line.len;
        buf_add(&it->text, str_slice(line, 0, open));
        if (open == line.len)
            break;
        buf_format(&it->expected, "%.*s %zu %.*s\n", STR_ARG(str_slice(line, bar + 1, close)),
                   it->text.len, STR_ARG(str_slice(line, open + 1, bar)));
        buf_add(&it->text, str_slice(line, open + 1, bar));
        line = str_slice(line, close + 1, line.len);
    }
    block.end = (uint32_t)it->text.len;
    vec_push(&it->arena, &it->article.blocks, block);
}

/* The names of a case as "kind at name" lines. */
static void find_names(struct tag_case *it, struct buf *found)
{
    it->article.text = buf_str(&it->text);
    struct analysis analysis;
    analyse_article(analyser, &it->arena, &it->article, &analysis);
    for (size_t i = 0; i < analysis.mentions.count; i++) {
        const struct mention *mention = &analysis.mentions.items[i];
        buf_format(found, "%s %u %.*s\n", entity_kind_name(mention->kind), mention->start,
                   STR_ARG(str_slice(it->article.text, mention->start, mention->end)));
    }
}

static void finish_case(struct tag_case *it, void (*work)(struct tag_case *, void *), void *context)
{
    if (it->text.len)
        work(it, context);
    buf_done(&it->text);
    buf_done(&it->expected);
    arena_done(&it->arena);
    *it = (struct tag_case){.line = it->line};
}

/* Calls work for each article of a case file. */
static void each_case(const char *path, void (*work)(struct tag_case *, void *), void *context)
{
    struct arena arena = {0};
    struct error err;
    str all, line;
    if (file_read(&arena, path, FILE_LIMIT, &all, &err))
        fail_msg("%s", err.text);
    struct tag_case it = {.line = 0};
    for (size_t number = 1; str_next_line(&all, &line); number++) {
        if (!line.len) {
            finish_case(&it, work, context);
        } else if (line.ptr[0] == '!') {
            it.fails = true;
        } else if (line.ptr[0] != '#') {
            if (!it.text.len)
                it.line = number;
            add_line(&it, line);
        }
    }
    finish_case(&it, work, context);
    arena_done(&arena);
}

static void check_case(struct tag_case *it, void *context)
{
    int *wrong = context;
    struct buf found = BUF_INIT;
    find_names(it, &found);
    bool same = str_equal(buf_str(&found), buf_str(&it->expected));
    if (same == it->fails) {
        (*wrong)++;
        print_error("line %zu:%s\nfound:\n%sexpected:\n%s", it->line,
                    it->fails ? " works now: take the mark away" : "", buf_c(&found),
                    buf_c(&it->expected));
    }
    buf_done(&found);
}

static void names_are_found_as_the_cases_say(void **state)
{
    (void)state;
    int wrong = 0;
    each_case(TESTS_DIR "/cases/analyse/tag.cases", check_case, &wrong);
    assert_int_equal(wrong, 0);
}

/* --- the labelled articles in many styles ----------------------------------------------------- */

/* What has to be found of the names of a kind in cases/analyse/styles.labels, and how many may be
 * false: a change of the weights that loses more is no improvement. */
static const struct floor {
    const char *kind;
    size_t found, false_most;
} floors[] = {{"person", 56, 3}, {"place", 39, 2}, {"organisation", 18, 1}};

enum { FLOOR_COUNT = sizeof floors / sizeof *floors };

struct counts {
    size_t found[FLOOR_COUNT], wrong[FLOOR_COUNT];
};

static size_t floor_of(str line)
{
    size_t kind = 0;
    while (!str_starts(line, str_from(floors[kind].kind)))
        kind++;
    return kind;
}

/* Lines of one that the other does not have are added to `wrong`, the rest to `found`. */
static void compare(str lines, str others, const char *what, struct counts *counts)
{
    str line;
    while (str_next_line(&lines, &line)) {
        str rest = others, other;
        bool same = false;
        while (!same && str_next_line(&rest, &other))
            same = str_equal(line, other);
        size_t kind = floor_of(line);
        counts->found[kind] += same;
        counts->wrong[kind] += !same;
        if (!same)
            print_message("%s: %.*s\n", what, STR_ARG(line));
    }
}

static void count_case(struct tag_case *it, void *context)
{
    struct counts *both = context;
    struct buf found = BUF_INIT;
    find_names(it, &found);
    compare(buf_str(&it->expected), buf_str(&found), "missed", &both[0]);
    compare(buf_str(&found), buf_str(&it->expected), "false", &both[1]);
    buf_done(&found);
}

static void names_are_found_in_many_styles(void **state)
{
    (void)state;
    struct counts both[2] = {{.found = {0}}};
    each_case(TESTS_DIR "/cases/analyse/styles.labels", count_case, both);
    for (size_t i = 0; i < FLOOR_COUNT; i++) {
        print_message("%s: %zu found, %zu missed, %zu false\n", floors[i].kind, both[0].found[i],
                      both[0].wrong[i], both[1].wrong[i]);
        assert_true(both[0].found[i] >= floors[i].found);
        assert_true(both[1].wrong[i] <= floors[i].false_most);
    }
}

static void check_mentions(str text)
{
    struct arena arena = {0};
    struct article article = {.text = text};
    struct analysis analysis;
    analyse_article(analyser, &arena, &article, &analysis);
    size_t end = 0;
    for (size_t i = 0; i < analysis.mentions.count; i++) {
        const struct mention *mention = &analysis.mentions.items[i];
        assert_true(mention->start >= end && mention->end > mention->start);
        assert_true(mention->end <= text.len);
        assert_true(((unsigned char)text.ptr[mention->start] & 0xC0) != 0x80);
        assert_true(mention->end == text.len ||
                    ((unsigned char)text.ptr[mention->end] & 0xC0) != 0x80);
        assert_true(mention->entity < analysis.entities.count);
        assert_int_equal(analysis.entities.items[mention->entity].kind, mention->kind);
        assert_non_null(mention->rule);
        assert_true(mention->evidence.len > 0);
        end = mention->end;
    }
    arena_done(&arena);
}

/* Pieces of news and random code points in random order. */
static void any_text_gives_sound_mentions(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "Sergei ", "Shoigu", "'s ", "President ", "al-",         "Kim ",           "Jong-un ",
        ", ",      ". ",     "of ", "the ",       "Council ",    "Ministry ",      "\n",
        "Iran ",   "said ",  "\"",  "(",          ")",           "U.S. ",          "J. ",
        "von ",    "der ",   "-",   "Mr. ",       "University ", "\xE2\x80\x99s ", "Lake ",
        "May ",    "IRAN "};
    struct random random = {.state = 11};
    struct buf text = BUF_INIT;
    for (int i = 0; i < 500; i++) {
        buf_clear(&text);
        for (size_t k = random_below(&random, 120); k > 0; k--) {
            if (random_below(&random, 8))
                buf_add(&text,
                        str_from(pieces[random_below(&random, sizeof pieces / sizeof *pieces)]));
            else
                utf8_add(&text, random_code_point(&random));
        }
        check_mentions(buf_str(&text));
    }
    buf_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found_as_the_cases_say),
        cmocka_unit_test(names_are_found_in_many_styles),
        cmocka_unit_test(any_text_gives_sound_mentions),
    };
    return cmocka_run_group_tests(tests, open_lexicons, close_lexicons);
}
