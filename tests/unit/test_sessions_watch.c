/* layers: base text model ingest analyse store tui app */
/* Sessions with the watch list, with targets of several names and of tags, and with the place where
 * reading stopped after the text changed. */
#include "support/pty_program.h"

#include "unit/desk.h"

/* ---- pinning --------------------------------------------------------------------------------- */

static void pin_person(struct desk *desk, const char *name, int slot)
{
    char wanted[64];
    choose_person(desk, name);
    does(desk, ACTION_PIN, "W");
    snprintf(wanted, sizeof wanted, "pinned as %d: ", slot);
    last_row_has(desk, wanted);
}

static void what_is_pinned_is_walked_by_its_number(void **state)
{
    struct desk *desk = *state;
    int numbers[4];
    pin_person(desk, "belousov", 1);
    pin_person(desk, "peskov", 2);
    does(desk, ACTION_NEXT_WATCH, "] 2");
    last_row_has(desk, "Dmitry Peskov");
    assert_true(target_label(desk, numbers));
    int count = numbers[1];
    assert_int_equal(numbers[0], 1);
    press(desk, "] 2 ] 2");
    label_is(desk, 3, count);
    does(desk, ACTION_PREVIOUS_WATCH, "[ 2");
    label_is(desk, 2, count);
    press(desk, "n"); /* it is the target */
    label_is(desk, 3, count);
    press(desk, "] 1"); /* the other one, from here on */
    last_row_has(desk, "Andrei Belousov");
    press(desk, "] 7");
    last_row_has(desk, "nothing is pinned as 7");
    command(desk, "pin 12");
    last_row_has(desk, "a number from 1 to 9");
}

static void the_list_tells_numbers_and_leads_on(void **state)
{
    struct desk *desk = *state;
    pin_person(desk, "belousov", 1);
    does(desk, ACTION_SEARCH, "/");
    type(desk, "aleppo");
    press(desk, "<Enter>");
    does(desk, ACTION_PIN, "W");
    last_row_has(desk, "pinned as 2: aleppo");
    does(desk, ACTION_GO, "g w");
    sees(desk, "Watch list: 2 of 9");
    sees(desk, "Andrei Belousov");
    sees(desk, "aleppo");
    press(desk, "j <Enter>");
    last_row_has(desk, "aleppo"); /* what the search finds */
    press(desk, "g w g g <Enter>");
    last_row_has(desk, "mentions in"); /* his own pane */
    does(desk, ACTION_BACK, "h");
    does(desk, ACTION_DELETE, "d");
    last_row_has(desk, "unpinned: Andrei Belousov");
    press(desk, "<C-l>");
    sees(desk, "Watch list: 1 of 9");
    does(desk, ACTION_UNDO, "u");
    sees(desk, "Andrei Belousov");
    press(desk, "g g");
    does(desk, ACTION_MAKE_TARGET, "*");
    last_row_has(desk, "target: Andrei Belousov");
    press(desk, "W"); /* the same key takes it away */
    last_row_has(desk, "unpinned");
}

/* The same numbers for scripts. */
static void the_command_line_lists_it(void **state)
{
    struct desk *desk = *state;
    static const struct {
        const char *form, *wanted;
    } forms[] = {
        {"--json", "{\"number\":1,\"kind\":\"person\",\"what\":\"Andrei Belousov\",\"ids\":[\"p"},
        {"--json", "\"times\":6,\"articles\":3,\"new\":0,\"seen\":\"2"},
        {"--tsv", "number\tkind\twhat\ttimes\tarticles\tnew\tseen\n1\tperson\tAndrei Belousov\t6"},
        {"--csv", "1,\"person\",\"Andrei Belousov\",6,3,0,"},
        {"--limit=1", "person"},
    };
    pin_person(desk, "belousov", 1);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const char *const arguments[] = {binary(),       "watch",       "-f",
                                         "pile.dossier", forms[i].form, NULL};
        struct bytes output = {0};
        int status = world_run(&desk->world, arguments, &output);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || !output.ptr ||
            !strstr(output.ptr, forms[i].wanted))
            fail_msg("watch %s: %s", forms[i].form, output.ptr ? output.ptr : "");
        bytes_done(&output);
    }
}

/* Names, dates, bookmarks, what is searched for, and the target where nothing is marked. */
static void all_that_can_be_a_target_is_pinned(void **state)
{
    struct desk *desk = *state;
    open_article(desk, "harbourline");
    press(desk, "] d W");
    last_row_has(desk, "pinned as 1");
    press(desk, "] l W");
    last_row_has(desk, "pinned as 2");
    press(desk, "] o W");
    last_row_has(desk, "pinned as 3");
    press(desk, "B <Enter> [ b W");
    last_row_has(desk, "pinned as 4: bookmarks");
    press(desk, "g t W");
    last_row_has(desk, "pinned as 5");
    does(desk, ACTION_CANCEL, "<Esc>");
    press(desk, "g w W");
    last_row_has(desk, "unpinned");
    press(desk, "g a f <C-u> <Enter> <Esc> <Esc>");
    press(desk, "W");
    last_row_has(desk, "nothing to pin here");
    /* The next session finds them. */
    press(desk, "g w");
    sees(desk, "Watch list: 4 of 9");
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    start(desk, ROWS, COLUMNS);
    press(desk, "g w");
    sees(desk, "Watch list: 4 of 9");
    sees(desk, "bookmarks");
}

/* The number beside the text tells what is pinned without colour; nothing is there without. */
static void the_gutter_shows_the_number(void **state)
{
    struct desk *desk = *state;
    open_article(desk, "harbourline");
    for (int row = 0; row < ROWS - 1; row++)
        assert_true(cell(desk, row, 0).chars[0] == ' ' || cell(desk, row, 0).chars[0] == 0);
    press(desk, "] p W <C-l>");
    int signs = 0;
    for (int row = 0; row < ROWS - 1; row++)
        signs += cell(desk, row, 0).chars[0] == '1';
    assert_true(signs > 0);
    press(desk, "u <C-l>");
    for (int row = 0; row < ROWS - 1; row++)
        assert_true(cell(desk, row, 0).chars[0] != '1');
}

/* ---- what came since ------------------------------------------------------------------------- */

static const char later[] = "Belousov Visits The Shipyards\nMarlstone Courier, 3 June 2024\n\n"
                            "Andrei Belousov, the defence minister of Russia, spoke to workers of "
                            "the shipyards on Monday. Andrei Belousov promised new orders, and "
                            "Belousov named no sum for them.\n";

static void what_is_new_of_it_is_told_until_it_is_looked_at(void **state)
{
    struct desk *desk = *state;
    pin_person(desk, "belousov", 1);
    press(desk, "<Enter> q");
    world_write(&desk->world, "later.txt", later, strlen(later));
    import(desk, "later.txt");
    press(desk, "g w");
    sees(desk, "4 new since ");
    press(desk, "<Enter>");
    last_row_has(desk, "10 mentions in 4 articles, 4 new since ");
    press(desk, "g p g w");
    sees_not(desk, "new since");
}

/* ---- several names, tags ------------------------------------------------------------------- */

static void several_names_are_one_target(void **state)
{
    struct desk *desk = *state;
    int one[4], two[4];
    choose_person(desk, "belousov");
    press(desk, "* n");
    assert_true(target_label(desk, one));
    choose_person(desk, "peskov");
    does(desk, ACTION_ADD_TARGET, "&");
    last_row_has(desk, "Andrei Belousov + Dmitry Peskov");
    press(desk, "&");
    last_row_has(desk, "in the target already");
    press(desk, "n <C-l>");
    assert_true(target_label(desk, two));
    assert_true(two[1] > one[1] && two[3] >= one[3]);
    press(desk, "W g w"); /* what one walks, where no mark was chosen */
    sees(desk, "Andrei Belousov + Dmitry P");
}

static void a_tag_is_walked(void **state)
{
    struct desk *desk = *state;
    char first[TITLE_LEN + 1], third[TITLE_LEN + 1];
    list_title(desk, 1, first);
    list_title(desk, 3, third);
    press(desk, "t");
    type(desk, "lead");
    press(desk, "<Enter> j j t");
    type(desk, "lead");
    press(desk, "<Enter> g g");
    does(desk, ACTION_TARGET_TAG, "g T");
    last_row_has(desk, "tag to walk: lead");
    press(desk, "<Enter> <C-l>");
    last_row_has(desk, first);
    label_is(desk, 1, 2);
    press(desk, "n <C-l>");
    last_row_has(desk, third);
    label_is(desk, 2, 2);
    press(desk, "n");
    last_row_has(desk, "past the end of the list: again from its top");
}

/* The walk follows the list: its filter, and its order. */
static void the_walk_follows_the_list(void **state)
{
    struct desk *desk = *state;
    int all[4], some[4];
    choose_person(desk, "putin");
    press(desk, "* n <C-l>");
    assert_true(target_label(desk, all));
    press(desk, "g a f <C-u>");
    type(desk, "text:kremlin");
    press(desk, "<Enter> n <C-l>");
    assert_true(target_label(desk, some));
    assert_true(some[1] < all[1] && some[3] < all[3]);
    while (some[0] != some[1]) {
        int before = some[0];
        press(desk, "n <C-l>");
        assert_true(target_label(desk, some));
        assert_int_equal(some[0], before + 1);
    }
    press(desk, "n");
    last_row_has(desk, "filtered list");
}

/* ---- a great many -------------------------------------------------------------------------- */

enum { MANY_ARTICLES = 100, MANY_EACH = 50, LONG_LINES = 1500 };

/* One person 5,000 times in 100 articles, one of 1,500 lines besides. */
static void import_many(struct desk *desk)
{
    struct buf pile = BUF_INIT;
    for (int i = 0; i < MANY_ARTICLES; i++) {
        buf_format(&pile,
                   "{\"id\":\"m%d\",\"title\":\"Report %03d\",\"published\":\"2023-01-01\","
                   "\"text\":\"",
                   i, i);
        for (int k = 0; k < MANY_EACH; k++)
            buf_add(&pile, STR("Ernest Blofeld signed another paper there.\\n"));
        buf_add(&pile, STR("\"}\n"));
    }
    buf_add(&pile, STR("{\"id\":\"long\",\"title\":\"A long one\",\"published\":\"2022-01-01\","
                       "\"text\":\""));
    for (int i = 1; i <= LONG_LINES; i++)
        buf_format(&pile, "Line %d of the book of the harbour.%s\\n", i,
                   i == 1 || i == LONG_LINES ? " Hugo Drax came." : "");
    buf_add(&pile, STR("\"}\n"));
    world_write(&desk->world, "many.jsonl", buf_c(&pile), pile.len);
    buf_done(&pile);
    import(desk, "many.jsonl");
}

static void a_great_many_places_are_walked(void **state)
{
    struct desk *desk = *state;
    char before[TEXT_LEN];
    import_many(desk);
    pin_person(desk, "blofeld", 1);
    press(desk, "g w");
    sees(desk, "5000   100  Ernest Blofeld");
    press(desk, "] 1 <C-l>");
    label_is(desk, 1, 5000);
    press(desk, "] 1 n n n <C-l>");
    label_is(desk, 5, 5000);
    press(desk, "[ 1 [ 1 [ 1 [ 1 [ 1");
    last_row_has(desk, "past the top of the list: again from its end");
    press(desk, "<C-l>");
    label_is(desk, 5000, 5000);
    press(desk, "] 1 g p f <C-u>");
    type(desk, "drax");
    press(desk, "<Enter> W ] 2 <C-l>");
    label_is(desk, 1, 2);
    row_text(desk, 0, before);
    press(desk, "] 2 <C-l>"); /* 1,500 lines further down */
    label_is(desk, 2, 2);
    last_row_has(desk, "100%");
    press(desk, "[ 2 <C-l>");
    label_is(desk, 1, 2);
    row_is(desk, 0, before);
}

/* ---- the place where reading stopped ------------------------------------------------------- */

/* A paragraph above is cut and comes back: the text below moves, and the place with it. */
static void the_place_is_found_again_in_a_changed_text(void **state)
{
    struct desk *desk = *state;
    char top[TEXT_LEN], before[TEXT_LEN];
    open_article(desk, "harbourline");
    resize(desk, 12, COLUMNS);
    row_text(desk, 0, before);
    press(desk, "g g ] d x"); /* the paragraph of the first date is cut */
    last_row_has(desk, "cut");
    press(desk, "<C-l> <Space> j j");
    row_text(desk, 0, top);
    assert_true(strlen(top) > 10);
    does(desk, ACTION_UNDO, "u"); /* while it is open: the paragraph is shown */
    sees_not(desk, top);
    press(desk, "<C-o>");
    row_is(desk, 0, top);
    does(desk, ACTION_REDO, "<C-r>");
    sees(desk, "again: block cut");
    press(desk, "<C-o>");
    row_is(desk, 0, top);
    press(desk, "<C-l> g a u"); /* while it is closed */
    last_row_has(desk, "undone");
    press(desk, "<Enter>");
    row_is(desk, 0, top);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION(what_is_pinned_is_walked_by_its_number),
        SESSION(the_list_tells_numbers_and_leads_on),
        SESSION(the_command_line_lists_it),
        SESSION(all_that_can_be_a_target_is_pinned),
        SESSION(the_gutter_shows_the_number),
        SESSION(what_is_new_of_it_is_told_until_it_is_looked_at),
        SESSION(several_names_are_one_target),
        SESSION(a_tag_is_walked),
        SESSION(the_walk_follows_the_list),
        SESSION(a_great_many_places_are_walked),
        SESSION(the_place_is_found_again_in_a_changed_text),
    };
    return cmocka_run_group_tests(tests, read_keys, forget_keys);
}
