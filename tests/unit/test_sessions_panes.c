/* layers: base text model ingest analyse store tui app */
/* Whole sessions on the sample articles: the panes, their lists and ways between them, places,
 * help, sizes. The other half of test_sessions.c. */
#include <strings.h>
#include <sys/stat.h>

#include "support/pty_program.h"

#include "unit/desk.h"

/* ---- lists and reader ---------------------------------------------------------------------- */

static void panes_open_and_close(void **state)
{
    struct desk *desk = *state;
    char title[TITLE_LEN + 1];
    sees_count(desk, "Articles", article_count());
    assert_int_equal(selected_row(desk), 1);
    does(desk, ACTION_DOWN, "j");
    assert_int_equal(selected_row(desk), 2);
    does(desk, ACTION_UP, "k");
    assert_int_equal(selected_row(desk), 1);
    does(desk, ACTION_BOTTOM, "G");
    assert_int_equal(selected_row(desk), article_count());
    does(desk, ACTION_TOP, "g g");
    assert_int_equal(selected_row(desk), 1);
    list_title(desk, 1, title);
    does(desk, ACTION_OPEN, "<Enter>");
    last_row_has(desk, title);
    sees_not(desk, "Articles");
    does(desk, ACTION_BACK, "h");
    sees_count(desk, "Articles", article_count());
    does(desk, ACTION_BACK, "<BS>");
    last_row_has(desk, "first pane");
    does(desk, ACTION_OPEN, "l");
    last_row_has(desk, title);
    does(desk, ACTION_CLOSE, "q");
    sees_count(desk, "Articles", article_count());
    press(desk, "Z");
    last_row_has(desk, "does nothing here");
    assert_true(pty_send(&desk->program, "q", 1));
    ends(desk);
    start(desk, ROWS, COLUMNS);
    press(desk, "g t <Enter>");
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    was_done[ACTION_QUIT] = true;
}

static void lists_move_by_pages(void **state)
{
    struct desk *desk = *state;
    enum { HEIGHT = 7, PAGE = HEIGHT - 1, HALF = (HEIGHT + 1) / 2 };
    char titles[HEIGHT + PAGE][TITLE_LEN + 1], title[TITLE_LEN + 1];
    assert_true(article_count() > PAGE);
    for (int i = 0; i <= PAGE; i++)
        list_title(desk, i + 1, titles[i]);
    resize(desk, HEIGHT + 2, COLUMNS);
    static const struct {
        enum action_id action;
        const char *keys;
        int then;
    } steps[] = {
        {ACTION_PAGE_DOWN, "<Space>", PAGE}, {ACTION_PAGE_UP, "b", 0},
        {ACTION_HALF_DOWN, "<C-d>", HALF},   {ACTION_HALF_UP, "<C-u>", 0},
        {ACTION_PAGE_DOWN, "<C-f>", PAGE},   {ACTION_PAGE_UP, "<PageUp>", 0},
        {ACTION_NEXT_ARTICLE, "J", 1},       {ACTION_PREVIOUS_ARTICLE, "K", 0},
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        does(desk, steps[i].action, steps[i].keys);
        list_title(desk, selected_row(desk), title);
        assert_string_equal(title, titles[steps[i].then]);
    }
}

static void the_reader_scrolls(void **state)
{
    struct desk *desk = *state;
    enum { HEIGHT = 11 };
    char rows[HEIGHT][TEXT_LEN];
    press(desk, "<Enter>");
    resize(desk, HEIGHT + 1, COLUMNS);
    for (int i = 0; i < HEIGHT; i++)
        row_text(desk, i, rows[i]);
    press(desk, "j");
    row_is(desk, 0, rows[1]);
    press(desk, "j");
    row_is(desk, 0, rows[2]);
    press(desk, "k k");
    row_is(desk, 0, rows[0]);
    press(desk, "<Space>");
    row_is(desk, 0, rows[HEIGHT - 1]);
    press(desk, "b");
    row_is(desk, 0, rows[0]);
    press(desk, "<C-d>");
    row_is(desk, 0, rows[(HEIGHT + 1) / 2]);
    press(desk, "<C-u>");
    row_is(desk, 0, rows[0]);
    last_row_has(desk, "%");
    press(desk, "G");
    last_row_has(desk, "100%");
    press(desk, "g g");
    row_is(desk, 0, rows[0]);
}

static void articles_are_stepped_through(void **state)
{
    struct desk *desk = *state;
    char titles[4][TITLE_LEN + 1];
    for (int i = 0; i < 4; i++)
        list_title(desk, i + 1, titles[i]);
    press(desk, "<Enter>");
    does(desk, ACTION_NEXT_ARTICLE, "J");
    last_row_has(desk, titles[1]);
    press(desk, "J");
    last_row_has(desk, titles[2]);
    does(desk, ACTION_PREVIOUS_ARTICLE, "K");
    press(desk, "K");
    last_row_has(desk, titles[0]);
    press(desk, "K");
    last_row_has(desk, "first article of the list");
    does(desk, ACTION_NEXT_UNREAD, "] u");
    last_row_has(desk, titles[3]);
    does(desk, ACTION_PREVIOUS_UNREAD, "[ u");
    last_row_has(desk, "no unread article");
    does(desk, ACTION_JUMP_BACK, "<C-o>");
    last_row_has(desk, titles[0]);
    press(desk, "q");
    char unread[64];
    snprintf(unread, sizeof unread, "%d unread", article_count() - 4);
    sees(desk, unread);
}

/* ---- lists --------------------------------------------------------------------------------- */

static int listed_count(struct desk *desk)
{
    char text[TEXT_LEN];
    int count = 0;
    for (int row = 1; row < desk->program.rows - 1; row++) {
        row_text(desk, row, text);
        count += strstr(text, "2024-") || strstr(text, "undated");
    }
    return count;
}

static void the_filter_follows_the_typing(void **state)
{
    struct desk *desk = *state;
    int all = listed_count(desk);
    assert_int_equal(all, article_count());
    does(desk, ACTION_FILTER, "f");
    type(desk, "sh");
    int some = listed_count(desk);
    assert_true(some > 0 && some < all);
    type(desk, "oigu har");
    assert_int_equal(listed_count(desk), 1);
    press(desk, "<Enter>");
    last_row_has(desk, "filter: shoigu har");
    does(desk, ACTION_CANCEL, "<Esc>");
    assert_int_equal(listed_count(desk), all);
    press(desk, "f");
    type(desk, "har");
    press(desk, "<Esc>");
    assert_int_equal(listed_count(desk), all);
}

static void lists_are_sorted(void **state)
{
    struct desk *desk = *state;
    char first[TITLE_LEN + 1], title[TITLE_LEN + 1], previous[TITLE_LEN + 1] = "";
    int count = article_count();
    list_title(desk, 1, first);
    does(desk, ACTION_SORT, "s");
    last_row_has(desk, "by date, ascending");
    list_title(desk, count, title);
    assert_string_equal(title, first);
    press(desk, "s");
    last_row_has(desk, "by title");
    press(desk, "g g");
    for (int i = 1; i <= count; i++) {
        list_title(desk, i, title);
        assert_true(strcasecmp(previous, title) <= 0);
        memcpy(previous, title, sizeof title);
    }
    list_title(desk, 2, title);
    press(desk, "<Enter> J"); /* the reader follows the order of the list */
    last_row_has(desk, title);
    press(desk, "q s s s s s s s s");
    last_row_has(desk, "by length, descending");
    press(desk, "s s");
    last_row_has(desk, "by date, descending");
    press(desk, "g g");
    list_title(desk, 1, title);
    assert_string_equal(title, first);
}

static void articles_are_marked_and_tagged(void **state)
{
    struct desk *desk = *state;
    struct bytes before = body(desk);
    does(desk, ACTION_TOGGLE_READ, "r");
    assert_false(body_is(desk, &before));
    press(desk, "k");
    sees_count(desk, ",", article_count() - 1);
    press(desk, "u");
    last_row_has(desk, "undone: marked as read");
    assert_true(body_is(desk, &before));
    press(desk, "r r");
    body_is_again(desk, &before);
    does(desk, ACTION_TAG, "t");
    type(desk, "iran");
    press(desk, "<Enter> t");
    last_row_has(desk, "tags: iran");
    press(desk, "<Esc> u t");
    last_row_has(desk, "tags:");
    sees_not(desk, "tags: iran");
    press(desk, "<Esc> g p t");
    last_row_has(desk, "not in the people pane");
}

/* Reading leaves traces, but no steps of undo between the reader's own. */
static void reading_is_noted_without_undo(void **state)
{
    struct desk *desk = *state;
    char title[TITLE_LEN + 1];
    list_title(desk, 1, title);
    press(desk, "<Enter> B <Enter> u G J G q");
    char text[TEXT_LEN];
    snprintf(text, sizeof text, "%d unread", article_count() - 2);
    sees(desk, text);
    sees_not(desk, "◐"); /* both were seen to the end */
    press(desk, "<C-r>");
    last_row_has(desk, "again: bookmark added");
    press(desk, "u");
    last_row_has(desk, "undone: bookmark added");
    press(desk, "u");
    last_row_has(desk, "nothing to undo");
    resize(desk, 9, COLUMNS);
    press(desk, "j j <Enter> q");
    sees(desk, "◐");
}

static void people_lead_to_their_mentions(void **state)
{
    struct desk *desk = *state;
    char name[TEXT_LEN], text[TEXT_LEN];
    int row, column;
    press(desk, "g p");
    sees(desk, " People ");
    does(desk, ACTION_KIND, "<Tab>");
    sees(desk, " Places ");
    sees(desk, "Moscow");
    press(desk, "<Tab>");
    sees(desk, " Organisations ");
    press(desk, "<Tab>");
    sees(desk, " People ");
    press(desk, "s");
    last_row_has(desk, "by name");
    press(desk, "s s");
    last_row_has(desk, "by mentions");
    choose_person(desk, "haniyeh");
    press(desk, "<Enter>");
    row_text(desk, 0, name);
    assert_non_null(strstr(name, "Ismail Haniyeh"));
    press(desk, "s");
    last_row_has(desk, "oldest first; n walks the articles as their list");
    press(desk, "s");
    last_row_has(desk, "newest first");
    press(desk, "j j");
    struct bytes before = body(desk);
    row = selected_row(desk);
    assert_int_equal(row, 3);
    press(desk, "<Enter>");
    reversed(desk, text, &row, &column);
    assert_non_null(strstr(text, "Haniyeh"));
    last_row_has(desk, "3/");
    press(desk, "<C-o>");
    body_is_again(desk, &before);
    does(desk, ACTION_JUMP_FORWARD, "<C-n>");
    reversed(desk, text, &row, &column);
    assert_non_null(strstr(text, "Haniyeh"));
    press(desk, "<C-n>");
    last_row_has(desk, "no later place");
    press(desk, "<Enter>"); /* on the name under the mark: its mentions */
    sees(desk, "mentions in");
}

/* The row that is opened says which place of the walk it is, in both directions of the list. */
static void mentions_stand_in_the_order_in_which_they_are_walked(void **state)
{
    struct desk *desk = *state;
    for (int oldest = 0; oldest <= 1; oldest++) {
        if (oldest)
            press(desk, "g a s");
        choose_person(desk, "haniyeh");
        press(desk, "<Enter> g g <Enter>");
        for (int i = 1; i <= 11; i++) {
            label_is(desk, i, 11);
            press(desk, i == 4 ? "g p <Enter> g g j j j j <Enter>" : "n");
        }
        last_row_has(desk, "again from its top");
    }
}

static void the_timeline_leads_to_its_statements(void **state)
{
    struct desk *desk = *state;
    char text[TEXT_LEN];
    int numbers[4];
    press(desk, "g t");
    sees(desk, "Timeline: ");
    does(desk, ACTION_UNPLACED, "<Tab>");
    sees(desk, "whose day is not known");
    press(desk, "<Enter>"); /* the sentence is opened all the same */
    last_row_has(desk, "%");
    press(desk, "q <Tab>");
    sees_not(desk, "whose day is not known");
    press(desk, "f");
    last_row_has(desk, "filter:");
    press(desk, "<Esc> G");
    int row = selected_row(desk);
    struct bytes before = body(desk);
    press(desk, "<Enter>");
    assert_true(target_label(desk, numbers));
    assert_true(reversed_len(desk) > 0);
    press(desk, "q");
    assert_int_equal(selected_row(desk), row);
    body_is_again(desk, &before);
    press(desk, "k *");
    last_row_has(desk, "target: statements of that time");
    choose_person(desk, "belousov");
    press(desk, "* g t f"); /* the target is offered */
    last_row_has(desk, "filter: who:\"Andrei Belousov\"");
    int all = 0, some = 0;
    press(desk, "<Enter> k");
    row_text(desk, ROWS - 1, text);
    assert_int_equal(sscanf(text, " Timeline: %d", &some), 1);
    press(desk, "<Esc> k");
    row_text(desk, ROWS - 1, text);
    assert_int_equal(sscanf(text, " Timeline: %d", &all), 1);
    assert_true(some > 0 && some < all);
}

/* ---- places, help, the rest ----------------------------------------------------------------- */

static void places_are_remembered_under_letters(void **state)
{
    struct desk *desk = *state;
    char top[TEXT_LEN];
    press(desk, "<Enter>");
    resize(desk, 12, COLUMNS);
    press(desk, "j j j");
    row_text(desk, 0, top);
    does(desk, ACTION_SET_MARK, "m");
    press(desk, "x");
    last_row_has(desk, "mark x set");
    press(desk, "g g m y G ' x"); /* y: at the very beginning */
    was_done[ACTION_GO_MARK] = true;
    row_is(desk, 0, top);
    press(desk, "g p ' x");
    row_is(desk, 0, top);
    press(desk, "' y");
    assert_int_not_equal(selected_row(desk), 0);
    struct bytes start_of_text = body(desk);
    press(desk, "g g");
    body_is_again(desk, &start_of_text);
    press(desk, "' z");
    last_row_has(desk, "no such mark");
    press(desk, "g p m x");
    last_row_has(desk, "set in an article");
}

static void actions_are_typed(void **state)
{
    struct desk *desk = *state;
    command(desk, "go people");
    sees(desk, " People ");
    command(desk, "  bottom  ");
    assert_true(selected_row(desk) > 1);
    command(desk, "nonsense");
    last_row_has(desk, "nonsense: no such action");
    command(desk, "go nowhere");
    last_row_has(desk, "no pane");
    command(desk, "note");
    last_row_has(desk, "not in the people pane");
    does(desk, ACTION_COMMAND, ":");
    press(desk, "<Esc> j");
    sees(desk, " People ");
}

static void settings_hold_at_once(void **state)
{
    struct desk *desk = *state;
    press(desk, "<Enter>");
    struct bytes before = body(desk);
    does(desk, ACTION_SET, "-");
    type(desk, "text-width 40");
    press(desk, "<Enter>");
    last_row_has(desk, "text-width is 40 until the end of this session");
    assert_false(body_is(desk, &before));
    command(desk, "set text-width 76");
    body_is_again(desk, &before);
    command(desk, "set text-width wide");
    last_row_has(desk, "text-width takes 20..500");
}

static void help_shows_the_keys_of_the_pane(void **state)
{
    struct desk *desk = *state;
    does(desk, ACTION_HELP, "?");
    last_row_has(desk, "keys of the articles pane");
    press(desk, "q <Enter> ?");
    sees(desk, "In the reader pane");
    sees(desk, "]p");
    struct bytes before = body(desk);
    press(desk, "<Space> b j k <C-d> <C-u> G");
    assert_false(body_is(desk, &before));
    press(desk, "g g");
    body_is_again(desk, &before);
    press(desk, "q");
    last_row_has(desk, "%");
    press(desk, "<F1> h");
    last_row_has(desk, "%");
}

static void the_screen_is_painted_anew(void **state)
{
    struct desk *desk = *state;
    press(desk, "<Enter>");
    struct bytes before = body(desk);
    size_t from = desk->program.output.len;
    does(desk, ACTION_REDRAW, "<C-l>");
    assert_true(desk->program.output.len - from > 500);
    assert_true(body_is(desk, &before));
    /* A program that no shell started cannot be stopped: it goes on. */
    does(desk, ACTION_SUSPEND, "<C-z>");
    body_is_again(desk, &before);
    does(desk, ACTION_SIDE_PANE, "|");
    sees(desk, "People of this article");
    press(desk, "|");
    sees_not(desk, "People of this article");
}

static void only_addresses_of_the_web_are_opened(void **state)
{
    static const char page[] = "{\"id\": \"w\", \"title\": \"From the web\", \"url\": "
                               "\"https://example.org/a?b=1&c='$(id)'\", \"published\": "
                               "\"2025-01-01\", \"text\": \"One sentence.\"}\n";
    static const char script[] = "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$1\" > opened\n";
    struct desk *desk = *state;
    press(desk, "<Enter>");
    does(desk, ACTION_OPEN_ORIGINAL, "o");
    last_row_has(desk, "gave no address");
    assert_true(pty_send(&desk->program, "Q", 1));
    ends(desk);
    char path[1024], variable[1100], text[256] = "";
    world_write(&desk->world, "web.jsonl", page, sizeof page - 1);
    world_write(&desk->world, "browser", script, sizeof script - 1);
    snprintf(path, sizeof path, "%s/browser", desk->world.folder);
    assert_int_equal(chmod(path, 0700), 0);
    snprintf(variable, sizeof variable, "BROWSER=%s", path);
    world_set(&desk->world, variable);
    const char *const arguments[] = {binary(), "import", "-f", "pile.dossier", "web.jsonl", NULL};
    int status = world_run(&desk->world, arguments, NULL);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        skip(); /* built without that format */
    start(desk, ROWS, COLUMNS);
    last_row_has(desk, "1 new article since earlier today");
    press(desk, "g g <Enter>");
    last_row_has(desk, "From the web");
    press(desk, "o");
    snprintf(path, sizeof path, "%s/opened", desk->world.folder);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t len = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[len] = '\0';
    assert_string_equal(text, "1\nhttps://example.org/a?b=1&c='$(id)'\n");
}

/* The number that the program gave its last frame. */
static unsigned long frame_number(struct desk *desk)
{
    const char *all = desk->program.output.ptr, *mark = NULL;
    for (const char *at = all; (at = strstr(at, "\x1b]7777;")); at++)
        mark = at;
    assert_non_null(mark);
    return strtoul(mark + strlen("\x1b]7777;"), NULL, 10);
}

/* A message or a question may stand for hours: nothing is painted meanwhile. */
static void what_stands_still_is_not_painted(void **state)
{
    struct desk *desk = *state;
    static const char *const keys[] = {"j", "s", "f", "x", "<Esc>", "<Enter>", "w", "c", "*", ":"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        unsigned long before = frame_number(desk);
        press(desk, keys[i]);
        if (frame_number(desk) - before > 3)
            fail_msg("%s is painted %lu times", keys[i], frame_number(desk) - before);
    }
}

/* ---- sizes ---------------------------------------------------------------------------------- */

static void every_pane_survives_every_size(void **state)
{
    struct desk *desk = *state;
    static const char *const ways[] = {
        "g a",
        "g a <Enter> j j j",
        "g a <Enter> ] p *",
        "g a <Enter> v j",
        "g a <Enter> |",
        "g a <Enter> c",
        "g p",
        "g p <Enter>",
        "g t",
        "g b",
        "g s",
        "?",
        "g a f",
        "/",
    };
    static const struct {
        int rows, columns;
    } sizes[] = {{20, 5}, {1, 1}, {5, 20}, {2, 200}, {50, 200}, {12, 40}, {1, 80}, {ROWS, COLUMNS}};
    press(desk, "/");
    type(desk, "tehran");
    press(desk, "<Enter>");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        press(desk, ways[i]);
        struct bytes before = body(desk);
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
            resize(desk, sizes[k].rows, sizes[k].columns);
        body_is_again(desk, &before);
        press(desk, "<Esc> <Esc> g g");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION(panes_open_and_close),
        SESSION(lists_move_by_pages),
        SESSION(the_reader_scrolls),
        SESSION(articles_are_stepped_through),
        SESSION(the_filter_follows_the_typing),
        SESSION(lists_are_sorted),
        SESSION(articles_are_marked_and_tagged),
        SESSION(reading_is_noted_without_undo),
        SESSION(people_lead_to_their_mentions),
        SESSION(mentions_stand_in_the_order_in_which_they_are_walked),
        SESSION(the_timeline_leads_to_its_statements),
        SESSION(places_are_remembered_under_letters),
        SESSION(actions_are_typed),
        SESSION(settings_hold_at_once),
        SESSION(help_shows_the_keys_of_the_pane),
        SESSION(the_screen_is_painted_anew),
        SESSION(only_addresses_of_the_web_are_opened),
        SESSION(what_stands_still_is_not_painted),
        SESSION(every_pane_survives_every_size),
    };
    return cmocka_run_group_tests(tests, read_keys, forget_keys);
}
