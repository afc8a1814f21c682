/* layers: base text model analyse */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analyse/lexicon.h"
#include "analyse/passes.h"
#include "base/buf.h"
#include "support/random.h"
#include "support/shipped_analyser.h"
#include "text/utf8.h"

/* Tokens joined by "|", sentences by "||"; "'" after a possessive. */
static void check_tokens(const char *text, const char *expected)
{
    struct arena arena = {0};
    struct article article = {.text = str_from(text)};
    struct analysis analysis = {.tokens = {0}};
    tokens_pass(analyser, &arena, &article, &analysis);
    struct buf found = BUF_INIT;
    for (size_t i = 0; i < analysis.tokens.count; i++) {
        const struct token *token = &analysis.tokens.items[i];
        if (i)
            buf_add(&found, (token->flags & TOKEN_SENTENCE_START) ? STR("||") : STR("|"));
        buf_add(&found, str_slice(article.text, token->start, token->end));
        if (token->flags & TOKEN_POSSESSIVE)
            buf_add_byte(&found, '\'');
    }
    assert_string_equal(buf_c(&found), expected);
    buf_done(&found);
    arena_done(&arena);
}

static void words_and_punctuation(void **state)
{
    (void)state;
    check_tokens("", "");
    check_tokens("One, two.", "One|,|two|.");
    check_tokens("\"No,\" he said.", "\"|No|,|\"|he|said|.");
    check_tokens("wait... what?!", "wait|...|what|?|!");
    check_tokens("a\xC2\xA0"
                 "b\xE2\x80\x8B"
                 "c",
                 "a|b|c"); /* no-break and zero-width space */
    check_tokens("Israeli-Palestinian Kim Jong-un", "Israeli|-|Palestinian|Kim|Jong|-|un");
    check_tokens("don't O'Brien Qur'an d\xE2\x80\x99Ivoire",
                 "don't|O'Brien|Qur'an|d\xE2\x80\x99Ivoire");
    check_tokens("AT&T and R & D", "AT&T|and|R|&|D");
    check_tokens("\xE6\x99\xAE\xE4\xB8\x81 x", "\xE6\x99\xAE|\xE4\xB8\x81|x");
    check_tokens("n\xCC\x83"
                 "and\xC3\xBA",
                 "n\xCC\x83"
                 "and\xC3\xBA");
}

static void possessives_leave_the_ending_out(void **state)
{
    (void)state;
    check_tokens("Russia's army", "Russia'|army");
    check_tokens("Russia\xE2\x80\x99s army", "Russia'|army");
    check_tokens("the rebels' base", "the|rebels'|'|base");
    check_tokens("the U.S.'s role", "the|U.S.'|role");
    check_tokens("IRAN'S ROLE", "IRAN'|ROLE");
}

static void abbreviations_and_initials_keep_their_stop(void **state)
{
    (void)state;
    check_tokens("Mr. Bush and the U.S. army", "Mr.|Bush|and|the|U.S.|army");
    check_tokens("J. D. Vance met J.D. Vance", "J.|D.|Vance|met|J.D.|Vance");
    check_tokens("St. Petersburg, Aug. 5", "St.|Petersburg|,|Aug.|5");
    check_tokens("at 5 p.m. on Monday", "at|5|p.m.|on|Monday");
    check_tokens("He said no. Then he left.", "He|said|no|.||Then|he|left|.");
    check_tokens("He is No. 1.", "He|is|No.|1|.");
}

static void addresses_are_one_token(void **state)
{
    (void)state;
    check_tokens("see www.example.com/a, x@y.org.", "see|www.example.com/a|,|x@y.org|.");
    check_tokens("on X.com that (https://a.b/c)", "on|X.com|that|(|https://a.b/c|)");
    check_tokens("by @someone today", "by|@someone|today");
}

static void numbers(void **state)
{
    (void)state;
    check_tokens("1,000.5 and 2024-08-05 at 10:30, the 7th",
                 "1,000.5|and|2024|-|08|-|05|at|10|:|30|,|the|7th");
    check_tokens("in 1999. It", "in|1999|.||It");
    check_tokens("the 1990s, 12.08.2024", "the|1990s|,|12.08.2024");
}

static void sentences(void **state)
{
    (void)state;
    check_tokens("He left. She stayed.", "He|left|.||She|stayed|.");
    check_tokens("He left.\nshe stayed", "He|left|.||she|stayed");
    check_tokens("\"Go!\" he said. \"No.\" She went.",
                 "\"|Go|!|\"|he|said|.||\"|No|.|\"||She|went|.");
    check_tokens("made in the U.S. The end", "made|in|the|U.S.||The|end");
    check_tokens("the U.S. Senate met", "the|U.S.|Senate|met");
    check_tokens("end of it.Next one", "end|of|it|.||Next|one");
    check_tokens("George W. Bush spoke", "George|W.|Bush|spoke");
}

static void traps_of_scraped_news(void **state)
{
    (void)state;
    check_tokens("Lt. Gen. A. K. Khan and Sen. J.B. Pritzker",
                 "Lt.|Gen.|A.|K.|Khan|and|Sen.|J.B.|Pritzker");
    check_tokens("Acme Inc. said so. Beta Corp. did not.",
                 "Acme|Inc.|said|so|.||Beta|Corp.|did|not|.");
    check_tokens("He met Mr.\xC2\xA0Lee in the U.K. on Jan.\xC2\xA0"
                 "5.",
                 "He|met|Mr.|Lee|in|the|U.K.|on|Jan.|5|.");
    check_tokens(
        "\xE2\x80\x9CIt is over,\xE2\x80\x9D said Ms. Diaz. \xE2\x80\x98Yes.\xE2\x80\x99 He left.",
        "\xE2\x80\x9C|It|is|over|,|\xE2\x80\x9D|said|Ms.|Diaz|.||\xE2\x80\x98|Yes|.|"
        "\xE2\x80\x99||He|left|.");
    check_tokens("the al-Assad-era law of 2011-12", "the|al|-|Assad|-|era|law|of|2011|-|12");
    check_tokens("the Joneses' and James's dogs", "the|Joneses'|'|and|James'|dogs");
    check_tokens("It ended.He went on.\"Why?\" she asked",
                 "It|ended|.||He|went|on|.|\"|Why|?|\"|she|asked");
    check_tokens("TEHRAN (Reuters) \xE2\x80\x94 Iran said",
                 "TEHRAN|(|Reuters|)|\xE2\x80\x94|Iran|said");
}

static bool has_headline(const char *text)
{
    struct arena arena = {0};
    struct article article = {.text = str_from(text)};
    struct analysis analysis = {.tokens = {0}};
    tokens_pass(analyser, &arena, &article, &analysis);
    bool found = analysis.tokens.items[0].flags & TOKEN_RESTORED;
    arena_done(&arena);
    return found;
}

static void headlines_are_told_from_sentences(void **state)
{
    (void)state;
    assert_true(has_headline("Deepening Strategic Ties: A Shared Worldview"));
    assert_true(has_headline("PUTIN ARRIVES IN TEHRAN"));
    assert_false(has_headline("Russia's Shoigu visits Iran for security talks"));
    assert_false(has_headline("Ali Akbar Ahmadian"));
    assert_false(has_headline("President Vladimir Putin said that this was so."));
}

/* The words that keep their capital, joined by spaces. */
static void check_capitals(const char *text, const char *expected)
{
    struct arena arena = {0};
    struct article article = {.text = str_from(text)};
    struct analysis analysis = {.tokens = {0}};
    tokens_pass(analyser, &arena, &article, &analysis);
    struct buf found = BUF_INIT;
    for (size_t i = 0; i < analysis.tokens.count; i++) {
        const struct token *token = &analysis.tokens.items[i];
        if (!(token->flags & TOKEN_CAPITAL))
            continue;
        if (found.len)
            buf_add_byte(&found, ' ');
        buf_add(&found, str_slice(article.text, token->start, token->end));
    }
    assert_string_equal(buf_c(&found), expected);
    buf_done(&found);
    arena_done(&arena);
}

static void headlines_get_the_case_of_running_text(void **state)
{
    (void)state;
    check_capitals("PUTIN ARRIVES IN TEHRAN", "PUTIN TEHRAN");
    check_capitals("Lavrov Says the United States Must Leave Syria Before Talks",
                   "Lavrov United States Syria");
    check_capitals("THE UNITED NATIONS SAID THAT THE TALKS IN GENEVA HAD FAILED",
                   "THE UNITED NATIONS GENEVA");
    check_capitals("Talks With Khatibzadeh Will Follow Soon After the Meeting",
                   "Talks Khatibzadeh");
    /* running text is left alone */
    check_capitals("The Talks in Geneva failed.", "The Talks Geneva");
}

static void only_headlines_among_other_text_are_marked(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct article article = {.text =
                                  STR("PUTIN ARRIVES IN TEHRAN\nThe president of Russia came to "
                                      "the capital of Iran on Monday for talks.")};
    struct analysis analysis = {.tokens = {0}};
    tokens_pass(analyser, &arena, &article, &analysis);
    assert_true(analysis.tokens.items[0].flags & TOKEN_IN_HEADLINE);
    assert_false(analysis.tokens.items[4].flags & (TOKEN_IN_HEADLINE | TOKEN_RESTORED));
    arena_done(&arena);
}

/* Tokens and sentences cover each other, rise, lie in the text and split no code point. */
static void check_invariants(str text)
{
    struct arena arena = {0};
    struct article article = {.text = text};
    struct analysis analysis = {.tokens = {0}};
    tokens_pass(analyser, &arena, &article, &analysis);
    size_t end = 0, next = 0;
    for (size_t i = 0; i < analysis.tokens.count; i++) {
        const struct token *token = &analysis.tokens.items[i];
        assert_true(token->start >= end && token->end > token->start && token->end <= text.len);
        assert_true(((unsigned char)text.ptr[token->start] & 0xC0) != 0x80);
        assert_true(token->end == text.len || ((unsigned char)text.ptr[token->end] & 0xC0) != 0x80);
        assert_true(token->sentence < analysis.sentences.count);
        end = token->end;
    }
    for (size_t i = 0; i < analysis.sentences.count; i++) {
        const struct sentence *sentence = &analysis.sentences.items[i];
        assert_int_equal(sentence->first_token, next);
        assert_true(sentence->token_count > 0);
        next += sentence->token_count;
        assert_int_equal(analysis.tokens.items[sentence->first_token].start, sentence->start);
        assert_int_equal(analysis.tokens.items[next - 1].end, sentence->end);
        for (size_t k = sentence->first_token; k < next; k++)
            assert_int_equal(analysis.tokens.items[k].sentence, i);
    }
    assert_int_equal(next, analysis.tokens.count);
    arena_done(&arena);
}

static void any_text_gives_sound_tokens(void **state)
{
    (void)state;
    struct random random = {.state = 7};
    struct buf bytes = BUF_INIT;
    for (int i = 0; i < 400; i++) {
        struct arena arena = {0};
        random_bytes(&random, &bytes, random_below(&random, 400));
        check_invariants(utf8_repair(&arena, buf_str(&bytes)));
        arena_done(&arena);
    }
    for (int i = 0; i < 400; i++) {
        buf_clear(&bytes);
        for (size_t k = random_below(&random, 200); k > 0; k--)
            utf8_add(&bytes, random_code_point(&random));
        check_invariants(buf_str(&bytes));
    }
    buf_done(&bytes);
}

static void blocks_end_sentences(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct article article = {.text = STR("A title\nand text")};
    vec_push(&arena, &article.blocks, (struct block){.kind = BLOCK_TITLE, .start = 0, .end = 7});
    vec_push(&arena, &article.blocks,
             (struct block){.kind = BLOCK_PARAGRAPH, .start = 8, .end = 16});
    struct analysis analysis = {.tokens = {0}};
    tokens_pass(analyser, &arena, &article, &analysis);
    assert_int_equal(analysis.sentences.count, 2);
    assert_int_equal(analysis.sentences.items[1].block, 1);
    assert_int_equal(analysis.sentences.items[1].start, 8);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_punctuation),
        cmocka_unit_test(possessives_leave_the_ending_out),
        cmocka_unit_test(abbreviations_and_initials_keep_their_stop),
        cmocka_unit_test(addresses_are_one_token),
        cmocka_unit_test(numbers),
        cmocka_unit_test(sentences),
        cmocka_unit_test(traps_of_scraped_news),
        cmocka_unit_test(headlines_are_told_from_sentences),
        cmocka_unit_test(headlines_get_the_case_of_running_text),
        cmocka_unit_test(only_headlines_among_other_text_are_marked),
        cmocka_unit_test(any_text_gives_sound_tokens),
        cmocka_unit_test(blocks_end_sentences),
    };
    return cmocka_run_group_tests(tests, open_lexicons, close_lexicons);
}
