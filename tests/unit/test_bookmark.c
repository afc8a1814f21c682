/* layers: base model */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/article.h"
#include "model/bookmark.h"
#include "model/mention.h"
#include "model/moment.h"

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
        cmocka_unit_test(without_surroundings_the_only_place_is_taken),
        cmocka_unit_test(every_name_is_the_one_of_its_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
