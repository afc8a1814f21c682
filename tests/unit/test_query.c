/* layers: base text model ingest analyse store tui app */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/query.h"
#include "model/bookmark.h"

static void add_node(struct buf *out, const struct search_node *node);

static void add_parts(struct buf *out, const struct search_node *node, const char *between)
{
    buf_add_byte(out, '(');
    for (size_t i = 0; i < node->part_count; i++) {
        buf_format(out, "%s", i ? between : "");
        add_node(out, node->parts[i]);
    }
    buf_add_byte(out, ')');
}

static void add_days(struct buf *out, const struct search_node *node)
{
    if (node->first != DAY_UNKNOWN)
        day_add(out, node->first);
    buf_add(out, STR(".."));
    if (node->last != DAY_UNKNOWN)
        day_add(out, node->last);
}

/* A node in short: words in < >, what is put together in ( ). */
static void add_node(struct buf *out, const struct search_node *node)
{
    static const char *const columns[] = {
        "", "title:", "outlet:", "text:", "head:", "path:", "row:", "form:"};
    switch (node->kind) {
    case SEARCH_ALL:
        add_parts(out, node, " ");
        break;
    case SEARCH_ANY:
        add_parts(out, node, " | ");
        break;
    case SEARCH_NOT:
        buf_add_byte(out, '-');
        add_node(out, node->parts[0]);
        break;
    case SEARCH_NEAR:
        buf_format(out, "near%d", node->distance);
        add_parts(out, node, " ");
        break;
    case SEARCH_WORDS:
        buf_format(out, "%s%s<%.*s>%s", columns[node->column], node->unspaced ? "pairs" : "",
                   STR_ARG(node->text), node->prefix ? "*" : "");
        break;
    case SEARCH_NAME:
        buf_format(out, "%s<%.*s>%s", entity_kind_name(node->entity_kind), STR_ARG(node->text),
                   node->prefix ? "*" : "");
        break;
    case SEARCH_ENTITY:
        fail_msg("no query names an entity by its number");
        break;
    case SEARCH_TAG:
        buf_format(out, "tag<%.*s>%s", STR_ARG(node->text), node->prefix ? "*" : "");
        break;
    case SEARCH_NOTE:
        buf_format(out, "note<%.*s>", STR_ARG(node->text));
        break;
    case SEARCH_PUBLISHED:
        buf_add(out, STR("published "));
        add_days(out, node);
        break;
    case SEARCH_SPEAKS_OF:
        buf_add(out, STR("on "));
        add_days(out, node);
        break;
    case SEARCH_STATE:
        buf_format(out, "state%d", (int)node->state);
        break;
    case SEARCH_BEGINS:
        buf_add(out, STR("begins "));
        add_days(out, node);
        break;
    case SEARCH_TO_THE_DAY:
        buf_add(out, STR("day"));
        break;
    case SEARCH_ANCHOR:
        buf_format(out, "anchor%lld", (long long)node->number);
        break;
    case SEARCH_ARTICLE:
        buf_format(out, "article%lld", (long long)node->number);
        break;
    }
}

/* What a query means, or the message. */
static const struct {
    const char *text, *meaning;
} queries[] = {
    {"harbour", "<harbour>"},
    {"  two\twords ", "(<two> <words>)"},
    {"\"sea wall\"", "<sea wall>"},
    {"“sea wall”", "<sea wall>"},
    {"sea\"wall\"", "(<sea> <wall>)"},
    {"harb*", "<harb>*"},
    {"\"sea wa\"*", "<sea wa>*"},
    {"storm -mayor", "(<storm> -<mayor>)"},
    {"storm NOT mayor", "(<storm> -<mayor>)"},
    {"storm AND mayor", "(<storm> <mayor>)"},
    {"storm AND NOT mayor", "(<storm> -<mayor>)"},
    {"storm -\"the mayor\"", "(<storm> -<the mayor>)"},
    {"-storm", "-<storm>"},
    {"NOT -storm", "--<storm>"},
    {"a OR b", "(<a> | <b>)"},
    {"a b OR c d", "((<a> <b>) | (<c> <d>))"},
    {"a (b OR c) d", "(<a> (<b> | <c>) <d>)"},
    {"a (b c) d", "(<a> <b> <c> <d>)"},
    {"-(b OR c)", "-(<b> | <c>)"},
    {"-(b c)", "-(<b> <c>)"},
    {"((a))", "<a>"},
    {"f(x)", "(<f> <x>)"},
    {"a NEAR/5 b", "near5(<a> <b>)"},
    {"a NEAR b NEAR \"c d\" e", "(near10(<a> <b> <c d>) <e>)"},
    {"harb* NEAR/0 wall", "near0(<harb>* <wall>)"},
    {"near:\"bribe port\"~3", "near3(<bribe> <port>)"},
    {"near:\"bribe port\"", "near10(<bribe> <port>)"},
    {"普京 NEAR/2 總統", "near2(pairs<普京> pairs<總統>)"},
    {"title:wall", "title:<wall>"},
    {"TITLE:wall", "title:<wall>"},
    {"wall -title:\"sea wall\"", "(<wall> -title:<sea wall>)"},
    {"text:wall outlet:\"The Post\" path:saved", "(text:<wall> outlet:<The Post> path:<saved>)"},
    {"title:普京", "title:pairs<普京>"},
    {"outlet:人民", "outlet:<人民>*"},
    {"who:\"John Doe\" place:Hamb* org:UN", "(person<John Doe> place<Hamb>* organisation<UN>)"},
    {"tag:energy note:\"check this\"", "(tag<energy> note<check this>)"},
    {"published:2024", "published 2024-01-01..2024-12-31"},
    {"published:2024-02", "published 2024-02-01..2024-02-29"},
    {"published:2024-02-29", "published 2024-02-29..2024-02-29"},
    {"published:2023-11..2024-02", "published 2023-11-01..2024-02-29"},
    {"published:2023..", "published 2023-01-01.."},
    {"published:..2023", "published ..2023-12-31"},
    {"before:2024-07", "published ..2024-06-30"},
    {"after:2024-07", "published 2024-08-01.."},
    {"on:2024-07-31", "on 2024-07-31..2024-07-31"},
    {"is:unread OR is:undated", "(state0 | state5)"},
    {"IS:New", "state6"},
    {"e-mail", "<e-mail>"},
    {"10:30", "<10:30>"},
    {"http://a.example", "<http://a.example>"},
    {"not or and near", "(<not> <or> <and> <near>)"},
    {"title:", "query: column 7: a word is missing here"},
    {"a -", "query: column 3: there is no letter or digit in this word"},
    {"a NOT", "query: column 6: a word is missing here"},
    {"a AND", "query: column 6: a word is missing here"},
    {"a OR", "query: column 5: a word is missing here"},
    {"", "query: column 1: there is nothing to search for; give a word"},
    {"   ", "query: column 1: there is nothing to search for; give a word"},
    {"é \"open", "query: column 3: the quote is not closed; add a \""},
    {"a (b", "query: column 3: the ( is not closed; add a )"},
    {"a b)", "query: column 4: this ) closes nothing"},
    {"a ()", "query: column 4: a word is missing here"},
    {"a b*c", "query: column 4: a * can only stand at the end of a word"},
    {"*", "query: column 1: there is no letter or digit in this word"},
    {"a — b", "query: column 3: there is no letter or digit in this word"},
    {"\"\"", "query: column 1: there is no letter or digit in this word"},
    {"OR a", "query: column 1: a word is missing before this; quotes make it a word itself"},
    {"a (AND b)", "query: column 4: a word is missing before this; quotes make it a word itself"},
    {"a OR OR b", "query: column 6: a word is missing before this; quotes make it a word itself"},
    {"NOT OR", "query: column 5: a word is missing before this; quotes make it a word itself"},
    {"NEAR/3 a", "query: column 1: a word is missing before this; quotes make it a word itself"},
    {"\"OR\" ORE AND/OR", "(<OR> <ORE> <AND/OR>)"},
    {"a whom:b", "query: column 3: no such field; did you mean who:? quotes make it a word; there "
                 "are title: text: outlet: path: who: place: org: tag: note: before: after: "
                 "published: on: search: near: is:"},
    {"Site:b", "query: column 1: no such field; did you mean outlet:? quotes make it a word; there "
               "are title: text: outlet: path: who: place: org: tag: note: before: after: "
               "published: on: search: near: is:"},
    {"xyzzy:b", "query: column 1: no such field; quotes make it a word; there are title: "
                "text: outlet: path: who: place: org: tag: note: before: after: published: on: "
                "search: near: is:"},
    {"on:2024-13", "query: column 4: no date; write 2024-07-31, 2024-07, 2024 or "
                   "2024-07..2024-09"},
    {"on:2024-02-30", "query: column 4: no date; write 2024-07-31, 2024-07, 2024 or "
                      "2024-07..2024-09"},
    {"on:2025..2024", "query: column 4: no date; write 2024-07-31, 2024-07, 2024 or "
                      "2024-07..2024-09"},
    {"before:..2024", "query: column 8: no date; write 2024-07-31, 2024-07 or 2024"},
    {"is:fresh",
     "query: column 4: is: takes unread, started, read, bookmarked, tagged, undated or new"},
    {"a NEAR/x b", "query: column 8: a number of words is wanted here, at most 1000"},
    {"a NEAR/5", "query: column 9: a word is missing here"},
    {"near:a", "query: column 6: two words are wanted that stand near each other"},
    {"a NEAR 普京", "query: column 1: only words of one kind of script can be near each other"},
    {"普京總", "pairs<普京 京總>"},
    {"\"普京 總統\"", "pairs<普京 京 總統>"},
    {"\"김정은 위원장\"", "pairs<김정 정은 은 위원 원장>"},
    {"普", "pairs<普>*"},
    {"Putin普京", "(<Putin> pairs<普京>)"},
};

static void queries_mean_what_they_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct arena arena = {0};
        struct buf meaning = BUF_INIT;
        struct error err = {0};
        struct search_query query;
        if (query_parse(&arena, str_from(queries[i].text), QUERY_SEARCH, &query, NULL, &err) ==
            STATUS_OK)
            add_node(&meaning, query.root);
        else
            buf_add(&meaning, str_from(err.text));
        assert_string_equal(buf_c(&meaning), queries[i].meaning);
        buf_done(&meaning);
        arena_done(&arena);
    }
}

/* Words of a list's filter. */
static void filters_mean_beginnings(void **state)
{
    static const struct {
        const char *text, *meaning;
    } filters[] = {
        {"harb post", "(head:<harb> head:<post>)"},
        {"\"sea wall\"", "title:<sea wall>"},
        {"普京", "title:pairs<普京>"},
        {"text:wall harb", "(text:<wall> head:<harb>)"},
        {"a NEAR/2 b", "near2(<a> <b>)"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        struct arena arena = {0};
        struct buf meaning = BUF_INIT;
        struct search_query query;
        assert_int_equal(
            query_parse(&arena, str_from(filters[i].text), QUERY_LIST, &query, NULL, NULL),
            STATUS_OK);
        add_node(&meaning, query.root);
        assert_string_equal(buf_c(&meaning), filters[i].meaning);
        buf_done(&meaning);
        arena_done(&arena);
    }
}

/* In the other lists plain words are beginnings of words of a row. */
static void rows_are_asked_by_words_and_fields(void **state)
{
    static const struct {
        enum query_use use;
        const char *text, *meaning;
    } filters[] = {
        {QUERY_PEOPLE, "serg shoi", "(row:<serg>* row:<shoi>*)"},
        {QUERY_PEOPLE, "\"Sergei Shoigu\"", "row:<Sergei Shoigu>"},
        {QUERY_PEOPLE, "name:shoi outlet:post", "(form:<shoi>* outlet:<post>)"},
        {QUERY_PEOPLE, "普京", "row:pairs<普京>*"},
        {QUERY_MENTIONS, "name:\"S. Shoigu\" OR tank", "(form:<S. Shoigu> | row:<tank>*)"},
        {QUERY_BOOKMARKS, "note:money -tag:done", "(note<money> -tag<done>)"},
        {QUERY_BOOKMARKS, "is:lost OR IS:Near OR is:read", "(anchor3 | anchor4 | state2)"},
        {QUERY_MOMENTS, "from:2024-08 to:2024", "(begins 2024-08-01.. begins ..2024-12-31)"},
        {QUERY_MOMENTS, "day: talks article:7", "(day row:<talks>* article7)"},
        {QUERY_MOMENTS, "-day:", "-day"},
        {QUERY_MOMENTS, "a NEAR b", "near10(<a> <b>)"},
        {QUERY_LIST, "search:(sea OR \"the wall\") harb", "((<sea> | <the wall>) head:<harb>)"},
        {QUERY_PEOPLE, "-search:(a (b))", "-(<a> <b>)"},
        {QUERY_MOMENTS, "SEARCH:(who:x) search:y", "(person<x> <y>)"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        struct arena arena = {0};
        struct buf meaning = BUF_INIT;
        struct search_query query;
        struct error err;
        if (query_parse(&arena, str_from(filters[i].text), filters[i].use, &query, NULL, &err) !=
            STATUS_OK)
            fail_msg("%s: %s", filters[i].text, err.text);
        add_node(&meaning, query.root);
        assert_string_equal(buf_c(&meaning), filters[i].meaning);
        buf_done(&meaning);
        arena_done(&arena);
    }
}

/* Every field in every list: it is read, or the message says where and which fields there are. */
static void fields_are_known_where_they_mean_something(void **state)
{
    (void)state;
    for (int use = 0; use < QUERY_USE_COUNT; use++)
        for (size_t i = 0; i < QUERY_FIELD_COUNT; i++) {
            struct arena arena = {0};
            struct search_query query;
            struct error err = {0};
            size_t fault = 0;
            const struct query_field *field = &query_fields[i];
            const char *value = !field->value                         ? ""
                                : strstr(field->value, "DATE")        ? "2024"
                                : strcmp(field->value, "STATE") == 0  ? "read"
                                : strcmp(field->value, "NUMBER") == 0 ? "7"
                                                                      : "\"some words\"";
            str text = arena_format(&arena, "(%s:%s)", field->name, value);
            enum status status =
                query_parse(&arena, text, (enum query_use)use, &query, &fault, &err);
            if (query_field_is_asked(field, (enum query_use)use)) {
                if (status != STATUS_OK)
                    fail_msg("%.*s: %s", STR_ARG(text), err.text);
            } else {
                assert_int_equal(status, STATUS_BAD_INPUT);
                assert_int_equal(fault, 1);
                assert_non_null(strstr(err.text, field->name));
                assert_non_null(strstr(err.text, " who: "));
            }
            arena_done(&arena);
        }
    assert_false(query_field_is_asked(&query_fields[4], QUERY_SEARCH)); /* name: */
}

/* How a passage stands is asked of bookmarks alone. */
static void states_of_passages_are_asked_of_bookmarks(void **state)
{
    (void)state;
    for (int use = 0; use < QUERY_USE_COUNT; use++)
        for (int anchor = 0; anchor < ANCHOR_STATE_COUNT; anchor++) {
            struct arena arena = {0};
            struct search_query query;
            struct error err = {0};
            str text = arena_format(&arena, "is:%s", anchor_state_name((enum anchor_state)anchor));
            enum status status = query_parse(&arena, text, (enum query_use)use, &query, NULL, &err);
            assert_int_equal(status, use == QUERY_BOOKMARKS ? STATUS_OK : STATUS_BAD_INPUT);
            assert_true(use == QUERY_BOOKMARKS || !strstr(err.text, "lost"));
            arena_done(&arena);
        }
}

/* The byte of the fault, for the caret. */
static void faults_have_a_place(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct search_query query;
    size_t fault = 0;
    assert_int_equal(
        query_parse(&arena, STR("\u00e9\u00e9 \"x"), QUERY_SEARCH, &query, &fault, NULL),
        STATUS_BAD_INPUT);
    assert_int_equal(fault, 5);
    arena_done(&arena);
}

static void too_much_is_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buf text = BUF_INIT;
    struct search_query query;
    for (int i = 0; i < 33; i++)
        buf_add(&text, STR("a "));
    assert_int_equal(query_parse(&arena, buf_str(&text), QUERY_SEARCH, &query, NULL, NULL),
                     STATUS_BAD_INPUT);
    assert_int_equal(
        query_parse(&arena, str_slice(buf_str(&text), 0, 64), QUERY_SEARCH, &query, NULL, NULL),
        STATUS_OK);
    buf_clear(&text);
    buf_add_repeat(&text, '(', 20);
    buf_add(&text, STR("a"));
    buf_add_repeat(&text, ')', 20);
    assert_int_equal(query_parse(&arena, buf_str(&text), QUERY_SEARCH, &query, NULL, NULL),
                     STATUS_BAD_INPUT);
    buf_clear(&text);
    buf_add_repeat(&text, 'a', 257);
    assert_int_equal(query_parse(&arena, buf_str(&text), QUERY_SEARCH, &query, NULL, NULL),
                     STATUS_BAD_INPUT);
    buf_done(&text);
    arena_done(&arena);
}

/* Query, text, and the text with the places found in brackets. */
static const struct {
    const char *query, *text, *marked;
} places[] = {
    {"harbour", "The harbour. Harbours, HARBOUR", "The [harbour]. Harbours, [HARBOUR]"},
    {"harb*", "The harbour of Harburg", "The [harbour] of [Harburg]"},
    {"\"sea wall\"", "A sea wall, a Sea-Wall, a sea  wall; sea walls",
     "A [sea wall], a [Sea-Wall], a [sea  wall]; sea walls"},
    {"\"sea wa\"*", "sea walls and sea", "[sea walls] and sea"},
    {"sea wall -storm", "wall, storm, sea", "[wall], storm, [sea]"},
    {"e-mail", "An e-mail; an e mail; email", "An [e-mail]; an [e mail]; email"},
    {"cafe", "Café CAFE\u0301 cafes", "[Café] [CAFE\u0301] cafes"},
    {"istanbul", "\u0130stanbul, Istanbul", "[\u0130stanbul], [Istanbul]"},
    {"title:sea", "sea", "sea"},
    {"sea OR (wall storm)", "wall, storm, sea", "[wall], [storm], [sea]"},
    {"sea -(wall OR storm)", "wall, storm, sea", "wall, storm, [sea]"},
    {"who:doe is:unread", "John Doe", "John [Doe]"},
    {"sea \"sea wall\"", "the sea wall", "the [sea wall]"},
    {"普京", "說普京總統，普 京", "說[普京]總統，普 京"},
    {"普京總", "普京總統", "[普京總]統"},
    {"京", "普京", "普[京]"},
    {"\"김정은 위원장\"", "김정은 위원장은, 김정은 전 위원장",
     "[김정은 위원장]은, 김정은 전 위원장"},
    {"2024 mate*", "在2024年, 华为Mate60, 12024", "在[2024]年, 华为[Mate60], 12024"},
    {"\"iphone 15\"", "向iPhone 15的用户", "向[iPhone 15]的用户"},
    {"2024年8月", "在2024年8月向", "在[2024][年][8][月]向"},
    {"haniyeh", "Haniyeh\xE2\x80\x99s death", "[Haniyeh]\xE2\x80\x99s death"},
    {"a", "", ""},
};

static void places_are_found_at_word_boundaries(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct arena arena = {0};
        struct buf marked = BUF_INIT;
        struct search_query query;
        const struct text_range *ranges = NULL;
        size_t count = 0, at = 0;
        str text = str_from(places[i].text);
        assert_int_equal(
            query_parse(&arena, str_from(places[i].query), QUERY_SEARCH, &query, NULL, NULL),
            STATUS_OK);
        query_find_all(&arena, &query, text, &ranges, &count);
        for (size_t j = 0; j < count; j++) {
            buf_add(&marked, str_slice(text, at, ranges[j].start));
            buf_format(&marked, "[%.*s]", STR_ARG(str_slice(text, ranges[j].start, ranges[j].end)));
            at = ranges[j].end;
        }
        buf_add(&marked, str_slice(text, at, text.len));
        assert_string_equal(buf_c(&marked), places[i].marked);
        buf_done(&marked);
        arena_done(&arena);
    }
}

/* Where completing begins, and in what field. */
static void the_unfinished_term_is_found(void **state)
{
    static const struct {
        enum query_use use;
        const char *text, *field; /* NULL: none is named; "-": nothing to complete */
        size_t start;
        const char *typed;
    } ends[] = {
        {QUERY_SEARCH, "", "-", 0, ""},
        {QUERY_SEARCH, "storm ", "-", 0, ""},
        {QUERY_SEARCH, "storm who", NULL, 6, "who"},
        {QUERY_SEARCH, "who:", "who", 4, ""},
        {QUERY_SEARCH, "a OR (Who:br", "who", 10, "br"},
        {QUERY_SEARCH, "-who:\"Lena Br", "who", 5, "Lena Br"},
        {QUERY_SEARCH, "who:\"Lena Brandt\"", "-", 0, ""},
        {QUERY_SEARCH, "who:\"Lena Brandt\" outlet:“The ", "outlet", 25, "The "},
        {QUERY_SEARCH, "near:\"a b\"~3 tag:en", "tag", 17, "en"},
        {QUERY_SEARCH, "whom:br", "-", 0, ""},
        {QUERY_SEARCH, "\"who:br", "-", 0, ""},
        {QUERY_SEARCH, "who:李", "who", 4, "李"},
        {QUERY_SEARCH, "name:x", "-", 0, ""},
        {QUERY_PEOPLE, "name:x", "name", 5, "x"},
        {QUERY_MOMENTS, "search:(who:x) -(is:", "is", 20, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct query_unfinished end = {0};
        bool wanted = !ends[i].field || strcmp(ends[i].field, "-") != 0;
        if (query_find_unfinished(str_from(ends[i].text), ends[i].use, &end) != wanted)
            fail_msg("%s", ends[i].text);
        if (!wanted)
            continue;
        if (ends[i].field)
            assert_string_equal(end.field->name, ends[i].field);
        else
            assert_null(end.field);
        assert_int_equal(end.start, ends[i].start);
        assert_true(str_equal(end.typed, str_from(ends[i].typed)));
    }
}

/* Any bytes are a query or a message; the places lie in the text and do not overlap. */
static void any_bytes_are_handled(void **state)
{
    (void)state;
    static const char alphabet[] =
        "ab \"*-:()~/5.\xE6\x99\xAE\xE4\xBA\xAC\xC3\xA9NOT\ntitle:NEAR ORon:who:\xFF";
    uint32_t number = 12345;
    for (int round = 0; round < 3000; round++) {
        struct arena arena = {0};
        char bytes[24];
        size_t len = 0, count = 0;
        for (; len < sizeof bytes && number % 19 != 0; len++) {
            number = number * 1664525u + 1013904223u;
            bytes[len] = alphabet[(number >> 16) % (sizeof alphabet - 1)];
        }
        number = number * 1664525u + 1013904223u;
        struct search_query query;
        const struct text_range *ranges = NULL;
        str text = STR("ab a b 普京 é not a title: ab普京");
        if (query_parse(&arena, (str){bytes, len}, QUERY_SEARCH, &query, NULL, NULL) == STATUS_OK)
            query_find_all(&arena, &query, text, &ranges, &count);
        for (size_t i = 0; i < count; i++) {
            assert_true(ranges[i].start < ranges[i].end && ranges[i].end <= text.len);
            assert_true(i == 0 || ranges[i - 1].end <= ranges[i].start);
        }
        arena_done(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(queries_mean_what_they_say),
        cmocka_unit_test(filters_mean_beginnings),
        cmocka_unit_test(rows_are_asked_by_words_and_fields),
        cmocka_unit_test(fields_are_known_where_they_mean_something),
        cmocka_unit_test(states_of_passages_are_asked_of_bookmarks),
        cmocka_unit_test(faults_have_a_place),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(places_are_found_at_word_boundaries),
        cmocka_unit_test(the_unfinished_term_is_found),
        cmocka_unit_test(any_bytes_are_handled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
