/* layers: base text model ingest analyse store tui app */
/* Lists that people work through: their order while they are read, what leads on from
 * their rows. */
#include "support/pty_program.h"

#include "unit/desk.h"

/* ---- articles ------------------------------------------------------------------------------- */

static void sort_by(struct desk *desk, const char *name)
{
    char wanted[64];
    snprintf(wanted, sizeof wanted, "sorted by %s", name);
    for (int tries = 0; tries < 2 * SORT_COUNT; tries++) {
        does(desk, ACTION_SORT, "s");
        if (pty_shows(&desk->program, wanted))
            return;
    }
    fail_with_screen(desk, "the list cannot be", wanted);
}

static void titles(struct desk *desk, char found[][TITLE_LEN + 1], int count)
{
    for (int i = 0; i < count; i++)
        list_title(desk, 1 + i, found[i]);
}

static void titles_are(struct desk *desk, char wanted[][TITLE_LEN + 1], int count)
{
    for (int i = 0; i < count; i++) {
        char title[TITLE_LEN + 1];
        list_title(desk, 1 + i, title);
        if (strcmp(title, wanted[i]) != 0)
            fail_with_screen(desk, "the order of the list changed before", wanted[i]);
    }
}

static void title_has(struct desk *desk, const char *title)
{
    char row[TEXT_LEN], wanted[TITLE_LEN + 1];
    snprintf(wanted, sizeof wanted, "%.12s", title); /* the status line has room for so much */
    row_text(desk, desk->program.rows - 1, row);
    if (!strstr(row, wanted))
        fail_with_screen(desk, "another article is open, not", title);
}

/* What is read on the way stays where it stood, so that J, K and n neither leave out an article nor
 * meet one twice. */
static void a_list_by_read_state_stays_while_it_is_read(void **state)
{
    enum { SEEN = 4 };
    struct desk *desk = *state;
    char before[11][TITLE_LEN + 1];
    int all = article_count();
    assert_int_equal(all, 11);
    sort_by(desk, "unread, ascending");
    press(desk, "g g");
    titles(desk, before, all);
    for (int i = 0; i < SEEN; i++) {
        does(desk, i ? ACTION_NEXT_ARTICLE : ACTION_OPEN, i ? "J" : "<Enter>");
        title_has(desk, before[i]);
        press(desk, i % 2 ? "G q" : "q"); /* read to the end, or begun: it is kept by now */
        titles_are(desk, before, all);
        assert_int_equal(selected_row(desk), 1 + i);
        press(desk, "<Enter>");
    }
    for (int i = SEEN - 1; i-- > 0;) {
        does(desk, ACTION_PREVIOUS_ARTICLE, "K");
        title_has(desk, before[i]);
    }
    press(desk, "q g a"); /* asked for where it is shown: it is sorted anew */
    for (int i = 0; i < all - SEEN; i++) {
        char title[TITLE_LEN + 1];
        press(desk, i ? "j" : "g g");
        list_title(desk, 1 + i, title);
        assert_string_equal(title, before[SEEN + i]);
    }
}

/* The same for a target, with its numbers. */
static void a_target_is_walked_in_the_order_that_was(void **state)
{
    struct desk *desk = *state;
    int numbers[4], articles = 0;
    sort_by(desk, "unread, ascending");
    choose_person(desk, "putin");
    does(desk, ACTION_MAKE_TARGET, "*");
    press(desk, "g a");
    for (int i = 0; i < 18; i++) {
        does(desk, ACTION_NEXT_HIT, "n");
        while (!target_label(desk, numbers) || numbers[0] != i + 1)
            assert_int_equal(pty_next_frame(&desk->program, PTY_PATIENCE), PTY_FRAME);
        assert_int_equal(numbers[1], 18);
        assert_true(numbers[2] == articles || numbers[2] == articles + 1);
        articles = numbers[2];
        if (i % 3 == 0)
            press(desk, "G q <Enter>"); /* the end was seen, and kept */
    }
    assert_int_equal(articles, numbers[3]);
    does(desk, ACTION_NEXT_HIT, "n");
    last_row_has(desk, "past the end");
}

/* ---- the overview ---------------------------------------------------------------------------- */

/* Puts the selection on the first row that has the text. */
static void select_row(struct desk *desk, const char *text)
{
    char row[TEXT_LEN];
    press(desk, "g g");
    for (int i = 0; i < 100; i++) {
        row_text(desk, selected_row(desk), row);
        if (strstr(row, text))
            return;
        press(desk, "j");
    }
    fail_with_screen(desk, "no row of the list has", text);
}

static void the_overview_leads_to_what_it_counts(void **state)
{
    static const struct {
        const char *row, *there;
    } ways[] = {
        {"of them unread", "filter: is:unread"},
        {"undated", "Articles 1 of 11"},
        {"60  people", "People 60"},
        {"places", "Places 40"},
        {"organisations", "Organisations 18"},
        {"dated statements", "Timeline"},
        {"bookmarks", "Bookmarks"},
        {"1 Sergei Shoigu", "Sergei Shoigu: 24 mentions"},
        {"2 Tehran OR Minsk", "Watch list: 2 of 9"},
        {"2024-04 ", "Timeline"},
        {"24  Sergei Shoigu", "Sergei Shoigu: 24 mentions"},
    };
    struct desk *desk = *state;
    choose_person(desk, "shoigu");
    does(desk, ACTION_PIN, "W");
    press(desk, "<Esc> g h");
    does(desk, ACTION_SEARCH, "/");
    type(desk, "Tehran OR Minsk");
    press(desk, "<Enter> W g a");
    does(desk, ACTION_GO, "g h");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct bytes before;
        select_row(desk, ways[i].row);
        before = body(desk);
        does(desk, ACTION_OPEN, "<Enter>");
        last_row_has(desk, ways[i].there);
        does(desk, ACTION_BACK, "h"); /* and back to the row */
        body_is_again(desk, &before);
        press(desk, "<Enter>");
        last_row_has(desk, ways[i].there);
        before = body(desk);
        does(desk, ACTION_JUMP_BACK, "<C-o>");
        does(desk, ACTION_JUMP_FORWARD, "<C-n>");
        body_is_again(desk, &before);
        press(desk, "<C-o>");
    }
}

/* A doubt is decided once: it is not asked about again, in no later session. */
/* Two bare family names that two people each could have. */
static void import_doubts(struct desk *desk)
{
    static const char reports[] =
        "{\"text\": \"President George Kestrel flew to Geneva. He met Senator Anna Marlow.\"}\n"
        "{\"text\": \"Governor Jeb Kestrel flew to Geneva. He met Senator Peter Marlow.\"}\n"
        "{\"text\": \"Officials met Mr. Kestrel in Geneva. He spoke about trade.\"}\n"
        "{\"text\": \"Officials met Mr. Marlow in Geneva. He spoke about trade.\"}\n";
    world_write(&desk->world, "doubts.jsonl", reports, sizeof reports - 1);
    import(desk, "doubts.jsonl");
}

static void a_doubt_is_asked_about_once(void **state)
{
    struct desk *desk = *state;
    import_doubts(desk);
    does(desk, ACTION_GO, "g h");
    select_row(desk, "Kestrel  could be George Kestrel · Jeb Kestrel");
    does(desk, ACTION_OPEN, "<Enter>");
    last_row_has(desk, "Kestrel: 1 mention");
    does(desk, ACTION_BACK, "h");
    select_row(desk, "Kestrel  could be");
    does(desk, ACTION_KEEP_NAME, "C k");
    sees_not(desk, "Kestrel  could be");
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    start(desk, ROWS, COLUMNS);
    press(desk, "g h");
    sees_not(desk, "Kestrel  could be");
    sees(desk, "Marlow  could be Anna Marlow · Peter Marlow");
    does(desk, ACTION_UNDO, "u");
    sees(desk, "Kestrel  could be");
}

/* ---- people ---------------------------------------------------------------------------------- */

static void two_people_are_shown_together(void **state)
{
    struct desk *desk = *state;
    choose_person(desk, "shoigu");
    press(desk, "<Enter> <Tab>");
    select_row(desk, "Timur Ivanov");
    does(desk, ACTION_BOTH, "c");
    last_row_has(desk, "in articles with Timur Ivanov");
    sees(desk, "2024-04-25");
    sees_not(desk, "2024-09-14"); /* the two never met there */
    sees(desk, "Putin had been informed");
    does(desk, ACTION_BOTH, "c");
    last_row_has(desk, "near Timur Ivanov");
    sees(desk, "imur Ivanov, a deputy of");
    sees_not(desk, "Putin had been informed");
    press(desk, "j <Enter>");
    does(desk, ACTION_BACK, "h");
    last_row_has(desk, "near Timur Ivanov");
    assert_int_equal(selected_row(desk), 2);
    does(desk, ACTION_BOTH, "c");
    last_row_has(desk, "Sergei Shoigu: 24 mentions");
    sees(desk, "2024-09-14");
}

static void a_description_leads_to_its_words(void **state)
{
    struct desk *desk = *state;
    choose_person(desk, "shoigu");
    press(desk, "<Enter> <Tab>");
    select_row(desk, "Defence Minister");
    resize(desk, 4, COLUMNS); /* the title, which names him first, is not in sight with it */
    press(desk, "<Enter>");
    sees(desk, "a deputy to Defence Minister Sergei");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION(a_list_by_read_state_stays_while_it_is_read),
        SESSION(a_target_is_walked_in_the_order_that_was),
        SESSION(the_overview_leads_to_what_it_counts),
        SESSION(a_doubt_is_asked_about_once),
        SESSION(two_people_are_shown_together),
        SESSION(a_description_leads_to_its_words),
    };
    return cmocka_run_group_tests(tests, read_keys, forget_keys);
}
