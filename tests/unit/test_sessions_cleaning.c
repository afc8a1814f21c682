/* layers: base text model ingest analyse store tui app */
/* What the cleaner removed, in sessions: shown, restored, cut; and that what was selected stays
 * selected when the text or the window changes under it. */
#include "support/pty_program.h"

#include "unit/desk.h"

static void the_three_cleaning_modes(void **state)
{
    struct desk *desk = *state;
    open_article(desk, "harbourline");
    resize(desk, 50, COLUMNS);
    struct bytes clean = body(desk);
    sees_not(desk, "Dismiss");
    does(desk, ACTION_CLEANING, "c");
    sees(desk, "[ui-control] Dismiss");
    press(desk, "k");
    last_row_has(desk, "with what was removed");
    press(desk, "c k");
    last_row_has(desk, "[raw page]");
    sees(desk, "  Dismiss");
    sees_not(desk, "[ui-control]");
    press(desk, "x");
    last_row_has(desk, "c goes to the clean text");
    press(desk, "v");
    last_row_has(desk, "cannot be marked");
    press(desk, "c");
    body_is_again(desk, &clean);
}

/* A block is restored, taken back, restored again; a kept one is cut and taken back. */
static void blocks_are_restored_and_cut(void **state)
{
    struct desk *desk = *state;
    open_article(desk, "harbourline");
    resize(desk, 50, COLUMNS);
    press(desk, "c");
    struct bytes before = body(desk);
    press(desk, "] d");
    command(desk, "next-mark removed");
    press(desk, "w");
    last_row_has(desk, "removed as ");
    char text[TEXT_LEN];
    int row, column;
    reversed(desk, text, &row, &column);
    assert_int_equal(text[0], '[');
    const char *words = strchr(text, ']') + 2;
    does(desk, ACTION_RESTORE_BLOCK, "x");
    last_row_has(desk, "restored");
    sees_not(desk, text);
    sees(desk, words);
    does(desk, ACTION_UNDO, "u");
    last_row_has(desk, "undone: block restored");
    assert_true(body_is(desk, &before));
    does(desk, ACTION_REDO, "<C-r>");
    last_row_has(desk, "again: block restored");
    sees_not(desk, text);
    sees(desk, words);
    press(desk, "u");
    body_is_again(desk, &before);

    press(desk, "c c");
    struct bytes clean = body(desk);
    press(desk, "] d x");
    last_row_has(desk, "cut");
    assert_false(body_is(desk, &clean));
    press(desk, "u");
    last_row_has(desk, "undone: block cut");
    body_is_again(desk, &clean);
}

/* The same for every article of the outlet; a dump has no link to open. */
static void a_rule_is_made_for_the_outlet(void **state)
{
    struct desk *desk = *state;
    open_article(desk, "harbourline");
    resize(desk, 50, COLUMNS);
    struct bytes clean = body(desk);
    press(desk, "] d");
    does(desk, ACTION_OUTLET_RULE, "X");
    last_row_has(desk, "always cut for ");
    assert_false(body_is(desk, &clean));
    press(desk, "u");
    last_row_has(desk, "undone: outlet rule: cut");
    assert_true(body_is(desk, &clean));
    press(desk, "c");
    command(desk, "next-mark removed");
    press(desk, "X");
    last_row_has(desk, "always kept for ");
    press(desk, "u c c");
    body_is_again(desk, &clean);
    does(desk, ACTION_OPEN_LINK, "g f");
    last_row_has(desk, "no link is marked");
}

/* ---- where the eye is ------------------------------------------------------------------------ */

/* Six short paragraphs; the third and the fifth name somebody. */
static void open_minutes(struct desk *desk)
{
    static const char page[] =
        "{\"title\": \"Minutes of the harbour board\", \"url\": \"https://minutes.example/1\","
        " \"site\": \"minutes.example\", \"text\": \""
        "Minutes of the harbour board\\n\\n"
        "First the board looked at the accounts of the quay and found them in order.\\n\\n"
        "Second it heard that the crane had been out of use for most of the winter.\\n\\n"
        "Third it was told by Olga Marlow that the dredging had cost more than was planned.\\n\\n"
        "Fourth it put off the question of the lamps until somebody had counted them.\\n\\n"
        "Fifth it thanked John Keller and Anna Weber for their long work on the sea wall.\\n\\n"
        "Sixth it went home.\"}\n";
    world_write(&desk->world, "minutes.jsonl", page, sizeof page - 1);
    import(desk, "minutes.jsonl");
    open_article(desk, "minutes.example");
}

static void cuts(struct desk *desk, const char *begin)
{
    char told[64];
    snprintf(told, sizeof told, "cut: “%s", begin);
    press(desk, "x");
    last_row_has(desk, told);
}

/* What followed a cut piece stands where the eye is: it is the next one. What is taken back is it
 * again. */
static void pieces_are_cut_one_after_the_other(void **state)
{
    struct desk *desk = *state;
    open_minutes(desk);
    struct bytes whole = body(desk);
    press(desk, "] p");
    cuts(desk, "Third");
    cuts(desk, "Fourth");
    press(desk, "u");
    sees(desk, "Fourth it put off");
    sees_not(desk, "Third it was told");
    cuts(desk, "Fourth");
    cuts(desk, "Fifth");
    press(desk, "u u u");
    assert_true(body_is(desk, &whole));
    press(desk, "<C-r> <C-r>");
    sees_not(desk, "Third it was told");
    sees_not(desk, "Fourth it put off");
    sees(desk, "Fifth it thanked");
    press(desk, "u u");
    body_is_again(desk, &whole);

    /* The same for the outlet. */
    press(desk, "g g <Esc> ] p X");
    last_row_has(desk, "Third");
    press(desk, "X");
    last_row_has(desk, "Fourth");
}

/* Where removed pieces are shown, the key goes back and forth on the same one. */
static void a_piece_is_cut_and_restored_again(void **state)
{
    struct desk *desk = *state;
    open_minutes(desk);
    press(desk, "] p");
    cuts(desk, "Third");
    press(desk, "c");
    sees(desk, "[other] Third it was told");
    for (int i = 0; i < 2; i++) {
        press(desk, "x");
        last_row_has(desk, "restored: “Third");
        sees_not(desk, "[other] Third");
        cuts(desk, "Third");
        sees(desk, "[other] Third it was told");
    }
    press(desk, "u");
    press(desk, "] x");
    last_row_has(desk, "no removed piece");
}

/* What is selected is cut at once, as one step, and where it is shown restored the same way. */
static void selected_paragraphs_are_cut(void **state)
{
    struct desk *desk = *state;
    open_minutes(desk);
    struct bytes whole = body(desk);
    press(desk, "] p V");
    last_row_has(desk, "x cuts them");
    press(desk, "} }");
    does(desk, ACTION_RESTORE_BLOCK, "x");
    last_row_has(desk, "cut: “Third");
    last_row_has(desk, "and 2 more; u takes it back");
    sees(desk, "Second it heard");
    sees_not(desk, "dredging");
    sees_not(desk, "Fourth it put off");
    sees_not(desk, "Fifth it thanked");
    sees(desk, "Sixth it went home");
    press(desk, "u");
    last_row_has(desk, "undone: blocks cut");
    assert_true(body_is(desk, &whole));
    press(desk, "<C-r>");
    sees_not(desk, "Fifth it thanked");
    press(desk, "c ] x V } } x");
    last_row_has(desk, "restored: “Third");
    last_row_has(desk, "and 2 more");
    press(desk, "c c");
    body_is_again(desk, &whole);
}

/* What another article had done to it is told with its title. */
static void a_step_back_elsewhere_says_where(void **state)
{
    struct desk *desk = *state;
    open_minutes(desk);
    press(desk, "] p");
    cuts(desk, "Third");
    press(desk, "g a <Esc> g g u");
    last_row_has(desk, "undone: block cut, in “Minutes of the harbour board”");
    press(desk, "<C-r>");
    last_row_has(desk, "again: block cut, in “Minutes of the harbour board”");
    open_article(desk, "minutes.example");
    press(desk, "u");
    last_row_has(desk, "undone: block cut");
    sees_not(desk, ", in “");
}

/* Without a mark: the first block on the screen, also where the end of the text keeps the place
 * that one was at below it. */
static void without_a_mark_the_first_piece_is_meant(void **state)
{
    struct desk *desk = *state;
    open_minutes(desk);
    resize(desk, 6, COLUMNS);
    press(desk, "G");
    sees_not(desk, "First the board");
    resize(desk, ROWS, COLUMNS);
    sees(desk, "First the board");
    cuts(desk, "Minutes of");
    press(desk, "u <Esc> ] p");
    char text[TEXT_LEN];
    int row, column;
    reversed(desk, text, &row, &column);
    assert_string_equal(text, "Olga Marlow");
}

static void is_marked(struct desk *desk, const char *wanted)
{
    char text[TEXT_LEN];
    int row, column;
    reversed(desk, text, &row, &column);
    if (strcmp(text, wanted) != 0)
        fail_with_screen(desk, "marked is not", wanted);
}

/* A correction takes the name that was marked, whatever became of the window, and the next one
 * goes on from there. */
static void a_mark_stays_when_the_window_changes(void **state)
{
    struct desk *desk = *state;
    open_minutes(desk);
    press(desk, "] p ] p");
    is_marked(desk, "John Keller");
    press(desk, "|");
    is_marked(desk, "John Keller");
    press(desk, "|");
    is_marked(desk, "John Keller");
    resize(desk, 12, 40);
    is_marked(desk, "John Keller");
    resize(desk, 8, 40);
    is_marked(desk, "John Keller");
    press(desk, "c");
    is_marked(desk, "John Keller");
    press(desk, "c c");
    resize(desk, ROWS, COLUMNS);
    does(desk, ACTION_REJECT_NAME, "C x h");
    last_row_has(desk, "no name any more: John Keller");
    press(desk, "] p");
    is_marked(desk, "Anna Weber");
    press(desk, "u");
    is_marked(desk, "Anna Weber");
    press(desk, "[ p");
    is_marked(desk, "John Keller");
    press(desk, "C t l");
    last_row_has(desk, "John Keller → place");
    is_marked(desk, "John Keller");
    press(desk, "u C x h C x h");
    last_row_has(desk, "no name any more: Anna Weber");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION(the_three_cleaning_modes),
        SESSION(a_rule_is_made_for_the_outlet),
        SESSION(blocks_are_restored_and_cut),
        SESSION(pieces_are_cut_one_after_the_other),
        SESSION(a_piece_is_cut_and_restored_again),
        SESSION(selected_paragraphs_are_cut),
        SESSION(a_step_back_elsewhere_says_where),
        SESSION(without_a_mark_the_first_piece_is_meant),
        SESSION(a_mark_stays_when_the_window_changes),
    };
    return cmocka_run_group_tests(tests, read_keys, forget_keys);
}
