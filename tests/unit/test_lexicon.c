/* layers: base text model analyse */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "analyse/acts.h"
#include "analyse/lexicon.h"
#include "analyse/passes.h"
#include "base/buf.h"
#include "base/file.h"

static const char *rules = "";

/* A folder with one lexicon file in the working folder of the test. */
static enum status open_text(const char *text, struct lexicon **lexicon, struct error *err)
{
    struct error ignored;
    if (file_make_folder("lexicon_test", &ignored) ||
        file_replace("lexicon_test/romanisation.rules", str_from(rules), &ignored) ||
        file_replace("lexicon_test/a.lex", str_from(text), &ignored))
        fail_msg("%s", ignored.text);
    return lexicon_open("lexicon_test", lexicon, err);
}

static struct lexicon *must_open(const char *text)
{
    struct lexicon *lexicon;
    struct error err;
    if (open_text(text, &lexicon, &err))
        fail_msg("%s", err.text);
    return lexicon;
}

static void entries_have_classes_values_and_details(void **state)
{
    (void)state;
    struct lexicon *lexicon = must_open("# comment\n[city]\nRome\n\n[given-name]\nrome = 7\n"
                                        "[country]\nU.S. = United States\n");
    const struct lexicon_entry *rome = lexicon_find(lexicon, STR("rome"));
    assert_non_null(rome);
    assert_true(rome->classes == (CLASS_BIT(CITY) | CLASS_BIT(GIVEN_NAME)));
    assert_int_equal(rome->value, 7);
    assert_null(rome->detail.ptr);
    const struct lexicon_entry *us = lexicon_find(lexicon, STR("u.s."));
    assert_non_null(us);
    assert_true(str_equal(us->detail, STR("United States")));
    assert_null(lexicon_find(lexicon, STR("paris")));
    assert_int_equal(lexicon_id(lexicon, STR("paris")), 0);
    assert_ptr_equal(lexicon_entry(lexicon, lexicon_id(lexicon, STR("rome"))), rome);
    assert_null(lexicon_entry(lexicon, 0));
    assert_null(lexicon_entry(lexicon, UINT32_MAX));
    lexicon_close(lexicon);
}

static void folding_hyphens_and_stops_do_not_matter(void **state)
{
    (void)state;
    struct lexicon *lexicon =
        must_open("[organisation]\nAl-Qaeda\n[city]\nSt. Gallen\nBogot\xC3\xA1\n");
    assert_non_null(lexicon_find(lexicon, STR("al-qaeda")));
    assert_non_null(lexicon_find(lexicon, STR("al qaeda")));
    assert_non_null(lexicon_find(lexicon, STR("st gallen")));
    assert_non_null(lexicon_find(lexicon, STR("bogota")));
    assert_true(lexicon_find(lexicon, STR("st"))->starts_phrase);
    assert_false(lexicon_find(lexicon, STR("gallen"))->starts_phrase);
    assert_true(lexicon_find(lexicon, STR("gallen"))->classes == 0);
    lexicon_close(lexicon);
}

static void mistakes_are_told_with_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"rome\n", "lexicon_test/a.lex:1: an entry before"},
        {"[city]\n\n[town]\n", "lexicon_test/a.lex:3: unknown class \"town\""},
        {"[city\n", "lexicon_test/a.lex:1: a section needs"},
        {"[city]\n= 5\n", "lexicon_test/a.lex:2: an entry without words"},
        {"[city]\na =\n", "lexicon_test/a.lex:2: no value"},
        {"[city]\na b c d e f g\n", "lexicon_test/a.lex:2: an entry of more than 6"},
        {"[city]\na\xFF\n", "lexicon_test/a.lex:2: the line is not UTF-8"},
        {"[city]\na = 99999999999\n", "lexicon_test/a.lex:2: a value out of range"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lexicon *lexicon;
        struct error err = {STATUS_OK, ""};
        assert_int_equal(open_text(rows[i].text, &lexicon, &err), STATUS_BAD_INPUT);
        assert_null(lexicon);
        if (!str_starts(str_from(err.text), str_from(rows[i].message)))
            fail_msg("%s\nis not\n%s", err.text, rows[i].message);
    }
}

static void one_spelling_by_the_longest_rule(void **state)
{
    (void)state;
    struct lexicon *lexicon;
    struct error err;
    rules = "# letters\nsch = s\nc=k\nh =\n^ye = a\nev$ = av\n";
    assert_int_equal(open_text("[title]\nmr\n", &lexicon, &err), STATUS_OK);
    static const struct {
        const char *word, *key;
    } cases[] = {{"schach", "sak"}, {"yeyev", "ayav"}, {"anna", "ana"}, {"h", "h"}, {"", ""}};
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str key = spelling_key(lexicon_spelling(lexicon), &arena, str_from(cases[i].word));
        if (!str_equal(key, str_from(cases[i].key)))
            fail_msg("%s: \"%.*s\"", cases[i].word, STR_ARG(key));
    }
    arena_done(&arena);
    lexicon_close(lexicon);
    static const char *const wrong[] = {"sch s\n", "= s\n", "a b = c\n", "^$ = a\n", "a = bcd\n"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        rules = wrong[i];
        assert_int_equal(open_text("[title]\nmr\n", &lexicon, &err), STATUS_BAD_INPUT);
        assert_non_null(strstr(err.text, "romanisation.rules:1: "));
    }
    rules = "";
}

static void acts_are_known_by_their_words(void **state)
{
    (void)state;
    struct acts *acts;
    struct error err;
    unsigned voices;
    assert_int_equal(acts_open(DATA_DIR "/lexicon/acts.en.rules", &acts, &err), STATUS_OK);
    assert_true(str_equal(acts_of_stem(acts, STR("assassinat"))->name, STR("kill")));
    assert_true(acts_of_stem(acts, STR("die"))->once_in_life);
    assert_false(acts_of_stem(acts, STR("resign"))->once_in_life);
    assert_null(acts_of_stem(acts, STR("table")));
    assert_true(str_equal(acts_of_form(acts, STR("detained"), &voices)->name, STR("arrest")));
    assert_int_equal(voices, ACT_SUFFERS);
    assert_true(str_equal(acts_of_form(acts, STR("death"), &voices)->name, STR("kill")));
    assert_int_equal(voices, ACT_CALLED);
    assert_null(acts_of_form(acts, STR("arriv"), &voices));
    assert_int_equal(voices, 0);
    assert_true(acts_word(acts, STR("after"), ACT_WORD_EMPTY));
    assert_true(acts_word(acts, STR("after"), ACT_WORD_CLAUSE));
    assert_false(acts_word(acts, STR("after"), ACT_WORD_HELPER));
    assert_false(acts_word(acts, STR("resigned"), ACT_WORD_EMPTY));
    acts_close(acts);
    static const char *const wrong[] = {"kill = die\n",     "[stems]\nkill\n",
                                        "[stems]\n= die\n", "[lifetime]\nkill = die\n",
                                        "[no such]\n",      "[clause]\nafter\n[no such]\n"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error ignored;
        assert_int_equal(file_replace("lexicon_acts.rules", str_from(wrong[i]), &ignored),
                         STATUS_OK);
        assert_int_equal(acts_open("lexicon_acts.rules", &acts, &err), STATUS_BAD_INPUT);
        assert_non_null(strstr(err.text, "lexicon_acts.rules:"));
        assert_null(acts);
    }
}

static void missing_folders_are_told(void **state)
{
    (void)state;
    struct lexicon *lexicon;
    struct analyser *analyser;
    struct error err;
    assert_int_not_equal(lexicon_open("no/such/folder", &lexicon, &err), STATUS_OK);
    assert_null(lexicon);
    assert_int_not_equal(analyser_open("no/such/folder", &analyser, &err), STATUS_OK);
    assert_null(analyser);
    analyser_close(NULL);
    lexicon_close(NULL);
}

/* The longest entry at each token of a text, joined by "|". */
static void check_match(const struct analyser *analyser, const char *text, const char *expected)
{
    struct arena arena = {0};
    struct article article = {.text = str_from(text)};
    struct analysis analysis = {.tokens = {0}};
    tokens_pass(analyser, &arena, &article, &analysis);
    struct buf found = BUF_INIT;
    for (size_t i = 0; i < analysis.tokens.count;) {
        size_t count;
        const struct lexicon_entry *entry =
            lexicon_match(analyser_lexicon(analyser), article.text, &analysis, i,
                          CLASS_BIT(COUNTRY) | CLASS_BIT(CITY) | CLASS_BIT(REGION) |
                              CLASS_BIT(ORGANISATION) | CLASS_BIT(TITLE),
                          &count);
        if (entry)
            buf_format(&found, "%s%.*s", found.len ? "|" : "", STR_ARG(entry->text));
        i += count ? count : 1;
    }
    assert_string_equal(buf_c(&found), expected);
    buf_done(&found);
    arena_done(&arena);
}

static void the_longest_phrase_is_matched(void **state)
{
    (void)state;
    struct analyser *analyser;
    struct error err;
    if (analyser_open(DATA_DIR, &analyser, &err))
        fail_msg("%s", err.text);
    check_match(analyser, "The Supreme National Security Council met.",
                "supreme national security council");
    check_match(analyser, "In New York and New Delhi.", "new york|new delhi");
    check_match(analyser, "The Prime Minister of the U.S. left.", "prime minister|u.s.");
    check_match(analyser, "Guinea-Bissau, Guinea's Conakry", "guinea bissau|guinea|conakry");
    check_match(analyser, "The People's Bank of China and McDonald\xE2\x80\x99s.",
                "people's bank of china|mcdonald's");
    check_match(analyser, "He saw New. York is old.", "york"); /* not across sentences */
    analyser_close(analyser);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_have_classes_values_and_details),
        cmocka_unit_test(folding_hyphens_and_stops_do_not_matter),
        cmocka_unit_test(mistakes_are_told_with_their_line),
        cmocka_unit_test(one_spelling_by_the_longest_rule),
        cmocka_unit_test(acts_are_known_by_their_words),
        cmocka_unit_test(missing_folders_are_told),
        cmocka_unit_test(the_longest_phrase_is_matched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
