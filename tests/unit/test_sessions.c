/* layers: base text model ingest analyse store tui app */
/* Whole sessions on the sample articles: what is done in a text, with passages, with targets; the
 * next time; two at once. Every action is pressed by its default key in this file or in
 * test_sessions_panes.c, and something that must be true of the screen is looked at afterwards. */
#include <sys/stat.h>

#include "ingest/fetch.h"
#include "support/pty_program.h"

#include "unit/desk.h"

/* ---- marks and cleaning --------------------------------------------------------------------- */

static void marks_of_each_kind_are_walked(void **state)
{
    struct desk *desk = *state;
    static const struct {
        const char *next, *previous, *why;
    } kinds[] = {
        {"] p", "[ p", "person "}, {"] l", "[ l", "place "}, {"] o", "[ o", "organisation "},
        {"] d", "[ d", "DATE "},   {"] m", "[ m", " "},      {"<Tab>", "<S-Tab>", " "},
    };
    open_article(desk, "harbourline");
    resize(desk, 50, COLUMNS);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char text[TEXT_LEN];
        int row, column, row_after, column_after;
        press(desk, "g g <Esc>");
        does(desk, ACTION_NEXT_MARK, kinds[i].next);
        reversed(desk, text, &row, &column);
        assert_true(text[0] != '\0');
        does(desk, ACTION_WHY, "w");
        last_row_has(desk, kinds[i].why);
        if (kinds[i].why[1]) { /* a second of the same kind, and back */
            press(desk, kinds[i].next);
            reversed(desk, text, &row_after, &column_after);
            assert_true(row_after > row || (row_after == row && column_after > column));
        } else {
            press(desk, kinds[i].next);
        }
        does(desk, ACTION_PREVIOUS_MARK, kinds[i].previous);
        reversed(desk, text, &row_after, &column_after);
        assert_int_equal(row_after, row);
        assert_int_equal(column_after, column);
    }
    press(desk, "<Esc>");
    assert_int_equal(reversed_len(desk), 0);
    press(desk, "] b");
    last_row_has(desk, "no bookmark in this article");
    press(desk, "] p B <Enter> <Esc> g g ] b w");
    last_row_has(desk, "bookmark");
    sees(desk, "▌");
    command(desk, "next-mark nonsense");
    last_row_has(desk, "no kind of mark");
}

/* ---- passages ------------------------------------------------------------------------------ */

static void a_selection_moves_both_ways(void **state)
{
    struct desk *desk = *state;
    static const struct {
        enum action_id there;
        const char *there_keys;
        enum action_id back;
        const char *back_keys;
    } pairs[] = {
        {ACTION_SELECT_RIGHT, "l", ACTION_SELECT_LEFT, "h"},
        {ACTION_SELECT_DOWN, "j", ACTION_SELECT_UP, "k"},
        {ACTION_SELECT_WORD, "w", ACTION_SELECT_WORD_BACK, "b"},
        {ACTION_SELECT_BLOCK, "}", ACTION_SELECT_BLOCK_BACK, "{"},
        {ACTION_SELECT_SENTENCE, ")", ACTION_CANCEL, "<Esc>"},
    };
    open_article(desk, "harbourline");
    press(desk, "] p ] p");
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        does(desk, ACTION_SELECT, "v");
        assert_int_equal(reversed_len(desk), 1);
        does(desk, pairs[i].there, pairs[i].there_keys);
        size_t len = reversed_len(desk);
        assert_true(len > 1);
        does(desk, ACTION_SELECT_SWAP, "o");
        assert_int_equal(reversed_len(desk), len);
        press(desk, "o");
        does(desk, pairs[i].back, pairs[i].back_keys);
        if (pairs[i].back != ACTION_CANCEL)
            assert_int_equal(reversed_len(desk), 1);
        if (pairs[i].back != ACTION_CANCEL)
            press(desk, "<Esc>");
        assert_int_equal(reversed_len(desk), 0);
        press(desk, "g g ] p ] p");
    }
}

static int base64_value(char letter)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = letter ? strchr(letters, letter) : NULL;
    return at ? (int)(at - letters) : -1;
}

/* What was put into the clipboard (OSC 52) by output after `from`. */
static void clipboard(struct desk *desk, size_t from, char text[TEXT_LEN])
{
    static const char begin[] = "\x1b]52;c;";
    const char *at = strstr(desk->program.output.ptr + from, begin);
    size_t len = 0;
    unsigned bits = 0, bit_count = 0;
    if (!at)
        fail_msg("nothing was sent to the clipboard");
    for (at += sizeof begin - 1; base64_value(*at) >= 0 && len + 1 < TEXT_LEN; at++) {
        bits = bits << 6 | (unsigned)base64_value(*at);
        bit_count += 6;
        if (bit_count >= 8) {
            bit_count -= 8;
            text[len++] = (char)(bits >> bit_count & 0xff);
        }
    }
    text[len] = '\0';
}

static void a_passage_is_copied_with_its_source(void **state)
{
    struct desk *desk = *state;
    char quote[TEXT_LEN], copied[TEXT_LEN];
    int row, column;
    open_article(desk, "harbourline");
    press(desk, "] p ] p v w w w");
    reversed(desk, quote, &row, &column);
    size_t before = desk->program.output.len;
    does(desk, ACTION_COPY, "y");
    last_row_has(desk, "clipboard");
    clipboard(desk, before, copied);
    assert_non_null(strstr(copied, quote));
    assert_non_null(strstr(copied, "Harbourline Post"));
    assert_non_null(strstr(copied, "2024-08-05"));
    press(desk, "y"); /* without a selection: the sentence */
    last_row_has(desk, "clipboard");
}

static void bookmarks_are_kept_and_changed(void **state)
{
    struct desk *desk = *state;
    char quote[TEXT_LEN];
    int row, column;
    open_article(desk, "harbourline");
    press(desk, "] p ] p v w w");
    reversed(desk, quote, &row, &column);
    quote[8] = '\0';
    does(desk, ACTION_BOOKMARK, "B");
    type(desk, "first note");
    press(desk, "<Enter>");
    last_row_has(desk, "kept");
    sees(desk, "▌");
    does(desk, ACTION_GO, "g b");
    sees_count(desk, "Bookmarks", 1);
    sees(desk, "first note");
    sees(desk, quote);
    does(desk, ACTION_NOTE, "e");
    type(desk, ", longer");
    press(desk, "<Enter>");
    sees(desk, "first note, longer");
    does(desk, ACTION_TAG, "t");
    type(desk, "iran talks");
    press(desk, "<Enter>");
    sees(desk, "[iran talks]");
    does(desk, ACTION_DELETE, "d");
    sees(desk, "No passage is kept");
    press(desk, "u");
    sees(desk, "[iran talks]");
    sees(desk, quote);
    press(desk, "u");
    sees_not(desk, "[iran talks]");
    press(desk, "u");
    sees_not(desk, ", longer");
    press(desk, "<C-r> <C-r>");
    sees(desk, "first note, longer");
    sees(desk, "[iran talks]");
    press(desk, "<C-r> <C-r>");
    last_row_has(desk, "nothing to do again");
    sees(desk, "No passage is kept");
    press(desk, "u f");
    type(desk, "nowhere");
    sees(desk, "nothing fits the filter");
    press(desk, "<Esc> <Enter>");
    label_is(desk, 1, 1);
    last_row_has(desk, "bookmarks 1/1");
    press(desk, "q");
    sees_count(desk, "Bookmarks", 1);
}

/* An editor of the user's: writes two lines over what is there, or leaves it when told so. */
static void give_editor(struct desk *desk)
{
    static const char script[] =
        "#!/bin/sh\n[ \"$1\" = --wait ] || exit 1\n[ \"$(stat -c %a \"$2\")\" = 600 ] || exit 2\n"
        "grep -q editor \"$2\" || printf 'from the editor\\nline two' >\"$2\"\n";
    char path[1024], variable[1100];
    world_write(&desk->world, "editor", script, sizeof script - 1);
    snprintf(path, sizeof path, "%s/editor", desk->world.folder);
    assert_int_equal(chmod(path, 0700), 0);
    snprintf(variable, sizeof variable, "VISUAL=%s --wait", path);
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    world_set(&desk->world, variable);
    start(desk, ROWS, COLUMNS);
}

static void notes_are_written_in_the_editor(void **state)
{
    struct desk *desk = *state;
    give_editor(desk);
    open_article(desk, "harbourline");
    press(desk, "] p v l");
    assert_int_equal(reversed_len(desk), 2);
    does(desk, ACTION_SELECT_BLOCKS, "V");
    assert_true(reversed_len(desk) > 10);
    press(desk, "V");
    assert_int_equal(reversed_len(desk), 2);
    press(desk, "V");
    does(desk, ACTION_EDIT_NOTE, "E");
    last_row_has(desk, "kept");
    press(desk, "E");
    last_row_has(desk, "unchanged");
    does(desk, ACTION_LABEL, "L");
    sees(desk, "★");
    press(desk, "g b");
    sees(desk, "from the editor line two [important]");
    press(desk, "L");
    sees(desk, "◇");
    press(desk, "e");
    last_row_has(desk, "several lines");
    press(desk, "s");
    sees(desk, "from the editor");
    last_row_has(desk, "when made");
    press(desk, "L L L");
    last_row_has(desk, "no label");
    sees_not(desk, "◇");
}

static void a_bookmark_is_attached_by_hand(void **state)
{
    struct desk *desk = *state;
    char quote[TEXT_LEN];
    int row, column;
    open_article(desk, "harbourline");
    press(desk, "a");
    last_row_has(desk, "no bookmark is being attached");
    press(desk, "] p ] p v w w w w w w");
    reversed(desk, quote, &row, &column);
    press(desk, "B <Enter> g b");
    does(desk, ACTION_REATTACH, "A");
    last_row_has(desk, "place 1 of");
    press(desk, "n");
    last_row_has(desk, "place 1 of");
    press(desk, "b b");
    does(desk, ACTION_ATTACH, "a");
    last_row_has(desk, "attached here");
    press(desk, "g b");
    sees_not(desk, quote);
    quote[8] = '\0';
    sees(desk, quote);
    press(desk, "u");
    last_row_has(desk, "undone: bookmark attached");
    press(desk, "A <Esc> a");
    last_row_has(desk, "no bookmark is being attached");
}

/* Without a clipboard the passage is in a file, in the form that is set. */
static void a_passage_is_copied_to_a_file(void **state)
{
    struct desk *desk = *state;
    char path[1024], variable[1100], written[TEXT_LEN] = "";
    snprintf(variable, sizeof variable, "XDG_STATE_HOME=%s/state", desk->world.folder);
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    world_set(&desk->world, variable);
    start(desk, ROWS, COLUMNS);
    open_article(desk, "harbourline");
    press(desk, ":");
    type(desk, "set clipboard off");
    press(desk, "<Enter> :");
    type(desk, "set citation json");
    press(desk, "<Enter> ] p v w y");
    last_row_has(desk, "written to");
    snprintf(path, sizeof path, "%s/state/dossier/copied.txt", desk->world.folder);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_true(fread(written, 1, sizeof written - 1, file) > 0);
    assert_int_equal(fclose(file), 0);
    assert_non_null(strstr(written, "{\"quote\":\""));
    assert_non_null(strstr(written, "\"value\":\"2024-08-05\""));
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    snprintf(variable, sizeof variable, "XDG_STATE_HOME=%s/pile.dossier", desk->world.folder);
    world_set(&desk->world, variable);
    start(desk, ROWS, COLUMNS);
    open_article(desk, "harbourline");
    press(desk, ":");
    type(desk, "set clipboard off");
    press(desk, "<Enter> y");
    sees(desk, "not copied: the clipboard is off, and no file can be written (");
    sees(desk, "XDG_STATE_HOME");
}

static void an_unfinished_bookmark_leaves_nothing(void **state)
{
    struct desk *desk = *state;
    open_article(desk, "harbourline");
    press(desk, "B");
    assert_true(reversed_len(desk) > 1);
    press(desk, "<Esc>");
    assert_int_equal(reversed_len(desk), 0);
    press(desk, "] p v l B <Esc>"); /* but a selection made by hand stays */
    assert_int_equal(reversed_len(desk), 2);
    press(desk, "q g b");
    sees(desk, "No passage is kept");
}

/* ---- targets ------------------------------------------------------------------------------- */

static void a_person_is_walked_across_articles(void **state)
{
    struct desk *desk = *state;
    int mentions = 0, articles = 0, numbers[4] = {0}, article = 1;
    choose_person(desk, "belousov");
    press(desk, "<Enter>");
    char text[TEXT_LEN];
    row_text(desk, ROWS - 1, text);
    char *counts = strchr(text, ':');
    assert_non_null(counts);
    assert_int_equal(sscanf(counts, ": %d mentions in %d articles", &mentions, &articles), 2);
    assert_true(mentions > 2 && articles > 1);
    press(desk, "q");
    does(desk, ACTION_MAKE_TARGET, "*");
    last_row_has(desk, "target: Andrei Belousov");
    for (int i = 1; i <= mentions; i++) {
        does(desk, ACTION_NEXT_HIT, "n");
        assert_true(target_label(desk, numbers));
        label_is(desk, i, mentions);
        assert_int_equal(numbers[3], articles);
        assert_true(numbers[2] == article || numbers[2] == article + 1);
        article = numbers[2];
        last_row_has(desk, "Andrei Belousov");
        assert_true(reversed_len(desk) > 0);
    }
    assert_int_equal(article, articles);
    press(desk, "n");
    last_row_has(desk, "past the end of the list: again from its top, ");
    does(desk, ACTION_REDRAW, "<C-l>");
    label_is(desk, 1, mentions);
    does(desk, ACTION_PREVIOUS_HIT, "N");
    last_row_has(desk, "past the top of the list: again from its end, ");
    press(desk, "N");
    label_is(desk, mentions - 1, mentions);
    press(desk, "g p");
    does(desk, ACTION_MAKE_TARGET_BACK, "#"); /* from nowhere back to the last one */
    press(desk, "<C-l>");
    label_is(desk, mentions, mentions);
    does(desk, ACTION_CANCEL, "<Esc>");
    sees_not(desk, "· article");
    press(desk, "n");
    last_row_has(desk, "no target yet");
}

static void a_name_in_the_text_becomes_the_target(void **state)
{
    struct desk *desk = *state;
    open_article(desk, "harbourline");
    press(desk, "] p *");
    int numbers[4];
    assert_true(target_label(desk, numbers));
    assert_true(numbers[0] >= 1 && numbers[1] > numbers[0]);
    press(desk, "n");
    label_is(desk, numbers[0] + 1, numbers[1]);
    press(desk, "g g ] d ] d *"); /* the first is the line of its own date: no statement */
    assert_true(target_label(desk, numbers));
}

static void bookmarks_are_a_target(void **state)
{
    struct desk *desk = *state;
    does(desk, ACTION_TARGET_BOOKMARKS, "g B");
    last_row_has(desk, "no bookmark in the dossier");
    press(desk, "<Enter> ] p B <Enter> J ] p B <Enter> g a g B");
    label_is(desk, 1, 2);
    press(desk, "n");
    label_is(desk, 2, 2);
}

static void a_search_opens_at_its_first_hit(void **state)
{
    struct desk *desk = *state;
    int count = 0, hit = 0, hits = 0;
    does(desk, ACTION_SEARCH, "/");
    type(desk, "pezeshkian");
    press(desk, "<Enter>");
    char text[TEXT_LEN];
    row_text(desk, ROWS - 1, text);
    assert_int_equal(sscanf(text, " Search: %d articles", &count), 1);
    assert_true(count > 1);
    sees(desk, "Pezeshkian");
    assert_true(reversed_len(desk) >= strlen("Pezeshkian"));
    press(desk, "<Enter>");
    row_text(desk, ROWS - 1, text);
    char *at = strstr(text, "hit ");
    assert_non_null(at);
    assert_int_equal(sscanf(at, "hit %d/%d", &hit, &hits), 2);
    assert_int_equal(hit, 1);
    int numbers[4], next[4];
    assert_true(target_label(desk, numbers));
    assert_int_equal(numbers[3], count);
    for (int i = 1; i < hits; i++)
        press(desk, "n");
    if (hits > 1) {
        char wanted[32];
        press(desk, "N");
        snprintf(wanted, sizeof wanted, "hit %d/%d", hits - 1, hits);
        last_row_has(desk, wanted);
        press(desk, "n");
    }
    press(desk, "n <C-l>"); /* on into another article */
    assert_true(target_label(desk, next));
    assert_true(next[2] != numbers[2]);
    last_row_has(desk, "hit 1/");
    press(desk, "N <C-l>"); /* and back to the last one of the first */
    assert_true(target_label(desk, next));
    assert_int_equal(next[2], numbers[2]);
    press(desk, "g s");
    sees(desk, "Search: ");
    press(desk, "/");
    type(desk, "zzzyx");
    press(desk, "<Enter>");
    sees(desk, "Nothing found");
}

/* ---- again, and side by side ---------------------------------------------------------------- */

static void everything_is_there_the_next_time(void **state)
{
    struct desk *desk = *state;
    char top[TEXT_LEN], marked[TEXT_LEN];
    resize(desk, 12, COLUMNS);
    press(desk, "<Enter> j j j");
    row_text(desk, 0, top);
    press(desk, "] p ] p B");
    type(desk, "for later");
    press(desk, "<Enter> <Esc> m q");
    row_text(desk, 0, marked);
    /* Not even idle for a moment after the last move. */
    press(desk, "g g j j");
    assert_true(pty_send(&desk->program, "jqQ", 3));
    ends(desk);
    start(desk, 12, COLUMNS);
    char row[TEXT_LEN];
    row_text(desk, 1, row);
    assert_non_null(strstr(row, "◐+"));
    press(desk, "<Enter>");
    row_is(desk, 0, top);
    press(desk, "g b");
    sees(desk, "for later");
    press(desk, "' q");
    row_is(desk, 0, marked);
    press(desk, "u");
    last_row_has(desk, "undone: mark set");
    press(desk, "u");
    last_row_has(desk, "undone: bookmark added");
    press(desk, "g b");
    sees(desk, "No passage is kept");
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    start(desk, 12, COLUMNS);
    press(desk, "<C-r> g b");
    sees(desk, "for later");
}

static void two_sessions_see_each_other(void **state)
{
    struct desk *desk = *state;
    struct desk other = {.world = desk->world};
    start(&other, ROWS, COLUMNS);
    press(&other, "g b");
    sees(&other, "No passage is kept");
    press(desk, "<Enter> B");
    type(desk, "from next door");
    press(desk, "<Enter>");
    last_row_has(desk, "kept");
    press(&other, "j");
    sees(&other, "from next door");
    press(&other, "d");
    last_row_has(&other, "deleted");
    sees(desk, "▌");
    press(desk, "j k");
    sees_not(desk, "▌");
    /* The step back is the dossier's, not the session's. */
    press(desk, "u");
    sees(desk, "▌");
    press(&other, "k");
    sees(&other, "from next door");
    assert_true(pty_send(&other.program, "Q", 1));
    ends(&other);
}

/* ---- corrections of names ------------------------------------------------------------------- */

static void names_are_corrected_in_the_list(void **state)
{
    struct desk *desk = *state;
    press(desk, "g p");
    does(desk, ACTION_RENAME_NAME, "C r");
    press(desk, "<C-u>");
    type(desk, "Shoigu the Elder");
    press(desk, "<Enter>");
    last_row_has(desk, "renamed: Sergei Shoigu → Shoigu the Elder");
    press(desk, "g g");
    sees(desk, "24    6  Shoigu the Elder");
    press(desk, "u g g");
    sees(desk, "24    6  Sergei Shoigu");
    press(desk, "g g j");
    does(desk, ACTION_MERGE_NAME, "C m");
    type(desk, "kuzhug");
    sees(desk, "24 mentions, secretary");
    press(desk, "<Tab> <Enter>");
    sees(desk, "42    9  Sergei Shoigu");
    sees_not(desk, "Vladimir Putin  ");
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    start(desk, ROWS, COLUMNS);
    press(desk, "g p");
    sees(desk, "42    9  Sergei Shoigu");
    press(desk, "u");
    last_row_has(desk, "undone: names merged");
    press(desk, "g g");
    sees(desk, "18    9  Vladimir Putin");
    press(desk, "<C-r> g g");
    sees(desk, "42    9  Sergei Shoigu");
    press(desk, "u g g j j");
    does(desk, ACTION_RETYPE_NAME, "C t l");
    sees_not(desk, "Ismail Haniyeh            ");
    press(desk, "<Tab>");
    sees(desk, "Ismail Haniyeh");
    press(desk, "<Tab> <Tab> u g g j j");
    does(desk, ACTION_REJECT_NAME, "C x e");
    last_row_has(desk, "no name any more: Ismail Haniyeh");
    sees_not(desk, "political leader");
    press(desk, "u g g");
    sees(desk, "political leader");
    does(desk, ACTION_KEEP_NAME, "C k");
    last_row_has(desk, "kept as somebody of their own");
}

static void names_are_corrected_in_the_text(void **state)
{
    struct desk *desk = *state;
    open_article(desk, "harbourline");
    press(desk, "] p");
    does(desk, ACTION_SPLIT_NAME, "C s h");
    type(desk, "Somebody Else");
    press(desk, "<Enter>");
    last_row_has(desk, "→ Somebody Else; u takes it back");
    press(desk, "w");
    last_row_has(desk, "person Somebody Else");
    last_row_has(desk, "you decided so");
    press(desk, "u w");
    last_row_has(desk, "person Sergei Shoigu:");
    press(desk, "C x h w");
    sees_not(desk, "person Sergei Shoigu:");
    press(desk, "u <Esc> g g v e");
    does(desk, ACTION_ADD_NAME, "C o");
    press(desk, "<C-u>");
    type(desk, "The Added Company");
    press(desk, "<Enter>");
    last_row_has(desk, "added: The Added Company");
    press(desk, "<Esc> g g ] o w");
    last_row_has(desk, "The Added Company");
    press(desk, "g p <Tab> <Tab>");
    press(desk, "f");
    type(desk, "added");
    press(desk, "<Enter>");
    sees(desk, "1    1  The Added Company");
}

/* ---- searching ----------------------------------------------------------------------------- */

static void a_search_shows_what_it_finds_while_typed(void **state)
{
    struct desk *desk = *state;
    press(desk, "j");
    int row = selected_row(desk);
    press(desk, "/");
    type(desk, "pezesh");
    sees(desk, "Nothing found");
    type(desk, "*");
    sees(desk, "Pezeshkian");
    sees_not(desk, "Nothing found");
    last_row_has(desk, "search: pezesh*");
    press(desk, "<Esc>");
    sees_count(desk, "Articles", article_count());
    assert_int_equal(selected_row(desk), row);
    press(desk, "g s");
    sees_not(desk, "Pezeshkian"); /* it was not asked for in the end */
}

static void a_query_that_cannot_be_read_is_pointed_at(void **state)
{
    struct desk *desk = *state;
    press(desk, "/");
    type(desk, "\xc3\xa9 who:");
    row_is(desk, ROWS - 2, "search: \xc3\xa9 who:");
    row_is(desk, ROWS - 1, "              ^ a word is missing here");
    press(desk, "<Enter>");
    row_is(desk, ROWS - 1, "              ^ a word is missing here");
    press(desk, "<C-u>");
    type(desk, "who:pezeshkian");
    last_row_has(desk, "search: who:pezeshkian");
    sees(desk, "Pezeshkian");
    press(desk, "<Esc> f");
    type(desk, "is:old");
    last_row_has(desk, "^ is: takes unread");
    press(desk, "<C-u>");
    type(desk, "who:pezeshkian -is:read");
    press(desk, "<Enter>");
    last_row_has(desk, "filter: who:pezeshkian");
    sees_not(desk, "nothing fits");
}

static void a_search_from_the_text_stays_in_it(void **state)
{
    struct desk *desk = *state;
    open_article(desk, "who:pezeshkian title:sworn");
    press(desk, "/");
    type(desk, "pezeshkian");
    press(desk, "<Enter>");
    last_row_has(desk, "hit 1/");
    assert_true(reversed_len(desk) >= strlen("Pezeshkian"));
    press(desk, "g s"); /* the list of it all */
    sees(desk, "Search: ");
    press(desk, "h");
    last_row_has(desk, "hit 1/");
}

static void tags_show_in_the_list_and_are_found(void **state)
{
    struct desk *desk = *state;
    char title[TITLE_LEN + 1], found[TITLE_LEN + 1];
    press(desk, "j t");
    type(desk, "energy");
    press(desk, "<Enter>");
    sees(desk, "#energy");
    list_title(desk, 2, title);
    press(desk, "f");
    type(desk, "tag:ener*");
    press(desk, "<Enter>");
    sees_count(desk, "Articles", 1);
    list_title(desk, 1, found);
    assert_string_equal(found, title);
    press(desk, "<Esc> u"); /* the row stays selected when the filter goes */
    assert_int_equal(selected_row(desk), 2);
    sees_not(desk, "#energy");
}

static void searches_are_saved(void **state)
{
    struct desk *desk = *state;
    press(desk, "g /");
    sees(desk, "No saved search");
    press(desk, "/");
    type(desk, "pezeshkian");
    press(desk, "<Enter>");
    does(desk, ACTION_SAVE_SEARCH, "S");
    press(desk, "<C-u>");
    type(desk, "the president");
    press(desk, "<Enter> g a <Esc> g /");
    sees(desk, "the president");
    press(desk, "<Enter>");
    sees(desk, "Search: ");
    sees(desk, "Pezeshkian");
    press(desk, "g / d");
    sees(desk, "No saved search");
    press(desk, "u");
    sees(desk, "the president");
}

static void all_articles_of_a_list_are_changed_at_once(void **state)
{
    struct desk *desk = *state;
    does(desk, ACTION_ALL_READ, "A r");
    sees(desk, " read? y/n");
    press(desk, "n");
    sees(desk, "nothing was changed");
    press(desk, "A r y");
    sees(desk, "marked as read; u takes it back");
    press(desk, "<Esc>");
    sees(desk, ", 0 unread");
    does(desk, ACTION_ALL_UNREAD, "A u");
    press(desk, "n u");
    sees(desk, "marked as read");
    press(desk, "<Esc>");
    sees_not(desk, ", 0 unread");
    does(desk, ACTION_ALL_TAG, "A t");
    type(desk, "war peace");
    press(desk, "<Enter> <Esc>");
    sees(desk, "#war peace");
    does(desk, ACTION_ALL_UNTAG, "A T");
    type(desk, "war");
    press(desk, "<Enter> <Esc>");
    sees(desk, "#peace");
    press(desk, "u u");
    last_row_has(desk, "undone: 11 articles tagged: war peace");
    press(desk, "k");
    sees_not(desk, "peace");
}

static void copies_are_looked_at(void **state)
{
    struct desk *desk = *state;
    does(desk, ACTION_UNFOLD, "z");
    sees(desk, "every copy is shown");
    does(desk, ACTION_COMPARE, "=");
    sees(desk, "no other version of this article");
}

/* What sources there can be is seen in screens/sources.screen and test_update.c. */
static void without_sources_nothing_is_read_again(void **state)
{
    struct desk *desk = *state;
    does(desk, ACTION_UPDATE, "R");
    sees(desk, fetch_supported() ? "no source yet" : "this build cannot fetch");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION(marks_of_each_kind_are_walked),
        SESSION(a_selection_moves_both_ways),
        SESSION(a_passage_is_copied_with_its_source),
        SESSION(bookmarks_are_kept_and_changed),
        SESSION(notes_are_written_in_the_editor),
        SESSION(a_bookmark_is_attached_by_hand),
        SESSION(a_passage_is_copied_to_a_file),
        SESSION(an_unfinished_bookmark_leaves_nothing),
        SESSION(a_person_is_walked_across_articles),
        SESSION(a_name_in_the_text_becomes_the_target),
        SESSION(bookmarks_are_a_target),
        SESSION(a_search_opens_at_its_first_hit),
        SESSION(everything_is_there_the_next_time),
        SESSION(a_search_shows_what_it_finds_while_typed),
        SESSION(a_query_that_cannot_be_read_is_pointed_at),
        SESSION(a_search_from_the_text_stays_in_it),
        SESSION(searches_are_saved),
        SESSION(all_articles_of_a_list_are_changed_at_once),
        SESSION(copies_are_looked_at),
        SESSION(without_sources_nothing_is_read_again),
        SESSION(tags_show_in_the_list_and_are_found),
        SESSION(two_sessions_see_each_other),
        SESSION(names_are_corrected_in_the_list),
        SESSION(names_are_corrected_in_the_text),
    };
    return cmocka_run_group_tests(tests, read_keys, forget_keys);
}
