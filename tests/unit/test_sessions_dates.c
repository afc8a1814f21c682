/* layers: base text model ingest analyse store tui app */
/* Sessions about time: the publication date that the reader sets, and the timeline. */
#include "unit/desk.h"
#include "support/pty_program.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION(what_is_relative_follows_the_date_set),
        SESSION(the_date_set_outlives_an_import),
    };
    return cmocka_run_group_tests(tests, read_keys, forget_keys);
}
