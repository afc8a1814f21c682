/* layers: base text model ingest analyse store tui app */
/* Passages selected by character, word, sentence and paragraph in several scripts, with counts, by
 * a search; notes from an editor that does not do what it should. */
#include "support/pty_program.h"

#include "unit/desk.h"

static const char article[] =
    "{\"id\":\"talks\",\"title\":\"国际会议\",\"text\":\"国际会议\\n"
    "普京在北京说：“我们支持和平。”会议明天继续吗？记者问道。\\n"
    "قال الرئيس بوتين إن المحادثات بدأت. هل تستمر غدا؟ نعم.\\n"
    "The cafe\u0301 owner, Mr. Smith, said: \\\"We won.\\\" He left at 5.30 p.m. sharp. J. R. Jones"
    " stayed. He slept.\"}\n";

static void open_talks(struct desk *desk)
{
    world_write(&desk->world, "talks.jsonl", article, sizeof article - 1);
    import(desk, "talks.jsonl");
    press(desk, "<C-l> g a f <C-u>");
    type(desk, "国际");
    press(desk, "<Enter> <Enter>");
    sees(desk, "Mr. Smith");
}

/* What `dossier bookmarks` prints. */
static void bookmarks_show(struct desk *desk, const char *const wanted[], size_t count)
{
    static struct bytes output; /* not lost when the test fails */
    const char *const arguments[] = {binary(), "bookmarks", "--json", "-f", "pile.dossier", NULL};
    output.len = 0;
    assert_int_equal(world_run(&desk->world, arguments, &output), 0);
    for (size_t i = 0; i < count; i++)
        if (!strstr(output.ptr, wanted[i]))
            fail_msg("no bookmark has %s in:\n%s", wanted[i], output.ptr);
}

static void a_passage_is_selected_in_any_script(void **state)
{
    struct desk *desk = *state;
    static const char *const ways[][2] = {
        {"v l l", "\"exact\":\"国际会\""},
        {"v 2 l", "\"exact\":\"国际会\""},
        {"V", "\"exact\":\"国际会议\""},
        {"V }",
         "\"exact\":\"国际会议\\n普京在北京说：“我们支持和平。”会议明天继续吗？记者问道。\""},
        {"v } o } )", "\"exact\":\"普京在北京说：“我们支持和平。”\""},
        {"v } o } 2 )", "\"exact\":\"普京在北京说：“我们支持和平。”会议明天继续吗？\""},
        {"v 2 } o 2 } )", "\"exact\":\"قال الرئيس بوتين إن المحادثات بدأت.\""},
        {"v 2 } o 2 } ) )", "\"exact\":\"قال الرئيس بوتين إن المحادثات بدأت. هل تستمر غدا؟\""},
        {"v 3 } o 3 } w w", "\"exact\":\"The cafe\u0301\""},
        {"v 3 } o 3 } )", "\"exact\":\"The cafe\u0301 owner, Mr. Smith, said: \\\"We won.\\\"\""},
        {"v 3 } o 3 } 2 ) o ) ) (", "\"exact\":\"He left at 5.30 p.m. sharp.\""},
        {"v 3 } ) ) ) o 3 } 3 ) (", "\"exact\":\"J. R. Jones stayed.\""},
    };
    const char *wanted[sizeof ways / sizeof *ways];
    open_talks(desk);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        press(desk, "g g");
        press(desk, ways[i][0]);
        press(desk, "B <Enter>");
        last_row_has(desk, "kept");
        press(desk, "<Esc>");
        wanted[i] = ways[i][1];
    }
    bookmarks_show(desk, wanted, sizeof ways / sizeof *ways);
    was_done[ACTION_SELECT_SENTENCE_BACK] = true;
}

static void a_search_takes_the_end_of_the_selection_along(void **state)
{
    struct desk *desk = *state;
    static const char *const wanted[] = {
        "\"exact\":\"The cafe\u0301 owner, Mr. Smith, said: \\\"We won\"",
        "\"exact\":\"Mr. S\"",
        "\"exact\":\"He left at 5.30 p.m. sharp. J. R. Jones stayed. He\"",
    };
    open_talks(desk);
    press(desk, "v 3 } o 3 } /");
    type(desk, "won");
    press(desk, "<Enter> B <Enter>");
    last_row_has(desk, "kept");
    press(desk, "/");
    type(desk, "smith");
    press(desk, "<Enter> v b B <Enter>"); /* backwards */
    press(desk, "/");
    type(desk, "he");
    press(desk, "<Enter> v n B <Enter>");
    bookmarks_show(desk, wanted, sizeof wanted / sizeof *wanted);
}

static void steps_are_counted(void **state)
{
    struct desk *desk = *state;
    press(desk, "3 j");
    assert_int_equal(selected_row(desk), 4);
    press(desk, "2");
    last_row_has(desk, "2");
    press(desk, "k");
    assert_int_equal(selected_row(desk), 2);
    press(desk, "9 9 9 9 j"); /* as far as it goes */
    assert_int_equal(selected_row(desk), article_count());
    press(desk, "5 <Esc> k"); /* a count is taken back */
    assert_int_equal(selected_row(desk), article_count() - 1);
    press(desk, "0");
    last_row_has(desk, "does nothing");
    choose_person(desk, "shoigu");
    press(desk, "* 5 n");
    int numbers[4];
    assert_true(target_label(desk, numbers));
    assert_int_equal(numbers[0], 5);
    press(desk, "3 N");
    label_is(desk, 2, numbers[1]);
}

/* A removed block is not of the article: over it the passage keeps the article's words alone. */
static void what_was_removed_is_no_part_of_a_passage(void **state)
{
    struct desk *desk = *state;
    static struct bytes output;
    open_article(desk, "harbourline");
    press(desk, "c g g v 8 } B <Enter>");
    last_row_has(desk, "kept");
    const char *const arguments[] = {binary(), "bookmarks", "--json", "-f", "pile.dossier", NULL};
    assert_int_equal(world_run(&desk->world, arguments, &output), 0);
    const char *removed = strstr(output.ptr, "[ui-control]");
    assert_null(removed);
    assert_non_null(strstr(output.ptr, "\"state\":\"exact\""));
    bytes_done(&output);
}

/* Opens the row of the overview that says this. */
static void open_overview_row(struct desk *desk, const char *wanted)
{
    enum { TRIES = 60 };
    char text[TEXT_LEN];
    press(desk, "g h g g");
    row_text(desk, selected_row(desk), text);
    for (int i = 0; i < TRIES && !strstr(text, wanted); i++) {
        press(desk, "j");
        row_text(desk, selected_row(desk), text);
    }
    if (!strstr(text, wanted))
        fail_with_screen(desk, "no row of the overview says", wanted);
    press(desk, "<Enter>");
}

/* Three sentences are kept; the page then loses one, and another comes twice without what stood
 * around it. The overview counts both and opens the list of each; the list counts what fits. */
static void the_overview_leads_to_what_no_longer_stands(void **state)
{
    static const char before[] =
        "{\"id\":\"m\",\"title\":\"Minutes\",\"text\":\"The board met on Monday.\\n"
        "It will build a new quay.\\nNobody spoke against it.\"}\n";
    static const char after[] =
        "{\"id\":\"m\",\"title\":\"Minutes\",\"text\":\"The board met on Monday.\\n"
        "Rain. It will build a new quay. Wind.\\nSnow. It will build a new quay. Hail.\"}\n";
    struct desk *desk = *state;
    world_write(&desk->world, "minutes.jsonl", before, sizeof before - 1);
    import(desk, "minutes.jsonl");
    press(desk, "<C-l>");
    open_article(desk, "minutes");
    press(desk, "V B <Enter> g g V } o } B <Enter> g g V 2 } o 2 } B <Enter>");
    press(desk, "g b");
    sees_count(desk, "Bookmarks", 3);
    world_write(&desk->world, "minutes.jsonl", after, sizeof after - 1);
    import(desk, "minutes.jsonl");
    open_overview_row(desk, "bookmark whose place is not sure");
    sees_count(desk, "Bookmarks", 1);
    sees(desk, "filter: is:ambiguous");
    sees(desk, "“It will build a new quay.”");
    open_overview_row(desk, "bookmark whose words are gone");
    sees_count(desk, "Bookmarks", 1);
    sees(desk, "filter: is:lost");
    sees(desk, "“Nobody spoke against it.”");
    open_overview_row(desk, " 3  bookmarks");
    sees_count(desk, "Bookmarks", 3);
    sees_not(desk, "filter:");
    press(desk, "f");
    type(desk, "board OR is:lost");
    press(desk, "<Enter>");
    sees_count(desk, "Bookmarks", 2);
}

static void give_editor(struct desk *desk, const char *script)
{
    char path[1024], variable[1100];
    world_write(&desk->world, "editor", script, strlen(script));
    snprintf(path, sizeof path, "%s/editor", desk->world.folder);
    assert_int_equal(chmod(path, 0700), 0);
    snprintf(variable, sizeof variable, "VISUAL=%s", path);
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    world_set(&desk->world, variable);
    start(desk, ROWS, COLUMNS);
    open_article(desk, "harbourline");
}

static void an_editor_may_do_what_it_likes(void **state)
{
    struct desk *desk = *state;
    static const char *const wanted[] = {"\"value\":\"one two\\u001b[31mred �\""};
    give_editor(desk, "#!/bin/sh\nprintf lost >\"$1\"\nexit 3\n");
    press(desk, "] p v e E");
    last_row_has(desk, "ended with an error");
    give_editor(desk, "#!/bin/sh\n:\n");
    press(desk, "] p v e E");
    last_row_has(desk, "nothing is kept; B keeps it without one");
    give_editor(desk, "#!/bin/sh\nrm \"$1\"\n");
    press(desk, "] p v e E g b");
    sees(desk, "No passage is kept");
    give_editor(desk, "#!/bin/sh\nprintf 'one\\000 two\\033[31mred \\377\\n' >\"$1\"\n");
    press(desk, "] p v e E");
    last_row_has(desk, "kept");
    press(desk, "g b");
    sees(desk, "one two␛[31mred �");
    bookmarks_show(desk, wanted, 1);
}

/* ---- undo of what is not on the screen ---------------------------------------------------------
 */

/* Each changes something at the beginning of the text; at its end u takes it back, and shows where
 * that was and what; ^O leads back. */
static void undo_shows_what_it_takes_back(void **state)
{
    static const struct {
        const char *keys, *text, *undone, *again;
    } changes[] = {
        {"B", "to check", "undone: bookmark added: Assad flees to Moscow",
         "again: bookmark added: "},
        {"m q", NULL, "undone: mark set: q", "again: mark set: q"},
        {"x", NULL, "undone: block cut", "again: block cut"},
    };
    struct desk *desk = *state;
    resize(desk, 9, COLUMNS);
    open_article(desk, "assad flees");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char first[TEXT_LEN], last[TEXT_LEN];
        press(desk, "g g");
        row_text(desk, 0, first);
        press(desk, changes[i].keys);
        if (changes[i].text) {
            type(desk, changes[i].text);
            press(desk, "<Enter>");
        }
        press(desk, "G");
        row_text(desk, 7, last);
        press(desk, "u");
        last_row_has(desk, changes[i].undone);
        row_is(desk, 0, first);
        press(desk, "<C-o>");
        row_is(desk, 7, last);
        press(desk, "<C-r>");
        last_row_has(desk, changes[i].again);
        sees_not(desk, last);
        press(desk, "u k u"); /* the bookmark's note is no step by itself */
    }
    /* What stands on the screen stays where it is. */
    press(desk, "g g j j j B <Enter> k");
    char second[TEXT_LEN];
    row_text(desk, 0, second);
    press(desk, "u");
    row_is(desk, 0, second);
    /* Elsewhere the message says it all. */
    press(desk, "t");
    type(desk, "harbour grain");
    press(desk, "<Enter> g p u");
    last_row_has(desk, "undone: tags changed: harbour grain, in “Assad flees to");
    command(desk, "search tehran");
    press(desk, "S <C-u>");
    type(desk, "capital");
    press(desk, "<Enter> W g h u");
    last_row_has(desk, "undone: pinned: tehran");
    press(desk, "u");
    last_row_has(desk, "undone: search saved: capital");
    choose_person(desk, "shoigu");
    press(desk, "C r <C-u>");
    type(desk, "Sergey Shoigu");
    press(desk, "<Enter> u");
    last_row_has(desk, "undone: name changed: Sergei Shoigu → Sergey Shoigu");
    press(desk, "<C-r>");
    last_row_has(desk, "again: name changed: Sergei Shoigu → Sergey Shoigu");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION(undo_shows_what_it_takes_back),
        SESSION(a_passage_is_selected_in_any_script),
        SESSION(a_search_takes_the_end_of_the_selection_along),
        SESSION(steps_are_counted),
        SESSION(what_was_removed_is_no_part_of_a_passage),
        SESSION(the_overview_leads_to_what_no_longer_stands),
        SESSION(an_editor_may_do_what_it_likes),
    };
    return cmocka_run_group_tests(tests, read_keys, forget_keys);
}
