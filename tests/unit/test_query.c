/* layers: base text model ingest analyse store tui app */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/query.h"

static void add_query(struct buf *out, const struct search_query *query)
{
    for (size_t i = 0; i < query->term_count; i++) {
        const struct search_term *term = &query->terms[i];
        buf_format(out, "%s%s%s%s<%.*s>%s", i ? " " : "", term->negated ? "-" : "",
                   term->title_only ? "title:" : "", term->unspaced ? "pairs" : "",
                   STR_ARG(term->text), term->prefix ? "*" : "");
    }
}

/* What a query means, or the message. */
static const struct {
    const char *text, *meaning;
} queries[] = {
    {"harbour", "<harbour>"},
    {"  two\twords ", "<two> <words>"},
    {"\"sea wall\"", "<sea wall>"},
    {"“sea wall”", "<sea wall>"},
    {"sea\"wall\"", "<sea> <wall>"},
    {"harb*", "<harb>*"},
    {"\"sea wa\"*", "<sea wa>*"},
    {"storm -mayor", "<storm> -<mayor>"},
    {"storm NOT mayor", "<storm> -<mayor>"},
    {"storm AND mayor", "<storm> <mayor>"},
    {"storm -\"the mayor\"", "<storm> -<the mayor>"},
    {"title:wall", "title:<wall>"},
    {"wall -title:\"sea wall\"", "<wall> -title:<sea wall>"},
    {"e-mail", "<e-mail>"},
    {"not or and", "<not> <or> <and>"},
    {"title:", "search: column 1: a word is missing here"},
    {"a -", "search: column 3: a word is missing here"},
    {"a NOT", "search: column 3: a word is missing here"},
    {"", "search: column 1: there is nothing to search for; give a word"},
    {"   ", "search: column 1: there is nothing to search for; give a word"},
    {"é \"open", "search: column 3: the quote is not closed; add a \""},
    {"a b*c", "search: column 4: a * can only stand at the end of a word"},
    {"*", "search: column 1: there is no letter or digit in this word"},
    {"a — b", "search: column 3: there is no letter or digit in this word"},
    {"\"\"", "search: column 1: there is no letter or digit in this word"},
    {"-storm", "search: column 1: only words to leave out; add one that must occur"},
    {"a OR b", "search: column 3: OR is not known; search for one word after the other"},
    {"普京總", "pairs<普京 京總>"},
    {"普", "pairs<普>*"},
    {"Putin普京", "<Putin> pairs<普京>"},
};

static void queries_mean_what_they_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct arena arena = {0};
        struct buf meaning = BUF_INIT;
        struct error err = {0};
        struct search_query query;
        if (query_parse(&arena, str_from(queries[i].text), &query, &err) == STATUS_OK)
            add_query(&meaning, &query);
        else
            buf_add(&meaning, str_from(err.text));
        assert_string_equal(buf_c(&meaning), queries[i].meaning);
        buf_done(&meaning);
        arena_done(&arena);
    }
}

static void too_much_is_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buf text = BUF_INIT;
    struct search_query query;
    for (int i = 0; i < 33; i++)
        buf_add(&text, STR("a "));
    assert_int_equal(query_parse(&arena, buf_str(&text), &query, NULL), STATUS_BAD_INPUT);
    assert_int_equal(query_parse(&arena, str_slice(buf_str(&text), 0, 64), &query, NULL),
                     STATUS_OK);
    buf_clear(&text);
    buf_add_repeat(&text, 'a', 257);
    assert_int_equal(query_parse(&arena, buf_str(&text), &query, NULL), STATUS_BAD_INPUT);
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
    {"sea \"sea wall\"", "the sea wall", "the [sea wall]"},
    {"普京", "說普京總統，普 京", "說[普京]總統，普 京"},
    {"普京總", "普京總統", "[普京總]統"},
    {"京", "普京", "普[京]"},
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
        assert_int_equal(query_parse(&arena, str_from(places[i].query), &query, NULL), STATUS_OK);
        query_find_all(&arena, &query, text, &ranges, &count);
        for (size_t j = 0; j < count; j++) {
            buf_add(&marked, str_slice(text, at, ranges[j].start));
            buf_format(&marked, "[%.*s]",
                       STR_ARG(str_slice(text, ranges[j].start, ranges[j].end)));
            at = ranges[j].end;
        }
        buf_add(&marked, str_slice(text, at, text.len));
        assert_string_equal(buf_c(&marked), places[i].marked);
        buf_done(&marked);
        arena_done(&arena);
    }
}

/* Any bytes are a query or a message; the places lie in the text and do not overlap. */
static void any_bytes_are_handled(void **state)
{
    (void)state;
    static const char alphabet[] = "ab \"*-:\xE6\x99\xAE\xE4\xBA\xAC\xC3\xA9NOT\ntitle:\xFF";
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
        if (query_parse(&arena, (str){bytes, len}, &query, NULL) == STATUS_OK)
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
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(places_are_found_at_word_boundaries),
        cmocka_unit_test(any_bytes_are_handled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
