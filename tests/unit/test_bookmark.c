/* layers: base text model */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/article.h"
#include "model/bookmark.h"
#include "model/mention.h"
#include "model/moment.h"
#include "support/random.h"

/* A bookmark as it is made in `text`, with up to 12 bytes around the quote. */
static struct bookmark bookmark_of(str text, str quote, size_t from)
{
    size_t start = str_find(text, quote, from);
    assert_true(start != STR_MISSING);
    size_t end = start + quote.len;
    return (struct bookmark){.quote = quote,
                             .prefix = str_slice(text, start > 12 ? start - 12 : 0, start),
                             .suffix = str_slice(text, end, end + 12),
                             .start = (uint32_t)start,
                             .end = (uint32_t)end,
                             .state = ANCHOR_LOST};
}

static const str denial = {"He denied it.", 13};
static const str twice = {"Asked on Monday. He denied it. The court rose. On Friday, asked again. "
                          "He denied it. Nobody believed him.",
                          105};

static void a_passage_in_an_unchanged_text_is_exact(void **state)
{
    (void)state;
    struct bookmark bookmark = bookmark_of(twice, denial, 30);
    uint32_t start = bookmark.start;
    bookmark_anchor(&bookmark, twice);
    assert_int_equal(bookmark.state, ANCHOR_EXACT);
    assert_int_equal(bookmark.start, start);
}

static void a_passage_is_found_after_text_was_cut_before_it(void **state)
{
    (void)state;
    struct bookmark bookmark = bookmark_of(twice, STR("The court rose."), 0);
    str shorter = str_slice(twice, 17, twice.len);
    bookmark_anchor(&bookmark, shorter);
    assert_int_equal(bookmark.state, ANCHOR_MOVED);
    assert_int_equal(bookmark.start, 14);
    assert_int_equal(bookmark.end, 29);
}

static void the_surroundings_choose_between_look_alikes(void **state)
{
    (void)state;
    struct bookmark bookmark = bookmark_of(twice, denial, 30);
    str longer = STR("New lead. Asked on Monday. He denied it. The court rose. On Friday, asked "
                     "again. He denied it. Nobody believed him.");
    bookmark_anchor(&bookmark, longer);
    assert_int_equal(bookmark.state, ANCHOR_MOVED);
    assert_int_equal(bookmark.start, str_find(longer, denial, 40));
}

static void the_one_look_alike_left_is_not_taken_for_the_deleted_passage(void **state)
{
    (void)state;
    struct bookmark bookmark = bookmark_of(twice, denial, 0);
    uint32_t start = bookmark.start, end = bookmark.end;
    str rest = STR("The court rose. On Friday, asked again. He denied it. Nobody believed him.");
    bookmark_anchor(&bookmark, rest);
    assert_int_equal(bookmark.state, ANCHOR_AMBIGUOUS);
    assert_int_equal(bookmark.start, start);
    assert_int_equal(bookmark.end, end);
}

static void a_look_alike_at_the_old_place_is_not_taken_either(void **state)
{
    (void)state;
    struct bookmark bookmark = bookmark_of(twice, denial, 0);
    assert_int_equal(bookmark.start, 17);
    bookmark_anchor(&bookmark, STR("On Friday again: He denied it. Nobody believed him."));
    assert_int_equal(bookmark.state, ANCHOR_AMBIGUOUS);
}

static void one_side_that_agrees_is_enough(void **state)
{
    (void)state;
    struct bookmark bookmark = bookmark_of(twice, denial, 30);
    bookmark_anchor(&bookmark, STR("Quite another start. He denied it. Nobody believed him."));
    assert_int_equal(bookmark.state, ANCHOR_MOVED);
    assert_int_equal(bookmark.start, 21);
    bookmark = bookmark_of(twice, denial, 30);
    bookmark_anchor(&bookmark, STR("On Friday,\nasked again.\nHe denied it. The end."));
    assert_int_equal(bookmark.state, ANCHOR_MOVED);
}

static void places_that_agree_equally_are_ambiguous(void **state)
{
    (void)state;
    struct bookmark bookmark = bookmark_of(STR("A. Yes. B."), STR("Yes."), 0);
    bookmark_anchor(&bookmark, STR("0 A. Yes. B. A. Yes. B."));
    assert_int_equal(bookmark.state, ANCHOR_AMBIGUOUS);
    /* Among equals the old place is the one. */
    bookmark_anchor(&bookmark, STR("A. Yes. B. A. Yes. B."));
    assert_int_equal(bookmark.state, ANCHOR_EXACT);
    assert_int_equal(bookmark.start, 3);
}

static void words_that_are_gone_are_lost(void **state)
{
    (void)state;
    struct bookmark bookmark = bookmark_of(twice, denial, 0);
    bookmark_anchor(&bookmark, STR("He denied everything."));
    assert_int_equal(bookmark.state, ANCHOR_LOST);
    bookmark_anchor(&bookmark, STR_NONE);
    assert_int_equal(bookmark.state, ANCHOR_LOST);
    bookmark.quote = STR_NONE;
    bookmark_anchor(&bookmark, twice);
    assert_int_equal(bookmark.state, ANCHOR_LOST);
    assert_int_equal(bookmark.start, 17);
}

/* Two places that read alike for hundreds of characters on both sides: what is kept of the one
 * tells it from the other, so that it is lost when it is deleted. */
static void surroundings_reach_to_where_look_alikes_differ(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    const str round =
        STR("The court rose again and again that week. He denied it. The judge asked the "
            "same as on the day before, and the hall was as full as it had been. ");
    buf_add(&text, STR("On Monday it began. "));
    buf_add(&text, round);
    size_t second = text.len + 20;
    buf_add(&text, STR("On Friday it ended. "));
    buf_add(&text, round);
    buf_add(&text, STR("Nobody spoke."));
    str whole = buf_str(&text);
    for (int i = 0; i < 2; i++) {
        size_t start = str_find(whole, denial, i ? second : 0);
        struct bookmark bookmark = {.start = (uint32_t)start,
                                    .end = (uint32_t)(start + denial.len)};
        struct buf shorter = BUF_INIT;
        bookmark_take(&bookmark, whole);
        struct bookmark found = bookmark;
        found.start = 7;
        bookmark_anchor(&found, whole);
        assert_int_equal(found.state, ANCHOR_MOVED);
        assert_int_equal(found.start, start);
        buf_add(&shorter, str_slice(whole, 0, start));
        buf_add(&shorter, str_slice(whole, start + denial.len, whole.len));
        bookmark_anchor(&bookmark, buf_str(&shorter));
        assert_false(anchor_holds(bookmark.state));
        buf_done(&shorter);
    }
    buf_done(&text);
}

static void without_surroundings_the_only_place_is_taken(void **state)
{
    (void)state;
    struct bookmark bookmark = {.quote = STR("court"), .start = 3, .end = 8};
    bookmark_anchor(&bookmark, twice);
    assert_int_equal(bookmark.state, ANCHOR_MOVED);
    bookmark = (struct bookmark){.quote = denial, .start = 3, .end = 16};
    bookmark_anchor(&bookmark, twice);
    assert_int_equal(bookmark.state, ANCHOR_AMBIGUOUS);
}

/* ---- near ---------------------------------------------------------------------------------- */

static const str old_lead = {
    "The council met. The storm tore twelve boats from the old harbour on Monday. It went home.",
    90};
static const str old_quote = {"The storm tore twelve boats from the old harbour on Monday.", 59};

static void a_passage_with_a_word_changed_is_near(void **state)
{
    (void)state;
    struct bookmark bookmark = bookmark_of(old_lead, old_quote, 0);
    str text =
        STR("Updated. The council met. The storm tore fourteen boats from the old harbour on "
            "Monday. It went home.");
    bookmark_anchor(&bookmark, text);
    assert_int_equal(bookmark.state, ANCHOR_NEAR);
    assert_int_equal(bookmark.score, 90); /* one of eleven words, rounded down */
    assert_true(str_equal(str_slice(text, bookmark.start, bookmark.end),
                          STR("The storm tore fourteen boats from the old harbour on Monday.")));
    /* What was near is found exactly when the old words come back. */
    bookmark_anchor(&bookmark, old_lead);
    assert_int_equal(bookmark.state, ANCHOR_MOVED);
    assert_int_equal(bookmark.score, 100);
}

static void too_many_words_changed_are_lost(void **state)
{
    (void)state;
    struct bookmark bookmark = bookmark_of(old_lead, old_quote, 0);
    bookmark_anchor(&bookmark, STR("The council met. The storm spared all boats in the new harbour "
                                   "on Sunday. It went home."));
    assert_int_equal(bookmark.state, ANCHOR_LOST);
}

/* The next sentence looks like the one that was deleted and stands in its place. */
static void a_look_alike_that_takes_the_place_is_not_taken(void **state)
{
    (void)state;
    str twins = STR("The council met. The storm tore twelve boats from the old harbour on Monday. "
                    "The storm tore twelve boats from the old harbour on Friday. It went home.");
    struct bookmark bookmark = bookmark_of(twins, old_quote, 0);
    bookmark_anchor(&bookmark,
                    STR("The council met. The storm tore twelve boats from the old harbour on "
                        "Friday. It went home."));
    assert_int_equal(bookmark.state, ANCHOR_AMBIGUOUS);
    assert_int_equal(bookmark.start, 17);
}

static void a_rival_that_comes_close_makes_it_ambiguous(void **state)
{
    (void)state;
    struct bookmark bookmark = bookmark_of(old_lead, old_quote, 0);
    bookmark_anchor(&bookmark,
                    STR("The council met. The storm tore fourteen boats from the old harbour on "
                        "Monday. It went home. The storm tore ten boats from the old harbour."));
    assert_int_equal(bookmark.state, ANCHOR_AMBIGUOUS);
}

static void scripts_without_spaces_are_compared_by_character(void **state)
{
    (void)state;
    str text = STR("前文很短。台风在星期一摧毁了旧港的十二艘船。后文也短。");
    struct bookmark bookmark = bookmark_of(text, STR("台风在星期一摧毁了旧港的十二艘船。"), 0);
    bookmark_anchor(&bookmark, STR("前文很短。台风在星期二摧毁了旧港的十二艘船。后文也短。"));
    assert_int_equal(bookmark.state, ANCHOR_NEAR);
}

static void candidates_are_in_order_and_apart(void **state)
{
    (void)state;
    struct bookmark bookmark = bookmark_of(old_lead, old_quote, 0);
    str text = STR("The storm tore ten boats from the old harbour. Nothing else. The storm tore "
                   "twelve boats from the old harbour on Monday. Quite other words stand here.");
    struct anchor_place places[8];
    size_t count = bookmark_places(&bookmark, text, places, 8);
    assert_int_equal(count, 2);
    assert_int_equal(places[0].start, 0);
    assert_true(places[0].end <= places[1].start);
    assert_int_equal(places[1].score, 100);
    assert_int_equal(bookmark_places(&bookmark, text, places, 1), 1);
    assert_int_equal(places[0].score, 100);
}

/* ---- any edits ----------------------------------------------------------------------------- */

enum { SENTENCES = 9, WORDS_LIMIT = 14, VOCABULARY = 40, WHICH = 4 };

struct sentence {
    int words[WORDS_LIMIT + 4];
    int count;
};

static void random_sentence(struct random *random, struct sentence *sentence)
{
    sentence->count = 4 + (int)random_below(random, WORDS_LIMIT - 3);
    for (int i = 0; i < sentence->count; i++)
        sentence->words[i] = (int)random_below(random, VOCABULARY);
}

static void add_sentence(struct buf *text, const struct sentence *sentence)
{
    for (int i = 0; i < sentence->count; i++)
        buf_format(text, "%sword%d", i ? " " : "", sentence->words[i]);
    buf_add(text, STR("."));
}

/* Steps of one word between two sentences: the plain table of the textbook. */
static int steps_between(const struct sentence *a, const struct sentence *b)
{
    int table[WORDS_LIMIT + 5][WORDS_LIMIT + 5];
    for (int i = 0; i <= a->count; i++)
        for (int k = 0; k <= b->count; k++) {
            int least = i == 0   ? k
                        : k == 0 ? i
                                 : table[i - 1][k - 1] + (a->words[i - 1] != b->words[k - 1]);
            if (i > 0 && k > 0 && table[i - 1][k] + 1 < least)
                least = table[i - 1][k] + 1;
            if (i > 0 && k > 0 && table[i][k - 1] + 1 < least)
                least = table[i][k - 1] + 1;
            table[i][k] = least;
        }
    return table[a->count][b->count];
}

/* The sentence that was bookmarked (skip: leaves it out), and where it then stands. */
static void compose(struct buf *text, const struct sentence *sentences, int skip, size_t *start,
                    size_t *end)
{
    buf_clear(text);
    for (int i = 0; i < SENTENCES; i++) {
        if (i == skip)
            continue;
        if (text->len)
            buf_add(text, STR(" "));
        if (i == WHICH)
            *start = text->len;
        add_sentence(text, &sentences[i]);
        if (i == WHICH)
            *end = text->len;
    }
}

static void edit_words(struct random *random, struct sentence *sentence, int edits)
{
    for (int i = 0; i < edits; i++) {
        int at = (int)random_below(random, (size_t)sentence->count);
        int kind = (int)random_below(random, 3);
        if (kind == 0) {
            sentence->words[at] = (int)random_below(random, VOCABULARY);
        } else if (kind == 1 && sentence->count > 1) {
            for (int k = at; k + 1 < sentence->count; k++)
                sentence->words[k] = sentence->words[k + 1];
            sentence->count--;
        } else if (sentence->count < WORDS_LIMIT + 3) {
            for (int k = sentence->count++; k > at; k--)
                sentence->words[k] = sentence->words[k - 1];
            sentence->words[at] = (int)random_below(random, VOCABULARY);
        }
    }
}

static void mark_sentence(struct bookmark *bookmark, const struct buf *text, size_t start,
                          size_t end)
{
    *bookmark = (struct bookmark){.start = (uint32_t)start, .end = (uint32_t)end};
    bookmark_take(bookmark, buf_str(text));
}

static void a_passage_is_only_attached_to_its_own_words(void **state)
{
    (void)state;
    struct random random = {7};
    struct buf before = BUF_INIT, after = BUF_INIT;
    int seen[ANCHOR_STATE_COUNT] = {0};
    for (int round = 0; round < 3000; round++) {
        struct sentence sentences[SENTENCES];
        struct bookmark bookmark;
        size_t start = 0, end = 0;
        for (int i = 0; i < SENTENCES; i++)
            random_sentence(&random, &sentences[i]);
        compose(&before, sentences, SENTENCES, &start, &end);
        mark_sentence(&bookmark, &before, start, end);
        struct sentence old = sentences[WHICH];
        edit_words(&random, &sentences[WHICH], (int)random_below(&random, 6));
        edit_words(&random, &sentences[random_below(&random, WHICH - 1)], 2);
        compose(&after, sentences, SENTENCES, &start, &end);
        bookmark_anchor(&bookmark, buf_str(&after));
        seen[bookmark.state]++;
        if (!anchor_holds(bookmark.state))
            continue;
        if (bookmark.state != ANCHOR_NEAR) { /* words may have come to stand around it */
            assert_true(str_equal(str_slice(buf_str(&after), bookmark.start, bookmark.end),
                                  bookmark.quote));
            assert_true(bookmark.start >= start && bookmark.end <= end);
            continue;
        }
        assert_int_equal(bookmark.start, start);
        assert_int_equal(bookmark.end, end);
        int steps = steps_between(&old, &sentences[WHICH]);
        int longer = old.count > sentences[WHICH].count ? old.count : sentences[WHICH].count;
        assert_true(100 * steps <= (100 - ANCHOR_SCORE_FLOOR) * longer);
        assert_in_range(bookmark.score, ANCHOR_SCORE_FLOOR, 100);
    }
    assert_true(seen[ANCHOR_NEAR] > 300 && seen[ANCHOR_LOST] > 300);
    buf_done(&before);
    buf_done(&after);
}

/* A copy of the sentence with a few words changed stands somewhere, also beside it; then the
 * sentence goes. */
static void a_deleted_passage_is_never_attached_to_a_look_alike(void **state)
{
    (void)state;
    struct random random = {11};
    struct buf before = BUF_INIT, after = BUF_INIT;
    for (int round = 0; round < 3000; round++) {
        struct sentence sentences[SENTENCES];
        struct bookmark bookmark;
        size_t start = 0, end = 0, other = random_below(&random, SENTENCES);
        for (int i = 0; i < SENTENCES; i++)
            random_sentence(&random, &sentences[i]);
        if (other == WHICH)
            other++;
        sentences[other] = sentences[WHICH];
        edit_words(&random, &sentences[other], (int)random_below(&random, 3));
        compose(&before, sentences, SENTENCES, &start, &end);
        mark_sentence(&bookmark, &before, start, end);
        compose(&after, sentences, WHICH, &start, &end);
        bookmark_anchor(&bookmark, buf_str(&after));
        /* The same words beside it: nobody could tell which of both went. */
        bool twin = str_find(buf_str(&after), bookmark.quote, 0) != STR_MISSING &&
                    (other == WHICH + 1 || other == WHICH - 1);
        if (!twin && anchor_holds(bookmark.state))
            fail_msg("%s: attached: %s\n%s", anchor_state_name(bookmark.state), buf_c(&before),
                     buf_c(&after));
    }
    buf_done(&before);
    buf_done(&after);
}

static void every_name_is_the_one_of_its_list(void **state)
{
    (void)state;
    assert_string_equal(block_kind_name(BLOCK_LIST_ITEM), "list-item");
    assert_string_equal(removal_reason_name(REMOVAL_STOCK_PHOTOS), "stock-photos");
    assert_string_equal(date_basis_name(DATE_BASIS_INFERRED), "inferred");
    assert_string_equal(entity_kind_name(ENTITY_ORGANISATION), "organisation");
    assert_string_equal(moment_type_name(MOMENT_SET), "SET");
    assert_string_equal(certainty_name(CERTAINTY_GUESSED), "guessed");
    assert_string_equal(anchor_state_name(ANCHOR_MOVED), "moved");
    assert_string_equal(block_kind_name(BLOCK_KIND_COUNT), "unknown");
}

/* Cleaning puts lines before it, changes words of it, takes it away: the place stays where a reader
 * would look for it. */
static void a_reading_place_is_found_in_another_text(void **state)
{
    (void)state;
    static const struct {
        const char *text, *rest; /* what then stands at the place */
    } texts[] = {
        {"Harbour news\nThe first paragraph tells of ships.\nThe second paragraph tells of the "
         "crew and its long wait.\nThe third one ends.",
         "The second paragraph"},
        {"Menu\nShare\nHarbour news\nThe first paragraph tells of ships.\nThe second paragraph "
         "tells of the crew and its long wait.\nThe third one ends.",
         "The second paragraph"},
        {"Harbour news\nThe second paragraph tells of the men and their long wait.\nThe third one "
         "ends.",
         "The second paragraph"},
        {"Another lead.\nHarbour news\nThe first paragraph tells of ships.\nThe third one ends.",
         "The third one"},
        {"Nothing", ""},
        {"", ""},
    };
    str first = str_from(texts[0].text);
    struct bookmark place = {0};
    bookmark_take_place(&place, first, (uint32_t)str_find(first, STR("The second"), 0));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        str text = str_from(texts[i].text), rest = str_from(texts[i].rest);
        uint32_t at = bookmark_find_place(&place, text);
        assert_true(at <= text.len);
        str there = str_trim(str_slice(text, at, text.len));
        if (!str_starts(there, rest))
            fail_msg("%zu: at %u: %.*s", i, at, STR_ARG(there));
    }
    /* The beginning stays the beginning, whatever comes to stand there. */
    bookmark_take_place(&place, first, 0);
    assert_int_equal(bookmark_find_place(&place, str_from(texts[1].text)), 0);
    /* A place from before there were quotes is an offset that is kept within the text. */
    struct bookmark old = {.start = 4000000000u};
    assert_int_equal(bookmark_find_place(&old, STR("caf\xc3\xa9")), 5);
    old.start = 4;
    assert_int_equal(bookmark_find_place(&old, STR("caf\xc3\xa9")), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_passage_in_an_unchanged_text_is_exact),
        cmocka_unit_test(a_passage_is_found_after_text_was_cut_before_it),
        cmocka_unit_test(the_surroundings_choose_between_look_alikes),
        cmocka_unit_test(the_one_look_alike_left_is_not_taken_for_the_deleted_passage),
        cmocka_unit_test(a_look_alike_at_the_old_place_is_not_taken_either),
        cmocka_unit_test(one_side_that_agrees_is_enough),
        cmocka_unit_test(places_that_agree_equally_are_ambiguous),
        cmocka_unit_test(words_that_are_gone_are_lost),
        cmocka_unit_test(surroundings_reach_to_where_look_alikes_differ),
        cmocka_unit_test(without_surroundings_the_only_place_is_taken),
        cmocka_unit_test(a_passage_with_a_word_changed_is_near),
        cmocka_unit_test(too_many_words_changed_are_lost),
        cmocka_unit_test(a_look_alike_that_takes_the_place_is_not_taken),
        cmocka_unit_test(a_rival_that_comes_close_makes_it_ambiguous),
        cmocka_unit_test(scripts_without_spaces_are_compared_by_character),
        cmocka_unit_test(candidates_are_in_order_and_apart),
        cmocka_unit_test(a_passage_is_only_attached_to_its_own_words),
        cmocka_unit_test(a_deleted_passage_is_never_attached_to_a_look_alike),
        cmocka_unit_test(every_name_is_the_one_of_its_list),
        cmocka_unit_test(a_reading_place_is_found_in_another_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
