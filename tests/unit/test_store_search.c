/* layers: base text model store */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/internal.h"
#include "test_store.h"
#include "test_store_plans.h"
#include "text/unspaced.h"
#include "text/utf8.h"

#define OK(call) assert_status((call), __LINE__)

static struct error err;

static void assert_status(enum status status, int line)
{
    if (status != STATUS_OK)
        fail_msg("line %d: %s", line, err.text);
}

static void assert_str(str got, str wanted)
{
    if (!str_equal(got, wanted))
        fail_msg("got \"%.*s\", wanted \"%.*s\"", STR_ARG(got), STR_ARG(wanted));
}

struct dossier {
    struct store *store;
    struct arena arena;
};

/* title, text; the day is the line number. */
static const char *const texts[][2] = {
    {"Grain talks resume", "The minister said that talks on grain would resume in Café Roma."},
    {"Budget vote", "Grain was not on the table. The talks on the budget go on; a cafe closed."},
    {"Says \"nothing\"",
     "He said \"nothing AND nothing NEAR nothing\" (title : x) and * and ^ OR -."},
    {"普京會見媒體", "俄羅斯總統普京週一會見媒體。Putin met the press."},
    {"東京 news", "総統と普通の人々。京都の総理。"},
    {"Пётр Иванов", "Иванов отказался от комментариев. Грейн."},
    {"Wide words", "grainfield grainy talking"},
    {"Marks", "A \x01"
              "fake\x02 hit beside a true grain."},
    {"华为Mate60发布",
     "她在2024年8月向iPhone 15的用户道歉。ปี1999นี้ 제77회 2001ປີ قال مُحَمَّد الأحمد شيئا."},
    {"Numbers", "k01 k02 k03 k04 k05 k06 k07 k08 k09 k10 k11 k12 k13 k14 k15 k16 k17 k18 k19 k20 "
                "k21 k22 k23 k24 k25 k26 k27 k28 k29 k30 k31 k32 k33 k34 k35 k36 k37 k38 k39 "
                "k40. k41 k42 k43 k44 k45 k46 k47 k48 k49 k50 needle k51 k52 k53 k54 k55 k56 k57 "
                "k58 k59 k60 thread k61 k62 k63 k64 k65 k66 k67 k68 k69 k70 k71 k72 k73 k74 k75 "
                "k76 k77 k78 k79 k80 k81 k82 k83 k84 k85 k86 k87 k88 k89 k90. k91 k92 k93 k94 "
                "k95 needle thread k96 k97 k98 k99"},
};
enum { TEXT_COUNT = sizeof texts / sizeof *texts };

static int make_dossier(void **state)
{
    struct dossier *dossier = calloc(1, sizeof *dossier);
    struct sample_people people = {0};
    *state = dossier;
    OK(store_open(":memory:", STORE_READ_WRITE, &dossier->store, &err));
    OK(store_begin(dossier->store, &err));
    for (int i = 0; i < TEXT_COUNT; i++) {
        struct sample sample = {0};
        int64_t page;
        sample.article.path = arena_format(&dossier->arena, "%d", i);
        sample.article.title = str_from(texts[i][0]);
        sample.article.text = arena_format(&dossier->arena, "%s\n%s", texts[i][0], texts[i][1]);
        sample.article.published = (struct publication){DATE_BASIS_STATED, i, i, i, 0};
        sample.search_extra = unspaced_terms(&dossier->arena, sample.article.text);
        OK(sample_put(dossier->store, &people, &sample, &page, &err));
        assert_int_equal(page, i + 1);
    }
    OK(store_commit(dossier->store, &err));
    return 0;
}

static int end_dossier(void **state)
{
    struct dossier *dossier = *state;
    arena_done(&dossier->arena);
    store_close(dossier->store);
    free(dossier);
    return 0;
}

/* The articles that fit, newest first, as digits (the line above, from 1). */
static void assert_fits(struct dossier *dossier, const struct search_node *root, const char *wanted)
{
    struct search_query query = {.root = root, .by_rank = false};
    struct page_request request = {.limit = 100};
    const struct search_row *rows;
    size_t row_count;
    int64_t total;
    char found[TEXT_COUNT + 1] = "", ranked[TEXT_COUNT + 1] = "";
    OK(store_search(dossier->store, &dossier->arena, &query, &request, &rows, &row_count, &err));
    for (size_t i = 0; i < row_count; i++)
        found[i] = (char)('0' + rows[i].article);
    assert_string_equal(found, wanted);
    OK(store_count_search(dossier->store, &query, &total, &err));
    assert_int_equal(total, row_count);
    query.by_rank = true;
    OK(store_search(dossier->store, &dossier->arena, &query, &request, &rows, &row_count, &err));
    assert_int_equal(row_count, total);
    for (size_t i = 0; i < row_count; i++)
        ranked[i] = (char)('0' + rows[i].article);
    for (const char *at = wanted; *at; at++)
        assert_non_null(strchr(ranked, *at));
}

/* A second word that must fit too, or must not. */
static void assert_both(struct dossier *dossier, struct search_node a, struct search_node b,
                        bool negated, const char *wanted)
{
    const struct search_node *lacking[1] = {&b};
    struct search_node not = {.kind = SEARCH_NOT, .parts = lacking, .part_count = 1};
    const struct search_node *parts[2] = {&a, negated ? &not : &b};
    struct search_node all = {.kind = SEARCH_ALL, .parts = parts, .part_count = 2};
    assert_fits(dossier, &all, wanted);
}

static void assert_one(struct dossier *dossier, struct search_node word, const char *wanted)
{
    assert_fits(dossier, &word, wanted);
}

static struct search_node word(const char *text)
{
    return (struct search_node){.kind = SEARCH_WORDS, .text = str_from(text)};
}

static void words_phrases_and_prefixes_are_found(void **state)
{
    struct dossier *dossier = *state;
    assert_one(dossier, word("grain"), "821");
    assert_one(dossier, word("GRAIN"), "821");
    assert_one(dossier, word("café"), "21");
    assert_one(dossier, word("talks on grain"), "1");
    assert_one(dossier, word("иванов"), "6");
    struct search_node prefix = word("grai");
    prefix.prefix = true;
    assert_one(dossier, prefix, "8721");
    prefix.text = STR("on gr");
    assert_one(dossier, prefix, "1");
    struct search_node title = word("grain");
    title.column = SEARCH_TITLE;
    assert_one(dossier, title, "1");
    assert_both(dossier, word("grain"), word("budget"), false, "2");
    assert_both(dossier, word("grain"), word("budget"), true, "81");
}

static void what_must_not_be_there_may_stand_alone(void **state)
{
    struct dossier *dossier = *state;
    struct search_node grain = word("grain");
    const struct search_node *parts[1] = {&grain};
    struct search_node not = {.kind = SEARCH_NOT, .parts = parts, .part_count = 1};
    assert_fits(dossier, &not, ":976543");
    assert_fits(dossier, NULL, ":987654321");
}

static struct search_node unspaced(struct dossier *dossier, const char *run)
{
    struct search_node term = {.kind = SEARCH_WORDS, .unspaced = true, .run = str_from(run)};
    term.text = unspaced_query(&dossier->arena, str_from(run), &term.prefix);
    return term;
}

static void scripts_without_spaces_are_found_inside(void **state)
{
    struct dossier *dossier = *state;
    assert_one(dossier, unspaced(dossier, "京"), "54");
    assert_one(dossier, unspaced(dossier, "體"), "4");
    assert_one(dossier, unspaced(dossier, "普京"), "4");
    assert_one(dossier, unspaced(dossier, "統普"), "4");
    assert_one(dossier, unspaced(dossier, "總統普京"), "4");
    assert_one(dossier, unspaced(dossier, "總統京普"), "");
    assert_one(dossier, unspaced(dossier, "普通の人"), "5");
    assert_both(dossier, unspaced(dossier, "京"), unspaced(dossier, "普京"), true, "5");
    struct search_node title = unspaced(dossier, "見媒");
    title.column = SEARCH_TITLE;
    assert_one(dossier, title, "4");
    title = unspaced(dossier, "總統");
    title.column = SEARCH_TITLE;
    assert_one(dossier, title, "");
    struct search_node not_title = unspaced(dossier, "東京");
    not_title.column = SEARCH_TITLE;
    assert_both(dossier, unspaced(dossier, "京"), not_title, true, "4");
}

/* Words and numbers of scripts with spaces between characters of those without. */
static void words_within_scripts_without_spaces_are_found(void **state)
{
    struct dossier *dossier = *state;
    assert_one(dossier, word("2024"), "9");
    assert_one(dossier, word("8"), "9");
    assert_one(dossier, word("iphone 15"), "9");
    assert_one(dossier, word("phone"), "");
    assert_one(dossier, word("1999"), "9");
    assert_one(dossier, word("77"), "9");
    assert_one(dossier, word("2001"), "9");
    struct search_node title = word("mate60");
    title.column = SEARCH_TITLE;
    assert_one(dossier, title, "9");
    struct search_node prefix = word("mat");
    prefix.prefix = true;
    assert_one(dossier, prefix, "9");
    struct search_node head = word("mate");
    head.column = SEARCH_HEAD;
    assert_one(dossier, head, "9");
    assert_one(dossier, unspaced(dossier, "月向"), "9");
    assert_one(dossier, unspaced(dossier, "総統 と普"), "");
    assert_one(dossier, unspaced(dossier, "人々 京都"), "5"); /* as "a, b" has "a b" */
}

/* Marks over and under letters and the seats of the hamza, are what accents are elsewhere. */
static void marks_of_all_scripts_are_folded(void **state)
{
    struct dossier *dossier = *state;
    assert_one(dossier, word("محمد"), "9");
    assert_one(dossier, word("مُحَمَّد الاحمد"), "9");
    assert_one(dossier, word("resu\u0301me\u0301"), "1");
}

static struct search_row only_row(struct dossier *dossier, struct search_node term)
{
    struct search_query query = {.root = &term, .by_rank = false};
    struct page_request request = {.limit = 1};
    const struct search_row *rows;
    size_t count;
    OK(store_search(dossier->store, &dossier->arena, &query, &request, &rows, &count, &err));
    assert_int_equal(count, 1);
    return rows[0];
}

static void snippets_mark_the_hits_and_nothing_else(void **state)
{
    struct dossier *dossier = *state;
    struct search_row row = only_row(dossier, word("talks on grain"));
    assert_str(row.snippet, STR("Grain talks resume The minister said that \x01talks on grain\x02 "
                                "would resume in Café Roma."));
    assert_str(row.title, STR("Grain talks resume"));
    assert_int_equal(row.published.value, 0);
    row = only_row(dossier, word("grain"));
    assert_str(row.snippet, STR("Marks A fake hit beside a true \x01grain\x02."));
    row = only_row(dossier, word("15"));
    assert_str(row.snippet, STR("华为Mate60发布 她在2024年8月向iPhone \x01"
                                "15\x02的用户道歉。ปี1999นี้ 제77회 2001ປີ "
                                "قال مُحَمَّد الأحمد شيئا."));
    row = only_row(dossier, unspaced(dossier, "普京"));
    assert_str(row.snippet,
               STR("\x01普京\x02會見媒體 俄羅斯總統\x01普京\x02週一會見媒體。Putin met "
                   "the press."));
}

/* 32 words: from the beginning of the sentence, else around the hit; up to the end, if that is in
 * it. */
static void snippets_show_what_is_around(void **state)
{
    struct dossier *dossier = *state;
    struct search_node title = word("numbers"), parts[] = {word("needle"), word("thread")};
    title.column = SEARCH_TITLE;
    const struct search_node *const both[] = {&parts[0], &parts[1]};
    struct search_node all = {.kind = SEARCH_ALL, .parts = both, .part_count = 2};
    const struct {
        struct search_node asked;
        const char *snippet;
    } cases[] = {
        {word("k20"), "Numbers k01 k02 k03 k04 k05 k06 k07 k08 k09 k10 k11 k12 k13 k14 k15 k16 k17 "
                      "k18 k19 \x01"
                      "k20\x02"
                      " k21 k22 k23 k24 k25 k26 k27 k28 k29 k30 k31…"},
        {word("k36"), "…k21 k22 k23 k24 k25 k26 k27 k28 k29 k30 k31 k32 k33 k34 k35 \x01"
                      "k36\x02"
                      " k37 k38 "
                      "k39 k40. k41 k42 k43 k44 k45 k46 k47 k48 k49 k50 needle k51…"},
        {word("needle"), "…k41 k42 k43 k44 k45 k46 k47 k48 k49 k50 \x01"
                         "needle\x02"
                         " k51 k52 k53 k54 k55 k56 "
                         "k57 k58 k59 k60 thread k61 k62 k63 k64 k65 k66 k67 k68 k69 k70…"},
        {word("needle thread"), "…k91 k92 k93 k94 k95 \x01"
                                "needle thread\x02"
                                " k96 k97 k98 k99"},
        {title, "k01 k02 k03 k04 k05 k06 k07 k08 k09 k10 k11 k12 k13 k14 k15 k16 k17 k18 k19 k20 "
                "k21 k22 k23 k24 k25 k26 k27 k28 k29 k30 k31 k32 k33 k34 k35 k36 k37 k38 k39 k40. "
                "k41 k42 k43 k44 k45 k46 k47 k48 k49 k50 needle k51 k52 k53 k54 k55 k56 k57 k58…"},
        {all, "…k41 k42 k43 k44 k45 k46 k47 k48 k49 k50 \x01"
              "needle\x02"
              " k51 k52 k53 k54 k55 k56 "
              "k57 k58 k59 k60 \x01"
              "thread\x02"
              " k61 k62 k63 k64 k65 k66 k67 k68 k69 k70…"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(only_row(dossier, cases[i].asked).snippet, str_from(cases[i].snippet));
}

static void nothing_typed_is_an_operator(void **state)
{
    static const char *const hostile[] = {
        "\"",
        "\"\"",
        "*",
        "^",
        "-",
        "AND",
        "OR NOT",
        "NEAR(a b, 3)",
        "title : grain",
        "{title text} : grain",
        "a\" OR text : \"b",
        "grain*",
        "+",
        "(",
        ")",
        ";",
        "\xff\xfe",
        "'; DROP TABLE user_bookmark; --",
        "\x01",
        "grain \" AND",
        "- : col",
        "\\",
        "%",
        "_",
    };
    struct dossier *dossier = *state;
    struct page_request request = {.limit = 10};
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        for (int bits = 0; bits < 16; bits++) {
            struct search_node term = {.kind = SEARCH_WORDS,
                                       .text = str_from(hostile[i]),
                                       .prefix = bits & 1,
                                       .unspaced = bits & 2,
                                       .column = bits & 4 ? SEARCH_TITLE : SEARCH_EVERYWHERE};
            struct search_query query = {.root = &term, .by_rank = bits & 8};
            const struct search_row *rows;
            size_t count;
            OK(store_search(dossier->store, &arena, &query, &request, &rows, &count, &err));
        }
        struct article_query articles = {.search = SEARCH_HEAD_WORDS(str_from(hostile[i]))};
        struct entity_query entities = {.search = SEARCH_HEAD_WORDS(str_from(hostile[i]))};
        int64_t total;
        OK(store_count_articles(dossier->store, &articles, &total, &err));
        OK(store_count_entities(dossier->store, &entities, &total, &err));
    }
    assert_one(dossier, word("nothing NEAR nothing"), "3");
    assert_one(dossier, word("title : x"), "3");
    assert_one(dossier, word("title : grain"), "");
    struct search_node with_nul = {.kind = SEARCH_WORDS, .text = {"gr\0ain", 6}};
    assert_one(dossier, with_nul, "821");
    arena_done(&arena);
}

static void long_words_are_capped(void **state)
{
    struct dossier *dossier = *state;
    struct search_node long_word = word("");
    char *text = malloc(1000000);
    memset(text, 'x', 1000000);
    long_word.text = (str){text, 1000000};
    assert_both(dossier, word("grain"), long_word, false, "");
    free(text);
}

static void pages_of_hits_join(void **state)
{
    struct dossier *dossier = *state;
    struct search_node term = {.kind = SEARCH_WORDS, .text = STR("gr"), .prefix = true};
    for (int bits = 0; bits < 4; bits++) {
        struct search_query query = {.root = &term, .by_rank = bits & 1};
        struct page_request all = {.limit = 100, .backward = bits & 2}, one = all;
        const struct search_row *rows, *row;
        size_t count, row_count;
        OK(store_search(dossier->store, &dossier->arena, &query, &all, &rows, &count, &err));
        assert_int_equal(count, 4);
        one.limit = 1;
        for (size_t i = 0; i < count; i++) {
            OK(store_search(dossier->store, &dossier->arena, &query, &one, &row, &row_count, &err));
            assert_int_equal(row_count, 1);
            assert_int_equal(row->article, rows[i].article);
            struct page_request same = {&rows[i].key, true, bits & 2, 1};
            OK(store_search(dossier->store, &dossier->arena, &query, &same, &row, &row_count,
                            &err));
            assert_int_equal(row->article, rows[i].article);
            one.from = &rows[i].key;
        }
        OK(store_search(dossier->store, &dossier->arena, &query, &one, &row, &row_count, &err));
        assert_int_equal(row_count, 0);
    }
}

/* A row that waits for the end of its batch is found within the batch. */
static void a_search_in_a_batch_sees_the_batch(void **state)
{
    (void)state;
    struct store *store;
    struct arena arena = {0};
    struct sample_people people = {0};
    struct random random = {3};
    struct sample sample;
    int64_t page, count;
    struct search_node term = word("harbour");
    struct search_query query = {.root = &term, .by_rank = false};
    OK(store_open(":memory:", STORE_READ_WRITE, &store, &err));
    OK(store_begin(store, &err));
    sample_make(&arena, &sample, &random, 1, 100);
    OK(sample_put(store, &people, &sample, &page, &err));
    OK(store_count_search(store, &query, &count, &err));
    assert_int_equal(count, 1);
    OK(store_commit(store, &err));
    OK(store_count_search(store, &query, &count, &err));
    assert_int_equal(count, 1);
    OK(store_begin(store, &err));
    sample_make(&arena, &sample, &random, 2, 100);
    OK(sample_put(store, &people, &sample, &page, &err));
    OK(store_count_search(store, &query, &count, &err));
    assert_int_equal(count, 2);
    store_rollback(store);
    OK(store_count_search(store, &query, &count, &err));
    assert_int_equal(count, 1);
    arena_done(&arena);
    store_close(store);
}

static int stop(void *context)
{
    store_interrupt(context);
    return 0;
}

static void a_search_can_be_stopped(void **state)
{
    struct dossier *dossier = *state;
    struct search_node term = {.kind = SEARCH_WORDS, .text = STR("gr"), .prefix = true};
    struct search_query query = {.root = &term, .by_rank = true};
    int64_t count;
    sqlite3_progress_handler(dossier->store->db, 1, stop, dossier->store);
    assert_int_equal(store_count_search(dossier->store, &query, &count, &err), STATUS_CANCELLED);
    sqlite3_progress_handler(dossier->store->db, 0, NULL, NULL);
    OK(store_count_search(dossier->store, &query, &count, &err));
    assert_int_equal(count, 4);
}

static int check_plans(void **state)
{
    struct dossier *dossier = *state;
    assert_plans(dossier->store);
    return 0;
}

/* The tokens of `text` by one tokenizer: where each word stands, and what it became. */
static void add_tokens(struct store *store, const char *tokenizer, str text, struct buf *tokens)
{
    struct buf sql = BUF_INIT;
    struct query query;
    buf_format(&sql,
               "DROP TABLE IF EXISTS temp.w; DROP TABLE IF EXISTS temp.t;"
               " CREATE VIRTUAL TABLE temp.t USING fts5(x, tokenize = \"%s\");"
               " CREATE VIRTUAL TABLE temp.w USING fts5vocab('temp', 't', 'instance')",
               tokenizer);
    OK(store_exec(store, buf_c(&sql), &err));
    statements_free(store);
    query_begin(&query, store, "INSERT INTO temp.t VALUES(?)", &err);
    query_text(&query, text);
    OK(query_run(&query));
    query_begin(&query, store, "SELECT term, offset FROM temp.w ORDER BY offset", &err);
    while (query_next(&query))
        buf_format(tokens, "%.*s %lld\n", STR_ARG(column_borrow(&query, 0)),
                   (long long)column_int(&query, 1));
    OK(query_end(&query));
    /* Between these letters the two differ in nothing: the places show in the text. */
    query_begin(&query, store,
                "SELECT highlight(t, 0, '[', ']') FROM temp.t WHERE t MATCH 'a* OR b* OR 1* OR é*'",
                &err);
    while (query_next(&query))
        buf_format(tokens, "%.*s\n", STR_ARG(column_borrow(&query, 0)));
    OK(query_end(&query));
    statements_free(store);
    buf_done(&sql);
}

static void words_of_plain_text_are_those_of_fts5(void **state)
{
    static const char *const pieces[] = {
        "a",
        "Bb",
        "AB1",
        "1",
        "c-d",
        "it's",
        "é",
        "Éa",
        "aé",
        "e\xCC\x81",
        "\xCC\x81",
        "дом",
        "Ab дом",
        "\xE2\x80\x9C",
        "\xE2\x80\x99s",
        "\xE2\x82\xAC",
        "\xC2\xA0",
        "²",
        ".",
        ",",
        "\n",
        "\t",
        "\x01",
        "\xF0\x9F\x98\x80",
        "a_b",
        "plain words of a text that goes on for more than sixty-four bytes"};
    struct dossier *dossier = *state;
    struct random random = {12};
    struct buf text = BUF_INIT, own = BUF_INIT, ours = BUF_INIT;
    for (int round = 0; round < 400; round++) {
        buf_clear(&text);
        buf_clear(&own);
        buf_clear(&ours);
        for (size_t i = random_below(&random, 12); i > 0; i--) {
            buf_add(&text,
                    str_from(
                        pieces[random_below(&random, (uint32_t)(sizeof pieces / sizeof *pieces))]));
            buf_add_repeat(&text, ' ', random_below(&random, 2));
        }
        if (round % 50 == 0)
            buf_add_repeat(&text, 'b', 900 + random_below(&random, 300));
        add_tokens(dossier->store, "unicode61 remove_diacritics 2 categories 'L* N* Co Mn'",
                   buf_str(&text), &own);
        add_tokens(dossier->store, "folded", buf_str(&text), &ours);
        if (!str_equal(buf_str(&own), buf_str(&ours)))
            fail_msg("\"%s\":\n%s---\n%s", buf_c(&text), buf_c(&own), buf_c(&ours));
    }
    buf_done(&text);
    buf_done(&own);
    buf_done(&ours);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(words_phrases_and_prefixes_are_found, check_plans),
        cmocka_unit_test_teardown(what_must_not_be_there_may_stand_alone, check_plans),
        cmocka_unit_test_teardown(scripts_without_spaces_are_found_inside, check_plans),
        cmocka_unit_test_teardown(words_within_scripts_without_spaces_are_found, check_plans),
        cmocka_unit_test_teardown(marks_of_all_scripts_are_folded, check_plans),
        cmocka_unit_test_teardown(snippets_mark_the_hits_and_nothing_else, check_plans),
        cmocka_unit_test_teardown(snippets_show_what_is_around, check_plans),
        cmocka_unit_test_teardown(nothing_typed_is_an_operator, check_plans),
        cmocka_unit_test_teardown(long_words_are_capped, check_plans),
        cmocka_unit_test_teardown(pages_of_hits_join, check_plans),
        cmocka_unit_test(words_of_plain_text_are_those_of_fts5),
        cmocka_unit_test(a_search_in_a_batch_sees_the_batch),
        cmocka_unit_test_teardown(a_search_can_be_stopped, check_plans),
    };
    return cmocka_run_group_tests(tests, make_dossier, end_dossier);
}
