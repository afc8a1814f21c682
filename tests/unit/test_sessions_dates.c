/* layers: base text model ingest analyse store tui app */
/* Sessions about time: the publication date that the reader sets, and the timeline. */
#include "support/pty_program.h"
#include "unit/desk.h"

/* The only article without a day of its own says "Last Tuesday". */
static const char undated[] = "who is sergei", its_sentence[] = "his office announced another";

static void unplaced_statements(struct desk *desk, bool has_it)
{
    press(desk, "g t <Tab>");
    (has_it ? sees : sees_not)(desk, its_sentence);
    press(desk, "<Tab> q");
}

static void what_is_relative_follows_the_date_set(void **state)
{
    struct desk *desk = *state;
    open_article(desk, undated);
    struct bytes before = body(desk);
    unplaced_statements(desk, true);
    does(desk, ACTION_SET_PUBLISHED, "P");
    last_row_has(desk, "published:");
    type(desk, "2024-09-31");
    press(desk, "<Enter>");
    last_row_has(desk, "2024-09-31: give a day");
    press(desk, "P");
    type(desk, "2024-09-19");
    press(desk, "<Enter>");
    last_row_has(desk, "published 2024-09-19, set by you");
    assert_true(body_is(desk, &before));
    press(desk, "g g");
    last_row_has(desk, "2024-09-19 (set by you)");
    unplaced_statements(desk, false);
    press(desk, "g t G");
    sees(desk, "Last Tuesday");
    sees(desk, "2024-09-17");
    press(desk, "q");

    press(desk, "u");
    last_row_has(desk, "undone: publication date set");
    unplaced_statements(desk, true);
    press(desk, "<C-r>");
    last_row_has(desk, "again: publication date set");
    unplaced_statements(desk, false);

    /* Two months are too wide for a weekday; nothing gives the way back. */
    command(desk, "set-published 2024-09-01..2024-10-31");
    last_row_has(desk, "published 2024-09..10, set by you");
    unplaced_statements(desk, true);
    press(desk, "P");
    last_row_has(desk, "published: 2024-09-01..2024-10-31");
    press(desk, "<C-u> <Enter>");
    last_row_has(desk, "what the page and its text say");
    press(desk, "u u");
    last_row_has(desk, "undone: publication date set");
    unplaced_statements(desk, false);
    body_is_again(desk, &before);
}

/* The page comes again with another text: its own date does not push the reader's away. */
static void the_date_set_outlives_an_import(void **state)
{
    struct desk *desk = *state;
    open_article(desk, "harbourline");
    command(desk, "set-published 2021-02-03");
    last_row_has(desk, "published 2021-02-03, set by you");
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    static const char page[] = "Harbourline Post\n\nShoigu lands in Tehran\n\nAugust 6, 2024\n\n"
                               "Sergei Shoigu arrived in Tehran on Monday.\n";
    world_write(&desk->world, "articles/001_harbourline_post.txt", page, sizeof page - 1);
    import(desk, "articles");
    start(desk, ROWS, COLUMNS);
    open_article(desk, "harbourline");
    press(desk, "g g");
    last_row_has(desk, "2021-02-03 (set by you)");
}

/* ---- the timeline --------------------------------------------------------------------------- */

static void bars_are_zoomed(void **state)
{
    struct desk *desk = *state;
    press(desk, "g t");
    last_row_has(desk, "statements by month");
    sees(desk, "▲ 1955-05: 1");
    does(desk, ACTION_ZOOM_OUT, "-");
    sees(desk, "▲ 1955: 1");
    press(desk, "-");
    last_row_has(desk, "a bar a year: no further");
    does(desk, ACTION_ZOOM_IN, "+");
    press(desk, "+");
    sees(desk, "▲ 1955-05-16: 1"); /* the Monday before */
    press(desk, "+");
    sees(desk, "▲ 1955-05-21: 1");
    press(desk, "+");
    last_row_has(desk, "a bar a day: no further");
    resize(desk, 8, COLUMNS);
    sees_not(desk, "▲");
    assert_int_equal(selected_row(desk), 2);
}

static void a_period_is_no_day(void **state)
{
    struct desk *desk = *state;
    char text[TEXT_LEN];
    press(desk, "g t j");
    row_text(desk, selected_row(desk) - 1, text);
    assert_string_equal(text, "1991  some time in it");
    press(desk, "k k");
    assert_int_equal(selected_row(desk), 4);
    row_is(desk, 3, "Sat 1955-05-21");
    press(desk, "w");
    last_row_has(desk, "\"May 21, 1955\"");
    last_row_has(desk, "explicit");
    press(desk, "G");
    sees(desk, "published: ");
}

/* With two blanks for the sign of the selection. */
static void item_text(struct desk *desk, int row, char text[TEXT_LEN])
{
    static const char sign[] = "▸ ";
    size_t len = sizeof sign - 1;
    row_text(desk, row, text);
    if (strncmp(text, sign, len) != 0)
        return;
    memmove(text + 2, text + len, strlen(text + len) + 1);
    memcpy(text, "  ", 2);
}

/* A page goes on behind what was seen, also where its first row is a heading, which is passed over
 * by the selection. */
static void pages_leave_no_statement_out(void **state)
{
    enum { LOW_ROWS = 12, STEPS = 60 };
    struct desk *desk = *state;
    static char items[STEPS][TEXT_LEN];
    struct bytes seen = {0};
    char text[TEXT_LEN];
    resize(desk, LOW_ROWS, COLUMNS);
    press(desk, "g t <Home>");
    for (int i = 0; i < STEPS; i++) {
        item_text(desk, selected_row(desk), items[i]);
        press(desk, "j");
    }
    press(desk, "<Home>");
    for (int page = 0; page < STEPS / 3; page++) {
        for (int row = 1; row < LOW_ROWS - 1; row++) {
            item_text(desk, row, text);
            bytes_add(&seen, text, strlen(text));
        }
        press(desk, "<Space>");
    }
    for (int i = 0; i < STEPS; i++)
        if (!strstr(seen.ptr, items[i]))
            fail_msg("on no page: %s", items[i]);
    bytes_done(&seen);
}

static void contradicting_days_stand_side_by_side(void **state)
{
    struct desk *desk = *state;
    press(desk, "g t");
    command(desk, "filter who:haniyeh day: killed");
    last_row_has(desk, "filter: who:haniyeh da");
    does(desk, ACTION_CONTRADICTIONS, "c");
    row_is(desk, 2, "  Tue 2024-07-30                          Wed 2024-07-31");
    sees(desk, "by the clocks of");
    sees(desk, "together with a bodyguard");
    resize(desk, 20, 40);
    row_is(desk, 2, "  Tue 2024-07-30");
    sees(desk, "  Wed 2024-07-31");
    resize(desk, ROWS, COLUMNS);
    struct bytes first = body(desk);
    press(desk, "j");
    assert_false(body_is(desk, &first));
    press(desk, "k");
    body_is_again(desk, &first);
    press(desk, "<Enter>");
    last_row_has(desk, "2024-07-31");
    press(desk, "q");
    sees(desk, "The same act on different days");
    press(desk, "q");
    sees(desk, "▲ 2024-07");
    press(desk, "<Esc> g g c");
    last_row_has(desk, "no statement here gives another day");
}

static void what_is_said_twice_is_folded(void **state)
{
    struct desk *desk = *state;
    static const char page[] =
        "Other Gazette\n\nShoigu born\n\nAugust 9, 2024\n\nSergei Kuzhugetovich Shoigu was born on "
        "May 21, 1955 in Chadan, a small town in Tuva.\n";
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    world_write(&desk->world, "zz_other.txt", page, sizeof page - 1);
    import(desk, "zz_other.txt");
    start(desk, ROWS, COLUMNS);
    press(desk, "g t");
    sees(desk, "×2 Sergei Kuzhugetovich");
    int folded = selected_row(desk);
    press(desk, "j");
    assert_int_equal(selected_row(desk), folded + 2);
    press(desk, "g g");
    does(desk, ACTION_UNFOLD, "z");
    last_row_has(desk, "each statement is shown");
    press(desk, "g g j");
    assert_int_equal(selected_row(desk), folded + 1);
    press(desk, "z");
    last_row_has(desk, "is shown once");
}

static void a_date_in_the_text_leads_to_its_day(void **state)
{
    struct desk *desk = *state;
    char text[TEXT_LEN], again[TEXT_LEN];
    open_article(desk, "harbourline");
    press(desk, "g g ] d");
    does(desk, ACTION_GO_DAY, "g d");
    sees(desk, "Timeline: ");
    int row = selected_row(desk);
    assert_true(row > 0);
    row_text(desk, row, text);
    press(desk, "<C-o>");
    last_row_has(desk, "2024-08-05");

    /* so does the key of tags, where a date is marked and nowhere else */
    press(desk, "<Esc> g g ] d t");
    sees(desk, "Timeline: ");
    row_text(desk, selected_row(desk), again);
    assert_string_equal(again, text);
    press(desk, "<C-o> <Esc> g g ] p t");
    last_row_has(desk, "tags");
    press(desk, "<Esc>");
}

static void filters_are_told_what_is_wrong(void **state)
{
    struct desk *desk = *state;
    press(desk, "g t f");
    type(desk, "foo:bar");
    press(desk, "<Enter>");
    sees(desk, "no such field; quotes make it a word");
    sees(desk, "filter: foo:bar");
    press(desk, "<Esc>");
    command(desk, "filter from:2024-13");
    sees(desk, "^ no date; write 2024-07-31");
    press(desk, "<Esc>");
    command(desk, "filter who:nobody");
    sees(desk, "^ nobody and nothing here is called nobody");
    press(desk, "<Esc>");
    command(desk, "filter outlet:levant from:2024-12");
    sees(desk, "December 8, 2024");
    sees_not(desk, "2000");
    press(desk, "g t <Esc> <Esc>");
    sees(desk, "1955-05-21");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION(what_is_relative_follows_the_date_set),
        SESSION_WITH_ARTICLES(the_date_set_outlives_an_import),
        SESSION(bars_are_zoomed),
        SESSION(a_period_is_no_day),
        SESSION(pages_leave_no_statement_out),
        SESSION(contradicting_days_stand_side_by_side),
        SESSION(what_is_said_twice_is_folded),
        SESSION(a_date_in_the_text_leads_to_its_day),
        SESSION(filters_are_told_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, read_keys, forget_keys);
}
